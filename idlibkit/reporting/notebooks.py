"""The notebooks run on a corpus: parameters put in as literals, several at a time, each
in a kernel of its own."""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from ..scale import cores
from ..tables import IdlibkitError
from .kernels import Kernels

__all__ = [
    "EXTRA",
    "check_tools",
    "find_notebooks",
    "run_notebooks",
    "worked_case",
]


LEFT_OUT = ("07-",)  # what a cluster does, not what a corpus says
EXTRA = "extra"  # the cells that write whole tables and marked-up articles
# Tags of cells: the corpus to read; what speaks of the worked case alone; what only
# shows how to do something.
PARAMETERS, SEEDS, LESSON = "parameters", "seeds", "lesson"
HIDDEN = "hidden"  # the tag of a cell whose code is not shown
SLOWEST = ("03", "00", "05", "06", EXTRA)  # begun first, so that no core waits

Actors = Mapping[str, Iterable[str]] | None


def find_notebooks() -> dict[str, Path]:
    """The notebooks that a report is made of, by name: those of the installed package,
    or of the checkout it runs from.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "notebooks", package.parent / "notebooks"):
        paths = sorted(folder.glob("[0-9][0-9]-*.ipynb"))
        books = {path.stem: path for path in paths if path.stem[:3] not in LEFT_OUT}
        if books:
            return books
    raise IdlibkitError(
        "the notebooks that a report is made of are not beside the package; "
        "install idlibkit again."
    )


def worked_case() -> Path | None:
    """The folder of articles that the notebooks were written for, where it is beside
    them: what their parameters cell names.
    """
    for path in find_notebooks().values():
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if PARAMETERS in cell["metadata"].get("tags", []):
                value = _assignments("".join(cell["source"]))["CORPUS"]
                return (path.parent / ast.literal_eval(value)).resolve()
    return None


def check_tools() -> None:
    """Raise unless what runs notebooks is installed; say how to install it."""
    try:
        import ipykernel  # noqa: F401
        import mistune  # noqa: F401
        import nbclient  # noqa: F401
        import nh3  # noqa: F401
    except ImportError as error:
        raise IdlibkitError(
            f"a report needs what runs notebooks, and {error.name!r} is not installed. "
            "Install it with: python -m pip install 'idlibkit[notebooks]'"
        ) from error


def run_notebooks(
    corpus: Path,
    folder: Path,
    *,
    actors: Actors,
    seeds: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> dict[str, list[dict[str, Any]]]:
    """Run every notebook on a corpus.

    Parameters
    ----------
    corpus : Path
        Written by `kernel.keep`, so that no kernel reads the articles again.
    folder : Path
        Where tables are written: those shown in the notebooks into ``shown/``, the
        whole ones into the folder itself.
    actors : mapping or None
    seeds : bool
        Keep the cells that speak of the worked case alone. Cells tagged ``lesson`` are
        left out of every report.
    progress : function
        Called with a line whenever a notebook is done.

    Returns
    -------
    dict
        Name of the notebook to its cells as nbformat has them, with outputs;
        ``"extra"`` has the outputs of the two cells that write whole tables and
        marked-up articles. A notebook whose kernel died has one cell that says so.
    """
    if actors is not None:
        actors = {str(actor): list(names) for actor, names in actors.items()}
    books = _books(corpus, folder, actors, seeds)
    (folder / "shown").mkdir(parents=True)
    kernels = Kernels(folder)
    done: dict[str, list[dict[str, Any]]] = {}
    waiting: dict[Future[tuple[list[Any], float]], str] = {}
    pool = ThreadPoolExecutor(min(cores(), len(books)))
    try:
        for name in sorted(books, key=lambda n: (not n.startswith(SLOWEST), n)):
            waiting[pool.submit(kernels.run, books[name])] = name
        for future in as_completed(waiting):
            name, (cells, seconds) = waiting[future], future.result()
            done[name] = cells
            what = "whole tables and marked-up articles" if name == EXTRA else name
            progress(f"[{len(done)}/{len(books)}] {what} ({seconds:.0f} s)")
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        while not all(future.done() for future in waiting):
            kernels.end()  # a cell may run for minutes: its process is ended
            time.sleep(0.1)
        raise
    finally:
        pool.shutdown()
    return {name: done[name] for name in books}


def _books(corpus: Path, folder: Path, actors: Actors, seeds: bool) -> dict[str, Any]:
    """Every notebook with the cells that are to run."""
    import nbformat

    books = {}
    for name, path in find_notebooks().items():
        book = books[name] = nbformat.read(path, 4)
        setup = _setup(f"kernel.show_as_data({str(folder / 'shown')!r}, {name!r})")
        book.cells = [setup, *_prepared(book.cells, corpus, actors, seeds)]
    extra = list(_extra_cells(corpus, actors, folder))
    books[EXTRA] = nbformat.v4.new_notebook(cells=extra)
    return books


def _prepared(
    cells: list[Any], corpus: Path, actors: Actors, seeds: bool
) -> Iterator[Any]:
    """The cells to run, with the parameters replaced by literals."""
    for cell in cells:
        tags = cell.metadata.get("tags", [])
        if LESSON in tags or (SEEDS in tags and not seeds):
            continue
        if PARAMETERS in tags:
            cell.source = _parameters(cell.source, corpus, actors, seeds)
            cell.metadata["tags"] = [*tags, HIDDEN]
        if cell.cell_type == "code":
            cell.outputs = []
        yield cell


def _parameters(source: str, corpus: Path, actors: Actors, seeds: bool) -> str:
    """The parameters cell for this corpus. Whatever speaks of the worked case (an actor
    to look at) is None for other corpora.
    """
    lines = []
    for name, value in _assignments(source).items():
        if name == "CORPUS":
            literal = _kept(corpus)
        elif name == "ACTORS":
            literal = repr(actors)
        else:
            literal = repr(ast.literal_eval(value) if seeds else None)
        lines.append(f"{name} = {literal}")
    return "\n".join(lines)


def _assignments(source: str) -> dict[str, ast.expr]:
    """What a parameters cell sets: one name and one literal a line."""
    values = {}
    for line in ast.parse(source).body:
        assert isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
        values[line.targets[0].id] = line.value
    return values


def _kept(corpus: Path) -> str:
    """The expression that gives a kernel the corpus, read already."""
    return f"kernel.kept({str(corpus)!r})"


def _extra_cells(corpus: Path, actors: Actors, folder: Path) -> Iterator[Any]:
    import nbformat

    yield _setup(f"kernel.show_as_data({str(folder)!r}, 'tables')")
    source = f"corpus, actors = {_kept(corpus)}, {actors!r}\n"
    source += "actors = kernel.actors_of(corpus, actors)\n"
    source += f"kernel.save_articles(corpus, actors, {str(folder)!r})"
    yield nbformat.v4.new_code_cell(source)
    source = f"kernel.save_tables(corpus, actors, {str(folder)!r})"
    yield nbformat.v4.new_code_cell(source)


def _setup(call: str) -> Any:
    """A hidden cell that imports this very package, from where it is, and makes tables
    leave the kernel as data.
    """
    import nbformat

    parent = str(Path(__file__).parents[2])
    lines = [
        "import sys",
        f"sys.path.insert(0, {parent!r})",
        "from idlibkit.reporting import kernel",
        f"sys.path.remove({parent!r})",
        call,
    ]
    cell = nbformat.v4.new_code_cell("\n".join(lines))
    cell.metadata["tags"] = [HIDDEN]
    return cell
