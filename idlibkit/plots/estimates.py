"""Pictures of estimates with their intervals: any `*_by` table, shares, and figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import check_columns, number_of
from .canvas import (
    GREY,
    MARKERS,
    MOST_ROWS,
    Palette,
    check_rows,
    cut,
    draw_arrow,
    draw_heading,
    draw_interval,
    draw_zero,
    finished,
    highest,
    label_x,
    left_out,
    most_told,
    name_of,
    name_rows,
    new_axes,
    room_for,
    row_colors,
    sizes,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_estimates", "plot_figures", "plot_shares"]

MOST_GROUPS = 8  # whose shares have room below each other
FAR_APART = 20  # times the smallest figure, from which on the axis is logarithmic


def plot_estimates(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    hue: str | None = None,
    xlabel: str = "estimate",
    zero: bool = True,
    palette: Palette | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the estimates of any `*_by` table as dots with their intervals, one row per
    group.

    Parameters
    ----------
    table : DataFrame
        `by`, `estimate`, `ci_low`, `ci_high`, `unit`; see `sentiment_by`. Rows are
        drawn in its order.
    by : str
        Column of the groups.
    hue : str, optional
        Column of which each value has its own marker in every row (voice); its own
        colour too, if it is the outlet.
    xlabel : str
        What the estimate is.
    zero : bool
        Draw a line at 0.
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
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "estimate": [0.1, 0.3],
    ...                       "ci_low": [0.0, 0.2], "ci_high": [0.2, 0.4],
    ...                       "unit": "article"})
    >>> plot_estimates(table, xlabel="tone").get_xlabel()
    'tone, with 95 % interval over articles'
    """
    columns = ["estimate", "ci_low", "ci_high"]
    check_columns(table, [by, *columns] + ([hue] if hue else []), "table")
    check_rows(table)
    names = table[by].map(name_of)
    groups = most_told(table, by, MOST_ROWS)
    others = [name for name in dict.fromkeys(names) if name not in groups]
    table, names = table[names.isin(groups)], names[names.isin(groups)]
    kinds = table[hue].map(name_of) if hue else names.map(lambda _: "")
    # Outlets are told apart by colour alone, voices by their marks.
    marks = "o" if hue == "outlet" else MARKERS
    markers = dict(zip(sorted(kinds.unique()), cycle(marks), strict=False))
    ax = new_axes(ax, 0.34 * len(groups) * max(1, 0.5 * len(markers)) + 0.8)
    colors = row_colors(palette, markers if hue == "outlet" else groups)
    rows = zip(kinds, names, table[columns].to_numpy(float).tolist(), strict=True)
    for kind, group, (estimate, low, high) in rows:
        which = list(markers).index(kind)
        y = groups.index(group) + (which - (len(markers) - 1) / 2) * 0.7 / len(markers)
        color = colors.get(kind, colors.get(group, GREY))
        hollow = which > 0 and hue != "outlet"  # the first kind filled
        face = "white" if hollow else color
        draw_interval(ax, low, high, y, color, lw=1.8, alpha=0.55)
        ax.plot(estimate, y, markers[kind], color=color, mfc=face, ms=6.5)
    if zero:
        draw_zero(ax)
    name_rows(ax, groups)
    if "unit" in table:
        units = " or ".join(sorted(f"{unit}s" for unit in table["unit"].unique()))
        xlabel += f", with 95 % interval over {units}"
    n = sizes(table, [by, *filter(None, [hue])])
    label_x(ax, xlabel, n, left_out(others))
    if hue:
        _explain(ax, markers, colors, hue != "outlet")
    return finished(ax)


def _explain(
    ax: Axes, markers: Mapping[str, str], colors: Mapping[str, str], hollow: bool
) -> None:
    """A legend of the markers above the axes, as the dots are drawn."""
    if len(set(colors.values())) == 1 and not hollow:
        return  # too many outlets for colours
    for which, (kind, marker) in enumerate(markers.items()):
        color = colors.get(kind, GREY)
        face = "white" if which > 0 and hollow else color
        ax.plot([], [], marker, color=color, mfc=face, label=kind)
    longest = max(map(len, markers)) + 4
    columns = max(1, min(len(markers), room_for(ax, 0.55) // longest))
    look: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)}
    ax.legend(ncols=columns, frameon=False, **look)


