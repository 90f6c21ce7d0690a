"""Sentences as trees: for each word its class, and which word it depends on, how.

Tags and relations are those of Universal Dependencies (de Marneffe et al. 2021).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from threadpoolctl import threadpool_limits

from ..lexicons import words as lexicon_words
from .network import Network, load_network
from .tokens import Span, token_spans

__all__ = ["ROOT", "Tree", "read_trees", "rooted_and_circle", "without_cycles"]

ROOT = -1
# Places read at a time: sentences of like length, so that little is padded.
BATCH = 3000
# Tokens: of a longer sentence the rest is not read. No prose has such.
LONGEST = 160


@dataclass(frozen=True)
class Tree:
    """One sentence; words are numbered from 0, the head of the first is `ROOT`."""

    text: str
    spans: list[Span]
    words: list[str]  # in small letters
    tags: list[str]
    heads: list[int]
    relations: list[str]
    is_headline: bool = False

    @cached_property
    def children(self) -> list[list[int]]:
        """The words that depend on each word, in order."""
        out: list[list[int]] = [[] for _ in self.heads]
        for word, head in enumerate(self.heads):
            if head >= 0:
                out[head].append(word)
        return out

    def child(self, word: int, *relations: str) -> int | None:
        """The first word that depends on `word` in one of these ways."""
        for child in self.children[word]:
            if self.relations[child] in relations:
                return child
        return None

    def child_word(self, word: int, relation: str) -> str | None:
        """The first word that depends on `word` in this way, in small letters."""
        child = self.child(word, relation)
        return None if child is None else self.words[child]

    def all_children(self, word: int, *relations: str) -> list[int]:
        """The words that depend on `word` in one of these ways."""
        return [c for c in self.children[word] if self.relations[c] in relations]

    def __len__(self) -> int:
        return len(self.heads)


def read_trees(texts: Sequence[str]) -> list[Tree]:
    """The tree of each sentence.

    Examples
    --------
    >>> tree, = read_trees(["Rebels shelled the town."])
    >>> [(tree.words[word], tree.relations[word]) for word in tree.children[1]]
    [('rebels', 'nsubj'), ('town', 'obj'), ('.', 'punct')]
    """
    network = load_network()
    spans = [token_spans(text)[:LONGEST] for text in texts]
    words = [
        [text[start:end] for start, end in places]
        for text, places in zip(texts, spans, strict=True)
    ]
    index: dict[str, int] = {}
    codes = [[index.setdefault(word, len(index)) for word in row] for row in words]
    inputs = network.inputs(list(index)) if index else np.zeros((0, 0))
    trees = [Tree(text, [], [], [], [], []) for text in texts]
    # Matrices are small: threads that wait for each other cost ten times what they win.
    with threadpool_limits(1, "blas"):
        for rows in _batches([len(row) for row in words]):
            read = _read(network, inputs, [codes[row] for row in rows])
            for row, (tags, heads, relations) in zip(rows, read, strict=True):
                small = [word.lower() for word in words[row]]
                _join_verbs(small, tags, heads, relations)
                trees[row] = Tree(texts[row], spans[row], small, tags, heads, relations)
    return trees


def _batches(sizes: list[int]) -> Iterator[list[int]]:
    """Numbers of sentences of like length; those without a word are left out."""
    batch: list[int] = []
    for row in sorted(range(len(sizes)), key=sizes.__getitem__):
        if batch and (len(batch) + 1) * sizes[row] > BATCH:
            yield batch
            batch = []
        if sizes[row]:
            batch.append(row)
    if batch:
        yield batch


def _read(
    network: Network, inputs: np.ndarray, codes: list[list[int]]
) -> Iterator[tuple[list[str], list[int], list[str]]]:
    """Tags, heads and relations of each sentence."""
    sizes = np.array([len(row) for row in codes])
    present = np.arange(sizes.max())[:, None] < sizes
    states = np.zeros((*present.shape, inputs.shape[1]), np.float32)
    states.transpose(1, 0, 2)[present.T] = inputs[np.concatenate(codes)]
    reading = network.read(states, present)
    heads = reading.heads
    for number in np.flatnonzero(_is_cyclic(heads)).tolist():
        own = heads[number, : sizes[number]]
        own[:] = without_cycles(own, reading.scores[number])
    relations = network.relation_numbers(reading, heads)
    for row, size in enumerate(sizes.tolist()):
        tags = [network.tags[number] for number in reading.tags[row, :size].tolist()]
        own = (heads[row, :size] - 1).tolist()
        names = [network.relations[n] for n in relations[row, :size].tolist()]
        yield tags, own, names


def _join_verbs(
    words: list[str], tags: list[str], heads: list[int], relations: list[str]
) -> None:
    """Killed ten and injured dozens: a verb joined to the first, not injured dozens,
    where "and" depends on it or the noun is a number. Changes the lists.
    """
    for word, relation in enumerate(relations):
        verb = heads[word]
        if relation != "cc" or verb == ROOT:
            continue
        if relations[verb] == "conj" and word < verb and words[verb] in _numbers():
            verb = word + 1  # "and" depends on the number
        noun = heads[verb]
        if tags[verb] != "VERB" or relations[verb] != "amod":
            continue
        first = heads[noun]
        is_joined = relations[noun] == "conj" and relations[first] == "obj"
        if is_joined and ROOT not in (noun, first, heads[first]):
            heads[word] = verb
            heads[verb], relations[verb] = heads[first], "conj"
            heads[noun], relations[noun] = verb, "obj"


@cache
def _numbers() -> frozenset[str]:
    return lexicon_words("agency.toml", "roles.numbers")


def _is_cyclic(heads: np.ndarray) -> np.ndarray:
    """Whether following the heads of a sentence never comes to its root."""
    up = np.concatenate([np.zeros((len(heads), 1), heads.dtype), heads], axis=1)
    for _ in range(int(up.shape[1]).bit_length()):
        up = np.take_along_axis(up, up, axis=1)  # twice as far up
    return np.asarray((up > 0).any(axis=1))


def without_cycles(heads: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Heads, where words depend on each other in a circle the one with the smallest
    loss given a head that comes to the root.
    """
    heads = heads.copy()
    while True:
        rooted, circle = rooted_and_circle([0, *heads.tolist()])
        if not circle:
            return heads
        words = np.array(circle) - 1
        best = scores[words][:, rooted]
        loss = scores[words, heads[words]] - best.max(axis=1)
        row = int(loss.argmin())
        heads[words[row]] = rooted[int(best[row].argmax())]


def rooted_and_circle(heads: list[int]) -> tuple[list[int], list[int]]:
    """The words, counted from 1, whose heads lead to the root (0, itself among them),
    and the words of one circle; none if there is none.
    """
    leads = [True] + [False] * (len(heads) - 1)
    circle: list[int] = []
    for first in range(1, len(heads)):
        path: list[int] = []
        word = first
        while not leads[word] and word not in path:
            path.append(word)
            word = heads[word]
        if leads[word]:
            for one in path:
                leads[one] = True
        elif not circle:
            circle = path[path.index(word) :]
    return [word for word, is_rooted in enumerate(leads) if is_rooted], circle
