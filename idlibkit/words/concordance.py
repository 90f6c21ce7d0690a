"""Keyword in context."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from ..lexicons import words as lexicon_words
from ..tables import IdlibkitError, check_columns
from ..text import (
    encode,
    fold,
    is_abbreviation,
    spelling_list,
    term,
    to_polars,
    tokenize,
)

if TYPE_CHECKING:
    import polars as pl

__all__ = ["is_pronoun", "kwic", "token_spans"]

GAP = 3  # characters between passages that follow each other: marks and a space
CUT_WORD = re.compile(r"\S+$")
LETTERS = re.compile("[a-z0-9]+")
# What no word is written with that has only ASCII letters once it is folded.
OTHER_LETTERS = "[^\\x00-\\x7f\u00a0“”‘’–—…]"


def kwic(
    passages: pd.DataFrame, pattern: str | re.Pattern[str], *, width: int = 40
) -> pd.DataFrame:
    """The concordance of a term: every place where it occurs, with the text around it.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `outlet`, `voice`, `start`, `text`, and `speaker` if there is one;
        see `passages`.
    pattern : str or compiled regular expression
        A term or a sequence of terms, found as `count_terms` counts them: whole words,
        folded, British spellings with American. ``*`` stands for any characters in a
        word (``"displac*"``). Nothing else in a str is special. "us" is the country
        (US, U.S.), as in `count_terms`. A compiled regular expression is searched for
        in the text as it is.
    width : int
        Characters of context on each side, at most: whole words, from the passages
        before and after too where a passage ends early.

    Returns
    -------
    DataFrame
        `article_id`, `outlet`, `voice`, `speaker` (missing where `passages` has none),
        `left`, `match`, `right`, `start`, `end` (of the match in the source text), in
        the order of articles and text.

    Raises
    ------
    IdlibkitError
        If a column is missing, or the pattern has no word in it.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> passages = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "voice": "own",
    ...     "start": 0, "text": ["The centre’s talks failed, and talks in Rome too."]})
    >>> lines = ik.kwic(passages, "talks", width=8)
    >>> lines[["left", "match", "right", "start", "end"]]
        left  match     right  start  end
    0         talks   failed,     13   18
    1   and   talks   in Rome     31   36
    """
    needed = ["article_id", "outlet", "voice", "start", "text"]
    check_columns(passages, needed, "passages")
    column = to_polars(passages["text"])
    texts = column.to_list()
    if isinstance(pattern, re.Pattern):
        hits = [
            Hit(row, *match.span())
            for row, text in enumerate(texts)
            for match in pattern.finditer(text)
        ]
    elif isinstance(pattern, str):
        hits = _term_hits(column, texts, pattern)
    else:
        raise IdlibkitError(
            "pattern must be a str or a compiled regular expression, not "
            f"{type(pattern).__name__}."
        )
    rows = np.array([hit.row for hit in hits], np.int64)
    out = passages[["article_id", "outlet", "voice"]].iloc[rows].reset_index(drop=True)
    speakers = pd.Series(None, index=passages.index, dtype="str")
    if "speaker" in passages:
        speakers = passages["speaker"]
    out["speaker"] = speakers.iloc[rows].array
    starts = passages["start"].to_numpy(np.int64)
    page = Page(passages["article_id"].tolist(), starts.tolist(), texts)
    lines = [page.line(hit, width) for hit in hits]
    for place, name in enumerate(("left", "match", "right")):
        out[name] = pd.Series([line[place] for line in lines], dtype="str")
    offset = starts[rows]
    out["start"] = offset + np.array([hit.start for hit in hits], np.int64)
    out["end"] = offset + np.array([hit.end for hit in hits], np.int64)
    return out.sort_values(["article_id", "start"], kind="stable", ignore_index=True)


class Hit(NamedTuple):
    row: int
    start: int  # within the text
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The passages as they follow each other in the articles."""

    articles: list[str]
    starts: list[int]
    texts: list[str]

    def line(self, hit: Hit, width: int) -> tuple[str, str, str]:
        text = self.texts[hit.row]
        left, right = text[: hit.start], text[hit.end :]
        row = hit.row
        while len(left) < width and self._go_on(row - 1):
            row -= 1
            left = f"{self.texts[row]} {left}"
        row = hit.row
        while len(right) < width and self._go_on(row):
            row += 1
            right = f"{right} {self.texts[row]}"
        return _last_words(left, width), text[hit.start : hit.end], _words(right, width)

    def _go_on(self, row: int) -> bool:
        """Whether the next passage follows this one, but for a mark and a space."""
        if row < 0 or row + 1 >= len(self.texts):
            return False
        if self.articles[row] != self.articles[row + 1]:
            return False
        end = self.starts[row] + len(self.texts[row])
        return 0 <= self.starts[row + 1] - end <= GAP


