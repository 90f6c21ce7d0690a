"""Numbers as news writes them, and the words that are no numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit.figures import quantities
from idlibkit.figures.expressions import find_figures
from idlibkit.figures.numerals import Kind, read_figure
from idlibkit.figures.patterns import CURRENCY, DIGITS
from idlibkit.text import to_polars


def figures(text):
    columns = {"article_id": ["a"], "outlet": "A", "voice": "own", "start": 0}
    return quantities(pd.DataFrame(columns).assign(text=text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2½", 2.5),
        ("2 1/2", 2.5),
        ("two and a half", 2.5),
        ("one-and-a-half", 1.5),
        ("3 lakh", 300_000),
        ("4 crore", 40_000_000),
        ("1 250 000", 1_250_000),
        ("1\u00a0250", 1250),
        ("minus 12", -12),
        ("−3.5", -3.5),
        ("nobody", 0),
        ("not a single", 0),
    ],
)
def test_a_number_is_read_in_every_form(text, value):
    figure = read_figure(text)
    assert figure is not None
    assert (figure.kind, figure.value) == (Kind.COUNT, value)


@pytest.mark.parametrize("text", ["5-4", "11:30", "9/11", "1.2.3", "12345678"])
def test_scores_times_and_identifiers_are_no_figures(text):
    assert read_figure(text) is None


def test_a_range_of_vague_numbers_keeps_their_bounds():
    figure = read_figure("several hundred to a thousand")
    assert (figure.low, figure.high) == (200, 1000)


def test_forms_of_digits_and_currencies():
    import re

    for text in ("1,234,567.8", "1234.5", "1 234 567", "2 1/2", "12"):
        assert re.fullmatch(DIGITS, text), text
    assert not re.fullmatch(DIGITS, "1 234")  # "on 7 300 people came"
    for text in ("$", "US$", "£", "Rs.", "rs"):
        assert re.fullmatch(f"(?i:{CURRENCY})", text), text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The crew was cut from 300 to 200.", [300, 200]),
        ("Fares slid from $9 to $7.", [9, 7]),
        ("The toll rose on Sunday from 12 to 19.", [12, 19]),
        ("The mean age fell from 40 to 38.", [40, 38]),
        ("Output grew from 2 million to 3 million tons.", [2e6, 3e6]),
    ],
)
def test_a_change_has_two_figures(text, values):
    found = figures(text)
    assert found["value"].tolist() == values
    assert found["unit"].nunique(dropna=False) == 1


def test_a_pair_that_rises_without_a_verb_of_change_is_a_range():
    found = figures("From 5 to 7 boats sank.")
    assert (found["low"].item(), found["high"].item()) == (5, 7)


@pytest.mark.parametrize(
    "text",
    [
        "The suspect, 23, was shot dead.",
        "A police officer, 31, was killed.",
        "His daughter, 7, died.",
        "The columnist, 58, was arrested.",
    ],
)
def test_a_number_behind_a_person_is_an_age(text):
    found = figures(text)
    assert found["kind"].tolist() == ["age"] and found["event"].isna().all()


def test_a_number_behind_a_place_is_no_age():
    assert figures("In the village, 12, mostly women, were hurt.")["kind"].item() == (
        "count"
    )


@pytest.mark.parametrize(
    "text",
    [
        "None of the 40 passengers was hurt.",
        "Neither of the two pilots was killed.",
        "Contrary to reports, 30 villagers did not die.",
        "The 12 men were never arrested.",
        "Some 14 sailors weren't wounded.",
    ],
)
def test_what_did_not_happen_is_no_event(text):
    found = figures(text)
    assert len(found) == 1 and found["event"].isna().all()


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("No one was killed in the storm.", "killed"),
        ("No miners were injured.", "miners"),
        ("Not a single soldier was killed.", "soldier"),
        ("Nobody was hurt when the roof fell.", "hurt"),
        ("Nobody died in the crash.", "died"),
        ("No-one has been arrested.", "arrested"),
        ("There were no deaths.", "deaths"),
        ("No civilian injuries were reported.", "civilian injuries"),
        ("Not a single casualty was recorded.", "casualty"),
        ("The blaze killed no one.", "killed"),
        ("The blaze killed no civilians.", "civilians"),
        ("Police wounded no young protesters.", "young protesters"),
        ("The raid left nobody wounded.", "wounded"),
        ("None were detained.", "detained"),
        ("No miners perished.", "miners"),
        # without a word of harm
        ("The blaze caused no loss of life.", "loss"),
        ("The ferry sank without loss of life.", "loss"),
        ("No lives were lost in the flood.", "lives"),
        ("The landslide claimed no lives.", "lives"),
        ("The roof fell without casualties.", "casualties"),
        ("The night passed without any deaths.", "deaths"),
        ("The shell fell without injuring anyone.", "injuring anyone"),
        ("A wall fell, killing not a single miner.", "miner"),
    ],
)
def test_nobody_is_a_count_of_nought(text, counted):
    found = figures(text)
    assert found["value"].tolist() == [0]
    assert found["counted"].item() == counted and found["event"].notna().all()


@pytest.mark.parametrize(
    "text",
    [
        "Not one of the 12 miners died.",
        "Not one of its 12 members was arrested.",
        "None of the 12 was hurt.",
        "Neither of the 12 died.",
    ],
)
def test_what_happened_to_none_of_them_is_no_event(text):
    found = figures(text)
    assert found["value"].tolist() == [12] and found["event"].isna().all()


def test_deaths_that_there_were_none_of_are_not_those_of_all():
    found = figures("There were no deaths among the 200 passengers.")
    assert found["value"].tolist() == [0, 200]
    assert found["event"].tolist()[0] == "killed" and found["event"].isna().tolist()[1]


@pytest.mark.parametrize(
    "text",
    [
        "The state has no death penalty.",
        "He left nobody behind.",
        "No loss of jobs is planned.",
        "They spoke without notes.",
        "She could not rule out loss of life.",
        "He lives without his lost brother.",
    ],
)
def test_no_harm_is_told_by_these(text):
    assert figures(text).empty


def test_no_one_alone_is_no_figure():
    assert figures("No one left, and nobody knew.").empty


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The office released 1,500 emails.", None),
        ("She gave three speeches.", None),
        ("It sent 2,000 letters.", None),
        ("He was charged $50.", None),
        ("They released 30 hostages.", "freed"),
        ("Rescuers saved 12 fishermen.", "freed"),
        ("The charity gave $5 million.", "donated"),
    ],
)
def test_an_event_makes_sense_for_what_is_counted(text, event):
    found = figures(text)
    assert len(found) == 1
    assert found["event"].fillna("").item() == (event or "")


def test_times_are_those_of_the_figure_and_rates_have_no_figure():
    found = figures("In 2019 there were 40 deaths, compared with 25 in 2018.")
    assert found["per"].fillna("").tolist() == ["", "In 2019", "in 2018", ""]
    found = figures("They counted 12 deaths per 100,000 people.")
    assert found["text"].tolist() == ["12"]
    assert found["per"].item() == "per 100,000 people"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Tens of millions of dollars were lost.", "money", None),
        ("It cost Rs 500 crore.", "money", 5e9),
        ("It was minus 12 degrees Celsius.", "measure", -12),
        ("The margin is plus or minus 3 points.", "measure", 3),
        ("It was -12 degrees at dawn.", "measure", -12),
        ("Growth was (-1.5 per cent).", "percent", -1.5),
        ("A cold 9-12 degrees is due.", "measure", None),
        ("A two-and-a-half-hour film ran.", "measure", 2.5),
        ("Bake it for 10−15 minutes.", "measure", None),
    ],
)
def test_units_behind_every_form(text, kind, value):
    found = figures(text)
    assert found["kind"].tolist() == [kind]
    assert (
        found["value"].isna().all()
        if value is None
        else (found["value"].item() == value)
    )


def test_ordinals_joined_by_a_hyphen_are_no_counts():
    assert figures("He spoke of the twenty-first century.").empty


def test_places_of_expressions_are_those_of_the_text():
    texts = ["It fell from 30 to 20, and a soldier was killed.", "No one was hurt."]
    found = find_figures(to_polars(pd.Series(texts)))
    assert [each.text for each in found] == ["30", "20", "a", "No one", "one"]
    for each in found:
        assert texts[each.row][each.start : each.end] == each.text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It has 3 000 workers.", [3000]),
        ("About 45 000 fled.", [45000]),
        ("1 000 men and 2 000 women marched.", [1000, 2000]),
        ("Rs 2 lakh crore was spent.", [2e12]),
        ("The plan costs Rs. 75,000 crore.", [7.5e11]),
        ("Two crore people voted.", [2e7]),
    ],
)
def test_numbers_in_groups_and_scales_of_scales(text, values):
    assert figures(text)["value"].tolist() == values


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Two brothers, 12 and 14, drowned.", [12, 14]),
        ("Nils Dahl (44) was arrested.", [44]),
        ("Three men, aged 19, 22 and 30, were held.", [19, 22, 30]),
        ("The victims, 31 and 8, were sisters.", [31, 8]),
        ("The sailors, 40 in all, were saved.", []),
        ("Three cities, 12 and 14 miles apart, burned.", []),
        ("Two trucks, 12 and 14, were hit.", []),
        ("The crew (44) was saved.", []),
    ],
)
def test_ages_of_several_people(text, ages):
    found = figures(text)
    assert found.loc[found["kind"] == "age", "value"].tolist() == ages


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("They launched 5 apps.", None),
        ("The paper dropped two columns.", None),
        ("They launched 5 rockets.", "fired"),
        ("The jets dropped two bombs.", "fired"),
        ("It was not 40 people who died.", None),
    ],
)
def test_what_is_fired_is_a_weapon(text, event):
    found = figures(text)["event"].iloc[0]
    assert (None if pd.isna(found) else found) == event


def test_pages_are_no_count():
    assert figures("Pages 10-12 are missing.").empty


def test_pounds_by_the_million_are_money():
    assert figures("It made tens of billions of pounds.")["unit"].tolist() == ["GBP"]
