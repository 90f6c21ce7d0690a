"""Pull quotes: words of the text that a page shows once more, set apart. Private to `cleaning`."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from .line_scores import Pages
from .text import spaced_words

# A line all in marks, or in marks that do not end; and the line under it that names who says it.
QUOTED = r"""^["“„«](?:[^"”»]*|.*["”»])$"""
SIGNED = re.compile(r"""[-–—]|[^"“„«]*["”»]$""")
SHORT = 80  # characters: a longer line signs nothing
LEAST = 8  # words: fewer can be said twice
MOST = 100  # such lines on one page: with more it is a transcript or a book
_RUN = re.compile(r"\w+(?: \w+)*")


def pull_quotes(frame, pages: Pages, body: np.ndarray) -> np.ndarray:
    """Lines of the body in quotation marks whose words stand again within a longer line of it, and lines that sign them."""
    out = np.zeros(len(frame), bool)
    rows = np.flatnonzero(body)
    texts = frame["text"].gather(rows)
    quoted = np.flatnonzero(texts.str.contains(QUOTED).to_numpy())
    page = pages.page[rows]
    edges = np.searchsorted(page, np.arange(len(pages.starts) + 1))
    texts = texts.to_list()
    for number in np.unique(page[quoted]).tolist():
        first, last = edges[number], edges[number + 1]
        some = quoted[np.searchsorted(quoted, first) : np.searchsorted(quoted, last)].tolist()
        if len(some) > MOST:
            continue
        page_text = "\n".join(texts[first:last]).lower()
        folded = cache(lambda at: spaced_words(texts[at]))
        for at in some:
            run = max(_RUN.findall(texts[at].lower()), key=len, default="")
            if page_text.find(run, page_text.find(run) + 1) < 0 or folded(at).count(" ") <= LEAST:
                continue
            longer = (other for other in range(first, last) if len(texts[other]) > len(texts[at]))
            if any(run in texts[other].lower() and folded(at) in folded(other) for other in longer):
                out[rows[at]] = True
                if at + 1 < last and len(texts[at + 1]) < SHORT and SIGNED.match(texts[at + 1]):
                    out[rows[at + 1]] = True
    return out
