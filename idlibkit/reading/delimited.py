"""CSV and its kin as rows of text, in whatever way marks and separators are written."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from ..tables import IdlibkitError, listed
from .columns import known_column
from .encodings import decode, note_decodings
from .notes import Notes

__all__ = ["TOP", "read_delimited"]

# The csv module refuses cells of more than 131,072 characters; articles may be longer.
csv.field_size_limit(sys.maxsize)

SEPARATORS = ",;\t|"
START = 65_536  # bytes that show the separator
UNQUOTED = "\t|"  # separators that files without quoting use: no text holds them
TOP = 30  # rows among which the names of the columns are looked for
MISSING = {"", "NA", "NaN", "NULL", "null", "None"}
# What trafilatura writes, which gives no names: an address, ..., a fingerprint, ...
TRAFILATURA = [
    *("url", "id", "fingerprint", "hostname", "title", "image", "date", "text"),
    *("comments", "license", "pagetype"),
]
_FINGERPRINT = re.compile(r"[0-9a-f]{8,16}")
# sep=; as spreadsheets write it above the names
_SEP_LINE = re.compile(r'\ufeff?"?sep=(.)"?\s*')


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file writes its cells; `skip` lines stand above the names of columns."""

    separator: str
    skip: int = 0
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL  # or QUOTE_NONE
    escape: str | None = None

    def rows(self, data: bytes) -> Iterator[list[str]]:
        """The cells of each row that is not blank, strictly."""
        stream = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", newline="")
        for _ in range(self.skip):
            stream.readline()
        reader = csv.reader(
            stream,
            delimiter=self.separator,
            quoting=self.quoting,
            escapechar=self.escape,
            doublequote=self.escape is None,
            strict=True,
        )
        return (row for row in reader if row)


def read_delimited(data: bytes, name: str, notes: Notes) -> pd.DataFrame:
    """The rows of a CSV or TSV, every cell as text."""
    data = _as_utf8(data, name, notes)
    try:
        dialect, data = _dialect(data, name, notes)
        return _parsed(data, dialect, name)
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


def _as_utf8(data: bytes, name: str, notes: Notes) -> bytes:
    decoded = decode(data)
    note_decodings({decoded.decoding: [name]}, notes)
    return decoded.text.encode("utf-8", "surrogatepass")


def _reason(error: pd.errors.ParserError) -> str:
    reason = str(error).split("C error: ")[-1].strip()
    opened = re.search(r"EOF inside string starting at row (\d+)", reason)
    if opened:
        return f"a quotation mark opened in row {opened[1]} is never closed"
    return reason


def _parsed(data: bytes, dialect: Dialect, name: str) -> pd.DataFrame:
    names = _unwritten_names(data, dialect)
    # all as text: a day or an id must not lose its zeros, nor an outlet called NA its
    # name
    table = pd.read_csv(
        io.BytesIO(data),
        sep=dialect.separator,
        skiprows=dialect.skip,
        quoting=dialect.quoting,
        escapechar=dialect.escape,
        doublequote=dialect.escape is None,
        encoding="utf-8-sig",
        dtype="str",
        keep_default_na=False,
        na_values=["", "null"] if names else [""],
        names=names,
        low_memory=False,
    )
    # pandas takes a column too many for the names of rows
    if not isinstance(table.index, pd.RangeIndex):
        raise IdlibkitError(
            f"{name!r}: its rows have more fields than its first line has names; name "
            "every column."
        )
    return table


def _unwritten_names(data: bytes, dialect: Dialect) -> list[str] | None:
    """The names of the columns, where a known tool leaves them out."""
    try:
        first = next(dialect.rows(data), [])
    except csv.Error:
        return None
    if len(first) == len(TRAFILATURA) and _FINGERPRINT.fullmatch(first[2]):
        return TRAFILATURA
    return None


