"""What every picture shares: a figure of notebook width, labels as plain text, a title
and a note, and a sentence beneath.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from math import inf
from textwrap import wrap
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from .colors import GREY, ink
from .drawn_rows import cut
from .saving import DPI, as_png, stand_for
from .settings import Setting
from .wording import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


__all__ = [
    "LETTERS_PER_INCH",
    "MARKERS",
    "WIDTH",
    "draw_arrow",
    "draw_heading",
    "draw_interval",
    "draw_zero",
    "figure_width",
    "finished",
    "grow",
    "label_x",
    "name_rows",
    "new_axes",
    "room_for",
    "show",
    "titled",
]

MARKERS = ["o", "D", "s", "^", "v", "P"]
WIDTH = 5.5  # inches: letters of 9 pixels where a phone shows it at 344
PAD = 0.08
LINE = 0.17  # inches, of a line of text
OURS = "idlibkit"  # label of the figures that new_axes makes
LETTERS_PER_INCH = 12  # of text of the usual size
NUMBER = 7  # letters that a number of an axis needs
_width = Setting("width", WIDTH)


def figure_width(inches: float) -> AbstractContextManager[None]:
    """Make the pictures drawn inside the block so wide; a context manager.

    Parameters
    ----------
    inches : float
        Of a new figure; 4 is for a phone.

    Returns
    -------
    context manager
    """
    return _width.set_to(inches)


def show(ax: Axes, sentence: str, *, dpi: int = DPI) -> None:
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

    figure = cast("Figure", ax.figure)
    png = as_png(figure, dpi).png
    plt.close(figure)
    display(
        {"image/png": png, "text/plain": sentence},
        raw=True,
        metadata={"image/png": {"alt": sentence}},
    )


def new_axes(ax: Axes | None, height: float, most_wide: float = inf) -> Axes:
    """The axes given, or those of a new figure (inches)."""
    if ax is not None:
        return ax
    # A figure of its own, without pyplot's list of open figures: a caller who makes a
    # thousand pictures leaks nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    size = min(_width.value, most_wide), height
    figure = Figure(figsize=size, layout=ConstrainedLayoutEngine(w_pad=PAD, h_pad=PAD))
    FigureCanvasAgg(figure)
    figure.set_label(OURS)
    return figure.add_subplot()


def grow(ax: Axes, inches: float) -> None:
    """Make a picture higher that needs room for more lines, if its figure is ours."""
    figure = cast("Figure", ax.figure)
    if figure.get_label() == OURS:
        figure.set_figheight(figure.get_figheight() + inches)


def room_for(ax: Axes | None, share: float = 1.0) -> int:
    """How many letters have room in a share of the width of a figure, or a new one."""
    wide = _width.value if ax is None else cast("Figure", ax.figure).get_figwidth()
    return int(wide * LETTERS_PER_INCH * share)


def name_rows(
    ax: Axes,
    names: Sequence[str],
    places: Sequence[float] = (),
    rows: Sequence[Mapping[str, object]] = (),
) -> None:
    """Name the rows, the first on top; without places they are 0, 1, 2, ... `rows` is
    what of the table each name stands for.
    """
    if not len(places):
        places = range(len(names))
        ax.set_ylim(len(names) - 0.4, -0.6)
    room = max(18, room_for(ax, 0.36))
    lines = [_two_lines(name, room) for name in names]
    if max(map(len, lines), default=0) > 1:
        grow(ax, LINE * len(lines))
    ax.set_yticks(places, ["\n".join(name) for name in lines])
    for label, row in zip(ax.get_yticklabels(), rows, strict=False):
        stand_for(label, row, label.get_text().replace("\n", " "))


def _two_lines(name: str, room: int) -> list[str]:
    if "\n" in name:
        return name.split("\n")
    lines = wrap(name, room) or [""]
    return lines if len(lines) < 3 else [lines[0], cut(" ".join(lines[1:]), room)]


def label_x(ax: Axes, *sentences: str) -> None:
    """What the numbers are, of how many they are made and what is left out, each in
    lines of its own.
    """
    room = max(24, room_for(ax, 0.6))
    said = map(translation, sentences)
    lines = [line for text in said for line in wrap(text, room)]
    grow(ax, LINE * len(lines))
    ax.set_xlabel("\n".join(lines))


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


def draw_heading(
    ax: Axes, at: tuple[float, float], group: str, color: str, row: Mapping[str, object]
) -> None:
    """The name of a group above its rows, which are `row` of the table."""
    text = ax.text(*at, group, color=ink(color), weight="bold", va="center")
    stand_for(text, row)


def draw_zero(ax: Axes) -> None:
    ax.axvline(0, color=GREY, lw=0.8, ls=":")


def finished(ax: Axes) -> Axes:
    """Read every label as plain text, and take away the frame on top and right; the
    legend and the label of the upright axis in the language that was asked for.
    """
    from matplotlib.ticker import AutoLocator

    ax.spines[["top", "right"]].set_visible(False)
    if isinstance(ax.xaxis.get_major_locator(), AutoLocator):  # no two numbers touch
        ax.locator_params(axis="x", nbins=max(3, room_for(ax, 0.55) // NUMBER))
    texts: Sequence[Any] = [
        *ax.texts,
        *ax.get_xticklabels(),
        *ax.get_yticklabels(),
        ax.title,
        ax.xaxis.label,
        ax.yaxis.label,
    ]
    legend = ax.get_legend()
    in_legend = [*legend.get_texts(), legend.get_title()] if legend else []
    for text in [*in_legend, ax.yaxis.label]:
        text.set_text(translation(text.get_text()))
    for text in [*texts, *in_legend]:
        text.set_parse_math(False)
    return ax


def titled(ax: Axes, title: str, note: str = "") -> Axes:
    """Write a finding above its picture and a note below, wrapped to its width.

    Parameters
    ----------
    ax : Axes
        What any of the plotting functions gave.
    title, note : str
        The sentence above and the one below; empty for none.

    Returns
    -------
    Axes
    """
    figure = cast("Figure", ax.figure)
    above = wrap(title, max(20, room_for(ax, 0.7)))
    below = wrap(note, max(24, room_for(ax, 1.1)))
    grow(ax, 1.5 * LINE * len(above) + LINE * len(below) + 0.15)
    look: dict[str, Any] = {"x": 0.01, "ha": "left"}
    if above:
        text = figure.suptitle("\n".join(above), weight="bold", fontsize=13, **look)
        text.set_parse_math(False)
    if below:
        text = figure.supxlabel("\n".join(below), color=GREY, fontsize=9.5, **look)
        text.set_parse_math(False)
    return ax
