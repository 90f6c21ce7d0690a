"""Runs of capitalised words: titles, a name, and what only begins a sentence.

Private to `voices`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .people import (
    ABBREVIATED,
    DOMAINS,
    FEMALE,
    FULL_NAME,
    MALE,
    OPENERS,
    ORGANISATIONS,
    PARTICLES,
    TITLES,
    is_place,
    sex_of_first_name,
    unaccent,
    without_possessive,
    word_key,
)
from .word_lists import closed_class_words

__all__ = [
    "NAME",
    "PARTICLE",
    "SENTENCE_OPENERS",
    "UPPER",
    "Run",
    "is_so_and_name",
    "opens_sentence",
    "places_of",
    "read_run",
    "run_before",
    "spouse_of",
]

# Capitalised before a name only because they begin the sentence.
NAMES_TOO = frozenset(("do", "so", "an"))
SENTENCE_OPENERS = (closed_class_words() | OPENERS) - NAMES_TOO
SENTENCE_OPENERS -= {"will", "may", "jan", "april", "june", "august"}  # names, too
UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"
PARTICLE = "|".join(sorted(PARTICLES))
# `Lena Holt`, `Ursula von der Leyen`, `U. Marsh Jr.`
NAME = re.compile(
    rf"[{UPPER}][\w’'.-]*(?: (?:(?:{PARTICLE}) )?[{UPPER}][\w’'-]*\.?){{0,5}}"
)
# `Ann and ` before `Bo Lind`, where no capital says that Ann has a last name of her own
_FIRST_AND = re.compile(rf"(?<![{UPPER}]\w)\b([{UPPER}][\w’'-]+) (?:and|&) $")
_BORN = re.compile(r"-(?:born|based|backed|raised)$")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of capitalised words says of the person that it ends in."""

    name: str | None  # the full name, if it is one
    sex: str  # m, f, or nothing where no title tells it
    titled: bool


@lru_cache(maxsize=1 << 16)
def read_run(run: tuple[str, ...]) -> Run:
    keys = [word_key(word) for word in run]
    while keys and keys[0] in SENTENCE_OPENERS:
        run, keys = run[1:], keys[1:]
    n_titles = 0
    for place, key in enumerate(keys[:-1], 1):
        possessive = without_possessive(run[place - 1]) != run[place - 1]
        if key in TITLES or key in DOMAINS or possessive:
            n_titles = place
    titles, name, keys = keys[:n_titles], run[n_titles:], keys[n_titles:]
    sex = ""
    for title in titles:
        if title in MALE or title in FEMALE:
            sex = "m" if title in MALE else "f"
    titled = not TITLES.isdisjoint(titles)
    while len(keys) > 2 and (is_place(keys[0]) or _BORN.search(keys[0])):
        name, keys = name[1:], keys[1:]
    no_person = (
        not 2 <= len(name) <= 5
        or not ORGANISATIONS.isdisjoint(keys)
        or is_place(" ".join(keys))
        or (len(name) == 2 and is_place(keys[0]))
    )
    return Run(None if no_person else unaccent(" ".join(name)), sex, titled)


def run_before(window: str) -> tuple[str, ...]:
    """The capitalised words that the text ends in: `Prime Minister Ann Lee`."""
    words = window.rpartition("\n")[2].split()
    start = len(words) - 1
    while start:
        word = words[start - 1]
        if word[-1] in ',;:!?)”"':
            break
        if word[-1] == "." and len(word) > 2 and word_key(word) not in ABBREVIATED:
            break
        inside = word in PARTICLES and start > 1 and words[start - 2][0].isupper()
        if not (word[0].isupper() or inside):
            break
        start -= 1
    # `Governor of New Arden Lena Holt`: a place stands before the name.
    of_place = start > 1 and words[start - 1] in ("of", "for")
    of_place = of_place and word_key(words[start - 2]) in TITLES
    if of_place and len(words) - start > FULL_NAME:
        start = len(words) - FULL_NAME
    return tuple(words[start:])


def spouse_of(name: str, before: str) -> str | None:
    """Whom a last name is given to, too: `Ann | and Bo Lind` is Ann Lind."""
    joined = before.endswith((" and ", " & "))
    first = _FIRST_AND.search(before) if joined else None
    if first is None:
        return None
    spouse = f"{first[1]} {name.split(maxsplit=1)[1]}"
    return spouse if sex_of_first_name(spouse) else None


def places_of(text: str, word: str) -> Iterator[int]:
    """Where a word, or a part of one, stands in a text; no two places overlap."""
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))


def opens_sentence(before: str) -> bool:
    """Whether a sentence or a quotation begins behind these characters."""
    last = before.rstrip()
    if not before or "\n" in before[len(last) :] or last.endswith(("“", '"')):
        return True
    return last.rstrip("\"”')").endswith((".", "!", "?", ":", "\n"))


def is_so_and_name(name: str) -> bool:
    """Whether a small word that may be a name stands before one word: `So Lee`."""
    first, _, last = name.partition(" ")
    return " " not in last and first.lower() in NAMES_TOO
