"""Whether a form of a reporting verb is a noun or an adjective where it stands."""

from __future__ import annotations

import numpy as np

from ..text import is_plural
from .sentences import Sentences, has_frame, has_lemma
from .word_classes import Code, among, is_code
from .word_lists import Listed

__all__ = ["are_nouns"]


def are_nouns(sentences: Sentences, at: np.ndarray, pair: np.ndarray) -> np.ndarray:
    """Whether a form of a reporting verb is a noun or an adjective here; `pair` is 1
    for verbs of two words. The first rule that holds decides."""
    codes, behind = sentences.codes, at + 1 + pair
    code, before, after = codes[at], codes[at - 1], codes[behind]
    ahead = codes[sentences.forward(behind, "ADVERB")]
    noun = sentences.are_on(at, Listed.NOUN)
    base = is_code(code, Code.SAY)
    either, listed = base | noun, noun | sentences.are_on(at, Listed.NOUN_BASE)
    plural = sentences.are_on(at - 1, Listed.PLURAL)
    determined = is_code(before, Code.PREPOSITION)
    determined |= is_code(before, Code.DETERMINER) & ~plural
    determined |= _are_owned(sentences, at)
    # `blue states that still have it`, `claims that surfaced`: the clause is about them
    relative = is_code(after, Code.THAT) & among(
        codes[sentences.forward(behind + 1, "ADVERB")], "AUXILIARY BE SAID SAY PAST"
    )
    # `won in Southern states that vote late`, `sent out orders that`: its verb is told
    bare = sentences.back(at, "NOUN NAME")
    told = among(codes[bare - 1], "PREPOSITION TO PAST SAID")
    relative |= noun & told & is_code(after, Code.THAT)
    # `council report`, but `officials report`
    compound = base & listed & among(before, "NOUN NAME") & ~plural
    words = sentences.words(at[compound] - 1)
    compound[compound] = [not is_plural(word) for word in words]
    noun_ends = is_code(before, Code.NOUN)
    noun_ends &= among(after, "PREPOSITION STOP COMMA NOUN SAID EDGE")
    quoted = is_code(after, Code.COMMA) & is_code(codes[behind + 1], Code.QUOTE)
    # `The mayor claims the road`
    clause = among(before, "PRONOUN WHO NOUN NAME ADVERB THAT BUT AND")
    clause |= is_code(before, Code.COMMA) & is_code(ahead, Code.THAT)
    clause &= among(
        ahead, "THAT DETERMINER PRONOUN NAME TO QUOTE COLON COMMA NUMBER WHO"
    )
    verb = sentences.tokens.verbs[sentences.token[at]]
    evident = sentences.are_on(at - 1, Listed.EVIDENCE)
    evident &= (
        has_lemma("show")[verb] | has_lemma("find")[verb] | has_lemma("note")[verb]
    )
    rules = [
        (is_code(code, Code.SAYING), False),
        # `The survey shows voters`
        (noun & evident & ~among(ahead, "STOP COMMA EDGE PREPOSITION SAID"), False),
        (noun & _are_after_plurals(sentences, at), True),  # `Police questions upset`
        (either & among(before, "PAST NUMBER SAID"), True),  # `published reports`
        (determined, True),  # `in reports`, `the claim`, `Lee's declared goal`
        (either & listed & relative, True),
        # `The Gulf states want`, `Wage demands angered`
        (noun & among(ahead, "SAID SAY PAST AUXILIARY BE"), True),
        (
            is_code(code, Code.SAID)
            & ~among(before, "NOUN PAST NUMBER DETERMINER TO AND STOP COMMA EDGE"),
            False,
        ),
        # `to report`, but `to say that`
        (base & is_code(before, Code.TO), ~among(after, "THAT QUOTE COLON") & ~quoted),
        (base & among(before, "AND STOP EDGE"), ~among(after, "THAT PRONOUN")),
        # `if state job growth`, `, state and local taxes`, `are state sponsors`
        (base & listed & among(before, "COMMA BE BUT DASH OPENING"), True),
        # `prohibits state and local`, `officials state media`
        (base & listed & among(after, "AND COMMA STOP EDGE SAID"), True),
        (either & listed & (compound | noun_ends), True),
        (either & listed, noun & ~clause),
        (either, False),
    ]
    judged = has_frame("judge", "that")[verb]
    participle = is_code(before, Code.NOUN) & ~pair.astype(bool) & judged
    participle &= among(after, "PREPOSITION STOP COMMA EDGE")  # `the man accused of it`
    return np.select(
        [rule for rule, _ in rules], [answer for _, answer in rules], participle
    )


def _are_after_plurals(sentences: Sentences, at: np.ndarray) -> np.ndarray:
    """Whether a form in -s stands after a plural, whose verb has none: `police
    claims`.
    """
    after = among(sentences.codes[at - 1], "NOUN NAME")
    words = zip(sentences.words(at[after]), sentences.words(at[after] - 1), strict=True)
    after[after] = [verb.endswith("s") and is_plural(noun) for verb, noun in words]
    return after


def _are_owned(sentences: Sentences, at: np.ndarray) -> np.ndarray:
    """Whether a possessive stands before a word and its adverbs: `Lee's widely
    criticized remarks`."""
    before = sentences.back(at, "ADVERB") - 1
    owned = among(sentences.codes[before], "NAME NOUN")
    # `a widely anticipated speech`
    described = is_code(sentences.codes[before], Code.DETERMINER) & (before < at - 1)
    words = sentences.words(before[owned])
    owned[owned] = [word.endswith(("'s", "s'")) for word in words]
    return owned | described
