"""Where the words that a verb reports begin and end."""

from __future__ import annotations

import numpy as np

from ..text import is_plural
from .sentences import Sentences, following, has_frame
from .word_classes import Code, among, is_code, letters, pattern
from .word_lists import Listed, forms

__all__ = ["content_ends", "content_starts", "own_clauses"]

# `urged the council to`, `asked Lee how`: up to what is asked.
_ASKED = pattern(
    """[^ STOP COLON SEMICOLON QUOTE AUXILIARY BE SAID SAY BUT WHO THAT]*?
    (?: TO | (?<! COMMA) WHO)"""
)
# `told | the council | the ovens were cold`, `told | the Albion council | it rained`
_HEARER = pattern(
    """DETERMINER NAME+ NOUN{1,2} (?= [DETERMINER PRONOUN])
    | DETERMINER NOUN? [ING SAYING] (?= [DETERMINER PRONOUN])
    | DETERMINER? NAME+ | DETERMINER? [NOUN PAST ING]{0,3} [NAME NOUN] | OBJECT
    | PRONOUN (?! [AUXILIARY BE SAID PAST])"""
)
_CLAUSE = pattern("[THAT TO WHO QUOTE COMMA COLON]")
_BREAK = pattern("[THAT QUOTE COLON COMMA]")
# `on Monday`, `last week`, `in May 2019`, `in 2019`
_TIME = pattern(
    """PREPOSITION? (?: DETERMINER | NOUN (?= TIME))? TIME+ (?: NUMBER | NAME)?
    | PREPOSITION NAME NUMBER | PREPOSITION NUMBER (?= [^ NOUN NAME])"""
)
_OCCASION = pattern(
    "PREPOSITION DETERMINER? [NOUN PAST ING NUMBER]* [NAME NOUN NUMBER]+"
)
_ADVERBS = pattern("ADVERB+ [THAT TIME PREPOSITION QUOTE COMMA COLON TO]")
_FINITE = pattern("[AUXILIARY BE SAID]")
_ANY_VERB = pattern("[AUXILIARY BE SAID SAY PAST PRONOUN]")
# After the object of a judgement: `called it a mistake, and closed`
_NEW_CLAUSE = pattern(
    """[BUT WHO ING SAYING PRONOUN THAT TO DETERMINER]
    | AND [AUXILIARY SAID SAY PAST DETERMINER NAME PRONOUN]"""
)
# Of what is judged a clause says more: `rejected comments | that have been condemned`
_RELATIVE = pattern(
    "(?<= [NOUN NAME SAID SAY]) [THAT WHO] ADVERB* [AUXILIARY BE SAID PAST]"
)
_PAUSE = pattern("[COMMA DASH]")
_PAUSE_AND_CLAUSE = pattern("[COMMA DASH] (?= [BUT WHO])")

_AFTER_HEARER = letters("THAT COLON COMMA QUOTE TO WHO")
_FINITE_CODES = letters("AUXILIARY BE SAID")
_PAUSES = letters("COLON COMMA")
_BEFORE_TIME = letters("PREPOSITION DETERMINER NOUN")
# How far a hearer or an occasion may reach: longer ones are something else.
_MAX_HEARER, _MAX_ASKED, _MAX_OCCASION = 12, 14, 18


