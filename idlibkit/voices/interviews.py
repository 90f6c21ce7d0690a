"""Interviews without labels: questions in lines of their own, and answers in the first
person between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .capital_runs import NAME, read_run
from .people import is_same_person, name_keys, word_key

__all__ = ["QUESTION", "QUESTIONS", "Turn", "find_answers"]

QUESTIONS = 3  # lines: of fewer nobody can tell an interview from a column that asks
QUESTION = r"\?[\"”’')\]]?\s*$"  # the end of such a line, for whole columns
LONGEST = 90  # words of a question with what leads up to it
ANSWERING = 0.6  # share of the answers in which the answerer says I
# Words for each word of the questions: who answers speaks longer than who asks.
LONGER = 1.2
_ASKS = re.compile(QUESTION)
# `Tell us about the boats.`
_BIDS = re.compile(
    r"(?:And |So )?(?:tell|describe|talk|walk|explain to) (?:us|me)\b", re.I
)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|my|My|me|myself)\b")
_QUOTED = re.compile(
    r"[“\"][^”\"\n]{20,}[”\"],? (?:\w+ ){0,3}(?:said|says|asked|told)\b"
)
_MARKED = re.compile(r"[“\"‘][^”\"\n]*[”\"’]")
_INTERVIEW = re.compile(
    r"(?i)\binterview|\b(?:talk|talked|talks|spoke|speaks) (?:to|with)\b"
    r"|\banswers?\b|\bin conversation\b|\bquestions\b"
)
# What the outlet says below an interview
_NOTE = re.compile(
    r"(?i)\bth(?:is|e) (?:interview|conversation)\b|\binterview(?:ed)? by\b|\bedited\b"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in a line."""

    line: int
    start: int  # of the words behind the label
    label_start: int  # -1 where the turn goes on from a line before
    label_end: int
    speaker: str | None  # None where a letter stands for the speaker


def find_answers(texts: Sequence[str]) -> list[Turn]:
    """The answers of an interview whose turns have no labels, as turns without a label.

    Only where questions and answers surely alternate: three questions or more, none
    right behind another, answers longer than the questions, most of them in the first
    person. Who answers is the one person whom the lines before name in full.
    """
    asks = [_is_question(text) for text in texts]
    places = [number for number, asked in enumerate(asks) if asked]
    if len(places) < QUESTIONS or any(b - a < 2 for a, b in pairwise(places)):
        return []
    last = _end_of_last_answer(texts, places[-1])
    blocks = [
        range(start + 1, end)
        for start, end in zip(places, [*places[1:], last], strict=True)
    ]
    if not all(blocks) or not _is_interview(texts, places, blocks):
        return []
    head = texts[: places[0]]
    speaker = _interviewed(head)
    if not _is_about_somebody(head, speaker):
        return []
    return [
        Turn(number, len(texts[number]) - len(texts[number].lstrip()), -1, -1, speaker)
        for block in blocks
        for number in block
    ]


def _is_question(text: str) -> bool:
    """Whether a line asks: `Did you?`, `Tell us about the boats.`; not what somebody
    who answers asks himself."""
    if text.count(" ") >= LONGEST:
        return False
    if _ASKS.search(text) and ("you" in text or not _FIRST_PERSON.search(text)):
        return True
    return _BIDS.match(text) is not None


def _end_of_last_answer(texts: Sequence[str], question: int) -> int:
    """The line behind the last answer: its first paragraph, and those that go on in the
    first person."""
    end = question + 2
    while end < len(texts) and _FIRST_PERSON.search(texts[end]):
        if _NOTE.search(texts[end]):
            break
        end += 1
    return min(end, len(texts))


def _is_interview(
    texts: Sequence[str], places: Sequence[int], blocks: Sequence[range]
) -> bool:
    answers = ["\n".join(texts[number] for number in block) for block in blocks]
    n_asked = sum(texts[place].count(" ") + 1 for place in places)
    n_answered = sum(answer.count(" ") + 1 for answer in answers)
    personal = sum(_FIRST_PERSON.search(answer) is not None for answer in answers)
    addressed = any(re.search(r"\byou(?:r|['’]re)?\b", texts[at]) for at in places)
    return (
        addressed
        and n_answered >= LONGER * n_asked
        and personal >= ANSWERING * len(answers)
        and not any(map(_QUOTED.search, answers))
    )


def _is_about_somebody(head: Sequence[str], speaker: str | None) -> bool:
    """Whether the lines above the first question speak of the one who answers: not a
    column, whose author says I and asks."""
    told = _MARKED.sub("", "\n".join(head))
    named = speaker is not None or _INTERVIEW.search(told) is not None
    return named and re.search(r"\bI\b", told) is None


def _interviewed(head: Sequence[str]) -> str | None:
    """The person whom the lines above the first question name in full: the only one, or
    the only one whose last name stands in the first of them."""
    names: list[str] = []
    for match in NAME.finditer("\n".join(head)):
        name = read_run(tuple(match.group().split())).name
        if name and not any(is_same_person(name, other) for other in names):
            names.append(name)
    if len(names) > 1:
        title = {word_key(word) for word in re.findall(r"[\w’'-]+", head[0])}
        names = [name for name in names if name_keys(name)[-1] in title]
    return names[0] if len(names) == 1 else None
