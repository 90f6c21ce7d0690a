from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from idlibkit.story.absences import points_by
from idlibkit.story.content import Item, items
from idlibkit.story.links import least_score, link
from idlibkit.story.names_in_common import full_names
from idlibkit.story.outline import points
from idlibkit.story.weighing import UNIT, weigh
from idlibkit.tables import IdlibkitError

STORY = {
    ("a", "North"): [
        "Floods drowned eight farmers near the Arden dam on Feb. 3.",
        "Governor Ada Moss promised new levees for the valley.",
        "The harvest festival opened with a parade of tractors.",
    ],
    ("b", "South"): [
        "Eight farmers drowned on February 3 when floods broke the Arden dam.",
        "Rescue boats from three provinces searched the river for survivors.",
        "Schools stay closed until the water supply is tested.",
    ],
    ("c", "East"): [
        "New levees for the valley were promised by Governor Moss.",
        "In the floods at the Arden dam on 3 February 8 farmers drowned.",
        "A violin competition drew visitors from abroad.",
    ],
    ("d", "West"): [
        "Traders expect higher prices for wheat and maize.",
        "A committee of engineers inspected turbines upstream.",
        "Ministers postponed the vote on tariffs again.",
    ],
}


def table(story=STORY) -> pd.DataFrame:
    rows = []
    for (article, outlet), sentences in story.items():
        at = 0
        for number, text in enumerate(sentences):
            rows.append(
                (article, outlet, number, "body", "own", None, at, at + len(text), text)
            )
            at += len(text) + 1
    names = [
        "article_id",
        "outlet",
        "sentence",
        "role",
        "voice",
        "speaker",
        "start",
        "end",
        "text",
    ]
    return pd.DataFrame(rows, columns=names)


def test_what_three_tell_and_one_does_not():
    found = points(table())
    first = found[found["point"] == 1]
    assert first["outlet"].tolist() == ["North", "South", "East"]
    assert first["sentence"].tolist() == [0, 0, 1]
    assert set(first["n_outlets"]) == {3} and set(first["linked"]) == {2}
    assert {"arden", "dam", "drowned", "farmers", "floods", "feb"} <= set(
        first["terms"].iloc[0].split(", ")
    )
    second = found[found["point"] == 2]
    assert second[["article_id", "sentence"]].to_numpy().tolist() == [
        ["a", 1],
        ["c", 0],
    ]
    assert (found[found["point"] > 2]["n_outlets"] == 1).all()
    wide = points_by(found)
    assert wide.loc[1, ["North", "South", "East", "West"]].tolist() == [1, 1, 1, 0]
    assert (
        wide["chance_missed"].iloc[0] < 0.01
    )  # each of the three is linked to both others


def test_every_sentence_is_somewhere():
    passages = table()
    found = points(passages)
    assert len(found.drop_duplicates(["article_id", "sentence"])) == len(passages)


def test_leaving_a_sentence_out_makes_an_absence():
    passages = table()
    gone = passages[~((passages["article_id"] == "b") & (passages["sentence"] == 0))]
    wide = points_by(points(gone))
    row = wide[wide["terms"].str.contains("arden")].iloc[0]
    assert row[["North", "South", "East", "West"]].tolist() == [1, 0, 1, 0]


def test_the_order_of_rows_and_the_index_do_not_matter():
    passages = table()
    before = passages.copy()
    expected = points(passages)
    pd.testing.assert_frame_equal(passages, before)
    mixed = passages.sample(frac=1, random_state=5).set_index(np.repeat([3, 1], 6))
    pd.testing.assert_frame_equal(points(mixed), expected)


def test_figures_are_alike_in_what_they_count():
    story = {
        ("a", "A"): [
            "More than 520,000 people had been displaced.",
            "Rain is forecast for the coast.",
        ],
        ("b", "B"): [
            "At least 586,000 villagers were displaced.",
            "A bakery won the regional prize.",
        ],
    }
    found = items(table(story))
    assert {"figure displaced"} <= {item.name for item in found[0]} & {
        item.name for item in found[2]
    }
    assert not {item.name for item in found[1]} & {"figure displaced"}


def test_items_do_not_hang_on_the_index():
    story = {("a", "A"): ["More than 520,000 people had been displaced."] * 2}
    passages = table(story)
    assert items(passages.set_index(pd.Index([7, 9]))) == items(passages)


