"""The kept text of some articles cut at the ends of lines, sentences and voices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..text import CLOSING, OPENING, PARTNERS, count_words, is_one_of

__all__ = [
    "QUOTED",
    "REPORTED",
    "SPACES",
    "VOICES",
    "Axis",
    "Pieces",
    "VoiceSpans",
    "cut_pieces",
]

VOICES = ["own", "quoted", "reported"]
OWN, QUOTED, REPORTED = range(3)

SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))  # there are no others


@dataclass(frozen=True, slots=True)
class Axis:
    """All texts one after the other: a place on it is its article's base and the
    offset in the article."""

    text: str
    points: np.ndarray  # the code points of `text`
    base: np.ndarray  # of each article, and the end of all
    article: np.ndarray  # of each kept line, its article's number
    line_start: np.ndarray
    line_end: np.ndarray

    @classmethod
    def of(cls, texts: list[str], article: np.ndarray, lines: pd.DataFrame) -> Axis:
        """The axis of `texts`; `article` is the number of each kept line's text."""
        base = np.cumsum([0, *(len(text) + 1 for text in texts)])
        text = "\n".join([*texts, ""])
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        start, end = (
            base[article] + lines[side].to_numpy(np.int64) for side in ("start", "end")
        )
        return cls(text, points, base, article, start, end)


@dataclass(frozen=True, slots=True)
class VoiceSpans:
    """Where one voice that is not the outlet's speaks, in order, and who it is."""

    voice: int
    start: np.ndarray
    end: np.ndarray
    speaker: np.ndarray  # code of the speaker, -1 for nobody


@dataclass(frozen=True, slots=True)
class Pieces:
    """Runs of text in one sentence, one voice and of one speaker."""

    start: np.ndarray
    end: np.ndarray
    line: np.ndarray
    sentence: np.ndarray
    voice: np.ndarray
    speaker: np.ndarray

    def take(self, rows: np.ndarray) -> Pieces:
        """The pieces with these numbers, or where this mask is true."""
        return Pieces(
            self.start[rows],
            self.end[rows],
            self.line[rows],
            self.sentence[rows],
            self.voice[rows],
            self.speaker[rows],
        )


def cut_pieces(
    axis: Axis, sentence_start: np.ndarray, spans: list[VoiceSpans]
) -> tuple[Pieces, pd.Series, np.ndarray]:
    """The pieces that hold a word, their texts, and the number of words in each.

    Where voices overlap, the first of `spans` has the text.
    """
    start, end, line = _between_cuts(axis, sentence_start, spans)
    sentence = np.searchsorted(sentence_start, start, "right") - 1
    voice, speaker = _voices(start, spans)
    pieces = _joined(Pieces(start, end, line, sentence, voice, speaker))
    start, end = _without_marks(axis, pieces, spans)
    texts = pd.Series(
        [axis.text[a:b] for a, b in zip(start.tolist(), end.tolist(), strict=True)],
        dtype="str",
    )
    n_words = count_words(texts)
    with_words = n_words > 0
    pieces = Pieces(
        start, end, pieces.line, pieces.sentence, pieces.voice, pieces.speaker
    ).take(with_words)
    return pieces, texts[with_words], n_words[with_words]


