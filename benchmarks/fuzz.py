"""Coverage-guided fuzzing of everything that reads people's texts, and a search for time that grows faster than the text.

The properties are those of tests/test_fuzz.py. Needs atheris (`python -m pip install atheris`; Linux), which is no dependency
of the package:

    python benchmarks/fuzz.py --seconds 900
    python benchmarks/fuzz.py --growth

A case is one to eight articles in one table, or a file in a folder. A failure is shown once for each place in the code where it
comes up, with the shortest case that was found for it; the number of cases and articles tried comes last. --growth repeats hostile pieces n, 2n and 4n times and shows what takes more than 2.5 times as long
for twice the text, twice over (time of the processor; needs no atheris).

Tried by 22 November 2026: 5,587 cases, of which the last 2,793 hold 6,687 articles. They found four faults, all mended: a figure
over the end of its passage, dates in a table without any, marking up in quadratic time, a bracket over two lines. The last 1,894
cases, on the rules as they are, found none. Hypothesis tries another 3,483 in every run of the tests.
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
SLOW = 3.0  # seconds for a case of some hundred characters


def fuzz(seconds: float) -> None:
    import atheris

    with atheris.instrument_imports(include=["idlibkit", "sentencex"]):
        import test_fuzz as properties

    found: dict[str, tuple[str, str]] = {}
    began, count, said = time.monotonic(), [0, 0, 0], [time.monotonic()]
    longest = [0.0, ""]

    def report() -> None:
        for where, (text, error) in sorted(found.items()):
            print(f"\n{where}\n  {error}\n  {text[:1000]}")
        wall = time.monotonic() - began
        print(
            f"\n{count[0]} cases ({count[2]} articles read, {count[1]} folders of bytes) in {wall:.0f} s, ",
            end="",
        )
        print(f"{len(found)} failures; ", end="")
        print(f"slowest {longest[0]:.2f} s: {longest[1][:300]}", flush=True)

    def tried(what: object, check: Callable, *given: object) -> object:
        try:
            return check(*given)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
            frames = traceback.extract_tb(error.__traceback__)
            ours = [
                frame
                for frame in frames
                if "idlibkit" in frame.filename or "test_fuzz" in frame.filename
            ]
            message = f"{type(error).__name__}: {error}".split("\n")[0]
            where = " < ".join(
                f"{Path(frame.filename).name}:{frame.name}:{frame.lineno}"
                for frame in ours[:-4:-1]
            )
            key = f"{check.__name__}: {where}: {message[:40]}"
            if key not in found or len(repr(what)) < len(found[key][0]):
                if key not in found:
                    print(f"new: {key}\n  {message[:300]}\n  {what!r}", flush=True)
                found[key] = repr(what), message[:300]
            return None

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        kind = provider.ConsumeIntInRange(0, 9)
        start = time.process_time()
        if kind == 9:
            page = provider.ConsumeBool()
            what: object = {"a.html" if page else "a.txt": data[2:]}
            articles = tried(what, properties.check_files, what)
            count[1] += 1
        else:
            what = texts(provider, properties.PIECES), "text" if kind < 3 else "raw"
            articles = tried(what, properties.read, *what)
        if articles is not None:
            count[2] += len(articles)
            case = properties.Case(articles)
            for check in properties.CHECKS:
                # what is made one article at a time would take all the time
                tried(
                    what,
                    check,
                    properties.Case(articles.head(1))
                    if check is properties.check_annotate
                    else case,
                )
        took = time.process_time() - start
        if took > longest[0] and count[0] > 10:
            longest[:] = took, repr(what)
        if took > SLOW and count[0] > 10:
            print(f"slow: {took:.1f} s {what!r}", flush=True)
        count[0] += 1
        if time.monotonic() - said[0] > 60:
            said[0] = time.monotonic()
            print(f"{count[0]} cases, {count[2]} articles", flush=True)
        if time.monotonic() - began > seconds:
            report()
            shutil.rmtree(start, ignore_errors=True)
            os._exit(0)  # libFuzzer has no way to stop without calling it a crash

    # something to start from: a fuzzer that begins with nothing spends its first hour on texts of one character
    start = tempfile.mkdtemp(prefix="fuzz-")
    random = Random(0)
    for number in range(200):
        Path(start, str(number)).write_bytes(
            random.randbytes(random.randrange(50, 1200))
        )
    atheris.Setup(
        [
            sys.argv[0],
            start,
            "-max_len=1200",
            "-len_control=0",
            "-rss_limit_mb=0",
            "-report_slow_units=1000",
            "-timeout=3600",
            "-verbosity=0",
        ],
        one,
    )
    atheris.Fuzz()


def texts(provider: object, pieces: list[str]) -> list[str]:
    """One to eight texts of the pieces that the rules look at, with any other characters between."""
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


def growth(n: int, most: float) -> None:
    import pandas as pd
    import test_fuzz as properties

    import idlibkit as ik

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
    functions: dict[str, tuple[Callable[[str], pd.DataFrame], Callable]] = {
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
        seconds(name, "He said no. " * 20)
        worst = 0.0, ""
        for piece in HOSTILE:
            took = [seconds(name, piece * n)]
            # once more where twice the text takes clearly more than twice the time: a busy machine makes single times uncertain
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
    print(f"{tried} texts of {len(HOSTILE)} pieces through {len(functions)} functions")


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
        "--most",
        type=float,
        default=20,
        help="seconds after which no longer text is tried",
    )
    given = parser.parse_args()
    growth(given.repeat, given.most) if given.growth else fuzz(given.seconds)


if __name__ == "__main__":
    main()
