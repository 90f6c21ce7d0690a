"""Parts of a table in several processes: the same rows, whatever becomes of the processes."""

import os
import subprocess
import sys
import textwrap
import threading
import time
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from joblib import Parallel, delayed

import idlibkit as ik
from idlibkit.samples import synthetic_archive
from idlibkit.scale import processes
from idlibkit.scale.processes import by_parts
from idlibkit.tables import IdlibkitError

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture
def small(monkeypatch):
    """Many processes for little text."""
    monkeypatch.setattr(processes, "SHARE", 20_000)
    monkeypatch.setattr(processes, "LARGE", 1)
    monkeypatch.setattr(processes, "cores", lambda: 3)


@pytest.fixture(scope="module")
def articles():
    table = synthetic_archive(ik.read_articles(SEEDS), 80).sample(
        frac=1, random_state=0
    )
    return table.assign(
        wire=["Agency", None] * 40,
        desk=pd.Categorical(["world", None, "home", "never"] * 20),
    )


NUMBERED = pd.DataFrame(
    {"article_id": [f"{n:03d}" for n in range(60)], "text": "x" * 1000}
)


def where(part, here):
    """Whether a part is worked on in the process `here`, and its articles."""
    return os.getpid() == here, part["article_id"].tolist()


def refuse(part, here, which):
    if os.getpid() != here and which in part["article_id"].tolist():
        raise IdlibkitError("column 'x' not found in articles.")
    return part


def late(part, here, gate):
    until = time.monotonic() + 120
    while os.getpid() != here and not gate.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return part["article_id"].tolist()


def die(part, here):
    if os.getpid() != here:
        os._exit(1)
    return part["article_id"].tolist()


def test_rows_are_the_same(small, articles, monkeypatch):
    together = {function: function(articles) for function in (ik.passages, ik.quotes)}
    monkeypatch.setattr(processes, "LARGE", 10**9)
    for function, rows in together.items():
        pd.testing.assert_frame_equal(rows, function(articles))
    monkeypatch.setattr(processes, "BATCH", 20_000)
    for function, rows in together.items():
        pd.testing.assert_frame_equal(rows, function(articles))


def test_measures_in_parts_are_the_same(small, articles, monkeypatch):
    """Parts of passages end between articles, those of stories between stories."""
    story = pd.Series(np.arange(80) % 7, articles.index)
    wire = (
        "The sides of quarrel "
        + story.astype("str")
        + (
            " agreed on Monday to open the road to the border for seven trucks with food."
        )
    )
    text = articles["text"].astype("str") + "\n\n" + wire
    told = articles.assign(story=story, text=text)
    passages = ik.passages(told)
    actors = {"Turkey": ["Turkey", "Ankara"], "Syria": ["Syria", "Damascus"]}
    measures = {
        "quantities": lambda: ik.quantities(passages),
        "labels": lambda: ik.labels(passages, actors),
        "points": lambda: ik.points(passages[passages["story"] < 3]),
        "shared_text": lambda: ik.shared_text(
            told.drop(columns="raw", errors="ignore")
        ),
    }
    shared = {name: measure() for name, measure in measures.items()}
    monkeypatch.setattr(processes, "LARGE", 10**9)
    for name, measure in measures.items():
        assert len(shared[name])
        pd.testing.assert_frame_equal(shared[name], measure(), obj=name)


def test_an_article_in_two_places_is_read_whole(small, articles):
    passages = ik.passages(articles)
    apart = pd.concat([passages.iloc[::2], passages.iloc[1::2]])
    pd.testing.assert_frame_equal(ik.quantities(apart), ik.quantities(passages))


def stop(part, here):
    if os.getpid() == here and "025" in part["article_id"].tolist():
        raise KeyboardInterrupt
    return part


def test_work_that_is_stopped_leaves_the_next_as_it_was(small):
    with pytest.raises(KeyboardInterrupt):
        for _ in range(200):  # until this process has that part
            by_parts(partial(stop, here=os.getpid()), NUMBERED)
    found = by_parts(partial(where, here=os.getpid()), NUMBERED)
    assert [name for _, names in found for name in names] == NUMBERED[
        "article_id"
    ].tolist()


def test_other_processes_take_part_and_order_stays(small, monkeypatch):
    monkeypatch.setattr(processes, "SHARE", 500)
    for _ in range(600):  # until another process has started
        found = by_parts(partial(where, here=os.getpid()), NUMBERED)
        if not all(here for here, _ in found):
            break
        time.sleep(0.1)
    assert not all(here for here, _ in found)
    assert [name for _, names in found for name in names] == NUMBERED[
        "article_id"
    ].tolist()


