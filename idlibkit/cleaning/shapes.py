"""What each line of a page looks like by itself: length, signs, phrases, repetition.

The phrases are data (lexicons/page_cues.toml), in groups by what a line with them is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..lexicons import table
from .pages import Pages

if TYPE_CHECKING:
    import polars as pl

__all__ = ["MIX", "QUOTED", "UNSPACED", "LineShapes", "line_shapes"]

# Ends like a sentence or like what opens a list: `... on Monday.”`
TERMINAL = r"""[.!?…。！？।؟۔:;]["'”’»)\]」』]*$"""
# Has a sentence that ends before the line does: `No. They left` (and in scripts
# without spaces, `。`)
SENTENCE = r"""[.!?]["”’»)]?\s|[。！？।؟۔]"""
# Opens like an item of a list: `* Sport`, `- Sport`, `3. Sport`, or is a bare `3`
BULLET = r"^(?:[*•·●▪‣◦+○–—»›>|✕×#-]\s|[*•·●▪‣◦+○]|o |\d{1,3}[.)]\s|\d{1,2}$)"
# Has a year or a time of day: `3 March 2021`, `10:15`
TIME = r"(?:19|20)[0-9]{2}|[0-9]:[0-9]{2}"
# What stands in quotation marks, to the end of the line where they do not close
QUOTED = r"""["“„«][^"“”„«»]*(?:["”»]|$)"""

# UTF-8 bytes for a character: above it a script without spaces (Chinese, Japanese, Thai
# have 3; Arabic and Cyrillic, with spaces, just under 2)
UNSPACED = 2.2
LONGEST = 600  # characters: a longer line weighs no more
# 2**64 over the golden ratio (Knuth, TAOCP 3, 6.4): makes one key of text and page
MIX = 0x9E3779B97F4A7C15


@dataclass(frozen=True, slots=True)
class LineShapes:
    """One array for each trait, one value for each line.

    Numbers: `chars`; `size`, the same up to 600, twice as much in scripts without
    spaces; `words`; `density`, bytes for a character; `capital`, share of words with a
    capital; `indent`; `key`, a hash of the text. All else is true or false: ends or
    holds a sentence, ends in a colon, opens like a list item, names a time, has a
    phrase of a group of page_cues.toml, stands on the page more than once (`again`:
    and not for the first time), reads like running text (`prose`), is furniture by
    its phrases or sign (`cue`).
    """

    chars: np.ndarray
    size: np.ndarray
    words: np.ndarray
    density: np.ndarray
    capital: np.ndarray
    indent: np.ndarray
    key: np.ndarray
    sentence: np.ndarray
    terminal: np.ndarray
    colon: np.ndarray
    bullet: np.ndarray
    time: np.ndarray
    appeal: np.ndarray
    link: np.ndarray
    share: np.ndarray
    stop: np.ndarray
    byline: np.ndarray
    dated: np.ndarray
    credit: np.ndarray
    picture: np.ndarray
    repeated: np.ndarray
    again: np.ndarray
    prose: np.ndarray
    cue: np.ndarray


@cache
def _cue(group: str, where: str = "in") -> str:
    """The phrases of a group as one regular expression: anywhere in a line, at its
    start or at its end."""
    phrases = sorted(table("page_cues.toml")[group], key=len, reverse=True)
    body = "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in phrases)
    case = "" if group == "agency" else "(?i)"
    before = r"^[^\pL\pN]*" if where == "start" else r"(?:^|[^\pL\pN])"
    after = r"[)\]]?$" if where == "end" else r"(?:$|[^\pL\pN])"
    return f"{case}{before}(?:{body}){after}"


def line_shapes(frame: pl.DataFrame, pages: Pages) -> LineShapes:
    """What each line of a table from `split_lines` looks like by itself."""
    import polars as pl

    traits = _pattern_traits(frame)
    s = {name: traits[name].to_numpy() for name in traits.columns}
    s["appeal"] = _own_appeals(frame["text"], s["appeal"])
    # scripts without spaces say more in a character
    unspaced = s["density"] > UNSPACED
    size = s["size"] = np.minimum(s["chars"] * np.where(unspaced, 2, 1), LONGEST)
    key = frame["text"].hash(1)
    page = pl.Series(pages.page.astype(np.uint64)) * pl.Series([MIX], dtype=pl.UInt64)
    page_key = key ^ page
    repeated = page_key.is_duplicated().to_numpy()
    # a phrase makes a line what it says only where little else is said
    for name, longest in (
        ("share", 60),
        ("stop", 60),
        ("time", 90),
        ("byline", 120),
        ("dated", 120),
        ("picture", 400),
    ):
        s[name] = s[name] & (size < longest)
    prose = (size >= 80) & (s["terminal"] | s["sentence"]) & (s["capital"] < 0.5)
    prose &= ~s["bullet"] & ~repeated & ~(s["appeal"] & s["link"])
    return LineShapes(
        **s,
        key=key.to_numpy(),
        indent=frame["indent"].to_numpy(),
        repeated=repeated,
        again=repeated & ~page_key.is_first_distinct().to_numpy(),
        prose=prose,
        cue=s["link"] | s["appeal"] | s["bullet"] | s["stop"],
    )


def _pattern_traits(frame: pl.DataFrame) -> pl.DataFrame:
    """The traits that a pattern tells, each looked for where it can stand: in the first
    120 characters, the last 60, or in lines of under 250 or 120 characters."""
    import polars as pl

    text, chars = pl.col("text"), pl.col("end") - pl.col("start")

    def under(longest: int) -> pl.Expr:
        return pl.when(chars < longest).then(text).otherwise(pl.lit(""))

    head, tail, brief, short = map(pl.col, ("head", "tail", "brief", "short"))
    words = head.str.count_matches(" ", literal=True) + 1
    ends_as_picture = tail.str.contains(_cue("picture", "end"))
    ends_as_picture |= tail.str.contains(_cue("agency", "end"))
    return (
        frame.lazy()
        .select(
            text,
            chars.alias("chars"),
            text.str.head(120).alias("head"),
            text.str.tail(60).alias("tail"),
            under(250).alias("brief"),
            under(120).alias("short"),
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
            picture=ends_as_picture | brief.str.contains(_cue("picture_by")),
        )
        .collect()
    )


def _own_appeals(text: pl.Series, appeal: np.ndarray) -> np.ndarray:
    """Lines with a phrase of appeals outside quotation marks: what someone is quoted as
    saying is no appeal."""
    rows = np.flatnonzero(appeal)
    bare = text.gather(rows).str.head(300).str.replace_all(QUOTED, " ")
    out = np.zeros(len(text), bool)
    out[rows] = bare.str.contains(_cue("appeal")).to_numpy()
    return out
