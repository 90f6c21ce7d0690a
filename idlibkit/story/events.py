"""stories: which articles of a collection tell one event."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..cleaning import lines
from ..scale import watched
from ..tables import check_articles
from ..text import count_words
from .articles import publication_dates
from .vectors import article_vectors

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Pairs", "average_linkage", "stories"]

# Mean similarity from which on two groups of articles tell one event, both of one day.
LEAST = 0.12
# What remains of the similarity of two articles so many days apart; beyond, nothing.
FADING = np.array([1.0, 0.8, 0.6, 0.4], np.float32)
NOT_DATED = 0.5  # and where the day of one of them is not known
# Pairs below this share of LEAST count as having nothing in common.
NEGLIGIBLE = 0.5
# Features, the heaviest, by which articles find each other.
HEAVIEST = 64
ROWS = 500  # articles compared with others at a time
AT_A_TIME = 5_000  # articles of which the heaviest features are sought
PAIRS = 20_000  # pairs compared at a time
DAY_NOT_KNOWN = np.iinfo(np.int64).min


def stories(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the articles that tell one event, by their words and days.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet` and the text (`text` or `raw`); `published` and `title`
        where known. In any order, of any number: see Notes.

    Returns
    -------
    DataFrame
        One row per article, in the order and with the index given: `article_id`,
        `outlet`, `published`, `story` (numbered from 1 by the day of the first article,
        those without a day last), `similarity` (mean similarity to the other articles
        of the story; missing where there is none), `used` ("words and day", or "words"
        where the article's day is not known), and how much is made of the story:
        `n_words` (length of the article with its title) and `days_after` (days after
        the first report of the story; missing where the day is not known).

    Raises
    ------
    IdlibkitError
        If a column is missing, or an `article_id` is there twice.

    See Also
    --------
    points : joined to articles, `story` comes along in passages, and points are then
        sought within each story.

    Notes
    -----
    Articles are vectors of their words and of pairs of neighbouring words, weighted by
    rarity (TF-IDF), those of the first paragraphs most; the similarity of two is the
    mean of two cosines. It fades with the days between them (.8 after one day, .6 after
    two, .4 after three, then nothing) and is halved where a day is not known.
    Groups are joined by average linkage down to a mean similarity of .12. Pairs that
    have none of their 64 heaviest features in common are not compared, so the work
    grows with the articles of neighbouring days.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c"], "outlet": ["A", "B", "C"],
    ...     "published": pd.to_datetime(["2020-02-03", "2020-02-03", "2020-02-03"]),
    ...     "text": ["Floods drowned eight farmers near the Arden dam on Monday.",
    ...              "Jazz bands open the harvest festival in Lund tonight.",
    ...              "Eight farmers drowned as floods broke the dam at Arden."]})
    >>> stories(articles)["story"].tolist()
    [1, 2, 1]
    """
    check_articles(articles)
    ids = articles["article_id"].astype("str").to_numpy(dtype=object)
    day = _days(articles)
    # Numbered by day and name, so that nothing hangs on the order of rows.
    dated = day != DAY_NOT_KNOWN
    order = np.lexsort((pd.factorize(ids, sort=True)[0], day, ~dated))
    texts = _texts(articles)
    pairs = _similar_pairs(article_vectors(texts.iloc[order]), day[order])
    story = pd.factorize(average_linkage(len(order), pairs))[0] + 1
    back = np.argsort(order)
    return pd.DataFrame(
        {
            "article_id": articles["article_id"],
            "outlet": articles["outlet"],
            "published": articles.get("published", pd.NaT),
            "story": story[back],
            "similarity": _similarity_to_story(story, pairs)[back],
            "used": pd.array(np.where(dated, "words and day", "words"), dtype="str"),
            "n_words": count_words(texts),
            "days_after": _days_after(day, story[back]),
        },
        index=articles.index,
    )


