"""What the code points of a text are, looked up for all of them at once."""

from __future__ import annotations

from functools import cache

import numpy as np

__all__ = ["is_one_of"]


def is_one_of(characters: str, points: np.ndarray) -> np.ndarray:
    """Whether each code point is one of a few characters."""
    table = _table(characters)
    return table.take(np.minimum(points, len(table) - 1))


@cache
def _table(characters: str) -> np.ndarray:
    """For each code point up to the last of these, and for all beyond it in one."""
    known = [ord(character) for character in characters]
    table = np.zeros(max(known) + 2, bool)
    table[known] = True
    return table
