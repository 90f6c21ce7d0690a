"""The VADER rules as array operations over all tokens of many passages at once.

What a rule of VADER does to a word depends on the word and on the three words before it. So tokens become codes, lexicon
words are found by one look-up, and the rules run over these hits only, looking back by index. The numbers and word lists
are read from vaderSentiment itself, and its idioms are left to its own method.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from vaderSentiment import vaderSentiment as reference

from ..text import PLAIN

if TYPE_CHECKING:
    import polars as pl

__all__ = []


# What the rules ask of a word, one bit each; words of one bit are never told apart.
(
    LEXICON,
    HIT,
    NEGATION,
    NO,
    OR_NOR,
    NEVER,
    SO_THIS,
    WITHOUT,
    DOUBT,
    LEAST,
    AT_VERY,
    BUT,
    SECOND,
    UPPER,
) = (1 << bit for bit in range(14))
_BITS = {
    NEGATION: reference.NEGATE,
    NO: ["no"],
    OR_NOR: ["or", "nor"],
    NEVER: ["never"],
    SO_THIS: ["so", "this"],
    WITHOUT: ["without"],
    DOUBT: ["doubt"],
    LEAST: ["least"],
    AT_VERY: ["at", "very"],
    BUT: ["but"],
}
# Phrases with a rule of their own are looked for by their first two words.
_PHRASES = [
    key.split()
    for key in [*reference.SPECIAL_CASES, *reference.BOOSTER_DICT]
    if " " in key
]
_SPACES = [chr(n) for n in range(0x3001) if chr(n).isspace()]


class Hits(NamedTuple):
    """The lexicon words of some passages, in order: their passage, place in `Rules.words`, and valence after all rules."""

    n_tokens: np.ndarray  # per passage, as is emphasis: what its ! and ? add
    emphasis: np.ndarray
    passage: np.ndarray  # per hit, as are word and valence
    word: np.ndarray
    valence: np.ndarray


@dataclass(frozen=True)
class Rules:
    """A lexicon and the words that rules speak of, as tables over word ids; 0 is any other word, 1 any other in n't."""

    analyzer: reference.SentimentIntensityAnalyzer
    words: list[str]
    ids: dict[str, int]
    keys: pa.Array
    valence: np.ndarray
    boost: np.ndarray
    flags: np.ndarray  # by twice the id, plus one for a word in capitals
    pairs: np.ndarray
    readable: dict[str, str]


@cache
def _analyzer() -> reference.SentimentIntensityAnalyzer:
    return reference.SentimentIntensityAnalyzer()


def make_rules(lexicon: Mapping[str, float] | None = None) -> Rules:
    """The tables for VADER's own lexicon, or for another one under the same rules."""
    analyzer = copy(_analyzer())
    if lexicon is not None:
        analyzer.lexicon = dict(lexicon)
    special = [
        word
        for words in [*_BITS.values(), *_PHRASES, reference.BOOSTER_DICT]
        for word in words
    ]
    words = ["", "", *dict.fromkeys([*analyzer.lexicon, *special])]
    ids = {word: n for n, word in enumerate(words) if n > 1}
    flags = np.zeros(len(words), np.int32)
    flags[1] = NEGATION
    flags[[ids[word] for word in analyzer.lexicon]] = LEXICON | HIT
    flags[[ids[word] for word in reference.BOOSTER_DICT]] &= ~HIT
    for bit, members in _BITS.items():
        flags[[ids[word] for word in members]] |= bit
    flags[[n for word, n in ids.items() if "n't" in word]] |= NEGATION
    pairs = np.array([[ids[word] for word in phrase[:2]] for phrase in _PHRASES])
    flags[pairs[:, 1]] |= SECOND
    flags = np.repeat(flags, 2)
    flags[1::2] |= UPPER
    # VADER reads an emoji as its description, with a space before it, and splits at any white space.
    readable = {
        emoji: " " + description
        for emoji, description in analyzer.emojis.items()
        if len(emoji) == 1
    }
    readable |= dict.fromkeys([space for space in _SPACES if not space.isascii()], " ")
    return Rules(
        analyzer=analyzer,
        words=words,
        ids=ids,
        keys=pa.array(words[2:], pa.large_string()),
        valence=np.array([analyzer.lexicon.get(word, 0) for word in words], float),
        boost=np.array([reference.BOOSTER_DICT.get(word, 0) for word in words], float),
        flags=flags,
        pairs=pairs[:, 0] * len(words) + pairs[:, 1],
        readable=readable | PLAIN,
    )


