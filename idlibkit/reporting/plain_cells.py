"""The cells of a table for people: numbers, intervals and shares as one says them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import isfinite
from typing import Any

import pandas as pd

from ..lexicons import table as lexicon
from ..lexicons import words
from ..tables import signed, with_minus
from .plain_words import MOST_TIMES, percent, times

__all__ = ["MISSING", "Column", "columns_of_table"]

MISSING = "–"
CHANCE = 0.05  # from which q on a difference could be chance
# The ends of an interval beside its number.
ENDS = {
    "estimate": ("ci_low", "ci_high"),
    "attributed": ("ci_low", "ci_high"),
    "difference": ("difference_low", "difference_high"),
    "log_ratio": ("log_ratio_low", "log_ratio_high"),
}
BESIDE = {end for ends in ENDS.values() for end in ends}

CODE_NAME = re.compile(r"[a-z]+(?:_[a-z]+)+")  # a category: human_interest

Write = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown."""

    name: str
    heading: str
    cells: list[str]
    align: str  # "left", "right" or "center"
    has_interval: bool = False


def columns_of_table(
    table: pd.DataFrame,
    columns: Sequence[str] | None,
    names: Mapping[str, str],
    shares: Sequence[str] | None,
) -> list[Column]:
    """The columns of a table as they are shown."""
    columns = columns or _known_table(table) or _telling(table)
    of_whole = _shares(table) if shares is None else frozenset(shares)
    return [_column(table, name, names, name in of_whole) for name in columns]


def _known_table(table: pd.DataFrame) -> list[str]:
    """The columns that are shown of a table of the package; of another one none."""
    known = (names.split() for names in lexicon("headings.toml")["tables"].values())
    return next((names for names in known if set(names) <= set(table.columns)), [])


def _telling(table: pd.DataFrame) -> list[str]:
    """All columns but places and steps of a calculation."""
    quiet = words("headings.toml", "kinds.left_out") | BESIDE
    return [str(name) for name in table if str(name) not in quiet]


def _shares(table: pd.DataFrame) -> frozenset[str]:
    """The columns that are shares of a whole."""
    known = words("headings.toml", "kinds.shares")
    if words("headings.toml", "kinds.shares_beside") & set(map(str, table.columns)):
        known |= {"estimate", "difference"}
    return frozenset(name for name in known if name in table and _is_share(table[name]))


def _is_share(column: pd.Series) -> bool:
    """Whether all numbers lie between -1 and 1, as counts do not."""
    if not pd.api.types.is_float_dtype(column):
        return False
    return bool((column.dropna().abs() <= 1).all())


@cache
def _headings() -> dict[str, str]:
    return lexicon("headings.toml")["headings"]


def _column(
    table: pd.DataFrame, name: str, names: Mapping[str, str], is_share: bool
) -> Column:
    plain = str(name).replace("_", " ")
    heading = _headings().get(name, plain[:1].upper() + plain[1:])
    heading = names.get(name, heading)
    values = table[name]
    if name in ("left", "match"):  # of a concordance
        cells = [_text(value) for value in values]
        return Column(name, heading, cells, "right" if name == "left" else "center")
    if not _is_number(values):
        return Column(name, heading, [_text(value) for value in values], "left")
    if name == "q":
        cells = [MISSING if pd.isna(q) else _chance(q) for q in values.astype(float)]
        return Column(name, heading, cells, "left")
    write = _writer(name, values, is_share)
    low, high = (table.get(end) for end in ENDS.get(name, ("", "")))
    cells = [MISSING if pd.isna(value) else write(value) for value in values]
    if low is None or high is None or not (low.notna() & high.notna()).any():
        return Column(name, heading, cells, "right")
    ends = zip(cells, low.astype(float), high.astype(float), strict=True)
    bare = _bare(name, write)
    cells = [_with_interval(cell, a, b, bare) for cell, a, b in ends]
    return Column(name, heading, cells, "right", has_interval=True)


def _is_number(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(
        values
    )


def _writer(name: str, values: pd.Series, is_share: bool) -> Write:
    """How the numbers of a column are written."""
    signed = name in words("headings.toml", "kinds.signed")
    if name == "log_ratio":
        return _times
    if is_share:
        return partial(_percent, points=signed)
    if name in words("headings.toml", "kinds.plain"):
        return "{:.0f}".format
    known = values.dropna().astype(float)
    whole = bool((known == known.round()).all())
    form = f"{{:{'+' if signed else ''},.{0 if whole else 2}f}}"
    return partial(_number, form)


def _number(form: str, value: float) -> str:
    if not isfinite(value):
        return "no upper limit" if value > 0 else "no lower limit"
    written = form.format(value)
    if not float(written.replace(",", "")):
        return form.format(0.0).lstrip("+")
    return with_minus(written)


def _percent(value: float, *, points: bool) -> str:
    """.672 is "67 %", a difference of .14 "+14 points"."""
    if not points:
        return percent(value)
    number = round(100 * value)
    unit = "point" if abs(number) == 1 else "points"
    return f"{signed(number)} {unit}" if number else "0 points"


def _times(value: float) -> str:
    """A log ratio as how many times as often: 2.46 is 5.5, -1 is half."""
    if value > MOST_TIMES:
        return "only here"
    return f"{times(value)} times as often"


def _bare(name: str, write: Write) -> Write:
    """How the ends of an interval are written: without the unit."""
    if name == "log_ratio":
        return times
    return lambda value: write(value).removesuffix(" %").partition(" point")[0]


def _with_interval(cell: str, low: float, high: float, write: Write) -> str:
    if cell == MISSING or pd.isna(low) or pd.isna(high):
        return cell
    return f"{cell} ({write(low)} to {write(high)})"


def _chance(q: float) -> str:
    return "could be chance" if q >= CHANCE else "beyond chance"


def _text(value: Any) -> str:
    """One value as text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set):
        return ", ".join(map(_text, value))
    if pd.isna(value):
        return MISSING
    if isinstance(value, pd.Timestamp):
        return f"{value.day} {value:%B %Y}"
    text = str(value)
    return text.replace("_", " ") if CODE_NAME.fullmatch(text) else text
