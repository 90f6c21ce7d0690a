"""Time and memory of an archive in parts, as it grows: memory should not grow with it.

    python benchmarks/measure_parts.py                      # 5,000 and 20,000 articles
    python benchmarks/measure_parts.py 20000 100000

The archive (archive.py) is made by another process, in Parquet files of 2,000 articles.
For each step: time of all processors, time on the clock, and the peak of memory of all
processes in the step, in MB, beside the text.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from archive import made_archive
from speed import used

import idlibkit as ik

PART = 2_000  # articles in a file


def make(folder: Path, n_articles: int) -> None:
    articles = made_archive(n_articles).articles
    articles = articles.sample(frac=1, random_state=0, ignore_index=True)
    for start in range(0, n_articles, PART):
        part = articles.iloc[start : start + PART]
        part.to_parquet(folder / f"{start // PART:05d}.parquet")
    print(f"{articles['text'].str.len().sum() / 1e6:.0f}")


def take(name: str, function: Callable, *arguments: Any, **options: Any) -> Any:
    """Do a step and print what it took."""
    with suppress(OSError):  # the peak begins anew
        Path("/proc/self/clear_refs").write_text("5")
    before, start = used()[0], time.perf_counter()
    result = function(*arguments, **options)
    wall = time.perf_counter() - start
    after, peak = used()
    print(f"| {name} | {after - before:.0f} | {wall:.0f} | {peak:.0f} |", flush=True)
    return result


def steps(folder: Path) -> None:
    work = folder.parent / "work"
    articles = take("read_in_parts", ik.read_in_parts, folder, work=work)
    events = take("stories", ik.stories, articles)
    told = articles.merge(events[["article_id", "story"]], on="article_id")
    passages = take("passages", ik.passages, told)
    counts = take("count_terms", ik.count_terms, passages)
    take("keyness", ik.keyness, counts)
    scores = take("sentiment", ik.sentiment, passages)
    take("sentiment_by", ik.sentiment_by, scores)
    figures = take("quantities", ik.quantities, passages)
    take("discrepancies", ik.discrepancies, figures)
    take("shared_text", ik.shared_text, told)
    points = take("points", ik.points, passages)
    take("points_by, over stories", ik.points_by, points, by=["outlet"])
    take("stories, again", ik.stories, articles)
    take("points, again", ik.points, ik.passages(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[5_000, 20_000])
    parser.add_argument("--make", type=Path)
    parser.add_argument("--run", type=Path)
    options = parser.parse_args()
    if options.make:
        make(options.make, options.sizes[0])
        return
    if options.run:
        steps(options.run)
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "archive"
            folder.mkdir()
            again = [sys.executable, __file__, str(size)]
            made = subprocess.run(
                [*again, "--make", str(folder)], check=True, stdout=subprocess.PIPE
            )
            print(f"\n{size:,} articles, {int(made.stdout)} MB\n", flush=True)
            print("| step | processor s | wall s | peak MB |\n|---|---:|---:|---:|")
            sys.stdout.flush()
            subprocess.run([*again, "--run", str(folder)], check=True)


if __name__ == "__main__":
    main()
