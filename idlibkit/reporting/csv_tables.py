"""The tables of a report as CSV files, whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..scale import Parts, gathered
from ..spreadsheets import write_csv
from ..tables import IdlibkitError
from .measures import Measures

__all__ = ["save_tables"]

FILE_ROWS = 100_000  # from which on rows of count 0 are left out


@dataclass(frozen=True, slots=True)
class Table:
    """A table, what it holds, how it is made, and the chapter that it belongs to."""

    name: str
    holds: str
    make: Callable[[Measures], pd.DataFrame]
    chapter: str = ""


def _articles(corpus: Corpus) -> pd.DataFrame:
    words = gathered(_words_kept, corpus.passages).set_index("article_id")["n_words"]
    facts = corpus.facts
    return facts.assign(n_words=facts["article_id"].map(words).fillna(0))


def _words_kept(passages: pd.DataFrame) -> pd.DataFrame:
    return passages.groupby("article_id")["n_words"].sum().reset_index()


def _of(name: str, holds: str, chapter: str) -> Table:
    """The table of one of the measures."""
    return Table(name, holds, lambda measures: getattr(measures, name), chapter)


TABLES = [
    Table("articles", "articles, with words kept", lambda m: _articles(m.corpus)),
    Table("lines", "role of every line, and why it was kept", lambda m: m.corpus.lines),
    Table("passages", "sentences by voice", lambda m: m.corpus.passages),
    Table("quotes", "quoted and reported speech, speakers", lambda m: m.corpus.quotes),
    _of("voices_by", "whose words each outlet carries", "voices"),
    _of("counts", "how often each outlet uses each term", "words"),
    _of("tfidf", "TF-IDF of each term by outlet", "words"),
    _of("keyness", "each term, one outlet against the rest", "words"),
    _of("similarity", "cosine of the outlets' TF-IDF", "words"),
    _of("labels", "each mention of an actor, and what it is called", "labels"),
    _of("labels_by", "share of each label by outlet", "labels"),
    _of("agency", "each clause: who does what to whom", "agency"),
    _of("agency_by", "how often actors do, are done to, and by nobody", "agency"),
    _of("quantities", "every figure, read", "figures"),
    _of("discrepancies", "figures of the same thing, side by side", "figures"),
    _of("frames", "indicators of frames", "frames"),
    _of("frames_by", "share of each frame by outlet", "frames"),
    _of("sentiment", "tone of each passage (VADER)", "tone"),
    _of("sentiment_by", "mean tone by outlet", "tone"),
    _of("sentiment_by_voice", "mean tone by outlet and voice", "tone"),
    _of("actor_tone", "tone toward actors, mention by mention", "tone"),
    _of("actor_tone_by", "mean tone toward actors by outlet and voice", "tone"),
    _of("points", "points of the story and who tells them", "left-out"),
    _of("left_out_by", "what each outlet leaves out over many stories", "left-out"),
    _of("shared_text", "passages that two articles share", "shared"),
    _of("stories", "articles that tell one event with another", "stories"),
]


def save_tables(measures: Measures, chapters: list[str], folder: Path) -> pd.DataFrame:
    """Write the tables of these chapters; what each holds, or why it is missing."""
    rows: list[tuple[str, str, str]] = []
    for one in TABLES:
        if one.chapter and one.chapter not in chapters:
            continue
        try:
            table = one.make(measures)
        except Exception as error:  # what one cannot do must not cost others
            rows.append((one.name, one.holds, _why_not(error, one, measures)))
        else:
            if _is_empty(table):
                rows.append((one.name, one.holds, "none found"))
                continue
            file = folder / f"{one.name}.csv"
            rows.append((file.name, one.holds, _write_whole(table, file)))
    return pd.DataFrame(rows, columns=["file", "holds", "rows"])


def _why_not(error: Exception, one: Table, measures: Measures) -> str:
    """Why a table is missing. Of an archive in parts the chapters are of a sample, for
    which there may be no such reason.
    """
    if measures.corpus.is_apart and isinstance(error, IdlibkitError):
        return f"not made: {error.command}"
    return "not made; its chapter says why" if one.chapter else "not made"


def _is_empty(table: Any) -> bool:
    if isinstance(table, Parts):
        return all(part.empty for part in table)
    return bool(table.empty)


def _write_whole(table: Any, file: Path) -> str:
    """Write a table, part by part; how many rows, and which were left out."""
    if isinstance(table, Parts):
        write_csv(table, file)
        return f"{sum(len(part) for part in table[[table.columns[0]]]):,}"
    left_out = ""
    if len(table) > FILE_ROWS and "count" in table:
        unused = int((table["count"] == 0).sum())
        table, left_out = table[table["count"] > 0], f", without {unused:,} of count 0"
    write_csv(table, file)
    return f"{len(table):,}{left_out}"
