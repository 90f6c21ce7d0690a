"""Word lists: what is not counted, which spellings are one word, and where an outlet names itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import pandas as pd

from .tables import IdlibkitError
from .text import fold, tokenize

__all__: list[str] = []


@cache
def _words(name: str) -> frozenset[str]:
    path = Path(name) if Path(name).suffix else files("idlibkit") / "lexicons" / f"{name}.txt"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise IdlibkitError(
            f"stop list {name!r} not found; use 'english', a path of a file with one word per line, a collection of words, or None."
        ) from error
    return frozenset(term for line in lines if not line.startswith("#") for term in tokenize(line))


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
    path = Path(name) if Path(name).suffix else files("idlibkit") / "lexicons" / f"spelling_{name}.csv"
    try:
        table = pd.read_csv(path, comment="#")
    except OSError as error:
        raise IdlibkitError(
            f"spelling list {name!r} not found; use 'english', a path of a CSV, a mapping, or None."
        ) from error
    return dict(zip(table.iloc[:, 0].map(fold), table.iloc[:, 1].map(fold), strict=True))


def own_name(name: object, spelling: dict[str, str]) -> list[str]:
    """The words of an outlet's name as terms; without its article, if two words or more are left."""
    words = [] if pd.isna(name) else tokenize(str(name))
    if len(words) > 2 and words[0] == "the":
        words = words[1:]
    return [spelling.get(word, word) for word in words]


def own_name_places(codes, row, outlet, capital, vocabulary, own_names):
    """Whether each token is part of the name of the outlet it stands in: the whole name, its last word with a capital."""
    hidden = np.zeros(len(codes), bool)
    longest = max(map(len, own_names), default=0)
    if not longest or not len(codes):
        return hidden
    index = {word: code for code, word in enumerate(vocabulary)}
    names = np.full((len(own_names) + 1, longest), -2)  # the last row is for a missing outlet
    length = np.zeros(len(own_names) + 1, int)
    for i, name in enumerate(own_names):
        names[i, : len(name)], length[i] = [index.get(word, -3) for word in name], len(name)
    start = np.flatnonzero(codes == names[outlet, 0])
    for step in range(1, longest):
        longer = length[outlet[start]] > step
        ahead = np.minimum(start + step, len(codes) - 1)
        fits = (start + step < len(codes)) & (row[ahead] == row[start]) & (codes[ahead] == names[outlet[start], step])
        start = start[~longer | fits]
    start = start[capital[start + length[outlet[start]] - 1]]
    for step in range(longest):
        hidden[start[length[outlet[start]] > step] + step] = True
    return hidden
