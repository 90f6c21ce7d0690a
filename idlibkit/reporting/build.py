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
from typing import Any

import pandas as pd

from ..actors import Actors
from ..corpus import Corpus, read
from ..tables import IdlibkitError, number_of
from .cells import TABLE, table_cells, written_table
from .kernel import keep
from .methods_section import methods
from .notebooks import EXTRA, check_tools, run_notebooks
from .pages import GENERATOR, page
from .selection import Selection, check, outlets_of

__all__ = ["report"]


INDEX, TABLES = "index.html", "tables"


def report(
    path: str | os.PathLike | pd.DataFrame,
    out: str | os.PathLike,
    *,
    actors: Actors | None = None,
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
    actors : mapping, DataFrame or path, optional
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

    Notes
    -----
    All words of the corpus are escaped, no table is taken over as HTML, and
    the page forbids itself to fetch anything or to run any script but its own. A part
    that the corpus does not allow (nothing to compare, no dates) says so in its place.
    What reading says as an `IdlibkitWarning` stands at the head of the page, too."""
    check_tools()
    target = _target(out)
    _check_outside(target, out, path)
    selection = check(
        path, actors=actors, outlet=outlet, since=since, until=until, columns=columns
    )
    for note in selection.notes:
        warnings.warn(note, stacklevel=2)
    n_outlets = selection.articles["outlet"].nunique()
    progress(
        f"{number_of(len(selection.articles), 'article')} of "
        f"{number_of(n_outlets, 'outlet')} read"
    )
    work = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        whole = _write(selection, work, progress)
        _settle(whole)
        _replace(whole, target)
    except OSError as error:
        kept = ", and the earlier report is as it was." if target.exists() else "."
        raise IdlibkitError(
            f"the report could not be written to {str(out)!r}: "
            f"{error.strerror or error}. Nothing was left there{kept}"
        ) from error
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)
    return target / INDEX


def _write(selection: Selection, work: Path, progress: Callable[[str], None]) -> Path:
    """Run the notebooks and write the page and its tables; the folder with them."""
    whole, tables, kept = work / "report", work / TABLES, work / "corpus"
    corpus = read(selection.articles)
    keep(corpus, kept)
    notebooks = run_notebooks(
        kept,
        tables,
        actors=selection.actors,
        seeds=selection.seeds,
        progress=progress,
    )
    listing = _result(notebooks.pop(EXTRA))
    marked = tables / "articles.json"
    articles = json.loads(marked.read_text("ascii")) if marked.exists() else []
    html = _page(selection, corpus, notebooks, articles, listing)
    whole.mkdir()
    marked.unlink(missing_ok=True)
    for own in tables.glob("tables-*.csv"):
        own.unlink()  # the list of tables, which stands on the page
    tables.rename(whole / TABLES)
    (whole / INDEX).write_text(html, encoding="utf-8", errors="replace", newline="\n")
    return whole


def _page(
    selection: Selection,
    corpus: Corpus,
    notebooks: dict[str, list[dict[str, Any]]],
    marked: list[dict[str, str]],
    listing: dict[str, Any],
) -> str:
    articles = selection.articles
    return page(
        title=selection.name,
        facts=_facts(articles, selection.chosen),
        notes=list(map(str, selection.notes)),
        outlets=table_cells(outlets_of(articles), rows=1000),
        notebooks=notebooks,
        marked=marked,
        n_articles=len(articles),
        tables=listing,
        methods=methods(corpus, actors=selection.actors, selection=selection.chosen),
        version=version("idlibkit"),
        seeds=selection.seeds,
    )


def _check_outside(target: Path, out: object, path: object) -> None:
    """Raise where the report would be read as part of the corpus next time."""
    if not isinstance(path, str | os.PathLike) or not os.path.isdir(path):
        return
    if target.is_relative_to(Path(path).resolve()):
        raise IdlibkitError(
            f"the report {str(out)!r} would lie inside the articles' folder and be "
            "read as part of it; write it elsewhere."
        )


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
    if held and not (held <= {INDEX, TABLES} and _is_report(target / INDEX)):
        raise IdlibkitError(
            f"the folder {str(out)!r} holds something other than a report, "
            "which would be lost; name a new one."
        )
    return target


def _is_report(path: Path) -> bool:
    """Whether a file is the page of a report."""
    if not path.exists():
        return False
    with open(path, encoding="utf-8", errors="replace") as file:
        return f'name="generator" content="{GENERATOR}' in file.read(4000)


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


def _result(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """The table of files that the extra notebook shows last."""
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    for output in reversed(outputs):
        if TABLE in output.get("data", {}):
            cells_of_table = dict(written_table(output["data"]))
            cells_of_table.pop("file", None)
            return cells_of_table
    failures = [output for output in outputs if output["output_type"] == "error"]
    why = failures[0]["evalue"] if failures else "no reason was given"
    if failures and failures[0]["ename"] == "OSError":
        raise OSError(why)
    raise IdlibkitError(f"the tables could not be made: {why}")


def _facts(articles: pd.DataFrame, chosen: str | None) -> list[tuple[str, str]]:
    facts = [
        ("Articles", f"{len(articles):,}"),
        ("Outlets", f"{articles['outlet'].nunique():,}"),
    ]
    days = articles.get("published", pd.Series(dtype="datetime64[ns]")).dropna()
    if len(days):
        first, last = f"{days.min():%Y-%m-%d}", f"{days.max():%Y-%m-%d}"
        facts.append(("Published", first if first == last else f"{first} to {last}"))
    if chosen:
        facts.append(("Selected", chosen))
    return facts
