"""Tone of wording (VADER, exactly) and tone toward a named actor."""

from .scores import sentiment, sentiment_by
from .shift import word_shift
from .toward import actor_tone, actor_tone_by, target_tone
