"""Who said it: attributions as a table of cues, subjects, and the words they report."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from ..lexicons import words
from .attributions import read_sentences
from .cues import Cues, find_cues
from .noun_phrases import Range, main_subject
from .sentence_readings import Attribution
from .sentences import Sentences, following, repeated
from .tokens import Tokens
from .whole_phrases import whole_cues, whole_sources
from .word_classes import Code, among, is_code, pattern
from .word_lists import Listed

__all__ = ["Claims", "read_claims"]

# A quotation, its speaker, and a past tense that no list holds: `"...," Smith fumed.`
_UNLISTED_TAG = pattern(
    """[COMMA EXCLAIMED DASH]? (PRONOUN | DETERMINER? [NOUN PAST ING NUMBER]{0,3}
    [NOUN NAME]+) ADVERB* ([PAST SAID])"""
)
# `"...," Lee quoted | Poe | as saying`
_QUOTED_AS_SAYING = pattern(
    """COMMA? [NAME NOUN DETERMINER PRONOUN ADVERB]+ PAST
    (OBJECT | DETERMINER? [NOUN NAME]+) BUT (SAYING)"""
)

_BRACKETS = re.compile(r" \([^()\n]{1,60}\)")
_CONNECTIVE = 5  # words that one may have


@dataclass(frozen=True, slots=True)
class Claims:
    """Attributions as columns, sentence by sentence: in the order of their cues, then
    the quotations that have none. Places are in the text, -1 for none."""

    sentence: np.ndarray
    subject: np.ndarray  # the mention of the speaker
    subject_end: np.ndarray
    source: np.ndarray  # the same with what stands in apposition
    source_end: np.ndarray
    cue: np.ndarray
    cue_end: np.ndarray
    verb_phrase: np.ndarray  # the cue with its auxiliaries and adverbs
    verb: np.ndarray  # number among `forms`
    # Three columns: the number of the claim, where words that it reports begin and end.
    contents: np.ndarray
    # Two columns: the number of the claim, and that of a quotation that it reports.
    quotes: np.ndarray


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts of sentences that are reported, as columns; places are in the codes."""

    claim: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True, slots=True)
class _Columns:
    """Claims by the places of their codes, -1 for none."""

    sentence: np.ndarray
    cue: np.ndarray
    cue_end: np.ndarray
    verb: np.ndarray
    subject: np.ndarray
    subject_end: np.ndarray

    @classmethod
    def of(cls, rows: list[tuple[int, Attribution]]) -> _Columns:
        """Attributions with the numbers of their sentences."""
        table = [
            (sentence, one.cue, one.cue_end, one.verb, *(one.subject or (-1, -1)))
            for sentence, one in rows
        ]
        return cls(*np.array(table, int).reshape(-1, 6).T)

    def and_then(self, more: _Columns) -> _Columns:
        return _Columns(
            np.append(self.sentence, more.sentence),
            np.append(self.cue, more.cue),
            np.append(self.cue_end, more.cue_end),
            np.append(self.verb, more.verb),
            np.append(self.subject, more.subject),
            np.append(self.subject_end, more.subject_end),
        )


def read_claims(tokens: Tokens, ranges: np.ndarray) -> Claims:
    """Every attribution in the sentences that have these token ranges."""
    sentences = Sentences(tokens, ranges)
    cues = find_cues(sentences)
    # A plain cue alone in its sentence needs no reading.
    n_cues = np.bincount(cues.sentence, minlength=1)
    alone = cues.plain & (n_cues[cues.sentence] == 1)
    claims, parts = _alone(cues.take(alone))
    more, more_parts = _read(sentences, cues.take(~alone), len(claims.cue))
    claims = claims.and_then(more)
    parts = _Parts(
        np.append(parts.claim, more_parts.claim),
        np.append(parts.start, more_parts.start),
        np.append(parts.end, more_parts.end),
    )
    contents, quotes, owner = _contents(sentences, parts)
    uncued, uncued_quotes = _without_cue(sentences, quotes)
    n_cued = len(claims.cue)
    claims = claims.and_then(uncued)
    quotes = np.append(quotes, uncued_quotes)
    owner = np.append(owner, np.arange(n_cued, len(claims.cue)))
    return _table(sentences, claims, contents, quotes, owner)


def _alone(cues: Cues) -> tuple[_Columns, _Parts]:
    claims = _Columns(
        cues.sentence, cues.at, cues.end, cues.verb, cues.subject, cues.subject_end
    )
    return claims, _Parts(np.arange(len(cues.at)), cues.content, cues.content_end)


def _read(sentences: Sentences, cues: Cues, first: int) -> tuple[_Columns, _Parts]:
    """The attributions of sentences with these cues; their numbers begin at `first`."""
    rows = [
        (reading.number, one)
        for reading in read_sentences(sentences, cues)
        for one in reading.attributions
    ]
    parts = [
        (first + claim, *part)
        for claim, (_, one) in enumerate(rows)
        for part in one.parts
    ]
    return _Columns.of(rows), _Parts(*np.array(parts, int).reshape(-1, 3).T)


