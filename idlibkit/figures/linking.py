"""Which figures are taken for figures of the same thing. English only.

Figures are compared only within a block (`blocks`). What links two of them are equal
numbers, equal counted words and rare words that their sentences share.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..tables import IdlibkitError
from .blocks import Topic, base_units
from .sums import figure_rows, parts_of_a_sum

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Links", "links"]


# Figures further apart are of different things: days between their articles, times
# between their numbers, and times where only their sentences are alike.
DAYS_APART, TIMES_APART, TIMES_APART_BY_WORDS = 31, 20, 3
# Share of the counted words in common; cosine of the rare words around, where somebody
# came to harm and where nobody did; articles a rare word and a very rare one is in.
SHARED, SIMILAR, SIMILAR_THINGS, RARE, VERY_RARE = 0.5, 0.15, 0.3, 0.2, 0.05
# A word in so many articles is rare in however few there are.
RARE_AT_LEAST = 4
# Equal numbers or counted words alone link only articles this many days apart.
DAYS_NEAR = 3
# Equal numbers below this are chance.
SMALLEST_EQUAL = 5
# Figures of one block, each compared with each; so many at once, to bound memory.
MOST, SLICE = 5_000, 500
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


@dataclass(frozen=True, slots=True)
class Block:
    """The figures of one block: by position in it, what is compared.

    Attributes
    ----------
    name : the block.
    low, high, amount, published : of each figure, in the base unit.
    rare, very_rare, modifiers : sparse, figures by words.
    """

    name: str
    low: np.ndarray
    high: np.ndarray
    amount: np.ndarray
    published: np.ndarray
    rare: csr_array
    very_rare: csr_array
    modifiers: csr_array

    @property
    def is_harm(self) -> bool:
        return self.name.startswith("people ") and ":" not in self.name

    @property
    def is_year(self) -> bool:
        return self.name.startswith("year of ")

    @property
    def is_bare(self) -> bool:
        """Whether it has no more than a unit in common: shares, sums, lengths."""
        return self.name in base_units()


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of figures of one block, by position; each further array has one a pair.

    Attributes
    ----------
    first, second : the figures, `first` before `second`.
    equal : whether their numbers are equal (and no small ones).
    cosine, n_rare, n_very_rare : the rare words that their sentences share.
    shared_modifiers : the share of the words beside what they count.
    """

    first: np.ndarray
    second: np.ndarray
    equal: np.ndarray
    cosine: np.ndarray
    n_rare: np.ndarray
    n_very_rare: np.ndarray
    shared_modifiers: np.ndarray


def links(table: pd.DataFrame, topics: Sequence[Topic]) -> Links:
    """Pairs of rows of `table` that are taken for figures of the same thing.

    Raises
    ------
    IdlibkitError
        If one block has more figures than can be compared each with each.
    """
    weights, very_rare = _rare_words(table, topics)
    outlets = table["outlet"].to_numpy(object)
    blocks = pd.Series([topic.block for topic in topics], dtype="object")
    first = [np.zeros(0, "int64")]
    second = [np.zeros(0, "int64")]
    why: dict[int, str] = {}
    for name, members in blocks.groupby(blocks, sort=True).indices.items():
        if not name or len(set(outlets[members])) < 2:
            continue
        _check_size(name, len(members))
        own = [topics[n] for n in members]
        rows = table.iloc[members]
        block = _block(str(name), rows, own, weights, very_rare)
        pairs = _linked_pairs(block)
        parts = sorted(parts_of_a_sum(figure_rows(rows)))
        pairs = pairs[~pd.MultiIndex.from_frame(pairs[["a", "b"]]).isin(parts)]
        places = np.array(members, "int64")
        part_places = np.array(parts, "int64").reshape(-1, 2)
        first += [places[part_places[:, 0]], places[pairs["a"].to_numpy("int64")]]
        second += [places[part_places[:, 1]], places[pairs["b"].to_numpy("int64")]]
        reasons = _reasons(pairs, own, weights)
        why |= {int(places[n]): text for n, text in reasons.items()}
    return Links(np.concatenate(first), np.concatenate(second), why)


def _check_size(name: object, size: int) -> None:
    if size > MOST:
        raise IdlibkitError(
            f"{size:,} figures of {name!r} are too many to compare each with each "
            f"({MOST:,} at most); give discrepancies() one story at a time, such as "
            "the articles of one week or those that name one place."
        )


