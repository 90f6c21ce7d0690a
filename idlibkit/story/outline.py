"""points: what a story consists of, which outlets tell it, and which leave it out.
English only.

Sentences of different articles are linked where they share more names, figures and rare
words than sentences of one article, which seldom say a thing twice, share by chance;
links that share the same words make a point of the story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from ..tables import IdlibkitError, check_columns
from .articles import story_numbers
from .content import Item, items
from .groups import Group, group_sentences
from .links import least_score, link, rarity, weigh, weight_of
from .nearest import Nearest, nearest_outside
from .stream import runs_of_equal

__all__ = ["SENTENCE", "points"]

MOST = 200_000  # sentences of a story
AT_A_TIME = 20_000  # passages of whole stories
SAMPLE = 20_000  # passages from which it is told which words are common in all stories
SENTENCE = ["article_id", "sentence"]
NEEDED = [*SENTENCE, "outlet", "voice", "start", "end", "text"]
SHOWN = [
    "story",
    "article_id",
    "outlet",
    "sentence",
    "role",
    "voice",
    "speaker",
    "start",
    "end",
    "text",
]
# Items of different passages of one sentence are never of one name.
RUNS_APART = 100_000
THIRD = 3  # a passage is evidence if it has a third of what its sentence has


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
        `role` and `speaker` come along where they are there. Where there is `story`
        (see `stories`), points are sought within each story, and the work grows with
        the number of stories; a story has at most 200,000 sentences.

    Returns
    -------
    DataFrame
        One row per point and passage that is evidence for it: `point` (numbered from 1;
        the points that most outlets have come first), `terms` (the words, names and
        figures in common, the rarest first), `n_outlets`, `n_articles`, `article_id`,
        `outlet`, `sentence`, further columns of `passages`, `start`, `end`, `text`, and
        `linked` (to how many other articles of the point this sentence is linked
        itself, not by way of others). Where an outlet of the story is not in the point:
        `nearest`, the sentence of such outlets that shares most with it, and
        `closeness`, its score as a share of the least score of a link; missing in
        stories of more than 3,000 sentences.

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
    check_columns(passages, NEEDED, "passages")
    number = story_numbers(passages, "passages")
    order = ["story_number", "article_id", "start", "end"]
    passages = passages.assign(story_number=number).sort_values(order, kind="stable")
    passages = passages.reset_index(drop=True)
    first, _ = runs_of_equal(passages["story_number"].to_numpy())
    background = _background(passages, first)
    found: list[_Point] = []
    for start, end in _blocks(first, len(passages)):
        block_items = items(passages.iloc[start:end])
        inside = first[(first >= start) & (first < end)]
        for low, high in pairwise([*inside.tolist(), end]):
            some = block_items[low - start : high - start]
            story = _read_story(passages.iloc[low:high], some, low)
            found += _points_of(story, background)
    return _table(found, passages)


def _blocks(first: np.ndarray, n: int) -> Iterator[tuple[int, int]]:
    """Passages of whole stories, some thousands at a time, so that memory does not grow
    with the stories; `first` are the first passages of all.
    """
    start = 0
    for low, high in pairwise([*first.tolist(), n]):
        if high - start > AT_A_TIME and low > start:
            yield start, low
            start = low
    if n:
        yield start, n


def _background(passages: pd.DataFrame, first: np.ndarray) -> dict[str, int] | None:
    """What items weigh in all stories together, from a sample of these: a word that is
    common there is no rarity where a story has it twice. None for a single story.
    """
    if len(first) < 2:
        return None
    step = -(-len(passages) // SAMPLE)
    sample = passages[passages["story_number"] % step == 0]
    sentences = pd.factorize(pd.MultiIndex.from_frame(sample[SENTENCE]))[0]
    named: dict[int, set[str]] = defaultdict(set)
    for sentence, some in zip(sentences.tolist(), items(sample), strict=True):
        named[sentence] |= {item.name for item in some}
    return rarity(named.values())


def _points_of(story: _Story, background: dict[str, int] | None) -> list[_Point]:
    """The points of one story; what most outlets have comes first."""
    weighed = weigh(story.items, background)
    least = least_score(weighed, story.article, story.body)
    groups = group_sentences(weighed.names, weighed.weight, link(weighed, least))
    outlets = pd.factorize(np.array([story.outlet[rows[0]] for rows in story.rows]))[0]
    nearest = nearest_outside(weighed, groups, outlets, least)
    found = [
        _point(group, near, story, weighed.weight)
        for group, near in zip(groups, nearest, strict=True)
    ]
    return sorted(found, key=lambda point: point.rank)


@dataclass(frozen=True, slots=True)
class _Story:
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
    article: np.ndarray
    body: np.ndarray


@dataclass(frozen=True, slots=True)
class _Point:
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


def _read_story(
    passages: pd.DataFrame, passage_items: list[list[Item]], start: int
) -> _Story:
    """The items of sorted passages, and of the sentences that they make up."""
    number = passages.groupby(SENTENCE, sort=False).ngroup().to_numpy()
    n_sentences = int(number.max(initial=-1)) + 1
    if n_sentences > MOST:
        raise IdlibkitError(
            f"points aligns the articles of one story; {n_sentences:,} sentences are"
            f" too many (at most {MOST:,}). Tell the stories apart first, with"
            " stories(articles), and join the column story to the articles."
        )
    rows: list[list[int]] = [[] for _ in range(n_sentences)]
    sentence_items: list[list[Item]] = [[] for _ in range(n_sentences)]
    for row, sentence in enumerate(number.tolist()):
        rows[sentence].append(row)
        sentence_items[sentence] += [
            item._replace(run=RUNS_APART * row + item.run)
            for item in passage_items[row]
        ]
    heads = passages.iloc[[group[0] for group in rows]]
    body = np.ones(n_sentences, bool)
    if "role" in heads:
        body = (heads["role"] == "body").to_numpy()
    return _Story(
        start=start,
        passage_items=passage_items,
        outlet=passages["outlet"].tolist(),
        items=sentence_items,
        rows=rows,
        article=pd.factorize(heads["article_id"])[0],
        body=body,
    )


def _point(
    group: Group, near: Nearest, story: _Story, weight: dict[str, int]
) -> _Point:
    """A group of sentences with the passages that have the words they share."""
    rows: list[int] = []
    linked: list[int] = []
    for member in group.members:
        others = {story.article[other] for other in group.links[member]}
        evidence = _evidence(story, member, group.core, weight)
        rows += evidence
        linked += [len(others - {story.article[member]})] * len(evidence)
    nearest_rows = [] if near.sentence is None else story.rows[near.sentence]
    shown = _spellings(group, story)
    by_weight = sorted(group.core, key=lambda name: (-weight[name], shown[name]))
    return _Point(
        members=group.members,
        rows=[story.start + row for row in rows],
        linked=linked,
        terms=", ".join(shown[name] for name in by_weight),
        n_outlets=len({story.outlet[row] for row in rows}),
        n_articles=len({story.article[member] for member in group.members}),
        nearest=[story.start + row for row in nearest_rows],
        closeness=near.closeness,
    )


def _evidence(
    story: _Story, member: int, core: set[str], weight: dict[str, int]
) -> list[int]:
    """The passages of a sentence that have a third or more of what it has of the words
    in common.
    """
    shares = {}
    for row in story.rows[member]:
        names = {item.name for item in story.passage_items[row]}
        shares[row] = weight_of(names & core, weight)
    total = sum(shares.values())
    return [
        row for row, share in shares.items() if share > 0 and THIRD * share >= total
    ]


def _spellings(group: Group, story: _Story) -> dict[str, str]:
    """How each of the words in common is mostly written."""
    times = Counter(
        (item.name, item.shown)
        for member in group.members
        for item in story.items[member]
        if item.name in group.core
    )
    by_count = sorted(times.items(), key=lambda entry: (entry[1], entry[0]))
    return {name: shown for (name, shown), _ in by_count}


def _table(found: list[_Point], passages: pd.DataFrame) -> pd.DataFrame:
    sizes = [len(point.rows) for point in found]
    index = np.array([row for point in found for row in point.rows], int)
    numbers = np.arange(1, len(found) + 1)
    terms = pd.Series([point.terms for point in found], dtype="str")
    outlets = np.array([point.n_outlets for point in found], int)
    articles = np.array([point.n_articles for point in found], int)
    front = pd.DataFrame(
        {
            "point": np.repeat(numbers, sizes),
            "terms": terms.repeat(sizes).reset_index(drop=True),
            "n_outlets": np.repeat(outlets, sizes),
            "n_articles": np.repeat(articles, sizes),
        }
    )
    columns = [name for name in SHOWN if name in passages]
    evidence = passages[columns].iloc[index].reset_index(drop=True)
    linked = np.array([n for point in found for n in point.linked], int)
    texts = passages["text"].tolist()
    nearest = [" ".join(texts[row] for row in point.nearest) for point in found]
    near = pd.Series([text or None for text in nearest], dtype="str")
    closeness = np.array([point.closeness for point in found], float)
    return pd.concat([front, evidence], axis=1).assign(
        linked=linked,
        nearest=near.repeat(sizes).reset_index(drop=True),
        closeness=np.repeat(closeness, sizes),
    )
