"""The rules of VADER as array operations over all tokens of many passages at once.

What a rule of VADER does to a word depends on the word and on the three words before
it. So tokens become codes, lexicon words are found by one look-up, and the rules run
over these hits only, looking back by index. VADER's idioms are left to its own method.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np
from vaderSentiment import vaderSentiment as reference

from .lexicon import Rules, Word
from .tokens import Tokens, read_tokens

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "NORMAL",
    "Hits",
    "round_half_even",
    "scores",
    "token_valences",
    "totals",
    "weigh_but",
]

FADING = {1: 1.0, 2: 0.95, 3: 0.9}  # what a booster counts at so many words before
NEVER_SO = 1.25  # "never so good" is praise
BUT_BEFORE, BUT_AFTER = 0.5, 1.5
NORMAL = 15  # VADER's alpha: compound is S / sqrt(S² + 15)


@dataclass(frozen=True, slots=True)
class Hits:
    """The lexicon words of some passages, in order.

    Per passage: `n_tokens`, and `emphasis`, what its ! and ? add. Per hit: its
    `passage`, its `place` among the tokens of that, whether it has a `capital`, its
    `word` (place in `Rules.words`), and its `valence` after all rules.
    """

    n_tokens: np.ndarray
    emphasis: np.ndarray
    passage: np.ndarray
    place: np.ndarray
    capital: np.ndarray
    word: np.ndarray
    valence: np.ndarray


@dataclass(frozen=True, slots=True)
class _Window:
    """The hits with the words around them.

    `hit` (hits,) are their places among all tokens, `place` (hits,) those in their
    passages; `before` holds the codes of the word itself and of the three before it,
    `after` those of the next one; 0 is a place outside the passage.
    """

    tokens: Tokens
    rules: Rules
    hit: np.ndarray
    passage: np.ndarray
    place: np.ndarray
    some_capitals: np.ndarray  # whether part of the passage, not all, is in capitals
    before: tuple[np.ndarray, ...]
    after: np.ndarray

    def has(self, back: int, kind: Word) -> np.ndarray:
        """Whether the word so many before the hit is of a kind."""
        return (self.rules.kinds[self.before[back]] & kind.value) != 0

    def loud(self, back: int) -> np.ndarray:
        """Whether that word stands in capitals among words that do not."""
        return self.has(back, Word.CAPITALS) & self.some_capitals


def token_valences(texts: pl.Series, rules: Rules) -> Hits:
    """Every lexicon word of the texts, made plain, with its valence after boosters,
    capitals, negations and `but`.
    """
    tokens = read_tokens(texts, rules)
    window = _window(tokens, rules)
    valence = _base_valence(window)
    phrases = _phrase_places(tokens, rules)
    for back in FADING:
        valence = _boosted(window, valence, back)
        if back == 3:
            _read_idioms(window, valence, phrases)
    valence = _last_rules(window, valence)
    _weigh_sides_of_but(window, valence)
    return Hits(
        n_tokens=tokens.size,
        emphasis=tokens.emphasis,
        passage=window.passage,
        place=window.place,
        capital=tokens.capital[window.hit],
        word=window.before[0] >> 1,
        valence=valence,
    )


def _window(tokens: Tokens, rules: Rules) -> _Window:
    kinds = rules.kinds[tokens.code]
    hit = np.flatnonzero(kinds & Word.HIT.value)
    passage = tokens.passage_of(hit)
    place = hit - tokens.first[passage]
    capitals = tokens.passage_of(np.flatnonzero(kinds & Word.CAPITALS.value))
    n_capitals = np.bincount(capitals, minlength=len(tokens.size))
    some_capitals = (n_capitals > 0) & (n_capitals < tokens.size)

    def codes(offset: int) -> np.ndarray:
        inside = (place + offset >= 0) & (place + offset < tokens.size[passage])
        return np.where(inside, tokens.code[np.where(inside, hit + offset, 0)], 0)

    return _Window(
        tokens=tokens,
        rules=rules,
        hit=hit,
        passage=passage,
        place=place,
        some_capitals=some_capitals[passage],
        before=(tokens.code[hit], codes(-1), codes(-2), codes(-3)),
        after=codes(1),
    )


def _phrase_places(tokens: Tokens, rules: Rules) -> np.ndarray:
    """The tokens that are the second word of a phrase with a rule of its own."""
    second = np.flatnonzero(rules.kinds[tokens.code] & Word.SECOND.value)
    first_word = (tokens.code[second - 1] >> 1).astype(np.int64)
    pair = first_word * len(rules.words) + (tokens.code[second] >> 1)
    return second[np.isin(pair, rules.pairs)]


def _louder(value: np.ndarray, sign: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Further from 0, on the side of `sign`, where a word stands in capitals."""
    step = np.where(sign > 0, reference.C_INCR, -reference.C_INCR)
    return np.where(where, value + step, value)


