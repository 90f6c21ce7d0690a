"""Which articles a report is made of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path

import pandas as pd

from ..actors import Actors, read_actors
from ..corpus import read
from ..plots import checked_colors
from ..reading import read_articles, read_in_parts
from ..scale import Parts
from ..tables import (
    IdlibkitError,
    IdlibkitWarning,
    collected_notes,
    listed,
    number_of,
)
from ..trust import even_shares
from .days import of_days

__all__ = ["Selection", "check", "outlets_of", "sample_articles"]


ACTORS = "actors.toml"

Source = str | os.PathLike[str] | pd.DataFrame


@dataclass(frozen=True)
class Selection:
    """What was read and chosen, and what was said of it.

    Attributes
    ----------
    name : str
        Of the folder or file.
    articles : DataFrame
    notes : list of IdlibkitWarning
    actors : dict or None
        The table of actors that was given or lies in the folder.
    chosen : str or None
        How the articles were chosen, as a clause: "published since 2020-01-01".
    colors : dict
        Outlet to its colour in pictures, for those that have one of their own.
    parts : Parts, optional
        The articles of an archive that is read in parts; `articles` are then without
        their texts.
    """

    name: str
    articles: pd.DataFrame
    notes: list[IdlibkitWarning]
    actors: dict[str, list[str]] | None
    chosen: str | None
    colors: dict[str, str]
    parts: Parts | None = None


def check(  # noqa: PLR0913 - each choice by its name
    path: Source,
    *,
    actors: Actors | None = None,
    outlet: str | Iterable[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    columns: Mapping[str, str] | None = None,
    exclude: Iterable[str] = (),
    rename: Mapping[str, str] | None = None,
    sample: int | None = None,
    colors: Mapping[str, str] | None = None,
    work: str | os.PathLike[str] | None = None,
) -> Selection:
    """Read a corpus as `report` would and keep what reading says of it; parameters and
    errors are those of `report`.
    """
    parts = None
    with collected_notes() as notes:
        if work is None:
            articles = read_articles(path, columns=columns)
        else:
            parts = read_in_parts(_archive(path), work=work, columns=columns)
            articles = read(parts).facts
    folder = Path(path).resolve() if isinstance(path, str | os.PathLike) else None
    chosen = _renamed(articles, rename or {})
    _check_known(list(colors or {}), chosen["outlet"], "outlet")
    own_colors = _colors_in(chosen, notes) | checked_colors(colors or {})
    left_out = list(exclude)
    chosen = _without(chosen, left_out)
    outlets = [outlet] if isinstance(outlet, str) else list(outlet or [])
    chosen = _of_outlets(chosen, outlets, notes) if outlets else chosen
    if since is not None or until is not None:
        chosen = of_days(chosen, since, until, notes)
    n_before = len(chosen)
    if sample is not None:
        chosen = _sampled(chosen, sample)
    clause = _clause(outlets, since, until)
    if left_out:
        clause = _and(clause, f"without {number_of(len(left_out), 'article')}")
    if len(chosen) < n_before:
        some = f"{len(chosen):,} of {n_before:,} articles, evenly over time"
        clause = _and(clause, some)
    return Selection(
        name=_name(folder),
        articles=chosen.reset_index(drop=True),
        notes=notes,
        actors=_actors(actors, folder),
        chosen=clause,
        colors=own_colors,
        parts=None if parts is None else _parts_chosen(parts, chosen),
    )


def _archive(path: Source) -> str | os.PathLike[str]:
    if isinstance(path, str | os.PathLike):
        return path
    raise IdlibkitError("work= is for a folder of tables, which is read in parts.")


def _parts_chosen(parts: Parts, chosen: pd.DataFrame) -> Parts:
    """The articles chosen, with the names that their outlets have."""
    named = chosen[["article_id", "outlet"]].reset_index(drop=True)
    return parts.seen_as(partial(_chosen_of, chosen=named))


def _chosen_of(articles: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    outlet = chosen.set_index("article_id")["outlet"]
    some = articles[articles["article_id"].isin(outlet.index)]
    return some.assign(outlet=some["article_id"].map(outlet))


def _colors_in(articles: pd.DataFrame, notes: list[IdlibkitWarning]) -> dict[str, str]:
    """Colours that a column `color` gives the outlets; none where it is no such."""
    if "color" not in articles:
        return {}
    filled = articles[articles["color"].astype("str").str.strip().ne("")]
    given = filled.dropna(subset=["color"]).drop_duplicates(["outlet", "color"])
    twice = sorted(given["outlet"][given["outlet"].duplicated()].unique())
    if twice:
        notes.append(
            IdlibkitWarning(
                f"column 'color' has more than one colour for {listed(twice)}; the "
                "first is drawn."
            )
        )
    first = given.drop_duplicates("outlet")
    colors = first["color"].astype("str").str.strip()
    try:
        return checked_colors(dict(zip(first["outlet"], colors, strict=True)))
    except IdlibkitError as error:
        said = f"column 'color' is not used: {error}"
        notes.append(IdlibkitWarning(said))
        return {}


def _and(clause: str | None, more: str) -> str:
    return f"{clause}, {more}" if clause else more


def _renamed(articles: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    _check_known(list(names), articles["outlet"], "outlet")
    return articles.assign(outlet=articles["outlet"].replace(dict(names)))


def _without(articles: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    _check_known(ids, articles["article_id"], "article")
    left = articles[~articles["article_id"].isin(ids)]
    if left.empty:
        raise IdlibkitError("every article is left out; leave some in.")
    return left


def _check_known(names: list[str], known: pd.Series, what: str) -> None:
    unknown = [name for name in names if name not in set(known)]
    if unknown:
        close = get_close_matches(unknown[0], sorted(set(known)), 1, 0.6)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise IdlibkitError(
            f"there is no {what} {listed(unknown)}; there are "
            f"{listed(sorted(set(known)))}.{hint}"
        )


def _sampled(articles: pd.DataFrame, n: int) -> pd.DataFrame:
    if n < 1:
        raise IdlibkitError(f"sample={n} is no number of articles; give 1 or more.")
    return sample_articles(articles, n)


def sample_articles(articles: pd.DataFrame, n: int) -> pd.DataFrame:
    """All articles if they are few; of more, some of each outlet, evenly over its
    articles in order of date.
    """
    order = [name for name in ("outlet", "published", "article_id") if name in articles]
    articles = articles.sort_values(order)
    if len(articles) <= n:
        return articles
    sizes = articles["outlet"].value_counts().sort_index()
    shares = even_shares(sizes, n)
    place = articles.groupby("outlet").cumcount()
    size, share = articles["outlet"].map(sizes), articles["outlet"].map(shares)
    # Where the running share passes a whole number an article is taken.
    return articles[(place * share // size > (place - 1) * share // size) & (share > 0)]


def _name(folder: Path | None) -> str:
    if folder is None:
        return "Articles"
    return (folder.stem if folder.is_file() else folder.name) or "Articles"


def _actors(actors: Actors | None, folder: Path | None) -> dict[str, list[str]] | None:
    """The actors given, or those that lie in the corpus folder."""
    if actors is None and folder is not None and (folder / ACTORS).is_file():
        actors = folder / ACTORS
    return None if actors is None else read_actors(actors)


def _clause(outlets: list[str], since: str | None, until: str | None) -> str | None:
    parts = []
    if outlets:
        parts.append(f"of {' and '.join(outlets)} only")
    if since:
        parts.append(f"published since {since}")
    if until:
        parts.append(f"published until {until}")
    return ", ".join(parts) or None


def _of_outlets(
    articles: pd.DataFrame, outlets: list[str], notes: list[IdlibkitWarning]
) -> pd.DataFrame:
    unknown = [name for name in outlets if name not in set(articles["outlet"])]
    if unknown:
        known = listed(sorted(articles["outlet"].unique()), 30)
        raise IdlibkitError(
            f"no article is of {listed(unknown)}; the outlets are {known}."
        )
    if len(outlets) == 1:
        notes.append(
            IdlibkitWarning(
                f"only {outlets[0]!r} was chosen, so there is nothing to compare it "
                "with."
            )
        )
    return articles[articles["outlet"].isin(outlets)]


def outlets_of(articles: pd.DataFrame) -> pd.DataFrame:
    """One row for each outlet: articles, first and last day, how many have no date, and
    their languages.
    """
    grouped = articles.groupby("outlet")
    table = grouped.agg(
        articles=("article_id", "size"),
        first=("published", "min"),
        last=("published", "max"),
    )
    undated = articles["published"].isna().groupby(articles["outlet"]).sum()
    table["without date"] = undated.astype("int64")
    table["languages"] = grouped["language"].agg(_languages)
    return table


def _languages(codes: pd.Series) -> str:
    return ", ".join(sorted(codes.dropna().unique()))
