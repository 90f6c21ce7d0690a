"""Words of an article that are marked up in place: what actors are called, figures, and
who does what to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from markupsafe import Markup

from ..actors import Actors
from ..agency import agency, named_in_full
from ..figures import quantities
from ..tables import number_of, records
from .layers import Layer, Mark
from .marks import english, figure_note
from .templates import plain_html

__all__ = ["Marks", "mark_clauses", "mark_figures", "mark_labels"]

UNDERLINES = ["solid", "double", "dotted", "dashed", "wavy"]
NOBODY = "nobody named"


@dataclass
class Marks:
    """The layers of marks, outer ones first; the key to them; how many there are."""

    layers: list[Layer] = field(default_factory=list)
    legend: list[Markup] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)


def mark_labels(marks: Marks, mentions: pd.DataFrame) -> None:
    actors = sorted({str(actor) for actor in mentions["actor"]})
    style = {actor: UNDERLINES[i % len(UNDERLINES)] for i, actor in enumerate(actors)}
    number = {actor: i for i, actor in enumerate(actors, 1)}
    underlined = Markup('<u style="text-decoration-style:{}" tabindex="0" title="{}">')
    numbered = Markup("</u><sup>{}</sup>")
    marks.layers.append(
        Layer.of(
            Mark(
                row.start,
                row.end,
                underlined.format(style[row.actor], _label_note(row)),
                numbered.format(number[row.actor]),
            )
            for row in records(mentions)
        )
    )
    if actors:
        marks.legend.append(Markup("Who is named:"))
    shown = Markup('<u style="text-decoration-style:{}">{}</u><sup>{}</sup>')
    marks.legend += [shown.format(style[a], a, number[a]) for a in actors]
    marks.counts.append(
        f"{number_of(len(mentions), 'mention')} of {number_of(len(actors), 'actor')}"
    )


def mark_figures(marks: Marks, passages: pd.DataFrame) -> None:
    figures = quantities(english(passages))
    figures = figures[~figures["kind"].isin(["date", "year"])]
    boxed = Markup('<b class="ik-figure" tabindex="0" title="{}">')
    marks.layers.append(
        Layer.of(
            Mark(
                row.start,
                row.end,
                boxed.format(plain_html(f"A figure: {figure_note(row)}")),
                Markup("</b>"),
            )
            for row in records(figures)
        )
    )
    if len(figures):
        marks.legend.append(Markup('<b class="ik-figure">figure</b>'))
    marks.counts.append(number_of(len(figures), "figure"))


def mark_clauses(marks: Marks, passages: pd.DataFrame, actors: Actors | None) -> None:
    """Words of harm, each followed by who did it, and what actors do to others or
    others to them.
    """
    clauses = named_in_full(agency(english(passages), actors=actors))
    of_actors = clauses.reindex(columns=["agent_actor", "patient_actor"]).notna()
    told = of_actors.any(axis=1) & clauses["form"].ne("intransitive")
    clauses = clauses[clauses["harm"].notna() | told]
    clauses = clauses.drop_duplicates(["start", "end"])
    deed = Markup('<i class="ik-{}" tabindex="0" title="{}">')
    marks.layers.append(
        Layer.of(
            Mark(
                row.start,
                row.end,
                deed.format(_kind(row), _clause_note(row)),
                Markup("</i>") + _doer(row),
            )
            for row in records(clauses)
        )
    )
    if len(clauses):
        marks.legend.append(Markup('<i class="ik-deed">what is done</i>'))
        marks.legend.append(Markup('<i class="ik-harm">harm</i>'))
    harm = clauses[clauses["harm"].notna()]
    unnamed = int(harm["agent"].isna().sum())
    marks.counts.append(
        f"{number_of(len(clauses), 'clause')}, {len(harm)} of harm, {unnamed} of these"
        " without a doer"
    )


def _kind(row: Any) -> str:
    return "harm" if isinstance(row.harm, str) else "deed"


def _doer(row: Any) -> Markup:
    """Who did the harm, to stand behind it in brackets."""
    if _kind(row) == "deed":
        return Markup("")
    return Markup("<small> [by {}]</small>").format(_who(row))


def _who(row: Any) -> str:
    return row.agent if isinstance(row.agent, str) else NOBODY


def _clause_note(row: Any) -> Markup:
    """What a mark says of a clause: "Passive: by nobody named, to eight people"."""
    whom = f", to {row.patient}" if isinstance(row.patient, str) else ""
    said = (
        f", not told as done (“{row.modality}”)"
        if isinstance(row.modality, str)
        else ""
    )
    denied = ", denied" if row.negated else ""
    form = str(row.form).capitalize()
    return plain_html(f"{form}: by {_who(row)}{whom}{said}{denied}")


def _label_note(row: Any) -> Markup:
    """What a mark says of a label: "Borland is called “the state”"."""
    modified = isinstance(row.modifiers, str) and row.modifiers
    more = f", with “{row.modifiers}”" if modified else ""
    return plain_html(f"{row.actor} is called “{row.label}”{more}")
