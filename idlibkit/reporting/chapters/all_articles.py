"""The chapter on an archive of which the page shows a sample: what was counted in all
its articles.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ...tables import IdlibkitError, number_of
from ..measures import Measures
from ..selection import outlets_of
from .chapter import Block, Chapter, table

__all__ = ["archive_chapter"]

WORDS = 8  # of an outlet
ROWS = 200  # of a table
INTERVAL = ["estimate", "ci_low", "ci_high"]
SHARES = [*INTERVAL, "difference"]


def archive_chapter(measures: Measures) -> Chapter:
    """The outlets of an archive, and how they differ over all its articles."""
    facts = measures.corpus.facts
    blocks = [
        Block(
            "Counted in all articles. The other chapters show a sample, whose sentences"
            " can be read here; the files under “All tables” are of all articles."
        ),
        table(outlets_of(facts).reset_index(), text="The outlets.", n=ROWS),
    ]
    blocks += filter(None, (_possible(make, measures) for make in BLOCKS))
    summary = f"{number_of(len(facts), 'article')} in all."
    return Chapter("archive", "The whole archive", summary, blocks)


def _possible(
    make: Callable[[Measures], Block | None], measures: Measures
) -> Block | None:
    """A table, or none where the archive does not allow it."""
    try:
        return make(measures)
    except IdlibkitError:
        return None


def _words(measures: Measures) -> Block | None:
    keys = measures.keyness
    keys = keys[(keys["log_ratio_low"] > 0) & (keys["n_paragraphs"] >= 3)]
    first = keys.sort_values(["lrc", "term"], ascending=[False, True])
    rows = first.groupby("outlet").head(WORDS)
    return table(
        rows.sort_values(["outlet", "lrc", "term"], ascending=[True, False, True]),
        text="Words that an outlet uses more often than the others, beyond chance for"
        " all words together; of many stories also what it tells of.",
        columns=["outlet", "term", "count", "n_articles", "log_ratio"],
        names={"count": "Uses"},
        n=ROWS,
    )


def _tone(measures: Measures) -> Block | None:
    means = measures.sentiment_by_voice
    return table(
        means[means["voice"] == "own"],
        text="Tone of each outlet’s own words, from −1 (dark) to 1 (bright).",
        columns=["outlet", *INTERVAL, "difference", "n_articles", "n_passages"],
        names={"estimate": "Tone"},
        n=ROWS,
    )


def _voices(measures: Measures) -> Block | None:
    shares = measures.voices_by
    return table(
        shares[shares["share_of"] == "named"],
        text="Whom each outlet gives the word: shares of quoted and reported words.",
        columns=["outlet", "category", *INTERVAL, "difference", "n_articles"],
        names={"estimate": "Share", "category": "Source"},
        shares=SHARES,
        n=ROWS,
    )


def _frames(measures: Measures) -> Block | None:
    return table(
        measures.frames_by,
        text="Share of passages with words that point to a frame.",
        columns=["frame", "outlet", *INTERVAL, "difference", "count"],
        names={"estimate": "Share", "count": "Passages"},
        shares=SHARES,
        n=ROWS,
    )


def _left_out(measures: Measures) -> Block | None:
    shares = measures.left_out_by
    if shares.empty:
        return None
    return table(
        shares,
        text="Of the points that two other outlets tell, in the stories that an outlet"
        " covers: the share in which no such sentence of it was found.",
        columns=["outlet", *INTERVAL, "difference", "n_stories", "n_points"],
        names={"estimate": "Not found"},
        shares=SHARES,
        n=ROWS,
    )


def _figures(measures: Measures) -> Block | None:
    found: pd.DataFrame = measures.discrepancies
    verdicts = found.drop_duplicates("topic")["verdict"].value_counts()
    rows = verdicts.rename_axis("verdict").rename("topics").reset_index()
    return table(rows, text="Figures of one thing that two outlets or more give.")


BLOCKS = [_words, _voices, _tone, _frames, _figures, _left_out]
