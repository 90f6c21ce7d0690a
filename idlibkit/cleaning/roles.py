"""lines: the role of each line of a scraped news page.

line_scores finds the run of lines that is the article; rules then take out what is at its edges or inside it (appeals, captions,
credits, repeats) and name the role of every line, with a reason.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from ..scale import THREADS
from ..tables import check_articles, source_text
from .repeats import pull_quotes
from .scores import (
    BLANK,
    QUOTED,
    Pages,
    first_row,
    last_row,
    line_scores,
    line_shapes,
    near,
    page_rows,
    split_lines,
    total,
    window,
)

__all__ = ["ROLES", "lines"]


KEPT = ("headline", "subheadline", "body", "heading")
LEAST = 0.2  # a line of the article's run with a lower score is taken out
BATCH = 4_000_000  # characters read at a time, batches side by side: bounds memory, changes no result
PLACE = r"^[^\p{Ll}]*\p{Lu}{3}[^\p{Ll}]*$"
WORDS = r"[\pL\pN]{4,}"
READER = r"(?i)\b(?:you|your|yours|we|us|our|ours)\b"

# (role, reason); rows of a page start with the first and take the last that holds
ROLES = (
    ("boilerplate", "stands before the article"),
    ("boilerplate", "stands after the article"),
    ("boilerplate", "does not read like the text around it"),
    ("boilerplate", "item of a menu or list of links"),
    ("boilerplate", "leads to another page, or is a button"),
    ("boilerplate", "speaks to the reader or of the outlet itself"),
    ("credit", "names who took or holds a picture"),
    ("caption", "describes a picture and names who took it"),
    ("dateline", "says when the page was written or changed"),
    ("dateline", "place above the text"),
    ("byline", "names who wrote the text"),
    ("credit", "names who helped with the text"),
    ("caption", "stands twice in a row, as captions do"),
    ("subheadline", "stands between headline and text"),
    ("body", "part of the text"),
    ("heading", "short line that opens a part of the text"),
    ("headline", "stands above the text and shares its words"),
    ("duplicate", "repeats an earlier line"),
    ("duplicate", "repeats the headline"),
    ("duplicate", "repeats words of the text, as pull quotes do"),
    ("headline", "is the title"),
    ("body", "a text of one or two lines is kept whole"),
    ("body", "nothing here reads like running text, so nothing was taken out"),
    ("body", "came without its page and is taken as clean"),
)
NUMBER = {reason: i for i, (_, reason) in enumerate(ROLES)}


def _shared_words(
    frame, pages: Pages, candidate: np.ndarray, opening: np.ndarray
) -> np.ndarray:
    """Share of the longer words of each candidate line that stand in the opening of its page's body."""
    import polars as pl

    def words(rows):
        found = (
            frame["text"]
            .gather(rows)
            .str.head(400)
            .str.to_lowercase()
            .str.extract_all(WORDS)
        )
        row = np.repeat(rows, found.list.len().to_numpy())
        # one number for a word on a page
        page = pl.Series(pages.page[row].astype(np.uint64)) * pl.Series(
            [0x9E3779B97F4A7C15], dtype=pl.UInt64
        )
        word = found.explode(empty_as_null=False).hash(1)
        return row, word ^ page

    out = np.zeros(len(frame))
    # one candidate needs no comparison
    open_choice = (np.add.reduceat(candidate, pages.starts) > 1)[pages.page]
    rows = np.flatnonzero(candidate & open_choice)
    if len(rows):
        row, word = words(rows)
        known = word.is_in(
            words(np.flatnonzero(opening & open_choice))[1].unique().implode()
        ).to_numpy()
        n = np.bincount(row, minlength=len(out))
        out = np.bincount(row, known, minlength=len(out)) / np.maximum(n, 1)
    return np.where(candidate & ~open_choice, 1.0, out)


