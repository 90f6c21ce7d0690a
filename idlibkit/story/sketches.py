"""Sentences that are probably edited copies of each other: they meet because a band of
their MinHash signatures is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .runs import MANY
from .stream import GOLDEN, Stream, mixed, runs_of_equal

if TYPE_CHECKING:
    import polars as pl

__all__ = ["sentences_alike"]

# Sentences with 65 % of their words and word pairs in common become candidates with
# p = .96, with 7 % 5e-6.
BANDS, ROWS = 42, 6
# Estimated share of words and word pairs in common, below which candidates are not
# aligned.
LEAST_ALIKE = 0.35
SEED = 7  # of the hashes
AT_A_TIME = 5_000  # sentences
PAIRS_AT_A_TIME = 1 << 16
MOST_COPIES = 20  # articles that print a sentence, the earliest, which are compared


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Sentences that are long enough to be compared, in arrays (sentences,): their
    first word and the end, their article, a number for their story, and one for what
    they say in it.
    """

    first: np.ndarray
    last: np.ndarray
    article: np.ndarray
    story: np.ndarray
    content: np.ndarray


def sentences_alike(
    stream: Stream, k: int, age: np.ndarray, story: np.ndarray
) -> np.ndarray:
    """Pairs of sentences that may be edited copies: rows of (article a, article b,
    start a, end a, start b, end b).

    `age` (articles,) is the rank of each article by date; `story` (articles,) a number:
    only articles of one story are compared.
    """
    word = mixed(stream.term)
    pair = mixed(word[:-1] * GOLDEN + word[1:])
    least = max(5, k * 2 // 3)
    sentences = _long_sentences(stream, least, word, pair, mixed(story))
    if len(sentences.first) < 2:
        return np.empty((0, 6), np.int64)
    holders = _holders(sentences, age)
    distinct = holders.unique("content", keep="first", maintain_order=True)["row"]
    key, sketch = _signatures(sentences, distinct.to_numpy(), word, pair)
    return _copies(sentences, holders, _links(key, sketch))


def _long_sentences(
    stream: Stream,
    least: int,
    word: np.ndarray,
    pair: np.ndarray,
    story: np.ndarray,
) -> _Sentences:
    first, size = runs_of_equal(stream.sentence)
    last = first + size
    first = first + (stream.term[first] < 0)
    long = last - first >= least
    first, last = first[long], last[long]
    words_to = np.append(np.uint64(0), np.cumsum(word))
    pairs_to = np.append(np.uint64(0), np.cumsum(pair))
    words = words_to[last] - words_to[first]
    content = mixed(words) + (pairs_to[last - 1] - pairs_to[first])
    article = stream.article[first]
    return _Sentences(first, last, article, story[article], content + story[article])


def _holders(sentences: _Sentences, age: np.ndarray) -> pl.DataFrame:
    """Which article has which sentence (`content`), the earliest first, each once."""
    import polars as pl

    table = pl.DataFrame(
        {
            "content": sentences.content,
            "row": np.arange(len(sentences.first)),
            "article": sentences.article,
            "age": age[sentences.article],
        }
    )
    by_age = table.sort("age", "row")
    return by_age.unique(["content", "article"], keep="first", maintain_order=True)


def _signatures(
    sentences: _Sentences, rows: np.ndarray, word: np.ndarray, pair: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each sentence a key per band, (rows, BANDS), and a sketch of the whole
    signature, of which eight bits a number are enough (Li & König 2010), (rows, BANDS *
    ROWS).
    """
    from rensa import RMinHash

    keys, sketches = [], []
    for start in range(0, len(rows), AT_A_TIME):
        some = rows[start : start + AT_A_TIME]
        size = sentences.last[some] - sentences.first[some]
        ends = np.append(0, np.cumsum(size))
        begin = np.repeat(sentences.first[some] - ends[:-1], size)
        index = np.arange(ends[-1]) + begin
        tokens = np.column_stack([word[index], pair[index]])
        # No pair reaches out of the sentence.
        tokens[ends[1:] - 1, 1] = tokens[ends[1:] - 1, 0]
        digest = RMinHash.digest_matrix_from_flat_token_hashes(
            tokens.ravel(), (2 * ends).astype(np.uint64), BANDS * ROWS, SEED
        )
        signature = np.array(digest.to_rows(), np.uint64)
        by_band = signature.reshape(len(some), BANDS, ROWS)
        key = np.repeat(sentences.story[some][:, None], BANDS, axis=1)
        for row in range(ROWS):
            key = mixed(key + by_band[:, :, row])
        keys.append(key)
        sketches.append(signature.astype(np.uint8))
    return np.concatenate(keys), np.concatenate(sketches)


def _links(key: np.ndarray, sketch: np.ndarray) -> np.ndarray:
    """Pairs of sentences with a band and much of their sketches in common."""
    near = [np.empty((0, 2), np.int64)]
    for band in range(BANDS):
        order = np.argsort(key[:, band], kind="stable")
        first, size = runs_of_equal(key[order, band])
        place = np.arange(len(order)) - np.repeat(first, size)
        # Each with those before it in its bucket; where they are many, with the first.
        for back in range(1, MANY):
            later = np.flatnonzero(place >= back)
            if not len(later):
                break
            near += _near(sketch, order[later - back], order[later])
        later = np.flatnonzero(place >= MANY)
        near += _near(sketch, order[later - place[later]], order[later])
    return np.unique(np.sort(np.concatenate(near), axis=1), axis=0)


def _near(sketch: np.ndarray, x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """The pairs of which the sketches have enough in common."""
    out = []
    for start in range(0, len(x), PAIRS_AT_A_TIME):
        i, j = x[start : start + PAIRS_AT_A_TIME], y[start : start + PAIRS_AT_A_TIME]
        agree = (sketch[i] == sketch[j]).mean(axis=1)
        share = (agree - 1 / 256) / (1 - 1 / 256)  # less what agrees by chance
        alike = share >= LEAST_ALIKE
        out.append(np.column_stack([i[alike], j[alike]]))
    return out


def _copies(
    sentences: _Sentences, holders: pl.DataFrame, links: np.ndarray
) -> np.ndarray:
    """Every article that has the one sentence of a link with every article that has the
    other.
    """
    import polars as pl

    content = holders.unique("content", keep="first", maintain_order=True)
    numbered = content.select("content").with_row_index("number")
    numbered = numbered.with_columns(pl.col("number").cast(pl.Int64))
    places = holders.join(numbered, on="content", maintain_order="left")
    places = places.filter(pl.int_range(pl.len()).over("number") < MOST_COPIES)
    pairs = (
        pl.DataFrame({"x": links[:, 0], "y": links[:, 1]})
        .join(places.select(x="number", row="row"), on="x")
        .join(places.select(y="number", other="row"), on="y")
    )
    i, j = pairs["row"].to_numpy(), pairs["other"].to_numpy()
    article = sentences.article
    lower = article[i] < article[j]
    i, j = np.where(lower, i, j), np.where(lower, j, i)
    apart = article[i] != article[j]
    i, j = i[apart], j[apart]
    first, last = sentences.first, sentences.last
    columns = [article[i], article[j], first[i], last[i], first[j], last[j]]
    return np.unique(np.column_stack(columns), axis=0)
