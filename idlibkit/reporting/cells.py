"""Tables as cells for a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..spreadsheets import flat_table

__all__ = ["ARTICLE", "NOTE", "TABLE", "table_cells", "written_table"]


TABLE, ARTICLE, NOTE = (
    f"application/vnd.idlibkit.{kind}+json" for kind in ("table", "article", "note")
)
ROWS, CHARACTERS = 100, 400  # of a table that stand on the page; the CSV has all


def table_cells(table: pd.DataFrame | pd.Series, rows: int = ROWS) -> dict[str, Any]:
    """The first rows of a table as text, cell by cell, with which columns are numbers
    and how many rows there are.
    """
    flat = flat_table(table)
    index = flat.shape[1] - (1 if isinstance(table, pd.Series) else table.shape[1])
    head = flat.head(rows)
    columns = [_cells(head.iloc[:, place]) for place in range(head.shape[1])]
    numbers = [
        pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype)
        for dtype in flat.dtypes
    ]
    return {
        "columns": [str(name) for name in flat.columns],
        "rows": [list(cells) for cells in zip(*columns, strict=True)],
        "numbers": numbers,
        "index": index,
        "n_rows": len(flat),
    }


def written_table(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The cells of a table that a notebook showed; an error where its file could not be
    written.
    """
    cells: Mapping[str, Any] = data[TABLE]
    if "error" in cells:
        raise OSError(cells["error"])
    return cells


def _cells(column: pd.Series) -> list[str]:
    if pd.api.types.is_bool_dtype(column):
        return ["yes" if value else "no" for value in column]
    if pd.api.types.is_datetime64_any_dtype(column):
        whole = (column.dropna() == column.dropna().dt.normalize()).all()
        return (
            column.dt.strftime("%Y-%m-%d" if whole else "%Y-%m-%d %H:%M")
            .fillna("")
            .tolist()
        )
    if pd.api.types.is_float_dtype(column):
        known = column.dropna()
        places = next(
            (n for n in range(4) if ((known - known.round(n)).abs() < 1e-9).all()), None
        )
        if places is None:
            return ["" if pd.isna(value) else f"{value:.4g}" for value in column]
        return ["" if pd.isna(value) else f"{value:.{places}f}" for value in column]
    return ["" if _missing(value) else _short(value) for value in column]


def _missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def _short(value: object) -> str:
    text = (
        ", ".join(map(str, value))
        if isinstance(value, list | tuple | set)
        else str(value)
    )
    return text if len(text) <= CHARACTERS else text[: CHARACTERS - 1] + "…"
