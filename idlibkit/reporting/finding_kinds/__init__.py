"""What a corpus shows, as plain sentences with their pictures and evidence."""

from .finding import Finding
from .ranking import findings, findings_of
