"""Which sentences of a story say the same thing: pairs that share more than chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappush, heappushpop
from itertools import chain
from math import sqrt

import numpy as np

from ..tables import IdlibkitError
from .content import Item
from .overlap import Entries, common_items, entries_of, overlaps, sparse

__all__ = [
    "LEAST",
    "UNIT",
    "Compared",
    "Links",
    "Weighed",
    "compare",
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
MOST_COMPARED = 1_000  # sentences of a story of which all pairs are compared
MOST_LINKS = 2_000_000  # more than these are no points but one topic
# Weights are whole numbers of 1/UNIT, so that their sums do not hang on the order of
# words.
UNIT = 1 << 20

Links = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sentences as sets of items, and what each item weighs (in 1/UNIT).

    `names` are all items of each sentence, none where it has fewer than LEAST; `runs`
    the words of each name of more than one word, and `in_runs` all of these; `total`
    the weight of all items.
    """

    names: list[set[str]]
    runs: list[list[set[str]]]
    in_runs: list[set[str]]
    total: list[float]
    weight: dict[str, int]

    def score(self, i: int, j: int) -> float:
        """How much two sentences share: S²/sqrt(A·B), S the weight in common and A and
        B all their weight; nothing where they share too few items.
        """
        common = self.names[i] & self.names[j]
        if len(common) < LEAST:
            return 0.0
        return self._score(i, j, common, self.names_in_common(i, j))

    def likeness(self, i: int, j: int, most: float) -> float:
        """The score of two sentences, however few items they share; `most` is what it
        does not exceed, and is where they share no two words of one name.
        """
        shared_names = self.names_in_common(i, j)
        if not shared_names:
            return most
        return self._score(i, j, self.names[i] & self.names[j], shared_names)

    def names_in_common(self, i: int, j: int) -> list[set[str]]:
        """Two words or more of a name of either sentence that the other has too."""
        first, second = self.names[i], self.names[j]
        words: list[set[str]] = []
        if len(self.in_runs[i] & second) > 1:
            words += [some for run in self.runs[i] if len(some := run & second) > 1]
        if len(self.in_runs[j] & first) > 1:
            some_more = [run & first for run in self.runs[j]]
            words += [some for some in some_more if len(some) > 1 and some not in words]
        return words

    def _score(
        self, i: int, j: int, common: set[str], shared_names: list[set[str]]
    ) -> float:
        shared = weight_of(common, self.weight)
        shared -= beyond_rarest(shared_names, self.weight)
        return shared**2 / (sqrt(max(self.total[i] * self.total[j], 1.0)) * UNIT)

    def bounds(self, shared: np.ndarray, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """What the scores of pairs do not exceed if items of these weights are in
        common.
        """
        total = np.array(self.total)
        return shared**2 / (np.sqrt(np.maximum(total[i] * total[j], 1.0)) * UNIT)


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
    runs = [
        _names_of_words(some) if held else []
        for some, held in zip(sentences, names, strict=True)
    ]
    return Weighed(
        names=names,
        runs=runs,
        in_runs=[set().union(*some) for some in runs],
        total=[float(weight_of(some, weight)) for some in names],
        weight=weight,
    )


def rarity(names: Iterable[set[str]]) -> dict[str, int]:
    """The weight of each item in sentences, in 1/UNIT."""
    sentences = [some for some in names if some]
    times = Counter(chain.from_iterable(sentences))
    n_sentences = len(sentences)
    return {name: _rarity(n_sentences / count) for name, count in times.items()}


@lru_cache(maxsize=1 << 16)
def _rarity(sentences_to_one: float) -> int:
    return round(np.log(sentences_to_one) * UNIT)


def weight_of(items: Iterable[str], weight: dict[str, int]) -> int:
    return sum(map(weight.__getitem__, items))


def _names_of_words(items: Iterable[Item]) -> list[set[str]]:
    """The words of each name or phrase of more than one."""
    runs: dict[int, set[str]] = defaultdict(set)
    for name, run, _ in items:
        if run:
            runs[run].add(name)
    return [run for run in runs.values() if len(run) > 1]


def weight_in_common(
    runs: list[set[str]], common: set[str], weight: dict[str, int]
) -> int:
    """The weight of what two sentences share; of the words of one name only the rarest
    counts.
    """
    names = [words for run in runs if len(words := run & common) > 1]
    return weight_of(common, weight) - beyond_rarest(names, weight)


def beyond_rarest(names: list[set[str]], weight: dict[str, int]) -> int:
    """What the words of some names weigh beside the rarest word of each."""
    beyond = 0
    while names:
        name = names.pop()
        others = [other for other in names if other & name]
        if others:  # names that have a word in common are one
            names = [other for other in names if not other & name]
            names.append(name.union(*others))
        else:
            weights = [weight[word] for word in name]
            beyond += sum(weights) - max(weights)
    return beyond


def link(weighed: Weighed, least: float, compared: Compared | None = None) -> Links:
    """The pairs of sentences that share more than chance, with their score, `least` or
    more; `compared` are all pairs, where they have been.
    """
    links: Links = {}
    pairs = _candidates(weighed, least) if compared is None else compared.above(least)
    for i, j, most in pairs:
        score = weighed.likeness(i, j, most)
        if score >= least:
            links[i, j] = score
            if len(links) > MOST_LINKS:
                raise IdlibkitError(
                    f"points finds more than {MOST_LINKS:,} pairs of sentences alike:"
                    " these articles repeat each other too much. Leave out shared text"
                    " first (without_shared), or choose fewer articles."
                )
    return links


def least_score(
    weighed: Weighed,
    article: np.ndarray,
    body: np.ndarray,
    compared: Compared | None = None,
) -> float:
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
    pairs = (
        _pairs_of_one_article(weighed, article, full)
        if compared is None
        else compared.of_one_article(article, full)
    )
    for most, i, j in pairs:
        if len(highest) < allowed:
            heappush(highest, weighed.score(i, j))
        elif most < highest[0] * (1 - 1e-9):
            break
        else:
            heappushpop(highest, weighed.score(i, j))
    if len(highest) < allowed:
        return bound
    return max(highest[0], 1e-9)


def _pairs_of_one_article(
    weighed: Weighed, article: np.ndarray, full: np.ndarray
) -> Iterator[tuple[float, int, int]]:
    """Pairs of sentences of one article that have an item in common, each after a score
    that it does not exceed, the highest first.
    """
    entries = entries_of(weighed.names, weighed.weight)
    entries = entries.only(full[entries.sentence])
    # An item of another article is another item.
    own = article[entries.sentence] * (len(weighed.weight) + 1) + entries.item
    item = np.unique(own, return_inverse=True)[1]
    entries = Entries(entries.sentence, item, entries.weight)
    found = list(overlaps(entries, len(weighed.names)))
    i, j, weight = map(np.concatenate, zip(*found, strict=True))
    yield from _falling(weighed.bounds(weight, i, j), i, j)


def _falling(
    most: np.ndarray, i: np.ndarray, j: np.ndarray
) -> Iterator[tuple[float, int, int]]:
    order = np.argsort(-most, kind="stable")
    columns = (values[order].tolist() for values in (most, i, j))
    yield from zip(*columns, strict=True)


@dataclass(frozen=True, slots=True)
class Compared:
    """All sentences of a story with all (sentences, sentences): what their score does
    not exceed, and how many items they have in common.
    """

    most: np.ndarray
    n_common: np.ndarray

    def above(self, least: float) -> Iterator[tuple[int, int, float]]:
        """The pairs whose score can reach `least`, with what it does not exceed."""
        near = (self.n_common >= LEAST) & (self.most >= (1 - 1e-9) * least)
        i, j = np.nonzero(np.triu(near, 1))
        yield from zip(i.tolist(), j.tolist(), self.most[i, j].tolist(), strict=True)

    def of_one_article(
        self, article: np.ndarray, full: np.ndarray
    ) -> Iterator[tuple[float, int, int]]:
        """As `_pairs_of_one_article`."""
        own = (article[:, None] == article) & full & full[:, None]
        i, j = np.nonzero(np.triu(own & (self.n_common > 0), 1))
        yield from _falling(self.most[i, j], i, j)


def compare(weighed: Weighed) -> Compared | None:
    """All sentences with all, where they are so few that this is the shortest way."""
    n = len(weighed.names)
    if n > MOST_COMPARED:
        return None
    entries = entries_of(weighed.names, weighed.weight)
    held = sparse(entries, n, np.ones(len(entries.item))).T.tocsr()
    weights = sparse(entries, n, entries.weight)
    n_common = (held.T.tocsr() @ held).toarray()
    total = np.array(weighed.total)
    norm = np.sqrt(np.maximum(total[:, None] * total, 1.0)) * UNIT
    return Compared((weights @ held).toarray() ** 2 / norm, n_common)


def _candidates(weighed: Weighed, least: float) -> Iterator[tuple[int, int, float]]:
    """All pairs of sentences whose score can reach `least`, with what it does not
    exceed: no pair of which the rarest item in common is too common.

    Two sentences with the weights A and B and S in common score S²/sqrt(AB), and S is
    at most B; so a link needs S >= (least² A)^(1/3). If their rarest item in common
    stood among those of A's commonest items that together weigh less than this, they
    could not share so much. So only the rarer items of each sentence are looked up,
    which is exact (prefix filtering: Chaudhuri, Ganti & Kaushik 2006), and seldom more
    than a few other sentences have them.
    """
    n = len(weighed.names)
    entries = entries_of(weighed.names, weighed.weight)
    weights = sparse(entries, n, entries.weight)
    total = np.array(weighed.total)
    rare = _rare(entries, np.cbrt((least * UNIT) ** 2 * total))
    # The weight of the common items, which are not looked up.
    rest = np.bincount(entries.sentence, entries.weight, n)
    rest -= np.bincount(rare.sentence, rare.weight, n)
    nearly = (1 - 1e-9) * least
    for pairs in overlaps(rare, n):
        # What is not looked up is in the rest of one of the two.
        most = pairs.weight + np.maximum(rest[pairs.i], rest[pairs.j])
        near = weighed.bounds(most, pairs.i, pairs.j) >= nearly
        i, j = pairs.i[near], pairs.j[near]
        n_common, weight = common_items(weights, i, j)
        most = weighed.bounds(weight, i, j)
        near = (n_common >= LEAST) & (most >= nearly)
        columns = (values[near].tolist() for values in (i, j, most))
        yield from zip(*columns, strict=True)


def _rare(entries: Entries, needed: np.ndarray) -> Entries:
    """The items of each sentence without its commonest ones that together weigh less
    than is `needed` of it.
    """
    times = np.bincount(entries.item)
    order = np.lexsort((entries.item, -times[entries.item], entries.sentence))
    sorted_ = entries.only(order)
    past = np.cumsum(sorted_.weight)
    first = np.flatnonzero(np.diff(sorted_.sentence, prepend=-1))
    size = np.diff(np.append(first, len(past)))
    before = np.repeat(past[first] - sorted_.weight[first], size)
    return sorted_.only(past - before >= needed[sorted_.sentence])
