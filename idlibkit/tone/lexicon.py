"""A lexicon of valences and the words that VADER's rules speak of, as tables over word
numbers.

Numbers and word lists are read from vaderSentiment itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from enum import IntFlag, auto
from functools import cache, lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
from vaderSentiment import vaderSentiment as reference

from ..lexicons import lexicon_text
from ..tables import IdlibkitError
from ..text import PLAIN, plain

__all__ = ["SPACES", "Rules", "Word", "lexicon_rules"]

# Whatever str.split takes for white space.
SPACES = [chr(code) for code in range(0x3001) if chr(code).isspace()]
ANY_NEGATION = 1  # the number of every other word in n't; 0 is any other word
AFINN_TO_VADER = 0.8  # AFINN rates from -5 to 5, VADER from -4 to 4


class Word(IntFlag):
    """What the rules ask of a word; words of one kind are never told apart."""

    LEXICON = auto()
    HIT = auto()  # in the lexicon, and no booster
    NEGATION = auto()
    NO = auto()
    OR_NOR = auto()
    NEVER = auto()
    SO_THIS = auto()
    WITHOUT = auto()
    DOUBT = auto()
    LEAST = auto()
    AT_VERY = auto()
    BUT = auto()
    SECOND = auto()  # second word of a phrase with a rule of its own
    CAPITALS = auto()


WORDS = {
    Word.NEGATION: reference.NEGATE,
    Word.NO: ["no"],
    Word.OR_NOR: ["or", "nor"],
    Word.NEVER: ["never"],
    Word.SO_THIS: ["so", "this"],
    Word.WITHOUT: ["without"],
    Word.DOUBT: ["doubt"],
    Word.LEAST: ["least"],
    Word.AT_VERY: ["at", "very"],
    Word.BUT: ["but"],
}
# Phrases with a rule of their own are looked for by their first two words.
PHRASES = [
    key.split()
    for key in [*reference.SPECIAL_CASES, *reference.BOOSTER_DICT]
    if " " in key
]


@dataclass(frozen=True, slots=True)
class Rules:
    """The tables of one lexicon.

    A word's code is twice its number, plus one where it stands in capitals.
    """

    analyzer: reference.SentimentIntensityAnalyzer
    words: list[str]  # by number
    numbers: dict[str, int]
    keys: pa.Array  # words from the second on, to look tokens up in
    valence: np.ndarray  # (words,)
    boost: np.ndarray  # (words,)
    kinds: np.ndarray  # (2 * words,) by code: `Word`
    pairs: np.ndarray  # first word of a phrase times len(words), plus its second
    readable: dict[str, str]  # characters to what VADER reads for them


def lexicon_rules(lexicon: str | Mapping[str, float] | pd.Series) -> Rules:
    """The tables of a lexicon by name, or of the words and valences given."""
    if isinstance(lexicon, str):
        if lexicon not in ("vader", "afinn"):
            raise IdlibkitError(
                f"lexicon={lexicon!r} is not known; use 'vader', 'afinn', or a mapping"
                " of words to valences."
            )
        return _named_rules(lexicon)
    if not isinstance(lexicon, Mapping | pd.Series):
        raise IdlibkitError(
            "lexicon must be a name or a mapping of words to valences, not"
            f" {type(lexicon).__name__}."
        )
    return make_rules(_checked(lexicon))


@lru_cache(maxsize=2)
def _named_rules(name: str) -> Rules:
    if name == "vader":
        return make_rules()
    lines = lexicon_text("afinn.txt").splitlines()
    rated = (line.split("\t") for line in lines if not line.startswith("#"))
    return make_rules(
        {word: float(valence) * AFINN_TO_VADER for word, valence in rated}
    )


def _checked(lexicon: Mapping[str, float] | pd.Series) -> dict[str, float]:
    """Somebody's own lexicon: each word, in small letters, with one finite valence."""
    own: dict[str, float] = {}
    for word, valence in lexicon.items():
        if not isinstance(word, str) or not word.strip():
            raise IdlibkitError(
                f"the lexicon has {word!r} for a word; words must be text."
            )
        if not isinstance(valence, int | float | np.number) or not np.isfinite(valence):
            raise IdlibkitError(
                f"the lexicon gives {word!r} the valence {valence!r}; it must be a"
                " number from -4 to 4."
            )
        key = plain([word])[0].strip().lower()
        if own.setdefault(key, float(valence)) != valence:
            raise IdlibkitError(
                f"the lexicon gives {key!r} two valences, {own[key]} and {valence};"
                " keep one."
            )
    if not own:
        raise IdlibkitError(
            "the lexicon is empty; give at least one word with its valence."
        )
    return own


@cache
def _analyzer() -> reference.SentimentIntensityAnalyzer:
    return reference.SentimentIntensityAnalyzer()


def make_rules(lexicon: Mapping[str, float] | None = None) -> Rules:
    """The tables for VADER's own lexicon, or for another one under the same rules."""
    analyzer = copy(_analyzer())
    if lexicon is not None:
        analyzer.lexicon = dict(lexicon)
    listed = [*WORDS.values(), *PHRASES, reference.BOOSTER_DICT]
    special = [word for words in listed for word in words]
    words = ["", "", *dict.fromkeys([*analyzer.lexicon, *special])]
    numbers = {word: n for n, word in enumerate(words) if n > ANY_NEGATION}
    pairs = np.array([[numbers[word] for word in phrase[:2]] for phrase in PHRASES])
    return Rules(
        analyzer=analyzer,
        words=words,
        numbers=numbers,
        keys=pa.array(words[2:], pa.large_string()),
        valence=np.array([analyzer.lexicon.get(word, 0) for word in words], float),
        boost=np.array([reference.BOOSTER_DICT.get(word, 0) for word in words], float),
        kinds=_kinds(analyzer.lexicon, numbers, pairs[:, 1]),
        pairs=pairs[:, 0] * len(words) + pairs[:, 1],
        readable=_readable(analyzer.emojis),
    )


def _kinds(
    lexicon: Mapping[str, float], numbers: Mapping[str, int], second: np.ndarray
) -> np.ndarray:
    """What each word is to the rules, first in small letters, then in capitals."""
    kinds = np.zeros(len(numbers) + 2, np.int32)
    kinds[ANY_NEGATION] = Word.NEGATION
    kinds[[numbers[word] for word in lexicon]] = Word.LEXICON | Word.HIT
    kinds[[numbers[word] for word in reference.BOOSTER_DICT]] &= ~Word.HIT.value
    for kind, words in WORDS.items():
        kinds[[numbers[word] for word in words]] |= kind.value
    negations = [number for word, number in numbers.items() if "n't" in word]
    kinds[negations] |= Word.NEGATION.value
    kinds[second] |= Word.SECOND.value
    kinds = np.repeat(kinds, 2)
    kinds[1::2] |= Word.CAPITALS.value
    return kinds


def _readable(emojis: Mapping[str, str]) -> dict[str, str]:
    """VADER reads an emoji as its description, with a space before it, and splits at
    any white space.
    """
    described = {
        emoji: " " + words for emoji, words in emojis.items() if len(emoji) == 1
    }
    spaces = dict.fromkeys([space for space in SPACES if not space.isascii()], " ")
    return described | spaces | PLAIN
