"""Whether an outlet's own words are darker or brighter than the others'."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pandas as pd

from ...plots import plot_estimates
from ...tone import sentiment, sentiment_by
from ..plain_words import joined, one_in_words, slug
from .finding import Finding
from .material import Material
from .stands import beyond_all, nearer_end, told, widened

__all__ = ["tone_differences"]

MOST_OUTLETS = 12  # in the picture
SHOWN = 5  # sentences of each side
NOTHING = 0.02  # strength where nothing differs
MIN_WORDS = 4  # as in sentiment_by


def tone_differences(material: Material) -> Iterator[Finding]:
    """Finding "tone": the outlet whose own words differ most in tone from the others'.

    Only the outlets' own voice is scored (VADER). Where stories are known, each
    sentence is scored against the mean of its story, so that an outlet with sadder
    stories is not taken for a sadder outlet. The interval of the difference is widened
    for all outlets together. Where none leaves out 0, the finding says so.
    """
    if len(material.outlets) < 2:
        return
    own = material.passages[material.passages["voice"] == "own"]
    scores = sentiment(own)
    scores = scores[scores["n_words"] >= MIN_WORDS]
    if "story" in scores:
        means = scores.groupby("story")["compound"].transform("mean")
        scores["compound"] = scores["compound"] - means
    table = sentiment_by(scores)
    table = table[table["difference_low"].notna() & table["ci_low"].notna()]
    if len(table) < 2:
        return
    table = table.assign(stands=beyond_all(table), sure=nearer_end(table))
    order = table.sort_values(["estimate", "outlet"], ignore_index=True)
    yield _finding(material, order, scores)


def _finding(material: Material, table: pd.DataFrame, scores: pd.DataFrame) -> Finding:
    width = table["difference_high"] - table["difference_low"]
    nearness = (
        table["sure"].abs()
        if table["stands"].any()
        else table["difference"].abs() / width
    )
    place = int(nearness.to_numpy(float).argmax())
    most = table.iloc[place]
    if most["stands"]:
        how = "darker" if most["difference"] < 0 else "brighter"
        others = "the others" if len(table) > 2 else _other(table, most)
        title = f"{most['outlet']} itself writes in {how} words than {others}"
        key, strength = slug("tone", str(most["outlet"])), 2 * abs(float(most["sure"]))
        examples = _examples(scores, str(most["outlet"]), how)
    else:
        n = one_in_words(len(table))
        title = f"In tone, none of the {n} outlets stands apart"
        if len(table) == 2:
            title = "In tone, the two outlets do not stand apart"
        key, strength = "tone", NOTHING
        examples = _examples(scores, None, "darker")
    return Finding(
        key=key,
        kind="tone",
        title=title,
        summary=_summary(table, most, scores),
        table=_drawn(table, most).drop(columns="sure"),
        sentences=material.evidence(examples, match=False),
        how_sure=_how_sure(material, most, table),
        not_shown=(
            "What the outlets think: a word list scores words of joy and harm, whoever"
            " is meant by them."
        ),
        strength=min(strength, 1.0),
        note=f"The outlets’ own sentences. {_of_how_many(table)}{material.scope}",
        draw=partial(plot_estimates, xlabel="tone of the own sentences"),
    )


def _drawn(table: pd.DataFrame, most: pd.Series) -> pd.DataFrame:
    """The outlets that a picture has room for: those named, the darkest and the
    brightest among them, and those with most sentences.
    """
    named = {most["outlet"], table["outlet"].iloc[0], table["outlet"].iloc[-1]}
    later = ~table["outlet"].isin(named)
    order = table.assign(later=later).sort_values(
        ["later", "n_passages", "outlet"], ascending=[True, False, True]
    )
    kept = order.index[:MOST_OUTLETS]
    return table[table.index.isin(kept)].reset_index(drop=True)


def _of_how_many(table: pd.DataFrame) -> str:
    if len(table) <= MOST_OUTLETS:
        return ""
    return f"{MOST_OUTLETS} of {len(table)} outlets, those with most sentences. "


def _summary(table: pd.DataFrame, most: pd.Series, scores: pd.DataFrame) -> str:
    darkest, brightest = table.iloc[0], table.iloc[-1]
    return (
        f"On a scale from -1 to 1 the own sentences of {darkest['outlet']} have"
        f" {darkest['estimate']:.2f} on average, those of {brightest['outlet']}"
        f" {brightest['estimate']:.2f}."
        + (" The others lie between." if len(table) > 2 else "")
        + _others_that_stand(table, most)
        + (
            " 0 is the average of all reports on the same story."
            if "story" in scores
            else ""
        )
    )


def _others_that_stand(table: pd.DataFrame, most: pd.Series) -> str:
    names = table.loc[table["stands"] & (table["outlet"] != most["outlet"]), "outlet"]
    if names.empty or len(table) == 2:
        return ""
    stand = "stands" if len(names) == 1 else "stand"
    return f" {joined(names.tolist())} {stand} apart too."


def _other(table: pd.DataFrame, one: pd.Series) -> str:
    return str(table.loc[table["outlet"] != one["outlet"], "outlet"].iloc[0])


def _how_sure(material: Material, most: pd.Series, table: pd.DataFrame) -> str:
    row = widened(table[table["outlet"] == most["outlet"]], len(table)).iloc[0]
    verdict = "beyond chance" if most["stands"] else "it could be chance"
    return (
        f"{most['outlet']} differs most from the others, by"
        f" {told(row, 'outlets', points=False)}: {verdict}. {material.scope}"
    )


def _examples(scores: pd.DataFrame, outlet: str | None, how: str) -> pd.DataFrame:
    """The sentences that score most in the direction told, of the outlet and others."""
    rising = how == "darker"
    order = ["compound", "article_id", "start"]
    ranked = scores.sort_values(order, ascending=[rising, True, True])
    if outlet is None:
        return ranked.groupby("outlet").head(1).head(2 * SHOWN)
    own = ranked["outlet"] == outlet
    return pd.concat([ranked[own].head(SHOWN), ranked[~own].head(SHOWN)])
