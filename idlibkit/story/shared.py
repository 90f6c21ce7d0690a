"""shared_text: passages that two articles have in common, word for word or lightly
edited.

Two outlets that print the same agency paragraph are not two witnesses. Runs of
`min_words` equal words are found for certain, by hashing every window of that length;
edited copies are sought among sentences that a MinHash index holds to be alike. Both
kinds are then aligned word by word. Nothing is ever compared with everything.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_articles, check_columns, source_text
from .alignment import Piece, box, n_equal, shared_passages
from .matching import Stream, equal_runs, sentences_alike, word_stream

__all__ = ["shared_text", "without_shared"]


COLUMNS = [
    *[
        "article_id_a",
        "outlet_a",
        "start_a",
        "end_a",
        "text_a",
        "article_id_b",
        "outlet_b",
        "start_b",
        "end_b",
        "text_b",
    ],
    *["n_words", "similarity", "changes", "origin", "origin_reason"],
]


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
        where known, for the direction.
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
        or else from the dates, never proof.

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
    was wrong. Eight times as many articles take 8 to 9 times as long: 32,000 articles
    of 450 words 51 s on one core.

    Examples
    --------
    >>> import pandas as pd
    >>> wire = "The two sides agreed on Monday to open the road to the border for seven trucks with food and medicine."
    >>> articles = pd.DataFrame({
    ...     "article_id": ["one", "two"], "outlet": ["One", "Two"], "wire": ["Reuters", None],
    ...     "text": [wire, "Aid is on its way. " + wire.replace("seven", "eight")],
    ... })
    >>> shared_text(articles)[["n_words", "similarity", "changes", "origin_reason"]].round(2).to_dict("records")
    [{'n_words': 19, 'similarity': 0.95, 'changes': 'seven → eight', 'origin_reason': 'a is credited to Reuters'}]
    """
    check_articles(articles)
    if (
        isinstance(min_words, bool)
        or not isinstance(min_words, int | np.integer)
        or min_words < 5
    ):
        raise IdlibkitError(
            f"min_words={min_words!r}: give a whole number of 5 or more; shorter runs"
            " are chance."
        )
    ids = articles["article_id"].astype("str")
    order = np.argsort(ids.to_numpy(dtype=object), kind="stable")
    articles = (
        articles.iloc[order].assign(article_id=ids.iloc[order]).reset_index(drop=True)
    )
    stream = word_stream(articles)
    dates = (
        pd.to_datetime(articles["published"])
        if "published" in articles
        else pd.Series(pd.NaT, articles.index)
    )
    age = dates.rank(method="first", na_option="bottom").to_numpy().astype(np.int64)
    found = shared_passages(
        stream,
        equal_runs(stream, int(min_words), age),
        sentences_alike(stream, int(min_words), age),
        int(min_words),
    )
    return _table(found, stream, articles, dates)