def _without_appeals(
    frame, pages: Pages, s: dict[str, np.ndarray], body: np.ndarray
) -> np.ndarray:
    """Take out links and appeals at the edges of the body.

    An appeal is prose: it is known by its phrases (`appeal` in the cue list) in lines that, outside quotation marks,
    say you or we, at the very end or beginning of the text.
    """
    row, page = pages.row, pages.page
    body = body.copy()
    asks = body & s["appeal"] & (total(pages, body) > 1)
    where = np.flatnonzero(body & (np.maximum.reduceat(asks, pages.starts)[page]))
    speaks = np.zeros(len(body), bool)
    if len(where):
        bare = frame["text"].gather(where).str.replace_all(QUOTED, " ")
        speaks[where] = bare.str.contains(READER).to_numpy()
    asks &= speaks
    # buttons, dates, names and labels: no text ends or begins with them
    button = (s["link"] | s["appeal"]) & (s["size"] < 80)
    button |= (s["dated"] | s["time"] | s["byline"]) & (s["size"] < 80) & ~s["terminal"]
    button |= s["picture"] | (s["size"] < 40) & ~s["terminal"] & ~s["bullet"]
    edge = speaks | button
    for last in (True, False):
        tail = (
            row > last_row(pages, body & ~edge)[page]
            if last
            else row < first_row(pages, body & ~edge)[page]
        )
        tail &= body
        start = (
            first_row(pages, tail & asks)[page]
            if last
            else last_row(pages, tail & asks)[page]
        )
        cut = tail & ((row >= start) if last else (row <= start))
        n_asks = total(pages, cut & (asks | button))
        cut &= n_asks * 2 >= total(pages, cut)
        body &= ~cut
        end = (
            row > last_row(pages, body & ~button)[page]
            if last
            else row < first_row(pages, body & ~button)[page]
        )
        body &= ~(end & button)
    return body


def _headline(
    frame, pages: Pages, s, body, open_row, titles: pd.Series, free: np.ndarray
) -> np.ndarray:
    """The row of each page's headline, or -1: the title where it is known, else the best line above the body."""
    import polars as pl

    row, page, size = pages.row, pages.page, s["size"]
    candidate = (
        free
        & (row >= open_row[page] - 25)
        & (row < open_row[page])
        & (size >= 12)
        & (size <= 300)
    )
    candidate &= (
        ~s["dated"]
        & ~(s["time"] & (size < 40))
        & ~s["byline"]
        & ~(s["picture"] & (size < 60))
    )
    opening = body & (window(pages, size * body, len(size), -1) < 700)
    shared = _shared_words(frame, pages, candidate, opening)
    unspaced = s["density"] > 2.2
    score = 2 * shared + 0.7 * (size >= 25) + 0.5 * ~s["terminal"] + 0.3 * s["repeated"]
    score -= 0.03 * (open_row[page] - row) + 0.5 * (size > 150)
    close = open_row[page] - pages.low <= 3
    score = np.where(
        candidate & ((shared >= 0.2) | unspaced | close), np.rint(score * 4096), -1
    )
    top = np.maximum.reduceat(score, pages.starts)
    head = np.where(top > 0, first_row(pages, score == top[page]), -1)
    # a line as good just above the best one is the headline, and the best one its second line
    for back in (2, 1):
        at = np.maximum(head - back, 0)
        above = (
            (head - back >= pages.starts)
            & candidate[at]
            & (shared[at] >= 0.4)
            & (size[at] >= 20)
        )
        head = np.where(above & ~s["terminal"][at], at, head)
    # a text that starts at once has its headline as first line
    at = pages.starts
    after = np.minimum(at + 1, len(size) - 1)
    bare = (
        (head < 0)
        & (open_row == at)
        & (size[at] <= 150)
        & ~s["terminal"][at]
        & (size[after] > size[at])
    )
    head = np.where(
        bare & body[at] & body[after] & (page[after] == page[at]) & ~s["cue"][at],
        at,
        head,
    )
    if titles.notna().any():
        where = np.flatnonzero((row <= open_row[page] + 1) & (s["chars"] <= 1000))
        wanted = _plain(pl.Series(titles.fillna("").tolist(), dtype=pl.String)).gather(
            frame["article"].gather(where)
        )
        named = np.zeros(len(row), bool)
        named[where] = (_plain(frame["text"].gather(where)) == wanted).to_numpy()
        head = np.where(last_row(pages, named) >= 0, first_row(pages, named), head)
    # the same words further up are the headline, said for the first time
    same = (head >= 0)[page] & (s["key"] == s["key"][np.maximum(head, 0)][page])
    return np.where(head >= 0, np.minimum(first_row(pages, same), head), -1), same


