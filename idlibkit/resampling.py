"""The resampling behind every `*_by` table: what is drawn, how often, and what the interval then speaks of.

Every measure of the package is a ratio of two sums over passages: the sum of scores over the number of scored passages,
the words of one speaker over the words of all. So a bootstrap is one matrix product, of the weights that the draws give
to the units with the units' sums.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .tables import IdlibkitError, check_by, check_columns

__all__ = [
    "MIN_ARTICLES",
    "article_sums",
    "group_codes",
    "in_range",
    "ratio_by",
    "unit_sums",
]


MIN_ARTICLES = 5  # with fewer in any group, articles are too few to draw: paragraphs are drawn instead
MIN_UNITS = 3
NO_SPREAD = 1e-12  # all draws alike (a share of 0 or 1): an interval of no width would claim certainty, so there is none
BLOCK = (
    1 << 22
)  # weights drawn at a time, so that memory does not grow with the number of resamples
SUMS = ["top", "bottom", "n_passages"]


def unit_sums(
    table: pd.DataFrame,
    by: Sequence[str],
    *,
    top: str,
    bottom: str,
    category: Sequence[str] = (),
) -> pd.DataFrame:
    """Sums of two columns for each paragraph, group and category: all that `ratio_by` needs of a table.

    The sums of two parts of a corpus can be put one below the other, if every article is in one part.

    Parameters
    ----------
    table : DataFrame
        One row per passage or mention: `by`, `category`, `article_id`, `paragraph`, and the numbers `top` and `bottom`.
    by, category : sequence of str
    top, bottom : str

    Returns
    -------
    DataFrame
        `by`, `category`, `article_id`, `paragraph`, `top`, `bottom`, `n_passages` (rows with a bottom above 0).
    """
    by = check_by(table, by, "the table")
    keys = [*dict.fromkeys([*by, *category, "article_id", "paragraph"])]
    check_columns(table, [*keys, top, bottom], "the table")
    sums = table[keys].assign(
        top=table[top].astype(float),
        bottom=table[bottom].astype(float),
        n_passages=(table[bottom] > 0).astype(int),
    )
    return sums.groupby(keys, dropna=False, sort=False, as_index=False, observed=True)[
        SUMS
    ].sum()


def article_sums(sums: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The sums of whole articles: all that `ratio_by` needs where every group has articles enough to draw them."""
    keys = [*dict.fromkeys([*by, "article_id"])]
    out = sums.groupby(keys, dropna=False, sort=False, as_index=False, observed=True)[
        SUMS
    ].sum()
    return out if "paragraph" in by else out.assign(paragraph=0)


