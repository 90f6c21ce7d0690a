"""Pull quotes: words of the text that a page shows once more, set apart. Private to `cleaning`."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from ..text import spaced_words
from .scores import Pages

__all__ = ["pull_quotes"]


# A line all in marks, or in marks that do not end; and the line under it that names who says it.
OPENING = list('"“„«')
QUOTED = r"""^.(?:[^"”»]*|.*["”»])$"""
SIGNED = re.compile(r"""[-–—]|[^"“„«]*["”»]$""")
SHORT = 80  # characters: a longer line signs nothing
LEAST = 8  # words: fewer can be said twice
MOST = 100  # such lines on one page: with more it is a transcript or a book
_RUN = re.compile(r"\w+(?: \w+)*")


def pull_quotes(frame, pages: Pages, body: np.ndarray) -> np.ndarray:
    """Lines of the body in quotation marks whose words stand again within a longer line of it, and lines that sign them."""
    out = np.zeros(len(frame), bool)
    rows = np.flatnonzero(body)
    texts = frame["text"].gather(rows)
    quoted = np.flatnonzero(texts.str.head(1).is_in(OPENING).to_numpy())
    quoted = quoted[texts.gather(quoted).str.contains(QUOTED).to_numpy()]
    page = pages.page[rows]
    for number in np.unique(page[quoted]).tolist():
        first, last = np.searchsorted(page, [number, number + 1]).tolist()
        some = quoted[
            np.searchsorted(quoted, first) : np.searchsorted(quoted, last)
        ].tolist()
        if len(some) > MOST:
            continue
        lines = texts[first:last].to_list()
        page_text = "\n".join(lines).lower()
        folded = cache(spaced_words)
        for at in [row - first for row in some]:
            run = max(_RUN.findall(lines[at].lower()), key=len, default="")
            if (
                page_text.find(run, page_text.find(run) + 1) < 0
                or folded(lines[at]).count(" ") <= LEAST
            ):
                continue
            longer = (line for line in lines if len(line) > len(lines[at]))
            if any(
                run in line.lower() and folded(lines[at]) in folded(line)
                for line in longer
            ):
                out[rows[first + at]] = True
                under = lines[at + 1 : at + 2]
                if under and len(under[0]) < SHORT and SIGNED.match(under[0]):
                    out[rows[first + at + 1]] = True
    return out
