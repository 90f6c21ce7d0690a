"""What comes nearest to a point in the articles of outlets that do not have it: an
absence is to be read beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .groups import Group
from .links import Weighed

__all__ = ["Nearest", "nearest_outside"]

# Sentences of a story up to which the nearest is sought: all are compared with all.
MOST = 3_000
READ = 5  # of those that share most words, so many are read as links are


@dataclass(frozen=True, slots=True)
class Nearest:
    """A sentence, and its score as a share of what makes a link; None where there is
    no sentence to compare.
    """

    sentence: int | None = None
    closeness: float = np.nan


def nearest_outside(
    weighed: Weighed, groups: list[Group], outlet: np.ndarray, least: float
) -> list[Nearest]:
    """For each group the sentence most like one of its members, of an outlet that has
    no sentence in the group; `outlet` is that of each sentence.
    """
    n = len(weighed.names)
    if not 0 < n <= MOST:
        return [Nearest() for _ in groups]
    shared = _shared_weight(weighed)
    total = np.sqrt(np.maximum(np.array(weighed.total), 1.0))
    out = []
    for group in groups:
        absent = ~np.isin(outlet, outlet[group.members])
        if not absent.any():
            out.append(Nearest())
            continue
        bound = (shared[group.members] / total[group.members, None]) ** 2
        bound = bound * total[group.members, None] / total
        bound[:, ~absent] = -1
        order = np.argsort(-bound, axis=None, kind="stable")[:READ]
        pairs = [(group.members[i // n], int(i % n)) for i in order.tolist()]
        scores = [(weighed.likeness(i, j), -j) for i, j in pairs if absent[j]]
        score, place = max(scores)
        out.append(Nearest(-place, round(min(score / least, 1.0), 2)))
    return out


def _shared_weight(weighed: Weighed) -> np.ndarray:
    """The weight of the items that two sentences share, (sentences, sentences)."""
    from scipy import sparse

    column = {name: place for place, name in enumerate(sorted(weighed.weight))}
    n = len(weighed.names)
    rows = np.repeat(np.arange(n), [len(names) for names in weighed.names])
    names = [name for some in weighed.names for name in sorted(some)]
    columns = np.array([column[name] for name in names], int)
    values = np.sqrt([float(weighed.weight[name]) for name in names])
    table = sparse.csr_array((values, (rows, columns)), shape=(n, max(len(column), 1)))
    return (table @ table.T).toarray()
