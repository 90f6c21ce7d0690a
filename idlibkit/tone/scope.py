"""The words that a target stands under: what is said of them is said of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..agency import ROOT
from .valence_shifts import SUBJECTS, Sentence, Step, known_nouns, listed

__all__ = ["OF_CLAUSE", "RELATIVES", "way_up"]

CLIMBED = frozenset({
    *SUBJECTS, "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "nmod:desc",
    "xcomp", "ccomp", "acl", "compound", "amod", "flat", "appos",
})  # fmt: skip
FARTHEST = 8  # words up a chain
OF_CLAUSE = ("of", "for", "that", "from", "to", "in", "about", "against")
NAMING = ("call", "brand", "label", "name", "dub", "declare")
RELATIVES = ("who", "whom", "which", "that")


def way_up(sentence: Sentence) -> Iterator[Step]:
    """The words that the target stands under, up to the top of the sentence or to where
    what is said of them is not said of it.
    """
    tree = sentence.tree
    node, own = sentence.target, True
    for _ in range(FARTHEST):
        head, role = tree.heads[node], tree.relations[node]
        if head == ROOT:
            return
        joined = role == "conj" and tree.tags[head] in ("NOUN", "PROPN", "PRON")
        if own and (joined or role in ("flat", "appos")):
            node = head
            continue
        if role == "conj" and tree.tags[node] in ("VERB", "ADJ", "AUX"):
            yield Step(head, node, "conj", False)
            return
        named = role == "xcomp" and own and tree.tags[node] in ("PROPN", "PRON", "NOUN")
        if named and sentence.verb(head) in NAMING:
            role = "obj"  # called her a thug
        role = "acl" if _is_content(sentence, head, node) else role
        marked = role == "advcl" and tree.child_word(node, "mark") in OF_CLAUSE
        if role not in CLIMBED and not marked:
            return
        outside = own and sentence.case(node) in ("unlike", "without")
        nominal = role in ("nmod", "nmod:poss", "compound")
        if nominal and not outside and not _is_of_target(sentence, head, node):
            return
        yield Step(head, node, role, own)
        if outside:
            return
        node, own = head, False


def _is_content(sentence: Sentence, head: int, node: int) -> bool:
    """Whether a clause beside a noun says what that claims: the theory that she lied,
    the letter in which she lies.
    """
    tree = sentence.tree
    if tree.relations[node] != "acl:relcl":
        return False
    noun = sentence.noun(head)
    if noun in listed("nouns.documents") or tree.words[head] in listed("nouns.openers"):
        return True
    subject = tree.child(node, *SUBJECTS)
    if subject is None or tree.words[subject] in RELATIVES:
        return False
    if tree.child_word(node, "mark") in ("that", "whether"):
        return True
    known = known_nouns() | listed("nouns.evidence") | listed("nouns.portraits")
    return noun in known


def _is_of_target(sentence: Sentence, head: int, node: int) -> bool:
    """Whether what is said of a noun is said of the target beside it: charges against
    her, her conviction; not: her claims, her supporters.
    """
    tree, word, case = sentence.tree, sentence.noun(head), sentence.case(node)
    if word in listed("nouns.exonerations"):
        return True
    if tree.relations[node] == "compound" and word in listed("amends.nouns"):
        return True
    if tree.relations[node] == "compound" or tree.tags[head] in ("VERB", "ADJ"):
        return tree.tags[head] == "VERB"
    if word in listed("nouns.deeds") | listed("nouns.portraits"):
        return True
    if case in ("by", "of", "on") and word in listed("nouns.wrongs"):
        return True
    of = (
        listed("nouns.images")
        | listed("nouns.critics")
        | listed("nouns.evidence")
        | listed("nouns.feelings")
    )
    if (case == "of" and word in of) or (case == "for" and word in ("warrant", "bid")):
        return True
    if tree.relations[node] == "nmod":
        if case in ("against", "on", "about", "into", "to"):
            return True
        further = listed("nouns.against") | {"with", "from", "behind", "for"}
        if case in further:
            return word in known_nouns()
    return word in listed("nouns.undergone")
