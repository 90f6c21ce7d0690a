"""The table of lines: every line of every article at its place, with its role."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..scale import side_by_side
from ..tables import check_articles, source_text
from ..text import to_polars
from .pages import BLANK, split_lines
from .paragraphs import find_paragraphs, joined
from .roles import KEPT, NUMBER, ROLES, line_roles

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PAGES", "lines"]

# Characters read at a time, batches side by side: bounds memory, changes no result. For
# each, polars compiles its patterns anew, as it keeps 32 and there are more.
BATCH = 8_000_000
# Files whose `raw` is what `read_articles` has cut out of the page
PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht")


def lines(articles: pd.DataFrame) -> pd.DataFrame:
    """The role of each line of a scraped page: what is reporting, what is not, and why.

    Finds headline, text and headings among menus, captions, bylines, appeals and links,
    from plain text in any language. Where `raw` is missing, `text` is taken as clean
    and all its lines are kept.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, and `raw` or `text` or both; `title`, where known, names the
        headline.

    Returns
    -------
    DataFrame
        One row for each line that is not blank, in the order of `articles`:

        - `article_id`;
        - `line`, counted from 0 (as `str.splitlines` cuts);
        - `start` and `end` in characters of the source text, so that
          ``raw[start:end] == text``;
        - `text`, the line without white space around it;
        - `role`, one of headline, subheadline, body, heading, dateline, byline,
          caption, credit, note, boilerplate, duplicate;
        - `kept`, true for the first four;
        - `reason`, in words;
        - `paragraph`, counted from 0: lines that were broken by width, as in text
          wrapped at 70 columns or from a PDF, have the number of their paragraph.

    Raises
    ------
    IdlibkitError
        Where a column is missing.

    Notes
    -----
    A line is never split: a place at the start of a paragraph stays there. An article's
    lines do not depend on the other articles. The phrases (`lexicons/page_cues.toml`)
    are English; all else is length, punctuation, position, indent and repetition.

    Where `source_file` says that `raw` was cut out of a saved page by `read_articles`,
    only what is surely no reporting goes: title, byline, dateline, credits, repeats,
    short links, notes and appeals at the two ends.

    Score: F1 of .950 [.925, .973] for body and headings (shingles of four words) on 22
    news pages with all their menus that nothing was fitted to (Scrapinghub's
    article-extraction-benchmark as plain text), .873 [.791, .937] on 47 web articles
    (WCXB: guides, lists, blogs). From HTML, `passages` get .975 [.958, .988] on the
    news pages (trafilatura alone .972) and .949 [.923, .970] on the web articles
    (.940), where two earlier ways had got .926 and .929. Intervals by resampling pages;
    benchmarks/measure_cleaning.py. The weights were fitted to the other 162 pages.
    Headline and the other roles: not measured. Weakest where an article is short or not
    prose: recipes, tables, lists of offers, comments longer than the article.

    Examples
    --------
    >>> import pandas as pd
    >>> page = (
    ...     "Home\\n* Sport\\nPort closes two cranes\\nBy Lena Orth\\n"
    ...     "The port said on Monday that two of its cranes would be out of use until "
    ...     "the end of the month.\\nDockers had refused to work under them after a "
    ...     "cable broke, and a court agreed that they need not.\\nRead more"
    ... )
    >>> lines(pd.DataFrame({"article_id": ["a"], "raw": [page]}))[
    ...     ["line", "role", "kept"]
    ... ]
       line         role   kept
    0     0  boilerplate  False
    1     1  boilerplate  False
    2     2     headline   True
    3     3       byline  False
    4     4         body   True
    5     5         body   True
    6     6  boilerplate  False
    """
    import polars as pl

    check_articles(articles, ["article_id"])
    source = source_text(articles).tolist()
    missing = pd.Series([None] * len(source))
    titles = articles.get("title", missing).astype("str")
    clean = articles.get("raw", missing).isna().to_numpy()
    files = articles.get("source_file", missing).astype("str").str.lower()
    extracted = files.str.removesuffix(".gz").str.endswith(PAGES, na=False)
    names = articles["article_id"].astype("str").tolist()
    size = np.cumsum([len(text) for text in source]) // BATCH
    cuts = [0, *(np.flatnonzero(np.diff(size)) + 1).tolist(), len(source)]

    def part(edges: tuple[int, int]) -> pl.DataFrame:
        low, high = edges
        rows = _batch(
            source[low:high],
            titles.iloc[low:high],
            clean[low:high],
            extracted.to_numpy(bool)[low:high],
        )
        ids = pl.Series("article_id", names[low:high], dtype=pl.String)
        return rows.select(ids.gather(rows["article"]), pl.exclude("article"))

    return pl.concat(side_by_side(part, pairwise(cuts))).to_pandas()


def _batch(
    texts: list[str], titles: pd.Series, clean: np.ndarray, extracted: np.ndarray
) -> pl.DataFrame:
    """lines for some articles, with the article's number in place of its id."""
    import polars as pl

    frame = split_lines(texts)
    paragraphs = find_paragraphs(frame, texts)
    if paragraphs.is_plain:
        number = _numbers(frame, titles, clean, extracted)
    else:
        whole = joined(frame, paragraphs)
        place = np.searchsorted(whole["paragraph"].to_numpy(), paragraphs.number)
        number = _numbers(whole, titles, clean, extracted)[place]
        number[paragraphs.head] = NUMBER["running head or number of a page"]
    article = frame["article"].to_numpy()
    first = np.searchsorted(article, article)
    roles, reasons = zip(*ROLES, strict=True)
    return frame.select(
        "article",
        "line",
        "start",
        "end",
        "text",
        pl.Series("role", roles).gather(number),
        pl.Series("kept", np.isin(roles, KEPT)[number]),
        pl.Series("reason", reasons).gather(number),
        pl.Series("paragraph", paragraphs.number - paragraphs.number[first]),
    )


def _numbers(
    frame: pl.DataFrame, titles: pd.Series, clean: np.ndarray, extracted: np.ndarray
) -> np.ndarray:
    """The number in ROLES of each line or paragraph."""
    number = np.full(
        len(frame), NUMBER["came without its page and is taken as clean"], np.int8
    )
    dirty = ~clean[frame["article"].to_numpy()]
    if dirty.any():
        number[dirty] = line_roles(frame.filter(dirty), titles, extracted)
    number[_title_rows(frame, titles, dirty)] = NUMBER["is the title"]
    return number


def _title_rows(
    frame: pl.DataFrame, titles: pd.Series, dirty: np.ndarray
) -> np.ndarray:
    """First rows that are the title, in clean texts and those of one or two lines."""
    article = frame["article"].to_numpy()
    top = np.flatnonzero(np.diff(article, prepend=-1))
    few = np.diff(np.append(top, len(article))) <= 2
    top = top[~dirty[top] | few]
    title = to_polars(titles).str.strip_chars(BLANK).gather(article[top])
    return top[(frame["text"].gather(top) == title).to_numpy()]
