"""Pictures of words: those typical of a group, and those behind a difference."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import check_columns, number_of, signed
from .canvas import (
    LETTERS_PER_INCH,
    draw_arrow,
    draw_heading,
    draw_interval,
    draw_zero,
    finished,
    label_x,
    name_rows,
    new_axes,
    room_for,
)
from .colors import GREY, Palette, ink, row_colors
from .drawn_rows import check_rows, cut, highest, left_out, name_of
from .saving import stand_for
from .wording import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

__all__ = ["plot_keyness", "plot_terms", "plot_word_shift"]

INCHES = 1.8  # for the words of a group; groups without room beside stand below
MOST_GROUPS = 10
MOST_TERMS = 40  # rows of words
EDGE = 10.0  # log ratio of a thousand times as often; beyond it nothing is told
PALE = 0.35  # bars of names, which are no wording
GAP = 3  # rows between two rows of groups: two for the name, one empty


def plot_terms(
    table: pd.DataFrame,
    *,
    value: str = "tfidf",
    by: str = "outlet",
    n: int = 10,
    palette: Palette | None = None,
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
    >>> table = pd.DataFrame({"outlet": "A", "term": ["x", "y"], "tfidf": [0.2, 0.5]})
    >>> [text.get_text() for text in plot_terms(table, n=1).texts]
    ['y', 'A']
    """
    check_columns(table, [by, "term", value], "table")
    check_rows(table)
    top = highest(table, by, value, "term", n)
    every = sorted(top[by].unique())
    across = min(len(every), max(2, round(_inches(ax) / INCHES)))
    most = min(MOST_GROUPS, 3 * across)
    groups, others = every[:most], every[most:]
    top = top[top[by].isin(groups)]
    down = -(-len(groups) // across)
    ax = new_axes(ax, down * (0.26 * n + 0.8))
    colors = row_colors(palette, groups)
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
    label_x(
        ax,
        f"length of the bars: {value}, from 0; the longest is {longest:.2f}",
        _n_uses(top),
        left_out([name_of(name) for name in others]),
    )
    return finished(ax)


def plot_keyness(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    n: int = 5,
    min_paragraphs: int = 3,
    palette: Palette | None = None,
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
    best = top.sort_values(["z", by, "term"], ascending=[False, True, True])
    others = len(best) - MOST_TERMS
    top = top[top.index.isin(best.index[:MOST_TERMS])]
    groups = sorted(top[by].unique())
    ax = new_axes(ax, 0.24 * len(top) + 0.34 * len(groups) + 0.4)
    colors = row_colors(palette, groups)
    # An end beyond these edges is drawn to the edge.
    values = top[ends].to_numpy(float).clip(-EDGE, EDGE)
    limits = [-1.0, 1.0, *values.ravel().tolist()]
    low, high = min(limits) - 1, max(limits) + 1
    at, places, meant = 0.0, [], []
    for group in groups:
        color = colors.get(str(group), GREY)
        draw_heading(ax, (low, at), f" {group}", color, {by: group})
        rows = top.loc[top[by] == group, ["term", "log_ratio", *ends]]
        for term, *ratio in rows.itertuples(index=False):
            at += 1
            dot = _draw_ratio(ax, ratio, at, (low, high), color)
            meant.append({by: group, "term": term})
            stand_for(dot, meant[-1], f"{2 ** ratio[0]:,.2g} times as often")
            places.append(at)
        at += 1.4
    draw_zero(ax)
    ax.set_xlim(low, high)
    ax.set_ylim(at, -0.8)
    _read_ratios(ax, low, high)
    label_x(
        ax,
        "how many times as often as the other groups, with exact interval, 95 % for"
        " all terms together",
        _n_uses(top),
        f"Not drawn: {others} terms with a lower z." if others > 0 else "",
    )
    name_rows(ax, [cut(str(row["term"]), 32) for row in meant], places, meant)
    return finished(ax)


def _inches(ax: Axes | None) -> float:
    """How wide a new picture will be."""
    return room_for(ax) / LETTERS_PER_INCH


def _n_uses(table: pd.DataFrame) -> str:
    """Of how many uses of words a picture is made, where the table tells it."""
    if "count" not in table:
        return ""
    return f"n = {number_of(int(table['count'].sum()), 'use')} of these words"


def _read_ratios(ax: Axes, low: float, high: float) -> None:
    """A log ratio in words of everyday: 3 is 8 times as often."""
    steps = 2 if high - low < 12 else 4
    first = int(np.ceil(low / steps)) * steps
    ticks = range(first, int(high) + 1, steps)
    ax.set_xticks(list(ticks), [_times(tick) for tick in ticks])


def _times(ratio: int) -> str:
    if not ratio:
        return translation("as often")
    return f"{2**ratio:,}" if ratio > 0 else f"1/{2**-ratio:,}"


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
        labels.append(translation(f"the other {len(rest)} words"))
        values.append(rest["contribution"].sum())
    ax = new_axes(ax, 0.27 * len(values) + 1)
    bars = ax.barh(range(len(values)), values, color=GREY)
    named = kind.loc[top.index].eq("name").tolist()
    for bar, is_name in zip(bars, named, strict=False):
        if is_name:
            bar.set_alpha(PALE)
    ax.axvline(0, color=GREY, lw=0.8)
    name_rows(ax, labels)
    total = signed(table["contribution"].sum(), 2)
    pale = 'pale: part of a name, no wording; to VADER "Homeland Security" is positive'
    n_uses = int(table[["count_a", "count_b"]].sum().sum())
    label_x(
        ax,
        f"what each word adds to the difference of the means, {total} in all",
        f"left: lowers {a} against {b}; in brackets: its count in {a} : in {b}",
        pale if any(named) else "",
        f"n = {number_of(n_uses, 'use')} of {number_of(len(table), 'word')}",
    )
    return finished(ax)


def _draw_ratio(
    ax: Axes,
    ratio: Iterable[float],
    y: float,
    edges: tuple[float, float],
    color: str,
) -> Line2D:
    """A log ratio with its interval, and an arrow where the interval has no end; the
    dot.
    """
    value, low, high = ratio
    left, right = edges
    draw_interval(ax, max(low, left), min(high, right), y, color)
    if low < left:
        draw_arrow(ax, left, y, "<", color)
    if high > right:
        draw_arrow(ax, right, y, ">", color)
    (dot,) = ax.plot(min(max(value, left), right), y, "o", color=color)
    return dot