def token_valences(texts: pl.Series, rules: Rules) -> Hits:
    """Every lexicon word of the texts, made plain, with its valence after boosters, capitals, negations and `but`."""
    first, n_tokens, code, emphasis = _tokens(_readable(texts, rules), rules)
    flags = rules.flags[code]
    n_upper = np.bincount(
        _passage(first, np.flatnonzero(flags & UPPER)), minlength=len(texts)
    )
    some_capitals = (n_upper > 0) & (n_upper < n_tokens)

    second = np.flatnonzero(flags & SECOND)
    pair = (code[second - 1] >> 1).astype(np.int64) * len(rules.words) + (
        code[second] >> 1
    )
    phrase = second[np.isin(pair, rules.pairs)]

    hit = np.flatnonzero(flags & HIT)
    passage = _passage(first, hit)
    valence = _valences(
        code,
        hit,
        hit - first[passage],
        n_tokens[passage],
        some_capitals[passage],
        phrase,
        rules,
    )
    _but(valence, hit, passage, np.flatnonzero(flags & BUT), first)
    return Hits(n_tokens, emphasis, passage, code[hit] >> 1, valence)


def _readable(texts: pl.Series, rules: Rules) -> pa.Array:
    """The texts as `text.plain` has them, with emoji spelled out and all white space plain."""
    other = (texts.str.len_bytes() != texts.str.len_chars()).arg_true()
    if len(other):
        read = texts.gather(other).str.replace_many(
            list(rules.readable), list(rules.readable.values())
        )
        texts = texts.scatter(other, read)
    return texts.to_arrow()


def _passage(first: np.ndarray, token: np.ndarray) -> np.ndarray:
    """The passage of each token; `first` is the first token of each passage."""
    return np.searchsorted(first, token, side="right") - 1


