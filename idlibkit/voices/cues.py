"""The verbs that may report something, and what each of them needs to be read: for all sentences at once, as arrays.

Private to `voices`. What is asked of every verb is a look-up around its place; patterns are matched only where it is not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .people import BODIES
from .noun_phrases import INSIDE, appositive, phrase, role_and_name
from .word_classes import (
    ABOUT,
    CONTRAST,
    HEARER,
    NOUN,
    NOUN_BASE,
    PLURAL,
    RELATIVE,
    SINCE,
    Tokens,
    forms,
    is_code,
)

__all__ = [
    "ACCORDING",
    "ADDRESSED",
    "ASIDE",
    "Cues",
    "NOUN_CLAUSE",
    "Sentences",
    "THOUGHT",
    "equal",
    "following",
    "framed",
]


ASIDE = ("say", "quote", "tell", "ask", "think")  # frames that take "..., he said, ..."
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
_PAUSE = re.compile(r"[,-]")
_PAUSE_AND_CLAUSE = re.compile(r"[,-](?=[bh])")
_BAR, _BARS = (
    ord("|"),
    3,
)  # between sentences, so that three tokens on from one are never those of another
# How a cue is read: after its subject or before it; `was thought to`; `was told that`; `according to`; `the claim that`.
STRAIGHT, THOUGHT, ADDRESSED, ACCORDING, NOUN_CLAUSE = range(5)


class Cues(NamedTuple):
    """Places that may report something, in order, as columns. Places are in the sentences' codes."""

    way: np.ndarray
    at: np.ndarray
    end: np.ndarray
    verb: np.ndarray  # number among `forms`
    inverted: np.ndarray  # whether the subject may follow
    subject: np.ndarray  # -1 for none
    subject_end: np.ndarray
    start: (
        np.ndarray
    )  # of what stands after the cue, its hearer, the time and the occasion
    content: np.ndarray  # where that is reported by this verb: its beginning and end
    content_end: np.ndarray
    joined: np.ndarray  # the code before it and its auxiliaries
    nothing: np.ndarray  # whether what follows is nothing that this verb reports
    aside: np.ndarray  # whether it may stand apart: `..., he said, ...`
    plain: (
        np.ndarray
    )  # whether it reports what follows, where no other cue stands in its sentence


@lru_cache
def framed(*frames: str) -> np.ndarray:
    """Which of `forms` have one of these frames."""
    return np.array([verb.frame in frames for verb in forms()])


@lru_cache
def lemma(lemma: str) -> np.ndarray:
    return np.array([verb.lemma == lemma for verb in forms()])


def equal(codes: np.ndarray, code: str) -> np.ndarray:
    return codes == ord(code)


