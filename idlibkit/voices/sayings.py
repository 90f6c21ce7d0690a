"""What is said of speakers: by claims and announcements, and whom their mentions
mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from .batch_lines import Marked
from .claims import Claims
from .grammar import Grammar
from .people import COMPANIES
from .pronouns import pronoun_of
from .resolver import Resolver
from .sentences import has_lemma
from .speakers import Speaker

__all__ = ["Sayings", "read_sayings"]

NEAR_SENTENCES = 12  # in which whom a pronoun means is looked for,
NEAR_LINES = 2  # and paragraphs before its own
_COMPANIES = frozenset(f"the {company}" for company in COMPANIES)
_AUTHOR = ("i", "we", "you", "my")
# Verbs of those who answer somebody else: `Lind told Holt ..., he replied`.
_HEARER = re.compile(r" (?:M(?:r|s|rs)\.? )?[A-Z][a-z]")
_NEAR_VERB = 80  # characters behind a mention
_REPLIES = ("reply", "respond", "answer", "retort", "counter")


@dataclass(frozen=True, slots=True)
class Sayings:
    """Claims; announcements, which have no cue; and last, that nobody is mentioned. As
    columns; places are in the text, -1 for none."""

    line: np.ndarray
    start: np.ndarray  # of the mention
    end: np.ndarray
    source: np.ndarray  # the mention with what stands in apposition
    source_end: np.ndarray
    cue: np.ndarray
    cue_end: np.ndarray
    verb_phrase: np.ndarray  # where it begins
    verb: np.ndarray  # number among `forms`
    author: np.ndarray  # whether it is the author who claims: I said
    speakers: list[Speaker | None]
    # Of claims: the words of each, three columns, and its quotations, two.
    contents: np.ndarray
    quotes: np.ndarray
    n_announced: int

    @property
    def mentioned(self) -> np.ndarray:
        return self.start >= 0

    @property
    def cued(self) -> np.ndarray:
        return self.cue >= 0

    @property
    def speaking(self) -> np.ndarray:
        """Numbers of those in which somebody speaks: not a quotation beside a name."""
        announced = np.zeros(len(self.line), bool)
        announced[-1 - self.n_announced : -1] = True
        return np.flatnonzero(self.mentioned & ~self.author & (self.cued | announced))


def read_sayings(grammar: Grammar, marked: Marked) -> Sayings:
    """Claims and announcements, and whom they mean."""
    claims, line = grammar.claims()
    announced = grammar.announced(line, marked)
    none = np.full(len(announced) + 1, -1)
    line = np.concatenate([line, announced[:, 0], [0]])
    start = np.concatenate([claims.subject, announced[:, 1], [-1]])
    end = np.concatenate([claims.subject_end, announced[:, 2], [-1]])
    speakers, author = _resolve(grammar, line, start, end, claims)
    return Sayings(
        line=line,
        start=start,
        end=end,
        source=np.concatenate([claims.source, start[len(claims.cue) :]]),
        source_end=np.concatenate([claims.source_end, end[len(claims.cue) :]]),
        cue=np.append(claims.cue, none),
        cue_end=np.append(claims.cue_end, none),
        verb_phrase=np.append(claims.verb_phrase, none),
        verb=np.append(claims.verb, none),
        author=author,
        speakers=speakers,
        contents=claims.contents[~author[claims.contents[:, 0]]],
        quotes=claims.quotes,
        n_announced=len(announced),
    )


def _resolve(
    grammar: Grammar,
    line: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    claims: Claims,
) -> tuple[list[Speaker | None], np.ndarray]:
    """Whom each mention means, and whether it is the author who claims; mentions behind
    those of claims are of announcements."""
    n_claims = len(claims.cue)
    replies = _are_lemmas(claims.verb, _REPLIES)
    hearers = _have_hearers(grammar.lines.text, claims)
    lines = grammar.lines
    speakers: list[Speaker | None] = [None] * len(line)
    author = np.zeros(len(line), bool)
    history: list[tuple[int, Speaker]] = []  # who was last spoken of, and where
    told: Speaker | None = None  # who spoke last, if it was to somebody who may answer
    beyond, edges = 0, iter(lines.edges)
    order = np.argsort(line, kind="stable")
    order = order[start[order] >= 0]
    columns = (order, line[order], start[order], end[order])
    for number, at, a, b in zip(*(one.tolist() for one in columns), strict=True):
        if at >= beyond:  # a new article
            while at >= beyond:
                begin, beyond = beyond, next(edges)
            resolver, history = Resolver(lines.texts[begin:beyond]), []
            told = None
        mention = lines.text[a:b]
        word = pronoun_of(mention)
        near: Iterable[str | Speaker] = ()
        if word in ("he", "she") or word in _COMPANIES:
            near = _candidates(grammar, max(begin, at - NEAR_LINES), a, history)
        elif word == "they":
            group = grammar.group_before(a)
            near = iter([group] if group else [])
        if number >= n_claims:
            speakers[number] = resolver.resolve(mention, near)
            continue
        asker = told if replies[number] else None
        told = None
        speaker = speakers[number] = resolver.resolve(
            mention, near, other_than=asker, behind=lines.text[b : b + _NEAR_VERB]
        )
        author[number] = word in _AUTHOR
        if speaker:
            history.append((a, speaker))
            told = speaker if hearers[number] else None
    return speakers, author


def _are_lemmas(verbs: np.ndarray, lemmas: tuple[str, ...]) -> list[bool]:
    """Whether each of these verbs, numbers among `forms`, is one of the lemmas."""
    listed = np.any([has_lemma(lemma) for lemma in lemmas], axis=0)
    return ((verbs >= 0) & listed[verbs]).tolist()


def _have_hearers(text: str, claims: Claims) -> list[bool]:
    """Whether each claim has a hearer with a name: `Lind told Holt`."""
    tells = _are_lemmas(claims.verb, ("tell", "ask"))
    return [
        told and _HEARER.match(text, cue_end) is not None
        for told, cue_end in zip(tells, claims.cue_end.tolist(), strict=True)
    ]


def _candidates(
    grammar: Grammar, line: int, place: int, history: list[tuple[int, Speaker]]
) -> Iterator[str | Speaker]:
    """Whom a pronoun at `place` can mean: speakers and subjects from a line on, the
    nearest first."""
    text = grammar.lines.text
    begin = grammar.lines.begins[line]
    spoken = [one for one in history[-6:] if one[0] >= begin]
    spoken.sort(key=itemgetter(0), reverse=True)
    first = bisect_left(grammar.sentence_at, begin)
    last = bisect_left(grammar.sentence_at, place + 1)
    for sentence in range(last - 1, max(first, last - NEAR_SENTENCES) - 1, -1):
        subject = grammar.subject(sentence)
        if subject and subject[1] <= place:
            # `Costs, she said, had doubled`: what is spoken of, not who speaks.
            if not text[subject[1] : place].strip(", "):
                continue
            while spoken and spoken[0][0] >= subject[0]:
                yield spoken.pop(0)[1]
            yield text[subject[0] : subject[1]]
    yield from (speaker for _, speaker in spoken)
