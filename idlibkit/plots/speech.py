"""Pictures of who speaks: a dot for each use of a word, bars of voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..tables import check_columns, number_of, percent
from .canvas import LETTERS_PER_INCH, finished, label_x, name_rows, new_axes, room_for
from .colors import GREY, Palette, colors_of, is_light
from .drawn_rows import check_rows, name_of, top_rows
from .saving import stand_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.legend import Legend

__all__ = ["plot_uses", "plot_voices"]

# One speaker, the others, the outlet itself: the same in every picture.
SPEAKER, OTHERS, OWN = "#D55E00", "#F0C08A", "#1F3A5F"
COLORS = [SPEAKER, OTHERS, OWN]
MOST_DOTS = 24  # side by side; with more uses in a row, bars are drawn
MOST_ROWS = 12


def plot_uses(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    ax: Axes | None = None,
) -> Axes:
    """Draw a dot for each use of a word, coloured by who says it; bars where a row has
    more than 24 uses.

    Parameters
    ----------
    table : DataFrame
        `by`, and up to three columns of counts: of one speaker, of the other speakers,
        of the outlets themselves. Rows are drawn in its order; from the twelfth row on,
        the rest is one row.
    by : str
        Column of the groups.
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
    groups = list(table.columns.drop(by))[: len(COLORS)]
    rows = top_rows(table[[by, *groups]], by, MOST_ROWS)
    ax = new_axes(ax, 0.36 * len(rows) + 0.8)
    as_dots = rows[groups].sum(axis=1).max() <= MOST_DOTS
    meant = _rows_meant(rows, by, len(table))
    draw = _draw_dots if as_dots else _draw_bars
    draw(ax, rows[groups], meant)
    name_rows(ax, [name_of(value) for value in rows[by]], rows=meant)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    n = f"n = {int(rows[groups].to_numpy().sum()):,}"
    n += ", one dot each" if as_dots else ""
    if len(groups) == 1:
        label_x(ax, n)
        return finished(ax)
    _explain(ax, {group: f"{group}: {rows[group].sum():,}" for group in groups}, n)
    return finished(ax)


def _rows_meant(rows: pd.DataFrame, by: str, whole: int) -> list[dict[str, object]]:
    """What each row of the picture stands for; nothing where it has nothing, or is the
    sum of the rest of `whole` rows.
    """
    some = rows.drop(columns=by).sum(axis=1) > 0
    pairs = zip(rows[by], some, strict=True)
    meant: list[dict[str, object]] = [{by: name} if has else {} for name, has in pairs]
    return meant if len(rows) == whole else [*meant[:-1], {}]


def _draw_dots(
    ax: Axes, rows: pd.DataFrame, meant: Sequence[Mapping[str, object]]
) -> None:
    longest = max(int(rows.sum(axis=1).max()), 9)
    room = room_for(ax, 0.6) / LETTERS_PER_INCH * 72 / longest  # points for a dot
    look: dict[str, Any] = {"ms": min(10.0, 0.8 * room), "clip_on": False}
    for y, counts in enumerate(rows.to_numpy(int).tolist()):
        place = 0
        for group, color, count in zip(rows, COLORS, counts, strict=False):
            for nth in range(count):
                (dot,) = ax.plot(place, y, "o", color=color, **look)
                if meant[y]:
                    stand_for(dot, {**meant[y], "column": group, "nth": nth})
                place += 1
    ax.set_xlim(-0.7, longest + 0.2)
    ax.set_xticks([])


def _draw_bars(
    ax: Axes, rows: pd.DataFrame, meant: Sequence[Mapping[str, object]]
) -> None:
    left = np.zeros(len(rows))
    for group, color in zip(rows, COLORS, strict=False):
        bars = ax.barh(range(len(rows)), rows[group], 0.7, left, color=color)
        for bar, row, number in zip(bars, meant, rows[group], strict=True):
            if row and number:
                stand_for(bar, {**row, "column": group}, f"{number:,}")
        left += rows[group].to_numpy(float)
    for y, number in enumerate(left.tolist()):
        ax.text(number, y, f" {number:,.0f}", va="center")
    ax.set_xticks([])


