"""Where quote marks open and close: curly, straight, doubled, angled, low-high, and single ones as outer marks.

Private to `voices`. A paragraph is read once from left to right; what a mark does is decided by what stands on its
two sides and by what is open. A mark that is missing is mended inside its paragraph, so that one slip never
swallows the rest of an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

__all__ = ["DOUBLED", "quoted_spans"]


SINGLE, DOUBLE, DOUBLED = "‘'", '"“„«»', ("''", "``")
_ELISION = re.compile(
    r"['‘’](?:\d0s?\b|(?:em|tis|twas|til|till|cause|bout|cos|round|n)\b)", re.IGNORECASE
)
_BEFORE_OPEN = set(" \t\u00a0\u2007\u2009\u202f\u200a\n\r([{—–-/“‘„«:=…")
_AFTER_CLOSE = set(" \t\u00a0\u2007\u2009\u202f\u200a\n\r)]}—–-/”’»,.;:!?…")
_NEVER_FIRST = set(" \t\u00a0\u2007\u2009\u202f\u200a\n\r,;:.!?)]}”»")
_SPACE = " \t\u00a0\u2007\u2009\u202f\u200a\n\r"
_STOPS = ",.!?…"
_SENTENCE_END = re.compile(r"[.!?…][)\]’']*(?=\s|$)")
# "..., he said", "..., said Smith", "..., the minister told": where a quotation that never closes must have ended.
_VERBS = "said says added told asked wrote continued explained warned insisted replied noted argued".split()
_VERB = f"(?:{'|'.join(_VERBS)})"
_TAG = re.compile(
    rf"[,.?!…](?=\s(?:(?:he|she|they|I|we|it|(?:[Tt]he )?[A-Z]?[\w’'.-]+(?: [A-Z][\w’'.-]+){{0,3}}) {_VERB}\b"
    rf"|{_VERB} (?:he|she|they|the|an?|[A-Z])))"
)
_CUE = re.compile(rf"\b{_VERB}\b")
# "Ann Lee, deputy mayor.": the line that signs a quotation set apart, before the mark that closes it.
_SIGNATURE = re.compile(
    r"(?:[A-Z][\w.'’-]*\s){1,5}[A-Z][\w.'’-]*(?:, [^.!?]{0,80})?\.?"
)


Span = tuple[
    int, int, int, str
]  # the number of a paragraph, a quotation's place in it, and the mark that opens it
Quoted = tuple[int, int, str]  # place and mark
Event = tuple[
    int, int, int, int
]  # place of a mark; its side; closing less opening marks from it to the paragraph's end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return start, end


@cache
def _mark_table() -> np.ndarray:
    table = np.zeros(0x203B, bool)
    table[[ord(char) for char in "\"'`‘’“”„‟«»‚‹"]] = True
    return table


class _Characters:
    """Characters of which many things are asked: each of the different ones once."""

    def __init__(self, points: np.ndarray) -> None:
        different, self.number = np.unique(points, return_inverse=True)
        self.chars = [chr(point) for point in different.tolist()]

    def are(self, test: Callable[[str], bool]) -> np.ndarray:
        return np.array([test(char) for char in self.chars], bool)[self.number]

    def among(self, chars: str | set[str]) -> np.ndarray:
        return self.are(chars.__contains__)


class _Marks:
    """The marks of some paragraphs: where they are, and what each does by what stands on its two sides."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.text = text = "\n" + "\n".join(paragraphs) + "\n\n\n"
        self.offsets = np.cumsum([1, *(len(paragraph) + 1 for paragraph in paragraphs)])
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        at = np.flatnonzero(_mark_table()[np.minimum(points, 0x203A)])
        # Of equal ' or ` in a row each two are one mark.
        same = np.zeros(len(at), bool)
        same[1:] = (
            (np.diff(at) == 1)
            & (np.diff(points[at].astype(int)) == 0)
            & _Characters(points[at[1:]]).among("'`")
        )
        place = np.arange(len(at))
        even = (place - np.maximum.accumulate(np.where(same, 0, place))) % 2 == 0
        doubled = even & np.append(same[1:], False)[: len(at)]
        at, doubled = at[even], doubled[even]
        self.start, self.end, self.doubled = at, at + 1 + doubled, doubled
        self.paragraph = np.searchsorted(self.offsets, at, "right") - 1
        self.mark, self.before, self.after = (
            _Characters(points[where]) for where in (at, at - 1, self.end)
        )
        self.dots = (points[self.end] == ord(".")) & (points[self.end + 1] == ord("."))
        self.word_before, self.word_after = (
            self.before.are(_is_word),
            self.after.are(_is_word),
        )

    def any_in(self, which: np.ndarray) -> np.ndarray:
        """Whether each paragraph has one of these marks."""
        found = np.zeros(len(self.offsets) - 1, bool)
        found[self.paragraph[which]] = True
        return found

    def quoting(self) -> np.ndarray:
        """Whether each paragraph has a mark that may begin a quotation."""
        opens = self.start == self.offsets[self.paragraph]
        opens |= self.before.are(str.isspace) | self.before.among("([—–/-")
        opens &= (
            self.after.are(str.isalpha)
            | self.after.are(str.isdecimal)
            | self.after.among('[(“"')
        )
        return self.any_in(
            self.doubled | self.mark.among('"“”„‟«»') | self.mark.among("'‘‚‹") & opens
        )

    def regular(self) -> tuple[np.ndarray, np.ndarray]:
        """Whether all double marks of each paragraph are of one kind and in order; and their numbers in those that are."""
        mark, before, after = self.mark, self.before, self.after
        curly, straight = mark.among("“”"), mark.among('"')
        other = mark.among("„‟«»‘`") | mark.among("'") & (
            self.doubled | ~self.word_before & self.word_after
        )
        mixed = self.any_in(curly) & self.any_in(straight)
        at = np.flatnonzero(curly | straight)
        paragraph = self.paragraph[at]
        place = np.arange(len(at))
        new = np.append(True, paragraph[1:] != paragraph[:-1])[: len(at)]
        turn = (place - np.maximum.accumulate(np.where(new, place, 0))) % 2
        space_before, space_after = before.are(str.isspace), after.are(str.isspace)
        opens = mark.among("“") & ~space_after & ~after.among("“”")
        opens |= (
            straight
            & (space_before | before.among("([—–-"))
            & ~space_after
            & ~after.among('",;:.!?)')
        )
        closes = mark.among("”") & ~space_before
        closes |= (
            straight
            & ~space_before
            & ~before.are(str.isdecimal)
            & (space_after | after.among(",.;:!?)]—–-"))
        )
        wrong = np.where(turn, ~closes[at], ~opens[at])
        last = np.append(new[1:], True)[: len(at)]
        wrong |= last & (turn == 0)
        other[at] |= wrong
        regular = ~(mixed | self.any_in(other))
        return regular, at[regular[paragraph]]

    def sides(self) -> np.ndarray:
        """1 where a mark can only open, -1 where it can only close, 0 where both sides look the same; -3 where it closes or
        is an inch mark; of a single mark 2 where it may open, -2 where it may close; 9 where it is no mark."""
        mark, before, after = self.mark, self.before, self.after
        before_opens, after_closes = (
            before.among(_BEFORE_OPEN),
            after.among(_AFTER_CLOSE),
        )
        space, stop = before.among(_SPACE), before.among(_STOPS)
        alnum_before, alnum_after = before.are(str.isalnum), after.are(str.isalnum)
        opens = before_opens & (~after.among(_NEVER_FIRST) | self.dots)
        closes = after_closes & ~space
        side = np.select(
            [
                opens
                & closes,  # between two such characters: a dash or bracket belongs to the nearer word
                opens | closes,
                alnum_before & alnum_after | space,
                before.among(_STOPS + "”’)") & ~after.are(str.isdigit),
            ],
            [
                np.where(alnum_after, 1, np.where(alnum_before | stop, -1, 0)),
                np.where(opens, 1, -1),
                0,
                -1,
            ],
            np.where(alnum_after, 1, 0),
        )
        single, last = (
            mark.among("'‘’") & ~self.doubled,
            self.end == self.offsets[self.paragraph + 1] - 1,
        )
        may_open = (
            mark.among("'‘")
            & ~self.word_before
            & (self.word_after | after.among('[(“"'))
        )
        may_close = (
            mark.among("'’")
            & ~before.are(str.isspace)
            & ~before.among("([")
            & ~self.word_after
        )
        leads = (
            single & (may_open | may_close) & before_opens & ~last & ~mark.among("’")
        )
        leads[leads] = [
            not _ELISION.match(self.text, at) for at in self.start[leads].tolist()
        ]
        closes_single = may_open | may_close  # what may stand there and does not lead
        closes_single &= ~(before_opens & ~last & ~mark.among("’")) & ~mark.among("‘")
        rules = [
            (leads, 2),
            (single, np.where(closes_single, -2, 9)),
            (mark.among("„‟") | self.doubled & mark.among("`"), 1),
            (mark.among("“"), np.where(side >= 0, 1, -1)),
            (mark.among("”"), np.where(side <= 0, -1, 1)),
            (mark.among('"') & (side < 0) & before.are(str.isdigit), -3),
            (mark.among("«"), np.where(~before_opens & (side < 0), -1, 1)),
            (mark.among("»"), np.where(~after_closes & (side > 0), 1, -1)),
            (mark.among("\"'"), side),
        ]
        return np.select([rule for rule, _ in rules], [value for _, value in rules], 9)


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _closer_of_single(text: str, events: list, at: int) -> int | None:
    """Index of the event that closes the single mark `at`, or None: told apart from possessives by its company."""
    fallback = None
    doubles = 0
    for index in range(at + 1, len(events)):
        start, end, side, _ = events[index]
        if side == 2:
            break
        if side != -2:
            doubles += 1
            continue
        if doubles % 2:
            continue
        before = text[start - 1]
        possessive = (
            before in "sS"
            and text[end : end + 1] == " "
            and text[end + 1 : end + 2].isalnum()
        )
        if not possessive:
            return index
        if fallback is None:
            fallback = index
    return fallback


