"""Which sentences of a story say the same thing, and which of them make a point together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from heapq import heapify, heappop, heappush

import numpy as np
import pandas as pd

from .content import Item

__all__ = ["alike", "grouped"]

CHANCE = 0.005  # share of the pairs of sentences within one article that a link must outdo
FEWEST_PAIRS = 400  # with fewer such pairs the bound below stands in for them
BOUND = 0.6  # times the log of the number of sentences
HALF = 0.5  # share of a point's words, by weight, that a sentence must have to join it
LEAST = 3  # words, names or figures: a sentence with fewer says too little to be compared


def alike(
    sentences: list[list[Item]], article: np.ndarray, body: np.ndarray
) -> tuple[dict[str, float], dict[tuple[int, int], float]]:
    """The weight of each item, and the pairs of sentences that share more than chance, with their score."""
    from scipy import sparse

    names = [{item.name for item in items} for items in sentences]
    names = [found if len(found) >= LEAST else set() for found in names]
    total = sum(map(bool, names))
    spread = Counter(name for found in names for name in found)
    weight = {name: float(np.log(total / n)) for name, n in spread.items()}
    whole = np.array([sum(weight[name] for name in sorted(found)) for found in names])
    column = {name: i for i, name in enumerate(sorted(spread))}
    rows = np.repeat(np.arange(len(names)), [len(found) for found in names])
    columns = np.array([column[name] for found in names for name in sorted(found)], int)
    values = np.sqrt([weight[name] for found in names for name in sorted(found)])
    table = sparse.csr_array((values, (rows, columns)), shape=(len(names), len(column)))

    def bounds(own: bool, least: float) -> pd.DataFrame:
        """Pairs of sentences of one article (or of any), with a score that none exceeds."""
        parts = []
        for at in range(0, len(names), 1000):
            product = sparse.triu(table[at : at + 1000] @ table.T, k=at + 1).tocoo()
            i, j = product.row.astype(np.int64) + at, product.col.astype(np.int64)
            score = product.data**2 / np.sqrt(np.maximum(whole[i] * whole[j], 1e-9))
            wanted = (score >= least) & ((article[i] == article[j]) & body[i] & body[j] if own else True)
            parts.append(pd.DataFrame({"i": i[wanted], "j": j[wanted], "score": score[wanted]}))
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"i": [], "j": [], "score": []})

    def score(i: int, j: int) -> float:
        shared = _shared(sentences[i], sentences[j], names[i] & names[j], weight)
        return shared**2 / float(np.sqrt(max(whole[i] * whole[j], 1e-9)))

    full = body & np.array([bool(found) for found in names], bool)
    pairs = int((np.bincount(article[full]) * (np.bincount(article[full]) - 1) // 2).sum()) if full.any() else 0
    least = BOUND * np.log(max(total, 2))
    if pairs >= FEWEST_PAIRS:
        allowed = int(np.ceil(pairs * CHANCE))
        top = bounds(True, 0.0).sort_values(["score", "i", "j"], ascending=[False, True, True])
        found: list[float] = []  # the highest scores so far, the least of them first
        for i, j, bound in top.itertuples(index=False):
            if len(found) == allowed and bound <= found[0]:
                break
            heappush(found, score(i, j))
            if len(found) > allowed:
                heappop(found)
        if len(found) == allowed:
            least = max(found[0], 1e-9)
    exact = {(int(i), int(j)): score(int(i), int(j)) for i, j, _ in bounds(False, least).itertuples(index=False)}
    return weight, {pair: value for pair, value in exact.items() if value >= least}


def _shared(a: list[Item], b: list[Item], common: set[str], weight: dict[str, float]) -> float:
    """The weight of what two sentences share; of the words of one name only the rarest counts."""
    leader = {name: name for name in common}

    def lead(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    for side in (a, b):
        runs: dict[int, str] = {}
        for item in side:
            if item.name in common:
                leader[lead(item.name)] = lead(runs.setdefault(item.run, item.name))
    most: dict[str, float] = defaultdict(float)
    for name in common:
        most[lead(name)] = max(most[lead(name)], weight[name])
    return sum(sorted(most.values()))


def grouped(
    sentences: list[list[Item]], article: np.ndarray, weight: dict[str, float], links: dict[tuple[int, int], float]
) -> list[tuple[list[int], set[str], dict[int, set[int]]]]:
    """Points: their sentences, the items that most of these have, and the links between them."""
    names = [{item.name for item in items} for items in sentences]
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in links.items():
        near[i][j] = near[j][i] = value

    def mass(some: set[str]) -> float:
        return sum(sorted(weight[name] for name in some))

    def core_of(members: list[int]) -> set[str]:
        times = Counter(name for member in members for name in names[member])
        return {name for name, n in times.items() if 2 * n > len(members)}

    free, grown = set(links), []
    for i, j in sorted(links, key=lambda pair: (-links[pair], pair)):
        if (i, j) not in free:
            continue
        members, core, reach, newest = [i, j], names[i] & names[j], {}, [i, j]
        while True:
            for old in newest:
                for new, value in near[old].items():
                    if value > reach.get(new, 0.0) and new not in members and (min(old, new), max(old, new)) in free:
                        reach[new] = value
            for new in newest:
                reach.pop(new, None)
            whole = mass(core)
            fits = (
                new
                for new in sorted(reach, key=lambda new: (-reach[new], new))
                if mass(core & names[new]) >= HALF * whole
            )
            newest = [new for new in (next(fits, None),) if new is not None]
            if not newest:
                break
            members += newest
            core = core_of(members)
        free -= {(x, y) for x in members for y in near[x] if x < y and y in members}
        grown.append(members)
    placed = {member for members in grown for member in members}
    alone = [[i] for i, found in enumerate(names) if len(found) >= LEAST and i not in placed]
    return [
        (sorted(members), core_of(members), {m: {n for n in near[m] if n in members} for m in members})
        for members in _merged(grown, core_of, mass) + alone
    ]


def _merged(
    groups: list[list[int]], core_of: Callable[[list[int]], set[str]], mass: Callable[[set[str]], float]
) -> list[list[int]]:
    """Points that have a sentence in common and most of their words, as one; the most alike first."""
    members = dict(enumerate(groups))
    cores = {i: core_of(group) for i, group in members.items()}
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
        share = mass(cores[i] & cores[j]) / max(min(mass(cores[i]), mass(cores[j])), 1e-9)
        return -share, i, j, len(members[i]), len(members[j])  # groups only grow: their sizes tell a stale entry

    queue = [entry(i, j) for i in beside for j in beside[i] if i < j]
    queue = [found for found in queue if -found[0] >= HALF]
    heapify(queue)
    while queue:
        _, i, j, *sizes = heappop(queue)
        if i not in members or j not in members or sizes != [len(members[i]), len(members[j])]:
            continue
        members[i] = sorted({*members[i], *members.pop(j)})
        cores[i] = core_of(members[i])
        beside[i] = (beside[i] | beside.pop(j)) - {i, j}
        for other in beside[i]:
            beside[other] = (beside[other] - {j}) | {i}
            found = entry(i, other)
            if -found[0] >= HALF:
                heappush(queue, found)
    return list(members.values())
