"""Where the sentences of passages begin."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd

from .pieces import OPENING, SPACES, Axis, is_one_of

__all__ = ["sentence_starts", "without_attribution"]

_MARKS = '"“”„‟«»‹›‘‚'
_CLOSE = 40  # characters from a quotation to a speaker who is named right after it


def sentence_starts(axis: Axis, languages: list[str]) -> np.ndarray:
    """The first place of every sentence; `languages` has the language of each line.

    sentencex keeps a quotation whole, however long, and needs quadratic time where
    marks do not balance; so it does not see them. An apostrophe inside a word or after
    one stays.
    """
    from sentencex import segment

    seen = _without_marks(axis.points)
    lines = zip(
        axis.line_start.tolist(), axis.line_end.tolist(), languages, strict=True
    )
    cut = [
        list(map(len, segment(language, seen[start:end])))
        for start, end, language in lines
    ]
    count = np.array([len(sizes) for sizes in cut], np.int64)
    sizes = np.fromiter(chain.from_iterable(cut), np.int64, count.sum())
    # All sentences end to end, less what is before their line.
    before = np.cumsum(sizes) - sizes
    line = np.repeat(np.arange(len(cut)), count)
    offset = before - np.append(before, 0)[np.cumsum(count) - count][line]
    at = axis.line_start[line] + offset
    # A mark that opens a sentence was white space to the cutter.
    opened = np.flatnonzero(offset > 1)
    opened = opened[is_one_of(OPENING, axis.points[at[opened] - 1])]
    at[opened] -= is_one_of(SPACES, axis.points[at[opened] - 2])
    return at


def _without_marks(points: np.ndarray) -> str:
    """The text with a space for every quotation mark."""
    at = np.flatnonzero((points > 127) | (points == ord('"')) | (points == ord("'")))
    marks = is_one_of(_MARKS, points[at])
    marks |= is_one_of("’'", points[at]) & is_one_of(".!?,…", points[at - 1]) & (at > 0)
    seen = points.copy()
    seen[at[marks]] = ord(" ")
    return seen.tobytes().decode("utf-32-le", "surrogatepass")


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
