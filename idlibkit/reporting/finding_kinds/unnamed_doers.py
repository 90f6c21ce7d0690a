"""Whether an outlet leaves unnamed who harmed an actor more often than the others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from ...agency import told_harm
from ...plots import plot_estimates
from ...tables import IdlibkitError
from ..plain_words import percent, slug
from .finding import Finding
from .material import Material
from .stands import beyond_all, exact_interval, most_apart, nearer_end, told, widened

__all__ = ["doers_left_unnamed"]

LEAST = 5  # clauses of harm to an actor, in an outlet and in the others
MOST_OUTLETS = 12  # for which actors are proposed
SHOWN = 40  # sentences of each side


def doers_left_unnamed(material: Material) -> Iterator[Finding]:
    """Finding "agency": an actor's harm of which one outlet names the doer more seldom,
    or more often, than the rest.

    Only the outlets' own voice counts. The interval of the difference is widened for
    all outlets and actors together; besides, the others' share must lie outside the
    exact interval of the outlet's, since of few clauses that are all alike resamples
    show no spread. Where no difference stands there is no finding.
    """
    n_outlets = len(material.outlets)
    if n_outlets < 2 or (material.actors is None and n_outlets > MOST_OUTLETS):
        return
    try:
        shares = material.measures.agency_by
    except IdlibkitError:  # no actor to propose
        return
    table = _compared(shares)
    if table["stands"].any():
        yield _finding(material, table)


def _compared(shares: pd.DataFrame) -> pd.DataFrame:
    """The shares of which there are enough clauses, and which differences stand."""
    own = (shares["voice"] == "own") & (shares["share"] == "harm_unnamed")
    table = shares[own & shares["outlet"].notna()]
    others = table.groupby("actor")["total"].transform("sum") - table["total"]
    enough = (table["total"] >= LEAST) & (others >= LEAST)
    enough &= table["difference_low"].notna() & table["ci_low"].notna()
    table = table[enough].reset_index(drop=True)
    low, high = exact_interval(
        table["count"].to_numpy(float), table["total"].to_numpy(float), len(table)
    )
    rest = table["estimate"] - table["difference"]
    outside = (rest < low) | (rest > high)
    return table.assign(stands=beyond_all(table) & outside, sure=nearer_end(table))


def _finding(material: Material, table: pd.DataFrame) -> Finding:
    row = most_apart(table)
    most, wide = row.iloc[0], widened(row, len(table)).iloc[0]
    outlet, actor = str(most["outlet"]), str(most["actor"])
    rest = most["estimate"] - most["difference"]
    verb = "leaves unnamed" if most["difference"] > 0 else "names"
    clauses = _harm_to(material, actor)
    of_actor = table[table["actor"] == actor].drop(columns="sure")
    sample = material.measures.agency_sample
    sample = f" The clauses were {sample}." if sample else ""
    return Finding(
        key=slug("agency", outlet, actor),
        kind="agency",
        title=f"{outlet} {verb} who harmed {actor} more often than the others do",
        summary=(
            f"Of {most['total']} clauses in which {outlet} itself tells of harm done to"
            f" {actor}, {percent(most['estimate'])} name nobody who did it; of the"
            f" others’ {percent(rest)}.{sample}"
        ),
        table=of_actor.sort_values(
            ["estimate", "outlet"], ascending=[False, True], ignore_index=True
        ),
        sentences=material.evidence(_examples(clauses, outlet)),
        how_sure=(
            f"The difference is {told(wide, 'actors and outlets')}. {material.scope}"
        ),
        not_shown=(
            "Who did it, and whether that was known. The sentence beside may name him,"
            " and some clauses are misread."
        ),
        strength=min(abs(float(most["sure"])), 1.0),
        note=f"Harm to {actor} told of in the outlets’ own voice. {material.scope}",
        draw=partial(plot_estimates, xlabel="share that names nobody who did it"),
        places=clauses,
    )


def _harm_to(material: Material, actor: str) -> pd.DataFrame:
    """The clauses in which outlets themselves tell of harm to the actor."""
    harm = told_harm(material.measures.agency)
    own = (harm["patient_actor"] == actor) & (harm["voice"] == "own")
    return harm[own & harm["outlet"].notna()]


def _examples(clauses: pd.DataFrame, outlet: str) -> pd.DataFrame:
    """The first clauses of the outlet and of the others."""
    own = clauses["outlet"] == outlet
    return pd.concat([clauses[own].head(SHOWN), clauses[~own].head(SHOWN)])
