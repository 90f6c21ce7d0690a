"""Which reading of a saved page is its article.

An extractor goes wrong on some pages: set to take nothing doubtful it loses sections,
set as usual it takes teasers and comments. Each line of the page has a chance to be of
the article, by its score and by what either extract has of it and of its neighbours (a
logistic score; weights in lexicons/extract_weights.toml). By these chances each extract
has an expected F1, and the best one stands; where it is the first section alone, the
lines that `roles` finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..lexicons import table
from .pages import (
    BLANK,
    Pages,
    first_row,
    last_row,
    near,
    page_rows,
    split_lines,
    window,
)
from .roles import KEPT, ROLES, roles_of
from .scores import Features, Scores, line_scores, probability
from .shapes import LineShapes, line_shapes

__all__ = [
    "Extracts",
    "PageReading",
    "article_bodies",
    "extract_features",
    "read_pages",
]

HELD = 0.5  # of a line's words: then the extract has it
# Chosen, like what follows, on the pages that fit_extracts.py fits to.
SURE = 0.9  # expected F1 of an extract; below it a third one is tried
# The lines are the whole article where they hold most of the extract and are longer by
# half, with running text below it: the extract is the first section.
MOST = 0.8
LONGER = 1.5
PROSE = 100  # characters: lines are running text, not a list, where longer on average
RUN = 4  # words
FAR = 20  # lines
OF_TEXT = np.array([role in KEPT[2:] for role, _ in ROLES])  # body and headings


@dataclass(frozen=True, slots=True)
class PageReading:
    """Lines of pages beside what an extractor took: by row `text`; `of_text`, of the
    article by its lines; and the share of its words in either extract."""

    text: list[str]
    pages: Pages
    shapes: LineShapes
    scores: Scores
    of_text: np.ndarray
    usual: np.ndarray
    careful: np.ndarray

    def part(self, page: int, chance: np.ndarray) -> _Page:
        """One of the pages, with the chance of each line to be of its article."""
        rows = slice(self.pages.starts[page], self.pages.ends[page])
        words = np.maximum(self.shapes.words[rows], 1)
        held = self.usual[rows], self.careful[rows]
        return _Page(self.text[rows], words, self.of_text[rows], *held, chance[rows])


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of one page."""

    text: list[str]
    words: np.ndarray
    of_text: np.ndarray
    usual: np.ndarray
    careful: np.ndarray
    chance: np.ndarray

    def expected_f1(self, taken: np.ndarray) -> float:
        """Of the words taken and those of the article, by their chances."""
        hits = (self.chance * self.words * taken).sum()
        n = (self.words * taken).sum() + (self.chance * self.words).sum()
        return float(2 * hits / max(n, 1))

    def lines_of_text(self) -> list[str]:
        kept = self.of_text.tolist()
        return [line for line, of_text in zip(self.text, kept, strict=True) if of_text]


@dataclass(frozen=True, slots=True)
class Extracts:
    """What an extractor took of a page: as it is set, and where it is to take nothing
    that may be wrong; `generous()` is what it takes where it is to miss nothing."""

    usual: str
    careful: str
    generous: Callable[[], str]


def article_bodies(
    extracts: Sequence[Extracts], pages: Sequence[str], titles: Sequence[str | None]
) -> list[str]:
    """For each page the body of its article: one of its extracts, or the lines that its
    text shows."""
    bodies = [extract.usual for extract in extracts]
    some = [i for i, page in enumerate(pages) if page.strip(BLANK)]
    if not some:
        return bodies
    of_some = [extracts[i] for i in some]
    reading = read_pages(of_some, [pages[i] for i in some], [titles[i] for i in some])
    chance = probability(extract_features(reading), table("extract_weights.toml"))
    for page, (i, extract) in enumerate(zip(some, of_some, strict=True)):
        part = reading.part(page, chance)
        expected = {extract.usual: part.expected_f1(part.usual > HELD)}
        expected.setdefault(extract.careful, part.expected_f1(part.careful > HELD))
        if max(expected.values()) < SURE:
            generous = extract.generous()
            held = np.array(_held(part.text, generous)) > HELD
            expected.setdefault(generous, part.expected_f1(held))
        best = max(expected, key=lambda extract: expected[extract])
        found = part.lines_of_text()
        if found and _is_first_section(best, found, sum(map(len, part.text))):
            best = "\n".join(found)
        bodies[i] = best
    return bodies


