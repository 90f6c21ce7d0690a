"""Rows of any source to the articles table: facts typed, text and language found."""

from __future__ import annotations

from functools import cache

import pandas as pd

from ..cleaning import flowing, lines
from ..lexicons import rows
from ..tables import listed
from ..text import languages
from .cells import blank, fold_spaces, strings
from .dates import parse_dates
from .doubts import survey, survey_source
from .exports import UNKNOWN
from .notes import Notes
from .outlets import one_spelling
from .repairs import repair
from .titles import with_titles

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
    articles = _with_facts(table, notes)
    articles = _with_dates(articles, what, notes)
    articles = _with_texts(articles, notes)
    articles["language"] = _language(articles)
    survey(articles, notes)
    first = [name for name in COLUMNS if name in articles]
    others = [name for name in articles if name not in first]
    return articles[first + others].reset_index(drop=True)


def _with_facts(table: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """Every column of facts as text; without an outlet, one that says so."""
    facts = {}
    for name in ("outlet", "title", "wire", "zone", "language", "source_file"):
        unknown = pd.Series(pd.NA, index=table.index, dtype="str")
        values = strings(table.get(name, unknown))
        # a file may have any name
        if name == "source_file":
            facts[name] = values.where(values != "")
        else:
            facts[name] = fold_spaces(values)
    facts["outlet"] = one_spelling(facts["outlet"].fillna(UNKNOWN), notes)
    return table.assign(**facts)


def _with_dates(table: pd.DataFrame, what: str, notes: Notes) -> pd.DataFrame:
    dates = table.get("published", pd.Series(pd.NaT, index=table.index))
    if dates.dtype == object or isinstance(dates.dtype, pd.CategoricalDtype):
        dates = strings(dates)
    published, zone, remarks = parse_dates(dates)
    for remark in remarks:
        notes.add(f"{what}: {remark}")
    return table.assign(published=published, zone=table["zone"].fillna(zone))


def _with_texts(table: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """`text` and `title` from `raw`, where there is one and no text is given."""
    unknown = pd.Series(pd.NA, index=table.index, dtype="str")
    columns = {name: table[name] for name in ("raw", "text") if name in table}
    for name, values in columns.items():
        survey_source(values, table["article_id"], notes)
        columns[name] = repair(values, table["article_id"], notes)
    table = table.assign(**columns)
    text = table.get("text", unknown)
    if "raw" not in table:
        text = text.fillna("")
        everywhere = pd.Series(True, index=table.index)
        return table.assign(text=with_titles(text, table["title"], everywhere, notes))
    table["raw"] = table["raw"].where(~blank(table["raw"]))
    clean = table["raw"].isna()
    wanted = ~clean & blank(text)
    if wanted.any():
        read = ["article_id", "title", "raw", "source_file"]
        cleaned = _cleaned(table.loc[wanted, table.columns.isin(read)])
        text = text.where(~wanted, cleaned["text"])
        table["title"] = table["title"].fillna(cleaned["title"])
        ids = table["article_id"][wanted & blank(text)]
        if len(ids):
            notes.add(
                f"no line of {listed(ids)} reads like reporting, so its text is "
                "empty; lines() says why."
            )
    text = with_titles(text.fillna(""), table["title"], clean, notes)
    if clean.all():
        table = table.drop(columns="raw")
    return table.assign(text=text)


def _cleaned(table: pd.DataFrame) -> pd.DataFrame:
    """`text` and `title` of each row, from the lines of its raw page that are kept."""
    parts = []
    batch = (table["raw"].str.len().cumsum() // BATCH).to_numpy()
    for _, part in table.groupby(batch, sort=False):
        kept = lines(part)
        flow = flowing(part, kept[kept["kept"]])
        kept = flow.lines.assign(text=flow.readable(flow.lines["text"]))
        text = kept.groupby("article_id", sort=False)["text"].agg("\n\n".join)
        headlines = kept[kept["role"] == "headline"].drop_duplicates("article_id")
        title = headlines.set_index("article_id")["text"]
        ids = part["article_id"]
        # where no line is kept there is nothing to map, and pandas takes it for numbers
        columns = {"text": ids.map(text), "title": ids.map(title)}
        parts.append(pd.DataFrame(columns).astype("str"))
    return pd.concat(parts).fillna({"text": ""})


def _language(articles: pd.DataFrame) -> pd.Series:
    """ISO code where a name is given (``Anglais``), else as the text shows it."""
    given = articles["language"]
    first = given.str.extract(r"^([^;,/|]*)")[0].astype("str")
    named = first.str.strip().str.casefold().map(_codes()).astype("str")
    # "English" and "en-GB" are known everywhere, and stay as they were written
    known = given.where(
        given.str.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*|English"), named
    )
    language = known.fillna(given)
    unknown = language.isna()
    return language.fillna(languages(articles["text"][unknown]))


@cache
def _codes() -> dict[str, str]:
    """Code of each name of a language, in the commonest languages."""
    return {
        name.casefold(): row["code"]
        for row in rows("languages.csv")
        for name in row["names"].split("|")
    }
