"""Where the sentences of passages begin."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..text import OPENING, english_sentence_starts, is_one_of, sentence_starts
from .pieces import SPACES, Axis

__all__ = ["opening_places", "without_attribution"]

_MARKS = '"“”„‟«»‹›‘‚'
_CLOSE = 40  # characters from a quotation to a speaker who is named right after it


def opening_places(axis: Axis, languages: list[str]) -> np.ndarray:
    """The first place of every sentence; `languages` has the language of each line.

    Sentences are cut inside quotations too, so the cutter does not see their marks. An
    apostrophe inside a word or after one stays.
    """
    points = _without_marks(axis.points)
    text = points.tobytes().decode("utf-32-le", "surrogatepass")
    begin, end = axis.line_start, axis.line_end
    english = np.array([one.lower().startswith("en") for one in languages], bool)
    first = english_sentence_starts(text, points, begin[english], end[english])
    places = [
        begin[line] + at
        for line in np.flatnonzero(~english).tolist()
        for at in sentence_starts(text[begin[line] : end[line]], languages[line])
    ]
    if places:
        first = np.sort(np.append(first, places))
    # A mark that opens a sentence was white space to the cutter.
    inside = np.flatnonzero(~np.isin(first, axis.line_start))
    inside = inside[first[inside] > 1]
    opened = inside[is_one_of(OPENING, axis.points[first[inside] - 1])]
    first[opened] -= is_one_of(SPACES, axis.points[first[opened] - 2])
    return first


def _without_marks(points: np.ndarray) -> np.ndarray:
    """Code points with a space for every quotation mark."""
    at = np.flatnonzero((points > 127) | (points == ord('"')) | (points == ord("'")))
    marks = is_one_of(_MARKS, points[at])
    marks |= is_one_of("’'", points[at]) & is_one_of(".!?,…", points[at - 1]) & (at > 0)
    seen = points.copy()
    seen[at[marks]] = ord(" ")
    return seen


def without_attribution(
    starts: np.ndarray, quotes: pd.DataFrame, base: np.ndarray
) -> np.ndarray:
    """Without the cuts between a quotation that ends in ? or ! and the speaker who is
    named right after it: “Who did this?” Ann Lee asked. `base` is each quote's
    article's.
    """
    direct = (quotes["kind"] == "direct").to_numpy()
    named = quotes["speaker_start"].notna().to_numpy() & direct
    end = (base + quotes["end"].to_numpy())[named]
    speaker = base[named] + quotes["speaker_start"][named].to_numpy(np.int64)
    asks = quotes["text"][named].str.contains(r"[?!]$").to_numpy(bool)
    follows = asks & (speaker >= end) & (speaker < end + _CLOSE)
    end, speaker = np.sort(end[follows]), np.sort(speaker[follows])
    if not len(end):
        return starts
    row = np.searchsorted(end, starts, "right") - 1
    gap = starts - end[row]
    return starts[~((row >= 0) & (gap <= 3) & (speaker[row] >= starts))]
