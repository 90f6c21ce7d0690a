"""The columns of quotations: which there are, and how they are filled."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from .batches import Speech

__all__ = ["COLUMNS", "parts_of", "positions", "speaker_columns", "strings"]


Column = np.ndarray | pd.api.extensions.ExtensionArray
COLUMNS = {
    "article_id": "str",
    "outlet": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "kind": "str",
    "speaker": "str",
    "speaker_text": "str",
    # int, or NaN: text[start:end] works, and every way of asking what is missing
    "speaker_start": "object",
    "speaker_end": "object",
    "source_start": "object",
    "source_end": "object",
    "cue_start": "object",
    "cue_end": "object",
    "cue": "str",
    "cue_stance": "str",
    "named": "str",
    "position": "float64",
    "role": "str",
    "line": "int64",
    "n_words": "int64",
}


def speaker_columns(
    speech: Speech, texts: list[str], line_start: np.ndarray
) -> dict[str, Column]:
    """Who speaks, where that is printed, and how."""
    saying = speech.saying
    mentions = parts_of(
        texts, speech.mention_line, speech.mention_start, speech.mention_end
    )
    names = (one.name if one else None for one in speech.speakers)
    sources = (one.source.value if one else None for one in speech.speakers)
    places: dict[str, Column] = {}
    for side, line, offset in (
        ("speaker_start", speech.mention_line, speech.mention_start),
        ("speaker_end", speech.mention_line, speech.mention_end),
        ("source_start", speech.mention_line, speech.source_start),
        ("source_end", speech.mention_line, speech.source_end),
        ("cue_start", speech.cue_line, speech.cue_start),
        ("cue_end", speech.cue_line, speech.cue_end),
    ):
        some = (line >= 0)[saying]
        places[side] = np.full(len(saying), np.nan, object)
        places[side][some] = (line_start[line] + offset)[saying][some]
    return {
        "speaker": strings(names).take(saying),
        "speaker_text": strings(mentions).take(saying),
        **places,
        "cue": strings(speech.cues).take(saying),
        "cue_stance": strings(speech.stances).take(saying),
        "named": strings(sources).take(saying),
    }


def positions(
    kept: pd.DataFrame, of_line: np.ndarray, article: np.ndarray, start: np.ndarray
) -> np.ndarray:
    """Places in their articles, from the first kept character (0) to the last (1)."""
    n_articles = of_line.max(initial=-1) + 1
    first, last = np.full(n_articles, sys.maxsize), np.zeros(n_articles, int)
    np.minimum.at(first, of_line, kept["start"].to_numpy(dtype=int))
    np.maximum.at(last, of_line, kept["end"].to_numpy(dtype=int))
    first, last = first[article], last[article]
    return (start - first) / np.maximum(last - first, 1)


def parts_of(
    texts: list[str], line: np.ndarray, start: np.ndarray, end: np.ndarray
) -> Iterator[str | None]:
    """Parts of lines; None where the line is -1."""
    columns = (line.tolist(), start.tolist(), end.tolist())
    for number, a, b in zip(*columns, strict=True):
        yield texts[number][a:b] if number >= 0 else None


def strings(values: Iterable) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(values), dtype="str")
