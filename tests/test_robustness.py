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
