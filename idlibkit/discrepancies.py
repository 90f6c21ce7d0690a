"""The same thing counted by two or more outlets, side by side, and whether their figures can be reconciled. English only."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from .actors import countries
from .numerals import lexicon
from .tables import check_columns
from .text import TOKEN, fold, term, to_polars, tokenize

__all__ = ["discrepancies"]

NEEDED = ["article_id", "outlet", "voice", "start", "end", "text", "kind", "value", "low", "high", "hedge", "unit"]
NEEDED += ["counted", "event", "modal", "per", "attributed_to", "context"]
# Figures further apart than this are taken for figures of different things (days between articles, times between numbers).
DAYS_APART, TIMES_APART, TIMES_APART_BY_WORDS = 31, 20, 3
# Share of the counted words in common; cosine of the rare words around (where nobody came to harm); articles a rare word is in.
SHARED, SIMILAR, SIMILAR_THINGS, RARE = 0.5, 0.15, 0.3, 0.2
VERDICTS = ["contradict", "explained", "sum", "fit", "same"]
TO_PEOPLE = {
    "killed",
    "wounded",
    "casualties",
    "displaced",
    "arrested",
    "missing",
    "laid_off",
    "infected",
    "protested",
    "living",
}
LISTED = re.compile(r"(?:\band\b|,|&|\bplus\b)")
INSIDE = re.compile(r"\b(?:including|included|among|whom|them|which|more than|another)\b")


@cache
def _folded() -> tuple[dict[str, str], frozenset[str]]:
    """Country words to one name each (Russian, Moscow: russia), and the words that say nothing about a topic."""
    names = {}
    for group in countries():
        for word in (word for column in group for word in column):
            names[fold(word)] = fold(group[0][0])
    text = (files(__package__) / "lexicons" / "stopwords_english.txt").read_text("utf-8")
    stops = {word for word in text.split() if word.isalpha()}
    lex = lexicon()
    units = {
        part for word, name in lex.unit_of.items() if lex.units[name]["kind"] != "money" for part in word.split(" ")
    }
    return names, frozenset(stops | units | lex.ends | lex.said | set(lex.digits) | set(lex.scales))


def _stem(word: str) -> str:
    """Plural off: posts to post, countries to country."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


@cache
def _event_words(event: str) -> frozenset[str]:
    return frozenset(
        _stem(part) for word, name in lexicon().event_of.items() if name == event for part in word.split(" ")
    )


def _content(texts: pd.Series) -> list[list[str]]:
    """The words of each text that can tell a topic, in their order: no function words, numbers, units; plurals and countries as one."""
    names, stops = _folded()
    forms: dict[str, str] = {}

    def form(token: str) -> str:
        word = term(token)
        word = names.get(word, _stem(word)) if word not in stops and word[:1].isalpha() and len(word) > 2 else ""
        return "" if word in stops else word

    found = []
    for tokens in to_polars(texts).str.extract_all(TOKEN).to_list():
        for token in tokens:
            if token not in forms:
                forms[token] = form(token)
        found.append([forms[token] for token in tokens if forms[token]])
    return found


def _topics(table: pd.DataFrame) -> pd.DataFrame:
    """The block that each figure is compared in, its modifiers and the words around it; '' where it is compared with nothing."""
    lex, blocks, modifiers, words = lexicon(), [], [], []
    counted_words, context_words = _content(table["counted"].str.replace("-", " ")), _content(table["context"])
    columns = table[["kind", "unit", "counted", "event", "hedge", "modal"]].fillna("").itertuples(index=False)
    for (kind, unit, counted, event, hedge, modal), content, context in zip(
        columns, counted_words, context_words, strict=True
    ):
        kind = "measure" if kind == "age" else kind
        raw = counted.lower().rsplit(" ", 1)[-1]
        head = lex.class_of.get(raw, content[-1] if content else "")
        modifier = set(content[:-1]) if content and counted.lower() not in lex.class_of else set()
        base = lex.units[unit]["base"] if unit else ""
        if lex.hedge_of.get(hedge.lower()) == "further" or kind == "date" or modal or (base == "day" and not counted):
            block = ""
        elif kind == "year":
            head = head if head in set(lex.class_of.values()) else "agreement" if event == "agreed" else head or event
            block = f"year of {head}" if head else ""
        elif head == "people" or (kind == "count" and event in TO_PEOPLE and raw not in lex.class_of):
            block = f"people {event}" if event else f"people: {raw}"
        else:
            thing = head or (event if kind != "measure" else "")
            block = f"{thing} ({base})" if thing and base else thing or base
        blocks.append(block)
        modifiers.append(modifier)
        words.append(set(context) - {head, _stem(raw)} - _event_words(event))
    return pd.DataFrame({"block": blocks, "modifiers": modifiers, "words": words}, index=table.index)


