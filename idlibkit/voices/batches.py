"""The quotations and the reported speech of articles, and who says them.

Articles are read some at a time, as one text, so that each step is done for all of them
at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from .assignment import assign
from .batch_lines import Kind, Lines, Marked, find_marked
from .grammar import Grammar
from .sayings import Sayings, read_sayings
from .speakers import Speaker
from .speech_rows import rows_of
from .word_lists import forms

__all__ = ["Kind", "Speech", "read_speech"]

# Characters read at once: arrays of this size stay in the processor's cache.
BATCH = 1 << 18


@dataclass(frozen=True, slots=True)
class Speech:
    """What is quoted or reported, by whom. Places are within a line."""

    line: np.ndarray
    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray  # of `Kind`
    saying: np.ndarray  # place in the columns below
    # What is said of it: where the speaker is mentioned, -1 for nowhere; whom the
    # mention means; and how.
    mention_line: np.ndarray
    mention_start: np.ndarray
    mention_end: np.ndarray
    source_start: np.ndarray
    source_end: np.ndarray
    cue_line: np.ndarray  # -1 for none
    cue_start: np.ndarray
    cue_end: np.ndarray
    speakers: list[Speaker | None]
    cues: list[str | None]
    stances: list[str | None]


def read_speech(
    ids: Sequence, texts: Sequence[str], roles: Sequence[str], *, speakers: bool = True
) -> Speech:
    """Read lines, which are those of an article one after the other. Without
    `speakers`, only what stands in marks is found."""
    parts = []
    for edges in _batches(ids, texts):
        first, last = edges[0], edges[-1]
        lines = Lines.of(edges, texts[first:last])
        marked = find_marked(lines)
        if speakers:
            parts.append(_read(lines, roles[first:last], marked))
        else:
            parts.append(_in_marks(lines, marked))
    return _joined(parts)


def _batches(ids: Sequence, texts: Sequence[str]) -> Iterator[list[int]]:
    """Lines of whole articles, with about BATCH characters together: the first line of
    each article, and the end of all."""
    if not len(ids):
        return
    offsets = list(accumulate(map(len, texts), initial=0))
    changes = (at for at, (a, b) in enumerate(pairwise(ids), 1) if a != b)
    edges = [0]
    for at in changes:
        edges.append(at)
        if offsets[at] - offsets[edges[0]] > BATCH:
            yield edges
            edges = [at]
    yield [*edges, len(ids)]


def _joined(parts: list[Speech]) -> Speech:
    """The speech of several batches as one."""
    base = np.cumsum([0, *(len(part.cues) for part in parts)]).tolist()

    def column(name: str) -> np.ndarray:
        none = np.array([], int)
        return np.concatenate([none, *(getattr(part, name) for part in parts)])

    sayings = [part.saying + at for part, at in zip(parts, base, strict=False)]
    return Speech(
        line=column("line"),
        start=column("start"),
        end=column("end"),
        kind=column("kind"),
        saying=np.concatenate([np.array([], int), *sayings]),
        mention_line=column("mention_line"),
        mention_start=column("mention_start"),
        mention_end=column("mention_end"),
        source_start=column("source_start"),
        source_end=column("source_end"),
        cue_line=column("cue_line"),
        cue_start=column("cue_start"),
        cue_end=column("cue_end"),
        speakers=[one for part in parts for one in part.speakers],
        cues=[one for part in parts for one in part.cues],
        stances=[one for part in parts for one in part.stances],
    )


def _in_marks(lines: Lines, marked: Marked) -> Speech:
    """What stands in marks, and nobody who says it."""
    nothing = np.empty((0, 3), int)
    saying = np.full(len(marked.start), -1)
    rows = rows_of(marked, marked.kind, saying, nothing, np.array([False]))
    line, nobody = lines.number(rows.start), np.array([-1])
    return Speech(
        line=lines.first + line,
        start=rows.start - lines.offsets[line],
        end=rows.end - lines.offsets[line],
        kind=rows.kind,
        saying=np.zeros_like(line),
        mention_line=nobody,
        mention_start=nobody,
        mention_end=nobody,
        source_start=nobody,
        source_end=nobody,
        cue_line=nobody,
        cue_start=nobody,
        cue_end=nobody,
        speakers=[None],
        cues=[None],
        stances=[None],
    )


def _read(lines: Lines, roles: Sequence[str], marked: Marked) -> Speech:
    """What is quoted and reported, and who says it."""
    sayings = read_sayings(Grammar(lines, roles, marked), marked)
    assigned = assign(lines, roles, marked, sayings)
    rows = rows_of(
        marked, assigned.kind, assigned.saying, sayings.contents, sayings.cued
    )
    line = lines.number(rows.start)
    offset = lines.offsets[sayings.line]
    cues, stances = _cues_and_stances(lines, sayings)
    return Speech(
        line=lines.first + line,
        start=rows.start - lines.offsets[line],
        end=rows.end - lines.offsets[line],
        kind=rows.kind,
        # The last saying is that nobody is mentioned.
        saying=np.where(rows.saying >= 0, rows.saying, len(sayings.line) - 1),
        mention_line=np.where(sayings.mentioned, lines.first + sayings.line, -1),
        mention_start=sayings.start - offset,
        mention_end=sayings.end - offset,
        source_start=sayings.source - offset,
        source_end=sayings.source_end - offset,
        cue_line=np.where(sayings.cued, lines.first + sayings.line, -1),
        cue_start=sayings.verb_phrase - offset,
        cue_end=sayings.cue_end - offset,
        speakers=sayings.speakers,
        cues=cues,
        stances=stances,
    )


def _cues_and_stances(
    lines: Lines, sayings: Sayings
) -> tuple[list[str | None], list[str | None]]:
    """The cue of each saying as printed, in small letters, and the stance it takes."""
    cues: list[str | None] = []
    stances: list[str | None] = []
    columns = (sayings.cue, sayings.cue_end, sayings.verb)
    for start, end, verb in zip(*(one.tolist() for one in columns), strict=True):
        cues.append(lines.text[start:end].lower() if start >= 0 else None)
        neutral = "neutral" if start >= 0 else None
        stances.append(forms()[verb].stance if verb >= 0 else neutral)
    return cues, stances
