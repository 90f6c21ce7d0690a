"""Words that set an outlet apart, in its own voice; or that none does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from ...plots import plot_keyness
from ...tables import number_of, records
from ...text import fold
from ...words import count_terms, keyness, kwic, term_places
from ..plain_words import (
    MOST_TIMES,
    joined,
    mark,
    most_printed,
    one_in_words,
    slug,
    times,
)
from .finding import Finding
from .material import Material

__all__ = ["words_of_outlets"]

LEAST_PARAGRAPHS = 3  # in fewer a word is no habit
LEAST_STORIES = 2  # of one story alone a word is its topic
MOST_IN_ONE = 1 / 2  # of its uses, in one story or article
SUMMED = ["count", "n_articles", "n_paragraphs"]
REST = "\0"  # other words, other outlets
SHOWN = 10  # words in the table
NAMED = 5  # words that are named in the summary
MOST_SENTENCES = 100
WEIGHT = 0.5
NOTHING = 0.03  # strength where nothing differs


def words_of_outlets(material: Material) -> Iterator[Finding]:
    """Finding "words": the word that most surely sets an outlet apart from the others.

    Only the outlets' own voice is counted. The exact interval of the word's log ratio,
    at 95 % for all words and outlets together, must lie above 0, and the word must
    stand in three paragraphs of the outlet. Where `story` is given, an outlet is set
    against the others in its stories, and the word must stand in two of them. Where it
    is not, and an outlet has more than one article, at most half of the uses may
    be in one of the stories that `stories` finds: more is a topic. Where no word
    stands, the finding says so.
    """
    if len(material.outlets) < 2:
        return
    own = material.passages[material.passages["voice"] == "own"]
    if "story" in own:
        keys = _within_stories(own)
    else:
        keys = _in_all(own)
        if material.corpus.articles["outlet"].duplicated().any():
            keys = _spread(keys, own.assign(story=material.story.loc[own.index]))
    own_name = [row.term in fold(str(row.outlet)).split() for row in records(keys)]
    keys = keys[(keys["log_ratio"] >= 0) & ~np.array(own_name, bool)]
    if keys.empty:
        return
    order = ["log_ratio_low", "z", "outlet", "term"]
    falling = [False, False, True, True]
    keys = keys.sort_values(order, ascending=falling, ignore_index=True)
    yield _finding(material, own, keys.assign(stands=keys["log_ratio_low"] > 0))


def _in_all(own: pd.DataFrame) -> pd.DataFrame:
    """Keyness of the words that stand in three paragraphs of an outlet."""
    counts = count_terms(own)
    if counts["outlet"].nunique() < 2:
        return counts.head(0).assign(log_ratio=0.0)
    keys = keyness(counts)
    return keys[keys["n_paragraphs"] >= LEAST_PARAGRAPHS]


def _spread(keys: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Keyness of the words that no single story, or article, has nearly alone."""
    piece = own["article_id"].astype("str")
    if own["story"].nunique() > 1:
        piece = own["story"].astype("object").fillna(piece).astype("str")
    cells = count_terms(own.assign(piece=piece), by=["outlet", "piece"])
    most = cells.groupby(["outlet", "term"])["count"].max()
    pairs = pd.MultiIndex.from_frame(keys[["outlet", "term"]])
    share = most.reindex(pairs).to_numpy(float) / keys["count"].to_numpy(float)
    return keys[share <= MOST_IN_ONE]


def _within_stories(own: pd.DataFrame) -> pd.DataFrame:
    """Keyness of each outlet against the others in the stories that it covers."""
    cells = count_terms(own, by=["outlet", "story"])
    common = _habits(cells)
    of_outlet = dict(list(cells.groupby("outlet")["story"]))
    parts = []
    for outlet in sorted(common["outlet"].unique()):
        here = cells[cells["story"].isin(set(of_outlet[outlet]))]
        terms = set(common.loc[common["outlet"] == outlet, "term"])
        # All other words are one, so that the totals stay.
        here = here.assign(
            term=here["term"].where(here["term"].isin(terms), REST),
            outlet=here["outlet"].where(here["outlet"] == outlet, REST),
        )
        sums = here.groupby(["outlet", "term"], as_index=False)[SUMMED].sum()
        if sums["outlet"].nunique() == 2:
            keys = keyness(sums, n_tests=len(common))
            parts.append(keys[(keys["outlet"] == outlet) & (keys["term"] != REST)])
    if not parts:
        return cells.head(0).assign(log_ratio=0.0)
    return pd.concat(parts, ignore_index=True)


