"""Dates as news exports write them, a whole column at a time and without guessing."""

from __future__ import annotations

import pandas as pd

from ..tables import listed

__all__ = ["parse_dates"]


MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
# Zones of RFC 2822 and of the European press. Others (IST, AST ...) mean several places and are kept as written.
OFFSETS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), "+00:00"),
    **dict.fromkeys(("bst", "cet", "west"), "+01:00"),
    **dict.fromkeys(("cest", "eet"), "+02:00"),
    **dict.fromkeys(("eest", "msk", "trt"), "+03:00"),
    "edt": "-04:00",
    "est": "-05:00",
    "cdt": "-05:00",
    "cst": "-06:00",
    "mdt": "-06:00",
    "mst": "-07:00",
    "pdt": "-07:00",
    "pst": "-08:00",
}
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    r"(?:\s?\(?(?:(?:gmt|utc)\s?)?(?P<offset>[+-]\d{2}(?::?\d{2})?)\b|\s?\(?(?P<name>z|utc?|[a-z]{2,4}t|msk)\b\)?)?"
)
_COMPACT = r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:t?(\d\d)(\d\d)(\d\d)?)?\s?(z?)$"
_MONTH = r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
_MONTH += r"|nov(?:ember)?|dec(?:ember)?)\b"
_FILLER = r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|at|on|of|the|published|posted)\b|[^\pL\pN]"


