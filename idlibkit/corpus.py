"""read: what was read once, kept: articles with lines, quotations and passages."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, TypeGuard, cast

import pandas as pd

from .reading import read_articles
from .scale import Parts, gathered, is_apart
from .tables import check_articles, number_of
from .voices import Voices, names_in, read_voices, renamed

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
        words = gathered(_words_of_speakers, self.quotes)
        keys = ["speaker", "named"]
        spoken = words.groupby(keys, as_index=False, sort=False).sum()
        names = renamed(spoken["speaker"], spoken["named"], names_in(self.quotes))
        words = spoken["n_words"].groupby(names).sum()
        known = dict(zip(spoken["speaker"], names, strict=True))
        order = sorted(known, key=lambda name: (-words[known[name]], known[name], name))
        return {name: known[name] for name in order}

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The articles without their texts, in memory."""
        return gathered(_without_texts, self.articles)

    @property
    def is_apart(self) -> bool:
        """Whether the tables lie in parts, see `read_in_parts`."""
        return is_apart(self.articles)

    def of_articles(self, ids: Iterable[str]) -> Corpus:
        """Some of the articles with the rows that were read of them, in memory.

        Parameters
        ----------
        ids : iterable of str
            Which ones.

        Returns
        -------
        Corpus
            Of these articles.
        """
        chosen = partial(_of_articles, ids=pd.Series(sorted(ids), dtype="str"))
        some = Corpus(gathered(chosen, self.articles))
        if "_voices" in vars(self):
            tables = (gathered(chosen, table) for table in self._tables())
            vars(some)["_voices"] = Voices(*tables)
        return some

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
        articles = number_of(len(self.facts), "article")
        outlets = number_of(self.facts["outlet"].nunique(), "outlet")
        return f"Corpus of {articles} of {outlets}"


def read(
    path_or_articles: str | os.PathLike[str] | pd.DataFrame | Parts | Corpus,
    *,
    manifest: str | os.PathLike[str] | None = None,
    columns: Mapping[str, str] | None = None,
) -> Corpus:
    """Read a corpus once, for all functions that need more than one table of it.

    Parameters
    ----------
    path_or_articles : path, DataFrame, Parts or Corpus
        As for `read_articles`; a Corpus is given back as it is. A DataFrame with
        `article_id`, `outlet` and `raw` or `text` is taken as `read_articles` gave it.
        Of an archive in parts (`read_in_parts`) all tables are in parts.
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
    if isinstance(path_or_articles, Parts):
        return Corpus(cast("pd.DataFrame", path_or_articles))
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


def _words_of_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """The words of each speaker, as each quotation names him or her."""
    spoken = quotes[quotes["speaker"].notna()]
    spoken = spoken.astype({"speaker": "str", "named": "str"})
    return spoken.groupby(["speaker", "named"])["n_words"].sum().reset_index()


def _without_texts(articles: pd.DataFrame) -> pd.DataFrame:
    return articles.drop(columns=["raw", "text"], errors="ignore")


def _of_articles(table: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    return table[table["article_id"].astype("str").isin(ids)].reset_index(drop=True)


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