def following(places: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The first of these sorted places that is not before each of `at`; beyond everything where there is none."""
    return np.append(places, 1 << 60)[np.searchsorted(places, at)]


class Sentences:
    """Sentences one after another as one string of codes, with bars between them."""

    def __init__(self, tokens: Tokens, ranges: np.ndarray) -> None:
        sizes = ranges[:, 1] - ranges[:, 0]
        self.tokens = tokens
        self.begins = np.cumsum(sizes + _BARS) - sizes
        self.ends = self.begins + sizes
        at = np.arange(sizes.sum()) + np.repeat(
            self.begins - np.cumsum(sizes) + sizes, sizes
        )
        self.token = np.zeros(
            sizes.sum() + _BARS * (len(sizes) + 1), int
        )  # its number, for each code
        self.token[at] = at + np.repeat(ranges[:, 0] - self.begins, sizes)
        self.codes = np.full(len(self.token), _BAR, np.uint8)
        self.codes[at] = tokens.numbers[self.token[at]]
        self.s = self.codes.tobytes().decode("latin-1")

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
        noun, base = self.on(at, NOUN), equal(code, "B")
        either, listed = base | noun, noun | self.on(at, NOUN_BASE)
        singular = base & of(before, "nN") & listed & ~self.on(at - 1, PLURAL)
        singular[singular] = [
            not _plural(self.tokens.word(token))
            for token in self.token[at[singular] - 1]
        ]
        before_noun = singular | equal(before, "n") & of(after, "p.,nC|")
        clause = of(before, "PhNnAtb&") & of(ahead, "tDPNTQ:,#h")
        rules = [
            (equal(code, "G"), False),
            (equal(before, "p") | equal(before, "D") & ~self.on(at - 1, PLURAL), True),
            (equal(code, "C") & ~of(before, "ne#DT&.,|"), False),
            (either & of(before, "e#"), True),
            (
                base & equal(before, "T"),
                ~of(after, "tQ:") & ~(equal(after, ",") & equal(c[at + 2 + pair], "Q")),
            ),
            (base & of(before, "&.|"), ~of(after, "tP")),
            (either & listed & before_noun, True),
            (either & listed, noun & ~clause),
            (either, False),
        ]
        judged = framed("judge", "that")[self.tokens.verbs[self.token[at]]]
        default = equal(before, "n") & ~pair.astype(bool) & judged & of(after, "p.,|")
        return np.select(
            [rule for rule, _ in rules], [answer for _, answer in rules], default
        )

    def subjects(self, cue: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The noun phrase that each cue belongs to, from its beginning to its end; -1 where there is none."""
        c, of, s = self.codes, is_code, self.s
        at, moving = cue.copy(), np.arange(len(cue))
        while len(moving):
            here = at[moving]
            last, code = c[here - 1], c[here]
            since = ((here == cue[moving] - 1) | of(code, "xA")) & self.on(
                here - 1, SINCE
            )
            skip = (
                of(last, "xzAW")
                | equal(last, "#") & equal(c[here - 2], "W")
                | equal(last, "p") & (equal(code, "W") | since)
            )
            moving = moving[skip]
            at[moving] -= 1
        last, begin = (
            c[at - 1],
            self.begins[np.searchsorted(self.begins, cue, "right") - 1],
        )
        start, end = np.full(len(at), -1), np.full(len(at), -1)
        # A relative clause: the speaker is what it belongs to.
        relative = of(last, "ht") & (at - begin > 1)
        edge = at - 1 - of(c[at - 2], ",-")
        relative &= of(c[edge - 1], "Nn") & self.on(at - 1, RELATIVE)
        single = of(last, "Pht")
        start[single], end[single] = at[single] - 1, at[single]
        usual = np.flatnonzero(relative | ~single & ~of(last, "&b|,-"))
        edge = np.where(relative, edge, at)
        inside = of(c, INSIDE)
        to = np.flatnonzero(
            equal(c, "T")
        )  # `an adviser to the minister`; no first or last code, which are bars
        role = equal(c[to - 1], "n") | equal(c[to - 1], "e") & equal(c[to - 2], "n")
        opens = np.flatnonzero(equal(c[to - 1], "N") & equal(c[to - 2], "|"))
        role[opens] = [
            _plural(self.tokens.word(self.token[at])) for at in to[opens] - 1
        ]  # `Witnesses to the attack`
        inside[
            to[
                role
                & of(c[to + 1], "ND")
                & ~equal(c[self.back(to, "NnDeg#&A") - 1], "p")
            ]
        ] = True
        outside = np.flatnonzero(~inside)
        left = outside[np.searchsorted(outside, edge[usual]) - 1] + 1
        lead = np.array(
            [
                phrase(s[a:b])
                for a, b in zip(left.tolist(), edge[usual].tolist(), strict=True)
            ],
            int,
        )
        some = usual[lead >= 0]
        start[some], end[some] = left[lead >= 0] + lead[lead >= 0], edge[some]
        for number in np.flatnonzero(of(last, ",-")).tolist():
            first, comma = int(begin[number]), int(at[number]) - 1
            role = role_and_name(s, first, comma)
            if role and self.tokens.word(self.token[role[0]]) not in BODIES:
                found = role[1]
            else:
                found = appositive(s, first, comma)
            if found:
                start[number], end[number] = found
        return start, end

    def content_starts(
        self, at: np.ndarray, verb: np.ndarray, end: np.ndarray
    ) -> np.ndarray:
        """First token of what is reported, after the hearer, the time and the occasion."""
        c, of = self.codes, is_code
        code, frames = c[at], forms()
        out = at + of(code, ":,")
        longer = of(code, "WAp") | of(code, "Dn") & equal(c[at + 1], "W")
        longer |= framed("ask")[verb] | framed("tell")[verb] & ~of(code, "t:,QTh|")
        for number in np.flatnonzero(longer).tolist():
            out[number] = self.content_start(
                int(at[number]), int(end[number]), frames[verb[number]].frame
            )
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
                clause, hearer = (
                    _CLAUSE.search(s, at, min(end, at + 12)),
                    _HEARER.match(s, at),
                )
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

    def content_ends(
        self, start: np.ndarray, verb: np.ndarray, end: np.ndarray
    ) -> np.ndarray:
        """Where a reported clause ends before its sentence does: at a contrast, or after the object of a judgement."""
        c, of, frames = self.codes, is_code, forms()
        judged = framed("judge")[verb]
        pause = np.flatnonzero(of(c, ",-"))
        longer = (
            np.where(
                judged,
                following(pause, start),
                following(pause[of(c[pause + 1], "bh")], start),
            )
            < end
        )
        out = np.minimum(following(np.flatnonzero(equal(c, ";")), start), end)
        for number in np.flatnonzero(longer).tolist():
            cut = self.contrast(
                int(start[number]), int(end[number]), frames[verb[number]].frame
            )
            if cut >= 0:
                out[number] = cut
        return out

    def contrast(self, start: int, end: int, frame: str) -> int:
        s = self.s
        for match in (_PAUSE if frame == "judge" else _PAUSE_AND_CLAUSE).finditer(
            s, start, end
        ):
            at = match.end()
            if frame == "judge" and s[start] != "h" and _CUT.match(s, at):
                return at - 1
            if (
                s[at] == "b"
                and s[at + 1] != "t"
                and (frame == "want" or self.on(at, CONTRAST))
            ):
                return at - 1
            if s[at] == "h" and frame == "want":
                return at - 1
        return -1

    def gains(self, at: np.ndarray, verb: np.ndarray) -> np.ndarray:
        """Where "points to" is no verb: rose by two percentage points to 34."""
        out = lemma("point to")[verb]
        for number in np.flatnonzero(out).tolist():
            counted = chr(self.codes[at[number] - 1]) in "#D"
            out[number] = counted or self.tokens.word(self.token[at[number] - 1]) in (
                "percentage",
                "basis",
            )
        return out

    def cues(self) -> Cues:
        """`According to`, nouns with a clause, and verbs that may report something."""
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

        finite, ing = equal(code, "C"), equal(code, "G")
        lead = c[self.back(at, "A") - 1]
        passive = finite & of(before, "zA") & equal(lead, "z")
        thought = of(after, "Tt") & framed("say", "think")[verb]
        addressed = passive & ~thought & framed("ask", "tell")[verb]
        addressed |= ~passive & finite & framed("ask")[verb] & of(before, ".b|")
        inverted = (
            ~ing
            & of(lead, "Q,-!.")
            & framed(*ASIDE)[verb]
            & of(c[cue_end], "PDA#negnN")
        )
        straight = ~passive & ~addressed

        subject, subject_end = self.subjects(at)
        nobody, joined = subject < 0, c[self.back(at, "xA") - 1]
        start = self.content_starts(cue_end, verb, end)
        first, led = c[start], c[start - 1]
        loose = (
            framed("say", "tell", "that")[verb] & of(first, "tQ")
            | equal(before, "p") & framed("ask", "judge")[verb]
        )
        clauseless = following(np.flatnonzero(of(c, "xzC")), start) >= end
        paused = of(led, ",:")
        nothing = (  # what follows is nothing that this verb reports
            of(first, "xz")
            | equal(after, "p") & framed("think", "want", "to")[verb]
            | framed("to")[verb] & ~of(first, "TtQ")
            | lemma("add")[verb] & ~of(first, "tPQ") & ~paused & clauseless
            | framed("think")[verb]
            & ~of(first, "tTP")
            & clauseless  # knows the town, fears nobody
            | framed("say")[verb] & equal(first, "T") & ~lemma("claim")[verb]
            | framed("tell")[verb] & ~of(first, "tThQP") & ~paused & clauseless
            | ing & ~of(before, ",&-.bz|") & ~loose
            | framed("that")[verb] & ~of(first, "thQ") & ~equal(led, ":")
            | framed("ask")[verb] & ~of(first, "TthQ") & ~paused
            | self.gains(at, verb)
        )
        later = framed("quote")[verb] & ~of(first, "Qt") & ~equal(led, ":")
        content = np.where(
            later, following(np.flatnonzero(equal(c, "Q")), start), start
        )
        nothing |= of(c[np.minimum(content, end)], "|.")
        stop = self.content_ends(np.where(nothing, end, content), verb, end)

        edge = self.back(subject, "A")
        lead, quoted = c[edge - 1], equal(c[edge - 2], "Q")
        beside = of(lead, "Q!") | equal(lead, ",") & quoted
        aside = of(lead, ",Q-!b") & (
            beside | of(first, ".;|") | equal(after, ",") | equal(led, ",")
        )
        aside = (aside | ing) & ~nobody & (~ing | equal(before, "z"))
        carried = ing | equal(before, "T") | of(joined, "&b")

        way = np.select([passive & thought, addressed], [THOUGHT, ADDRESSED], STRAIGHT)
        useful = straight & (inverted | (aside | ~nothing) & (~nobody | carried)) | (
            way != STRAIGHT
        )
        according, clause = np.flatnonzero(equal(c, "R")), np.flatnonzero(equal(c, "t"))
        clause = clause[
            self.tokens.nouns[self.token[clause - 1]] & ~equal(c[clause - 1], "|")
        ]
        plain = straight & ~inverted & ~aside & ~nobody & ~ing & ~nothing
        columns = (
            way,
            at,
            cue_end,
            verb,
            inverted,
            subject,
            subject_end,
            start,
            content,
            stop,
            joined,
            nothing,
            aside,
            plain,
        )
        columns = [column[useful] for column in columns]
        for places, kind in ((according, ACCORDING), (clause, NOUN_CLAUSE)):
            rest = [np.zeros(len(places), int)] * (len(columns) - 2)
            more = [np.full(len(places), kind), places, *rest]
            columns = [
                np.append(column, one)
                for column, one in zip(columns, more, strict=True)
            ]
        order = np.argsort(columns[1])
        return Cues(*(column[order] for column in columns))


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("'s", "ss", "us", "is"))
