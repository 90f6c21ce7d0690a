"""The whole of a source and of a cue: with who the source is, and with the auxiliaries
and adverbs of the verb."""

from __future__ import annotations

import numpy as np

from .noun_phrases import phrase_before
from .people import is_person_noun
from .sentences import Sentences
from .word_classes import Code, among, is_code, pattern

__all__ = ["whole_cues", "whole_sources"]

_LONGEST = 40  # tokens of what is said of a source
# Behind a source, before its verb: `Lee | , a farmer who led the talks, | said`, `Lee |
# of the union | said`; what it does is none of it: `Lee, speaking in Arden, said`
_BEFORE_VERB = pattern(
    """COMMA (?! [PREPOSITION ADVERB ING SAYING BUT WHO AUXILIARY AND PRONOUN])
        [^ QUOTE SEMICOLON COLON EXCLAIMED SAID BUT]* (?<= COMMA)
    | (?: PREPOSITION (?! TIME | DETERMINER TIME)
        [DETERMINER NOUN NAME NUMBER PAST ING PREPOSITION]+ | NOUN+
        | [WHO THAT] [DETERMINER NOUN NAME NUMBER PAST ING PREPOSITION AUXILIARY BE
        TO ADVERB OBJECT TIME]+ )"""
)
# Behind a source that follows its verb: `said Lee | , a farmer from Arden`
_BEHIND_VERB = pattern(
    """COMMA [DETERMINER NOUN NUMBER NAME WHO]
    [^ COMMA STOP QUOTE SEMICOLON COLON EXCLAIMED DASH EDGE BUT PRONOUN]*
    (?: COMMA (?: NAME | DETERMINER | WHO | AND [NOUN NAME DETERMINER] | NUMBER )
        [^ COMMA STOP QUOTE SEMICOLON COLON EXCLAIMED DASH EDGE BUT PRONOUN]* )*
    (?= [COMMA STOP QUOTE DASH SEMICOLON COLON EXCLAIMED EDGE])"""
)
# Before the comma of a name: `The union's lawyer | , Bo Lind, said`
_ROLE = pattern(
    """(?: DETERMINER | NAME+ ) [NOUN NAME PAST NUMBER]* (NOUN)
    (?: [PREPOSITION TO] DETERMINER? [NOUN NAME]+ )*"""
)


def whole_cues(sentences: Sentences, cue: np.ndarray) -> np.ndarray:
    """Where the verb phrase of each cue begins: `Lee | has since said`; of a noun, its
    determiner: `| the claim that`."""
    codes = sentences.codes
    noun = among(codes[cue], "NOUN NAME")
    determined = noun & is_code(codes[cue - 1], Code.DETERMINER)
    start = sentences.back(cue, "AUXILIARY ADVERB BE")
    return np.where(noun, cue - determined, start)


def whole_sources(
    sentences: Sentences, cue: np.ndarray, start: np.ndarray, end: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Sources from their first word to their last, with what stands in apposition: `her
    lawyer, Bo Lind, a former judge, | said`; of a relative clause its pronoun: `Bo
    Lind, | who | said`."""
    codes = sentences.codes
    verb = sentences.back(cue, "AUXILIARY ADVERB BE TIME")
    first = (start < cue) & (start >= 0)
    relative = first & (verb > end) & among(codes[verb - 1], "WHO THAT")
    named = among(codes[start], "NAME NOUN DETERMINER NUMBER PAST ING") & ~relative
    ends = _ends_before_verb(sentences, named & first, end, verb)
    behind = named & (start > cue) & (cue >= 0) & ~is_code(codes[cue], Code.ACCORDING)
    for at in np.flatnonzero(behind).tolist():
        place = int(end[at])
        more = _BEHIND_VERB.match(sentences.s, place, place + _LONGEST)
        ends[at] = more.end() if more else place
    starts = _starts_before_role(sentences, named & first, start)
    starts = np.where(relative, verb - 1, starts)
    return starts, np.where(relative, verb, ends)


def _ends_before_verb(
    sentences: Sentences, some: np.ndarray, end: np.ndarray, verb: np.ndarray
) -> np.ndarray:
    ends = end.copy()
    between = some & (verb > end) & (verb - end <= _LONGEST)
    for at in np.flatnonzero(between).tolist():
        place, limit = int(end[at]), int(verb[at])
        if _BEFORE_VERB.fullmatch(sentences.s, place, limit):
            ends[at] = limit - (sentences.s[limit - 1] == Code.COMMA)
    return ends


def _starts_before_role(
    sentences: Sentences, some: np.ndarray, start: np.ndarray
) -> np.ndarray:
    starts, codes = start.copy(), sentences.codes
    paused = some & is_code(codes[start], Code.NAME)
    paused &= is_code(codes[start - 1], Code.COMMA)
    paused &= among(codes[start - 2], "NAME NOUN")
    begin = sentences.begins[sentences.number(start)]
    for at in np.flatnonzero(paused).tolist():
        phrase = phrase_before(sentences.s, int(begin[at]), int(start[at]) - 1)
        role = _ROLE.fullmatch(sentences.s, *phrase) if phrase else None
        if role and is_person_noun(sentences.word(role.start(1))):
            starts[at] = role.start()
    return starts
