"""Words per outlet: counts, TF-IDF, keyness, similarity, concordance."""

from .concordance import kwic
from .counts import count_terms
from .log_odds import keyness
from .places import term_places
from .weights import similarity, tfidf
