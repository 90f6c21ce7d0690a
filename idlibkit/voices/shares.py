"""How much of each outlet's attributed text each speaker has."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..tables import check_by, check_columns
from .canonical_names import one_name

__all__ = ["voices_by"]


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
    check_columns(quotes, needed, "quotes")
    by = check_by(quotes, by, "quotes")
    spoken = quotes["kind"].isin(["direct", "indirect"]) & (quotes["n_words"] > 0)
    table = quotes[spoken].astype({"speaker": "str", "named": "str"})
    table["paragraph"] = table["line"]
    table["speaker"] = one_name(table["speaker"], table["named"])
    categories = {
        "named": table["named"].fillna("none"),
        "speaker": _largest(table["speaker"], table["n_words"]),
    }
    parts = []
    for share_of, category in categories.items():
        sums = unit_sums(
            table.assign(category=category),
            by,
            top="n_words",
            bottom="n_words",
            category=["category"],
        )
        shares = ratio_by(sums, by, category=["category"], n_boot=n_boot, seed=seed)
        shares = in_range(shares)
        kind = pd.Series(share_of, index=shares.index, dtype="str")
        shares.insert(len(by), "share_of", kind)
        parts.append(shares)
    return pd.concat(parts, ignore_index=True)


def _largest(speakers: pd.Series, n_words: pd.Series) -> pd.Series:
    """The speakers with the most words; the rest as others, nobody as none."""
    words = n_words.groupby(speakers).sum().rename_axis("speaker").reset_index()
    words = words.sort_values(["n_words", "speaker"], ascending=[False, True])
    told_apart = speakers.isin(set(words["speaker"].head(SPEAKERS)))
    return speakers.where(told_apart | speakers.isna(), "(others)").fillna("(none)")
