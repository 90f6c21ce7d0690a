"""Europresse: a page with an ``article`` for each, its parts told by their classes."""

from __future__ import annotations

import re
from typing import Any

from .pieces import Piece, day_in

__all__ = ["read_europresse_page"]

_NUMBER = re.compile(r",? n[o°º]\.? ?\d+.*$", re.IGNORECASE)


def read_europresse_page(tree: Any) -> list[Piece]:
    """The articles of a page of Europresse; none if it is of no such form."""
    pieces = [_piece(article) for article in tree.xpath("//article")]
    return [piece for piece in pieces if piece is not None]


def _texts(article: Any, name: str) -> list[str]:
    found = article.xpath(f".//*[contains(@class, '{name}')]")
    texts = (" ".join(element.text_content().split()) for element in found)
    return [text for text in texts if text]


def _outlet(article: Any) -> str:
    """``La Croix`` of ``La Croix, no. 43018`` and what may stand below it."""
    names = article.xpath(".//span[contains(@class, 'DocPublicationName')]//text()")
    names += article.xpath(".//*[contains(@class, 'DocPublicationName')]//text()")
    name = next((" ".join(text.split()) for text in names if text.strip()), "")
    return _NUMBER.sub("", name)


def _piece(article: Any) -> Piece | None:
    outlet = _outlet(article)
    heading = _texts(article, "DocHeader")
    title = _texts(article, "titreArticleVisu") or _texts(article, "titreArticle")
    bodies = article.xpath(
        ".//*[contains(@class, 'docOcurrContainer') or contains(@class, 'DocText')]"
    )
    if not outlet or not bodies:
        return None
    blocks = bodies[0].xpath(".//p") or [bodies[0]]
    paragraphs = [" ".join(block.text_content().split()) for block in blocks]
    header = heading[0] if heading else ""
    # Politique, mardi 3 mars 2015, p. 5
    day = day_in(header)
    first = header.split(",")[0].strip()
    section = "" if day_in(first) or "," not in header else first
    facts = {"section": section, "document": " ".join(_texts(article, "lblNodoc")[:1])}
    return Piece(
        outlet,
        day,
        title[0] if title else "",
        [paragraph for paragraph in paragraphs if paragraph],
        facts,
    )
