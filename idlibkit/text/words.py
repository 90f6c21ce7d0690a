"""Normalising and tokenising: what a character and a word are.

Two normal forms, because counting and scoring need different ones:

* `fold` is for counting and finding: typography, case and Latin accents must not tell
  two words apart.
* `plain` is for scoring: only typography goes; letters and case stay, since the rules
  of the lexicon read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .marks import APOSTROPHES, DOUBLE_MARKS, HYPHENS, PLAIN

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "TOKEN",
    "count_words",
    "fold",
    "fold_with_places",
    "plain",
    "spaced_words",
    "term",
    "to_polars",
    "tokenize",
]


# Never seen by a reader, so never part of a word: soft hyphen, zero-width characters,
# direction marks.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_WORD = rf"[\p{{L}}\p{{Nd}}][\p{{L}}\p{{Nd}}\p{{M}}{INVISIBLE}]*"
# U.S., F.B.I.: one word, as US and FBI are.
_UNIT = rf"(?:(?:\p{{Lu}}\.){{2,}}|{_WORD})"
# The tokeniser, as a Rust regular expression: letters or digits, with apostrophes and
# hyphens inside, or letters with stops.
TOKEN = rf"{_UNIT}(?:[{HYPHENS}{APOSTROPHES}]{_UNIT})*"

_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, INVISIBLE)),
    **dict.fromkeys(map(ord, APOSTROPHES + "\u201a"), "'"),
    **dict.fromkeys(map(ord, DOUBLE_MARKS), '"'),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
    0x0131: "i",  # dotless: Turkish and English spellings of a name are one word
}
_LATIN = (
    "a-z\u00df-\u00f6\u00f8-\u02af\u1d00-\u1d25\u1e00-\u1eff\ua722-\ua787\uab30-\uab64"
)
_LATIN_MARKS = re.compile(f"([{_LATIN}])[\u0300-\u036f]+")
_POSSESSIVE = re.compile(r"'s$")

_NOT_PLAIN = re.compile(f"[{''.join(PLAIN)}]")


def fold(text: str) -> str:
    """Bring spellings of the same words together, for counting and finding.

    Compatibility forms are decomposed (NFKD), case is folded, marks are taken off Latin
    letters, the dotless i becomes i, and quotes, apostrophes and hyphens become the
    plain ones. Other scripts keep their marks.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        The folded text; its length can differ from that of `text`.

    Examples
    --------
    >>> fold("Gül’s “Straße”")
    'gul\\'s "strasse"'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY)).casefold()
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub(r"\1", decomposed)).translate(
        _TYPOGRAPHY
    )


def fold_with_places(text: str) -> tuple[str, np.ndarray]:
    """The folded text, and for each of its characters (and its end) the place in `text`
    that it comes from.

    Folded piece by piece, where a piece is a character with the marks that follow it,
    so that a match in the folded text leads back to the untouched one:
    ``text[places[i]:places[j]]`` for the match ``folded[i:j]``.
    """
    if text.isascii():
        return text.lower(), np.arange(len(text) + 1)
    pieces, starts = [], []
    at = 0
    for run in re.finditer(
        r"[\x00-\x7f]+(?![\u0300-\u036f])|.[\u0300-\u036f]*", text, re.DOTALL
    ):
        piece = fold(run.group())
        if run.group().isascii():
            starts.append(np.arange(at, at + len(piece)))
        else:
            starts.append(np.full(len(piece), at))
        pieces.append(piece)
        at = run.end()
    return "".join(pieces), np.append(np.concatenate(starts), len(text))


@lru_cache(maxsize=1 << 18)
def term(token: str) -> str:
    """The form in which a token is counted: folded, without a possessive 's and without
    the stops of an abbreviation.
    """
    return _POSSESSIVE.sub("", fold(token)).replace(".", "")


def tokenize(text: str) -> list[str]:
    """Cut a text into the terms that idlibkit counts.

    A token is letters or digits with inner apostrophes and hyphens; it is folded (see
    `fold`) and loses a possessive 's. U.S. is one token, and one term with US.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of str

    Examples
    --------
    >>> tokenize("Norway’s well-kept “cease-fire” isn't 3.6km long")
    ['norway', 'well-kept', 'cease-fire', "isn't", '3', '6km', 'long']
    """
    import polars as pl

    return [term(token) for token in pl.Series([text]).str.extract_all(TOKEN)[0]]


def spaced_words(text: str) -> str:
    """Words in small letters with a space around each, to find whole words only."""
    return " ".join(["", *re.findall(r"\w+", text.lower()), ""])


def plain(texts: pd.Series | Iterable[str]) -> list[str]:
    """Take the typography out of texts before they are scored; letters and case stay.

    Curly quotes and apostrophes, no-break spaces and typographic hyphens become the
    plain ones; dashes become ``" - "``. ASCII text comes back unchanged.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    list of str

    Examples
    --------
    >>> plain(["It isn’t “aggression”—or war", "plain - text"])
    ['It isn\\'t "aggression" - or war', 'plain - text']
    """
    return [text if text.isascii() else _NOT_PLAIN.sub(_plain, text) for text in texts]


def _plain(match: re.Match[str]) -> str:
    return PLAIN[match.group()]


def to_polars(texts: pd.Series) -> pl.Series:
    """A pandas text column as a polars one, missing texts as empty ones."""
    import polars as pl
    import pyarrow as pa

    return pl.Series(
        "text", pa.array(texts, pa.large_string(), from_pandas=True)
    ).fill_null("")


def count_words(texts: pd.Series) -> np.ndarray:
    """The number of tokens of each text: what every `min_words` counts.

    Examples
    --------
    >>> count_words(pd.Series(["It isn't well-kept.", ""])).tolist()
    [3, 0]
    """
    counts = to_polars(texts).str.count_matches(TOKEN)
    return counts.to_numpy().astype(np.int64)
