"""Whom the text has a figure from: a survey, "according to", a name beside a verb of saying. English only.

Private to `quantities`; for figures in the outlet's own voice, since quoted and reported passages have their speaker. The verbs and
heads are in ``lexicons/counted.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache

from ..lexicons import reporting_verbs
from .lexicon import lexicon
from .numerals import CAPITAL, STOPS, STRIP

__all__ = ["in_aside", "is_share", "named_source", "of_the_saying", "survey_of"]


NAME = re.compile(
    rf"(?:[Tt]he |[Aa]n? )?(?:{CAPITAL}[\w.’'/-]*(?: (?:(?:of|for|the|and|in) ){{0,2}}{CAPITAL}[\w.’'/-]*){{0,7}}"
    r"(?: (?:officials?|sources?|spokes[a-z]+|reports?|records|polls?|surveys?|study|data|figures|estimates)\b)?|"
    r"(?:[a-z-]+ ){0,3}(?:officials?|police|ministry|sources?|spokes[a-z]+|monitors?|agency|government|group|reports?|army|military|"
    r"authorities|witnesses|activists|poll|polls|survey|study|data|figures|estimates)\b)"
)
DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
DAYS |= {
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "June",
    "July",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
}
CONJUNCTIONS = (
    "While",
    "But",
    "And",
    "If",
    "As",
    "When",
    "In",
    "On",
    "At",
    "Although",
    "Meanwhile",
    "For",
    "So",
)
LISTED = dict.fromkeys(
    [
        "lists",
        "listed",
        "pegs",
        "pegged",
        "tallies",
        "tallied",
        "puts",
        "projects",
        "projected",
    ],
    {"at", "with", "as"},
)
CLOSED = (
    '"',
    "”",
    "''",
    "’’",
)  # behind it, who said is told of a quotation that is over

SURVEY = re.compile(
    r"\b(?:average of (?:\w+ ){0,2}polls|polls?|surveys?|census|study|studies|analys[ei]s|estimates?|rankings?|statistics|data|"
    r"projections?|polling|reports?|figures|research|results)\b",
    re.IGNORECASE,
)
STEMS = "oll urvey ensus tud nalys stimat anking tatist ata roject eport igures esearch esults".split()
DETERMINERS = (
    "a",
    "an",
    "the",
    "its",
    "his",
    "her",
    "their",
    "this",
    "that",
    "another",
)
PREPOSITIONS = tuple(
    "of with for on about at to than like into against after before during in by from per".split()
)
DASHED = (",", ";", ":", "-", "–", "—")
NEAR = 500  # characters on either side of a figure that are looked at for its survey
SUBJECT_ONLY = ("polling", "report", "reports", "figures", "research", "results")
SHOWS = re.compile(
    r"[^,;:.!?\n]{0,60}(?:, [^,;:.!?\n]{1,60},)? (?:found|finds?|show(?:s|ed|n)?|suggest(?:s|ed)?|indicate[sd]?|puts?|gave|gives?|(?:had|has|have)"
    rf"(?= (?:him|her|them|{CAPITAL}))|pegged|pegs|estimate[sd]?|projects?|projected|reveal(?:s|ed)?|concluded?|reported|predict(?:s|ed)?)\b"
)
BY = re.compile(rf" (?:by|from|of) (?=(?:the )?{CAPITAL})")
SAMPLE = re.compile(r" (?:of|among|with|by|between)(?: [a-z]+){0,3} ?$")
OVER = re.compile(
    rf"(?<!\b{CAPITAL})(?<!\b{CAPITAL}[a-z])(?<!\b{CAPITAL}[a-z][a-z])[.!?][\"”’)\]]*\s+[\"“‘(\[]?{CAPITAL}|\n"
)
DASH = re.compile(r"\s[-–]\s|[—―]|--")
GLOSS = re.compile(
    r", (?:who|whose|which|where|in which|of whom|of which) [^,]*$|\([^)]*$"
)
RELATIVE = re.compile(r", (?:where|which|who|whose)\b")
SHARE = re.compile(
    r"(?i)(?:about |nearly |almost |more than |less than |fewer than |just |only |roughly |at least |some )*"
    r"(?:\d+(?:\.\d+)?(?:%| ?per ?cent\b)|half of|(?:a|one|two|three)[- ](?:thirds?|quarters?|fifths?|half) of|(?:a )?majority of|"
    r"\w+(?:-\w+)? (?:percent|per cent) of)"
)
SAID_WHEN = re.compile(r"\b([a-z]+) (?:in|on)(?: (?:early|late|mid))? $")


def is_share(speaker: str) -> bool:
    """Whether those who are taken for a speaker are a share of those asked: "31% of farmers said ..."."""
    return SHARE.match(speaker) is not None


def in_aside(left: str) -> bool:
    """Whether a figure that `left` leads to stands between dashes, in brackets or in a relative clause.

    Behind "she said" such an aside is mostly the reporter's: "Doe said the towns - there are 40 of them - would pay".
    """
    return GLOSS.search(left) is not None or len(DASH.findall(left)) % 2 == 1


def of_the_saying(kind: str, left: str) -> bool:
    """Whether a year or a date says when something was said, not what: "she recalled in 2008 that"."""
    return (
        kind in ("year", "date")
        and (match := SAID_WHEN.search(left)) is not None
        and match[1] in reporting_verbs()
    )


def survey_of(text: str, start: int, end: int, *, according: bool = False) -> str:
    """The survey, study or the like that the figure at `start` is from; empty where there is none.

    Of those near it, in a sentence with it; with `according` only one behind "according to".
    """
    near = text[max(0, start - NEAR) : end + NEAR]
    if (according and "ccording to" not in near) or not any(
        map(near.__contains__, STEMS)
    ):
        return ""
    heads = list(SURVEY.finditer(text, max(0, start - NEAR), end + NEAR))
    at = bisect(heads, start, key=lambda head: head.start())
    for head in [*reversed(heads[max(0, at - 3) : at]), *heads[at : at + 1]]:
        if name := _survey(text, head, start, end, according):
            return name
    return ""


def _survey(
    text: str, head: re.Match, start: int, end: int, only_according: bool
) -> str:
    """What the survey with this head noun is called, if the figure is one of its findings."""
    first, words = _phrase(text, head.start())
    name, last = text[first : head.end()].strip(STRIP), head.end()
    if (by := BY.match(text, last)) and (match := NAME.match(text, by.end())):
        name, last = (name if by[0] == " of " else match[0].strip(STRIP)), match.end()
    if first < end and start < last:
        return ""
    between = text[last:start] if start >= last else text[end:first]
    if OVER.search(between) or (
        start >= last and (SAMPLE.match(between) or RELATIVE.match(between))
    ):
        return ""
    before = (
        words[-1].strip(STRIP).lower() if words and words[-1][-1:] not in STOPS else ""
    )
    according = before == "to" and words[-2:-1] in (["according"], ["According"])
    if according or (
        before in ("in", "by", "from", "per") and head[0].lower() not in SUBJECT_ONLY
    ):
        # "In a poll, ..." and "Still, in a poll, ..." hold for what is behind a comma, too.
        opening = words[:-1]
        far = (
            according
            or len(opening) < 2
            or opening[-1][-1:] in DASHED
            or OVER.search(f"{opening[-1]} X")
        )
        mine = far or not any(mark in between for mark in ",;:—")
        return name if mine and (according or not only_according) else ""
    shows = (
        None if before in PREPOSITIONS or only_according else SHOWS.match(text, last)
    )
    return name if shows and shows.end() <= start else ""


def _phrase(text: str, head: int) -> tuple[int, list[str]]:
    """Where the noun phrase of the noun at `head` begins, up to nine words before it, and the words before that."""
    left, ends = text[max(0, head - 120) : head], lexicon().ends
    words, begin = left.split(" ")[len(left) == 120 : -1], head
    for word in words[:-10:-1]:
        bare = word.strip(STRIP).lower()
        stops = (
            word[-1:] in ",;:!?)]—"
            or (word[-1:] == "." and len(bare) > 3)
            or "\n" in word
        )
        if not bare or stops or (bare in ends and bare not in DETERMINERS):
            break
        words, begin = words[:-1], begin - len(word) - 1
        if bare in DETERMINERS:
            break
    return begin, words


def named_source(left: str, words: list[str], after: str, later: list[str]) -> str:
    """The source that is named behind a figure (`after`, its words `later`) or before it (`left`, `words`)."""
    roles, source = lexicon().roles, ""
    if _saying().isdisjoint(later) and _saying().isdisjoint(words):
        return ""
    start = 1 if after[:1] == " " else 0
    for n in [
        n
        for n, word in enumerate(later)
        if roles.get(word.rstrip(".,")) in ("said", "according")
    ]:
        at = start + len(" ".join(later[:n])) + (n > 0)
        if roles[later[n].rstrip(".,")] == "according":
            source = match[0] if (match := NAME.match(after, at + 13)) else ""
        elif n and later[n - 1][-1:] == ",":
            match = NAME.match(after, at + len(later[n]) + 1)
            source = match[0] if match and _ends_clause(after[match.end() :]) else ""
        elif any(word[-1:] == "," for word in later[max(0, n - 8) : n]):
            # "40 left, the Red Cross said on Friday", not "two men, Jim and Joe, said that"
            if (
                later[n][-1] in ".,"
                or not later[n + 1 :]
                or later[n + 1].strip(STRIP) in lexicon().when_said
            ):
                source = _said(later[:n])
        if source:
            return source.strip(STRIP)
    for n in reversed(
        [n for n, word in enumerate(words) if roles.get(word) in ("said", "according")]
    ):
        if roles[words[n]] == "said":
            listed = (
                words[n] not in LISTED
                or n == len(words) - 1
                or not LISTED[words[n]].isdisjoint(words[n + 1 :])
            )
            closed = any(word.endswith(CLOSED) for word in words[max(0, n - 4) : n])
            source = _said(words[:n]) if listed and not closed else ""
        elif match := NAME.match(left, len(" ".join(words[:n])) + (n > 0) + 13):
            source = match[0] if not RELATIVE.match(left, match.end()) else ""
        if source:
            return source.strip(STRIP)
    return ""


@cache
def _saying() -> frozenset[str]:
    """The words that name a source, as they may stand in a text."""
    words = [
        word for word, role in lexicon().roles.items() if role in ("said", "according")
    ]
    return frozenset(word + mark for word in words for mark in ("", ".", ","))


def _ends_clause(text: str) -> bool:
    """Whether a name that `text` follows is all that a verb of saying has: "said Jane Doe, ...", not "said Doe had left"."""
    following = text[1:].split(" ", 1)[0].strip(STRIP)
    return (
        not text.strip()
        or text[0] in ",.;)("
        or following in lexicon().when_said
        or following in ("of", "from", "who")
    )


def _said(words: list[str]) -> str:
    """The name that `words` end with, before a verb of saying."""
    lex, n = lexicon(), len(words)
    while n and (
        words[n - 1] in ("has", "have", "had", "also")
        or words[n - 1].rstrip(".") in DAYS
        or words[n - 1].isdigit()
        or words[n - 1] == "on"
    ):
        n -= 1
    begin = n
    while begin and n - begin < 9:
        word = words[begin - 1].lstrip("“\"‘'([")
        if word[-1:] in STOPS and begin < n:
            break
        if not (
            word[:1].isupper()
            or word in ("of", "for", "the", "and", "in", "a", "an")
            or (word in lex.sources)
            or (begin < n and words[n - 1] in lex.sources and word not in lex.ends)
        ):
            break
        begin -= 1
    while begin < n and (
        words[begin] in ("of", "for", "and", "in") or words[begin] in CONJUNCTIONS
    ):
        begin += 1
    name = " ".join(words[begin:n]).strip(STRIP)
    return "" if name.lower() in ("the", "a", "an", "it") else name
