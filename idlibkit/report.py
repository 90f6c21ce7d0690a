"""report: files in, one page out that can be shared; and check: what would be read, with each problem and its mend."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from .actors import read_actors
from .corpus import read_articles
from .tables import IdlibkitError, IdlibkitWarning, check_columns, listed

__all__ = ["check", "report"]

INDEX, TABLES = "index.html", "tables"
ACTORS = "actors.toml"


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
    """Run the notebooks on a corpus and write one HTML page that needs no network, with the tables as CSV beside it.

    Parameters
    ----------
    path : path or DataFrame
        As for `read_articles`.
    out : path
        The folder to write: ``index.html`` and ``tables/``. An earlier report there is replaced when the new one is whole; a
        folder that holds anything else is left alone.
    actors : mapping or path, optional
        As for `labels`. Default: ``actors.toml`` in the corpus folder if there is one, else a table proposed from the corpus.
    outlet : str or iterable of str, optional
        Only these outlets.
    since, until : str, optional
        Only articles published from and up to these days, ``2020-02-29``, both included; those without a date are left out.
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
        If nothing can be read or is left, what runs notebooks is not installed (``pip install 'idlibkit[notebooks]'``), or the
        report cannot be written. Nothing is then left behind, and an earlier report stays as it was.

    Notes
    -----
    All words of the corpus are escaped, no table is taken over as HTML, and the page forbids itself to fetch anything or to
    run any script but its own. A part that the corpus does not allow (nothing to compare, no dates) says so in its place.
    What reading says as an `IdlibkitWarning` stands at the head of the page, too.
    """
    from .methods import number_of
    from .page import page
    from .running import EXTRA, check_tools, run_notebooks
    from .showing import table_cells

    check_tools()
    target = _target(out)
    if isinstance(path, str | os.PathLike) and os.path.isdir(path) and target.is_relative_to(Path(path).resolve()):
        raise IdlibkitError(
            f"the report {str(out)!r} would lie inside the articles' folder and be read as part of it; write it elsewhere."
        )
    corpus = check(path, actors=actors, outlet=outlet, since=since, until=until, columns=columns)
    for note in corpus.notes:
        warnings.warn(note, IdlibkitWarning, stacklevel=2)
    articles = corpus.articles
    progress(f"{number_of(len(articles), 'article')} of {number_of(articles['outlet'].nunique(), 'outlet')} read")
    work = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        whole, tables = work / "report", work / TABLES
        source = work / "articles.parquet"
        articles.to_parquet(source)
        notebooks = run_notebooks(source, tables, actors=corpus.actors, seeds=corpus.seeds, progress=progress)
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
        (whole / INDEX).write_text(html, encoding="utf-8", errors="replace", newline="\n")
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


@dataclass(frozen=True)
class Corpus:
    """What was read, and what was said of it."""

    name: str
    articles: pd.DataFrame
    notes: list[str]
    actors: dict[str, list[str]] | None
    selection: str | None
    seeds: bool


def check(
    path: str | os.PathLike | pd.DataFrame,
    *,
    actors: Mapping[str, Iterable[str]] | str | os.PathLike | None = None,
    outlet: str | Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Corpus:
    """Read a corpus as `report` would and keep what reading says of it; parameters and errors are those of `report`."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", IdlibkitWarning)
        articles = read_articles(path, columns=columns)
    notes = [str(one.message) for one in caught if issubclass(one.category, IdlibkitWarning)]
    folder = None if isinstance(path, pd.DataFrame) else Path(path).resolve()
    if actors is None and folder is not None and (folder / ACTORS).is_file():
        actors = folder / ACTORS
    actors = None if actors is None else read_actors(actors)
    selected = _selected(articles, outlet, since, until, notes)
    seeds = (
        folder is not None
        and len(selected) == len(articles)
        and folder == Path(__file__).resolve().parents[1] / "seeds"
    )
    wanted = [outlet] if isinstance(outlet, str) else list(outlet or [])
    said = [f"of {' and '.join(wanted)} only"] if wanted else []
    said += [f"published since {since}"] if since else []
    said += [f"published until {until}"] if until else []
    name = "Articles" if folder is None else folder.stem if folder.is_file() else folder.name
    return Corpus(name or "Articles", selected, notes, actors, ", ".join(said) or None, seeds)


