"""read: what was read once, kept: articles with lines, quotations and passages."""

from __future__ import annotations

import os
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeGuard

import pandas as pd

from .reading import read_articles
from .tables import check_articles, number_of
from .voices import Voices, one_name, read_voices

__all__ = ["Corpus", "articles_of", "read"]

Places = Mapping[Hashable, Any]  # article_id to the numbers of its rows in a table


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles, and what was read of them; made by `read`.

    Parameters
    ----------
    articles : DataFrame
        As from `read_articles`.

    Attributes
    ----------
    lines, quotes, passages : DataFrame
        As from the functions of these names. They are made together, in one reading,
        when the first of them is asked for, and then kept.
    speakers : dict
        Each name that `quotes` and `passages` give a speaker, and the one name of that
        person over all articles, as in `voices_by`; who has most words comes first.
    """

    articles: pd.DataFrame

    @cached_property
    def _voices(self) -> Voices:
        return read_voices(self.articles)

    @property
    def lines(self) -> pd.DataFrame:
        """The role of every line; see `lines`."""
        return self._voices.lines

    @property
    def quotes(self) -> pd.DataFrame:
        """Quoted and reported speech with its speakers; see `quotes`."""
        return self._voices.quotes

    @property
    def passages(self) -> pd.DataFrame:
        """Sentences by voice; see `passages`."""
        return self._voices.passages

    @cached_property
    def speakers(self) -> dict[str, str]:
        """The one name of each speaker, most words first; see `Corpus`."""
        spoken = self.quotes[self.quotes["speaker"].notna()]
        names = one_name(spoken["speaker"].astype("str"), spoken["named"].astype("str"))
        words = spoken["n_words"].groupby(names).sum()
        known = dict(zip(spoken["speaker"].astype("str"), names, strict=True))
        order = sorted(known, key=lambda name: (-words[known[name]], known[name], name))
        return {name: known[name] for name in order}

    def article(self, article_id: str) -> Corpus:
        """One article with the rows that were read of it.

        Parameters
        ----------
        article_id : str
            Which one.

        Returns
        -------
        Corpus
            Of this article alone.

        Raises
        ------
        KeyError
            If there is no such article.
        """
        one = Corpus(_rows_at(self.articles, self._articles_at[article_id]))
        if "_voices" in vars(self):
            parts = (
                _rows_at(table, places.get(article_id, []))
                for table, places in zip(self._tables(), self._voices_at, strict=True)
            )
            vars(one)["_voices"] = Voices(*parts)
        return one

    @cached_property
    def _articles_at(self) -> Places:
        return _places(self.articles)

    @cached_property
    def _voices_at(self) -> list[Places]:
        return [_places(table) for table in self._tables()]

    def _tables(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        return self.lines, self.quotes, self.passages

    def __repr__(self) -> str:
        articles = number_of(len(self.articles), "article")
        outlets = number_of(self.articles["outlet"].nunique(), "outlet")
        return f"Corpus of {articles} of {outlets}"


def read(
    path_or_articles: str | os.PathLike[str] | pd.DataFrame | Corpus,
    *,
    manifest: str | os.PathLike[str] | None = None,
    columns: Mapping[str, str] | None = None,
) -> Corpus:
    """Read a corpus once, for all functions that need more than one table of it.

    Parameters
    ----------
    path_or_articles : path, DataFrame or Corpus
        As for `read_articles`; a Corpus is given back as it is. A DataFrame with
        `article_id`, `outlet` and `raw` or `text` is taken as `read_articles` gave it.
    manifest, columns
        As for `read_articles`.

    Returns
    -------
    Corpus
        With `.articles`, `.lines`, `.quotes` and `.passages`: plain tables, each made
        once, on first use.

    Raises
    ------
    IdlibkitError
        If nothing can be read, or a column is missing.

    See Also
    --------
    annotate, robustness, report : take a Corpus, and then read nothing again.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"],
    ...     "text": ["The talks failed. “We will come back on Friday,” Ann Lee said."]})
    >>> corpus = ik.read(articles)
    >>> corpus
    Corpus of 1 article of 1 outlet
    >>> corpus.passages["voice"].tolist(), corpus.quotes["speaker"].tolist()
    (['own', 'quoted', 'own'], ['Ann Lee'])
    """
    if isinstance(path_or_articles, Corpus):
        return path_or_articles
    if _is_read(path_or_articles) and manifest is None and columns is None:
        return Corpus(path_or_articles)
    options: dict[str, Any] = {"manifest": manifest, "columns": columns}
    return Corpus(read_articles(path_or_articles, **options))


def articles_of(corpus_or_articles: Corpus | pd.DataFrame) -> Corpus:
    """A Corpus of what a function was given, which may be a table of articles."""
    if isinstance(corpus_or_articles, Corpus):
        return corpus_or_articles
    check_articles(corpus_or_articles)
    return Corpus(corpus_or_articles)


def _is_read(table: object) -> TypeGuard[pd.DataFrame]:
    """Whether a table is of articles already, as `read_articles` gives it."""
    return (
        isinstance(table, pd.DataFrame)
        and "article_id" in table
        and "outlet" in table
        and ("raw" in table or "text" in table)
    )


def _places(table: pd.DataFrame) -> Places:
    """Where the rows of each article stand."""
    return table.groupby(table["article_id"].astype("str")).indices


def _rows_at(table: pd.DataFrame, places: Any) -> pd.DataFrame:
    return table.take(places).reset_index(drop=True)
