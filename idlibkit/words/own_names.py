"""Where an outlet names itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..text import tokenize

__all__ = ["own_name", "own_name_places"]


def own_name(name: str | None, spelling: dict[str, str]) -> list[str]:
    """The words of an outlet's name as terms; without its article, if two words or more
    are left.
    """
    words = [] if pd.isna(name) else tokenize(str(name))
    if len(words) > 2 and words[0] == "the":
        words = words[1:]
    return [spelling.get(word, word) for word in words]


def own_name_places(
    codes: np.ndarray,
    term: np.ndarray,
    row: np.ndarray,
    outlet: np.ndarray,
    tokens: Sequence[str],
    names: list[np.ndarray],
) -> np.ndarray:
    """The places of tokens that are part of the name of the outlet they stand in: the
    whole name, its last word with a capital.

    Parameters
    ----------
    codes, row : (places,)
        The token at each place, and the row it stands in.
    term : (tokens,)
        The term of each token.
    outlet : (rows,)
        The outlet of each row (-1: none).
    tokens : sequence of str
    names : list
        For each outlet the terms of its name, -3 for one that is not in the text.
    """
    longest = max(map(len, names), default=0)
    if not longest or not len(codes):
        return np.zeros(0, np.int64)
    # The last row is for a missing outlet; -2: past a name's end.
    words = np.full((len(names) + 1, longest), -2)
    for number, name in enumerate(names):
        words[number, : len(name)] = name
    length = np.array([*map(len, names), 0])
    start = np.flatnonzero(np.isin(term, words[:, 0])[codes])
    own = outlet[row[start]]
    for step in range(longest):
        longer = length[own] > step
        ahead = np.minimum(start + step, len(codes) - 1)
        fits = (start + step < len(codes)) & (row[ahead] == row[start])
        fits &= term[codes[ahead]] == words[own, step]
        kept = fits | ((step > 0) & ~longer)
        start, own = start[kept], own[kept]
    last = codes[start + length[own] - 1].tolist()
    capital = np.array([tokens[code][0].isupper() for code in last], bool)
    start, own = start[capital], own[capital]
    steps = [start[length[own] > step] + step for step in range(longest)]
    return np.concatenate(steps)
