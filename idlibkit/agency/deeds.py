"""Deeds told by a noun: the killing of eight, Turkish shelling of the town, attacks on
schools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..lexicons import countries, rows, words
from ..text import singular
from .clauses import Clause
from .polarity import is_negated
from .trees import Tree

__all__ = ["noun_clauses"]

# What a noun's own complements hang on.
COMPLEMENTS = ("nmod", "obl", "acl")
OWNER = "nmod:poss"
PLACES_OF_NOUNS = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod"})


@dataclass(frozen=True, slots=True)
class _Deed:
    """A noun of a deed: its verb, what "of" and a possessive stand before, and further
    prepositions of the patient.
    """

    verb: str
    of: str
    owner: str
    also: frozenset[str]


def noun_clauses(tree: Tree) -> Iterator[Clause]:
    """The nouns of deeds of a sentence that have a doer or an object, in order."""
    for noun, tag in enumerate(tree.tags):
        relation = tree.relations[noun]
        # A military offensive: some are adjectives, too.
        is_noun = tag == "NOUN" or (tag == "ADJ" and relation in PLACES_OF_NOUNS)
        if not is_noun or relation == "compound":
            continue
        deed = _deeds().get(singular(tree.words[noun]))
        if deed is None:
            continue
        agent, patient = _roles(tree, noun, deed)
        if agent is None and patient is None:
            continue
        negated = is_negated(tree, noun) or _is_denied(tree, noun)
        yield Clause(noun, deed.verb, "nominal", agent, patient, "own", negated)


def _roles(tree: Tree, noun: int, deed: _Deed) -> tuple[int | None, int | None]:
    agent, patient = _by_phrase(tree, noun), None
    for child in tree.all_children(noun, *COMPLEMENTS):
        preposition = tree.child_word(child, "case")
        if preposition in deed.also and patient is None:
            patient = child
        elif preposition == "of":
            if deed.of == "done_to" and patient is None:
                patient = child
            elif deed.of == "doer" and agent is None:
                agent = child
    if agent is None and patient is not None:
        agent = _by_phrase(tree, patient)  # the killing of [eight men by the army]
    owner = tree.child(noun, OWNER)
    if owner is not None and tree.words[owner] not in _times():  # Monday's attack
        is_doer = deed.owner == "doer" or patient is not None
        if is_doer and agent is None:
            agent = owner
        elif not is_doer and patient is None:
            patient = owner
    return (_doer_beside(tree, noun) if agent is None else agent), patient


def _by_phrase(tree: Tree, noun: int) -> int | None:
    for child in tree.all_children(noun, *COMPLEMENTS):
        if tree.child_word(child, "case") == "by":
            return child
    return None


def _doer_beside(tree: Tree, noun: int) -> int | None:
    """Who does it, where that is an adjective or noun before it: Turkish shelling."""
    for child in reversed(tree.all_children(noun, "amod", "compound", "nmod:desc")):
        word = tree.words[child]
        if child < noun and (word in _peoples() or word in _doers()):
            return child
    return None


def _is_denied(tree: Tree, noun: int) -> bool:
    return any(tree.words[child] == "no" for child in tree.all_children(noun, "det"))


@cache
def _deeds() -> dict[str, _Deed]:
    return {
        row["noun"]: _Deed(
            row["verb"], row["of"], row["owner"], frozenset(row["also"].split())
        )
        for row in rows("deed_nouns.csv")
    }


@cache
def _peoples() -> frozenset[str]:
    return frozenset(
        form.lower()
        for country in countries()
        for form in (*country.adjectives, *country.names)
    )


@cache
def _times() -> frozenset[str]:
    return words("grammar.toml", "classes.time")


@cache
def _doers() -> frozenset[str]:
    return words("agency.toml", "roles.doers")
