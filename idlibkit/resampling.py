"""The resampling behind every `*_by` table: what is drawn, how often, and what the
interval then speaks of.

Every measure of the package is a ratio of two sums over passages: the sum of scores
over the number of scored passages, the words of one speaker over the words of all. So a
bootstrap is one matrix product, of the weights that the draws give to the units with
the units' sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from .tables import IdlibkitError, check_by, check_columns

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = [
    "MIN_ARTICLES",
    "article_sums",
    "group_codes",
    "in_range",
    "ratio_by",
    "unit_sums",
]


# With fewer in a group, articles are too few to draw: paragraphs are drawn instead.
MIN_ARTICLES = 5
MIN_UNITS = 3
# All draws alike (a share of 0 or 1): an interval of no width would claim certainty, so
# there is none.
NO_SPREAD = 1e-12
# Weights drawn at a time, so that memory does not grow with the number of resamples.
BLOCK = 1 << 22
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
    cells = _cells(sums, by, category, within)
    enough = cells.have_articles()
    tables = {
        unit: _estimates(_design(sums, by, cells, unit), n_boot, seed)
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
    errors = _standard_errors(design, n_boot, np.random.default_rng(seed))
    n_units = _n_distinct(cells.total[cells.present], design.unit, cells.n_totals)
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


class Ratios(NamedTuple):
    """Both of shape (..., groups x kinds)."""

    estimate: np.ndarray
    difference: np.ndarray  # from the other groups pooled


@dataclass(frozen=True, slots=True)
class Cells:
    """What is estimated.

    A cell is a kind (a combination of categories) in a group; a total is what a cell's
    share is taken of (a set of kinds in a group). Cells and totals are numbered group
    by group: cell = group * kinds + kind, total = group * shares + share.
    """

    groups: pd.DataFrame
    kinds: pd.DataFrame  # one row, without columns, where there is no category
    n_shares: int
    cell: np.ndarray  # (rows,): the cell of each row of the sums
    total: np.ndarray  # (rows,): its total
    present: np.ndarray  # (rows,): whether its bottom is above 0
    article: np.ndarray  # (rows,): the number of its article
    total_of: np.ndarray  # (cells,): the total of each cell
    held: np.ndarray  # (groups,): groups with one number are compared with each other
    n_articles: np.ndarray  # (groups,)
    n_passages: np.ndarray  # (totals,)

    @property
    def n_totals(self) -> int:
        return len(self.groups) * self.n_shares

    def have_articles(self) -> np.ndarray:
        """(groups,): whether there are articles enough to draw them, in the group and
        in another that it is compared with, if there is any.
        """
        enough = self.n_articles >= MIN_ARTICLES
        others = self.rest(np.ones(len(enough)), 1)
        return enough & ((others == 0) | (self.rest(enough.astype(float), 1) > 0))

    def rest(self, values: np.ndarray, size: int) -> np.ndarray:
        """Sums over all groups that are compared, less the group itself; the last axis
        is groups x `size`.
        """
        shaped = values.reshape(*values.shape[:-1], len(self.groups), size)
        totals = [
            shaped[..., self.held == number, :].sum(-2)
            for number in range(self.held.max() + 1)
        ]
        rest = np.stack(totals, -2)[..., self.held, :] - shaped
        return rest.reshape(values.shape)

    def named(self) -> pd.DataFrame:
        """The columns of `by` and `category`, one row for each cell."""
        n_groups, n_kinds = len(self.groups), len(self.kinds)
        out = self.groups.loc[np.repeat(np.arange(n_groups), n_kinds)]
        out = out.reset_index(drop=True)
        kind = np.tile(np.arange(n_kinds), n_groups)
        for column in self.kinds:
            out[column] = self.kinds[column].take(kind).to_numpy()
        return out


@dataclass(frozen=True, slots=True)
class Design:
    """What is drawn for the estimates of cells."""

    cells: Cells
    unit_name: str
    tops: csr_array  # (units, cells)
    bottoms: csr_array  # (units, totals)
    stratum: np.ndarray  # (units,): units are drawn within these
    unit: np.ndarray  # (present rows,): the unit of each row with a bottom above 0

    def ratios(self, top: np.ndarray, bottom: np.ndarray) -> Ratios:
        """`top`: (..., cells); `bottom`: (..., totals)."""
        cells = self.cells
        with np.errstate(invalid="ignore", divide="ignore"):
            estimate = top / bottom[..., cells.total_of]
            rest_bottom = _no_dust(cells.rest(bottom, cells.n_shares))
            rest_top = cells.rest(top, len(cells.kinds))
            rest = rest_top / rest_bottom[..., cells.total_of]
        return Ratios(estimate, estimate - rest)


def _cells(
    sums: pd.DataFrame, by: list[str], category: list[str], within: list[str]
) -> Cells:
    group, groups = group_codes(sums, by)
    kind, kinds = _optional_codes(sums, category)
    share, shares = _optional_codes(kinds, within)
    n_groups, n_shares = len(groups), len(shares)
    total = group * n_shares + share[kind]
    present = sums["bottom"].to_numpy() > 0
    article = group_codes(sums, ["article_id"])[0]
    n_passages = np.bincount(total, sums["n_passages"], n_groups * n_shares)
    return Cells(
        groups=groups,
        kinds=kinds,
        n_shares=n_shares,
        cell=group * len(kinds) + kind,
        total=total,
        present=present,
        article=article,
        total_of=(np.arange(n_groups)[:, None] * n_shares + share).ravel(),
        held=_optional_codes(groups, by[1:])[0],
        n_articles=_n_distinct(group[present], article[present], n_groups),
        n_passages=n_passages.astype(int),
    )


def _design(sums: pd.DataFrame, by: list[str], cells: Cells, unit_name: str) -> Design:
    from scipy.sparse import csr_array

    stratum = _strata(sums, by)
    paragraph, _ = group_codes(sums, ["article_id", "paragraph"])
    drawn = np.zeros(len(sums), bool)  # the rows whose articles are drawn
    if unit_name == "article":
        there = cells.present
        size = _n_distinct(stratum[there], cells.article[there], stratum.max() + 1)
        drawn = (size >= MIN_ARTICLES)[stratum]
    behind = cells.article.max(initial=-1) + 1
    unit = np.where(drawn, cells.article, behind + paragraph)
    unit, units = pd.factorize(unit, sort=True)
    of_unit = np.zeros(len(units), int)
    of_unit[unit] = stratum

    def matrix(column: str, place: np.ndarray, size: int) -> csr_array:
        return csr_array((sums[column], (unit, place)), shape=(len(units), size))

    return Design(
        cells=cells,
        unit_name=unit_name,
        tops=matrix("top", cells.cell, len(cells.groups) * len(cells.kinds)),
        bottoms=matrix("bottom", cells.total, cells.n_totals),
        stratum=of_unit,
        unit=unit[cells.present],
    )


def _strata(sums: pd.DataFrame, by: list[str]) -> np.ndarray:
    """The stratum of each row: a column in which every article has one value (outlet,
    month) divides the units into strata; one that varies inside an article (voice,
    speaker) does not, so that all its values share a draw.
    """
    articles = sums.groupby("article_id")
    whole = [
        column for column in by if (articles[column].nunique(dropna=False) <= 1).all()
    ]
    return _optional_codes(sums, whole)[0]


def in_range(table: pd.DataFrame, low: float = 0, high: float = 1) -> pd.DataFrame:
    """Intervals cut where no estimate can be: a share below 0 or above 1, a mean beyond
    its scale; differences likewise.
    """
    return table.assign(
        **table[INTERVAL[1:]].clip(low, high),
        **table[DIFFERENCE[1:]].clip(low - high, high - low),
    )


def group_codes(
    table: pd.DataFrame, columns: Sequence[str]
) -> tuple[np.ndarray, pd.DataFrame]:
    """Each row's place among the distinct values of `columns`, and those values,
    sorted, missing ones last.
    """
    grouped = table.groupby(list(columns), dropna=False, sort=True, observed=True)
    code = grouped.ngroup().to_numpy()
    first = np.full(code.max(initial=-1) + 1, -1)
    first[code[::-1]] = np.arange(len(code))[::-1]
    return code, table[list(columns)].iloc[first].reset_index(drop=True)


def _optional_codes(
    table: pd.DataFrame, columns: Sequence[str]
) -> tuple[np.ndarray, pd.DataFrame]:
    """`group_codes`; without columns, all rows are one group."""
    if columns:
        return group_codes(table, columns)
    return np.zeros(len(table), int), pd.DataFrame(index=[0])


def _n_distinct(group: np.ndarray, value: np.ndarray, n_groups: int) -> np.ndarray:
    pairs = pd.DataFrame({"group": group, "value": value}).drop_duplicates()
    return np.bincount(pairs["group"], minlength=n_groups)


def _no_dust(values: np.ndarray) -> np.ndarray:
    """What is left when a sum is taken from itself is nothing, not a rounding error."""
    return np.where(np.abs(values) < 1e-9, 0, values)


def _half_width(se: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Half the 95 % interval of a mean of n units; missing where it cannot be told."""
    from scipy.special import stdtrit

    n = np.where((n >= MIN_UNITS) & (se > NO_SPREAD), n, np.nan)
    return stdtrit(n - 1, 0.975) * se * np.sqrt(n / (n - 1))


