"""Who is quoted or reported, where, and by which word: direct quotations, scare quotes and indirect speech."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd

from .cleaning import lines
from .quotemarks import HAS_MARKS, quoted_spans
from .tables import check_columns
from .text import TOKEN, to_polars

__all__ = ["quotes"]

MIN_WORDS = 4  # inside marks; fewer are a fragment
COLUMNS = {
    "article_id": "str",
    "outlet": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "kind": "str",
    "speaker": "str",
    "speaker_text": "str",
    "speaker_start": "Int64",
    "speaker_end": "Int64",
    "cue": "str",
    "cue_stance": "str",
    "named": "str",
    "position": "float64",
    "role": "str",
    "line": "int64",
    "n_words": "int64",
}


def quotes(articles: pd.DataFrame) -> pd.DataFrame:
    """Find quoted and reported speech, and who is given it.

    Parameters
    ----------
    articles : DataFrame
        As `read_articles` returns it: `article_id`, `outlet`, and `raw` or `text`.

    Returns
    -------
    DataFrame
        One row per quotation: `article_id`, `outlet`, `start`, `end`, `text` (without the marks;
        ``raw[start:end] == text``), `kind`, `speaker`, `speaker_text`, `speaker_start`, `speaker_end`, `cue`,
        `cue_stance`, `named`, `position`, `role`, `line`, `n_words`.
    """
    check_columns(articles, ["article_id", "outlet"], "articles")
    found = lines(articles)
    return find_quotes(articles, found[found["kept"]])


def find_quotes(articles: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """`quotes` of lines already chosen: `kept` has `article_id`, `line`, `start`, `end`, `text`, `role`."""
    check_columns(articles, ["article_id", "outlet"], "articles")
    texts = to_polars(kept["text"])
    marked = texts.str.contains(HAS_MARKS).to_numpy()
    ids = kept["article_id"].tolist()
    line, start, role = kept["line"].to_numpy(), kept["start"].to_numpy(), kept["role"].to_numpy(dtype=object)
    text = texts.to_list()
    rows = []
    for article, members in groupby(range(len(ids)), key=ids.__getitem__):
        members = list(members)
        if not marked[members].any():
            continue
        first, last = start[members[0]], start[members[-1]] + len(text[members[-1]])
        spans = quoted_spans([text[i] if marked[i] else "" for i in members])
        for i, found in zip(members, spans, strict=True):
            for span in found:
                begin, end = int(start[i] + span.start), int(start[i] + span.end)
                place = (begin - first) / max(1, last - first)
                rows.append((article, begin, end, text[i][span.start : span.end], place, role[i], line[i]))
    table = pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "position", "role", "line"])
    table["n_words"] = to_polars(table["text"].astype("str")).str.count_matches(TOKEN).to_numpy().astype(int)
    table["kind"] = np.where(table["n_words"] >= MIN_WORDS, "direct", "fragment")
    table["outlet"] = table["article_id"].map(dict(zip(articles["article_id"], articles["outlet"], strict=True)))
    for column in ("speaker_start", "speaker_end"):
        table[column] = pd.array([pd.NA] * len(table), dtype="Int64")
    for column in COLUMNS.keys() - set(table.columns):
        table[column] = pd.Series([None] * len(table), dtype="str")
    return table[list(COLUMNS)].astype(COLUMNS)