def _introduced(text: str, start: int) -> bool:
    """Whether a quotation whose first letter is at `start` begins its paragraph, or follows a colon or a cue."""
    before = text[max(0, start - 40) : start].rstrip("\"“„«'`" + _SPACE)
    return (
        not before
        or before[-1] in ",:"
        or bool(_CUE.search(before, max(0, len(before) - 30)))
    )


def _missing_close(text: str, start: int, limit: int, whole: bool) -> int:
    """Where a quotation that opens at `start` and has no closing mark before `limit` must have ended."""
    tag = _TAG.search(text, start, limit)
    if tag:
        return tag.end()
    stop = _SENTENCE_END.search(text, start, limit)
    return stop.end() if stop and not whole else limit


def _missing_open(text: str, last: int, close: int) -> int:
    """Where a quotation that closes at `close` and has no opening mark after `last` must have begun; -1 if nowhere."""
    if text[close - 1 : close] not in tuple(_STOPS) or not text[last:close].strip(
        " ,."
    ):
        return -1
    cue = max(_last_word(text, verb, last, close) for verb in _VERBS)
    if last == 0 and cue < 0:
        return 0
    end = _SENTENCE_END.search(text, max(cue, last), close - 1)
    return end.end() if end else -1


def _last_word(text: str, word: str, start: int, end: int) -> int:
    """Where a word ends last between two places; -1 where it does not stand there."""
    at = text.rfind(word, start, end)
    while at >= 0:
        stop = at + len(word)
        if not (at and _is_word(text[at - 1]) or stop < end and _is_word(text[stop])):
            return stop
        at = text.rfind(word, start, stop - 1)
    return -1


