"""Tables in memory of other libraries as pandas DataFrames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from .records import frame_of

__all__ = ["frame_from"]


def frame_from(source: Any) -> pd.DataFrame | None:
    """pandas, polars and Arrow tables, a dict or records; None for a path."""
    if isinstance(source, pd.DataFrame):
        return source
    if isinstance(source, Mapping):
        return frame_of([dict(source)])
    if isinstance(source, list | tuple):
        records = [dict(row) for row in source if isinstance(row, Mapping)]
        return frame_of(records) if len(records) == len(source) else None
    if hasattr(source, "collect") and not hasattr(source, "to_pandas"):
        source = source.collect()  # a lazy frame of polars
    if hasattr(source, "to_pandas"):
        frame = source.to_pandas()
        return frame if isinstance(frame, pd.DataFrame) else None
    return None
