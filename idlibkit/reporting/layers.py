"""Marks over a text that may cross each other, written as elements that nest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from markupsafe import Markup

from .templates import plain_html

__all__ = ["Layer", "Mark", "written"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, what opens its element, and what closes it.

    `closed` may say more behind the closing tag (``</mark><small> [Ann Lee]</small>``);
    that is written once, where the mark ends.
    """

    start: int
    end: int
    opened: Markup
    closed: Markup

    @property
    def closing_tag(self) -> Markup:
        """The closing tag alone, for a mark that goes on in the next stretch."""
        return Markup(self.closed[: self.closed.index(">") + 1])


@dataclass(frozen=True, slots=True)
class Layer:
    """Marks of one kind in order, with what is needed to find those of a stretch."""

    marks: Sequence[Mark]
    starts: Sequence[int]
    reach: Sequence[int]  # how far any of the marks up to each one goes

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Self:
        """A layer of marks in any order; two that begin together: the longer first."""
        ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
        starts = [mark.start for mark in ordered]
        return cls(ordered, starts, list(accumulate((m.end for m in ordered), max)))

    def within(self, start: int, end: int) -> Sequence[Mark]:
        """The marks that lie in ``text[start:end]`` or reach into it."""
        first, last = bisect_right(self.reach, start), bisect_left(self.starts, end)
        return self.marks[first:last]


def written(text: str, start: int, end: int, layers: Sequence[Layer]) -> Markup:
    """``text[start:end]`` for a page, each layer's marks inside those of the layer
    before it.
    """
    if not layers:
        return plain_html(text[start:end])
    layer, inner = layers[0], layers[1:]
    parts: list[Markup] = []
    place = start
    for mark in layer.within(start, end):
        low, high = max(mark.start, place), min(mark.end, end)
        if low >= high:
            continue
        parts += [written(text, place, low, inner), mark.opened]
        parts.append(written(text, low, high, inner))
        parts.append(mark.closed if mark.end <= end else mark.closing_tag)
        place = high
    parts.append(written(text, place, end, inner))
    return Markup("").join(parts)
