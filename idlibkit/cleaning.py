"""lines: the role of each line of a scraped news page.

Two passes of a transparent score. The first weighs what a line looks like (length, sentence ends, bullets, dates, cue
phrases, repetition) and what stands around it, and finds the run of lines with the highest sum: the article. The second
weighs where a line stands from that run (inside, its indent, the scores around it). The weights are in
lexicons/page_weights.toml, the phrases in lexicons/page_cues.toml; rules then name the roles.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from .tables import check_columns, source_text

__all__ = ["lines"]

LEXICONS = Path(__file__).parent / "lexicons"
KEPT = ("headline", "subheadline", "body", "heading")
# white space and zero-width characters, stripped from both ends of a line
BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
LEAST = 0.3  # a line of the article's run with a lower score is taken out
BATCH = 8_000_000  # characters read at a time: bounds memory, changes no result
TERMINAL = r"""[.!?…。！？।؟۔:;]["'”’»)\]」』]*$"""
SENTENCE = r"""[.!?]["”’»)]?\s|[。！？।؟۔]"""
BULLET = r"^(?:[*•·●▪‣◦+○–—»›>|✕×#-]\s|[*•·●▪‣◦+○]|o |\d{1,3}[.)]\s|\d{1,2}$)"
TIME = r"(?:19|20)[0-9]{2}|[0-9]:[0-9]{2}"
PLACE = r"^[^\p{Ll}]*\p{Lu}{3}[^\p{Ll}]*$"
WORDS = r"[\pL\pN]{4,}"
QUOTED = r"""["“„«][^"“”„«»]*(?:["”»]|$)"""
READER = r"(?i)\b(?:you|your|yours|we|us|our|ours)\b"


# ------------------------------------------------------------------------------------------------ lines and pages
def _split(texts: list[str]):
    """One row per line that is not blank: article (number), line, start, end, text, indent."""
    import polars as pl

    pieces: list[str] = []
    counts = np.empty(len(texts), np.int64)
    for i, text in enumerate(texts):
        found = text.splitlines(keepends=True)
        counts[i] = len(found)
        pieces += found
    first = np.repeat(np.cumsum(counts) - counts, counts)
    piece = pl.Series("piece", pieces, dtype=pl.String)
    width = piece.str.len_chars().cast(pl.Int64)
    at = np.concatenate([[0], np.cumsum(width.to_numpy())])
    text = pl.col("text")
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
        .filter(text != "")
        .with_columns((pl.col("width") - text.str.len_chars().cast(pl.Int64)).alias("indent"))
        .with_columns(text.str.strip_chars_end(BLANK), pl.col("start") + pl.col("indent"))
        .with_columns((pl.col("start") + text.str.len_chars().cast(pl.Int64)).alias("end"))
        .select("article", "line", "start", "end", "text", "indent")
    )


class Pages(NamedTuple):
    """First and last (exclusive) row of each page; for each row, its number, its page and that page's ends."""

    starts: np.ndarray
    ends: np.ndarray
    row: np.ndarray
    page: np.ndarray
    low: np.ndarray
    high: np.ndarray


def _pages(article: np.ndarray) -> Pages:
    edges = np.flatnonzero(np.diff(article)) + 1
    starts, ends = np.r_[0, edges], np.r_[edges, len(article)]
    page = np.repeat(np.arange(len(starts)), ends - starts)
    return Pages(starts, ends, np.arange(len(article)), page, starts[page], ends[page])


def _near(pages: Pages, x: np.ndarray, by: int) -> np.ndarray:
    """The value `by` rows further down the same page, 0 beyond its ends."""
    at = pages.row + by
    inside = (at >= pages.low) & (at < pages.high)
    return np.where(inside, np.take(x, at, mode="clip"), 0)


def _window(pages: Pages, x: np.ndarray, back: int, on: int) -> np.ndarray:
    """Sum from `back` rows before to `on` rows after, within the page. Exact: x holds multiples of 1/4096."""
    sums = np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])
    last = np.maximum(np.minimum(pages.row + on + 1, pages.high), pages.low)
    return sums[last] - sums[np.minimum(np.maximum(pages.row - back, pages.low), last)]


def _total(pages: Pages, x: np.ndarray) -> np.ndarray:
    """For each row, the sum over its page."""
    sums = np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])
    return (sums[pages.ends] - sums[pages.starts])[pages.page]


