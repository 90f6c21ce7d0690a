"""Time each stage of idlibkit against the tool that people use for it, on a corpus made
for the purpose.

    python benchmarks/speed.py                     # 20 MB, drawn as news is
    python benchmarks/speed.py --mb 50 --text DIR  # the words of a folder of .txt files

Every stage and its peer run in turn in this one process, and their results are compared
before a ratio is printed. The corpus is drawn with a fixed seed: by default with the
quotations, names and cues of real news (see archive.py), where reading is most of the
work; with --text from a chain of the source's word pairs, which has fewer of them and
is read sooner. Hardly a sentence stands in it twice, and no cache can flatter anyone.
Stages and peers have seen a few articles before the clock starts, so that imports are
not what is timed; keyness is timed cold. Ratios are of wall time, and of the time of
all processors together; above 1 idlibkit is faster. Where other work keeps the machine
busy, only the second means something.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from archive import made_archive
from minhash import INSTALLED, alike_paragraphs

import idlibkit as ik
from idlibkit.samples import OUTLETS, synthetic_archive
from idlibkit.text.words import plain, term

TOKEN = r"[^\W_]+(?:['’‘-][^\W_]+)*"


def make_corpus(megabytes: float, sources: list[Path]) -> pd.DataFrame:
    """Articles with `article_id`, `outlet`, `text`: drawn as news is, or from the word
    pairs of sources.
    """
    if not sources:
        articles = made_archive(round(megabytes * 400)).articles
        return articles[["article_id", "outlet", "text"]]
    texts = pd.DataFrame(
        {"text": [path.read_text(encoding="utf-8") for path in sources]}
    )
    sample = synthetic_archive(texts, 200)["text"].str.len().mean()
    return synthetic_archive(texts, round(megabytes * 1e6 / sample))[
        ["article_id", "outlet", "text"]
    ]


class Taken(NamedTuple):
    """Seconds by the clock on the wall, and of all processors together."""

    wall: float
    processors: float


class Clock:
    """Times calls and collects the rows of the table."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []

    def time(self, function, *arguments, **options):
        before, start = used()[0], time.perf_counter()
        result = function(*arguments, **options)
        wall = time.perf_counter() - start
        return result, Taken(wall, used()[0] - before)

    def row(
        self,
        stage: str,
        megabytes: float | None,
        ours: Taken,
        peer: str = "",
        theirs: Taken | None = None,
    ) -> None:
        speed = (
            f"{megabytes / ours.wall:.0f} MB/s" if megabytes else f"{ours.wall:.2f} s"
        )
        other = f"{megabytes / theirs.wall:.1f} MB/s" if theirs else ""
        ratios = (
            [f"{one:.1f}" for one in np.divide(theirs, ours)] if theirs else ["", ""]
        )
        self.rows.append((stage, speed, peer, other, *ratios))
        print(*self.rows[-1], sep=" | ", flush=True)


def used() -> tuple[float, float]:
    """Processor seconds of this process and those that it has started, and megabytes at
    their peak (0 but on Linux).
    """
    try:
        children = "".join(
            path.read_text() for path in Path("/proc/self/task").glob("*/children")
        ).split()
        seconds = megabytes = 0.0
        for process in ("self", *children):
            fields = (
                Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            )
            # Processes that have ended included.
            seconds += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
            status = dict(
                line.split(":", 1)
                for line in Path(f"/proc/{process}/status").read_text().splitlines()
            )
            megabytes += int(status["VmHWM"].split()[0]) / 1024
        return seconds, megabytes
    except OSError:
        return time.process_time(), 0.0


def measured(function, *arguments, **options):
    """What a call gives, what time it takes, and the megabytes at its own peak."""
    with suppress(OSError):  # the peak begins anew
        Path("/proc/self/clear_refs").write_text("5")
    result, taken = Clock().time(function, *arguments, **options)
    return result, taken, used()[1]


# peers
def count_with_scikit(
    passages: pd.DataFrame, ngram_range: tuple[int, int]
) -> pd.DataFrame:
    """CountVectorizer and a sum per group, as a user would write it."""
    from scipy.sparse import csr_array
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(token_pattern=TOKEN, ngram_range=ngram_range)
    matrix = counter.fit_transform(passages["text"])
    code, groups = pd.factorize(passages["outlet"], sort=True)
    member = csr_array((np.ones(len(code), np.int64), (code, np.arange(len(code)))))
    return pd.DataFrame(
        (member @ matrix).toarray(), groups, counter.get_feature_names_out()
    )


