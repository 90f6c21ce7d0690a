"""Who said it: reporting verbs, their subjects, and the words that they report, sentence by sentence.

Private to `voices`. A sentence is a string with one letter for each token (see `wordclasses`): `NN,DNn,CtDnnzn` is "James Jeffrey,
the U.S. envoy, said that the attack was wrong". So the grammar of an attribution is a handful of short patterns over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .wordclasses import MAX_TOKENS, Tokens, Verb, is_code, verbs, words_of

ACCORDING = Verb("according to", "say", "neutral", "R")
SPEECH = ("say", "tell", "quote")
ASIDE = ("say", "quote", "tell", "ask", "think")  # frames that take "..., he said, ..."
CONTRAST = ("while", "but", "though", "although", "whereas")
# Forms that are as often a noun: a verb only between a fitting subject and a clause.
_NOUNS = words_of(
    "claims reports states notes calls plans hopes fears charges offers demands questions answers comments remarks requests doubts"
    " promises pledges vows threats details orders estimates quotes rules labels brands voices posts shows finds thanks backs"
    " votes aims wishes attacks challenges tweets recalls counters stresses supports cautions guesses signals hints cries favors"
    " favours forecasts protests boasts complaints appeals reads worries learned"
)
_PLURALS = words_of(
    "people police media women men most many critics some few all both others another two three four five six seven eight nine"
    " ten each those these everyone"
)
# A noun phrase from its beginning, the first noun phrase of a sentence, one with a verb of its own.
_NP = re.compile(r"(?:D|A(?=[eng]*N))*[D#neg]*[Nn#](?:(?:[p&]|,(?=N))D*[Aneg#D]*[Nn#]+|[Nn#])*")
_NP_STOP = re.compile(r"p?D?W|(?<=[Nn])p(?=#)")
_FIRST = re.compile(r"D?[neg#A]{0,4}N+|D[neg#A]*n")
_WITH_VERB = re.compile(r"(P|D?[neg#]{0,3}N+|D[neg#A]*n|(?<=,)h)A*[xzC]")
_SPLIT = re.compile(r"(?<=[NnegW#])D|(?<=W)(?=[NDn])")
_TWO_CLAUSES = re.compile(r"N[ne]+[DN]|e[DpN]")
_LEAD = re.compile(r"(?:[&A]|p(?:W|#|D?W)|p|e(?=[ND]))*")
_TAIL = re.compile(r"[NnDp#eg&AWP]*$")
_HEAD = re.compile(r"[NnD#]")
_NOT_HEAD = re.compile(r"[^NnDp#eg&AW]")
# After a cue: the hearer, the time, the occasion.
_TO = re.compile(r"[^.:;QxzCBhbt]*?[Th]")
_HEARER = re.compile(r"D?N+|D?[neg]{0,3}[Nn]|P")
_CLAUSE = re.compile(r"[tThQ,:]")
_BREAK = re.compile(r"[tQ:,]")
_TIME = re.compile(r"p?(?:D|n(?=W))?W+(?:#|N)?|pN#|p#(?=[^nN])")
_OCCASION = re.compile(r"pD?[neg#]*[Nn#]+")
_ADVERBS = re.compile(r"A+[tWpQ,:T]")
_FINITE = re.compile(r"[xzC]")
_ANY_VERB = re.compile(r"[xzCBeP]")
_CUT = re.compile(r"[bhgGPtT]|&[xCBe]")
# A quotation, its speaker, and a past tense that no list holds: `"...," Smith fumed.`
_UNLISTED = re.compile(r"[,!-]?(P|D?[neg#]{0,3}[nN]+)A*([eC])")
# `he asked`, `the senator said`, `said Smith` after a quotation that ends in a full stop, or in a question mark.
_SHORT_TAG = re.compile(r"(?:P|N{1,4}|D?[neg]*[nN]+)[xA]*C[.,A]|C(?:D?[Nn]|P)")
_TAG = re.compile(r"(?:P|D?[neg#]*[Nn]+(?:pD?[neg#]*[nN]+)*(?:,[^.!QCx\n]*,)?)[xA]*C(?!t)|C(?:D?[Nn]|P)")
_CUES = re.compile(r"[CBGRt]")
_PAUSE = re.compile(r"[,-]")
_PAUSE_AND_CLAUSE = re.compile(r"[,-](?=[bh])")
Range = tuple[int, int]


# One cue: its speaker and itself (places in the text), its verb, what it reports (places), and which quotations (tokens).
Attribution = tuple[Range | None, Range | None, Verb | None, list[Range], list[int]]


@dataclass(slots=True)
class _Claim:
    """An attribution while its sentence is read: token ranges within the sentence."""

    cue: Range
    verb: Verb
    subject: Range | None
    parts: list[Range]
    own: bool = True  # the subject stands by this verb, and was not carried over from another


def sentences(tokens: Tokens) -> list[Range]:
    """Token ranges of sentences: a full stop ends one, and so does one inside a quotation unless `he asked` follows."""
    text = tokens.codes
    codes = np.frombuffer(text.encode("latin-1"), np.uint8)
    stops = np.flatnonzero(is_code(codes, ".!\n"))
    quoted = np.flatnonzero((codes[stops - 1] == ord("Q")) & (codes[stops] != ord("\n")) & (stops > 0))
    tagged = [
        (_TAG if text[at] == "!" else _SHORT_TAG).match(text, at + 1) is not None for at in stops[quoted].tolist()
    ]
    stops = np.delete(stops, quoted[np.array(tagged, bool)])
    begins = np.append(0, stops + 1)[:-1]
    # A sentence that is too long is cut, an empty one is none.
    parts = -((begins - stops) // MAX_TOKENS)
    first = np.repeat(np.cumsum(parts) - parts, parts)
    begins = np.repeat(begins, parts) + MAX_TOKENS * (np.arange(len(first)) - first)
    ends = np.minimum(np.repeat(stops, parts), begins + MAX_TOKENS)
    return list(zip(begins.tolist(), ends.tolist(), strict=True))


def read_sentence(tokens: Tokens, begin: int, end: int) -> list[Attribution]:
    """Every attribution of one sentence, in the order of its cues; then the quotations that have none."""
    return _Sentence(tokens, begin, end).read()


def first_subjects(tokens: Tokens, ranges: list[Range]) -> Iterator[Range]:
    """The places of the first noun phrase of each of these sentences."""
    for begin, end in ranges:
        found = _Sentence(tokens, begin, end).main_subject(end - begin)
        if found:
            yield tokens.starts[begin + found[0]], tokens.ends[begin + found[1] - 1]


def _last_but(s: str, at: int, passed: str) -> str:
    """The last code before token `at` that is none of `passed`."""
    while at and s[at - 1] in passed:
        at -= 1
    return s[at - 1 : at] or "."


@lru_cache(maxsize=1 << 14)
def _phrase(part: str) -> int:
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


def _plural(word: str) -> bool:
    return word in _PLURALS or word.endswith("s") and not word.endswith(("'s", "ss", "us", "is"))


class _Sentence:
    """One sentence while it is read from left to right; `s` is its string of codes."""

    def __init__(self, tokens: Tokens, begin: int, end: int) -> None:
        self.tokens, self.begin = tokens, begin
        self.s = tokens.codes[begin:end]
        self.found: list[_Claim] = []

    def word(self, at: int) -> str:
        return self.tokens.word(self.begin + at)

    # ------------------------------------------------------------------ noun phrases
    def before(self, cue: int) -> Range | None:
        """The subject of the verb at `cue`."""
        s, at = self.s, cue
        while at:
            last = s[at - 1]
            if (
                last in "xzAW"
                or last == "#"
                and s[at - 2 : at - 1] == "W"
                or (
                    last == "p"
                    and (s[at] == "W" or at == cue - 1 or s[at] in "xA")
                    and (s[at] == "W" or self.word(at - 1) == "since")
                )
            ):
                at -= 1
            else:
                break
        last = s[at - 1 : at]
        if not last or last in "&b":
            return None
        if last in "ht" and at > 1:  # a relative clause: the speaker is what it belongs to
            edge = at - 2 if s[at - 2] in ",-" else at - 1
            if edge and s[edge - 1] in "Nn" and self.word(at - 1) in ("who", "which", "that"):
                return self.phrase(edge) or (at - 1, at)
        if last in "Pht":
            return at - 1, at
        if last in ",-":
            return self.appositive(at - 1)
        return self.phrase(at)

    def phrase(self, at: int) -> Range | None:
        """The noun phrase that ends before token `at`."""
        start = len(self.s[:at].rstrip("NnDp#eg&AW"))
        begin = _phrase(self.s[start:at])
        return (start + begin, at) if begin >= 0 else None

    def appositive(self, comma: int) -> Range | None:
        """The subject of a verb that follows a comma: `James Jeffrey, the envoy for Syria, said`."""
        s = self.s
        start = 1 + max(s.rfind(code, 0, comma) for code in ":;Q!")
        edges = [at for at in range(start, comma + 1) if s[at] in ",-"]
        for number, end in enumerate(edges):
            begin, start = start, end + 1
            while begin < end and s[begin] in "&Ab":
                begin += 1
            last = number == len(edges) - 1 > 0
            if last or begin == end or s[begin] in "pgGTh" or (s[begin - 1 : begin] == "b" and number < len(edges) - 2):
                continue
            tail = _TAIL.search(s, begin, end).group()
            if tail.endswith("P"):
                return end - 1, end
            if tail and "P" not in tail:
                inner = self.phrase(end)
                if inner and inner[0] >= begin:
                    return inner
        return None

    def after(self, at: int) -> Range | None:
        """The noun phrase that begins at token `at`."""
        if self.s[at : at + 1] == "P":
            return at, at + 1
        match = _NP.match(self.s, at)
        if not match:
            return None
        stop = _NP_STOP.search(match.group())
        return at, at + (stop.start() if stop and stop.start() else match.end() - at)

    def main_subject(self, limit: int) -> Range | None:
        """The first noun phrase of the sentence that a verb can belong to."""
        s, at = self.s, 0
        while at < limit and s[at] in "pgGTbA&e":
            if s[at] in "&Ab":
                at += 1
                continue
            comma = s.find(",", at, limit)
            if comma < 0:
                break
            at = comma + 1
        if s[at : at + 1] == "P" and at < limit:
            return at, at + 1
        match = _FIRST.match(s, at, limit)
        return match.span() if match else None

    def near_subject(self, limit: int) -> Range | None:
        """The last noun phrase before `limit` that has a verb of its own, or else the first of the sentence."""
        last = None
        for match in _WITH_VERB.finditer(self.s, 0, limit):
            last = match.span(1)
        return last or self.main_subject(limit)

    # ------------------------------------------------------------------ what is reported
    def content_start(self, at: int, frame: str) -> int:
        """First token of what is reported, after the hearer, the time and the occasion."""
        s, end = self.s, len(self.s)
        if frame == "ask":
            to = _TO.match(s, at, min(end, at + 14))
            if to:
                return to.end() - 1
        if frame in ("tell", "ask") and at < end and s[at] not in "t:,QTh":
            if self.word(at) in ("me", "him", "them", "us", "her", "reporters", "you") and s[at + 1 : at + 2] != "n":
                at += 1
            else:
                clause, hearer = _CLAUSE.search(s, at, at + 12), _HEARER.match(s, at)
                at = clause.start() if clause else hearer.end() if hearer else at
        if frame in ("say", "quote", "think") and s[at : at + 1] == "p" and self.word(at) in ("about", "upon"):
            return at + 1
        while at < end:
            code = s[at]
            if code == "W" or code == "A" and _ADVERBS.match(s, at):
                at += 1
                continue
            if code in ":,":
                return at + 1
            if code not in "pDn":
                return at
            time = _TIME.match(s, at) if code != "n" or s[at + 1 : at + 2] == "W" else None
            if time:
                at = time.end()
                continue
            if code != "p" or frame in ("want", "judge", "think"):
                return at
            clause = _BREAK.search(s, at, at + 18)
            if clause and not _FINITE.search(s, at, clause.start()):
                at = clause.start()
                continue
            occasion = _OCCASION.match(s, at)
            if not occasion or not _ANY_VERB.search(s, occasion.end()):
                return end
            at = occasion.end()
        return at

    def content_end(self, start: int, frame: str) -> int:
        """Where a reported clause ends before its sentence does: at a contrast, or after the object of a judgement."""
        s = self.s
        for match in (_PAUSE if frame == "judge" else _PAUSE_AND_CLAUSE).finditer(s, start):
            at = match.end()
            if frame == "judge" and s[start] != "h" and _CUT.match(s, at):
                return at - 1
            code = s[at : at + 1]
            if code == "b" and s[at + 1 : at + 2] != "t" and (frame == "want" or self.word(at) in CONTRAST):
                return at - 1
            if code == "h" and frame == "want":
                return at - 1
        semicolon = s.find(";", start)
        return semicolon if semicolon >= 0 else len(s)

    def clause_start(self, at: int) -> int:
        """Where the words before an attribution begin: after the content of the one before, or with the sentence."""
        last = 0
        for one in self.found:
            last = max(last, one.cue[0] + 1)
            for _, end in one.parts:
                last = max(last, end)
        return min(at, last)

    # ------------------------------------------------------------------ reading
    def read(self) -> list[Attribution]:
        s, nouns = self.s, self.tokens.clause_nouns
        for match in _CUES.finditer(s):
            at = match.start()
            code = s[at]
            if code == "t":
                if at and self.begin + at - 1 in nouns and not self.inside(at):
                    noun = Verb(self.word(at - 1), "noun", "neutral", "N")
                    self.add((at - 1, at), noun, None, [(at, len(s))])
            elif code == "R":
                self.according(at)
            else:
                word = self.word(at)
                if not self.is_noun(at, word):
                    self.verb(at, word)
        return self.result()

    def add(self, cue: Range, verb: Verb, subject: Range | None, parts: list[Range], own: bool = True) -> None:
        parts = [part for part in parts if part[1] > part[0]]
        start = min(cue[0], subject[0]) if own and subject else cue[0]
        for one in self.found:
            one.parts = [(a, start) if a < start < b else (a, b) for a, b in one.parts]
        self.found.append(_Claim(cue, verb, subject, parts, own))

    def inside(self, at: int) -> bool:
        """Whether a token is part of what someone else is reported to say."""
        for one in self.found:
            for a, b in one.parts:
                if a <= at < b:
                    return True
        return False

    def is_noun(self, at: int, word: str) -> bool:
        """Whether a form of a reporting verb is a noun or an adjective here."""
        s, code = self.s, self.s[at]
        if code == "G":
            return False
        before = s[at - 1 : at] or "."
        if before == "p" or before == "D" and self.word(at - 1) not in _PLURALS:
            return True
        if code == "C" and before not in "ne#DT&.,":
            return False
        pair = self.begin + at in self.tokens.pairs
        after = s[at + 1 + pair : at + 2 + pair] or "."
        if code == "B" or word in _NOUNS:
            if before in "e#":
                return True
            if code == "B" and before == "T":
                return after not in "tQ:" and s[at + 1 + pair : at + 3 + pair] != ",Q"
            if code == "B" and before in "&.":
                return after not in "tP"
            if word in _NOUNS or f"{word}s" in _NOUNS:
                if (
                    code == "B"
                    and before in "nN"
                    and not _plural(self.word(at - 1))
                    or before == "n"
                    and after in "p.,nC"
                ):
                    return True
                ahead = s[at + 1 + pair :].lstrip("A")[:1] or "."
                return word in _NOUNS and not (before in "PhNnAtb&" and ahead in "tDPNTQ:,#h")
            return False
        return before == "n" and not pair and verbs()[word].frame in ("judge", "that") and after in "p.,"

    def according(self, at: int) -> None:
        """`According to the ministry, X` and `X, according to the ministry`."""
        s = self.s
        subject = self.after(at + 2) if s[at + 1 : at + 2] == "T" else None
        if subject is None:
            return
        left, end = self.clause_start(at), subject[1]
        if not s[left:at].strip("&Ab,"):
            comma = s.find(",", end)
            parts = [(comma + 1, len(s))] if comma >= 0 else []
        elif self.inside(at):
            return
        else:
            parts = [(left, at)]
            rest = s[end + 1 :]
            if s[end : end + 1] == "," and rest[:1] not in ("h", "g", "G", "") and (rest[0] in "xzeA" or "Q" in rest):
                parts.append((end + 1, len(s)))
        self.add((at, at + 2), ACCORDING, subject, parts)

    def addressed(self, cue: Range, verb: Verb) -> None:
        """`Asked whether ...`, `was told that ...`: the hearer is named first; the speaker follows `by`, or is not named."""
        s = self.s
        for place in range(cue[1], min(len(s), cue[1] + 8)):
            if s[place] in "ht" or s[place] in "bp" and self.word(place) in ("if", "about"):
                by = s[cue[1]] == "p" and self.word(cue[1]) == "by"
                stop = s.find(",", place)
                self.add(cue, verb, self.after(cue[1] + 1) if by else None, [(place, stop if stop >= 0 else len(s))])
                return
            if s[place] in ",:;QxzCB":
                return

    def verb(self, at: int, word: str) -> None:
        s, end = self.s, len(self.s)
        pair = self.tokens.pairs.get(self.begin + at)
        verb = pair or verbs().get(word)
        if verb is None:
            return
        cue = (at, at + 2 if pair else at + 1)
        code, before, after = s[at], s[at - 1 : at] or ".", s[cue[1] : cue[1] + 1] or "."
        if code == "C" and before in "zA" and _last_but(s, at, "A") == "z":
            if after in "Tt" and verb.frame in ("say", "think") and not self.inside(at):
                self.add(cue, verb, None, [(cue[1], end)])
            elif verb.frame in ("ask", "tell"):
                self.addressed(cue, verb)
        elif code == "C" and verb.frame == "ask" and before in ".b":
            self.addressed(cue, verb)
        elif not self.inverted(cue, verb):
            self.straight(cue, verb, before, after)

    def inverted(self, cue: Range, verb: Verb) -> bool:
        """`"...," said Smith` and `The war is over, said the minister`."""
        s, look = self.s, cue[0]
        while look and s[look - 1] == "A":
            look -= 1
        lead = s[look - 1 : look]
        if s[cue[0]] == "G" or not lead or lead not in "Q,-!." or verb.frame not in ASIDE:
            return False
        place = cue[1]
        while s[place : place + 1] == "A":
            place += 1
        subject = self.after(place)
        if not subject:
            return False
        follows = s[subject[1] : subject[1] + 1]
        beside = lead == "Q" or s[look - 2 : look - 1] == "Q"
        if follows and follows not in ",.-;:hpQbWDgGT!" and lead != "Q":
            return False
        if (
            not beside
            and follows not in ("", ".")
            and s.count(",", 0, look - 1)
            and lead in ",-"
            and self.appositive(look - 1)
        ):
            return False
        parts = [(self.clause_start(look), look - 1 if lead in ",-" else look)]
        quote = s.find("Q", subject[1])
        if quote >= 0:
            parts.append((quote, len(s)))
        self.add(cue, verb, subject, parts)
        return True

    def straight(self, cue: Range, verb: Verb, before: str, after: str) -> None:
        """A cue after its subject: `X said that ...`, `..., X said`, `..., adding that ...`."""
        s, at, end, frame = self.s, cue[0], len(self.s), verb.frame
        ing = s[at] == "G"
        subject, outer = self.before(at), self.inside(at)
        own = subject is not None and (not ing or before == "z")
        if subject is None or s[subject[0]] == "t" and outer:
            own = False
            if not (ing or before == "T" or _last_but(s, at, "xA") in "&b"):
                return
            subject = (
                self.found[-1].subject
                if self.found
                else self.near_subject(at)
                if before == "T"
                else self.main_subject(at)
            )
        elif self.found and _last_but(s, at, "xA") == "&":
            subject, own = self.found[-1].subject, False
        elif ing:
            subject = self.found[-1].subject if self.found else self.main_subject(at) or subject

        own = own and subject is not None
        start = self.content_start(cue[1], frame)
        if own and self.aside(cue, verb, subject, start, after):
            return
        first, led = s[start : start + 1] or ".", s[start - 1]
        if outer:  # inside what someone else is reported to say: a new attribution only where a new clause begins
            edge = s[subject[0] - 1 : subject[0]] if own and subject[0] else before
            if (
                ing
                and before not in ",&-"
                or own
                and edge not in ",;-&b:"
                or not own
                and not ing
                and before not in "&xAb"
            ):
                return
        if first in "xz" or after == "p" and frame in ("think", "want", "to") or frame == "to" and first not in "TtQ":
            return
        if verb.lemma == "add" and first not in "tPQ" and led not in ",:" and not _FINITE.search(s, start):
            return
        if frame == "think" and first not in "tTP" and not _FINITE.search(s, start):
            return  # knows the town, fears nobody
        if frame == "say" and first == "T" and verb.lemma != "claim":
            return
        if frame == "tell" and first not in "tThQP" and led not in ",:" and not _FINITE.search(s, start):
            return
        loose = frame in ("say", "tell", "that") and first in "tQ" or before == "p" and frame in ("ask", "judge")
        if ing and before not in ",&-.bz" and not loose:
            return
        if frame == "quote" and first not in "Qt" and led != ":":
            start = s.find("Q", start)
            if start < 0:
                return
        elif (
            frame == "that"
            and first not in "thQ"
            and led != ":"
            or frame == "ask"
            and first not in "TthQ"
            and led not in ":,"
        ):
            return
        if start < end and s[start] != ".":
            self.add(cue, verb, subject, [(start, self.content_end(start, frame))], own)

    def aside(self, cue: Range, verb: Verb, subject: Range, start: int, after: str) -> bool:
        """`..., X said.` and `..., X said, ...`: the words before are what is reported, and often those after it."""
        s, end, edge = self.s, len(self.s), subject[0]
        while edge and s[edge - 1] == "A":
            edge -= 1
        lead = s[edge - 1] if edge else "."
        first = s[start : start + 1] or "."
        beside = lead in "Q!" or lead == "," and s[edge - 2 : edge - 1] == "Q"
        closes = start >= end or first in ".;" or after == "," and not self.opens_quote(cue[1] + 1)
        closes = closes or s[start - 1] == "," and start > cue[1] and lead in ",Q-!" and first != "Q"
        if beside:
            closes = closes or first not in "tQ" and s[start - 1] != ":"
            if closes and start < end and first not in "Q.;,":
                quote = s.find("Q", start)
                start = quote if quote >= 0 else end
        if lead == "b" and s[edge - 2 : edge - 1] == "," and start >= end and self.word(edge - 1) == "as":
            edge, lead = edge - 1, ","
        if lead not in ",Q-!" or not closes or not (beside or verb.frame in ASIDE):
            return False
        if start >= end and not any(one.subject and one.own and one.verb.frame in SPEECH for one in self.found):
            self.found = []  # `..., he said` at the end takes the sentence as a whole
        left = self.clause_start(edge)
        parts = [(left, edge - 1 if lead in ",-" else edge)] if "Q" in s[left:edge] or not self.inside(cue[0]) else []
        if start < end and s[start] not in "GghbT,":
            parts.append((start, end))
        elif "Q" in s[start:]:
            parts.append((s.index("Q", start), end))
        if parts:
            self.add(cue, verb, subject, parts)
        return True

    def opens_quote(self, at: int) -> bool:
        """Whether token `at` is a quotation that begins as a sentence does."""
        place = self.tokens.starts[self.begin + at] if self.s[at : at + 1] == "Q" else -1
        return place >= 0 and not self.tokens.text[place].islower()

    def result(self) -> list[Attribution]:
        s, out, taken = self.s, [], set()
        starts, ends, begin = self.tokens.starts, self.tokens.ends, self.begin
        for one in self.found:
            contents: list[Range] = []
            quotes = []
            for a, b in one.parts:
                quote = s.find("Q", a, b)
                while quote >= 0:
                    if quote not in taken:
                        taken.add(quote)
                        quotes.append(begin + quote)
                    self.words_only(a, quote, contents)
                    a = quote + 1
                    quote = s.find("Q", a, b)
                self.words_only(a, b, contents)
            subject = self.place(one.subject) if one.subject else None
            cue = starts[begin + one.cue[0]], ends[begin + one.cue[1] - 1]
            out.append((subject, cue, one.verb, contents, quotes))
        at = s.find("Q")
        while at >= 0:
            if at not in taken:
                tag = _UNLISTED.match(s, at + 1)
                subject = tag.span(1) if tag else self.main_subject(at) if at > 1 else None
                if subject:
                    cue = self.place(tag.span(2)) if tag else None
                    out.append((self.place(subject), cue, None, [], [begin + at]))
            at = s.find("Q", at + 1)
        return out

    def place(self, tokens: Range) -> Range:
        return self.tokens.starts[self.begin + tokens[0]], self.tokens.ends[self.begin + tokens[1] - 1]

    def words_only(self, a: int, b: int, contents: list[Range]) -> None:
        """Add tokens a to b without punctuation or a conjunction at their ends; nothing for a single word."""
        part = self.s[a:b]
        bare = part.lstrip(",:;-.!&b")
        a += len(part) - len(bare)
        size = len(bare.rstrip(",:;-.!&"))
        if size >= 2:
            contents.append(self.place((a, a + size)))
