"""The noun phrases that verbs belong to."""

from __future__ import annotations

import numpy as np

from ..text import is_plural
from .noun_phrases import (
    INSIDE,
    appositive,
    phrase,
    role_and_name,
    with_first_name,
    with_second_name,
)
from .people import BODIES
from .sentences import Sentences, following, has_frame
from .word_classes import Code, among, is_code
from .word_lists import Listed

__all__ = ["subjects"]

# What a relative clause goes on with, if its `who` is the subject: `who lost`
_CLAUSE_VERBS = "AUXILIARY BE PAST NOUN SAID SAY"
# What no such clause reaches over.
_BARRIERS = "COMMA COLON SEMICOLON DASH QUOTE SAID SAY SAYING BUT EDGE PRONOUN"


def subjects(sentences: Sentences, cue: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The noun phrase that each verb belongs to, from its beginning to its end; -1
    where there is none."""
    codes = sentences.codes
    at = _verb_phrase_starts(sentences, cue)
    last = codes[at - 1]
    begin = sentences.begins[sentences.number(cue)]
    start, end = np.full(len(at), -1), np.full(len(at), -1)
    edge, relative = _antecedents(sentences, at, begin)
    around = _around_clauses(sentences, at, cue)
    relative |= around >= 0
    edge = np.where(around >= 0, around, edge)
    single = among(last, "PRONOUN WHO THAT") & (around < 0)
    start[single], end[single] = at[single] - 1, at[single]
    usual = np.flatnonzero(relative | ~single & ~among(last, "AND BUT EDGE COMMA DASH"))
    lead = _phrase_starts(sentences, edge[usual])
    some = lead >= 0
    start[usual[some]], end[usual[some]] = lead[some], edge[usual[some]]
    joined = is_code(codes[start - 1], Code.AND) & is_code(codes[start - 2], Code.COMMA)
    joined &= (start > 2) & among(codes[start], "NAME DETERMINER")
    for number in np.flatnonzero(joined).tolist():
        whole = int(start[number]), int(end[number])
        start[number], _ = with_first_name(sentences.s, int(begin[number]), whole)
    # `as | we | all know`
    all_ = is_code(codes[start], Code.DETERMINER) & (end == start + 1) & (start > 0)
    all_ &= is_code(codes[start - 1], Code.PRONOUN)
    start, end = start - all_, end - all_
    for number in np.flatnonzero(among(last, "COMMA DASH")).tolist():
        subject = _before_comma(sentences, int(begin[number]), int(at[number]) - 1)
        if subject:
            start[number], end[number] = subject
    return start, end


def _verb_phrase_starts(sentences: Sentences, cue: np.ndarray) -> np.ndarray:
    """Each place moved back over auxiliaries, adverbs and times: `| has on Monday
    said`.
    """
    codes = sentences.codes
    at, moving = cue.copy(), np.arange(len(cue))
    while len(moving):
        here = at[moving]
        last, code = codes[here - 1], codes[here]
        verbal = (here == cue[moving] - 1) | among(code, "AUXILIARY ADVERB")
        since = verbal & sentences.are_on(here - 1, Listed.SINCE)  # `has since said`
        passed = among(last, "AUXILIARY BE ADVERB TIME")
        passed |= is_code(last, Code.NUMBER) & is_code(codes[here - 2], Code.TIME)
        passed |= is_code(last, Code.PREPOSITION) & (is_code(code, Code.TIME) | since)
        moving = moving[passed]
        at[moving] -= 1
    return at


def _antecedents(
    sentences: Sentences, at: np.ndarray, begin: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Of a relative clause the speaker is what it belongs to: where that ends, and
    which verbs are in such a clause. For all others the end is `at`."""
    codes = sentences.codes
    edge = at - 1 - among(codes[at - 2], "COMMA DASH")
    relative = among(codes[at - 1], "WHO THAT") & (at - begin > 1)
    relative &= among(codes[edge - 1], "NAME NOUN")
    relative &= sentences.are_on(at - 1, Listed.RELATIVE)
    return np.where(relative, edge, at), relative


def _around_clauses(
    sentences: Sentences, at: np.ndarray, cue: np.ndarray
) -> np.ndarray:
    """Where the subject ends that has a relative clause without a comma between it and
    its verb: `A nurse | who lost her job | said`; -1 where there is no such clause."""
    codes = sentences.codes
    opens = np.flatnonzero(among(codes, "WHO THAT"))
    opens = opens[sentences.are_on(opens, Listed.RELATIVE)]
    opens = opens[among(codes[opens - 1], "NAME NOUN DETERMINER")]
    claims = sentences.tokens.nouns[sentences.token[opens - 1]]  # `the claim that`
    opens = opens[~claims]
    opens = np.append(-1, opens[_have_verbs(sentences, opens)])
    # `who knew him said`
    barred = among(codes, _BARRIERS)
    known = np.flatnonzero(among(codes, "SAID SAY"))
    known = known[among(codes[known - 1], "WHO THAT")]
    verb = sentences.tokens.verbs[sentences.token[known]]
    barred[known[has_frame("think", "want", "to")[verb]]] = False
    barriers = np.flatnonzero(barred)
    opening = opens[np.searchsorted(opens, at) - 1]
    barrier = barriers[np.searchsorted(barriers, at) - 1]
    # Two words at least, or one verb: `those who stayed said`
    long = (opening < at - 2) | (opening == at - 2) & is_code(codes[at - 1], Code.PAST)
    inside = (opening > barrier) & long
    # `the man who local police said was`
    inside &= ~among(codes[cue + 1], "BE AUXILIARY")
    inside &= among(codes[at - 1], "NAME NOUN PAST OBJECT ADVERB ING NUMBER TIME")
    return np.where(inside, opening, -1)


def _have_verbs(sentences: Sentences, opens: np.ndarray) -> np.ndarray:
    """Whether a verb follows these words, `who` or `that`: `who lost`, `that runs it`;
    not `that party leaders praise`."""
    codes = sentences.codes
    verb = sentences.forward(opens + 1, "ADVERB")
    some = among(codes[verb], _CLAUSE_VERBS)
    noun = is_code(codes[verb], Code.NOUN) & is_code(codes[opens], Code.THAT)
    noun = np.flatnonzero(noun)
    behind = among(codes[verb[noun] + 1], "DETERMINER NAME PREPOSITION OBJECT NUMBER")
    words = sentences.words(verb[noun])
    some[noun] = behind | np.array([word.endswith("s") for word in words], bool)
    return some


def _phrase_starts(sentences: Sentences, end: np.ndarray) -> np.ndarray:
    """Where the noun phrases that end at these places begin; -1 for none."""
    codes = sentences.codes
    outside = np.flatnonzero(~_inside_phrases(sentences))
    left = outside[np.searchsorted(outside, end) - 1] + 1
    # `was sued last year by | Ann Lee, who alleges`
    passive = is_code(codes[left - 1], Code.BE) & is_code(codes[left], Code.PAST)
    by = np.flatnonzero(is_code(codes, Code.PREPOSITION))
    by = by[sentences.are_on(by, Listed.BY)]
    agent = following(by, left)
    left = np.where(passive & (agent < end - 1), agent + 1, left)
    starts = np.full(len(end), -1)
    for number, (a, b) in enumerate(zip(left.tolist(), end.tolist(), strict=True)):
        lead = phrase(sentences.s[a:b])
        if lead >= 0:
            starts[number] = a + lead
    return starts


def _inside_phrases(sentences: Sentences) -> np.ndarray:
    """Whether a code can be inside a noun phrase; of `to` only that of a role: `an
    adviser to the minister`, `Witnesses to the attack`."""
    codes = sentences.codes
    inside = among(codes, INSIDE)
    to = np.flatnonzero(
        is_code(codes, Code.TO)
    )  # no first or last code: these are edges
    before, second = codes[to - 1], codes[to - 2]
    role = is_code(before, Code.NOUN)
    role |= is_code(before, Code.PAST) & is_code(second, Code.NOUN)
    opens = np.flatnonzero(is_code(before, Code.NAME) & is_code(second, Code.EDGE))
    role[opens] = [is_plural(word) for word in sentences.words(to[opens] - 1)]
    lead = sentences.back(to, "NAME NOUN DETERMINER PAST ING NUMBER AND ADVERB") - 1
    role &= among(codes[to + 1], "NAME DETERMINER")
    role &= ~is_code(codes[lead], Code.PREPOSITION)
    inside[to[role]] = True
    return inside


def _before_comma(
    sentences: Sentences, begin: int, comma: int
) -> tuple[int, int] | None:
    """The subject where a comma stands before the verb: a role and a name, or a name
    and a role; of a body and a name the body speaks."""
    role = role_and_name(sentences.s, begin, comma)
    if role and sentences.word(role[0]) not in BODIES:
        return role[1]
    subject = appositive(sentences.s, begin, comma)
    return with_second_name(sentences.s, subject, comma) if subject else None
