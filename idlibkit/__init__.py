"""Compare how news outlets frame the same story: words, tone, voices, labels and figures, each traceable to its sentence."""

from .cleaning import lines
from .corpus import read_articles
from .passages import passages
from .sentiment import sentiment, sentiment_by, word_shift
from .tables import IdlibkitError, IdlibkitWarning
from .terms import count_terms, keyness, kwic, similarity, tfidf
from .voices import quotes

__version__ = "0.1.0"

__all__ = [
    "IdlibkitError",
    "IdlibkitWarning",
    "count_terms",
    "keyness",
    "kwic",
    "lines",
    "passages",
    "quotes",
    "read_articles",
    "sentiment",
    "sentiment_by",
    "similarity",
    "tfidf",
    "word_shift",
]
