"""What a mention of a speaker is made of: article, titles, name, head.

Private to `voices`. Here nothing is known of the article: `the Norlandic minister` is
read by its words alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .people import (
    ARTICLES,
    BODIES,
    FEMALE,
    GROUPS,
    INDEFINITE,
    LINKS,
    MALE,
    ORGANISATIONS,
    PARTICLES,
    PLURALS,
    SMALL_TITLES,
    TITLES,
    is_place,
    unaccent,
    without_possessive,
    word_key,
)

__all__ = ["Mention", "read_mention"]


_WORD = re.compile(r"[\w.’'&-]*\w[.’']?")
# `a Chicago-based ` before a name or a noun with a capital.
_BASED = re.compile(
    r"^((?:the|an?) )?[\w.]+-(?:based|run|backed|owned) (?=.*[A-Z])", re.IGNORECASE
)
_DROPPED = frozenset(("the", "a", "an", "this", "that"))  # not shown


@dataclass(frozen=True, slots=True)
class Mention:
    """The parts of a mention that do not depend on its article."""

    shown: str  # without an article, marks and a possessive
    head: str  # the key of its last word: minister, lee
    definite: bool = False  # the, his
    indefinite: bool = False  # a, some, three
    plural: bool = False
    capital: bool = False  # a capitalised word stands before the head
    bare: bool = False  # nothing follows the head
    first: str = ""  # of `the minister and his aides`, the part before "and"
    name: tuple[str, ...] = ()  # the capitalised words at the end, without titles
    titled: bool = False
    sex: str = ""  # m or f, where a title tells it
    body: bool = False  # an institution or a place by its words alone


@dataclass(frozen=True, slots=True)
class _Name:
    """The capitalised words that a mention ends in."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    titled: bool
    sex: str


@lru_cache(maxsize=1 << 16)
def read_mention(mention: str) -> Mention | None:
    """A mention in its parts; None where it holds no word."""
    words = _WORD.findall(mention)
    keys = [word_key(word) for word in words]
    if not words or (len(words) == 1 and keys[0] in ARTICLES):
        return None
    opening = keys[0]
    definite = opening in ARTICLES
    indefinite = opening in INDEFINITE or opening[:1].isdigit()
    # `some in Oslo`, `critics of Lee`: the first word is the head.
    opening_is_head = indefinite and len(words) > 1 and words[1] in LINKS
    shown = _BASED.sub(r"\1", unaccent(without_possessive(mention.strip(" ,"))))
    if (definite or indefinite) and len(words) > 1 and not opening_is_head:
        words, keys = words[1:], keys[1:]
        if opening in _DROPPED and " " in shown:
            shown = shown.split(None, 1)[-1]
    n_core = _core_length(words)
    core, core_keys = words[:n_core], keys[:n_core]
    head = core_keys[-1]
    joined = "and" in core and core[-1] != "and"
    common = (n_core == 1 and (opening_is_head or head in GROUPS)) or (
        len(words) == 1 and head in BODIES and not is_place(head)
    )
    if common:
        shown = shown.lower() if len(words) == 1 else shown[0].lower() + shown[1:]
    named = core[-1][0].isupper() and not common
    name = _read_name(core, core_keys) if named else _Name((), (), False, "")
    return Mention(
        shown=shown,
        head=head,
        definite=definite,
        indefinite=indefinite,
        plural=joined or (not named and _is_plural(head)),
        capital=any(word[0].isupper() and "-" not in word for word in core[:-1]),
        bare=n_core == len(words),
        first=" ".join(core[: core.index("and")]) if joined else "",
        name=name.words,
        titled=name.titled,
        sex=name.sex,
        body=named and _is_body(name, the=opening == "the", whole=len(core)),
    )


def _core_length(words: list[str]) -> int:
    """How many words there are up to the head: 2 of `defence minister of Norland`."""
    for place, word in enumerate(words):
        if place and word in LINKS:
            return place
    return len(words)


def _is_plural(head: str) -> bool:
    return head in PLURALS or (head.endswith("s") and not head.endswith(("ss", "us")))


def _read_name(words: list[str], keys: list[str]) -> _Name:
    """The name at the end of these words, with what its titles say."""
    start = len(words)
    while start and (words[start - 1][0].isupper() or keys[start - 1] in PARTICLES):
        start -= 1
    name = start
    for place in range(start, len(words) - 1):
        if keys[place] in TITLES:
            name = place + 1
    titles = set(keys[start:name])
    sex = "m" if titles & MALE else "f" if titles & FEMALE else ""
    role = keys[start - 1] if start else ""  # `spokesman` Ned Gill
    titled = name > start or role in TITLES or role in SMALL_TITLES
    while len(words) - name > 2 and is_place(keys[name]):
        name += 1
    return _Name(tuple(words[name:]), tuple(keys[name:]), titled, sex)


def _is_body(name: _Name, *, the: bool, whole: int) -> bool:
    """Whether the words of a name are an institution's or a place's. `whole`: how many
    words the mention has, `the`: whether it begins with this."""
    last = name.keys[-1]
    if is_place(" ".join(name.keys)) or last in ORGANISATIONS:
        return True
    if name.titled:
        return False
    all_name = 1 < len(name.keys) == whole and last not in TITLES
    return (the and all_name) or not ORGANISATIONS.isdisjoint(name.keys)
