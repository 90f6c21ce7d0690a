"""Whether an outlet tends to leave out, over many stories, what others tell."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from ...plots import plot_estimates
from ...tables import number_of
from ..measures import LEAST_STORIES
from ..plain_words import one_in_words, percent, slug
from .finding import Finding
from .material import Material
from .stands import beyond_all, exact_interval, most_apart, nearer_end, told, widened

__all__ = ["left_out_over_stories"]

MOST_OUTLETS = 12  # in the picture
TELLERS = 2  # other outlets from which a point is one that is left out
SHOWN = 10  # points that are shown
NOTHING = 0.016  # strength where nothing differs


def left_out_over_stories(material: Material) -> Iterator[Finding]:
    """Finding "omissions": the outlet that most surely leaves out more, or less, than
    the others of what two others or more tell, over many stories.

    Only where `articles` have `story`, and of outlets with five stories or more in
    which there are such points. The interval is over stories, widened for all outlets
    together; besides, the others' share must lie outside the exact interval of the
    outlet's. Where no difference stands, the finding says so.
    """
    shares = material.measures.left_out_by
    if len(shares) < 2 or shares["difference_low"].isna().all():
        return
    n_left_out = shares["estimate"] * shares["n_points"]
    low, high = exact_interval(
        n_left_out.round().to_numpy(float),
        shares["n_points"].to_numpy(float),
        len(shares),
    )
    rest = shares["estimate"] - shares["difference"]
    outside = (rest < low) | (rest > high)
    table = shares.assign(stands=beyond_all(shares) & outside, sure=nearer_end(shares))
    yield _finding(material, table)


def _finding(material: Material, table: pd.DataFrame) -> Finding:
    row = most_apart(table)
    most, wide = row.iloc[0], widened(row, len(table)).iloc[0]
    outlet, rest = str(most["outlet"]), most["estimate"] - most["difference"]
    if most["stands"]:
        how = "more" if most["difference"] > 0 else "less"
        title = f"Over many stories {outlet} leaves out {how} than the others do"
        key, strength = slug("omissions", outlet), abs(float(most["sure"]))
        verdict = "beyond chance"
    else:
        n = one_in_words(len(table))
        title = f"Over many stories none of the {n} outlets leaves out more than others"
        key, strength, verdict = "omissions", NOTHING, "it could be chance"
        if abs(float(most["sure"])) > 0:
            verdict = "but so few points may fall so by chance"
    drawn = _drawn(table, outlet)
    return Finding(
        key=key,
        kind="omissions",
        title=title,
        summary=(
            f"In {most['n_stories']} stories that {outlet} tells, two others or more"
            f" tell {number_of(int(most['n_points']), 'point')}. On"
            f" {percent(most['estimate'])} of them {outlet} has no sentence; the others"
            f" have none on {percent(rest)} of theirs."
        ),
        table=drawn,
        sentences=material.evidence(
            _left_out(material, outlet).head(SHOWN), match=False
        ),
        how_sure=(
            f"{outlet} differs from the others by {told(wide, 'outlets')}: {verdict}."
            f" The interval is over stories.{_missed(most['chance_missed'])}"
        ),
        not_shown=(
            "Why it is not told, and whether longer articles simply tell more. What"
            " only one other outlet tells is not counted."
        ),
        strength=strength,
        note=(
            f"Points that two others or more tell; outlets with {LEAST_STORIES}"
            " stories or more."
        ),
        draw=partial(plot_estimates, xlabel="share of points left out"),
        places=pd.concat(
            _left_out(material, name).assign(silent=name) for name in drawn["outlet"]
        ),
    )


def _missed(chance: float) -> str:
    if np.isnan(chance):
        return ""
    return (
        f" Of points that are told the search misses {percent(chance)}, and more where"
        " the words are wholly other ones."
    )


def _drawn(table: pd.DataFrame, outlet: str) -> pd.DataFrame:
    """The outlets that a picture has room for: the one meant and those with most
    stories.
    """
    later = table["outlet"] != outlet
    order = ["later", "n_stories", "outlet"]
    kept = table.assign(later=later).sort_values(order, ascending=[True, False, True])
    kept = kept.head(MOST_OUTLETS).drop(columns=["later", "sure"])
    return kept.sort_values(
        ["estimate", "outlet"], ascending=[False, True], ignore_index=True
    )


def _left_out(material: Material, outlet: str) -> pd.DataFrame:
    """Sentences of others on points that the outlet leaves out in its stories: of each
    of the points that most tell, one.
    """
    points = material.measures.points
    its = points["outlet"] == outlet
    here = points["story"].isin(points.loc[its, "story"])
    here &= ~points["point"].isin(points.loc[its, "point"])
    here &= points["n_outlets"] >= TELLERS
    order = ["n_outlets", "point", "article_id", "start"]
    rows = points[here].sort_values(order, ascending=[False, True, True, True])
    return rows.drop_duplicates("point")
