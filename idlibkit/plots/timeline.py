"""Pictures along a line: a measure over months, tone along an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from .canvas import (
    GREY,
    check_rows,
    finished,
    ink,
    name_of,
    name_rows,
    new_axes,
    outlet_colors,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_over_time", "plot_tone_along"]

LINE_OF_TEXT = 0.055  # height of a name, as a share of the height of the axes
MOST_TICKS = 10  # times that have room below the axis


def plot_over_time(
    table: pd.DataFrame,
    *,
    time: str = "month",
    by: str = "outlet",
    ylabel: str = "estimate",
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a measure over time: one line with its interval per group, named at its end.

    Parameters
    ----------
    table : DataFrame
        `time`, `by`, `estimate`, `ci_low`, `ci_high`; any `*_by` table with
        ``by=["outlet", "month"]``.
    time : str
        Column of the times, in the order of the alphabet.
    by : str
        Column of the groups.
    ylabel : str
        What the estimate is.
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
        If a column is missing, or no row has a time.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"month": ["2020-01", "2020-02"], "outlet": "A",
    ...                       "estimate": [0.1, 0.2], "ci_low": [0.0, 0.1],
    ...                       "ci_high": [0.2, 0.3]})
    >>> [tick.get_text() for tick in plot_over_time(table).get_xticklabels()]
    ['2020-01', '2020-02']
    """
    columns = ["estimate", "ci_low", "ci_high"]
    check_columns(table, [time, by, *columns], "table")
    table = table.dropna(subset=[time])
    check_rows(table, f"no row has a {time}")
    times = sorted(table[time].astype(str).unique())
    colors = palette or outlet_colors(table[by])
    ax = new_axes(ax, 4)
    ends = []
    for group, rows in table.groupby(table[by].map(name_of)):
        in_time = rows.sort_values(time)
        x = [times.index(str(value)) for value in in_time[time]]
        estimate, low, high = in_time[columns].to_numpy(float).T
        color = colors.get(str(group), GREY)
        ax.plot(x, estimate, "o-", color=color, ms=4)
        ax.fill_between(x, low, high, color=color, alpha=0.15, lw=0)
        ends.append((float(estimate[-1]), str(group), color))
    # Names at the lines' ends, pushed apart where they would overlap.
    bottom, top = ax.get_ylim()
    apart = LINE_OF_TEXT * max(top - bottom, 1e-9)
    at = -np.inf
    for height, group, color in sorted(ends):
        at = max(height, at + apart)
        ax.text(len(times) - 0.9, at, group, color=ink(color), va="center", fontsize=9)
    step = max(1, len(times) // MOST_TICKS)
    ax.set_xticks(range(0, len(times), step), times[::step])
    ax.set_xlim(-0.3, len(times) - 1 + 0.05)
    ax.set_ylabel(ylabel)
    return finished(ax)


def plot_tone_along(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the tone of each passage along the article: one strip per group, quoted
    passages lower than own ones.

    Parameters
    ----------
    table : DataFrame
        `by`, `article_id`, `start`, `end`, `voice`, `compound`; see `sentiment`. For
        groups of one article each.
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
        If a column is missing, the table has no rows, or a group has two articles.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": "A", "article_id": "a", "start": [0, 10],
    ...                       "end": [9, 20], "voice": ["own", "quoted"],
    ...                       "compound": [0.2, -0.4]})
    >>> ax = plot_tone_along(table)
    >>> [float(bar.get_height()) for bar in ax.patches]
    [0.8, 0.45]
    """
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import TwoSlopeNorm

    columns = ["article_id", "start", "end", "voice", "compound"]
    check_columns(table, [by, *columns], "table")
    check_rows(table)
    names = table[by].map(name_of)
    groups = sorted(names.unique(), reverse=True)  # the first on top
    ax = new_axes(ax, 0.55 * len(groups) + 1.2)
    colors = palette or outlet_colors(groups)
    norm, cmap = TwoSlopeNorm(0, -1, 1), colormaps["RdBu"]
    for place, group in enumerate(groups):
        rows = table[names == group]
        _check_one_article(rows, group, by)
        start, end = rows["start"].to_numpy(float), rows["end"].to_numpy(float)
        first, length = start.min(), end.max() - start.min()
        ax.bar(
            (start - first) / length,
            np.where(rows["voice"] == "own", 0.8, 0.45),
            (end - start) / length,
            place - 0.4,
            align="edge",
            color=cmap(norm(rows["compound"])),
            edgecolor=GREY,
            lw=0.3,
        )
    name_rows(ax, groups, range(len(groups)))
    for label in ax.get_yticklabels():
        label.set_color(ink(colors.get(label.get_text(), GREY)))
    ax.set_xlim(0, 1)
    ax.set_ylim(-0.5, len(groups) - 0.4)
    ax.set_xlabel(
        "place in the article (high: own voice; low: quoted or reported; gaps: left"
        " out)"
    )
    ax.set_xticks([0, 0.5, 1], ["start", "middle", "end"])
    ax.spines["left"].set_visible(False)
    scale = ScalarMappable(norm, cmap)
    bar = ax.figure.colorbar(scale, ax=ax, fraction=0.03, pad=0.02, ticks=[-1, 0, 1])
    bar.ax.set_yticklabels(["negative", "0", "positive"])
    return finished(ax)


def _check_one_article(rows: pd.DataFrame, group: str, by: str) -> None:
    n_articles = rows["article_id"].nunique()
    if n_articles > 1:
        raise IdlibkitError(
            f"{group!r} has {n_articles} articles; tone along an article needs one per"
            f" {by}. Choose one, or take article_id for by."
        )
