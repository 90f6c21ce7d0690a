"""Lexicons of indicators: lemma patterns read from a file, expanded to word forms and found in texts in one pass."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from ..lexicons import lexicon_text
from ..tables import IdlibkitError
from ..text import ANY, fold, searchable, word_forms, word_key, words_pattern

__all__ = ["IGNORED", "NONE", "find_indicators", "lexicon_entries"]


IGNORED = "ignore"
NONE = "none"
BETWEEN = "\1"  # neither a letter nor a space, so that no pattern reaches over it
# The character before a word. Written like this, and not as a mere look back, letters are skipped at full speed.
LEAD = r"[^a-z](?<!\w)"
# Words of a phrase that have no other forms.
_FIXED = "a an and at back by for from in of on out over the to up upon with against must it is"
FIXED = frozenset(_FIXED.split())
BLOCK = (
    100_000  # texts searched at a time, so that memory does not grow with the corpus
)


def lexicon_entries(lexicon: str | Path) -> pd.DataFrame:
    """The entries of a lexicon: `frame`, `pattern`, `note`."""
    return _entries(lexicon)[2]


def find_indicators(
    texts: pd.Series, lexicon: str | Path
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Row, start, end and entry of every hit; places are within the text."""
    pattern, codes, _ = _entries(lexicon)
    column = texts.reset_index(drop=True).fillna("")
    parts = [
        _found(column.iloc[at : at + BLOCK].tolist(), pattern)
        for at in range(0, len(column), BLOCK)
    ]
    rows = np.concatenate(
        [np.zeros(0, int), *(part[0] + at * BLOCK for at, part in enumerate(parts))]
    )
    spans = np.concatenate([np.zeros((0, 2), int), *(part[1] for part in parts)])
    word, distinct = pd.factorize(
        np.array([word for part in parts for word in part[2]], dtype=object)
    )
    entry_of = [codes(key) for key in distinct]
    hit = np.repeat(
        np.arange(len(word)), np.array([len(entry) for entry in entry_of], int)[word]
    )
    entry = np.array([e for key in word.tolist() for e in entry_of[key]], int)
    return rows[hit], spans[hit, 0], spans[hit, 1], entry


def _found(
    texts: list[str], pattern: re.Pattern[str]
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Row, start and end, and the folded words of every match."""
    moved = {}
    for row, text in enumerate(texts):
        if not text.isascii():
            texts[row], places = searchable(text)
            if places is not None:
                moved[row] = places
    joined = (BETWEEN + BETWEEN.join(texts)).lower()
    spans = np.array([match.span() for match in pattern.finditer(joined)], int).reshape(
        -1, 2
    )
    spans[:, 0] += 1  # the pattern takes in the character before
    words = [joined[begin:end] for begin, end in spans.tolist()]
    first = np.cumsum([1] + [len(text) + 1 for text in texts[:-1]])
    rows = np.searchsorted(first, spans[:, 0], "right") - 1
    spans -= first[rows][:, None]
    for at in np.flatnonzero(np.isin(rows, list(moved))):
        spans[at] = moved[rows[at]][spans[at]]
    return rows, spans, words


def _entries(lexicon: str | Path):
    try:
        text = (
            lexicon_text("frames.toml")
            if lexicon == "generic"
            else Path(lexicon).read_text("utf-8-sig")
        )
    except OSError as error:
        raise IdlibkitError(
            f"lexicon {str(lexicon)!r} cannot be read: {error.strerror}. Use 'generic' or the path of a TOML file."
        ) from error
    return _compiled(text, str(lexicon))


@lru_cache(maxsize=4)
def _compiled(text: str, name: str):
    """The search pattern, a function from a match to its entries, and the table of entries (frame, pattern, note)."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise IdlibkitError(f"lexicon {name!r} is not TOML: {error}.") from error
    rows: list[tuple[str, str, str]] = []
    forms: dict[str, dict[str, int]] = {}  # for each form, its frames and their entries
    for frame, table in sorted(tables.items()):
        patterns = table.get("patterns") if isinstance(table, Mapping) else None
        if not isinstance(patterns, Mapping) or not patterns or frame == NONE:
            raise IdlibkitError(
                f"frame {frame!r} in lexicon {name!r} has no patterns (or is called 'none', which stands for no frame); "
                f'write [{frame}.patterns] and lines "word" = "note".'
            )
        for pattern, note in sorted(patterns.items()):
            for form in _forms(pattern, frame, name):
                # A form of two patterns ("suffering" of suffer, too) is the one that is spelled like it.
                if frame not in forms.setdefault(form, {}) or form == word_key(
                    fold(pattern)
                ):
                    forms[form][frame] = len(rows)
            rows.append((frame, pattern, str(note)))
    if set(tables) <= {IGNORED}:
        raise IdlibkitError(f"lexicon {name!r} names no frame.")
    stems = {form[:-1]: frames for form, frames in forms.items() if form.endswith(ANY)}

    def codes(found: str) -> list[int]:
        key = word_key(found)
        frames = forms.get(key) or next(
            stems[key[:n]] for n in range(len(key), 0, -1) if key[:n] in stems
        )
        return [] if IGNORED in frames else list(frames.values())

    return (
        re.compile(LEAD + words_pattern(forms)),
        codes,
        pd.DataFrame(rows, columns=["frame", "pattern", "note"], dtype="str"),
    )


def _forms(pattern: str, frame: str, name: str) -> list[str]:
    words = [_word_forms(word) for word in re.split(r"[\s-]+", pattern.strip())]
    if not all(words) or len(words) > 6:
        raise IdlibkitError(
            f"pattern {pattern!r} of frame {frame!r} in lexicon {name!r} cannot be read; write words of letters, "
            "'=word' for that form alone, or 'word*' (four letters or more, last word) for every ending, at most six words."
        )
    if any(ANY in form for forms in words[:-1] for form in forms):
        raise IdlibkitError(
            f"pattern {pattern!r} of frame {frame!r} in lexicon {name!r}: only the last word can end in *."
        )
    return sorted({" ".join(form) for form in product(*words)})


def _word_forms(word: str) -> list[str]:
    """The forms of a lemma; none where the word cannot be read."""
    bare = fold(word).removeprefix("=").removesuffix("*")
    if not re.fullmatch(r"[^\W_]+(?:'[^\W_]+)*", bare) or (
        word.endswith("*") and len(bare) < 4
    ):
        return []
    if word.endswith("*"):
        return [bare + ANY]
    return [bare] if word.startswith("=") or bare in FIXED else word_forms(bare)
