"""The parser of `agency`: learns a treebank and what the teacher read, and writes the
file that the package opens.

    python training/train_agency.py gum_train.conllu.gz --parsed build/parsed.pkl \
        --out idlibkit/models/parser.npz
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from parser_teacher import MODEL, Pieces, gold_of, padded, present_of
from safetensors.torch import load_file
from second_reading import SecondReader
from torch import Tensor, nn
from treebank import (
    Example,
    Treebank,
    accuracy,
    as_headline,
    batches,
    without_circles,
)

from idlibkit import lexicons
from idlibkit.agency.features import TABLE_SIZES, UNKNOWN, normal, word_features
from idlibkit.text.english import verb_forms

WIDTH, VECTOR, OWN = 168, 64, 48
WINDOWS = (True, True, True, False, False)  # of each layer: whether it sees neighbours
TABLE_WIDTHS = (32, 16, 24, 12)
FURTHEST = 20
BATCH = 2400  # words


class Vocabulary:
    """Words that are known by themselves, with vectors: those that occur twice, BERT's
    whole words, verbs of harm. Those that occur three times also learn a vector of
    their own.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]):
        reader = SecondReader()
        pieces = Pieces(reader)
        counts = Counter(normal(word) for words in sentences for word in words)
        often = [word for word, n in counts.most_common() if n >= 2]
        harm = {row["verb"] for row in lexicons.rows("harm_verbs.csv")}
        forms = (form for verb in harm for form in (verb, *verb_forms(verb)))
        rare = {
            word
            for word in (*pieces.tokenizer.get_vocab(), *forms)
            if word.isalpha() and word.isascii() and len(word) > 2 and counts[word] < 2
        }
        self.words = [*often, *sorted(rare)]
        self.known = {word: n for n, word in enumerate(self.words, start=2)}
        self.own = {w: n for n, w in enumerate(often, start=2) if counts[w] >= 3}
        weights = load_file(MODEL / "model.safetensors")
        of_pieces = weights["embeddings.word_embeddings.weight"]
        of_words = reader.pipeline.vocab.get_vector
        tables = [
            torch.stack([of_pieces[pieces.of(word)].mean(0) for word in self.words]),
            torch.from_numpy(np.stack([of_words(word) for word in self.words])),
        ]
        self.vectors = torch.cat([_components(table) for table in tables], 1)

    def numbers(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """For each word: its number, that of its own vector, and its features."""
        rows = []
        for word in words:
            number, *features = word_features(word, self.known)
            rows.append((number, self.own.get(normal(word), UNKNOWN), *features))
        return rows


def _components(vectors: Tensor) -> Tensor:
    """Their first principal components; two rows of zeros for words without one."""
    vectors = vectors - vectors.mean(0)
    vectors /= vectors.norm(dim=1, keepdim=True).clamp_min(1e-6)
    axes = torch.linalg.svd(vectors[:15000], full_matrices=False)[2]
    vectors = vectors @ axes[:VECTOR].T
    return torch.cat([torch.zeros(2, VECTOR), vectors / vectors.std() * 0.6])


class Layer(nn.Module):
    """See ``Layer`` in ``idlibkit/agency/network.py``."""

    def __init__(self, has_window: bool) -> None:
        super().__init__()
        self.has_window = has_window
        self.mix = nn.Linear((3 if has_window else 1) * WIDTH, 2 * WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        with torch.no_grad():
            self.mix.bias[:WIDTH] += 0.5

    def forward(self, states: Tensor, mask: Tensor, drop: nn.Module) -> Tensor:
        seen = states
        if self.has_window:
            none = torch.zeros_like(states[:, :1])
            before = torch.cat([none, states[:, :-1]], 1)
            behind = torch.cat([states[:, 1:], none], 1)
            seen = torch.cat([states, before, behind], -1)
        keep, new = self.mix(seen).chunk(2, -1)
        keep = torch.sigmoid(keep) * mask
        new = torch.relu(new) * (mask - keep)
        half = WIDTH // 2

        def turned(values: Tensor) -> Tensor:
            return torch.cat([values[..., :half], values[..., half:].flip(1)], -1)

        state, out = torch.zeros_like(new[:, 0]), []
        for kept, added in zip(
            turned(keep).unbind(1), turned(new).unbind(1), strict=True
        ):
            state = kept * state + added
            out.append(state)
        return self.norm(states + drop(turned(torch.stack(out, 1)))) * mask


class Student(nn.Module):
    def __init__(self, words: Vocabulary, n_tags: int, n_relations: int):
        super().__init__()
        self.vector = nn.Embedding.from_pretrained(words.vectors, freeze=True)
        self.own_vector = nn.Embedding(len(words.own) + 2, OWN)
        nn.init.normal_(self.own_vector.weight, std=0.1)
        self.tables = nn.ModuleList(map(nn.Embedding, TABLE_SIZES, TABLE_WIDTHS))
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.inputs = nn.Linear(2 * VECTOR + OWN + sum(TABLE_WIDTHS), WIDTH)
        self.layers = nn.ModuleList(map(Layer, WINDOWS))
        self.tag = nn.Linear(WIDTH, n_tags)
        self.root = nn.Parameter(torch.zeros(1, 1, WIDTH))
        self.head, self.own = nn.Linear(WIDTH, 96), nn.Linear(WIDTH, 96)
        self.pair = nn.Parameter(torch.randn(97, 96) * 0.05)
        self.distance = nn.Parameter(torch.zeros(2 * FURTHEST + 1))
        self.relation_head, self.relation_own = (nn.Linear(WIDTH, 96) for _ in "12")
        self.relation = nn.Linear(96, n_relations)
        self.drop = nn.Dropout(0.2)

    def forward(self, numbers: Tensor, present: Tensor):
        word, own, *rest = numbers.unbind(-1)
        if self.training:  # to learn what to make of words that nobody knows
            own = torch.where(torch.rand(own.shape) < 0.1, UNKNOWN, own)
            word = torch.where(torch.rand(word.shape) < 0.03, UNKNOWN, word)
        tables = [table(n) for table, n in zip(self.tables, rest, strict=True)]
        seen = torch.cat([self.vector(word), self.own_vector(own), *tables], -1)
        mask = present[..., None].float()
        states = torch.relu(self.inputs(self.drop(seen))) * mask
        for layer in self.layers:
            states = layer(states, mask, self.drop)
        states = self.drop(states)
        rooted = torch.cat([self.root.expand(len(states), 1, -1), states], 1)
        heads = self.drop(torch.relu(self.head(rooted)))
        own_side = self.drop(torch.relu(self.own(states)))
        scores = (own_side @ self.pair[:-1] + self.pair[-1]) @ heads.transpose(1, 2)
        places = torch.arange(states.shape[1])
        apart = (places[None] - places[:, None]).clamp(-FURTHEST, FURTHEST) + FURTHEST
        scores = scores + nn.functional.pad(self.distance[apart], (1, 0))
        there = torch.cat([torch.ones_like(present[:, :1]), present], 1)
        scores = scores.masked_fill(~there[:, None, :], -1e9)
        sides = self.relation_head(rooted), self.relation_own(states)
        return self.tag(states), scores, *sides

    def relations(self, head_side: Tensor, own_side: Tensor, heads: Tensor) -> Tensor:
        row = torch.arange(len(heads))[:, None]
        return self.relation(self.drop(torch.relu(head_side[row, heads] + own_side)))


def inputs_of(words: Vocabulary, sentences: list[list[str]]) -> tuple[Tensor, Tensor]:
    return padded([words.numbers(row) for row in sentences]), present_of(sentences)


def probabilities(
    examples: list[Example], n: int, n_relations: int
) -> tuple[Tensor, Tensor]:
    """What is to be learned of heads and of the relations to them: the teacher's
    probabilities, or what the treebank has.
    """
    heads = np.zeros((len(examples), n, n + 1), np.float32)
    relations = np.zeros((len(examples), n, n_relations), np.float32)
    for row, one in enumerate(examples):
        size = len(one)
        if one.heads is None:
            heads[row, np.arange(size), one.head] = 1
            relations[row, np.arange(size), one.relations] = 1
        else:
            heads[row, :size, : size + 1] = one.heads
            relations[row, :size] = one.relations_sure
    return torch.from_numpy(heads), torch.from_numpy(relations)


def loss_of(model: Student, words: Vocabulary, some: list[Example]) -> Tensor:
    inputs = inputs_of(words, [one.words for one in some])
    present = inputs[1]
    tags, head, _ = gold_of(some)
    weight = torch.tensor([one.weight for one in some])[:, None].expand(present.shape)
    weight = weight[present] / weight[present].sum()
    tag, scores, *sides = model(*inputs)
    named = model.relations(*sides, head)
    surprise = 0.5 * nn.functional.cross_entropy(
        tag[present], tags[present], reduction="none"
    )
    wanted = probabilities(some, present.shape[1], named.shape[-1])
    for gold, found in zip(wanted, (scores, named), strict=True):
        logs = found.log_softmax(-1).clamp_min(-30)
        surprise = surprise - (gold * logs).sum(-1)[present]
    return (surprise * weight).sum()


def train(
    model: Student,
    words: Vocabulary,
    data: list[Example],
    bank: Treebank,
    epochs: int,
    out: Path,
) -> None:
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, 3e-3, betas=(0.9, 0.98), weight_decay=0.02)
    sizes = [len(one) for one in data]
    steps = epochs * (len(batches(sizes, BATCH)) + 2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 3e-3, steps, pct_start=0.08
    )
    begun = time.time()
    for epoch in range(epochs):
        model.train()
        for rows in batches(sizes, BATCH):
            some = [as_headline(data[row], bank.relations) for row in rows]
            loss = loss_of(model, words, some)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 2.0)
            optimizer.step()
            schedule.step()
        print(epoch, measured(model, words, bank), f"{time.time() - begun:.0f} s")
        write(model, words, bank, out)


