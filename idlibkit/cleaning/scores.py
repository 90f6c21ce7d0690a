"""How much each line of a page reads like its article: two passes of a transparent score (see cleaning.lines).

The first weighs what a line looks like (length, sentence ends, bullets, dates, cue phrases, repetition) and what stands
around it, and finds the run of lines with the highest sum: the article. The second weighs where a line stands from
that run (inside, its indent, the scores around it). Both are logistic; the weights are in lexicons/page_weights.toml, fitted by
benchmarks/fit_cleaning.py, the phrases in lexicons/page_cues.toml. Everything stays within a page and all sums are of exact
fractions, so that a page's scores never hang on the other pages of a table.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np

from ..lexicons import table

__all__ = [
    "BLANK",
    "Pages",
    "QUOTED",
    "first_row",
    "last_row",
    "line_scores",
    "line_shapes",
    "near",
    "page_rows",
    "split_lines",
    "total",
    "window",
]


BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
TERMINAL = r"""[.!?…。！？।؟۔:;]["'”’»)\]」』]*$"""
SENTENCE = r"""[.!?]["”’»)]?\s|[。！？।؟۔]"""
BULLET = r"^(?:[*•·●▪‣◦+○–—»›>|✕×#-]\s|[*•·●▪‣◦+○]|o |\d{1,3}[.)]\s|\d{1,2}$)"
TIME = r"(?:19|20)[0-9]{2}|[0-9]:[0-9]{2}"
QUOTED = r"""["“„«][^"“”„«»]*(?:["”»]|$)"""


SHAPE = (
    "prose",
    "capital",
    "terminal",
    "sentence",
    "colon",
    "bullet",
    "time",
    "appeal",
    "link",
)
SHAPE += ("byline", "dated", "credit", "picture", "repeated", "share", "stop")
BLOCK = ("bullet", "picture", "credit", "appeal", "capital", "terminal", "colon")


# ------------------------------------------------------------------------------------------------ lines and pages
def split_lines(texts: list[str]):
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
        .with_columns(
            (pl.col("width") - text.str.len_chars().cast(pl.Int64)).alias("indent")
        )
        .with_columns(
            text.str.strip_chars_end(BLANK), pl.col("start") + pl.col("indent")
        )
        .with_columns(
            (pl.col("start") + text.str.len_chars().cast(pl.Int64)).alias("end")
        )
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


def page_rows(article: np.ndarray) -> Pages:
    edges = np.flatnonzero(np.diff(article)) + 1
    starts, ends = np.r_[0, edges], np.r_[edges, len(article)]
    page = np.repeat(np.arange(len(starts)), ends - starts)
    return Pages(starts, ends, np.arange(len(article)), page, starts[page], ends[page])


def near(pages: Pages, x: np.ndarray, by: int) -> np.ndarray:
    """The value `by` rows further down the same page, 0 beyond its ends."""
    at = pages.row + by
    inside = (at >= pages.low) & (at < pages.high)
    return np.where(inside, np.take(x, at, mode="clip"), 0)


def window(pages: Pages, x: np.ndarray, back: int, on: int) -> np.ndarray:
    """Sum from `back` rows before to `on` rows after, within the page. Exact: x holds multiples of 1/4096."""
    sums = np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])
    last = np.maximum(np.minimum(pages.row + on + 1, pages.high), pages.low)
    return sums[last] - sums[np.minimum(np.maximum(pages.row - back, pages.low), last)]


def total(pages: Pages, x: np.ndarray) -> np.ndarray:
    """For each row, the sum over its page."""
    sums = np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])
    return (sums[pages.ends] - sums[pages.starts])[pages.page]


def first_row(pages: Pages, where: np.ndarray) -> np.ndarray:
    """For each page, the first row that meets the condition; beyond the last row where there is none."""
    return np.minimum.reduceat(np.where(where, pages.row, len(where)), pages.starts)


def last_row(pages: Pages, where: np.ndarray) -> np.ndarray:
    """For each page, the last row that meets the condition, or -1."""
    return np.maximum.reduceat(np.where(where, pages.row, -1), pages.starts)


