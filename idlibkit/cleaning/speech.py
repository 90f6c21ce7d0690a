"""Subtitles, live reports and conversations: time stamps that are no text, and turns of
speech that are, however short they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .pages import Pages, first_row, last_row, near, total
from .shapes import LineShapes, matches

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Speech", "find_speech"]

STAMPS = 3  # on one page: one or two times may be of a programme or a match
TURNS = 4  # of fewer nobody can tell a conversation from a list
DENSE = 0.5  # share of the lines from the first turn to the last that open with a label
SENTENCES = 0.5  # share of turns that end as sentences do: facts of a list do not
# `12:04`, `[00:01:15]`, `10.15am BST`: with a full stop only beside what tells a time
_HOUR = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_ZONE = r"(?i:gmt|bst|utc|ces?t|e[sd]?t|p[sd]?t|ist|msk|cat|wat)"
_HALF = r"(?i:[ap]\.?m\.?)"
STAMP = (
    rf"^[\[(]?(?:{_HOUR}(?:\s?{_HALF})?(?:\s?{_ZONE})?"
    rf"|\d{{1,2}}[.:]\d{{2}}\s?(?:{_HALF}(?:\s?{_ZONE})?|{_ZONE}))[\])]?$"
)
# `00:00:01,000 --> 00:00:04,000` of subtitles, and what else stands in their files
ARROW = rf"^{_HOUR}\s*-->\s*{_HOUR}"
COUNTER = r"^\d{1,5}$"
HEAD = r"^(?:WEBVTT\b|(?:Kind|Language): \S+$|NOTE\b|STYLE$)"
# `Q:`, `KARL BENZ, MAYOR:`, `[00:12] Benz:`, `>> REPORTER:`, `<v Ann Lee>`
TURN = (
    r"^(?:>>+\s*)?(?:[\[(]?\d[\d:.,]*[\])]?\s+)?(?:([QA])[:.]|<v ([^>]{1,60})>"
    r"|(\p{Lu}[\pL\pN.'’-]*"
    r"(?:,? [\p{Lu}(][\pL.'’()-]*|,? (?:of|the|for|von|de)){0,7}):)\s*\S"
)
# A name that stands by itself under a time: who wrote the entry of a live report
NAME = r"^\p{Lu}[\pL'’-]+(?: \p{Lu}[\pL.'’-]+){1,3}(?: \(\w+\))?$"


@dataclass(frozen=True, slots=True)
class Speech:
    """By row: `stamp`, a time or what else a file of subtitles has besides the words;
    `writer`, the name under such a time; `said`, words of a conversation."""

    stamp: np.ndarray
    writer: np.ndarray
    said: np.ndarray


def find_speech(frame: pl.DataFrame, pages: Pages, s: LineShapes) -> Speech:
    """What is said, and when, in the lines of some pages."""
    text = frame["text"]
    digit = s.chars < 60
    arrow = matches(text, digit, ARROW)
    clock = matches(text, digit, STAMP)
    clock &= total(pages, clock) >= STAMPS
    subtitles = total(pages, arrow) >= STAMPS - 1
    counter = matches(text, subtitles & (s.chars < 6), COUNTER)
    counter &= near(pages, arrow, 1).astype(bool)
    head = matches(text, subtitles & digit, HEAD)
    stamp = clock | (subtitles & (arrow | counter | head))
    writer = matches(text, near(pages, clock, -1).astype(bool) & digit, NAME)
    said = (subtitles & ~stamp) | _turns(text, pages, s, stamp)
    return Speech(stamp, writer & ~said, said)


def _turns(
    text: pl.Series, pages: Pages, s: LineShapes, stamp: np.ndarray
) -> np.ndarray:
    """Lines from the first to the last turn of pages that are conversations."""
    out = np.zeros(len(text), bool)
    rows = np.flatnonzero(text.str.contains(TURN).to_numpy())
    if len(rows) < TURNS:
        return out
    groups = text.gather(rows).str.extract_groups(TURN).struct.unnest()
    labels = ["".join(filter(None, row)) for row in groups.rows()]
    keys = [
        (page, label.split(",")[0].rsplit(maxsplit=1)[-1].lower())
        for page, label in zip(pages.page[rows].tolist(), labels, strict=True)
    ]
    seen = Counter(keys)
    turn = out.copy()
    turn[rows] = True
    recurs = out.copy()
    recurs[rows] = [seen[key] > 1 for key in keys]
    first, last = first_row(pages, turn)[pages.page], last_row(pages, turn)[pages.page]
    inside = (pages.row >= first) & (pages.row <= last) & ~stamp
    n = np.maximum(total(pages, inside), 1)
    n_turns = total(pages, turn)
    dense = (n_turns >= TURNS) & (n_turns >= DENSE * n) & (total(pages, recurs) >= 2)
    dense &= total(pages, turn & s.terminal) >= SENTENCES * n_turns
    return inside & dense
