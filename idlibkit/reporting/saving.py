"""What a user saves to a file, and what is said where that fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..tables import IdlibkitError

__all__ = ["save_page", "saved", "write_page"]


def saved(
    what: str, path: str | os.PathLike[str], write: Callable[[Path], object]
) -> Path:
    """The path, once `write` has written it."""
    try:
        write(Path(path))
    except OSError as error:
        raise IdlibkitError(
            f"{what} could not be written to {str(path)!r}: {error.strerror or error}."
        ) from error
    return Path(path)


def save_page(what: str, path: str | os.PathLike[str], html: str) -> Path:
    """Write a page to a file; the path."""
    return saved(what, path, lambda file: write_page(file, html))


def write_page(path: Path, html: str) -> None:
    # Half a character, which no file can store, is written as a question mark.
    path.write_text(html, encoding="utf-8", errors="replace", newline="\n")
