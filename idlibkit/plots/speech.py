"""Pictures of who speaks: a dot for each use of a word, bars of voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import check_columns
from .canvas import (
    WIDTH,
    check_rows,
    cut,
    finished,
    name_of,
    name_rows,
    new_axes,
    top_rows,
    write_title,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_uses", "plot_voices"]

# One speaker, the others, the outlet itself: the same in every picture.
SPEAKER, OTHERS, OWN = "#D55E00", "#F0C08A", "#1F3A5F"
MOST_DOTS = 24  # side by side; with more uses in a row, bars are drawn
MOST_ROWS = 12


def plot_uses(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    title: str = "",
    note: str = "",
    width: float = WIDTH,
    ax: Axes | None = None,
) -> Axes:
    """Draw a dot for each use of a word, coloured by who says it; bars where a row has
    more than 24 uses.

    Parameters
    ----------
    table : DataFrame
        `by`, and three columns of counts: of one speaker, of the other speakers, of the
        outlets themselves. Rows are drawn in its order; from the twelfth row on, the
        rest is one row.
    by : str
        Column of the groups.
    title, note : str
        Written above and below.
    width : float
        Of the figure, inches; 4 is for a phone.
    ax : Axes, optional
        What to draw into; by default a new figure.

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
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "Ann": [2, 1],
    ...                       "other speakers": [1, 0], "the outlet itself": [0, 1]})
    >>> ax = plot_uses(table)
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['Ann: 3', 'other speakers: 1', 'the outlet itself: 1']
    """
    check_columns(table, [by], "table")
    check_rows(table)
    groups = list(table.columns.drop(by))[:3]
    rows = top_rows(table[[by, *groups]], by, MOST_ROWS)
    names = [name_of(value) for value in rows[by]]
    ax = new_axes(ax, 0.42 * len(rows) + 1.6, width)
    as_dots = rows[groups].sum(axis=1).max() <= MOST_DOTS
    draw = _draw_dots if as_dots else _draw_bars
    draw(ax, rows, groups)
    name_rows(ax, [cut(name, 26) for name in names])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    _explain(ax, [f"{group}: {rows[group].sum():,}" for group in groups])
    write_title(ax, title, note)
    return finished(ax)


def _draw_dots(ax: Axes, rows: pd.DataFrame, groups: Sequence[str]) -> None:
    longest = int(rows[groups].sum(axis=1).max())
    for y, counts in enumerate(rows[groups].to_numpy(int).tolist()):
        colors = np.repeat([SPEAKER, OTHERS, OWN], counts)
        ax.scatter(range(len(colors)), [y] * len(colors), 95, colors, clip_on=False)
    ax.set_xlim(-0.7, max(longest, 9) + 0.2)
    ax.set_xticks([])


def _draw_bars(ax: Axes, rows: pd.DataFrame, groups: Sequence[str]) -> None:
    left = np.zeros(len(rows))
    for group, color in zip(groups, [SPEAKER, OTHERS, OWN], strict=True):
        ax.barh(range(len(rows)), rows[group], 0.7, left, color=color)
        left += rows[group].to_numpy(float)
    ax.set_xlabel("uses of the word")


def _explain(ax: Axes, labels: Sequence[str]) -> None:
    """What the colours mean, below the rows."""
    for label, color in zip(labels, [SPEAKER, OTHERS, OWN], strict=True):
        ax.scatter([], [], 80, color, label=label)
    look: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (0, 0)}
    ax.legend(ncols=1, frameon=False, borderaxespad=0.2, handletextpad=0.2, **look)


def plot_voices(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    title: str = "",
    note: str = "",
    palette: Mapping[str, str] | Sequence[str] | None = None,
    width: float = WIDTH,
    ax: Axes | None = None,
) -> Axes:
    """Draw one bar for each group: its own words, those it quotes and those it reports.

    Parameters
    ----------
    table : DataFrame
        `by`, and `own`, `quoted`, `reported`: words, or shares of all words. Rows are
        drawn in its order; from the twelfth row on, the rest is one row.
    by : str
        Column of the groups.
    title, note : str
        Written above and below.
    palette : list or mapping, optional
        Colours of own, quoted and reported words.
    width : float
        Of the figure, inches; 4 is for a phone.
    ax : Axes, optional
        What to draw into; by default a new figure.

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
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "own": [30, 60],
    ...                       "quoted": [50, 20], "reported": [20, 20]})
    >>> [text.get_text() for text in plot_voices(table).texts][:3]
    ['30 %', '60 %', '50 %']
    """
    voices = ["own", "quoted", "reported"]
    check_columns(table, [by, *voices], "table")
    check_rows(table)
    rows = top_rows(table[[by, *voices]], by, MOST_ROWS)
    shares = rows[voices].div(rows[voices].sum(axis=1), axis=0)
    colors = [OWN, SPEAKER, OTHERS]
    if palette is not None:
        named = (
            palette
            if isinstance(palette, Mapping)
            else dict(zip(voices, palette, strict=False))
        )
        colors = [
            named.get(voice, color) for voice, color in zip(voices, colors, strict=True)
        ]
    ax = new_axes(ax, 0.42 * len(rows) + 1.6, width)
    left = np.zeros(len(rows))
    for voice, color in zip(voices, colors, strict=True):
        share = shares[voice].to_numpy(float)
        ax.barh(range(len(rows)), share, 0.72, left, color=color, label=voice)
        ink = "black" if color == OTHERS else "white"
        for y, (start, part) in enumerate(zip(left, share, strict=True)):
            if part >= 0.08:
                look: dict[str, Any] = {"ha": "center", "va": "center", "color": ink}
                ax.text(start + part / 2, y, f"{part:.0%}".replace("%", " %"), **look)
        left += share
    name_rows(ax, [cut(name_of(value), 26) for value in rows[by]])
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    look = {"loc": "upper left", "bbox_to_anchor": (0, 0), "borderaxespad": 0.2}
    ax.legend(ncols=3, frameon=False, handlelength=1, **look)
    write_title(ax, title, note)
    return finished(ax)
