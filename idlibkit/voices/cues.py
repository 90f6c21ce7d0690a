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
from .word_classes import Code, among, is_code
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
        (determined, True),  # `in reports`, `the claim`
        (
            is_code(code, Code.SAID)
            & ~among(before, "NOUN PAST NUMBER DETERMINER TO AND STOP COMMA EDGE"),
            False,
        ),
        (either & among(before, "PAST NUMBER"), True),  # `published reports`
        # `to report`, but `to say that`
        (base & is_code(before, Code.TO), ~among(after, "THAT QUOTE COLON") & ~quoted),
        (base & among(before, "AND STOP EDGE"), ~among(after, "THAT PRONOUN")),
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
    behind_preposition = is_code(verbs.after, Code.PREPOSITION)

    def without(names: str) -> np.ndarray:
        return ~among(first, names)

    introduced = verbs.are("say", "tell", "that") & among(first, "THAT QUOTE")
    introduced |= is_code(verbs.before, Code.PREPOSITION) & verbs.are("ask", "judge")
    conditions = [
        among(first, "AUXILIARY BE"),  # `The man he said was`
        behind_preposition & verbs.are("think", "want", "to"),  # `planned for`
        verbs.are("to") & without("TO THAT QUOTE"),  # `planned the visit`
        # `added three aides`
        has_lemma("add")[verbs.verb]
        & without("THAT PRONOUN QUOTE")
        & ~paused
        & clauseless,
        # `knows the town`, `fears nobody`
        verbs.are("think") & without("THAT TO PRONOUN") & clauseless,
        # `said to be`
        verbs.are("say") & ~without("TO") & ~has_lemma("claim")[verbs.verb],
        # `told a story`
        verbs.are("tell") & without("THAT TO WHO QUOTE PRONOUN") & ~paused & clauseless,
        # `the law requiring`, but `, adding`
        verbs.ing
        & ~among(verbs.before, "COMMA AND DASH STOP BUT BE EDGE")
        & ~introduced,
        # `found the road`
        verbs.are("that") & without("THAT WHO QUOTE") & ~is_code(led, Code.COLON),
        # `urged calm`
        verbs.are("ask") & without("TO THAT WHO QUOTE") & ~paused,
        _points_of_figures(sentences, verbs),
    ]
    return np.logical_or.reduce(conditions)


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