def _rare_words(
    table: pd.DataFrame, topics: Sequence[Topic]
) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of the rare words around figures, and of the very rare ones (1)."""
    n_articles = table["article_id"].nunique()
    articles = pd.DataFrame(
        {
            "article": table["article_id"].to_numpy(),
            "word": [topic.words for topic in topics],
        }
    ).explode("word")
    spread = articles.drop_duplicates().groupby("word")["article"].size()
    rare = spread[(spread > 1) & (spread <= max(RARE_AT_LEAST, n_articles * RARE))]
    weights = {str(word): float(np.log(1 + n_articles / n)) for word, n in rare.items()}
    most = max(RARE_AT_LEAST, n_articles * VERY_RARE)
    return weights, {str(word): 1.0 for word in rare.index[rare <= most]}


def _block(
    name: str,
    rows: pd.DataFrame,
    topics: Sequence[Topic],
    weights: Mapping[str, float],
    very_rare: Mapping[str, float],
) -> Block:
    around = [topic.words & weights.keys() for topic in topics]
    beside = [topic.modifiers for topic in topics]
    every = dict.fromkeys(set().union(*beside), 1.0)
    return Block(
        name,
        low=rows["least"].to_numpy(),
        high=rows["most"].to_numpy(),
        amount=rows["amount"].to_numpy(),
        published=rows["published"].to_numpy(),
        rare=_matrix(around, weights),
        very_rare=_matrix(around, very_rare),
        modifiers=_matrix(beside, every),
    )


def _matrix(sets: Sequence[frozenset[str]], weights: Mapping[str, float]) -> csr_array:
    """Sets of words as a sparse matrix, sets by words."""
    from scipy.sparse import csr_array

    ids = {word: n for n, word in enumerate(sorted(weights))}
    cells = [
        (row, ids[word], weights[word])
        for row, group in enumerate(sets)
        for word in sorted(group)
        if word in ids
    ]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    shape = (len(sets), max(len(ids), 1))
    return csr_array((np.array(values, float), (rows, columns)), shape=shape)


def _linked_pairs(block: Block) -> pd.DataFrame:
    """The linked pairs of a block: `a`, `b`, `cosine` and the kind of link."""
    parts = []
    for pairs in _pairs(block):
        kind = _kinds_of_link(block, pairs)
        linked = kind != ""
        columns = {"a": pairs.first, "b": pairs.second, "cosine": pairs.cosine}
        parts.append(pd.DataFrame(columns | {"kind": kind})[linked])
    return pd.concat(parts, ignore_index=True)


def _pairs(block: Block) -> Iterator[Pairs]:
    """Every pair that shares a rare word, a counted word or its number, in slices."""
    n = len(block.amount)
    matrices = {
        "cosine": block.rare,
        "n_rare": block.rare.astype(bool).astype(float),
        "n_very_rare": block.very_rare,
        "shared_modifiers": block.modifiers,
    }
    size = block.rare.multiply(block.rare).sum(axis=1)
    length = block.modifiers.sum(axis=1)
    for begin in range(0, n, SLICE):
        part = slice(begin, min(begin + SLICE, n))
        same = block.amount[part][:, None] == block.amount[None, :]
        a, b = np.nonzero(same & (block.amount[None, :] >= SMALLEST_EQUAL))
        columns = {"equal": ((a + begin) * n + b, np.ones(len(a)))}
        for name, matrix in matrices.items():
            product = (matrix[part] @ matrix.T).tocoo()
            row = product.row.astype("int64") + begin
            columns[name] = (row * n + product.col, product.data)
        # A pair is one number, first x n + second, so that the columns can be joined.
        keys = np.unique(np.concatenate([keys for keys, _ in columns.values()]))
        keys = keys[keys // n < keys % n]
        values = {name: _at(keys, *column) for name, column in columns.items()}
        a, b = keys // n, keys % n
        both = length[a] + length[b] - values["shared_modifiers"]
        with np.errstate(invalid="ignore"):
            cosine = np.nan_to_num(values["cosine"] / np.sqrt(size[a] * size[b]))
            shared = np.nan_to_num(values["shared_modifiers"] / both)
        yield Pairs(
            a,
            b,
            values["equal"] > 0,
            cosine,
            values["n_rare"],
            values["n_very_rare"],
            shared,
        )


def _at(wanted: np.ndarray, keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The values of the wanted keys (sorted), 0 where a key has none."""
    column = np.zeros(len(wanted))
    if len(wanted):
        place = np.searchsorted(wanted, keys)
        known = wanted[np.minimum(place, len(wanted) - 1)] == keys
        column[place[known]] = values[known]
    return column


