"""Accuracy, fairness to names and speed of `target_tone` on articles that its model was
never trained on.

    python benchmarks/measure_tone.py path/to/train.jsonl

train.jsonl: the training set of NewsMTSC; the part that `training/newsmtsc.py` sets
aside as "test" is measured.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

import idlibkit as ik
from idlibkit import target_tone
from idlibkit.tone.toward import CLASSES

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from newsmtsc import read

NAMES = [
    "Smith",
    "Erdogan",
    "Putin",
    "Trump",
    "Nguyen",
    "Okonkwo",
    "Fatima Hassan",
    "Xi Jinping",
    "Greenpeace",
    "Syria",
]
_PRONOUNS = (
    "i me my we us our you your he him his she her hers they them their it its who"
)
PRONOUNS = set(_PRONOUNS.split())


def macro_f1(gold: np.ndarray, found: np.ndarray) -> float:
    """Mean F1 of the three classes."""
    return float(np.mean([f1(gold, found, name) for name in CLASSES]))


def f1(gold: np.ndarray, found: np.ndarray, name: str) -> float:
    both = np.sum((gold == name) & (found == name))
    return 2 * both / max(1, np.sum(gold == name) + np.sum(found == name))


def interval(
    gold: np.ndarray, found: np.ndarray, n_boot: int = 2000
) -> tuple[float, float]:
    """95 % interval of macro-F1 over targets drawn with replacement."""
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(gold), (n_boot, len(gold)))
    return tuple(
        np.quantile([macro_f1(gold[d], found[d]) for d in draws], [0.025, 0.975])
    )


def swapped(row: dict, name: str) -> tuple[str, tuple[int, int]]:
    """The sentence with another name for its target, there and wherever the target's
    name stands again.
    """
    old = row["text"][row["start"] : row["end"]]
    again = re.compile(rf"\b{re.escape(old)}\b")
    before = again.sub(name, row["text"][: row["start"]])
    return before + name + again.sub(name, row["text"][row["end"] :]), (
        len(before),
        len(before) + len(name),
    )


def vader(rows: list[dict]) -> np.ndarray:
    """VADER's class for the sentence, whoever the target is; thresholds as its authors
    give them.
    """
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    score = SentimentIntensityAnalyzer().polarity_scores
    compound = np.array([score(row["text"])["compound"] for row in rows])
    return np.select(
        [compound <= -0.05, compound >= 0.05], ["negative", "positive"], "neutral"
    )


def tfidf(train: list[dict], test: list[dict]) -> np.ndarray:
    """TF-IDF (words and pairs) with logistic regression, the target marked."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    def marked(rows: list[dict]) -> list[str]:
        return [
            f"{r['text'][: r['start']]} xtargetx {r['text'][r['end'] :]}" for r in rows
        ]

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=5, max_iter=1000),
    )
    return model.fit(marked(train), [CLASSES[row["label"]] for row in train]).predict(
        marked(test)
    )


def through_passages(rows: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Readers' and model's classes of named targets, the sentences cut into passages
    and the targets found by their labels, as `actor_tone` does it.
    """
    names = [row["text"][row["start"] : row["end"]] for row in rows]
    articles = pd.DataFrame(
        {
            "article_id": [f"{i:05d}" for i in range(len(rows))],
            "outlet": "one",
            "text": [row["text"] for row in rows],
        }
    )
    passages = ik.passages(articles)
    gold, found = [], []
    for name in sorted(set(names)):
        if name.casefold() in PRONOUNS:
            continue
        which = [i for i, other in enumerate(names) if other == name]
        ids = articles["article_id"].iloc[which]
        tones = ik.actor_tone(
            passages[passages["article_id"].isin(ids)], {"target": [name]}
        )
        for i in which:
            row = rows[i]
            same = tones["article_id"] == f"{i:05d}"
            same &= (tones["start"] <= row["start"]) & (tones["end"] >= row["end"])
            if same.sum() == 1:  # else the label was not found where readers saw it
                gold.append(CLASSES[row["label"]])
                found.append(tones.loc[same, "tone"].iloc[0])
    return np.array(gold), np.array(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    rows = read(parser.parse_args().data)
    train, test = (
        [row for row in rows if row["part"] == part] for part in ("train", "test")
    )
    gold = np.array([CLASSES[row["label"]] for row in test])
    texts, spans = (
        [row["text"] for row in test],
        [(row["start"], row["end"]) for row in test],
    )

    target_tone(texts[:8], spans[:8])
    wall, cpu = time.perf_counter(), time.process_time()
    table = target_tone(texts, spans)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    found = table["label"].to_numpy()

    print(
        f"{len(test)} targets of held-out articles; {len(train)} for the TF-IDF model"
        " to learn from"
    )
    for name, answer in [
        ("idlibkit", found),
        ("VADER", vader(test)),
        ("TF-IDF", tfidf(train, test)),
        ("always negative", np.full(len(gold), "negative")),
    ]:
        low, high = interval(gold, answer)
        each = ", ".join(f"{kind} {f1(gold, answer, kind):.3f}" for kind in CLASSES)
        print(
            f"{name}: macro-F1 {macro_f1(gold, answer):.3f} [{low:.3f}, {high:.3f}],"
            f" accuracy {np.mean(gold == answer):.3f}; {each}"
        )

    named_gold, named_found = through_passages(test)
    low, high = interval(named_gold, named_found)
    print(
        f"through passages and labels: macro-F1 {macro_f1(named_gold, named_found):.3f}"
        f" [{low:.3f}, {high:.3f}] ({len(named_gold)} named targets)"
    )

    print("\nrows: readers; columns: model")
    print(pd.crosstab(gold, found).to_string())
    mention = np.array([row["text"][row["start"] : row["end"]] for row in test])
    kind = np.select(
        [
            [m.casefold() in PRONOUNS for m in mention],
            [m == m.lower() for m in mention],
        ],
        ["pronoun", "common noun"],
        "name",
    )
    for name in np.unique(kind):
        mask = kind == name
        print(
            f"target is a {name}: macro-F1 {macro_f1(gold[mask], found[mask]):.3f}"
            f" ({mask.sum()} targets)"
        )
    sure = table[CLASSES].max(axis=1).to_numpy()
    for low, high in [(0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01)]:
        mask = (sure >= low) & (sure < high)
        print(
            f"probability {low}-{min(high, 1)}: right in"
            f" {np.mean(found[mask] == gold[mask]):.2f} ({mask.sum()} targets)"
        )

    named = [row for row, k in zip(test, kind, strict=True) if k == "name"]
    base = found[kind == "name"]
    changed = [
        target_tone(*zip(*(swapped(row, name) for row in named), strict=True))[
            "label"
        ].to_numpy()
        != base
        for name in NAMES
    ]
    print(
        f"\nname swapped for {len(NAMES)} others: {100 * np.mean(changed):.2f} % of"
        f" classes change ({len(named)} targets)"
    )
    print(
        f"speed: {len(test) / wall:.0f} sentences a second, {len(test) / cpu:.0f} a"
        " second of processor time"
    )


if __name__ == "__main__":
    main()
