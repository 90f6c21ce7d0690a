"""Whether two figures count one set, so that they could contradict. English only.

A contradiction is rare: children among the dead, a rate beside a total, the share that
is left and a number that both articles print are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from ..lexicons import table, words
from ..text import fold, tokenize
from .blocks import topic_words
from .lexicon import counted_words
from .numerals import read_figure
from .patterns import CAPITAL
from .precision import is_vague
from .sums import FigureColumns, text_beside

__all__ = [
    "ComparedColumns",
    "are_of_one_set",
    "is_as_yet",
    "is_earlier",
    "is_part",
    "number_before",
    "ways_of_counting",
]


# "nine people, including at least 3", "40 miners, among them 12"
PART_BEFORE = re.compile(
    r"(?i)\b(?:includ(?:ing|ed|es?)|among (?:them|whom)|of (?:whom|which|them|those)"
    r"|(?:most|half|some) of them|counting)[^,;.]{0,25}$"
)
# "two of the nine"
PART_BEHIND = re.compile(r"(?i)^ of (?:the|those|them|these|whom|its|their)\b")
# "rose from 12", "compared with 25", "up from 9": the number of an earlier time
HEDGES = r"(?:the |a |an |about |some |nearly |almost |just |only |more than |over )*"
COMPARED = re.compile(
    rf"(?i)\b(?:compared (?:with|to)|versus|up from|down from) {HEDGES}$"
)
FROM = re.compile(rf"(?i)\b(?:from) {HEDGES}$")
NUMBER = r"(?:[$£€]?\d|one|two|three|four|five|six|seven|eight|nine|ten|a dozen|zero)"
# "from 3 per cent to 5", "from the five pads they asked for to three"
TO_BEHIND = re.compile(rf"(?i)^[^.;]{{0,60}}? to {HEDGES}{NUMBER}")
# "to 5 per cent from 3"
TO_BEFORE = re.compile(rf"(?i)\bto {HEDGES}{NUMBER}[^.;]{{0,30}} from {HEDGES}$")
# "(from 18) to 31", "(to 31) from 18": the number of the earlier time
WRITTEN = rf"((?={NUMBER})[^\s,;.]+(?: (?:hundred|thousand|million|billion))?)"
FROM_BEFORE = re.compile(rf"(?i)\bfrom {HEDGES}{WRITTEN}[^.;]{{0,40}}? to {HEDGES}$")
TO = re.compile(rf"(?i)\bto {HEDGES}$")
FROM_BEHIND = re.compile(rf"(?i)^[^.;,]{{0,30}}? from {HEDGES}{WRITTEN}")
# "had already counted 24": there may be more by now
AS_YET = re.compile(
    r"(?i)\b(?:already|so far|thus far|to date|until now|as of|by then)\b[^.;]{0,40}$"
)
CAPITALISED = re.compile(rf"{CAPITAL}[\w-]+")
# Shares of one whole: "a 1 in 3 chance of losing, a 2 in 3 chance of keeping".
WHOLE, ROUNDING = 100.0, 1.5


# A bare number is of what stands in so many characters on either side; two of them are
# of one thing if they share so many words there.
NEARBY, SHARED_BY_BARE = 60, 2
# "5 percent more than": a difference, not a size
DIFFERENCE = re.compile(
    r"(?i)^,? (?:more|less|fewer|higher|lower|larger|smaller|above|below|off|up|down"
    r"|increase|decrease|rise|drop|decline|growth|jump)\b"
)


# "in office until 2017"
DEADLINE = re.compile(r"(?i)\b(?:until|till|by|through|before|after|since|to) $")


class ComparedColumns(FigureColumns, Protocol):
    """The columns of a figure that its verdict is made from."""

    row: int
    outlet: str
    kind: str
    value: float
    low: float
    high: float
    unit: object
    counted: object
    event: object
    per: object
    place: object
    day: str
    attributed_to: object
    least: float
    most: float


def is_part(row: FigureColumns) -> bool:
    """Whether a figure is one of those named beside it: "9 people, including 3"."""
    before, behind = text_beside(row)
    return bool(PART_BEFORE.search(before) or PART_BEHIND.match(behind))


def is_earlier(row: FigureColumns) -> bool:
    """Whether a figure is what another one is compared with: "rose from 12 to 19"."""
    before, behind = text_beside(row)
    if COMPARED.search(before) or TO_BEFORE.search(before):
        return True
    return FROM.search(before) is not None and TO_BEHIND.match(behind) is not None


@dataclass(frozen=True, slots=True)
class Earlier:
    """The number of an earlier time, and as printed."""

    value: float
    text: str


def number_before(row: FigureColumns) -> Earlier | None:
    """The earlier number that the text gives with this one: "climbed to 31 from 18"."""
    before, behind = text_beside(row)
    told = FROM_BEFORE.search(before)
    if told is None and TO.search(before):
        told = FROM_BEHIND.match(behind)
    figure = read_figure(told[1]) if told else None
    return Earlier(figure.value, told[1]) if told and figure else None


def is_as_yet(row: FigureColumns) -> bool:
    """Whether a figure is of a moment that is not the end: "had already counted 24"."""
    return AS_YET.search(text_beside(row)[0]) is not None


def ways_of_counting(row: FigureColumns) -> list[str]:
    """What a figure is by the words close to it: a median, a peak, a confirmed one."""
    before, behind = text_beside(row)
    close = {fold(word) for word in tokenize(f"{before[-NEARBY:]} {behind[:NEARBY]}")}
    return sorted(close & words("counted.toml", "phrase.ways_of_counting"))


def are_of_one_set(one: ComparedColumns, other: ComparedColumns) -> bool:
    """Whether two figures count the same set at all."""
    if is_vague(one.text) or is_vague(other.text):
        return False
    if is_part(one) != is_part(other) or is_earlier(one) != is_earlier(other):
        return False
    if _is_difference(one) != _is_difference(other):
        return False
    if _is_rate(one.per) != _is_rate(other.per) or _leave_the_rest(one, other):
        return False
    if _are_elsewhere(one, other):
        return False
    if _is_bare(one) and len(_nearby(one) & _nearby(other)) < SHARED_BY_BARE:
        return False
    if one.kind == "year":
        return not any(_recurs(row) or _is_deadline(row) for row in (one, other))
    return _count_alike(one, other)


def _is_difference(row: FigureColumns) -> bool:
    return DIFFERENCE.match(text_beside(row)[1]) is not None


def _is_rate(per: object) -> bool:
    """Whether a time is a rate: "a day", "per 100,000"."""
    first = per.split(" ", 1)[0].lower() if isinstance(per, str) else ""
    return first in words("counted.toml", "around.rate")


def _is_bare(row: ComparedColumns) -> bool:
    """Whether a common unit stands without a noun: "5 percent", "$3"."""
    common = words("numbers.toml", "forms.common_units")
    return row.unit in common and not isinstance(row.counted, str)


def _nearby(row: FigureColumns) -> frozenset[str]:
    """The words close to a figure, which tell what a bare number is of."""
    before, behind = text_beside(row)
    return topic_words(f"{before[-NEARBY:]} {behind[:NEARBY]}")


def _are_elsewhere(one: ComparedColumns, other: ComparedColumns) -> bool:
    """Whether either names a place that the other's sentence does not have."""
    if not (isinstance(one.place, str) and isinstance(other.place, str)):
        return False
    names, names_2 = (set(CAPITALISED.findall(str(row.place))) for row in (one, other))
    return names.isdisjoint(CAPITALISED.findall(other.context)) and names_2.isdisjoint(
        CAPITALISED.findall(one.context)
    )


