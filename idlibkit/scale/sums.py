"""Shares and means of a table in parts, from sums that stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from ..resampling import article_sums
from .cluster import add_up, by_partition, computed, concat, held, is_apart

__all__ = ["ratio_of"]


def ratio_of(
    table: Any,
    sums_of: Callable[..., pd.DataFrame],
    ratio: Callable[[pd.DataFrame], pd.DataFrame],
    keys: Sequence[str],
    *others: Any,
) -> pd.DataFrame:
    """`ratio` of the sums of a table (see `resampling.unit_sums`), which may be in
    parts; `keys` are the columns of its groups and categories, `others` further tables
    that `sums_of` takes.

    Sums of paragraphs stay where they are, unless some group has too few articles to
    draw those.
    """
    if not is_apart(table):
        return ratio(sums_of(table, *others))
    sums = held(by_partition(sums_of, table, *others))
    found = ratio(add_up(sums, partial(article_sums, by=list(keys)), concat))
    if (found["unit"] == "article").all():
        return found
    return ratio(computed(sums))
