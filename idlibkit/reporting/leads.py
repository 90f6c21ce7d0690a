"""Where the marks of a finding's picture lead: to the sentences of just that mark."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from .chapters import places
from .finding_kinds import Finding
from .marks import marks_of
from .pictures import Lead

__all__ = ["lead_of", "places_behind"]

KIND = "finding"
# Of what a mark stands for: what sentences are chosen by; and, by a column of the
# places, what names the mark.
CHOSEN_BY = {"outlet": "outlet", "voice": "voice", "article_id": "id"}
NAMED_BY = {"term": "term", "column": "column", "silent": "outlet"}


def places_behind(finding: Finding) -> pd.DataFrame | None:
    """The places that the marks of its picture are made of, as `marks_of` has them;
    None where these are whole passages.
    """
    behind = finding.places
    if behind is None:
        return None
    names = [behind[column] for column in NAMED_BY if column in behind]
    return marks_of(behind, KIND, names[0] if names else "", finding.key)


def lead_of(finding: Finding) -> Lead:
    """The address of the sentences behind each mark of its picture."""

    def lead(row: Mapping[str, str]) -> str:
        if finding.places is None:
            return places("voice", row.get("voice", "own"), outlet=row.get("outlet"))
        named = [of for column, of in NAMED_BY.items() if column in finding.places]
        chosen = [name for name in row if name in CHOSEN_BY and name not in named]
        asked = {CHOSEN_BY[name]: row[name] for name in chosen}
        if "nth" in row:
            asked |= _one_place(finding.places, row)
        elif "start" in row:
            asked["at"] = f"{row['start']}-{row['end']}"
        name = next((row[of] for of in named if of in row), "")
        return places(KIND, name, group=finding.key, **asked)

    return lead


def _one_place(behind: pd.DataFrame, row: Mapping[str, str]) -> dict[str, str]:
    """The article and the place in it of the nth of the rows that a mark stands for."""
    told_by = [name for name in row if name in behind]
    same = [behind[name].astype("str") == row[name] for name in told_by]
    rows = behind[np.logical_and.reduce(same)].sort_values(["article_id", "start"])
    one = rows.iloc[int(row["nth"])]
    return {"id": str(one["article_id"]), "at": f"{one['start']}-{one['end']}"}
