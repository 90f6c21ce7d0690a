"""Factiva: codes of two letters (``HD``, ``PD``, ``SN``), or a fixed order of lines."""

from __future__ import annotations

import re
from typing import Any

from ...lexicons import table as lexicon
from .pieces import Piece, day_in, is_day, paragraphs_of

__all__ = ["read_factiva", "read_factiva_page"]

_CODE = re.compile(r"[ \t]*([A-Z]{2,3})(?:[ \t]+(.*))?$")
# "Document MAR0000020150303eb330000a", also behind its code AN
_END = re.compile(
    r"^[ \t]*(?:AN[ \t]+)?Do[ck]ument[oe]? [A-Z]{2,}\w{8,}[ \t]*$", re.MULTILINE
)
_WORDS = re.compile(r"[ \t]*[\d,.]+ (?:words|Wörter|mots|palabras|parole)[ \t]*$")
_PUBLISHER = re.compile(r"[^.!?:]{3,60}")  # no sentence
_BYLINE = re.compile(r"(?:by|von|par|por) ", re.IGNORECASE)
# `HARB`, `A3`, `English`, `(c) 2015 Harbour Press`
_HEAD = re.compile(
    r"[A-Z]{2,8}\d*|[A-Z]?\d{1,4}|[^\W\d_]{4,12}|(?:\(c\)|©|Copyright).*"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def read_factiva(text: str) -> list[Piece]:
    """The articles of a text of Factiva; none if it is of no such form."""
    if "Document " not in text or not _END.search(text):
        return []
    parts = [part for part in _END.split(text) if part.strip()]
    pieces = [_with_codes(part) or _in_order(part) for part in parts]
    return [piece for piece in pieces if piece is not None]


def read_factiva_page(tree: Any) -> list[Piece]:
    """The articles of a page of Factiva, which has each in a ``div`` of its own."""
    pieces = []
    for article in tree.xpath("//div[contains(@class, 'article')][.//p or .//td]"):
        # the page sets an article of its own around each
        if article.xpath(".//div[contains(@class, 'article')][.//p or .//td]"):
            continue
        rows = article.xpath(".//tr[td]")
        piece = _from_rows(rows) if rows else _from_blocks(article)
        if piece is not None:
            pieces.append(piece)
    return pieces


def _codes() -> dict[str, str]:
    codes: dict[str, str] = lexicon("libraries.toml")["factiva"]
    return codes


def _made(fields: dict[str, list[str]]) -> Piece | None:
    """A piece of what stood behind each column's codes."""
    body = fields.pop("text", [])
    facts = {name: " ".join(lines).strip() for name, lines in fields.items()}
    outlet, day = facts.pop("outlet", ""), facts.pop("published", "")
    if not outlet or not body:
        return None
    published = " ".join(filter(None, (day, facts.pop("time", ""))))
    return Piece(outlet, published, facts.pop("title", ""), paragraphs_of(body), facts)


def _with_codes(part: str) -> Piece | None:
    """``HD  Council keeps the ferry``, each field with the lines it runs on in."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in part.split("\n"):
        match = _CODE.match(line)
        if match and match[1].lower() in _codes():
            name = _codes()[match[1].lower()]
            fields.setdefault(name, []).extend(["", match[2] or ""])
        elif name:
            fields[name].append(line)
    return _made(fields)


def _in_order(part: str) -> Piece | None:
    """Title, author, ``171 words``, day, time, outlet, code, page, language, text."""
    lines = part.split("\n")
    rows = [i for i, line in enumerate(lines) if _WORDS.match(line)]
    if not rows:
        return None
    above = [line.strip() for line in lines[: rows[0]] if line.strip()]
    # a section may stand above the title, the writer's name below it
    title = max(
        (line for line in above if not _BYLINE.match(line)), key=len, default=""
    )
    below = [(i, lines[i].strip()) for i in range(rows[0] + 1, len(lines))]
    below = [(i, line) for i, line in below if line]
    if not title or len(below) < 3 or not is_day(below[0][1]):
        return None
    if _CLOCK.match(below[1][1]):
        day = f"{day_in(below[0][1])} {below[1][1]}"
        below = below[2:]
    else:
        day = day_in(below[0][1])
        below = below[1:]
    outlet = below[0][1]
    start = _behind_head(lines, below[0][0])
    return Piece(outlet, day, title, _without_publisher(paragraphs_of(lines[start:])))


def _behind_head(lines: list[str], outlet: int) -> int:
    """The row at which the text begins: code of the source, page, language and
    copyright stand together above it, or apart as the paragraphs of a document."""
    start = outlet + 1
    while start < len(lines) and lines[start].strip():
        start += 1
    for row in range(start, len(lines)):
        line = lines[row].strip()
        if line and not _HEAD.fullmatch(line):
            break
        start = row + 1
    return start


def _without_publisher(paragraphs: list[str]) -> list[str]:
    """Without the publisher's name, which stands below the text."""
    last = paragraphs[-1] if len(paragraphs) > 1 else ""
    return paragraphs[:-1] if _PUBLISHER.fullmatch(last) else paragraphs


def _from_rows(rows: list) -> Piece | None:
    """A table with a code and its value in each row."""
    fields: dict[str, list[str]] = {}
    for row in rows:
        cells = row.xpath("./td")
        code = " ".join(cells[0].text_content().split()).lower()
        if len(cells) < 2 or code not in _codes():
            continue
        inner = cells[1].xpath(".//p") or [cells[1]]
        for part in inner:
            text = " ".join(part.text_content().split())
            fields.setdefault(_codes()[code], []).extend(["", text])
    return _made(fields)


def _from_blocks(article: Any) -> Piece | None:
    """Blocks without codes: those of the head, then the paragraphs."""
    paragraphs = article.xpath(".//p[contains(@class, 'articleParagraph')]")
    body = [" ".join(p.text_content().split()) for p in paragraphs]
    head = [
        " ".join(block.text_content().split())
        for block in article.xpath("./div[not(.//p)]")
    ]
    piece = _in_order("\n".join([*filter(None, head), "", *body]))
    if piece is None or not body:
        return None
    titles = article.xpath(".//*[@id = 'hd' or contains(@class, 'Headline')]")
    title = " ".join(titles[0].text_content().split()) if titles else piece.title
    return Piece(piece.outlet, piece.published, title, body)
