"""The noun phrase that a figure counts, read word by word without a tagger. English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..lexicons import words
from ..text import OPENING, is_plural
from .lexicon import counted_words, number_words, phrase_words
from .patterns import STRIP

__all__ = ["before_noun", "counted_phrase", "is_plural_noun"]


OWNERS = ("’s", "'s")
# What may stand between a figure and its noun: "40 of the farmers", "$100 worth of".
LINK = re.compile(
    r"['’]s | (?:(?:worth )?"
    r"of (?:the |its |his |her |their |our |these |those |all |that |my )?"
    r"|more |other )(?:more |other )?|-"
)
# A noun phrase is looked for in so many words and characters.
MOST_WORDS, MOST_CHARACTERS = 7, 100
# A phrase without a plural keeps so many words, and goes on to the end of a name.
KEPT = 3


class Word(NamedTuple):
    """A word behind a figure: as printed, bare of marks, in lower case, and where."""

    printed: str
    bare: str
    lower: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.bare)

    @property
    def is_last(self) -> bool:
        """Whether a mark behind it ends the phrase; the full stop of U.S. does not."""
        return self.bare != self.printed.rstrip(" ")

    @property
    def is_owner(self) -> bool:
        return self.printed.endswith(OWNERS)

    @property
    def is_participle(self) -> bool:
        return self.lower.endswith(("ed", "ing"))

    @property
    def is_third_person(self) -> bool:
        """ "gets" in "one load gets through", where a plural noun cannot stand."""
        return self.lower.endswith("s") and not self.lower.endswith("ss")


@lru_cache(maxsize=1 << 14)
def is_plural_noun(word: str) -> bool:
    """Whether a word, with the marks beside it, looks like a plural noun."""
    bare = word.rstrip(STRIP).lstrip(OPENING).lower()
    return bare in words("counted.toml", "head.plurals") or is_plural(bare)


def before_noun(left_words: Sequence[str], phrase: str) -> bool:
    """Whether a share or a sum speaks of the noun behind it.

    "a 30% decline" and "35% tariffs" do, "41% approve" does not.
    """
    determiners = phrase_words().determiners
    for word in left_words[-3:]:
        if word.lower() in determiners or word.endswith(OWNERS):
            return not phrase.split(" ", 1)[0].endswith("ing")
    return is_plural_noun(phrase.rsplit(" ", 1)[-1])


def counted_phrase(right: str, *, single: bool, one: bool = False) -> tuple[int, int]:
    """Where in `right` the noun phrase stands that a figure counts, else (0, 0).

    Words run on to the first plural noun (and any plural right behind it), and never
    past a function word or a stop. A phrase without a plural, or a `single` one (a
    nine-year war), ends before the first participle; one of `one` thing before the
    first word in -s. Two modifiers may be joined (two lobbying and consulting firms);
    an owner is passed over.
    """
    if right[:1] not in (" ", "\u00a0", "-", "'", "’"):
        return 0, 0
    begin = end = head_end = 0
    start = _opening(right)
    text = right[start : start + MOST_CHARACTERS]
    printed = text.split(" ", MOST_WORDS)[:MOST_WORDS]
    for n, word in enumerate(_words(printed, start)):
        first = end == 0
        joins = word.lower == "and" and not (first or head_end or single)
        if joins and any(map(is_plural_noun, printed[n + 1 : n + 3])):
            continue  # two lobbying and consulting firms
        if _ends_phrase(word):
            break
        plural = is_plural_noun(word.bare)
        if head_end and not plural:
            break
        if not first and _goes_past(word, one, bool(head_end), single):
            break
        if first:
            begin = word.end - len(word.lower)
        end = word.end
        if plural:
            head_end = end
        elif not head_end and word.is_owner:
            end = 0
            continue
        if word.is_last or (single and plural):
            break
    if head_end or not end:
        return (begin, head_end) if head_end else (0, 0)
    return begin, begin + _kept(right[begin:end])


def _opening(right: str) -> int:
    opening = LINK.match(right)
    return opening.end() if opening else 1


def _words(printed: Sequence[str], start: int) -> Iterator[Word]:
    for text in printed:
        is_abbreviation = text[-1:] == "." and "." in text[:-1]  # U.S., a.m.
        word = text[:-1] if is_abbreviation else text
        bare = word.rstrip(",.;:!?)]}”’\"'… ")
        bare = bare.removesuffix("’s").removesuffix("'s")
        yield Word(word, bare, bare.lower().lstrip(OPENING), start)
        start += len(text) + 1


def _ends_phrase(word: Word) -> bool:
    """Whether no noun phrase has this word in it."""
    return (
        not word.lower[:1].isalpha()
        or word.lower in phrase_words().ends
        or word.lower in number_words().digits
        or "--" in word.lower
    )


def _goes_past(word: Word, one: bool, has_head: bool, single: bool) -> bool:
    """Whether a word behind the first one is no longer part of the phrase."""
    if one and word.is_third_person:
        return True
    if not has_head and word.lower.endswith("ly"):
        return True
    ends_at_participles = has_head or single
    return ends_at_participles and (
        word.lower in counted_words().harm_words or word.is_participle
    )


def _kept(phrase: str) -> int:
    """How much of a phrase without a plural noun is kept.

    Three words, and on to the end of a name: "2014 House Budget Committee report".
    """
    parts, keep = phrase.split(" "), 1
    while (
        keep < len(parts)
        and not parts[keep].endswith(("ed", "ing"))
        and (keep < KEPT or parts[keep - 1][:1].isupper())
    ):
        keep += 1
    return len(" ".join(parts[:keep]))
