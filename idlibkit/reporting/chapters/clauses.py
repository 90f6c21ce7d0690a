"""The chapter on who does what to whom."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

import pandas as pd

from ...agency import named_in_full, told_harm
from ...plots import figure_width, plot_agency
from ...tables import IdlibkitError, number_of
from ..clause_roles import role_marks, roles_of
from ..pictures import picture_of
from ..templates import filled
from .chapter import Block, Chapter, Material, place, places, table

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["agency_chapter"]

DRAWN = 4  # actors in the picture
LEAST = 3  # clauses of harm from which a share is shown
LISTED = 60  # clauses of harm
ROLES = {
    "does": "Does",
    "done to": "Done to it",
    "harmed": "Harm to it",
    "unnamed": "Nobody named",
}
ROLE_OF_SHARE = {"agent": "does", "patient": "done to", "harm_unnamed": "unnamed"}
COUNTED = (
    "Clauses in which an actor is the one who does, and in which something is done to "
    "it; of these, harm told as done, and how much of it names nobody who did it: “were"
    " killed”, “died”, “the shelling of”. Denied deeds are left out."
)


def agency_chapter(material: Material) -> Chapter | None:
    """Who does, to whom it is done, and where nobody is named; no chapter without
    actors or clauses, or in another language.
    """
    try:
        clauses = material.measures.agency
    except IdlibkitError:
        return None
    roles = roles_of(clauses)
    if roles.empty:
        return None
    material.marks.append(role_marks(roles))
    blocks = [*_picture(material), *_counts(material, roles), *_compared(material)]
    harm = told_harm(clauses)
    if len(harm):
        blocks.append(_clauses_of_harm(harm))
    own = harm[harm["voice"] == "own"]
    summary = "No harm is told of in the outlets’ own words."
    if len(own):
        summary = (
            f"{number_of(len(own), 'clause')} of harm in the outlets’ own words; "
            f"{int(own['agent'].isna().sum()) or 'none'} without a doer."
        )
    return Chapter("agency", "Who does what", summary, blocks)


# ------------------------------------------------------------------------ the picture
def _picture(material: Material) -> list[Block]:
    """The actors with most clauses in the outlets' own words, drawn."""
    shares = material.measures.agency_by
    own = shares[(shares["voice"] == "own") & (shares["share"] == "agent")]
    totals = own.groupby("actor")["total"].sum()
    most = totals[totals > 0].sort_values(ascending=False, kind="stable").head(DRAWN)
    drawn = shares[shares["actor"].isin(most.index)].sort_values(
        "actor", key=lambda actors: actors.map(most.index.get_loc), kind="stable"
    )
    alt = "How often actors do, how often something is done to them, by outlet."
    picture = picture_of(partial(_drawn, drawn), alt, _lead)
    if picture.wide is None:
        return []
    of_whom = "The actors with most clauses in the outlets’ own words."
    sample = material.measures.agency_sample
    if sample:
        of_whom += f" The clauses were {sample}."
    return [Block(of_whom, filled("picture.html.j2", one=picture))]


def _lead(row: Mapping[str, str]) -> str:
    """The clauses that a mark of the picture stands for."""
    role = ROLE_OF_SHARE.get(row.get("share", ""), "does|done to")
    outlet = row.get("outlet", "")
    return places(role, group=row.get("actor"), outlet=outlet, voice="own")


def _drawn(shares: pd.DataFrame, *, width: float) -> Figure:
    with figure_width(width):
        return cast("Figure", plot_agency(shares).figure)


# ------------------------------------------------------------------------- the tables
def _counts(material: Material, roles: pd.DataFrame) -> list[Block]:
    """How often each actor has each role: in own words, then in others'."""
    counts = roles.groupby(["voice", "actor", "role"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(ROLES), fill_value=0)
    counts = counts.assign(all=counts["does"] + counts["done to"]).reset_index()
    counts = counts.sort_values(
        ["voice", "all", "actor"], ascending=[True, False, True], kind="stable"
    )
    is_own = counts["voice"] == "own"
    texts = {
        True: f"In the outlets’ own words. {COUNTED}{material.actors_note}",
        False: "The same in what the outlets quote or report.",
    }
    blocks = []
    for own, text in texts.items():
        rows = counts[is_own == own]
        if rows.empty:
            continue
        columns = ["actor", *([] if own else ["voice"]), *ROLES]
        links = {role: _links(rows, role) for role in ROLES}
        blocks.append(table(rows, text=text, columns=columns, names=ROLES, links=links))
    return blocks


def _links(rows: pd.DataFrame, role: str) -> list[str]:
    """Where the clauses are that a count is of."""
    return [
        places(role, group=actor, voice=voice) if n else ""
        for actor, voice, n in zip(
            rows["actor"], rows["voice"], rows[role], strict=True
        )
    ]


def _compared(material: Material) -> list[Block]:
    """Harm with nobody named, outlet by outlet."""
    shares = material.measures.agency_by
    own = (shares["voice"] == "own") & (shares["share"] == "harm_unnamed")
    rows = shares[own & (shares["total"] >= LEAST)]
    if material.n_outlets < 2 or rows.empty:
        return []
    rows = rows.sort_values(
        ["total", "actor", "outlet"], ascending=[False, True, True], kind="stable"
    )
    return [
        table(
            rows,
            text="Of the harm that each outlet itself tells of, how much names nobody "
            f"who did it, where there are {LEAST} clauses or more.",
            columns=["actor", "outlet", "estimate", "difference", "total"],
            names={"estimate": "Nobody named", "total": "Harm to it"},
            shares=["estimate", "difference"],
            links={
                "total": [
                    places("harmed", group=row.actor, outlet=row.outlet, voice="own")
                    for row in rows.itertuples()
                ]
            },
        )
    ]


def _clauses_of_harm(harm: pd.DataFrame) -> Block:
    """The clauses themselves, those in the outlets' own voice first."""
    rows = named_in_full(harm)
    rows = rows.assign(
        others=harm["voice"] != "own",
        doer=rows["agent"].fillna("nobody named"),
        speaker=harm["speaker"].fillna(harm["voice"]).where(harm["voice"] != "own"),
    ).sort_values(["others", "outlet", "article_id", "start"], kind="stable")
    return table(
        rows,
        text="The clauses that tell of harm as done, in the outlets’ own words first.",
        columns=["doer", "text", "patient", "outlet", "speaker"],
        names={"doer": "Who", "text": "Does", "patient": "To whom", "speaker": "Voice"},
        links={
            "text": [
                place(row.article_id, row.start, row.end) for row in rows.itertuples()
            ]
        },
        n=LISTED,
    )
