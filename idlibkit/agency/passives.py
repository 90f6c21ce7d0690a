"""Whether a verb is passive: by its form, by what stands before it, and in headlines
without that.
"""

from __future__ import annotations

from functools import cache

from ..lexicons import words
from ..text import verb_lemma
from .harm import harm_verbs, transitive_verbs
from .trees import Tree

__all__ = [
    "is_headline_passive",
    "is_participle",
    "is_passive",
    "is_short_passive",
    "undergone",
]

# With one of these before it a participle is passive.
BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am", "'re", "'m"})


def is_passive(tree: Tree, verb: int) -> bool:
    """Whether its form is passive: were killed, got killed; not were killing."""
    word = tree.words[verb]
    if word.endswith("ing") or verb_lemma(word) in _never_passive():
        return False
    to = tree.child(verb, "mark")
    return any(
        tree.relations[child] == "aux:pass" or tree.words[child] in BE
        for child in tree.all_children(verb, "aux", "aux:pass")
        if to is None or child > to  # but not: the army is to leave
    )


def is_headline_passive(tree: Tree, verb: int) -> bool:
    """Eight killed in blast: a headline leaves "were" out."""
    bare = tree.child(verb, "aux", "aux:pass", "mark") is None
    lemma = verb_lemma(tree.words[verb])
    # Nobody kills without an object: left two men killed.
    takes_object = harm_verbs().get(lemma) == "kill" or (
        tree.is_headline and (lemma in harm_verbs() or lemma in transitive_verbs())
    )
    return takes_object and bare and is_short_passive(tree, verb)


def is_short_passive(tree: Tree, verb: int) -> bool:
    """Whether a verb can be passive without "were": two arrested after raid; in other
    sentences only a verb of harm: with houses destroyed.
    """
    lemma = verb_lemma(tree.words[verb])
    if not is_participle(tree, verb) or lemma in undergone():
        return False
    return tree.is_headline or lemma in harm_verbs()


def is_participle(tree: Tree, verb: int) -> bool:
    """Whether its form can be that of a passive: seen, hit; not see, sees, seeing."""
    word = tree.words[verb]
    lemma = verb_lemma(word)
    if word == lemma:
        return word in _unchanged()
    return not word.endswith(("ing", f"{lemma}s", f"{lemma}es"))


@cache
def _never_passive() -> frozenset[str]:
    return words("agency.toml", "roles.never_passive")


@cache
def _unchanged() -> frozenset[str]:
    return words("agency.toml", "roles.unchanged")


@cache
def undergone() -> frozenset[str]:
    """Verbs whose subject is who or what it happens to: eight died."""
    return words("agency.toml", "roles.undergone")
