"""shared_text: passages that two articles have in common, word for word or lightly
edited.

Two outlets that print the same agency paragraph are not two witnesses. Runs of
`min_words` equal words are found for certain, by hashing every window of that length;
edited copies are sought among sentences that a MinHash index holds to be alike. Both
kinds are then aligned word by word. Nothing is ever compared with everything.
"""

from __future__ import annotations

import re
from functools import partial

import numpy as np
import pandas as pd

from ..scale import by_partition, by_parts, is_apart, whole_stories
from ..tables import IdlibkitError, check_articles, source_text, story_numbers
from .alignment import Piece, box, n_equal, shared_passages
from .articles import publication_dates
from .origin import origin_of
from .runs import equal_runs
from .sketches import sentences_alike
from .stream import Stream, word_stream

__all__ = ["shared_text"]

SIDES = [
    f"{name}_{side}"
    for side in "ab"
    for name in ("article_id", "outlet", "start", "end", "text")
]
COLUMNS = [*SIDES, "n_words", "similarity", "changes", "origin", "origin_reason"]
FEWEST_WORDS = 5  # shorter runs are chance


def shared_text(articles: pd.DataFrame, *, min_words: int = 12) -> pd.DataFrame:
    """Find the passages that two articles have in common, word for word or lightly
    edited.

    Every run of `min_words` equal words in two articles is found (equal after folding:
    case, accents, typography and a possessive 's do not tell words apart). A passage
    reaches over changed words as long as the equal words on either side outnumber them,
    and may lie in several paragraphs, but never reaches over a line that `lines`
    removed. Passages that are edited throughout are found when sentences resemble each
    other: see Notes.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet` and the text (`raw` or `text`); `wire` and `published`
        where known, for the direction; `story`, from `stories`, where only articles of
        one story are to be compared. An archive in parts (`read_in_parts`, or a Dask
        DataFrame) must have it, and gives a table in parts.
    min_words : int
        Words that both have, in the same order, from which on a passage counts; 5 or
        more.

    Returns
    -------
    DataFrame
        One row per passage and pair of articles, pairs within one outlet too:
        `article_id_a`, `outlet_a`, `start_a`, `end_a`, `text_a` (offsets into the
        source text), the same for b (`article_id_a` < `article_id_b`), `n_words` (words
        in common), `similarity` (2 x common words / words of both), `changes` (what a
        has and b does not, as ``"seven → eight; − on Monday; + late"``; empty where
        word for word), and the likely direction: `origin` (``"wire"``, ``"a"``, ``"b"``
        or missing) with `origin_reason`. A direction is a guess from the agency credit
        or else from the dates, never proof. `story` comes along where it is there.

    Raises
    ------
    IdlibkitError
        If a column is missing, an `article_id` is there twice, or `min_words` is below
        5.

    Notes
    -----
    Exact runs: a 64-bit hash of each window, equal hashes checked word by word. Edited
    passages: MinHash signatures (Broder 1997; package rensa) of the words and word
    pairs of each sentence, banded (Leskovec, Rajaraman & Ullman, Mining of Massive
    Datasets, ch. 3). Both are aligned by longest common subsequence (package
    rapidfuzz), +1 for an equal word and -1 for each other, and cut into maximal scoring
    segments (Ruzzo & Tompa 1999), so that `similarity` is above 2/3. A run of which
    half on either side lies in longer passages of the same two articles is not
    repeated. Text found in more than 50 articles is paired with its earliest appearance
    only, which keeps the table linear in the size of the corpus; a run of words that
    one article repeats is followed up eight times.

    Measured (benchmarks/measure_overlap.py): of sentences of 16 to 32 words copied with
    a share of their words replaced, left out or followed by another, all are found at 0
    %, 99.8 % at 5 %, 96.5 % at 10 %, 91 % at 15 %, 78 % at 20 %, 44 % at 30 %; no row
    was wrong. Eight times as many articles that share little take 8 to 9 times as long:
    32,000 articles of 450 words 51 s on one core. Where paragraphs recur in many
    articles the table grows faster than the articles; compared within stories it grows
    with them.

    Examples
    --------
    >>> import pandas as pd
    >>> wire = ("The two sides agreed on Monday to open the road to the border for"
    ...         " seven trucks with food and medicine.")
    >>> articles = pd.DataFrame({
    ...     "article_id": ["one", "two"], "outlet": ["One", "Two"],
    ...     "text": [wire, "Aid is on its way. " + wire.replace("seven", "eight")],
    ... })
    >>> shared = shared_text(articles)[["n_words", "similarity", "changes"]]
    >>> shared.round(2).to_dict("records")
    [{'n_words': 19, 'similarity': 0.95, 'changes': 'seven → eight'}]
    """
    _check_min_words(min_words)
    if is_apart(articles):
        within = partial(shared_text, min_words=int(min_words))
        return by_partition(within, whole_stories(articles, "articles"))
    check_articles(articles)
    table = articles.assign(
        article_id=articles["article_id"].astype("str"),
        published=publication_dates(articles).to_numpy(),
        story_number=story_numbers(articles, "articles"),
    )
    table = table.sort_values(["story_number", "article_id"], kind="stable")
    table = table.reset_index(drop=True)
    passages_of = partial(_passages_of, min_words=int(min_words))
    # What `lines` removes may hang on other stories; clean text hangs on nothing.
    if "story" in articles and "raw" not in articles:
        parts = by_parts(passages_of, table, whole="story_number", what="shared text")
        found = pd.concat(parts, ignore_index=True)
    else:
        found = passages_of(table)
    order = ["article_id_a", "article_id_b", "start_a", "start_b"]
    return found.sort_values(order, kind="stable").reset_index(drop=True)


