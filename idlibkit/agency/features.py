"""What the parser sees of a word: itself, its ends, its first letters, its shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from zlib import crc32

__all__ = ["TABLE_SIZES", "normal", "word_features"]

# Sizes of the tables into which the last three letters, the last two, the first three
# and the shape of a word are hashed.
TABLE_SIZES = (2000, 600, 1500, 150)
UNKNOWN = 1
STRAIGHT = str.maketrans("’‘“”", "''\"\"")
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_]")
RUN = re.compile(r"(.)\1{2,}")


def normal(word: str) -> str:
    """A word in small letters, its digits as 0, its marks straight."""
    return DIGIT.sub("0", word.lower().translate(STRAIGHT))


@lru_cache(maxsize=1 << 16)
def _form_features(word: str) -> tuple[int, ...]:
    form = normal(word)
    seen = f"s{form[-3:]}", f"t{form[-2:]}", f"p{form[:3]}", _shape(word)
    return tuple(
        crc32(part.encode()) % size
        for part, size in zip(seen, TABLE_SIZES, strict=True)
    )


def _shape(word: str) -> str:
    """Aleppo: Xxx, 1,000: 0,00."""
    letters = LETTER.sub(lambda match: "X" if match[0].isupper() else "x", word)
    return RUN.sub(r"\1\1", DIGIT.sub("0", letters))[:6]


def word_features(word: str, known: Mapping[str, int]) -> tuple[int, ...]:
    """The word's number among those known, and its place in each table."""
    return (known.get(normal(word), UNKNOWN), *_form_features(word))