def test_an_error_comes_through_as_it_is(small):
    by_parts(partial(where, here=os.getpid()), NUMBERED)
    with pytest.raises(IdlibkitError, match=r"^column 'x' not found in articles\.$"):
        by_parts(partial(refuse, here=os.getpid(), which="025"), NUMBERED)
        by_parts(partial(refuse, here=-1, which="025"), NUMBERED)


def test_processes_that_come_too_late_are_not_waited_for(small, tmp_path):
    gate, begin = tmp_path / "gate", time.monotonic()
    found = by_parts(partial(late, here=os.getpid(), gate=gate), NUMBERED)
    assert time.monotonic() - begin < 60, "the others wait for two minutes"
    gate.touch()
    assert [name for names in found for name in names] == NUMBERED[
        "article_id"
    ].tolist()


def test_a_process_that_ends_loses_nothing(small):
    found = by_parts(partial(die, here=os.getpid()), NUMBERED)
    assert [name for names in found for name in names] == NUMBERED[
        "article_id"
    ].tolist()
    assert len(by_parts(partial(where, here=os.getpid()), NUMBERED)) == len(found), (
        "and the next call has new ones"
    )


@pytest.mark.parametrize(
    "error", [OSError, RuntimeError, ImportError, NotImplementedError]
)
def test_where_no_process_can_be_started(small, monkeypatch, recwarn, error):
    def none(*_, **__):
        raise error

    processes._executor.cache_clear()
    monkeypatch.setattr("joblib.externals.loky.ProcessPoolExecutor", none)
    found = by_parts(partial(where, here=os.getpid()), NUMBERED)
    assert all(here for here, _ in found) and not recwarn.list


def test_work_that_is_shared_out_already_is_not_shared_again():
    assert processes._is_alone()
    assert Parallel(n_jobs=2)(delayed(processes._is_alone)() for _ in range(2)) == [
        False,
        False,
    ]
    found = []
    thread = threading.Thread(target=lambda: found.append(processes._is_alone()))
    thread.start()
    thread.join()
    assert found == [False]


def test_what_is_said_of_a_column_is_said_once(small, articles):
    with pytest.warns(ik.IdlibkitWarning) as said:
        ik.passages(articles.assign(voice="x"))
    assert [str(one.message)[:34] for one in said] == [
        "column 'voice' of articles is left"
    ]


@pytest.mark.parametrize("way", ["file", "typed"])
def test_a_script_needs_no_guard(way, tmp_path):
    script = textwrap.dedent(
        """
        import pandas as pd
        import idlibkit as ik
        from idlibkit.scale import processes

        processes.SHARE, processes.LARGE, processes.cores = 40_000, 1, lambda: 2
        text = "The talks failed. “We will come back on Friday,” Ann Lee said. " * 30
        articles = pd.DataFrame({"article_id": [f"{n:03d}" for n in range(200)], "outlet": "Gazette", "text": text})
        print(len(ik.passages(articles)))
        """
    )
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    command = [sys.executable, *(["script.py"] if way == "file" else ["-c", script])]
    paths = os.pathsep.join(
        [str(Path(ik.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    )
    env = {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env=env, timeout=300
    )
    assert (done.stdout.strip(), done.stderr) == (str(200 * 90), "")


def test_parts_are_whole_articles(monkeypatch):
    monkeypatch.setattr(processes, "BATCH", 500_000)
    table = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "text": ["x" * 400_000, "x" * 200_000, None, "x" * 900_000],
        }
    )
    assert by_parts(lambda part: part["article_id"].tolist(), table) == [
        ["a"],
        ["b", "c"],
        ["d"],
    ]
    assert by_parts(len, table.head(0)) == [0]
    assert by_parts(lambda part: part.index.tolist(), table.iloc[::-1]) == [
        [0],
        [0, 1],
        [0],
    ]
    assert np.concatenate(
        by_parts(lambda part: part["article_id"], table.iloc[::-1])
    ).tolist() == list("dcba")


def test_clauses_are_the_same_in_several_processes(articles, monkeypatch):
    passages, actors = ik.passages(articles.head(30)), SEEDS / "actors.toml"
    alone = ik.agency(passages, actors=actors)
    monkeypatch.setattr(processes, "SHARE", 20_000)
    monkeypatch.setattr(processes, "LARGE", 60_000)
    monkeypatch.setattr(processes, "cores", lambda: 2)
    pd.testing.assert_frame_equal(ik.agency(passages, actors=actors), alone)
