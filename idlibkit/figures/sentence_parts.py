"""The passages that figures stand in, and what stands beside them in their sentences.
English only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from ..text import to_polars
from .beside import may_end
from .events import name_events
from .source import is_share
from .surveys import name_surveys

if TYPE_CHECKING:
    import polars as pl

__all__ = ["CONTEXT", "Passage", "passages_of"]


# Characters either side of a figure that are kept of a long sentence.
CONTEXT = 500


class Passage(NamedTuple):
    """One row of `passages` with what stands beside it in its own sentence.

    `may_end` says whether the sentence has a mark that may end one, `names_event` and
    `names_survey` whether it has a word that may tell one.
    """

    text: str
    before: str
    behind: str
    speaker: str
    has_speaker: bool
    is_quoted: bool
    sentence: str
    may_end: bool
    names_event: bool
    names_survey: bool


def passages_of(
    frame: pd.DataFrame, texts: pl.Series, rows: list[int]
) -> Iterator[Passage]:
    """Some rows of `passages`, whose texts are given, with what stands beside them."""
    import polars as pl

    own = texts.gather(rows).to_list()
    sides = _sides(frame, texts, rows)
    sentences = [
        before + text + behind
        for text, (before, behind) in zip(own, sides, strict=True)
    ]
    column = pl.Series(sentences, dtype=pl.String)
    ending = may_end(column).to_list()
    events, surveys = name_events(column).to_list(), name_surveys(column).to_list()
    some = frame.iloc[rows]
    quoted = (some["voice"] == "quoted").to_list()
    speakers = [""] * len(rows)
    if "speaker" in frame:
        speakers = to_polars(some["speaker"].astype("str")).to_list()
    for n, (before, behind) in enumerate(sides):
        speaker = speakers[n]
        if speaker and is_share(speaker) and not quoted[n]:
            speaker = ""  # those asked in a survey say nothing of their own
        yield Passage(
            own[n],
            before,
            behind,
            speaker,
            speakers[n] != "",
            quoted[n],
            sentences[n],
            ending[n],
            events[n],
            surveys[n],
        )


def _sides(
    frame: pd.DataFrame, texts: pl.Series, rows: list[int]
) -> list[tuple[str, str]]:
    """What stands before and behind some passages in their sentences.

    Empty where the sentence was not cut into voices. Each passage has a character, so
    CONTEXT of them are enough.
    """
    if "sentence" not in frame:
        return [("", "")] * len(rows)
    article = pd.factorize(frame["article_id"])[0]
    order = np.lexsort([frame["start"].to_numpy(), article])
    article, sentence = article[order], pd.factorize(frame["sentence"])[0][order]
    is_first = np.ones(len(frame), bool)
    is_first[1:] = (article[1:] != article[:-1]) | (sentence[1:] != sentence[:-1])
    edges = np.append(np.flatnonzero(is_first), len(frame))
    place = np.argsort(order)[rows]
    text_of = texts.gather(order).to_list()
    number = is_first.cumsum()[place] - 1
    bounds = zip(
        place.tolist(),
        edges[number].tolist(),
        edges[number + 1].tolist(),
        strict=True,
    )
    return [
        ("", "")
        if end - begin == 1
        else (
            " ".join(text_of[max(begin, here - CONTEXT) : here])[-CONTEXT:]
            + (" " if here > begin else ""),
            (" " if here + 1 < end else "")
            + " ".join(text_of[here + 1 : min(end, here + CONTEXT)])[:CONTEXT],
        )
        for here, begin, end in bounds
    ]
