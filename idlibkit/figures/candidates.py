"""Pairs of figures that may be of one thing: those of one block that share a number, a
counted word or a rare word of their sentences. English only.

All blocks of all stories are compared in one sparse product: what two figures may have
in common is a feature of its block, so those of different blocks meet nowhere, and nor
do those of months that are no neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from ..tables import IdlibkitError
from .blocks import Topic, base_units

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["DAYS_APART", "Figures", "Pairs", "figures_of", "pairs_of"]

# Figures whose articles are so many days apart are of different things.
DAYS_APART = 31
# Articles a rare word and a very rare one is in, as shares; in so many it is rare in
# however few there are.
RARE, VERY_RARE, RARE_AT_LEAST = 0.2, 0.05, 4
# Equal numbers below this are chance.
SMALLEST_EQUAL = 5
# Figures of one block that may be compared with each other; so many at once, to bound
# memory.
MOST, SLICE = 5_000, 500


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures that have others to be compared with, in arrays (figures,), block
    after block.

    Attributes
    ----------
    row : their place in the table.
    low, high, amount, published : in the base unit.
    is_harm, is_year, is_bare : whether the block is of people who came to harm, of the
        year of an event, or has no more than a unit in common (shares, sums, lengths).
    block, month : the number of the block, and a number of the month; pairs lie in one
        block and in months that are neighbours.
    words, very_rare : the rare words of each, with their weights, and the very rare.
    modifiers : the words beside what each counts.
    spelling : how the words are written.
    """

    row: np.ndarray
    low: np.ndarray
    high: np.ndarray
    amount: np.ndarray
    published: np.ndarray
    is_harm: np.ndarray
    is_year: np.ndarray
    is_bare: np.ndarray
    block: np.ndarray
    month: np.ndarray
    words: Features
    very_rare: Features
    modifiers: Features
    spelling: Sequence[str]

    @property
    def n_modifiers(self) -> np.ndarray:
        return np.bincount(self.modifiers.figure, minlength=len(self.row))

    def rare_words(self, figure: int) -> dict[str, float]:
        """The rare words of a figure with their weights."""
        low, high = np.searchsorted(self.words.figure, [figure, figure + 1])
        numbers = self.words.number[low:high].tolist()
        weights = self.words.weight[low:high].tolist()
        return {
            self.spelling[n]: weight for n, weight in zip(numbers, weights, strict=True)
        }


class Features(NamedTuple):
    """What figures have, one after the other, in arrays (features,)."""

    figure: np.ndarray
    number: np.ndarray
    weight: np.ndarray


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


def figures_of(
    table: pd.DataFrame, topics: Sequence[Topic], story: np.ndarray
) -> Figures:
    """The figures of blocks in which two outlets have some.

    Raises
    ------
    IdlibkitError
        If one block has more figures than can be compared each with each.
    """
    names, kinds = pd.factorize(np.array([topic.block for topic in topics], object))
    block = story * (len(kinds) + 1) + names
    named = np.array([bool(topic.block) for topic in topics], bool)
    row = np.flatnonzero(named)
    told = pd.Series(pd.factorize(table["outlet"])[0][row]).groupby(block[row])
    row = row[(told.transform("nunique") > 1).to_numpy(bool)]
    row = row[np.argsort(block[row], kind="stable")]
    some = table.iloc[row]
    kind = pd.Series(kinds[names[row]], dtype="str")
    year = kind.str.startswith("year of ").to_numpy(bool)
    harm = kind.str.startswith("people ") & ~kind.str.contains(":", regex=False)
    number = pd.factorize(block[row])[0]
    month = _months(some["published"], number, year)
    _check_size(kind, number, month)
    every, spelling = _features([topic.words for topic in topics])
    place = np.full(len(topics), -1)
    place[row] = np.arange(len(row))
    words, very_rare = _rare_words(every, table["article_id"], story, place)
    return Figures(
        row=row,
        low=some["least"].to_numpy(),
        high=some["most"].to_numpy(),
        amount=some["amount"].to_numpy(),
        published=some["published"].to_numpy(),
        is_harm=harm.to_numpy(bool),
        is_year=year,
        is_bare=kind.isin(base_units()).to_numpy(bool),
        block=number,
        month=month,
        words=words,
        very_rare=very_rare,
        modifiers=_features([topics[n].modifiers for n in row.tolist()])[0],
        spelling=spelling,
    )


def _months(published: pd.Series, block: np.ndarray, year: np.ndarray) -> np.ndarray:
    """A number for each stretch of DAYS_APART days; one for all figures of a block in
    which the day plays no part, or is not known of one.
    """
    days = (published - pd.Timestamp(0)) / pd.Timedelta(days=1)
    month = np.floor(days.to_numpy(float) / DAYS_APART)
    without = np.bincount(block, np.isnan(month) | year) > 0
    return np.where(without[block], 0, np.nan_to_num(month)).astype(np.int64)


def _check_size(kind: pd.Series, block: np.ndarray, month: np.ndarray) -> None:
    places = pd.DataFrame({"block": block, "month": month, "kind": kind})
    sizes = places.groupby(["block", "month"], as_index=False).agg(
        kind=("kind", "first"), size=("kind", "size")
    )
    over = sizes[sizes["size"] > MOST]
    if len(over):
        name, size = over["kind"].iloc[0], over["size"].iloc[0]
        raise IdlibkitError(
            f"{size:,} figures of {name!r} are too many to compare each with each "
            f"({MOST:,} at most); give discrepancies() one story at a time, such as "
            "the articles of one week or those that name one place, or tell stories "
            "apart first (column 'story', from stories)."
        )


