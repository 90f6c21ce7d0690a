"""The report, the marked-up article and the methods section."""

from .build import report
from .explorer import Explorer, explore
from .finding_kinds import Finding, findings
from .markup import MarkedArticle, annotate
from .methods_section import methods
from .plain_tables import ShownTable, show_table
from .selection import check, outlets_of
