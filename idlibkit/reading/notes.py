"""What a reader should know of how the articles were read."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from ..tables import IdlibkitNote, IdlibkitWarning, listed

__all__ = ["Notes"]


class Notes:
    """Sentences in the order they came up; each becomes a warning at the end."""

    def __init__(self) -> None:
        self.sentences: list[IdlibkitWarning] = []

    def __bool__(self) -> bool:
        return bool(self.sentences)

    def __str__(self) -> str:
        return " ".join(map(str, self.sentences))

    def add(self, sentence: str, *, command: str = "") -> None:
        """A problem: what was left out or is doubtful, with the way to mend it;
        `command` says it for the command line.
        """
        self.sentences.append(IdlibkitWarning(sentence, command=command))

    def inform(self, sentence: str, *, command: str = "") -> None:
        """No problem: how something was read, for those who want it otherwise."""
        self.sentences.append(IdlibkitNote(sentence, command=command))

    def left_out(self, names: Iterable[object], reason: str) -> None:
        """What was not read, and why."""
        self.add(f"left out: {listed(names)} ({reason}).")

    def warn(self, stacklevel: int) -> None:
        """Say everything; `stacklevel` counts as in `warnings.warn`."""
        for sentence in self.sentences:
            warnings.warn(sentence, stacklevel=stacklevel + 1)
