"""Paragraphs of texts whose lines were broken by width (at about 70 columns, or by the
pages of a PDF): which lines go on in the next one, and what stands between pages.

A page counts as wrapped where most of its lines are as full as they can be (the first
word of the next one would not have fitted) and many of them end inside a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .pages import Pages, page_rows
from .shapes import TERMINAL, matches

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Paragraphs", "find_paragraphs", "joined"]

NARROWEST, WIDEST = 40, 120  # characters of a full line: narrower is a list or a poem
FULL = 0.85  # of the width: lines of a PDF differ, as letters do
LEAST = 3  # lines that go on: fewer tell nothing
# A line cut inside a word: `win-`
HYPHEN = r"\pL[-\u2010\u00ad]$"
CUT_WORD = r"(\pL)[-\u2010\u00ad]\n(\p{Ll})"
# Number of a page, by itself or at the end of a running head: `Page 3 of 7`, `- 3 -`
PAGE_NUMBER = re.compile(
    r"(?:^|\s{2,})\W*(?:page|seite|página|pagina|стр\.?)?\s*\d{1,4}"
    r"(?:\s*(?:of|/|von|de|di|из)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
COLUMNS = re.compile(r"\S\s{3,}\S")  # a head in two columns: `Gazette      Page 3`
HEAD = 100  # characters: a longer line is no running head


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """For each line of a table from `split_lines`: `number`, its paragraph, counted
    over the whole table; `head`, whether it is a running head or number of a page."""

    number: np.ndarray
    head: np.ndarray

    @property
    def is_plain(self) -> bool:
        """Whether each line is a paragraph."""
        return not len(self.number) or bool(
            self.number[-1] == len(self.number) - 1 and not self.head.any()
        )


def find_paragraphs(frame: pl.DataFrame, texts: list[str]) -> Paragraphs:
    """The paragraphs of the texts that `split_lines` made the table of."""
    plain = np.arange(len(frame)), np.zeros(len(frame), bool)
    if not len(frame):
        return Paragraphs(*plain)
    pages = page_rows(frame["article"].to_numpy())
    some = _may_be_wrapped(frame, pages)
    in_pages = np.array(
        [texts[article].count("\f") > 1 for article in frame["article"][pages.starts]]
    )
    if not (some | in_pages).any():
        return Paragraphs(*plain)
    head = _running_heads(frame, pages, texts, some | in_pages)
    opens = np.ones(len(frame), bool)
    rows = np.flatnonzero(some[pages.page] & ~head)
    if len(rows):
        opens[rows] = _opens(frame.with_row_index("row")[rows])
    opens[head] = False
    opens[pages.starts] = True
    return Paragraphs(np.cumsum(opens) - 1, head)


def _may_be_wrapped(frame: pl.DataFrame, pages: Pages) -> np.ndarray:
    """Pages whose lines that have another right under them are about as long."""
    size = (frame["end"] - frame["start"]).to_numpy()
    line = frame["line"].to_numpy()
    adjacent = np.zeros(len(size), bool)
    adjacent[:-1] = (np.diff(line) == 1) & (pages.page[1:] == pages.page[:-1])
    adjacent &= size >= NARROWEST
    number = np.add.reduceat(adjacent, pages.starts)
    long = np.add.reduceat(adjacent & (size > WIDEST), pages.starts)
    return (number >= LEAST) & (long <= number * 0.1)


def _opens(frame: pl.DataFrame) -> np.ndarray:
    """Of the lines of some pages, those that open a paragraph; all where a page is not
    wrapped."""
    import polars as pl

    pages = page_rows(frame["article"].to_numpy())
    text = frame["text"]
    size = (frame["end"] - frame["start"]).to_numpy()
    first_word = text.str.extract(r"^(\S+)", 1).str.len_chars().to_numpy()
    lower = text.str.contains(r"^[\pP\s]*\p{Ll}").to_numpy()
    uncased = ~text.str.contains(r"[\p{Lu}\p{Ll}]").to_numpy()
    ends = text.str.contains(TERMINAL).to_numpy()
    hyphen = text.str.contains(HYPHEN).to_numpy()
    indent, line = frame["indent"].to_numpy(), frame["line"].to_numpy()

    def next_of(x: np.ndarray) -> np.ndarray:
        return np.append(x[1:], x[:1])

    same_page = next_of(pages.page) == pages.page
    same_page[-1] = False
    adjacent = same_page & (next_of(line) == line + 1)
    # the width of each page: that of its ninth decile
    wide = pl.DataFrame({"page": pages.page, "size": size, "on": adjacent})
    wide = wide.with_columns(
        pl.col("size").filter(pl.col("on")).quantile(0.9).over("page").alias("width")
    )
    width = wide["width"].fill_null(0).to_numpy()
    full = adjacent & (size + 1 + next_of(first_word) > FULL * width)
    inside = ~ends & (next_of(lower) | next_of(uncased))
    goes_on = full & ~(ends & (next_of(indent) > indent + 1)) | (adjacent & inside)
    # over the end of a page, where the sentence does
    goes_on |= same_page & ~adjacent & next_of(lower) & (hyphen | _broken(frame, ends))
    wrapped = _wrapped(pages, adjacent & (size >= NARROWEST), full, full & inside)
    goes_on &= wrapped[pages.page]
    return np.append(True, ~goes_on[:-1])


def _broken(frame: pl.DataFrame, ends: np.ndarray) -> np.ndarray:
    """Lines after which lines were taken out, and whose sentence goes on."""
    return ~ends & np.append(np.diff(frame["row"].to_numpy()) > 1, False)


def _wrapped(
    pages: Pages, adjacent: np.ndarray, full: np.ndarray, inside: np.ndarray
) -> np.ndarray:
    """Pages most of whose lines are full, with many a sentence that goes on."""

    def count(x: np.ndarray) -> np.ndarray:
        return np.add.reduceat(x, pages.starts)

    n, n_full = count(adjacent), count(full & adjacent)
    return (
        (n >= LEAST)
        & (n_full >= 0.6 * n)
        & (count(inside & adjacent) >= 0.4 * np.maximum(n_full, 1))
    )


def _running_heads(
    frame: pl.DataFrame, pages: Pages, texts: list[str], some: np.ndarray
) -> np.ndarray:
    """Running heads and numbers of pages: short lines set apart that have the number of
    a page, stand at two form feeds, or are like another such line but for numbers."""
    head = np.zeros(len(frame), bool)
    number = _page_numbers(frame, some[pages.page])
    several = np.add.reduceat(number, pages.starts, dtype=np.int64) > 1
    for page in np.flatnonzero(some).tolist():
        low, high = int(pages.starts[page]), int(pages.ends[page])
        source = texts[int(frame["article"][low])]
        if several[page] or "\f" in source:
            part = frame[low:high]
            head[low:high] = _heads_of_page(part, source, number[low:high].tolist())
    return head


def _page_numbers(frame: pl.DataFrame, some: np.ndarray) -> np.ndarray:
    """Short lines, of some, that are or end in the number of a page."""
    short = some & (frame["end"] - frame["start"] < HEAD).to_numpy()
    # cheap first: no letter stands behind its last digit
    rows = np.flatnonzero(matches(frame["text"], short, r"\d\PL*$"))
    out = np.zeros(len(frame), bool)
    out[rows] = [
        PAGE_NUMBER.search(text) is not None
        for text in frame["text"].gather(rows).to_list()
    ]
    return out


def _heads_of_page(part: pl.DataFrame, source: str, number: list[bool]) -> list[bool]:
    texts = part["text"].to_list()
    starts, ends = part["start"].to_list(), part["end"].to_list()
    gaps = [
        source[a:b] for a, b in zip([0, *ends], [*starts, len(source)], strict=True)
    ]
    apart = [one or other for one, other in pairwise(map(_has_blank_line, gaps))]
    at_feed = [one or other for one, other in pairwise("\f" in gap for gap in gaps)]
    keys = [re.sub(r"[\W\d]+", " ", text).strip() for text in texts]
    # `12 Harbour Gazette`, `Harbour Gazette 13`: at the end or beginning of two pages
    n_at_feed = Counter(key for key, feed in zip(keys, at_feed, strict=True) if feed)
    if 2 * sum("\f" in gap for gap in gaps) > len(gaps):  # a line end like any other
        n_at_feed.clear()
    likely = [
        len(text) < HEAD
        and (
            (is_apart and (is_number or (feed and COLUMNS.search(text) is not None)))
            or (feed and bool(key) and n_at_feed[key] > 1)
        )
        for text, is_apart, feed, is_number, key in zip(
            texts, apart, at_feed, number, keys, strict=True
        )
    ]
    if sum(likely) < 2:  # one number by itself is the page of nothing
        return [False] * len(texts)
    known = {key for key, is_head in zip(keys, likely, strict=True) if is_head}
    heads = [
        is_head or (key in known and len(text) < HEAD)
        for is_head, key, text in zip(likely, keys, texts, strict=True)
    ]
    # Heads stand over something: where no other line is, these are the text.
    return [False] * len(texts) if all(heads) else heads


def _has_blank_line(gap: str) -> bool:
    """Whether a blank line stands between two lines; a form feed counts as one."""
    return "\f" in gap or len(re.findall(r"\r\n|\n|\r", gap)) > 1


def joined(frame: pl.DataFrame, paragraphs: Paragraphs) -> pl.DataFrame:
    """One row for each paragraph, its lines joined, words whole that a line end cut."""
    import polars as pl

    rows = frame.with_columns(paragraph=paragraphs.number).filter(~paragraphs.head)
    text = pl.col("text").list.join("\n").str.replace_all(CUT_WORD, "${1}${2}")
    return (
        rows.group_by("paragraph", maintain_order=True)
        .agg(
            pl.col("article", "line", "start", "indent").first(),
            pl.col("end").last(),
            pl.col("text"),
        )
        .with_columns(text.str.replace_all("\n", " "))
        .select("article", "line", "start", "end", "text", "indent", "paragraph")
    )
