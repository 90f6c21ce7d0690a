"""Where figures stand in a column of text. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import polars as pl

from .patterns import one_person, plain_edges, searched

__all__ = ["Expression", "find_figures"]


ARTICLE = re.compile(r"(?i)\b(an?)\b")
# Behind a digit and before another: the number goes on ("1,2345", "3/4").
GOES_ON = frozenset(".,:/'’-–")
EDGE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class Expression(NamedTuple):
    """What may be a figure: the row and place it stands at, and its text."""

    row: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@cache
def _searched() -> str:
    return plain_edges(searched())


@cache
def _one_person() -> str:
    return plain_edges(one_person())


def find_figures(texts: pl.Series) -> list[Expression]:
    """Every expression in a polars column, by row and place."""
    numbers = list(_matches(texts, _searched()))
    persons = [_article(match) for match in _matches(texts, _one_person())]
    return sorted(numbers + persons)


def _article(match: Expression) -> Expression:
    """The article of "a civilian was killed"."""
    article = ARTICLE.search(match.text)
    assert article is not None  # every alternative of the pattern has one
    return Expression(match.row, match.start + article.start(1), article[1])


def _matches(texts: pl.Series, pattern: str) -> Iterator[Expression]:
    """The matches of a pattern, with their places.

    polars gives the texts of the matches, not their places; they come in order, so each
    stands at the next place where its text is between word edges.
    """
    lists = texts.str.extract_all(pattern)
    rows = (lists.list.len().fill_null(0) > 0).arg_true()
    for row, text, matches in zip(
        rows.to_list(),
        texts.gather(rows).to_list(),
        lists.gather(rows).to_list(),
        strict=True,
    ):
        behind = 0
        for match in matches:
            start = _place(text, match, behind)
            if start < 0:
                continue
            behind = start + len(match)
            if not _goes_on(text, behind):
                yield Expression(row, start, match)


def _place(text: str, match: str, begin: int) -> int:
    """The first place from `begin` where `match` stands between word edges, or -1."""
    start = text.find(match, begin)
    while start >= 0:
        end = start + len(match)
        inside = start and match[0] in EDGE and text[start - 1] in EDGE
        if not inside and not (match[-1] in EDGE and text[end : end + 1] in EDGE):
            break
        start = text.find(match, start + 1)
    return start


def _goes_on(text: str, end: int) -> bool:
    """Whether the number that ends here is part of a longer one ("12,3456")."""
    return (
        text[end - 1].isdigit()
        and text[end : end + 1] in GOES_ON
        and text[end + 1 : end + 2].isdigit()
    )
