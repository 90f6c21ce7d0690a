"""What the characters of a text are, looked up for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from .word_classes import Code

__all__ = ["Characters", "Flag", "character_tables"]

LIMIT = 0x2E80  # scripts from here on have no case and are read as the letter z

_MARKS = {
    Code.COMMA: ",",
    Code.COLON: ":",
    Code.SEMICOLON: ";",
    Code.OPENING: "(",
    Code.CLOSING: ")",
    Code.LINE_END: "\n",
    Code.STOP: ".!?…",
    Code.DASH: "-–—",
}


class Flag:
    """What a character is; numbers of numpy, so that flags stay bytes."""

    WORD = np.uint8(1)
    UPPER = np.uint8(2)
    LOWER = np.uint8(4)
    DIGIT = np.uint8(8)
    JOINER = np.uint8(16)  # joins two letters to one word: isn't, so-called, R&B
    POINT = np.uint8(32)  # joins two digits, or initials: 1,000, 10:42, U.S
    SKIPPED = np.uint8(64)  # may stand between a full stop and the next word
    MARK = np.uint8(128)


@cache
def character_tables() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each code point: its lower-case form, its flags, and its code as a mark."""
    lower = np.arange(LIMIT + 1, dtype=np.uint32)
    flags, marks = np.zeros(LIMIT + 1, np.uint8), np.zeros(LIMIT + 1, np.uint8)
    for point in range(LIMIT):
        char = chr(point)
        if len(char.lower()) == 1:
            lower[point] = ord(char.lower())
        flags[point] = _flags(char)
    lower[ord("’")] = ord("'")
    for code, chars in _MARKS.items():
        marks[[ord(char) for char in chars]] = ord(code)
    flags[marks > 0] |= Flag.MARK
    flags[LIMIT] = flags[ord("z")]
    return lower, flags, marks


def _flags(char: str) -> int:
    combining = 0x300 <= ord(char) < 0x370
    tests = {
        Flag.WORD: char.isalnum() or char == "_" or combining,
        Flag.UPPER: char.isupper(),
        Flag.LOWER: char.islower(),
        Flag.DIGIT: char.isdigit() or char in "$€£",
        Flag.JOINER: char in "'’-/&",
        Flag.POINT: char in ".,:",
        Flag.SKIPPED: char in "\"”’'»)]“‘« ",
    }
    return sum(int(flag) for flag, holds in tests.items() if holds)


@dataclass(frozen=True, slots=True)
class Characters:
    """A text as code points, with what each of them is."""

    points: np.ndarray
    small: np.ndarray  # the same, none above LIMIT
    lowered: np.ndarray
    flags: np.ndarray

    def has(self, at: np.ndarray, flag: np.uint8) -> np.ndarray:
        """Whether the characters at these places are of a kind."""
        return (self.flags[at] & flag) > 0

    @classmethod
    def of(cls, text: str) -> Characters:
        """The characters of a text, and some line ends that make room to look ahead."""
        lower, flags, _ = character_tables()
        padded = text + "\n\n\n\n\n"
        points = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32)
        small = points if text.isascii() else np.minimum(points, LIMIT)
        return cls(points, small, lower.take(small), flags.take(small))
