"""JSON and JSON Lines as rows, nested records as ``source.name``."""

from __future__ import annotations

import json
from contextlib import suppress

import pandas as pd

from ..tables import IdlibkitError, listed
from .cells import whole
from .delimited import decoded_file
from .notes import Notes

__all__ = ["read_json"]


def read_json(path: str, name: str, notes: Notes) -> pd.DataFrame:
    """The records of a JSON list, of a news service's answer, or of JSON Lines."""
    text = decoded_file(path, name, notes)
    document = None
    if text.lstrip().startswith("[") or path.lower().endswith(".json"):
        # JSON Lines under the ending of JSON, or broken: the lines will tell
        with suppress(ValueError, RecursionError):
            document = json.loads(text)
    if document is None or not isinstance(document, list | dict):
        rows, broken = _lines(text)
        unit = "line"
    else:
        rows, broken = _records(document)
        unit = "record"
    if not rows:
        raise IdlibkitError(
            f"{name!r} holds no record that can be read; each line must be one JSON "
            'object such as {"outlet": "The Daily", "text": "..."}.'
        )
    if broken:
        notes.add(
            f"{name!r}: {unit} {listed(broken)} is not a whole JSON object and was "
            "left out; the file may have been cut off while it was written."
        )
    return pd.DataFrame(rows)


def _lines(text: str) -> tuple[list[dict], list[int]]:
    """The objects of JSON Lines, and the numbers of the lines that are none."""
    rows, broken = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            rows.append(_flat(json.loads(line)))
        except (ValueError, AttributeError, RecursionError):
            broken.append(number)
    return rows, broken


def _records(document: list | dict) -> tuple[list[dict], list[int]]:
    """The objects of a list, and the numbers of its entries that are none."""
    if isinstance(document, dict):
        # an answer of a news service: the articles are its one list of records
        lists = [
            value
            for value in document.values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        document = lists[0] if len(lists) == 1 else [document]
    rows = [_flat(record) for record in document if isinstance(record, dict)]
    broken = [
        number
        for number, record in enumerate(document, 1)
        if not isinstance(record, dict)
    ]
    return rows, broken


def _flat(record: dict) -> dict:
    """A record of plain values: nested ones as ``source.name``, lists as text."""
    flat: dict[str, object] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            for inner, part in value.items():
                flat[f"{key}.{inner}"] = _plain(part)
        elif isinstance(value, list):
            flat[key] = "; ".join(
                part if isinstance(part, str) else json.dumps(part) for part in value
            )
        else:
            flat[key] = value
    return {
        key: whole(value) if isinstance(value, str) else value
        for key, value in flat.items()
    }


def _plain(value: object) -> object:
    return json.dumps(value) if isinstance(value, dict | list) else value
