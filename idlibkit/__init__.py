"""Compare how news outlets frame the same story: words, tone, voices, labels and figures, each traceable to its sentence."""

from .cleaning import lines
from .corpus import read_articles
from .labels import labels, labels_by
from .overlap import shared_text, without_shared
from .passages import passages
from .robustness import findings, robustness
from .sentiment import sentiment, sentiment_by, word_shift
from .tables import IdlibkitError, IdlibkitWarning
from .terms import count_terms, keyness, kwic, similarity, tfidf
from .voices import quotes

__version__ = "0.1.0"

__all__ = [
    "IdlibkitError",
    "IdlibkitWarning",
    "count_terms",
    "findings",
    "keyness",
    "kwic",
    "labels",
    "labels_by",
    "lines",
    "passages",
    "quotes",
    "read_articles",
    "robustness",
    "sentiment",
    "sentiment_by",
    "shared_text",
    "similarity",
    "tfidf",
    "without_shared",
    "word_shift",
]
