"""What each quotation mark does by what stands on its two sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cache

import numpy as np

__all__ = ["DOUBLE", "DOUBLED", "SINGLE", "SPACE", "STOPS", "Marks", "Side", "is_word"]

SINGLE, DOUBLE, DOUBLED = "‘'", '"“„«»', ("''", "``")
SPACE = " \t\u00a0\u2007\u2009\u202f\u200a\n\r"
STOPS = ",.!?…。！？，、"
# Marks of one side, and straight ones of Hebrew and of full width.
_OPEN_CORNERS, _CLOSED_CORNERS, _STRAIGHT = "「『", "」』", "״＂"
_MARKS = "\"'`‘’“”„‟«»‚‹" + _OPEN_CORNERS + _CLOSED_CORNERS + _STRAIGHT
_BEYOND = max(map(ord, _MARKS)) + 1
_BEFORE_OPEN = SPACE + "([{—–-/“‘„«:=…：，。"
_AFTER_CLOSE = SPACE + ")]}—–-/”’»,.;:!?…。，、！？；："
_NEVER_FIRST = SPACE + ",;:.!?)]}”»"  # what a quotation does not begin with
# An apostrophe before a word that is cut short: '98, 'em, 'twas
_ELISION = re.compile(
    r"['‘’](?:\d0s?\b|(?:em|tis|twas|til|till|cause|bout|cos|round|n)\b)",
    re.IGNORECASE,
)


class Side(IntEnum):
    """What a mark can do where it stands."""

    OPENS = 1
    CLOSES = -1
    EITHER = 0  # both sides look the same
    INCHES = -3  # closes, or is an inch mark: 12"
    SINGLE_OPENS = 2  # a single mark that may open,
    SINGLE_CLOSES = -2  # and one that may close, or is an apostrophe
    NONE = 9  # no mark


@cache
def _mark_table() -> np.ndarray:
    table = np.zeros(_BEYOND + 1, bool)
    table[[ord(char) for char in _MARKS]] = True
    return table


def is_word(char: str) -> bool:
    """Whether a character is part of a word."""
    return char.isalnum() or char == "_"


class _Characters:
    """Characters of which many things are asked: each of the different ones once."""

    def __init__(self, points: np.ndarray) -> None:
        different, self._number = np.unique(points, return_inverse=True)
        self._chars = [chr(point) for point in different.tolist()]

    def are(self, test: Callable[[str], bool]) -> np.ndarray:
        """Whether each of them passes a test."""
        return np.array([test(char) for char in self._chars], bool)[self._number]

    def among(self, chars: str) -> np.ndarray:
        """Whether each of them is one of these."""
        return self.are(chars.__contains__)


class Marks:
    """The marks of some paragraphs, in order.

    start, end: places in the text of all paragraphs joined; doubled: whether a mark is
    two signs ('' or ``); paragraph: its paragraph's number; offsets: where the
    paragraphs begin.
    """

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.text = "\n" + "\n".join(paragraphs) + "\n\n\n"
        self.offsets = np.cumsum([1, *(len(paragraph) + 1 for paragraph in paragraphs)])
        utf32 = self.text.encode("utf-32-le", "surrogatepass")
        points = np.frombuffer(utf32, np.uint32)
        at = np.flatnonzero(_mark_table().take(np.minimum(points, _BEYOND)))
        at, self.doubled = _in_twos(points, at)
        self.start, self.end = at, at + 1 + self.doubled
        self.paragraph = np.searchsorted(self.offsets, at, "right") - 1
        self.mark, self.before, self.after = (
            _Characters(points[places]) for places in (at, at - 1, self.end)
        )
        # Dots of an omission: “...
        dot = ord(".")
        self.dots = (points[self.end] == dot) & (points[self.end + 1] == dot)
        self.word_before = self.before.are(is_word)
        self.word_after = self.after.are(is_word)

    def any_in(self, chosen: np.ndarray) -> np.ndarray:
        """Whether each paragraph has one of these marks."""
        some = np.zeros(len(self.offsets) - 1, bool)
        some[self.paragraph[chosen]] = True
        return some

    def quoting(self) -> np.ndarray:
        """Whether each paragraph has a mark that may begin a quotation."""
        opens = self.start == self.offsets[self.paragraph]
        opens |= self.before.are(str.isspace) | self.before.among("([—–/-")
        opens &= (
            self.after.are(str.isalpha)
            | self.after.are(str.isdecimal)
            | self.after.among('[(“"')
            # " We go , " as text is printed that has been cut into words
            | self.mark.among('"') & self.after.among(" ")
        )
        single = self.mark.among("'‘‚‹") & opens
        double = self.mark.among('"“”„‟«»' + _OPEN_CORNERS + _STRAIGHT)
        return self.any_in(self.doubled | double | single)

    def regular(self) -> tuple[np.ndarray, np.ndarray]:
        """Whether all double marks of each paragraph are of one kind and in order; and
        the numbers of the marks in those paragraphs, each two of them a quotation."""
        curly, straight = self.mark.among("“”"), self.mark.among('"')
        # Any other mark makes its paragraph irregular, an apostrophe inside words not.
        corners = _OPEN_CORNERS + _CLOSED_CORNERS
        other = self.mark.among("„‟«»‘`" + corners + _STRAIGHT)
        leading = self.doubled | ~self.word_before & self.word_after
        other |= self.mark.among("'") & leading
        mixed = self.any_in(curly) & self.any_in(straight)
        at = np.flatnonzero(curly | straight)
        paragraph = self.paragraph[at]
        new = np.append(True, paragraph[1:] != paragraph[:-1])[: len(at)]
        last = np.append(new[1:], True)[: len(at)]
        place = np.arange(len(at))
        closing = (place - np.maximum.accumulate(np.where(new, place, 0))) % 2 == 1
        opens, closes = self._plain_sides(curly, straight)
        wrong = np.where(closing, ~closes[at], ~opens[at]) | last & ~closing
        other[at] |= wrong
        regular = ~(mixed | self.any_in(other))
        return regular, at[regular[paragraph]]

    def _plain_sides(
        self, curly: np.ndarray, straight: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Which marks open and which close beyond doubt."""
        before, after = self.before, self.after
        space_before, space_after = before.are(str.isspace), after.are(str.isspace)
        opens = self.mark.among("“") & ~space_after & ~after.among("“”")
        led = space_before | before.among("([—–-")
        opens |= straight & led & ~space_after & ~after.among('",;:.!?)')
        closes = self.mark.among("”") & ~space_before
        followed = space_after | after.among(",.;:!?)]—–-")
        inch = before.are(str.isdecimal)
        closes |= straight & ~space_before & ~inch & followed
        return opens, closes

    def sides(self) -> np.ndarray:
        """The `Side` of each mark."""
        mark, side = self.mark, self._double_sides()
        single = mark.among("'‘’") & ~self.doubled
        leads, closes = self._single_sides(single)
        before_opens = self.before.among(_BEFORE_OPEN)
        after_closes = self.after.among(_AFTER_CLOSE)
        opening, closing = int(Side.OPENS), int(Side.CLOSES)
        # The first rule that holds decides. German »these« marks turn the other way.
        rules = [
            (leads, Side.SINGLE_OPENS),
            (single & closes, Side.SINGLE_CLOSES),
            (single, Side.NONE),
            (mark.among("„‟") | self.doubled & mark.among("`"), Side.OPENS),
            (mark.among("“"), np.where(side >= 0, opening, closing)),
            (mark.among("”"), np.where(side <= 0, closing, opening)),
            (
                mark.among('"') & (side < 0) & self.before.are(str.isdigit),
                Side.INCHES,
            ),
            (mark.among("«"), np.where(~before_opens & (side < 0), closing, opening)),
            (mark.among("»"), np.where(~after_closes & (side > 0), opening, closing)),
            (mark.among(_OPEN_CORNERS), Side.OPENS),
            (mark.among(_CLOSED_CORNERS), Side.CLOSES),
            # Inside a Hebrew word it marks an abbreviation.
            (mark.among("״") & self.word_before & self.word_after, Side.NONE),
            (mark.among("\"'" + _STRAIGHT), side),
        ]
        conditions = [condition for condition, _ in rules]
        return np.select(conditions, [np.asarray(s) for _, s in rules], Side.NONE)

    def _double_sides(self) -> np.ndarray:
        """OPENS, CLOSES or EITHER by the characters beside a mark, whichever it is."""
        before, after = self.before, self.after
        alnum_before, alnum_after = before.are(str.isalnum), after.are(str.isalnum)
        space, stop = before.among(SPACE), before.among(STOPS)
        opens = before.among(_BEFORE_OPEN) & (~after.among(_NEVER_FIRST) | self.dots)
        closes = after.among(_AFTER_CLOSE) & ~space
        opening, closing = int(Side.OPENS), int(Side.CLOSES)
        # Between two dashes or brackets a mark belongs to the nearer word.
        nearer = np.where(alnum_before | stop, closing, int(Side.EITHER))
        nearer = np.where(alnum_after, opening, nearer)
        ended = before.among(STOPS + "”’)") & ~after.are(str.isdigit)
        rules = [
            (opens & closes, nearer),
            (opens | closes, np.where(opens, opening, closing)),
            (alnum_before & alnum_after | space, np.asarray(int(Side.EITHER))),
            (ended, np.asarray(closing)),
        ]
        rest = np.where(alnum_after, opening, int(Side.EITHER))
        return np.select([one for one, _ in rules], [side for _, side in rules], rest)

    def _single_sides(self, single: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Which of the single marks may open, and which of the others may close."""
        mark, before, after = self.mark, self.before, self.after
        last = self.end == self.offsets[self.paragraph + 1] - 1
        led = before.among(_BEFORE_OPEN) & ~last & ~mark.among("’")
        may_open = mark.among("'‘") & ~self.word_before
        may_open &= self.word_after | after.among('[(“"')
        may_close = mark.among("'’") & ~self.word_after
        may_close &= ~before.are(str.isspace) & ~before.among("([")
        leads = single & (may_open | may_close) & led
        at = self.start[leads].tolist()
        leads[leads] = [not _ELISION.match(self.text, place) for place in at]
        return leads, (may_open | may_close) & ~led & ~mark.among("‘")


def _in_twos(points: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of marks, of equal ' or ` in a row each two as one, and which are two."""
    same = np.zeros(len(at), bool)
    same[1:] = (np.diff(at) == 1) & (points[at[1:]] == points[at[:-1]])
    same[1:] &= _Characters(points[at[1:]]).among("'`")
    place = np.arange(len(at))
    even = (place - np.maximum.accumulate(np.where(same, 0, place))) % 2 == 0
    doubled = even & np.append(same[1:], False)[: len(at)]
    return at[even], doubled[even]
