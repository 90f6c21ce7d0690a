"""Files, saved pages and tables as one table of articles."""

from .articles import read_articles
from .exports import read_table
