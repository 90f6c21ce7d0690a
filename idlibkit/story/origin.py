"""Where a passage that two articles share is from, as far as credit and date tell."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

__all__ = ["origin_of"]


class Origin(NamedTuple):
    """Where a passage is from ("wire", "a", "b" or not known), and why."""

    side: str | None
    reason: str


def origin_of(i: int, j: int, articles: pd.DataFrame) -> Origin:
    """What credit and date tell of the origin of what articles i and j share;
    `published` are their dates as read.
    """
    credit_a, credit_b = (_credit(articles, row) for row in (i, j))
    if credit_a and credit_b:
        if credit_a == credit_b:
            return Origin("wire", f"both are credited to {credit_a}")
        return Origin("wire", f"a is credited to {credit_a}, b to {credit_b}")
    if credit_a:
        return Origin("wire", f"a is credited to {credit_a}")
    if credit_b:
        return Origin("wire", f"b is credited to {credit_b}")
    published = articles["published"]
    apart = published.iloc[j] - published.iloc[i]
    if pd.isna(apart):
        return Origin(None, "no agency credit, and no date for both")
    same_zone = "zone" in articles and _same_zone(articles["zone"].iloc[[i, j]])
    day = pd.Timedelta(days=1)
    # Hours tell only within one time zone.
    if abs(apart) < day and not (apart and same_zone):
        return Origin(None, "no agency credit, and dated less than a day apart")
    first = "a" if apart > pd.Timedelta(0) else "b"
    days = abs(apart) // day
    how_long = {0: "hours", 1: "1 day"}.get(days, f"{days} days")
    return Origin(first, f"{first} is dated {how_long} earlier")


def _credit(articles: pd.DataFrame, row: int) -> str | None:
    """The agency an article is credited to, if any."""
    if "wire" not in articles:
        return None
    wire = articles["wire"].iloc[row]
    return wire if isinstance(wire, str) and wire.strip() else None


def _same_zone(zones: pd.Series) -> bool:
    first, second = zones.tolist()
    return isinstance(first, str) and first == second
