"""Texts as codes of their terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .words import term, to_bytes, token_places

if TYPE_CHECKING:
    pass

__all__ = ["encode", "terms_of"]


_FIRST_BYTES = np.array(
    [(1 << 8 * n) - 1 for n in range(9)], np.uint64
)  # masks for the first n of eight bytes


def encode(texts: pd.Series) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Codes of all tokens one after the other, the number of tokens of each text, and the tokens behind the codes."""
    data, first = to_bytes(texts)
    starts, ends = token_places(data)
    size = ends - starts
    # Tokens are told apart by their bytes, eight at a time as one number; the few longer than sixteen one by one.
    eight = np.ndarray(len(data) - 7, "<u8", data, strides=(1,))
    codes, distinct = pd.factorize(eight[starts] & _FIRST_BYTES[np.minimum(size, 8)])
    n_codes, longer = len(distinct), np.flatnonzero(size > 8)
    second, _ = pd.factorize(
        eight[starts[longer] + 8] & _FIRST_BYTES[np.minimum(size[longer] - 8, 8)]
    )
    both, distinct = pd.factorize(codes[longer] << 32 | second)
    codes[longer] = n_codes + both
    n_codes, longest = n_codes + len(distinct), np.flatnonzero(size > 16)
    places = zip(starts[longest].tolist(), ends[longest].tolist(), strict=True)
    known: dict[bytes, int] = {}
    codes[longest] = [
        known.setdefault(data[a:b].tobytes(), n_codes + len(known)) for a, b in places
    ]

    where = np.full(n_codes + len(known), -1)
    where[codes[::-1]] = np.arange(len(codes))[::-1]
    used = where >= 0
    codes, where = (np.cumsum(used) - 1)[codes], where[used]
    places = zip(starts[where].tolist(), ends[where].tolist(), strict=True)
    return (
        codes,
        np.diff(np.searchsorted(starts, first)),
        [data[a:b].tobytes().decode() for a, b in places],
    )


def terms_of(tokens: Sequence[str], spelling: dict[str, str]) -> list[str]:
    """The terms that tokens are counted as."""
    folded = map(term, tokens)
    return [spelling.get(word, word) for word in folded] if spelling else list(folded)