def _leave_the_rest(one: ComparedColumns, other: ComparedColumns) -> bool:
    """Whether two shares make one whole, so that each is what the other leaves."""
    total = one.value + other.value
    return one.kind == "percent" and abs(total - WHOLE) <= ROUNDING


def _recurs(row: ComparedColumns) -> bool:
    """Whether a year is one of many of its kind: elections, budgets, seasons."""
    head = _head(row)
    return head in words("counted.toml", "phrase.recurring") or row.event == "elected"


def _is_deadline(row: FigureColumns) -> bool:
    """Whether a year ends or begins a time, so that it is not the year of an event."""
    return DEADLINE.search(text_beside(row)[0]) is not None


def _head(row: ComparedColumns) -> str:
    counted = row.counted if isinstance(row.counted, str) else ""
    return counted.rsplit(" ", 1)[-1].lower()


@cache
def _synonyms() -> dict[str, str]:
    """Nouns for people to the group of those that may be the same people."""
    groups = table("counted.toml")["synonyms"]
    return {word: name for name, group in groups.items() for word in group}


def _count_alike(one: ComparedColumns, other: ComparedColumns) -> bool:
    """Whether what two figures count can be one set.

    "children" and "pupils" can, "children" and "teachers" cannot; of "people" the
    narrower noun may be a part where its number is the smaller one.
    """
    classes = counted_words().class_of
    head, head_2 = _head(one), _head(other)
    if head == head_2 or "people" not in (classes.get(head), classes.get(head_2)):
        return True
    group, group_2 = (_synonyms().get(word, word) for word in (head, head_2))
    if group == group_2:
        return True
    general, general_2 = (_is_general(word) for word in (group, group_2))
    if general == general_2:
        return general
    broad, narrow = (one, other) if general else (other, one)
    return narrow.least > broad.most


def _is_general(group: str) -> bool:
    """Whether a noun, or a participle, is for people of any kind."""
    return group in ("", "people") or group in counted_words().event_of
