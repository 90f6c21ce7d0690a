"""The survey, study or the like that a figure is from. English only.

The heads and verbs are in ``lexicons/counted.toml``, under ``survey``.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..lexicons import words
from .lexicon import phrase_words
from .patterns import CAPITAL, RELATIVE, STOPS, STRIP, either, plain_edges
from .source import source_name

if TYPE_CHECKING:
    import polars as pl

__all__ = ["name_surveys", "survey_of"]


# Characters on either side of a figure that are looked at for its survey.
NEAR = 500
# The noun phrase of a survey is read in so many words and characters before its head.
PHRASE_WORDS, PHRASE_CHARACTERS = 9, 120
DASHED = (",", ";", ":", "-", "–", "—")
# "a poll from Harbour College": who made it
BY = re.compile(rf" (?:by|from|of) (?=(?:the )?{CAPITAL})")
# "a poll of 800 farmers": the sample, not a finding
SAMPLE = re.compile(r" (?:of|among|with|by|between)(?: [a-z]+){0,3} ?$")
# A sentence ends: no initial or short title before the stop, a capital behind it.
OVER = re.compile(
    rf"(?<!\b{CAPITAL})(?<!\b{CAPITAL}[a-z])(?<!\b{CAPITAL}[a-z][a-z])"
    rf"[.!?][\"”’)\]]*\s+[\"“‘(\[]?{CAPITAL}|\n"
)


@cache
def _heads() -> re.Pattern[str]:
    heads = either(words("counted.toml", "survey.heads"))
    return re.compile(
        rf"\b(?:average of (?:\w+ ){{0,2}}polls|{heads})\b", re.IGNORECASE
    )


def name_surveys(sentences: pl.Series) -> pl.Series:
    """Whether each names a survey: a quick look at a column before the search."""
    return sentences.str.contains(plain_edges(f"(?i){_heads().pattern}"))


@cache
def _shows() -> re.Pattern[str]:
    """The verb that gives a survey's findings, with up to sixty characters before it.

    "poll of likely voters, released Friday, found"; "poll has Doe at 40".
    """
    verbs = either(words("counted.toml", "survey.shows"))
    return re.compile(
        r"[^,;:.!?\n]{0,60}(?:, [^,;:.!?\n]{1,60},)? "
        rf"(?:{verbs}|(?:had|has|have)(?= (?:him|her|them|{CAPITAL})))\b"
    )


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey named in a text: its name, where it stands, and what introduces it."""

    name: str
    start: int
    end: int
    head: str
    words_before: Sequence[str]

    @property
    def preposition(self) -> str:
        """The word before it, where no mark stands between."""
        last = self.words_before[-1] if self.words_before else ""
        return last.strip(STRIP).lower() if last[-1:] not in STOPS else ""

    @property
    def is_according(self) -> bool:
        before = self.words_before[-2:-1]
        return self.preposition == "to" and before in (["according"], ["According"])

    @property
    def opens_sentence(self) -> bool:
        """ "In a poll, ..." and "Still, in a poll, ..." hold for all that follows."""
        opening = self.words_before[:-1]
        return (
            self.is_according
            or len(opening) < 2
            or opening[-1][-1:] in DASHED
            or OVER.search(f"{opening[-1]} X") is not None
        )


def survey_of(text: str, start: int, end: int, *, according: bool = False) -> str:
    """The survey that the figure at `start` is from; empty where there is none.

    Of those near it, in a sentence with it; with `according` only one behind
    "according to".
    """
    first, last = max(0, start - NEAR), end + NEAR
    if according and "ccording to" not in text[first:last]:
        return ""
    heads = list(_heads().finditer(text, first, last))
    place = bisect(heads, start, key=lambda head: head.start())
    for head in [
        *reversed(heads[max(0, place - 3) : place]),
        *heads[place : place + 1],
    ]:
        survey = _survey(text, head)
        if _gives(survey, text, start, end, according):
            return survey.name
    return ""


def _survey(text: str, head: re.Match[str]) -> Survey:
    """The survey with this head noun; by its maker's name, where that stands behind."""
    begin, before = _noun_phrase(text, head.start())
    name, end = text[begin : head.end()].strip(STRIP), head.end()
    if (by := BY.match(text, end)) and (maker := source_name().match(text, by.end())):
        end = maker.end()
        if by[0] != " of ":
            name = maker[0].strip(STRIP)
    return Survey(name, begin, end, head[0].lower(), before)


def _gives(survey: Survey, text: str, start: int, end: int, according: bool) -> bool:
    """Whether the figure at `start` is one of the survey's findings."""
    if survey.start < end and start < survey.end:
        return False
    behind = start >= survey.end
    between = text[survey.end : start] if behind else text[end : survey.start]
    if OVER.search(between):
        return False
    if behind and (SAMPLE.match(between) or RELATIVE.match(between)):
        return False
    if survey.is_according or _is_introduced(survey):
        if according and not survey.is_according:
            return False
        return survey.opens_sentence or not any(mark in between for mark in ",;:—")
    prepositions = words("counted.toml", "survey.prepositions")
    if according or survey.preposition in prepositions:
        return False
    shows = _shows().match(text, survey.end)
    return shows is not None and shows.end() <= start


def _is_introduced(survey: Survey) -> bool:
    """Whether a preposition makes it the source: "in a poll", not "in the report"."""
    return survey.preposition in words(
        "counted.toml", "survey.introduced_by"
    ) and survey.head not in words("counted.toml", "survey.subject_only")


def _noun_phrase(text: str, head: int) -> tuple[int, list[str]]:
    """Where the noun phrase of the noun at `head` begins, and the words before it."""
    determiners = words("counted.toml", "survey.determiners")
    left = text[max(0, head - PHRASE_CHARACTERS) : head]
    cut = len(left) == PHRASE_CHARACTERS
    before, begin = left.split(" ")[1 if cut else 0 : -1], head
    for word in before[: -PHRASE_WORDS - 1 : -1]:
        bare = word.strip(STRIP).lower()
        if not bare or _stops_phrase(word, bare):
            break
        if bare in phrase_words().ends and bare not in determiners:
            break
        before, begin = before[:-1], begin - len(word) - 1
        if bare in determiners:
            break
    return begin, before


def _stops_phrase(word: str, bare: str) -> bool:
    """Whether a mark behind a word ends the phrase; that of a short word does not."""
    return (
        word[-1:] in ",;:!?)]—" or (word[-1:] == "." and len(bare) > 3) or "\n" in word
    )
