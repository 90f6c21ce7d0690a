"""Claims about the target that a sentence calls false, doubts, or leaves to liars."""

from __future__ import annotations

from .outcomes import is_against
from .valence_shifts import Sentence, Shift, Step, claims, listed

__all__ = ["unbelieved"]

CLAUSES = ("csubj", "ccomp", "csubj:pass", "acl", "xcomp", "advcl")


def unbelieved(sentence: Sentence, step: Step) -> Shift | None:
    """The first rule that finds something at a step."""
    for rule in RULES:
        shift = rule(sentence, step)
        if shift is not None:
            return shift
    return None


def _used(sentence: Sentence, shift: Shift) -> Shift:
    sentence.used.add(shift.at)
    return shift


def _attribute(sentence: Sentence, step: Step) -> Shift | None:
    """Baseless claims that she lied."""
    tree, node = sentence.tree, step.node
    if tree.tags[node] != "NOUN" or sentence.noun(node) not in claims():
        return None
    for child in tree.all_children(node, "amod"):
        called_false = tree.words[child] in listed("false.adjectives")
        if called_false and child not in sentence.used:
            return _used(sentence, Shift("falsity", child, ((child, child + 1, ""),)))
    return None


def _doubt(sentence: Sentence, step: Step) -> Shift | None:
    """Doubts that she lied."""
    node = step.node
    inside = step.role in ("acl", "acl:relcl", "ccomp", "nmod", "advcl")
    if sentence.tree.tags[node] != "NOUN" or not inside or node in sentence.used:
        return None
    if sentence.noun(node) not in listed("nouns.doubt"):
        return None
    return _used(sentence, Shift("content", node, ((node, node + 1, "proof"),)))


def _sceptical(sentence: Sentence, step: Step) -> Shift | None:
    """Cast doubt on the claim that she lied; sceptical of it; doubts remain that."""
    tree, node = sentence.tree, step.node
    if step.own or node in sentence.used:
        return None
    if tree.tags[node] == "VERB":
        raises = sentence.verb(node) in listed("false.raise") and step.role == "obl"
        things = tree.all_children(node, "obj") if raises else []
        remains = sentence.verb(node) in ("remain", "be") and step.role in CLAUSES
        things += tree.all_children(node, "nsubj") if remains else []
        for thing in things:
            if sentence.noun(thing) in listed("nouns.doubt"):
                return _used(sentence, Shift("doubt", node))
        return None
    sceptical = tree.words[node] in listed("false.sceptical") and step.role == "obl"
    return _used(sentence, Shift("doubt", node)) if sceptical else None


def _hard_to_believe(sentence: Sentence, step: Step) -> Shift | None:
    node = step.node
    if sentence.tree.words[node] not in listed("false.hard"):
        return None
    inside = step.role in ("xcomp", "csubj", "ccomp")
    if not inside or sentence.verb(step.prev) not in listed("false.believe"):
        return None
    return _used(sentence, Shift("doubt", node, ((node, node + 1, "easy"),)))


def _from_liars(sentence: Sentence, step: Step) -> Shift | None:
    """The charge against her comes from a liar."""
    if step.own or step.node in sentence.used:
        return None
    if sentence.noun(step.prev) not in claims():
        return None
    for child in sentence.tree.all_children(step.node, "obl"):
        if sentence.case(child) in ("from", "on") and _is_liar(sentence, child):
            return _used(sentence, Shift("source", step.node))
    return None


def _is_liar(sentence: Sentence, node: int) -> bool:
    below = sentence.below(node)
    return sentence.has_any(below, "sources.words") or sentence.has_any(
        below, "sources.adjectives"
    )


def _mistaken_critics(sentence: Sentence, step: Step) -> Shift | None:
    """Her accusers were wrong."""
    if step.own or sentence.noun(step.prev) not in listed("nouns.critics"):
        return None
    for place in sorted(sentence.below(step.node) - sentence.used):
        if sentence.tree.words[place] in listed("false.mistaken"):
            return _used(
                sentence, Shift("falsity", place, ((place, place + 1, "right"),))
            )
    return None


def _aside(sentence: Sentence, step: Step) -> Shift | None:
    """Rumours that she lied were baseless, where the tree has "baseless" elsewhere."""
    tree, node = sentence.tree, step.node
    if tree.tags[node] != "NOUN" or step.role not in ("acl", "ccomp"):
        return None
    if sentence.noun(node) not in listed("nouns.claims"):
        return None
    if tree.heads[node] >= 0 and tree.relations[node] not in ("nsubj", "parataxis"):
        return None
    for place in range(step.prev + 1, len(tree)):
        liar = _is_liar_behind(sentence, place)
        if place in sentence.used or not (liar or _is_false(sentence, place)):
            continue
        if liar:
            sentence.used.add(sentence.tree.heads[place])
            return _used(sentence, Shift("source", place))
        if _is_predicate(sentence, place):
            return _used(
                sentence, Shift("falsity", place, ((place, place + 1, "true"),))
            )
    return None


def _is_false(sentence: Sentence, place: int) -> bool:
    word = sentence.tree.words[place]
    return word in listed("false.adjectives") or word in listed("false.nouns")


def _is_liar_behind(sentence: Sentence, place: int) -> bool:
    """Comes from a liar."""
    head = sentence.tree.heads[place]
    comes = head >= 0 and sentence.verb(head) in ("come", "stem", "originate")
    comes |= head >= 0 and sentence.verb(head) in ("rest", "rely", "hinge", "depend")
    return (
        comes and sentence.case(place) in ("from", "on") and _is_liar(sentence, place)
    )


