"""The tokens of many passages as VADER splits them, in arrays."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from vaderSentiment import vaderSentiment as reference

from .lexicon import ANY_NEGATION, SPACES, Rules

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Tokens", "read_tokens", "readable_texts"]

ASCII_SPACES = "".join(space for space in SPACES if space.isascii())
MOST_MARKS = 4  # VADER counts no more exclamation or question marks of a passage


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some passages, end to end.

    `first` (passages,) is the first token of each passage, `size` (passages,) how many
    it has, `emphasis` (passages,) what its ! and ? add; `code` (tokens,) is as in
    `Rules`, `capital` (tokens,) whether the word has a capital before small letters.
    """

    first: np.ndarray
    size: np.ndarray
    emphasis: np.ndarray
    code: np.ndarray
    capital: np.ndarray

    def passage_of(self, token: np.ndarray) -> np.ndarray:
        """The passage of each token."""
        return np.searchsorted(self.first, token, side="right") - 1


def read_tokens(texts: pl.Series, rules: Rules) -> Tokens:
    """Split and look up the words of the texts, made plain."""
    array = readable_texts(texts, rules)
    _, offsets, data = array.buffers()
    offsets = np.frombuffer(offsets, np.int64)[: len(array) + 1]
    data = np.frombuffer(data or b"", np.uint8)[: offsets[-1]]
    starts = _token_starts(data, offsets)
    first = np.searchsorted(starts, offsets)

    # A token with the space behind it: so the tokens lie end to end, and none has to be
    # copied.
    ends = np.append(starts, len(data))
    tokens = pa.LargeStringArray.from_buffers(
        len(starts), pa.py_buffer(ends), array.buffers()[2] or pa.py_buffer(b"")
    )
    encoded = tokens.dictionary_encode()
    distinct, index = encoded.dictionary, encoded.indices.to_numpy()
    return Tokens(
        first=first[:-1],
        size=np.diff(first),
        emphasis=_emphasis(data, offsets, rules),
        code=_codes(distinct, rules)[index],
        capital=_has_capital(distinct)[index],
    )


def _has_capital(tokens: pa.Array) -> np.ndarray:
    """Whether each distinct token is written as a name is: "Hope", not "HOPE"."""
    bare = pc.ascii_trim(tokens, characters=ASCII_SPACES + string.punctuation)
    first = pc.utf8_is_upper(pc.utf8_slice_codeunits(bare, 0, 1))
    capitals = pc.and_(pc.utf8_is_upper(bare), pc.greater(pc.utf8_length(bare), 1))
    return pc.and_not(first, capitals).to_numpy(zero_copy_only=False)


def readable_texts(texts: pl.Series, rules: Rules) -> pa.Array:
    """The texts as `text.plain` has them, with emoji spelled out and all white space
    plain.
    """
    beyond_ascii = (texts.str.len_bytes() != texts.str.len_chars()).arg_true()
    if len(beyond_ascii):
        characters, read = list(rules.readable), list(rules.readable.values())
        spelled = texts.gather(beyond_ascii).str.replace_many(characters, read)
        texts = texts.scatter(beyond_ascii, spelled)
    return texts.to_arrow()


def _token_starts(data: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """The bytes at which a token begins: after white space, as str.split has it, and at
    the first byte of each text.
    """
    in_word = (data > 32) | (data < 9) | ((data > 13) & (data < 28))
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    opening = offsets[offsets < len(data)]
    begins[opening] = in_word[opening]
    return np.flatnonzero(begins)


def _emphasis(data: np.ndarray, offsets: np.ndarray, rules: Rules) -> np.ndarray:
    """What the ! and ? of each text add."""
    counts = range(MOST_MARKS + 1)
    amounts_by_mark = [
        ("!", [rules.analyzer._amplify_ep("!" * count) for count in counts]),
        ("?", [rules.analyzer._amplify_qm("?" * count) for count in counts]),
    ]
    n_texts = len(offsets) - 1
    emphasis = np.zeros(n_texts)
    for mark, amounts in amounts_by_mark:
        places = np.flatnonzero(data == ord(mark))
        text = np.searchsorted(offsets[:-1], places, side="right") - 1
        times = np.bincount(text, minlength=n_texts)
        emphasis = emphasis + np.array(amounts)[np.minimum(times, MOST_MARKS)]
    return emphasis


def _codes(tokens: pa.Array, rules: Rules) -> np.ndarray:
    """The code of each distinct token, as VADER strips, lowers and looks them up."""
    tokens = pc.ascii_trim(tokens, characters=ASCII_SPACES)
    bare = pc.ascii_trim(tokens, characters=string.punctuation)
    # What is but punctuation and two letters may be an emoticon.
    words = pc.if_else(pc.less_equal(pc.binary_length(bare), 2), tokens, bare)
    lower = pc.ascii_lower(words)
    places = pc.fill_null(pc.index_in(lower, value_set=rules.keys), -2)
    number = places.to_numpy() + 2
    negated = pc.match_substring(lower, "n't").to_numpy(zero_copy_only=False)
    number[(number == 0) & negated] = ANY_NEGATION
    code = 2 * number + pc.ascii_is_upper(words).to_numpy(zero_copy_only=False)
    # Letters beyond ASCII have a length and a case that only Python knows as VADER
    # does.
    ascii_ = pc.string_is_ascii(tokens).to_numpy(zero_copy_only=False)
    others = np.flatnonzero(~ascii_)
    for n, token in zip(others.tolist(), tokens.take(others).to_pylist(), strict=True):
        word = reference.SentiText._strip_punc_if_word(token)
        lower_word = word.lower()
        other = ANY_NEGATION if "n't" in lower_word else 0
        code[n] = 2 * rules.numbers.get(lower_word, other) + word.isupper()
    return code
