"""How much of each outlet's attributed text each speaker has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..scale import columns_of, gathered, lazily, ratio_of
from ..tables import check_by, check_columns
from .canonical_names import names_in, renamed

__all__ = ["voices_by"]


Category = Callable[[pd.DataFrame], pd.Series]
SPEAKERS = 50  # the most that `voices_by` tells apart


def voices_by(
    quotes: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Whom each outlet gives the word: shares of the quoted and reported words.

    Parameters
    ----------
    quotes : DataFrame
        What `quotes` returns. Direct and indirect rows count; a fragment's words are in
        the indirect row around it.
    by : str or sequence of str
        The groups: columns of `quotes`.
    n_boot : int
        Number of resamples.
    seed : int
        Same seed, same intervals.

    Returns
    -------
    DataFrame
        For each group, one row per category and way of counting: `by`, `share_of`
        ("named" or "speaker"), `category`, `estimate` (0 to 1; the categories of one
        group and `share_of` add up to 1), `ci_low`, `ci_high`, `difference` (from the
        other groups pooled), `difference_low`, `difference_high`, `n_articles`,
        `n_passages`, `unit` (what was resampled, see `resampling.ratio_by`). With
        ``share_of == "named"`` the categories are person, institution, unnamed and none
        (nobody is given the words); with ``"speaker"`` they are the 50 speakers with
        the most words, ``"(others)"`` and ``"(none)"``.

    Raises
    ------
    IdlibkitError
        If a column is missing, or `n_boot` is less than 100.

    Notes
    -----
    One person has one name over all articles: Okoye, Ada Okoye and Ada B. Okoye are put
    together, namesakes with different first names are not. Shares inherit the errors of
    `quotes`; whether a source is rightly called named or unnamed has not been measured.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> text = (
    ...     "“We will not leave the town,” Ada Okoye said. "
    ...     "Officials said the road was closed."
    ... )
    >>> articles = pd.DataFrame({"article_id": ["1"], "outlet": ["A"], "text": [text]})
    >>> shares = voices_by(ik.quotes(articles))
    >>> named = shares[shares["share_of"] == "named"]
    >>> named[["category", "estimate"]].round(2).to_string(index=False)
    'category  estimate\\n  person       0.6\\n unnamed       0.4'
    """
    needed = ["article_id", "kind", "speaker", "named", "line", "n_words"]
    check_columns(columns_of(quotes), needed, "quotes")
    by = check_by(columns_of(quotes), by, "quotes")
    spoken = lazily(_spoken, quotes[list(dict.fromkeys([*by, *needed]))])
    names = names_in(spoken)
    words = gathered(_words_of_speakers, spoken)
    words["speaker"] = renamed(words["speaker"], words["named"], names)
    categories: dict[str, Category] = {
        "named": _named,
        "speaker": partial(_speaker, names=names, largest=_largest(words)),
    }
    keys = [*by, "category"]
    shares_of = partial(
        ratio_by, by=by, category=["category"], n_boot=n_boot, seed=seed
    )
    parts = []
    for share_of, category in categories.items():
        sums_of = partial(_word_sums, by=by, category=category)
        shares = in_range(ratio_of(spoken, sums_of, shares_of, keys))
        kind = pd.Series(share_of, index=shares.index, dtype="str")
        shares.insert(len(by), "share_of", kind)
        parts.append(shares)
    return pd.concat(parts, ignore_index=True)


def _spoken(quotes: pd.DataFrame) -> pd.DataFrame:
    counted = quotes["kind"].isin(["direct", "indirect"]) & (quotes["n_words"] > 0)
    table = quotes[counted].astype({"speaker": "str", "named": "str"})
    return table.assign(paragraph=table["line"])


def _words_of_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    groups = quotes.groupby(["speaker", "named"], sort=False, dropna=False)["n_words"]
    return groups.sum().reset_index()


def _word_sums(quotes: pd.DataFrame, by: list[str], category: Category) -> pd.DataFrame:
    table = quotes.assign(category=category(quotes))
    words = {"top": "n_words", "bottom": "n_words"}
    return unit_sums(table, by, **words, category=["category"])


def _named(quotes: pd.DataFrame) -> pd.Series:
    return quotes["named"].fillna("none")


def _speaker(quotes: pd.DataFrame, names: pd.Series, largest: pd.Series) -> pd.Series:
    """The speakers with the most words; the rest as others, nobody as none."""
    speakers = renamed(quotes["speaker"], quotes["named"], names)
    told_apart = speakers.isin(largest)
    return speakers.where(told_apart | speakers.isna(), "(others)").fillna("(none)")


def _largest(words: pd.DataFrame) -> pd.Series:
    """The speakers with the most words."""
    total = words.groupby("speaker")["n_words"].sum().reset_index()
    total = total.sort_values(["n_words", "speaker"], ascending=[False, True])
    return total["speaker"].head(SPEAKERS)
