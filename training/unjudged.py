"""Targets that nobody has judged, for the teachers to judge; from the learning part of
the training set alone.

    python training/unjudged.py train.jsonl --out build/unjudged.json
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path

import numpy as np
from newsmtsc import read
from tokenizers import Tokenizer

MADE = 120_000  # targets in made sentences
OTHER = 3  # further targets of one sentence, at most
_WORD = r"(?:(?:[A-Z]|Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|St)\. ?)*[A-Z][\w&-]+"
NAME = rf"(?<![\w@#]){_WORD}(?: (?:of |the |and |for )?{_WORD}){{0,4}}"
PRONOUN = r"\b(?:he|she|they|we|I|it|him|her|them|us|his|their|our|its|who)\b"
NOUN = (
    r"(?<=\b[tT]he )[a-z]{4,}|(?<=\b[hH]is )[a-z]{4,}|(?<=\b[hH]er"
    r" )[a-z]{4,}|(?<=\b[tT]heir"
    r" )[a-z]{4,}|\b[a-z]+(?:ers|ors|ists|ians|ants|ents|men|people)\b"
)
MENTION = re.compile(f"{NAME}|{PRONOUN}|{NOUN}")
CLAUSE = re.compile(
    r"[,;:–—]\s+|\s-+\s"
    r"|\s(?=(?:and|but|while|because|although|after|who|which|that|when|if) )"
)
_NO_MENTION = (
    "a an and as at but by for from how if in into is no not now of on one or so than"
    " that the then there these this those to was what when where which while why with"
    " yes after also although because before during even just like more most only some"
    " since such though under until still yet many both all last every another here"
    " monday tuesday wednesday thursday friday saturday sunday january february march"
    " april may june july august september october november december first same other"
    " former second third most next past entire whole own"
)
NO_MENTION = frozenset(_NO_MENTION.split())

# A word is replaced by one of so many that lie nearest to it in the teacher's word
# embeddings.
LIKE = 10
WORD = re.compile(r"(?<![\w@#'’])[^\W\d_]{3,}(?!\w)")
JOINT = (", and ", ", but ", ", while ", "; ", " — ", " as ", " because ", ", ")


def further(rows: list[dict], seed: int = 0) -> list[dict]:
    """Targets nobody has judged, for teachers to judge: in each sentence of `rows` up
    to OTHER other names, pronouns and nouns, and each judged target once more with only
    a part of its sentence."""
    rng = random.Random(seed)
    taken: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        taken.setdefault(row["text"], []).append((row["start"], row["end"]))
    out = []
    for text, spans in taken.items():
        found = [
            (s, e)
            for s, e in _mentions(text)
            if all(e <= start or end <= s for start, end in spans)
        ]
        out += [
            {"text": text, "start": s, "end": e}
            for s, e in sorted(rng.sample(found, min(OTHER, len(found))))
        ]
    for row in rows:
        text, start, end = row["text"], row["start"], row["end"]
        left = [0, *(m.end() for m in CLAUSE.finditer(text) if m.end() <= start)]
        right = [
            *(m.start() for m in CLAUSE.finditer(text) if m.start() >= end),
            len(text),
        ]
        left, right = rng.choice(left), rng.choice(right)
        if 20 <= right - left < len(text):
            out.append(
                {"text": text[left:right], "start": start - left, "end": end - left}
            )
    return out


def _mentions(text: str) -> list[tuple[int, int]]:
    """Where names, pronouns and nouns of people stand that may be a target."""
    return [
        match.span()
        for match in MENTION.finditer(text)
        if match[0].casefold() not in NO_MENTION
    ]


def neighbours(
    tokenizer: Tokenizer, embeddings: np.ndarray, words: set[str]
) -> dict[str, list[str]]:
    """For each word that is one piece of the teacher's vocabulary, the LIKE words
    nearest to it by cosine.
    """
    known = sorted(word for word in words if tokenizer.token_to_id(word) is not None)
    vectors = embeddings[[tokenizer.token_to_id(word) for word in known]]
    vectors = vectors - vectors.mean(0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    out = {}
    for start in range(0, len(known), 1000):
        near = vectors[start : start + 1000] @ vectors.T
        best = np.argpartition(-near, LIKE + 1, axis=1)[:, : LIKE + 1]
        for row, columns in enumerate(best):
            out[known[start + row]] = [
                known[j] for j in sorted(columns) if j != start + row
            ]
    return out


def made(
    rows: list[dict], like: dict[str, list[str]], n: int, seed: int = 0
) -> list[dict]:
    """`n` targets in made sentences: a sentence of `rows` or a clause of it, half of
    them joined to a clause of another, with a share of their words replaced by `like`
    ones, and one of its mentions as the target."""
    rng = random.Random(seed)
    texts = sorted({row["text"] for row in rows})
    out = []
    while len(out) < n:
        text = rng.choice(texts)
        if rng.random() < 0.5:
            pieces = [_clause(rng, text), _clause(rng, rng.choice(texts))]
            rng.shuffle(pieces)
            text = pieces[0].rstrip(" .,;:") + rng.choice(JOINT) + pieces[1]
        share = rng.choice((0.0, 0.1, 0.2, 0.3))
        text = _reworded(rng, text, like, share)
        found = _mentions(text)
        if found and 20 <= len(text) <= 400:
            start, end = rng.choice(found)
            out.append({"text": text, "start": start, "end": end})
    return out


def _clause(rng: random.Random, text: str) -> str:
    """A run of a sentence's clauses."""
    cuts = [0, *(m.end() for m in CLAUSE.finditer(text)), len(text)]
    start = rng.randrange(len(cuts) - 1)
    end = rng.randrange(start + 1, len(cuts))
    piece = text[cuts[start] : cuts[end]]
    return piece if len(piece) >= 20 else text


def _reworded(
    rng: random.Random, text: str, like: dict[str, list[str]], share: float
) -> str:
    return WORD.sub(
        lambda match: _other(rng, match[0], like) if rng.random() < share else match[0],
        text,
    )


def _other(rng: random.Random, word: str, like: dict[str, list[str]]) -> str:
    new = rng.choice(like.get(word.lower(), [word]))
    return new.capitalize() if word[0].isupper() and word[1:].islower() else new


def main() -> None:
    from teacher import base, tokenizer_from
    from transformers import MPNetModel

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="train.jsonl of NewsMTSC")
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help="file to write; the teacher's base is unpacked beside it",
    )
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    rows = [row for row in read(args.data) if row["part"] == "train"]
    folder = base(args.out.parent)
    embeddings = MPNetModel.from_pretrained(
        folder, add_pooling_layer=False
    ).embeddings.word_embeddings.weight
    words = {word.lower() for row in rows for word in WORD.findall(row["text"])}
    like = neighbours(tokenizer_from(folder), embeddings.detach().numpy(), words)
    args.out.write_text(
        json.dumps(further(rows) + made(rows, like, MADE)), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
