"""shared_text: passages that two articles have in common, word for word or lightly edited.

Two outlets that print the same agency paragraph are not two witnesses. Runs of `min_words` equal words are found for
certain, by hashing every window of that length; edited copies are sought among sentences that a MinHash index holds to
be alike. Both kinds are then aligned word by word. Nothing is ever compared with everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .cleaning import lines
from .tables import IdlibkitError, check_columns, source_text
from .text import TOKEN, term

if TYPE_CHECKING:
    import polars as pl

__all__ = ["shared_text", "without_shared"]

GAP = 15  # words between two equal runs that still count as one passage, if what is equal outweighs them
PAD = 24  # words looked at on either side of what was found
MANY = 50  # text found in more articles than this is paired with its earliest appearance only
REPEATS = 8  # times that one run of words is followed up within one article
BANDS, ROWS = (
    42,
    6,
)  # sentences with 65 % of words and word pairs in common become candidates with p = .96, with 7 % 5e-6
LEAST_ALIKE = 0.35  # estimated share of words and word pairs in common, below which candidates are not aligned
LONGEST_UNIT = 60  # words: longer "sentences" are cut, so that a page without full stops is still read
MIX = np.uint64(0x9E3779B97F4A7C15)
SENTENCE_END = r"""[.!?…。！？]["'”’»)\]]*\s|\n"""
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


@dataclass
class _Stream:
    """All kept words of a corpus one after the other; a negative term of its own kind stands before each segment.

    A segment is a run of kept lines with no removed line in between: no passage reaches over what was taken out.
    """

    term: np.ndarray  # rank of the word's term among all terms of the corpus
    start: np.ndarray  # offsets into the source text
    end: np.ndarray
    segment: np.ndarray
    article: np.ndarray
    unit: np.ndarray  # sentence, roughly


def shared_text(articles: pd.DataFrame, *, min_words: int = 12) -> pd.DataFrame:
    """Find the passages that two articles have in common, word for word or lightly edited.

    Every run of `min_words` equal words in two articles is found (equal after folding: case, accents, typography and a
    possessive 's do not tell words apart). A passage reaches over changed words as long as the equal words on either
    side outnumber them, and may lie in several paragraphs, but never reaches over a line that `lines` removed.
    Passages that are edited throughout are found when sentences resemble each other: see Notes.

    Parameters
    ----------
    articles : DataFrame
        `article_id`, `outlet` and the text (`raw` or `text`); `wire` and `published` where known, for the direction.
    min_words : int
        Words that both have, in the same order, from which on a passage counts; 5 or more.

    Returns
    -------
    DataFrame
        One row per passage and pair of articles, pairs within one outlet too: `article_id_a`, `outlet_a`, `start_a`,
        `end_a`, `text_a` (offsets into the source text), the same for b (`article_id_a` < `article_id_b`), `n_words`
        (words in common), `similarity` (2 x common words / words of both), `changes` (what a has and b does not, as
        ``"seven → eight; − on Monday; + late"``; empty where word for word), and the likely direction: `origin`
        (``"wire"``, ``"a"``, ``"b"`` or missing) with `origin_reason`. A direction is a guess from the agency credit
        or else from the dates, never proof.

    Raises
    ------
    IdlibkitError
        If a column is missing, an `article_id` is there twice, or `min_words` is below 5.

    Notes
    -----
    Exact runs: a 64-bit hash of each window, equal hashes checked word by word. Edited passages: MinHash signatures
    (Broder 1997; package rensa) of the words and word pairs of each sentence, banded (Leskovec, Rajaraman & Ullman,
    Mining of Massive Datasets, ch. 3). Both are aligned by longest common subsequence (package rapidfuzz), +1 for an
    equal word and -1 for each other, and cut into maximal scoring segments (Ruzzo & Tompa 1999), so that `similarity`
    is above 2/3. Text found in more than 50 articles is paired with its earliest appearance only, which keeps the
    table linear in the size of the corpus. Measured recall: benchmarks/measure_overlap.py.

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
    check_columns(articles, ["article_id", "outlet"], "articles")
    if isinstance(min_words, bool) or not isinstance(min_words, int | np.integer) or min_words < 5:
        raise IdlibkitError(f"min_words={min_words!r}: give a whole number of 5 or more; shorter runs are chance.")
    ids = articles["article_id"].astype("str")
    if ids.duplicated().any():
        raise IdlibkitError(f"article_id {ids[ids.duplicated()].iloc[0]!r} is there twice; each article needs its own.")
    order = np.argsort(ids.to_numpy(dtype=object), kind="stable")
    articles = articles.iloc[order].assign(article_id=ids.iloc[order]).reset_index(drop=True)
    stream = _stream(articles)
    dates = pd.to_datetime(articles["published"]) if "published" in articles else pd.Series(pd.NaT, articles.index)
    age = dates.rank(method="first", na_option="bottom").to_numpy().astype(np.int64)
    found = _passages(stream, _exact(stream, int(min_words), age), _alike(stream, int(min_words), age), int(min_words))
    return _table(found, stream, articles, dates)


def without_shared(passages: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    """Leave out the passages that lie in shared text, so that a measure can be taken without it.

    What two outlets share is in neither one's words for certain, so both copies go, whichever may be the origin. What
    one outlet shares only with itself (a background paragraph used again) is its own: the copy of the article that
    `shared_text` takes for the origin stays (where it cannot tell, the first `article_id`), the others go.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `start`, `end`; any table with these columns, such as quotes or labels, will do.
    shared : DataFrame
        The table of `shared_text` for the same articles.

    Returns
    -------
    DataFrame
        The rows of `passages` of which less than half the characters lie in shared text.

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
    check_columns(shared, [f"{c}_{side}" for side in "ab" for c in sides] + ["origin"], "shared")
    across = (shared["outlet_a"] != shared["outlet_b"]).to_numpy()
    from_b = (shared["origin"] == "b").fillna(False).to_numpy(dtype=bool)
    goes = {"a": across | from_b, "b": across | ~from_b}
    spans = pd.concat([shared.loc[goes[side], [f"{c}_{side}" for c in sides]].set_axis(sides, axis=1) for side in "ab"])
    number = pd.concat([passages["article_id"], spans["article_id"]]).astype("str")
    codes = pd.factorize(number)[0].astype(np.int64)
    at, of = codes[: len(passages)], codes[len(passages) :]
    start, end = (passages[c].to_numpy(dtype=np.int64) for c in ("start", "end"))
    low, high = (spans[c].to_numpy(dtype=np.int64) for c in ("start", "end"))
    width = int(max(end.max(initial=0), high.max(initial=0))) + 1
    covered = _covered(of * width + low, of * width + high, at * width + start, at * width + end)
    return passages[covered * 2 < np.maximum(end - start, 1)]


def _covered(low: np.ndarray, high: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How much of each [start, end) the spans [low, high) cover together."""
    order = np.argsort(low, kind="stable")
    low, high = low[order], np.maximum.accumulate(high[order])
    if not len(low):
        return np.zeros(len(start), np.int64)
    first = np.append(True, low[1:] > high[:-1])
    low, high = low[first], high[np.append(np.flatnonzero(first)[1:] - 1, len(high) - 1)]
    before = np.append(0, np.cumsum(high - low))

    def below(x: np.ndarray) -> np.ndarray:
        i = np.searchsorted(low, x, side="right") - 1
        inside = np.minimum(np.maximum(x - low[np.maximum(i, 0)], 0), (high - low)[np.maximum(i, 0)])
        return np.where(i >= 0, before[np.maximum(i, 0)] + inside, 0)

    return below(end) - below(start)


def _stream(articles: pd.DataFrame) -> _Stream:
    import polars as pl

    page = lines(articles)
    row = pd.Index(articles["article_id"]).get_indexer(page["article_id"].astype("str")).astype(np.int64)
    page = page.assign(row=row).sort_values(["row", "start"], kind="stable")
    row, kept = page["row"].to_numpy(), page["kept"].to_numpy(dtype=bool)
    opens = np.ones(len(page), bool)
    opens[1:] = (row[1:] != row[:-1]) | ~kept[:-1]
    segment = np.cumsum(opens & kept)[kept]
    frame = pl.DataFrame(
        {"text": page["text"].to_numpy(dtype=object)[kept], "at": page["start"].to_numpy()[kept], "segment": segment,
         "article": row[kept], "line": np.arange(kept.sum())},
        schema_overrides={"text": pl.String, "at": pl.Int64, "segment": pl.Int64, "article": pl.Int64},
    )  # fmt: skip
    known: dict[str, int] = {}
    parts = [_words(part, known) for part in frame.iter_slices(200_000)] or [_words(frame, known)]
    words = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    rank = np.empty(len(known), np.int64)
    rank[[known[name] for name in sorted(known)]] = np.arange(len(known))
    words["term"] = rank[words["term"].astype(np.int64)]
    size = len(words["term"])
    cut = np.flatnonzero(np.append(True, words["segment"][1:] != words["segment"][:-1])) if size else np.array([0])
    fresh = -1 - np.arange(len(cut) + 1)
    cut = np.append(cut, size)
    fields = {name: np.insert(values, cut, fresh) for name, values in words.items() if name != "opens"}
    unit = np.cumsum(np.insert(words["opens"], cut, True))
    # a unit that runs on is cut after every LONGEST_UNIT words
    first = np.flatnonzero(np.append(True, unit[1:] != unit[:-1]))
    place = np.arange(len(unit)) - np.repeat(first, np.diff(np.append(first, len(unit))))
    return _Stream(**fields, unit=np.cumsum((place % LONGEST_UNIT) == 0))


def _words(frame: pl.DataFrame, known: dict[str, int]) -> dict[str, np.ndarray]:
    """The words of some lines; `known` gives each new term the next number."""
    import polars as pl

    pieces = frame.select(
        "at", "segment", "article", "line", pl.col("text").str.extract_all(r"[^\p{L}\p{Nd}]*" + TOKEN).alias("piece")
    ).explode("piece")
    pieces = pieces.filter(pl.col("piece").is_not_null()).with_columns(
        pl.col("piece").str.replace(r"^[^\p{L}\p{Nd}]+", "").alias("token"),
        pl.col("piece").str.extract(r"^([^\p{L}\p{Nd}]*)", 1).str.contains(SENTENCE_END).alias("stop"),
        pl.col("piece").str.len_chars().cast(pl.Int64).alias("width"),
    )
    past = pieces["width"].cum_sum().to_numpy()
    line = pieces["line"].to_numpy()
    new = np.append(True, line[1:] != line[:-1])[: len(line)]
    before = np.repeat((past - pieces["width"].to_numpy())[new], np.diff(np.append(np.flatnonzero(new), len(line))))
    end = pieces["at"].to_numpy() + past - before
    distinct = pieces["token"].unique().sort()
    number = [known.setdefault(term(token), len(known)) for token in distinct]
    terms = pieces["token"].replace_strict(distinct, pl.Series(number, dtype=pl.Int64), return_dtype=pl.Int64)
    return {
        "term": terms.to_numpy(), "start": end - pieces["token"].str.len_chars().cast(pl.Int64).to_numpy(), "end": end,
        "segment": pieces["segment"].to_numpy(), "article": pieces["article"].to_numpy(),
        "opens": pieces["stop"].to_numpy() | new,
    }  # fmt: skip


def _mixed(x: np.ndarray) -> np.ndarray:
    """A well-spread 64-bit number for each whole number (the finaliser of splitmix64, Steele et al. 2014)."""
    z = x.astype(np.uint64) * MIX
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _exact(stream: _Stream, k: int, age: np.ndarray) -> np.ndarray:
    """All maximal runs of at least k equal words: rows of (article a, article b, place a, place b, length)."""
    import polars as pl

    t = stream.term
    n = len(t) - k + 1
    if n < 2:
        return np.empty((0, 5), np.int64)
    key = np.zeros(n, np.uint64)
    word = _mixed(t)
    for j in range(k):
        key = key * MIX + word[j : j + n]
    place = np.flatnonzero(stream.segment[:n] == stream.segment[k - 1 :])
    place = place[np.argsort(key[place], kind="stable")]
    key = key[place]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    last = np.append(first[1:], len(key)) - 1
    article = stream.article[place]
    group = np.repeat(np.arange(len(first)), last - first + 1)
    # A group of equal windows that is the group one word before, moved on by one, holds nothing new.
    shift = _mixed(place - place[first][group] + 1)
    sign = np.add.reduceat(shift, first) if len(first) else np.zeros(0, np.uint64)
    group_at = np.full(len(t) + 1, -1)
    group_at[place] = group
    head = place[first]
    prior = group_at[head - 1]
    same = (prior >= 0) & (head[prior] == head - 1) & (sign[prior] == sign)
    wanted = ((article[first] != article[last]) & ~same)[group]
    members = pl.DataFrame({"group": group[wanted], "article": article[wanted], "place": place[wanted]}).with_columns(
        pl.int_range(pl.len()).over("group", "article").alias("rank"),
        pl.len().over("group", "article").cast(pl.Int64).alias("times"),
        pl.col("article").n_unique().over("group").alias("articles"),
    )
    members = members.filter(pl.col("rank") < REPEATS).with_columns(pl.min_horizontal("times", REPEATS).alias("times"))
    few, many = members.filter(pl.col("articles") <= MANY), members.filter(pl.col("articles") > MANY)
    side = ["article", "place", "article_right", "place_right"]
    pairs = [few.join(few, on=["group", "rank"]).filter(pl.col("article") < pl.col("article_right")).select(side)]
    final = few.filter(pl.col("rank") == pl.col("times") - 1)
    rest = few.filter(pl.col("rank") > 0).join(final, on="group").filter(
        (pl.col("article") != pl.col("article_right")) & (pl.col("rank") > pl.col("rank_right"))
    )  # fmt: skip
    star = many.with_columns(pl.Series("age", age[many["article"].to_numpy()]))
    centre = star.filter(pl.col("rank") == 0).sort("age").group_by("group", maintain_order=True).first()
    for extra in (rest, star.join(centre, on="group").filter(pl.col("article") != pl.col("article_right"))):
        swap = pl.col("article") > pl.col("article_right")
        pairs.append(
            extra.select(
                pl.when(swap).then(f"{name}_right").otherwise(name).alias(name) for name in ("article", "place")
            ).hstack(
                extra.select(
                    pl.when(swap).then(name).otherwise(f"{name}_right").alias(f"{name}_right")
                    for name in ("article", "place")
                )
            )
        )
    seeds = pl.concat(pairs).unique().to_numpy()[:, [0, 2, 1, 3]].astype(np.int64)
    return _extended(stream, seeds, k)


def _extended(stream: _Stream, seeds: np.ndarray, k: int) -> np.ndarray:
    """Seeds grown as far as the words are equal; one row per run, however many seeds lay in it."""
    t = stream.term
    a, b = seeds[:, 2], seeds[:, 3]
    seeds = seeds[(t[a[:, None] + np.arange(k)] == t[b[:, None] + np.arange(k)]).all(axis=1)]
    diagonal = seeds[:, 3] - seeds[:, 2]
    seeds = seeds[np.lexsort((seeds[:, 2], diagonal, seeds[:, 1], seeds[:, 0]))]
    out = []
    while len(seeds):
        track = np.column_stack([seeds[:, :2], seeds[:, 3] - seeds[:, 2]])
        first = np.append(True, (track[1:] != track[:-1]).any(axis=1))
        head = seeds[first]
        left = _reach(t, head[:, 2], head[:, 3], -1)
        right = _reach(t, head[:, 2] + k - 1, head[:, 3] + k - 1, 1)
        out.append(np.column_stack([head[:, :2], head[:, 2] - left, head[:, 3] - left, left + right + k]))
        stop = np.repeat(head[:, 2] + right + k, np.diff(np.append(np.flatnonzero(first), len(seeds))))
        seeds = seeds[seeds[:, 2] >= stop]
    found = np.concatenate(out) if out else np.empty((0, 5), np.int64)
    return found[np.lexsort((found[:, 3], found[:, 2], found[:, 1], found[:, 0]))]


def _reach(t: np.ndarray, a: np.ndarray, b: np.ndarray, step: int, block: int = 32) -> np.ndarray:
    """How many further words are equal from places a and b on, in one direction."""
    reach = np.zeros(len(a), np.int64)
    open_ = np.arange(len(a))
    while len(open_):
        ahead = reach[open_][:, None] + np.arange(1, block + 1)
        # a place beyond the ends compares a sentinel with something else
        at_a = np.clip(a[open_][:, None] + step * ahead, 0, len(t) - 1)
        at_b = np.clip(b[open_][:, None] + step * ahead, 0, len(t) - 1)
        equal = (t[at_a] == t[at_b]) & (at_a != at_b)
        run = np.where(equal.all(axis=1), block, equal.argmin(axis=1))
        reach[open_] += run
        open_ = open_[run == block]
    return reach


def _alike(stream: _Stream, k: int, age: np.ndarray) -> np.ndarray:
    """Pairs of sentences that may be edited copies: rows of (article a, article b, start a, end a, start b, end b)."""
    import polars as pl
    from rensa import RMinHash

    first = np.flatnonzero(np.append(True, stream.unit[1:] != stream.unit[:-1]))
    last = np.append(first[1:], len(stream.unit))
    first = first + (stream.term[first] < 0)
    long = last - first >= max(5, k * 2 // 3)
    first, last = first[long], last[long]
    none = np.empty((0, 6), np.int64)
    if len(first) < 2:
        return none
    word = _mixed(stream.term)
    pair = _mixed(word[:-1] * MIX + word[1:])
    words_to, pairs_to = (np.append(np.uint64(0), np.cumsum(x)) for x in (word, pair))
    content = _mixed(words_to[last] - words_to[first]) + (pairs_to[last - 1] - pairs_to[first])
    article = stream.article[first]
    units = pl.DataFrame({"content": content, "row": np.arange(len(first)), "article": article, "age": age[article]})
    units = units.sort("age", "row").unique(["content", "article"], keep="first", maintain_order=True)
    distinct = units.group_by("content", maintain_order=True).first()["row"].to_numpy()
    bands, sketches = [], []
    for at in range(0, len(distinct), 50_000):
        rows = distinct[at : at + 50_000]
        size = last[rows] - first[rows]
        offset = np.append(0, np.cumsum(size))
        index = np.arange(offset[-1]) - np.repeat(offset[:-1], size) + np.repeat(first[rows], size)
        tokens = np.column_stack([word[index], pair[index]])
        tokens[offset[1:] - 1, 1] = tokens[offset[1:] - 1, 0]  # no pair reaches out of the sentence
        digest = RMinHash.digest_matrix_from_flat_token_hashes(
            tokens.ravel(), (2 * offset).astype(np.uint64), BANDS * ROWS, 7
        )
        signature = np.array(digest.to_rows(), np.uint64).reshape(len(rows), BANDS, ROWS)
        key = np.zeros((len(rows), BANDS), np.uint64)
        for j in range(ROWS):
            key = _mixed(key + signature[:, :, j])
        bands.append(key)
        sketches.append(signature.reshape(len(rows), -1).astype(np.uint8))  # eight bits are enough (Li & König 2010)
    key, sketch = np.concatenate(bands), np.concatenate(sketches)
    near: list[np.ndarray] = []

    def keep(x: np.ndarray, y: np.ndarray) -> None:
        for part in range(0, len(x), 1 << 16):
            i, j = x[part : part + (1 << 16)], y[part : part + (1 << 16)]
            agree = (sketch[i] == sketch[j]).mean(axis=1)
            alike = (agree - 1 / 256) / (1 - 1 / 256) >= LEAST_ALIKE
            near.append(np.column_stack([i[alike], j[alike]]))

    for band in range(BANDS):
        order = np.argsort(key[:, band], kind="stable")
        sorted_key = key[order, band]
        new = np.append(True, sorted_key[1:] != sorted_key[:-1])
        start = np.flatnonzero(new)
        place = np.arange(len(order)) - np.repeat(start, np.diff(np.append(start, len(order))))
        for back in range(1, MANY):  # each with those before it in its bucket, with the first if they are many
            at = np.flatnonzero(place >= back)
            if not len(at):
                break
            keep(order[at - back], order[at])
        at = np.flatnonzero(place >= MANY)
        keep(order[at - place[at]], order[at])
    links = np.unique(np.sort(np.concatenate(near), axis=1), axis=0) if near else np.empty((0, 2), np.int64)
    # every article that has the one sentence with every article that has the other: the 20 earliest of each
    numbered = pl.DataFrame({"content": content[distinct], "number": np.arange(len(distinct))})
    holders = units.join(numbered, on="content").filter(pl.int_range(pl.len()).over("number") < 20)
    links = (
        pl.DataFrame({"x": links[:, 0], "y": links[:, 1]})
        .join(holders.select(x="number", row="row"), on="x")
        .join(holders.select(y="number", other="row"), on="y")
    )
    i, j = links["row"].to_numpy(), links["other"].to_numpy()
    i, j = np.where(article[i] < article[j], i, j), np.where(article[i] < article[j], j, i)
    apart = article[i] != article[j]
    i, j = i[apart], j[apart]
    out = np.column_stack([article[i], article[j], first[i], last[i], first[j], last[j]])
    return np.unique(out, axis=0)


Piece = tuple[bool, int, int, int, int]  # equal?, start and end in a, start and end in b


def _aligned(a: list[int], b: list[int], at: int, to: int) -> list[Piece]:
    """Equal and unequal stretches of two word lists: (equal, start a, end a, start b, end b)."""
    from rapidfuzz.distance import LCSseq

    return [
        (code.tag == "equal", at + code.src_start, at + code.src_end, to + code.dest_start, to + code.dest_end)
        for code in LCSseq.opcodes(a, b)
    ]


def _segments(pieces: list[Piece]) -> list[list[Piece]]:
    """The maximal scoring runs of an alignment (Ruzzo & Tompa 1999)."""
    runs: list[list[int]] = []  # first piece, end piece, score before, score after
    score = 0
    for i, (equal, a0, a1, b0, b1) in enumerate(pieces):
        before = score
        score += a1 - a0 if equal else (a0 - a1) + (b0 - b1)
        if not equal:
            continue
        run = [i, i + 1, before, score]
        while True:
            j = len(runs) - 1
            while j >= 0 and runs[j][2] >= run[2]:
                j -= 1
            if j < 0 or runs[j][3] >= run[3]:
                runs.append(run)
                break
            run = [runs[j][0], run[1], runs[j][2], run[3]]
            del runs[j:]
    return [pieces[run[0] : run[1]] for run in runs]


def _passages(stream: _Stream, exact: np.ndarray, alike: np.ndarray, k: int) -> list[list[Piece]]:
    """The aligned passages of all pairs of articles that have an equal run or sentences alike."""
    bounds = np.flatnonzero(stream.term < 0)
    opening = (
        bounds[np.searchsorted(bounds, np.arange(len(stream.term)), side="right") - 1] + 1 if len(bounds) else None
    )
    closing = np.append(bounds, len(stream.term))

    def align(chain: list[tuple[int, int, int]]) -> list[list[Piece]]:
        a0, b0, _ = chain[0]
        a1, b1 = chain[-1][0] + chain[-1][2], chain[-1][1] + chain[-1][2]
        least = (int(opening[a0]), int(opening[b0]))
        most = tuple(int(closing[np.searchsorted(closing, x - 1, side="right")]) for x in (a1, b1))
        pad = PAD
        while True:
            left = (max(least[0], a0 - pad), max(least[1], b0 - pad))
            right = (min(most[0], a1 + pad), min(most[1], b1 + pad))
            pieces, at, to = [], *left
            for a, b, n in [*chain, (*right, 0)]:
                pieces += _aligned(stream.term[at:a].tolist(), stream.term[to:b].tolist(), at, to)
                pieces.append((True, a, a + n, b, b + n))
                at, to = a + n, b + n
            found = [s for s in _segments(pieces) if sum(p[2] - p[1] for p in s if p[0]) >= k]
            # what is equal up to the edge of the view may go on behind it
            cut = any(
                (left[side] > least[side] and s[0][1 + 2 * side] == left[side])
                or (right[side] < most[side] and s[-1][2 + 2 * side] == right[side])
                for s in found
                for side in (0, 1)
            )
            if not cut or pad > 16 * PAD:
                return found
            pad *= 2

    out = []
    keys = {tuple(pair) for pair in np.unique(np.concatenate([exact[:, :2], alike[:, :2]]), axis=0).tolist()}
    runs, units = _by_pair(exact), _by_pair(alike)
    for pair in sorted(keys):
        found = [s for chain in _chains(runs.get(pair, [])) for s in align(chain)]
        for a0, a1, b0, b1 in units.get(pair, []):
            if not any(_inside((a0, a1, b0, b1), _box(s)) for s in found):
                found += align([(a0, b0, 0), (a1, b1, 0)])
        out += _disjoint(found)
    return out


def _by_pair(table: np.ndarray) -> dict[tuple[int, int], list[tuple[int, ...]]]:
    """The rows of a table sorted by its first two columns, as lists by these two."""
    out: dict[tuple[int, int], list[tuple[int, ...]]] = {}
    for x, y, *rest in table.tolist():
        out.setdefault((x, y), []).append(tuple(rest))
    return out


def _chains(runs: list[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Equal runs of one pair of articles (place a, place b, length) put together where they follow each other closely."""
    chains: list[list[tuple[int, int, int]]] = []
    for a, b, n in runs:
        best = None
        for chain in chains[-8:]:
            at, to, length = chain[-1]
            over = max(0, at + length - a, to + length - b)
            gap = max(a - at - length, b - to - length)
            drift = abs((b - a) - (to - at))
            fits = a > at and b > to and gap <= GAP and (over == 0 or (drift <= 5 and over < n))
            if fits and (best is None or drift < best[0]):
                best = (drift, chain, over)
        if best is None:
            chains.append([(a, b, n)])
        else:
            best[1].append((a + best[2], b + best[2], n - best[2]))
    return chains


def _box(pieces: list[Piece]) -> tuple[int, int, int, int]:
    return pieces[0][1], pieces[-1][2], pieces[0][3], pieces[-1][4]


def _inside(small: tuple[int, int, int, int], large: tuple[int, int, int, int]) -> bool:
    """Whether on both sides at least half of the one passage lies in the other."""
    return all(
        2 * (min(small[i + 1], large[i + 1]) - max(small[i], large[i])) >= small[i + 1] - small[i] for i in (0, 2)
    )


def _disjoint(found: list[list[Piece]]) -> list[list[Piece]]:
    """Passages of one pair without those that a larger one holds."""
    taken: list[list[Piece]] = []
    for s in sorted(found, key=lambda s: (-sum(p[2] - p[1] for p in s if p[0]), _box(s))):
        if not any(_inside(_box(s), _box(t)) for t in taken):
            taken.append(s)
    return sorted(taken, key=_box)


def _table(found: list[list[Piece]], stream: _Stream, articles: pd.DataFrame, dates: pd.Series) -> pd.DataFrame:
    source = source_text(articles).tolist()
    box = np.array([_box(s) for s in found], np.int64).reshape(-1, 4)
    equal = np.array([sum(p[2] - p[1] for p in s if p[0]) for s in found], np.int64)
    out = pd.DataFrame(index=range(len(found)))
    numbers = {}
    for side, at in (("a", 0), ("b", 2)):
        row = numbers[side] = stream.article[box[:, at]] if len(box) else np.zeros(0, np.int64)
        out[f"article_id_{side}"] = articles["article_id"].to_numpy()[row]
        out[f"outlet_{side}"] = articles["outlet"].to_numpy()[row]
        out[f"start_{side}"] = stream.start[box[:, at]]
        out[f"end_{side}"] = stream.end[box[:, at + 1] - 1]
        spans = zip(row, out[f"start_{side}"], out[f"end_{side}"], strict=True)
        out[f"text_{side}"] = pd.Series([source[i][start:end] for i, start, end in spans], dtype="str")
    out["n_words"] = equal
    out["similarity"] = 2 * equal / np.maximum((box[:, 1] - box[:, 0]) + (box[:, 3] - box[:, 2]), 1)
    changes = [
        _changes(s, source[i], source[j], stream) for s, i, j in zip(found, numbers["a"], numbers["b"], strict=True)
    ]
    out["changes"] = pd.Series(changes, dtype="str")
    origin = [_origin(i, j, articles, dates) for i, j in zip(numbers["a"], numbers["b"], strict=True)]
    out["origin"] = pd.Series([o for o, _ in origin], dtype="str")
    out["origin_reason"] = pd.Series([r for _, r in origin], dtype="str")
    for name in ("article_id_a", "article_id_b"):
        out[name] = out[name].astype("str")
    order = ["article_id_a", "article_id_b", "start_a", "start_b"]
    return out[COLUMNS].sort_values(order, kind="stable").reset_index(drop=True)


def _changes(pieces: list[Piece], a: str, b: str, stream: _Stream) -> str:
    """The words changed, in their spelling: ``x → y``, ``− x`` for what only a has, ``+ y`` for what only b has."""
    out, i = [], 0
    while i < len(pieces):
        if pieces[i][0]:
            i += 1
            continue
        j = i
        while not pieces[j][0]:
            j += 1
        spans = ((a, pieces[i][1], pieces[j - 1][2]), (b, pieces[i][3], pieces[j - 1][4]))
        left, right = (
            re.sub(r"\s+", " ", text[stream.start[low] : stream.end[high - 1]]) if high > low else ""
            for text, low, high in spans
        )
        out.append(f"{left} → {right}" if left and right else f"− {left}" if left else f"+ {right}")
        i = j
    return "; ".join(out)


def _origin(i: int, j: int, articles: pd.DataFrame, dates: pd.Series) -> tuple[str | None, str]:
    """Where a passage comes from, as far as credit and date tell, and why."""
    wires = articles["wire"].iloc[[i, j]].tolist() if "wire" in articles else [None, None]
    credited = [wire if isinstance(wire, str) and wire.strip() else None for wire in wires]
    if all(credited):
        if credited[0] == credited[1]:
            return "wire", f"both are credited to {credited[0]}"
        return "wire", f"a is credited to {credited[0]}, b to {credited[1]}"
    if any(credited):
        return "wire", f"{'a' if credited[0] else 'b'} is credited to {credited[0] or credited[1]}"
    apart = dates.iloc[j] - dates.iloc[i]
    if pd.isna(apart):
        return None, "no agency credit, and no date for both"
    zones = articles["zone"].iloc[[i, j]].tolist() if "zone" in articles else [None, None]
    if abs(apart) < pd.Timedelta(days=1) and not (apart and isinstance(zones[0], str) and zones[0] == zones[1]):
        return None, "no agency credit, and dated less than a day apart"
    days, first = abs(apart) // pd.Timedelta(days=1), "a" if apart > pd.Timedelta(0) else "b"
    return first, f"{first} is dated " + (f"{days} day{'s'[: days > 1]} earlier" if days else "hours earlier")
