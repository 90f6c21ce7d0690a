"""How far a long step is: a bar in the terminal of a person who waits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = ["PATIENCE", "watched"]

PATIENCE = 3  # seconds before progress is shown
Item = TypeVar("Item")


def watched(steps: Iterable[Item], total: int, what: str) -> Iterator[Item]:
    """The steps as they are; from some seconds on a bar says how many of `total` are
    done and how long the rest may take. Without a terminal (a file, a notebook's cell)
    nothing is written.

    Examples
    --------
    >>> list(watched([1, 2], 2, "counting"))
    [1, 2]
    """
    if not sys.stderr.isatty():
        yield from steps
        return
    from tqdm import tqdm

    yield from tqdm(
        steps, total=total, desc=what, delay=PATIENCE, leave=False, file=sys.stderr
    )
