"""Whether figures of one thing can all be right, and why, in words. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Protocol

import numpy as np

from .blocks import source_words
from .lexicon import number_words
from .sums import FigureColumns, parts_of_a_sum

__all__ = ["Judged", "Verdict", "judge"]


# So many pairs are named in a reason.
MOST_NAMED = 4
# "since early December" and "since the beginning of December" are one time.
ORNAMENTS = re.compile(r"\b(?:the|early|late|mid|start|beginning|end|of)\b[ -]*")


class Verdict(StrEnum):
    """Whether the figures of one thing can all be right; the gravest first."""

    CONTRADICT = "contradict"
    EXPLAINED = "explained"
    SUM = "sum"
    FIT = "fit"
    SAME = "same"


class ComparedColumns(FigureColumns, Protocol):
    """The columns of a figure that its verdict is made from."""

    outlet: str
    kind: str
    value: float
    unit: object
    counted: str
    per: object
    day: str
    attributed_to: object
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and its reason."""

    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A number from `low` to `high`, as an outlet's `text` gives it in this row."""

    low: float
    high: float
    text: str
    row: ComparedColumns

    def leaves_room_for(self, other: Statement) -> bool:
        return self.low <= other.high and other.low <= self.high

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

    def __str__(self) -> str:
        pair = f"{self.one.text} and {self.other.text}"
        return f"{pair} ({'; '.join(self.reasons)})" if self.reasons else pair


def judge(rows: Sequence[ComparedColumns]) -> Judged:
    """The verdict on figures of one thing, given in the order of the text."""
    statements, sums = _with_sums([_statement(row) for row in rows])
    statements = _told_once(statements)
    conflicts = list(_conflicts(statements))
    if against := [conflict for conflict in conflicts if not conflict.reasons]:
        return Judged(Verdict.CONTRADICT, f"no room for one number: {_named(against)}")
    if conflicts:
        return Judged(
            Verdict.EXPLAINED, f"no room for one number, but {_named(conflicts)}"
        )
    if sums:
        return Judged(Verdict.SUM, sums)
    return _fit(statements)


def _statement(row: ComparedColumns) -> Statement:
    text = row.text
    if row.kind == "year" and not text.isdigit() and row.value > 0:
        text = f"{text} ({row.value:.0f})"  # last year (2017)
    return Statement(row.least, row.most, text, row)


def _with_sums(statements: list[Statement]) -> tuple[list[Statement], str]:
    """The statements with parts put together, where their sum fits all the others."""
    told = ""
    rows = [statement.row for statement in statements]
    for a, b in sorted(parts_of_a_sum(rows)):
        first, second = rows[a], rows[b]
        low, high = first.least + second.least, first.most + second.most
        total = Statement(low, high, f"{first.text} and {second.text}", first)
        others = [each for each in statements if each.row not in (first, second)]
        if others and all(total.leaves_room_for(other) for other in others):
            statements = [*others, total]
            parts = (
                f"{first.text} ({first.counted}) and {second.text} ({second.counted})"
            )
            told = f"{parts} add up to {_shown(low)}"
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


def _conflicts(statements: Sequence[Statement]) -> Iterator[Conflict]:
    """Pairs of statements that leave no room for one number."""
    for one, other in combinations(statements, 2):
        repeated = one.row.outlet == other.row.outlet and one.text == other.text
        if not one.leaves_room_for(other) and not repeated:
            yield Conflict(one, other, list(_explanations(one.row, other.row)))


def _explanations(one: ComparedColumns, other: ComparedColumns) -> Iterator[str]:
    """Why both of two figures that differ may be honest."""
    if one.kind != "year":
        if _time(one.per) and _time(other.per) and _time(one.per) != _time(other.per):
            yield f"times: {one.per}, {other.per}"
        if one.day and other.day and one.day != other.day:
            yield f"published: {one.day}, {other.day}"
    source, source_2 = (
        source_words(one.attributed_to),
        source_words(other.attributed_to),
    )
    if source and source_2 and not source & source_2:
        yield f"sources: {one.attributed_to}, {other.attributed_to}"


def _time(per: object) -> str:
    """A time without its ornaments."""
    return ORNAMENTS.sub("", per.lower()).strip() if isinstance(per, str) else ""


def _named(conflicts: Sequence[Conflict]) -> str:
    pairs = dict.fromkeys(str(conflict) for conflict in conflicts)
    return "; ".join(list(pairs)[:MOST_NAMED])


def _fit(statements: Sequence[Statement]) -> Judged:
    """The verdict where any two statements leave room for one number."""
    low = max(statement.low for statement in statements)
    high = min(statement.high for statement in statements)
    one_range = len({(each.low, each.high) for each in statements}) == 1
    rows = [statement.row for statement in statements]
    units = sorted({row.unit for row in rows if isinstance(row.unit, str)})
    if units:  # back from the base unit to the one printed (the first of several)
        factor = number_words().units[units[0]].factor
        low, high = low / factor, high / factor
    if low == high and one_range:
        return Judged(Verdict.SAME, f"every figure is {_shown(low, rows[0].kind)}")
    if low == high:
        return Judged(Verdict.FIT, f"{_shown(low)} fits every figure")
    if low < high:
        ends = f"{_shown(low)} to {_shown(high)}"
        return Judged(Verdict.FIT, f"any number from {ends} fits every figure")
    return Judged(Verdict.FIT, "the figures fit two by two")


def _shown(number: float, kind: str = "") -> str:
    if kind == "year":
        return f"{number:.0f}"
    if np.isinf(number):
        return "any number"
    return f"{number:,.6g}" if number < 1e5 else f"{number:,.0f}"
