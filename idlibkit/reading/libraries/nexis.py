"""LexisNexis and Nexis Uni: ``1 of 20 DOCUMENTS``, fields, or a ``Body``."""

from __future__ import annotations

import re

from ...lexicons import table as lexicon
from .pieces import Piece, day_in, is_day, paragraphs_of, split_at

__all__ = ["read_nexis"]

# "   1 of 20 DOCUMENTS", "Dokument 3 von 20"
_HEADING = re.compile(
    r"^[ \t]*(?:\d+ (?:of|von|de|sur) \d+ (?:DOCUMENTS?|DOKUMENTE?N?)"
    r"|(?:Document|Dokument) \d+ (?:of|von|de|sur) \d+)[ \t]*$",
    re.MULTILINE,
)
# one of which stands in every heading and end
_SIGNS = ("DOCUMENT", "DOKUMENT", "Document", "Dokument")
_END = re.compile(
    r"^[ \t]*(?:End of Document|Ende des Dokuments|Fin du document"
    r"|Einde van (?:het )?document|Fin del documento)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
# "LENGTH: 952 words", "Lengte: 952 woorden"
_LENGTH = re.compile(
    r"^[ \t]*[^\W\d_]{4,12}: *[\d,.]+ *"
    r"(?:words?|Wörter|mots|woorden|palabras|parole|palavras)\b",
    re.MULTILINE | re.IGNORECASE,
)
_FIELD = re.compile(r"[ \t]*([A-ZÄÖÜ][\w-]{2,20}):(?:[ \t]+(.*))?$")
_BODY = re.compile(
    r"[ \t]*(?:Body|BODY|Text|Volltext|Corps|Cuerpo|Corpo|Tekst)[ \t]*:?[ \t]*$"
)
_CLASSES = re.compile(
    r"[ \t]*(?:Classification|Klassifi[kz]ierung|Klassifikation|Classificatie"
    r"|Clasificación|Classificazione|Graphic|Grafik|Notes)[ \t]*$"
)
LEAST = 40  # words of a part that is no cover page


def read_nexis(text: str) -> list[Piece]:
    """The articles of a file of LexisNexis or Nexis Uni; none if it is no such file."""
    if not any(sign in text for sign in _SIGNS) or not _LENGTH.search(text):
        return []
    if _HEADING.search(text):
        parts = split_at(text, _HEADING)
    elif _END.search(text):
        parts = [part for part in _END.split(text) if part.strip()]
    else:
        return []
    pieces = [_piece(part.split("\n")) for part in parts]
    for piece, part in zip(pieces, parts, strict=True):
        if piece is None and len(part.split()) >= LEAST:
            return []  # better no article than one that is lost
    return [piece for piece in pieces if piece is not None]


def _piece(lines: list[str]) -> Piece | None:
    """One article: head, fields, text, fields."""
    length = next((i for i, line in enumerate(lines) if _LENGTH.match(line)), None)
    if length is None:
        length = next((i for i, line in enumerate(lines) if _BODY.match(line)), 0) - 1
    if length < 0:
        return None
    title_lines, outlet, published = _head(lines[:length])
    facts, start = _fields_above(lines, length)
    body, below = _body(lines, start)
    facts |= _fields(below, frozenset(lexicon("libraries.toml")["nexis"]["below"]))
    title = facts.pop("headline", "") or " ".join(title_lines)
    return Piece(outlet, published, title, paragraphs_of(body), facts)


def _head(lines: list[str]) -> tuple[list[str], str, str]:
    """Title, outlet and day, above the field that says the length.

    LexisNexis has outlet, day, edition, title; Nexis Uni has title, outlet, day.
    """
    top = [i for i, line in enumerate(lines) if _is_plain(line)]
    days = [i for i in top if is_day(lines[i].strip())]
    if not days:
        return [], "", ""
    # of a list of contents above the article, only the last day is its own
    day = days[-1]
    above = [lines[i].strip() for i in top if i < day]
    below = _block(lines, day + 1)
    outlet = above[-1] if above else ""
    # an edition stands right below the day, a title after a blank line
    if below and not _is_notice(below[0]):
        return below, outlet, day_in(lines[day])
    return above[-2:-1], outlet, day_in(lines[day])


def _is_plain(line: str) -> bool:
    return bool(line.strip()) and not _FIELD.match(line) and not _is_notice(line)


def _is_notice(line: str) -> bool:
    return (
        re.match(
            r"\s*(?:Copyright|All Rights Reserved|Alle Rechte|Tous droits|©)",
            line,
            re.I,
        )
        is not None
    )


def _block(lines: list[str], start: int) -> list[str]:
    """The first block of plain lines after a blank one."""
    block: list[str] = []
    seen_blank = False
    for line in lines[start:]:
        if not line.strip():
            seen_blank = True
            if block:
                break
        elif seen_blank:
            if _FIELD.match(line) or _is_notice(line):
                if block:
                    break
                continue
            block.append(line.strip())
    return block


def _fields_above(lines: list[str], length: int) -> tuple[dict[str, str], int]:
    """Fields above the text, and the row at which the text begins.

    The text begins below ``Body``, or below the last field that follows the length.
    """
    names = frozenset(lexicon("libraries.toml")["nexis"]["above"])
    end = length + 1
    in_field = True
    for row in range(length + 1, len(lines)):
        match = _FIELD.match(lines[row])
        if _BODY.match(lines[row]):
            end = row + 1
            break
        if match and match[1].lower() in names:
            end, in_field = row + 1, True
        elif not lines[row].strip():
            in_field = False
        elif in_field:  # a field runs on in the next line
            end = row + 1
        else:
            break
    return _fields(lines[:end], names), end


def _body(lines: list[str], start: int) -> tuple[list[str], list[str]]:
    """The lines of the text, and those of the fields below it."""
    names = frozenset(lexicon("libraries.toml")["nexis"]["below"])
    for row in range(start, len(lines)):
        match = _FIELD.match(lines[row])
        if (match and match[1].lower() in names) or _CLASSES.match(lines[row]):
            return _without_notice(lines[start:row]), lines[row:]
    return _without_notice(lines[start:]), []


def _without_notice(lines: list[str]) -> list[str]:
    """The text without the copyright that may stand below it."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _is_notice(lines[end - 1])):
        end -= 1
    return lines[:end]


def _fields(lines: list[str], names: frozenset[str]) -> dict[str, str]:
    """Fields by their names in lower case, with the lines they run on in."""
    english: dict[str, str] = lexicon("libraries.toml")["nexis"]["english"]
    fields: dict[str, str] = {}
    name = None
    for line in lines:
        match = _FIELD.match(line)
        if match and match[1].lower() in names:
            name = match[1].lower()
            name = english.get(name, name)
            fields[name] = (match[2] or "").strip()
        elif not line.strip() or _BODY.match(line) or _LENGTH.match(line):
            name = None
        elif name is not None:
            fields[name] += f" {line.strip()}"
    return fields
