"""A first table of actors for a corpus that has none: proposed from its names, to be edited by someone who knows the story."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from functools import lru_cache

import pandas as pd

from ..lexicons import countries, table
from ..tables import IdlibkitError, check_columns
from ..text import fold, plurals, stop_list, to_polars, word_key
from .mentions import labels
from .word_kinds import word_lists

__all__ = ["actors_toml", "suggest_actors"]


# A run of capitalised words, with the small words that join them, as a Rust regular expression; before it whether a sentence
# begins here, after it two small words at most ("Kenyan government forces").
_CAPITAL = (
    r"\b(?:(?:al|el)[- ]|(?:ad|an|ar|as|ash|at|az)-)?"
    r"(?:(?:\p{Lu}\.)+|\p{Lu}[\p{L}\p{M}\p{Nd}]*(?:[-'’]\p{Lu}[\p{L}\p{M}]*)*)"
)
START = "\2"  # put before every text, so that its first word can be told
_JOIN = r" (?:(?:of|for|bin|ibn|de|del|da|di|du|van|von|der|den|la|le)(?: the)? )?"
_NAMES = rf"(?:{START}\W*|[.!?:…]\W*\s\W*)?{_CAPITAL}(?:{_JOIN}{_CAPITAL})*(?: [a-z]+(?: [a-z]+)?)?"
_SPLIT = re.compile(r"^(\W*)(.*?)((?: [a-z]+){0,2})$", re.DOTALL)
JOINING = frozenset(
    [
        "of",
        "for",
        "the",
        "bin",
        "ibn",
        "de",
        "del",
        "da",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
    ]
)
OF_COUNTRIES = (
    "Government",
    "Forces",
    "Police",
    "Lawmakers",
    "Courts",
)  # groups that an adjective puts under a country
COMPASS = ("North", "South", "East", "West", "New")
EXAMPLE = 90  # characters
LABELS = 12  # of one actor
MOSTLY, RARE = 0.8, 0.1


def suggest_actors(passages: pd.DataFrame, *, n: int = 20) -> pd.DataFrame:
    """Propose actors and the labels used for them, from capitalised names and the nouns beside them.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `start` and `text`, as from `passages`.
    n : int
        Number of actors, those mentioned most.

    Returns
    -------
    DataFrame
        One row per label: `actor`, `label`, `count`, `n_articles`, `n_outlets`, `example` (a piece of text with it).
        The actor mentioned most comes first, and so does its commonest label. No label stands under two actors, so the table
        can be used at once: ``labels(passages, table.groupby("actor")["label"].agg(list).to_dict())``, or written
        out with `actors_toml` and edited.

    Notes
    -----
    Put together are: a country, its capital and what is named with its adjective (Kenya, Nairobi, Kenyan troops), after
    ``lexicons/countries.csv``; a full name and the last name alone (if four fifths of the full names that end in it are one
    person's), with titles off; nouns for groups without a name, such as rebels or protesters, after
    ``lexicons/modifiers.toml``. A word that has a capital only where a sentence begins is no name. Whether a capital stands
    for its government or for the city, and whether two groups are one actor, is for the reader to decide.

    Accuracy: not measured. English only (names in Latin, Greek or Cyrillic letters).

    Examples
    --------
    >>> texts = ["Kenya sent aid, and Kenyan troops left.", "They met Ms Jane Smith, and Smith left for Nairobi.", "In Kenya."]
    >>> table = pd.DataFrame({"article_id": "a", "outlet": "A", "start": range(3), "text": texts})
    >>> suggest_actors(table)[["actor", "label", "count"]]
            actor          label  count
    0       Kenya          Kenya      2
    1       Kenya  Kenyan troops      1
    2       Kenya        Nairobi      1
    3  Jane Smith     Jane Smith      1
    4  Jane Smith          Smith      1
    """
    check_columns(passages, ["article_id", "outlet", "start", "text"], "passages")
    if n < 1:
        raise IdlibkitError(f"n={n} must be 1 or more.")
    table = passages.sort_values(
        ["article_id", "start"], kind="stable", ignore_index=True
    )
    table = table[~_in_title_case(table["text"])].reset_index(drop=True)
    named = _merged(*_read(table["text"]))
    sizes = pd.DataFrame(
        [(*kind, count) for kind, count in named.items()],
        columns=["actor", "label", "count"],
    )
    # A label under two actors goes to the one that has it more often; of its spellings, the commonest stands.
    sizes = sizes.sort_values(
        ["count", "actor", "label"], ascending=[False, True, True]
    )
    sizes["key"] = [word_key(fold(text)) for text in sizes["label"]]
    sizes["plural"] = [next(iter(plurals(key)), key) for key in sizes["key"]]
    sizes = sizes.drop_duplicates("key").drop_duplicates("plural")
    total = (
        sizes.groupby("actor")["count"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    sizes = (
        sizes[sizes["actor"].isin(total.index[: 3 * n])].groupby("actor").head(LABELS)
    )
    if sizes.empty:
        return pd.DataFrame(
            columns=["actor", "label", "count", "n_articles", "n_outlets", "example"]
        )
    # What is proposed is counted as `labels` will count it.
    actors = sizes.groupby("actor")["label"].agg(list).to_dict()
    table = table.assign(voice="own", speaker=None, row=range(len(table)))
    found = labels(
        table[["article_id", "outlet", "voice", "speaker", "row", "start", "text"]],
        actors,
    )
    out = found.groupby(["actor", "label"], as_index=False).agg(
        count=("row", "size"),
        n_articles=("article_id", "nunique"),
        n_outlets=("outlet", "nunique"),
        first=("row", "idxmin"),
    )
    out["total"] = out.groupby("actor")["count"].transform("sum")
    out = out.sort_values(
        ["total", "actor", "count", "label"], ascending=[False, True, False, True]
    )
    out = out[out["actor"].isin(out["actor"].unique()[:n])]
    rows, starts = found["row"].loc[out["first"]], found["start"].loc[out["first"]]
    within = starts - table["start"].loc[rows].to_numpy()
    examples = [
        _around(text, place)
        for text, place in zip(table["text"].loc[rows], within, strict=True)
    ]
    out["example"] = pd.Series(examples, out.index, "str")
    return out.drop(columns=["first", "total"]).reset_index(drop=True)


def actors_toml(table: pd.DataFrame) -> str:
    """The table of actors as TOML, one line for each actor: write it to a file, edit it, and give its path to `labels`.

    Parameters
    ----------
    table : DataFrame
        With `actor` and `label`, as from `suggest_actors`.

    Returns
    -------
    str

    Examples
    --------
    >>> print(actors_toml(pd.DataFrame({"actor": ["Kenya", "Kenya"], "label": ["Kenya", "Nairobi"]})))
    # Actors and the labels that count as a mention of them: proposed from the corpus, to be edited.
    "Kenya" = ["Kenya", "Nairobi"]
    <BLANKLINE>
    """
    check_columns(table, ["actor", "label"], "the table of actors")
    lines = [
        "# Actors and the labels that count as a mention of them: proposed from the corpus, to be edited."
    ]
    for actor, words in table.groupby("actor", sort=False)["label"]:
        lines.append(f"{_quoted(actor)} = [{', '.join(map(_quoted, words))}]")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _in_title_case(texts: pd.Series) -> pd.Series:
    """Headlines in which most words have a capital tell nothing of names."""
    words, capitals = (
        texts.str.count(r"\b[^\W\d_]{3,}"),
        texts.str.count(r"\b[A-Z][^\W\d_]{2,}"),
    )
    return ((capitals > 0.7 * words) & (words > 5)).astype(bool)


def _around(text: str, place: int) -> str:
    begin = text.rfind(" ", 0, max(place - EXAMPLE // 3, 0)) + 1
    return (
        text[begin:]
        if len(text) - begin <= EXAMPLE
        else text[begin : begin + EXAMPLE].rsplit(" ", 1)[0]
    )


def _read(texts: pd.Series) -> tuple[Counter[tuple[str, str]], dict[str, int]]:
    """How often each actor and label was read from the names and the nouns for groups, and each word without a capital."""
    column = START + to_polars(texts)
    names = dict(
        column.str.extract_all(_NAMES).explode().drop_nulls().value_counts().iter_rows()
    )
    lower = dict(
        column.str.extract_all(r"\b\p{Ll}[\p{L}\p{M}]+")
        .explode()
        .drop_nulls()
        .value_counts()
        .iter_rows()
    )
    inside: Counter[str] = Counter()
    for text, count in names.items():
        before, name, _ = _SPLIT.match(text).groups()
        inside.update(dict.fromkeys(name.split(" ")[bool(before) :], count))
    read: Counter[tuple[str, str]] = Counter()
    for text in sorted(names):
        if named := _read_name(text, lower, inside):
            read[named] += names[text]
    for word, kind in _nouns().items():
        read[kind] += lower.get(word, 0)
    return read, lower


def _read_name(
    text: str, lower: dict[str, int], inside: Counter[str]
) -> tuple[str, str] | None:
    """The actor and the label that a run of capitalised words stands for; nothing where it is no name."""
    before, name, after = _SPLIT.match(text).groups()
    lists, places, peoples = word_lists(), _places(), _peoples()
    words = name.split(" ")
    first = words[0].lower()
    small = words[0] in ("A", "I") or (
        first in stop_list("english") and not words[0].isupper()
    )
    small = small or (before and lower.get(first, 0) > inside[words[0]])
    # One word that has a capital only where a sentence begins is no name.
    small = small or (before and len(words) == 1 and not inside[words[0]])
    if small and name not in places and words[0] not in peoples:
        words = words[1:]
    words = [word for word in words if word not in lists["calendar"]]
    while words and (
        words[-1] in JOINING or words[-1].lower() in lists["headline_verbs"]
    ):
        words.pop()
    if words and words[0] in peoples and len(words) > 1 and _is_title(words[1], lists):
        words = words[1:]
    while words and (_is_title(words[0], lists) or words[0] in JOINING):
        words = words[1:]
    name = " ".join(words)
    if (
        not words
        or len(name.strip(".")) < 2
        or all(part in peoples for part in name.split("-")[1:] or [""])
    ):
        return None
    if name in places:
        return places[name], name
    if words[0] in peoples:
        country, rest = peoples[words[0]], [*words[1:], *after.split()]
        for at, word in enumerate(rest[:3]):
            group = _nouns().get(word.lower(), ("", ""))[0]
            if not all(
                _is_title(other, lists) or other.lower() in lists["nouns"]
                for other in rest[:at]
            ):
                break  # "American Bridge President"
            if group in OF_COUNTRIES or word.lower() in (
                "ministry",
                "president",
                "embassy",
            ):
                return country, " ".join([words[0], *rest[: at + 1]])
        if len(words) == 1:
            return None
    return name, name


def _merged(
    named: Counter[tuple[str, str]], lower: dict[str, int]
) -> Counter[tuple[str, str]]:
    """Put last names under the full name they belong to, if nearly always it is one person's."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for (actor, label), count in named.items():
        if actor == label and not JOINING & set(label.split()):
            people[_last(label)][label] += count
    whole: dict[str, str | None] = {}
    for names in people.values():
        full = sorted(
            (name for name in names if " " in name),
            key=lambda name: (-names[name], -len(name), name),
        )
        heads: Counter[str] = Counter()
        for name in full:
            same = [
                head
                for head in heads
                if _parts(name) <= _parts(head) or _parts(head) <= _parts(name)
            ]
            head = same[0] if same else name
            heads[head] += names[name]
            # Now and then a longer run holds the name: words of a headline, a title that is in no list.
            whole[name] = (
                None
                if _parts(name) > _parts(head) and names[name] < RARE * names[head]
                else head
            )
        if heads and max(heads.values()) >= MOSTLY * heads.total():
            head = heads.most_common(1)[0][0]
            # Carolina may be the other one; a word that is commoner without a capital is no last name (Islamic State).
            if (
                head.split(" ")[0] not in COMPASS
                and lower.get(_last(head), 0) <= heads.total()
            ):
                whole |= {name: head for name in names if len(_parts(name)) == 1}
    merged: Counter[tuple[str, str]] = Counter()
    for (actor, label), count in named.items():
        if (known := whole.get(actor, actor)) is not None:
            merged[known, label] += count
    return +merged


def _last(name: str) -> str:
    return re.split(r"[\s-]", fold(name))[-1]


def _parts(name: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s-]", fold(name))) - {"al", "el"}


def _is_title(word: str, lists: dict[str, frozenset[str]]) -> bool:
    return fold(word).rstrip(".") in lists["titles"]


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Each country's names and capitals, with the name that stands for it; a capital of two countries is left to the first."""
    found: dict[str, str] = {}
    for country in countries():
        for name in country.names + country.capitals:
            found.setdefault(name, country.names[0])
    return found


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in countries():
        for adjective in country.adjectives:
            found.setdefault(adjective, country.names[0])
    return found


@lru_cache(maxsize=1)
def _nouns() -> dict[str, tuple[str, str]]:
    """Each form of a noun for a group: the group and the noun."""
    groups = table("people.toml")["groups"]
    nouns = {
        noun: (group, noun) for group, words in groups.items() for noun in words.split()
    }
    return {
        plural: kind for noun, kind in nouns.items() for plural in plurals(noun)
    } | nouns
