"""Reporting verbs in sentences, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .sentences import Sentences, has_frame, has_lemma
from .verb_nouns import are_nouns
from .word_classes import Code, among, is_code

__all__ = ["Verbs", "find_verbs"]


@dataclass(frozen=True, slots=True)
class Verbs:
    """Forms of reporting verbs that are verbs where they stand, as columns."""

    at: np.ndarray
    end: np.ndarray  # behind it, and behind its second word
    verb: np.ndarray  # number among `forms`
    sentence: np.ndarray  # its number,
    sentence_end: np.ndarray  # and where it ends
    code: np.ndarray  # of the verb,
    before: np.ndarray  # of what stands before it,
    after: np.ndarray  # and behind it
    lead: np.ndarray  # code before it and its adverbs

    def are(self, *frames: str) -> np.ndarray:
        """Which verbs have one of these frames."""
        return has_frame(*frames)[self.verb]

    def is_(self, *lemmas: str) -> np.ndarray:
        """Which verbs are these."""
        return np.logical_or.reduce([has_lemma(lemma)[self.verb] for lemma in lemmas])

    @property
    def finite(self) -> np.ndarray:
        return is_code(self.code, Code.SAID)

    @property
    def ing(self) -> np.ndarray:
        return is_code(self.code, Code.SAYING)


def find_verbs(sentences: Sentences) -> Verbs:
    codes, tokens = sentences.codes, sentences.tokens
    at = np.flatnonzero(among(codes, "SAID SAY SAYING"))
    pair = tokens.pairs[sentences.token[at]].astype(int)
    verbal = ~are_nouns(sentences, at, pair)
    sentences.recode(at[~verbal], Code.NOUN)
    at, end = at[verbal], (at + 1 + pair)[verbal]
    sentence = sentences.number(at)
    return Verbs(
        at=at,
        end=end,
        verb=tokens.verbs[sentences.token[at]],
        sentence=sentence,
        sentence_end=sentences.ends[sentence],
        code=codes[at],
        before=codes[at - 1],
        after=codes[end],
        lead=codes[sentences.back(at, "ADVERB") - 1],
    )