def _passages_of(articles: pd.DataFrame, min_words: int) -> pd.DataFrame:
    """The passages that articles of some whole stories share."""
    stream = word_stream(articles)
    rank = articles["published"].rank(method="first", na_option="bottom")
    age = rank.to_numpy().astype(np.int64)
    story = articles["story_number"].to_numpy()
    exact = equal_runs(stream, min_words, age, story)
    alike = sentences_alike(stream, min_words, age, story)
    passages = shared_passages(stream, exact, alike, min_words)
    return _table(passages, stream, articles)


def _check_min_words(min_words: int) -> None:
    whole = isinstance(min_words, int | np.integer) and not isinstance(min_words, bool)
    if not whole or min_words < FEWEST_WORDS:
        raise IdlibkitError(
            f"min_words={min_words!r}: give a whole number of {FEWEST_WORDS} or more;"
            " shorter runs are chance."
        )


def _table(
    passages: list[list[Piece]], stream: Stream, articles: pd.DataFrame
) -> pd.DataFrame:
    source = source_text(articles).tolist()
    place = np.array([box(passage) for passage in passages], np.int64).reshape(-1, 4)
    equal = np.array([n_equal(passage) for passage in passages], np.int64)
    out = pd.DataFrame(index=range(len(passages)))
    numbers = {}
    for side, (first, last) in {"a": place[:, :2].T, "b": place[:, 2:].T}.items():
        row = numbers[side] = stream.article[first]
        start, end = stream.start[first], stream.end[last - 1]
        spans = zip(row.tolist(), start.tolist(), end.tolist(), strict=True)
        texts = [source[article][low:high] for article, low, high in spans]
        out[f"article_id_{side}"] = articles["article_id"].to_numpy()[row]
        out[f"outlet_{side}"] = articles["outlet"].to_numpy()[row]
        out[f"start_{side}"], out[f"end_{side}"] = start, end
        out[f"text_{side}"] = pd.Series(texts, dtype="str")
    words = (place[:, 1] - place[:, 0]) + (place[:, 3] - place[:, 2])
    out["n_words"] = equal
    out["similarity"] = 2 * equal / np.maximum(words, 1)
    pairs = list(zip(numbers["a"].tolist(), numbers["b"].tolist(), strict=True))
    changes = [
        _changes(passage, source[i], source[j], stream)
        for passage, (i, j) in zip(passages, pairs, strict=True)
    ]
    out["changes"] = pd.Series(changes, dtype="str")
    origins = [origin_of(i, j, articles) for i, j in pairs]
    out["origin"] = pd.Series([origin.side for origin in origins], dtype="str")
    reasons = [origin.reason for origin in origins]
    out["origin_reason"] = pd.Series(reasons, dtype="str")
    for name in ("article_id_a", "article_id_b"):
        out[name] = out[name].astype("str")
    columns = COLUMNS
    if "story" in articles:
        columns = ["story", *COLUMNS]
        out["story"] = articles["story"].to_numpy()[numbers["a"]]
    return out[columns]


def _changes(pieces: list[Piece], a: str, b: str, stream: Stream) -> str:
    """The words changed, in their spelling: ``x → y``, ``− x`` for what only a has, ``+
    y`` for what only b has.
    """

    def words(text: str, low: int, high: int) -> str:
        if high <= low:
            return ""
        return re.sub(r"\s+", " ", text[stream.start[low] : stream.end[high - 1]])

    out, i = [], 0
    while i < len(pieces):
        j = i
        while j < len(pieces) and not pieces[j].equal:
            j += 1
        if j > i:  # a stretch of unequal pieces, read as one
            left = words(a, pieces[i].start_a, pieces[j - 1].end_a)
            right = words(b, pieces[i].start_b, pieces[j - 1].end_b)
            out.append(_change(left, right))
        i = j + 1
    return "; ".join(out)


def _change(left: str, right: str) -> str:
    if left and right:
        return f"{left} → {right}"
    return f"− {left}" if left else f"+ {right}"
