"""The figures in a text, what they count, and where outlets differ."""

from .comparison import discrepancies
from .readings import quantities