def parse_dates(values: pd.Series) -> tuple[pd.Series, pd.Series, list[str]]:
    """Local date and time, offset of the zone, and what a reader should know of them.

    Read are ISO 8601 (also compact, and cut after the day), RFC 2822, dates with an English month name in any order,
    day, month and year in digits, and seconds, milliseconds or microseconds since 1970. Where digits alone leave open
    which is the day, one value of the column that is clear settles it for all; where none is clear the day is taken
    to come first, and said. A date without its day, and words such as "yesterday", are left missing, and said.

    Parameters
    ----------
    values : Series
        Text, numbers, or datetimes with or without a zone.

    Returns
    -------
    published : Series
        datetime64[us] without a zone: the clock of the place that wrote it. Index of `values`.
    zone : Series
        Offset from UTC such as ``+02:00``, or the zone's abbreviation as written where it has no single offset;
        missing where none was given.
    notes : list of str
        One sentence for each thing that was read in a way to know of.

    Examples
    --------
    >>> published, zone, notes = parse_dates(pd.Series(["Wed, 10 Jan 2018 17:53:00 +0200", "Jan 10,2018"]))
    >>> published.dt.strftime("%Y-%m-%d %H:%M").tolist(), zone.tolist()
    (['2018-01-10 17:53', '2018-01-10 00:00'], ['+02:00', nan])
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        zone = pd.Series(pd.NA, index=values.index, dtype="str")
        if getattr(values.dt, "tz", None) is not None:
            zone = (
                values.dt.strftime("%z")
                .str.replace(r"([+-]\d\d)(\d\d)$", r"\1:\2", regex=True)
                .astype("str")
            )
            values = values.dt.tz_localize(None)
        return values.astype("datetime64[us]"), zone, []
    if pd.api.types.is_numeric_dtype(values.dtype):
        values = (
            values.astype("Float64").round(6).map("{:.6f}".format, na_action="ignore")
        )
        values = values.str.replace(r"\.?0+$", "", regex=True)
    values = values.astype("str")
    written = pd.Index(values.dropna().unique())
    parsed, notes = _parse_unique([str(value) for value in written])
    at = pd.Series(written.get_indexer(values), index=values.index)
    published = pd.Series(pd.NaT, index=values.index, dtype="datetime64[us]")
    zone = pd.Series(pd.NA, index=values.index, dtype="str")
    some = (at >= 0).to_numpy()
    published[some] = parsed["published"].to_numpy()[at[some]]
    zone[some] = parsed["zone"].to_numpy(dtype=object)[at[some]]
    lost = published.isna().to_numpy() & some & (values.str.strip() != "").to_numpy()
    if lost.any():
        notes.append(
            f"{lost.sum()} of {len(values)} dates could not be read and are left missing "
            f"({listed(sorted(values[lost].str[:40].unique()), 4)}); write them as 2018-01-31 or 2018-01-31T17:53+02:00."
        )
    return published, zone, notes


def _parse_unique(written: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """published and zone of each of `written`, and what to say of them."""
    import polars as pl

    s = pl.col("s")
    frame = pl.DataFrame({"s": pl.Series(written, dtype=pl.String)}).with_columns(
        s.str.replace_all(r"\s+", " ").str.strip_chars().str.to_lowercase()
    )
    frame = frame.with_columns(
        s.str.replace(_COMPACT, "$1-$2-$3 $4:$5:$6$7")
        .str.replace(
            r" ?:+(z?)$", "$1"
        )  # a compact date without its time, or a time without its seconds
        .str.replace(r"^(\d{4}-\d\d?-\d\d?)t(\d)", "$1 $2")
        .str.replace(r"(\d)([a-z]{3})[a-z]* ?(\d{4})\b", "$1 $2 $3")
        .str.replace(r"(\d{4}),? (\d\d?)\.(\d\d)\b", "$1 $2:$3")
    )
    clock = pl.col("clock").struct
    rest = pl.col("rest")
    frame = frame.with_columns(
        s.str.extract_groups(_TIME).alias("clock"),
        s.str.replace(_TIME, " ").alias("rest"),
    )
    frame = frame.with_columns(
        rest.str.replace(r"\([^()]*\)\s*$", "").str.strip_chars(" ,-–—|")
    )
    month = rest.str.extract(_MONTH).str.head(3)
    named = (
        rest.str.replace(_MONTH, " ")
        .str.replace_all(r"\b(\d{1,2})(?:st|nd|rd|th)\b", "$1")
        .str.replace_all(_FILLER, " ")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
        .str.extract_groups(
            r"^(?:(?P<d1>\d{1,2}) (?P<y1>\d{4})|(?P<y2>\d{4}) (?P<d2>\d{1,2}))$"
        )
    )
    frame = frame.with_columns(
        rest.str.extract_groups(
            r"^(?P<y>\d{4})([-/.])(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\.?$"
        ).alias("iso"),
        rest.str.extract_groups(
            r"^(?P<a>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<b>\d{1,2})\s?[-/.]\s?(?P<y>\d{4}|\d{2})$"
        ).alias("digits"),
        month.replace_strict(
            {name: str(i) for i, name in enumerate(MONTHS, 1)}, default=None
        ).alias("month"),
        named.alias("named"),
        s.str.extract(r"^(\d{9,19}(?:\.\d+)?)$").alias("epoch"),
    )
    day_first, notes = _day_first(frame)
    digits, named, iso = (
        pl.col("digits").struct,
        pl.col("named").struct,
        pl.col("iso").struct,
    )
    century = (
        pl.when(digits.field("y").str.len_chars() == 4)
        .then(pl.lit(""))
        .when(digits.field("y") < "70")
    )
    year = century.then(pl.lit("20")).otherwise(pl.lit("19")) + digits.field("y")
    parts = {
        "year": [iso.field("y"), named.field("y1"), named.field("y2"), year],
        "month": [
            iso.field("m"),
            pl.col("month"),
            pl.when(pl.lit(day_first))
            .then(digits.field("b"))
            .otherwise(digits.field("a")),
        ],
        "day": [
            iso.field("d"),
            named.field("d1"),
            named.field("d2"),
            pl.when(pl.lit(day_first))
            .then(digits.field("a"))
            .otherwise(digits.field("b")),
        ],
    }
    frame = frame.with_columns(
        pl.coalesce(columns).cast(pl.Int32, strict=False).alias(name)
        for name, columns in parts.items()
    )
    hour = clock.field("hour").cast(pl.Int32).fill_null(0)
    hour = (
        pl.when(clock.field("half").is_null())
        .then(hour)
        .otherwise(
            pl.when(hour > 12)
            .then(hour)
            .otherwise(hour % 12 + 12 * (clock.field("half") == "p"))
        )
    )
    iso_text = pl.format(
        "{}-{}-{}T{}:{}:{}.{}",
        pl.col("year"),
        *(pl.col(name).cast(pl.String).str.zfill(2) for name in ("month", "day")),
        hour.cast(pl.String).str.zfill(2),
        clock.field("minute").fill_null("00"),
        clock.field("second").fill_null("00"),
        clock.field("fraction").fill_null("0").str.head(6).str.pad_end(6, "0"),
    )
    seconds = pl.col("epoch").cast(pl.Float64)
    scale = (
        pl.when(seconds < 1e11)
        .then(1e6)
        .when(seconds < 1e14)
        .then(1e3)
        .when(seconds < 1e17)
        .then(1.0)
        .otherwise(1e-3)
    )
    offset = (
        clock.field("offset")
        .str.replace(":", "")
        .str.pad_end(5, "0")
        .str.replace(r"(..)$", ":$1")
    )
    name = clock.field("name")
    frame = frame.with_columns(
        pl.coalesce(
            iso_text.str.to_datetime(
                "%Y-%m-%dT%H:%M:%S%.6f", time_unit="us", strict=False
            ),
            (seconds * scale).round().cast(pl.Int64).cast(pl.Datetime("us")),
        ).alias("published"),
        pl.when(pl.col("epoch").is_not_null())
        .then(pl.lit("+00:00"))
        .otherwise(
            pl.coalesce(
                offset, name.replace_strict(OFFSETS, default=name.str.to_uppercase())
            )
        )
        .alias("zone"),
    )
    in_range = pl.col("published").dt.year().is_between(1500, 2199)
    frame = frame.select(
        pl.when(in_range).then(pl.col(c)) for c in ("published", "zone")
    )
    return frame.to_pandas(), notes


def _day_first(frame) -> tuple[bool, list[str]]:
    """Whether dates in digits have the day first, and what to say of it."""
    import polars as pl

    found = frame.select(pl.col("digits"), pl.col("s")).unnest("digits").drop_nulls("a")
    found = found.with_columns(pl.col("a", "b").cast(pl.Int32)).filter(
        (pl.col("a") != pl.col("b")) & (pl.col("mark") != ".")
    )
    day, month = found.filter(pl.col("a") > 12), found.filter(pl.col("b") > 12)
    if found.is_empty() or (day.height and not month.height):
        return True, []
    if month.height and not day.height:
        return False, []
    if day.height:
        note = (
            f"dates are written both with the day first ({day['s'].min()[:40]!r}) and with the month first "
            f"({month['s'].min()[:40]!r}); the latter are left missing. Write all as 2018-01-31."
        )
        return True, [note]
    note = (
        f"dates such as {found['s'].min()[:40]!r} do not show whether the day or the month stands first; the day was taken "
        "to be first. Write them as 2018-01-31 to be sure."
    )
    return True, [note]
