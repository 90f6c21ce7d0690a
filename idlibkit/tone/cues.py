"""Which sentences have a word that may turn them: the others need no tree."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from ..lexicons import table, words_of
from ..text import singular, verb_lemma
from .valence_shifts import LEXICON, listed, phrases

__all__ = ["has_cue"]

_WORD = re.compile(r"n't\b|[^\W_]+?(?=n't\b)|[^\W_]+(?:-[^\W_]+)*")
# Lists whose words turn a sentence wherever they stand; what helps somebody ("support")
# turns it only beside another such word.
SECTIONS = {
    "negation": ("negators", "nobody", "approximators", "few"),
    "denial": ("verbs",),
    "able": ("unable", "escape"),
    "ends": ("verbs", "fails"),
    "false": (
        "adjectives", "nouns", "adverbs", "condemning", "mistaken", "sceptical",
        "verbs",
    ),
    "sources": ("words", "adjectives"),
    "amends": ("verbs", "nouns", "beg"),
    "innocent": ("adjectives",),
    "nouns": ("doubt", "victims", "exonerations"),
    "harm": ("almost", "wrongs", "kindness", "rescue"),
}  # fmt: skip
GROUPS = {
    "object": ("convict", "blame"),
    "judged": ("condemn", "convict", "topple"),
    "content": ("confirm",),
    "infinitive": ("manage", "start"),
    "tried": ("manage",),
}
OTHERS = ("no", "cannot", "whether", "unlike", "without", "lack")


def has_cue(text: str) -> bool:
    """Whether a sentence has a word, or all words of a phrase, that may turn it."""
    found = set()
    for word in _WORD.findall(text.lower().replace("’", "'")):
        found |= {word, verb_lemma(word), singular(word)}
    if found & _words():
        return True
    return any(phrase <= found for phrase in _phrases() if phrase & found)


@cache
def _entries() -> frozenset[str]:
    lists = table(LEXICON)
    found = {*OTHERS}
    for section, names in SECTIONS.items():
        for name in names:
            found |= listed(f"{section}.{name}")
    for section, names in GROUPS.items():
        for name in names:
            found |= words_of(lists[section][name]["words"])
    return frozenset(found)


@cache
def _words() -> frozenset[str]:
    return frozenset(entry for entry in _entries() if "_" not in entry)


@cache
def _phrases() -> frozenset[frozenset[str]]:
    """Words that turn a sentence only together."""
    found = [entry.split("_") for entry in _entries() if "_" in entry]
    found += phrases("negation.phrases") + phrases("innocent.phrases")
    found += phrases("false.phrases")
    found += [
        ["vote", "against"],
        ["speak", "against"],
        ["speak", "for"],
        ["hit", "at"],
    ]
    found += [["come", word] for word in sorted(listed("ends.nothing"))]
    found += map(list, product(listed("false.hard"), listed("false.believe")))
    found += [["if", word] for word in ("know", "sure", "clear", "say")]
    found += [["only", word] for word in listed("negation.fools")]
    return frozenset(map(frozenset, found))
