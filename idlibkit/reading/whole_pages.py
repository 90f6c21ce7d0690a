"""The text that a page shows, line by line."""

from __future__ import annotations

import re

__all__ = ["page_lines"]

# Elements that open a line of their own; all else runs on in the line it stands in.
BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "button", "dd"),
        *("details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "option", "p", "pre", "section", "select", "summary"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    ]
)
UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "head", "svg", "iframe", "object"]
)


def page_lines(html: str) -> str:
    """The text that a page shows, a line for each block and `* ` before list items."""
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    tree = document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    pieces: list[str] = []
    # (element, whether it ends here): a stack, so that depth is no matter
    waiting = [(tree, False)]
    while waiting:
        element, ends = waiting.pop()
        tag = element.tag
        block = tag in BLOCKS
        if ends:
            pieces += ["\n" if block else "", element.tail or ""]
            continue
        if not isinstance(tag, str) or tag in UNSEEN:
            pieces.append(element.tail or "")
            continue
        opens = "\n* " if tag == "li" else "\n" if block else ""
        pieces += [opens, re.sub(r"\s+", " ", element.text or "")]
        waiting.append((element, True))
        waiting += [(child, False) for child in reversed(element)]
    rows = (" ".join(row.split()) for row in "".join(pieces).split("\n"))
    return "\n".join(row for row in rows if row not in ("", "*"))
