"""Go on from the shipped model: teach it contrasts, let it keep the rest.

    python training/retrain.py train.jsonl --from tone-before.onnx --out build/again
    python training/retrain.py train.jsonl --from tone-before.onnx --out build/again \\
        --keep 0.7

The weights of the file given are made float again. Learned are pairs of sentences that
are certain by construction (contrasts.py), the readers' answers, and the model's own
answers of before for sentences that nobody has judged, so that nothing else moves. Then
the weights of before and after are mixed in shares, each with its figures on dev;
`--keep` exports one share. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from contrasts import contrasts, denied
from newsmtsc import read
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import nn
from train_tone import (
    BASE,
    BATCH,
    SMOOTHING,
    TARGET,
    TRUST,
    Tone,
    batches,
    check,
    export,
    macro_f1,
    one_cycle,
    padded,
    predict,
    quantise,
    step,
)
from transformers import BertConfig
from unjudged import WORD, further, made, neighbours

from idlibkit.tone.model import encode

TOKENIZER = Path(__file__).parents[1] / "idlibkit" / "models" / "tone-tokenizer.json"
PAIRS, DEV_PAIRS, DENIED = 9_000, 300, 400
# Targets that nobody has judged: of those in the learning part's own sentences, and in
# made ones.
FURTHER, MADE = 5_000, 4_000
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
# Linear layers in the order in which the exported graph has their weights.
LINEAR = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip


@dataclass(slots=True)
class Goals:
    """What is learned: codes; for each the probabilities of the three classes or, where
    `certain`, 1 for each class that may be.
    """

    codes: list[list[int]]
    shares: torch.Tensor
    certain: torch.Tensor


# ---------------------------------------------------------------- the model of before
def shipped(path: Path, tokenizer: Tokenizer) -> Tone:
    """The model in the file, its int8 weights as float."""
    config = BertConfig.from_pretrained(
        str(BASE), hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    config.vocab_size = tokenizer.get_vocab_size()
    model = Tone(config, tokenizer.token_to_id(TARGET), tokenizer.token_to_id("[MASK]"))
    model.load_state_dict(
        {
            name: torch.tensor(np.ascontiguousarray(value))
            for name, value in weights_of(path).items()
        },
        strict=False,
    )
    return model


def weights_of(path: Path) -> dict[str, np.ndarray]:
    """The weights in an exported file by their names in the model; the graph names its
    matrices by number, in the order of the layers.
    """
    found = {
        tensor.name: numpy_helper.to_array(tensor)
        for tensor in onnx.load(path).graph.initializer
    }
    whole = {
        name.removesuffix("_scale"): found[name.removesuffix("_scale")] * scale
        for name, scale in found.items()
        if name.endswith("_scale")
    }
    numbered = sorted(
        (name for name in whole if re.fullmatch(r"val_\d+", name)),
        key=lambda name: int(name[4:]),
    )
    named = {
        name: whole.get(name, value)
        for name, value in found.items()
        if re.match(r"(?:bert|out)\.(?!.*(?:_scale|position_ids)$)", name)
    }
    for i, name in enumerate(numbered):
        layer, part = divmod(i, len(LINEAR))
        named[f"bert.encoder.layer.{layer}.{LINEAR[part]}.weight"] = whole[name].T
    return named


# ---------------------------------------------------------------- what is learned
def codes_of(tokenizer: Tokenizer, rows: list[dict]) -> list[list[int]]:
    return encode(
        tokenizer,
        [row["text"] for row in rows],
        [(row["start"], row["end"]) for row in rows],
    )


def not_judged(rows: list[dict], model: Tone, tokenizer: Tokenizer) -> list[dict]:
    """As unjudged.py has them, with words that are like by this model's embeddings."""
    words = {word.lower() for row in rows for word in WORD.findall(row["text"])}
    vectors = model.bert.embeddings.word_embeddings.weight.detach().numpy()
    own = random.Random(0).sample(further(rows), FURTHER)
    return own + made(rows, neighbours(tokenizer, vectors, words), MADE)


def goals(learn: list[dict], model: Tone, tokenizer: Tokenizer, seed: int) -> Goals:
    """Judged targets with the mean of the readers' answer and the model's own, others
    with its own alone, and contrasts.
    """
    known = codes_of(tokenizer, learn + not_judged(learn, model, tokenizer))
    shares = torch.tensor(predict(model, known))
    labels = nn.functional.one_hot(torch.tensor([row["label"] for row in learn]), 3)
    labels = labels * (1 - SMOOTHING) + SMOOTHING / 3
    shares[: len(learn)] = (1 - TRUST) * labels + TRUST * shares[: len(learn)]
    sure = contrasts(PAIRS, "train", seed) + denied(learn, DENIED)
    allowed = torch.tensor([row["allowed"] for row in sure]).float()
    print(f"{len(known)} to keep, {len(sure)} contrasts", flush=True)
    return Goals(
        codes=known + codes_of(tokenizer, sure),
        shares=torch.cat([shares, allowed]),
        certain=torch.arange(len(known) + len(sure)) >= len(known),
    )


