"""Which outlet published an article, and when two names are those of one outlet."""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd

from ..tables import listed
from .cells import strings
from .columns import known_column
from .notes import Notes

__all__ = ["add_outlets", "folder_outlet", "one_spelling", "similar_outlets"]

# Folders that are named for a time, "2019", "2019-03", "20190305", or for nothing.
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d(?:[-_. ]?\d{1,2}){0,2}")
_NOTHING = re.compile(
    r"data|texts?|txt|html?|raw|articles?|pages?|json|csv|corpus|files?", re.IGNORECASE
)
# Below a year: "03", "march"
_MONTH_OR_DAY = re.compile(
    r"\d{1,2}|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
    re.IGNORECASE,
)


def folder_outlet(name: str) -> str | None:
    """The outlet that a file's folders name: the first that is no year or the like.

    >>> folder_outlet("2019/03/Gazette/a"), folder_outlet("year=2020/outlet=Post/a")
    ('Gazette', 'Post')
    """
    in_year = False
    for part in name.split("/")[:-1]:
        folder = part.strip()
        key, equals, value = folder.partition("=")
        if equals:
            if known_column(key) == "outlet":
                return value
        elif _YEAR.fullmatch(folder):
            in_year = True
        elif in_year and _MONTH_OR_DAY.fullmatch(folder):
            continue
        elif folder and not _NOTHING.fullmatch(folder):
            return part
    return None


def add_outlets(articles: pd.DataFrame, notes: Notes) -> pd.DataFrame:
    """`outlet` as given, else the subfolder, the page's site or the file's name."""
    name = articles["source_file"]
    unknown = pd.Series(pd.NA, index=articles.index, dtype="str")
    given = _without_blanks(strings(articles.get("outlet", unknown)))
    site = _without_blanks(articles.get("_site", unknown))
    subfolder = name.map(folder_outlet).astype("str")
    outlet = given.fillna(subfolder).fillna(site)
    passed_over = given.isna() & (name.str.split("/").str[0] != subfolder)
    passed_over &= name.str.contains("/", regex=False)
    if passed_over.any():
        folders = sorted(name[passed_over].str.split("/").str[0].unique())
        notes.inform(
            f"folders that name a time, or nothing, are not taken for outlets: "
            f"{listed(folders, 4)}."
        )
    by_site = given.isna() & subfolder.isna() & site.notna()
    if by_site.any():
        notes.inform(
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


def one_spelling(outlets: pd.Series, notes: Notes) -> pd.Series:
    """Names that differ only in their capitals as one: the one that most articles have.

    Of spellings that are as frequent, the one with small and capital letters wins.
    """
    counts = outlets.value_counts().sort_index()
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in counts.index:
        spellings[name.casefold()].append(name)
    chosen: dict[str, str] = {}
    for names in spellings.values():
        if len(names) > 1:
            best = min(names, key=lambda name: (-counts[name], not _mixed(name), name))
            chosen |= dict.fromkeys(names, best)
            notes.inform(
                f"outlets that differ only in capitals are one: "
                f"{listed(names, 4)} as {best!r}."
            )
    return outlets.replace(chosen) if chosen else outlets


def _mixed(name: str) -> bool:
    return name not in (name.upper(), name.lower())


def similar_outlets(outlets: pd.Series) -> list[list[str]]:
    """Names that may be those of one outlet: ``The Gazette``, ``Gazette``."""
    similar: dict[str, list[str]] = defaultdict(list)
    for name in sorted(outlets.dropna().unique()):
        key = re.sub(r"^(?:the|le|la|der|die|das|el)\s+|^www\.", "", name.casefold())
        key = re.sub(r"\s*[(,].*$|\.(?:com|org|net|co\.uk|[a-z]{2})$", "", key)
        similar[re.sub(r"[\W_]+", "", key) or name].append(name)
    return [names for names in similar.values() if len(names) > 1]
