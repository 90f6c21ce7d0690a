"""Keyword in context."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from ..text import encode, fold, spelling_list, terms_of, tokenize

__all__ = ["kwic"]


def kwic(
    passages: pd.DataFrame, pattern: str | re.Pattern[str], *, width: int = 40
) -> pd.DataFrame:
    """The concordance of a term: every place where it occurs, with the text around it.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `outlet`, `voice`, `start`, `text`; see `passages`.
    pattern : str or compiled regular expression
        A term or a sequence of terms, found as `count_terms` counts them: whole words,
        folded, British spellings with American. ``*`` stands for any characters in a
        word (``"displac*"``). Nothing else in a str is special. A compiled regular
        expression is searched for in the text as it is.
    width : int
        Characters of context on each side, within the passage.

    Returns
    -------
    DataFrame
        `article_id`, `outlet`, `voice`, `left`, `match`, `right`, `start`, `end` (of
        the match in the source text), in the order of articles and text.

    Examples
    --------
    >>> import pandas as pd, idlibkit as ik
    >>> passages = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "voice": ["own"], "start": [0],
    ...                          "text": ["The centre’s talks failed, and talks in Rome too."]})
    >>> ik.kwic(passages, "talks", width=8)[["left", "match", "right", "start", "end"]]
           left  match     right  start  end
    0  entre’s   talks   failed,     13   18
    1  ed, and   talks   in Rome     31   36
    """
    check_columns(
        passages, ["article_id", "outlet", "voice", "start", "text"], "passages"
    )
    texts = passages["text"].fillna("").tolist()
    if isinstance(pattern, re.Pattern):
        hits = [
            (row, *found.span())
            for row, text in enumerate(texts)
            for found in pattern.finditer(text)
        ]
    elif isinstance(pattern, str):
        hits = _term_places(passages["text"], texts, pattern)
    else:
        raise IdlibkitError(
            f"pattern must be a str or a compiled regular expression, not {type(pattern).__name__}."
        )
    rows = [row for row, _, _ in hits]
    out = passages[["article_id", "outlet", "voice"]].iloc[rows].reset_index(drop=True)
    parts = [
        (
            texts[row][max(0, low - width) : low],
            texts[row][low:high],
            texts[row][high : high + width],
        )
        for row, low, high in hits
    ]
    for place, column in enumerate(("left", "match", "right")):
        out[column] = pd.Series([part[place] for part in parts], dtype="str")
    at = passages["start"].to_numpy()[rows] if rows else np.zeros(0, np.int64)
    out["start"] = at + np.array([low for _, low, _ in hits], np.int64)
    out["end"] = at + np.array([high for _, _, high in hits], np.int64)
    return out.sort_values(["article_id", "start"], kind="stable", ignore_index=True)


def _term_places(
    column: pd.Series, texts: list[str], pattern: str
) -> list[tuple[int, int, int]]:
    spelling = spelling_list("english")
    words = [
        re.compile(r"\w*".join(map(re.escape, fold(word).split("*"))))
        for word in pattern.split()
    ]
    if "*" not in pattern:
        words = [
            re.compile(re.escape(spelling.get(word, word)))
            for word in tokenize(pattern)
        ]
    if not words:
        raise IdlibkitError(
            f"pattern {pattern!r} has no word in it; give a term such as 'talks' or 'displac*'."
        )
    codes, lengths, tokens = encode(column)
    forms = list(zip(terms_of(tokens, {}), terms_of(tokens, spelling), strict=True))
    fits = [
        np.array([any(word.fullmatch(form) for form in both) for both in forms], bool)
        for word in words
    ]
    row = np.repeat(np.arange(len(texts)), lengths)
    first = np.flatnonzero(fits[0][codes]) if len(codes) else np.zeros(0, int)
    for step, fit in enumerate(fits[1:], 1):
        first = first[first + step < len(codes)]
        first = first[(row[first + step] == row[first]) & fit[codes[first + step]]]
    offset = np.concatenate([[0], np.cumsum(lengths)])
    hits = []
    rows, begins = np.unique(row[first], return_index=True)
    for r, places in zip(
        rows, np.split(first - offset[row[first]], begins[1:]), strict=False
    ):
        spans, at = [], 0
        for code in codes[offset[r] : offset[r + 1]]:
            low = texts[r].index(tokens[code], at)
            at = low + len(tokens[code])
            spans.append((low, at))
        for place in places:
            hits.append((int(r), spans[place][0], spans[place + len(words) - 1][1]))
    return hits
