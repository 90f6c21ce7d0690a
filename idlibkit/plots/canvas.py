"""What every picture shares: colours, a figure of notebook width, labels as plain text,
and a sentence beneath.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from ..tables import IdlibkitError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "GREY",
    "MARKERS",
    "WIDTH",
    "check_rows",
    "cut",
    "draw_arrow",
    "draw_heading",
    "draw_interval",
    "draw_zero",
    "finished",
    "highest",
    "ink",
    "name_of",
    "name_rows",
    "new_axes",
    "outlet_colors",
    "show",
    "top_rows",
    "write_title",
]


# Okabe & Ito (2008), without yellow, which is too pale for dots on white.
PALETTE = [
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#000000",
    "#7A7A7A",
]
MARKERS = ["o", "D", "s", "^", "v", "P"]
GREY = "#595959"
WIDTH = 9.0  # inches
LETTERS_PER_INCH = 14  # of a note


def outlet_colors(outlets: Iterable[str]) -> dict[str, str]:
    """One colour for each outlet, the same in every picture; from the ninth outlet on,
    colours come again.

    Parameters
    ----------
    outlets : iterable of str
        All outlets of the corpus, so that a picture of some of them keeps their
        colours.

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

    The sentence stands below the picture's data as plain text: it is read where the
    picture cannot be seen, and it is what nbval compares.

    Parameters
    ----------
    ax : Axes
        What was drawn.
    sentence : str
        What is to be seen in it.
    dpi : int
        Points to the inch.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    buffer = BytesIO()
    figure = cast("Figure", ax.figure)
    figure.savefig(
        buffer,
        format="png",
        dpi=dpi,
        bbox_inches="tight",
        facecolor="white",
        metadata={"Software": None},
    )
    plt.close(figure)
    display(
        {"image/png": buffer.getvalue(), "text/plain": sentence},
        raw=True,
        metadata={"image/png": {"alt": sentence}},
    )


def new_axes(ax: Axes | None, height: float, width: float = WIDTH) -> Axes:
    """The axes given, or those of a new figure (inches)."""
    if ax is not None:
        return ax
    # A figure of its own, without pyplot's list of open figures: a caller who makes a
    # thousand pictures leaks nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure.add_subplot()


def name_rows(ax: Axes, names: Sequence[str], places: Sequence[float] = ()) -> None:
    """Name the rows, the first on top; without places they are 0, 1, 2, ..."""
    if not len(places):
        places = range(len(names))
        ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_yticks(places, names)


def draw_interval(
    ax: Axes, low: float, high: float, y: float, color: str, **look: Any
) -> None:
    """A line from low to high in a row; none where the interval is not known."""
    if pd.notna(low):
        look = {"lw": 1.5, "alpha": 0.6, **look}
        ax.plot([low, high], [y, y], color=color, **look)


def draw_arrow(ax: Axes, x: float, y: float, head: str, color: str) -> None:
    """A head ("<" or ">") at the edge, where an interval has no end."""
    ax.plot(x, y, head, color=color, ms=6, alpha=0.6, clip_on=False)


def draw_heading(ax: Axes, x: float, y: float, group: str, color: str) -> None:
    """The name of a group above its rows."""
    ax.text(x, y, group, color=ink(color), weight="bold", va="center")


def draw_zero(ax: Axes) -> None:
    ax.axvline(0, color=GREY, lw=0.8, ls=":")


def finished(ax: Axes) -> Axes:
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


def write_title(ax: Axes, title: str, note: str = "") -> None:
    """The finding above the picture, wrapped to its width, and a note below."""
    figure = cast("Figure", ax.figure)
    wide = int(figure.get_figwidth() * LETTERS_PER_INCH)
    if title:
        lines = "\n".join(wrap(title, max(20, int(wide * 0.72))))
        look: dict[str, Any] = {"weight": "bold", "fontsize": 13, "va": "bottom"}
        figure.text(0, 1, lines, ha="left", **look).set_parse_math(False)
    if note:
        lines = "\n".join(wrap(note, max(24, wide)))
        look = {"color": GREY, "fontsize": 9.5, "va": "top"}
        figure.text(0, -0.02, lines, ha="left", **look).set_parse_math(False)


def top_rows(table: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """At most so many rows; what is left is summed up in the last, which says how many
    they were.
    """
    if len(table) <= most:
        return table
    kept, rest = table.iloc[: most - 1], table.iloc[most - 1 :]
    sums = rest.drop(columns=by).sum().to_frame().T
    sums = sums.assign(**{by: f"the other {len(rest)}"})
    return pd.concat([kept, sums[table.columns]], ignore_index=True)


def ink(color: str) -> str:
    """A darker shade of a colour, which letters need to be read on white."""
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = to_rgb(color)
    return to_hex((0.68 * red, 0.68 * green, 0.68 * blue))


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def name_of(value: Any) -> str:
    """A value as a label: tuples joined, what is missing as "(none)"."""
    if isinstance(value, tuple):
        return " · ".join(map(name_of, value))
    return "(none)" if pd.isna(value) else str(value)


def highest(
    table: pd.DataFrame, by: str, value: str, name: str, n: int
) -> pd.DataFrame:
    """The `n` rows of each group with the highest value, ties by the alphabet of their
    names.
    """
    order = table.sort_values([by, value, name], ascending=[True, False, True])
    return order.groupby(by).head(n)


def check_rows(table: pd.DataFrame, why: str = "the table has no rows") -> None:
    if not len(table):
        raise IdlibkitError(f"nothing to draw: {why}.")
