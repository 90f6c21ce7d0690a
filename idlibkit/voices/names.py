"""The people whom an article names in full, and the words it describes them by.

Private to `voices`. No list of people is needed: an article that quotes someone gives
the full name once, nearly always.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..text import is_title_case
from .people import (
    ABBREVIATED,
    FEMALE,
    MALE,
    ORGANISATIONS,
    PARTICLES,
    TITLES,
    is_place,
    keys_of,
    unaccent,
    without_possessive,
    word_key,
)
from .word_lists import closed_class_words

__all__ = ["SENTENCE_OPENERS", "Names"]


LOOK = 200_000  # characters of an article in which names are looked for
NAME_LENGTH = 70  # characters: the longest run of titles and names that is read
DESCRIPTION_LENGTH = 110  # characters of a name and what is said of it in apposition
RARE = 1 / 3  # of the uses of a shorter name: a longer run of capitals holds no name

# Capitalised before a name only because they begin the sentence.
SENTENCE_OPENERS = (
    closed_class_words()
    | {"asked", "speaking", "however", "yes", "no", "meanwhile", "rival"}
) - {"will", "may", "do", "so", "an"}
_UPPER = "A-ZÀ-ÖØ-ÞĀ-Ž"
_PARTICLE = "|".join(sorted(PARTICLES))
# `Lena Holt`, `Ursula von der Leyen`, `U. Marsh Jr.`
_NAME = re.compile(
    rf"[{_UPPER}][\w’'.-]*(?: (?:(?:{_PARTICLE}) )?[{_UPPER}][\w’'-]*\.?){{0,5}}"
)
# What the word before a last name begins with, if it belongs to the name.
_CAPITAL = re.compile(rf"[{_UPPER}]|(?:{_PARTICLE})\b|[\n(“\"]")
# `, the longest-serving `, `, Norland's `: what stands between a name and its role.
_DESCRIPTION = r", (?:the|a|an|[A-Z]\w+['’]s)(?: [^\s,.;:]+){0,8} $"
_BEFORE_ROLE = re.compile(_DESCRIPTION)
_NAME_BEFORE_ROLE = re.compile(
    rf"([{_UPPER}][\w’'-]*(?: [{_UPPER}][\w’'.-]*){{1,4}}){_DESCRIPTION}"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run of capitalised words says of the person that it ends in."""

    name: str | None  # the full name, if it is one
    sex: str  # m, f, or nothing where no title tells it
    titled: bool


@lru_cache(maxsize=1 << 16)
def _read_run(run: tuple[str, ...]) -> _Run:
    keys = [word_key(word) for word in run]
    while keys and keys[0] in SENTENCE_OPENERS:
        run, keys = run[1:], keys[1:]
    n_titles = 0
    for place, key in enumerate(keys[:-1], 1):
        if key in TITLES or without_possessive(run[place - 1]) != run[place - 1]:
            n_titles = place
    titles, name, keys = keys[:n_titles], run[n_titles:], keys[n_titles:]
    sex = ""
    for title in titles:
        if title in MALE or title in FEMALE:
            sex = "m" if title in MALE else "f"
    titled = not TITLES.isdisjoint(titles)
    while len(keys) > 2 and is_place(keys[0]):
        name, keys = name[1:], keys[1:]
    no_person = (
        not 2 <= len(name) <= 5
        or not ORGANISATIONS.isdisjoint(keys)
        or is_place(" ".join(keys))
        or (len(name) == 2 and is_place(keys[0]))
    )
    return _Run(None if no_person else unaccent(" ".join(name)), sex, titled)


def _run_before(window: str) -> tuple[str, ...]:
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
    return tuple(words[start:])


class Names:
    """The people an article names in full, looked for when someone is mentioned."""

    def __init__(self, texts: Sequence[str]) -> None:
        lines = (text for text in texts if not is_title_case(text))
        self.text = "\n".join(lines)[:LOOK]
        self.sex: dict[str, str] = {}  # by last name
        self.titled: set[str] = set()  # last names that stand behind a title
        self._full: dict[str, Counter[str]] = {}
        self._bearers: dict[str, str | None] = {}

    @cached_property
    def _plain(self) -> str:
        return unaccent(self.text)

    @cached_property
    def _lower(self) -> str:
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else ""

    def full_names(self, last: str, printed: str) -> Counter[str]:
        """Every longer name that ends in the word `printed`, without titles, and how
        often it occurs."""
        if last in self._full:
            return self._full[last]
        if not printed:
            return Counter()
        names = self._full[last] = Counter()
        for window in self._windows(printed):
            run = _read_run(_run_before(window))
            if run.sex:
                self.sex[last] = run.sex
            if run.titled:
                self.titled.add(last)
            if run.name:
                names[run.name] += 1
        return names

    def _windows(self, printed: str) -> list[str]:
        """The words up to each place of `printed` where it may end a longer name."""
        text = self.text
        if text.count(printed) < 2 and not text.isascii():
            text, printed = self._plain, unaccent(printed)
        windows = []
        start = text.find(printed)
        while start >= 0:
            end = start + len(printed)
            spaced = start > 0 and text[start - 1] in " \u00a0"
            if spaced and not text[end : end + 1].isalnum():
                # Only where the word before begins with a capital can this be a name.
                word_before = text.rfind(" ", 0, start - 1) + 1
                if _CAPITAL.match(text, word_before):
                    windows.append(text[max(0, start - NAME_LENGTH) : end])
            start = text.find(printed, end)
        return windows

    def fullest(self, words: Sequence[str]) -> str | None:
        """The longest name that ends in the last of these words and has all of them."""
        keys = [word_key(word) for word in words]
        counts = self.full_names(keys[-1], without_possessive(words[-1]))
        names = [name for name in counts if keys_of(name).issuperset(keys)]
        if len(names) < 2:
            return names[0] if names else None
        # A run of capitals that is much rarer than a shorter one holds a word that is
        # no name.
        often = max(counts[name] for name in names) * RARE
        return min(
            (name for name in names if counts[name] >= often),
            key=lambda name: (-len(name.split()), -counts[name], name),
        )

    def bearer(self, role: str) -> str | None:
        """The full name of the person whom the article gives this role."""
        if not role:  # of the mention only a possessive 's is left
            return None
        if role not in self._bearers:
            self._bearers[role] = self._find_bearer(role)
        return self._bearers[role]

    def _find_bearer(self, role: str) -> str | None:
        text, lower = self.text, self._lower
        start = lower.find(role)
        while start >= 0:
            end = start + len(role)
            around = lower[start - 1 : start], lower[end : end + 1]
            inside = any(letter.isalnum() for letter in around)
            words = [] if inside else self._name_beside(text, start, end)
            while words and (
                word_key(words[0]) in TITLES or word_key(words[0]) in SENTENCE_OPENERS
            ):
                words = words[1:]
            name = self.fullest(words) if words else None
            if name:
                return name
            start = lower.find(role, end)
        return None

    @staticmethod
    def _name_beside(text: str, start: int, end: int) -> list[str]:
        """The words of a name behind a role, or of one that it is in apposition to."""
        if name := _NAME.match(text, end + 1):
            return name.group().split()
        begin = max(0, start - DESCRIPTION_LENGTH)
        comma = text.rfind(",", begin, start)
        if comma >= 0 and _BEFORE_ROLE.match(text, comma, start):
            name = _NAME_BEFORE_ROLE.search(text[begin:start])
            return name.group(1).split() if name else []
        return []
