"""methods: the paragraphs for the methods section of a paper, for the analysis that was
run."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from platform import python_version
from string import Template
from typing import Any

import pandas as pd

from ..actors import Actors, read_actors
from ..cleaning import lines
from ..corpus import Corpus
from ..framing import corpus_frames, frames_by
from ..resampling import MIN_ARTICLES
from ..story import shared_text
from ..tables import IdlibkitError, check_columns, number_of
from ..text import is_foreign
from ..tone import sentiment_by
from ..words import count_terms, keyness
from .templates import web_file

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
FURNITURE = "menus, captions, bylines and other matter that is not reporting"


def methods(
    articles: pd.DataFrame | Corpus,
    *,
    actors: Actors | None = None,
    selection: str | None = None,
    tried_again: bool = True,
    sample: str = "",
) -> str:
    """Write the methods section, ready to cite, of the analysis that the notebooks or
    the report make of `articles`.

    Every number in it is taken from the articles or from the defaults of the functions
    as they are installed. It tells what was done to these articles: how many of their
    lines were removed, or that none was, since they came as text that is taken as clean
    (as from a CSV file or a DataFrame without `raw`).

    Parameters
    ----------
    articles : DataFrame or Corpus
        `article_id`, `outlet`, and `raw`, `published` and `language` where known; see
        `read_articles`. Of a Corpus no line is read again.
    actors : mapping, DataFrame or path, optional
        The table of actors that was given; None says that it was proposed from the
        corpus.
    selection : str, optional
        How the articles were chosen, as a clause: "published since 2020-01-01".
    tried_again : bool
        Whether the corpus's own themes were sought, and findings taken again under
        other choices (see `corpus_frames`, `robustness`).
    sample : str, optional
        What was measured in a sample, as a clause: "in 600 of 7,000 mentions".

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
    >>> articles = pd.DataFrame({
    ...     "article_id": ["1", "2"], "outlet": ["Gazette", "Herald"],
    ...     "text": ["The bridge was closed.", "The bridge is open."]})
    >>> text = methods(articles)
    >>> print(text[:57])
    We compared 2 articles of 2 outlets (1 article of each) w
    >>> "came as text that is taken as clean, and no line was removed" in text
    True
    """
    table = articles.articles if isinstance(articles, Corpus) else articles
    check_columns(table, ["article_id", "outlet"], "articles")
    if table.empty:
        raise IdlibkitError(
            "articles has no rows, so there is no analysis to describe."
        )
    sizes = table["outlet"].value_counts()
    text = _filled(
        "methods.txt",
        compared=_compared(table, sizes, selection),
        version=_version("idlibkit"),
        python=python_version(),
        packages=", ".join(f"{name} {_version(name)}" for name in PACKAGES),
        cleaning=_cleaning(articles, table),
        stop_words=_default(count_terms, "stop_words"),
        prior=_default(keyness, "prior"),
        min_shared=_default(shared_text, "min_words"),
        english=_english(table, actors, tried_again, sample),
        intervals=_intervals(sizes, tried_again),
    )
    return "\n\n".join([text, "References", "\n".join(_references(text))])


def _compared(table: pd.DataFrame, sizes: pd.Series, selection: str | None) -> str:
    """What was compared: the first clause, up to the version of the package."""
    verb = "compared" if len(sizes) > 1 else "read"
    articles = number_of(len(table), "article")
    outlets = number_of(len(sizes), "outlet")
    chosen = f", {selection}" if selection else ""
    return f"We {verb} {articles} of {outlets} ({_range(sizes)}){_dates(table)}{chosen}"


def _cleaning(articles: pd.DataFrame | Corpus, table: pd.DataFrame) -> str:
    """What was removed from these articles, in one sentence or two."""
    n_clean = _n_clean(table)
    if n_clean == len(table):
        return (
            "The articles came as text that is taken as clean, and no line was removed."
        )
    judged = articles.lines if isinstance(articles, Corpus) else lines(table)
    with_raw = table.loc[table["raw"].notna(), "article_id"]
    judged = judged[judged["article_id"].isin(with_raw)]
    n_removed = int((~judged["kept"]).sum())
    n_lines = number_of(len(judged), "line")
    clean = ""
    if n_clean:
        clean = f"; {number_of(n_clean, 'article')} came as text that is taken as clean"
    if not n_removed:
        return f"In {n_lines} we looked for {FURNITURE}, and removed none{clean}."
    removed = f"{n_removed:,} {'was' if n_removed == 1 else 'were'} removed"
    return f"Of {n_lines}, {removed} ({FURNITURE}), each with a recorded reason{clean}."


def _n_clean(table: pd.DataFrame) -> int:
    """How many articles have no `raw`: their text is used as it is."""
    return int(table["raw"].isna().sum()) if "raw" in table else len(table)


def _english(
    table: pd.DataFrame, actors: Actors | None, tried_again: bool, sample: str
) -> str:
    """What was measured by means that know English alone, or that it was not."""
    known = table["language"] if "language" in table else pd.Series(dtype="str")
    foreign = is_foreign(known)
    if foreign.mean() > 0.5:
        return (
            "Tone, labels, figures and frames were not measured, since "
            f"{number_of(int(foreign.sum()), 'article')} are not in English."
        )
    return _filled(
        "methods_english.txt",
        min_words=_default(sentiment_by, "min_words"),
        actors=_table_of_actors(actors),
        sample=f", {sample}" if sample else "",
        themes=_filled("methods_themes.txt", n=_default(corpus_frames, "n_boot"))
        if tried_again
        else ".",
    )


def _table_of_actors(actors: Actors | None) -> str:
    if actors is None:
        return "proposed from the capitalised names in the corpus and not edited"
    labels = read_actors(actors)
    n_labels = number_of(sum(map(len, labels.values())), "label")
    return f"{number_of(len(labels), 'actor')} under {n_labels}, given by the analyst"


def _intervals(sizes: pd.Series, tried_again: bool) -> str:
    if len(sizes) == 1:
        return (
            "With one outlet there was nothing to compare it with: no term is called "
            "distinctive, and no difference is given."
        )
    unit, scope = "articles", "so that they speak of the outlets"
    enough = int((sizes >= MIN_ARTICLES).sum())
    if 1 < enough < len(sizes):
        unit = f"articles (of an outlet with fewer than {MIN_ARTICLES}, paragraphs)"
        scope = "so that they speak of the outlets, of such an outlet of these articles"
    elif enough < len(sizes):
        unit = "paragraphs"
        scope = (
            f"since an outlet with fewer than {MIN_ARTICLES} articles does not allow "
            "drawing articles: they speak of these articles, not of the outlets"
        )
    return _filled(
        "methods_intervals.txt",
        unit=unit,
        scope=scope,
        n_boot=f"{_default(frames_by, 'n_boot'):,}",
        seed=_default(frames_by, "seed"),
        again=" " + _filled("methods_again.txt") if tried_again else "",
    )


def _references(text: str) -> list[str]:
    """The listed works that `text` cites by their first author and year, and the
    package itself.
    """
    works = web_file("references.txt").splitlines()
    return [
        *(work for work in works if _cites(text, work)),
        f"The idlibkit authors. idlibkit: {PAPER} (version {_version('idlibkit')}) "
        "[software].",
    ]


def _cites(text: str, work: str) -> bool:
    """Whether a work is cited: "Hutto & Gilbert 2014" for "Hutto, C. J. & Gilbert, E.
    (2014). VADER: ...".
    """
    parts = re.match(r"([^,]+),.*?\((\d{4})\)", work)
    assert parts, f"no author and year in {work!r}"
    author, year = parts.groups()
    return bool(re.search(rf"\b{re.escape(author)}\b[^;)]*\(?{year}", text))


def _filled(name: str, **values: object) -> str:
    return Template(web_file(name).strip()).substitute(values)


def _default(function: Callable[..., Any], name: str) -> Any:
    return inspect.signature(function).parameters[name].default


def _range(sizes: pd.Series) -> str:
    least, most = int(sizes.min()), int(sizes.max())
    if least == most:
        return f"{number_of(least, 'article')} of each"
    return f"{least:,} to {most:,} articles of each"


def _dates(table: pd.DataFrame) -> str:
    known = table["published"].dropna() if "published" in table else pd.Series()
    if known.empty:
        return ""
    first, last = (f"{day.day} {day:%B %Y}" for day in (known.min(), known.max()))
    days = first if first == last else f"from {first} to {last}"
    missing = len(table) - len(known)
    undated = f" ({number_of(missing, 'article')} without a date)" if missing else ""
    return f", published {days}{undated}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(version not known)"
