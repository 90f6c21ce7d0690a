"""Compare how news outlets frame the same story: words, tone, voices, labels and
figures, each traceable to its sentence."""

from importlib.metadata import version

from .actors import labels, labels_by, read_actors, suggest_actors
from .agency import agency, agency_by
from .cleaning import lines
from .corpus import Corpus, read
from .figures import discrepancies, quantities
from .framing import corpus_frames, frames, frames_by
from .reading import read_articles, read_in_parts
from .reporting import (
    Explorer,
    Finding,
    MarkedArticle,
    annotate,
    explore,
    findings,
    methods,
    report,
    show_table,
)
from .story import points, points_by, shared_text, stories, without_shared
from .tables import IdlibkitError, IdlibkitNote, IdlibkitWarning
from .tone import (
    actor_tone,
    actor_tone_by,
    sentiment,
    sentiment_by,
    target_tone,
    word_shift,
)
from .trust import accuracy_card, agreement, coding_sample, robustness
from .voices import passages, quotes, voices_by
from .words import count_terms, keyness, kwic, similarity, tfidf

__version__ = version("idlibkit")

__all__ = [
    "Corpus",
    "Explorer",
    "Finding",
    "IdlibkitError",
    "IdlibkitNote",
    "IdlibkitWarning",
    "MarkedArticle",
    "accuracy_card",
    "actor_tone",
    "actor_tone_by",
    "agency",
    "agency_by",
    "agreement",
    "annotate",
    "coding_sample",
    "corpus_frames",
    "count_terms",
    "discrepancies",
    "explore",
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
    "read",
    "read_actors",
    "read_articles",
    "read_in_parts",
    "report",
    "robustness",
    "sentiment",
    "sentiment_by",
    "shared_text",
    "show_table",
    "similarity",
    "stories",
    "suggest_actors",
    "target_tone",
    "tfidf",
    "voices_by",
    "without_shared",
    "word_shift",
]
