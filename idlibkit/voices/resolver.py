"""Whom a mention means: `he`, `the minister` and `Mr Gul` brought to one name.

Private to `voices`. One resolver reads one article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from ..text import is_plural
from .bearers import Bearers
from .capital_runs import SENTENCE_OPENERS
from .mentions import Mention, read_mention
from .names import Names
from .people import (
    BODIES,
    BRANDS,
    COMPANIES,
    DOCUMENTS,
    FEMALE,
    MALE,
    NOBODY,
    NONE,
    PRONOUNS,
    STATE,
    SUFFIXES,
    TITLES,
    is_abstract,
    is_crowd,
    is_group,
    is_person_noun,
    is_place,
    word_key,
)
from .pronouns import pronoun_of, sex_told
from .speakers import Known, Source, Speaker, Spoken

__all__ = ["Resolver"]


_NEWCOMERS = frozenset(("Another", "One", "another", "one"))
_OWNER = re.compile(r"['’]s\b")


class Resolver:
    """Reads an article's mentions in order, and remembers who was spoken of last."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._spoken = Spoken()
        self._by_mention: dict[str, Known] = {}

    @cached_property
    def names(self) -> Names:
        return Names(self._texts)

    @cached_property
    def bearers(self) -> Bearers:
        return Bearers(self.names)

    def resolve(
        self,
        mention: str,
        subjects: Iterable[str | Speaker] = (),
        *,
        other_than: Speaker | None = None,
        behind: str = "",
    ) -> Speaker | None:
        """The speaker that `mention` means; `subjects` are the noun phrases before it,
        the nearest first. A pronoun does not mean `other_than`; which of namesakes is
        meant may be told by the words behind the mention."""
        known = self._by_mention.get(mention)
        if known is None:
            pronoun = pronoun_of(mention)
            if pronoun in ("he", "she"):
                sex = "m" if pronoun == "he" else "f"
                return self._person(sex, subjects, other_than)
            if pronoun == "it":
                return self._spoken.institution()
            if pronoun == "they" and (people := self._group(subjects)):
                return people
            if pronoun in ("they", "both", "others"):
                return self._spoken.several()
            if pronoun in NOBODY:
                return None
            known = self.read(mention, behind)
            if known is None:
                return None
            if known.head in COMPANIES and known.source == Source.UNNAMED:
                known = self._body_before(known, subjects)
        self._spoken.add(known)
        return known.speaker

    def read(self, mention: str, behind: str = "") -> Known | None:
        """A name or description by itself; None for a pronoun."""
        known = self._by_mention.get(mention)
        if known is not None or mention.lower() in PRONOUNS:
            return known
        parts = read_mention(mention)
        if parts is None or word_key(mention.split(maxsplit=1)[0]) in NONE:
            return None
        if not parts.name:
            return self._described(parts)
        known = self._named(parts, behind)
        # Of several the one spoken of last is meant, and that changes.
        if len(parts.name) > 1 or len(self.names.full_names(parts.head, "")) < 2:
            self._by_mention[mention] = known
        return known

    def _group(self, subjects: Iterable[str | Speaker]) -> Speaker | None:
        """The people of whom a subject speaks: `Two miners`, `Bo Lind and Ana Roy`."""
        for subject in subjects:
            known = self.read(subject) if isinstance(subject, str) else None
            if known is None or not known.plural:
                continue
            if known.source == Source.PERSON or is_group(known.head):
                self._spoken.add(known)
                return known.speaker
        return None

    def _body_before(self, known: Known, subjects: Iterable[str | Speaker]) -> Known:
        """The body that the last subject names: `the group` after one about the Green
        Sea Network."""
        for subject in subjects:
            body = self.read(subject) if isinstance(subject, str) else None
            if body and body.source == Source.INSTITUTION and not body.plural:
                state = is_place(word_key(body.speaker.name)) or body.head in STATE
                return known if state else body
        return known

    def _person(
        self,
        sex: str,
        subjects: Iterable[str | Speaker],
        other_than: Speaker | None,
    ) -> Speaker | None:
        """Whom he or she means: the nearest subject or speaker who is a person, and not
        known to be of the other sex."""
        candidates = (self._candidate(subject) for subject in subjects)
        for known in chain(candidates, self._spoken.recent()):
            if known and known.speaker != other_than and self._fits(known, sex):
                self._spoken.add(known)
                self.names.sex.setdefault(known.speaker.name, sex)
                return known.speaker
        return None

    def _candidate(self, subject: str | Speaker) -> Known | None:
        """A subject as one whom he or she may mean."""
        if isinstance(subject, Speaker):
            return self._spoken.as_mentioned(subject)
        owner = _OWNER.search(subject)
        last_word = subject[subject.rfind(" ") + 1 :]
        if not (owner or last_word[0].isupper()):
            return self._new_person(subject)
        if self._is_opener(subject):
            return None
        known = self.read(subject)
        if known and owner and known.source == Source.INSTITUTION:
            known = self.read(subject[: owner.start()])
        return known if known and known.source == Source.PERSON else None

    def _new_person(self, subject: str) -> Known | None:
        """Somebody without a name who has just come in: `Another guard`."""
        first, _, rest = subject.partition(" ")
        if first not in _NEWCOMERS or not is_person_noun(word_key(rest)):
            return None
        return self.read(subject)

    def _is_opener(self, subject: str) -> bool:
        """Whether a subject of one word has its capital only because it opens a
        sentence: `Costs`, `Moreover`."""
        key = word_key(subject)
        if " " in subject or key in SENTENCE_OPENERS:
            return " " not in subject
        if self.names.is_capitalised_inside(subject) or self.names.namesakes([subject]):
            return False
        return is_plural(key) or is_abstract(key) or self.names.has_small(key)

    def _fits(self, known: Known, sex: str) -> bool:
        source = known.speaker.source
        if source is Source.INSTITUTION or known.plural:
            return False
        described = source is Source.UNNAMED
        if described and (known.head in BODIES or is_abstract(known.head)):
            return False
        if described and known.head in (FEMALE if sex == "m" else MALE):
            return False
        return self.names.sex_of(known.speaker.name) in ("", sex)

    def _described(self, parts: Mention) -> Known:
        """A mention whose head is a common noun: `the minister`, `a security source`,
        `the Norlandic defence ministry`."""
        unnamed = Known(Speaker(parts.shown, Source.UNNAMED), parts.head, parts.plural)
        if parts.head in BODIES:
            return self._described_body(parts, unnamed)
        one_person = parts.definite or parts.capital
        if parts.plural or parts.indefinite or not one_person:
            return unnamed
        if person := self._bearer(parts.head, parts.modifiers):
            return person
        before = None if parts.capital else self._spoken.described(parts.head)
        return before or unnamed

    def _described_body(self, parts: Mention, unnamed: Known) -> Known:
        """`The Norlandic ministry` is a name; `the ministry` is one named before."""
        if parts.capital and not parts.indefinite:
            speaker = Speaker(parts.shown, Source.INSTITUTION)
            return Known(speaker, parts.head, parts.plural)
        owned = _OWNER.search(parts.shown)  # `the senator's office`
        if not parts.definite or owned or parts.head in DOCUMENTS:
            return unnamed
        return self._spoken.body(parts.head) or unnamed

    def _bearer(
        self, role: str, modifiers: frozenset[str] = frozenset()
    ) -> Known | None:
        """The person whom the article gives this role."""
        name = self.bearers.of(role, modifiers)
        if name is None:
            return None
        return Known(Speaker(name, Source.PERSON), word_key(name.split()[-1]))

    def _named(self, parts: Mention, behind: str) -> Known:
        """A mention whose head is capitalised."""
        head = parts.head
        if parts.first:
            return Known(self._joined(parts), head, plural=True)
        crowd = is_crowd(head) and len(parts.name) == 1
        if head in TITLES and parts.bare and len(parts.name) == 1 and not crowd:
            # `the President`, `a Republican`
            if person := self._bearer(head, parts.modifiers):
                return person
            if parts.definite or parts.indefinite:
                return Known(Speaker(parts.shown, Source.UNNAMED), head)
        if parts.body:
            return Known(Speaker(parts.shown, Source.INSTITUTION), head)
        if not crowd and (namesake := self._namesake(parts, behind)):
            return Known(namesake, head)
        if parts.indefinite and is_crowd(head):
            return Known(Speaker(parts.shown, Source.UNNAMED), head, plural=True)
        if self._is_institution(parts):
            institution = Speaker(parts.shown, Source.INSTITUTION)
            return Known(institution, head, plural=is_crowd(head))
        return Known(Speaker(parts.printed_name, Source.PERSON), head)

    def _joined(self, parts: Mention) -> Speaker:
        """`Sens. Ann Lee and Bo Lind`: by their full names, if both have one."""
        known = [self.read(parts.first), self.read(parts.second)]
        people = [
            one.speaker.name
            for one in known
            if one and one.source == Source.PERSON and not one.plural
        ]
        full = [name for name in people if " " in name]
        if len(full) == len(known):
            return Speaker(" and ".join(full), Source.PERSON)
        sources = [one.source for one in known if one]
        if full and " " not in parts.first:  # `Bill and Hillary Holt`
            sources = [Source.PERSON]
        return Speaker(parts.shown, sources[0] if sources else Source.INSTITUTION)

    def _namesake(self, parts: Mention, behind: str) -> Speaker | None:
        """The person of that name: of several the one of whom `her` behind it can
        speak, or spoken of last, or else the name as it stands, which does not say who
        of them it is."""
        people = self.names.namesakes(parts.name, parts.sex)
        if not people and (name := self.names.by_first_name(parts.name)):
            return Speaker(name, Source.PERSON)
        if len(people) > 1 and not parts.sex:
            sex = sex_told(behind) if len(parts.name) == 1 else ""
            fitting = [name for name in people if self.names.sex_of(name) == sex != ""]
            if len(fitting) == 1:
                return Speaker(fitting[0], Source.PERSON)
            last = self._spoken.last_of(people)
            return Speaker(last or parts.printed_name, Source.PERSON)
        if not people and not (parts.sex and self.names.namesakes(parts.name)):
            return None
        if len(people) != 1:  # Mrs Holt, where a Mr Ned Holt is named
            return Speaker(parts.shown, Source.PERSON)
        if parts.sex:
            self.names.sex.setdefault(people[0], parts.sex)
        return Speaker(people[0], Source.PERSON)

    def _is_institution(self, parts: Mention) -> bool:
        """Whether a name without a title is no person's: the Hague, Reuters, EU."""
        if parts.titled or parts.head in self.names.titled:
            return False
        alone = len(parts.name) == 1
        if alone and (parts.head in BRANDS or is_crowd(parts.head)):
            return True
        initials = parts.name[-1].isupper() and parts.head not in SUFFIXES
        return parts.definite or initials
