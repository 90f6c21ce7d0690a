"""Where the words and marks of a text are, before it is told what they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .characters import Characters, Flag, character_tables
from .word_classes import among
from .word_lists import hashes, lexicon

__all__ = ["Draft", "read_draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Tokens while they are read, as columns."""

    starts: np.ndarray
    ends: np.ndarray
    codes: np.ndarray
    number: np.ndarray  # in the lexicon
    capital: np.ndarray  # whether it begins with a capital
    ing: np.ndarray  # whether it ends in -ing
    ly: np.ndarray

    def take(self, rows: np.ndarray) -> Draft:
        return Draft(
            self.starts[rows],
            self.ends[rows],
            self.codes[rows],
            self.number[rows],
            self.capital[rows],
            self.ing[rows],
            self.ly[rows],
        )


def read_draft(characters: Characters) -> Draft:
    """Where words and marks are: runs of word characters, and single marks."""
    flags, points, has = characters.flags, characters.points, characters.has
    word = (flags & Flag.WORD) > 0
    # Apostrophes, hyphens, points and commas inside a word or number belong to it.
    inner = np.flatnonzero((flags & (Flag.JOINER | Flag.POINT)) > 0)
    inner = inner[word[inner - 1] & word[inner + 1]]
    point = has(inner, Flag.POINT)
    number = (flags[inner - 1] & flags[inner + 1] & Flag.DIGIT) > 0
    # The point of U.S: before it stands one letter alone, or one more initial.
    initial = (points[inner] == ord(".")) & (
        ~word[inner - 2] | (points[inner - 2] == ord("."))
    )
    word[inner[~point | number | initial]] = True
    # A currency sign begins a number.
    money = np.flatnonzero((flags & (Flag.WORD | Flag.DIGIT)) == Flag.DIGIT)
    word[money[word[money + 1]]] = True

    mark_at, marks = _marks(characters, word)
    edges = np.flatnonzero(word[1:] != word[:-1]) + 1
    edges = np.append(0, edges) if word[0] else edges
    begins = np.zeros(len(word), bool)
    begins[edges[::2]] = begins[mark_at] = True
    starts = np.flatnonzero(begins)
    ends = starts + 1
    is_word = word[starts]
    ends[is_word] = edges[1::2]
    codes = np.zeros(len(starts), np.uint8)
    codes[~is_word] = marks
    none = np.zeros(len(starts), bool)
    number = lexicon().find(hashes(characters.lowered, starts, ends))
    return Draft(starts, ends, codes, number, none, none, none)


def _marks(characters: Characters, word: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places and codes of marks; of a run of points or dashes only the last counts."""
    at = np.flatnonzero(characters.flags >= Flag.MARK)
    at = at[~word[at]]
    codes = character_tables()[2][characters.small[at]]
    runs_on = np.zeros(len(codes), bool)
    runs_on[:-1] = (np.diff(at) == 1) & (codes[1:] == codes[:-1])
    runs_on &= among(codes, "STOP DASH")
    return at[~runs_on], codes[~runs_on]
