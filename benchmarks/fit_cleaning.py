"""Fit the weights of idlibkit.cleaning and print how well they do on pages they were
not fitted to.

    python benchmarks/fit_cleaning.py FOLDER... [--out WEIGHTS.toml] [--folds N]

Each FOLDER is as for measure_cleaning.py; its held-back pages are left out. A line
counts as body where 60 % of its words align with the gold body. Each page is used in
several forms, so that the weights hold for texts of every kind: as it is; without its
indents; without indents and with only the few lines next to the article; the article
alone; with an article of two to six lines, as it is and trimmed; and, so that no topic
is taken for furniture, as it is with the names that it prints most replaced by words of
buttons and appeals (`with_topic` of measure_topics.py).
Two logistic regressions (scikit-learn, ridge penalty, a page counts the same however
long it is) are fitted one on the other: the second sees first-pass scores of pages that
the first was not fitted to. Prints F1 of each form by cross-validation over pages;
writes the weights fitted on all pages where --out is given.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pandas as pd
from measure_cleaning import SHORT, f1, held_back, page_scores
from measure_topics import WORDS, with_topic
from sklearn.linear_model import LogisticRegression

from idlibkit.cleaning.pages import BLANK, Pages, page_rows, split_lines, total
from idlibkit.cleaning.roles import ROLES, line_roles
from idlibkit.cleaning.scores import block_features, line_features, probability
from idlibkit.cleaning.shapes import line_shapes

FORMS = {  # and the weight of each
    "whole": 1.0,
    "unindented": 0.5,
    "trimmed": 0.5,
    "article alone": 0.5,
    "topic": 0.5,
    "short": 0.25,
    "short, trimmed": 0.25,
}
PENALTY = 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, the share of its words in the gold body, and their number."""

    text: str
    share: float
    words: int


def labelled(page: str, gold: str) -> list[Line]:
    """The lines of a page that are not blank."""
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
        Line(row, hit / max(1, len(w)), len(w))
        for row, hit, w in zip(rows, hits, words, strict=True)
    ]


def form(rows: list[Line], name: str, number: int) -> list[Line]:
    """A page in one of its forms."""
    body = [i for i, row in enumerate(rows) if row.share >= 0.6]
    if name == "whole":
        return rows
    if name == "topic":
        text = with_topic(
            "\n".join(row.text for row in rows), WORDS[number % len(WORDS)]
        )
        return [
            Line(new, row.share, row.words)
            for new, row in zip(text.split("\n"), rows, strict=True)
        ]
    if name.startswith("short") and body:
        keep = set(body[: 2 + number % 5])
        rows = [row for i, row in enumerate(rows) if i in keep or i not in body]
        body = [i for i, row in enumerate(rows) if row.share >= 0.6]
    if name == "short":
        return rows
    if name.endswith("trimmed") and body:
        rows = rows[max(0, body[0] - 6) : body[-1] + 9]
    if name == "article alone" and body:
        rows = [rows[i] for i in body]
    return [Line(row.text.strip(), row.share, row.words) for row in rows]


@dataclass(frozen=True, slots=True)
class Data:
    """All pages in all forms as one table of lines."""

    items: list[tuple[str, str]]  # name of the page and form
    frame: object
    pages: Pages
    y: np.ndarray
    weights: tuple[np.ndarray, np.ndarray]
    body: list[str]  # of each item, its lines of the gold body

    @classmethod
    def of(cls, rows: dict[str, list[Line]]) -> Data:
        items = [(n, f) for n in rows for f in FORMS]
        parts = [form(rows[n], f, i) for i, (n, f) in enumerate(items)]
        frame = split_lines(["\n".join(row.text for row in part) for part in parts])
        pages = page_rows(frame["article"].to_numpy())
        y = np.array([row.share for part in parts for row in part]) >= 0.6
        words = np.array([row.words for part in parts for row in part])
        of_form = np.array([FORMS[f] for _, f in items])[pages.page]
        weights = tuple(
            of_form * 100 * w / total(pages, w)
            for w in (np.sqrt(np.maximum(words, 1)), np.maximum(words, 1))
        )
        body = ["\n".join(r.text for r in part if r.share >= 0.6) for part in parts]
        return cls(items, frame, pages, y, weights, body)


