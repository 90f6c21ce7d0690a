"""Equal runs of words in two articles, all of them, found without comparing everything
with everything: equal windows meet because they have the same hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .stream import GOLDEN, Stream, mixed, runs_of_equal

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MANY", "equal_runs"]

# Text found in more articles than this is paired with its earliest appearance only.
MANY = 50
REPEATS = 8  # times that one run of words is followed up within one article
BLOCK = 32  # words compared at a time
PAIR = ["article", "place", "article_right", "place_right"]


@dataclass(frozen=True, slots=True)
class _Windows:
    """Places (windows,) of all windows of k words, equal ones in a row; `first` and
    `size` (groups,) say which lie in one group of equal ones.
    """

    place: np.ndarray
    first: np.ndarray
    size: np.ndarray


def equal_runs(
    stream: Stream, k: int, age: np.ndarray, story: np.ndarray
) -> np.ndarray:
    """All maximal runs of at least k equal words: rows of (article a, article b, place
    a, place b, length).

    `age` (articles,) is the rank of each article by date; `story` (articles,) a number:
    only articles of one story are compared.
    """
    import polars as pl

    if len(stream.term) - k < 1:
        return np.empty((0, 5), np.int64)
    windows = _equal_windows(stream, k, story)
    members = _members(stream, windows)
    few = members.filter(pl.col("articles") <= MANY)
    many = members.filter(pl.col("articles") > MANY)
    pairs = [_same_rank(few), _with_last(few), _with_earliest(many, age)]
    table = pl.concat([pair.select(PAIR) for pair in pairs]).unique()
    seeds = table.to_numpy()[:, [0, 2, 1, 3]].astype(np.int64)
    return _extended(stream, seeds, k)


def _equal_windows(stream: Stream, k: int, story: np.ndarray) -> _Windows:
    n = len(stream.term) - k + 1
    key = np.zeros(n, np.uint64)
    word = mixed(stream.term)
    for offset in range(k):
        key = key * GOLDEN + word[offset : offset + n]
    place = np.flatnonzero(stream.segment[:n] == stream.segment[k - 1 :])
    key[place] += mixed(story[stream.article[place]])
    place = place[np.argsort(key[place], kind="stable")]
    first, size = runs_of_equal(key[place])
    return _Windows(place, first, size)


def _members(stream: Stream, windows: _Windows) -> pl.DataFrame:
    """The places of windows that stand in two articles or more: `rank` among those of
    its group in its article, `times` how many these are (eight at most), `articles` in
    how many articles the group is.

    A group of equal windows that is the group one word before, moved on by one, holds
    nothing new and is left out.
    """
    import polars as pl

    place, first, size = windows.place, windows.first, windows.size
    group = np.repeat(np.arange(len(first)), size)
    shift = mixed(place - place[first][group] + 1)
    sign = np.add.reduceat(shift, first) if len(first) else np.zeros(0, np.uint64)
    group_at = np.full(len(stream.term) + 1, -1)
    group_at[place] = group
    head = place[first]
    prior = group_at[head - 1]
    moved = (prior >= 0) & (head[prior] == head - 1) & (sign[prior] == sign)
    article = stream.article[place]
    in_two = article[first] != article[first + size - 1]
    wanted = (in_two & ~moved)[group]
    members = pl.DataFrame(
        {"group": group[wanted], "article": article[wanted], "place": place[wanted]}
    ).with_columns(
        pl.int_range(pl.len()).over("group", "article").alias("rank"),
        pl.len().over("group", "article").cast(pl.Int64).alias("times"),
        pl.col("article").n_unique().over("group").alias("articles"),
    )
    return members.filter(pl.col("rank") < REPEATS).with_columns(
        pl.min_horizontal("times", REPEATS).alias("times")
    )


def _same_rank(members: pl.DataFrame) -> pl.DataFrame:
    """Each place with those of other articles that are as far down their article."""
    import polars as pl

    pairs = members.join(members, on=["group", "rank"])
    return pairs.filter(pl.col("article") < pl.col("article_right"))


def _with_last(members: pl.DataFrame) -> pl.DataFrame:
    """Places that repeat more often in one article than in the other, with the last one
    of the other."""
    import polars as pl

    final = members.filter(pl.col("rank") == pl.col("times") - 1)
    pairs = members.filter(pl.col("rank") > 0).join(final, on="group")
    return _in_order(pairs.filter(pl.col("rank") > pl.col("rank_right")))


def _with_earliest(members: pl.DataFrame, age: np.ndarray) -> pl.DataFrame:
    """Places of what stands in many articles with the earliest article that has it."""
    import polars as pl

    dated = members.with_columns(pl.Series("age", age[members["article"].to_numpy()]))
    opening = dated.filter(pl.col("rank") == 0).sort("age")
    earliest = opening.group_by("group", maintain_order=True).first()
    return _in_order(dated.join(earliest, on="group"))


def _in_order(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of two articles, the lower number on the left."""
    import polars as pl

    pairs = pairs.filter(pl.col("article") != pl.col("article_right"))
    swap = pl.col("article") > pl.col("article_right")
    sides = ("article", "place")
    left = [
        pl.when(swap).then(f"{side}_right").otherwise(side).alias(side)
        for side in sides
    ]
    right = [
        pl.when(swap).then(side).otherwise(f"{side}_right").alias(f"{side}_right")
        for side in sides
    ]
    return pairs.select(*left, *right)


