"""A picture of the figures that outlets give for one thing."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import check_columns, number_of
from .canvas import (
    draw_arrow,
    finished,
    label_x,
    name_rows,
    new_axes,
    room_for,
)
from .colors import GREY, Palette, row_colors
from .drawn_rows import MOST_ROWS, check_rows, cut, left_out, name_of
from .saving import stand_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_figures"]

FAR_APART = 20  # times the smallest figure, from which on the axis is logarithmic


def plot_figures(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    palette: Palette | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the figures that outlets give for the same thing, hedges as bars; on a
    logarithmic axis where the largest is twenty times the smallest.

    Parameters
    ----------
    table : DataFrame
        `by`, `text`, `value`, `low`, `high`, and `attributed_to` (who gives the figure)
        where it is known; the rows of one topic of `discrepancies`.
        A dot where the text gives a number, a bar for what its hedge leaves open; an
        arrow where it sets no end.
    by : str
        Column of the groups.
    palette : mapping or list, optional
        Group to colour, as from `outlet_colors`, or colours in the order of the
        alphabet.
    ax : Axes, optional
        What to draw into; by default a new figure as wide as a notebook.

    Returns
    -------
    Axes

    Raises
    ------
    IdlibkitError
        If a column is missing, or the table has no rows.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "text": ["48", "about 40"],
    ...                       "value": [48, 40], "low": [48, 36], "high": [48, 44]})
    >>> [text.get_text() for text in plot_figures(table).texts]
    ['about 40', '48']
    """
    columns = ["value", "low", "high"]
    check_columns(table, [by, "text", *columns], "table")
    check_rows(table)
    rows = table.sort_values(["low", by, "text"], kind="stable")
    if "differs" in rows:  # the figures meant first, should there be too many
        rows = rows.sort_values("differs", ascending=False, kind="stable")
    others = rows.iloc[MOST_ROWS:]
    rows = rows.head(MOST_ROWS).sort_values(["low", by, "text"], kind="stable")
    names = rows[by].map(name_of).tolist()
    colors = row_colors(palette, names)
    axis = _axis_of(rows[columns])
    meant = _rows_meant(rows, by)
    ax = new_axes(ax, 0.42 * len(rows) + 0.5)
    figures = rows[columns].to_numpy(float).tolist()
    for y, (value, least, most) in enumerate(figures):
        color = colors.get(names[y], GREY)
        figure = shorten(str(rows["text"].iloc[y]), 40)
        left, right = max(least, axis.low), min(most, axis.high)
        if right > left:
            look: dict[str, Any] = {"lw": 5, "alpha": 0.35, "solid_capstyle": "butt"}
            (bar,) = ax.plot([left, right], [y, y], color=color, **look)
            stand_for(bar, meant[y], figure)
        if np.isinf(most):
            draw_arrow(ax, right, y, ">", color)
        place = axis.middle(left, right)
        if pd.notna(value):
            place = value
            (dot,) = ax.plot(value, y, "o", color=color)
            stand_for(dot, meant[y], figure)
        above: dict[str, Any] = {"textcoords": "offset points", "ha": axis.side(place)}
        text = ax.annotate(figure, (place, y), (0, 6), fontsize=9, **above)
        stand_for(text, meant[y], figure)
    if axis.logarithmic:
        _read_logarithms(ax)
    else:
        _read_numbers(ax, axis)
    ax.set_xlim(axis.low, axis.high)
    name_rows(ax, _with_sources(ax, rows, names), rows=meant)
    ax.set_ylim(len(rows) - 0.5, -0.9)
    label_x(
        ax,
        "each step is ten times as much" if axis.logarithmic else "",
        f"n = {number_of(len(table), 'figure')}",
        left_out(others[by].map(name_of).tolist()),
    )
    return finished(ax)


def _rows_meant(rows: pd.DataFrame, by: str) -> list[dict[str, object]]:
    """What each row of the picture stands for, with its place where that is known."""
    known = [name for name in ("article_id", "start", "end") if name in rows]
    return [
        dict(zip([by, *known], values, strict=True))
        for values in rows[[by, *known]].itertuples(index=False, name=None)
    ]


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where figures are drawn."""

    low: float
    high: float
    logarithmic: bool

    def side(self, place: float) -> str:
        """How a figure's words are aligned, so that they stay inside."""
        low, high, at = self.low, self.high, place
        if self.logarithmic:
            low, high, at = np.log(low), np.log(high), np.log(place)
        part = (at - low) / (high - low)
        return "left" if part < 0.3 else "right" if part > 0.7 else "center"

    def middle(self, left: float, right: float) -> float:
        return float(np.sqrt(left * right) if self.logarithmic else (left + right) / 2)


def _axis_of(figures: pd.DataFrame) -> Axis:
    """An axis with room for the figures, of logarithms where they are far apart."""
    numbers = figures.replace([np.inf, -np.inf], np.nan).to_numpy(float)
    low, high = float(np.nanmin(numbers)), float(np.nanmax(numbers))
    if low > 0 and high > FAR_APART * low:
        return Axis(low / 1.6, high * 2.5, True)
    room = max((high - low) * 0.25, abs(high) * 0.02 if high == low else 0, 0.5)
    return Axis(low - room, high + room, False)


def _read_numbers(ax: Axes, axis: Axis) -> None:
    """Whole numbers only where the figures are; years without a comma."""
    from matplotlib.ticker import MaxNLocator

    is_years = axis.low >= 1500 and axis.high < 2101
    form = "{x:.0f}" if is_years else "{x:,.4g}" if axis.high < 1000 else "{x:,.0f}"
    most = max(2, room_for(ax, 0.5) // 12)
    ax.xaxis.set_major_locator(MaxNLocator(most, integer=axis.high - axis.low > 1.5))
    ax.xaxis.set_major_formatter(form)


def _with_sources(ax: Axes, rows: pd.DataFrame, names: list[str]) -> list[str]:
    """Each outlet with who gives the figure there, in a second line."""
    if "attributed_to" not in rows:
        return names
    room = max(12, room_for(ax, 0.36))
    return [
        name if pd.isna(who) else f"{cut(name, room)}\n{cut(f'({who})', room)}"
        for name, who in zip(names, rows["attributed_to"], strict=True)
    ]


def _read_logarithms(ax: Axes) -> None:
    """A logarithmic axis with numbers that a reader of news can read: 1, 2, 5, 10."""
    from matplotlib.ticker import LogLocator, NullFormatter

    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.xaxis.set_minor_formatter(NullFormatter())
