"""How much each line of a page reads like its article: two passes of a plain score.

The first weighs what a line looks like (length, sentence ends, bullets, dates, cue
phrases, repetition) and what stands around it, and finds the run of lines with the
highest sum: the article. The second weighs where a line stands from that run (inside,
its indent, the scores around it). Both are logistic; the weights are in
lexicons/page_weights.toml, fitted by benchmarks/fit_cleaning.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..lexicons import table
from .pages import Pages, best_run, near, total, window
from .shapes import LineShapes

__all__ = [
    "Scores",
    "Weights",
    "block_features",
    "line_features",
    "line_scores",
    "probability",
]

Features = dict[str, np.ndarray]
Weights = Mapping[str, Mapping[str, float]]  # for "line" and "block", by feature

SHAPE = (
    *("prose", "capital", "terminal", "sentence", "colon", "bullet", "time", "appeal"),
    *("link", "byline", "dated", "credit", "picture", "repeated", "share", "stop"),
)
BLOCK = ("bullet", "picture", "credit", "appeal", "capital", "terminal", "colon")


@dataclass(frozen=True, slots=True)
class Scores:
    """The score of each line (0 to 1); first and last row (exclusive) of each page's
    article."""

    line: np.ndarray
    first: np.ndarray
    last: np.ndarray


def line_scores(
    pages: Pages, shapes: LineShapes, weights: Weights | None = None
) -> Scores:
    """Both passes; `weights` as in page_weights.toml where others are to be tried."""
    weights = weights or table("page_weights.toml")
    p = probability(line_features(pages, shapes), weights["line"])
    p = probability(block_features(pages, shapes, p), weights["block"])
    return Scores(p, *best_run(pages, _gain(p, shapes)))


def probability(features: Features, weights: Mapping[str, float]) -> np.ndarray:
    """Logistic score, rounded so that sums of it are exact and never hang on the other
    pages of a table."""
    z = sum(weights[name] * values for name, values in features.items())
    return np.rint(4096 / (1 + np.exp(-z - weights["intercept"]))) / 4096


def _gain(p: np.ndarray, shapes: LineShapes) -> np.ndarray:
    """What a line adds to a run: lines surely in or out count most, long ones more, but
    not by their full length."""
    return (p - 0.5) * np.sqrt(np.maximum(shapes.words, 3))


def line_features(pages: Pages, s: LineShapes) -> Features:
    """First pass: the shape of a line and of the lines around it."""
    size, prose, cue = s.size, s.prose, s.cue
    far = len(size)
    length = np.log1p(size) / 6
    mass = size * prose
    indent = s.indent + 1

    def log_mass(back: int, on: int, scale: int) -> np.ndarray:
        return np.log1p(window(pages, mass, back, on)) / scale

    def near_by(x: np.ndarray, back: int, on: int, most: int) -> np.ndarray:
        return np.minimum(window(pages, x, back, on), most)

    around = window(pages, mass, 6, 6)
    most_around = np.maximum.reduceat(around, pages.starts)[pages.page]
    lines_on_page = pages.high - pages.low
    same_indent = [(near(pages, indent, by) == indent) / 2 for by in (-1, 1)]
    plain = {name: getattr(s, name) for name in SHAPE}
    return plain | {
        "length": length,
        "long": size >= 120,
        "short": size < 25,
        "short_link": s.link & (size < 80),
        "short_appeal": s.appeal & (size < 80),
        "length_before": near(pages, length, -1),
        "length_after": near(pages, length, 1),
        "prose_before": near(pages, prose, -1),
        "prose_after": near(pages, prose, 1),
        "cue_before": near(pages, cue, -1),
        "cue_after": near(pages, cue, 1),
        "cues_before": window(pages, cue, 5, -1) / 5,
        "cues_after": window(pages, cue, -1, 5) / 5,
        "cues_on_page": total(pages, cue) / lines_on_page,
        "prose_on_page": total(pages, prose) / lines_on_page,
        "indent_as_near": same_indent[0] + same_indent[1],
        "date_before": near_by(s.time, 8, -1, 1),
        "date_after": near_by(s.time, -1, 8, 1),
        "dates_around": near_by(s.time, 8, 8, 4) / 4,
        "stop_before": near_by(s.stop, 10, -1, 2),
        "share_before": near_by(s.share, 10, -1, 1),
        "share_after": near_by(s.share, -1, 10, 1),
        "mass_4_before": log_mass(4, -1, 7),
        "mass_4_after": log_mass(-1, 4, 7),
        "mass_12_before": log_mass(12, -1, 8),
        "mass_12_after": log_mass(-1, 12, 8),
        "mass_around": around / np.maximum(most_around, 1),
        "mass_on_page": np.log1p(total(pages, mass)) / 9,
        "mass_before": log_mass(far, -1, 9),
        "mass_after": log_mass(-1, far, 9),
        "share_of_mass": window(pages, mass, far, 0)
        / np.maximum(total(pages, mass), 1),
        "position": (pages.row - pages.low) / lines_on_page,
    }


def block_features(pages: Pages, s: LineShapes, p: np.ndarray) -> Features:
    """Second pass: where a line stands from the run of lines of the first pass."""
    size, page, row = s.size, pages.page, pages.row
    first, last = best_run(pages, _gain(p, s))
    inside = (row >= first[page]) & (row < last[page])
    usual = _usual_indent(pages, s, p, inside, first)
    # a page without indents tells nothing by them
    flat = total(pages, s.indent > 0) == 0
    off = np.where(flat, 0, s.indent - usual[page])
    at_usual = ~flat & (off == 0)
    clipped = np.clip(p, 1e-3, 1 - 1e-3)
    plain = {name: getattr(s, name) for name in BLOCK}
    return plain | {
        "first_pass": np.log(clipped / (1 - clipped)) / 4,
        "p_before": near(pages, p, -1),
        "p_after": near(pages, p, 1),
        "p_around": window(pages, p, 3, 3) / 7,
        "inside": inside,
        "rows_before": np.log1p(np.maximum(first[page] - row, 0)) / 4,
        "rows_after": np.log1p(np.maximum(row - last[page] + 1, 0)) / 4,
        "flat": flat,
        "inside_flat": inside & flat,
        "usual_indent": at_usual,
        "deeper": off > 0,
        "shallower": off < 0,
        "indent_off": np.minimum(np.abs(off), 20) / 20,
        "inside_usual": at_usual & inside,
        "inside_deeper": inside & (off > 0),
        "inside_shallower": inside & (off < 0),
        "long_usual": at_usual & (size > 50),
        "inside_short": inside & (size < 60),
        "inside_bullet": inside & s.bullet,
        "inside_terminal": inside & s.terminal,
        "short_link": s.link & (size < 80),
        "length": np.log1p(size) / 6,
    }


def _usual_indent(
    pages: Pages, s: LineShapes, p: np.ndarray, inside: np.ndarray, first: np.ndarray
) -> np.ndarray:
    """For each page, the indent that holds most of the text of its run."""
    import polars as pl

    votes = inside & (s.size > 60)
    usual = s.indent[first].copy()
    best = (
        pl.DataFrame(
            {
                "page": pages.page[votes],
                "indent": s.indent[votes],
                "mass": (s.size * p)[votes],
            }
        )
        .group_by("page", "indent")
        .agg(pl.col("mass").sum().round(3))
        .sort("page", "mass", "indent", descending=[False, True, False])
        .unique("page", keep="first", maintain_order=True)
    )
    usual[best["page"].to_numpy()] = best["indent"].to_numpy()
    return usual
