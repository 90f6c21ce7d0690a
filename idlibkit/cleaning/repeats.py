"""Pull quotes: words of the text that a page shows once more, set apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ..text import DOUBLE_CLOSING, DOUBLE_OPENING, spaced_words
from .pages import Pages

if TYPE_CHECKING:
    import polars as pl

__all__ = ["pull_quotes"]

# a line all in marks, or in marks that do not end
QUOTED = rf"^.(?:[^{DOUBLE_CLOSING}]*|.*[{DOUBLE_CLOSING}])$"
# the line under it that names the speaker: `— Jon Field`, `Jon Field, docker"`
SIGNED = re.compile(rf"[-–—]|[^{DOUBLE_OPENING}]*[{DOUBLE_CLOSING}]$")
SHORT = 80  # characters: a longer line signs nothing
LEAST = 8  # words: fewer can stand in a text twice by chance
MOST = 100  # such lines on one page: with more it is a transcript or a book
RUN = re.compile(r"\w+(?: \w+)*")


def pull_quotes(frame: pl.DataFrame, pages: Pages, body: np.ndarray) -> np.ndarray:
    """Rows of the body in quotation marks whose words stand again within a longer line
    of it, and the rows that sign them."""
    out = np.zeros(len(frame), bool)
    rows = np.flatnonzero(body)
    texts = frame["text"].gather(rows)
    quoted = np.flatnonzero(texts.str.head(1).is_in(list(DOUBLE_OPENING)).to_numpy())
    quoted = quoted[texts.gather(quoted).str.contains(QUOTED).to_numpy()]
    if not len(quoted):
        return out
    lines = texts.to_list()
    page = pages.page[rows]
    numbers = np.unique(page[quoted])
    firsts, lasts = (np.searchsorted(page, numbers + by).tolist() for by in (0, 1))
    for first, last in zip(firsts, lasts, strict=True):
        low, high = np.searchsorted(quoted, [first, last]).tolist()
        if high - low <= MOST:
            some = (quoted[low:high] - first).tolist()
            out[rows[first + _pulled(lines[first:last], some)]] = True
    return out


def _pulled(lines: list[str], quoted: list[int]) -> np.ndarray:
    """Of one page's lines, the numbers of those that are pull quotes and of the lines
    that sign them."""
    lowered = [line.lower() for line in lines]
    page_text = "\n".join(lowered)
    folded: dict[int, str] = {}

    def words(i: int) -> str:
        if i not in folded:
            folded[i] = spaced_words(lines[i])
        return folded[i]

    out = []
    for at in quoted:
        # cheap first: its longest run of plain words stands on the page twice
        run = max(RUN.findall(lowered[at]), key=len, default="")
        again = page_text.find(run, page_text.find(run) + 1)
        if again < 0 or words(at).count(" ") <= LEAST:
            continue
        if any(
            run in line and len(lines[i]) > len(lines[at]) and words(at) in words(i)
            for i, line in enumerate(lowered)
        ):
            out.append(at)
            under = lines[at + 1] if at + 1 < len(lines) else ""
            if len(under) < SHORT and SIGNED.match(under):
                out.append(at + 1)
    return np.array(out, np.int64)
