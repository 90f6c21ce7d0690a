"""Which outlet published the article of a file."""

from __future__ import annotations

import pandas as pd

from ..tables import listed
from .cells import strings
from .notes import Notes

__all__ = ["add_outlets"]


def add_outlets(articles: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """`outlet` as given, else the subfolder, the page's site or the file's name."""
    name = articles["source_file"]
    unknown = pd.Series(pd.NA, index=articles.index, dtype="str")
    given = _without_blanks(strings(articles.get("outlet", unknown)))
    site = _without_blanks(articles.get("_site", unknown))
    subfolder = _without_blanks(
        name.str.split("/").str[0].where(name.str.contains("/"))
    )
    outlet = given.fillna(subfolder).fillna(site)
    by_site = given.isna() & subfolder.isna() & site.notna()
    if by_site.any():
        notes.add(
            "outlets taken from the pages' own site names "
            f"({listed(sorted(site[by_site].unique()), 4)}); a manifest.csv with the "
            "columns file and outlet in the folder overrules them."
        )
    nameless = outlet.isna()
    if nameless.any():
        notes.add(
            f"nothing says which outlet published {listed(name[nameless], 3)}; the "
            "file's name stands for it. Put a manifest.csv with the columns file and "
            "outlet into the folder, or the files of each outlet into a subfolder of "
            "its name."
        )
    stem = name.str.replace(r"\.[^./]*$", "", regex=True)
    articles = articles.assign(outlet=outlet.fillna(stem))
    return articles.drop(columns="_site", errors="ignore")


def _without_blanks(names: pd.Series) -> pd.Series:
    return names.where(names.str.strip() != "")
