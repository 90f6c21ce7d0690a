"""Made-up articles in any number, drawn from given ones, for trying out an archive."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pandas as pd

from .tables import IdlibkitError, check_columns

__all__ = ["synthetic_archive"]

# Fewest and most of the next larger.
PARAGRAPHS, SENTENCES, WORDS = (5, 15), (1, 3), (8, 45)
OUTLETS = [
    "Albion Post",
    "Borealis",
    "Courier",
    "Daily Meridian",
    "Examiner",
    "Fjord Times",
    "Gazette",
]


def synthetic_archive(
    articles: pd.DataFrame, n_articles: int, *, seed: int = 0
) -> pd.DataFrame:
    """Make up articles of any number from the words of a few, to try an analysis at the
    size of an archive.

    Parameters
    ----------
    articles : DataFrame
        `text`: where the words come from; see `read_articles`.
    n_articles : int
    seed : int
        Same seed, same articles; the first of a larger archive are those of a smaller
        one.

    Returns
    -------
    DataFrame
        `article_id`, `outlet` (seven made-up names in turn), `published` (one article
        an hour from 2020), `text` of about 2,500 characters. Each word follows one that
        it follows in `articles`, so the text has the words, quotation marks and names
        of its source but no meaning. No sentence stands in it twice.

    Raises
    ------
    IdlibkitError
        If `articles` has no line of eight words, or too few words for so many different
        sentences.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit.samples import synthetic_archive
    >>> words = "one two three one three two one one two two three three."
    >>> articles = pd.DataFrame({"text": [words]})
    >>> synthetic_archive(articles, 3)[["article_id", "outlet"]]
      article_id       outlet
    0   a0000000  Albion Post
    1   a0000001     Borealis
    2   a0000002      Courier
    """
    check_columns(articles, ["text"], "articles")
    starts, follows = _word_pairs(articles["text"])
    rng, seen, texts = random.Random(seed), set[str](), []
    for _ in range(n_articles):
        paragraphs = []
        for _ in range(rng.randint(*PARAGRAPHS)):
            n_sentences = rng.randint(*SENTENCES)
            drawn = [_sentence(rng, starts, follows) for _ in range(n_sentences)]
            new = [text for text in dict.fromkeys(drawn) if text not in seen]
            seen.update(new)
            paragraphs.append(" ".join(new))
        texts.append("\n\n".join(filter(None, paragraphs)))
        if not texts[-1]:
            raise IdlibkitError(
                f"articles has too few words for {n_articles} articles without a"
                " sentence twice."
            )
    hours = pd.to_timedelta(np.arange(n_articles), unit="h")
    ids = [f"a{i:07d}" for i in range(n_articles)]
    outlets = [OUTLETS[i % len(OUTLETS)] for i in range(n_articles)]
    return pd.DataFrame(
        {
            "article_id": pd.array(ids, dtype="str"),
            "outlet": pd.array(outlets, dtype="str"),
            "published": pd.Timestamp(2020, 1, 1) + hours,
            "text": pd.array(texts, dtype="str"),
        }
    )


def _word_pairs(texts: pd.Series) -> tuple[list[str], dict[str, list[str]]]:
    """The first words of lines, and for each word those that stand behind it."""
    starts: list[str] = []
    follows: dict[str, list[str]] = defaultdict(list)
    for line in "\n".join(texts.dropna()).splitlines():
        words = line.split()
        if len(words) >= WORDS[0]:
            starts.append(words[0])
            for word, next_word in pairwise(words):
                follows[word].append(next_word)
    if not starts:
        raise IdlibkitError(
            f"no line of articles has {WORDS[0]} words; there is nothing to draw"
            " sentences from."
        )
    return starts, follows


def _sentence(
    rng: random.Random, starts: list[str], follows: dict[str, list[str]]
) -> str:
    """A sentence that ends with a full stop, if one comes within the most words."""
    word = rng.choice(starts)
    words: list[str] = []
    ends = (".", ".”", '."', "”")
    while len(words) < WORDS[1]:
        if len(words) >= WORDS[0] and words[-1].endswith(ends):
            break
        words.append(word)
        word = rng.choice(follows.get(word) or starts)
    sentence = " ".join(words)
    return sentence if sentence[-1] in '.”"' else sentence + "."