def _contents(
    sentences: Sentences, parts: _Parts
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The words of each claim, as places in the text; the quotations inside its parts,
    and the claim of each. A quotation belongs to the first claim that has it, and cuts
    the words around it in two."""
    codes, token, tokens = sentences.codes, sentences.token, sentences.tokens
    quotes = np.flatnonzero(is_code(codes, Code.QUOTE))
    first = np.searchsorted(quotes, parts.start)
    n_quotes = np.searchsorted(quotes, parts.end) - first
    part, turn = repeated(n_quotes)
    quote, once = np.unique(first[part] + turn, return_index=True)
    owner = parts.claim[part[once]]

    piece, turn = repeated(n_quotes + 1)
    around = np.append(quotes, 0)
    begin = np.where(turn > 0, around[first[piece] + turn - 1] + 1, parts.start[piece])
    end = np.where(
        turn < n_quotes[piece], around[first[piece] + turn], parts.end[piece]
    )
    # Words without punctuation or a conjunction at their ends, and no single word but
    # the first of more: `| Rents |, he said, | have risen`
    marks = "COMMA COLON SEMICOLON DASH STOP EXCLAIMED AND"
    inner = np.flatnonzero(~among(codes, marks))
    first = ~among(codes, marks + " BUT")
    opens = sentences.begins[is_code(codes[sentences.begins], Code.BUT)]
    first[opens] = sentences.are_on(opens, Listed.OPENING)  # `If it rains, Lee said, `
    begin = following(np.flatnonzero(first), begin)
    last = inner[np.searchsorted(inner, end) - 1]
    several = last > begin
    claim = parts.claim[piece]
    goes_on = np.zeros(len(claim), bool)
    goes_on[:-1] = (claim[1:] == claim[:-1]) & several[1:]
    goes_on &= (n_quotes[piece] == 0) & among(codes[begin], "NOUN NAME PRONOUN")
    several |= (last == begin) & goes_on
    opening = np.isin(begin, sentences.begins)
    several &= ~_are_connectives(sentences, begin, last, opening)
    # `a plan announced | earlier this year |`
    told = np.append(
        0, np.cumsum(~among(codes, "TIME ADVERB DETERMINER NUMBER TO THAT"))
    )
    timed = np.append(0, np.cumsum(among(codes, "TIME NUMBER")))
    only_when = (told[last + 1] == told[begin]) & (timed[last + 1] > timed[begin])
    several &= ~only_when | opening
    contents = np.column_stack(
        [
            parts.claim[piece[several]],
            tokens.starts[token[begin[several]]],
            tokens.ends[token[last[several]]],
        ]
    )
    return contents, quotes[quote], owner


def _are_connectives(
    sentences: Sentences, begin: np.ndarray, last: np.ndarray, opening: np.ndarray
) -> np.ndarray:
    """Whether words that open a sentence only join it to the one before: `In any
    case`."""
    known = words("grammar.toml", "openings.connective")
    some = opening & (last - begin < _CONNECTIVE)
    tokens, token = sentences.tokens, sentences.token
    starts, ends = tokens.starts[token[begin[some]]], tokens.ends[token[last[some]]]
    some[some] = [phrase in known for phrase in tokens.phrases(starts, ends)]
    return some


def _without_cue(sentences: Sentences, cued: np.ndarray) -> tuple[_Columns, np.ndarray]:
    """Quotations without a cue, the speaker beside them or at the head of the
    sentence.
    """
    quotes = np.flatnonzero(is_code(sentences.codes, Code.QUOTE))
    quotes = np.setdiff1d(quotes, cued, assume_unique=True)
    numbers = sentences.number(quotes)
    rows, named = [], []
    for at, number in zip(quotes.tolist(), numbers.tolist(), strict=True):
        begin = int(sentences.begins[number])
        tag = _QUOTED_AS_SAYING.match(sentences.s, at + 1)
        tag, cue = tag or _UNLISTED_TAG.match(sentences.s, at + 1), -1
        subject: Range | None = None
        if tag:
            subject, cue = tag.span(1), tag.start(2)
        elif at > begin + 1:
            subject = main_subject(sentences.s, begin, at)
        if subject:
            rows.append((number, Attribution(cue, cue + 1, -1, subject, [])))
            named.append(at)
    return _Columns.of(rows), np.array(named, int)


def _behind_brackets(text: str, ends: np.ndarray) -> np.ndarray:
    """Each end moved behind brackets that follow it: `Ann Lee (D-Ark.)`."""
    out = []
    for end in ends.tolist():
        opens = end >= 0 and text.startswith(" (", end)
        brackets = _BRACKETS.match(text, end) if opens else None
        out.append(brackets.end() if brackets else end)
    return np.array(out, int)


def _table(
    sentences: Sentences,
    claims: _Columns,
    contents: np.ndarray,
    quotes: np.ndarray,
    owner: np.ndarray,
) -> Claims:
    """Claims in the order of their sentences, with places in the text."""
    tokens, token = sentences.tokens, sentences.token
    order = np.argsort(claims.sentence, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    cue, cue_end, subject = (
        claims.cue[order],
        claims.cue_end[order],
        claims.subject[order],
    )
    named, cued = subject >= 0, cue >= 0
    # Quotations are known by their numbers in the text, edges between sentences or not.
    quote_tokens = np.flatnonzero(is_code(tokens.numbers, Code.QUOTE))
    number = np.searchsorted(quote_tokens, token[quotes])
    contents = contents.copy()
    contents[:, 0] = rank[contents[:, 0]]
    subject_end = claims.subject_end[order]
    source, source_end = whole_sources(sentences, cue, subject, subject_end)

    def place(column: np.ndarray, at: np.ndarray, some: np.ndarray) -> np.ndarray:
        return np.where(some, column[token[at]], -1)

    source_ends = place(tokens.ends, source_end - 1, named)

    return Claims(
        sentence=claims.sentence[order],
        subject=place(tokens.starts, subject, named),
        subject_end=place(tokens.ends, subject_end - 1, named),
        source=place(tokens.starts, source, named),
        source_end=_behind_brackets(tokens.text, source_ends),
        cue=place(tokens.starts, cue, cued),
        cue_end=np.where(cued, tokens.ends[token[cue] + (cue_end - cue) - 1], -1),
        verb_phrase=place(tokens.starts, whole_cues(sentences, cue), cued),
        verb=claims.verb[order],
        contents=contents,
        quotes=np.column_stack([rank[owner], number]),
    )
