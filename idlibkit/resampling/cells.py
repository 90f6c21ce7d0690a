"""What is estimated: shares and means of groups, and of the groups beside them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .codes import group_codes, n_distinct, optional_codes

__all__ = ["MIN_ARTICLES", "Cells", "cells_of"]

# With fewer in a group, articles are too few to draw: paragraphs are drawn instead.
MIN_ARTICLES = 5


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


def cells_of(
    sums: pd.DataFrame, by: list[str], category: list[str], within: list[str]
) -> Cells:
    group, groups = group_codes(sums, by)
    kind, kinds = optional_codes(sums, category)
    share, shares = optional_codes(kinds, within)
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
        held=optional_codes(groups, by[1:])[0],
        n_articles=n_distinct(group[present], article[present], n_groups),
        n_passages=n_passages.astype(int),
    )
