"""agency_by: how often an actor does, how often something is done to it, and how often
nobody is named who harmed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from ..resampling import in_range, ratio_by, unit_sums
from ..scale import columns_of, gathered
from ..tables import IdlibkitError, check_by, check_columns

__all__ = ["agency_by", "named_in_full", "told_harm"]

NEEDED = ["article_id", "paragraph", "voice", "negated", "modality", "harm", "agent"]
ACTORS = ["agent_actor", "patient_actor"]
CATEGORY = ["actor", "share"]


def agency_by(
    agency: pd.DataFrame,
    *,
    by: str | Sequence[str] = "outlet",
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Each actor's share as agent and as patient, and of harm done to it with nobody
    named, for each group; own, quoted and reported voice apart.

    Parameters
    ----------
    agency : DataFrame
        As from `agency` with `actors`, with `article_id`, `paragraph` and the columns
        of `by`.
    by : str or list of str
        What is compared. `voice` is added where it is not named, since what an outlet
        says and what it quotes are never pooled.
    n_boot : int
        Number of resamples.
    seed : int
        Same seed, same intervals.

    Returns
    -------
    DataFrame
        The `by` columns and `voice`, `actor`, `share`, `estimate` (0 to 1; missing
        where there is nothing to take a share of), `ci_low`, `ci_high`, `difference`
        (from the other groups pooled, same voice), `difference_low`,
        `difference_high`, `n_articles`, `n_passages`, `unit`, `count` and `total` (the
        clauses that the share is of). `share` is

        * *agent*: of the clauses in which the actor is agent or patient, those in which
          it is the agent; *patient* is the rest;
        * *harm_unnamed*: of the clauses that tell of harm done to it, as done, those
          that name no agent ("eight rebels were killed", "the rebels died", "the
          killing of rebels").

        Clauses that deny the deed are left out; those with a `modality` count as roles,
        but not as harm. Intervals: see `resampling.ratio_by`; cut at 0 and 1. They show
        how much a share hangs on these articles or paragraphs, not how often a clause
        is misread.

    Raises
    ------
    IdlibkitError
        If a column is missing (without `actors` there is no `agent_actor`), or `by`
        names `actor` or `share`.

    Examples
    --------
    >>> from idlibkit.agency import agency
    >>> texts = ["Rebels shelled the town.", "Rebels were killed.", "Rebels fled."]
    >>> passages = pd.DataFrame({"article_id": "a", "outlet": "A", "voice": "own",
    ...                          "speaker": None, "paragraph": [0, 1, 2],
    ...                          "start": [0, 25, 50], "text": texts})
    >>> shares = agency_by(agency(passages, actors={"Rebels": ["rebels"]}))
    >>> shares[["actor", "share", "estimate", "count", "total"]].round(2)
        actor         share  estimate  count  total
    0  Rebels         agent      0.67      2      3
    1  Rebels  harm_unnamed      1.00      1      1
    2  Rebels       patient      0.33      1      3
    """
    check_columns(columns_of(agency), [*NEEDED, *ACTORS], "agency")
    by = check_by(columns_of(agency), by, "agency")
    by = by if "voice" in by else [*by, "voice"]
    if set(CATEGORY) & set(by):
        raise IdlibkitError(
            "by cannot hold 'actor' or 'share': every actor and share has its own row "
            "anyway."
        )
    sums = gathered(partial(_sums, by=by), agency)
    out = ratio_by(
        sums, by, category=CATEGORY, within=CATEGORY, n_boot=n_boot, seed=seed
    )
    totals = sums.groupby([*by, *CATEGORY], dropna=False)[["top", "bottom"]].sum()
    totals = totals.rename(columns={"top": "count", "bottom": "total"}).reset_index()
    out = in_range(out).merge(totals, "left", [*by, *CATEGORY])
    return out.fillna({"count": 0, "total": 0}).astype({"count": int, "total": int})


def _sums(agency: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    counted = _counted(agency[~agency["negated"]])
    return unit_sums(counted, by, top="top", bottom="bottom", category=CATEGORY)


def told_harm(agency: pd.DataFrame) -> pd.DataFrame:
    """The clauses that tell of harm as done, neither as possible nor as denied."""
    told = agency["harm"].notna() & agency["modality"].isna() & ~agency["negated"]
    return agency[told]


def named_in_full(agency: pd.DataFrame) -> pd.DataFrame:
    """The clauses with what "who" and "that" stand for in their place, to be read."""
    full = {
        role: agency[f"{role}_antecedent"].fillna(agency[role])
        for role in ("agent", "patient")
    }
    return agency.assign(**full)


def _counted(agency: pd.DataFrame) -> pd.DataFrame:
    """A row for each thing that a share is of: `top` is 1 where it counts for the
    share, `bottom` always.
    """
    parts = []
    for role, column in zip(("agent", "patient"), ACTORS, strict=True):
        named = agency[agency[column].notna()]
        for share in ("agent", "patient"):
            parts.append(
                named.assign(actor=named[column], share=share, top=int(share == role))
            )
    told = told_harm(agency)
    harmed = told[told["patient_actor"].notna()]
    parts.append(
        harmed.assign(
            actor=harmed["patient_actor"],
            share="harm_unnamed",
            top=harmed["agent"].isna().astype(int),
        )
    )
    return pd.concat(parts, ignore_index=True).assign(bottom=1)
