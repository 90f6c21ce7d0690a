"""Tables of articles as databases and news services export them: CSV, JSON Lines, Parquet, DataFrames.

As in `readers`, `notes` gathers a sentence for whatever was left out or read in a way the user should know of.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Mapping
from hashlib import blake2b

import pandas as pd

from ..tables import IdlibkitError, check_columns, listed
from .encodings import BOMS, MAGIC, decode, odd_encodings
from .folders import ENDINGS, TABLES

__all__ = [
    "ALIASES",
    "UNKNOWN",
    "blank",
    "name_columns",
    "read_rows",
    "read_table",
    "strings",
]


UNKNOWN = "unknown"  # the outlet of an article that says nothing of it
# What exports call these columns, likeliest first; compared in lower case, any mark or space as an underscore.
ALIASES = {
    "article_id": "id uid guid doc_id document_id story_id stories_id",
    "outlet": "publisher publication newspaper media_name source_name outlet_name sitename site_name site medium media "
    "news_outlet pubtitle source source_domain media_url domain hostname",
    "published": "publishedat published_at published_date publication_date publish_date date_published datepublished "
    "date_publish pub_date pubdate date datetime seendate timestamp created_at",
    "title": "headline heading head",
    "text": "body content article maintext main_text full_text fulltext article_text article_body articlebody body_text "
    "news story",
    "wire": "agency news_agency",
    "language": "lang",
    "zone": "timezone time_zone tz",
    "raw": "",
    "source_file": "",
}


def read_table(path: str, notes: list[str]) -> pd.DataFrame:
    """The rows of a CSV, JSON Lines or Parquet file, nothing changed but the nesting of JSON."""
    name = os.path.basename(os.path.abspath(path))
    ending = ".parquet" if os.path.isdir(path) else os.path.splitext(path)[1].lower()
    if ending not in TABLES:
        raise IdlibkitError(
            f"{name!r} cannot be read: give a folder, or a file that ends in {', '.join(ENDINGS + TABLES)}. "
            "Save spreadsheets as CSV (UTF-8)."
        )
    try:
        if ending == ".parquet":
            table = pd.read_parquet(path)
        elif ending in (".csv", ".tsv"):
            table = _read_csv(path, name, notes)
        else:
            table = _read_json(path, name, notes)
    except IdlibkitError:
        raise
    except UnicodeError as error:
        raise IdlibkitError(
            f"{name!r} cannot be read: {error}. Save it as UTF-8."
        ) from error
    except OSError as error:
        raise IdlibkitError(
            f"{name!r} cannot be opened: {error.strerror or error}."
        ) from error
    except (ValueError, OverflowError) as error:
        raise IdlibkitError(
            f"{name!r} is not a readable {ending[1:]} file: {error}"
        ) from error
    if table.empty:
        raise IdlibkitError(
            f"{name!r} has no rows; it must have one row for each article."
        )
    return table


def _read_csv(path: str, name: str, notes: list[str]) -> pd.DataFrame:
    with open(path, "rb") as file:
        head = file.read(65536)
    plain = b"\0" not in head and not head.startswith(
        (*(bom for bom, _ in BOMS[1:]), *(magic for magic, _ in MAGIC))
    )
    try:
        if plain:
            try:
                return _parse_csv(path, head.decode("utf-8-sig", "replace"), name)
            except UnicodeDecodeError:
                pass
        text = _decoded(path, name, notes)
        return _parse_csv(io.StringIO(text, newline=""), text[:65536], name)
    except pd.errors.EmptyDataError:
        raise IdlibkitError(
            f"{name!r} is empty; it needs a line of column names and one row per article."
        ) from None
    except pd.errors.ParserError as error:
        reason = str(error).split("C error: ")[-1].strip()
        opened = re.search(r"EOF inside string starting at row (\d+)", reason)
        if opened:
            reason = f"a quotation mark opened in row {opened[1]} is never closed"
        raise IdlibkitError(
            f"{name!r} is not a sound CSV: {reason}. A text that holds the separator, a quotation mark or a line end "
            'must stand in double quotes, with each quote inside it doubled ("").'
        ) from error


def _parse_csv(source: str | io.StringIO, start: str, name: str) -> pd.DataFrame:
    header = re.sub(r'"[^"\n]*"', "", start.lstrip().split("\n", 1)[0])
    separator = max(",;\t|", key=header.count)
    # everything as text: a day or an id must not lose its zeros, nor an outlet called NA its name
    table = pd.read_csv(
        source,
        sep=separator,
        encoding="utf-8-sig",
        dtype="str",
        keep_default_na=False,
        na_values=[""],
        low_memory=False,
    )
    if not isinstance(
        table.index, pd.RangeIndex
    ):  # pandas takes a column too many for the names of rows
        raise IdlibkitError(
            f"{name!r}: its rows have more fields than its first line has names; name every column."
        )
    return table


def _decoded(path: str, name: str, notes: list[str]) -> str:
    with open(path, "rb") as file:
        text, how = decode(file.read())
    notes += odd_encodings({how: [name]})
    return text


def _read_json(path: str, name: str, notes: list[str]) -> pd.DataFrame:
    text = _decoded(path, name, notes)
    whole = None
    if text.lstrip()[:1] == "[" or path.lower().endswith(".json"):
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError):
            pass  # lines of JSON under the ending of JSON, or broken: the lines will tell
    if isinstance(
        whole, dict
    ):  # an answer of a news service: the articles are its one list of records
        lists = [
            v
            for v in whole.values()
            if isinstance(v, list) and v and isinstance(v[0], dict)
        ]
        whole = lists[0] if len(lists) == 1 else [whole]
    rows, broken = [], []
    if isinstance(whole, list):
        what = "record"
        rows = [_flat(row) for row in whole if isinstance(row, dict)]
        broken = [i for i, row in enumerate(whole, 1) if not isinstance(row, dict)]
    else:
        what = "line"
        for i, line in enumerate(text.split("\n"), 1):
            if line and not line.isspace():
                try:
                    rows.append(_flat(json.loads(line)))
                except (ValueError, AttributeError, RecursionError):
                    broken.append(i)
    if not rows:
        raise IdlibkitError(
            f"{name!r} holds no record that can be read; each line must be one JSON object such as "
            '{"outlet": "The Daily", "text": "..."}.'
        )
    if broken:
        notes.append(
            f"{name!r}: {what} {listed(broken)} is not a whole JSON object and was left out; the file may have been "
            "cut off while it was written."
        )
    return pd.DataFrame(rows)


def _flat(row: dict) -> dict:
    """Nested records as ``source.name``, lists as text."""
    out = {}
    for key, value in row.items():
        if isinstance(value, dict):
            out |= {
                f"{key}.{k}": v if not isinstance(v, dict | list) else json.dumps(v)
                for k, v in value.items()
            }
        elif isinstance(value, list):
            out[key] = "; ".join(
                v if isinstance(v, str) else json.dumps(v) for v in value
            )
        else:
            out[key] = value
    return {
        key: _whole(value) if isinstance(value, str) else value
        for key, value in out.items()
    }


def _whole(text: str) -> str:
    """`text` with halves of a character, which JSON and Python allow and nothing else does, as U+FFFD."""
    try:
        text.encode()
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def strings(values: pd.Series) -> pd.Series:
    """`values` as text; what is missing stays missing."""
    if values.dtype == object:
        values = values.map(
            lambda v: v.decode("utf-8", "replace") if isinstance(v, bytes) else v
        )
    try:
        return values.astype("str")
    except UnicodeEncodeError:
        return values.map(lambda v: _whole(str(v)), na_action="ignore").astype("str")


def blank(values: pd.Series) -> pd.Series:
    """Whether each text is missing, or has neither letter nor digit."""
    import polars as pl
    import pyarrow as pa

    found = (
        pl.from_arrow(pa.array(values.astype("str"), pa.large_string()))
        .fill_null("")
        .str.contains(r"[\pL\pN]")
    )
    return pd.Series(~found.to_numpy(), index=values.index)


def name_columns(
    table: pd.DataFrame,
    columns: Mapping[str, str] | None,
    aliases: Mapping[str, str],
    what: str,
    notes: list[str],
) -> pd.DataFrame:
    """Columns under the names used here: those that `columns` gives, then those found by `aliases`."""
    table = table.rename(columns=str)
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise IdlibkitError(
            f"{what} has two columns named {listed(twice.unique())}; rename or drop one."
        )
    if columns:
        check_columns(table, columns, what)
        taken = [
            new for old, new in columns.items() if new in table and new not in columns
        ]
        if taken or len(set(columns.values())) < len(columns):
            raise IdlibkitError(
                f"columns={dict(columns)!r} would give two columns named {listed(taken or columns.values())}; "
                "rename or drop one first."
            )
        table = table.rename(columns=dict(columns))
    by_plain = {
        re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_"): name
        for name in reversed(table.columns)
    }
    found: dict[str, str] = {}
    for name, others in aliases.items():
        if name not in table:
            known = [
                by_plain[other]
                for other in [name, *others.split()]
                if other in by_plain
            ]
            known = [
                column
                for column in known
                if column not in found and column not in aliases
            ]
            if known:
                found[known[0]] = name
    said = [
        f"{old!r} as {new}" for old, new in found.items() if old.strip().lower() != new
    ]
    if said:
        notes.append(
            f"columns of {what} taken: {', '.join(said)}; give columns={{...}} if that is wrong."
        )
    return table.rename(columns=found)


def read_rows(
    table: pd.DataFrame, columns: Mapping[str, str] | None, what: str, notes: list[str]
) -> pd.DataFrame:
    """A table of articles with its columns known, rows without a text left out, and an article_id."""
    table = name_columns(table.reset_index(drop=True), columns, ALIASES, what, notes)
    for name, need in (("text", {"text", "raw"}), ("outlet", {"outlet"})):
        if not need & set(table.columns):
            raise IdlibkitError(
                f"no column with the {name} of each article found in {what}; it has {listed(table.columns, 30)}. "
                f"Say which it is: columns={{'its name': {name!r}}}."
            )
    for name in ("text", "raw", "outlet", "title"):
        if name in table:
            table[name] = strings(table[name])
    empty = pd.Series(True, index=table.index)
    for name in ("text", "raw"):
        if name in table:
            empty &= blank(table[name])
    if empty.all():
        raise IdlibkitError(
            f"every row of {what} has a blank text; check which column holds the texts."
        )
    if empty.any():
        notes.append(
            f"{what}: row {listed(table.index[empty] + 1)} left out, as its text is blank (the first row is 1)."
        )
        table = table[~empty]
    nameless = strings(table["outlet"]).fillna("").str.strip() == ""
    if nameless.any():
        rows = listed(table.index[nameless] + 1)
        notes.append(
            f"{what}: no outlet is given in row {rows} (the first row is 1); {UNKNOWN!r} stands for it. Name it, or leave "
            "these articles out."
        )
        table["outlet"] = table["outlet"].mask(nameless, UNKNOWN)
    if "article_id" in table:
        ids = table["article_id"] = strings(table["article_id"])
        if ids.isna().any():
            rows = listed(table.index[ids.isna()] + 1)
            raise IdlibkitError(
                f"{what}: no article_id in row {rows}; give each row one, or drop the column."
            )
        twice = ids.duplicated(keep=False)
        if twice.any():
            raise IdlibkitError(
                f"{what}: article_id {listed(ids[twice].unique(), 3)} stands in more than one row "
                f"(row {listed(table.index[twice] + 1)}); keep one row for each article, or drop the column."
            )
    else:
        table["article_id"] = _ids(table)
    return table.reset_index(drop=True)


def _ids(table: pd.DataFrame) -> pd.Series:
    """Outlet and checksum of each article, the same in every order of rows."""
    facts = [
        strings(table[name]).fillna("")
        for name in ("outlet", "published", "title", "raw", "text")
        if name in table
    ]
    sums = [
        blake2b("\0".join(row).encode(), digest_size=6).hexdigest()
        for row in zip(*facts, strict=True)
    ]
    names = (
        table["outlet"]
        .fillna("")
        .str.normalize("NFKD")
        .str.replace(r"[\u0300-\u036f]+", "", regex=True)
    )
    names = (
        names.str.replace(r"[^A-Za-z0-9]+", "-", regex=True)
        .str.strip("-")
        .str.lower()
        .str[:24]
    )
    ids = (names + "-" + pd.Series(sums, index=table.index)).str.strip("-")
    again = ids.groupby(ids).cumcount()
    return ids.where(again == 0, ids + "-" + (again + 1).astype("str"))
