"""Which words drive the difference in tone of two groups."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_by, check_columns, listed
from ..text import term
from .lexicon import Rules, lexicon_rules
from .names import names_in, pairs_in_names
from .scores import batched_valences, text_column, words_in
from .tokens import readable_texts
from .vader import NORMAL, totals

__all__ = ["PUNCTUATION", "word_shift"]

PUNCTUATION = "(punctuation)"


def word_shift(
    passages: pd.DataFrame,
    a: Hashable,
    b: Hashable,
    *,
    by: str | Sequence[str] = "outlet",
    lexicon: str | Mapping[str, float] | pd.Series = "vader",
    min_words: int = 4,
) -> pd.DataFrame:
    """Which words make one group more negative or positive than another.

    Parameters
    ----------
    passages : DataFrame
        `text` and the column `by`; `n_words` is counted where it is not there.
    a, b : values of `by`
        The two groups (tuples where `by` names several columns).
    by : str or sequence of str
        Columns of the groups.
    lexicon : str, mapping or Series
        As for `sentiment`.
    min_words : int
        Shorter passages are left out, as in `sentiment_by`.

    Returns
    -------
    DataFrame
        `term`, `contribution`, `count_a`, `count_b`, `kind`; the largest contribution,
        up or down, first. Positive: the word makes `a` more positive, or less negative,
        than `b`. Contributions add up to the mean compound of `a` less that of `b` (to
        the fourth decimal, to which VADER rounds). Counts are of the places where the
        word carried valence. `kind` is "word"; "name" where words with valence are part
        of a name ("Homeland Security"), which says nothing of how the outlet words it:
        the row is the name as written; "punctuation" for the row "(punctuation)", what
        ! and ? added, its counts are of passages.

    Raises
    ------
    IdlibkitError
        If a column is missing, `a` or `b` is no group, or has no passage of `min_words`
        words.

    Notes
    -----
    A passage's compound is S / sqrt(S² + 15), S the sum of its words' valences after
    all rules of VADER (boosters, capitals, negation, `but`). So a word of valence s
    adds s / sqrt(S² + 15); these are averaged over the passages of each group. The
    picture goes back to Gallagher et al. (2021), Generalized word shift graphs, EPJ
    Data Science 10, 4.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> passages = pd.DataFrame({
    ...     "outlet": ["Gazette", "Herald", "Herald"],
    ...     "text": ["The harvest was very good.", "It was no disaster.",
    ...              "It was a good year."]})
    >>> ik.word_shift(passages, "Gazette", "Herald").round(3)
           term  contribution  count_a  count_b  kind
    0      good         0.273        1        1  word
    1  disaster        -0.255        0        1  word
    """
    columns = check_by(passages, by, "passages")
    check_columns(passages, ["text"], "passages")
    rules = lexicon_rules(lexicon)
    long_enough = words_in(passages, "passages") >= min_words
    sides = []
    for value in (a, b):
        inside = _is_group(passages, columns, value)
        if not inside.any():
            raise _no_group(passages, columns, value)
        if not (inside & long_enough).any():
            raise IdlibkitError(
                f"{value!r} has no passage of {min_words} words or more; lower"
                " min_words."
            )
        sides.append(passages.loc[inside & long_enough, "text"])
    groups = [_read_group(texts, rules) for texts in sides]
    names = _names_of_hits(groups, rules)
    one, other = (
        _contributions(group, named, rules)
        for group, named in zip(groups, names, strict=True)
    )
    return _difference(one, other)


def _difference(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The contributions to one group's mean less those to the other's, the largest
    first.
    """
    ours = one.rename(columns={"count": "count_a"}).assign(count_b=0)
    theirs = other.rename(columns={"count": "count_b"}).assign(count_a=0)
    theirs["contribution"] = -theirs["contribution"]
    table = pd.concat([ours, theirs]).groupby(["term", "kind"], as_index=False).sum()
    # Sums over rows in another order differ in their last bits; these must not decide
    # the order of terms.
    table["contribution"] = table["contribution"].round(12)
    order = np.lexsort([table["term"].rank(), -table["contribution"].abs()])
    columns = ["term", "contribution", "count_a", "count_b", "kind"]
    return table.iloc[order].reset_index(drop=True)[columns]


def _no_group(
    passages: pd.DataFrame, columns: list[str], value: Hashable
) -> IdlibkitError:
    """The error for a value that no passage has, with the values that there are."""
    if len(columns) == 1:
        values = [*map(str, passages[columns[0]].unique())]
    else:
        rows = passages[columns].drop_duplicates()
        values = [*map(str, rows.itertuples(index=False, name=None))]
    return IdlibkitError(
        f"no passage has {value!r} in {', '.join(columns)}; there are"
        f" {listed(sorted(values), 30)}."
    )


