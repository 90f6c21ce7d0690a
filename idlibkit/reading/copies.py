"""Articles of one outlet with nearly the same text: printed and online, updated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ..text import to_polars

__all__ = ["near_copies"]

START = 2_000  # characters compared: copies begin alike
LEAST_WORDS = 30  # of a text that is compared
ALIKE = 0.8  # share of three-word runs that two texts have in common (Jaccard)
BANDS, ROWS = 8, 4  # of a signature: pairs that are .8 alike meet in 98 of 100 cases
BATCH = 5_000  # articles whose signatures are made at a time
SEED = 7
# odd multipliers that keep the order of three words in the number of their run
_FIRST, _SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def near_copies(articles: pd.DataFrame) -> list[tuple[str, str]]:
    """Ids of pairs of articles of one outlet that are nearly, not exactly, the same.

    MinHash signatures (Broder 1997; package rensa) propose pairs, which are compared
    word by word. Time grows with the number of articles, not of pairs.
    """
    # an article that is alone in its outlet is near to nothing
    articles = articles[articles["outlet"].duplicated(keep=False)]
    by_band: dict[tuple, int] = {}
    pairs: set[tuple[int, int]] = set()
    outlets = articles["outlet"].tolist()
    texts = articles["text"].tolist()
    for row, signature in _signatures(articles["text"]):
        for band, key in enumerate(signature.reshape(BANDS, ROWS)):
            # each is compared with the first of its bucket only
            first = by_band.setdefault((outlets[row], band, key.tobytes()), row)
            if first != row:
                pairs.add((first, row))
    ids = articles["article_id"].tolist()
    return sorted(
        (min(ids[a], ids[b]), max(ids[a], ids[b]))
        for a, b in pairs
        if texts[a] != texts[b] and _are_alike(texts[a], texts[b])
    )


def _signatures(texts: pd.Series) -> Iterator[tuple[int, np.ndarray]]:
    """Row and MinHash signature of each text that is long enough."""
    from rensa import RMinHash

    for start in range(0, len(texts), BATCH):
        part = texts.iloc[start : start + BATCH]
        begin = to_polars(part).str.head(START).str.to_lowercase()
        words = begin.str.extract_all(r"[\pL\pN]+")
        size = words.list.len().to_numpy().astype(np.int64)
        rows = np.flatnonzero(size >= LEAST_WORDS)
        if not len(rows):
            continue
        word = words.gather(rows).explode(empty_as_null=False).hash(1).to_numpy()
        runs = word[:-2] * _FIRST + word[1:-1] * _SECOND + word[2:]
        ends = np.append(0, np.cumsum(size[rows]))
        # no run reaches into the next text
        inside = np.ones(len(word), bool)
        inside[ends[1:] - 1] = inside[ends[1:] - 2] = False
        ends -= 2 * np.arange(len(ends))
        digest = RMinHash.digest_matrix_from_flat_token_hashes(
            runs[inside[:-2]], ends.astype(np.uint64), BANDS * ROWS, SEED
        )
        signatures = np.array(digest.to_rows(), np.uint32)
        yield from zip(start + rows, signatures, strict=True)


def _are_alike(one: str, other: str) -> bool:
    a, b = _runs(one), _runs(other)
    return len(a & b) >= ALIKE * len(a | b)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text[:START].lower().split()
    return set(zip(words, words[1:], words[2:], strict=False))
