"""What the words beside a figure say of it, step by step. English only.

Read without a tagger, word by word, from up to a hundred characters on either side
within the sentence: the unit, the hedge, what is counted, the kind, the event, time and
place, and who says so. Each step is a function; its module has the words' concept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..lexicons import words
from .events import Surroundings, event_of
from .lexicon import Bounds, counted_words, number_words, phrase_words
from .noun_phrases import before_noun, counted_phrase
from .numerals import Figure, Kind
from .patterns import CAPITAL, OPENERS, STRIP, month
from .source import named_source
from .units import Hedge, UnitBehind, read_hedge, read_unit
from .when_where import TimeAndPlace, time_and_place

__all__ = ["Beside", "Reading", "read_context", "sentence_beside"]


LETTER = r"[^\W\d_]"
# A sentence ends behind a letter, digit or bracket, before a capital; a clause at ";".
SENTENCE = re.compile(
    rf"(?:(?<=[a-zà-ÿ\d)%][.!?])|(?<=[.!?][\"”’)\]]))\s+(?=[\"“‘(\[]?{CAPITAL})|[;\n]"
)
SENTENCE_MARKS = (". ", "? ", "! ", "; ", "” ", '" ', "\n")
# Right before or behind a number, these make it part of a name: F-16, 16x9, COVID-19.
ATTACHED_BEFORE = re.compile(
    rf"(?:{LETTER}|\d|\d[.,:/’'-]|{LETTER}[./’'@-]|[#@/_&~=])$"
)
ATTACHED_BEHIND = re.compile(
    rf"[.,:/’'–-]\d|{LETTER}|[/_@]"
    r"|-(?:on|off|time|times|sided|way|fold|star|one"
    r"|first|third|fourth|fifth|sixth|seventh|eighth|ninth)\b"
)
COMPOUND = re.compile(rf"-({LETTER}+)")  # a 150-vehicle convoy
OLD = re.compile(r"(?i)[- ]olds?\b")
# "Jane Doe, 45,", "when they turned 18", "she was just 12"
AGED = re.compile(
    rf"(?:{CAPITAL}[\w.’'-]*,|\b[Aa]ge|\b(?:[Hh]e|[Ss]he|[Ww]ho) (?:is|was|turned)"
    r"|\b(?:[Hh]e|[Ss]he|[Tt]hey)['’](?:s|re)|\bturn(?:s|ed|ing)?"
    r"|\b(?:already|just|only) (?:is|was|were)"
    r"|\b(?:is|was|were) (?:already|just|only)) $"
)
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


class Beside(NamedTuple):
    """A figure's sentence on either side of it.

    `words` are those of `left`; `attached` is what touches the number in front.
    """

    left: str
    right: str
    words: Sequence[str]
    attached: str

    @property
    def last_word(self) -> str:
        """The word before a number, in lower case; empty where something touches it."""
        if self.attached or not self.words:
            return ""
        return self.words[-1].lstrip(OPENERS).lower()

    @property
    def has_hyphen(self) -> bool:
        return self.right[:1] == "-"


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


NOWHERE, EXACT = TimeAndPlace("", ""), Bounds(1.0, 1.0)


def sentence_beside(left: str, right: str) -> Beside:
    """The text beside a figure, cut to its sentence."""
    if any(map(left.__contains__, SENTENCE_MARKS)):
        left = SENTENCE.split(left)[-1]
    if any(map(right.__contains__, SENTENCE_MARKS)):
        right = SENTENCE.split(right, maxsplit=1)[0]
    *before, attached = left.split(" ")
    return Beside(left, right, before, attached)


def read_context(
    text: str, figure: Figure, left: str, right: str, *, sourced: bool, alone: bool
) -> Reading | None:
    """All that a row says of one figure; None where it is none, or part of a name.

    Parameters
    ----------
    text : str
        The expression.
    figure : Figure
        What it amounts to.
    left, right : str
        The text on either side.
    sourced : bool
        Whether its source is known, so that none is looked for.
    alone : bool
        Whether nothing of its sentence stands in another voice before it; what was said
        before a figure that stands behind a quotation is the quotation.
    """
    beside, number = sentence_beside(left, right), text.lower()
    if _is_name(beside, figure) or _is_label(beside, text, figure):
        return None
    unit = UnitBehind(figure.unit, beside.right)
    if figure.kind is not Kind.DATE:
        unit = read_unit(number, figure.unit, beside.left, beside.right)
    hedge = read_hedge(beside.words, unit.rest, attached=beside.attached != "")
    counted = _counted(number, figure, beside, unit, hedge)
    sense = _sense(text, figure, beside, unit, hedge, counted)
    if not text.isdigit() and not _is_figure(number, sense, beside):
        return None
    return _reading(figure, sense, beside, unit, sourced=sourced, alone=alone)


def _is_name(beside: Beside, figure: Figure) -> bool:
    """Whether what touches a number makes it part of a name or a format."""
    behind = beside.right.split(" ", 1)[0]
    touched = (beside.attached and ATTACHED_BEFORE.search(beside.attached)) or (
        behind and ATTACHED_BEHIND.match(behind)
    )
    if figure.kind in (Kind.COUNT_OR_YEAR, Kind.DATE):
        prefixes = words("numbers.toml", "forms.year_prefixes")
        return bool(touched) and beside.attached.lower() not in prefixes
    return bool(touched)


@cache
def _attached_month() -> re.Pattern[str]:
    """ "PostedFebruary 6": run together by a page's layout."""
    return re.compile(rf"{LETTER}{month()}$")