def best_run(pages: Pages, gains: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and last row (exclusive) of the run of rows of each page with the highest sum, in whole numbers."""
    sums = np.concatenate([[0], np.cumsum(np.rint(gains * 1024).astype(np.int64))])
    before, after = sums[:-1] - sums[pages.low], sums[1:] - sums[pages.low]
    shift = (2 * np.abs(sums).max() + 1) * pages.page
    lowest = np.minimum.accumulate(before - shift) + shift
    value = after - lowest
    last = first_row(
        pages, value == np.maximum.reduceat(value, pages.starts)[pages.page]
    )
    first = last_row(
        pages, (before == lowest[last][pages.page]) & (pages.row <= last[pages.page])
    )
    return first, last + 1


# ------------------------------------------------------------------------------------------------ the two scores
def gain(p: np.ndarray, s: dict[str, np.ndarray]) -> np.ndarray:
    """What a line adds to a run: lines surely in or out count most, long ones more, but not by their full length."""
    return (p - 0.5) * np.sqrt(np.maximum(s["words"], 3))


@cache
def _cue(group: str, where: str = "in") -> str:
    """The phrases of a group as one regular expression: anywhere in a line, at its start or at its end."""
    phrases = sorted(table("page_cues.toml")[group], key=len, reverse=True)
    body = "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in phrases)
    case = "" if group == "agency" else "(?i)"
    before = r"^[^\pL\pN]*" if where == "start" else r"(?:^|[^\pL\pN])"
    after = r"[)\]]?$" if where == "end" else r"(?:$|[^\pL\pN])"
    return f"{case}{before}(?:{body}){after}"


def line_shapes(frame, pages: Pages) -> dict[str, np.ndarray]:
    """What each line looks like by itself."""
    import polars as pl

    text, head, tail, brief, short = (
        pl.col(name) for name in ("text", "head", "tail", "brief", "short")
    )
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
            pl.when(chars < 120).then(text).otherwise(pl.lit("")).alias("short"),
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
            time=short.str.contains(TIME),
            appeal=text.str.head(300).str.contains(_cue("appeal")),
            link=head.str.contains(_cue("link")),
            share=short.str.head(60).str.contains(_cue("share")),
            stop=short.str.contains(_cue("stop", "start")),
            byline=short.str.contains(_cue("byline", "start")),
            dated=short.str.contains(_cue("dated")),
            credit=brief.str.contains(_cue("credit")),
            picture=tail.str.contains(_cue("picture", "end"))
            | tail.str.contains(_cue("agency", "end"))
            | brief.str.contains(_cue("picture_by")),
        )
        .collect()
    )
    s = {name: table[name].to_numpy() for name in table.columns}
    # what someone is quoted as saying is no appeal
    asking = np.flatnonzero(s["appeal"])
    bare = frame["text"].gather(asking).str.head(300).str.replace_all(QUOTED, " ")
    s["appeal"] = np.zeros(len(frame), bool)
    s["appeal"][asking] = bare.str.contains(_cue("appeal")).to_numpy()
    # scripts without spaces say more in a character
    size = np.minimum(s["chars"] * np.where(s["density"] > 2.2, 2, 1), 600)
    page = pl.Series(pages.page.astype(np.uint64))
    key = frame["text"].hash(1)
    s["key"] = key.to_numpy()
    key = key ^ (page * pl.Series([0x9E3779B97F4A7C15], dtype=pl.UInt64))
    repeated = key.is_duplicated().to_numpy()
    is_short = size < 120
    s |= {
        "size": size,
        "repeated": repeated,
        "again": repeated & ~key.is_first_distinct().to_numpy(),
    }
    s |= {
        "indent": frame["indent"].to_numpy(),
        "share": s["share"] & (size < 60),
        "stop": s["stop"] & (size < 60),
    }
    s |= {
        "byline": s["byline"] & is_short,
        "dated": s["dated"] & is_short,
        "time": s["time"] & (size < 90),
    }
    s["picture"] &= size < 400
    s["prose"] = (
        (size >= 80)
        & (s["terminal"] | s["sentence"])
        & ~s["bullet"]
        & (s["capital"] < 0.5)
    )
    s["prose"] &= ~repeated & ~(s["appeal"] & s["link"])
    s["cue"] = s["link"] | s["appeal"] | s["bullet"] | s["stop"]
    return s


def line_features(pages: Pages, s: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """First pass: the shape of a line and of the lines around it."""
    size, prose, cue, stop, share, time = (
        s[k] for k in ("size", "prose", "cue", "stop", "share", "time")
    )
    far = len(size)
    length = np.log1p(size) / 6
    mass = size * prose
    indent = s["indent"] + 1
    plain = {name: s[name] for name in SHAPE}

    def log_mass(back, on, scale):
        return np.log1p(window(pages, mass, back, on)) / scale

    return plain | {
        "length": length,
        "long": size >= 120,
        "short": size < 25,
        "short_link": s["link"] & (size < 80),
        "short_appeal": s["appeal"] & (size < 80),
        "length_before": near(pages, length, -1),
        "length_after": near(pages, length, 1),
        "prose_before": near(pages, prose, -1),
        "prose_after": near(pages, prose, 1),
        "cue_before": near(pages, cue, -1),
        "cue_after": near(pages, cue, 1),
        "cues_before": window(pages, cue, 5, -1) / 5,
        "cues_after": window(pages, cue, -1, 5) / 5,
        "cues_on_page": total(pages, cue) / (pages.high - pages.low),
        "prose_on_page": total(pages, prose) / (pages.high - pages.low),
        "indent_as_near": (near(pages, indent, -1) == indent) / 2
        + (near(pages, indent, 1) == indent) / 2,
        "date_before": np.minimum(window(pages, time, 8, -1), 1),
        "date_after": np.minimum(window(pages, time, -1, 8), 1),
        "dates_around": np.minimum(window(pages, time, 8, 8), 4) / 4,
        "stop_before": np.minimum(window(pages, stop, 10, -1), 2),
        "share_before": np.minimum(window(pages, share, 10, -1), 1),
        "share_after": np.minimum(window(pages, share, -1, 10), 1),
        "mass_4_before": log_mass(4, -1, 7),
        "mass_4_after": log_mass(-1, 4, 7),
        "mass_12_before": log_mass(12, -1, 8),
        "mass_12_after": log_mass(-1, 12, 8),
        "mass_before": log_mass(far, -1, 9),
        "mass_after": log_mass(-1, far, 9),
        "share_of_mass": window(pages, mass, far, 0)
        / np.maximum(total(pages, mass), 1),
        "position": (pages.row - pages.low) / (pages.high - pages.low),
    }


def block_features(
    pages: Pages, s: dict[str, np.ndarray], p: np.ndarray
) -> dict[str, np.ndarray]:
    """Second pass: where a line stands from the run of lines that the first pass finds."""
    import polars as pl

    size, indent, page, row = s["size"], s["indent"], pages.page, pages.row
    first, last = best_run(pages, gain(p, s))
    inside = (row >= first[page]) & (row < last[page])
    votes = inside & (size > 60)
    usual = indent[first].copy()  # the indent of most of the run
    best = (
        pl.DataFrame(
            {"page": page[votes], "indent": indent[votes], "mass": (size * p)[votes]}
        )
        .group_by("page", "indent")
        .agg(pl.col("mass").sum().round(3))
        .sort("page", "mass", "indent", descending=[False, True, False])
        .unique("page", keep="first", maintain_order=True)
    )
    usual[best["page"].to_numpy()] = best["indent"].to_numpy()
    flat = total(pages, indent > 0) == 0  # a page without indents tells nothing by them
    off = np.where(flat, 0, indent - usual[page])
    clipped = np.clip(p, 1e-3, 1 - 1e-3)
    plain = {name: s[name] for name in BLOCK}
    return plain | {
        "first_pass": np.log(clipped / (1 - clipped)) / 4,
        "p_before": near(pages, p, -1),
        "p_after": near(pages, p, 1),
        "p_around": window(pages, p, 3, 3) / 7,
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


def probability(
    features: dict[str, np.ndarray], weights: dict[str, float]
) -> np.ndarray:
    """Logistic score, rounded so that sums of it are exact and never hang on the other pages of a table."""
    z = (
        sum(weights[name] * values for name, values in features.items())
        + weights["intercept"]
    )
    return np.rint(4096 / (1 + np.exp(-z))) / 4096


def line_scores(
    pages: Pages,
    s: dict[str, np.ndarray],
    weights: dict[str, dict[str, float]] | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The score of each line (0 to 1), and the first and last row (exclusive) of each page's article."""
    weights = weights or table("page_weights.toml")
    p = probability(line_features(pages, s), weights["line"])
    p = probability(block_features(pages, s, p), weights["block"])
    return p, *best_run(pages, gain(p, s))
