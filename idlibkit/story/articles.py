"""What is known of articles beside their text: when they were published."""

from __future__ import annotations

import pandas as pd

from ..reading import parse_dates

__all__ = ["publication_dates"]


def publication_dates(articles: pd.DataFrame) -> pd.Series:
    """Date and time of each article, missing where it is not known."""
    if "published" not in articles:
        return pd.Series(pd.NaT, articles.index, dtype="datetime64[us]")
    return parse_dates(articles["published"]).published
