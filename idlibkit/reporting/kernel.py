"""What runs inside a notebook when a report is made: tables, articles and notes leave it as data, not as HTML.

A page made of other people's words is safe only if nothing that comes out of a notebook is taken for markup. So a displayed
table becomes a list of cells and a CSV file, and `page` writes the HTML.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..spreadsheets import write_csv
from ..tables import IdlibkitError, IdlibkitWarning
from ..trust import even_shares
from .cells import ARTICLE, NOTE, TABLE, table_cells
from .markup import MarkedArticle

__all__ = []


MARKED = 60  # articles that are shown marked up; more where there are more outlets, one of each
FILE_ROWS = 1_000_000  # that a spreadsheet opens


def show_as_data(folder: str, stem: str) -> None:
    """From now on, in this kernel, tables, marked-up articles and warnings are shown as data; CSV files go to `folder`."""
    from IPython import get_ipython
    from IPython.display import display

    written = 0

    def table(
        shown: pd.DataFrame | pd.Series, include: Any = None, exclude: Any = None
    ) -> dict[str, Any]:
        nonlocal written
        written += 1
        name = f"{stem}-{written:02d}.csv"
        try:
            write_csv(
                shown.to_frame() if isinstance(shown, pd.Series) else shown,
                Path(folder, name),
            )
        except (
            OSError
        ) as error:  # a notebook would print it and go on; the report must not
            return {TABLE: {"error": error.strerror}}
        return {TABLE: {**table_cells(shown), "file": name}}

    def article(
        shown: MarkedArticle, include: Any = None, exclude: Any = None
    ) -> dict[str, Any]:
        return {ARTICLE: {"html": shown.html, "summary": shown.summary}}

    shell = get_ipython()
    bundle = shell.display_formatter.mimebundle_formatter
    bundle.for_type(pd.DataFrame, table)
    bundle.for_type(pd.Series, table)
    bundle.for_type(MarkedArticle, article)
    told: set[str] = set()

    def note(
        message: Warning | str, category: type[Warning], *rest: Any, **more: Any
    ) -> None:
        if issubclass(category, IdlibkitWarning) and str(message) not in told:
            told.add(str(message))
            display({NOTE: str(message), "text/plain": str(message)}, raw=True)

    warnings.showwarning = note


def save_tables(
    articles: pd.DataFrame, actors: Mapping[str, Iterable[str]] | None, folder: str
) -> pd.DataFrame:
    """Write the tables that the measures start from and end in, whole; what each holds, or why it is missing."""
    import idlibkit as ik

    about: list[tuple[str, str, str]] = []
    made: dict[str, pd.DataFrame] = {}

    def save(name: str, what: str, make: Callable[[], pd.DataFrame]) -> None:
        try:
            made[name] = make()
        except (
            Exception
        ) as error:  # whatever one measure cannot do must not cost the others
            why = (
                f"it needs {error.args[0]}"
                if isinstance(error, KeyError)
                else str(error)
            )
            about.append((name, what, f"not made: {why}"))
        else:
            table, cut = made[name], ""
            if len(table) > FILE_ROWS and "count" in table:
                table, cut = (
                    table[table["count"] > 0],
                    f", without the {(table['count'] == 0).sum():,} of count 0",
                )
            write_csv(table, Path(folder, f"{name}.csv"))
            about.append((f"{name}.csv", what, f"{len(table):,} rows{cut}"))

    passages = ik.passages(articles)
    words = passages.groupby("article_id")["n_words"].sum()
    facts = articles.drop(columns=["raw", "text"], errors="ignore")
    by_voice = ["outlet", "voice"]
    save(
        "articles",
        "articles, with words kept",
        lambda: facts.assign(n_words=facts["article_id"].map(words).fillna(0)),
    )
    save(
        "lines",
        "role of every line, and why it was kept or not",
        lambda: ik.lines(articles),
    )
    save("passages", "sentences by voice", lambda: passages)
    save(
        "quotes",
        "quoted and reported speech with its speakers",
        lambda: ik.quotes(articles),
    )
    save(
        "voices_by",
        "whose words each outlet carries",
        lambda: ik.voices_by(made["quotes"]),
    )
    save(
        "counts",
        "how often each outlet uses each term",
        lambda: ik.count_terms(passages),
    )
    save("tfidf", "TF-IDF of each term by outlet", lambda: ik.tfidf(made["counts"]))
    save(
        "keyness",
        "each term, one outlet against the rest",
        lambda: ik.keyness(made["counts"]),
    )
    save(
        "similarity",
        "cosine of the outlets' TF-IDF",
        lambda: ik.similarity(made["counts"]),
    )
    save("sentiment", "tone of each passage (VADER)", lambda: ik.sentiment(passages))
    save(
        "sentiment_by",
        "mean tone by outlet",
        lambda: ik.sentiment_by(made["sentiment"]),
    )
    save(
        "sentiment_by_voice",
        "mean tone by outlet and voice",
        lambda: ik.sentiment_by(made["sentiment"], by=by_voice),
    )
    save(
        "labels",
        "each mention of an actor, and what it is called",
        lambda: ik.labels(passages, _actors(passages, actors)),
    )
    save(
        "labels_by",
        "share of each label by outlet",
        lambda: ik.labels_by(made["labels"]),
    )
    save("quantities", "every figure, read", lambda: ik.quantities(passages))
    save(
        "discrepancies",
        "figures of the same thing, side by side",
        lambda: ik.discrepancies(made["quantities"]),
    )
    save("frames", "indicators of frames", lambda: ik.frames(passages))
    save("frames_by", "share of each frame by outlet", lambda: ik.frames_by(passages))
    save(
        "shared_text",
        "passages that two articles share",
        lambda: ik.shared_text(articles),
    )
    return pd.DataFrame(about, columns=["file", "what", "holds"])


def save_articles(
    articles: pd.DataFrame, actors: Mapping[str, Iterable[str]] | None, folder: str
) -> int:
    """Mark up the articles, or of many a sample of each outlet spread over time, into one file; how many there are."""
    import idlibkit as ik

    chosen = sample_articles(articles)
    if actors is None:
        try:
            actors = _actors(ik.passages(articles), None)
        except IdlibkitError:
            pass
    marked = []
    for row in chosen.itertuples():
        try:
            found = ik.annotate(articles, row.article_id, actors=actors)
            text = {"html": found.html, "summary": found.summary}
        except Exception as error:  # one article must not cost the others
            text = {
                "html": "",
                "summary": f"This article could not be marked up: {error}",
            }
        title = row.title if isinstance(row.title, str) else ""
        marked.append(
            {
                "article_id": str(row.article_id),
                "outlet": str(row.outlet),
                "title": title,
                **text,
            }
        )
    Path(folder, "articles.json").write_text(json.dumps(marked), encoding="ascii")
    return len(marked)


def sample_articles(articles: pd.DataFrame, most: int = MARKED) -> pd.DataFrame:
    """All articles if they are few; of more, some of each outlet, evenly over its articles in order of date."""
    order = [
        column for column in ("outlet", "published", "article_id") if column in articles
    ]
    articles = articles.sort_values(order)
    if len(articles) <= most:
        return articles
    sizes = articles["outlet"].value_counts().sort_index()
    each = even_shares(sizes, min(max(most, len(sizes)), 2 * most))
    place, size, each = (
        articles.groupby("outlet").cumcount(),
        *(articles["outlet"].map(n) for n in (sizes, each)),
    )
    return articles[(place * each // size > (place - 1) * each // size) & (each > 0)]


def _actors(
    passages: pd.DataFrame, actors: Mapping[str, Iterable[str]] | None
) -> Mapping[str, Iterable[str]]:
    import idlibkit as ik

    return (
        actors
        or ik.suggest_actors(passages).groupby("actor")["label"].agg(list).to_dict()
    )
