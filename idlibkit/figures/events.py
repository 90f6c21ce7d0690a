"""What happened to those that a figure counts: killed, displaced, deployed. English."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..lexicons import words
from .lexicon import counted_words, number_words, phrase_words
from .patterns import STOPS, either, plain_edges

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Event", "Surroundings", "event_of", "name_events"]


OF = frozenset(("of", "Of", "OF"))
DASHES = (";", ":", "-", "–", "—")
UNSTOPPED = str.maketrans({mark: None for mark in '.,;:!?…()[]{}"“”‘—–'} | {"’": "'"})
# How many words from the figure an event may stand: behind it, before it, and before a
# year; and in how many characters it is looked for where it must stand near.
WORDS_BEHIND, WORDS_BEFORE, WORDS_BEFORE_A_YEAR = 7, 7, 9
CHARACTERS_BEHIND, CHARACTERS_BEFORE = 70, 90


class Tie(IntEnum):
    """How closely an event is tied to a figure; the lowest is taken."""

    INSIDE = 0  # in the counted words: "eight deaths"
    DOER = 1  # none: "by two men", "two men killed a third", "30 did not die"
    PASSIVE = 2  # right behind: "eight people were killed"
    BESIDE = 3  # right before: "killed eight people"
    RELATIVE = 4  # "eight people who were killed"
    BEFORE = 5  # some words before: "killed, in a village, eight people"
    BEHIND = 6  # some words behind
    ACROSS = 7  # harm to people, further before in the sentence
    NONE = 8


class Event(NamedTuple):
    """An event (its group in ``counted.toml``) and the words that tell it."""

    tie: Tie
    phrase: str

    @property
    def name(self) -> str:
        return counted_words().event_of.get(self.phrase, "")


class Surroundings(NamedTuple):
    """The text on either side of a figure and what it counts, within its sentence.

    `words_before` are the words of `before`, up to the figure's hedge; `words_behind`
    those of `behind`, which begins behind the counted words.
    """

    before: str
    words_before: Sequence[str]
    behind: str
    words_behind: Sequence[str]


# "no loss of life", "no lives were lost"
NO_LIVES = frozenset(("loss", "lives"))
# No event is tied to a figure; one is, and it is not what happened to its people.
NO_EVENT, OF_OTHERS = Event(Tie.NONE, ""), Event(Tie.DOER, "")


def name_events(sentences: pl.Series) -> pl.Series:
    """Whether each has a word of an event: a quick look at a column."""
    return sentences.str.contains(_event_words())


@cache
def _event_words() -> str:
    starts = either(counted_words().event_starts | NO_LIVES)
    return plain_edges(rf"(?i)\b(?:{starts})\b")


def event_of(
    around: Surroundings,
    counted: str,
    *,
    people: bool,
    year: bool,
    money: bool,
    none: bool = False,
) -> Event:
    """The event that a figure belongs to; without a name where there is none.

    Parameters
    ----------
    around : Surroundings
    counted : str
        The counted words.
    people : bool
        Whether these are people, who are tied to harm even across the sentence.
    year : bool
        Whether the figure is a year, which may stand further from its event.
    money : bool
        Whether it is a sum of money.
    none : bool
        Whether it is nought.
    """
    if inside := _inside(counted):
        return inside
    if none and counted in NO_LIVES:
        return Event(Tie.INSIDE, "deaths")
    behind, before = _behind(around, people), _before(around, people, year)
    nearest = behind if behind.tie <= before.tie else before
    return nearest if _makes_sense(nearest, counted, money=money) else NO_EVENT


def _makes_sense(event: Event, counted: str, *, money: bool) -> bool:
    """Whether an event can happen to what is counted.

    People are released and e-mails too, but only people are freed; one gives a sum and
    a speech, but only sums are donated.
    """
    lex = counted_words()
    if event.phrase in lex.of_money_only:
        return money
    if event.phrase in lex.of_weapons_only:
        return counted.rpartition(" ")[2].lower() in words(
            "counted.toml", "senses.weapons"
        )
    if event.phrase not in lex.of_people_only:
        return True
    return not money and _may_be_people(counted)


def _may_be_people(counted: str) -> bool:
    head = counted.rsplit(" ", 1)[-1].lower()
    if not head or counted_words().class_of.get(head) == "people":
        return True
    endings = tuple(words("counted.toml", "senses.person_endings"))
    not_persons = words("counted.toml", "senses.not_persons")
    return head.endswith(endings) and head not in not_persons


def _inside(counted: str) -> Event | None:
    """The event among the counted words ("eight deaths"), the last of them."""
    events = counted_words().event_of
    for word in reversed(counted.lower().split(" ")):
        if word in events:
            return Event(Tie.INSIDE, word)
    return None


def _behind(around: Surroundings, people: bool) -> Event:
    """The first event behind a figure, if it is tied to it."""
    if _is_by(around.words_before) or _is_none(around.words_before):
        return OF_OTHERS
    if around.words_before and around.words_before[-1].lower() == "not":
        return OF_OTHERS  # "not 40 but 14 who died"
    behind = around.behind if people else around.behind[:CHARACTERS_BEHIND]
    plain = behind.lower().translate(UNSTOPPED).split(" ")
    place = _first_event(plain if people else plain[:WORDS_BEHIND], plain)
    if place is None:
        return NO_EVENT
    phrase = counted_words().event_at(plain, place)
    if any(map(_is_negation, plain[:place])) or (
        place == 0 and _has_object(plain, around.words_behind)
    ):
        return OF_OTHERS
    gap = around.words_behind[:place]
    near = place < WORDS_BEHIND and not _is_stopped(gap)
    aux, relative = phrase_words().aux, phrase_words().relative
    if near and all(word in aux for word in plain[:place]):
        return Event(Tie.PASSIVE, phrase)
    if near and all(word in aux or word in relative for word in plain[:place]):
        return Event(Tie.RELATIVE, phrase)
    if near or (people and _is_harm(phrase, gap)):
        return Event(Tie.BEHIND, phrase)
    return NO_EVENT


def _before(around: Surroundings, people: bool, year: bool) -> Event:
    """The nearest event before a figure, if it is tied to it."""
    before = around.before if people else around.before[-CHARACTERS_BEFORE:]
    plain = before.lower().translate(UNSTOPPED).rstrip(" ").split(" ")
    first = 0 if people else max(0, len(plain) - WORDS_BEFORE_A_YEAR - 2)
    place = _last_event(plain, first)
    if place is None:
        return NO_EVENT
    phrase = counted_words().event_at(plain, place)
    if place and plain[place - 1] in phrase_words().no:
        return OF_OTHERS  # "no deaths among the 200 passengers"
    distance = len(plain) - 1 - place - phrase.count(" ")
    if distance == 1 and plain[-1] == "and":
        # "30 people died and 200 cars ...", but "killed and robbed two"
        return NO_EVENT
    gap = around.words_before[-len(plain) :][place:]
    clear = not any(word[-1:] in STOPS for word in gap)
    near = clear and phrase_words().relative.isdisjoint(plain[place:])
    if clear and distance <= 1:
        return Event(Tie.BESIDE, phrase)
    if (near and distance <= WORDS_BEFORE) or (
        year and distance <= WORDS_BEFORE_A_YEAR
    ):
        return Event(Tie.BEFORE, phrase)
    if people and _is_harm(phrase, gap):
        return Event(Tie.ACROSS, phrase)
    return NO_EVENT


def _is_by(words_before: Sequence[str]) -> bool:
    """Whether the figure's people did it: "by two men"."""
    return bool(words_before) and words_before[-1] == "by"


