"""What an expression with a figure amounts to: kind, value and bounds. English only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import nan

from .lexicon import Bounds, number_words
from .patterns import (
    CURRENCY,
    FRACTIONS,
    NUMBER_SPACES,
    one_in_so_many,
    pair_of_numbers,
    part_of_a_whole,
    tens_and_ones,
    written_date,
    written_otherwise,
)

__all__ = ["Figure", "Kind", "read_figure"]


class Kind(StrEnum):
    """What a figure is; the last two are settled by the words beside it."""

    COUNT = "count"
    MEASURE = "measure"
    MONEY = "money"
    PERCENT = "percent"
    AGE = "age"
    YEAR = "year"
    DATE = "date"
    HALF = "half"
    COUNT_OR_YEAR = "count or year"


@dataclass(frozen=True, slots=True)
class Figure:
    """An expression alone: `value` is missing for ranges, `low` for what is open."""

    kind: Kind
    value: float
    low: float
    high: float
    unit: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that figures are written in, with its reader (None: it is no figure)."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Figure | None]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is written: its value, how far a vague word opens it, its unit."""

    value: float
    bounds: Bounds
    unit: str


EXACT = Bounds(1.0, 1.0)
# Longer runs of digits are identifiers, and more than a float holds.
MOST_DIGITS = 15
MINUS = ("minus ", "−", "-")
HALF = re.compile("[ -]and[ -]a[ -]half")
WRITTEN_FRACTION = re.compile(r" ([1-9])/([2-9])$")
SIGNS = "".join(FRACTIONS)


def _single(kind: Kind, value: float, unit: str = "", date: str = "") -> Figure:
    return Figure(kind, value, value, value, unit, date)


def _numeral(text: str) -> Numeral | None:
    """The number of ``half a million``, ``$1.5bn``, ``a few thousand``; or None."""
    lex = number_words()
    text = text.lower()
    currency = re.match(rf"(?i)(?:{CURRENCY})", text)
    unit = lex.unit_of.get(currency[0].rstrip("."), "") if currency else ""
    text = text[currency.end() :].strip() if currency else text
    sign = -1 if text.startswith(MINUS) else 1
    for minus in MINUS:
        text = text.removeprefix(minus)
    text, half = _without_fraction(text)
    text = re.sub(rf"(?<=\d)[{NUMBER_SPACES} ,](?=\d)", "", text)
    text = re.sub(r"(\d)([a-z]+)$", r"\1 \2", text)  # 3km: 3 km
    total, last, bounds = 0.0, 0.0, EXACT
    current: float | None = None
    for word in re.split(r"[ -]", text):
        if word in lex.vague_times:
            bounds, current = lex.vague_times[word], 1.0
        elif word in lex.scales and current is None and last:
            # 2 lakh crore
            total, last = total - last + last * lex.scales[word], 0.0
        elif word in lex.scales:
            current = ((1.0 if current is None else current) + half) * lex.scales[word]
            half = 0.0
            if lex.scales[word] >= 1000:
                total, last = total + current, current
                current = None
        elif word in ("half", "quarter"):
            current = 1 / lex.shares[word]
        elif word in lex.digits:
            current = (current or 0.0) + lex.digits[word]
        elif word[:1].isdigit() and len(word) <= MOST_DIGITS:
            current = float(word)
        elif word in lex.unit_of:
            unit = lex.unit_of[word]
        elif word in ("a", "an"):
            current = 1.0 if current is None else current
        elif word not in ("and", "of"):
            return None
    return Numeral(sign * (total + (current or 0.0) + half), bounds, unit)


def _without_fraction(text: str) -> tuple[str, float]:
    """A number without the fraction behind it ("2½", "2 1/2", "two and a half")."""
    if match := HALF.search(text):
        return text[: match.start()] + text[match.end() :], 0.5
    if match := WRITTEN_FRACTION.search(text):
        return text[: match.start()], int(match[1]) / int(match[2])
    return text.rstrip(SIGNS), FRACTIONS.get(text[-1:], 0.0)


def _date(match: re.Match[str]) -> Figure:
    """A date as ISO 8601, "--02-03" without its year; "last year" as "last"."""
    text = match[0]
    if "year" in text.lower():
        return _single(Kind.YEAR, nan, date=text.lower().split()[0])
    year = re.search(r"\d{4}", text)
    number = float(year[0]) if year else nan
    month = next(
        (
            n
            for n, name in enumerate(number_words().months, 1)
            if re.search(rf"\b{name[:3]}", text)
        ),
        0,
    )
    if not month:  # 2018-02-03
        return _single(Kind.DATE, number, date=text)
    rest = text.replace(year[0], "") if year else text
    day = re.search(r"\b\d{1,2}(?!\d)", rest)
    date = f"{year[0] if year else '-'}-{month:02}" + (
        f"-{int(day[0]):02}" if day else ""
    )
    return _single(Kind.DATE, number, date=date)


NOBODY = (
    "no|no one|no-one|nobody|none|not one|not a single"
    "|without|without any|without a single"
)


