"""What the words beside a figure say of it, step by step. English only.

Read without a tagger, word by word, from up to a hundred characters on either side
within the sentence: the unit, the hedge, what is counted, the kind, the event, time and
place, and who says so. Each step is a function; its module has the words' concept.
"""

from __future__ import annotations

from typing import NamedTuple

from .beside import Beside, is_label, is_name
from .events import Surroundings, event_of
from .lexicon import Bounds, counted_words, number_words, phrase_words
from .numerals import Figure, Kind
from .senses import Sense, counted_beside, is_figure, sense_of
from .source import named_source
from .units import UnitBehind, read_hedge, read_unit
from .when_where import TimeAndPlace, time_and_place

__all__ = ["Reading", "Told", "read_context"]


class Reading(NamedTuple):
    """The columns of a figure, and what it takes before and behind its number."""

    before: int
    behind: int
    kind: str
    value: float
    low: float
    high: float
    hedge: str
    unit: str
    conversion: str
    counted: str
    event: str
    modal: str
    per: str
    place: str
    date: str
    attributed_to: str


class Told(NamedTuple):
    """How a sentence tells a figure.

    Attributes
    ----------
    sourced : whether its source is known, so that none is looked for.
    alone : whether nothing of the sentence stands in another voice before it; what was
        said before a figure that stands behind a quotation is the quotation.
    eventful : whether the sentence has a word of an event at all.
    """

    sourced: bool
    alone: bool
    eventful: bool


NOWHERE, EXACT = TimeAndPlace("", ""), Bounds(1.0, 1.0)
# What an event may have happened to or in; what has no time, place or source.
OF_EVENTS = (Kind.COUNT, Kind.YEAR, Kind.MONEY)
OF_THEMSELVES = (Kind.DATE, Kind.YEAR, Kind.AGE)


def read_context(
    text: str, figure: Figure, beside: Beside, told: Told
) -> Reading | None:
    """All that a row says of one figure; None where it is none, or part of a name.

    Parameters
    ----------
    text : str
        The expression.
    figure : Figure
        What it amounts to.
    beside : Beside
        Its sentence on either side.
    told : Told
        How its sentence tells it.
    """
    number = text.lower()
    if is_name(beside, figure) or is_label(beside, text, figure):
        return None
    unit = UnitBehind(figure.unit, beside.right)
    if figure.kind is not Kind.DATE:
        unit = read_unit(number, figure.unit, beside.left, beside.right)
    hedge = read_hedge(beside.words, beside.last_word, unit.rest)
    counted = counted_beside(number, figure, beside, unit, hedge)
    sense = sense_of(text, figure, beside, unit, hedge, counted)
    if not text.isdigit() and not is_figure(number, sense, beside):
        return None
    return _reading(figure, sense, beside, unit, told)


def _reading(
    figure: Figure,
    sense: Sense,
    beside: Beside,
    unit: UnitBehind,
    told: Told,
) -> Reading:
    """The row of a figure: what happened to it, when, where, and who says so."""
    kind, date, unit_name, hedge, counted = sense
    if kind is Kind.HALF:
        kind = Kind.COUNT
    before = beside.left[: len(beside.left) - len(beside.attached) - hedge.width]
    behind = counted.after.removeprefix(" ")
    around = Surroundings(before, hedge.words_before, behind, behind.split(" "))
    modal = around.words_behind[0].lower()
    event = phrase = source = ""
    if told.eventful and kind in OF_EVENTS:
        people = counted_words().class_of.get(counted.head) == "people"
        found = event_of(
            around,
            counted.text,
            people=people,
            year=kind is Kind.YEAR,
            money=kind is Kind.MONEY,
            none=figure.value == 0,
        )
        event, phrase = found.name, found.phrase
    when_where = NOWHERE
    if kind not in OF_THEMSELVES:
        left = (before, hedge.words_before)
        right = (counted.after, around.words_behind)
        when_where = time_and_place(*left, *right)
        if not told.sourced:
            source = named_source(*(left if told.alone else ("", ())), *right)
    low, high = figure.low, figure.high
    if hedge.text:
        bounds = number_words().hedges.get(hedge.text.lower(), EXACT)
        low, high = low * bounds.low, high * bounds.high
    if low > high:  # of minus 12
        low, high = high, low
    return Reading(
        before=hedge.width,
        behind=len(beside.right) - len(hedge.rest),
        kind=kind.value,
        value=figure.value,
        low=low,
        high=high,
        hedge=hedge.text,
        unit=unit_name,
        conversion=unit.conversion,
        counted=counted.text or (phrase if kind is Kind.COUNT else ""),
        event=event,
        modal=modal if modal in phrase_words().modals else "",
        per=when_where.time,
        place=when_where.place,
        date=date,
        attributed_to=source,
    )
