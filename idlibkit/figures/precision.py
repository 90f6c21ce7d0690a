"""How exactly a figure is printed: $2.4 million holds $2,437,112. English only."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import number_words
from .patterns import either

__all__ = ["half_of_last_digit", "is_vague"]


# The last number of an expression, its decimals and its scale: "2.4", "million".
@cache
def _number() -> re.Pattern[str]:
    scales = either(number_words().scales)
    return re.compile(rf"(?i)\d[\d,]*(?:\.(\d+))?(?: ?({scales})\b)?")


# Of shares in words ("a third") the point to either side that news rounds by.
SHARE_IN_WORDS = 1.0
# Half of a digit, less a little: 41 and 42 per cent leave no room for one number.
HALF = 0.4999
# Noughts that end a measure are no digits of it but for the first two: 1,000 hectares
# are 950 to 1,050, which are 2,500 acres.
SURE_DIGITS = 2


def half_of_last_digit(text: str, kind: str) -> float:
    """How far the number meant may lie from the one printed, in the printed unit.

    Counts and sums are rounded where a scale is written ("2.4 million"); measures and
    shares always ("10 miles", "three weeks", "33 per cent"), and measures that end in
    noughts to their second digit at most ("2,500 acres").

    Examples
    --------
    >>> round(half_of_last_digit("$2.4 million", "money"))
    49990
    >>> half_of_last_digit("12", "count"), half_of_last_digit("10 miles", "measure")
    (0.0, 0.4999)
    >>> half_of_last_digit("2,500 acres", "measure")
    49.99
    """
    numbers = list(_number().finditer(text))
    if not numbers:
        return {"percent": SHARE_IN_WORDS, "measure": HALF}.get(kind, 0.0)
    decimals, scale = numbers[-1][1] or "", numbers[-1][2]
    if not scale and kind not in ("measure", "percent"):
        return 0.0
    if kind == "measure" and not decimals and not scale:
        return HALF * 10 ** _noughts(re.sub(r"\D", "", numbers[-1][0]))
    times = number_words().scales[scale.lower()] if scale else 1
    return float(HALF * 10 ** -len(decimals) * times)


def _noughts(digits: str) -> int:
    """How many noughts end a number that may be there for its size alone."""
    ending = len(digits) - len(digits.rstrip("0"))
    return max(0, min(ending, len(digits) - SURE_DIGITS))


def is_vague(text: str) -> bool:
    """Whether words name a number that is none: "dozens", "billions of dollars"."""
    lex = number_words()
    words = text.lower().split(" ")
    return not re.search(r"\d", text) and any(
        word in lex.vague or word in lex.vague_times for word in words
    )
