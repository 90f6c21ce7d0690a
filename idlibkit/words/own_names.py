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
    row: np.ndarray,
    outlet: np.ndarray,
    capital: np.ndarray,
    terms: Sequence[str],
    own_names: list[list[str]],
) -> np.ndarray:
    """Whether each token is part of the name of the outlet it stands in: the whole
    name, its last word with a capital.

    Parameters
    ----------
    codes, row, outlet, capital : (tokens,)
        Each token's term, the row it stands in, the outlet of that row (-1: none), and
        whether it begins with a capital.
    terms : sequence of str
        The terms behind the codes.
    own_names : list
        For each outlet the words of its name.
    """
    hidden = np.zeros(len(codes), bool)
    longest = max(map(len, own_names), default=0)
    if not longest or not len(codes):
        return hidden
    wanted = {word for name in own_names for word in name}
    index = {word: code for code, word in enumerate(terms) if word in wanted}
    # The last row is for a missing outlet; -2: past a name's end, -3: not in the text.
    names = np.full((len(own_names) + 1, longest), -2)
    length = np.zeros(len(own_names) + 1, int)
    for number, name in enumerate(own_names):
        names[number, : len(name)] = [index.get(word, -3) for word in name]
        length[number] = len(name)
    start = np.flatnonzero(codes == names[outlet, 0])
    for step in range(1, longest):
        longer = length[outlet[start]] > step
        ahead = np.minimum(start + step, len(codes) - 1)
        fits = start + step < len(codes)
        fits &= row[ahead] == row[start]
        fits &= codes[ahead] == names[outlet[start], step]
        start = start[~longer | fits]
    start = start[capital[start + length[outlet[start]] - 1]]
    for step in range(longest):
        hidden[start[length[outlet[start]] > step] + step] = True
    return hidden
