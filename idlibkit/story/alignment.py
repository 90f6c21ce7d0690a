"""Two articles word by word: from places where they may be alike to the passages that
they share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .stream import Stream

__all__ = ["Piece", "Run", "box", "n_equal", "segments", "shared_passages"]

# Words between two equal runs that still count as one passage, if what is equal
# outweighs them.
GAP = 15
PAD = 24  # words looked at on either side of a run
MOST_PADDING = 16 * PAD
DRIFT = 5  # words by which two runs that overlap may be out of step
RECENT = 8  # chains looked at for a place to go on


class Piece(NamedTuple):
    """A stretch of an alignment, equal on both sides or not: places in the stream."""

    equal: bool
    start_a: int
    end_a: int
    start_b: int
    end_b: int


class Run(NamedTuple):
    """Equal words: their places in the stream, and how many they are."""

    a: int
    b: int
    length: int

    @property
    def end_a(self) -> int:
        return self.a + self.length

    @property
    def end_b(self) -> int:
        return self.b + self.length


class Box(NamedTuple):
    """The places of a passage in both articles."""

    start_a: int
    end_a: int
    start_b: int
    end_b: int


@dataclass(frozen=True, slots=True)
class _View:
    """The words of two articles that are aligned, and the segments they lie in."""

    left: tuple[int, int]
    right: tuple[int, int]
    opening: tuple[int, int]
    closing: tuple[int, int]

    def cuts(self, passage: list[Piece]) -> bool:
        """Whether a passage reaches to the edge of the view and may go on behind it."""
        place = box(passage)
        starts, ends = (place.start_a, place.start_b), (place.end_a, place.end_b)
        return any(
            self.opening[side] < self.left[side] == starts[side]
            or self.closing[side] > self.right[side] == ends[side]
            for side in (0, 1)
        )


def shared_passages(
    stream: Stream, exact: np.ndarray, alike: np.ndarray, k: int
) -> list[list[Piece]]:
    """The aligned passages, of k equal words or more, of all pairs of articles that
    have an equal run (`exact`, as from `equal_runs`) or sentences alike (`alike`, as
    from `sentences_alike`).
    """
    runs = {pair: [Run(*row) for row in rows] for pair, rows in _by_pair(exact).items()}
    units = {
        pair: [Box(*row) for row in rows] for pair, rows in _by_pair(alike).items()
    }
    bounds = np.flatnonzero(stream.term < 0)
    out = []
    for pair in sorted({*runs, *units}):
        passages = []
        for chain in _chains(runs.get(pair, []), stream.segment):
            passages += _aligned_around(chain, stream, bounds, k)
        for unit in units.get(pair, []):
            if not _known(unit, passages):
                corners = [Run(unit.start_a, unit.start_b, 0)]
                corners.append(Run(unit.end_a, unit.end_b, 0))
                passages += _aligned_around(corners, stream, bounds, k)
        out += _disjoint(passages)
    return out


def _by_pair(table: np.ndarray) -> dict[tuple[int, int], list[list[int]]]:
    """The rows of a table sorted by its first two columns, as lists by these two."""
    out: dict[tuple[int, int], list[list[int]]] = {}
    for a, b, *rest in table.tolist():
        out.setdefault((a, b), []).append(rest)
    return out


def _aligned_around(
    chain: list[Run], stream: Stream, bounds: np.ndarray, k: int
) -> list[list[Piece]]:
    """The passages around a chain of equal runs, as far as their segments reach."""
    start, end = chain[0], chain[-1]
    starts, ends = (start.a, start.b), (end.end_a, end.end_b)
    opening = (_opening(bounds, start.a), _opening(bounds, start.b))
    closing = (
        _closing(bounds, end.end_a, len(stream.term)),
        _closing(bounds, end.end_b, len(stream.term)),
    )
    pad = PAD
    while True:
        view = _View(
            left=(max(opening[0], starts[0] - pad), max(opening[1], starts[1] - pad)),
            right=(min(closing[0], ends[0] + pad), min(closing[1], ends[1] + pad)),
            opening=opening,
            closing=closing,
        )
        pieces = _aligned(chain, view, stream.term)
        passages = [part for part in segments(pieces) if n_equal(part) >= k]
        if pad > MOST_PADDING or not any(map(view.cuts, passages)):
            return passages
        pad *= 2


def _opening(bounds: np.ndarray, place: int) -> int:
    """The first word of the segment of a place."""
    return int(bounds[np.searchsorted(bounds, place, side="right") - 1]) + 1


def _closing(bounds: np.ndarray, end: int, size: int) -> int:
    """The end of the segment of the word before `end`."""
    after = int(np.searchsorted(bounds, end - 1, side="right"))
    return int(bounds[after]) if after < len(bounds) else size


def _aligned(chain: list[Run], view: _View, terms: np.ndarray) -> list[Piece]:
    """Equal and unequal stretches of a view: the runs, and what lies between them."""
    from rapidfuzz.distance import LCSseq

    pieces, (at, to) = [], view.left
    for run in [*chain, Run(*view.right, 0)]:
        codes = LCSseq.opcodes(terms[at : run.a].tolist(), terms[to : run.b].tolist())
        pieces += [
            Piece(
                code.tag == "equal",
                at + code.src_start,
                at + code.src_end,
                to + code.dest_start,
                to + code.dest_end,
            )
            for code in codes
        ]
        pieces.append(Piece(True, run.a, run.end_a, run.b, run.end_b))
        at, to = run.end_a, run.end_b
    return pieces


def segments(pieces: list[Piece]) -> list[list[Piece]]:
    """The maximal scoring runs of an alignment (Ruzzo & Tompa 1999)."""
    runs: list[list[int]] = []  # first piece, end piece, score before, score after
    score = 0
    for i, piece in enumerate(pieces):
        before = score
        size_a, size_b = piece.end_a - piece.start_a, piece.end_b - piece.start_b
        score += size_a if piece.equal else -(size_a + size_b)
        if not piece.equal:
            continue
        run = [i, i + 1, before, score]
        while True:
            j = len(runs) - 1
            while j >= 0 and runs[j][2] >= run[2]:
                j -= 1
            if j < 0 or runs[j][3] >= run[3]:
                runs.append(run)
                break
            run = [runs[j][0], run[1], runs[j][2], run[3]]
            del runs[j:]
    return [pieces[run[0] : run[1]] for run in runs]


def _chains(runs: Sequence[Run], segment: np.ndarray) -> list[list[Run]]:
    """Equal runs of one pair of articles put together where they follow each other
    closely.
    """
    chains: list[list[Run]] = []
    for run in runs:
        near = [
            chain for chain in chains[-RECENT:] if _follows(run, chain[-1], segment)
        ]
        if not near:
            chains.append([run])
            continue
        chain = min(near, key=lambda chain: _drift(run, chain[-1]))
        over = _overlap(run, chain[-1])
        chain.append(Run(run.a + over, run.b + over, run.length - over))
    return chains


def _drift(run: Run, last: Run) -> int:
    """By how many words a run is out of step with the last of a chain."""
    return abs((run.b - run.a) - (last.b - last.a))


def _overlap(run: Run, last: Run) -> int:
    return max(0, last.end_a - run.a, last.end_b - run.b)


def _follows(run: Run, last: Run, segment: np.ndarray) -> bool:
    """Whether a run goes on where the last of a chain ends."""
    if run.a <= last.a or run.b <= last.b:
        return False
    if max(run.a - last.end_a, run.b - last.end_b) > GAP:
        return False
    over = _overlap(run, last)
    if over and (_drift(run, last) > DRIFT or over >= run.length):
        return False
    same_a = segment[run.a] == segment[last.a]
    return bool(same_a and segment[run.b] == segment[last.b])


def box(pieces: list[Piece]) -> Box:
    """Where a passage lies."""
    first, last = pieces[0], pieces[-1]
    return Box(first.start_a, last.end_a, first.start_b, last.end_b)


def n_equal(pieces: list[Piece]) -> int:
    """How many words of a passage are the same on both sides."""
    return sum(piece.end_a - piece.start_a for piece in pieces if piece.equal)


def _disjoint(passages: list[list[Piece]]) -> list[list[Piece]]:
    """Passages of one pair without those that say nothing new of either side: both
    halves lie in larger passages.
    """
    taken: list[list[Piece]] = []
    for passage in sorted(passages, key=lambda part: (-n_equal(part), box(part))):
        if not _known(box(passage), taken):
            taken.append(passage)
    return sorted(taken, key=box)


def _known(place: Box, passages: list[list[Piece]]) -> bool:
    """Whether half of a place or more lies in one of the passages, on either side."""
    boxes = [box(passage) for passage in passages]
    in_a = any(_inside(place[:2], large[:2]) for large in boxes)
    return in_a and any(_inside(place[2:], large[2:]) for large in boxes)


def _inside(place: tuple[int, ...], large: tuple[int, ...]) -> bool:
    """Whether at least half of a stretch lies in a larger one."""
    (low, high), (large_low, large_high) = place, large
    return 2 * (min(high, large_high) - max(low, large_low)) >= high - low
