"""Pairs of alike articles of an archive in parts: articles in blocks of neighbouring
days, each block compared with itself and with the blocks within reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..scale import Parts, by_partition, checksum, regrouped, stored_parts
from .linkage import Pairs
from .similar_articles import DAY_NOT_KNOWN, DAYS, pairs_between
from .vectors import FEATURES, features_of, vectors_of

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["similar_pairs_of_parts"]

BLOCK = 2_000  # articles of neighbouring days that are held at a time, and as many more
HELD = 4  # blocks whose vectors are kept for the next ones
Texts = Callable[[pd.DataFrame], pd.Series]


def similar_pairs_of_parts(
    articles: Any, facts: pd.DataFrame, texts_of: Texts
) -> Iterable[Pairs]:
    """The pairs that `similar_pairs` finds, block by block; `facts` has the articles in
    the order of their numbers, with their `day`.
    """
    block = np.arange(len(facts)) // BLOCK
    blocks = regrouped(articles, facts[["article_id"]].assign(part=block))
    day = facts["day"].to_numpy()
    days = np.split(day, np.flatnonzero(np.diff(block)) + 1)
    times = by_partition(partial(_times_in, texts_of=texts_of), blocks)
    if isinstance(blocks, Parts):
        return _in_files(blocks, days, _summed(times), texts_of)
    total = times.groupby("feature")["n"].sum().reset_index()
    return _with_dask(blocks, days, total, texts_of)


def _times_in(articles: pd.DataFrame, texts_of: Texts) -> pd.DataFrame:
    """In how many of some articles each feature stands."""
    times = features_of(texts_of(articles)).times.ravel()
    feature = np.flatnonzero(times)
    return pd.DataFrame({"feature": feature, "n": times[feature]})


def _summed(tables: Iterable[pd.DataFrame]) -> np.ndarray:
    times = np.zeros(2 * FEATURES, np.int32)
    for table in tables:
        times[table["feature"]] += table["n"].to_numpy(np.int32)
    return times.reshape(2, FEATURES)


def _vectors_in(
    articles: pd.DataFrame, times: np.ndarray, n_articles: int, texts_of: Texts
) -> csr_array:
    return vectors_of(features_of(texts_of(articles)), times, n_articles)


def _compared(days: list[np.ndarray]) -> list[tuple[int, int]]:
    """Each block with itself and with those that have articles within reach: later ones
    of near days, and those without a day.
    """
    pairs = []
    for number, day in enumerate(days):
        dated = day[day != DAY_NOT_KNOWN]
        last = dated[-1] + DAYS if len(dated) else DAY_NOT_KNOWN
        pairs += [
            (number, other)
            for other in range(number, len(days))
            # What is not dated comes before all days.
            if days[other].min() <= last
        ]
    return pairs


def _pairs_of_blocks(
    vectors: list[csr_array], days: list[np.ndarray], starts: list[int]
) -> pd.DataFrame:
    """The pairs within one block, or of the first of two with the second; `starts` are
    the numbers of their first articles.
    """
    from scipy import sparse

    n_rows = len(days[0])
    first = 0 if len(days) == 1 else n_rows
    both, day = sparse.vstack(vectors).tocsr(), np.concatenate(days)
    found = pairs_between(both, day, np.arange(n_rows), first)
    i, j = found.i + starts[0], found.j - first + starts[-1]
    return pd.DataFrame({"i": i, "j": j, "similarity": found.similarity})


def _as_pairs(table: pd.DataFrame) -> Pairs:
    return Pairs(*(table[name].to_numpy() for name in ("i", "j", "similarity")))


# --------------------------------------------------------------------------- in files
@dataclass(frozen=True, slots=True)
class _StoredPairs:
    """Pairs in files, block by block, as often as they are asked for."""

    tables: Parts

    def __iter__(self) -> Iterator[Pairs]:
        return map(_as_pairs, self.tables)


def _in_files(
    blocks: Parts, days: list[np.ndarray], times: np.ndarray, texts_of: Texts
) -> _StoredPairs:
    n_articles = sum(map(len, days))

    @lru_cache(maxsize=HELD)
    def vectors(number: int) -> csr_array:
        part = pd.read_parquet(blocks.files[number])
        return _vectors_in(part, times, n_articles, texts_of)

    def pairs(some: list[int]) -> pd.DataFrame:
        return _pairs_of_blocks(
            [vectors(number) for number in some],
            [days[number] for number in some],
            [number * BLOCK for number in some],
        )

    weights = checksum(times, n_articles)
    makers = {}
    for number, other in _compared(days):
        some = sorted({number, other})
        names = [blocks.files[one].stem for one in some]
        makers[checksum("pairs", weights, some, names)] = partial(pairs, some)
    return _StoredPairs(stored_parts(makers, blocks.work, "stories"))


# --------------------------------------------------------------------------- with Dask
def _with_dask(
    blocks: Any, days: list[np.ndarray], times: Any, texts_of: Texts
) -> list[Pairs]:
    from dask import compute, delayed

    n_articles = sum(map(len, days))
    shared = delayed(_summed)(list(times.to_delayed()))
    vectors = [
        delayed(_vectors_in)(part, shared, n_articles, texts_of)
        for part in blocks.to_delayed()
    ]
    found = []
    for number, other in _compared(days):
        some = sorted({number, other})
        pairs = delayed(_pairs_of_blocks)(
            [vectors[one] for one in some],
            [days[one] for one in some],
            [one * BLOCK for one in some],
        )
        found.append(pairs)
    return [_as_pairs(table) for table in compute(*found)]
