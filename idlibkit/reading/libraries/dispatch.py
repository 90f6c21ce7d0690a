"""Which library wrote a file, and what shows that a file holds several articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from ...lexicons import table as lexicon
from ..whole_pages import page_lines
from .europresse import read_europresse_page
from .factiva import read_factiva, read_factiva_page
from .nexis import read_nexis
from .pieces import Piece
from .proquest import read_proquest

__all__ = ["articles_in_page", "articles_in_text", "signs_of_several"]

TEXT_FORMS: tuple[Callable[[str], list[Piece]], ...] = (
    read_proquest,
    read_nexis,
    read_factiva,
)
# (what stands in such a page, its reader)
PAGE_FORMS: tuple[tuple[str, Callable[[Any], list[Piece]]], ...] = (
    ("DocPublicationName", read_europresse_page),
    ("articleParagraph", read_factiva_page),
    ("enArticle", read_factiva_page),
)
# what shows a text form inside a page
_TEXT_IN_PAGE = re.compile(
    r"(?<!\d)\d{1,6} of \d{1,6} DOCUMENTS?\b|End of Document|ProQuest document"
    r"|\bDocument [A-Z]{2,}\d"
)
# one of which stands in whatever that pattern finds
_SIGNS = ("DOCUMENT", "End of Document", "ProQuest document", "Document ")
# "3 of 20", "Document 3 of 20", "Article 2/7" on a line of its own
_NUMBERED = re.compile(
    r"^[ \t]*(?:\w+ )?(\d+)(?: (?:of|von|de|sur|di) |/)(\d+)(?: \w+)?[ \t]*$",
    re.MULTILINE,
)
_RULE = re.compile(r"^[ \t]*([_=*#-])\1{9,}[ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"^[ \t]*([^\W\d_][\w-]{2,15}):[ \t]+\S", re.MULTILINE)
LEAST = 40  # words of the parts that rules on a line of their own set apart


def articles_in_text(text: str) -> list[dict[str, str]]:
    """One row for each article of a library's text file; none if it is no such file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for read in TEXT_FORMS:
        pieces = read(text)
        if pieces and all(piece.is_whole() for piece in pieces):
            return [piece.row() for piece in pieces]
    return []


def articles_in_page(html: str) -> list[dict[str, str]]:
    """One row for each article of a library's page; none if it is no such page."""
    forms = [read for sign, read in PAGE_FORMS if sign in html]
    as_text = any(sign in html for sign in _SIGNS)
    as_text = as_text and _TEXT_IN_PAGE.search(html) is not None
    if not forms and not as_text:
        return []
    tree = _tree(html)
    if tree is None:
        return []
    for read in forms:
        pieces = read(tree)
        if pieces and all(piece.is_whole() for piece in pieces):
            return [piece.row() for piece in pieces]
    return articles_in_text(page_lines(html).replace("\n", "\n\n")) if as_text else []


def signs_of_several(text: str) -> str | None:
    """What shows that a text holds several articles, if anything does."""
    numbers = [(int(a), int(b)) for a, b in _NUMBERED.findall(text) if len(a + b) < 12]
    if (1, len(numbers)) in numbers[:1] and len(numbers) > 1:
        return f"{len(numbers)} headings such as '1 of {len(numbers)}'"
    labels = Counter(label.lower() for label in _LABEL.findall(text))
    known = frozenset(lexicon("libraries.toml")["several"]["labels"])
    repeated = sorted(name for name in known & labels.keys() if labels[name] > 1)
    if len(repeated) > 1:
        return f"the lines {repeated[0]!r} and {repeated[1]!r} stand more than once"
    parts = _RULE.split(text)[::2] if repeated else []
    long = sum(len(part.split()) >= LEAST for part in parts)
    return (
        f"{long} parts between rules, each with {repeated[0]!r}" if long > 1 else None
    )


def _tree(html: str) -> Any:
    try:
        from lxml import etree
        from lxml import html as parser
    except ImportError:
        return None  # the page's own reader says what is missing
    try:
        # bytes, since lxml refuses a text that names its encoding
        utf8 = parser.HTMLParser(encoding="utf-8")
        return parser.document_fromstring(html.encode("utf-8", "replace"), utf8)
    except (etree.LxmlError, ValueError):
        return None
