"""What runs inside a notebook when a report is made: tables, articles and notes leave
it as data, not as HTML.

A page made of other people's words is safe only if nothing that comes out of a notebook
is taken for markup. So a displayed table becomes a list of cells and a CSV file, and
`pages` writes the HTML.
"""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..corpus import Corpus
from ..spreadsheets import write_csv
from ..tables import IdlibkitWarning
from .cells import ARTICLE, NOTE, TABLE, table_cells
from .markup import MarkedArticle
from .whole_tables import actors_of, save_articles, save_tables

__all__ = ["actors_of", "keep", "kept", "save_articles", "save_tables", "show_as_data"]


def keep(corpus: Corpus, path: Path) -> None:
    """Write a corpus with all that was read of it, for the kernels of one report.

    They are of the same package and the same user: the file lies in the report's own
    folder for work, and goes with it.
    """
    _ = corpus.passages  # read once, here
    path.write_bytes(pickle.dumps(corpus))


def kept(path: str) -> Corpus:
    """The corpus that `keep` wrote."""
    corpus: Corpus = pickle.loads(Path(path).read_bytes())
    return corpus


def show_as_data(folder: str, stem: str) -> None:
    """From now on, in this kernel, tables, marked-up articles and warnings are shown as
    data; CSV files go to `folder`.
    """
    from IPython import get_ipython

    shell = get_ipython()
    bundle = shell.display_formatter.mimebundle_formatter
    tables = _Tables(Path(folder), stem)
    bundle.for_type(pd.DataFrame, tables.show)
    bundle.for_type(pd.Series, tables.show)
    bundle.for_type(MarkedArticle, _article)
    warnings.showwarning = _Notes().show


class _Tables:
    """Tables that were shown, numbered in their order."""

    def __init__(self, folder: Path, stem: str) -> None:
        self.folder, self.stem, self.number = folder, stem, 0

    def show(
        self, table: pd.DataFrame | pd.Series, include: Any = None, exclude: Any = None
    ) -> Mapping[str, Any]:
        self.number += 1
        name = f"{self.stem}-{self.number:02d}.csv"
        try:
            write_csv(table, self.folder / name)
        except OSError as error:
            # A notebook would print it and go on; the report must not.
            return {TABLE: {"error": error.strerror}}
        return {TABLE: {**table_cells(table), "file": name}}


def _article(
    article: MarkedArticle, include: Any = None, exclude: Any = None
) -> Mapping[str, Any]:
    return {ARTICLE: {"html": article.html, "summary": article.summary}}


class _Notes:
    """What the package warns of, each once."""

    def __init__(self) -> None:
        self.shown: set[str] = set()

    def show(
        self, message: Warning | str, category: type[Warning], *_: Any, **__: Any
    ) -> None:
        from IPython.display import display

        note = str(message)
        if issubclass(category, IdlibkitWarning) and note not in self.shown:
            self.shown.add(note)
            display({NOTE: note, "text/plain": note}, raw=True)
