"""The choices behind an analysis, made otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..tables import records, source_text
from ..text import stop_list
from ..voices import passages

__all__ = ["Choice", "other_choices"]

MOST_ARTICLES = 30  # left out one at a time; of more, the first of each outlet


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice.

    Attributes
    ----------
    name : str
    table : DataFrame or None
        Other passages than those of the corpus.
    is_part : bool
        Whether `table` is whole articles of the corpus as they are.
    options : mapping
        Kind of comparison to options of its own; see `compared`.
    """

    name: str
    table: pd.DataFrame | None = None
    is_part: bool = False
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def other_choices(corpus: Corpus) -> Iterator[Choice]:
    """All choices that are made otherwise, one at a time."""
    yield from _of_measures()
    articles, table = corpus.articles, corpus.passages
    yield Choice("captions kept", passages(_with_roles(corpus, {"caption"})))
    as_printed = articles.assign(raw=None, text=source_text(articles))
    yield Choice("nothing removed", passages(as_printed))
    if "wire" in articles and articles["wire"].notna().any():
        yield Choice("without wire copy", table[table["wire"].isna()], is_part=True)
    left_out = articles.sort_values("article_id")
    if len(left_out) > MOST_ARTICLES:
        left_out = left_out.groupby("outlet").head(1).head(MOST_ARTICLES)
    alone = ~articles["outlet"].duplicated(keep=False)
    for article in records(left_out):
        name = article.outlet if alone[article.Index] else article.article_id
        others = table[table["article_id"] != article.article_id]
        yield Choice(f"without {name}", others, is_part=True)


def _of_measures() -> Iterator[Choice]:
    """Other lists, lexicons, priors, and ways to count."""
    plain: dict[str, dict[str, Any]] = {
        "words": {"count": _scikit_counts},
        "tone": {"score": _unfolded},
    }
    yield Choice("typography and accents kept", options=plain)
    function_words = stop_list("stopwords_english")
    in_words: dict[str, dict[str, Any]] = {
        "no stop list": {"stop_words": None},
        "function words only": {"stop_words": function_words},
        "words and pairs": {"ngram_range": (1, 2)},
        "flat prior": {"prior": 0.01},
    }
    in_tone: dict[str, dict[str, Any]] = {
        "AFINN lexicon": {"lexicon": "afinn"},
        "short passages scored": {"min_words": 1},
    }
    in_agency: dict[str, dict[str, Any]] = {
        "clauses of all voices": {"voices": ("own", "quoted", "reported")},
        "nouns of deeds left out": {"without": ["nominal"]},
        "clauses without an object left out": {"without": ["intransitive"]},
        "possible and denied harm too": {"as_done": False},
    }
    kinds = {"words": in_words, "tone": in_tone, "agency": in_agency}
    for kind, others in kinds.items():
        for name, options in others.items():
            yield Choice(name, options={kind: options})


def _with_roles(corpus: Corpus, roles: set[str]) -> pd.DataFrame:
    """Articles whose text is the kept lines and those of some further roles."""
    articles, found = corpus.articles, corpus.lines
    found = found[found["kept"] | found["role"].isin(roles)]
    text = found.groupby("article_id")["text"].agg("\n\n".join)
    return articles.assign(raw=None, text=articles["article_id"].map(text).fillna(""))


def _scikit_counts(
    table: pd.DataFrame, *, ngram_range: tuple[int, int], stop_words: Any
) -> pd.DataFrame:
    """Counts as scikit-learn's CountVectorizer makes them, with its own tokens."""
    from sklearn.feature_extraction.text import CountVectorizer

    stops = {
        part
        for word in stop_list(stop_words)
        for part in re.findall(r"\b\w\w+\b", word)
    }
    counter = CountVectorizer(ngram_range=ngram_range, stop_words=sorted(stops))
    parts = []
    for outlet, rows in table.groupby("outlet"):
        matrix = counter.fit_transform(
            rows.groupby(["article_id", "paragraph"])["text"].agg("\n".join)
        )
        parts.append(
            pd.DataFrame(
                {
                    "outlet": outlet,
                    "term": counter.get_feature_names_out(),
                    "count": matrix.sum(0).A1,
                    "n_paragraphs": (matrix > 0).sum(0).A1,
                    "n_articles": 1,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _unfolded(table: pd.DataFrame, *, lexicon: str) -> pd.DataFrame:
    """Scores of vaderSentiment on the text as it is printed."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return table.assign(
        compound=[analyzer.polarity_scores(text)["compound"] for text in table["text"]]
    )
