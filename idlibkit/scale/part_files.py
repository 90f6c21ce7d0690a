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
from typing import Any

import pandas as pd

from .progress import watched

__all__ = ["Parts", "checksum", "stored_parts"]

BLOCK = 1 << 20  # bytes of a file read at a time


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
    """

    files: tuple[Path, ...]
    work: Path
    only: tuple[str, ...] | None = None

    def __iter__(self) -> Iterator[pd.DataFrame]:
        for file in self.files:
            yield self._read(file)

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, columns: Sequence[str]) -> Parts:
        return replace(self, only=tuple(columns))

    def _read(self, file: Path) -> pd.DataFrame:
        columns = None if self.only is None else list(self.only)
        return pd.read_parquet(file, columns=columns)

    @property
    def columns(self) -> pd.Index:
        return self.empty.columns

    @property
    def empty(self) -> pd.DataFrame:
        """No rows, but the columns."""
        return self._read(self.files[0]).head(0)

    def to_pandas(self) -> pd.DataFrame:
        """The whole table, which must then fit into memory."""
        return pd.concat(list(self), ignore_index=True)

    def mapped(self, function: Callable[[pd.DataFrame], pd.DataFrame]) -> Parts:
        """What `function` makes of each part, written down."""
        how = _named(function)
        makers = {
            checksum(file.stem, self.only, how): partial(self._made, function, file)
            for file in self.files
        }
        what = getattr(_inner(function), "__name__", "parts").strip("_")
        return stored_parts(makers, self.work, what)

    def _made(self, function: Callable, file: Path) -> pd.DataFrame:
        table: pd.DataFrame = function(self._read(file))
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
                make().to_parquet(begun)
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
    if callable(value) and hasattr(value, "__qualname__"):
        return value.__module__, value.__qualname__
    return value
