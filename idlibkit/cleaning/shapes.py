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
from ..text import (
    CLOSING,
    DOUBLE_CLOSING,
    DOUBLE_OPENING,
    SENTENCE_CLOSE,
    SENTENCE_END,
)
from .pages import Pages

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "MIX",
    "READER",
    "UNSPACED",
    "LineShapes",
    "line_shapes",
    "matches",
    "matches_outside_quotes",
]

# Ends like a sentence or like what opens a list: `... on Monday.”`, `... on Monday . ”`
TERMINAL = rf"{SENTENCE_CLOSE}|[.!?…] [{CLOSING})]+$|[:;][{CLOSING})]*$"
# Opens like an item of a list: `* Sport`, `- Sport`, `3. Sport`, or is a bare `3`
BULLET = r"^(?:[*•·●▪‣◦+○–—»›>|✕×#-]\s|[*•·●▪‣◦+○]|o |\d{1,3}[.)]\s|\d{1,2}$)"
# Has a year or a time of day: `3 March 2021`, `10:15`
TIME = r"(?:19|20)[0-9]{2}|[0-9]:[0-9]{2}"
# Little but an e-mail address or a name in a network: `l.orth@post.example`, `@lorth`
CONTACT = (
    r"^(?:\S+ ){0,6}(?:[\w.+-]+@[\w-]+\.[\w.]+|@\w{2,30})"
    r"(?:[ ,;|/]+\S+){0,3}[^\pL\pN]*$"
)
# Asks to write or to follow, and ends in the address: `Follow Bo Lind on X at @blind`
ADDRESS = (
    r"(?:^|[.?!:] )(?i:e-?mail|follow|contact|reach|write to|tweet)\b[^.!?]{0,140}"
    r"(?:[\w.+-]+@[\w-]+\.[\w.]+|@\w{2,30})[^\pL\pN]*$"
)
# What stands in quotation marks, to the end of the line where they do not close
QUOTED = (
    rf"[{DOUBLE_OPENING}][^{DOUBLE_OPENING}{DOUBLE_CLOSING}]*(?:[{DOUBLE_CLOSING}]|$)"
)

# The label of an agency's wire: `BC-EU--Harbour,2nd Ld-Writethru`
SLUG = r"^\W*[A-Z]{2}-[A-Z]{2,3}--\S|(?i:^\S*\w[,-](?:\S* )?\d(?:st|nd|rd|th) ld\b)"

# Speaks to a reader, or of the outlet
READER = r"(?i)\b(?:you|your|yours|we|us|our|ours)\b"

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
    phrase of a group of page_cues.toml (`note`: opens with one; `bio`: says what a
    writer is; `contact`: little but an address or a name in a network, or asks to write
    to one), stands on the page more than once (`again`: and not for the first time),
    reads like running text (`prose`), is furniture by its phrases or sign (`cue`).
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
    note: np.ndarray
    bio: np.ndarray
    contact: np.ndarray
    repeated: np.ndarray
    again: np.ndarray
    prose: np.ndarray
    cue: np.ndarray


def _any_of(group: str) -> str:
    """The phrases of a group as a choice in a regular expression, longest first."""
    phrases = sorted(table("page_cues.toml")[group], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in phrases)


@cache
def _cue(group: str, where: str = "in") -> str:
    """The phrases of a group as one regular expression: anywhere in a line, at its
    start or at its end."""
    case = "" if group == "agency" else "(?i)"
    before = r"^[^\pL\pN]*" if where == "start" else r"(?:^|[^\pL\pN])"
    after = r"[)\]]?$" if where == "end" else r"(?:$|[^\pL\pN])"
    return f"{case}{before}(?:{_any_of(group)}){after}"


@cache
def _request() -> str:
    """A sentence that asks something of the reader of this page: `Please support our
    reporters`, `... a story? Send us a line`."""
    opens = rf"(?:^|[.!?:|…–—][{CLOSING})]?\s+)[^\pL\pN]*"
    verb = rf"(?i:(?:please |or |and |to )?(?:{_any_of('request')}))"
    return rf"{opens}{verb}\b[^.!?]{{0,90}}?{_addressed()}"


@cache
def _addressed() -> str:
    """Whom a request speaks of, without which it is none: `us` (not the US)."""
    return rf"\b(?:{_any_of('addressed')})\b"


@cache
def _buttons() -> str:
    """A line of nothing but words of buttons and signs: `Share on Facebook`."""
    return rf"(?i)^(?:[^\pL]*\b(?:{_any_of('button')})\b)+[^\pL]*$"


@cache
def _bio() -> str:
    """A line on who wrote: `Lena Orth is a reporter at ...`, `The writer is ...`."""
    name = r"\p{Lu}[\pL.'’-]+(?:\s+(?:(?:de|van|von|der|al|bin)\s+)?\p{Lu}[\pL.'’-]+)"
    what = rf"(?i:{_any_of('bio')})s?\b"
    says = rf"(?i:{_any_of('bio_phrase')})"
    by_name = rf"{name}{{1,3}},?(?: and {name}{{1,3}})? (?:is|are) [^.!?]*?\b{what}"
    writer = r"(?:The|This) (?:writers?|authors?|article's author) (?:is|are|was)\b"
    network = rf"(?:{name}{{0,3}}|He|She|They)\b[^.!?]{{0,60}}\b{says}"
    return rf"^[^\pL]*(?:{by_name}|{writer}|{network})"


