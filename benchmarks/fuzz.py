"""Coverage-guided fuzzing of everything that reads people's texts, and a search for
time that grows faster than the text.

The properties are those of tests/test_fuzz.py. Needs atheris (`python -m pip install
atheris`; Linux), which is no dependency of the package:

    python benchmarks/fuzz.py --seconds 900
    python benchmarks/fuzz.py --growth

A case is one to eight articles in one table, or a file in a folder. A failure is shown
once for each place in the code where it comes up, with the shortest case that was found
for it; the number of cases and articles tried comes last. --growth repeats hostile
pieces n, 2n and 4n times and shows what takes more than 2.5 times as long for twice the
text, twice over (time of the processor; needs no atheris).

Tried by 22 November 2026: 5,587 cases, of which the last 2,793 hold 6,687 articles.
They found four faults, all mended: a figure over the end of its passage, dates in a
table without any, marking up in quadratic time, a bracket over two lines. The last
1,894 cases, on the rules as they were, found none. Hypothesis tries further cases in
every run of the tests, tables and files of libraries among them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

HOSTILE = [
    '"a “b ',
    "he said ",
    "“",
    "'",
    "(",
    "1,",
    " - ",
    "a.b@c ",
    "Mr. ",
    "\u202e",
    "\n",
    "A ",
    "«",
    "one two ",
    "said, ",
]
HOSTILE += [
    '"',
    "”",
    "‘a ’",
    "1 ",
    "1.",
    "Ann Lee said ",
    "a\n",
    "“a b c d e” he said. ",
    "A. ",
    "the ",
    "rebels ",
    "not ",
    "-",
    "…",
]
HOSTILE += [
    "“a\n\n",
    "’s ",
    "a",
    "Feb. 3 ",
    "12 km (",
    "and ",
    "between 1 and ",
    "according to ",
    "? ",
    ". ",
    "\u0301",
    "<p>",
    "&",
    "1-",
]
FILES = ["a.html", "a.txt", "a.csv", "a.json", "a.rtf"]
SLOW = 3.0  # seconds for a case of some hundred characters


@dataclass
class Tally:
    """What was tried, and the shortest case of each failure."""

    cases: int = 0
    files: int = 0
    articles: int = 0
    slowest: float = 0.0
    slowest_case: str = ""
    failures: dict[str, tuple[str, str]] = field(default_factory=dict)

    def fail(self, check: Callable, case: object, error: Exception) -> None:
        message = f"{type(error).__name__}: {error}".split("\n")[0]
        key = f"{check.__name__}: {_place(error)}: {message[:40]}"
        if key not in self.failures:
            print(f"new: {key}\n  {message[:300]}\n  {case!r}", flush=True)
        elif len(repr(case)) >= len(self.failures[key][0]):
            return
        self.failures[key] = repr(case), message[:300]

    def add(self, case: object, seconds: float) -> None:
        self.cases += 1
        if self.cases < 10:  # the first ones load what all need
            return
        if seconds > self.slowest:
            self.slowest, self.slowest_case = seconds, repr(case)
        if seconds > SLOW:
            print(f"slow: {seconds:.1f} s {case!r}", flush=True)

    def report(self, seconds: float) -> None:
        for place, (case, message) in sorted(self.failures.items()):
            print(f"\n{place}\n  {message}\n  {case[:1000]}")
        print(
            f"\n{self.cases} cases ({self.articles} articles read, {self.files} files "
            f"of bytes) in {seconds:.0f} s, {len(self.failures)} failures; slowest "
            f"{self.slowest:.2f} s: {self.slowest_case[:300]}",
            flush=True,
        )


def _place(error: Exception) -> str:
    """Where an error came up, innermost first."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "idlibkit" in frame.filename or "test_fuzz" in frame.filename
    ]
    return " < ".join(
        f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}"
        for frame in frames[:-4:-1]
    )


def fuzz(seconds: float) -> None:
    import atheris

    with atheris.instrument_imports(include=["idlibkit", "sentencex"]):
        import test_fuzz as properties

    tally = Tally()
    begin = time.monotonic()

    def attempt(case: object, check: Callable, *given: object) -> object:
        try:
            return check(*given)
        except Exception as error:  # whatever it is, it is what we are looking for
            tally.fail(check, case, error)
            return None

    def one(data: bytes) -> None:
        start = time.process_time()
        case, articles = _read(data, atheris.FuzzedDataProvider(data))
        if articles is not None:
            tally.articles += len(articles)
            whole = properties.Case(articles)
            for check in properties.CHECKS:
                # what is made one article at a time would take all the time
                alone = check is properties.check_annotate
                given = properties.Case(articles.head(1)) if alone else whole
                attempt(case, check, given)
        tally.add(case, time.process_time() - start)
        if time.monotonic() - begin > seconds:
            tally.report(time.monotonic() - begin)
            shutil.rmtree(corpus, ignore_errors=True)
            os._exit(0)  # libFuzzer has no way to stop without calling it a crash

    def _read(data: bytes, provider: object) -> tuple[object, object]:
        kind = provider.ConsumeIntInRange(0, 11)
        if kind > 8:
            tally.files += 1
            name = FILES[data[0] % len(FILES)]
            rest = data[2:]
            if kind == 11:
                rest = texts(provider, properties.FORMS + properties.CELLS)[0].encode()
            case = {name: rest}
            if name.endswith((".csv", ".json")):
                return case, attempt(case, properties.check_table, name, rest)
            return case, attempt(case, properties.check_files, case)
        given = texts(provider, properties.PIECES), "text" if kind < 3 else "raw"
        return given, attempt(given, properties.read, *given)

    corpus = _first_cases()
    options = ["-max_len=1200", "-len_control=0", "-rss_limit_mb=0", "-timeout=3600"]
    options += ["-report_slow_units=1000", "-verbosity=0"]
    atheris.Setup([sys.argv[0], corpus, *options], one)
    atheris.Fuzz()


