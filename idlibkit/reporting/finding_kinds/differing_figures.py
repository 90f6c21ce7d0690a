"""Figures that outlets give for one thing and that leave no room for one number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ...plots import plot_figures
from ...tables import number_of, records
from ..plain_words import capital, joined, one_in_words, slug
from .finding import Finding
from .material import Material

__all__ = ["figures_that_differ"]

MOST = 3  # topics that become findings
# Two sentences differ, not two outlets; and where both may be right less is said.
WEIGHT = {"contradict": 0.35, "explained": 0.2}
# What `why` of a topic names, in words.
REASONS = {
    "times:": "they are of different times",
    "published:": "they stand in articles of different days",
    "sources:": "they do not come from one source",
    "ways of counting:": "they are counted in different ways",
    "not the last": "one is told as not the last",
}
# Strength at least; where nothing differs it is less.
LEAST = {"contradict": 0.04, "explained": 0.035}
COLUMNS = ["outlet", "text", "attributed_to", "value", "low", "high", "differs"]
COLUMNS += ["article_id", "start", "end"]


def figures_that_differ(material: Material) -> Iterator[Finding]:
    """Findings "figures": two figures for one thing, with both sentences.

    They are the topics of `discrepancies` with the verdict "contradict", and those with
    "explained" that count something; both within a story.
    """
    if len(material.outlets) < 2:
        return
    found = material.measures.discrepancies
    found = found[found["verdict"].isin(list(WEIGHT))]
    # Shares and sums of which both may be right are too often of two things.
    bare = found["unit"].notna() & found["verdict"].eq("explained")
    found = found[~bare.groupby(found["topic"]).transform("any")]
    for _, topic in list(found.groupby("topic", sort=True))[:MOST]:
        if topic["differs"].sum() >= 2:
            of_story = material.passages[material.story == topic["story"].iloc[0]]
            yield _finding(material, topic, of_story)


def _finding(
    material: Material, topic: pd.DataFrame, of_story: pd.DataFrame
) -> Finding:
    pair = topic[topic["differs"]].sort_values(["low", "outlet", "start"])
    figures = list(dict.fromkeys(map(_figure, records(pair))))
    title = capital(f"{_when(topic)}{' or '.join(figures)}{_what(topic)}?")
    verdict, about = str(topic["verdict"].iloc[0]), str(topic["about"].iloc[0])
    tellers = topic["outlet"].nunique()
    share = tellers / of_story["outlet"].nunique()
    reach = of_story["article_id"].nunique() / len(material.corpus.articles)
    order = ["low", "outlet", "text"]
    table = topic[COLUMNS].sort_values(order, kind="stable", ignore_index=True)
    said = topic.assign(speaker=topic["attributed_to"])
    n_sentences = topic[["article_id", "start"]].drop_duplicates().shape[0]
    return Finding(
        key=slug("figures", title),
        kind="figures",
        title=title,
        summary=f"{_who_says_what(topic, figures)} {_why(topic)}",
        table=table,
        sentences=material.evidence(said),
        how_sure=(
            f"{number_of(n_sentences, 'figure')} of {one_in_words(tellers)} outlets are"
            f" set side by side, since they seem to speak of one thing ({about})."
            " Read the sentences: they may not."
        ),
        not_shown="Which figure is right, and what the outlets wrote on other days.",
        strength=max(WEIGHT[verdict] * share * reach, LEAST[verdict]),
        note=(
            "A bar is what the wording leaves open. In brackets: who gives the figure."
        ),
        draw=plot_figures,
        places=topic,
    )


def _figure(row: Any) -> str:
    """A figure as one says it: of "last year" the year."""
    if str(row.about).startswith("year of"):
        return f"{row.value:.0f}"
    return str(row.text)


def _when(topic: pd.DataFrame) -> str:
    """What a year is the year of: "agreement in "."""
    before, _, noun = str(topic["about"].iloc[0]).partition("year of ")
    return f"{noun.partition(',')[0]} in " if noun and not before else ""


def _what(topic: pd.DataFrame) -> str:
    """What is counted, where one word says it: " pages", " people displaced"."""
    about = str(topic["about"].iloc[0]).partition(",")[0]
    pair = topic[topic["differs"]]
    if about.startswith("year of") or pair["unit"].notna().any():
        return ""
    words = pair["counted"].dropna().unique()
    if len(words) == 1 and not about.startswith("people "):
        return f" {words[0]}"
    return f" {about}" if about.startswith("people ") else ""


def _who_says_what(topic: pd.DataFrame, figures: list[str]) -> str:
    """ "A and B give 47, C gives 48.", with a source where an outlet names one."""
    parts = []
    for figure in figures:
        rows = [row for row in records(topic) if _figure(row) == figure]
        outlets = sorted({str(row.outlet) for row in rows})
        sources = {row.attributed_to for row in rows if pd.notna(row.attributed_to)}
        source = f" (from {sources.pop()})" if len(rows) == len(sources) == 1 else ""
        gives = "gives" if len(outlets) == 1 else "give"
        parts.append(f"{joined(outlets)} {gives} {figure}{source}")
    return f"{'; '.join(parts)}."


def _why(topic: pd.DataFrame) -> str:
    """Whether both can be right, and what makes it so."""
    if topic["verdict"].iloc[0] == "contradict":
        return "If they mean one thing, only one can be right."
    told = str(topic["why"].iloc[0])
    reasons = [reason for sign, reason in REASONS.items() if sign in told]
    return f"Both may be right: {joined(reasons)}."
