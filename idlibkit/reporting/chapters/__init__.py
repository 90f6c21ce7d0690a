"""The chapters of a report, each made of what was measured."""

from .all_articles import archive_chapter
from .chapter import Chapter, Material, place, places
from .running import CHAPTERS, Making, chapter_names
from .whole import articles_chapter, method_chapter, tables_chapter
