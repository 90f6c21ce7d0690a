"""The parser's network: layers that read a window of three words and carry what they
found along the sentence in both directions; then a tag for each word, a score for each
pair of words that one depends on the other, and the name of that relation.

Gated recurrences without matrices in the loop (Bradbury et al. 2017, Quasi-recurrent
neural networks) and pairs scored by a bilinear form (Dozat & Manning 2017, Deep
biaffine attention for neural dependency parsing). NumPy alone: nothing to install.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from .features import TABLE_SIZES, word_features

__all__ = ["Network", "Reading", "load_network"]

MODEL = Path(__file__).parents[1] / "models" / "parser.npz"
FURTHEST = 20  # words: the score of a distance is the same from here on
IMPOSSIBLE = np.float32(-1e9)
EPSILON = np.float32(1e-5)


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights of one layer: of the word before, the word and the word behind; some see
    the word alone.
    """

    before: np.ndarray | None
    here: np.ndarray
    behind: np.ndarray | None
    bias: np.ndarray
    scale: np.ndarray
    shift: np.ndarray

    def apply(self, states: np.ndarray, present: np.ndarray) -> np.ndarray:
        """`states`: (words, sentences, width); `present`: whether there is a word."""
        width = states.shape[-1]
        mixed = states @ self.here
        if self.before is not None and self.behind is not None:
            mixed[1:] += states[:-1] @ self.before
            mixed[:-1] += states[1:] @ self.behind
        mixed += self.bias
        keep, new = mixed[..., :width], mixed[..., width:]
        np.negative(keep, out=keep)
        np.exp(keep, out=keep)
        keep += 1
        np.divide(present, keep, out=keep)
        np.maximum(new, 0, out=new)
        new *= present - keep
        _carry(keep, new)
        new += states
        return self._normal(new) * present

    def _normal(self, states: np.ndarray) -> np.ndarray:
        states = states - states.mean(-1, keepdims=True)
        spread = np.einsum("...i,...i->...", states, states) / states.shape[-1]
        states /= np.sqrt(spread + EPSILON)[..., None]
        states *= self.scale
        states += self.shift
        return states


def _carry(keep: np.ndarray, new: np.ndarray) -> None:
    """What is new at a word, and what is kept of the word before it; in the second half
    of the width, of the word behind it. Written into `new`.
    """
    half = new.shape[-1] // 2
    for at in range(1, len(new)):
        new[at, :, :half] += keep[at, :, :half] * new[at - 1, :, :half]
    for at in range(len(new) - 2, -1, -1):
        new[at, :, half:] += keep[at, :, half:] * new[at + 1, :, half:]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of some sentences, (sentences, words): the number of each
    word's tag and relation; the place of its head, counted from 1, 0 for none; and the
    scores of all heads, (sentences, words, 1 + words).
    """

    tags: np.ndarray
    heads: np.ndarray
    scores: np.ndarray
    head_side: np.ndarray
    own_side: np.ndarray


@dataclass(frozen=True, slots=True)
class Network:
    """The weights, and the names of tags and relations."""

    known: dict[str, int]
    tables: tuple[np.ndarray, ...]  # of words, then of each feature of `word_features`
    layers: tuple[Layer, ...]
    weights: dict[str, np.ndarray]
    tags: tuple[str, ...]
    relations: tuple[str, ...]

    def inputs(self, words: Sequence[str]) -> np.ndarray:
        """What the first layer gets of each word, (words, width)."""
        seen = np.array([word_features(word, self.known) for word in words], np.int64)
        total = self.tables[0][seen[:, 0]].copy()
        for column, table in enumerate(self.tables[1:], start=1):
            total += table[seen[:, column]]
        return np.maximum(total, 0, out=total)

    def read(self, states: np.ndarray, present: np.ndarray) -> Reading:
        """`states`: inputs of words, (words, sentences, width), padded with zeros."""
        mask = present[..., None].astype(np.float32)
        for layer in self.layers:
            states = layer.apply(states, mask)
        states = np.ascontiguousarray(states.transpose(1, 0, 2))
        root = np.broadcast_to(self.weights["root"], (len(states), 1, states.shape[2]))
        rooted = np.concatenate([root, states], axis=1)
        scores = self._head_scores(rooted, states)
        absent = np.concatenate([np.ones((1, len(states)), bool), present]).T
        scores[np.broadcast_to(~absent[:, None, :], scores.shape)] = IMPOSSIBLE
        return Reading(
            self._linear(states, "tag").argmax(-1),
            scores.argmax(-1),
            scores,
            self._linear(rooted, "relation_head"),
            self._linear(states, "relation_own"),
        )

    def relation_numbers(self, reading: Reading, heads: np.ndarray) -> np.ndarray:
        """The number of each word's relation to its head."""
        pair = np.take_along_axis(reading.head_side, heads[..., None], axis=1)
        pair += reading.own_side
        return self._linear(np.maximum(pair, 0, out=pair), "relation").argmax(-1)

    def _head_scores(self, rooted: np.ndarray, states: np.ndarray) -> np.ndarray:
        heads = np.maximum(self._linear(rooted, "head"), 0)
        own = np.maximum(self._linear(states, "own"), 0)
        pairs = self.weights["pair"]
        scores = (own @ pairs[:-1] + pairs[-1]) @ heads.transpose(0, 2, 1)
        n = states.shape[1]
        distance = np.arange(n) - np.arange(n)[:, None]
        distance = distance.clip(-FURTHEST, FURTHEST) + FURTHEST
        scores[:, :, 1:] += self.weights["distance"][distance]
        return scores

    def _linear(self, values: np.ndarray, name: str) -> np.ndarray:
        return values @ self.weights[name] + self.weights[f"{name}_bias"]


@cache
def load_network() -> Network:
    """The network that ships with the package, opened once."""
    with np.load(MODEL) as file:
        arrays = {name: file[name] for name in file.files}
    words = arrays.pop("known").tobytes().decode().split("\n")
    weights = {
        name: _restored(array, arrays.get(f"{name}.scale"))
        for name, array in arrays.items()
        if not name.endswith(".scale") and array.dtype.kind != "U"
    }
    n_layers = 1 + max(int(n.split(".")[1]) for n in weights if n.startswith("layer."))
    return Network(
        known={word: number for number, word in enumerate(words, start=2)},
        tables=tuple(weights[f"table.{at}"] for at in range(1 + len(TABLE_SIZES))),
        layers=tuple(_layer(weights, number) for number in range(n_layers)),
        weights=weights,
        tags=tuple(arrays["tags"].tolist()),
        relations=tuple(arrays["relations"].tolist()),
    )


def _layer(weights: dict[str, np.ndarray], number: int) -> Layer:
    of = f"layer.{number}."
    return Layer(
        weights.get(f"{of}before"),
        weights[f"{of}here"],
        weights.get(f"{of}behind"),
        *(weights[f"{of}{name}"] for name in ("bias", "scale_", "shift")),
    )


def _restored(array: np.ndarray, scale: np.ndarray | None) -> np.ndarray:
    """Whole numbers of one byte with one scale for each column, as they were."""
    array = array.astype(np.float32)
    return array if scale is None else array * scale.astype(np.float32)
