"""The kernel behind counts and concordances: texts to arrays of token codes, and codes to counts.

Memory is bounded by one batch of text and the vocabulary, never by the corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from .text import TOKEN, term, to_polars

__all__: list[str] = []

BATCH = 24_000_000  # characters


def batches(passages: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Cut passages, sorted by article, into parts of whole articles."""
    size = passages["text"].str.len().to_numpy(dtype=float, na_value=0).cumsum()
    if not len(size):
        return
    first = np.flatnonzero((passages["article_id"] != passages["article_id"].shift()).to_numpy())
    batch = np.append(size, 0)[first - 1] // BATCH  # size before the article's first passage
    for rows in np.split(np.arange(len(passages)), first[1:][np.diff(batch) > 0]):
        yield passages.iloc[rows[0] : rows[-1] + 1]


def encode(texts: pd.Series) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Codes of all tokens one after the other, the number of tokens of each text, and the tokens behind the codes."""
    import polars as pl

    column = to_polars(texts).rename("text").to_frame().lazy()
    tokens = column.select(pl.col("text").str.extract_all(TOKEN)).collect(engine="streaming")["text"]
    lengths = tokens.list.len().to_numpy().astype(np.int64)
    encoded = tokens.explode(empty_as_null=False).to_arrow().dictionary_encode()
    return encoded.indices.to_numpy(), lengths, encoded.dictionary.to_pylist()


def ngrams(codes: np.ndarray, text: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Runs of n codes inside one text: their first places, a dense code for each run, and the n codes of each distinct run.

    A code below 0 (a stop word) is in no run.
    """
    places = np.flatnonzero(codes >= 0)
    key = codes[places].astype(np.int64)
    distinct = [np.arange(codes.max(initial=-1) + 1)]
    for step in range(1, n):
        ahead = places + step
        inside = ahead < len(codes)
        inside[inside] = (text[ahead[inside]] == text[places[inside]]) & (codes[ahead[inside]] >= 0)
        places, key = places[inside], key[inside]
        width = int(codes.max(initial=0)) + 1
        key, both = pd.factorize(key * width + codes[places + step])
        distinct = [*(part[both // width] for part in distinct), both % width]
    return places, key, distinct


def tally(key: np.ndarray, n_keys: int, *labels: np.ndarray) -> tuple[np.ndarray, ...]:
    """How often each key occurs, and with how many values of each label; equal labels must stand together."""
    from scipy.sparse import coo_array

    if not len(key):
        return tuple(np.zeros(n_keys, np.int64) for _ in range(1 + len(labels)))
    # A sparse matrix with one entry a token, read row by row, is a counting sort: linear, and it keeps the order.
    entries = coo_array((np.ones(len(key), np.int8), (key, np.arange(len(key)))), shape=(n_keys, len(key))).tocsr()
    starts, order = entries.indptr[:-1], entries.indices
    filled = np.diff(entries.indptr) > 0
    out = [np.diff(entries.indptr).astype(np.int64)]
    for label in labels:
        new = np.ones(len(order), np.int64)
        sorted_label = label[order]
        new[1:] = sorted_label[1:] != sorted_label[:-1]
        new[starts[filled]] = 1
        n = np.zeros(n_keys, np.int64)
        n[filled] = np.add.reduceat(new, starts[filled])
        out.append(n)
    return tuple(out)


def terms_of(tokens: Sequence[str], spelling: dict[str, str]) -> list[str]:
    """The terms that tokens are counted as."""
    folded = map(term, tokens)
    return [spelling.get(word, word) for word in folded] if spelling else list(folded)
