"""What a sentence is about: its words without their endings, its names, and its figures
with what they count. English only.
"""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..figures import quantities
from ..text import HYPHENS, spelling_list, stop_list, term

__all__ = ["Item", "items"]


WORD = re.compile(rf"\d+(?:[.,]\d+)*|[^\W\d_]\w*(?:[{HYPHENS}'’][^\W_]\w*)*")
MONTH = {
    name[:size].lower(): name[:3].lower()
    for name in calendar.month_name[1:]
    for size in (3, 4, len(name))
}
NUMBER = {
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}
NUMBER |= {"eleven": "11", "twelve": "12", "dozen": "12"}
JOINING = {"of", "for", "the", "and"}


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
    stops = stop_list("english") - MONTH.keys()
    return [
        _items(text, stops) + more
        for text, more in zip(passages["text"], _figures(passages), strict=True)
    ]


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    return spelling_list("english")


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """A word without its ending: plural (Harman 1991), -ed and -ing with a doubled
    letter, -ly and a final e.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and re.search("[aeiouy]", rest):
            return (
                rest[:-1]
                if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz"
                else rest
            )
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _items(text: str, stops: frozenset[str]) -> list[Item]:
    out: list[Item] = []
    run, in_name, end = 0, False, 0
    for match in WORD.finditer(text):
        shown, gap, end = match.group(), text[end : match.start()], match.end()
        word = term(shown)
        name = shown[0].isupper()
        goes_on = in_name and not gap.strip()
        if not (goes_on and (name or word in JOINING)):
            run += 1
        in_name = name or (goes_on and word in JOINING)
        if shown[0].isdigit():
            out.append(Item(shown.replace(",", ""), run, shown))
        elif word in NUMBER:
            out.append(Item(NUMBER[word], run, shown.lower()))
        elif word in MONTH and name:
            out.append(Item(f"month {MONTH[word]}", run, MONTH[word]))
        elif word not in stops:
            for part in word.split("-"):
                part = _spellings().get(part, part)
                if part not in stops and part not in MONTH:
                    out.append(Item(_stem(part), run, part))
    return out


def _figures(passages: pd.DataFrame) -> list[list[Item]]:
    """For each passage what its figures are about: two sentences that count the
    displaced are alike in that, whatever the figure.
    """
    found = quantities(passages)
    found = found[
        (found["kind"] == "count") & found["value"].notna() & found["event"].notna()
    ]
    out: list[list[Item]] = [[] for _ in range(len(passages))]
    starts = {
        name: (rows.index.to_numpy(), rows.to_numpy())
        for name, rows in passages.groupby("article_id")["start"]
    }
    for name, start, event in found[["article_id", "start", "event"]].itertuples(
        index=False
    ):
        rows, at = starts[name]
        row = rows[np.searchsorted(at, start, side="right") - 1]
        out[row].append(Item(f"figure {event}", -1 - len(out[row]), f"number {event}"))
    return out
