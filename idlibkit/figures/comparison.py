"""The same thing counted by two or more outlets, side by side, and whether their figures can be reconciled. English only."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd

from ..tables import check_columns
from .lexicon import lexicon
from .linking import links, parts_of_a_sum, source_words, topics

__all__ = ["discrepancies"]


NEEDED = [
    "article_id",
    "outlet",
    "voice",
    "start",
    "end",
    "text",
    "kind",
    "value",
    "low",
    "high",
    "hedge",
    "unit",
]
NEEDED += ["counted", "event", "modal", "per", "attributed_to", "context"]
COLUMNS = [
    "topic",
    "about",
    "outlet",
    "article_id",
    "voice",
    "start",
    "end",
    "text",
    "value",
    "low",
    "high",
    "hedge",
    "unit",
]
COLUMNS += ["counted", "event", "per", "attributed_to", "verdict", "why", "linked_by"]
VERDICTS = ["contradict", "explained", "sum", "fit", "same"]


def _groups(n: int, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Connected figures: the number of the group that each belongs to."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    return connected_components(
        coo_array((np.ones(len(one)), (one, other)), shape=(n, n)), directed=False
    )[1]


def _shown(number: float, kind: str = "") -> str:
    if kind == "year":
        return f"{number:.0f}"
    return (
        "any number"
        if np.isinf(number)
        else f"{number:,.6g}"
        if number < 1e5
        else f"{number:,.0f}"
    )


def _per(per: object) -> str:
    """A time without its ornaments: "since early December" and "since the beginning of December" are one."""
    return (
        re.sub(
            r"\b(?:the|early|late|mid|start|beginning|end|of)\b[ -]*", "", per.lower()
        ).strip()
        if isinstance(per, str)
        else ""
    )


def _verdict(rows: list) -> tuple[str, str]:
    """Whether figures of one thing can all be right, and why, in words."""
    told = [
        f"{row.text} ({row.value:.0f})"
        if row.kind == "year" and not row.text.isdigit() and row.value > 0
        else row.text
        for row in rows
    ]
    statements = [
        (row.least, row.most, text, row) for row, text in zip(rows, told, strict=True)
    ]
    sums = ""
    for first, second in [(rows[a], rows[b]) for a, b in sorted(parts_of_a_sum(rows))]:
        others = [item for item in statements if item[3] not in (first, second)]
        low, high = first.least + second.least, first.most + second.most
        if others and all(low <= item[1] and item[0] <= high for item in others):
            statements = [
                *others,
                (low, high, f"{first.text} and {second.text}", first),
            ]
            sums = f"{first.text} ({first.counted}) and {second.text} ({second.counted}) add up to {_shown(low)}"
    against, excused = [], []
    told_once = {
        (low, high, text, row.outlet, row.per, row.day, row.attributed_to): n
        for n, (low, high, text, row) in reversed(list(enumerate(statements)))
    }
    statements = [statements[n] for n in sorted(told_once.values())]
    statements.sort(
        key=lambda item: (item[0], item[1], item[2], item[3].article_id, item[3].start)
    )
    agree = max(item[0] for item in statements) <= min(item[1] for item in statements)
    for (low, high, text, row), (low_2, high_2, text_2, row_2) in (
        () if agree else combinations(statements, 2)
    ):
        if len(set(against)) > 3:
            break
        if (low <= high_2 and low_2 <= high) or (
            row.outlet == row_2.outlet and text == text_2
        ):
            continue
        reasons = []
        if row.kind != "year":
            if _per(row.per) and _per(row_2.per) and _per(row.per) != _per(row_2.per):
                reasons.append(f"times: {row.per}, {row_2.per}")
            if row.day and row_2.day and row.day != row_2.day:
                reasons.append(f"published: {row.day}, {row_2.day}")
        source, source_2 = (
            source_words(row.attributed_to),
            source_words(row_2.attributed_to),
        )
        if source and source_2 and not source & source_2:
            reasons.append(f"sources: {row.attributed_to}, {row_2.attributed_to}")
        (excused if reasons else against).append(
            f"{text} and {text_2}" + (f" ({'; '.join(reasons)})" if reasons else "")
        )
    if against:
        return "contradict", "no room for one number: " + "; ".join(
            list(dict.fromkeys(against))[:4]
        )
    if excused:
        return "explained", "no room for one number, but " + "; ".join(
            list(dict.fromkeys(excused))[:4]
        )
    if sums:
        return "sum", sums
    low, high = max(item[0] for item in statements), min(item[1] for item in statements)
    units = sorted({row.unit for row in rows if isinstance(row.unit, str)})
    if units:  # back from the base unit to the one that is printed (the first, where there are several)
        factor = lexicon().units[units[0]]["factor"]
        low, high = low / factor, high / factor
    if low == high and len({item[:2] for item in statements}) == 1:
        return "same", f"every figure is {_shown(low, rows[0].kind)}"
    if low == high:
        return "fit", f"{_shown(low)} fits every figure"
    return (
        "fit",
        f"any number from {_shown(low)} to {_shown(high)} fits every figure"
        if low < high
        else "the figures fit two by two",
    )


def discrepancies(quantities: pd.DataFrame) -> pd.DataFrame:
    """Line up the figures that two or more outlets give for the same thing, and say whether they can all be right.

    Parameters
    ----------
    quantities : DataFrame
        As from :func:`idlibkit.quantities`; with `published` where it is known.

    Returns
    -------
    DataFrame
        One row per figure, topic by topic, contradictions first: `topic` (number), `about` (what is counted, in short), `outlet`,
        `article_id`, `voice`, `start`, `end`, `text`, `value`, `low`, `high`, `hedge`, `unit`, `counted`, `event`, `per`,
        `attributed_to`, and the same in every row of a topic: `verdict`, `why` and `linked_by`. The verdicts:

        - contradict: two figures leave no room for one number, and nothing told here explains it;
        - explained: no room for one number, but the two are of different times ("since November", "on Friday", articles of
          different days) or of different named sources: both may be honest, not both right about one thing;
        - sum: parts of one figure add up to another ("six nurses and a doctor", seven);
        - fit: the hedges leave room for one number; same: every figure is the same.

    Raises
    ------
    IdlibkitError
        If a column is missing, or one class of thing has more than 5,000 figures: each is compared with each, so give
        one story at a time.

    See Also
    --------
    quantities : how hedges become bounds.

    Notes
    -----
    Two figures are compared only if they are of one kind and count one class of thing (`lexicons/counted.toml`: soldiers, nurses
    and hostages are people) and, for people, suffered one event. They are then taken for the same thing, as `linked_by` says (the
    strongest link of each figure, up to four), if

    - they have the same number (five or more), or half of their other counted words in common ("Danish sailors", "Danish
      naval personnel"), and their sentences share a very rare word (two for counted words of things and for bare shares, sums and
      lengths), or their articles are of the same three days;
    - or their sentences share rare words: two for people and for years (one very rare one, where the numbers are within half as
      much again of each other), three for other things, with a cosine of at least .15 and .3, and no counted words that differ.

    A word is rare if at most a fifth of the articles (or four) have it next to a figure, very rare if at most a twentieth (or four).
    Country names, adjectives and capitals are one word each. Never linked: articles more than 31 days apart and numbers more than 20
    times apart (3 times where only the sentences are alike); years of events are free of both. Left out: figures added to another
    ("an additional 200"), figures of what only could be, ages of persons, bare lengths of time. Chains are followed, so a topic can
    drift: read the rows.

    *Accuracy.* No public set. In made news with known truth (350 articles of six outlets on 100 events of a year, drawn three times:
    ``benchmarks/measure_discrepancies.py``) every pair of figures of one event was linked, .83 to .93 of the linked pairs were of
    one event, and 94 to 96 of 100 verdicts were right; what went wrong joined events with the same people, harm and rare word. In
    real news fewer are: in 150 articles on different stories (1,859 figures) six topics were proposed, half of them of one thing.
    English only.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit import quantities
    >>> texts = ["The quake killed nearly 900 Chilean miners.", "At least 950 Chilean miners were killed in the quake."]
    >>> table = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "voice": "own", "start": 0, "text": texts})
    >>> found = discrepancies(quantities(table))
    >>> found[["about", "outlet", "text", "low", "high", "verdict"]]
                      about outlet          text    low   high     verdict
    0  people killed, chile      A    nearly 900  810.0  900.0  contradict
    1  people killed, chile      B  At least 950  950.0    inf  contradict
    """
    check_columns(quantities, NEEDED, "quantities")
    table = quantities.sort_values(
        ["article_id", "start", "end"], kind="stable", ignore_index=True
    )
    day = (
        pd.to_datetime(table["published"])
        if "published" in table
        else pd.Series(pd.NaT, table.index, "datetime64[s]")
    )
    table = table.assign(
        published=day, day=day.dt.strftime("%Y-%m-%d").fillna("").to_numpy(object)
    )
    base = {name: float(unit["factor"]) for name, unit in lexicon().units.items()}
    factor = table["unit"].map(base).fillna(1.0).astype(float)
    table = table.assign(
        amount=table["value"] * factor,
        least=table["low"] * factor,
        most=table["high"] * factor,
    )
    blocks = topics(table)
    one, other, why_linked = links(table, blocks)
    group, every, found = (
        _groups(len(table), one, other),
        list(table.itertuples(index=False)),
        [],
    )
    linked = np.flatnonzero(np.isin(group, group[one]))
    for members in (
        linked[places]
        for places in pd.Series(group[linked]).groupby(group[linked]).indices.values()
    ):
        rows = [every[n] for n in members]
        n_outlets = len({row.outlet for row in rows})
        if n_outlets < 2:
            continue
        verdict, why = _verdict(rows)
        counts = Counter(why_linked[n] for n in members if n in why_linked)
        linked_by = "; ".join(
            sorted(counts, key=lambda reason: (-counts[reason], reason))[:4]
        )
        shared = Counter(word for n in members for word in blocks["modifiers"].iat[n])
        often = sorted(word for word, count in shared.items() if count * 2 >= len(rows))
        about = ", ".join([blocks["block"].iat[members[0]], *often])
        found.append(
            (
                (VERDICTS.index(verdict), -n_outlets, members[0]),
                members,
                about,
                verdict,
                why,
                linked_by,
            )
        )
    parts = []
    for n, (_, members, about, verdict, why, linked_by) in enumerate(
        sorted(found, key=lambda item: item[0]), 1
    ):
        part = table.iloc[members].assign(
            topic=n, about=about, verdict=verdict, why=why, linked_by=linked_by
        )
        parts.append(part.sort_values(["outlet", "article_id", "start"]))
    if not parts:
        return table.iloc[:0].assign(
            topic=0, **dict.fromkeys(["about", "verdict", "why", "linked_by"], "")
        )[COLUMNS]
    return pd.concat(parts, ignore_index=True)[COLUMNS]