def line_shapes(frame: pl.DataFrame, pages: Pages) -> LineShapes:
    """What each line of a table from `split_lines` looks like by itself."""
    import polars as pl

    traits = _pattern_traits(frame)
    s = {name: traits[name].to_numpy() for name in traits.columns}
    s["appeal"] = _appeals(frame["text"])
    head = frame["text"].str.head(160)
    says_who = rf" (?:is|are) (?:an? |the |on |\p{{Lu}})|{_any_of('bio_phrase')}"
    s["bio"] = _holds(head, says_who, _bio())
    # `The Harbour Club is a group of writers`: no person's name
    s["bio"] &= ~head.str.contains(r"^\PL*(?:The|A|An|Our|This) \p{Lu}").to_numpy()
    address = rf"{CONTACT}|{ADDRESS}"
    s["contact"] = _holds(head, "@", address) & (s["chars"] < 160)
    # scripts without spaces say more in a character
    unspaced = s["density"] > UNSPACED
    size = s["size"] = np.minimum(s["chars"] * np.where(unspaced, 2, 1), LONGEST)
    key = frame["text"].hash(1)
    page = pl.Series(pages.page.astype(np.uint64)) * pl.Series([MIX], dtype=pl.UInt64)
    page_key = key ^ page
    repeated = page_key.is_duplicated().to_numpy()
    s |= _phrase_traits(s, size)
    prose = (size >= 80) & (s["terminal"] | s["sentence"]) & (s["capital"] < 0.5)
    prose &= ~s["bullet"] & ~repeated & ~s["appeal"]
    return LineShapes(
        **s,
        key=key.to_numpy(),
        indent=frame["indent"].to_numpy(),
        repeated=repeated,
        again=repeated & ~page_key.is_first_distinct().to_numpy(),
        prose=prose,
        cue=s["link"] | s["appeal"] | s["bullet"] | s["stop"],
    )


def _phrase_traits(s: dict[str, np.ndarray], size: np.ndarray) -> dict[str, np.ndarray]:
    """Traits by phrases, where the line says little else: a phrase that opens a
    sentence of a report (`Subscribe, the firm, ...`) makes no link of it."""
    open_end = ~s["terminal"]
    label = size < 60
    buttons = s.pop("buttons")
    link = (s.pop("link_start") & (label | (open_end & (size < 100)))) | buttons
    link |= s.pop("link_in") & (size < 40)
    stop = s["stop"] & ((size < 30) | (s.pop("stop_sign") & label))
    return {
        "link": link,
        "stop": stop,
        "share": (s["share"] & (size < 60)) | buttons,
        "time": s["time"] & (size < 90),
        "byline": s["byline"] & (size < 120) & open_end,
        "dated": s["dated"] & (s.pop("digit") | label) & open_end & (size < 120),
        "picture": s["picture"] & (size < 400),
    }


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
            sentence=head.str.contains(SENTENCE_END),
            terminal=tail.str.tail(5).str.contains(TERMINAL),
            colon=tail.str.contains(r"[:：]$"),
            bullet=head.str.contains(BULLET),
            time=short.str.contains(TIME),
            link_start=short.str.contains(_cue("link", "start")),
            link_in=short.str.head(60).str.contains(_cue("link")),
            buttons=short.str.contains(_buttons()),
            share=short.str.head(60).str.contains(_cue("share", "start")),
            stop=short.str.contains(_cue("stop", "start")),
            stop_sign=short.str.contains(r"^[^.!?]{3,25}[:|»]"),
            byline=short.str.contains(rf"^\W*(?i:{_any_of('byline')})\s+\p{{Lu}}"),
            dated=short.str.contains(_cue("dated")),
            digit=short.str.contains(r"\d"),
            credit=brief.str.contains(_cue("credit")),
            note=head.str.contains(rf"{_cue('note', 'start')}|{SLUG}"),
            picture=ends_as_picture | brief.str.contains(_cue("picture_by")),
        )
        .collect()
    )


def matches(text: pl.Series, some: np.ndarray, pattern: str) -> np.ndarray:
    """Texts, of some, that match a pattern; the others are not looked at."""
    out = np.zeros(len(text), bool)
    rows = np.flatnonzero(some)
    out[rows] = text.gather(rows).str.contains(pattern).to_numpy()
    return out


def matches_outside_quotes(
    text: pl.Series, some: np.ndarray, pattern: str
) -> np.ndarray:
    """Texts, of some, that match a pattern outside quotation marks."""
    out = np.zeros(len(text), bool)
    rows = np.flatnonzero(some)
    bare = text.gather(rows).str.replace_all(QUOTED, " ")
    out[rows] = bare.str.contains(pattern).to_numpy()
    return out


def _holds(text: pl.Series, sign: str, pattern: str) -> np.ndarray:
    """Texts that match a slow pattern; only those with the sign are looked at."""
    return matches(text, text.str.contains(sign).to_numpy(), pattern)


def _appeals(text: pl.Series) -> np.ndarray:
    """Lines that speak to the reader of this page or of the outlet itself, outside
    quotation marks: what someone is quoted as saying is no appeal."""
    head = text.str.head(300)
    # what has no word of an appeal is not looked at twice
    own = head.str.contains(_cue("own")).to_numpy()
    out = matches_outside_quotes(head, own, _cue("own"))
    request = _holds(head, _addressed(), _request())
    return out | matches_outside_quotes(head, request, _request())
