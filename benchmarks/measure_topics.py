"""Measure whether `lines` takes a topic for page furniture.

    python benchmarks/measure_topics.py FOLDER

FOLDER holds news articles without their pages (`*.txt`, a paragraph a line; such as the
text of PolNeAR), or is a `.jsonl` with their `text` (such as PAC). In each, the names
it prints most are replaced by a word that also stands on buttons and in appeals of
pages: by Facebook, cookies, password and so on.
Prints for each word the share of articles of which a line of ten words or more is taken
for furniture (notes of editors, credits, bylines and repeats are not counted), next to
the share of the articles as they are. Nothing is fitted to these articles.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

from idlibkit import lines

WORDS = (
    *(
        "Facebook",
        "Twitter",
        "WhatsApp",
        "YouTube",
        "Instagram",
        "cookies",
        "newsletter",
    ),
    *("password", "sign-up", "RSS", "inbox", "subscribers", "Privacy", "comments"),
    *(
        "advertisement",
        "login",
        "Google",
        "email",
        "the app",
        "the website",
        "JavaScript",
    ),
    *(
        "donations",
        "the podcast",
        "readers",
        "subscription",
        "Follow",
        "Share",
        "Video",
    ),
)
NAMES = 6  # names replaced in each article: those it prints most
LONG = 10  # words


def with_topic(text: str, word: str, names: int = NAMES) -> str:
    """The text with the capitalised words that it prints most, but for the first of a
    sentence, replaced by another."""
    inside = re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", text)
    most = [name for name, _ in Counter(inside).most_common(names)]
    if not most:
        return text
    return re.sub(rf"\b(?:{'|'.join(most)})\b(?:'s|’s)?", word, text)


def share_cut(texts: list[str]) -> float:
    """Share of texts of which a long line is not kept."""
    names = [str(i) for i in range(len(texts))]
    table = lines(pd.DataFrame({"article_id": names, "raw": texts}))
    lost = ~table["kept"] & (table["text"].str.count(r"\w+") >= LONG)
    # what names itself as something else is not lost
    lost &= ~table["role"].isin(["duplicate", "note", "credit", "byline", "dateline"])
    return table.loc[lost, "article_id"].nunique() / len(texts)


def main(folder: str) -> None:
    if folder.endswith(".jsonl"):
        lines_of_json = Path(folder).read_text("utf-8").splitlines()
        texts = [json.loads(line)["text"] for line in lines_of_json]
    else:
        texts = [p.read_text("utf-8") for p in sorted(Path(folder).glob("*.txt"))]
    print(f"{len(texts)} articles as they are: {share_cut(texts):.1%}")
    for word in WORDS:
        print(f"{word}: {share_cut([with_topic(t, word) for t in texts]):.1%}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/measure_topics.py FOLDER")
    main(sys.argv[1])
