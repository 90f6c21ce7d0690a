"""What is shared by the rules that find what turns a sentence into its opposite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..agency import Tree
from ..lexicons import table, words, words_of
from ..text import singular, verb_lemma, word_forms

__all__ = [
    "LEXICON",
    "SUBJECTS",
    "Edit",
    "Sentence",
    "Shift",
    "Step",
    "claims",
    "known_nouns",
    "listed",
    "opposites",
    "phrases",
]

LEXICON = "valence_shifters.toml"
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")

# From one token to before another, and what stands there in the opposite.
Edit = tuple[int, int, str]


@cache
def listed(key: str) -> frozenset[str]:
    """A list of ``valence_shifters.toml``."""
    return words(LEXICON, key)


@cache
def phrases(key: str) -> list[list[str]]:
    """A list of phrases, each as its words."""
    section, name = key.split(".")
    return [phrase.split() for phrase in table(LEXICON)[section][name]]


@cache
def opposites(key: str) -> dict[str, str]:
    """Each word of some groups with the verb that stands in its place."""
    groups: dict[str, Any] = table(LEXICON)[key]
    return {
        word: plain
        for plain, group in groups.items()
        for word in words_of(group["words"])
    }


@cache
def claims() -> frozenset[str]:
    """Nouns of what is brought against somebody: claims, proceedings, attacks."""
    kinds = ("claims", "proceedings", "attacks")
    return frozenset().union(*(listed(f"nouns.{kind}") for kind in kinds))


@cache
def known_nouns() -> frozenset[str]:
    """Claims, proceedings, attacks and feelings, which are against somebody."""
    return claims() | listed("nouns.feelings")


@dataclass(frozen=True, slots=True)
class Shift:
    """Words that turn a sentence and what stands there in its opposite.

    `turns` is False where only a plainer word is put; a `certain` one needs no reading
    of the opposite.
    """

    kind: str
    at: int
    edits: tuple[Edit, ...] = ()
    turns: bool = True
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A word on the way up from the target, the word by which the target comes into it,
    how that depends on it, and whether that is the target itself.
    """

    node: int
    prev: int
    role: str
    own: bool


@dataclass(slots=True)
class Sentence:
    """A sentence with its target; words that have turned it once turn it no more."""

    tree: Tree
    target: int
    used: set[int] = field(default_factory=set)

    def word(self, node: int | None) -> str:
        """In small letters, with a plain apostrophe; nothing where there is none."""
        if node is None or not 0 <= node < len(self.tree):
            return ""
        return self.tree.words[node].replace("’", "'")

    def noun(self, node: int) -> str:
        return singular(self.tree.words[node])

    def verb(self, node: int) -> str:
        return verb_lemma(self.tree.words[node])

    def particle(self, node: int) -> int | None:
        """The word behind a verb that makes one verb with it: throw out."""
        for child in self.tree.children[node]:
            beside = self.tree.relations[child] == "advmod" and child == node + 1
            if child > node and (
                self.tree.relations[child] == "compound:prt" or beside
            ):
                return child
        return None

    def verbs(self, node: int) -> set[str]:
        """The verb alone, and with its particle."""
        particle = self.particle(node)
        alone = {self.verb(node)}
        if particle is None:
            return alone
        return alone | {f"{self.verb(node)}_{self.tree.words[particle]}"}

    def case(self, node: int) -> str | None:
        """The preposition before it."""
        return self.tree.child_word(node, "case")

    def is_passive(self, node: int) -> bool:
        return self.tree.child(node, "aux:pass") is not None

    def undergoes(self, step: Step) -> bool:
        """Whether the target itself is who or what it is done to."""
        if not step.own:
            return False
        passive = step.role == "nsubj" and self.is_passive(step.node)
        return passive or step.role in ("obj", "nsubj:pass", "iobj", "acl")

    def acts(self, step: Step) -> bool:
        """Whether the target itself is the subject of a verb in the active."""
        own = step.own and step.role == "nsubj" and self.tree.tags[step.node] == "VERB"
        return own and not self.is_passive(step.node)

    def below(self, node: int) -> set[int]:
        """A word and all that depends on it."""
        found: set[int] = set()
        todo = [node]
        while todo:
            word = todo.pop()
            if word not in found:
                found.add(word)
                todo += self.tree.children[word]
        return found

    def unused_phrases(
        self, key: str, start: int = 0, end: int | None = None
    ) -> Iterator[range]:
        """Where a phrase of a list stands that begins from `start` to before `end` and
        has not turned the sentence yet.
        """
        words = self.tree.words
        for phrase in phrases(key):
            size = len(phrase)
            last = len(words) - size + 1
            for first in range(start, last if end is None else min(end, last)):
                places = range(first, first + size)
                if words[first : first + size] == phrase and not self.used & {*places}:
                    yield places

    def has_any(self, places: Iterable[int], key: str) -> bool:
        return any(self.tree.words[place] in listed(key) for place in places)

    def swapped(self, node: int, groups: dict[str, str]) -> tuple[Edit, ...]:
        """A verb of some groups replaced by the verb of its group; nothing if it is in
        none.
        """
        particle = self.particle(node)
        if particle is not None:
            key = f"{self.verb(node)}_{self.tree.words[particle]}"
            if key in groups:
                return (self.swap(node, groups[key]), (particle, particle + 1, ""))
        if self.verb(node) in groups:
            return (self.swap(node, groups[self.verb(node)]),)
        return ()

    def swap(self, node: int, verb: str) -> Edit:
        """Another verb in the form of this one."""
        word, lemma = self.tree.words[node], self.verb(node)
        _, third, past, ing = word_forms(verb)[:4]
        if word.endswith("ing"):
            form = ing
        elif word == lemma and not self.is_passive(node):
            form = verb
        elif word in word_forms(lemma)[1:2]:
            form = third
        else:
            form = past
        return node, node + 1, form
