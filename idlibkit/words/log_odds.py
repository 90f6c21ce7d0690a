"""Keyness: which words set a group apart, with effect sizes and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, listed
from .counts import counts_by_group

__all__ = ["keyness"]


def keyness(
    counts: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    prior: str | float = "informative",
    n_tests: int | None = None,
) -> pd.DataFrame:
    """Which terms a group uses more, or less, than the other groups pooled: direction, effect and interval.

    Parameters
    ----------
    counts : DataFrame
        The columns of `by`, `term`, `count`, and `n_articles`, `n_paragraphs` if there are any; see `count_terms`.
    by : str or list of str
    prior : "informative" or float
        Of the log-odds: "informative" gives each term a pseudo-count in proportion to its pooled frequency, in all as
        many as a group has tokens on average; a number is the pseudo-count of every term.
    n_tests : int, optional
        Number of comparisons that the interval of `log_ratio` is widened for (Bonferroni); the number of rows if not given.

    Returns
    -------
    DataFrame
        One row for every group and term, zero counts too, sorted by group, falling `z` and term: the columns of `by`,
        `term`, `count`, `log_odds`, `z`, `p`, `q`, `log_ratio`, `log_ratio_low`, `log_ratio_high`, `lrc`, `g2`,
        `n_articles`, `n_paragraphs`, `unit`.

        - `log_odds`, `z`: weighted log-odds with a prior and their z score; `p` two-sided, `q` after Benjamini and
          Hochberg over all rows;
        - `log_ratio`: log2 of the relative frequencies (1 is twice as often), a zero count taken as 0.5;
          `log_ratio_low`, `log_ratio_high`: exact conditional interval at 95 %, Bonferroni; `lrc`: its end nearer 0, or 0;
        - `g2`: signed log-likelihood over the 2x2 table;
        - `unit` is "token": p and the intervals take tokens as independent, which words of one text are not. Look at
          `n_articles` and `n_paragraphs`; a term in fewer than three paragraphs is not a habit.

    Raises
    ------
    IdlibkitError
        With one group only (there is nothing to compare with), or an unknown prior.

    References
    ----------
    Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4). Dunning (1993), Computational Linguistics
    19(1). Hardie (2014), Log Ratio. Evert (2022), Measuring keyness (LRC).

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B", "B"], "term": ["talks", "war", "talks", "war"],
    ...                        "count": [10, 90, 60, 40]})
    >>> ik.keyness(counts)[["outlet", "term", "count", "log_ratio", "z"]].round(2)
      outlet   term  count  log_ratio     z
    0      A    war     90       1.17  8.99
    1      A  talks     10      -2.58 -6.28
    2      B  talks     60       2.58  6.28
    3      B    war     40      -1.17 -8.99
    """
    from scipy.special import betaincinv, ndtr

    group, groups, code, terms, counts = counts_by_group(counts, by)
    if len(groups) < 2:
        raise IdlibkitError(
            f"keyness compares groups, and there is only one in column {listed(groups.columns)}. "
            "Count by a column with two or more values."
        )
    if not (prior == "informative" or (isinstance(prior, (int, float)) and prior > 0)):
        raise IdlibkitError(
            f"prior={prior!r} is not usable; give 'informative' or a number above 0."
        )
    terms = terms.array
    n_groups, n_terms = len(groups), len(terms)
    full = group * n_terms + code

    def grid(column: str) -> np.ndarray:
        return np.bincount(full, counts[column], n_groups * n_terms).reshape(
            n_groups, n_terms
        )

    y = grid("count")
    order = pd.Series(terms).str.count(" ").to_numpy()
    n_orders = int(order.max(initial=0)) + 1
    of_order = np.eye(n_orders)[order]  # terms by orders
    n = y @ of_order  # tokens of each group and order
    pooled, total = y.sum(0), n.sum(0)
    a = (
        np.full(n_terms, float(prior))
        if prior != "informative"
        else pooled * (n.mean(0) / total)[order]
    )
    a0 = (a @ of_order)[order]
    n, rest = n[:, order], (total - n)[:, order]
    y_rest = pooled - y
    with np.errstate(divide="ignore", invalid="ignore"):
        log_odds = np.log((y + a) / (n + a0 - y - a)) - np.log(
            (y_rest + a) / (rest + a0 - y_rest - a)
        )
        z = log_odds / np.sqrt(1 / (y + a) + 1 / (y_rest + a))
        log_ratio = np.log2(np.maximum(y, 0.5) / n) - np.log2(
            np.maximum(y_rest, 0.5) / rest
        )
        g2 = _log_likelihood(y, n, y_rest, rest)
    p = 2 * ndtr(-np.abs(z))

    # Given y + y_rest, y is binomial; the interval of its share is Clopper and Pearson's. Few pairs of counts are distinct.
    alpha = 0.05 / (n_tests or y.size)
    size = int(pooled.max(initial=0)) + 1
    pair, distinct = pd.factorize(
        (pooled.astype(np.int64) * size + y.astype(np.int64)).ravel()
    )
    some, other = distinct % size, distinct // size - distinct % size
    with ThreadPoolExecutor(
        2
    ) as pool:  # both ends at once: this is where most of the time goes
        low = pool.submit(betaincinv, np.maximum(some, 1), other + 1, alpha / 2)
        high = betaincinv(some + 1, np.maximum(other, 1), 1 - alpha / 2)
        low, high = (
            np.where(some > 0, low.result(), 0.0),
            np.where(other > 0, high, 1.0),
        )
    with np.errstate(divide="ignore"):
        sizes = np.log2(rest / n).ravel()
        ratio_low, ratio_high = (
            np.log2(share / (1 - share))[pair] + sizes for share in (low, high)
        )
    lrc = np.where(ratio_low > 0, ratio_low, np.where(ratio_high < 0, ratio_high, 0.0))

    of_term = np.argsort(
        -z.round(12), axis=1, kind="stable"
    )  # the terms are in order, so ties are
    of_group = np.repeat(np.arange(n_groups), n_terms)
    ranked = of_group * n_terms + of_term.ravel()
    out = groups.take(of_group).reset_index(drop=True)
    out["term"] = terms.take(of_term.ravel())
    out["count"] = y.ravel()[ranked].astype(np.int64)
    values = {
        "log_odds": log_odds,
        "z": z,
        "p": p,
        "q": _benjamini_hochberg(p.ravel()),
        "log_ratio": log_ratio,
    }
    values |= {
        "log_ratio_low": ratio_low,
        "log_ratio_high": ratio_high,
        "lrc": lrc,
        "g2": g2,
    }
    for column in ("n_articles", "n_paragraphs"):
        values[column] = (
            grid(column).astype(np.int64)
            if column in counts
            else np.full(y.shape, np.nan)
        )
    return out.assign(
        **{name: value.ravel()[ranked] for name, value in values.items()}, unit="token"
    )


def _log_likelihood(y, n, y_rest, rest):
    """Dunning's G2 over all four cells, with the sign of the difference."""
    total, pooled = n + rest, y + y_rest
    cells = (
        (y, n * pooled),
        (y_rest, rest * pooled),
        (n - y, n * (total - pooled)),
        (rest - y_rest, rest * (total - pooled)),
    )
    g2 = 2 * sum(
        np.where(seen > 0, seen * np.log(seen * total / expected), 0)
        for seen, expected in cells
    )
    return np.sign(y / n - y_rest / rest) * np.maximum(g2, 0)


def _benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    order = np.argsort(p)
    adjusted = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty_like(p)
    q[order] = np.minimum(np.minimum.accumulate(adjusted[::-1])[::-1], 1)
    return q
