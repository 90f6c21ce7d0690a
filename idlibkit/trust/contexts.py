"""The text around a row, as it is shown to those who judge it."""

from __future__ import annotations

import re

import pandas as pd

from ..tables import IdlibkitError, check_columns, listed, source_text

__all__ = ["contexts_of"]


AROUND = 250  # characters of context on each side
LONGEST = 4000  # characters of a text that is shown whole


def contexts_of(
    rows: pd.DataFrame, text: str, articles: pd.DataFrame | None
) -> list[str]:
    """The text of each row, in [[ ]] where more is shown around it."""
    shown = rows[text].astype("str").fillna("").tolist()
    if articles is not None:
        around = _in_articles(rows, articles)
    elif {"left", "right"} <= set(rows.columns):
        left, right = rows["left"].fillna(""), rows["right"].fillna("")
        around = list(zip(left, right, strict=True))
    elif "context" in rows:
        whole = rows["context"].fillna("").astype("str")
        around = [_around(c, t) for c, t in zip(whole, shown, strict=True)]
    else:
        around = [("", "")] * len(rows)
    return [
        _marked(before, middle, after)
        for (before, after), middle in zip(around, shown, strict=True)
    ]


def _marked(before: str, middle: str, after: str) -> str:
    if len(middle) > LONGEST:
        middle = f"{middle[: LONGEST // 2]} [...] {middle[-LONGEST // 2 :]}"
    if before.strip() or after.strip():
        middle = f"{before}[[{middle}]]{after}"
    return " ".join(middle.split())


def _around(context: str, text: str) -> tuple[str, str]:
    before, match, after = context.partition(text)
    return (before, after) if match else ("", "")


def _in_articles(rows: pd.DataFrame, articles: pd.DataFrame) -> list[tuple[str, str]]:
    """What stands before and behind each row's place in its article."""
    check_columns(articles, ["article_id"], "articles")
    ids = articles["article_id"].astype("str")
    source = dict(zip(ids, source_text(articles), strict=True))
    wanted = rows["article_id"].astype("str")
    unknown = [name for name in wanted if name not in source]
    if unknown:
        raise IdlibkitError(
            f"article_id {listed(unknown, 3)} not found in articles; "
            "give those the table was made from."
        )
    places = zip(
        wanted, rows["start"].astype(int), rows["end"].astype(int), strict=True
    )
    return [
        (_before(source[name], start), _behind(source[name], end))
        for name, start, end in places
    ]


def _before(source: str, start: int) -> str:
    return _last_words(source[max(0, start - AROUND - 1) : start], start > AROUND)


def _behind(source: str, end: int) -> str:
    part = source[end : end + AROUND + 1]
    return _last_words(part[::-1], end + AROUND < len(source))[::-1]


def _last_words(text: str, cut: bool) -> str:
    """The text, without the word that was cut in two at its start."""
    return re.sub(r"^\S*", "…", text, count=1) if cut else text
