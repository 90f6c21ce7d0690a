"""Where figures stand in a column of text. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..lexicons import words
from .numerals import NOBODY, Kind, read_figure
from .patterns import (
    either,
    harm_words,
    nobody,
    one_person,
    plain_edges,
    searched,
    written_number,
)

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Expression", "find_figures"]


ARTICLE = re.compile(r"(?i)\ban?\b")
FROM_OR_MINUS = frozenset("fFmM")  # how an expression begins that may be no number
NOT_NEGATIVE = re.compile(r"(?:\bor|\d) $")
# A verb of change stands so many characters before its numbers at most.
BEFORE_A_CHANGE = 60
# Behind a digit and before another: the number goes on ("1,2345", "3/4").
GOES_ON = frozenset(".,:/'’-–")
EDGE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Expression(NamedTuple):
    """What may be a figure: the row and place it stands at, and its text.

    Of a change ("cut from 300 to 200 farms") either number skips the characters of the
    other one: what it counts stands behind both, what happened to it before both.
    """

    row: int
    start: int
    text: str
    skipped_before: int = 0
    skipped_behind: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


# A hyphen right before a number, and what can be less than nought.
HYPHEN = re.compile(r"(?:^|[\s(])-$")
CAN_BE_NEGATIVE = re.compile(r"(?i) ?(?:°|degrees?\b|[CF]\b|%|per ?cent\b)")
# "no", "not a single" before what they count
NO = re.compile(rf"(?i)\b(?:{'|'.join(reversed(NOBODY.split('|')))})\b")


@cache
def _searched() -> str:
    return plain_edges(searched())


@cache
def _nobody() -> str:
    return plain_edges(nobody())


@cache
def _change() -> re.Pattern[str]:
    """ "from 300 to 200", with either number in a group."""
    one = written_number()
    return re.compile(rf"(?i)from ({one}) to ({one})")


def _signed(match: Expression, text: str) -> Expression:
    """The number with a minus that is a hyphen, or without a minus that is none.

    "-8 degrees"; "plus or minus 3" and "10 minus 3" have no negative number.
    """
    before = text[max(0, match.start - 4) : match.start]
    if HYPHEN.search(before) and CAN_BE_NEGATIVE.match(text, match.end):
        return Expression(match.row, match.start - 1, f"-{match.text}")
    if match.text.lower().startswith("minus ") and NOT_NEGATIVE.search(before):
        width = len("minus ")
        return Expression(match.row, match.start + width, match.text[width:])
    return match


@cache
def _changing() -> re.Pattern[str]:
    """A verb of change in the clause before "from": "rose on Sunday from"."""
    verbs = either(words("counted.toml", "phrase.changing"))
    return re.compile(rf"(?i)\b(?:{verbs})\b[^.;:!?]{{0,{BEFORE_A_CHANGE}}}$")


@cache
def _one_person() -> str:
    return plain_edges(one_person())


@cache
def _harm() -> list[str]:
    """Words of harm: every match of `one_person` and `nobody` has one of them."""
    return sorted(harm_words())


def find_figures(texts: pl.Series) -> list[Expression]:
    """Every expression in a polars column, by row and place."""
    text_of = texts.to_list()
    numbers: list[Expression] = []
    for match in _matches(texts, _searched()):
        text = text_of[match.row]
        if match.text[0] in FROM_OR_MINUS or text[match.start - 1 : match.start] == "-":
            numbers += _numbers(match, text)
        else:
            numbers.append(match)
    harmed = texts.str.contains_any(_harm(), ascii_case_insensitive=True)
    rows = harmed.arg_true().to_list()
    some = texts.filter(harmed)
    persons = [_first(ARTICLE, match) for match in _matches(some, _one_person())]
    nobodies = [_first(NO, match) for match in _matches(some, _nobody())]
    ones = [match._replace(row=rows[match.row]) for match in persons + nobodies]
    return sorted(numbers + ones) if ones else numbers


def _first(pattern: re.Pattern[str], match: Expression) -> Expression:
    """The word that counts: "a" in "and a civilian dead", "no" in "no one was hurt"."""
    word = pattern.search(match.text)
    assert word is not None  # every alternative of the searched pattern has one
    return Expression(match.row, match.start + word.start(), word[0])


def _numbers(match: Expression, text: str) -> list[Expression]:
    """The expression, without a minus that is none, or both numbers of a change: "fell
    from 300 to 200".

    A pair that rises with no verb of change before it is a range: "from 5 to 7 boats".
    """
    change = _change().fullmatch(match.text)
    if change is None:
        return [_signed(match, text)]
    figure = read_figure(match.text)
    if figure is not None:
        before = text[max(0, match.start - BEFORE_A_CHANGE) : match.start]
        if figure.kind is not Kind.COUNT or not _changing().search(before):
            return [match]
    row, place = match.row, match.start
    gap, lead = change.end(2) - change.end(1), change.start(2)
    return [
        Expression(row, place + change.start(1), change[1], skipped_behind=gap),
        Expression(row, place + change.start(2), change[2], skipped_before=lead),
    ]


def _matches(texts: pl.Series, pattern: str) -> Iterator[Expression]:
    """The matches of a pattern, with their places.

    polars gives the texts of the matches, not their places; they come in order, so each
    stands at the next place where its text is between word edges.
    """
    lists = texts.str.extract_all(pattern)
    rows = (lists.list.len().fill_null(0) > 0).arg_true()
    for row, text, matches in zip(
        rows.to_list(),
        texts.gather(rows).to_list(),
        lists.gather(rows).to_list(),
        strict=True,
    ):
        behind = 0
        for match in matches:
            start = _place(text, match, behind)
            if start < 0:
                continue
            behind = start + len(match)
            if not _goes_on(text, behind):
                yield Expression(row, start, match)


def _place(text: str, match: str, begin: int) -> int:
    """The first place from `begin` where `match` stands between word edges, or -1."""
    start = text.find(match, begin)
    while start >= 0:
        end = start + len(match)
        inside = start and match[0] in EDGE and text[start - 1] in EDGE
        if not inside and not (match[-1] in EDGE and text[end : end + 1] in EDGE):
            break
        start = text.find(match, start + 1)
    return start


def _goes_on(text: str, end: int) -> bool:
    """Whether the number that ends here is part of a longer one ("12,3456")."""
    return (
        text[end - 1].isdigit()
        and text[end : end + 1] in GOES_ON
        and text[end + 1 : end + 2].isdigit()
    )
