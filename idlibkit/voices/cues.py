"""The verbs and phrases that may report something, and what each of them needs.

All sentences are read at once, as arrays: what is asked of every verb is a look-up
around its place; patterns are matched only where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from ..text import is_plural
from .contents import content_ends, content_starts
from .sentences import Sentences, following, has_frame, has_lemma
from .subject_phrases import subjects
from .word_classes import Code, among, is_code, pattern
from .word_lists import Listed

__all__ = ["ASIDE", "Cue", "Cues", "Way", "find_cues"]

# Frames of verbs that take `..., he said, ...`.
ASIDE = ("say", "quote", "tell", "ask", "think")


class Way(IntEnum):
    """How a cue is read."""

    STRAIGHT = 0  # after its subject or before it: `Lee said`, `said Lee`
    THOUGHT = 1  # `was thought to`
    ADDRESSED = (
        2  # `was told that`, `asked whether`: the hearer is named, not the speaker
    )
    ACCORDING = 3  # `according to`
    NOUN_CLAUSE = 4  # `the claim that`
    PASSIVE = 5  # reports nothing: `was criticised`


@dataclass(slots=True)
class Cue:
    """One place that may report something; the fields are those of `Cues`."""

    sentence: int
    way: int
    at: int
    end: int
    verb: int
    inverted: bool
    subject: int
    subject_end: int
    start: int
    content: int
    content_end: int
    joined: int
    nothing: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """Places that may report something, in order, as columns; places are in the
    sentences' codes."""

    sentence: np.ndarray  # its number
    way: np.ndarray  # of `Way`
    at: np.ndarray
    end: np.ndarray
    verb: np.ndarray  # number among `forms`
    inverted: np.ndarray  # whether the subject may follow
    subject: np.ndarray  # -1 for none
    subject_end: np.ndarray
    start: np.ndarray  # of what stands after the cue, its hearer, time and occasion
    content: np.ndarray  # where that is reported by this verb: its beginning and end
    content_end: np.ndarray
    joined: np.ndarray  # the code before it and its auxiliaries
    nothing: np.ndarray  # whether what follows is nothing that this verb reports
    aside: np.ndarray  # whether it may stand apart: `..., he said, ...`
    # Whether it reports what follows, where no other cue stands in its sentence.
    plain: np.ndarray

    def take(self, rows: np.ndarray) -> Cues:
        """The cues with these numbers, or where this mask is true."""
        return Cues(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    def __iter__(self) -> Iterator[Cue]:
        columns = [getattr(self, one.name).tolist() for one in fields(Cue)]
        for values in zip(*columns, strict=True):
            yield Cue(*values)


@dataclass(frozen=True, slots=True)
class _Verbs:
    """Forms of reporting verbs that are verbs where they stand, as columns."""

    at: np.ndarray
    end: np.ndarray  # behind it, and behind its second word
    verb: np.ndarray  # number among `forms`
    sentence_end: np.ndarray
    code: np.ndarray  # of the verb,
    before: np.ndarray  # of what stands before it,
    after: np.ndarray  # and behind it
    lead: np.ndarray  # code before it and its adverbs

    def are(self, *frames: str) -> np.ndarray:
        """Which verbs have one of these frames."""
        return has_frame(*frames)[self.verb]

    def is_(self, *lemmas: str) -> np.ndarray:
        """Which verbs are these."""
        return np.logical_or.reduce([has_lemma(lemma)[self.verb] for lemma in lemmas])

    @property
    def finite(self) -> np.ndarray:
        return is_code(self.code, Code.SAID)

    @property
    def ing(self) -> np.ndarray:
        return is_code(self.code, Code.SAYING)


@dataclass(frozen=True, slots=True)
class _Contents:
    """What follows verbs, as columns."""

    start: np.ndarray  # behind the hearer, the time and the occasion
    content: np.ndarray  # the words reported, and their end
    content_end: np.ndarray
    led: np.ndarray  # code before `start`
    first: np.ndarray  # code at `start`
    nothing: np.ndarray  # whether it is nothing that the verb reports


def find_cues(sentences: Sentences) -> Cues:
    """`According to`, nouns with a clause, and verbs that may report something."""
    verbs = _verbs(sentences)
    way = _ways(verbs)
    straight = way == Way.STRAIGHT
    inverted = _may_be_inverted(sentences, verbs)
    subject, subject_end = subjects(sentences, verbs.at)
    subject[_are_participles(sentences, verbs)] = -1
    contents = _contents(sentences, verbs)
    joined = sentences.codes[sentences.back(verbs.at, "AUXILIARY ADVERB") - 1]
    aside = _may_stand_apart(sentences, verbs, contents, subject)
    # `adding that`, `and said`, `to say`: the subject is that of another verb.
    carried = verbs.ing | is_code(verbs.before, Code.TO) | among(joined, "AND BUT")
    reports = (aside | ~contents.nothing) & ((subject >= 0) | carried)
    plain = straight & ~inverted & ~aside & (subject >= 0) & ~verbs.ing
    cues = Cues(
        sentence=sentences.number(verbs.at),
        way=way,
        at=verbs.at,
        end=verbs.end,
        verb=verbs.verb,
        inverted=inverted,
        subject=subject,
        subject_end=subject_end,
        start=contents.start,
        content=contents.content,
        content_end=contents.content_end,
        joined=joined,
        nothing=contents.nothing,
        aside=aside,
        plain=plain & ~contents.nothing,
    )
    useful = np.where(straight, inverted | reports, way != Way.PASSIVE)
    return _with_phrases(sentences, cues.take(useful))


def _verbs(sentences: Sentences) -> _Verbs:
    codes, tokens = sentences.codes, sentences.tokens
    at = np.flatnonzero(among(codes, "SAID SAY SAYING"))
    pair = tokens.pairs[sentences.token[at]].astype(int)
    verbal = ~_are_nouns(sentences, at, pair)
    at, end = at[verbal], (at + 1 + pair)[verbal]
    return _Verbs(
        at=at,
        end=end,
        verb=tokens.verbs[sentences.token[at]],
        sentence_end=sentences.ends[sentences.number(at)],
        code=codes[at],
        before=codes[at - 1],
        after=codes[end],
        lead=codes[sentences.back(at, "ADVERB") - 1],
    )


def _are_nouns(sentences: Sentences, at: np.ndarray, pair: np.ndarray) -> np.ndarray:
    """Whether a form of a reporting verb is a noun or an adjective here; `pair` is 1
    for verbs of two words. The first rule that holds decides."""
    codes, behind = sentences.codes, at + 1 + pair
    code, before, after = codes[at], codes[at - 1], codes[behind]
    ahead = codes[sentences.forward(behind, "ADVERB")]
    noun = sentences.are_on(at, Listed.NOUN)
    base = is_code(code, Code.SAY)
    either, listed = base | noun, noun | sentences.are_on(at, Listed.NOUN_BASE)
    plural = sentences.are_on(at - 1, Listed.PLURAL)
    determined = is_code(before, Code.PREPOSITION)
    determined |= is_code(before, Code.DETERMINER) & ~plural
    determined |= _are_owned(sentences, at)
    # `blue states that still have it`, `claims that surfaced`: the clause is about them
    relative = is_code(after, Code.THAT) & among(
        codes[sentences.forward(behind + 1, "ADVERB")], "AUXILIARY BE SAID PAST"
    )
    # `council report`, but `officials report`
    compound = base & listed & among(before, "NOUN NAME") & ~plural
    words = [sentences.word(place) for place in (at[compound] - 1).tolist()]
    compound[compound] = [not is_plural(word) for word in words]
    noun_ends = is_code(before, Code.NOUN)
    noun_ends &= among(after, "PREPOSITION STOP COMMA NOUN SAID EDGE")
    quoted = is_code(after, Code.COMMA) & is_code(codes[behind + 1], Code.QUOTE)
    # `The mayor claims the road`
    clause = among(before, "PRONOUN WHO NOUN NAME ADVERB THAT BUT AND")
    clause &= among(
        ahead, "THAT DETERMINER PRONOUN NAME TO QUOTE COLON COMMA NUMBER WHO"
    )
    rules = [
        (is_code(code, Code.SAYING), False),
        (noun & _are_after_plurals(sentences, at), True),  # `Police questions upset`
        (determined, True),  # `in reports`, `the claim`, `Lee's declared goal`
        (either & listed & relative, True),
        # `The Gulf states want`, `Wage demands angered`
        (noun & among(ahead, "SAID SAY PAST AUXILIARY BE"), True),
        (
            is_code(code, Code.SAID)
            & ~among(before, "NOUN PAST NUMBER DETERMINER TO AND STOP COMMA EDGE"),
            False,
        ),
        (either & among(before, "PAST NUMBER"), True),  # `published reports`
        # `to report`, but `to say that`
        (base & is_code(before, Code.TO), ~among(after, "THAT QUOTE COLON") & ~quoted),
        (base & among(before, "AND STOP EDGE"), ~among(after, "THAT PRONOUN")),
        # `if state job growth`, `, state and local taxes`, `are state sponsors`
        (base & listed & among(before, "COMMA BE BUT DASH OPENING"), True),
        # `prohibits state and local`, `officials state media`
        (base & listed & among(after, "AND COMMA STOP EDGE SAID"), True),
        (either & listed & (compound | noun_ends), True),
        (either & listed, noun & ~clause),
        (either, False),
    ]
    judged = has_frame("judge", "that")[sentences.tokens.verbs[sentences.token[at]]]
    participle = is_code(before, Code.NOUN) & ~pair.astype(bool) & judged
    participle &= among(after, "PREPOSITION STOP COMMA EDGE")  # `the man accused of it`
    return np.select(
        [rule for rule, _ in rules], [answer for _, answer in rules], participle
    )


def _are_after_plurals(sentences: Sentences, at: np.ndarray) -> np.ndarray:
    """Whether a form in -s stands after a plural, whose verb has none: `police claims`."""
    after = among(sentences.codes[at - 1], "NOUN NAME")
    places = at[after].tolist()
    after[after] = [
        sentences.word(place).endswith("s") and is_plural(sentences.word(place - 1))
        for place in places
    ]
    return after


def _are_owned(sentences: Sentences, at: np.ndarray) -> np.ndarray:
    """Whether a possessive stands before a word and its adverbs: `Lee's widely criticized
    remarks`."""
    before = sentences.back(at, "ADVERB") - 1
    owned = among(sentences.codes[before], "NAME NOUN")
    places = before[owned].tolist()
    owned[owned] = [sentences.word(place).endswith(("'s", "s'")) for place in places]
    return owned


def _ways(verbs: _Verbs) -> np.ndarray:
    """How each verb is read, of `Way`."""
    passive = verbs.finite & among(verbs.before, "BE ADVERB")
    passive &= is_code(verbs.lead, Code.BE)
    thought = among(verbs.after, "TO THAT") & verbs.are("say", "think")
    addressed = passive & ~thought & verbs.are("ask", "tell")
    # `Asked whether`, `, but asked about it`
    asked = ~passive & verbs.finite & verbs.are("ask")
    addressed |= asked & among(verbs.before, "STOP BUT EDGE")
    return np.select(
        [passive & thought, addressed, passive],
        [Way.THOUGHT, Way.ADDRESSED, Way.PASSIVE],
        Way.STRAIGHT,
    )


def _are_participles(sentences: Sentences, verbs: _Verbs) -> np.ndarray:
    """Whether a form in -ed behind the only comma of its sentence so far is no verb of
    the noun before: `The cuts, planned to save money, hurt`."""
    codes = sentences.codes
    pauses = np.append(0, np.cumsum(among(codes, "COMMA DASH COLON QUOTE")))
    begin = sentences.begins[sentences.number(verbs.at)]
    alone = pauses[verbs.at] - pauses[begin] == 1
    act = verbs.are("to", "think", "want", "judge", "ask", "that")
    return verbs.finite & is_code(verbs.before, Code.COMMA) & alone & act


def _may_be_inverted(sentences: Sentences, verbs: _Verbs) -> np.ndarray:
    """Whether the subject may follow: `"...," said Lee`."""
    led = among(verbs.lead, "QUOTE COMMA DASH EXCLAIMED STOP")
    subject = "PRONOUN DETERMINER ADVERB NUMBER NOUN PAST ING NAME"
    return ~verbs.ing & led & verbs.are(*ASIDE) & among(verbs.after, subject)


def _contents(sentences: Sentences, verbs: _Verbs) -> _Contents:
    codes = sentences.codes
    end = verbs.sentence_end
    start = content_starts(sentences, verbs.end, verbs.verb, end)
    first, led = codes[start], codes[start - 1]
    # `continued ... "We go"`: of what follows only the quotation is reported.
    quotes = np.flatnonzero(is_code(codes, Code.QUOTE))
    later = verbs.are("quote") & ~among(first, "QUOTE THAT") & ~is_code(led, Code.COLON)
    content = np.where(later, following(quotes, start), start)
    nothing = _is_nothing(sentences, verbs, start)
    nothing |= among(codes[np.minimum(content, end)], "EDGE STOP")
    shortened = np.where(nothing, end, content)
    content_end = content_ends(sentences, shortened, verbs.verb, end)
    return _Contents(start, content, content_end, led, first, nothing)


def _is_nothing(sentences: Sentences, verbs: _Verbs, start: np.ndarray) -> np.ndarray:
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
        verbs.are("tell") & without("THAT TO WHO QUOTE PRONOUN") & ~paused & clauseless,
        # `the law requiring`, but `, adding`
        verbs.ing
        & ~among(verbs.before, "COMMA AND DASH STOP BUT BE EDGE")
        & ~introduced,
        # `found the road`
        verbs.are("that") & without("THAT WHO QUOTE") & ~is_code(led, Code.COLON),
        # `urged calm`
        verbs.are("ask") & without("TO THAT WHO QUOTE") & ~is_code(led, Code.COLON),
        _points_of_figures(sentences, verbs),
        _are_acts(sentences, verbs, start, clauseless),
        _are_unsaid(sentences, verbs),
    ]
    return np.logical_or.reduce(conditions)