def _plain(text):
    return text.str.strip_chars(BLANK).str.replace_all(r"\s+", " ").str.to_lowercase()


def _roles(frame, titles: pd.Series, weights: dict | None = None) -> np.ndarray:
    """The number in ROLES of each line."""
    pages = page_rows(frame["article"].to_numpy())
    row, page = pages.row, pages.page
    s = line_shapes(frame, pages)
    size = s["size"]
    p, first, last = line_scores(pages, s, weights)
    inside = (row >= first[page]) & (row < last[page])
    # the line that names helpers ends the text, where little follows
    mass = size * inside
    ends = (
        s["credit"]
        & (row > first[page])
        & inside
        & (window(pages, mass, len(mass), 0) > 0.6 * total(pages, mass))
    )
    last = np.minimum(last, first_row(pages, ends))
    inside &= row < last[page]
    key = s["key"]
    twice = ((near(pages, key, -1) == key) | (near(pages, key, 1) == key)) & (
        size >= 40
    )
    body = _without_appeals(frame, pages, s, inside & (p > LEAST) & ~twice)
    first, last = first_row(pages, body), last_row(pages, body) + 1
    body_follows = near(pages, body & (size > 60), 1).astype(bool)

    out = np.zeros(len(frame), np.int8)

    def mark(where, reason):
        out[where] = NUMBER[reason]

    zone = ~body & (row >= first[page] - 25) & (row < last[page] + 3)
    cue = (s["link"] & (size < 60)) | s["appeal"] | s["bullet"] | s["stop"]
    free = zone & ~cue
    mark(row >= last[page], "stands after the article")
    mark(
        ~body & (row > first[page]) & (row < last[page]),
        "does not read like the text around it",
    )
    mark(~body & s["bullet"], "item of a menu or list of links")
    mark(~body & (s["link"] | s["stop"]), "leads to another page, or is a button")
    mark(~body & s["appeal"], "speaks to the reader or of the outlet itself")
    mark(free & s["picture"], "names who took or holds a picture")
    mark(
        free & s["picture"] & (size >= 60), "describes a picture and names who took it"
    )
    stamp = s["dated"] | (s["time"] & ~s["terminal"])
    mark(free & stamp, "says when the page was written or changed")
    mark(free & s["byline"], "names who wrote the text")
    mark(zone & s["credit"] & ~s["link"], "names who helped with the text")
    head, same = _headline(
        frame, pages, s, body, first, titles, free & ~twice | free & (size < 120)
    )
    between = (
        (head >= 0)[page] & (row > head[page]) & (row < first[page]) & free & ~same
    )
    mark(twice & zone & ~same, "stands twice in a row, as captions do")
    unnamed = np.isin(out, [NUMBER["stands before the article"]])
    close = np.flatnonzero(between & unnamed & (size < 40) & (row >= first[page] - 3))
    place = np.zeros(len(out), bool)
    place[close] = frame["text"].gather(close).str.contains(PLACE).to_numpy()
    mark(place, "place above the text")
    sub = (
        between
        & unnamed
        & ~place
        & (size >= 25)
        & ~s["repeated"]
        & (row <= head[page] + 4)
    )
    sub = first_row(pages, sub)
    mark(sub[sub < len(out)], "stands between headline and text")
    mark(body, "part of the text")
    short = np.flatnonzero(
        body & (size < 90) & ~s["terminal"] & body_follows & (row > first[page])
    )
    opens = (
        frame["text"].gather(short).str.contains(r"^[\pL\pN](?:[^,]|,\d)*$").to_numpy()
    )
    mark(short[opens], "short line that opens a part of the text")
    mark(body & s["again"] & (size >= 60), "repeats an earlier line")
    mark(twice & (near(pages, key, -1) == key) & ~cue, "repeats an earlier line")
    mark(
        pull_quotes(frame, pages, out == NUMBER["part of the text"]),
        "repeats words of the text, as pull quotes do",
    )
    mark(same, "repeats the headline")
    mark(head[head >= 0], "stands above the text and shares its words")
    empty = total(pages, body) == 0
    mark(
        empty & ~s["cue"],
        "nothing here reads like running text, so nothing was taken out",
    )
    mark(pages.high - pages.low <= 2, "a text of one or two lines is kept whole")
    return out