def test_a_name_counts_once():
    passages = table(
        {("a", "A"): ["Ada Maria Moss spoke."], ("b", "B"): ["Ada Maria Moss sang."]}
    )
    found = items(passages)
    words = [{item.name for item in some} for some in found]
    weight = {"ada": 3, "maria": 2, "mos": 1, "moss": 1, "spok": 1, "sang": 1}
    assert full_names(found, words, weight).beyond_rarest(0, 1) == 2 + 1


def test_words_that_two_names_share_make_them_one():
    weight = {"a": 1, "b": 2, "c": 4, "d": 8, "e": 16, "x": 32}
    named = [("a", 1), ("b", 1), ("b", 2), ("c", 2), ("d", 3), ("x", 3), ("e", 0)]
    sentences = [
        [Item(name, run, name) for name, run in named],
        [Item(name, 0, name) for name in "abcde"],
    ]
    names = full_names(sentences, [set(weight), set("abcde")], weight)
    assert names.beyond_rarest(0, 1) == names.beyond_rarest(1, 0) == 1 + 2


@pytest.mark.parametrize("seed", range(5))
def test_no_link_is_lost_by_looking_up_rare_words_only(seed):
    rng = np.random.default_rng(seed)
    vocabulary = np.array([f"w{i}" for i in range(150)])
    odds = 1 / np.arange(1, 151)
    said = [
        rng.choice(vocabulary, 6, p=odds / odds.sum(), replace=False) for _ in range(30)
    ]
    draws = []
    for size in rng.integers(
        2, 7, 120
    ):  # two to six words of something that others say too, and two more
        draws.append(
            np.unique(
                [
                    *rng.choice(said[rng.integers(30)], size, replace=False),
                    *rng.choice(vocabulary, 2),
                ]
            )
        )
    sentences = [
        [Item(str(name), place, str(name)) for place, name in enumerate(words)]
        for words in draws
    ]
    article = (
        np.arange(120) // 3
    )  # so few pairs within one article that the bound is 0.6 times the logarithm
    weighed = weigh(sentences)
    weight, links = (
        weighed.weight,
        link(weighed, least_score(weighed, article, np.ones(120, bool))),
    )
    names = [set(words.tolist()) if len(words) >= 3 else set() for words in draws]
    least = 0.6 * np.log(sum(map(bool, names)))
    whole = [sum(weight[name] for name in found) for found in names]
    expected = {}
    for i in range(120):
        for j in range(i + 1, 120):
            if len(names[i] & names[j]) >= 3:
                shared = sum(weight[name] for name in names[i] & names[j])
                expected[i, j] = shared**2 / np.sqrt(whole[i] * whole[j]) / UNIT
    assert links == pytest.approx(
        {pair: score for pair, score in expected.items() if score >= least}
    )
    assert len(links) > 40


def test_item_forms():
    found = items(
        table(
            {("a", "A"): ["A dozen of the 1,200 colour-coded boats left on Sept. 9."]}
        )
    )[0]
    names = {item.name for item in found}
    assert {"12", "1200", "color", "cod", "boat", "month sep", "9"} <= names


def linked_table(linked: list[int]) -> pd.DataFrame:
    n = len(linked)
    return pd.DataFrame(
        [
            (1, "w", n, n, f"a{i}", f"O{i}", 0, found, "x")
            for i, found in enumerate(linked)
        ]
        + [(2, "v", 1, 1, "a0", "O0", 1, 0, "y")],
        columns=[
            "point",
            "terms",
            "n_outlets",
            "n_articles",
            "article_id",
            "outlet",
            "sentence",
            "linked",
            "text",
        ],
    )


def test_chance_of_a_miss():
    # three articles, all linked to both others: the mean hit rate goes to its bound, a
    # miss to nothing
    assert points_by(linked_table([2, 2, 2]))["chance_missed"].max() < 0.01
    # With a + b = 2 and mean m the chance of 1 link of 2, given one or two, is
    # 2m(1-m)*4/6 / (1 - (2-2m)(3-2m)/6); it is the share of ones, here 2 of 3, at the
    # most likely m. The chance of no link to n = 1 is then 1 - m.
    m = np.linspace(0.001, 0.999, 99_801)
    ones = (8 * m * (1 - m) / 6) / (1 - (2 - 2 * m) * (3 - 2 * m) / 6)
    best = m[np.argmin(np.abs(ones - 2 / 3))]
    wide = points_by(linked_table([2, 1, 1]))
    assert wide["chance_missed"].iloc[1] == pytest.approx(1 - best, abs=1e-3)
    assert wide["chance_missed"].iloc[0] < wide["chance_missed"].iloc[1]
    assert points_by(linked_table([1, 1]))["chance_missed"].isna().all()


