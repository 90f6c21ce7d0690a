"""stories: which articles of a collection tell one event."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..cleaning import lines
from ..scale import by_partition, computed, is_apart
from ..tables import check_articles
from ..text import count_words
from .articles import publication_dates
from .linkage import Pairs, linked_groups
from .near_days import similar_pairs_of_parts
from .similar_articles import DAY_NOT_KNOWN, similar_pairs
from .vectors import article_vectors

__all__ = ["stories"]


def stories(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the articles that tell one event, by their words and days.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet` and the text (`text` or `raw`); `published` and `title`
        where known. In any order, of any number: see Notes. Of an archive in parts
        (`read_in_parts`, or a Dask DataFrame) those of neighbouring days are compared
        at a time, with the same stories.

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
    if is_apart(articles):
        facts = computed(by_partition(_facts_in, articles)).reset_index(drop=True)
        check_articles(facts)
        order = _order(facts)
        pairs = similar_pairs_of_parts(articles, facts.iloc[order], texts_of)
    else:
        check_articles(articles)
        texts = texts_of(articles)
        facts = _facts(articles, texts)
        order = _order(facts)
        day = facts["day"].to_numpy()[order]
        pairs = [similar_pairs(article_vectors(texts.iloc[order]), day)]
    return _table(facts, order, pairs)


def _facts_in(articles: pd.DataFrame) -> pd.DataFrame:
    return _facts(articles, texts_of(articles))


def _facts(articles: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """What is told of articles beside their stories, and the day of each."""
    return pd.DataFrame(
        {
            "article_id": articles["article_id"],
            "outlet": articles["outlet"],
            "published": articles.get("published", pd.NaT),
            "n_words": count_words(texts),
            "day": _days(articles),
        },
        index=articles.index,
    )


def _order(facts: pd.DataFrame) -> np.ndarray:
    """The articles by day and name, so that nothing hangs on the order of rows; those
    without a day last.
    """
    name = pd.factorize(facts["article_id"].astype("str"), sort=True)[0]
    day = facts["day"].to_numpy()
    return np.lexsort((name, day, day == DAY_NOT_KNOWN))


def _table(
    facts: pd.DataFrame, order: np.ndarray, pairs: Iterable[Pairs]
) -> pd.DataFrame:
    """The stories that pairs of the articles in this order make."""
    groups = linked_groups(len(order), pairs)
    story = pd.factorize(groups.group)[0] + 1
    back = np.argsort(order)
    day = facts["day"].to_numpy()
    used = np.where(day != DAY_NOT_KNOWN, "words and day", "words")
    return facts[["article_id", "outlet", "published"]].assign(
        story=story[back],
        similarity=_similarity_to_story(story, groups.pairs)[back],
        used=pd.array(used, dtype="str"),
        n_words=facts["n_words"],
        days_after=_days_after(day, story[back]),
    )


def _days_after(day: np.ndarray, story: np.ndarray) -> np.ndarray:
    """Days between the first report of a story and each, missing without a day."""
    days = pd.Series(day, dtype=float).mask(day == DAY_NOT_KNOWN)
    return (days - days.groupby(story).transform("min")).to_numpy(float)


def _days(articles: pd.DataFrame) -> np.ndarray:
    """Days since 1970; DAY_NOT_KNOWN where there is none."""
    published = publication_dates(articles)
    days = (published - pd.Timestamp(0)) // pd.Timedelta(days=1)
    return days.fillna(DAY_NOT_KNOWN).to_numpy(np.int64)


def texts_of(articles: pd.DataFrame) -> pd.Series:
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


def _similarity_to_story(story: np.ndarray, pairs: Pairs) -> np.ndarray:
    """The mean similarity of each article to the others of its story."""
    inside = story[pairs.i] == story[pairs.j]
    n = len(story)
    total = np.bincount(pairs.i[inside], pairs.similarity[inside], n)
    total += np.bincount(pairs.j[inside], pairs.similarity[inside], n)
    others = np.bincount(story)[story] - 1 if n else np.zeros(0)
    return np.where(others > 0, total / np.maximum(others, 1), np.nan).round(4)