def _kinds_of_link(block: Block, pairs: Pairs) -> np.ndarray:
    """The kind of link of each pair; empty for those that are not linked."""
    times = _times_apart(block, pairs)
    apart = _days_apart(block, pairs)
    possible = np.ones(len(times), bool)
    if not block.is_year:
        possible = (times <= TIMES_APART) & ~(apart > DAYS_APART)
    near = apart <= DAYS_NEAR
    conditions = {
        Link.SAME: _have_equal_numbers(block, pairs, near),
        Link.NAMED: _have_equal_words(block, pairs, near),
        Link.CLOSE: _have_alike_sentences(block, pairs, times),
    }
    return np.select(
        [condition & possible for condition in conditions.values()],
        [kind.value for kind in conditions],
        "",
    )


def _times_apart(block: Block, pairs: Pairs) -> np.ndarray:
    """How many times the lower figure the higher one is at the least."""
    low, high = block.low, block.high
    top = np.where(np.isfinite(high), high, low)
    a, b = pairs.first, pairs.second
    below = np.where(low[a] <= low[b], top[a], top[b])
    below = np.where(below > 0, below, 1)  # none, against some
    return np.maximum(1.0, np.maximum(low[a], low[b]) / below)


def _days_apart(block: Block, pairs: Pairs) -> np.ndarray:
    days = block.published[pairs.first] - block.published[pairs.second]
    return np.abs(days / np.timedelta64(1, "D"))


def _have_equal_numbers(block: Block, pairs: Pairs, near: np.ndarray) -> np.ndarray:
    """Equal numbers, and a very rare word beside them (bare ones: two), or one time."""
    if block.is_year:
        return np.zeros(len(near), bool)
    if block.is_bare:
        return pairs.equal & (pairs.n_very_rare >= 2)
    at_one_time = near if block.is_harm else near & (pairs.n_rare >= 1)
    return pairs.equal & ((pairs.n_very_rare >= 1) | at_one_time)


def _have_equal_words(block: Block, pairs: Pairs, near: np.ndarray) -> np.ndarray:
    """Half of the counted words in common, and very rare words beside, or one time."""
    if block.is_year:
        return np.zeros(len(near), bool)
    needed = 1 if block.is_harm else 2
    told_near = near & (pairs.n_rare >= needed)
    return (pairs.shared_modifiers >= SHARED) & (
        (pairs.n_very_rare >= needed) | told_near
    )


def _have_alike_sentences(block: Block, pairs: Pairs, times: np.ndarray) -> np.ndarray:
    """Rare words in common, and no counted words that differ."""
    strict = not (block.is_harm or block.is_year)
    alike = pairs.cosine >= (SIMILAR_THINGS if strict else SIMILAR)
    enough = pairs.n_rare >= (3 if strict else 2)
    if block.is_harm:
        enough |= (pairs.n_very_rare >= 1) & (times <= 1.5)
    n_modifiers = block.modifiers.sum(axis=1)
    differ = (
        (n_modifiers[pairs.first] > 0)
        & (n_modifiers[pairs.second] > 0)
        & (pairs.shared_modifiers == 0)
    )
    close = alike & enough & ~differ
    return close if block.is_year else close & (times <= TIMES_APART_BY_WORDS)


def _reasons(
    pairs: pd.DataFrame, topics: Sequence[Topic], weights: Mapping[str, float]
) -> dict[int, str]:
    """Why each linked figure is linked: its strongest link, in words."""
    rank = {kind.value: n for n, kind in enumerate(Link)}
    ordered = pairs.assign(rank=pairs["kind"].map(rank)).sort_values(
        ["rank", "cosine", "a", "b"], ascending=[True, False, True, True]
    )
    reasons: dict[int, str] = {}
    for a, b, kind in ordered[["a", "b", "kind"]].itertuples(index=False):
        if a in reasons and b in reasons:
            continue
        text = _reason(kind, topics[a], topics[b], weights)
        reasons.setdefault(a, text)
        reasons.setdefault(b, text)
    return reasons


def _reason(kind: str, one: Topic, other: Topic, weights: Mapping[str, float]) -> str:
    if kind == Link.SAME:
        return "the same number"
    if kind == Link.NAMED:
        return f"counted words: {', '.join(sorted(one.modifiers & other.modifiers))}"
    shared = [word for word in one.words & other.words if word in weights]
    shared.sort(key=lambda word: (-weights[word], word))
    return f"words around: {', '.join(shared[:NAMED_WORDS])}"