def _base_valence(window: _Window) -> np.ndarray:
    """The lexicon's valence; "no" before a lexicon word turns that word, and has none
    itself."""
    rules = window.rules
    base = rules.valence[window.before[0] >> 1]
    next_in_lexicon = rules.kinds[window.after] & Word.LEXICON.value != 0
    valence = np.where(window.has(0, Word.NO) & next_in_lexicon, 0.0, base)
    after_no = window.has(1, Word.NO) | window.has(2, Word.NO)
    after_no |= window.has(3, Word.NO) & window.has(1, Word.OR_NOR)
    valence = np.where(after_no, base * reference.N_SCALAR, valence)
    return _louder(valence, valence, window.loud(0))


def _boosted(window: _Window, valence: np.ndarray, back: int) -> np.ndarray:
    """The valence after a booster or a negation so many words before the hit."""
    boost = window.rules.boost[window.before[back] >> 1]
    step = np.where(valence < 0, boost * -1, boost)
    step = _louder(step, valence, (boost != 0) & window.loud(back))
    step = step * FADING[back]
    applies = (window.place >= back) & ~window.has(back, Word.LEXICON)
    factor = _negation_factor(window, back)
    return np.where(applies, (valence + step) * factor, valence)


def _negation_factor(window: _Window, back: int) -> np.ndarray:
    """What a negation so many words before multiplies the valence by."""
    has = window.has
    factor = np.where(has(back, Word.NEGATION), reference.N_SCALAR, 1.0)
    if back == 2:
        without_doubt = has(2, Word.WITHOUT) & has(1, Word.DOUBT)
        never_so = has(2, Word.NEVER) & has(1, Word.SO_THIS)
    elif back == 3:
        doubt = has(2, Word.DOUBT) | has(1, Word.DOUBT)
        without_doubt = has(3, Word.WITHOUT) & doubt
        never_so = has(3, Word.NEVER) & has(2, Word.SO_THIS) | has(1, Word.SO_THIS)
    else:
        return factor
    factor = np.where(without_doubt, 1.0, factor)
    return np.where(never_so, NEVER_SO, factor)


def _read_idioms(window: _Window, valence: np.ndarray, phrases: np.ndarray) -> None:
    """Leave hits near an idiom to VADER's own method, in place."""
    applies = (window.place >= 3) & ~window.has(3, Word.LEXICON)
    near = np.isin(window.hit + np.arange(-2, 2)[:, None], phrases).any(0)
    size = window.tokens.size[window.passage]
    for n in np.flatnonzero(applies & near).tolist():
        hit = window.hit[n]
        end = hit + min(3, size[n] - window.place[n])
        numbers = window.tokens.code[hit - 3 : end] >> 1
        words = [window.rules.words[number] for number in numbers.tolist()]
        check = window.rules.analyzer._special_idioms_check
        valence[n] = check(float(valence[n]), words, 3)


def _last_rules(window: _Window, valence: np.ndarray) -> np.ndarray:
    """ "kind of" is no kindness, and "least" turns what follows, but for "at least"."""
    kind = window.before[0] >> 1 == window.rules.numbers["kind"]
    of = window.after >> 1 == window.rules.numbers["of"]
    valence = np.where(kind & of, 0.0, valence)
    least = window.has(1, Word.LEAST) & ~window.has(1, Word.LEXICON)
    least &= ~window.has(2, Word.AT_VERY)
    return np.where(least, valence * reference.N_SCALAR, valence)


