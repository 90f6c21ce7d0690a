"""An archive in files, part by part: what one table gives, taken up after a stop."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.samples import synthetic_archive
from idlibkit.scale import Parts, part_files
from idlibkit.tables import IdlibkitError, collected_notes

SEEDS = Path(__file__).parents[1] / "seeds"
ACTORS = {"Turkey": ["Turkey", "Ankara"]}


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    return synthetic_archive(ik.read_articles(SEEDS), 24)


@pytest.fixture
def archive(articles, tmp_path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(4):
        part = articles.iloc[6 * number : 6 * number + 6]
        part.to_parquet(folder / f"{number}.parquet")
    return folder


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        found.reset_index(drop=True), expected.reset_index(drop=True), check_dtype=False
    )


def test_parts_give_what_one_table_gives(archive, tmp_path):
    parts = ik.read_in_parts(archive, work=tmp_path / "work")
    assert isinstance(parts, Parts) and len(parts) == 4
    articles = ik.read_articles(archive)
    whole, passages = ik.passages(articles), ik.passages(parts)
    same(passages.to_pandas()[whole.columns], whole)
    same(ik.quotes(parts).to_pandas(), ik.quotes(articles))
    same(
        ik.labels(passages, ACTORS).to_pandas()[["text"]],
        ik.labels(whole, ACTORS)[["text"]],
    )
    counts = ik.count_terms(passages, ngram_range=(1, 2))
    same(counts, ik.count_terms(whole, ngram_range=(1, 2)))
    same(ik.keyness(counts), ik.keyness(ik.count_terms(whole, ngram_range=(1, 2))))
    tone = ik.sentiment_by(ik.sentiment(passages))
    same(tone, ik.sentiment_by(ik.sentiment(whole)))


def test_work_that_was_stopped_is_taken_up_again(archive, tmp_path, monkeypatch):
    work, read = tmp_path / "work", []

    def stopped(file, columns):
        if len(read) == 2:
            raise KeyboardInterrupt
        read.append(file.name)
        return ik.read_articles(file)

    monkeypatch.setattr("idlibkit.reading.archive._articles", stopped)
    with pytest.raises(KeyboardInterrupt):
        ik.read_in_parts(archive, work=work)
    assert len(list(work.iterdir())) == 2  # whole files, and nothing half written
    read[:] = ["again"]
    with pytest.raises(KeyboardInterrupt):
        ik.read_in_parts(archive, work=work)
    assert read == ["again", "2.parquet"]
    read.clear()
    assert len(ik.read_in_parts(archive, work=work)) == 4 and read == ["3.parquet"]


def test_only_what_has_changed_is_made_again(articles, archive, tmp_path):
    work = tmp_path / "work"
    ik.passages(ik.read_in_parts(archive, work=work))
    before = {file.name: file.stat().st_mtime_ns for file in work.iterdir()}
    assert len(before) == 8
    articles.head(3).to_parquet(archive / "1.parquet")
    ik.passages(ik.read_in_parts(archive, work=work))
    after = {file.name: file.stat().st_mtime_ns for file in work.iterdir()}
    assert len(after) == 10 and before.items() <= after.items()


def test_options_are_part_of_the_name(archive, tmp_path):
    parts = ik.read_in_parts(archive, work=tmp_path / "work")
    passages = ik.passages(parts)
    marks = ik.passages(parts, speakers=False)
    assert not {*passages.files} & {*marks.files}
    actors = tmp_path / "actors.toml"
    actors.write_text('Turkey = ["Turkey"]')
    one = ik.labels(passages, actors)
    actors.write_text('Turkey = ["Ankara"]')
    assert not {*one.files} & {*ik.labels(passages, actors).files}


def test_an_article_in_two_files_is_refused(articles, archive, tmp_path):
    articles.head(1).to_parquet(archive / "5.parquet")
    passages = ik.passages(ik.read_in_parts(archive, work=tmp_path / "work"))
    with pytest.raises(IdlibkitError, match="more than one"):
        ik.count_terms(passages)


def test_no_folder_and_no_table(tmp_path):
    with pytest.raises(IdlibkitError, match="there is no folder"):
        ik.read_in_parts(tmp_path / "none", work=tmp_path)
    with pytest.raises(IdlibkitError, match="no table found"):
        ik.read_in_parts(tmp_path, work=tmp_path / "work")


def test_a_file_is_whole_or_not_there(tmp_path):
    def broken():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        part_files.stored_parts({"a": broken}, tmp_path / "work", "x")
    assert list((tmp_path / "work").iterdir()) == []


def test_a_file_of_one_outlet_is_no_doubt(archive, tmp_path):
    for file in archive.iterdir():
        table = pd.read_parquet(file).assign(outlet=f"Outlet {file.stem}")
        table.to_parquet(file)
    with collected_notes() as notes:
        ik.read_in_parts(archive, work=tmp_path / "work")
    assert not [str(note) for note in notes if "one outlet" in str(note)]
