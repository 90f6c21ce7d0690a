"""Sentences as sets of words, names and figures, and what each of these weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import sqrt

import numpy as np

from .content import Item
from .names_in_common import FullNames, full_names

__all__ = ["LEAST", "UNIT", "Weighed", "rarity", "weigh", "weight_of"]


# Words, names or figures: a sentence with fewer says too little to be compared, and two
# with fewer in common are alike by chance ("well", "like").
LEAST = 3
# Weights are whole numbers of 1/UNIT, so that their sums do not hang on the order of
# words.
UNIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Weighed:
    """Sentences as sets of items, and what each item weighs (in 1/UNIT).

    `names` are all items of each sentence, none where it has fewer than LEAST;
    `full_names` those of several words; `total` the weight of all items.
    """

    names: list[set[str]]
    full_names: FullNames
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

        `most` is this for all items in common, which it does not exceed; it is less
        where they share two words of one name.
        """
        beyond = self.full_names.beyond_rarest(i, j)
        if not beyond:
            return most
        norm = sqrt(max(self.total[i] * self.total[j], 1.0)) * UNIT
        # Weights are whole numbers: `most` tells that of all items in common.
        shared = round(sqrt(most * norm)) - beyond
        return shared**2 / norm

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
    everything = [{name for name, _, _ in some} for some in sentences]
    names = [some if len(some) >= LEAST else set() for some in everything]
    weight = rarity(names)
    if background is not None:
        weight = {
            name: most if (most := background.get(name, value)) < value else value
            for name, value in weight.items()
        }
    return Weighed(
        names=names,
        full_names=full_names(sentences, names, weight),
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
