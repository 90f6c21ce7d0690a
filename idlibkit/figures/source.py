"""Whom the text has a figure from: a name beside a verb of saying. English only.

For figures in the outlet's own voice, since quoted and reported passages have their
speaker; surveys are in `surveys`. The words are in ``lexicons/counted.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..lexicons import reporting_verbs, words
from .lexicon import phrase_words
from .patterns import (
    CAPITAL,
    OPENERS,
    RELATIVE,
    STOPS,
    STRIP,
    either,
    place_of_word,
)

__all__ = ["in_aside", "is_share", "named_source", "of_the_saying", "source_name"]


# Behind such a mark, who said is told of a quotation that is over.
CLOSED = ('"', "”", "''", "’’")
ACCORDING = "according to "
DASH = re.compile(r"\s[-–]\s|[—―]|--")
# "Doe, who has 40 farms", "the towns (there are 40": the figure is the reporter's
GLOSS = re.compile(
    r", (?:who|whose|which|where|in which|of whom|of which) [^,]*$|\([^)]*$"
)
# "31% of farmers", "a majority of voters"
SHARE = re.compile(
    r"(?i)(?:about |nearly |almost |more than |less than |fewer than |just |only "
    r"|roughly |at least |some )*"
    r"(?:\d+(?:\.\d+)?(?:%| ?per ?cent\b)|half of"
    r"|(?:a|one|two|three)[- ](?:thirds?|quarters?|fifths?|half) of"
    r"|(?:a )?majority of|\w+(?:-\w+)? (?:percent|per cent) of)"
)
# "she recalled in 2008"
BEFORE_A_DATE = ("in ", "on ", "early ", "late ", "mid ")
SAID_WHEN = re.compile(r"\b([a-z]+) (?:in|on)(?: (?:early|late|mid))? $")
# A name before a verb of saying is read in so many words.
LONGEST_NAME = 9


def _words(key: str) -> frozenset[str]:
    return words("counted.toml", f"source.{key}")


@cache
def source_name() -> re.Pattern[str]:
    """A source as a name ("the Ministry of Health officials") or a role ("police")."""
    spokespersons = "spokes[a-z]+"
    heads = f"{either(_words('name_heads'))}|{spokespersons}"
    roles = f"{either(_words('lower_heads'))}|{spokespersons}"
    capital = rf"{CAPITAL}[\w.’'/-]*"
    more = rf" (?:(?:of|for|the|and|in) ){{0,2}}{capital}"
    return re.compile(
        rf"(?:[Tt]he |[Aa]n? )?(?:{capital}(?:{more}){{0,7}}(?: (?:{heads})\b)?"
        rf"|(?:[a-z-]+ ){{0,3}}(?:{roles})\b)"
    )


def is_share(speaker: str) -> bool:
    """Whether a speaker is a share of those asked: "31% of farmers said ..."."""
    return SHARE.match(speaker) is not None


def in_aside(left: str) -> bool:
    """Whether `left` leads into dashes, brackets or a relative clause.

    Behind "she said" a figure there is mostly the reporter's: "Doe said the towns -
    there are 40 of them - would pay".
    """
    return GLOSS.search(left) is not None or len(DASH.findall(left)) % 2 == 1


def of_the_saying(left: str) -> bool:
    """Whether a year behind `left` is that of saying: "she recalled in 2008"."""
    if not left.endswith(BEFORE_A_DATE):
        return False
    match = SAID_WHEN.search(left)
    return match is not None and match[1] in reporting_verbs()


@cache
def _cues() -> frozenset[str]:
    """The words that name a source, as they may stand in a text."""
    cues = {"according", "According", *phrase_words().said}
    return frozenset(cue + mark for cue in cues for mark in ("", ".", ","))


def named_source(
    before: str, words_before: Sequence[str], behind: str, words_behind: Sequence[str]
) -> str:
    """The source that is named behind a figure, or before it; empty where none is."""
    cues = _cues()
    name = ""
    if not cues.isdisjoint(words_behind):
        name = _first(_names_behind(behind, words_behind))
    if not name and not cues.isdisjoint(words_before):
        name = _first(_names_before(before, words_before))
    return name


def _first(names: Iterator[str]) -> str:
    return next(filter(None, names), "").strip(STRIP)


def _names_behind(behind: str, words_behind: Sequence[str]) -> Iterator[str]:
    """For each cue behind a figure its name, empty where it has none."""
    start = 1 if behind[:1] == " " else 0
    for n, word in enumerate(words_behind):
        cue = word.rstrip(".,")
        if cue.lower() != "according" and cue not in phrase_words().said:
            continue
        place = start + place_of_word(words_behind, n)
        if cue.lower() == "according":
            yield _match(behind, place + len(ACCORDING))
        elif n and words_behind[n - 1][-1:] == ",":  # "40 left, said Jane Doe, ..."
            place += len(word) + 1
            name = _match(behind, place)
            yield name if name and _ends_clause(behind[place + len(name) :]) else ""
        elif _says_only_when(words_behind, n):
            yield _name_at_end(words_behind[:n])


def _says_only_when(words_behind: Sequence[str], n: int) -> bool:
    """Whether a verb of saying closes its clause, behind a name and a comma.

    "40 left, the Red Cross said on Friday", not "two men, Jim and Joe, said that".
    """
    if not any(word[-1:] == "," for word in words_behind[max(0, n - 8) : n]):
        return False
    return (
        words_behind[n][-1] in ".,"
        or not words_behind[n + 1 :]
        or words_behind[n + 1].strip(STRIP) in _words("when_said")
    )


def _names_before(before: str, words_before: Sequence[str]) -> Iterator[str]:
    """For each cue before a figure, the nearest first, its name or none."""
    for n in range(len(words_before) - 1, -1, -1):
        cue = words_before[n]
        if cue in phrase_words().said:
            closed = any(
                word.endswith(CLOSED) for word in words_before[max(0, n - 4) : n]
            )
            lists = _gives_a_figure(words_before, n)
            yield _name_at_end(words_before[:n]) if lists and not closed else ""
        elif cue.lower() == "according":
            place = place_of_word(words_before, n) + len(ACCORDING)
            name = _match(before, place)
            yield "" if RELATIVE.match(before, place + len(name)) else name


def _gives_a_figure(words_before: Sequence[str], n: int) -> bool:
    """Whether a verb gives a figure: "lists her fortune at", not "lists reasons"."""
    following = words_before[n + 1 :]
    return (
        words_before[n] not in _words("listing")
        or not following
        or not _words("listing_prepositions").isdisjoint(following)
    )


def _match(text: str, place: int) -> str:
    match = source_name().match(text, place)
    return match[0] if match else ""


def _ends_clause(text: str) -> bool:
    """Whether the name before `text` is all that a verb of saying has.

    "said Jane Doe, ..." and "said Doe of Acme" are, "said Doe had left" is not.
    """
    following = text[1:].split(" ", 1)[0].strip(STRIP)
    return (
        not text.strip()
        or text[0] in ",.;)("
        or following in _words("when_said")
        or following in ("of", "from", "who")
    )


def _name_at_end(text_words: Sequence[str]) -> str:
    """The name that the words end with, before a verb of saying."""
    end = len(text_words)
    while end and _is_between(text_words[end - 1]):
        end -= 1
    begin = end
    while begin and end - begin < LONGEST_NAME:
        word = text_words[begin - 1].lstrip(OPENERS)
        if word[-1:] in STOPS and begin < end:
            break
        last = text_words[end - 1] if begin < end else ""
        if not _in_name(word, last):
            break
        begin -= 1
    while begin < end and (
        text_words[begin] in _words("not_first")
        or text_words[begin] in _words("conjunctions")
    ):
        begin += 1
    name = " ".join(text_words[begin:end]).strip(STRIP)
    return "" if name.lower() in ("the", "a", "an", "it") else name


def _is_between(word: str) -> bool:
    """Whether a word may stand before a verb of saying: "Doe on Friday also said"."""
    return (
        word in _words("between")
        or word.rstrip(".") in _words("days")
        or word.isdigit()
    )


def _in_name(word: str, last: str) -> bool:
    """Whether a word is part of the name whose last word is known (or it itself is)."""
    lex = phrase_words()
    return (
        word[:1].isupper()
        or word in _words("inside")
        or word in lex.sources
        or (last in lex.sources and word not in lex.ends)
    )
