"""Measure `idlibkit.labels` and `idlibkit.quantities` against answers coded by hand:
python benchmarks/measure_coded.py PATH

PATH is a folder that holds the articles of PolNeAR 1.0
(github.com/networkdynamics/PolNeAR) somewhere below it, each as NAME.txt, and its
attributions as NAME.ann or NAME_*.ann. The answers are in coded_labels.csv and
coded_figures.csv beside this script: places in these texts and numbers, none of their
words. Nothing of the set is needed to use idlibkit. `--wrong` lists what is wrong, with
its words; `--develop` takes attributions from the half that was seen while the rules
were made.

Printed for the drawings that nothing was tuned to, with the number of cases and a 95 %
Wilson interval:

labels      modifiers given: share that is exactly right; there: share of the coded ones
            found exactly (each word of them, but for other, most, more, only). Mentions
            in the articles are exactly those of the table of actors.
quantities  value: `value`, or `low` and `high`, of the coded figures; counted: the head
            noun; hedge
source      attributed_to of figures in own and reported voice. given: share of those
            given that name the coded mention; there: share of the coded sources found;
            all: right, where nothing is to be given too. The mention is taken as named
            if the last word of `attributed_to` is one of its words, or if the mention
            that this is read from overlaps it (a pronoun tells no name: it counts only
            where no other mention is given).

Then attributed_to against the set's own annotation, which others made: a figure is
attributed where it is in an attribution's content, to the source of that. Figures in
contents without a source are left out. Only articles of the half kept to measure; 95 %
percentile bootstrap intervals over articles."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from measure_quotes import overlap, read_brat
from scipy.stats import binomtest

import idlibkit as ik
from idlibkit.text.words import fold

HERE = Path(__file__).parent
PRONOUNS = ("he", "she", "it", "they", "we", "who", "which")
Place = tuple[int, int]


def load(path: Path) -> tuple[pd.DataFrame, dict[str, list], set[str]]:
    """The articles, their attributions, and the ids of those in the half kept to
    measure.
    """
    wanted = pd.read_csv(HERE / "coded_articles.csv", comment="#")
    files = {
        hashlib.sha256(f.read_bytes()).hexdigest()[:12]: f
        for f in sorted(path.rglob("*.txt"), reverse=True)
    }
    if missing := set(wanted["article"]) - set(files):
        sys.exit(
            f"{len(missing)} of {len(wanted)} articles are not below {path}, "
            "or in another edition there."
        )
    ids = {files[name].stem: name for name in wanted["article"]}
    gold = {}
    for note in sorted(path.rglob("*.ann"), reverse=True):
        stem = note.stem if note.stem in ids else note.stem.rsplit("_", 1)[0]
        if stem in ids:
            gold[ids[stem]] = read_brat(note.read_text(encoding="utf-8"))
    texts = [files[name].read_text(encoding="utf-8") for name in wanted["article"]]
    outlets = [files[name].stem.split("_")[0] for name in wanted["article"]]
    articles = pd.DataFrame(
        {"article_id": wanted["article"], "outlet": outlets, "text": texts}
    )
    return articles, gold, set(wanted.loc[wanted["half"] == "measure", "article"])


def places(answer: str) -> list[Place]:
    """The places of an answer: "none 12-20 31-40"."""
    return [
        tuple(map(int, place.split("-")))
        for place in answer.split(" ")
        if place != "none"
    ]


def report(name: str, right: int, n: int) -> None:
    low, high = (
        binomtest(right, n).proportion_ci(method="wilson") if n else (np.nan, np.nan)
    )
    print(
        f"  {name:34s} {right / max(n, 1):.3f}  {right} of {n}  [{low:.3f}, {high:.3f}]"
    )


def words(text: object) -> list[str]:
    """The words of modifiers that are compared."""
    plain = (
        [word.strip(",.“”\"'") for word in text.split()]
        if isinstance(text, str)
        else []
    )
    return [
        word for word in plain if word and word not in ("other", "most", "more", "only")
    ]


def last_word(text: object) -> str:
    found = (
        re.findall(r"\w[\w.'&-]*", fold(text).removesuffix("'s"))
        if isinstance(text, str)
        else []
    )
    return found[-1].rstrip(".") if found else ""


def labels(texts: dict[str, str], passages: pd.DataFrame, wrong: bool) -> None:
    coded = pd.read_csv(HERE / "coded_labels.csv", comment="#")
    coded = coded[coded["drawing"] == "measure"]
    found = dict(
        iter(ik.labels(passages, HERE / "coded_actors.toml").groupby("article_id"))
    )
    given = there = right_given = right_there = 0
    for row in coded.itertuples():
        text, rows = texts[row.article], found[row.article]
        rows = rows[(rows["start"] <= row.start) & (rows["end"] >= row.end)]
        label = fold(text[row.start : row.end])
        # Of two mentions at one place ("GOP" in "GOP candidates") the one whose label
        # is the coded one.
        agree = [
            sum(a == b for a, b in zip(label, fold(name), strict=False)) / len(name)
            for name in rows["label"]
        ]
        answer = words(rows["modifiers"].iloc[int(np.argmax(agree))]) if agree else []
        gold = [
            word
            for start, end in places(row.modifiers)
            for word in words(text[start:end])
        ]
        given, there = given + bool(answer), there + bool(gold)
        right_given += bool(answer) and answer == gold
        right_there += bool(gold) and answer == gold
        if wrong and answer != gold:
            print(f"    {row.article} {row.start}: {answer}, coded {gold}")
    print(f"labels: {len(coded)} mentions")
    report("modifiers, where some are given", right_given, given)
    report("modifiers, where some are there", right_there, there)


def right_value(row: object, coded: str) -> bool:
    if coded in ("no", "vague"):
        return coded == "vague" and pd.isna(row.value)
    if ".." in coded:
        return (row.low, row.high) == tuple(map(float, coded.split("..")))
    return abs(row.value - float(coded)) < 0.05


def quantities(
    texts: dict[str, str], found: dict[str, pd.DataFrame], wrong: bool
) -> None:
    coded = pd.read_csv(
        HERE / "coded_figures.csv", comment="#", dtype={"value": str}
    ).dropna(subset="value")
    tally = {
        name: [0, 0]
        for name in (
            "value",
            "counted given",
            "counted there",
            "hedge given",
            "hedge there",
        )
    }
    lost = 0
    for row in coded.itertuples():
        text, rows = texts[row.article], found[row.article]
        rows = rows[(rows["start"] < row.end) & (rows["end"] > row.start)]
        answer = next(rows.itertuples(), None)
        heads, hedges = (
            [fold(text[a:b]).strip(".'\"") for a, b in places(each)]
            for each in (row.counted, row.hedge)
        )
        if answer is None:
            lost += row.value != "no"
        else:
            right = right_value(answer, row.value)
            tally["value"][0] += right
            tally["value"][1] += 1
            if wrong and not right:
                print(
                    f"    {row.article} {row.start}: {answer.text}, coded {row.value}"
                )
        counted, hedge = (
            getattr(answer, "counted", None),
            getattr(answer, "hedge", None),
        )
        head = (
            fold(counted).split(" ")[-1].strip(".'\"")
            if isinstance(counted, str)
            else ""
        )
        hedge = fold(hedge) if isinstance(hedge, str) else ""
        sure = row.counted if "none" not in row.counted or head in heads else ""
        for name, one, gold, must in (
            ("counted", head, heads, sure),
            ("hedge", hedge, hedges, hedges),
        ):
            if one:
                tally[f"{name} given"][0] += one in gold
                tally[f"{name} given"][1] += 1
            if must and gold:
                tally[f"{name} there"][0] += one in gold
                tally[f"{name} there"][1] += 1
            if wrong and (one or must) and gold != [one]:
                print(f"    {row.article} {row.start} {name}: {one!r}, coded {gold}")
    print(f"quantities: {len(coded)} figures, of which {lost} are not found")
    for name, (right, n) in tally.items():
        report(name, right, n)


def names(row: object, text: str, quotes: pd.DataFrame, gold: list[Place]) -> bool:
    """Whether `attributed_to` names one of the mentions in `gold`: by its last word, or
    read from a mention that overlaps one.
    """
    word = last_word(row.attributed_to)
    if any(
        word in re.findall(r"\w[\w'&-]*", fold(text[start:end])) for start, end in gold
    ):
        return True
    spoken = quotes[
        (quotes["start"] < row.end)
        & (quotes["end"] > row.start)
        & (quotes["speaker"] == row.attributed_to)
    ]
    if len(spoken) and row.voice != "own" and pd.notna(spoken["speaker_start"].iloc[0]):
        place = int(spoken["speaker_start"].iloc[0]), int(spoken["speaker_end"].iloc[0])
    else:
        hits = [m.span() for m in re.finditer(re.escape(row.attributed_to), text)]
        place = min(hits, key=lambda hit: abs(hit[0] - row.start), default=(0, 0))
    named = [each for each in gold if fold(text[slice(*each)]) not in PRONOUNS]
    return any(overlap(place, each) for each in named or gold)


def sources(
    texts: dict[str, str],
    found: dict[str, pd.DataFrame],
    quotes: pd.DataFrame,
    drawing: str,
    wrong: bool,
) -> None:
    coded = pd.read_csv(HERE / "coded_figures.csv", comment="#").dropna(subset="source")
    coded = coded[coded["drawing"] == drawing]
    given = there = right_given = right_there = right_all = 0
    for row in coded.itertuples():
        text, rows = texts[row.article], found[row.article]
        rows = rows[(rows["start"] < row.end) & (rows["end"] > row.start)]
        answer = next(rows.itertuples(), None)
        name = (
            answer is not None
            and isinstance(answer.attributed_to, str)
            and answer.attributed_to
        )
        must = "none" not in row.source
        right = bool(name) and names(
            answer,
            text,
            quotes[quotes["article_id"] == row.article],
            places(row.source),
        )
        given, there = given + bool(name), there + must
        right_given, right_there = right_given + right, right_there + (must and right)
        right_all += right if name else not must
        if wrong and not (right if name else not must):
            print(
                f"    {row.article} {row.start}: {name!r}, "
                f"coded {[text[a:b] for a, b in places(row.source)]}"
            )
    print(f"attributed_to, coded: {len(coded)} figures in own and reported voice")
    report("given", right_given, given)
    report("there", right_there, there)
    report("all", right_all, len(coded))


def annotated(
    texts: dict[str, str],
    table: pd.DataFrame,
    quotes: pd.DataFrame,
    gold: dict,
    wrong: bool,
) -> None:
    spoken = dict(iter(quotes.groupby("article_id")))
    none, counts = quotes.iloc[:0], {}
    for row in table.itertuples():
        text = texts[row.article_id]
        inside = [
            a
            for a in gold[row.article_id]
            if any(overlap(c, (row.start, row.end)) for c in a.get("Content", []))
        ]
        named = [source for a in inside for source in a.get("Source", [])]
        if inside and not named:
            continue
        given = isinstance(row.attributed_to, str)
        right = given and names(row, text, spoken.get(row.article_id, none), named)
        voice = "quoted" if row.voice == "quoted" else "own and reported"
        for key in (voice, "all"):
            cell = counts.setdefault(key, {}).setdefault(
                row.article_id, np.zeros(3, int)
            )
            cell += [given, bool(named), right]
        if wrong and voice != "quoted" and given and not right:
            print(
                f"    {row.article_id} {row.start}: {row.attributed_to}, "
                f"annotated {[text[a:b] for a, b in named]}"
            )
    rng = np.random.default_rng(0)
    for voice, cells in sorted(counts.items(), reverse=True):
        cell = np.array(list(cells.values()))
        draws = cell[rng.integers(0, len(cell), (2000, len(cell)))].sum(1)
        total = cell.sum(0)
        print(f"attributed_to, annotated: figures in {voice} voice")
        for name, n in (("given", 0), ("there", 1)):
            low, high = np.nanpercentile(draws[:, 2] / draws[:, n], [2.5, 97.5])
            print(
                f"  {name:34s} {total[2] / total[n]:.3f}  {total[2]} of {total[n]}  "
                f"[{low:.3f}, {high:.3f}]"
            )


def main(path: str, *, wrong: bool, half: str = "measure") -> None:
    articles, gold, kept = load(Path(path))
    passages = ik.passages(articles)
    figures = ik.quantities(passages)
    figures = figures[figures["kind"] != "date"]
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    found = dict(iter(figures.groupby("article_id")))
    labels(texts, passages, wrong)
    quantities(texts, found, wrong)
    quotes = ik.quotes(articles)
    quotes = quotes[quotes["kind"] != "fragment"]
    sources(texts, found, quotes, half, wrong)
    if set(texts) <= set(gold):
        rest = figures[figures["article_id"].isin(kept) == (half == "measure")]
        annotated(texts, rest, quotes, gold, wrong)


if __name__ == "__main__":
    arguments = [each for each in sys.argv[1:] if not each.startswith("--")]
    if len(arguments) != 1:
        sys.exit(__doc__)
    main(
        arguments[0],
        wrong="--wrong" in sys.argv,
        half="develop" if "--develop" in sys.argv else "measure",
    )
