"""The chapter on tone."""

from __future__ import annotations

import pandas as pd

from .chapter import Block, Chapter, Material, places, table

__all__ = ["tone_chapter"]

LEAST = 5  # mentions of an actor by an outlet from which their tone is shown
NONE = "There is too little of the outlets’ own words to compare their tone."


def tone_chapter(material: Material) -> Chapter:
    """Tone of each outlet's own words, and toward actors."""
    finding = material.finding("tone")
    own, note, summary = _own_means(material), "", NONE
    if finding is not None:
        own, note, summary = finding.table, f" {finding.how_sure}", f"{finding.title}."
    blocks = [
        table(
            own,
            text="Tone of each outlet’s own words, from −1 (dark) to 1 (bright): the "
            f"mean over sentences. It is the tone of the wording, not a stance.{note}",
            columns=["outlet", "estimate", "difference", "n_articles", "n_passages"],
            names={"estimate": "Tone"},
            links={"outlet": [places("voice", "own", outlet=o) for o in own["outlet"]]},
            n=100,
        )
    ]
    return Chapter("tone", "Tone", summary, [*blocks, *_toward_actors(material)])


def _own_means(material: Material) -> pd.DataFrame:
    means = material.measures.sentiment_by_voice
    own = means[means["voice"] == "own"]
    return own.sort_values(["estimate", "outlet"], kind="stable")


def _toward_actors(material: Material) -> list[Block]:
    """Tone toward actors in the outlets' own voice, or why it is not there."""
    measures = material.measures
    try:
        means = measures.actor_tone_by
    except Exception as error:  # actors, or the model, may be missing
        return [Block(f"Tone toward actors could not be read: {error}")]
    means = means[(means["voice"] == "own") & (means["n_passages"] >= LEAST)]
    if means.empty:
        return [Block("No outlet names an actor often enough itself for a mean tone.")]
    sample = measures.sample
    if sample:
        sample = f" It was {sample}; the intervals are as wide as that makes them."
    finding = material.finding("tone toward actors")
    compared = f" {finding.title}. {finding.how_sure}" if finding else ""
    # Of several stories the finding compares within each, this table tells the tone.
    columns = ["actor", "outlet", "estimate", "difference", "n_passages"]
    if "story" in measures.actor_tone:
        columns.remove("difference")
        compared = compared or " Too few of them are of one story to compare outlets."
    means = means.sort_values(["estimate", "outlet", "actor"], kind="stable")
    links = [
        places("label", group=row.actor, outlet=row.outlet, voice="own")
        for row in means.itertuples()
    ]
    return [
        table(
            means,
            text="Tone toward actors in the outlets’ own words, from −1 to 1, where an "
            f"outlet has {LEAST} mentions or more.{sample}{compared}",
            columns=columns,
            names={"estimate": "Tone", "n_passages": "Mentions"},
            links={"actor": links},
        )
    ]
