"""Who does and to whom it is done: the shares of `agency_by`, actor by actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..tables import check_columns, percent
from .canvas import (
    draw_heading,
    draw_interval,
    finished,
    label_x,
    name_rows,
    new_axes,
    room_for,
)
from .colors import GREY, Palette, colors_of, ink
from .drawn_rows import check_rows, cut, left_out, most_told, name_of
from .saving import stand_for
from .wording import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_agency"]

COUNTS = 1.12  # where the numbers of clauses end, beside the shares
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
        the number at the right is how many clauses the share is of.
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
    meant: list[dict[str, object]] = []
    for actor in actors:
        name = cut(name_of(actor), room_for(ax, 0.7))
        draw_heading(ax, (0, at), name, GREY, {"actor": actor})
        at += 0.6 + step / 2
        for share in shares[actor]:
            rows = table[(table["actor"] == actor) & (table["share"] == share)]
            rows = rows.set_index(rows[by].map(name_of))
            meant.append({"actor": actor, "share": share})
            labels.append(translation(ROWS[share]))
            look = Look(by, meant[-1], labels[-1], colors)
            _draw_row(ax, rows, groups, at, look)
            places.append(at)
            at += step
        at += 1.0 - step / 2
    drawn = table[table["estimate"] > 0]
    some = set(zip(drawn["actor"], drawn["share"], strict=True))
    meant = [row if tuple(row.values()) in some else {} for row in meant]
    name_rows(ax, labels, places, meant)
    ax.set_xlim(-0.02, 1.03)
    ax.set_ylim(at - 0.4, -0.8)
    what = "share of clauses, with 95 % interval; on the right, clauses in all"
    label_x(ax, what, left_out(others))
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    if len(groups) > 1:
        _explain(ax, groups, colors, by)
    return finished(ax)


def _shares_of(table: pd.DataFrame, actor: Any) -> list[str]:
    """The shares an actor has, in the order in which they are drawn."""
    known = set(table.loc[table["actor"] == actor, "share"])
    return [share for share in ROWS if share in known]


@dataclass(frozen=True, slots=True)
class Look:
    """What the dots of a row stand for, and their colours."""

    by: str
    row: dict[str, object]
    name: str
    colors: Mapping[str, str]


def _draw_row(
    ax: Axes, rows: pd.DataFrame, groups: list[str], at: float, look: Look
) -> None:
    """A dot for each group, one below the other, and how many clauses at the right."""
    columns = ["estimate", "ci_low", "ci_high", "total"]
    for place, group in enumerate(groups):
        if group not in rows.index:
            continue
        estimate, low, high, total = rows.loc[[group], columns].to_numpy(float)[0]
        y = at + (place - (len(groups) - 1) / 2) * 0.42
        color = look.colors.get(group, GREY)
        draw_interval(ax, low, high, y, color, lw=1.6)
        (dot,) = ax.plot(estimate, y, "o", color=color, ms=5.5)
        if estimate:
            says = f"{look.name}, {percent(estimate)}"
            stand_for(dot, {**look.row, look.by: group}, says)
        right: dict[str, Any] = {"ha": "right", "va": "center", "clip_on": False}
        ax.text(COUNTS, y, f"{total:,.0f}", color=ink(color), fontsize=8, **right)


def _explain(ax: Axes, groups: list[str], colors: Mapping[str, str], by: str) -> None:
    names = [cut(group, room_for(ax, 0.55) - 4) for group in groups]
    for group, name in zip(groups, names, strict=True):
        ax.plot([], [], "o", color=colors.get(group, GREY), label=name)
    look: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1)}
    columns = max(1, room_for(ax, 0.55) // (max(map(len, names)) + 4))
    legend = ax.legend(ncols=columns, frameon=False, **look)
    for text, group in zip(legend.get_texts(), groups, strict=True):
        stand_for(text, {by: group})