def _features(sets: Sequence[frozenset[str]]) -> tuple[Features, list[str]]:
    """Sets of words as numbers, and the words."""
    sizes = np.array([len(some) for some in sets], int)
    flat = np.array([word for some in sets for word in sorted(some)], object)
    number, words = pd.factorize(flat)
    figure = np.repeat(np.arange(len(sets)), sizes)
    return Features(figure, number, np.ones(len(figure))), list(words)


def _rare_words(
    every: Features, article_id: pd.Series, story: np.ndarray, place: np.ndarray
) -> tuple[Features, Features]:
    """The rare words of the figures that have a place, and the very rare ones of these:
    by how many articles of the story have them beside a figure.
    """
    article = pd.factorize(article_id)[0]
    n_words = int(every.number.max(initial=0)) + 1
    word = story[every.figure] * n_words + every.number
    held = pd.DataFrame({"word": word, "article": article[every.figure]})
    spread = held.drop_duplicates().groupby("word").size()
    n_articles = pd.Series(article).groupby(story).nunique()
    n = n_articles.reindex(spread.index.to_numpy() // n_words).to_numpy()
    n_held = spread.to_numpy()
    rare = (n_held > 1) & (n_held <= np.maximum(RARE_AT_LEAST, n * RARE))
    very_rare = rare & (n_held <= np.maximum(RARE_AT_LEAST, n * VERY_RARE))
    weight = np.log(1 + n / np.maximum(n_held, 1))
    at = np.searchsorted(spread.index.to_numpy(), word)
    figure = place[every.figure]
    order = np.argsort(figure, kind="stable")

    def of(kept: np.ndarray, values: np.ndarray) -> Features:
        own = order[(figure[order] >= 0) & kept[at[order]]]
        return Features(figure[own], every.number[own], values[at[own]])

    return of(rare, weight), of(very_rare, np.ones(len(weight)))


def pairs_of(figures: Figures) -> Iterator[Pairs]:
    """Every pair that shares a rare word, a counted word or its number, in slices."""
    n = len(figures.row)
    words, modifiers = figures.words, figures.modifiers
    large = np.flatnonzero(figures.amount >= SMALLEST_EQUAL)
    number = pd.factorize(figures.amount[large])[0]
    common = {
        "equal": Features(large, number, np.ones(len(large))),
        "cosine": words,
        "n_rare": words._replace(weight=np.ones(len(words.weight))),
        "n_very_rare": figures.very_rare,
        "shared_modifiers": modifiers,
    }
    tables = {name: _tables(some, figures) for name, some in common.items()}
    size = np.bincount(words.figure, words.weight**2, n)
    length = figures.n_modifiers
    for begin in range(0, n, SLICE):
        columns = {}
        for name, (left, right) in tables.items():
            product = (left[begin : begin + SLICE] @ right).tocoo()
            # A pair is one number, first x n + second, so that columns can be joined.
            row = product.row.astype(np.int64) + begin
            columns[name] = (row * n + product.col, product.data)
        keys = np.unique(np.concatenate([keys for keys, _ in columns.values()]))
        keys = keys[keys // n < keys % n]
        values = {name: _at(keys, *column) for name, column in columns.items()}
        a, b = keys // n, keys % n
        both = length[a] + length[b] - values["shared_modifiers"]
        with np.errstate(invalid="ignore"):
            cosine = np.nan_to_num(values["cosine"] / np.sqrt(size[a] * size[b]))
            shared = np.nan_to_num(values["shared_modifiers"] / both)
        equal, n_rare = values["equal"] > 0, values["n_rare"]
        yield Pairs(a, b, equal, cosine, n_rare, values["n_very_rare"], shared)


def _tables(features: Features, figures: Figures) -> tuple[csr_array, csr_array]:
    """Figures by features, and the reverse for figures of the same and of neighbouring
    months: their product is what two figures have in common.
    """
    from scipy.sparse import csr_array

    figure, number, weight = features
    n, n_numbers = len(figures.row), int(number.max(initial=0)) + 1
    block, month = figures.block[figure], figures.month[figure]
    low, span = (
        int(month.min(initial=0)) - 1,
        int(np.ptp(month)) + 3 if len(month) else 3,
    )
    key = (block * span + month - low) * n_numbers + number
    near = np.concatenate([key - n_numbers, key, key + n_numbers])
    keys = pd.Index(np.unique(key))
    code, place = keys.get_indexer(key), keys.get_indexer(near)
    held = place >= 0
    left = csr_array((weight, (figure, code)), shape=(n, max(len(keys), 1)))
    cells = (place[held], np.tile(figure, 3)[held])
    right = csr_array((np.tile(weight, 3)[held], cells), shape=(left.shape[1], n))
    return left, right


def _at(wanted: np.ndarray, keys: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The values of the wanted keys (sorted), 0 where a key has none."""
    column = np.zeros(len(wanted))
    if len(wanted):
        place = np.searchsorted(wanted, keys)
        known = wanted[np.minimum(place, len(wanted) - 1)] == keys
        column[place[known]] = values[known]
    return column
