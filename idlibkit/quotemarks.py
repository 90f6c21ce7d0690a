"""Where quote marks open and close: curly, straight, doubled, angled, low-high, and single ones as outer marks.

Private to `voices`. A paragraph is read once from left to right; what a mark does is decided by what stands on its
two sides and by what is open. A mark that is missing is mended inside its paragraph, so that one slip never
swallows the rest of an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# A line without a match has no quotation, and is never looked at one mark at a time.
HAS_MARKS = r"[\"“”„‟«»]|''|``|(?:^|[\s(\[—–/-])['‘‚‹][\p{L}\p{Nd}\[(“\"]"

SINGLE, DOUBLE, DOUBLED = "‘'", '"“„«»', ("''", "``")

# Each pattern begins with the characters that it can begin with, so that the search jumps from one to the next.
_EVENT = re.compile(
    r"[\"'`‘’“”„‟«»](?:(?<=')'|(?<=`)`|(?<=[\"“”„‟«»])|(?<=['‘])(?<!\w.)(?=[\w\[(“\"])|(?<=['’])(?<=[^\s(\[].)(?!\w))"
)
_ELISION = re.compile(r"['‘’](?:\d0s?\b|(?:em|tis|twas|til|till|cause|bout|cos|round|n)\b)", re.IGNORECASE)
_BEFORE_OPEN = set(" \t\u00a0\u2007\u2009\u202f\u200a\n\r([{—–-/“‘„«:=…")
_AFTER_CLOSE = set(" \t\u00a0\u2007\u2009\u202f\u200a\n\r)]}—–-/”’»,.;:!?…")
_NEVER_FIRST = set(" \t\u00a0\u2007\u2009\u202f\u200a\n\r,;:.!?)]}”»")
_SPACE = " \t\u00a0\u2007\u2009\u202f\u200a\n\r"
_STOPS = ",.!?…"
_SENTENCE_END = re.compile(r"[.!?…][)\]’']*(?=\s|$)")
# "..., he said", "..., said Smith", "..., the minister told": where a quotation that never closes must have ended.
_VERB = "(?:said|says|added|told|asked|wrote|continued|explained|warned|insisted|replied|noted|argued)"
_TAG = re.compile(
    rf"[,.?!…](?=\s(?:(?:he|she|they|I|we|it|(?:[Tt]he )?[A-Z]?[\w’'.-]+(?: [A-Z][\w’'.-]+){{0,3}}) {_VERB}\b"
    rf"|{_VERB} (?:he|she|they|the|an?|[A-Z])))"
)
# Most paragraphs need no more than these.
_OTHER = re.compile(r"[„‟«»‘`']")
_SINGLE = re.compile(r"'(?:'|(?<!\w.)(?=\w))")
_CURLY = re.compile(r"“(?=[^\s“”])([^“”]*[^\s“”])”")
_STRAIGHT = re.compile(r"\"(?:(?<=[\s(\[—–-].)|(?<=^.))(?=[^\s\",;:.!?)])([^\"]*[^\s\"\d])\"(?=[\s,.;:!?)\]—–-]|$)")
_CUE = re.compile(rf"\b{_VERB}\b")


class Span(NamedTuple):
    """A quotation within one paragraph: its place without the marks, and the mark that opens it (empty if missing)."""

    start: int
    end: int
    mark: str


class _Open(NamedTuple):
    start: int
    mark: str


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return start, end


def _side(text: str, start: int, end: int, mark: str) -> int:
    """1 where the mark can only open, -1 where it can only close, 0 where both sides look the same."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opens = before in _BEFORE_OPEN and (after not in _NEVER_FIRST or text.startswith("..", end))
    closes = after in _AFTER_CLOSE and before not in _SPACE
    if opens and closes:  # between two such characters: a dash or bracket belongs to the nearer word
        return 1 if after.isalnum() else -1 if before.isalnum() or before in _STOPS else 0
    if not opens and not closes:
        if before.isalnum() and after.isalnum() or before in _SPACE:
            return 0
        return -1 if before in _STOPS + "”’)" and not after.isdigit() else 1 if after.isalnum() else 0
    return 1 if opens else -1


