"""Kept lines as paragraphs, with offsets that stay true to the source.

Where lines were broken by width, the text between two lines of a paragraph is made
blank: line ends and what stood between pages become spaces. Of a cut word the second
part moves up to the first, and the hyphen and the line end become spaces behind it, or
soft hyphens before a comma, which no word count sees. So a text keeps its length, and a
place in it is the same place in the source, but inside a cut word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..tables import source_text

__all__ = ["Flow", "flowing"]

SOFT = "\u00ad"
_WORD_END = re.compile(r"(?!\w)")
HYPHENS = ("-", "\u2010", SOFT)


@dataclass(frozen=True, slots=True)
class Flow:
    """`source`: the text of each article, made blank between the lines of a paragraph;
    `lines`: kept lines, one row for each paragraph, with `text` from that source;
    `is_wrapped`: whether any two lines were joined."""

    source: list[str]
    lines: pd.DataFrame
    is_wrapped: bool

    def readable(self, texts: pd.Series) -> pd.Series:
        """Texts cut from the source with single spaces and words whole."""
        if not self.is_wrapped:
            return texts
        texts = texts.str.replace(f"{SOFT}{{2,}}", "", regex=True)
        return texts.str.replace(r" {2,}", " ", regex=True)


def flowing(articles: pd.DataFrame, kept: pd.DataFrame) -> Flow:
    """The paragraphs of kept lines: `kept` is of `lines(articles)`, in its order."""
    source = source_text(articles).tolist()
    kept = kept.reset_index(drop=True)
    first = ~kept.duplicated(["article_id", "paragraph"]).to_numpy(bool)
    if first.all():
        return Flow(source, kept, False)
    ids = pd.Index(articles["article_id"].astype("str"))
    article = ids.get_indexer(pd.Index(kept["article_id"]))
    start, end = kept["start"].to_numpy(), kept["end"].to_numpy()
    later = np.flatnonzero(~first)
    for one in np.unique(article[later]).tolist():
        rows = later[article[later] == one]
        gaps = zip(end[rows - 1].tolist(), start[rows].tolist(), strict=True)
        source[one] = _blanked(source[one], gaps)
    heads = np.flatnonzero(first)
    whole = kept.iloc[heads].reset_index(drop=True)
    whole["end"] = end[np.append(heads[1:], len(kept)) - 1]
    places = zip(
        article[heads].tolist(),
        whole["start"].tolist(),
        whole["end"].tolist(),
        strict=True,
    )
    texts = [source[one][low:high] for one, low, high in places]
    whole["text"] = pd.Series(texts, dtype="str")
    return Flow(source, whole, True)


def _blanked(text: str, gaps: Iterable[tuple[int, int]]) -> str:
    """The text with each gap between two lines made blank, as long as before; of a cut
    word the second part stands right behind the first, and the gap behind both."""
    pieces, at = [], 0
    for low, high in gaps:
        cut = text[low - 1] in HYPHENS and text[low - 2 : low - 1].isalpha()
        if cut and text[high].islower():
            end = next(_WORD_END.finditer(text, high)).start()
            blank = " " if text[end : end + 1].strip() == "" else SOFT
            pieces += [text[at : low - 1], text[high:end], blank * (high - low + 1)]
            at = end
        else:
            pieces += [text[at:low], " " * (high - low)]
            at = high
    return "".join([*pieces, text[at:]])
