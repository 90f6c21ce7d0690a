"""Bytes of files and pages as text, or a named reason why not."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..tables import listed
from .notes import Notes

__all__ = [
    "BOMS",
    "MAGIC",
    "Decoded",
    "Decoding",
    "decode",
    "decode_page",
    "note_decodings",
]


class Decoding(StrEnum):
    """How sure the letters are."""

    SOUND = "sound"  # UTF-8, UTF-16, or what a page says of itself
    WINDOWS = "windows-1252"  # read as the commonest encoding that allows the bytes
    DAMAGED = "damaged"  # some bytes stand as U+FFFD


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, line ends as they are, a byte-order mark taken off."""

    text: str
    decoding: Decoding = Decoding.SOUND


BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
# First bytes of files that people mistake for text, so that the message names them.
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
# <meta charset="windows-1251">, <meta ... content="text/html; charset=iso-8859-9">
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*"""
    rb"(windows-\d+|iso-8859-\d+|us-ascii|koi8-[ru]|gb2312|gbk|gb18030|big5"
    rb"|euc-jp|euc-kr|shift_jis|macintosh)\b",
    re.IGNORECASE,
)
# What browsers take these names to mean (WHATWG Encoding Standard).
_WEB_CODECS = {
    "iso-8859-1": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}


def decode(data: bytes) -> Decoded:
    """The text of `data`: UTF-8, UTF-16, else Windows-1252.

    Raises
    ------
    UnicodeError
        With the reason, for what is not text.
    """
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise UnicodeError(f"it is {name}, not text")
    for bom, codec in BOMS:
        if data.startswith(bom):
            try:
                return Decoded(_checked(data.decode(codec)))
            except UnicodeDecodeError:
                if codec != "utf-8-sig":
                    text = _checked(data.decode(codec, "replace"))
                    return Decoded(text, Decoding.DAMAGED)
                data = data[len(bom) :]
    if b"\0" in data:
        return Decoded(_utf16(data))
    try:
        return Decoded(_checked(data.decode("utf-8")))
    except UnicodeDecodeError:
        return _not_utf8(data)


def _not_utf8(data: bytes) -> Decoded:
    """Bytes that are no sound UTF-8: damaged where most of it is, else Windows-1252."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - bad
    if sound >= 3 * bad:  # letters beyond ASCII that came out well, against bad bytes
        return Decoded(_checked(text), Decoding.DAMAGED)
    try:
        text = _checked(data.decode("cp1252"))
    except UnicodeDecodeError:
        raise UnicodeError(
            "it is neither UTF-8, UTF-16 nor Windows-1252 text"
        ) from None
    letters = len(re.findall(r"[^\W\d_]", text))
    accented = letters - len(re.findall(r"[A-Za-z]", text))
    # Western languages have at most one accented letter in five; Cyrillic bytes read
    # as Windows-1252 are nearly all accented
    if accented >= 40 and accented > 0.35 * letters:
        raise UnicodeError(
            "it is neither UTF-8 nor UTF-16, and reads as nonsense in Windows-1252"
        )
    return Decoded(text, Decoding.WINDOWS)


def _checked(text: str) -> str:
    """`text`, unless its start has more control characters than a text can."""
    start = text[:100_000]
    if len(_CONTROL.findall(start)) > 0.005 * len(start):
        raise UnicodeError("it is a binary file, not text")
    return text


def _utf16(data: bytes) -> str:
    """Text written as UTF-16 without a mark: its zero bytes all stand on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > 50 * min(even, odd):
        try:
            return _checked(data.decode("utf-16-le" if odd > even else "utf-16-be"))
        except UnicodeDecodeError:
            pass
    raise UnicodeError("it is a binary file, not text")


def decode_page(data: bytes) -> Decoded:
    """A page says its encoding; believe it where the bytes agree and are not UTF-8."""
    charset = _META_CHARSET.search(data, 0, 4096)
    if charset and not data.startswith(tuple(bom for bom, _ in BOMS)):
        name = charset[1].decode("ascii").lower()
        for codec in ("utf-8", _WEB_CODECS.get(name, name)):
            try:
                return Decoded(_checked(data.decode(codec)))
            except (UnicodeDecodeError, LookupError):
                pass
    return decode(data)


def note_decodings(names: Mapping[Decoding, Sequence[str]], notes: Notes) -> None:
    """Name the files whose letters are not sure."""
    if windows := names.get(Decoding.WINDOWS):
        notes.add(
            f"not UTF-8 and read as Windows-1252: {listed(windows)}; save as UTF-8 if "
            "letters came out wrong."
        )
    if damaged := names.get(Decoding.DAMAGED):
        notes.add(
            f"some bytes could not be decoded and stand as \ufffd: {listed(damaged)}; "
            "get a whole copy."
        )
