"""What a word, a sentence and a spelling are; languages; stop lists; English forms."""

from .casing import is_title_case
from .code_points import is_one_of
from .codes import coded, encode, terms_of
from .detection import check_english, counted, is_foreign, languages
from .english import is_plural, plurals, singular, stem, verb_lemma, word_forms
from .marks import (
    CLOSING,
    DASHES,
    DOUBLE_CLOSING,
    DOUBLE_OPENING,
    HYPHENS,
    OPENING,
    PARTNERS,
    PLAIN,
    QUOTE_MARKS,
)
from .patterns import ANY, searchable, word_key, words_pattern
from .sentence_columns import english_sentence_starts
from .sentences import (
    SENTENCE_CLOSE,
    SENTENCE_END,
    abbreviations,
    sentence_ends,
    sentence_starts,
)
from .short_forms import is_abbreviation, label_forms
from .stopwords import StopWords, has_english, spelling_list, stop_list
from .words import (
    TOKEN,
    count_words,
    fold,
    fold_with_places,
    plain,
    spaced_words,
    term,
    to_polars,
    tokenize,
)