def fit(
    x: dict,
    y: np.ndarray,
    weight: np.ndarray,
    rows: np.ndarray,
    penalty: float = PENALTY,
) -> dict:
    """The weights of the features, by name, and the intercept."""
    matrix = np.column_stack([np.asarray(v, float)[rows] for v in x.values()])
    model = LogisticRegression(C=penalty, solver="newton-cholesky")
    model.fit(matrix, y[rows], sample_weight=weight[rows])
    return dict(zip(x, model.coef_[0], strict=True)) | {
        "intercept": model.intercept_[0]
    }


class Fitting:
    """First and second weights from some of the pages."""

    def __init__(self, data: Data):
        self.data = data
        self.shape = line_shapes(data.frame, data.pages)
        self.x = line_features(data.pages, self.shape)

    def chain(self, train: np.ndarray, fold: np.ndarray) -> dict[str, dict]:
        y, (weight1, weight2) = self.data.y, self.data.weights
        p = np.zeros(len(y))
        for part in np.unique(fold[train]):
            seen, new = train & (fold != part), train & (fold == part)
            p[new] = probability(self.x, fit(self.x, y, weight1, seen))[new]
        first = fit(self.x, y, weight1, train)
        p[~train] = probability(self.x, first)[~train]
        x2 = block_features(self.data.pages, self.shape, p)
        return {"line": first, "block": fit(x2, y, weight2, train)}


def folds(data: Data, n: int, seed: int) -> np.ndarray:
    """The part that each line's page is in, the same for all forms of the page."""
    names = sorted({name for name, _ in data.items})
    order = np.random.default_rng(seed).permutation(len(names))
    part = dict(zip(names, order % n, strict=True))
    return np.array([part[name] for name, _ in data.items])[data.pages.page]


def cross_validated(data: Data, n: int, seed: int) -> dict:
    """The text kept of each item, each with weights fitted to other pages."""
    fold, fitting = folds(data, n, seed), Fitting(data)
    untitled = pd.Series([None] * len(data.items), dtype="str")
    of_text = [i for i, (role, _) in enumerate(ROLES) if role in ("body", "heading")]
    kept = np.zeros(len(data.y), bool)
    for k in range(n):
        weights = fitting.chain(fold != k, fold)
        role = line_roles(data.frame, untitled, np.zeros(len(untitled), bool), weights)
        kept |= (fold == k) & np.isin(role, of_text)
    text = np.array(data.frame["text"].to_list(), object)
    ends = zip(data.pages.starts, data.pages.ends, strict=True)
    return {
        item: "\n".join(text[low:high][kept[low:high]])
        for item, (low, high) in zip(data.items, ends, strict=True)
    }


def report(found: dict, gold: dict, title: str, names: list[str]) -> None:
    for f in [
        f for f in FORMS if f != "topic"
    ]:  # its words are not those of the gold body
        true = {n: gold[n, f] for n in names}
        scores = page_scores({n: found[n, f] for n in names}, true)
        few = scores[[len(true[n]) < SHORT for n in scores.index]]
        print(
            f"{title}, {f}: F1 {f1(scores):.4f} {scores.mean().round(3).tolist()}; "
            f"{len(few)} short {f1(few):.3f}",
            flush=True,
        )


def written(weights: dict[str, dict], n: int) -> str:
    lines = [
        "# Weights of the two logistic scores of cleaning/scores.py, one for each",
        "# feature (named there). Fitted by benchmarks/fit_cleaning.py on the",
        f"# {n} development pages of",
        "# Scrapinghub's article-extraction-benchmark (MIT) and WCXB (CC BY 4.0),",
        "# rendered as plain text; no text of those pages is kept here.",
    ]
    for title, values in weights.items():
        lines += ["", f"[{title}]"]
        lines += [f"{name} = {value:.3f}" for name, value in values.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--folds", type=int, default=8)
    options = parser.parse_args()
    gold, rows, sets = {}, {}, {}
    for folder in options.folders:
        bodies = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        for name in sets.setdefault(
            folder.name, sorted(set(bodies) - held_back(bodies, folder))
        ):
            page = (folder / "pages" / f"{name}.txt").read_bytes().decode("utf-8")
            gold[name] = bodies[name]
            rows[name] = labelled(page, bodies[name])
    data = Data.of(rows)
    if options.folds > 1:
        found = cross_validated(data, options.folds, seed=0)
        gold = {
            (n, f): data.body[i] if f.startswith("short") else gold[n]
            for i, (n, f) in enumerate(data.items)
        }
        for title, names in sets.items():
            report(found, gold, title, names)
    if options.out:
        weights = Fitting(data).chain(np.ones(len(data.y), bool), folds(data, 8, 0))
        options.out.write_text(written(weights, len(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
