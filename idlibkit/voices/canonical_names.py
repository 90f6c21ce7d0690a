"""One name for each person over all articles.

Private to `voices`. Within an article the fullest name stands for a person; over
articles Trump, Donald Trump and Donald J. Trump are brought together here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..scale import gathered
from .people import (
    COURTESY,
    PARTICLES,
    SUFFIXES,
    is_same_person,
    name_keys,
    unaccent,
    without_article,
    word_key,
)
from .speakers import Source

__all__ = ["names_in", "one_name", "renamed"]


_NO_LETTER = re.compile(r"[\W_]+")
# Share of the uses of full names with one last name from which the last name alone is
# that person's, as in `suggest_actors`.
MOSTLY = 0.8


def one_name(speakers: pd.Series, named: pd.Series) -> pd.Series:
    """The speakers with one name for each person; other sources as they are.

    A name is put under another if it is a part of it or has its first and last word (an
    initial stands for a word), or its letters in another spelling. A last name alone
    goes to the person who has four fifths of the full names that end in it; people with
    one last name and different first names stay apart. Of a person's names the one used
    most stands for all.

    Examples
    --------
    >>> names = pd.Series(["Ana B. Ruiz", "Ana Ruiz", "Ruiz", "Ana Ruiz", "Bo Ruiz"])
    >>> one_name(names[:4], pd.Series("person", names[:4].index)).tolist()
    ['Ana Ruiz', 'Ana Ruiz', 'Ana Ruiz', 'Ana Ruiz']
    >>> one_name(names, pd.Series("person", names.index)).tolist()
    ['Ana Ruiz', 'Ana Ruiz', 'Ruiz', 'Ana Ruiz', 'Bo Ruiz']
    """
    quotes = pd.DataFrame({"speaker": speakers, "named": named})
    return renamed(speakers, named, names_in(quotes))


def names_in(quotes: Any) -> pd.Series:
    """For each name of a person in quotations, which may be in parts, the name that
    stands for it.
    """
    people = gathered(_people_in, quotes[["speaker", "named"]])
    uses = people.groupby("speaker")["n"].sum()
    return pd.Series(_names_of(uses.to_dict()), dtype="str")


def _people_in(quotes: pd.DataFrame) -> pd.DataFrame:
    """The names of persons, and how often each is used."""
    is_person = quotes["named"].eq(Source.PERSON.value) & quotes["speaker"].notna()
    speakers = quotes.loc[is_person, "speaker"].astype("str")
    return speakers.groupby(speakers).size().rename("n").reset_index()


def _names_of(uses: Mapping[str, int]) -> dict[str, str]:
    """For each name, used so often, the name that stands for it."""
    spelled = _one_spelling(uses)
    by_last_name: dict[str, Counter[str]] = defaultdict(Counter)
    for name, count in uses.items():
        # Mrs Holt may be any Holt; and two people are not one.
        alone = word_key(name.partition(" ")[0]) not in COURTESY and " and " not in name
        if alone:
            form = spelled[name]
            by_last_name[_last_name(form)][form] += count
    known: dict[str, str] = {}
    for namesakes in by_last_name.values():
        known |= _names_of_people(namesakes)
    return {name: known.get(form, form) for name, form in spelled.items()}


def _one_spelling(uses: Mapping[str, int]) -> dict[str, str]:
    """For each name the form used most of those with its letters: Jean-Luc Moreau of
    Jean Luc Moreau, Lena Holt of LENA HOLT."""
    forms: dict[str, list[str]] = defaultdict(list)
    for name in sorted(
        uses, key=lambda name: (name.isupper(), -uses[name], len(name), name)
    ):
        forms[_NO_LETTER.sub("", unaccent(name).lower())].append(name)
    return {name: names[0] for names in forms.values() for name in names}


def _last_name(name: str) -> str:
    """The key of a last name, without the article of Arabic names: rahi of al-Rahi."""
    return without_article(name_keys(name)[-1])


def _is_full(name: str) -> bool:
    """Whether a name has more than a last name: not `von der Leyen`, `al Rahi`."""
    keys = name_keys(name)
    return len(keys) > 1 and keys[0] not in PARTICLES


def renamed(speakers: pd.Series, named: pd.Series, names: pd.Series) -> pd.Series:
    """The speakers, persons by the name that stands for them."""
    is_person = named.eq(Source.PERSON.value) & speakers.isin(names.index)
    return speakers.where(~is_person, speakers.map(names))


def _names_of_people(namesakes: Counter[str]) -> dict[str, str]:
    """For each name of those with one last name the name that stands for it."""
    full = [name for name in namesakes if _is_full(name)]
    # Names with initials last: they may fit several people.
    full.sort(key=lambda name: (_has_initial(name), -namesakes[name], name))
    people: list[list[str]] = []
    for name in full:
        same = [forms for forms in people if _is_one(forms, name)]
        if len(same) == 1:
            same[0].append(name)
        else:
            people.append([name])
    names: dict[str, str] = {}
    uses = [sum(namesakes[form] for form in forms) for forms in people]
    for forms, count in zip(people, uses, strict=True):
        order = sorted(
            forms,
            key=lambda form: (_has_initial(form), -namesakes[form], len(form), form),
        )
        names |= dict.fromkeys(forms, order[0])
        if count >= MOSTLY * sum(uses):
            last = [name for name in namesakes if not _is_full(name)]
            names |= dict.fromkeys(last, order[0])
    return names


def _has_initial(name: str) -> bool:
    return len(name_keys(name)[0]) == 1


def _is_one(forms: list[str], name: str) -> bool:
    """Whether a name is that of the person with these; Jr. is another person."""
    suffix = word_key(name.rsplit(maxsplit=1)[-1]) in SUFFIXES
    return all(
        is_same_person(form, name)
        and (word_key(form.split()[-1]) in SUFFIXES) == suffix
        for form in forms
    )
