"""The sentences of a batch of articles, their subjects, and what they report."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from ..text import is_title_case
from .batch_lines import HEADINGS, Lines, Marked
from .claims import Claims, read_claims
from .noun_phrases import Range
from .people import is_group, word_key
from .sentences import first_subject, joined_subject, sentence_ranges
from .tokens import Tokens, read_tokens
from .word_classes import Code, among, is_code
from .word_lists import Listed

__all__ = ["Grammar"]

# English text has a quarter of its words among the commonest, other languages nearly
# none; a short text may have none too.
ENGLISH, FEW_WORDS = 0.08, 12
_NEAR_SENTENCES = 4  # back to which a `they` is traced
_WORD = re.compile(r"[\w’'-]+")
_MARKS = "STOP COMMA COLON SEMICOLON DASH EXCLAIMED QUOTE LINE_END"


class Grammar:
    """Lines read as sentences; subjects of sentences are kept once they are found."""

    def __init__(self, lines: Lines, roles: Sequence[str], marked: Marked) -> None:
        texts = [
            _small_letters(text) if role in HEADINGS else text
            for text, role in zip(lines.texts, roles, strict=True)
        ]
        self.lines = lines
        self.tokens = read_tokens("\n".join(texts), marked.ranges())
        self.ranges = sentence_ranges(self.tokens)
        self.sentence_at = self.tokens.starts[self.ranges[:, 0]].tolist()
        self.english = _are_english(self.tokens, lines)
        self._subjects: dict[int, Range | None] = {}

    def claims(self) -> tuple[Claims, np.ndarray]:
        """Every attribution of English sentences, and the line of each."""
        codes, ranges = self.tokens.numbers, self.ranges
        reports = among(codes, "SAID SAY SAYING ACCORDING QUOTE") | self.tokens.nouns
        n_reports = np.append(0, np.cumsum(reports))[ranges]
        some = n_reports[:, 1] > n_reports[:, 0]
        # Of a quotation that is all of its sentence nobody is named beside it.
        lone = np.diff(ranges).ravel() == 1
        lone &= is_code(codes[ranges[:, 0]], Code.QUOTE)
        english = self.english[self.lines.number(np.array(self.sentence_at, int))]
        ranges = ranges[some & ~lone & english]
        claims = read_claims(self.tokens, ranges)
        first = self.tokens.starts[ranges[claims.sentence, 0]]
        return claims, self.lines.number(first)

    def subject(self, sentence: int) -> Range | None:
        """The place of the first noun phrase of a sentence."""
        if sentence not in self._subjects:
            begin, end = self.ranges[sentence].tolist()
            self._subjects[sentence] = first_subject(self.tokens, begin, end)
        return self._subjects[sentence]

    def group_before(self, place: int) -> str | None:
        """The people who are the nearest subject before a `they`; none where the words
        behind it name others whom it may mean."""
        text, last = self.lines.text, bisect_left(self.sentence_at, place + 1) - 1
        line = bisect_left(self.lines.begins, place + 1) - 1
        earliest = self.lines.begins[max(0, line - 1)]
        for sentence in range(last, max(-1, last - _NEAR_SENTENCES), -1):
            start, end = self.ranges[sentence].tolist()
            subject = joined_subject(self.tokens, start, end)
            if subject is None or subject[1] > place:
                continue
            if subject[0] < earliest:
                return None
            mention = text[slice(*subject)]
            if mention.lower() != "they":
                behind = text[subject[1] : min(place, int(self.tokens.ends[end - 1]))]
                others = any(is_group(word_key(word)) for word in _WORD.findall(behind))
                return None if others else mention
        return None

    def announced(self, claimed: np.ndarray, marked: Marked) -> np.ndarray:
        """Lines that end in a colon and in which nothing is claimed or quoted, with the
        place of who is about to speak: the last subject. Three columns."""
        silent = self.english.copy()
        silent[claimed] = False
        fragments = np.array([start for start, _ in marked.fragments], int)
        silent[self.lines.number(np.append(marked.start, fragments))] = False
        rows = []
        for line in np.flatnonzero(silent).tolist():
            if self.lines.texts[line].rstrip()[-1:] == ":":
                subject = self._last_subject(line)
                if subject:
                    rows.append((line, *subject))
        return np.array(rows, int).reshape(-1, 3)

    def _last_subject(self, line: int) -> Range | None:
        begin, end = self.lines.begins[line : line + 2]
        first = bisect_left(self.sentence_at, begin)
        last = bisect_left(self.sentence_at, end)
        for sentence in range(last - 1, first - 1, -1):
            subject = self.subject(sentence)
            if subject:
                return subject
        return None


def _small_letters(text: str) -> str:
    """A headline in title case in small letters but for its first, so that its verbs
    are seen; else as it is."""
    small = text[:1] + text[1:].lower()
    return small if len(small) == len(text) and is_title_case(text) else text


def _are_english(tokens: Tokens, lines: Lines) -> np.ndarray:
    """Whether each line is of an article in English."""
    edges = np.searchsorted(tokens.starts, lines.offsets[lines.edges])
    common = (tokens.lists & Listed.COMMON) > 0
    n_common, n_words = (
        np.diff(np.append(0, np.cumsum(words))[edges])
        for words in (common, ~among(tokens.numbers, _MARKS))
    )
    english = (n_words < FEW_WORDS) | (n_common >= ENGLISH * n_words)
    return np.repeat(english, np.diff(lines.edges))
