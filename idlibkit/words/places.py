"""Where terms stand: every place of many terms at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..tables import check_columns
from ..text import encode, spelling_list, terms_of
from .concordance import is_pronoun, token_spans

__all__ = ["term_places"]


def term_places(passages: pd.DataFrame, terms: Iterable[str]) -> pd.DataFrame:
    """Every place of some terms, found as `count_terms` counts single words.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `start`, `text`; see `passages`.
    terms : iterable of str
        Single words as they stand in `count_terms`.

    Returns
    -------
    DataFrame
        `article_id`, `term`, `start`, `end`, in the order of the passages.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    Examples
    --------
    >>> passages = pd.DataFrame({"article_id": ["a"], "start": [10],
    ...     "text": ["The centre’s talks failed."]})
    >>> term_places(passages, ["talks", "center"]).to_numpy().tolist()
    [['a', 'center', 14, 22], ['a', 'talks', 23, 28]]
    """
    check_columns(passages, ["article_id", "start", "text"], "passages")
    wanted = set(terms)
    texts = passages["text"].fillna("").tolist()
    codes, lengths, tokens = encode(passages["text"])
    forms = terms_of(tokens, spelling_list("english"))
    fits = np.array(
        [
            form in wanted and not is_pronoun(form, token)
            for form, token in zip(forms, tokens, strict=True)
        ],
        bool,
    )
    hit = np.flatnonzero(fits[codes]) if len(codes) else np.zeros(0, int)
    offset = np.concatenate([[0], np.cumsum(lengths)])
    row = np.searchsorted(offset, hit, "right") - 1
    found: list[tuple[int, str, int, int]] = []
    rows, begins = np.unique(row, return_index=True)
    of_rows = np.split(hit, begins[1:]) if len(hit) else []
    for number, places in zip(rows.tolist(), of_rows, strict=True):
        first = offset[number]
        of_row = codes[first : offset[number + 1]]
        spans = token_spans(texts[number], [tokens[code] for code in of_row])
        found += [
            (number, forms[codes[place]], *spans[place - first]) for place in places
        ]
    numbers = [number for number, *_ in found]
    begin = passages["start"].to_numpy(np.int64)[numbers]
    return pd.DataFrame(
        {
            "article_id": passages["article_id"].iloc[numbers].array,
            "term": pd.Series([term for _, term, *_ in found], dtype="str"),
            "start": begin + np.array([start for *_, start, _ in found], np.int64),
            "end": begin + np.array([end for *_, end in found], np.int64),
        }
    )
