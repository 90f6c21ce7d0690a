"""The tables of a report as files, whole, and its articles marked up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..actors import Actors, labels, labels_by, suggest_actors
from ..corpus import Corpus
from ..figures import discrepancies, quantities
from ..framing import frames, frames_by
from ..spreadsheets import write_csv
from ..story import shared_text
from ..tables import IdlibkitError
from ..tone import sentiment, sentiment_by
from ..trust import even_shares
from ..voices import voices_by
from ..words import count_terms, keyness, similarity, tfidf
from .markup import annotate

__all__ = ["actors_of", "save_articles", "save_tables"]


MARKED = 60  # articles shown marked up; more where there are more outlets, one of each
FILE_ROWS = 1_000_000  # that a spreadsheet opens

Made = Mapping[str, pd.DataFrame]  # the tables made so far, by name


def actors_of(corpus: Corpus, actors: Actors | None) -> Actors | None:
    """The actors that were given, or those proposed; None where none can be."""
    if actors is not None:
        return actors
    try:
        return suggest_actors(corpus.passages)
    except IdlibkitError:
        return None


def _actors(made: Made, actors: Actors | None) -> Actors:
    return suggest_actors(made["passages"]) if actors is None else actors


def _articles(corpus: Corpus) -> pd.DataFrame:
    words = corpus.passages.groupby("article_id")["n_words"].sum()
    facts = corpus.articles.drop(columns=["raw", "text"], errors="ignore")
    return facts.assign(n_words=facts["article_id"].map(words).fillna(0))


def _tables(
    corpus: Corpus, actors: Actors | None
) -> list[tuple[str, str, Callable[[Made], pd.DataFrame]]]:
    """Name of each table, what it holds, and how it is made of those before it."""
    voice = ["outlet", "voice"]
    return [
        ("articles", "articles, with words kept", lambda _: _articles(corpus)),
        (
            "lines",
            "role of every line, and why it was kept or not",
            lambda _: corpus.lines,
        ),
        ("passages", "sentences by voice", lambda _: corpus.passages),
        (
            "quotes",
            "quoted and reported speech with its speakers",
            lambda _: corpus.quotes,
        ),
        (
            "voices_by",
            "whose words each outlet carries",
            lambda made: voices_by(made["quotes"]),
        ),
        (
            "counts",
            "how often each outlet uses each term",
            lambda made: count_terms(made["passages"]),
        ),
        ("tfidf", "TF-IDF of each term by outlet", lambda made: tfidf(made["counts"])),
        (
            "keyness",
            "each term, one outlet against the rest",
            lambda made: keyness(made["counts"]),
        ),
        (
            "similarity",
            "cosine of the outlets' TF-IDF",
            lambda made: similarity(made["counts"]),
        ),
        (
            "sentiment",
            "tone of each passage (VADER)",
            lambda made: sentiment(made["passages"]),
        ),
        (
            "sentiment_by",
            "mean tone by outlet",
            lambda made: sentiment_by(made["sentiment"]),
        ),
        (
            "sentiment_by_voice",
            "mean tone by outlet and voice",
            lambda made: sentiment_by(made["sentiment"], by=voice),
        ),
        (
            "labels",
            "each mention of an actor, and what it is called",
            lambda made: labels(made["passages"], _actors(made, actors)),
        ),
        (
            "labels_by",
            "share of each label by outlet",
            lambda made: labels_by(made["labels"]),
        ),
        (
            "quantities",
            "every figure, read",
            lambda made: quantities(made["passages"]),
        ),
        (
            "discrepancies",
            "figures of the same thing, side by side",
            lambda made: discrepancies(made["quantities"]),
        ),
        ("frames", "indicators of frames", lambda made: frames(made["passages"])),
        (
            "frames_by",
            "share of each frame by outlet",
            lambda made: frames_by(made["frames"], made["passages"]),
        ),
        (
            "shared_text",
            "passages that two articles share",
            lambda _: shared_text(corpus.articles),
        ),
    ]


def save_tables(corpus: Corpus, actors: Actors | None, folder: str) -> pd.DataFrame:
    """Write the tables that the measures start from and end in, whole; what each holds,
    or why it is missing.
    """
    rows: list[tuple[str, str, str]] = []
    made: dict[str, pd.DataFrame] = {}
    for name, what, make in _tables(corpus, actors):
        try:
            made[name] = make(made)
        except Exception as error:  # what one measure cannot do must not cost others
            missing = isinstance(error, KeyError)
            why = f"it needs {error.args[0]}" if missing else str(error)
            rows.append((name, what, f"not made: {why}"))
        else:
            file = Path(folder, f"{name}.csv")
            rows.append((file.name, what, _write_whole(made[name], file)))
    return pd.DataFrame(rows, columns=["file", "what", "holds"])


def _write_whole(table: pd.DataFrame, file: Path) -> str:
    """Write a table; how many rows, and which were left out."""
    left_out = ""
    if len(table) > FILE_ROWS and "count" in table:
        unused = int((table["count"] == 0).sum())
        table, left_out = table[table["count"] > 0], f", without {unused:,} of count 0"
    write_csv(table, file)
    return f"{len(table):,} rows{left_out}"


def save_articles(corpus: Corpus, actors: Actors | None, folder: str) -> int:
    """Mark up the articles, or of many a sample of each outlet spread over time, into
    one file; how many there are.
    """
    articles = sample_articles(corpus.articles)
    marked = [_marked(corpus, row, actors) for row in articles.itertuples()]
    Path(folder, "articles.json").write_text(json.dumps(marked), encoding="ascii")
    return len(marked)


def _marked(corpus: Corpus, row: Any, actors: Actors | None) -> dict[str, str]:
    try:
        shown = annotate(corpus, row.article_id, actors=actors)
        html, summary = shown.html, shown.summary
    except Exception as error:  # one article must not cost the others
        html, summary = "", f"This article could not be marked up: {error}"
    return {
        "article_id": str(row.article_id),
        "outlet": str(row.outlet),
        "title": row.title if isinstance(row.title, str) else "",
        "html": html,
        "summary": summary,
    }


def sample_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """All articles if they are few; of more, some of each outlet, evenly over its
    articles in order of date.
    """
    order = [name for name in ("outlet", "published", "article_id") if name in articles]
    articles = articles.sort_values(order)
    if len(articles) <= MARKED:
        return articles
    sizes = articles["outlet"].value_counts().sort_index()
    shares = even_shares(sizes, min(max(MARKED, len(sizes)), 2 * MARKED))
    place = articles.groupby("outlet").cumcount()
    size, share = articles["outlet"].map(sizes), articles["outlet"].map(shares)
    # Where the running share passes a whole number an article is taken.
    return articles[(place * share // size > (place - 1) * share // size) & (share > 0)]