def _nobody(match: re.Match[str]) -> Figure:
    return _single(Kind.COUNT, 0.0)


def _no_figure(match: re.Match[str]) -> None:
    return None


def _vague(match: re.Match[str]) -> Figure:
    """ "dozens"; of "hundreds of thousands" the last word gives the size."""
    vague = number_words().vague
    first, *scale = re.split(" (?:of|upon) ", match[0].lower())
    times = vague[scale[0]].low / 2 if scale else 1
    return Figure(Kind.COUNT, nan, vague[first].low * times, vague[first].high * times)


def _part(match: re.Match[str]) -> Figure:
    """ "two thirds" as per cent; "half a" is half of what follows, or a share."""
    text = match[0].lower()
    if re.fullmatch("half an?", text):
        return _single(Kind.HALF, 0.5)
    parts = re.split("[- ]", text)
    lex = number_words()
    top = lex.digits.get(parts[0], 1)
    bottom = next(
        lex.shares[part.rstrip("s")] for part in parts if part.rstrip("s") in lex.shares
    )
    return _single(Kind.PERCENT, 100 * top / bottom, "%")


def _share(match: re.Match[str]) -> Figure | None:
    """ "four in 10" as per cent; "ten in two" is none."""
    top, group = (_numeral(text) for text in match.groups())
    if top is None or group is None or top.value >= group.value:
        return None
    return _single(Kind.PERCENT, 100 * top.value / group.value, "%")


YEARS = re.compile(
    r"(?i)(?:between |from )?(1[5-9]\d\d|20\d\d)\W*(?:and|to)?\W*"
    r"(\d\d|1[5-9]\d\d|20\d\d)"
)


def _years(match: re.Match[str]) -> Figure | None:
    """ "2014-18", "from 2014 to 2018"."""
    first, last = map(float, match.groups())
    if last < 100:
        last += first // 100 * 100
    if first >= last:
        return None
    return Figure(Kind.YEAR, nan, first, last, date=f"{first:.0f}/{last:.0f}")


def _range(match: re.Match[str]) -> Figure | None:
    """ "5-7", "between 5 and 7", "2-3 million"; a falling pair ("5-4") is a score."""
    if years := YEARS.fullmatch(match[0]):
        return _years(years)
    scales = number_words().scales
    first, last = (text for text in match.groups() if text)
    one, two = _numeral(first), _numeral(last)
    if one is None or two is None:
        return None
    low, high = one.value * one.bounds.low, two.value * two.bounds.high
    scale = re.search(r"[a-z]+$", last.lower())
    own_scale = any(word in scales for word in re.split(r"[- \d.]", first.lower()))
    if scale and scale[0] in scales and not own_scale:
        low *= scales[scale[0]]
    if low >= high:
        return None
    return Figure(Kind.COUNT, nan, low, high, one.unit or two.unit)


def _number(match: re.Match[str]) -> Figure | None:
    """One number; of four digits, it may be a year."""
    text = match[0]
    if re.fullmatch(r"\d{8,}|911", text):  # an identifier, an emergency call
        return None
    numeral = _numeral(text)
    if numeral is None:
        return None
    value, bounds, unit = numeral.value, numeral.bounds, numeral.unit
    is_year = re.fullmatch(r"1[5-9]\d\d|20\d\d", text) is not None
    return Figure(
        Kind.COUNT_OR_YEAR if is_year else Kind.COUNT,
        value if bounds.low == bounds.high else nan,
        value * bounds.low,
        value * bounds.high,
        unit,
        text if is_year else "",
    )


@cache
def _forms() -> tuple[Form, ...]:
    """The forms of figures; the first whose pattern fits is read."""
    vague = "|".join(number_words().vague)
    return (
        Form(re.compile(written_date()), _date),
        Form(re.compile(written_otherwise()), _no_figure),
        Form(re.compile(NOBODY, re.IGNORECASE), _nobody),
        Form(re.compile(rf"(?i)(?:{vague})(?: (?:of|upon) (?:{vague}))?"), _vague),
        Form(re.compile(part_of_a_whole(), re.IGNORECASE), _part),
        Form(re.compile(one_in_so_many(), re.IGNORECASE), _share),
        Form(re.compile(pair_of_numbers("("), re.IGNORECASE), _range),
        Form(re.compile(r"(?s).*"), _number),
    )


@cache
def _tens_and_ones() -> re.Pattern[str]:
    return re.compile(tens_and_ones())


@lru_cache(maxsize=1 << 14)
def read_figure(text: str) -> Figure | None:
    """What an expression amounts to; None where it is no figure (5:30 pm, 5-4, 9/11).

    Examples
    --------
    >>> read_figure("half a million").value, read_figure("two thirds").unit
    (500000.0, '%')
    >>> read_figure("between 5 and 7").high
    7.0
    """
    text = _tens_and_ones().sub(r"\1 \2", text)
    for form in _forms():
        if match := form.pattern.fullmatch(text):
            return form.read(match)
    return None
