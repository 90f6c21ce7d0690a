"""Who said it: reporting verbs, their subjects, and the words that they report, sentence by sentence.

Private to `voices`. A sentence is a string with one letter for each token (see `wordclasses`): `NN,DNn,CtDnnzn` is "James Jeffrey,
the U.S. envoy, said that the attack was wrong". So the grammar of an attribution is a handful of short patterns over it.
What most verbs need is found for all verbs of a batch at once, as arrays; `_Reading` goes through the verbs that report something.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from .cues import (
    ACCORDING,
    ADDRESSED,
    ASIDE,
    NOUN_CLAUSE,
    THOUGHT,
    Cues,
    Sentences,
    equal,
    following,
    framed,
)
from .noun_phrases import after, appositive, main_subject, near_subject, phrase_before
from .word_classes import (
    ACCORDING_TO,
    AS,
    BY,
    CLAUSE_OF_NOUN,
    IF_ABOUT,
    MAX_TOKENS,
    Tokens,
    forms,
    is_code,
)

__all__ = ["first_subject", "read_claims", "sentences"]


SPEECH = ("say", "tell", "quote")
# A quotation, its speaker, and a past tense that no list holds: `"...," Smith fumed.`
_UNLISTED = re.compile(r"[,!-]?(P|D?[neg#]{0,3}[nN]+)A*([eC])")
# `he asked`, `the senator said`, `said Smith` after a quotation that ends in a full stop, or in a question mark.
_SHORT_TAG = re.compile(r"(?:P|N{1,4}|D?[neg]*[nN]+)[xA]*C[.,A]|C(?:D?[Nn]|P)")
_TAG = re.compile(
    r"(?:P|D?[neg#]*[Nn]+(?:pD?[neg#]*[nN]+)*(?:,[^.!QCx\n]*,)?)[xA]*C(?!t)|C(?:D?[Nn]|P)"
)
Range = tuple[int, int]


class Claims(NamedTuple):
    """Attributions as columns, sentence by sentence: in the order of their cues, then the quotations that have none."""

    sentence: np.ndarray
    subject: (
        np.ndarray
    )  # where the mention of the speaker begins; -1 where nobody is mentioned
    subject_end: np.ndarray
    cue: np.ndarray  # where the cue begins; -1 for none
    cue_end: np.ndarray
    verb: np.ndarray  # number among `forms`; -1 for none
    contents: np.ndarray  # three columns: the number of the claim, and where words that it reports begin and end
    quotes: (
        np.ndarray
    )  # two columns: the number of the claim, and that of a quotation that it reports


def sentences(tokens: Tokens) -> np.ndarray:
    """Token ranges of sentences: a full stop ends one, and so does one inside a quotation unless `he asked` follows."""
    codes, text = tokens.numbers, tokens.codes
    stops = np.flatnonzero(is_code(codes, ".!\n"))
    quoted = np.flatnonzero(
        (codes[stops - 1] == ord("Q")) & (codes[stops] != ord("\n")) & (stops > 0)
    )
    tagged = [
        (_TAG if text[at] == "!" else _SHORT_TAG).match(text, at + 1) is not None
        for at in stops[quoted].tolist()
    ]
    stops = np.delete(stops, quoted[np.array(tagged, bool)])
    begins = np.append(0, stops + 1)[:-1]
    # A sentence that is too long is cut, an empty one is none.
    sentence, part = _repeated(-((begins - stops) // MAX_TOKENS))
    begins = begins[sentence] + MAX_TOKENS * part
    ends = np.minimum(stops[sentence], begins + MAX_TOKENS)
    return np.column_stack([begins, ends])


def first_subject(tokens: Tokens, begin: int, end: int) -> Range | None:
    """The place of the first noun phrase of a sentence."""
    found = main_subject(tokens.codes, begin, end)
    return (
        (int(tokens.starts[found[0]]), int(tokens.ends[found[1] - 1]))
        if found
        else None
    )


def read_claims(tokens: Tokens, ranges: np.ndarray) -> Claims:
    """Every attribution in the sentences that have these token ranges."""
    return _Reading(Sentences(tokens, ranges)).read()


class _Reading:
    """The attributions of some sentences while they are found, from left to right."""

    def __init__(self, sentences: Sentences) -> None:
        self.tokens, self.codes, self.token, self.s = (
            sentences.tokens,
            sentences.codes,
            sentences.token,
            sentences.s,
        )
        self.begins, self.ends, self.on = sentences.begins, sentences.ends, sentences.on
        cues = sentences.cues()
        sentence = np.searchsorted(self.begins, cues.at, "right") - 1
        alone = cues.plain.astype(bool) & (
            np.bincount(sentence, minlength=1)[sentence] == 1
        )
        self.cues = Cues(*(column[~alone] for column in cues))
        # The claims found, those that stand alone in their sentences first; and the parts of sentences that they report.
        cues = Cues(*(column[alone] for column in cues))
        self.sentence: list[int] = sentence[alone].tolist()
        self.cue: list[int] = cues.at.tolist()
        self.width: list[int] = (cues.end - cues.at).tolist()
        self.verb: list[int] = cues.verb.tolist()
        self.subject: list[int] = cues.subject.tolist()
        self.subject_end: list[int] = cues.subject_end.tolist()
        self.own: list[bool] = [True] * len(
            self.cue
        )  # the subject was not carried over from another verb
        self.part_of: list[int] = list(range(len(self.cue)))
        self.part: list[int] = cues.content.tolist()
        self.part_end: list[int] = cues.content_end.tolist()
        # The sentence that is being read: its number, its place, and which claims and parts are its first.
        self.now = self.begin = self.end = self.first = self.first_part = -1

    def read(self) -> Claims:
        columns = (column.tolist() for column in self.cues[:-1])
        for way, at, cue_end, verb, inverted, subject, subject_end, *more in zip(
            *columns, strict=True
        ):
            if at >= self.end:
                self.now = int(np.searchsorted(self.begins, at, "right")) - 1
                self.begin, self.end = (
                    int(self.begins[self.now]),
                    int(self.ends[self.now]),
                )
                self.first, self.first_part = len(self.verb), len(self.part)
            if way == ACCORDING:
                self.according(at)
            elif way == NOUN_CLAUSE:
                if not self.inside(at):
                    self.add(at - 1, at, CLAUSE_OF_NOUN, None, [(at, self.end)])
            elif way == ADDRESSED:
                self.addressed(at, cue_end, verb)
            elif way == THOUGHT:
                if not self.inside(at):
                    self.add(at, cue_end, verb, None, [(cue_end, self.end)])
            elif not (inverted and self.inverted(at, cue_end, verb)):
                self.straight(
                    at,
                    cue_end,
                    verb,
                    (subject, subject_end) if subject >= 0 else None,
                    *more,
                )
        return self.claims()

    def add(
        self,
        cue: int,
        cue_end: int,
        verb: int,
        subject: Range | None,
        parts: list[Range],
        own: bool = True,
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
        return (
            (self.subject[-1], self.subject_end[-1]) if self.subject[-1] >= 0 else None
        )

    def according(self, at: int) -> None:
        """`According to the ministry, X` and `X, according to the ministry`."""
        s, stop = self.s, self.end
        subject = after(s, at + 2) if s[at + 1] == "T" else None
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
            if (
                s[end] == ","
                and s[end + 1] not in "hgG|"
                and (s[end + 1] in "xzeA" or s.find("Q", end, stop) >= 0)
            ):
                parts.append((end + 1, stop))
        self.add(at, at + 2, ACCORDING_TO, subject, parts)

    def addressed(self, at: int, cue_end: int, verb: int) -> None:
        """`Asked whether ...`, `was told that ...`: the hearer is named first; the speaker follows `by`, or is not named."""
        s = self.s
        for place in range(cue_end, min(self.end, cue_end + 8)):
            if s[place] in "ht" or s[place] in "bp" and self.on(place, IF_ABOUT):
                by = s[cue_end] == "p" and self.on(cue_end, BY)
                stop = s.find(",", place, self.end)
                content = [(place, stop if stop >= 0 else self.end)]
                self.add(
                    at, cue_end, verb, after(s, cue_end + 1) if by else None, content
                )
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
        lead, subject = s[look - 1], after(s, place)
        if not subject:
            return False
        follows = s[subject[1]]
        beside = lead == "Q" or s[look - 2] == "Q"
        if (
            not beside and forms()[verb].lemma == "tell"
        ):  # `X, the mayor, told reporters`
            return False
        if follows not in ",.-;:hpQbWDgGT!|" and lead != "Q":
            return False
        if (
            not beside
            and follows not in ".|"
            and lead in ",-"
            and s.find(",", self.begin, look - 1) >= 0
        ):
            if appositive(s, self.begin, look - 1):
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
                subject = (near_subject if before == "T" else main_subject)(
                    s, self.begin, at
                )
        elif found and joined == ord("&"):
            subject, own = self.last_subject(), False
        elif ing:
            subject = (
                self.last_subject()
                if found
                else main_subject(s, self.begin, at) or subject
            )
        own = own and subject is not None
        if own and aside and self.aside(at, cue_end, verb, subject, start) or nothing:
            return
        if outer:  # inside what someone else is reported to say: a new attribution only where a new clause begins
            edge = s[subject[0] - 1] if own and subject[0] > self.begin else before
            if (
                own
                and edge not in ",;-&b:"
                or before not in (",&-" if ing else "&xAb" if not own else before)
            ):
                return
        self.add(at, cue_end, verb, subject, [(content, stop)], own)

    def aside(
        self, at: int, cue_end: int, verb: int, subject: Range, start: int
    ) -> bool:
        """`..., X said.` and `..., X said, ...`: the words before are what is reported, and often those after it."""
        s, stop, edge = self.s, self.end, subject[0]
        while s[edge - 1] == "A":
            edge -= 1
        if s[at - 1] == "," == s[edge - 1]:  # `"...," the mayor, Ann Lee, said`
            role = phrase_before(s, self.begin, edge - 1)
            edge = role[0] if role and s[role[0] - 1] in "Q," else edge
        lead, first, frame = s[edge - 1], s[start], forms()[verb].frame
        beside = lead in "Q!" or lead == "," and s[edge - 2] == "Q"
        closes = (
            first in ".;|" or s[cue_end] == "," and not self.opens_quote(cue_end + 1)
        )
        closes = (
            closes
            or s[start - 1] == ","
            and start > cue_end
            and lead in ",Q-!"
            and first != "Q"
        )
        if beside:
            closes = closes or first not in "tQ" and s[start - 1] != ":"
            if closes and first not in "Q.;,|":
                quote = s.find("Q", start, stop)
                start = quote if quote >= 0 else stop
        if (
            lead == "b"
            and s[edge - 2] == ","
            and start >= stop
            and self.on(edge - 1, AS)
        ):
            edge, lead = edge - 1, ","
        if lead not in ",Q-!" or not closes or not (beside or frame in ASIDE):
            return False
        spoken = framed(*SPEECH)
        found = range(self.first, len(self.verb))
        if start >= stop and not any(
            self.subject[i] >= 0 and self.own[i] and spoken[self.verb[i]] for i in found
        ):
            self.forget()  # `..., he said` at the end takes the sentence as a whole
        left = self.clause_start(edge)
        parts = []
        if s.find("Q", left, edge) >= 0 or not self.inside(at):
            parts.append((left, edge - 1 if lead in ",-" else edge))
        quote = s.find("Q", start, stop)
        if start < stop and s[start] not in "GghbT,;":
            parts.append((start, stop))
        elif quote >= 0:
            parts.append((quote, stop))
        if parts:
            self.add(at, cue_end, verb, subject, parts)
        return True

    def opens_quote(self, at: int) -> bool:
        """Whether token `at` is a quotation that begins as a sentence does."""
        return (
            self.s[at] == "Q"
            and not self.tokens.text[self.tokens.starts[self.token[at]]].islower()
        )

    def forget(self) -> None:
        """Drop the claims found in this sentence so far."""
        for column in (
            self.sentence,
            self.cue,
            self.width,
            self.verb,
            self.subject,
            self.subject_end,
            self.own,
        ):
            del column[self.first :]
        for column in (self.part_of, self.part, self.part_end):
            del column[self.first_part :]

    # ------------------------------------------------------------------ the result
    def claims(self) -> Claims:
        """What was found, and the quotations that no cue reports, as columns."""
        c, of, starts, ends = self.codes, is_code, self.tokens.starts, self.tokens.ends
        part_of, part, part_end = (
            np.array(column, int) for column in (self.part_of, self.part, self.part_end)
        )
        quotes = np.flatnonzero(equal(c, "Q"))
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
        begin = following(np.flatnonzero(~of(c, ",:;-.!&b")), begin)
        inner = np.flatnonzero(~of(c, ",:;-.!&"))
        last = inner[np.searchsorted(inner, end) - 1]
        words = last > begin
        contents = (
            part_of[piece[words]],
            starts[self.token[begin[words]]],
            ends[self.token[last[words]]],
        )

        # Quotations without a cue, the speaker beside them or at the head of the sentence.
        free = np.delete(np.arange(len(quotes)), quote)
        cued, bare = len(self.verb), []
        self.first_part = len(self.part)
        for number, at in zip(free.tolist(), quotes[free].tolist(), strict=True):
            self.now = int(np.searchsorted(self.begins, at, "right")) - 1
            begin = int(self.begins[self.now])
            tag = _UNLISTED.match(self.s, at + 1)
            subject = (
                tag.span(1)
                if tag
                else main_subject(self.s, begin, at)
                if at > begin + 1
                else None
            )
            if subject:
                tagged = tag.start(2) if tag else -1
                self.add(tagged, tagged + 1, -1, subject, [])
                bare.append(number)
        quote = np.append(quote, np.array(bare, int))
        owner = np.append(owner, np.arange(cued, len(self.verb)))
        number = np.searchsorted(
            np.flatnonzero(equal(self.tokens.numbers, "Q")), self.token[quotes[quote]]
        )

        columns = (
            self.sentence,
            self.subject,
            self.subject_end,
            self.cue,
            self.width,
            self.verb,
        )
        order = np.argsort(np.array(self.sentence, int), kind="stable")
        sentence, subject, subject_end, cue, width, verb = (
            np.array(column, int)[order] for column in columns
        )
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
