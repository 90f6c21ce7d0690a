"""The words that the grammar of attributions knows, looked up many at a time.

A word is known by a hash of its letters, never by a Python string: texts are read as
arrays of code points.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import IntFlag, auto
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from ..lexicons import Verb, reporting_verbs, table
from .word_classes import Code

__all__ = [
    "ACCORDING_TO",
    "CLAUSE_OF_NOUN",
    "Lexicon",
    "Listed",
    "closed_class_words",
    "forms",
    "hashes",
    "lexicon",
]

_BASE = (
    0x9E3779B97F4A7C15  # an odd number whose bits are well mixed: 2^64 / golden ratio
)


class Listed(IntFlag):
    """The lists of lexicons/grammar.toml that a word is on, and two that follow from
    the reporting verbs."""

    COMMON = auto()
    NOT_LY = auto()
    NOT_ING = auto()
    ABBREVIATION = auto()
    CLAUSE_NOUN = auto()
    NOUN = auto()
    PLURAL = auto()
    RELATIVE = auto()
    SINCE = auto()
    HEARER = auto()
    ABOUT = auto()
    IF_ABOUT = auto()
    BY = auto()
    AS = auto()
    CONTRAST = auto()
    CONDITION = auto()
    NEGATION = auto()
    TALE = auto()
    CLAIMED = auto()
    PARTICLE = auto()
    REASON = auto()
    ONE = auto()
    EVIDENCE = auto()
    OCCASION = auto()
    UNNAMED = auto()
    WITHHELD = auto()
    SUFFIX = auto()
    OPPOSED = auto()
    PERCEIVED = auto()
    OPINION = auto()
    OPENING = auto()
    NOUN_BASE = auto()  # base form of a verb with a form on the list `noun`
    PAIR_FIRST = auto()  # first word of a verb of two words: point out


ACCORDING_TO, CLAUSE_OF_NOUN = 0, 1  # among `forms`


@cache
def forms() -> tuple[Verb, ...]:
    """What introduces speech without being a verb, and then the forms of reporting
    verbs.
    """
    return (
        Verb("according to", "say", "neutral", "R"),
        Verb("noun", "noun", "neutral", "N"),
        *reporting_verbs().values(),
    )


@lru_cache(maxsize=1)
def _powers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Powers of `_BASE` and of its inverse, modulo 2^64."""
    powers, inverses = (
        np.cumprod(np.full(size, base, np.uint64))
        for base in (_BASE, pow(_BASE, -1, 1 << 64))
    )
    return powers, inverses


def hashes(points: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """A number for each run of code points that only runs of the same letters share
    (but for one chance in 2^64): a polynomial in `_BASE`, from sums up to its two
    ends."""
    power, inverse = _powers(1 << max(20, len(points).bit_length()))
    sums = np.zeros(len(points) + 1, np.uint64)
    np.cumsum(points * power[: len(points)], out=sums[1:])
    return (sums[ends] - sums[starts]) * inverse[starts]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The listed words by number. The last number, -1 too, is that of all others."""

    numbers: pd.Index  # of the words' hashes
    codes: np.ndarray  # class of each word; 0 for one without a class of its own
    lists: np.ndarray  # flags of `Listed`
    verbs: np.ndarray  # number among `forms`, or -1
    pairs: pd.Index  # verbs of two words, as one number for both
    pair_verbs: np.ndarray  # their numbers among `forms`, and -1

    def find(self, word_hashes: np.ndarray) -> np.ndarray:
        """The numbers of words by their hashes, -1 for words that are not listed."""
        return self.numbers.get_indexer(pd.Index(word_hashes))

    def find_pairs(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """The number among `forms` of each two words that are a verb together; -1."""
        both = np.where(second >= 0, first * len(self.codes) + second, -1)
        return self.pair_verbs[self.pairs.get_indexer(pd.Index(both))]


@cache
def lexicon() -> Lexicon:
    """The lexicon of lexicons/grammar.toml and lexicons/reporting_verbs.csv."""
    verbs = {form: number for number, form in enumerate(reporting_verbs(), 2)}
    pairs = {tuple(form.split()): n for form, n in verbs.items() if " " in form}
    codes, lists = _codes(), _lists(pairs)
    second = {word for _, word in pairs}
    words = sorted(codes.keys() | lists.keys() | second)
    number = {word: at for at, word in enumerate(words)}
    sizes = np.array([len(word) for word in words])
    points = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    word_hashes = hashes(points, np.cumsum(sizes) - sizes, np.cumsum(sizes))
    words.append("")
    both = [number[a] * len(words) + number[b] for a, b in pairs]
    return Lexicon(
        pd.Index(word_hashes),
        np.array([ord(codes.get(word, "\0")) for word in words], np.uint8),
        np.array([int(lists.get(word, 0)) for word in words], np.int64),
        np.array([verbs.get(word, -1) for word in words], np.int16),
        pd.Index(np.array(both, np.int64)),
        np.array([*pairs.values(), -1], np.int16),
    )


def _codes() -> dict[str, str]:
    """The class of each word; of a word that is also a verb, the closed class."""
    codes = {
        form: verb.tense for form, verb in reporting_verbs().items() if " " not in form
    }
    grammar = table("grammar.toml")
    for name, words in (grammar["open"] | grammar["classes"]).items():
        codes |= dict.fromkeys(words.split(), Code[name.upper()].value)
    return codes


def _lists(pairs: dict[tuple[str, ...], int]) -> dict[str, int]:
    """The lists that each word is on."""
    lists: dict[str, int] = defaultdict(int)
    for name, words in table("grammar.toml")["lists"].items():
        for word in words.split():
            lists[word] |= Listed[name.upper()]
    listed = reporting_verbs()
    nouns = {listed[word].lemma for word in listed if lists.get(word, 0) & Listed.NOUN}
    for word in nouns:
        lists[word] |= Listed.NOUN_BASE
    for first, _ in pairs:
        lists[first] |= Listed.PAIR_FIRST
    return dict(lists)


@cache
def closed_class_words() -> frozenset[str]:
    """All words of the closed classes."""
    classes = table("grammar.toml")["classes"]
    return frozenset(word for words in classes.values() for word in words.split())
