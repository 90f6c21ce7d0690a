"""Which figures are taken for figures of the same thing: the first half of `discrepancies`. English only.

Figures are compared only within a block: one class of counted thing (`lexicons/counted.toml`) and, for people, one event. What
links two of them are equal numbers, equal counted words and rare words that their sentences share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from ..lexicons import countries, words
from ..tables import IdlibkitError
from ..text import TOKEN, fold, term, to_polars, tokenize
from .lexicon import lexicon

__all__ = ["links", "parts_of_a_sum", "source_words", "topics"]


# Figures further apart than this are taken for figures of different things (days between articles, times between numbers).
DAYS_APART, TIMES_APART, TIMES_APART_BY_WORDS = 31, 20, 3
# Share of the counted words in common; cosine of the rare words around (where nobody came to harm); articles a rare word is in.
SHARED, SIMILAR, SIMILAR_THINGS, RARE, VERY_RARE = 0.5, 0.15, 0.3, 0.2, 0.05
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
# Equal numbers or counted words alone link only articles this many days apart.
DAYS_NEAR = 3
MOST, SLICE = (
    5_000,
    500,
)  # figures of one block, each compared with each; so many at once
LISTED = re.compile(r"(?:\band\b|,|&|\bplus\b)")
INSIDE = re.compile(
    r"\b(?:including|included|among|whom|them|which|more than|another)\b"
)


@cache
def _folded() -> tuple[dict[str, str], frozenset[str]]:
    """Country words to one name each (Danish, Copenhagen: denmark), and the words that say nothing about a topic."""
    names = {}
    for country in countries():
        for word in country.names + country.adjectives + country.capitals:
            names[fold(word)] = fold(country.names[0])
    stops = {word for word in words("stopwords_english.txt") if word.isalpha()}
    lex = lexicon()
    units = {
        part
        for word, name in lex.unit_of.items()
        if lex.units[name]["kind"] != "money"
        for part in word.split(" ")
    }
    return names, frozenset(
        stops
        | units
        | lex.ends
        | lex.said
        | lex.when_said
        | set(lex.digits)
        | set(lex.scales)
    )


def _stem(word: str) -> str:
    """Plural off: posts to post, countries to country."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return (
        word[:-1]
        if word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and len(word) > 3
        else word
    )


@cache
def _event_words(event: str) -> frozenset[str]:
    return frozenset(
        _stem(part)
        for word, name in lexicon().event_of.items()
        if name == event
        for part in word.split(" ")
    )


def _content(texts: pd.Series) -> list[list[str]]:
    """The words of each text that can tell a topic, in their order: no function words, numbers, units; plurals and countries as one."""
    names, stops = _folded()
    forms: dict[str, str] = {}

    def form(token: str) -> str:
        word = term(token)
        word = (
            names.get(word, _stem(word))
            if word not in stops and word[:1].isalpha() and len(word) > 2
            else ""
        )
        return "" if word in stops else word

    found = []
    for tokens in to_polars(texts).str.extract_all(TOKEN).to_list():
        for token in tokens:
            if token not in forms:
                forms[token] = form(token)
        found.append([forms[token] for token in tokens if forms[token]])
    return found


def topics(table: pd.DataFrame) -> pd.DataFrame:
    """The block that each figure is compared in, its modifiers and the words around it; '' where it is compared with nothing."""
    lex, blocks, modifiers, words = lexicon(), [], [], []
    counted_words, context_words = (
        _content(table["counted"].str.replace("-", " ")),
        _content(table["context"]),
    )
    known = table["low"].notna().to_numpy()
    columns = (
        table[["kind", "unit", "counted", "event", "hedge", "modal"]]
        .fillna("")
        .itertuples(index=False)
    )
    for (kind, unit, counted, event, hedge, modal), content, context in zip(
        columns, counted_words, context_words, strict=True
    ):
        kind = "measure" if kind == "age" else kind
        raw = counted.lower().rsplit(" ", 1)[-1]
        head = lex.class_of.get(raw, content[-1] if content else "")
        modifier = (
            set(content[:-1])
            if content and counted.lower() not in lex.class_of
            else set()
        )
        base = lex.units[unit]["base"] if unit else ""
        if (
            lex.hedge_of.get(hedge.lower()) == "further"
            or kind == "date"
            or modal
            or (base == "day" and not counted)
        ):
            block = ""
        elif kind == "year":
            head = (
                head
                if head in set(lex.class_of.values())
                else "agreement"
                if event == "agreed"
                else head or event
            )
            block = f"year of {head}" if head else ""
        elif head == "people" or (
            kind == "count" and event in TO_PEOPLE and raw not in lex.class_of
        ):
            block = f"people {event}" if event else f"people: {raw}"
        else:
            thing = head or (event if kind != "measure" else "")
            block = f"{thing} ({base})" if thing and base else thing or base
        blocks.append(block)
        modifiers.append(modifier)
        words.append(set(context) - {head, _stem(raw)} - _event_words(event))
    return pd.DataFrame(
        {"block": np.where(known, blocks, ""), "modifiers": modifiers, "words": words},
        index=table.index,
    )


