"""Whether an outlet's own sentences put an actor in a better or worse light than the
others' do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd

from ...plots import plot_estimates
from ...tables import IdlibkitError, percent, records
from ...text import fold
from ...trust import accuracy_card
from ..plain_words import slug
from .finding import Finding
from .material import Material
from .stands import beyond_all, most_apart, nearer_end, told, widened

__all__ = ["differences_toward_actors"]

LEAST = 5  # mentions of an actor, by an outlet and by the others
SURE = (
    0.85  # probability of an answer from which the accuracy card has a row of its own
)
CLASSES = ["negative", "neutral", "positive"]
SHOWN = 5  # sentences of each side
NOTHING = 0.015  # strength where nothing differs


def differences_toward_actors(material: Material) -> Iterator[Finding]:
    """Finding "tone toward actors": the outlet whose own sentences differ most from the
    others' in what they make of an actor.

    Only the outlets' own voice counts, and actors with five mentions or more by the
    outlet and by the others. Where stories are given, each mention is set against the
    mean of the actor's mentions in its story, so that who tells of its worst deeds is
    not taken for harder on it. The interval of the difference is widened for all
    outlets and actors together. Where none leaves out 0, the finding says so. How often
    the model is right for such an actor is told from the accuracy card.
    """
    if len(material.outlets) < 2:
        return
    try:
        actors = material.measures.actors
    except IdlibkitError:  # no actor to propose
        return
    if not actors:
        return
    if material.measures.compared_tone.empty:
        return
    means = material.measures.compared_tone_by
    table = _compared(means[means["outlet"].isin(material.outlets)])
    if len(table) > 1:
        yield _finding(material, table)


def _compared(means: pd.DataFrame) -> pd.DataFrame:
    """The means of which there are enough mentions, and which differences stand."""
    table = means[means["voice"] == "own"]
    others = table.groupby("actor")["n_passages"].transform("sum") - table["n_passages"]
    enough = (table["n_passages"] >= LEAST) & (others >= LEAST)
    enough &= table["difference_low"].notna() & table["ci_low"].notna()
    table = table[enough].reset_index(drop=True)
    return table.assign(stands=beyond_all(table), sure=nearer_end(table))


def _finding(material: Material, table: pd.DataFrame) -> Finding:
    row = most_apart(table)
    most, wide = row.iloc[0], widened(row, len(table)).iloc[0]
    outlet, actor = str(most["outlet"]), str(most["actor"])
    darker = most["difference"] < 0
    mentions = _mentions(material, actor)
    accuracy = _accuracy(material, actor)
    if most["stands"]:
        how = "negatively" if darker else "positively"
        others = sorted(set(mentions["outlet"]) - {outlet})
        than = f"{others[0]} does" if len(others) == 1 else "the others do"
        title = f"{outlet} itself writes more {how} of {actor} than {than}"
        key = slug("tone toward", actor, outlet)
        strength = abs(float(most["sure"])) * accuracy.figure
        verdict = "beyond chance"
    else:
        title = "In tone toward the actors no outlet stands apart"
        key, strength, verdict = "tone-toward-actors", NOTHING, "it could be chance"
    of_actor = table[table["actor"] == actor].drop(columns="sure")
    rest = most["estimate"] - most["difference"]
    return Finding(
        key=key,
        kind="tone toward actors",
        title=title,
        summary=(
            f"From -1, all negative, to 1, all positive, the {most['n_passages']}"
            f" mentions of {actor} in {outlet}’s own words have"
            f" {most['estimate']:.2f} on average, those of the others {rest:.2f}."
            + (" 0 is the mean in each story." if "story" in mentions else "")
        ),
        table=of_actor.sort_values(["estimate", "outlet"], ignore_index=True),
        sentences=material.evidence(_examples(mentions, outlet, darker)),
        how_sure=(
            f"Toward {actor} {outlet} differs from the others by"
            f" {told(wide, 'actors and outlets', points=False)}: {verdict}."
            f" {_how_often_right(material, accuracy, mentions)} {material.scope}"
        ),
        not_shown=(
            "What the outlets think of it. Blame that is denied is still read as"
            " blame in two of five, and other deeds of an actor make another tone."
        ),
        strength=strength,
        note=f"Mentions of {actor} in the outlets’ own words.{_made_of(material)}",
        draw=partial(plot_estimates, xlabel=f"tone toward {actor}"),
        places=mentions,
    )


def _mentions(material: Material, actor: str) -> pd.DataFrame:
    """The mentions of an actor that a mean is made of."""
    tones = material.measures.compared_tone
    own = (tones["voice"] == "own") & tones["outlet"].isin(material.outlets)
    tones = tones[own & (tones["actor"] == actor)]
    return tones.assign(balance=tones["positive"] - tones["negative"])


def _examples(mentions: pd.DataFrame, outlet: str, darker: bool) -> pd.DataFrame:
    """The mentions read most surely in the direction told, the outlet's and others'."""
    order = ["balance", "article_id", "start"]
    ranked = mentions.sort_values(order, ascending=[darker, True, True])
    own = ranked["outlet"] == outlet
    return pd.concat([ranked[own].head(SHOWN), ranked[~own].head(SHOWN)])


def _made_of(material: Material) -> str:
    """What the means are made of, where not of all mentions of given actors."""
    sample = material.measures.sample
    proposed = "" if material.actors is not None else " The actors were proposed."
    return (f" Tone was {sample}." if sample else "") + proposed


# ------------------------------------------------------------- how often it is right
def _accuracy(material: Material, actor: str) -> Any:
    """The row of the accuracy card that speaks of sentences on such an actor."""
    names = {fold(name) for name in (actor, *material.measures.actors[actor])}
    measure = "states: right, all answers"
    if names & material.persons:
        measure = "macro-F1 of three classes, through passages and labels"
    return _on_the_card(measure)


def _on_the_card(measure: str) -> Any:
    card = accuracy_card()
    of_tone = (card["extractor"] == "actor_tone") & (card["measure"] == measure)
    return next(records(card[of_tone]))


def _how_often_right(material: Material, accuracy: Any, mentions: pd.DataFrame) -> str:
    """How often single answers are right, and how many of these are sure ones."""
    if not accuracy.measure.startswith("states"):
        return (
            "On sentences on persons about four single answers in five are right"
            f" (macro-F1 {accuracy.figure:.2f}, {accuracy.low:.2f} to"
            f" {accuracy.high:.2f})."
        )
    ends = f"{100 * accuracy.low:.0f} to {100 * accuracy.high:.0f}"
    sure = _on_the_card("states: right, answers of 0.85 or more")
    tones = material.measures.actor_tone.loc[mentions.index, CLASSES]
    best = tones.max(axis=1)
    return (
        f"A single answer is right in {percent(accuracy.figure)} ({ends}) of sentences"
        f" on states and armed groups, and in {percent(sure.figure)} where the model is"
        f" surest, as in {int((best >= SURE).sum())} of these {len(mentions)}."
    )
