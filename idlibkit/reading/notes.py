"""What a reader of results should know of how the articles were read."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from ..tables import IdlibkitWarning, listed

__all__ = ["Notes"]


class Notes:
    """Sentences in the order they came up; each becomes a warning at the end."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def __bool__(self) -> bool:
        return bool(self.sentences)

    def __str__(self) -> str:
        return " ".join(self.sentences)

    def add(self, sentence: str) -> None:
        """Something that was read in a way to know of, with the way to mend it."""
        self.sentences.append(sentence)

    def left_out(self, names: Iterable[object], reason: str) -> None:
        """What was not read, and why."""
        self.add(f"left out: {listed(names)} ({reason}).")

    def warn(self, stacklevel: int) -> None:
        """Say everything; `stacklevel` counts as in `warnings.warn`."""
        for sentence in self.sentences:
            warnings.warn(sentence, IdlibkitWarning, stacklevel=stacklevel + 1)
