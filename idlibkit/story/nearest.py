"""What comes nearest to a point in the articles of outlets that do not have it: an
absence is to be read beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

import numpy as np

from .compared import Compared
from .groups import Group
from .overlap import entries_of, sparse
from .weighing import UNIT, Weighed

__all__ = ["Nearest", "nearest_outside"]

# Sentences of a story up to which the nearest is sought: all are compared with all.
MOST = 3_000
ROWS = 500  # sentences of which the nearest are sought at a time
READ = 5  # of those that share most words, so many are read as links are


@dataclass(frozen=True, slots=True)
class Nearest:
    """A sentence, and its score as a share of what makes a link; None where there is
    no sentence to compare.
    """

    sentence: int | None = None
    closeness: float = np.nan


def nearest_outside(
    weighed: Weighed,
    groups: list[Group],
    outlet: np.ndarray,
    least: float,
    compared: Compared | None = None,
) -> list[Nearest]:
    """For each group the sentence most like one of its members, of an outlet that has
    no sentence in the group; `outlet` is that of each sentence, `compared` are all
    pairs, where they have been.
    """
    n = len(weighed.names)
    if not 0 < n <= MOST:
        return [Nearest() for _ in groups]
    bound = _bounds(weighed) if compared is None else compared.most
    alone = [group.members[0] for group in groups if len(group.members) == 1]
    first = _first_of_rows(bound, outlet, alone)
    out = []
    for group in groups:
        if len(group.members) == 1:
            pairs = first[group.members[0]]
        else:
            absent = np.ones(outlet.max() + 2, bool)  # the last is that of no outlet
            absent[outlet[group.members]] = False
            rows = np.where(absent[outlet], bound[group.members], -1)
            order = np.argsort(-rows, axis=None, kind="stable")[:READ]
            pairs = [
                (group.members[place // n], place % n, most)
                for place, most in zip(
                    order.tolist(), rows.ravel()[order].tolist(), strict=True
                )
            ]
        out.append(_nearest(pairs, weighed, least))
    return out


def _nearest(
    pairs: list[tuple[int, int, float]], weighed: Weighed, least: float
) -> Nearest:
    """The most alike of some pairs of sentences, each with what its likeness does not
    exceed, the highest first; what is below nought is that of no pair.
    """
    best = (-1.0, 0)
    for i, j, most in pairs:
        if most < 0 or most < best[0] * (1 - 1e-9):
            break
        best = max(best, (weighed.likeness(i, j, most), -j))
    score, place = best
    if score < 0:
        return Nearest()
    return Nearest(-place, round(min(score / least, 1.0), 2))


def _first_of_rows(
    bound: np.ndarray, outlet: np.ndarray, rows: list[int]
) -> dict[int, list[tuple[int, int, float]]]:
    """For each of some sentences its pairs with those of other outlets that may be most
    alike.
    """
    out: dict[int, list[tuple[int, int, float]]] = {}
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        other = outlet[some][:, None] != outlet
        most = np.where(other, bound[some], -1)
        order = np.argsort(-most, axis=1, kind="stable")[:, :READ]
        most = np.take_along_axis(most, order, axis=1)
        for i, js, mosts in zip(some, order.tolist(), most.tolist(), strict=True):
            out[i] = list(zip(repeat(i), js, mosts, strict=False))
    return out


def _bounds(weighed: Weighed) -> np.ndarray:
    """What the likeness of two sentences does not exceed, (sentences, sentences)."""
    n = len(weighed.names)
    entries = entries_of(weighed.names, weighed.weight)
    held = sparse(entries, n, np.ones(len(entries.item)))
    shared = (sparse(entries, n, entries.weight) @ held.T).toarray()
    total = np.maximum(np.array(weighed.total), 1.0)
    return shared**2 / (np.sqrt(total[:, None] * total) * UNIT)
