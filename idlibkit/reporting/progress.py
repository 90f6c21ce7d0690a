"""How far a report is, and how long it will go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

__all__ = ["Progress"]

SAID_FROM = 5  # seconds to go, below which none are said


class Progress:
    """Says what is done and how long the rest will take, from how long the steps so far
    took and how heavy those to come are.

    Parameters
    ----------
    say : function
        Called with a line of text.
    weights : mapping
        Step to its share of the time, in any unit.
    """

    def __init__(self, say: Callable[[str], None], weights: Mapping[str, float]):
        self._say = say
        self._weights = dict(weights)
        self._n = len(self._weights)
        self._done = 0.0
        self._begin = time.monotonic()

    def done(self, step: str, what: str) -> None:
        """Say that a step is done, and what it gave."""
        self._done += self._weights.pop(step, 0)
        left = sum(self._weights.values())
        passed = time.monotonic() - self._begin
        rest = passed * left / self._done if self._done else 0.0
        number = f"{self._n - len(self._weights)} of {self._n}"
        to_go = f"; about {_duration(rest)} to go" if rest >= SAID_FROM else ""
        self._say(f"{number}: {what}{to_go}")


def _duration(seconds: float) -> str:
    """
    >>> _duration(12), _duration(100), _duration(4000)
    ('12 seconds', '2 minutes', '67 minutes')
    """
    if seconds < 60:
        return f"{seconds:.0f} seconds"
    minutes = round(seconds / 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
