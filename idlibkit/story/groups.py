"""Which sentences of a story say the same thing, and which of them make a point
together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import heapify, heappop, heappush, heappushpop
from math import sqrt

import numpy as np

from ..tables import IdlibkitError
from .content import Item

__all__ = ["alike", "grouped"]


CHANCE = (
    0.005  # share of the pairs of sentences within one article that a link must outdo
)
FEWEST_PAIRS = 400  # with fewer such pairs the bound below stands in for them
BOUND = 0.6  # times the log of the number of sentences
HALF = 0.5  # share of a point's words, by weight, that a sentence must have to join it
LEAST = (
    3  # words, names or figures: a sentence with fewer says too little to be compared
)
LINKS = 2_000_000  # more than these are no points but one topic
UNIT = (
    1 << 20
)  # weights are whole numbers of 1/UNIT, so that their sums do not hang on the order of words
ROWS = 500  # sentences compared with all others at a time


def alike(
    sentences: list[list[Item]], article: np.ndarray, body: np.ndarray
) -> tuple[dict[str, int], dict[tuple[int, int], float]]:
    """The weight of each item (in 1/UNIT), and the pairs of sentences that share more
    than chance, with their score.
    """
    names = [{item.name for item in items} for items in sentences]
    names = [found if len(found) >= LEAST else set() for found in names]
    total = sum(map(bool, names))
    spread = Counter(name for found in names for name in found)
    weight = {name: round(np.log(total / n) * UNIT) for name, n in spread.items()}
    whole = [float(_mass(found, weight)) for found in names]
    runs = [_long_runs(items) for items in sentences]

    def score(i: int, j: int) -> float:
        shared = _shared(runs[i] + runs[j], names[i] & names[j], weight)
        return shared**2 / sqrt(max(whole[i] * whole[j], 1.0)) / UNIT

    full = body & np.array([bool(found) for found in names], bool)
    size = np.bincount(article[full])
    pairs = int((size * (size - 1) // 2).sum())
    least = BOUND * np.log(max(total, 2))
    if pairs >= FEWEST_PAIRS:
        allowed = int(np.ceil(pairs * CHANCE))
        found: list[float] = []  # the highest scores so far, the least of them first
        for most, i, j in _of_one_article(names, article, full, weight, whole):
            if len(found) < allowed:
                heappush(found, score(i, j))
            elif most > found[0]:
                heappushpop(found, score(i, j))
        if len(found) == allowed:
            least = max(found[0], 1e-9)
    links: dict[tuple[int, int], float] = {}
    for i, j in _candidates(names, spread, weight, whole, least * UNIT):
        value = score(i, j)
        if value >= least:
            links[i, j] = value
            if len(links) > LINKS:
                raise IdlibkitError(
                    f"points finds more than {LINKS:,} pairs of sentences alike: these"
                    " articles repeat each other too much. Leave out shared text first"
                    " (without_shared), or choose fewer articles."
                )
    return weight, links


def _of_one_article(
    names: list[set[str]],
    article: np.ndarray,
    full: np.ndarray,
    weight: dict[str, int],
    whole: list[float],
) -> Iterator[tuple[float, int, int]]:
    """Pairs of sentences of one article that have an item in common, each with a score
    that it does not exceed.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for i in np.flatnonzero(full).tolist():
        members[article[i]].append(i)
    for rows in members.values():
        shared: dict[tuple[int, int], int] = defaultdict(int)
        holders: dict[str, list[int]] = defaultdict(list)
        for j in rows:
            for name in names[j]:
                for i in holders[name]:
                    shared[i, j] += weight[name]
                holders[name].append(j)
        for (i, j), value in shared.items():
            yield value**2 / sqrt(max(whole[i] * whole[j], 1.0)) / UNIT, i, j


def _candidates(
    names: list[set[str]],
    spread: Counter[str],
    weight: dict[str, int],
    whole: list[float],
    least: float,
) -> Iterator[tuple[int, int]]:
    """All pairs of sentences whose score can reach `least`: no pair of which the rarest
    item in common is too common.

    Two sentences with the weights A and B and S in common score S²/sqrt(AB), and S is
    at most B; so a link needs S >= (least² A)^(1/3). If their rarest item in common
    stood among those of A's commonest items that together weigh less than this, they
    could not share so much. So only the rarer items of each sentence are looked up,
    which is exact (prefix filtering: Chaudhuri, Ganti & Kaushik 2006), and seldom more
    than a few other sentences have them.
    """
    from scipy import sparse

    order = sorted(spread, key=lambda name: (spread[name], name))
    column = {name: i for i, name in enumerate(order)}
    by_column = np.array([weight[name] for name in order], float)
    total = np.array(whole)
    needs = np.cbrt(least**2 * total)
    rare, rest = [], np.zeros(len(names))
    for i, found in enumerate(names):
        columns = sorted(map(column.__getitem__, found))
        while columns and rest[i] + by_column[columns[-1]] < needs[i]:
            rest[i] += by_column[columns.pop()]
        rare.append(columns)
    rows = np.repeat(np.arange(len(names)), [len(columns) for columns in rare])
    columns = np.array([c for found in rare for c in found], int)
    table = sparse.csr_array(
        (np.sqrt(by_column[columns]), (rows, columns)), shape=(len(names), len(order))
    )
    turned = table.T.tocsr()
    for at in range(0, len(names), ROWS):
        product = sparse.triu(table[at : at + ROWS] @ turned, k=at + 1).tocoo()
        i, j = product.row.astype(np.int64) + at, product.col.astype(np.int64)
        most = product.data + np.maximum(
            rest[i], rest[j]
        )  # what is not looked up is in the rest of one of the two
        near = most**2 >= (1 - 1e-9) * least * np.sqrt(total[i] * total[j])
        yield from zip(i[near].tolist(), j[near].tolist(), strict=True)


