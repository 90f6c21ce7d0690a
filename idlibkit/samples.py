"""Made-up articles in any number, drawn from given ones, for trying out an archive."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from .tables import IdlibkitError, check_columns

if TYPE_CHECKING:
    pass

__all__ = []


PARAGRAPHS, SENTENCES, WORDS = (
    (5, 15),
    (1, 3),
    (8, 45),
)  # fewest and most of the next larger
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
    """Make up articles of any number from the words of a few, to try an analysis at the size of an archive.

    Parameters
    ----------
    articles : DataFrame
        `text`: where the words come from; see `read_articles`.
    n_articles : int
    seed : int
        Same seed, same articles; the first of a larger archive are those of a smaller one.

    Returns
    -------
    DataFrame
        `article_id`, `outlet` (seven made-up names in turn), `published` (one article an hour from 2020), `text` of about
        2,500 characters. Each word follows one that it follows in `articles`, so the text has the words, quotation marks
        and names of its source but no meaning. No sentence stands in it twice.

    Raises
    ------
    IdlibkitError
        If `articles` has no line of eight words, or too few words for so many different sentences.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit.samples import synthetic_archive
    >>> articles = pd.DataFrame({"text": ["one two three one three two one one two two three three."]})
    >>> synthetic_archive(articles, 3)[["article_id", "outlet"]]
      article_id       outlet
    0   a0000000  Albion Post
    1   a0000001     Borealis
    2   a0000002      Courier
    """
    check_columns(articles, ["text"], "articles")
    follows: dict[str, list[str]] = defaultdict(list)
    starts = []
    for line in "\n".join(articles["text"].dropna()).splitlines():
        words = line.split()
        if len(words) >= WORDS[0]:
            starts.append(words[0])
            for one, other in pairwise(words):
                follows[one].append(other)
    if not starts:
        raise IdlibkitError(
            f"no line of articles has {WORDS[0]} words; there is nothing to draw sentences from."
        )
    rng, seen, texts = random.Random(seed), set(), []
    for _ in range(n_articles):
        paragraphs = []
        for _ in range(rng.randint(*PARAGRAPHS)):
            drawn = (
                _sentence(rng, starts, follows) for _ in range(rng.randint(*SENTENCES))
            )
            new = [
                sentence for sentence in dict.fromkeys(drawn) if sentence not in seen
            ]
            seen.update(new)
            paragraphs.append(" ".join(new))
        texts.append("\n\n".join(filter(None, paragraphs)))
        if not texts[-1]:
            raise IdlibkitError(
                f"articles has too few words for {n_articles} articles without a sentence twice."
            )
    hours = pd.to_timedelta(range(n_articles), unit="h")
    return pd.DataFrame(
        {
            "article_id": pd.array(
                [f"a{i:07d}" for i in range(n_articles)], dtype="str"
            ),
            "outlet": pd.array(
                [OUTLETS[i % len(OUTLETS)] for i in range(n_articles)], dtype="str"
            ),
            "published": pd.Timestamp(2020, 1, 1) + hours,
            "text": pd.array(texts, dtype="str"),
        }
    )


def _sentence(
    rng: random.Random, starts: list[str], follows: dict[str, list[str]]
) -> str:
    word, words = rng.choice(starts), []
    while len(words) < WORDS[1] and (
        len(words) < WORDS[0] or not words[-1].endswith((".", ".”", '."', "”"))
    ):
        words.append(word)
        word = rng.choice(follows.get(word) or starts)
    sentence = " ".join(words)
    return sentence if sentence[-1] in '.”"' else sentence + "."
