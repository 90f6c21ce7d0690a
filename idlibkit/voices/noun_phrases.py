"""Noun phrases in sentences that are written as one letter for each token (see `wordclasses`).

Private to `voices`. `s` is a string of such sentences with bars between them, a place is a number of a letter in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = [
    "INSIDE",
    "after",
    "appositive",
    "main_subject",
    "near_subject",
    "phrase",
    "phrase_before",
    "role_and_name",
]


# A noun phrase from its beginning, the first noun phrase of a sentence, one with a verb of its own.
_NP = re.compile(
    r"(?:D|A(?=[eng]*N))*[D#neg]*[Nn#](?:(?:[p&]|,(?=N))D*[Aneg#D]*[Nn#]+|[Nn#])*"
)
_NP_STOP = re.compile(r"p?D?W|(?<=[Nn])p(?=#)")
_FIRST = re.compile(r"D?[neg#A]{0,4}N+|D[neg#A]*n")
_WITH_VERB = re.compile(r"(P|D?[neg#]{0,3}N+|D[neg#A]*n|(?<=,)h)A*[xzC]")
_SPLIT = re.compile(r"(?<=[NnegW#])D|(?<=W)(?=[NDn])")
_TWO_CLAUSES = re.compile(r"N[ne]+[DN]|e[DpN]")
_LEAD = re.compile(r"(?:[&A]|p(?:W|#|D?W)|p|e(?=[ND]))*")
_HEAD = re.compile(r"[NnD#]")
# A role, with names behind it alone: of `a spokesman for the mayor` nobody can tell whom a name that follows means.
_ROLE, _FULL_NAME = re.compile("b?[NDneg#&A]*(n)(?:[pT]D?N+)*"), re.compile("N{2,4}")
INSIDE = "NnDp#eg&AW"  # what a noun phrase is made of
_PAUSE = re.compile(r"[,-]")
Range = tuple[int, int]


@lru_cache(maxsize=1 << 14)
def phrase(part: str) -> int:
    """Where in these codes the noun phrase at their end begins; -1 where there is none."""
    start = 0
    if "D" in part or "W" in part:
        cuts = [match.start() for match in _SPLIT.finditer(part)]
        if cuts:
            start, part = cuts[-1], part[cuts[-1] :]
    conj = part.rfind("&")
    if conj > 0 and _TWO_CLAUSES.search(part, 0, conj):
        start, part = start + conj, part[conj:]
    lead = _LEAD.match(part).end()
    return start + lead if _HEAD.search(part, lead) else -1


def phrase_before(s: str, begin: int, at: int) -> Range | None:
    """The noun phrase of the sentence from `begin` that ends before token `at`."""
    start = begin + len(s[begin:at].rstrip(INSIDE))
    lead = phrase(s[start:at])
    return (start + lead, at) if lead >= 0 else None


def appositive(s: str, begin: int, comma: int) -> Range | None:
    """The subject of a verb that follows a comma: `James Jeffrey, the envoy for Syria, said`."""
    start = max(begin - 1, *(s.rfind(code, begin, comma) for code in ":;Q!")) + 1
    edges = [match.start() for match in _PAUSE.finditer(s, start, comma + 1)]
    for number, end in enumerate(edges):
        first, start = start, end + 1
        while first < end and s[first] in "&Ab":
            first += 1
        last = number == len(edges) - 1 > 0
        if (
            last
            or first == end
            or s[first] in "pgGTh"
            or (s[first - 1] == "b" and number < len(edges) - 2)
        ):
            continue
        tail = s[first:end]
        tail = tail[len(tail.rstrip(INSIDE + "P")) :]
        if tail.endswith("P"):
            return end - 1, end
        if tail and "P" not in tail:
            inner = phrase_before(s, begin, end)
            if inner and inner[0] >= first:
                return inner
    return None


def role_and_name(s: str, begin: int, comma: int) -> tuple[int, Range] | None:
    """The noun and the name of a subject of both: `The envoy to Syria, James Jeffrey, said`."""
    middle = s.rfind(",", begin, comma)
    start = max(begin - 1, *(s.rfind(code, begin, middle) for code in ",-:;Q!")) + 1
    before = s[max(begin, s.rfind(",", begin, start - 1) + 1) : start - 1]
    if (
        s[start - 1] in ",-"
        and before[-1:] != "Q"
        and before[:1] not in ("", "p", "A", "b")
    ):
        return None  # `Jane Doe, a teacher from Lyon, South Carolina, said`
    role = _ROLE.fullmatch(s, start, middle) if middle > 0 else None
    return (
        (role.start(1), (middle + 1, comma))
        if role and _FULL_NAME.fullmatch(s, middle + 1, comma)
        else None
    )


def after(s: str, at: int) -> Range | None:
    """The noun phrase that begins at token `at`."""
    if s[at] == "P":
        return at, at + 1
    match = _NP.match(s, at)
    if not match:
        return None
    stop = _NP_STOP.search(match.group())
    return at, at + (stop.start() if stop and stop.start() else match.end() - at)


def main_subject(s: str, at: int, limit: int) -> Range | None:
    """The first noun phrase of the sentence from `at`, before `limit`, that a verb can belong to."""
    while at < limit and s[at] in "pgGTbA&e":
        if s[at] in "&Ab":
            at += 1
            continue
        comma = s.find(",", at, limit)
        if comma < 0:
            break
        at = comma + 1
    if at < limit and s[at] == "P":
        return at, at + 1
    match = _FIRST.match(s, at, limit)
    return match.span() if match else None


def near_subject(s: str, begin: int, limit: int) -> Range | None:
    """The last noun phrase before `limit` that has a verb of its own, or else the first of the sentence."""
    last = None
    for match in _WITH_VERB.finditer(s, begin, limit):
        last = match.span(1)
    return last or main_subject(s, begin, limit)
