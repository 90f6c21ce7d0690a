"""Every notebook runs on any corpus, needs nothing but its path, and says in words what
it cannot show."""

import ast
import builtins
import contextlib
import io
import json
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import idlibkit as ik
from idlibkit import plots
from idlibkit.samples import synthetic_archive

ROOT = Path(__file__).parents[1]
BOOKS = sorted(set((ROOT / "notebooks").glob("*.ipynb")) - set((ROOT / "notebooks").glob("07-*")))  # fmt: skip
# What the worked case is about, and the outlets that tell it.
WORKED_CASE = re.compile(
    r"Idlib\b|Saraq|Syria|Turk|Russia|Damascus|Ankara|Moscow|Putin|Cavusoglu|RFE|H[uü]rriyet"
    r"|Jordan|The National|Reuters|[Tt]he five (?:articles|pages|texts)"
)

OPENED = (
    "Harbour tunnel opens after long delay\n\n"
    "The new harbour tunnel opened on Monday, eight months late. About 300 people walked through it in the first hour.\n\n"
    "Mayor Ellen Brandt said that the tunnel would halve the traffic in the old town. “It was worth the wait,” she told reporters.\n\n"
    "Transport Minister Karl Voss praised the workers. Two men died in an accident at the tunnel last year."
)
UNWANTED = (
    "A tunnel that nobody wanted\n\n"
    "The harbour tunnel that opened on Monday has cost 52 million euros, twice what was planned.\n\n"
    "“They did not listen to us,” said Ida Holm, who lives near the tunnel. Ellen Brandt, the mayor, defended it.\n\n"
    "Three men died in an accident at the tunnel last year, and the city was never blamed."
)
WALKED = (
    "Crowd walks under the harbour\n\n"
    "A tunnel under the harbour was opened on Monday by Mayor Ellen Brandt. Some 300 people walked through the tunnel.\n\n"
    "The tunnel has cost 52 million euros, an ugly sum, said Ida Holm, a neighbour.\n\n"
    "Transport Minister Karl Voss said that more tunnels would follow."
)
NO_NAMES = (
    "the rain fell all night and the river rose. people left before the morning came.",
    "it rained for hours and nobody slept. the water took two bridges, and the road.",
)


def two_outlets(folder):
    """A CSV with outlet and text alone: no dates, no titles."""
    table = pd.DataFrame({"outlet": ["Gazette", "Herald"], "text": [OPENED, UNWANTED]})
    table.to_csv(folder / "articles.csv", index=False)
    return folder / "articles.csv"


def three_outlets(folder):
    """Text files with a headline and a line that is no reporting; dates of three months
    in a manifest.
    """
    texts = {"Gazette": OPENED, "Herald": UNWANTED, "Courier": WALKED}
    rows = ["file,outlet,published"]
    for month, (outlet, text) in enumerate(texts.items(), 3):
        (folder / f"{outlet}.txt").write_text(f"{text}\n\nPhoto: A. Holm\n", "utf-8")
        rows.append(f"{outlet}.txt,{outlet},2024-{month:02d}-{month:02d}")
    (folder / "manifest.csv").write_text("\n".join(rows), "utf-8")
    return folder


def no_actor(folder):
    """A DataFrame of articles without a single name, figure or quotation."""
    table = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Gazette", "Herald"]})
    return table.assign(text=NO_NAMES)


def many(folder):
    """Enough articles of each of seven outlets for intervals of articles."""
    return synthetic_archive(pd.DataFrame({"text": [OPENED, UNWANTED, WALKED]}), 300)


OWN_CORPUS = {"seeds", "lesson"}  # what somebody with a corpus of their own passes over


def parameters(source, corpus):
    """The names that a tagged cell assigns: the corpus, and nothing else known."""
    targets = [node.targets[0].id for node in ast.parse(source).body]
    return {**dict.fromkeys(targets), "CORPUS": corpus}


def sentences(shown):
    """The words of what a cell printed or showed."""
    if isinstance(shown, ik.Finding):
        return [shown.alt, shown.how_sure, shown.not_shown]
    if isinstance(shown, str):
        return [shown]
    return str(shown).splitlines()


class Run:
    """What the cells of one notebook printed and showed on another corpus."""

    def __init__(self, path, corpus):
        self.names = {"__name__": path.stem}
        self.shown = []
        for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
            tags = {*cell["metadata"].get("tags", [])}
            source = "".join(cell["source"])
            if cell["cell_type"] != "code" or OWN_CORPUS & tags:
                continue
            if "parameters" in tags:
                self.names |= parameters(source, corpus)
            else:
                self.run(source, f"{path.stem}, cell {number}")

    def run(self, source, place):
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, place, "exec"), self.names)
            if last:
                value = eval(
                    compile(ast.Expression(last.value), place, "eval"), self.names
                )
                self.shown += [] if value is None else [value]
        self.shown += printed.getvalue().splitlines()

    @property
    def sentences(self):
        return [text for shown in self.shown for text in sentences(shown)]


@pytest.fixture(params=[two_outlets, three_outlets, no_actor, many], ids=lambda make: make.__name__)  # fmt: skip
def runs(request, tmp_path, monkeypatch):
    """The name of the corpus, and each notebook run on it, by its number."""
    pictures = []

    def show(ax, sentence):
        pictures.append(sentence)
        plt.close(ax.figure)

    monkeypatch.setattr(plots, "show", show)
    monkeypatch.setattr(builtins, "display", pictures.append, raising=False)
    done = {}
    with pd.option_context("display.max_colwidth", None):  # which the notebooks set
        corpus = request.param(tmp_path)
        for path in BOOKS:
            run = done[path.stem[:2]] = Run(path, corpus)
            run.shown += pictures
            pictures.clear()
    return request.param.__name__, done


def test_every_notebook_runs_through(runs):
    name, done = runs
    for run in done.values():
        for sentence in run.sentences:
            assert not re.search(r"\bnan\b|\bNaT\b|\bNone[,.)]", sentence), sentence
            assert not WORKED_CASE.search(sentence), sentence
    told = {number: "\n".join(run.sentences) for number, run in done.items()}
    for number, sentence in EXPECTED[name]:
        assert sentence in told[number], (number, sentence, told[number])


EXPECTED = {
    "two_outlets": [
        ("00", "2 articles of 2 outlets"),
        ("01", "No line was removed."),
        ("01", "No article has a date"),
        ("01", "No two articles share a passage."),
        ("02", "The strongest: 'tunnel' in "),
        ("04", "Share of each name in the "),
        ("90", "Months with articles: 0."),
    ],
    "three_outlets": [
        ("01", "From 03 March 2024 to 05 May 2024: 63 days."),
        ("05", "Points that 3 outlets or more tell: "),
        ("90", "Mean tone by outlet and month, 2024-03 to 2024-05"),
    ],
    "no_actor": [
        ("02", "No term stands in three paragraphs of an outlet"),
        ("03", "No actor was found in these articles."),
        ("04", "No quoted or reported speech was found"),
        ("04", "No actor was found in these articles."),
        ("05", "Things counted by two outlets or more: none was found."),
        ("05", "These articles are too short for themes"),
        ("06", "None breaks under any choice"),
    ],
    "many": [
        ("90", "The intervals of tone resample articles"),
    ],
}


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_the_worked_case_is_spoken_of_in_tagged_cells_alone(path):
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        tags = cell["metadata"].get("tags", [])
        if not {*OWN_CORPUS, "parameters"} & {*tags}:
            match = WORKED_CASE.search("".join(cell["source"]))
            assert not match, (cell["id"], match)
