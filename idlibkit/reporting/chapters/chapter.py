"""A chapter of the report: one sentence, and tables whose cells lead to their places in
the articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from markupsafe import Markup

from ...corpus import Corpus
from ...text import is_foreign
from ..evidence import WHOLE
from ..finding_kinds import Finding
from ..marks import joined
from ..measures import Measures
from ..plain_tables import show_table
from ..templates import filled, seen

__all__ = ["Block", "Chapter", "Material", "place", "places", "table"]

ROWS = 40


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a chapter: what it is, in a sentence or two, and what is shown."""

    text: str
    html: Markup | str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter.

    Attributes
    ----------
    id, title : str
        What links and options name it by; what readers do.
    summary : str
        What is seen in it, or that nothing is, as a sentence; it stands beside the
        title of the folded chapter.
    blocks : list of Block
    """

    id: str
    title: str
    summary: str
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Material:
    """What chapters are made of; they add to `marks` what their links lead to."""

    measures: Measures
    findings: Sequence[Finding] = ()
    marks: list[pd.DataFrame] = field(default_factory=list)

    @property
    def corpus(self) -> Corpus:
        return self.measures.corpus

    @cached_property
    def passages(self) -> pd.DataFrame:
        """The passages, in which one person has one name over all articles."""
        table = self.corpus.passages
        return table.assign(speaker=table["speaker"].map(self.corpus.speakers))

    @property
    def n_outlets(self) -> int:
        return int(self.corpus.articles["outlet"].nunique())

    @property
    def n_foreign(self) -> int:
        """How many articles are in another language than English."""
        articles = self.corpus.articles
        if "language" not in articles:
            return 0
        return int(is_foreign(articles["language"]).sum())

    def finding(self, kind: str) -> Finding | None:
        """The strongest finding of a kind, which a chapter must not contradict."""
        return next((one for one in self.findings if one.kind == kind), None)

    @property
    def actors_note(self) -> str:
        """That the actors were proposed, where they were; to follow a sentence."""
        if self.measures.given is not None:
            return ""
        return " The actors were proposed from the articles, not chosen by hand."

    @property
    def is_whole(self) -> bool:
        """Whether all articles are in the page itself."""
        return len(self.corpus.articles) <= WHOLE

    def all_marks(self) -> pd.DataFrame:
        """All that was added, each once."""
        marks = joined(self.marks)
        return marks.drop_duplicates(["kind", "group", "name", "article_id", "start"])


def table(
    rows: pd.DataFrame,
    *,
    text: str = "",
    links: Mapping[str, Sequence[str]] | None = None,
    names: Mapping[str, str] | None = None,
    columns: Sequence[str] | None = None,
    n: int = ROWS,
    **options: Any,
) -> Block:
    """A table as a block, in a box of its own that scrolls."""
    shown = show_table(
        rows, columns=columns, names=names, n=n, links=links, **options
    ).html
    return Block(
        text, filled("boxed.html.j2", label=text or "Table", html=Markup(shown))
    )


def places(kind: str, name: object = "", **filters: object) -> str:
    """The address of all places of a thing: "#/places?kind=word&name=talks"."""
    asked = {"kind": kind, "name": name, **filters}
    given = {key: seen(str(value)) for key, value in asked.items() if value}
    return f"#/places?{urlencode(given, errors='replace')}"


def place(article_id: object, start: object = "", end: object = "") -> str:
    """The address of one place in an article."""
    asked = {"id": seen(str(article_id))}
    if start != "":
        asked["at"] = f"{start}-{end}"
    return f"#/article?{urlencode(asked, errors='replace')}"
