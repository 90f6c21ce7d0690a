"""What sentences have in common, for very many pairs of them at once: their items in
sparse tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Entries", "Overlap", "common_items", "entries_of", "overlaps", "sparse"]

ROWS = 500  # sentences compared with all others at a time
PAIRS = 100_000  # pairs of which the items in common are counted at a time


@dataclass(frozen=True, slots=True)
class Entries:
    """The items of sentences, sentence by sentence, in arrays (entries,)."""

    sentence: np.ndarray
    item: np.ndarray
    weight: np.ndarray

    def only(self, kept: np.ndarray) -> Entries:
        return Entries(self.sentence[kept], self.item[kept], self.weight[kept])


class Overlap(NamedTuple):
    """Pairs of sentences, i < j, and the weight of their items in common."""

    i: np.ndarray
    j: np.ndarray
    weight: np.ndarray


def entries_of(names: Sequence[set[str]], weight: Mapping[str, int]) -> Entries:
    """The items of sentences with their weights; items are numbered as in `weight`."""
    number = {name: place for place, name in enumerate(weight)}
    weights = np.array(list(weight.values()), float)
    size = np.array([len(some) for some in names], int)
    item = np.array([number[name] for some in names for name in some], np.int64)
    sentence = np.repeat(np.arange(len(names)), size)
    return Entries(sentence, item, weights[item] if len(item) else np.zeros(0))


def sparse(entries: Entries, n: int, values: np.ndarray) -> csr_array:
    """Entries, sentence by sentence, as a table of n sentences by items."""
    from scipy.sparse import csr_array

    shape = (n, int(entries.item.max(initial=0)) + 1)
    ends = np.cumsum(np.bincount(entries.sentence, minlength=n))
    item = entries.item.astype(np.int32)
    return csr_array((values, item, np.append(0, ends).astype(np.int32)), shape=shape)


def overlaps(entries: Entries, n: int) -> Iterator[Overlap]:
    """All pairs of n sentences that have an item in common, some rows at a time."""
    from scipy.sparse import triu

    weights = sparse(entries, n, entries.weight)
    held = sparse(entries, n, np.ones(len(entries.item))).T.tocsr()
    for start in range(0, n, ROWS):
        product = triu(weights[start : start + ROWS] @ held, k=start + 1).tocoo()
        i, j = product.row.astype(np.int64) + start, product.col.astype(np.int64)
        yield Overlap(i, j, product.data)


def common_items(
    weights: csr_array, i: np.ndarray, j: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """How many items the sentences i and j have in common, and their weight."""
    held = weights.copy()
    held.data[:] = 1
    n_common, weight = np.zeros(len(i)), np.zeros(len(i))
    for start in range(0, len(i), PAIRS):
        part = slice(start, start + PAIRS)
        common = weights[i[part]].multiply(held[j[part]]).tocsr()
        weight[part] = common.sum(axis=1)
        common = held[i[part]].multiply(held[j[part]])
        n_common[part] = common.sum(axis=1)
    return n_common, weight
