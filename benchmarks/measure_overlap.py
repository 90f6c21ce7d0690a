"""Measure shared_text (what it finds of edited copies, how its time grows) and points
(what it misses, and how it grows).

    python benchmarks/measure_overlap.py recall
    python benchmarks/measure_overlap.py growth [LARGEST]
    python benchmarks/measure_overlap.py points
    python benchmarks/measure_overlap.py story [LARGEST]

All texts are drawn: words after Zipf's law from 50,000, a tenth of all sentences from
stock phrases that hundreds of articles share, articles of 250 to 750 words. In `growth`
every fourth article prints two paragraphs of an agency text that up to eight others
print too, with 5 % of the words changed.

In `points` a story has 30 known points, each of seven content words that are rare
elsewhere; every outlet tells a random half of them, each in a sentence that keeps each
of the seven words with the probability given and has eleven other words, three of them
from the 60 that the whole story is about. `missed` is the share of outlets that tell a
point and stand apart from the group that has most of those who tell it; `expected` is
what points_by says of the same cells; `false` is the share of outlets that are in that
group and do not tell it; `deleted` the same for one outlet per point whose sentence was
taken out before.
"""

from __future__ import annotations

import resource
import sys
import time

import numpy as np
import pandas as pd

from idlibkit import shared_text

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
    """Each word is, with probability `share`, replaced (half), left out (a quarter) or
    followed by another (a quarter).
    """
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
            (
                stock[rng.integers(len(stock))]
                if rng.random() < 0.1
                else written(sentence(rng))
            )
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
            copied = [
                " ".join(written(edited(rng, words, 0.05)) for words in part)
                for part in agency
            ]
        texts.append(article(rng, stock, copied))
    day = pd.Timestamp("2020-01-01") + pd.to_timedelta(
        rng.integers(0, 365, n), unit="D"
    )
    return pd.DataFrame(
        {
            "article_id": [f"{i:07d}" for i in range(n)],
            "outlet": [f"outlet {i % 9}" for i in range(n)],
            "published": day,
            "text": texts,
        }
    )


def growth(largest: int) -> None:
    shared_text(corpus(200))
    rows, n = [], largest
    while n >= 500:
        rows.append(n)
        n //= 2
    before = None
    print(
        f"{'articles':>9} {'words':>10} {'rows':>8} {'CPU s':>8} {'wall s':>8}"
        f" {'x half':>7} {'peak GB':>8}"
    )
    for n in reversed(rows):
        table = corpus(n)
        words = int(table["text"].str.count(" ").sum())
        cpu, wall = time.process_time(), time.perf_counter()
        found = shared_text(table)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        factor = f"{cpu / before:7.2f}" if before else " " * 7
        print(
            f"{n:9,} {words:10,} {len(found):8,} {cpu:8.2f} {wall:8.2f} {factor}"
            f" {peak:8.2f}",
            flush=True,
        )
        before = cpu


def recall(n: int = 400) -> None:
    """One sentence of 16 to 32 words copied into another article, at growing shares of
    words changed.
    """
    print(
        f"{'changed':>8} {'copies':>7} {'found':>7} {'words covered':>14}"
        f" {'wrong rows':>11}"
    )
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
        found = shared_text(
            pd.DataFrame(rows, columns=["article_id", "outlet", "text"])
        )
        pair = found["article_id_a"].str[:4]
        true = found[(pair == found["article_id_b"].str[:4])].assign(pair=pair)
        places = pd.DataFrame(planted, columns=["pair", "side", "low", "high"])
        places = places[places["side"] == "a"].merge(true, on="pair")
        overlap = np.minimum(places["high"], places["end_a"]) - np.maximum(
            places["low"], places["start_a"]
        )
        length = places["high"] - places["low"]
        places = places.assign(covered=np.maximum(overlap, 0) / length)
        by_pair = places.groupby("pair")["covered"].sum()
        hit = by_pair[by_pair > 0]
        print(
            f"{share:8.0%} {n:7} {len(hit) / n:7.3f} {hit.mean():14.3f}"
            f" {len(found) - (places['covered'] > 0).sum():11}"
        )


