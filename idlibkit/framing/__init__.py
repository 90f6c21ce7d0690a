"""Indicators of generic news frames; the corpus's own themes."""

from .generic import frames, frames_by
from .themes import corpus_frames