def _are_acts(
    sentences: Sentences, verbs: _Verbs, start: np.ndarray, clauseless: np.ndarray
) -> np.ndarray:
    """Whether a verb is something done, not said: `called off`, `showed Lee with a bag`,
    `told the story of`, `thanked the staff`, `a group called Dawn`."""
    codes, end = sentences.codes, verbs.sentence_end
    first = codes[start]
    quote = following(np.flatnonzero(is_code(codes, Code.QUOTE)), start) < end
    particle = verbs.are("judge") | verbs.is_("show")
    particle &= sentences.are_on(verbs.end, Listed.PARTICLE)
    particle &= verbs.end == verbs.at + 1
    shown = verbs.is_("show") & clauseless & ~among(first, "THAT WHO QUOTE")
    shown &= ~_are_of_evidence(sentences, verbs.at)
    tale = verbs.is_("tell") & _have_within(sentences, verbs.end, 4, Listed.TALE)
    reasonless = ~_have_within(sentences, start, 12, Listed.REASON) & ~quote
    thanked = verbs.is_("thank", "praise") & reasonless
    called = verbs.is_("call")
    called[called] = [
        not _COMPLEMENT.match(sentences.s, *place)
        for place in zip(start[called].tolist(), end[called].tolist(), strict=True)
    ]
    return particle | shown | tale | thanked | called


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
    """Whether one of the `n` words from each place on, in its sentence, is on a list."""
    codes = sentences.codes
    some, inside = np.zeros(len(at), bool), np.ones(len(at), bool)
    for step in range(n):
        place = np.minimum(at + step, len(codes) - 1)
        inside &= ~is_code(codes[place], Code.EDGE)
        some |= inside & sentences.are_on(place, listed)
    return some


