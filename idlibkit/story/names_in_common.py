"""Names of two words or more that two sentences share: of these only the rarest word
counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .content import Item

__all__ = ["FullNames", "full_names"]


@dataclass(frozen=True, slots=True)
class FullNames:
    """The words of names, as sets: each word is one bit of a whole number.

    `words` are those of each sentence that stand in a name of any; `names` the names of
    each sentence, and `in_names` all their words; `weight` is that of each bit; `known`
    keeps what names that are shared weigh beside their rarest words.
    """

    words: list[int]
    names: list[list[int]]
    in_names: list[int]
    weight: dict[int, int]
    known: dict[tuple[int, ...], int]

    def beyond_rarest(self, i: int, j: int) -> int:
        """What the names that two sentences share weigh beside the rarest word of
        each.
        """
        first, second = self.words[i], self.words[j]
        shared: list[int] = []
        some = self.in_names[i] & second
        if some & (some - 1):  # two bits or more
            shared += [both for name in self.names[i] if (both := name & second)]
        some = self.in_names[j] & first
        if some & (some - 1):
            shared += [both for name in self.names[j] if (both := name & first)]
        if not shared:
            return 0
        names = tuple(shared)
        if names not in self.known:
            several = _joined([name for name in names if name & (name - 1)])
            self.known[names] = sum(map(self._beyond_rarest_word, several))
        return self.known[names]

    def _beyond_rarest_word(self, name: int) -> int:
        weights = [self.weight[bit] for bit in _bits(name)]
        return sum(weights) - max(weights)


def full_names(
    sentences: Iterable[Sequence[Item]],
    words: Sequence[set[str]],
    weight: Mapping[str, int],
) -> FullNames:
    """The names in sentences; `words` are those of each sentence that count, none where
    it is not compared, `weight` is theirs.
    """
    bit: dict[str, int] = {}
    names = [
        _names_of(some, bit) if held else []
        for some, held in zip(sentences, words, strict=True)
    ]
    in_any = set(bit)
    return FullNames(
        words=[sum([bit[word] for word in some & in_any]) for some in words],
        names=names,
        in_names=[_union(some) for some in names],
        weight={place: weight[word] for word, place in bit.items()},
        known={},
    )


def _names_of(items: Iterable[Item], bit: dict[str, int]) -> list[int]:
    """The names of two words or more in a sentence; `bit` gets that of each word."""
    names: dict[int, int] = {}
    for word, run, _ in items:
        if run:
            place = bit.get(word)
            if place is None:
                place = bit[word] = 1 << len(bit)
            names[run] = names.get(run, 0) | place
    return [name for name in names.values() if name & (name - 1)]


def _joined(names: list[int]) -> list[int]:
    """Names that have a word in common, as one."""
    apart: list[int] = []
    for name in names:
        whole = name | _union(other for other in apart if other & name)
        apart = [other for other in apart if not other & name]
        apart.append(whole)
    return apart


def _union(names: Iterable[int]) -> int:
    every = 0
    for name in names:
        every |= name
    return every


def _bits(name: int) -> Iterable[int]:
    while name:
        bit = name & -name
        yield bit
        name ^= bit
