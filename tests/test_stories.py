"""stories: articles that tell one event, whatever the order of rows, with and without
days. The articles are made up.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from idlibkit import points, stories
from idlibkit.story.linkage import Pairs, average_linkage
from idlibkit.story.vectors import FEATURES, article_vectors
from idlibkit.tables import IdlibkitError

FLOOD = [
    "Floods broke the Arden dam on Monday and drowned eight farmers, officials said."
    " Rescue boats searched the valley for survivors while schools stayed closed.",
    "Eight farmers drowned when the dam at Arden broke in floods. Boats went through"
    " the valley in search of survivors; every school is closed.",
    "The Arden dam gave way to floods on Monday. Eight farmers are dead, and rescue"
    " boats look for survivors in the valley.",
]
STRIKE = [
    "Bus drivers in Lund walked out on Monday over pay. The union wants nine percent;"
    " the city offers three and calls the strike reckless.",
    "A strike by bus drivers stopped Lund's morning traffic. Their union demands nine"
    " percent more pay, three times what the city offers.",
]
ALONE = [
    "Traders expect higher prices for wheat after a dry spring in the northern plains.",
    "A violin competition drew young players from abroad to the concert hall.",
]


def table(texts: list[str], days: list[str | None] | None = None) -> pd.DataFrame:
    out = pd.DataFrame(
        {
            "article_id": [f"n{i}" for i in range(len(texts))],
            "outlet": [f"Outlet {i % 3}" for i in range(len(texts))],
            "text": texts,
        }
    )
    if days is not None:
        out["published"] = days
    return out


def groups(found: pd.DataFrame) -> set[frozenset[str]]:
    by_story = found.groupby("story")["article_id"].agg(frozenset)
    return set(by_story)


def names(*numbers: int) -> frozenset[str]:
    return frozenset(f"n{i}" for i in numbers)


TOLD = [*FLOOD, *STRIKE, *ALONE]
EVENTS = {names(0, 1, 2), names(3, 4), names(5), names(6)}


def test_articles_of_one_event_are_one_story_with_and_without_days():
    undated = stories(table(TOLD))
    assert groups(undated) == EVENTS
    assert set(undated["used"]) == {"words"} and undated["published"].isna().all()
    dated = stories(table(TOLD, ["2020-02-03 08:00"] * len(TOLD)))
    assert groups(dated) == EVENTS
    assert set(dated["used"]) == {"words and day"}
    times = table(TOLD, pd.to_datetime(["2020-02-03 08:00"] * len(TOLD)).tolist())
    assert stories(times)["story"].equals(dated["story"])


def test_one_row_per_article_in_the_order_given():
    found = stories(table(TOLD).set_index(pd.Index(range(10, 17))))
    assert found.columns.tolist() == [
        "article_id",
        "outlet",
        "published",
        "story",
        "similarity",
        "used",
        "n_words",
        "days_after",
    ]
    assert found["article_id"].tolist() == [f"n{i}" for i in range(7)]
    assert found.index.tolist() == list(range(10, 17))
    assert found["story"].tolist() == [1, 1, 1, 2, 2, 3, 4]
    alone = found["story"] > 2
    assert found.loc[alone, "similarity"].isna().all()
    assert found.loc[~alone, "similarity"].between(0.12, 1).all()


def test_the_order_of_rows_does_not_matter():
    days = ["2020-02-04", None, "2020-02-03", "2020-02-03", "2020-02-05", None, None]
    articles = table(TOLD, days)
    before = articles.copy()
    expected = stories(articles).set_index("article_id")
    pd.testing.assert_frame_equal(articles, before)
    for seed in range(5):
        mixed = articles.sample(frac=1, random_state=seed)
        found = stories(mixed).set_index("article_id").loc[expected.index]
        pd.testing.assert_frame_equal(found, expected)


def test_stories_are_numbered_by_their_first_day():
    days = [*["2020-02-09"] * 3, *["2020-02-03"] * 2, "2020-02-01", None]
    assert stories(table(TOLD, days))["story"].tolist() == [3, 3, 3, 2, 2, 1, 4]


def test_the_same_words_weeks_apart_are_two_events():
    same_day = table([FLOOD[0], FLOOD[0]], ["2020-02-03", "2020-02-03"])
    assert stories(same_day)["story"].tolist() == [1, 1]
    apart = table([FLOOD[0], FLOOD[0]], ["2020-02-03", "2020-03-03"])
    assert stories(apart)["story"].tolist() == [1, 2]
    # With one day unknown they can be of one event.
    unknown = stories(table([FLOOD[0], FLOOD[0]], ["2020-02-03", None]))
    assert unknown["story"].tolist() == [1, 1]
    assert unknown["used"].tolist() == ["words and day", "words"]


def test_similarity_fades_with_the_days_between():
    def similarity(days: int) -> float:
        second = pd.Timestamp("2020-02-03") + pd.Timedelta(days=days)
        articles = table([FLOOD[0], FLOOD[0]], ["2020-02-03", str(second)])
        return stories(articles)["similarity"].iloc[0]

    found = [similarity(days) for days in range(4)]
    assert found == pytest.approx([1, 0.8, 0.6, 0.4], abs=0.001)


def test_raw_text_is_read_without_its_furniture_and_a_title_counts():
    articles = table([FLOOD[0], FLOOD[1]]).rename(columns={"text": "raw"})
    assert stories(articles)["story"].tolist() == [1, 1]
    short = table(["Boats search the valley.", "Schools stay closed."])
    titled = short.assign(title=["Floods break the Arden dam"] * 2)
    assert stories(short)["story"].tolist() == [1, 2]
    assert stories(titled)["story"].tolist() == [1, 1]


def test_empty_and_wrong_input():
    assert stories(table(TOLD)[:0]).empty
    assert stories(table(["", ""]))["story"].tolist() == [1, 2]
    assert stories(table([""]))["similarity"].isna().all()
    with pytest.raises(IdlibkitError, match="stands more than once"):
        stories(table(TOLD).assign(article_id="same"))
    with pytest.raises(IdlibkitError, match="text"):
        stories(table(TOLD).drop(columns="text"))


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    i, j, similarity = (np.array(column) for column in zip(*rows, strict=True))
    return Pairs(i, j, similarity)


def test_average_linkage_by_hand():
    # 0-1 join at .9; 2 has .5 and .1 to them: .3 on average, below .4.
    near = pairs((0, 1, 0.9), (0, 2, 0.5), (1, 2, 0.1))
    assert average_linkage(4, near, 0.4).tolist() == [0, 0, 2, 3]
    assert average_linkage(4, near, 0.3).tolist() == [0, 0, 0, 3]
    # Pairs that are not there count as 0: (.6 + 0) / 2 of 2 to 0 and 1.
    assert average_linkage(3, pairs((0, 1, 0.9), (0, 2, 0.6)), 0.31).tolist() == [
        0,
        0,
        2,
    ]


def test_average_linkage_is_that_of_scipy():
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    rng = np.random.default_rng(3)
    for n in (2, 5, 30):
        table = np.triu(rng.random((n, n)).round(6), 1)
        i, j = np.triu_indices(n, 1)
        found = average_linkage(n, Pairs(i, j, table[i, j]), 0.55)
        distance = 1 - (table + table.T)
        np.fill_diagonal(distance, 0)
        tree = linkage(squareform(distance, checks=False), "average")
        expected = fcluster(tree, 0.45, "distance")
        same = found[:, None] == found
        assert (same == (expected[:, None] == expected)).all()


def test_vectors_have_unit_length_in_what_is_shared():
    vectors = article_vectors(pd.Series([FLOOD[0], FLOOD[0], ALONE[0]]))
    similarity = (vectors @ vectors.T).toarray()
    assert similarity[0, 1] == pytest.approx(1, abs=1e-3)
    assert similarity[0, 2] < 0.05
    assert similarity[2, 2] == 0  # no word of it is in another article


def test_what_only_one_article_has_counts_little_in_its_length():
    # Two articles with one word in common of two each: of n articles the words of one
    # alone count FEW / (FEW + n) = 20 / 23 in the length.
    vectors = article_vectors(pd.Series(["alpha bravo", "alpha carol", "delta"]))
    words = vectors[:, :FEATURES]
    rare, common = np.log(34 / 2), np.log(34 / 3)
    place = 0.1 + 0.9 * np.exp(-1 / 80)
    own = (rare * np.log1p(place)) ** 2 * 20 / 23
    shared = (common * np.log1p(1)) ** 2
    expected = shared / (shared + own) / 2
    assert (words @ words.T).toarray()[0, 1] == pytest.approx(expected, rel=1e-4)


def test_how_much_is_made_of_a_story_and_how_late():
    days = ["2020-02-04", "2020-02-03", "2020-02-05", "2020-02-03", None, None, None]
    found = stories(table(TOLD, days))
    late = dict(zip(found["article_id"], found["days_after"], strict=True))
    assert [late["n0"], late["n1"], late["n2"], late["n3"]] == [1, 0, 2, 0]
    assert np.isnan(late["n4"]) and np.isnan(late["n5"])
    assert found["n_words"].tolist()[:2] == [24, 24]


def test_points_tell_where_they_stand():
    sentences = [
        "Eight farmers drowned near the Arden dam.",
        "A violin competition drew young players.",
        "Wheat prices rose after a dry spring.",
    ]
    rows = [
        (name, name.upper(), number, "own", 45 * place, 45 * place + len(text), text, 2)
        for name, order in {"a": [0, 1, 2], "b": [1, 2, 0]}.items()
        for place, number in enumerate(order)
        for text in [sentences[number]]
    ]
    columns = ["article_id", "outlet", "sentence", "voice", "start", "end", "text"]
    passages = pd.DataFrame(rows, columns=[*columns, "days_after"])
    found = points(passages)
    drowned = found[found["text"] == sentences[0]].set_index("article_id")
    assert drowned.loc["a", "position"] == 0
    assert drowned.loc["b", "position"] == round(90 / (90 + len(sentences[0])), 3)
    assert (found["days_after"] == 2).all()
