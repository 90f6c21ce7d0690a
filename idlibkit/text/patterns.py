"""One search pattern for many words or phrases, and the folded text it is searched
in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from .words import fold, fold_with_places

__all__ = ["ANY", "searchable", "word_key", "words_pattern"]


# Between the words of a label: a space or a hyphen, and a quote mark that sets off a
# part of it.
GAP = r"""["']?[\s-]\s?["']?"""
# al-Sisi, el-Sisi: an article that belongs to the name, unlike pro- or anti-.
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
ANY = "\0"


def searchable(text: str) -> tuple[str, np.ndarray | None]:
    """The folded text and the places in `text` of its characters; None where they are
    the same (nearly always).
    """
    if text.isascii():
        return text.lower(), None
    if all(_folds_to_one(c) for c in set(NOT_ASCII.findall(text))):
        return NOT_ASCII.sub(lambda match: _folded(match.group()), text).lower(), None
    return fold_with_places(text)


@lru_cache(maxsize=1 << 16)
def _folds_to_one(character: str) -> bool:
    folded = _folded(character)
    return (
        len(folded) == 1
        and folded == folded.lower()
        and not unicodedata.category(character).startswith("M")
    )


_folded = lru_cache(maxsize=1 << 16)(fold)


def words_pattern(words: Iterable[str]) -> str:
    """A pattern for many folded words or phrases, the longest first, up to a word's
    end; `ANY` stands for any ending.

    Common beginnings are written once, so that the time does not grow with the number
    of words and no text makes it go back further than the longest of them.
    """
    root: dict = {}
    for word in sorted(words):
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}

    def written(node: dict) -> str:
        ways = [
            (GAP if c == " " else re.escape(c)) + written(node[c])
            for c in node
            if c not in ("", ANY)
        ]
        ways += [r"\w*"] * (ANY in node)
        if not ways:
            return ""
        if "" in node:
            return "(?:" + "|".join(ways) + ")?"
        return ways[0] if len(ways) == 1 else "(?:" + "|".join(ways) + ")"

    return rf"(?:{written(root) or '(?!)'})(?!\w)"


def word_key(text: str) -> str:
    """The form under which a folded label or match is looked up: hyphens and what
    stands in a gap are one space.
    """
    return re.sub(GAP, " ", text)
