"""All kept words of a corpus as one long stream of numbers, to be searched for equal
stretches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..cleaning import lines
from ..text import SENTENCE_END, TOKEN, term

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Stream", "mixed", "runs_of_equal", "word_stream"]

# Words: longer "sentences" are cut, so that a page without full stops is still read.
LONGEST_SENTENCE = 60
LINES = 200_000  # lines read at a time, so that memory does not grow with the corpus
# Multiplier of splitmix64: the golden ratio as a whole number of 64 bits.
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
NO_WORD = r"[^\p{L}\p{Nd}]"


@dataclass(frozen=True, slots=True)
class Stream:
    """All kept words of a corpus one after the other, in arrays (words,).

    A segment is a run of kept lines with no removed line in between: no passage reaches
    over what was taken out. A negative term of its own kind stands before each segment,
    so that equal stretches end there.
    """

    term: np.ndarray  # rank of the word's term among all terms of the corpus
    start: np.ndarray  # offsets into the source text
    end: np.ndarray
    segment: np.ndarray
    article: np.ndarray
    sentence: np.ndarray  # roughly


def mixed(numbers: np.ndarray) -> np.ndarray:
    """A well-spread 64-bit number for each whole number (the finaliser of splitmix64,
    Steele et al. 2014).
    """
    z = numbers.astype(np.uint64) * GOLDEN
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def runs_of_equal(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where runs of equal values in a row begin, and how long they are."""
    if not len(values):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first = np.flatnonzero(np.append(True, values[1:] != values[:-1]))
    return first, np.diff(np.append(first, len(values)))


def word_stream(articles: pd.DataFrame) -> Stream:
    """The words of the kept lines of articles, in the order of the articles."""
    numbers: dict[str, int] = {}
    frame = _kept_lines(articles)
    parts = [_words(part, numbers) for part in frame.iter_slices(LINES)]
    if not parts:
        parts = [_words(frame, numbers)]
    columns = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    rank = np.empty(len(numbers), np.int64)
    rank[[numbers[name] for name in sorted(numbers)]] = np.arange(len(numbers))
    columns["term"] = rank[columns["term"].astype(np.int64)]
    first, _ = runs_of_equal(columns["segment"])
    cuts = np.append(first if len(first) else 0, len(columns["segment"]))
    fresh = -1 - np.arange(len(cuts))
    opens = np.insert(columns.pop("opens"), cuts, True)
    fields = {name: np.insert(column, cuts, fresh) for name, column in columns.items()}
    return Stream(**fields, sentence=_sentences(opens))


def _kept_lines(articles: pd.DataFrame) -> pl.DataFrame:
    """The kept lines with the row of their article and the segment they lie in."""
    import polars as pl

    page = lines(articles)
    row = pd.Index(articles["article_id"]).get_indexer(page["article_id"].astype("str"))
    page = page.assign(row=row.astype(np.int64))
    page = page.sort_values(["row", "start"], kind="stable")
    article, kept = page["row"].to_numpy(), page["kept"].to_numpy(dtype=bool)
    opens = np.ones(len(page), bool)
    opens[1:] = (article[1:] != article[:-1]) | ~kept[:-1]
    columns = {
        "text": page["text"].to_numpy(dtype=object)[kept],
        "at": page["start"].to_numpy()[kept],
        "segment": np.cumsum(opens & kept)[kept],
        "article": article[kept],
        "line": np.arange(kept.sum()),
    }
    kinds = {name: pl.Int64 for name in columns} | {"text": pl.String}
    return pl.DataFrame(columns, schema_overrides=kinds)


def _sentences(opens: np.ndarray) -> np.ndarray:
    """The sentence of each word, from where sentences open; one that runs on is cut
    after every LONGEST_SENTENCE words.
    """
    sentence = np.cumsum(opens)
    first, size = runs_of_equal(sentence)
    place = np.arange(len(sentence)) - np.repeat(first, size)
    return np.cumsum((place % LONGEST_SENTENCE) == 0)


def _words(frame: pl.DataFrame, numbers: dict[str, int]) -> dict[str, np.ndarray]:
    """The words of some lines; each new term gets the next number."""
    import polars as pl

    # A piece is a word with all that stands between it and the word before.
    pieces = frame.select(
        "at",
        "segment",
        "article",
        "line",
        pl.col("text").str.extract_all(rf"{NO_WORD}*{TOKEN}").alias("piece"),
    ).explode("piece")
    piece = pl.col("piece")
    between = piece.str.extract(rf"^({NO_WORD}*)", 1)
    pieces = pieces.filter(piece.is_not_null()).with_columns(
        piece.str.replace(rf"^{NO_WORD}+", "").alias("token"),
        between.str.contains(SENTENCE_END).alias("stop"),
        piece.str.len_chars().cast(pl.Int64).alias("width"),
    )
    line, width = pieces["line"].to_numpy(), pieces["width"].to_numpy()
    first, size = runs_of_equal(line)
    past = width.cumsum()
    end = pieces["at"].to_numpy() + past - np.repeat((past - width)[first], size)
    opens = pieces["stop"].to_numpy().copy()
    opens[first] = True
    distinct = pieces["token"].unique().sort()
    number = [numbers.setdefault(term(token), len(numbers)) for token in distinct]
    terms = pieces["token"].replace_strict(
        distinct, pl.Series(number, dtype=pl.Int64), return_dtype=pl.Int64
    )
    length = pieces["token"].str.len_chars().cast(pl.Int64).to_numpy()
    return {
        "term": terms.to_numpy(),
        "start": end - length,
        "end": end,
        "segment": pieces["segment"].to_numpy(),
        "article": pieces["article"].to_numpy(),
        "opens": opens,
    }
