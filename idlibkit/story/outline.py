"""points: what a story consists of, which outlets tell it, and which leave it out.
English only.

Sentences of different articles are linked where they share more names, figures and rare
words than sentences of one article, which seldom say a thing twice, share by chance;
links that share the same words make a point of the story.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from ..scale import (
    by_partition,
    by_parts,
    columns_of,
    computed,
    gathered,
    is_apart,
    lazily,
    rows_where,
    uncollected,
    whole_stories,
)
from ..tables import check_columns, story_numbers
from .compared import all_compared
from .content import Item, items
from .evidence import (
    SENTENCE,
    Columns,
    Point,
    Story,
    columns_of_points,
    point_of,
    read_stories,
    table_of,
)
from .groups import group_sentences
from .links import least_score, link
from .nearest import nearest_outside
from .weighing import rarity, weigh

__all__ = ["points"]

SAMPLE = 20_000  # passages from which it is told which words are common in all stories
NEEDED = [*SENTENCE, "outlet", "voice", "start", "end", "text"]


def points(passages: pd.DataFrame) -> pd.DataFrame:
    """Align what articles on one story say, and group it into points of the story.

    Two sentences are linked where they share more than chance: see Notes. A point is a
    group of linked sentences that have the same words in common; a sentence that says
    several things can be in several points, and one that is linked to no other is a
    point of its own. Nothing is looked up in a model: a paraphrase in other words is
    missed.

    Parameters
    ----------
    passages : DataFrame
        `article_id`, `outlet`, `sentence`, `voice`, `start`, `end`, `text`; `story`,
        `role`, `speaker` and `days_after` come along where they are there. Where there
        is `story` (see `stories`), points are sought within each story, and the work
        grows with the number of stories; a story has at most 200,000 sentences. Of an
        archive in parts (`read_in_parts`, or a Dask DataFrame), which must have
        `story`, a table in such parts is made.

    Returns
    -------
    DataFrame
        One row per point and passage that is evidence for it: `point` (numbered from 1;
        the points that most outlets have come first), `terms` (the words, names and
        figures in common, the rarest first), `n_outlets`, `n_articles`, `article_id`,
        `outlet`, `sentence`, further columns of `passages`, `start`, `end`, `text`,
        `position` (where in its article the passage begins: 0 at the top, towards 1 at
        the end; `role` says whether in the headline) and `linked` (to how many other
        articles of the point this sentence is linked itself, not by way of others).
        Where an outlet of the story is not in the point: `nearest`, the sentence of
        such outlets that shares most with it, and `closeness`, its score as a share of
        the least score of a link; missing in stories of more than 3,000 sentences.

    Raises
    ------
    IdlibkitError
        If a column is missing, or there are more than 200,000 sentences or 2,000,000
        pairs that are alike.

    See Also
    --------
    points_by : the points by outlet, with the chance that an absence is only a miss.

    Notes
    -----
    An item is a word (folded, British spelling as American, endings -s, -ed, -ing, -ly,
    -e off), a figure (eight is 8), what a figure is about (`quantities`: "number
    displaced", whatever the number) or a month; stop words are none. It weighs -log of
    the share of sentences that have it; of several words of one name (capitals in a
    row) only the rarest counts. Two sentences score S²/sqrt(A·B), S the weight in
    common and A and B all their weight; with fewer than three items in common they are
    alike by chance. The least score of a link is what 0.3 % of the pairs of body
    sentences within one article reach (with fewer than 400 such pairs: 0.6 times the
    log of the number of sentences). A point grows from its strongest link
    by further sentences that are linked to a member and have half the weight of the
    words that most members share; two points become one where they have a sentence and
    half of these words in common.

    Measured on made-up stories with known points of seven content words
    (benchmarks/measure_overlap.py, 5 outlets): where a sentence keeps 85 % of the
    seven, .003 of the outlets that tell a point are missed; 70 %: .11; 55 %: .32; 40 %:
    .53. Of the outlets that do not tell it, none to .01 are put in the group all the
    same. On articles about one event by two outlets (PAC), 27 of 30 points of both,
    drawn and read by hand, say the same. For the corpus at hand see `points_by`.

    Examples
    --------
    >>> import pandas as pd
    >>> passages = pd.DataFrame({
    ...     "article_id": ["a", "a", "b", "b"], "outlet": ["A", "A", "B", "B"],
    ...     "sentence": [0, 1, 0, 1], "voice": "own", "start": [0, 50, 0, 40],
    ...     "end": [48, 90, 38, 90],
    ...     "text": ["Floods on Feb. 3 drowned eight farmers in Arden.",
    ...              "The mayor bought a red bicycle in spring.",
    ...              "A festival of jazz opens on Wednesday.",
    ...              "Eight farmers drowned in the floods of February 3."]})
    >>> first = points(passages).query("point == 1")
    >>> first["terms"].iloc[0], first["outlet"].tolist()
    ('3, drowned, eight, farmers, feb, floods', ['A', 'B'])
    """
    check_columns(columns_of(passages), NEEDED, "passages")
    if is_apart(passages):
        return _points_of_parts(whole_stories(passages, "passages"))
    table = _sorted(passages)
    if table["story_number"].nunique() <= 1:
        return _points_in(table, None)
    sample = table[table["story_number"] % _step(len(table)) == 0]
    with uncollected():
        read = _Read(zip(sample["row"], items(sample), strict=True))
        return _points_in(table, _background(sample, read.values()), read)


def _sorted(passages: pd.DataFrame) -> pd.DataFrame:
    """The passages story by story, with the number of each one's story, sentence and
    row.
    """
    number = story_numbers(passages, "passages")
    order = ["story_number", "article_id", "start", "end"]
    table = passages.assign(story_number=number).sort_values(order, kind="stable")
    table = table.reset_index(drop=True)
    sentences = table.groupby(["story_number", *SENTENCE], sort=False)
    return table.assign(sentence_number=sentences.ngroup(), row=np.arange(len(table)))


class _Read(dict[int, list[Item]]):
    """The items of passages that have been read, by row; nothing of it goes to another
    process, which reads them sooner than they are sent.
    """

    def __reduce__(self) -> tuple[type[_Read], tuple]:
        return _Read, ()


@uncollected()
def _points_in(
    table: pd.DataFrame,
    background: dict[str, int] | None,
    read: _Read | None = None,
) -> pd.DataFrame:
    """The points of the stories of a sorted table."""
    parts = by_parts(
        partial(_points_of_stories, background=background, read=read or _Read()),
        table,
        whole="story_number",
        what="points of stories",
    )
    return table_of(parts, table)


def _points_of_parts(passages: Any) -> Any:
    """The points of an archive of which each story lies in one part, numbered as in one
    table.
    """
    stories = gathered(_stories_in, passages[["story"]]).sort_values("story")
    background = None
    if len(stories) > 1:
        sampled = stories["story"].iloc[:: _step(int(stories["n_rows"].sum()))]
        sample = computed(rows_where(passages, story=set(sampled)))
        background = _background(sample, items(sample))
    found = by_partition(partial(_points_of_part, background=background), passages)
    numbers = gathered(_numbers_in, found[["story", "point"]]).sort_values("story")
    before = numbers["n_points"].cumsum() - numbers["n_points"]
    shift = pd.Series((before - numbers["first"] + 1).array, numbers["story"])
    return lazily(partial(_numbered, shift=shift), found)


def _step(n_rows: int) -> int:
    """Of so many stories one is taken for a background of SAMPLE passages."""
    return max(-(-n_rows // SAMPLE), 1)


def _stories_in(passages: pd.DataFrame) -> pd.DataFrame:
    return passages.groupby("story").size().rename("n_rows").reset_index()


def _points_of_part(
    passages: pd.DataFrame, background: dict[str, int] | None
) -> pd.DataFrame:
    return _points_in(_sorted(passages), background)


def _numbers_in(points: pd.DataFrame) -> pd.DataFrame:
    """The first point of each story, and how many it has."""
    of_story = points.groupby("story")["point"]
    return of_story.agg(first="min", n_points="nunique").reset_index()


def _numbered(points: pd.DataFrame, shift: pd.Series) -> pd.DataFrame:
    return points.assign(point=points["point"] + points["story"].map(shift))


@uncollected()  # in a process of its own, too
def _points_of_stories(
    passages: pd.DataFrame, background: dict[str, int] | None, read: _Read
) -> Columns:
    """The points of some whole stories, story by story; `read` are the items of those
    that have been read.
    """
    start = int(passages["row"].min()) if len(passages) else 0
    rows = passages["row"].tolist()
    left = np.array([row not in read for row in rows], bool)
    others = iter(items(passages[left]))
    some = [read[row] if row in read else next(others) for row in rows]
    stories = read_stories(passages, some, start)
    return columns_of_points(
        [point for story in stories for point in _points_of(story, background)]
    )


def _background(
    sample: pd.DataFrame, sample_items: Iterable[list[Item]]
) -> dict[str, int]:
    """What items weigh in all stories together, from a sample of these: a word that is
    common there is no rarity where a story has it twice.
    """
    sentences = pd.factorize(pd.MultiIndex.from_frame(sample[SENTENCE]))[0]
    named: dict[int, set[str]] = defaultdict(set)
    for sentence, some in zip(sentences.tolist(), sample_items, strict=True):
        named[sentence] |= {item.name for item in some}
    return rarity(named.values())


def _points_of(story: Story, background: dict[str, int] | None) -> list[Point]:
    """The points of one story; what most outlets have comes first."""
    weighed = weigh(story.items, background)
    compared = all_compared(weighed)
    least = least_score(weighed, np.array(story.article), story.body, compared)
    links = link(weighed, least, compared)
    groups = group_sentences(weighed.names, weighed.weight, links)
    outlets = pd.factorize(np.array([story.outlet[rows[0]] for rows in story.rows]))[0]
    nearest = nearest_outside(weighed, groups, outlets, least, compared)
    found = [
        point_of(group, near, story, weighed.weight)
        for group, near in zip(groups, nearest, strict=True)
    ]
    # One of which no passage has a third of the words has nothing to show.
    told = [point for point in found if point.rows]
    return sorted(told, key=lambda point: point.rank)