def ratio_by(
    sums: pd.DataFrame,
    by: Sequence[str],
    *,
    category: Sequence[str] = (),
    within: Sequence[str] = (),
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Ratio of two sums in each group, with an interval, and its difference from the other groups pooled.

    Parameters
    ----------
    sums : DataFrame
        What `unit_sums` returns for the same `by` and `category`.
    by : sequence of str
        Groups. The first column is what is compared (the outlet); the others (voice, role) are held equal: an outlet's own
        voice is set against the own voice of the rest.
    category : sequence of str
        Columns that cut a group's total into shares: the bottom is then summed over the categories, and every category has a
        row in every group, 0 where it does not occur.
    within : sequence of str
        Those columns of `category` inside which shares are taken. With category ("actor", "label") and within ("actor",)
        the shares of each actor's labels add up to 1.
    n_boot : int
        Number of resamples.
    seed : int
        Same seed, same intervals, whatever the order of the rows.

    Returns
    -------
    DataFrame
        `by`, `category`, `estimate`, `ci_low`, `ci_high`, `difference` (from the pooled rest), `difference_low`,
        `difference_high`, `n_articles`, `n_passages`, `unit`; sorted by group and category. Missing are: intervals with fewer than
        three units or where all draws agree (a share of 0 or 1), differences where there is no other group.

    Notes
    -----
    Units are articles where every group has five or more, else paragraphs; the interval then speaks of these articles, not of
    the outlet. Units are drawn within each outlet (more generally: within the columns of `by` in which an article has one
    value), and the same draw serves all voices. The interval is estimate ± t(n-1) x SE x sqrt(n/(n-1)) at 95 %, SE over
    multinomial draws of n units, n those in which the group occurs: at five articles, a plain percentile bootstrap covers .83.
    """
    from scipy.sparse import csr_array
    from scipy.special import stdtrit

    by, category, within = check_by(sums, by, "the sums"), list(category), list(within)
    check_columns(sums, [*category, "article_id", "paragraph", *SUMS], "the sums")
    if n_boot < 100:
        raise IdlibkitError(
            f"n_boot={n_boot} is too few resamples for an interval; use 2000."
        )
    if sums.empty:
        columns = [
            *by,
            *category,
            "estimate",
            "ci_low",
            "ci_high",
            "difference",
            "difference_low",
        ]
        return pd.DataFrame(
            columns=[*columns, "difference_high", "n_articles", "n_passages", "unit"]
        )

    sums = sums.reset_index(drop=True)
    group, groups = group_codes(sums, by)
    present = sums["bottom"].to_numpy() > 0
    n_articles = _n_distinct(
        group[present], group_codes(sums, ["article_id"])[0][present], len(groups)
    )
    unit_is = "article" if (n_articles >= MIN_ARTICLES).all() else "paragraph"
    unit, units = group_codes(
        sums, ["article_id"] if unit_is == "article" else ["article_id", "paragraph"]
    )

    # The table of results: every category in every group.
    kinds, kind = (pd.DataFrame(index=[0]), np.zeros(len(sums), int))
    if category:
        kind, kinds = group_codes(sums, category)
    shares, share = (pd.DataFrame(index=[0]), np.zeros(len(kinds), int))
    if within:
        share, shares = group_codes(kinds, within)
    n_kinds, n_shares = len(kinds), len(shares)
    cell, bottom_cell = group * n_kinds + kind, group * n_shares + share[kind]
    below = np.repeat(np.arange(len(groups)) * n_shares, n_kinds) + np.tile(
        share, len(groups)
    )
    held = group_codes(groups, by[1:])[0] if by[1:] else np.zeros(len(groups), int)

    def rest(values: np.ndarray, size: int) -> np.ndarray:
        """Sums over all groups with the same further columns, less the group itself (last axis: groups x size)."""
        shaped = values.reshape(*values.shape[:-1], len(groups), size)
        total = np.stack(
            [shaped[..., held == value, :].sum(-2) for value in range(held.max() + 1)],
            -2,
        )
        return (total[..., held, :] - shaped).reshape(values.shape)

    def ratios(top: np.ndarray, bottom: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with np.errstate(invalid="ignore", divide="ignore"):
            estimate = top / bottom[..., below]
            other = rest(top, n_kinds) / _no_dust(rest(bottom, n_shares))[..., below]
        return estimate, estimate - other

    tops = csr_array(
        (sums["top"], (unit, cell)), shape=(len(units), len(groups) * n_kinds)
    )
    bottoms = csr_array(
        (sums["bottom"], (unit, bottom_cell)),
        shape=(len(units), len(groups) * n_shares),
    )
    estimate, difference = ratios(tops.sum(0), bottoms.sum(0))
    se, se_difference = _bootstrap(
        sums, by, unit, len(units), tops, bottoms, ratios, n_boot, seed
    )
    n_units = _n_distinct(bottom_cell[present], unit[present], len(groups) * n_shares)
    rest_units = rest(n_units, n_shares)[below]
    n_units = n_units[below]

    def half_width(se: np.ndarray, n: np.ndarray) -> np.ndarray:
        n = np.where((n >= MIN_UNITS) & (se > NO_SPREAD), n, np.nan)
        return stdtrit(n - 1, 0.975) * se * np.sqrt(n / (n - 1))

    half, half_difference = (
        half_width(se, n_units),
        half_width(se_difference, np.minimum(n_units, rest_units)),
    )
    out = groups.loc[np.repeat(np.arange(len(groups)), n_kinds)].reset_index(drop=True)
    for column in category:
        out[column] = (
            kinds[column].take(np.tile(np.arange(n_kinds), len(groups))).to_numpy()
        )
    out["estimate"], out["ci_low"], out["ci_high"] = (
        estimate,
        estimate - half,
        estimate + half,
    )
    out["difference"] = difference
    out["difference_low"], out["difference_high"] = (
        difference - half_difference,
        difference + half_difference,
    )
    out["n_articles"] = np.repeat(n_articles, n_kinds)
    out["n_passages"] = np.bincount(
        bottom_cell, sums["n_passages"], len(groups) * n_shares
    ).astype(int)[below]
    out["unit"] = unit_is
    return out


def in_range(table: pd.DataFrame, low: float = 0, high: float = 1) -> pd.DataFrame:
    """Intervals cut where no estimate can be: a share below 0 or above 1, a mean beyond its scale; differences likewise."""
    ends, differences = ["ci_low", "ci_high"], ["difference_low", "difference_high"]
    return table.assign(
        **table[ends].clip(low, high), **table[differences].clip(low - high, high - low)
    )


def group_codes(
    table: pd.DataFrame, columns: Sequence[str]
) -> tuple[np.ndarray, pd.DataFrame]:
    """Each row's place among the distinct values of `columns`, and those values, sorted, missing ones last."""
    grouped = table.groupby(list(columns), dropna=False, sort=True, observed=True)
    code = grouped.ngroup().to_numpy()
    first = np.full(code.max(initial=-1) + 1, -1)
    first[code[::-1]] = np.arange(len(code))[::-1]
    return code, table[list(columns)].iloc[first].reset_index(drop=True)


def _n_distinct(group: np.ndarray, value: np.ndarray, n_groups: int) -> np.ndarray:
    pairs = pd.DataFrame({"group": group, "value": value}).drop_duplicates()
    return np.bincount(pairs["group"], minlength=n_groups)


def _no_dust(values: np.ndarray) -> np.ndarray:
    """What is left when a sum is taken from itself is nothing, not a rounding error."""
    return np.where(np.abs(values) < 1e-9, 0, values)


def _bootstrap(sums, by, unit, n_units, tops, bottoms, ratios, n_boot, seed):
    """Standard errors of the ratios and of their differences, over draws of units within each stratum.

    `tops` and `bottoms` are the sparse sums, units by cells; `ratios` turns drawn sums into estimates.
    """
    # A column in which every article has one value (outlet, month) divides the units into strata; one that varies inside
    # an article (voice, speaker) does not, so that all its values share a draw.
    articles = sums.groupby("article_id")
    whole = [
        column for column in by if (articles[column].nunique(dropna=False) <= 1).all()
    ]
    stratum = np.zeros(n_units, int)
    if whole:
        stratum[unit] = group_codes(sums, whole)[0]
    order = np.argsort(stratum, kind="stable")
    sizes = np.bincount(stratum)
    tops, bottoms = tops[order].T.tocsr(), bottoms[order].T.tocsr()
    rng = np.random.default_rng(seed)
    point = np.stack(ratios(tops.sum(1), bottoms.sum(1)))
    total, squares, count = (
        np.zeros_like(point),
        np.zeros_like(point),
        np.zeros_like(point),
    )
    for size in _blocks(n_boot, max(1, BLOCK // n_units)):
        weights = np.concatenate([_multinomial(rng, n, size) for n in sizes])
        drawn = (
            np.stack(ratios((tops @ weights).T, (bottoms @ weights).T)) - point[:, None]
        )
        total += np.nansum(drawn, 1)
        squares += np.nansum(drawn**2, 1)
        count += np.isfinite(drawn).sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (squares - total**2 / count) / (count - 1)
    return np.sqrt(np.maximum(variance, 0))


def _blocks(total: int, size: int) -> list[int]:
    return [min(size, total - at) for at in range(0, total, size)]


def _multinomial(rng: np.random.Generator, n: int, draws: int) -> np.ndarray:
    """How often each of n units is drawn in n tries: units by draws."""
    drawn = rng.integers(0, n, size=(n, draws)) * draws + np.arange(draws)
    return (
        np.bincount(drawn.ravel(), minlength=n * draws).reshape(n, draws).astype(float)
    )
