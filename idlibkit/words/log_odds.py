"""Keyness: which words set a group apart, with effect sizes and intervals."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, listed
from .counts import counts_by_group

__all__ = ["keyness"]


COLUMNS = [
    "log_odds",
    "z",
    "p",
    "q",
    "log_ratio",
    "log_ratio_low",
    "log_ratio_high",
    "lrc",
    "g2",
    "n_articles",
    "n_paragraphs",
]


def keyness(
    counts: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    prior: str | float = "informative",
    n_tests: int | None = None,
) -> pd.DataFrame:
    """Which terms a group uses more, or less, than the other groups pooled: direction,
    effect and interval.

    Parameters
    ----------
    counts : DataFrame
        The columns of `by`, `term`, `count`, and `n_articles`, `n_paragraphs` if there
        are any; see `count_terms`.
    by : str or list of str
        Columns of the groups.
    prior : "informative" or float
        Of the log-odds: "informative" gives each term a pseudo-count in proportion to
        its pooled frequency, in all as many as a group has tokens on average; a number
        is the pseudo-count of every term.
    n_tests : int, optional
        Number of comparisons that the interval of `log_ratio` is widened for
        (Bonferroni); the number of rows if not given.

    Returns
    -------
    DataFrame
        One row for every group and term, zero counts too, sorted by group, falling `z`
        and term: the columns of `by`, `term`, `count`, `log_odds`, `z`, `p`, `q`,
        `log_ratio`, `log_ratio_low`, `log_ratio_high`, `lrc`, `g2`, `n_articles`,
        `n_paragraphs`, `unit`.

        - `log_odds`, `z`: weighted log-odds with a prior and their z score; `p`
          two-sided, `q` after Benjamini and Hochberg over all rows;
        - `log_ratio`: log2 of the relative frequencies (1 is twice as often), a zero
          count taken as 0.5; `log_ratio_low`, `log_ratio_high`: exact conditional
          interval at 95 %, Bonferroni; `lrc`: its end nearer 0, or 0;
        - `g2`: signed log-likelihood over the 2x2 table;
        - `unit` is "token": p and the intervals take tokens as independent, which words
          of one text are not. Look at `n_articles` and `n_paragraphs`; a term in fewer
          than three paragraphs is not a habit.

    Raises
    ------
    IdlibkitError
        With one group only (there is nothing to compare with), or an unknown prior.

    References
    ----------
    Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4). Dunning
    (1993), Computational Linguistics 19(1). Hardie (2014), Log Ratio. Evert (2022),
    Measuring keyness (LRC).

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> counts = pd.DataFrame({"outlet": ["A", "A", "B", "B"],
    ...     "term": ["talks", "war", "talks", "war"], "count": [10, 90, 60, 40]})
    >>> ik.keyness(counts)[["outlet", "term", "count", "log_ratio", "z"]].round(2)
      outlet   term  count  log_ratio     z
    0      A    war     90       1.17  8.99
    1      A  talks     10      -2.58 -6.28
    2      B  talks     60       2.58  6.28
    3      B    war     40      -1.17 -8.99
    """
    grouped = counts_by_group(counts, by)
    groups, terms = grouped.groups, grouped.terms
    if len(groups) < 2:
        raise IdlibkitError(
            "keyness compares groups, and there is only one in column "
            f"{listed(groups.columns)}. Count by a column with two or more values."
        )
    if not (prior == "informative" or (isinstance(prior, (int, float)) and prior > 0)):
        raise IdlibkitError(
            f"prior={prior!r} is not usable; give 'informative' or a number above 0."
        )
    shape = len(groups), len(terms)

    def grid(column: str) -> np.ndarray:
        place = grouped.group * len(terms) + grouped.term
        cells = np.bincount(place, grouped.table[column], np.prod(shape))
        return cells.reshape(shape)

    order = terms.str.count(" ").to_numpy().astype(int)
    table = _contingency(grid("count"), order)
    values = _weighted_log_odds(table, order, prior)
    values |= _log_ratios(table, 0.05 / (n_tests or np.prod(shape)))
    values["g2"] = _log_likelihood(table)
    for column in ("n_articles", "n_paragraphs"):
        known = column in grouped.table
        values[column] = (
            grid(column).astype(np.int64) if known else np.full(shape, np.nan)
        )

    # The terms are in order, so ties are.
    ranking = np.argsort(-values["z"].round(12), axis=1, kind="stable")
    out = groups.take(np.repeat(np.arange(len(groups)), len(terms)))
    out = out.reset_index(drop=True)
    out["term"] = terms.array.take(ranking.ravel())
    out["count"] = _ranked(table.count, ranking).astype(np.int64)
    columns = {name: _ranked(values[name], ranking) for name in COLUMNS}
    return out.assign(**columns, unit="token")


def _ranked(values: np.ndarray, ranking: np.ndarray) -> np.ndarray:
    return np.take_along_axis(values, ranking, axis=1).ravel()


@dataclass(frozen=True, slots=True)
class Contingency:
    """Each group against the rest, for each term; all arrays are groups x terms."""

    count: np.ndarray  # of the term in the group
    size: np.ndarray  # tokens of the group, of the term's n-gram order
    rest_count: np.ndarray
    rest_size: np.ndarray


def _contingency(count: np.ndarray, order: np.ndarray) -> Contingency:
    """`order`: the number of spaces in each term; each order has totals of its own."""
    of_order = np.eye(order.max(initial=0) + 1)[order]  # terms x orders
    size = count @ of_order  # groups x orders
    return Contingency(
        count=count,
        size=size[:, order],
        rest_count=count.sum(0) - count,
        rest_size=(size.sum(0) - size)[:, order],
    )


def _weighted_log_odds(
    table: Contingency, order: np.ndarray, prior: str | float
) -> dict[str, np.ndarray]:
    """Log-odds with a prior (Monroe et al. 2008), their z scores, p and q."""
    from scipy.special import ndtr
    from scipy.stats import false_discovery_control

    pooled = table.count + table.rest_count
    pseudo = np.full_like(pooled[0], 1.0 if prior == "informative" else prior)
    if prior == "informative":  # in all as many as a group has tokens on average
        total = table.size[0] + table.rest_size[0]
        pseudo = pooled[0] * table.size.mean(0) / total
    pseudo_size = np.bincount(order, pseudo)[order]

    def log_odds(count: np.ndarray, size: np.ndarray) -> np.ndarray:
        others = size + pseudo_size - count - pseudo
        return np.log((count + pseudo) / others)

    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = log_odds(table.count, table.size)
        estimate = estimate - log_odds(table.rest_count, table.rest_size)
        variance = 1 / (table.count + pseudo) + 1 / (table.rest_count + pseudo)
        z = estimate / np.sqrt(variance)
    p = 2 * ndtr(-np.abs(z))
    q = np.full_like(p, np.nan)
    q[~np.isnan(p)] = false_discovery_control(p[~np.isnan(p)])
    return {"log_odds": estimate, "z": z, "p": p, "q": q}


def _log_ratios(table: Contingency, alpha: float) -> dict[str, np.ndarray]:
    """Log2 of relative frequencies, its exact conditional interval at 1 - `alpha`, and
    the end of that nearer 0 (0 where it holds 0)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.log2(np.maximum(table.count, 0.5) / table.size)
        ratio = own - np.log2(np.maximum(table.rest_count, 0.5) / table.rest_size)
        low_share, high_share = _clopper_pearson(table.count, table.rest_count, alpha)
        sizes = np.log2(table.rest_size / table.size)
        low = np.log2(low_share / (1 - low_share)) + sizes
        high = np.log2(high_share / (1 - high_share)) + sizes
    nearer = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    return {
        "log_ratio": ratio,
        "log_ratio_low": low,
        "log_ratio_high": high,
        "lrc": nearer,
    }