def _is_none(words_before: Sequence[str]) -> bool:
    """Whether it happened to none of them: "none of the 40 passengers", "not one of
    the 12"."""
    if OF.isdisjoint(words_before[-2:]):
        return False
    last = [word.lower() for word in words_before[-5:]]
    return not phrase_words().none.isdisjoint(last) or {"not", "one"} <= set(last)


def _is_negation(word: str) -> bool:
    return word in phrase_words().negations or word.endswith("n't")


def _first_event(near: Sequence[str], plain: Sequence[str]) -> int | None:
    """Where the first event begins in `near`, the first of the words."""
    lex = counted_words()
    if lex.event_starts.isdisjoint(near):
        return None
    for place, word in enumerate(near):
        if word in lex.event_starts and lex.event_at(plain, place):
            return place
    return None


def _last_event(plain: Sequence[str], first: int) -> int | None:
    lex = counted_words()
    if lex.event_starts.isdisjoint(plain):
        return None
    for place in range(len(plain) - 1, first - 1, -1):
        if plain[place] in lex.event_starts and lex.event_at(plain, place):
            return place
    return None


def _has_object(plain: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether the verb behind a figure has an object: "two men killed a third"."""
    if len(plain) < 2 or printed[0][-1:] in STOPS:
        return False
    following = printed[1][:1]
    return (
        plain[1] in phrase_words().objects
        or plain[1] in number_words().digits
        or following.isdigit()
        or following.isupper()
    )


def _is_stopped(gap: Sequence[str]) -> bool:
    """Whether a mark stands between a figure and its event behind it."""
    if any(word[-1:] in STOPS for word in gap[1:]):
        return True
    return bool(gap) and gap[0][-1:] == "," and gap[0] != ","


def _is_harm(phrase: str, gap: Sequence[str]) -> bool:
    """Whether an event is harm to people, with no dash or colon before the figure."""
    lex = counted_words()
    return lex.event_of[phrase] in lex.harms and not any(
        word[-1:] in DASHES for word in gap
    )
