"""read_articles: files, or somebody's own table, to the articles table."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..tables import IdlibkitError
from .completion import complete
from .exports import read_rows, read_table
from .folders import File, Folder, clean_name, look_through, read_files
from .frames import frame_from
from .kinds import is_document
from .manifest import Manifest, add_facts
from .notes import Notes
from .outlets import add_outlets
from .parts import read_parts

__all__ = ["Source", "read_articles"]

# A path, or a table in memory: see `frames.frame_from`.
Source = Any


def read_articles(
    path: Source,
    *,
    manifest: Manifest | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Read articles from a folder, a file or a table into the articles table.

    Whatever is left out, mended, or read in a way to know of, is named in an
    `IdlibkitWarning` with the way to mend it; what is only for information is an
    `IdlibkitNote`.

    Parameters
    ----------
    path : path, DataFrame or list of dict
        A folder, a file, or a table in memory: pandas, polars, records, whatever speaks
        Arrow or the dataframe interchange protocol (a DuckDB query, a dataset of
        Hugging Face), a cursor after its query (sqlite3, psycopg), an iterator of
        tables (the chunks of ``pandas.read_csv``).

        - Files of articles: ``.txt``, ``.html``, ``.htm``, ``.mhtml``, ``.docx``,
          ``.pdf``, ``.rtf``, also ``.gz``; one article each, or several as libraries
          hand them out (LexisNexis and Nexis Uni, ProQuest, Factiva, Europresse).
          README files, the manifest, ``.toml``, dotfiles and the ``_files`` beside a
          saved page are passed over.
        - Tables with at least the text and the outlet of each article: ``.csv``,
          ``.tsv``, ``.jsonl``, ``.ndjson``, ``.json`` (records, every layout of
          pandas' ``to_json``, answers of NewsAPI and The Guardian), ``.parquet``,
          ``.arrow``, also ``.gz``; a folder of such tables: parts, partitions
          (``year=2020/...``), a saved dataset of Hugging Face, one JSON for each
          article. Where a folder has files of articles too, its tables
          are left out, and said.
    manifest : path or DataFrame, optional
        Facts about the files of a folder, one row per file: ``file`` and any of
        ``outlet``, ``published``, ``title``, ``wire``, ``language`` and further
        columns; ``color`` is the outlet's in the pictures of a report, ``exclude`` with
        ``yes`` leaves a file out. Default: ``manifest.csv`` in the folder, if there is
        one. Files that it does not list are left out, unless it has a line ``*``, which
        stands for all of them. Without an outlet from it, a file in a subfolder has
        the subfolder's name as its outlet (folders named for a year, a month or nothing
        are passed over), a page its site's name, any other file its own name.
    columns : mapping, optional
        Names of the input's columns to the names used here, such as
        ``{"content": "text"}``. Other columns are found by the names that exports use,
        and those found are said. The texts of a table are taken as clean; where menus,
        bylines or captions stand in them, ``{"content": "raw"}`` has them found by
        `lines` and left out, as for files.

    Returns
    -------
    DataFrame
        One row per article: `article_id` (unique; the file's path inside the folder
        without its ending, with a number where the file has several articles; for
        tables without such a column the outlet and a checksum of the article, whatever
        the order of the rows), `outlet` (spellings that differ in capitals are one),
        `published` (local datetime64 without zone), `zone` (its offset where known),
        `title` (the text's headline where none is given), `wire`, `language` (ISO 639
        code), `source_file` (inside the folder), `raw` (the decoded file with its line
        ends; for pages the extracted title, a blank line and the body; for office
        documents their text; absent where no row has it) and `text` (headline,
        subheadline, headings and body as `lines` finds them in `raw`, a blank line
        between; where there is no `raw`, the title and the text as given), then every
        further column.

        Files are sorted by name; the rows of a table keep their order. UTF-8 and UTF-16
        are recognised, what is neither is read as Windows-1252, and said. Letters that
        had been decoded wrongly before (``â€œ``) are decoded again where that is sure,
        in `raw` too, and said.

    Raises
    ------
    IdlibkitError
        Nothing readable; no text or outlet column; two articles with one id; an unsound
        CSV; a manifest without ``file`` or with a file twice.

    Notes
    -----
    The body of a page is the likeliest of what trafilatura extracts by three of its
    settings, told by the score of each line of the page; or the page's own lines, where
    it takes the first section alone. `lines` says what F1 `passages` get of such pages
    (.975 on news pages, .949 on web articles). Languages are told by
    `idlibkit.languages`,
    dates read by `idlibkit.reading.parse_dates`, those in
    other languages than English with dateparser; wrong decodings are told by ftfy.

    Examples
    --------
    >>> texts = ["It was the army.", "It was the rebels."]
    >>> articles = read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": texts}))
    >>> articles[["outlet", "text"]]
      outlet                text
    0      A    It was the army.
    1      B  It was the rebels.
    """
    notes = Notes()
    table = frame_from(path)
    if table is not None:
        articles = _from_frame(table, manifest, columns, notes)
    elif isinstance(path, str | os.PathLike):
        articles = _from_path(os.fspath(path), manifest, columns, notes)
    else:
        raise IdlibkitError(
            "articles are read from a folder, a file, a DataFrame (pandas, polars, "
            "Arrow), a list of dicts or a cursor after its query, not from "
            f"{type(path).__name__}."
        )
    notes.warn(stacklevel=2)
    return articles


