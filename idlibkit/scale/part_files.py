"""A table in files, larger than memory: on one machine, part by part, without a
cluster.

What is made of a part is written down under a name that says what it was made of and
how, so that work that was stopped is taken up again where it was, and a part that has
not changed is not read twice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from .progress import watched

__all__ = ["Parts", "checksum", "stored_parts"]

BLOCK = 1 << 20  # bytes of a file read at a time
ROWS = 2_000  # in a group of a file: so many are read where some of a part are wanted


@dataclass(frozen=True, slots=True)
class Parts:
    """A table in Parquet files, each with whole articles. Functions that take a Dask
    DataFrame take it too, and write what they make beside it.

    Attributes
    ----------
    files : tuple of Path
        In the order of the rows.
    work : Path
        The folder they lie in.
    only : tuple of str, optional
        The columns that are read; by default all.
    then : tuple of functions
        What each part goes through when it has been read; nothing of it is written.
    """

    files: tuple[Path, ...]
    work: Path
    only: tuple[str, ...] | None = None
    then: tuple[Callable[[pd.DataFrame], pd.DataFrame], ...] = ()

    def __iter__(self) -> Iterator[pd.DataFrame]:
        for file in self.files:
            yield self._read(file)

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, columns: Sequence[str]) -> Parts:
        if self.then:
            return self.seen_as(partial(_columns_of, columns=list(columns)))
        return replace(self, only=tuple(columns))

    def seen_as(self, function: Callable[[pd.DataFrame], pd.DataFrame]) -> Parts:
        """What `function` makes of each part whenever it is read."""
        return replace(self, then=(*self.then, function))

    def merge(
        self, table: pd.DataFrame, *, on: str, how: Literal["inner", "left"] = "inner"
    ) -> Parts:
        """With the columns of a table that fits into memory, as `pandas.merge` has it;
        the columns are read along, nothing is written.
        """
        return self.seen_as(partial(_merged, table=table, on=on, how=how))

    def _read(self, file: Path) -> pd.DataFrame:
        columns = None if self.only is None else list(self.only)
        return self._seen(pd.read_parquet(file, columns=columns))

    def _seen(self, table: pd.DataFrame) -> pd.DataFrame:
        for function in self.then:
            table = function(table)
        return table.reset_index(drop=True)

    @property
    def columns(self) -> pd.Index:
        return self.empty.columns

    @property
    def empty(self) -> pd.DataFrame:
        """No rows, but the columns."""
        from pyarrow.parquet import read_schema

        names = read_schema(self.files[0]).empty_table().to_pandas()
        return self._seen(names if self.only is None else names[list(self.only)])

    def to_pandas(self) -> pd.DataFrame:
        """The whole table, which must then fit into memory."""
        return pd.concat(list(self), ignore_index=True)

    def mapped(self, function: Callable[..., pd.DataFrame], *others: Parts) -> Parts:
        """What `function` makes of each part, written down; `others` are tables in the
        same parts.
        """
        makers = {}
        for number, file in enumerate(self.files):
            beside = [other.name(other.files[number]) for other in others]
            name = self.name(file, function, *beside)
            makers[name] = partial(self._made, function, number, others)
        what = getattr(_inner(function), "__name__", "parts").strip("_")
        return stored_parts(makers, self.work, what)

    def name(self, file: Path, *how: Any) -> str:
        """A name for what is made of one of the files in this way."""
        seen = [_named(one) for one in self.then]
        return checksum(file.stem, self.only, seen, *(_named(one) for one in how))

    def _made(
        self, function: Callable, number: int, others: Sequence[Parts]
    ) -> pd.DataFrame:
        tables = [one._read(one.files[number]) for one in (self, *others)]
        table: pd.DataFrame = function(*tables)
        return table.reset_index(drop=True)


def stored_parts(
    makers: Mapping[str, Callable[[], pd.DataFrame]], work: Path, what: str
) -> Parts:
    """The tables that are made, as files in the folder `work` under the names given; a
    file that is there already is not made again.

    A file is whole or not there, whenever the work is stopped.
    """
    work.mkdir(parents=True, exist_ok=True)
    files = []
    for name, make in watched(makers.items(), len(makers), what):
        file = work / f"{name}.parquet"
        if not file.exists():
            begun = work / f".{name}.{os.getpid()}"
            try:
                make().to_parquet(begun, row_group_size=ROWS)
                os.replace(begun, file)
            finally:
                begun.unlink(missing_ok=True)
        files.append(file)
    return Parts(tuple(files), work)


def checksum(*facts: Any) -> str:
    """A name for what is made of these facts (strings, options, the bytes of files) by
    this version of the package.
    """
    from joblib import hash as hash_of

    total = sha256(version("idlibkit").encode())
    for fact in facts:
        if isinstance(fact, Path):
            with fact.open("rb") as file:
                while block := file.read(BLOCK):
                    total.update(block)
        else:
            total.update(str(hash_of(fact)).encode())
    return total.hexdigest()[:32]


def _columns_of(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table[columns]


def _merged(
    part: pd.DataFrame, table: pd.DataFrame, on: str, how: Literal["inner", "left"]
) -> pd.DataFrame:
    return part.merge(table, on=on, how=how)


def _inner(function: Callable) -> Callable:
    """The function within partial ones that do the work."""
    while isinstance(function, partial):
        inner = [one for one in function.args if callable(one)]
        function = inner[0] if inner else function.func
    return function


def _named(value: Any) -> Any:
    """A function with the arguments it holds, as names and values; the words of a file
    for its path.
    """
    if isinstance(value, partial):
        return [_named(value.func), _named(value.args), _named(value.keywords)]
    if isinstance(value, dict):
        return {key: _named(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_named(one) for one in value]
    if isinstance(value, str | os.PathLike) and os.path.isfile(value):
        return checksum(Path(value))
    if isinstance(value, pd.DataFrame | pd.Series):
        names = list(value) if isinstance(value, pd.DataFrame) else value.name
        return names, pd.util.hash_pandas_object(value).to_numpy()
    if callable(value) and hasattr(value, "__qualname__"):
        if "<" in value.__qualname__:  # of two such the name does not tell them apart
            raise TypeError(
                f"{value.__qualname__} has no name that files can be told by"
            )
        return value.__module__, value.__qualname__
    return value
