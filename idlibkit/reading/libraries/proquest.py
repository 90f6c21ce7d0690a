"""ProQuest: ``Document 1 of 20``, ``Full text: ...``, ``Publication title: ...``."""

from __future__ import annotations

import re
from functools import cache

from ...lexicons import table as lexicon
from .pieces import Piece, paragraphs_of, split_at

__all__ = ["read_proquest"]

_HEADING = re.compile(
    r"^[ \t]*(?:Document|Dokument) \d+ (?:of|von|de|sur) \d+[ \t]*$", re.MULTILINE
)
_RULE = re.compile(r"^[ \t]*_{10,}[ \t]*$", re.MULTILINE)
_LAST = re.compile(r"(?<=\n)[ \t]*Database:.*(?:\n|$)")
_FIELD = re.compile(r"[ \t]*([^\W\d_][^:\n]{1,30}):(?:[ \t]+(.*))?$")
# Publication info: Marston Gazette [Marston] 03 Mar 2015: A.1
_INFO = re.compile(r"(?P<outlet>[^\[;]+).*?(?P<day>\d{1,2} \w{3,9} \d{4})")


@cache
def _names() -> frozenset[str]:
    return frozenset(
        name
        for names in lexicon("libraries.toml")["proquest"].values()
        for name in names
    )


def _named(kind: str) -> list[str]:
    names: list[str] = lexicon("libraries.toml")["proquest"][kind]
    return names


def read_proquest(text: str) -> list[Piece]:
    """The articles of a file of ProQuest; none if it is of no such form."""
    if "ProQuest" not in text:
        return []
    parts = split_at(text, _HEADING)
    if not parts:  # a page has no headings, each article its last field
        parts = [part for one in _RULE.split(text) for part in _LAST.split(one)]
    pieces = [_piece(part) for part in parts]
    return [piece for piece in pieces if piece is not None]


def _piece(part: str) -> Piece | None:
    """One article; what stands above its first field is its title."""
    part = _RULE.sub("", part)
    title: list[str] = []
    fields: dict[str, list[str]] = {}
    name = ""
    for line in part.split("\n"):
        match = _FIELD.match(line)
        if match and match[1].strip().lower() in _names():
            name = match[1].strip().lower()
            fields.setdefault(name, []).append(match[2] or "")
        elif name:
            fields[name].append(line)
        elif line.strip() and not line.strip().startswith("http"):
            title.append(line.strip())
    body = next((fields[key] for key in _named("text") if key in fields), None)
    if body is None:
        return None
    facts = {key: " ".join(lines).strip() for key, lines in fields.items()}
    info = _INFO.match(facts.get("publication info", ""))
    outlet = _first(facts, "outlet") or (info["outlet"] if info else "")
    dates = [facts.get(key, "") for key in _named("published") if "info" not in key]
    published = next(filter(None, dates), "") or (info["day"] if info else "")
    others = {key: value for key, value in facts.items() if key in _named("others")}
    return Piece(
        outlet.split(";")[0],  # Marston Gazette; Marston, Mass.
        published,
        _first(facts, "title") or " ".join(title[:1]),
        paragraphs_of(body),
        others,
    )


def _first(facts: dict[str, str], kind: str) -> str:
    return next((facts[name] for name in _named(kind) if facts.get(name)), "")
