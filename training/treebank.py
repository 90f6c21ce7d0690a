"""Sentences with trees for training the parser of `agency`: a treebank, and sentences
that nobody has parsed.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from unjudged import made

from idlibkit.agency.tokens import token_spans

LONGEST = 80  # words of a sentence that is learned from
HELD_BACK = 11  # of each so many documents one is measured on
MADE = 12_000  # sentences made of others


@dataclass(frozen=True)
class Example:
    """A sentence: for each word its tag, its head (0: none) and its relation. `heads`
    is (words, 1 + words) probabilities where a teacher gave them, `relations_sure`
    (words, relations) those of the relations to these heads, else None.
    """

    words: list[str]
    tags: list[int]
    head: list[int]
    relations: list[int]
    weight: float = 1.0
    heads: np.ndarray | None = None
    relations_sure: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True)
class Treebank:
    """Its names of tags and relations, and its sentences in two parts."""

    tags: list[str]
    relations: list[str]
    learned: list[Example]
    held_back: list[Example]

    @classmethod
    def read(cls, path: Path) -> Treebank:
        """A CoNLL-U file, its documents divided by ``# newdoc``."""
        documents = list(_documents(path))
        parts = [
            [s for i, one in enumerate(documents) if (i % HELD_BACK == 0) is held
             for s in one if len(s) <= LONGEST]
            for held in (False, True)
        ]  # fmt: skip
        tags, relations = (
            sorted({row[column] for sentence in parts[0] for row in sentence})
            for column in (3, 7)
        )
        number = ({tag: n for n, tag in enumerate(tags)},
                  {relation: n for n, relation in enumerate(relations)})  # fmt: skip
        learned, held_back = (
            [
                Example(
                    [row[1] for row in sentence],
                    [number[0][row[3]] for row in sentence],
                    [int(row[6]) for row in sentence],
                    [number[1].get(row[7], 0) for row in sentence],
                )
                for sentence in part
            ]
            for part in parts
        )
        return cls(tags, relations, learned, held_back)


def _documents(path: Path) -> Iterator[list[list[list[str]]]]:
    document: list[list[list[str]]] = []
    sentence: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                if document:
                    yield document
                document = []
            elif line.strip() and not line.startswith("#"):
                row = line.rstrip("\n").split("\t")
                if row[0].isdigit():
                    sentence.append(row)
            elif not line.strip() and sentence:
                document.append(sentence)
                sentence = []
    yield document


def unparsed(
    news: Path, wordnet: Path, like: dict[str, list[str]]
) -> Iterator[list[str]]:
    """The words of sentences that have no tree: of NewsMTSC, made of these (see
    `unjudged.made`; `like` are words for others), and WordNet's examples of verbs.
    """
    lines = map(json.loads, news.open(encoding="utf-8"))
    texts = {line.get("sentence_normalized"): 0 for line in lines}
    texts.pop(None, None)
    rows = [{"text": text} for text in texts]
    texts.update((row["text"], 0) for row in made(rows, like, MADE))
    for line in (wordnet / "data.verb").read_text("utf-8").splitlines():
        if line.startswith("  "):
            continue
        for cited in re.findall(r'"([^"]{12,200})"', line.split("|", 1)[1]):
            example = re.sub(r"\s*-\s*[A-Z][\w. ]+$", "", cited).strip()
            stop = "" if example[-1] in ".!?" or random.random() < 0.2 else "."
            texts.setdefault(example[0].upper() + example[1:] + stop)
    for text in texts:
        words = [text[start:end] for start, end in token_spans(text)]
        if 3 <= len(words) <= LONGEST:
            yield words


def batches(sizes: Sequence[int], most: int, *, mixed: bool = True) -> list[list[int]]:
    """Numbers of sentences of like length, about `most` words in each batch."""
    order = sorted(range(len(sizes)), key=lambda row: (sizes[row], random.random()))
    out: list[list[int]] = [[]]
    for row in order:
        if out[-1] and len(out[-1]) * sizes[row] > most:
            out.append([])
        out[-1].append(row)
    if mixed:
        random.shuffle(out)
    return out


# What headlines leave out.
LEFT_OUT = ("det", "aux", "aux:pass", "cop")


def as_headline(example: Example, relations: Sequence[str]) -> Example:
    """Now and then a sentence as headlines write it: without articles and auxiliaries,
    in capitals, in small letters, in title case.
    """
    if random.random() < 0.08:
        names = [relations[number] for number in example.relations]
        stop = len(example) if example.words[-1] == "." else None
        left_out = [
            word
            for word, name in enumerate(names, start=1)
            if (name in LEFT_OUT or word == stop) and word not in example.head
        ]
        example = without_words(example, left_out)
    return replace(example, words=_other_case(example.words))


def without_words(example: Example, left_out: Sequence[int]) -> Example:
    """`left_out`: words, counted from 1, that no other word depends on."""
    if not left_out or len(left_out) == len(example):
        return example
    gone = set(left_out)
    kept = [word for word in range(1, len(example) + 1) if word not in gone]
    place = {0: 0} | {word: n for n, word in enumerate(kept, start=1)}
    rows = np.array(kept) - 1
    sure = example.heads
    if sure is not None:
        sure = sure[rows][:, [0, *kept]].astype(np.float32)
        sure /= np.maximum(sure.sum(1, keepdims=True), 1e-6)
    return Example(
        [example.words[row] for row in rows],
        [example.tags[row] for row in rows],
        [place[example.head[row]] for row in rows],
        [example.relations[row] for row in rows],
        example.weight,
        sure,
        None if example.relations_sure is None else example.relations_sure[rows],
    )


def _other_case(words: list[str]) -> list[str]:
    draw = random.random()
    if draw < 0.04:
        return [word.upper() for word in words]
    if draw < 0.08:
        return [word.lower() for word in words]
    if draw < 0.14:
        return [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
    return words


def without_circles(heads: list[int], scores: np.ndarray) -> list[int]:
    """As the package breaks them."""
    from idlibkit.agency.trees import without_cycles

    return without_cycles(np.array(heads), scores).tolist()


def accuracy(gold: Sequence[Example], found: Sequence[Example]) -> str:
    """Shares of words with the right tag, head, and head with its relation."""
    n = sum(map(len, gold))
    tag = head = both = 0
    for one, other in zip(gold, found, strict=True):
        right = np.array(one.head) == np.array(other.head)
        tag += int((np.array(one.tags) == np.array(other.tags)).sum())
        head += int(right.sum())
        both += int((right & (np.array(one.relations) == other.relations)).sum())
    return f"tags {tag / n:.4f}, heads {head / n:.4f}, with relation {both / n:.4f}"