def _events(text: str) -> list[tuple[int, int, str, int]]:
    """(start, end, mark, side) of each mark; the side of a single mark is 2 (may open) or -2 (may close)."""
    events = []
    for match in _EVENT.finditer(text):
        start, end = match.span()
        mark = match.group()
        if mark in "'‘’":
            before = text[start - 1] if start else " "
            if before in _BEFORE_OPEN and end < len(text) and mark != "’":
                if not _ELISION.match(text, start):
                    events.append((start, end, mark, 2))
            elif mark != "‘":
                events.append((start, end, mark, -2))
            continue
        if mark == "``":
            side = 1
        elif mark in "“„‟":
            side = 1 if mark != "“" or _side(text, start, end, mark) >= 0 else -1
        elif mark == "”":
            side = -1 if _side(text, start, end, mark) <= 0 else 1
        else:
            side = _side(text, start, end, mark)
            if mark == '"' and side < 0 and text[start - 1].isdigit():
                side = -3  # an inch mark, or the end of a quotation that ends in a number
            elif mark == "«":
                side = -1 if start and text[start - 1] not in _BEFORE_OPEN and side < 0 else 1
            elif mark == "»":
                side = 1 if side > 0 and text[end : end + 1] not in _AFTER_CLOSE else -1
        events.append((start, end, mark, side))
    return events


def _closer_of_single(text: str, events: list, at: int) -> int | None:
    """Index of the event that closes the single mark `at`, or None: told apart from possessives by its company."""
    fallback = None
    doubles = 0
    for index in range(at + 1, len(events)):
        start, end, _, side = events[index]
        if side == 2:
            break
        if side != -2:
            doubles += 1
            continue
        if doubles % 2:
            continue
        before = text[start - 1]
        possessive = before in "sS" and text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum()
        if not possessive:
            return index
        if fallback is None:
            fallback = index
    return fallback


def _introduced(text: str, start: int) -> bool:
    """Whether a quotation whose first letter is at `start` begins its paragraph, or follows a colon or a cue."""
    before = text[max(0, start - 40) : start].rstrip("\"“„«'`" + _SPACE)
    return not before or before[-1] in ",:" or bool(_CUE.search(before, max(0, len(before) - 30)))


def _missing_close(text: str, start: int, limit: int, whole: bool) -> int:
    """Where a quotation that opens at `start` and has no closing mark before `limit` must have ended."""
    tag = _TAG.search(text, start, limit)
    if tag:
        return tag.end()
    stop = _SENTENCE_END.search(text, start, limit)
    return stop.end() if stop and not whole else limit


def _missing_open(text: str, last: int, close: int) -> int | None:
    """Where a quotation that closes at `close` and has no opening mark after `last` must have begun."""
    if text[close - 1 : close] not in tuple(_STOPS) or not text[last:close].strip(" ,."):
        return None
    cues = [match.end() for match in _CUE.finditer(text, last, close)]
    if last == 0 and not cues:
        return 0
    ends = [match.end() for match in _SENTENCE_END.finditer(text, cues[-1] if cues else last, close - 1)]
    return ends[0] if ends else None


def _regular(text: str) -> list[Span] | None:
    """The quotations of a paragraph whose marks are all of one kind and in order; None for any other."""
    other = _OTHER.search(text)
    if other and (other.group() != "'" or _SINGLE.search(text) or any(mark in text for mark in "„‟«»‘`")):
        return None
    curly = "“" in text or "”" in text
    if curly and '"' in text:
        return None
    matches = list((_CURLY if curly else _STRAIGHT).finditer(text))
    if 2 * len(matches) != (text.count("“") + text.count("”") if curly else text.count('"')):
        return None
    mark = "“" if curly else '"'
    return [Span(*match.span(1), mark) for match in matches]


