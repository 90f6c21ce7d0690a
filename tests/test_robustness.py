"""Findings that hang on a choice are told from those that do not."""

import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.tables import IdlibkitError

GRIM = "A terrible attack killed many people in the town. The war brought misery and death to all of them."
GLAD = "Great talks brought hope and peace to the town. Happy people celebrated the wonderful success there."


def corpus(*rows):
    return pd.DataFrame(rows, columns=["article_id", "outlet", "text"])


@pytest.fixture(scope="module")
def table():
    rows = [
        ("a1", "A", GRIM),
        ("a2", "A", GRIM.replace("town", "city")),
        ("b1", "B", GLAD),
        ("b2", "B", GLAD.replace("town", "city")),
    ]
    return ik.robustness(corpus(*rows)).set_index(["finding", "outlet"])


def test_a_plain_difference_survives_every_choice(table):
    row = table.loc[("tone of all voices, against the rest", "A")]
    assert row["baseline"] == "lower" and row["survives"] and row["breaks_under"] == ""
    assert row["low"] <= row["value"] <= row["high"] < 0
    assert row["n_choices"] == row["holds"] >= 10


def test_a_finding_that_one_article_carries_breaks_without_it():
    rows = [
        ("a1", "A", GRIM),
        ("a2", "A", GLAD),
        ("a3", "A", GLAD.replace("town", "city")),
        ("b1", "B", GLAD),
        ("b2", "B", GRIM.split(".", maxsplit=1)[0] + "."),
    ]
    row = (
        ik.robustness(corpus(*rows))
        .set_index(["finding", "outlet"])
        .loc[("tone of all voices, against the rest", "A")]
    )
    assert not row["survives"]
    assert "without" in row["breaks_under"]


def test_names_that_all_outlets_share_are_no_finding():
    text = "The rebels left. The rebels came back. The rebels stayed. {}"
    rows = [
        ("a", "A", text.format("The army won. The army lost. The army left.")),
        ("b", "B", text.format("Troops won. Troops lost. Troops left.")),
    ]
    actors = {"R": ["rebel"], "G": ["army", "troops"]}
    found = ik.robustness(corpus(*rows), actors=actors)
    named = found[found["finding"].str.startswith("most used name")]
    assert named[["finding", "baseline"]].to_numpy().tolist() == [
        ["most used name of G", "army"],
        ["most used name of G", "troops"],
    ]


def test_one_outlet_has_nothing_to_compare_with():
    with pytest.raises(IdlibkitError, match="only one"):
        ik.robustness(corpus(("a", "A", GRIM)))


def test_the_card_says_where_nothing_is_measured():
    card = ik.accuracy_card()
    unmeasured = card[card["figure"].isna()]
    assert (unmeasured["measure"] == "not measured").all() and len(unmeasured)
    measured = card.dropna(subset=["low"])
    assert (
        (measured["low"] <= measured["figure"])
        & (measured["figure"] <= measured["high"])
    ).all()


def test_where_nothing_differs_nothing_survives():
    texts = [f"{GRIM} It rained on day {n}. {GLAD}" for n in range(4)]
    rows = [
        (f"{outlet}{n}", outlet, f"{text}\n\n{text.replace('town', 'city')}")
        for outlet in "AB"
        for n, text in enumerate(texts)
    ]
    found = ik.robustness(corpus(*rows))
    tone = found[found["finding"].str.startswith("tone of")]
    assert set(tone["baseline"]) == {"no difference"}
    assert set(tone["outcome"]) == {"nothing differs"}
    assert not tone["survives"].any() and (tone["breaks_under"] == "").all()


def test_a_difference_within_its_interval_is_none():
    """Five paragraphs of each outlet, of which one is grim, here or there."""
    plain = "The council met in the hall on day {} and heard from the mayor about it."
    days = [plain.format(n) for n in range(8)]
    rows = [
        ("a", "A", "\n\n".join([GRIM, *days])),
        ("b", "B", "\n\n".join([*days, days[0].replace("council", "board")])),
    ]
    row = (
        ik.robustness(corpus(*rows))
        .set_index(["finding", "outlet"])
        .loc[("tone of all voices, against the rest", "A")]
    )
    assert row["value"] < 0 and row["baseline"] == "no difference"
    assert row["outcome"] != "survives"


NAMED = "The rebels killed eight farmers near bridge {}. Rain fell on the fields there."
UNNAMED = "Eight farmers were killed near bridge {}. Rain fell on the fields there."


def harm_of_two_outlets():
    rows = [
        (f"{outlet}{n}", outlet, "\n\n".join(text.format(4 * n + k) for k in range(4)))
        for outlet, text in (("A", NAMED), ("B", UNNAMED))
        for n in range(3)
    ]
    return corpus(*rows)


def test_who_names_the_doer_of_harm_is_followed():
    actors = {"Farmers": ["farmers"], "Rebels": ["rebels"]}
    found = ik.robustness(harm_of_two_outlets(), actors=actors)
    found = found.set_index(["finding", "outlet"])
    for finding in (
        "harm with nobody named, against the rest",
        "harm to Farmers with nobody named, against the rest",
    ):
        assert found.loc[(finding, "A"), "baseline"] == "lower"
        row = found.loc[(finding, "B")]
        assert row["baseline"] == "higher" and row["value"] == 1
        assert row["outcome"] == "survives" and row["breaks_under"] == ""
    rebels = found.filter(like="Rebels as the doer", axis=0)
    assert rebels.empty  # one outlet alone has them as doers


def test_without_actors_harm_alone_is_followed():
    found = ik.robustness(harm_of_two_outlets())
    harm = found[found["finding"].str.contains("nobody named|doer")]
    assert harm["outlet"].tolist() == ["A", "B"]
