"""points_by: which outlet tells which point of a story, and how sure an absence is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from .outline import SENTENCE

__all__ = ["points_by"]

RESULT = {"terms", "example", "n_outlets", "n_articles", "chance_missed"}
SPREAD = 2  # a + b of the beta distribution of hit rates
FEWEST = 3  # articles that have a point, from which on links tell how often one fails


def points_by(points: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Points of the story by outlet: who tells what, and how sure an absence is.

    Parameters
    ----------
    points : DataFrame
        From `points`.
    by : str
        Column whose values become columns.

    Returns
    -------
    DataFrame
        One row per point, `point` as its index: `terms`, `example` (a passage that has
        most of the words in common), `n_outlets`, `n_articles`, one column per outlet
        with its number of sentences (0: none found), and `chance_missed`: the chance
        that a further article which does say it would not have been linked.

    Notes
    -----
    How often the aligner misses is estimated from the corpus itself, as in
    capture-recapture: of each article in a point of three or more, how many of the
    others there is it linked to itself? Sentences differ in how easily they are linked,
    so their hit rates are taken as beta-distributed with a + b = 2 (evenly spread,
    where the mean is one half); the mean is fitted by maximum likelihood, given that
    each has one link or more, and `chance_missed` is the chance of no link to any of
    the articles that have the point. Missing where no point is in three articles. On
    stories with known points (benchmarks/measure_overlap.py, 5 and 10 outlets) it came
    to .04 to .06 where 0 to .06 were missed, .12 to .14 where .14 to .18 were, .33 to
    .40 where .39 were. What is told in wholly other words is missed more often than
    this says.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({
    ...     "point": 1, "terms": "dam", "n_outlets": 3, "n_articles": 3,
    ...     "article_id": list("abc"), "outlet": list("ABC"), "sentence": 0,
    ...     "linked": [2, 2, 1], "text": "The dam broke."})
    >>> wide = points_by(table)[["A", "B", "C", "chance_missed"]]
    >>> wide.round(2).to_dict("records")
    [{'A': 1, 'B': 1, 'C': 1, 'chance_missed': 0.1}]
    """
    columns = ["point", "terms", "n_outlets", "n_articles", *SENTENCE, "linked", "text"]
    check_columns(points, [*columns, by], "points")
    taken = RESULT & set(points[by].astype("str"))
    if taken:
        raise IdlibkitError(
            f"{by} has the value {min(taken)!r}, which is a column of the result;"
            " rename it first."
        )
    sentences = points.drop_duplicates(["point", *SENTENCE])
    told = sentences.groupby("point")[["terms", "n_outlets", "n_articles"]].first()
    told.insert(1, "example", _examples(points))
    counts = sentences.groupby(["point", by], observed=True).size()
    by_group = counts.unstack(fill_value=0).sort_index(axis=1)
    by_group.columns = by_group.columns.astype("str").rename(None)
    missed = _chance_missed(sentences, told["n_articles"].to_numpy(float))
    return told.join(by_group).assign(chance_missed=missed)


def _examples(points: pd.DataFrame) -> pd.Series:
    """For each point a passage that has most of the words in common, the shortest."""
    n_terms = [
        sum(term.casefold() in text for term in terms.split(", "))
        for terms, text in zip(
            points["terms"], points["text"].str.casefold(), strict=True
        )
    ]
    table = points.assign(n_terms=n_terms, size=points["text"].str.len())
    order = table.sort_values(
        ["point", "n_terms", "size", "text"],
        ascending=[True, False, True, True],
        kind="stable",
    )
    return order.groupby("point")["text"].first()


def _chance_missed(sentences: pd.DataFrame, n_articles: np.ndarray) -> np.ndarray:
    """The chance of no link to any of n articles, from how many of the others each
    article of a point is linked to.
    """
    from scipy.optimize import minimize_scalar

    keys = ["point", "article_id", "n_articles"]
    best = sentences.groupby(keys, as_index=False)["linked"].max()
    best = best[best["n_articles"] >= FEWEST]
    if not len(best):
        return np.full(len(n_articles), np.nan)
    linked = best["linked"].to_numpy(float)
    others = best["n_articles"].to_numpy(float) - 1
    fitted = minimize_scalar(
        _unlikelihood, bounds=(0.001, 0.999), args=(linked, others), method="bounded"
    )
    return _no_link(fitted.x, n_articles)


def _no_link(mean: float, n: np.ndarray) -> np.ndarray:
    """The chance of no link to any of n others, where the hit rates have this mean."""
    from scipy.special import betaln

    a, b = SPREAD * mean, SPREAD * (1 - mean)
    return np.exp(betaln(a, b + n) - betaln(a, b))


def _unlikelihood(mean: float, linked: np.ndarray, others: np.ndarray) -> float:
    """Minus the log likelihood of so many links of so many, one or more in each."""
    from scipy.special import betaln

    a, b = SPREAD * mean, SPREAD * (1 - mean)
    chance = betaln(a + linked, b + others - linked) - betaln(a, b)
    return -float(np.sum(chance - np.log1p(-_no_link(mean, others))))
