"""Dask: the same functions on an archive larger than memory, on the cores of one
machine or the machines of a cluster.

Functions that work row by row or article by article are `per_partition`; sums over
articles go through `add_up`, in a tree. So what a measure does is written once, for a
pandas table. Dask is imported only here, and only when it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial, wraps
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from ..tables import IdlibkitError, listed
from .part_files import Parts
from .progress import PATIENCE, watched

__all__ = [
    "add_up",
    "by_partition",
    "columns_of",
    "computed",
    "concat",
    "gathered",
    "held",
    "is_apart",
    "is_dask",
    "lazily",
    "per_partition",
    "rows_where",
]


FAN = 8  # partial results added up at a time: bounds what one worker holds
Function = TypeVar("Function", bound=Callable)


def is_dask(table: object) -> bool:
    """Whether `table` is a Dask DataFrame, told without importing Dask."""
    return type(table).__module__.split(".")[0] == "dask" and hasattr(
        table, "map_partitions"
    )


def is_apart(table: object) -> bool:
    """Whether `table` lies in parts: of a Dask DataFrame, or in files."""
    return isinstance(table, Parts) or is_dask(table)


def columns_of(table: Any) -> pd.DataFrame:
    """A pandas DataFrame with the columns of `table`, to check them: itself, or of a
    table in parts no rows.
    """
    if isinstance(table, Parts):
        return table.empty
    return cast("pd.DataFrame", table._meta) if is_dask(table) else table


def per_partition(function: Function) -> Function:
    """A function of a pandas DataFrame that, given a Dask one, gives a Dask one, and
    given parts in files gives such parts: its value for each. What is said of one
    article must depend on no other.

    Examples
    --------
    >>> @per_partition
    ... def long_words(table, *, n=5):
    ...     return table[table["word"].str.len() >= n]
    >>> long_words(pd.DataFrame({"word": ["talks", "war"]}))["word"].tolist()
    ['talks']
    """

    @wraps(function)
    def either(table: Any, *args: Any, **options: Any) -> Any:
        if not is_apart(table):
            return function(table, *args, **options)
        return by_partition(partial(_with_options, either, args, options), table)

    return cast("Function", either)


def _with_options(
    function: Callable, args: tuple, options: dict[str, Any], part: pd.DataFrame
) -> pd.DataFrame:
    return function(part, *args, **options)


def by_partition(
    function: Callable, table: Any, *others: Any, same_rows: bool = False
) -> Any:
    """`function` of each partition, as a Dask DataFrame or parts in files. Run on no
    rows, it tells the columns and their types. The index of a Dask DataFrame is kept
    where its rows are the `same_rows`. `others` are tables in the same parts.
    """
    if isinstance(table, Parts):
        return table.mapped(function, *others)
    run = partial(_run, function)
    meta = run(table._meta, *(other._meta for other in others))
    return table.map_partitions(run, *others, meta=meta, clear_divisions=not same_rows)


def lazily(function: Callable, table: Any) -> Any:
    """`function` of a table, or of each of its parts whenever it is read."""
    if isinstance(table, Parts):
        return table.seen_as(function)
    return by_partition(function, table) if is_dask(table) else function(table)


def rows_where(table: Any, **values: set) -> Any:
    """The rows of a table, in parts or not, whose columns have one of these values."""
    return lazily(partial(_rows_where, values=values), table)


def _rows_where(table: pd.DataFrame, values: dict[str, set]) -> pd.DataFrame:
    inside = [table[name].isin(list(some)) for name, some in values.items()]
    return table[np.logical_and.reduce(inside)]


def gathered(function: Callable, table: Any) -> Any:
    """`function` of a table; of one in parts its values one below the other, which fit
    into memory.
    """
    return (
        computed(by_partition(function, table)) if is_apart(table) else function(table)
    )


def add_up(table: Any, part: Callable, add: Callable) -> Any:
    """`part` of a pandas DataFrame; of one in parts `part` of each, and `add` of lists
    of these until one is left.

    Raises
    ------
    IdlibkitError
        If an article is in two partitions: its counts would not add up.
    """
    if not is_apart(table):
        return part(table)
    ids, value = _sum_of(table, part, add)
    twice = ids[ids.duplicated()].unique()
    if len(twice):
        raise IdlibkitError(
            f"article_id {listed(sorted(twice))} is in more than one partition, but an "
            "article must lie in one. If two articles have that id, give them "
            "different ones; else bring its rows together with "
            "passages.shuffle('article_id'), or read whole files with "
            "dask.dataframe.read_parquet(path, split_row_groups=False)."
        )
    return value


def _sum_of(table: Any, part: Callable, add: Callable) -> tuple[pd.Series, Any]:
    """The ids of all articles, and the sum of all parts."""
    if isinstance(table, Parts):
        done: list[tuple[pd.Series, Any]] = []
        for one in watched(table, len(table), "sums"):
            done.append(_leaf(part, one))
            if len(done) == FAN:
                done = [_added(done, add)]
        return _added(done, add)
    from dask import delayed

    leaf = partial(_leaf, part)
    leaves = table.map_partitions(leaf, meta=table._meta, enforce_metadata=False)
    parts = leaves.to_delayed()
    while len(parts) > 1:
        parts = [
            delayed(_added)(parts[at : at + FAN], add)
            for at in range(0, len(parts), FAN)
        ]
    return computed(parts[0])


def computed(value: Any) -> Any:
    """The result of a Dask collection; if it takes long and a person is watching,
    progress is shown in the terminal.
    """
    return value.to_pandas() if isinstance(value, Parts) else held(value).compute()


def held(value: Any) -> Any:
    """A Dask collection, computed and kept where it was computed; files as they are."""
    if isinstance(value, Parts):
        return value
    from dask.base import get_scheduler

    if not sys.stderr.isatty():
        return value.persist()
    client = getattr(get_scheduler(), "__self__", None)
    if client is None:
        from dask.diagnostics import ProgressBar

        with ProgressBar(minimum=PATIENCE, out=sys.stderr):
            return value.persist()
    from distributed import progress, wait

    value = client.persist(value)
    try:
        wait(value, timeout=PATIENCE)
    except TimeoutError:
        with redirect_stdout(sys.stderr):
            progress(value, notebook=False)
    return value


def concat(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Parts one below the other; categories that differ between them are joined."""
    table = pd.concat(parts, ignore_index=True)
    for name, kind in parts[0].dtypes.items():
        if isinstance(kind, pd.CategoricalDtype):
            table[name] = union_categoricals([part[name] for part in parts])
    return table


def _run(function: Callable, *parts: pd.DataFrame) -> pd.DataFrame:
    return function(*map(_as_pandas_reads, parts))


def _leaf(function: Callable, part: pd.DataFrame) -> tuple[pd.Series, Any]:
    part = _as_pandas_reads(part)
    return part["article_id"].dropna().drop_duplicates(), function(part)


def _added(parts: list[tuple[pd.Series, Any]], add: Callable) -> tuple[pd.Series, Any]:
    return pd.concat([ids for ids, _ in parts], ignore_index=True), add(
        [value for _, value in parts]
    )


def _as_pandas_reads(part: pd.DataFrame) -> pd.DataFrame:
    """With text columns of the type that pandas gives them: Dask's own has another
    missing value.
    """
    part = part.astype(
        {name: "str" for name, kind in part.dtypes.items() if _is_text(kind)}
    )
    for name, kind in part.dtypes.items():
        if isinstance(kind, pd.CategoricalDtype) and _is_text(kind.categories.dtype):
            part[name] = part[name].cat.rename_categories(
                list(kind.categories.astype("str"))
            )
    return part


def _is_text(kind: object) -> bool:
    return isinstance(kind, pd.StringDtype) and kind.na_value is pd.NA
