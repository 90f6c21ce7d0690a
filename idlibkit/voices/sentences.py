"""Sentences of many articles, one after another as one string of codes."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from .noun_phrases import Range, main_subject
from .tokens import Tokens
from .word_classes import Code, among, is_code, pattern
from .word_lists import Listed, forms

__all__ = [
    "Sentences",
    "first_subject",
    "following",
    "has_frame",
    "has_lemma",
    "joined_subject",
    "repeated",
    "sentence_ranges",
]

# A longer sentence is no sentence: it is cut, which keeps the reading linear.
MAX_TOKENS = 250
# Edges between sentences, so that three tokens on from one are never those of another.
_EDGES = 3
# `he asked`, `the senator said`, `said Smith` after a quotation that ends in a full
# stop,
_SHORT_TAG = pattern(
    """(?: PRONOUN | NAME{1,4} | DETERMINER? [NOUN PAST ING]* [NOUN NAME])
    [AUXILIARY ADVERB]* SAID [STOP COMMA ADVERB]
    | SAID (?: DETERMINER? [NAME NOUN] | PRONOUN)"""
)
# and in a question mark: there the rest of a sentence may follow.
_TAG = pattern(
    """(?: PRONOUN | DETERMINER? [NOUN PAST ING NUMBER]* [NAME NOUN]+
        (?: AND [NAME NOUN]+ )?
        (?: PREPOSITION DETERMINER? [NOUN PAST ING NUMBER]* [NAME NOUN]+ )*
        (?: COMMA [^ STOP EXCLAIMED QUOTE SAID AUXILIARY LINE_END]* COMMA )? )
    [AUXILIARY ADVERB]* SAID (?! THAT) | SAID (?: DETERMINER? [NAME NOUN] | PRONOUN)"""
)


# `10:42 GMT`, `[10:42]`, `6:45 pm –`: when an entry of a live report was written
_STAMP = re.compile(
    r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\b\.?)?(?: (?:GMT|BST|UTC|CES?T|E[SD]?T|P[SD]T))?"
    r"[\])]?\s*(?:[—–:-]\s)?\s*(?=[“\"‘A-Z])"
)
# Behind the head of a subject
_JOINED = pattern(
    "AND NAME{1,4} | PREPOSITION (?: DETERMINER NOUN (?! NOUN) | DETERMINER? NAME+ )"
)
# Behind a role, or behind whose it is
_NAMED_ROLE = pattern("(?: (?<= NAME) NOUN+ | (?<= NOUN) ) COMMA (NAME{2,4}) COMMA")


@lru_cache
def has_frame(*frames: str) -> np.ndarray:
    """Which of `forms` have one of these frames."""
    return np.array([verb.frame in frames for verb in forms()])


@lru_cache
def has_lemma(lemma: str) -> np.ndarray:
    """Which of `forms` are of this verb."""
    return np.array([verb.lemma == lemma for verb in forms()])


def following(places: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The first of these sorted places that is not before each of `at`; beyond
    everything where there is none."""
    return np.append(places, 1 << 60)[np.searchsorted(places, at)]