def _paragraph(text: str, events: list[Event]) -> tuple[list[Quoted], Quoted | None]:
    """Quotations of one paragraph, and the one that is still open at its end (its end is the paragraph's)."""
    spans: list[Quoted] = []
    opened = -1  # where the quotation begins that is open, and its mark; how many are open inside one another
    opener, depth, last = "", 0, 0

    def close(end: int) -> None:
        start, end = _trim(text, opened, end)
        if start < end:
            spans.append((start, end, opener))

    passed = -1
    for index, (start, end, side, balance) in enumerate(events):
        if start < passed:
            continue
        if side in (2, -2):
            if side == 2 and opened < 0:
                closer = _closer_of_single(text, events, index)
                if closer is not None:
                    opened, opener = end, text[start:end]
                    close(events[closer][0])
                    opened, passed = -1, events[closer][1]
                    last = passed
                elif not text[:start].strip():
                    begin, stop = _trim(text, end, len(text))
                    return spans, (
                        begin,
                        stop,
                        text[start:end],
                    ) if begin < stop else None
            continue
        if (
            side == -3
        ):  # closes only where something is open and no later mark is needed to close it
            side = -1 if opened >= 0 and balance <= depth else 9
        if opened >= 0 and opener == "„" and text[start] == "“":
            side = -1
        if side == 0:
            side = -1 if opened >= 0 else 1 if balance > 0 else 9
        if side == 1:
            if opened >= 0 and balance >= depth:
                depth += 1
                continue
            if opened >= 0:
                close(_missing_close(text, opened, start, _introduced(text, opened)))
                last = start
            opened, opener, depth = end, text[start:end], 1
        elif side == -1:
            if depth > 1:
                depth -= 1
                continue
            if opened < 0:
                opened, opener = _missing_open(text, last, start), text[start:end]
            if opened >= 0:
                close(start)
            opened, depth, last = -1, 0, end
    if opened < 0:
        return spans, None
    begin, end = _trim(text, opened, len(text))
    return spans, (begin, end, opener) if begin < end else None


