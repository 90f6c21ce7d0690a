"""Plain words for numbers, names and shares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from ..lexicons import table
from ..tables import percent
from ..text import fold

__all__ = [
    "MOST_TIMES",
    "capital",
    "joined",
    "mark",
    "most_printed",
    "one_in_words",
    "percent",
    "range_of",
    "slug",
    "times",
]

MOST_TIMES = 10  # a thousand times as often: an end beyond that says nothing
MOST_SPELLED = 12  # as newspapers do


def one_in_words(number: int) -> str:
    """Numbers up to twelve as words: "four", "13".

    >>> one_in_words(4), one_in_words(1300)
    ('four', '1,300')
    """
    if not 0 < number <= MOST_SPELLED:
        return f"{number:,}"
    return next(word for word, n in _number_words().items() if n == number)


@cache
def _number_words() -> dict[str, int]:
    return table("numbers.toml")["digits"]


def joined(names: Sequence[str], most: int = 4) -> str:
    """Names as one reads them out.

    >>> joined(["A", "B", "C"]), joined(list("ABCDEF"), 3)
    ('A, B and C', 'A, B, C and 3 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def range_of(shares: Iterable[float]) -> str:
    """The least and the greatest share: "46 to 67 %", or one where they are alike."""
    shares = list(shares)
    low, high = (f"{100 * end:.0f}" for end in (min(shares), max(shares)))
    return f"{low} %" if low == high else f"{low} to {high} %"


def times(log_ratio: float) -> str:
    """How many times as often a log ratio is; 2.46 is "5.5"."""
    if log_ratio > MOST_TIMES:
        return "no upper limit"
    number = max(2.0**log_ratio, 0.01)
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def capital(text: str) -> str:
    """The first letter as a capital, after a quotation mark too.

    >>> capital("“war” or peace"), capital("3 days")
    ('“War” or peace', '3 days')
    """
    return re.sub(r"\w", lambda first: first[0].upper(), text, count=1)


def mark(text: str) -> str:
    """A word in quotation marks."""
    return f"“{text}”"


def most_printed(forms: Iterable[str]) -> str:
    """The form in which a word is printed most often; ties by the alphabet.

    >>> most_printed(["Regime", "regime", "regime"])
    'regime'
    """
    counts = Counter(forms)
    return min(counts, key=lambda form: (-counts[form], form))


def slug(*parts: str) -> str:
    """What a link can be named: letters and digits of any script, and hyphens.

    >>> slug("word", "L’État")
    'word-l-etat'
    """
    return re.sub(r"[\W_]+", "-", fold(" ".join(parts))).strip("-")
