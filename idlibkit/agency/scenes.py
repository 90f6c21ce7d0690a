"""The scene of each sentence: the actors that it names, or that its pronouns mean."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ..actors import labels
from .referents import Mentions, Scene
from .sentences import Sentence
from .trees import Tree

__all__ = ["Scenes"]

NEEDED = ["article_id", "outlet", "voice", "speaker"]  # of `labels`


class Scenes:
    """The scene of each sentence, after that of the sentence before it."""

    def __init__(self, table: pd.DataFrame, actors: dict[str, list[str]] | None):
        self.actors = actors
        self.last: Scene | None = None
        self.article: Any = None
        if actors is None:
            return
        mentions = labels(table, actors)
        self.mentions = {
            article: Mentions(
                part["start"].tolist(), part["end"].tolist(), part["actor"].tolist()
            )
            for article, part in mentions.groupby("article_id", sort=False)
        }
        self.speakers = _speaking_actors(table, actors)

    def next(self, sentence: Sentence, tree: Tree) -> Scene | None:
        """The scene of the next sentence; None without actors."""
        if self.actors is None:
            return None
        before = self.last if sentence.article == self.article else None
        if before is not None:
            before.before = None  # no farther than one sentence
        self.article = sentence.article
        self.last = Scene(
            tree,
            sentence.offset,
            self.mentions.get(sentence.article, Mentions()),
            self.speakers.get(sentence.rows[-1]),
            before,
        )
        return self.last


def _speaking_actors(
    table: pd.DataFrame, actors: dict[str, list[str]]
) -> dict[int, str]:
    """For each quoted passage whose speaker is an actor: that actor."""
    quoted = table.index[(table["voice"] == "quoted") & table["speaker"].notna()]
    names = table.loc[quoted, NEEDED].assign(
        start=quoted, text=table.loc[quoted, "speaker"]
    )
    spoken = labels(names.assign(article_id=quoted.astype(str)), actors)
    return dict(
        zip(spoken["article_id"].astype(int), spoken["actor"].tolist(), strict=True)
    )
