"""How much of each outlet's text is somebody else's words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from ...plots import plot_voices
from ...resampling import in_range, ratio_by, unit_sums
from ...tables import number_of
from .finding import Finding
from .material import Material
from .stands import beyond_all
from .wording import joined, percent, range_of

__all__ = ["voice_shares"]

SHOWN = 3  # sentences of each outlet that are shown as evidence


def voice_shares(material: Material) -> Iterator[Finding]:
    """Finding "voices": the share of quoted and reported words in each outlet.

    The range is counted, not estimated. An outlet is said to differ where the interval
    of its difference from the pooled rest, widened for all outlets, leaves out 0.
    """
    table = _table(material.passages)
    attributed = table["attributed"]
    if table.empty or not attributed.max() > 0:
        return
    alone = len(material.corpus.articles) == len(table)
    of_what = "article" if alone else "outlet’s text"
    share = range_of(attributed)
    title = f"{share} of each {of_what} is somebody else’s words"
    if len(table) == 1:
        title = f"{share} of the text is somebody else’s words"
    most, least = table.iloc[0], table.iloc[-1]
    summary = (
        f"{percent(most['quoted'])} of {most['outlet']} is quoted and"
        f" {percent(most['reported'])} reported: in all {percent(most['attributed'])}."
    )
    if len(table) > 1:
        summary += f" In {least['outlet']} it is {percent(least['attributed'])}."
    n = number_of(int(table["n_words"].sum()), "word")
    articles = number_of(len(material.corpus.articles), "article")
    yield Finding(
        key="voices",
        kind="voices",
        title=title,
        summary=summary,
        table=table,
        sentences=_examples(material),
        how_sure=_how_sure(table),
        not_shown=(
            "Whether the words are fairly chosen. Speech without quotation marks is"
            " found less surely than quotations."
        ),
        strength=float(attributed.mean()) / 2,
        draw=partial(
            plot_voices,
            title=title,
            note=f"Share of all words, by whose they are. n = {n} in {articles}.",
        ),
    )


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


def _how_sure(table: pd.DataFrame) -> str:
    differ = table.loc[table["stands"], "outlet"].tolist()
    speaks = "these articles, not of the outlets"
    if (table["unit"] == "article").all():
        speaks = "the outlets, as far as these articles stand for them"
    if len(table) == 1:
        return "One outlet: there is nothing to compare it with."
    if not differ:
        return (
            "No outlet differs from the others beyond chance. The shares are counted."
        )
    return (
        f"{joined(differ)} differ from the others beyond chance. It speaks of {speaks}."
    )


def _examples(material: Material) -> pd.DataFrame:
    """The longest stretches of others' words in each outlet."""
    table = material.passages
    spoken = table[table["voice"] != "own"].sort_values(
        ["outlet", "n_words", "article_id", "start"],
        ascending=[True, False, True, True],
    )
    return material.evidence(spoken.groupby("outlet").head(SHOWN))