def check_counts(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """The same counts, once the peer's terms are folded as ours are."""
    terms = [" ".join(map(term, name.split(" "))) for name in theirs.columns]
    theirs = theirs.T.groupby(np.array(terms, object)).sum().T
    ours = (
        ours.pivot(index="outlet", columns="term", values="count").fillna(0).astype(int)
    )
    ours, theirs = ours.align(theirs, axis=1, fill_value=0)
    differ = ours.columns[(ours.to_numpy() != theirs.to_numpy()).any(0)]
    # Letters with full stops are one word to us (U.S. is us) and several to
    # scikit-learn; so is a word with a soft hyphen inside, which is rare.
    differ = [name for name in differ if not _has_letters(name)]
    assert len(differ) <= 1e-3 * len(ours.columns), differ[:20]


def _has_letters(name: str) -> bool:
    """Whether a term holds what may have been letters with full stops: `u`, `us`."""
    return any(len(word) <= 4 for word in name.split())


def score_with_vader(texts: pd.Series) -> np.ndarray:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return np.array([analyzer.polarity_scores(text)["compound"] for text in texts])


def usual_stack(articles: pd.DataFrame):
    """sentencex, TfidfVectorizer and vaderSentiment, as a user would put them
    together.
    """
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
    matrix = TfidfVectorizer(token_pattern=TOKEN, stop_words="english").fit_transform(
        documents
    )
    sentences["compound"] = score_with_vader(sentences["text"])
    return matrix, sentences.groupby("outlet")["compound"].mean()


def whole_way(articles: pd.DataFrame, speakers: bool = True):
    passages = ik.passages(articles, speakers=speakers)
    counts = ik.count_terms(passages)
    return ik.tfidf(counts), ik.keyness(counts), ik.sentiment_by(ik.sentiment(passages))


# stages
def stages(articles: pd.DataFrame, clock: Clock) -> None:
    size = articles["text"].str.len().sum() / 1e6
    wide = pd.DataFrame(
        {
            "term": [f"t{i}" for i in range(100_000)] * 7,
            "outlet": np.repeat(OUTLETS, 100_000),
        }
    )
    wide["count"] = np.random.default_rng(0).zipf(1.4, len(wide)).clip(max=5000)
    _, seconds = clock.time(ik.keyness, wide)
    clock.row("keyness, 7 outlets and 100,000 terms", None, seconds)
    few = articles.head(50)
    whole_way(few)
    usual_stack(few)
    count_with_scikit(few, (1, 1))

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(articles["text"]))
        file.flush()
        _, wc = clock.time(
            subprocess.run, ["wc", "-w", file.name], check=True, capture_output=True
        )
    raw = articles.rename(columns={"text": "raw"})
    _, seconds = clock.time(ik.lines, raw)
    clock.row("lines of scraped pages", size, seconds)
    _, seconds = clock.time(ik.passages, articles, speakers=False)
    clock.row("passages, voices by marks alone", size, seconds)
    _, seconds = clock.time(ik.quotes, articles)
    clock.row("quotes and speakers", size, seconds)
    passages, seconds = clock.time(ik.passages, articles)
    clock.row("passages, with speakers", size, seconds)

    ours, seconds = clock.time(ik.count_terms, passages, stop_words=None)
    theirs, peer = clock.time(count_with_scikit, passages, (1, 1))
    check_counts(ours, theirs)
    clock.row(
        "words per outlet", size, seconds, "CountVectorizer and a sum per group", peer
    )
    clock.row("words per outlet", size, seconds, "wc -w", wc)
    ours, seconds = clock.time(
        ik.count_terms, passages, stop_words=None, ngram_range=(1, 2)
    )
    theirs, peer = clock.time(count_with_scikit, passages, (1, 2))
    check_counts(ours, theirs)
    clock.row(
        "words and pairs per outlet",
        size,
        seconds,
        "CountVectorizer and a sum per group",
        peer,
    )
    del theirs

    scores, seconds = clock.time(ik.sentiment, passages)
    compound, peer = clock.time(score_with_vader, plain(passages["text"]))
    assert (scores["compound"].to_numpy() == compound).all()
    clock.row("sentiment of passages", size, seconds, "vaderSentiment", peer)

    many = scores.sample(100_000, replace=len(scores) < 100_000, random_state=0)
    _, seconds = clock.time(ik.sentiment_by, many)
    clock.row("intervals, 2,000 resamples of 100,000 passages", None, seconds)

    _, marks = clock.time(whole_way, articles, speakers=False)
    _, peer = clock.time(usual_stack, articles)
    _, seconds = clock.time(whole_way, articles)
    stack = "sentencex, TfidfVectorizer, vaderSentiment"
    clock.row(
        "articles to tfidf, keyness and tone, voices by marks alone",
        size,
        marks,
        stack,
        peer,
    )
    clock.row(
        "articles to tfidf, keyness and tone, with speakers", size, seconds, stack, peer
    )


