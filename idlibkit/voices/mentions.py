"""What a mention of a speaker is made of: article, titles, name, head.

Private to `voices`. Here nothing is known of the article: `the Norlandic minister` is
read by its words alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from .mention_heads import (
    JOINS_OFFICE,
    MOST_NAMES,
    core_length,
    without_double_office,
    without_first_role,
    without_office,
)
from .people import (
    ARTICLES,
    BODIES,
    CAUSES,
    FEMALE,
    GROUPS,
    INDEFINITE,
    LINKS,
    MALE,
    ORGANISATIONS,
    PARTICLES,
    PLURALS,
    SEVERAL,
    SEVERAL_PEOPLE,
    SMALL_TITLES,
    SUFFIX,
    TITLES,
    is_office_of,
    is_place,
    unaccent,
    without_possessive,
    word_key,
)

__all__ = ["Mention", "read_mention"]


_WORD = re.compile(r"[\w.’'&-]*\w[.’']?")
# Spaces that some archives put before a comma and a possessive.
_SPACED = re.compile(r"\s+(?=,|['’]s\b)")
# `a Chicago-based ` before a name or a noun with a capital.
_BASED = re.compile(
    r"^((?:the|an?) )?[\w.]+-(?:based|run|backed|owned) (?=.*[A-Z])", re.IGNORECASE
)
# What begins an apposition behind a name: `Bo Lind, a farmer`, `Bo Lind, 34`,
# `Bo Lind, Arden Democrat`, `Bo Lind, D-Arden`, `Bo Lind, Ann Lee's son`.
_APPOSITION = re.compile(
    r"(?:[a-z\d]|[A-Z]-|.*(?:Democrat|Republican|Independent)\b"
    r"|(?:[A-Z][\w.]+ ){0,3}[A-Z]\w+['’]s )"
)
# A place or a date line in capitals before a mention: `WASHINGTON Senator Lena Holt`.
_DATELINE = re.compile(r"^[A-Z]{4,}(?: [A-Z]{3,})* (?=[A-Z][a-z])")
# `Bo Lind, a farmer, and Ana Roy`: two people, the first with what is said of him
_TWO_DESCRIBED = re.compile(
    r"^((?:[A-Z][\w.’'-]*\s){1,4}[A-Z][\w’'-]+), [^,]+, and "
    r"((?:(?:his|her|their) [a-z]+ [A-Z][\w’'-]+|[A-Z][\w.’'-]*)"
    r"(?:\s[A-Z][\w’'-]+){0,4})$"
)
_DROPPED = frozenset(("the", "a", "an", "this", "that"))  # not shown
_PARTY_OF = re.compile(r"(?<=[A-Za-z])\s+\([DRI]-[^)]*\)")  # Lee (R-Ky.)
_COMMA_OF_SUFFIX = re.compile(rf",(?= (?:{SUFFIX})\b)")  # Bo Lind, Jr.


@dataclass(frozen=True, slots=True)
class Mention:
    """The parts of a mention that do not depend on its article."""

    shown: str  # without an article, marks and a possessive
    head: str  # the key of its last word: minister, lee
    definite: bool = False  # the, his
    indefinite: bool = False  # a, some, three
    plural: bool = False
    capital: bool = False  # a capitalised word stands before the head
    modifiers: frozenset[str] = frozenset()  # the keys of the words before the head
    bare: bool = False  # nothing follows the head
    first: str = ""  # of `the minister and his aides`, the part before "and"
    second: str = ""  # and the part behind it
    name: tuple[str, ...] = ()  # the capitalised words at the end, without titles
    titled: bool = False
    sex: str = ""  # m or f, where a title tells it
    body: bool = False  # an institution or a place by its words alone

    @property
    def printed_name(self) -> str:
        """Its name as it stands."""
        return unaccent(" ".join(without_possessive(word) for word in self.name))


@dataclass(frozen=True, slots=True)
class _Name:
    """The capitalised words that a mention ends in."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    titled: bool = False
    sex: str = ""
    owned: bool = False  # behind a possessive: the Herald's Bo Lind


@lru_cache(maxsize=1 << 16)
def read_mention(mention: str) -> Mention | None:
    """A mention in its parts; None where it holds no word."""
    text = _SPACED.sub("", mention.strip(" ,"))
    text = _PARTY_OF.sub("", _DATELINE.sub("", text))
    text = _TWO_DESCRIBED.sub(r"\1 and \2", _COMMA_OF_SUFFIX.sub("", text))
    if "," in text:
        role, text = _without_apposition(text)
        if role:
            return _named_behind_role(role, text)
    return _read(text)


def _without_apposition(text: str) -> tuple[str, str]:
    """A role, if the name stands behind it in apposition, and the mention without what
    is said of it: `Bo Lind` of `Bo Lind, a farmer`."""
    first, _, rest = text.partition(", ")
    last = text.rpartition(", ")[2]
    ends_in_name = first.split() and first.split()[-1][:1].isupper()
    described = _APPOSITION.match(rest) or word_key(rest.partition(" ")[0]) in TITLES
    if ends_in_name and described and " and " not in first:
        return "", first
    if first == text[: -len(last) - 2] and _is_full_name(last) and _is_role(first):
        return first, last
    return "", text