def without_shared(passages: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Leave out the passages that lie in shared text, so that a measure can be taken
    without it.

    What two outlets share is in neither one's words for certain, so both copies go,
    whichever may be the origin. What one outlet shares only with itself (a background
    paragraph used again) is its own: the copy of the article that `shared_text` takes
    for the origin stays (where it cannot tell, the first `article_id`), the others go.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `start`, `end`; any table with these columns, such as quotes or
        labels, will do.
    shared : DataFrame
        The table of `shared_text` for the same articles.

    Returns
    -------
    DataFrame
        The rows of `passages` of which less than half the characters lie in shared
        text.

    Examples
    --------
    >>> import pandas as pd
    >>> passages = pd.DataFrame({"article_id": ["x", "x"], "start": [0, 50], "end": [40, 90]})
    >>> shared = pd.DataFrame({"article_id_a": ["x"], "outlet_a": ["X"], "start_a": [45], "end_a": [90], "origin": [None],
    ...                        "article_id_b": ["y"], "outlet_b": ["Y"], "start_b": [0], "end_b": [45]})
    >>> without_shared(passages, shared)
      article_id  start  end
    0          x      0   40
    """
    check_columns(passages, ["article_id", "start", "end"], "passages")
    sides = ["article_id", "outlet", "start", "end"]
    check_columns(
        shared, [f"{c}_{side}" for side in "ab" for c in sides] + ["origin"], "shared"
    )
    across = (shared["outlet_a"] != shared["outlet_b"]).to_numpy()
    from_b = (shared["origin"] == "b").fillna(False).to_numpy(dtype=bool)
    goes = {"a": across | from_b, "b": across | ~from_b}
    spans = pd.concat(
        [
            shared.loc[goes[side], [f"{c}_{side}" for c in sides]].set_axis(
                sides, axis=1
            )
            for side in "ab"
        ]
    )
    number = pd.concat([passages["article_id"], spans["article_id"]]).astype("str")
    codes = pd.factorize(number)[0].astype(np.int64)
    at, of = codes[: len(passages)], codes[len(passages) :]
    start, end = (passages[c].to_numpy(dtype=np.int64) for c in ("start", "end"))
    low, high = (spans[c].to_numpy(dtype=np.int64) for c in ("start", "end"))
    width = int(max(end.max(initial=0), high.max(initial=0))) + 1
    covered = _covered(
        of * width + low, of * width + high, at * width + start, at * width + end
    )
    return passages[covered * 2 < np.maximum(end - start, 1)]


def _covered(
    low: np.ndarray, high: np.ndarray, start: np.ndarray, end: np.ndarray
) -> np.ndarray:
    """How much of each [start, end) the spans [low, high) cover together."""
    order = np.argsort(low, kind="stable")
    low, high = low[order], np.maximum.accumulate(high[order])
    if not len(low):
        return np.zeros(len(start), np.int64)
    first = np.append(True, low[1:] > high[:-1])
    low, high = (
        low[first],
        high[np.append(np.flatnonzero(first)[1:] - 1, len(high) - 1)],
    )
    before = np.append(0, np.cumsum(high - low))

    def below(x: np.ndarray) -> np.ndarray:
        i = np.searchsorted(low, x, side="right") - 1
        inside = np.minimum(
            np.maximum(x - low[np.maximum(i, 0)], 0), (high - low)[np.maximum(i, 0)]
        )
        return np.where(i >= 0, before[np.maximum(i, 0)] + inside, 0)

    return below(end) - below(start)


def _table(
    found: list[list[Piece]], stream: Stream, articles: pd.DataFrame, dates: pd.Series
) -> pd.DataFrame:
    source = source_text(articles).tolist()
    place = np.array([box(s) for s in found], np.int64).reshape(-1, 4)
    equal = np.array([n_equal(s) for s in found], np.int64)
    out = pd.DataFrame(index=range(len(found)))
    numbers = {}
    for side, at in (("a", 0), ("b", 2)):
        row = numbers[side] = (
            stream.article[place[:, at]] if len(place) else np.zeros(0, np.int64)
        )
        out[f"article_id_{side}"] = articles["article_id"].to_numpy()[row]
        out[f"outlet_{side}"] = articles["outlet"].to_numpy()[row]
        out[f"start_{side}"] = stream.start[place[:, at]]
        out[f"end_{side}"] = stream.end[place[:, at + 1] - 1]
        spans = zip(row, out[f"start_{side}"], out[f"end_{side}"], strict=True)
        out[f"text_{side}"] = pd.Series(
            [source[i][start:end] for i, start, end in spans], dtype="str"
        )
    out["n_words"] = equal
    out["similarity"] = (
        2
        * equal
        / np.maximum((place[:, 1] - place[:, 0]) + (place[:, 3] - place[:, 2]), 1)
    )
    changes = [
        _changes(s, source[i], source[j], stream)
        for s, i, j in zip(found, numbers["a"], numbers["b"], strict=True)
    ]
    out["changes"] = pd.Series(changes, dtype="str")
    origin = [
        _origin(i, j, articles, dates)
        for i, j in zip(numbers["a"], numbers["b"], strict=True)
    ]
    out["origin"] = pd.Series([o for o, _ in origin], dtype="str")
    out["origin_reason"] = pd.Series([r for _, r in origin], dtype="str")
    for name in ("article_id_a", "article_id_b"):
        out[name] = out[name].astype("str")
    order = ["article_id_a", "article_id_b", "start_a", "start_b"]
    return out[COLUMNS].sort_values(order, kind="stable").reset_index(drop=True)


def _changes(pieces: list[Piece], a: str, b: str, stream: Stream) -> str:
    """The words changed, in their spelling: ``x → y``, ``− x`` for what only a has, ``+
    y`` for what only b has.
    """
    out, i = [], 0
    while i < len(pieces):
        if pieces[i][0]:
            i += 1
            continue
        j = i
        while not pieces[j][0]:
            j += 1
        spans = (
            (a, pieces[i][1], pieces[j - 1][2]),
            (b, pieces[i][3], pieces[j - 1][4]),
        )
        left, right = (
            (
                re.sub(r"\s+", " ", text[stream.start[low] : stream.end[high - 1]])
                if high > low
                else ""
            )
            for text, low, high in spans
        )
        out.append(
            f"{left} → {right}"
            if left and right
            else f"− {left}"
            if left
            else f"+ {right}"
        )
        i = j
    return "; ".join(out)


def _origin(
    i: int, j: int, articles: pd.DataFrame, dates: pd.Series
) -> tuple[str | None, str]:
    """Where a passage comes from, as far as credit and date tell, and why."""
    wires = (
        articles["wire"].iloc[[i, j]].tolist() if "wire" in articles else [None, None]
    )
    credited = [
        wire if isinstance(wire, str) and wire.strip() else None for wire in wires
    ]
    if all(credited):
        if credited[0] == credited[1]:
            return "wire", f"both are credited to {credited[0]}"
        return "wire", f"a is credited to {credited[0]}, b to {credited[1]}"
    if any(credited):
        return (
            "wire",
            (
                f"{'a' if credited[0] else 'b'} is credited to"
                f" {credited[0] or credited[1]}"
            ),
        )
    apart = dates.iloc[j] - dates.iloc[i]
    if pd.isna(apart):
        return None, "no agency credit, and no date for both"
    zones = (
        articles["zone"].iloc[[i, j]].tolist() if "zone" in articles else [None, None]
    )
    if abs(apart) < pd.Timedelta(days=1) and not (
        apart and isinstance(zones[0], str) and zones[0] == zones[1]
    ):
        return None, "no agency credit, and dated less than a day apart"
    days, first = (
        abs(apart) // pd.Timedelta(days=1),
        "a" if apart > pd.Timedelta(0) else "b",
    )
    return first, f"{first} is dated " + (
        f"{days} day{'s'[: days > 1]} earlier" if days else "hours earlier"
    )
