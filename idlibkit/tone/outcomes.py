"""How what is done to the target ends: charges dropped, amends made, innocence."""

from __future__ import annotations

from .valence_shifts import Sentence, Shift, Step, known_nouns, listed

__all__ = [
    "amends",
    "end",
    "exonerated",
    "is_against",
    "is_innocent",
    "phrase_of_innocence",
]


def exonerated(sentence: Sentence, step: Step) -> Shift | None:
    """The acquittal of her."""
    node = step.node
    own = step.own and step.role in ("nmod", "nmod:poss", "compound")
    if own and sentence.noun(node) in listed("nouns.exonerations"):
        return Shift("exoneration", node, ((node, node + 1, "conviction"),))
    return None


def end(sentence: Sentence, step: Step) -> Shift | None:
    """Dropped the charges against her; the plot to kill her failed."""
    node, tree = step.node, sentence.tree
    verbs = sentence.verbs(node)
    to_what = tree.all_children(node, "obl") if sentence.verb(node) == "come" else []
    if sentence.has_any(to_what, "ends.nothing"):
        verbs = {"come_to_nothing"}
    ended, failed = verbs & listed("ends.verbs"), verbs & listed("ends.fails")
    things = tree.all_children(node, "obj", "nsubj:pass") if ended else []
    if failed or verbs == {"come_to_nothing"}:
        things += tree.all_children(node, "nsubj")
    aside = (
        step.own
        and step.role == "obl"
        and sentence.case(step.prev) in listed("nouns.against")
    )
    for thing in things:
        beside = aside and sentence.noun(thing) in known_nouns()
        if not beside and not (thing == step.prev and is_against(sentence, thing)):
            continue
        if verbs == {"come_to_nothing"}:
            below = sentence.below(node)
            sentence.used |= {
                each for each in below if tree.words[each] in listed("ends.nothing")
            }
            return Shift("end", node, certain=True)
        succeed = failed and tree.relations[thing] == "nsubj"
        edits = [sentence.swap(node, "succeed" if succeed else "confirm")]
        particle = sentence.particle(node)
        if particle is not None and any("_" in verb for verb in ended | failed):
            edits.append((particle, particle + 1, ""))
        return Shift("end", node, tuple(edits))
    return None


def amends(sentence: Sentence, step: Step) -> Shift | None:
    """Apologised to her; paid her damages; she received an apology."""
    node = step.node
    if not step.own or sentence.verb(node) == "demand":
        return None
    to = sentence.case(step.prev) == "to"
    if sentence.verb(node) in listed("amends.verbs") and to and step.role == "obl":
        return Shift("amends", node, certain=True)
    receives = (
        step.role in ("iobj", "obj")
        or (step.role in ("obl", "nmod") and to)
        or (sentence.acts(step) and sentence.verb(node) in listed("amends.receive"))
        or _is_beside_amends(sentence, step)
    )
    if receives and _has_amends(sentence, step):
        return Shift("amends", node, certain=True)
    return None


def _is_beside_amends(sentence: Sentence, step: Step) -> bool:
    """Paid her compensation, where the tree takes both for one noun."""
    head = sentence.tree.heads[step.node]
    if step.role != "compound" or head < 0:
        return False
    return sentence.verb(head) in listed("amends.give")


def _has_amends(sentence: Sentence, step: Step) -> bool:
    tree, node = sentence.tree, step.node
    if sentence.verb(node) in listed("amends.beg"):
        asked = tree.all_children(node, "obl", "xcomp", "advcl")
        return any(tree.words[word] in ("forgive", "forgiveness") for word in asked)
    things = tree.all_children(node, "obj", "nsubj:pass")
    inner = [child for thing in things for child in tree.children[thing]]
    return any(
        {sentence.noun(thing), tree.words[thing]} & listed("amends.nouns")
        and thing != step.prev
        for thing in [node, *things, *inner]
    )


def is_against(sentence: Sentence, node: int) -> bool:
    """Whether a proceeding, claim or attack is against the target in its phrase."""
    tree, target = sentence.tree, sentence.target
    word = sentence.noun(node)
    known = known_nouns() | listed("nouns.evidence")
    if word not in known or target not in sentence.below(node):
        return False
    between = tree.words[min(node, target) + 1 : max(node, target)]
    case = sentence.case(target)
    if case in listed("nouns.against"):
        return True
    if "to" in between and case not in ("by", "of"):
        return True
    clauses = tree.all_children(node, "acl", "acl:relcl", "ccomp")
    if any(target in sentence.below(clause) for clause in clauses):
        return True
    bid = case == "for" and word in ("warrant", "bid", "trap")
    return bid or word in listed("nouns.undergone")


def is_innocent(sentence: Sentence, node: int) -> Shift | None:
    """Is innocent, was found innocent."""
    word = sentence.tree.words[node]
    if word not in listed("innocent.adjectives") or node in sentence.used:
        return None
    sentence.used.add(node)
    return Shift("exoneration", node, ((node, node + 1, "guilty"),))


def phrase_of_innocence(sentence: Sentence, node: int) -> Shift | None:
    """In the clear, above suspicion."""
    heads = sentence.tree.heads
    for places in sentence.unused_phrases("innocent.phrases"):
        above = {heads[place] for place in places}
        higher = {heads[head] for head in above if head >= 0}
        if node in {*places} | above | higher:
            sentence.used.update(places)
            edit = (places.start, places.stop, "guilty")
            return Shift("exoneration", places.start, (edit,))
    return None
