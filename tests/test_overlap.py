from __future__ import annotations

import random
from collections import Counter

import growth
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idlibkit.story.alignment import Piece, segments
from idlibkit.story.exclusion import covered, without_shared
from idlibkit.story.shared import shared_text
from idlibkit.tables import IdlibkitError
from idlibkit.text.words import tokenize

WIRE = (
    "The two sides agreed on Monday to open the road to the border for seven trucks"
    " with food and medicine, a spokesman for the relief agency said."
)


def table(texts: dict[str, str], **columns: list) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": list(texts),
            "outlet": [name[0] for name in texts],
            "text": list(texts.values()),
            **columns,
        }
    )


def shared_runs(a: list[str], b: list[str], k: int) -> set[int]:
    """Places of `a` from which on k words stand in `b` too: the plain comparison of
    everything with everything.
    """
    windows = {tuple(b[i : i + k]) for i in range(len(b) - k + 1)}
    return {i for i in range(len(a) - k + 1) if tuple(a[i : i + k]) in windows}


def test_word_for_word_with_places():
    articles = table(
        {"a1": "Rain fell.\n\n" + WIRE, "b1": WIRE + " More is to follow."}
    )
    found = shared_text(articles)
    assert len(found) == 1
    row = found.iloc[0]
    assert row["text_a"] == row["text_b"] == WIRE[:-1]
    assert (row["n_words"], row["similarity"], row["changes"]) == (27, 1.0, "")
    for side, i in (("a", 0), ("b", 1)):
        assert (
            articles["text"][i][row[f"start_{side}"] : row[f"end_{side}"]]
            == row[f"text_{side}"]
        )


def test_typography_and_case_do_not_count_as_changes():
    odd = (
        WIRE.replace("The two", "THE TWO")
        .replace("relief agency", "Relief Agency\u2019s")
        .replace("medicine", "m\u00e9dicine")
    )
    found = shared_text(table({"a": WIRE, "b": odd}))
    assert found["changes"].tolist() == [""]
    assert found["n_words"].tolist() == [27]


def test_words_changed_are_named():
    other = (
        WIRE.replace("seven", "eight")
        .replace("on Monday ", "")
        .replace("said.", "said late on Tuesday.")
    )
    found = shared_text(table({"a": WIRE, "b": other}))
    assert found["changes"].tolist() == ["− on Monday; seven → eight"]
    assert found["n_words"].tolist() == [24]
    assert found["similarity"].round(3).tolist() == [round(2 * 24 / (27 + 25), 3)]


def test_an_edited_copy_without_a_run_of_min_words_is_found():
    words = WIRE[:-1].split()
    for i in (5, 12, 19):
        words[i] = "otherwise"
    other = " ".join(words)
    assert not shared_runs(tokenize(WIRE), tokenize(other), 12)
    found = shared_text(table({"a": WIRE, "b": other}))
    assert found["n_words"].tolist() == [24]


def test_a_passage_goes_on_behind_an_edit():
    tail = (
        " The first of them is to cross at dawn, if the weather holds and the guns stay"
        " silent."
    )
    found = shared_text(table({"a": WIRE + tail, "b": WIRE + " Really." + tail}))
    assert found["changes"].tolist() == ["+ Really"]
    assert found["n_words"].tolist() == [27 + 18]


def test_paragraphs_may_be_cut_elsewhere():
    found = shared_text(
        table({"a": WIRE, "b": WIRE.replace("for seven", "for\n\nseven")})
    )
    assert found["n_words"].tolist() == [27]


def test_a_moved_paragraph_is_a_row_of_its_own():
    second = (
        "Nobody in the town had slept that night, and few believed what the radio told"
        " them at breakfast."
    )
    found = shared_text(
        table({"a": WIRE + "\n\n" + second, "b": second + "\n\n" + WIRE})
    )
    assert found["n_words"].tolist() == [27, 18]


def test_pairs_within_an_outlet_and_short_runs():
    articles = table(
        {"a1": WIRE, "a2": WIRE, "b": "Seven trucks with food and medicine came."}
    )
    found = shared_text(articles)
    assert found[["article_id_a", "article_id_b"]].to_numpy().tolist() == [["a1", "a2"]]
    assert len(shared_text(articles, min_words=6)) == 3


