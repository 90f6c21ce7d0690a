"""Which rows of a table are drawn, their names, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..tables import IdlibkitError, number_of
from .wording import translation

__all__ = [
    "MOST_ROWS",
    "check_rows",
    "cut",
    "highest",
    "left_out",
    "most_told",
    "name_of",
    "sizes",
    "top_rows",
]

# Columns whose values share the same passages: each frame is looked for in all of them.
CATEGORIES = frozenset({"category", "frame", "label", "share", "share_of"})
MOST_ROWS = 30  # of a picture, which is then no taller than a screen


def sizes(table: pd.DataFrame, by: Sequence[str], what: str = "passage") -> str:
    """ "n = 120 passages": of how many a picture is made, where the table tells it."""
    if "n_passages" not in table:
        return ""
    parts = [column for column in by if column not in CATEGORIES]
    groups = table.drop_duplicates([*parts, "n_passages"])
    return f"n = {number_of(int(groups['n_passages'].sum()), what)}"


def left_out(names: Sequence[str], why: str = "") -> str:
    """A note on what is not drawn: the first names and how many more there are."""
    if not names:
        return ""
    shown = ", ".join(names[:5])
    more = f" and {len(names) - 5:,} more" if len(names) > 5 else ""
    return f"Not drawn{why}: {shown}{more}."


def most_told(table: pd.DataFrame, by: str, most: int) -> list[str]:
    """The names of at most so many groups, in the order of the table: those with most
    passages, where that is known, else the first.
    """
    names = table[by].map(name_of)
    groups = list(dict.fromkeys(names))
    if len(groups) <= most or "n_passages" not in table:
        return groups[:most]
    told = table["n_passages"].groupby(names).max()
    best = sorted(groups, key=lambda name: (-told[name], name))[:most]
    return [name for name in groups if name in best]


def top_rows(table: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """At most so many rows; what is left is summed up in the last, which says how many
    they were.
    """
    if len(table) <= most:
        return table
    kept, rest = table.iloc[: most - 1], table.iloc[most - 1 :]
    sums = rest.drop(columns=by).sum().to_frame().T
    sums = sums.assign(**{by: translation(f"the other {len(rest)}")})
    return pd.concat([kept, sums[table.columns]], ignore_index=True)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def name_of(value: Any) -> str:
    """A value as a label: tuples joined, what is missing as "(none)"."""
    if isinstance(value, tuple):
        return " · ".join(map(name_of, value))
    return "(none)" if pd.isna(value) else str(value)


def highest(
    table: pd.DataFrame, by: str, value: str, name: str, n: int
) -> pd.DataFrame:
    """The `n` rows of each group with the highest value, ties by the alphabet of their
    names.
    """
    order = table.sort_values([by, value, name], ascending=[True, False, True])
    return order.groupby(by).head(n)


def check_rows(table: pd.DataFrame, why: str = "the table has no rows") -> None:
    if not len(table):
        raise IdlibkitError(f"nothing to draw: {why}.")
