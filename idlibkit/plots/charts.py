"""One function per picture: a table in, matplotlib Axes out.

Every function takes the table first and everything else by keyword, and returns the Axes. In all of them `by` is the
column of the groups, `palette` maps groups to colours (`outlet_colors`; without it colours go by the alphabet), and
`ax` is what to draw into (without it a new figure as wide as a notebook). None sets a theme, and all read labels as
plain text (a ``$`` in a title is a dollar sign).
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from .canvas import (
    GREY,
    MARKERS,
    WIDTH,
    check_rows,
    cut,
    finished,
    ink,
    name_of,
    new_axes,
    outlet_colors,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "plot_estimates",
    "plot_figures",
    "plot_keyness",
    "plot_matrix",
    "plot_over_time",
    "plot_shares",
    "plot_similarity",
    "plot_terms",
    "plot_tone_along",
    "plot_word_shift",
]


def plot_terms(
    table: pd.DataFrame,
    *,
    value: str = "tfidf",
    by: str = "outlet",
    n: int = 10,
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the `n` terms of each group with the highest `value`, one column of bars per group.

    Parameters
    ----------
    table : DataFrame
        `by`, `term`, `value`; see `tfidf`.
    value : str
        Column that is drawn and ranked by.
    n : int
    """
    check_columns(table, [by, "term", value], "table")
    check_rows(table)
    top = (
        table.sort_values([by, value, "term"], ascending=[True, False, True])
        .groupby(by)
        .head(n)
    )
    groups = sorted(top[by].unique())
    across = min(len(groups), 5)
    down = -(-len(groups) // across)
    ax = new_axes(ax, down * (0.26 * n + 0.8))
    colors = palette or outlet_colors(groups)
    longest = top[value].max()
    for place, group in enumerate(groups):
        rows = top[top[by] == group]
        left, first = place % across * 1.12, place // across * (n + 3)
        y = first + np.arange(len(rows))
        ax.barh(
            y,
            rows[value] / longest * 0.98,
            left=left,
            height=0.8,
            color=colors.get(str(group), GREY),
            alpha=0.3,
        )
        for at, term in zip(y, rows["term"], strict=True):
            ax.text(left + 0.02, at, cut(str(term), 17), va="center", fontsize=9)
        name = "\n".join(wrap(str(group), 15)[:2])
        ax.text(
            left,
            first - 0.7,
            name,
            color=ink(colors.get(str(group), GREY)),
            weight="bold",
            va="bottom",
            fontsize=9.5,
        )
    ax.set(
        xlim=(-0.02, across * 1.12 - 0.08),
        ylim=(down * (n + 3) - 3.2, -3),
        xticks=[],
        yticks=[],
    )
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
    """Draw the log ratio of the `n` terms of each group with the highest z, with intervals.

    Parameters
    ----------
    table : DataFrame
        See `keyness`. Terms that the group uses more than the rest lie right of 0; an arrow at the edge
        stands for an interval without an end.
    n : int
    min_paragraphs : int
        Leave out terms in fewer paragraphs of the group.
    """
    check_columns(
        table,
        [by, "term", "z", "log_ratio", "log_ratio_low", "log_ratio_high"],
        "table",
    )
    check_rows(table)
    if table.get("n_paragraphs", pd.Series([pd.NA])).notna().all():
        table = table[table["n_paragraphs"] >= min_paragraphs]
    top = (
        table.sort_values([by, "z", "term"], ascending=[True, False, True])
        .groupby(by)
        .head(n)
    )
    check_rows(top, f"no term in {min_paragraphs} paragraphs or more of its group")
    groups = sorted(top[by].unique())
    ax = new_axes(ax, 0.24 * len(top) + 0.3 * len(groups) + 0.8)
    colors = palette or outlet_colors(groups)
    ends = top[["log_ratio_low", "log_ratio_high"]].replace([np.inf, -np.inf], np.nan)
    low, high = min(-1.0, ends.min().min()) - 1, max(1.0, ends.max().max()) + 1
    at, ticks = 0.0, []
    for group in groups:
        color = colors.get(str(group), GREY)
        ax.text(low, at, f" {group}", color=ink(color), weight="bold", va="center")
        at += 1
        for row in top[top[by] == group].itertuples():
            span = [row.log_ratio_low, row.log_ratio_high]
            ax.plot(np.clip(span, low, high), [at, at], color=color, lw=1.5, alpha=0.6)
            for end, edge, mark in ((-np.inf, low, "<"), (np.inf, high, ">")):
                if end in span:
                    ax.plot(edge, at, mark, color=color, ms=6, alpha=0.6, clip_on=False)
            ax.plot(row.log_ratio, at, "o", color=color)
            ticks.append((at, cut(str(row.term), 32)))
            at += 1
        at += 0.4
    ax.axvline(0, color=GREY, lw=0.8, ls=":")
    ax.set(
        xlim=(low, high),
        ylim=(at, -0.8),
        xlabel="log ratio to the other groups (1: twice as often, 2: four times), with exact interval, 95 % for all terms together",
    )
    ax.set_yticks([place for place, _ in ticks], [term for _, term in ticks])
    return finished(ax)


def plot_similarity(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a square table of similarities as a heat map with its figures; the diagonal, always 1, is left out.

    Parameters
    ----------
    table : DataFrame
        See `similarity`.
    """
    check_rows(table)
    ax = new_axes(ax, 0.42 * len(table) + 1.1, min(WIDTH, 1.1 * len(table) + 2.5))
    square = table.astype(float).mask(np.eye(len(table), dtype=bool))
    text = square.map(
        lambda value: "" if pd.isna(value) or len(table) > 15 else f"{value:.2f}"
    )
    return _heat_map(
        square,
        text,
        "cosine of the TF-IDF of their words: 0 no word in common, 1 the same",
        ax,
    )


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
    """Draw the estimates of any `*_by` table as dots with their intervals, one row per group.

    Parameters
    ----------
    table : DataFrame
        `by`, `estimate`, `ci_low`, `ci_high`, `unit`; see `sentiment_by`. Rows are drawn in its order.
    hue : str, optional
        Column of which each value has its own marker in every row (voice); its own colour too, if it is the outlet.
    xlabel : str
        What the estimate is.
    zero : bool
        Draw a line at 0.
    """
    check_columns(
        table, [by, "estimate", "ci_low", "ci_high"] + ([hue] if hue else []), "table"
    )
    check_rows(table)
    groups = list(dict.fromkeys(table[by].map(name_of)))
    kinds = sorted(table[hue].map(name_of).unique()) if hue else [None]
    ax = new_axes(ax, 0.34 * len(groups) * max(1, 0.5 * len(kinds)) + 1.2)
    colors = palette or outlet_colors(kinds if hue == "outlet" else groups)
    for which, kind in enumerate(kinds):
        rows = table if kind is None else table[table[hue].map(name_of) == kind]
        shift = (which - (len(kinds) - 1) / 2) * 0.7 / len(kinds)
        for row in rows.itertuples():
            group = name_of(getattr(row, by))
            y, color = (
                groups.index(group) + shift,
                colors.get(kind or group, colors.get(group, GREY)),
            )
            if pd.notna(row.ci_low):
                ax.plot(
                    [row.ci_low, row.ci_high], [y, y], color=color, lw=1.8, alpha=0.55
                )
            face = color if which == 0 else "white"
            ax.plot(
                row.estimate,
                y,
                MARKERS[which % len(MARKERS)],
                color=color,
                mfc=face,
                ms=6.5,
            )
        if kind is not None:
            color = colors.get(kind, GREY)
            face = color if which == 0 else "white"
            ax.plot(
                [], [], MARKERS[which % len(MARKERS)], color=color, mfc=face, label=kind
            )
    if zero:
        ax.axvline(0, color=GREY, lw=0.8, ls=":")
    ax.set_yticks(range(len(groups)), groups)
    ax.set_ylim(len(groups) - 0.4, -0.6)
    if "unit" in table:
        xlabel += f", with 95 % interval over {' or '.join(sorted(f'{unit}s' for unit in table['unit'].unique()))}"
    ax.set_xlabel(xlabel)
    if hue:
        ax.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=len(kinds) if len(kinds) < 5 else 3,
            frameon=False,
        )
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
        `term`, `contribution`, `count_a`, `count_b`; see `word_shift`.
    a, b : str
        What was compared, as given to `word_shift`.
    n : int
        How many words; the rest is one bar.
    """
    check_columns(table, ["term", "contribution", "count_a", "count_b"], "table")
    check_rows(table)
    order = (
        table["contribution"].abs().sort_values(ascending=False, kind="stable").index
    )
    top, rest = table.loc[order[:n]], table.loc[order[n:]]
    labels = [
        f"{row.term}  ({row.count_a:g} : {row.count_b:g})" for row in top.itertuples()
    ]
    values = top["contribution"].tolist()
    if len(rest):
        labels.append(f"the other {len(rest)} words")
        values.append(rest["contribution"].sum())
    ax = new_axes(ax, 0.27 * len(values) + 1)
    ax.barh(range(len(values)), values, color=GREY)
    ax.axvline(0, color=GREY, lw=0.8)
    ax.set_yticks(range(len(values)), labels)
    ax.set_ylim(len(values) - 0.4, -0.6)
    total = table["contribution"].sum()
    ax.set_xlabel(
        f"what each word adds to the difference of the means, {total:+.2f} in all\n"
        f"left: lowers {a} against {b}; in brackets: its count in {a} : in {b}"
    )
    return finished(ax)


def plot_tone_along(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the tone of each passage along the article: one strip per group, quoted passages lower than own ones.

    Parameters
    ----------
    table : DataFrame
        `by`, `article_id`, `start`, `end`, `voice`, `compound`; see `sentiment`. For groups of one article each.
    """
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import TwoSlopeNorm

    check_columns(
        table, [by, "article_id", "start", "end", "voice", "compound"], "table"
    )
    check_rows(table)
    groups = sorted(table[by].map(name_of).unique(), reverse=True)  # the first on top
    ax = new_axes(ax, 0.55 * len(groups) + 1.2)
    colors = palette or outlet_colors(groups)
    norm, cmap = TwoSlopeNorm(0, -1, 1), colormaps["RdBu"]
    for place, group in enumerate(groups):
        rows = table[table[by].map(name_of) == group]
        if rows["article_id"].nunique() > 1:
            raise IdlibkitError(
                f"{group!r} has {rows['article_id'].nunique()} articles; tone along an article needs one per {by}."
            )
        first, last = rows["start"].min(), rows["end"].max()
        left, width = (
            (rows["start"] - first) / (last - first),
            (rows["end"] - rows["start"]) / (last - first),
        )
        height = np.where(rows["voice"] == "own", 0.8, 0.45)
        ax.bar(
            left,
            height,
            width,
            place - 0.4,
            align="edge",
            color=cmap(norm(rows["compound"])),
            edgecolor=GREY,
            lw=0.3,
        )
    ax.set_yticks(range(len(groups)), groups)
    for label in ax.get_yticklabels():
        label.set_color(ink(colors.get(label.get_text(), GREY)))
    ax.set(
        xlim=(0, 1),
        ylim=(-0.5, len(groups) - 0.4),
        xlabel="place in the article (high: own voice; low: quoted or reported; gaps: left out)",
    )
    ax.set_xticks([0, 0.5, 1], ["start", "middle", "end"])
    ax.spines[["top", "right", "left"]].set_visible(False)
    bar = ax.figure.colorbar(
        ScalarMappable(norm, cmap), ax=ax, fraction=0.03, pad=0.02, ticks=[-1, 0, 1]
    )
    bar.ax.set_yticklabels(["negative", "0", "positive"])
    return finished(ax)


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
    """Draw the largest shares of each group as bars with their intervals, and what is left as one bar.

    Parameters
    ----------
    table : DataFrame
        `by`, `category`, `estimate`, and `ci_low`, `ci_high` where known; see `voices_by`. A category "(others)" is part
        of what is left.
    category : str
        Column of what has the shares.
    n : int
        Categories named in each group.
    xlabel : str
        What the share is of.
    """
    check_columns(table, [by, category, "estimate"], "table")
    table = table[table["estimate"] > 0]
    check_rows(table, "no share is above 0")
    table = table.assign(
        group=table[by].map(name_of), name=table[category].map(name_of)
    )
    table = table.sort_values(
        ["group", "estimate", "name"], ascending=[True, False, True]
    )
    named = table[table["name"] != "(others)"].groupby("group").head(n)
    groups = sorted(table["group"].unique())
    colors = palette or outlet_colors(groups)
    ax = new_axes(ax, 0.23 * (len(named) + 3 * len(groups)) + 0.6)
    at, ticks = 0.0, []

    def bar(share: float, name: str, color: str) -> None:
        ax.barh(at, share, 0.8, color=color, alpha=0.3)
        ticks.append((at, f"{cut(name, 40)}  {share:.0%}"))

    for group in groups:
        color = colors.get(group, GREY)
        ax.text(0, at, group, color=ink(color), weight="bold", va="center")
        rows = named[named["group"] == group]
        for row in rows.itertuples():
            at += 1
            bar(row.estimate, row.name, color)
            if pd.notna(getattr(row, "ci_low", np.nan)):
                ax.plot(
                    [row.ci_low, row.ci_high], [at, at], color=color, lw=1.5, alpha=0.8
                )
        left = (
            table.loc[table["group"] == group, "estimate"].sum()
            - rows["estimate"].sum()
        )
        if left > 0.0005:
            at += 1
            bar(left, "all others", GREY)
        at += 1.5
    ax.set_yticks([place for place, _ in ticks], [name for _, name in ticks])
    ax.set(xlim=(0, 1), ylim=(at - 0.7, -0.8), xlabel=f"{xlabel}, with 95 % interval")
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    return finished(ax)


def plot_matrix(
    table: pd.DataFrame,
    *,
    percent: bool = False,
    xlabel: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of counts or shares as a heat map with its figures; zeros are left white and empty.

    Parameters
    ----------
    table : DataFrame
        Numbers; what the rows and columns are is read from index and columns.
    percent : bool
        Write shares as per cent.
    xlabel : str
        What the numbers are.
    """
    check_rows(table)
    values = table.astype(float)
    text = values.map(
        lambda value: (
            "" if not value > 0 else f"{value:.0%}" if percent else f"{value:g}"
        )
    )
    ax = new_axes(ax, 0.3 * len(table) + 1.1)
    return _heat_map(values.mask(values <= 0), text, xlabel, ax)


def _heat_map(values: pd.DataFrame, text: pd.DataFrame, xlabel: str, ax: Axes) -> Axes:
    import seaborn as sns

    look = {
        "cmap": "Blues",
        "vmin": 0,
        "linewidths": 1,
        "linecolor": "#DDDDDD",
        "cbar": False,
    }
    sns.heatmap(values, annot=text, fmt="", ax=ax, **look)
    ax.set_xticks(
        ax.get_xticks(),
        ["\n".join(wrap(name_of(name), 12)) for name in values.columns],
        rotation=0,
    )
    rows = [shorten(name_of(name), 60, placeholder=" …") for name in values.index]
    ax.set_yticks(ax.get_yticks(), rows, rotation=0)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set(xlabel=xlabel, ylabel="")
    return finished(ax)


def plot_figures(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    palette: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the figures that outlets give for the same thing, on a logarithmic axis, hedges as bars.

    Parameters
    ----------
    table : DataFrame
        `by`, `text`, `value`, `low`, `high`; the rows of one topic of `discrepancies`. A dot where the text gives a
        number, a bar for what its hedge leaves open; an arrow where it sets no end.
    """
    from matplotlib.ticker import LogLocator, NullFormatter

    check_columns(table, [by, "text", "value", "low", "high"], "table")
    check_rows(table)
    rows = table.sort_values([by, "low", "text"], kind="stable")
    colors = palette or outlet_colors(rows[by])
    numbers = rows[["value", "low", "high"]].replace([np.inf, 0], np.nan)
    low, high = numbers.min().min() / 1.6, numbers.max().max() * 2.5
    ax = new_axes(ax, 0.32 * len(rows) + 0.9)
    for y, row in enumerate(rows.itertuples()):
        group = name_of(getattr(row, by))
        color = colors.get(group, GREY)
        left, right = max(row.low, low), min(row.high, high)
        if right > left:
            ax.plot(
                [left, right],
                [y, y],
                color=color,
                lw=5,
                alpha=0.35,
                solid_capstyle="butt",
            )
        if np.isinf(row.high):
            ax.plot(right, y, ">", color=color, ms=6, alpha=0.6, clip_on=False)
        if pd.notna(row.value):
            ax.plot(row.value, y, "o", color=color)
        place = row.value if pd.notna(row.value) else np.sqrt(left * right)
        ax.annotate(
            shorten(str(row.text), 40),
            (place, y),
            (0, 6),
            textcoords="offset points",
            ha="center",
            fontsize=8,
        )
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.xaxis.set_minor_formatter(NullFormatter())
    ax.set_xlim(low, high)
    ax.set_ylim(len(rows) - 0.5, -0.9)
    ax.set_yticks(range(len(rows)), rows[by].map(name_of))
    ax.set_xlabel("figure (logarithmic; bar: what the hedge leaves open)")
    return finished(ax)


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
        `time`, `by`, `estimate`, `ci_low`, `ci_high`; any `*_by` table with ``by=["outlet", "month"]``.
    time : str
        Column of the times, in the order of the alphabet.
    ylabel : str
        What the estimate is.
    """
    check_columns(table, [time, by, "estimate", "ci_low", "ci_high"], "table")
    table = table.dropna(subset=[time])
    check_rows(table, f"no row has a {time}")
    times = sorted(table[time].astype(str).unique())
    colors = palette or outlet_colors(table[by])
    ax = new_axes(ax, 4)
    ends = []
    for group, rows in table.groupby(table[by].map(name_of)):
        rows = rows.sort_values(time)
        x = [times.index(str(value)) for value in rows[time]]
        color = colors.get(group, GREY)
        ax.plot(x, rows["estimate"], "o-", color=color, ms=4)
        ax.fill_between(
            x,
            rows["ci_low"].astype(float),
            rows["ci_high"].astype(float),
            color=color,
            alpha=0.15,
            lw=0,
        )
        ends.append((rows["estimate"].iloc[-1], group, color))
    span = max(ax.get_ylim()[1] - ax.get_ylim()[0], 1e-9)
    at = -np.inf
    for height, group, color in sorted(
        ends
    ):  # names at the lines' ends, pushed apart where they would overlap
        at = max(height, at + 0.055 * span)
        ax.text(len(times) - 0.9, at, group, color=ink(color), va="center", fontsize=9)
    step = max(1, len(times) // 10)
    ax.set_xticks(range(0, len(times), step), times[::step])
    ax.set_xlim(-0.3, len(times) - 1 + 0.05)
    ax.set_ylabel(ylabel)
    return finished(ax)
