"""Folders of tables: parts of one export, partitions, one JSON for each article."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from ..tables import IdlibkitError
from .exports import FOLDER_OUTLET, read_table
from .folders import File
from .notes import Notes
from .outlets import folder_outlet

__all__ = ["read_parts"]


def read_parts(files: list[File], what: str, notes: Notes) -> pd.DataFrame:
    """The rows of all tables, with the values that their folders name.

    A folder ``year=2020`` gives the column year, as partitioned archives have it.
    """
    parts = []
    reasons: dict[str, list[str]] = defaultdict(list)
    for file in files:
        try:
            part = read_table(file.path, notes)
        except IdlibkitError as error:
            reasons[_reason(str(error))].append(file.name)
            continue
        parts.append(part.assign(**_facts(file.name, set(map(str, part.columns)))))
    for reason, names in sorted(reasons.items()):
        notes.left_out(names, reason)
    if not parts:
        raise IdlibkitError(f"no table in {what} can be read. {notes}")
    return pd.concat(parts, ignore_index=True)


def _reason(message: str) -> str:
    """An error of one table without its name, so that many are said at once."""
    name, _, reason = message.partition("' ")
    return (reason if name.startswith("'") else message).rstrip(".")


def _facts(name: str, present: set[str]) -> dict[str, str]:
    """What the name of a table inside the folder says of its articles."""
    pairs = (part.partition("=") for part in name.split("/")[:-1])
    facts = {key: value for key, equals, value in pairs if equals}
    stem = name.rsplit("/", 1)[-1].split(".", 1)[0]
    facts |= {"source_file": name, FOLDER_OUTLET: folder_outlet(name) or stem}
    return {key: value for key, value in facts.items() if key not in present}
