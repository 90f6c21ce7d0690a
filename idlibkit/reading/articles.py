"""read_articles: files, or somebody's own table, to the articles table."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pandas as pd

from ..tables import IdlibkitError
from .completion import complete
from .exports import read_rows, read_table
from .folders import ENDINGS, read_folder
from .manifest import Manifest, add_facts
from .notes import Notes
from .outlets import add_outlets

__all__ = ["read_articles"]


def read_articles(
    path: str | os.PathLike | pd.DataFrame,
    *,
    manifest: Manifest | None = None,
    columns: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Read articles from a folder, a file or a DataFrame into the articles table.

    Whatever is left out, or read in a way to know of, is named in an `IdlibkitWarning`
    with the way to mend it.

    Parameters
    ----------
    path : path or DataFrame
        A folder of ``.txt``, ``.html`` and ``.htm`` files (README files, the manifest,
        ``.toml`` and dotfiles are passed over), one such file, a table (``.csv``,
        ``.tsv``, ``.jsonl``, ``.ndjson``, ``.json``, ``.parquet``), a folder of Parquet
        parts, or a DataFrame with at least the text and the outlet of each article.
    manifest : path or DataFrame, optional
        Facts about the files of a folder, one row per file: ``file`` and any of
        ``outlet``, ``published``, ``title``, ``wire``, ``language`` and further
        columns. Default: ``manifest.csv`` in the folder, if there is one. Files that it
        does not list are left out. Without an outlet from it, a file in a subfolder has
        the subfolder's name as its outlet, a page its site's name, any other file its
        own name.
    columns : mapping, optional
        Names of the input's columns to the names used here, such as
        ``{"content": "text"}``. Other columns are found by the names that exports use,
        and those found are said.

    Returns
    -------
    DataFrame
        One row per article: `article_id` (unique; the file's path inside the folder
        without its ending, or for tables without such a column the outlet and a
        checksum of the article, whatever the order of the rows), `outlet`, `published`
        (local datetime64 without zone), `zone` (its offset where known), `title` (the
        text's headline where none is given), `wire`, `language` (ISO 639 code),
        `source_file` (inside the folder), `raw` (the decoded file with its line ends;
        for pages the extracted title, a blank line and the body; absent where no row
        has it) and `text` (headline, subheadline, headings and body as `lines` finds
        them in `raw`, a blank line between; as given where there is no `raw`), then
        every further column.

        Files are sorted by name; the rows of a table keep their order. UTF-8 and UTF-16
        are recognised, what is neither is read as Windows-1252, and said.

    Raises
    ------
    IdlibkitError
        Nothing readable; no text or outlet column; two articles with one id; an unsound
        CSV; a manifest without ``file`` or with a file twice.

    Notes
    -----
    The body of a page is what trafilatura extracts (its F1 on the Scrapinghub
    article-extraction benchmark is .958). Languages are told by `idlibkit.languages`,
    dates read by `idlibkit.reading.parse_dates`.

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
    if isinstance(path, pd.DataFrame):
        articles = _from_frame(path, manifest, columns, notes)
    else:
        articles = _from_path(os.fspath(path), manifest, columns, notes)
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
    if _holds_files(path):
        table = _read_files(path, manifest, columns, notes)
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


def _holds_files(path: str) -> bool:
    """Whether `path` is articles in files of their own, rather than a table of them."""
    if not os.path.isdir(path):
        return path.lower().endswith(ENDINGS)
    try:
        names = [name.lower() for name in os.listdir(path)]
    except OSError as error:
        raise IdlibkitError(
            f"the folder {path!r} cannot be opened: {error.strerror}."
        ) from error
    if any(name.endswith(ENDINGS) for name in names):
        return True
    names.append(path.rstrip("/\\").lower())
    return not any(name.endswith(".parquet") for name in names)


def _read_files(
    path: str,
    manifest: Manifest | None,
    columns: Mapping[str, str] | None,
    notes: Notes,
) -> pd.DataFrame:
    """The articles of a folder, or of one file, with what a manifest says of them."""
    folder, only = path, None
    if not os.path.isdir(path):
        folder, only = os.path.split(os.path.abspath(path))
    inside = os.path.join(folder, "manifest.csv")
    if manifest is None and only is None and os.path.isfile(inside):
        manifest = inside
    skip = None
    if manifest is not None and not isinstance(manifest, pd.DataFrame):
        skip = os.path.abspath(manifest)
    table = read_folder(folder, notes, only=only, skip=skip)
    if manifest is not None:
        table = add_facts(table, manifest, columns, notes)
    elif columns:
        raise IdlibkitError(
            "columns= is for tables and manifests; this folder has neither."
        )
    return add_outlets(table, notes)
