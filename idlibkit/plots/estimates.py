"""Pictures of estimates with their intervals: any `*_by` table, shares, and figures."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import check_columns
from .canvas import (
    GREY,
    MARKERS,
    check_rows,
    cut,
    draw_arrow,
    draw_heading,
    draw_interval,
    draw_zero,
    finished,
    highest,
    name_of,
    name_rows,
    new_axes,
    outlet_colors,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_estimates", "plot_figures", "plot_shares"]


def plot_estimates(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    hue: str | None = None,
    xlabel: str = "estimate",
    zero: bool = True,
    palette: Mapping[str, str] | None = None,
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
    palette : mapping, optional
        Group to colour, as from `outlet_colors`; by default by the alphabet.
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
    groups = list(dict.fromkeys(names))
    kinds = table[hue].map(name_of) if hue else names.map(lambda _: "")
    markers = dict(zip(sorted(kinds.unique()), cycle(MARKERS), strict=False))
    ax = new_axes(ax, 0.34 * len(groups) * max(1, 0.5 * len(markers)) + 1.2)
    colors = palette or outlet_colors(markers if hue == "outlet" else groups)
    rows = zip(kinds, names, table[columns].to_numpy(float).tolist(), strict=True)
    for kind, group, (estimate, low, high) in rows:
        which = list(markers).index(kind)
        y = groups.index(group) + (which - (len(markers) - 1) / 2) * 0.7 / len(markers)
        color = colors.get(kind, colors.get(group, GREY))
        face = color if which == 0 else "white"  # the first kind filled, others hollow
        draw_interval(ax, low, high, y, color, lw=1.8, alpha=0.55)
        ax.plot(estimate, y, markers[kind], color=color, mfc=face, ms=6.5)
    if zero:
        draw_zero(ax)
    name_rows(ax, groups)
    if "unit" in table:
        units = " or ".join(sorted(f"{unit}s" for unit in table["unit"].unique()))
        xlabel += f", with 95 % interval over {units}"
    ax.set_xlabel(xlabel)
    if hue:
        _explain(ax, markers, colors)
    return finished(ax)


def _explain(ax: Axes, markers: Mapping[str, str], colors: Mapping[str, str]) -> None:
    """A legend of the markers above the axes, as the dots are drawn."""
    for which, (kind, marker) in enumerate(markers.items()):
        color = colors.get(kind, GREY)
        face = color if which == 0 else "white"
        ax.plot([], [], marker, color=color, mfc=face, label=kind)
    columns = len(markers) if len(markers) < 5 else 3
    look: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)}
    ax.legend(ncols=columns, frameon=False, **look)


def plot_shares(
    table: pd.DataFrame,
    *,
    category: str,
    by: str = "outlet",
    n: int = 4,
    xlabel: str = "share",
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the largest shares of each group as bars with their intervals, and what is
    left as one bar.

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
    palette : mapping, optional
        Group to colour, as from `outlet_colors`; by default by the alphabet.
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
    ['Ann  50%', 'all others  50%']
    """
    check_columns(table, [by, category, "estimate"], "table")
    table = table[table["estimate"] > 0]
    check_rows(table, "no share is above 0")
    table = table.assign(
        group=table[by].map(name_of), name=table[category].map(name_of)
    )
    others = table["name"] == "(others)"
    named = highest(table[~others], "group", "estimate", "name", n)
    groups = sorted(table["group"].unique())
    colors = palette or outlet_colors(groups)
    ax = new_axes(ax, 0.23 * (len(named) + 3 * len(groups)) + 0.6)
    at, labels, places = 0.0, [], []
    ends = [c for c in ("ci_low", "ci_high") if c in table]
    for group in groups:
        color = colors.get(group, GREY)
        draw_heading(ax, 0, at, group, color)
        rows = named[named["group"] == group]
        left = table.loc[table["group"] == group, "estimate"].sum()
        shares = rows[["estimate", *ends]].to_numpy(float).tolist()
        for name, (share, *interval) in zip(rows["name"], shares, strict=True):
            at += 1
            ax.barh(at, share, 0.8, color=color, alpha=0.3)
            if interval:
                draw_interval(ax, interval[0], interval[-1], at, color, alpha=0.8)
            labels.append(f"{cut(name, 40)}  {share:.0%}")
            places.append(at)
            left -= share
        if left > 0.0005:  # more than rounding
            at += 1
            ax.barh(at, left, 0.8, color=GREY, alpha=0.3)
            labels.append(f"all others  {left:.0%}")
            places.append(at)
        at += 1.5
    name_rows(ax, labels, places)
    ax.set_xlim(0, 1)
    ax.set_ylim(at - 0.7, -0.8)
    ax.set_xlabel(f"{xlabel}, with 95 % interval")
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    return finished(ax)


def plot_figures(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the figures that outlets give for the same thing, on a logarithmic axis,
    hedges as bars.

    Parameters
    ----------
    table : DataFrame
        `by`, `text`, `value`, `low`, `high`; the rows of one topic of `discrepancies`.
        A dot where the text gives a number, a bar for what its hedge leaves open; an
        arrow where it sets no end.
    by : str
        Column of the groups.
    palette : mapping, optional
        Group to colour, as from `outlet_colors`; by default by the alphabet.
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
    ['48', 'about 40']
    """
    columns = ["value", "low", "high"]
    check_columns(table, [by, "text", *columns], "table")
    check_rows(table)
    rows = table.sort_values([by, "low", "text"], kind="stable")
    names = rows[by].map(name_of).tolist()
    colors = palette or outlet_colors(rows[by])
    numbers = rows[columns].replace([np.inf, 0], np.nan).to_numpy(float)
    low, high = np.nanmin(numbers) / 1.6, np.nanmax(numbers) * 2.5
    ax = new_axes(ax, 0.32 * len(rows) + 0.9)
    figures = rows[columns].to_numpy(float).tolist()
    for y, (value, least, most) in enumerate(figures):
        color = colors.get(names[y], GREY)
        left, right = max(least, low), min(most, high)
        if right > left:
            look: dict[str, Any] = {"lw": 5, "alpha": 0.35, "solid_capstyle": "butt"}
            ax.plot([left, right], [y, y], color=color, **look)
        if np.isinf(most):
            draw_arrow(ax, right, y, ">", color)
        place = np.sqrt(left * right)
        if pd.notna(value):
            place = value
            ax.plot(value, y, "o", color=color)
        text = shorten(str(rows["text"].iloc[y]), 40)
        above: dict[str, Any] = {"textcoords": "offset points", "ha": "center"}
        ax.annotate(text, (place, y), (0, 6), fontsize=8, **above)
    _read_logarithms(ax)
    ax.set_xlim(low, high)
    name_rows(ax, names)
    ax.set_ylim(len(rows) - 0.5, -0.9)
    ax.set_xlabel("figure (logarithmic; bar: what the hedge leaves open)")
    return finished(ax)


def _read_logarithms(ax: Axes) -> None:
    """A logarithmic axis with numbers that a reader of news can read: 1, 2, 5, 10."""
    from matplotlib.ticker import LogLocator, NullFormatter

    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.xaxis.set_minor_formatter(NullFormatter())
