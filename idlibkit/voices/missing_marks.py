"""Where a quotation must have begun or ended whose other mark is missing."""

from __future__ import annotations

import re
from functools import cache

from ..lexicons import words
from .mark_sides import SPACE, STOPS, is_word

__all__ = ["is_introduced", "missing_close", "missing_open", "speaker_tag"]

_SENTENCE_END = re.compile(r"[.!?…][)\]’']*(?=\s|$)")
_NEAR_CUE = 40  # characters before a quotation in which a verb may introduce it


@cache
def _verbs() -> list[str]:
    return sorted(words("grammar.toml", "quotation.verbs"))


@cache
def speaker_tag() -> re.Pattern[str]:
    """`..., he said`, `..., said Smith`, `..., the minister told`: where a quotation
    that never closes must have ended."""
    verb = f"(?:{'|'.join(_verbs())})"
    name = r"(?:[Tt]he )?[A-Z]?[\w’'.-]+(?: [A-Z][\w’'.-]+){0,3}"
    return re.compile(
        rf"[,.?!…](?=\s(?:(?:he|she|they|I|we|it|{name}) {verb}\b"
        rf"|{verb} (?:he|she|they|the|an?|[A-Z])))"
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_verbs())})\b")


def is_introduced(text: str, start: int) -> bool:
    """Whether a quotation whose first letter is at `start` begins its paragraph, or
    follows a colon or a cue."""
    before = text[max(0, start - _NEAR_CUE) : start].rstrip("\"“„«'`" + SPACE)
    if not before or before[-1] in ",:":
        return True
    return bool(_cue().search(before, max(0, len(before) - 30)))


def missing_close(text: str, start: int, limit: int, whole: bool) -> int:
    """Where a quotation that opens at `start` and has no closing mark before `limit`
    must have ended: before its speaker, with its sentence unless it is `whole`, or
    there."""
    tag = speaker_tag().search(text, start, limit)
    if tag:
        return tag.end()
    stop = _SENTENCE_END.search(text, start, limit)
    return stop.end() if stop and not whole else limit


def missing_open(text: str, last: int, close: int) -> int:
    """Where a quotation that closes at `close` and has no opening mark after `last`
    must have begun; -1 if nowhere."""
    stops = tuple(STOPS)
    if text[close - 1 : close] not in stops or not text[last:close].strip(" ,."):
        return -1
    cue = max(_last_word(text, verb, last, close) for verb in _verbs())
    if last == 0 and cue < 0:
        return 0
    end = _SENTENCE_END.search(text, max(cue, last), close - 1)
    return end.end() if end else -1


def _last_word(text: str, word: str, start: int, end: int) -> int:
    """Where a word ends last between two places; -1 where it does not stand there."""
    at = text.rfind(word, start, end)
    while at >= 0:
        stop = at + len(word)
        inside = (at and is_word(text[at - 1])) or (stop < end and is_word(text[stop]))
        if not inside:
            return stop
        at = text.rfind(word, start, stop - 1)
    return -1
