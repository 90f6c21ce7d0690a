"""A table in parts with its articles brought into other parts: those of one story into
one, those of neighbouring days side by side.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from .cluster import by_partition, columns_of, computed
from .part_files import Parts, checksum, stored_parts

__all__ = ["regrouped", "whole_stories"]

PART, RANK = "_part", "_rank"


def regrouped(table: Any, places: pd.DataFrame) -> Any:
    """A table in parts (files, or a Dask DataFrame) whose rows lie in other parts.

    `places` has one row per article, in the order in which they are wanted:
    `article_id` and `part`, numbered from 0.
    """
    places = places.reset_index(drop=True)
    if isinstance(table, Parts):
        return _files_regrouped(table, places)
    return _dask_regrouped(table, places)


def whole_stories(table: Any, name: str) -> Any:
    """A table in parts in which each story lies in one part; as it is where that holds
    already.

    Raises
    ------
    IdlibkitError
        If there is no column `story`, or it is missing in some rows.
    """
    if "story" not in columns_of(table):
        raise IdlibkitError(
            f"{name} in parts need the column 'story': what is compared within a story"
            " is compared part by part. Join it to the articles, as in"
            " articles.merge(stories(articles)[['article_id', 'story']],"
            " on='article_id')."
        )
    check_columns(columns_of(table), ["article_id", "story"], name)
    keys = table[["article_id", "story"]]
    articles = computed(by_partition(_articles_in, keys))
    if articles["story"].isna().any():
        raise IdlibkitError(
            f"column 'story' of {name} is missing in some rows; give every article a"
            " story with stories(articles)."
        )
    if not articles.drop_duplicates(["part", "story"])["story"].duplicated().any():
        return table
    articles = articles.sort_values(["story", "article_id"], kind="stable")
    return regrouped(table, articles.assign(part=_parts_of_stories(articles)))


def _parts_of_stories(articles: pd.DataFrame) -> np.ndarray:
    """As many parts as before, of about one size and of whole stories in order."""
    n_parts = max(articles["part"].nunique(), 1)
    done = articles["n_rows"].cumsum() - articles["n_rows"]
    first = done.groupby(articles["story"].to_numpy()).transform("min").to_numpy()
    number = first * n_parts // max(int(articles["n_rows"].sum()), 1)
    return pd.factorize(number, sort=True)[0]


def _articles_in(keys: pd.DataFrame) -> pd.DataFrame:
    """The articles of a part with their stories and numbers of rows; `part` is a name
    that no other part has, that of its first article.
    """
    groups = keys.groupby("article_id", sort=False)["story"]
    table = groups.agg(["first", "size"]).reset_index()
    table.columns = pd.Index(["article_id", "story", "n_rows"])
    first = table["article_id"].iloc[0] if len(table) else ""
    return table.assign(part=pd.Series(first, table.index, table["article_id"].dtype))


# --------------------------------------------------------------------------- in files
def _files_regrouped(table: Parts, places: pd.DataFrame) -> Parts:
    n_parts = int(places["part"].max()) + 1 if len(places) else 1
    place = partial(_placed, places=places)
    whole = checksum([table.name(file, place) for file in table.files])
    names = [checksum(whole, number) for number in range(n_parts)]
    wanted = tuple(table.work / f"{name}.parquet" for name in names)
    if all(file.exists() for file in wanted):
        return Parts(wanted, table.work)
    placed = table.mapped(place)
    held = [set(part[PART].unique()) for part in placed[[PART]]]
    files = list(zip(placed.files, held, strict=True))
    makers = {
        name: partial(_from_files, [f for f, some in files if number in some], number)
        for number, name in enumerate(names)
    }
    made = stored_parts(makers, table.work, "regrouping")
    for file in placed.files:
        file.unlink(missing_ok=True)
    return made


def _placed(part: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The rows of a part in their new order, each with its new part."""
    ids = pd.Index(places["article_id"].astype("str"))
    rank = ids.get_indexer(pd.Index(part["article_id"].astype("str")))
    number = places["part"].to_numpy(np.int64)
    table = part.assign(**{RANK: rank, PART: np.append(number, -1)[rank]})
    return table[rank >= 0].sort_values(RANK, kind="stable", ignore_index=True)


def _from_files(files: list[Path], number: int) -> pd.DataFrame:
    asked = [(PART, "==", number)]
    return _joined([pd.read_parquet(file, filters=asked) for file in files])


def _joined(pieces: Iterable[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(list(pieces), ignore_index=True)
    table = table.sort_values(RANK, kind="stable", ignore_index=True)
    return table.drop(columns=[RANK, PART])


# --------------------------------------------------------------------------- with Dask
def _dask_regrouped(table: Any, places: pd.DataFrame) -> Any:
    import dask.dataframe as dd
    from dask import compute, delayed

    place = partial(_placed, places=places)
    ids = [delayed(place)(part) for part in table[["article_id"]].to_delayed()]
    held = compute(*[delayed(_numbers_in)(one) for one in ids])
    placed = [delayed(place)(part) for part in table.to_delayed()]
    n_parts = int(places["part"].max()) + 1 if len(places) else 1
    parts = [
        delayed(_joined)(
            [
                delayed(_piece)(one, number)
                for one, some in zip(placed, held, strict=True)
                if number in some
            ]
        )
        for number in range(n_parts)
    ]
    return dd.from_delayed(parts, meta=table._meta)


def _numbers_in(placed: pd.DataFrame) -> set[int]:
    return set(placed[PART].tolist())


def _piece(placed: pd.DataFrame, number: int) -> pd.DataFrame:
    return placed[placed[PART] == number]
