"""What passages know of their articles: the columns that come along, and the day."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from ..tables import IdlibkitWarning, listed

__all__ = ["languages_of", "with_article_columns"]

OWN_COLUMNS = [
    *("role", "paragraph", "sentence", "voice", "speaker"),
    *("start", "end", "n_words", "text"),
]


def with_article_columns(
    passages: pd.DataFrame, articles: pd.DataFrame
) -> pd.DataFrame:
    """Passages in the order of their articles' ids, with the columns of their
    articles.
    """
    articles = articles.sort_values("article_id").reset_index(drop=True)
    about = _article_columns(articles)
    article = pd.Index(articles["article_id"]).get_indexer(passages["article_id"])
    order = np.argsort(article, kind="stable")
    passages = passages.drop(columns="article_id").iloc[order].reset_index(drop=True)
    return pd.concat(
        [about.iloc[article[order]].reset_index(drop=True), passages], axis=1
    )


def _article_columns(articles: pd.DataFrame) -> pd.DataFrame:
    """What a passage knows of its article: every column but the texts, and the year and
    month it is from."""
    taken = [
        column for column in OWN_COLUMNS if column in articles and column != "text"
    ]
    if taken:
        warnings.warn(
            f"column {listed(taken)} of articles is left out: passages has its own. "
            "Rename it to keep it.",
            IdlibkitWarning,
            stacklevel=4,
        )
    out = articles.drop(columns=["raw", "text", "title", *taken], errors="ignore")
    out = out[
        [
            "article_id",
            "outlet",
            *(column for column in out if column not in ("article_id", "outlet")),
        ]
    ]
    if "published" in out:
        days = _days(out["published"])
        if "year" not in out:
            out["year"] = days.dt.year.astype("Int64")
        if "month" not in out:
            out["month"] = days.dt.strftime("%Y-%m").astype("str")
    return out


def _days(published: pd.Series) -> pd.Series:
    """The days of a column of dates, or of text that begins with one: 2020-01-05."""
    if pd.api.types.is_datetime64_any_dtype(published):
        return published
    day = published.astype("str").str.extract(r"^\s*(\d{4}-\d\d(?:-\d\d)?)(?!\d)")[0]
    day = day.where(day.str.len() != len("2020-01"), day + "-01")
    return pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")


def languages_of(articles: pd.DataFrame) -> np.ndarray:
    if "language" not in articles:
        return np.full(len(articles), "en", object)
    return articles["language"].fillna("en").to_numpy(object)