def _explain(ax: Axes, labels: Mapping[str, str], n: str) -> None:
    """What the colours mean and of how many the picture is made, below the rows."""
    for label, color in zip(labels.values(), COLORS, strict=False):
        ax.scatter([], [], 80, color, label=label)
    legend = _legend(ax, n, handletextpad=0.2)
    for text, (group, label) in zip(legend.get_texts(), labels.items(), strict=True):
        if not label.endswith(": 0"):
            stand_for(text, {"column": group}, label)


def _legend(ax: Axes, n: str, **look: Any) -> Legend:
    _, names = ax.get_legend_handles_labels()
    letters = sum(len(name) + 4 for name in names)
    columns = len(names) if letters <= room_for(ax, 0.6) else 1
    look = {"bbox_to_anchor": (0, 0), "borderaxespad": 0.2, "title": n or None, **look}
    look = {"loc": "upper left", "frameon": False, "alignment": "left", **look}
    return ax.legend(ncols=columns, **look)


def plot_voices(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    palette: Palette | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one bar for each group: its own words, those it quotes and those it reports.

    Parameters
    ----------
    table : DataFrame
        `by`, and `own`, `quoted`, `reported`: words, or shares of all words, then with
        `n_words`. Rows are
        drawn in its order; from the twelfth row on, the rest is one row.
    by : str
        Column of the groups.
    palette : list or mapping, optional
        Colours of own, quoted and reported words.
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
    ['30 %', '50 %', '20 %']
    """
    voices = ["own", "quoted", "reported"]
    check_columns(table, [by, *voices], "table")
    check_rows(table)
    rows = top_rows(table[[by, *voices]], by, MOST_ROWS)
    shares = rows[voices].div(rows[voices].sum(axis=1), axis=0)
    default = dict(zip(voices, [OWN, SPEAKER, OTHERS], strict=True))
    colors = colors_of(palette or default, voices)
    ax = new_axes(ax, 0.36 * len(rows) + 0.8)
    meant = _rows_meant(rows, by, len(table))
    left = np.zeros(len(rows))
    for voice in voices:
        share, color = shares[voice].to_numpy(float), colors.get(voice, GREY)
        bars = ax.barh(range(len(rows)), share, 0.72, left, color=color, label=voice)
        for bar, row, part in zip(bars, meant, share.tolist(), strict=True):
            if row and part:
                stand_for(bar, {**row, "voice": voice}, percent(part))
        left += share
    for y, parts in enumerate(shares[voices].to_numpy(float).tolist()):
        _write_shares(ax, y, dict(zip(voices, parts, strict=True)), colors)
    name_rows(ax, [name_of(value) for value in rows[by]], rows=meant)
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    n_words = table["n_words"].sum() if "n_words" in table else 0
    n = f"n = {number_of(int(n_words), 'word')}" if n_words else ""
    legend = _legend(ax, n, handlelength=1)
    for text, voice in zip(legend.get_texts(), voices, strict=True):
        stand_for(text, {"voice": voice})
    return finished(ax)


def _write_shares(
    ax: Axes, y: int, shares: Mapping[str, float], colors: Mapping[str, str]
) -> None:
    """The numbers in a bar, without "%" where it has no room for that."""
    left = 0.0
    letter = 1 / room_for(ax, 0.6)
    for voice, share in shares.items():
        number, color = percent(share), colors.get(voice, GREY)
        if share < (len(number) + 0.6) * letter:
            number = number.split()[0]
        if share >= (len(number) + 0.6) * letter:
            letters = "black" if is_light(color) else "white"
            middle = left + share / 2
            ax.text(middle, y, number, color=letters, ha="center", va="center")
        left += share