def _is_predicate(sentence: Sentence, place: int) -> bool:
    """Were baseless, turned out to be baseless, proved baseless."""
    tree = sentence.tree
    if tree.words[max(0, place - 2) : place] == ["to", "be"]:
        return True
    if tree.child(place, "mark") is not None:
        return False
    if tree.child(place, "cop") is not None:
        return True
    head = tree.heads[place]
    turned = tree.relations[place] == "xcomp" and head >= 0
    return turned and sentence.verb(head) in ("turn", "prove")


def _predicate(sentence: Sentence, step: Step) -> Shift | None:
    """It is not true that she lied; claims that she lied are false."""
    tree, node = sentence.tree, step.node
    subject = tree.child_word(node, "nsubj")
    raised = step.role == "xcomp" and subject not in (None, "it")
    clause = step.role in CLAUSES and not raised
    claim = _is_claim(sentence, step)
    if not clause and not claim:
        return None
    places = [node]
    if claim or sentence.verb(node) in listed("false.naming") | {"remain"}:
        places += tree.all_children(node, "xcomp", "obj")
        inner = tree.child(node, "xcomp")
        places += [] if inner is None else tree.all_children(inner, "xcomp")
    for place in places:
        if place in sentence.used or place == step.prev:
            continue
        if claim and _condemns_attack(sentence, step, place):
            return _used(sentence, Shift("defence", place, certain=True))
        word = tree.words[place]
        that = tree.child_word(step.prev, "mark") == "that"
        if clause and that and word in listed("false.judging"):
            continue
        shift = _called_false(sentence, place, is_inner=place != node, is_claim=claim)
        if shift is not None:
            return _used(sentence, shift)
    return None


def _is_claim(sentence: Sentence, step: Step) -> bool:
    """Whether the target comes into the subject as whom a claim is about."""
    if step.own or step.role not in ("nsubj", "nsubj:pass"):
        return False
    if sentence.tree.tags[step.prev] not in ("NOUN", "PRON", "VERB"):
        return False
    kinds = ("portraits", "documents", "evidence", "wrongs")
    known = claims().union(*(listed(f"nouns.{kind}") for kind in kinds))
    return sentence.noun(step.prev) in known | {"what"}


def _condemns_attack(sentence: Sentence, step: Step, place: int) -> bool:
    """The attacks on her are cowardly."""
    if sentence.tree.words[place] not in listed("false.condemning"):
        return False
    hostile = listed("nouns.attacks") | listed("nouns.feelings")
    return sentence.noun(step.prev) in hostile and is_against(sentence, step.prev)


def _called_false(
    sentence: Sentence, place: int, *, is_inner: bool, is_claim: bool
) -> Shift | None:
    tree, word = sentence.tree, sentence.tree.words[place]
    noun = word in listed("false.nouns")
    if word in listed("false.adjectives") and tree.tags[place] != "NOUN":
        pass
    elif not noun or not (is_inner or tree.child(place, "cop") is not None):
        return None
    edits = [(place, place + 1, "damning" if is_claim else "true")]
    article = tree.child(place, "det")
    if noun and article is not None and tree.words[article] in ("a", "an", "no"):
        edits.append((article, article + 1, ""))
    return Shift("falsity", place, tuple(edits))


def _adverb(sentence: Sentence, step: Step) -> Shift | None:
    """Falsely accused her; not: she falsely accused him."""
    acting = step.own and step.role in ("nsubj", "obl:agent")
    if acting and not sentence.is_passive(step.node):
        return None
    for child in sentence.tree.all_children(step.node, "advmod"):
        falsely = sentence.tree.words[child] in listed("false.adverbs")
        if falsely and child not in sentence.used:
            return _used(sentence, Shift("falsity", child, ((child, child + 1, ""),)))
    return None


def _rebuttal(sentence: Sentence, step: Step) -> Shift | None:
    """She called the charge a lie."""
    tree, node = sentence.tree, step.node
    thing = tree.child(node, "obj")
    if not (step.own and step.role == "nsubj") or thing is None:
        return None
    if sentence.noun(thing) not in claims():
        return None
    for child in tree.all_children(node, "xcomp"):
        if _is_false(sentence, child):
            return _used(
                sentence, Shift("denial", child, ((child, child + 1, "true"),))
            )
    return None


def _worthless(sentence: Sentence, step: Step) -> Shift | None:
    """The witness against her was bribed; the evidence was planted."""
    if step.own or step.role not in ("nsubj", "nsubj:pass"):
        return None
    worthless = sentence.verbs(step.node) & listed("false.verbs")
    witness = sentence.noun(step.prev) in listed("nouns.witnesses")
    if worthless and witness and step.node not in sentence.used:
        return _used(sentence, Shift("source", step.node))
    return None


def _according_to(sentence: Sentence, step: Step) -> Shift | None:
    """According to a hoaxer she lied."""
    for child in sentence.tree.all_children(step.node, "obl"):
        according = sentence.case(child) == "according"
        if according and child not in sentence.used and _is_liar(sentence, child):
            return _used(sentence, Shift("source", child))
    return None


def _source(sentence: Sentence, step: Step) -> Shift | None:
    """A known liar accused her."""
    if not sentence.undergoes(step) and step.role != "ccomp":
        return None
    if step.own and sentence.verb(step.node) in listed("harm.wrongs"):
        return None  # cheated by a swindler: that is so
    for who in sentence.tree.all_children(step.node, "nsubj", "obl:agent"):
        if who == step.prev or who in sentence.used:
            continue
        if _is_liar(sentence, who):
            return _used(sentence, Shift("source", who))
    return None


RULES = (
    _attribute, _doubt, _sceptical, _hard_to_believe, _from_liars, _mistaken_critics,
    _aside, _predicate, _adverb, _rebuttal, _worthless, _according_to, _source,
)  # fmt: skip
