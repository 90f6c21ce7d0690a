"""The sentence on either side of a number, and whether it makes the number part of a
name. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..lexicons import words
from .lexicon import phrase_words
from .numerals import Figure, Kind
from .patterns import CAPITAL, LETTER, OPENERS, month

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Beside",
    "is_label",
    "is_name",
    "may_end",
    "sentence_beside",
    "whole_beside",
]


# A sentence ends behind a letter, digit or bracket, before a capital; a clause at ";".
# What it begins with is one set of characters, as `re` looks for fast.
SENTENCE = re.compile(
    r"[\s;](?:(?:(?<=[a-zà-ÿ\d)%][.!?]\s)|(?<=[.!?][\"”’)\]]\s))"
    rf"\s*(?=[\"“‘(\[]?{CAPITAL})|(?<=[;\n]))"
)
SENTENCE_MARKS = (". ", "? ", "! ", "; ", "” ", '" ', "\n")
MAY_END = '[.?!;”"][ \u00a0]|\n'
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

    `words` are those of `left`; `attached` is what touches the number in front;
    `last_word` is the one before the number, in lower case, empty where something
    touches it.
    """

    left: str
    right: str
    words: Sequence[str]
    attached: str
    last_word: str

    @property
    def has_hyphen(self) -> bool:
        return self.right[:1] == "-"


def may_end(sentences: pl.Series) -> pl.Series:
    """Whether each has a mark at which `sentence_beside` may cut it."""
    return sentences.str.contains(MAY_END)


def sentence_beside(left: str, right: str) -> Beside:
    """The text beside a figure, cut to its sentence."""
    if any(map(left.__contains__, SENTENCE_MARKS)):
        left = SENTENCE.split(left)[-1]
    if any(map(right.__contains__, SENTENCE_MARKS)):
        right = SENTENCE.split(right, maxsplit=1)[0]
    return whole_beside(left, right)


def whole_beside(left: str, right: str) -> Beside:
    """The text beside a figure, where no mark in it ends a sentence."""
    before = left.split(" ")
    attached, last_word = before.pop(), ""
    if before and not attached:
        last_word = before[-1].lstrip(OPENERS).lower()
    return Beside(left, right, before, attached, last_word)


def is_name(beside: Beside, figure: Figure) -> bool:
    """Whether what touches a number makes it part of a name or a format."""
    behind = beside.right.split(" ", 1)[0]
    touched = (beside.attached and ATTACHED_BEFORE.search(beside.attached)) or (
        behind and ATTACHED_BEHIND.match(behind)
    )
    if not touched or figure.kind not in (Kind.COUNT_OR_YEAR, Kind.DATE):
        return bool(touched)
    prefixes = words("numbers.toml", "forms.year_prefixes")
    return beside.attached.lower() not in prefixes


@cache
def _attached_month() -> re.Pattern[str]:
    """ "PostedFebruary 6": run together by a page's layout."""
    return re.compile(rf"{LETTER}{month()}$")


# Some archives set a hyphen apart: `the F - 35`
_SPACED_NAME = re.compile(r"(?<![^\W\d_])[A-Z]{1,5} [-–]$")
_PAGES = re.compile(r"\d+(?:[-–]\d+)?")  # 12, 10-12


def is_label(beside: Beside, text: str, figure: Figure) -> bool:
    """Whether a number is the name of something, or what a rate is for.

    Resolution 2254, Channel 4, the F - 35; 40 deaths per 100,000; not "a single
    soldier".
    """
    last_word = beside.last_word
    if _SPACED_NAME.search(" ".join(beside.words[-2:])):
        return True
    if last_word == "per" or (text in ("a", "A") and last_word == "not"):
        return True
    if beside.attached or not beside.words or not _PAGES.fullmatch(text):
        return False
    return figure.kind is Kind.COUNT and (
        last_word in phrase_words().labels
        or _attached_month().search(beside.words[-1]) is not None
    )