def test_nothing_shared_and_nothing_there():
    for texts in (
        {"a": "Rain fell all day."},
        {"a": "", "b": ""},
        {"a": "Rain fell.", "b": "Snow fell."},
        {},
    ):
        found = shared_text(table(texts))
        assert len(found) == 0
        assert "similarity" in found and found["start_a"].dtype == np.int64


@pytest.mark.parametrize(
    ("columns", "origin", "reason"),
    [
        ({"wire": ["Reuters", None]}, "wire", "a is credited to Reuters"),
        (
            {"wire": [None, "AFP"], "published": ["2020-01-01", "2020-01-09"]},
            "wire",
            "b is credited to AFP",
        ),
        ({"wire": ["AFP", "AFP"]}, "wire", "both are credited to AFP"),
        ({"published": ["2020-02-01", "2020-01-30"]}, "b", "b is dated 2 days earlier"),
        (
            {"published": ["2020-02-01 08:00", "2020-02-01 20:00"]},
            None,
            "no agency credit, and dated less than a day apart",
        ),
        (
            {"published": ["2020-02-01", None]},
            None,
            "no agency credit, and no date for both",
        ),
        (
            {"published": ["2020-02-01 08:00", "2020-02-01 10:00"], "zone": ["Z", "Z"]},
            "a",
            "a is dated hours earlier",
        ),
    ],
)
def test_likely_direction(columns, origin, reason):
    if "published" in columns:
        columns = {
            **columns,
            "published": pd.to_datetime(columns["published"], format="ISO8601"),
        }
    row = shared_text(table({"a": WIRE, "b": WIRE}, **columns)).iloc[0]
    assert row["origin_reason"] == reason
    assert row["origin"] == origin if origin else pd.isna(row["origin"])


def test_only_articles_of_one_story_are_compared():
    words = WIRE[:-1].split()
    for place in (5, 12, 19):
        words[place] = "otherwise"
    edited = " ".join(words)
    texts = {"a": WIRE, "b": WIRE, "c": edited, "d": WIRE}
    assert len(shared_text(table(texts))) == 6
    found = shared_text(table(texts, story=[7, 4, 7, 4]))
    pairs = ["story", "article_id_a", "article_id_b"]
    assert found[pairs].to_numpy().tolist() == [[7, "a", "c"], [4, "b", "d"]]
    with pytest.raises(IdlibkitError, match="'story' of articles is missing in 1 of 4"):
        shared_text(table(texts, story=[7, 4, None, 4]))


def test_the_order_of_rows_and_the_index_do_not_matter():
    articles = table(
        {
            "c": WIRE,
            "a": WIRE + " And so on.",
            "b": "Once more: " + WIRE,
            "d": "Nothing of the kind.",
        }
    )
    before = articles.copy()
    expected = shared_text(articles)
    assert len(expected) == 3
    pd.testing.assert_frame_equal(articles, before)
    mixed = articles.sample(frac=1, random_state=3).set_index(pd.Index([9, 9, 4, 1]))
    pd.testing.assert_frame_equal(shared_text(mixed), expected)


def test_text_in_many_articles_is_paired_with_the_earliest_only():
    n = 60
    articles = table(
        {f"{i:02d}": WIRE for i in range(n)},
        published=list(pd.date_range("2020-03-01", periods=n)[::-1]),
    )
    found = shared_text(articles)
    assert len(found) == n - 1
    assert set(found["article_id_b"]) == {"59"}


