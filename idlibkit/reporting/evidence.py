"""Evidence for a page: articles with everything that was found in them, as compact data
that its script (web/evidence.js) leads from a table to a place in the text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from textwrap import shorten
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from ..corpus import Corpus
from ..tables import records, source_text
from .speakers import speaker_looks
from .tallies import tally
from .templates import seen

__all__ = ["WHOLE", "Evidence", "day_of", "evidence_of", "json_html", "titles_of"]

VOICES = {"own": 0, "quoted": 1, "reported": 2}
LONGEST = 80  # characters of an opening that stands for a title
WHOLE = 300  # articles that lie in the page itself; of more, all lie in files
PER_FILE = 20  # articles in one of these files
TALLIES = "tallies"  # the file that says what is in which article


@dataclass(frozen=True)
class Evidence:
    """What the script of a page reads.

    Attributes
    ----------
    index : dict
        Outlets, speakers, things that were found, and each article without its body.
    bodies : list
        Of each article its text and, as numbers, lines, passages, marks, and pairs
        of a mark's number and its note's.
    """

    index: dict[str, Any]
    bodies: list[list[Any]]

    def in_one(self) -> dict[str, Any]:
        """Everything in one piece, for a page that is a single file."""
        articles = [
            [*facts, body]
            for facts, body in zip(self.index["articles"], self.bodies, strict=True)
        ]
        return {**self.index, "articles": articles, "things": self._nested()}

    def in_files(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The index, and scripts by name: texts, some in each, and what is counted in
        them.
        """
        scripts = {
            str(number): f"idlibkitArticles({number},"
            f"{_json(self.bodies[first : first + PER_FILE])})"
            for number, first in enumerate(range(0, len(self.bodies), PER_FILE))
        }
        tallies = [tally(passages, marks) for _, _, passages, marks, _ in self.bodies]
        scripts[TALLIES] = f"idlibkitTallies({_json(tallies)})"
        index = {**self.index, "things": self._nested(), "per_file": PER_FILE}
        return index, scripts

    def _nested(self) -> list[list[Any]]:
        """The things, which are in order: what they have in common is written once."""
        return [
            [kind, [[group, [name for *_, name in some]] for group, some in groups]]
            for kind, of_kind in groupby(self.index["things"], itemgetter(0))
            for groups in [groupby(of_kind, itemgetter(1))]
        ]


@dataclass
class _Numbers:
    """Names that are numbered as they are met."""

    numbers: dict[Any, int] = field(default_factory=dict)

    def of(self, name: Any) -> int:
        return self.numbers.setdefault(name, len(self.numbers))

    def after_none(self, name: Any) -> int:
        """From 1 on; 0 for what is missing."""
        return 0 if pd.isna(name) or name == "" else self.of(name) + 1


def evidence_of(corpus: Corpus, marks: pd.DataFrame, *, sample: str = "") -> Evidence:
    """The evidence of a corpus.

    Parameters
    ----------
    corpus : Corpus
    marks : DataFrame
        As from `marks.all_marks`: `kind`, `group`, `name`, `article_id`, `start`,
        `end`, `note`.
    sample : str
        What clauses were read in, where not in all articles.
    """
    articles = corpus.articles.assign(
        source=source_text(corpus.articles), title=titles_of(corpus.articles)
    )
    order = [name for name in ("outlet", "published", "article_id") if name in articles]
    articles = articles.sort_values(order, kind="stable")
    outlets = sorted(articles["outlet"].astype("str").unique())
    outlet_places = {name: place for place, name in enumerate(outlets)}
    speakers = speaker_looks(corpus.speakers.values())
    things, notes, roles, reasons = (_Numbers() for _ in range(4))
    for thing in _things(marks):
        things.of(thing)
    coded = _coded(corpus, marks, list(speakers), things, notes, roles, reasons)
    facts, bodies = [], []
    for row in records(articles):
        name = str(row.article_id)
        facts.append(_facts(row, outlet_places))
        bodies.append(_body(row.source, [part.get(name) for part in coded]))
    index = {
        "outlets": outlets,
        "speakers": [[who, one.color, one.stripes] for who, one in speakers.items()],
        "things": [[*thing] for thing in things.numbers],
        "notes": list(notes.numbers),
        "roles": list(roles.numbers),
        "reasons": list(reasons.numbers),
        "articles": facts,
        "sample": sample,
    }
    return Evidence(index, bodies)


def titles_of(articles: pd.DataFrame) -> pd.Series:
    """The title of each article, or how its text begins where it has none."""
    starts = [text.strip()[: 4 * LONGEST] for text in source_text(articles)]
    lines = [start.partition("\n")[0] for start in starts]
    openings = [shorten(line, LONGEST, placeholder=" …") for line in lines]
    begins = pd.Series(openings, articles.index, dtype="str")
    if "title" not in articles:
        return begins
    given = articles["title"].astype("str").str.strip()
    return given.where(given.notna() & given.ne(""), begins)


