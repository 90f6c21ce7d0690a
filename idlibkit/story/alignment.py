"""Two articles word by word: from places where they may be alike to the passages that
they share.
"""

from __future__ import annotations

import numpy as np

from .matching import Stream

__all__ = ["Piece", "box", "n_equal", "shared_passages"]


GAP = 15  # words between two equal runs that still count as one passage, if what is equal outweighs them
PAD = 24  # words looked at on either side of what was found

Piece = tuple[
    bool, int, int, int, int
]  # equal?, start and end in a, start and end in b


def shared_passages(
    stream: Stream, exact: np.ndarray, alike: np.ndarray, k: int
) -> list[list[Piece]]:
    """The aligned passages of all pairs of articles that have an equal run or sentences
    alike.
    """
    bounds = np.flatnonzero(stream.term < 0)
    opening = (
        bounds[np.searchsorted(bounds, np.arange(len(stream.term)), side="right") - 1]
        + 1
        if len(bounds)
        else None
    )
    closing = np.append(bounds, len(stream.term))

    def align(chain: list[tuple[int, int, int]]) -> list[list[Piece]]:
        a0, b0, _ = chain[0]
        a1, b1 = chain[-1][0] + chain[-1][2], chain[-1][1] + chain[-1][2]
        least = (int(opening[a0]), int(opening[b0]))
        most = tuple(
            int(closing[np.searchsorted(closing, x - 1, side="right")])
            for x in (a1, b1)
        )
        pad = PAD
        while True:
            left = (max(least[0], a0 - pad), max(least[1], b0 - pad))
            right = (min(most[0], a1 + pad), min(most[1], b1 + pad))
            pieces, at, to = [], *left
            for a, b, n in [*chain, (*right, 0)]:
                pieces += _aligned(
                    stream.term[at:a].tolist(), stream.term[to:b].tolist(), at, to
                )
                pieces.append((True, a, a + n, b, b + n))
                at, to = a + n, b + n
            found = [s for s in _segments(pieces) if n_equal(s) >= k]
            # what is equal up to the edge of the view may go on behind it
            cut = any(
                (left[side] > least[side] and s[0][1 + 2 * side] == left[side])
                or (right[side] < most[side] and s[-1][2 + 2 * side] == right[side])
                for s in found
                for side in (0, 1)
            )
            if not cut or pad > 16 * PAD:
                return found
            pad *= 2

    out = []
    keys = {
        tuple(pair)
        for pair in np.unique(
            np.concatenate([exact[:, :2], alike[:, :2]]), axis=0
        ).tolist()
    }
    runs, units = _by_pair(exact), _by_pair(alike)
    for pair in sorted(keys):
        found = [
            s
            for chain in _chains(runs.get(pair, []), stream.segment)
            for s in align(chain)
        ]
        for a0, a1, b0, b1 in units.get(pair, []):
            if not _known((a0, a1, b0, b1), found):
                found += align([(a0, b0, 0), (a1, b1, 0)])
        out += _disjoint(found)
    return out


def _aligned(a: list[int], b: list[int], at: int, to: int) -> list[Piece]:
    """Equal and unequal stretches of two word lists: (equal, start a, end a, start b,
    end b).
    """
    from rapidfuzz.distance import LCSseq

    return [
        (
            code.tag == "equal",
            at + code.src_start,
            at + code.src_end,
            to + code.dest_start,
            to + code.dest_end,
        )
        for code in LCSseq.opcodes(a, b)
    ]


def _segments(pieces: list[Piece]) -> list[list[Piece]]:
    """The maximal scoring runs of an alignment (Ruzzo & Tompa 1999)."""
    runs: list[list[int]] = []  # first piece, end piece, score before, score after
    score = 0
    for i, (equal, a0, a1, b0, b1) in enumerate(pieces):
        before = score
        score += a1 - a0 if equal else (a0 - a1) + (b0 - b1)
        if not equal:
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


def _by_pair(table: np.ndarray) -> dict[tuple[int, int], list[tuple[int, ...]]]:
    """The rows of a table sorted by its first two columns, as lists by these two."""
    out: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for x, y, *rest in table.tolist():
        out.setdefault((x, y), []).append(tuple(rest))
    return out


def _chains(
    runs: list[tuple[int, int, int]], segment: np.ndarray
) -> list[list[tuple[int, int, int]]]:
    """Equal runs of one pair of articles (place a, place b, length) put together where
    they follow each other closely.
    """
    chains: list[list[tuple[int, int, int]]] = []
    for a, b, n in runs:
        best = None
        for chain in chains[-8:]:
            at, to, length = chain[-1]
            over = max(0, at + length - a, to + length - b)
            gap = max(a - at - length, b - to - length)
            drift = abs((b - a) - (to - at))
            fits = (
                a > at
                and b > to
                and gap <= GAP
                and (over == 0 or (drift <= 5 and over < n))
            )
            fits = fits and segment[a] == segment[at] and segment[b] == segment[to]
            if fits and (best is None or drift < best[0]):
                best = (drift, chain, over)
        if best is None:
            chains.append([(a, b, n)])
        else:
            best[1].append((a + best[2], b + best[2], n - best[2]))
    return chains


def box(pieces: list[Piece]) -> tuple[int, int, int, int]:
    return pieces[0][1], pieces[-1][2], pieces[0][3], pieces[-1][4]


def _inside(low: int, high: int, large: tuple[int, int]) -> bool:
    """Whether at least half of a stretch lies in a larger one."""
    return 2 * (min(high, large[1]) - max(low, large[0])) >= high - low


def _disjoint(found: list[list[Piece]]) -> list[list[Piece]]:
    """Passages of one pair without those that say nothing new of either side: both
    halves lie in larger passages.
    """
    taken: list[list[Piece]] = []
    for s in sorted(found, key=lambda s: (-n_equal(s), box(s))):
        if not _known(box(s), taken):
            taken.append(s)
    return sorted(taken, key=box)


def _known(place: tuple[int, int, int, int], taken: list[list[Piece]]) -> bool:
    return all(
        any(_inside(*place[i : i + 2], box(t)[i : i + 2]) for t in taken)
        for i in (0, 2)
    )


def n_equal(pieces: list[Piece]) -> int:
    """How many words of a passage are the same on both sides."""
    return sum(p[2] - p[1] for p in pieces if p[0])
