"""Dates in other languages than English, as dateparser reads them.

dateparser takes some milliseconds for a date, so it is asked for one date of each way
to write (``0. März 0``); the others of that way have their numbers in the same places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

__all__ = ["foreign_dates"]

# A date that our own formats may not know has a letter, a number, and little else.
_LIKE_A_DATE = re.compile(r"(?=.*[^\W\d_])(?=.*\d).{6,60}", re.DOTALL)
_NUMBER = re.compile(r"\d+")
FIELDS = ("year", "month", "day", "hour", "minute", "second")
EXAMPLES = 4  # of one way, from which the places of its numbers are learnt
FAILURES = 50  # ways that are no dates, after which a column is taken to hold none
ALONE = 2_000  # dates asked for one by one, where the places stay open
_SETTINGS = {
    "STRICT_PARSING": True,  # no date without its day, month and year
    "PARSERS": ["absolute-time"],  # no "yesterday"
    "DATE_ORDER": "DMY",
    "RETURN_AS_TIMEZONE_AWARE": False,
}


@dataclass(frozen=True, slots=True)
class Way:
    """Which number of a date is which field; `month` where a word says it."""

    places: dict[str, int]
    month: int | None

    def read(self, text: str) -> datetime | None:
        """The date, unless there is no such day."""
        numbers = [int(number) for number in _NUMBER.findall(text)]
        fields = {name: numbers[place] for name, place in self.places.items()}
        if self.month is not None:
            fields["month"] = self.month
        with suppress(ValueError, TypeError):
            return datetime(**fields)  # type: ignore[arg-type]
        return None


def foreign_dates(written: list[str]) -> Iterator[tuple[str, datetime]]:
    """The dates among `written` that name a day in full, in any language.

    >>> dict(foreign_dates(["29 décembre 2011", "hier"]))
    {'29 décembre 2011': datetime.datetime(2011, 12, 29, 0, 0)}
    """
    ways: dict[str, list[str]] = defaultdict(list)
    # sorted, so that the order of rows changes nothing
    for text in sorted(written):
        if _LIKE_A_DATE.fullmatch(text.strip()):
            ways[_NUMBER.sub("0", text)].append(text)
    if not ways:
        return
    from dateparser.date import DateDataParser

    parser = DateDataParser(settings=_SETTINGS)
    failures, left = 0, ALONE
    for texts in ways.values():
        if failures > FAILURES:
            return
        examples, way = _learn(texts, parser)
        yield from examples.items()
        if not examples:
            failures += 1
        elif way is not None:
            dates = ((text, way.read(text)) for text in texts if text not in examples)
            yield from ((text, date) for text, date in dates if date is not None)
        else:
            alone = [text for text in texts if text not in examples][:left]
            left -= len(alone)
            dates = ((text, parser.get_date_data(text).date_obj) for text in alone)
            yield from ((text, date) for text, date in dates if date is not None)


def _learn(
    texts: list[str], parser: DateDataParser
) -> tuple[dict[str, datetime], Way | None]:
    """Some dates of one way, and the way, where its numbers are told apart."""
    examples: dict[str, datetime] = {}
    # from the end: the 31st is less likely to be a month than the 1st
    for text in texts[: -EXAMPLES - 1 : -1]:
        date = parser.get_date_data(text).date_obj
        if date is not None:
            examples[text] = date
            way = _way(text, date)
            if way is not None:
                return examples, way
    return examples, None


def _way(text: str, date: datetime) -> Way | None:
    """The places of the numbers, if each can be one field only."""
    if date.tzinfo is not None:
        return None
    places: dict[str, int] = {}
    for place, number in enumerate(map(int, _NUMBER.findall(text))):
        fields = [name for name in FIELDS if getattr(date, name) == number]
        if len(fields) != 1 or fields[0] in places:
            return None
        places[fields[0]] = place
    if "year" not in places or "day" not in places:
        return None
    return Way(places, None if "month" in places else date.month)