@torch.no_grad()
def measured(model: Student, words: Vocabulary, bank: Treebank) -> str:
    model.eval()
    found = []
    for one in bank.held_back:
        tag, scores, *sides = model(*inputs_of(words, [one.words]))
        heads = without_circles(scores.argmax(-1)[0].tolist(), scores[0].numpy())
        relations = model.relations(*sides, torch.tensor([heads])).argmax(-1)
        tags = tag.argmax(-1)[0].tolist()
        found.append(Example(one.words, tags, heads, relations[0].tolist()))
    return accuracy(bank.held_back, found)


def write(model: Student, words: Vocabulary, bank: Treebank, out: Path) -> None:
    """The arrays that ``idlibkit/agency/network.py`` reads; matrices as whole numbers
    of one byte, with one scale for each column. What the first layer makes of each
    word and feature is worked out beforehand.
    """
    arrays: dict[str, Any] = {
        "known": np.frombuffer("\n".join(words.words).encode(), np.uint8),
        "tags": np.array(bank.tags),
        "relations": np.array(bank.relations),
    }

    def put(name: str, value: Tensor) -> None:
        array = value.detach().float().numpy()
        if array.ndim == 2:
            scale = np.abs(array).max(0) / 127 + 1e-12
            arrays[f"{name}.scale"] = scale.astype(np.float32)
            array = np.round(array / scale).astype(np.int8)
        arrays[name] = array

    widths = [2 * VECTOR, OWN, *TABLE_WIDTHS]
    of_vector, of_own, *of_tables = model.inputs.weight.split(widths, dim=1)
    own = [UNKNOWN, UNKNOWN, *(words.own.get(word, UNKNOWN) for word in words.words)]
    of_words = model.vector.weight @ of_vector.T + model.inputs.bias
    put("table.0", of_words + model.own_vector.weight[own] @ of_own.T)
    for n, (table, weight) in enumerate(zip(model.tables, of_tables, strict=True), 1):
        put(f"table.{n}", table.weight @ weight.T)
    for n, layer in enumerate(model.layers):
        parts = layer.mix.weight.T.split(WIDTH)
        for name, part in zip(("here", "before", "behind"), parts, strict=False):
            put(f"layer.{n}.{name}", part)
        put(f"layer.{n}.bias", layer.mix.bias)
        put(f"layer.{n}.scale_", layer.norm.weight)
        put(f"layer.{n}.shift", layer.norm.bias)
    for name in ("tag", "head", "own", "relation_head", "relation_own", "relation"):
        put(name, getattr(model, name).weight.T)
        put(f"{name}_bias", getattr(model, name).bias)
    put("pair", model.pair)
    put("distance", model.distance)
    put("root", model.root[0, 0])
    np.savez_compressed(out, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("--parsed", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--most", type=int, help="sentences of each kind, for a try")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    bank = Treebank.read(options.treebank)
    del bank.learned[options.most or len(bank.learned) :]
    parsed = pickle.loads(options.parsed.read_bytes())[: options.most]
    sentences = [one.words for one in [*bank.learned, *parsed]]
    words = Vocabulary(sentences)
    model = Student(words, len(bank.tags), len(bank.relations))
    data = [*bank.learned, *bank.learned, *parsed]
    train(model, words, data, bank, options.epochs, options.out)


if __name__ == "__main__":
    main()