def _is_label(beside: Beside, text: str, figure: Figure) -> bool:
    """Whether a number is the name of something, or what a rate is for.

    Resolution 2254, Channel 4; 40 deaths per 100,000; not "a single soldier".
    """
    if beside.last_word == "per" or (text.lower() == "a" and beside.last_word == "not"):
        return True
    if not text.isdigit() or figure.kind is not Kind.COUNT:
        return False
    if beside.attached or not beside.words:
        return False
    return (
        beside.last_word in phrase_words().labels
        or _attached_month().search(beside.words[-1]) is not None
    )


def _counted(
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


def _sense(
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
    if unit.name in ("year", "month", "week", "day") and OLD.match(hedge.rest):
        counted = counted._replace(text=re.sub("^-?olds? ?", "", counted.text))
        return sense._replace(kind=Kind.AGE, counted=counted)
    if not unit.name and figure.high <= OLDEST and _is_age(text, beside, sense):
        bare = Counted("", hedge.rest)
        return sense._replace(kind=Kind.AGE, unit="year", counted=bare)
    if unit.name:
        return sense._replace(kind=Kind(unit.kind))
    return sense


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


def _is_figure(number: str, sense: Sense, beside: Beside) -> bool:
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


def _reading(
    figure: Figure,
    sense: Sense,
    beside: Beside,
    unit: UnitBehind,
    *,
    sourced: bool,
    alone: bool,
) -> Reading:
    """The row of a figure: what happened to it, when, where, and who says so."""
    kind = Kind.COUNT if sense.kind is Kind.HALF else sense.kind
    hedge, counted = sense.hedge, sense.counted
    before = beside.left[: len(beside.left) - len(beside.attached) - hedge.width]
    behind = counted.after.removeprefix(" ")
    around = Surroundings(before, hedge.words_before, behind, behind.split(" "))
    modal = around.words_behind[0].lower()
    event = phrase = source = ""
    if kind in (Kind.COUNT, Kind.YEAR, Kind.MONEY):
        people = counted_words().class_of.get(counted.head) == "people"
        found = event_of(
            around,
            counted.text,
            people=people,
            year=kind is Kind.YEAR,
            money=kind is Kind.MONEY,
        )
        event, phrase = found.name, found.phrase
    when_where = NOWHERE
    if kind not in (Kind.DATE, Kind.YEAR, Kind.AGE):
        left = (before, hedge.words_before)
        right = (counted.after, around.words_behind)
        when_where = time_and_place(*left, *right)
        if not sourced:
            source = named_source(*(left if alone else ("", ())), *right)
    bounds = number_words().hedges.get(hedge.text.lower(), EXACT)
    ends = figure.low * bounds.low, figure.high * bounds.high  # of minus 12: turned
    return Reading(
        before=hedge.width,
        behind=len(beside.right) - len(hedge.rest),
        kind=kind.value,
        value=figure.value,
        low=min(ends),
        high=max(ends),
        hedge=hedge.text,
        unit=sense.unit,
        conversion=unit.conversion,
        counted=counted.text or (phrase if kind is Kind.COUNT else ""),
        event=event,
        modal=modal if modal in phrase_words().modals else "",
        per=when_where.time,
        place=when_where.place,
        date=sense.date,
        attributed_to=source,
    )
