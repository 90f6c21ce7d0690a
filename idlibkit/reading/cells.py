"""Columns of anybody's table as text."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pandas as pd

from ..text import to_polars

__all__ = ["blank", "fold_spaces", "strings", "whole"]


def whole(text: str) -> str:
    """`text` with halves of a character, which JSON and Python allow, as U+FFFD."""
    try:
        text.encode()
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def strings(values: pd.Series, joint: str = "; ") -> pd.Series:
    """`values` as text, lists joined by `joint`; what is missing stays missing."""
    if values.dtype == object:
        values = values.map(lambda value: _written(value, joint))
    return values.astype("str")


def _written(value: object, joint: str) -> object:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple | set | np.ndarray):
        parts = (_written(part, joint) for part in value)
        return joint.join(str(part) for part in parts if part is not None) or None
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def fold_spaces(values: pd.Series) -> pd.Series:
    """`values` on one line, without white space around; what is then empty, missing."""
    values = values.str.replace(r"\s+", " ", regex=True).str.strip()
    return values.where(values != "")


def blank(values: pd.Series) -> pd.Series:
    """Whether each text is missing, or has neither letter nor digit."""
    visible = to_polars(values.astype("str")).str.contains(r"[\pL\pN]")
    return pd.Series(~visible.to_numpy(), index=values.index)
