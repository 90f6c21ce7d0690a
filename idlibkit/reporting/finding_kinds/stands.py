"""Whether a difference stands beyond its interval when many are looked at together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ...tables import signed

__all__ = [
    "beyond_all",
    "exact_interval",
    "most_apart",
    "nearer_end",
    "told",
    "widened",
]


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


def nearer_end(table: pd.DataFrame, n_tests: int | None = None) -> np.ndarray:
    """The end of each widened interval that is nearer to 0, or 0 where it holds 0."""
    wide = widened(table, n_tests)
    low = wide["difference_low"].to_numpy(float)
    high = wide["difference_high"].to_numpy(float)
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def most_apart(table: pd.DataFrame) -> pd.DataFrame:
    """The row whose difference `stands` most surely, see `nearer_end`; where none does,
    the one whose difference comes nearest to the end of its interval.
    """
    stands = table[table["stands"]]
    width = table["difference_high"] - table["difference_low"]
    nearness = stands["sure"] if len(stands) else table["difference"] / width
    return table.loc[[nearness.abs().idxmax()]]


def exact_interval(
    successes: float | np.ndarray, trials: float | np.ndarray, n_tests: int = 1
) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of the exact interval of a share (Clopper-Pearson), at 95 % for so many
    shares together.

    >>> [float(end.round(3)) for end in exact_interval(11, 17)]
    [0.383, 0.858]
    """
    from scipy.special import betaincinv

    tail = 0.025 / max(n_tests, 1)
    k, n = np.asarray(successes, float), np.asarray(trials, float)
    low = np.where(k > 0, betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    high = np.where(k < n, betaincinv(k + 1, np.maximum(n - k, 1), 1 - tail), 1.0)
    return low, high


def told(difference: Any, of_what: str, *, points: bool = True) -> str:
    """A difference and its widened interval, in per cent or on a scale.

    >>> wide = pd.Series({"difference": 0.38, "difference_low": -0.02})
    >>> wide["difference_high"] = 0.78
    >>> told(wide, "outlets")
    '+38 percentage points (−2 to +78, 95 % for all outlets together)'
    """
    names = ["difference", "difference_low", "difference_high"]
    times, decimals = (100, 0) if points else (1, 2)
    value, low, high = (signed(times * difference[name], decimals) for name in names)
    unit = " percentage points" if points else ""
    return f"{value}{unit} ({low} to {high}, 95 % for all {of_what} together)"
