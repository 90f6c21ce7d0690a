"""Whether figures of one thing can all be right, and why, in words. English only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .blocks import source_words
from .lexicon import number_words
from .precision import is_vague
from .sets import (
    ComparedColumns,
    are_of_one_set,
    is_as_yet,
    is_earlier,
    is_part,
    number_before,
    ways_of_counting,
)
from .sums import parts_of_a_sum

__all__ = ["Judged", "Verdict", "judge"]


# So many pairs are named in a reason.
MOST_NAMED = 4
# "since early December" and "since the beginning of December" are one time, "in 2025"
# and "by 2025" too.
ORNAMENTS = re.compile(
    r"\b(?:the|early|late|mid|start|beginning|end|of)\b[ -]*|^(?:in|on|by|during)\b *"
)

A_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


class Verdict(StrEnum):
    """Whether the figures of one thing can all be right; the gravest first."""

    CONTRADICT = "contradict"
    EXPLAINED = "explained"
    SUM = "sum"
    FIT = "fit"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and its reason; `rows` are those of the first two that differ."""

    verdict: Verdict
    why: str
    rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Statement:
    """A number from `low` to `high`, as an article gives it; `rows` are its figures."""

    low: float
    high: float
    text: str
    row: ComparedColumns
    rows: frozenset[int]

    def leaves_room_for(self, other: Statement) -> bool:
        return self.low <= other.high and other.low <= self.high

    def is_equal(self, other: Statement) -> bool:
        """Whether both give one number, as exactly as it is printed, without hedges."""
        bounded = max(self.high, other.high) < np.inf
        return (
            bounded
            and not (is_vague(self.text) or is_vague(other.text))
            and self.leaves_room_for(other)
        )

    @property
    def content(self) -> tuple[object, ...]:
        """What makes it another statement than one already made."""
        row = self.row
        source = row.attributed_to
        return self.low, self.high, self.text, row.outlet, row.per, row.day, source


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements that leave no room for one number, and what explains it."""

    one: Statement
    other: Statement
    reasons: Sequence[str]

    @property
    def rows(self) -> frozenset[int]:
        return self.one.rows | self.other.rows

    @property
    def texts(self) -> str:
        return f"{self.one.text} and {self.other.text}"

    @property
    def explained(self) -> str:
        return f"{self.texts} ({'; '.join(self.reasons)})"


def judge(
    rows: Sequence[ComparedColumns], linked: Collection[tuple[int, int]]
) -> Judged:
    """The verdict on figures of one thing, given in the order of the text.

    `linked` are the pairs of rows that are linked with each other, the lower one first;
    figures that only a chain of others joins cannot contradict each other.
    """
    every = [_statement(row) for row in rows]
    wholes = _wholes(every)
    statements, sums = _with_sums(wholes)
    parts = [each for each in every if each not in wholes]
    conflicts = list(_conflicts(_told_once([*statements, *parts]), linked))
    if against := [conflict for conflict in conflicts if not conflict.reasons]:
        pairs = _named([conflict.texts for conflict in against])
        why = f"{pairs} cannot both be right."
        return Judged(Verdict.CONTRADICT, why, against[0].rows)
    if conflicts:
        pairs = _named([conflict.explained for conflict in conflicts])
        why = f"Both may be right: {pairs}."
        return Judged(Verdict.EXPLAINED, why, conflicts[0].rows)
    if sums:
        return Judged(Verdict.SUM, f"{sums}.")
    return _fit(_told_once(statements))


def _statement(row: ComparedColumns) -> Statement:
    text = row.text
    if row.kind == "year" and not text.isdigit() and row.value > 0:
        text = f"{text} ({row.value:.0f})"  # last year (2017)
    return Statement(row.least, row.most, text, row, frozenset([row.row]))


def _wholes(statements: list[Statement]) -> list[Statement]:
    """The statements without parts and earlier numbers, where their article has more.

    Of "9 people, including 3 children" the nine, of "rose from 12 to 19" the nineteen.
    """

    def is_whole(statement: Statement) -> bool:
        return not (is_part(statement.row) or is_earlier(statement.row))

    whole = {each.row.article_id for each in statements if is_whole(each)}
    return [
        each
        for each in statements
        if is_whole(each) or each.row.article_id not in whole
    ]


def _with_sums(statements: list[Statement]) -> tuple[list[Statement], str]:
    """The statements with parts put together, where their sum fits all the others."""
    told = ""
    for a, b in sorted(parts_of_a_sum([statement.row for statement in statements])):
        first, second = statements[a], statements[b]
        total = Statement(
            first.low + second.low,
            first.high + second.high,
            f"{first.text} and {second.text}",
            first.row,
            first.rows | second.rows,
        )
        others = [each for each in statements if not each.rows & total.rows]
        articles = {other.row.article_id for other in others}
        told_by_another = bool(articles - {first.row.article_id})
        if told_by_another and all(total.leaves_room_for(other) for other in others):
            statements = [*others, total]
            parts = [f"{each.text} ({each.row.counted})" for each in (first, second)]
            told = f"{' and '.join(parts)} add up to {_shown(total.low)}"
            break
    return statements, told


def _told_once(statements: Sequence[Statement]) -> list[Statement]:
    """Each statement once, by size."""
    first = {each.content: each for each in reversed(statements)}
    ordered = [each for each in statements if first[each.content] is each]
    return sorted(
        ordered,
        key=lambda each: (
            each.low,
            each.high,
            each.text,
            each.row.article_id,
            each.row.start,
        ),
    )


def _conflicts(
    statements: Sequence[Statement], linked: Collection[tuple[int, int]]
) -> Iterator[Conflict]:
    """Pairs of statements of two articles that leave no room for one number."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        for row in statement.rows:
            places[row].append(place)
    near = {
        (min(i, j), max(i, j)) for a, b in linked for i in places[a] for j in places[b]
    }
    for i, j in sorted(near):
        one, other = statements[i], statements[j]
        if one.leaves_room_for(other) or one.row.article_id == other.row.article_id:
            continue
        if one.row.outlet == other.row.outlet and one.text == other.text:
            continue
        if not are_of_one_set(one.row, other.row):
            continue
        if not _is_told_by_both(one, other, statements):
            yield Conflict(one, other, list(_explanations(one.row, other.row)))


