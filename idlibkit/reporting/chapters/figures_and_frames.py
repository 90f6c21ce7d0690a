"""Chapters on figures and frames."""

from __future__ import annotations

import pandas as pd

from ...resampling import MIN_ARTICLES
from ...tables import IdlibkitError, number_of
from ..finding_kinds.stands import beyond_all
from ..marks import figure_marks, frame_marks
from ..plain_words import one_in_words
from .chapter import Chapter, Material, place, places, table

__all__ = ["figures_chapter", "frames_chapter"]

SHOWN = ["contradict", "explained", "sum"]  # verdicts on figures that differ
NO_FRAME = "none"  # the row of what has no indicator
VERDICTS = {
    "contradict": "cannot both be right of one thing",
    "explained": "differ, and both may be right",
    "sum": "one is the sum of the others",
}


def figures_chapter(material: Material) -> Chapter:
    """Figures of one thing that differ, and what is counted."""
    figures = material.measures.quantities
    marks = figure_marks(figures)
    if marks.empty:
        raise IdlibkitError("no figure was found in these articles.")
    material.marks.append(marks)
    blocks = []
    differ = material.measures.discrepancies
    differ = differ[differ["verdict"].isin(SHOWN)]
    differ = differ.assign(
        verdict=differ["verdict"].map(VERDICTS),
        rank=differ["verdict"].map({name: n for n, name in enumerate(SHOWN)}),
    ).sort_values(["rank", "topic"], kind="stable")
    if len(differ):
        blocks.append(
            table(
                differ,
                text="Figures of the same thing that are not the same. Where they are "
                "of other sources, times or ways of counting, the outlets do not "
                f"contradict each other.{material.measures.within}",
                columns=["about", "outlet", "text", "attributed_to", "verdict", "why"],
                names={"text": "Figure", "verdict": "The figures", "about": "What"},
                links={
                    "text": [
                        place(row.article_id, row.start, row.end)
                        for row in differ.itertuples()
                    ]
                },
            )
        )
    outlet = figures.drop_duplicates("article_id").set_index("article_id")["outlet"]
    outlet.index = outlet.index.astype("str")
    counted = (
        marks.assign(outlet=marks["article_id"].map(outlet))
        .groupby("name")
        .agg(n_figures=("name", "size"), n_outlets=("outlet", "nunique"))
        .reset_index()
    )
    order = ["n_figures", "name"]
    counted = counted.sort_values(order, ascending=[False, True])
    blocks.append(
        table(
            counted,
            text="What is counted, dates and years aside.",
            names={"name": "What is counted", "n_figures": "Figures"},
            links={"name": [places("figure", name) for name in counted["name"]]},
            columns=["name", "n_figures", "n_outlets"],
        )
    )
    topics = differ.loc[differ["rank"].eq(0), "topic"].nunique()
    against = (
        f"{number_of(topics, 'thing')} with figures that may contradict each other."
    )
    none = "No two figures contradict each other."
    return Chapter("figures", "Figures", against if topics else none, blocks)


def frames_chapter(material: Material) -> Chapter:
    """How much of each outlet's text carries indicators of each frame."""
    found, shares = material.measures.frames, material.measures.frames_by
    shares = shares[shares["frame"] != NO_FRAME]
    if found.empty:
        raise IdlibkitError("no word of the list stands in these articles.")
    material.marks.append(frame_marks(found))
    compared, shares = shares, shares[shares["count"] > 0]
    names = shares["frame"].str.replace("_", " ")
    links = [
        places("frame", name, outlet=outlet)
        for name, outlet in zip(names, shares["outlet"], strict=True)
    ]
    block = table(
        shares,
        text="Share of passages with words that point to a frame. The words are a "
        "list’s, not a reader’s judgement: how often they are right is in the method.",
        columns=["frame", "outlet", "estimate", "difference", "count"],
        names={"estimate": "Share", "count": "Passages with it"},
        links={"frame": links},
        n=60,
    )
    summary = f"{number_of(found['frame'].nunique(), 'frame')} found"
    if material.n_outlets > 1:
        summary += f"; {_differing(material, compared)}"
    return Chapter("frames", "Frames", f"{summary}.", [block])


def _differing(material: Material, shares: pd.DataFrame) -> str:
    """How many shares differ; where some outlets have five articles, of those alone. A
    share of 0 is compared, and never said to differ.
    """
    n_tests = len(shares)
    sizes = shares["outlet"].map(material.corpus.articles["outlet"].value_counts())
    enough = sizes >= MIN_ARTICLES
    of_whom = ""
    if enough.any() and not enough.all():
        shares = shares[enough]
        of_whom = f" of outlets with {one_in_words(MIN_ARTICLES)} articles or more"
    n = int((beyond_all(shares, n_tests=n_tests) & (shares["count"] > 0)).sum())
    differ = "differs" if n == 1 else "differ"
    return (
        f"{n or 'none'} of {len(shares)} shares{of_whom} {differ} from the other"
        " outlets’ beyond chance"
    )
