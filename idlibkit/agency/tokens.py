"""The tokens of a sentence as treebanks cut it: clitics and marks stand alone ("does",
"n't"; "Assad", "'s"), hyphens too."""

from __future__ import annotations

import re

__all__ = ["Span", "token_spans"]

Span = tuple[int, int]

TOKEN = re.compile(
    r"""
    (?:[A-Za-z]\.){2,}                              # U.S.
    | (?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Jr|Sr|Inc|Co|Corp|Ltd|No|vs
      |Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Prof|Rev|Hon|Pres|Maj|Cmdr|Adm|Mt|Ft
      |etc|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N|U\.K)\.(?=\s|[,;:)]|$)
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|bn|k)?\b   # 1,000 and 21st
    | [^\W\d_]+(?=n['’]t\b)                         # does of doesn't
    | n['’]t\b
    | ['’](?:s|S|ll|re|ve|d|m)\b
    | [^\W_]+(?:[.&][^\W_]+)*                       # words, R&B
    | \.{2,} | [-–—]{1,2}
    | \S
    """,
    re.VERBOSE,
)


def token_spans(text: str) -> list[Span]:
    """Where each token stands.

    Examples
    --------
    >>> text = "Assad's troops didn't leave."
    >>> [text[start:end] for start, end in token_spans(text)]
    ['Assad', "'s", 'troops', 'did', "n't", 'leave', '.']
    """
    return [match.span() for match in TOKEN.finditer(text)]
