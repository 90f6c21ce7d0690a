"""The columns of anybody's table under the names used here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import pandas as pd

from ..lexicons import table as lexicon
from ..tables import IdlibkitError, check_columns, listed
from .notes import Notes

__all__ = ["address_column", "aliases", "known_column", "name_columns"]

# Not columns of every table: where to look for what is missing, and of a manifest.
ELSEWHERE = ("file", "address", "color", "yes", "no")


def aliases() -> dict[str, list[str]]:
    """What exports call each column of an article, likeliest first."""
    names = {name: words.split() for name, words in lexicon("columns.toml").items()}
    names = {name: words for name, words in names.items() if name not in ELSEWHERE}
    return {**names, "raw": [], "source_file": []}


@cache
def _by_alias() -> dict[str, str]:
    return {
        other: name for name, others in aliases().items() for other in [name, *others]
    }


def known_column(name: str) -> str | None:
    """Which column of an article exports call `name`, if any."""
    return _by_alias().get(_plain(name))


def address_column(table: pd.DataFrame) -> str | None:
    """The column with the articles' addresses on the web, if there is one."""
    by_plain = {_plain(str(name)): str(name) for name in reversed(list(table.columns))}
    for name in lexicon("columns.toml")["address"].split():
        if name in by_plain:
            return by_plain[name]
    return None


def name_columns(
    table: pd.DataFrame,
    columns: Mapping[str, str] | None,
    names: Mapping[str, list[str]],
    what: str,
    notes: Notes,
) -> pd.DataFrame:
    """Columns renamed: those that `columns` gives, then those known from `names`."""
    table = table.rename(columns=str)
    repeated = table.columns[table.columns.duplicated()]
    if len(repeated):
        raise IdlibkitError(
            f"{what} has two columns named {listed(repeated.unique())}; rename or drop "
            "one."
        )
    if columns:
        _check_renaming(table, columns, what)
        table = table.rename(columns=dict(columns))
    renaming = _renaming(list(table.columns), names)
    taken = [
        f"{old!r} as {new}"
        for old, new in renaming.items()
        if old.strip().lower() != new
    ]
    if taken:
        names_taken = f"columns of {what} taken: {', '.join(taken)}"
        notes.inform(
            f"{names_taken}; give columns={{...}} if that is wrong.",
            command=f"{names_taken}; give --column THEIRS=OURS if that is wrong.",
        )
    return table.rename(columns=renaming)


def _check_renaming(table: pd.DataFrame, columns: Mapping[str, str], what: str) -> None:
    check_columns(table, columns, what)
    present = [
        new for old, new in columns.items() if new in table and new not in columns
    ]
    if present or len(set(columns.values())) < len(columns):
        raise IdlibkitError(
            f"columns={dict(columns)!r} would give two columns named "
            f"{listed(present or columns.values())}; rename or drop one first."
        )


def _renaming(present: list[str], names: Mapping[str, list[str]]) -> dict[str, str]:
    """For each name that is not there, the likeliest column that stands for it."""
    by_plain = {_plain(name): name for name in reversed(present)}
    renaming: dict[str, str] = {}
    for name, others in names.items():
        if name in present:
            continue
        for other in [name, *others]:
            column = by_plain.get(other)
            if column is not None and column not in renaming and column not in names:
                renaming[column] = name
                break
    return renaming


def _plain(name: str) -> str:
    """``Source.Name`` as ``source_name``."""
    return re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")
