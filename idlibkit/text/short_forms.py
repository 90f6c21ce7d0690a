"""Abbreviations that are one word with what they stand for: U.S. and US, Rep. and
Representative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice, product

from ..lexicons import table, words
from .words import fold

__all__ = ["is_abbreviation", "label_forms", "long_forms"]


MOST_FORMS = 32  # of one label
# US, FBI, EU; and U.S., F.B.I.
CAPITALS = re.compile(r"[A-Z]{2,5}|(?:[A-Z]\.){2,}")


@cache
def long_forms() -> dict[str, str]:
    """Short forms of titles and offices, folded and without a stop, with the word that
    each stands for.
    """
    return dict(table("abbreviations.toml")["en"]["long"])


@lru_cache(maxsize=1 << 16)
def is_abbreviation(token: str) -> bool:
    """Whether a token as written is an abbreviation though a word is spelled like it:
    US, U.S. and US-led, but not us.
    """
    first = re.split(r"[^\w.]", token, maxsplit=1)[0]
    return "." in first or first in words("abbreviations.toml", "en.capitals")


def label_forms(label: str) -> list[str]:
    """A label, folded, in all ways to write its abbreviations.

    Examples
    --------
    >>> label_forms("UN")
    ['un', 'u.n.', 'u.n']
    >>> label_forms("Gov. Lee")
    ['gov. lee', 'gov lee', 'governor lee']
    """
    forms = [_word_forms(word) for word in label.split()]
    ways = [" ".join(way) for way in islice(product(*forms), MOST_FORMS)]
    return list(dict.fromkeys(ways))


def _word_forms(word: str) -> list[str]:
    if CAPITALS.fullmatch(word):
        letters = fold(word).replace(".", "")
        dotted = ".".join(letters)
        return _with_first(fold(word), [letters, dotted + ".", dotted])
    short = fold(word).removesuffix(".")
    if short in long_forms():
        return _with_first(fold(word), [short + ".", short, long_forms()[short]])
    shorts = [
        abbreviation for abbreviation, form in long_forms().items() if form == short
    ]
    return _with_first(fold(word), [f + stop for f in shorts for stop in (".", "")])


def _with_first(first: str, others: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([first, *others]))
