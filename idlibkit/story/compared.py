"""All sentences of a small story compared with all, at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .overlap import entries_of, sparse
from .weighing import LEAST, UNIT, Weighed

__all__ = ["Compared", "all_compared", "falling"]


MOST_COMPARED = 1_000  # sentences of a story of which all pairs are compared


@dataclass(frozen=True, slots=True)
class Compared:
    """All sentences of a story with all (sentences, sentences): what their score does
    not exceed, and how many items they have in common.
    """

    most: np.ndarray
    n_common: np.ndarray

    def above(self, least: float) -> Iterator[tuple[int, int, float]]:
        """The pairs whose score can reach `least`, with what it does not exceed."""
        near = (self.n_common >= LEAST) & (self.most >= (1 - 1e-9) * least)
        i, j = np.nonzero(np.triu(near, 1))
        yield from zip(i.tolist(), j.tolist(), self.most[i, j].tolist(), strict=True)

    def of_one_article(
        self, article: np.ndarray, full: np.ndarray
    ) -> Iterator[tuple[float, int, int]]:
        """As `_pairs_of_one_article`."""
        own = (article[:, None] == article) & full & full[:, None]
        i, j = np.nonzero(np.triu(own & (self.n_common > 0), 1))
        yield from falling(self.most[i, j], i, j)


def all_compared(weighed: Weighed) -> Compared | None:
    """All sentences with all, where they are so few that this is the shortest way."""
    n = len(weighed.names)
    if n > MOST_COMPARED:
        return None
    entries = entries_of(weighed.names, weighed.weight)
    held = sparse(entries, n, np.ones(len(entries.item)))
    holders = held.T.tocsr()
    weights = sparse(entries, n, entries.weight)
    n_common = (held @ holders).toarray()
    total = np.array(weighed.total)
    norm = np.sqrt(np.maximum(total[:, None] * total, 1.0)) * UNIT
    return Compared((weights @ holders).toarray() ** 2 / norm, n_common)


def falling(
    most: np.ndarray, i: np.ndarray, j: np.ndarray
) -> Iterator[tuple[float, int, int]]:
    """Pairs after what their scores do not exceed, the highest first."""
    order = np.argsort(-most, kind="stable")
    columns = (values[order].tolist() for values in (most, i, j))
    yield from zip(*columns, strict=True)
