"""Whether a difference stands beyond its interval when many are looked at together."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["beyond_all", "widened"]


def widened(table: pd.DataFrame, n_tests: int | None = None) -> pd.DataFrame:
    """`difference_low` and `difference_high` at 95 % for all rows together.

    The half-width of each interval grows as the quantile of the normal distribution
    does from one test to so many (Bonferroni).
    """
    from scipy.special import ndtri

    tests = max(n_tests or len(table), 1)
    factor = ndtri(1 - 0.025 / tests) / ndtri(0.975)
    value = table["difference"]
    low = value + (table["difference_low"] - value) * factor
    high = value + (table["difference_high"] - value) * factor
    return table.assign(difference_low=low, difference_high=high)


def beyond_all(table: pd.DataFrame, n_tests: int | None = None) -> np.ndarray:
    """Which differences leave out 0, for all rows together."""
    wide = widened(table, n_tests)
    beyond = (wide["difference_low"] > 0) | (wide["difference_high"] < 0)
    return beyond.to_numpy(bool)