def _clopper_pearson(
    count: np.ndarray, rest: np.ndarray, alpha: float
) -> tuple[np.ndarray, np.ndarray]:
    """The exact interval of the share count / (count + rest), a binomial one given the
    sum. Few pairs of counts are distinct, so each is looked up once."""
    from scipy.special import betaincinv

    pairs = count.astype(np.int64) * (int(rest.max(initial=0)) + 1)
    pairs += rest.astype(np.int64)
    pair, distinct = pd.factorize(pairs.ravel())
    some, other = np.divmod(distinct, int(rest.max(initial=0)) + 1)
    # Both ends at once: this is where most of the time goes.
    with ThreadPoolExecutor(2) as pool:
        lower = pool.submit(betaincinv, np.maximum(some, 1), other + 1, alpha / 2)
        high = betaincinv(some + 1, np.maximum(other, 1), 1 - alpha / 2)
        low = np.where(some > 0, lower.result(), 0.0)
    high = np.where(other > 0, high, 1.0)
    return low[pair].reshape(count.shape), high[pair].reshape(count.shape)


def _log_likelihood(table: Contingency) -> np.ndarray:
    """Dunning's G2 over all four cells, with the sign of the difference."""
    total = table.size + table.rest_size
    pooled = table.count + table.rest_count
    cells = (
        (table.count, table.size * pooled),
        (table.rest_count, table.rest_size * pooled),
        (table.size - table.count, table.size * (total - pooled)),
        (table.rest_size - table.rest_count, table.rest_size * (total - pooled)),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        g2 = 2 * sum(
            np.where(seen > 0, seen * np.log(seen * total / expected), 0)
            for seen, expected in cells
        )
        sign = np.sign(table.count / table.size - table.rest_count / table.rest_size)
    return sign * np.maximum(g2, 0)
