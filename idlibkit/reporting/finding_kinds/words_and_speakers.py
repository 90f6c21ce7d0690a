"""Words that one speaker says more than all others together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from ...plots import plot_uses
from ...tables import number_of
from ...text import fold
from ...words import count_terms, kwic
from .finding import Finding
from .material import Material
from .stands import exact_interval
from .wording import capital, mark, one_in_words, percent, slug

__all__ = ["words_by_speaker"]

LEAST_USES = 5  # of a word; below, "mostly" says nothing
LEAST_CARRIERS = 2  # outlets, or articles of one outlet, that carry the speaker with it
LEAST_SENTENCES = 3  # different ones: a phrase printed again is no habit
TRIED = 12  # pairs of speaker and word that are looked up in the texts
OTHERS, OUTLET = "other speakers", "the outlet itself"
OWN = "\0own"  # the outlets' own voice, as a speaker


def words_by_speaker(material: Material) -> Iterator[Finding]:
    """Findings "word by speaker": at most one word of each speaker.

    A word is meant that has five uses or more, more than half of them by one named
    speaker, in two outlets or more (articles, where there is one outlet). How often the
    speaker should say it is known from the share of all words that he or she has. The
    exact interval (Clopper-Pearson) of the speaker's share of the uses must lie above
    that share, at 95 % for all pairs of speaker and word together (Bonferroni); a
    sentence printed twice is one sentence for that.
    """
    told: set[str] = set()
    for who, word in _candidates(material.passages).head(TRIED).index:
        if who in told:
            continue
        finding = _finding(material, who, word)
        if finding is not None:
            told.add(who)
            yield finding


def _candidates(passages: pd.DataFrame) -> pd.DataFrame:
    """Pairs of speaker and word that stand beyond chance, the clearest first."""
    own = passages["voice"] == "own"
    who = passages["speaker"].where(~own, OWN).fillna("")
    table = passages.assign(who=who, folded=passages["text"].map(fold))
    table = table.drop_duplicates(["who", "folded"])
    counts = count_terms(table, by="who")
    cells = counts.groupby(["who", "term"])["count"].sum()
    of_term = cells.groupby("term").sum()
    of_who = cells.groupby("who").sum()
    frame = cells.reset_index()
    frame["uses"] = frame["term"].map(of_term).astype(float)
    frame = frame[(frame["uses"] >= LEAST_USES) & ~frame["who"].isin([OWN, ""])]
    words = frame["who"].map(of_who).astype(float)
    frame["expected"] = words / of_who.sum()
    frame["share"] = frame["count"] / frame["uses"]
    count, uses = frame["count"].to_numpy(float), frame["uses"].to_numpy(float)
    frame["low"], _ = exact_interval(count, uses, len(frame))
    stands = (frame["share"] > 0.5) & (frame["low"] > frame["expected"])
    order = frame[stands].sort_values(
        ["low", "count", "term"], ascending=[False, False, True]
    )
    return order.set_index(["who", "term"])


def _finding(material: Material, who: str, word: str) -> Finding | None:
    """The finding on a word that is the speaker's in more than half of all uses."""
    passages = _of_the_speakers_stories(material.passages, who)
    uses = kwic(passages, word)
    own, theirs = uses["voice"] == "own", uses["speaker"] == who
    theirs &= ~own
    column = "outlet" if len(material.outlets) > 1 else "article_id"
    carriers = uses.loc[theirs, column].nunique()
    few = len(uses) < LEAST_USES or carriers < LEAST_CARRIERS
    if few or theirs.mean() <= 0.5:
        return None
    groups = np.select([theirs, own], [who, OUTLET], OTHERS)
    table = _table(uses[column], groups, who)
    n, by_one, by_outlets = len(uses), int(theirs.sum()), int(own.sum())
    name, noun = material.described(who), material.noun_for(who)
    printed = mark(_as_printed(uses["match"]))
    where = "outlets" if column == "outlet" else "articles"
    reach = carriers / max(uses[column].nunique(), 1)
    low, high = (f"{100 * float(end):.0f}" for end in exact_interval(by_one, n))
    title = capital(f"{printed} is mostly one {noun}’s word")
    sentences = material.evidence(uses)
    different = sentences.loc[sentences["speaker"] == who, "text"].map(fold).nunique()
    if different < LEAST_SENTENCES:
        return None
    return Finding(
        key=slug("word", word),
        kind="word by speaker",
        title=title,
        summary=(
            f"{by_one} of the {n} times the word {printed} appears, {name} is speaking,"
            f" in {one_in_words(carriers)} {where}. "
            + _the_rest(by_outlets, n - by_one - by_outlets, len(material.outlets))
        ),
        table=table,
        sentences=sentences,
        how_sure=(
            f"{percent(by_one / n)} of the uses ({low} to {high} %) against"
            f" {percent(_share_of_words(material, who))} of all words that {who} has:"
            f" chance alone does not explain it. The {by_one} uses stand in"
            f" {number_of(different, 'different sentence')}. {material.scope}"
        ).strip(),
        not_shown=(
            "Why the outlets quote the word, and what others would have said. A speaker"
            " who is not recognised counts among the others."
        ),
        strength=float(exact_interval(by_one, n)[0]) * reach,
        note=(
            f"Every use of the word {printed} in"
            f" {number_of(uses['article_id'].nunique(), 'article')}."
        ),
        draw=partial(plot_uses, by=column),
    )


def _of_the_speakers_stories(passages: pd.DataFrame, who: str) -> pd.DataFrame:
    """Where stories are known those in which somebody speaks: a word of another story
    is nothing to compare with.
    """
    if "story" not in passages:
        return passages
    spoken = passages["speaker"].eq(who) & passages["voice"].ne("own")
    return passages[passages["story"].isin(passages.loc[spoken, "story"].unique())]


def _table(groups: pd.Series, speakers: np.ndarray, who: str) -> pd.DataFrame:
    """Uses by outlet and speaker, most uses first."""
    counts = pd.crosstab(groups.astype("str"), speakers)
    counts = counts.reindex(columns=[who, OTHERS, OUTLET], fill_value=0)
    counts = counts.assign(uses=counts.sum(axis=1)).reset_index()
    counts.columns.name = None
    order = ["uses", who, str(groups.name)]
    falling = [False, False, True]
    return counts.sort_values(order, ascending=falling, ignore_index=True)


def _the_rest(by_outlets: int, by_others: int, n_outlets: int) -> str:
    said = {1: "once", 2: "twice"}
    others = said.get(by_others, f"{by_others} times")
    themselves = said.get(by_outlets, f"{by_outlets} times")
    who, writes = "The outlets themselves", "write"
    if n_outlets < 2:
        who, writes = "The outlet itself", "writes"
    rest = (
        f"{who} {writes} it {themselves}" if by_outlets else f"{who} never {writes} it"
    )
    return f"{rest}; others say it {others}." if by_others else f"{rest}."


def _as_printed(matches: pd.Series) -> str:
    """The commonest way in which a word is printed; ties by the alphabet."""
    small = Counter(match for match in matches)
    return min(small, key=lambda form: (-small[form], form))


def _share_of_words(material: Material, who: str) -> float:
    table = material.passages
    said = (table["speaker"] == who) & (table["voice"] != "own")
    return float(table.loc[said, "n_words"].sum() / table["n_words"].sum())
