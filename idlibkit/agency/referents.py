"""Which actor a doer or an object is: by its name, or by what a pronoun stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ..lexicons import countries, words
from ..text import is_plural
from .noun_phrases import antecedent, names_of, part_of
from .trees import Tree

__all__ = ["Mentions", "Scene"]

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
NOUNS = frozenset({"NOUN", "PROPN"})
PRONOUN_KINDS = ("person", "plural", "thing")


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of actors in one article, in order of their places."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    actors: Sequence[str] = ()

    def at(self, place: int) -> str | None:
        """The actor whose mention holds this character of the source."""
        row = bisect_right(self.starts, place) - 1
        return self.actors[row] if row >= 0 and place < self.ends[row] else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Whom a pronoun can stand for."""

    word: int
    kinds: frozenset[str]  # of pronouns that fit
    actor: str | None
    name: str


@dataclass(slots=True)
class Scene:
    """The actors of one sentence; `before` is the sentence before it."""

    tree: Tree
    offset: int  # of the sentence in the source
    mentions: Mentions
    speaker: str | None = None  # the actor who speaks, for "I"
    before: Scene | None = None
    _known: dict[int, str | None] = field(default_factory=dict)

    def actor(self, word: int | None) -> str | None:
        """The actor that the phrase around `word` belongs to, if one does."""
        if word is None:
            return None
        if word not in self._known:
            self._known[word] = None  # of a circle of pronouns nothing is known
            self._known[word] = self._found(word)
        return self._known[word]

    def _found(self, word: int) -> str | None:
        text = self.tree.words[word]
        if self.tree.tags[word] == "PRON" or text in _pronouns("relatives"):
            return self._meant(word, text)
        for name in names_of(self.tree, word):
            actor = self.mentions.at(self.offset + self.tree.spans[name][0])
            if actor is not None:
                return actor
        return None

    def _meant(self, word: int, text: str) -> str | None:
        if text in _pronouns("relatives"):
            noun = antecedent(self.tree, word)
            return None if noun is None else self.actor(noun)
        if text in _pronouns("speaker"):
            return self.speaker
        for kind in PRONOUN_KINDS:
            if text in _pronouns(kind):
                return self._stands_for(word, kind)
        return None

    def _stands_for(self, pronoun: int, kind: str) -> str | None:
        """The one subject before it that fits; of the sentence before, where none does
        in its own.
        """
        own = self._fitting(kind, pronoun)
        if not own and self.before is not None:
            own = self.before._fitting(kind, None)
        names = {one.actor or one.name for one in own}
        return own[0].actor if len(names) == 1 else None

    def _fitting(self, kind: str, pronoun: int | None) -> list[_Candidate]:
        limit = len(self.tree) if pronoun is None else pronoun
        found = [
            one
            for one in self._candidates(limit)
            if kind in one.kinds and not _same_clause(self.tree, one.word, pronoun)
        ]
        return found

    def _candidates(self, limit: int) -> Iterator[_Candidate]:
        tree = self.tree
        for word in range(limit):
            if tree.relations[word] not in SUBJECTS:
                continue
            if tree.tags[word] in NOUNS:
                who = part_of(tree, word)
                yield _Candidate(
                    word, _kinds(tree, who), self.actor(word), tree.words[who]
                )
            elif tree.tags[word] == "PRON":
                kinds = [k for k in PRONOUN_KINDS if tree.words[word] in _pronouns(k)]
                actor = self.actor(word) if kinds else None
                if actor is not None:
                    yield _Candidate(word, frozenset(kinds), actor, tree.words[word])


def _same_clause(tree: Tree, word: int, pronoun: int | None) -> bool:
    """Turkey attacked it: "it" is not Turkey."""
    if pronoun is None:
        return False
    owned = tree.relations[pronoun] == "nmod:poss"
    return not owned and tree.heads[word] == tree.heads[pronoun]


def _kinds(tree: Tree, word: int) -> frozenset[str]:
    """The kinds of pronouns that can stand for a noun."""
    text = tree.words[word]
    joined = tree.child(word, "conj") is not None
    if joined or (is_plural(text) and text not in _countries()):
        return frozenset({"plural"})
    collective = text in words("agency.toml", "roles.doers")
    if tree.tags[word] == "PROPN" and text not in _countries() and not collective:
        has_article = tree.child(word, "det") is not None
        return frozenset({"thing"} if has_article else {"person", "thing"})
    if collective:
        return frozenset({"plural", "thing"})
    if text in words("people.toml", "titles") and text not in _countries():
        return frozenset({"person"})
    return frozenset({"thing"})


@cache
def _pronouns(kind: str) -> frozenset[str]:
    return words("agency.toml", f"roles.{kind}")


@cache
def _countries() -> frozenset[str]:
    return frozenset(name.lower() for one in countries() for name in one.names)
