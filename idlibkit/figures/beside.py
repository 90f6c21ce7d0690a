"""The sentence on either side of a number, and whether it makes the number part of a
name. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..lexicons import words
from .lexicon import phrase_words
from .numerals import Figure, Kind
from .patterns import CAPITAL, LETTER, OPENERS, month

__all__ = ["Beside", "is_label", "is_name", "sentence_beside"]


# A sentence ends behind a letter, digit or bracket, before a capital; a clause at ";".
SENTENCE = re.compile(
    rf"(?:(?<=[a-zà-ÿ\d)%][.!?])|(?<=[.!?][\"”’)\]]))\s+(?=[\"“‘(\[]?{CAPITAL})|[;\n]"
)
SENTENCE_MARKS = (". ", "? ", "! ", "; ", "” ", '" ', "\n")
# Right before or behind a number, these make it part of a name: F-16, 16x9, COVID-19.
ATTACHED_BEFORE = re.compile(
    rf"(?:{LETTER}|\d|\d[.,:/’'-]|{LETTER}[./’'@-]|[#@/_&~=])$"
)
ATTACHED_BEHIND = re.compile(
    rf"[.,:/’'–-]\d|{LETTER}|[/_@]"
    r"|-(?:on|off|time|times|sided|way|fold|star|one"
    r"|first|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
)


class Beside(NamedTuple):
    """A figure's sentence on either side of it.

    `words` are those of `left`; `attached` is what touches the number in front.
    """

    left: str
    right: str
    words: Sequence[str]
    attached: str

    @property
    def last_word(self) -> str:
        """The word before a number, in lower case; empty where something touches it."""
        if self.attached or not self.words:
            return ""
        return self.words[-1].lstrip(OPENERS).lower()

    @property
    def has_hyphen(self) -> bool:
        return self.right[:1] == "-"


def sentence_beside(left: str, right: str) -> Beside:
    """The text beside a figure, cut to its sentence."""
    if any(map(left.__contains__, SENTENCE_MARKS)):
        left = SENTENCE.split(left)[-1]
    if any(map(right.__contains__, SENTENCE_MARKS)):
        right = SENTENCE.split(right, maxsplit=1)[0]
    *before, attached = left.split(" ")
    return Beside(left, right, before, attached)


def is_name(beside: Beside, figure: Figure) -> bool:
    """Whether what touches a number makes it part of a name or a format."""
    behind = beside.right.split(" ", 1)[0]
    touched = (beside.attached and ATTACHED_BEFORE.search(beside.attached)) or (
        behind and ATTACHED_BEHIND.match(behind)
    )
    if figure.kind in (Kind.COUNT_OR_YEAR, Kind.DATE):
        prefixes = words("numbers.toml", "forms.year_prefixes")
        return bool(touched) and beside.attached.lower() not in prefixes
    return bool(touched)


@cache
def _attached_month() -> re.Pattern[str]:
    """ "PostedFebruary 6": run together by a page's layout."""
    return re.compile(rf"{LETTER}{month()}$")


def is_label(beside: Beside, text: str, figure: Figure) -> bool:
    """Whether a number is the name of something, or what a rate is for.

    Resolution 2254, Channel 4; 40 deaths per 100,000; not "a single soldier".
    """
    if beside.last_word == "per" or (text.lower() == "a" and beside.last_word == "not"):
        return True
    if not text.isdigit() or figure.kind is not Kind.COUNT:
        return False
    if beside.attached or not beside.words:
        return False
    return (
        beside.last_word in phrase_words().labels
        or _attached_month().search(beside.words[-1]) is not None
    )
