"""Files, saved pages and tables as one table of articles."""

from .archive import read_in_parts
from .articles import read_articles
from .dates import parse_dates
from .exports import read_table
from .notes import Notes
