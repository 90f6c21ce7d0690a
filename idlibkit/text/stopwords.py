"""Word lists: what is not counted, which spellings are one word, and where an outlet
names itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from io import StringIO
from pathlib import Path

import pandas as pd

from ..lexicons import lexicon_text
from ..tables import IdlibkitError
from .words import fold, tokenize

__all__ = ["spelling_list", "stop_list"]


@cache
def _words(name: str) -> frozenset[str]:
    try:
        text = (
            Path(name).read_text("utf-8")
            if Path(name).suffix
            else lexicon_text(f"{name}.txt")
        )
    except OSError as error:
        raise IdlibkitError(
            f"stop list {name!r} not found; use 'english', a path of a file with one word per line, a collection of words, or None."
        ) from error
    return frozenset(
        term
        for line in text.splitlines()
        if not line.startswith("#")
        for term in tokenize(line)
    )


def stop_list(stop_words: str | Path | Collection[str] | None) -> frozenset[str]:
    """The words of a stop list, folded."""
    if stop_words is None:
        return frozenset()
    if isinstance(stop_words, str) and stop_words == "english":
        return _words("stopwords_english") | _words("house_style_english")
    if isinstance(stop_words, (str, Path)):
        return _words(str(stop_words))
    return frozenset(term for word in stop_words for term in tokenize(word))


def spelling_list(spelling: str | Path | Mapping[str, str] | None) -> dict[str, str]:
    """What each spelling is counted as, folded."""
    if isinstance(spelling, (str, Path)):
        return _spelling_table(str(spelling))
    return {fold(variant): fold(form) for variant, form in (spelling or {}).items()}


@cache
def _spelling_table(name: str) -> dict[str, str]:
    try:
        text = (
            Path(name).read_text("utf-8")
            if Path(name).suffix
            else lexicon_text(f"spelling_{name}.csv")
        )
    except OSError as error:
        raise IdlibkitError(
            f"spelling list {name!r} not found; use 'english', a path of a CSV, a mapping, or None."
        ) from error
    table = pd.read_csv(StringIO(text), comment="#")
    return dict(
        zip(table.iloc[:, 0].map(fold), table.iloc[:, 1].map(fold), strict=True)
    )
