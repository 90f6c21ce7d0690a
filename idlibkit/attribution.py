"""Who said it: reporting verbs, their subjects, and the words that they report, sentence by sentence.

Private to `voices`. A sentence is a string with one letter for each token (see `wordclasses`): `NN,DNn,CtDnnzn` is "James Jeffrey,
the U.S. envoy, said that the attack was wrong". So the grammar of an attribution is a handful of short patterns over it.
What most verbs need is found for all verbs of a batch at once, as arrays; `_Reading` goes through the verbs that report something.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .wordclasses import (
    ABOUT,
    AS,
    BY,
    CONTRAST,
    HEARER,
    IF_ABOUT,
    MAX_TOKENS,
    NOUN,
    NOUN_BASE,
    PLURAL,
    RELATIVE,
    SINCE,
    Tokens,
    forms,
    is_code,
)

SPEECH = ("say", "tell", "quote")
ASIDE = ("say", "quote", "tell", "ask", "think")  # frames that take "..., he said, ..."
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
_PAUSE = re.compile(r"[,-]")
_PAUSE_AND_CLAUSE = re.compile(r"[,-](?=[bh])")
_BAR, _BARS = ord("|"), 3  # between sentences, so that three tokens on from one are never those of another
# How a cue is read: after its subject or before it; `was thought to`; `was told that`; `according to`; `the claim that`.
STRAIGHT, THOUGHT, ADDRESSED, ACCORDING, NOUN_CLAUSE = range(5)
_ACCORDING, _NOUN = len(forms()) - 2, len(forms()) - 1
Range = tuple[int, int]


class Claims(NamedTuple):
    """Attributions as columns, sentence by sentence: in the order of their cues, then the quotations that have none."""

    sentence: np.ndarray
    subject: np.ndarray  # where the mention of the speaker begins; -1 where nobody is mentioned
    subject_end: np.ndarray
    cue: np.ndarray  # where the cue begins; -1 for none
    cue_end: np.ndarray
    verb: np.ndarray  # number among `forms`; -1 for none
    contents: np.ndarray  # three columns: the number of the claim, and where words that it reports begin and end
    quotes: np.ndarray  # two columns: the number of the claim, and that of a quotation that it reports


def sentences(tokens: Tokens) -> np.ndarray:
    """Token ranges of sentences: a full stop ends one, and so does one inside a quotation unless `he asked` follows."""
    codes, text = tokens.numbers, tokens.codes
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
    return np.column_stack([begins, ends])


def first_subject(tokens: Tokens, begin: int, end: int) -> Range | None:
    """The place of the first noun phrase of a sentence."""
    found = _main_subject(tokens.codes, begin, end)
    return (int(tokens.starts[found[0]]), int(tokens.ends[found[1] - 1])) if found else None


# ------------------------------------------------------------------ noun phrases
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


def _phrase_before(s: str, begin: int, at: int) -> Range | None:
    """The noun phrase of the sentence from `begin` that ends before token `at`."""
    start = begin + len(s[begin:at].rstrip("NnDp#eg&AW"))
    lead = _phrase(s[start:at])
    return (start + lead, at) if lead >= 0 else None


def _appositive(s: str, begin: int, comma: int) -> Range | None:
    """The subject of a verb that follows a comma: `James Jeffrey, the envoy for Syria, said`."""
    start = max(begin - 1, *(s.rfind(code, begin, comma) for code in ":;Q!")) + 1
    edges = [match.start() for match in _PAUSE.finditer(s, start, comma + 1)]
    for number, end in enumerate(edges):
        first, start = start, end + 1
        while first < end and s[first] in "&Ab":
            first += 1
        last = number == len(edges) - 1 > 0
        if last or first == end or s[first] in "pgGTh" or (s[first - 1] == "b" and number < len(edges) - 2):
            continue
        tail = _TAIL.search(s, first, end).group()
        if tail.endswith("P"):
            return end - 1, end
        if tail and "P" not in tail:
            inner = _phrase_before(s, begin, end)
            if inner and inner[0] >= first:
                return inner
    return None


def _after(s: str, at: int) -> Range | None:
    """The noun phrase that begins at token `at`."""
    if s[at] == "P":
        return at, at + 1
    match = _NP.match(s, at)
    if not match:
        return None
    stop = _NP_STOP.search(match.group())
    return at, at + (stop.start() if stop and stop.start() else match.end() - at)


def _main_subject(s: str, at: int, limit: int) -> Range | None:
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


def _near_subject(s: str, begin: int, limit: int) -> Range | None:
    """The last noun phrase before `limit` that has a verb of its own, or else the first of the sentence."""
    last = None
    for match in _WITH_VERB.finditer(s, begin, limit):
        last = match.span(1)
    return last or _main_subject(s, begin, limit)


# ------------------------------------------------------------------ all sentences at once
def read_claims(tokens: Tokens, ranges: np.ndarray) -> Claims:
    """Every attribution in the sentences that have these token ranges."""
    sizes = ranges[:, 1] - ranges[:, 0]
    begins = np.cumsum(sizes + _BARS) - sizes
    at = np.arange(sizes.sum()) + np.repeat(begins - np.cumsum(sizes) + sizes, sizes)
    token = np.zeros(sizes.sum() + _BARS * (len(sizes) + 1), int)
    token[at] = at + np.repeat(ranges[:, 0] - begins, sizes)
    codes = np.full(len(token), _BAR, np.uint8)
    codes[at] = tokens.numbers[token[at]]
    return _Reading(tokens, codes, token, begins, begins + sizes).read()


@lru_cache
def _framed(*frames: str) -> np.ndarray:
    """Which of `forms` have one of these frames."""
    return np.array([verb.frame in frames for verb in forms()])


@lru_cache
def _lemma(lemma: str) -> np.ndarray:
    return np.array([verb.lemma == lemma for verb in forms()])


def _is(codes: np.ndarray, code: str) -> np.ndarray:
    return codes == ord(code)


def _next(places: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The first of these sorted places that is not before each of `at`; beyond everything where there is none."""
    return np.append(places, 1 << 60)[np.searchsorted(places, at)]


