"""Verbs that turn what is said of the target: acquit, deny, fail, try."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from .outcomes import amends, end, exonerated, is_against
from .valence_shifts import SUBJECTS, Sentence, Shift, Step, listed, opposites

__all__ = ["is_hostile", "verb_shift"]

CLAUSES = ("ccomp", "csubj", "csubj:pass")
Rule = Callable[[Sentence, Step], Shift | None]
PLAIN = ("blame", "condemn", "convict")


def verb_shift(sentence: Sentence, step: Step) -> Shift | None:
    """The first rule that finds something in the verb or noun of a step."""
    node = step.node
    if node in sentence.used:
        return None
    rules: tuple[Rule, ...] = NOUN_RULES
    if sentence.tree.tags[node] == "VERB":
        rules = VERB_RULES
    elif sentence.tree.tags[node] not in ("AUX", "ADJ", "NOUN"):
        return None
    for rule in rules:
        shift = rule(sentence, step)
        if shift is not None:
            sentence.used.add(node)
            return shift
    return None


def _judged(sentence: Sentence, step: Step) -> Shift | None:
    """Acquitted her; accused her."""
    node = step.node
    if not sentence.undergoes(step):
        return None
    edits = sentence.swapped(node, opposites("object"))
    if edits:
        exoneration = sentence.swapped(node, _exonerating())
        return Shift("exoneration" if exoneration else "support", node, edits)
    edits = sentence.swapped(node, opposites("judged"))
    if edits and sentence.verb(node) not in PLAIN:
        return Shift("judgement", node, edits, turns=False)
    return None


@cache
def _exonerating() -> dict[str, str]:
    groups = opposites("object")
    return {verb: to for verb, to in groups.items() if to in ("convict", "blame")}


def _content(sentence: Sentence, step: Step) -> Shift | None:
    """Denied that she lied; rejected the claim that she lied."""
    node = step.node
    claim = (
        not step.own
        and step.role in ("obj", "nsubj:pass", "nsubj")
        and sentence.noun(step.prev) in listed("nouns.claims") | listed("nouns.wrongs")
        and (step.role != "nsubj" or sentence.is_passive(node))
    )
    if step.role not in CLAUSES and not claim:
        return None
    edits = sentence.swapped(node, opposites("content"))
    return Shift("content", node, edits) if edits else None


def _denial(sentence: Sentence, step: Step) -> Shift | None:
    """She denied taking bribes."""
    node = step.node
    if not sentence.acts(step) or sentence.verb(node) not in listed("denial.verbs"):
        return None
    inner = sentence.tree.child(node, "xcomp", "ccomp", "obj", "advcl")
    if inner is None or not _is_of_itself(sentence, inner):
        return None
    return Shift("denial", node, (sentence.swap(node, "confess"),))


def _is_of_itself(sentence: Sentence, inner: int) -> bool:
    """Whether who denies speaks of itself."""
    tree = sentence.tree
    if tree.tags[inner] == "NOUN" and tree.relations[inner] == "obj":
        return sentence.noun(inner) in listed("denial.things")
    subject = tree.child(inner, *SUBJECTS)
    if subject is not None:
        return tree.words[subject] in listed("denial.pronouns")
    if tree.words[inner].endswith("ing"):
        return True
    return tree.child(inner, "aux", "cop", "aux:pass") is not None


def _escape(sentence: Sentence, step: Step) -> Shift | None:
    """She lacked any motive; she survived the plot."""
    node = step.node
    thing = sentence.tree.child(node, "obj")
    if thing is None or not sentence.acts(step):
        return None
    if sentence.verb(node) == "lack":
        return Shift("failure", node, (sentence.swap(node, "show"),))
    danger = listed("nouns.attacks") | listed("nouns.proceedings")
    danger |= listed("able.escaped")
    if sentence.verbs(node) & listed("able.escape") and sentence.noun(thing) in danger:
        return Shift("failure", node, (sentence.swap(node, "suffer"),))
    return None


def _agent(sentence: Sentence, step: Step) -> Shift | None:
    """The mayor was accused by her."""
    node = step.node
    by = step.role in ("obl:agent", "obl") and sentence.case(step.prev) == "by"
    if not (step.own and by and sentence.is_passive(node)):
        return None
    done = opposites("judged").keys() | listed("harm.kindness")
    if sentence.verb(node) in done - listed("harm.wrongs"):
        return Shift("agent", node, certain=True)
    return None


def _victim(sentence: Sentence, step: Step) -> Shift | None:
    """She was cheated by the bank; the crew was saved from her; spoke up for her."""
    node, tree = step.node, sentence.tree
    if not step.own:
        return None
    verb, case = sentence.verb(node), sentence.case(step.prev)
    oblique = case if step.role == "obl" else None
    if oblique == "from" and verb in listed("harm.rescue"):
        return Shift("danger", node, turns=False, certain=True)
    speaks = oblique == "for" and verb in ("speak", "stand")
    if speaks and sentence.particle(node) is not None:
        return Shift("defence", node, certain=True)
    if step.role != "nsubj:pass" or verb not in listed("harm.wrongs"):
        return None
    for agent in tree.all_children(node, "obl:agent", "obl"):
        if any(tree.words[case] == "by" for case in tree.all_children(agent, "case")):
            return Shift("victim", node, certain=True)
    return None


def _almost(sentence: Sentence, step: Step) -> Shift | None:
    """Was almost toppled."""
    if not sentence.undergoes(step):
        return None
    for child in sentence.tree.all_children(step.node, "advmod"):
        almost = sentence.tree.words[child] in listed("harm.almost")
        if almost and child not in sentence.used:
            sentence.used.add(child)
            return Shift("attempt", child, ((child, child + 1, ""),))
    return None


def _defence(sentence: Sentence, step: Step) -> Shift | None:
    """Condemned attacks on her; hit back at her critics."""
    node, verb = step.node, sentence.verb(step.node)
    if step.own or step.role not in ("obj", "obl"):
        return None
    if sentence.tree.tags[step.prev] != "NOUN":
        return None
    case = sentence.case(step.prev)
    speaks = (verb, case) in (("speak", "against"), ("hit", "at"))
    if verb not in opposites("judged") and not speaks:
        return None
    noun = sentence.noun(step.prev)
    kinds = ("attacks", "claims", "feelings")
    hostile = any(noun in listed(f"nouns.{kind}") for kind in kinds)
    if noun in listed("nouns.critics") or (hostile and is_against(sentence, step.prev)):
        return Shift("defence", node, certain=True)
    return None


def _failure(sentence: Sentence, step: Step) -> Shift | None:
    """Failed to topple her; she refused to lie."""
    node, tree = step.node, sentence.tree
    edits = sentence.swapped(node, opposites("infinitive"))
    inner = tree.child(node, "xcomp", "advcl", "ccomp")
    own = step.own and step.role == "nsubj"
    if not edits or inner is None or not (own or step.prev == inner):
        return None
    if sentence.verb(inner) in listed("reach.omitted"):
        return Shift("open", node)
    if tree.words[node + 1 : node + 3] == ["short", "of"]:
        return Shift("failure", node, ((node, node + 3, "is"),))
    to = tree.child(inner, "mark")
    if step.prev != inner and to is not None and to == node + 1:
        return Shift("failure", node, ((node, to + 1, "did"),))
    if step.prev != inner and edits[0][2].startswith("start"):
        return Shift("no longer", node, edits)  # she stopped stealing
    hostile = step.prev == inner and _is_hostile(sentence, inner)
    return Shift("attempt" if hostile else "failure", node, edits)


def _is_hostile(sentence: Sentence, inner: int) -> bool:
    """Whether what is tried would harm the target: to smear her."""
    return is_hostile(
        sentence, inner
    ) and sentence.target in sentence.tree.all_children(inner, "obj")


def is_hostile(sentence: Sentence, node: int) -> bool:
    """Whether a verb says that somebody is harmed or blamed."""
    judged = sentence.verb(node) in opposites("judged")
    return judged or bool(sentence.verbs(node) & listed("harm.words"))


def _unable(sentence: Sentence, step: Step) -> Shift | None:
    node = step.node
    if sentence.tree.words[node] in listed("able.unable"):
        return Shift("failure", node, ((node, node + 1, "able"),))
    return None


def _attempt(sentence: Sentence, step: Step) -> Shift | None:
    """Tried to smear her."""
    node, tree = step.node, sentence.tree
    edits = sentence.swapped(node, opposites("tried"))
    infinitive = step.role in ("xcomp", "advcl", "ccomp")
    if not edits or not infinitive or tree.child_word(step.prev, "mark") != "to":
        return None
    if _is_hostile(sentence, step.prev):
        return Shift("attempt", node, edits)
    return None


VERB_RULES: tuple[Rule, ...] = (
    _almost, _victim, _judged, _content, _denial, _escape, _agent, _defence, _failure,
    _unable, _attempt, end, amends,
)  # fmt: skip
NOUN_RULES: tuple[Rule, ...] = (_unable, exonerated, amends)
