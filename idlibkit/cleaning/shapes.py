"""What each line of a page looks like by itself: length, signs, phrases, repetition.

The phrases are data (lexicons/page_cues.toml), in groups by what a line with them is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..text import (
    CLOSING,
    DOUBLE_CLOSING,
    DOUBLE_OPENING,
    SENTENCE_CLOSE,
    SENTENCE_END,
)
from .pages import Pages
from .phrases import (
    addressed,
    any_of,
    appeal_words,
    bio,
    bio_words,
    buttons,
    credit_or_picture,
    cue,
    request,
)

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


def line_shapes(frame: pl.DataFrame, pages: Pages) -> LineShapes:
    """What each line of a table from `split_lines` looks like by itself."""
    import polars as pl

    traits = _pattern_traits(frame)
    s = {name: traits[name].to_numpy() for name in traits.columns}
    s["appeal"] = _appeals(frame["text"])
    head = frame["text"].str.head(160)
    says_who = rf" (?:is|are) (?:an? |the |on |\p{{Lu}})|{any_of('bio_phrase')}"
    says_what = matches(head, head.str.contains(says_who).to_numpy(), bio_words())
    s["bio"] = matches(head, says_what, bio())
    # `The Harbour Club is a group of writers`: no person's name
    s["bio"] &= ~head.str.contains(r"^\PL*(?:The|A|An|Our|This) \p{Lu}").to_numpy()
    address = rf"{CONTACT}|{ADDRESS}"
    has_address = head.str.contains("@", literal=True).to_numpy()
    s["contact"] = matches(head, has_address & (s["chars"] < 160), address)
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

    head, tail, brief, short, named = map(
        pl.col, ("head", "tail", "brief", "short", "named")
    )
    words = head.str.count_matches(" ") + 1
    ends_as_picture = tail.str.contains(cue("picture", "end"))
    ends_as_picture |= tail.str.contains(cue("agency", "end"))
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
        .with_columns(
            # cheap first: most lines name nobody for a picture or a part in it
            pl.when(brief.str.contains(credit_or_picture()))
            .then(brief)
            .otherwise(pl.lit(""))
            .alias("named")
        )
        .select(
            chars="chars",
            density=head.str.len_bytes() / head.str.len_chars(),
            words=pl.col("chars") * words / head.str.len_chars(),
            capital=head.str.count_matches(r"(?:^|\s)\p{Lu}") / words,
            sentence=head.str.contains(SENTENCE_END),
            terminal=tail.str.tail(5).str.contains(TERMINAL),
            colon=tail.str.ends_with(":") | tail.str.ends_with("："),
            bullet=head.str.contains(BULLET),
            time=short.str.contains(TIME),
            link_start=short.str.contains(cue("link", "start")),
            link_in=short.str.head(60).str.contains(cue("link")),
            buttons=short.str.contains(buttons()),
            share=short.str.head(60).str.contains(cue("share", "start")),
            stop=short.str.contains(cue("stop", "start")),
            stop_sign=short.str.contains(r"^[^.!?]{3,25}[:|»]"),
            byline=short.str.contains(rf"^\W*(?i:{any_of('byline')})\s+\p{{Lu}}"),
            dated=short.str.contains(cue("dated")),
            digit=short.str.contains(r"\d"),
            credit=named.str.contains(cue("credit")),
            note=head.str.contains(rf"{cue('note', 'start')}|{SLUG}"),
            picture=ends_as_picture | named.str.contains(cue("picture_by")),
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


def _appeals(text: pl.Series) -> np.ndarray:
    """Lines that speak to the reader of this page or of the outlet itself, outside
    quotation marks: what someone is quoted as saying is no appeal."""
    head = text.str.head(300)
    # what has no word of an appeal is not looked at twice
    some = np.flatnonzero(head.str.contains(appeal_words()).to_numpy())
    head = head.gather(some)
    own = head.str.contains(cue("own")).to_numpy()
    speaks = head.str.contains(addressed()).to_numpy()
    asks = matches(head, speaks, request())
    out = np.zeros(len(text), bool)
    out[some] = matches_outside_quotes(head, own, cue("own"))
    out[some] |= matches_outside_quotes(head, asks, request())
    return out
