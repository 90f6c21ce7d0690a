"""report: files in, one page out that can be shared; and check: what would be read,
with each problem and its mend."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from ..corpus import read
from ..tables import IdlibkitError, IdlibkitWarning, number_of
from .selection import Corpus, check, outlets_of

__all__ = ["report"]


INDEX, TABLES = "index.html", "tables"


def report(
    path: str | os.PathLike | pd.DataFrame,
    out: str | os.PathLike,
    *,
    actors: Mapping[str, Iterable[str]] | str | os.PathLike | None = None,
    outlet: str | Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Path:
    """Run the notebooks on a corpus and write one HTML page that needs no network, with
    the tables as CSV beside it.

    Parameters
    ----------
    path : path or DataFrame
        As for `read_articles`.
    out : path
        The folder to write: ``index.html`` and ``tables/``. An earlier report there is
        replaced when the new one is whole; a folder that holds anything else is left
        alone.
    actors : mapping or path, optional
        As for `labels`. Default: ``actors.toml`` in the corpus folder if there is one,
        else a table proposed from the corpus.
    outlet : str or iterable of str, optional
        Only these outlets.
    since, until : str, optional
        Only articles published from and up to these days, ``2020-02-29``, both
        included; those without a date are left out.
    columns : mapping, optional
        As for `read_articles`.
    progress : function, optional
        Called with a line of text whenever a part is done.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    IdlibkitError
        If nothing can be read or is left, what runs notebooks is not installed (``pip
        install 'idlibkit[notebooks]'``), or the report cannot be written. Nothing is
        then left behind, and an earlier report stays as it was.

    Notes ----- All words of the corpus are escaped, no table is taken over as HTML, and
    the page forbids itself to fetch anything or to run any script but its own. A part
    that the corpus does not allow (nothing to compare, no dates) says so in its place.
    What reading says as an `IdlibkitWarning` stands at the head of the page, too."""
    from .cells import table_cells
    from .kernel import keep
    from .notebooks import EXTRA, check_tools, run_notebooks
    from .pages import page

    check_tools()
    target = _target(out)
    if (
        isinstance(path, str | os.PathLike)
        and os.path.isdir(path)
        and target.is_relative_to(Path(path).resolve())
    ):
        raise IdlibkitError(
            f"the report {str(out)!r} would lie inside the articles' folder and be read as part of it; write it elsewhere."
        )
    corpus = check(
        path, actors=actors, outlet=outlet, since=since, until=until, columns=columns
    )
    for note in corpus.notes:
        warnings.warn(note, IdlibkitWarning, stacklevel=2)
    articles = corpus.articles
    progress(
        f"{number_of(len(articles), 'article')} of {number_of(articles['outlet'].nunique(), 'outlet')} read"
    )
    work = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        whole, tables = work / "report", work / TABLES
        source = work / "corpus"
        keep(read(articles), source)
        notebooks = run_notebooks(
            source, tables, actors=corpus.actors, seeds=corpus.seeds, progress=progress
        )
        extra = notebooks.pop(EXTRA)
        listing = _result(extra)
        marked = tables / "articles.json"
        html = page(
            title=corpus.name,
            facts=_facts(articles, corpus.selection),
            notes=corpus.notes,
            outlets=table_cells(outlets_of(articles), rows=1000),
            notebooks=notebooks,
            marked=json.loads(marked.read_text("ascii")) if marked.exists() else [],
            n_articles=len(articles),
            tables=listing,
            methods=_methods(corpus),
            version=_version(),
            seeds=corpus.seeds,
        )
        whole.mkdir()
        marked.unlink(missing_ok=True)
        for own in tables.glob("tables-*.csv"):
            own.unlink()  # the list of tables, which stands on the page
        tables.rename(whole / TABLES)
        (whole / INDEX).write_text(
            html, encoding="utf-8", errors="replace", newline="\n"
        )
        _settle(whole)
        _replace(whole, target)
    except OSError as error:
        raise IdlibkitError(
            f"the report could not be written to {str(out)!r}: {error.strerror or error}. Nothing was left there"
            + (", and the earlier report is as it was." if target.exists() else ".")
        ) from error
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)
    return target / INDEX


def _target(out: str | os.PathLike) -> Path:
    """The folder to write, after a look that nothing but an earlier report would be
    replaced.
    """
    target = Path(out).resolve()
    if not target.exists():
        return target
    if not target.is_dir():
        raise IdlibkitError(f"{str(out)!r} is a file; name a folder for the report.")
    held = {path.name for path in target.iterdir()}
    mine = held <= {INDEX, TABLES}
    if mine and INDEX in held:
        with open(target / INDEX, encoding="utf-8", errors="replace") as page:
            mine = 'name="generator" content="idlibkit report' in page.read(4000)
    if held and not (mine and INDEX in held):
        raise IdlibkitError(
            f"the folder {str(out)!r} holds something other than a report, which would be lost; name a new one."
        )
    return target


def _settle(folder: Path) -> None:
    """Have every file on the disk before anything is replaced: some file systems say
    only then that they are full.
    """
    for here, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(here, name), "rb+") as file:
                os.fsync(file.fileno())


def _replace(whole: Path, target: Path) -> None:
    """Put the folder `whole` where `target` is, or leave `target` as it was."""
    if not target.exists():
        whole.rename(target)
        return
    before = whole.with_name("before")
    target.rename(before)
    try:
        whole.rename(target)
    except BaseException:
        before.rename(target)
        raise


def _result(cells: list) -> dict:
    """The table of files that the extra notebook shows last."""
    from .cells import TABLE

    for cell in reversed(cells):
        for output in cell.get("outputs", []):
            if TABLE in output.get("data", {}):
                return {
                    key: value
                    for key, value in output["data"][TABLE].items()
                    if key != "file"
                }
    failed = [
        output
        for cell in cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]
    why = failed[0]["evalue"] if failed else "no reason was given"
    if failed and failed[0]["ename"] == "OSError":
        raise OSError(why)
    raise IdlibkitError(f"the tables could not be made: {why}")


def _facts(articles: pd.DataFrame, selection: str | None) -> list[tuple[str, str]]:
    facts = [
        ("Articles", f"{len(articles):,}"),
        ("Outlets", f"{articles['outlet'].nunique():,}"),
    ]
    known = (
        articles["published"].dropna()
        if "published" in articles
        else pd.Series(dtype="datetime64[ns]")
    )
    if len(known):
        first, last = f"{known.min():%Y-%m-%d}", f"{known.max():%Y-%m-%d}"
        facts.append(("Published", first if first == last else f"{first} to {last}"))
    return [*facts, ("Selected", selection)] if selection else facts


def _methods(corpus: Corpus) -> str:
    from .methods_section import methods

    return methods(corpus.articles, actors=corpus.actors, selection=corpus.selection)


def _version() -> str:
    return version("idlibkit")