def _first(pages: Pages, where: np.ndarray) -> np.ndarray:
    """For each page, the first row that meets the condition; beyond the last row where there is none."""
    return np.minimum.reduceat(np.where(where, pages.row, len(where)), pages.starts)


def _last(pages: Pages, where: np.ndarray) -> np.ndarray:
    """For each page, the last row that meets the condition, or -1."""
    return np.maximum.reduceat(np.where(where, pages.row, -1), pages.starts)


def _best_run(pages: Pages, gain: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and last row (exclusive) of the run of rows of each page with the highest sum, in whole numbers."""
    sums = np.concatenate([[0], np.cumsum(np.rint(gain * 1024).astype(np.int64))])
    before, after = sums[:-1] - sums[pages.low], sums[1:] - sums[pages.low]
    shift = (2 * np.abs(sums).max() + 1) * pages.page
    lowest = np.minimum.accumulate(before - shift) + shift
    value = after - lowest
    last = _first(pages, value == np.maximum.reduceat(value, pages.starts)[pages.page])
    first = _last(pages, (before == lowest[last][pages.page]) & (pages.row <= last[pages.page]))
    return first, last + 1


# ------------------------------------------------------------------------------------------------ the two scores
def _gain(p: np.ndarray, s: dict[str, np.ndarray]) -> np.ndarray:
    return (p - 0.5) * np.maximum(s["words"], 3)


@cache
def _toml(name: str) -> dict:
    with open(LEXICONS / name, "rb") as file:
        return tomllib.load(file)


@cache
def _cue(group: str, where: str = "in") -> str:
    """The phrases of a group as one regular expression: anywhere in a line, at its start or at its end."""
    phrases = sorted(_toml("page_cues.toml")[group], key=len, reverse=True)
    body = "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in phrases)
    case = "" if group == "agency" else "(?i)"
    before = r"^[^\pL\pN]*" if where == "start" else r"(?:^|[^\pL\pN])"
    after = r"[)\]]?$" if where == "end" else r"(?:$|[^\pL\pN])"
    return f"{case}{before}(?:{body}){after}"


def _shape(frame, pages: Pages) -> dict[str, np.ndarray]:
    """What each line looks like by itself."""
    import polars as pl

    text, head, tail, brief = (pl.col(name) for name in ("text", "head", "tail", "brief"))
    chars = pl.col("end") - pl.col("start")
    words = head.str.count_matches(" ", literal=True) + 1
    table = (
        frame.lazy()
        .select(
            text,
            chars.alias("chars"),
            text.str.head(120).alias("head"),
            text.str.tail(60).alias("tail"),
            pl.when(chars < 250).then(text).otherwise(pl.lit("")).alias("brief"),
        )
        .select(
            chars="chars",
            density=head.str.len_bytes() / head.str.len_chars(),
            words=pl.col("chars") * words / head.str.len_chars(),
            capital=head.str.count_matches(r"(?:^|\s)\p{Lu}") / words,
            sentence=head.str.contains(SENTENCE),
            terminal=tail.str.tail(5).str.contains(TERMINAL),
            colon=tail.str.contains(r"[:：]$"),
            bullet=head.str.contains(BULLET),
            time=brief.str.contains(TIME),
            appeal=text.str.head(300).str.contains(_cue("appeal")),
            link=head.str.contains(_cue("link")),
            share=brief.str.head(60).str.contains(_cue("share")),
            stop=brief.str.contains(_cue("stop", "start")),
            byline=brief.str.contains(_cue("byline", "start")),
            dated=brief.str.contains(_cue("dated")),
            credit=brief.str.contains(_cue("credit")),
            picture=tail.str.contains(_cue("picture", "end"))
            | tail.str.contains(_cue("agency", "end"))
            | brief.str.contains(_cue("picture_by")),
        )
        .collect()
    )
    s = {name: table[name].to_numpy() for name in table.columns}
    # scripts without spaces say more in a character
    size = np.minimum(s["chars"] * np.where(s["density"] > 2.2, 2, 1), 600)
    page = pl.Series(pages.page.astype(np.uint64))
    key = frame["text"].hash(1)
    s["key"] = key.to_numpy()
    key = key ^ (page * pl.Series([0x9E3779B97F4A7C15], dtype=pl.UInt64))
    repeated = key.is_duplicated().to_numpy()
    short = size < 120
    s |= {"size": size, "repeated": repeated, "again": repeated & ~key.is_first_distinct().to_numpy()}
    s |= {"indent": frame["indent"].to_numpy(), "share": s["share"] & (size < 60), "stop": s["stop"] & (size < 60)}
    s |= {"byline": s["byline"] & short, "dated": s["dated"] & short, "time": s["time"] & (size < 90)}
    s["picture"] &= size < 400
    s["prose"] = (size >= 80) & (s["terminal"] | s["sentence"]) & ~s["bullet"] & (s["capital"] < 0.5)
    s["prose"] &= ~repeated & ~(s["appeal"] & s["link"])
    s["cue"] = s["link"] | s["appeal"] | s["bullet"] | s["stop"]
    return s


def _line_features(pages: Pages, s: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """First pass: the shape of a line and of the lines around it."""
    size, prose, cue, stop, share, time = (s[k] for k in ("size", "prose", "cue", "stop", "share", "time"))
    far = len(size)
    length = np.log1p(size) / 6
    mass = size * prose
    indent = s["indent"] + 1
    plain = {k: s[k] for k in "prose capital terminal sentence colon bullet time appeal link".split()}
    plain |= {k: s[k] for k in "byline dated credit picture repeated share stop".split()}

    def log_mass(back, on, scale):
        return np.log1p(_window(pages, mass, back, on)) / scale

    return plain | {
        "length": length,
        "long": size >= 120,
        "short": size < 25,
        "short_link": s["link"] & (size < 80),
        "short_appeal": s["appeal"] & (size < 80),
        "length_before": _near(pages, length, -1),
        "length_after": _near(pages, length, 1),
        "prose_before": _near(pages, prose, -1),
        "prose_after": _near(pages, prose, 1),
        "cue_before": _near(pages, cue, -1),
        "cue_after": _near(pages, cue, 1),
        "cues_before": _window(pages, cue, 5, -1) / 5,
        "cues_after": _window(pages, cue, -1, 5) / 5,
        "cues_on_page": _total(pages, cue) / (pages.high - pages.low),
        "prose_on_page": _total(pages, prose) / (pages.high - pages.low),
        "indent_as_near": (_near(pages, indent, -1) == indent) / 2 + (_near(pages, indent, 1) == indent) / 2,
        "date_before": np.minimum(_window(pages, time, 8, -1), 1),
        "date_after": np.minimum(_window(pages, time, -1, 8), 1),
        "dates_around": np.minimum(_window(pages, time, 8, 8), 4) / 4,
        "stop_before": np.minimum(_window(pages, stop, 10, -1), 2),
        "share_before": np.minimum(_window(pages, share, 10, -1), 1),
        "share_after": np.minimum(_window(pages, share, -1, 10), 1),
        "mass_4_before": log_mass(4, -1, 7),
        "mass_4_after": log_mass(-1, 4, 7),
        "mass_12_before": log_mass(12, -1, 8),
        "mass_12_after": log_mass(-1, 12, 8),
        "mass_before": log_mass(far, -1, 9),
        "mass_after": log_mass(-1, far, 9),
        "share_of_mass": _window(pages, mass, far, 0) / np.maximum(_total(pages, mass), 1),
        "position": (pages.row - pages.low) / (pages.high - pages.low),
    }


def _block_features(pages: Pages, s: dict[str, np.ndarray], p: np.ndarray) -> dict[str, np.ndarray]:
    """Second pass: where a line stands from the run of lines that the first pass finds."""
    import polars as pl

    size, indent, page, row = s["size"], s["indent"], pages.page, pages.row
    first, last = _best_run(pages, _gain(p, s))
    inside = (row >= first[page]) & (row < last[page])
    votes = inside & (size > 60)
    usual = indent[first].copy()  # the indent of most of the run
    best = (
        pl.DataFrame({"page": page[votes], "indent": indent[votes], "mass": (size * p)[votes]})
        .group_by("page", "indent")
        .agg(pl.col("mass").sum().round(3))
        .sort("page", "mass", "indent", descending=[False, True, False])
        .unique("page", keep="first", maintain_order=True)
    )
    usual[best["page"].to_numpy()] = best["indent"].to_numpy()
    flat = _total(pages, indent > 0) == 0  # a page without indents tells nothing by them
    off = np.where(flat, 0, indent - usual[page])
    clipped = np.clip(p, 1e-3, 1 - 1e-3)
    plain = {k: s[k] for k in "bullet picture credit appeal capital terminal colon".split()}
    return plain | {
        "first_pass": np.log(clipped / (1 - clipped)) / 4,
        "p_before": _near(pages, p, -1),
        "p_after": _near(pages, p, 1),
        "p_around": _window(pages, p, 3, 3) / 7,
        "inside": inside,
        "rows_before": np.log1p(np.maximum(first[page] - row, 0)) / 4,
        "rows_after": np.log1p(np.maximum(row - last[page] + 1, 0)) / 4,
        "flat": flat,
        "inside_flat": inside & flat,
        "usual_indent": ~flat & (off == 0),
        "deeper": off > 0,
        "shallower": off < 0,
        "indent_off": np.minimum(np.abs(off), 20) / 20,
        "inside_usual": ~flat & inside & (off == 0),
        "inside_deeper": inside & (off > 0),
        "inside_shallower": inside & (off < 0),
        "long_usual": ~flat & (off == 0) & (size > 50),
        "inside_short": inside & (size < 60),
        "inside_bullet": inside & s["bullet"],
        "inside_terminal": inside & s["terminal"],
        "short_link": s["link"] & (size < 80),
        "length": np.log1p(size) / 6,
    }


def _probability(features: dict[str, np.ndarray], weights: dict[str, float]) -> np.ndarray:
    """Logistic score, rounded so that sums of it are exact and never hang on the other pages of a table."""
    z = sum(weights[name] * values for name, values in features.items()) + weights["intercept"]
    return np.rint(4096 / (1 + np.exp(-z))) / 4096


# ------------------------------------------------------------------------------------------------ roles
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
    ("headline", "is the title"),
    ("body", "a text of one or two lines is kept whole"),
    ("body", "nothing here reads like running text, so nothing was taken out"),
    ("body", "came without its page and is taken as clean"),
)
NUMBER = {reason: i for i, (_, reason) in enumerate(ROLES)}


def _shared_words(frame, pages: Pages, candidate: np.ndarray, opening: np.ndarray) -> np.ndarray:
    """Share of the longer words of each candidate line that stand in the opening of its page's body."""
    import polars as pl

    def words(rows):
        found = frame["text"].gather(rows).str.head(400).str.to_lowercase().str.extract_all(WORDS)
        row = np.repeat(rows, found.list.len().to_numpy())
        # one number for a word on a page
        page = pl.Series(pages.page[row].astype(np.uint64)) * pl.Series([0x9E3779B97F4A7C15], dtype=pl.UInt64)
        word = found.explode(empty_as_null=False).hash(1)
        return row, word ^ page

    out = np.zeros(len(frame))
    # one candidate needs no comparison
    open_choice = (np.add.reduceat(candidate, pages.starts) > 1)[pages.page]
    rows = np.flatnonzero(candidate & open_choice)
    if len(rows):
        row, word = words(rows)
        known = word.is_in(words(np.flatnonzero(opening & open_choice))[1].unique().implode()).to_numpy()
        n = np.bincount(row, minlength=len(out))
        out = np.bincount(row, known, minlength=len(out)) / np.maximum(n, 1)
    return np.where(candidate & ~open_choice, 1.0, out)


def _without_appeals(frame, pages: Pages, s: dict[str, np.ndarray], body: np.ndarray) -> np.ndarray:
    """Take out links and appeals at the edges of the body.

    An appeal is prose: it is known by its phrases (`appeal` in the cue list) in lines that, outside quotation marks,
    say you or we, at the very end or beginning of the text.
    """
    import polars as pl

    row, page = pages.row, pages.page
    body = body.copy()
    asks = body & s["appeal"] & (_total(pages, body) > 1)
    where = np.flatnonzero(body & (np.maximum.reduceat(asks, pages.starts)[page]))
    speaks = np.zeros(len(body), bool)
    if len(where):
        bare = frame["text"].gather(where).str.replace_all(QUOTED, " ")
        speaks[where] = bare.str.contains(READER).to_numpy()
    asks &= speaks
    # buttons and labels: no text ends or begins with them
    button = ((s["link"] | s["appeal"]) & (s["size"] < 80)) | ((s["size"] < 40) & ~s["terminal"] & ~s["bullet"])
    edge = speaks | button
    for last in (True, False):
        tail = row > _last(pages, body & ~edge)[page] if last else row < _first(pages, body & ~edge)[page]
        tail &= body
        start = _first(pages, tail & asks)[page] if last else _last(pages, tail & asks)[page]
        cut = tail & ((row >= start) if last else (row <= start))
        n_asks = _total(pages, cut & (asks | button))
        cut &= n_asks * 2 >= _total(pages, cut)
        body &= ~cut
        end = row > _last(pages, body & ~button)[page] if last else row < _first(pages, body & ~button)[page]
        body &= ~(end & button)
    return body


def _headline(frame, pages: Pages, s, body, open_row, titles: pd.Series, free: np.ndarray) -> np.ndarray:
    """The row of each page's headline, or -1: the title where it is known, else the best line above the body."""
    import polars as pl

    row, page, size = pages.row, pages.page, s["size"]
    candidate = free & (row >= open_row[page] - 25) & (row < open_row[page]) & (size >= 12) & (size <= 300)
    candidate &= ~s["dated"] & ~(s["time"] & (size < 40)) & ~s["byline"] & ~(s["picture"] & (size < 60))
    opening = body & (_window(pages, size * body, len(size), -1) < 700)
    shared = _shared_words(frame, pages, candidate, opening)
    unspaced = s["density"] > 2.2
    score = 2 * shared + 0.7 * (size >= 25) + 0.5 * ~s["terminal"] + 0.3 * s["repeated"]
    score -= 0.03 * (open_row[page] - row) + 0.5 * (size > 150)
    close = open_row[page] - pages.low <= 3
    score = np.where(candidate & ((shared >= 0.2) | unspaced | close), np.rint(score * 4096), -1)
    top = np.maximum.reduceat(score, pages.starts)
    head = np.where(top > 0, _first(pages, score == top[page]), -1)
    # a line as good just above the best one is the headline, and the best one its second line
    for back in (2, 1):
        at = np.maximum(head - back, 0)
        above = (head - back >= pages.starts) & candidate[at] & (shared[at] >= 0.4) & (size[at] >= 20)
        head = np.where(above & ~s["terminal"][at], at, head)
    # a text that starts at once has its headline as first line
    at = pages.starts
    after = np.minimum(at + 1, len(size) - 1)
    bare = (head < 0) & (open_row == at) & (size[at] <= 150) & ~s["terminal"][at] & (size[after] > size[at])
    head = np.where(bare & body[at] & body[after] & (page[after] == page[at]) & ~s["cue"][at], at, head)
    if titles.notna().any():
        where = np.flatnonzero((row <= open_row[page] + 1) & (s["chars"] <= 1000))
        wanted = _plain(pl.Series(titles.fillna("").tolist(), dtype=pl.String)).gather(frame["article"].gather(where))
        named = np.zeros(len(row), bool)
        named[where] = (_plain(frame["text"].gather(where)) == wanted).to_numpy()
        head = np.where(_last(pages, named) >= 0, _first(pages, named), head)
    # the same words further up are the headline, said for the first time
    same = (head >= 0)[page] & (s["key"] == s["key"][np.maximum(head, 0)][page])
    return np.where(head >= 0, np.minimum(_first(pages, same), head), -1), same


def _plain(text):
    return text.str.strip_chars(BLANK).str.replace_all(r"\s+", " ").str.to_lowercase()


def _roles(frame, titles: pd.Series, weights: dict[str, dict[str, float]]) -> np.ndarray:
    """The number in ROLES of each line."""
    pages = _pages(frame["article"].to_numpy())
    row, page = pages.row, pages.page
    s = _shape(frame, pages)
    size = s["size"]
    p = _probability(_line_features(pages, s), weights["line"])
    p = _probability(_block_features(pages, s, p), weights["block"])
    first, last = _best_run(pages, _gain(p, s))
    inside = (row >= first[page]) & (row < last[page])
    # the line that names helpers ends the text, where little follows
    mass = size * inside
    ends = s["credit"] & (row > first[page]) & inside & (_window(pages, mass, len(mass), 0) > 0.6 * _total(pages, mass))
    last = np.minimum(last, _first(pages, ends))
    inside &= row < last[page]
    body = _without_appeals(frame, pages, s, inside & (p > LEAST))
    first, last = _first(pages, body), _last(pages, body) + 1
    body_follows = _near(pages, body & (size > 60), 1).astype(bool)

    out = np.zeros(len(frame), np.int8)

    def mark(where, reason):
        out[where] = NUMBER[reason]

    zone = ~body & (row >= first[page] - 25) & (row < last[page] + 3)
    cue = (s["link"] & (size < 60)) | s["appeal"] | s["bullet"] | s["stop"]
    free = zone & ~cue
    mark(row >= last[page], "stands after the article")
    mark(~body & (row > first[page]) & (row < last[page]), "does not read like the text around it")
    mark(~body & s["bullet"], "item of a menu or list of links")
    mark(~body & (s["link"] | s["stop"]), "leads to another page, or is a button")
    mark(~body & s["appeal"], "speaks to the reader or of the outlet itself")
    mark(free & s["picture"], "names who took or holds a picture")
    mark(free & s["picture"] & (size >= 60), "describes a picture and names who took it")
    mark(free & (s["dated"] | (s["time"] & (size < 40))), "says when the page was written or changed")
    mark(free & s["byline"], "names who wrote the text")
    mark(zone & s["credit"] & ~s["link"], "names who helped with the text")
    key = s["key"]
    twice = (_near(pages, key, -1) == key) | (_near(pages, key, 1) == key)
    head, same = _headline(frame, pages, s, body, first, titles, free & ~twice | free & (size < 120))
    between = (head >= 0)[page] & (row > head[page]) & (row < first[page]) & free & ~same
    mark(twice & (size >= 40) & (zone | body) & ~same, "stands twice in a row, as captions do")
    unnamed = np.isin(out, [NUMBER["stands before the article"]])
    near = np.flatnonzero(between & unnamed & (size < 40) & (row >= first[page] - 3))
    place = np.zeros(len(out), bool)
    place[near] = frame["text"].gather(near).str.contains(PLACE).to_numpy()
    mark(place, "place above the text")
    sub = between & unnamed & ~place & (size >= 25) & ~s["repeated"]
    sub = _first(pages, sub)
    mark(sub[sub < len(out)], "stands between headline and text")
    mark(body & ~(twice & (size >= 40)), "part of the text")
    short = np.flatnonzero(body & (size < 90) & ~s["terminal"] & body_follows & (row > first[page]))
    opens = frame["text"].gather(short).str.contains(r"^[\pL\pN](?:[^,]|,\d)*$").to_numpy()
    mark(short[opens], "short line that opens a part of the text")
    mark(body & s["again"] & (size >= 60) & ~twice, "repeats an earlier line")
    mark(twice & (_near(pages, key, -1) == key) & (size >= 40) & ~cue, "repeats an earlier line")
    mark(same, "repeats the headline")
    mark(head[head >= 0], "stands above the text and shares its words")
    empty = _total(pages, body) == 0
    mark(empty & ~s["cue"], "nothing here reads like running text, so nothing was taken out")
    mark(pages.high - pages.low <= 2, "a text of one or two lines is kept whole")
    return out


def _batch(texts: list[str], titles: pd.Series, clean: np.ndarray):
    """lines for some articles, with the article's number in place of its id."""
    import polars as pl

    frame = _split(texts)
    number = np.full(len(frame), NUMBER["came without its page and is taken as clean"], np.int8)
    dirty = ~clean[frame["article"].to_numpy()]
    if dirty.any():
        number[dirty] = _roles(frame.filter(dirty), titles, _toml("page_weights.toml"))
    article = frame["article"].to_numpy()
    top = np.flatnonzero(np.diff(article, prepend=-1))
    few = np.diff(np.append(top, len(article))) <= 2
    top = top[~dirty[top] | few]
    wanted = pl.Series(titles.fillna("").tolist(), dtype=pl.String).str.strip_chars(BLANK).gather(article[top])
    number[top[(frame["text"].gather(top) == wanted).to_numpy()]] = NUMBER["is the title"]
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

    MEASURED

    Examples
    --------
    >>> import pandas as pd
    >>> page = "Home\nMarkets close higher\nBy Ann Lee\nShares rose on Friday, said traders.\nThe bank did not comment."
    >>> lines(pd.DataFrame({"article_id": ["a"], "raw": [page]}))[["text", "role"]]
    """
    import polars as pl

    check_columns(articles, ["article_id"], "articles")
    source = source_text(articles).tolist()
    titles = articles["title"] if "title" in articles else pd.Series([None] * len(source), dtype="str")
    clean = articles["raw"].isna().to_numpy() if "raw" in articles else np.ones(len(source), bool)
    size = np.cumsum([len(text) for text in source]) // BATCH
    cuts = [0, *(np.flatnonzero(np.diff(size)) + 1), len(source)]
    parts = []
    for low, high in zip(cuts[:-1], cuts[1:], strict=True):
        part = _batch(source[low:high], titles.iloc[low:high], clean[low:high])
        ids = pl.Series("article_id", articles["article_id"].iloc[low:high].astype("str").tolist(), dtype=pl.String)
        parts.append(part.select(ids.gather(part["article"]), pl.exclude("article")))
    return pl.concat(parts).to_pandas()
