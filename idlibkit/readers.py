"""Folders of files to rows: encodings, text files and HTML pages.

What reads appends to `notes` a sentence for whatever it left out or read in a way the user should know of.
"""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections import defaultdict

import pandas as pd

from .tables import IdlibkitError, listed

__all__ = ["clean_name", "decode", "odd_encodings", "read_folder"]

ENDINGS = (".txt", ".html", ".htm")
TABLES = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# First bytes of files that people mistake for text, so that the message can name them.
MAGIC = [
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
]
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*"""
    rb"(windows-\d+|iso-8859-\d+|us-ascii|koi8-[ru]|gb2312|gbk|gb18030|big5|euc-jp|euc-kr|shift_jis|macintosh)\b",
    re.IGNORECASE,
)
# What browsers take these names to mean.
WEB_CODECS = {
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def decode(data: bytes) -> tuple[str, str]:
    """Text of `data`, and what to say of the way it was decoded ('' for UTF-8 and UTF-16).

    Line ends stay as they are; only a byte-order mark is taken off. Raises UnicodeError, with the reason, for what is
    not text.
    """
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise UnicodeError(f"it is {name}, not text")
    for bom, codec in BOMS:
        if data.startswith(bom):
            try:
                return _text(data.decode(codec)), ""
            except UnicodeDecodeError:
                if codec != "utf-8-sig":
                    return _text(data.decode(codec, "replace")), "damaged"
                data = data[3:]
    if b"\0" in data:
        return _utf16(data), ""
    try:
        return _text(data.decode("utf-8")), ""
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if len(text) - len(text.encode("ascii", "ignore")) - bad >= 3 * bad:
        return _text(text), "damaged"
    try:
        text = _text(data.decode("cp1252"))
    except UnicodeDecodeError:
        raise UnicodeError("it is neither UTF-8, UTF-16 nor Windows-1252 text") from None
    letters = len(re.findall(r"[^\W\d_]", text))
    plain = len(re.findall(r"[A-Za-z]", text))
    if letters - plain >= 40 and letters - plain > 0.35 * letters:
        raise UnicodeError("it is neither UTF-8 nor UTF-16, and reads as nonsense in Windows-1252")
    return text, "cp1252"


def _text(text: str) -> str:
    if len(_CONTROL.findall(text[:100_000])) > 0.005 * min(len(text), 100_000):
        raise UnicodeError("it is a binary file, not text")
    return text


def _utf16(data: bytes) -> str:
    """Text that was written as UTF-16 without a mark: its zero bytes all stand on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > 50 * min(even, odd):
        try:
            return _text(data.decode("utf-16-le" if odd > even else "utf-16-be"))
        except UnicodeDecodeError:
            pass
    raise UnicodeError("it is a binary file, not text")


def clean_name(name: str) -> str:
    """A path inside a folder as text: composed letters, and U+FFFD for bytes that are no text at all."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


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
            other[f"cannot be opened ({error.strerror})"].append(prefix.rstrip("/") or os.path.basename(here))
            continue
        for entry in entries:
            name = prefix + entry.name
            upper = entry.name.upper()
            if upper.startswith((".", "README.")) or upper == "README" or upper.endswith(".TOML"):
                continue
            if name == "manifest.csv" or os.path.abspath(entry.path) == skip:
                continue
            if entry.is_dir():
                if entry.is_symlink():
                    other["is a link to a folder; put the folder itself there"].append(name)
                else:
                    waiting.append((entry.path, name + "/"))
            elif entry.is_symlink() and os.path.commonpath([inside, os.path.realpath(entry.path)]) != inside:
                other["is a link that leads out of the folder; put the file itself there"].append(name)
            elif entry.name.lower().endswith(TABLES):
                other["is a table of its own; give its path instead of the folder's"].append(name)
            elif not entry.name.lower().endswith(ENDINGS):
                other[f"is not one of {', '.join(ENDINGS)}; save it as one of them"].append(name)
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


def read_folder(folder: str, notes: list[str], *, only: str | None = None, skip: str | None = None) -> pd.DataFrame:
    """One row per readable file: article_id, source_file, raw and, for pages, title, published and _site.

    `only` is the one file to read; `skip` the absolute path of a manifest, which may lie in the folder.
    """
    files = [(clean_name(only), os.path.join(folder, only))] if only else _walk(folder, skip, notes)
    rows, reasons, odd = [], defaultdict(list), defaultdict(list)
    for name, path in files:
        try:
            with open(path, "rb") as file:
                data = file.read()
            page = not name.lower().endswith(".txt")
            text, how = _decode_page(data) if page else decode(data)
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
                    "no article found in the page; save its text as .txt" if page and _visible(text) else "it is blank"
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


def odd_encodings(odd: dict[str, list[str]]) -> list[str]:
    """What to say of files by the way they were decoded, as `decode` names it."""
    notes = []
    if "cp1252" in odd:
        notes.append(
            f"not UTF-8 and read as Windows-1252: {listed(odd['cp1252'])}; save as UTF-8 if letters came out wrong."
        )
    if "damaged" in odd:
        notes.append(
            f"some bytes could not be decoded and stand as \ufffd: {listed(odd['damaged'])}; get a whole copy."
        )
    return notes


def _decode_page(data: bytes) -> tuple[str, str]:
    """A page says its encoding; believe it where the bytes are not UTF-8 and agree."""
    named = _META_CHARSET.search(data, 0, 4096)
    if named and not data.startswith(tuple(bom for bom, _ in BOMS)):
        said = named[1].decode("ascii").lower()
        for codec in ("utf-8", WEB_CODECS.get(said, said)):
            try:
                return _text(data.decode(codec)), ""
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(data)


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
    log.setLevel(logging.CRITICAL + 1)  # what it would say on stderr is said in our own words
    try:
        page = bare_extraction(html, with_metadata=True, include_comments=False, date_extraction_params=_DATES)
    except Exception as error:  # any HTML at all may come in; one page must not end the reading of a thousand
        raise UnicodeError(f"its HTML could not be parsed ({type(error).__name__})") from error
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
