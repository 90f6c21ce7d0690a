"""The distinct values of columns as numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

__all__ = ["group_codes", "n_distinct", "optional_codes"]


def group_codes(
    table: pd.DataFrame, columns: Sequence[str]
) -> tuple[np.ndarray, pd.DataFrame]:
    """Each row's place among the distinct values of `columns`, and those values,
    sorted, missing ones last.
    """
    grouped = table.groupby(list(columns), dropna=False, sort=True, observed=True)
    code = grouped.ngroup().to_numpy()
    first = np.full(code.max(initial=-1) + 1, -1)
    first[code[::-1]] = np.arange(len(code))[::-1]
    return code, table[list(columns)].iloc[first].reset_index(drop=True)


def optional_codes(
    table: pd.DataFrame, columns: Sequence[str]
) -> tuple[np.ndarray, pd.DataFrame]:
    """`group_codes`; without columns, all rows are one group."""
    if columns:
        return group_codes(table, columns)
    return np.zeros(len(table), int), pd.DataFrame(index=[0])


def n_distinct(group: np.ndarray, value: np.ndarray, n_groups: int) -> np.ndarray:
    pairs = pd.DataFrame({"group": group, "value": value}).drop_duplicates()
    return np.bincount(pairs["group"], minlength=n_groups)
