"""The folder that a report is written to: nothing but an earlier report is replaced,
and that only by a whole one."""

from __future__ import annotations

import os
from pathlib import Path

from ..tables import IdlibkitError
from .pages import GENERATOR

__all__ = [
    "ARTICLES",
    "INDEX",
    "TABLES",
    "check_outside",
    "put_in_place",
    "settle",
    "target_folder",
]

INDEX, TABLES, ARTICLES = "index.html", "tables", "articles"


def check_outside(target: Path, out: object, path: object) -> None:
    """Raise where the report would be read as part of the corpus next time."""
    if not isinstance(path, str | os.PathLike) or not os.path.isdir(path):
        return
    if target.is_relative_to(Path(path).resolve()):
        raise IdlibkitError(
            f"the report {str(out)!r} would lie inside the articles' folder and be "
            "read as part of it; write it elsewhere."
        )


def target_folder(out: str | os.PathLike) -> Path:
    """The folder to write, after a look that nothing but an earlier report would be
    replaced.
    """
    target = Path(out).resolve()
    if not target.exists():
        return target
    if not target.is_dir():
        raise IdlibkitError(f"{str(out)!r} is a file; name a folder for the report.")
    held = {path.name for path in target.iterdir()}
    if held and not (held <= {INDEX, TABLES, ARTICLES} and _is_report(target / INDEX)):
        raise IdlibkitError(
            f"the folder {str(out)!r} holds something other than a report, "
            "which would be lost; name a new one."
        )
    return target


def _is_report(path: Path) -> bool:
    """Whether a file is the page of a report."""
    if not path.exists():
        return False
    with open(path, encoding="utf-8", errors="replace") as file:
        return f'name="generator" content="{GENERATOR}' in file.read(4000)


def settle(folder: Path) -> None:
    """Have every file on the disk before anything is replaced: some file systems say
    only then that they are full.
    """
    for here, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(here, name), "rb+") as file:
                os.fsync(file.fileno())


def put_in_place(whole: Path, target: Path) -> None:
    """Put the folder `whole` where `target` is, or leave `target` as it was."""
    if not target.exists():
        whole.rename(target)
        return
    before = whole.with_name("before")
    target.rename(before)
    try:
        whole.rename(target)
    except BaseException:
        before.rename(target)
        raise
