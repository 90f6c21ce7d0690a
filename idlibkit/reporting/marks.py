"""Marks: everything that was found in the articles, as rows that lead to its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf
from typing import Any

import pandas as pd

from ..actors import Actors, labels
from ..corpus import Corpus
from ..figures import quantities
from ..tables import IdlibkitError, records
from ..text import is_foreign
from ..words import count_terms, keyness, term_places

__all__ = ["all_marks", "figure_note", "leading_terms", "marks_of"]

COLUMNS = ["kind", "group", "name", "article_id", "start", "end", "note"]
USED = 120  # words whose places are kept: the most used,
DISTINCTIVE = 120  # and the most distinctive ones, shared out among the outlets


def all_marks(corpus: Corpus, actors: Actors | None) -> pd.DataFrame:
    """Words, fragments in quotation marks, labels and figures of a corpus, as
    `marks_of` has them; what the corpus does not allow is not there.
    """
    passages = corpus.passages
    parts: list[Callable[[], pd.DataFrame]] = [
        lambda: word_marks(passages, leading_terms(count_terms(passages))),
        lambda: fragment_marks(corpus.quotes),
        lambda: figure_marks(quantities(english(passages))),
    ]
    if actors is not None:
        parts.append(lambda: label_marks(labels(passages, actors)))
    return joined(map(possible, parts))


def possible(make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """A table, or none of its rows where the corpus does not allow it."""
    try:
        return make()
    except IdlibkitError:
        return pd.DataFrame(columns=COLUMNS)


def joined(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    whole = [part for part in parts if len(part)]
    if not whole:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(whole, ignore_index=True)


def marks_of(
    table: pd.DataFrame, kind: str, name: Any, group: Any = "", note: Any = ""
) -> pd.DataFrame:
    """Rows of any table with `article_id`, `start` and `end` as marks.

    Parameters
    ----------
    table : DataFrame
    kind : str
        What they are: word, label, figure, frame, point, fragment.
    name, group, note : Series or str
        Which of its kind a mark is, within what (a label's actor), and what its note
        says.
    """
    marks = table[["article_id", "start", "end"]].assign(
        kind=kind, name=name, group=group, note=note
    )
    marks["article_id"] = marks["article_id"].astype("str")
    return marks[COLUMNS].reset_index(drop=True)


# ------------------------------------------------------------------------------- kinds
def word_marks(passages: pd.DataFrame, terms: Iterable[str]) -> pd.DataFrame:
    places = term_places(passages, terms)
    return marks_of(places, "word", places["term"])


def fragment_marks(quotes: pd.DataFrame) -> pd.DataFrame:
    return marks_of(quotes[quotes["kind"] == "fragment"], "fragment", "fragment")


def label_marks(mentions: pd.DataFrame) -> pd.DataFrame:
    return marks_of(mentions, "label", mentions["label"], mentions["actor"])


def figure_marks(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures by what they count; dates and years are none."""
    figures = figures[~figures["kind"].isin(["date", "year"])]
    counted = figures["counted"].fillna(figures["unit"]).fillna("something")
    notes = [figure_note(row) for row in records(figures)]
    return marks_of(figures, "figure", counted, note=notes)


def frame_marks(found: pd.DataFrame) -> pd.DataFrame:
    return marks_of(found, "frame", found["frame"].str.replace("_", " "))


def point_marks(points: pd.DataFrame) -> pd.DataFrame:
    return marks_of(points, "point", points["point"].astype("str"))


def figure_note(row: Any) -> str:
    """What was read of a figure, in words: "250 people, at least, said by Ann Lee"."""
    parts = []
    if pd.notna(row.value):
        parts.append(f"{row.value:,.12g}")
    elif pd.notna(row.low) and pd.notna(row.high) and row.high != inf:
        parts.append(f"{row.low:,.12g} to {row.high:,.12g}")
    else:
        parts.append("no exact number")
    for part in (row.unit, row.counted):
        if isinstance(part, str) and part:
            parts[0] += f" {part}"
    if isinstance(row.hedge, str) and row.hedge:
        parts.append(row.hedge)
    if isinstance(row.attributed_to, str) and row.attributed_to:
        parts.append(f"from {row.attributed_to}")
    return ", ".join(parts)


def english(passages: pd.DataFrame) -> pd.DataFrame:
    """The passages of texts in English: figures are read in no other."""
    if "language" not in passages:
        return passages
    foreign = is_foreign(passages["language"].fillna("en").astype("str"))
    return passages[~foreign.to_numpy(dtype=bool)]


# ------------------------------------------------------------------------------- words
def leading_terms(
    counts: pd.DataFrame, ranked: pd.DataFrame | None = None
) -> list[str]:
    """The words whose places a page keeps: the most used, and the most distinctive of
    each outlet; `ranked` is their keyness, where it was taken before.
    """
    used = counts.groupby("term")["count"].sum().reset_index()
    used = used.sort_values(["count", "term"], ascending=[False, True])
    terms = dict.fromkeys(used["term"].head(USED))
    n_outlets = counts["outlet"].nunique()
    if n_outlets > 1:
        ranked = keyness(counts) if ranked is None else ranked
        ranked = ranked[ranked["n_paragraphs"] >= 3]
        ranked = ranked.groupby("outlet").head(max(DISTINCTIVE // n_outlets, 1))
        terms |= dict.fromkeys(ranked["term"])
    return list(terms)
