"""The notebooks run on a corpus: parameters put in as literals, several at a time, each in a kernel of its own."""

from __future__ import annotations

import ast
import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from ..tables import IdlibkitError

__all__ = ["EXTRA", "check_tools", "run_notebooks"]


LEFT_OUT = ("07-",)  # what a cluster does, not what a corpus says
EXTRA = "extra"
SEEDS, LESSON = (
    "seeds",
    "lesson",
)  # tags of cells that speak of the worked case, and of those that only show how to do something


def find_notebooks() -> dict[str, Path]:
    """The notebooks that a report is made of, by name: those of the installed package, or of the checkout it runs from."""
    package = Path(__file__).parents[1]
    for folder in (package / "notebooks", package.parent / "notebooks"):
        found = {
            path.stem: path
            for path in sorted(folder.glob("[0-9][0-9]-*.ipynb"))
            if path.stem[:3] not in LEFT_OUT
        }
        if found:
            return found
    raise IdlibkitError(
        "the notebooks that a report is made of are not beside the package; install idlibkit again."
    )


def check_tools() -> None:
    """Raise unless what runs notebooks is installed, with the command that installs it."""
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
    articles: Path,
    folder: Path,
    *,
    actors: Mapping[str, Iterable[str]] | None,
    seeds: bool = False,
    progress: Callable[[str], None] = lambda line: None,
) -> dict[str, list[dict[str, Any]]]:
    """Run every notebook on a Parquet file of articles.

    Parameters
    ----------
    articles : Path
        Written from an articles table.
    folder : Path
        Where tables are written: those shown in the notebooks into ``shown/``, the whole ones into the folder itself.
    actors : mapping or None
    seeds : bool
        Keep the cells that speak of the worked case alone. Cells tagged ``lesson`` are left out of every report.
    progress : function
        Called with a line whenever a notebook is done.

    Returns
    -------
    dict
        Name of the notebook to its cells as nbformat has them, with outputs; ``"extra"`` has the outputs of the two cells
        that write whole tables and marked-up articles. A notebook whose kernel died has one cell that says so.
    """
    import nbformat

    actors = (
        None
        if actors is None
        else {str(actor): list(names) for actor, names in actors.items()}
    )
    books = {name: nbformat.read(path, 4) for name, path in find_notebooks().items()}
    for name, book in books.items():
        book.cells = list(
            _prepared(book.cells, name, str(articles), actors, folder / "shown", seeds)
        )
    books[EXTRA] = nbformat.v4.new_notebook(
        cells=list(_extra(str(articles), actors, folder))
    )
    (folder / "shown").mkdir(parents=True)
    # the longest first, so that no core waits at the end
    order = sorted(
        books,
        key=lambda name: (not name.startswith(("03", "00", "05", "06", EXTRA)), name),
    )
    done: dict[str, list[dict[str, Any]]] = {}
    cores = (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )
    pool = ThreadPoolExecutor(min(cores, len(order)))
    kernels: list[Any] = []
    try:
        waiting = {
            pool.submit(_run, books[name], folder, kernels): name for name in order
        }
        for future in as_completed(waiting):
            name, (cells, seconds) = waiting[future], future.result()
            done[name] = cells
            what = "whole tables and marked-up articles" if name == EXTRA else name
            progress(f"[{len(done)}/{len(order)}] {what} ({seconds:.0f} s)")
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        while not all(
            future.done() for future in waiting
        ):  # a cell may run for minutes: its process is ended
            for kernel in kernels:
                _end(kernel)
            time.sleep(0.1)
        raise
    finally:
        pool.shutdown()
    return {name: done[name] for name in books}


def _prepared(
    cells: list[Any],
    name: str,
    corpus: str,
    actors: dict[str, list[str]] | None,
    shown: Path,
    seeds: bool,
) -> Iterable[Any]:
    """The cells to run: the setup first, then the notebook's own with its parameters replaced by literals."""
    yield _setup(f"kernel.show_as_data({str(shown)!r}, {name!r})")
    for cell in cells:
        tags = cell.metadata.get("tags", [])
        if LESSON in tags or (SEEDS in tags and not seeds):
            continue
        if "parameters" in tags:
            values = (
                _parameters(cell.source)
                if seeds
                else dict.fromkeys(_parameters(cell.source))
            )
            values["CORPUS"] = corpus
            if "ACTORS" in values:
                values["ACTORS"] = actors
            cell.source = "\n".join(
                f"{name} = {value!r}" for name, value in values.items()
            )
            cell.metadata["tags"] = [*tags, "hidden"]
        if cell.cell_type == "code":
            cell.outputs = []
        yield cell


def _parameters(source: str) -> dict[str, Any]:
    """What the parameters cell sets. Whatever speaks of the worked case (an actor to look at) is None for other corpora."""
    return {
        line.targets[0].id: ast.literal_eval(line.value)
        for line in ast.parse(source).body
    }  # type: ignore[attr-defined]


def _extra(
    corpus: str, actors: dict[str, list[str]] | None, folder: Path
) -> Iterable[Any]:
    import nbformat

    yield _setup(f"kernel.show_as_data({str(folder)!r}, 'tables')")
    read = f"articles, actors = pd.read_parquet({corpus!r}), {actors!r}"
    yield nbformat.v4.new_code_cell(
        f"import pandas as pd\n{read}\nkernel.save_articles(articles, actors, {str(folder)!r})"
    )
    yield nbformat.v4.new_code_cell(
        f"kernel.save_tables(articles, actors, {str(folder)!r})"
    )


def _setup(call: str) -> Any:
    """A hidden cell that imports this very package, from where it is, and makes tables leave the kernel as data."""
    import nbformat

    parent = str(Path(__file__).parents[2])
    source = f"import sys\nsys.path.insert(0, {parent!r})\nfrom idlibkit.reporting import kernel\nsys.path.remove({parent!r})\n{call}"
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["tags"] = ["hidden"]
    return cell


def _run(book: Any, folder: Path, kernels: list[Any]) -> tuple[list[Any], float]:
    from ipykernel.kernelspec import get_kernel_dict
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpec
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    begun = time.monotonic()
    client = NotebookClient(
        book,
        kernel_manager_class=AsyncKernelManager,
        timeout=None,
        allow_errors=True,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(folder)}},
    )
    kernel = client.create_kernel_manager()
    kernel._kernel_spec = KernelSpec(
        **get_kernel_dict()
    )  # this Python, whatever kernel is registered as python3
    sockets = None
    if (
        os.name == "posix"
    ):  # sockets that this user alone can open, not ports that everybody on the machine can reach
        sockets = tempfile.mkdtemp(prefix="ik-")
        kernel.transport, kernel.ip = "ipc", os.path.join(sockets, "k")
    kernels.append(kernel)
    try:
        client.execute()
    except DeadKernelError:
        import nbformat

        why = "the process ended, most likely for want of memory."
        output = nbformat.v4.new_output(
            "error", ename="IdlibkitError", evalue=why, traceback=[]
        )
        book.cells = [nbformat.v4.new_code_cell("", outputs=[output])]
    finally:
        atexit.unregister(
            client._cleanup_kernel
        )  # of a kernel that was ended it would complain as Python exits
        if sockets is not None:
            shutil.rmtree(sockets, ignore_errors=True)
    return book.cells, time.monotonic() - begun


def _end(kernel: Any) -> None:
    process = getattr(kernel.provisioner, "process", None)
    if process is not None and process.poll() is None:
        process.kill()
