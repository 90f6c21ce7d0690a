"""The kernel behind counts and concordances: texts to arrays of token codes, and codes
to counts.

Memory is bounded by one batch of text and the vocabulary, never by the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..scale import side_by_side

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Codes", "Counts", "count_in_batches", "merged"]


BATCH = 2_000_000  # characters
PARTS = 8  # counts that are added up at once


@dataclass(frozen=True, slots=True)
class Codes:
    """The tokens of a batch, one after the other."""

    term: np.ndarray  # place among `terms`; -1 where it is not counted
    row: np.ndarray  # of the batch, in which each token stands
    terms: Sequence[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each group has each term that it has; sorted once they are merged."""

    terms: pl.Series
    group: np.ndarray  # (cells,)
    term: np.ndarray  # (cells,): place among `terms`
    numbers: np.ndarray  # (3, cells): tokens, articles, paragraphs

    def at_least(self, count: int) -> Counts:
        """Without the terms that have fewer tokens in all groups together."""
        kept = np.bincount(self.term, self.numbers[0], len(self.terms))[self.term]
        kept = kept >= count
        return replace(
            self,
            group=self.group[kept],
            term=self.term[kept],
            numbers=self.numbers[:, kept],
        )


def batches(passages: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Cut passages, sorted by article, into parts of whole articles."""
    size = passages["text"].str.len().to_numpy(dtype=float, na_value=0).cumsum()
    if not len(size):
        return
    first = np.flatnonzero(
        (passages["article_id"] != passages["article_id"].shift()).to_numpy()
    )
    batch = (
        np.append(size, 0)[first - 1] // BATCH
    )  # size before the article's first passage
    for rows in np.split(np.arange(len(passages)), first[1:][np.diff(batch) > 0]):
        yield passages.iloc[rows[0] : rows[-1] + 1]


def count_in_batches(
    table: pd.DataFrame,
    codes_of: Callable[[pd.DataFrame], Codes],
    orders: Iterable[int],
) -> Counts:
    """Count the sequences of each group in a table of `article_id`, `paragraph`,
    `group` (codes) and `text`, sorted by article and paragraph.
    """
    orders = list(orders)

    def count(batch: pd.DataFrame) -> list[Counts]:
        codes = codes_of(batch)
        return [_count(batch, codes, n) for n in orders]

    total = merged([])
    pending: list[Counts] = []
    for counted in side_by_side(count, batches(table)):
        pending += counted
        # Only when there is as much to add as there is already: so no count is merged
        # more than a few times.
        new = sum(len(part.term) for part in pending)
        if len(pending) >= PARTS and new >= len(total.term):
            total, pending = merged([total, *pending]), []
    return merged([total, *pending]) if pending else total


def _count(batch: pd.DataFrame, codes: Codes, n: int) -> Counts:
    """The sequences of n terms in a batch."""
    import polars as pl

    group, article, paragraph = (
        batch[column].to_numpy() for column in ("group", "article_id", "paragraph")
    )
    places, sequence, parts = _sequences(codes.term, codes.row, n)
    rows, n_sequences = codes.row[places], len(parts[0])
    # Dense keys of (group, sequence): by arithmetic while that is small, else through
    # a table of those that occur.
    key = group[rows].astype(np.int64) * n_sequences + sequence
    distinct = np.arange((int(group.max(initial=0)) + 1) * n_sequences)
    if len(distinct) > 4 * len(key) + 1000:
        key, distinct = pd.factorize(key)
    numbers = _tally(key, len(distinct), article[rows], paragraph[rows])
    distinct, numbers = distinct[numbers[0] > 0], numbers[:, numbers[0] > 0]
    words = [
        pl.Series(str(step), codes.terms, pl.String)[part]
        for step, part in enumerate(parts)
    ]
    terms = pl.select(pl.concat_str(words, separator=" ")).to_series()
    return Counts(terms, distinct // n_sequences, distinct % n_sequences, numbers)


def merged(parts: list[Counts]) -> Counts:
    """One sorted count of several; the terms of one part need not be distinct from
    those of another.
    """
    import polars as pl

    if not parts:
        none = np.zeros(0, np.int64)
        terms = pl.Series("term", [], pl.String)
        return Counts(terms, none, none, np.zeros((3, 0), np.int64))
    all_terms = pl.concat([part.terms.rename("term") for part in parts])
    terms = all_terms.unique().sort()
    # One look-up table for all parts.
    places = all_terms.cast(pl.Enum(terms)).to_physical().to_numpy().astype(np.int64)
    starts = np.cumsum([0, *(len(part.terms) for part in parts)])[:-1]
    term = np.concatenate(
        [places[at + part.term] for at, part in zip(starts, parts, strict=True)]
    )
    group = np.concatenate([part.group for part in parts])
    numbers = np.concatenate([part.numbers for part in parts], axis=1)
    key = group * max(len(terms), 1) + term
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.append(True, np.diff(key[order]) > 0)[: len(key)])
    if len(first):
        numbers = np.add.reduceat(numbers[:, order], first, axis=1)
    return Counts(terms, group[order][first], term[order][first], numbers)


def _sequences(
    codes: np.ndarray, row: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Runs of n codes inside one row: their first places, a dense code for each, and
    the n codes of each distinct run.

    A code below 0 (a stop word) is in no run.
    """
    width = int(codes.max(initial=-1)) + 1
    places = np.flatnonzero(codes >= 0)
    key = codes[places].astype(np.int64)
    parts = [np.arange(width)]
    for step in range(1, n):
        ahead = places[: np.searchsorted(places, len(codes) - step)] + step
        inside = (row[ahead] == row[places[: len(ahead)]]) & (codes[ahead] >= 0)
        places, key, ahead = (
            places[: len(ahead)][inside],
            key[: len(ahead)][inside],
            ahead[inside],
        )
        key, both = pd.factorize(key * width + codes[ahead])
        parts = [*(part[both // width] for part in parts), both % width]
    return places, key, parts


def _tally(key: np.ndarray, n_keys: int, *labels: np.ndarray) -> np.ndarray:
    """How often each key occurs, and with how many values of each label; equal labels
    must stand together.
    """
    from scipy.sparse import coo_array

    out = np.zeros((1 + len(labels), n_keys), np.int64)
    if not len(key):
        return out
    # A sparse matrix with one entry a token, read row by row, is a counting sort:
    # linear, and it keeps the order.
    place = np.arange(len(key), dtype=np.int32)
    entries = coo_array(
        (np.ones(len(key), np.int8), (key.astype(np.int32), place)),
        shape=(n_keys, len(key)),
    ).tocsr()
    out[0] = np.diff(entries.indptr)
    filled = out[0] > 0
    starts = entries.indptr[:-1][filled]
    for which, label in enumerate(labels, 1):
        in_order = label[entries.indices]
        new = np.append(True, in_order[1:] != in_order[:-1])
        new[starts] = True
        out[which, filled] = np.add.reduceat(new, starts, dtype=np.int64)
    return out
