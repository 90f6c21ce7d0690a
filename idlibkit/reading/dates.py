"""Dates as news exports write them, a whole column at a time and without guessing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from ..tables import listed
from .other_languages import foreign_dates

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Dates", "parse_dates"]

FIRST_YEAR, LAST_YEAR = 1500, 2199  # other years are taken for no date
SERIALS = 20_000, 60_000  # days of a spreadsheet: from 1954 to 2064


class Dates(NamedTuple):
    """A column of dates that was read."""

    published: pd.Series  # datetime64[us] without zone
    zone: pd.Series  # such as "+02:00"
    notes: list[str]


def parse_dates(values: pd.Series) -> Dates:
    """Local date and time, offset of the zone, and what a reader should know of them.

    Read are ISO 8601 (also compact, and cut after the day), RFC 2822, dates with an
    English month name in any order, day, month and year in digits, and seconds,
    milliseconds or microseconds since 1970; days of a spreadsheet, where the whole
    column is such; and, as dateparser reads them, dates in other languages. Where
    digits alone leave open which is the
    day, one value of the column that is clear settles it for all; where none is clear
    the day is taken to come first, and said. A date without its day, and words such as
    "yesterday", are left missing, and said.

    Parameters
    ----------
    values : Series
        Text, numbers, or datetimes with or without a zone.

    Returns
    -------
    Dates
        `published`: datetime64[us] without a zone, the clock of the place that wrote
        it; `zone`: offset from UTC such as ``+02:00``, or the zone's abbreviation as
        written where it has no single offset, missing where none was given; both with
        the index of `values`. `notes`: one sentence for each thing that was read in a
        way to know of.

    Examples
    --------
    >>> written = ["Wed, 10 Jan 2018 17:53:00 +0200", "Jan 10,2018"]
    >>> dates = parse_dates(pd.Series(written))
    >>> dates.published.dt.strftime("%Y-%m-%d %H:%M").tolist()
    ['2018-01-10 17:53', '2018-01-10 00:00']
    >>> dates.zone.tolist()
    ['+02:00', nan]
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _from_datetimes(values)
    if pd.api.types.is_numeric_dtype(values.dtype):
        values = _from_numbers(values)
    values = values.astype("str")
    serial = _from_serials(values)
    if serial is not None:
        return serial
    written = pd.Index(values.dropna().unique())
    parsed, notes = _parse_unique([str(value) for value in written])
    parsed = _with_foreign(parsed.set_axis(written))
    parsed = parsed.reindex(values).set_axis(values.index)
    published = parsed["published"].astype("datetime64[us]")
    zone = parsed["zone"].astype("str")
    unread = published.isna() & values.notna() & (values.str.strip() != "")
    if unread.any():
        examples = listed(sorted(values[unread].str[:40].unique()), 4)
        notes.append(
            f"{unread.sum()} of {len(values)} dates could not be read and are left "
            f"missing ({examples}); write them as 2018-01-31 or "
            "2018-01-31T17:53+02:00."
        )
    return Dates(published, zone, notes)


def _from_datetimes(values: pd.Series) -> Dates:
    zone = pd.Series(pd.NA, index=values.index, dtype="str")
    if getattr(values.dt, "tz", None) is not None:
        offset = values.dt.strftime("%z")
        offset = offset.str.replace(r"([+-]\d\d)(\d\d)$", r"\1:\2", regex=True)
        zone = offset.astype("str")
        values = values.dt.tz_localize(None)
    return Dates(values.astype("datetime64[us]"), zone, [])


def _from_numbers(values: pd.Series) -> pd.Series:
    """1515606780.0 as ``1515606780``."""
    rounded = values.astype("Float64").round(6)
    written = rounded.map("{:.6f}".format, na_action="ignore")
    return written.str.replace(r"\.?0+$", "", regex=True)