def _first_cases() -> str:
    """A folder to start from: a fuzzer that begins with nothing spends its first hour
    on texts of one character.
    """
    corpus = tempfile.mkdtemp(prefix="fuzz-")
    random = Random(0)
    for number in range(200):
        data = random.randbytes(random.randrange(50, 1200))
        Path(corpus, str(number)).write_bytes(data)
    return corpus


def texts(provider: object, pieces: list[str]) -> list[str]:
    """One to eight texts of the pieces that the rules look at, others between."""
    out = [""]
    while provider.remaining_bytes():
        choice = provider.ConsumeIntInRange(0, len(pieces) + 11)
        if choice < len(pieces):
            out[-1] += pieces[choice]
        elif choice == len(pieces) and len(out) < 8:
            out.append("")
        elif choice < len(pieces) + 9:
            out[-1] += provider.ConsumeUnicodeNoSurrogates(3)
        else:
            out[-1] += pieces[choice % 40] * provider.ConsumeIntInRange(1, 40)
    return out


def growth(n: int, most: float, only: str) -> None:
    import pandas as pd
    import test_fuzz as properties

    import idlibkit as ik
    from idlibkit.reading import Notes, parse_dates
    from idlibkit.reading.delimited import read_delimited
    from idlibkit.reading.documents import read_document
    from idlibkit.reading.records import read_json

    def given(column: str) -> Callable[[str], pd.DataFrame]:
        return lambda text: pd.DataFrame(
            {"article_id": ["a"], "outlet": ["A"], column: [text]}
        ).astype("str")

    def passage(text: str) -> pd.DataFrame:
        place = {
            "voice": "own",
            "speaker": None,
            "start": 0,
            "end": len(text),
            "paragraph": 0,
            "sentence": 0,
        }
        return given("text")(text).assign(**place)

    clean, actors = given("text"), properties.ACTORS
    functions: dict[str, tuple[Callable, Callable]] = {
        "read_document .txt": (str.encode, lambda data: read_document(data, "a.txt")),
        "read_document .html": (
            lambda text: f"<body>{text}".encode(),
            lambda data: read_document(data, "a.html"),
        ),
        "read_delimited": (
            lambda text: f"outlet,text\nA,{text}\n".encode(),
            lambda data: read_delimited(data, "a.csv", Notes()),
        ),
        "read_json": (str.encode, lambda data: read_json(data, "a.json", Notes())),
        "parse_dates": (lambda text: pd.Series([text], dtype="str"), parse_dates),
        "read_articles raw": (given("raw"), ik.read_articles),
        "read_articles text": (clean, ik.read_articles),
        "lines raw": (given("raw"), ik.lines),
        "lines text": (clean, ik.lines),
        "quotes": (clean, ik.quotes),
        "passages": (clean, ik.passages),
        "labels": (passage, lambda table: ik.labels(table, actors)),
        "quantities": (passage, ik.quantities),
        "frames": (passage, ik.frames),
        "kwic": (passage, lambda table: ik.kwic(table, "he t*")),
        "count_terms": (passage, ik.count_terms),
        "sentiment": (passage, ik.sentiment),
        "annotate": (clean, lambda table: ik.annotate(table, "a", actors=actors)),
    }

    def seconds(name: str, text: str) -> float:
        prepare, function = functions[name]
        table = prepare(text)
        start = time.process_time()
        properties.quiet(function, table)
        return time.process_time() - start

    tried = 0
    for name in functions:
        if not name.startswith(only):
            continue
        seconds(name, "He said no. " * 20)
        worst = 0.0, ""
        reads = name.startswith("read_")
        forms = properties.FORMS + properties.CELLS if reads else []
        for piece in HOSTILE + forms:
            took = [seconds(name, piece * n)]
            # once more where twice the text takes clearly more than twice the time: a
            # busy machine makes single times uncertain
            while took[-1] < most and (
                len(took) < 2
                or (len(took) < 4 and took[-1] > 0.2 and took[-1] > 2.5 * took[-2])
            ):
                took.append(seconds(name, piece * (n << len(took))))
            tried += len(took)
            worst = max(worst, (max(took[:2]), piece))
            if took[-1] >= most or (len(took) > 2 and took[-1] > 2.5 * took[-2]):
                shown = ", ".join(f"{t:.2f}" for t in took)
                print(f"{name:18} {piece!r:22} x {n}, doubled: {shown} s", flush=True)
        print(
            f"{name:18} slowest: {worst[0]:.2f} s ({worst[1]!r} x {2 * n})", flush=True
        )
    print(f"{tried} texts tried")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument(
        "--growth",
        action="store_true",
        help="look for time that grows faster than the text instead",
    )
    parser.add_argument(
        "--repeat",
        type=int,
        default=20_000,
        help="repetitions of a hostile piece to start from",
    )
    parser.add_argument(
        "--only", default="", help="only functions whose name begins so, for --growth"
    )
    parser.add_argument(
        "--most",
        type=float,
        default=20,
        help="seconds after which no longer text is tried",
    )
    given = parser.parse_args()
    if given.growth:
        growth(given.repeat, given.most, given.only)
    else:
        fuzz(given.seconds)


if __name__ == "__main__":
    main()