def _is_group(table: pd.DataFrame, columns: list[str], value: Hashable) -> pd.Series:
    """Which rows have this value, or tuple of values, in the columns."""
    values = value if isinstance(value, tuple) else (value,)
    if len(values) != len(columns):
        raise IdlibkitError(
            f"{value!r} must be a tuple of {len(columns)} values, one for each of"
            f" {listed(columns)}."
        )
    inside = pd.Series(True, index=table.index)
    for column, wanted in zip(columns, values, strict=True):
        inside &= table[column].isna() if pd.isna(wanted) else table[column] == wanted
    return inside


@dataclass(frozen=True, slots=True)
class _Group:
    """The passages of one group with their lexicon words, the hits.

    Per hit: its `passage`, its `place` among the tokens of that, whether it has a
    `capital`, its `word`, and its `share`, what it adds to the compound. Per passage:
    `emphasis`, what its punctuation adds.
    """

    texts: pd.Series
    passage: np.ndarray
    place: np.ndarray
    capital: np.ndarray
    word: np.ndarray
    share: np.ndarray
    emphasis: np.ndarray


def _read_group(texts: pd.Series, rules: Rules) -> _Group:
    passage, place, capital, word, share, emphasis = [], [], [], [], [], []
    n_before = 0
    for hits in batched_valences(texts, rules):
        total, marks = totals(hits)
        scale = np.sqrt(total * total + NORMAL)
        valued = hits.valence != 0
        passage.append(hits.passage[valued] + n_before)
        place.append(hits.place[valued])
        capital.append(hits.capital[valued])
        word.append(hits.word[valued])
        share.append((hits.valence / scale[hits.passage])[valued])
        emphasis.append(marks / scale)
        n_before += len(total)
    return _Group(
        texts=texts,
        passage=np.concatenate(passage),
        place=np.concatenate(place),
        capital=np.concatenate(capital),
        word=np.concatenate(word),
        share=np.concatenate(share),
        emphasis=np.concatenate(emphasis),
    )


def _names_of_hits(groups: list[_Group], rules: Rules) -> list[dict[int, str]]:
    """For each group the hits that are part of a name, with that name; a pair of words
    that stands in a name in one group is known to be one in the other.
    """
    sentences = [_sentences_with_names(group, rules) for group in groups]
    found = [
        name for some in sentences for tokens, _ in some for name in names_in(tokens)
    ]
    known = pairs_in_names(found)
    out = []
    for some in sentences:
        names: dict[int, str] = {}
        for tokens, hits in some:
            for name in names_in(tokens, known):
                inside = [hit for place, hit in hits if name.start <= place < name.end]
                names |= dict.fromkeys(inside, name.text)
        out.append(names)
    return out


def _sentences_with_names(
    group: _Group, rules: Rules
) -> list[tuple[list[str], list[tuple[int, int]]]]:
    """The tokens of passages in which a hit has a capital, with the places of these
    hits: words in capitals throughout are loud, and no names.
    """
    capital = np.flatnonzero(group.capital)
    rows, first = np.unique(group.passage[capital], return_index=True)
    texts = text_column(group.texts.iloc[rows])
    tokens = readable_texts(texts, rules).to_pylist()
    places = group.place[capital].tolist()
    out = []
    for text, (low, high) in zip(
        tokens, pairwise([*first.tolist(), len(capital)]), strict=True
    ):
        hits = list(zip(places[low:high], capital[low:high].tolist(), strict=True))
        out.append((text.split(), hits))
    return out


def _contributions(group: _Group, names: dict[int, str], rules: Rules) -> pd.DataFrame:
    """What each word, each name and punctuation add to the mean compound of a group,
    and how often they stand in it: `term`, `kind`, `contribution`, `count`.
    """
    distinct = sorted(set(names.values()))
    number = {name: len(rules.words) + i for i, name in enumerate(distinct)}
    label = group.word.copy()
    for hit, name in names.items():
        label[hit] = number[name]
    n_labels = len(rules.words) + len(distinct)
    n_words = len(rules.words)
    emphatic = int(np.count_nonzero(group.emphasis))
    table = pd.DataFrame(
        {
            "term": [*map(term, rules.words), *distinct, PUNCTUATION],
            "kind": ["word"] * n_words + ["name"] * len(distinct) + ["punctuation"],
            "contribution": np.append(
                np.bincount(label, group.share, n_labels), group.emphasis.sum()
            ),
            "count": np.append(np.bincount(label, minlength=n_labels), emphatic),
        }
    )
    table["contribution"] /= len(group.texts)
    return table[table["count"] > 0]
