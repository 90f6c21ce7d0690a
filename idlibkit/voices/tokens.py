"""The words and marks of many articles at once, each with its class.

English only needs its closed classes for this: they and the reporting verbs are listed,
capitals are names, endings tell adverbs and participles, and all other words are nouns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from .asides import are_asides
from .characters import Characters, Flag, character_tables
from .token_drafts import Draft, read_draft
from .word_classes import Code, among, is_code
from .word_lists import Listed, forms, lexicon

__all__ = ["Tokens", "read_tokens"]

_BRACKETS = 60  # characters: what stands in longer brackets is part of the sentence
_CLOSING_MARKS = 8  # characters at the end of a quotation: its last mark is among them
# Marks at the end of a quotation that end, or go on with, the sentence around it.
_LAST_MARKS = {
    ".": Code.STOP,
    "…": Code.STOP,
    "!": Code.EXCLAIMED,
    "?": Code.EXCLAIMED,
    ",": Code.COMMA,
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: a code for each, its place, and what the lists say of
    it.
    """

    text: str
    codes: str
    numbers: np.ndarray  # the codes as numbers
    starts: np.ndarray
    ends: np.ndarray
    lists: np.ndarray  # flags of `Listed`
    verbs: np.ndarray  # of a reporting verb its number among `forms`, else -1
    pairs: np.ndarray  # whether it is a reporting verb with the next one
    nouns: np.ndarray  # whether it is a noun with a clause of its own: the claim that

    def word(self, token: int) -> str:
        """A token in small letters, its apostrophes straight."""
        return _in_small_letters(self.text[self.starts[token] : self.ends[token]])

    def words(self, tokens: np.ndarray) -> list[str]:
        """Several tokens, each so."""
        return self.phrases(self.starts[tokens], self.ends[tokens])

    def phrases(self, starts: np.ndarray, ends: np.ndarray) -> list[str]:
        """What stands between places of the text, so too."""
        places = zip(starts.tolist(), ends.tolist(), strict=True)
        return [_in_small_letters(self.text[start:end]) for start, end in places]


def _in_small_letters(word: str) -> str:
    return word.lower().replace("’", "'")


def read_tokens(text: str, quotations: Sequence[tuple[int, int]]) -> Tokens:
    """The tokens of `text`, paragraphs divided by line ends; each of `quotations`
    (places in order) is one token."""
    characters = Characters.of(text)
    draft = read_draft(characters)
    draft = _classes(draft, characters)
    stays = ~_inner_stops(draft, characters) & ~among(draft.codes, "OPENING CLOSING")
    depth = _bracket_depth(draft)
    draft = _with_quotations(draft, stays, depth, text, quotations)
    draft = replace(draft, codes=_capitals(draft))
    draft = draft.take(~are_asides(draft.codes, lexicon().lists[draft.number]))
    return _tokens(text, draft)


def _classes(draft: Draft, characters: Characters) -> Draft:
    """The class of each word: its own if it is listed, else the one it looks like."""
    starts, ends, lowered = draft.starts, draft.ends, characters.lowered
    lists, listed = lexicon().lists[draft.number], lexicon().codes[draft.number]
    size = ends - starts
    last, second, third = (lowered[ends - place] for place in (1, 2, 3))
    ed = (last == ord("d")) & (second == ord("e")) & (size > 3)
    ing = (last == ord("g")) & (second == ord("n")) & (third == ord("i")) & (size > 4)
    ing &= (lists & Listed.NOT_ING) == 0
    ly = (last == ord("y")) & (second == ord("l")) & (size > 3)
    ly &= (lists & Listed.NOT_LY) == 0
    capital = characters.has(starts, Flag.UPPER)
    codes = np.full(len(starts), ord(Code.NOUN), np.uint8)
    codes[ed], codes[ing], codes[ly] = ord(Code.PAST), ord(Code.ING), ord(Code.ADVERB)
    codes[capital] = ord(Code.NAME)
    codes[characters.has(starts, Flag.DIGIT)] = ord(Code.NUMBER)
    codes = np.where(listed > 0, listed, codes)
    codes = np.where(draft.codes > 0, draft.codes, codes)
    return replace(draft, codes=codes, capital=capital, ing=ing, ly=ly)


def _inner_stops(draft: Draft, characters: Characters) -> np.ndarray:
    """Whether a token is a point that ends no sentence: after an abbreviation, or
    before a small letter or a comma."""
    points, small = characters.points, characters.small
    stop = np.flatnonzero(is_code(draft.codes, Code.STOP))
    at, word = draft.starts[stop], np.maximum(stop - 1, 0)
    size = (draft.ends - draft.starts)[word]
    touches = (draft.ends[word] == at) & (points[at] == ord("."))
    # `Gen. Lee`; written small only a.m. and p.m., which have three characters.
    short = (lexicon().lists[draft.number[word]] & Listed.ABBREVIATION) > 0
    short &= draft.capital[word] | (size == 3)
    # `J. Lee`, `U.S. troops`
    initials = characters.has(at - 1, Flag.UPPER)
    initials &= (size == 1) | (points[at - 2] == ord("."))
    ahead = at + 1
    for _ in range(4):  # brackets and marks between a stop and what follows it
        skipped = characters.has(ahead, Flag.SKIPPED)
        ahead = np.minimum(ahead + skipped, len(points) - 1)
    inner = touches & (short | initials) | characters.has(ahead, Flag.LOWER)
    inner |= among(character_tables()[2][small[ahead]], "COMMA SEMICOLON COLON")
    out = np.zeros(len(draft.codes), bool)
    out[stop[inner]] = True
    return out


