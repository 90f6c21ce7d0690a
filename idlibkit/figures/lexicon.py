"""The words that figures are read with: ``numbers.toml``, ``counted.toml`` and the
people of ``people.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..lexicons import table, words

__all__ = [
    "Bounds",
    "CountedWords",
    "NumberWords",
    "PhraseWords",
    "Unit",
    "counted_words",
    "number_words",
    "phrase_words",
]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a hedge or a vague word opens a value: `low` to `high` times it."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: money, percent or measure; one of it is `factor` of its `base` unit."""

    kind: str
    base: str
    factor: float


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Numerals, hedges and units; each mapping is from the word in lower case.

    Attributes
    ----------
    digits, scales : what a numeral adds ("twelve") and is multiplied by ("million").
    vague, vague_times : "dozens" with its bounds; "several" in "several hundred".
    hedges : hedges with their bounds; `further` are those of a figure that is added to
        another one ("an additional"); `hedge_ends` their last words.
    units, unit_of : units by their short name; written forms to short names;
        `unit_starts` the first words of the written forms.
    """

    digits: Mapping[str, float]
    scales: Mapping[str, float]
    vague: Mapping[str, Bounds]
    vague_times: Mapping[str, Bounds]
    shares: Mapping[str, int]
    hedges: Mapping[str, Bounds]
    further: frozenset[str]
    hedge_ends: frozenset[str]
    units: Mapping[str, Unit]
    unit_of: Mapping[str, str]
    unit_starts: frozenset[str]
    months: tuple[str, ...]


@cache
def number_words() -> NumberWords:
    """The look-up tables of ``numbers.toml``."""
    data = table("numbers.toml")
    hedges = {
        word: Bounds(group["low"], group["high"])
        for group in data["hedges"].values()
        for word in group["words"]
    }
    units = {
        name: Unit(unit["kind"], unit["base"], float(unit["factor"]))
        for name, unit in data["units"].items()
    }
    unit_of = {
        word: name for name, unit in data["units"].items() for word in unit["words"]
    }
    return NumberWords(
        digits=data["digits"],
        scales=data["scales"],
        vague={word: Bounds(*ends) for word, ends in data["vague"].items()},
        vague_times={word: Bounds(*ends) for word, ends in data["vague_times"].items()},
        shares=data["shares"],
        hedges=hedges,
        further=frozenset(data["hedges"]["further"]["words"]),
        hedge_ends=frozenset(word.rsplit(" ", 1)[-1] for word in hedges),
        units=units,
        unit_of=unit_of,
        unit_starts=frozenset(word.split(" ", 1)[0] for word in unit_of),
        months=tuple(data["calendar"]["months"]),
    )


@dataclass(frozen=True, slots=True)
class CountedWords:
    """What is counted, and what happened to it; each mapping is from the word.

    Attributes
    ----------
    event_of : words of events to the event ("slain": killed).
    phrases : events of several words, by their first word, longest first.
    event_starts : first words of events, of one word or more.
    harms : events that a figure of people is tied to even across the sentence.
    of_people : events that happen to people, whoever is counted.
    harm_words : participles of harm, that end a noun phrase ("40 sailors killed").
    of_people_only, of_money_only, of_weapons_only : words that tell their event only of
        such figures.
    class_of : heads that are counted as one thing ("lorries", "cars": vehicle).
    """

    event_of: Mapping[str, str]
    phrases: Mapping[str, Sequence[str]]
    event_starts: frozenset[str]
    harms: frozenset[str]
    of_people: frozenset[str]
    harm_words: frozenset[str]
    class_of: Mapping[str, str]
    of_people_only: frozenset[str]
    of_money_only: frozenset[str]
    of_weapons_only: frozenset[str]

    def event_at(self, text_words: Sequence[str], place: int) -> str:
        """The longest event that starts at this place; empty where there is none."""
        for phrase in self.phrases.get(text_words[place], ()):
            parts = phrase.split(" ")
            if list(text_words[place : place + len(parts)]) == parts:
                return phrase
        return text_words[place] if text_words[place] in self.event_of else ""


@cache
def counted_words() -> CountedWords:
    """The look-up tables of things and events in ``counted.toml``."""
    data = table("counted.toml")
    event_of = {word: name for name, group in data["events"].items() for word in group}
    class_of = {word: name for name, group in data["classes"].items() for word in group}
    people = words("people.toml", "people.groups")
    people |= words("people.toml", "people.counted")
    people -= words("people.toml", "people.things")
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(event_of, key=len, reverse=True):
        if " " in phrase:
            phrases.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    return CountedWords(
        event_of=event_of,
        phrases=phrases,
        event_starts=frozenset(phrase.split(" ", 1)[0] for phrase in event_of),
        harms=words("counted.toml", "groups.harms"),
        of_people=words("counted.toml", "groups.of_people"),
        harm_words=words("counted.toml", "people.harm"),
        of_people_only=words("counted.toml", "senses.of_people"),
        of_money_only=words("counted.toml", "senses.of_money"),
        of_weapons_only=words("counted.toml", "senses.of_weapons"),
        class_of=class_of | dict.fromkeys(people, "people"),
    )


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """Words of closed classes that say where a phrase ends and what a number is.

    Each set has its comment in ``counted.toml``.
    """

    ends: frozenset[str]
    not_one: frozenset[str]
    labels: frozenset[str]
    framed: frozenset[str]
    loose: frozenset[str]
    aux: frozenset[str]
    relative: frozenset[str]
    idle: frozenset[str]
    said: frozenset[str]
    sources: frozenset[str]
    objects: frozenset[str]
    determiners: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    none: frozenset[str]
    no: frozenset[str]


@cache
def phrase_words() -> PhraseWords:
    """The word lists of ``counted.toml`` under ``phrase``."""
    return PhraseWords(
        **{
            name: words("counted.toml", f"phrase.{name}")
            for name in PhraseWords.__slots__
        }
    )