def _matrix(sets: list[set[str]], weights: dict[str, float]):
    from scipy.sparse import csr_array

    ids = {word: n for n, word in enumerate(sorted(weights))}
    rows = [
        (row, ids[word], weights[word])
        for row, group in enumerate(sets)
        for word in sorted(group)
        if word in ids
    ]
    row, column, value = zip(*rows, strict=True) if rows else ((), (), ())
    return csr_array(
        (np.array(value, float), (row, column)), shape=(len(sets), max(len(ids), 1))
    )


def parts_of_a_sum(rows: list) -> set[tuple[int, int]]:
    """Neighbouring figures that one sentence adds up ("six nurses and a doctor"), as positions in `rows`, which are in order."""
    found = set()
    for n, (first, second) in enumerate(pairwise(rows)):
        if (
            first.article_id == second.article_id
            and first.context == second.context
            and second.start - first.end < 60
        ):
            at = first.context.find(first.text) + len(first.text)
            between = first.context[at : at + second.start - first.end]
            if LISTED.search(between) and not INSIDE.search(between):
                found.add((n, n + 1))
    return found


def _pairs(around, beside, telling, amount: np.ndarray) -> Iterator[pd.DataFrame]:
    """Every pair of figures that shares a rare word, a counted word or its number, with what it shares; in slices, to bound memory."""
    n = len(amount)
    size, length = around.multiply(around).sum(axis=1), beside.sum(axis=1)
    plain = around.astype(bool).astype(float)
    for begin in range(0, n, SLICE):
        first = np.arange(begin, min(begin + SLICE, n))
        a, b = np.nonzero(
            (amount[first][:, None] == amount[None, :]) & (amount[None, :] >= 5)
        )
        columns = {"same": ((a + begin) * n + b, np.ones(len(a)))}
        for name, matrix in {
            "cosine": around,
            "n_shared": plain,
            "n_telling": telling,
            "named": beside,
        }.items():
            product = (matrix[first] @ matrix.T).tocoo()
            columns[name] = (
                (product.row.astype("int64") + begin) * n + product.col,
                product.data,
            )
        key = np.unique(np.concatenate([keys for keys, _ in columns.values()]))
        key = key[key // n < key % n]
        part = pd.DataFrame({"a": key // n, "b": key % n})
        for name, (keys, values) in columns.items():
            place = np.searchsorted(key, keys)
            known = (
                (place < len(key)) & (key[np.minimum(place, len(key) - 1)] == keys)
                if len(key)
                else np.zeros(len(keys), bool)
            )
            column = np.zeros(len(key))
            column[place[known]] = values[known]
            part[name] = column
        a, b = key // n, key % n
        with np.errstate(invalid="ignore"):
            part["cosine"] = np.nan_to_num(part["cosine"] / np.sqrt(size[a] * size[b]))
            part["named"] = np.nan_to_num(
                part["named"] / (length[a] + length[b] - part["named"])
            )
        yield part


def _linked(
    pairs: pd.DataFrame, table: pd.DataFrame, block: str, beside
) -> pd.DataFrame:
    """Those pairs that are taken for the same thing, with the kind of link."""
    harmed, year = (
        np.bool_(block.startswith("people ") and ":" not in block),
        np.bool_(block.startswith("year of ")),
    )
    bare = (
        not (harmed or year)
        and "(" not in block
        and block in {unit["base"] for unit in lexicon().units.values()}
    )
    a, b = pairs["a"].to_numpy(), pairs["b"].to_numpy()
    low, high, day = (table[name].to_numpy() for name in ("least", "most", "published"))
    below = np.where(
        low[a] <= low[b],
        np.where(np.isfinite(high[a]), high[a], low[a]),
        np.where(np.isfinite(high[b]), high[b], low[b]),
    )
    times = np.maximum(1.0, np.maximum(low[a], low[b]) / np.maximum(below, 1e-9))
    apart = np.abs((day[a] - day[b]) / np.timedelta64(1, "D"))
    near, possible = (
        apart <= DAYS_NEAR,
        year | ((times <= TIMES_APART) & ~(apart > DAYS_APART)),
    )
    shared, alike = (
        pairs["n_shared"].to_numpy(),
        pairs["cosine"].to_numpy() >= (SIMILAR if harmed or year else SIMILAR_THINGS),
    )
    # Equal numbers or counted words need a very rare word beside them (counted words of things: two), or one time.
    telling = pairs["n_telling"].to_numpy()
    same = (
        ~year
        & (pairs["same"].to_numpy() > 0)
        & (
            (telling >= 2)
            if bare
            else (telling >= 1) | (near & (harmed | (shared >= 1)))
        )
    )
    named = (
        ~year
        & (pairs["named"].to_numpy() >= SHARED)
        & ((telling >= 2 - harmed) | (near & (shared >= 2 - harmed)))
    )
    enough = (shared >= (2 if harmed or year else 3)) | (
        harmed & (telling >= 1) & (times <= 1.5)
    )
    n_beside = beside.sum(axis=1)
    odd = (n_beside[a] > 0) & (n_beside[b] > 0) & (pairs["named"].to_numpy() == 0)
    close = alike & enough & ~odd & (year | (times <= TIMES_APART_BY_WORDS))
    kind = np.select(
        [same & possible, named & possible, close & possible],
        ["same", "named", "close"],
        "",
    )
    return pairs.assign(kind=kind)[kind != ""]


def links(
    table: pd.DataFrame, found: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, dict[int, str]]:
    """Pairs of rows of `table` taken for the same thing, and for each row why its strongest link was made (`found`: of `topics`).

    Raises
    ------
    IdlibkitError
        If one block has more figures than can be compared each with each.
    """
    n_articles = table["article_id"].nunique()
    where = pd.DataFrame(
        {"article": table["article_id"].to_numpy(), "word": found["words"].to_numpy()}
    ).explode("word")
    spread = where.drop_duplicates().groupby("word")["article"].size()
    rare = spread[(spread > 1) & (spread <= max(4, n_articles * RARE))]
    weights = {word: float(np.log(1 + n_articles / n)) for word, n in rare.items()}
    very_rare = dict.fromkeys(rare.index[rare <= max(4, n_articles * VERY_RARE)], 1.0)
    outlets, amount = table["outlet"].to_numpy(object), table["amount"].to_numpy(float)
    rows, one, other, why = list(table.itertuples(index=False)), [], [], {}
    for block, members in found.groupby("block", sort=True).indices.items():
        if not block or len(set(outlets[members])) < 2:
            continue
        if len(members) > MOST:
            raise IdlibkitError(
                f"{len(members):,} figures of {block!r} are too many to compare each with each ({MOST:,} at most); "
                "give discrepancies() one story at a time, for example the articles of one week or those that name one place."
            )
        around = [words & weights.keys() for words in found["words"].iloc[members]]
        beside = found["modifiers"].iloc[members].tolist()
        counted = _matrix(beside, dict.fromkeys(set().union(*beside), 1.0))
        parts = sorted(parts_of_a_sum([rows[n] for n in members]))
        telling = _matrix(around, very_rare)
        slices = _pairs(_matrix(around, weights), counted, telling, amount[members])
        pairs = pd.concat(
            [_linked(part, table.iloc[members], block, counted) for part in slices],
            ignore_index=True,
        )
        pairs = pairs[~pd.MultiIndex.from_frame(pairs[["a", "b"]]).isin(parts)]
        one += [*members[[a for a, _ in parts]], *members[pairs["a"]]]
        other += [*members[[b for _, b in parts]], *members[pairs["b"]]]
        # Each figure's strongest link is told: the first in this order that it is in.
        order = pairs.assign(
            rank=pairs["kind"].map({"same": 0, "named": 1, "close": 2})
        ).sort_values(
            ["rank", "cosine", "a", "b"],
            ascending=[True, False, True, True],
            ignore_index=True,
        )
        ends, first = np.unique(order[["a", "b"]].to_numpy().ravel(), return_index=True)
        for n, (a, b, kind) in zip(
            ends, order[["a", "b", "kind"]].to_numpy(object)[first // 2], strict=True
        ):
            shared = sorted(
                around[a] & around[b], key=lambda word: (-weights[word], word)
            )
            why[members[n]] = {
                "same": "the same number",
                "named": f"counted words: {', '.join(sorted(beside[a] & beside[b]))}",
                "close": f"words around: {', '.join(shared[:4])}",
            }[kind]
    return np.array(one, int), np.array(other, int), why


def source_words(name: object) -> set[str]:
    """The words that tell a source from another; Ana María Gül and Ms Gul share one."""
    return set(tokenize(name)) - _folded()[1] if isinstance(name, str) else set()
