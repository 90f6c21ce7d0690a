"""Where quotations begin and end: curly, straight, doubled, angled, low-high marks, and
single ones as outer marks.

A paragraph is read once from left to right; what a mark does is decided by what stands
on its two sides (`mark_sides`) and by what is open. A mark that is missing is mended
inside its paragraph, so that one slip never swallows the rest of an article.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from .mark_sides import DOUBLE, DOUBLED, SINGLE, Marks, Side
from .missing_marks import is_introduced, missing_close, speaker_tag
from .paragraph_marks import Mark, ParagraphReading, Quoted, without_space

__all__ = ["Span", "quoted_spans"]

# "Ann Lee, deputy mayor.": the line that signs a quotation set apart, before the mark
# that closes it.
_SIGNATURE = re.compile(
    r"(?:[A-Z][\w.'’-]*\s){1,5}[A-Z][\w.'’-]*(?:, [^.!?]{0,80})?\.?"
)


class Span(NamedTuple):
    """A quotation: its paragraph's number, its place in it, the mark that opens it."""

    paragraph: int
    start: int
    end: int
    mark: str


def quoted_spans(paragraphs: Sequence[str], edges: Collection[int] = ()) -> list[Span]:
    """The quotations of paragraphs, in order; `edges` are the numbers of the paragraphs
    that begin an article.

    A quotation that its paragraph does not close goes on where the next paragraph opens
    with a mark; otherwise its closing mark is taken as missing.
    """
    marks = Marks(paragraphs)
    quoting, (regular, ordered) = marks.quoting(), marks.regular()
    spans = _regular_spans(marks, ordered[quoting[marks.paragraph[ordered]]])
    open_at = -2  # the last paragraph that did not close its quotation
    for number, events in _irregular(marks, quoting & ~regular):
        paragraph = paragraphs[number]
        quoted, unclosed = ParagraphReading(paragraph, events).run()
        if open_at == number - 1 and number not in edges:
            quoted = _without_signature(paragraph, quoted)
        if unclosed:
            open_at = number
            goes_on = number + 1 not in edges and number + 1 < len(paragraphs)
            following = paragraphs[number + 1] if goes_on else ""
            if goes_on and not quoting[number + 1]:
                following = ""
            quoted = [*quoted, *_ended(paragraph, unclosed, following)]
        spans += [Span(number, one.start, one.end, one.mark) for one in quoted]
    return sorted(spans)


def _regular_spans(marks: Marks, ordered: np.ndarray) -> list[Span]:
    """Of paragraphs whose marks are in order each two marks are a quotation."""
    first, last = ordered[::2], ordered[1::2]
    paragraph = marks.paragraph[first]
    offset = marks.offsets[paragraph]
    columns = (
        paragraph,
        marks.end[first] - offset,
        marks.start[last] - offset,
        marks.start[first],
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [
        Span(number, start, end, "“" if marks.text[at] == "“" else '"')
        for number, start, end, at in rows
    ]


def _irregular(
    marks: Marks, paragraphs: np.ndarray
) -> Iterator[tuple[int, list[Mark]]]:
    """The marks of these paragraphs (a mask), one paragraph after the other."""
    side = marks.sides()
    rows = np.flatnonzero((side != Side.NONE) & paragraphs[marks.paragraph])
    paragraph, side = marks.paragraph[rows], side[rows]
    offset = marks.offsets[paragraph]
    closes = np.isin(side, (Side.CLOSES, Side.INCHES)).astype(int) - (
        side == Side.OPENS
    )
    rest = np.cumsum(closes[::-1])[::-1]
    balance = rest - np.append(rest, 0)[np.searchsorted(paragraph, paragraph, "right")]
    columns = (
        marks.start[rows] - offset,
        marks.end[rows] - offset,
        side,
        balance,
    )
    as_lists = (one.tolist() for one in columns)
    events = list(map(Mark._make, zip(*as_lists, strict=True)))
    numbers, begins = np.unique(paragraph, return_index=True)
    ends = np.append(begins[1:], len(events))[: len(begins)]
    places = zip(numbers.tolist(), begins.tolist(), ends.tolist(), strict=True)
    for number, begin, end in places:
        yield number, _in_turn(events[begin:end])


def _in_turn(events: list[Mark]) -> list[Mark]:
    """Marks between spaces, which both sides look the same of, open and close in turn
    where a paragraph has no others: `" We go , " he said .`"""
    if len(events) % 2 or any(event.side != Side.EITHER for event in events):
        return events
    sides = (Side.OPENS, Side.CLOSES)
    return [
        event._replace(side=sides[number % 2], balance=(number + 1) % 2)
        for number, event in enumerate(events)
    ]


def _without_signature(paragraph: str, quoted: list[Quoted]) -> list[Quoted]:
    """Without the name that signs a quotation of the paragraph before."""
    first = quoted[0] if quoted else None
    if first and first.start == 0 and _SIGNATURE.fullmatch(paragraph, 0, first.end):
        return quoted[1:]
    return quoted


def _ended(paragraph: str, unclosed: Quoted, following: str) -> list[Quoted]:
    """A quotation that its paragraph does not close: it goes on where the following
    paragraph opens with a mark of its kind, else its mark is missing; a lone single
    mark was an apostrophe."""
    single = unclosed.mark in SINGLE
    start = following.lstrip()[:2]
    goes_on = start[:1] in tuple(SINGLE if single else DOUBLE) or start in DOUBLED
    if goes_on and (
        single or not speaker_tag().search(paragraph, unclosed.start, unclosed.end)
    ):
        return [unclosed]
    if single:
        return []
    whole = is_introduced(paragraph, unclosed.start)
    end = missing_close(paragraph, unclosed.start, unclosed.end, whole)
    start_, end = without_space(paragraph, unclosed.start, end)
    return [Quoted(start_, end, unclosed.mark)] if start_ < end else []
