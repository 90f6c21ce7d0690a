"""Articles of a span of days."""

from __future__ import annotations

import pandas as pd

from ..tables import IdlibkitError, IdlibkitWarning, check_columns

__all__ = ["of_days"]


def of_days(
    articles: pd.DataFrame,
    since: str | None,
    until: str | None,
    notes: list[IdlibkitWarning],
) -> pd.DataFrame:
    """The articles published from and up to these days; those without a day are left
    out, which is noted.
    """
    first, last = _day(since, "since"), _day(until, "until")
    check_columns(articles, ["published"], "articles")
    day = articles["published"].dt.normalize()
    undated = int(day.isna().sum())
    if undated:
        notes.append(
            IdlibkitWarning(
                f"{undated} of {len(articles)} articles have no date and are left out, "
                "since a span of days was asked for."
            )
        )
    keep = day.notna()
    if first is not None:
        keep &= day >= first
    if last is not None:
        keep &= day <= last
    if not keep.any():
        raise IdlibkitError(_none_left(day.dropna(), since, until))
    return articles[keep]


def _none_left(known: pd.Series, since: str | None, until: str | None) -> str:
    span = f"between {since or 'the first'} and {until or 'the last'}"
    if known.empty:
        return f"no article is left {span}."
    return (
        f"no article is left {span}; the articles are from {known.min():%Y-%m-%d} "
        f"to {known.max():%Y-%m-%d}."
    )


def _day(value: str | None, name: str) -> pd.Timestamp | None:
    if value is None:
        return None
    try:
        return pd.Timestamp(pd.to_datetime(value, format="%Y-%m-%d"))
    except (ValueError, TypeError):
        raise IdlibkitError(
            f"{name}={value!r} is no day; write it as 2020-02-29."
        ) from None
