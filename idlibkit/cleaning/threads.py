"""Threads of readers' comments below an article: names, times and buttons to answer,
again and again, with prose between that reads like the article."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..lexicons import words
from .pages import Pages, first_row, window
from .shapes import LineShapes, matches

if TYPE_CHECKING:
    import polars as pl

__all__ = ["without_threads"]

AHEAD = 14  # rows that show a thread from its first one on
LEAST = 2  # buttons to answer, and times, in these rows
BEFORE = 2  # paragraphs of the article above a thread
BRIEF = 90  # characters of such lines
NAME = 40  # and of the name above the first of them
# `2 days ago at 07:52 am`, `May 3, 2021 at 10:15 pm`
TIME = (
    r"(?i)^.{0,60}(?:\b(?:\d+|an?)\s?(?:[smhdwy]|mo|sec|min|hr|second|minute|hour|day|week"
    r"|month|year)s?\s+ago\b|\w+ \d{1,2},? \d{4}\b.{0,6}\d:\d\d|\d{4} at \d{1,2}:\d\d)"
    r".{0,30}$"
)
# what each of these has: a quick look first
TIME_SIGN = r"(?i)ago|\d:\d\d"


@cache
def _answer() -> str:
    """`Reply`, `Rating: 36 Votes`, `Bo Lind says:`, `4 likes`."""
    button = "|".join(sorted(words("page_cues.toml", "thread"), key=len, reverse=True))
    return (
        rf"(?i)^(?:.{{0,40}}\b(?:says|said|wrote|writes):\s*$|[\d\W]*(?:{button})"
        r"\b[^.!?]{0,40}$)"
    )


def without_threads(
    frame: pl.DataFrame, pages: Pages, s: LineShapes, body: np.ndarray
) -> np.ndarray:
    """The rows of the body without the comments below it."""
    brief = body.any() & (s.chars < BRIEF)
    answer = matches(frame["text"], brief, _answer())
    if not answer.any():
        return body
    time = matches(frame["text"], brief, TIME_SIGN)
    time = matches(frame["text"], time, TIME)
    above = window(pages, body & s.prose, len(body), -1)
    opens = (answer | time) & (above >= BEFORE)
    opens &= window(pages, answer, 0, AHEAD) >= LEAST
    opens &= window(pages, time, 0, AHEAD) >= LEAST
    first = first_row(pages, opens)[pages.page]
    name = (pages.row == first - 1) & (s.size < NAME) & (~s.terminal | (s.words < 4))
    return body & (pages.row < first) & ~name
