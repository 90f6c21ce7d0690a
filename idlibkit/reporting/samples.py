"""Of an archive in parts, the articles that a report shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from .measures import Measures
from .selection import Selection

__all__ = ["sampled_stories"]

SHOWN = 1_000  # articles


def sampled_stories(selection: Selection, archive: Measures) -> Selection:
    """The selection with so many articles in memory: whole stories, evenly over the
    archive, or all articles where there are no more.
    """
    ids = _of_whole_stories(archive.story)
    n_articles, clause = len(archive.story), selection.chosen
    if len(ids) < n_articles:
        some = (
            f"findings and chapters from a sample of {len(ids):,} of {n_articles:,}"
            " articles, whole stories evenly over time"
        )
        clause = f"{clause}, {some}" if clause else some
    shown = archive.corpus.of_articles(ids).articles
    return replace(selection, articles=shown, chosen=clause)


def _of_whole_stories(story: pd.Series) -> list[str]:
    """The articles of every n-th story, in their order by day."""
    sizes = story.value_counts().sort_index()
    n = max(min(SHOWN * len(sizes) // max(len(story), 1), len(sizes)), 1)
    places = np.unique(np.arange(n) * len(sizes) // n)
    return story.index[story.isin(sizes.index[places])].tolist()
