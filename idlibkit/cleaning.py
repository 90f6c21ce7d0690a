"""lines: the role of each line of a scraped page."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

from .tables import IdlibkitError, check_columns, source_text

__all__ = ["lines"]

HERE = Path(__file__).parent / "lexicons"
BLANK = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
BLANK += "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\ufeff"


def _split(texts: list[str]) -> pl.DataFrame:
    """One row per line that is not blank: article (number), line, start, end, text, indent."""
    pieces: list[str] = []
    counts = np.empty(len(texts), np.int64)
    for i, text in enumerate(texts):
        found = text.splitlines(keepends=True)
        counts[i] = len(found)
        pieces += found
    article = np.repeat(np.arange(len(texts)), counts)
    first = np.repeat(np.cumsum(counts) - counts, counts)
    frame = pl.DataFrame({"piece": pl.Series(pieces, dtype=pl.String)}).select(
        pl.col("piece").str.len_chars().cast(pl.Int64).alias("width"),
        pl.col("piece").str.strip_chars_start(BLANK),
    )
    before = np.concatenate([[0], np.cumsum(frame["width"].to_numpy())])
    frame = frame.with_columns(
        pl.Series("article", article),
        pl.Series("line", np.arange(len(article)) - first),
        pl.Series("at", before[:-1] - before[first]),
        (pl.col("width") - pl.col("piece").str.len_chars().cast(pl.Int64)).alias("indent"),
    ).filter(pl.col("piece") != "")
    text = pl.col("piece").str.strip_chars_end(BLANK)
    return frame.select(
        "article",
        "line",
        (pl.col("at") + pl.col("indent")).alias("start"),
        (pl.col("at") + pl.col("indent") + text.str.len_chars().cast(pl.Int64)).alias("end"),
        text.alias("text"),
        "indent",
    )


@cache
def _cues() -> dict[str, str]:
    """The regular expression of each group of phrases in page_cues.toml."""
    with open(HERE / "page_cues.toml", "rb") as file:
        groups = tomllib.load(file)
    out = {}
    for name, phrases in groups.items():
        body = "|".join(re.escape(p).replace("\\ ", " ") for p in sorted(phrases, key=len, reverse=True))
        out[name] = rf"(?i)(?:^|[^\pL\pN])(?:{body})(?:$|[^\pL\pN])"
    return out


TERMINAL = r"""[.!?…。！？।؟۔:;]["'”’»)\]」』]*$"""
BULLET = r"^(?:[*•·●▪‣◦+○–—»›>|✕×#-]\s|[*•·●▪‣◦+○]|o |\d{1,3}[.)]\s|\d{1,2}$)"


def _shape(frame: pl.DataFrame) -> dict[str, np.ndarray]:
    """What a line looks like by itself."""
    head = pl.col("head")
    words = (head.str.count_matches(" ", literal=True) + 1).cast(pl.Float32)
    cues = _cues()
    table = (
        frame.lazy()
        .select(pl.col("text"), pl.col("text").str.head(300).alias("head"), pl.col("text").str.tail(5).alias("tail"),
                (pl.col("end") - pl.col("start")).cast(pl.Float32).alias("chars"))
        .select(
            "chars",
            (head.str.len_bytes() / head.str.len_chars()).cast(pl.Float32).alias("dense"),
            words.alias("words"),
            (head.str.count_matches(r"(?:^|\s)\p{Lu}").cast(pl.Float32) / words).alias("capital"),
            (head.str.count_matches(r"\s\p{Ll}{1,4}\b").cast(pl.Float32) / words).alias("small"),
            (head.str.count_matches(r"[\p{Nd}]").cast(pl.Float32) / head.str.len_chars()).alias("digits"),
            (head.str.count_matches(r"\p{Lu}").cast(pl.Float32) / head.str.len_chars()).alias("upper"),
            (head.str.count_matches(r"[,،、，]\s?").cast(pl.Float32)).alias("commas"),
            (head.str.count_matches(r"""[.!?]["”’»)]?\s|[。！？।؟۔]""").cast(pl.Float32)).alias("stops"),
            pl.col("tail").str.contains(TERMINAL).cast(pl.Float32).alias("terminal"),
            pl.col("tail").str.contains(r"[:：]$").cast(pl.Float32).alias("colon"),
            pl.col("tail").str.contains(r"(?:\.\.\.?|…|\[…\])$").cast(pl.Float32).alias("cut"),
            head.str.contains(BULLET).cast(pl.Float32).alias("bullet"),
            head.str.contains(r"""^["“„«‘「'–—-]""").cast(pl.Float32).alias("speech"),
            head.str.contains(r"^\P{L}*\p{Ll}").cast(pl.Float32).alias("lower_start"),
            head.str.contains(r"[©®|›»→▸►▼]| / |https?:|www\.").cast(pl.Float32).alias("symbol"),
            head.str.contains(r"@|#\pL").cast(pl.Float32).alias("handle"),
            head.str.contains(r"\b(?:19|20)\d\d\b|\d{1,2}:\d\d").cast(pl.Float32).alias("time"),
            head.str.contains(cues["appeal"]).cast(pl.Float32).alias("appeal"),
            head.str.contains(cues["link"]).cast(pl.Float32).alias("link"),
            head.str.contains(cues["byline"].replace("(?:^|[^\\pL\\pN])", "^[^\\pL\\pN]*", 1)).cast(pl.Float32).alias("byline"),
            head.str.contains(cues["credit"]).cast(pl.Float32).alias("credit"),
            head.str.contains(cues["dated"]).cast(pl.Float32).alias("dated"),
            head.str.contains(cues["picture"]).cast(pl.Float32).alias("picture"),
            head.str.contains(r"(?i)\b(?:you|your|our|we|us)\b").cast(pl.Float32).alias("second"),
        )
        .collect()
    )
    return {name: table[name].to_numpy() for name in table.columns}


class _Pages:
    """Start and end row of the page of each line, and sums and neighbours that never look past them."""

    def __init__(self, article: np.ndarray):
        edge = np.flatnonzero(np.diff(article)) + 1
        self.starts = np.concatenate([[0], edge]).astype(np.int64)
        self.ends = np.concatenate([edge, [len(article)]]).astype(np.int64)
        self.page = np.repeat(np.arange(len(self.starts)), self.ends - self.starts)
        self.lo, self.hi = self.starts[self.page], self.ends[self.page]
        self.row = np.arange(len(article))

    def near(self, x, k):
        at = self.row + k
        ok = (at >= self.lo) & (at < self.hi)
        return np.where(ok, x[np.clip(at, 0, len(x) - 1)], 0).astype(np.float32)

    def window(self, x, before, after):
        sums = np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])
        return (sums[np.minimum(self.row + after + 1, self.hi)] - sums[np.maximum(self.row - before, self.lo)]).astype(np.float32)

    def total(self, x):
        sums = np.concatenate([[0.0], np.cumsum(x, dtype=np.float64)])
        return sums[self.ends] - sums[self.starts]

    def best_block(self, gain):
        """First and last row (exclusive) of the run of lines of each page whose gains sum highest."""
        sums = np.concatenate([[0.0], np.cumsum(gain, dtype=np.float64)])
        table = pl.DataFrame({"page": self.page, "row": self.row, "before": sums[:-1], "after": sums[1:]})
        table = table.with_columns(pl.col("before").cum_min().over("page").alias("low"))
        table = table.with_columns((pl.col("after") - pl.col("low")).alias("value"))
        best = table.group_by("page", maintain_order=True).agg(
            pl.col("row").get(pl.col("value").arg_max()).alias("last"),
        )
        last = best["last"].to_numpy()
        low = table["low"].to_numpy()[last]
        # the run starts at the last row up to `last` whose sum before equals the lowest
        hit = (sums[:-1] == low[self.page]) & (self.row <= last[self.page])
        first = table.with_columns(pl.Series("hit", hit)).group_by("page", maintain_order=True).agg(
            pl.col("row").filter(pl.col("hit")).max()
        )["row"].to_numpy()
        return first, last + 1