# Of these a negation leaves nothing that is reported: `did not mention the ferry`.
_NOT_DONE = ("know", "mention", "show", "suggest", "disclose", "determine", "discuss")


def _are_unsaid(sentences: Sentences, verbs: _Verbs) -> np.ndarray:
    """Whether a verb tells of what was not said, or might be: `did not mention`, `if the
    court finds that`."""
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
    return negated | condition & verbs.are("that", "judge", "say")


def _points_of_figures(sentences: Sentences, verbs: _Verbs) -> np.ndarray:
    """Where "points to" is no verb: `rose by two percentage points to 34`."""
    points = has_lemma("point to")[verbs.verb].copy()
    for number in np.flatnonzero(points).tolist():
        counted = chr(verbs.before[number]) in (Code.NUMBER, Code.DETERMINER)
        word = sentences.word(int(verbs.at[number]) - 1)
        points[number] = counted or word in ("percentage", "basis")
    return points


def _may_stand_apart(
    sentences: Sentences, verbs: _Verbs, contents: _Contents, subject: np.ndarray
) -> np.ndarray:
    """Whether a verb and its subject may stand apart: `..., he said, ...`."""
    codes = sentences.codes
    edge = sentences.back(subject, "ADVERB")
    lead = codes[edge - 1]
    quoted = is_code(lead, Code.COMMA) & is_code(codes[edge - 2], Code.QUOTE)
    beside_quote = among(lead, "QUOTE EXCLAIMED") | quoted
    closed = among(contents.first, "STOP SEMICOLON EDGE")
    closed |= is_code(verbs.after, Code.COMMA) | is_code(contents.led, Code.COMMA)
    aside = among(lead, "COMMA QUOTE DASH EXCLAIMED BUT") & (beside_quote | closed)
    # `was adding that`
    aside = (aside | verbs.ing) & (~verbs.ing | is_code(verbs.before, Code.BE))
    return aside & (subject >= 0)


def _with_phrases(sentences: Sentences, cues: Cues) -> Cues:
    """With `according to` and nouns that have a clause, in the order of their
    places.
    """
    codes, tokens = sentences.codes, sentences.tokens
    according = np.flatnonzero(is_code(codes, Code.ACCORDING))
    that = np.flatnonzero(is_code(codes, Code.THAT))
    clause = that[
        tokens.nouns[sentences.token[that - 1]] & ~is_code(codes[that - 1], Code.EDGE)
    ]
    at = np.concatenate([cues.at, according, clause])
    kinds = np.repeat([Way.ACCORDING, Way.NOUN_CLAUSE], [len(according), len(clause)])
    columns = {}
    for one in fields(cues):
        column = getattr(cues, one.name)
        columns[one.name] = np.append(column, np.zeros(len(kinds), column.dtype))
    columns |= {"way": np.append(cues.way, kinds), "at": at}
    columns |= {"sentence": sentences.number(at)}
    return Cues(**columns).take(np.argsort(at))
