"""The names in a corpus: runs of capitalised words, the actor and label of each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

import pandas as pd

from ..lexicons import countries, table, words
from ..text import fold, plurals, stop_list, to_polars
from .word_kinds import word_lists

__all__ = ["Names", "merge_last_names", "name_strings", "read_names"]


# A run of capitalised words, with the small words that join them, as a Rust regular
# expression; before it whether a sentence begins here, after it two small words at most
# ("Kenyan government forces").
_TITLES = "|".join(
    sorted(word for word in words("abbreviations.toml", "en.name") if word[0].isupper())
).replace(".", r"\.")
_CAPITAL = (
    r"\b(?:(?:al|el)[- ]|(?:ad|an|ar|as|ash|at|az)-)?"
    rf"(?:(?:{_TITLES})\."  # Gov. ends no name
    r"|(?:\p{Lu}\.)+|\p{Lu}[\p{L}\p{M}\p{Nd}]*(?:[-'’]\p{Lu}[\p{L}\p{M}]*)*)"
)
_START = "\2"  # put before every text, so that its first word can be told
_JOINING = words("people.toml", "names.joining")
_JOIN = rf" (?:(?:{'|'.join(sorted(_JOINING - {'the'}))})(?: the)? )?"
_RUN = (
    rf"(?:{_START}\W*|[.!?:…]\W*\s\W*)?{_CAPITAL}(?:{_JOIN}{_CAPITAL})*"
    r"(?: [a-z]+(?: [a-z]+)?)?"
)
_SMALL_WORD = r"\b\p{Ll}[\p{L}\p{M}]+"
_PARTS_OF_RUN = re.compile(r"^(\W*)(.*?)((?: [a-z]+){0,2})$", re.DOTALL)
_OF_COUNTRIES = words("people.toml", "names.of_countries")
_OFFICES_OF_COUNTRIES = words("people.toml", "names.offices_of_countries")
_BODIES = words("people.toml", "bodies")
_COMPASS = words("people.toml", "names.compass")
BEFORE_TITLE = 3  # words of a place, a party or a body before a title
# Share of the full names ending in a last name from which it is one person's.
MOSTLY = 0.8
# Share of a name's uses below which a longer run with it holds a word that is no name.
RARE = 0.1
Named = tuple[str, str]  # actor and label


@dataclass(frozen=True, slots=True)
class Names:
    """How often each actor and label was read, and each word without a capital."""

    counts: Counter[Named]
    small_words: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of capitalised words."""

    opens: bool  # a sentence begins with it
    name: str
    after: str  # up to two small words

    @classmethod
    def of(cls, text: str) -> _Run:
        parts = _PARTS_OF_RUN.match(text)
        assert parts is not None  # the pattern matches any text
        before, name, after = parts.groups()
        return cls(bool(before), name, after)


def name_strings(texts: pd.Series) -> pd.DataFrame:
    """The runs of words with capitals and the words without, and how often each stands
    there; those of two parts of a corpus can be put one below the other.
    """
    column = _START + to_polars(texts)
    found = {
        "run": _counts(column.str.extract_all(_RUN)),
        "word": _counts(column.str.extract_all(_SMALL_WORD)),
    }
    rows = [(kind, *one) for kind, some in found.items() for one in some.items()]
    table = pd.DataFrame(rows, columns=["kind", "string", "n"])
    return table.astype({"kind": "str", "string": "str", "n": "int64"})


def _summed(strings: pd.DataFrame) -> dict[str, int]:
    sums = strings.groupby("string", as_index=False)["n"].sum()
    return dict(zip(sums["string"].tolist(), sums["n"].tolist(), strict=True))


def read_names(strings: pd.DataFrame) -> Names:
    """The actors and labels that names and nouns for groups stand for; `strings` as
    from `name_strings`.
    """
    runs, small_words = (
        _summed(strings[strings["kind"] == kind]) for kind in ("run", "word")
    )
    # Words with a capital that no sentence gives them.
    capitals: Counter[str] = Counter()
    for text, count in runs.items():
        run = _Run.of(text)
        names = run.name.split(" ")
        capitals.update(dict.fromkeys(names[1:] if run.opens else names, count))
    counts: Counter[Named] = Counter()
    for text in sorted(runs):
        if named := _named(_Run.of(text), small_words, capitals):
            counts[named] += runs[text]
    for noun, named in _group_nouns().items():
        counts[named] += small_words.get(noun, 0)
    return Names(counts, small_words)


def _counts(lists) -> dict[str, int]:  # type: ignore[no-untyped-def]
    """How often each string occurs in a polars column of lists."""
    return dict(lists.explode().drop_nulls().value_counts().iter_rows())


def _named(
    run: _Run, small_words: dict[str, int], capitals: Counter[str]
) -> Named | None:
    """The actor and the label that a run stands for; nothing where it is no name."""
    names = _without_frame(run, small_words, capitals)
    name = " ".join(names)
    if len(name.strip(".")) < 2 or _is_compound_of_peoples(name):
        return None
    if country := _places().get(name):
        return country, name
    if names[0] in _peoples():
        if label := _label_of_country(names, run.after):
            return _peoples()[names[0]], label
        if len(names) == 1:
            return None
    return name, name


def _is_compound_of_peoples(name: str) -> bool:
    """`Anti-Kenyan`: what stands behind the first hyphen are peoples only."""
    behind = name.split("-")[1:]
    return bool(behind) and all(part in _peoples() for part in behind)