def _is_told_by_both(
    one: Statement, other: Statement, statements: Sequence[Statement]
) -> bool:
    """Whether one article prints both numbers: then they are of two things.

    "a 1 in 3 chance of losing and a 2 in 3 chance of keeping it", in both.
    """
    articles = {one.row.article_id, other.row.article_id}
    return any(
        each.row.article_id in articles - {mine.row.article_id} and each.is_equal(mine)
        for mine in (one, other)
        for each in statements
    )


def _explanations(one: ComparedColumns, other: ComparedColumns) -> Iterator[str]:
    """Why both of two figures that differ may be honest."""
    if one.kind != "year":
        time, time_2 = _time(one.per), _time(other.per)
        if time and time_2 and time != time_2:
            yield f"times: {one.per}, {other.per}"
        elif bool(time) != bool(time_2) and A_YEAR.search(time or time_2):
            yield f"times: {one.per if time else other.per}, and none told"
        if one.day and other.day and one.day != other.day:
            yield f"published: {one.day}, {other.day}"
    for last, row in ((one, other), (other, one)):
        first = number_before(last)
        if first and min(first.value, last.value) <= row.value <= last.high:
            yield f"the number changed: {first.text} before {last.text}"
    if is_as_yet(one) != is_as_yet(other):
        yield "one of them is told as not the last"
    ways, ways_2 = ways_of_counting(one), ways_of_counting(other)
    if ways != ways_2:
        named = [" ".join(words) or "none told" for words in (ways, ways_2)]
        yield f"ways of counting: {', '.join(named)}"
    source = source_words(one.attributed_to)
    source_2 = source_words(other.attributed_to)
    if bool(source) != bool(source_2):
        told = one.attributed_to if source else other.attributed_to
        yield f"sources: {told}, and none told"
    elif source and source.isdisjoint(source_2):
        yield f"sources: {one.attributed_to}, {other.attributed_to}"


def _time(per: object) -> str:
    """A time without its ornaments."""
    return ORNAMENTS.sub("", per.lower()).strip() if isinstance(per, str) else ""


def _named(pairs: Sequence[str]) -> str:
    return "; ".join(list(dict.fromkeys(pairs))[:MOST_NAMED])


def _fit(statements: Sequence[Statement]) -> Judged:
    """The verdict where nothing contradicts."""
    low = max(statement.low for statement in statements)
    high = min(statement.high for statement in statements)
    if low > high:
        return _without_one_number(statements)
    rows = [statement.row for statement in statements]
    if all(row.low == row.high == rows[0].value for row in rows):
        text = _shown(rows[0].value, rows[0].kind)
        return Judged(Verdict.SAME, f"Every figure is {text}.")
    units = sorted({row.unit for row in rows if isinstance(row.unit, str)})
    if units:  # back from the base unit to the one printed (the first of several)
        factor = number_words().units[units[0]].factor
        low, high = low / factor, high / factor
    if low == high:
        return Judged(Verdict.FIT, f"{_shown(low)} fits every figure.")
    ends = f"{_shown(low)} to {_shown(high)}"
    return Judged(Verdict.FIT, f"Any number from {ends} fits every figure.")


def _without_one_number(statements: Sequence[Statement]) -> Judged:
    """The verdict on figures that differ but are not of one set."""
    printed: dict[str, set[tuple[float, float]]] = {}
    for each in statements:
        ends = (each.low, each.high)
        printed.setdefault(each.row.article_id, set()).add(ends)
    first, *others = printed.values()
    if others and all(numbers == first for numbers in others):
        texts = dict.fromkeys(each.text for each in statements)
        return Judged(Verdict.SAME, f"Every article prints {' and '.join(texts)}.")
    return Judged(
        Verdict.FIT, "No two of these figures that differ are surely of one set."
    )


def _shown(number: float, kind: str = "") -> str:
    if kind == "year":
        return f"{number:.0f}"
    if np.isinf(number):
        return "any number"
    return f"{number:,.6g}" if number < 1e5 else f"{number:,.0f}"
