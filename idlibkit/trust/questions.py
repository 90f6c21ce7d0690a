"""What is asked about a row, the machine's answer, and the answers that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..cleaning import ROLES
from ..tables import IdlibkitError, check_by

__all__ = ["ALL", "NONE", "OTHER", "Question", "as_read", "question_of"]


# What is asked of a table where nobody says: known by its columns, the first that fits.
QUESTIONS = [
    ({"kind", "speaker", "cue"}, ["speaker"]),
    ({"value", "counted", "unit"}, ["value", "unit", "counted"]),
    ({"tone"}, ["tone"]),
    ({"actor", "label"}, ["actor"]),
    ({"frame"}, ["frame"]),
    ({"role", "kept"}, ["role"]),
    ({"voice"}, ["voice"]),
]
# Columns whose values are the answers that there are.
CLOSED_COLUMNS = {
    *("voice", "role", "kind", "kept", "frame", "actor", "tone"),
    *("cue_stance", "named", "in_marks"),
}
# Answers that there are, though they may not stand in a table.
ALWAYS = {
    "voice": ["own", "quoted", "reported"],
    "role": sorted({role for role, _ in ROLES}),
}
NONE, OTHER, ALL = "(none)", "(another)", "(all)"
TONE = 0.05  # VADER's own threshold of the compound score (Hutto & Gilbert 2014)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the machine's answer in each row, and the answers there are (empty
    where that is not known).
    """

    asked: str
    answers: pd.Series
    choices: str


def question_of(rows: pd.DataFrame, answer: str | Sequence[str] | None) -> Question:
    if answer is None and "compound" in rows:
        sides = [rows["compound"] >= TONE, rows["compound"] <= -TONE]
        side = np.select(sides, ["positive", "negative"], "neutral")
        choices = "negative | neutral | positive"
        return Question("tone", pd.Series(side, dtype="str"), choices)
    if answer is None:
        known = (ask for columns, ask in QUESTIONS if columns <= set(rows.columns))
        answer = next(known, None)
    if answer is None:
        raise IdlibkitError(
            "what is to be judged? Name the column with the machine's answer, "
            f"such as answer={rows.columns[-1]!r}."
        )
    names = check_by(rows, answer, "the table")
    if len(names) > 1:
        cells = zip(*(as_read(rows[name]) for name in names), strict=True)
        joined = [" · ".join(c for c in row if c != NONE) or NONE for row in cells]
        return Question(", ".join(names), pd.Series(joined, dtype="str"), "")
    values = rows[names[0]]
    shown = as_read(values)
    return Question(names[0], shown, " | ".join(_choices(values, shown)))


def _choices(values: pd.Series, shown: pd.Series) -> list[str]:
    """What may be written besides yes and no; nothing where that is not known."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        categories = as_read(values.cat.categories.to_series())
        return list(dict.fromkeys([*categories, *shown[values.isna()]]))
    name = str(values.name)
    if name in CLOSED_COLUMNS or values.dtype == bool:
        return sorted({*shown, *ALWAYS.get(name, [])})
    return []


def as_read(values: pd.Series) -> pd.Series:
    """Values as people read them; truth as a word that no spreadsheet translates."""
    name = str(values.name).replace("_", " ")
    shown = [_word(value, name) or NONE for value in values]
    return pd.Series(shown, values.index, dtype="str")


def _word(value: Any, name: str) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return name if value else f"not {name}"
    return f"{value:.12g}" if isinstance(value, float) else " ".join(str(value).split())
