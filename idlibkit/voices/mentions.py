"""What a mention of a speaker is made of: titles, name, head."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .names import (
    _ARTICLES,
    _BASED,
    _FEMALE,
    _INDEFINITE,
    _LINK,
    _MALE,
    _ORGANISATIONS,
    _PARTICLES,
    _PEOPLE,
    _TITLES,
    _WORD,
    BODIES,
    _key,
    _owner,
    _places,
    unaccent,
)

__all__ = ["Mention", "read_mention"]


class Mention(NamedTuple):
    """The parts of a mention that do not depend on its article."""

    shown: str  # without an article, marks and a possessive
    head: str
    definite: bool
    indefinite: bool
    plural: bool
    capital: bool  # a capitalised word stands before the head
    first: str  # of `the minister and his aides`, the part before "and"
    name: tuple[str, ...]  # the capitalised words at the end, without titles
    keys: tuple[str, ...]
    titled: bool
    gender: str
    body: bool  # an institution or a place by its words alone
    bare: bool  # nothing follows the head


@lru_cache(maxsize=1 << 16)
def read_mention(mention: str) -> Mention | None:
    """A mention in its parts; None where it holds no word."""
    words = _WORD.findall(mention)
    if not words or len(words) == 1 and _key(words[0]) in _ARTICLES:
        return None
    keys = [_key(word) for word in words]
    opening = keys[0]
    definite, indefinite = (
        opening in _ARTICLES,
        opening in _INDEFINITE or opening[:1].isdigit(),
    )
    shown = unaccent(_owner(mention.strip(" ,")))
    if "-" in shown:
        shown = _BASED.sub(r"\1", shown)
    some = (
        indefinite and len(words) > 1 and words[1] in _LINK
    )  # `some in Oslo`, `critics of Lee`
    if (definite or indefinite) and len(words) > 1 and not some:
        words, keys = words[1:], keys[1:]
        if opening in ("the", "a", "an", "this", "that") and " " in shown:
            shown = shown.split(None, 1)[-1]
    stop = next((i for i, word in enumerate(words) if i and word in _LINK), len(words))
    core, heads = words[:stop], keys[:stop]
    head = heads[-1]
    joined = "and" in core and core[-1] != "and"
    plural = (
        joined
        or head in ("people", "women", "men")
        or head.endswith("s")
        and not head.endswith(("ss", "us"))
    )
    capital = any(word[0].isupper() and "-" not in word for word in core[:-1])
    first = " ".join(core[: core.index("and")]) if joined else ""
    common = (len(core) == 1 and (some or head in _PEOPLE)) or (
        len(words) == 1 and head in BODIES and head not in _places()
    )
    if common:
        shown = shown.lower() if len(words) == 1 else shown[0].lower() + shown[1:]
    if not core[-1][0].isupper() or common:
        return Mention(
            shown,
            head,
            definite,
            indefinite,
            plural,
            capital,
            first,
            (),
            (),
            False,
            "",
            False,
            stop == len(words),
        )
    start = len(core)
    while start and (core[start - 1][0].isupper() or heads[start - 1] in _PARTICLES):
        start -= 1
    titles = max(
        (i + 1 for i in range(start, len(core) - 1) if heads[i] in _TITLES),
        default=start,
    )
    titled = titles > start or start > 0 and heads[start - 1] in _TITLES
    gender = (
        "m"
        if _MALE & set(heads[start:titles])
        else "f"
        if _FEMALE & set(heads[start:titles])
        else ""
    )
    while len(core) - titles > 2 and heads[titles] in _places():
        titles += 1
    name, lone = core[titles:], heads[titles:]
    whole = (
        opening == "the" and 1 < len(name) == len(core) and lone[-1] not in _TITLES
    )  # `the Red Cross`
    body = " ".join(lone) in _places() or lone[-1] in _ORGANISATIONS
    body = body or not titled and (whole or bool(_ORGANISATIONS & set(lone)))
    return Mention(
        shown,
        lone[-1],
        definite,
        indefinite,
        joined,
        capital,
        first,
        tuple(name),
        tuple(lone),
        titled,
        gender,
        body,
        stop == len(words),
    )
