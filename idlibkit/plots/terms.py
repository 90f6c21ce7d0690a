"""Pictures of words: those typical of a group, and those behind a difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import check_columns
from .canvas import (
    GREY,
    check_rows,
    cut,
    draw_arrow,
    draw_heading,
    draw_interval,
    draw_zero,
    finished,
    highest,
    ink,
    name_rows,
    new_axes,
    outlet_colors,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_keyness", "plot_terms", "plot_word_shift"]

COLUMNS = 5  # groups side by side; further ones stand below
PALE = 0.35  # bars of names, which are no wording
GAP = 3  # rows between two rows of groups: two for the name, one empty


def plot_terms(
    table: pd.DataFrame,
    *,
    value: str = "tfidf",
    by: str = "outlet",
    n: int = 10,
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the `n` terms of each group with the highest `value`, one column of bars per
    group.

    Parameters
    ----------
    table : DataFrame
        `by`, `term`, `value`; see `tfidf`.
    value : str
        Column that is drawn and ranked by.
    by : str
        Column of the groups.
    n : int
        How many terms of each group.
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
    >>> table = pd.DataFrame({"outlet": "A", "term": ["x", "y"], "tfidf": [0.2, 0.5]})
    >>> [text.get_text() for text in plot_terms(table, n=1).texts]
    ['y', 'A']
    """
    check_columns(table, [by, "term", value], "table")
    check_rows(table)
    top = highest(table, by, value, "term", n)
    groups = sorted(top[by].unique())
    across = min(len(groups), COLUMNS)
    down = -(-len(groups) // across)
    ax = new_axes(ax, down * (0.26 * n + 0.8))
    colors = palette or outlet_colors(groups)
    longest = float(top[value].max())
    for place, group in enumerate(groups):
        rows = top[top[by] == group]
        left, first = place % across * 1.12, place // across * (n + GAP)
        color = colors.get(str(group), GREY)
        y = first + np.arange(len(rows))
        width = rows[value] / longest * 0.98
        ax.barh(y, width, left=left, height=0.8, color=color, alpha=0.3)
        for row, term in enumerate(rows["term"], first):
            ax.text(left + 0.02, row, cut(str(term), 17), va="center", fontsize=9)
        name = "\n".join(wrap(str(group), 15)[:2])
        look: dict[str, Any] = {"weight": "bold", "va": "bottom", "fontsize": 9.5}
        ax.text(left, first - 0.7, name, color=ink(color), **look)
    ax.set_xlim(-0.02, across * 1.12 - 0.08)
    ax.set_ylim(down * (n + GAP) - 3.2, -GAP)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.set_xlabel(f"length of the bars: {value}, from 0; the longest is {longest:.2f}")
    return finished(ax)


def plot_keyness(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    n: int = 5,
    min_paragraphs: int = 3,
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the log ratio of the `n` terms of each group with the highest z, with
    intervals.

    Parameters
    ----------
    table : DataFrame
        See `keyness`. Terms that the group uses more than the rest lie right of 0; an
        arrow at the edge stands for an interval without an end.
    by : str
        Column of the groups.
    n : int
        How many terms of each group.
    min_paragraphs : int
        Leave out terms in fewer paragraphs of the group.
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
        If a column is missing, or no term is in so many paragraphs.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "term": ["x", "y"], "z": 2.0,
    ...                       "log_ratio": 1.0, "log_ratio_low": 0.5,
    ...                       "log_ratio_high": 1.5})
    >>> [tick.get_text() for tick in plot_keyness(table).get_yticklabels()]
    ['x', 'y']
    """
    ends = ["log_ratio_low", "log_ratio_high"]
    check_columns(table, [by, "term", "z", "log_ratio", *ends], "table")
    check_rows(table)
    if "n_paragraphs" in table and table["n_paragraphs"].notna().all():
        table = table[table["n_paragraphs"] >= min_paragraphs]
    top = highest(table, by, "z", "term", n)
    check_rows(top, f"no term in {min_paragraphs} paragraphs or more of its group")
    groups = sorted(top[by].unique())
    ax = new_axes(ax, 0.24 * len(top) + 0.3 * len(groups) + 0.8)
    colors = palette or outlet_colors(groups)
    # An end beyond these edges is drawn to the edge.
    values = top[ends].to_numpy(float)
    limits = [-1.0, 1.0, *values[np.isfinite(values)].tolist()]
    low, high = min(limits) - 1, max(limits) + 1
    at, places = 0.0, []
    for group in groups:
        color = colors.get(str(group), GREY)
        draw_heading(ax, low, at, f" {group}", color)
        for row in top.loc[top[by] == group, ["log_ratio", *ends]].to_numpy(float):
            at += 1
            _draw_ratio(ax, row.tolist(), at, (low, high), color)
            places.append(at)
        at += 1.4
    draw_zero(ax)
    ax.set_xlim(low, high)
    ax.set_ylim(at, -0.8)
    ax.set_xlabel(
        "log ratio to the other groups (1: twice as often, 2: four times), with exact"
        " interval, 95 % for all terms together"
    )
    name_rows(ax, [cut(str(term), 32) for term in top["term"]], places)
    return finished(ax)


def plot_word_shift(
    table: pd.DataFrame,
    *,
    a: str = "a",
    b: str = "b",
    n: int = 15,
    ax: Axes | None = None,
) -> Axes:
    """Draw which words make the tone of a differ from that of b.

    Parameters
    ----------
    table : DataFrame
        `term`, `contribution`, `count_a`, `count_b`; see `word_shift`. Names are drawn
        pale where the table has `kind`.
    a, b : str
        What was compared, as given to `word_shift`.
    n : int
        How many words; the rest is one bar.
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
    >>> table = pd.DataFrame({"term": ["good", "bad", "war"],
    ...                       "contribution": [0.3, -0.2, 0.1],
    ...                       "count_a": 1, "count_b": 0})
    >>> [tick.get_text() for tick in plot_word_shift(table, n=1).get_yticklabels()]
    ['good  (1 : 0)', 'the other 2 words']
    """
    check_columns(table, ["term", "contribution", "count_a", "count_b"], "table")
    check_rows(table)
    kind = table.get("kind", pd.Series("word", table.index))
    size = table["contribution"].abs()
    order = size.sort_values(ascending=False, kind="stable").index
    top, rest = table.loc[order[:n]], table.loc[order[n:]]
    labels = [
        f"{row.term}  ({row.count_a:g} : {row.count_b:g})" for row in top.itertuples()
    ]
    values = top["contribution"].tolist()
    if len(rest):
        labels.append(f"the other {len(rest)} words")
        values.append(rest["contribution"].sum())
    ax = new_axes(ax, 0.27 * len(values) + 1)
    bars = ax.barh(range(len(values)), values, color=GREY)
    named = kind.loc[top.index].eq("name").tolist()
    for bar, is_name in zip(bars, named, strict=False):
        if is_name:
            bar.set_alpha(PALE)
    ax.axvline(0, color=GREY, lw=0.8)
    name_rows(ax, labels)
    total = table["contribution"].sum()
    legend = (
        '\npale: part of a name, no wording; to VADER "Homeland Security" is positive'
        if any(named)
        else ""
    )
    ax.set_xlabel(
        f"what each word adds to the difference of the means, {total:+.2f} in all\n"
        f"left: lowers {a} against {b}; in brackets: its count in {a} : in {b}{legend}"
    )
    return finished(ax)


def _draw_ratio(
    ax: Axes,
    ratio: Iterable[float],
    y: float,
    edges: tuple[float, float],
    color: str,
) -> None:
    """A log ratio with its interval, and an arrow where the interval has no end."""
    value, low, high = ratio
    left, right = edges
    draw_interval(ax, max(low, left), min(high, right), y, color)
    if np.isneginf(low):
        draw_arrow(ax, left, y, "<", color)
    if np.isposinf(high):
        draw_arrow(ax, right, y, ">", color)
    ax.plot(value, y, "o", color=color)
