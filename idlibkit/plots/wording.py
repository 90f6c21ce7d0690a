"""The words of pictures in another language, by a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from ..tables import IdlibkitError
from .settings import Setting

__all__ = ["translated", "translation"]

GAP = "{}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of pictures and what it is in the other language."""

    pattern: re.Pattern[str]
    pieces: list[str]  # of the other language, between the gaps


_phrases: Setting[tuple[Phrase, ...]] = Setting("phrases", ())


def translated(texts: Mapping[str, str]) -> AbstractContextManager[None]:
    """Write what pictures say in another language inside the block: axes, legends,
    notes and names of rows that are no data; a context manager.

    Words of the articles and names of outlets are data and stay. The titles and notes
    of `Finding` stay English, since they are whole sentences made for each case.

    Parameters
    ----------
    texts : mapping
        What stands in a picture, as a whole, to what shall stand there. ``{}`` in both
        is a number, a name or another text of the mapping: ``{"n = {} passages": "n =
        {} Abschnitte"}``. What is not in the mapping stays English.

    Returns
    -------
    context manager

    Raises
    ------
    IdlibkitError
        If a translation has not as many ``{}`` as its text.

    Examples
    --------
    >>> import pandas as pd
    >>> from idlibkit import plots
    >>> table = pd.DataFrame({"outlet": ["A", "B"], "own": [30, 60],
    ...     "quoted": [50, 20], "reported": [20, 20], "n_words": [100, 1100]})
    >>> german = {"own": "eigene", "quoted": "zitiert", "n = {} words": "n = {} Wörter"}
    >>> with translated(german):
    ...     legend = plots.plot_voices(table).get_legend()
    >>> legend.get_title().get_text(), [text.get_text() for text in legend.get_texts()]
    ('n = 1,200 Wörter', ['eigene', 'zitiert', 'reported'])
    """
    # The more a text says besides its gaps the sooner it is tried.
    order = sorted(texts, key=lambda text: (-len(text.replace(GAP, "")), text))
    return _phrases.set_to(tuple(_phrase(text, texts[text]) for text in order))


def _phrase(text: str, other: str) -> Phrase:
    if text.count(GAP) != other.count(GAP):
        raise IdlibkitError(
            f"{other!r}, given for {text!r}, must have {GAP} as often as that text."
        )
    pattern = "(.+?)".join(map(re.escape, text.split(GAP)))
    return Phrase(re.compile(pattern, re.DOTALL), other.split(GAP))


def translation(text: str) -> str:
    """A text of a picture in the language that was asked for."""
    for phrase in _phrases.value:
        found = phrase.pattern.fullmatch(text)
        if found:
            filled = [
                part if part == text else translation(part) for part in found.groups()
            ]
            first, *others = phrase.pieces
            pairs = zip(filled, others, strict=True)
            return first + "".join(part + piece for part, piece in pairs)
    return text
