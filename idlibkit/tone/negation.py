"""Negation over a word: "not", "no longer", "no one"; and where it does not reach."""

from __future__ import annotations

from collections.abc import Iterator

from ..agency import ROOT
from .valence_shifts import (
    SUBJECTS,
    Edit,
    Sentence,
    Shift,
    Step,
    known_nouns,
    listed,
    opposites,
)

__all__ = ["is_out_of_reach", "negators", "nobody"]

NEGATORS = (
    "advmod", "aux", "aux:pass", "cc", "cc:preconj", "det", "case", "mark", "obl",
    "obl:npmod", "dep",
)  # fmt: skip
WITHIN = ("advmod", "obl", "fixed", "amod", "obl:npmod")
ADVERBIAL = ("obl", "advmod", "discourse", "parataxis", "obl:npmod")
WINDOW = 6  # words to both sides in which a phrase of negation is looked for
FULL = {"ca": "can", "wo": "will"}
EVERYBODY = {"none": "all", "neither": "both", "nothing": "something"}


def negators(
    sentence: Sentence, node: int, *, is_subject: bool = False
) -> Iterator[Shift]:
    """What negates a word; `is_subject` says that the target is its subject."""
    yield from _negating_phrases(sentence, node, is_subject)
    for child in sentence.tree.all_children(node, *NEGATORS):
        word = sentence.word(child)
        if child in sentence.used:
            continue
        if word == "cannot":
            sentence.used.add(child)
            yield Shift("negation", child, ((child, child + 1, "can"),))
        elif word in listed("negation.negators") and not _is_hedged(
            sentence, node, child
        ):
            yield from _negator(sentence, node, child)


def _negating_phrases(
    sentence: Sentence, node: int, is_subject: bool
) -> Iterator[Shift]:
    near = max(0, node - WINDOW), node + WINDOW
    for places in sentence.unused_phrases("negation.phrases", *near):
        phrase = sentence.tree.words[places.start : places.stop]
        if not _hangs_on(sentence, places, node):
            continue
        if phrase[0] == "yet" and not is_subject:
            continue
        sentence.used.update(places)
        kind = "no longer" if phrase == ["no", "longer"] else "negation"
        yield Shift(kind, places.start, ((places.start, places.stop, ""),))


def _hangs_on(sentence: Sentence, places: range, node: int) -> bool:
    """Whether one of some words depends on another, directly or by a third."""
    heads, relations = sentence.tree.heads, sentence.tree.relations
    for place in places:
        head = heads[place]
        if node in (head, place):
            return True
        if head == ROOT or head in places or heads[head] != node:
            continue
        if relations[head] in WITHIN:
            return True
    return False


def _is_hedged(sentence: Sentence, node: int, negator: int) -> bool:
    """Not only, not yet, never better, not enough: they take nothing back."""
    tree, word = sentence.tree, sentence.word(negator)
    behind = {*tree.words[negator + 1 : negator + 4]}
    if sentence.word(negator + 1) in listed("negation.focus"):
        return True
    near = (child for child in tree.children[node] if 0 < child - negator < 4)
    hedges = (child for child in near if tree.relations[child] == "advmod")
    if word in ("not", "n't") and sentence.has_any(hedges, "negation.hedges"):
        return True
    if "enough" in tree.words[node + 1 : node + 5]:
        return True
    return word not in ("not", "neither", "nor") and bool(
        behind & listed("negation.comparatives")
    )


def _negator(sentence: Sentence, node: int, negator: int) -> Iterator[Shift]:
    word, tree = sentence.word(negator), sentence.tree
    but = _but(sentence, node)
    sentence.used.add(negator)
    edits: list[Edit] = [(negator, negator + 1, "")]
    if but is not None:
        if but > node and tree.tags[node] in ("VERB", "ADJ"):
            sentence.used.add(
                node
            )  # not praised but blamed: what is said stands behind
        else:
            yield Shift("negation", negator, tuple(edits))
        return
    if word == "nor" and "neither" in tree.words[:negator]:
        first = tree.words.index("neither")
        if first in sentence.used:
            return
        sentence.used.add(first)
        edits = [(first, first + 1, ""), (negator, negator + 1, "and")]
    elif word == "n't" and sentence.word(negator - 1) in FULL:
        edits = [(negator - 1, negator + 1, FULL[sentence.word(negator - 1)])]
    elif word == "neither":
        edits += _nor(sentence, range(negator, len(tree)))
    yield Shift("negation", negator, tuple(edits))


