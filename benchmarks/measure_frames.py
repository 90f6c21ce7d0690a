"""How often the indicators of `frames` agree with a reader.

    python benchmarks/measure_frames.py path/to/pac.jsonl [mend]

pac.jsonl: one article a line with `outlet`, `title`, `text`. 200 paragraphs of it were
coded by hand, twice (coded_frames.csv, places and codes only). The patterns were mended
on one half ("mend"); figures are of the other. Alpha is of the two readings, over all
200. A paragraph counts for a frame where both readings agree on it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

import idlibkit as ik
from idlibkit.trust.reliability import krippendorff_alpha, wilson_interval

CODED = Path(__file__).with_name("coded_frames.csv")
FRAMES = {
    "c": "conflict",
    "h": "human_interest",
    "r": "responsibility",
    "e": "economic_consequences",
    "m": "morality",
}


def paragraphs(path: Path) -> dict[tuple[str, int], str]:
    """The text of each line of each article, by the article's hash and its number."""
    texts: dict[tuple[str, int], str] = {}
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        whole = "\n".join(article[key] for key in ("outlet", "title", "text"))
        name = hashlib.sha256(whole.encode()).hexdigest()[:16]
        for number, text in enumerate(article["text"].split("\n")):
            texts[name, number] = text
    return texts


def coded(path: Path) -> pd.DataFrame:
    """The coded paragraphs with their text and the frames that are found in them."""
    table = pd.read_csv(CODED, comment="#")
    texts = paragraphs(path)
    keys = zip(table["article"], table["paragraph"], strict=True)
    table["text"] = [texts[key] for key in keys]
    passages = pd.DataFrame(
        {
            "article_id": table.index.astype(str),
            "outlet": "A",
            "voice": "own",
            "speaker": None,
            "start": 0,
            "text": table["text"],
        }
    )
    found = ik.frames(passages)
    shown = found.groupby("article_id")["frame"].agg(set)
    table["found"] = [shown.get(name, set()) for name in passages["article_id"]]
    return table


def rows(table: pd.DataFrame, half: str) -> Iterator[dict[str, object]]:
    for letter, frame in FRAMES.items():
        codes = pd.DataFrame(
            {name: table[name].str.contains(letter) for name in ("first", "second")}
        )
        part = codes[table["half"] == half]
        found = table["found"].map(lambda frames, frame=frame: frame in frames)
        agreed = part["first"] == part["second"]
        gold, shown = part["first"][agreed], found[part.index][agreed]
        right, n_found, n_gold = (gold & shown).sum(), shown.sum(), gold.sum()
        answers = gold[shown].to_numpy(float)
        precision, low, high = wilson_interval(answers, np.ones(len(answers)))
        yield {
            "frame": frame,
            "alpha": krippendorff_alpha(codes),
            "coded": n_gold,
            "found": n_found,
            "precision": precision,
            "low": low,
            "high": high,
            "recall": right / n_gold if n_gold else float("nan"),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("half", nargs="?", default="judge", choices=["judge", "mend"])
    options = parser.parse_args()
    table = pd.DataFrame(rows(coded(options.path), options.half))
    print(table.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
