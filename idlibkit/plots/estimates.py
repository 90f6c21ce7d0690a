"""Pictures of estimates with their intervals: any `*_by` table, and shares."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..tables import check_columns, percent, plural, with_minus
from .canvas import (
    MARKERS,
    draw_heading,
    draw_interval,
    draw_zero,
    finished,
    label_x,
    name_rows,
    new_axes,
    room_for,
)
from .colors import GREY, Palette, row_colors
from .drawn_rows import (
    MOST_ROWS,
    check_rows,
    cut,
    highest,
    left_out,
    most_told,
    name_of,
    sizes,
)
from .saving import stand_for
from .wording import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes


__all__ = ["plot_estimates", "plot_shares"]

MOST_GROUPS = 8  # whose shares have room below each other


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
        (dot,) = ax.plot(estimate, y, markers[kind], color=color, mfc=face, ms=6.5)
        stand_for(
            dot,
            {by: group, **({hue: kind} if hue else {})},
            with_minus(f"{estimate:.2f}"),
        )
    if zero:
        draw_zero(ax)
    name_rows(ax, groups, rows=[{by: group} for group in groups])
    if "unit" in table:
        units = " or ".join(sorted(map(plural, table["unit"].dropna().unique())))
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
    at = 0.0
    labels: dict[float, str] = {}
    for group in groups:
        of_group = table[table["group"] == group]
        rows = named[named["group"] == group]
        color = colors.get(group, GREY)
        draw_heading(ax, (0, at), _heading(ax, of_group), color, {by: group})
        labels |= _draw_group(ax, rows, at, color)
        at += len(rows)
        left = of_group["estimate"].sum() - rows["estimate"].sum()
        if left > 0.0005:  # more than rounding
            at += 1  # named without a bar, which would be the largest and say least
            labels[at] = f"{_n_others(of_group, len(rows))}  {percent(left)}"
        at += 1.5
    name_rows(ax, list(labels.values()), list(labels))
    ax.set_xlim(0, 1)
    ax.set_ylim(at - 0.7, -0.8)
    label_x(ax, f"{xlabel}, with 95 % interval", left_out(not_drawn))
    ticks = [0, 0.25, 0.5, 0.75, 1] if room_for(ax) > 60 else [0, 0.5, 1]
    ax.set_xticks(ticks, [percent(tick) for tick in ticks])
    return finished(ax)


def _heading(ax: Axes, rows: pd.DataFrame) -> str:
    """The name of a group with its size, where the table tells it."""
    n = sizes(rows, ["group"]).removesuffix("s").removesuffix(" passage")
    group = rows["group"].iloc[0]
    return cut(f"{group}  ({n})" if n else group, room_for(ax, 0.55))


def _draw_group(
    ax: Axes, rows: pd.DataFrame, at: float, color: str
) -> dict[float, str]:
    """The bars of a group below a height; the place of each with its label."""
    labels = {}
    ends = [name for name in ("ci_low", "ci_high") if name in rows]
    shares = rows[["estimate", *ends]].to_numpy(float).tolist()
    for name, (share, *interval) in zip(rows["name"], shares, strict=True):
        at += 1
        ax.barh(at, share, 0.8, color=color, alpha=0.3)
        if interval:
            draw_interval(ax, interval[0], interval[-1], at, color, alpha=0.8)
        labels[at] = f"{cut(name, room_for(ax, 0.25))}  {percent(share)}"
    return labels


def _n_others(rows: pd.DataFrame, named: int) -> str:
    """How many the others are, where the table names them all."""
    rest = len(rows) - named
    every = (rows["name"] == "(others)").any()
    return translation("all others" if every else f"{rest} others")
