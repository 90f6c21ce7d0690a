"""What is known of articles beside their text: when they were published, and of which
story they are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..reading import parse_dates
from ..tables import IdlibkitError

__all__ = ["publication_dates", "story_numbers"]


def publication_dates(articles: pd.DataFrame) -> pd.Series:
    """Date and time of each article, missing where it is not known."""
    if "published" not in articles:
        return pd.Series(pd.NaT, articles.index, dtype="datetime64[us]")
    return parse_dates(articles["published"]).published


def story_numbers(table: pd.DataFrame, name: str) -> np.ndarray:
    """A number for the story of each row, in the order of the stories; 0 for all where
    the table has no column `story`.
    """
    if "story" not in table:
        return np.zeros(len(table), np.int64)
    numbers, _ = pd.factorize(table["story"], sort=True)
    missing = int((numbers < 0).sum())
    if missing:
        raise IdlibkitError(
            f"column 'story' of {name} is missing in {missing:,} of {len(table):,}"
            " rows; give every article a story with stories(articles), or leave the"
            " column out."
        )
    return numbers.astype(np.int64)
