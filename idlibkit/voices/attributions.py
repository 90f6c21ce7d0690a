"""The attributions of one sentence, read from cue to cue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .cues import ASIDE, Cue, Cues, Way
from .noun_phrases import (
    Range,
    after,
    appositive,
    is_named,
    main_subject,
    near_subject,
    phrase_before,
)
from .sentences import Sentences, has_frame
from .word_classes import Code, letters, pattern
from .word_lists import ACCORDING_TO, CLAUSE_OF_NOUN, Listed, forms

__all__ = ["Attribution", "Reading", "read_sentences"]

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
_CONJUNCTIONS = tuple(ord(code) for code in (Code.AND, Code.BUT))
_CLAUSE_EDGES = letters("COMMA SEMICOLON DASH AND BUT COLON")
# `was sued`, `has been sharply criticized`
_OPPOSED = pattern("BE ADVERB* [PAST SAID]")
_QUOTED = pattern("[PAST SAID] (OBJECT | DETERMINER? [NAME NOUN]+) (?= BUT SAYING)")
_HEARER_REACH = 8  # tokens from `asked` to `whether`


@dataclass(slots=True)
class Attribution:
    """A cue, its subject, and the parts of the sentence that it reports."""

    cue: int
    cue_end: int
    verb: int  # number among `forms`; -1 for none
    subject: Range | None
    parts: list[Range]
    own: bool = True  # whether the subject was not carried over from another verb


@dataclass(slots=True)
class Reading:
    """A sentence while it is read: what has been found up to a cue."""

    sentences: Sentences
    number: int
    begin: int
    end: int
    attributions: list[Attribution] = field(default_factory=list)

    def add(self, attribution: Attribution) -> None:
        """Take in an attribution; what others report ends where it begins."""
        start, subject = attribution.cue, attribution.subject
        if attribution.own and subject:
            start = min(start, subject[0])
        for other in self.attributions:
            for number, (a, b) in enumerate(other.parts):
                # `According to the Post, | Lee said`: Lee says it
                first = a == start and other.verb == ACCORDING_TO
                if first or a < start < b:
                    other.parts[number] = a, start
            other.parts = [(a, b) for a, b in other.parts if b > a]
        attribution.parts = [(a, b) for a, b in attribution.parts if b > a]
        self.attributions.append(attribution)

    def reports(self, at: int) -> bool:
        """Whether a token is part of what someone is reported to say."""
        for one in self.attributions:
            for a, b in one.parts:
                if a <= at < b:
                    return True
        return False

    def clause_start(self, at: int) -> int:
        """Where the words before an attribution begin: after the content of the one
        before, or with the sentence."""
        start = self.begin
        for one in self.attributions:
            start = max(start, one.cue + 1, *(end for _, end in one.parts))
        return min(at, start)

    def last_subject(self) -> Range | None:
        """Who said the words before."""
        return self.attributions[-1].subject


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
    elif reading.reports(at) or any(map(_is_spoken, reading.attributions)):
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
    found = _subject(reading, cue)
    if found is None:
        return
    subject, own = found
    if own and subject and cue.aside and _aside(reading, cue, subject):
        return
    if cue.nothing:
        return
    edge = subject[0] if own and subject else None
    if reading.reports(cue.at) and not _opens_clause(reading, cue, edge):
        return
    parts = [(cue.content, cue.content_end)]
    reading.add(Attribution(cue.at, cue.end, cue.verb, subject, parts, own))


def _quoted(reading: Reading, at: int) -> Range | None:
    """Who is quoted `as saying`: `Lee quoted | Poe | as saying that`."""
    s = reading.sentences.s
    quoted = _QUOTED.search(s, reading.begin, at + 2)
    return quoted.span(1) if quoted and quoted.end(1) == at else None


def _subject(reading: Reading, cue: Cue) -> tuple[Range | None, bool] | None:
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


def _opponent(reading: Reading, at: int, end: int) -> Range | None:
    """Who acts in a passive: `was sued | by its clerk, Ann Lee, | alleging`."""
    s = reading.sentences.s
    for place in range(at, end):
        if s[place] == Code.PREPOSITION and reading.sentences.is_on(place, Listed.BY):
            return after(s, place + 1)
    return None


def _opens_clause(reading: Reading, cue: Cue, subject: int | None) -> bool:
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
    if start >= stop and not any(map(_is_spoken, reading.attributions)):
        # `..., he said` at the end takes the sentence as a whole.
        reading.attributions.clear()
    parts = _aside_parts(reading, cue, edge, start)
    if parts:
        reading.add(Attribution(cue.at, cue.end, cue.verb, subject, parts))
    return True


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


def _is_spoken(attribution: Attribution) -> bool:
    """Whether someone says it: a verb of speech with a subject of its own."""
    spoken = has_frame("say", "tell", "quote")[attribution.verb]
    return attribution.subject is not None and attribution.own and bool(spoken)


_READERS: dict[int, Callable[[Reading, Cue], None]] = {
    Way.STRAIGHT: _straight,
    Way.THOUGHT: _thought,
    Way.ADDRESSED: _addressed,
    Way.ACCORDING: _according,
    Way.NOUN_CLAUSE: _noun_clause,
}
