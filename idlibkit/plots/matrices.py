"""Pictures of whole tables: heat maps with their figures."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import number_of, with_minus
from ..tables import percent as in_percent
from .canvas import finished, label_x, new_axes, room_for
from .drawn_rows import check_rows, cut, left_out, name_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_matrix", "plot_similarity"]

LETTERS = 6  # that a column needs for its figures
MOST_COLUMNS = 20
TALLEST = 24  # rows: no taller than a screen


def plot_matrix(
    table: pd.DataFrame,
    *,
    percent: bool = False,
    xlabel: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of counts or shares as a heat map with its figures. Zeros are left
    white and empty, rows of zeros named in a note; of a symmetric table one half is
    drawn, of a large one the rows and columns with the largest sums.

    Parameters
    ----------
    table : DataFrame
        Numbers; what the rows and columns are is read from index and columns.
    percent : bool
        Write shares as per cent.
    xlabel : str
        What the numbers are.
    ax : Axes, optional
        What to draw into; by default a new figure as wide as a notebook.

    Returns
    -------
    Axes

    Raises
    ------
    IdlibkitError
        If the table has no rows.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"own": [0, 3], "quoted": [2, 0]}, index=["A", "B"])
    >>> [text.get_text() for text in plot_matrix(table).texts]
    ['2', '3']
    """
    check_rows(table)
    whole = table.astype(float)
    values, others = _largest(whole[(whole > 0).any(axis=1)])
    empty = [name_of(name) for name in whole.index[~(whole > 0).any(axis=1)]]
    check_rows(values, "no number is above 0")
    figure = _short_percent if percent else "{:g}".format
    ax = new_axes(ax, 0.3 * len(values) + 0.9)
    shown = values.mask(values <= 0)
    if _is_symmetric(values):
        shown = _lower_half(shown)
    text = shown.map(figure).where(shown.notna(), "")
    n = f"n = {whole.to_numpy().sum():,.0f}" if not percent else ""
    notes = [_none_of(empty), left_out(others)]
    return _heat_map(shown, text, ax, xlabel, n, *notes)


def _short_percent(share: float) -> str:
    return in_percent(share).replace("under ", "<")


def _two_decimals(value: float) -> str:
    return with_minus(f"{value:.2f}")


def _largest(values: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows and columns with the largest sums, in their order, as many as a screen
    has room for; the names of the others.
    """
    rows = _first_by_sum(values.sum(axis=1), TALLEST)
    columns = _first_by_sum(values.sum(axis=0), MOST_COLUMNS)
    if _is_symmetric(values):
        rows = columns
    others = [*values.index[~rows], *values.columns[~columns]]
    return values.loc[rows, columns], [name_of(name) for name in dict.fromkeys(others)]


def _first_by_sum(sums: pd.Series, most: int) -> np.ndarray:
    order = np.argsort(-sums.to_numpy(float), kind="stable")
    out = np.zeros(len(sums), bool)
    out[order[:most]] = True
    return out


def _is_symmetric(values: pd.DataFrame) -> bool:
    same = list(values.index) == list(values.columns)
    numbers = values.to_numpy(float)
    return same and len(values) > 1 and np.allclose(numbers, numbers.T, equal_nan=True)


def _lower_half(values: pd.DataFrame) -> pd.DataFrame:
    """A symmetric table without what it says twice: its first row and last column are
    then empty, and left out.
    """
    below = values.where(np.tri(len(values), dtype=bool))
    if np.isnan(np.diag(below.to_numpy(float))).all():
        return below.iloc[1:, :-1]
    return below


def _none_of(names: list[str]) -> str:
    """A note on the rows that have nothing."""
    if not names:
        return ""
    shown = ", ".join(names[:TALLEST])
    return f"None: {shown}{' and more' if len(names) > TALLEST else ''}."


def plot_similarity(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw one half of a square table of similarities as a heat map with its figures;
    the diagonal, always 1, is left out.

    Parameters
    ----------
    table : DataFrame
        See `similarity`.
    ax : Axes, optional
        What to draw into; by default a new figure as wide as the table asks for.

    Returns
    -------
    Axes

    Raises
    ------
    IdlibkitError
        If the table has no rows.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame([[1, 0.25], [0.25, 1]], ["A", "B"], ["A", "B"])
    >>> [text.get_text() for text in plot_similarity(table).texts]
    ['0.25']
    """
    check_rows(table)
    square = table.astype(float).mask(np.eye(len(table), dtype=bool))
    square, others = _largest(square)
    shown = _lower_half(square)
    most_wide = 1.1 * len(square) + 2.5
    ax = new_axes(ax, 0.34 * len(shown) + 1.1, most_wide)
    text = shown.map(_two_decimals).where(shown.notna(), "")
    xlabel = "cosine of the TF-IDF of their words: 0 no word in common, 1 the same"
    n = f"n = {number_of(len(table), 'group')}"
    return _heat_map(shown, text, ax, xlabel, n, left_out(others))


def _heat_map(
    values: pd.DataFrame, text: pd.DataFrame, ax: Axes, *sentences: str
) -> Axes:
    import seaborn as sns

    if room_for(ax, 0.6) < LETTERS * values.shape[1]:
        text = text.map(lambda _: "")
    look: dict[str, Any] = {"cmap": "Blues", "vmin": 0, "cbar": False}
    grid: dict[str, Any] = {"linewidths": 1, "linecolor": "#DDDDDD"}
    sns.heatmap(values, annot=text, fmt="", ax=ax, **look, **grid)
    room = room_for(ax, 0.6) // max(1, values.shape[1])
    names = [name_of(name) for name in values.columns]
    if room >= 8:
        columns = ["\n".join(wrap(name, room)[:3]) for name in names]
        ax.set_xticks(ax.get_xticks(), columns, rotation=0)
    else:  # names that would lie over each other stand upright
        ax.set_xticks(ax.get_xticks(), [cut(name, 24) for name in names], rotation=90)
    rows = [cut(name_of(name), room_for(ax, 0.5)) for name in values.index]
    ax.set_yticks(ax.get_yticks(), rows, rotation=0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set_ylabel("")
    label_x(ax, *sentences)
    return finished(ax)
