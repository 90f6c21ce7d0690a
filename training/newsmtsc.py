"""Read NewsMTSC (Hamborg & Donnay 2021, MIT): news sentences with targets and what
readers found the tone toward them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def read(path: str | Path) -> list[dict]:
    """One row per target: text, start, end, label (0 negative, 1 neutral, 2 positive)
    and part (train, dev or test).
    """
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
    """The same part for all sentences of an article; of AllSides, for all articles on
    one event, which share quotes.

    Ids read ``polusa_v1_<article>_...`` and ``allsides_<article>_<event>_...``.
    """
    source, _, group, *_ = gid.split("_")
    share = int(hashlib.sha1(f"{source}_{group}".encode()).hexdigest(), 16) % 100
    return "test" if share < 12 else "dev" if share < 24 else "train"
