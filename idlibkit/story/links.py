"""Which sentences of a story say the same thing: pairs that share more than chance."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappush, heappushpop

import numpy as np

from ..tables import IdlibkitError
from .compared import Compared, falling
from .overlap import Entries, common_items, entries_of, overlaps, sparse
from .weighing import LEAST, UNIT, Weighed

__all__ = ["Links", "least_score", "link"]

# Share of the pairs of sentences within one article that a link must outdo.
CHANCE = 0.003
FEWEST_PAIRS = 400  # with fewer such pairs the bound below stands in for them
BOUND = 0.6  # times the log of the number of sentences
MOST_LINKS = 2_000_000  # more than these are no points but one topic

Links = dict[tuple[int, int], float]


def link(weighed: Weighed, least: float, compared: Compared | None = None) -> Links:
    """The pairs of sentences that share more than chance, with their score, `least` or
    more; `compared` are all pairs, where they have been.
    """
    links: Links = {}
    pairs = _candidates(weighed, least) if compared is None else compared.above(least)
    for i, j, most in pairs:
        score = weighed.likeness(i, j, most)
        if score >= least:
            links[i, j] = score
            if len(links) > MOST_LINKS:
                raise IdlibkitError(
                    f"points finds more than {MOST_LINKS:,} pairs of sentences alike:"
                    " these articles repeat each other too much. Leave out shared text"
                    " first (without_shared), or choose fewer articles."
                )
    return links


def least_score(
    weighed: Weighed,
    article: np.ndarray,
    body: np.ndarray,
    compared: Compared | None = None,
) -> float:
    """The least score of a link: an article seldom says a thing twice, so what pairs of
    its own sentences share is chance, and few of these may reach it.

    `article` and `body` (sentences,): which article each is of, and whether it stands
    in its body.
    """
    full = body & np.array([bool(items) for items in weighed.names], bool)
    n_sentences = sum(map(bool, weighed.names))
    size = np.bincount(article[full])
    n_pairs = int((size * (size - 1) // 2).sum())
    bound = float(BOUND * np.log(max(n_sentences, 2)))
    if n_pairs < FEWEST_PAIRS:
        return bound
    allowed = int(np.ceil(n_pairs * CHANCE))
    highest: list[float] = []  # the least of them first
    pairs = (
        _pairs_of_one_article(weighed, article, full)
        if compared is None
        else compared.of_one_article(article, full)
    )
    for most, i, j in pairs:
        if len(highest) < allowed:
            heappush(highest, weighed.score(i, j, most))
        elif most < highest[0] * (1 - 1e-9):
            break
        else:
            heappushpop(highest, weighed.score(i, j, most))
    if len(highest) < allowed:
        return bound
    return max(highest[0], 1e-9)


def _pairs_of_one_article(
    weighed: Weighed, article: np.ndarray, full: np.ndarray
) -> Iterator[tuple[float, int, int]]:
    """Pairs of sentences of one article that have an item in common, each after a score
    that it does not exceed, the highest first.
    """
    entries = entries_of(weighed.names, weighed.weight)
    entries = entries.only(full[entries.sentence])
    # An item of another article is another item.
    own = article[entries.sentence] * (len(weighed.weight) + 1) + entries.item
    item = np.unique(own, return_inverse=True)[1]
    entries = Entries(entries.sentence, item, entries.weight)
    found = list(overlaps(entries, len(weighed.names)))
    i, j, weight = map(np.concatenate, zip(*found, strict=True))
    yield from falling(weighed.bounds(weight, i, j), i, j)


def _candidates(weighed: Weighed, least: float) -> Iterator[tuple[int, int, float]]:
    """All pairs of sentences whose score can reach `least`, with what it does not
    exceed: no pair of which the rarest item in common is too common.

    Two sentences with the weights A and B and S in common score S²/sqrt(AB), and S is
    at most B; so a link needs S >= (least² A)^(1/3). If their rarest item in common
    stood among those of A's commonest items that together weigh less than this, they
    could not share so much. So only the rarer items of each sentence are looked up,
    which is exact (prefix filtering: Chaudhuri, Ganti & Kaushik 2006), and seldom more
    than a few other sentences have them.
    """
    n = len(weighed.names)
    entries = entries_of(weighed.names, weighed.weight)
    weights = sparse(entries, n, entries.weight)
    total = np.array(weighed.total)
    rare = _rare(entries, np.cbrt((least * UNIT) ** 2 * total))
    # The weight of the common items, which are not looked up.
    rest = np.bincount(entries.sentence, entries.weight, n)
    rest -= np.bincount(rare.sentence, rare.weight, n)
    nearly = (1 - 1e-9) * least
    for pairs in overlaps(rare, n):
        # What is not looked up is in the rest of one of the two.
        most = pairs.weight + np.maximum(rest[pairs.i], rest[pairs.j])
        near = weighed.bounds(most, pairs.i, pairs.j) >= nearly
        i, j = pairs.i[near], pairs.j[near]
        n_common, weight = common_items(weights, i, j)
        most = weighed.bounds(weight, i, j)
        near = (n_common >= LEAST) & (most >= nearly)
        columns = (values[near].tolist() for values in (i, j, most))
        yield from zip(*columns, strict=True)


def _rare(entries: Entries, needed: np.ndarray) -> Entries:
    """The items of each sentence without its commonest ones that together weigh less
    than is `needed` of it.
    """
    times = np.bincount(entries.item)
    order = np.lexsort((entries.item, -times[entries.item], entries.sentence))
    sorted_ = entries.only(order)
    past = np.cumsum(sorted_.weight)
    first = np.flatnonzero(np.diff(sorted_.sentence, prepend=-1))
    size = np.diff(np.append(first, len(past)))
    before = np.repeat(past[first] - sorted_.weight[first], size)
    return sorted_.only(past - before >= needed[sorted_.sentence])
