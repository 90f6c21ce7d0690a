"""A first table of actors for a corpus that has none: proposed from its names, to be
edited by someone who knows the story."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from ..scale import columns_of, gathered, lazily
from ..tables import IdlibkitError, check_columns
from ..text import SENTENCE_CLOSE, fold, is_title_case, plurals, word_key
from .mentions import labels
from .name_runs import merge_last_names, name_strings, read_names

__all__ = ["suggest_actors"]


COLUMNS = ["actor", "label", "count", "n_articles", "n_outlets", "example"]
EXAMPLE = 90  # characters
LABELS = 12  # of one actor
CANDIDATES = 3  # times n: the actors that are counted, as labels counts them


def suggest_actors(passages: pd.DataFrame, *, n: int = 20) -> pd.DataFrame:
    """Propose actors and the labels used for them, from names and nouns beside them.

    Parameters
    ----------
    passages : DataFrame
        With `article_id`, `outlet`, `start` and `text`, as from `passages`; in parts,
        too.
    n : int
        Number of actors, those mentioned most.

    Returns
    -------
    DataFrame
        One row per label: `actor`, `label`, `count`, `n_articles`, `n_outlets`,
        `example` (a piece of text with it). The actor mentioned most comes first, and
        so does its commonest label. No label stands under two actors, so the table can
        be used at once, ``labels(passages, suggest_actors(passages))``, or written out
        with `actors_toml` and edited.

    Raises
    ------
    IdlibkitError
        If a column is missing, or `n` is less than 1.

    Notes
    -----
    Put together are: a country, its capital and what is named with its adjective
    (Kenya, Nairobi, Kenyan troops), after ``lexicons/countries.csv``; a full name and
    the last name alone (if four fifths of the full names that end in it are one
    person's), with titles off; nouns for groups without a name, such as rebels or
    protesters, after ``lexicons/people.toml``. A word that has a capital only where a
    sentence begins is no name. Whether a capital stands for its government or for the
    city, and whether two groups are one actor, is for the reader to decide.

    Accuracy: not measured. English only (names in Latin, Greek or Cyrillic letters).

    Examples
    --------
    >>> texts = [
    ...     "Kenya sent aid, and Kenyan troops left.",
    ...     "They met Ms Jane Smith, and Smith left for Nairobi.",
    ...     "In Kenya.",
    ... ]
    >>> table = pd.DataFrame(
    ...     {"article_id": "a", "outlet": "A", "start": range(3), "text": texts}
    ... )
    >>> suggest_actors(table)[["actor", "label", "count"]]
            actor          label  count
    0       Kenya          Kenya      2
    1       Kenya  Kenyan troops      1
    2       Kenya        Nairobi      1
    3  Jane Smith     Jane Smith      1
    4  Jane Smith          Smith      1
    """
    columns = ["article_id", "outlet", "start", "text"]
    check_columns(columns_of(passages), columns, "passages")
    if n < 1:
        raise IdlibkitError(f"n={n} must be 1 or more.")
    table = lazily(_without_headlines, passages[columns])
    candidates = _candidates(table, CANDIDATES * n)
    if candidates.empty:
        return candidates.reindex(columns=COLUMNS)
    return _counted(table, candidates, n)


def _without_headlines(passages: pd.DataFrame) -> pd.DataFrame:
    """The passages in order; headlines in which all words have capitals tell nothing of
    names.
    """
    order = ["article_id", "start"]
    table = passages.sort_values(order, kind="stable", ignore_index=True)
    texts = table["text"].fillna("").astype("str")
    headline = texts.map(is_title_case).astype(bool) & ~texts.str.contains(
        SENTENCE_CLOSE
    )
    return table[~headline.to_numpy(bool)].reset_index(drop=True)


def _candidates(table: Any, n: int) -> pd.DataFrame:
    """The labels of the `n` actors named most; no label stands under two."""
    strings = gathered(_strings_in, table)
    counts = merge_last_names(read_names(strings))
    columns = ["actor", "label", "count"]
    named = pd.DataFrame(
        [(*one, count) for one, count in counts.items()], columns=columns
    )
    # A label under two actors goes to the one that has it more often; of its spellings,
    # the commonest stands.
    named = named.sort_values(
        ["count", "actor", "label"], ascending=[False, True, True]
    )
    named["key"] = [word_key(fold(label)) for label in named["label"]]
    named["plural"] = [next(iter(plurals(key)), key) for key in named["key"]]
    named = named.drop_duplicates("key").drop_duplicates("plural")
    totals = named.groupby("actor")["count"].sum()
    totals = totals.sort_values(ascending=False, kind="stable")
    named = named[named["actor"].isin(totals.index[:n])]
    return named.groupby("actor").head(LABELS)[["actor", "label"]]


def _strings_in(passages: pd.DataFrame) -> pd.DataFrame:
    return name_strings(passages["text"])


def _counted(table: Any, candidates: pd.DataFrame, n: int) -> pd.DataFrame:
    """The `n` actors mentioned most, counted as `labels` will count them."""
    by_label = gathered(partial(_mentions_in, candidates=candidates), table)
    # The first mention of all is that of the first article.
    by_label = by_label.sort_values(["article_id", "start"], kind="stable")
    groups = by_label.groupby(["actor", "label"], as_index=False)
    counts = groups.agg(
        count=("count", "sum"),
        n_articles=("n_articles", "sum"),
        n_outlets=("outlet", "nunique"),
        example=("example", "first"),
    )
    counts["total"] = counts.groupby("actor")["count"].transform("sum")
    counts = counts.sort_values(
        ["total", "actor", "count", "label"], ascending=[False, True, False, True]
    )
    counts = counts[counts["actor"].isin(counts["actor"].unique()[:n])]
    return counts[COLUMNS].reset_index(drop=True)


def _mentions_in(table: pd.DataFrame, candidates: pd.DataFrame) -> pd.DataFrame:
    """Mentions by each label in each outlet, and an example from the first of them."""
    table = table.assign(voice="own", speaker=None, row=range(len(table)))
    mentions = labels(table, candidates)
    groups = mentions.groupby(
        ["actor", "label", "outlet"], as_index=False, dropna=False
    )
    counts = groups.agg(
        count=("row", "size"),
        n_articles=("article_id", "nunique"),
        first=("row", "idxmin"),
    )
    first = mentions.loc[counts["first"]]
    texts = table["text"].loc[first["row"]]
    places = first["start"].to_numpy() - table["start"].loc[first["row"]].to_numpy()
    examples = [_around(text, at) for text, at in zip(texts, places, strict=True)]
    return counts.drop(columns="first").assign(
        article_id=first["article_id"].array,
        start=first["start"].array,
        example=pd.Series(examples, counts.index, "str"),
    )


def _around(text: str, place: int) -> str:
    """Some whole words of a text around a place."""
    begin = text.rfind(" ", 0, max(place - EXAMPLE // 3, 0)) + 1
    if len(text) - begin <= EXAMPLE:
        return text[begin:]
    return text[begin : begin + EXAMPLE].rsplit(" ", 1)[0]
