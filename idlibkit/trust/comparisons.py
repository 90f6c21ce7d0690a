"""What outlets are compared in: each comparison one value, and what it says, so that it
can be followed from analysis to analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..actors import Actors, labels
from ..agency import agency, agency_by, told_harm
from ..resampling import ratio_by, unit_sums
from ..tables import IdlibkitError, check_columns, records
from ..tone import sentiment, sentiment_by
from ..words import count_terms, keyness, similarity

__all__ = ["NOTHING", "Row", "clauses_of", "compared"]

MIN_PARAGRAPHS = 3  # design: a term is called distinctive from three paragraphs up
LEAST = 3  # mentions, or clauses, of an outlet and of the others
N_BOOT = 500
NEEDED = ["article_id", "outlet", "voice", "paragraph", "n_words", "text"]
NOTHING = "no difference"

Row = tuple[str, str, float, str]  # finding, outlet, value, what it says


def compared(
    table: pd.DataFrame,
    actors: Actors | None,
    clauses: pd.DataFrame | None,
    options: Mapping[str, Mapping[str, Any]],
    only: Sequence[str] = (),
) -> dict[str, list[Row]]:
    """The comparisons of each kind: tone, attribution, words, names, agency.

    Parameters
    ----------
    table : DataFrame
        See `passages`; two outlets or more.
    actors : mapping, DataFrame or path, optional
        As for `labels`; without them there are no names, and agency is of all harm.
    clauses : DataFrame, optional
        As from `clauses_of` for the same passages; without them there is no agency.
    options : mapping
        Kind to the options that its function is called with.
    only : sequence of str
        Kinds; all, if none is named.

    Returns
    -------
    dict of list
        Kind to its rows: the finding, the outlet, a difference from the pooled rest or
        a missing value, and the term, the outlet or the direction that it names. A
        difference whose interval holds 0 names none.
    """
    check_columns(table, NEEDED, "passages")
    kinds: dict[str, Callable[..., Iterator[Row]]] = {
        "tone": lambda **how: _tone(table, **how),
        "attribution": lambda **how: _attributed(table, **how),
        "words": lambda **how: _words(table, **how),
    }
    if actors is not None:
        kinds["names"] = lambda **how: _names(labels(table, actors), **how)
    if clauses is not None:
        kinds["agency"] = lambda **how: _agency(clauses, **how)
    return {
        kind: list(make(**options.get(kind, {})))
        for kind, make in kinds.items()
        if not only or kind in only
    }


# ------------------------------------------------------------------------- directions
def _against_rest(name: str, table: pd.DataFrame) -> Iterator[Row]:
    for row in records(table):
        yield f"{name}, against the rest", row.outlet, row.difference, _direction(row)


def _direction(row: Any) -> str:
    """Where a difference lies; nowhere, if its interval holds 0. Of so few units that
    there is no interval only the sign is known.
    """
    if row.difference_low <= 0 <= row.difference_high:
        return NOTHING
    value = row.difference
    return "higher" if value > 0 else "lower" if value < 0 else NOTHING


# ------------------------------------------------------------------------------- kinds
def _tone(
    table: pd.DataFrame,
    *,
    lexicon: Any = "vader",
    min_words: int = 4,
    score: Callable[..., pd.DataFrame] = sentiment,
) -> Iterator[Row]:
    scores = score(table, lexicon=lexicon)
    every = sentiment_by(scores, min_words=min_words, n_boot=N_BOOT)
    yield from _against_rest("tone of all voices", every)
    voice = ["outlet", "voice"]
    by_voice = sentiment_by(scores, by=voice, min_words=min_words, n_boot=N_BOOT)
    own = by_voice[by_voice["voice"] == "own"]
    yield from _against_rest("tone of the own voice", own)


def _attributed(table: pd.DataFrame) -> Iterator[Row]:
    words = table.assign(attributed=table["n_words"].where(table["voice"] != "own", 0))
    sums = unit_sums(words, ["outlet"], top="attributed", bottom="n_words")
    shares = ratio_by(sums, ["outlet"], n_boot=N_BOOT)
    yield from _against_rest("share of attributed words", shares)


def _words(
    table: pd.DataFrame,
    *,
    ngram_range: tuple[int, int] = (1, 1),
    stop_words: Any = "english",
    prior: str | float = "informative",
    count: Callable[..., pd.DataFrame] = count_terms,
) -> Iterator[Row]:
    counts = count(table, ngram_range=ngram_range, stop_words=stop_words)
    keys = keyness(counts, prior=prior)
    leading = keys[keys["n_paragraphs"] >= MIN_PARAGRAPHS].groupby("outlet").head(1)
    for row in records(leading):
        yield "leading term", row.outlet, np.nan, row.term
    alike = similarity(counts)
    others = alike.mask(np.eye(len(alike), dtype=bool))
    for outlet in alike.index:
        yield "nearest outlet in words", outlet, np.nan, others.loc[outlet].idxmax()


def _names(mentions: pd.DataFrame) -> Iterator[Row]:
    """What each outlet calls each actor most, from three mentions up."""
    counts = mentions.groupby(["actor", "outlet", "label"]).size()
    order = ["actor", "outlet", "count", "label"]
    most = counts.reset_index(name="count")
    most = most.sort_values(order, ascending=[True, True, False, True])
    total = most.groupby(["actor", "outlet"])["count"].transform("sum")
    first = most[total >= LEAST].groupby(["actor", "outlet"]).head(1)
    for row in records(first):
        yield f"most used name of {row.actor}", row.outlet, np.nan, row.label


# ------------------------------------------------------------------------------ agency
def clauses_of(table: pd.DataFrame, actors: Actors | None) -> pd.DataFrame | None:
    """Who does what to whom in these passages; nothing where it cannot be read."""
    try:
        return agency(table, actors=actors)
    except IdlibkitError:  # passages without their places
        return None


def _agency(
    clauses: pd.DataFrame,
    *,
    voices: Sequence[str] = ("own",),
    without: Sequence[str] = (),
    as_done: bool = True,
) -> Iterator[Row]:
    """Harm with nobody named, as `agency_by` counts it, and actors as doers.

    `without` are forms of clauses that are left out; with `as_done` only harm that is
    told as done counts, neither as possible nor as denied.
    """
    told = clauses[clauses["voice"].isin(voices) & ~clauses["form"].isin(without)]
    told = told.assign(voice="own")  # one voice, so that they are counted together
    if not as_done:
        told = told.assign(negated=False, modality=None)
    harm = told_harm(told)
    harm = harm.assign(unnamed=harm["agent"].isna().astype(int), all=1)
    if harm["outlet"].nunique() > 1:
        sums = unit_sums(harm, ["outlet"], top="unnamed", bottom="all")
        shares = ratio_by(sums, ["outlet"], n_boot=N_BOOT)
        enough = shares[shares["n_passages"] >= LEAST]
        yield from _against_rest("harm with nobody named", enough)
    if "agent_actor" not in told or told.empty:
        return
    shares = agency_by(told, n_boot=N_BOOT)
    of_all = shares.groupby(["actor", "share"])["total"].transform("sum")
    others = of_all - shares["total"]
    shares = shares[(shares["total"] >= LEAST) & (others >= LEAST)]
    for actor, rows in shares.groupby("actor"):
        does = rows[rows["share"] == "agent"]
        yield from _against_rest(f"{actor} as the doer", does)
        unnamed = rows[rows["share"] == "harm_unnamed"]
        yield from _against_rest(f"harm to {actor} with nobody named", unnamed)
