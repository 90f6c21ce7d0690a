"""Words per outlet: counts, TF-IDF, keyness, similarity, and the concordance that leads
back to the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from ..resampling import group_codes
from ..scale import add_up, columns_of, concat
from ..tables import IdlibkitError, check_by, check_columns, listed
from ..text import (
    StopWords,
    encode,
    has_english,
    is_abbreviation,
    spelling_list,
    stop_list,
    terms_of,
)
from .own_names import own_name, own_name_places
from .tallies import Codes, Counts, count_in_batches, merged

__all__ = ["GroupedCounts", "count_terms", "counts_by_group"]


LETTER = re.compile(r"[^\W\d_]")
COUNTS = ["count", "n_articles", "n_paragraphs"]


def count_terms(
    passages: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    ngram_range: tuple[int, int] = (1, 1),
    stop_words: StopWords = "english",
    spelling: str | Path | Mapping[str, str] | None = "english",
    min_count: int = 1,
) -> pd.DataFrame:
    """Count words and word sequences in each group.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `text`, the columns of `by`, and `paragraph` if there is one (else
        every row is a paragraph). A Dask DataFrame is computed; each article must lie
        in one of its partitions.
    by : str or list of str
        Groups; a missing value (no speaker, no wire) is a group too.
    ngram_range : (int, int)
        Shortest and longest sequence. A sequence never crosses a passage's end, nor a
        stop word.
    stop_words : "english", path, collection of str, or None
        Words that are not counted. "english" is the function words of the Snowball
        project and a list of house style (honorifics, weekdays, months, said and told,
        single letters), and it leaves out tokens of digits alone: days of the month are
        house style, and figures are read by `quantities`. A path is a file with one
        word per line. With any list, an outlet's own name is left out of its own texts,
        as a whole phrase. None counts everything as it stands, spellings too.
    spelling : "english", path, mapping, or None
        Spellings to be counted as one: the name or path of a table of two columns, or a
        mapping.
    min_count : int
        Leave out terms with fewer occurrences in all groups together.

    Returns
    -------
    DataFrame
        The columns of `by`, `term` (folded, see `idlibkit.text.fold`), `count`,
        `n_articles`, `n_paragraphs` (in how many of them it occurs), sorted by group
        and term. The counts of two parts of a corpus can be added up, if every article
        is in one part.

    Raises
    ------
    IdlibkitError
        If a column is missing, `ngram_range` or `min_count` is not usable, or a list is
        unknown.

    Notes
    -----
    Works in any language that puts spaces between words; the lists are English. Exact:
    nothing to measure.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> passages = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"],
    ...     "text": ["The centre’s talks failed.", "Talks at the center: Mr Lee."]})
    >>> ik.count_terms(passages)
      outlet    term  count  n_articles  n_paragraphs
    0      A  center      1           1             1
    1      A  failed      1           1             1
    2      A   talks      1           1             1
    3      B  center      1           1             1
    4      B     lee      1           1             1
    5      B   talks      1           1             1
    """
    columns = check_by(columns_of(passages), by, "passages")
    check_columns(columns_of(passages), ["article_id", "text"], "passages")
    low, high = _ngram_range(ngram_range)
    if min_count < 1:
        raise IdlibkitError(f"min_count={min_count} must be 1 or more.")
    vocabulary = Vocabulary(
        stops=None if stop_words is None else stop_list(stop_words),
        no_digits=has_english(stop_words),
        spellings=spelling_list(spelling) if stop_words is not None else {},
    )
    orders = range(low, high + 1)
    count = partial(_count, by=columns, orders=orders, vocabulary=vocabulary)
    needed = dict.fromkeys([*columns, "article_id", "paragraph", "outlet", "text"])
    table = passages[[column for column in needed if column in passages.columns]]
    groups, counted = add_up(table, count, partial(_summed, by=columns))
    if min_count > 1:
        counted = counted.at_least(min_count)
    out = groups.take(counted.group).reset_index(drop=True)
    out["term"] = pd.array(counted.terms.to_arrow(), dtype="str").take(counted.term)
    return out.assign(**dict(zip(COUNTS, counted.numbers, strict=True)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How tokens are counted."""

    stops: frozenset[str] | None  # None: everything is counted as it stands
    no_digits: bool
    spellings: dict[str, str]

    def are_stops(self, terms: Sequence[str]) -> np.ndarray:
        stops = self.stops or frozenset()
        return np.array([term in stops for term in terms], bool)

    def are_digits(self, terms: Sequence[str]) -> np.ndarray:
        """Whether each term has no letter, where such are not counted."""
        if not self.no_digits:
            return np.zeros(len(terms), bool)
        return np.array(
            [not (term.isalpha() or LETTER.search(term)) for term in terms], bool
        )


