"""The clauses in which a target takes part, and what turns them into their opposite:
"no one blamed X", "X was acquitted", "it is not true that X lied".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .negation import negators, nobody
from .reversals import shifts_at
from .scope import OF_CLAUSE, RELATIVES, way_up
from .valence_shifts import SUBJECTS, Sentence, Shift, Step

__all__ = ["Construction", "clause_words", "turned_clauses"]

# Further clauses, which say something of their own.
BESIDE = frozenset({
    "acl:relcl", "parataxis", "advcl", "discourse", "vocative", "conj", "dislocated"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Construction:
    """A clause with the target in it, and what turns it. `top` is its highest word,
    `base` that of the innermost clause where it is turned from above; `is_main` is
    False of relative and joined clauses.
    """

    top: int
    shifts: tuple[Shift, ...]
    is_main: bool
    base: int | None = None


def turned_clauses(sentence: Sentence) -> list[Construction]:
    """The clauses with the target in them that something turns."""
    way = list(way_up(sentence))
    found = [_main(sentence, way), *_relative(sentence), *_joined(sentence, way)]
    return [construction for construction in found if construction.shifts]


def _main(sentence: Sentence, way: list[Step]) -> Construction:
    tree, target = sentence.tree, sentence.target
    top = way[0].node if way else target
    shifts = [
        replace(shift, kind="not the target") for shift in negators(sentence, target)
    ]
    subjects = (
        nobody(sentence, child) for child in tree.all_children(target, *SUBJECTS)
    )
    shifts += [shift for shift in subjects if shift is not None]
    for step in way:
        found = list(shifts_at(sentence, step))
        if found:
            top = step.node
        shifts += found
    base = next((step.node for step in way if _is_clause(sentence, step.node)), None)
    if base == top or (base is not None and base not in sentence.below(top)):
        base = None
    return Construction(top, tuple(shifts), True, base)


def _is_clause(sentence: Sentence, node: int) -> bool:
    """Whether a word heads a clause that another word says something of."""
    tree = sentence.tree
    if tree.relations[node] not in ("ccomp", "csubj", "acl", "acl:relcl", "csubj:pass"):
        return False
    return tree.child(node, *SUBJECTS) is not None or tree.words[node].endswith("ing")


def _relative(sentence: Sentence) -> Iterator[Construction]:
    """What is said of the target behind it: who was never charged."""
    tree, target = sentence.tree, sentence.target
    for verb in tree.all_children(target, "acl:relcl", "acl"):
        children = tree.all_children(verb, *SUBJECTS, "obj", "obl")
        relative = next(
            (each for each in children if tree.words[each] in RELATIVES), None
        )
        if relative is not None:
            role = tree.relations[relative]
        elif tree.child(verb, *SUBJECTS) is not None:
            role = "obj"
        else:
            role = "nsubj" if tree.words[verb].endswith("ing") else "nsubj:pass"
        prev = target if relative is None else relative
        shifts = shifts_at(sentence, Step(verb, prev, role, True))
        yield Construction(verb, tuple(shifts), False)


def _joined(sentence: Sentence, way: list[Step]) -> Iterator[Construction]:
    """Verbs joined to the one whose subject it is: was tried and acquitted."""
    tree = sentence.tree
    if not way or not way[0].own or way[0].role not in ("nsubj", "nsubj:pass"):
        return
    first = way[0].node
    for verb in tree.all_children(first, "conj"):
        if tree.child(verb, *SUBJECTS) is not None:
            continue
        if tree.tags[verb] not in ("VERB", "ADJ"):
            continue
        shared = sentence.is_passive(first) and tree.child(verb, "aux") is None
        shared &= not tree.words[verb].endswith("ing")
        role = "nsubj:pass" if shared or sentence.is_passive(verb) else "nsubj"
        shifts = shifts_at(sentence, Step(verb, sentence.target, role, True))
        yield Construction(verb, tuple(shifts), False)


def clause_words(
    sentence: Sentence, construction: Construction, *, whole: bool = False
) -> list[int]:
    """The words of the clause, without further clauses beside or inside it; `whole`:
    of all that turns it, too.
    """
    touched = {sentence.target} | {shift.at for shift in construction.shifts}
    for shift in construction.shifts:
        for start, end, _ in shift.edits:
            touched.update(range(start, end))
    inner = construction.base
    todo = [construction.top if whole or inner is None else inner]
    found = []
    while todo:
        word = todo.pop()
        found.append(word)
        todo += [
            child
            for child in sentence.tree.children[word]
            if not _is_beside(sentence, word, child) or sentence.below(child) & touched
        ]
    return sorted(found)


def _is_beside(sentence: Sentence, word: int, child: int) -> bool:
    tree, relation = sentence.tree, sentence.tree.relations[child]
    if relation == "acl:relcl" and tree.words[word] in ("one", "ones"):
        return False  # was the one who lied
    if relation == "obl":
        return sentence.case(child) in ("because", "despite", "after", "since")
    if relation == "conj":
        return tree.tags[child] not in ("NOUN", "PROPN", "ADJ", "PRON")
    marks = (*OF_CLAUSE, "if", "whether")
    marked = relation == "advcl" and tree.child_word(child, "mark") in marks
    return relation in BESIDE and not (marked and child > word)
