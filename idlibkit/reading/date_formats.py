"""How dates are written: a pattern for each format, and an expression for each part.

The expressions read a frame with the columns `written` (as it came), `tidy` (one
writing for each meaning), `clock`, `day_text` and `named` (the day alone) and `epoch`.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from ..lexicons import table as lexicon

__all__ = [
    "DAY_FIRST",
    "MONTH_FIRST",
    "clock",
    "day_text",
    "days",
    "epoch",
    "moment",
    "named",
    "offset",
    "part",
    "since_1970",
    "tidy",
]

# "17:53", "17:53:01.123+02:00", "5:53 p.m. EST", "10.15 GMT" (its dot made a colon)
_CLOCK = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    r"(?:\s?\(?(?:(?:gmt|utc)\s?)?(?P<offset>[+-]\d{2}(?::?\d{2})?)\b"
    r"|\s?\(?(?P<abbreviation>z|utc?|[a-z]{2,4}t|msk)\b\)?)?"
)
# Seconds (or thousandths, millionths) since 1970: "1515606780", "1515606780000"
_EPOCH = r"^(\d{9,19}(?:\.\d+)?)$"

# (pattern, replacement): writings that mean the same, made one; all in lower case
_TIDY = (
    # 20180110t175300z
    (
        r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
        r"(?:t?(\d\d)(\d\d)(\d\d)?)?\s?(z?)$",
        "$1-$2-$3 $4:$5:$6$7",
    ),
    # what that leaves where there is no time, or no seconds: "2018-01-10 ::"
    (r" ?:+(z?)$", "$1"),
    # 2018-01-10t17:53
    (r"^(\d{4}-\d\d?-\d\d?)t(\d)", "$1 $2"),
    # 10jan2018
    (r"(\d)([a-z]{3})[a-z]* ?(\d{4})\b", "$1 $2 $3"),
    # 6 feb 2020 17.53
    (r"(\d{4}),? (\d\d?)\.(\d\d)\b", "$1 $2:$3"),
)
_MONTH = (
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
# "wednesday", "published", and every mark
_FILLER = (
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|at|on|of|the|published|posted)\b|[^\pL\pN]"
)
# Days in digits, with the place of day and month left open: "31/12/19", "10.01.2018"
_DIGITS = (
    r"^(?P<{}>\d{{1,2}})\s?(?P<mark>[-/.])\s?(?P<{}>\d{{1,2}})\s?[-/.]\s?"
    r"(?P<year>\d{{4}}|\d{{2}})$"
)
DAY_FIRST = _DIGITS.format("day", "month")
MONTH_FIRST = _DIGITS.format("month", "day")

# (column it is matched against, pattern); the first that fits is taken
_FORMATS = (
    # 2018-01-10, 2018/1/9
    ("day_text", r"^(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\.?$"),
    # 10 of january 2018, with its month as a number put last: "10 2018 1"
    ("named", r"^(?P<day>\d{1,2}) (?P<year>\d{4}) (?P<month>\d{1,2})$"),
    # 5-mar-20, as spreadsheets write it: "5 20 3"
    ("named", r"^(?P<day>\d{1,2}) (?P<year>\d{2}) (?P<month>\d{1,2})$"),
    # 2018 january 10
    ("named", r"^(?P<year>\d{4}) (?P<day>\d{1,2}) (?P<month>\d{1,2})$"),
)


def tidy() -> pl.Expr:
    """What was written in lower case, one space between words, writings made one."""
    text = pl.col("written").str.replace_all(r"\s+", " ").str.strip_chars()
    text = text.str.to_lowercase()
    for pattern, replacement in _TIDY:
        text = text.str.replace(pattern, replacement)
    return text


def day_text() -> pl.Expr:
    """The day alone, without the name of a zone in brackets after it."""
    text = pl.col("tidy").str.replace(_CLOCK, " ")
    return text.str.replace(r"\([^()]*\)\s*$", "").str.strip_chars(" ,-–—|")


def clock() -> pl.Expr:
    """Hour, minute, second and zone, as a struct of texts."""
    return pl.col("tidy").str.extract_groups(_CLOCK)


def epoch() -> pl.Expr:
    """A count since 1970."""
    return pl.col("tidy").str.extract(_EPOCH).cast(pl.Float64)


def named() -> pl.Expr:
    """A day with the name of its month: day, year and, last, the month's number."""
    months = lexicon("zones.toml")["months"].split()
    numbers = {name: str(number) for number, name in enumerate(months, 1)}
    month = pl.col("day_text").str.extract(_MONTH).str.head(3)
    rest = pl.col("day_text").str.replace(_MONTH, " ")
    rest = rest.str.replace_all(r"\b(\d{1,2})(?:st|nd|rd|th)\b", "$1")
    rest = rest.str.replace_all(_FILLER, " ").str.replace_all(r"\s+", " ")
    number = month.replace_strict(numbers, default=None)
    return pl.format("{} {}", rest.str.strip_chars(), number)