def _features(frame: pl.DataFrame) -> tuple[np.ndarray, list[str], dict[str, np.ndarray], _Pages]:
    s = _shape(frame)
    pages = _Pages(frame["article"].to_numpy())
    size = np.minimum(s["chars"] * np.where(s["dense"] > 2.2, 2.0, 1.0), 600).astype(np.float32)
    indent = frame["indent"].to_numpy()
    key = frame.select((pl.col("text").hash(7) ^ (pl.col("article").cast(pl.UInt64) * 11400714819323198485)).alias("k"))["k"]
    repeated = key.is_duplicated().to_numpy()
    again = repeated & ~key.is_first_distinct().to_numpy()
    prose = (size >= 80) & ((s["terminal"] > 0) | (s["stops"] > 0)) & (s["bullet"] == 0) & (s["capital"] < 0.5)
    prose &= (s["appeal"] + s["link"] == 0) & ~repeated | (size >= 300)
    prosef = prose.astype(np.float32)
    mass = size * prosef
    gain0 = np.where(prose, size, -np.minimum(40 + 0 * size, 60))
    b0, e0 = pages.best_block(gain0)
    inside = (pages.row >= b0[pages.page]) & (pages.row < e0[pages.page])
    # the indent that carries most prose in the block
    table = pl.DataFrame({"page": pages.page, "indent": indent, "mass": mass * inside})
    mode = (
        table.group_by("page", "indent").agg(pl.col("mass").sum())
        .sort("page", "mass", "indent", descending=[False, True, False])
        .group_by("page", maintain_order=True).first()["indent"].to_numpy()
    )
    off = indent - mode[pages.page]
    before = np.maximum(b0[pages.page] - pages.row, 0)
    after = np.maximum(pages.row - e0[pages.page] + 1, 0)
    longest = np.log1p(size)
    x = {
        "length": longest / 6,
        "long": (size >= 120), "short": (size < 25), "prose": prose,
        "capital": s["capital"], "small": s["small"], "digits": s["digits"], "upper": s["upper"],
        "commas": np.minimum(s["commas"], 4) / 4, "stops": np.minimum(s["stops"], 3) / 3,
        "terminal": s["terminal"], "colon": s["colon"], "cut": s["cut"], "bullet": s["bullet"], "speech": s["speech"],
        "lower_start": s["lower_start"], "symbol": s["symbol"], "handle": s["handle"], "time": s["time"],
        "appeal": s["appeal"], "link": s["link"], "short_link": s["link"] * (size < 80), "short_appeal": s["appeal"] * (size < 80),
        "byline": s["byline"] * (size < 120), "credit": s["credit"], "dated": s["dated"] * (size < 120),
        "picture": s["picture"] * (size < 250), "second": s["second"], "appeal_second": s["second"] * s["appeal"],
        "repeated": repeated, "again": again,
        "prev": pages.near(longest, -1) / 6, "next": pages.near(longest, 1) / 6,
        "prev_prose": pages.near(prosef, -1), "next_prose": pages.near(prosef, 1),
        "around_before": np.log1p(pages.window(mass, 4, -1)) / 7, "around_after": np.log1p(pages.window(mass, -1, 4)) / 7,
        "wide_before": np.log1p(pages.window(mass, 12, -1)) / 8, "wide_after": np.log1p(pages.window(mass, -1, 12)) / 8,
        "inside": inside, "before": np.log1p(before) / 4, "after": np.log1p(after) / 4, "outside_before": before > 0, "outside_after": after > 0,
        "same_indent": off == 0, "deeper": (off > 0), "shallower": off < 0, "far_indent": np.minimum(np.abs(off), 20) / 20,
        "no_indent": (off == 0) * (indent == 0),
        "same_indent_long": (off == 0) * (size > 50),
    }
    names = list(x)
    return np.column_stack([np.asarray(v, np.float32) for v in x.values()]), names, s | {"size": size, "indent": indent, "again": again, "repeated": repeated, "off": off}, pages


