"""Folders of files to rows: which files, and what each one holds."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..tables import IdlibkitError, listed
from .encodings import Decoding, decode, decode_page, note_decodings
from .notes import Notes
from .pages import read_page

__all__ = ["ENDINGS", "TABLES", "clean_name", "read_folder"]

ENDINGS = (".txt", ".html", ".htm")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to read: its name inside the folder, as text, and its path."""

    name: str
    path: str


def clean_name(name: str) -> str:
    """A path inside a folder as text: composed letters, U+FFFD for what is no text."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def _passed_over(name: str) -> bool:
    """Dotfiles, READMEs and settings, which no one takes for articles."""
    upper = name.upper()
    return (
        upper.startswith((".", "README."))
        or upper == "README"
        or upper.endswith(".TOML")
    )


def _refusal(entry: os.DirEntry, inside: str) -> str | None:
    """Why a file is not read, if it is not; `inside` is the folder's real path."""
    name = entry.name.lower()
    if entry.is_symlink():
        real = os.path.realpath(entry.path)
        if os.path.commonpath([inside, real]) != inside:
            return "is a link that leads out of the folder; put the file itself there"
    if name.endswith(TABLES):
        return "is a table of its own; give its path instead of the folder's"
    if not name.endswith(ENDINGS):
        return f"is not one of {', '.join(ENDINGS)}; save it as one of them"
    if entry.is_symlink() and not os.path.exists(entry.path):
        return "is a link to nothing; put the file itself there"
    if not entry.is_file():
        return "is not a regular file"
    return None


def _entries(
    folder: str, refusals: dict[str, list[str]]
) -> Iterator[tuple[str, os.DirEntry]]:
    """Name inside the folder and entry of each file, in every folder below."""
    waiting = [(folder, "")]
    while waiting:
        here, prefix = waiting.pop()
        try:
            with os.scandir(here) as scan:
                entries = list(scan)
        except OSError as error:
            name = prefix.rstrip("/") or os.path.basename(here)
            refusals[f"cannot be opened ({error.strerror})"].append(name)
            continue
        for entry in entries:
            name = prefix + entry.name
            if _passed_over(entry.name):
                continue
            if not entry.is_dir():
                yield name, entry
            elif entry.is_symlink():
                refusals["is a link to a folder; put the folder itself there"].append(
                    name
                )
            else:
                waiting.append((entry.path, name + "/"))


def _files(folder: str, skip: str | None, notes: Notes) -> list[File]:
    """The files to read, sorted by name; `skip` is a manifest's path."""
    inside = os.path.realpath(folder)
    files: list[File] = []
    refusals: dict[str, list[str]] = defaultdict(list)
    for name, entry in _entries(folder, refusals):
        if name == "manifest.csv" or os.path.abspath(entry.path) == skip:
            continue
        reason = _refusal(entry, inside)
        if reason is None:
            files.append(File(clean_name(name), entry.path))
        else:
            refusals[reason].append(name)
    for reason, names in sorted(refusals.items()):
        notes.left_out(sorted(map(clean_name, names)), reason)
    return _unique(files)


def _unique(files: list[File]) -> list[File]:
    """A name for each file, where names differ only in how their letters are stored."""
    by_name: dict[str, str] = {}
    for file in sorted(files):
        name = file.name
        while name in by_name:
            stem, ending = os.path.splitext(name)
            name = f"{stem}~{ending}"
        by_name[name] = file.path
    return [File(name, by_name[name]) for name in sorted(by_name)]


def read_folder(
    folder: str, notes: Notes, *, only: str | None = None, skip: str | None = None
) -> pd.DataFrame:
    """One row per readable file: article_id, source_file, raw and what pages tell.

    `only` is the one file to read; `skip` the absolute path of a manifest, which may
    lie in the folder. Pages have `title`, `published` and `_site`, where known.
    """
    if only:
        files = [File(clean_name(only), os.path.join(folder, only))]
    else:
        files = _files(folder, skip, notes)
    rows = []
    refusals: dict[str, list[str]] = defaultdict(list)
    decodings: dict[Decoding, list[str]] = defaultdict(list)
    for file in files:
        try:
            facts, decoding = _read_file(file)
        except FileNotFoundError:
            reason = "vanished while the folder was read; read it again"
            refusals[reason].append(file.name)
        except OSError as error:
            refusals[f"cannot be opened: {error.strerror}"].append(file.name)
        except UnicodeError as error:
            refusals[f"{error}; save it as UTF-8 text"].append(file.name)
        else:
            decodings[decoding].append(file.name)
            if facts["raw"]:
                rows.append({"source_file": file.name, **facts})
            else:
                refusals[facts["_reason"]].append(file.name)
    for reason, names in sorted(refusals.items()):
        notes.left_out(names, reason)
    note_decodings(decodings, notes)
    if not rows:
        raise IdlibkitError(
            f"no article found in {os.path.basename(os.path.abspath(folder))!r}: it "
            "must hold .txt or .html files, at its top or in one folder per outlet. "
            f"{notes or 'It is empty.'}"
        )
    return _with_ids(pd.DataFrame(rows), notes)


def _read_file(file: File) -> tuple[dict[str, str], Decoding]:
    """What is known of an article; where its `raw` is empty, `_reason` says why."""
    with open(file.path, "rb") as opened:
        data = opened.read()
    if file.name.lower().endswith(".txt"):
        decoded = decode(data)
        facts = {"raw": decoded.text}
    else:
        decoded = decode_page(data)
        facts = read_page(decoded.text)
    if not _visible(facts["raw"]):
        reason = "it is blank"
        if _visible(decoded.text) and not file.name.lower().endswith(".txt"):
            reason = "no article found in the page; save its text as .txt"
        facts = {"raw": "", "_reason": reason}
    return facts, decoded.decoding


def _visible(text: str) -> bool:
    return re.search(r"\w", text) is not None


def _with_ids(table: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """`article_id`: the name without its ending, or with it where two share it."""
    name = table["source_file"]
    ids = name.str.replace(r"\.[^./]*$", "", regex=True)
    shared = ids.duplicated(keep=False)
    if shared.any():
        notes.add(
            "files that differ only in their ending keep it in article_id: "
            f"{listed(name[shared])}; remove one of each if they hold the same article."
        )
    return table.assign(article_id=name.where(shared, ids))
