"""Tables of articles as others export them: files to rows, rows to articles."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Mapping
from hashlib import blake2b

import pandas as pd

from ..tables import IdlibkitError, listed
from .addresses import sites
from .cells import blank, strings
from .columns import address_column, aliases, name_columns
from .delimited import read_delimited
from .kinds import DOCUMENTS, TABLES, ending_of
from .notes import Notes
from .records import read_json
from .workbooks import read_workbook

__all__ = ["FOLDER_OUTLET", "UNKNOWN", "read_rows", "read_table"]

UNKNOWN = "unknown"  # the outlet of an article that says nothing of it
FOLDER_OUTLET = "_folder"  # column with the outlet that a table's folder names
PARAGRAPHS = "\n\n"  # between the paragraphs of a text that comes as a list of them


def read_table(path: str, notes: Notes | None = None) -> pd.DataFrame:
    """The rows of a CSV, JSON, Parquet or Arrow file, also compressed (``.gz``).

    Only the nesting of JSON is changed. What is left out is added to `notes`, or
    forgotten where there are none.
    """
    notes = Notes() if notes is None else notes
    name = os.path.basename(os.path.abspath(path))
    ending = ".parquet" if os.path.isdir(path) else ending_of(path)
    if ending not in TABLES:
        raise IdlibkitError(
            f"{name!r} cannot be read: give a folder, or a file that ends in "
            f"{', '.join(DOCUMENTS + TABLES)}. Save other spreadsheets as CSV (UTF-8)."
        )
    try:
        table = _rows_of(path, name, ending, notes)
    except IdlibkitError:
        raise
    except UnicodeError as error:
        raise IdlibkitError(
            f"{name!r} cannot be read: {error}. Save it as UTF-8."
        ) from error
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise IdlibkitError(f"{name!r} cannot be opened: {reason}.") from error
    except (ValueError, OverflowError) as error:
        raise IdlibkitError(
            f"{name!r} is not a readable {ending[1:]} file: {error}"
        ) from error
    if table.empty:
        raise IdlibkitError(
            f"{name!r} has no rows; it must have one row for each article."
        )
    return table


def read_arrow(data: bytes) -> pd.DataFrame:
    """Arrow's own format, as a file or, as Hugging Face datasets write it, a stream."""
    from pyarrow import BufferReader, ipc

    opened = ipc.open_file if data.startswith(b"ARROW1") else ipc.open_stream
    return opened(BufferReader(data)).read_all().to_pandas()


# What reads the bytes of each kind of table in `kinds.TABLES`; Parquet is read from its
# path.
READERS: dict[str, Callable[[bytes, str, Notes], pd.DataFrame]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".json": read_json,
    ".jsonl": read_json,
    ".ndjson": read_json,
    ".xlsx": read_workbook,
    ".arrow": lambda data, name, notes: read_arrow(data),
}


def _rows_of(path: str, name: str, ending: str, notes: Notes) -> pd.DataFrame:
    if ending == ".parquet":
        return pd.read_parquet(path)
    with open(path, "rb") as file:
        data = file.read()
    if path.lower().endswith(".gz"):
        data = gzip.decompress(data)
    return READERS[ending](data, name, notes)


