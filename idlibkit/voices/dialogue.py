"""Speech that opens with a dash, as many languages print it: `— Non, dit le maire.`

The words between the dash and their speaker are quoted; what says who speaks (an
incise: `dit le maire`, `— сказал министр.`, `säger Karl Benz.`) is the outlet's own.
Lists open with dashes too, so paragraphs are speech only where one of those that stand
together has such an incise with a verb of `lexicons/dialogue.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..lexicons import words

__all__ = ["DASHED", "DashedSpeech", "dashed_speech"]

DASHED = r"^\s*[—―–-]\s?[«„“\"¿¡]?\p{L}"  # for whole columns
_OPENS = re.compile(r"\s*[—―–-]\s?")
# `... причин, — сказал министр. — Их нет`, `... razón —dijo el alcalde—. No la hay`
_DASH = re.compile(r"\s+[—―–-]\s*|\s*[—―](?=[\s.,;:!?…])[.,;:]?\s*")
_ENDS = re.compile(r"[.!?…][»”\"]?\s*$")
# A name and what else may stand before the verb: `Benz sanoo`, `a déclaré`
_LEAD = r"(?:[\w’'-]+\s+){0,2}?(?:[mts][’'])?"
# Up to the end of the sentence; no full stop ends one after an initial or a title.
_REST = r"(?:[^.!?…]|(?<=\b\w)\.|(?<=\b(?:Mr|Dr|St))\.|(?<=\bMme)\.)*"


@dataclass(frozen=True, slots=True)
class DashedSpeech:
    """Words that are spoken: their line, and their place in it."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a line, and whether it says who speaks."""

    start: int
    end: int
    is_tag: bool


@cache
def _verb() -> str:
    forms = sorted(words("dialogue.toml", "verbs"), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, forms))})(?:-t)?(?:-\w+)?\b"


@cache
def _tag() -> re.Pattern[str]:
    """What stands between two dashes and says who speaks."""
    return re.compile(rf"{_LEAD}{_verb()}", re.IGNORECASE)


@cache
def _incise() -> re.Pattern[str]:
    """The same without dashes, up to the end of its sentence: `, dit le maire.`"""
    return re.compile(rf"(?<=[,!?…»”])\s+(?P<tag>{_LEAD}{_verb()}{_REST}(?:[.!?…]|$))")


def dashed_speech(texts: Sequence[str]) -> list[DashedSpeech]:
    """What is spoken in the lines of one article that open with a dash."""
    out: list[DashedSpeech] = []
    run: list[tuple[int, list[DashedSpeech], bool]] = []
    for number, text in enumerate([*texts, ""]):
        if _OPENS.match(text):
            run.append((number, *_spoken(number, text)))
            continue
        if any(has_tag for _, _, has_tag in run):
            out += [part for _, parts, _ in run for part in parts]
        run = []
    return out


def _spoken(number: int, text: str) -> tuple[list[DashedSpeech], bool]:
    """The spoken parts of a line, and whether anything says who speaks."""
    opens = _OPENS.match(text)
    parts = list(_parts(text, opens.end() if opens else 0, len(text.rstrip())))
    has_tag = any(part.is_tag for part in parts)
    if not has_tag and not _ENDS.search(text):
        return [], False  # no sentence: an item of a list
    spoken = [
        DashedSpeech(number, part.start, part.end)
        for part in parts
        if not part.is_tag and re.search(r"\w", text[part.start : part.end])
    ]
    return spoken, has_tag


def _parts(text: str, start: int, end: int) -> Iterator[_Part]:
    """The parts of a line in order; dashes inside a speech stay in it."""
    dashes = list(_DASH.finditer(text, start, end))
    ends = [*(dash.start() for dash in dashes), end]
    begins = [start, *(dash.end() for dash in dashes)]
    spoken = start, start
    for begin, stop in zip(begins, ends, strict=True):
        if begin > start and _tag().match(text, begin, stop):
            yield from _with_incises(text, *spoken)
            yield _Part(begin, stop, True)
            spoken = stop, stop
        else:
            spoken = (begin if spoken[0] == spoken[1] else spoken[0]), stop
    yield from _with_incises(text, *spoken)


def _with_incises(text: str, start: int, end: int) -> Iterator[_Part]:
    """A speech, cut at `, dit le maire.`"""
    for match in _incise().finditer(text, start, end):
        yield _Part(start, match.start(), False)
        yield _Part(match.start("tag"), match.end(), True)
        start = match.end()
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        yield _Part(start, end, False)
