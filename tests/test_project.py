"""The front page works, and what is written in several places says the same."""

import inspect
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import idlibkit as ik
import idlibkit.plots

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]


def test_readme_names_both_commands_and_every_notebook():
    assert (
        'python -m pip install -c constraints.txt -e ".[notebooks]" && python -m jupyterlab'
        in README
    )
    assert (
        'python -m pip install -c constraints.txt -e ".[test]" && python -m pytest'
        in README
    )
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        assert notebook.stem in README


def test_what_the_tests_collect_needs_no_browser():
    """The extra `test` does not bring one, so a file that opens it asks for it late."""
    hidden = "import sys; sys.modules['playwright'] = None; "
    for path in (ROOT / "docs").glob("*.py"):
        if path.name != "conf.py":  # which is not collected
            code = f"{hidden}import runpy; runpy.run_path({str(path)!r})"
            subprocess.run([sys.executable, "-c", code], check=True)


def test_links_in_the_readme_lead_somewhere():
    targets = re.findall(r"\]\((?!http|#)([^)]+)\)", README)
    for target in targets + re.findall(r'src="([^"]+)"', README):
        assert (ROOT / target.split("#")[0]).exists(), target


def test_constraints_are_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all(
        re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.+!-]*", line)
        for line in lines
    )
    names = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    for need in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]:
        name = re.sub(
            r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", need).group()
        ).lower()
        assert name in names or name == "idlibkit", name


def test_one_version():
    cff = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"\nversion: {PROJECT['version']}\n" in cff
    assert f"## {PROJECT['version']}" in changelog
    assert ik.__version__ == PROJECT["version"]


def test_every_public_name_has_a_docstring_with_its_columns_and_an_example():
    for name in ik.__all__:
        public = getattr(ik, name)
        assert public.__doc__, name
        if callable(public) and not isinstance(public, type):
            parameters = (
                ["Parameters\n"] if inspect.signature(public).parameters else []
            )
            example = (
                [] if name == "report" else ["Examples\n"]
            )  # which runs all notebooks; the README shows it
            raises = [] if name == "accuracy_card" else ["Raises\n"]
            for part in (*parameters, "Returns\n", *raises, *example):
                assert part in public.__doc__, f"{name}: {part.strip()}"


def test_import_stays_light():
    """No plotting, learning or statistics library before it is used."""
    code = "import sys, idlibkit; print([m for m in ('seaborn', 'sklearn', 'matplotlib', 'scipy.stats', 'onnxruntime', 'dask', 'trafilatura') if m in sys.modules])"
    out = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": ""},
    )
    assert out.stdout.strip() == "[]"


def test_the_package_knows_nothing_of_the_seeds():
    names = re.compile(
        r"idlib(?!kit)|saraq[ei]b|cavusoglu|çavuşoğlu|erdo[gğ]an|atareb|lavrov|hürriyet|moscow times",
        re.IGNORECASE,
    )
    for path in (ROOT / "idlibkit").rglob("*"):
        if path.suffix in {".py", ".txt", ".csv", ".toml"}:
            found = names.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.name}: {found.group()}"


def test_the_readme_s_finding_is_what_the_package_finds():
    first = ik.findings(ik.read(ROOT / "seeds"))[0]
    assert f"## {first.title}".replace("’", "'") in README.replace("’", "'")
    uses = first.table.drop(columns=["outlet", "uses"]).sum()
    minister, _, own = uses
    assert first.table["uses"].sum() == 17 and "stands 17 times" in README
    assert minister == 11 and "11 times Turkey's foreign minister" in README
    assert own == 2 and "The outlets themselves write it twice" in README


def test_every_public_name_is_in_the_reference():
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8").split()
    plots = {name for name in vars(ik.plots) if name.startswith("plot_")}
    assert {*ik.__all__, *plots} <= set(reference)


def test_the_title_of_01_is_what_was_removed():
    lines = ik.read(ROOT / "seeds").lines
    length = lines["text"].str.len()
    removed = length[~lines["kept"]].sum() / length.sum()
    assert round(1 / removed) == 7
    text = (ROOT / "notebooks" / "01-articles.ipynb").read_text(encoding="utf-8")
    assert "# A seventh of these pages is not reporting" in text
