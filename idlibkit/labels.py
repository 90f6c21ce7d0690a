"""What each outlet calls each actor: every mention of a label, with the modifiers that stand around it.

The labels are the user's data (a mapping or a small TOML file); nothing is guessed, so what is counted can be read
off the table of actors. `suggest_actors` (in `actors`) proposes such a table for a new corpus.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from .actors import countries, read_actors
from .tables import IdlibkitError, check_by, check_columns
from .text import HYPHENS, fold, fold_with_places
from .uncertainty import ratio_by, unit_sums

__all__ = ["labels", "labels_by"]

COLUMNS = ["article_id", "outlet", "voice", "speaker"]
FOUND = ["actor", "label", "modifiers", "in_marks", "start", "end", "text"]
Form = tuple[str, str, tuple[int, ...]]  # actor, label, and which of its letters must be capitals

# Between the words of a label: a space or a hyphen, and a quote mark that sets off a part of it.
GAP = r"""["']?[\s-]\s?["']?"""
# al-Assad, el-Sisi: an article that belongs to the name, unlike pro- or anti-.
ARTICLE = re.compile(r"(?<![\w-])(?:al|el|ad|an|ar|as|ash|at|az)-$")
TAIL = re.compile(rf"(?:[{HYPHENS}][a-z]+(?!\w))+")
_SUPPORT = (
    "backed supported sponsored funded financed trained armed equipped supplied led run headed commanded controlled"
)
AFTER = re.compile(
    rf"\s(?:(?:{_SUPPORT.replace(' ', '|')})\sby|(?:allied|aligned|affiliated|linked)\s(?:with|to)"
    r"|(?:loyal|hostile|sympathetic|opposed|close)\sto)\s(?:the\s)?"
    r"[A-Z](?:[\w'’.-]*\w)?(?:\s(?:[a-z]{2}-)?[A-Z](?:[\w'’-]*\w)?){0,3}"
)
MARKS = "\"'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb"
PLAIN_MARKS = str.maketrans({**dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'), "\u2018": "'", "\u2019": "'"})
MARKED = re.compile(r"""(?<!\w)(["'])(?=\w)(?:[^"']|(?<=\w)'(?=\w))+\1(?!\w)""")
NEXT = re.compile(r" ([a-z]+(?:-[a-z]+)*)(?![\w'’-])(?: (\w+))?")
WINDOW = 120  # characters before a label that are looked at for modifiers

# A noun group as a pattern over kinds of words, one letter each (see `_kind`): what may stand between the word
# before the group and the label.
_SURE = "(?:R?(?:[MT]|a*(?:A&)?A))"
_BARE = rf"{_SURE}+|(?<=I)R?P{_SURE}*"
GROUP_OF_NAME = re.compile(rf"(?:(?<=D)(?:{_SURE}|R?P|G)+|{_BARE})$")
GROUP_OF_NOUN = re.compile(rf"(?:(?<=D)(?:{_SURE}|R?P|G)*(?:[NT]{_SURE}*|(?<!D))|{_BARE})$")


def labels(passages: pd.DataFrame, actors: Mapping[str, Iterable[str]] | str | Path) -> pd.DataFrame:
    """Find every mention of the actors, with what they are called and how they are described.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `voice`, `speaker`, `start` and `text`, as from `passages`.
    actors : mapping or path
        Either a mapping of each actor to the list of its labels, ``{"Turkey": ["Turkey", "Ankara"]}``, or the path of a
        TOML file with one line for each actor, ``Turkey = ["Turkey", "Ankara"]``.

    Returns
    -------
    DataFrame
        One row per mention: `article_id`, `outlet`, `voice`, `speaker`, `actor`, `label` (as it stands in `actors`),
        `modifiers` (as printed; missing where there are none), `in_marks` (True where quote marks enclose the mention or
        a part of it and nothing else: "scare quotes"), `start`, `end`, `text` (the whole mention with its modifiers:
        ``source[start:end] == text``), then the further columns of passages (`role`, `paragraph`, ...). Sorted by
        place.

    Raises
    ------
    IdlibkitError
        If one label stands under two actors, or the table of actors cannot be read.

    Notes
    -----
    *Matching.* Typography, accents and hyphens do not matter (Çavuşoğlu is Cavusoglu, al-Assad is Al Assad); possessives
    and regular plurals of the last word are found; the 's is not part of the mention. The longest label wins and no
    word is counted twice: "Syrian government forces" is not also "Syrian government". A label with a capital is found
    only where its first capital is one in the text (Turkey, not turkey); a label all in capitals only in capitals
    (US, not Us); a lower-case label in any case. Labels are plain text, never patterns.

    *Hyphens.* What follows a label after a hyphen is a modifier ("rebel-held" is a mention of rebels with "-held"). What
    stands before it is another word ("anti-government forces" are no mention of government forces), unless it is an
    Arabic article or another label ("Moscow-Ankara talks").

    *Modifiers* are read without a tagger, leftwards from the label up to the first word that is none of these:
    hyphenated words, adjectives of nationality, other adjectives (by list or ending), titles, adverbs before one of
    them; participles after a determiner or preposition ("the besieged rebels", but not "attacked rebels"); one other word between
    a determiner and a lower-case label ("the puppet regime"). After the label: "backed by", "loyal to" and the like
    with a name. The word lists are in ``lexicons/modifiers.toml`` and ``lexicons/countries.csv``.

    Accuracy of the modifiers: not measured (there is no public set). The mentions are exactly those of the table.

    Examples
    --------
    >>> text = "Turkey-backed fighters met the so-called “legitimate” government. The Fighters' aim: unclear."
    >>> table = pd.DataFrame(
    ...     {"article_id": "a", "outlet": "A", "voice": "own", "speaker": None, "start": 0, "text": [text]}
    ... )
    >>> found = labels(table, {"Rebels": ["fighter", "rebel"], "State": ["government"]})
    >>> found[["actor", "label", "modifiers", "in_marks"]]
        actor       label               modifiers  in_marks
    0  Rebels     fighter           Turkey-backed     False
    1   State  government  so-called “legitimate”      True
    2  Rebels     fighter                     NaN     False
    >>> found["text"].tolist()
    ['Turkey-backed fighters', 'so-called “legitimate” government', 'Fighters']
    """
    check_columns(passages, [*COLUMNS, "start", "text"], "passages")
    names = read_actors(actors)
    forms = _forms(names)
    pattern = words_pattern(forms)
    table = passages.reset_index(drop=True)
    rows, found = [], []
    for row, (text, start) in enumerate(zip(table["text"].fillna(""), table["start"], strict=True)):
        for mention in _mentions(text, pattern, forms):
            rows.append(row)
            found.append((*mention[:4], start + mention[4], start + mention[5], text[mention[4] : mention[5]]))
    out = table[COLUMNS].take(rows).reset_index(drop=True)
    for column, values in zip(FOUND, zip(*found, strict=True) if found else [[]] * len(FOUND), strict=True):
        kind = {"in_marks": bool, "start": "int64", "end": "int64"}.get(column, "str")
        out[column] = pd.Series(list(values), dtype=kind)
    further = [c for c in table.columns if c not in out.columns and c not in ("n_words",)]
    out[further] = table[further].take(rows).reset_index(drop=True)
    return out.sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)


def labels_by(
    labels: pd.DataFrame, *, by: str | Sequence[str] = "outlet", n_boot: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Share of each label among the mentions of its actor, for each group.

    Parameters
    ----------
    labels : DataFrame
        As from `labels`, with `article_id`, `paragraph`, `sentence` and the columns of `by`.
    by : str or list of str
        What is compared; ``["outlet", "voice"]`` keeps an outlet's own words apart from those it quotes.
    n_boot : int
        Number of resamples.
    seed : int
        Same seed, same intervals.

    Returns
    -------
    DataFrame
        The `by` columns, `actor`, `label`, `estimate` (share of the actor's mentions in the group, 0 to 1; the shares of
        an actor's labels add up to 1; missing where the group never mentions the actor), `ci_low`, `ci_high`,
        `difference` (from the other groups pooled), `difference_low`, `difference_high`, `n_articles` and `n_passages`
        (sentences) of the group that mention the actor, `unit`, `count` (mentions by this label), `n_mentions`
        (of the actor). Every label has a row in every group. Intervals: see `uncertainty.ratio_by`.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"article_id": "a", "outlet": ["A", "A", "B"], "voice": "own", "speaker": None, "paragraph": 0,
    ...      "sentence": 0, "start": 0, "text": ["The regime and the government.", "The regime.", "The government."]}
    ... )
    >>> shares = labels_by(labels(table, {"State": ["regime", "government"]}))
    >>> shares[["outlet", "label", "estimate", "count", "n_mentions"]].round(2)
      outlet       label  estimate  count  n_mentions
    0      A  government      0.33      1           3
    1      A      regime      0.67      2           3
    2      B  government      1.00      1           1
    3      B      regime      0.00      0           1
    """
    by = check_by(labels, by, "labels")
    check_columns(labels, ["article_id", "paragraph", "sentence", "actor", "label"], "labels")
    category = ["actor", "label"]
    if len(set(by + category)) < len(by) + 2:
        raise IdlibkitError("by cannot hold 'actor' or 'label': every actor and label has its own row anyway.")
    sums = unit_sums(labels.assign(one=1), by, top="one", bottom="one", category=category)
    out = ratio_by(sums, by, category=category, within=["actor"], n_boot=n_boot, seed=seed)
    per_actor = labels.groupby([*by, "actor"], dropna=False)
    places = labels[[*by, "actor", "article_id", "paragraph", "sentence"]].drop_duplicates()
    counts = {
        "n_articles": per_actor["article_id"].nunique(),
        "n_passages": places.groupby([*by, "actor"], dropna=False).size(),
        "n_mentions": per_actor.size(),
    }
    out = out.drop(columns=["n_articles", "n_passages"])
    out = out.merge(pd.DataFrame(counts).reset_index(), "left", [*by, "actor"])
    count = labels.groupby([*by, *category], dropna=False).size().rename("count").reset_index()
    out = out.merge(count, "left", [*by, *category])
    whole = [*counts, "count"]
    out[whole] = out[whole].fillna(0).astype("int64")
    order = [c for c in out.columns if c not in whole]
    return out[[*order[:-1], "n_articles", "n_passages", "unit", "count", "n_mentions"]]


def words_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for many folded words or phrases, the longest first, on whole words.

    Common beginnings are written once, so that the time does not grow with the number of words and no text makes it
    go back further than the longest of them.
    """
    root: dict = {}
    for word in sorted(words):
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}

    def written(node: dict) -> str:
        ways = [(GAP if c == " " else re.escape(c)) + written(node[c]) for c in node if c]
        if not ways:
            return ""
        if "" in node:
            return "(?:" + "|".join(ways) + ")?"
        return ways[0] if len(ways) == 1 else "(?:" + "|".join(ways) + ")"

    return re.compile(rf"(?<!\w){written(root) or '(?!)'}(?!\w)")


def _key(text: str) -> str:
    """The form under which a folded label or match is looked up: hyphens and what stands in a gap are one space."""
    return re.sub(GAP, " ", text)


def _forms(names: Mapping[str, Sequence[str]]) -> dict[str, Form]:
    """What to search for: each folded label and its plural, with the actor and the label as written."""
    exact: dict[str, Form] = {}
    for actor, words in sorted(names.items()):
        for word in words:
            letters = [c for c in word if c.isalnum()]
            capitals = tuple(i for i, c in enumerate(letters) if c.isupper())
            if len(capitals) < 2 or any(c.islower() for c in letters):
                capitals = capitals[:1]
            key = _key(fold(word.strip()))
            if key in exact and exact[key][0] != actor:
                raise IdlibkitError(
                    f"label {word!r} stands under two actors, {exact[key][0]!r} and {actor!r}; leave it with one of them."
                )
            exact.setdefault(key, (actor, word, capitals))
    forms = dict(exact)
    for key, form in exact.items():
        for plural in _plurals(key):
            if forms.setdefault(plural, form)[0] != form[0] and plural not in exact:
                raise IdlibkitError(
                    f"{plural!r} could stand for {form[1]!r} ({form[0]}) or {forms[plural][1]!r} ({forms[plural][0]}); "
                    f"write {plural!r} under one of them."
                )
    return forms


def _plurals(word: str) -> list[str]:
    if not word[-1:].isalpha():
        return []
    if word.endswith(("ss", "x", "z", "ch", "sh")):
        return [word + "es"]
    if word.endswith("s"):
        return []
    if re.search(r"[^aeiou]y$", word):
        return [word[:-1] + "ies"]
    if re.search(r"(?<!hu)(?<!ger)(?<!ro)man$", word):
        return [word[:-2] + "en"]
    return [word + "s"]


def _mentions(text: str, pattern: re.Pattern[str], forms: Mapping[str, Form]) -> Iterator[tuple]:
    """Actor, label, modifiers, in_marks, start and end of every mention in one text."""
    folded, places = fold(text), None
    match = pattern.search(folded)
    if match and not text.isascii():
        folded, places = fold_with_places(text)
        match = pattern.search(folded)
    floor, last_stop = 0, -2  # modifiers do not reach back over the label before
    while match:
        begin, stop = match.span()
        actor, label, capitals = forms[_key(match.group())]
        start, end = (begin, stop) if places is None else (int(places[begin]), int(places[stop]))
        article = 0
        hyphened = begin > 1 and folded[begin - 1] == "-" and folded[begin - 2].isalnum() and begin != last_stop + 1
        if hyphened and (before := ARTICLE.search(folded[max(begin - 5, 0) : begin])):
            article = len(before.group())
        # Marks that open inside the label and close elsewhere enclose something else.
        torn = match.group().count('"') == 1 and '"' not in (folded[begin - 1 : begin], folded[stop : stop + 1])
        if (hyphened and not article) or torn or not _cased(text[start:end], capitals):
            match = pattern.search(folded, begin + 1)
            continue
        first, last, modifiers = _noun_group(text, start - article, end, floor, label)
        yield actor, label, modifiers, *_marks(text, first, last)
        # A compound ("rebel-held") can itself modify the next label; a plain label cannot.
        floor, last_stop = (first if TAIL.match(text, end) else end), stop
        match = pattern.search(folded, stop)


def _cased(text: str, capitals: tuple[int, ...]) -> bool:
    """Whether the capitals that a label must have are capitals in the text, too."""
    letters = [c for c in text if c.isalnum()] if capitals else []
    return all(i < len(letters) and letters[i].isupper() for i in capitals)


def _noun_group(text: str, start: int, end: int, floor: int, label: str) -> tuple[int, int, str | None]:
    """Where the mention begins and ends with its modifiers, and these as printed."""
    left = text[max(floor, start - WINDOW) : start]
    bare = left.rstrip(MARKS)
    first = start
    if bare[-1:].isspace():
        words = list(re.finditer(r"\S+", bare))[-8:]
        name = any(c.isupper() for c in label.split()[-1])
        kinds = "".join([_kind(word.group()) for word in words])
        if name and fold(label) in _lists()["places"]:
            kinds = kinds.replace("T", "N")
        # In "the last rebel stronghold", last speaks of the stronghold; "-backed" may speak of either.
        if _attributive(text[end : end + WINDOW], text[end - 1] in "sS"):
            kinds = re.sub("[AaRPGN]", "X", kinds)
        group = (GROUP_OF_NAME if name else GROUP_OF_NOUN).search(kinds)
        # "It is clear Turkey will": the adjective is not the name's.
        if (
            group
            and group.group()
            and not (name and re.search("CR?$", kinds[: group.start()]) and group.group()[0] in "AR")
        ):
            first = start - len(left) + words[group.start()].start()
    after = TAIL.match(text, end) or AFTER.match(text, end)
    before = " ".join(text[first : start - len(left) + len(bare)].split())
    return (
        first,
        after.end() if after else end,
        " ".join([before, after.group().strip() if after else ""]).strip() or None,
    )


def _attributive(following: str, plural: bool) -> bool:
    """Whether a label seems to stand before the noun that it belongs to ("regime attacks in")."""
    nearby = NEXT.match(following)
    if plural or not nearby:
        return False
    word, then = nearby.groups()
    if word in _lists()["verbs"] or _kind(word) in "DIC&R":
        return False
    if _kind(word) in "NA" and word not in _lists()["adjectives"]:
        return True
    return word.endswith("s") and (not then or _kind(then) in "I&")


def _marks(text: str, first: int, last: int) -> tuple[bool, int, int]:
    """Whether quote marks enclose the mention or a part of it, and the mention with no mark left open."""
    ends = text[max(first - 1, 0) : last + 3].translate(PLAIN_MARKS)
    marked = bool(MARKED.search(ends))
    # At its ends a passage has lost its marks, so one mark tells.
    marked = marked or (ends[0] == '"' and first > 0 and not any(c.isalnum() for c in text[last:]))
    marked = marked or (first == 0 and text[last : last + 1].translate(PLAIN_MARKS) == '"')
    mention = text[first:last].translate(PLAIN_MARKS)
    if mention.count('"') % 2:
        if marked and text[last : last + 1].translate(PLAIN_MARKS) == '"':
            last += 1
        elif marked and first and ends[0] == '"':
            first -= 1
        elif mention[0] == '"':
            first += 1
    elif mention[0] == "'" and not marked:
        first += 1
    mention = text[first:last].translate(PLAIN_MARKS)
    if mention[0] == mention[-1] == '"' and mention.count('"') == 2:  # marks around the whole are not part of it
        first, last = first + 1, last - 1
    return marked, first, last


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    lists = tomllib.loads((files(__package__) / "lexicons" / "modifiers.toml").read_text("utf-8"))
    sets = {name: frozenset(words.split()) for name, words in lists.items() if isinstance(words, str)}
    peoples = [word for _, adjectives, _ in countries() for word in adjectives]
    sets["peoples"] |= {word.split()[-1] for word in peoples}
    sets["places"] = frozenset(fold(place) for names, _, capitals in countries() for place in names + capitals)
    return sets | {"endings": frozenset(lists["endings"])}


@lru_cache(maxsize=1 << 16)
def _kind(printed: str) -> str:
    """The kind of a word before a label, as one letter.

    M a modifier wherever it stands (hyphenated, a people), A an adjective (a: with a comma after it), T a title, R an adverb, P a
    participle, G a word in -ing, D a determiner, I a preposition, C a form of "to be" and the like, & "and", N another
    word that could be a noun, X what ends a noun group.
    """
    lists = _lists()
    word = printed.strip(MARKS)
    comma = word.endswith(",")
    word = word.rstrip(",").strip(MARKS)
    low = fold(word)
    if low.rstrip(".") in lists["titles"] and not comma and word not in lists["adjectives"]:
        return "T"
    if not re.fullmatch(rf"[^\W_]+(?:[{HYPHENS}.'’][^\W_]+)*\.?", word):
        return "X"
    kind = "N"
    if low.endswith(("'s", "s'")) or low in lists["determiners"] or low.isdigit():
        kind = "D"
    elif low in lists["prepositions"]:
        kind = "I"
    elif low in lists["copulas"]:
        kind = "C"
    elif low in ("and", "or", "but"):
        kind = "&"
    elif low in lists["never"]:
        kind = "X"
    elif word in lists["peoples"] or (word.isupper() and word.title() in lists["peoples"]):
        kind = "M"
    elif word in ("North", "South", "East", "West", "New", "Saudi"):
        kind = "R"  # North Korean: part of the group only before the word of a people
    elif "-" in low:
        last = re.split(rf"[{HYPHENS}]", word)[-1]
        modifier = (last.islower() and not re.search("(?:tion|ment|ness|fire|strikes?|[^s]s)$", last)) or last in lists[
            "peoples"
        ]
        kind = "M" if modifier else "X"
    elif low in lists["adjectives"] or (len(low) > 4 and low.endswith(tuple(lists["endings"]))):
        kind = "A"
    elif word.endswith(".") or not word.islower():
        kind = "X"
    elif low.endswith("ly"):
        kind = "R"
    elif len(low) > 4 and low.endswith("ed"):
        kind = "P"
    elif len(low) > 4 and low.endswith("ing"):
        kind = "G"
    elif low.endswith("s") and not low.endswith("ss"):
        kind = "X"
    return {"A": "a"}.get(kind, "X") if comma else kind
