"""Intervals for every measure: the bootstrap behind every `*_by`."""

from .cells import MIN_ARTICLES
from .codes import group_codes
from .ratios import article_sums, in_range, ratio_by, unit_sums
