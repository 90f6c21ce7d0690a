"""points: what a story consists of, which outlets tell it, and which leave it out. English only.

Sentences of different articles are linked where they share more names, figures and rare words than sentences of one
article, which seldom say a thing twice, share by chance; links that share the same words make a point of the story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
import pandas as pd

from .content import Item, items
from .tables import IdlibkitError, check_columns

__all__ = ["points", "points_by"]

CHANCE = 0.005  # share of the pairs of sentences within one article that a link must outdo
FEWEST_PAIRS = 400  # with fewer such pairs the bound below stands in for them
BOUND = 0.6  # times the log of the number of sentences
HALF = 0.5  # share of a point's words, by weight, that a sentence must have to join it
LEAST = 3  # words, names or figures: a sentence with fewer says too little to be compared
SENTENCE = ["article_id", "sentence"]


def points(passages: pd.DataFrame) -> pd.DataFrame:
    """Align what articles on one story say, and group it into points of the story.

    Two sentences are linked where they share more than chance: see Notes. A point is a group of linked sentences that
    have the same words in common; a sentence that says several things can be in several points, and one that is linked
    to no other is a point of its own. Nothing is looked up in a model: a paraphrase in other words is missed.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `outlet`, `sentence`, `voice`, `start`, `end`, `text`; `role` and `speaker` come along where they are
        there. Articles on one story; time grows with the square of their number (100 articles: see
        benchmarks/measure_overlap.py).

    Returns
    -------
    DataFrame
        One row per point and passage that is evidence for it: `point` (numbered from 1; the points that most outlets
        have come first), `terms` (the words, names and figures in common, the rarest first), `n_outlets`, `n_articles`,
        `article_id`, `outlet`, `sentence`, further columns of `passages`, `start`, `end`, `text`, and `linked` (to how
        many other articles of the point this sentence is linked itself, not by way of others).

    Raises
    ------
    IdlibkitError
        If a column is missing.

    See Also
    --------
    points_by : the points by outlet, with the chance that an absence is only a miss.

    Notes
    -----
    An item is a word (folded, British spelling as American, endings -s, -ed, -ing, -ly, -e off), a figure (eight is 8),
    what a figure is about (`quantities`: "number displaced", whatever the number) or a month; stop words are none. It weighs -log of the share of sentences that have it; of several words of one name
    (capitals in a row) only the rarest counts. Two sentences score S²/sqrt(A·B), S the weight in common and A and B all
    their weight. The least score of a link is what 0.5 % of the pairs of body sentences within one article reach (with
    fewer than 400 such pairs: 0.6 times the log of the number of sentences). A point grows from its strongest link by
    further sentences that are linked to a member and have half the weight of the words that most members share; two points
    become one where they have a sentence and half of these words in common.

    How much is missed: benchmarks/measure_overlap.py, and, for the corpus at hand, `points_by`.

    Examples
    --------
    >>> import pandas as pd
    >>> passages = pd.DataFrame({
    ...     "article_id": ["a", "a", "b", "b"], "outlet": ["A", "A", "B", "B"], "sentence": [0, 1, 0, 1],
    ...     "voice": "own", "start": [0, 50, 0, 40], "end": [48, 90, 38, 90],
    ...     "text": ["Floods on Feb. 3 drowned eight farmers in Arden.", "The mayor bought a red bicycle in spring.",
    ...              "A festival of jazz opens on Wednesday.", "Eight farmers drowned in the floods of February 3."]})
    >>> first = points(passages).query("point == 1")
    >>> first["terms"].iloc[0], first["outlet"].tolist()
    ('3, drowned, eight, farmers, feb, floods', ['A', 'B'])
    """
    check_columns(passages, ["article_id", "outlet", "sentence", "voice", "start", "end", "text"], "passages")
    passages = passages.sort_values(["article_id", "start", "end"], kind="stable").reset_index(drop=True)
    held = items(passages)
    number = passages.groupby(SENTENCE, sort=False).ngroup().to_numpy()
    sentences: list[list[Item]] = [[] for _ in range(number.max(initial=-1) + 1)]
    for row, i in enumerate(number):
        sentences[i] += [item._replace(run=100_000 * row + item.run) for item in held[row]]
    first = np.unique(number, return_index=True)[1] if len(number) else np.zeros(0, int)
    heads = passages.iloc[first]
    body = (heads["role"] == "body").to_numpy() if "role" in heads else np.ones(len(heads), bool)
    article = pd.factorize(heads["article_id"])[0]
    weight, links = _links(sentences, article, body)
    groups = _groups(sentences, article, weight, links)
    return _evidence(groups, passages, held, number, article, weight, sentences)


def points_by(points: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Points of the story by outlet: who tells what, and how sure an absence is.

    Parameters
    ----------
    points : DataFrame
        From `points`.
    by : str
        Column whose values become columns.

    Returns
    -------
    DataFrame
        One row per point, `point` as its index: `terms`, `example` (a passage that has most of the words in common),
        `n_outlets`, `n_articles`, one column per outlet with its number of sentences (0: none found), and `chance_missed`:
        the chance that a further article which does say it would not have been linked.

    Notes
    -----
    The aligner's hit rate h is taken from the corpus itself. A sentence is in a point because it is linked to one other
    article there; h is how often it is linked directly to each further one (points in three articles or more). A further
    article would be missed with (1 - h)^m, m the articles that have the point. This takes the hits as independent and the
    sentences found as typical; a sentence in wholly other words is missed more often than this says. Missing where no
    point is in three articles.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"point": [1, 1, 1], "terms": "dam", "n_outlets": 3, "n_articles": 3, "article_id": list("abc"),
    ...                       "outlet": list("ABC"), "sentence": 0, "linked": [2, 2, 1], "text": "The dam broke."})
    >>> points_by(table)[["A", "B", "C", "chance_missed"]].round(3).to_dict("records")
    [{'A': 1, 'B': 1, 'C': 1, 'chance_missed': 0.037}]
    """
    columns = ["point", "terms", "n_outlets", "n_articles", *SENTENCE, "linked", "text"]
    check_columns(points, [*columns, by], "points")
    taken = {"terms", "example", "n_outlets", "n_articles", "chance_missed"} & set(points[by].astype("str"))
    if taken:
        raise IdlibkitError(f"{by} has the value {taken.pop()!r}, which is a column of the result; rename it first.")
    once = points.drop_duplicates(["point", *SENTENCE])
    counts = once.groupby(["point", by], observed=True).size().unstack(fill_value=0).sort_index(axis=1)
    counts.columns = counts.columns.astype("str").rename(None)
    best = once.groupby(["point", "article_id", "n_articles"], as_index=False)["linked"].max()
    best = best[best["n_articles"] >= 3]
    chances = (best["n_articles"] - 2).sum()
    hit = (best["linked"] - 1).sum() / chances if chances else np.nan
    told = once.groupby("point")[["terms", "n_outlets", "n_articles"]].first()
    words = points["text"].str.casefold()
    held = [
        sum(name.casefold() in text for name in terms.split(", "))
        for terms, text in zip(points["terms"], words, strict=True)
    ]
    order = points.assign(held=held, size=points["text"].str.len()).sort_values(
        ["point", "held", "size", "text"], ascending=[True, False, True, True], kind="stable"
    )
    told.insert(1, "example", order.groupby("point")["text"].first())
    return told.join(counts).assign(chance_missed=(1 - hit) ** told["n_articles"])


