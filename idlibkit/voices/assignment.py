"""Who says each quotation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ..lexicons import words
from ..text import is_title_case, spaced_words
from .batch_lines import HEADINGS, PAUSES, Kind, Lines, Marked
from .sayings import Sayings

__all__ = ["Assigned", "assign"]

_NOBODY = -1
# `That's Ann Lee.` is a sentence
_CONTRACTION = re.compile(r"(?i)\b(?:that|it|s?he|there|i|we|they|you)['’][a-z]+\b")


@dataclass(frozen=True, slots=True)
class Assigned:
    """Of each quotation its kind, and the number of what is said of it; -1 for none."""

    kind: np.ndarray
    saying: np.ndarray


def assign(
    lines: Lines, roles: Sequence[str], marked: Marked, sayings: Sayings
) -> Assigned:
    """Who says each quotation; where nothing beside it tells: who spoke before it in
    its paragraph, or after it, or last.

    Last counts for whole sentences of the text only: for headings it is who says the
    same words in the text. Nobody says the name of a work: it becomes a fragment.
    """
    line = lines.number(marked.start)
    claimed = np.full(len(line), _NOBODY)
    claimed[sayings.quotes[:, 1]] = sayings.quotes[:, 0]
    cued = (claimed >= 0) & sayings.cued[claimed]
    columns = (marked.start, marked.end, line, cued)
    rows = zip(*(one.tolist() for one in columns), strict=True)
    title = np.array([_is_title(lines, *row) for row in rows], bool)
    in_heading = np.isin(line, [i for i, role in enumerate(roles) if role in HEADINGS])

    quoted = _Quoted(marked.start, line, marked.kind, title, in_heading)
    saying = _from_context(lines, quoted, sayings, claimed)
    for number in np.flatnonzero((saying < 0) & in_heading).tolist():
        saying[number] = _said_in_text(lines, marked, line, saying, number)
    return Assigned(np.where(title, Kind.FRAGMENT, marked.kind), saying)


@dataclass(frozen=True, slots=True)
class _Quoted:
    """Quotations, as columns."""

    start: np.ndarray
    line: np.ndarray
    kind: np.ndarray
    title: np.ndarray  # whether it is the name of a work
    in_heading: np.ndarray


@dataclass(slots=True)
class _Turn:
    """Who spoke, and where."""

    saying: int = _NOBODY
    at: int = -1


def _from_context(
    lines: Lines, quoted: _Quoted, sayings: Sayings, claimed: np.ndarray
) -> np.ndarray:
    """What is said of each quotation: by a claim with a mention, or by who spoke before
    it in its paragraph, after it, or last."""
    speaking, speaking_at = _in_order(sayings)
    later = _later(quoted.line, claimed, sayings.cued & sayings.mentioned)
    mentioned = sayings.mentioned.tolist()
    out = claimed.tolist()
    edges = iter(lines.edges[1:])
    line = -1
    article = beyond = 0
    here, last = _Turn(), _Turn()  # in this paragraph, and before it
    columns = (quoted.line, quoted.start, quoted.kind, quoted.title, quoted.in_heading)
    rows = zip(*(one.tolist() for one in columns), strict=True)
    for number, (row_line, at, kind, title, in_heading) in enumerate(rows):
        if row_line != line:
            last = here if here.saying >= 0 else last
            while row_line >= beyond:
                article, beyond, last = beyond, next(edges), _Turn()
            line, here, offset = row_line, _Turn(), lines.begins[row_line]
            before = bisect_left(speaking_at, offset) - 1
            since = max(last.at, lines.begins[article])
            if before >= 0 and speaking_at[before] >= since:
                last = _Turn(speaking[before], speaking_at[before])
        if title:
            out[number] = _NOBODY
            continue
        saying = out[number]
        if saying < 0 or not mentioned[saying]:
            before = bisect_left(speaking_at, at) - 1
            if before >= 0 and speaking_at[before] >= max(offset, here.at + 1):
                saying = speaking[before]
            else:
                goes_on = not in_heading and not lines.text[at].islower()
                near = (here.saying, later[number], last.saying if goes_on else _NOBODY)
                saying = next((one for one in near if one >= 0), _NOBODY)
            out[number] = saying
        if saying >= 0 and mentioned[saying] and kind != Kind.FRAGMENT:
            here = _Turn(saying, at)
    return np.array(out, int)


def _in_order(sayings: Sayings) -> tuple[list[int], list[int]]:
    """Those in which somebody speaks, by their places: of the cue, or of the
    mention.
    """
    speaking = sayings.speaking
    at = np.where(sayings.cued, sayings.cue, sayings.start)[speaking]
    order = np.argsort(at, kind="stable")
    return speaking[order].tolist(), at[order].tolist()


def _later(line: np.ndarray, claimed: np.ndarray, sure: np.ndarray) -> list[int]:
    """For each quotation what is said of the next one in its line that has a claim with
    a cue and a mention; -1 for none."""
    places = np.flatnonzero((claimed >= 0) & sure[claimed])
    number = np.searchsorted(places, np.arange(len(line)), "right")
    after = np.append(places, -1)[number]
    same_line = (after >= 0) & (line[after] == line)
    return np.where(same_line, claimed[after], _NOBODY).tolist()


def _said_in_text(
    lines: Lines, marked: Marked, line: np.ndarray, saying: np.ndarray, number: int
) -> int:
    """What is said of the words of a heading in the text of its article."""
    article = bisect_left(lines.edges, int(line[number]) + 1)
    first, last = np.searchsorted(line, lines.edges[article - 1 : article + 1]).tolist()

    def text(quotation: int) -> str:
        start, end = marked.start[quotation], marked.end[quotation]
        return spaced_words(lines.text[start:end])

    heading = text(number)
    for other in range(first, last):
        if saying[other] >= 0 and heading in text(other):
            return int(saying[other])
    return _NOBODY


def _is_title(lines: Lines, start: int, end: int, line: int, told: bool) -> bool:
    """Whether words in marks are the name of a book, a show or a campaign: all
    capitals, and not told after a pause."""
    text, line_text = lines.text, lines.texts[line]
    content = text[start:end].rstrip(" .")
    if text[start].islower() or text[end - 1] in "!?":
        return False
    if text[end - 1] == "." and not _is_name_of_work(content):
        return False
    place = start - lines.begins[line]
    if told and line_text[max(0, place - 4) : place - 1].rstrip()[-1:] in PAUSES:
        return False
    names = content.split()
    small = words("english.toml", "headlines.small")
    names = [word for word in names if len(word) > 3 and word not in small] or names
    return all(word[0].isupper() for word in names) and not is_title_case(line_text)


@cache
def _joining_words() -> frozenset[str]:
    """What is small in the name of a work."""
    prepositions = words("grammar.toml", "classes.preposition")
    joining = words("grammar.toml", "classes.and")
    return prepositions | joining | {"the", "a", "an", "to"}


def _is_name_of_work(content: str) -> bool:
    """Whether words before a full stop are in title case: `State of the Union`; not
    `Ann Lee is ill`, `SAD DAY FOR ALL`."""
    joining = _joining_words()
    for word in content.split():
        if word[0].islower() and word not in joining:
            return False
    return not (content.isupper() or _CONTRACTION.search(content))
