"""Which words drive the difference in tone of two groups."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_by, check_columns, listed
from ..text import term
from .lexicon import Rules, lexicon_rules
from .scores import batched_valences, words_in
from .vader import NORMAL, totals

__all__ = ["word_shift"]


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
    lexicon : str, mapping or Series
        As for `sentiment`.
    min_words : int
        Shorter passages are left out, as in `sentiment_by`.

    Returns
    -------
    DataFrame
        `term`, `contribution`, `count_a`, `count_b`; the largest contribution, up or
        down, first. Positive: the word makes `a` more positive, or less negative, than
        `b`. Contributions add up to the mean compound of `a` less that of `b` (to the
        fourth decimal, to which VADER rounds). Counts are of the places where the word
        carried valence; the row "(punctuation)" is what ! and ? added, its counts are
        of passages.

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
           term  contribution  count_a  count_b
    0      good         0.273        1        1
    1  disaster        -0.255        0        1
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
        sides.append(_contributions(passages.loc[inside & long_enough, "text"], rules))
    (mean_a, count_a), (mean_b, count_b) = sides
    table = pd.DataFrame(
        {
            "term": [*map(term, rules.words), PUNCTUATION],
            "contribution": mean_a - mean_b,
            "count_a": count_a,
            "count_b": count_b,
        }
    )
    table = table[(count_a + count_b) > 0].groupby("term", as_index=False).sum()
    # Sums over rows in another order differ in their last bits; these must not decide
    # the order of terms.
    table["contribution"] = table["contribution"].round(12)
    order = np.lexsort([table["term"].rank(), -table["contribution"].abs()])
    return table.iloc[order].reset_index(drop=True)


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


def _contributions(texts: pd.Series, rules: Rules) -> tuple[np.ndarray, np.ndarray]:
    """For each word of the lexicon, and last punctuation: what it adds to the mean
    compound, and its count.
    """
    size = len(rules.words)
    mean, count = np.zeros(size + 1), np.zeros(size + 1, int)
    for hits in batched_valences(texts, rules):
        total, emphasis = totals(hits)
        scale = np.sqrt(total * total + NORMAL)
        shares = hits.valence / scale[hits.passage]
        mean[:size] += np.bincount(hits.word, shares, size)
        mean[size] += (emphasis / scale).sum()
        count[:size] += np.bincount(hits.word[hits.valence != 0], minlength=size)
        count[size] += np.count_nonzero(emphasis)
    return mean / len(texts), count
