"""points_by: which outlet tells which point of a story, and how sure an absence is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..tables import IdlibkitError, check_columns
from .evidence import SENTENCE

__all__ = ["points_by"]

OF_POINT = ["story", "terms", "n_outlets", "n_articles"]
RESULT = {*OF_POINT, "example", "chance_missed", "nearest", "closeness"}
SPREAD = 2  # a + b of the beta distribution of hit rates
FEWEST = 3  # articles that have a point, from which on links tell how often one fails


def points_by(
    points: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    min_others: int = 2,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Points of the story by outlet: who tells what, and how sure an absence is; over
    many stories, what each outlet tends to leave out.

    Parameters
    ----------
    points : DataFrame
        From `points`.
    by : str or sequence of str
        A column whose values become columns. As a list, as in ``by=["outlet"]``: the
        groups of which is told, over all stories, how much they leave out; `points`
        then needs its column `story`.
    min_others : int
        For the latter: a point is counted for a group where so many other groups or
        more have it.
    n_boot, seed : int
        For the latter: number of resamples of stories, and their seed.

    Returns
    -------
    DataFrame
        With one column: one row per point, `point` as its index: `story` where it is
        there, `example` (the sentence that has most of the words in common), `terms`,
        `n_outlets`, `n_articles`, one column per outlet with its number of sentences
        (0: none found), and what is known of an absence. `chance_missed`: the chance
        that a further article which does say it, in such words as the others use, would
        not have been linked; it is not the chance that the outlet tells the point in
        other words, nor that the point is none. `nearest`: the sentence of the outlets
        without the point that shares most with it, to be read beside it; `closeness`,
        0 to 1, says how near it came to a link (below 1/3 it seldom tells the same).

        With a list: one row per group, `estimate` (the share of points that others have
        and it has not, in the stories it covers), `ci_low`, `ci_high`, `difference`
        (from the other groups pooled), `difference_low`, `difference_high`,
        `chance_missed` (the mean of the points counted: so much of `estimate` may be
        the aligner's), `position` (of the points counted that it tells, how far down
        its articles they first stand: 0 at the top, 1 at the end), `n_stories`,
        `n_points`, `unit` ("story").

    Raises
    ------
    IdlibkitError
        If a column is missing, or a value of `by` is also a column of the result.

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
    to 0 where 0 were missed, .04 and .11 where .06 and .11 were, .19 where .29 and .32
    were, .36 and .39 where .53 and .60 were: too low where most are missed.

    What is told in wholly other words is missed more often than this says: of 60
    sentences that only one of two articles on an event seemed to have (PAC, read by
    hand), 9 were told by the other all the same, all of them among the 20 with a
    `closeness` above 1/3. Static word vectors (wordllama) told these 9 from the rest no
    better than the score does.

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
    if isinstance(by, str):
        return _points_and_groups(points, by)
    return _left_out(points, list(by), min_others, n_boot, seed)


def _points_and_groups(points: pd.DataFrame, by: str) -> pd.DataFrame:
    """One row per point, one column per group."""
    columns = ["point", "terms", "n_outlets", "n_articles", *SENTENCE, "linked", "text"]
    check_columns(points, [*columns, by], "points")
    taken = RESULT & set(points[by].astype("str"))
    if taken:
        raise IdlibkitError(
            f"{by} has the value {min(taken)!r}, which is a column of the result;"
            " rename it first."
        )
    sentences = points.drop_duplicates(["point", *SENTENCE])
    of_point = [name for name in OF_POINT if name in points]
    told = sentences.groupby("point")[of_point].first()
    told.insert(of_point.index("terms"), "example", _examples(points))
    counts = sentences.groupby(["point", by], observed=True).size()
    by_group = counts.unstack(fill_value=0).sort_index(axis=1)
    by_group.columns = by_group.columns.astype("str").rename(None)
    missed = _chance_missed(sentences, told["n_articles"].to_numpy(float))
    wide = told.join(by_group).assign(chance_missed=missed)
    absence = [name for name in ("nearest", "closeness") if name in points]
    return wide.join(sentences.groupby("point")[absence].first())


def _left_out(
    points: pd.DataFrame, by: list[str], min_others: int, n_boot: int, seed: int
) -> pd.DataFrame:
    """The share of points that others have and a group leaves out, over stories."""
    needed = ["story", "point", "n_articles", *SENTENCE, "linked", *by]
    check_columns(points, needed, "points")
    told = points[["story", "point", *by]].drop_duplicates()
    n_groups = told.groupby("point").size().rename("n_told")
    covered = told[["story", *by]].drop_duplicates()
    cells = covered.merge(told[["story", "point"]].drop_duplicates(), on="story")
    cells = cells.merge(n_groups, on="point")
    cells = cells.merge(told.assign(has_it=1), on=["story", "point", *by], how="left")
    has_it = cells["has_it"].notna()
    counted = cells["n_told"] - has_it >= min_others
    cells = cells.assign(
        top=(counted & ~has_it).astype(float),
        bottom=counted.astype(float),
        article_id=cells["story"],
        paragraph=0,
    )
    sums = unit_sums(cells, by, top="top", bottom="bottom")
    table = ratio_by(sums, by, n_boot=n_boot, seed=seed)
    table = in_range(table, 0, 1).rename(
        columns={"n_articles": "n_stories", "n_passages": "n_points"}
    )
    sentences = points.drop_duplicates(["point", *SENTENCE])
    per_point = sentences.groupby("point")["n_articles"].first()
    missed = _chance_missed(sentences, per_point.to_numpy(float))
    chance = pd.Series(missed, per_point.index, name="chance_missed")
    means = cells[counted].join(chance, on="point").groupby(by)["chance_missed"].mean()
    table = table.merge(means.reset_index(), on=by, how="left").assign(unit="story")
    last = ["chance_missed", "n_stories", "n_points", "unit"]
    if "position" in points:
        table = table.merge(_positions(points, cells, by), on=by, how="left")
        last.insert(1, "position")
    return table[[*table.columns.drop(last), *last]]


def _positions(
    points: pd.DataFrame, cells: pd.DataFrame, by: list[str]
) -> pd.DataFrame:
    """How far down a group first tells the points that are counted for it, on the
    mean."""
    keys = ["story", "point", *by]
    first = points.groupby(keys, observed=True)["position"].min().reset_index()
    counted = cells[cells["bottom"] > 0].merge(first, on=keys)
    return counted.groupby(by, observed=True)["position"].mean().reset_index()


def _examples(points: pd.DataFrame) -> pd.Series:
    """For each point the sentence that has most of the words in common, the shortest:
    its passages that are evidence, together.
    """
    keys = ["point", *SENTENCE]
    table = points.groupby(keys, as_index=False, sort=False).agg(
        terms=("terms", "first"), text=("text", " ".join)
    )
    table["n_terms"] = [
        sum(term.casefold() in text.casefold() for term in terms.split(", "))
        for terms, text in zip(table["terms"], table["text"], strict=True)
    ]
    table["size"] = table["text"].str.len()
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