def _without_frame(
    run: _Run, small_words: dict[str, int], capitals: Counter[str]
) -> list[str]:
    """The words of a run without titles, days, and what only a sentence or a heading
    gives a capital."""
    lists, names = word_lists(), run.name.split(" ")
    known = run.name in _places() or names[0] in _peoples()
    if not known and _is_small(run, names, small_words, capitals):
        names = names[1:]
    names = [name for name in names if name not in lists["calendar"]]
    while names and (
        names[-1] in _JOINING or names[-1].lower() in lists["headline_verbs"]
    ):
        names.pop()
    # `Texas Gov. Ann Lee`, `Kenyan President Ann Lee`, `House Speaker Ann Lee`
    for place in range(min(BEFORE_TITLE, len(names) - 2), 0, -1):
        if _is_title(names[place]):
            names = names[place:]
            break
    while names and (_is_title(names[0]) or names[0] in _JOINING):
        names = names[1:]
    return names


def _is_small(
    run: _Run, names: list[str], small_words: dict[str, int], capitals: Counter[str]
) -> bool:
    """Whether the first word has its capital only because a sentence begins."""
    first, low = names[0], names[0].lower()
    if first in ("A", "I") or (low in stop_list("english") and not first.isupper()):
        return True
    if not run.opens:
        return False
    # One word that has a capital only where a sentence begins is no name.
    return small_words.get(low, 0) > capitals[first] or (
        len(names) == 1 and not capitals[first]
    )


def _label_of_country(names: list[str], after: str) -> str | None:
    """The label of what a country's adjective names as its own: `Kenyan troops`."""
    behind = [*names[1:], *after.split()][:3]
    for place, word in enumerate(behind):
        low = word.lower()
        group = _group_nouns().get(low, ("", ""))[0]
        if group in _OF_COUNTRIES or low in _OFFICES_OF_COUNTRIES:
            return " ".join([names[0], *behind[: place + 1]])
        if not (_is_title(word) or low in word_lists()["nouns"]):
            break  # "American Bridge President"
    return None


def merge_last_names(names: Names) -> Counter[Named]:
    """Put last names under the full name they belong to, if nearly always it is one
    person's."""
    by_last_name: dict[str, Counter[str]] = defaultdict(Counter)
    for (actor, label), count in names.counts.items():
        if actor == label and _JOINING.isdisjoint(label.split()):
            by_last_name[_last(label)][label] += count
    whole: dict[str, str | None] = {}
    for namesakes in by_last_name.values():
        whole |= _heads(namesakes, names.small_words)
    merged: Counter[Named] = Counter()
    for (actor, label), count in names.counts.items():
        known = whole.get(actor, actor)
        if known is not None and count > 0:
            merged[known, label] += count
    return merged


def _heads(
    namesakes: Counter[str], small_words: dict[str, int]
) -> dict[str, str | None]:
    """For each name of those with one last name what stands for it, or None."""
    whole: dict[str, str | None] = {}
    heads: Counter[str] = Counter()
    full_names = [name for name in namesakes if " " in name]
    for name in sorted(
        full_names, key=lambda name: (-namesakes[name], -len(name), name)
    ):
        parts = _parts(name)
        same = (head for head in heads if _are_one(parts, _parts(head)))
        head = next(same, name)
        heads[head] += namesakes[name]
        # Now and then a longer run holds the name: words of a headline, a title that is
        # in no list.
        longer = parts > _parts(head) and namesakes[name] < RARE * heads[head]
        whole[name] = None if longer else head
    if heads and max(heads.values()) >= MOSTLY * heads.total():
        head = heads.most_common(1)[0][0]
        # Carolina may be the other one; a word that is commoner without a capital is no
        # last name (Islamic State).
        is_place = head.split(" ")[0] in _COMPASS
        if not is_place and small_words.get(_last(head), 0) <= heads.total():
            alone = [name for name in namesakes if len(_parts(name)) == 1]
            whole |= {
                name: head
                for name in alone
                # One that hardly ever follows a first name is nobody's.
                if _is_last_name(name) and heads.total() >= RARE * namesakes[name]
            }
    return whole


def _is_last_name(name: str) -> bool:
    """Whether a name that stands alone can be somebody's: not CNN or the Senate."""
    return not name.isupper() and _last(name) not in _BODIES


def _are_one(parts: frozenset[str], others: frozenset[str]) -> bool:
    return parts <= others or others <= parts


def _last(name: str) -> str:
    return re.split(r"[\s-]", fold(name))[-1]


def _parts(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s-]", fold(name))) - {"al", "el"}


def _is_title(word: str) -> bool:
    return fold(word).rstrip(".") in word_lists()["titles"]


@cache
def _places() -> dict[str, str]:
    """Each country's names and capitals, with the name that stands for it; a capital of
    two countries is left to the first."""
    places: dict[str, str] = {}
    for country in countries():
        for name in country.names + country.capitals:
            places.setdefault(name, country.names[0])
    return places


@cache
def _peoples() -> dict[str, str]:
    """Each country's adjectives, with the name that stands for it."""
    peoples: dict[str, str] = {}
    for country in countries():
        for adjective in country.adjectives:
            peoples.setdefault(adjective, country.names[0])
    return peoples


@cache
def _group_nouns() -> dict[str, Named]:
    """Each form of a noun for a group: the group and the noun."""
    groups = table("people.toml")["groups"]
    nouns = {
        noun: (group, noun)
        for group, listed in groups.items()
        for noun in listed.split()
    }
    forms = {form: named for noun, named in nouns.items() for form in plurals(noun)}
    return forms | nouns
