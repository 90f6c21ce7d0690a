"""Fit the weights of idlibkit.cleaning and print how well they do on pages they were not fitted to.

    python benchmarks/fit_cleaning.py FOLDER [WEIGHTS.toml]

FOLDER is as for measure_cleaning.py. A line counts as body where 60 % of its words align with the gold body. Each page is
used in four forms, so that the weights hold for texts of every kind: as it is; without its indents; without
indents and with only the few lines next to the article; and the article alone. Two logistic regressions
(scikit-learn, ridge penalty, a page counts the same however long it is) are fitted one on the other: the
second sees first-pass scores of pages that the first was not fitted to. Prints F1 of each form by 8-fold cross-validation
over pages; writes the weights fitted on all pages where a second path is given.
"""

from __future__ import annotations

import json
import re
import sys
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pandas as pd
from measure_cleaning import f1, page_scores
from sklearn.linear_model import LogisticRegression

from idlibkit.cleaning.pages import BLANK, page_rows, split_lines, total
from idlibkit.cleaning.roles import ROLES, line_roles
from idlibkit.cleaning.scores import block_features, line_features, probability
from idlibkit.cleaning.shapes import line_shapes

FORMS = {
    "whole": 1.0,
    "unindented": 0.5,
    "trimmed": 0.5,
    "article alone": 0.25,
}  # and the weight of each
PENALTY = 0.3


def labelled(page: str, gold: str) -> list[tuple[str, float, int]]:
    """(line, share of its words that align with the gold body, words) for each line that is not blank."""
    rows = [line for line in page.splitlines() if line.strip(BLANK)]
    words = [re.findall(r"\w+", row) for row in rows]
    owner = np.repeat(np.arange(len(rows)), [len(w) for w in words])
    hits = np.zeros(len(rows))
    match = SequenceMatcher(
        None,
        [w for row in words for w in row],
        re.findall(r"\w+", gold),
        autojunk=False,
    )
    for at, _, size in match.get_matching_blocks():
        np.add.at(hits, owner[at : at + size], 1.0 if size >= 3 else 0.5)
    return [
        (row, hit / max(1, len(w)), len(w))
        for row, hit, w in zip(rows, hits, words, strict=True)
    ]


def form(rows: list[tuple[str, float, int]], name: str) -> list[tuple[str, float, int]]:
    body = [i for i, row in enumerate(rows) if row[1] >= 0.6]
    if name == "whole":
        return rows
    if name == "trimmed":
        rows = rows[max(0, body[0] - 6) : body[-1] + 9]
    if name == "article alone":
        rows = [rows[i] for i in body]
    return [(row[0].strip(), *row[1:]) for row in rows]


def fit(
    x: dict, y: np.ndarray, weight: np.ndarray, rows: np.ndarray
) -> dict[str, float]:
    matrix = np.column_stack([np.asarray(v, float)[rows] for v in x.values()])
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit(
        matrix, y[rows], sample_weight=weight[rows]
    )
    return dict(zip(x, model.coef_[0], strict=True)) | {
        "intercept": model.intercept_[0]
    }


def main(folder: str, out: str | None = None) -> None:
    root = Path(folder)
    gold = json.loads((root / "gold.json").read_text(encoding="utf-8"))
    names = sorted(gold)
    texts = {
        n: (root / "pages" / f"{n}.txt").read_bytes().decode("utf-8") for n in names
    }
    rows = {n: labelled(texts[n], gold[n]) for n in names}
    items = [(n, f) for n in names for f in FORMS]
    data = [form(rows[n], f) for n, f in items]
    frame = split_lines(["\n".join(row[0] for row in part) for part in data])
    pages = page_rows(frame["article"].to_numpy())
    shape = line_shapes(frame, pages)
    x1 = line_features(pages, shape)
    text = frame["text"].to_list()
    y = np.array([row[1] for part in data for row in part]) >= 0.6
    words = np.array([row[2] for part in data for row in part])
    of_form = np.array([FORMS[f] for _, f in items])[pages.page]
    weight1, weight2 = (
        of_form * 100 * w / total(pages, w)
        for w in (np.sqrt(np.maximum(words, 1)), np.maximum(words, 1))
    )

    untitled = pd.Series([None] * len(items), dtype="str")
    text_roles = [i for i, (role, _) in enumerate(ROLES) if role in ("body", "heading")]

    def chain(train, fold):
        """First and second weights from the pages marked in train."""
        p = np.zeros(len(y))
        for part in range(8):
            seen, new = train & (fold != part), train & (fold == part)
            if not new.any():
                continue
            p[new] = probability(x1, fit(x1, y, weight1, seen))[new]
        first = fit(x1, y, weight1, train)
        p[~train] = probability(x1, first)[~train]
        x2 = block_features(pages, shape, p)
        return first, fit(x2, y, weight2, train)

    for seed in range(2):
        order = np.random.default_rng(seed).permutation(len(names))
        fold = (
            np.argsort(order)[np.repeat(np.arange(len(names)), len(FORMS))][pages.page]
            % 8
        )
        kept = np.zeros(len(y), bool)
        for k in range(8):
            first, second = chain(fold != k, fold)
            role = line_roles(frame, untitled, {"line": first, "block": second})
            kept |= (fold == k) & np.isin(role, text_roles)
        for f in FORMS:
            found = {
                n: "\n".join(
                    text[i] for i in range(pages.starts[k], pages.ends[k]) if kept[i]
                )
                for k, (n, g) in enumerate(items)
                if g == f
            }
            scores = page_scores(found, gold)
            print(f"split {seed}, {f}: F1 {f1(scores):.4f}", *scores.mean().round(3))
    if out:
        fold = np.repeat(np.arange(len(names)), len(FORMS))[pages.page] % 8
        first, second = chain(np.ones(len(y), bool), fold)
        lines = [
            "# Weights of the two logistic scores of line_scores.py, one for each feature (named there).",
            f"# Fitted by benchmarks/fit_cleaning.py on {len(names)} pages of Scrapinghub's article-extraction-benchmark (MIT),",
            "# rendered as plain text; no text of those pages is kept here.",
        ]
        for title, weights in (("line", first), ("block", second)):
            lines += [
                "",
                f"[{title}]",
                *(f"{name} = {value:.3f}" for name, value in weights.items()),
            ]
        Path(out).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python benchmarks/fit_cleaning.py FOLDER [WEIGHTS.toml]")
    main(*sys.argv[1:])
