"""What is quoted and reported, in order, each word in one row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .batch_lines import Kind, Marked

__all__ = ["Rows", "rows_of"]


@dataclass(frozen=True, slots=True)
class Rows:
    """Places of what is quoted or reported, as columns."""

    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray  # of `Kind`
    saying: np.ndarray  # number of what is said of it; -1 for nothing

    @classmethod
    def of(
        cls, start: np.ndarray, end: np.ndarray, kind: int, saying: np.ndarray
    ) -> Rows:
        """Rows of one kind."""
        return cls(start, end, np.full(len(start), kind), saying)

    def take(self, rows: np.ndarray) -> Rows:
        """The rows with these numbers, or where this mask is true."""
        return Rows(
            self.start[rows], self.end[rows], self.kind[rows], self.saying[rows]
        )

    def and_then(self, more: Rows) -> Rows:
        return Rows(
            np.append(self.start, more.start),
            np.append(self.end, more.end),
            np.append(self.kind, more.kind),
            np.append(self.saying, more.saying),
        )


def rows_of(
    marked: Marked,
    kind: np.ndarray,
    saying: np.ndarray,
    contents: np.ndarray,
    cued: np.ndarray,
) -> Rows:
    """All rows of a batch: quotations of these kinds, the words of claims (`contents`:
    their claim and place), and fragments. `cued` tells which sayings have a cue."""
    claim, start, end = contents.T
    reported = Rows.of(start, end, Kind.INDIRECT, claim)
    quoted = Rows(marked.start, marked.end, kind, saying)
    # `"Yes," he said`: all that is reported is the fragment.
    alone = quoted.take((kind == Kind.FRAGMENT) & (saying >= 0) & cued[saying])
    alone = Rows.of(alone.start, alone.end, Kind.INDIRECT, alone.saying)
    rows = _apart(reported.and_then(quoted).and_then(alone))
    start, end = np.array(marked.fragments, int).reshape(-1, 2).T
    around = _around(rows, start, end)
    rows = rows.and_then(Rows.of(start, end, Kind.FRAGMENT, around))
    return rows.take(np.lexsort((rows.kind, -rows.end, rows.start)))


def _apart(rows: Rows) -> Rows:
    """Reported words are in one row, the first of those that reach over them."""
    rows = rows.take(np.lexsort((rows.kind, rows.end, rows.start)))
    indirect = rows.kind == Kind.INDIRECT
    reach = np.maximum.accumulate(np.where(indirect, rows.end, 0))
    before = np.append(0, reach[:-1])
    start = np.where(indirect, np.maximum(rows.start, before), rows.start)
    rows = Rows(start, rows.end, rows.kind, rows.saying)
    return rows.take(start < rows.end)


def _around(rows: Rows, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Of fragments what is said of the words around them: a fragment is said by whoever
    says its sentence."""
    wide = rows.take(rows.kind != Kind.FRAGMENT)
    number = np.searchsorted(wide.start, start, "right") - 1
    inside = (number >= 0) & (end <= np.append(wide.end, 0)[number] + 1)
    return np.where(inside, np.append(wide.saying, -1)[number], -1)
