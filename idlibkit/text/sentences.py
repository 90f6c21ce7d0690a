"""Where a sentence ends: the one rule, for whole columns and for single texts."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from ..lexicons import table, words
from .marks import CLOSING, CLOSING_BRACKETS, OPENING

__all__ = [
    "PLAIN",
    "SENTENCE_CLOSE",
    "SENTENCE_END",
    "STOPS",
    "abbreviations",
    "plain_endings",
    "sentence_ends",
    "sentence_starts",
    "start_behind",
    "titles",
]


_FULL_STOPS = "。！？।؟۔"  # need no space behind them
STOPS = ".!?…" + _FULL_STOPS
_CLOSING = re.escape(CLOSING + CLOSING_BRACKETS)
_OPENING = re.escape(OPENING + "([")
# For columns (a regular expression for Python and for Rust): a stop, what closes behind
# it, and white space. Abbreviations are not looked at.
SENTENCE_END = rf"[.!?…][{_CLOSING}]*\s|[{_FULL_STOPS}]|\n"
# ... and the same at the end of a text.
SENTENCE_CLOSE = rf"[{STOPS}][{_CLOSING}]*$"

# What may end a sentence, and the word behind it. One set of characters begins the
# pattern, so that `re` looks only where one of them stands.
_STOP = re.compile(
    rf"[{STOPS}][{_CLOSING}]*"
    rf"(?=(?P<gap>\s+[{_OPENING}]*(?P<next>[\w’'-]+|[.…,;:—–]?)|$)?)"
)
_NEW_LINE = re.compile(r"\n")
_WORD_BEFORE = re.compile(r"[\w.&-]+$")
_NUMBERED = re.compile(r"(?:.*\n)?\s*\d{1,2}", re.DOTALL)  # "1. The first point"
_LONGEST = 12  # characters of an abbreviation
PLAIN = 4  # small letters before a full stop that tell a word from an abbreviation


@cache
def _kinds(language: str) -> dict[str, str]:
    """The kind of each abbreviation of a language."""
    lists = table("abbreviations.toml").get(language, {})
    kinds = ("inside", "number", "clock", "name")
    return {word: kind for kind in kinds for word in lists.get(kind, "").split()}


def abbreviations(language: str = "en") -> frozenset[str]:
    """All abbreviations, in small letters and without their last full stop."""
    return frozenset(word.lower() for word in _kinds(language))


def sentence_ends(text: str, language: str = "en") -> list[int]:
    """Where the sentences of a text end: behind a stop and what closes there.

    Examples
    --------
    >>> text = 'At 9 a.m. Monday Ms. Lee left. "Why?" No. 3 asked in the U.S. He left.'
    >>> ends = sentence_ends(text)
    >>> [text[a:b].strip() for a, b in zip([0, *ends], ends)]
    ['At 9 a.m. Monday Ms. Lee left.', '"Why?"', 'No. 3 asked in the U.S.', 'He left.']
    """
    ends = [
        match.end() for match in _STOP.finditer(text) if _ends(text, match, language)
    ]
    if "\n" in text:
        ends = sorted({*ends, *(m.end() for m in _NEW_LINE.finditer(text))})
    return ends


def sentence_starts(text: str, language: str = "en") -> list[int]:
    """The places where sentences begin, the first one too.

    English is cut by `sentence_ends`, other languages by sentencex, but not behind
    their abbreviations ("M. Leroy").

    Examples
    --------
    >>> sentence_starts("Prices rose, Ms. Lee said. Then they fell.")
    [0, 27]
    """
    if not text:
        return []
    if language.lower().startswith("en"):
        starts = [0]
        for end in sentence_ends(text):
            at = _next_word(text, end)
            if starts[-1] < at < len(text):
                starts.append(at)
        return starts
    from sentencex import segment

    sizes = [len(sentence) for sentence in segment(language, text)]
    starts = [0, *accumulate(sizes)][: len(sizes)]
    return [at for at in starts if not _after_abbreviation(text, at, language)]


def start_behind(text: str, at: int) -> int:
    """Where the English sentence begins that follows the stop or line end at
    ``text[at]``; 0 where none ends there."""
    match = _STOP.match(text, at)
    if match is None:
        return _next_word(text, at + 1)
    return _next_word(text, match.end()) if _ends(text, match, "en") else 0


def _next_word(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _after_abbreviation(text: str, at: int, language: str) -> bool:
    left = text[max(at - _LONGEST, 0) : at].rstrip()
    before = _WORD_BEFORE.search(left.removesuffix("."))
    return before is not None and _kinds(language).get(before.group()) == "name"


def _ends(text: str, match: re.Match[str], language: str) -> bool:
    stop, following = text[match.start()], match["next"]
    if match["gap"] is None:
        return stop in _FULL_STOPS
    if following and (following[0].islower() or not following[0].isalnum()):
        return False  # a comma, a dash, another stop of ". . ."
    if stop != "." or not following:
        return True
    if _is_plain_word(text[max(match.start() - PLAIN, 0) : match.start()], language):
        return True
    left = text[max(match.start() - _LONGEST, 0) : match.start()]
    before = _WORD_BEFORE.search(left)
    if before is None:
        return True
    if _NUMBERED.fullmatch(left):
        return False
    word, kinds = before.group(), _kinds(language)
    # Sen. and SEN., but no "sat."
    kind = kinds.get(word.title() if word.isupper() and word not in kinds else word)
    if kind is None:
        # An initial (J. Smith) or letters with stops (F.B.I. agents, J.K. Rowling).
        if len(word.rsplit(".", 1)[-1]) > 1 or not word[-1].isupper():
            return True
        kind = "inside"
    return _ends_after(kind, following.lower())


def _is_plain_word(ending: str, language: str) -> bool:
    """Whether the letters before a full stop are the end of no abbreviation."""
    if len(ending) < PLAIN or not (ending.isalpha() and ending.islower()):
        return False
    return ending not in plain_endings(language)


@cache
def plain_endings(language: str) -> frozenset[str]:
    """The last letters of abbreviations that are as long as many a word (`sept`)."""
    return frozenset(word[-PLAIN:].lower() for word in _kinds(language))


def titles(language: str) -> frozenset[str]:
    """Abbreviations behind which no sentence ends, as they are written."""
    kinds = _kinds(language)
    return frozenset(word for word, kind in kinds.items() if kind == "name")


def _ends_after(kind: str, following: str) -> bool:
    """Whether an abbreviation of this kind ends a sentence before this word."""
    if kind == "name":
        return False
    if following[0].isdigit():
        return kind == "clock"
    if kind == "clock":
        return following not in words("abbreviations.toml", "en.after_clock")
    if kind == "number":
        return True
    return following in words("abbreviations.toml", "en.openers")