def _from_serials(values: pd.Series) -> Dates | None:
    """Days of a spreadsheet, if the whole column is such: ``43110`` is 2018-01-10."""
    filled = values.dropna().str.strip()
    if filled.empty or not filled.str.fullmatch(r"\d{5}(?:\.\d+)?").all():
        return None
    days = pd.to_numeric(filled)
    if not days.between(*SERIALS).all():
        return None
    moments = (pd.Timestamp("1899-12-30") + pd.to_timedelta(days, unit="D")).dt.round(
        "s"
    )
    note = (
        f"numbers such as {filled.iloc[0]!r} were read as the days of a spreadsheet, "
        "counted from 1900; write them as 2018-01-31 if they are something else."
    )
    return Dates(
        moments.reindex(values.index).astype("datetime64[us]"),
        pd.Series(pd.NA, index=values.index, dtype="str"),
        [note],
    )


def _with_foreign(parsed: pd.DataFrame) -> pd.DataFrame:
    """What our own formats do not know, as dateparser reads it."""
    unread = parsed.index[parsed["published"].isna()]
    dates = {
        text: date
        for text, date in foreign_dates([str(text) for text in unread])
        if FIRST_YEAR <= date.year <= LAST_YEAR
    }
    if not dates:
        return parsed
    local = {text: date.replace(tzinfo=None) for text, date in dates.items()}
    zones = {text: _offset(date) for text, date in dates.items() if date.tzinfo}
    return parsed.assign(
        published=parsed["published"].fillna(pd.Series(local)),
        zone=parsed["zone"].fillna(pd.Series(zones, dtype="str")),
    )


def _offset(date: datetime) -> str:
    written = date.strftime("%z")
    return f"{written[:3]}:{written[3:5]}"


def _parse_unique(written: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """published and zone of each of `written`, and what to say of them."""
    import polars as pl

    from . import date_formats as formats

    frame = pl.DataFrame({"written": pl.Series(written, dtype=pl.String)})
    frame = frame.with_columns(tidy=formats.tidy())
    frame = frame.with_columns(
        clock=formats.clock(), day_text=formats.day_text(), epoch=formats.epoch()
    )
    frame = frame.with_columns(named=formats.named())
    in_digits, notes = _order_of_digits(frame)
    frame = frame.with_columns(formats.days(in_digits))
    frame = frame.with_columns(map(formats.part, ("year", "month", "day")))
    frame = frame.select(
        published=pl.coalesce(formats.moment(), formats.since_1970()),
        zone=pl.when(pl.col("epoch").is_null())
        .then(formats.offset())
        .otherwise(pl.lit("+00:00")),
    )
    known = pl.col("published").dt.year().is_between(FIRST_YEAR, LAST_YEAR)
    return frame.select(pl.when(known).then(pl.all())).to_pandas(), notes


def _order_of_digits(frame: pl.DataFrame) -> tuple[str, list[str]]:
    """The pattern for days in digits, day or month first, and what to say of it."""
    import polars as pl

    from .date_formats import DAY_FIRST, MONTH_FIRST

    digits = frame.select(
        "tidy", parts=pl.col("day_text").str.extract_groups(DAY_FIRST)
    )
    digits = digits.unnest("parts").drop_nulls("day")
    first, second = pl.col("day").cast(pl.Int32), pl.col("month").cast(pl.Int32)
    # with dots the day is first everywhere
    digits = digits.filter((first != second) & (pl.col("mark") != "."))
    by_day = digits.filter(first > 12)["tidy"].min()
    by_month = digits.filter(second > 12)["tidy"].min()
    if digits.is_empty() or (by_day is not None and by_month is None):
        return DAY_FIRST, []
    if by_month is not None and by_day is None:
        return MONTH_FIRST, []
    if by_day is not None:
        note = (
            "dates are written both with the day first "
            f"({str(by_day)[:40]!r}) and with the month first "
            f"({str(by_month)[:40]!r}); the latter are left missing. Write all as "
            "2018-01-31."
        )
        return DAY_FIRST, [note]
    note = (
        f"dates such as {str(digits['tidy'].min())[:40]!r} do not show whether the day "
        "or the month stands first; the day was taken to be first. Write them as "
        "2018-01-31 to be sure."
    )
    return DAY_FIRST, [note]
