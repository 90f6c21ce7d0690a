"""A picture of one story: who told it first, who at length, who not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns, number_of
from .canvas import finished, label_x, name_rows, new_axes
from .colors import GREY, Palette, row_colors
from .drawn_rows import MOST_ROWS, left_out, name_of
from .wording import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_story"]

ROW = 0.34  # inches
LARGEST = 420  # area of the dot of the longest article, in square points
SMALLEST = 14


def plot_story(
    stories: pd.DataFrame,
    story: int,
    *,
    palette: Palette | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw who told a story when: a row for each outlet, a dot for each article, the
    longer the article the larger. Those that told it first stand on top; of those below
    with no dot no article was found.

    Parameters
    ----------
    stories : DataFrame
        From `stories`: `story`, `outlet`, `days_after`, `n_words`. All its outlets have
        a row, the first thirty.
    story : int
        Which one.
    palette : mapping or list, optional
        Outlet to colour, as from `outlet_colors`, or colours in the order of the
        alphabet.
    ax : Axes, optional
        What to draw into; by default a new figure as wide as a notebook.

    Returns
    -------
    Axes

    Raises
    ------
    IdlibkitError
        If a column is missing, there is no such story, or no day of it is known.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"story": [1, 1, 2], "outlet": ["B", "A", "C"],
    ...                       "days_after": [0, 2, 0], "n_words": [80, 400, 90]})
    >>> [tick.get_text() for tick in plot_story(table, 1).get_yticklabels()]
    ['B', 'A', 'C: not told']
    """
    check_columns(stories, ["story", "outlet", "days_after", "n_words"], "stories")
    told = stories[stories["story"] == story]
    dated = told.dropna(subset=["days_after"])
    if dated.empty:
        why = "no day is known of it" if len(told) else "no article tells it"
        raise IdlibkitError(f"nothing to draw of story {story!r}: {why}.")
    names = stories["outlet"].map(name_of)
    first = dated.groupby(names)["days_after"].min().sort_values(kind="stable")
    silent = sorted(set(names) - set(names[told.index]))
    undated = sorted(set(names[told.index]) - set(first.index))
    rows = [*first.index, *undated, *silent]
    shown = rows[:MOST_ROWS]
    colors = row_colors(palette, sorted(set(names)))
    ax = new_axes(ax, 1 + ROW * len(shown))
    area = LARGEST * dated["n_words"] / max(stories["n_words"].max(), 1)
    for outlet, some in dated.groupby(names):
        if outlet in shown:
            y = np.full(len(some), shown.index(outlet))
            color = colors.get(str(outlet), GREY)
            size = area[some.index].clip(lower=SMALLEST)
            ax.scatter(some["days_after"], y, size, color=color, alpha=0.7, lw=0)
    said = {name: translation(f"{name}: not told") for name in silent}
    said |= {name: translation(f"{name}: day not known") for name in undated}
    name_rows(ax, [said.get(name, name) for name in shown])
    last = int(dated["days_after"].max())
    ax.set_xlim(-0.5, last + 0.5)
    step = max(1, -(-(last + 1) // 10))
    ax.set_xticks(range(0, last + 1, step))
    ax.grid(axis="y", color="#EEEEEE")
    ax.set_axisbelow(True)
    longest = number_of(int(told["n_words"].max()), "word")
    label_x(
        ax,
        f"days after the first report; the larger the dot the longer the article, here"
        f" at most {longest}",
        left_out(rows[MOST_ROWS:]),
    )
    return finished(ax)
