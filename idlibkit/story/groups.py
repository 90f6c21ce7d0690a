"""Which linked sentences of a story make a point of it together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import chain

from .links import Links
from .weighing import LEAST, weight_of

__all__ = ["Group", "group_sentences"]

# Share of a point's words, by weight, that a sentence must have to join it.
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that make a point: the items that most of them have, and which of the
    members each member is linked to itself.
    """

    members: list[int]
    core: set[str]
    links: dict[int, set[int]]


def group_sentences(
    names: list[set[str]], weight: dict[str, int], links: Links
) -> list[Group]:
    """Every sentence in the points that it is part of; one that is linked to no other,
    but says enough, makes a point of its own.

    `names` are the items of each sentence, `weight` is theirs in 1/UNIT.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), score in links.items():
        near[i][j] = near[j][i] = score
    grown = _grown_groups(names, weight, links, near)
    placed = {member for members in grown for member in members}
    groups = []
    for members in _merged(grown, names, weight):
        inside = set(members)
        linked = {i: inside & near[i].keys() for i in members}
        groups.append(Group(sorted(members), _core(members, names), linked))
    alone = [
        Group([i], items, {i: set()})
        for i, items in enumerate(names)
        if len(items) >= LEAST and i not in placed
    ]
    return groups + alone


def _grown_groups(
    names: list[set[str]],
    weight: dict[str, int],
    links: Links,
    near: dict[int, dict[int, float]],
) -> list[list[int]]:
    """Groups grown from the strongest link that is in none of them yet."""
    free = {i: dict(scores) for i, scores in near.items()}
    grown = []
    for i, j in sorted(links, key=lambda pair: (-links[pair], pair)):
        if j not in free[i]:
            continue
        members = _grown(i, j, names, weight, free)
        inside = set(members)
        for member in members:
            for other in inside & free[member].keys():
                del free[member][other]
        grown.append(members)
    return grown


def _core(members: Iterable[int], names: list[set[str]]) -> set[str]:
    """The items that most of some sentences have."""
    rows = list(members)
    if len(rows) == 2:
        return names[rows[0]] & names[rows[1]]
    times = Counter(chain.from_iterable(names[member] for member in rows))
    return {name for name, count in times.items() if 2 * count > len(rows)}


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

    def queue_neighbours(member: int) -> None:
        for other, score in free[member].items():
            if other not in inside and score > reach.get(other, 0.0):
                reach[other] = score
                heappush(queue, (-score, other))

    queue_neighbours(i)
    queue_neighbours(j)
    while queue:
        score, new = heappop(queue)
        if new in inside or reach[new] != -score:
            continue
        if weight_of(core & names[new], weight) < HALF * weight_of(core, weight):
            waiting.append((score, new))
            continue
        members.append(new)
        inside.add(new)
        times.update(names[new])
        changed = {name for name in core | names[new] if 2 * times[name] > len(members)}
        if changed != core:
            core, queue, waiting = changed, queue + waiting, []
            heapify(queue)
        queue_neighbours(new)
    return members


@dataclass(frozen=True, slots=True, order=True)
class _Merger:
    """Two groups that may become one; those that share most come first.

    The sizes tell an entry that is out of date: groups only grow.
    """

    minus_share: float
    i: int
    j: int
    size_i: int
    size_j: int


def _merged(
    groups: list[list[int]], names: list[set[str]], weight: dict[str, int]
) -> list[list[int]]:
    """Points that have a sentence in common and most of their words, as one; the most
    alike first.
    """
    members = dict(enumerate(groups))
    cores = {i: _core(group, names) for i, group in members.items()}
    weights = {i: weight_of(core, weight) for i, core in cores.items()}
    touching = _touching(members)

    def merger(i: int, j: int) -> _Merger:
        i, j = min(i, j), max(i, j)
        common = weight_of(cores[i] & cores[j], weight)
        share = common / max(min(weights[i], weights[j]), 1)
        return _Merger(-share, i, j, len(members[i]), len(members[j]))

    pairs = [merger(i, j) for i in touching for j in touching[i] if i < j]
    queue = [pair for pair in pairs if -pair.minus_share >= HALF]
    heapify(queue)
    while queue:
        pair = heappop(queue)
        i, j = pair.i, pair.j
        if i not in members or j not in members:
            continue
        if (pair.size_i, pair.size_j) != (len(members[i]), len(members[j])):
            continue
        members[i] = sorted({*members[i], *members.pop(j)})
        cores[i] = _core(members[i], names)
        weights[i] = weight_of(cores[i], weight)
        touching[i] = (touching[i] | touching.pop(j)) - {i, j}
        for other in touching[i]:
            touching[other] = (touching[other] - {j}) | {i}
            pair = merger(i, other)
            if -pair.minus_share >= HALF:
                heappush(queue, pair)
    return list(members.values())


def _touching(members: dict[int, list[int]]) -> dict[int, set[int]]:
    """For each group those that have a sentence in common with it."""
    holders = defaultdict(set)
    for i, group in members.items():
        for member in group:
            holders[member].add(i)
    touching: dict[int, set[int]] = defaultdict(set)
    for groups in holders.values():
        for i in groups:
            touching[i] |= groups - {i}
    return touching
