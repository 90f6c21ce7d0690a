"""Who does what to whom in a sentence: its verbs with their doers and objects, and
whether it is told as done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ..lexicons import words
from ..text import verb_lemma
from .passives import (
    is_headline_passive,
    is_participle,
    is_passive,
    is_short_passive,
    undergone,
)
from .polarity import is_alleged, is_negated, modality
from .trees import ROOT, Tree

__all__ = ["Clause", "verb_clauses"]

SUBJECT = ("nsubj",)
PASSIVE_SUBJECT = ("nsubj:pass", "csubj:pass")
# Clauses without a subject of their own whose doer is another clause's.
CONTROLLED = frozenset({"xcomp", "advcl", "ccomp"})
# Behind these "to" has the subject of the sentence as its doer, not their object.
SUBJECT_CONTROL = frozenset({"promise", "threaten", "use", "vow"})
FARTHEST = 8  # clauses up a chain; real sentences have two or three


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb or noun of deed, with the words that head its doer and its object.

    `bond` is how the clause comes by its doer: "own" (its own subject), "conjoined"
    (that of the verb it is joined to), "participle" (it describes a noun) or "control"
    (it has that of the clause above it).
    """

    verb: int
    lemma: str
    form: str
    agent: int | None
    patient: int | None
    bond: str
    negated: bool = False
    modality: str | None = None


@dataclass(frozen=True, slots=True)
class _Roles:
    """What a verb has: the subject of an active form, that of a passive one, the object
    and who it is done by.
    """

    subject: int | None
    undergoer: int | None
    thing: int | None
    by: int | None
    bond: str = "own"


def verb_clauses(tree: Tree) -> Iterator[Clause]:
    """The clauses of a sentence that have a doer or an object, in order."""
    for verb, tag in enumerate(tree.tags):
        if tag != "VERB" or tree.child(verb, "expl") is not None:
            continue
        clause = _clause(tree, verb, _roles(tree, verb))
        if clause is not None:
            yield clause


def _clause(tree: Tree, verb: int, roles: _Roles) -> Clause | None:
    lemma = verb_lemma(tree.words[verb])
    agent, patient = roles.subject, roles.thing
    if roles.undergoer is not None and not (agent is not None and patient is not None):
        form, agent, patient = "passive", roles.by, roles.undergoer
    elif patient is not None:
        form = "active"
    elif agent is None:
        return None
    else:
        form = "intransitive"
        if lemma in undergone():
            agent, patient = None, agent
    return Clause(
        verb,
        lemma,
        form,
        agent,
        patient,
        roles.bond,
        is_negated(tree, verb, agent, patient),
        modality(tree, verb),
    )


def _roles(tree: Tree, verb: int) -> _Roles:
    own = _own_roles(tree, verb)
    if own.subject is not None or own.undergoer is not None:
        return own
    if tree.relations[verb] == "conj":
        return _conjoined(tree, verb, own)
    if tree.relations[verb] == "acl":
        return _participle(tree, verb, own)
    if tree.relations[verb] in CONTROLLED:
        return _controlled(tree, verb, own)
    return own


def _own_roles(tree: Tree, verb: int) -> _Roles:
    """What depends on the verb itself."""
    subject, undergoer = tree.child(verb, *SUBJECT), tree.child(verb, *PASSIVE_SUBJECT)
    if tree.child(verb, "cop") is not None:
        subject = None  # the goal is to leave: nobody is said to leave
    if is_passive(tree, verb):
        undergoer = subject if undergoer is None else undergoer
        subject = None
    elif undergoer is not None and not is_short_passive(tree, verb):
        subject, undergoer = undergoer, None  # the letter disappeared
    thing = _object(tree, verb)
    if subject is not None and thing is None and is_headline_passive(tree, verb):
        subject, undergoer = None, subject
    return _Roles(subject, undergoer, thing, _by_phrase(tree, verb))


def _object(tree: Tree, verb: int) -> int | None:
    """What is done to; of verbs side by side it is one: sought and found the gunman."""
    if tree.child(verb, "ccomp") is not None:
        return None  # told the mayor that: he hears it, it is not done to him
    thing = tree.child(verb, "obj")
    if thing is not None:
        return thing
    for other in (verb + 2, verb - 2):
        first, second = sorted((verb, other))
        if 0 <= other < len(tree) and tree.tags[other] == "VERB":
            joined = tree.heads[second] == first and tree.relations[second] == "conj"
            thing = tree.child(other, "obj") if joined else None
            if thing is not None and thing > second:
                return thing
    return None


