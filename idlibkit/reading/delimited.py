"""CSV and its kin as rows of text."""

from __future__ import annotations

import io
import re

import pandas as pd

from ..tables import IdlibkitError
from .encodings import BOMS, MAGIC, decode, note_decodings
from .notes import Notes

__all__ = ["decoded_file", "read_delimited"]

START = 65_536  # bytes that show the encoding and the separator


def decoded_file(path: str, name: str, notes: Notes) -> str:
    """The text of a table's file; how it was decoded is said where it is not sure."""
    with open(path, "rb") as file:
        decoded = decode(file.read())
    note_decodings({decoded.decoding: [name]}, notes)
    return decoded.text


def read_delimited(path: str, name: str, notes: Notes) -> pd.DataFrame:
    """The rows of a CSV or TSV, every cell as text."""
    with open(path, "rb") as file:
        start = file.read(START)
    try:
        if _may_be_utf8(start):
            try:
                return _parsed(path, start.decode("utf-8-sig", "replace"), name)
            except UnicodeDecodeError:
                pass
        text = decoded_file(path, name, notes)
        return _parsed(io.StringIO(text, newline=""), text[:START], name)
    except pd.errors.EmptyDataError:
        raise IdlibkitError(
            f"{name!r} is empty; it needs a line of column names and one row per "
            "article."
        ) from None
    except pd.errors.ParserError as error:
        raise IdlibkitError(
            f"{name!r} is not a sound CSV: {_reason(error)}. A text that holds the "
            "separator, a quotation mark or a line end must stand in double quotes, "
            'with each quote inside it doubled ("").'
        ) from error


def _may_be_utf8(start: bytes) -> bool:
    others = (*(bom for bom, _ in BOMS[1:]), *(magic for magic, _ in MAGIC))
    return b"\0" not in start and not start.startswith(others)


def _reason(error: pd.errors.ParserError) -> str:
    reason = str(error).split("C error: ")[-1].strip()
    opened = re.search(r"EOF inside string starting at row (\d+)", reason)
    if opened:
        return f"a quotation mark opened in row {opened[1]} is never closed"
    return reason


def _separator(start: str) -> str:
    """The mark that stands most often in the line of names, outside quotation marks."""
    header = re.sub(r'"[^"\n]*"', "", start.lstrip().split("\n", 1)[0])
    return max(",;\t|", key=header.count)


def _parsed(source: str | io.StringIO, start: str, name: str) -> pd.DataFrame:
    # all as text: a day or an id must not lose its zeros, nor an outlet called NA its
    # name
    table = pd.read_csv(
        source,
        sep=_separator(start),
        encoding="utf-8-sig",
        dtype="str",
        keep_default_na=False,
        na_values=[""],
        low_memory=False,
    )
    # pandas takes a column too many for the names of rows
    if not isinstance(table.index, pd.RangeIndex):
        raise IdlibkitError(
            f"{name!r}: its rows have more fields than its first line has names; name "
            "every column."
        )
    return table
