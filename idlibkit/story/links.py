"""Which sentences of a story say the same thing: pairs that share more than chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappush, heappushpop
from math import sqrt

import numpy as np

from ..tables import IdlibkitError
from .content import Item

__all__ = [
    "LEAST",
    "UNIT",
    "Links",
    "Weighed",
    "least_score",
    "link",
    "rarity",
    "weigh",
    "weight_in_common",
    "weight_of",
]

# Share of the pairs of sentences within one article that a link must outdo.
CHANCE = 0.003
FEWEST_PAIRS = 400  # with fewer such pairs the bound below stands in for them
BOUND = 0.6  # times the log of the number of sentences
# Words, names or figures: a sentence with fewer says too little to be compared, and two
# with fewer in common are alike by chance ("well", "like").
LEAST = 3
MOST_LINKS = 2_000_000  # more than these are no points but one topic
# Weights are whole numbers of 1/UNIT, so that their sums do not hang on the order of
# words.
UNIT = 1 << 20
ROWS = 500  # sentences compared with all others at a time

Links = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sentences as sets of items, and what each item weighs (in 1/UNIT).

    `names` are all items of each sentence, none where it has fewer than LEAST; `runs`
    the words of each name of more than one word; `total` the weight of all items.
    """

    names: list[set[str]]
    runs: list[list[set[str]]]
    total: list[float]
    weight: dict[str, int]

    def score(self, i: int, j: int) -> float:
        """How much two sentences share: S²/sqrt(A·B), S the weight in common and A and
        B all their weight; nothing where they share too few items.
        """
        if len(self.names[i] & self.names[j]) < LEAST:
            return 0.0
        return self.likeness(i, j)

    def likeness(self, i: int, j: int) -> float:
        """The score of two sentences, however few items they share."""
        common = self.names[i] & self.names[j]
        runs = self.runs[i] + self.runs[j]
        shared = weight_in_common(runs, common, self.weight)
        return shared**2 / self._norm(i, j)

    def bound(self, shared: float, i: int, j: int) -> float:
        """What the score does not exceed if items of this weight are in common."""
        return shared**2 / self._norm(i, j)

    def _norm(self, i: int, j: int) -> float:
        return sqrt(max(self.total[i] * self.total[j], 1.0)) * UNIT


def weigh(
    sentences: Sequence[Sequence[Item]], background: dict[str, int] | None = None
) -> Weighed:
    """The items of each sentence with their weights: -log of the share of sentences
    that have them, and no more than they weigh in a `background` of other stories.
    """
    everything = [{item.name for item in some} for some in sentences]
    names = [some if len(some) >= LEAST else set() for some in everything]
    weight = rarity(names)
    if background is not None:
        weight = {
            name: min(value, background.get(name, value))
            for name, value in weight.items()
        }
    return Weighed(
        names=names,
        runs=[_names_of_words(some) for some in sentences],
        total=[float(weight_of(some, weight)) for some in names],
        weight=weight,
    )


def rarity(names: Iterable[set[str]]) -> dict[str, int]:
    """The weight of each item in sentences, in 1/UNIT."""
    sentences = [some for some in names if some]
    times = Counter(name for some in sentences for name in some)
    n_sentences = len(sentences)
    return {
        name: round(np.log(n_sentences / count) * UNIT) for name, count in times.items()
    }


def weight_of(items: Iterable[str], weight: dict[str, int]) -> int:
    return sum(map(weight.__getitem__, items))


def _names_of_words(items: Iterable[Item]) -> list[set[str]]:
    """The words of each name or phrase of more than one."""
    runs: dict[int, set[str]] = defaultdict(set)
    for item in items:
        runs[item.run].add(item.name)
    return [run for run in runs.values() if len(run) > 1]


def weight_in_common(
    runs: list[set[str]], common: set[str], weight: dict[str, int]
) -> int:
    """The weight of what two sentences share; of the words of one name only the rarest
    counts.
    """
    names = [words for words in (run & common for run in runs) if len(words) > 1]
    total = weight_of(common, weight)
    while names:
        name = names.pop()
        others = [other for other in names if other & name]
        if others:  # names that have a word in common are one
            names = [other for other in names if not other & name]
            names.append(name.union(*others))
        else:
            weights = [weight[word] for word in name]
            total -= sum(weights) - max(weights)
    return total


