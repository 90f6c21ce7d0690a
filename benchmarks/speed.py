"""Time each stage of idlibkit against the tool that people use for it, on a corpus made for the purpose.

    python benchmarks/speed.py                     # 20 MB made from the vocabulary of the seeds
    python benchmarks/speed.py --mb 50 --text DIR  # ... and of any folder of .txt files

Every stage and its peer run in turn in this one process, and their results are compared before a ratio is printed. The corpus
is drawn from a chain of the source's word pairs with a fixed seed, so no article and no sentence stands in it twice, and no
cache can flatter anyone. Ratios are of wall time on this machine; above 1 idlibkit is faster.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

import idlibkit as ik
from idlibkit.text import plain, term

ROOT = Path(__file__).parents[1]
OUTLETS = ["Albion Post", "Borealis", "Courier", "Daily Meridian", "Examiner", "Fjord Times", "Gazette"]
TOKEN = r"[^\W_]+(?:['’‘-][^\W_]+)*"


def make_corpus(megabytes: float, sources: list[Path], seed: int = 0) -> pd.DataFrame:
    """Articles with `article_id`, `outlet`, `text`: sentences drawn from the sources' word pairs, none of them twice."""
    rng = random.Random(seed)
    follows: dict[str, list[str]] = defaultdict(list)
    starts = []
    for path in sources:
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.split()
            if len(words) > 7:
                starts.append(words[0])
                for one, other in pairwise(words):
                    follows[one].append(other)
    seen: set[str] = set()
    rows, size = [], 0
    while size < megabytes * 1e6:
        paragraphs = []
        for _ in range(rng.randint(8, 30)):
            sentences = []
            for _ in range(rng.randint(1, 4)):
                word, words = rng.choice(starts), []
                while len(words) < 45 and (len(words) < 8 or not words[-1].endswith((".", ".”", '."', "”"))):
                    words.append(word)
                    word = rng.choice(follows[word] or starts)
                sentence = " ".join(words)
                if sentence not in seen:
                    seen.add(sentence)
                    sentences.append(sentence if sentence[-1] in '.”"' else sentence + ".")
            paragraphs.append(" ".join(sentences))
        text = "\n\n".join(paragraphs)
        rows.append((f"a{len(rows):06d}", OUTLETS[len(rows) % len(OUTLETS)], text))
        size += len(text)
    return pd.DataFrame(rows, columns=["article_id", "outlet", "text"])


class Clock:
    """Times calls and collects the rows of the table."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, str]] = []

    def time(self, function, *arguments, **options):
        start = time.perf_counter()
        result = function(*arguments, **options)
        return result, time.perf_counter() - start

    def row(
        self, stage: str, megabytes: float | None, ours: float, peer: str = "", theirs: float | None = None
    ) -> None:
        speed = f"{megabytes / ours:.0f} MB/s" if megabytes else f"{ours:.2f} s"
        other = (f"{megabytes / theirs:.1f} MB/s" if megabytes else f"{theirs:.2f} s") if theirs else ""
        self.rows.append((stage, speed, peer, other, f"{theirs / ours:.1f}" if theirs else ""))
        print(*self.rows[-1], sep=" | ", flush=True)


# ------------------------------------------------------------------------------------------------ peers
def count_with_scikit(passages: pd.DataFrame, ngram_range: tuple[int, int]) -> pd.DataFrame:
    """CountVectorizer and a sum per group, as a user would write it."""
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(token_pattern=TOKEN, ngram_range=ngram_range)
    matrix = counter.fit_transform(passages["text"])
    code, groups = pd.factorize(passages["outlet"], sort=True)
    member = csr_array((np.ones(len(code), np.int64), (code, np.arange(len(code)))))
    return pd.DataFrame((member @ matrix).toarray(), groups, counter.get_feature_names_out())


def check_counts(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """The same counts, once the peer's terms are folded as ours are."""
    terms = [" ".join(map(term, name.split(" "))) for name in theirs.columns]
    theirs = theirs.T.groupby(np.array(terms, object)).sum().T
    ours = ours.pivot(index="outlet", columns="term", values="count").fillna(0).astype(int)
    ours, theirs = ours.align(theirs, axis=1, fill_value=0)
    differ = ours.columns[(ours.to_numpy() != theirs.to_numpy()).any(0)]
    # Words with a soft hyphen or another invisible character inside: two words to scikit-learn.
    assert len(differ) <= 1e-3 * len(ours.columns), list(differ[:20])


def score_with_vader(texts: pd.Series) -> np.ndarray:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return np.array([analyzer.polarity_scores(text)["compound"] for text in texts])


def usual_stack(articles: pd.DataFrame):
    """sentencex, TfidfVectorizer and vaderSentiment, as a user would put them together."""
    from sentencex import segment
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = [
        (article.outlet, sentence.strip())
        for article in articles.itertuples()
        for line in article.text.split("\n")
        for sentence in segment("en", line)
        if sentence.strip()
    ]
    sentences = pd.DataFrame(rows, columns=["outlet", "text"])
    documents = articles.groupby("outlet")["text"].agg("\n".join)
    matrix = TfidfVectorizer(token_pattern=TOKEN, stop_words="english").fit_transform(documents)
    sentences["compound"] = score_with_vader(sentences["text"])
    return matrix, sentences.groupby("outlet")["compound"].mean()


