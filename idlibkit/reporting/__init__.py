"""The report, the marked-up article and the methods section."""

from .build import report
from .markup import annotate
from .methods_section import methods
from .selection import check, outlets_of
