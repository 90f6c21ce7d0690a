"""Quote marks, apostrophes, hyphens and dashes: which there are, their plain form."""

from __future__ import annotations

__all__ = [
    "APOSTROPHES",
    "CLOSING",
    "CLOSING_BRACKETS",
    "DASHES",
    "DOUBLE_CLOSING",
    "DOUBLE_MARKS",
    "DOUBLE_OPENING",
    "HYPHENS",
    "OPENING",
    "PARTNERS",
    "PLAIN",
    "QUOTE_MARKS",
]


# Inside words; every form of it.
APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u2032\uff07"
HYPHENS = "-\u2010\u2011"
DASHES = "\u2013\u2014\u2015"

DOUBLE_MARKS = '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'  # “ ” „ ‟ ″ « »
# Marks that may open and that may close a quotation; German «»‹› turn the other way.
OPENING = "\"'“„‟«»‹›‘‚"
CLOSING = "\"'”“‟»«›‹’"
# Those of them that are no apostrophe either, by the side that they mostly stand on.
DOUBLE_OPENING = '"“„‟«'
DOUBLE_CLOSING = '"”»'
# What may close behind the end of a sentence, beside those; 」』 are quote marks of
# scripts without spaces.
CLOSING_BRACKETS = ")]」』"
QUOTE_MARKS = "".join(dict.fromkeys(OPENING + CLOSING))
# The mark that a mark pairs with, where it is not itself.
PARTNERS = {
    "“": "”",
    "”": "“",
    "„": "“",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "’": "‘",
}

# What scoring sees in place of typography. A dash is set off by spaces, where the
# sentiment lexicon splits.
PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\uff07", "'"),
    **dict.fromkeys(DOUBLE_MARKS[1:], '"'),
    **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f", " "),
    **dict.fromkeys(DASHES, " - "),
    **dict.fromkeys("\u2010\u2011", "-"),
}
