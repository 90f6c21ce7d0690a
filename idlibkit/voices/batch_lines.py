"""The lines of a batch of articles as one text, and what stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

import numpy as np

from ..text import HYPHENS
from .marks import quoted_spans
from .noun_phrases import Range

__all__ = ["HEADINGS", "PAUSES", "Kind", "Lines", "Marked", "find_marked"]

HEADINGS = ("headline", "subheadline", "heading")
PAUSES = ("", ".", "!", "?", ":", ",")
MIN_WORDS = 4  # inside marks; fewer are a fragment
# Four words; a contraction is two: I'm.
_MIN_WORDS = re.compile(rf"(?:[\W_]*+[^\W_]++(?:[{HYPHENS}][^\W_]++)*+){{{MIN_WORDS}}}")

# Without spaces between words four of them are some eight characters: Chinese,
# Japanese, Thai, Lao, Burmese, Khmer.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
)
MIN_UNSPACED = 8


class Kind(IntEnum):
    """How words are attributed; the names are those of the public table."""

    DIRECT = 0
    FRAGMENT = 1
    INDIRECT = 2


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of whole articles, joined by line ends; places are in the joined text."""

    first: int  # number of the first line in the table
    texts: Sequence[str]
    text: str
    begins: list[int]  # of each line, and the end of all
    offsets: np.ndarray  # the same
    edges: list[int]  # the lines that begin an article, and the end of all

    @classmethod
    def of(cls, edges: Sequence[int], texts: Sequence[str]) -> Lines:
        """Lines of articles that begin at these lines of the table; the last of `edges`
        is the end of all."""
        begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
        first = edges[0]
        own = [edge - first for edge in edges]
        return cls(first, texts, "\n".join(texts), begins, np.array(begins), own)

    def number(self, places: np.ndarray) -> np.ndarray:
        """The numbers of the lines that these places are in."""
        return np.searchsorted(self.offsets, places, "right") - 1


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands in marks, in order, as places in the joined text."""

    start: np.ndarray  # of quotations, each of them one token of the grammar,
    end: np.ndarray  # where they end,
    kind: np.ndarray  # and their `Kind`
    fragments: list[Range]  # parts of the sentences around them

    def ranges(self) -> list[Range]:
        """The places of the quotations."""
        return list(zip(self.start.tolist(), self.end.tolist(), strict=True))


def find_marked(lines: Lines) -> Marked:
    """What stands in marks: quotations, and fragments of the sentences around them."""
    quotations: list[tuple[int, int, int]] = []
    fragments: list[Range] = []
    for line, start, end, _ in quoted_spans(lines.texts, frozenset(lines.edges)):
        text, offset = lines.texts[line], lines.begins[line]
        kind = _kind(text, start, end)
        if kind is None:
            fragments.append((offset + start, offset + end))
        else:
            quotations.append((offset + start, offset + end, kind))
    table = np.array(quotations, int).reshape(-1, 3)
    return Marked(table[:, 0], table[:, 1], table[:, 2], fragments)


def _kind(text: str, start: int, end: int) -> Kind | None:
    """The kind of a quotation; None of a fragment inside a sentence."""
    content = text[start:end]
    if _is_long(content) and "://" not in content:
        return Kind.DIRECT
    before = text[max(0, start - 4) : start].strip("\"“‘'«„` ")
    if content[-1] in ",.!?" and before[-1:] in PAUSES:
        return Kind.FRAGMENT  # `"Yes," he said`
    return None


def _is_long(content: str) -> bool:
    """Whether words in marks are four or more."""
    if _MIN_WORDS.match(content):
        return True
    return not content.isascii() and len(_UNSPACED.findall(content)) >= MIN_UNSPACED
