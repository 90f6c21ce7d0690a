"""Which figures are taken for figures of the same thing. English only.

Figures are compared only within a block of a story (`candidates`). What links two of
them are equal numbers, equal counted words and rare words that their sentences share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import pandas as pd

from .blocks import Topic
from .candidates import DAYS_APART, Figures, Pairs, figures_of, pairs_of
from .sums import FigureColumns, is_sum

__all__ = ["Links", "links"]


# Figures further apart are of different things: times between their numbers, and times
# where only their sentences are alike.
TIMES_APART, TIMES_APART_BY_WORDS = 20, 3
# Share of the counted words in common; cosine of the rare words around, where somebody
# came to harm and where nobody did.
SHARED, SIMILAR, SIMILAR_THINGS = 0.5, 0.15, 0.3
# Equal numbers or counted words alone link only articles this many days apart.
DAYS_NEAR = 3
# A link by words of the sentence names so many of them.
NAMED_WORDS = 4


class Link(StrEnum):
    """Why two figures are taken for figures of one thing, the strongest first."""

    SAME = "same"
    NAMED = "named"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Links:
    """Linked figures, by their rows: pairs, and why each row is linked."""

    first: np.ndarray
    second: np.ndarray
    why: Mapping[int, str]


def links(
    table: pd.DataFrame,
    topics: Sequence[Topic],
    rows: Sequence[FigureColumns],
    story: np.ndarray,
) -> Links:
    """Pairs of rows of `table` that are taken for figures of the same thing; `rows` are
    the same rows by name, `story` is the number of the story of each.

    Raises
    ------
    IdlibkitError
        If one block has more figures than can be compared each with each.
    """
    figures = figures_of(table, topics, story)
    linked = _linked_pairs(figures)
    parts = _parts_of_sums(figures, rows)
    n = len(figures.row)
    added = parts[:, 0] * n + parts[:, 1]
    linked = linked[~np.isin(linked["a"] * n + linked["b"], added)]
    first = np.concatenate([parts[:, 0], linked["a"].to_numpy(np.int64)])
    second = np.concatenate([parts[:, 1], linked["b"].to_numpy(np.int64)])
    why = _reasons(linked, topics, figures)
    return Links(figures.row[first], figures.row[second], why)


def _parts_of_sums(figures: Figures, rows: Sequence[FigureColumns]) -> np.ndarray:
    """Neighbouring figures of one block that one sentence adds up: (pairs, 2)."""
    near = figures.block[1:] == figures.block[:-1]
    own = [rows[n] for n in figures.row.tolist()]
    parts = [
        (n, n + 1)
        for n, (first, second) in enumerate(pairwise(own))
        if near[n] and is_sum(first, second)
    ]
    return np.array(parts, np.int64).reshape(-1, 2)


def _linked_pairs(figures: Figures) -> pd.DataFrame:
    """The linked pairs: `a`, `b`, `cosine` and the kind of link."""
    none = np.zeros(0, np.int64)
    parts = [pd.DataFrame({"a": none, "b": none, "cosine": 0.0, "kind": ""})]
    for pairs in pairs_of(figures):
        kind = _kinds_of_link(figures, pairs)
        columns = {"a": pairs.first, "b": pairs.second, "cosine": pairs.cosine}
        parts.append(pd.DataFrame(columns | {"kind": kind})[kind != ""])
    return pd.concat(parts, ignore_index=True)


def _kinds_of_link(figures: Figures, pairs: Pairs) -> np.ndarray:
    """The kind of link of each pair; empty for those that are not linked."""
    times = _times_apart(figures, pairs)
    apart = _days_apart(figures, pairs)
    year = figures.is_year[pairs.first]
    possible = year | ((times <= TIMES_APART) & ~(apart > DAYS_APART))
    near = apart <= DAYS_NEAR
    conditions = {
        Link.SAME: ~year & _have_equal_numbers(figures, pairs, near),
        Link.NAMED: ~year & _have_equal_words(figures, pairs, near),
        Link.CLOSE: _have_alike_sentences(figures, pairs, times),
    }
    return np.select(
        [condition & possible for condition in conditions.values()],
        [kind.value for kind in conditions],
        "",
    )


def _times_apart(figures: Figures, pairs: Pairs) -> np.ndarray:
    """How many times the lower figure the higher one is at the least."""
    low, high = figures.low, figures.high
    top = np.where(np.isfinite(high), high, low)
    a, b = pairs.first, pairs.second
    below = np.where(low[a] <= low[b], top[a], top[b])
    below = np.where(below > 0, below, 1)  # none, against some
    return np.maximum(1.0, np.maximum(low[a], low[b]) / below)


def _days_apart(figures: Figures, pairs: Pairs) -> np.ndarray:
    days = figures.published[pairs.first] - figures.published[pairs.second]
    return np.abs(days / np.timedelta64(1, "D"))


def _have_equal_numbers(figures: Figures, pairs: Pairs, near: np.ndarray) -> np.ndarray:
    """Equal numbers, and a very rare word beside them (bare ones: two), or one time."""
    harm, bare = figures.is_harm[pairs.first], figures.is_bare[pairs.first]
    at_one_time = near & (harm | (pairs.n_rare >= 1))
    alike = (pairs.n_very_rare >= 1) | at_one_time
    return pairs.equal & np.where(bare, pairs.n_very_rare >= 2, alike)


def _have_equal_words(figures: Figures, pairs: Pairs, near: np.ndarray) -> np.ndarray:
    """Half of the counted words in common, and very rare words beside, or one time."""
    needed = np.where(figures.is_harm[pairs.first], 1, 2)
    told_near = near & (pairs.n_rare >= needed)
    return (pairs.shared_modifiers >= SHARED) & (
        (pairs.n_very_rare >= needed) | told_near
    )


def _have_alike_sentences(
    figures: Figures, pairs: Pairs, times: np.ndarray
) -> np.ndarray:
    """Rare words in common, and no counted words that differ."""
    harm, year = figures.is_harm[pairs.first], figures.is_year[pairs.first]
    strict = ~(harm | year)
    alike = pairs.cosine >= np.where(strict, SIMILAR_THINGS, SIMILAR)
    enough = pairs.n_rare >= np.where(strict, 3, 2)
    enough |= harm & (pairs.n_very_rare >= 1) & (times <= 1.5)
    n_modifiers = figures.n_modifiers
    differ = (
        (n_modifiers[pairs.first] > 0)
        & (n_modifiers[pairs.second] > 0)
        & (pairs.shared_modifiers == 0)
    )
    return alike & enough & ~differ & (year | (times <= TIMES_APART_BY_WORDS))


def _reasons(
    pairs: pd.DataFrame, topics: Sequence[Topic], figures: Figures
) -> dict[int, str]:
    """Why each linked figure is linked: its strongest link, in words."""
    rank = {kind.value: n for n, kind in enumerate(Link)}
    ordered = pairs.assign(rank=pairs["kind"].map(rank)).sort_values(
        ["rank", "cosine", "a", "b"], ascending=[True, False, True, True]
    )
    reasons: dict[int, str] = {}
    columns = [ordered[name].tolist() for name in ("a", "b", "kind")]
    for a, b, kind in zip(*columns, strict=True):
        rows = int(figures.row[a]), int(figures.row[b])
        if all(row in reasons for row in rows):
            continue
        one, other = (topics[row] for row in rows)
        text = _reason(kind, one, other, figures.rare_words(a))
        for row in rows:
            reasons.setdefault(row, text)
    return reasons


def _reason(kind: str, one: Topic, other: Topic, weights: Mapping[str, float]) -> str:
    if kind == Link.SAME:
        return "the same number"
    if kind == Link.NAMED:
        return f"counted words: {', '.join(sorted(one.modifiers & other.modifiers))}"
    shared = [word for word in one.words & other.words if word in weights]
    shared.sort(key=lambda word: (-weights[word], word))
    return f"words around: {', '.join(shared[:NAMED_WORDS])}"
