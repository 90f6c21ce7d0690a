"""One thing counted by several outlets: can their figures all be right? English."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd

from ..scale import columns_of, gathered, is_apart, whole_stories
from ..tables import check_columns, story_numbers
from .blocks import Topic, topics_of
from .lexicon import number_words
from .linking import Links, links
from .precision import half_of_last_digit
from .sets import ComparedColumns
from .verdicts import Judged, Verdict, judge

__all__ = ["discrepancies"]


PLACE = ["outlet", "article_id", "voice", "start", "end", "text"]
NUMBER = ["value", "low", "high", "hedge", "unit"]
FIGURE = [*PLACE, *NUMBER, "counted", "event", "per", "attributed_to"]
NEEDED = [*FIGURE, "kind", "modal", "context"]
COLUMNS = ["topic", "about", *FIGURE, "verdict", "why", "differs", "linked_by"]
# The share of a number that it is rounded by at most.
ROUNDING = 0.1
# The block of bare lengths of time, by their base unit.
TIME = "day"
# So many links are told of a topic.
MOST_LINKS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of one topic, as rows of the table, and what is said of them."""

    rows: np.ndarray
    story: int
    n_outlets: int
    about: str
    judged: Judged
    linked_by: str

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Contradictions first, then what most outlets tell."""
        gravity = list(Verdict).index(self.judged.verdict)
        return gravity, -self.n_outlets, self.story, int(self.rows[0])


def discrepancies(quantities: pd.DataFrame) -> pd.DataFrame:
    """Line up the figures that two or more outlets give for the same thing.

    And say whether they can all be right.

    Parameters
    ----------
    quantities : DataFrame
        As from :func:`idlibkit.quantities`; with `published` where it is known. Where
        it has `story` (:func:`idlibkit.stories`), only figures of one story are
        compared.

    Returns
    -------
    DataFrame
        One row per figure, topic by topic, contradictions first: `topic` (number),
        `about` (what is counted, in short), `outlet`, `article_id`, `voice`, `start`,
        `end`, `text`, `value`, `low`, `high`, `hedge`, `unit`, `counted`, `event`,
        `per`, `attributed_to`, and the same in every row of a topic: `verdict`, `why`
        (a sentence) and `linked_by`; `story` before them where it was given. `differs`
        is True in the rows of the first two figures that leave no room for one number.
        The verdicts:

        - contradict: two figures of two articles leave no room for one number, and
          nothing told here explains it;
        - explained: no room for one number, but the two are of different times ("since
          November", "on Friday", "had already counted", articles of different days), of
          different sources (one of them has a source that the other does not name) or
          counted in different ways ("median", "confirmed"): both may be honest;
        - sum: parts of one figure add up to another ("six nurses and a doctor", seven);
        - fit: there is room for one number, or figures that differ are not surely of
          one set;
        - same: every figure is the same, or every article prints the same ones.

    Raises
    ------
    IdlibkitError
        If a column is missing, or one class of thing has more than 5,000 figures in one
        story and month: each may be compared with each, so tell stories apart first.

    See Also
    --------
    quantities : how hedges become bounds.

    Notes
    -----
    Two figures are compared only if they are of one kind and count one class of thing
    (`lexicons/counted.toml`: soldiers, nurses and hostages are people) and, for people,
    suffered one event. They are then taken for the same thing, as `linked_by` says (the
    strongest link of each figure, up to four), if

    - they have the same number (five or more), or half of their other counted words in
      common ("Danish sailors", "Danish naval personnel"), and their sentences share a
      very rare word (two for counted words of things and for bare shares, sums and
      lengths), or their articles are of the same three days;
    - or their sentences share rare words: two for people and for years (one very rare
      one, where the numbers are within half as much again of each other), three for
      other things, with a cosine of at least .15 and .3, and no counted words that
      differ.

    A word is rare if at most a fifth of the articles (or four) have it next to a
    figure, very rare if at most a twentieth (or four). Country names, adjectives and
    capitals are one word each. Never linked: articles more than 31 days apart and
    numbers more than 20 times apart (3 times where only the sentences are alike); years
    of events are free of both. Left out: figures added to another ("an additional
    200"), figures of what only could be, ages of persons. Chains are followed, so a
    topic can drift: read the rows.

    A contradiction is rare. It needs two figures of two articles that are linked
    themselves, not over others, and that count one set. These do not: a number as exact
    as it is printed ($2.4 million holds $2,437,112), units ("10 miles", "16 km"), parts
    ("9 people, including 3"), earlier numbers ("rose from 12 to 19") beside later ones,
    a share and the share that is left, a rate and a total, two places, children and
    teachers, numbers that one article prints both, words such as "dozens", years of
    what comes round (elections) or of a deadline, and bare shares and sums with fewer
    than two words in common close by.

    *Accuracy.* Of 100 pairs of figures in two articles on one story (PAC), coded by
    hand (``benchmarks/measure_pairs.py``), one was coded as a contradiction: 46.7 miles
    per gallon from an agency, 54 without a source, which is "explained" by that. Kept
    back were 43 of them, with that one: the rules made on the others showed no
    contradiction there, where those of before had named seven pairs, none rightly. Four
    faults seen there were then mended (a unit of its own for miles per gallon; earlier
    numbers compared with each other; "in 2025" and "by 2025" one time; "5 percent" not
    looked for in "15 percent"). So few true cases give no rate. Of 15 pairs of one
    thing 12 are lined up, and 14 of 28 of other things. In made news with known truth
    (350 articles of six outlets on 100 events of a year, drawn three times:
    ``benchmarks/measure_discrepancies.py``) 99 of 100 pairs of one event were linked,
    .83 to .93 of the linked pairs were of one event, and 95 to 97 of 100 verdicts were
    right; what went wrong joined events with the same people, harm and rare word.
    English only.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit import quantities
    >>> texts = [
    ...     "The quake killed nearly 900 Chilean miners.",
    ...     "At least 950 Chilean miners were killed in the quake.",
    ... ]
    >>> table = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"]})
    >>> table = table.assign(voice="own", start=0, text=texts)
    >>> found = discrepancies(quantities(table))
    >>> found[["about", "outlet", "text", "low", "high", "verdict"]]
                      about outlet          text    low   high     verdict
    0  people killed, chile      A    nearly 900  810.0  900.0  contradict
    1  people killed, chile      B  At least 950  950.0    inf  contradict
    """
    check_columns(columns_of(quantities), NEEDED, "quantities")
    if is_apart(quantities):
        whole = whole_stories(quantities, "quantities")
        return _numbered(gathered(discrepancies, whole))
    columns = ["story", *COLUMNS] if "story" in quantities else COLUMNS
    table = _in_base_units(quantities)
    story = story_numbers(table, "quantities")
    found = _found(table, story)
    if not found:
        texts = dict.fromkeys(["about", "verdict", "why", "linked_by"], "")
        return table.iloc[:0].assign(topic=0, differs=False, **texts)[columns]
    found = sorted(found, key=lambda each: each.rank)
    size = [len(each.rows) for each in found]
    told = {
        "topic": range(1, len(found) + 1),
        "about": [each.about for each in found],
        "verdict": [each.judged.verdict.value for each in found],
        "why": [each.judged.why for each in found],
        "linked_by": [each.linked_by for each in found],
    }
    of_topic = pd.DataFrame(told).loc[np.repeat(np.arange(len(found)), size)]
    rows = table.iloc[np.concatenate([each.rows for each in found])]
    rows = rows.assign(**{name: of_topic[name].array for name in told})
    pairs = frozenset().union(*(each.judged.rows for each in found))
    rows = rows.assign(differs=rows["row"].isin(pairs))
    order = ["topic", "outlet", "article_id", "start"]
    return rows.sort_values(order, kind="stable", ignore_index=True)[columns]


def _numbered(found: pd.DataFrame) -> pd.DataFrame:
    """What was found in parts of an archive, its topics numbered as in one table."""
    place = ["story", "article_id", "start", "end"]
    ranked = found.assign(
        gravity=found["verdict"].map(list(Verdict).index),
        fewer=-found.groupby(["story", "topic"])["outlet"].transform("nunique"),
    ).sort_values(["gravity", "fewer", *place], kind="stable")
    topic = ranked.groupby(["story", "topic"], sort=False).ngroup() + 1
    order = ["topic", "outlet", "article_id", "start"]
    numbered = found.assign(topic=topic.reindex(found.index))
    return numbered.sort_values(order, kind="stable", ignore_index=True)


def _found(table: pd.DataFrame, story: np.ndarray) -> list[Found]:
    """The topics that two outlets or more tell, in any order."""
    topics = topics_of(table)
    rows = cast("list[ComparedColumns]", list(table.itertuples(index=False)))
    linked = links(table, topics, rows, story)
    group = _groups(len(table), linked)
    pairs = defaultdict(set)
    ends = (group[linked.first], linked.first, linked.second)
    for number, a, b in zip(*(end.tolist() for end in ends), strict=True):
        pairs[number].add((min(a, b), max(a, b)))
    members = np.flatnonzero(np.isin(group, group[linked.first]))
    outlet = pd.factorize(table["outlet"])[0]
    found = []
    for places in pd.Series(group[members]).groupby(group[members]).indices.values():
        own = members[places]
        n_outlets = len(set(outlet[own].tolist()))
        if n_outlets < 2:
            continue
        found.append(
            Found(
                rows=own,
                story=int(story[own[0]]),
                n_outlets=n_outlets,
                about=_about([topics[n] for n in own]),
                judged=judge([rows[n] for n in own], pairs[int(group[own[0]])]),
                linked_by=_linked_by(own, linked),
            )
        )
    return found


def _in_base_units(quantities: pd.DataFrame) -> pd.DataFrame:
    """The figures in the order of the text, in base units, with the day as text."""
    table = quantities.sort_values(
        ["article_id", "start", "end"], kind="stable", ignore_index=True
    )
    published = pd.Series(pd.NaT, table.index, "datetime64[s]")
    if "published" in table:
        published = pd.to_datetime(table["published"])
    factors = {name: unit.factor for name, unit in number_words().units.items()}
    factor = table["unit"].map(factors).fillna(1.0).astype(float)
    half = [
        half_of_last_digit(text, kind)
        for text, kind in zip(table["text"], table["kind"], strict=True)
    ]
    # A hedge has its own bounds; rounding opens a number no further than "about" does.
    most = table["value"].abs().mul(ROUNDING).fillna(0.0)
    precision = pd.Series(np.minimum(half, most)).where(table["hedge"].isna(), 0.0)
    if "place" not in table:
        table = table.assign(place=None)
    return table.assign(
        row=np.arange(len(table)),
        published=published,
        day=published.dt.strftime("%Y-%m-%d").fillna("").to_numpy(object),
        amount=table["value"] * factor,
        least=(table["low"] - precision) * factor,
        most=(table["high"] + precision) * factor,
    )


def _groups(n: int, linked: Links) -> np.ndarray:
    """Connected figures: the number of the group that each of the `n` belongs to."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ends = (linked.first, linked.second)
    graph = coo_array((np.ones(len(linked.first)), ends), shape=(n, n))
    return connected_components(graph, directed=False)[1]


def _linked_by(rows: np.ndarray, linked: Links) -> str:
    """The links of a topic, the most frequent first."""
    counts = Counter(linked.why[n] for n in rows.tolist() if n in linked.why)
    ordered = sorted(counts, key=lambda reason: (-counts[reason], reason))
    return "; ".join(ordered[:MOST_LINKS])


def _about(topics: Sequence[Topic]) -> str:
    """What is counted, with the modifiers that half of the figures have."""
    shared = Counter(word for topic in topics for word in topic.modifiers)
    often = sorted(word for word, count in shared.items() if count * 2 >= len(topics))
    block = topics[0].block
    return ", ".join(["length of time" if block == TIME else block, *often])
