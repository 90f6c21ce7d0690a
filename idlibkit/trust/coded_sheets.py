"""Filled-in sheets as they come back: read, joined, and checked against the ids."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..reading import Notes, read_table
from ..tables import IdlibkitError, IdlibkitWarning, check_columns, listed
from .coding import fingerprint

__all__ = ["Sheet", "coders_of", "group_sizes", "read_sheet"]


NEEDED = ["id", "group", "group_size", "context", "answer"]
_GUARDED = re.compile(r"'\s*[-=+@＝＋－＠]")
_ID = re.compile(r"r[0-9a-f]{10}-[0-9a-f]{4}")
_CODER = re.compile(r"coder[ _-]?\w+", re.IGNORECASE)


Sheet = pd.DataFrame | str | os.PathLike[str]


def read_sheet(coded: Sheet | Sequence[Sheet], by: str) -> pd.DataFrame:
    """The filled-in sheet with plain cells, one row for each id that was judged."""
    if isinstance(coded, Sequence) and not isinstance(coded, str):
        sheet = _joined([_one_sheet(one, by) for one in coded])
    else:
        sheet = _one_sheet(coded, by)
    sheet = sheet[(sheet[["id", *_columns_of_coders(sheet)]] != "").any(axis=1)]
    _check_ids(sheet)
    return sheet


def _one_sheet(coded: Sheet, by: str) -> pd.DataFrame:
    sheet = coded.copy() if isinstance(coded, pd.DataFrame) else _read(coded)
    check_columns(sheet, [*NEEDED, by], "the coded sheet")
    for name in sheet.columns:
        sheet[name] = [_cell(value) for value in sheet[name]]
    sheet.index = pd.Index([f"row {i + 2}" for i in range(len(sheet))])  # as on screen
    return sheet


def _joined(sheets: list[pd.DataFrame]) -> pd.DataFrame:
    """The sheets of several coders as one, each with the columns that he or she filled
    in.
    """
    if not sheets:
        raise IdlibkitError(
            "the list of coded sheets is empty; give one for each coder."
        )
    first = sheets[0]
    joined = first.drop(columns=_columns_of_coders(first))
    number = 0
    for sheet in sheets:
        strange = sorted(set(sheet["id"]) ^ set(first["id"]))
        if strange:
            raise IdlibkitError(
                f"the sheets are not copies of one: id {listed(strange, 3)} is not in "
                "all of them. Give the sheets that were made from one coding_sample."
            )
        rows = sheet.set_index("id").loc[first["id"]]
        for name in _columns_of_coders(sheet):
            if (sheet[name] != "").any():
                number += 1
                joined[f"coder_{number}"] = rows[name].to_numpy()
    if not number:
        joined["coder_1"] = ""
    return joined


def _read(path: str | os.PathLike[str]) -> pd.DataFrame:
    path = os.fspath(path)
    if not os.path.isfile(path):
        raise IdlibkitError(
            f"there is no file {path!r}; check its name and the folder you are in."
        )
    notes = Notes()
    table = read_table(path, notes)
    notes.warn(stacklevel=3)
    return table


def _cell(value: Any) -> str:
    """A cell as text, without the apostrophe that kept it from being a formula."""
    if pd.isna(value):
        return ""
    text = f"{value:.12g}" if isinstance(value, float) else str(value).strip()
    return text[1:] if _GUARDED.match(text) else text


def _check_ids(sheet: pd.DataFrame) -> None:
    mend = (
        "Take the columns id, context and answer from the sheet as it was drawn, and "
        "write only into the coders' columns."
    )
    odd = [not _ID.fullmatch(value) for value in sheet["id"]]
    if any(odd):
        raise IdlibkitError(
            f"{listed(sheet.index[odd])}: the id was changed or is missing. {mend}"
        )
    twice = sheet["id"].duplicated(keep=False)
    if twice.any():
        raise IdlibkitError(
            f"{listed(sheet.index[twice])}: the same id stands more than once; "
            "keep one row of each."
        )
    cells = zip(sheet["id"], sheet["context"], sheet["answer"], strict=True)
    moved = [
        one.split("-")[1] != fingerprint(context, answer)
        for one, context, answer in cells
    ]
    if any(moved):
        raise IdlibkitError(
            f"{listed(sheet.index[moved])}: context or answer is not the one with this "
            f"id: it was edited, or a column was sorted without the others. {mend}"
        )


def _columns_of_coders(sheet: pd.DataFrame) -> list[str]:
    return [name for name in map(str, sheet) if _CODER.fullmatch(name)]


def coders_of(sheet: pd.DataFrame) -> list[str]:
    """The columns of coders who wrote anything; the others are named."""
    columns = _columns_of_coders(sheet)
    empty = [name for name in columns if not (sheet[name] != "").any()]
    coders = [name for name in columns if name not in empty]
    if not coders:
        where = listed(empty) if empty else "a column coder_1"
        raise IdlibkitError(
            f"nothing is coded yet: {where} must hold yes, no or the right answer."
        )
    if empty:
        warnings.warn(
            f"{listed(empty)} is empty and left out.", IdlibkitWarning, stacklevel=3
        )
    return coders


def group_sizes(sheet: pd.DataFrame) -> pd.Series:
    size = pd.to_numeric(sheet["group_size"], errors="coerce")
    if not (size > 0).all():
        raise IdlibkitError(
            f"group_size of {listed(sheet.index[~(size > 0)])} is no number; "
            "copy it from the sheet as drawn."
        )
    return size
