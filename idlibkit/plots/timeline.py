"""Pictures along a line: a measure over months, tone along an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns, number_of
from .canvas import finished, grow, label_x, name_rows, new_axes, room_for
from .colors import GREY, Palette, colors_of, ink, row_colors
from .drawn_rows import check_rows, cut, left_out, most_told, name_of, sizes
from .wording import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_over_time", "plot_tone_along"]

LINE_OF_TEXT = 0.055  # height of a name, as a share of the height of the axes
MOST_LINES = 8  # that are told apart by colour
MOST_STRIPS = 15
MOST_TIMES = 4000  # ten years of days
PALE = "#BBBBBB"
TIME = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
UNITS = {4: "Y", 7: "M", 10: "D"}  # by the letters of 2020, 2020-02, 2020-02-06


def plot_over_time(
    table: pd.DataFrame,
    *,
    time: str = "month",
    by: str = "outlet",
    ylabel: str = "estimate",
    palette: Palette | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a measure over time: one line with its interval per group, named at its end.
    Years, months and days stand where they belong, and a line has a gap where nothing
    is known. Of more than eight groups those with most passages are coloured and named.

    Parameters
    ----------
    table : DataFrame
        `time`, `by`, `estimate`, `ci_low`, `ci_high`; any `*_by` table with
        ``by=["outlet", "month"]``.
    time : str
        Column of the times: years, months (2020-02) or days (2020-02-06); others in the
        order of the alphabet.
    by : str
        Column of the groups.
    ylabel : str
        What the estimate is.
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
    names = table[by].map(name_of)
    named = most_told(table.assign(**{by: names}).sort_values(by), by, MOST_LINES)
    colors = colors_of(palette, named)
    axis = _time_axis(table[time])
    ax = new_axes(ax, 4)
    ends = []
    for group, rows in table.groupby(names):
        is_named = str(group) in named
        color = colors.get(str(group), GREY) if is_named else PALE
        x, values = axis.with_gaps(rows[time], rows[columns].to_numpy(float))
        estimate, low, high = values.T
        ax.plot(x, estimate, "o-", color=color, ms=4, lw=1.6 if is_named else 0.8)
        if is_named:
            ax.fill_between(x, low, high, color=color, alpha=0.15, lw=0)
            ends.append((float(estimate[-1]), float(x[-1]), str(group), color))
    if room_for(ax) > 60:
        _name_lines(ax, ends, axis)
    else:
        for *_, group, color in ends:
            ax.plot([], [], "o-", color=color, ms=4, label=group)
        look: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)}
        ax.legend(frameon=False, **look)
        grow(ax, 0.2 * len(ends))
    step = -(-axis.length // max(2, room_for(ax, 0.6) // 10))
    places = range(0, axis.length, step)
    ax.set_xticks(list(places), [axis.name(place) for place in places])
    ax.set_xlim(-0.3, axis.length - 1 + 0.05)
    ax.set_ylabel(ylabel)
    others = sorted(set(names) - set(named))
    grey = f"Grey: {left_out(others).removeprefix('Not drawn: ')}" if others else ""
    label_x(ax, sizes(table, [by, time]), grey)
    return finished(ax)


def _name_lines(
    ax: Axes, ends: list[tuple[float, float, str, str]], axis: Axis
) -> None:
    """Names at the lines' ends, pushed apart where they would overlap."""
    bottom, top = ax.get_ylim()
    apart = LINE_OF_TEXT * max(top - bottom, 1e-9)
    heights, at = [], -np.inf
    for height, *_ in sorted(ends):
        at = max(height, at + apart)
        heights.append(at)
    too_high = max(0.0, at - top)
    for height, (_, _, group, color) in zip(heights, sorted(ends), strict=True):
        place = (axis.length - 0.9, height - too_high)
        ax.text(*place, group, color=ink(color), va="center", fontsize=9)


@dataclass(frozen=True, slots=True)
class Axis:
    """Times as places 0, 1, 2, ...: each year, month or day has its own, also those
    that nothing is known of.
    """

    periods: pd.PeriodIndex | pd.Index

    @property
    def length(self) -> int:
        return len(self.periods)

    def name(self, place: int) -> str:
        return str(self.periods[place])

    def with_gaps(
        self, times: pd.Series, values: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Places and values of a line in the order of time; where times are missing
        between two values the line has a gap.
        """
        keys: pd.Index = pd.Index(times.astype("str").tolist())
        if isinstance(self.periods, pd.PeriodIndex):
            keys = pd.PeriodIndex(keys, freq=self.periods.freq)
        x = self.periods.get_indexer(keys)
        order = np.argsort(x, kind="stable")
        x, values = x[order], values[order]
        gaps = np.flatnonzero(np.diff(x) > 1) + 1
        return (
            np.insert(x.astype(float), gaps, np.nan),
            np.insert(values, gaps, np.nan, axis=0),
        )


def _time_axis(times: pd.Series) -> Axis:
    """All years, months or days from the first to the last; of other times those that
    there are.
    """
    names = sorted(times.astype("str").unique())
    freq = UNITS.get(len(names[0]))
    if freq and all(
        TIME.fullmatch(name) and len(name) == len(names[0]) for name in names
    ):
        periods = pd.period_range(names[0], names[-1], freq=freq)
        if len(periods) <= MOST_TIMES:
            return Axis(periods)
    return Axis(pd.Index(names))


def plot_tone_along(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    palette: Palette | None = None,
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
    every = sorted(names.unique())
    groups = every[:MOST_STRIPS][::-1]  # the first on top
    shown = []
    ax = new_axes(ax, 0.55 * len(groups) + 1.2)
    colors = row_colors(palette, groups)
    norm, cmap = TwoSlopeNorm(0, -1, 1), colormaps["RdBu"]
    for place, group in enumerate(groups):
        rows = table[names == group]
        _check_one_article(rows, group, by)
        article = name_of(rows["article_id"].iloc[0])
        shown.append(group if article == group else f"{group}\n{cut(article, 30)}")
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
    name_rows(ax, shown, range(len(groups)))
    for label, group in zip(ax.get_yticklabels(), groups, strict=True):
        label.set_color(ink(colors.get(group, GREY)))
    ax.set_xlim(0, 1)
    ax.set_ylim(-0.5, len(groups) - 0.4)
    label_x(
        ax,
        "place in the article (high: own voice; low: quoted or reported; gaps: left"
        " out)",
        f"n = {number_of(int(names.isin(groups).sum()), 'passage')}",
        left_out(every[MOST_STRIPS:]),
    )
    ax.set_xticks([0, 0.5, 1], list(map(translation, ["start", "middle", "end"])))
    ax.spines["left"].set_visible(False)
    scale = ScalarMappable(norm, cmap)
    bar = ax.figure.colorbar(scale, ax=ax, fraction=0.03, pad=0.02, ticks=[-1, 0, 1])
    ends = translation("negative"), "0", translation("positive")
    bar.ax.set_yticklabels(ends)
    return finished(ax)


def _check_one_article(rows: pd.DataFrame, group: str, by: str) -> None:
    n_articles = rows["article_id"].nunique()
    if n_articles > 1:
        raise IdlibkitError(
            f"{group!r} has {n_articles} articles; tone along an article needs one per"
            f" {by}. Choose one, or take article_id for by."
        )
