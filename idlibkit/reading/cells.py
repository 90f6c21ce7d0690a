"""Columns of anybody's table as text."""

from __future__ import annotations

import pandas as pd

__all__ = ["blank", "fold_spaces", "strings", "whole"]


def whole(text: str) -> str:
    """`text` with halves of a character, which JSON and Python allow, as U+FFFD."""
    try:
        text.encode()
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def strings(values: pd.Series) -> pd.Series:
    """`values` as text; what is missing stays missing."""
    if values.dtype == object:
        values = values.map(_decoded)
    try:
        return values.astype("str")
    except UnicodeEncodeError:
        return values.map(lambda value: whole(str(value)), na_action="ignore").astype(
            "str"
        )


def _decoded(value: object) -> object:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def fold_spaces(values: pd.Series) -> pd.Series:
    """`values` on one line, without white space around; what is then empty, missing."""
    values = values.str.replace(r"\s+", " ", regex=True).str.strip()
    return values.where(values != "")


def blank(values: pd.Series) -> pd.Series:
    """Whether each text is missing, or has neither letter nor digit."""
    import polars as pl
    import pyarrow as pa

    texts = pl.from_arrow(pa.array(values.astype("str"), pa.large_string()))
    assert isinstance(texts, pl.Series)
    visible = texts.fill_null("").str.contains(r"[\pL\pN]")
    return pd.Series(~visible.to_numpy(), index=values.index)