def _links(
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
        found: list[float] = []
        for i, j, bound in top.itertuples(index=False):
            if len(found) >= allowed and bound <= sorted(found)[-allowed]:
                break
            found.append(score(i, j))
        if len(found) >= allowed:
            least = max(sorted(found)[-allowed], 1e-9)
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


def _groups(
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
        members = [i, j]
        core = core_of(members)
        while True:
            reach = [
                (value, -new, new)
                for old in members
                for new, value in near[old].items()
                if new not in members
                and (min(old, new), max(old, new)) in free
                and mass(core & names[new]) >= HALF * mass(core)
            ]
            if not reach:
                break
            members.append(max(reach)[2])
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
    cores = dict(enumerate(map(core_of, groups)))
    members = dict(enumerate(groups))
    at = defaultdict(set)
    for i, group in members.items():
        for member in group:
            at[member].add(i)

    def alike(i: int, j: int) -> float:
        return mass(cores[i] & cores[j]) / max(min(mass(cores[i]), mass(cores[j])), 1e-9)

    pairs = {(i, j) for found in at.values() for i in found for j in found if i < j}
    queue = {pair: alike(*pair) for pair in pairs}
    while queue:
        (i, j), most = max(queue.items(), key=lambda x: (x[1], (-x[0][0], -x[0][1])))
        if most < HALF:
            break
        members[i] = sorted({*members[i], *members.pop(j)})
        cores[i] = core_of(members[i])
        for pair in [pair for pair in queue if j in pair]:
            del queue[pair]
            other = pair[0] if pair[1] == j else pair[1]
            if other != i:
                queue[min(i, other), max(i, other)] = 0.0
        for pair in [pair for pair in queue if i in pair]:
            queue[pair] = alike(*pair)
    return list(members.values())


def _evidence(
    groups: list[tuple[list[int], set[str], dict[int, set[int]]]],
    passages: pd.DataFrame,
    held: list[list[Item]],
    number: np.ndarray,
    article: np.ndarray,
    weight: dict[str, float],
    sentences: list[list[Item]],
) -> pd.DataFrame:
    rows_of = defaultdict(list)
    for row, i in enumerate(number):
        rows_of[i].append(row)
    outlet = passages["outlet"].to_numpy()
    found = []
    for members, core, inside in groups:
        rows, linked = [], []
        for member in members:
            shares = {row: {item.name for item in held[row]} & core for row in rows_of[member]}
            share = {row: sum(weight[name] for name in sorted(names)) for row, names in shares.items()}
            kept = [row for row in share if share[row] > 0 and 3 * share[row] >= sum(share.values())]
            rows += kept
            linked += [len({article[other] for other in inside[member]} - {article[member]})] * len(kept)
        shown = Counter(
            (item.name, item.shown) for member in members for item in sentences[member] if item.name in core
        )
        best = {name: shown_as for (name, shown_as), _ in sorted(shown.items(), key=lambda x: (x[1], x[0]))}
        terms = [best[name] for name in sorted(core, key=lambda name: (-weight[name], best[name]))]
        n_outlets, n_articles = len({outlet[row] for row in rows}), len({article[m] for m in members})
        found.append((-n_outlets, -n_articles, -len(members), members, rows, linked, ", ".join(terms)))
    found.sort(key=lambda point: point[:4])
    index = np.array([row for point in found for row in point[4]], int)
    sizes = [len(point[4]) for point in found]
    front = pd.DataFrame({"point": np.repeat(np.arange(1, len(found) + 1), sizes)})
    front["terms"] = pd.Series([point[6] for point in found for _ in point[4]], dtype="str")
    front["n_outlets"] = np.repeat([-point[0] for point in found], sizes) if found else np.zeros(0, int)
    front["n_articles"] = np.repeat([-point[1] for point in found], sizes) if found else np.zeros(0, int)
    wanted = [
        c
        for c in ["article_id", "outlet", "sentence", "role", "voice", "speaker", "start", "end", "text"]
        if c in passages
    ]
    out = pd.concat([front, passages[wanted].iloc[index].reset_index(drop=True)], axis=1)
    out["linked"] = np.array([n for point in found for n in point[5]], int)
    return out
