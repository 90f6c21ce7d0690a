"""Where two articles may have the same words: equal runs for certain, and sentences
that are probably edited copies.

The kept words of all articles stand in one long stream of numbers. Nothing is ever
compared with everything: equal windows meet because they have the same hash, sentences
alike because a band of their MinHash signatures is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..cleaning import lines
from ..text import TOKEN, term

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Stream", "equal_runs", "sentences_alike", "word_stream"]


MANY = 50  # text found in more articles than this is paired with its earliest appearance only
REPEATS = 8  # times that one run of words is followed up within one article
# Sentences with 65 % of their words and word pairs in common become candidates with p =
# .96, with 7 % 5e-6.
BANDS, ROWS = 42, 6
LEAST_ALIKE = 0.35  # estimated share of words and word pairs in common, below which candidates are not aligned
LONGEST_UNIT = 60  # words: longer "sentences" are cut, so that a page without full stops is still read
MIX = np.uint64(0x9E3779B97F4A7C15)
SENTENCE_END = r"""[.!?…。！？]["'”’»)\]]*\s|\n"""


@dataclass
class Stream:
    """All kept words of a corpus one after the other; a negative term of its own kind
    stands before each segment.

    A segment is a run of kept lines with no removed line in between: no passage reaches
    over what was taken out.
    """

    term: np.ndarray  # rank of the word's term among all terms of the corpus
    start: np.ndarray  # offsets into the source text
    end: np.ndarray
    segment: np.ndarray
    article: np.ndarray
    unit: np.ndarray  # sentence, roughly


def word_stream(articles: pd.DataFrame) -> Stream:
    import polars as pl

    page = lines(articles)
    row = (
        pd.Index(articles["article_id"])
        .get_indexer(page["article_id"].astype("str"))
        .astype(np.int64)
    )
    page = page.assign(row=row).sort_values(["row", "start"], kind="stable")
    row, kept = page["row"].to_numpy(), page["kept"].to_numpy(dtype=bool)
    opens = np.ones(len(page), bool)
    opens[1:] = (row[1:] != row[:-1]) | ~kept[:-1]
    segment = np.cumsum(opens & kept)[kept]
    frame = pl.DataFrame(
        {"text": page["text"].to_numpy(dtype=object)[kept], "at": page["start"].to_numpy()[kept], "segment": segment,
         "article": row[kept], "line": np.arange(kept.sum())},
        schema_overrides={"text": pl.String, "at": pl.Int64, "segment": pl.Int64, "article": pl.Int64},
    )  # fmt: skip
    known: dict[str, int] = {}
    parts = [_words(part, known) for part in frame.iter_slices(200_000)] or [
        _words(frame, known)
    ]
    words = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    rank = np.empty(len(known), np.int64)
    rank[[known[name] for name in sorted(known)]] = np.arange(len(known))
    words["term"] = rank[words["term"].astype(np.int64)]
    size = len(words["term"])
    cut = (
        np.flatnonzero(np.append(True, words["segment"][1:] != words["segment"][:-1]))
        if size
        else np.array([0])
    )
    fresh = -1 - np.arange(len(cut) + 1)
    cut = np.append(cut, size)
    fields = {
        name: np.insert(values, cut, fresh)
        for name, values in words.items()
        if name != "opens"
    }
    unit = np.cumsum(np.insert(words["opens"], cut, True))
    # a unit that runs on is cut after every LONGEST_UNIT words
    first = np.flatnonzero(np.append(True, unit[1:] != unit[:-1]))
    place = np.arange(len(unit)) - np.repeat(
        first, np.diff(np.append(first, len(unit)))
    )
    return Stream(**fields, unit=np.cumsum((place % LONGEST_UNIT) == 0))


def _words(frame: pl.DataFrame, known: dict[str, int]) -> dict[str, np.ndarray]:
    """The words of some lines; `known` gives each new term the next number."""
    import polars as pl

    pieces = frame.select(
        "at",
        "segment",
        "article",
        "line",
        pl.col("text").str.extract_all(r"[^\p{L}\p{Nd}]*" + TOKEN).alias("piece"),
    ).explode("piece")
    pieces = pieces.filter(pl.col("piece").is_not_null()).with_columns(
        pl.col("piece").str.replace(r"^[^\p{L}\p{Nd}]+", "").alias("token"),
        pl.col("piece")
        .str.extract(r"^([^\p{L}\p{Nd}]*)", 1)
        .str.contains(SENTENCE_END)
        .alias("stop"),
        pl.col("piece").str.len_chars().cast(pl.Int64).alias("width"),
    )
    past = pieces["width"].cum_sum().to_numpy()
    line = pieces["line"].to_numpy()
    new = np.append(True, line[1:] != line[:-1])[: len(line)]
    before = np.repeat(
        (past - pieces["width"].to_numpy())[new],
        np.diff(np.append(np.flatnonzero(new), len(line))),
    )
    end = pieces["at"].to_numpy() + past - before
    distinct = pieces["token"].unique().sort()
    number = [known.setdefault(term(token), len(known)) for token in distinct]
    terms = pieces["token"].replace_strict(
        distinct, pl.Series(number, dtype=pl.Int64), return_dtype=pl.Int64
    )
    return {
        "term": terms.to_numpy(), "start": end - pieces["token"].str.len_chars().cast(pl.Int64).to_numpy(), "end": end,
        "segment": pieces["segment"].to_numpy(), "article": pieces["article"].to_numpy(),
        "opens": pieces["stop"].to_numpy() | new,
    }  # fmt: skip


def _mixed(x: np.ndarray) -> np.ndarray:
    """A well-spread 64-bit number for each whole number (the finaliser of splitmix64,
    Steele et al. 2014).
    """
    z = x.astype(np.uint64) * MIX
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def equal_runs(stream: Stream, k: int, age: np.ndarray) -> np.ndarray:
    """All maximal runs of at least k equal words: rows of (article a, article b, place
    a, place b, length).
    """
    import polars as pl

    t = stream.term
    n = len(t) - k + 1
    if n < 2:
        return np.empty((0, 5), np.int64)
    key = np.zeros(n, np.uint64)
    word = _mixed(t)
    for j in range(k):
        key = key * MIX + word[j : j + n]
    place = np.flatnonzero(stream.segment[:n] == stream.segment[k - 1 :])
    place = place[np.argsort(key[place], kind="stable")]
    key = key[place]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    last = np.append(first[1:], len(key)) - 1
    article = stream.article[place]
    group = np.repeat(np.arange(len(first)), last - first + 1)
    # A group of equal windows that is the group one word before, moved on by one, holds
    # nothing new.
    shift = _mixed(place - place[first][group] + 1)
    sign = np.add.reduceat(shift, first) if len(first) else np.zeros(0, np.uint64)
    group_at = np.full(len(t) + 1, -1)
    group_at[place] = group
    head = place[first]
    prior = group_at[head - 1]
    same = (prior >= 0) & (head[prior] == head - 1) & (sign[prior] == sign)
    wanted = ((article[first] != article[last]) & ~same)[group]
    members = pl.DataFrame(
        {"group": group[wanted], "article": article[wanted], "place": place[wanted]}
    ).with_columns(
        pl.int_range(pl.len()).over("group", "article").alias("rank"),
        pl.len().over("group", "article").cast(pl.Int64).alias("times"),
        pl.col("article").n_unique().over("group").alias("articles"),
    )
    members = members.filter(pl.col("rank") < REPEATS).with_columns(
        pl.min_horizontal("times", REPEATS).alias("times")
    )
    few, many = (
        members.filter(pl.col("articles") <= MANY),
        members.filter(pl.col("articles") > MANY),
    )
    side = ["article", "place", "article_right", "place_right"]
    pairs = [
        few.join(few, on=["group", "rank"])
        .filter(pl.col("article") < pl.col("article_right"))
        .select(side)
    ]
    final = few.filter(pl.col("rank") == pl.col("times") - 1)
    rest = few.filter(pl.col("rank") > 0).join(final, on="group").filter(
        (pl.col("article") != pl.col("article_right")) & (pl.col("rank") > pl.col("rank_right"))
    )  # fmt: skip
    star = many.with_columns(pl.Series("age", age[many["article"].to_numpy()]))
    centre = (
        star.filter(pl.col("rank") == 0)
        .sort("age")
        .group_by("group", maintain_order=True)
        .first()
    )
    for extra in (
        rest,
        star.join(centre, on="group").filter(
            pl.col("article") != pl.col("article_right")
        ),
    ):
        swap = pl.col("article") > pl.col("article_right")
        pairs.append(
            extra.select(
                pl.when(swap).then(f"{name}_right").otherwise(name).alias(name)
                for name in ("article", "place")
            ).hstack(
                extra.select(
                    pl.when(swap)
                    .then(name)
                    .otherwise(f"{name}_right")
                    .alias(f"{name}_right")
                    for name in ("article", "place")
                )
            )
        )
    seeds = pl.concat(pairs).unique().to_numpy()[:, [0, 2, 1, 3]].astype(np.int64)
    return _extended(stream, seeds, k)


def _extended(stream: Stream, seeds: np.ndarray, k: int) -> np.ndarray:
    """Seeds grown as far as the words are equal; one row per run, however many seeds
    lay in it.
    """
    t = stream.term
    a, b = seeds[:, 2], seeds[:, 3]
    seeds = seeds[
        (t[a[:, None] + np.arange(k)] == t[b[:, None] + np.arange(k)]).all(axis=1)
    ]
    diagonal = seeds[:, 3] - seeds[:, 2]
    seeds = seeds[np.lexsort((seeds[:, 2], diagonal, seeds[:, 1], seeds[:, 0]))]
    out = []
    while len(seeds):
        track = np.column_stack([seeds[:, :2], seeds[:, 3] - seeds[:, 2]])
        first = np.append(True, (track[1:] != track[:-1]).any(axis=1))
        head = seeds[first]
        left = _reach(t, head[:, 2], head[:, 3], -1)
        right = _reach(t, head[:, 2] + k - 1, head[:, 3] + k - 1, 1)
        out.append(
            np.column_stack(
                [head[:, :2], head[:, 2] - left, head[:, 3] - left, left + right + k]
            )
        )
        stop = np.repeat(
            head[:, 2] + right + k,
            np.diff(np.append(np.flatnonzero(first), len(seeds))),
        )
        seeds = seeds[seeds[:, 2] >= stop]
    found = np.concatenate(out) if out else np.empty((0, 5), np.int64)
    return found[np.lexsort((found[:, 3], found[:, 2], found[:, 1], found[:, 0]))]


def _reach(
    t: np.ndarray, a: np.ndarray, b: np.ndarray, step: int, block: int = 32
) -> np.ndarray:
    """How many further words are equal from places a and b on, in one direction."""
    reach = np.zeros(len(a), np.int64)
    open_ = np.arange(len(a))
    while len(open_):
        ahead = reach[open_][:, None] + np.arange(1, block + 1)
        # a place beyond the ends compares a sentinel with something else
        at_a = np.clip(a[open_][:, None] + step * ahead, 0, len(t) - 1)
        at_b = np.clip(b[open_][:, None] + step * ahead, 0, len(t) - 1)
        equal = (t[at_a] == t[at_b]) & (at_a != at_b)
        run = np.where(equal.all(axis=1), block, equal.argmin(axis=1))
        reach[open_] += run
        open_ = open_[run == block]
    return reach


def sentences_alike(stream: Stream, k: int, age: np.ndarray) -> np.ndarray:
    """Pairs of sentences that may be edited copies: rows of (article a, article b,
    start a, end a, start b, end b).
    """
    import polars as pl
    from rensa import RMinHash

    first = np.flatnonzero(np.append(True, stream.unit[1:] != stream.unit[:-1]))
    last = np.append(first[1:], len(stream.unit))
    first = first + (stream.term[first] < 0)
    long = last - first >= max(5, k * 2 // 3)
    first, last = first[long], last[long]
    none = np.empty((0, 6), np.int64)
    if len(first) < 2:
        return none
    word = _mixed(stream.term)
    pair = _mixed(word[:-1] * MIX + word[1:])
    words_to, pairs_to = (np.append(np.uint64(0), np.cumsum(x)) for x in (word, pair))
    content = _mixed(words_to[last] - words_to[first]) + (
        pairs_to[last - 1] - pairs_to[first]
    )
    article = stream.article[first]
    units = pl.DataFrame(
        {
            "content": content,
            "row": np.arange(len(first)),
            "article": article,
            "age": age[article],
        }
    )
    units = units.sort("age", "row").unique(
        ["content", "article"], keep="first", maintain_order=True
    )
    distinct = units.group_by("content", maintain_order=True).first()["row"].to_numpy()
    bands, sketches = [], []
    for at in range(0, len(distinct), 50_000):
        rows = distinct[at : at + 50_000]
        size = last[rows] - first[rows]
        offset = np.append(0, np.cumsum(size))
        index = (
            np.arange(offset[-1])
            - np.repeat(offset[:-1], size)
            + np.repeat(first[rows], size)
        )
        tokens = np.column_stack([word[index], pair[index]])
        tokens[offset[1:] - 1, 1] = tokens[
            offset[1:] - 1, 0
        ]  # no pair reaches out of the sentence
        digest = RMinHash.digest_matrix_from_flat_token_hashes(
            tokens.ravel(), (2 * offset).astype(np.uint64), BANDS * ROWS, 7
        )
        signature = np.array(digest.to_rows(), np.uint64).reshape(
            len(rows), BANDS, ROWS
        )
        key = np.zeros((len(rows), BANDS), np.uint64)
        for j in range(ROWS):
            key = _mixed(key + signature[:, :, j])
        bands.append(key)
        sketches.append(
            signature.reshape(len(rows), -1).astype(np.uint8)
        )  # eight bits are enough (Li & König 2010)
    key, sketch = np.concatenate(bands), np.concatenate(sketches)
    near: list[np.ndarray] = []

    def keep(x: np.ndarray, y: np.ndarray) -> None:
        for part in range(0, len(x), 1 << 16):
            i, j = x[part : part + (1 << 16)], y[part : part + (1 << 16)]
            agree = (sketch[i] == sketch[j]).mean(axis=1)
            alike = (agree - 1 / 256) / (1 - 1 / 256) >= LEAST_ALIKE
            near.append(np.column_stack([i[alike], j[alike]]))

    for band in range(BANDS):
        order = np.argsort(key[:, band], kind="stable")
        sorted_key = key[order, band]
        new = np.append(True, sorted_key[1:] != sorted_key[:-1])
        start = np.flatnonzero(new)
        place = np.arange(len(order)) - np.repeat(
            start, np.diff(np.append(start, len(order)))
        )
        for back in range(
            1, MANY
        ):  # each with those before it in its bucket, with the first if they are many
            at = np.flatnonzero(place >= back)
            if not len(at):
                break
            keep(order[at - back], order[at])
        at = np.flatnonzero(place >= MANY)
        keep(order[at - place[at]], order[at])
    links = (
        np.unique(np.sort(np.concatenate(near), axis=1), axis=0)
        if near
        else np.empty((0, 2), np.int64)
    )
    # every article that has the one sentence with every article that has the other: the
    # 20 earliest of each
    numbered = pl.DataFrame(
        {"content": content[distinct], "number": np.arange(len(distinct))}
    )
    holders = units.join(numbered, on="content").filter(
        pl.int_range(pl.len()).over("number") < 20
    )
    links = (
        pl.DataFrame({"x": links[:, 0], "y": links[:, 1]})
        .join(holders.select(x="number", row="row"), on="x")
        .join(holders.select(y="number", other="row"), on="y")
    )
    i, j = links["row"].to_numpy(), links["other"].to_numpy()
    i, j = (
        np.where(article[i] < article[j], i, j),
        np.where(article[i] < article[j], j, i),
    )
    apart = article[i] != article[j]
    i, j = i[apart], j[apart]
    out = np.column_stack(
        [article[i], article[j], first[i], last[i], first[j], last[j]]
    )
    return np.unique(out, axis=0)
