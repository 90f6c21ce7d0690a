"""The sentences of one story as what is in them, and a point with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
import pandas as pd

from ..tables import IdlibkitError
from .content import Item
from .groups import Group
from .nearest import Nearest
from .stream import runs_of_equal
from .weighing import weight_of

__all__ = [
    "SENTENCE",
    "Columns",
    "Point",
    "Story",
    "columns_of_points",
    "point_of",
    "read_stories",
    "table_of",
]

MOST = 200_000  # sentences of a story
SENTENCE = ["article_id", "sentence"]
THIRD = 3  # a passage is evidence if it has a third of what its sentence has
SHOWN = [
    "story",
    "article_id",
    "outlet",
    "days_after",
    "sentence",
    "role",
    "voice",
    "speaker",
    "start",
    "end",
    "text",
]


@dataclass(frozen=True, slots=True)
class Story:
    """Passages and sentences of a story.

    `passage_items` and `outlet` are by passage, the first of which is row `start` of
    the table; `items`, `rows` (its passages), `article`, and `body` (whether it stands
    in the body) by sentence.
    """

    start: int
    passage_items: list[list[Item]]
    outlet: list[str]
    items: list[list[Item]]
    rows: list[list[int]]
    article: list[int]
    body: np.ndarray


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the story: its sentences, the passages that are evidence for it, to
    how many articles the sentence of each is linked itself, and its words.
    """

    members: list[int]
    rows: list[int]
    linked: list[int]
    terms: str
    n_outlets: int
    n_articles: int
    nearest: list[int]  # the passages of a sentence of another outlet
    closeness: float

    @property
    def rank(self) -> tuple[int, int, int, list[int]]:
        """What most outlets have comes first."""
        return -self.n_outlets, -self.n_articles, -len(self.members), self.members


def read_stories(
    passages: pd.DataFrame, passage_items: list[list[Item]], start: int
) -> Iterator[Story]:
    """The items of sorted passages, and of the sentences that they make up, story by
    story; `sentence_number` counts these in their order.
    """
    first, size = runs_of_equal(passages["story_number"].to_numpy())
    number = passages["sentence_number"].to_numpy()
    article = pd.factorize(passages["article_id"])[0]
    body = np.ones(len(passages), bool)
    if "role" in passages:
        body = (passages["role"] == "body").to_numpy()
    outlet = passages["outlet"].tolist()
    for low, high in zip(first.tolist(), (first + size).tolist(), strict=True):
        rows = _rows_of_sentences(number[low:high] - number[low])
        heads = [low + some[0] for some in rows]
        items = passage_items[low:high]
        yield Story(
            start=start + low,
            passage_items=items,
            outlet=outlet[low:high],
            items=[[item for row in some for item in items[row]] for some in rows],
            rows=rows,
            article=(article[heads] - article[heads].min()).tolist(),
            body=body[heads],
        )


def _rows_of_sentences(number: np.ndarray) -> list[list[int]]:
    """The rows of each sentence of one story."""
    n_sentences = int(number.max()) + 1
    if n_sentences > MOST:
        raise IdlibkitError(
            f"points aligns the articles of one story; {n_sentences:,} sentences are"
            f" too many (at most {MOST:,}). Tell the stories apart first, with"
            " stories(articles), and join the column story to the articles."
        )
    rows: list[list[int]] = [[] for _ in range(n_sentences)]
    for row, sentence in enumerate(number.tolist()):
        rows[sentence].append(row)
    return rows


def point_of(
    group: Group, near: Nearest, story: Story, weight: dict[str, int]
) -> Point:
    """A group of sentences with the passages that have the words they share."""
    rows: list[int] = []
    linked: list[int] = []
    article = story.article
    for member in group.members:
        others = {article[other] for other in group.links[member]} - {article[member]}
        evidence = _evidence(story, member, group.core, weight)
        rows += evidence
        linked += [len(others)] * len(evidence)
    nearest_rows = [] if near.sentence is None else story.rows[near.sentence]
    shown = _spellings(group, story)
    by_weight = sorted([(-weight[name], shown[name]) for name in group.core])
    return Point(
        members=group.members,
        rows=[story.start + row for row in rows],
        linked=linked,
        terms=", ".join([spelling for _, spelling in by_weight]),
        n_outlets=len({story.outlet[row] for row in rows}),
        n_articles=len({article[member] for member in group.members}),
        nearest=[story.start + row for row in nearest_rows],
        closeness=near.closeness,
    )


