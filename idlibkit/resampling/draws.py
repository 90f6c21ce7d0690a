"""What is drawn, how often, and how much the estimates then move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from .cells import MIN_ARTICLES, Cells
from .codes import group_codes, n_distinct, optional_codes

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Design", "design_of", "standard_errors"]

# Weights drawn at a time, so that memory does not grow with the number of resamples.
BLOCK = 1 << 22


class Ratios(NamedTuple):
    """Both of shape (..., groups x kinds)."""

    estimate: np.ndarray
    difference: np.ndarray  # from the other groups pooled


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


def design_of(
    sums: pd.DataFrame, by: list[str], cells: Cells, unit_name: str
) -> Design:
    from scipy.sparse import csr_array

    stratum = _strata(sums, by)
    paragraph, _ = group_codes(sums, ["article_id", "paragraph"])
    drawn = np.zeros(len(sums), bool)  # the rows whose articles are drawn
    if unit_name == "article":
        there = cells.present
        size = n_distinct(stratum[there], cells.article[there], stratum.max() + 1)
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
    return optional_codes(sums, whole)[0]


def _no_dust(values: np.ndarray) -> np.ndarray:
    """What is left when a sum is taken from itself is nothing, not a rounding error."""
    return np.where(np.abs(values) < 1e-9, 0, values)


def standard_errors(design: Design, n_boot: int, rng: np.random.Generator) -> Ratios:
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
