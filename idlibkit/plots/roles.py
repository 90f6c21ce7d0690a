"""Who does and to whom it is done: the shares of `agency_by`, actor by actor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..tables import check_columns
from .canvas import (
    draw_heading,
    draw_interval,
    finished,
    label_x,
    name_rows,
    new_axes,
    room_for,
)
from .colors import GREY, Palette, colors_of
from .drawn_rows import check_rows, cut, left_out, most_told, name_of
from .wording import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_agency"]

MOST_GROUPS = 8  # no more colours are told apart
ROWS = {
    "agent": "does it",
    "patient": "it is done to",
    "harm_unnamed": "harmed, nobody named",
}


def plot_agency(
    table: pd.DataFrame,
    *,
    by: str = "outlet",
    voice: str | None = "own",
    palette: Palette | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw for each actor how often it does something, how often something is done to
    it, and how often nobody is named who harmed it.

    Parameters
    ----------
    table : DataFrame
        `by`, `voice`, `actor`, `share`, `estimate`, `ci_low`, `ci_high`, `total`; see
        `agency_by`. Actors are drawn in its order.
    by : str
        Column of the groups, each a dot with its interval in every row, eight at most;
        the number beside it is how many clauses the share is of.
    voice : str, optional
        Whose voice is drawn; None if the table has one alone.
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
        If a column is missing, or there is nothing in this voice.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"outlet": "A", "voice": "own", "actor": "X",
    ...                       "share": ["agent", "patient"], "estimate": [0.8, 0.2],
    ...                       "ci_low": [0.6, 0.0], "ci_high": [1.0, 0.4], "total": 9})
    >>> ax = plot_agency(table)
    >>> [tick.get_text() for tick in ax.get_yticklabels()]
    ['does it', 'it is done to']
    """
    columns = ["estimate", "ci_low", "ci_high", "total"]
    check_columns(table, [by, "voice", "actor", "share", *columns], "table")
    table = table if voice is None else table[table["voice"] == voice]
    table = table[table["estimate"].notna()]
    check_rows(table, f"no actor has a role in the voice {voice!r}")
    groups = sorted(most_told(table, by, MOST_GROUPS))
    others = sorted({*table[by].map(name_of)} - {*groups})
    colors = colors_of(palette, groups)
    actors = table["actor"].drop_duplicates().tolist()
    shares = {actor: _shares_of(table, actor) for actor in actors}
    step = max(1.0, 0.45 * len(groups))
    n_rows = sum(map(len, shares.values()))
    ax = new_axes(ax, 0.3 * (step * n_rows + 1.6 * len(actors)) + 0.9)
    at, labels, places = 0.0, [], []
    for actor in actors:
        draw_heading(ax, 0, at, cut(name_of(actor), room_for(ax, 0.7)), GREY)
        at += 0.6 + step / 2
        for share in shares[actor]:
            rows = table[(table["actor"] == actor) & (table["share"] == share)]
            _draw_row(ax, rows.set_index(rows[by].map(name_of)), groups, at, colors)
            labels.append(translation(ROWS[share]))
            places.append(at)
            at += step
        at += 1.0 - step / 2
    name_rows(ax, labels, places)
    ax.set_xlim(-0.02, 1.08)
    ax.set_ylim(at - 0.4, -0.8)
    what = "share of clauses, with 95 % interval; beside it, clauses in all"
    label_x(ax, what, left_out(others))
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    if len(groups) > 1:
        _explain(ax, groups, colors)
    return finished(ax)


def _shares_of(table: pd.DataFrame, actor: Any) -> list[str]:
    """The shares an actor has, in the order in which they are drawn."""
    known = set(table.loc[table["actor"] == actor, "share"])
    return [share for share in ROWS if share in known]


def _draw_row(
    ax: Axes,
    rows: pd.DataFrame,
    groups: list[str],
    at: float,
    colors: Mapping[str, str],
) -> None:
    """A dot for each group, one below the other."""
    columns = ["estimate", "ci_low", "ci_high", "total"]
    for place, group in enumerate(groups):
        if group not in rows.index:
            continue
        estimate, low, high, total = rows.loc[[group], columns].to_numpy(float)[0]
        y = at + (place - (len(groups) - 1) / 2) * 0.42
        color = colors.get(group, GREY)
        draw_interval(ax, low, high, y, color, lw=1.6)
        ax.plot(estimate, y, "o", color=color, ms=5.5)
        right: dict[str, Any] = {"textcoords": "offset points", "va": "center"}
        edge = estimate if pd.isna(high) else high
        ax.annotate(f"{total:.0f}", (edge, y), (6, 0), fontsize=7.5, **right)


def _explain(ax: Axes, groups: list[str], colors: Mapping[str, str]) -> None:
    names = [cut(group, room_for(ax, 0.55) - 4) for group in groups]
    for group, name in zip(groups, names, strict=True):
        ax.plot([], [], "o", color=colors.get(group, GREY), label=name)
    look: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)}
    ax.legend(
        ncols=max(1, room_for(ax, 0.55) // (max(map(len, names)) + 4)),
        frameon=False,
        **look,
    )