def day_of(published: Any) -> str:
    """The day of publication, "" where it is not known."""
    return "" if pd.isna(published) else f"{published:%Y-%m-%d}"


def _facts(row: Any, outlets: Mapping[str, int]) -> list[Any]:
    return [
        str(row.article_id),
        outlets[str(row.outlet)],
        day_of(getattr(row, "published", None)),
        row.title,
    ]


def _things(marks: pd.DataFrame) -> list[tuple[str, str, str]]:
    """What was found, in one order."""
    known = marks[["kind", "group", "name"]].drop_duplicates()
    return sorted(known.itertuples(index=False, name=None))


# ----------------------------------------------------------------------------- numbers
Rows = dict[str, np.ndarray]  # article_id to (rows, columns), the first two start, end


def _coded(
    corpus: Corpus,
    marks: pd.DataFrame,
    speakers: Sequence[str],
    things: _Numbers,
    notes: _Numbers,
    roles: _Numbers,
    reasons: _Numbers,
) -> list[Rows]:
    lines, passages = corpus.lines, corpus.passages
    out = lines["reason"].where(~lines["kept"].astype(bool))
    role = [roles.of(str(name)) for name in lines["role"]]
    reason = [reasons.after_none(text) for text in out]
    place = {name: number for number, name in enumerate(speakers)}
    who = passages["speaker"].map(corpus.speakers).map(place).fillna(-1)
    voice = passages["voice"].map(VOICES).to_numpy(np.int64)
    code = 2 * (voice + 3 * (who.to_numpy(np.int64) + 1)) + _begins(passages)
    which = [
        things.of(thing)
        for thing in marks[["kind", "group", "name"]].itertuples(index=False, name=None)
    ]
    note = [notes.after_none(text) for text in marks["note"]]
    return [
        _by_article(lines, role, reason),
        _by_article(passages, code),
        _by_article(marks, which, note),
    ]


def _begins(passages: pd.DataFrame) -> np.ndarray:
    """1 for the first passage of each sentence, else 0."""
    order = np.lexsort((passages["start"], pd.factorize(passages["article_id"])[0]))
    parts = [pd.factorize(passages[c])[0][order] for c in ("article_id", "sentence")]
    begins = np.ones(len(passages), np.int64)
    same = np.all([part[1:] == part[:-1] for part in parts], axis=0)
    begins[order[1:]] = ~same
    return begins


def _by_article(table: pd.DataFrame, *columns: Iterable[int]) -> Rows:
    numbers = np.column_stack(
        [table["start"], table["end"], *(list(column) for column in columns)]
    ).astype(np.int64)
    numbers = numbers.reshape(len(table), 2 + len(columns))
    ids = table["article_id"].astype("str")
    places = table.groupby(ids.to_numpy()).indices
    out = {}
    for name, rows in places.items():
        of_article = numbers[rows]
        order = np.lexsort((of_article[:, 1], of_article[:, 0]))
        out[str(name)] = of_article[order]
    return out


def _body(text: str, parts: Sequence[np.ndarray | None]) -> list[Any]:
    """A text and its rows, each place as the gap to the one before and a length."""
    places = _places_in_script(text)
    lines, passages, marks = parts
    notes = [] if marks is None else marks[:, 3].tolist()
    marks = None if marks is None else marks[:, :3]
    tables = [_gaps(part, places) for part in (lines, passages, marks)]
    return [seen(text), *tables, _noted(notes)]


def _noted(notes: list[int]) -> list[int]:
    """Pairs of a mark's number and its note's, for the marks that have one."""
    return [n for pair in enumerate(notes) if pair[1] for n in pair]


def _gaps(rows: np.ndarray | None, places: np.ndarray | None) -> list[int]:
    if rows is None:
        return []
    rows = rows.copy()
    if places is not None:
        rows[:, :2] = places[rows[:, :2]]
    rows[:, 1] -= rows[:, 0]
    rows[:, 0] = np.diff(rows[:, 0], prepend=0)
    return [int(number) for number in rows.ravel()]


def _places_in_script(text: str) -> np.ndarray | None:
    """Where each character stands in a script, which counts some as two; None if none
    of them is here.
    """
    if text.isascii() or max(text) < "\U00010000":
        return None
    wide = np.array([character > "\uffff" for character in text])
    return np.concatenate([[0], np.cumsum(1 + wide)])


# -------------------------------------------------------------------------------- text
def _json(value: Any) -> str:
    """JSON that is safe in a script element: nothing in it ends or opens one."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def json_html(value: Any) -> Markup:
    """Data for a script element of a page."""
    return Markup(seen(_json(value)))
