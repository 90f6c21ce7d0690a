"""The whole noun phrase of a doer or of what it is done to."""

from __future__ import annotations

from functools import cache

from ..lexicons import words
from .tokens import Span
from .trees import ROOT, Tree

__all__ = ["antecedent", "names_of", "part_of", "phrase_span"]

# What stands before a phrase and belongs to the clause around it: "by" the rebels.
OUTSIDE = frozenset({"case", "mark", "cc", "punct", "cop", "discourse", "parataxis"})
# Clauses about the noun are rows of their own.
CLAUSES = frozenset(
    {"acl", "acl:relcl", "appos", "advcl", "advcl:relcl", "dep", "list"}
)
NAME = frozenset({"flat", "flat:name", "flat:foreign", "compound"})
BELONGS = frozenset({*NAME, "amod", "nmod:poss", "nmod:desc", "nmod"})
RELATIVE_CLAUSES = frozenset({"acl:relcl", "acl", "advcl:relcl"})
EDGES = frozenset(",;:-–—\"'“”‘’()[]")


def phrase_span(tree: Tree, head: int, other: int | None = None) -> Span:
    """Where the noun phrase around `head` stands, without relative clauses, and without
    the `other` phrase of its clause.
    """
    inside = _inside(tree, head, other)
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and tree.words[first] in EDGES:
        first += 1
    while last > head and tree.words[last] in EDGES:
        last -= 1
    return tree.spans[first][0], tree.spans[last][1]


def _inside(tree: Tree, head: int, other: int | None) -> set[int]:
    inside, todo = {head}, [head]
    while todo:
        word = todo.pop()
        left_out = OUTSIDE | CLAUSES if word == head else CLAUSES
        for child in tree.children[word]:
            if tree.relations[child] not in left_out and child != other:
                inside.add(child)
                todo.append(child)
    return inside


@cache
def _parts() -> frozenset[str]:
    return words("agency.toml", "roles.parts")


def part_of(tree: Tree, head: int) -> int:
    """Whom a phrase is about: of "dozens of civilians" the civilians, else the head."""
    if tree.words[head] in _parts():
        for child in tree.all_children(head, "nmod", "obl"):
            if tree.child_word(child, "case") == "of":
                return child
    return head


def names_of(tree: Tree, head: int) -> list[int]:
    """The words by which a phrase can belong to an actor, the surest first: its head,
    the parts of its name, then what describes it, from the nearest ("Turkish" troops).
    """
    head = part_of(tree, head)
    parts = tree.all_children(head, *NAME)
    near = [
        child
        for child in tree.all_children(head, *BELONGS)
        if child < head and child not in parts
    ]
    return [head, *sorted(parts, reverse=True), *sorted(near, reverse=True)]


def antecedent(tree: Tree, pronoun: int) -> int | None:
    """The noun that a relative pronoun stands for: forces who killed eight."""
    if tree.words[pronoun] not in _relatives():
        return None
    word = pronoun
    while word != ROOT:
        if tree.relations[word] in RELATIVE_CLAUSES:
            noun = tree.heads[word]
            return noun if noun < pronoun else None
        word = tree.heads[word]
    return None


@cache
def _relatives() -> frozenset[str]:
    return words("agency.toml", "roles.relatives")
