"""methods: the paragraphs for the methods section of a paper, for the analysis that was
run."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from platform import python_version
from string import Template
from typing import Any

import pandas as pd

from ..actors import read_actors
from ..framing import corpus_frames, frames_by
from ..resampling import MIN_ARTICLES
from ..story import shared_text
from ..tables import IdlibkitError, check_columns, number_of
from ..text import is_foreign
from ..tone import sentiment_by
from ..words import count_terms, keyness

__all__ = ["methods"]


PACKAGES = [
    "pandas",
    "polars",
    "numpy",
    "scipy",
    "scikit-learn",
    "sentencex",
    "vaderSentiment",
]
PAPER = "comparing how news outlets frame the same story"


def methods(
    articles: pd.DataFrame,
    *,
    actors: Mapping[str, Iterable[str]] | str | Path | None = None,
    selection: str | None = None,
) -> str:
    """Write the methods section, ready to cite, of the analysis that the notebooks and
    the report make of `articles`.

    Every number in it is taken from the articles or from the defaults of the functions
    as they are installed.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet`, and `published` and `language` where known; see
        `read_articles`.
    actors : mapping or path, optional
        The table of actors that was given; None says that it was proposed from the
        corpus.
    selection : str, optional
        How the articles were chosen, as a clause: "published since 2020-01-01".

    Returns
    -------
    str
        Paragraphs with a blank line between; after a line ``References``, the works
        that they cite, one a line.

    Raises
    ------
    IdlibkitError
        If there are no articles, or a column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit import methods
    >>> articles = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["Gazette", "Herald"]})
    >>> print(methods(articles)[:57])
    We compared 2 articles of 2 outlets (1 article of each) w
    """
    check_columns(articles, ["article_id", "outlet"], "articles")
    if articles.empty:
        raise IdlibkitError(
            "articles has no rows, so there is no analysis to describe."
        )
    sizes = articles["outlet"].value_counts()
    text = _filled(
        "methods.txt",
        compared=f"We {'compared' if len(sizes) > 1 else 'read'} {number_of(len(articles), 'article')} of {number_of(len(sizes), 'outlet')} "
        f"({_range(sizes)}){_dates(articles)}{', ' + selection if selection else ''}",
        version=_version("idlibkit"),
        python=python_version(),
        packages=", ".join(f"{name} {_version(name)}" for name in PACKAGES),
        stop_words=_default(count_terms, "stop_words"),
        prior=_default(keyness, "prior"),
        min_shared=_default(shared_text, "min_words"),
        english=_english(articles, actors),
        intervals=_intervals(sizes),
    )
    listed = (
        (files(__package__) / "web" / "references.txt").read_text("utf-8").splitlines()
    )
    cited = [
        line
        for line in listed
        if re.search(rf"\b{_first(line)}\b[^;)]*\(?{_year(line)}", text)
    ]
    own = f"The idlibkit authors. idlibkit: {PAPER} (version {_version('idlibkit')}) [software]."
    return "\n\n".join([text, "References", "\n".join([*cited, own])])


def _english(
    articles: pd.DataFrame, actors: Mapping[str, Iterable[str]] | str | Path | None
) -> str:
    """What was measured by means that know English alone, or that it was not."""
    foreign = (
        is_foreign(articles["language"])
        if "language" in articles
        else pd.Series([False])
    )
    if foreign.mean() > 0.5:
        return f"Tone, labels, figures and frames were not measured, since {number_of(int(foreign.sum()), 'article')} are not in English."
    given = "proposed from the capitalised names in the corpus and not edited"
    if actors is not None:
        names = read_actors(actors)
        given = f"{number_of(len(names), 'actor')} under {number_of(sum(map(len, names.values())), 'label')}, given by the analyst"
    return _filled(
        "methods_english.txt",
        min_words=_default(sentiment_by, "min_words"),
        actors=given,
        n_themes=_default(corpus_frames, "n_boot"),
    )


def _intervals(sizes: pd.Series) -> str:
    if len(sizes) == 1:
        return "With one outlet there was nothing to compare it with: no term is called distinctive, and no difference is given."
    of_articles = bool((sizes >= MIN_ARTICLES).all())
    because = (
        f"since an outlet with fewer than {MIN_ARTICLES} articles does not allow drawing articles: they speak of these "
        "articles, not of the outlets"
    )
    return _filled(
        "methods_intervals.txt",
        unit="articles" if of_articles else "paragraphs",
        scope="so that they speak of the outlets" if of_articles else because,
        n_boot=f"{_default(frames_by, 'n_boot'):,}",
        seed=_default(frames_by, "seed"),
    )


def _filled(name: str, **values: object) -> str:
    return Template(
        (files(__package__) / "web" / name).read_text("utf-8").strip()
    ).substitute(values)


def _default(function: Callable[..., Any], name: str) -> Any:
    return inspect.signature(function).parameters[name].default


def _first(reference: str) -> str:
    return re.escape(reference.split(",", maxsplit=1)[0])


def _year(reference: str) -> str:
    return re.search(r"\((\d{4})\)", reference)[1]  # type: ignore[index]


def _range(sizes: pd.Series) -> str:
    least, most = int(sizes.min()), int(sizes.max())
    return (
        f"{number_of(least, 'article')} of each"
        if least == most
        else f"{least:,} to {most:,} articles of each"
    )


def _dates(articles: pd.DataFrame) -> str:
    known = articles["published"].dropna() if "published" in articles else pd.Series()
    if known.empty:
        return ""
    first, last = (f"{day.day} {day:%B %Y}" for day in (known.min(), known.max()))
    missing = len(articles) - len(known)
    days = first if first == last else f"from {first} to {last}"
    return f", published {days}" + (
        f" ({number_of(missing, 'article')} without a date)" if missing else ""
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(version not known)"
