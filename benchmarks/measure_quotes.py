"""Measure `idlibkit.quotes` against hand-annotated attributions: python
benchmarks/measure_quotes.py PATH

PATH holds `text/*.txt` and `attributions/*.ann`, brat annotations with Source, Cue and
Content, such as PolNeAR (github.com/networkdynamics/PolNeAR). Nothing of the set is
needed to use idlibkit.

Printed, each with a 95 % percentile bootstrap interval over articles:

found       share of the gold direct quotations (four words or more in marks, half of it
            in an attribution's content) that a direct row covers to 0.8, without being
            more than 1.5 times as long
attributed  share of those with a source whose row's speaker mention overlaps it
precision   share of the direct rows that cover a gold direct quotation. The gold knows
            marks by a pattern that takes curly and straight pairs inside one paragraph;
            a row with one mark curly and one straight, or over paragraphs, counts as
            wrong
in content  share of the direct rows half of which or more is in a gold content,
            whatever their marks
word        of the words in the kept text: attributed (in a direct or indirect row)
            against in a gold content: F1, precision, recall
spans       F1 of source, cue and content spans of all attributions, direct and
            indirect: exact (the same words) and overlap (a word in common). A source is
            the speaker mention with what stands in apposition, a cue the verb with its
            auxiliaries and adverbs. The contents of one attribution are joined where
            only marks and white space stand between them
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from idlibkit import quotes

WORD = re.compile(r"\w+")
CURLY_AND_STRAIGHT = r"“([^“”]+)”|\"([^\"\n]+)\""
AND_DOUBLED = CURLY_AND_STRAIGHT + r"|''((?:[^'\n]|'(?!'))+)''"


def read_brat(annotation: str) -> list[dict[str, list[tuple[int, int]]]]:
    """[{role: [(start, end), ...]}], one per attribution."""
    spans, events = {}, []
    for row in annotation.splitlines():
        parts = row.split("\t")
        if row.startswith("T"):
            role, where = parts[1].split(" ", 1)
            spans[parts[0]] = (
                role,
                [tuple(map(int, piece.split())) for piece in where.split(";")],
            )
        elif row.startswith("E"):
            events.append([arg.split(":")[1] for arg in parts[1].split()[1:]])
    out = []
    for event in events:
        roles: dict[str, list[tuple[int, int]]] = {}
        for ident in event:
            role, where = spans[ident]
            roles.setdefault(role, []).extend(where)
        out.append(roles)
    return out


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def gold_quotes(
    text: str, attributions: list, marks: str
) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """((start, end), source spans) of the runs in marks that lie in an attribution's
    content.
    """
    out = []
    for match in re.finditer(marks, text):
        span = match.span()
        if len(WORD.findall(match.group())) < 4 or not attributions:
            continue
        covered = [
            sum(overlap(span, c) for c in a.get("Content", [])) for a in attributions
        ]
        best = int(np.argmax(covered))
        if covered[best] >= 0.5 * (span[1] - span[0]):
            out.append((span, attributions[best].get("Source", [])))
    return out


def article_counts(
    text: str, attributions: list, rows: pd.DataFrame, marks: str
) -> list[int]:
    """gold, found, sourced, attributed, predicted, correct, in content, and words:
    both, predicted, gold.
    """
    direct = rows[
        (rows["kind"] == "direct")
        & (rows["text"].map(lambda t: len(WORD.findall(t))) >= 4)
    ]
    spans = list(zip(direct["start"], direct["end"], strict=True))
    speakers = list(zip(direct["speaker_start"], direct["speaker_end"], strict=True))
    gold = gold_quotes(text, attributions, marks)
    found = sourced = attributed = 0
    for (start, end), sources in gold:
        size = end - start
        hit = next(
            (
                i
                for i, s in enumerate(spans)
                if overlap(s, (start, end)) >= 0.8 * size
                and s[1] - s[0] <= 1.5 * size + 4
            ),
            None,
        )
        found += hit is not None
        sourced += bool(sources)
        if sources and hit is not None and pd.notna(speakers[hit][0]):
            attributed += any(overlap(speakers[hit], source) for source in sources)
    correct = sum(
        any(overlap(s, g) >= 0.8 * (g[1] - g[0]) for g, _ in gold) for s in spans
    )
    truth, guess = np.zeros(len(text), bool), np.zeros(len(text), bool)
    for attribution in attributions:
        for start, end in attribution.get("Content", []):
            truth[start:end] = True
    spoken = rows[rows["kind"] != "fragment"]
    for start, end in zip(spoken["start"], spoken["end"], strict=True):
        guess[start:end] = True
    words = np.array([m.start() for m in WORD.finditer(text)], int)
    t, g = truth[words], guess[words]
    content = sum(truth[a:b].mean() >= 0.5 for a, b in spans)
    return [
        len(gold),
        found,
        sourced,
        attributed,
        len(spans),
        correct,
        content,
        (t & g).sum(),
        g.sum(),
        t.sum(),
    ]


def measures(counts: np.ndarray) -> dict[str, float]:
    (
        gold,
        found,
        sourced,
        attributed,
        predicted,
        correct,
        content,
        both,
        guess,
        truth,
    ) = counts
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "found": found / gold,
            "attributed": attributed / sourced,
            "precision": correct / predicted,
            "in content": content / predicted,
            "word F1": 2 * both / (guess + truth),
            "word precision": both / guess,
            "word recall": both / truth,
        }


Span = tuple[int, int]


def word_span(text: str, start: int, end: int) -> Span:
    """A span from its first word to its last."""
    words = [match.span() for match in WORD.finditer(text, start, end)]
    return (words[0][0], words[-1][1]) if words else (start, end)


def joined(text: str, spans: list[Span]) -> set[Span]:
    """Spans with those made one between which there is no word."""
    out: list[Span] = []
    for start, end in sorted(word_span(text, *span) for span in spans):
        if out and not WORD.search(text, out[-1][1], start):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return set(out)


def gold_spans(text: str, attributions: list) -> dict[str, set[Span]]:
    """Source, cue and content spans of an article's attributions."""
    return {
        role: set().union(*(joined(text, one.get(role, [])) for one in attributions))
        for role in ("Source", "Cue", "Content")
    }


