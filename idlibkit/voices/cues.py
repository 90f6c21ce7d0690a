"""The verbs and phrases that may report something, and what each of them needs.

All sentences are read at once, as arrays: what is asked of every verb is a look-up
around its place; patterns are matched only where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from .acts import report_nothing
from .contents import content_ends, content_starts, own_clauses
from .sentences import Sentences, following
from .subject_phrases import subjects
from .verbs import Verbs, find_verbs
from .word_classes import Code, among, is_code

__all__ = ["ASIDE", "Cue", "Cues", "Way", "find_cues"]

# Frames of verbs that take `..., he said, ...`.
ASIDE = ("say", "quote", "tell", "ask", "think")


class Way(IntEnum):
    """How a cue is read."""

    STRAIGHT = 0  # after its subject or before it: `Lee said`, `said Lee`
    THOUGHT = 1  # `was thought to`
    # The hearer is named, not the speaker: `was told that`, `asked whether`.
    ADDRESSED = 2
    ACCORDING = 3  # `according to`
    NOUN_CLAUSE = 4  # `the claim that`
    PASSIVE = 5  # reports nothing: `was criticised`


class Cue(NamedTuple):
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
        columns = [getattr(self, name).tolist() for name in Cue._fields]
        return map(Cue._make, zip(*columns, strict=True))


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
    verbs = find_verbs(sentences)
    way = _ways(verbs)
    straight = way == Way.STRAIGHT
    inverted = _may_be_inverted(sentences, verbs)
    subject, subject_end = subjects(sentences, verbs.at)
    subject[_are_participles(sentences, verbs, subject)] = -1
    # `That said, the road is open`
    conceded = is_code(sentences.codes[subject], Code.THAT)
    conceded &= (subject == sentences.begins[verbs.sentence]) & (subject >= 0)
    subject[conceded & is_code(verbs.after, Code.COMMA)] = -1
    contents = _contents(sentences, verbs)
    joined = sentences.codes[sentences.back(verbs.at, "AUXILIARY ADVERB") - 1]
    aside = _may_stand_apart(sentences, verbs, contents, subject)
    # `adding that`, `and said`, `to say`: the subject is that of another verb.
    carried = verbs.ing | is_code(verbs.before, Code.TO) | among(joined, "AND BUT")
    reports = (aside | ~contents.nothing) & ((subject >= 0) | carried)
    plain = straight & ~inverted & ~aside & (subject >= 0) & ~verbs.ing
    cues = Cues(
        sentence=verbs.sentence,
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


def _ways(verbs: Verbs) -> np.ndarray:
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


def _are_participles(
    sentences: Sentences, verbs: Verbs, subject: np.ndarray
) -> np.ndarray:
    """Whether a form in -ed behind the only comma of its sentence so far, or behind the
    object of another verb, is no verb of the noun before: `The cuts, planned to save
    money, hurt`."""
    codes = sentences.codes
    pauses = np.append(0, np.cumsum(among(codes, "COMMA DASH COLON QUOTE")))
    begin = sentences.begins[verbs.sentence]
    alone = pauses[verbs.at] - pauses[begin] == 1
    act = verbs.are("to", "think", "want", "judge", "ask", "that")
    # `The plan, announced earlier this year, failed`
    named = verbs.is_("announce", "disclose", "reveal", "report", "mention")
    act |= named & among(verbs.after, "TIME ADVERB PREPOSITION")
    behind_comma = is_code(verbs.before, Code.COMMA) & alone
    # `The firm made cuts planned to save money`
    of_object = is_code(verbs.before, Code.NOUN) & (subject > 0)
    of_object &= among(codes[subject - 1], "PAST ING BE")
    return verbs.finite & act & (behind_comma | of_object)


def _may_be_inverted(sentences: Sentences, verbs: Verbs) -> np.ndarray:
    """Whether the subject may follow: `"...," said Lee`."""
    led = among(verbs.lead, "QUOTE COMMA DASH EXCLAIMED STOP")
    subject = "PRONOUN DETERMINER ADVERB NUMBER NOUN PAST ING NAME"
    return ~verbs.ing & led & verbs.are(*ASIDE) & among(verbs.after, subject)


def _contents(sentences: Sentences, verbs: Verbs) -> _Contents:
    codes = sentences.codes
    end = verbs.sentence_end
    start = content_starts(sentences, verbs.end, verbs.verb, end)
    first, led = codes[start], codes[start - 1]
    # `continued ... "We go"`: of what follows only the quotation is reported.
    quotes = np.flatnonzero(is_code(codes, Code.QUOTE))
    later = verbs.are("quote") & ~among(first, "QUOTE THAT") & ~is_code(led, Code.COLON)
    content = np.where(later, following(quotes, start), start)
    nothing = report_nothing(sentences, verbs, start)
    nothing |= among(codes[np.minimum(content, end)], "EDGE STOP")
    shortened = np.where(nothing, end, content)
    content_end = content_ends(sentences, shortened, verbs.verb, end)
    # `Lee, who declined to talk, | left`
    lead = sentences.back(verbs.at, "AUXILIARY ADVERB") - 1
    beside = is_code(codes[lead], Code.WHO) & is_code(codes[lead - 1], Code.COMMA)
    commas = np.flatnonzero(is_code(codes, Code.COMMA))
    commas = commas[among(codes[commas + 1], "AUXILIARY BE SAID PAST")]
    clause_end = np.minimum(following(commas, shortened), content_end)
    content_end = np.where(beside, clause_end, content_end)
    return _Contents(start, content, content_end, led, first, nothing)


def _may_stand_apart(
    sentences: Sentences, verbs: Verbs, contents: _Contents, subject: np.ndarray
) -> np.ndarray:
    """Whether a verb and its subject may stand apart: `..., he said, ...`."""
    codes = sentences.codes
    edge = sentences.back(subject, "ADVERB")
    lead = codes[edge - 1]
    quoted = is_code(lead, Code.COMMA) & is_code(codes[edge - 2], Code.QUOTE)
    beside_quote = among(lead, "QUOTE EXCLAIMED") | quoted
    # `"...," as Lee warned in a letter`
    before = codes[edge - 2 - is_code(codes[edge - 2], Code.COMMA)]
    beside_quote |= is_code(lead, Code.BUT) & is_code(before, Code.QUOTE)
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
        tokens.nouns[sentences.token[that - 1]]
        & ~is_code(codes[that - 1], Code.EDGE)
        # `the report that could raise`: the clause is about the noun
        & ~among(codes[sentences.forward(that + 1, "ADVERB")], "AUXILIARY BE SAID PAST")
    ]
    # `, a claim that nobody else makes`
    pauses = np.append(own_clauses(sentences), 0)
    opening = sentences.back(clause - 1, "NOUN PAST ING ADVERB NUMBER") - 2
    clause = clause[~np.isin(opening, pauses)]
    phrases = np.append(according, clause)
    kinds = np.repeat([Way.ACCORDING, Way.NOUN_CLAUSE], [len(according), len(clause)])
    columns = {}
    for one in fields(cues):
        column = getattr(cues, one.name)
        columns[one.name] = np.append(column, np.zeros(len(kinds), column.dtype))
    columns["way"] = np.append(cues.way, kinds)
    columns["at"] = np.append(cues.at, phrases)
    columns["sentence"] = np.append(cues.sentence, sentences.number(phrases))
    return Cues(**columns).take(np.argsort(columns["at"]))