def _matrix(sets: list[set[str]], weights: dict[str, float]):
    from scipy.sparse import csr_array

    ids = {word: n for n, word in enumerate(sorted(weights))}
    rows = [(row, ids[word], weights[word]) for row, group in enumerate(sets) for word in sorted(group) if word in ids]
    row, column, value = zip(*rows, strict=True) if rows else ((), (), ())
    return csr_array((value, (row, column)), shape=(len(sets), max(len(ids), 1)))


def _listed(rows: list) -> set[tuple[int, int]]:
    """Neighbouring figures that one sentence adds up ("seven soldiers and a civilian"), as positions in `rows`, which are in order."""
    found = set()
    for n, (first, second) in enumerate(pairwise(rows)):
        if first.article_id == second.article_id and first.context == second.context and second.start - first.end < 60:
            at = first.context.find(first.text) + len(first.text)
            between = first.context[at : at + second.start - first.end]
            if LISTED.search(between) and not INSIDE.search(between):
                found.add((n, n + 1))
    return found


def _close(sets: list[set[str]], weights: dict[str, float], least: float, jaccard: bool) -> set[tuple[int, int]]:
    """Pairs of sets whose words are alike: by cosine of their weights, or by the share of words in common."""
    matrix = _matrix(sets, weights)
    size = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    product = (matrix @ matrix.T).tocoo()
    a, b, shared = product.row, product.col, product.data
    alike = shared / (size[a] + size[b] - shared) if jaccard else shared / np.sqrt(size[a] * size[b])
    kept = (a < b) & (alike >= least)
    return set(zip(a[kept].tolist(), b[kept].tolist(), strict=True))


def _apart(low: float, high: float, low_2: float, high_2: float) -> float:
    """How many times the lower figure goes into the higher one; 1 where they overlap."""
    if low > low_2:
        low, high, low_2, high_2 = low_2, high_2, low, high
    return max(1.0, low_2 / max(high if np.isfinite(high) else low, 1e-9))