ROLES = ["headline", "subheadline", "body", "heading", "dateline", "byline", "caption", "credit", "boilerplate", "duplicate"]
KEPT = ROLES[:4]
THETA = 0.5


def _probability(x: np.ndarray, names: list[str]) -> np.ndarray:
    weights = _weights()
    if set(names) != set(weights) - {"intercept"}:
        raise RuntimeError("page_weights.toml does not fit the features of cleaning.py; run benchmarks/fit_cleaning.py")
    z = x @ np.array([weights[n] for n in names]) + weights["intercept"]
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


@cache
def _weights() -> dict[str, float]:
    with open(HERE / "page_weights.toml", "rb") as file:
        return tomllib.load(file)["weights"]


def _overlap(frame: pl.DataFrame, page: np.ndarray, candidate: np.ndarray, opening: np.ndarray) -> np.ndarray:
    """Share of the longer words of each candidate line that stand in the opening of its page's body."""
    def words(which):
        return (
            pl.DataFrame({"page": page[which], "row": np.flatnonzero(which)})
            .with_columns(frame["text"].filter(pl.Series(which)).str.head(1000).str.to_lowercase()
                          .str.extract_all(r"[\pL\pN]{4,}").alias("word"))
            .explode("word").drop_nulls()
        )
    known = words(opening).select("page", "word").unique().with_columns(pl.lit(1.0).alias("known"))
    found = words(candidate).join(known, on=["page", "word"], how="left").group_by("row").agg(pl.col("known").fill_null(0).mean())
    out = np.zeros(len(frame))
    out[found["row"].to_numpy()] = found["known"].to_numpy()
    return out


