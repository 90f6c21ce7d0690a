"""Who bears a role in an article: the mayor, the fund's director.

Private to `voices`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .capital_runs import NAME, SENTENCE_OPENERS, UPPER, places_of
from .names import Names
from .people import (
    BODIES,
    DOMAINS,
    ORGANISATIONS,
    TITLES,
    is_office_of,
    is_place,
    unaccent,
    without_possessive,
    word_key,
)

__all__ = ["Bearers"]

DESCRIPTION_LENGTH = 110  # characters of a name and what is said of it in apposition
MOSTLY = 3 / 4  # of the places that give a role: one person bears it

# `, the longest-serving `, `, Norland's `: what stands between a name and its role.
_DESCRIPTION = r", (?:the|a|an|[A-Z]\w+['’]s)(?: [^\s,.;:]+){0,8} $"
_BEFORE_ROLE = re.compile(_DESCRIPTION)
_NAME_BEFORE_ROLE = re.compile(
    rf"([{UPPER}][\w’'-]*(?: [{UPPER}][\w’'.-]*){{1,4}}){_DESCRIPTION}"
)
# ` of the fund, Lena Holt, `: a name in apposition to the role before it.
_NAME_BEHIND_ROLE = re.compile(
    r"(?: (?:of|for|at|in) ([^,.;:!?\n“”\"()]{1,60}))?"
    rf", ([{UPPER}][\w’'-]+(?: [{UPPER}][\w’'.-]*){{1,3}}?)"
    r"(?=,|\.(?:\s|$)| (?:said|told)\b)"
)
# `aides to the `: behind two roles nobody can tell whose name follows.
_SECOND_ROLE = re.compile(r"(?<!according )\b(?:to|for|of) (?:[^\s,.;:]+ ){1,3}$")
_CLAUSE = re.compile(r"[,.;:!?\n“”\"()]|\b(?:that|who|which|and)\b")
_SECOND = frozenset(("vice", "deputy", "assistant", "associate", "ex", "co"))
_FORMER = frozenset(("former", "ex", "late", "then", "previous", "future", "next"))


@dataclass(frozen=True, slots=True)
class _Bearer:
    """One place where the article gives a role to a person."""

    name: str
    words: frozenset[str]  # before the role in its clause
    second: bool  # whether the last of them says that it is another role: vice


class Bearers:
    """The people to whom an article gives roles, looked for when a role is named."""

    def __init__(self, names: Names) -> None:
        self._names = names
        lower = names.text.lower()
        self._lower = lower if len(lower) == len(names.text) else ""
        self._bearers: dict[str, list[_Bearer]] = {}

    def of(self, role: str, modifiers: frozenset[str] = frozenset()) -> str | None:
        """The full name of the person whom the article gives this role, described by
        these words too; none where it gives the role to several people."""
        if not role:  # of the mention only a possessive 's is left
            return None
        if role not in self._bearers:
            self._bearers[role] = list(self._find_bearers(role))
        if not self._bearers[role]:
            return None
        former = modifiers & _FORMER
        second = not modifiers.isdisjoint(_SECOND)
        bearers = [
            one
            for one in self._bearers[role]
            if one.words & _FORMER == former and one.second == second
        ]
        described = [one for one in bearers if modifiers <= one.words]
        counts = Counter(one.name for one in described or bearers)
        if not counts or (len(counts) > 1 and not described):
            return None
        name, count = counts.most_common(1)[0]
        return name if count >= MOSTLY * counts.total() else None

    def _find_bearers(self, role: str) -> Iterator[_Bearer]:
        text, lower = self._names.text, self._lower
        for start in places_of(lower, role):
            end = start + len(role)
            before, behind = lower[start - 1 : start], lower[end : end + 1]
            if not (_is_of_word(before) or _is_of_word(behind)):
                words = self._name_beside(text, start, end)
                while words and _is_no_name(words[0]):
                    words = words[1:]
                name = self._names.fullest(words) if words else None
                if not name and len(words) == 1 and text[start].isupper():
                    # `President Lee`, of whom the article gives no first name
                    titled = text.startswith(words[0], end + 1)
                    name = _last_name(words[0]) if titled else None
                if name:
                    before = text[max(0, start - DESCRIPTION_LENGTH) : start]
                    clause = _CLAUSE.split(before)[-1].split()
                    keys = [word_key(word) for word in clause]
                    second = bool(keys) and keys[-1] in _SECOND
                    yield _Bearer(name, frozenset(keys), second)

    @staticmethod
    def _name_beside(text: str, start: int, end: int) -> list[str]:
        """The words of a name behind a role, or of one in apposition to it."""
        if name := NAME.match(text, end + 1):
            return name.group().split()
        begin = max(0, start - DESCRIPTION_LENGTH)
        name = _NAME_BEHIND_ROLE.match(text, end)
        if name and not _SECOND_ROLE.search(text, begin, start):
            # Of `a spokesman for the mayor, Ann Lee,` she may be the mayor.
            of = (name.group(1) or "").split()
            return name.group(2).split() if not of or is_office_of(of[-1]) else []
        comma = text.rfind(",", begin, start)
        if comma >= 0 and _BEFORE_ROLE.match(text, comma, start):
            name = _NAME_BEFORE_ROLE.search(text[begin:start])
            return name.group(1).split() if name else []
        return []


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "-"


def _last_name(word: str) -> str | None:
    """A word behind a title as a name; none for `Republican Party`."""
    key = word_key(word)
    if key in ORGANISATIONS or key in BODIES or is_place(key):
        return None
    return unaccent(without_possessive(word))


def _is_no_name(word: str) -> bool:
    key = word_key(word)
    return key in TITLES or key in SENTENCE_OPENERS or key in DOMAINS
