"""The report as an HTML page that fetches nothing, everything escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import Markup

from ..tables import number_of, records
from .chapters import Chapter, place
from .evidence import json_html
from .finding_kinds import Finding
from .finding_kinds.material import at_match
from .leads import lead_of
from .pictures import Picture, picture_of
from .templates import filled, fragment, policy_of, web_file

__all__ = ["GENERATOR", "Page", "ShownFinding", "page", "shown_finding"]

GENERATOR = "idlibkit report"
STYLES = ["evidence.css", "report.css"]
SCRIPTS = ["evidence.js", "explorer.js"]
SENTENCES = 60  # of a finding that stand on the page


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence behind a finding, cut where its match begins and ends."""

    before: str
    match: str
    after: str
    source: str  # outlet, and who speaks
    link: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as the page shows it."""

    key: str
    title: str
    summary: str
    how_sure: str
    not_shown: str
    picture: Picture
    behind: str  # "17 sentences"
    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page.

    Attributes
    ----------
    title : str
        Of the report; like all other text here it may be anybody's words.
    facts : list of str
        What and how much, for the line above the title.
    notes : list of str
        What reading said, and which parts could not be made.
    findings : list of ShownFinding
        The first one leads the page.
    chapters : list of Chapter
    data : dict
        For the script: see `evidence.Evidence`.
    days : pair of str or None
        First and last day.
    is_whole : bool
        Whether all articles are in the page itself, so that rows of words can be looked
        through.
    version : str
    """

    title: str
    facts: Sequence[str]
    notes: Sequence[str]
    findings: Sequence[ShownFinding]
    chapters: Sequence[Chapter]
    data: dict[str, Any]
    days: tuple[str, str] | None
    is_whole: bool
    version: str


def page(parts: Page) -> str:
    """The whole page as text."""
    script = "\n".join(map(web_file, SCRIPTS))
    return str(
        filled(
            "report.html.j2",
            page=parts,
            policy=policy_of(script, files=not parts.is_whole),
            generator=f"{GENERATOR} {parts.version}",
            style=Markup("\n").join(map(fragment, STYLES)),
            data=json_html(parts.data),
            script=Markup(script),
        )
    )


def shown_finding(finding: Finding) -> ShownFinding:
    """A finding with its picture and its sentences."""
    rows = records(finding.sentences.head(SENTENCES))
    return ShownFinding(
        key=finding.key,
        title=_unbroken(finding.title),
        summary=_unbroken(finding.summary),
        how_sure=_unbroken(finding.how_sure),
        not_shown=finding.not_shown,
        picture=picture_of(
            partial(finding.figure, title=False), finding.alt, lead_of(finding)
        ),
        behind=number_of(len(finding.sentences), "sentence"),
        sentences=[_sentence(row) for row in rows],
    )


def _unbroken(text: str) -> str:
    """A sentence in which no line ends between a number and its per cent sign."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def _sentence(row: Any) -> Sentence:
    start, end = row.match_start, row.match_end
    if pd.isna(start):
        start, end = row.start, row.end
    link = place(row.article_id, int(start), int(end))
    who = "the outlet itself" if row.voice == "own" else f"no one named, {row.voice}"
    if isinstance(row.speaker, str):
        who = f"{row.speaker}, {row.voice}"
    return Sentence(*at_match(row), f"{row.outlet} · {who}", link)
