"""What a report holds: findings, chapters, tables and texts, made and written."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from ..corpus import Corpus
from ..plots import given_colors, outlet_colors
from ..tables import IdlibkitError, number_of, source_text
from .chapters import (
    CHAPTERS,
    Chapter,
    Making,
    Material,
    archive_chapter,
    articles_chapter,
    method_chapter,
    tables_chapter,
)
from .csv_tables import save_tables
from .evidence import WHOLE, evidence_of
from .explorer import amount_of, days_of
from .finding_kinds import Finding, findings_of
from .folder import ARTICLES, INDEX, TABLES
from .leads import places_behind
from .measures import Measures
from .pages import Page, ShownFinding, page, shown_finding
from .progress import Progress
from .saving import write_page
from .selection import Selection

__all__ = ["Say", "write_contents"]

# How heavy the steps beside the chapters are.
READING, FINDINGS, WRITING = 1.5, 6.5, 4
SHOWN, ALL = 6, 1000  # findings on the first page, and at most in the chapters
TIMES_THE_TEXT = 15  # what page and tables hold; 12 to 18 where it was measured
COLORED = 8  # outlets that have a colour each
FACTS = 6  # outlets that are named in the first line

Say = Callable[[str], None]


def write_contents(
    corpus: Corpus,
    selection: Selection,
    title: str,
    chapters: list[str],
    work: Path,
    say: Say,
    archive: Measures | None = None,
) -> Path:
    """Make the parts and write the page with what lies beside it; the folder. Of an
    `archive` the corpus is a sample; its tables are of all its articles.
    """
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
    with given_colors(_colors(corpus, selection)):
        shown = [shown_finding(one) for one in found[:SHOWN]]
        behind = map(places_behind, found[:SHOWN])
        material.marks.extend(rows for rows in behind if rows is not None)
        progress.done("findings", number_of(len(shown), "finding"))
        made = _chapters(making, material, progress)
    whole = work / "report"
    (whole / TABLES).mkdir(parents=True)
    files = save_tables(archive or measures, chapters, whole / TABLES)
    if archive is not None:
        made.insert(0, archive_chapter(archive))
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


def _colors(corpus: Corpus, selection: Selection) -> dict[str, str]:
    """A colour for each outlet in all pictures, where they can be told apart."""
    outlets = corpus.articles["outlet"].dropna()
    if outlets.nunique() > COLORED:
        return selection.colors
    with given_colors(selection.colors):
        return outlet_colors(outlets)


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
    evidence = evidence_of(
        corpus, material.all_marks(), sample=material.measures.agency_sample
    )
    data = evidence.in_one()
    scripts: dict[str, str] = {}
    if not material.is_whole:
        data, scripts = evidence.in_files()
        (whole / ARTICLES).mkdir()
    for name, script in scripts.items():
        write_page(whole / ARTICLES / f"{name}.js", script)
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
