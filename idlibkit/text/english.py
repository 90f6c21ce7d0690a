"""English word forms: plurals, the forms of a lemma."""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicons import table

__all__ = ["plurals", "word_forms"]


def plurals(word: str) -> list[str]:
    if not word[-1:].isalpha():
        return []
    if word.endswith(("ss", "x", "z", "ch", "sh")):
        return [word + "es"]
    if word.endswith("s"):
        return []
    if re.search(r"[^aeiou]y$", word):
        return [word[:-1] + "ies"]
    if re.search(r"(?<!hu)(?<!ger)(?<!ro)man$", word):
        return [word[:-2] + "en"]
    return [word + "s"]


@lru_cache(maxsize=1)
def _irregular() -> dict[str, list[str]]:
    return {lemma: forms.split() for lemma, forms in table("irregular.toml").items()}


def word_forms(lemma: str) -> list[str]:
    """A lemma and its forms as a noun and a verb; some of them may be no words, which does no harm.

    Examples
    --------
    >>> word_forms("ally"), word_forms("blame"), word_forms("fight")
    (['ally', 'allies', 'allied', 'allying'], ['blame', 'blames', 'blamed', 'blaming'], ['fight', 'fights', 'fought', 'fighting'])
    """
    if lemma in _irregular():
        return [lemma, *_irregular()[lemma]]
    if re.search(r"[^aeiou]y$", lemma):
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    if lemma.endswith("e"):
        return [
            lemma,
            lemma + "s",
            lemma + "d",
            (lemma if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1]) + "ing",
        ]
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return [lemma, lemma + "es", lemma + "ed", lemma + "ing"]
    forms = [lemma, lemma + "s"]
    if lemma.endswith("man"):
        return [*forms, lemma[:-2] + "en"]
    doubled = (
        lemma + lemma[-1]
        if re.search(r"(?<![aeiou])[aeiou][bdglmnprt]$", lemma)
        else lemma
    )
    if doubled == lemma or len(re.findall("[aeiouy]+", lemma)) > 1:
        forms += [lemma + "ed", lemma + "ing"]
    return forms if doubled == lemma else [*forms, doubled + "ed", doubled + "ing"]
