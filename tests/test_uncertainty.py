"""Intervals: right by hand, the same in every order, and covering what they say."""

import numpy as np
import pandas as pd
import pytest

from idlibkit.resampling import in_range, ratio_by, unit_sums
from idlibkit.tables import IdlibkitError


def table(articles=8, paragraphs=4, outlets="AB", seed=1):
    rng = np.random.default_rng(seed)
    rows = [
        (outlet, f"{outlet}{article}", paragraph, voice, rng.normal())
        for outlet in outlets
        for article in range(articles)
        for paragraph in range(paragraphs)
        for voice in ("own", "quoted")
    ]
    return pd.DataFrame(
        rows, columns=["outlet", "article_id", "paragraph", "voice", "score"]
    ).assign(one=1)


def mean_by(rows, by=("outlet",), **options):
    return ratio_by(
        unit_sums(rows, list(by), top="score", bottom="one"), list(by), **options
    )


def test_estimates_and_differences_by_hand():
    rows = pd.DataFrame(
        {
            "outlet": list("AABBC"),
            "article_id": list("aabbc"),
            "paragraph": [0, 1, 0, 1, 0],
            "score": [1.0, 3, 5, 5, 10],
        }
    ).assign(one=1)
    out = mean_by(rows)
    assert out["outlet"].tolist() == ["A", "B", "C"]
    assert out["estimate"].tolist() == [2, 5, 10]
    assert out["difference"].tolist() == pytest.approx(
        [2 - 20 / 3, 5 - 14 / 3, 10 - 14 / 4]
    )
    assert out["n_articles"].tolist() == [1, 1, 1]
    assert out["n_passages"].tolist() == [2, 2, 1]
    assert (out["unit"] == "paragraph").all()
    assert out[["ci_low", "ci_high", "difference_low"]].isna().all(axis=None), (
        "fewer than three units: no interval"
    )


def test_unit_is_the_article_from_five_articles_up():
    assert (mean_by(table(5))["unit"] == "article").all()
    assert (mean_by(table(4))["unit"] == "paragraph").all()


def test_thin_groups_have_their_own_unit_and_leave_the_others_theirs():
    thick, thin = table(8), table(2, outlets="C", seed=2)
    alone = mean_by(thick)
    mixed = mean_by(pd.concat([thin, thick]))
    assert mixed["unit"].tolist() == ["article", "article", "paragraph"]
    interval = ["estimate", "ci_low", "ci_high"]
    pd.testing.assert_frame_equal(mixed[interval].head(2), alone[interval])
    by_paragraph = mean_by(thin)
    assert by_paragraph["unit"].tolist() == ["paragraph"]
    width = mixed["ci_high"] - mixed["ci_low"]
    assert width[2] == pytest.approx(
        (by_paragraph["ci_high"] - by_paragraph["ci_low"])[0], rel=0.1
    )


def test_a_group_set_against_thin_ones_alone_speaks_of_these_articles():
    mixed = mean_by(pd.concat([table(8, outlets="A"), table(2, outlets="BC")]))
    assert (mixed["unit"] == "paragraph").all()


def test_a_thin_voice_of_a_large_outlet_has_its_own_unit():
    rows = table(8)
    few = rows["article_id"].isin(["A0", "A1", "B0", "B1"])
    rows = rows[few | (rows["voice"] == "own")]
    out = mean_by(rows, ["outlet", "voice"]).set_index(["voice", "outlet"])["unit"]
    assert out["own"].tolist() == ["article"] * 2
    assert out["quoted"].tolist() == ["paragraph"] * 2


def test_width_is_that_of_the_t_interval_of_a_mean():
    rows = table(articles=12, paragraphs=1, outlets="AB").query("voice == 'own'")
    out = mean_by(rows, n_boot=20_000)
    for outlet, part in rows.groupby("outlet"):
        n = len(part)
        half = 2.200985 * part["score"].std(ddof=1) / np.sqrt(n)  # t(11) at .975
        row = out[out["outlet"] == outlet].iloc[0]
        assert row["estimate"] == pytest.approx(part["score"].mean())
        assert row["ci_high"] - row["estimate"] == pytest.approx(half, rel=0.03)


def test_same_result_in_every_order_and_index():
    rows = table()
    shuffled = rows.sample(frac=1, random_state=3).set_index(
        pd.Index(np.arange(len(rows))[::-1] * 7)
    )
    pd.testing.assert_frame_equal(
        mean_by(rows, ["outlet", "voice"]), mean_by(shuffled, ["outlet", "voice"])
    )