class _Reading:
    """Sentences one after another, with bars between them, while their attributions are found."""

    def __init__(
        self, tokens: Tokens, codes: np.ndarray, token: np.ndarray, begins: np.ndarray, ends: np.ndarray
    ) -> None:
        self.tokens, self.codes, self.token = tokens, codes, token
        self.begins, self.ends = begins, ends
        self.s = codes.tobytes().decode("latin-1")
        # The claims found, and the parts of sentences that they report.
        self.sentence: list[int] = []
        self.cue: list[int] = []
        self.width: list[int] = []
        self.verb: list[int] = []
        self.subject: list[int] = []
        self.subject_end: list[int] = []
        self.own: list[bool] = []  # the subject stands by this verb, and was not carried over from another
        self.part_of: list[int] = []
        self.part: list[int] = []
        self.part_end: list[int] = []
        # The sentence that is being read: its number, its place, and which claims and parts are its first.
        self.now = self.begin = self.end = self.first = self.first_part = -1

    def on(self, at: np.ndarray, word_list: int) -> np.ndarray:
        """Whether the words at these places are on a list."""
        return (self.tokens.lists[self.token[at]] & word_list) > 0

    def back(self, at: np.ndarray, passed: str) -> np.ndarray:
        """Each place moved back over the codes before it that are among `passed`."""
        at = at.copy()
        moving = np.flatnonzero(is_code(self.codes[at - 1], passed))
        while len(moving):
            at[moving] -= 1
            moving = moving[is_code(self.codes[at[moving] - 1], passed)]
        return at

    def forward(self, at: np.ndarray, passed: str) -> np.ndarray:
        at = at.copy()
        moving = np.flatnonzero(is_code(self.codes[at], passed))
        while len(moving):
            at[moving] += 1
            moving = moving[is_code(self.codes[at[moving]], passed)]
        return at

    def nouns(self, at: np.ndarray, pair: np.ndarray) -> np.ndarray:
        """Whether a form of a reporting verb is a noun or an adjective here."""
        c, of = self.codes, is_code
        code, before, after = c[at], c[at - 1], c[at + 1 + pair]
        ahead = c[self.forward(at + 1 + pair, "A")]
        noun, base = self.on(at, NOUN), _is(code, "B")
        either, listed = base | noun, noun | self.on(at, NOUN_BASE)
        singular = base & of(before, "nN") & listed & ~self.on(at - 1, PLURAL)
        singular[singular] = [not _plural(self.tokens.word(token)) for token in self.token[at[singular] - 1]]
        before_noun = singular | _is(before, "n") & of(after, "p.,nC|")
        clause = of(before, "PhNnAtb&") & of(ahead, "tDPNTQ:,#h")
        rules = [
            (_is(code, "G"), False),
            (_is(before, "p") | _is(before, "D") & ~self.on(at - 1, PLURAL), True),
            (_is(code, "C") & ~of(before, "ne#DT&.,|"), False),
            (either & of(before, "e#"), True),
            (base & _is(before, "T"), ~of(after, "tQ:") & ~(_is(after, ",") & _is(c[at + 2 + pair], "Q"))),
            (base & of(before, "&.|"), ~of(after, "tP")),
            (either & listed & before_noun, True),
            (either & listed, noun & ~clause),
            (either, False),
        ]
        judged = _framed("judge", "that")[self.tokens.verbs[self.token[at]]]
        default = _is(before, "n") & ~pair.astype(bool) & judged & of(after, "p.,|")
        return np.select([rule for rule, _ in rules], [answer for _, answer in rules], default)

    def subjects(self, cue: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The noun phrase that each cue belongs to, from its beginning to its end; -1 where there is none."""
        c, of, s = self.codes, is_code, self.s
        at, moving = cue.copy(), np.arange(len(cue))
        while len(moving):
            here = at[moving]
            last, code = c[here - 1], c[here]
            since = ((here == cue[moving] - 1) | of(code, "xA")) & self.on(here - 1, SINCE)
            skip = of(last, "xzAW") | _is(last, "#") & _is(c[here - 2], "W") | _is(last, "p") & (_is(code, "W") | since)
            moving = moving[skip]
            at[moving] -= 1
        last, begin = c[at - 1], self.begins[np.searchsorted(self.begins, cue, "right") - 1]
        start, end = np.full(len(at), -1), np.full(len(at), -1)
        # A relative clause: the speaker is what it belongs to.
        relative = of(last, "ht") & (at - begin > 1)
        edge = at - 1 - of(c[at - 2], ",-")
        relative &= of(c[edge - 1], "Nn") & self.on(at - 1, RELATIVE)
        single = of(last, "Pht")
        start[single], end[single] = at[single] - 1, at[single]
        phrase = np.flatnonzero(relative | ~single & ~of(last, "&b|,-"))
        edge = np.where(relative, edge, at)
        outside = np.flatnonzero(~of(c, "NnDp#eg&AW"))
        left = outside[np.searchsorted(outside, edge[phrase]) - 1] + 1
        lead = np.array([_phrase(s[a:b]) for a, b in zip(left.tolist(), edge[phrase].tolist(), strict=True)], int)
        some = phrase[lead >= 0]
        start[some], end[some] = left[lead >= 0] + lead[lead >= 0], edge[some]
        for number in np.flatnonzero(of(last, ",-")).tolist():
            found = _appositive(s, int(begin[number]), int(at[number]) - 1)
            if found:
                start[number], end[number] = found
        return start, end

    def content_starts(self, at: np.ndarray, verb: np.ndarray, end: np.ndarray) -> np.ndarray:
        """First token of what is reported, after the hearer, the time and the occasion."""
        c, of = self.codes, is_code
        code, frames = c[at], forms()
        out = at + of(code, ":,")
        longer = of(code, "WAp") | of(code, "Dn") & _is(c[at + 1], "W")
        longer |= _framed("ask")[verb] | _framed("tell")[verb] & ~of(code, "t:,QTh|")
        for number in np.flatnonzero(longer).tolist():
            out[number] = self.content_start(int(at[number]), int(end[number]), frames[verb[number]].frame)
        return out

    def content_start(self, at: int, end: int, frame: str) -> int:
        s = self.s
        if frame == "ask":
            to = _TO.match(s, at, min(end, at + 14))
            if to:
                return to.end() - 1
        if frame in ("tell", "ask") and at < end and s[at] not in "t:,QTh":
            if self.on(at, HEARER) and s[at + 1] != "n":
                at += 1
            else:
                clause, hearer = _CLAUSE.search(s, at, min(end, at + 12)), _HEARER.match(s, at)
                at = clause.start() if clause else hearer.end() if hearer else at
        if frame in ("say", "quote", "think") and s[at] == "p" and self.on(at, ABOUT):
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
            time = _TIME.match(s, at, end) if code != "n" or s[at + 1] == "W" else None
            if time:
                at = time.end()
                continue
            if code != "p" or frame in ("want", "judge", "think"):
                return at
            clause = _BREAK.search(s, at, min(end, at + 18))
            if clause and not _FINITE.search(s, at, clause.start()):
                at = clause.start()
                continue
            occasion = _OCCASION.match(s, at)
            if not occasion or not _ANY_VERB.search(s, occasion.end(), end):
                return end
            at = occasion.end()
        return at

    def content_ends(self, start: np.ndarray, verb: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Where a reported clause ends before its sentence does: at a contrast, or after the object of a judgement."""
        c, of, frames = self.codes, is_code, forms()
        judged = _framed("judge")[verb]
        pause = np.flatnonzero(of(c, ",-"))
        longer = np.where(judged, _next(pause, start), _next(pause[of(c[pause + 1], "bh")], start)) < end
        out = np.minimum(_next(np.flatnonzero(_is(c, ";")), start), end)
        for number in np.flatnonzero(longer).tolist():
            cut = self.cut(int(start[number]), int(end[number]), frames[verb[number]].frame)
            if cut >= 0:
                out[number] = cut
        return out

    def cut(self, start: int, end: int, frame: str) -> int:
        s = self.s
        for match in (_PAUSE if frame == "judge" else _PAUSE_AND_CLAUSE).finditer(s, start, end):
            at = match.end()
            if frame == "judge" and s[start] != "h" and _CUT.match(s, at):
                return at - 1
            if s[at] == "b" and s[at + 1] != "t" and (frame == "want" or self.on(at, CONTRAST)):
                return at - 1
            if s[at] == "h" and frame == "want":
                return at - 1
        return -1

    def cues(self) -> list[tuple]:
        """What is to be read one by one, in order: `according to`, nouns with a clause, and verbs that may report something."""
        c, of = self.codes, is_code
        at = np.flatnonzero(of(c, "CBG"))
        pair = self.tokens.pairs[self.token[at]].astype(int)
        verbal = ~self.nouns(at, pair)
        at, pair = at[verbal], pair[verbal]
        verb = self.tokens.verbs[self.token[at]]
        cue_end = at + 1 + pair
        sentence = np.searchsorted(self.begins, at, "right") - 1
        end = self.ends[sentence]
        code, before, after = c[at], c[at - 1], c[cue_end]

        finite, ing = _is(code, "C"), _is(code, "G")
        lead = c[self.back(at, "A") - 1]
        passive = finite & of(before, "zA") & _is(lead, "z")
        thought = of(after, "Tt") & _framed("say", "think")[verb]
        addressed = passive & ~thought & _framed("ask", "tell")[verb]
        addressed |= ~passive & finite & _framed("ask")[verb] & of(before, ".b|")
        inverted = ~ing & of(lead, "Q,-!.") & _framed(*ASIDE)[verb] & of(c[cue_end], "PDA#negnN")
        straight = ~passive & ~addressed

        subject, subject_end = self.subjects(at)
        nobody, joined = subject < 0, c[self.back(at, "xA") - 1]
        start = self.content_starts(cue_end, verb, end)
        first, led = c[start], c[start - 1]
        loose = (
            _framed("say", "tell", "that")[verb] & of(first, "tQ") | _is(before, "p") & _framed("ask", "judge")[verb]
        )
        clauseless = _next(np.flatnonzero(of(c, "xzC")), start) >= end
        paused = of(led, ",:")
        nothing = (  # what follows is nothing that this verb reports
            of(first, "xz")
            | _is(after, "p") & _framed("think", "want", "to")[verb]
            | _framed("to")[verb] & ~of(first, "TtQ")
            | _lemma("add")[verb] & ~of(first, "tPQ") & ~paused & clauseless
            | _framed("think")[verb] & ~of(first, "tTP") & clauseless  # knows the town, fears nobody
            | _framed("say")[verb] & _is(first, "T") & ~_lemma("claim")[verb]
            | _framed("tell")[verb] & ~of(first, "tThQP") & ~paused & clauseless
            | ing & ~of(before, ",&-.bz|") & ~loose
            | _framed("that")[verb] & ~of(first, "thQ") & ~_is(led, ":")
            | _framed("ask")[verb] & ~of(first, "TthQ") & ~paused
        )
        later = _framed("quote")[verb] & ~of(first, "Qt") & ~_is(led, ":")
        content = np.where(later, _next(np.flatnonzero(_is(c, "Q")), start), start)
        nothing |= of(c[np.minimum(content, end)], "|.")
        stop = self.content_ends(np.where(nothing, end, content), verb, end)

        edge = self.back(subject, "A")
        lead, quoted = c[edge - 1], _is(c[edge - 2], "Q")
        beside = of(lead, "Q!") | _is(lead, ",") & quoted
        aside = of(lead, ",Q-!b") & (beside | of(first, ".;|") | _is(after, ",") | _is(led, ","))
        aside = (aside | ing) & ~nobody & (~ing | _is(before, "z"))
        carried = ing | _is(before, "T") | of(joined, "&b")

        way = np.select([passive & thought, addressed], [THOUGHT, ADDRESSED], STRAIGHT)
        useful = straight & (inverted | (aside | ~nothing) & (~nobody | carried)) | (way != STRAIGHT)
        according, clause = np.flatnonzero(_is(c, "R")), np.flatnonzero(_is(c, "t"))
        clause = clause[self.tokens.nouns[self.token[clause - 1]] & ~_is(c[clause - 1], "|")]
        columns = [way, at, cue_end, verb, inverted, subject, subject_end, start, content, stop, joined, nothing, aside]
        columns = [column[useful] for column in columns]
        for places, kind in ((according, ACCORDING), (clause, NOUN_CLAUSE)):
            more = np.zeros(len(places), int)
            columns = [np.append(column, more) for column in columns]
            columns[0][len(columns[0]) - len(places) :] = kind
            columns[1][len(columns[1]) - len(places) :] = places
        order = np.argsort(columns[1])
        return list(zip(*(column[order].tolist() for column in columns), strict=True))

    # ------------------------------------------------------------------ one by one
    def read(self) -> Claims:
        for way, at, cue_end, verb, inverted, subject, subject_end, *more in self.cues():
            if at >= self.end:
                self.now = np.searchsorted(self.begins, at, "right") - 1
                self.begin, self.end = int(self.begins[self.now]), int(self.ends[self.now])
                self.first, self.first_part = len(self.verb), len(self.part)
            if way == ACCORDING:
                self.according(at)
            elif way == NOUN_CLAUSE:
                if not self.inside(at):
                    self.add(at - 1, at, _NOUN, None, [(at, self.end)])
            elif way == ADDRESSED:
                self.addressed(at, cue_end, verb)
            elif way == THOUGHT:
                if not self.inside(at):
                    self.add(at, cue_end, verb, None, [(cue_end, self.end)])
            elif not (inverted and self.inverted(at, cue_end, verb)):
                self.straight(at, cue_end, verb, (subject, subject_end) if subject >= 0 else None, *more)
        return self.claims()

    def add(
        self, cue: int, cue_end: int, verb: int, subject: Range | None, parts: list[Range], own: bool = True
    ) -> None:
        start = min(cue, subject[0]) if own and subject else cue
        ends = self.part_end
        for number in range(self.first_part, len(ends)):
            if self.part[number] < start < ends[number]:
                ends[number] = start
        for a, b in parts:
            if b > a:
                self.part_of.append(len(self.verb))
                self.part.append(a)
                ends.append(b)
        begin, end = subject or (-1, -1)
        self.sentence.append(self.now)
        self.cue.append(cue)
        self.width.append(cue_end - cue)
        self.verb.append(verb)
        self.subject.append(begin)
        self.subject_end.append(end)
        self.own.append(own)

    def inside(self, at: int) -> bool:
        """Whether a token is part of what someone else is reported to say."""
        for number in range(self.first_part, len(self.part)):
            if self.part[number] <= at < self.part_end[number]:
                return True
        return False

    def clause_start(self, at: int) -> int:
        """Where the words before an attribution begin: after the content of the one before, or with the sentence."""
        cues, ends = self.cue[self.first :], self.part_end[self.first_part :]
        return min(at, max([self.begin, *(cue + 1 for cue in cues), *ends]))

    def last_subject(self) -> Range | None:
        return (self.subject[-1], self.subject_end[-1]) if self.subject[-1] >= 0 else None

    def according(self, at: int) -> None:
        """`According to the ministry, X` and `X, according to the ministry`."""
        s, stop = self.s, self.end
        subject = _after(s, at + 2) if s[at + 1] == "T" else None
        if subject is None:
            return
        left, end = self.clause_start(at), subject[1]
        if not s[left:at].strip("&Ab,"):
            comma = s.find(",", end, stop)
            parts = [(comma + 1, stop)] if comma >= 0 else []
        elif self.inside(at):
            return
        else:
            parts = [(left, at)]
            if s[end] == "," and s[end + 1] not in "hgG|" and (s[end + 1] in "xzeA" or s.find("Q", end, stop) >= 0):
                parts.append((end + 1, stop))
        self.add(at, at + 2, _ACCORDING, subject, parts)

    def addressed(self, at: int, cue_end: int, verb: int) -> None:
        """`Asked whether ...`, `was told that ...`: the hearer is named first; the speaker follows `by`, or is not named."""
        s = self.s
        for place in range(cue_end, min(self.end, cue_end + 8)):
            if s[place] in "ht" or s[place] in "bp" and self.on(place, IF_ABOUT):
                by = s[cue_end] == "p" and self.on(cue_end, BY)
                stop = s.find(",", place, self.end)
                content = [(place, stop if stop >= 0 else self.end)]
                self.add(at, cue_end, verb, _after(s, cue_end + 1) if by else None, content)
                return
            if s[place] in ",:;QxzCB":
                return

    def inverted(self, at: int, cue_end: int, verb: int) -> bool:
        """`"...," said Smith` and `The war is over, said the minister`."""
        s, look, place = self.s, at, cue_end
        while s[look - 1] == "A":
            look -= 1
        while s[place] == "A":
            place += 1
        lead, subject = s[look - 1], _after(s, place)
        if not subject:
            return False
        follows = s[subject[1]]
        beside = lead == "Q" or s[look - 2] == "Q"
        if follows not in ",.-;:hpQbWDgGT!|" and lead != "Q":
            return False
        if not beside and follows not in ".|" and lead in ",-" and s.find(",", self.begin, look - 1) >= 0:
            if _appositive(s, self.begin, look - 1):
                return False
        parts = [(self.clause_start(look), look - 1 if lead in ",-" else look)]
        quote = s.find("Q", subject[1], self.end)
        if quote >= 0:
            parts.append((quote, self.end))
        self.add(at, cue_end, verb, subject, parts)
        return True

    def straight(
        self,
        at: int,
        cue_end: int,
        verb: int,
        subject: Range | None,
        start: int,
        content: int,
        stop: int,
        joined: int,
        nothing: bool,
        aside: bool,
    ) -> None:
        """A cue after its subject: `X said that ...`, `..., X said`, `..., adding that ...`."""
        s, before = self.s, self.s[at - 1]
        ing, outer, found = s[at] == "G", self.inside(at), len(self.verb) > self.first
        own = subject is not None and (not ing or before == "z")
        if subject is None or outer and s[subject[0]] == "t":
            own = False
            if not (ing or before == "T" or joined in b"&b"):
                return
            if found:
                subject = self.last_subject()
            else:
                subject = (_near_subject if before == "T" else _main_subject)(s, self.begin, at)
        elif found and joined == ord("&"):
            subject, own = self.last_subject(), False
        elif ing:
            subject = self.last_subject() if found else _main_subject(s, self.begin, at) or subject
        own = own and subject is not None
        if own and aside and self.aside(at, cue_end, verb, subject, start) or nothing:
            return
        if outer:  # inside what someone else is reported to say: a new attribution only where a new clause begins
            edge = s[subject[0] - 1] if own and subject[0] > self.begin else before
            if own and edge not in ",;-&b:" or before not in (",&-" if ing else "&xAb" if not own else before):
                return
        self.add(at, cue_end, verb, subject, [(content, stop)], own)

    def aside(self, at: int, cue_end: int, verb: int, subject: Range, start: int) -> bool:
        """`..., X said.` and `..., X said, ...`: the words before are what is reported, and often those after it."""
        s, stop, edge = self.s, self.end, subject[0]
        while s[edge - 1] == "A":
            edge -= 1
        lead, first, frame = s[edge - 1], s[start], forms()[verb].frame
        beside = lead in "Q!" or lead == "," and s[edge - 2] == "Q"
        closes = first in ".;|" or s[cue_end] == "," and not self.opens_quote(cue_end + 1)
        closes = closes or s[start - 1] == "," and start > cue_end and lead in ",Q-!" and first != "Q"
        if beside:
            closes = closes or first not in "tQ" and s[start - 1] != ":"
            if closes and first not in "Q.;,|":
                quote = s.find("Q", start, stop)
                start = quote if quote >= 0 else stop
        if lead == "b" and s[edge - 2] == "," and start >= stop and self.on(edge - 1, AS):
            edge, lead = edge - 1, ","
        if lead not in ",Q-!" or not closes or not (beside or frame in ASIDE):
            return False
        spoken = _framed(*SPEECH)
        found = range(self.first, len(self.verb))
        if start >= stop and not any(self.subject[i] >= 0 and self.own[i] and spoken[self.verb[i]] for i in found):
            self.forget()  # `..., he said` at the end takes the sentence as a whole
        left = self.clause_start(edge)
        parts = []
        if s.find("Q", left, edge) >= 0 or not self.inside(at):
            parts.append((left, edge - 1 if lead in ",-" else edge))
        quote = s.find("Q", start, stop)
        if start < stop and s[start] not in "GghbT,":
            parts.append((start, stop))
        elif quote >= 0:
            parts.append((quote, stop))
        if parts:
            self.add(at, cue_end, verb, subject, parts)
        return True

    def opens_quote(self, at: int) -> bool:
        """Whether token `at` is a quotation that begins as a sentence does."""
        return self.s[at] == "Q" and not self.tokens.text[self.tokens.starts[self.token[at]]].islower()

    def forget(self) -> None:
        """Drop the claims found in this sentence so far."""
        for column in (self.sentence, self.cue, self.width, self.verb, self.subject, self.subject_end, self.own):
            del column[self.first :]
        for column in (self.part_of, self.part, self.part_end):
            del column[self.first_part :]

    # ------------------------------------------------------------------ the result
    def claims(self) -> Claims:
        """What was found, and the quotations that no cue reports, as columns."""
        c, of, starts, ends = self.codes, is_code, self.tokens.starts, self.tokens.ends
        part_of, part, part_end = (np.array(column, int) for column in (self.part_of, self.part, self.part_end))
        quotes = np.flatnonzero(_is(c, "Q"))
        first = np.searchsorted(quotes, part)
        held = np.searchsorted(quotes, part_end) - first
        # A quotation belongs to the first claim that has it, and cuts the words around it in two.
        owner, turn = _repeated(held)
        quote, once = np.unique(first[owner] + turn, return_index=True)
        owner = part_of[owner[once]]
        piece, turn = _repeated(held + 1)
        around = np.append(quotes, 0)
        begin = np.where(turn > 0, around[first[piece] + turn - 1] + 1, part[piece])
        end = np.where(turn < held[piece], around[first[piece] + turn], part_end[piece])
        # Words without punctuation or a conjunction at their ends, and no single word.
        begin = _next(np.flatnonzero(~of(c, ",:;-.!&b")), begin)
        inner = np.flatnonzero(~of(c, ",:;-.!&"))
        last = inner[np.searchsorted(inner, end) - 1]
        words = last > begin
        contents = part_of[piece[words]], starts[self.token[begin[words]]], ends[self.token[last[words]]]

        # Quotations without a cue, the speaker beside them or at the head of the sentence.
        free = np.delete(np.arange(len(quotes)), quote)
        cued, bare = len(self.verb), []
        self.first_part = len(self.part)
        for number, at in zip(free.tolist(), quotes[free].tolist(), strict=True):
            self.now = int(np.searchsorted(self.begins, at, "right")) - 1
            begin = int(self.begins[self.now])
            tag = _UNLISTED.match(self.s, at + 1)
            subject = tag.span(1) if tag else _main_subject(self.s, begin, at) if at > begin + 1 else None
            if subject:
                tagged = tag.start(2) if tag else -1
                self.add(tagged, tagged + 1, -1, subject, [])
                bare.append(number)
        quote = np.append(quote, np.array(bare, int))
        owner = np.append(owner, np.arange(cued, len(self.verb)))
        number = np.searchsorted(np.flatnonzero(_is(self.tokens.numbers, "Q")), self.token[quotes[quote]])

        columns = (self.sentence, self.subject, self.subject_end, self.cue, self.width, self.verb)
        order = np.argsort(np.array(self.sentence, int), kind="stable")
        sentence, subject, subject_end, cue, width, verb = (np.array(column, int)[order] for column in columns)
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        return Claims(
            sentence,
            np.where(subject >= 0, starts[self.token[subject]], -1),
            np.where(subject >= 0, ends[self.token[subject_end - 1]], -1),
            np.where(cue >= 0, starts[self.token[cue]], -1),
            np.where(cue >= 0, ends[self.token[cue] + width - 1], -1),
            verb,
            np.column_stack([rank[contents[0]], *contents[1:]]),
            np.column_stack([rank[owner], number]),
        )


def _repeated(times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each number as often as `times` says: 0, 0, 1, 3, 3 for 2, 1, 0, 2, and which time it is: 0, 1, 0, 0, 1."""
    number = np.repeat(np.arange(len(times)), times)
    return number, np.arange(len(number)) - np.repeat(np.cumsum(times) - times, times)


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("'s", "ss", "us", "is"))