def _long_runs(items: list[Item]) -> list[set[str]]:
    """The words of each name or phrase of more than one."""
    runs: dict[int, set[str]] = defaultdict(set)
    for item in items:
        runs[item.run].add(item.name)
    return [run for run in runs.values() if len(run) > 1]


def _shared(runs: list[set[str]], common: set[str], weight: dict[str, int]) -> int:
    """The weight of what two sentences share; of the words of one name only the rarest
    counts.
    """
    joined = [found for found in (run & common for run in runs) if len(found) > 1]
    total = sum(map(weight.__getitem__, common))
    while joined:
        name = joined.pop()
        others = [run for run in joined if run & name]
        if others:  # names that have a word in common are one
            joined = [run for run in joined if not run & name] + [name.union(*others)]
        else:
            words = [weight[word] for word in name]
            total -= sum(words) - max(words)
    return total


def grouped(
    sentences: list[list[Item]],
    weight: dict[str, int],
    links: dict[tuple[int, int], float],
) -> list[tuple[list[int], set[str], dict[int, set[int]]]]:
    """Points: their sentences, the items that most of these have, and the links between
    them.
    """
    names = [{item.name for item in items} for items in sentences]
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in links.items():
        near[i][j] = near[j][i] = value
    free = {i: dict(found) for i, found in near.items()}
    grown = []
    for i, j in sorted(links, key=lambda pair: (-links[pair], pair)):
        if j in free[i]:
            members = _grown(i, j, names, weight, free)
            inside = set(members)
            for x in members:
                for y in inside & free[x].keys():
                    del free[x][y]
            grown.append(members)
    placed = {member for members in grown for member in members}
    alone = [
        [i] for i, found in enumerate(names) if len(found) >= LEAST and i not in placed
    ]
    out = []
    for members in _merged(grown, names, weight) + alone:
        inside = set(members)
        within = {m: inside & near[m].keys() if m in near else set() for m in members}
        out.append((sorted(members), _core(members, names), within))
    return out


def _mass(some: Iterable[str], weight: dict[str, int]) -> int:
    return sum(map(weight.__getitem__, some))


def _core(members: list[int], names: list[set[str]]) -> set[str]:
    """The items that most of some sentences have."""
    times = Counter(name for member in members for name in names[member])
    return {name for name, n in times.items() if 2 * n > len(members)}


def _grown(
    i: int,
    j: int,
    names: list[set[str]],
    weight: dict[str, int],
    free: dict[int, dict[int, float]],
) -> list[int]:
    """A point from its strongest link: always the sentence with the strongest link to
    it that has half of its words.
    """
    members, inside = [i, j], {i, j}
    times = Counter([*names[i], *names[j]])
    core = names[i] & names[j]
    reach: dict[int, float] = {}
    queue: list[tuple[float, int]] = []
    waiting: list[tuple[float, int]] = []  # those that do not fit the core as it is

    def look(old: int) -> None:
        for new, value in free[old].items():
            if new not in inside and value > reach.get(new, 0.0):
                reach[new] = value
                heappush(queue, (-value, new))

    look(i)
    look(j)
    while queue:
        value, new = heappop(queue)
        if new in inside or reach[new] != -value:
            continue
        if _mass(core & names[new], weight) < HALF * _mass(core, weight):
            waiting.append((value, new))
            continue
        members.append(new)
        inside.add(new)
        times.update(names[new])
        changed = {name for name in core | names[new] if 2 * times[name] > len(members)}
        if changed != core:
            core, queue, waiting = changed, queue + waiting, []
            heapify(queue)
        look(new)
    return members


def _merged(
    groups: list[list[int]], names: list[set[str]], weight: dict[str, int]
) -> list[list[int]]:
    """Points that have a sentence in common and most of their words, as one; the most
    alike first.
    """
    members = dict(enumerate(groups))
    cores = {i: _core(group, names) for i, group in members.items()}
    masses = {i: _mass(core, weight) for i, core in cores.items()}
    at = defaultdict(set)
    for i, group in members.items():
        for member in group:
            at[member].add(i)
    beside: dict[int, set[int]] = defaultdict(set)
    for found in at.values():
        for i in found:
            beside[i] |= found - {i}

    def entry(i: int, j: int) -> tuple[float, int, int, int, int]:
        i, j = min(i, j), max(i, j)
        share = _mass(cores[i] & cores[j], weight) / max(min(masses[i], masses[j]), 1)
        return (
            -share,
            i,
            j,
            len(members[i]),
            len(members[j]),
        )  # groups only grow: their sizes tell a stale entry

    queue = [entry(i, j) for i in beside for j in beside[i] if i < j]
    queue = [found for found in queue if -found[0] >= HALF]
    heapify(queue)
    while queue:
        _, i, j, *sizes = heappop(queue)
        if (
            i not in members
            or j not in members
            or sizes != [len(members[i]), len(members[j])]
        ):
            continue
        members[i] = sorted({*members[i], *members.pop(j)})
        cores[i] = _core(members[i], names)
        masses[i] = _mass(cores[i], weight)
        beside[i] = (beside[i] | beside.pop(j)) - {i, j}
        for other in beside[i]:
            beside[other] = (beside[other] - {j}) | {i}
            found = entry(i, other)
            if -found[0] >= HALF:
                heappush(queue, found)
    return list(members.values())