def test_an_outlets_own_voice_is_compared_with_the_own_voice_of_the_rest():
    rows = table()
    both = mean_by(rows, ["outlet", "voice"])
    own = mean_by(rows[rows["voice"] == "own"])
    assert both.loc[both["voice"] == "own", "difference"].tolist() == pytest.approx(
        own["difference"].tolist()
    )


def test_voices_of_one_article_share_a_draw():
    rows = table()
    shared = rows.groupby(["article_id", "paragraph"])["score"].transform("first")
    rows["score"] = shared + (rows["voice"] == "own") + 0.01 * rows["score"]
    out = mean_by(rows, ["voice"]).set_index("voice").loc["own"]
    assert out["difference"] == pytest.approx(1, abs=0.02)
    assert out["difference_high"] - out["difference_low"] < 0.1 * (
        out["ci_high"] - out["ci_low"]
    ), "same articles for both"


def test_no_interval_claims_certainty():
    rows = table().assign(score=0.0)
    assert (
        mean_by(rows)[["ci_low", "ci_high", "difference_low", "difference_high"]]
        .isna()
        .all(axis=None)
    )


def test_shares_add_up_and_absent_categories_are_rows():
    rows = pd.DataFrame(
        {
            "outlet": ["A"] * 4 + ["B"] * 2,
            "article_id": ["a"] * 4 + ["b"] * 2,
            "paragraph": [0, 1, 2, 3, 0, 1],
            "actor": ["x", "x", "x", "y", "x", "y"],
            "label": ["x1", "x1", "x2", "y1", "x2", "y1"],
            "one": 1,
        }
    )
    by, category = ["outlet"], ["actor", "label"]
    out = ratio_by(
        unit_sums(rows, by, top="one", bottom="one", category=category),
        by,
        category=category,
        within=["actor"],
    )
    assert len(out) == 6
    assert out.set_index(["outlet", "label"])["estimate"].round(6).to_dict() == {
        ("A", "x1"): 0.666667, ("A", "x2"): 0.333333, ("A", "y1"): 1, ("B", "x1"): 0, ("B", "x2"): 1, ("B", "y1"): 1,
    }  # fmt: skip


def test_missing_groups_are_kept():
    rows = table().assign(
        wire=lambda t: (
            t["article_id"].where(t["article_id"] == "A0").replace("A0", "Reuters")
        )
    )
    out = mean_by(rows, ["wire"])
    assert out["n_passages"].sum() == len(rows)
    assert out["wire"].isna().sum() == 1


def test_parts_of_a_corpus_can_be_put_together():
    rows = table()
    parts = [
        unit_sums(part, ["outlet"], top="score", bottom="one")
        for _, part in rows.groupby("article_id")
    ]
    pd.testing.assert_frame_equal(ratio_by(pd.concat(parts), ["outlet"]), mean_by(rows))


def test_empty_table_gives_an_empty_table():
    assert mean_by(table().head(0)).empty


def test_too_few_resamples():
    with pytest.raises(IdlibkitError, match="n_boot=10 .* use 2000"):
        mean_by(table(), n_boot=10)


def test_intervals_end_where_the_scale_does():
    ends = pd.DataFrame(
        {
            "ci_low": [-1.3],
            "ci_high": [0.2],
            "difference_low": [-1.4],
            "difference_high": [2.6],
        }
    )
    assert in_range(ends, -1, 1).iloc[0].tolist() == [-1, 0.2, -1.4, 2]
    assert in_range(ends).iloc[0].tolist() == [0, 0.2, -1, 1]


@pytest.mark.parametrize("n", [5, 20])
def test_intervals_cover_what_they_say(n):
    rng = np.random.default_rng(n)
    # 300 samples of n articles, each an outlet of its own.
    sizes = rng.integers(1, 6, 300 * n)
    rows = pd.DataFrame(
        {
            "outlet": np.repeat(np.arange(300 * n) // n, sizes),
            "article_id": np.repeat(np.arange(300 * n), sizes),
            "paragraph": 0,
            "score": np.repeat(rng.normal(0, 1, 300 * n), sizes),
            "one": 1,
        }
    )
    rows["score"] += rng.normal(0, 1, len(rows))
    found = mean_by(rows, n_boot=200)
    covered = (found["ci_low"] <= 0) & (found["ci_high"] >= 0)
    assert len(covered) == 300
    assert 0.90 <= np.mean(covered) <= 0.985
