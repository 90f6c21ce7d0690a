"""Which line of a page is headline, body, caption or furniture, and why."""

from .choice import Extracts, article_bodies
from .flow import Flow, flowing
from .roles import ROLES
from .table import PAGES, lines
