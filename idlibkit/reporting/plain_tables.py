"""show_table: a table as people read it, in a notebook or a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ..tables import check_columns, number_of, plural
from .plain_cells import Column, columns_of_table
from .templates import filled

__all__ = ["ShownTable", "show_table"]

MOST_COLUMNS = 6
OWN = "the outlet itself"  # who speaks where it is nobody else


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table for people: shown as HTML in a notebook, as aligned text elsewhere."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


def show_table(
    table: pd.DataFrame,
    *,
    columns: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    shares: Sequence[str] | None = None,
    n: int = 20,
    caption: str = "",
    links: Mapping[str, Sequence[str]] | None = None,
) -> ShownTable:
    """Show a table as people read it: words instead of the names of columns, intervals
    in the cell of their number, at most six columns.

    Text stands left and numbers right, rows have no numbers, and what is missing is
    "–". Shares are per cent. An interval stands behind its number, "−0.30 (−0.43 to
    −0.17)"; a log ratio of 2.46 is "5.5 times as often"; an end without meaning is "no
    upper limit"; a `q` of .05 or more "could be chance". A concordance (see `kwic`) has
    its word in the middle.

    Parameters
    ----------
    table : DataFrame
        Any table of the package, or another one.
    columns : list of str, optional
        Which columns, in which order, six at most; by default the first six that are no
        places or steps of a calculation.
    names : mapping, optional
        Column to heading, ``{"estimate": "Tone"}``.
    shares : list of str, optional
        Columns that are shares of a whole, 0 to 1; by default those that are known to
        be.
    n : int
        How many rows; what is left out is said below.
    caption : str
        Written above.
    links : mapping, optional
        Column to the addresses that its cells lead to, row by row; "" leads nowhere.

    Returns
    -------
    ShownTable
        Its `_repr_html_` is what a notebook shows, `html` the same as text, `text` an
        aligned table of characters. Everything in it is escaped.

    Raises
    ------
    IdlibkitError
        If a column is not there.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "estimate": [-0.301, 0.1],
    ...     "ci_low": [-0.43, None], "ci_high": [-0.17, None], "n_articles": [1200, 3]})
    >>> ik.show_table(table, names={"estimate": "Tone"})
    Outlet                    Tone  Articles
    ------  ----------------------  --------
    A       −0.30 (−0.43 to −0.17)     1,200
    B                         0.10         3
    In brackets: 95 % interval.
    """
    check_columns(table, columns or [], "table")
    head = table.head(n)
    if {"voice", "speaker"} <= set(table.columns):
        own = head["speaker"].isna() & head["voice"].eq("own")
        head = head.assign(speaker=head["speaker"].astype("str").mask(own, OWN))
    found = columns_of_table(head, columns, names or {}, shares)
    kept, over = found[:MOST_COLUMNS], found[MOST_COLUMNS:]
    notes = []
    if any(one.has_interval for one in kept):
        notes.append(_of_intervals(table))
    if len(table) > n:
        notes.append(f"{n} of {number_of(len(table), 'row')}.")
    if over:
        more = number_of(len(over), "more column")
        notes.append(f"{more} in the table itself.")
    html = filled(
        "plain_table.html.j2",
        columns=kept,
        rows=list(zip(*[one.cells for one in kept], strict=True)),
        links=[_links_of(one, head, links or {}) for one in kept],
        caption=caption,
        note=" ".join(notes),
    )
    return ShownTable(str(html), _aligned(kept, caption, notes))


def _links_of(
    column: Column, table: pd.DataFrame, links: Mapping[str, Sequence[str]]
) -> list[str]:
    """The addresses of a column's cells, as many as there are."""
    return [*links.get(column.name, [""] * len(table))][: len(table)]


def _of_intervals(table: pd.DataFrame) -> str:
    """What the brackets are."""
    if "unit" not in table:
        return "In brackets: 95 % interval."
    kinds = table["unit"].dropna().replace("token", "word").unique()
    units = " or ".join(sorted(map(plural, kinds))) or "nothing"
    return f"In brackets: 95 % interval over {units}."


def _aligned(columns: Sequence[Column], caption: str, notes: Sequence[str]) -> str:
    """The table in characters."""
    blocks = []
    for one in columns:
        cells = [one.heading, *one.cells]
        width = max(map(len, cells))
        cells.insert(1, "-" * width)
        pad = {"left": str.ljust, "right": str.rjust, "center": str.center}[one.align]
        blocks.append([pad(cell, width) for cell in cells])
    lines = ["  ".join(cells).rstrip() for cells in zip(*blocks, strict=True)]
    return "\n".join([*filter(None, [caption]), *lines, *notes])
