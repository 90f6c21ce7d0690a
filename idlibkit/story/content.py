"""What a sentence is about: its words without their endings, its names, and its figures
with what they count. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..figures import quantities
from ..lexicons import table
from ..text import HYPHENS, spelling_list, stem, stop_list, term

__all__ = ["Item", "items"]


# "1,200.5", or "Asia-Pacific", "isn't".
WORD = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_]\w*(?:[{HYPHENS}'’][^\W_]\w*)*")
MONTH = {
    name[:size].lower(): name[:3].lower()
    for name in table("numbers.toml")["calendar"]["months"]
    for size in (3, 4, len(name))
}
# Words that may stand inside a name: "Department of Justice".
JOINING = {"of", "for", "the", "and"}
SMALL = 2  # "one" and "two" are seldom figures


class Item(NamedTuple):
    """A word, name or figure; those of one name have one `run`, so that a name that two
    sentences share counts once.
    """

    name: str
    run: int
    shown: str


def items(passages: pd.DataFrame) -> list[list[Item]]:
    """The items of each passage, in the order of the text, then what its figures are
    about.
    """
    passages = passages.reset_index(drop=True)
    stops = stop_list("english") - MONTH.keys()
    return [
        _items(text, stops) + more
        for text, more in zip(passages["text"], _figures(passages), strict=True)
    ]


@cache
def _spellings() -> dict[str, str]:
    return spelling_list("english")


@cache
def _numerals() -> dict[str, str]:
    """Number words as figures: eight is 8."""
    digits = {**table("numbers.toml")["digits"], "dozen": 12}
    return {word: str(value) for word, value in digits.items() if value > SMALL}


def _items(text: str, stops: frozenset[str]) -> list[Item]:
    """The items of a text; words of one name, capitals in a row, have one run."""
    out: list[Item] = []
    run, in_name, end = 0, False, 0
    for match in WORD.finditer(text):
        shown, gap, end = match.group(), text[end : match.start()], match.end()
        word = term(shown)
        capital = shown[0].isupper()
        adjacent = in_name and not gap.strip()
        if not (adjacent and (capital or word in JOINING)):
            run += 1
        in_name = capital or (adjacent and word in JOINING)
        out += _items_of(word, shown, run, stops)
    return out


def _items_of(word: str, shown: str, run: int, stops: frozenset[str]) -> Iterator[Item]:
    """What one word counts as: a figure, a month, or each of its parts that is no stop
    word.
    """
    capital = shown[0].isupper()
    if shown[0].isdigit():
        yield Item(shown.replace(",", ""), run, shown)
    elif word in _numerals():
        yield Item(_numerals()[word], run, shown.lower())
    elif word in MONTH and capital:
        yield Item(f"month {MONTH[word]}", run, MONTH[word])
    elif word not in stops:
        for part in word.split("-"):
            spelling = _spellings().get(part, part)
            if spelling not in stops and spelling not in MONTH:
                yield Item(stem(spelling), run, spelling)


def _figures(passages: pd.DataFrame) -> list[list[Item]]:
    """For each passage what its figures are about: two sentences that count the
    displaced are alike in that, whatever the figure.
    """
    figures = quantities(passages)
    events = figures["value"].notna() & figures["event"].notna()
    figures = figures[(figures["kind"] == "count") & events]
    out: list[list[Item]] = [[] for _ in range(len(passages))]
    starts = {
        name: (rows.index.to_numpy(), rows.to_numpy())
        for name, rows in passages.groupby("article_id")["start"]
    }
    columns = ["article_id", "start", "event"]
    for name, start, event in figures[columns].itertuples(index=False):
        rows, places = starts[name]
        row = rows[np.searchsorted(places, start, side="right") - 1]
        out[row].append(Item(f"figure {event}", -1 - len(out[row]), f"number {event}"))
    return out
