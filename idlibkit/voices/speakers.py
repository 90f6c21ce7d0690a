"""Who speaks: what is known of a speaker, and who was spoken of so far in an article.

Private to `voices`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from .people import ANYONE

__all__ = ["Known", "Source", "Speaker", "Spoken"]


MEMORY = 40  # mentions back to which a pronoun or a description is traced


class Source(StrEnum):
    """What kind of source a speaker is: the values of `named`."""

    PERSON = "person"
    INSTITUTION = "institution"
    UNNAMED = "unnamed"


class Speaker(NamedTuple):
    """Whom a mention means: a name or description, and what kind of source it is."""

    name: str
    source: Source


class Known(NamedTuple):
    """A speaker as mentioned: by which word, and whether it is several people."""

    speaker: Speaker
    head: str
    plural: bool = False

    @property
    def source(self) -> Source:
        return self.speaker.source


class Spoken:
    """Who was spoken of in an article so far, the last of them first."""

    def __init__(self) -> None:
        self._mentioned: list[Known] = []

    def add(self, known: Known) -> None:
        """Somebody is spoken of."""
        self._mentioned.append(known)

    def recent(self) -> Iterator[Known]:
        """Those of whom a pronoun can speak."""
        return reversed(self._mentioned[-MEMORY:])

    def institution(self) -> Speaker | None:
        """The last body: `it`."""
        for known in self.recent():
            if known.source == Source.INSTITUTION and not known.plural:
                return known.speaker
        return None

    def several(self) -> Speaker | None:
        """The last people: `they`; or else the last body."""
        several = (known for known in self.recent() if known.plural)
        last = next(several, None)
        return last.speaker if last else self.institution()

    def body(self, head: str) -> Known | None:
        """The last body that has this word in its name, or else the last of all."""
        bodies = [one for one in self.recent() if one.source == Source.INSTITUTION]
        for known in bodies:
            if head in known.speaker.name.lower().split():
                return known
        return next((known for known in bodies if not known.plural), None)

    def described(self, head: str) -> Known | None:
        """Who was described by the same word, or by one that does not tell."""
        nearest = None
        for known in self.recent():
            if known.source == Source.UNNAMED and not known.plural:
                if known.head == head:
                    return known
                if nearest is None and (head in ANYONE or "-" in head):
                    nearest = known
        return nearest

    def as_mentioned(self, speaker: Speaker) -> Known | None:
        """A speaker as last mentioned."""
        mentioned = (known for known in self.recent() if known.speaker == speaker)
        return next(mentioned, None)

    def last_of(self, names: Collection[str]) -> str | None:
        """The name among these of whom was spoken last."""
        spoken = (known.speaker.name for known in self.recent())
        return next((name for name in spoken if name in names), None)
