"""What the lists of people say of a word: a title, a body, a group, a place.

Private to `voices`. The lists are in ``lexicons/people.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from ..lexicons import countries, table, words
from ..text import plurals

__all__ = [
    "ABBREVIATED",
    "ANYONE",
    "ARTICLES",
    "BODIES",
    "BRANDS",
    "CAUSES",
    "COMPANIES",
    "COURTESY",
    "DOCUMENTS",
    "DOMAINS",
    "FEMALE",
    "FULL_NAME",
    "GROUPS",
    "INDEFINITE",
    "LINKS",
    "MALE",
    "NOBODY",
    "NONE",
    "OPENERS",
    "ORGANISATIONS",
    "PARTICLES",
    "PLURALS",
    "PRONOUNS",
    "SEVERAL",
    "SEVERAL_PEOPLE",
    "SMALL_TITLES",
    "STATE",
    "SUFFIX",
    "SUFFIXES",
    "TITLES",
    "WRITINGS",
    "is_abstract",
    "is_crowd",
    "is_group",
    "is_office_of",
    "is_person_noun",
    "is_place",
    "is_same_person",
    "keys_of",
    "name_keys",
    "sex_of_first_name",
    "unaccent",
    "without_article",
    "without_possessive",
    "word_key",
]


def _people(key: str) -> frozenset[str]:
    return words("people.toml", key)


SMALL_TITLES = _people("titles.small")
_BEFORE_NAMES = (_people("titles") - SMALL_TITLES) | frozenset(
    word
    for part in ("office", "rank", "party")
    for word in _people(f"title_parts.{part}")
)
# `Sens. Ann Lee and Bo Lind`
TITLES = _BEFORE_NAMES | {form for title in _BEFORE_NAMES for form in plurals(title)}
# Their full stop ends no sentence: Gov. Lee.
ABBREVIATED = frozenset(word.lower() for word in words("abbreviations.toml", "en.name"))
COURTESY = _people("titles.courtesy")
MALE, FEMALE = _people("sex.male"), _people("sex.female")
_MALE_NAMES, _FEMALE_NAMES = (
    _people("first_names.male"),
    _people("first_names.female"),
)
_INSTITUTIONS = _people("bodies.institutions")
# Small-letter heads that stand for a body or a document, not for a person.
BODIES = _INSTITUTIONS | _people("bodies.common") | _people("bodies.documents")
ORGANISATIONS = _INSTITUTIONS | _people("bodies.in_names")
COMPANIES, STATE = _people("bodies.companies"), _people("bodies.state")
BRANDS, DOCUMENTS = _people("bodies.brands"), _people("bodies.written")
WRITINGS = _people("bodies.documents")
DOMAINS = _people("title_parts.domain")
_GROUPS, CROWDS = _people("people.groups"), _people("people.crowds")
GROUPS = _GROUPS | _people("people.counted")
PLURALS, SEVERAL = _people("people.plurals"), _people("people.several")
_ONE = words("counted.toml", "people.one")
ANYONE, INDEFINITE = _people("people.anyone"), _people("people.indefinite")
# Several who bear a title: ministers, senators
_BEARERS = frozenset(
    form for title in _people("titles") - COURTESY for form in plurals(title)
)
SEVERAL_PEOPLE = frozenset(
    form for one in _ONE | ANYONE | SMALL_TITLES for form in plurals(one)
)
NOBODY, NONE = _people("people.nobody"), _people("people.none")
PRONOUNS = NOBODY | _people("people.pronouns")
OPENERS = _people("people.openers")
CAUSES = _people("people.causes")
ARTICLES, PARTICLES, LINKS = (
    _people("people.articles"),
    _people("people.particles"),
    _people("people.links"),
)

SUFFIX = "Jr|Sr|II|III|IV"  # behind a name, as a pattern
SUFFIXES = frozenset(SUFFIX.lower().split("|"))
FULL_NAME = 2  # words, at least
# ... and adjectives that open a sentence: `Charismatic but tired, Lee left`
_ABSTRACT = re.compile(
    r"..(?:ing|[ts]ion|ment|ness|ity|ism|ship)$|.{4}(?:[ast]tic|ous|ful|less|[ai]ble)$"
)
_POSSESSIVE = re.compile(r"['’]s?$")
# One set of characters begins the pattern, so that `re` looks only where one stands.
_NOT_ASCII = re.compile(r"[^\x00-\x7f“”‘–—][^\x00-\x7f“”‘–—]*")


@lru_cache(maxsize=1 << 16)
def _without_marks(text: str) -> str:
    letters = (
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )
    plain = "".join(letters).replace("ı", "i").replace("’", "'").replace("\u00a0", " ")
    return unicodedata.normalize("NFC", plain)


def unaccent(text: str) -> str:
    """Letters without their marks, case kept: José Gül and Jose Gul are one."""
    if text.isascii():
        return text
    # Nothing composes with ASCII or typographic marks: runs of other characters can be
    # read by themselves.
    plain = text.replace("’", "'")
    return _NOT_ASCII.sub(lambda run: _without_marks(run.group()), plain)


def without_possessive(text: str) -> str:
    """Text without a possessive 's at its end."""
    if "'" in text[-2:] or "’" in text[-2:]:
        return _POSSESSIVE.sub("", text)
    return text


