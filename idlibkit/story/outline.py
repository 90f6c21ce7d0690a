"""points: what a story consists of, which outlets tell it, and which leave it out.
English only.

Sentences of different articles are linked where they share more names, figures and rare
words than sentences of one article, which seldom say a thing twice, share by chance;
links that share the same words make a point of the story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from .content import Item, items
from .groups import alike, grouped

__all__ = ["points", "points_by"]


MOST = 200_000  # sentences
SPREAD = 2  # a + b of the beta distribution of hit rates
SENTENCE = ["article_id", "sentence"]


def points(passages: pd.DataFrame) -> pd.DataFrame:
    """Align what articles on one story say, and group it into points of the story.

    Two sentences are linked where they share more than chance: see Notes. A point is a
    group of linked sentences that have the same words in common; a sentence that says
    several things can be in several points, and one that is linked to no other is a
    point of its own. Nothing is looked up in a model: a paraphrase in other words is
    missed.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `outlet`, `sentence`, `voice`, `start`, `end`, `text`; `role` and
        `speaker` come along where they are there. At most 200,000 sentences; only
        sentences with a rare word in common are compared, so that what counts is how
        often a story is told: 40 articles on one 0.5 s, 80 articles 1.6 s, 160 articles
        8 s of processor time; 3,200 articles on 160 stories (87,000 sentences) 43 s.

    Returns
    -------
    DataFrame
        One row per point and passage that is evidence for it: `point` (numbered from 1;
        the points that most outlets have come first), `terms` (the words, names and
        figures in common, the rarest first), `n_outlets`, `n_articles`, `article_id`,
        `outlet`, `sentence`, further columns of `passages`, `start`, `end`, `text`, and
        `linked` (to how many other articles of the point this sentence is linked
        itself, not by way of others).

    Raises
    ------
    IdlibkitError
        If a column is missing, or there are more than 200,000 sentences or 2,000,000
        pairs that are alike.

    See Also
    --------
    points_by : the points by outlet, with the chance that an absence is only a miss.

    Notes
    -----
    An item is a word (folded, British spelling as American, endings -s, -ed, -ing, -ly,
    -e off), a figure (eight is 8), what a figure is about (`quantities`: "number
    displaced", whatever the number) or a month; stop words are none. It weighs -log of
    the share of sentences that have it; of several words of one name (capitals in a
    row) only the rarest counts. Two sentences score S²/sqrt(A·B), S the weight in
    common and A and B all their weight. The least score of a link is what 0.5 % of the
    pairs of body sentences within one article reach (with fewer than 400 such pairs:
    0.6 times the log of the number of sentences). A point grows from its strongest link
    by further sentences that are linked to a member and have half the weight of the
    words that most members share; two points become one where they have a sentence and
    half of these words in common.

    Measured on made-up stories with known points of seven content words
    (benchmarks/measure_overlap.py, 5 outlets): where a sentence keeps 85 % of the
    seven, .001 of the outlets that tell a point are missed; 70 %: .06; 55 %: .19; 40 %:
    .39. Of the outlets that do not tell it, .02 to .13 are put in the group all the
    same; with a sentence deleted, the outlet is still shown as telling the point in .01
    to .06. On human judgements: not measured. For the corpus at hand see `points_by`.

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
    check_columns(
        passages,
        ["article_id", "outlet", "sentence", "voice", "start", "end", "text"],
        "passages",
    )
    passages = passages.sort_values(
        ["article_id", "start", "end"], kind="stable"
    ).reset_index(drop=True)
    number = passages.groupby(SENTENCE, sort=False).ngroup().to_numpy()
    if len(number) and number[-1] >= MOST:
        raise IdlibkitError(
            f"points aligns the articles of one story; {number[-1] + 1:,} sentences are"
            f" too many (at most {MOST:,}). Choose the articles first, by date and by"
            " words: passages[passages['article_id'].isin(...)]."
        )
    held = items(passages)
    sentences: list[list[Item]] = [[] for _ in range(number.max(initial=-1) + 1)]
    for row, i in enumerate(number):
        sentences[i] += [
            item._replace(run=100_000 * row + item.run) for item in held[row]
        ]
    first = np.unique(number, return_index=True)[1] if len(number) else np.zeros(0, int)
    heads = passages.iloc[first]
    body = (
        (heads["role"] == "body").to_numpy()
        if "role" in heads
        else np.ones(len(heads), bool)
    )
    article = pd.factorize(heads["article_id"])[0]
    weight, links = alike(sentences, article, body)
    groups = grouped(sentences, weight, links)
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
        One row per point, `point` as its index: `terms`, `example` (a passage that has
        most of the words in common), `n_outlets`, `n_articles`, one column per outlet
        with its number of sentences (0: none found), and `chance_missed`: the chance
        that a further article which does say it would not have been linked.

    Notes
    -----
    How often the aligner misses is estimated from the corpus itself, as in
    capture-recapture: of each article in a point of three or more, how many of the
    others there is it linked to itself? Sentences differ in how easily they are linked,
    so their hit rates are taken as beta-distributed with a + b = 2 (evenly spread,
    where the mean is one half); the mean is fitted by maximum likelihood, given that
    each has one link or more, and `chance_missed` is the chance of no link to any of
    the articles that have the point. Missing where no point is in three articles. On
    stories with known points (benchmarks/measure_overlap.py, 5 and 10 outlets) it came
    to .04 to .06 where 0 to .06 were missed, .12 to .14 where .14 to .18 were, .33 to
    .40 where .39 were. What is told in wholly other words is missed more often than
    this says.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"point": [1, 1, 1], "terms": "dam", "n_outlets": 3, "n_articles": 3, "article_id": list("abc"),
    ...                       "outlet": list("ABC"), "sentence": 0, "linked": [2, 2, 1], "text": "The dam broke."})
    >>> points_by(table)[["A", "B", "C", "chance_missed"]].round(2).to_dict("records")
    [{'A': 1, 'B': 1, 'C': 1, 'chance_missed': 0.1}]
    """
    columns = ["point", "terms", "n_outlets", "n_articles", *SENTENCE, "linked", "text"]
    check_columns(points, [*columns, by], "points")
    taken = {"terms", "example", "n_outlets", "n_articles", "chance_missed"} & set(
        points[by].astype("str")
    )
    if taken:
        raise IdlibkitError(
            f"{by} has the value {taken.pop()!r}, which is a column of the result;"
            " rename it first."
        )
    once = points.drop_duplicates(["point", *SENTENCE])
    counts = (
        once.groupby(["point", by], observed=True)
        .size()
        .unstack(fill_value=0)
        .sort_index(axis=1)
    )
    counts.columns = counts.columns.astype("str").rename(None)
    best = once.groupby(["point", "article_id", "n_articles"], as_index=False)[
        "linked"
    ].max()
    best = best[best["n_articles"] >= 3]
    missed = _chance_missed(
        best["linked"].to_numpy(float), best["n_articles"].to_numpy(float) - 1
    )
    told = once.groupby("point")[["terms", "n_outlets", "n_articles"]].first()
    words = points["text"].str.casefold()
    held = [
        sum(name.casefold() in text for name in terms.split(", "))
        for terms, text in zip(points["terms"], words, strict=True)
    ]
    order = points.assign(held=held, size=points["text"].str.len()).sort_values(
        ["point", "held", "size", "text"],
        ascending=[True, False, True, True],
        kind="stable",
    )
    told.insert(1, "example", order.groupby("point")["text"].first())
    return told.join(counts).assign(
        chance_missed=missed(told["n_articles"].to_numpy(float))
    )


def _chance_missed(
    linked: np.ndarray, others: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    """The chance of no link to any of n articles, from how many of the others each
    article of a point is linked to.
    """
    from scipy.optimize import minimize_scalar
    from scipy.special import betaln

    def none(mean: float, n: np.ndarray) -> np.ndarray:
        return np.exp(
            betaln(SPREAD * mean, SPREAD * (1 - mean) + n)
            - betaln(SPREAD * mean, SPREAD * (1 - mean))
        )

    def unlikely(mean: float) -> float:
        a, b = SPREAD * mean, SPREAD * (1 - mean)
        return -float(
            np.sum(
                betaln(a + linked, b + others - linked)
                - betaln(a, b)
                - np.log1p(-none(mean, others))
            )
        )

    if not len(linked):
        return lambda n: np.full(len(n), np.nan)
    mean = minimize_scalar(unlikely, bounds=(0.001, 0.999), method="bounded").x
    return lambda n: none(mean, n)


def _evidence(
    groups: list[tuple[list[int], set[str], dict[int, set[int]]]],
    passages: pd.DataFrame,
    held: list[list[Item]],
    number: np.ndarray,
    article: np.ndarray,
    weight: dict[str, int],
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
            shares = {
                row: {item.name for item in held[row]} & core for row in rows_of[member]
            }
            share = {
                row: sum(weight[name] for name in names)
                for row, names in shares.items()
            }
            kept = [
                row
                for row in share
                if share[row] > 0 and 3 * share[row] >= sum(share.values())
            ]
            rows += kept
            linked += [
                len({article[other] for other in inside[member]} - {article[member]})
            ] * len(kept)
        shown = Counter(
            (item.name, item.shown)
            for member in members
            for item in sentences[member]
            if item.name in core
        )
        best = {
            name: shown_as
            for (name, shown_as), _ in sorted(shown.items(), key=lambda x: (x[1], x[0]))
        }
        terms = [
            best[name]
            for name in sorted(core, key=lambda name: (-weight[name], best[name]))
        ]
        n_outlets, n_articles = (
            len({outlet[row] for row in rows}),
            len({article[m] for m in members}),
        )
        found.append(
            (
                -n_outlets,
                -n_articles,
                -len(members),
                members,
                rows,
                linked,
                ", ".join(terms),
            )
        )
    found.sort(key=lambda point: point[:4])
    index = np.array([row for point in found for row in point[4]], int)
    sizes = [len(point[4]) for point in found]
    front = pd.DataFrame({"point": np.repeat(np.arange(1, len(found) + 1), sizes)})
    front["terms"] = pd.Series(
        [point[6] for point in found for _ in point[4]], dtype="str"
    )
    front["n_outlets"] = (
        np.repeat([-point[0] for point in found], sizes) if found else np.zeros(0, int)
    )
    front["n_articles"] = (
        np.repeat([-point[1] for point in found], sizes) if found else np.zeros(0, int)
    )
    wanted = [
        c
        for c in [
            "article_id",
            "outlet",
            "sentence",
            "role",
            "voice",
            "speaker",
            "start",
            "end",
            "text",
        ]
        if c in passages
    ]
    out = pd.concat(
        [front, passages[wanted].iloc[index].reset_index(drop=True)], axis=1
    )
    out["linked"] = np.array([n for point in found for n in point[5]], int)
    return out
