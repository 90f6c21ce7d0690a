"""The kernel behind counts and concordances: texts to arrays of token codes, and codes
to counts.

Memory is bounded by one batch of text and the vocabulary, never by the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..scale import THREADS

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Counted", "count_in_batches", "merged"]


BATCH = 2_000_000  # characters
Counted = tuple["pl.Series", np.ndarray, np.ndarray, np.ndarray]


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
    codes_of: Callable[[pd.DataFrame], tuple],
    orders: Iterable[int],
) -> tuple[pl.Series, np.ndarray, np.ndarray, np.ndarray]:
    """Count the sequences of each group in a table of `article_id`, `paragraph`,
    `group` (codes) and `text`.

    `codes_of` gives the term codes of a batch's tokens, their rows and the terms.
    Returned are the sorted terms, and for every group and term that occurs its group,
    its place among the terms, and three counts: tokens, articles, paragraphs; sorted.
    """
    total, pending = merged([]), []
    with ThreadPoolExecutor(
        THREADS
    ) as pool:  # the kernels release the interpreter's lock
        waiting = list(islice(parts := batches(table), 2 * THREADS))
        while waiting:
            found = pool.map(
                lambda batch: _count(batch, *codes_of(batch), orders), waiting
            )
            pending += chain.from_iterable(found)
            waiting = list(islice(parts, 2 * THREADS))
            # Only when there is as much to add as there is already: so no count is
            # merged more than a few times.
            if sum(len(part[2]) for part in pending) >= len(total[2]) or not waiting:
                total, pending = merged([total, *pending]), []
    return total


def _count(batch, codes, row, vocabulary, orders) -> list[Counted]:
    import polars as pl

    group, article, paragraph = (
        batch[column].to_numpy() for column in ("group", "article_id", "paragraph")
    )
    out = []
    for n in orders:
        places, key, parts = _sequences(codes, row, n)
        rows, n_keys = row[places], len(parts[0])
        # Dense keys of (group, sequence): by arithmetic while that is small, else
        # through a table of those that occur.
        key = group[rows].astype(np.int64) * n_keys + key
        distinct = np.arange((int(group.max(initial=0)) + 1) * n_keys)
        if len(distinct) > 4 * len(key) + 1000:
            key, distinct = pd.factorize(key)
        numbers = _tally(key, len(distinct), article[rows], paragraph[rows])
        distinct, numbers = distinct[numbers[0] > 0], numbers[:, numbers[0] > 0]
        words = [
            pl.Series(str(step), vocabulary, pl.String)[part]
            for step, part in enumerate(parts)
        ]
        terms = pl.select(pl.concat_str(words, separator=" ")).to_series()
        out.append((terms, distinct // n_keys, distinct % n_keys, numbers))
    return out


def merged(parts: list[Counted]) -> Counted:
    """One sorted count of several; the terms of one part need not be distinct from
    those of another.
    """
    import polars as pl

    if not parts:
        return (
            pl.Series("term", [], pl.String),
            *(np.zeros(0, np.int64) for _ in range(2)),
            np.zeros((3, 0), np.int64),
        )
    all_terms = pl.concat([part[0].rename("term") for part in parts])
    terms = all_terms.unique().sort()
    places = (
        all_terms.cast(pl.Enum(terms)).to_physical().to_numpy().astype(np.int64)
    )  # one look-up table for all parts
    first = np.cumsum([0, *(len(part[0]) for part in parts)])
    code = np.concatenate(
        [places[at + part[2]] for at, part in zip(first, parts, strict=False)]
    )
    group, numbers = (
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[3] for part in parts], axis=1),
    )
    key = group * max(len(terms), 1) + code
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.append(True, np.diff(key[order]) > 0)[: len(key)])
    numbers = (
        np.add.reduceat(numbers[:, order], first, axis=1) if len(first) else numbers
    )
    return terms, group[order][first], code[order][first], numbers


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