def test_repetition_without_end_grows_with_the_text():
    def shared(n: int) -> None:
        articles = table(
            {"a": "spam " * n, "b": "spam " * (n - 9), "c": "spam, egg " * (n // 2)}
        )
        found = shared_text(articles)
        pairs = zip(found["article_id_a"], found["article_id_b"], strict=True)
        assert set(pairs) == {("a", "b")}

    growth.linear(shared, 100_000)


def test_errors_say_what_to_do():
    with pytest.raises(IdlibkitError, match="5 or more"):
        shared_text(table({"a": WIRE}), min_words=3)
    with pytest.raises(IdlibkitError, match="'a' stands more than once"):
        shared_text(pd.concat([table({"a": WIRE}), table({"a": WIRE})]))
    with pytest.raises(IdlibkitError, match="outlet"):
        shared_text(table({"a": WIRE}).drop(columns="outlet"))


@settings(derandomize=True)
@given(st.integers(0, 10**6), st.integers(2, 40))
def test_every_exact_run_is_found(seed, vocabulary):
    rng = random.Random(seed)
    words = [f"w{i}" for i in range(vocabulary)]
    texts = {}
    pool = [[rng.choice(words) for _ in range(rng.randint(4, 30))] for _ in range(6)]
    for name in "abc":
        parts = [
            rng.choice(pool) if rng.random() < 0.5 else rng.choices(words, k=5)
            for _ in range(6)
        ]
        texts[name] = " ".join(word for part in parts for word in part)
    found = shared_text(table(texts), min_words=8)
    assert (found["n_words"] >= 8).all() and (found["similarity"] > 2 / 3).all()
    for x, y in (("a", "b"), ("a", "c"), ("b", "c")):
        first, second = texts[x].split(), texts[y].split()
        rows = found[(found["article_id_a"] == x) & (found["article_id_b"] == y)]
        runs = shared_runs(first, second, 8)
        if not runs:
            continue
        places = np.cumsum([0, *(len(word) + 1 for word in first)])
        covered = np.zeros(len(texts[x]) + 1, bool)
        for row in rows.itertuples():
            assert texts[x][row.start_a : row.end_a] == row.text_a
            covered[row.start_a : row.end_a] = True
        windows = Counter(
            tuple(side[i : i + 8])
            for side in (first, second)
            for i in range(len(side) - 7)
        )
        for i in runs:
            # Where a run repeats, or overlaps itself as runs of few words do, one of
            # its places stands for all.
            if vocabulary >= 20 and windows[tuple(first[i : i + 8])] == 2:
                assert covered[places[i] : places[i + 8] - 1].mean() > 0.5
        assert len(rows)


def test_maximal_scoring_runs_by_hand():
    # the example of Ruzzo & Tompa (1999), section 2: 4 -5 3 -3 1 2 -2 2 -2 1 5 has runs
    # [4], [3], [1 2 -2 2 -2 1 5]
    scores = [4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5]
    pieces, at = [], 0
    for score in scores:
        pieces.append(Piece(score > 0, at, at + abs(score), at, at + max(0, score)))
        at += abs(score)
    runs = [[scores[pieces.index(p)] for p in run] for run in segments(pieces)]
    assert runs == [[4], [3], [1, 2, -2, 2, -2, 1, 5]]


def test_without_shared_drops_both_copies_across_outlets_only():
    articles = table(
        {"a1": WIRE, "a2": WIRE + " One more.", "b": "Rain fell all day long."},
        published=list(pd.to_datetime(["2020-01-05", "2020-01-01", "2020-01-01"])),
    )
    passages = pd.DataFrame(
        [
            ("a1", 0, len(WIRE)),
            ("a2", 0, len(WIRE)),
            ("a2", len(WIRE) + 1, len(WIRE) + 10),
            ("b", 0, 24),
        ],
        columns=["article_id", "start", "end"],
    )
    kept = without_shared(passages, shared_text(articles))
    assert kept.index.tolist() == [1, 2, 3]  # the outlet's own earlier copy stays
    articles.loc[articles["article_id"] == "b", "text"] = WIRE
    kept = without_shared(passages, shared_text(articles))
    assert kept.index.tolist() == [2]
    assert without_shared(passages, shared_text(articles[:0])).equals(passages)


def test_a_passage_does_not_reach_over_a_removed_line(monkeypatch):
    from idlibkit.story import stream

    whole = stream.lines
    monkeypatch.setattr(
        stream,
        "lines",
        lambda articles: whole(articles).assign(kept=lambda page: page["line"] != 2),
    )
    text = "\n\n".join(
        [WIRE, "An appeal to the reader.", WIRE.replace("Monday", "Tuesday")]
    )
    found = shared_text(table({"a": text, "b": text}))
    assert found["n_words"].tolist() == [27, 27]
    assert not found["text_a"].str.contains("appeal").any()


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12)), max_size=8)


@given(spans, spans)
def test_cover_is_what_counting_says(shared, asked):
    low, length = (np.array([s[i] for s in shared], np.int64) for i in (0, 1))
    start, size = (np.array([s[i] for s in asked], np.int64) for i in (0, 1))
    seen = {place for a, n in shared for place in range(a, a + n)}
    expected = [len(seen & set(range(a, a + n))) for a, n in asked]
    assert covered(low, low + length, start, start + size).tolist() == expected
