"""points_by: which outlet tells which point of a story, and how sure an absence is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..scale import by_partition, columns_of, gathered, is_apart
from ..tables import IdlibkitError, check_columns
from .evidence import SENTENCE

__all__ = ["points_by"]

OF_POINT = ["story", "terms", "n_outlets", "n_articles"]
RESULT = {*OF_POINT, "example", "chance_missed", "nearest", "closeness"}
SPREAD = 2  # a + b of the beta distribution of hit rates
ADDED = ["chance", "down", "n_told"]
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
        From `points`; in parts, too.
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
    columns = ["point", "terms", "n_outlets", "n_articles", *SENTENCE, "linked"]
    names = [by] if isinstance(by, str) else list(by)
    needed = ["text"] if isinstance(by, str) else ["story"]
    check_columns(columns_of(points), [*columns, *names, *needed], "points")
    rate = _hit_rate(points)
    if isinstance(by, str):
        return _points_and_groups(points, by, rate)
    return _left_out(points, names, min_others, rate, n_boot=n_boot, seed=seed)


def _points_and_groups(points: Any, by: str, rate: float) -> Any:
    """One row per point, one column per group."""
    groups = sorted(gathered(partial(_groups_in, by=by), points[[by]])[by].unique())
    taken = sorted(RESULT & set(groups))
    if taken:
        raise IdlibkitError(
            f"{by} has the value {taken[0]!r}, which is a column of the result;"
            " rename it first."
        )
    wide = partial(_wide, by=by, groups=groups, rate=rate)
    return (
        by_partition(wide, points)
        if is_apart(points)
        else wide(points).set_index("point")
    )


def _groups_in(points: pd.DataFrame, by: str) -> pd.DataFrame:
    return points[[by]].dropna().astype("str").drop_duplicates()


def _wide(
    points: pd.DataFrame, by: str, groups: list[str], rate: float
) -> pd.DataFrame:
    sentences = points.drop_duplicates(["point", *SENTENCE])
    of_point = [name for name in OF_POINT if name in points]
    told = sentences.groupby("point")[of_point].first()
    told.insert(of_point.index("terms"), "example", _examples(points))
    counts = sentences.groupby(["point", by], observed=True).size()
    by_group = counts.unstack(fill_value=0)
    by_group.columns = by_group.columns.astype("str").rename(None)
    by_group = by_group.reindex(columns=groups, fill_value=0)
    missed = _no_link(rate, told["n_articles"].to_numpy(float))
    wide = told.join(by_group).assign(chance_missed=missed)
    absence = [name for name in ("nearest", "closeness") if name in points]
    return wide.join(sentences.groupby("point")[absence].first()).reset_index()


def _left_out(
    points: Any, by: list[str], min_others: int, rate: float, **options: Any
) -> pd.DataFrame:
    """The share of points that others have and a group leaves out, over stories."""
    keep = [name for name in ("position",) if name in columns_of(points)]
    columns = ["story", "point", "n_articles", *by, *keep]
    sums_of = partial(_sums_of_cells, by=by, min_others=min_others, rate=rate)
    sums = gathered(sums_of, points[list(dict.fromkeys(columns))])
    table = in_range(ratio_by(sums, by, **options), 0, 1).rename(
        columns={"n_articles": "n_stories", "n_passages": "n_points"}
    )
    added = sums.groupby(by, observed=True)[["chance", "down", "n_told"]].sum()
    added = added.reset_index().merge(table[[*by, "n_points"]], on=by)
    missed = np.nan if np.isnan(rate) else added["chance"] / added["n_points"]
    means = added[by].assign(chance_missed=missed)
    last = ["chance_missed", "n_stories", "n_points", "unit"]
    if keep:
        means["position"] = added["down"] / added["n_told"]
        last.insert(1, "position")
    table = table.merge(means, on=by, how="left").assign(unit="story")
    return table[[*table.columns.drop(last), *last]]


def _sums_of_cells(
    points: pd.DataFrame, by: list[str], min_others: int, rate: float
) -> pd.DataFrame:
    """For each story and group: the points that are counted for it (`bottom`), those of
    them that it leaves out (`top`), the sum of the chances that these were missed, and
    how far down it tells the others (`down`), of so many (`n_told`).
    """
    told = points[["story", "point", *by]].drop_duplicates()
    n_groups = told.groupby("point").size().rename("n_groups")
    covered = told[["story", *by]].drop_duplicates()
    cells = covered.merge(told[["story", "point"]].drop_duplicates(), on="story")
    cells = cells.merge(n_groups, on="point")
    keys = ["story", "point", *by]
    first = points.assign(position=points.get("position", 0.0))
    first = first.groupby(keys, observed=True)["position"].min().reset_index()
    cells = cells.merge(first.assign(has_it=1), on=keys, how="left")
    has_it = cells["has_it"].notna()
    counted = cells["n_groups"] - has_it >= min_others
    n_articles = cells["point"].map(points.groupby("point")["n_articles"].first())
    chance = _no_link(rate, n_articles.to_numpy(float))
    cells = cells.assign(
        top=(counted & ~has_it).astype(float),
        bottom=counted.astype(float),
        chance=np.where(counted, chance, 0.0),
        down=cells["position"].where(counted & has_it, 0.0),
        n_told=(counted & has_it).astype(float),
        article_id=cells["story"],
        paragraph=0,
    )
    sums = unit_sums(cells, by, top="top", bottom="bottom")
    more = cells.groupby(["article_id", *by], observed=True)[ADDED].sum()
    return sums.merge(more.reset_index(), on=["article_id", *by])


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


def _hit_rate(points: Any) -> float:
    """The mean share of the others of its point that an article is linked to; missing
    where no point is in three articles.
    """
    from scipy.optimize import minimize_scalar

    hits = gathered(_hits_in, points[["point", "article_id", "n_articles", "linked"]])
    hits = hits.groupby(["linked", "others"], as_index=False)["n"].sum()
    if hits.empty:
        return np.nan
    columns = tuple(hits[name].to_numpy(float) for name in ("linked", "others", "n"))
    fitted = minimize_scalar(
        _unlikelihood, bounds=(0.001, 0.999), args=columns, method="bounded"
    )
    return float(fitted.x)


def _hits_in(points: pd.DataFrame) -> pd.DataFrame:
    """How many articles are linked to so many of so many others."""
    keys = ["point", "article_id", "n_articles"]
    best = points.groupby(keys, as_index=False)["linked"].max()
    best = best[best["n_articles"] >= FEWEST]
    best = best.assign(others=best["n_articles"] - 1)
    return best.groupby(["linked", "others"]).size().rename("n").reset_index()


def _no_link(mean: float, n: np.ndarray) -> np.ndarray:
    """The chance of no link to any of n others, where the hit rates have this mean."""
    from scipy.special import betaln

    a, b = SPREAD * mean, SPREAD * (1 - mean)
    return np.exp(betaln(a, b + n) - betaln(a, b))


def _unlikelihood(
    mean: float, linked: np.ndarray, others: np.ndarray, n: np.ndarray
) -> float:
    """Minus the log likelihood of so many links of so many, one or more in each, n
    times.
    """
    from scipy.special import betaln

    a, b = SPREAD * mean, SPREAD * (1 - mean)
    chance = betaln(a + linked, b + others - linked) - betaln(a, b)
    return -float(np.sum(n * (chance - np.log1p(-_no_link(mean, others)))))
