"""The noun phrase that a figure counts, read word by word without a tagger. English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Word:
    """A word behind a figure, as far as a noun phrase turns on it.

    Attributes
    ----------
    lead, length : the characters of marks before it, and without the marks behind it.
    lower : bare of marks, in lower case.
    is_last : whether a mark behind it ends the phrase; the full stop of U.S. does not.
    is_outside : whether no noun phrase has it.
    is_plural, is_owner, is_participle, is_adverb : by its ending ("dead" too).
    is_third_person : "gets" in "one load gets through", where no plural noun can stand.
    """

    lead: int
    length: int
    lower: str
    is_last: bool
    is_outside: bool
    is_plural: bool
    is_owner: bool
    is_participle: bool
    is_adverb: bool
    is_third_person: bool


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
    printed = right[start : start + MOST_CHARACTERS].split(" ", MOST_WORDS)[:MOST_WORDS]
    behind = start
    for n, text in enumerate(printed):
        start, behind = behind, behind + len(text) + 1
        word, first = _word(text), end == 0
        joins = word.lower == "and" and not (first or head_end or single)
        if joins and any(map(is_plural_noun, printed[n + 1 : n + 3])):
            continue  # two lobbying and consulting firms
        if word.is_outside or (head_end and not word.is_plural):
            break
        if not first and _goes_past(word, one, bool(head_end), single):
            break
        if first:
            begin = start + word.lead
        end = start + word.length
        if word.is_plural:
            head_end = end
        elif not head_end and word.is_owner:
            end = 0
            continue
        if word.is_last or (single and word.is_plural):
            break
    if head_end or not end:
        return (begin, head_end) if head_end else (0, 0)
    return begin, begin + _kept(right[begin:end])


def _opening(right: str) -> int:
    opening = LINK.match(right)
    return opening.end() if opening else 1


@lru_cache(maxsize=1 << 14)
def _word(text: str) -> Word:
    is_abbreviation = text[-1:] == "." and "." in text[:-1]  # U.S., a.m.
    printed = text[:-1] if is_abbreviation else text
    bare = printed.rstrip(",.;:!?)]}”’\"'… ")
    bare = bare.removesuffix("’s").removesuffix("'s")
    lower = bare.lower().lstrip(OPENING)
    is_participle = lower.endswith(("ed", "ing"))
    return Word(
        lead=len(bare) - len(lower),
        length=len(bare),
        lower=lower,
        is_last=bare != printed.rstrip(" "),
        is_outside=_is_outside(lower),
        is_plural=is_plural_noun(bare),
        is_owner=printed.endswith(OWNERS),
        is_participle=is_participle or lower in counted_words().harm_words,
        is_adverb=lower.endswith("ly"),
        is_third_person=lower.endswith("s") and not lower.endswith("ss"),
    )


def _is_outside(lower: str) -> bool:
    return (
        not lower[:1].isalpha()
        or lower in phrase_words().ends
        or lower in number_words().digits
        or "--" in lower
    )


def _goes_past(word: Word, one: bool, has_head: bool, single: bool) -> bool:
    """Whether a word behind the first one is no longer part of the phrase."""
    if (one and word.is_third_person) or (not has_head and word.is_adverb):
        return True
    return (has_head or single) and word.is_participle


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