def found_spans(text: str, rows: pd.DataFrame) -> dict[str, set[Span]]:
    """The same of the rows that `quotes` gives."""
    rows = rows[rows["kind"] != "fragment"]
    spans: dict[str, set[Span]] = {"Source": set(), "Cue": set(), "Content": set()}
    places = rows[["source_start", "source_end", "cue_start", "cue_end"]]
    keys = [places[name].fillna(-1).astype(int) for name in places]
    for (source, source_end, cue, cue_end), claim in rows.groupby(keys):
        contents = list(zip(claim["start"], claim["end"], strict=True))
        spans["Content"] |= joined(text, contents)
        if source >= 0:
            spans["Source"].add(word_span(text, source, source_end))
        if cue >= 0:
            spans["Cue"].add(word_span(text, cue, cue_end))
    return spans


def span_counts(gold: set[Span], predicted: set[Span]) -> list[int]:
    """gold, predicted, exact, and those of each that overlap one of the other."""
    return [
        len(gold),
        len(predicted),
        len(gold & predicted),
        sum(any(overlap(g, p) for p in predicted) for g in gold),
        sum(any(overlap(p, g) for g in gold) for p in predicted),
    ]


def span_measures(counts: np.ndarray) -> dict[str, float]:
    gold, predicted, exact, gold_met, predicted_met = counts
    precision, recall = predicted_met / predicted, gold_met / gold
    return {
        "exact F1": 2 * exact / (gold + predicted),
        "overlap F1": 2 * precision * recall / (precision + recall),
    }


def print_measures(
    counts: np.ndarray,
    draws: np.ndarray,
    measured: Callable[[np.ndarray], dict[str, float]],
    lead: str,
    width: int,
) -> None:
    """What is `measured` of sums of counts, with intervals over articles."""
    drawn = [list(measured(counts[draw].sum(0)).values()) for draw in draws]
    low, high = np.nanpercentile(drawn, [2.5, 97.5], axis=0)
    for (measure, value), a, b in zip(
        measured(counts.sum(0)).items(), low, high, strict=True
    ):
        print(f"  {lead + measure:{width}s} {value:.3f}  [{a:.3f}, {b:.3f}]")


def print_spans(
    articles: pd.DataFrame, gold: dict, rows: dict, none: pd.DataFrame
) -> None:
    """F1 of spans with intervals over articles."""
    pairs = [
        (gold_spans(raw, gold[name]), found_spans(raw, rows.get(name, none)))
        for name, raw in zip(articles["article_id"], articles["raw"], strict=True)
    ]
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(pairs), (2000, len(pairs)))
    print("spans of all attributions")
    for role in ("Source", "Cue", "Content"):
        counts = np.array([span_counts(one[role], other[role]) for one, other in pairs])
        print_measures(counts, draws, span_measures, f"{role.lower()} ", 18)


def load(path: Path) -> tuple[pd.DataFrame, dict[str, list]]:
    """The articles and their attributions."""
    files = sorted((path / "text").glob("*.txt"))
    articles = pd.DataFrame(
        {
            "article_id": [f.stem for f in files],
            "outlet": [f.stem.split("_")[0] for f in files],
            "raw": [f.read_text(encoding="utf-8") for f in files],
        }
    )
    gold = {
        f.stem: read_brat(
            (path / "attributions" / f"{f.stem}.ann").read_text(encoding="utf-8")
        )
        for f in files
    }
    return articles, gold


def main(path: str) -> None:
    articles, gold = load(Path(path))
    rows = dict(iter(quotes(articles).groupby("article_id")))
    none = next(iter(rows.values())).iloc[:0]
    rng = np.random.default_rng(0)
    for title, marks in (
        ("curly and straight marks", CURLY_AND_STRAIGHT),
        ("doubled '' too", AND_DOUBLED),
    ):
        counts = np.array(
            [
                article_counts(raw, gold[name], rows.get(name, none), marks)
                for name, raw in zip(
                    articles["article_id"], articles["raw"], strict=True
                )
            ]
        )
        draws = rng.integers(0, len(counts), (2000, len(counts)))
        print(
            f"{len(counts)} articles, {counts[:, 0].sum()} gold direct quotations, "
            f"gold marks: {title}"
        )
        print_measures(counts, draws, measures, "", 15)

    print_spans(articles, gold, rows, none)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
