"""Europresse: a page with an ``article`` for each, its parts told by their classes."""

from __future__ import annotations

from typing import Any

from .pieces import Piece, day_in

__all__ = ["read_europresse_page"]


def read_europresse_page(tree: Any) -> list[Piece]:
    """The articles of a page of Europresse; none if it is of no such form."""
    pieces = [_piece(article) for article in tree.xpath("//article")]
    return [piece for piece in pieces if piece is not None]


def _texts(article: Any, name: str) -> list[str]:
    found = article.xpath(f".//*[contains(@class, '{name}')]")
    texts = (" ".join(element.text_content().split()) for element in found)
    return [text for text in texts if text]


def _piece(article: Any) -> Piece | None:
    outlet = _texts(article, "DocPublicationName")
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
    section = header.split(",")[0].strip() if header.count(",") > 1 else ""
    facts = {"section": section, "document": " ".join(_texts(article, "lblNodoc")[:1])}
    return Piece(
        outlet[0],
        day,
        title[0] if title else "",
        [paragraph for paragraph in paragraphs if paragraph],
        facts,
    )
