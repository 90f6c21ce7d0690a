"""The last chapters: the articles, method and limits, the tables as files."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from ...tables import number_of, records
from ...trust import accuracy_card
from ..evidence import titles_of
from ..methods_section import methods
from ..selection import Selection, outlets_of
from ..templates import filled
from .chapter import Block, Chapter, Material, place, places, table

__all__ = ["articles_chapter", "method_chapter", "tables_chapter"]

LISTED = 2000  # articles


def articles_chapter(material: Material) -> Chapter:
    """The outlets, and each article, which opens marked up."""
    articles = material.corpus.articles
    if {"published", "language"} <= set(articles):
        outlets = outlets_of(articles).reset_index()
    else:
        outlets = articles.groupby("outlet").size().rename("articles").reset_index()
    order = [name for name in ("outlet", "published", "article_id") if name in articles]
    listed = articles.sort_values(order, kind="stable")
    listed = listed.assign(title=titles_of(listed))
    columns = [name for name in ("title", "outlet", "published") if name in listed]
    blocks = [
        table(
            outlets,
            text="The outlets.",
            links={"outlet": [places("voice", outlet=o) for o in outlets["outlet"]]},
            n=200,
        ),
        table(
            listed,
            text="The articles, each marked up in place: who speaks, what actors are "
            "called, figures, and lines that were left out.",
            columns=columns,
            names={"title": "Article"},
            links={"title": [place(name) for name in listed["article_id"]]},
            n=LISTED,
        ),
    ]
    summary = f"{number_of(len(articles), 'article')}, each marked up in place."
    return Chapter("articles", "Articles", summary, blocks)


def method_chapter(material: Material, selection: Selection) -> Chapter:
    """The methods section, what reading said, and how often extractors are right."""
    text = methods(
        material.corpus,
        actors=selection.actors,
        selection=selection.chosen,
        tried_again=False,
        sample=material.measures.sample,
    )
    body, _, references = text.partition("\n\nReferences\n\n")
    html = filled(
        "method.html.j2",
        paragraphs=body.split("\n\n"),
        references=[line for line in references.splitlines() if line.strip()],
    )
    card = table(
        accuracy_card(),
        text="How often each extractor was right where it was measured.",
        columns=["extractor", "measure", "figure", "low", "high", "measured_on"],
        n=100,
    )
    summary = "What was done, what it rests on, and how often it is right."
    blocks = [Block("", html), card]
    return Chapter("method", "Method and limits", summary, blocks)


def tables_chapter(files: pd.DataFrame) -> Chapter:
    """The tables that lie beside the page."""
    html: Markup = filled("tables.html.j2", tables=list(records(files)))
    written = int(files["file"].str.endswith(".csv").sum())
    summary = f"{number_of(written, 'table')} as CSV, whole and unrounded."
    return Chapter("tables", "All tables", summary, [Block("", html)])