def read_pages(
    extracts: Sequence[Extracts], pages: Sequence[str], titles: Sequence[str | None]
) -> PageReading:
    """The lines of pages, none of which is blank, beside their extracts."""
    frame = split_lines(list(pages))
    rows = page_rows(frame["article"].to_numpy())
    shapes = line_shapes(frame, rows)
    scores = line_scores(rows, shapes)
    named = pd.Series(list(titles), dtype="str")
    extracted = np.zeros(len(frame), bool)
    number = roles_of(frame, rows, shapes, scores, named, extracted)
    text = frame["text"].to_list()
    ends = zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)
    usual, careful = [], []
    for extract, (low, high) in zip(extracts, ends, strict=True):
        usual += _held(text[low:high], extract.usual)
        careful += _held(text[low:high], extract.careful)
    of_text = OF_TEXT[number]
    held = np.array(usual), np.array(careful)
    return PageReading(text, rows, shapes, scores, of_text, *held)


def extract_features(reading: PageReading) -> Features:
    """What speaks for a line: it reads like the article, an extract holds it and its
    neighbours, it stands near what that holds."""
    pages, scores = reading.pages, reading.scores
    p, page = scores.line, pages.page
    clipped = np.clip(p, 1e-3, 1 - 1e-3)
    features = {
        "score": np.log(clipped / (1 - clipped)) / 4,
        "score_before": near(pages, p, -1),
        "score_after": near(pages, p, 1),
        "inside_run": (pages.row >= scores.first[page])
        & (pages.row < scores.last[page]),
        "length": np.log1p(reading.shapes.size) / 6,
    }
    for name, held in (("usual", reading.usual), ("careful", reading.careful)):
        of_one = _features_of(reading, held)
        features |= {f"{name}_{key}": value for key, value in of_one.items()}
    return features


def _features_of(reading: PageReading, held: np.ndarray) -> Features:
    """Where each line stands from one extract, of which it holds these shares."""
    pages, p = reading.pages, reading.scores.line
    row, page = pages.row, pages.page
    words = np.maximum(np.rint(reading.shapes.words), 1)
    taken = held > HELD
    first, last = first_row(pages, taken)[page], last_row(pages, taken)[page]
    inside = (row >= first) & (row <= last)
    return {
        "held": held,
        "before": near(pages, held, -1),
        "after": near(pages, held, 1),
        "around": window(pages, held * words, 4, 4) / window(pages, words, 4, 4),
        "inside": inside,
        "rows_before": np.clip(first - row, 0, FAR) / FAR,
        "rows_after": np.clip(row - last, 0, FAR) / FAR,
        "inside_and_score": inside * p,
    }


def _held(lines: list[str], extract: str) -> list[float]:
    """Of each line the share, in 4096ths, whose words stand in the extract as well."""
    known = set(_runs(extract))
    whole = {tuple(_words(line)) for line in extract.split("\n")}
    shares = []
    for line in lines:
        runs = _runs(line)
        if len(runs) > 1:
            shares.append(
                round(4096 * sum(r in known for r in runs) / len(runs)) / 4096
            )
        else:
            words = tuple(_words(line))
            shares.append(float(bool(words) and words in whole))
    return shares


def _is_first_section(extract: str, found: list[str], size: int) -> bool:
    """Whether an extract is only the beginning of the lines found on a page of this
    size: they hold most of it, and much running text below."""
    if size < LONGER * len(extract):
        return False
    known = set(_runs(extract))
    shared = [line for line in found if known.intersection(_runs(line))]
    if not shared or len(known.intersection(_runs("\n".join(shared)))) < MOST * len(
        known
    ):
        return False
    below = found[len(found) - found[::-1].index(shared[-1]) :]
    n = sum(map(len, below))
    return bool(below) and n >= (LONGER - 1) * len(extract) and n >= PROSE * len(below)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(text: str) -> list[tuple[str, ...]]:
    """The runs of four words of a text."""
    words = _words(text)
    return list(zip(*(words[i:] for i in range(RUN)), strict=False))
