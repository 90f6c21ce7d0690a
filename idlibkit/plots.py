"""One function per picture: a table in, matplotlib Axes out.

Every function takes the table first and everything else by keyword, draws into `ax` or a new figure of a width that
fits a notebook, sets no theme, and reads labels as plain text (a ``$`` in a title is a dollar sign).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .tables import IdlibkitError, check_by, check_columns

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "outlet_colors",
    "plot_estimates",
    "plot_keyness",
    "plot_similarity",
    "plot_terms",
    "plot_tone_along",
    "plot_word_shift",
    "show",
]

# Okabe & Ito (2008), without yellow, which is too pale for dots on white.
PALETTE = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7A7A7A"]
MARKERS = ["o", "D", "s", "^", "v", "P"]
NEGATIVE, POSITIVE, GREY = "#D55E00", "#0072B2", "#595959"
WIDTH = 9.0  # inches


def outlet_colors(outlets: Iterable[str]) -> dict[str, str]:
    """One colour for each outlet, the same in every picture; from the ninth outlet on, colours come again.

    Parameters
    ----------
    outlets : iterable of str
        All outlets of the corpus, so that a picture of some of them keeps their colours.

    Returns
    -------
    dict
        Outlet to colour (hex), for the `palette` of the plotting functions.

    Examples
    --------
    >>> outlet_colors(["B", "A", "B"])
    {'A': '#0072B2', 'B': '#D55E00'}
    """
    names = sorted({str(outlet) for outlet in outlets if pd.notna(outlet)})
    return {name: PALETTE[place % len(PALETTE)] for place, name in enumerate(names)}


def show(ax: Axes, sentence: str, *, dpi: int = 110) -> None:
    """Show a picture in a notebook, with a sentence that says what is to be seen in it.

    The sentence stands below the picture's data as plain text: it is read where the picture cannot be seen, and it is what
    nbval compares.

    Parameters
    ----------
    ax : Axes
    sentence : str
    dpi : int
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    buffer = BytesIO()
    ax.figure.savefig(
        buffer, format="png", dpi=dpi, bbox_inches="tight", facecolor="white", metadata={"Software": None}
    )
    plt.close(ax.figure)
    display(
        {"image/png": buffer.getvalue(), "text/plain": sentence}, raw=True, metadata={"image/png": {"alt": sentence}}
    )


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
    value, by : str
    n : int
    palette : mapping of group to colour, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    check_columns(table, [by, "term", value], "table")
    _some(table)
    top = table.sort_values([by, value, "term"], ascending=[True, False, True]).groupby(by).head(n)
    groups = sorted(top[by].unique())
    across = min(len(groups), 5)
    down = -(-len(groups) // across)
    ax = _axes(ax, down * (0.26 * n + 0.8))
    colors = palette or outlet_colors(groups)
    longest = top[value].max()
    for place, group in enumerate(groups):
        rows = top[top[by] == group]
        left, first = place % across * 1.12, place // across * (n + 3)
        y = first + np.arange(len(rows))
        ax.barh(y, rows[value] / longest * 0.98, left=left, height=0.8, color=colors.get(str(group), GREY), alpha=0.3)
        for at, term in zip(y, rows["term"], strict=True):
            ax.text(left + 0.02, at, str(term)[:24], va="center", fontsize=9)
        name = "\n".join(wrap(str(group), 18)[:2])
        ax.text(left, first - 0.7, name, color=colors.get(str(group), GREY), weight="bold", va="bottom", fontsize=9.5)
    ax.set(xlim=(-0.02, across * 1.12 - 0.08), ylim=(down * (n + 3) - 3.2, -3), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    ax.set_xlabel(f"length of the bars: {value}, from 0; the longest is {longest:.2f}")
    return _plain(ax)


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
        See `keyness`.
    by : str
    n : int
    min_paragraphs : int
        Leave out terms in fewer paragraphs of the group.
    palette : mapping of group to colour, optional
    ax : Axes, optional

    Returns
    -------
    Axes
        Terms that the group uses more than the rest lie right of 0; an interval without an end goes to the edge.
    """
    check_columns(table, [by, "term", "z", "log_ratio", "log_ratio_low", "log_ratio_high"], "table")
    _some(table)
    if table.get("n_paragraphs", pd.Series([pd.NA])).notna().all():
        table = table[table["n_paragraphs"] >= min_paragraphs]
    top = table.sort_values([by, "z", "term"], ascending=[True, False, True]).groupby(by).head(n)
    _some(top, f"no term in {min_paragraphs} paragraphs or more of its group")
    groups = sorted(top[by].unique())
    ax = _axes(ax, 0.24 * len(top) + 0.3 * len(groups) + 0.8)
    colors = palette or outlet_colors(groups)
    ends = top[["log_ratio_low", "log_ratio_high"]].replace([np.inf, -np.inf], np.nan)
    low, high = min(-1.0, ends.min().min()) - 1, max(1.0, ends.max().max()) + 1
    at, ticks = 0.0, []
    for group in groups:
        color = colors.get(str(group), GREY)
        ax.text(low, at, f" {group}", color=color, weight="bold", va="center")
        at += 1
        for row in top[top[by] == group].itertuples():
            span = np.clip([row.log_ratio_low, row.log_ratio_high], low, high)
            ax.plot(span, [at, at], color=color, lw=1.5, alpha=0.6)
            ax.plot(row.log_ratio, at, "o", color=color)
            ticks.append((at, str(row.term)[:32]))
            at += 1
        at += 0.4
    ax.axvline(0, color=GREY, lw=0.8, ls=":")
    ax.set(
        xlim=(low, high),
        ylim=(at, -0.8),
        xlabel="log ratio to the other groups (1: twice as often), with 95 % interval",
    )
    ax.set_yticks([place for place, _ in ticks], [term for _, term in ticks])
    return _plain(ax)


def plot_similarity(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a square table of similarities as a heat map with its figures; the diagonal, always 1, is left out.

    Parameters
    ----------
    table : DataFrame
        See `similarity`.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    import seaborn as sns

    _some(table)
    names = [_name(name) for name in table.index]
    ax = _axes(ax, 0.5 * len(names) + 1.4, min(WIDTH, 1.1 * len(names) + 2.5))
    square = pd.DataFrame(table.to_numpy(float), names, names)
    off = square.mask(np.eye(len(names), dtype=bool))
    sns.heatmap(off, annot=len(names) <= 15, fmt=".2f", cmap="Blues", vmin=0, linewidths=1, cbar=False, ax=ax)
    ax.set_xticks(ax.get_xticks(), [label.replace(" ", "\n") for label in names], rotation=0)
    ax.tick_params(axis="y", rotation=0)
    ax.set(xlabel="", ylabel="")
    return _plain(ax)


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
        `by`, `estimate`, `ci_low`, `ci_high`, `unit`; see `sentiment_by`.
    by : str
        Column of the rows.
    hue : str, optional
        Column of which each value has its own marker in every row (voice).
    xlabel : str
    zero : bool
        Draw a line at 0.
    palette : mapping of group to colour, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    check_columns(table, [by, "estimate", "ci_low", "ci_high"] + ([hue] if hue else []), "table")
    _some(table)
    groups = list(dict.fromkeys(table[by].map(_name)))
    kinds = sorted(table[hue].map(_name).unique()) if hue else [None]
    ax = _axes(ax, 0.34 * len(groups) * max(1, 0.6 * len(kinds)) + 1.2)
    colors = palette or outlet_colors(groups)
    for which, kind in enumerate(kinds):
        rows = table if kind is None else table[table[hue].map(_name) == kind]
        shift = (which - (len(kinds) - 1) / 2) * 0.7 / len(kinds)
        for row in rows.itertuples():
            group = _name(getattr(row, by))
            y, color = groups.index(group) + shift, colors.get(group, PALETTE[which % len(PALETTE)])
            if pd.notna(row.ci_low):
                ax.plot([row.ci_low, row.ci_high], [y, y], color=color, lw=1.8, alpha=0.55)
            face = color if which == 0 else "white"
            ax.plot(row.estimate, y, MARKERS[which % len(MARKERS)], color=color, mfc=face, ms=6.5)
        if kind is not None:
            face = GREY if which == 0 else "white"
            ax.plot([], [], MARKERS[which % len(MARKERS)], color=GREY, mfc=face, label=kind)
    if zero:
        ax.axvline(0, color=GREY, lw=0.8, ls=":")
    ax.set_yticks(range(len(groups)), groups)
    ax.set_ylim(len(groups) - 0.4, -0.6)
    if "unit" in table:
        xlabel += f" (dots), with 95 % interval over {table['unit'].iloc[0]}s"
    ax.set_xlabel(xlabel)
    if hue:
        ax.legend(title=hue, loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)
    return _plain(ax)


def plot_word_shift(table: pd.DataFrame, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw which words make the tone of a differ from that of b.

    Parameters
    ----------
    table : DataFrame
        `term`, `contribution`, `count_a`, `count_b`; see `word_shift`.
    n : int
        How many words; the rest is one bar.
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    check_columns(table, ["term", "contribution", "count_a", "count_b"], "table")
    _some(table)
    order = table["contribution"].abs().sort_values(ascending=False, kind="stable").index
    top, rest = table.loc[order[:n]], table.loc[order[n:]]
    labels = [f"{row.term}  ({row.count_a:g} : {row.count_b:g})" for row in top.itertuples()]
    values = top["contribution"].tolist()
    if len(rest):
        labels.append(f"the other {len(rest)} words")
        values.append(rest["contribution"].sum())
    ax = _axes(ax, 0.27 * len(values) + 1)
    ax.barh(range(len(values)), values, color=[NEGATIVE if value < 0 else POSITIVE for value in values])
    ax.axvline(0, color=GREY, lw=0.8)
    ax.set_yticks(range(len(values)), labels)
    ax.set_ylim(len(values) - 0.4, -0.6)
    total = table["contribution"].sum()
    ax.set_xlabel(f"contribution to the difference of the means, {total:+.2f} in all (word, and its counts in a : b)")
    return _plain(ax)


def plot_tone_along(
    table: pd.DataFrame, *, by: str = "outlet", palette: Mapping[str, str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the tone of each passage along the article: one strip per group, quoted passages lower than own ones.

    Parameters
    ----------
    table : DataFrame
        `by`, `start`, `end`, `voice`, `compound`; see `sentiment`. For groups of one article each.
    by : str
    palette : mapping of group to colour, optional
    ax : Axes, optional

    Returns
    -------
    Axes
    """
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import TwoSlopeNorm

    check_columns(table, [by, "article_id", "start", "end", "voice", "compound"], "table")
    _some(table)
    groups = sorted(table[by].map(_name).unique(), reverse=True)  # the first on top
    ax = _axes(ax, 0.55 * len(groups) + 1.2)
    colors = palette or outlet_colors(groups)
    norm, cmap = TwoSlopeNorm(0, -1, 1), colormaps["RdBu"]
    for place, group in enumerate(groups):
        rows = table[table[by].map(_name) == group]
        if rows["article_id"].nunique() > 1:
            raise IdlibkitError(
                f"{group!r} has {rows['article_id'].nunique()} articles; tone along an article needs one per {by}."
            )
        first, last = rows["start"].min(), rows["end"].max()
        left, width = (rows["start"] - first) / (last - first), (rows["end"] - rows["start"]) / (last - first)
        height = np.where(rows["voice"] == "own", 0.8, 0.45)
        ax.bar(
            left, height, width, place - 0.4, align="edge", color=cmap(norm(rows["compound"])), edgecolor=GREY, lw=0.3
        )
    ax.set_yticks(range(len(groups)), groups)
    for label in ax.get_yticklabels():
        label.set_color(colors.get(label.get_text(), GREY))
    ax.set(
        xlim=(0, 1),
        ylim=(-0.5, len(groups) - 0.4),
        xlabel="place in the article (high: own voice; low: quoted or reported)",
    )
    ax.set_xticks([0, 0.5, 1], ["start", "middle", "end"])
    ax.spines[["top", "right", "left"]].set_visible(False)
    bar = ax.figure.colorbar(ScalarMappable(norm, cmap), ax=ax, fraction=0.03, pad=0.02, ticks=[-1, 0, 1])
    bar.ax.set_yticklabels(["negative", "0", "positive"])
    return _plain(ax)


def _axes(ax: Axes | None, height: float, width: float = WIDTH) -> Axes:
    if ax is not None:
        return ax
    # A figure of its own, without pyplot's list of open figures: a caller who makes a thousand pictures leaks nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def _plain(ax: Axes) -> Axes:
    """Read every label as plain text, and take away the frame on top and right."""
    ax.spines[["top", "right"]].set_visible(False)
    texts: Sequence[Any] = [
        *ax.texts,
        *ax.get_xticklabels(),
        *ax.get_yticklabels(),
        ax.title,
        ax.xaxis.label,
        ax.yaxis.label,
    ]
    legend = ax.get_legend()
    for text in [*texts, *(legend.get_texts() if legend else [])]:
        text.set_parse_math(False)
    return ax


def _name(value: object) -> str:
    if isinstance(value, tuple):
        return " · ".join(map(_name, value))
    return "(none)" if pd.isna(value) else str(value)


def _some(table: pd.DataFrame, why: str = "the table has no rows") -> None:
    if not len(table):
        raise IdlibkitError(f"nothing to draw: {why}.")
