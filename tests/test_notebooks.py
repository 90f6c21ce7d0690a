"""The notebooks are what they should be, and the check that compares them can fail."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EXCEPTIONS = {
    "07-many-articles": 1,
    "90-your-own-corpus": 1,
}  # cells that nbval does not compare: timings (07), versions (90)
MACHINE = re.compile(r"/(?:home|root|Users|work|tmp|farm)/|[A-Z]:\\|0x[0-9a-f]{8}")

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path):
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def test_there_are_notebooks():
    assert NOTEBOOKS[0].stem == "00-start-here"
    assert NOTEBOOKS[-1].stem == "90-your-own-corpus"


@every_notebook
def test_all_cells_were_run_from_top_to_bottom(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(cell.source.strip() for cell in cells)


@every_notebook
def test_form(path):
    book = nbformat.read(path, 4)
    nbformat.validate(book)
    assert book.metadata.kernelspec.name == "python3"
    prose = "\n".join(
        cell.source for cell in book.cells if cell.cell_type == "markdown"
    )
    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1, "one H1"
    assert book.cells[0].cell_type == "markdown" and book.cells[0].source.startswith(
        "# "
    )
    for cell in code_cells(path):
        assert not re.search(r"^\s*[%!]|;\s*$", cell.source, re.MULTILINE), (
            "no magics, no trailing semicolons"
        )
        assert len(cell.source.splitlines()) <= 25, (
            "a cell is a few lines; the work is in idlibkit"
        )


@every_notebook
def test_the_corpus_is_one_tagged_parameter(path):
    tagged = [
        cell
        for cell in code_cells(path)
        if "parameters" in cell.metadata.get("tags", [])
    ]
    assert len(tagged) == 1
    assert re.search(r"^CORPUS = ", tagged[0].source, re.MULTILINE)


@every_notebook
def test_outputs_are_clean(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.get("text")
            shown = json.dumps(
                {k: v for k, v in output.get("data", {}).items() if k != "image/png"}
            ) + output.get("text", "")
            assert not MACHINE.search(shown), shown[:300]


@every_notebook
def test_every_picture_has_a_sentence(path):
    for cell in code_cells(path):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                sentence = output.data["text/plain"]
                assert len(sentence.split()) >= 6 and sentence.rstrip().endswith(".")
                assert output.metadata["image/png"]["alt"] == sentence


def test_cells_that_are_not_compared_are_pinned():
    found = {}
    for path in NOTEBOOKS:
        tags = [
            tag
            for cell in code_cells(path)
            for tag in cell.metadata.get("tags", [])
            if tag.startswith("nbval")
        ]
        comments = [
            cell
            for cell in code_cells(path)
            if re.search(r"#\s*(NBVAL|PYTEST)", cell.source)
        ]
        assert not comments, "exceptions by tag only"
        if tags:
            found[path.stem] = len(tags)
    assert found == EXCEPTIONS


def test_all_sanitizing_rules_are_read():
    from nbval.plugin import get_sanitize_patterns

    text = (ROOT / "tests" / "nbval_sanitize.cfg").read_text(encoding="utf-8")
    rules = list(get_sanitize_patterns(text))
    assert len(rules) == text.count("\nregex:") == text.count("\nreplace:") == 3


def run_nbval(path):
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-rf",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(path.parent),
        str(path),
    ]
    # Options of the run that this test is part of (coverage, say) are not those of this.
    environment = {k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"}
    return subprocess.run(
        command,
        cwd=path.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_a_changed_digit_fails_exactly_its_cell(tmp_path):
    """The canary: without it, nobody would notice a check that compares nothing."""
    book = nbformat.read(ROOT / "notebooks" / "00-start-here.ipynb", 4)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    at, output = next(
        (place, output)
        for place, cell in enumerate(cells)
        for output in cell.outputs
        if re.search(
            r"\d",
            output.get("data", {}).get("text/plain", "") or output.get("text", ""),
        )
    )
    where = output.get("data", output)
    key = "text/plain" if "data" in output else "text"
    where[key] = re.sub(
        r"\d", lambda found: str((int(found.group()) + 1) % 10), where[key], count=1
    )
    (tmp_path / "notebooks").mkdir()
    copy = tmp_path / "notebooks" / "canary.ipynb"
    nbformat.write(book, copy)
    result = run_nbval(copy)
    failed = re.findall(r"FAILED .*::Cell (\d+)", result.stdout)
    assert failed == [str(at)], result.stdout[-2000:]


def test_binder_installs_what_the_notebooks_need():
    """Binder reads this folder alone, and without a version of Python would take one of its own choice."""
    wanted = (ROOT / ".binder" / "requirements.txt").read_text().split("\n")
    assert wanted == ["-c ../constraints.txt", "-e .[notebooks]", ""]
    version = (
        (ROOT / ".binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    )
    assert (
        f"Programming Language :: Python :: {version}"
        in (ROOT / "pyproject.toml").read_text()
    )
