"""What stands beside a source and says nothing that is reported: why it is not named,
and the comma of a Jr.
"""

from __future__ import annotations

import re

import numpy as np

from .word_classes import Code, among, is_code, letters, pattern
from .word_lists import Listed

__all__ = ["are_asides"]

_REACH = 16  # tokens from `who` to `named`
_LENGTH = 45  # tokens of the whole
_EDGES = letters("STOP EXCLAIMED QUOTE LINE_END SEMICOLON COLON")
# The verb of the sentence: `who asked not to be named because he feared for his job |
# told`
_MAIN_VERB = pattern("(?<! [PRONOUN DETERMINER AUXILIARY ADVERB TO WHO]) SAID")
_END = re.compile(f"[{re.escape(_EDGES)}]")


def are_asides(codes: np.ndarray, lists: np.ndarray) -> np.ndarray:
    """Which tokens are no part of the sentence around them.

    `A nurse | who asked not to be named | said`, `a banker, | speaking on condition of
    anonymity, | said`, `Bo Lind | , | Jr. | , | said`.
    """
    out = np.zeros(len(codes), bool)
    withheld = (lists & Listed.WITHHELD) > 0
    places = np.flatnonzero((lists & Listed.UNNAMED) > 0)
    s = codes.tobytes().decode("latin-1") if len(places) else ""
    for at in places.tolist():
        opening = _opening(s, at, withheld)
        if opening and withheld[opening : at + 1].any():
            paused = s[opening - 1] == Code.COMMA
            end = _end(s, at + 1, paused)
            # `officials in Arden, Ohio, speaking on condition of anonymity, said`
            closed = paused and s[opening - 3 : opening - 1] == Code.COMMA + Code.NAME
            out[opening - paused : end - (closed and s[end - 1] == Code.COMMA)] = True
    return out | _commas_of_suffixes(codes, lists)


def _opening(s: str, at: int, withheld: np.ndarray) -> int:
    """Where the clause begins: with a `who` of its source, or with `, asking`; 0 for
    nowhere."""
    for place in range(at, max(0, at - _REACH), -1):
        code, before = s[place], s[place - 1]
        if code in _EDGES:
            return 0
        if code == Code.WHO and before in letters("NOUN NAME COMMA"):
            return place
        participle = code in letters("ING SAYING") and before == Code.COMMA
        if participle and withheld[place]:
            return place
    return 0


def _end(s: str, at: int, paused: bool) -> int:
    """Where the clause ends: with its second comma; or at the sentence's verb, or with
    the sentence."""
    limit = at + _LENGTH
    edge = _END.search(s, at, limit)
    end = edge.start() if edge else min(limit, len(s))
    comma = s.find(Code.COMMA, at, end)
    if paused and s[at : at + 1] != Code.SAID:
        if s[comma + 1 : comma + 3] == Code.NAME + Code.COMMA and comma >= 0:
            comma += 2  # `only by his first name, Adil,`
        return comma + 1 if comma >= 0 else end
    verb = _MAIN_VERB.search(s, at, comma if comma >= 0 else end)
    if verb:
        return verb.start()
    return comma if comma >= 0 else end


def _commas_of_suffixes(codes: np.ndarray, lists: np.ndarray) -> np.ndarray:
    """The commas around a Jr. behind a name."""
    out = np.zeros(len(codes), bool)
    suffix = np.flatnonzero((lists & Listed.SUFFIX) > 0)
    suffix = suffix[(suffix > 1) & (suffix < len(codes) - 1)]
    paused = is_code(codes[suffix - 1], Code.COMMA)
    suffix = suffix[paused & among(codes[suffix - 2], "NAME")]
    out[suffix - 1] = True
    closed = suffix[is_code(codes[suffix + 1], Code.COMMA)]
    closed = closed[closed < len(codes) - 2]
    # `Bo Lind, Jr., said`, but `Bo Lind, Jr., a farmer, said`
    out[closed + 1] = among(codes[closed + 2], "SAID SAY AUXILIARY BE PAST ADVERB")
    return out
