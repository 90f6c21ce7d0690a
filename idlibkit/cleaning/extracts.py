"""What is surely no reporting in a text that an extractor has cut out of its page.

The scores are made for pages with all their menus; what is left of a page by an
extractor is the article but for a few lines, and only those that say of themselves what
they are go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .pages import Pages, first_row, last_row, total
from .shapes import READER, LineShapes, matches_outside_quotes

if TYPE_CHECKING:
    import polars as pl

__all__ = ["extracted_body"]

BRIEF = 100  # characters: what is longer says something, too
APPEAL = 300  # characters: the longest appeal at the end of a text


def extracted_body(frame: pl.DataFrame, pages: Pages, s: LineShapes) -> np.ndarray:
    """Rows that may be of the article, each page taken as an extract."""
    text = (s.size >= 80) & s.terminal
    above = pages.row < first_row(pages, text)[pages.page]
    below = pages.row > last_row(pages, text)[pages.page]
    label = ~s.terminal & (s.size < BRIEF)
    button = (s.link | s.stop) & label
    stamp = (s.dated | s.time | s.byline | s.contact | s.credit) & label
    picture = s.picture & label
    button |= label & (s.words >= 5) & _in_capitals(frame)
    furniture = button | picture | ((above | below) & (stamp | (s.note & label)))
    return _without_ends(frame, pages, s, ~furniture)


def _in_capitals(frame: pl.DataFrame) -> np.ndarray:
    """Lines all in capitals: of five words or more they lead to other stories, as
    `PORT CLOSES TWO CRANES AFTER CABLE BREAKS` between two paragraphs."""
    text = frame["text"]
    same = text.str.to_uppercase() == text
    return (same & text.str.contains(r"\p{Lu}{2}")).to_numpy()


def _without_ends(
    frame: pl.DataFrame, pages: Pages, s: LineShapes, body: np.ndarray
) -> np.ndarray:
    """Without notes, lines about the writer and appeals at the two ends."""
    brief = s.appeal & (s.size < APPEAL)
    asks = matches_outside_quotes(frame["text"].str.head(APPEAL), brief, READER)
    no_text = asks | s.note | s.contact | (s.credit & (s.size < BRIEF * 2))
    # a text is not about its writer for the most part
    bio = s.bio & (s.size * 2 < total(pages, s.size * body))
    row, page = pages.row, pages.page
    body = body & ((row <= last_row(pages, body & ~(no_text | bio))[page]) | ~body)
    return body & (row >= first_row(pages, body & ~no_text)[page])
