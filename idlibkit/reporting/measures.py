"""What a report measures, each table made once, when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import pandas as pd

from ..actors import Actors, labels, labels_by, read_actors, suggest_actors
from ..agency import agency, agency_by
from ..corpus import Corpus
from ..figures import discrepancies, quantities
from ..framing import frames, frames_by
from ..scale import gathered, lazily, rows_where
from ..story import points, points_by, shared_text, stories
from ..tables import IdlibkitError, source_text
from ..text import check_english
from ..tone import actor_tone, actor_tone_by, sentiment, sentiment_by
from ..voices import voices_by
from ..words import count_terms, keyness, similarity, tfidf
from .marks import english
from .selection import sample_articles

__all__ = ["LEAST_STORIES", "MENTIONS", "Measures"]

MIN_WORDS = 4  # of a sentence whose tone toward an actor counts, as in actor_tone_by
MENTIONS = 600  # of actors, whose tone is read where there are more
ONE_STORY = 12  # articles that are taken for one story, if no outlet has two
LEAST_STORIES = 5  # from which an interval over stories is shown
PARSED = 600_000  # characters whose clauses are read where there are more


@dataclass(frozen=True, eq=False)
class Measures:
    """A corpus and the tables that are made of it; each is what the function of its
    name gives. What the corpus does not allow raises where it is asked for, and costs
    nothing else.

    Attributes
    ----------
    corpus : Corpus
    given : mapping, DataFrame, path or None
        The actors that were given; without them they are proposed.
    """

    corpus: Corpus
    given: Actors | None = None

    @cached_property
    def actors(self) -> dict[str, list[str]]:
        if self.given is None:
            return read_actors(suggest_actors(self.corpus.passages))
        return read_actors(self.given)

    # ------------------------------------------------------------------------- words
    @cached_property
    def counts(self) -> pd.DataFrame:
        return count_terms(self.corpus.passages)

    @cached_property
    def tfidf(self) -> pd.DataFrame:
        return tfidf(self.counts)

    @cached_property
    def keyness(self) -> pd.DataFrame:
        return keyness(self.counts)

    @cached_property
    def similarity(self) -> pd.DataFrame:
        return similarity(self.counts)

    # ---------------------------------------------------------------- voices, labels
    @cached_property
    def voices_by(self) -> pd.DataFrame:
        return voices_by(self.corpus.quotes)

    @cached_property
    def labels(self) -> pd.DataFrame:
        return labels(self.corpus.passages, self.actors)

    @cached_property
    def labels_by(self) -> pd.DataFrame:
        return labels_by(self.labels)

    # ----------------------------------------------------------------- who does what
    @cached_property
    def agency(self) -> pd.DataFrame:
        """Clauses of articles in English, of all or of some; see `agency_sample`."""
        check_english(self.corpus.facts, "agency()")
        chosen = sample_articles(self.corpus.facts, self._n_parsed)["article_id"]
        some = rows_where(self.corpus.passages, article_id=set(chosen))
        return gathered(partial(_clauses, actors=self.actors), some)

    @cached_property
    def _n_parsed(self) -> int:
        """How many articles have `PARSED` characters, of average length."""
        lengths = gathered(_lengths, self.corpus.articles)
        length = int(lengths["n_characters"].sum())
        return max(len(lengths) * PARSED // max(length, PARSED), 1)

    @property
    def agency_sample(self) -> str:
        """What clauses were read in, where not in all articles."""
        n, parsed = len(self.corpus.facts), self._n_parsed
        if n <= parsed:
            return ""
        return (
            f"read in {parsed:,} of {n:,} articles, some of each outlet over all days"
        )

    @cached_property
    def agency_by(self) -> pd.DataFrame:
        return agency_by(self.agency)

    # --------------------------------------------------------------- figures, frames
    @cached_property
    def quantities(self) -> pd.DataFrame:
        return quantities(self.corpus.passages)

    @cached_property
    def discrepancies(self) -> pd.DataFrame:
        """Figures that differ, within each story."""
        return discrepancies(self._in_stories(self.quantities))

    @cached_property
    def frames(self) -> pd.DataFrame:
        return frames(self.corpus.passages)

    @cached_property
    def frames_by(self) -> pd.DataFrame:
        return frames_by(self.frames, self.corpus.passages)

    # -------------------------------------------------------------------------- tone
    @cached_property
    def sentiment(self) -> pd.DataFrame:
        return sentiment(self.corpus.passages)

    @cached_property
    def sentiment_by(self) -> pd.DataFrame:
        return sentiment_by(self.sentiment)

    @cached_property
    def sentiment_by_voice(self) -> pd.DataFrame:
        return sentiment_by(self.sentiment, by=["outlet", "voice"])

    @cached_property
    def actor_tone(self) -> pd.DataFrame:
        """Tone toward actors, of all mentions or of a sample of `MENTIONS`."""
        if self.corpus.is_apart:
            raise IdlibkitError("tone toward actors is not read in archives in parts.")
        return actor_tone(self.corpus.passages, self.actors, sample=MENTIONS)

    @property
    def sample(self) -> str:
        """What tone toward actors was read in, where not in all mentions."""
        if "actor_tone" not in vars(self) or len(self.actor_tone) < MENTIONS:
            return ""
        read, all_of_them = len(self.actor_tone), len(self.labels)
        if read >= all_of_them:
            return ""
        return f"read in a random sample of {read:,} of {all_of_them:,} mentions"

    @cached_property
    def actor_tone_by(self) -> pd.DataFrame:
        return actor_tone_by(self.actor_tone)

    @cached_property
    def compared_tone(self) -> pd.DataFrame:
        """Tone toward actors as outlets are compared in it: where stories are given,
        against the mean of the actor's mentions in the story, of stories in which two
        outlets mention it in one voice.
        """
        tones = self.actor_tone[self.actor_tone["n_words"] >= MIN_WORDS]
        if "story" not in tones:
            return tones
        groups = [tones[name] for name in ("actor", "voice", "story")]
        balance = tones["positive"] - tones["negative"]
        mean = balance.groupby(groups).transform("mean")
        told = tones["outlet"].groupby(groups).transform("nunique") > 1
        return tones.assign(positive=balance - mean, negative=0.0)[told]

    @cached_property
    def compared_tone_by(self) -> pd.DataFrame:
        """Means of `compared_tone`."""
        return actor_tone_by(self.compared_tone)

    # --------------------------------------------------------------------- the story
    @cached_property
    def shared_text(self) -> pd.DataFrame:
        """Text that articles share; of an archive in parts within each story."""
        articles = self.corpus.articles
        return shared_text(
            self._in_stories(articles) if self.corpus.is_apart else articles
        )

    @cached_property
    def story(self) -> pd.Series:
        """The story of each article, by `article_id`: as given, one for a few articles
        no two of which are of one outlet, or as `stories` finds them; missing where an
        article is in none. Findings and chapters compare within it.
        """
        articles = self.corpus.facts
        few = len(articles) <= ONE_STORY and not articles["outlet"].duplicated().any()
        if "story" not in articles:
            found = 1 if few else stories(self.corpus.articles)["story"].to_numpy()
            articles = articles.assign(story=found)
        return articles.set_index(articles["article_id"].astype("str"))["story"]

    @property
    def within(self) -> str:
        """Within what figures and points are compared, to stand behind a sentence."""
        n = self.stories["story"].nunique()
        if n < 2:
            return ""
        given = "story" in self.corpus.facts
        how = "as given" if given else "found by words and days"
        return f" Compared within each of {n:,} stories, {how}."

    def _in_stories(self, table: Any) -> Any:
        """The rows of known outlets and stories, with their story."""
        return lazily(partial(_in_stories, story=self.story), table)

    @cached_property
    def stories(self) -> pd.DataFrame:
        """The articles that tell one event with another; empty unless there are two
        such events or more.
        """
        found = self._in_stories(self.corpus.facts)
        found = found.reindex(columns=["article_id", "outlet", "published", "story"])
        told = found[found.groupby("story")["article_id"].transform("size") > 1]
        return told if told["story"].nunique() > 1 else told.head(0)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """The passages of the stories that two outlets or more tell."""
        outlets = self._in_stories(self.corpus.facts).groupby("story")["outlet"]
        several = outlets.nunique()[lambda n: n > 1]
        passages = self._in_stories(self.corpus.passages)
        return rows_where(passages, story=set(several.index))

    @cached_property
    def points(self) -> pd.DataFrame:
        return points(self.passages)

    @cached_property
    def left_out_by(self) -> pd.DataFrame:
        """How much each outlet leaves out over many stories: of outlets with
        `LEAST_STORIES` or more, where stories are given; else empty.
        """
        given = "story" in self.corpus.facts or self.corpus.is_apart
        if not given or self.stories.empty:
            return pd.DataFrame(columns=["outlet", "estimate"])
        shares = points_by(self.points, by=["outlet"])
        enough = (shares["n_stories"] >= LEAST_STORIES) & (shares["n_points"] > 0)
        return shares[enough].reset_index(drop=True)


def _in_stories(table: pd.DataFrame, story: pd.Series) -> pd.DataFrame:
    table = table.assign(story=table["article_id"].astype("str").map(story))
    return table.dropna(subset=["outlet", "story"]).reset_index(drop=True)


def _clauses(passages: pd.DataFrame, actors: dict[str, list[str]]) -> pd.DataFrame:
    return agency(english(passages), actors=actors)


def _lengths(articles: pd.DataFrame) -> pd.DataFrame:
    length = source_text(articles).str.len()
    return pd.DataFrame({"n_characters": length.to_numpy(int)})
