"""Pictures of whole tables: heat maps with their figures."""

from __future__ import annotations

from textwrap import shorten, wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .canvas import WIDTH, check_rows, finished, name_of, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_matrix", "plot_similarity"]

MOST_FIGURES = 15  # groups up to which a square table has room for its figures


def plot_matrix(
    table: pd.DataFrame,
    *,
    percent: bool = False,
    xlabel: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of counts or shares as a heat map with its figures; zeros are left
    white and empty.

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
    values = table.astype(float)
    figure = "{:.0%}" if percent else "{:g}"
    text = values.map(lambda value: figure.format(value) if value > 0 else "")
    ax = new_axes(ax, 0.3 * len(table) + 1.1)
    return _heat_map(values.mask(values <= 0), text, xlabel, ax)


def plot_similarity(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a square table of similarities as a heat map with its figures; the diagonal,
    always 1, is left out.

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
    ['0.25', '0.25']
    """
    check_rows(table)
    ax = new_axes(ax, 0.42 * len(table) + 1.1, min(WIDTH, 1.1 * len(table) + 2.5))
    square = table.astype(float).mask(np.eye(len(table), dtype=bool))
    text = square.map("{:.2f}".format).where(square.notna(), "")
    if len(table) > MOST_FIGURES:
        text[:] = ""
    xlabel = "cosine of the TF-IDF of their words: 0 no word in common, 1 the same"
    return _heat_map(square, text, xlabel, ax)


def _heat_map(values: pd.DataFrame, text: pd.DataFrame, xlabel: str, ax: Axes) -> Axes:
    import seaborn as sns

    look: dict[str, Any] = {"cmap": "Blues", "vmin": 0, "cbar": False}
    grid: dict[str, Any] = {"linewidths": 1, "linecolor": "#DDDDDD"}
    sns.heatmap(values, annot=text, fmt="", ax=ax, **look, **grid)
    columns = ["\n".join(wrap(name_of(name), 12)) for name in values.columns]
    rows = [shorten(name_of(name), 60, placeholder=" …") for name in values.index]
    ax.set_xticks(ax.get_xticks(), columns, rotation=0)
    ax.set_yticks(ax.get_yticks(), rows, rotation=0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set(xlabel=xlabel, ylabel="")
    return finished(ax)
