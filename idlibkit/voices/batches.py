"""The quotations and the reported speech of a batch of articles, and who says them.

Private to `voices`. Articles are read some at a time, as one text, so that each step is done for all of them at once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from ..text import HYPHENS, is_title_case, spaced_words
from .claims import read_claims
from .sentences import first_subject, sentence_ranges
from .marks import DOUBLED, quoted_spans
from .resolver import Resolver, Speaker
from .tokens import read_tokens
from .word_classes import Code, among
from .word_lists import Listed, forms

__all__ = ["KINDS", "read_speech"]


MIN_WORDS = 4  # inside marks; fewer are a fragment
BATCH = (
    1 << 18
)  # characters read at once: arrays of this size stay in the processor's cache
# English text has a quarter of its words among the commonest, other languages nearly none; a short text may have none too.
ENGLISH, FEW_WORDS = 0.08, 12
SMALL_IN_TITLES = frozenset(
    ["from", "into", "onto", "over", "than", "that", "till", "until", "upon", "with"]
)
HEADINGS = ("headline", "subheadline", "heading")
NEAR = 12  # sentences in which whom a pronoun means is looked for
KINDS = ("direct", "fragment", "indirect")
DIRECT, FRAGMENT, INDIRECT = range(3)
# Of what stands in '' '', as some archives transcribe double marks; they are no quotation marks of the design's.
DOUBLED_KIND = INDIRECT
_MIN_WORDS = re.compile(
    rf"(?:[\W_]*+[^\W_]++(?:[{HYPHENS}][^\W_]++)*+){{{MIN_WORDS}}}"
)  # I'm is two words
_PAUSES = ("", ".", "!", "?", ":", ",")
Range = tuple[int, int]


class Speech(NamedTuple):
    """What is quoted or reported, by whom. Places are within a line."""

    line: np.ndarray
    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    said: np.ndarray  # place in the columns below
    # What is said of it: where the speaker is mentioned, -1 for nowhere; whom the mention means; and how.
    said_line: np.ndarray
    said_start: np.ndarray
    said_end: np.ndarray
    speakers: list[Speaker | None]
    cues: list[str | None]
    stances: list[str | None]


def read_speech(
    ids: Sequence, texts: Sequence[str], roles: Sequence[str], *, speakers: bool = True
) -> Speech:
    """Read lines, which are those of an article one after the other. Without `speakers`, only what stands in marks is found."""
    parts = [Speech(*[np.array([], int)] * 8, [], [], [])]
    for first, last in _batches(ids, texts):
        batch = _Batch(first, ids[first:last], texts[first:last])
        parts.append(batch.read(roles[first:last]) if speakers else batch.in_marks())
    base = np.cumsum([0, *(len(part.cues) for part in parts)])
    parts = [
        part._replace(said=part.said + at)
        for part, at in zip(parts, base, strict=False)
    ]
    return Speech(
        *(np.concatenate([part[i] for part in parts]) for i in range(8)),
        *([one for part in parts for one in part[i]] for i in range(8, 11)),
    )


def _batches(ids: Sequence, texts: Sequence[str]) -> Iterator[Range]:
    """Runs of lines of whole articles, with about BATCH characters each."""
    first = size = 0
    for at, text in enumerate(texts):
        if size > BATCH and ids[at] != ids[at - 1]:
            yield first, at
            first, size = at, 0
        size += len(text) + 1
    if first < len(ids):
        yield first, len(ids)


def _small_letters(text: str) -> str:
    """A headline in title case in small letters but for its first, so that its verbs are seen; else as it is."""
    if is_title_case(text):
        small = text[:1] + text[1:].lower()
        return small if len(small) == len(text) else text
    return text


def _begins_sentence(text: str, start: int) -> bool:
    """Whether what is quoted from `start` begins a sentence, or follows a pause."""
    return text[max(0, start - 4) : start].strip("\"“‘'«„` ")[-1:] in _PAUSES


class _Batch:
    """Some articles while they are read; places are in the lines joined by line ends."""

    def __init__(self, first: int, ids: Sequence, texts: Sequence[str]) -> None:
        self.first, self.texts = first, texts
        self.text = "\n".join(texts)
        self.begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
        self.offsets = np.array(self.begins)
        self.edges = [
            i for i in range(len(ids) + 1) if i in (0, len(ids)) or ids[i] != ids[i - 1]
        ]  # of articles
        self.find_marks()

    def find_marks(self) -> None:
        """What stands in marks: `quotations`, each one token of the grammar, with their kind, and `fragments` of sentences."""
        self.quotations: list[tuple[int, int, int]] = []
        self.fragments: list[Range] = []
        for line, start, end, mark in quoted_spans(self.texts, set(self.edges)):
            text, offset = self.texts[line], self.begins[line]
            content = text[start:end]
            direct = _MIN_WORDS.match(content) and "://" not in content
            if direct or content[-1] in ",.!?" and _begins_sentence(text, start):
                kind = (
                    FRAGMENT
                    if not direct
                    else DOUBLED_KIND
                    if mark in DOUBLED
                    else DIRECT
                )
                self.quotations.append((offset + start, offset + end, kind))
            else:
                self.fragments.append((offset + start, offset + end))

    def lines_of(self, places: np.ndarray) -> np.ndarray:
        return np.searchsorted(self.offsets, places, "right") - 1

    def english(self) -> np.ndarray:
        """Whether each line is of an article in English."""
        tokens = self.tokens
        edges = np.searchsorted(tokens.starts, self.offsets[self.edges])
        common = np.diff(
            np.append(0, np.cumsum((tokens.lists & Listed.COMMON) > 0))[edges]
        )
        n_words = np.diff(
            np.append(
                0,
                np.cumsum(
                    ~among(
                        tokens.numbers,
                        "STOP COMMA COLON SEMICOLON DASH EXCLAIMED QUOTE LINE_END",
                    )
                ),
            )[edges]
        )
        return np.repeat(
            (n_words < FEW_WORDS) | (common >= ENGLISH * n_words), np.diff(self.edges)
        )

    def in_marks(self) -> Speech:
        """What stands in marks, and nobody who says it."""
        rows, by = self.rows(
            np.empty((0, 3), int), np.full(len(self.quotations), -1), np.array([False])
        )
        nobody = np.array([-1])
        return Speech(
            *rows, np.zeros_like(by), nobody, nobody, nobody, [None], [None], [None]
        )

    def read(self, roles: Sequence[str]) -> Speech:
        read = [
            _small_letters(text) if role in HEADINGS else text
            for text, role in zip(self.texts, roles, strict=True)
        ]
        self.headings = {line for line, role in enumerate(roles) if role in HEADINGS}
        self.tokens = tokens = read_tokens(
            "\n".join(read), [(start, end) for start, end, _ in self.quotations]
        )
        self.ranges = ranges = sentence_ranges(tokens)
        self.sentence_at = tokens.starts[ranges[:, 0]].tolist()
        self.subjects: dict[int, Range | None] = {}
        english = self.english()
        told = np.append(
            0,
            np.cumsum(
                among(tokens.numbers, "SAID SAY SAYING ACCORDING QUOTE") | tokens.nouns
            ),
        )[ranges]
        lone = (np.diff(ranges).ravel() == 1) & (
            tokens.numbers[ranges[:, 0]] == ord("Q")
        )  # nobody is named beside it
        ranges = ranges[
            (told[:, 1] > told[:, 0]) & ~lone & english[self.lines_of(self.sentence_at)]
        ]
        claims = read_claims(tokens, ranges)
        line = self.lines_of(tokens.starts[ranges[claims.sentence, 0]])
        n, ahead = len(claims.cue), self.announced(line, english)
        # What is said of speakers: claims; announcements, which have no cue; and last, that nobody is mentioned.
        line = np.concatenate([line, ahead[0], [0]])
        start, end = (
            np.concatenate([*both, [-1]])
            for both in zip(
                (claims.subject, claims.subject_end), ahead[1:], strict=True
            )
        )
        cue, cue_end, verb = (
            np.append(one, np.full(len(line) - n, -1))
            for one in (claims.cue, claims.cue_end, claims.verb)
        )
        speakers, author = self.resolve(line, start, end, n)
        said = np.full(len(self.quotations), -1)
        said[claims.quotes[:, 1]] = claims.quotes[:, 0]
        heard = np.flatnonzero(
            (start >= 0) & ~author & ((cue >= 0) | (np.arange(len(cue)) >= n))
        )
        said = self.assign(
            said, start >= 0, cue >= 0, heard, np.where(cue >= 0, cue, start)[heard]
        )
        rows, by = self.rows(
            claims.contents[~author[claims.contents[:, 0]]], said, cue >= 0
        )

        forms_, text, offset = forms(), self.tokens.text, self.offsets[line]
        cues = [
            text[a:b].lower() if a >= 0 else None
            for a, b in zip(cue.tolist(), cue_end.tolist(), strict=True)
        ]
        stances = [
            forms_[one].stance if one >= 0 else "neutral" if cue else None
            for one, cue in zip(verb.tolist(), cues, strict=True)
        ]
        there = np.where(start >= 0, self.first + line, -1)
        return Speech(
            *rows,
            np.where(by >= 0, by, len(line) - 1),
            there,
            start - offset,
            end - offset,
            speakers,
            cues,
            stances,
        )

    def announced(
        self, claimed: np.ndarray, english: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Lines where nothing is said and that end in a colon, with the place of who is about to speak: the last subject."""
        silent = english.copy()
        silent[claimed] = False
        silent[
            self.lines_of(
                np.array([a for a, *_ in self.quotations + self.fragments], int)
            )
        ] = False
        rows = []
        for line in np.flatnonzero(silent).tolist():
            if self.texts[line].rstrip()[-1:] == ":":
                first, last = (
                    bisect_left(self.sentence_at, place)
                    for place in self.begins[line : line + 2]
                )
                found = next(
                    filter(None, map(self.subject_of, range(last - 1, first - 1, -1))),
                    None,
                )
                if found:
                    rows.append((line, *found))
        return tuple(np.array(rows, int).reshape(-1, 3).T)

    def subject_of(self, sentence: int) -> Range | None:
        """The place of the first noun phrase of a sentence."""
        if sentence not in self.subjects:
            self.subjects[sentence] = first_subject(
                self.tokens, *self.ranges[sentence].tolist()
            )
        return self.subjects[sentence]

    def resolve(
        self, line: np.ndarray, start: np.ndarray, end: np.ndarray, claims: int
    ) -> tuple[list[Speaker | None], np.ndarray]:
        """Whom each mention means, and whether it is the author who claims; the first `claims` are no announcements."""
        speakers: list[Speaker | None] = [None] * len(line)
        author = np.zeros(len(line), bool)
        history: list[tuple[int, Speaker]] = []  # who was last spoken of, and where
        beyond, edges = 0, iter(self.edges)
        order = np.argsort(line, kind="stable")
        order = order[start[order] >= 0]
        for number, at, a, b in zip(
            *(one.tolist() for one in (order, line[order], start[order], end[order])),
            strict=True,
        ):
            if at >= beyond:
                begin = beyond
                while at >= beyond:
                    begin, beyond = beyond, next(edges)
                resolver = Resolver(self.texts[begin:beyond])
                history = []
            mention = self.text[a:b]
            low = mention.lower()
            near = (
                self.candidates(begin, at, a, history)
                if number < claims and low in ("he", "she")
                else ()
            )
            speakers[number] = speaker = resolver.resolve(mention, near)
            if number < claims:
                author[number] = low in ("i", "we", "you", "my")
                if speaker:
                    history.append((a, speaker))
        return speakers, author

    def candidates(
        self, first: int, line: int, place: int, history: list
    ) -> Iterator[str | Speaker]:
        """Whom a pronoun can mean: speakers and subjects in this paragraph and the two before it, the nearest first."""
        begin = self.begins[max(first, line - 2)]
        spoken = sorted(
            (one for one in history[-6:] if one[0] >= begin),
            key=itemgetter(0),
            reverse=True,
        )
        low, high = (
            bisect_left(self.sentence_at, begin),
            bisect_left(self.sentence_at, place + 1),
        )
        for sentence in range(high - 1, max(low, high - NEAR) - 1, -1):
            subject = self.subject_of(sentence)
            if subject and subject[1] <= place:
                while spoken and spoken[0][0] >= subject[0]:
                    yield spoken.pop(0)[1]
                yield self.text[subject[0] : subject[1]]
        yield from (speaker for _, speaker in spoken)

    def assign(
        self,
        said: np.ndarray,
        mentioned: np.ndarray,
        cued: np.ndarray,
        heard: np.ndarray,
        heard_at: np.ndarray,
    ) -> np.ndarray:
        """Who says each quotation; where nothing beside it tells: who spoke before it in its paragraph, or after it, or last.
        Last counts for whole sentences of the text only: for headings it is who says the same words in the text.

        `heard` are those who speak, and at which places. Nobody says the name of a work: it becomes a fragment.
        """
        quoted_at, _, kinds = np.array(self.quotations, int).reshape(-1, 3).T
        lines = self.lines_of(quoted_at)
        order = np.argsort(heard_at, kind="stable")
        heard, heard_at = heard[order].tolist(), heard_at[order].tolist()
        sure = (said >= 0) & (cued & mentioned)[said]
        after = np.append(np.flatnonzero(sure), -1)[
            np.searchsorted(np.flatnonzero(sure), np.arange(len(said)), "right")
        ]
        after = np.where((after >= 0) & (lines[after] == lines), said[after], -1)

        out, cued, mentioned = said.tolist(), cued.tolist(), mentioned.tolist()
        line = last = last_at = who = who_at = -1
        begin = beyond = 0
        edges = iter(self.edges[1:])
        rows = zip(
            *(one.tolist() for one in (lines, quoted_at, kinds, after)), strict=True
        )
        for number, (here, at, kind, later) in enumerate(rows):
            if here != line:  # a new paragraph
                if who >= 0:
                    last, last_at = who, who_at
                while here >= beyond:
                    begin, beyond, last, last_at = beyond, next(edges), -1, -1
                line, who, who_at, offset = here, -1, -1, self.begins[here]
                before = bisect_left(heard_at, offset) - 1
                if before >= 0 and heard_at[before] >= max(last_at, self.begins[begin]):
                    last, last_at = heard[before], heard_at[before]
            one = out[number]
            if self.is_title(number, here, one >= 0 and cued[one]):
                self.quotations[number] = (*self.quotations[number][:2], FRAGMENT)
                out[number] = -1
                continue
            if one < 0 or not mentioned[one]:
                before = bisect_left(heard_at, at) - 1
                if (
                    before >= 0
                    and heard_at[before] >= offset
                    and heard_at[before] > who_at
                ):
                    one = heard[before]
                else:
                    near = (
                        (who, later)
                        if here in self.headings or self.text[at].islower()
                        else (who, later, last)
                    )
                    one = next((given for given in near if given >= 0), -1)
                out[number] = one
            if one >= 0 and mentioned[one] and kind != FRAGMENT:
                who, who_at = one, at
        for number in np.flatnonzero(
            (np.array(out, int) < 0) & np.isin(lines, list(self.headings))
        ).tolist():
            out[number] = self.said_in_text(number, lines, out)
        return np.array(out, int)

    def said_in_text(self, number: int, lines: np.ndarray, said: list[int]) -> int:
        """Who says the words of a heading in the text of its article."""
        article = bisect_left(self.edges, int(lines[number]) + 1)
        first, last = np.searchsorted(
            lines, self.edges[article - 1 : article + 1]
        ).tolist()
        words = spaced_words(self.text[slice(*self.quotations[number][:2])])
        for other in range(first, last):
            if said[other] >= 0 and words in spaced_words(
                self.text[slice(*self.quotations[other][:2])]
            ):
                return said[other]
        return -1

    def is_title(self, number: int, line: int, told: bool) -> bool:
        """Whether words in marks are the name of a book, a show or a campaign: all capitals, and not told after a pause."""
        start, end, _ = self.quotations[number]
        if self.text[start].islower() or self.text[end - 1] in ".!?":
            return False
        place = start - self.begins[line]
        if (
            told
            and self.texts[line][max(0, place - 4) : place - 1].rstrip()[-1:] in _PAUSES
        ):
            return False
        words = self.text[start:end].split()
        words = [
            word for word in words if len(word) > 3 and word not in SMALL_IN_TITLES
        ] or words
        return all(word[0].isupper() for word in words) and not is_title_case(
            self.texts[line]
        )

    def rows(
        self, contents: np.ndarray, said: np.ndarray, cued: np.ndarray
    ) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray], np.ndarray]:
        """Line, place and kind of all that is quoted and reported, in order; and the number of what is said of it."""
        start, end, kind = np.array(self.quotations, int).reshape(-1, 3).T
        # `"Yes," he said`: all that is reported is the fragment.
        twice = (kind == FRAGMENT) & (said >= 0) & cued[said]
        table = np.concatenate(
            [
                np.column_stack(
                    [contents[:, 1:], np.full(len(contents), INDIRECT), contents[:, 0]]
                ),
                np.column_stack([start, end, kind, said]),
                np.column_stack([start, end, np.full(len(start), INDIRECT), said])[
                    twice
                ],
            ]
        )
        start, end, kind, by = table[
            np.lexsort((table[:, 2], table[:, 1], table[:, 0]))
        ].T
        # Reported words are in one row, the first of those that reach over them.
        indirect = kind == INDIRECT
        reach = np.maximum.accumulate(np.where(indirect, end, 0))
        start = np.where(indirect, np.maximum(start, np.append(0, reach[:-1])), start)
        table = np.column_stack([start, end, kind, by])[start < end]
        # A fragment is said by whoever says the sentence around it.
        start, end = np.array(self.fragments, int).reshape(-1, 2).T
        wide = table[table[:, 2] != FRAGMENT]
        around = np.searchsorted(wide[:, 0], start, "right") - 1
        wide = np.append(wide, [[0, 0, 0, -1]], axis=0)[around]
        by = np.where(end <= wide[:, 1] + 1, wide[:, 3], -1)
        table = np.append(
            table,
            np.column_stack([start, end, np.full(len(start), FRAGMENT), by]),
            axis=0,
        )
        start, end, kind, by = table[
            np.lexsort((table[:, 2], -table[:, 1], table[:, 0]))
        ].T
        line = self.lines_of(start)
        return (
            self.first + line,
            start - self.offsets[line],
            end - self.offsets[line],
            kind,
        ), by
