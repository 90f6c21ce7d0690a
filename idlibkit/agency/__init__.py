"""Who does what to whom, by outlet, voice and actor; where the doer is not named."""

from .rows import agency
from .shares import agency_by, named_in_full, told_harm
from .trees import ROOT, Tree, read_trees