def story(
    rng: np.random.Generator, kept: float, outlets: int, n_points: int = 30
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Passages of one story with known points, and who tells which: point, article_id,
    sentence.
    """
    names = rng.permutation(np.arange(2000, VOCABULARY))
    topic = names[:60]
    words = names[60 : 60 + 7 * n_points].reshape(n_points, 7)
    rows, truth = [], []
    for outlet in range(outlets):
        at, article_id = 0, f"{outlet:03d}"
        told = np.flatnonzero(rng.random(n_points) < 0.5)
        for number, point in enumerate([*told, *[-1] * 12]):
            content = (
                words[point][rng.random(7) < kept]
                if point >= 0
                else rng.integers(2000, VOCABULARY, 5)
            )
            text = [*WORDS[content], *WORDS[rng.choice(topic, 3)], *draw(rng, 8)]
            text = written(np.array(text, object)[rng.permutation(len(text))])
            rows.append(
                (
                    article_id,
                    article_id,
                    number,
                    "body",
                    "own",
                    None,
                    at,
                    at + len(text),
                    text,
                )
            )
            at += len(text) + 1
            if point >= 0:
                truth.append((point, article_id, number))
    columns = [
        "article_id",
        "outlet",
        "sentence",
        "role",
        "voice",
        "speaker",
        "start",
        "end",
        "text",
    ]
    return pd.DataFrame(rows, columns=columns), pd.DataFrame(
        truth, columns=["point", "article_id", "sentence"]
    )


def aligned(
    passages: pd.DataFrame, truth: pd.DataFrame
) -> list[tuple[int, set[str], set[str], set[str], float]]:
    """For each known point: its number, who tells it, who is in the group that has most
    of them, the group's others, and how many misses points_by expects among those who
    tell it (for one that is in the group: without it)."""
    from idlibkit import points, points_by

    found = points(passages)
    wide = points_by(found)
    by_size = wide.groupby("n_articles")["chance_missed"].first()
    place = found.drop_duplicates(["point", "article_id", "sentence"])
    out = []
    for number, tellers in truth.groupby("point"):
        hits = place.merge(
            tellers[["article_id", "sentence"]], on=["article_id", "sentence"]
        )
        if len(tellers) < 2 or hits.empty:
            continue
        sizes = hits.groupby("point").size()
        group = sizes.index[sizes.argmax()]
        inside = set(place.loc[place["point"] == group, "article_id"])
        who = set(tellers["article_id"])
        right = set(hits.loc[hits["point"] == group, "article_id"])
        size = int(wide.loc[group, "n_articles"])
        chances = [
            by_size.get(size if name not in right else max(size - 1, 1), np.nan)
            for name in who
        ]
        out.append(
            (number, who, right, inside - who, float(np.nan_to_num(chances).sum()))
        )
    return out


def miss_rates(stories: int = 10) -> None:
    print(
        f"{'kept':>5} {'outlets':>8} {'tellers':>8} {'missed':>7} {'expected':>9}"
        f" {'false':>6} {'deleted':>8}"
    )
    for outlets in (5, 10):
        for kept in (1.0, 0.85, 0.7, 0.55, 0.4):
            told = missed = expected = wrong = others = 0.0
            back, gone = 0, 0
            for seed in range(stories):
                rng = np.random.default_rng(seed)
                passages, truth = story(rng, kept, outlets)
                for _, who, right, false, chance in aligned(passages, truth):
                    told += len(who)
                    missed += len(who - right)
                    expected += chance
                    wrong += len(false)
                    others += outlets - len(who)
                drop = truth.groupby("point").sample(1, random_state=seed)
                marks = (
                    passages.merge(
                        drop.drop(columns="point"), how="left", indicator=True
                    )["_merge"]
                    == "both"
                )
                left = (
                    truth.merge(drop, how="left", indicator=True)
                    .query("_merge == 'left_only'")
                    .drop(columns="_merge")
                )
                removed = drop.set_index("point")["article_id"]
                for number, _, _, false, _ in aligned(
                    passages[~marks.to_numpy()], left
                ):
                    gone += 1
                    back += removed[number] in false
            print(
                f"{kept:5.0%} {outlets:8} {told:8.0f} {missed / told:7.3f}"
                f" {expected / told:9.3f} {wrong / others:6.3f} {back / gone:8.3f}",
                flush=True,
            )


def story_growth(largest: int) -> None:
    from idlibkit import points

    print(f"{'articles':>9} {'sentences':>10} {'CPU s':>8} {'peak GB':>8}")
    n = 5
    while n <= largest:
        passages, _ = story(np.random.default_rng(0), 0.7, n)
        start = time.process_time()
        points(passages)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{n:9} {len(passages):10,} {time.process_time() - start:8.2f} {peak:8.2f}",
            flush=True,
        )
        n *= 2


if __name__ == "__main__":
    if sys.argv[1:2] == ["growth"]:
        growth(int(sys.argv[2]) if len(sys.argv) > 2 else 16_000)
    elif sys.argv[1:] == ["recall"]:
        recall()
    elif sys.argv[1:] == ["points"]:
        miss_rates()
    elif sys.argv[1:2] == ["story"]:
        story_growth(int(sys.argv[2]) if len(sys.argv) > 2 else 80)
    else:
        sys.exit(__doc__)
