"""The attributions of one sentence, read from cue to cue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .cue_subjects import opens_clause, subject_of
from .cues import ASIDE, Cue, Cues, Way
from .noun_phrases import (
    Range,
    after,
    appositive,
    is_named,
    phrase_before,
    with_second_name,
)
from .people import is_person_noun
from .sentence_readings import Attribution, Reading, is_spoken
from .sentences import Sentences
from .word_classes import Code, letters
from .word_lists import ACCORDING_TO, CLAUSE_OF_NOUN, Listed, forms

__all__ = ["read_sentences"]

# Codes as strings, for questions about single places.
_LOOSE = letters("AND ADVERB BUT COMMA")
_PAUSES = letters("COMMA DASH")
_QUOTE_COMMA = Code.QUOTE + Code.COMMA
_ENDS = letters("STOP EDGE")
_QUOTE_BEFORE = letters("QUOTE EXCLAIMED")
_ASIDE_BEFORE = letters("COMMA QUOTE DASH EXCLAIMED")
# Behind a hearer, before any of these: no `asked whether`.
_NO_QUESTION = letters("COMMA COLON SEMICOLON QUOTE AUXILIARY BE SAID SAY")
_NO_SENTENCE = letters("WHO ING SAYING EDGE")
_VERBAL = letters("AUXILIARY BE PAST ADVERB")
# Behind the subject of `..., said the mayor`.
_AFTER_INVERTED = letters(
    """COMMA STOP DASH SEMICOLON COLON WHO PREPOSITION QUOTE BUT TIME DETERMINER SAYING
    ING TO EXCLAIMED EDGE"""
)
_NO_CLAUSE = letters("SAYING ING WHO BUT TO COMMA SEMICOLON")
_QUOTE_OR_END = letters("QUOTE STOP SEMICOLON COMMA EDGE")
_HEARER_REACH = 8  # tokens from `asked` to `whether`


def read_sentences(sentences: Sentences, cues: Cues) -> Iterator[Reading]:
    """Read the sentences that hold these cues, from left to right."""
    begins, ends = sentences.begins.tolist(), sentences.ends.tolist()
    reading = None
    for cue in cues:
        number = cue.sentence
        if reading is None or number != reading.number:
            if reading:
                yield reading
            reading = Reading(sentences, number, begins[number], ends[number])
        _READERS[cue.way](reading, cue)
    if reading:
        yield reading


def _according(reading: Reading, cue: Cue) -> None:
    """`According to the ministry, X` and `X, according to the ministry`."""
    s, at, stop = reading.sentences.s, cue.at, reading.end
    subject = after(s, at + 2) if s[at + 1] == Code.TO else None
    if subject is None:
        return
    comma = s.find(Code.COMMA, *subject)
    if comma > 0 and s[comma - 1] == Code.NAME:  # `According to the Post, Lee said`
        subject = subject[0], comma
    left, end = reading.clause_start(at), subject[1]
    if not s[left:at].strip(_LOOSE):
        comma = s.find(Code.COMMA, end, stop)
        parts = [(comma + 1, stop)] if comma >= 0 else []
    elif reading.reports(at) or any(map(is_spoken, reading.attributions)):
        return
    else:
        parts = [(left, at)]
        goes_on = s[end] == Code.COMMA and s[end + 1] not in _NO_SENTENCE
        quote = s.find(Code.QUOTE, end, stop)
        if goes_on and (s[end + 1] in _VERBAL or quote >= 0):
            parts.append((end + 1, stop))
    reading.add(Attribution(at, at + 2, ACCORDING_TO, subject, parts))


def _noun_clause(reading: Reading, cue: Cue) -> None:
    """`the claim that X`: nobody is named."""
    at = cue.at
    if not reading.reports(at):
        parts = [(at, reading.end)]
        reading.add(Attribution(at - 1, at, CLAUSE_OF_NOUN, None, parts))


def _thought(reading: Reading, cue: Cue) -> None:
    """`is thought to X`: nobody is named."""
    if not reading.reports(cue.at):
        parts = [(cue.end, reading.end)]
        reading.add(Attribution(cue.at, cue.end, cue.verb, None, parts))


def _addressed(reading: Reading, cue: Cue) -> None:
    """`Asked whether ...`, `was told that ...`: the hearer is named first; the speaker
    follows `by`, or is not named."""
    sentences, s = reading.sentences, reading.sentences.s
    for at in range(cue.end, min(reading.end, cue.end + _HEARER_REACH)):
        asks = s[at] in letters("BUT PREPOSITION") and sentences.is_on(
            at, Listed.IF_ABOUT
        )
        if asks or s[at] in letters("WHO THAT"):
            by = s[cue.end] == Code.PREPOSITION and sentences.is_on(cue.end, Listed.BY)
            comma = s.find(Code.COMMA, at, reading.end)
            parts = [(at, comma if comma >= 0 else reading.end)]
            subject = after(s, cue.end + 1) if by else None
            reading.add(Attribution(cue.at, cue.end, cue.verb, subject, parts))
            return
        if s[at] in _NO_QUESTION:
            return


def _straight(reading: Reading, cue: Cue) -> None:
    """A cue after its subject: `X said that ...`, `..., X said`, `..., adding that`."""
    if cue.inverted and _inverted(reading, cue):
        return
    found = subject_of(reading, cue)
    if found is None:
        return
    subject, own = found
    if own and subject and cue.aside and _aside(reading, cue, subject):
        return
    if cue.nothing:
        return
    edge = subject[0] if own and subject else None
    if reading.reports(cue.at) and not opens_clause(reading, cue, edge):
        return
    parts = [(cue.content, cue.content_end)]
    reading.add(Attribution(cue.at, cue.end, cue.verb, subject, parts, own))


def _inverted(reading: Reading, cue: Cue) -> bool:
    """`"...," said Smith` and `The war is over, said the minister`."""
    s, look, place = reading.sentences.s, cue.at, cue.end
    while s[look - 1] == Code.ADVERB:
        look -= 1
    while s[place] == Code.ADVERB:
        place += 1
    lead, subject = s[look - 1], after(s, place)
    if not subject:
        return False
    subject = with_second_name(s, subject, reading.end)
    behind = s[subject[1]]
    by_quote = lead == Code.QUOTE or s[look - 2] == Code.QUOTE
    if not by_quote and forms()[cue.verb].lemma == "tell":
        return False  # `X, the mayor, told reporters`
    if behind not in _AFTER_INVERTED and lead != Code.QUOTE:
        return False
    if not by_quote and lead in _PAUSES:
        # `Lee, the mayor, said the road ...`
        comma = s.find(Code.COMMA, reading.begin, look - 1) >= 0
        goes_on = comma and behind not in _ENDS
        if goes_on and appositive(s, reading.begin, look - 1):
            return False
        if comma and is_named(s, reading.begin, look - 1):
            return False
    parts = [(reading.clause_start(look), look - 1 if lead in _PAUSES else look)]
    quote = s.find(Code.QUOTE, subject[1], reading.end)
    if quote >= 0:
        parts.append((quote, reading.end))
    reading.add(Attribution(cue.at, cue.end, cue.verb, subject, parts))
    return True


def _aside(reading: Reading, cue: Cue, subject: Range) -> bool:
    """`..., X said.` and `..., X said, ...`: the words before are what is reported, and
    often those after it. False where it is none."""
    s, stop = reading.sentences.s, reading.end
    edge = _aside_start(reading, cue, subject)
    lead, frame = s[edge - 1], forms()[cue.verb].frame
    by_quote = lead in _QUOTE_BEFORE
    by_quote = by_quote or (lead == Code.COMMA and s[edge - 2] == Code.QUOTE)
    closes = _closes(reading, cue, lead, by_quote)
    start = cue.start
    if by_quote and closes and s[start] != Code.QUOTE:
        # `"...," he said in Lyon, his home`: nothing more is said without a quotation.
        quote = s.find(Code.QUOTE, start, stop)
        if quote < 0:
            start = stop
        elif s[start] not in _QUOTE_OR_END:
            start = quote
    as_ = lead == Code.BUT and reading.sentences.is_on(edge - 1, Listed.AS)
    after_quote = s[edge - 2] == Code.QUOTE or s[edge - 3 : edge - 1] == _QUOTE_COMMA
    paused = s[edge - 2] == Code.COMMA and start >= stop
    if as_ and (after_quote or paused):  # `..., as Lee said.`
        edge, lead = edge - 1, Code.COMMA
        start, closes = (stop, True) if after_quote else (start, closes)
        by_quote = by_quote or after_quote
    if lead not in _ASIDE_BEFORE or not closes or not (by_quote or frame in ASIDE):
        return False
    if not by_quote and (s[cue.start - 1] == Code.COLON or _goes_on(reading, cue)):
        return False  # `In a speech, he declared:`
    if start >= stop and not any(map(is_spoken, reading.attributions)):
        # `..., he said` at the end takes the sentence as a whole.
        reading.attributions.clear()
    parts = _aside_parts(reading, cue, edge, start)
    if parts:
        reading.add(Attribution(cue.at, cue.end, cue.verb, subject, parts))
    return True


def _goes_on(reading: Reading, cue: Cue) -> bool:
    """Whether something continues that cannot speak: `..., the borrowing continued`."""
    last = reading.sentences.s[cue.at - 1]
    return (
        forms()[cue.verb].lemma == "continue"
        and last in letters("NOUN ING")
        and not is_person_noun(reading.sentences.word(cue.at - 1))
    )


def _aside_start(reading: Reading, cue: Cue, subject: Range) -> int:
    """Where an aside begins: with its adverbs, or with a role before a name in commas:
    `"...," | the mayor, Ann Lee, said`."""
    s, edge = reading.sentences.s, subject[0]
    while s[edge - 1] == Code.ADVERB:
        edge -= 1
    if s[cue.at - 1] == s[edge - 1] == Code.COMMA:
        role = phrase_before(s, reading.begin, edge - 1)
        if role and s[role[0] - 1] in letters("QUOTE COMMA"):
            return role[0]
    return edge


def _closes(reading: Reading, cue: Cue, lead: str, by_quote: bool) -> bool:
    """Whether a pause or the sentence's end follows the aside; beside a quotation it is
    one unless content follows: `"No," Lee said that ...`."""
    s, start = reading.sentences.s, cue.start
    first = s[start]
    if first in letters("STOP SEMICOLON EDGE"):
        return True
    if s[cue.end] == Code.COMMA and not _opens_quote(reading, cue.end + 1):
        return True
    paused = s[start - 1] == Code.COMMA and start > cue.end
    if paused and lead in _ASIDE_BEFORE and first != Code.QUOTE:
        return True
    return (
        by_quote and first not in letters("THAT QUOTE") and s[start - 1] != Code.COLON
    )


def _aside_parts(reading: Reading, cue: Cue, edge: int, start: int) -> list[Range]:
    """The words before an aside, and those after it unless they open another clause."""
    s, stop = reading.sentences.s, reading.end
    left, parts = reading.clause_start(edge), []
    if s.find(Code.QUOTE, left, edge) >= 0 or not reading.reports(cue.at):
        parts.append((left, edge - 1 if s[edge - 1] in _PAUSES else edge))
    quote = s.find(Code.QUOTE, start, stop)
    if start < stop and s[start] not in _NO_CLAUSE:
        parts.append((start, stop))
    elif quote >= 0:
        parts.append((quote, stop))
    return parts


def _opens_quote(reading: Reading, at: int) -> bool:
    """Whether a token is a quotation that begins as a sentence does."""
    if reading.sentences.s[at] != Code.QUOTE:
        return False
    tokens = reading.sentences.tokens
    start = tokens.starts[reading.sentences.token[at]]
    return not tokens.text[start].islower()


_READERS: dict[int, Callable[[Reading, Cue], None]] = {
    Way.STRAIGHT: _straight,
    Way.THOUGHT: _thought,
    Way.ADDRESSED: _addressed,
    Way.ACCORDING: _according,
    Way.NOUN_CLAUSE: _noun_clause,
}
