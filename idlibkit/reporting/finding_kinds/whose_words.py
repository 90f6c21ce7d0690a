"""How much of each outlet's text is somebody else's words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ...plots import plot_voices
from ...resampling import MIN_ARTICLES, in_range, ratio_by, unit_sums
from ...tables import number_of
from ..plain_words import joined, percent, range_of
from .finding import Finding
from .material import Material
from .stands import beyond_all, nearer_end

__all__ = ["voice_shares"]

SHOWN = 3  # sentences of each outlet that are shown as evidence


def voice_shares(material: Material) -> Iterator[Finding]:
    """Finding "voices": the share of quoted and reported words in each outlet.

    The range is counted, not estimated. An outlet is said to differ where the interval
    of its difference from the pooled rest, widened for all outlets, leaves out 0. Where
    two outlets or more have five articles, those with fewer are not told of: the ends
    of the range would be theirs.
    """
    table, n_outlets = _with_enough(material), len(material.outlets)
    attributed = table["attributed"]
    if table.empty or not attributed.max() > 0:
        return
    alone = len(material.corpus.articles) == n_outlets
    of_what = "article" if alone else "outlet’s text"
    share = range_of(attributed)
    title = f"{share} of each {of_what} is somebody else’s words"
    if len(table) == 1:
        title = f"{share} of the text is somebody else’s words"
    most, least = table.iloc[0], table.iloc[-1]
    summary = (
        f"{percent(most['attributed'])} of {most['outlet']} is quoted"
        f" ({percent(most['quoted'])}) or reported."
    )
    if len(table) > 1:
        summary += f" In {least['outlet']} it is {percent(least['attributed'])}."
    if few := n_outlets - len(table):
        verb = "has" if few == 1 else "have"
        summary += f" {number_of(few, 'outlet')} {verb} too few articles to tell."
    of_told = material.corpus.articles["outlet"].isin(table["outlet"])
    articles = number_of(int(of_told.sum()), "article")
    yield Finding(
        key="voices",
        kind="voices",
        title=title,
        summary=summary,
        table=table,
        sentences=_examples(material, set(table["outlet"])),
        how_sure=_how_sure(material, table),
        not_shown=(
            "Whether the words are fairly chosen. Speech without quotation marks is"
            " found less surely than quotations."
        ),
        strength=float(attributed.mean()) / 4 + _most_apart(table),
        note=f"Share of all words, by whose they are, in {articles}; rounded.",
        draw=plot_voices,
    )


def _with_enough(material: Material) -> pd.DataFrame:
    """Shares in the outlets with five articles, or in all if not two have so many."""
    table = _table(material.passages)
    sizes = table["outlet"].map(material.corpus.articles["outlet"].value_counts())
    enough = sizes >= MIN_ARTICLES
    return table[enough].reset_index(drop=True) if enough.sum() > 1 else table


def _table(passages: pd.DataFrame) -> pd.DataFrame:
    """Shares of the voices by outlet, most attributed words first."""
    table = passages.assign(
        attributed=passages["n_words"].where(passages["voice"] != "own", 0)
    )
    sums = unit_sums(table, ["outlet"], top="attributed", bottom="n_words")
    shares = in_range(ratio_by(sums, ["outlet"]))
    words = passages.pivot_table(
        index="outlet", columns="voice", values="n_words", aggfunc="sum", fill_value=0
    ).reindex(columns=["own", "quoted", "reported"], fill_value=0)
    total = words.sum(axis=1).rename("n_words")
    parts = words.div(total, axis=0).join(total).reset_index()
    parts.columns.name = None
    out = parts.merge(shares, on="outlet").rename(columns={"estimate": "attributed"})
    out["stands"] = beyond_all(out)
    order = out.sort_values(["attributed", "outlet"], ascending=[False, True])
    return order.reset_index(drop=True)


def _most_apart(table: pd.DataFrame) -> float:
    """How far the outlet that differs most surely differs; 0 where none does."""
    return float(np.abs(nearer_end(table[table["stands"]], len(table))).max(initial=0))


def _how_sure(material: Material, table: pd.DataFrame) -> str:
    if len(table) == 1:
        return "One outlet: there is nothing to compare it with."
    differ = table.loc[table["stands"], "outlet"].tolist()
    verb = "differs" if len(differ) == 1 else "differ"
    told = f"{joined(differ)} {verb} from the others beyond chance."
    if not differ:
        told = "No outlet differs from the others beyond chance."
    return f"The shares are counted. {told} {material.scope}"


def _examples(material: Material, outlets: set[str]) -> pd.DataFrame:
    """The longest stretches of others' words in each of the outlets."""
    table = material.passages
    told = table["voice"].ne("own") & table["outlet"].isin(outlets)
    spoken = table[told].sort_values(
        ["outlet", "n_words", "article_id", "start"],
        ascending=[True, False, True, True],
    )
    return material.evidence(spoken.groupby("outlet").head(SHOWN))