def whole_way(articles: pd.DataFrame):
    passages = ik.passages(articles)
    counts = ik.count_terms(passages)
    return ik.tfidf(counts), ik.keyness(counts), ik.sentiment_by(ik.sentiment(passages))


# ------------------------------------------------------------------------------------------------ stages
def stages(articles: pd.DataFrame, clock: Clock) -> None:
    size = articles["text"].str.len().sum() / 1e6
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(articles["text"]))
        file.flush()
        _, wc = clock.time(subprocess.run, ["wc", "-w", file.name], check=True, capture_output=True)
    raw = articles.rename(columns={"text": "raw"})
    _, seconds = clock.time(ik.lines, raw)
    clock.row("lines of scraped pages", size, seconds)
    _, seconds = clock.time(ik.quotes, articles)
    clock.row("quotes and speakers", size, seconds)
    passages, seconds = clock.time(ik.passages, articles)
    clock.row("passages, with speakers", size, seconds)

    ours, seconds = clock.time(ik.count_terms, passages, stop_words=None)
    theirs, peer = clock.time(count_with_scikit, passages, (1, 1))
    check_counts(ours, theirs)
    clock.row("words per outlet", size, seconds, "CountVectorizer and a sum per group", peer)
    clock.row("words per outlet", size, seconds, "wc -w", wc)
    ours, seconds = clock.time(ik.count_terms, passages, stop_words=None, ngram_range=(1, 2))
    theirs, peer = clock.time(count_with_scikit, passages, (1, 2))
    check_counts(ours, theirs)
    clock.row("words and pairs per outlet", size, seconds, "CountVectorizer and a sum per group", peer)
    del theirs

    scores, seconds = clock.time(ik.sentiment, passages)
    compound, peer = clock.time(score_with_vader, plain(passages["text"]))
    assert (scores["compound"].to_numpy() == compound).all()
    clock.row("sentiment of passages", size, seconds, "vaderSentiment", peer)

    many = scores.sample(100_000, replace=len(scores) < 100_000, random_state=0)
    _, seconds = clock.time(ik.sentiment_by, many)
    clock.row("intervals, 2,000 resamples of 100,000 passages", None, seconds)
    wide = pd.DataFrame({"term": [f"t{i}" for i in range(100_000)] * 7, "outlet": np.repeat(OUTLETS, 100_000)})
    wide["count"] = np.random.default_rng(0).zipf(1.4, len(wide)).clip(max=5000)
    _, seconds = clock.time(ik.keyness, wide)
    clock.row("keyness, 7 outlets and 100,000 terms", None, seconds)

    _, seconds = clock.time(whole_way, articles)
    _, peer = clock.time(usual_stack, articles)
    clock.row("articles to tfidf, keyness and tone", size, seconds, "sentencex, TfidfVectorizer, vaderSentiment", peer)


def growth(sources: list[Path], megabytes: float) -> None:
    """Time and memory of the whole way on a corpus and on one eight times as large, each in a process of its own."""
    rows = []
    for size in (megabytes, 8 * megabytes):
        code = (
            "import sys, time, resource; sys.path.insert(0, sys.argv[1]); import speed; from pathlib import Path\n"
            "articles = speed.make_corpus(float(sys.argv[2]), [Path(p) for p in sys.argv[3:]])\n"
            "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; start = time.perf_counter()\n"
            "speed.whole_way(articles)\n"
            "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        out = subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent), str(size), *map(str, sources)],
            check=True,
            capture_output=True,
            text=True,
        )
        seconds, kilobytes = map(float, out.stdout.split())
        rows.append((size, seconds, kilobytes / 1024))
        print(
            f"{size:.0f} MB: {seconds:.1f} s, peak memory {kilobytes / 1024:.0f} MB, {kilobytes / 1024 / size:.1f} times the text"
        )
    print(f"eight times the text costs {rows[1][1] / rows[0][1]:.1f} times the time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mb", type=float, default=20, help="size of the corpus")
    parser.add_argument("--text", type=Path, help="folder of .txt files to draw words from, beside the seeds")
    parser.add_argument(
        "--growth", action="store_true", help="time and memory at the size given and at eight times it, instead"
    )
    options = parser.parse_args()
    sources = sorted((ROOT / "seeds").glob("*.txt")) + sorted(options.text.rglob("*.txt") if options.text else [])
    if options.growth:
        growth(sources, options.mb)
        return
    articles = make_corpus(options.mb, sources)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{articles['text'].str.len().sum() / 1e6:.0f} MB, {len(articles)} articles; Python {platform.python_version()}, "
          f"{os.cpu_count()} cores, {memory:.0f} GiB\n")  # fmt: skip
    clock = Clock()
    stages(articles, clock)
    print("\n| stage | idlibkit | peer | its speed | ratio |\n|---|---:|---|---:|---:|")
    for row in clock.rows:
        print("| " + " | ".join(row) + " |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the process: {peak:.0f} MB; import: ", end="")
    import_time()


def import_time() -> None:
    """`import idlibkit` as a ratio of `import pandas`, medians of seven fresh processes each, in turn."""
    seconds: dict[str, list[float]] = {"pandas": [], "idlibkit": []}
    for _ in range(7):
        for name, taken in seconds.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", f"import {name}"], check=True)
            taken.append(time.perf_counter() - start)
    ours, pandas = (float(np.median(seconds[name])) for name in ("idlibkit", "pandas"))
    print(f"{ours:.2f} s, {ours / pandas:.2f} times pandas")


if __name__ == "__main__":
    main()