def _but(sentence: Sentence, node: int) -> int | None:
    """The "but" behind which stands what is said: not praised but blamed."""
    tree = sentence.tree
    for other in tree.all_children(node, "conj"):
        for joining in tree.all_children(other, "cc"):
            is_but = tree.words[joining] == "but"
            if is_but and tree.child(other, *SUBJECTS) is None:
                return joining
    return None


def _nor(sentence: Sentence, places: range | list[int]) -> list[Edit]:
    """The first "nor" of some places, which is "and" in the opposite."""
    nors = [place for place in places if sentence.tree.words[place] == "nor"][:1]
    sentence.used.update(nors)
    return [(place, place + 1, "and") for place in nors]


def nobody(sentence: Sentence, node: int) -> Shift | None:
    """A participant that is nobody: no one, few residents, not one of them."""
    if node in sentence.used:
        return None
    word = sentence.tree.words[node]
    if word in listed("negation.nobody"):
        sentence.used.add(node)
        return Shift(
            "nobody", node, ((node, node + 1, EVERYBODY.get(word, "everybody")),)
        )
    if _is_few(sentence, node):
        sentence.used.add(node)
        start = node - 1 if sentence.word(node - 1) == "very" else node
        return Shift("nobody", node, ((start, node + 1, "many"),))
    only = sentence.tree.child_word(node, "advmod") == "only"
    if only and sentence.noun(node) in listed("negation.fools"):
        sentence.used.add(node)
        return Shift("nobody", node, ((node - 1, node + 1, "people"),))
    return _first_of_subject(sentence, node) or _determiner(sentence, node)


def _is_few(sentence: Sentence, node: int) -> bool:
    few = sentence.tree.words[node] in listed("negation.few")
    return few and sentence.word(node - 1) not in listed("negation.some")


def _first_of_subject(sentence: Sentence, node: int) -> Shift | None:
    """A subject that opens with "neither", "none" or "not one", wherever that hangs."""
    tree = sentence.tree
    if tree.relations[node] not in SUBJECTS:
        return None
    inside = sorted(sentence.below(node))
    first = inside[0]
    if first in sentence.used or first == node or tree.heads[first] == node:
        return None
    word, second = tree.words[first], sentence.word(first + 1)
    not_one = word == "not" and second in ("one", "a", "even", "any", "many")
    if word not in ("neither", "none", "nobody") and not not_one:
        return None
    sentence.used.add(first)
    nors = _nor(sentence, inside) if word == "neither" else []
    new = "" if not_one else EVERYBODY.get(word, "all")
    return Shift("nobody", first, ((first, first + 1, new), *nors))


def _determiner(sentence: Sentence, node: int) -> Shift | None:
    """No one, no residents, hardly anyone, few residents."""
    tree = sentence.tree
    kinds = ("det", "advmod", "amod", "cc:preconj", "nummod", "cc")
    for place in tree.all_children(node, *kinds):
        word, edits = tree.words[place], [(place, place + 1, "")]
        if place in sentence.used:
            continue
        if word == "no":
            doubt = tree.words[node] in ("doubt", "question", "matter")
            if doubt and tree.relations[node] in ADVERBIAL:
                continue
            if tree.words[node] == "one" and node == place + 1:
                edits = [(place, node + 1, "everyone")]
        elif word == "neither":
            edits = [(place, place + 1, "both")]
            edits += _nor(sentence, range(place, len(tree)))
        elif _is_few(sentence, place):
            edits = [(place, place + 1, "many" if word == "few" else "much")]
        elif word in listed("negation.approximators"):
            if sentence.word(place + 1) in listed("negation.focus"):
                continue
            if tree.words[node] in ("anyone", "anybody"):
                edits.append((node, node + 1, "everyone"))
        else:
            continue
        sentence.used.add(place)
        return Shift("nobody", place, tuple(edits))
    return None


