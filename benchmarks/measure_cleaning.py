"""Measure idlibkit.cleaning.lines on a set of pages with known article bodies.

    python benchmarks/measure_cleaning.py FOLDER

FOLDER holds `pages/*.txt` (news pages as plain text) and `gold.json` (name of the page to article body), as made from
Scrapinghub's article-extraction-benchmark (MIT). Prints precision, recall and F1 over shingles of four words, as that
benchmark defines them (means over pages), with a 95 % interval from resampling whole pages.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from idlibkit.cleaning import lines


def shingles(text: str, n: int = 4) -> Counter:
    words = re.findall(r"\w+", text)
    return Counter(
        tuple(words[i : i + n])
        for i in range(max(1, len(words) - n + 1))
        if words[i : i + n]
    )


def page_scores(predicted: dict[str, str], gold: dict[str, str]) -> pd.DataFrame:
    """precision and recall of each page; missing where nothing was predicted, or nothing is there to find."""
    rows = {}
    for name, body in gold.items():
        true, found = shingles(body), shingles(predicted.get(name, ""))
        hit = sum((true & found).values())
        rows[name] = (
            hit / sum(found.values()) if found else np.nan,
            hit / sum(true.values()) if true else np.nan,
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["precision", "recall"])


def f1(scores: pd.DataFrame) -> float:
    p, r = scores.mean()
    return 2 * p * r / (p + r)


def main(folder: str) -> None:
    root = Path(folder)
    gold = json.loads((root / "gold.json").read_text(encoding="utf-8"))
    pages = {
        path.stem: path.read_bytes().decode("utf-8")
        for path in sorted((root / "pages").glob("*.txt"))
    }
    found = lines(
        pd.DataFrame({"article_id": list(pages), "raw": list(pages.values())})
    )
    body = (
        found[found["role"].isin(["body", "heading"])]
        .groupby("article_id")["text"]
        .agg("\n".join)
    )
    scores = page_scores(body.to_dict(), gold)
    rng = np.random.default_rng(0)
    draws = [
        f1(scores.iloc[rng.integers(0, len(scores), len(scores))]) for _ in range(2000)
    ]
    low, high = np.quantile(draws, [0.025, 0.975])
    p, r = scores.mean()
    print(
        f"{len(scores)} pages: F1 {f1(scores):.3f} [{low:.3f}, {high:.3f}], precision {p:.3f}, recall {r:.3f}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/measure_cleaning.py FOLDER")
    main(sys.argv[1])
