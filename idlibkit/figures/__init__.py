"""The figures in a text, what they count, and where outlets differ."""

from .comparison import discrepancies
from .events import name_events
from .readings import quantities
