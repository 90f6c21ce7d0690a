"""Sentences as sets of words, names and figures, and what each of these weighs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import sqrt

import numpy as np

from .content import Item

__all__ = [
    "LEAST",
    "UNIT",
    "Weighed",
    "rarity",
    "weigh",
    "weight_in_common",
    "weight_of",
]


# Words, names or figures: a sentence with fewer says too little to be compared, and two
# with fewer in common are alike by chance ("well", "like").
LEAST = 3
# Weights are whole numbers of 1/UNIT, so that their sums do not hang on the order of
# words.
UNIT = 1 << 20


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

    def score(self, i: int, j: int, most: float) -> float:
        """How much two sentences share; nothing where they share too few items."""
        if len(self.names[i] & self.names[j]) < LEAST:
            return 0.0
        return self.likeness(i, j, most)

    def likeness(self, i: int, j: int, most: float) -> float:
        """How much two sentences share, however few items: S²/sqrt(A·B), S the weight
        in common and A and B all their weight.

        `most` is what it does not exceed, and is where they share no two words of one
        name.
        """
        shared_names = self.names_in_common(i, j)
        if not shared_names:
            return most
        shared = weight_of(self.names[i] & self.names[j], self.weight)
        shared -= beyond_rarest(shared_names, self.weight)
        return shared**2 / (sqrt(max(self.total[i] * self.total[j], 1.0)) * UNIT)

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
    if len(names) == 1:
        weights = [weight[word] for word in names[0]]
        return sum(weights) - max(weights)
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
