"""The classes of words that sentences are read by, and patterns over them.

A sentence is written with one letter for each word and mark, so that the grammar of an
attribution is a handful of short patterns: `James Jeffrey, the U.S. envoy, said that
the attack was wrong` is ``NN,DNn,CtDnzn``. `Code` says what each letter means; nothing
else in the package writes the letters, patterns are written with the names.

>>> reported = pattern("(DETERMINER? NAME+) SAID THAT")
>>> reported.match("NNCtDnzn").span(1)
(0, 2)
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

import numpy as np

__all__ = ["Code", "among", "is_code", "letters", "pattern"]


class Code(StrEnum):
    """What a token is, by the letter that stands for it."""

    # Words of closed classes, listed in lexicons/grammar.toml.
    PRONOUN = "P"  # he, they, everyone
    OBJECT = "o"  # him, them: never the subject
    DETERMINER = "D"  # the, his, many, two
    PREPOSITION = "p"  # of, in, after, without
    THAT = "t"
    TO = "T"
    AND = "&"  # and, or, nor
    BUT = "b"  # opens a clause: but, while, because, where
    WHO = "h"  # who, which, what, how, whether
    BE = "z"  # is, was, been
    AUXILIARY = "x"  # has, will, could, didn't
    ADVERB = "A"  # also, later, not, and words in -ly
    TIME = "W"  # Monday, week, yesterday, January
    ACCORDING = "R"
    # Reporting verbs, of lexicons/reporting_verbs.csv.
    SAID = "C"  # finite: says, said, told
    SAY = "B"  # base form, which may be a noun: say, claim, report
    SAYING = "G"
    # All other words, by their look.
    NAME = "N"  # begins with a capital
    NOUN = "n"  # noun, adjective, or a verb that no list holds
    NUMBER = "#"  # 1,000, $5
    PAST = "e"  # past tense or participle: closed, elected
    ING = "g"  # driving
    # A whole quotation, and marks.
    QUOTE = "Q"
    COMMA = ","
    COLON = ":"
    SEMICOLON = ";"
    STOP = "."  # ends a sentence: . ! ? …
    EXCLAIMED = "!"  # a quotation before it ends in ! or ?
    DASH = "-"
    OPENING = "("
    CLOSING = ")"
    LINE_END = "\n"
    EDGE = "|"  # stands between two sentences


_NAME = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)*")
_NAME_OR_SPACE = re.compile(rf"{_NAME.pattern}|\s+")


@lru_cache
def letters(names: str) -> str:
    """The letters of classes by their names.

    >>> letters("NAME NOUN NUMBER")
    'Nn#'
    """
    return "".join(Code[name] for name in names.split())


def pattern(source: str) -> re.Pattern[str]:
    """A regular expression over codes: names of classes stand for their letters, spaces
    for nothing, and ``[NAME NOUN]`` is either of two.

    >>> pattern("DETERMINER? [NAME NOUN]+ ADVERB*").pattern
    'D?[Nn]+A*'
    """

    def letter(match: re.Match[str]) -> str:
        return "" if match[0].isspace() else re.escape(Code[match[0]])

    return re.compile(_NAME_OR_SPACE.sub(letter, source))


def is_code(codes: np.ndarray, code: Code) -> np.ndarray:
    """Whether each of an array of codes is this one."""
    return codes == ord(code)


def among(codes: np.ndarray, names: str) -> np.ndarray:
    """Whether each of an array of codes is of one of these classes, by their names."""
    return _members(names).take(codes)  # twice as fast as to index


@lru_cache
def _members(names: str) -> np.ndarray:
    members = np.zeros(256, bool)
    members[[ord(letter) for letter in letters(names)]] = True
    return members
