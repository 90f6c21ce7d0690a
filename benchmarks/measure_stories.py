"""How well `stories` puts articles of one event together, and how its time grows.

    python benchmarks/measure_stories.py path/to/pac.jsonl
    python benchmarks/measure_stories.py --growth 16000

pac.jsonl: one article a line with `story`, `outlet`, `published`, `title`, `text`. The
rules were made on the half of the stories of which the MD5 of the name is even; the
other half is measured. Growth: drawn articles (see measure_overlap.py) over one year,
beside scikit-learn's TfidfVectorizer on the same texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

import pandas as pd
from measure_overlap import corpus

import idlibkit as ik


def b_cubed(
    found: Sequence[Hashable], gold: Sequence[Hashable]
) -> tuple[float, float, float]:
    """Precision, recall and F1 (Bagga & Baldwin 1998): the share of each article's
    group that is of its story, the share of its story that is in its group.
    """
    both = Counter(zip(found, gold, strict=True))
    groups, events = Counter(found), Counter(gold)
    pairs = list(zip(found, gold, strict=True))
    precision = sum(both[pair] / groups[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / events[pair[1]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def accuracy(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    articles = pd.DataFrame(rows)
    articles["article_id"] = [f"{i:05d}" for i in range(len(articles))]
    articles["published"] = pd.to_datetime(articles["published"].replace("", None))
    digest = [hashlib.md5(name.encode()).hexdigest() for name in articles["story"]]
    odd = pd.Series([int(value, 16) % 2 == 1 for value in digest])
    for part, table in {"made on": articles[~odd], "held out": articles[odd]}.items():
        gold = table["story"].tolist()
        for days, some in {
            "with days": table.drop(columns="story"),
            "without days": table.drop(columns=["story", "published"]),
        }.items():
            found = ik.stories(some)["story"].tolist()
            precision, recall, f1 = b_cubed(found, gold)
            print(
                f"{part}, {days}: B-cubed F1 {f1:.3f} (precision {precision:.3f},"
                f" recall {recall:.3f}), {len(set(gold))} stories, found"
                f" {len(set(found))}"
            )


def growth(largest: int) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    for n in (largest // 4, largest // 2, largest):
        table = corpus(n)
        start = time.process_time()
        TfidfVectorizer().fit_transform(table["text"])
        peer = time.process_time() - start
        for days, some in {
            "with days": table,
            "without days": table.drop(columns="published"),
        }.items():
            start = time.process_time()
            ik.stories(some)
            seconds = time.process_time() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            print(
                f"{n:,} articles, {table['text'].str.len().sum() / 1e6:.0f} MB,"
                f" {days}: {seconds:.1f} s of the processor, {seconds / peer:.1f} times"
                f" TfidfVectorizer; peak {peak:.2f} GB",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--growth", type=int, metavar="LARGEST")
    options = parser.parse_args()
    if options.data:
        accuracy(options.data)
    if options.growth:
        growth(options.growth)


if __name__ == "__main__":
    main()
