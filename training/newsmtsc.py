"""Read NewsMTSC (Hamborg & Donnay 2021, MIT): news sentences with targets and what readers found the tone toward them."""

from __future__ import annotations

import hashlib
import json
import random
import re
from pathlib import Path

OTHER = 3  # further targets of one sentence, at most
_WORD = r"(?:(?:[A-Z]|Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|St)\. ?)*[A-Z][\w&-]+"
NAME = rf"(?<![\w@#]){_WORD}(?: (?:of |the |and |for )?{_WORD}){{0,4}}"
PRONOUN = r"\b(?:he|she|they|we|I|it|him|her|them|us|his|their|our|its|who)\b"
NOUN = r"(?<=\b[tT]he )[a-z]{4,}|(?<=\b[hH]is )[a-z]{4,}|(?<=\b[hH]er )[a-z]{4,}|(?<=\b[tT]heir )[a-z]{4,}|\b[a-z]+(?:ers|ors|ists|ians|ants|ents|men|people)\b"
MENTION = re.compile(f"{NAME}|{PRONOUN}|{NOUN}")
CLAUSE = re.compile(r"[,;:–—]\s+|\s-+\s|\s(?=(?:and|but|while|because|although|after|who|which|that|when|if) )")
_NO_MENTION = (
    "a an and as at but by for from how if in into is no not now of on one or so than that the then there these this "
    "those to was what when where which while why with yes after also although because before during even just like "
    "more most only some since such though under until still yet many both all last every another here "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december first same other former second third most next past entire whole own"
)
NO_MENTION = frozenset(_NO_MENTION.split())


def read(path: str | Path) -> list[dict]:
    """One row per target: text, start, end, label (0 negative, 1 neutral, 2 positive) and part (train, dev or test)."""
    rows = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        for target in sentence["targets"]:
            rows.append(
                {
                    "text": sentence["sentence_normalized"],
                    "start": target["from"],
                    "end": target["to"],
                    "label": int(target["polarity"]) // 2 - 1,
                    "part": part(sentence["primary_gid"]),
                }
            )
    return rows


def part(gid: str) -> str:
    """The same part for all sentences of an article; of AllSides, for all articles on one event, which share quotes.

    Ids read ``polusa_v1_<article>_...`` and ``allsides_<article>_<event>_...``.
    """
    source, _, group, *_ = gid.split("_")
    share = int(hashlib.sha1(f"{source}_{group}".encode()).hexdigest(), 16) % 100
    return "test" if share < 12 else "dev" if share < 24 else "train"


def further(rows: list[dict], seed: int = 0) -> list[dict]:
    """Targets nobody has judged, for teachers to judge: in each sentence of `rows` up to OTHER other names, pronouns and
    nouns, and each judged target once more with only a part of its sentence."""
    rng = random.Random(seed)
    taken: dict[str, list[tuple[int, int]]] = {}
    for row in rows:
        taken.setdefault(row["text"], []).append((row["start"], row["end"]))
    out = []
    for text, spans in taken.items():
        found = [m.span() for m in MENTION.finditer(text) if m[0].casefold() not in NO_MENTION]
        found = [(s, e) for s, e in found if all(e <= start or end <= s for start, end in spans)]
        out += [{"text": text, "start": s, "end": e} for s, e in sorted(rng.sample(found, min(OTHER, len(found))))]
    for row in rows:
        text, start, end = row["text"], row["start"], row["end"]
        left = [0, *(m.end() for m in CLAUSE.finditer(text) if m.end() <= start)]
        right = [*(m.start() for m in CLAUSE.finditer(text) if m.start() >= end), len(text)]
        left, right = rng.choice(left), rng.choice(right)
        if 20 <= right - left < len(text):
            out.append({"text": text[left:right], "start": start - left, "end": end - left})
    return out
