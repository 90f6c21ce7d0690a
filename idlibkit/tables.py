"""The one error of the package, and the checks that every function makes of the table
it is given."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from textwrap import shorten
from typing import Any

import numpy as np
import pandas as pd

__all__ = [
    "IdlibkitError",
    "IdlibkitNote",
    "IdlibkitWarning",
    "check_articles",
    "check_by",
    "check_columns",
    "collected_notes",
    "listed",
    "number_of",
    "percent",
    "plural",
    "records",
    "signed",
    "source_text",
    "story_numbers",
    "with_minus",
]

MINUS = re.compile(r"(?<![\w.-])-(?=\.?\d)")


class IdlibkitError(ValueError):
    """Input that cannot be used; the message says what was wrong, where, and how to
    mend it.

    Parameters
    ----------
    message : str
        What was wrong, where, and how to mend it.
    command : str, optional
        The same for somebody at the command line, where the mend is another one.
    """

    def __init__(self, message: str, *, command: str = "") -> None:
        super().__init__(message)
        self.command = command or message


class IdlibkitWarning(UserWarning):
    """Input that was used, but read in a way the user should know of.

    Parameters
    ----------
    message, command : str
        As of `IdlibkitError`.
    """

    def __init__(self, message: str, *, command: str = "") -> None:
        super().__init__(message)
        self.command = command or message


class IdlibkitNote(IdlibkitWarning):
    """No problem: how input was read, for those who want it read otherwise.

    Parameters
    ----------
    message, command : str
        As of `IdlibkitError`.
    """


@contextmanager
def collected_notes() -> Iterator[list[IdlibkitWarning]]:
    """What the package warns of inside the block, in a list that is full at its end."""
    notes: list[IdlibkitWarning] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", IdlibkitWarning)
        yield notes
    messages = (one.message for one in caught)
    notes += [one for one in messages if isinstance(one, IdlibkitWarning)]


def listed(names: Iterable[object], most: int = 8) -> str:
    """``'a', 'b', 'c' and 4 more``: values named in a message."""
    names = list(names)
    shown = ", ".join(
        repr(shorten(str(name), 80, placeholder="…")) for name in names[:most]
    )
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def number_of(count: int, what: str) -> str:
    """``1 article``, ``2,000 articles``."""
    return f"{count:,} {what if count == 1 else plural(what)}"


def plural(what: str) -> str:
    """
    >>> plural("article"), plural("story"), plural("day")
    ('articles', 'stories', 'days')
    """
    return re.sub("(?<![aeiou])y$", "ie", what) + "s"


def percent(share: float) -> str:
    """A share as per cent: .672 is "67 %", .004 "under 1 %"."""
    if 0 < share < 0.005:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def signed(value: float, decimals: int = 0) -> str:
    """A difference with its sign, a minus as it is printed: "+14", "−0.30"."""
    return with_minus(f"{value:+.{decimals}f}")


def with_minus(text: str) -> str:
    """Numbers for people to read: a minus before a digit is no hyphen.

    >>> with_minus("-0.30 (-0.43 to 0.17), 2-1")
    '−0.30 (−0.43 to 0.17), 2-1'
    """
    return MINUS.sub("\N{MINUS SIGN}", text)


def records(table: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, whose fields are what their columns hold."""
    yield from table.itertuples()


def check_columns(table: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    """Raise unless `table` is a DataFrame that has every one of `columns`; `name` is
    what users call it.
    """
    if not isinstance(table, pd.DataFrame):
        raise IdlibkitError(_no_table(table, name))
    missing = [column for column in columns if column not in table.columns]
    if missing:
        close = get_close_matches(missing[0], [str(c) for c in table.columns], 1, 0.6)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise IdlibkitError(
            f"column {listed(missing)} not found in {name}; it has "
            f"{listed(table.columns, 30)}.{hint}"
        )


def _no_table(value: Any, name: str) -> str:
    kind = f"{type(value).__module__}.{type(value).__name__}"
    mend = "Start from read_articles(path), or build a DataFrame with those columns."
    if kind.startswith("dask"):
        mend = (
            "Only passages, quotes, labels, agency, quantities, frames, count_terms, "
            "sentiment and sentiment_by take a Dask one: use .compute() or "
            "map_partitions."
        )
    return f"{name} must be a pandas DataFrame, not {kind}. {mend}"


def check_articles(
    articles: pd.DataFrame, columns: Iterable[str] = ("article_id", "outlet")
) -> None:
    """Raise unless `articles` has these columns, an `article_id` of its own for each
    row, and text where it has any.
    """
    check_columns(articles, columns, "articles")
    ids = articles["article_id"]
    if ids.isna().any():
        row = articles.index[ids.isna()][0]
        raise IdlibkitError(
            f"article_id is missing in row {row!r} of articles; "
            "give each article its own."
        )
    repeated = ids[ids.astype("str").duplicated()]
    if len(repeated):
        raise IdlibkitError(
            f"article_id must be unique; {listed(repeated.unique())} stands more than "
            "once in articles."
        )
    for name in ("raw", "text"):
        if name in articles and not isinstance(articles[name].dtype, pd.StringDtype):
            _check_text(articles[name])


def _check_text(column: pd.Series) -> None:
    for row, value in column.dropna().items():
        if not isinstance(value, str):
            kind = type(value).__name__
            raise IdlibkitError(
                f"{column.name!r} of articles must hold text; row {row!r} holds "
                f"{value!r} ({kind}). Mend or drop that row."
            )
        if not _is_whole(value):
            raise IdlibkitError(
                f"{column.name!r} of articles holds half a character in row {row!r}, "
                "which no file can store; read_articles() mends such texts."
            )


def _is_whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_by(table: pd.DataFrame, by: str | Sequence[str], name: str) -> list[str]:
    """The columns of `by` as a list, after checking that `table` has them."""
    columns = [by] if isinstance(by, str) else list(by)
    if not columns:
        raise IdlibkitError(
            "by is empty; name at least one column, such as by='outlet'."
        )
    check_columns(table, columns, name)
    return columns


def source_text(articles: pd.DataFrame) -> pd.Series:
    """The text that offsets point into, row by row: `raw`, or `text` where there is no
    raw.
    """
    if "raw" not in articles:
        check_columns(articles, ["text"], "articles")
        return articles["text"].fillna("")
    if "text" not in articles:
        return articles["raw"].fillna("")
    return articles["raw"].where(articles["raw"].notna(), articles["text"]).fillna("")


def story_numbers(table: pd.DataFrame, name: str) -> np.ndarray:
    """A number for the story of each row, in the order of the stories; 0 for all where
    the table has no column `story`.
    """
    if "story" not in table:
        return np.zeros(len(table), np.int64)
    numbers, _ = pd.factorize(table["story"], sort=True)
    missing = int((numbers < 0).sum())
    if missing:
        raise IdlibkitError(
            f"column 'story' of {name} is missing in {missing:,} of {len(table):,}"
            " rows; give every article a story with stories(articles), or leave the"
            " column out."
        )
    return numbers.astype(np.int64)
