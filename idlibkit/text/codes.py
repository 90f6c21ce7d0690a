"""Texts as codes of their terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from .words import TOKEN, term

if TYPE_CHECKING:
    import polars as pl

__all__ = ["coded", "encode", "terms_of"]


SPACE = ord(" ")


def encode(texts: pd.Series | pl.Series) -> tuple[np.ndarray, np.ndarray, list[str]]:
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

    pieces, edges = _pieces(texts)
    piece, distinct = _numbered(pieces)
    found = pl.Series(distinct).str.extract_all(TOKEN)
    token, tokens = coded(found.explode().drop_nulls())
    n_tokens = found.list.len().to_numpy().astype(np.int64)
    first, piece = np.cumsum(n_tokens) - n_tokens, piece.astype(np.intp)
    # The tokens of every piece in turn: as many places as it has, from its first one.
    size = n_tokens[piece]
    ends = np.append(0, np.cumsum(size))
    places = np.repeat(first[piece] - ends[:-1], size) + np.arange(ends[-1])
    return token[places], np.diff(ends[edges]), tokens.to_pylist()


def _pieces(texts: pd.Series | pl.Series) -> tuple[pa.LargeStringArray, np.ndarray]:
    """Texts cut behind each space, all pieces one after the other, and at which piece
    each text begins (and the last one ends). The pieces share the memory of the texts.
    """
    column = (
        pa.array(texts, pa.large_string(), from_pandas=True)
        if isinstance(texts, pd.Series)
        else texts.to_arrow().cast(pa.large_string())
    )
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    column = column.fill_null("") if column.null_count else column
    _, ends, letters = column.buffers()
    if not len(column) or letters is None:
        return pa.array([], pa.large_string()), np.zeros(len(column) + 1, np.int64)
    starts = np.frombuffer(ends, np.int64)[column.offset :][: len(column) + 1]
    spaces = np.flatnonzero(_bytes(letters, starts) == SPACE) + 1 + starts[0]
    cuts = np.sort(np.concatenate([starts, spaces]), kind="stable")
    cuts = cuts[np.append(True, cuts[1:] != cuts[:-1])]
    pieces = pa.LargeStringArray.from_buffers(
        len(cuts) - 1, pa.py_buffer(cuts), letters
    )
    return pieces, np.searchsorted(cuts, starts)


def _bytes(letters: pa.Buffer, starts: np.ndarray) -> np.ndarray:
    return np.frombuffer(letters, np.uint8)[starts[0] : starts[-1]]


def coded(strings: pl.Series) -> tuple[np.ndarray, pa.Array]:
    """A code for each string, and the strings behind the codes."""
    # Arrow looks up plain strings sooner than the views that polars has.
    return _numbered(strings.to_arrow().cast(pa.large_string()))


def _numbered(strings: pa.Array) -> tuple[np.ndarray, pa.Array]:
    numbered = strings.dictionary_encode()
    return numbered.indices.to_numpy(), numbered.dictionary


def terms_of(tokens: Sequence[str], spelling: dict[str, str]) -> list[str]:
    """The terms that tokens are counted as."""
    return [spelling.get(word, word) for word in map(term, tokens)]