def test_empty_and_wrong_input():
    assert len(points(table()[:0])) == 0
    assert len(points_by(points(table()[:0]))) == 0
    with pytest.raises(IdlibkitError, match="sentence"):
        points(table().drop(columns="sentence"))
    found = points(table())
    with pytest.raises(IdlibkitError, match="rename"):
        points_by(found.assign(outlet="terms"))


def test_more_than_a_story_is_refused(monkeypatch):
    monkeypatch.setattr("idlibkit.story.evidence.MOST", 2000)
    sentences = table().loc[[0] * 2001].assign(sentence=range(2001))
    with pytest.raises(IdlibkitError, match="2,001 sentences are too many"):
        points(sentences)


def test_one_sentence_again_and_again_is_refused(monkeypatch):
    monkeypatch.setattr("idlibkit.story.links.MOST_LINKS", 1000)
    names = [f"{i:03d}" for i in range(100)]
    same = table(
        {
            (name, name): [
                "Floods drowned eight farmers near the dam.",
                f"A{name} b{name} c{name} d{name}.",
            ]
            for name in names
        }
    )
    with pytest.raises(IdlibkitError, match="without_shared"):
        points(same)


def two_stories() -> pd.DataFrame:
    """The story above, and one on a strike, each told by four outlets or three."""
    strike = {
        ("p", "North"): [
            "Bus drivers in Lund walked out over pay on Feb. 3.",
            "The union wants nine percent more for every driver.",
        ],
        ("q", "South"): [
            "A walkout of bus drivers over pay stopped Lund on February 3.",
            "Commuters waited in long queues at the railway station.",
        ],
        ("r", "East"): [
            "On 3 February Lund bus drivers walked out over their pay.",
            "Nine percent more for every driver is what the union wants.",
        ],
    }
    one, other = table().assign(story=1), table(strike).assign(story=2)
    return pd.concat([one, other], ignore_index=True)


def test_points_are_sought_within_each_story():
    passages = two_stories()
    found = points(passages)
    assert found.columns[:6].tolist() == [
        "point", "terms", "n_outlets", "n_articles", "story", "article_id"
    ]  # fmt: skip
    by_point = found.groupby("point")["story"].nunique()
    assert (by_point == 1).all() and by_point.index.is_monotonic_increasing
    assert found["story"].is_monotonic_increasing
    # The date that both stories have links nothing across them.
    wide = points_by(found)
    told = wide[wide["n_outlets"] >= 2]
    assert told["story"].tolist() == [1, 1, 2, 2]
    assert told[["North", "South", "East", "West"]].to_numpy().tolist() == [
        [1, 1, 1, 0], [1, 0, 1, 0], [1, 1, 1, 0], [1, 0, 1, 0]
    ]  # fmt: skip
    mixed = passages.sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(points(mixed), found)


def test_stories_in_blocks_are_the_same(monkeypatch):
    expected = points(two_stories())
    monkeypatch.setattr("idlibkit.scale.processes.BATCH", 1)
    pd.testing.assert_frame_equal(points(two_stories()), expected)


def test_a_word_that_all_stories_have_is_no_rarity():
    sentences = [
        [Item(name, place, name) for place, name in enumerate(words)]
        for words in (["rare", "common", "x"], ["other", "y", "z"])
    ]
    alone = weigh(sentences)
    assert alone.weight["rare"] == alone.weight["common"] == round(np.log(2) * UNIT)
    within = weigh(sentences, {"common": 5, "rare": 10 * UNIT})
    assert within.weight["common"] == 5
    assert within.weight["rare"] == alone.weight["rare"] == within.weight["x"]


def test_a_story_must_be_known_for_every_passage():
    passages = two_stories().astype({"story": "Int64"})
    passages.loc[0, "story"] = pd.NA
    with pytest.raises(IdlibkitError, match="missing in 1 of 18 rows; give every"):
        points(passages)


