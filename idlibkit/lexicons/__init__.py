"""Every list of words, as a data file with its source, behind one loader."""

from .loading import (
    Country,
    Verb,
    countries,
    lexicon_text,
    reporting_verbs,
    rows,
    table,
    words,
    words_of,
)
