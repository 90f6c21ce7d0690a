"""Compare how news outlets frame the same story: words, tone, voices, labels and figures, each traceable to its sentence."""

from .accuracy import accuracy_card
from .actors import read_actors
from .cleaning import lines
from .corpus import read_articles
from .discrepancies import discrepancies
from .frames import corpus_frames, frames, frames_by
from .labels import labels, labels_by
from .markup import annotate
from .methods import methods
from .overlap import shared_text, without_shared
from .passages import passages
from .quantities import quantities
from .report import report
from .robustness import findings, robustness
from .sentiment import sentiment, sentiment_by, word_shift
from .story import points, points_by
from .suggest import suggest_actors
from .tables import IdlibkitError, IdlibkitWarning
from .terms import count_terms, keyness, kwic, similarity, tfidf
from .tone import actor_tone, actor_tone_by, target_tone
from .validation import agreement, coding_sample
from .voices import quotes, voices_by

__version__ = "0.1.0"

__all__ = [
    "IdlibkitError",
    "IdlibkitWarning",
    "accuracy_card",
    "actor_tone",
    "actor_tone_by",
    "agreement",
    "annotate",
    "coding_sample",
    "corpus_frames",
    "count_terms",
    "discrepancies",
    "findings",
    "frames",
    "frames_by",
    "keyness",
    "kwic",
    "labels",
    "labels_by",
    "lines",
    "methods",
    "passages",
    "points",
    "points_by",
    "quantities",
    "quotes",
    "read_actors",
    "read_articles",
    "report",
    "robustness",
    "sentiment",
    "sentiment_by",
    "shared_text",
    "similarity",
    "suggest_actors",
    "target_tone",
    "tfidf",
    "voices_by",
    "without_shared",
    "word_shift",
]