def _selected(
    articles: pd.DataFrame, outlet: str | Iterable[str] | None, since: str | None, until: str | None, notes: list[str]
) -> pd.DataFrame:
    if outlet is not None:
        wanted = [outlet] if isinstance(outlet, str) else list(outlet)
        unknown = [name for name in wanted if name not in set(articles["outlet"])]
        if unknown:
            raise IdlibkitError(
                f"no article is of {listed(unknown)}; the outlets are {listed(sorted(articles['outlet'].unique()), 30)}."
            )
        articles = articles[articles["outlet"].isin(wanted)]
        if len(wanted) == 1:
            notes.append(f"only {wanted[0]!r} was chosen, so there is nothing to compare it with.")
    if since is not None or until is not None:
        first, last = _day(since, "since"), _day(until, "until")
        check_columns(articles, ["published"], "articles")
        day = articles["published"].dt.normalize()
        undated = int(day.isna().sum())
        if undated:
            notes.append(
                f"{undated} of {len(articles)} articles have no date and are left out, since a span of days was asked for."
            )
        keep = day.notna()
        keep &= True if first is None else day >= first
        keep &= True if last is None else day <= last
        if not keep.any():
            known = day.dropna()
            have = f"; the articles are from {known.min():%Y-%m-%d} to {known.max():%Y-%m-%d}" if len(known) else ""
            raise IdlibkitError(f"no article is left between {since or 'the first'} and {until or 'the last'}{have}.")
        articles = articles[keep]
    return articles.reset_index(drop=True)


def _day(value: str | None, name: str) -> pd.Timestamp | None:
    if value is None:
        return None
    try:
        return pd.Timestamp(pd.to_datetime(value, format="%Y-%m-%d"))
    except (ValueError, TypeError):
        raise IdlibkitError(f"{name}={value!r} is no day; write it as 2020-02-29.") from None


def _target(out: str | os.PathLike) -> Path:
    """The folder to write, after a look that nothing but an earlier report would be replaced."""
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
    """Have every file on the disk before anything is replaced: some file systems say only then that they are full."""
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
    from .showing import TABLE

    for cell in reversed(cells):
        for output in cell.get("outputs", []):
            if TABLE in output.get("data", {}):
                return {key: value for key, value in output["data"][TABLE].items() if key != "file"}
    failed = [output for cell in cells for output in cell.get("outputs", []) if output["output_type"] == "error"]
    why = failed[0]["evalue"] if failed else "no reason was given"
    if failed and failed[0]["ename"] == "OSError":
        raise OSError(why)
    raise IdlibkitError(f"the tables could not be made: {why}")


def _facts(articles: pd.DataFrame, selection: str | None) -> list[tuple[str, str]]:
    facts = [("Articles", f"{len(articles):,}"), ("Outlets", f"{articles['outlet'].nunique():,}")]
    known = articles["published"].dropna() if "published" in articles else pd.Series(dtype="datetime64[ns]")
    if len(known):
        first, last = f"{known.min():%Y-%m-%d}", f"{known.max():%Y-%m-%d}"
        facts.append(("Published", first if first == last else f"{first} to {last}"))
    return [*facts, ("Selected", selection)] if selection else facts


def outlets_of(articles: pd.DataFrame) -> pd.DataFrame:
    grouped = articles.groupby("outlet")
    table = grouped.agg(articles=("article_id", "size"), first=("published", "min"), last=("published", "max"))
    table["without date"] = grouped["published"].agg(lambda days: int(days.isna().sum()))
    table["languages"] = grouped["language"].agg(lambda codes: ", ".join(sorted(codes.dropna().unique())))
    return table


def _methods(corpus: Corpus) -> str:
    from .methods import methods

    return methods(corpus.articles, actors=corpus.actors, selection=corpus.selection)


def _version() -> str:
    from . import __version__

    return __version__