def _from_frame(
    table: pd.DataFrame,
    manifest: Manifest | None,
    columns: Mapping[str, str] | None,
    notes: Notes,
) -> pd.DataFrame:
    what = "the DataFrame"
    _refuse_manifest(manifest, what)
    if table.empty:
        raise IdlibkitError(
            "the DataFrame has no rows; it must have one row for each article."
        )
    return complete(read_rows(table, columns, what, notes), what, notes)


def _from_path(
    path: str,
    manifest: Manifest | None,
    columns: Mapping[str, str] | None,
    notes: Notes,
) -> pd.DataFrame:
    name = os.path.basename(os.path.abspath(path))
    what = repr(name)
    if not os.path.exists(path):
        raise IdlibkitError(
            f"there is no file or folder {path!r}; check its name and the folder you "
            "are in."
        )
    if os.path.isdir(path):
        table = _read_folder(path, manifest, columns, notes)
    elif is_document(name):
        folder = os.path.dirname(os.path.abspath(path))
        files = Folder([File(clean_name(name), path)], [], {})
        table = _read_documents(folder, files, manifest, columns, notes)
    else:
        _refuse_manifest(manifest, what)
        table = read_rows(read_table(path, notes), columns, what, notes)
        if "source_file" not in table:
            table["source_file"] = name
    return complete(table, what, notes)


def _refuse_manifest(manifest: Manifest | None, what: str) -> None:
    if manifest is not None:
        raise IdlibkitError(
            f"manifest= is for a folder of files; {what} has its facts in its own "
            "columns."
        )


def _read_folder(
    path: str,
    manifest: Manifest | None,
    columns: Mapping[str, str] | None,
    notes: Notes,
) -> pd.DataFrame:
    """The articles of a folder: of its documents, or of its tables if it has none."""
    inside = os.path.join(path, "manifest.csv")
    if manifest is None and os.path.isfile(inside):
        manifest = inside
    skip = None
    if manifest is not None and not isinstance(manifest, pd.DataFrame):
        skip = os.path.abspath(manifest)
    folder = look_through(path, skip=skip)
    if folder.documents or not folder.tables:
        return _read_documents(path, folder, manifest, columns, notes)
    what = repr(os.path.basename(os.path.abspath(path)))
    _refuse_manifest(manifest, what)
    folder.note_refusals(notes)
    return read_rows(read_parts(folder.tables, what, notes), columns, what, notes)


def _read_documents(
    path: str,
    folder: Folder,
    manifest: Manifest | None,
    columns: Mapping[str, str] | None,
    notes: Notes,
) -> pd.DataFrame:
    """The articles of documents, with what a manifest says of them."""
    if folder.tables:
        reason = "is a table of its own; give its path instead of the folder's"
        folder.refusals[reason] = [file.name for file in folder.tables]
    folder.note_refusals(notes)
    table = read_files(folder.documents, notes)
    if table.empty:
        raise IdlibkitError(
            f"no article found in {os.path.basename(os.path.abspath(path))!r}: it must "
            "hold .txt or .html files, at its top or in one folder per outlet. "
            f"{notes or 'It is empty.'}"
        )
    if manifest is not None:
        table = add_facts(table, manifest, columns, notes)
    elif columns:
        raise IdlibkitError(
            "columns= is for tables and manifests; this folder has neither."
        )
    return add_outlets(table, notes)
