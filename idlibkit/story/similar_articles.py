"""Which articles are alike in words and days: pairs, found without comparing all with
all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..scale import watched
from .linkage import LEAST, Pairs

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["DAYS", "DAY_NOT_KNOWN", "pairs_between", "similar_pairs"]

# What remains of the similarity of two articles so many days apart; beyond, nothing.
FADING = np.array([1.0, 0.8, 0.6, 0.4], np.float32)
DAYS = len(FADING) - 1
NOT_DATED = 0.5  # and where the day of one of them is not known
# Pairs below this share of LEAST count as having nothing in common.
NEGLIGIBLE = 0.5
# Features, the heaviest, by which articles find each other.
HEAVIEST = 64
ROWS = 500  # articles compared with others at a time
AT_A_TIME = 5_000  # articles of which the heaviest features are sought
PAIRS = 20_000  # pairs compared at a time
DAY_NOT_KNOWN = np.iinfo(np.int64).min


def similar_pairs(vectors: csr_array, day: np.ndarray) -> Pairs:
    """The pairs of articles, sorted by day, that are not far apart in words and days.

    An article is compared with those of its day and the next ones, and with all that
    have no day.
    """
    return pairs_between(vectors, day, np.arange(len(day)))


def pairs_between(
    vectors: csr_array, day: np.ndarray, rows: np.ndarray, first: int = 0
) -> Pairs:
    """The pairs of the articles in `rows` with later ones, as `similar_pairs`; with
    those from the `first` on.
    """
    heavy = _heaviest(vectors)
    n = len(day)
    n_dated = int(np.count_nonzero(day != DAY_NOT_KNOWN))
    blocks = []
    starts = range(0, len(rows), ROWS)
    for start in watched(starts, len(starts), "stories"):
        some = rows[start : start + ROWS]
        last_day = day[min(some[-1], n_dated - 1)] + DAYS
        near = int(np.searchsorted(day[:n_dated], last_day, side="right"))
        columns = np.arange(max(some[0], first), n)
        columns = columns[(columns < near) | (columns >= n_dated)]
        blocks.append(_pairs_of_block(vectors, heavy, day, some, columns))
    return Pairs.joined(blocks)


def _heaviest(vectors: csr_array) -> csr_array:
    """The vectors with their HEAVIEST features alone."""
    from scipy import sparse

    parts = [vectors[:0]]
    for start in range(0, vectors.shape[0], AT_A_TIME):
        part = vectors[start : start + AT_A_TIME]
        row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
        order = np.lexsort((part.indices, -part.data, row))
        rank = np.arange(len(row)) - part.indptr[row]
        kept = order[rank < HEAVIEST]
        places = (row[kept], part.indices[kept])
        parts.append(sparse.csr_array((part.data[kept], places), shape=part.shape))
    return sparse.vstack(parts).tocsr()


def _pairs_of_block(
    vectors: csr_array,
    heavy: csr_array,
    day: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
) -> Pairs:
    """The pairs of the articles in `rows` with later ones in `columns`."""
    least = LEAST * NEGLIGIBLE
    product = (heavy[rows] @ heavy[columns].T).tocoo()
    i, j = rows[product.row], columns[product.col]
    fading = _fading(day[i], day[j])
    # What is not among the heaviest features adds less than these do.
    near = (j > i) & (2 * product.data * fading >= least)
    i, j, fading = i[near], j[near], fading[near]
    similarity = np.zeros(len(i))
    for start in range(0, len(i), PAIRS):
        part = slice(start, start + PAIRS)
        similarity[part] = vectors[i[part]].multiply(vectors[j[part]]).sum(axis=1)
    similarity = np.minimum(similarity, 1) * fading
    near = similarity >= least
    return Pairs(i[near], j[near], similarity[near])


def _fading(day: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What remains of the similarity of articles of two days."""
    not_known = (day == DAY_NOT_KNOWN) | (other == DAY_NOT_KNOWN)
    gap = np.abs(np.where(not_known, 0, other) - np.where(not_known, 0, day))
    fading = np.where(gap < len(FADING), FADING[np.minimum(gap, len(FADING) - 1)], 0)
    return np.where(not_known, NOT_DATED, fading)
