"""How often `agency` finds who does what to whom, and how fast it reads.

    python benchmarks/measure_agency.py sentences.jsonl
    python benchmarks/measure_agency.py sentences.jsonl --part 1    # every second one
    python benchmarks/measure_agency.py pac.jsonl --coded

sentences.jsonl: one sentence a line with `text` and `events`; an event has `form`
(active or passive) and [start, end] of the head words of `verb`, `agent` and `patient`,
or null, as Universal Dependencies give them: a verb with a subject and an object, or
with a passive subject, conjoined verbs with the subject of the first.

Dependencies do not say who does what in clauses that have no subject of their own ("to
take the town", "forces backed by planes"), so these are left out of what is scored
(`bond` participle and control, active clauses without an agent), as is what is
intransitive or nominal. `--all` scores them too, each as an error.

`--coded`: nouns of deeds, verbs and pronouns coded by hand (coded_agency.csv);
pac.jsonl has one article a line with `outlet` and `text`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measure_pairs import load

import idlibkit as ik

Counts = Counter[str]
Event = Mapping[str, Any]
MEASURES = ("roles", "passive", "agentless")


def covers(found: Any, gold: Any) -> bool:
    """Whether a span that was found holds the head word."""
    if found is None or gold is None:
        return False
    return bool(found[0] <= gold[0] and gold[1] <= found[1])


def counts_of(gold: Iterable[Event], found: list[Event]) -> Counts:
    """What one sentence has of each measure: in the gold, found, and right."""
    n: Counts = Counter()
    free = list(found)
    for event in gold:
        agentless = event["form"] == "passive" and event["agent"] is None
        n["gold roles"] += sum(event[role] is not None for role in ("agent", "patient"))
        n["gold passive"] += event["form"] == "passive"
        n["gold agentless"] += agentless
        match = next((f for f in free if covers(f["verb"], event["verb"])), None)
        if match is None:
            continue
        free.remove(match)
        n["right roles"] += covers(match["agent"], event["agent"])
        n["right roles"] += covers(match["patient"], event["patient"])
        passive = event["form"] == match["form"] == "passive"
        n["right passive"] += passive
        n["right agentless"] += passive and agentless and match["agent"] is None
    for event in found:
        n["found roles"] += sum(
            event[role] is not None for role in ("agent", "patient")
        )
        n["found passive"] += event["form"] == "passive"
        n["found agentless"] += event["form"] == "passive" and event["agent"] is None
    return n


def f1(n: Mapping[str, float], measure: str) -> float:
    """F1 of one measure."""
    right, found, gold = (n[f"{side} {measure}"] for side in ("right", "found", "gold"))
    return 2 * right / max(found + gold, 1)


def interval(counts: list[Counts], measure: str) -> np.ndarray:
    """95 % of 2,000 drawings of the sentences."""
    keys = [f"{side} {measure}" for side in ("right", "found", "gold")]
    table = np.array([[n[key] for key in keys] for n in counts])
    rng = np.random.default_rng(0)
    weights = rng.multinomial(len(table), np.ones(len(table)) / len(table), 2000)
    right, found, gold = (weights @ table).T
    return np.quantile(2 * right / (found + gold), [0.025, 0.975])


def events_of(rows: pd.DataFrame) -> dict[str, list[Event]]:
    """The active and passive clauses of each sentence."""
    events: dict[str, list[Event]] = {}
    for row in rows.itertuples():
        event: dict[str, Any] = {"verb": (row.start, row.end), "form": row.form}
        for role in ("agent", "patient"):
            start, end = (getattr(row, f"{role}_{side}") for side in ("start", "end"))
            event[role] = None if pd.isna(start) else (start, end)
        events.setdefault(str(row.article_id), []).append(event)
    return events


def coded(path: Path) -> None:
    """How the sites coded by hand are read."""
    sites = pd.read_csv(Path(__file__).with_name("coded_agency.csv"), comment="#")
    articles = load(path)[["article_id", "outlet", "text"]]
    articles = articles[articles["article_id"].isin(sites["article"])]
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    pronouns = sites[sites["form"] == "pronoun"]
    meant = pronouns.dropna(subset="agent_start")
    names = sorted(
        texts[row.article][int(row.agent_start) : int(row.agent_end)]
        for row in meant.itertuples()
    )
    actors = {name: [name] for name in dict.fromkeys(names)}
    found = ik.agency(ik.passages(articles), actors=actors)
    nouns(sites[sites["form"].isin(["nominal", "none"])], found)
    tensed = sites["form"].isin(["active", "passive", "intransitive"])
    verbs(sites[tensed & sites["bond"].isna()], found)
    for bond, some in sites[tensed].groupby("bond"):
        print(f"{bond}: {len(some)} clauses, {roles(some, found)}")
    people(pronouns, found, texts)


def row_at(found: pd.DataFrame, site: Any) -> Any:
    """The row of a coded noun or verb, or None."""
    here = (found["article_id"] == site.article) & (found["start"] == site.start)
    return next(found[here].itertuples(), None)


def span_of(row: Any, role: str) -> tuple[int, int] | None:
    start, end = getattr(row, f"{role}_start"), getattr(row, f"{role}_end")
    return None if pd.isna(start) else (int(start), int(end))


def nouns(sites: pd.DataFrame, found: pd.DataFrame) -> None:
    print(f"nouns of deeds: {len(sites)}, {roles(sites, found)}")


def roles(sites: pd.DataFrame, found: pd.DataFrame) -> str:
    n: Counts = Counter()
    for site in sites.itertuples():
        row = row_at(found, site)
        for role in ("agent", "patient"):
            gold = span_of(site, role)
            given = None if row is None else span_of(row, role)
            n.update(gold=gold is not None, found=given is not None)
            n["right"] += covers(given, gold)
    return f"roles: {shares(n)}"


def verbs(sites: pd.DataFrame, found: pd.DataFrame) -> None:
    form = subject = 0
    for site in sites.itertuples():
        row = row_at(found, site)
        if row is None:
            continue
        form += row.form == site.form
        role = "agent" if span_of(site, "patient") is None else "patient"
        subject += covers(span_of(row, role), span_of(site, role))
    print(f"verbs: {len(sites)}, form right {form}, subject in its role {subject}")


def people(sites: pd.DataFrame, found: pd.DataFrame, texts: dict[str, str]) -> None:
    n: Counts = Counter()
    for site in sites.itertuples():
        given = None
        for role in ("agent", "patient"):
            here = (found["article_id"] == site.article) & (
                found[f"{role}_start"] == site.start
            )
            if here.any():
                given = found.loc[here, f"{role}_actor"].iloc[0]
                n["seen"] += 1
                break
        place = span_of(site, "agent")
        gold = None if place is None else texts[site.article][slice(*place)]
        n.update(gold=gold is not None, found=given is not None and pd.notna(given))
        n["right"] += gold is not None and given == gold
    print(f"pronouns: {len(sites)}, {n['seen']} of them a doer or object: {shares(n)}")


def shares(n: Counts) -> str:
    return f"{n['found']} given, {n['right']} right, {n['gold']} in the gold"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--part", type=int, choices=[0, 1])
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--coded", action="store_true")
    options = parser.parse_args()
    if options.coded:
        coded(options.sentences)
    else:
        trees(options.sentences, options.part, every=options.all)


def trees(path: Path, part: int | None, *, every: bool) -> None:
    """How sentences with known trees are read."""
    lines = path.read_text("utf-8").splitlines()
    sentences = [json.loads(line) for line in lines]
    if part is not None:
        sentences = sentences[part::2]
    passages = pd.DataFrame(
        {
            "article_id": [f"{number:05d}" for number in range(len(sentences))],
            "outlet": "A",
            "voice": "own",
            "speaker": None,
            "start": 0,
            "text": [sentence["text"] for sentence in sentences],
        }
    )
    rows = ik.agency(passages)
    kept = rows["form"].isin(["active", "passive"])
    if not every:
        kept &= rows["bond"].isin(["own", "conjoined"])
        kept &= (rows["form"] == "passive") | rows["agent"].notna()
    found = events_of(rows[kept])
    counts = [
        counts_of(sentence["events"], found.get(article, []))
        for article, sentence in zip(passages["article_id"], sentences, strict=True)
    ]
    total = sum(counts, Counter())
    for measure in MEASURES:
        low, high = interval(counts, measure)
        gold = total[f"gold {measure}"]
        right = total[f"right {measure}"]
        print(
            f"{measure}: F1 {f1(total, measure):.3f} ({low:.3f} to {high:.3f}),"
            f" precision {right / max(total[f'found {measure}'], 1):.3f},"
            f" recall {right / max(gold, 1):.3f}, {gold} in the gold"
        )
    for size in (250, 500):
        speed(passages, size)


def speed(passages: pd.DataFrame, size: int) -> None:
    """How many KB `agency` reads in a second of processor, of about so many KB."""
    kb = passages["text"].str.len().sum() / 1000
    times = int(size / kb) + 1
    ids = [f"{n}-{one}" for n in range(times) for one in passages["article_id"]]
    many = pd.concat([passages] * times, ignore_index=True).assign(article_id=ids)
    begun = time.process_time()
    ik.agency(many)
    seconds = time.process_time() - begun
    print(f"{kb * times:.0f} KB in {seconds:.2f} s of processor:", end=" ")
    print(f"{kb * times / seconds:.0f} KB/s")


if __name__ == "__main__":
    main()
