"""What kind of word stands before a label, told by lists, endings and capitals."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from ..lexicons import countries, table, words
from ..text import HYPHENS, QUOTE_MARKS, fold, stop_list

__all__ = ["Kind", "kind_of", "word_lists"]


class Kind(StrEnum):
    """The kinds of words, one letter each, so that a pattern can go over many words."""

    MODIFIER = "M"  # a modifier wherever it stands: Norlandic-backed, Kenyan
    MODIFIER_COMMA = "m"  # the same with a comma behind it
    ADJECTIVE = "A"
    ADJECTIVE_COMMA = "a"
    TITLE = "T"
    ADVERB = "R"  # in -ly
    PARTICIPLE = "P"  # in -ed
    GERUND = "G"  # in -ing
    DETERMINER = "D"  # the, two, Kenya's
    PREPOSITION = "I"
    TO = "O"
    COPULA = "C"  # is, seems, makes
    AND = "&"
    CAPITAL = "W"  # a capitalised word that no list holds
    LISTED_NOUN = "n"  # stands before nouns far more often than it is a verb
    NOUN = "N"  # what could be a noun: all that is nothing else
    COMPASS = "Q"  # North, New: of the group only before a people or a name
    END = "X"  # ends a noun group


_WORD = re.compile(rf"[^\W_]+(?:[{HYPHENS}.'’][^\W_]+)*\.?")
_HYPHEN = re.compile(f"[{HYPHENS}]")
# `anti-inflation`, `cease-fire`, `drone-strikes`: nouns, though with a hyphen.
_HYPHENED_NOUN = re.compile(r"(?:tion|ment|ness|fire|strikes?|[^s]s)$")
_SHORT = 4  # letters; the endings of shorter words tell nothing (red, ring, epic)


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of ``modifiers.toml``, with titles, peoples and places."""
    file = "modifiers.toml"
    lists = {name: words(file, name) for name in table(file)}
    lists["titles"] = words("people.toml", "titles")
    lists["titles"] |= words("people.toml", "title_parts.office")
    lists["courtesy"] = words("people.toml", "titles.courtesy")
    lists["parties"] = words("people.toml", "title_parts.party")
    lists["openers"] = words("people.toml", "people.openers")
    lists["openers"] |= words("grammar.toml", "classes") | lists["prepositions"]
    lists["openers"] |= lists["verbs"] | lists["headline_verbs"] | {"well", "last"}
    lists["compass"] = words("people.toml", "names.compass") | {"Saudi"}
    peoples = (form for country in countries() for form in country.adjectives)
    lists["peoples"] |= {form.split()[-1] for form in peoples}
    places = (name for one in countries() for name in one.names + one.capitals)
    lists["places"] = frozenset(fold(place) for place in places)
    return lists


def _is_title(word: str, low: str) -> bool:
    """Whether a word, with its folded form, is a title before a name."""
    lists, key = word_lists(), low.rstrip(".")
    # Mr and Democrat are titles with a capital only.
    if key in lists["courtesy"] or key in lists["parties"]:
        return word[:1].isupper()
    return key in lists["titles"]


@lru_cache(maxsize=1 << 16)
def kind_of(printed: str) -> Kind:
    """The kind of a word as printed, with the marks and the comma around it."""
    word = printed.strip(QUOTE_MARKS)
    comma = word.endswith(",")
    word = word.rstrip(",").strip(QUOTE_MARKS)
    kind = _without_comma(word)
    if not comma:
        return kind
    if kind == Kind.TITLE:
        kind = _grammatical(word, fold(word))
    if kind == Kind.ADJECTIVE:
        return Kind.ADJECTIVE_COMMA
    return Kind.MODIFIER_COMMA if kind == Kind.MODIFIER else Kind.END


def _without_comma(word: str) -> Kind:
    lists, low = word_lists(), fold(word)
    if _is_title(word, low) and word not in lists["adjectives"]:
        return Kind.TITLE
    return _grammatical(word, low)


def _grammatical(word: str, low: str) -> Kind:
    """The kind of a word that is no title."""
    if not _WORD.fullmatch(word):
        # `middle- and low-income`
        cut = word[-1:] in HYPHENS and _WORD.fullmatch(word[:-1])
        return Kind.MODIFIER if cut else Kind.END
    return (
        _listed(word, low)
        or (_hyphened(word) if "-" in low else None)
        or _by_ending(word, low)
    )


def _listed(word: str, low: str) -> Kind | None:
    """The kind of a word that a list holds; the first list that has it tells."""
    lists = word_lists()
    if low.endswith(("'s", "s'")) or low in lists["determiners"] or low.isdecimal():
        return Kind.DETERMINER
    if low in lists["prepositions"]:
        return Kind.TO if low == "to" else Kind.PREPOSITION
    if low in lists["copulas"]:
        return Kind.COPULA
    if low in ("and", "or", "but"):
        return Kind.AND
    if low in lists["nouns"]:
        return Kind.LISTED_NOUN if word.islower() else Kind.CAPITAL
    is_people = word in lists["peoples"] or (
        word.isupper() and word.title() in lists["peoples"]
    )
    if low in lists["never"] or word in lists["calendar"]:
        return Kind.END
    if word.endswith(".") and word not in lists["peoples"]:
        return Kind.END
    if is_people:
        return Kind.MODIFIER
    return Kind.COMPASS if word in lists["compass"] else None


def _hyphened(word: str) -> Kind:
    last = _HYPHEN.split(word)[-1]
    if last in word_lists()["peoples"]:
        return Kind.MODIFIER
    if last.islower() and not _HYPHENED_NOUN.search(last):
        return Kind.MODIFIER
    return Kind.CAPITAL if last.istitle() else Kind.END


def _by_ending(word: str, low: str) -> Kind:
    lists, long = word_lists(), len(low) > _SHORT
    if low in lists["adjectives"] or (long and low.endswith(tuple(lists["endings"]))):
        return Kind.ADJECTIVE
    if low in stop_list("english") or low in lists["verbs"]:
        return Kind.END
    if not word.islower():
        return Kind.CAPITAL
    if low.endswith("ly"):
        return Kind.ADVERB
    if long and low.endswith("ed"):
        return Kind.PARTICIPLE
    if long and low.endswith("ing"):
        return Kind.GERUND
    return Kind.END if low.endswith("s") and not low.endswith("ss") else Kind.NOUN
