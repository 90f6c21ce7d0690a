"""Workbooks of spreadsheets (``.xlsx``) as the CSV that they would be saved as."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pandas as pd

from ..tables import IdlibkitError, listed
from .columns import known_column
from .delimited import TOP, read_delimited
from .notes import Notes

__all__ = ["read_workbook"]


def read_workbook(data: bytes, name: str, notes: Notes) -> pd.DataFrame:
    """The rows of the sheet whose columns have the names of articles' columns."""
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise IdlibkitError(
            f"reading workbooks needs openpyxl ({error}). Install it with: "
            "python -m pip install 'idlibkit[files]', or save the sheet as CSV (UTF-8)."
        ) from error
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {
            sheet.title: [[_written(cell) for cell in row] for row in sheet.values]
            for sheet in book.worksheets
        }
    # any file at all may come in
    except Exception as error:
        raise IdlibkitError(
            f"{name!r} is no sound workbook ({type(error).__name__}); save the sheet "
            "as CSV (UTF-8)."
        ) from error
    filled = {title: rows for title, rows in sheets.items() if any(map(any, rows))}
    if not filled:
        raise IdlibkitError(f"{name!r} is empty; it needs one row for each article.")
    title = max(filled, key=lambda title: _n_known(filled[title]))
    if len(filled) > 1:
        others = listed([other for other in filled if other != title])
        notes.add(
            f"{name!r}: of its sheets only {title!r} is read, not {others}; save each "
            "sheet of articles as a file of its own."
        )
    text = io.StringIO()
    csv.writer(text).writerows(row for row in filled[title] if any(row))
    return read_delimited(text.getvalue().encode(), name, notes)


def _written(cell: Any) -> str:
    """A cell as text: days as 2020-03-05, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _n_known(rows: list[list[str]]) -> int:
    """The most names of columns of articles that a row near the top has."""
    return max(
        sum(known_column(cell) is not None for cell in row) for row in rows[:TOP]
    )