def _tokens(
    array: pa.Array, rules: Rules
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """For each passage its first token, its number of tokens and its emphasis; for each token its code."""
    _, offsets, data = array.buffers()
    offsets = np.frombuffer(offsets, np.int64)[: len(array) + 1]
    data = np.frombuffer(data or b"", np.uint8)[: offsets[-1]]
    word = (
        (data > 32) | (data < 9) | ((data > 13) & (data < 28))
    )  # else white space, as str.split has it
    begins = word.copy()
    begins[1:] &= ~word[:-1]
    places = offsets[offsets < len(data)]
    begins[places] = word[places]
    starts = np.flatnonzero(begins)
    first = np.searchsorted(starts, offsets)

    # A token with the space behind it: so the tokens lie end to end, and none has to be copied.
    ends = np.append(starts, len(data))
    tokens = pa.LargeStringArray.from_buffers(
        len(starts), pa.py_buffer(ends), array.buffers()[2] or pa.py_buffer(b"")
    )
    encoded = tokens.dictionary_encode()
    code = _codes(encoded.dictionary, rules)[encoded.indices.to_numpy()]

    amplify = rules.analyzer
    per_mark = [
        (ord("!"), [amplify._amplify_ep("!" * n) for n in range(5)]),
        (ord("?"), [amplify._amplify_qm("?" * n) for n in range(5)]),
    ]
    emphasis = np.zeros(len(array))
    for mark, amounts in per_mark:
        counts = np.bincount(
            _passage(offsets[:-1], np.flatnonzero(data == mark)), minlength=len(array)
        )
        emphasis = emphasis + np.array(amounts)[np.minimum(counts, 4)]
    return first[:-1], np.diff(first), code, emphasis


def _codes(tokens: pa.Array, rules: Rules) -> np.ndarray:
    """Twice the word id of each token, plus one where it is in capitals: as VADER strips, lowers and looks them up."""
    tokens = pc.ascii_trim(
        tokens, characters="".join(space for space in _SPACES if space.isascii())
    )
    bare = pc.ascii_trim(tokens, characters=string.punctuation)
    items = pc.if_else(pc.less_equal(pc.binary_length(bare), 2), tokens, bare)
    lower = pc.ascii_lower(items)
    found = pc.fill_null(pc.index_in(lower, value_set=rules.keys), -2).to_numpy() + 2
    found[
        (found == 0) & pc.match_substring(lower, "n't").to_numpy(zero_copy_only=False)
    ] = 1
    code = 2 * found + pc.ascii_is_upper(items).to_numpy(zero_copy_only=False)
    # Letters beyond ASCII have a length and a case that only Python knows as VADER does.
    other = np.flatnonzero(~pc.string_is_ascii(tokens).to_numpy(zero_copy_only=False))
    for n, token in zip(other.tolist(), tokens.take(other).to_pylist(), strict=True):
        item = reference.SentiText._strip_punc_if_word(token)
        word = item.lower()
        code[n] = 2 * rules.ids.get(word, int("n't" in word)) + item.isupper()
    return code


def _valences(
    code, hit, place, n_tokens, some_capitals, phrase, rules: Rules
) -> np.ndarray:
    """The valence of each hit as `SentimentIntensityAnalyzer.sentiment_valence` has it, rule by rule in its order."""

    def at(offset: int) -> np.ndarray:
        """Codes of the words that stand `offset` from the hits; 0 outside the passage."""
        inside = (place + offset >= 0) & (place + offset < n_tokens)
        return np.where(inside, code[np.where(inside, hit + offset, 0)], 0)

    words = [code[hit], at(-1), at(-2), at(-3)]
    flags = [rules.flags[word] for word in words]

    def is_(back: int, bit: int) -> np.ndarray:
        return (flags[back] & bit) != 0

    base = rules.valence[words[0] >> 1]
    valence = np.where(is_(0, NO) & (rules.flags[at(1)] & LEXICON != 0), 0.0, base)
    after_no = is_(1, NO) | is_(2, NO) | (is_(3, NO) & is_(1, OR_NOR))
    valence = np.where(after_no, base * reference.N_SCALAR, valence)
    capitals = is_(0, UPPER) & some_capitals
    valence = np.where(
        capitals,
        valence + np.where(valence > 0, reference.C_INCR, -reference.C_INCR),
        valence,
    )

    for back in (1, 2, 3):
        step = rules.boost[words[back] >> 1]
        boosts = step != 0
        step = np.where(valence < 0, step * -1, step)
        capitals = boosts & is_(back, UPPER) & some_capitals
        step = np.where(
            capitals,
            step + np.where(valence > 0, reference.C_INCR, -reference.C_INCR),
            step,
        )
        step = step * {1: 1, 2: 0.95, 3: 0.9}[back]
        factor = np.where(is_(back, NEGATION), reference.N_SCALAR, 1.0)
        if back == 2:
            factor = np.where(is_(2, WITHOUT) & is_(1, DOUBT), 1.0, factor)
            factor = np.where(is_(2, NEVER) & is_(1, SO_THIS), 1.25, factor)
        if back == 3:
            factor = np.where(
                is_(3, WITHOUT) & (is_(2, DOUBT) | is_(1, DOUBT)), 1.0, factor
            )
            factor = np.where(
                (is_(3, NEVER) & is_(2, SO_THIS)) | is_(1, SO_THIS), 1.25, factor
            )
        applies = (place >= back) & ~is_(back, LEXICON)
        valence = np.where(applies, (valence + step) * factor, valence)

        if back == 3:
            near = np.isin(hit + np.arange(-2, 2)[:, None], phrase).any(0)
            for n in np.flatnonzero(applies & near).tolist():
                window = code[hit[n] - 3 : hit[n] + min(3, n_tokens[n] - place[n])] >> 1
                window = [rules.words[word] for word in window.tolist()]
                valence[n] = rules.analyzer._special_idioms_check(
                    float(valence[n]), window, 3
                )

    kind_of = (words[0] >> 1 == rules.ids["kind"]) & (at(1) >> 1 == rules.ids["of"])
    valence = np.where(kind_of, 0.0, valence)
    least = is_(1, LEAST) & ~is_(1, LEXICON) & ~is_(2, AT_VERY)
    return np.where(least, valence * reference.N_SCALAR, valence)


def _but(valence, hit, passage, buts, first) -> None:
    """Weigh the hits before and after the first `but` of a passage, in place."""
    of = _passage(first, buts)
    _, once = np.unique(of, return_index=True)
    begin, end = (
        np.searchsorted(passage, of[once]),
        np.searchsorted(passage, of[once], side="right"),
    )
    before = np.searchsorted(hit, buts[once])
    after = np.searchsorted(
        hit, buts[once], side="right"
    )  # more than `before` where `but` itself is in the lexicon
    with_hits = begin < end
    spans = np.stack([begin, before, after, end])[:, with_hits].T.tolist()
    for low, middle, beyond, high in spans:
        valence[low:high] = _weigh_but(
            valence[low:high].tolist(), middle - low, beyond - low
        )


def _weigh_but(values: list[float], before: int, after: int) -> list[float]:
    """What `SentimentIntensityAnalyzer._but_check` makes of the valences of a passage's lexicon words.

    It goes through the values in turn, and halves, or raises by half, not the value it is at but the first one that is
    equal to it: so equal values, or a value that becomes equal to a later one, are weighed twice. It is followed here with
    the places of each value kept in a heap, since the reference needs quadratic time on a long text.
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
        weight = 0.5 if first < before else 1.5 if first >= after else 1.0
        values[first] = value * weight
        if value and weight != 1:
            heappush(places.setdefault(values[first], []), first)
    return values


def totals(found: Hits) -> tuple[np.ndarray, np.ndarray]:
    """Per passage the sum S of all valences, emphasis included, and the emphasis in it: compound is S / sqrt(S² + 15)."""
    n = len(found.n_tokens)
    total = np.bincount(found.passage, found.valence, n)
    # Whether rounding leaves a sum at nothing decides if emphasis counts; Python 3.12 and later add up more exactly.
    n_hits = np.bincount(found.passage, minlength=n)
    for p in np.flatnonzero(
        (n_hits > 2) & (found.emphasis != 0) & (np.abs(total) < 1e-9)
    ).tolist():
        total[p] = sum(
            found.valence[slice(*np.searchsorted(found.passage, [p, p + 1]))].tolist()
        )
    emphasis = np.sign(total) * found.emphasis
    return total + emphasis, emphasis


def scores(found: Hits) -> dict[str, np.ndarray]:
    """neg, neu, pos and compound of each passage, as `SentimentIntensityAnalyzer.score_valence` has them."""
    n = len(found.n_tokens)
    total, _ = totals(found)
    compound = total / np.sqrt(total * total + 15)
    up, down = found.valence > 0, found.valence < 0
    pos = np.bincount(found.passage[up], found.valence[up] + 1, n)
    neg = np.bincount(found.passage[down], found.valence[down] - 1, n)
    neu = found.n_tokens - np.bincount(found.passage[up | down], minlength=n)
    pos, neg = (
        pos + np.where(pos > -neg, found.emphasis, 0),
        neg - np.where(pos < -neg, found.emphasis, 0),
    )
    whole = pos - neg + neu
    whole = np.where(whole > 0, whole, 1)
    return {
        "neg": _round(-neg / whole, 3),
        "neu": _round(neu / whole, 3),
        "pos": _round(pos / whole, 3),
        "compound": _round(compound, 4),
    }


def _round(values: np.ndarray, digits: int) -> np.ndarray:
    """Rounded as Python does it, which reads a tie off the exact binary value."""
    shifted = values * 10**digits
    rounded = np.rint(shifted) / 10**digits
    for n in np.flatnonzero(
        np.abs(np.abs(shifted - np.floor(shifted)) - 0.5) < 1e-6
    ).tolist():
        rounded[n] = round(float(values[n]), digits)
    return rounded + 0.0  # -0.0 is 0.0