def shared_stage(articles: pd.DataFrame, clock: Clock) -> None:
    """shared_text beside paragraphs alike by MinHash, where datasketch is installed."""
    size = articles["text"].str.len().sum() / 1e6
    ik.shared_text(articles.head(50))
    ours, seconds = clock.time(ik.shared_text, articles)
    peer, taken = "datasketch (not installed)", None
    if INSTALLED:
        alike_paragraphs(articles.head(50))
        theirs, taken = clock.time(alike_paragraphs, articles)
        pairs = set(zip(ours["article_id_a"], ours["article_id_b"], strict=True))
        found = len(theirs & pairs)
        peer = f"datasketch ({found} of its {len(theirs)} pairs, and {len(pairs)} here)"
        # Text in more than 50 articles is paired with its first appearance alone.
        assert found >= 0.9 * len(theirs)
    clock.row("shared text", size, seconds, peer, taken)


def growth(sources: list[Path], megabytes: float) -> None:
    """Time and memory of the whole way on a corpus and on one eight times as large,
    each in a process of its own.
    """
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); import speed; from pathlib"
        " import Path\narticles = speed.make_corpus(float(sys.argv[2]), [Path(p) for p"
        " in sys.argv[3:]])\nspeed.whole_way(articles.head(50)); before, _ ="
        " speed.used(); start = time.perf_counter()\nspeed.whole_way(articles)\nwall ="
        " time.perf_counter() - start; after, peak = speed.used(); print(wall, after -"
        " before, peak)"
    )
    walls, processors = [], []
    for size in (megabytes, 8 * megabytes):
        command = [
            sys.executable,
            "-c",
            code,
            str(Path(__file__).parent),
            str(size),
            *map(str, sources),
        ]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        wall, processor, peak = map(float, out.split())
        walls.append(wall)
        processors.append(processor)
        print(
            f"{size:.0f} MB: {wall:.1f} s, {processor:.1f} s of the processors; all"
            f" processes together at most {peak:.0f} MB, {peak / size:.1f} times the"
            " text"
        )
    print(
        f"eight times the text costs {walls[1] / walls[0]:.1f} times the time, "
        f"{processors[1] / processors[0]:.1f} times the processors' time"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mb", type=float, default=20, help="size of the corpus")
    parser.add_argument(
        "--text",
        type=Path,
        help="folder of .txt files to draw words from instead, such as seeds",
    )
    parser.add_argument(
        "--growth",
        action="store_true",
        help="time and memory at the size given and at eight times it, instead",
    )
    options = parser.parse_args()
    sources = sorted(options.text.rglob("*.txt") if options.text else [])
    if options.growth:
        growth(sources, options.mb)
        return
    articles = make_corpus(options.mb, sources)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    megabytes = articles["text"].str.len().sum() / 1e6
    print(
        f"{megabytes:.0f} MB, {len(articles)} articles; Python"
        f" {platform.python_version()}, {os.cpu_count()} cores, {memory:.0f} GiB\n"
    )
    clock = Clock()
    stages(articles, clock)
    shared_stage(articles, clock)
    print(
        "\n| stage | idlibkit | peer | its speed | ratio | of processors' time"
        " |\n|---|---:|---|---:|---:|---:|"
    )
    for row in clock.rows:
        print("| " + " | ".join(row) + " |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the process: {peak:.0f} MB; import: ", end="")
    import_time()


def import_time() -> None:
    """`import idlibkit` as a ratio of `import pandas`, medians of seven fresh processes
    each, in turn.
    """
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