def _roles(frame: pl.DataFrame, titles: list) -> pl.DataFrame:
    x, names, s, pages = _features(frame)
    p = _probability(x, names)
    page, row = pages.page, pages.row
    text = frame["text"]
    size, words = s["size"], s["words"]
    gain = (p - THETA) * np.maximum(words, 3)
    b, e = pages.best_block(gain)
    # the text ends with the line that names its helpers, where little follows
    mass = np.where((row >= b[page]) & (row < e[page]), size, 0)
    done = pages.window(mass, 10**9, 0)
    total = pages.total(mass)[page]
    end_mark = (s["credit"] > 0) & (row > b[page]) & (row < e[page]) & (size < 200) & (done > 0.6 * total)
    if end_mark.any():
        rows = np.flatnonzero(end_mark)[::-1]
        e = e.copy()
        e[page[rows]] = rows
    inside = (row >= b[page]) & (row < e[page])
    body = inside & (p > THETA - 0.2)
    no_body = pages.total(body.astype(float)) == 0

    role = np.full(len(frame), ROLES.index("boilerplate"), np.int8)
    reason = np.full(len(frame), "", object)

    def mark(where, name, why):
        role[where] = ROLES.index(name)
        reason[where] = why

    furniture = (s["link"] > 0) & (size < 60) | (s["appeal"] > 0) | (s["bullet"] > 0)
    is_byline = (s["byline"] > 0) & (size < 120)
    is_dated = ((s["dated"] > 0) | (s["digits"] > 0.2) & (s["time"] > 0)) & (size < 100)
    is_picture = (s["picture"] > 0) & (size < 400)
    mark(row < b[page], "boilerplate", "stands before the article")
    mark(row >= e[page], "boilerplate", "stands after the article")
    mark(inside & ~body, "boilerplate", "does not read like the text around it")
    mark(~body & (s["bullet"] > 0), "boilerplate", "item of a menu or list of links")
    mark(~body & (s["link"] > 0), "boilerplate", "leads to another page, or is a button")
    mark(~body & (s["appeal"] > 0), "boilerplate", "speaks to the reader or of the outlet itself")
    zone = (row >= b[page] - 25) & (row < e[page] + 3) & ~body
    near = (row >= b[page] - 25) & (row < b[page] + 1) & ~body
    letters = 1 - s["digits"]
    mark(zone & is_picture & ~furniture, "credit", "names who took or holds a picture")
    mark(zone & is_picture & ~furniture & (size >= 60), "caption", "describes a picture and names who took it")
    mark(zone & is_dated & ~furniture, "dateline", "says when the page was written or changed")
    mark(near & (s["upper"] > 0.7) & (size < 40) & ~furniture, "dateline", "place or date above the text")
    mark(zone & is_byline & ~furniture, "byline", "names who wrote the text")
    mark(zone & (s["credit"] > 0) & (size < 200), "credit", "names who helped with the text")

    # headline: the line above the body that shares most of its words
    candidate = (row >= b[page] - 25) & (row < b[page]) & (size >= 12) & (size <= 300) & ~furniture
    candidate &= ~is_byline & ~is_dated & ~(is_picture & (size < 40)) & (role == ROLES.index("boilerplate"))
    opening = body & (pages.window(mass, 10**9, 0) - mass < 1500)
    shared = _overlap(frame, page, candidate, opening)
    score = 2 * shared + 0.7 * (size >= 25) + 0.5 * (s["terminal"] == 0) + 0.3 * s["repeated"] - 0.03 * (b[page] - row)
    score -= 0.5 * (size > 150)
    score = np.where(candidate & ((shared >= 0.2) | (s["dense"] > 2.2)), score, -9.0)
    best = (
        pl.DataFrame({"page": page, "row": row, "score": score}).group_by("page", maintain_order=True)
        .agg(pl.col("row").get(pl.col("score").arg_max()), pl.col("score").max())
    )
    head = np.where(best["score"].to_numpy() > 0, best["row"].to_numpy(), -1)
    for back in (2, 1):
        at = head - back
        ok = (head >= 0) & (at >= pages.starts)
        ok[ok] = candidate[at[ok]] & (shared[at[ok]] >= 0.4) & (size[at[ok]] >= 20) & (s["terminal"][at[ok]] == 0)
        head = np.where(ok, at, head)
    first = frame["article"].to_numpy()[pages.starts]
    if any(isinstance(t, str) and t.strip() for t in titles):
        wanted = pl.Series([" ".join(t.split()).casefold() if isinstance(t, str) else "" for t in titles], dtype=pl.String)
        plain = text.str.replace_all(r"\s+", " ").str.to_lowercase()
        same = (plain == wanted.gather(frame["article"])).to_numpy() & (row < e[page])
        hit = np.flatnonzero(same)[::-1]
        head[page[hit]] = hit
    heads = head[head >= 0]
    hp = np.full(len(pages.starts), -1)
    hp[page[heads]] = heads
    after_head = (hp[page] >= 0) & (row > hp[page]) & (row < b[page])
    # captions: said twice, one line after the other
    text_hash = text.hash(7).to_numpy()
    twin = (pages.near(text_hash.astype(np.float64), -1) == text_hash.astype(np.float32)) if False else np.zeros(len(frame), bool)
    prev_same = np.zeros(len(frame), bool)
    prev_same[1:] = (text_hash[1:] == text_hash[:-1]) & (page[1:] == page[:-1])
    next_same = np.zeros(len(frame), bool)
    next_same[:-1] = prev_same[1:]
    doubled = (prev_same | next_same) & (size >= 40) & zone & (role == ROLES.index("boilerplate")) & ~furniture
    mark(doubled, "caption", "stands twice in a row, as captions do")
    sub = after_head & (size >= 25) & (size < 300) & (role == ROLES.index("boilerplate")) & ~furniture & ~s["repeated"] & (shared >= 0.2)
    first_sub = np.flatnonzero(sub)[::-1]
    subs = np.full(len(pages.starts), -1)
    subs[page[first_sub]] = first_sub
    mark(subs[subs >= 0], "subheadline", "stands between headline and text")
    mark(body, "body", "part of the text")
    follows = np.zeros(len(frame), bool)
    follows[:-1] = body[1:] & (size[1:] > 60) & (page[1:] == page[:-1])
    mark(body & (size < 90) & (s["terminal"] == 0) & (s["speech"] == 0) & follows & (row > b[page]), "heading", "short line that opens a part of the text")
    mark(heads, "headline", "stands above the text and shares its words")
    again = s["again"] & np.isin(role, [ROLES.index(r) for r in ("headline", "subheadline", "body", "heading", "caption")]) & (size > 25)
    mark(again & (row != hp[page]), "duplicate", "repeats an earlier line")
    if len(heads):
        same = (text_hash == text_hash[np.maximum(hp, 0)][page]) & (hp[page] >= 0) & (row != hp[page])
        mark(same, "duplicate", "repeats the headline")
    short_page = (pages.ends - pages.starts <= 2) | no_body
    mark(short_page[page], "body", "text of one or two lines")
    return frame.with_columns(pl.Series("role", np.array(ROLES, object)[role], dtype=pl.String), pl.Series("reason", reason, dtype=pl.String), pl.Series("p", p))


