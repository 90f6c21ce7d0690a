"""What a pronoun in or behind a mention says."""

from __future__ import annotations

import re
from functools import lru_cache

from .people import WRITINGS

__all__ = ["pronoun_of", "sex_told"]

_OWNERS = {"his ": "he", "her ": "she"}
_SUBJECTS = {"him": "he", "her": "she", "them": "they", "us": "we", "me": "i"}
_OWN = re.compile(r"[.!?;:,“”\"]| (his|her|himself|herself)\b")
_SEXES = {"his": "m", "himself": "m", "her": "f", "herself": "f"}


@lru_cache(maxsize=1 << 16)
def pronoun_of(mention: str) -> str:
    """The mention in small letters; `he` of `him` and of `his statement`."""
    word = mention.lower()
    if word[:4] in _OWNERS and word[4:] in WRITINGS:
        return _OWNERS[word[:4]]
    return _SUBJECTS.get(word, word)


def sex_told(behind: str) -> str:
    """The sex that a pronoun behind a last name and its verb tells: `Holt | said in her
    speech`."""
    pronoun = _OWN.search(behind)
    return _SEXES.get(pronoun[1], "") if pronoun else ""
