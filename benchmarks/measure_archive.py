"""Stories, shared text, figures and points on a made archive as it grows: what is
found, how long it takes, and how much memory.

    python benchmarks/measure_archive.py              # 1,000 and 10,000 articles
    python benchmarks/measure_archive.py 100000 --time-only

What is known of the archive is in archive.py. Printed for each size: B-cubed F1 of the
stories (Bagga & Baldwin 1998); of the articles that tell a point the share that stand
in the group that has most of them, and of the articles in that group the share that
tell it; how the outlets' shares of points left out follow those that they were made
with (Spearman); the same of pairs of figures and of copied paragraphs; and which share
of the verdicts on figures is right.

Time is that of all processors, beside scikit-learn's TfidfVectorizer on the same texts
in the same run; memory is the peak of all processes in the step, with the texts and the
tables that it starts from, as a multiple of the text.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from itertools import combinations

import numpy as np
import pandas as pd
from archive import LEFT_OUT, Archive, made_archive
from measure_stories import b_cubed
from speed import measured

import idlibkit as ik

VERDICTS = {
    "same": ["same"],
    "hedged": ["fit", "same"],
    "other": ["contradict", "explained"],
}


class Steps:
    """Times steps against the first one."""

    def __init__(self, megabytes: float) -> None:
        self.megabytes = megabytes
        self.peer = 0.0

    def take(self, name: str, function: Callable, *arguments, **options):
        result, (wall, seconds), peak = measured(function, *arguments, **options)
        self.peer = self.peer or seconds
        print(
            f"| {name} | {seconds:.1f} | {wall:.1f} | {seconds / self.peer:.1f} |"
            f" {peak / self.megabytes:.1f} |",
            flush=True,
        )
        return result


def vectors(texts: pd.Series) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    TfidfVectorizer().fit_transform(texts)


def times(archive: Archive, within: bool) -> dict[str, pd.DataFrame]:
    """Every step on the archive, and what it gives."""
    articles = archive.articles
    megabytes = articles["text"].str.len().sum() / 1e6
    print(f"\n{len(articles):,} articles, {megabytes:.0f} MB\n")
    print("| step | processor s | wall s | times TF-IDF | memory / text |")
    print("|---|---:|---:|---:|---:|", flush=True)
    steps, out = Steps(megabytes), {}
    steps.take("TfidfVectorizer", vectors, articles["text"])
    out["stories"] = steps.take("stories", ik.stories, articles)
    told = articles.assign(story=out["stories"]["story"])
    passages = steps.take("passages", ik.passages, told)
    if not within:
        steps.take("shared_text, no stories", ik.shared_text, articles)
    out["shared"] = steps.take("shared_text", ik.shared_text, told)
    figures = steps.take("quantities", ik.quantities, passages)
    if not within:
        alone = figures.drop(columns="story")
        steps.take("discrepancies, no stories", ik.discrepancies, alone)
    out["figures"] = steps.take("discrepancies", ik.discrepancies, figures)
    del figures
    actors = steps.take("suggest_actors", ik.suggest_actors, passages)
    steps.take("labels", ik.labels, passages, actors)
    steps.take("frames", ik.frames, passages)
    steps.take("count_terms", ik.count_terms, passages)
    steps.take("count_terms, pairs", ik.count_terms, passages, ngram_range=(1, 2))
    out["points"] = steps.take("points", ik.points, passages)
    out["left_out"] = steps.take(
        "points_by, over stories", ik.points_by, out["points"], by=["outlet"]
    )
    return out


def accuracy(archive: Archive, found: dict[str, pd.DataFrame]) -> None:
    gold = archive.event.tolist()
    undated = ik.stories(archive.articles.drop(columns="published"))
    for how, table in {"days": found["stories"], "no days": undated}.items():
        f1 = b_cubed(table["story"].tolist(), gold)[2]
        print(f"stories, {how}: B-cubed F1 {f1:.3f}")
    recall, precision = points(archive, found)
    print(f"points: recall {recall:.3f}, precision {precision:.3f}")
    left_out = found["left_out"].sort_values("outlet")["estimate"]
    rank = pd.Series(LEFT_OUT).corr(left_out.reset_index(drop=True), "spearman")
    print(f"points left out by outlet: Spearman {rank:.2f}")
    linked, of_one, right = figures(archive, found)
    print(f"figures: pairs linked {linked:.3f}, of one event {of_one:.3f}")
    print(f"verdicts on figures right: {right:.3f}")
    print(f"agency copy: pairs of articles found {copies(archive, found):.3f}")


def points(archive: Archive, found: dict[str, pd.DataFrame]) -> tuple[float, float]:
    """Recall and precision of the articles of each point."""
    told = located(archive.told, found["points"])
    told["known"] = told["event"].astype(str) + " " + told["told_point"].astype(str)
    members = found["points"].groupby("point")["article_id"].agg(frozenset)
    tellers = right = inside = 0
    every = archive.told.groupby(["event", "point"])["article_id"].agg(frozenset)
    groups = {name: part for name, part in told.groupby("known")}
    for (event, point), who in every.items():
        part = groups.get(f"{event} {point}")
        if len(who) < 2:
            continue
        tellers += len(who)
        if part is None:
            continue
        group = part["point"].mode().iloc[0]
        right += part.loc[part["point"] == group, "article_id"].nunique()
        inside += len(members[group])
    return right / tellers, right / inside


def located(told: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that stand in the sentences of what is known."""
    keys = ["event", "point", "mode", "article_id", "start", "end"]
    known = told[keys].rename(
        columns={"point": "told_point", "start": "first", "end": "last"}
    )
    both = rows[[name for name in rows if name != "event"]].merge(
        known, on="article_id"
    )
    return both[(both["start"] < both["last"]) & (both["end"] > both["first"])]


