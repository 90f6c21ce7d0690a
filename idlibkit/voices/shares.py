"""How much of each outlet's attributed text each speaker has."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..tables import check_by, check_columns

__all__ = ["voices_by"]


SPEAKERS = 50  # the most that `voices_by` tells apart


def voices_by(
    quotes: pd.DataFrame, *, by: str | Sequence[str] = "outlet"
) -> pd.DataFrame:
    """Whom each outlet gives the word: shares of the quoted and reported words, by speaker and by kind of source.

    Parameters
    ----------
    quotes : DataFrame
        What `quotes` returns. Direct and indirect rows count; a fragment's words are in the indirect row around it.
    by : str or sequence of str
        The groups: columns of `quotes`.

    Returns
    -------
    DataFrame
        For each group, one row per category and way of counting: `by`, `share_of` ("named" or "speaker"), `category`,
        `estimate` (0 to 1; the categories of one group and `share_of` add up to 1), `ci_low`, `ci_high`, `difference` (from
        the other groups pooled), `difference_low`, `difference_high`, `n_articles`, `n_passages`, `unit` (what was
        resampled, see `uncertainty.ratio_by`). With ``share_of == "named"`` the categories are person, institution,
        unnamed and none (nobody is given the words); with ``"speaker"`` they are the 50 speakers with the most words,
        ``"(others)"`` and ``"(none)"``.

    Notes
    -----
    Shares inherit the errors of `quotes`; whether a source is rightly called named or unnamed has not been measured.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> said = "“We will not leave the town,” Ada Okoye said. Officials said the road was closed."
    >>> articles = pd.DataFrame({"article_id": ["1"], "outlet": ["A"], "text": [said]})
    >>> shares = voices_by(ik.quotes(articles))
    >>> shares.loc[shares["share_of"] == "named", ["category", "estimate"]].round(2).to_string(index=False)
    'category  estimate\\n  person       0.6\\n unnamed       0.4'
    """
    check_columns(
        quotes, ["article_id", "kind", "speaker", "named", "line", "n_words"], "quotes"
    )
    by = check_by(quotes, by, "quotes")
    told = quotes[quotes["kind"].isin(["direct", "indirect"]) & (quotes["n_words"] > 0)]
    told = told.astype({"speaker": "str", "named": "str"})
    total = (
        told.groupby("speaker", as_index=False)["n_words"]
        .sum()
        .sort_values(["n_words", "speaker"], ascending=[False, True])
    )
    largest = set(total["speaker"].head(SPEAKERS))
    speaker = (
        told["speaker"]
        .where(told["speaker"].isin(largest) | told["speaker"].isna(), "(others)")
        .fillna("(none)")
    )
    out = []
    for share_of, category in (
        ("named", told["named"].fillna("none")),
        ("speaker", speaker),
    ):
        table = told.assign(category=category, paragraph=told["line"])
        sums = unit_sums(
            table, by, top="n_words", bottom="n_words", category=["category"]
        )
        shares = in_range(ratio_by(sums, by, category=["category"]))
        shares.insert(
            len(by), "share_of", pd.Series([share_of] * len(shares), dtype="str")
        )
        out.append(shares)
    return pd.concat(out, ignore_index=True)
