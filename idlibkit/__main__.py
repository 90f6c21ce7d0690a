"""The command ``idlibkit``: ``idlibkit check PATH`` and ``idlibkit report PATH --out
DIR``."""

from __future__ import annotations

import argparse
import re
import signal
import sys
import warnings
from collections.abc import Sequence
from typing import NoReturn

from .tables import IdlibkitError, IdlibkitWarning

__all__ = ["main"]

FINE, PROBLEMS, UNUSABLE = 0, 1, 2
CODES = """exit codes:
  0  done, nothing to say
  1  done, with problems that are named
  2  nothing done: the input or the command cannot be used, or the report could not be written"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    given = _parser().parse_args(arguments)
    signal.signal(
        signal.SIGTERM, _terminated
    )  # as on Ctrl-C, nothing half done is left behind
    try:
        return _check(given) if given.command == "check" else _report(given)
    except IdlibkitError as error:
        print(f"idlibkit: {_note(error)}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("idlibkit: stopped; nothing was written.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    from importlib.metadata import version

    parser = argparse.ArgumentParser(
        prog="idlibkit", description="Compare how news outlets frame the same story.", epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    parser.add_argument(
        "--version", action="version", version=f"idlibkit {version('idlibkit')}"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    about = {
        "check": "say what would be read, with each problem and its mend",
        "report": "run the notebooks on articles and write one HTML page, with the tables as CSV beside it",
    }
    for name, what in about.items():
        command = commands.add_parser(
            name, help=what, description=what[0].upper() + what[1:] + ".", epilog=CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
        )  # fmt: skip
        command.add_argument(
            "path",
            metavar="PATH",
            help="folder of texts or saved pages; CSV, JSON Lines or Parquet file",
        )
        if name == "report":
            command.add_argument(
                "--out",
                metavar="DIR",
                required=True,
                help="folder to write; an earlier report is replaced",
            )
        command.add_argument(
            "--outlet",
            metavar="NAME",
            action="append",
            help="only this outlet; can be given again",
        )
        command.add_argument(
            "--since",
            metavar="DATE",
            help="only articles from this day on, such as 2020-02-29",
        )
        command.add_argument(
            "--until", metavar="DATE", help="only articles up to this day"
        )
        command.add_argument(
            "--actors",
            metavar="FILE",
            help="TOML file of actors and their labels; default: actors.toml in PATH, or proposed",
        )
        command.add_argument(
            "--column", metavar="THEIRS=OURS", action="append", default=[], type=_pair,
            help="name of a column of the table, such as content=text; can be given again",
        )  # fmt: skip
    return parser


def _pair(value: str) -> tuple[str, str]:
    theirs, equals, ours = value.rpartition("=")
    if not (theirs and equals and ours):
        raise argparse.ArgumentTypeError(
            f"{value!r} is no pair of names; write it as content=text"
        )
    return theirs, ours


def _options(given: argparse.Namespace) -> dict:
    names = ("actors", "outlet", "since", "until")
    return {
        **{name: getattr(given, name) for name in names},
        "columns": dict(given.column) or None,
    }


def _check(given: argparse.Namespace) -> int:
    from .reporting import check, outlets_of
    from .resampling import MIN_ARTICLES
    from .tables import number_of

    corpus = check(given.path, **_options(given))
    table = outlets_of(corpus.articles)
    print(
        f"{number_of(len(corpus.articles), 'article')} of {number_of(len(table), 'outlet')}"
    )
    width = min(max(len(_line(name)) for name in table.index), 40)
    for row in table.itertuples():
        days = (
            "no dates"
            if row.first != row.first
            else f"{row.first:%Y-%m-%d} to {row.last:%Y-%m-%d}"
        )
        print(
            f"  {_line(row.Index)[:40]:{width}}  {row.articles:>6,}  {days}  {row.languages}"
        )
    if corpus.actors:
        names = ", ".join(map(_line, list(corpus.actors)[:8]))
        print(
            f"{number_of(len(corpus.actors), 'actor')}: {names}{' ...' if len(corpus.actors) > 8 else ''}"
        )
    few = int((table["articles"] < MIN_ARTICLES).sum())
    if few and len(table) > 1:
        print(
            f"{number_of(few, 'outlet')} with fewer than {MIN_ARTICLES} articles: intervals will speak of these articles, not of the outlets."
        )
    for note in corpus.notes:
        print(f"- {_note(note)}")
    print(f"{number_of(len(corpus.notes), 'problem')}.")
    return PROBLEMS if corpus.notes else FINE


def _report(given: argparse.Namespace) -> int:
    from .reporting import report

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", IdlibkitWarning)
        written = report(
            given.path,
            given.out,
            progress=lambda line: print(_line(line), file=sys.stderr, flush=True),
            **_options(given),
        )
    notes = [
        str(one.message) for one in caught if issubclass(one.category, IdlibkitWarning)
    ]
    for note in notes:
        print(f"- {_note(note)}", file=sys.stderr)
    print(written)
    return PROBLEMS if notes else FINE


def _line(value: object) -> str:
    """Anybody's words for a terminal: without what could move its cursor, change its
    colours or turn the line round.
    """
    return re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", " ", str(value))


def _note(note: object) -> str:
    """What reading said, with the command's own way to mend it."""
    line = re.sub(
        r"columns=\{'its name': '(\w+)'\}", r"--column 'its name=\1'", _line(note)
    )
    line = line.replace("columns={...}", "--column THEIRS=OURS")
    return line.replace(
        "the others are articles[articles['language'] == 'en']",
        "leave them out if they are not meant",
    )


def _terminated(*_: object) -> NoReturn:
    raise SystemExit(143)


if __name__ == "__main__":
    sys.exit(main())