def days(in_digits: str) -> list[pl.Expr]:
    """Year, month and day in each format; `in_digits` is the pattern of the last."""
    return [
        pl.col(column).str.extract_groups(pattern).alias(f"format {number}")
        for number, (column, pattern) in enumerate((*_FORMATS, ("day_text", in_digits)))
    ]


def part(name: str) -> pl.Expr:
    """The year, month or day in the first format that fits."""
    columns = [pl.col(f"format {number}") for number in range(len(_FORMATS) + 1)]
    text = pl.coalesce(column.struct.field(name) for column in columns)
    number = text.cast(pl.Int32, strict=False)
    if name == "year":
        # two digits: 70 to 99 are of the last century, as POSIX has it but for a year
        century = pl.when(number < 70).then(2000).otherwise(1900)
        number = (
            pl.when(text.str.len_chars() == 2).then(number + century).otherwise(number)
        )
    return number.alias(name)


def moment() -> pl.Expr:
    """Day and clock as one moment; missing where there is no such day or hour."""
    parts = pl.col("clock").struct
    written = parts.field("hour").cast(pl.Int32).fill_null(0)
    afternoon = 12 * (parts.field("half") == "p")
    of_twelve = pl.when(written > 12).then(written).otherwise(written % 12 + afternoon)
    hour = pl.when(parts.field("half").is_null()).then(written).otherwise(of_twelve)
    fraction = parts.field("fraction").fill_null("0").str.head(6).str.pad_end(6, "0")
    text = pl.format(
        "{}-{}-{}T{}:{}:{}.{}",
        pl.col("year"),
        *(pl.col(name).cast(pl.String).str.zfill(2) for name in ("month", "day")),
        hour.cast(pl.String).str.zfill(2),
        parts.field("minute").fill_null("00"),
        parts.field("second").fill_null("00"),
        fraction,
    )
    return text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.6f", time_unit="us", strict=False)


def since_1970() -> pl.Expr:
    """A count since 1970, told to be seconds or parts of them by its length."""
    count = pl.col("epoch")
    microseconds = (
        pl.when(count < 1e11)  # seconds
        .then(1e6)
        .when(count < 1e14)  # thousandths
        .then(1e3)
        .when(count < 1e17)  # millionths
        .then(1.0)
        .otherwise(1e-3)
    )
    return (count * microseconds).round().cast(pl.Int64).cast(pl.Datetime("us"))


def offset() -> pl.Expr:
    """``+02:00`` from ``+0200``, ``+02``, ``CEST``; other names as written."""
    parts = pl.col("clock").struct
    digits = parts.field("offset").str.replace(":", "").str.pad_end(5, "0")
    abbreviation = parts.field("abbreviation")
    return pl.coalesce(
        digits.str.replace(r"(..)$", ":$1"),
        abbreviation.replace_strict(
            _offsets(), default=abbreviation.str.to_uppercase()
        ),
    )


@cache
def _offsets() -> dict[str, str]:
    by_offset = lexicon("zones.toml")["offsets"].items()
    return {name: offset for offset, names in by_offset for name in names.split()}
