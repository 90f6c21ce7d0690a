"""The phrases of lines that are no reporting, as patterns.

They are data (lexicons/page_cues.toml), in groups by what a line with them is.
"""

from __future__ import annotations

import re
from functools import cache

from ..lexicons import table
from ..text import CLOSING

__all__ = [
    "addressed",
    "any_of",
    "appeal_words",
    "bio",
    "bio_words",
    "buttons",
    "credit_or_picture",
    "cue",
    "request",
]


def any_of(group: str) -> str:
    """The phrases of a group as a choice in a regular expression, longest first."""
    phrases = sorted(table("page_cues.toml")[group], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", " ") for phrase in phrases)


@cache
def cue(group: str, where: str = "in") -> str:
    """The phrases of a group as one regular expression: anywhere in a line, at its
    start or at its end."""
    case = "" if group == "agency" else "(?i)"
    before = r"^[^\pL\pN]*" if where == "start" else r"(?:^|[^\pL\pN])"
    after = r"[)\]]?$" if where == "end" else r"(?:$|[^\pL\pN])"
    return f"{case}{before}(?:{any_of(group)}){after}"


@cache
def credit_or_picture() -> str:
    phrases = f"{any_of('credit')}|{any_of('picture_by')}"
    return rf"(?i)(?:^|[^\pL\pN])(?:{phrases})(?:$|[^\pL\pN])"


@cache
def appeal_words() -> str:
    """What every line of an appeal has: a quick look before all others."""
    phrases = f"(?i:{any_of('own')})|{any_of('addressed')}"
    return rf"(?:^|[^a-zA-Z0-9])(?:{phrases})(?:$|[^a-zA-Z0-9])"


@cache
def request() -> str:
    """A sentence that asks something of the reader of this page: `Please support our
    reporters`, `... a story? Send us a line`."""
    opens = rf"(?:^|[.!?:|…–—][{CLOSING})]?\s+)[^\pL\pN]*"
    verb = rf"(?i:(?:please |or |and |to )?(?:{any_of('request')}))"
    return rf"{opens}{verb}\b[^.!?]{{0,90}}?{addressed()}"


@cache
def addressed() -> str:
    """Whom a request speaks of, without which it is none: `us` (not the US)."""
    return rf"\b(?:{any_of('addressed')})\b"


@cache
def buttons() -> str:
    """A line of nothing but words of buttons and signs: `Share on Facebook`."""
    return rf"(?i)^(?:[^\pL]*\b(?:{any_of('button')})\b)+[^\pL]*$"


@cache
def bio() -> str:
    """A line on who wrote: `Lena Orth is a reporter at ...`, `The writer is ...`."""
    name = r"\p{Lu}[\pL.'’-]+(?:\s+(?:(?:de|van|von|der|al|bin)\s+)?\p{Lu}[\pL.'’-]+)"
    what = rf"(?i:{any_of('bio')})s?\b"
    says = rf"(?i:{any_of('bio_phrase')})"
    by_name = rf"{name}{{1,3}},?(?: and {name}{{1,3}})? (?:is|are) [^.!?]*?\b{what}"
    writer = r"(?:The|This) (?:writers?|authors?|article's author) (?:is|are|was)\b"
    network = rf"(?:{name}{{0,3}}|He|She|They)\b[^.!?]{{0,60}}\b{says}"
    return rf"^[^\pL]*(?:{by_name}|{writer}|{network})"


@cache
def bio_words() -> str:
    """What every line has on who wrote: a quick look before `bio`."""
    return rf"(?i)(?:{any_of('bio')}|{any_of('bio_phrase')}|writer|author)"
