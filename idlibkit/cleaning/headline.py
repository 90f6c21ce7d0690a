"""Which line of a page is its headline: the title where it is known, else the best of
the lines above the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..text import to_polars
from .pages import BLANK, Pages, first_row, last_row, window
from .shapes import MIX, UNSPACED, LineShapes

if TYPE_CHECKING:
    import polars as pl

__all__ = ["ABOVE", "Headline", "find_headline"]


@dataclass(frozen=True, slots=True)
class _Weights:
    """What speaks for a line above the body, in the order of weight.

    Chosen by eye on the 88 development pages of Scrapinghub's benchmark (no set of
    labelled headlines is public); only their order of size matters.
    """

    shared_words: float = 2.0  # share of its longer words in the first 700 characters
    long: float = 0.7  # 25 characters or more: not a button or a section
    very_long: float = -0.5  # over 150 characters: a summary
    no_full_stop: float = 0.5
    repeated: float = 0.3  # the title of the page stands in its menu, too
    row_above: float = -0.03  # for each row between it and the body


HEADLINE = _Weights()
ABOVE = 25  # rows above the body: further up is the menu
OPENING = 700  # characters of the body that a headline shares its words with
WORD = r"[\pL\pN]{4,}"  # words of three letters are shared by chance


@dataclass(frozen=True, slots=True)
class Headline:
    """`row`: the headline of each page, or -1; `same`: rows that have its words."""

    row: np.ndarray
    same: np.ndarray


def find_headline(
    frame: pl.DataFrame,
    pages: Pages,
    s: LineShapes,
    body: np.ndarray,
    titles: pd.Series,
    free: np.ndarray,
) -> Headline:
    """The headline of each page: `body` and `free` (may be a headline) mark rows."""
    opens = first_row(pages, body)
    head = _best_above(frame, pages, s, body, opens, free)
    head = _first_of_body(pages, s, body, opens, head)
    head = _titled(frame, pages, s, opens, titles, head)
    # the same words further up are the headline, printed for the first time
    key = s.key[np.maximum(head, 0)]
    same = (head >= 0)[pages.page] & (s.key == key[pages.page])
    top = np.minimum(first_row(pages, same), head)
    return Headline(np.where(head >= 0, top, -1), same)


def _best_above(
    frame: pl.DataFrame,
    pages: Pages,
    s: LineShapes,
    body: np.ndarray,
    opens: np.ndarray,
    free: np.ndarray,
) -> np.ndarray:
    """The row of the best line above the body of each page, or -1."""
    row, page, size = pages.row, pages.page, s.size
    above = (row >= opens[page] - ABOVE) & (row < opens[page])
    candidate = free & above & (size >= 12) & (size <= 300)
    candidate &= ~s.dated & ~s.byline & ~s.note & ~s.bio & ~s.contact
    candidate &= ~(s.time & (size < 40)) & ~(s.picture & (size < 60))
    mass_before = window(pages, size * body, len(size), -1)
    shared = _shared_words(frame, pages, candidate, body & (mass_before < OPENING))
    score = HEADLINE.shared_words * shared
    score += HEADLINE.long * (size >= 25) + HEADLINE.no_full_stop * ~s.terminal
    score += HEADLINE.repeated * s.repeated + HEADLINE.very_long * (size > 150)
    score += HEADLINE.row_above * (opens[page] - row)
    # a line that shares nothing can only be one where words have no spaces between
    # them, or where the page is nearly bare
    bare = opens[page] - pages.low <= 3
    eligible = candidate & ((shared >= 0.2) | (s.density > UNSPACED) | bare)
    score = np.where(eligible, np.rint(score * 4096), -1)
    top = np.maximum.reduceat(score, pages.starts)
    head = np.where(top > 0, first_row(pages, score == top[page]), -1)
    # a line as good just above the best one is the headline, and that its second line
    strong = candidate & (shared >= 0.4) & (size >= 20)
    for back in (2, 1):
        at = np.maximum(head - back, 0)
        up = (head - back >= pages.starts) & strong[at]
        head = np.where(up & ~s.terminal[at], at, head)
    return head


def _shared_words(
    frame: pl.DataFrame, pages: Pages, candidate: np.ndarray, opening: np.ndarray
) -> np.ndarray:
    """Share of the longer words of each candidate that stand in the opening of its
    page's body; 1 for the only candidate of a page."""
    import polars as pl

    def page_words(rows: np.ndarray) -> tuple[np.ndarray, pl.Series]:
        text = frame["text"].gather(rows).str.head(400).str.to_lowercase()
        matches = text.str.extract_all(WORD)
        row = np.repeat(rows, matches.list.len().to_numpy())
        # one number for a word on a page
        page = pl.Series(pages.page[row].astype(np.uint64))
        page = page * pl.Series([MIX], dtype=pl.UInt64)
        return row, matches.explode(empty_as_null=False).hash(1) ^ page

    several = (np.add.reduceat(candidate, pages.starts) > 1)[pages.page]
    share = np.zeros(len(frame))
    rows = np.flatnonzero(candidate & several)
    if len(rows):
        row, word = page_words(rows)
        known = page_words(np.flatnonzero(opening & several))[1].unique()
        n = np.bincount(row, minlength=len(share))
        hits = np.bincount(row, word.is_in(known.implode()), minlength=len(share))
        share = hits / np.maximum(n, 1)
    return np.where(candidate & ~several, 1.0, share)


def _first_of_body(
    pages: Pages,
    s: LineShapes,
    body: np.ndarray,
    opens: np.ndarray,
    head: np.ndarray,
) -> np.ndarray:
    """A text that starts at once has its headline as first line; little but notes and
    names stands before it, or between it and the text."""
    some = opens < len(body)
    at = np.minimum(opens, len(body) - 1)
    after = first_row(pages, body & (pages.row > opens[pages.page]))
    bare = (head < 0) & some & (after < len(body)) & (at - pages.starts <= 2)
    after = np.minimum(after, len(body) - 1)
    bare &= (s.size[at] <= 150) & ~s.terminal[at] & ~s.bullet[at] & ~s.appeal[at]
    bare &= ~s.cue[at] | (s.size[at] >= 40)  # shorter: a button
    bare &= (after - at <= 3) & (s.size[after] > s.size[at])
    return np.where(bare, at, head)


def _titled(
    frame: pl.DataFrame,
    pages: Pages,
    s: LineShapes,
    opens: np.ndarray,
    titles: pd.Series,
    head: np.ndarray,
) -> np.ndarray:
    """The line that is the title, where the title is known and is a line."""
    if not titles.notna().any():
        return head
    row, page = pages.row, pages.page
    rows = np.flatnonzero((row <= opens[page] + 1) & (s.chars <= 1000))
    title = _normal(to_polars(titles)).gather(frame["article"].gather(rows))
    named = np.zeros(len(row), bool)
    named[rows] = (_normal(frame["text"].gather(rows)) == title).to_numpy()
    return np.where(last_row(pages, named) >= 0, first_row(pages, named), head)


def _normal(text: pl.Series) -> pl.Series:
    """Texts as they are compared: lower case, single spaces."""
    return text.str.strip_chars(BLANK).str.replace_all(r"\s+", " ").str.to_lowercase()