def told_by(*outlets: str, story: int, point: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "point": point,
            "terms": "w",
            "n_outlets": len(outlets),
            "n_articles": len(outlets),
            "story": story,
            "article_id": [f"{outlet}{story}" for outlet in outlets],
            "outlet": list(outlets),
            "sentence": point,
            "linked": len(outlets) - 1,
            "text": "x",
        }
    )


def test_what_an_outlet_leaves_out_over_stories():
    # Each story has a point of A, B and C, a point of A and B, and one of C alone: C
    # lacks one of the two points that two others have; A and B lack none.
    parts = []
    for story in range(6):
        parts += [
            told_by("A", "B", "C", story=story, point=3 * story + 1),
            told_by("A", "B", story=story, point=3 * story + 2),
            told_by("C", story=story, point=3 * story + 3),
        ]
    found = points_by(pd.concat(parts), by=["outlet"], n_boot=200).set_index("outlet")
    assert found["estimate"].to_dict() == {"A": 0, "B": 0, "C": 0.5}
    assert found["n_points"].to_dict() == {"A": 6, "B": 6, "C": 12}
    assert found["n_stories"].to_dict() == {"A": 6, "B": 6, "C": 6}
    assert found["difference"].to_dict() == {"A": -1 / 3, "B": -1 / 3, "C": 0.5}
    assert set(found["unit"]) == {"story"}
    assert found["chance_missed"].between(0, 0.05).all()
    # A point of one other is counted where that is asked for.
    more = points_by(pd.concat(parts), by=["outlet"], min_others=1, n_boot=200)
    assert more["n_points"].tolist() == [18, 18, 12]
    assert more["estimate"].tolist() == [pytest.approx(1 / 3)] * 2 + [0.5]


def test_an_outlet_that_does_not_cover_a_story_leaves_nothing_of_it_out():
    parts = [told_by("A", "B", "C", story=s, point=s) for s in range(4)]
    parts.append(told_by("A", "B", story=9, point=9))
    found = points_by(pd.concat(parts), by=["outlet"], n_boot=200).set_index("outlet")
    assert found["n_stories"].to_dict() == {"A": 4, "B": 4, "C": 4}
    assert (found["estimate"] == 0).all()
    with pytest.raises(IdlibkitError, match="story"):
        points_by(parts[0].drop(columns="story"), by=["outlet"])


def test_an_absence_comes_with_what_is_nearest_to_it():
    story = {
        ("a", "North"): ["Floods at the Arden dam drowned eight farmers on Feb. 3."],
        ("b", "South"): [
            "Traders expect higher prices for wheat.",
            "Eight villagers who farm by the Arden dam lost their lives.",
        ],
    }
    found = points(table(story))
    first = found[found["article_id"] == "a"].iloc[0]
    assert first["nearest"] == story["b", "South"][1]
    # three items in common, of seven and nine: dam, arden, eight
    assert 0 < first["closeness"] < 1
    wide = points_by(found)
    assert wide[["nearest", "closeness"]].notna().all().all()
    prices = wide[wide["example"].str.startswith("Traders")]
    assert prices["closeness"].tolist() == [0.0]


def test_two_words_in_common_are_chance():
    sentences = [
        [Item(name, place, name) for place, name in enumerate(words)]
        for words in (
            ["well", "like", "x", "y"],
            ["well", "like", "z"],
            ["a", "b", "c"],
        )
    ]
    weighed = weigh(sentences)
    assert weighed.score(0, 1, 1.0) == 0
    same = weigh([sentences[0], sentences[0], sentences[2]])
    assert same.score(0, 1, 1.0) > 0


def test_a_point_is_shown_by_a_whole_sentence():
    found = pd.DataFrame(
        {
            "point": 1,
            "terms": "dam, floods, farmers",
            "n_outlets": 1,
            "n_articles": 1,
            "article_id": "a",
            "outlet": "A",
            "sentence": [0, 0, 1],
            "linked": 0,
            "text": ["Officials said", "floods broke the dam", "Farmers, dam!"],
        }
    )
    wide = points_by(found)
    assert wide["example"].tolist() == ["Farmers, dam!"]
    assert points_by(found[:2])["example"].tolist() == [
        "Officials said floods broke the dam"
    ]
