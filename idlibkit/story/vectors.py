"""Articles as vectors of what they are about: words and pairs of words, the rare ones
heavy, and those of the first paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..text import encode, stem, stop_list, term
from .stream import mixed

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["FEATURES", "Features", "article_vectors", "features_of", "vectors_of"]

# News tells the event first and its background after: the weight of a word falls with
# its place (in words), down to a tenth.
LEAD, BACKGROUND = 80, 0.1
# Two words make a pair where they stand no more than three places apart and at most one
# other counted word is between them: "Court of Appeals", "Appeals Court".
SKIPS, PLACES = 1, 3
# As if so many articles on something else were there as well: in a small collection a
# word that all articles have is not worthless.
OTHERS = 30
# What one article alone has tells nothing where many could have had it, and only makes
# the article long: its share in the length is FEW / (FEW + number of articles).
FEW = 20
# Numbers for words, and as many for pairs of words; two seldom have the same.
FEATURES = 1 << 22
ARTICLES = 2_000  # read at a time, so that memory does not grow with the tokens


@dataclass(frozen=True, slots=True)
class _Words:
    """The counted words of some articles in order, in arrays (words,): their number,
    their article, their place in it, and their weight by that place.
    """

    number: np.ndarray
    article: np.ndarray
    place: np.ndarray
    weight: np.ndarray


@dataclass(frozen=True, slots=True)
class Features:
    """What is counted in some articles: their words and their pairs of words, each a
    list of tables (articles, features).
    """

    words: list[csr_array]
    pairs: list[csr_array]

    @property
    def times(self) -> np.ndarray:
        """In how many articles each word, and each pair, stands: (2, features)."""
        return np.array([_times(self.words), _times(self.pairs)])


def article_vectors(texts: pd.Series) -> csr_array:
    """The vectors (articles, features) of articles; see `vectors_of`."""
    features = features_of(texts)
    return vectors_of(features, features.times, len(texts))


def features_of(texts: pd.Series) -> Features:
    """The words of some articles, which may be a part of all."""
    words, pairs = [], []
    for start in range(0, max(len(texts), 1), ARTICLES):
        batch = texts.iloc[start : start + ARTICLES]
        read = _read(batch)
        words.append(_counts(read, len(batch)))
        pairs.append(_pair_counts(read, len(batch)))
    return Features(words, pairs)


def vectors_of(features: Features, times: np.ndarray, n_articles: int) -> csr_array:
    """The vectors of articles, of which there are so many in all, with the words that
    stand in so many of these; the product of two vectors is their similarity, the mean
    of two cosines, one of words and one of pairs of words.

    A feature weighs log(1 + its count, by place) times the log of the share of articles
    that have it; see OTHERS and FEW for what is not as in plain TF-IDF.
    """
    from scipy import sparse

    weighted = (
        _weighted(tables, of_kind, n_articles)
        for tables, of_kind in zip((features.words, features.pairs), times, strict=True)
    )
    # Of a sum of two cosines each counts half.
    half = np.float32(np.sqrt(0.5))
    parts = zip(*weighted, strict=True)
    return sparse.vstack([sparse.hstack(part).tocsr() * half for part in parts]).tocsr()


def _read(texts: pd.Series) -> _Words:
    """The words of texts without stop words."""
    codes, sizes, tokens = encode(texts)
    of_token = np.array([_number(token) for token in tokens], np.int64)
    article = np.repeat(np.arange(len(sizes)), sizes)
    first = np.cumsum(sizes) - sizes
    place = np.arange(len(codes)) - np.repeat(first, sizes)
    number = of_token[codes] if len(codes) else np.zeros(0, np.int64)
    counted = number >= 0
    weight = BACKGROUND + (1 - BACKGROUND) * np.exp(-place[counted] / LEAD)
    return _Words(number[counted], article[counted], place[counted], weight)


@lru_cache(maxsize=1 << 16)
def _number(token: str) -> int:
    """The number of a word's stem, which hangs on no other word; -1 for stop words and
    single letters.
    """
    word = term(token)
    if len(word) < 2 or word in stop_list("english"):
        return -1
    digest = blake2b(stem(word).encode(errors="replace"), digest_size=8).digest()
    return int.from_bytes(digest) % FEATURES


def _counts(words: _Words, n_articles: int) -> csr_array:
    """Counts of each word, by place, in each article."""
    shape = (n_articles, FEATURES)
    return _table(words.weight, words.article, words.number, shape)


def _pair_counts(words: _Words, n_articles: int) -> csr_array:
    """Counts of each pair of words, by the place of the first, in each article."""
    shape = (n_articles, FEATURES)
    nothing = np.zeros(0)
    table = _table(nothing, nothing, nothing, shape)
    for step in range(1, SKIPS + 2):
        left, right = slice(None, -step), slice(step, None)
        near = words.place[right] - words.place[left] <= PLACES
        near &= words.article[right] == words.article[left]
        first, second = words.number[left][near], words.number[right][near]
        pair = mixed(mixed(first) + second.astype(np.uint64)) % np.uint64(FEATURES)
        weight = words.weight[left][near]
        table = table + _table(weight, words.article[left][near], pair, shape)
    return table


def _table(
    weight: np.ndarray, article: np.ndarray, feature: np.ndarray, shape: tuple[int, int]
) -> csr_array:
    """A table of articles and features; what is there more than once is summed."""
    from scipy import sparse

    places = (article.astype(np.int32), feature.astype(np.int32))
    return sparse.coo_array((weight.astype(np.float32), places), shape=shape).tocsr()


def _times(counts: list[csr_array]) -> np.ndarray:
    """In how many articles each feature stands."""
    times = np.zeros(counts[0].shape[1], np.int32)
    for table in counts:
        times += np.bincount(table.indices, minlength=len(times)).astype(np.int32)
    return times


def _weighted(counts: list[csr_array], times: np.ndarray, n: int) -> list[csr_array]:
    """TF-IDF of unit length, without the features that one article alone has; table by
    table, so that little is held at a time.
    """
    rarity = np.log((n + OTHERS + 1) / (times + 1)).astype(np.float32)
    return [_weighted_table(table, times, rarity, n) for table in counts]


def _weighted_table(
    counts: csr_array, times: np.ndarray, rarity: np.ndarray, n: int
) -> csr_array:
    from scipy import sparse

    values = np.log1p(counts.data) * rarity[counts.indices]
    shared = times[counts.indices] > 1
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    share = np.where(shared, 1, FEW / (FEW + n))
    length = np.sqrt(np.bincount(rows, values**2 * share, counts.shape[0]))
    values = values / np.maximum(length, 1e-9)[rows].astype(np.float32)
    places = (rows[shared], counts.indices[shared])
    return sparse.csr_array((values[shared], places), shape=counts.shape)
