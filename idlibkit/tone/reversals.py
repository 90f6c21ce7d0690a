"""What turns a sentence at one word above its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .disbelief import unbelieved
from .negation import is_out_of_reach, negators, nobody
from .outcomes import is_innocent, phrase_of_innocence
from .valence_shifts import SUBJECTS, Sentence, Shift, Step, listed, opposites
from .verb_shifters import is_hostile, verb_shift

__all__ = ["shifts_at"]

MANAGE = ("manage", "succeed", "able")
TRUE = ("true", "right", "correct", "accurate", "so", "case", "fact")


def shifts_at(sentence: Sentence, step: Step) -> Iterator[Shift]:
    """What turns the sentence at one word of the way up."""
    if step.role == "conj":
        yield from _shared(sentence, step)
        return
    whether = _whether(sentence, step)
    if whether is not None:
        yield whether
        return
    if is_out_of_reach(sentence, step):
        unseen = Sentence(sentence.tree, sentence.target, {*sentence.used})
        if any(negators(unseen, step.node)):
            yield Shift("open", step.node)  # it says something, but not what
            return
    else:
        yield from _negation(sentence, step)
    yield from _innocence(sentence, step)
    for rule in (verb_shift, unbelieved):
        shift = rule(sentence, step)
        if shift is not None:
            yield shift


def _shared(sentence: Sentence, step: Step) -> Iterator[Shift]:
    """What a verb shares with the first: no one accused or blamed her."""
    tree, verb = sentence.tree, step.prev
    if tree.child(verb, *SUBJECTS) is not None:
        return
    for child in tree.all_children(step.node, *SUBJECTS):
        shift = nobody(sentence, child)
        if shift is not None:
            yield shift
    bare = tree.child(verb, "aux", "aux:pass") is None
    if bare and tree.child_word(verb, "cc") in ("or", "nor"):
        yield from negators(sentence, step.node)


def _whether(sentence: Sentence, step: Step) -> Shift | None:
    """It is not known whether she lied: negated or not, it is open."""
    tree, node = sentence.tree, step.node
    if not {sentence.verb(node), sentence.noun(node)} & listed("reach.open"):
        return None
    if step.role not in ("ccomp", "acl", "csubj", "xcomp", "obj", "advcl"):
        return None
    mark = tree.child(step.prev, "mark")
    word = sentence.word(mark)
    if mark is None or not (
        word == "whether" or (word == "if" and step.role == "ccomp")
    ):
        return None
    list(negators(sentence, node))
    nobody(sentence, node)
    sentence.used.add(node)
    return Shift("doubt", mark, ((mark, mark + 1, "that"),))


def _negation(sentence: Sentence, step: Step) -> Iterator[Shift]:
    """Negators of a word and its participants that are nobody."""
    hostile = sentence.undergoes(step) and is_hostile(sentence, step.node)
    for shift in _negating(sentence, step):
        yield replace(shift, kind="attempt") if hostile else shift


def _negating(sentence: Sentence, step: Step) -> Iterator[Shift]:
    tree, node = sentence.tree, step.node
    subject = step.own and step.role == "nsubj"
    for shift in negators(sentence, node, is_subject=subject):
        kind = shift.kind
        if kind == "negation" and not step.own and tree.words[node] in TRUE:
            kind = "falsity"
        elif kind == "negation" and not step.own and sentence.verb(node) in MANAGE:
            kind = "attempt"
        yield replace(shift, kind=kind)
    mark = tree.child(step.prev, "mark") if step.role == "advcl" else None
    if mark is not None and tree.words[mark] == "against":
        yield Shift("attempt", mark, ((mark, mark + 1, "for"),))
    for child in tree.all_children(node, *SUBJECTS, "obj", "iobj"):
        shift_or_none = None if child == step.prev else nobody(sentence, child)
        if shift_or_none is not None:
            part = subject and sentence.verb(node) in ("have", "play")
            part &= tree.relations[child] == "obj"
            part &= sentence.noun(child) in listed("reach.parts")
            yield replace(shift_or_none, certain=part)
    nominal = tree.tags[node] in ("NOUN", "PRON", "PROPN")
    if nominal or tree.words[node] in listed("negation.nobody"):
        shift_or_none = nobody(sentence, node)
        if shift_or_none is not None:
            yield shift_or_none


def _innocence(sentence: Sentence, step: Step) -> Iterator[Shift]:
    """Found her not guilty; is in the clear; the victim of a smear; unlike her."""
    tree, node = sentence.tree, step.node
    subject = step.own and step.role in ("nsubj", "nsubj:pass")
    found: list[Shift | None] = []
    if sentence.undergoes(step) or (step.own and step.role == "nsubj"):
        yield from _said_of_it(sentence, step)
    if sentence.undergoes(step) and sentence.verb(node) in opposites("judged"):
        for child in tree.all_children(node, "advmod"):
            if tree.words[child] in listed("harm.rightly"):
                sentence.used.add(child)
                edit = (child, child + 1, "")
                found.append(Shift("judgement", child, (edit,), turns=False))
    if subject or (step.own and step.role == "obj"):
        found.append(phrase_of_innocence(sentence, node))
    if subject:
        found.append(is_innocent(sentence, node))
        smears = (
            sentence.noun(word) in listed("nouns.smears")
            for word in sentence.below(node)
        )
        if sentence.noun(node) in listed("nouns.victims") and any(smears):
            found.append(Shift("exoneration", node, certain=True))
    if sentence.undergoes(step):
        found.append(_groundless(sentence, node))
    found.append(_without(sentence, step))
    yield from (shift for shift in found if shift is not None)


def _said_of_it(sentence: Sentence, step: Step) -> Iterator[Shift]:
    """Found her not guilty, declared her innocent."""
    tree, node = sentence.tree, step.node
    if sentence.verb(node) == "plead":
        return
    for child in tree.all_children(node, "xcomp"):
        if tree.tags[child] not in ("ADJ", "NOUN", "VERB"):
            continue
        yield from negators(sentence, child)
        innocent = None
        if step.role != "nsubj" or tree.tags[child] != "VERB":
            innocent = is_innocent(sentence, child)
        if innocent is not None:
            yield innocent


def _groundless(sentence: Sentence, node: int) -> Shift | None:
    """Arrested her for no reason."""
    for places in sentence.unused_phrases("false.phrases", node + 1):
        sentence.used.update(places)
        return Shift("falsity", places.start, ((places.start, places.stop, ""),))
    return None


def _without(sentence: Sentence, step: Step) -> Shift | None:
    """Unlike her, the mayor lied; without her, more would have died."""
    if not step.own:
        return None
    place = sentence.tree.child(step.prev, "case")
    word = sentence.word(place)
    if place is not None and word == "unlike":
        return Shift("contrast", place, ((place, place + 1, "like"),))
    if word == "without" and {"would", "could"} & {*sentence.tree.words}:
        return Shift("contrast", step.node, certain=True)
    return None