# ---------------------------------------------------------------- learning
def train(model: Tone, learned: Goals, args: argparse.Namespace) -> None:
    """AdamW, one cycle to the rate given. Word embeddings stay: else the words of
    contrasts would move and those near them would not.
    """
    model.bert.embeddings.requires_grad_(False)
    live = [weights for weights in model.parameters() if weights.requires_grad]
    steps = args.epochs * math.ceil(len(learned.codes) / BATCH)
    optimiser, schedule = one_cycle(live, args.rate, steps)
    lengths = [len(code) for code in learned.codes]
    for epoch in range(args.epochs):
        seed = 1000 * args.seed + epoch
        torch.manual_seed(seed)
        model.train()
        began, total = time.time(), 0.0
        for rows in batches(lengths, BATCH, seed):
            ids = padded([learned.codes[i] for i in rows])
            with torch.autocast("cpu", torch.bfloat16):
                answer = model(ids)
            loss = distance(
                answer.float().log_softmax(1),
                learned.shares[rows],
                learned.certain[rows],
            )
            step(loss, live, optimiser, schedule)
            total += loss.item() * len(rows)
        took = time.time() - began
        loss = total / len(lengths)
        print(f"epoch {epoch + 1}: loss {loss:.4f}, {took:.0f} s", flush=True)


def distance(
    answer: torch.Tensor, shares: torch.Tensor, certain: torch.Tensor
) -> torch.Tensor:
    """Cross-entropy; where `certain`, minus the logarithm of the probability that it is
    one of the classes that may be.
    """
    soft = -(shares * answer).sum(1)
    one_of = -torch.logsumexp(answer + shares.clamp_min(1e-9).log(), 1)
    return torch.where(certain, one_of, soft).mean()


def mixed(before: dict, runs: list[dict], share: float) -> dict:
    """Weights between those of before and the mean of the runs' (WiSE-FT: Wortsman et
    al. 2022).
    """
    return {
        name: torch.lerp(old, torch.stack([run[name] for run in runs]).mean(0), share)
        if old.is_floating_point()
        else old
        for name, old in before.items()
    }


# ---------------------------------------------------------------- choosing
def on_dev(model: Tone, rows: list[dict], tokenizer: Tokenizer) -> str:
    """Figures on the judged targets and on the templates that are left for choices."""
    gold = np.array([row["label"] for row in rows])
    found = predict(model, codes_of(tokenizer, rows))
    log = -np.log(found[np.arange(len(gold)), gold] + 1e-9).mean()
    pairs = contrasts(DEV_PAIRS, "dev")
    negative = np.array([row["allowed"][0] == 1 for row in pairs])
    read_negative = predict(model, codes_of(tokenizer, pairs)).argmax(1) == 0
    return (
        f"dev {macro_f1(gold, found.argmax(1)):.4f}, log-likelihood {-log:.4f};"
        f" contrasts: negative {read_negative[negative].mean():.3f},"
        f" other {1 - read_negative[~negative].mean():.3f}"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="train.jsonl of NewsMTSC")
    parser.add_argument(
        "--from", type=Path, dest="before", required=True, help="tone.onnx of before"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the runs")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=float, help="share of the new weights to export")
    return parser.parse_args()


def main() -> None:
    args = arguments()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    torch.set_num_threads(1)
    parts = {"train": [], "dev": [], "test": []}
    for row in read(args.data):
        parts[row["part"]].append(row)
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    model = shipped(args.before, tokenizer)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    print(f"before: {on_dev(model, parts['dev'], tokenizer)}", flush=True)
    if args.keep is None:
        train(model, goals(parts["train"], model, tokenizer, args.seed), args)
        torch.save(model.state_dict(), args.out / f"run-{args.seed}.pt")
    runs = [torch.load(path) for path in sorted(args.out.glob("run-*.pt"))]
    for share in SHARES if args.keep is None else [args.keep]:
        model.load_state_dict(mixed(before, runs, share))
        figures = on_dev(model, parts["dev"], tokenizer)
        print(f"{len(runs)} runs, share {share}: {figures}", flush=True)
    if args.keep is not None:
        float_file, file = args.out / "tone-float.onnx", args.out / "tone.onnx"
        export(model, float_file)
        quantise(float_file, file)
        codes = codes_of(tokenizer, parts["test"])
        check(model, float_file, file, parts["test"], codes)


if __name__ == "__main__":
    main()