def _days_after(day: np.ndarray, story: np.ndarray) -> np.ndarray:
    """Days between the first report of a story and each, missing without a day."""
    days = pd.Series(day, dtype=float).mask(day == DAY_NOT_KNOWN)
    return (days - days.groupby(story).transform("min")).to_numpy(float)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles (pairs,) that have something in common, i < j."""

    i: np.ndarray
    j: np.ndarray
    similarity: np.ndarray


def _days(articles: pd.DataFrame) -> np.ndarray:
    """Days since 1970; DAY_NOT_KNOWN where there is none."""
    published = publication_dates(articles)
    days = (published - pd.Timestamp(0)) // pd.Timedelta(days=1)
    return days.fillna(DAY_NOT_KNOWN).to_numpy(np.int64)


def _texts(articles: pd.DataFrame) -> pd.Series:
    """Title and text of each article, without what `lines` removes."""
    if "text" in articles:
        texts = articles["text"].fillna("").astype("str")
    else:
        page = lines(articles)
        kept = page[page["kept"]].groupby("article_id")["text"].agg("\n".join)
        texts = articles["article_id"].astype("str").map(kept.to_dict()).fillna("")
    if "title" not in articles:
        return texts
    titles = articles["title"].fillna("").astype("str")
    headed = [
        text if text.startswith(title) else f"{title}\n{text}"
        for title, text in zip(titles, texts, strict=True)
    ]
    return pd.Series(headed, articles.index, dtype="str")


def _similar_pairs(vectors: csr_array, day: np.ndarray) -> Pairs:
    """The pairs of articles, sorted by day, that are not far apart in words and days.

    An article is compared with those of its day and the next ones, and with all that
    have no day.
    """
    heavy = _heaviest(vectors)
    n = len(day)
    n_dated = int(np.count_nonzero(day != DAY_NOT_KNOWN))
    blocks = [Pairs(np.zeros(0, int), np.zeros(0, int), np.zeros(0))]
    starts = range(0, n, ROWS)
    for start in watched(starts, len(starts), "stories"):
        rows = np.arange(start, min(start + ROWS, n))
        last_day = day[min(rows[-1], n_dated - 1)] + len(FADING) - 1
        near = int(np.searchsorted(day[:n_dated], last_day, side="right"))
        columns = np.arange(start, n)
        columns = columns[(columns < near) | (columns >= n_dated)]
        blocks.append(_pairs_of_block(vectors, heavy, day, rows, columns))
    return Pairs(
        i=np.concatenate([block.i for block in blocks]),
        j=np.concatenate([block.j for block in blocks]),
        similarity=np.concatenate([block.similarity for block in blocks]),
    )


def _heaviest(vectors: csr_array) -> csr_array:
    """The vectors with their HEAVIEST features alone."""
    from scipy import sparse

    parts = [vectors[:0]]
    for start in range(0, vectors.shape[0], AT_A_TIME):
        part = vectors[start : start + AT_A_TIME]
        row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
        order = np.lexsort((part.indices, -part.data, row))
        rank = np.arange(len(row)) - part.indptr[row]
        kept = order[rank < HEAVIEST]
        places = (row[kept], part.indices[kept])
        parts.append(sparse.csr_array((part.data[kept], places), shape=part.shape))
    return sparse.vstack(parts).tocsr()


def _pairs_of_block(
    vectors: csr_array,
    heavy: csr_array,
    day: np.ndarray,
    rows: np.ndarray,
    columns: np.ndarray,
) -> Pairs:
    """The pairs of the articles in `rows` with later ones in `columns`."""
    least = LEAST * NEGLIGIBLE
    product = (heavy[rows] @ heavy[columns].T).tocoo()
    i, j = rows[product.row], columns[product.col]
    fading = _fading(day[i], day[j])
    # What is not among the heaviest features adds less than these do.
    near = (j > i) & (2 * product.data * fading >= least)
    i, j, fading = i[near], j[near], fading[near]
    similarity = np.zeros(len(i))
    for start in range(0, len(i), PAIRS):
        part = slice(start, start + PAIRS)
        similarity[part] = vectors[i[part]].multiply(vectors[j[part]]).sum(axis=1)
    similarity = np.minimum(similarity, 1) * fading
    near = similarity >= least
    return Pairs(i[near], j[near], similarity[near])


def _fading(day: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What remains of the similarity of articles of two days."""
    not_known = (day == DAY_NOT_KNOWN) | (other == DAY_NOT_KNOWN)
    gap = np.abs(np.where(not_known, 0, other) - np.where(not_known, 0, day))
    fading = np.where(gap < len(FADING), FADING[np.minimum(gap, len(FADING) - 1)], 0)
    return np.where(not_known, NOT_DATED, fading)


def average_linkage(n: int, pairs: Pairs, least: float = LEAST) -> np.ndarray:
    """Groups of n articles (the number of the first of each), joined while two have a
    mean similarity of `least` or more; the most similar first, ties by number.
    """
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    columns = (pairs.i.tolist(), pairs.j.tolist(), pairs.similarity.tolist())
    for i, j, similarity in zip(*columns, strict=True):
        sums[i][j] = sums[j][i] = similarity
    members = {i: [i] for i in range(n)}
    queue = [
        (-similarity, i, j, 1, 1)
        for i, j, similarity in zip(*columns, strict=True)
        if similarity >= least
    ]
    heapify(queue)
    while queue:
        _, i, j, size_i, size_j = heappop(queue)
        # Groups only grow: their sizes tell an entry that is out of date.
        if i not in members or j not in members:
            continue
        if (size_i, size_j) != (len(members[i]), len(members[j])):
            continue
        members[i] += members.pop(j)
        for other, total in sums.pop(j).items():
            del sums[other][j]
            if other != i:
                sums[i][other] = sums[other][i] = sums[i].get(other, 0.0) + total
        for other, total in sums[i].items():
            first, second = min(i, other), max(i, other)
            sizes = len(members[first]), len(members[second])
            mean = total / (sizes[0] * sizes[1])
            if mean >= least:
                heappush(queue, (-mean, first, second, *sizes))
    group = np.empty(n, np.int64)
    for first, rows in members.items():
        group[rows] = first
    return group


def _similarity_to_story(story: np.ndarray, pairs: Pairs) -> np.ndarray:
    """The mean similarity of each article to the others of its story."""
    inside = story[pairs.i] == story[pairs.j]
    n = len(story)
    total = np.bincount(pairs.i[inside], pairs.similarity[inside], n)
    total += np.bincount(pairs.j[inside], pairs.similarity[inside], n)
    others = np.bincount(story)[story] - 1 if n else np.zeros(0)
    return np.where(others > 0, total / np.maximum(others, 1), np.nan).round(4)