def repeated(times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each number as often as `times` says, and which time it is.

    >>> [column.tolist() for column in repeated(np.array([2, 1, 0, 2]))]
    [[0, 0, 1, 3, 3], [0, 1, 0, 0, 1]]
    """
    number = np.repeat(np.arange(len(times)), times)
    return number, np.arange(len(number)) - np.repeat(np.cumsum(times) - times, times)


def sentence_ranges(tokens: Tokens) -> np.ndarray:
    """Token ranges of sentences: a full stop ends one, and so does one inside a
    quotation unless `he asked` follows."""
    codes, s = tokens.numbers, tokens.codes
    stops = np.flatnonzero(among(codes, "STOP EXCLAIMED LINE_END"))
    after_quote = is_code(codes[stops - 1], Code.QUOTE) & (stops > 0)
    # `Lind said: "We go." His neighbours agreed.`: told before, so no tag follows.
    told = is_code(codes[stops - 2], Code.COLON) & (stops > 1)
    told &= ~among(codes[np.minimum(stops + 1, len(codes) - 1)], "SAID")
    quoted = np.flatnonzero(after_quote & ~told & ~is_code(codes[stops], Code.LINE_END))
    tagged = [
        (_TAG if s[at] == Code.EXCLAIMED else _SHORT_TAG).match(s, at + 1) is not None
        for at in stops[quoted].tolist()
    ]
    stops = np.delete(stops, quoted[np.array(tagged, bool)])
    begins = np.minimum(_behind_stamps(tokens, np.append(0, stops + 1)[:-1]), stops)
    # A sentence that is too long is cut, an empty one is none.
    sentence, part = repeated(-((begins - stops) // MAX_TOKENS))
    begins = begins[sentence] + MAX_TOKENS * part
    ends = np.minimum(stops[sentence], begins + MAX_TOKENS)
    return np.column_stack([begins, ends])


def _behind_stamps(tokens: Tokens, begins: np.ndarray) -> np.ndarray:
    """Beginnings of sentences, those of lines behind a time: `10:42 GMT | “We go,”`."""
    codes, out = tokens.numbers, begins.copy()
    inside = begins < len(codes)
    timed = inside & ((begins == 0) | is_code(codes[begins - 1], Code.LINE_END))
    timed[inside] &= is_code(codes[begins[inside]], Code.NUMBER)
    for number in np.flatnonzero(timed).tolist():
        stamp = _STAMP.match(tokens.text, tokens.starts[begins[number]])
        if stamp:
            out[number] = np.searchsorted(tokens.starts, stamp.end())
    return out


def first_subject(tokens: Tokens, begin: int, end: int) -> Range | None:
    """The place in the text of the first noun phrase of a sentence."""
    subject = main_subject(tokens.codes, begin, end)
    if subject is None:
        return None
    if named := _NAMED_ROLE.match(tokens.codes, subject[1], end):
        subject = named.span(1)  # `Lind's lawyer, | Ana Ruiz |, filed`
    return int(tokens.starts[subject[0]]), int(tokens.ends[subject[1] - 1])


def joined_subject(tokens: Tokens, begin: int, end: int) -> Range | None:
    """The place of the first noun phrase with what belongs to it: `Bo Lind and Ana
    Roy`, `Nurses at the clinic`."""
    subject = main_subject(tokens.codes, begin, end)
    if subject is None:
        return None
    more = _JOINED.match(tokens.codes, subject[1], end)
    last = more.end() if more else subject[1]
    return int(tokens.starts[subject[0]]), int(tokens.ends[last - 1])


class Sentences:
    """Sentences as one string of codes, `s`, with edges between them.

    codes: the same as numbers; token: the token of each code; begins, ends: of each
    sentence, in `s`.
    """

    def __init__(self, tokens: Tokens, ranges: np.ndarray) -> None:
        sizes = ranges[:, 1] - ranges[:, 0]
        total = int(sizes.sum())
        self.tokens = tokens
        self.begins = np.cumsum(sizes + _EDGES) - sizes
        self.ends = self.begins + sizes
        shift = self.begins - np.cumsum(sizes) + sizes
        at = np.arange(total) + np.repeat(shift, sizes)
        self.token = np.zeros(total + _EDGES * (len(sizes) + 1), int)
        self.token[at] = at + np.repeat(ranges[:, 0] - self.begins, sizes)
        self.codes = np.full(len(self.token), ord(Code.EDGE), np.uint8)
        self.codes[at] = tokens.numbers[self.token[at]]
        self.s = self.codes.tobytes().decode("latin-1")

    def recode(self, at: np.ndarray, code: Code) -> None:
        """Take the words at these places as of another class."""
        self.codes[at] = ord(code)
        self.s = self.codes.tobytes().decode("latin-1")

    def number(self, at: np.ndarray) -> np.ndarray:
        """The numbers of the sentences that these places are in."""
        return np.searchsorted(self.begins, at, "right") - 1

    def are_on(self, at: np.ndarray, listed: Listed) -> np.ndarray:
        """Whether the words at these places are on a list."""
        return (self.tokens.lists[self.token[at]] & listed) > 0

    def is_on(self, at: int, listed: Listed) -> bool:
        """Whether the word at one place is on a list."""
        # As numbers of Python: `&` of a numpy number and a flag is slow.
        return bool(int(self.tokens.lists[self.token[at]]) & listed.value)

    def word(self, at: int) -> str:
        """The word at a place, in small letters."""
        return self.tokens.word(self.token[at])

    def words(self, at: np.ndarray) -> list[str]:
        """The words at these places, in small letters."""
        return self.tokens.words(self.token[at])

    def back(self, at: np.ndarray, passed: str) -> np.ndarray:
        """Each place moved back over the codes before it that are of these classes."""
        at = at.copy()
        moving = np.flatnonzero(among(self.codes[at - 1], passed))
        while len(moving):
            at[moving] -= 1
            moving = moving[among(self.codes[at[moving] - 1], passed)]
        return at

    def forward(self, at: np.ndarray, passed: str) -> np.ndarray:
        """Each place moved on over the codes from it that are of these classes."""
        at = at.copy()
        moving = np.flatnonzero(among(self.codes[at], passed))
        while len(moving):
            at[moving] += 1
            moving = moving[among(self.codes[at[moving]], passed)]
        return at