def read_rows(
    table: pd.DataFrame, columns: Mapping[str, str] | None, what: str, notes: Notes
) -> pd.DataFrame:
    """Rows whose columns are known, each with a text, an outlet and an article_id."""
    table = name_columns(table.reset_index(drop=True), columns, aliases(), what, notes)
    table = _with_folders(_with_sites(table, what, notes), what, notes)
    for name, enough in (("text", {"text", "raw"}), ("outlet", {"outlet"})):
        if not enough & set(table.columns):
            missing = (
                f"no column with the {name} of each article found in {what}; it has "
                f"{listed(table.columns, 30)}. Say which it is: "
            )
            raise IdlibkitError(
                f"{missing}columns={{'its name': {name!r}}}.",
                command=f"{missing}--column 'its name={name}'.",
            )
    table = _as_text(table)
    table = _with_text(table, what, notes)
    table = _with_outlet(table, what, notes)
    ids = strings(table["article_id"]) if "article_id" in table else None
    if ids is None or ids.isna().all():
        table["article_id"] = _made_ids(table)
    else:
        table["article_id"] = _checked_ids(ids, what)
    return table.reset_index(drop=True)


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Texts and facts as text; lists of paragraphs and of names joined."""
    texts = {
        name: strings(table[name], joint=PARAGRAPHS if name in ("text", "raw") else " ")
        for name in ("text", "raw", "outlet", "title")
        if name in table
    }
    for name in table.columns.difference(list(texts)):
        values = table[name]
        if values.dtype == object and values.map(pd.api.types.is_list_like).any():
            texts[name] = strings(values)
    return table.assign(**texts)


def _with_sites(table: pd.DataFrame, what: str, notes: Notes) -> pd.DataFrame:
    """Outlets that are addresses, or missing beside addresses, as the site's name."""
    column: str | None = "outlet"
    if "outlet" not in table:
        column = address_column(table)
    if column is None:
        return table
    values = strings(table[column])
    site = sites(values)
    if site.isna().all():
        return table
    names = listed(sorted(site.dropna().unique()), 4)
    notes.inform(
        f"outlets of {what} taken from the sites of their addresses ({names}); a "
        "column outlet overrules them."
    )
    return table.assign(outlet=site.fillna(values) if column == "outlet" else site)


def _with_folders(table: pd.DataFrame, what: str, notes: Notes) -> pd.DataFrame:
    """Outlets that no column gives, from the folders or files of the tables."""
    if FOLDER_OUTLET not in table:
        return table
    folder = table[FOLDER_OUTLET]
    table = table.drop(columns=FOLDER_OUTLET)
    if "outlet" in table:
        given = strings(table["outlet"])
        return table.assign(outlet=given.fillna(folder))
    names = listed(sorted(folder.unique()), 4)
    notes.inform(
        f"outlets of {what} taken from the names of its folders or files ({names}); a "
        "column outlet overrules them."
    )
    return table.assign(outlet=folder)


def _with_text(table: pd.DataFrame, what: str, notes: Notes) -> pd.DataFrame:
    empty = pd.Series(True, index=table.index)
    for name in ("text", "raw"):
        if name in table:
            empty &= blank(table[name])
    if empty.all():
        raise IdlibkitError(
            f"every row of {what} has a blank text; check which column holds the texts."
        )
    if not empty.any():
        return table
    notes.add(
        f"{what}: row {listed(table.index[empty] + 1)} left out, as its text is blank "
        "(the first row is 1)."
    )
    return table[~empty]


def _with_outlet(table: pd.DataFrame, what: str, notes: Notes) -> pd.DataFrame:
    nameless = table["outlet"].fillna("").str.strip() == ""
    if not nameless.any():
        return table
    notes.add(
        f"{what}: no outlet is given in row {listed(table.index[nameless] + 1)} (the "
        f"first row is 1); {UNKNOWN!r} stands for it. Name it, or leave these articles "
        "out."
    )
    return table.assign(outlet=table["outlet"].mask(nameless, UNKNOWN))


def _checked_ids(ids: pd.Series, what: str) -> pd.Series:
    if ids.isna().any():
        raise IdlibkitError(
            f"{what}: no article_id in row {listed(ids.index[ids.isna()] + 1)}; give "
            "each row one, or drop the column."
        )
    repeated = ids.duplicated(keep=False)
    if repeated.any():
        raise IdlibkitError(
            f"{what}: article_id {listed(ids[repeated].unique(), 3)} stands in more "
            f"than one row (row {listed(ids.index[repeated] + 1)}); keep one row for "
            "each article, or drop the column."
        )
    return ids


def _made_ids(table: pd.DataFrame) -> pd.Series:
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
    ids = _slugs(table["outlet"]) + "-" + pd.Series(sums, index=table.index)
    ids = ids.str.strip("-")
    again = ids.groupby(ids).cumcount()
    return ids.where(again == 0, ids + "-" + (again + 1).astype("str"))


def _slugs(names: pd.Series) -> pd.Series:
    """``The Café`` as ``the-cafe``."""
    plain = names.fillna("").str.normalize("NFKD")
    plain = plain.str.replace(r"[\u0300-\u036f]+", "", regex=True)
    plain = plain.str.replace(r"[^A-Za-z0-9]+", "-", regex=True).str.strip("-")
    return plain.str.lower().str[:24]
