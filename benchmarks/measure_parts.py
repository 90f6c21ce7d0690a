"""Time and memory of an archive in parts, as it grows: memory should not grow with it.

    python benchmarks/measure_parts.py                      # 5,000 and 20,000 articles
    python benchmarks/measure_parts.py 20000 100000

The archive (archive.py) is made by another process, in Parquet files of 2,000 articles.
Each step is a process of its own, which finds in files what the ones before it made.
Printed: time of all processors, time on the clock, and the peak of memory in the step,
in MB, with the 300 MB of Python and its packages.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from functools import cached_property
from pathlib import Path

from archive import made_archive
from speed import measured

import idlibkit as ik

PART = 2_000  # articles in a file


def make(folder: Path, n_articles: int) -> None:
    articles = made_archive(n_articles).articles
    articles = articles.sample(frac=1, random_state=0, ignore_index=True)
    for start in range(0, n_articles, PART):
        part = articles.iloc[start : start + PART]
        part.to_parquet(folder / f"{start // PART:05d}.parquet")
    print(f"{articles['text'].str.len().sum() / 1e6:.0f}")


class Archive:
    """The tables of an archive in parts, each made when it is asked for, or taken from
    the files of an earlier process.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def read_in_parts(self):
        return ik.read_in_parts(self.folder, work=self.folder.parent / "work")

    @cached_property
    def stories(self):
        return ik.stories(self.read_in_parts)

    @cached_property
    def told(self):
        story = self.stories[["article_id", "story"]]
        return self.read_in_parts.merge(story, on="article_id")

    @cached_property
    def passages(self):
        return ik.passages(self.told)

    @cached_property
    def count_terms(self):
        return ik.count_terms(self.passages)

    @cached_property
    def sentiment(self):
        return ik.sentiment(self.passages)

    @cached_property
    def sentiment_by(self):
        return ik.sentiment_by(self.sentiment)

    @cached_property
    def quantities(self):
        return ik.quantities(self.passages)

    @cached_property
    def discrepancies(self):
        return ik.discrepancies(self.quantities)

    @cached_property
    def shared_text(self):
        return ik.shared_text(self.told)

    @cached_property
    def points(self):
        return ik.points(self.passages)

    @cached_property
    def points_by(self):
        return ik.points_by(self.points, by=["outlet"])


# Each step, and what is there before its time is taken.
STEPS = {
    "read_in_parts": [],
    "stories": ["read_in_parts"],
    "passages": ["told"],
    "count_terms": ["passages"],
    "sentiment": ["passages"],
    "sentiment_by": ["sentiment"],
    "quantities": ["passages"],
    "discrepancies": ["quantities"],
    "shared_text": ["told"],
    "points": ["passages"],
    "points_by": ["points"],
}


def take(folder: Path, name: str) -> None:
    """Do a step and print what it took."""
    archive = Archive(folder)
    for before in STEPS[name]:
        getattr(archive, before)
    _, (wall, seconds), peak = measured(getattr, archive, name)
    print(f"| `{name}` | {seconds:.0f} | {wall:.0f} | {peak:.0f} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[5_000, 20_000])
    parser.add_argument("--make", type=Path)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--step", choices=list(STEPS))
    options = parser.parse_args()
    if options.make:
        make(options.make, options.sizes[0])
        return
    if options.run:
        take(options.run, options.step)
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
            for name in STEPS:
                step = ["--run", str(folder), "--step", name]
                subprocess.run([*again, *step], check=True)


if __name__ == "__main__":
    main()
