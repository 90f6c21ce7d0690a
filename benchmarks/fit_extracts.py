"""Fit the weights of idlibkit.cleaning.choice: whether a line of a saved page is of its
article, by what an extractor took of the page and by the line's own score.

    python benchmarks/fit_extracts.py FOLDER... [--out WEIGHTS.toml]

Each FOLDER is as for measure_cleaning.py, with `html`; its held-back pages are left
out. One logistic regression (scikit-learn, ridge penalty; a page counts the same
however long it is; a line weighs by the root of its words). Prints F1 of what
`read_articles` then makes of pages that the weights were not fitted to (eight folds;
the scores of the lines themselves were fitted to all of them).
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from fit_cleaning import fit, labelled
from measure_cleaning import f1, held_back, joined, page_scores

from idlibkit import lines
from idlibkit.cleaning import choice
from idlibkit.cleaning.pages import total
from idlibkit.reading.encodings import decode_page
from idlibkit.reading.pages import extracts_of, read_page, with_bodies
from idlibkit.reading.whole_pages import page_lines

PENALTY = 1.0
FOLDS = 8


def bodies(rows: list[dict], weights: dict) -> dict[str, str]:
    """What `lines` keeps of pages read with these weights, by their names."""
    with patch.object(choice, "table", lambda _: weights):
        read = pd.DataFrame(with_bodies(rows))
    return joined(lines(read.assign(source_file="a.html")))


def written(weights: dict, n: int) -> str:
    head = [
        "# Weights of the logistic score of cleaning/choice.py, one for each feature",
        "# (named there). Fitted by benchmarks/fit_extracts.py on the",
        f"# {n} development pages of Scrapinghub's article-extraction-benchmark (MIT)",
        "# and WCXB (CC BY 4.0), as HTML; no text of those pages is kept here.",
        "",
    ]
    return "\n".join([*head, *(f"{k} = {v:.3f}" for k, v in weights.items())]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    gold, rows, sets = {}, [], {}
    for folder in options.folders:
        known = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        for name in sorted(set(known) - held_back(known, folder)):
            data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            row = read_page(decode_page(data).text)
            gold[name], sets[name] = known[name], folder.name
            page = page_lines(row["_html"]) if "_html" in row else ""
            rows.append({"article_id": name, **row, "_lines": page})
    with_text = [row for row in rows if row["_lines"]]
    reading = choice.read_pages(
        [extracts_of(row["raw"], row["_html"]) for row in with_text],
        [row["_lines"] for row in with_text],
        [row.get("title") for row in with_text],
    )
    labels = [
        line
        for row in with_text
        for line in labelled(row["_lines"], gold[row["article_id"]])
    ]
    y = np.array([line.share for line in labels]) >= 0.6
    words = np.sqrt(np.maximum([line.words for line in labels], 1))
    weight = 100 * words / total(reading.pages, words)
    x = choice.extract_features(reading)
    order = np.random.default_rng(0).permutation(len(with_text))
    part = np.argsort(order) % FOLDS
    fold = part[reading.pages.page]
    found: dict[str, str] = {}
    for k in range(FOLDS):
        some = [with_text[i] for i in order if part[i] == k]
        found |= bodies(some, fit(x, y, weight, fold != k, PENALTY))
    for folder in sorted(set(sets.values())):
        names = {name: gold[name] for name in gold if sets[name] == folder}
        scores = page_scores(found, names)
        print(f"{folder}: F1 {f1(scores):.4f} {scores.mean().round(3).tolist()}")
    if options.out:
        weights = fit(x, y, weight, np.ones(len(y), bool), PENALTY)
        options.out.write_text(written(weights, len(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