def _dialect(data: bytes, name: str, notes: Notes) -> tuple[Dialect, bytes]:
    """How the file is written; marks that are not doubled are doubled in the data."""
    start = data[:START].decode("utf-8", "replace")
    plain = _top(start, name, notes)
    if b'"' not in data:
        return plain, data
    if _fits(data, plain):
        unquoted = replace(plain, quoting=csv.QUOTE_NONE)
        return (unquoted if _marks_are_text(data, unquoted) else plain), data
    escaped = replace(plain, escape="\\")
    if b'\\"' in data and _fits(data, escaped, equal=True):
        return escaped, data
    unquoted = replace(plain, quoting=csv.QUOTE_NONE)
    if plain.separator in UNQUOTED and _fits(data, unquoted, equal=True):
        return unquoted, data
    doubled = _with_doubled_marks(data, plain.separator)
    if _fits(doubled, plain, equal=True):
        return plain, doubled
    row = _first_unsound(data, plain)
    if row is not None:
        notes.add(
            f"{name!r}: a quotation mark in row {row} is neither doubled nor at the "
            "end of its cell, so marks may be missing from the texts; save the table "
            'again, with each quote inside a text doubled ("").'
        )
    return plain, data


def _top(start: str, name: str, notes: Notes) -> Dialect:
    """Separator, and how many lines stand above the names of the columns."""
    first = start.lstrip("\ufeff").split("\n", 1)[0]
    written = _SEP_LINE.fullmatch(first)
    if written:
        return Dialect(written[1], skip=1)
    dialect = Dialect(_separator(start))
    skip, titles = _title_lines(start, dialect.separator)
    if titles:
        notes.inform(
            f"{name!r}: lines above the names of its columns passed over: "
            f"{listed(titles, 3)}."
        )
    return replace(dialect, skip=skip)


def _separator(start: str) -> str:
    """The mark that stands most often in the line of names, outside quotation marks.

    A line with none of them is a title, so the next one is looked at.
    """
    for line in start.lstrip().split("\n")[:TOP]:
        header = re.sub(r'"[^"\n]*"', "", line)
        separator = max(SEPARATORS, key=header.count)
        if header.count(separator):
            return separator
    return ","


def _title_lines(start: str, separator: str) -> tuple[int, list[str]]:
    """How many lines stand above the names, and what they say.

    They have one cell filled at most, and below them is a line with several, of which
    one is a known name, or which has as many cells, empty ones too.
    """
    titles: list[str] = []
    width = 0
    for skip, row in enumerate(start.split("\n")[:TOP]):
        cells = [cell.strip(' \r"\ufeff') for cell in row.split(separator)]
        filled = [cell for cell in cells if cell]
        if len(filled) > 1:
            is_header = len(cells) == width or any(map(known_column, filled))
            return (skip, titles) if is_header else (0, [])
        if skip == 0 and filled and known_column(filled[0]):
            return 0, []  # the name of the only column
        width = max(width, len(cells))
        titles += filled
    return 0, []


def _fits(data: bytes, dialect: Dialect, *, equal: bool = False) -> bool:
    """Whether every row is sound and no longer than the names (or just as long)."""
    rows = dialect.rows(data)
    try:
        width = len(next(rows, []))
        if equal:
            return width > 1 and all(len(row) == width for row in rows)
        return all(len(row) <= width for row in rows)
    except csv.Error:
        return False


def _first_unsound(data: bytes, dialect: Dialect) -> int | None:
    number = 0
    try:
        for _ in dialect.rows(data):
            number += 1
    except csv.Error:
        return max(number, 1)
    return None


def _marks_are_text(data: bytes, unquoted: Dialect) -> bool:
    """Whether marks around whole cells belong to the texts.

    Marks around a cell are needed where it holds the separator, a line end or marks;
    who puts them around others too puts them around all texts of a column.
    """
    if unquoted.separator not in UNQUOTED or not _fits(data, unquoted, equal=True):
        return False
    rows = unquoted.rows(data)
    header = next(rows)
    quoted, bare = [0] * len(header), [0] * len(header)
    for row in rows:
        for column, cell in enumerate(row):
            if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
                if '"' in cell[1:-1]:
                    return False
                quoted[column] += 1
            elif cell not in MISSING and not cell.replace(".", "").isdigit():
                bare[column] += 1
    return any(q and b for q, b in zip(quoted, bare, strict=True))


def _with_doubled_marks(data: bytes, separator: str) -> bytes:
    """Marks inside cells doubled: those neither after nor before a cell's edge.

    The edge of a cell is a separator without a space after it, or a line end:
    ``A,"He said "no", and left."`` holds two cells.
    """
    edge = re.escape(separator)
    inner = re.compile(rf'(?<![{edge}\n\r"])"(?!["\n\r]|{edge}(?! )|\Z)')
    text = data.decode("utf-8", "surrogatepass")
    return inner.sub('""', text).encode("utf-8", "surrogatepass")
