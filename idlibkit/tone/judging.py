"""Verbs that turn what is said of the target: acquit, deny, fail, try."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from .outcomes import amends, end, exonerated, is_against
from .shifts import SUBJECTS, Sentence, Shift, Step, listed, opposites

__all__ = ["is_hostile", "verb_shift"]

CLAUSES = ("ccomp", "csubj", "csubj:pass")
Rule = Callable[[Sentence, Step], Shift | None]
PLAIN = ("blame", "condemn", "convict")


def verb_shift(sentence: Sentence, step: Step) -> Shift | None:
    """The first rule that finds something in the verb or noun of a step."""
    n = step.node
    if n in sentence.used:
        return None
    rules: tuple[Rule, ...] = NOUN_RULES
    if sentence.tree.tags[n] == "VERB":
        rules = VERB_RULES
    elif sentence.tree.tags[n] not in ("AUX", "ADJ", "NOUN"):
        return None
    for rule in rules:
        shift = rule(sentence, step)
        if shift is not None:
            sentence.used.add(n)
            return shift
    return None


def _judged(sentence: Sentence, step: Step) -> Shift | None:
    """Acquitted her; accused her."""
    n = step.node
    if not sentence.undergoes(step):
        return None
    edits = sentence.swapped(n, opposites("object"))
    if edits:
        exoneration = sentence.swapped(n, _exonerating())
        return Shift("exoneration" if exoneration else "support", n, edits)
    edits = sentence.swapped(n, opposites("judged"))
    if edits and sentence.verb(n) not in PLAIN:
        return Shift("judgement", n, edits, turns=False)
    return None


@cache
def _exonerating() -> dict[str, str]:
    groups = opposites("object")
    return {verb: to for verb, to in groups.items() if to in ("convict", "blame")}


def _content(sentence: Sentence, step: Step) -> Shift | None:
    """Denied that she lied; rejected the claim that she lied."""
    n = step.node
    claim = (
        not step.own
        and step.role in ("obj", "nsubj:pass", "nsubj")
        and sentence.noun(step.prev) in listed("nouns.claims") | listed("nouns.wrongs")
        and (step.role != "nsubj" or sentence.is_passive(n))
    )
    if step.role not in CLAUSES and not claim:
        return None
    edits = sentence.swapped(n, opposites("content"))
    return Shift("content", n, edits) if edits else None


def _denial(sentence: Sentence, step: Step) -> Shift | None:
    """She denied taking bribes."""
    n = step.node
    if not sentence.acts(step) or sentence.verb(n) not in listed("denial.verbs"):
        return None
    inner = sentence.tree.child(n, "xcomp", "ccomp", "obj", "advcl")
    if inner is None or not _is_of_itself(sentence, inner):
        return None
    return Shift("denial", n, (sentence.swap(n, "confess"),))


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
    n = step.node
    thing = sentence.tree.child(n, "obj")
    if thing is None or not sentence.acts(step):
        return None
    if sentence.verb(n) == "lack":
        return Shift("failure", n, (sentence.swap(n, "show"),))
    danger = listed("nouns.attacks") | listed("nouns.proceedings")
    danger |= listed("able.escaped")
    if sentence.verbs(n) & listed("able.escape") and sentence.noun(thing) in danger:
        return Shift("failure", n, (sentence.swap(n, "suffer"),))
    return None


def _agent(sentence: Sentence, step: Step) -> Shift | None:
    """The mayor was accused by her."""
    n = step.node
    by = step.role in ("obl:agent", "obl") and sentence.case(step.prev) == "by"
    if not (step.own and by and sentence.is_passive(n)):
        return None
    done = opposites("judged").keys() | listed("harm.kindness")
    if sentence.verb(n) in done - listed("harm.wrongs"):
        return Shift("agent", n, certain=True)
    return None


def _victim(sentence: Sentence, step: Step) -> Shift | None:
    """She was cheated by the bank; the crew was saved from her; spoke up for her."""
    n, tree = step.node, sentence.tree
    if not step.own:
        return None
    verb, case = sentence.verb(n), sentence.case(step.prev)
    oblique = case if step.role == "obl" else None
    if oblique == "from" and verb in listed("harm.rescue"):
        return Shift("danger", n, turns=False, certain=True)
    speaks = oblique == "for" and verb in ("speak", "stand")
    if speaks and sentence.particle(n) is not None:
        return Shift("defence", n, certain=True)
    if step.role != "nsubj:pass" or verb not in listed("harm.wrongs"):
        return None
    for agent in tree.all_children(n, "obl:agent", "obl"):
        if any(tree.words[c] == "by" for c in tree.all_children(agent, "case")):
            return Shift("victim", n, certain=True)
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
    n, verb = step.node, sentence.verb(step.node)
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
        return Shift("defence", n, certain=True)
    return None


def _failure(sentence: Sentence, step: Step) -> Shift | None:
    """Failed to topple her; she refused to lie."""
    n, tree = step.node, sentence.tree
    edits = sentence.swapped(n, opposites("infinitive"))
    inner = tree.child(n, "xcomp", "advcl", "ccomp")
    own = step.own and step.role == "nsubj"
    if not edits or inner is None or not (own or step.prev == inner):
        return None
    if sentence.verb(inner) in listed("reach.omitted"):
        return Shift("open", n)
    if tree.words[n + 1 : n + 3] == ["short", "of"]:
        return Shift("failure", n, ((n, n + 3, "is"),))
    to = tree.child(inner, "mark")
    if step.prev != inner and to is not None and to == n + 1:
        return Shift("failure", n, ((n, to + 1, "did"),))
    if step.prev != inner and edits[0][2].startswith("start"):
        return Shift("no longer", n, edits)  # she stopped stealing
    hostile = step.prev == inner and _is_hostile(sentence, inner)
    return Shift("attempt" if hostile else "failure", n, edits)


def _is_hostile(sentence: Sentence, inner: int) -> bool:
    """Whether what is tried would harm the target: to smear her."""
    return is_hostile(
        sentence, inner
    ) and sentence.target in sentence.tree.all_children(inner, "obj")


def is_hostile(sentence: Sentence, n: int) -> bool:
    """Whether a verb says that somebody is harmed or blamed."""
    judged = sentence.verb(n) in opposites("judged")
    return judged or bool(sentence.verbs(n) & listed("harm.words"))


def _unable(sentence: Sentence, step: Step) -> Shift | None:
    n = step.node
    if sentence.tree.words[n] in listed("able.unable"):
        return Shift("failure", n, ((n, n + 1, "able"),))
    return None


def _attempt(sentence: Sentence, step: Step) -> Shift | None:
    """Tried to smear her."""
    n, tree = step.node, sentence.tree
    edits = sentence.swapped(n, opposites("tried"))
    infinitive = step.role in ("xcomp", "advcl", "ccomp")
    if not edits or not infinitive or tree.child_word(step.prev, "mark") != "to":
        return None
    if _is_hostile(sentence, step.prev):
        return Shift("attempt", n, edits)
    return None


VERB_RULES: tuple[Rule, ...] = (
    _almost, _victim, _judged, _content, _denial, _escape, _agent, _defence, _failure,
    _unable, _attempt, end, amends,
)  # fmt: skip
NOUN_RULES: tuple[Rule, ...] = (_unable, exonerated, amends)
