"""Measure `idlibkit.discrepancies` on pairs coded by hand: measure_pairs.py PATH

PATH is pac.jsonl of PAC (Zou et al. 2023): two articles on each of 152 stories. The
answers are in coded_discrepancies.csv beside this script: places and codes, no words.
`--develop` takes the half that was looked at while the rules were mended; `--shown`
prints every contradiction shown in the stories of the half.

Printed: of the pairs that a contradiction names those that are coded as one; of
the pairs coded as one those that are shown; of the pairs coded `other` those that are
lined up as one thing; of the pairs coded as one thing those that are lined up.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pandas as pd

import idlibkit as ik

HERE = Path(__file__).parent


def load(path: Path) -> pd.DataFrame:
    """The articles, each with its hash as its name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    table = pd.DataFrame([json.loads(line) for line in lines])
    names = [hashlib.sha256(text.encode()).hexdigest()[:12] for text in table["text"]]
    table = table.assign(article_id=names).drop_duplicates("article_id")
    return table.assign(published=pd.to_datetime(table["published"]))


def figure_at(figures: dict, article: str, start: int, end: int) -> pd.Series | None:
    """The figure that overlaps a coded place."""
    rows = figures.get(article)
    if rows is None:
        return None
    rows = rows[(rows["start"] < end) & (start < rows["end"])]
    return rows.iloc[0] if len(rows) else None


def is_lined_up(one: pd.Series | None, other: pd.Series | None) -> bool:
    return one is not None and other is not None and one["topic"] == other["topic"]


def is_named(one: pd.Series | None, other: pd.Series | None) -> bool:
    """Whether the reason of their topic names both figures."""
    if one is None or other is None:
        return False
    return one["text"] in one["why"] and other["text"] in one["why"]


def main() -> None:
    path = Path(next(word for word in sys.argv[1:] if not word.startswith("--")))
    half = "develop" if "--develop" in sys.argv else "measure"
    articles = load(path)
    coded = pd.read_csv(HERE / "coded_discrepancies.csv", comment="#")
    coded = coded[coded["half"] == half]
    found = ik.discrepancies(ik.quantities(ik.passages(articles)))
    figures = dict(iter(found.groupby("article_id")))
    pairs = [
        (
            figure_at(figures, row.article_a, row.start_a, row.end_a),
            figure_at(figures, row.article_b, row.start_b, row.end_b),
        )
        for row in coded.itertuples()
    ]
    linked = pd.Series([is_lined_up(*pair) for pair in pairs], coded.index)
    named = linked & pd.Series([is_named(*pair) for pair in pairs], coded.index)
    verdicts = [one["verdict"] if one is not None else "" for one, _ in pairs]
    verdict = pd.Series(verdicts, coded.index)
    shown = named & (verdict == "contradict")
    told = named & (verdict == "explained")
    is_one, against = coded["code"] != "other", coded["code"] == "contradict"
    print(
        f"{half}: {len(coded)} pairs, {found['topic'].nunique()} topics in all stories"
    )
    print(f"  shown as a contradiction {shown.sum()}, right {(shown & against).sum()}")
    print(
        f"  coded as a contradiction {against.sum()}, shown {(shown & against).sum()}"
    )
    print(f"    or shown as explained {(told & against).sum()}")
    print(f"  of other things {(~is_one).sum()}, lined up {(linked & ~is_one).sum()}")
    print(f"  of one thing {is_one.sum()}, lined up {(linked & is_one).sum()}")
    if "--shown" in sys.argv:
        stories = set(
            articles[articles["article_id"].isin(coded["article_a"])]["story"]
        )
        own = articles[articles["story"].isin(stories)].set_index("article_id")["text"]
        rows = found[
            found["verdict"].eq("contradict") & found["article_id"].isin(own.index)
        ]
        for number, part in rows.groupby("topic"):
            print(f"{number} {part['about'].iloc[0]}: {part['why'].iloc[0]}")
            for row in part.itertuples():
                text = own[row.article_id][max(0, row.start - 120) : row.end + 80]
                print("   ", row.outlet, "|", " ".join(text.split()))


if __name__ == "__main__":
    main()
