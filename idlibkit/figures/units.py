"""The unit and the hedge beside a number: 5 km, "more than 40". English only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..lexicons import words
from .lexicon import number_words
from .patterns import CURRENCY, DIGITS, OPENERS, STRIP, either

__all__ = ["Hedge", "UnitBehind", "read_hedge", "read_unit"]


# "(9 miles)", "(about $32 million)" behind a figure: the same in another unit
CONVERSION = re.compile(
    r"(?i) ?\(((?:(?:about|roughly|around|approximately|nearly|almost|over|some) )?"
    rf"(?:{DIGITS}(?: (?:million|billion))?[ -]?[a-z²°][a-z²° ]{{0,25}}"
    rf"|(?:{CURRENCY}){DIGITS}(?: ?(?:[mb]illion|bn|m))?))\)"
)
# Pounds by the million are money, but of weight: "25 million pounds of fish".
HEAVY = re.compile(r" (?:of|in|or)\b|, or ")
MILLIONS = re.compile(r"illions?$|\d(?:m|mn|bn)$")
HEDGE_BEHIND = re.compile(
    r"(?:\+|-plus\b|,? (or more|or less|or fewer|or so|and counting)\b)"
)
LONGEST_HEDGE = 4  # words
LONGEST_UNIT = 3


class UnitBehind(NamedTuple):
    """The unit of a figure, its conversion, and the text behind both.

    `attached` says whether the unit stands behind the number, as in "$5" it does not.
    """

    name: str
    rest: str
    conversion: str = ""
    attached: bool = False

    @property
    def kind(self) -> str:
        return number_words().units[self.name].kind if self.name else ""


class Hedge(NamedTuple):
    """A hedge as printed, the words before it, and the text behind number and hedge."""

    text: str
    words_before: Sequence[str]
    rest: str
    before_number: bool

    @property
    def width(self) -> int:
        """The characters it takes before the number."""
        return len(self.text) + 1 if self.before_number else 0


def read_unit(number: str, unit: str, left: str, right: str) -> UnitBehind:
    """The unit of `number`, between `left` and `right`; `unit` is one within it."""
    name, width = (unit, 0) if unit else _unit_behind(number, right)
    read = UnitBehind(name, right[width:], "", width > 0)
    if name and (match := CONVERSION.match(read.rest)):
        read = _with_conversion(read, match)
    hyphen = right[:1] == "-"
    if read.name == "pound" and not read.conversion and not hyphen:
        by_million = MILLIONS.search(number)
        weight = HEAVY.match(read.rest) or _weighed().search(left)
        if by_million and not weight:
            return read._replace(name="GBP")
    return read


def _unit_behind(number: str, right: str) -> tuple[str, int]:
    """The unit right behind a number, and how many characters it takes.

    "5 km", "10%", "five-day", "millions of dollars".
    """
    lex, attached = number_words(), right.split(" ", 1)[0]
    if number.rsplit(" ", 1)[-1] in lex.vague and right.startswith(" of "):
        form = right[4:40].split(" ", 1)[0].rstrip(STRIP)
        name = lex.unit_of.get(form.lower(), "")
        return name, 4 + len(form) if name else 0
    gap = 1
    if attached[:1] == "-":
        following = right[1:60].split(" ", 1)[0].split("-")
    elif attached:
        following, gap = [attached[:1] if attached[0] == "%" else attached], 0
    else:
        following = right[1:60].split(" ", LONGEST_UNIT)
    if following[0].rstrip(STRIP).lower() not in lex.unit_starts:
        return "", 0
    for n in range(min(LONGEST_UNIT, len(following)), 0, -1):
        form = " ".join(following[:n]).rstrip(STRIP)
        if form.lower() in lex.unit_of:
            return lex.unit_of[form.lower()], len(form) + gap
    return "", 0


def _with_conversion(read: UnitBehind, match: re.Match[str]) -> UnitBehind:
    """The figure with the same in another unit; pounds that are money are sterling."""
    is_money = re.search(CURRENCY, match[1]) is not None
    if is_money and read.name != "pound" and read.kind != "money":
        return read
    name = "GBP" if is_money and read.name == "pound" else read.name
    rest = read.rest[match.end() :]
    return read._replace(name=name, rest=rest, conversion=match[1])


@cache
def _weighed() -> re.Pattern[str]:
    """A verb of weight before pounds: "caught", "shipped", "weighs"."""
    stems = either(words("numbers.toml", "forms.weighing_stems"))
    return re.compile(rf"\b(?:{stems})[a-z]*\b[^.;]{{0,40}}$")


def read_hedge(words_before: Sequence[str], last_word: str, rest: str) -> Hedge:
    """The hedge that the words before a number end with, or the one behind it; the
    `last_word` is in lower case, and empty where something touches the number.
    """
    lex = number_words()
    if last_word in lex.hedge_ends:
        for n in range(min(LONGEST_HEDGE, len(words_before)), 0, -1):
            phrase = " ".join(words_before[-n:]).lstrip(OPENERS)
            if phrase.lower() in lex.hedges:
                return Hedge(phrase, words_before[:-n], rest, True)
    if match := HEDGE_BEHIND.match(rest):
        text = match[1] or "or more"
        return Hedge(text, words_before, rest[match.end() :], False)
    return Hedge("", words_before, rest, False)
