"""What each outlet calls each actor: every mention of a label, with the modifiers that
stand around it.

The labels are the user's data (a mapping or a small TOML file); nothing is guessed, so
what is counted can be read off the table of actors. `suggest_actors` proposes such a
table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..scale import columns_of, gathered, per_partition, ratio_of, rows_by_parts
from ..tables import IdlibkitError, check_by, check_columns
from ..text import fold, label_forms, plurals, searchable, word_key, words_pattern
from .modifiers import noun_group
from .quote_marks import marks
from .table import Actors, read_actors

__all__ = ["labels", "labels_by"]


COLUMNS = ["article_id", "outlet", "voice", "speaker"]
# Arabic articles belong to a name: al-Haddad is a mention of Haddad.
ARTICLE = re.compile(r"(?<![\w-])(?:al|el|ad|an|ar|as|ash|at|az)-$")


@dataclass(frozen=True, slots=True)
class _Form:
    """A label to search for."""

    actor: str
    label: str
    capitals: tuple[int, ...]  # which of its letters must be capitals


@dataclass(frozen=True, slots=True)
class _Mention:
    """A label found in a text, with its modifiers."""

    form: _Form
    modifiers: str | None
    in_marks: bool
    start: int
    end: int


@per_partition
def labels(passages: pd.DataFrame, actors: Actors) -> pd.DataFrame:
    """Find every mention of the actors: what they are called and how described.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `voice`, `speaker`, `start` and `text`, as from
        `passages`.
    actors : mapping, DataFrame or path
        A mapping of each actor to the list of its labels, ``{"Kenya": ["Kenya",
        "Nairobi"]}``; a table with `actor` and `label`, as from `suggest_actors`; or
        the path of a TOML file with one line for each actor, ``Kenya = ["Kenya",
        "Nairobi"]``.

    Returns
    -------
    DataFrame
        One row per mention: `article_id`, `outlet`, `voice`, `speaker`, `actor`,
        `label` (as it stands in `actors`), `modifiers` (as printed; missing where there
        are none), `in_marks` (True where quote marks enclose the mention or a part of
        it and nothing else: "scare quotes"), `start`, `end`, `text` (the whole mention
        with its modifiers: ``source[start:end] == text``), then the further columns of
        passages (`role`, `paragraph`, ...). Sorted by place.

    Raises
    ------
    IdlibkitError
        If one label stands under two actors, or the table of actors cannot be read.

    Notes
    -----
    *Matching.* Typography, accents and hyphens do not matter (Öztürk is Ozturk, al-Sisi
    is Al Sisi); possessives and regular plurals of the last word are found; the 's is
    not part of the mention. The longest label wins and no word is counted twice as a
    label: "Kenyan government forces" is not also "Kenyan government". A label with a
    capital is found only where its first capital is one in the text (China, not china);
    a label all in capitals only in capitals (US, not Us); a lower-case label in any
    case. Labels are plain text, never patterns.

    *Hyphens.* What follows a label after a hyphen is a modifier ("rebel-held" is a
    mention of rebels with "-held"). What stands before it is another word
    ("anti-government forces" are no mention of government forces), unless it is an
    Arabic article or another label ("Cairo-Nairobi talks").

    *Modifiers* are read without a tagger, leftwards from the label up to the first word
    that is none of these: hyphenated words, adjectives of nationality, other adjectives
    (by list or ending), titles, adverbs before one of them; participles after a
    determiner or preposition ("the besieged rebels", but not "attacked rebels"); nouns,
    where the label is a noun or a plural: capitalised ones ("Senate Republicans",
    "Reagan administration"), listed ones ("security sources"), others where they can be
    no verb (after a determiner, a preposition or an adjective: "the puppet regime").
    Another label can be a modifier too. After the label: "backed by", "loyal to" and
    the like with a name. The word lists are in ``lexicons/modifiers.toml`` and
    ``lexicons/countries.csv``.

    *Accuracy.* The mentions are exactly those of the table. No public set has
    modifiers; the authors coded them by hand, before looking at the output, for 200
    mentions drawn from 150 US news articles (texts of PolNeAR; 120 of nouns, 80 of
    names; the rules were adjusted on 100 others): of 62 mentions given modifiers 59 had
    exactly the right ones (.95, 95 % interval .87 to .98), and of 68 that have
    modifiers 59 got exactly these (.87, .77 to .93; ``benchmarks/measure_coded.py``,
    with the answers). Commonest errors: two names joined ("Florida and Ohio voters"
    gives Ohio), nouns in quote marks or brackets, adjectives that speak of a following
    noun.

    Examples
    --------
    >>> text = (
    ...     "Kenya-backed fighters met the so-called “legitimate” government. "
    ...     "The Fighters' aim: unclear."
    ... )
    >>> table = pd.DataFrame(
    ...     {"article_id": ["a"], "outlet": "A", "voice": "own", "speaker": None}
    ... ).assign(start=0, text=text)
    >>> actors = {"Rebels": ["fighter", "rebel"], "State": ["government"]}
    >>> mentions = labels(table, actors)
    >>> mentions[["actor", "label", "modifiers", "in_marks"]]
        actor       label               modifiers  in_marks
    0  Rebels     fighter            Kenya-backed     False
    1   State  government  so-called “legitimate”      True
    2  Rebels     fighter                     NaN     False
    >>> mentions["text"].tolist()
    ['Kenya-backed fighters', 'so-called “legitimate” government', 'Fighters']
    """
    check_columns(passages, [*COLUMNS, "start", "text"], "passages")
    forms = _forms(read_actors(actors))
    out = rows_by_parts(partial(_labels, forms=forms), passages, "labels")
    return out.sort_values(
        ["article_id", "start", "end"], kind="stable", ignore_index=True
    )


def _labels(table: pd.DataFrame, forms: dict[str, _Form]) -> pd.DataFrame:
    """The mentions in some passages, in their order."""
    pattern = re.compile(rf"(?<!\w){words_pattern(forms)}")
    rows: list[int] = []
    mentions: list[_Mention] = []
    texts: list[str] = []
    for row, text in enumerate(table["text"].fillna("").tolist()):
        for mention in _mentions(text, pattern, forms):
            rows.append(row)
            mentions.append(mention)
            texts.append(text[mention.start : mention.end])
    out = table[COLUMNS].take(rows).reset_index(drop=True)
    starts = table["start"].take(rows).to_numpy()
    columns: dict[str, tuple[Any, list]] = {
        "actor": ("str", [mention.form.actor for mention in mentions]),
        "label": ("str", [mention.form.label for mention in mentions]),
        "modifiers": ("str", [mention.modifiers for mention in mentions]),
        "in_marks": (bool, [mention.in_marks for mention in mentions]),
        "start": ("int64", [mention.start for mention in mentions]),
        "end": ("int64", [mention.end for mention in mentions]),
        "text": ("str", texts),
    }
    for column, (kind, values) in columns.items():
        out[column] = pd.Series(values, dtype=kind)
    out[["start", "end"]] = out[["start", "end"]].add(starts, axis=0)
    further = [c for c in table.columns if c not in out.columns and c != "n_words"]
    out[further] = table[further].take(rows).reset_index(drop=True)
    return out


def labels_by(
    labels: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Share of each label among the mentions of its actor, for each group.

    Parameters
    ----------
    labels : DataFrame
        As from `labels`, with `article_id`, `paragraph`, `sentence` and the columns of
        `by`.
    by : str or list of str
        What is compared; ``["outlet", "voice"]`` keeps an outlet's own words apart from
        those it quotes.
    n_boot : int
        Number of resamples.
    seed : int
        Same seed, same intervals.

    Returns
    -------
    DataFrame
        The `by` columns, `actor`, `label`, `estimate` (share of the actor's mentions in
        the group, 0 to 1; the shares of an actor's labels add up to 1; missing where
        the group never mentions the actor), `ci_low`, `ci_high`, `difference` (from the
        other groups pooled), `difference_low`, `difference_high`, `n_articles` and
        `n_passages` (sentences) of the group that mention the actor, `unit`, `count`
        (mentions by this label), `n_mentions` (of the actor). Every label has a row in
        every group. Intervals: see `resampling.ratio_by`; they are cut at 0 and 1.

    Raises
    ------
    IdlibkitError
        If a column is missing, or `by` holds "actor" or "label".

    Examples
    --------
    >>> texts = ["The regime and the government.", "The regime.", "The government."]
    >>> table = pd.DataFrame({"outlet": ["A", "A", "B"], "text": texts})
    >>> table = table.assign(article_id="a", voice="own", speaker=None, start=0)
    >>> table = table.assign(paragraph=0, sentence=0)
    >>> shares = labels_by(labels(table, {"State": ["regime", "government"]}))
    >>> shares[["outlet", "label", "estimate", "count", "n_mentions"]].round(2)
      outlet       label  estimate  count  n_mentions
    0      A  government      0.33      1           3
    1      A      regime      0.67      2           3
    2      B  government      1.00      1           1
    3      B      regime      0.00      0           1
    """
    columns = ["article_id", "paragraph", "sentence", "actor", "label"]
    by = check_by(columns_of(labels), by, "labels")
    check_columns(columns_of(labels), columns, "labels")
    category = ["actor", "label"]
    keys = [*by, *category]
    if len(set(keys)) < len(keys):
        raise IdlibkitError(
            "by cannot hold 'actor' or 'label': every actor and label has its own row "
            "anyway."
        )
    mentions = labels[list(dict.fromkeys([*by, *columns]))]
    shares = partial(
        ratio_by,
        by=by,
        category=category,
        within=["actor"],
        n_boot=n_boot,
        seed=seed,
    )
    sums_of = partial(_mention_sums, by=by)
    out = in_range(ratio_of(mentions, sums_of, shares, keys))
    out = out.drop(columns=["n_articles", "n_passages"])
    counts = gathered(partial(_mention_counts, by=by), mentions)
    of_actor = ["n_articles", "n_passages", "n_mentions"]
    per_actor = counts.groupby([*by, "actor"], dropna=False)[of_actor].sum()
    out = out.merge(per_actor.reset_index(), "left", [*by, "actor"])
    count = counts.groupby(keys, dropna=False)["count"].sum().reset_index()
    out = out.merge(count, "left", keys)
    whole = [*of_actor, "count"]
    out[whole] = out[whole].fillna(0).astype("int64")
    order = [c for c in out.columns if c not in whole]
    return out[[*order[:-1], "n_articles", "n_passages", "unit", "count", "n_mentions"]]


