"""What has been found of a sentence while it is read from cue to cue."""

from __future__ import annotations

from dataclasses import dataclass, field

from .noun_phrases import Range
from .sentences import Sentences, has_frame
from .word_lists import ACCORDING_TO

__all__ = ["Attribution", "Reading", "is_spoken"]


@dataclass(slots=True)
class Attribution:
    """A cue, its subject, and the parts of the sentence that it reports."""

    cue: int
    cue_end: int
    verb: int  # number among `forms`; -1 for none
    subject: Range | None
    parts: list[Range]
    own: bool = True  # whether the subject was not carried over from another verb


@dataclass(slots=True)
class Reading:
    """A sentence while it is read: what has been found up to a cue."""

    sentences: Sentences
    number: int
    begin: int
    end: int
    attributions: list[Attribution] = field(default_factory=list)

    def add(self, attribution: Attribution) -> None:
        """Take in an attribution; what others report ends where it begins."""
        start, subject = attribution.cue, attribution.subject
        if attribution.own and subject:
            start = min(start, subject[0])
        for other in self.attributions:
            for number, (a, b) in enumerate(other.parts):
                # `According to the Post, | Lee said`: Lee says it
                first = a == start and other.verb == ACCORDING_TO
                if first or a < start < b:
                    other.parts[number] = a, start
            other.parts = [(a, b) for a, b in other.parts if b > a]
        attribution.parts = [(a, b) for a, b in attribution.parts if b > a]
        self.attributions.append(attribution)

    def reports(self, at: int) -> bool:
        """Whether a token is part of what someone is reported to say."""
        for one in self.attributions:
            for a, b in one.parts:
                if a <= at < b:
                    return True
        return False

    def clause_start(self, at: int) -> int:
        """Where the words before an attribution begin: after the content of the one
        before, or with the sentence."""
        start = self.begin
        for one in self.attributions:
            start = max(start, one.cue + 1, *(end for _, end in one.parts))
        return min(at, start)

    def last_subject(self) -> Range | None:
        """Who said the words before."""
        return self.attributions[-1].subject


def is_spoken(attribution: Attribution) -> bool:
    """Whether someone says it: a verb of speech with a subject of its own."""
    spoken = has_frame("say", "tell", "quote")[attribution.verb]
    return attribution.subject is not None and attribution.own and bool(spoken)
