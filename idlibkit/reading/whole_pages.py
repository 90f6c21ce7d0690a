"""The text of a page line by line, and the article in it where an extractor has taken
only its first section."""

from __future__ import annotations

import re

import pandas as pd

from ..cleaning import lines

__all__ = ["page_lines", "whole_body"]

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
# The lines of a page are the whole article where they hold most of the extract
# and are longer by half: chosen on the development pages of measure_cleaning.py.
MOST = 0.8
LONGER = 1.5
PROSE = 100  # characters: lines are running text, not a list, where longer on average


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


def whole_body(extract: str, title: str, html: str) -> str:
    """`extract`, or the article that `lines` finds in the page's text where that holds
    most of the extract and much more."""
    try:
        page = page_lines(html)
    except Exception:  # the extract is there already; any HTML at all may come in
        return extract
    if len(page) < LONGER * len(extract):
        return extract
    articles = pd.DataFrame({"article_id": ["page"], "raw": [page], "title": [title]})
    table = lines(articles)
    of_text = table["role"].isin(["body", "heading"])
    found: list[str] = table.loc[of_text, "text"].astype("object").tolist()
    known = _runs(extract)
    shared = [line for line in found if _runs(line) & known]
    held = len(_runs("\n".join(shared)) & known)
    if not shared or held < MOST * len(known):
        return extract
    # what was left out: running text, and below what was taken
    below = found[len(found) - found[::-1].index(shared[-1]) :]
    n = sum(map(len, below))
    if not below or n < (LONGER - 1) * len(extract) or n < PROSE * len(below):
        return extract
    return "\n".join(found)


def _runs(text: str, n: int = 4) -> set[tuple[str, ...]]:
    """The runs of four words of a text."""
    words = re.findall(r"\w+", text)
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}
