"""Whether a mention stands in quote marks: scare quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text import PLAIN, QUOTE_MARKS

__all__ = ["Marked", "marks"]


_MARK = re.compile(f"[{QUOTE_MARKS}]")
_TO_PLAIN = str.maketrans({mark: PLAIN[mark] for mark in QUOTE_MARKS if mark in PLAIN})
# Words between marks that open and close: 'moderate', "the rebels' aim".
_MARKED = re.compile(r"""(?<!\w)(["'])(?=\w)(?:[^"']|(?<=\w)'(?=\w))+\1(?!\w)""")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention with no mark left open, and whether it or a part of it is in marks."""

    in_marks: bool
    start: int
    end: int


def marks(text: str, start: int, end: int) -> Marked:
    """Whether quote marks enclose a mention or a part of it and nothing else."""
    if not _MARK.search(text, max(start - 1, 0), end + 3):
        return Marked(False, start, end)
    around = text[max(start - 1, 0) : end + 3].translate(_TO_PLAIN)
    before = around[0] if start else ""
    after = text[end : end + 1].translate(_TO_PLAIN)
    # At its ends a passage has lost its marks, so one mark tells.
    in_marks = bool(
        _MARKED.search(around)
        or (before == '"' and not _LETTER.search(text, end))
        or (start == 0 and after == '"')
    )
    mention = text[start:end].translate(_TO_PLAIN)
    if mention.count('"') % 2:
        if in_marks and after == '"':
            end += 1
        elif in_marks and before == '"':
            start -= 1
        elif mention[0] == '"':
            start += 1
    elif mention[0] == "'" and not in_marks:
        start += 1
    mention = text[start:end].translate(_TO_PLAIN)
    # Marks around the whole are not part of it.
    if mention[0] == mention[-1] == '"' and mention.count('"') == 2:
        start, end = start + 1, end - 1
    return Marked(in_marks, start, end)
