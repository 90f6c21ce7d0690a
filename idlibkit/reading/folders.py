"""Folders of files to rows: which files, and what each one holds."""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ..tables import listed
from .documents import read_document
from .encodings import Decoding, note_decodings
from .kinds import DOCUMENTS, is_document, is_table
from .notes import Notes
from .pages import with_bodies

__all__ = ["File", "Folder", "clean_name", "look_through", "read_files"]

MANIFEST = "manifest.csv"
BATCH = 100  # files: bounds memory, changes no result


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file to read: its name inside the folder, as text, and its path."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Folder:
    """What a folder holds, sorted by name, and why other files are not read."""

    documents: list[File]
    tables: list[File]
    refusals: dict[str, list[str]]

    def note_refusals(self, notes: Notes) -> None:
        for reason, names in sorted(self.refusals.items()):
            notes.left_out(sorted(map(clean_name, names)), reason)


def clean_name(name: str) -> str:
    """A path inside a folder as text: composed letters, U+FFFD for what is no text."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def look_through(folder: str, *, skip: str | None = None) -> Folder:
    """The files of a folder and of those below; `skip` is a manifest's path."""
    inside = os.path.realpath(folder)
    documents: list[File] = []
    tables: list[File] = []
    refusals: dict[str, list[str]] = defaultdict(list)
    for name, entry in _entries(folder, refusals):
        if name == MANIFEST or os.path.abspath(entry.path) == skip:
            continue
        reason = _refusal(entry, inside)
        if reason is not None:
            refusals[reason].append(name)
        elif is_table(name):
            tables.append(File(clean_name(name), entry.path))
        else:
            documents.append(File(clean_name(name), entry.path))
    return Folder(_unique(documents), _unique(tables), refusals)


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
        pages = {entry.name for entry in entries if not entry.is_dir()}
        for entry in entries:
            name = prefix + entry.name
            if _passed_over(entry.name) or _of_a_dataset(entry.name, pages):
                continue
            if not entry.is_dir():
                yield name, entry
            elif entry.is_symlink():
                refusals["is a link to a folder; put the folder itself there"].append(
                    name
                )
            elif not _belongs_to_a_page(entry.name, pages):
                waiting.append((entry.path, name + "/"))


def _passed_over(name: str) -> bool:
    """Dotfiles, READMEs, settings and what tools leave, no one's articles."""
    upper = name.upper()
    if upper in ("README", "__MACOSX", "_SUCCESS"):
        return True
    return upper.startswith((".", "README.")) or upper.endswith((".TOML", ".CRC"))


def _of_a_dataset(name: str, files: set[str]) -> bool:
    """Whether a file tells of the Arrow files beside it (Hugging Face datasets)."""
    about = {"dataset_info.json", "dataset_dict.json", "state.json"}
    of_a_dataset = "dataset_dict.json" in files or "dataset_info.json" in files
    return of_a_dataset and name in about


def _belongs_to_a_page(name: str, files: set[str]) -> bool:
    """Whether a folder holds the pictures and frames of a page beside it.

    Browsers save ``Cranes.html`` with ``Cranes_files`` (also ``Cranes-Dateien``).
    """
    for mark in ("_files", "-Dateien", "_fichiers", "_archivos", "_file"):
        page = name.removesuffix(mark)
        if page != name and {f"{page}.html", f"{page}.htm"} & files:
            return True
    return False


def _refusal(entry: os.DirEntry, inside: str) -> str | None:
    """Why a file is not read, if it is not; `inside` is the folder's real path."""
    if entry.is_symlink():
        real = os.path.realpath(entry.path)
        if os.path.commonpath([inside, real]) != inside:
            return "is a link that leads out of the folder; put the file itself there"
    if not is_document(entry.name) and not is_table(entry.name):
        return _mend(entry.name)
    if entry.is_symlink() and not os.path.exists(entry.path):
        return "is a link to nothing; put the file itself there"
    if not entry.is_file():
        return "is not a regular file"
    return None


def _mend(name: str) -> str:
    """What to do with a file of a kind that is not read."""
    ending = os.path.splitext(name.lower())[1]
    if ending == ".epub":
        return "is an e-book; save its text as .html or .txt, one article a file"
    if ending in (".xls", ".ods", ".doc", ".odt"):
        return "is of an old office or another one; save it as .xlsx or .docx"
    return f"is not one of {', '.join(DOCUMENTS)}; save it as one of them"


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


def read_files(files: list[File], notes: Notes) -> pd.DataFrame:
    """One row per article: article_id, source_file, raw or text, and what files tell.

    Pages have `title`, `published` and `_site`, where known.
    """
    rows: list[dict[str, str]] = []
    some: list[dict[str, str]] = []  # whose pages are cleaned together
    refusals: dict[str, list[str]] = defaultdict(list)
    decodings: dict[Decoding, list[str]] = defaultdict(list)
    several: dict[str, list[str]] = defaultdict(list)
    for number, file in enumerate(files, 1):
        try:
            with open(file.path, "rb") as opened:
                document = read_document(opened.read(), file.name)
        except FileNotFoundError:
            reason = "vanished while the folder was read; read it again"
            refusals[reason].append(file.name)
        except OSError as error:
            refusals[f"cannot be opened: {error.strerror}"].append(file.name)
        except UnicodeError as error:
            mend = "" if ";" in str(error) else "; save it as UTF-8 text"
            refusals[f"{error}{mend}"].append(file.name)
        else:
            decodings[document.decoding].append(file.name)
            if document.reason:
                refusals[document.reason].append(file.name)
            if document.several:
                several[document.several].append(file.name)
            some += _numbered(document.rows, file.name)
        if number % BATCH == 0 or number == len(files):
            rows += with_bodies(some)
            some = []
    for reason, names in sorted(refusals.items()):
        notes.left_out(names, reason)
    note_decodings(decodings, notes)
    for sign, names in sorted(several.items()):
        notes.add(
            f"several articles seem to stand in {listed(names)} ({sign}) and were read "
            "as one; give each a file of its own, or a row of a CSV."
        )
    return _with_ids(pd.DataFrame(rows), notes)


def _numbered(rows: list[dict[str, str]], name: str) -> list[dict[str, str]]:
    """The articles of a file, with their place in it where there are several."""
    if len(rows) == 1:
        return [{"source_file": name, "_place": "", **rows[0]}]
    width = len(str(len(rows)))
    return [
        {"source_file": name, "_place": f"-{place:0{width}}", **row}
        for place, row in enumerate(rows, 1)
    ]


def _with_ids(table: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """`article_id`: the name without its ending, or with it where two share it."""
    if table.empty:
        return table
    name = table["source_file"]
    stem = name.str.replace(r"(?i)\.[^./]*(?:\.gz)?$", "", regex=True)
    files = pd.DataFrame({"name": name, "stem": stem}).drop_duplicates()
    shared = stem.isin(files["stem"][files["stem"].duplicated()])
    if shared.any():
        notes.add(
            "files that differ only in their ending keep it in article_id: "
            f"{listed(name[shared].unique())}; remove one of each if they hold the "
            "same article."
        )
    ids = name.where(shared, stem) + table["_place"]
    while ids.duplicated().any():  # "a-1.txt" beside the first article of "a.txt"
        ids = ids.mask(ids.duplicated(), ids + "~")
    return table.drop(columns="_place").assign(article_id=ids)