def is_out_of_reach(sentence: Sentence, step: Step) -> bool:
    """Whether "not" before a word says nothing of what is made of the target."""
    tree, node, verb = sentence.tree, step.node, sentence.verb(step.node)
    if step.role == "ccomp" and verb in listed("reach.factive"):
        return tree.child_word(step.prev, "mark") not in ("if", "whether")
    if step.own and sentence.case(step.prev) in ("like", "than", "as"):
        return True
    if verb in listed("reach.prevent") and step.role in ("obj", "nsubj:pass"):
        return True
    if verb == "plead" or _is_other_predicate(sentence, step):
        return True
    subject = step.own and step.role == "nsubj"
    if subject and tree.tags[node] != "VERB" and _has_modal(sentence, node):
        return True  # she will not be in that number
    if sentence.acts(step):
        return _is_no_deed(sentence, node)
    wish = verb in ("want", "like") and step.role in ("xcomp", "ccomp", "obj")
    return wish and not _has_nobody(sentence, node)


def _is_other_predicate(sentence: Sentence, step: Step) -> bool:
    """Whether something else is said of a clause or noun than whether it is so."""
    tree, node, role = sentence.tree, step.node, step.role
    reach = listed("reach.words")
    if tree.tags[node] == "ADJ" and role in ("csubj", "xcomp", "ccomp", "advcl"):
        return tree.words[node] not in reach
    if tree.tags[node] in ("NOUN", "PROPN") and role in ("acl", "ccomp"):
        known = reach | known_nouns() | listed("nouns.evidence")
        return sentence.noun(node) not in known
    if step.own or tree.tags[node] != "VERB" or tree.tags[step.prev] != "NOUN":
        return False
    participant = role in ("obj", "obl", "nsubj", "nsubj:pass")
    known = listed("reach.uphold") | opposites("content").keys()
    return participant and sentence.verb(node) not in known


def _is_no_deed(sentence: Sentence, node: int) -> bool:
    """Whether not doing it is blamed, or it is only possible or wished."""
    tree, verb = sentence.tree, sentence.verb(node)
    thing = tree.child(node, "obj")
    if verb == "deserve":
        thing = tree.child(node, "obj", "xcomp")
        deserved = known_nouns() | listed("reach.deserved")
        return thing is None or (
            tree.tags[thing] == "NOUN" and sentence.noun(thing) not in deserved
        )
    if thing is not None and sentence.noun(thing) in listed("reach.virtues"):
        return True
    omitted = verb in listed("reach.omitted")
    return omitted or _has_modal(sentence, node) or _is_inverted(sentence, node)


def _has_modal(sentence: Sentence, node: int) -> bool:
    """Whether it may or should be; not: it could not have been."""
    words, auxiliaries = sentence.tree.words, sentence.tree.all_children(node, "aux")
    if {"could", "have"} <= {words[child] for child in auxiliaries}:
        return False
    return sentence.has_any(auxiliaries, "reach.modals")


def _is_inverted(sentence: Sentence, node: int) -> bool:
    """Had she not lied: what did not happen is not denied."""
    tree = sentence.tree
    subject, auxiliary = tree.child(node, *SUBJECTS), tree.child(node, "aux")
    if subject is None or auxiliary is None or auxiliary > subject:
        return False
    return tree.words[auxiliary] in ("had", "were", "should")


def _has_nobody(sentence: Sentence, node: int) -> bool:
    tree = sentence.tree
    return any(
        tree.words[child] in listed("negation.nobody") | {"one"}
        or tree.child_word(child, "det") == "no"
        for child in tree.all_children(node, "nsubj")
    )