def _weigh_sides_of_but(window: _Window, valence: np.ndarray) -> None:
    """Weigh the hits before and after the first `but` of a passage, in place."""
    tokens, hit, passage = window.tokens, window.hit, window.passage
    buts = np.flatnonzero(window.rules.kinds[tokens.code] & Word.BUT.value)
    but_passage, once = np.unique(tokens.passage_of(buts), return_index=True)
    first_but = buts[once]
    low = np.searchsorted(passage, but_passage)
    high = np.searchsorted(passage, but_passage, side="right")
    before = np.searchsorted(hit, first_but)
    # More than `before` where `but` itself is in the lexicon.
    after = np.searchsorted(hit, first_but, side="right")
    spans = np.stack([low, before, after, high])[:, low < high]
    for start, middle, beyond, end in spans.T.tolist():
        values = valence[start:end].tolist()
        valence[start:end] = weigh_but(values, middle - start, beyond - start)


def weigh_but(values: list[float], before: int, after: int) -> list[float]:
    """What `SentimentIntensityAnalyzer._but_check` makes of the valences of a passage's
    lexicon words.

    It goes through the values in turn, and halves, or raises by half, not the value it
    is at but the first one that is equal to it: so equal values, or a value that
    becomes equal to a later one, are weighed twice. It is followed here with the places
    of each value kept in a heap, since the reference needs quadratic time on a long
    text.
    """
    places: dict[float, list[int]] = {}
    for n, value in enumerate(values):
        places.setdefault(value, []).append(n)
    for n in range(len(values)):
        value = values[n]
        same = places[value]
        while values[same[0]] != value:
            heappop(same)
        first = same[0]
        weight = 1.0
        if first < before:
            weight = BUT_BEFORE
        elif first >= after:
            weight = BUT_AFTER
        values[first] = value * weight
        if value and weight != 1:
            heappush(places.setdefault(values[first], []), first)
    return values


def totals(hits: Hits) -> tuple[np.ndarray, np.ndarray]:
    """Per passage the sum S of all valences, emphasis included, and the emphasis in it:
    compound is S / sqrt(S² + 15).
    """
    n = len(hits.n_tokens)
    total = np.bincount(hits.passage, hits.valence, n)
    # Whether rounding leaves a sum at nothing decides if emphasis counts; Python 3.12
    # and later add up more exactly.
    n_hits = np.bincount(hits.passage, minlength=n)
    near_nothing = (n_hits > 2) & (hits.emphasis != 0) & (np.abs(total) < 1e-9)
    for passage in np.flatnonzero(near_nothing).tolist():
        low, high = np.searchsorted(hits.passage, [passage, passage + 1])
        total[passage] = sum(hits.valence[low:high].tolist())
    emphasis = np.sign(total) * hits.emphasis
    return total + emphasis, emphasis


def scores(hits: Hits) -> dict[str, np.ndarray]:
    """neg, neu, pos and compound of each passage, as
    `SentimentIntensityAnalyzer.score_valence` has them.
    """
    n = len(hits.n_tokens)
    total, _ = totals(hits)
    compound = total / np.sqrt(total * total + NORMAL)
    up, down = hits.valence > 0, hits.valence < 0
    positive = np.bincount(hits.passage[up], hits.valence[up] + 1, n)
    negative = np.bincount(hits.passage[down], hits.valence[down] - 1, n)
    neutral = hits.n_tokens - np.bincount(hits.passage[up | down], minlength=n)
    # Emphasis goes to the stronger side.
    more_positive, more_negative = positive > -negative, positive < -negative
    positive = positive + np.where(more_positive, hits.emphasis, 0)
    negative = negative - np.where(more_negative, hits.emphasis, 0)
    whole = positive - negative + neutral
    whole = np.where(whole > 0, whole, 1)
    return {
        "neg": round_half_even(-negative / whole, 3),
        "neu": round_half_even(neutral / whole, 3),
        "pos": round_half_even(positive / whole, 3),
        "compound": round_half_even(compound, 4),
    }


def round_half_even(values: np.ndarray, digits: int) -> np.ndarray:
    """Rounded as Python does it, which reads a tie off the exact binary value."""
    shifted = values * 10**digits
    rounded = np.rint(shifted) / 10**digits
    tie = np.abs(np.abs(shifted - np.floor(shifted)) - 0.5) < 1e-6
    for n in np.flatnonzero(tie).tolist():
        rounded[n] = round(float(values[n]), digits)
    return rounded + 0.0  # -0.0 is 0.0
