"""Lexicons of indicators: lemma patterns read from a file, expanded to word forms and
found in texts in one pass.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..lexicons import lexicon_text, words
from ..tables import IdlibkitError
from ..text import ANY, fold, searchable, word_forms, word_key, words_pattern

__all__ = ["IGNORED", "NONE", "Hits", "find_indicators", "lexicon_entries"]


IGNORED = "ignore"
NONE = "none"
BETWEEN = "\1"  # neither a letter nor a space, so that no pattern reaches over it
# The character before a word. Written like this, and not as a mere look back, letters
# are skipped at full speed.
LEAD = r"[^a-z](?<!\w)"
BLOCK = 100_000  # texts searched at a time: memory does not grow with the corpus
MOST_WORDS = 6
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class Hits(NamedTuple):
    """One element per hit and entry; places are within the text."""

    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    entry: np.ndarray  # row of `lexicon_entries`


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A lexicon, ready to be searched for."""

    entries: pd.DataFrame  # frame, pattern, note
    pattern: re.Pattern[str]
    forms: dict[str, dict[str, int]]  # for each form its frames and their entries
    stems: dict[str, dict[str, int]]  # the same for beginnings of words

    def entries_of(self, match: str) -> list[int]:
        """The entries that the folded words of a match stand for."""
        key = word_key(match)
        frames = self.forms.get(key) or next(
            self.stems[key[:size]]
            for size in range(len(key), 0, -1)
            if key[:size] in self.stems
        )
        return [] if IGNORED in frames else list(frames.values())


def lexicon_entries(lexicon: str | Path) -> pd.DataFrame:
    """The entries of a lexicon: `frame`, `pattern`, `note`."""
    return _read(lexicon).entries


def find_indicators(texts: pd.Series, lexicon: str | Path) -> Hits:
    """Every hit of every entry, in the order of the texts."""
    compiled = _read(lexicon)
    column = texts.reset_index(drop=True).fillna("")
    parts = [
        _matches(column.iloc[at : at + BLOCK].tolist(), compiled.pattern, at)
        for at in range(0, len(column), BLOCK)
    ]
    rows = np.concatenate([np.zeros(0, int), *(part.rows for part in parts)])
    spans = np.concatenate([np.zeros((0, 2), int), *(part.spans for part in parts)])
    matches = [words for part in parts for words in part.words]
    word, distinct = pd.factorize(np.array(matches, dtype=object))
    entries_of = [compiled.entries_of(words) for words in distinct]
    n_entries = np.array([len(entries) for entries in entries_of], int)
    match = np.repeat(np.arange(len(word)), n_entries[word])
    entry = np.array([e for code in word.tolist() for e in entries_of[code]], int)
    return Hits(rows[match], spans[match, 0], spans[match, 1], entry)


class Matches(NamedTuple):
    rows: np.ndarray
    spans: np.ndarray  # (matches, 2)
    words: list[str]  # folded


def _matches(texts: list[str], pattern: re.Pattern[str], first_row: int) -> Matches:
    folded, moved = [], {}
    for row, text in enumerate(texts):
        other, places = (text, None) if text.isascii() else searchable(text)
        folded.append(other)
        if places is not None:
            moved[row] = places
    joined = (BETWEEN + BETWEEN.join(folded)).lower()
    found = [match.span() for match in pattern.finditer(joined)]
    spans = np.array(found, int).reshape(-1, 2)
    spans[:, 0] += 1  # the pattern takes in the character before
    words = [joined[begin:end] for begin, end in spans.tolist()]
    starts = np.cumsum([1] + [len(text) + 1 for text in folded[:-1]])
    rows = np.searchsorted(starts, spans[:, 0], "right") - 1
    spans -= starts[rows][:, None]
    for at in np.flatnonzero(np.isin(rows, list(moved))):
        spans[at] = moved[rows[at]][spans[at]]
    return Matches(rows + first_row, spans, words)


def _read(lexicon: str | Path) -> Lexicon:
    try:
        text = (
            lexicon_text("frames.toml")
            if lexicon == "generic"
            else Path(lexicon).read_text("utf-8-sig")
        )
    except OSError as error:
        raise IdlibkitError(
            f"lexicon {str(lexicon)!r} cannot be read: {error.strerror}. "
            "Use 'generic' or the path of a TOML file."
        ) from error
    return _compiled(text, str(lexicon))


@lru_cache(maxsize=4)
def _compiled(text: str, name: str) -> Lexicon:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise IdlibkitError(f"lexicon {name!r} is not TOML: {error}.") from error
    rows: list[tuple[str, str, str]] = []
    forms: dict[str, dict[str, int]] = {}
    for frame, table in sorted(tables.items()):
        for pattern, note in sorted(_patterns(frame, table, name).items()):
            for form in _forms(pattern, frame, name):
                # A form of two patterns ("suffering" of suffer, too) is the one that
                # is spelled like it.
                own = form == word_key(fold(pattern))
                if own or frame not in forms.setdefault(form, {}):
                    forms.setdefault(form, {})[frame] = len(rows)
            rows.append((frame, pattern, str(note)))
    if set(tables) <= {IGNORED}:
        raise IdlibkitError(f"lexicon {name!r} names no frame.")
    return Lexicon(
        pd.DataFrame(rows, columns=["frame", "pattern", "note"], dtype="str"),
        re.compile(LEAD + words_pattern(forms)),
        forms,
        {form[:-1]: frames for form, frames in forms.items() if form.endswith(ANY)},
    )


def _patterns(frame: str, table: Any, name: str) -> Mapping[str, object]:
    patterns = table.get("patterns") if isinstance(table, Mapping) else None
    if isinstance(patterns, Mapping) and patterns and frame != NONE:
        return patterns
    raise IdlibkitError(
        f"frame {frame!r} in lexicon {name!r} has no patterns (or is called 'none', "
        f"which stands for no frame); write [{frame}.patterns] and lines "
        '"word" = "note".'
    )


def _forms(pattern: str, frame: str, name: str) -> list[str]:
    of_words = [_word_forms(word) for word in re.split(r"[\s-]+", pattern.strip())]
    where = f"pattern {pattern!r} of frame {frame!r} in lexicon {name!r}"
    if not all(of_words) or len(of_words) > MOST_WORDS:
        raise IdlibkitError(
            f"{where} cannot be read; write words of letters, '=word' for that form "
            "alone, or 'word*' (four letters or more, last word) for every ending, at "
            "most six words."
        )
    if any(ANY in form for forms in of_words[:-1] for form in forms):
        raise IdlibkitError(f"{where}: only the last word can end in *.")
    return sorted({" ".join(form) for form in product(*of_words)})


def _word_forms(word: str) -> list[str]:
    """The forms of a lemma; none where the word cannot be read."""
    bare = fold(word).removeprefix("=").removesuffix("*")
    beginning = word.endswith("*")
    if not WORD.fullmatch(bare) or (beginning and len(bare) < 4):
        return []
    if beginning:
        return [bare + ANY]
    if word.startswith("=") or bare in words("english.toml", "uninflected.words"):
        return [bare]
    return word_forms(bare)
