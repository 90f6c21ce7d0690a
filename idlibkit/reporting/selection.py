"""Which articles a report is made of."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..actors import read_actors
from ..reading import read_articles
from ..tables import IdlibkitError, IdlibkitWarning, check_columns, listed

__all__ = ["Corpus", "check", "outlets_of"]


ACTORS = "actors.toml"


@dataclass(frozen=True)
class Corpus:
    """What was read, and what was said of it."""

    name: str
    articles: pd.DataFrame
    notes: list[str]
    actors: dict[str, list[str]] | None
    selection: str | None
    seeds: bool


def check(
    path: str | os.PathLike | pd.DataFrame,
    *,
    actors: Mapping[str, Iterable[str]] | str | os.PathLike | None = None,
    outlet: str | Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Corpus:
    """Read a corpus as `report` would and keep what reading says of it; parameters and
    errors are those of `report`.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", IdlibkitWarning)
        articles = read_articles(path, columns=columns)
    notes = [
        str(one.message) for one in caught if issubclass(one.category, IdlibkitWarning)
    ]
    folder = None if isinstance(path, pd.DataFrame) else Path(path).resolve()
    if actors is None and folder is not None and (folder / ACTORS).is_file():
        actors = folder / ACTORS
    actors = None if actors is None else read_actors(actors)
    selected = _selected(articles, outlet, since, until, notes)
    seeds = (
        folder is not None
        and len(selected) == len(articles)
        and folder == Path(__file__).resolve().parents[2] / "seeds"
    )
    wanted = [outlet] if isinstance(outlet, str) else list(outlet or [])
    said = [f"of {' and '.join(wanted)} only"] if wanted else []
    said += [f"published since {since}"] if since else []
    said += [f"published until {until}"] if until else []
    name = (
        "Articles"
        if folder is None
        else folder.stem
        if folder.is_file()
        else folder.name
    )
    return Corpus(
        name or "Articles", selected, notes, actors, ", ".join(said) or None, seeds
    )


def _selected(
    articles: pd.DataFrame,
    outlet: str | Iterable[str] | None,
    since: str | None,
    until: str | None,
    notes: list[str],
) -> pd.DataFrame:
    if outlet is not None:
        wanted = [outlet] if isinstance(outlet, str) else list(outlet)
        unknown = [name for name in wanted if name not in set(articles["outlet"])]
        if unknown:
            raise IdlibkitError(
                f"no article is of {listed(unknown)}; the outlets are {listed(sorted(articles['outlet'].unique()), 30)}."
            )
        articles = articles[articles["outlet"].isin(wanted)]
        if len(wanted) == 1:
            notes.append(
                f"only {wanted[0]!r} was chosen, so there is nothing to compare it with."
            )
    if since is not None or until is not None:
        first, last = _day(since, "since"), _day(until, "until")
        check_columns(articles, ["published"], "articles")
        day = articles["published"].dt.normalize()
        undated = int(day.isna().sum())
        if undated:
            notes.append(
                f"{undated} of {len(articles)} articles have no date and are left out, since a span of days was asked for."
            )
        keep = day.notna()
        keep &= True if first is None else day >= first
        keep &= True if last is None else day <= last
        if not keep.any():
            known = day.dropna()
            have = (
                f"; the articles are from {known.min():%Y-%m-%d} to {known.max():%Y-%m-%d}"
                if len(known)
                else ""
            )
            raise IdlibkitError(
                f"no article is left between {since or 'the first'} and {until or 'the last'}{have}."
            )
        articles = articles[keep]
    return articles.reset_index(drop=True)


def _day(value: str | None, name: str) -> pd.Timestamp | None:
    if value is None:
        return None
    try:
        return pd.Timestamp(pd.to_datetime(value, format="%Y-%m-%d"))
    except (ValueError, TypeError):
        raise IdlibkitError(
            f"{name}={value!r} is no day; write it as 2020-02-29."
        ) from None


def outlets_of(articles: pd.DataFrame) -> pd.DataFrame:
    grouped = articles.groupby("outlet")
    table = grouped.agg(
        articles=("article_id", "size"),
        first=("published", "min"),
        last=("published", "max"),
    )
    table["without date"] = grouped["published"].agg(
        lambda days: int(days.isna().sum())
    )
    table["languages"] = grouped["language"].agg(
        lambda codes: ", ".join(sorted(codes.dropna().unique()))
    )
    return table
