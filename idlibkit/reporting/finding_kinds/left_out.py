"""What all outlets but one tell of a story."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Any

import pandas as pd

from ...plots import plot_uses
from ...story import points_by
from ...tables import records
from ...text import fold
from ..plain_words import joined, mark, one_in_words, percent, slug
from .finding import Finding
from .material import Material

__all__ = ["points_left_out"]

MOST = 3  # points that become findings
FEWEST_OUTLETS = 3  # of two, each tells much that the other does not
MOST_MISSED = 0.1  # chance that the aligner overlooked it
NEAREST = 1 / 3  # from which closeness on the outlet may tell it in other words
LEAST = 0.04  # strength; where nothing differs it is less
LONGEST_TITLE = 70
LONGEST = 240  # characters of the sentence that is shown
WEIGHT = 0.5  # an absence is only as sure as the search for it


def points_left_out(material: Material) -> Iterator[Finding]:
    """Findings "omission": a point of a story that all its outlets but one tell.

    Only where three outlets or more tell the story, and where the search is unlikely to
    have overlooked the point: a `chance_missed` of at most .1 and no sentence of the
    outlet near it (`closeness` below a third; see `points_by`). At most one point for
    each outlet, and for each story.
    """
    if len(material.outlets) < FEWEST_OUTLETS:
        return
    passages = material.measures.passages
    outlets = passages.groupby("story")["outlet"].nunique()
    outlets = outlets[outlets >= FEWEST_OUTLETS]
    if outlets.empty:
        return
    found = material.measures.points
    found = found[found["story"].isin(outlets.index)]
    wide = points_by(found).reset_index()
    wide["tellers_in_story"] = wide["story"].map(outlets)
    wide = wide[wide["n_outlets"] == wide["tellers_in_story"] - 1]
    wide = wide[(wide["chance_missed"] <= MOST_MISSED) & (wide["closeness"] < NEAREST)]
    order = ["n_outlets", "chance_missed", "closeness", "point"]
    wide = wide.sort_values(order, ascending=[False, True, True, True])
    told: set[str] = set()
    stories: set[int] = set()
    for row in records(wide):
        of_story = passages[passages["story"] == row.story]
        here = found[found["point"] == row.point]
        without = (set(of_story["outlet"]) - set(here["outlet"])).pop()
        if without in told or row.story in stories or len(told) == MOST:
            continue
        told.add(without)
        stories.add(row.story)
        reach = of_story["article_id"].nunique() / len(material.corpus.articles)
        yield _finding(material, row, here, without, reach)


def _finding(
    material: Material, row: Any, here: pd.DataFrame, without: str, reach: float
) -> Finding:
    others = sorted(here["outlet"].unique())
    rows = here.drop_duplicates(["article_id", "sentence"])
    counts = rows["outlet"].value_counts().reindex([*others, without], fill_value=0)
    table = counts.rename("sentences").rename_axis("outlet").reset_index()
    table = table.sort_values(["sentences", "outlet"], ascending=[False, True])
    sentences = material.evidence(rows, match=False)
    inside = [fold(row.example) in fold(text) for text in sentences["text"]]
    example = sentences[inside].iloc[0] if any(inside) else sentences.iloc[0]
    said = shorten(str(example["text"]), LONGEST, placeholder=" …")
    teller = str(example["outlet"])
    short = mark(shorten(said, LONGEST_TITLE, placeholder=" …"))
    title = f"All but {without} tell this: {short}"
    if len(others) < len(material.outlets) - 1:  # others have nothing on the story
        title = f"{joined(others, 2)} tell this, {without} does not: {short}"
    return Finding(
        key=slug("omission", without, str(row.point)),
        kind="omission",
        title=title,
        summary=(
            f"{teller} writes: {mark(said)} {_and_others(others, teller)} In"
            f" {without} no such sentence was found."
        ),
        table=table.reset_index(drop=True),
        sentences=sentences,
        how_sure=(
            f"The search misses such a sentence in {percent(row.chance_missed)} of"
            " cases, and sentences in wholly other words more often."
        ),
        not_shown=f"Why {without} does not tell it, and whether it did on another day.",
        strength=max(
            WEIGHT * (1 - max(row.chance_missed, row.closeness)) * reach, LEAST
        ),
        note=(
            f"Each dot is a sentence that tells it, of"
            f" {one_in_words(len(others))} outlets."
        ),
        draw=plot_uses,
        places=rows.assign(column="sentences"),
    )


def _and_others(tellers: list[str], first: str) -> str:
    others = [name for name in tellers if name != first]
    return f"{joined(others)} {'tells' if len(others) == 1 else 'tell'} it too."
