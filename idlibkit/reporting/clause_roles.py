"""The roles of actors in clauses: who does, to whom it is done, who is harmed, and
where nobody is named who did it."""

from __future__ import annotations

import pandas as pd

from ..agency import told_harm
from .marks import joined, marks_of

__all__ = ["role_marks", "roles_of"]


def roles_of(clauses: pd.DataFrame) -> pd.DataFrame:
    """A row for each role of an actor in a clause, as `agency_by` counts them: does,
    done to, harmed, unnamed.
    """
    told = clauses[~clauses["negated"]]
    harm = told_harm(clauses)
    rows = {
        "does": told.assign(actor=told["agent_actor"]),
        "done to": told.assign(actor=told["patient_actor"]),
        "harmed": harm.assign(actor=harm["patient_actor"]),
    }
    rows["unnamed"] = rows["harmed"][harm["agent"].isna()]
    parts = [
        part[part["actor"].notna()].assign(role=role) for role, part in rows.items()
    ]
    return pd.concat(parts, ignore_index=True)


def role_marks(roles: pd.DataFrame) -> pd.DataFrame:
    """The verbs of an actor's clauses as marks, whose kind is the role."""
    return joined(
        marks_of(rows, str(role), rows["verb"], rows["actor"])
        for role, rows in roles.groupby("role", sort=False)
    )
