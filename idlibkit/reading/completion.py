"""Rows of any source to the articles table: facts typed, text and language found."""

from __future__ import annotations

import pandas as pd

from ..cleaning import lines
from ..tables import listed
from ..text import languages
from .cells import blank, fold_spaces, strings
from .dates import parse_dates
from .exports import UNKNOWN
from .notes import Notes
from .survey import survey

__all__ = ["complete"]

COLUMNS = [
    "article_id",
    "outlet",
    "published",
    "zone",
    "title",
    "wire",
    "language",
    "source_file",
    "raw",
    "text",
]
BATCH = 16_000_000  # characters cleaned at a time, so that memory stays bounded


def complete(table: pd.DataFrame, what: str, notes: Notes) -> pd.DataFrame:
    """The last steps, the same for every source."""
    articles = _with_facts(table)
    articles = _with_dates(articles, what, notes)
    articles = _with_texts(articles, notes)
    unknown = articles["language"].isna()
    guessed = languages(articles["text"][unknown])
    articles["language"] = articles["language"].fillna(guessed)
    survey(articles, notes)
    first = [name for name in COLUMNS if name in articles]
    others = [name for name in articles if name not in first]
    return articles[first + others].reset_index(drop=True)


def _with_facts(table: pd.DataFrame) -> pd.DataFrame:
    """Every column of facts as text; without an outlet, one that says so."""
    facts = {}
    for name in ("outlet", "title", "wire", "zone", "language", "source_file"):
        unknown = pd.Series(pd.NA, index=table.index)
        values = strings(table.get(name, unknown))
        # a file may have any name
        if name == "source_file":
            facts[name] = values.where(values != "")
        else:
            facts[name] = fold_spaces(values)
    facts["outlet"] = facts["outlet"].fillna(UNKNOWN)
    return table.assign(**facts)


def _with_dates(table: pd.DataFrame, what: str, notes: Notes) -> pd.DataFrame:
    dates = table.get("published", pd.Series(pd.NaT, index=table.index))
    if dates.dtype == object:
        dates = strings(dates)
    published, zone, remarks = parse_dates(dates)
    for remark in remarks:
        notes.add(f"{what}: {remark}")
    return table.assign(published=published, zone=table["zone"].fillna(zone))


def _with_texts(table: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """`text` and `title` from `raw`, where there is one and no text is given."""
    unknown = pd.Series(pd.NA, index=table.index, dtype="str")
    text = table.get("text", unknown)
    if "raw" in table:
        table["raw"] = table["raw"].where(~blank(table["raw"]))
        wanted = table["raw"].notna() & blank(text)
        if wanted.any():
            cleaned = _cleaned(table.loc[wanted, ["article_id", "title", "raw"]])
            text = text.where(~wanted, cleaned["text"])
            table["title"] = table["title"].fillna(cleaned["title"])
            ids = table["article_id"][wanted & blank(text)]
            if len(ids):
                notes.add(
                    f"no line of {listed(ids)} reads like reporting, so its text is "
                    "empty; lines() says why."
                )
        if table["raw"].isna().all():
            table = table.drop(columns="raw")
    return table.assign(text=text.fillna(""))


def _cleaned(table: pd.DataFrame) -> pd.DataFrame:
    """`text` and `title` of each row, from the lines of its raw page that are kept."""
    parts = []
    batch = (table["raw"].str.len().cumsum() // BATCH).to_numpy()
    for _, part in table.groupby(batch, sort=False):
        kept = lines(part)
        kept = kept[kept["kept"]]
        text = kept.groupby("article_id", sort=False)["text"].agg("\n\n".join)
        headlines = kept[kept["role"] == "headline"].drop_duplicates("article_id")
        title = headlines.set_index("article_id")["text"]
        ids = part["article_id"]
        columns = {"text": ids.map(text).fillna(""), "title": ids.map(title)}
        parts.append(pd.DataFrame(columns, dtype="str"))
    return pd.concat(parts)
