"""Texts as codes of their terms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from .words import TOKEN, term, to_polars

__all__ = ["encode", "terms_of"]


def encode(texts: pd.Series) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Codes of all tokens one after the other, the number of tokens of each text, and
    the tokens behind the codes, in the order in which they are first met.

    Examples
    --------
    >>> encode(pd.Series(["Talks failed", "Talks"]))
    (array([0, 1, 0], dtype=int32), array([2, 1]), ['Talks', 'failed'])
    """
    found = to_polars(texts).str.extract_all(TOKEN)
    lengths = found.list.len().to_numpy().astype(np.int64)
    tokens = found.explode().drop_nulls().to_arrow()
    # Arrow looks up plain strings sooner than the views that polars has
    tokens = tokens.cast(pa.large_string()).dictionary_encode()
    return tokens.indices.to_numpy(), lengths, tokens.dictionary.to_pylist()


def terms_of(tokens: Sequence[str], spelling: dict[str, str]) -> list[str]:
    """The terms that tokens are counted as."""
    return [spelling.get(word, word) for word in map(term, tokens)]