def _mention_sums(labels: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    ones = labels.assign(one=1)
    return unit_sums(ones, by, top="one", bottom="one", category=["actor", "label"])


def _mention_counts(labels: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Mentions by each label, and with the first label of an actor the articles,
    sentences and mentions of the actor.
    """
    actor = [*by, "actor"]
    per_actor = labels.groupby(actor, dropna=False)
    sentences = labels[[*actor, "article_id", "paragraph", "sentence"]]
    table = pd.DataFrame(
        {
            "n_articles": per_actor["article_id"].nunique(),
            "n_passages": sentences.drop_duplicates()
            .groupby(actor, dropna=False)
            .size(),
            "n_mentions": per_actor.size(),
        }
    ).reset_index()
    count = labels.groupby([*actor, "label"], dropna=False).size().rename("count")
    first = count.reset_index().assign(first=lambda t: ~t.duplicated(actor))
    table = first.merge(table, "left", actor)
    of_actor = ["n_articles", "n_passages", "n_mentions"]
    table[of_actor] = table[of_actor].where(table["first"], 0)
    return table.drop(columns="first")


def _forms(actors: Mapping[str, Sequence[str]]) -> dict[str, _Form]:
    """What to search for: each folded label and its plural."""
    exact: dict[str, _Form] = {}
    for actor, listed in sorted(actors.items()):
        for label in listed:
            form = _Form(actor, label, _needed_capitals(label))
            known = exact.setdefault(word_key(fold(label.strip())), form)
            if known.actor != actor:
                raise IdlibkitError(
                    f"label {label!r} stands under two actors, {known.actor!r} and "
                    f"{actor!r}; leave it with one of them."
                )
    forms = dict(exact)
    for form in exact.values():
        for way in label_forms(form.label):  # US and U.S., Gov. and Governor
            forms.setdefault(word_key(way), form)
    for key, form in exact.items():
        for plural in plurals(key):
            known = forms.setdefault(plural, form)
            if known.actor != form.actor and plural not in exact:
                raise IdlibkitError(
                    f"{plural!r} could stand for {form.label!r} ({form.actor}) or "
                    f"{known.label!r} ({known.actor}); write {plural!r} under one of "
                    "them."
                )
    return forms


def _needed_capitals(label: str) -> tuple[int, ...]:
    """Which letters must be capitals in the text: all of US, the first of al-Haddad."""
    letters = [letter for letter in label if letter.isalnum()]
    capitals = tuple(at for at, letter in enumerate(letters) if letter.isupper())
    if len(capitals) < 2 or any(letter.islower() for letter in letters):
        return capitals[:1]
    return capitals


def _mentions(
    text: str, pattern: re.Pattern[str], forms: Mapping[str, _Form]
) -> Iterator[_Mention]:
    """Every mention in one text."""
    folded, places = searchable(text)
    match = pattern.search(folded)
    last_end = -2
    while match:
        begin, stop = match.span()
        key = match.group()
        form = forms.get(key) or forms[word_key(key)]
        start, end = begin, stop
        if places is not None:
            start, end = int(places[begin]), int(places[stop])
        hyphen = _hyphen_before(folded, begin, last_end)
        if (
            hyphen is None
            or ('"' in key and _encloses_else(folded, begin, stop))
            or (form.capitals and not _has_capitals(text[start:end], form.capitals))
        ):
            match = pattern.search(folded, begin + 1)
            continue
        group = noun_group(text, start - hyphen, end, form.label)
        marked = marks(text, group.start, group.end)
        yield _Mention(
            form=form,
            modifiers=group.modifiers,
            in_marks=marked.in_marks,
            start=marked.start,
            end=marked.end,
        )
        last_end = stop
        match = pattern.search(folded, stop)


def _hyphen_before(folded: str, begin: int, last_end: int) -> int | None:
    """How many letters of an Arabic article stand before a label; None where a hyphen
    makes the label a part of another word ("anti-government")."""
    hyphened = begin > 1 and folded[begin - 1] == "-" and folded[begin - 2].isalnum()
    if not hyphened or begin == last_end + 1:  # "Cairo-Nairobi talks"
        return 0
    article = ARTICLE.search(folded[max(begin - 5, 0) : begin])
    return len(article.group()) if article else None


def _encloses_else(folded: str, begin: int, stop: int) -> bool:
    """Whether marks that open inside the label close elsewhere: armed "group
    therapy".
    """
    beside = folded[begin - 1 : begin], folded[stop : stop + 1]
    return folded.count('"', begin, stop) == 1 and '"' not in beside


def _has_capitals(text: str, capitals: tuple[int, ...]) -> bool:
    """Whether the capitals that a label must have are capitals in the text, too."""
    if capitals == (0,) and text[0].isalpha():
        return text[0].isupper()
    letters = [letter for letter in text if letter.isalnum()]
    return all(at < len(letters) and letters[at].isupper() for at in capitals)
