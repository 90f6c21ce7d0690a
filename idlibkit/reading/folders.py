"""Folders of files to rows: encodings, text files and HTML pages.

What reads appends to `notes` a sentence for whatever it left out or read in a way the user should know of.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict

import pandas as pd

from ..tables import IdlibkitError, listed
from .encodings import decode, decode_page, odd_encodings

__all__ = ["ENDINGS", "TABLES", "clean_name", "read_folder"]


ENDINGS = (".txt", ".html", ".htm")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")


def clean_name(name: str) -> str:
    """A path inside a folder as text: composed letters, and U+FFFD for bytes that are no text at all."""
    return unicodedata.normalize(
        "NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    )


def _walk(folder: str, skip: str | None, notes: list[str]) -> list[tuple[str, str]]:
    """Name inside the folder and path of each file to read, sorted by name."""
    inside = os.path.realpath(folder)
    found, other = [], defaultdict(list)
    waiting = [(folder, "")]
    while waiting:
        here, prefix = waiting.pop()
        try:
            with os.scandir(here) as entries:
                entries = list(entries)
        except OSError as error:
            other[f"cannot be opened ({error.strerror})"].append(
                prefix.rstrip("/") or os.path.basename(here)
            )
            continue
        for entry in entries:
            name = prefix + entry.name
            upper = entry.name.upper()
            if (
                upper.startswith((".", "README."))
                or upper == "README"
                or upper.endswith(".TOML")
            ):
                continue
            if name == "manifest.csv" or os.path.abspath(entry.path) == skip:
                continue
            if entry.is_dir():
                if entry.is_symlink():
                    other["is a link to a folder; put the folder itself there"].append(
                        name
                    )
                else:
                    waiting.append((entry.path, name + "/"))
            elif (
                entry.is_symlink()
                and os.path.commonpath([inside, os.path.realpath(entry.path)]) != inside
            ):
                other[
                    "is a link that leads out of the folder; put the file itself there"
                ].append(name)
            elif entry.name.lower().endswith(TABLES):
                other[
                    "is a table of its own; give its path instead of the folder's"
                ].append(name)
            elif not entry.name.lower().endswith(ENDINGS):
                other[
                    f"is not one of {', '.join(ENDINGS)}; save it as one of them"
                ].append(name)
            elif entry.is_symlink() and not os.path.exists(entry.path):
                other["is a link to nothing; put the file itself there"].append(name)
            elif not entry.is_file():
                other["is not a regular file"].append(name)
            else:
                found.append((clean_name(name), entry.path))
    for reason, names in sorted(other.items()):
        notes.append(f"left out: {listed(sorted(map(clean_name, names)))} ({reason}).")
    unique: dict[str, str] = {}
    for name, path in sorted(found):
        while name in unique:  # names that differ only in how their letters are stored
            stem, ending = os.path.splitext(name)
            name = f"{stem}~{ending}"
        unique[name] = path
    return sorted(unique.items())


def read_folder(
    folder: str, notes: list[str], *, only: str | None = None, skip: str | None = None
) -> pd.DataFrame:
    """One row per readable file: article_id, source_file, raw and, for pages, title, published and _site.

    `only` is the one file to read; `skip` the absolute path of a manifest, which may lie in the folder.
    """
    files = (
        [(clean_name(only), os.path.join(folder, only))]
        if only
        else _walk(folder, skip, notes)
    )
    rows, reasons, odd = [], defaultdict(list), defaultdict(list)
    for name, path in files:
        try:
            with open(path, "rb") as file:
                data = file.read()
            page = not name.lower().endswith(".txt")
            text, how = decode_page(data) if page else decode(data)
            facts = _read_page(text) if page else {"raw": text}
        except FileNotFoundError:
            reasons["vanished while the folder was read; read it again"].append(name)
        except OSError as error:
            reasons[f"cannot be opened: {error.strerror}"].append(name)
        except UnicodeError as error:
            reasons[f"{error}; save it as UTF-8 text"].append(name)
        else:
            if how:
                odd[how].append(name)
            if not _visible(facts["raw"]):
                why = (
                    "no article found in the page; save its text as .txt"
                    if page and _visible(text)
                    else "it is blank"
                )
                reasons[why].append(name)
            else:
                rows.append({"source_file": name, **facts})
    for reason, names in sorted(reasons.items()):
        notes.append(f"left out: {listed(names)} ({reason}).")
    notes += odd_encodings(odd)
    if not rows:
        hint = " " + " ".join(notes) if notes else " It is empty."
        raise IdlibkitError(
            f"no article found in {os.path.basename(os.path.abspath(folder))!r}: it must hold .txt or .html files, at "
            f"its top or in one folder per outlet.{hint}"
        )
    table = pd.DataFrame(rows)
    table["article_id"] = table["source_file"].str.replace(r"\.[^./]*$", "", regex=True)
    twice = table["article_id"].duplicated(keep=False)
    if twice.any():
        notes.append(
            f"files that differ only in their ending keep it in article_id: {listed(table['source_file'][twice])}; "
            "remove one of each if they hold the same article."
        )
        table["article_id"] = table["source_file"].where(twice, table["article_id"])
    return table


def _visible(text: str) -> bool:
    return re.search(r"\w", text) is not None


def _read_page(html: str) -> dict[str, str]:
    """raw, title, published and _site (its name) as trafilatura finds them in a page."""
    import logging

    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise IdlibkitError(
            f"reading HTML pages needs trafilatura ({error}). Install it with: python -m pip install 'idlibkit[html]'"
        ) from error
    log = logging.getLogger("trafilatura")
    level = log.level
    log.setLevel(
        logging.CRITICAL + 1
    )  # what it would say on stderr is said in our own words
    try:
        page = bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            date_extraction_params=_DATES,
        )
    except Exception as error:  # any HTML at all may come in; one page must not end the reading of a thousand
        raise UnicodeError(
            f"its HTML could not be parsed ({type(error).__name__})"
        ) from error
    finally:
        log.setLevel(level)
    if page is None or not page.text:
        return {"raw": ""}
    title = " ".join((page.title or "").split())
    first, _, rest = page.text.strip().partition("\n")
    body = rest.strip() if title and first.strip() == title else page.text.strip()
    raw = f"{title}\n\n{body}" if title else body
    facts = {
        "raw": raw,
        "title": title,
        "published": _page_time(html, page.date),
        "_site": page.sitename or page.hostname,
    }
    return {name: value for name, value in facts.items() if value}


# Only dates that a page states as its own: not the year of its copyright line.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}
_STAMP = r"""["'](\d{4}-\d\d-\d\d[^"'<>]{0,30})["']"""
_PAGE_TIME = re.compile(
    rf"""(?:"datePublished"\s*:\s*|["']article:published_time["']\s+content\s*=\s*){_STAMP}"""
    rf"""|content\s*=\s*{_STAMP}\s+property\s*=\s*["']article:published_time"""
)


def _page_time(html: str, day: str | None) -> str | None:
    """The time and zone that the page gives for the day found; the day alone where it gives none."""
    times = (found[1] or found[2] for found in _PAGE_TIME.finditer(html))
    return day and next((time for time in times if time.startswith(day)), day)
