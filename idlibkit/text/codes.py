"""Texts as codes of their terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from .words import TOKEN, term, to_polars

if TYPE_CHECKING:
    import polars as pl

__all__ = ["coded", "encode", "terms_of"]


def encode(texts: pd.Series) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Codes of all tokens one after the other, the number of tokens of each text, and
    the tokens behind the codes, in the order in which they are first met.

    No token has a space: so texts are cut at spaces, which is quick, and each distinct
    piece is read once, however often it comes.

    Examples
    --------
    >>> encode(pd.Series(["Talks failed", "Talks"]))
    (array([0, 1, 0], dtype=int32), array([2, 1]), ['Talks', 'failed'])
    """
    import polars as pl

    pieces = to_polars(texts).str.split(" ")
    piece, distinct = coded(pieces.explode())
    found = pl.Series(distinct).str.extract_all(TOKEN)
    token, tokens = coded(found.explode().drop_nulls())
    n_tokens = found.list.len().to_numpy().astype(np.int64)
    first = np.cumsum(n_tokens) - n_tokens
    # The tokens of every piece in turn: as many places as it has, from its first one.
    size = n_tokens[piece]
    ends = np.append(0, np.cumsum(size))
    places = np.repeat(first[piece] - ends[:-1], size) + np.arange(ends[-1])
    edges = np.append(0, np.cumsum(pieces.list.len().to_numpy().astype(np.int64)))
    return token[places], np.diff(ends[edges]), tokens.to_pylist()


def coded(strings: pl.Series) -> tuple[np.ndarray, pa.Array]:
    """A code for each string, and the strings behind the codes."""
    # Arrow looks up plain strings sooner than the views that polars has.
    coded = strings.to_arrow().cast(pa.large_string()).dictionary_encode()
    return coded.indices.to_numpy(), coded.dictionary


def terms_of(tokens: Sequence[str], spelling: dict[str, str]) -> list[str]:
    """The terms that tokens are counted as."""
    return [spelling.get(word, word) for word in map(term, tokens)]
