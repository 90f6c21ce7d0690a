"""Word lists: what is not counted, and which spellings are one word."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from io import StringIO
from pathlib import Path

import pandas as pd

from ..lexicons import lexicon_text
from ..tables import IdlibkitError
from .short_forms import long_forms
from .words import fold, tokenize

__all__ = ["StopWords", "has_english", "spelling_list", "stop_list"]


StopWords = str | Path | Collection[str | Path] | None
ENGLISH = "english"


def _file_text(name: str, shipped: str, mend: str) -> str:
    """The text of a list: of a path where `name` has an ending, else of ours."""
    try:
        if Path(name).suffix:
            return Path(name).read_text("utf-8-sig")
        return lexicon_text(shipped)
    except OSError as error:
        raise IdlibkitError(mend) from error
    except UnicodeDecodeError as error:
        raise IdlibkitError(f"{name!r} is not in UTF-8; save it as UTF-8.") from error


def _words(name: str) -> frozenset[str]:
    text = _file_text(
        name,
        f"{name}.txt",
        f"stop list {name!r} not found; use 'english', a path of a file with one word "
        "per line, a collection of words or of these, or None.",
    )
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(term for line in lines for term in tokenize(line))


# Only our lists are kept: one's own may be changed between two calls.
_shipped_words = cache(_words)


def _is_list(word: str | Path) -> bool:
    """Whether a member of a collection is a list and not a word."""
    return isinstance(word, Path) or word == ENGLISH or word.endswith((".txt", ".csv"))


def has_english(stop_words: StopWords) -> bool:
    """Whether the English list is, or is part of, what is given as stop words."""
    if stop_words is None or isinstance(stop_words, (str, Path)):
        return stop_words == ENGLISH
    return ENGLISH in stop_words


def stop_list(stop_words: StopWords) -> frozenset[str]:
    """The words of a stop list, folded; of a collection those of the lists and the
    words in it.

    Examples
    --------
    >>> {"the", "talks"} <= stop_list(["english", "Talks"])
    True
    """
    if stop_words is None:
        return frozenset()
    if stop_words == ENGLISH:
        shipped = ("stopwords_english", "house_style_english")
        return frozenset().union(*map(_shipped_words, shipped))
    if isinstance(stop_words, (str, Path)):
        return _words(str(stop_words))
    parts = [
        stop_list(word) if _is_list(word) else frozenset(tokenize(str(word)))
        for word in stop_words
    ]
    return frozenset().union(*parts)


def spelling_list(spelling: str | Path | Mapping[str, str] | None) -> dict[str, str]:
    """What each spelling is counted as, folded."""
    if isinstance(spelling, (str, Path)):
        read = _shipped_spellings if spelling == ENGLISH else _spelling_table
        return read(str(spelling))
    return {fold(variant): fold(form) for variant, form in (spelling or {}).items()}


def _spelling_table(name: str) -> dict[str, str]:
    text = _file_text(
        name,
        f"spelling_{name}.csv",
        f"spelling list {name!r} not found; use 'english', a path of a CSV, a mapping, "
        "or None.",
    )
    table = pd.read_csv(StringIO(text), comment="#")
    variants, forms = (table.iloc[:, at].map(fold) for at in (0, 1))
    shortened = long_forms() if name == ENGLISH else {}
    return shortened | dict(zip(variants, forms, strict=True))


_shipped_spellings = cache(_spelling_table)
