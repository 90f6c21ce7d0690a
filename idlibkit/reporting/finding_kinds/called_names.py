"""Whether an outlet calls an actor something else than the others do."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from ...actors import labels, labels_by, suggest_actors
from ...plots import plot_estimates
from ...tables import IdlibkitError
from ...text import fold, is_abbreviation
from ..plain_words import mark, percent, slug
from .finding import Finding
from .material import Material
from .stands import beyond_all, most_apart, nearer_end, told, widened

__all__ = ["names_of_actors"]

LEAST_MENTIONS = 5  # of an actor, by an outlet and by the others
MOST_OUTLETS = 12  # for which actors are proposed
NOTHING = 0.01  # strength where nothing differs
MOST_SENTENCES = 100


def names_of_actors(material: Material) -> Iterator[Finding]:
    """Finding "labels": the name for an actor that one outlet uses more than the rest.

    Only the outlets' own voice counts. A label that holds another one is counted as
    that (a short form of a name is no other wording). The interval of the difference is
    widened for all outlets and labels together. Where none leaves out 0, the finding
    says so. Without `actors` they are proposed by `suggest_actors`, for
    twelve outlets or fewer.
    """
    n_outlets = len(material.outlets)
    if n_outlets < 2 or (material.actors is None and n_outlets > MOST_OUTLETS):
        return
    mentions = _mentions(material)
    if mentions is None or mentions.empty:
        return
    shares = labels_by(mentions)
    table = shares[shares["difference_low"].notna() & shares["ci_low"].notna()]
    if material.actors is None:  # proposed ones: no other wording than their name
        same = table["actor"].map(fold) == table["label"].map(fold)
        short = table["label"].map(is_abbreviation).astype(bool)
        table = table[~same.astype(bool) & ~short]
    everywhere = mentions.groupby("actor").size()
    others = table["actor"].map(everywhere).astype(float) - table["n_mentions"]
    enough = (table["n_mentions"] >= LEAST_MENTIONS) & (others >= LEAST_MENTIONS)
    table = table[enough].reset_index(drop=True)
    if table.empty:
        return
    table = table.assign(stands=beyond_all(table), sure=nearer_end(table))
    yield _finding(material, table, mentions)


def _mentions(material: Material) -> pd.DataFrame | None:
    """What the outlets themselves call the actors, short forms as one."""
    actors = material.actors
    own = material.passages[material.passages["voice"] == "own"]
    if actors is None:
        try:
            actors = suggest_actors(material.passages)
        except IdlibkitError:
            return None
    found = labels(own, actors)
    pairs = found[["actor", "label"]].drop_duplicates()
    short: dict[str, str] = {}
    for _, names in pairs.groupby("actor")["label"]:
        short |= {name: _shortest(name, list(names)) for name in names}
    return found.assign(label=found["label"].map(short).astype("str"))


def _shortest(name: str, names: list[str]) -> str:
    """The shortest of the names whose words all stand in this one."""
    words = set(fold(name).split())
    inside = [other for other in names if set(fold(other).split()) <= words]
    return min(inside, key=lambda other: (len(other.split()), len(other), other))


def _finding(
    material: Material, table: pd.DataFrame, mentions: pd.DataFrame
) -> Finding:
    row = most_apart(table)
    wide, most = widened(row, len(table)).iloc[0], row.iloc[0]
    outlet, actor, label = (str(most[name]) for name in ("outlet", "actor", "label"))
    of_label = table[(table["actor"] == actor) & (table["label"] == label)]
    rest = most["estimate"] - most["difference"]
    if most["stands"]:
        how = "more" if most["difference"] > 0 else "less"
        title = f"{outlet} calls {actor} {mark(label)} {how} than the others do"
        key, strength = slug("labels", outlet, label), abs(float(most["sure"]))
        compared = f"of the others’ {percent(rest)}."
    else:
        title = "No outlet has names of its own for the actors"
        key, strength = "labels", NOTHING
        compared = f"of the others’ {percent(rest)}. That could be chance."
        if percent(rest) == percent(most["estimate"]):
            compared = "of the others’ as many."
    of_actor = mentions[(mentions["actor"] == actor) & (mentions["label"] == label)]
    return Finding(
        key=key,
        kind="labels",
        title=title,
        summary=(
            f"Of the times that {outlet} itself names {actor},"
            f" {percent(most['estimate'])} are {mark(label)}; {compared}"
        ),
        table=of_label.drop(columns="sure").sort_values(
            ["estimate", "outlet"], ascending=[False, True], ignore_index=True
        ),
        sentences=material.evidence(of_actor.head(MOST_SENTENCES)),
        how_sure=(
            f"The difference is {told(wide, 'names and outlets')}. {material.scope}"
        ),
        not_shown="Names in quoted speech, and names that the table of actors lacks.",
        strength=strength,
        note=(f"Mentions of {actor} in the outlets’ own voice. {material.scope}"),
        draw=partial(
            plot_estimates, xlabel=f"share of {mark(label)} among the names for {actor}"
        ),
        places=of_actor,
    )
