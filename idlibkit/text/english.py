"""English word forms: plurals, the forms of a verb, what is left without endings."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicons import countries, lexicon_text, table, words

__all__ = [
    "is_plural",
    "plurals",
    "singular",
    "stem",
    "verb_forms",
    "verb_lemma",
    "word_forms",
]


HISSING = ("s", "x", "z", "ch", "sh")  # what takes -es
# A consonant before -y: ally, allies; but day, days.
ENDS_IN_Y = re.compile(r"[^aeiou]y$")
# woman, gunman; but human, German, Roman.
ENDS_IN_MAN = re.compile(r"(?<!hu)(?<!ger)(?<!ro)man$")
# One vowel before the last letter: plan, planned; admit, admitted.
DOUBLES = re.compile(r"(?<![aeiou])[aeiou][bdglmnprt]$")
SYLLABLE = re.compile("[aeiouy]+")


def _with_s(word: str) -> str:
    if ENDS_IN_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(HISSING) else "s")


def plurals(word: str) -> list[str]:
    """The plural of a noun; none of a word that looks like a plural.

    Examples
    --------
    >>> plurals("army"), plurals("gunman"), plurals("rebels")
    (['armies'], ['gunmen'], [])
    """
    if not word[-1:].isalpha() or (word.endswith("s") and not word.endswith("ss")):
        return []
    if ENDS_IN_MAN.search(word):
        return [word[:-2] + "en"]
    return [_with_s(word)]


def verb_forms(verb: str) -> list[str]:
    """The forms of a regular verb in -s, -ed and -ing; both spellings where the last
    letter of a longer word may be doubled.

    Examples
    --------
    >>> verb_forms("deny"), verb_forms("plan")
    (['denies', 'denied', 'denying'], ['plans', 'planned', 'planning'])
    >>> verb_forms("label")
    ['labels', 'labeled', 'labeling', 'labelled', 'labelling']
    """
    forms = [_with_s(verb)]
    if ENDS_IN_Y.search(verb):
        return [*forms, verb[:-1] + "ied", verb + "ing"]
    if verb.endswith("e"):
        kept = verb.endswith(("ee", "oe", "ye"))  # agreeing, tiptoeing, dyeing
        return [*forms, verb + "d", (verb if kept else verb[:-1]) + "ing"]
    doubled = DOUBLES.search(verb) is not None
    if not doubled or len(SYLLABLE.findall(verb)) > 1:
        forms += [verb + "ed", verb + "ing"]
    if doubled:
        forms += [verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return forms


@lru_cache(maxsize=1)
def _irregular() -> dict[str, list[str]]:
    return {lemma: forms.split() for lemma, forms in table("irregular.toml").items()}


def word_forms(lemma: str) -> list[str]:
    """A lemma and its forms as a noun and a verb; some may be no words, without harm.

    Examples
    --------
    >>> word_forms("ally"), word_forms("blame")
    (['ally', 'allies', 'allied', 'allying'], ['blame', 'blames', 'blamed', 'blaming'])
    >>> word_forms("fight")
    ['fight', 'fights', 'fought', 'fighting']
    """
    if lemma in _irregular():
        return [lemma, *_irregular()[lemma]]
    if lemma.endswith("man"):
        return [lemma, lemma + "s", lemma[:-2] + "en"]
    return [lemma, *verb_forms(lemma)]


@lru_cache(maxsize=1)
def _peoples() -> frozenset[str]:
    """Adjectives of countries that take -s as names of a people: Iraqi, Qatari."""
    forms = [form for country in countries() for form in country.adjectives]
    return frozenset(form.lower() for form in forms)


@lru_cache(maxsize=1 << 16)
def is_plural(word: str) -> bool:
    """Whether a noun, in small or capital letters, is a plural by its form.

    Examples
    --------
    >>> [is_plural(word) for word in ["officials", "police", "Iraqis", "crisis"]]
    [True, True, True, False]
    """
    word = word.lower()
    if word in words("english.toml", "nouns.plurals"):
        return True
    if word in words("english.toml", "nouns.singular") or word.endswith(("'s", "’s")):
        return False
    return _ends_in_plural_s(word) or (len(word) > 4 and word.endswith("men"))


def _ends_in_plural_s(word: str) -> bool:
    if word.endswith("is"):
        return word[:-1] in _peoples()
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us"))


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """A word in small letters without the -s of a plural or of a verb (after Harman
    1991, How effective is suffixing?).

    Examples
    --------
    >>> [singular(word) for word in ["countries", "posts", "churches", "crisis"]]
    ['country', 'post', 'church', 'crisis']
    """
    if not _ends_in_plural_s(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[: -2 if word.endswith(("sses", "shes", "ches", "xes")) else -1]


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word in small letters without its ending: that of a plural, -ed and -ing with
    a doubled letter, -ly and a final e. What is left need be no word.

    Examples
    --------
    >>> [stem(word) for word in ["planned", "planning", "plans", "quickly", "prices"]]
    ['plan', 'plan', 'plan', 'quick', 'pric']
    """
    if len(word) < 4 or not word.isalpha():
        return word
    word = singular(word)
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and re.search("[aeiouy]", rest):
            # planned, but killed, passed and buzzed
            doubled = len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz"
            return rest[:-1] if doubled else rest
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@lru_cache(maxsize=1)
def _lemmas() -> dict[str, str]:
    """Each form of a verb and its lemma; of two verbs with one form, the commoner."""
    lemmas: dict[str, str] = {}
    for line in lexicon_text("verbs.txt").splitlines():
        if line.startswith("#"):
            continue
        verb, *irregular = line.split()
        for form in [verb, *verb_forms(verb), *irregular]:
            lemmas.setdefault(form, verb)
    return lemmas


@lru_cache(maxsize=1 << 16)
def verb_lemma(form: str) -> str:
    """The lemma of a verb's form in small letters; the form itself, if it is unknown.

    Examples
    --------
    >>> [verb_lemma(form) for form in ["shelled", "hit", "fleeing", "hoped", "shot"]]
    ['shell', 'hit', 'flee', 'hope', 'shoot']
    """
    return _lemmas().get(form, form)
