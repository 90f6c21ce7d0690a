"""What figures are of: only those of one block are compared with each other. English.

A block is one class of counted thing (``lexicons/counted.toml``) and, for people, one
event: "people killed", "vehicle", "year of agreement", "attack (USD)".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, cast

import pandas as pd

from ..lexicons import countries, words
from ..text import TOKEN, fold, singular, term, to_polars, tokenize
from .lexicon import counted_words, number_words, phrase_words

__all__ = ["Topic", "base_units", "source_words", "topic_words", "topics_of"]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a figure is of.

    Attributes
    ----------
    block : its block; empty where it is compared with nothing.
    modifiers : what its counted words say beside their head ("Danish": denmark).
    words : the words of its sentence that can tell a topic.
    """

    block: str
    modifiers: frozenset[str]
    words: frozenset[str]


class Columns(NamedTuple):
    """The columns of a figure that say what it is of."""

    kind: str
    unit: str
    counted: str
    event: str
    hedge: str
    modal: str


@cache
def _country_names() -> dict[str, str]:
    """Country words to one name each: Danish, Copenhagen: denmark."""
    return {
        fold(word): fold(country.names[0])
        for country in countries()
        for word in country.names + country.adjectives + country.capitals
    }


@cache
def _silent_words() -> frozenset[str]:
    """Words that say nothing about a topic: function words, numbers, units, saying."""
    numbers, phrases = number_words(), phrase_words()
    stops = {word for word in words("stopwords_english.txt") if word.isalpha()}
    units = {
        part
        for word, name in numbers.unit_of.items()
        if numbers.units[name].kind != "money"
        for part in word.split(" ")
    }
    when_said = words("counted.toml", "source.when_said")
    numerals = {*numbers.digits, *numbers.scales}
    return frozenset(stops | units | phrases.ends | phrases.said | when_said | numerals)


@cache
def _event_words(event: str) -> frozenset[str]:
    return frozenset(
        singular(part)
        for word, name in counted_words().event_of.items()
        if name == event
        for part in word.split(" ")
    )


def _topic_word(token: str) -> str:
    """The form that a token has in a topic; empty where it can tell none."""
    silent = _silent_words()
    word = term(token)
    if word in silent or not word[:1].isalpha() or len(word) < 3:
        return ""
    word = _country_names().get(word, singular(word))
    return "" if word in silent else word


def _content(texts: pd.Series) -> list[list[str]]:
    """The words of each text that can tell a topic, in their order."""
    form = cache(_topic_word)
    return [
        [form(token) for token in tokens if form(token)]
        for tokens in to_polars(texts).str.extract_all(TOKEN).to_list()
    ]


def topic_words(text: str) -> frozenset[str]:
    """The words of a text that can tell a topic."""
    return frozenset(filter(None, map(_topic_word, tokenize(text))))


def source_words(name: object) -> set[str]:
    """The words that tell a source from another; Ana María Gül and Ms Gul share one."""
    if not isinstance(name, str):
        return set()
    return set(tokenize(name)) - _silent_words()


def base_units() -> frozenset[str]:
    """The units that others are brought to: km, USD, day."""
    return frozenset(unit.base for unit in number_words().units.values())


def topics_of(table: pd.DataFrame) -> list[Topic]:
    """The topic of each figure."""
    counted = _content(table["counted"].str.replace("-", " "))
    contexts = _content(table["context"])
    known = table["low"].notna().tolist()
    rows = table[list(Columns._fields)].fillna("").itertuples(index=False)
    return [
        _topic(cast(Columns, row), content, context, is_known)
        for row, content, context, is_known in zip(
            rows, counted, contexts, known, strict=True
        )
    ]


def _topic(row: Columns, content: list[str], context: list[str], known: bool) -> Topic:
    """The topic of a figure, from what it counts and the words of its sentence."""
    classes = counted_words().class_of
    last_word = row.counted.lower().rsplit(" ", 1)[-1]
    head = classes.get(last_word, content[-1] if content else "")
    modifiers = [] if row.counted.lower() in classes else content[:-1]
    silent = {head, singular(last_word)} | _event_words(row.event)
    block = _block(row, head, last_word) if known and _is_compared(row) else ""
    return Topic(block, frozenset(modifiers), frozenset(context) - silent)


def _is_compared(row: Columns) -> bool:
    """False for additions, dates and what only could be."""
    added = row.hedge.lower() in number_words().further
    return not (added or row.kind == "date" or row.modal)


def _block(row: Columns, head: str, last_word: str) -> str:
    """The block of a figure whose counted words have this head."""
    lex = counted_words()
    if row.kind == "year":
        if row.event == "agreed" and head not in lex.class_of.values():
            head = "agreement"
        head = head or row.event
        return f"year of {head}" if head else ""
    of_people = row.kind == "count" and row.event in lex.of_people
    if head == "people" or (of_people and last_word not in lex.class_of):
        return f"people {row.event}" if row.event else f"people: {last_word}"
    is_measure = row.kind in ("measure", "age")
    thing = head or ("" if is_measure else row.event)
    base = number_words().units[row.unit].base if row.unit else ""
    return f"{thing} ({base})" if thing and base else thing or base
