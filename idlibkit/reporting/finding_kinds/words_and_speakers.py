"""Words that one speaker says more than all others together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from ...plots import plot_uses
from ...tables import number_of, records
from ...text import fold
from ...words import count_terms, kwic
from ..plain_words import capital, mark, most_printed, one_in_words, percent, slug
from .finding import Finding
from .material import Material
from .stands import exact_interval

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
    sentence printed twice is one sentence for that. In a corpus of many stories uses
    and words are those of the stories in which the speaker speaks.
    """
    told: set[str] = set()
    for row in records(_candidates(material.passages).head(TRIED)):
        who = row.who
        if who in told:
            continue
        finding = _finding(material, who, row.term, row.low)
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
    return order.reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class Uses:
    """All uses of a word, and whose they are."""

    rows: pd.DataFrame  # a concordance
    who: str
    passages: pd.DataFrame  # all of the stories in which the speaker speaks
    by: str  # what carries the speaker: "outlet", or "article_id" of one outlet

    @property
    def theirs(self) -> pd.Series:
        return self.rows["speaker"].eq(self.who) & self.rows["voice"].ne("own")

    @property
    def own(self) -> pd.Series:
        return self.rows["voice"].eq("own")

    @property
    def share(self) -> float:
        return float(self.theirs.mean())

    @property
    def share_of_words(self) -> float:
        """The share of all words, of any word, that the speaker has."""
        said = self.passages["speaker"].eq(self.who) & self.passages["voice"].ne("own")
        words = self.passages["n_words"]
        return float(words[said].sum() / words.sum())

    @property
    def n_carriers(self) -> int:
        return int(self.rows.loc[self.theirs, self.by].nunique())

    @property
    def word(self) -> str:
        """The word as it is printed most often, in quotation marks."""
        return mark(most_printed(self.rows["match"]))

    def are_mostly_theirs(self) -> bool:
        enough = len(self.rows) >= LEAST_USES and self.n_carriers >= LEAST_CARRIERS
        return enough and self.share > 0.5

    @property
    def places(self) -> pd.DataFrame:
        """Every use, with whose it is as `column`."""
        whose = np.select([self.theirs, self.own], [self.who, OUTLET], OTHERS)
        return self.rows.assign(column=whose)

    def table(self) -> pd.DataFrame:
        """Uses by outlet and speaker, most uses first."""
        whose = self.places["column"]
        counts = pd.crosstab(self.rows[self.by].astype("str"), whose)
        counts = counts.reindex(columns=[self.who, OTHERS, OUTLET], fill_value=0)
        counts = counts.assign(uses=counts.sum(axis=1)).reset_index()
        counts.columns.name = None
        order, falling = ["uses", self.who, self.by], [False, False, True]
        return counts.sort_values(order, ascending=falling, ignore_index=True)


def _finding(
    material: Material, who: str, word: str, at_least: float
) -> Finding | None:
    """The finding on a word that is the speaker's in more than half of all uses, and
    surely `at_least` in such a share of them.
    """
    passages = _of_the_speakers_stories(material, who)
    by = "outlet" if len(material.outlets) > 1 else "article_id"
    uses = Uses(kwic(passages, word), who, passages, by)
    if not uses.are_mostly_theirs() or at_least <= uses.share_of_words:
        return None
    reach = passages["article_id"].nunique() / len(material.corpus.articles)
    sentences = material.evidence(uses.rows)
    theirs = sentences["speaker"] == who
    n_different = sentences.loc[theirs, "text"].map(fold).nunique()
    if n_different < LEAST_SENTENCES:
        return None
    mostly = "mostly " if uses.share < 1 else ""
    low, _ = exact_interval(uses.theirs.sum(), len(uses.rows))
    articles = number_of(uses.rows["article_id"].nunique(), "article")
    return Finding(
        key=slug("word", word),
        kind="word by speaker",
        title=capital(f"{uses.word} is {mostly}one {material.noun_for(who)}’s word"),
        summary=_summary(material, uses),
        table=uses.table(),
        sentences=sentences,
        how_sure=_how_sure(material, uses, n_different),
        not_shown=(
            "Why the outlets quote the word, and what others would have said. A speaker"
            " who is not recognised counts among the others."
        ),
        strength=float(low) * reach * uses.n_carriers / uses.rows[by].nunique(),
        note=f"Every use of the word {uses.word} in {articles}.",
        draw=partial(plot_uses, by=by),
        places=uses.places,
    )


def _summary(material: Material, uses: Uses) -> str:
    """Who says the word how often, and how often the outlets and others do."""
    n, theirs, own = len(uses.rows), int(uses.theirs.sum()), int(uses.own.sum())
    how_many = f"All {n}" if theirs == n else f"{theirs} of the {n}"
    where = "outlets" if uses.by == "outlet" else "articles"
    within = uses.passages["article_id"].nunique()
    if within < material.passages["article_id"].nunique():
        how_many = f"In {number_of(within, 'article')} on what {uses.who} speaks of:"
        how_many += f" all {n}" if theirs == n else f" {theirs} of the {n}"
    return (
        f"{how_many} times the word {uses.word} appears,"
        f" {material.described(uses.who)} is speaking,"
        f" in {one_in_words(uses.n_carriers)} {where}. "
        + _the_rest(own, n - theirs - own, len(material.outlets))
    )


def _how_sure(material: Material, uses: Uses, n_different: int) -> str:
    n, theirs = len(uses.rows), int(uses.theirs.sum())
    low, high = (f"{100 * float(end):.0f}" for end in exact_interval(theirs, n))
    sure = (
        f"{percent(uses.share)} of the uses ({low} to {high} %) against"
        f" {percent(uses.share_of_words)} of all words that {uses.who}"
        f" has: chance alone does not explain it. The {theirs} uses stand in"
        f" {number_of(n_different, 'different sentence')}. {material.scope}"
    )
    return sure.strip()


def _of_the_speakers_stories(material: Material, who: str) -> pd.DataFrame:
    """The stories in which somebody speaks: a word of another story is nothing to
    compare with. An article in no story is one of its own.
    """
    passages = material.passages
    story = material.story_or_article
    spoken = passages["speaker"].eq(who) & passages["voice"].ne("own")
    return passages[story.isin(story[spoken].unique())]


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
