"""How often each thing is in each article: what a page counts by and looks up where it
has no texts in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["tally"]


def tally(passages: Sequence[int], marks: Sequence[int]) -> list[list[int]]:
    """The words of an article by voice and speaker, and how often each thing is there.

    Parameters
    ----------
    passages, marks : list of int
        As in the body of an article, see `evidence.Evidence`.

    Returns
    -------
    list of two lists of int
        Code of voice and speaker, passages, characters; thing, code, how often: three
        numbers after three.
    """
    if not passages:
        return [[], []]
    gaps, lengths, codes = np.array(passages, np.int64).reshape(-1, 3).T
    starts, said = np.cumsum(gaps), codes >> 1
    who, number, times = np.unique(said, return_inverse=True, return_counts=True)
    characters = np.bincount(number, weights=lengths).astype(np.int64)
    spoken = np.column_stack([who, times, characters]).ravel().tolist()
    gaps, _, things = np.array(marks, np.int64).reshape(-1, 3).T
    places = np.cumsum(gaps)
    passage = np.searchsorted(starts, places, "right") - 1
    inside = (passage >= 0) & (places < (starts + lengths)[passage])
    base = int(who.max()) + 1
    pairs, counts = np.unique(
        things[inside] * base + said[passage[inside]], return_counts=True
    )
    found = np.column_stack([*np.divmod(pairs, base), counts]).ravel().tolist()
    return [spoken, found]
