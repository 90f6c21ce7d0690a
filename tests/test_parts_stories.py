"""Stories, points, figures and shared text of an archive in parts: what one table
gives, whatever the cut, and taken up after a stop. The articles are made up.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.__main__ import main
from idlibkit.reporting import samples
from idlibkit.reporting.csv_tables import save_tables
from idlibkit.reporting.measures import Measures
from idlibkit.scale import Parts
from idlibkit.story import near_days
from idlibkit.tables import IdlibkitError

PLACES = ["Arden", "Lund", "Corvo", "Tarn", "Velm", "Osk", "Brill", "Nader"]
THINGS = ["dam", "bridge", "harbour", "tunnel", "mill", "tower", "station", "market"]
TELLINGS = [
    "Floods broke the {thing} at {place} on Monday and drowned {n} farmers, the mayor"
    " of {place} said. Boats searched the valley for survivors of the {thing}.",
    "At least {n} farmers drowned when floods broke the {thing} at {place}. “We lost"
    " the {thing} within an hour and nobody warned us,” Ann {place} said.",
    "The {thing} at {place} gave way to floods on Monday. {more} farmers drowned."
    " The mayor of {place} called it a disgrace that the {thing} was never mended.",
]


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    """Eight events of eight days, each told by three outlets, in any order."""
    rows = [
        {
            "article_id": f"{place}-{number}",
            "outlet": f"Outlet {number}",
            "published": pd.Timestamp("2020-02-03") + pd.Timedelta(days=2 * event),
            "text": told.format(place=place, thing=thing, n=9 + event, more=20 + event)
            + " The ministry promised on Tuesday to send forty trucks with food and"
            f" blankets to the people of {place} before the weekend.",
        }
        for event, (place, thing) in enumerate(zip(PLACES, THINGS, strict=True))
        for number, told in enumerate(TELLINGS)
    ]
    table = pd.DataFrame(rows).sample(frac=1, random_state=0, ignore_index=True)
    table.loc[[3, 11], "published"] = pd.NaT
    return table


def in_parts(articles: pd.DataFrame, n: int, folder: Path) -> Parts:
    source = folder / f"archive{n}"
    source.mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(articles)), n)):
        articles.iloc[rows].to_parquet(source / f"{number}.parquet")
    return ik.read_in_parts(source, work=folder / "work")


@pytest.mark.parametrize("n", [2, 5])
@pytest.mark.parametrize("block", [5, 2_000])
def test_stories(articles, tmp_path, monkeypatch, n, block):
    monkeypatch.setattr(near_days, "BLOCK", block)
    whole = ik.stories(articles)
    assert whole["story"].nunique() == 8
    found = ik.stories(in_parts(articles, n, tmp_path))
    pd.testing.assert_frame_equal(found, whole)


@pytest.fixture(scope="module")
def told(articles) -> pd.DataFrame:
    events = ik.stories(articles)
    return articles.merge(events[["article_id", "story"]], on="article_id")


def same(found: pd.DataFrame, whole: pd.DataFrame, order: list[str]) -> None:
    """The same rows, if not in the same order."""
    pd.testing.assert_frame_equal(
        found[whole.columns].sort_values(order, ignore_index=True),
        whole.sort_values(order, ignore_index=True),
        check_dtype=False,
    )


@pytest.mark.parametrize("n", [2, 5])
def test_points_figures_and_shared_text(articles, told, tmp_path, n):
    parts = in_parts(articles, n, tmp_path)
    parts = parts.merge(ik.stories(parts)[["article_id", "story"]], on="article_id")
    passages, whole = ik.passages(parts), ik.passages(told)
    order = ["point", "article_id", "start"]
    points = ik.points(passages)
    same(points.to_pandas(), ik.points(whole), order)
    figures = ik.discrepancies(ik.quantities(passages))
    expected = ik.discrepancies(ik.quantities(whole))
    assert expected["topic"].nunique() >= 8
    pd.testing.assert_frame_equal(figures, expected)
    shared = ik.shared_text(parts)
    assert len(shared.to_pandas()) >= 24
    order = ["article_id_a", "article_id_b", "start_a"]
    same(shared.to_pandas(), ik.shared_text(told), order)


def test_shares(articles, told, tmp_path):
    parts = in_parts(articles, 3, tmp_path)
    parts = parts.merge(told[["article_id", "story"]], on="article_id")
    passages, whole = ik.passages(parts), ik.passages(told)
    actors = {"Farmers": ["farmers"], "Mayors": ["mayor", "mayors"]}
    pairs = {
        "voices": (ik.voices_by(ik.quotes(parts)), ik.voices_by(ik.quotes(told))),
        "labels": (
            ik.labels_by(ik.labels(passages, actors)),
            ik.labels_by(ik.labels(whole, actors)),
        ),
        "agency": (
            ik.agency_by(ik.agency(passages, actors=actors)),
            ik.agency_by(ik.agency(whole, actors=actors)),
        ),
        "frames": (
            ik.frames_by(ik.frames(passages), passages),
            ik.frames_by(ik.frames(whole), whole),
        ),
        "left out": (
            ik.points_by(ik.points(passages), by=["outlet"]),
            ik.points_by(ik.points(whole), by=["outlet"]),
        ),
    }
    for name, (found, expected) in pairs.items():
        assert len(expected) >= 3, name
        pd.testing.assert_frame_equal(found, expected, rtol=1e-9, obj=name)
    wide = ik.points_by(ik.points(passages)).to_pandas().set_index("point")
    expected = ik.points_by(ik.points(whole))
    pd.testing.assert_frame_equal(wide.sort_index(), expected, rtol=1e-9)


def test_actors(articles, told, tmp_path):
    found = ik.suggest_actors(ik.passages(in_parts(articles, 4, tmp_path)))
    expected = ik.suggest_actors(ik.passages(told))
    assert {"Arden", "Ann Lund"} <= set(expected["label"])
    pd.testing.assert_frame_equal(found, expected)


def test_a_corpus_in_parts(articles, told, tmp_path):
    corpus, whole = ik.read(in_parts(articles, 3, tmp_path)), ik.read(articles)
    assert repr(corpus) == repr(whole) == "Corpus of 24 articles of 3 outlets"
    for name in ("lines", "quotes", "passages"):
        expected = getattr(whole, name)
        found = getattr(corpus, name).to_pandas()[expected.columns]
        order = ["article_id", "start", "end"]
        same(found, expected, order)
    assert corpus.speakers == whole.speakers
    one = corpus.of_articles(["Arden-1"])
    assert len(one.quotes) == 1 and one.passages["article_id"].unique() == ["Arden-1"]


def csv(report: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(report.parent / "tables" / f"{name}.csv")


def test_a_report_in_parts(articles, tmp_path, monkeypatch):
    """All tables are of all articles, and as in memory; the page shows whole stories."""
    monkeypatch.setattr(samples, "SHOWN", 9)
    parts = in_parts(articles, 4, tmp_path)
    source, work = tmp_path / "archive4", parts.work
    options = {"without": ["tone"], "actors": {"Farmers": ["farmers"]}}
    page = ik.report(source, tmp_path / "report", work=work, **options)
    whole = ik.report(source, tmp_path / "whole", **options)
    for name in ("counts", "keyness", "voices_by", "labels_by", "frames_by", "stories"):
        pd.testing.assert_frame_equal(csv(page, name), csv(whole, name), obj=name)
    order = ["point", "article_id", "start"]
    same(csv(page, "points"), csv(whole, "points"), order)
    pd.testing.assert_frame_equal(
        csv(page, "discrepancies"), csv(whole, "discrepancies")
    )
    text = page.read_text(encoding="utf-8")
    assert "a sample of 9 of 24 articles, whole stories" in text
    assert (
        "24 articles in all." in text and "The whole archive" not in whole.read_text()
    )


def test_a_table_that_is_not_made_in_parts_says_why(articles, tmp_path):
    """The chapters are of a sample, for which it is made."""
    corpus = ik.read(in_parts(articles, 2, tmp_path))
    files = save_tables(Measures(corpus, {"Farmers": ["farmers"]}), ["tone"], tmp_path)
    why = "not made: tone toward actors is not read in archives in parts."
    rows = files.set_index("file")["rows"]
    assert rows["actor_tone"] == rows["actor_tone_by"] == why
    assert "sentiment.csv" in rows


def test_a_report_that_was_stopped_goes_on(articles, tmp_path, monkeypatch):
    parts = in_parts(articles, 4, tmp_path)
    source, work = tmp_path / "archive4", parts.work
    out, options = tmp_path / "report", {"work": work, "only": ["words", "voices"]}

    def stopped(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("idlibkit.reporting.contents.save_tables", stopped)
        with pytest.raises(KeyboardInterrupt):
            ik.report(source, out, **options)
    assert not out.exists()
    before = {file: file.stat().st_mtime_ns for file in work.iterdir()}
    assert len(before) >= 12
    ik.report(source, out, **options)
    after = {file: file.stat().st_mtime_ns for file in work.iterdir()}
    assert before.items() <= after.items()


def test_what_cannot_be_in_parts(articles, tmp_path):
    with pytest.raises(IdlibkitError, match="work= is for a folder of tables"):
        ik.report(articles, tmp_path / "report", work=tmp_path / "work")
    with pytest.raises(IdlibkitError, match="need the column 'story'"):
        ik.points(ik.passages(in_parts(articles, 2, tmp_path)))


def test_a_killed_report_goes_on(articles, tmp_path):
    in_parts(articles, 4, tmp_path)
    source, work, out = tmp_path / "archive4", tmp_path / "kept", tmp_path / "report"
    asked = ["report", str(source), "--work", str(work), "--out", str(out)]
    asked += ["--only", "words"]
    process = subprocess.Popen([sys.executable, "-m", "idlibkit", *asked])
    while process.poll() is None and len(list(work.glob("*.parquet"))) < 6:
        time.sleep(0.01)
    process.kill()
    assert process.wait() and not out.exists()
    before = {file: file.stat().st_mtime_ns for file in work.glob("*.parquet")}
    assert main(asked) == 0
    after = {file: file.stat().st_mtime_ns for file in work.glob("*.parquet")}
    # What is only on its way into other parts goes when it has arrived.
    kept = before.items() & after.items()
    assert len(kept) >= 4 and {file for file, _ in kept} == before.keys() & after.keys()
    whole = ik.count_terms(ik.read(articles).passages)
    found = csv(out / "index.html", "counts")
    pd.testing.assert_frame_equal(found, whole, check_dtype=False)