def _extended(stream: Stream, seeds: np.ndarray, k: int) -> np.ndarray:
    """Seeds (article a, article b, place a, place b) grown as far as the words are
    equal; one row per run, however many seeds lay in it.
    """
    terms, ahead = stream.term, np.arange(k)
    a, b = seeds[:, 2], seeds[:, 3]
    equal = terms[a[:, None] + ahead] == terms[b[:, None] + ahead]
    seeds = seeds[equal.all(axis=1)]
    diagonal = seeds[:, 3] - seeds[:, 2]
    seeds = seeds[np.lexsort((seeds[:, 2], diagonal, seeds[:, 1], seeds[:, 0]))]
    out = [np.empty((0, 5), np.int64)]
    while len(seeds):
        track = np.column_stack([seeds[:, :2], seeds[:, 3] - seeds[:, 2]])
        opens = np.append(True, (track[1:] != track[:-1]).any(axis=1))
        head = seeds[opens]
        a, b = head[:, 2], head[:, 3]
        left = _reach(terms, a, b, -1)
        right = _reach(terms, a + k - 1, b + k - 1, 1)
        out.append(np.column_stack([head[:, :2], a - left, b - left, left + right + k]))
        size = np.diff(np.append(np.flatnonzero(opens), len(seeds)))
        seeds = seeds[seeds[:, 2] >= np.repeat(a + right + k, size)]
    runs = np.concatenate(out)
    return runs[np.lexsort((runs[:, 3], runs[:, 2], runs[:, 1], runs[:, 0]))]


def _reach(terms: np.ndarray, a: np.ndarray, b: np.ndarray, step: int) -> np.ndarray:
    """How many further words are equal from places a and b on, in one direction."""
    reach = np.zeros(len(a), np.int64)
    open_ = np.arange(len(a))
    last = len(terms) - 1
    while len(open_):
        ahead = reach[open_][:, None] + np.arange(1, BLOCK + 1)
        # A place beyond the ends compares a sentinel with something else.
        at_a = np.clip(a[open_][:, None] + step * ahead, 0, last)
        at_b = np.clip(b[open_][:, None] + step * ahead, 0, last)
        equal = (terms[at_a] == terms[at_b]) & (at_a != at_b)
        run = np.where(equal.all(axis=1), BLOCK, equal.argmin(axis=1))
        reach[open_] += run
        open_ = open_[run == BLOCK]
    return reach
