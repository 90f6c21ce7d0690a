"""What survives other choices; how far people agree; the measured accuracy."""

from .card import accuracy_card
from .coding import coding_sample, even_shares
from .reliability import agreement
from .survival import robustness