def lines(articles: pd.DataFrame) -> pd.DataFrame:
    """The role of each line of each article's source text."""
    check_columns(articles, ["article_id"], "articles")
    if "raw" not in articles and "text" not in articles:
        check_columns(articles, ["raw"], "articles")
    source = source_text(articles)
    ids = articles["article_id"].astype("str").to_numpy(dtype=object)
    frame = _split(source.tolist())
    titles = articles["title"].tolist() if "title" in articles else [None] * len(articles)
    clean = articles["raw"].isna().to_numpy() if "raw" in articles else np.ones(len(articles), bool)
    if len(frame):
        dirty = ~clean[frame["article"].to_numpy()]
        parts = []
        if dirty.any():
            parts.append(_roles(frame.filter(pl.Series(dirty)), titles))
        if not dirty.all():
            kept = frame.filter(pl.Series(~dirty))
            wanted = pl.Series([t.strip() if isinstance(t, str) else "" for t in titles], dtype=pl.String)
            first = pl.col("article") != pl.col("article").shift(1, fill_value=-1)
            is_head = first & (pl.col("text") == pl.lit(wanted.gather(kept["article"])))
            parts.append(kept.with_columns(
                pl.when(is_head).then(pl.lit("headline")).otherwise(pl.lit("body")).alias("role"),
                pl.lit("the text came without its page: taken as clean").alias("reason"), pl.lit(1.0).alias("p")))
        frame = pl.concat(parts).sort("article", "line")
    else:
        frame = frame.with_columns(pl.lit("", dtype=pl.String).alias("role"), pl.lit("", dtype=pl.String).alias("reason"))
    frame = frame.with_columns(
        pl.Series("article_id", ids, dtype=pl.String).gather(frame["article"]),
        pl.col("role").is_in(KEPT).alias("kept"),
    )
    return frame.select("article_id", "line", "start", "end", "text", "role", "kept", "reason").to_pandas()