def without_article(key: str) -> str:
    """The key of a last name without the article of Arabic names: rahi of al-rahi."""
    return key[3:] if key.startswith(("al-", "el-")) and len(key) > 3 else key


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """The form in which a word is looked up: ``Gül's`` is gul, ``Rep.`` is rep."""
    return without_possessive(unaccent(word)).rstrip(".").lower()


@lru_cache(maxsize=1 << 16)
def keys_of(name: str) -> frozenset[str]:
    """The keys of the words of a name."""
    return frozenset(word_key(word) for word in name.split())


def sex_of_first_name(name: str) -> str:
    """The sex that the first name of a full name tells: m, f, or nothing.

    >>> sex_of_first_name("Rosa Lind"), sex_of_first_name("Kim Lind")
    ('f', '')
    """
    first, _, last = name.partition(" ")
    key = word_key(first) if last else ""
    return "m" if key in _MALE_NAMES else "f" if key in _FEMALE_NAMES else ""


def is_office_of(word: str) -> bool:
    """Whether what a role is of is no person, so that a name behind it is the role's:
    `the director of the fund, Lena Holt`; not `the mother of the boy, Bo Lind`."""
    key = word_key(word)
    return key in BODIES or key in DOMAINS or (word[0].isupper() and key not in TITLES)


def is_same_person(name: str, other: str) -> bool:
    """Whether two full names can be one person's: Donald Trump, Donald J. Trump, D.
    Trump, Don Trump; not Bill and Hillary Clinton.

    Examples
    --------
    >>> is_same_person("Donald J. Trump", "Donald Trump")
    True
    >>> is_same_person("Bill Clinton", "Hillary Clinton")
    False
    """
    keys, others = name_keys(name), name_keys(other)
    if list(map(without_article, keys[-1:])) != list(map(without_article, others[-1:])):
        return False
    shorter, longer = sorted((keys[:-1], others[:-1]), key=len)
    if not shorter:
        return True
    first, other_first = shorter[0], longer[0]
    if 1 in (len(first), len(other_first)):
        return first[0] == other_first[0]
    same = first == other_first or _long_form(first) == _long_form(other_first)
    return same or set(shorter) < set(longer)


@cache
def _long_forms() -> dict[str, str]:
    forms = table("people.toml")["nicknames"].items()
    return {short: long for long, shorts in forms for short in shorts.split()}


def _long_form(first_name: str) -> str:
    """The first name that a short one stands for: robert of bob."""
    return _long_forms().get(first_name, first_name)


@lru_cache(maxsize=1 << 16)
def name_keys(name: str) -> tuple[str, ...]:
    """The keys of a name in their order, without Jr. and the like."""
    keys = tuple(word_key(word) for word in name.split())
    while len(keys) > 1 and keys[-1] in SUFFIXES:
        keys = keys[:-1]
    return keys


@cache
def _places() -> frozenset[str]:
    return frozenset(
        unaccent(name).lower()
        for country in countries()
        for name in country.names + country.adjectives + country.capitals
    )


def is_place(name: str) -> bool:
    """Whether a key is a country, its adjective or capital: a state, if it speaks."""
    return name in _places()


def is_abstract(word: str) -> bool:
    """Whether a key is a word that no person is called by: opening, statement.

    >>> is_abstract("opening"), is_abstract("mayor")
    (True, False)
    """
    return _ABSTRACT.search(word) is not None


def is_person_noun(key: str) -> bool:
    """Whether a key is a noun for one person: guard, network staffer.

    >>> is_person_noun("network staffer"), is_person_noun("day")
    (True, False)
    """
    head = key.rpartition(" ")[2]
    listed = head in TITLES or head in SMALL_TITLES or head in ANYONE or head in _ONE
    return listed or any(plural in GROUPS for plural in plurals(head))


def is_group(key: str) -> bool:
    """Whether a plural is a noun for people: miners, voters.

    >>> is_group("miners"), is_group("roads")
    (True, False)
    """
    several = key in SEVERAL_PEOPLE or key in _BEARERS
    return several or key in GROUPS or key in PLURALS


def is_crowd(word: str) -> bool:
    """A people or a party: Russians, Democrats."""
    return word.endswith("s") and (word in CROWDS or is_place(word[:-1]))