def plot_shares(
    table: pd.DataFrame,
    *,
    category: str,
    by: str = "outlet",
    n: int = 4,
    xlabel: str = "share",
    palette: Palette | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the largest shares of each group as bars with their intervals; what is left
    is named without a bar.

    Parameters
    ----------
    table : DataFrame
        `by`, `category`, `estimate`, and `ci_low`, `ci_high` where known; see
        `voices_by`. A category "(others)" is part of what is left.
    category : str
        Column of what has the shares.
    by : str
        Column of the groups.
    n : int
        Categories named in each group.
    xlabel : str
        What the share is of.
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
        If a column is missing, or no share is above 0.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": "A", "speaker": ["Ann", "Bo", "Cy"],
    ...                       "estimate": [0.5, 0.3, 0.2]})
    >>> ax = plot_shares(table, category="speaker", n=1)
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['Ann  50 %', '2 others  50 %']
    """
    check_columns(table, [by, category, "estimate"], "table")
    table = table[table["estimate"] > 0]
    check_rows(table, "no share is above 0")
    table = table.assign(
        group=table[by].map(name_of), name=table[category].map(name_of)
    )
    others = table["name"] == "(others)"
    named = highest(table[~others], "group", "estimate", "name", n)
    groups = sorted(most_told(table.sort_values("group"), "group", MOST_GROUPS))
    not_drawn = sorted(set(table["group"]) - set(groups))
    named = named[named["group"].isin(groups)]
    colors = row_colors(palette, groups)
    ax = new_axes(ax, 0.23 * (len(named) + 3 * len(groups)) + 0.6)
    at, labels, places = 0.0, [], []
    ends = [c for c in ("ci_low", "ci_high") if c in table]
    for group in groups:
        color = colors.get(group, GREY)
        of_group = table[table["group"] == group]
        n_here = sizes(of_group, ["group"]).removesuffix("s").removesuffix(" passage")
        heading = f"{group}  ({n_here})" if n_here else group
        draw_heading(ax, 0, at, cut(heading, room_for(ax, 0.55)), color)
        rows = named[named["group"] == group]
        left = of_group["estimate"].sum()
        shares = rows[["estimate", *ends]].to_numpy(float).tolist()
        for name, (share, *interval) in zip(rows["name"], shares, strict=True):
            at += 1
            ax.barh(at, share, 0.8, color=color, alpha=0.3)
            if interval:
                draw_interval(ax, interval[0], interval[-1], at, color, alpha=0.8)
            labels.append(f"{cut(name, room_for(ax, 0.25))}  {_percent(share)}")
            places.append(at)
            left -= share
        if left > 0.0005:  # more than rounding
            at += 1  # named without a bar, which would be the largest and say least
            labels.append(f"{_n_others(of_group, len(rows))}  {_percent(left)}")
            places.append(at)
        at += 1.5
    name_rows(ax, labels, places)
    ax.set_xlim(0, 1)
    ax.set_ylim(at - 0.7, -0.8)
    label_x(ax, f"{xlabel}, with 95 % interval", left_out(not_drawn))
    ticks = [0, 0.25, 0.5, 0.75, 1] if room_for(ax) > 60 else [0, 0.5, 1]
    ax.set_xticks(ticks, [_percent(tick) for tick in ticks])
    return finished(ax)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _n_others(rows: pd.DataFrame, named: int) -> str:
    """How many the others are, where the table names them all."""
    rest = len(rows) - named
    return "all others" if (rows["name"] == "(others)").any() else f"{rest} others"


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
    ax = new_axes(ax, 0.42 * len(rows) + 0.5)
    figures = rows[columns].to_numpy(float).tolist()
    for y, (value, least, most) in enumerate(figures):
        color = colors.get(names[y], GREY)
        left, right = max(least, axis.low), min(most, axis.high)
        if right > left:
            look: dict[str, Any] = {"lw": 5, "alpha": 0.35, "solid_capstyle": "butt"}
            ax.plot([left, right], [y, y], color=color, **look)
        if np.isinf(most):
            draw_arrow(ax, right, y, ">", color)
        place = axis.middle(left, right)
        if pd.notna(value):
            place = value
            ax.plot(value, y, "o", color=color)
        text = shorten(str(rows["text"].iloc[y]), 40)
        above: dict[str, Any] = {"textcoords": "offset points", "ha": "center"}
        ax.annotate(text, (place, y), (0, 6), fontsize=9, **above)
    if axis.logarithmic:
        _read_logarithms(ax)
    else:
        _read_numbers(ax, axis)
    ax.set_xlim(axis.low, axis.high)
    name_rows(ax, _with_sources(ax, rows, names))
    ax.set_ylim(len(rows) - 0.5, -0.9)
    label_x(
        ax,
        "each step is ten times as much" if axis.logarithmic else "",
        f"n = {number_of(len(table), 'figure')}",
        left_out(others[by].map(name_of).tolist()),
    )
    return finished(ax)


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where figures are drawn."""

    low: float
    high: float
    logarithmic: bool

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
