"""The one loader of the data files in this folder.

A list of words is a line of a TOML file, words with spaces between them, or a text file
with a word or more on a line; a table is a CSV. Lines that begin with # say what the
file holds, where it is from and under which licence.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = [
    "Country",
    "Verb",
    "countries",
    "lexicon_text",
    "reporting_verbs",
    "rows",
    "table",
    "words",
    "words_of",
]


def lexicon_text(name: str) -> str:
    """The text of one file of this folder, such as ``frames.toml``."""
    return files(__package__).joinpath(name).read_text("utf-8")


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file, such as ``numbers.toml``; it is shared, and must not be changed."""
    return tomllib.loads(lexicon_text(name))


def rows(name: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """The rows of a CSV, such as ``reporting_verbs.csv``."""
    lines = (
        line for line in lexicon_text(name).splitlines() if not line.startswith("#")
    )
    yield from csv.DictReader(lines, delimiter=delimiter)


@cache
def words(name: str, key: str | None = None) -> frozenset[str]:
    """The words of a text file, or of one list or table of lists
    of a TOML file.

    Examples
    --------
    >>> "were" in words("stopwords_english.txt")
    True
    >>> sorted(words("abbreviations.toml", "de.number"))
    ['Abs', 'Art', 'Bd', 'Nr', 'S']
    """
    if key is None:
        lines = lexicon_text(name).splitlines()
        return words_of(" ".join(line for line in lines if not line.startswith("#")))
    value: Any = table(name)
    for part in key.split("."):
        value = value[part]
    if isinstance(value, dict):
        return frozenset().union(*(words(name, f"{key}.{part}") for part in value))
    return words_of(value) if isinstance(value, str) else frozenset(value)


def words_of(text: str) -> frozenset[str]:
    """A word list written as running text."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Country:
    """A country's names, adjectives and capitals, the form most used in news first."""

    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Every country of ``countries.csv``."""

    def forms(cell: str) -> tuple[str, ...]:
        return tuple(form.strip() for form in cell.split("|") if form.strip())

    return tuple(
        Country(forms(row["country"]), forms(row["adjective"]), forms(row["capital"]))
        for row in rows("countries.csv", delimiter=";")
    )


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a reporting verb.

    `tense` is C (finite), B (base form, may be a noun) or G (-ing).
    """

    lemma: str
    frame: str
    stance: str
    tense: str


@cache
def reporting_verbs() -> dict[str, Verb]:
    """Each form of the verbs in ``reporting_verbs.csv``; a space joins two words."""
    verbs: dict[str, Verb] = {}
    for row in rows("reporting_verbs.csv"):
        for written in row["forms"].split():
            form = written.replace("_", " ")
            tense = "G" if form.split()[0].endswith("ing") else "C"
            verbs.setdefault(form, Verb(row["cue"], row["frame"], row["stance"], tense))
        verbs.setdefault(row["cue"], Verb(row["cue"], row["frame"], row["stance"], "B"))
    return verbs
