"""What a number is by the words beside it: a count of something, a sum, an age, a year,
or no figure at all. English only.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..lexicons import words
from .beside import Beside
from .lexicon import counted_words, number_words, phrase_words
from .noun_phrases import before_noun, counted_phrase
from .numerals import Figure, Kind
from .patterns import CAPITAL, LETTER, STRIP
from .units import Hedge, UnitBehind

__all__ = ["Counted", "Sense", "counted_beside", "is_figure", "sense_of"]


KINDS = {kind.value: kind for kind in Kind}
COMPOUND = re.compile(rf"-({LETTER}+)")  # a 150-vehicle convoy
OLD = re.compile(r"(?i)[- ]olds?\b")
# "Jane Doe, 45,", "when they turned 18", "she was just 12"
AGED = re.compile(
    rf"(?:{CAPITAL}[\w.’'-]*,|\b[Aa]ge|\b(?:[Hh]e|[Ss]he|[Ww]ho) (?:is|was|turned)"
    r"|\b(?:[Hh]e|[Ss]he|[Tt]hey)['’](?:s|re)|\bturn(?:s|ed|ing)?"
    r"|\b(?:already|just|only) (?:is|was|were)"
    r"|\b(?:is|was|were) (?:already|just|only)) $"
)
# "aged 19, 22 and ", "Nils Dahl (", "two brothers, 12 and "
IN_AGES = re.compile(r"\bage[sd] (?:\d{1,3},? (?:and )?)+$")
BRACKETED = re.compile(r"\b[A-Z][\w’'-]+ [A-Z][\w’'-]+ \($")
SEVERAL_AGED = re.compile(r"\b([a-z]+s|children|men|women), (?:\d{1,3} and )?$")
LAST_AGE = re.compile(r"(?: and \d{1,3})?,")
BEHIND_AGE = re.compile(r"[,.;]| (?:at the time|at his|at her|when)\b")
OLDEST = 120
PERSON_ENDINGS = ("man", "woman", "ist", "ician", "worker", "maker", "player", "keeper")
OF = re.compile(" (?:worth )?of ")
# "Seven, including two children": no list number
PART_OF_THEM = re.compile(
    r", (?:including|among|most|mostly|many|all|some|both|one|two|three|four|nearly"
    r"|about|of|at least)\b"
)
FIRST_YEAR = 1900  # a bare four-digit number before is taken for a count


class Counted(NamedTuple):
    """The counted words, and the text behind them."""

    text: str
    after: str

    @property
    def head(self) -> str:
        return self.text.rsplit(" ", 1)[-1].lower()


class Sense(NamedTuple):
    """What a figure is, once the words beside it are read."""

    kind: Kind
    date: str
    unit: str
    hedge: Hedge
    counted: Counted


def counted_beside(
    number: str, figure: Figure, beside: Beside, unit: UnitBehind, hedge: Hedge
) -> Counted:
    """The words for what a figure counts, and what stands behind them."""
    rest, hyphen = hedge.rest, beside.has_hyphen
    if hyphen and not unit.attached and figure.kind is Kind.COUNT:
        match = COMPOUND.match(rest)
        if match is None:
            return Counted("", rest)
        word = "" if match[1].endswith("ed") else match[1]  # a six-pointed star
        return Counted(word, rest[match.end() :])
    if unit.kind == "measure" and not hyphen and not rest.startswith(" of "):
        return Counted("", rest)
    one = number in words("numbers.toml", "forms.one")
    single = hyphen or figure.kind is not Kind.COUNT or bool(unit.name) or one
    begin, end = counted_phrase(rest, single=single, one=one)
    of_sums = (unit.attached or unit.kind == "money") and not hyphen
    if (
        of_sums
        and not OF.match(rest)
        and not before_noun(hedge.words_before, rest[begin:end])
    ):
        return Counted("", rest)
    return Counted(rest[begin:end], rest[end:])


def sense_of(
    text: str,
    figure: Figure,
    beside: Beside,
    unit: UnitBehind,
    hedge: Hedge,
    counted: Counted,
) -> Sense:
    """The kind of a figure, and what of unit, hedge and counted words goes with it."""
    sense = Sense(figure.kind, figure.date, unit.name, hedge, counted)
    if sense.kind is Kind.COUNT_OR_YEAR:
        sense = _count_or_year(figure, beside, sense)
    if sense.kind in (Kind.YEAR, Kind.DATE):
        none = Hedge("", beside.words, hedge.rest, False)
        return sense._replace(hedge=none, unit="")
    if not unit.name:
        if figure.high > OLDEST or not _is_age(text, beside, sense):
            return sense
        bare = Counted("", hedge.rest)
        return sense._replace(kind=Kind.AGE, unit="year", counted=bare)
    if unit.name in ("year", "month", "week", "day") and OLD.match(hedge.rest):
        counted = counted._replace(text=re.sub("^-?olds? ?", "", counted.text))
        return sense._replace(kind=Kind.AGE, counted=counted)
    return Sense(KINDS[unit.kind], sense.date, unit.name, hedge, counted)


def _count_or_year(figure: Figure, beside: Beside, sense: Sense) -> Sense:
    """A number of four digits: a year behind "in", or from 1900 on with no people."""
    framed = beside.last_word in phrase_words().framed
    of_people = counted_words().class_of.get(sense.counted.head) == "people"
    hedge = sense.hedge.text.lower()
    hedged = hedge != "" and hedge not in phrase_words().loose
    late = figure.value >= FIRST_YEAR and not of_people
    if sense.unit or hedged or not (framed or late):
        return sense._replace(kind=Kind.COUNT, date="")
    counted = Counted("", sense.hedge.rest) if framed else sense.counted
    return sense._replace(kind=Kind.YEAR, counted=counted)


def _is_age(text: str, beside: Beside, sense: Sense) -> bool:
    """Whether a bare number is somebody's age.

    "ages 5 to 9", "Jane Doe, 45,", "when they turned 18", "voters under 30".
    """
    if beside.last_word in words("numbers.toml", "age.before"):
        return True
    if not text.isdigit():
        return False
    hedge = sense.hedge
    if _is_listed_age(beside):
        return True
    if not hedge.text:
        if not BEHIND_AGE.match(beside.right):
            return False
        return AGED.search(beside.left) is not None or _behind_person(beside)
    if hedge.text.lower() not in words("numbers.toml", "age.hedges"):
        return False
    word = hedge.words_before[-1].rstrip(STRIP).lower() if hedge.words_before else ""
    if counted_words().class_of.get(word) == "people":
        return True
    if word in words("numbers.toml", "age.pronouns"):
        return True
    return word in words("numbers.toml", "age.copulas") and not sense.counted.text


def _is_listed_age(beside: Beside) -> bool:
    """Whether a number is one of several ages, or stands in brackets behind a name:
    "aged 19, 22 and 30", "two brothers, 12 and 14,", "Nils Dahl (44)"."""
    if IN_AGES.search(beside.left):
        return True
    if BRACKETED.search(beside.left) and beside.right[:1] == ")":
        return True
    several = SEVERAL_AGED.search(beside.left)
    if several is None or not LAST_AGE.match(beside.right):
        return False
    return counted_words().class_of.get(several[1].lower()) == "people" or several[
        1
    ].endswith(tuple(words("counted.toml", "senses.person_endings")))


def _behind_person(beside: Beside) -> bool:
    """Whether a number between commas stands behind a noun for one person.

    "A police officer, 31, was", "his daughter, 7, and".
    """
    last = beside.last_word
    if not last.endswith(",") or beside.right[:1] not in (",", "."):
        return False
    noun = last.rstrip(",")
    return noun in _persons() or noun.endswith(PERSON_ENDINGS)


@cache
def _persons() -> frozenset[str]:
    """Nouns for one person: "suspect", "daughter", "minister"."""
    keys = ("titles.office", "titles.military", "titles.police", "titles.religious")
    nouns = [words("people.toml", key) for key in (*keys, "people.anyone")]
    return words("counted.toml", "people.one").union(*nouns)


def is_figure(number: str, sense: Sense, beside: Beside) -> bool:
    """False for words that are pronouns, parts of time or list numbers.

    "one of them", "the second half of 2015", "Three, harden our harbours".
    """
    following = sense.hedge.rest[1:].split(" ", 1)[0].strip(STRIP).lower()
    if number == "one" and _is_pronoun(following, sense, beside):
        return False
    if number == "zero" or sense.kind is Kind.HALF:
        counts = number == "zero" and sense.counted.text
        if not counts and not sense.unit:
            return False
    if number in ("tens", "scores") and not sense.unit:
        return following in ("of", "were", "have", "more")
    if number == "half of":
        periods = words("numbers.toml", "forms.periods")
        return beside.last_word not in periods and not following[:1].isdigit()
    opens_list = (
        number in number_words().digits
        and beside.right[:1] == ","
        and not beside.left.strip(STRIP)
    )
    return not opens_list or PART_OF_THEM.match(beside.right) is not None


def _is_pronoun(following: str, sense: Sense, beside: Beside) -> bool:
    """Whether "one" counts nothing: "the one", "one of them", "one day"."""
    return (
        beside.last_word in phrase_words().idle
        or following in phrase_words().not_one
        or following == "of"
        or not (sense.counted.text or sense.unit)
        or sense.unit == "day"
    )