def _is_full_name(text: str) -> bool:
    words = text.split()
    return (
        1 < len(words) <= MOST_NAMES
        and all(word[0].isupper() or word in PARTICLES for word in words)
        and ORGANISATIONS.isdisjoint(word_key(word) for word in words)
    )


def _is_role(text: str) -> bool:
    """Whether a description can be of one person only: not `a spokesman for the mayor`,
    behind which a name may be the mayor's."""
    words = _WORD.findall(text)
    keys = [word_key(word) for word in words]
    n_core = core_length(words)
    head = keys[n_core - 1]
    if _is_plural(head) or head in BODIES or words[n_core - 1][0].isupper():
        return False
    return n_core == len(words) or is_office_of(words[-1])


def _named_behind_role(role: str, name: str) -> Mention | None:
    """`the group's director, Lena Holt`: the name, titled by the role."""
    described, named = _read(role), _read(name)
    if described is None or named is None:
        return named
    sex = _sex({described.head})
    return replace(named, titled=True, sex=named.sex or sex, body=False)


def _read(text: str) -> Mention | None:
    words = _WORD.findall(text)
    keys = [word_key(word) for word in words]
    if not words or (len(words) == 1 and keys[0] in ARTICLES):
        return None
    opening = keys[0]
    definite = opening in ARTICLES
    indefinite = opening in INDEFINITE or opening[:1].isdigit()
    # `some in Oslo`, `critics of Lee`: the first word is the head.
    opening_is_head = indefinite and len(words) > 1 and words[1] in LINKS
    shown = _BASED.sub(r"\1", unaccent(without_possessive(text)))
    if (definite or indefinite) and len(words) > 1 and not opening_is_head:
        words, keys = words[1:], keys[1:]
        if opening in _DROPPED and " " in shown:
            shown = shown.split(None, 1)[-1]
    words, keys = without_double_office(*without_office(words, keys))
    n_core = core_length(words)
    core, core_keys = words[:n_core], keys[:n_core]
    core, core_keys = without_first_role(core, core_keys)
    head = core_keys[-1]
    joined = "and" in core and core[-1] != "and"
    group = head in GROUPS or head in SEVERAL_PEOPLE
    common = (len(core) == 1 and (opening_is_head or group)) or (
        len(words) == 1 and head in BODIES and not is_place(head)
    )
    # `Head of the Red Cross` at the start of a sentence
    role = head in TITLES or head in SMALL_TITLES
    office = role and len(core) == 1 and n_core < len(words)
    named = core[-1][0].isupper() and not common and not office
    if common or office or (indefinite and not named and opening not in _DROPPED):
        shown = (
            shown.lower()
            if len(words) == 1 and common
            else shown[0].lower() + shown[1:]
        )
    name = _read_name(core, core_keys) if named else _Name((), ())
    return Mention(
        shown=shown,
        head=head,
        definite=definite and not name.owned,
        indefinite=indefinite,
        plural=joined or (not named and _is_plural(head)),
        capital=any(word[0].isupper() and "-" not in word for word in core[:-1]),
        modifiers=frozenset(core_keys[:-1]),
        bare=n_core == len(words),
        first=" ".join(core[: core.index("and")]) if joined else "",
        second=" ".join(core[core.index("and") + 1 :]) if joined else "",
        name=name.words,
        titled=name.titled,
        sex=name.sex,
        body=named and _is_body(name, the=opening == "the", whole=len(core)),
    )


def _is_plural(head: str) -> bool:
    if head in PLURALS or head in SEVERAL:
        return True
    return head.endswith("s") and not head.endswith(("ss", "us"))


def _sex(keys: set[str]) -> str:
    return "m" if keys & MALE else "f" if keys & FEMALE else ""


def _read_name(words: list[str], keys: list[str]) -> _Name:
    """The name at the end of these words, with what its titles say."""
    start = len(words)
    while start and (words[start - 1][0].isupper() or keys[start - 1] in PARTICLES):
        start -= 1
    if start and words[start - 1] in JOINS_OFFICE and keys[-1] in CAUSES:
        start = 0  # `Friends of the Earth`
    name, owned = start, start
    for place in range(start, len(words) - 1):
        if without_possessive(words[place]) != words[place]:
            name = owned = place + 1
        elif keys[place] in TITLES and keys[place + 1] not in LINKS:
            name = place + 1  # not `Doctors Without Borders`
    titles = set(keys[start:name])
    role = keys[start - 1] if start else ""  # `spokesman` Ned Gill
    titled = not TITLES.isdisjoint(titles) or role in TITLES or role in SMALL_TITLES
    while len(words) - name > 2 and is_place(keys[name]):
        name += 1
    return _Name(
        words=tuple(words[name:]),
        keys=tuple(keys[name:]),
        titled=titled,
        sex=_sex(titles) or _sex({role}),
        owned=owned > start,
    )


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
