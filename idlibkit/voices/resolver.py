"""Whom a mention means, within an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from .mentions import Mention, read_mention
from .names import (
    _ANYONE,
    _BODY_NAMES,
    _DOCUMENTS,
    _NOBODY,
    _OWNER,
    _PRONOUNS,
    _SKIP,
    _TITLES,
    BODIES,
    INSTITUTION,
    PERSON,
    UNNAMED,
    Names,
    _crowd,
    _key,
    _owner,
    unaccent,
)

__all__ = ["Resolver", "Speaker"]


class Speaker(NamedTuple):
    """Whom a mention means: a name or description, and what kind of source it is."""

    name: str
    named: str


Known = tuple[
    Speaker, str, bool
]  # a speaker, the word it is known by, and whether it is several


class Resolver:
    """Reads an article's mentions in order, and remembers who was spoken of last."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.seen: list[Known] = []
        self.known: dict[str, Known] = {}

    @cached_property
    def names(self) -> Names:
        return Names(self.texts)

    def resolve(
        self, mention: str, subjects: Sequence[str | Speaker] = ()
    ) -> Speaker | None:
        """The speaker that `mention` means; `subjects` are the noun phrases before it, the nearest first."""
        known = self.known.get(mention)
        if known is None:
            low = mention.lower()
            if low in ("he", "she"):
                return self.person("m" if low == "he" else "f", subjects)
            if low == "it":
                return self.last(INSTITUTION)
            if low in ("they", "both", "others"):
                return next((k[0] for k in self.recent() if k[2]), None) or self.last(
                    INSTITUTION
                )
            if low in _NOBODY:
                return None
            known = self.read(mention)
            if known is None:
                return None
        self.seen.append(known)
        return known[0]

    def recent(self) -> Iterator[Known]:
        return reversed(self.seen[-40:])

    def last(self, kind: str) -> Speaker | None:
        return next(
            (k[0] for k in self.recent() if k[0].named == kind and not k[2]), None
        )

    def person(self, gender: str, subjects: Sequence[str | Speaker]) -> Speaker | None:
        """Whom he or she means: the nearest subject or speaker who is a person, and not known to be of the other sex."""
        for one in subjects:
            if isinstance(one, Speaker):
                known = next((k for k in self.recent() if k[0] == one), None)
            else:
                owner = _OWNER.search(one)
                if (
                    not owner
                    and not one[one.rfind(" ") + 1].isupper()
                    or _key(one) in _SKIP
                ):
                    continue
                known = self.read(one)
                if known and known[0].named == INSTITUTION and owner:
                    known = self.read(one[: owner.start()])
                if known and known[0].named != PERSON:
                    continue
            if known and self.fits(known, gender):
                break
        else:
            known = next((k for k in self.recent() if self.fits(k, gender)), None)
        if known is None:
            return None
        self.seen.append(known)
        self.names.gender.setdefault(known[1], gender)
        return known[0]

    def fits(self, known: Known, gender: str) -> bool:
        if (
            known[0].named == INSTITUTION
            or known[2]
            or known[1] in BODIES
            and known[0].named == UNNAMED
        ):
            return False
        return self.names.gender.get(known[1], gender) == gender

    def read(self, mention: str) -> Known | None:
        """A name or description by itself; None for a pronoun."""
        known = self.known.get(mention)
        if known is None:
            if mention.lower() in _PRONOUNS:
                return None
            parts = read_mention(mention)
            if parts is None:
                return None
            if parts.name:
                known = self.known[mention] = self.named(parts)
            else:
                known = self.described(parts)
        return known

    def described(self, parts: Mention) -> Known:
        """A mention whose head is a common noun: `the minister`, `a Turkish security source`, `the Russian defence ministry`."""
        head, plural = parts.head, parts.plural
        unnamed = Speaker(parts.shown, UNNAMED), head, plural
        if head in BODIES:
            if parts.capital and not parts.indefinite:
                return Speaker(parts.shown, INSTITUTION), head, plural
            if not parts.definite or head in _DOCUMENTS:
                return unnamed
            bodies = [k for k in self.recent() if k[0].named == INSTITUTION]
            same = next((k for k in bodies if head in k[0].name.lower().split()), None)
            return same or next((k for k in bodies if not k[2]), unnamed)
        if plural or parts.indefinite or not (parts.definite or parts.capital):
            return unnamed
        full = self.names.described(head)
        if full:
            return Speaker(full, PERSON), _key(full.split()[-1]), False
        if parts.capital:
            return unnamed
        nearest = None
        for known in self.recent():
            if known[0][1] == UNNAMED and not known[2]:
                if known[1] == head:
                    return known
                nearest = nearest or (known if head in _ANYONE or "-" in head else None)
        return nearest or unnamed

    def named(self, parts: Mention) -> Known:
        """A mention whose head is capitalised."""
        names, head = self.names, parts.head
        if parts.first:
            first = self.read(parts.first)
            return (
                Speaker(parts.shown, first[0].named if first else INSTITUTION),
                head,
                True,
            )
        if parts.gender:
            names.gender.setdefault(head, parts.gender)
        if head in _TITLES and not parts.definite and parts.bare:
            full = names.described(head)
            if full:
                return Speaker(full, PERSON), _key(full.split()[-1]), False
        if parts.body:
            return Speaker(parts.shown, INSTITUTION), head, False
        full = names.fullest(parts.name)
        if full:
            return Speaker(full, PERSON), head, False
        if parts.indefinite and _crowd(head):
            return Speaker(parts.shown, UNNAMED), head, True
        alone = len(parts.name) == 1 and (head in _BODY_NAMES or _crowd(head))
        if not (parts.titled or head in names.titled) and (
            parts.definite or alone or parts.name[-1].isupper()
        ):
            return Speaker(parts.shown, INSTITUTION), head, False
        return Speaker(unaccent(" ".join(map(_owner, parts.name))), PERSON), head, False
