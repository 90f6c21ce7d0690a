"""The quotations of one paragraph: its marks read once from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from .mark_sides import SPACE, Side
from .missing_marks import is_introduced, missing_close, missing_open

__all__ = ["Mark", "ParagraphReading", "Quoted", "without_space"]


class Mark(NamedTuple):
    """A mark of a paragraph: its place and side, and how many more marks close than
    open from it to the paragraph's end."""

    start: int
    end: int
    side: int
    balance: int


class Quoted(NamedTuple):
    """A quotation's place in its paragraph, and the mark that opens it."""

    start: int
    end: int
    mark: str


@dataclass(slots=True)
class ParagraphReading:
    """One paragraph while its marks are read, from left to right."""

    text: str
    marks: list[Mark]
    quoted: list[Quoted] = field(default_factory=list)
    opened: int = -1  # where the quotation begins that is open; -1 for none
    opener: str = ""  # its mark
    depth: int = 0  # how many are open inside one another
    last: int = 0  # where the last quotation ended

    def run(self) -> tuple[list[Quoted], Quoted | None]:
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
        begin, end = without_space(self.text, self.opened, len(self.text))
        unclosed = Quoted(begin, end, self.opener) if begin < end else None
        return self.quoted, unclosed

    def _side(self, mark: Mark) -> int:
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

    def _opening(self, mark: Mark) -> None:
        if self.opened >= 0 and mark.balance >= self.depth:
            self.depth += 1  # a quotation inside the quotation
            return
        if self.opened >= 0:
            whole = is_introduced(self.text, self.opened)
            self._close(missing_close(self.text, self.opened, mark.start, whole))
            self.last = mark.start
        self._open(mark)

    def _closing(self, mark: Mark) -> None:
        if self.depth > 1:
            self.depth -= 1
            return
        if self.opened < 0:
            self.opened = missing_open(self.text, self.last, mark.start)
            self.opener = self.text[mark.start : mark.end]
        if self.opened >= 0:
            self._close(mark.start)
        self.opened, self.depth, self.last = -1, 0, mark.end

    def _open(self, mark: Mark) -> None:
        self.opened, self.opener = mark.end, self.text[mark.start : mark.end]
        self.depth = 1

    def _close(self, end: int) -> None:
        start, end = without_space(self.text, self.opened, end)
        if start < end:
            self.quoted.append(Quoted(start, end, self.opener))

    def _rest(self, mark: Mark) -> Quoted | None:
        """What stands from a single mark to the end of the paragraph."""
        begin, end = without_space(self.text, mark.end, len(self.text))
        opener = self.text[mark.start : mark.end]
        return Quoted(begin, end, opener) if begin < end else None


def _closer_of_single(text: str, marks: list[Mark], at: int) -> Mark | None:
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


def without_space(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without white space at its ends."""
    while start < end and text[start] in SPACE:
        start += 1
    while end > start and text[end - 1] in SPACE:
        end -= 1
    return start, end