def _batch(texts: list[str], titles: pd.Series, clean: np.ndarray):
    """lines for some articles, with the article's number in place of its id."""
    import polars as pl

    frame = split_lines(texts)
    number = np.full(
        len(frame), NUMBER["came without its page and is taken as clean"], np.int8
    )
    dirty = ~clean[frame["article"].to_numpy()]
    if dirty.any():
        number[dirty] = _roles(frame.filter(dirty), titles)
    article = frame["article"].to_numpy()
    top = np.flatnonzero(np.diff(article, prepend=-1))
    few = np.diff(np.append(top, len(article))) <= 2
    top = top[~dirty[top] | few]
    wanted = (
        pl.Series(titles.fillna("").tolist(), dtype=pl.String)
        .str.strip_chars(BLANK)
        .gather(article[top])
    )
    number[top[(frame["text"].gather(top) == wanted).to_numpy()]] = NUMBER[
        "is the title"
    ]
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
    )


def lines(articles: pd.DataFrame) -> pd.DataFrame:
    """The role of each line of a scraped page: what is reporting, what is not, and why.

    Finds headline, text and headings among menus, captions, bylines, appeals and links, from plain text in any language.
    Where `raw` is missing, `text` is taken as clean and all its lines are kept.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, and `raw` or `text` or both; `title`, where known, names the headline.

    Returns
    -------
    DataFrame
        One row for each line that is not blank, in the order of `articles`: `article_id`; `line`, counted from 0 (as
        `str.splitlines` cuts); `start` and `end` in characters of the source text, so that `raw[start:end] == text`; `text`, the
        line without white space around it; `role`, one of headline, subheadline, body, heading, dateline, byline, caption,
        credit, boilerplate, duplicate; `kept`, true for the first four; `reason`, in words.

    Raises
    ------
    IdlibkitError
        Where a column is missing.

    Notes
    -----
    A line is never split: a place at the start of a paragraph stays there. An article's lines do not depend on the other
    articles. The phrases (`lexicons/page_cues.toml`) are English; all else is length, punctuation, position, indent and repetition.

    Score: F1 of .940 (precision .948, recall .933) for body and headings on 88 news pages in several languages with all their
    menus (Scrapinghub's article-extraction-benchmark as plain text, shingles of four words), cross-validated by page: each page
    scored with weights fitted to others (features and rules were chosen on these
    pages, so expect a little less elsewhere). On the same pages without indents .928, with only the few lines next to
    the article .950; of the bare articles .96 is kept. The weights as they come were fitted to all 88 pages, on which they reach
    .946 [.916, .967] (resampling pages; benchmarks/measure_cleaning.py). Headline and the other roles: not measured. Weakest where an
    article is not prose: recipes, tables, lists of offers, comments longer than the article.

    Examples
    --------
    >>> import pandas as pd
    >>> page = '''Home
    ... * Sport
    ... Port closes two cranes
    ... By Lena Orth
    ... The port said on Monday that two of its cranes would be out of use until the end of the month.
    ... Dockers had refused to work under them after a cable broke, and a court agreed that they need not.
    ... Read more'''
    >>> lines(pd.DataFrame({"article_id": ["a"], "raw": [page]}))[["line", "role", "kept"]]
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
    titles = (
        articles["title"] if "title" in articles else pd.Series([None] * len(source))
    )
    titles = titles.astype("str")
    clean = (
        articles["raw"].isna().to_numpy()
        if "raw" in articles
        else np.ones(len(source), bool)
    )
    size = np.cumsum([len(text) for text in source]) // BATCH
    cuts = [0, *(np.flatnonzero(np.diff(size)) + 1), len(source)]

    def part(low: int, high: int):
        found = _batch(source[low:high], titles.iloc[low:high], clean[low:high])
        ids = pl.Series(
            "article_id",
            articles["article_id"].iloc[low:high].astype("str").tolist(),
            dtype=pl.String,
        )
        return found.select(ids.gather(found["article"]), pl.exclude("article"))

    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(part, cuts[:-1], cuts[1:]))
    return pl.concat(parts).to_pandas()