def _mended(text: str, start: int, end: int, mark: str) -> list[Quoted]:
    """An unclosed quotation brought to its likely end; a lone single mark was an apostrophe."""
    if mark in SINGLE:
        return []
    start, end = _trim(
        text, start, _missing_close(text, start, end, _introduced(text, start))
    )
    return [(start, end, mark)] if start < end else []


def quoted_spans(paragraphs: Sequence[str], edges: Sequence[int] = ()) -> list[Span]:
    """The quotations of paragraphs, in order; `edges` are the numbers of the paragraphs that begin an article.

    A quotation that its paragraph does not close goes on where the next paragraph opens with a mark; otherwise
    its closing mark is taken as missing.
    """
    marks = _Marks(paragraphs)
    quoting, (regular, ordered) = marks.quoting(), marks.regular()
    ordered = ordered[quoting[marks.paragraph[ordered]]]
    first, last = ordered[::2], ordered[1::2]
    offset = marks.offsets[marks.paragraph]
    starts, ends, text = marks.start - offset, marks.end - offset, marks.text
    columns = (marks.paragraph[first], ends[first], starts[last], marks.start[first])
    spans = [
        (i, a, b, "“" if text[at] == "“" else '"')
        for i, a, b, at in zip(*(c.tolist() for c in columns), strict=True)
    ]
    side = marks.sides()
    some = np.flatnonzero((side != 9) & (quoting & ~regular)[marks.paragraph])
    in_ = marks.paragraph[some]
    balance = np.cumsum(((side == 1) * -1 + np.isin(side, (-1, -3)))[some][::-1])[::-1]
    after = np.searchsorted(in_, in_, "right")
    balance = balance - np.append(balance, 0)[after]
    events = list(
        zip(
            starts[some].tolist(),
            ends[some].tolist(),
            side[some].tolist(),
            balance.tolist(),
            strict=True,
        )
    )
    numbers, begins = np.unique(in_, return_index=True)
    stops = np.append(begins[1:], len(events))[: len(begins)]
    open_at = -2  # the last paragraph that did not close its quotation
    for i, begin, end in zip(
        numbers.tolist(), begins.tolist(), stops.tolist(), strict=True
    ):
        paragraph = paragraphs[i]
        found, unclosed = _paragraph(paragraph, events[begin:end])
        if (
            open_at == i - 1
            and i not in edges
            and found
            and found[0][0] == 0
            and _SIGNATURE.fullmatch(paragraph, 0, found[0][1])
        ):
            del found[0]
        if unclosed:
            open_at = i
            follows = (
                paragraphs[i + 1].lstrip()[:2]
                if i + 1 < len(paragraphs) and i + 1 not in edges and quoting[i + 1]
                else ""
            )
            single = unclosed[2] in SINGLE
            tagged = not single and _TAG.search(paragraph, *unclosed[:2])
            if (
                follows
                and (follows[0] in (SINGLE if single else DOUBLE) or follows in DOUBLED)
                and not tagged
            ):
                found.append(unclosed)
            else:
                found += _mended(paragraph, *unclosed)
        spans += [(i, *one) for one in found]
    return sorted(spans)
