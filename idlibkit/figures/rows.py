"""Each figure of a table of passages as a row: where it stands, what is read of it, and
whom it is from. English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from ..text import to_polars
from .beside import sentence_beside, whole_beside
from .context import Reading, Told, read_context
from .expressions import Expression, find_figures
from .numerals import Figure, read_figure
from .sentence_parts import CONTEXT, Passage, passages_of
from .source import in_aside, of_the_saying
from .surveys import survey_of

__all__ = ["FigureRow", "figure_rows"]


FROM_SURVEYS = ("count", "measure", "money", "percent")
TOLD = re.compile(r"\b(?:told|tells?|telling) $")
# Characters either side of a figure that are read for its words.
BESIDE = 100
# Characters before a figure that are looked at for the dash or bracket it stands
# behind.
ASIDE = 300


class FigureRow(NamedTuple):
    """A figure in the passage `row`, from `start` to `end` of its text."""

    row: int
    start: int
    end: int
    text: str
    reading: Reading
    source: str
    context: str


def figure_rows(frame: pd.DataFrame) -> Iterator[FigureRow]:
    """Every figure of a table of passages, passage by passage."""
    texts = to_polars(frame["text"])
    found = groupby(find_figures(texts), key=lambda expression: expression.row)
    places = [(row, list(expressions)) for row, expressions in found]
    passages = passages_of(frame, texts, [row for row, _ in places])
    for passage, (_, expressions) in zip(passages, places, strict=True):
        end = 0
        for expression in expressions:
            figure = read_figure(expression.text)
            if figure is None or expression.start < end:
                continue  # a conversion in brackets was read with its figure
            figure_row = _row(expression, figure, passage)
            if figure_row:
                end = figure_row.end
                yield figure_row


def _row(expression: Expression, figure: Figure, passage: Passage) -> FigureRow | None:
    """What the words beside a figure say of it; None where it is none."""
    text, start, end = passage.text, expression.start, expression.end
    before, behind = start - expression.skipped_before, end + expression.skipped_behind
    left = passage.before[-BESIDE:] + text[max(0, before - BESIDE) : before]
    right = text[behind : behind + BESIDE] + passage.behind[:BESIDE]
    left, right = left.replace("\u00a0", " "), right.replace("\u00a0", " ")
    survey = _survey(passage, expression)
    beside = (sentence_beside if passage.may_end else whole_beside)(left, right)
    sourced = passage.has_speaker or survey != ""
    told = Told(sourced, passage.before == "", passage.names_event)
    reading = read_context(expression.text, figure, beside, told)
    if reading is None:
        return None
    # A hedge or a conversion may stand in the next passage of the sentence; a row stays
    # inside its own.
    if reading.before and not expression.skipped_before:
        start = max(0, start - reading.before)
    if reading.behind and not expression.skipped_behind:
        end = min(len(text), end + reading.behind)
    context = passage.sentence
    if len(context) >= 2 * CONTEXT:
        context = text[max(0, start - CONTEXT) : end + CONTEXT]
    source = _source(reading, survey, passage, start, left)
    printed = text[start:end]
    return FigureRow(expression.row, start, end, printed, reading, source, context)


def _survey(passage: Passage, expression: Expression) -> str:
    """The survey that a figure is from, where it is no quoted one."""
    if passage.is_quoted or not passage.names_survey:
        return ""
    start = len(passage.before) + expression.start
    end = start + len(expression.text)
    return survey_of(passage.sentence, start, end, according=passage.speaker != "")


def _source(
    reading: Reading, survey: str, passage: Passage, start: int, left: str
) -> str:
    """Whom a figure is from: its survey, the passage's speaker, or one named beside
    it.
    """
    if survey and reading.kind in FROM_SURVEYS:
        return survey
    source = passage.speaker or reading.attributed_to
    if source != passage.speaker or passage.is_quoted:
        return source
    here = passage.text[max(0, start - ASIDE) : start]
    return "" if _is_reporters(reading.kind, here, left, passage.before) else source


def _is_reporters(kind: str, here: str, left: str, before: str) -> bool:
    """Whether a figure of a reported passage is not what its speaker said.

    Doe told 40 farmers in 2008 that ..., or an aside. `here` is the passage before the
    figure, `left` the sentence, `before` what stands before the passage.
    """
    if not here and TOLD.search(before):
        return True
    if before and in_aside(here):
        return True
    return kind in ("year", "date") and of_the_saying(left)
