"""Pull quotes: words of the text that a page shows once more, set apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from ..text import DOUBLE_CLOSING, DOUBLE_OPENING, spaced_words
from .pages import Pages

if TYPE_CHECKING:
    import polars as pl

__all__ = ["pull_quotes"]

MARKS = list(DOUBLE_OPENING)
# a line all in marks, or in marks that do not end
QUOTED = rf"^.(?:[^{DOUBLE_CLOSING}]*|.*[{DOUBLE_CLOSING}])$"
# the line under it that names the speaker: `— Jon Field`, `Jon Field, docker"`
SIGNED = re.compile(rf"[-–—]|[^{DOUBLE_OPENING}]*[{DOUBLE_CLOSING}]$")
SHORT = 80  # characters: a longer line signs nothing
LEAST = 8  # words: fewer can stand in a text twice by chance
MOST = 100  # such lines on one page: with more it is a transcript or a book
RUN = r"\w+(?: \w+)*"


def pull_quotes(frame: pl.DataFrame, pages: Pages, body: np.ndarray) -> np.ndarray:
    """Rows of the body in quotation marks whose words stand again within a longer line
    of it, and the rows that sign them."""
    out = np.zeros(len(frame), bool)
    text, n_pages = frame["text"], len(pages.starts)
    quoted = np.flatnonzero(body & text.str.head(1).is_in(MARKS).to_numpy())
    quoted = quoted[text.gather(quoted).str.contains(QUOTED).to_numpy()]
    n_quoted = np.bincount(pages.page[quoted], minlength=n_pages)
    some = (n_quoted > 0) & (n_quoted <= MOST)
    rows = np.flatnonzero(body & some[pages.page])
    if not len(rows):
        return out
    lines = text.gather(rows).str.to_lowercase()
    places = np.flatnonzero(np.isin(rows, quoted))
    # the longest run of plain words of each
    runs = [
        max(some_runs, key=len, default="")
        for some_runs in lines.gather(places).str.extract_all(RUN).to_list()
    ]
    line_of, page = lines.to_list(), pages.page[rows]
    ends = np.flatnonzero(np.diff(page, append=-1)) + 1
    first = first_run = 0
    for last in ends.tolist():
        last_run = int(np.searchsorted(places, last))
        at = (places[first_run:last_run] - first).tolist()
        quoted_runs = dict(zip(at, runs[first_run:last_run], strict=True))
        out[rows[first + _pulled(line_of[first:last], quoted_runs)]] = True
        first, first_run = last, last_run
    return out


def _pulled(lines: list[str], quoted: dict[int, str]) -> np.ndarray:
    """Of one page's lines, the numbers of those that are pull quotes and of the lines
    that sign them; `quoted` are those in marks, with a run of their words."""
    by_length = sorted(lines, key=len, reverse=True)
    page = "\n".join(by_length)
    shorter = [-len(line) for line in by_length]  # rising, as bisect needs it
    ends = np.cumsum([len(line) + 1 for line in by_length])
    out = []
    for at, run in quoted.items():
        n_longer = bisect_left(shorter, -len(lines[at]))
        # cheap first: the run stands in a longer line
        if not n_longer or page.find(run, 0, int(ends[n_longer - 1])) < 0:
            continue
        words = spaced_words(lines[at])
        if words.count(" ") <= LEAST:
            continue
        if any(
            run in line and words in spaced_words(line) for line in by_length[:n_longer]
        ):
            out.append(at)
            under = lines[at + 1] if at + 1 < len(lines) else ""
            if len(under) < SHORT and SIGNED.match(under):
                out.append(at + 1)
    return np.array(out, np.int64)
