"""Whole sentences, put together from their passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..text import SENTENCE_CLOSE
from ..voices import sentence_contexts

__all__ = ["Sentence", "whole_sentences"]

HEADLINES = ["headline", "subheadline", "heading"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence put together from its passages: the rows of these, by their places."""

    article: Any
    offset: int
    text: str
    starts: list[int]
    rows: list[int]
    is_headline: bool

    def row_at(self, place: int) -> int:
        """The passage that holds a character of the source."""
        later = [
            row for s, row in zip(self.starts, self.rows, strict=True) if s <= place
        ]
        return later[-1] if later else self.rows[0]


def whole_sentences(table: pd.DataFrame) -> list[Sentence]:
    """The sentences of a table of passages, in the order of their first passages."""
    contexts = sentence_contexts(table)
    found: dict[tuple, Sentence] = {}
    columns = (
        table["article_id"].tolist(),
        contexts["context_start"].tolist(),
        contexts["context"].fillna("").tolist(),
        table["start"].tolist(),
        _headlines(table).tolist(),
    )
    for row, (article, offset, text, start, head) in enumerate(
        zip(*columns, strict=True)
    ):
        key = article, offset, text
        if key not in found:
            found[key] = Sentence(article, int(offset), text, [], [], head)
        found[key].starts.append(int(start))
        found[key].rows.append(row)
    return list(found.values())


def _headlines(table: pd.DataFrame) -> pd.Series:
    """Which passages are of headlines; without roles those without a full stop."""
    if "role" in table:
        return table["role"].isin(HEADLINES)
    return ~table["text"].str.rstrip().str.contains(SENTENCE_CLOSE)