def content_starts(
    sentences: Sentences, at: np.ndarray, verb: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """First place of what is reported: from `at`, behind the verbs, after the hearer,
    the time and the occasion; not beyond `end`."""
    codes, frames = sentences.codes, forms()
    code = codes[at]
    starts = at + among(code, "COLON COMMA")
    by_hand = among(code, "TIME ADVERB PREPOSITION")
    by_hand |= among(code, "DETERMINER NOUN") & is_code(codes[at + 1], Code.TIME)
    by_hand |= has_frame("ask")[verb]
    by_hand |= has_frame("tell")[verb] & ~among(
        code, "THAT COLON COMMA QUOTE TO WHO EDGE"
    )
    for number in np.flatnonzero(by_hand).tolist():
        frame = frames[verb[number]].frame
        starts[number] = _start(sentences, int(at[number]), int(end[number]), frame)
    return starts


def _start(sentences: Sentences, at: int, end: int, frame: str) -> int:
    s = sentences.s
    if frame == "ask":
        asked = _ASKED.match(s, at, min(end, at + _MAX_ASKED))
        if asked:  # `asked Lee | not to leave`
            return asked.end() - 1 - (s[asked.end() - 2] == Code.ADVERB)
    if frame in ("tell", "ask"):
        at = _after_hearer(sentences, at, end)
    about = s[at] == Code.PREPOSITION and sentences.is_on(at, Listed.ABOUT)
    if about and frame in ("say", "quote", "think"):
        return at + 1
    return _after_time(s, at, end, frame)


def _after_hearer(sentences: Sentences, at: int, end: int) -> int:
    """Behind the hearer: `told | reporters in Lyon | that`."""
    s = sentences.s
    if at >= end or s[at] in _AFTER_HEARER:
        return at
    if sentences.is_on(at, Listed.HEARER) and s[at + 1] != Code.NOUN:
        return at + 1
    clause = _CLAUSE.search(s, at, min(end, at + _MAX_HEARER))
    if clause:
        return clause.start()
    hearer = _HEARER.match(s, at)
    if not hearer:
        return at
    if s[hearer.end()] not in _FINITE_CODES:
        return hearer.end()
    # `warned flour would run out`, but `told the council | ministers had lied`
    last = hearer.end() - 1
    two = last > at + 1 and s[last - 1] == s[last] == Code.NOUN
    return last if two and is_plural(sentences.word(last)) else at


def _after_time(s: str, at: int, end: int, frame: str) -> int:
    """Behind times, adverbs and occasions: `said | on Monday | in a speech | that`."""
    while at < end:
        code = s[at]
        if code == Code.TIME or (code == Code.ADVERB and _ADVERBS.match(s, at)):
            at += 1
            continue
        if code in _PAUSES:
            return at + 1
        if code not in _BEFORE_TIME:
            return at
        may_be_time = code != Code.NOUN or s[at + 1] == Code.TIME
        time = _TIME.match(s, at, end) if may_be_time else None
        if time:
            at = time.end()
            continue
        if code != Code.PREPOSITION or frame in ("want", "judge", "think"):
            return at
        clause = _BREAK.search(s, at, min(end, at + _MAX_OCCASION))
        if clause and not _FINITE.search(s, at, clause.start()):
            at = clause.start()
            continue
        occasion = _OCCASION.match(s, at)
        if not occasion or not _ANY_VERB.search(s, occasion.end(), end):
            return end
        at = occasion.end()
    return at


def content_ends(
    sentences: Sentences, start: np.ndarray, verb: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """Where a reported clause ends before its sentence does: at a contrast, or after
    the object of a judgement."""
    codes, frames = sentences.codes, forms()
    pause = np.flatnonzero(among(codes, "COMMA DASH"))
    clause = pause[among(codes[pause + 1], "BUT WHO")]
    judged = has_frame("judge")[verb]
    pause_or_relative = np.flatnonzero(among(codes, "COMMA DASH THAT WHO"))
    first = np.where(
        judged,
        following(pause_or_relative, start),
        following(clause, start),
    )
    semicolon = np.flatnonzero(is_code(codes, Code.SEMICOLON))
    ends = np.minimum(following(semicolon, start), end)
    ends = np.minimum(following(own_clauses(sentences), start), ends)
    ends = np.minimum(following(_new_predicates(sentences), start + 1), ends)
    ends = np.minimum(_opening_clause_ends(sentences, start, end), ends)
    for number in np.flatnonzero(first < end).tolist():
        frame = frames[verb[number]].frame
        cut = _contrast(sentences, int(start[number]), int(end[number]), frame)
        if cut >= 0:
            ends[number] = cut
    return ends


def own_clauses(sentences: Sentences) -> np.ndarray:
    """The pauses before what the outlet says of words reported: `..., | a claim that
    nobody else makes`."""
    codes = sentences.codes
    opinion = np.flatnonzero(is_code(codes, Code.NOUN))
    opinion = opinion[sentences.are_on(opinion, Listed.OPINION)]
    opinion = opinion[among(codes[opinion + 1], "THAT WHO PRONOUN NAME DETERMINER")]
    before = sentences.back(opinion, "NOUN PAST ING ADVERB NUMBER") - 1
    pause = before - 1
    some = is_code(codes[before], Code.DETERMINER) & among(codes[pause], "COMMA DASH")
    return pause[some]


def _new_predicates(sentences: Sentences) -> np.ndarray:
    """The places behind quotations at which a speaker does something else: `said it was
    "mad" | but later praised it`."""
    codes = sentences.codes
    joined = np.flatnonzero(among(codes, "AND BUT"))
    joined = joined[is_code(codes[joined - 1], Code.QUOTE)]
    return joined[among(codes[sentences.forward(joined + 1, "ADVERB")], "SAID PAST")]


def _opening_clause_ends(
    sentences: Sentences, start: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """The comma behind a clause that opens the sentence, with the main clause behind
    it: `As voters learn that prices rise, | the mayor ...`; `end` where there is
    none."""
    codes = sentences.codes
    begin = sentences.begins[sentences.number(start)]
    opens = is_code(codes[begin], Code.BUT) & sentences.are_on(begin, Listed.OPENING)
    commas = np.flatnonzero(is_code(codes, Code.COMMA))
    inside = following(commas, begin) >= start  # no comma before the words reported
    main = commas[among(codes[commas + 1], "DETERMINER NAME PRONOUN NOUN")]
    return np.where(opens & inside, following(main, start), end)


def _contrast(sentences: Sentences, start: int, limit: int, frame: str) -> int:
    """The pause at which the reported clause ends; -1 where none does."""
    s, end = sentences.s, limit
    pauses = _PAUSE if frame == "judge" else _PAUSE_AND_CLAUSE
    if frame == "judge":
        relative = _RELATIVE.search(s, start + 1, end)
        end = relative.start() if relative else end
    for match in pauses.finditer(s, start, end):
        at = match.end()
        judged = frame == "judge" and s[start] != Code.WHO
        if judged and (s[at - 1] == Code.DASH or _NEW_CLAUSE.match(s, at)):
            return at - 1
        contrast = frame == "want" or sentences.is_on(at, Listed.CONTRAST)
        if s[at] == Code.BUT and s[at + 1] != Code.THAT and contrast:
            return at - 1
        if s[at] == Code.WHO and frame in ("want", "to"):
            return at - 1
    return end if frame == "judge" and end < limit else -1
