"""Dask: what pandas says, on a real cluster of two worker processes, with one of them killed, and larger than its memory."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.samples import synthetic_archive
from idlibkit.scale import processes
from idlibkit.story import near_days
from idlibkit.tables import IdlibkitError

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
dd = pytest.importorskip("dask.dataframe")

SEEDS = Path(__file__).parents[1] / "seeds"
MEMORY = 550  # MB a worker may use; some 250 of them are the process with its libraries


@pytest.fixture(scope="module")
def client():
    # A worker short of memory is ended, and the test fails; by default it would wait for ever.
    with dask.config.set({"distributed.worker.memory.pause": False}):
        cluster = distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            memory_limit=f"{MEMORY}MB",
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        )
    with cluster, distributed.Client(cluster, set_as_default=False) as client:
        yield client


@pytest.fixture
def on_cluster(client):
    with client.as_current():
        yield client


@pytest.fixture(scope="module")
def articles():
    """Articles with columns of many types, some values missing, and ids that are not in the order of rows."""
    table = synthetic_archive(ik.read_articles(SEEDS), 60)
    table["article_id"] = "n" + pd.Series(
        np.random.default_rng(0).permutation(60)
    ).astype(str)
    table["wire"] = pd.Series(["Agency", None, None] * 20, dtype="str")
    table["desk"] = pd.Categorical(
        ["world", "home", None] * 20, categories=["world", "home", "never"]
    )
    table.loc[7, "published"] = pd.NaT
    table.loc[8, "text"] = None
    return table.sort_values("article_id", ignore_index=True)


@pytest.fixture(scope="module")
def scores(articles):
    return ik.sentiment(ik.passages(articles))


def same(ours, pandas):
    pd.testing.assert_frame_equal(
        ours.reset_index(drop=True),
        pandas.reset_index(drop=True),
        rtol=1e-9,
        atol=1e-12,
    )


def parts(table, n):
    """A Dask DataFrame of whole articles, without the order of the rows."""
    return dd.from_pandas(table, npartitions=n, sort=False)


def test_passages_and_sentiment(on_cluster, articles, scores):
    lazy = ik.sentiment(ik.passages(parts(articles, 4)))
    assert isinstance(lazy, dd.DataFrame) and lazy.npartitions == 4
    assert lazy._meta.dtypes.drop("desk").equals(scores.dtypes.drop("desk"))
    same(lazy.compute(), scores)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"by": ["outlet", "voice"], "ngram_range": (1, 2), "min_count": 3},
        {"by": "speaker", "stop_words": None},
        {
            "by": ["desk", "month"],
            "stop_words": ["the", "a"],
            "spelling": {"attack": "assault"},
        },
        {"by": "wire", "ngram_range": (2, 3)},
    ],
    ids=str,
)
def test_counts(on_cluster, articles, scores, options):
    ours = ik.count_terms(ik.passages(parts(articles, 5)), **options)
    pandas = ik.count_terms(scores, **options)
    pd.testing.assert_frame_equal(ours, pandas)
    assert len(pandas) > 30


def test_a_term_is_kept_by_its_total(on_cluster):
    table = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "outlet": "Gazette",
            "text": ["rare"] * 3 + ["once"],
        }
    )
    counts = ik.count_terms(dd.from_pandas(table, npartitions=4), min_count=3)
    assert counts[
        ["term", "count", "n_articles", "n_paragraphs"]
    ].to_numpy().tolist() == [["rare", 3, 3, 3]]


@pytest.mark.parametrize(
    ("by", "units"),
    [("outlet", {"article"}), (["outlet", "voice"], {"article"}), ("desk", {"article"}), ("speaker", {"article", "paragraph"}), (["month", "wire"], {"article", "paragraph"})],
)  # fmt: skip
def test_means_of_sentiment(on_cluster, articles, scores, by, units):
    ours = ik.sentiment_by(
        ik.sentiment(ik.passages(parts(articles, 5))), by=by, n_boot=200
    )
    assert set(ours["unit"]) == units
    same(ours, ik.sentiment_by(scores, by=by, n_boot=200))


def test_a_table_with_text_alone(on_cluster):
    texts = [
        "It was a very good year.",
        "It was a bad year for all.",
        None,
        "What a horrible, horrible day it was!",
    ] * 3
    table = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(12)],
            "outlet": list("AAAABBBBCCCC"),
            "text": texts,
        }
    )
    lazy = ik.sentiment(
        dd.from_pandas(table, npartitions=3),
        lexicon={"good": 2, "bad": -2, "horrible": -3},
    )
    pandas = ik.sentiment(table, lexicon={"good": 2, "bad": -2, "horrible": -3})
    same(lazy.compute(), pandas)
    same(ik.sentiment_by(lazy), ik.sentiment_by(pandas))


def test_without_a_cluster(articles, scores):
    lazy = ik.passages(parts(articles, 3))
    pd.testing.assert_frame_equal(ik.count_terms(lazy), ik.count_terms(scores))
    same(ik.sentiment_by(ik.sentiment(lazy)), ik.sentiment_by(scores))


def test_voices_by_marks_alone_and_one_process_a_worker(on_cluster, articles):
    lazy = ik.passages(parts(articles, 3), speakers=False)
    same(lazy.compute(), ik.passages(articles, speakers=False))
    assert not on_cluster.submit(processes._is_alone).result(), (
        "a worker has its share already"
    )
    assert not dask.delayed(processes._is_alone)().compute(scheduler="threads")


def test_through_parquet_and_out_of_order(on_cluster, articles, scores, tmp_path):
    ik.passages(parts(articles.sample(frac=1, random_state=1), 3)).to_parquet(
        tmp_path / "passages"
    )
    stored = dd.read_parquet(tmp_path / "passages")
    counts = ik.count_terms(stored, by=["outlet", "month", "speaker"])
    pd.testing.assert_frame_equal(
        counts, ik.count_terms(scores, by=["outlet", "month", "speaker"])
    )
    same(ik.sentiment_by(ik.sentiment(stored)), ik.sentiment_by(scores))


def test_categories_that_differ_between_parts(on_cluster):
    tables = [
        pd.DataFrame(
            {
                "article_id": [name],
                "outlet": pd.Categorical([outlet]),
                "text": ["war and peace"],
            }
        )
        for name, outlet in (("a", "Z"), ("b", "A"), ("c", "Z"))
    ]
    table = dd.from_map(
        lambda which: tables[which],
        range(3),
        meta=tables[0].iloc[:0].astype({"outlet": "category"}),
    )
    counts = ik.count_terms(table)
    assert counts[["outlet", "term", "count"]].astype({"outlet": str}).sort_values(["outlet", "term"]).to_numpy().tolist() == [
        ["A", "peace", 1], ["A", "war", 1], ["Z", "peace", 2], ["Z", "war", 2],
    ]  # fmt: skip


def test_an_article_in_two_partitions_is_named_and_can_be_mended(on_cluster, scores):
    cut = dd.from_pandas(scores, npartitions=4, sort=False)
    for function in (ik.count_terms, ik.sentiment_by):
        with pytest.raises(
            IdlibkitError,
            match=r"article_id 'n\d+'.* is in more than one partition.*shuffle",
        ):
            function(cut)
    whole = cut.shuffle("article_id")
    pd.testing.assert_frame_equal(ik.count_terms(whole), ik.count_terms(scores))
    same(ik.sentiment_by(whole), ik.sentiment_by(scores))


def test_errors_are_those_of_pandas(on_cluster, articles):
    lazy = parts(articles, 2)
    with pytest.raises(IdlibkitError, match="column 'outlet' not found"):
        ik.passages(lazy.drop(columns="outlet"))
    with pytest.raises(IdlibkitError, match="Did you mean 'outlet'"):
        ik.count_terms(ik.passages(lazy), by="outlets")
    with pytest.raises(IdlibkitError, match="make it with sentiment"):
        ik.sentiment_by(ik.passages(lazy))
    with pytest.raises(IdlibkitError, match="lexicon='liwc'"):
        ik.sentiment(ik.passages(lazy), lexicon="liwc")
    twice = dd.from_pandas(
        pd.concat([articles.head(1)] * 2, ignore_index=True), npartitions=1
    )
    with pytest.raises(IdlibkitError, match="stands more than once"):
        ik.count_terms(ik.passages(twice))


def test_a_killed_worker_loses_nothing(on_cluster, articles, scores):
    """One of the two processes dies while it works: its part is done again, and all numbers are the same."""
    many = pd.concat(
        [articles.assign(article_id=articles["article_id"] + f"-{i}") for i in range(4)]
    )
    lazy = ik.passages(parts(many, 24))
    before = on_cluster.run(os.getpid)
    killed = []

    def kill_when_half_done():
        until = time.time() + 60
        while time.time() < until and not killed:
            done = on_cluster.run_on_scheduler(
                lambda dask_scheduler: sum(task.state in ("memory", "released", "forgotten") and task.nbytes > 0 for task in dask_scheduler.tasks.values())
            )  # fmt: skip
            if done >= 6:
                victim = next(iter(before.values()))
                os.kill(
                    victim,
                    signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL,
                )
                killed.append(victim)
            time.sleep(0.01)

    thread = threading.Thread(target=kill_when_half_done)
    thread.start()
    counts = ik.count_terms(lazy)
    thread.join()
    assert killed, "the computation ended before the worker could be killed"
    on_cluster.wait_for_workers(2, timeout=30)
    assert set(on_cluster.run(os.getpid).values()) != set(before.values())
    once = ik.count_terms(scores)
    numbers = ["count", "n_articles", "n_paragraphs"]
    pd.testing.assert_frame_equal(counts, once.assign(**(once[numbers] * 4)))


def test_an_archive_larger_than_the_workers_memory(on_cluster, tmp_path):
    """Pages of 2 MB, as with pictures inside them: in all more than a worker may use at any time."""
    source = synthetic_archive(ik.read_articles(SEEDS), 20)
    picture = "\n" + ("-" * 99_999 + "\n") * 20
    for i in range(70):
        part = source.iloc[i % 5 :: 5].assign(
            article_id=lambda part, i=i: part["article_id"] + f"-{i}"
        )
        part.assign(raw=part["text"] + picture).drop(columns="text").to_parquet(
            tmp_path / f"{i:02d}.parquet"
        )
    archive = dd.read_parquet(
        tmp_path, columns=["article_id", "outlet", "raw"], aggregate_files=False
    )
    assert archive.npartitions == 70
    assert 70 * 4 * len(picture) > MEMORY * 1e6
    before = on_cluster.run(os.getpid)
    counts = ik.count_terms(ik.passages(archive))
    once = ik.count_terms(ik.passages(source))
    numbers = ["count", "n_articles", "n_paragraphs"]
    pd.testing.assert_frame_equal(counts, once.assign(**(once[numbers] * 14)))
    assert on_cluster.run(os.getpid) == before, (
        "a worker used more than it may, and was ended"
    )


def test_nothing_is_shown_where_nobody_watches(
    on_cluster, articles, capfd, monkeypatch
):
    lazy = ik.passages(parts(articles, 3))
    ik.count_terms(lazy)
    assert capfd.readouterr() == ("", "")
    monkeypatch.setattr("idlibkit.scale.cluster.PATIENCE", 0.01)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ik.count_terms(lazy, by="voice")
    out, err = capfd.readouterr()
    assert out == "" and "% Completed" in err


def test_progress_without_a_cluster(articles, capfd, monkeypatch):
    monkeypatch.setattr("idlibkit.scale.cluster.PATIENCE", 0.01)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    ik.sentiment_by(ik.sentiment(ik.passages(parts(articles, 3))), n_boot=100)
    out, err = capfd.readouterr()
    assert out == "" and "% Completed" in err


def test_a_synthetic_archive_repeats_nothing():
    source = ik.read_articles(SEEDS)
    archive = synthetic_archive(source, 150)
    assert archive["article_id"].is_unique and archive["text"].is_unique
    pd.testing.assert_frame_equal(synthetic_archive(source, 40), archive.head(40))
    assert (
        synthetic_archive(source, 40, seed=1)["text"] != archive["text"].head(40)
    ).all()
    lines = archive["text"].str.split("\n\n").explode()
    assert lines.is_unique
    known = {word for text in source["text"] for word in text.split()}
    assert all(
        word in known or word.removesuffix(".") in known
        for word in set(" ".join(lines).split())
    )
    with pytest.raises(IdlibkitError, match="too few words"):
        synthetic_archive(
            pd.DataFrame({"text": ["one two three four five six seven eight."]}), 3
        )
    with pytest.raises(IdlibkitError, match="no line of articles has 8 words"):
        synthetic_archive(pd.DataFrame({"text": ["Too short."]}), 3)


def test_row_functions_take_dask_tables():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["A", "B"],
            "published": ["2021-03-04", "2021-04-05T10:00:00Z"],
            "text": [
                "Ida Poe said the talks failed. Two men were hurt.",
                "“We will be back on Friday,” Ida Poe told reporters.",
            ],
        }
    )
    many = dd.from_pandas(articles, npartitions=2)
    passages, parted = ik.passages(articles), ik.passages(many)
    assert passages["month"].unique().tolist() == ["2021-03", "2021-04"]
    actors = {"Poe": ["Ida Poe"]}
    pairs = [(ik.quotes(many), ik.quotes(articles))]
    pairs += [(f(parted), f(passages)) for f in (ik.quantities, ik.frames)]
    pairs += [(ik.labels(parted, actors), ik.labels(passages, actors))]
    clauses = ik.agency(parted, actors=actors), ik.agency(passages, actors=actors)
    pairs += [clauses]
    for of_dask, of_pandas in pairs:
        assert of_dask.columns.tolist() == of_pandas.columns.tolist()
        out = of_dask.compute().reset_index(drop=True)
        pd.testing.assert_frame_equal(out, of_pandas, check_dtype=False)


def test_stories_and_points_though_a_worker_is_killed(on_cluster, monkeypatch):
    """Blocks of neighbouring days, then points within stories; one of two workers is killed at the start and half-way."""
    monkeypatch.setattr(near_days, "BLOCK", 60)
    articles = synthetic_archive(ik.read_articles(SEEDS), 240)
    articles["published"] += pd.to_timedelta(np.arange(240) // 6 * 4, unit="D")
    lazy = parts(articles, 6)
    killed = []

    def kill_in_turn():
        for seconds in (0.5, 3):
            time.sleep(seconds)
            victim = max(on_cluster.run(os.getpid).values())
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    thread = threading.Thread(target=kill_in_turn)
    thread.start()
    events = ik.stories(lazy)
    joined = lazy.merge(events[["article_id", "story"]], on="article_id")
    found = ik.points(ik.passages(joined)).compute()
    thread.join()
    assert len(killed) == 2
    whole = ik.stories(articles)
    order = ["article_id"]
    same(events.sort_values(order), whole.sort_values(order))
    told = articles.merge(whole[["article_id", "story"]], on="article_id")
    order = ["point", "article_id", "start"]
    same(found.sort_values(order), ik.points(ik.passages(told)).sort_values(order))
