"""Words of a sentence that are part of a name: "Security" in "Homeland Security" says
nothing of how the sentence is worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..text import CLOSING, OPENING, abbreviations, is_title_case, stop_list

__all__ = ["Name", "names_in", "pairs_in_names"]

# Words in small letters that may stand inside a name: "Court of Appeals".
JOINING = frozenset(["of", "the", "for"])
_OPENING = re.compile(rf"^[{re.escape(OPENING)}(\[]+")
_CLOSING = re.compile(rf"[{re.escape(CLOSING)})\].,;:!?…-]+$")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: their places in the sentence, and how it is written.

    `opens` says that a sentence opens with it, where any word has a capital.
    """

    start: int
    end: int
    text: str
    opens: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A word without its punctuation, and what that says of its neighbours."""

    word: str
    opens: bool  # a quotation mark or bracket opens before it
    closes: bool  # a name cannot go on behind it
    ends: bool  # nor a sentence
    capital: bool


def names_in(
    tokens: Sequence[str], known: Set[tuple[str, str]] = frozenset()
) -> list[Name]:
    """The names in a sentence that is split at spaces.

    A name is a run of capitalised words with "of", "the" and "for" between them. The
    first word of a sentence belongs to it where it is no stop word and the two words
    are `known` to stand in a name elsewhere; in a headline in title case only known
    pairs make names.

    Examples
    --------
    >>> text = "The chief of the Department of Homeland Security, Ann Love, resigned."
    >>> [name.text for name in names_in(text.split())]
    ['Department of Homeland Security', 'Ann Love']
    """
    read = [_read(token) for token in tokens]
    # A headline has no full stop; a sentence of many names has one.
    title_case = is_title_case(" ".join(tokens)) and not read[-1].ends
    out = []
    place = 0
    while place < len(read):
        end = _run_end(read, place)
        if end == place:
            place += 1
            continue
        opens = place == 0 or read[place].opens or read[place - 1].ends
        start = place
        if (opens or title_case) and not _has_known_pair(read, place, end, known):
            # Whether its first word is more than the first word of a sentence is open.
            start = end if title_case else _after_joining(read, place + 1, end)
        if start < end and not _is_title(read[start + 1 : end]):
            text = " ".join(token.word for token in read[start:end])
            out.append(Name(start, end, text, opens and start == place))
        place = end
    return out


def pairs_in_names(names: Iterable[Name]) -> set[tuple[str, str]]:
    """The neighbouring words of names that no sentence opens with."""
    pairs = set()
    for name in names:
        parts = name.text.split()
        if not name.opens:
            pairs |= set(pairwise(parts))
    return pairs


@lru_cache(maxsize=1 << 16)
def _read(token: str) -> _Token:
    opening = _OPENING.match(token)
    bare = _OPENING.sub("", token)
    closing = _CLOSING.search(bare)
    mark = closing.group() if closing else ""
    word = bare[: len(bare) - len(mark)]
    # The full stop of "Gov." and "U.S." ends no name.
    short = mark == "." and (word.lower() in abbreviations() or "." in word)
    short = short or (mark == "." and len(word) == 1)
    if short:
        word += mark
    possessive = _POSSESSIVE.search(word)
    if possessive:
        word = word[: possessive.start()]
    ends = bool(mark) and not short and any(stop in mark for stop in ".!?:…")
    closes = bool(possessive) or (bool(mark) and not short)
    capital = word[:1].isupper() and word not in ("I", "I'm", "I’m")
    return _Token(word, bool(opening), closes, ends, capital)


def _run_end(read: Sequence[_Token], place: int) -> int:
    """Where the run of capitalised words that begins at a place ends; the place itself
    where none does.
    """
    if not read[place].capital:
        return place
    end = place + 1
    while not read[end - 1].closes:
        following = _after_joining(read, end, len(read))
        if following >= len(read) or not read[following].capital:
            break
        if any(token.closes or token.opens for token in read[end:following]):
            break
        if read[following].opens:
            break
        end = following + 1
    return end


def _is_title(read: Sequence[_Token]) -> bool:
    """Whether a run is the title of a text: it has a capital on "A", "To" or "Was"."""
    stops = stop_list("english")
    return any(token.capital and token.word.lower() in stops for token in read)


def _after_joining(read: Sequence[_Token], place: int, end: int) -> int:
    """The first place from here on that is no "of", "the" or "for"."""
    while place < end and read[place].word in JOINING:
        place += 1
    return place


def _has_known_pair(
    read: Sequence[_Token], place: int, end: int, known: Set[tuple[str, str]]
) -> bool:
    """Whether the first two words of a run are known to stand in a name."""
    if end - place < 2 or read[place].word.lower() in stop_list("english"):
        return False
    return (read[place].word, read[place + 1].word) in known
