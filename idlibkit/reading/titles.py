"""Titles that a table gives beside its texts."""

from __future__ import annotations

import re

import pandas as pd

from .notes import Notes

__all__ = ["with_titles"]

START = 600  # characters of a text in which its title may stand
_MARKS = re.compile(r"[\W_]+")


def with_titles(
    text: pd.Series, title: pd.Series, where: pd.Series, notes: Notes
) -> pd.Series:
    """Texts with the title above them, a blank line between, where they lack it."""
    lacks = where & title.notna() & (text != "")
    lacks &= pd.Series(
        [
            wanted and not _has_title(one, of)
            for wanted, one, of in zip(lacks, text, title, strict=True)
        ],
        index=text.index,
    ).astype(bool)
    if not lacks.any():
        return text
    notes.inform(
        f"titles that the texts lack stand above them as headlines in {lacks.sum()} of "
        f"{len(text)} articles; positions are counted in this column text."
    )
    return text.where(~lacks, title + "\n\n" + text)


def _has_title(text: str, title: str) -> bool:
    """Whether the text begins with its title, but for marks and an outlet's name.

    A first line that is part of the title is enough: ``Ferry saved`` of ``Ferry saved
    | Gazette``.
    """
    wanted = _plain(title)
    start = text[:START].lstrip()
    first = _plain(start.split("\n", 1)[0])
    return not wanted or _plain(start).startswith(wanted) or _opens(first, wanted)


def _opens(first: str, title: str) -> bool:
    return first.count(" ") >= 1 and title.startswith(first)


def _plain(text: str) -> str:
    return _MARKS.sub(" ", text).strip().casefold()
