"""What every kind of finding is made of: passages with one name for each person, and
whole sentences as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from ...actors import Actors
from ...corpus import Corpus
from ...resampling import MIN_ARTICLES
from ...tables import source_text
from ...text import fold, is_foreign
from ...voices import one_name
from ..measures import Measures
from ..plain_words import one_in_words

__all__ = ["EVIDENCE", "Material", "at_match"]

EVIDENCE = ["article_id", "outlet", "voice", "speaker", "start", "end", "text"]
MATCH = ["match_start", "match_end"]
PRONOUNS = {"he": "man", "she": "woman"}
LONGEST_NAME = 60


def at_match(row: Any) -> tuple[str, str, str]:
    """A sentence of the evidence, cut where its match begins and ends; without one it
    is all before.
    """
    if pd.isna(row.match_start):
        return row.text, "", ""
    low, high = int(row.match_start - row.start), int(row.match_end - row.start)
    return row.text[:low], row.text[low:high], row.text[high:]


@dataclass(frozen=True)
class Material:
    """A corpus as the kinds of findings take it."""

    measures: Measures

    @property
    def corpus(self) -> Corpus:
        return self.measures.corpus

    @property
    def actors(self) -> Actors | None:
        """The actors that were given."""
        return self.measures.given

    @cached_property
    def passages(self) -> pd.DataFrame:
        """Passages of known outlets; one person has one name over all articles."""
        table = self.corpus.passages
        return table[table["outlet"].notna()].reset_index(drop=True)

    @cached_property
    def outlets(self) -> list[str]:
        return sorted(self.corpus.articles["outlet"].dropna().astype(str).unique())

    @cached_property
    def story(self) -> pd.Series:
        """The story of each passage; missing where its article is in none."""
        return self.passages["article_id"].astype("str").map(self.measures.story)

    @cached_property
    def story_or_article(self) -> pd.Series:
        """The story of each passage, or its article where that is in none."""
        alone = self.passages["article_id"].astype("str")
        return self.story.astype("object").fillna(alone).astype("str")

    @cached_property
    def is_foreign(self) -> bool:
        """Whether most articles are in another language than English."""
        articles = self.corpus.articles
        if "language" not in articles:
            return False
        return float(is_foreign(articles["language"]).mean()) > 0.5

    @cached_property
    def scope(self) -> str:
        """What the intervals speak of: the outlets, or these articles alone."""
        sizes = self.corpus.articles["outlet"].value_counts()
        if len(sizes) < 2:
            return ""
        if sizes.max() == 1:
            n = one_in_words(len(sizes))
            return f"One article of each: this describes {n} texts, not {n} outlets."
        if sizes.min() < MIN_ARTICLES:
            return "Some outlets have few articles: this describes these texts."
        return "It speaks of the outlets as far as these articles stand for them."

    @cached_property
    def _spoken(self) -> pd.DataFrame:
        """The speakers of quotations, with the name that stands for each."""
        quotes = self.corpus.quotes
        named = quotes[quotes["speaker"].notna()]
        table = named[["article_id", "outlet", "speaker", "speaker_text", "named"]]
        table = table.astype({"article_id": "str", "speaker": "str", "named": "str"})
        return table.assign(person=one_name(table["speaker"], table["named"]))

    @cached_property
    def persons(self) -> set[str]:
        """Names of speakers that are persons, folded."""
        return set(map(fold, self._spoken.query("named == 'person'")["person"]))

    def described(self, person: str) -> str:
        """The fullest way in which the articles name a speaker: with the office."""
        texts = self._spoken.loc[self._spoken["person"] == person, "speaker_text"]
        end = fold(person)
        full = {text for text in texts.dropna() if fold(text).endswith(end)}
        short = [text for text in full if len(text) <= LONGEST_NAME]
        return max(sorted(short), key=len, default=person)

    def noun_for(self, person: str) -> str:
        """What a speaker is: "man" or "woman" where the articles say he or she,
        "person" where they say neither, "source" where it is no person.
        """
        rows = self._spoken[self._spoken["person"] == person]
        if not rows["named"].eq("person").all():
            return "source"
        said = set(rows["speaker_text"].dropna().str.casefold()) & set(PRONOUNS)
        return PRONOUNS[said.pop()] if len(said) == 1 else "person"

    @cached_property
    def _sentences(self) -> pd.DataFrame:
        """Where each sentence of each article starts and ends."""
        groups = self.corpus.passages.groupby(["article_id", "sentence"], sort=False)
        return groups.agg(first=("start", "min"), last=("end", "max")).reset_index()

    def evidence(self, rows: pd.DataFrame, match: bool = True) -> pd.DataFrame:
        """The whole sentences in which rows of any table stand.

        Rows need `article_id`, `outlet`, `voice`, `start`, `end`; their own place is
        kept as the match.
        """
        table = rows.reset_index(drop=True).assign(row=range(len(rows)))
        if "speaker" not in table:
            table["speaker"] = None
        table = table.assign(match_start=table["start"], match_end=table["end"])
        table["article_id"] = table["article_id"].astype("str")
        around = self._sentences.astype({"article_id": "str"})
        spans = table[["row", "article_id", "match_start"]].merge(around, "inner")
        inside = spans["first"] <= spans["match_start"]
        inside &= spans["match_start"] < spans["last"]
        spans = spans[inside].drop_duplicates("row").set_index("row")
        start = spans["first"].reindex(table["row"]).fillna(table["start"]).astype(int)
        end = spans["last"].reindex(table["row"]).fillna(table["end"]).astype(int)
        table = table.assign(start=start, end=end)
        if not match:
            table[MATCH] = pd.NA
        table[MATCH] = table[MATCH].astype("Int64")
        sources = self._source.reindex(table["article_id"])
        places = zip(sources, table["start"], table["end"], strict=True)
        table["text"] = [text[start:end] for text, start, end in places]
        order = ["outlet", "article_id", "start"]
        table = table.sort_values(order, kind="stable", ignore_index=True)
        return table[[*EVIDENCE, *MATCH]]

    @cached_property
    def _source(self) -> pd.Series:
        articles = self.corpus.articles
        ids = articles["article_id"].astype("str")
        return pd.Series(source_text(articles).to_numpy(object), ids)
