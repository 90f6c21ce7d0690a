"""report: files in, one page out that can be shared, with the tables beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from ..actors import Actors
from ..corpus import Corpus, read
from ..plots import given_colors
from ..tables import IdlibkitError, number_of, source_text
from .chapters import (
    CHAPTERS,
    Chapter,
    Making,
    Material,
    articles_chapter,
    chapter_names,
    method_chapter,
    tables_chapter,
)
from .csv_tables import save_tables
from .evidence import WHOLE, evidence_of
from .explorer import amount_of, days_of
from .finding_kinds import Finding, findings_of
from .measures import Measures
from .pages import GENERATOR, Page, ShownFinding, page, shown_finding
from .progress import Progress
from .saving import write_page
from .selection import Selection, check

__all__ = ["report"]


INDEX, TABLES, ARTICLES = "index.html", "tables", "articles"
# How heavy the steps beside the chapters are.
READING, FINDINGS, WRITING = 1.5, 6.5, 4
SHOWN, ALL = 6, 1000  # findings on the first page, and at most in the chapters
TIMES_THE_TEXT = 15  # what page and tables hold; 12 to 18 where it was measured
FACTS = 6  # outlets that are named in the first line

Say = Callable[[str], None]


def report(  # noqa: PLR0913 - each choice by its name
    path: str | os.PathLike | pd.DataFrame | Corpus,
    out: str | os.PathLike,
    *,
    title: str | None = None,
    actors: Actors | None = None,
    outlet: str | Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    columns: Mapping[str, str] | None = None,
    exclude: Iterable[str] = (),
    rename: Mapping[str, str] | None = None,
    sample: int | None = None,
    colors: Mapping[str, str] | None = None,
    only: Iterable[str] = (),
    without: Iterable[str] = (),
    progress: Say = lambda line: None,
) -> Path:
    """Write what a corpus shows as one HTML page that needs no network, with the tables
    as CSV beside it.

    The page opens with what the articles show (see `findings`). Chapters are folded
    below; each word, label, speaker, figure, frame and point in them leads to its
    sentences, and from there to its place in the article, which is marked up.

    Parameters
    ----------
    path : path, DataFrame or Corpus
        As for `read`.
    out : path
        The folder to write: ``index.html``, ``tables/`` and, with more than 300
        articles, ``articles/`` with their texts. An earlier report there is replaced
        when the new one is whole; a folder that holds anything else is left alone.
    title : str, optional
        Of the report; default: what a column `corpus` says, of a manifest for one,
        where it says one thing; else the name of the folder or file.
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
    exclude : iterable of str, optional
        Articles to leave out, by `article_id`.
    rename : mapping, optional
        Outlet to the name that it has in the report.
    sample : int, optional
        At most so many articles, some of each outlet evenly over time.
    colors : mapping, optional
        Outlet, by the name that it has in the report, to its colour in the pictures:
        ``{"Gazette": "#1f77b4"}``. Default: what a column ``color`` of the articles or
        of their manifest says.
    only, without : iterable of str, optional
        Chapters to make, or to leave out: words, voices, labels, agency, figures,
        frames, tone, left-out, shared, stories.
    progress : function, optional
        Called with a line of text whenever a part is done, with the time to go.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    IdlibkitError
        If nothing can be read or is left, there is no such chapter, outlet, article or
        colour, or the report cannot be written. Nothing is then left behind, and an
        earlier report stays as it was.

    Notes
    -----
    All words of the corpus are escaped, and the page forbids itself to fetch anything
    or to run any script but its own. A chapter that the corpus does not allow (nothing
    to compare, no dates) says so in its place and takes no other with it. Tone toward
    actors is read in a random sample of 600 mentions where there are more, who does
    what in 300 articles. What reading says as an `IdlibkitWarning` stands on the page,
    too.
    """
    chapters = chapter_names(only, without)
    target = _target(out)
    _check_outside(target, out, path)
    selection = check(
        path.articles if isinstance(path, Corpus) else path,
        actors=actors,
        outlet=outlet,
        since=since,
        until=until,
        columns=columns,
        exclude=exclude,
        rename=rename,
        sample=sample,
        colors=colors,
    )
    for note in selection.notes:
        warnings.warn(note, stacklevel=2)
    corpus = read(selection.articles)
    if isinstance(path, Corpus) and selection.chosen is None and not rename:
        corpus = path  # what was read is not read again
    work = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        title = title or _title_given(corpus.articles) or selection.name
        whole = _write(corpus, selection, title, chapters, work, progress)
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


# -------------------------------------------------------------------------- the parts
def _title_given(articles: pd.DataFrame) -> str:
    """The name of the corpus that its articles bring along, where they agree on it."""
    names = articles.reindex(columns=["corpus"])["corpus"].dropna().unique()
    return str(names[0]) if len(names) == 1 else ""


def _write(
    corpus: Corpus,
    selection: Selection,
    title: str,
    chapters: list[str],
    work: Path,
    say: Say,
) -> Path:
    """Make the parts and write the page with what lies beside it; the folder."""
    making = [one for one in CHAPTERS if one.id in chapters]
    weights = {one.id: one.weight for one in making}
    weights |= {"reading": READING, "findings": FINDINGS, "writing": WRITING}
    progress = Progress(say, weights)
    _ = corpus.passages
    progress.done("reading", f"{amount_of(corpus.articles)} read{_expected(corpus)}")
    notes = [str(note) for note in selection.notes]
    measures = Measures(corpus, selection.actors)
    found = _findings(measures, notes)
    material = Material(measures, found)
    with given_colors(selection.colors):
        shown = [shown_finding(one) for one in found[:SHOWN]]
        progress.done("findings", number_of(len(shown), "finding"))
        made = _chapters(making, material, progress)
    whole = work / "report"
    (whole / TABLES).mkdir(parents=True)
    files = save_tables(material.measures, chapters, whole / TABLES)
    made += [
        articles_chapter(material),
        method_chapter(material, selection),
        tables_chapter(files),
    ]
    _write_page(material, selection, title, shown, made, notes, whole)
    progress.done("writing", _size(whole))
    return whole


def _chapters(
    making: list[Making], material: Material, progress: Progress
) -> list[Chapter]:
    """The chapters, each made or with why it was not."""
    made = []
    for one in making:
        chapter: Chapter | None
        try:
            chapter = one.make(material)
        except Exception as error:  # one chapter must not cost the others
            foreign = material.n_foreign if one.english else 0
            chapter = Chapter(one.id, one.title, _why_not(error, foreign))
        if chapter is not None:
            made.append(chapter)
        progress.done(one.id, one.title)
    return made


def _expected(corpus: Corpus) -> str:
    """How much a report of many articles will hold, nearly all of it tables."""
    if len(corpus.articles) <= WHOLE:
        return ""
    size = source_text(corpus.articles).str.len().sum() * TIMES_THE_TEXT
    return f", the report will have about {max(size / 1e6, 1):.0f} MB"


def _findings(measures: Measures, notes: list[str]) -> list[Finding]:
    """All findings, the strongest first."""
    try:
        return findings_of(measures, n=ALL)
    except Exception as error:  # the chapters can be made all the same
        notes.append(f"The findings could not be made: {error}")
        return []


def _why_not(error: Exception, n_foreign: int) -> str:
    """Why a chapter could not be made, for somebody at the command line."""
    if n_foreign:
        articles = number_of(n_foreign, "article")
        return f"Not made: it knows only English, and {articles} are in others."
    if isinstance(error, IdlibkitError):
        text = error.command
        return text[:1].upper() + text[1:]
    return f"This chapter could not be made: {type(error).__name__}: {error}"


def _write_page(
    material: Material,
    selection: Selection,
    title: str,
    shown: list[ShownFinding],
    chapters: list[Chapter],
    notes: list[str],
    whole: Path,
) -> None:
    corpus = material.corpus
    evidence = evidence_of(corpus, material.all_marks())
    data = evidence.in_one()
    scripts: list[str] = []
    if not material.is_whole:
        data, scripts = evidence.in_files()
        (whole / ARTICLES).mkdir()
    for number, script in enumerate(scripts):
        write_page(whole / ARTICLES / f"{number}.js", script)
    html = page(
        Page(
            title=title,
            facts=_facts(corpus.articles, selection.chosen),
            notes=notes,
            findings=shown,
            chapters=chapters,
            data=data,
            days=days_of(corpus.articles),
            is_whole=material.is_whole,
            version=version("idlibkit"),
        )
    )
    write_page(whole / INDEX, html)


def _size(folder: Path) -> str:
    """How much a folder holds: "12.3 MB in 503 files"."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{sum(sizes) / 1e6:.1f} MB in {number_of(len(sizes), 'file')}"


def _facts(articles: pd.DataFrame, chosen: str | None) -> list[str]:
    """What and how much, for the line above the title."""
    outlets = sorted(articles["outlet"].astype("str").unique())
    names = f" ({', '.join(outlets)})" if len(outlets) <= FACTS else ""
    facts = [
        number_of(len(articles), "article"),
        f"{number_of(len(outlets), 'outlet')}{names}",
    ]
    days = articles.get("published", pd.Series(dtype="datetime64[ns]")).dropna()
    if len(days):
        first, last = (f"{day.day} {day:%B %Y}" for day in (days.min(), days.max()))
        facts.append(first if first == last else f"{first} to {last}")
    if chosen:
        facts.append(chosen)
    return facts


# -------------------------------------------------------------------------- the folder
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
    if held and not (held <= {INDEX, TABLES, ARTICLES} and _is_report(target / INDEX)):
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
