"""What a word, a sentence and a spelling are; languages; stop lists; English forms."""

from .codes import encode, terms_of
from .english import plurals, word_forms
from .languages import check_english, counted, is_foreign, languages
from .patterns import ANY, searchable, word_key, words_pattern
from .stopwords import spelling_list, stop_list
from .words import (
    HYPHENS,
    PLAIN,
    TOKEN,
    count_words,
    fold,
    fold_with_places,
    plain,
    spaced_words,
    term,
    to_bytes,
    to_polars,
    token_places,
    tokenize,
)