def _bracket_depth(draft: Draft) -> np.ndarray:
    """For each token, how many brackets open there less those that close: of pairs that
    are short and in one line."""
    opening, closing, line = (
        draft.starts[is_code(draft.codes, code)]
        for code in (Code.OPENING, Code.CLOSING, Code.LINE_END)
    )
    depth = np.zeros(len(draft.starts) + 1, int)
    if not len(opening) or not len(closing):
        return depth
    number = np.searchsorted(closing, opening)
    partner = closing[np.minimum(number, len(closing) - 1)]
    same_line = np.searchsorted(line, opening) == np.searchsorted(line, partner)
    pair = (partner > opening) & (partner - opening <= _BRACKETS) & same_line
    np.add.at(depth, np.searchsorted(draft.starts, opening[pair]), 1)
    np.add.at(depth, np.searchsorted(draft.starts, partner[pair]), -1)
    return depth


def _with_quotations(
    draft: Draft,
    stays: np.ndarray,
    depth: np.ndarray,
    text: str,
    quotations: Sequence[tuple[int, int]],
) -> Draft:
    """Without what is in brackets, and with one token for each quotation, which is no
    part of the sentence around it; behind it the mark that it ends in."""
    places = np.array(quotations, int).reshape(-1, 2)
    beyond = np.searchsorted(draft.starts, places[:, 1])
    np.add.at(depth, np.searchsorted(draft.starts, places[:, 0]), 1)
    np.add.at(depth, beyond, -1)
    stays = stays & (np.cumsum(depth[:-1]) <= 0)
    rows = np.flatnonzero(stays)
    if not len(places):
        return draft.take(rows)
    position = np.cumsum(np.append(0, stays))[beyond]
    insert, extra = [], []
    for (begin, end), at in zip(quotations, position.tolist(), strict=True):
        insert.append(at)
        extra.append((begin, end, ord(Code.QUOTE)))
        last = text[max(begin, end - _CLOSING_MARKS) : end].rstrip("\"”'’»“ ")
        mark = _LAST_MARKS.get(last[-1:])
        if mark:
            insert.append(at)
            extra.append((end, end, ord(mark)))
    starts, ends, codes = np.array(extra).T
    none = np.zeros(len(extra), bool)
    both = Draft(
        np.append(draft.starts, starts),
        np.append(draft.ends, ends),
        np.append(draft.codes, codes.astype(np.uint8)),
        np.append(draft.number, np.full(len(extra), -1)),
        np.append(draft.capital, none),
        np.append(draft.ing, none),
        np.append(draft.ly, none),
    )
    more = len(draft.starts) + np.arange(len(insert))
    return both.take(np.insert(rows, insert, more))


def _capitals(draft: Draft) -> np.ndarray:
    """Codes in which a listed word with a capital is itself where a sentence begins,
    and part of a name elsewhere; an unlisted one may be an adverb where a sentence
    begins."""
    codes, capital = draft.codes.copy(), draft.capital
    listed = lexicon().codes[draft.number] > 0
    begins = np.ones(len(codes), bool)
    begins[1:] = among(codes[:-1], "STOP EXCLAIMED COLON QUOTE LINE_END")
    inside = capital & listed & ~begins & (draft.ends - draft.starts > 1)
    inside &= ~among(codes, "TIME PRONOUN DETERMINER ACCORDING")
    verb = capital & begins & among(codes, "SAY SAID")  # `Claims of fraud`
    codes[inside | verb] = ord(Code.NAME)
    # `some of them` is one noun phrase
    them = is_code(codes, Code.OBJECT)
    them[:2] = False
    them[2:] &= is_code(codes[1:-1], Code.PREPOSITION)
    them[2:] &= among(codes[:-2], "DETERMINER NUMBER")
    codes[them] = ord(Code.NOUN)
    first = capital & begins & ~listed
    codes[first & draft.ing], codes[first & draft.ly] = ord(Code.ING), ord(Code.ADVERB)
    return codes


@cache
def _tenses() -> np.ndarray:
    return np.array([ord(verb.tense) for verb in forms()], np.uint8)


def _tokens(text: str, draft: Draft) -> Tokens:
    """What the lists say of each token, and verbs of two words."""
    lexicon_, codes, number = lexicon(), draft.codes, draft.number
    lists, verbs = lexicon_.lists[number], lexicon_.verbs[number]
    small = ~draft.capital[:-1]
    nouns, pairs = np.zeros(len(codes), bool), np.zeros(len(codes), bool)
    clause_noun = (lists[:-1] & Listed.CLAUSE_NOUN) > 0
    nouns[:-1] = small & clause_noun & is_code(codes[1:], Code.THAT)
    first = np.flatnonzero(small & ((lists[:-1] & Listed.PAIR_FIRST) > 0))
    verb = lexicon_.find_pairs(number[first], number[first + 1])
    first, verb = first[verb >= 0], verb[verb >= 0]
    pairs[first], verbs[first], codes[first] = True, verb, _tenses()[verb]
    return Tokens(
        text,
        codes.tobytes().decode("latin-1"),
        codes,
        draft.starts,
        draft.ends,
        lists,
        verbs,
        pairs,
        nouns,
    )
