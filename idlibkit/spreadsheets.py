"""Tables as CSV files that a spreadsheet opens as they are, and in which no cell is
taken for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from os import PathLike

import pandas as pd

__all__ = ["flat_table", "guarded", "write_csv"]


# What spreadsheets take for the start of a formula, full-width forms too; a sign before
# a plain number is left alone.
_FORMULA = re.compile("\\s*[-=+@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?%?", re.ASCII)


def write_csv(
    table: pd.DataFrame | pd.Series | Iterable[pd.DataFrame], path: str | PathLike
) -> None:
    """Write `table`, or tables one below the other, as CSV in UTF-8 with a byte-order
    mark, so that spreadsheets read its letters rightly.

    Text that a spreadsheet would take for a formula (it begins with ``=``, ``+``,
    ``-``, ``@``, a tab or a carriage return and is not a number) gets an apostrophe
    before it, in cells, column names and index alike. A row index with a name is
    written as the first columns, any other is not.

    Examples
    --------
    >>> import tempfile, os
    >>> path = os.path.join(tempfile.mkdtemp(), "terms.csv")
    >>> write_csv(pd.DataFrame({"term": ["=1+1", "-3"], "count": [2, -3]}), path)
    >>> print(open(path, encoding="utf-8-sig").read())
    term,count
    '=1+1,2
    -3,-3
    <BLANKLINE>
    """
    tables = [table] if isinstance(table, pd.DataFrame | pd.Series) else table
    for number, part in enumerate(tables):
        # Lines end as RFC 4180 has it; with a bare "\n" pandas would leave a carriage
        # return in a cell unquoted: a new row.
        flat_table(part).pipe(guarded).to_csv(
            path,
            mode="a" if number else "w",
            header=not number,
            index=False,
            encoding="utf-8" if number else "utf-8-sig",
            quoting=csv.QUOTE_MINIMAL,
            lineterminator="\r\n",
            errors="replace",
        )


def flat_table(table: pd.DataFrame | pd.Series) -> pd.DataFrame:
    """The table with plain column names, and its index as first columns where that says
    anything.
    """
    table = table.to_frame() if isinstance(table, pd.Series) else table
    names = [_name(column) for column in table.columns]
    index = table.index
    plain = (
        index.nlevels == 1
        and index.name is None
        and (isinstance(index, pd.RangeIndex) or index.dtype.kind in "iu")
    )
    flat = table.set_axis(range(len(names)), axis=1)
    if not plain:
        levels = [index.get_level_values(level) for level in range(index.nlevels)]
        names = [
            _name(level.name) if level.name is not None else "" for level in levels
        ] + names
        before = pd.DataFrame(
            {place: level.to_numpy() for place, level in enumerate(levels)}
        )
        flat = pd.concat([before, flat.reset_index(drop=True)], axis=1)
    return flat.reset_index(drop=True).set_axis(names, axis=1)


def _name(label: object) -> str:
    return (
        " · ".join(str(part) for part in label if str(part))
        if isinstance(label, tuple)
        else str(label)
    )


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before whatever a spreadsheet would take for a
    formula, in cells and column names.
    """
    columns = {}
    for place in range(table.shape[1]):
        column = table.iloc[:, place]
        if not (
            pd.api.types.is_numeric_dtype(column)
            or pd.api.types.is_datetime64_any_dtype(column)
        ):
            column = _guard(column)
        columns[place] = column
    names = _guard(pd.Series(table.columns.tolist(), dtype="object")).tolist()
    return pd.DataFrame(columns, index=table.index).set_axis(names, axis=1)


def _guard(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.StringDtype):  # each text once, however often it is
        texts = column.dropna().unique()
        plain = pd.Series(map(_plain_cell, texts), texts, dtype="object")
        return column.map(plain).astype("object")
    return column.map(_plain_cell, na_action="ignore").astype("object")


def _plain_cell(value: object) -> str:
    text = str(value).replace("\0", "")
    is_formula = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text
