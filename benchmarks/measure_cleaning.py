"""Measure what `lines` or `passages` keep of pages with known article bodies.

    python benchmarks/measure_cleaning.py FOLDER [--html] [--part PART] [--pages]

FOLDER holds `gold.json` (name of the page to article body) and `pages/*.txt` (pages as
plain text) or `html/*.html.gz` (the same as HTML), as in Scrapinghub's
article-extraction-benchmark (MIT) and WCXB (CC BY 4.0). Prints precision, recall and F1
over shingles of four words, as Scrapinghub's benchmark defines them (means over pages),
with a 95 % interval from resampling whole pages.

Without --html, `pages` are read and `lines` is measured: body and headings. With it,
the HTML is read by `read_articles` and `passages` is measured (body and headings), next
to what trafilatura extracts of the same page.

PART: `all`, or by the hash of a page's name `held-back` (pages that nothing was fitted
to or chosen on: a quarter of Scrapinghub's, a third of WCXB's) or `development` (the
rest). --pages prints the pages from the worst on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

from idlibkit import lines, passages, read_articles

SHORT = 1200  # characters: pages with a shorter article are shown by themselves


def held_back(names: Iterable[str], folder: Path) -> set[str]:
    """The pages that nothing is fitted to or chosen on: those of the lowest hashes."""
    order = sorted(names, key=lambda name: sha256(name.encode()).hexdigest())
    return set(order[: len(order) // (3 if "web" in folder.name else 4)])


def shingles(text: str, n: int = 4) -> Counter:
    words = re.findall(r"\w+", text)
    return Counter(
        tuple(words[i : i + n])
        for i in range(max(1, len(words) - n + 1))
        if words[i : i + n]
    )


def page_scores(predicted: dict[str, str], gold: dict[str, str]) -> pd.DataFrame:
    """precision and recall of each page; missing where nothing was predicted, or
    nothing is there to find."""
    rows = {}
    for name, body in gold.items():
        true, found = shingles(body), shingles(predicted.get(name, ""))
        hit = sum((true & found).values())
        rows[name] = (
            hit / sum(found.values()) if found else np.nan,
            hit / sum(true.values()) if true else np.nan,
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["precision", "recall"])


def f1(scores: pd.DataFrame) -> float:
    p, r = scores.fillna({"recall": 0}).mean().fillna(0)
    return 2 * p * r / max(p + r, 1e-9)


def joined(table: pd.DataFrame) -> dict[str, str]:
    """Body and headings of each article."""
    table = table[table["role"].isin(["body", "heading"])]
    return table.groupby("article_id")["text"].agg("\n".join).to_dict()


def from_text(folder: Path, names: list[str]) -> dict[str, dict[str, str]]:
    raw = [(folder / "pages" / f"{n}.txt").read_bytes().decode("utf-8") for n in names]
    return {"lines": joined(lines(pd.DataFrame({"article_id": names, "raw": raw})))}


def from_html(folder: Path, names: list[str]) -> dict[str, dict[str, str]]:
    from trafilatura import extract

    html = {
        n: gzip.decompress((folder / "html" / f"{n}.html.gz").read_bytes())
        for n in names
    }
    with tempfile.TemporaryDirectory() as top, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        (Path(top) / "site").mkdir()
        for name, page in html.items():
            (Path(top) / "site" / f"{name}.html").write_bytes(page)
        found = joined(passages(read_articles(top), speakers=False))
    found = {name.rpartition("/")[2]: text for name, text in found.items()}
    bare = {n: extract(page, include_comments=False) or "" for n, page in html.items()}
    return {"passages": found, "trafilatura": bare}


def show(title: str, scores: pd.DataFrame) -> None:
    rng = np.random.default_rng(0)
    n = len(scores)
    draws = [f1(scores.iloc[rng.integers(0, n, n)]) for _ in range(2000)]
    low, high = np.quantile(draws, [0.025, 0.975])
    p, r = scores.mean()
    print(
        f"{title}, {n} pages: F1 {f1(scores):.3f} [{low:.3f}, {high:.3f}], "
        f"precision {p:.3f}, recall {r:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--html", action="store_true")
    parser.add_argument("--part", default="all", help="all, development, held-back")
    parser.add_argument("--pages", action="store_true")
    options = parser.parse_args()
    gold = json.loads((options.folder / "gold.json").read_text(encoding="utf-8"))
    if options.part != "all":
        wanted = options.part == "held-back"
        held = held_back(gold, options.folder)
        gold = {n: g for n, g in gold.items() if (n in held) == wanted}
    names = sorted(gold)
    read = from_html if options.html else from_text
    for title, found in read(options.folder, names).items():
        scores = page_scores(found, gold)
        show(title, scores)
        few = scores[[len(gold[n]) < SHORT for n in scores.index]]
        if len(few) > 1:
            show(f"{title}, articles under {SHORT} characters", few)
        if options.pages:
            worst = scores.fillna(0).assign(least=scores.fillna(0).min(axis=1))
            worst["characters"] = [len(gold[name]) for name in worst.index]
            print(worst.sort_values("least").round(2).head(40).to_string())


if __name__ == "__main__":
    main()
