"""One article out of a library's file, and the parts that all their forms share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ...lexicons import table as lexicon

__all__ = ["Piece", "day_in", "is_day", "paragraphs_of", "split_at"]

# Columns that reading itself fills.
OURS = {"article_id", "outlet", "published", "title", "text", "raw", "source_file"}
UNWRAPPED = 100  # characters; no export wraps its lines later than this

# `--`, `ann.lee@gazette.example`
_ADDRESS = re.compile(r"[\W_]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One article: what its fields say, and its text by paragraphs."""

    outlet: str
    published: str
    title: str
    paragraphs: list[str]
    facts: dict[str, str] = field(default_factory=dict)

    def is_whole(self) -> bool:
        """Whether it has a text, and says where or when it appeared."""
        return bool(self.paragraphs) and bool(self.outlet or self.published)

    def _without_address(self) -> list[str]:
        """The paragraphs without the writer's address and rules below them."""
        end = len(self.paragraphs)
        while end > 1 and _ADDRESS.fullmatch(self.paragraphs[end - 1]):
            end -= 1
        return self.paragraphs[:end]

    def row(self) -> dict[str, str]:
        """The columns of the article; its text as `read_articles` gives it."""
        title = _SPACES.sub(" ", self.title).strip()
        paragraphs = self._without_address()
        blocks = [title, *paragraphs] if title else paragraphs
        named = {
            "outlet": self.outlet.strip(),
            "published": self.published.strip(),
            "title": title,
            "text": "\n\n".join(blocks),
        }
        facts = {column_name(name): value for name, value in self.facts.items()}
        others = {
            name: _SPACES.sub(" ", value).strip()
            for name, value in facts.items()
            if name not in OURS
        }
        return {name: value for name, value in {**named, **others}.items() if value}


def column_name(label: str) -> str:
    """``Publication type`` as ``publication_type``."""
    return re.sub(r"[\W_]+", "_", label.lower()).strip("_")


@cache
def _day() -> re.Pattern[str]:
    """The pattern of a day with its year: ``March 3, 2015 Tuesday``,
    ``3 mars 2015``, ``Dienstag, 3. März 2015``, ``2015-03-03``."""
    months = "|".join(lexicon("libraries.toml")["dates"]["months"])
    return re.compile(
        rf"(?:\b(?:{months})\w*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
        rf"|\b\d{{1,2}}\.?(?:\s+de)?\s+(?:{months})\w*\.?(?:\s+de)?,?\s+\d{{4}}\b"
        r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b)",
        re.IGNORECASE,
    )


def is_day(line: str) -> bool:
    """Whether a short line says a day with its year."""
    return len(line) < UNWRAPPED and _day().search(line) is not None


def day_in(line: str) -> str:
    """The day that a line says, without what else stands there."""
    match = _day().search(line)
    return match[0] if match else ""


def split_at(text: str, heading: re.Pattern[str]) -> list[str]:
    """The parts of `text` below each heading; what stands above the first is left."""
    return heading.split(text)[1:]


def paragraphs_of(lines: Iterable[str]) -> list[str]:
    """Lines as paragraphs: wrapped ones are joined, up to a blank or indented line."""
    lines = [line.rstrip() for line in lines]
    filled = [line for line in lines if line.strip()]
    if any(len(line.strip()) > UNWRAPPED for line in filled):
        return [line.strip() for line in filled]
    margin = min((len(line) - len(line.lstrip()) for line in filled), default=0)
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        indented = len(line) - len(line.lstrip()) > margin
        if paragraphs[-1] and (not line.strip() or indented):
            paragraphs.append([])
        if line.strip():
            paragraphs[-1].append(line.strip())
    return [" ".join(paragraph) for paragraph in paragraphs if paragraph]
