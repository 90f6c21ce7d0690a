"""Noun phrases in sentences that are written as one letter for each token.

`s` is a string of such sentences with edges between them (see `word_classes`), a place
is the number of a letter in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from .word_classes import Code, letters, pattern

__all__ = [
    "INSIDE",
    "Range",
    "after",
    "appositive",
    "is_named",
    "main_subject",
    "near_subject",
    "phrase",
    "phrase_before",
    "role_and_name",
    "with_first_name",
    "with_second_name",
]

Range = tuple[int, int]

# What a noun phrase is made of.
INSIDE = "NAME NOUN DETERMINER PREPOSITION NUMBER PAST ING AND ADVERB TIME"
_INSIDE = letters(INSIDE)
# `the newly elected mayor of Lyon and three aides`
_PHRASE = pattern(
    """
    (?: DETERMINER | ADVERB (?= [PAST NOUN ING]* NAME) )*
    [DETERMINER NUMBER NOUN PAST ING]* [NAME NOUN NUMBER]
    (?: (?: [PREPOSITION AND] | COMMA (?= NAME) )
        DETERMINER* [ADVERB NOUN PAST ING NUMBER DETERMINER]* [NAME NOUN NUMBER]+
      | [NAME NOUN NUMBER] )*
    """
)
# Where such a run goes beyond the phrase: `the mayor on Monday`, `aides in 2019`
_PHRASE_STOP = pattern(
    "PREPOSITION? DETERMINER? TIME | (?<= [NAME NOUN]) PREPOSITION (?= NUMBER)"
)
# At the head of a sentence: `The newly elected mayor Ann Lee`, `The council`; a form in
# -ed behind a noun is its verb: `The coach benched Lee`
_FIRST = pattern(
    """DETERMINER? (?: [NOUN ING NUMBER ADVERB] | (?<! NOUN) PAST ){0,4} NAME+
    | DETERMINER (?: [NOUN ING NUMBER ADVERB] | (?<! NOUN) PAST )* NOUN"""
)
# `the council later has`, `, who said`
_WITH_VERB = pattern(
    """(PRONOUN | DETERMINER? [NOUN PAST ING NUMBER]{0,3} NAME+
    | DETERMINER [NOUN PAST ING NUMBER ADVERB]* NOUN | (?<= COMMA) WHO)
    ADVERB* [AUXILIARY BE SAID]"""
)
# Where another phrase begins: `Monday | the mayor`, `last week | police`
_SPLIT = pattern(
    """(?<= [NAME NOUN PAST ING TIME NUMBER]) DETERMINER
    | (?<= TIME) (?= [NAME DETERMINER NOUN])"""
)
# Before `and`, where it joins clauses: `Lee closed the road and ...`
_TWO_CLAUSES = pattern(
    "NAME [NOUN PAST]+ [DETERMINER NAME] | PAST [DETERMINER PREPOSITION NAME]"
)
# What stands before the phrase itself: `and later`, `on Monday`, `In 2019`
_LEAD = pattern(
    """(?: [AND ADVERB] | PREPOSITION (?: TIME | NUMBER | DETERMINER? TIME)
    | PREPOSITION | PAST (?= [NAME DETERMINER]) )*"""
)
_HEAD = pattern("[NAME NOUN DETERMINER NUMBER]")
# A role, with names behind it alone: of `a spokesman for the mayor` nobody can tell
# whom a name that follows means. `The envoy to Syria`
_ROLE = pattern(
    """BUT? [NAME DETERMINER NOUN PAST NUMBER ING AND ADVERB]* (NOUN)
    (?: [PREPOSITION TO] DETERMINER? NAME+ )*"""
)
_FULL_NAME = pattern("NAME{2,4}")
_PAUSE = pattern("[COMMA DASH]")
# A name and who that is, or who that is and the name, and no verb: `Bo Lind, a farmer`,
# `The mayor, Ann Lee`
_NAMED = pattern(
    """(?: PREPOSITION [^ COMMA AUXILIARY BE SAID SAY]* COMMA )? [AND BUT ADVERB]?
    (?: DETERMINER? [NOUN PAST ING NUMBER]* NAME{1,5}
        (?: COMMA [NAME NOUN DETERMINER PREPOSITION NUMBER PAST ING AND ADVERB TO]+ )+
    | DETERMINER [NOUN PAST ING NUMBER]* NOUN
        (?: PREPOSITION DETERMINER? [NOUN NAME]+ )? COMMA NAME{2,5} )"""
)

# Behind a name: who that is, and another name with who that is
_SECOND_NAMED = pattern(
    """(?<= NAME) (COMMA DETERMINER [NOUN NAME PREPOSITION DETERMINER PAST ING NUMBER]+
    COMMA AND NAME{2,4})
    (?: COMMA [NOUN NAME PREPOSITION DETERMINER PAST ING NUMBER]+ )?"""
)
_FIRST_NAMED = pattern(
    """(?<! [NAME PREPOSITION AND]) NAME{2,4}
    COMMA DETERMINER [NOUN NAME PREPOSITION DETERMINER PAST ING NUMBER]+ COMMA AND $"""
)

_LOOSE = letters("AND ADVERB BUT")
_PRONOUNS = letters("PRONOUN OBJECT")
_NO_SUBJECT = letters("PREPOSITION ING SAYING TO WHO")
_BEFORE_SUBJECT = letters("PREPOSITION ING SAYING TO BUT ADVERB AND PAST")
_SENTENCE_MARKS = letters("COLON SEMICOLON QUOTE EXCLAIMED")
_ROLE_MARKS = letters("COMMA DASH COLON SEMICOLON QUOTE EXCLAIMED")
_NO_APPOSITION = ("", *letters("PREPOSITION ADVERB BUT"))


@lru_cache(maxsize=1 << 14)
def phrase(part: str) -> int:
    """Where in these codes the noun phrase at their end begins; -1 where there is
    none.
    """
    start = 0
    if Code.DETERMINER in part or Code.TIME in part:
        cuts = [match.start() for match in _SPLIT.finditer(part)]
        if cuts:
            start, part = cuts[-1], part[cuts[-1] :]
    conjunction = part.rfind(Code.AND)
    if conjunction > 0 and _TWO_CLAUSES.search(part, 0, conjunction):
        start, part = start + conjunction, part[conjunction:]
    lead = _end(_LEAD.match(part))
    return start + lead if _HEAD.search(part, lead) else -1


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def phrase_before(s: str, begin: int, at: int) -> Range | None:
    """The noun phrase of the sentence from `begin` that ends before token `at`."""
    start = begin + len(s[begin:at].rstrip(_INSIDE))
    lead = phrase(s[start:at])
    return (start + lead, at) if lead >= 0 else None


def appositive(s: str, begin: int, comma: int) -> Range | None:
    """The subject of a verb that follows a comma: `James Jeffrey, the envoy for Syria,
    said`."""
    start = _clause_start(s, begin, comma, _SENTENCE_MARKS)
    pauses = [match.start() for match in _PAUSE.finditer(s, start, comma + 1)]
    parts = list(pairwise([start - 1, *pauses]))
    for number, (pause, end) in enumerate(parts):
        first = pause + 1
        while first < end and s[first] in _LOOSE:
            first += 1
        is_last = number == len(parts) - 1 > 0
        opens_clause = s[first - 1] == Code.BUT and number < len(parts) - 2
        if is_last or first == end or s[first] in _NO_SUBJECT or opens_clause:
            continue
        tail = s[first:end]
        tail = tail[len(tail.rstrip(_INSIDE + Code.PRONOUN)) :]
        if tail.endswith(Code.PRONOUN):
            return end - 1, end
        if tail and Code.PRONOUN not in tail:
            inner = phrase_before(s, begin, end)
            if inner and inner[0] >= first:
                return inner
    return None


def with_second_name(s: str, subject: Range, comma: int) -> Range:
    """A name up to that of another person, if both have an apposition: `Bo Lind, a
    farmer, and Ana Roy | , a nurse, said`."""
    more = _SECOND_NAMED.fullmatch(s, subject[1], comma)
    return (subject[0], more.end(1)) if more else subject


def with_first_name(s: str, begin: int, subject: Range) -> Range:
    """A name with that before it, whose bearer is described: `Bo Lind, a farmer, and |
    Ana Roy said`."""
    first = _FIRST_NAMED.search(s, begin, subject[0])
    return (first.start(), subject[1]) if first else subject


def is_named(s: str, begin: int, comma: int) -> bool:
    """Whether a sentence is up to this comma a name with who that is, and no clause."""
    return _NAMED.fullmatch(s, begin, comma) is not None


def _clause_start(s: str, begin: int, end: int, marks: str) -> int:
    """The place after the last of these marks before `end`, or the sentence's."""
    return max([begin - 1, *[s.rfind(mark, begin, end) for mark in marks]]) + 1


