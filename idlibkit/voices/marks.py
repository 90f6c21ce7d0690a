"""Where quotations begin and end: curly, straight, doubled, angled, low-high marks, and
single ones as outer marks.

A paragraph is read once from left to right; what a mark does is decided by what stands
on its two sides (`mark_sides`) and by what is open. A mark that is missing is mended
inside its paragraph, so that one slip never swallows the rest of an article.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from ..lexicons import words
from .mark_sides import DOUBLE, DOUBLED, SINGLE, SPACE, STOPS, Marks, Side, is_word

__all__ = ["Span", "quoted_spans"]

_SENTENCE_END = re.compile(r"[.!?…][)\]’']*(?=\s|$)")
# "Ann Lee, deputy mayor.": the line that signs a quotation set apart, before the mark
# that closes it.
_SIGNATURE = re.compile(
    r"(?:[A-Z][\w.'’-]*\s){1,5}[A-Z][\w.'’-]*(?:, [^.!?]{0,80})?\.?"
)
_NEAR_CUE = 40  # characters before a quotation in which a verb may introduce it


class Span(NamedTuple):
    """A quotation: its paragraph's number, its place in it, the mark that opens it."""

    paragraph: int
    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark of a paragraph: its place and side, and how many more marks close than
    open from it to the paragraph's end."""

    start: int
    end: int
    side: int
    balance: int


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation's place in its paragraph, and the mark that opens it."""

    start: int
    end: int
    mark: str


@cache
def _verbs() -> list[str]:
    return sorted(words("grammar.toml", "quotation.verbs"))


@cache
def _tag() -> re.Pattern[str]:
    """`..., he said`, `..., said Smith`, `..., the minister told`: where a quotation
    that never closes must have ended."""
    verb = f"(?:{'|'.join(_verbs())})"
    name = r"(?:[Tt]he )?[A-Z]?[\w’'.-]+(?: [A-Z][\w’'.-]+){0,3}"
    return re.compile(
        rf"[,.?!…](?=\s(?:(?:he|she|they|I|we|it|{name}) {verb}\b"
        rf"|{verb} (?:he|she|they|the|an?|[A-Z])))"
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_verbs())})\b")


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
        quoted, unclosed = _Reading(paragraph, events).run()
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
) -> Iterator[tuple[int, list[_Mark]]]:
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
    events = [
        _Mark(*row) for row in zip(*(one.tolist() for one in columns), strict=True)
    ]
    numbers, begins = np.unique(paragraph, return_index=True)
    ends = np.append(begins[1:], len(events))[: len(begins)]
    places = zip(numbers.tolist(), begins.tolist(), ends.tolist(), strict=True)
    for number, begin, end in places:
        yield number, _in_turn(events[begin:end])


def _in_turn(events: list[_Mark]) -> list[_Mark]:
    """Marks between spaces, which both sides look the same of, open and close in turn
    where a paragraph has no others: `" We go , " he said .`"""
    either = [event.side == Side.EITHER for event in events]
    if not all(either) or len(events) % 2:
        return events
    sides = (Side.OPENS, Side.CLOSES)
    return [
        replace(event, side=sides[number % 2], balance=(number + 1) % 2)
        for number, event in enumerate(events)
    ]


def _without_signature(paragraph: str, quoted: list[_Quoted]) -> list[_Quoted]:
    """Without the name that signs a quotation of the paragraph before."""
    first = quoted[0] if quoted else None
    if first and first.start == 0 and _SIGNATURE.fullmatch(paragraph, 0, first.end):
        return quoted[1:]
    return quoted


def _ended(paragraph: str, unclosed: _Quoted, following: str) -> list[_Quoted]:
    """A quotation that its paragraph does not close: it goes on where the following
    paragraph opens with a mark of its kind, else its mark is missing; a lone single
    mark was an apostrophe."""
    single = unclosed.mark in SINGLE
    start = following.lstrip()[:2]
    goes_on = start[:1] in tuple(SINGLE if single else DOUBLE) or start in DOUBLED
    if goes_on and (
        single or not _tag().search(paragraph, unclosed.start, unclosed.end)
    ):
        return [unclosed]
    if single:
        return []
    whole = _is_introduced(paragraph, unclosed.start)
    end = _missing_close(paragraph, unclosed.start, unclosed.end, whole)
    start_, end = _trim(paragraph, unclosed.start, end)
    return [_Quoted(start_, end, unclosed.mark)] if start_ < end else []