def _evidence(
    story: Story, member: int, core: set[str], weight: dict[str, int]
) -> list[int]:
    """The passages of a sentence that have a third or more of what it has of the words
    in common.
    """
    rows = story.rows[member]
    if len(rows) == 1:  # a sentence of one voice has all that it has
        items = story.passage_items[rows[0]]
        tells = any(name in core and weight[name] for name, _, _ in items)
        return rows if tells else []
    shares = {}
    for row in rows:
        names = {name for name, _, _ in story.passage_items[row] if name in core}
        shares[row] = weight_of(names, weight)
    total = sum(shares.values())
    return [
        row for row, share in shares.items() if share > 0 and THIRD * share >= total
    ]


def _spellings(group: Group, story: Story) -> dict[str, str]:
    """How each of the words in common is mostly written."""
    if len(group.members) == 1:
        items = story.items[group.members[0]]
        shown = {name: spelling for name, _, spelling in items}
        if len(shown) == len(items):
            return shown
    times = Counter(
        (name, spelling)
        for member in group.members
        for name, _, spelling in story.items[member]
        if name in group.core
    )
    by_count = sorted(times.items(), key=lambda entry: (entry[1], entry[0]))
    return {name: shown for (name, shown), _ in by_count}


@dataclass(frozen=True, slots=True)
class Columns:
    """The points of some stories, one after the other, as few large columns, which go
    to another process far sooner than many small things.

    `rows` and `linked` by passage, of which each point has `size`; `nearest` by passage
    too, of which it has `n_nearest`.
    """

    size: np.ndarray
    rows: np.ndarray
    linked: np.ndarray
    terms: np.ndarray
    n_outlets: np.ndarray
    n_articles: np.ndarray
    nearest: np.ndarray
    n_nearest: np.ndarray
    closeness: np.ndarray


def columns_of_points(found: list[Point]) -> Columns:
    return Columns(
        size=np.array([len(point.rows) for point in found], int),
        rows=np.array([row for point in found for row in point.rows], int),
        linked=np.array([n for point in found for n in point.linked], int),
        terms=np.array([point.terms for point in found], object),
        n_outlets=np.array([point.n_outlets for point in found], int),
        n_articles=np.array([point.n_articles for point in found], int),
        nearest=np.array([row for point in found for row in point.nearest], int),
        n_nearest=np.array([len(point.nearest) for point in found], int),
        closeness=np.array([point.closeness for point in found], float),
    )


def table_of(parts: list[Columns], passages: pd.DataFrame) -> pd.DataFrame:
    """One row per point and passage that is evidence for it."""
    names = [field.name for field in fields(Columns)]
    found = Columns(
        *[np.concatenate([getattr(part, name) for part in parts]) for name in names]
    )
    sizes, index = found.size, found.rows
    front = pd.DataFrame(
        {
            "point": np.repeat(np.arange(1, len(sizes) + 1), sizes),
            "terms": pd.Series(np.repeat(found.terms, sizes), dtype="str"),
            "n_outlets": np.repeat(found.n_outlets, sizes),
            "n_articles": np.repeat(found.n_articles, sizes),
        }
    )
    columns = [name for name in SHOWN if name in passages]
    position = _positions(passages)[index]
    evidence = passages[columns].iloc[index].reset_index(drop=True)
    texts = passages["text"].tolist()
    rows, ends = found.nearest.tolist(), np.cumsum(found.n_nearest).tolist()
    nearest = [
        " ".join(texts[row] for row in rows[low:high]) or None
        for low, high in pairwise([0, *ends])
    ]
    return pd.concat([front, evidence], axis=1).assign(
        position=position.round(3),
        linked=found.linked,
        nearest=pd.Series(np.repeat(np.array(nearest, object), sizes), dtype="str"),
        closeness=np.repeat(found.closeness, sizes),
    )


def _positions(passages: pd.DataFrame) -> np.ndarray:
    """Where each passage begins in its article: 0 at the top, towards 1 at the end."""
    articles = passages.groupby("article_id")
    first = articles["start"].transform("min").to_numpy(float)
    last = articles["end"].transform("max").to_numpy(float)
    return (passages["start"].to_numpy(float) - first) / np.maximum(last - first, 1)
