"""The time, rate and place that a sentence names beside a figure. English only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..lexicons import table, words
from .patterns import CAPITAL, STRIP, either, month, place_of_word

__all__ = ["TimeAndPlace", "time_and_place"]


class TimeAndPlace(NamedTuple):
    """The phrases as printed ("since May", "in Oslo"); empty where there is none."""

    time: str
    place: str


@dataclass(frozen=True, slots=True)
class Openings:
    """The words that may begin a time, a place or a rate, as they stand in a text."""

    time: frozenset[str]
    place: frozenset[str]
    rate: frozenset[str]

    def tell_time(self, words_behind: Sequence[str]) -> bool:
        """Whether any of the words behind a figure may begin a time or its rate."""
        return not (
            self.time.isdisjoint(words_behind)
            and self.rate.isdisjoint(words_behind[:2])
        )


@cache
def _openings() -> Openings:
    def around(key: str) -> frozenset[str]:
        return words("counted.toml", f"around.{key}")

    times = around("when") | around("when_or_where")
    return Openings(
        _with_marks({*times, *(word.capitalize() for word in times)}),
        _with_marks(around("where") | around("when_or_where")),
        _with_marks(around("rate")),
    )


def _with_marks(opening_words: Collection[str]) -> frozenset[str]:
    marks = ("", ".", ",", "...")
    return frozenset(word + mark for word in opening_words for mark in marks)


@cache
def _when() -> re.Pattern[str]:
    """ "since early May", "in the past two years", "on Friday", "Last week"."""
    weekdays = either(table("numbers.toml")["calendar"]["weekdays"])
    day = (
        rf"(?:{month()}(?![a-z])(?: \d{{1,2}}\b)?(?:,? \d{{4}}\b)?|\d{{4}}\b"
        rf"|(?:{weekdays}))"
    )
    return re.compile(
        r"since (?:(?:the|early|late|mid|last|start|beginning|end|middle|outbreak|of)"
        rf"[ -]){{0,4}}(?:{day}|(?:it|they|he|she|the|an?|his|her|its|their|then|last)"
        r" [\w’'-]+(?: [\w’'-]+){0,3})"
        r"|(?:in|over|during|within|for) the (?:past|last|previous|first|next)"
        r" (?:[\w-]+ ){0,2}?(?:day|week|month|year|decade|hour)s?\b"
        r"|(?:[Oo]n|[Bb]y|[Ii]n|[Uu]ntil|[Bb]efore|[Aa]fter|[Dd]uring)"
        rf" (?:(?:the|early|late|mid|start|beginning|end|of)[ -]){{0,4}}{day}"
        r"|(?:[Tt]his|[Ll]ast) (?:week|month|year)\b|overnight|yesterday|today"
    )


# "a day", "per capita", "per 100,000 people"
RATE = re.compile(
    r"(?:an?|per|each|every)"
    r" (?:day|week|month|year|hour|minute|person|head|night|capita)\b"
    r"|per \d[\d,]*(?: million)?(?: [a-z-]+\b)?"
)
# "40 deaths, compared with 25 in 2018"
COMPARED = re.compile(r"\b(?:compared (?:with|to)|versus|up from|down from|than)\b")


@cache
def _where() -> re.Pattern[str]:
    """ "in the northern city of Oslo", "near Cape Town"."""
    return re.compile(
        r"(?:in|near|around|across|at|throughout|outside) (?:the )?(?:[a-z-]+ ){0,3}?"
        rf"(?!{month()}\b){CAPITAL}[\w.’'-]*(?: (?:of )?{CAPITAL}[\w’'-]*){{0,3}}"
    )


def time_and_place(
    before: str, words_before: Sequence[str], behind: str, words_behind: Sequence[str]
) -> TimeAndPlace:
    """The time and the place of a figure: named behind it, else (a time) before it.

    Parameters
    ----------
    before, behind : str
        The text before the figure, and behind it and the counted words.
    words_before, words_behind : sequence of str
        Their words; those of `behind` begin after its first space.
    """
    openings, time, place = _openings(), "", ""
    if openings.tell_time(words_behind):
        time = next(_times_behind(behind, words_behind), "")
    if not openings.place.isdisjoint(words_behind):
        place = next(_places_behind(behind, words_behind), "")
    if not time and not openings.time.isdisjoint(words_before):
        time = next(_times_before(before, words_before), "")
    return TimeAndPlace(time.strip(STRIP), place.strip(STRIP))


def _times_behind(behind: str, words_behind: Sequence[str]) -> Iterator[str]:
    """Times behind a figure, up to what it is compared with ("..., up from 12 in")."""
    openings, start = _openings(), 1 if behind[:1] == " " else 0
    if compared := COMPARED.search(behind):
        words_behind = behind[start : compared.start()].split(" ")
    for n, word in enumerate(words_behind):
        match = None
        if word in openings.time:
            match = _when().match(behind, start + place_of_word(words_behind, n))
        elif n < 2 and word in openings.rate:
            match = RATE.match(behind, start + place_of_word(words_behind, n))
        if match:
            yield match[0]


def _places_behind(behind: str, words_behind: Sequence[str]) -> Iterator[str]:
    """Places behind a figure; "in" that begins a time begins none."""
    places, start = _openings().place, 1 if behind[:1] == " " else 0
    for n, word in enumerate(words_behind):
        if word in places:
            place = start + place_of_word(words_behind, n)
            match = _where().match(behind, place)
            if match and not _when().match(behind, place):
                yield match[0]


def _times_before(before: str, words_before: Sequence[str]) -> Iterator[str]:
    """Times before a figure, the nearest first, with no comma since."""
    times = _openings().time
    after_comma = False
    for n in range(len(words_before) - 1, -1, -1):
        word = words_before[n]
        after_comma |= word[-1:] == ","
        if word not in times or word[-1] in ".,":
            continue
        if n and after_comma:
            continue
        if match := _when().match(before, place_of_word(words_before, n)):
            yield match[0]