def _edges(table: pd.DataFrame, topics: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Pairs of figures taken for the same thing, and why: the same number, the same modifiers, or the same rare words around."""
    n_articles = table["article_id"].nunique()
    where = pd.DataFrame({"article": table["article_id"].to_numpy(), "word": topics["words"].to_numpy()}).explode(
        "word"
    )
    spread = where.drop_duplicates().groupby("word")["article"].size()
    rare = spread[(spread > 1) & (spread <= max(4, n_articles * RARE))]
    weights = {word: float(np.log(1 + n_articles / n)) for word, n in rare.items()}
    outlet, day = table["outlet"].to_numpy(object), table["published"].to_numpy(object)
    amount, low, high = (table[name].to_numpy(float) for name in ("amount", "least", "most"))
    rows, edges = list(table.itertuples(index=False)), []
    for block, members in topics.groupby("block", sort=True).indices.items():
        if not block or len(members) < 2 or len(set(outlet[members])) < 2:
            continue
        around = [words & weights.keys() for words in topics["words"].iloc[members]]
        beside = topics["modifiers"].iloc[members].tolist()
        harmed, year = block.startswith("people ") and ":" not in block, block.startswith("year of ")
        least = SIMILAR if harmed or year else SIMILAR_THINGS
        close = _close(around, weights, least, jaccard=False)
        named = _close(beside, dict.fromkeys(set().union(*beside), 1.0), SHARED, jaccard=True)
        equal: dict[float, list[int]] = {}
        for n, item in enumerate(members):
            if amount[item] >= 5 and not year:
                equal.setdefault(amount[item], []).append(n)
        same = {pair for group in equal.values() for pair in pairwise(group)}
        parts = _listed([rows[n] for n in members])
        edges += [(members[a], members[b], "") for a, b in parts]
        for a, b in sorted((close | named | same) - parts):
            i, j = members[a], members[b]
            times = _apart(low[i], high[i], low[j], high[j])
            if not year and (times > TIMES_APART or abs((day[i] - day[j]) / np.timedelta64(1, "D")) > DAYS_APART):
                continue
            shared = sorted(around[a] & around[b], key=lambda word: (-weights[word], word))
            if (a, b) in same and (harmed or shared):
                edges.append((i, j, "the same number"))
            elif (a, b) in named and (harmed or (shared and not year)):
                edges.append((i, j, f"counted words: {', '.join(sorted(beside[a] & beside[b]))}"))
            elif (a, b) in close and (year or times <= TIMES_APART_BY_WORDS):
                odd = beside[a] and beside[b] and not beside[a] & beside[b]
                enough = len(shared) >= (2 if harmed or year else 3) or (harmed and shared and times <= 1.5)
                if enough and not odd:
                    edges.append((i, j, f"words around: {', '.join(shared[:4])}"))
    return edges


def _groups(n: int, edges: list[tuple[int, int, str]]) -> np.ndarray:
    """Connected figures: the number of the group that each belongs to."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    a, b = [edge[0] for edge in edges], [edge[1] for edge in edges]
    return connected_components(coo_array((np.ones(len(edges)), (a, b)), shape=(n, n)), directed=False)[1]


def _shown(number: float) -> str:
    return "any number" if np.isinf(number) else f"{number:,.6g}" if number < 1e5 else f"{number:,.0f}"


def _per(per: object) -> str:
    """A time without its ornaments: "since early December" and "since the beginning of December" are one."""
    return (
        re.sub(r"\b(?:the|early|late|mid|start|beginning|end|of)\b[ -]*", "", per.lower()).strip()
        if isinstance(per, str)
        else ""
    )


def _source(name: object) -> set[str]:
    """The words that tell a source from another; Ana María Gül and Ms Gul share one."""
    return set(tokenize(name)) - _folded()[1] if isinstance(name, str) else set()


def _verdict(rows: list) -> tuple[str, str]:
    """Whether figures of one thing can all be right, and why, in words."""
    told = [
        f"{row.text} ({row.value:.0f})" if row.kind == "year" and not row.text.isdigit() and row.value > 0 else row.text
        for row in rows
    ]
    statements = [(row.least, row.most, text, row) for row, text in zip(rows, told, strict=True)]
    sums = ""
    for first, second in [(rows[a], rows[b]) for a, b in sorted(_listed(rows))]:
        others = [item for item in statements if item[3] not in (first, second)]
        low, high = first.least + second.least, first.most + second.most
        if others and all(low <= item[1] and item[0] <= high for item in others):
            statements = [*others, (low, high, f"{first.text} and {second.text}", first)]
            sums = f"{first.text} ({first.counted}) and {second.text} ({second.counted}) add up to {_shown(low)}"
    against, excused = [], []
    statements.sort(key=lambda item: (item[0], item[1], item[2], item[3].article_id, item[3].start))
    for (low, high, text, row), (low_2, high_2, text_2, row_2) in combinations(statements, 2):
        if (low <= high_2 and low_2 <= high) or (row.outlet == row_2.outlet and text == text_2):
            continue
        reasons = []
        if row.kind != "year":
            if _per(row.per) and _per(row_2.per) and _per(row.per) != _per(row_2.per):
                reasons.append(f"times: {row.per}, {row_2.per}")
            if row.day and row_2.day and row.day != row_2.day:
                reasons.append(f"published: {row.day}, {row_2.day}")
        source, source_2 = _source(row.attributed_to), _source(row_2.attributed_to)
        if source and source_2 and not source & source_2:
            reasons.append(f"sources: {row.attributed_to}, {row_2.attributed_to}")
        (excused if reasons else against).append(
            f"{text} and {text_2}" + (f" ({'; '.join(reasons)})" if reasons else "")
        )
    if against:
        return "contradict", "no room for one number: " + "; ".join(list(dict.fromkeys(against))[:4])
    if excused:
        return "explained", "no room for one number, but " + "; ".join(list(dict.fromkeys(excused))[:4])
    if sums:
        return "sum", sums
    low, high = max(item[0] for item in statements), min(item[1] for item in statements)
    units = sorted({row.unit for row in rows if isinstance(row.unit, str)})
    if units:  # back from the base unit to the one that is printed (the first, where there are several)
        factor = lexicon().units[units[0]]["factor"]
        low, high = low / factor, high / factor
    if low == high and len({item[:2] for item in statements}) == 1:
        return "same", f"every figure is {_shown(low)}"
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
        - sum: parts of one figure add up to another ("seven soldiers and a civilian", eight);
        - fit: the hedges leave room for one number; same: every figure is the same.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    See Also
    --------
    quantities : how hedges become bounds.

    Notes
    -----
    Two figures are compared only if they are of one kind and count one class of thing (`lexicons/counted.toml`: soldiers, civilians
    and martyrs are people) and, for people, suffered one event. They are then taken for the same thing, as `linked_by` says, if

    - they have the same number (five or more), or half of their other counted words in common ("Turkish soldiers", "Turkish
      military personnel"); where no people came to harm they must share a rare word of their sentences too;
    - or their sentences share rare words: two for people and for years (one, where the numbers are within half as much again of
      each other), three for other things, with a cosine of at least .15 and .3, and no counted words that differ.

    A word is rare if at most a fifth of the articles (or four) have it next to a figure. Country names, adjectives and capitals
    are one word each. Never linked: articles more than 31 days apart and numbers more than 20 times apart (3 times where only the
    sentences are alike); years of events are free of both. Left out: figures added to another ("an additional 200"), figures of
    what only could be, ages of persons, bare lengths of time. Chains are followed, so a topic can drift: read the rows.
    Accuracy not measured: there is no public set. English only.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit.quantities import quantities
    >>> texts = ["The quake killed nearly 900 Chilean miners.", "At least 950 Chilean miners were killed in the quake."]
    >>> table = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "voice": "own", "start": 0, "text": texts})
    >>> found = discrepancies(quantities(table))
    >>> found[["about", "outlet", "text", "low", "high", "verdict"]]
                      about outlet          text    low   high     verdict
    0  people killed, chile      A    nearly 900  810.0  900.0  contradict
    1  people killed, chile      B  At least 950  950.0    inf  contradict
    """
    check_columns(quantities, NEEDED, "quantities")
    table = quantities.sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)
    day = (
        pd.to_datetime(table["published"]) if "published" in table else pd.Series(pd.NaT, table.index, "datetime64[s]")
    )
    table = table.assign(published=day, day=day.dt.strftime("%Y-%m-%d").fillna("").to_numpy(object))
    base = {name: float(unit["factor"]) for name, unit in lexicon().units.items()}
    factor = table["unit"].map(base).fillna(1.0).astype(float)
    table = table.assign(amount=table["value"] * factor, least=table["low"] * factor, most=table["high"] * factor)
    topics = _topics(table)
    edges = _edges(table, topics)
    columns = [
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
    columns += ["counted", "event", "per", "attributed_to", "verdict", "why", "linked_by"]
    every = list(table.itertuples(index=False))
    group, found, reasons = _groups(len(table), edges), [], {}
    for i, _, reason in edges:
        reasons.setdefault(group[i], []).append(reason)
    for name, members in pd.Series(group).groupby(group).indices.items():
        if name not in reasons or table["outlet"].iloc[members].nunique() < 2:
            continue
        rows = [every[n] for n in members]
        verdict, why = _verdict(rows)
        counts = pd.Series([reason for reason in reasons[name] if reason]).value_counts()
        linked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        linked_by = "; ".join(reason for reason, _ in linked[:4])
        n_outlets = len({row.outlet for row in rows})
        shared = pd.Series(
            [word for n in members for word in sorted(topics["modifiers"].iat[n])], dtype="str"
        ).value_counts()
        about = ", ".join([topics["block"].iat[members[0]], *sorted(shared[shared * 2 >= len(rows)].index)])
        found.append(((VERDICTS.index(verdict), -n_outlets, members[0]), members, about, verdict, why, linked_by))
    parts = []
    for n, (_, members, about, verdict, why, linked_by) in enumerate(sorted(found, key=lambda item: item[0]), 1):
        parts.append(
            table.iloc[members]
            .assign(topic=n, about=about, verdict=verdict, why=why, linked_by=linked_by)
            .sort_values(["outlet", "article_id", "start"])
        )
    if not parts:
        return table.iloc[:0].assign(topic=0, **dict.fromkeys(["about", "verdict", "why", "linked_by"], ""))[columns]
    return pd.concat(parts, ignore_index=True)[columns]
