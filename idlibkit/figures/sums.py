"""Figures that one sentence adds up: "six nurses and a doctor". English only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

__all__ = ["FigureColumns", "is_sum", "parts_of_a_sum", "text_beside"]


LISTED = re.compile(r"(?:\band\b|,|&|\bplus\b)")
# "seven, including two officers": the second is inside the first
INSIDE = re.compile(
    r"\b(?:including|included|among|whom|them|which|more than|another)\b"
)
MOST_BETWEEN = 60  # characters


class FigureColumns(Protocol):
    """The columns of a figure that say where it stands."""

    article_id: str
    context: str
    text: str
    start: int
    end: int


def text_beside(row: FigureColumns) -> tuple[str, str]:
    """The sentence before a figure and behind it; not the "5" of "15"."""
    match = re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(row.text)}", row.context)
    if match is None:
        return "", ""
    return row.context[: match.start()], row.context[match.end() :]


def parts_of_a_sum(rows: Sequence[FigureColumns]) -> set[tuple[int, int]]:
    """Neighbouring figures that one sentence adds up, as positions in `rows`.

    `rows` are in the order of the text.
    """
    return {
        (n, n + 1)
        for n, (first, second) in enumerate(pairwise(rows))
        if is_sum(first, second)
    }


def is_sum(first: FigureColumns, second: FigureColumns) -> bool:
    """Whether one sentence adds up two figures that are neighbours in it."""
    if first.article_id != second.article_id or first.context != second.context:
        return False
    if second.start - first.end >= MOST_BETWEEN:
        return False
    between = text_beside(first)[1][: second.start - first.end]
    return LISTED.search(between) is not None and INSIDE.search(between) is None