def link(weighed: Weighed, least: float) -> Links:
    """The pairs of sentences that share more than chance, with their score, `least` or
    more.
    """
    links: Links = {}
    for i, j in _candidates(weighed, least * UNIT):
        score = weighed.score(i, j)
        if score >= least:
            links[i, j] = score
            if len(links) > MOST_LINKS:
                raise IdlibkitError(
                    f"points finds more than {MOST_LINKS:,} pairs of sentences alike:"
                    " these articles repeat each other too much. Leave out shared text"
                    " first (without_shared), or choose fewer articles."
                )
    return links


def least_score(weighed: Weighed, article: np.ndarray, body: np.ndarray) -> float:
    """The least score of a link: an article seldom says a thing twice, so what pairs of
    its own sentences share is chance, and few of these may reach it.

    `article` and `body` (sentences,): which article each is of, and whether it stands
    in its body.
    """
    full = body & np.array([bool(items) for items in weighed.names], bool)
    n_sentences = sum(map(bool, weighed.names))
    size = np.bincount(article[full])
    n_pairs = int((size * (size - 1) // 2).sum())
    bound = float(BOUND * np.log(max(n_sentences, 2)))
    if n_pairs < FEWEST_PAIRS:
        return bound
    allowed = int(np.ceil(n_pairs * CHANCE))
    highest: list[float] = []  # the least of them first
    for most, i, j in _pairs_of_one_article(weighed, article, full):
        if len(highest) < allowed:
            heappush(highest, weighed.score(i, j))
        elif most > highest[0]:
            heappushpop(highest, weighed.score(i, j))
    if len(highest) < allowed:
        return bound
    return max(highest[0], 1e-9)


def _pairs_of_one_article(
    weighed: Weighed, article: np.ndarray, full: np.ndarray
) -> Iterator[tuple[float, int, int]]:
    """Pairs of sentences of one article that have an item in common, each after a score
    that it does not exceed.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero(full).tolist():
        members[article[i]].append(i)
    for rows in members.values():
        shared: dict[tuple[int, int], int] = defaultdict(int)
        holders: dict[str, list[int]] = defaultdict(list)
        for j in rows:
            for name in weighed.names[j]:
                for i in holders[name]:
                    shared[i, j] += weighed.weight[name]
                holders[name].append(j)
        for (i, j), weight in shared.items():
            yield weighed.bound(weight, i, j), i, j


def _candidates(weighed: Weighed, least: float) -> Iterator[tuple[int, int]]:
    """All pairs of sentences whose score can reach `least` (in 1/UNIT): no pair of
    which the rarest item in common is too common.

    Two sentences with the weights A and B and S in common score S²/sqrt(AB), and S is
    at most B; so a link needs S >= (least² A)^(1/3). If their rarest item in common
    stood among those of A's commonest items that together weigh less than this, they
    could not share so much. So only the rarer items of each sentence are looked up,
    which is exact (prefix filtering: Chaudhuri, Ganti & Kaushik 2006), and seldom more
    than a few other sentences have them.
    """
    from scipy import sparse

    times = Counter(name for some in weighed.names for name in some)
    order = sorted(times, key=lambda name: (times[name], name))  # the rarest first
    column = {name: place for place, name in enumerate(order)}
    weight = np.array([weighed.weight[name] for name in order], float)
    total = np.array(weighed.total)
    needed = np.cbrt(least**2 * total)
    n = len(weighed.names)
    rare: list[list[int]] = []
    rest = np.zeros(n)  # the weight of the common items, which are not looked up
    for i, names in enumerate(weighed.names):
        columns = sorted(column[name] for name in names)
        while columns and rest[i] + weight[columns[-1]] < needed[i]:
            rest[i] += weight[columns.pop()]
        rare.append(columns)
    row_of = np.repeat(np.arange(n), [len(columns) for columns in rare])
    column_of = np.array([place for columns in rare for place in columns], int)
    values = np.sqrt(weight[column_of])
    table = sparse.csr_array((values, (row_of, column_of)), shape=(n, len(order)))
    turned = table.T.tocsr()
    for start in range(0, n, ROWS):
        product = sparse.triu(table[start : start + ROWS] @ turned, k=start + 1).tocoo()
        i, j = product.row.astype(np.int64) + start, product.col.astype(np.int64)
        # What is not looked up is in the rest of one of the two.
        most = product.data + np.maximum(rest[i], rest[j])
        near = most**2 >= (1 - 1e-9) * least * np.sqrt(total[i] * total[j])
        yield from zip(i[near].tolist(), j[near].tolist(), strict=True)
