"""Articles as vectors of what they are about: words and pairs of words, the rare ones
heavy, and those of the first paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..text import encode, stem, stop_list, term
from .stream import mixed

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["article_vectors"]

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
WORDS = 1 << 22  # numbers for words; an archive of any size has fewer
PAIRS = 1 << 22  # numbers for pairs of words; two pairs seldom have the same
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


def article_vectors(texts: pd.Series) -> csr_array:
    """The vectors (articles, features) of articles; the product of two is their
    similarity, the mean of two cosines, one of words and one of pairs of words.

    A feature weighs log(1 + its count, by place) times the log of the share of articles
    that have it; see OTHERS and FEW for what is not as in plain TF-IDF.
    """
    from scipy import sparse

    numbers: dict[str, int] = {}
    words, pairs = [], []
    for start in range(0, max(len(texts), 1), ARTICLES):
        batch = texts.iloc[start : start + ARTICLES]
        read = _read(batch, numbers)
        words.append(_counts(read, len(batch)))
        pairs.append(_pair_counts(read, len(batch)))
    parts = zip(_weighted(words), _weighted(pairs), strict=True)
    # Of a sum of two cosines each counts half.
    half = np.float32(np.sqrt(0.5))
    return sparse.vstack([sparse.hstack(part).tocsr() * half for part in parts]).tocsr()


def _read(texts: pd.Series, numbers: dict[str, int]) -> _Words:
    """The words of texts without stop words; each new stem gets the next number."""
    codes, sizes, tokens = encode(texts)
    of_token = np.array([_number(token, numbers) for token in tokens], np.int64)
    article = np.repeat(np.arange(len(sizes)), sizes)
    first = np.cumsum(sizes) - sizes
    place = np.arange(len(codes)) - np.repeat(first, sizes)
    number = of_token[codes] if len(codes) else np.zeros(0, np.int64)
    counted = number >= 0
    weight = BACKGROUND + (1 - BACKGROUND) * np.exp(-place[counted] / LEAD)
    return _Words(number[counted], article[counted], place[counted], weight)


def _number(token: str, numbers: dict[str, int]) -> int:
    """The number of a word's stem; -1 for stop words and single letters."""
    key = _key(token)
    return numbers.setdefault(key, len(numbers) % WORDS) if key else -1


@lru_cache(maxsize=1 << 16)
def _key(token: str) -> str:
    word = term(token)
    if len(word) < 2 or word in stop_list("english"):
        return ""
    return stem(word)


def _counts(words: _Words, n_articles: int) -> csr_array:
    """Counts of each word, by place, in each article."""
    shape = (n_articles, WORDS)
    return _table(words.weight, words.article, words.number, shape)


def _pair_counts(words: _Words, n_articles: int) -> csr_array:
    """Counts of each pair of words, by the place of the first, in each article."""
    shape = (n_articles, PAIRS)
    nothing = np.zeros(0)
    table = _table(nothing, nothing, nothing, shape)
    for step in range(1, SKIPS + 2):
        left, right = slice(None, -step), slice(step, None)
        near = words.place[right] - words.place[left] <= PLACES
        near &= words.article[right] == words.article[left]
        first, second = words.number[left][near], words.number[right][near]
        pair = mixed(mixed(first) + second.astype(np.uint64)) % np.uint64(PAIRS)
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


def _weighted(counts: list[csr_array]) -> list[csr_array]:
    """TF-IDF of unit length, without the features that one article alone has; table by
    table, so that little is held at a time.
    """
    n = sum(table.shape[0] for table in counts)
    times = np.zeros(counts[0].shape[1], np.int32)
    for table in counts:
        times += np.bincount(table.indices, minlength=len(times)).astype(np.int32)
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
