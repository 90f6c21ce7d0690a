"""A finding in a notebook: its sentence, its picture, its evidence to unfold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...plots import show
from ...tables import number_of, records
from ..templates import filled
from .material import at_match

if TYPE_CHECKING:
    from .finding import Finding

__all__ = ["display_finding"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, cut where its word, figure or name begins and ends."""

    before: str
    match: str
    after: str
    outlet: str
    who: str  # ", Ann Lee", or nothing where the outlet itself speaks


def display_finding(finding: Finding) -> None:
    """Show a finding below the cell that runs.

    The picture is a picture of its own, so that it is seen where markup is not trusted;
    the sentences are plain HTML without a script.
    """
    from IPython.display import display

    heading = f"### {finding.title}\n\n{finding.summary}"
    display(
        {"text/markdown": heading, "text/plain": finding.alt}, raw=True, metadata={}
    )
    show(finding.figure(title=False).axes[0], finding.alt)
    sentences = [_evidence(row) for row in records(finding.sentences)]
    html = filled(
        "finding.html.j2",
        sentences=sentences,
        how_sure=finding.how_sure,
        not_shown=finding.not_shown,
    )
    behind = number_of(len(sentences), "sentence")
    plain = f"{behind} behind it. How sure? {finding.how_sure}"
    display({"text/html": str(html), "text/plain": plain}, raw=True)


def _evidence(row: Any) -> Evidence:
    who = "" if pd.isna(row.speaker) else f", {row.speaker}"
    return Evidence(*at_match(row), row.outlet, who)
