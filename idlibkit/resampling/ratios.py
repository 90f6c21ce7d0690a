"""The resampling behind every `*_by` table: what is drawn, how often, and what the
interval then speaks of.

Every measure of the package is a ratio of two sums over passages: the sum of scores
over the number of scored passages, the words of one speaker over the words of all. So a
bootstrap is one matrix product, of the weights that the draws give to the units with
the units' sums.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_by, check_columns
from .cells import cells_of
from .codes import n_distinct
from .draws import Design, design_of, standard_errors

__all__ = ["article_sums", "in_range", "ratio_by", "unit_sums"]

MIN_UNITS = 3
# All draws alike (a share of 0 or 1): an interval of no width would claim certainty, so
# there is none.
NO_SPREAD = 1e-12
SUMS = ["top", "bottom", "n_passages"]
INTERVAL = ["estimate", "ci_low", "ci_high"]
DIFFERENCE = ["difference", "difference_low", "difference_high"]


def unit_sums(
    table: pd.DataFrame,
    by: Sequence[str],
    *,
    top: str,
    bottom: str,
    category: Sequence[str] = (),
) -> pd.DataFrame:
    """Sums of two columns for each paragraph, group and category: all that `ratio_by`
    needs of a table.

    The sums of two parts of a corpus can be put one below the other, if every article
    is in one part.

    Parameters
    ----------
    table : DataFrame
        One row per passage or mention: `by`, `category`, `article_id`, `paragraph`, and
        the numbers `top` and `bottom`.
    by, category : sequence of str
    top, bottom : str

    Returns
    -------
    DataFrame
        `by`, `category`, `article_id`, `paragraph`, `top`, `bottom`, `n_passages` (rows
        with a bottom above 0).
    """
    by = check_by(table, by, "the table")
    keys = [*dict.fromkeys([*by, *category, "article_id", "paragraph"])]
    check_columns(table, [*keys, top, bottom], "the table")
    sums = table[keys].assign(
        top=table[top].astype(float),
        bottom=table[bottom].astype(float),
        n_passages=(table[bottom] > 0).astype(int),
    )
    return _summed(sums, keys)


def article_sums(sums: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The sums of whole articles: all that `ratio_by` needs where every group has
    articles enough to draw them.
    """
    out = _summed(sums, [*dict.fromkeys([*by, "article_id"])])
    return out if "paragraph" in by else out.assign(paragraph=0)


def _summed(sums: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    groups = sums.groupby(keys, dropna=False, sort=False, as_index=False, observed=True)
    return groups[SUMS].sum()


def ratio_by(
    sums: pd.DataFrame,
    by: Sequence[str],
    *,
    category: Sequence[str] = (),
    within: Sequence[str] = (),
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Ratio of two sums in each group, with an interval, and its difference from the
    other groups pooled.

    Parameters
    ----------
    sums : DataFrame
        What `unit_sums` returns for the same `by` and `category`.
    by : sequence of str
        Groups. The first column is what is compared (the outlet); the others (voice,
        role) are held equal: an outlet's own voice is set against the own voice of the
        rest.
    category : sequence of str
        Columns that cut a group's total into shares: the bottom is then summed over the
        categories, and every category has a row in every group, 0 where it does not
        occur.
    within : sequence of str
        Those columns of `category` inside which shares are taken. With category
        ("actor", "label") and within ("actor",) the shares of each actor's labels add
        up to 1.
    n_boot : int
        Number of resamples.
    seed : int
        Same seed, same intervals, whatever the order of the rows.

    Returns
    -------
    DataFrame
        `by`, `category`, `estimate`, `ci_low`, `ci_high`, `difference` (from the pooled
        rest), `difference_low`, `difference_high`, `n_articles`, `n_passages`, `unit`
        (what was drawn for this row); sorted by group and category. Missing are:
        intervals with fewer than three units or where all draws agree (a share of 0 or
        1), differences where there is no other group.

    Raises
    ------
    IdlibkitError
        If a column is missing or `n_boot` is below 100.

    Notes
    -----
    The unit belongs to the row: articles where the group has five or more and so has
    one of those it is compared with, else paragraphs; the interval
    then speaks of these articles, not of the outlet. Units are drawn within each outlet
    (more generally: within the columns of `by` in which an article has one value), and
    the same draw serves all voices; where articles are drawn, the outlets with fewer
    than five have their paragraphs drawn. The interval is estimate ± t(n-1) x SE x
    sqrt(n/(n-1)) at 95 %, SE over multinomial draws of n units, n those in which the
    group occurs: at five articles, a plain percentile bootstrap covers .83.
    """
    by, category, within = check_by(sums, by, "the sums"), list(category), list(within)
    check_columns(sums, [*category, "article_id", "paragraph", *SUMS], "the sums")
    if n_boot < 100:
        raise IdlibkitError(
            f"n_boot={n_boot} is too few resamples for an interval; use 2000."
        )
    if sums.empty:
        columns = [*by, *category, *INTERVAL, *DIFFERENCE]
        return pd.DataFrame(columns=[*columns, "n_articles", "n_passages", "unit"])

    sums = sums.reset_index(drop=True)
    cells = cells_of(sums, by, category, within)
    enough = cells.have_articles()
    tables = {
        unit: _estimates(design_of(sums, by, cells, unit), n_boot, seed)
        for unit, of_unit in (("article", enough), ("paragraph", ~enough))
        if of_unit.any()
    }
    if len(tables) == 1:
        return next(iter(tables.values()))
    rows = np.repeat(enough, len(cells.kinds))
    place = np.arange(len(rows))
    both = pd.concat([tables["article"], tables["paragraph"]])
    return both.iloc[np.where(rows, place, place + len(rows))].reset_index(drop=True)


def _estimates(design: Design, n_boot: int, seed: int) -> pd.DataFrame:
    """What `ratio_by` returns, all rows with the unit of the design."""
    cells = design.cells
    point = design.ratios(design.tops.sum(0), design.bottoms.sum(0))
    errors = standard_errors(design, n_boot, np.random.default_rng(seed))
    n_units = n_distinct(cells.total[cells.present], design.unit, cells.n_totals)
    n_rest = cells.rest(n_units, cells.n_shares)[cells.total_of]
    n_units = n_units[cells.total_of]
    half = _half_width(errors.estimate, n_units)
    half_difference = _half_width(errors.difference, np.minimum(n_units, n_rest))

    out = cells.named()
    out["estimate"] = point.estimate
    out["ci_low"], out["ci_high"] = point.estimate - half, point.estimate + half
    out["difference"] = point.difference
    out["difference_low"] = point.difference - half_difference
    out["difference_high"] = point.difference + half_difference
    out["n_articles"] = np.repeat(cells.n_articles, len(cells.kinds))
    out["n_passages"] = cells.n_passages[cells.total_of]
    out["unit"] = design.unit_name
    return out


def in_range(table: pd.DataFrame, low: float = 0, high: float = 1) -> pd.DataFrame:
    """Intervals cut where no estimate can be: a share below 0 or above 1, a mean beyond
    its scale; differences likewise.
    """
    return table.assign(
        **table[INTERVAL[1:]].clip(low, high),
        **table[DIFFERENCE[1:]].clip(low - high, high - low),
    )


def _half_width(se: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Half the 95 % interval of a mean of n units; missing where it cannot be told."""
    from scipy.special import stdtrit

    n = np.where((n >= MIN_UNITS) & (se > NO_SPREAD), n, np.nan)
    return stdtrit(n - 1, 0.975) * se * np.sqrt(n / (n - 1))
