"""The sentence around each passage, put together again from the passages of all its
voices.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

__all__ = ["sentence_contexts"]

# Characters between two passages of one sentence: quote marks, a dash and spaces. What
# is further apart was not printed as one.
FURTHEST = 8


def sentence_contexts(passages: pd.DataFrame) -> pd.DataFrame:
    """For each passage the sentence that it is part of, whoever says its parts.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `sentence`, `voice`, `start`, `text`. Without `article_id` or
        `sentence` each passage is a sentence of its own.

    Returns
    -------
    DataFrame
        With the index of `passages`: `context` and `context_start`, so that a place in
        the source text less `context_start` is its place in `context`. What stands
        between passages, quote marks and spaces, is written plain.

    Examples
    --------
    >>> passages = pd.DataFrame({
    ...     "article_id": "a", "sentence": [0, 0, 1], "start": [0, 9, 30],
    ...     "voice": ["own", "quoted", "own"],
    ...     "text": ["He said:", "Cole lied", "It rained."]})
    >>> sentence_contexts(passages)["context"].tolist()
    ['He said: Cole lied', 'He said: Cole lied', 'It rained.']
    """
    out = pd.DataFrame(
        {"context": passages["text"], "context_start": passages["start"]},
        index=passages.index,
    )
    if not {"article_id", "sentence"} <= set(passages.columns) or not len(passages):
        return out
    article = pd.factorize(passages["article_id"])[0]
    sentence = pd.factorize(passages["sentence"])[0]
    start = passages["start"].to_numpy(np.int64)
    length = passages["text"].str.len().to_numpy(np.int64)
    order = np.lexsort((start, sentence, article))
    before, after = order[:-1], order[1:]
    gap = start[after] - (start + length)[before]
    joined = (article[before] == article[after]) & (sentence[before] == sentence[after])
    joined &= (gap >= 0) & (gap <= FURTHEST)
    first = np.flatnonzero(np.append(True, ~joined))
    size = np.diff(np.append(first, len(order)))
    texts = passages["text"].tolist()
    quoted = _is_quoted(passages)
    contexts, starts = out["context"].tolist(), start.copy()
    for low, n in zip(first[size > 1].tolist(), size[size > 1].tolist(), strict=True):
        rows = order[low : low + n].tolist()
        context = _joined(rows, texts, start, quoted)
        for row in rows:
            contexts[row] = context
            starts[row] = start[rows[0]]
    return out.assign(
        context=pd.Series(contexts, out.index, dtype="str"), context_start=starts
    )


def _is_quoted(passages: pd.DataFrame) -> np.ndarray:
    if "voice" not in passages:
        return np.zeros(len(passages), bool)
    return (passages["voice"] == "quoted").to_numpy(dtype=bool)


def _joined(
    rows: list[int], texts: list[str], start: np.ndarray, quoted: np.ndarray
) -> str:
    """The texts of passages in a row, with as many characters between as there were."""
    context = texts[rows[0]]
    for before, row in pairwise(rows):
        gap = int(start[row] - start[rows[0]]) - len(context)
        space = " " * gap
        if gap > 1 and quoted[row] and not quoted[before]:
            space = space[:-1] + '"'
        elif gap > 1 and quoted[before] and not quoted[row]:
            space = '"' + space[1:]
        context += space + texts[row]
    return context
