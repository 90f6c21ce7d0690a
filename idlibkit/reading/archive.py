"""An archive larger than memory, read file by file into parts on disk."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pandas as pd

from ..scale import Parts, checksum, stored_parts
from ..tables import IdlibkitError, collected_notes
from .articles import read_articles
from .kinds import is_table

__all__ = ["read_in_parts"]


def read_in_parts(
    path: str | os.PathLike,
    *,
    work: str | os.PathLike,
    columns: Mapping[str, str] | None = None,
) -> Parts:
    """Read an archive that is larger than memory, file by file, on one machine.

    Parameters
    ----------
    path : path
        A folder of tables (Parquet, CSV, JSON Lines, ...; see `read_articles`), with
        whole articles in each file.
    work : path
        A folder for what is made on the way. Called again after a stop, or after files
        have come to the archive, only what is missing is made: its files are named by
        the content they were made of, by the options and by the version of idlibkit.
    columns : mapping, optional
        As for `read_articles`.

    Returns
    -------
    Parts
        The articles in Parquet files. `passages`, `quotes`, `labels`, `agency`,
        `quantities`, `frames`, `sentiment`, `shared_text` and `points` take it and give
        such parts, written to `work`; `stories`, `count_terms`, `discrepancies`,
        `suggest_actors` and all ``*_by`` add up what stands in them and give tables.
        ``for table in parts`` gives one part at a time, `to_pandas` the whole table,
        ``parts.merge(table, on="article_id")`` has the columns of a table in memory.

    Raises
    ------
    IdlibkitError
        If there is no folder `path`, or no table in it.

    Notes
    -----
    What `read_articles` tells from all articles (near copies, one spelling for each
    outlet) it tells from those of one file. `points`, `discrepancies` and `shared_text`
    need the column `story`, and bring the articles of each story together first.

    See Also
    --------
    stories : finds the stories of an archive in parts, by articles of near days.
    report : ``work=`` writes a report of such an archive.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import idlibkit as ik
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for outlet in "AB":
    ...         rows = {"outlet": [outlet], "text": ["It was the army, he said."]}
    ...         pd.DataFrame(rows).to_parquet(f"{folder}/{outlet}.parquet")
    ...     articles = read_in_parts(folder, work=f"{folder}/work")
    ...     counts = ik.count_terms(ik.passages(articles))
    >>> counts[["outlet", "term", "count"]]
      outlet  term  count
    0      A  army      1
    1      B  army      1
    """
    folder, inside = Path(path), Path(work).resolve()
    if not folder.is_dir():
        raise IdlibkitError(
            f"there is no folder {str(path)!r}; give the folder with the archive's"
            " files, or read a single file with read_articles()."
        )
    files = [
        file
        for file in sorted(folder.rglob("*"))
        if is_table(file.name) and inside not in file.resolve().parents
    ]
    if not files:
        raise IdlibkitError(
            f"no table found in {str(path)!r}; an archive in parts is a folder of"
            " Parquet, CSV or JSON Lines files."
        )
    names = dict(columns or {})
    makers = {
        checksum(file, names, str(file.relative_to(folder))): partial(
            _articles, file, names
        )
        for file in files
    }
    return stored_parts(makers, Path(work), "articles")


def _articles(file: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """The articles of one file; that it is of one outlet is no doubt here."""
    with collected_notes() as notes:
        articles = read_articles(file, columns=columns or None)
    for note in notes:
        if not str(note).startswith("all articles are from one outlet"):
            warnings.warn(note, stacklevel=2)
    return articles