def _habits(cells: pd.DataFrame) -> pd.DataFrame:
    """Pairs of outlet and word in three paragraphs and two stories or more."""
    sums = cells.groupby(["outlet", "term"], as_index=False).agg(
        n_paragraphs=("n_paragraphs", "sum"), n_stories=("story", "nunique")
    )
    enough = sums["n_paragraphs"] >= LEAST_PARAGRAPHS
    return sums[enough & (sums["n_stories"] >= LEAST_STORIES)]


def _finding(material: Material, own: pd.DataFrame, keys: pd.DataFrame) -> Finding:
    first = keys.iloc[0]
    outlet, term = str(first["outlet"]), str(first["term"])
    stand = keys[keys["stands"]]
    uses = kwic(own[own["outlet"] == outlet], term)
    word = _printed(uses, term)
    often = f"{outlet} itself writes {word} {_how_often(first)}"
    if len(stand):
        title = f"{word} sets {outlet} apart"
        summary = f"{often}, in {number_of(int(first['n_paragraphs']), 'paragraph')}."
        more = [
            f"{_printed(kwic(own[own['outlet'] == row.outlet], row.term), row.term)}"
            f" ({row.outlet})"
            for row in records(stand.iloc[1:NAMED])
        ]
        more += [""] * (len(stand) - NAMED)  # counted alone
        summary += f" Others that stand: {joined(more)}." if more else ""
        key, strength = slug("words", term), 1 - 2.0 ** -float(first["log_ratio_low"])
    else:
        n_outlets = one_in_words(len(material.outlets))
        title = f"No word sets the {n_outlets} outlets apart"
        summary = f"{word} comes nearest. {often}. That could be chance."
        key, strength = "words", NOTHING
    columns = ["outlet", "term", "count", "n_paragraphs", "log_ratio"]
    ends = ["log_ratio_low", "log_ratio_high", "z", "stands"]
    return Finding(
        key=key,
        kind="words",
        title=title,
        summary=summary,
        table=keys.head(SHOWN)[[*columns, *ends]],
        sentences=material.evidence(uses.head(MOST_SENTENCES)),
        how_sure=(
            "Intervals hold for all words and outlets together, and take words as"
            f" independent, which words of one text are not. {material.scope}"
        ),
        not_shown="Words of those who are quoted: only the outlets’ own are counted.",
        strength=strength * WEIGHT if len(stand) else strength,
        note=(
            f"Of {int(own['n_words'].sum()):,} words of the outlets themselves, the"
            f" {min(SHOWN, len(keys))} that come nearest."
        ),
        draw=partial(plot_keyness, n=SHOWN),
        places=term_places(own, keys["term"].head(SHOWN)),
    )


def _printed(uses: pd.DataFrame, term: str) -> str:
    """A word as it is printed, abbreviations of it aside, in quotation marks."""
    whole = [form for form in uses["match"] if fold(form) == term]
    return mark(most_printed(whole) if whole else term)


def _how_often(row: pd.Series) -> str:
    """How often an outlet writes a word, and how much more often than the others."""
    count = f"{row['count']:.0f} times"
    if np.isinf(row["log_ratio_high"]):
        return f"{count}, the others never"
    low, high = times(row["log_ratio_low"]), times(row["log_ratio_high"])
    interval = f"({low} to {high})"
    if row["log_ratio"] > MOST_TIMES:
        return f"{count}, the others never or nearly so {interval}"
    more = times(row["log_ratio"])
    return f"{count}, {more} times as often as the others {interval}"
