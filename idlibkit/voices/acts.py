"""Which verbs tell of something done, or of nothing that was said."""

from __future__ import annotations

import re

import numpy as np

from .sentences import Sentences, following
from .verbs import Verbs
from .word_classes import Code, among, is_code, letters, pattern
from .word_lists import Listed

__all__ = ["report_nothing"]


def report_nothing(sentences: Sentences, verbs: Verbs, start: np.ndarray) -> np.ndarray:
    """Whether what follows from `start` is nothing that this verb reports."""
    codes = sentences.codes
    first, led = codes[start], codes[start - 1]
    finite = np.flatnonzero(among(codes, "AUXILIARY BE SAID"))
    clauseless = following(finite, start) >= verbs.sentence_end
    paused = among(led, "COMMA COLON")

    def without(names: str) -> np.ndarray:
        return ~among(first, names)

    introduced = verbs.are("say", "tell", "that") & among(first, "THAT QUOTE")
    introduced |= is_code(verbs.before, Code.PREPOSITION) & verbs.are("ask", "judge")
    conditions = [
        among(first, "AUXILIARY BE"),  # `The man he said was`
        # `planned for`, `known as`
        among(verbs.after, "PREPOSITION BUT") & verbs.are("think", "want", "to"),
        verbs.are("to") & without("TO THAT QUOTE"),  # `planned the visit`
        # `added three aides`, `add it to`
        verbs.is_("add") & without("THAT QUOTE") & ~paused & clauseless,
        # `knows the town`, `fears nobody`, `considered hostile`
        verbs.are("think") & without("THAT TO PRONOUN") & clauseless,
        # `said to be`
        verbs.are("say") & ~without("TO") & ~verbs.is_("claim"),
        # `told a story`
        verbs.are("tell")
        & without("THAT TO WHO QUOTE PRONOUN")
        & ~paused
        & clauseless
        & ~_open_past_clauses(sentences, verbs, start),
        # `the law requiring`, but `, adding`
        verbs.ing
        & ~among(verbs.before, "COMMA AND DASH STOP BUT BE EDGE")
        & ~introduced,
        # `found the road`
        verbs.are("that") & without("THAT WHO QUOTE") & ~is_code(led, Code.COLON),
        # `urged calm`, but `urged them not to`
        verbs.are("ask")
        & without("TO THAT WHO QUOTE")
        & ~(is_code(first, Code.ADVERB) & is_code(codes[start + 1], Code.TO))
        & ~is_code(led, Code.COLON),
        # `ordered salt, which is dear`
        verbs.are("ask") & is_code(first, Code.WHO) & is_code(led, Code.COMMA),
        # `told of a king who went mad`, `wrote of claims that nobody believes`
        among(first, "THAT WHO") & among(led, "NOUN NAME") & _are_of(sentences, verbs),
        verbs.is_("determine") & is_code(first, Code.WHO),  # `determines who pays`
        # `admitted women in 1987`, `stated her name`
        verbs.is_(*_DONE_TO_THINGS)
        & without("THAT WHO QUOTE PRONOUN")
        & ~paused
        & clauseless,
        _points_of_figures(sentences, verbs),
        _are_acts(sentences, verbs, start, clauseless),
        _are_unsaid(sentences, verbs),
    ]
    return np.logical_or.reduce(conditions)


# Of these a bare object is what something is done to.
_DONE_TO_THINGS = ("admit", "concede", "conclude", "state", "note")


def _are_of(sentences: Sentences, verbs: Verbs) -> np.ndarray:
    """Whether "of" or "about" stands right behind a verb."""
    some = is_code(verbs.after, Code.PREPOSITION)
    behind = sentences.words(verbs.end[some])
    some[some] = [word in ("of", "about") for word in behind]
    return some


def _open_past_clauses(
    sentences: Sentences, verbs: Verbs, start: np.ndarray
) -> np.ndarray:
    """Whether a clause in the past stands behind a hearer: `told the council | the
    ovens stayed cold`; not `told the council the tale agreed on`."""
    codes = sentences.codes
    some = is_code(codes[start], Code.DETERMINER) & (start > verbs.end)
    some &= among(codes[start - 1], "NOUN NAME TIME")
    verb = sentences.forward(start + 1, "NOUN NAME NUMBER")
    some &= (verb > start + 1) & is_code(codes[verb], Code.PAST)
    return some & ~among(codes[verb + 1], "PREPOSITION STOP EDGE TO COMMA")


