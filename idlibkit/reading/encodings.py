"""Bytes of files and pages as text, or a named reason why not."""

from __future__ import annotations

import codecs
import re

from ..tables import listed

__all__ = ["BOMS", "MAGIC", "decode", "decode_page", "odd_encodings"]


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
        raise UnicodeError(
            "it is neither UTF-8, UTF-16 nor Windows-1252 text"
        ) from None
    letters = len(re.findall(r"[^\W\d_]", text))
    plain = len(re.findall(r"[A-Za-z]", text))
    if letters - plain >= 40 and letters - plain > 0.35 * letters:
        raise UnicodeError(
            "it is neither UTF-8 nor UTF-16, and reads as nonsense in Windows-1252"
        )
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


def decode_page(data: bytes) -> tuple[str, str]:
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
