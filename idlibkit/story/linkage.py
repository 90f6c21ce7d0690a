"""Articles that tell one event: pairs that are alike, joined by average linkage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

__all__ = ["LEAST", "Groups", "Pairs", "average_linkage", "linked_groups"]

# Mean similarity from which on two groups of articles tell one event, both of one day.
LEAST = 0.12


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles (pairs,) that have something in common, i < j."""

    i: np.ndarray
    j: np.ndarray
    similarity: np.ndarray

    @classmethod
    def joined(cls, parts: Iterable[Pairs]) -> Pairs:
        """All pairs, in the order of the articles."""
        some = [cls(np.zeros(0, int), np.zeros(0, int), np.zeros(0)), *parts]
        i = np.concatenate([part.i for part in some])
        j = np.concatenate([part.j for part in some])
        similarity = np.concatenate([part.similarity for part in some])
        return cls(i, j, similarity).take(np.lexsort((j, i)))

    def take(self, rows: np.ndarray) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.i[rows], self.j[rows], self.similarity[rows])


@dataclass(frozen=True, slots=True)
class Groups:
    """The group of each article (the number of its first), and the pairs of articles
    that had to be known for it.
    """

    group: np.ndarray
    pairs: Pairs


def linked_groups(n: int, parts: Iterable[Pairs]) -> Groups:
    """Groups of n articles by `average_linkage`; the pairs come in parts, which are
    gone through twice.

    Two articles that no chain of pairs of LEAST or more connects are never in one
    group. So each connected piece is joined by itself, and pairs between two pieces are
    not kept.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    alike = Pairs.joined(part.take(part.similarity >= LEAST) for part in parts)
    edges = coo_array((np.ones(len(alike.i), bool), (alike.i, alike.j)), (n, n))
    piece = connected_components(edges, directed=False)[1]
    pairs = Pairs.joined(part.take(piece[part.i] == piece[part.j]) for part in parts)
    return Groups(average_linkage(n, pairs), pairs)


def average_linkage(n: int, pairs: Pairs, least: float = LEAST) -> np.ndarray:
    """Groups of n articles (the number of the first of each), joined while two have a
    mean similarity of `least` or more; the most similar first, ties by number.
    """
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    columns = (pairs.i.tolist(), pairs.j.tolist(), pairs.similarity.tolist())
    for i, j, similarity in zip(*columns, strict=True):
        sums[i][j] = sums[j][i] = similarity
    members = {i: [i] for i in range(n)}
    queue = [
        (-similarity, i, j, 1, 1)
        for i, j, similarity in zip(*columns, strict=True)
        if similarity >= least
    ]
    heapify(queue)
    while queue:
        _, i, j, size_i, size_j = heappop(queue)
        # Groups only grow: their sizes tell an entry that is out of date.
        if i not in members or j not in members:
            continue
        if (size_i, size_j) != (len(members[i]), len(members[j])):
            continue
        members[i] += members.pop(j)
        for other, total in sums.pop(j).items():
            del sums[other][j]
            if other != i:
                sums[i][other] = sums[other][i] = sums[i].get(other, 0.0) + total
        for other, total in sums[i].items():
            first, second = min(i, other), max(i, other)
            sizes = len(members[first]), len(members[second])
            mean = total / (sizes[0] * sizes[1])
            if mean >= least:
                heappush(queue, (-mean, first, second, *sizes))
    group = np.empty(n, np.int64)
    for first, rows in members.items():
        group[rows] = first
    return group