def _words(text: str, width: int) -> str:
    """The first characters of a text, without a word that is cut."""
    if len(text) <= width or text[width].isspace():
        return text[:width]
    return CUT_WORD.sub("", text[:width])


def _last_words(text: str, width: int) -> str:
    return _words(text[::-1], width)[::-1]


def _term_hits(column: pl.Series, texts: list[str], pattern: str) -> list[Hit]:
    """Where a sequence of terms stands."""
    words = _pattern_words(pattern)
    held = _may_hold(column, words)
    looked_at = held.arg_true().to_list()
    codes, lengths, tokens = encode(column.filter(held))
    fits = [np.array([word.fits(token) for token in tokens], bool) for word in words]
    row = np.repeat(np.arange(len(lengths)), lengths)
    first = np.flatnonzero(fits[0][codes]) if len(codes) else np.zeros(0, int)
    for step, fit in enumerate(fits[1:], 1):
        first = first[first + step < len(codes)]
        first = first[(row[first + step] == row[first]) & fit[codes[first + step]]]
    offset = np.append(0, np.cumsum(lengths))
    hits = []
    rows, begins = np.unique(row[first], return_index=True)
    places = np.split(first - offset[row[first]], begins[1:])
    for number, firsts in zip(rows.tolist(), places, strict=False):
        of_row = codes[offset[number] : offset[number + 1]]
        whole = looked_at[number]
        spans = token_spans(texts[whole], [tokens[code] for code in of_row])
        for place in firsts:
            end = spans[place + len(fits) - 1][1]
            hits.append(Hit(whole, spans[place][0], end))
    return hits


def token_spans(text: str, tokens: list[str]) -> list[tuple[int, int]]:
    spans, at = [], 0
    for token in tokens:
        start = text.index(token, at)
        at = start + len(token)
        spans.append((start, at))
    return spans


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a pattern: which tokens fit it, and how these may be written.

    Attributes
    ----------
    fits : whether a token is one of its occurrences.
    forms : the folded forms that fit; of one with ``*`` what all of them have.
    """

    fits: Callable[[str], bool]
    forms: Sequence[str]


def _pattern_words(pattern: str) -> list[Word]:
    spelling = spelling_list("english")
    if "*" in pattern:
        return [_like(fold(word), spelling) for word in pattern.split()]
    terms = [spelling.get(word, word) for word in tokenize(pattern)]
    if not terms:
        raise IdlibkitError(
            f"pattern {pattern!r} has no word in it; give a term such as 'talks' or "
            "'displac*'."
        )
    return [
        Word(partial(_is_term, word, spelling), [word, *_variants(word, spelling)])
        for word in terms
    ]


def _variants(word: str, spelling: dict[str, str]) -> list[str]:
    return [variant for variant, form in spelling.items() if form == word]


def _like(word: str, spelling: dict[str, str]) -> Word:
    parts = word.split("*")
    like = re.compile(r"\w*".join(map(re.escape, parts)))
    variants = [way for way, form in spelling.items() if like.fullmatch(form)]
    return Word(partial(_is_like, like, spelling), [max(parts, key=len), *variants])


def _may_hold(texts: pl.Series, words: Sequence[Word]) -> pl.Series:
    """Which texts may have all words: a quick look, so that only these are cut into
    words.

    Every text with other letters than ASCII may; the others where they have the longest
    run of letters of a form of each, with stops between them or without (U.S.).
    """
    held = texts.is_not_null()
    for word in words:
        runs = {max(LETTERS.findall(form), key=len, default="") for form in word.forms}
        if "" not in runs and all(form.isascii() for form in word.forms):
            written = sorted(runs | {".".join(run) for run in runs})
            held &= texts.str.contains_any(written, ascii_case_insensitive=True)
    return held | texts.str.contains(OTHER_LETTERS)


def _is_like(word: re.Pattern[str], spelling: dict[str, str], token: str) -> bool:
    form = term(token)
    return any(word.fullmatch(way) for way in (form, spelling.get(form, form)))


def _is_term(word: str, spelling: dict[str, str], token: str) -> bool:
    """Of "us" only US and U.S., which is what `count_terms` counts."""
    form = term(token)
    if is_pronoun(word, token):
        return False
    return word in (form, spelling.get(form, form))


def is_pronoun(word: str, token: str) -> bool:
    """Whether a token is a function word written as an abbreviation's term is."""
    return word in _also_stop_words() and not is_abbreviation(token)


@cache
def _also_stop_words() -> frozenset[str]:
    return frozenset(map(fold, lexicon_words("abbreviations.toml", "en.capitals")))