def _by_phrase(tree: Tree, verb: int) -> int | None:
    for child in tree.all_children(verb, "obl:agent", "obl"):
        case = tree.child_word(child, "case")
        if tree.relations[child] == "obl:agent" or case == "by":
            return child
    return None


def _conjoined(tree: Tree, verb: int, own: _Roles) -> _Roles:
    """The doer of the verb it is joined to: the rebels came and shelled the town."""
    first = tree.heads[verb]
    for _ in range(FARTHEST):
        above = _Roles(
            tree.child(first, *SUBJECT), tree.child(first, *PASSIVE_SUBJECT), None, None
        )
        if above.subject is not None or above.undergoer is not None:
            break
        if tree.relations[first] != "conj" or tree.heads[first] == ROOT:
            break
        first = tree.heads[first]
    shared = above.subject is not None or above.undergoer is not None
    if not shared and tree.tags[first] == "VERB":
        above = _roles(tree, first)  # they tried to take and to hold it
    shares = above.undergoer is not None and own.thing is None
    if is_passive(tree, verb) or (shares and is_participle(tree, verb)):
        same = above.undergoer is not None  # was hit and burned; came and was killed
        undergoer = above.undergoer if same else above.subject
        return _Roles(None, undergoer, own.thing, own.by, _bond(shared and same))
    same = above.subject is not None
    subject = above.subject if same else above.undergoer
    return _Roles(subject, None, own.thing, own.by, _bond(shared and same))


def _bond(alike: bool) -> str:
    return "conjoined" if alike else "control"


def _participle(tree: Tree, verb: int, own: _Roles) -> _Roles:
    """A participle beside a noun: the town hit by shells, soldiers guarding it."""
    noun = tree.heads[verb]
    mark = tree.child_word(verb, "mark")
    if mark is not None:  # a plan to attack the town; accused the army of attacking it
        doer = noun if mark == "of" and is_alleged(tree, verb) else None
        return _Roles(doer, None, own.thing, None, "control")
    if tree.words[verb].endswith("ing"):
        return _Roles(noun, None, own.thing, None, "participle")
    return _Roles(None, noun, own.thing, own.by, "participle")


def _controlled(tree: Tree, verb: int, own: _Roles) -> _Roles:
    """An infinitive or participle whose doer is the clause's above it: they tried to
    take the town; backed by planes, they took it; he was forced to leave.
    """
    word = tree.words[verb]
    doer = _doer_above(tree, verb)
    bare = tree.child(verb, "mark", "aux") is None and not word.endswith("ing")
    adverbial = tree.relations[verb] == "advcl"
    # Backed by planes, they left; the blast left ten killed; but not: made them leave.
    participle = bare and own.thing is None and word != verb_lemma(word)
    participle &= not adverbial or own.by is not None
    if participle or is_passive(tree, verb):
        return _Roles(None, doer, own.thing, own.by, "control")
    if tree.relations[verb] == "ccomp":
        doer = None
    elif adverbial:
        doer = _doer_beside(tree, verb, doer)
    return _Roles(doer, None, own.thing, None, "control")


def _doer_beside(tree: Tree, verb: int, subject: int | None) -> int | None:
    """Who does what is added to a clause: of a passive one who it is done by ("the town
    was hit, killing ten"); of reported words not who says them.
    """
    above, mark = tree.heads[verb], tree.child_word(verb, "mark")
    lemma = verb_lemma(tree.words[above])
    if mark == "to" and lemma in _object_control():
        return tree.child(above, "obj", *PASSIVE_SUBJECT)  # ordered the army to leave
    if mark == "of":
        return subject  # was accused of killing
    said = tree.child(above, "ccomp")
    if said is not None and said < verb:
        above = said
        subject = tree.child(said, *SUBJECT)
    if is_passive(tree, above) or tree.child(above, *PASSIVE_SUBJECT) is not None:
        return _by_phrase(tree, above)
    return subject


def _doer_above(tree: Tree, verb: int) -> int | None:
    """Who does what an infinitive says: the object of the verb above ("urged Turkey to
    leave"), else its subject.
    """
    word = verb
    for _ in range(FARTHEST):
        above, relation = tree.heads[word], tree.relations[word]
        if above == ROOT or relation not in {*CONTROLLED, "conj"}:
            return None
        thing = tree.child(above, "obj")
        lemma = verb_lemma(tree.words[above])
        if relation == "xcomp" and thing is not None and lemma not in SUBJECT_CONTROL:
            return thing
        subject = tree.child(above, *SUBJECT, *PASSIVE_SUBJECT)
        if subject is not None:
            return subject
        if tree.relations[above] == "acl":
            return tree.heads[above]
        word = above
    return None


@cache
def _object_control() -> frozenset[str]:
    return words("agency.toml", "roles.object_control")
