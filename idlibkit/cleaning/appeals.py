"""Links and appeals to the reader at the edges of an article.

An appeal is prose: it is known by its phrases (`appeal` in the cue list) in lines that,
outside quotation marks, say you or we, at the very end or beginning of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .pages import Pages, first_row, last_row, total
from .shapes import READER, LineShapes, matches_outside_quotes

if TYPE_CHECKING:
    import polars as pl

__all__ = ["without_appeals"]

LABEL = 40  # characters: a shorter line without a full stop is a label
BUTTON = 80  # characters: a longer line is no button


@dataclass(frozen=True, slots=True)
class _Traits:
    """What lines of the body are, each an array over rows: `asks`, an appeal; `speaks`,
    says you or we; `button`, a link, date, name, label or note (no text ends or begins
    with one); `bio`, says who wrote (no text ends with it); `title`, may be a title."""

    asks: np.ndarray
    speaks: np.ndarray
    button: np.ndarray
    bio: np.ndarray
    title: np.ndarray

    def at(self, at_end: bool) -> np.ndarray:
        """What is no part of a text at its end, or at its beginning."""
        return self.button | self.bio if at_end else self.button


def without_appeals(
    frame: pl.DataFrame, pages: Pages, s: LineShapes, body: np.ndarray
) -> np.ndarray:
    """The rows of the body without the links and appeals at its two ends."""
    traits = _traits(frame, pages, s, body)
    for at_end in (True, False):
        body = body & ~_appeals(pages, traits, body, at_end)
        body = body & ~_edge(pages, body, traits.at(at_end), traits.title, at_end)
    return body


def _traits(
    frame: pl.DataFrame, pages: Pages, s: LineShapes, body: np.ndarray
) -> _Traits:
    asks = body & s.appeal & (total(pages, body) > 1)
    # only pages with an appeal are looked through
    some = body & np.maximum.reduceat(asks, pages.starts)[pages.page]
    speaks = matches_outside_quotes(frame["text"], some, READER)
    link = (s.link | s.appeal) & (s.size < BUTTON)
    stamp = (s.dated | s.time | s.byline) & (s.size < BUTTON) & ~s.terminal
    label = (s.size < LABEL) & ~s.terminal & ~s.bullet
    button = link | stamp | s.picture | label | s.note | s.contact
    title = ~s.terminal & (s.size >= LABEL) & (s.size <= 150) & ~button
    # a text is not about its writer for the most part
    bio = s.bio & (s.size * 2 < total(pages, s.size * body))
    return _Traits(asks & speaks, speaks, button, bio, title)


def _edge(
    pages: Pages,
    body: np.ndarray,
    trait: np.ndarray,
    headline: np.ndarray,
    at_end: bool,
) -> np.ndarray:
    """Rows with the trait that nothing of the body without it comes after (`at_end`)
    or before."""
    others = body & ~trait
    if at_end:
        return body & (pages.row > last_row(pages, others)[pages.page])
    # an appeal may stand between the headline and the text
    title = (pages.row == first_row(pages, body)[pages.page]) & headline
    first = first_row(pages, others & ~title)[pages.page]
    return body & (pages.row < first) & ~title


def _appeals(
    pages: Pages, traits: _Traits, body: np.ndarray, at_end: bool
) -> np.ndarray:
    """Rows at one end of the body from an appeal outwards, where at least half of them
    are appeals or buttons."""
    button = traits.at(at_end)
    edge = _edge(pages, body, traits.speaks | button, traits.title, at_end)
    if at_end:
        cut = edge & (pages.row >= first_row(pages, edge & traits.asks)[pages.page])
    else:
        cut = edge & (pages.row <= last_row(pages, edge & traits.asks)[pages.page])
    clear = total(pages, cut & (traits.asks | button))
    return cut & (clear * 2 >= total(pages, cut))
