"""Sentences in pairs, one negative toward its target and one not, from the templates in
contrasts.toml: what is said is certain by construction.
"""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path

__all__ = ["contrasts", "denied"]

TEMPLATES = Path(__file__).with_suffix(".toml")
# Columns of the lists in [words] that have the forms of a verb.
FORMS = {
    "do": ("do", "did", "doing", "done"),
    "good": ("help", "helped", "helping", "helpedpp"),
    "blame": ("blame", "blamed", "blaming", "blamedpp"),
    "praise": ("praise", "praised", "praising", "praisedpp"),
    "harm": ("harm", "harmed", "harming", "harmedpp"),
}
NEGATIVE, NOT_NEGATIVE, POSITIVE = (1, 0, 0), (0, 1, 1), (0, 0, 1)
# Every so many a template is left for choices.
DEV = 6
FRAMED = 0.6  # share of sentences with something before or after
PLURAL = {"was": "were", "is": "are", "has": "have", "does": "do", "isn't": "aren't",
          "doesn't": "don't", "says": "say",
          "lacks": "lack", "denies": "deny", "admits": "admit", "faces": "face",
          "owes": "owe", "concedes": "concede", "stands": "stand",
          "calls": "call", "gives": "give", "wants": "want"}  # fmt: skip
_OPENERS = (
    "The A An In On At But And His Her Their He She They We It One Some That This After"
    " As Even So Former Most Many"
)
OPENERS = frozenset(_OPENERS.split())
DENIALS = (
    "It is not true that {}", "The claim that {} is false", "It is a lie that {}",
    "There is no evidence that {}", "No one believes that {}",
    "The inquiry found nothing to show that {}", "It was never proven that {}",
)  # fmt: skip


def contrasts(n: int, part: str, seed: int = 0) -> list[dict]:
    """`n` pairs: text, start, end, kind, pair and `allowed`, 1 for each of negative,
    neutral and positive that the sentence may be.

    Templates of the part "dev" are not in "train".
    """
    rng = random.Random(seed)
    data = tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))
    pairs = [
        pair
        for i, pair in enumerate(data["pairs"])
        if (i % DEV == DEV - 1) == (part == "dev")
    ]
    out = []
    for number in range(n):
        pair = pairs[number % len(pairs)]
        target = rng.choice(data["targets"][rng.choice(sorted(data["targets"]))])
        drawn = _drawn(rng, data["words"]) | {"its": target[1]}
        frame = _frame(rng, data["around"])
        positive = pair.get("is") == "positive"
        for side, allowed in (
            ("negative", NEGATIVE),
            ("other", POSITIVE if positive else NOT_NEGATIVE),
        ):
            row = _filled(rng, pair[side], drawn, frame, target)
            out.append(row | {"kind": pair["kind"], "pair": number, "allowed": allowed})
    return out


def _drawn(rng: random.Random, words: dict) -> dict[str, str]:
    """Two rows of each list, by the names of its columns; the second's end in 2."""
    drawn = {}
    for name, rows in words.items():
        forms = FORMS.get(name, (name,))
        first, second = rng.sample(rows, 2)
        drawn |= zip(forms, first, strict=True)
        drawn |= zip((f"{form}2" for form in forms), second, strict=True)
    return drawn


def _frame(rng: random.Random, around: dict) -> tuple[str, str]:
    if rng.random() > FRAMED:
        return "", ""
    before, after = rng.choice(around["before"]), rng.choice(around["after"])
    return rng.choice([(before, ""), ("", after)])


def _filled(
    rng: random.Random, text: str, drawn: dict, frame: tuple[str, str], target: list
) -> dict:
    """The template with its words, its frame and its target, and where that stands."""
    name, _, number = target
    text = re.sub(r"\(([^()]*)\)", lambda m: rng.choice(m[1].split("|")), text)
    text = re.sub(r"\[(\w+)\]", lambda m: drawn[m[1]], text)
    if name[0].islower():
        text = text.replace("{}", "the {}")
    if number == 2:
        text = re.sub(r"(?<=\{\} )\w+", lambda m: PLURAL.get(m[0], m[0]), text)
    before, after = frame
    if before and re.match("A |[A-Z][a-z]", text):
        text = text[0].lower() + text[1:]
    elif not before:
        text = text[0].upper() + text[1:]
    end = text[-1] if text[-1] in ".?" else ""
    text = before + text.removesuffix(end) + after + end
    start = text.index("{}")
    return {
        "text": text.replace("{}", name), "start": start, "end": start + len(name)
    }  # fmt: skip


def denied(rows: list[dict], n: int, seed: int = 0) -> list[dict]:
    """`n` short sentences that readers found negative, said not to be so: not
    negative any more.
    """
    rng = random.Random(seed)
    short = [
        row
        for row in rows
        if row["label"] == 0
        and 25 <= len(row["text"]) <= 130
        and not re.search(
            r"[\"“”?!:;]|, |\b(?:not?|never|n[o']t|says?|said)\b", row["text"]
        )
    ]
    out = []
    for row in rng.sample(short, min(n, len(short))):
        before, after = rng.choice(DENIALS).split("{}")
        text = row["text"].rstrip(" .")
        if row["start"] and text.split()[0] in OPENERS:
            text = text[0].lower() + text[1:]
        out.append(
            {
                "text": before + text + after + ".",
                "start": row["start"] + len(before),
                "end": row["end"] + len(before),
                "kind": "denied",
                "allowed": NOT_NEGATIVE,
            }
        )
    return out
