"""Normalising and tokenising: the only place where the package decides what a character or a word is.

Two normal forms, because counting and scoring need different ones:

* `fold` is for counting and finding: typography, case and Latin accents must not tell two words apart.
* `plain` is for scoring: only typography goes; letters and case stay, since the lexicon rules read them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
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
    "to_bytes",
    "to_polars",
    "token_places",
    "tokenize",
]


# Never seen by a reader, so never part of a word: soft hyphen, zero-width characters, direction marks.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_WORD = rf"[\p{{L}}\p{{Nd}}][\p{{L}}\p{{Nd}}\p{{M}}{INVISIBLE}]*"
# The tokeniser, as a Rust regular expression: letters or digits, with apostrophes and hyphens inside. `token_places` is
# the same over whole columns, without going through the text one character at a time.
TOKEN = rf"{_WORD}(?:[{HYPHENS}{APOSTROPHES}]{_WORD})*"

_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, INVISIBLE)),
    **dict.fromkeys(map(ord, APOSTROPHES + "\u201a"), "'"),
    **dict.fromkeys(map(ord, DOUBLE_MARKS), '"'),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
    0x0131: "i",  # dotless i, so that Turkish and English spellings of a name are one word
}
_LATIN_MARKS = re.compile(
    "([a-z\u00df-\u00f6\u00f8-\u02af\u1d00-\u1d25\u1e00-\u1eff\ua722-\ua787\uab30-\uab64])[\u0300-\u036f]+"
)
_POSSESSIVE = re.compile(r"'s$")

_NOT_PLAIN = re.compile(f"[{''.join(PLAIN)}]")


def fold(text: str) -> str:
    """Bring spellings of the same words together, for counting and finding.

    Compatibility forms are decomposed (NFKD), case is folded, marks are taken off Latin letters, the dotless i
    becomes i, and quotes, apostrophes and hyphens become the plain ones. Other scripts keep their marks.

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
    """The folded text, and for each of its characters (and its end) the place in `text` that it comes from.

    Folded piece by piece, where a piece is a character with the marks that follow it, so that a match in the
    folded text leads back to the untouched one: ``text[places[i]:places[j]]`` for the match ``folded[i:j]``.
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
    """The form in which a token is counted: folded, without a possessive 's."""
    return _POSSESSIVE.sub("", fold(token))


def tokenize(text: str) -> list[str]:
    """Cut a text into the terms that idlibkit counts.

    A token is letters or digits with inner apostrophes and hyphens; it is folded (see `fold`) and loses a
    possessive 's.

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
    """Words in small letters with a space around each, so that only whole words are found in one another."""
    return " ".join(["", *re.findall(r"\w+", text.lower()), ""])


def plain(texts: pd.Series | Iterable[str]) -> list[str]:
    """Take the typography out of texts before they are scored; letters and case stay.

    Curly quotes and apostrophes, no-break spaces and typographic hyphens become the plain ones; dashes become
    ``" - "``. ASCII text comes back unchanged.

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
    return [
        text if text.isascii() else _NOT_PLAIN.sub(lambda found: PLAIN[found[0]], text)
        for text in texts
    ]


def to_polars(texts: pd.Series) -> pl.Series:
    """A pandas text column as a polars one, missing texts as empty ones."""
    import polars as pl
    import pyarrow as pa

    return pl.Series(
        "text", pa.array(texts, pa.large_string(), from_pandas=True)
    ).fill_null("")


OTHER, LETTER, MARK, JOINER, UNKNOWN = range(5)  # what a character is to TOKEN


def to_bytes(texts: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """All texts as UTF-8 with a line end before and after each, and where each begins (and, last, would begin)."""
    import polars as pl

    column = to_polars(texts)
    first = 1 + np.concatenate(
        [[0], np.cumsum(column.str.len_bytes().to_numpy().astype(np.int64) + 1)]
    )
    around = (
        pl.Series("text", [part]) for part in ("", " " * 8)
    )  # so that eight bytes can be read from any place
    joined = pl.concat([next(around), column, next(around)]).str.join("\n").to_arrow()
    return np.frombuffer(joined.buffers()[2], np.uint8), first


def token_places(data: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each token begins and ends in what `to_bytes` returns: the matches of TOKEN, found for all bytes at once."""
    kind = np.take(_kinds()[0], data)
    joiner = np.flatnonzero(kind == JOINER)
    word = kind == LETTER
    width = np.ones(len(joiner), np.int64)
    lead = np.flatnonzero(data >= 0xC0)  # first bytes of characters beyond ASCII
    if len(lead):
        point, size = _decoded(data, lead)
        what = _kind_of(point)
        _spread(word, lead, size, what == LETTER)
        _spread(kind, lead, size, what == LETTER)
        mark = np.flatnonzero(what == MARK)
        if len(mark):  # a run of marks belongs to the letter before it, if there is one
            opens = np.append(True, lead[mark[1:]] != lead[mark[:-1]] + size[mark[:-1]])
            after_letter = word[lead[mark[opens]] - 1][np.cumsum(opens) - 1]
            _spread(word, lead[mark], size[mark], after_letter)
        joiner, width = (
            np.append(*both)
            for both in ((joiner, lead[what == JOINER]), (width, size[what == JOINER]))
        )
    inside = word[joiner - 1] & (kind[joiner + width] == LETTER)
    _spread(word, joiner, width, inside)
    edge = np.flatnonzero(word[1:] != word[:-1]) + 1
    return edge[::2], edge[1::2]


def count_words(texts: pd.Series) -> np.ndarray:
    """The number of tokens of each text."""
    data, first = to_bytes(texts)
    return np.diff(np.searchsorted(token_places(data)[0], first))


@cache
def _kinds() -> tuple[np.ndarray, np.ndarray]:
    """What each byte is, and each code point; the latter is filled in as characters are met."""
    of_byte = np.full(256, OTHER, np.uint8)
    for code in range(128):
        of_byte[code] = (
            LETTER if chr(code).isalnum() else JOINER if chr(code) in "'-" else OTHER
        )
    return of_byte, np.full(0x110000, UNKNOWN, np.uint8)


def _kind_of(points: np.ndarray) -> np.ndarray:
    """What each character is, by the classes that TOKEN is made of."""
    import polars as pl

    known = _kinds()[1]
    kinds = known[points]
    if (kinds == UNKNOWN).any():
        new = np.unique(points[kinds == UNKNOWN])
        char = pl.Series(list(map(chr, new.tolist())), dtype=pl.String)
        found = np.full(len(new), OTHER, np.uint8)
        for kind, wanted in (
            (JOINER, HYPHENS + APOSTROPHES),
            (MARK, rf"\p{{M}}{INVISIBLE}"),
            (LETTER, r"\p{L}\p{Nd}"),
        ):
            found[char.str.contains(f"[{wanted}]").to_numpy()] = kind
        known[new] = found
        kinds = known[points]
    return kinds


def _decoded(data: np.ndarray, lead: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The code points of the characters of several bytes that begin at `lead`, and how many bytes each has."""
    first = data[lead]
    size = 2 + (first >= 0xE0).astype(np.int64) + (first >= 0xF0)
    point = first & (0x7F >> size)
    point = point.astype(np.int32)
    for step in (1, 2, 3):
        more = data[np.minimum(lead + step, len(data) - 1)] & 0x3F
        point = np.where(size > step, point << 6 | more, point)
    return point, size


def _spread(
    values: np.ndarray, first: np.ndarray, size: np.ndarray, where: np.ndarray
) -> None:
    """Set all bytes of some characters to 1 (LETTER, or true)."""
    for step in range(4):
        values[first[where & (size > step)] + step] = 1
