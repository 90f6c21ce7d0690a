"""Whether a clause tells a deed as done, denies it, or speaks of what may, will or was
meant to be done."""

from __future__ import annotations

from functools import cache

from ..lexicons import words
from ..text import verb_lemma
from .trees import ROOT, Tree

__all__ = ["is_alleged", "is_negated", "modality"]

FULL = {"ca": "can", "wo": "will", "'ll": "will", "'d": "would", "cannot": "can"}


@cache
def _words(key: str) -> frozenset[str]:
    return words("agency.toml", key)


def is_negated(tree: Tree, verb: int, *participants: int | None) -> bool:
    """Whether it was not done ("did not attack", "failed to attack"), by nobody or to
    nobody ("no one was killed").
    """
    if any(_is_nobody(tree, who) for who in participants if who is not None):
        return True
    if _has_negator(tree, verb):
        return True
    above = tree.heads[verb]
    if above == ROOT:
        return False
    if tree.relations[verb] == "xcomp":
        # not only fails to, but does not try to
        kind = "adjectives" if tree.tags[above] == "ADJ" else "verbs"
        word = tree.words[above]
        word = word if kind == "adjectives" else verb_lemma(word)
        return word in _words(f"polarity.negative_{kind}") or _has_negator(tree, above)
    return _shares_auxiliaries(tree, verb) and _has_negator(tree, above)


def _is_nobody(tree: Tree, word: int) -> bool:
    nobody = _words("polarity.nobody")
    if tree.words[word] in nobody:
        return True
    return any(tree.words[child] in nobody for child in tree.all_children(word, "det"))


def _has_negator(tree: Tree, verb: int) -> bool:
    return any(
        tree.words[child].replace("’", "'") in _words("polarity.negators")
        or tree.words[child] in _words("polarity.negative_auxiliaries")
        for child in tree.all_children(verb, "advmod", "aux", "cc", "cc:preconj")
    )


def _shares_auxiliaries(tree: Tree, verb: int) -> bool:
    """They did not attack or kill: the second verb has nothing of its own."""
    return (
        tree.relations[verb] == "conj"
        and tree.child(verb, "nsubj", "nsubj:pass", "aux", "aux:pass") is None
        and tree.tags[tree.heads[verb]] == "VERB"
    )


def modality(tree: Tree, verb: int) -> str | None:
    """What keeps a deed from being told as done: a modal ("may"), "if", or the verb or
    adjective that it depends on ("try", "ready", "accuse"); None where it is told so.
    """
    for child in tree.all_children(verb, "aux"):
        word = tree.words[child].replace("’", "'")
        if word in _words("modality.modals") or word in FULL:
            return FULL.get(word, word)
    mark = tree.child_word(verb, "mark")
    if mark in _words("modality.conditions"):
        return mark
    above = tree.heads[verb]
    if above == ROOT:
        return None
    if tree.relations[verb] in {"xcomp", "advcl"}:
        governor = _governor(tree, verb, above)
        return governor if governor is not None else _above(tree, verb, above)
    if tree.relations[verb] == "acl" and mark is not None:
        if is_alleged(tree, verb):
            return verb_lemma(tree.words[tree.heads[above]])
        return tree.words[above]  # a plan to attack
    return modality(tree, above) if _shares_auxiliaries(tree, verb) else None


def is_alleged(tree: Tree, verb: int) -> bool:
    """Whether it describes whom somebody accuses: accused the army of attacking."""
    noun = tree.heads[verb]
    above = tree.heads[noun]
    return (
        above != ROOT
        and tree.relations[noun] in {"obj", "nsubj:pass"}
        and verb_lemma(tree.words[above]) in _words("modality.verbs")
    )


def _governor(tree: Tree, verb: int, above: int) -> str | None:
    """The word above where its infinitive, or what follows its preposition, is no fact:
    tried to take, was accused of killing."""
    mark = tree.child_word(verb, "mark")
    if mark is None and tree.relations[verb] == "advcl":
        return None
    if tree.tags[above] == "ADJ":
        word = tree.words[above]
        return word if word in _words("modality.adjectives") else None
    lemma = verb_lemma(tree.words[above])
    is_aim = mark == "to" and tree.relations[verb] == "advcl"
    if is_aim and lemma not in _words("roles.object_control"):
        return "to"  # they used tanks to take the town: nothing says that they took it
    return lemma if lemma in _words("modality.verbs") else None


def _above(tree: Tree, verb: int, above: int) -> str | None:
    """They may begin to take the town."""
    return modality(tree, above) if tree.relations[verb] == "xcomp" else None
