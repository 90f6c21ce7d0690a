"""What a sentence is about: its words without their endings, its names, and its figures
with what they count. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..figures import name_events, quantities
from ..lexicons import table
from ..text import (
    HYPHENS,
    coded,
    spelling_list,
    stem,
    stop_list,
    term,
    to_polars,
)

__all__ = ["Item", "items"]


# "1,200.5", or "Asia-Pacific", "isn't".
WORD = rf"(?:\d+(?:[.,]\d+)*|[^\W\d_]\w*(?:[{HYPHENS}'’][^\W_]\w*)*)"
# A word with all that stands between it and the word before.
PIECE = rf"[^\p{{L}}\p{{Nd}}]*{WORD}"
LETTER = re.compile(r"[^\W_]")
MONTH = {
    name[:size].lower(): name[:3].lower()
    for name in table("numbers.toml")["calendar"]["months"]
    for size in (3, 4, len(name))
}
# Words that may stand inside a name: "Department of Justice".
JOINING = {"of", "for", "the", "and"}
SMALL = 2  # "one" and "two" are seldom figures


class Item(NamedTuple):
    """A word, name or figure; those of one name have one `run` (0: of no name with
    others), so that a name that two sentences share counts once.
    """

    name: str
    run: int
    shown: str


def items(passages: pd.DataFrame) -> list[list[Item]]:
    """The items of each passage, in the order of the text, then what its figures are
    about; no run reaches out of its passage.
    """
    passages = passages.reset_index(drop=True)
    return [
        some + more
        for some, more in zip(_words(passages["text"]), _figures(passages), strict=True)
    ]


@cache
def _stops() -> frozenset[str]:
    return frozenset(stop_list("english")) - MONTH.keys()


@cache
def _spellings() -> dict[str, str]:
    return spelling_list("english")


@cache
def _numerals() -> dict[str, str]:
    """Number words as figures: eight is 8."""
    digits = {**table("numbers.toml")["digits"], "dozen": 12}
    return {word: str(value) for word, value in digits.items() if value > SMALL}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word with what stands before it: whether that is white space alone, whether it
    may begin or join a name, and what it counts as.
    """

    after_space: bool
    capital: bool
    joining: bool
    forms: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1 << 16)
def _piece(text: str) -> _Piece:
    """A piece of a text; `forms` are the name and the spelling of each item."""
    match = LETTER.search(text)
    start = match.start() if match else 0
    shown = text[start:]
    word = term(shown)
    return _Piece(
        after_space=not text[:start].strip(),
        capital=shown[0].isupper(),
        joining=word in JOINING,
        forms=tuple(_forms(word, shown)),
    )


def _forms(word: str, shown: str) -> Iterator[tuple[str, str]]:
    """What one word counts as: a figure, a month, or each of its parts that is no stop
    word.
    """
    stops = _stops()
    if shown[0].isdigit():
        yield shown.replace(",", ""), shown
    elif word in _numerals():
        yield _numerals()[word], shown.lower()
    elif word in MONTH and shown[0].isupper():
        yield f"month {MONTH[word]}", MONTH[word]
    elif word not in stops:
        for part in word.split("-"):
            spelling = _spellings().get(part, part)
            if spelling not in stops and spelling not in MONTH:
                yield stem(spelling), spelling


def _words(texts: pd.Series) -> list[list[Item]]:
    """The words and figures of each text; those of one name, capitals in a row, have
    one run.
    """
    found = to_polars(texts).str.extract_all(PIECE)
    sizes = found.list.len().to_numpy().astype(np.int64)
    code, distinct = coded(found.explode(empty_as_null=False))
    pieces = [_piece(text) for text in distinct.to_pylist()]
    opens = np.zeros(len(code), bool)
    opens[(np.cumsum(sizes) - sizes)[sizes > 0]] = True
    run = _runs(pieces, code, opens)
    forms = [piece.forms for piece in pieces]
    n_forms = np.array([len(some) for some in forms], int)
    n_of_place = n_forms[code] if len(code) else n_forms
    ends = np.append(0, np.cumsum(n_of_place))
    flat = np.empty(ends[-1], object)
    # A word of no name is the same item wherever it stands.
    is_alone = n_of_place == 1
    if len(code):
        is_alone &= np.bincount(run)[run] == 1
    same = np.empty(len(forms), object)
    for number, some in enumerate(forms):
        same[number] = Item(some[0][0], 0, some[0][1]) if some else None
    flat[ends[:-1][is_alone]] = same[code[is_alone]]
    named = np.flatnonzero(~is_alone & (n_of_place > 0))
    for at, place, number in zip(
        ends[named].tolist(), code[named].tolist(), run[named].tolist(), strict=True
    ):
        for further, (name, shown) in enumerate(forms[place]):
            flat[at + further] = Item(name, number, shown)
    edges = ends[np.append(0, np.cumsum(sizes))].tolist()
    every = flat.tolist()
    return [every[low:high] for low, high in pairwise(edges)]


def _runs(pieces: Sequence[_Piece], code: np.ndarray, opens: np.ndarray) -> np.ndarray:
    """The number of the name that each word is part of; words that are of none have a
    number each. `opens`: where a text begins.
    """

    def of(values: Iterable[bool]) -> np.ndarray:
        return np.array(list(values), bool)[code] if len(code) else np.zeros(0, bool)

    capital = of(piece.capital for piece in pieces)
    joining = of(piece.joining for piece in pieces)
    follows = of(piece.after_space for piece in pieces) & ~opens
    # A word that joins is in a name where the word before is in one.
    tells = capital | ~(joining & follows)
    last = np.maximum.accumulate(np.where(tells, np.arange(len(code)), 0))
    in_name = capital[last] if len(code) else capital
    after_name = np.append(False, in_name[:-1])[: len(code)]
    return np.cumsum(~(follows & after_name & (capital | joining)))


def _eventful(passages: pd.DataFrame) -> pd.DataFrame:
    """The passages of the sentences that have a word of an event at all."""
    named = name_events(to_polars(passages["text"])).to_numpy()
    if "sentence" in passages:
        keys = [passages["article_id"], passages["sentence"]]
        named = pd.Series(named).groupby(keys, dropna=False).transform("any").to_numpy()
    return passages[named]


def _figures(passages: pd.DataFrame) -> list[list[Item]]:
    """For each passage what its figures are about: two sentences that count the
    displaced are alike in that, whatever the figure.
    """
    figures = quantities(_eventful(passages))
    events = figures["value"].notna() & figures["event"].notna()
    figures = figures[(figures["kind"] == "count") & events]
    out: list[list[Item]] = [[] for _ in range(len(passages))]
    starts = {
        name: (rows.index.to_numpy(), rows.to_numpy())
        for name, rows in passages.groupby("article_id")["start"]
    }
    run = count(1)
    columns = ["article_id", "start", "event"]
    for name, start, event in figures[columns].itertuples(index=False):
        rows, places = starts[name]
        row = rows[np.searchsorted(places, start, side="right") - 1]
        out[row].append(Item(f"figure {event}", -next(run), f"number {event}"))
    return out
