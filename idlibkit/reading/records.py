"""JSON and JSON Lines as rows, nested records as ``source.name``."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pandas as pd

from ..tables import IdlibkitError, listed
from .cells import whole
from .columns import known_column
from .encodings import decode, note_decodings
from .notes import Notes

__all__ = ["frame_of", "read_json"]

DEPTH = 4  # levels of an answer in which its articles are looked for


def read_json(data: bytes, name: str, notes: Notes) -> pd.DataFrame:
    """The records of any layout of JSON: see `_records`, or JSON Lines."""
    decoded = decode(data)
    note_decodings({decoded.decoding: [name]}, notes)
    text = decoded.text.lstrip()
    document = None
    # JSON Lines begin with a whole object too, which the lines will tell
    if text.startswith(("[", "{")):
        with suppress(ValueError, RecursionError):
            document = json.loads(text)
    unit = "line" if document is None else "record"
    rows, broken = _lines(decoded.text) if document is None else _objects(document)
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
    return frame_of(rows)


def frame_of(rows: list[dict]) -> pd.DataFrame:
    """A table of records, nested ones laid flat."""
    return pd.DataFrame([_flat(row) for row in rows])


def _lines(text: str) -> tuple[list[dict], list[int]]:
    """The objects of JSON Lines, and the numbers of the lines that are none."""
    rows: list[dict] = []
    broken = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        record = None
        with suppress(ValueError, RecursionError):
            record = json.loads(line)
        if isinstance(record, dict):
            rows.append(record)
        else:
            broken.append(number)
    return rows, broken


def _objects(document: Any) -> tuple[list[dict], list[int]]:
    """The objects of a document, and the numbers of its entries that are none."""
    records = _records(document)
    rows = [record for record in records if isinstance(record, dict)]
    broken = [
        number
        for number, record in enumerate(records, 1)
        if not isinstance(record, dict)
    ]
    return rows, broken


def _records(document: Any) -> list:
    """The articles of a JSON document, in each layout that tools write.

    A list of records; an answer of a news service (``{"response": {"results":
    [...]}}``); pandas' ``to_json`` by columns, by index or split; one article.
    """
    if not isinstance(document, dict):
        return document if isinstance(document, list) else []
    columns, data = document.get("columns"), document.get("data")
    if isinstance(data, list):
        if isinstance(columns, list):
            return [dict(zip(columns, row, strict=False)) for row in data]
        if "schema" in document:
            return data
    if _is_grid(document):
        inner = list(next(iter(document.values())))
        if _tells_text(document):
            return [{name: document[name][key] for name in document} for key in inner]
        if _tells_text(inner):
            return list(document.values())
    if _tells_text(name for name, value in document.items() if _is_text(value)):
        return [document]
    lists = _lists(document, DEPTH)
    return max(lists, key=_likelihood) if lists else [document]


def _is_grid(document: dict) -> bool:
    """Whether it is an object of objects that all have the same keys."""
    values = list(document.values())
    if not values or not all(isinstance(value, dict) and value for value in values):
        return False
    return all(value.keys() == values[0].keys() for value in values)


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], str)
    )


def _tells_text(names: Any) -> bool:
    """Whether one of the names is what exports call the text of an article."""
    return any(known_column(str(name)) in ("text", "raw") for name in names)


def _lists(document: dict, depth: int) -> list[list]:
    """Every list of objects inside an answer."""
    lists = []
    for value in document.values():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lists.append(value)
        elif isinstance(value, dict) and depth > 1:
            lists += _lists(value, depth - 1)
    return lists


def _likelihood(records: list) -> tuple[bool, int]:
    """How likely a list is that of the articles: it has texts, or is the longest."""
    return isinstance(records[0], dict) and _tells_text(records[0]), len(records)


def _flat(record: dict) -> dict:
    """A record of plain values and lists of text; nested ones as ``source.name``."""
    flat: dict[str, object] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            inner = {f"{key}.{name}": part for name, part in value.items()}
            flat |= {name: _plain(part) for name, part in inner.items()}
        else:
            flat[key] = _plain(value)
    return flat


def _plain(value: object) -> object:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, list):
        return [
            whole(part) if isinstance(part, str) else json.dumps(part) for part in value
        ]
    return json.dumps(value) if isinstance(value, dict) else value