def _are_acts(
    sentences: Sentences, verbs: Verbs, start: np.ndarray, clauseless: np.ndarray
) -> np.ndarray:
    """Whether a verb is something done, not said: `called off`, `showed Lee with a
    bag`, `told the story of`, `thanked the staff`, `a group called Dawn`."""
    codes, end = sentences.codes, verbs.sentence_end
    first = codes[start]
    quote = following(np.flatnonzero(is_code(codes, Code.QUOTE)), start) < end
    particle = verbs.are("judge") | verbs.is_("show")
    particle &= sentences.are_on(verbs.end, Listed.PARTICLE)
    particle &= verbs.end == verbs.at + 1
    shown = verbs.is_("show") & clauseless & ~among(first, "THAT WHO QUOTE")
    shown &= ~_are_of_evidence(sentences, verbs.at)
    tale = verbs.is_("tell") & _have_within(sentences, verbs.end, 4, Listed.TALE)
    claimed = verbs.is_("claim") & clauseless & ~among(first, "THAT QUOTE")
    tale |= claimed & _have_within(sentences, start, 4, Listed.CLAIMED)
    reasonless = ~_have_within(sentences, start, 12, Listed.REASON) & ~quote
    thanked = verbs.is_("thank", "praise") & reasonless
    # `those who want more`: who they are, not what they say
    kept = verbs.are("to", "think", "want") & among(verbs.lead, "WHO THAT")
    whose = codes[verbs.at - 2]
    first_word = is_code(codes[verbs.at - 3], Code.EDGE)
    kept &= among(whose, "NOUN DETERMINER PRONOUN") | first_word
    to = following(np.flatnonzero(is_code(codes, Code.TO)), start) < end
    wanted = verbs.is_("want", "wish", "prefer") & ~to & ~quote  # `want a deal`
    # `a group called Dawn`
    phrase_start = sentences.back(verbs.at, "NOUN NAME PAST ING NUMBER") - 1
    named = verbs.is_("call") & is_code(verbs.before, Code.NOUN)
    named &= among(first, "NAME QUOTE") & sentences.are_on(phrase_start, Listed.ONE)
    called = verbs.is_("call")
    places = zip(start[called].tolist(), end[called].tolist(), strict=True)
    called[called] = [not _has_complement(sentences, *place) for place in places]
    # `considering that it rained`, but `was considering`
    given = verbs.is_("consider") & verbs.ing & ~is_code(verbs.lead, Code.BE)
    # `wrote them a check`
    given_to = verbs.is_("write") & is_code(first, Code.OBJECT) & clauseless & ~quote
    # `questioned him for hours`
    met = verbs.are("judge") & is_code(first, Code.OBJECT)
    met &= verbs.is_("question") | reasonless & ~_have_within(
        sentences, start, 3, Listed.ONE
    )
    return (
        met
        | given_to
        | given
        | particle
        | shown
        | tale
        | thanked
        | kept
        | wanted
        | named
        | called
    )


_SUBJECT_REACH = 8  # words
# `called | it a mistake`, `the plan in full a mistake`, `Lee unfit`, `the plan "mad"`
_COMPLEMENT = pattern(
    """[^ COMMA STOP COLON SAID AUXILIARY BE EXCLAIMED]* QUOTE
    | WHO
    | PRONOUN [DETERMINER NOUN NAME PAST ADVERB ING]
    | DETERMINER? NAME+ [NOUN PAST ADVERB DETERMINER ING]
    | [^ COMMA STOP COLON SAID AUXILIARY BE EXCLAIMED]+
      (?<! [PREPOSITION AND TO BUT TIME]) DETERMINER
    | DETERMINER? [NOUN PAST ING]+ ADVERB"""
)


def _has_complement(sentences: Sentences, start: int, end: int) -> bool:
    """Whether what is called so is followed by what it is called."""
    her = sentences.word(start) == "her" and sentences.s[start + 1] == Code.NOUN
    if sentences.is_on(start, Listed.HEARER) and not her:  # `called him unfit`
        return sentences.s[start + 1] in letters("DETERMINER NOUN NAME PAST ADVERB ING")
    if not her and _COMPLEMENT.match(sentences.s, start, end):
        return True
    tokens = sentences.tokens
    last = max(start + 1, min(end, start + _SUBJECT_REACH)) - 1
    first_at = tokens.starts[sentences.token[start]]
    last_at = tokens.ends[sentences.token[last]]
    return bool(_MARK_OR_ADJECTIVE.search(tokens.text, first_at, last_at + 1))