def _standard_errors(design: Design, n_boot: int, rng: np.random.Generator) -> Ratios:
    """Standard errors over draws of units within each stratum."""
    order = np.argsort(design.stratum, kind="stable")
    sizes = np.bincount(design.stratum)
    tops, bottoms = design.tops[order].T.tocsr(), design.bottoms[order].T.tocsr()
    point = np.stack(design.ratios(tops.sum(1), bottoms.sum(1)))  # (2, cells)
    total, squares, count = np.zeros((3, *point.shape))
    for draws in _blocks(n_boot, max(1, BLOCK // len(order))):
        weights = np.concatenate([_multinomial(rng, n, draws) for n in sizes])
        ratios = design.ratios((tops @ weights).T, (bottoms @ weights).T)
        drawn = np.stack(ratios) - point[:, None]  # (2, draws, cells)
        total += np.nansum(drawn, 1)
        squares += np.nansum(drawn**2, 1)
        count += np.isfinite(drawn).sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (squares - total**2 / count) / (count - 1)
    return Ratios(*np.sqrt(np.maximum(variance, 0)))


def _blocks(total: int, size: int) -> Iterator[int]:
    return (min(size, total - at) for at in range(0, total, size))


def _multinomial(rng: np.random.Generator, n: int, draws: int) -> np.ndarray:
    """How often each of n units is drawn in n tries: (n, draws)."""
    drawn = rng.integers(0, n, size=(n, draws)) * draws + np.arange(draws)
    counts = np.bincount(drawn.ravel(), minlength=n * draws)
    return counts.reshape(n, draws).astype(float)
