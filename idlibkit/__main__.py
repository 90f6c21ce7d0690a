"""The command: ``idlibkit check PATH`` and ``idlibkit report PATH --out DIR``."""

from __future__ import annotations

import argparse
import re
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, NoReturn

import pandas as pd

from .resampling import MIN_ARTICLES
from .tables import (
    IdlibkitError,
    IdlibkitNote,
    IdlibkitWarning,
    collected_notes,
    number_of,
    records,
)

__all__ = ["main"]

FINE, PROBLEMS, UNUSABLE, STOPPED = 0, 1, 2, 130
CODES = """exit codes:
  0  done, nothing to mend (notes say how something was read)
  1  done, with problems that are named
  2  nothing done: the input or the command cannot be used,
     or the report could not be written"""
COMMANDS = {
    "check": "say what would be read, with each problem and its mend",
    "report": "write what articles show as one HTML page, "
    "with the tables as CSV beside it",
}
NAMES = 8  # actors that are named
WIDEST = 40  # characters of an outlet's name


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    given = _parser().parse_args(arguments)
    # As on Ctrl-C, nothing half done is left behind.
    signal.signal(signal.SIGTERM, _terminated)
    try:
        return _check(given) if given.command == "check" else _report(given)
    except IdlibkitError as error:
        print(f"idlibkit: {_plain(error.command)}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("idlibkit: stopped; nothing was written.", file=sys.stderr)
        return STOPPED


# ------------------------------------------------------------------------- arguments
def _parser() -> argparse.ArgumentParser:
    shared: dict[str, Any] = {
        "epilog": CODES,
        "formatter_class": argparse.RawDescriptionHelpFormatter,
        "allow_abbrev": False,
    }
    about = "Compare how news outlets frame the same story."
    parser = argparse.ArgumentParser(prog="idlibkit", description=about, **shared)
    shown = f"idlibkit {version('idlibkit')}"
    parser.add_argument("--version", action="version", version=shown)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, what in COMMANDS.items():
        sentence = f"{what[0].upper()}{what[1:]}."
        command = commands.add_parser(name, help=what, description=sentence, **shared)
        _add_arguments(command, writes=name == "report")
    return parser


def _add_arguments(command: argparse.ArgumentParser, writes: bool) -> None:
    add = command.add_argument
    kinds = "folder of texts or saved pages; CSV, JSON Lines or Parquet file"
    add("path", metavar="PATH", help=kinds)
    parts = "folder for what is made of an archive larger than memory, file by file"
    add("--work", metavar="DIR", help=f"{parts}; taken up again after a stop")
    if writes:
        earlier = "folder to write; an earlier report is replaced"
        add("--out", metavar="DIR", required=True, help=earlier)
        add("--title", metavar="TEXT", help="of the report; default: the name of PATH")
    again = "can be given again"
    only = f"only this outlet; {again}"
    add("--outlet", metavar="NAME", action="append", help=only)
    since = "only articles from this day on, such as 2020-02-29"
    add("--since", metavar="DATE", help=since)
    add("--until", metavar="DATE", help="only articles up to this day")
    actors = "TOML file of actors and their labels; default: actors.toml in PATH, or "
    add("--actors", metavar="FILE", help=f"{actors}proposed")
    add(
        "--exclude",
        metavar="ID",
        action="append",
        default=[],
        help=f"leave out this article; {again}",
    )
    rename = f"what an outlet is called, such as 'bbc news=BBC'; {again}"
    renamed = _pair_like("'bbc news=BBC'")
    add("--rename", metavar="OUTLET=NAME", help=rename, **renamed)
    color = f"of an outlet in pictures, such as 'BBC=#1f77b4' or 'BBC=crimson'; {again}"
    add("--color", metavar="OUTLET=COLOR", help=color, **_pair_like("'BBC=#1f77b4'"))
    some = "at most N articles, some of each outlet evenly over time"
    add("--sample", metavar="N", type=int, help=some)
    if writes:
        chapters = (
            "words, voices, labels, agency, figures, frames, tone, left-out, shared, "
            "stories"
        )
        only = f"only these chapters, with commas between: {chapters}"
        add("--only", metavar="NAMES", type=_names, default=[], help=only)
        without = "without these chapters"
        add("--without", metavar="NAMES", type=_names, default=[], help=without)
    column = f"name of a column of the table, such as content=text; {again}"
    add("--column", metavar="THEIRS=OURS", help=column, **_pair_like("content=text"))


def _pair_like(example: str) -> dict[str, Any]:
    """How an option that can be given again, each time with a pair, is read."""

    def pair(value: str) -> tuple[str, str]:
        theirs, equals, ours = value.rpartition("=")
        if not (theirs and equals and ours):
            raise argparse.ArgumentTypeError(
                f"{value!r} is no pair; write it as {example}"
            )
        return theirs, ours

    return {"action": "append", "default": [], "type": pair}


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def _options(given: argparse.Namespace) -> dict[str, Any]:
    names = ("actors", "outlet", "since", "until", "exclude", "sample", "work")
    options = {name: getattr(given, name) for name in names}
    pairs = {"columns": given.column, "rename": given.rename, "colors": given.color}
    return options | {name: dict(value) or None for name, value in pairs.items()}


# -------------------------------------------------------------------------- commands
def _check(given: argparse.Namespace) -> int:
    from .reporting import check, outlets_of

    selection = check(given.path, **_options(given))
    outlets = outlets_of(selection.articles)
    n_articles = number_of(len(selection.articles), "article")
    print(f"{n_articles} of {number_of(len(outlets), 'outlet')}")
    _print_outlets(outlets)
    if selection.actors:
        _print_actors(list(selection.actors))
    few = int((outlets["articles"] < MIN_ARTICLES).sum())
    if few and len(outlets) > 1:
        whose = "their intervals" if len(outlets) - few > 1 else "intervals"
        print(
            f"{number_of(few, 'outlet')} with fewer than {MIN_ARTICLES} articles: "
            f"{whose} will speak of these articles, not of the outlets."
        )
    for note in selection.notes:
        print(f"- {_plain(note.command)}")
    problems = _problems(selection.notes)
    print(f"{number_of(len(problems), 'problem')}.")
    return PROBLEMS if problems else FINE


def _print_outlets(outlets: pd.DataFrame) -> None:
    width = min(max(len(_plain(name)) for name in outlets.index), WIDEST)
    for row in records(outlets):
        days = "no dates"
        if pd.notna(row.first):
            days = f"{row.first:%Y-%m-%d} to {row.last:%Y-%m-%d}"
        name = _plain(row.Index)[:WIDEST]
        print(f"  {name:{width}}  {row.articles:>6,}  {days}  {row.languages}")


def _print_actors(actors: list[str]) -> None:
    names = ", ".join(map(_plain, actors[:NAMES]))
    more = " ..." if len(actors) > NAMES else ""
    print(f"{number_of(len(actors), 'actor')}: {names}{more}")


def _report(given: argparse.Namespace) -> int:
    from .reporting import report

    with collected_notes() as notes:
        written = report(
            given.path,
            given.out,
            title=given.title,
            only=given.only,
            without=given.without,
            progress=lambda line: print(_plain(line), file=sys.stderr, flush=True),
            **_options(given),
        )
    for note in notes:
        print(f"- {_plain(note.command)}", file=sys.stderr)
    print(written)
    return PROBLEMS if _problems(notes) else FINE


def _problems(notes: list[IdlibkitWarning]) -> list[IdlibkitWarning]:
    """What is to be mended; that columns were named, say, is only a note."""
    return [note for note in notes if not isinstance(note, IdlibkitNote)]


def _plain(value: object) -> str:
    """Anybody's words for a terminal: without what could move its cursor, change its
    colours or turn the line round.
    """
    return re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", str(value))


def _terminated(*_: object) -> NoReturn:
    raise SystemExit(143)


if __name__ == "__main__":
    sys.exit(main())
