"""Texts that came in broken: mended where it is sure what stood there, and said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ..tables import listed
from ..text import to_polars
from .notes import Notes

__all__ = ["repair"]


@dataclass(frozen=True, slots=True)
class Repair:
    """A kind of damage: what shows it (for polars), its mend, and what to say."""

    sign: str
    mend: Callable[[str], str]
    sentence: str


# Quotation marks and dashes of Windows-1252 that came in as control characters.
_CONTROLS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
# "\n" and "\"" written out, as some exports write line ends and marks inside texts
_WRITTEN_OUT = re.compile(r"\\(?:r\\n|[nrt\"'])")
_MEANINGS = {r"\t": " ", r"\"": '"', r"\'": "'"}
# NewsAPI cuts texts: "... the council said. [+1234 chars]"
_CUT = re.compile(r"\[\+\d[\d,.]{0,12} chars\]\s*\Z")


def _without_controls(text: str) -> str:
    return text.translate(_CONTROLS)


def _decoded_again(text: str) -> str:
    """UTF-8 that was read as another encoding, as ftfy tells and mends it.

    The byte that Windows-1252 does not have is nearly always that of a closing mark.
    """
    from ftfy import fix_encoding

    if "â€œ" in text:
        text = text.replace("â€\ufffd", "â€\x9d")
    return fix_encoding(text)


def _line_ends(text: str) -> str:
    # a text with line ends of its own may speak of "\n"
    if "\n" in text or len(_WRITTEN_OUT.findall(text)) < 2:
        return text
    return _WRITTEN_OUT.sub(lambda match: _MEANINGS.get(match[0], "\n"), text)


def _without_count(text: str) -> str:
    match = _CUT.search(text)
    return text[: match.start()].rstrip() if match else text


REPAIRS = (
    # a first byte of UTF-8 and one that follows it, read as Windows-1252: "â€", "Ã©"
    Repair(
        r"[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]",
        _decoded_again,
        "letters had been decoded wrongly before (such as 'â€œ' for '“') and are "
        "mended in {}; save the source as UTF-8 to be sure.",
    ),
    Repair(
        r"[\x91-\x97]",
        _without_controls,
        "quotation marks and dashes had come in as control characters and are mended "
        "in {}.",
    ),
    Repair(
        r"\\[nrt]",
        _line_ends,
        r"line ends written out as '\n' are line ends now in {}.",
    ),
    Repair(
        r"\[\+\d[\d,.]{0,12} chars\]\s*\z",
        _without_count,
        "cut by the news service that sent them ('[+123 chars]'): {}; get the whole "
        "texts, since what is left is only their beginning.",
    ),
)


def repair(values: pd.Series, ids: pd.Series, notes: Notes) -> pd.Series:
    """`values` with each kind of damage mended; `ids` name the articles."""
    for kind in REPAIRS:
        rows = to_polars(values).str.contains(kind.sign).to_numpy()
        if not rows.any():
            continue
        damaged = values[rows]
        mended = damaged.map(kind.mend)
        changed = mended[mended != damaged]
        if len(changed):
            names = listed(ids[changed.index], 4)
            notes.add(kind.sentence.replace("{}", names))
            values = values.where(~values.index.isin(changed.index), changed)
    return values
