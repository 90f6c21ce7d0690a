"""How positive or negative passages are worded, by VADER: scores, means with intervals, and the words behind a difference."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import pandas as pd

from . import vader
from .tables import IdlibkitError, check_columns
from .text import plain

__all__ = ["sentiment"]

BATCH = 1 << 23  # characters scored at a time, so that memory does not grow with the corpus


@lru_cache(maxsize=1)
def _vader() -> vader.Rules:
    return vader.make_rules()


def _rules(lexicon: str | Mapping[str, float] | pd.Series) -> vader.Rules:
    if isinstance(lexicon, str):
        if lexicon != "vader":
            raise IdlibkitError(f"lexicon={lexicon!r} is not known; use 'vader', or a mapping of words to valences.")
        return _vader()
    return vader.make_rules(dict(lexicon))


def _batches(texts: pd.Series):
    """Lists of texts, made plain, of about BATCH characters."""
    ends = texts.str.len().to_numpy(float).cumsum()
    cuts = np.unique(np.searchsorted(ends, np.arange(BATCH, ends[-1], BATCH))) + 1 if len(ends) else []
    for low, high in zip([0, *cuts], [*cuts, len(texts)], strict=True):
        yield plain(texts.iloc[low:high])


def sentiment(passages: pd.DataFrame, *, lexicon: str | Mapping[str, float] | pd.Series = "vader") -> pd.DataFrame:
    """Score each passage by VADER."""
    check_columns(passages, ["text"], "passages")
    rules = _rules(lexicon)
    parts = [vader.scores(vader.token_valences(batch, rules)) for batch in _batches(passages["text"].fillna(""))]
    return passages.assign(**{key: np.concatenate([part[key] for part in parts]) for key in parts[0]})
