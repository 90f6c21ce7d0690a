"""Where the sentences of many lines begin: the rule of `sentences`, with what is clear
from the characters around a stop decided for all stops at once."""

from __future__ import annotations

from functools import cache
from itertools import chain

import numpy as np

from .code_points import is_one_of
from .sentences import PLAIN, STOPS, plain_endings, start_behind, titles

__all__ = ["english_sentence_starts"]

_SPACE = ord(" ")
_BEYOND = 128  # of ASCII
_CLOSES = "\"')]"  # what may stand between a stop and white space, of ASCII
_SPACES = 2  # read beyond the one behind a stop: there are more where a mark was


class _Kind:
    """What a character of ASCII is; numbers of numpy, so that they stay bytes."""

    OPENS = np.uint8(1)  # a capital or a digit
    SMALL = np.uint8(2)
    GLUED = np.uint8(4)  # behind a stop: no sentence ends there


@cache
def _kinds() -> np.ndarray:
    """What each code point of ASCII is; nothing for all others."""
    kinds = np.zeros(_BEYOND + 1, np.uint8)
    for point in range(_SPACE + 1, _BEYOND - 1):
        char = chr(point)
        kinds[point] |= _Kind.OPENS * (char.isupper() or char.isdigit())
        kinds[point] |= _Kind.SMALL * char.islower()
        kinds[point] |= _Kind.GLUED * (char not in _CLOSES)
    return kinds


def _are(points: np.ndarray, kind: np.uint8) -> np.ndarray:
    return (_kinds().take(np.minimum(points, _BEYOND)) & kind) > 0


def english_sentence_starts(
    text: str, points: np.ndarray, begins: np.ndarray, ends: np.ndarray
) -> np.ndarray:
    """The first places of all sentences of lines: parts of one text, in its order, each
    cut as `sentence_starts` cuts it. `points` are the code points of the text."""
    starts = [begins[begins < ends]]
    at, line = _inside(np.flatnonzero(is_one_of(STOPS, points)), begins, ends)
    ahead = np.append(points, np.zeros(_SPACES + 2, points.dtype))
    behind = at + 2
    for _ in range(_SPACES):
        behind = behind + (ahead[behind] == _SPACE)
    spaced, goes_on = ahead[at + 1] == _SPACE, behind < ends[line]
    full_stop = points[at] == ord(".")
    before_capital = spaced & goes_on & _are(ahead[behind], _Kind.OPENS)
    opens = ~full_stop | _are_behind_words(points, at, begins[line])
    opens &= before_capital
    starts.append(behind[opens])
    clear = opens | spaced & (~goes_on | _are(ahead[behind], _Kind.SMALL))
    clear |= full_stop & _are(ahead[at + 1], _Kind.GLUED)
    titled = _are_behind_titles(points, at, begins[line])
    clear |= before_capital & full_stop & titled
    line_ends = _inside(np.flatnonzero(points == ord("\n")), begins, ends)
    unclear = zip(
        chain(at[~clear].tolist(), line_ends[0].tolist()),
        chain(line[~clear].tolist(), line_ends[1].tolist()),
        strict=True,
    )
    lines = list(zip(begins.tolist(), ends.tolist(), strict=True))
    read = []
    for place, number in unclear:
        begin, end = lines[number]
        start = begin + start_behind(text[begin:end], place - begin)
        if begin < start < end:
            read.append(start)
    starts.append(np.array(read, np.int64))
    return np.unique(np.concatenate(starts))


def _inside(
    at: np.ndarray, begins: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The places that are in lines and not their last, and the number of each line."""
    line = np.searchsorted(begins, at, "right") - 1
    inside = (line >= 0) & (at < np.append(ends, 0)[line] - 1)
    return at[inside], line[inside]


@cache
def _endings() -> np.ndarray:
    """The letters that a word without an abbreviation's ending may not end in, each of
    them as one number."""
    ascii_ones = [word for word in plain_endings("en") if word.isascii()]
    numbers = [int.from_bytes(word.encode(), "big") for word in ascii_ones]
    return np.array(sorted(numbers), np.int64)


def _are_behind_words(
    points: np.ndarray, at: np.ndarray, begins: np.ndarray
) -> np.ndarray:
    """Whether the letters before these full stops are the end of a word that is no
    abbreviation."""
    plain = at - PLAIN >= begins
    for place in range(1, PLAIN + 1):
        plain &= _are(points[np.maximum(at - place, 0)], _Kind.SMALL)
    return plain & ~np.isin(_packed(points, at, PLAIN), _endings())


@cache
def _titles(size: int) -> np.ndarray:
    """Titles of so many letters, with the space before them, each as one number."""
    ones = [f" {word}" for word in titles("en") if len(word) == size and word.isascii()]
    numbers = [int.from_bytes(word.encode(), "big") for word in ones]
    return np.array(sorted(numbers), np.int64)


def _are_behind_titles(
    points: np.ndarray, at: np.ndarray, begins: np.ndarray
) -> np.ndarray:
    """Whether these full stops stand behind a short title: ` Mr.`, ` Sen.`"""
    behind = np.zeros(len(at), bool)
    for size in (2, 3):
        known = np.isin(_packed(points, at, size + 1), _titles(size))
        behind |= known & (at - size > begins)
    return behind


def _packed(points: np.ndarray, at: np.ndarray, size: int) -> np.ndarray:
    """So many characters before each place, as one number; of those that are not in
    ASCII one that no characters of ASCII have."""
    packed = np.zeros(len(at), np.int64)
    for place in range(size, 0, -1):
        letters = np.minimum(points[np.maximum(at - place, 0)], _BEYOND)
        packed = (packed << 8) + letters
    return packed
