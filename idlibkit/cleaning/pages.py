"""Lines of many pages as rows of one table, and sums over rows that stay within a page.

All sums are of exact fractions, so that what is computed for a page never hangs on the
other pages of a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "BLANK",
    "Pages",
    "best_run",
    "first_row",
    "last_row",
    "near",
    "page_rows",
    "split_lines",
    "total",
    "window",
]

# What counts as white space around a line: what `str.strip` takes, and the two marks
# without width that pages carry (U+200B, U+FEFF).
BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004"
    "\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def split_lines(texts: list[str]) -> pl.DataFrame:
    """One row for each line that is not blank.

    Columns: article (number), line, start, end, text, indent (characters of white
    space before the text).
    """
    import polars as pl

    pieces: list[str] = []
    counts = np.empty(len(texts), np.int64)
    for i, text in enumerate(texts):
        lines = text.splitlines(keepends=True)
        counts[i] = len(lines)
        pieces += lines
    first = np.repeat(np.cumsum(counts) - counts, counts)
    piece = pl.Series("piece", pieces, dtype=pl.String)
    width = piece.str.len_chars().cast(pl.Int64)
    at = np.concatenate([[0], np.cumsum(width.to_numpy())])
    stripped = pl.col("text")
    length = stripped.str.len_chars().cast(pl.Int64)
    return (
        pl.DataFrame(
            {
                "article": np.repeat(np.arange(len(texts)), counts),
                "line": np.arange(len(pieces)) - first,
                "start": at[:-1] - at[first],
                "width": width,
                "text": piece.str.strip_chars_start(BLANK),
            }
        )
        .filter(stripped != "")
        .with_columns((pl.col("width") - length).alias("indent"))
        .with_columns(
            stripped.str.strip_chars_end(BLANK), pl.col("start") + pl.col("indent")
        )
        .with_columns((pl.col("start") + length).alias("end"))
        .select("article", "line", "start", "end", "text", "indent")
    )


@dataclass(frozen=True, slots=True)
class Pages:
    """Which rows are which page: first and last (exclusive) row of each page (`starts`,
    `ends`); for each row its number, its page and that page's ends (`low`, `high`)."""

    starts: np.ndarray
    ends: np.ndarray
    row: np.ndarray
    page: np.ndarray
    low: np.ndarray
    high: np.ndarray


def page_rows(article: np.ndarray) -> Pages:
    """Pages from the article's number of each row; an article's rows stand together."""
    edges = np.flatnonzero(np.diff(article)) + 1
    starts, ends = np.r_[0, edges], np.r_[edges, len(article)]
    page = np.repeat(np.arange(len(starts)), ends - starts)
    return Pages(starts, ends, np.arange(len(article)), page, starts[page], ends[page])


def near(pages: Pages, x: np.ndarray, by: int) -> np.ndarray:
    """The value `by` rows further down the same page, 0 beyond its ends."""
    at = pages.row + by
    inside = (at >= pages.low) & (at < pages.high)
    return np.where(inside, np.take(x, at, mode="clip"), 0)


def _sums(x: np.ndarray) -> np.ndarray:
    return np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])


def window(pages: Pages, x: np.ndarray, back: int, on: int) -> np.ndarray:
    """Sum from `back` rows before to `on` rows after, within the page.

    Exact where x holds multiples of 1/4096.
    """
    sums = _sums(x)
    last = np.maximum(np.minimum(pages.row + on + 1, pages.high), pages.low)
    first = np.minimum(np.maximum(pages.row - back, pages.low), last)
    return sums[last] - sums[first]


def total(pages: Pages, x: np.ndarray) -> np.ndarray:
    """For each row, the sum over its page."""
    sums = _sums(x)
    return (sums[pages.ends] - sums[pages.starts])[pages.page]


def first_row(pages: Pages, where: np.ndarray) -> np.ndarray:
    """For each page, the first row where the condition holds, or a row beyond all."""
    return np.minimum.reduceat(np.where(where, pages.row, len(where)), pages.starts)


def last_row(pages: Pages, where: np.ndarray) -> np.ndarray:
    """For each page, the last row where the condition holds, or -1."""
    return np.maximum.reduceat(np.where(where, pages.row, -1), pages.starts)


def best_run(pages: Pages, gains: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and last row (exclusive) of the run of rows of each page with the highest
    sum, in whole numbers (Kadane's way, for all pages at once)."""
    sums = np.concatenate([[0], np.cumsum(np.rint(gains * 1024).astype(np.int64))])
    before, after = sums[:-1] - sums[pages.low], sums[1:] - sums[pages.low]
    # the lowest sum so far starts anew on each page: pages lie further apart than sums
    shift = (2 * np.abs(sums).max() + 1) * pages.page
    lowest = np.minimum.accumulate(before - shift) + shift
    value = after - lowest
    highest = np.maximum.reduceat(value, pages.starts)[pages.page]
    last = first_row(pages, value == highest)
    opens = (before == lowest[last][pages.page]) & (pages.row <= last[pages.page])
    return last_row(pages, opens), last + 1
