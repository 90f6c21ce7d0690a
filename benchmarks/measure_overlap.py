"""Measure idlibkit.overlap.shared_text: what it finds of copied passages that were edited, and how its time grows.

    python benchmarks/measure_overlap.py recall
    python benchmarks/measure_overlap.py growth [LARGEST]

All texts are drawn: words after Zipf's law from 50,000, a tenth of all sentences from stock phrases that hundreds of
articles share, articles of 250 to 750 words. In `growth` every fourth article prints two paragraphs of an agency
text that up to eight others print too, with 5 % of the words changed.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import pandas as pd

from idlibkit.overlap import shared_text

VOCABULARY = 50_000
WEIGHTS = 1 / (np.arange(VOCABULARY) + 2.7)
CUMULATIVE = np.cumsum(WEIGHTS / WEIGHTS.sum())
LETTERS = np.array(list("etaoinshrdlucmfwypvbgkqjxz"))


def _spelling(number: int) -> str:
    out = ""
    number += 1
    while number:
        number, letter = divmod(number, 26)
        out += LETTERS[letter]
    return out


WORDS = np.array([_spelling(i) for i in range(VOCABULARY)], dtype=object)


def draw(rng: np.random.Generator, n: int) -> np.ndarray:
    return WORDS[np.searchsorted(CUMULATIVE, rng.random(n))]


def sentence(rng: np.random.Generator, least: int = 8, most: int = 33) -> np.ndarray:
    return draw(rng, int(rng.integers(least, most)))


def written(words: np.ndarray) -> str:
    return " ".join(words).capitalize() + "."


def edited(rng: np.random.Generator, words: np.ndarray, share: float) -> np.ndarray:
    """Each word is, with probability `share`, replaced (half), left out (a quarter) or followed by another (a quarter)."""
    out = []
    for word in words:
        if rng.random() >= share:
            out.append(word)
            continue
        kind = rng.integers(4)
        if kind < 2:
            out.append(draw(rng, 1)[0])
        elif kind == 3:
            out += [word, draw(rng, 1)[0]]
    return np.array(out, dtype=object)


def article(rng: np.random.Generator, stock: list[str], copied: list[str]) -> str:
    paragraphs = list(copied)
    for _ in range(int(rng.integers(8, 16))):
        sentences = [
            stock[rng.integers(len(stock))] if rng.random() < 0.1 else written(sentence(rng))
            for _ in range(rng.integers(1, 4))
        ]
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs[i] for i in rng.permutation(len(paragraphs)))


def corpus(n: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    stock = [written(sentence(rng, 4, 9)) for _ in range(300)]
    texts, agency = [], []
    for i in range(n):
        copied = []
        if i % 4 == 0:
            if i % 32 == 0:
                agency = [[sentence(rng) for _ in range(3)] for _ in range(2)]
            copied = [" ".join(written(edited(rng, words, 0.05)) for words in part) for part in agency]
        texts.append(article(rng, stock, copied))
    day = pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 365, n), unit="D")
    return pd.DataFrame(
        {"article_id": [f"{i:07d}" for i in range(n)], "outlet": [f"outlet {i % 9}" for i in range(n)],
         "published": day, "text": texts}
    )  # fmt: skip


def growth(largest: int) -> None:
    shared_text(corpus(200))
    rows, n = [], largest
    while n >= 500:
        rows.append(n)
        n //= 2
    before = None
    print(f"{'articles':>9} {'words':>10} {'rows':>8} {'CPU s':>8} {'wall s':>8} {'x half':>7} {'peak GB':>8}")
    for n in reversed(rows):
        table = corpus(n)
        words = int(table["text"].str.count(" ").sum())
        cpu, wall = time.process_time(), time.perf_counter()
        found = shared_text(table)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        factor = f"{cpu / before:7.2f}" if before else " " * 7
        print(f"{n:9,} {words:10,} {len(found):8,} {cpu:8.2f} {wall:8.2f} {factor} {peak:8.2f}", flush=True)
        before = cpu


def recall(n: int = 400) -> None:
    """One sentence of 16 to 32 words copied into another article, at growing shares of words changed."""
    print(f"{'changed':>8} {'copies':>7} {'found':>7} {'words covered':>14} {'wrong rows':>11}")
    for share in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4):
        rng = np.random.default_rng(1)
        stock = [written(sentence(rng, 4, 9)) for _ in range(300)]
        rows, planted = [], []
        for i in range(n):
            original = sentence(rng, 16, 33)
            copy = edited(rng, original, share)
            for side, words in (("a", original), ("b", copy)):
                text = article(rng, stock, [written(words)])
                at = text.index(written(words))
                rows.append((f"{i:04d}{side}", "x", text))
                planted.append((f"{i:04d}", side, at, at + len(written(words)) - 1))
        found = shared_text(pd.DataFrame(rows, columns=["article_id", "outlet", "text"]))
        pair = found["article_id_a"].str[:4]
        true = found[(pair == found["article_id_b"].str[:4])].assign(pair=pair)
        places = pd.DataFrame(planted, columns=["pair", "side", "low", "high"])
        places = places[places["side"] == "a"].merge(true, on="pair")
        overlap = np.minimum(places["high"], places["end_a"]) - np.maximum(places["low"], places["start_a"])
        length = places["high"] - places["low"]
        places = places.assign(covered=np.maximum(overlap, 0) / length)
        by_pair = places.groupby("pair")["covered"].sum()
        hit = by_pair[by_pair > 0]
        print(
            f"{share:8.0%} {n:7} {len(hit) / n:7.3f} {hit.mean():14.3f} {len(found) - (places['covered'] > 0).sum():11}"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["growth"]:
        growth(int(sys.argv[2]) if len(sys.argv) > 2 else 16_000)
    elif sys.argv[1:] == ["recall"]:
        recall()
    else:
        sys.exit(__doc__)
