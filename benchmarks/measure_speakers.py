"""Measure the speakers of `idlibkit.quotes` by name: python
benchmarks/measure_speakers.py PATH

PATH is pac.jsonl of PAC (Zou et al. 2023); coded_speakers.csv says who speaks in 278
places of its last 40 articles. PAC prints each sentence as a paragraph: paragraphs
inside one pair of marks are joined before they are read.

Printed, with 95 % percentile bootstrap intervals over articles:

found      share of the coded quotations (no titles) that a direct row covers to 0.8
right      share of those with a speaker by name whose row has that speaker: the name,
           or its last name alone
wrong      ... another speaker
left       ... a description: the senator
none       ... no speaker, or no row
described  share of those by a source without a name whose row's mention is that source
titles     share of the titles and slogans that are given a direct row with a speaker
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from measure_pairs import load

from idlibkit import quotes
from idlibkit.text import fold
from idlibkit.voices.people import is_same_person, unaccent

CODED = Path(__file__).with_name("coded_speakers.csv")
TITLES = re.compile(r"^(?:the|pope|president|mr\.?|ms\.?) ", re.IGNORECASE)


def joined(text: str, coded: pd.DataFrame) -> str:
    """The text with paragraphs inside a coded pair of marks as one, of one length."""
    for start, end in zip(coded["start"], coded["end"], strict=True):
        text = text[:start] + text[start:end].replace("\n", " ") + text[end:]
    return text


def is_right(speaker: str, names: list[str]) -> bool:
    """Whether a speaker is one of these names, or a part of one that can mean it."""
    for name in names:
        plain = unaccent(TITLES.sub("", name))
        found = unaccent(TITLES.sub("", speaker))
        if fold(plain) in fold(found) or is_same_person(found, plain):
            return True
    return False


def outcome(row: pd.Series, text: str, direct: pd.DataFrame) -> dict[str, object]:
    """What the rows of an article say of one coded place."""
    size = row["end"] - row["start"]
    reach = direct["end"].clip(upper=row["end"]) - direct["start"].clip(row["start"])
    hit = direct[reach >= 0.8 * size]
    places = [place.split("-") for place in str(row["speaker"] or "").split()]
    names = [text[int(start) : int(end)] for start, end in places]
    out = {"code": row["code"], "found": len(hit) > 0, "speaker": None, "names": names}
    if len(hit):
        out |= hit.iloc[0][["speaker", "speaker_text", "named"]].to_dict()
    return out


def judged(one: dict[str, object]) -> str:
    """right, wrong, left or none."""
    if one["code"] == "described":
        said = str(one.get("speaker_text")) + " " + str(one["speaker"])
        some = any(fold(name).split()[-1] in fold(said) for name in one["names"])
        return "right" if some else "none" if pd.isna(one["speaker"]) else "wrong"
    if pd.isna(one["speaker"]):
        return "none"
    if one["named"] == "unnamed":
        return "left"
    return "right" if is_right(str(one["speaker"]), one["names"]) else "wrong"


def main(path: str, *, show: bool = False) -> None:
    table = load(Path(path)).set_index("article_id")
    coded = pd.read_csv(CODED, comment="#", keep_default_na=False)
    for article, places in coded.groupby("article"):
        table.loc[article, "text"] = joined(table.loc[article, "text"], places)
    articles = table.loc[coded["article"].unique(), ["text"]].reset_index()
    rows = quotes(articles.assign(outlet="PAC"))
    rows = dict(iter(rows[rows["kind"] == "direct"].groupby("article_id")))
    found = []
    for row in coded.itertuples(index=False):
        text = table.loc[row.article, "text"]
        direct = rows.get(row.article, next(iter(rows.values())).iloc[:0])
        found.append(outcome(pd.Series(row._asdict()), text, direct))
    result = coded.assign(
        found=[one["found"] for one in found],
        judged=[
            judged(one) if one["code"] in ("named", "described") else ""
            for one in found
        ],
        spoken=[pd.notna(one["speaker"]) for one in found],
    )
    named, described = (
        result["code"].eq(code).to_numpy() for code in ("named", "described")
    )
    speech = named | described
    measures = {
        "found": (result["found"].to_numpy(), speech),
        "right": (result["judged"].eq("right").to_numpy(), named),
        "wrong": (result["judged"].eq("wrong").to_numpy(), named),
        "left": (result["judged"].eq("left").to_numpy(), named),
        "none": (result["judged"].eq("none").to_numpy(), named),
        "described": (result["judged"].eq("right").to_numpy(), described),
        "titles": (
            (result["found"] & result["spoken"]).to_numpy(),
            result["code"].eq("none").to_numpy(),
        ),
    }
    article, ids = pd.factorize(result["article"])
    draws = np.random.default_rng(0).integers(0, len(ids), (2000, len(ids)))
    print(f"{len(result)} coded places in {len(ids)} articles")
    for name, (hit, among) in measures.items():
        tops = np.bincount(article, hit & among, len(ids))
        all_ = np.bincount(article, among, len(ids))
        shares = tops[draws].sum(1) / np.maximum(all_[draws].sum(1), 1)
        low, high = np.percentile(shares, [2.5, 97.5])
        print(f"  {name:10s}{tops.sum() / all_.sum():.3f}  [{low:.3f}, {high:.3f}]")
    if show:
        for one, row in zip(found, coded.itertuples(), strict=True):
            if one["code"] in ("named", "described") and judged(one) != "right":
                print(
                    row.article, row.start, one["names"], one["speaker"], one["found"]
                )


if __name__ == "__main__":
    main(sys.argv[1], show="show" in sys.argv[2:])
