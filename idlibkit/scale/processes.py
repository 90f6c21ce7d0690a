"""Large pandas tables on all cores of one machine: parts of whole articles, worked on
in several processes.

`passages`, `quotes`, `quantities`, `points` and others go through here. This process
works on parts like the others, so nothing waits until those have started, and where
none can be started it does all of it. For more than one machine there is `cluster`.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager
from functools import cache
from pickle import PicklingError
from typing import Any

import numpy as np
import pandas as pd

from ..tables import source_text
from .progress import watched

__all__ = ["by_parts", "cores", "rows_by_parts", "uncollected"]


BATCH = 4_000_000  # characters in a part: bounds what is found on the way
# ... at least, where several processes share the work: each part takes time of its own.
SHARE = 1_000_000
# From so many characters on, more processes save more than the second or two they take
# to start.
LARGE = 8_000_000
# Parts that a process has before it once it is there: it never waits for the next.
AHEAD = 2
IDLE = 60  # seconds without work after which a process ends


def by_parts(
    function: Callable[[pd.DataFrame], Any],
    table: pd.DataFrame,
    *,
    whole: str | None = None,
    what: str = "reading",
) -> list:
    """`function` of parts of a table, one after the other or side by side; what it
    returns, in their order.

    No part ends within rows that have one value of the column `whole`, which stand in a
    row. Stopped (by Ctrl-C, say) it leaves nothing behind; `what` is done is told in
    the terminal where it takes long.
    """
    length = source_text(table).astype("str").str.len().to_numpy(dtype=int).cumsum()
    total = int(length[-1]) if len(length) else 0
    ends = _ends_of_runs(table, whole)
    n_processes = min(cores(), total // SHARE) if total >= LARGE and _is_alone() else 1
    edges = np.append(0, ends)[_edges(length[ends - 1], n_processes)]

    def part(number: int) -> pd.DataFrame:
        # Taken, not sliced: a slice of a text column takes the whole column along to
        # another process.
        return table.take(np.arange(*edges[number : number + 2])).reset_index(drop=True)

    numbers = range(len(edges) - 1)
    if n_processes == 1:
        steps = watched(numbers, len(numbers), what)
        slices = (table.iloc[slice(*edges[number : number + 2])] for number in steps)
        return [function(rows.reset_index(drop=True)) for rows in slices]
    shared = _shared(function, part, deque(numbers), n_processes - 1)
    found = dict(watched(shared, len(numbers), what))
    return [found[number] for number in numbers]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for objects that hold each other: where there are none, it
    would go through millions of others again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def rows_by_parts(
    function: Callable[[pd.DataFrame], pd.DataFrame], passages: pd.DataFrame, what: str
) -> pd.DataFrame:
    """The rows that `function` makes of passages, in parts of whole articles; all at
    once where the passages of one article stand apart.
    """
    article, ids = pd.factorize(passages["article_id"])
    n_runs = 1 + np.count_nonzero(article[1:] != article[:-1])
    if len(passages) and n_runs > len(ids):
        return function(passages.reset_index(drop=True))
    parts = by_parts(function, passages, whole="article_id", what=what)
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _ends_of_runs(table: pd.DataFrame, column: str | None) -> np.ndarray:
    """Behind which rows a part may end."""
    if column is None or table.empty:
        return np.arange(1, len(table) + 1)
    values, _ = pd.factorize(table[column])
    return np.append(np.flatnonzero(values[1:] != values[:-1]) + 1, len(table))


def _edges(size: np.ndarray, n_processes: int) -> list[int]:
    """Where parts begin and end; `size` is what there is up to the end of each article.

    Shared parts get smaller, so that they are few and yet all processes come to the end
    at the same time.
    """
    edges = [0]
    while edges[-1] < len(size):
        done = size[edges[-1] - 1] if edges[-1] else 0
        length = BATCH
        if n_processes > 1:
            length = min(max((size[-1] - done) // (4 * n_processes), SHARE), BATCH)
        edges.append(
            max(int(np.searchsorted(size, done + length, "right")), edges[-1] + 1)
        )
    return edges if len(edges) > 1 else [0, 0]


def _is_alone() -> bool:
    """Whether this is the main thread of the main process: else the work has been
    shared out already.
    """
    from multiprocessing import parent_process

    return (
        parent_process() is None
        and threading.current_thread() is threading.main_thread()
    )


def cores() -> int:
    """How many cores this process may use."""
    from joblib import cpu_count

    return cpu_count()


def _shared(
    function: Callable, part: Callable, todo: deque[int], n_others: int
) -> Iterator[tuple[int, Any]]:
    """Number and result of each part, as they come."""
    submit = _start(n_others)
    waiting: dict[Future, int] = {}
    there = False  # whether any other process has done something yet
    try:
        while todo or waiting:
            while todo and submit and len(waiting) < n_others * (AHEAD if there else 1):
                try:
                    waiting[submit(function, part(todo[0]))] = todo[0]
                    todo.popleft()
                except (OSError, RuntimeError):  # no more processes
                    submit = None
            if todo:
                number = todo.popleft()
                yield number, function(part(number))
            for future in [one for one in waiting if one.done() or not todo]:
                number = waiting.pop(future)
                if not (there or future.done()):  # they come too late to help
                    future.cancel()
                    yield number, function(part(number))
                    continue
                try:
                    result = future.result()
                    there = True
                except (
                    BrokenExecutor,
                    PicklingError,
                ):  # a process was ended, for want of memory for one
                    submit = None
                    _executor.cache_clear()
                    result = function(part(number))
                yield number, result
    finally:
        for future in waiting:
            future.cancel()


def _start(n_others: int) -> Callable[..., Future] | None:
    try:
        return _executor(n_others, os.getpid()).submit
    except (ImportError, OSError, RuntimeError, NotImplementedError):
        return None


@cache
def _executor(n_others: int, pid: int) -> Any:
    """Processes that stay for the next call; not joblib's own, which belong to whoever
    uses joblib beside us.
    """
    from joblib.externals.loky import ProcessPoolExecutor

    return ProcessPoolExecutor(n_others, timeout=IDLE)