# `the plan “mad”`, `the plan dangerous`
_MARK_OR_ADJECTIVE = re.compile(
    r"[“\"]|''|\b(?:un[a-z]+|[a-z]+(?:ous|ible|able|ful|less|ish|istic))\b"
)


def _are_of_evidence(sentences: Sentences, at: np.ndarray) -> np.ndarray:
    """Whether a word of evidence is among the words before a verb: `the latest poll of
    voters showed`."""
    place, some = at.copy(), np.zeros(len(at), bool)
    for _ in range(_SUBJECT_REACH):
        inside = ~is_code(sentences.codes[place - 1], Code.EDGE)
        place = np.where(inside, place - 1, place)
        some |= inside & sentences.are_on(place, Listed.EVIDENCE)
    return some


def _have_within(
    sentences: Sentences, at: np.ndarray, n: int, listed: Listed
) -> np.ndarray:
    """Whether one of the `n` words from each place on, in its sentence, is on a
    list.
    """
    codes = sentences.codes
    some, inside = np.zeros(len(at), bool), np.ones(len(at), bool)
    for step in range(n):
        place = np.minimum(at + step, len(codes) - 1)
        inside &= ~is_code(codes[place], Code.EDGE)
        some |= inside & sentences.are_on(place, listed)
    return some


# Of these a negation leaves nothing that is reported: `did not mention the ferry`.
_NOT_DONE = (
    *("know", "mention", "show", "suggest", "disclose", "determine", "discuss"),
    *("confirm", "affirm", "reveal", "specify", "explain", "indicate"),
)


def _are_unsaid(sentences: Sentences, verbs: Verbs) -> np.ndarray:
    """Whether a verb tells of what was not said, or might be: `did not mention`, `if
    the court finds that`."""
    codes = sentences.codes
    before = verbs.at - 1
    negated = sentences.are_on(before, Listed.NEGATION)
    negated |= is_code(verbs.before, Code.ADVERB) & sentences.are_on(
        before - 1, Listed.NEGATION
    )
    negated &= verbs.is_(*_NOT_DONE)
    # `if | the court | finds that`
    opening = sentences.back(before, "NAME NOUN DETERMINER PRONOUN PAST NUMBER") - 1
    condition = is_code(codes[opening], Code.BUT)
    condition &= sentences.are_on(opening, Listed.CONDITION)
    condition &= verbs.are("that", "judge", "say", "think", "want", "to")
    # `as stated in the order`, `if confirmed, Lee would`
    participle = verbs.finite & is_code(verbs.before, Code.BUT)
    participle &= among(verbs.after, "PREPOSITION COMMA STOP EDGE")
    participle &= ~sentences.are_on(before, Listed.CONTRAST)
    # `watched Lee declare`
    phrase_start = sentences.back(verbs.at, "NAME NOUN DETERMINER PRONOUN OBJECT") - 1
    seen = is_code(verbs.code, Code.SAY)
    seen &= sentences.are_on(phrase_start, Listed.PERCEIVED)
    # `why admit that`, `which may explain the rise`
    asked = is_code(verbs.code, Code.SAY) & is_code(verbs.before, Code.WHO)
    asked &= ~sentences.are_on(before, Listed.RELATIVE)
    explained = verbs.is_("explain") & is_code(verbs.before, Code.AUXILIARY)
    explained &= ~among(verbs.after, "THAT WHO QUOTE COMMA COLON TO")
    return negated | condition | participle | seen | asked | explained


def _points_of_figures(sentences: Sentences, verbs: Verbs) -> np.ndarray:
    """Where "points to" is no verb: `rose by two percentage points to 34`."""
    points = verbs.is_("point to")
    for number in np.flatnonzero(points).tolist():
        counted = chr(verbs.before[number]) in (Code.NUMBER, Code.DETERMINER)
        word = sentences.word(int(verbs.at[number]) - 1)
        points[number] = counted or word in ("percentage", "basis")
    return points
