"""Who speaks: quotations, reported speech, their speakers; passages of each voice."""

from .canonical_names import names_in, one_name, renamed
from .contexts import sentence_contexts
from .quotations import quotes
from .segments import Voices, passages, read_voices
from .shares import voices_by
from .word_lists import forms