def _count(
    passages: pd.DataFrame, by: list[str], orders: range, vocabulary: Vocabulary
) -> tuple[pd.DataFrame, Counts]:
    """The groups, and the counts of each, by its place among them."""
    group, groups = group_codes(passages, by)
    article = pd.factorize(passages["article_id"])[0]
    paragraph = np.arange(len(passages))
    if "paragraph" in passages:
        number = pd.factorize(passages["paragraph"])[0]
        paragraph = pd.factorize(article * (number.max(initial=0) + 1) + number)[0]
    outlet, names = np.full(len(passages), -1), np.zeros(0, object)
    if vocabulary.stops is not None and "outlet" in passages:
        outlet, distinct = pd.factorize(passages["outlet"])
        names = np.asarray(distinct, object)
    columns = {"article_id": article, "paragraph": paragraph, "group": group}
    table = pd.DataFrame(columns | {"outlet": outlet}, dtype=np.int32)
    table["text"] = passages["text"].array
    table = table.sort_values(
        ["article_id", "paragraph"], kind="stable", ignore_index=True
    )
    own_names = [own_name(name, vocabulary.spellings) for name in names.tolist()]
    codes_of = partial(_codes, vocabulary=vocabulary, own_names=own_names)
    return groups, count_in_batches(table, codes_of, orders)


def _codes(
    batch: pd.DataFrame, vocabulary: Vocabulary, own_names: list[list[str]]
) -> Codes:
    """A batch of passages as term codes; -1 for what is not counted."""
    codes, lengths, tokens = encode(batch["text"])
    codes = codes.astype(np.intp)  # as NumPy takes places, again and again
    term, distinct = pd.factorize(
        np.array(terms_of(tokens, vocabulary.spellings), object)
    )
    term, terms = term.astype(np.int32), list(distinct)
    row = np.repeat(np.arange(len(batch), dtype=np.int32), lengths)
    if vocabulary.stops is None:
        return Codes(term[codes], row, terms)
    stop = vocabulary.are_stops(terms)[term]
    short = _short_forms(tokens, stop)
    hidden = (stop & ~short) | vocabulary.are_digits(terms)[term]
    counted = np.where(hidden, np.int32(-1), term)[codes]
    counted[_shouted(codes, row, tokens, short, batch)] = -1
    place = {word: number for number, word in enumerate(terms)}
    names = [np.array([place.get(word, -3) for word in name]) for name in own_names]
    outlet = batch["outlet"].to_numpy()
    counted[own_name_places(codes, term, row, outlet, tokens, names)] = -1
    return Codes(counted, row, terms)


def _short_forms(tokens: Sequence[str], stop: np.ndarray) -> np.ndarray:
    """Which tokens are counted though their terms are stop words: US, U.S., not us."""
    short = stop.copy()
    places = np.flatnonzero(stop)
    short[places] = [is_abbreviation(tokens[place]) for place in places.tolist()]
    return short


def _shouted(
    codes: np.ndarray,
    row: np.ndarray,
    tokens: Sequence[str],
    short: np.ndarray,
    batch: pd.DataFrame,
) -> np.ndarray:
    """The places of short forms that look so only since all is in capitals: LEAVE US
    ALONE.
    """
    undotted = short.copy()
    some = np.flatnonzero(short)
    undotted[some] = ["." not in tokens[token] for token in some.tolist()]
    places = np.flatnonzero(undotted[codes])
    texts = batch["text"].iloc[row[places]]
    return places[np.array([text.isupper() for text in texts], bool)]


def _summed(
    parts: list[tuple[pd.DataFrame, Counts]], by: list[str]
) -> tuple[pd.DataFrame, Counts]:
    """The counts of several parts of a corpus as one."""
    place, groups = group_codes(concat([groups for groups, _ in parts]), by)
    ends = np.cumsum([len(groups) for groups, _ in parts])[:-1]
    placed = zip(np.split(place, ends), (counted for _, counted in parts), strict=True)
    return groups, merged(
        [replace(counted, group=of[counted.group]) for of, counted in placed]
    )


def _ngram_range(ngram_range: tuple[int, int]) -> tuple[int, int]:
    try:
        low, high = ngram_range
        if not 1 <= low <= high <= 5:
            raise ValueError
    except (TypeError, ValueError) as error:
        raise IdlibkitError(
            f"ngram_range={ngram_range!r} must be two numbers from 1 to 5, such as "
            "(1, 2)."
        ) from error
    return low, high


@dataclass(frozen=True, slots=True)
class GroupedCounts:
    """A table of counts, each group and term checked to be there once."""

    table: pd.DataFrame
    group: np.ndarray  # (rows,): place among `groups`
    groups: pd.DataFrame
    term: np.ndarray  # (rows,): place among `terms`
    terms: pd.Index  # sorted


def counts_by_group(counts: pd.DataFrame, by: str | Sequence[str]) -> GroupedCounts:
    """Groups and terms of a table of counts."""
    columns = check_by(counts, by, "counts")
    check_columns(counts, ["term", "count"], "counts")
    counts = counts.reset_index(drop=True)
    group, groups = group_codes(counts, columns)
    term, terms = pd.factorize(counts["term"], sort=True, use_na_sentinel=False)
    place = pd.Index(group * len(terms) + term)
    if not place.is_unique:
        repeated = terms[np.unique(term[place.duplicated()])]
        raise IdlibkitError(
            f"term {listed(repeated)} stands more than once in a group of column "
            f"{listed(columns)}. Add the counts up first: "
            "counts.groupby([*by, 'term'], as_index=False).sum()."
        )
    return GroupedCounts(counts, group, groups, term, terms)