def figures(
    archive: Archive, found: dict[str, pd.DataFrame]
) -> tuple[float, float, float]:
    """Of the pairs of figures of one event those under one topic; of the pairs under a
    topic those of one event; right verdicts.
    """
    told = archive.told[archive.told["value"].notna()]
    rows = located(told, found["figures"])
    rows["known"] = rows["event"].astype(str) + " " + rows["told_point"].astype(str)
    sizes = told.groupby(["event", "point"])["article_id"].nunique()
    there = (sizes * (sizes - 1) // 2).sum()
    together = rows.groupby(["topic", "known"])["article_id"].nunique()
    linked = rows.groupby("topic")["article_id"].nunique()
    pairs = (together * (together - 1) // 2).sum()
    under_topic = (linked * (linked - 1) // 2).sum()
    verdicts = []
    for _, event in rows.groupby("known"):
        mode = event["mode"].iloc[0]
        if mode == "other" and event["value"].nunique() == 1:
            mode = "same"
        verdicts.append(event["verdict"].iloc[0] in VERDICTS[mode])
    return pairs / there, pairs / under_topic, float(np.mean(verdicts))


def copies(archive: Archive, found: dict[str, pd.DataFrame]) -> float:
    """The share of pairs of copied agency paragraphs of which a part is found."""
    wire = archive.copies[archive.copies["copy"].str.startswith("wire")]
    wanted = {
        pair
        for _, ids in wire.groupby("copy")["article_id"].unique().items()
        for pair in combinations(sorted(ids), 2)
    }
    rows = found["shared"]
    pairs = set(zip(rows["article_id_a"], rows["article_id_b"], strict=True))
    return len(wanted & pairs) / len(wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--time-only", action="store_true")
    parser.add_argument(
        "--within", action="store_true", help="leave out what has no stories"
    )
    options = parser.parse_args()
    with redirect_stdout(StringIO()):  # imports are not what is timed
        times(made_archive(50), within=False)
    for size in options.sizes:
        archive = made_archive(size)
        found = times(archive, options.within)
        if not options.time_only:
            accuracy(archive, found)


if __name__ == "__main__":
    main()