def _between_cuts(
    axis: Axis, sentence_start: np.ndarray, spans: list[VoiceSpans]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Beginning, end and line of what stands between two cuts, in the kept lines."""
    is_cut = np.zeros(len(axis.text) + 1, bool)
    for places in (axis.line_start, axis.line_end, sentence_start):
        is_cut[places] = True
    for span in spans:
        is_cut[span.start] = is_cut[span.end] = True
    cuts = np.flatnonzero(is_cut)
    start, end = cuts[:-1], cuts[1:]
    line = np.searchsorted(axis.line_start, start, "right") - 1
    if not len(axis.line_start):
        return start[:0], end[:0], line[:0]
    inside = (line >= 0) & (start < axis.line_end[line])
    return start[inside], end[inside], line[inside]


def _voices(
    start: np.ndarray, spans: list[VoiceSpans]
) -> tuple[np.ndarray, np.ndarray]:
    """The voice and the speaker of pieces that begin at `start`."""
    voice, speaker = np.full(len(start), OWN), np.full(len(start), -1)
    for span in reversed(spans):
        if len(span.start):
            number = np.searchsorted(span.start, start, "right") - 1
            within = (number >= 0) & (start < span.end[number])
            voice[within] = span.voice
            speaker[within] = span.speaker[number[within]]
    return voice, speaker


def _joined(pieces: Pieces) -> Pieces:
    """Pieces that a cut inside one voice parted, joined again."""
    n = len(pieces.start)
    joins = np.zeros(n, bool)
    joins[1:] = pieces.start[1:] == pieces.end[:-1]
    for column in (pieces.line, pieces.sentence, pieces.voice, pieces.speaker):
        joins[1:] &= column[1:] == column[:-1]
    first = np.flatnonzero(~joins)
    if not len(first):
        return pieces
    end = pieces.end[np.append(first[1:], n) - 1]
    whole = pieces.take(first)
    return Pieces(
        whole.start, end, whole.line, whole.sentence, whole.voice, whole.speaker
    )


def _without_marks(
    axis: Axis, pieces: Pieces, spans: list[VoiceSpans]
) -> tuple[np.ndarray, np.ndarray]:
    """Where pieces begin and end without white space, and without a mark at their ends
    whose other half is in the piece before or after: `said: “` before a quotation."""
    begins = np.zeros(len(axis.text) + 1, bool)
    ends = np.zeros(len(axis.text) + 1, bool)
    for span in spans:
        begins[span.start] = ends[span.end] = True
    unquoted = pieces.voice != QUOTED
    start = _stripped_left(axis, pieces.start, pieces.end, ends, unquoted)
    end = _stripped_right(axis, start, pieces.end, begins, unquoted)
    return start, end


def _stripped_left(
    axis: Axis,
    start: np.ndarray,
    end: np.ndarray,
    voice_ends: np.ndarray,
    unquoted: np.ndarray,
) -> np.ndarray:
    text, points = axis.text, axis.points
    after_voice = voice_ends[start] & unquoted
    # One space is what there is most often.
    start = start + (points[start] == ord(" "))
    spaced = (start < end) & is_one_of(SPACES, points[start])
    for i in np.flatnonzero(spaced).tolist():
        start[i] = end[i] - len(text[start[i] : end[i]].lstrip())
    marked = after_voice & (start < end) & is_one_of(CLOSING, points[start])
    rows = np.flatnonzero(marked)
    start[rows] = [
        b - len(part.lstrip(CLOSING).lstrip()) if _is_unpaired(part, part[0]) else a
        for a, b, part in _parts(text, start[rows], end[rows])
    ]
    return start


def _stripped_right(
    axis: Axis,
    start: np.ndarray,
    end: np.ndarray,
    voice_begins: np.ndarray,
    unquoted: np.ndarray,
) -> np.ndarray:
    text, points = axis.text, axis.points
    before_voice = voice_begins[end] & unquoted
    end = end - ((start < end) & (points[end - 1] == ord(" ")))
    spaced = (start < end) & is_one_of(SPACES, points[end - 1])
    for i in np.flatnonzero(spaced).tolist():
        end[i] = start[i] + len(text[start[i] : end[i]].rstrip())
    marked = before_voice & (start < end) & is_one_of(OPENING, points[end - 1])
    rows = np.flatnonzero(marked)
    end[rows] = [
        a + len(part.rstrip(OPENING).rstrip()) if _is_unpaired(part, part[-1]) else b
        for a, b, part in _parts(text, start[rows], end[rows])
    ]
    return end


def _parts(
    text: str, start: np.ndarray, end: np.ndarray
) -> Iterator[tuple[int, int, str]]:
    """Places, and the text between them."""
    for a, b in zip(start.tolist(), end.tolist(), strict=True):
        yield a, b, text[a:b]


def _is_unpaired(text: str, mark: str) -> bool:
    other, count = PARTNERS.get(mark, mark), text.count(mark)
    if other == mark:
        return count % 2 == 1
    return count > text.count(other)
