"""Whose words a verb reports: its own subject's, or those of another verb's."""

from __future__ import annotations

from .cues import Cue
from .noun_phrases import Range, after, main_subject, near_subject
from .sentence_readings import Reading
from .word_classes import Code, letters, pattern
from .word_lists import Listed

__all__ = ["opens_clause", "subject_of"]

_CONJUNCTIONS = tuple(ord(code) for code in (Code.AND, Code.BUT))
_CLAUSE_EDGES = letters("COMMA SEMICOLON DASH AND BUT COLON")
# `was sued`, `has been sharply criticized`
_OPPOSED = pattern("BE ADVERB* [PAST SAID]")
_QUOTED = pattern("[PAST SAID] (OBJECT | DETERMINER? [NAME NOUN]+) (?= BUT SAYING)")


def subject_of(reading: Reading, cue: Cue) -> tuple[Range | None, bool] | None:
    """Who says it, and whether that is the verb's own subject; None where a verb
    without a subject cannot take over another's."""
    s, before = reading.sentences.s, reading.sentences.s[cue.at - 1]
    ing = s[cue.at] == Code.SAYING
    if ing and before == Code.BUT and (quoted := _quoted(reading, cue.at - 1)):
        return quoted, False
    subject = (cue.subject, cue.subject_end) if cue.subject >= 0 else None
    that = subject is not None and s[subject[0]] == Code.THAT
    if subject is None or (that and reading.reports(cue.at)):
        carried = ing or before == Code.TO or cue.joined in _CONJUNCTIONS
        if not carried:
            return None
        if reading.attributions:
            return reading.last_subject(), False
        find = near_subject if before == Code.TO else main_subject
        return find(s, reading.begin, cue.at), False
    if reading.attributions and cue.joined == ord(Code.AND):
        return reading.last_subject(), False
    if not ing:
        return subject, True
    start = reading.clause_start(cue.at)
    if reading.attributions and s[reading.begin] == Code.BUT and s[start] == Code.COMMA:
        # `When Lee said so, Poe left, saying that`
        subject = main_subject(s, start + 1, cue.at) or reading.last_subject()
    elif reading.attributions:
        subject = reading.last_subject()
    elif opposed := _OPPOSED.search(s, reading.begin, cue.at):
        if reading.sentences.is_on(opposed.end() - 1, Listed.OPPOSED):
            return _opponent(reading, opposed.end(), cue.at), False
        subject = main_subject(s, reading.begin, cue.at) or subject
    else:
        subject = main_subject(s, reading.begin, cue.at) or subject
    return subject, before == Code.BE and subject is not None


def _quoted(reading: Reading, at: int) -> Range | None:
    """Who is quoted `as saying`: `Lee quoted | Poe | as saying that`."""
    s = reading.sentences.s
    quoted = _QUOTED.search(s, reading.begin, at + 2)
    return quoted.span(1) if quoted and quoted.end(1) == at else None


def _opponent(reading: Reading, at: int, end: int) -> Range | None:
    """Who acts in a passive: `was sued | by its clerk, Ann Lee, | alleging`."""
    s = reading.sentences.s
    for place in range(at, end):
        if s[place] == Code.PREPOSITION and reading.sentences.is_on(place, Listed.BY):
            return after(s, place + 1)
    return None


def opens_clause(reading: Reading, cue: Cue, subject: int | None) -> bool:
    """Whether a verb inside what someone else is reported to say reports anew: only
    where a new clause begins, before its subject or, where it has none, before it."""
    s, before = reading.sentences.s, reading.sentences.s[cue.at - 1]
    if s[cue.at] == Code.SAYING:
        edges = letters("COMMA AND DASH")
    elif subject is None:
        edges = letters("AND AUXILIARY ADVERB BUT")
    else:
        edges = before
    if subject is None:
        return before in edges
    edge = s[subject - 1] if subject > reading.begin else before
    return edge in _CLAUSE_EDGES and before in edges