def role_and_name(s: str, begin: int, comma: int) -> tuple[int, Range] | None:
    """The noun and the name of a subject of both: `The envoy to Syria, James Jeffrey,
    said`."""
    middle = s.rfind(Code.COMMA, begin, comma)
    start = _clause_start(s, begin, middle, _ROLE_MARKS)
    before = s[max(begin, s.rfind(Code.COMMA, begin, start - 1) + 1) : start - 1]
    after_pause = s[start - 1] in letters("COMMA DASH")
    if after_pause and before[-1:] != Code.QUOTE and before[:1] not in _NO_APPOSITION:
        return None  # `Jane Doe, a teacher from Lyon, South Carolina, said`
    role = _ROLE.fullmatch(s, start, middle) if middle > 0 else None
    if role and _FULL_NAME.fullmatch(s, middle + 1, comma):
        return role.start(1), (middle + 1, comma)
    return None


def after(s: str, at: int) -> Range | None:
    """The noun phrase that begins at token `at`."""
    if s[at] in _PRONOUNS:
        return at, at + 1
    match = _PHRASE.match(s, at)
    if not match:
        return None
    stop = _PHRASE_STOP.search(match.group())
    if stop and stop.start():
        return at, at + stop.start()
    return match.span()


def main_subject(s: str, at: int, limit: int) -> Range | None:
    """The first noun phrase of the sentence from `at`, before `limit`, that a verb can
    belong to: not that of `In Lyon, the mayor ...`."""
    while at < limit and s[at] in _BEFORE_SUBJECT:
        if s[at] in _LOOSE:
            at += 1
            continue
        comma = s.find(Code.COMMA, at, limit)
        if comma < 0:
            break
        at = comma + 1
    if at < limit and s[at] == Code.PRONOUN:
        return at, at + 1
    match = _FIRST.match(s, at, limit)
    return match.span() if match else None


def near_subject(s: str, begin: int, limit: int) -> Range | None:
    """The last noun phrase before `limit` that has a verb of its own, or else the first
    of the sentence."""
    last = None
    for match in _WITH_VERB.finditer(s, begin, limit):
        last = match.span(1)
    return last or main_subject(s, begin, limit)
