"""The report as one HTML page that fetches nothing: notebook cells, tables, pictures
and articles, everything escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .outputs import TITLES, cells_html, sieved
from .templates import filled, fragment, web_file

__all__ = ["page"]


GENERATOR = "idlibkit report"
STYLES = ["report.css", "article_style.css"]
ACCURACY = "accuracy"  # the tag from whose cell on a notebook speaks of accuracy


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its address, its name in the contents, and what it holds."""

    id: str
    title: str
    html: Markup


def page(  # noqa: PLR0913 - the parts of a page, each by its name
    *,
    title: str,
    facts: Sequence[tuple[str, str]],
    notes: Iterable[str],
    outlets: Mapping[str, Any],
    notebooks: Mapping[str, list[Any]],
    marked: Sequence[Mapping[str, str]],
    n_articles: int,
    tables: Mapping[str, Any],
    methods: str,
    version: str,
    seeds: bool = False,
) -> str:
    """The whole page.

    Parameters
    ----------
    title : str
        Of the page; like all other text here it may be anybody's words, and is escaped.
    facts : pairs of str
        What and how much, for the head of the page.
    notes : iterable of str
        What reading said.
    outlets, tables : table as cells
        The outlets; the CSV files. See `cells.table_cells`.
    notebooks : mapping of name to cells
        As `notebooks.run_notebooks` returns them, without the extra one.
    marked : sequence of mappings
        Articles marked up: article_id, outlet, title, html, summary.
    n_articles : int
        How many articles there are, marked up or not.
    methods : str
        Paragraphs with a blank line between; those after a line ``References`` are
        references.
    version : str
    seeds : bool
        Whether the notebooks' own titles hold.
    """
    notes = list(notes)
    chapters, accuracy = _chapters(notebooks, set(notes), seeds)
    sections = [
        *chapters,
        Section("marked-up", "Articles marked up", _marked(marked, n_articles)),
        Section("method", "Method and limits", _method(methods) + accuracy),
        Section("tables", "All tables", filled("all_tables.html.j2", tables=tables)),
    ]
    script = web_file("report.js")
    return str(
        filled(
            "report.html.j2",
            title=title,
            policy=_policy(script),
            generator=f"{GENERATOR} {version}",
            style=Markup("\n").join(map(fragment, STYLES)),
            script=Markup(script),
            facts=facts,
            notes=notes,
            outlets=outlets,
            sections=sections,
            version=version,
        )
    )


def _policy(script: str) -> str:
    """What the page forbids itself: to fetch anything, to run other scripts."""
    sha = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{sha}'; base-uri 'none'; form-action 'none'"
    )


def _chapters(
    notebooks: Mapping[str, list[Any]], said: set[str], seeds: bool
) -> tuple[list[Section], Markup]:
    """A section for each notebook; what they say of accuracy belongs to the method."""
    sections, accuracy = [], Markup()
    for name, cells in notebooks.items():
        title = TITLES.get(name, name[3:].replace("-", " ").capitalize())
        own, of_accuracy = _split(cells)
        html = cells_html(name, own, said, None if seeds else title)
        sections.append(Section(name, title, html))
        accuracy += cells_html(ACCURACY, of_accuracy, said, None)
    return sections, accuracy


def _split(cells: list[Any]) -> tuple[list[Any], list[Any]]:
    """The cells before and from the one that is tagged as the accuracy card."""
    for place, cell in enumerate(cells):
        if ACCURACY in cell["metadata"].get("tags", []):
            return cells[:place], cells[place:]
    return cells, []


def _marked(marked: Sequence[Mapping[str, str]], n_articles: int) -> Markup:
    which = f"Each of the {n_articles} articles"
    if len(marked) != n_articles:
        which = (
            f"{len(marked)} of the {n_articles} articles, "
            "some of each outlet evenly over time,"
        )
    shown = [{**article, "html": sieved(article["html"])} for article in marked]
    by_outlet = groupby(shown, key=lambda article: article["outlet"])
    outlets = [(outlet, list(articles)) for outlet, articles in by_outlet]
    return filled("marked_articles.html.j2", which=which, outlets=outlets)


def _method(methods: str) -> Markup:
    body, _, references = methods.partition("\n\nReferences\n\n")
    lines = [line for line in references.splitlines() if line.strip()]
    return filled("method.html.j2", paragraphs=body.split("\n\n"), references=lines)