def _paragraph(text: str) -> tuple[list[Span], Span | None]:
    """Quotations of one paragraph, and the one that is still open at its end (its end is the paragraph's)."""
    regular = _regular(text)
    if regular is not None:
        return regular, None
    events = _events(text)
    if not events:
        return [], None
    balance = [0] * (len(events) + 1)  # closing less opening marks from here to the end
    for index in range(len(events) - 1, -1, -1):
        side = events[index][3]
        step = 1 if side in (-1, -3) else -1 if side == 1 else 0
        balance[index] = balance[index + 1] + step
    spans: list[Span] = []
    opened: _Open | None = None
    depth = last = index = 0

    def close(end: int, after: int) -> None:
        nonlocal opened, depth, last
        start, end = _trim(text, opened.start, end)
        if start < end:
            spans.append(Span(start, end, opened.mark))
        opened, depth, last = None, 0, after

    while index < len(events):
        start, end, mark, side = events[index]
        if side in (2, -2):
            if side == 2 and opened is None:
                closer = _closer_of_single(text, events, index)
                if closer is not None:
                    inner = _trim(text, end, events[closer][0])
                    if inner[0] < inner[1]:
                        spans.append(Span(*inner, mark))
                    index, last = closer, events[closer][1]
                elif not text[:start].strip():
                    begin, end = _trim(text, end, len(text))
                    return spans, Span(begin, end, mark) if begin < end else None
            index += 1
            continue
        if side == -3:  # closes only where something is open and no later mark is needed to close it
            side = -1 if opened is not None and balance[index] <= depth else 9
        if opened is not None and mark == "“" and opened.mark == "„":
            side = -1
        if side == 0:
            side = -1 if opened is not None else 1 if balance[index + 1] > 0 else 9
        if side == 1:
            if opened is None:
                opened, depth = _Open(end, mark), 1
            elif balance[index] >= depth:
                depth += 1
            else:
                close(_missing_close(text, opened.start, start, _introduced(text, opened.start)), start)
                opened, depth = _Open(end, mark), 1
        elif side == -1:
            if opened is None:
                begin = _missing_open(text, last, start)
                last = end
                if begin is not None:
                    opened = _Open(begin, mark)
                    close(start, end)
            elif depth > 1:
                depth -= 1
            else:
                close(start, end)
        index += 1
    if opened is None:
        return spans, None
    begin, end = _trim(text, opened.start, len(text))
    return spans, Span(begin, end, opened.mark) if begin < end else None


def _mended(text: str, span: Span) -> Span | None:
    """An unclosed quotation brought to its likely end; a lone single mark was an apostrophe."""
    if span.mark in SINGLE:
        return None
    limit = _missing_close(text, span.start, span.end, _introduced(text, span.start))
    start, end = _trim(text, span.start, limit)
    return Span(start, end, span.mark) if start < end else None


def quoted_spans(paragraphs: Sequence[str]) -> list[list[Span]]:
    """The quotations of each of an article's paragraphs, in order.

    A quotation that its paragraph does not close goes on where the next paragraph opens with a mark; otherwise
    its closing mark is taken as missing.
    """
    found = [_paragraph(text) if text else ([], None) for text in paragraphs]
    out: list[list[Span]] = []
    for index, (spans, unclosed) in enumerate(found):
        spans = list(spans)
        if unclosed:
            text = paragraphs[index]
            follows = paragraphs[index + 1].lstrip()[:2] if index + 1 < len(paragraphs) else ""
            single = unclosed.mark in SINGLE
            tagged = not single and _TAG.search(text, unclosed.start, unclosed.end)
            if follows and (follows[0] in (SINGLE if single else DOUBLE) or follows in DOUBLED) and not tagged:
                spans.append(unclosed)
            else:
                mended = _mended(text, unclosed)
                if mended:
                    spans.append(mended)
        out.append(spans)
    return out