@dataclass(slots=True)
class _Reading:
    """One paragraph while its marks are read, from left to right."""

    text: str
    marks: list[_Mark]
    quoted: list[_Quoted] = field(default_factory=list)
    opened: int = -1  # where the quotation begins that is open; -1 for none
    opener: str = ""  # its mark
    depth: int = 0  # how many are open inside one another
    last: int = 0  # where the last quotation ended

    def run(self) -> tuple[list[_Quoted], _Quoted | None]:
        """The quotations, and the one that is still open at the end of the paragraph,
        which is its end."""
        passed = -1
        for number, mark in enumerate(self.marks):
            if mark.start < passed:
                continue
            if mark.side == Side.SINGLE_OPENS and self.opened < 0:
                closer = _closer_of_single(self.text, self.marks, number)
                if closer:
                    self._open(mark)
                    self._close(closer.start)
                    self.opened, self.last = -1, closer.end
                    passed = closer.end
                elif not self.text[: mark.start].strip():
                    return self.quoted, self._rest(mark)
            if mark.side in (Side.SINGLE_OPENS, Side.SINGLE_CLOSES):
                continue
            side = self._side(mark)
            if side == Side.OPENS:
                self._opening(mark)
            elif side == Side.CLOSES:
                self._closing(mark)
        if self.opened < 0:
            return self.quoted, None
        begin, end = _trim(self.text, self.opened, len(self.text))
        unclosed = _Quoted(begin, end, self.opener) if begin < end else None
        return self.quoted, unclosed

    def _side(self, mark: _Mark) -> int:
        """What a mark does, by what is open."""
        is_open = self.opened >= 0
        side = mark.side
        if side == Side.INCHES:
            # Closes only where no later mark is needed to close what is open.
            closes = is_open and mark.balance <= self.depth
            side = Side.CLOSES if closes else Side.NONE
        if is_open and self.opener == "„" and self.text[mark.start] == "“":
            return Side.CLOSES
        if side == Side.EITHER:
            if is_open:
                return Side.CLOSES
            return Side.OPENS if mark.balance > 0 else Side.NONE
        return side

    def _opening(self, mark: _Mark) -> None:
        if self.opened >= 0 and mark.balance >= self.depth:
            self.depth += 1  # a quotation inside the quotation
            return
        if self.opened >= 0:
            whole = _is_introduced(self.text, self.opened)
            self._close(_missing_close(self.text, self.opened, mark.start, whole))
            self.last = mark.start
        self._open(mark)

    def _closing(self, mark: _Mark) -> None:
        if self.depth > 1:
            self.depth -= 1
            return
        if self.opened < 0:
            self.opened = _missing_open(self.text, self.last, mark.start)
            self.opener = self.text[mark.start : mark.end]
        if self.opened >= 0:
            self._close(mark.start)
        self.opened, self.depth, self.last = -1, 0, mark.end

    def _open(self, mark: _Mark) -> None:
        self.opened, self.opener = mark.end, self.text[mark.start : mark.end]
        self.depth = 1

    def _close(self, end: int) -> None:
        start, end = _trim(self.text, self.opened, end)
        if start < end:
            self.quoted.append(_Quoted(start, end, self.opener))

    def _rest(self, mark: _Mark) -> _Quoted | None:
        """What stands from a single mark to the end of the paragraph."""
        begin, end = _trim(self.text, mark.end, len(self.text))
        opener = self.text[mark.start : mark.end]
        return _Quoted(begin, end, opener) if begin < end else None


def _closer_of_single(text: str, marks: list[_Mark], at: int) -> _Mark | None:
    """The mark that closes the single mark number `at`, told apart from possessives by
    its company; None where none does."""
    fallback = None
    n_doubles = 0
    for mark in marks[at + 1 :]:
        if mark.side == Side.SINGLE_OPENS:
            break
        if mark.side != Side.SINGLE_CLOSES:
            n_doubles += 1
            continue
        if n_doubles % 2:
            continue
        behind = text[mark.end : mark.end + 2]
        possessive = text[mark.start - 1] in "sS" and behind[:1] == " "
        if not (possessive and behind[1:].isalnum()):
            return mark
        fallback = fallback or mark
    return fallback


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without white space at its ends."""
    while start < end and text[start] in SPACE:
        start += 1
    while end > start and text[end - 1] in SPACE:
        end -= 1
    return start, end


def _is_introduced(text: str, start: int) -> bool:
    """Whether a quotation whose first letter is at `start` begins its paragraph, or
    follows a colon or a cue."""
    before = text[max(0, start - _NEAR_CUE) : start].rstrip("\"“„«'`" + SPACE)
    if not before or before[-1] in ",:":
        return True
    return bool(_cue().search(before, max(0, len(before) - 30)))


def _missing_close(text: str, start: int, limit: int, whole: bool) -> int:
    """Where a quotation that opens at `start` and has no closing mark before `limit`
    must have ended: before its speaker, with its sentence unless it is `whole`, or
    there."""
    tag = _tag().search(text, start, limit)
    if tag:
        return tag.end()
    stop = _SENTENCE_END.search(text, start, limit)
    return stop.end() if stop and not whole else limit


def _missing_open(text: str, last: int, close: int) -> int:
    """Where a quotation that closes at `close` and has no opening mark after `last`
    must have begun; -1 if nowhere."""
    stops = tuple(STOPS)
    if text[close - 1 : close] not in stops or not text[last:close].strip(" ,."):
        return -1
    cue = max(_last_word(text, verb, last, close) for verb in _verbs())
    if last == 0 and cue < 0:
        return 0
    end = _SENTENCE_END.search(text, max(cue, last), close - 1)
    return end.end() if end else -1


def _last_word(text: str, word: str, start: int, end: int) -> int:
    """Where a word ends last between two places; -1 where it does not stand there."""
    at = text.rfind(word, start, end)
    while at >= 0:
        stop = at + len(word)
        inside = (at and is_word(text[at - 1])) or (stop < end and is_word(text[stop]))
        if not inside:
            return stop
        at = text.rfind(word, start, stop - 1)
    return -1
