"""Parts of a table on several cores of one process, for work that is done in arrays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import chain, islice
from typing import TypeVar

from .processes import cores

__all__ = ["side_by_side"]

Part = TypeVar("Part")
Result = TypeVar("Result")

# Array operations release the interpreter's lock, what is between them does not: more
# threads would wait for each other.
MOST = 4


def side_by_side(
    function: Callable[[Part], Result], parts: Iterable[Part]
) -> Iterator[Result]:
    """`function` of each part, in their order, some of them at the same time.

    A part alone is worked on in this thread: polars keeps its compiled patterns for
    each thread, and to compile them again takes longer than to read an article.

    Examples
    --------
    >>> list(side_by_side(len, ["talks", "war"]))
    [5, 3]
    """
    parts = iter(parts)
    first = list(islice(parts, 2))
    if len(first) < 2:
        yield from map(function, first)
        return
    parts, pool = chain(first, parts), _pool(os.getpid())
    # A few at a time: all that wait are held.
    while waiting := list(islice(parts, 2 * _n_threads())):
        yield from pool.map(function, waiting)


@cache
def _n_threads() -> int:
    return min(cores(), MOST)


@cache
def _pool(pid: int) -> ThreadPoolExecutor:
    """Threads that stay for the next call, with their patterns; none of another
    process, where a fork would have left them behind.
    """
    return ThreadPoolExecutor(_n_threads(), "idlibkit")
