"""Tables in memory of other libraries as pandas DataFrames, by what those libraries
speak; none of them is imported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ..tables import IdlibkitError
from .records import frame_of

__all__ = ["frame_from"]


def frame_from(source: Any) -> pd.DataFrame | None:
    """A table, a dict (a record, or tables by their names), records, a query's result
    or an iterator of tables; None for a path.

    A table is of pandas or polars, or speaks Arrow (``__arrow_c_stream__``: DuckDB,
    Ibis, Hugging Face datasets) or the dataframe interchange protocol
    (``__dataframe__``). A query's result is a cursor of the Python database API after
    ``execute`` (sqlite3, DuckDB, psycopg).
    """
    if isinstance(source, pd.DataFrame):
        return source
    if isinstance(source, Mapping):
        tables = list(source.values())
        if tables and all(map(_is_table, tables)):  # the splits of a dataset
            return _of_rows(tables)
        return frame_of([dict(source)])
    if isinstance(source, list | tuple):
        return _of_rows(list(source))
    if hasattr(source, "collect") and not hasattr(source, "to_pandas"):
        source = source.collect()  # a lazy frame of polars
    if hasattr(source, "to_pandas"):
        frame = source.to_pandas()
        return frame if isinstance(frame, pd.DataFrame) else None
    if hasattr(source, "__arrow_c_stream__"):
        import pyarrow as pa

        return pa.table(source).to_pandas()
    if hasattr(source, "__dataframe__"):
        from pyarrow.interchange import from_dataframe

        return from_dataframe(source).to_pandas()
    if hasattr(source, "fetchall") and hasattr(source, "description"):
        return _of_cursor(source)
    return _of_rows(list(source)) if isinstance(source, Iterator) else None


def _is_table(value: Any) -> bool:
    return isinstance(value, pd.DataFrame) or hasattr(value, "to_pandas")


def _of_rows(rows: list[Any]) -> pd.DataFrame | None:
    """Records, or tables one below the other, such as the chunks of ``read_csv``."""
    if all(isinstance(row, Mapping) for row in rows):
        return frame_of([dict(row) for row in rows])
    parts = [frame_from(row) for row in rows if not isinstance(row, str | bytes)]
    tables = [part for part in parts if part is not None]
    if len(tables) != len(rows):
        return None
    return pd.concat(tables, ignore_index=True)


def _of_cursor(cursor: Any) -> pd.DataFrame:
    """The rows that a query has left to fetch, with the names of its columns."""
    if cursor.description is None:
        raise IdlibkitError(
            "the database has no rows to fetch: run a query first, as in"
            " read_articles(cursor.execute('SELECT outlet, text FROM articles'))."
        )
    names = [str(column[0]) for column in cursor.description]
    rows = cursor.fetchall()
    return frame_of([dict(zip(names, row, strict=True)) for row in rows])
