"""Figures found in text: values, bounds, what is counted; hand-computable sentences only."""

from __future__ import annotations

import random

import growth
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.figures import candidates
from idlibkit.figures.comparison import discrepancies
from idlibkit.figures.readings import quantities
from idlibkit.tables import IdlibkitError


def table(*texts, **more):
    rows = {
        "article_id": [f"a{n:02}" for n in range(len(texts))],
        "outlet": [f"o{n:02}" for n in range(len(texts))],
    }
    rows |= {"voice": "own", "start": 0, "text": list(texts)} | more
    return pd.DataFrame(rows)


def only(text, **more):
    found = quantities(table(text, **more))
    assert len(found) == 1, found.T
    return found.iloc[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("eight farms", 8),
        ("twenty-one farms", 21),
        ("Twenty one farms", 21),
        ("a dozen farms", 12),
        ("two dozen farms", 24),
        ("half a million farms", 500_000),
        ("half a dozen farms", 6),
        ("two and a half million farms", 2_500_000),
        ("one hundred and five farms", 105),
        ("two hundred thousand farms", 200_000),
        ("one million two hundred thousand farms", 1_200_000),
        ("three thousand four hundred and twelve farms", 3412),
        ("one hundred and twenty-three farms", 123),
        ("thirty-five million farms", 35_000_000),
        ("sixty-five thousand farms", 65_000),
        ("two hundred and twenty-three thousand farms", 223_000),
        ("twenty-five thousand four hundred farms", 25_400),
        ("1,000 farms", 1000),
        ("1,234,567 farms", 1_234_567),
        ("3.6 million farms", 3_600_000),
        ("1.5m farms", 1_500_000),
        ("20k farms", 20_000),
    ],
)
def test_numerals(text, value):
    row = only(f"They counted {text} there.")
    assert (row["value"], row["counted"], row["kind"]) == (value, "farms", "count")
    assert row["low"] == row["high"] == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("nearly 100", 90, 100),
        ("almost 100", 90, 100),
        ("close to 100", 90, 100),
        ("about 100", 90, 110),
        ("some 100", 90, 110),
        ("an estimated 100", 90, 110),
        ("more than 100", 100, np.inf),
        ("over 100", 100, np.inf),
        ("at least 100", 100, np.inf),
        ("up to 100", 0, 100),
        ("fewer than 100", 0, 100),
        ("dozens of", 24, 120),
        ("scores of", 40, 200),
        ("hundreds of thousands of", 200_000, 1_000_000),
        ("tens of thousands of", 20_000, 100_000),
        ("10-15", 10, 15),
        ("10–15", 10, 15),
        ("10 to 15", 10, 15),
        ("between 5 and 7", 5, 7),
        ("from 5 to 7", 5, 7),
        ("five or six", 5, 6),
        ("2-3 million", 2e6, 3e6),
        ("several hundred", 200, 1000),
        ("twenty-five to thirty", 25, 30),
        ("between twenty-five and thirty", 25, 30),
        ("two-three", 2, 3),
        ("twenty-thirty", 20, 30),
    ],
)
def test_bounds(text, low, high):
    row = only(f"Yesterday {text} wooden boats sank.")
    assert row["low"] == pytest.approx(low) and row["high"] == pytest.approx(high)
    assert row["counted"] == "wooden boats"
    assert row["text"] in (text, text.removesuffix(" of"))


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit", "counted"),
    [
        ("It paid $2bn for it.", "money", 2e9, "USD", None),
        ("It paid £1.5 million for it.", "money", 1.5e6, "GBP", None),
        ("It paid 25 million pounds for it.", "money", 25e6, "GBP", None),
        (
            "It paid up to 25 million pounds ($32 million) for it.",
            "money",
            25e6,
            "GBP",
            None,
        ),
        ("It ate 25 million pounds of fish.", "measure", 25e6, "pound", "fish"),
        ("It weighs 400 pounds there.", "measure", 400, "pound", None),
        ("It weighs 4 million pounds there.", "measure", 4e6, "pound", None),
        ("It paid 50,000 pounds ($65,000) for it.", "money", 5e4, "GBP", None),
        (
            "It ate 2 million pounds (900,000 kg) of fish.",
            "measure",
            2e6,
            "pound",
            "fish",
        ),
        ("It cost 500 euros.", "money", 500, "EUR", None),
        ("About 10 percent of voters stayed away.", "percent", 10, "%", "voters"),
        ("It rose by 2.5%.", "percent", 2.5, "%", None),
        ("Two-thirds of voters stayed away.", "percent", 200 / 3, "%", "voters"),
        ("A house 3km away fell.", "measure", 3, "km", None),
        ("A nine-year war ended.", "measure", 9, "year", "war"),
        ("After nine years of war it ended.", "measure", 9, "year", "war"),
        ("A 150-vehicle convoy left.", "count", 150, None, "vehicle"),
        ("Four in 10 voters stayed away.", "percent", 40, "%", "voters"),
        ("Two out of three voters stayed away.", "percent", 200 / 3, "%", "voters"),
        ("He spent $100 worth of stamps.", "money", 100, "USD", "stamps"),
        (
            "Half a dozen of the club's richest members left.",
            "count",
            6,
            None,
            "richest members",
        ),
        (
            "Two lobbying and consulting firms left.",
            "count",
            2,
            None,
            "lobbying and consulting firms",
        ),
        ("One load gets through.", "count", 1, None, "load"),
        ("Eight U.S. soldiers left.", "count", 8, None, "U.S. soldiers"),
        ("She is 45.", "age", 45, "year", None),
        ("A 1.4-square-mile city.", "measure", 1.4, "mile2", "city"),
        ("A six-pointed star.", "count", 6, None, None),
        ("A 2017 agreement ended it.", "year", 2017, None, "agreement"),
        ("It was signed in 2011.", "year", 2011, None, "signed"),
        (
            "A 2014 House Budget Committee report helped.",
            "year",
            2014,
            None,
            "House Budget Committee report",
        ),
        ("They can stay until they turned 18.", "age", 18, "year", None),
        ("He already was 18 at the time.", "age", 18, "year", None),
        ("Voters under 30 stayed away.", "age", 30, "year", None),
        ("Most voters were over 45.", "age", 45, "year", None),
        ("Children under age 21 stayed away.", "age", 21, "year", None),
        ("About 41% identify with it.", "percent", 41, "%", None),
        ("They saw a 30% decline there.", "percent", 30, "%", "decline"),
        ("It set 35 percent tariffs there.", "percent", 35, "%", "tariffs"),
        ("It spent $2 million targeting him.", "money", 2e6, "USD", None),
        ("It is a $2 million project.", "money", 2e6, "USD", "project"),
        ("The national average of 5 percent held.", "percent", 5, "%", None),
        ("The 12-year-old boy won.", "age", 12, "year", "boy"),
        ("Jane Doe, 45, won.", "age", 45, "year", None),
    ],
)
def test_kinds(text, kind, value, unit, counted):
    row = only(text)
    assert row["kind"] == kind and row["value"] == pytest.approx(value)
    assert (row["unit"] == unit) or (unit is None and pd.isna(row["unit"]))
    if counted != "signed":
        assert (row["counted"] == counted) or (
            counted is None and pd.isna(row["counted"])
        )


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on February 6", "--02-06"),
        ("on Feb. 3", "--02-03"),
        ("on 6 February", "--02-06"),
        ("on Jan 10,2018", "2018-01-10"),
        ("on February 7, 2020", "2020-02-07"),
        ("in March 2011", "2011-03"),
        ("in 2018", "2018"),
    ],
)
def test_dates(text, date):
    row = only(f"It rained {text}.")
    assert row["date"] == date and row["kind"] == (
        "year" if text == "in 2018" else "date"
    )


def test_last_year_is_counted_from_the_day_of_publication():
    row = only(
        "Under last year’s deal they may stay.", published=pd.Timestamp("2018-01-10")
    )
    assert (row["value"], row["date"], row["counted"], row["event"]) == (
        2017,
        "2017",
        "deal",
        "agreed",
    )
    assert pd.isna(only("Under last year’s deal they may stay.")["value"])


@pytest.mark.parametrize(
    "text",
    [
        "It was the third attack.",
        "They came 2nd.",
        "One of them left.",
        "At 05:53 PM it closed.",
        "At 5 pm it closed.",
        "A 16x9 image.",
        "After 9/11 it closed.",
        "An F-16 flew.",
        "COVID-19 spread.",
        "Resolution 2254 passed.",
        "The F - 35 took off.",
        "COVID - 19 spread.",
        "It opened in the 1980s.",
        "No one left.",
        "They won 5-4.",
        "Version 1.2.3 is out.",
        "The tent was often open.",
        "They called 911.",
        "Tweet 1469635200 is gone.",
        "Three, harden our harbours.",
        "PostedFebruary 6",
        "It rained in the second half of the match.",
        "",
    ],
)
def test_no_figure(text):
    assert quantities(table(text)).empty


@pytest.mark.parametrize(
    ("text", "counted", "event"),
    [
        (
            "A storm killed eight French naval officers there.",
            "French naval officers",
            "killed",
        ),
        ("Eight French officers were killed in a storm.", "French officers", "killed"),
        ("A storm left seven French sailors dead.", "French sailors", "killed"),
        ("The flood displaced close to 1 million people.", "people", "displaced"),
        ("The agency said 586,000 were displaced.", "displaced", "displaced"),
        ("The flood forced 500 people to leave their homes.", "people", "displaced"),
        ("The flood wounded two of the men.", "men", "wounded"),
        ("We mourn eight martyrs.", "martyrs", "killed"),
        ("They hold 12 observation posts.", "observation posts", None),
    ],
)
def test_counted_and_event(text, counted, event):
    row = only(text)
    assert row["counted"] == counted
    assert row["event"] == event or (event is None and pd.isna(row["event"]))


def test_an_article_counts_where_somebody_came_to_harm():
    found = quantities(
        table("It left seven sailors killed and a civilian dead. He is a civilian.")
    )
    assert found["value"].tolist() == [7, 1]
    assert found["event"].tolist() == ["killed", "killed"]
    assert found["counted"].tolist() == ["sailors", "civilian"]


def test_conversion_is_part_of_the_figure():
    row = only("The town lies 15 km (9 miles) east of it.")
    assert (row["text"], row["value"], row["unit"], row["conversion"]) == (
        "15 km (9 miles)",
        15,
        "km",
        "9 miles",
    )


def test_source_and_speaker():
    text = "According to the Red Cross, 40 people left."
    assert only(text)["attributed_to"] == "the Red Cross"
    assert only(text, speaker="Jane Doe")["attributed_to"] == "Jane Doe"
    for text in (
        "Jane Doe said 40 people left.",
        "About 40 people left, Jane Doe said.",
        "About 40 people left, Jane Doe said on Friday.",
        "A survey by Jane Doe shows 40 people left.",
    ):
        assert only(text)["attributed_to"] == "Jane Doe"
    assert pd.isna(
        only("Two members, Jane Doe and John Roe, said that they would go.")[
            "attributed_to"
        ]
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "In a Harbour Times/Acme survey released Friday, 40% of farmers said they would stay.",
            "a Harbour Times/Acme survey",
        ),
        (
            "Support for the dam stood at 40% in the latest Acme poll.",
            "the latest Acme poll",
        ),
        ("Support fell to 40% in the same poll, a record low.", "the same poll"),
        (
            "An Acme poll of likely voters, released Friday, found Mrs. Roe ahead by 40 points.",
            "An Acme poll",
        ),
        (
            "A poll from Harbour College found 40% of farmers undecided.",
            "Harbour College",
        ),
        ("Polls show the dam ahead by 40 points.", "Polls"),
        ("About 40% of farms are dry, according to a new study.", "a new study"),
        (
            "About 40% of farms are dry, according to a Harbour Department report.",
            "a Harbour Department report",
        ),
        ("Acme lists her fortune at $40 million.", "Acme"),
        (
            "Another ranking pegs her as the richest, with $40 million.",
            "Another ranking",
        ),
        ("The company reported sales of $40 million.", "The company"),
    ],
)
def test_figures_are_attributed_to_surveys_and_to_those_who_count(text, name):
    assert only(text)["attributed_to"] == name


@pytest.mark.parametrize(
    "text",
    [
        "In an online poll of 800 farmers, support fell.",  # the sample, not a finding
        "Acme listed the reasons that led 40 farmers to leave.",
        "She leads in Ohio, according to the average of polls, where 40 farmers vote.",
        "The farmers trust polls. Nearly 40 of them left.",
        "The dam, which polls well, cost $40 million.",
    ],
)
def test_figures_beside_a_survey_that_are_not_its_own(text):
    assert pd.isna(only(text)["attributed_to"])


def test_reported_speech_has_no_figure_of_its_hearers_and_of_its_day():
    cut = table(
        "Jane Doe told",
        "40 farmers that the dam would hold.",
        sentence=0,
        start=[0, 14],
    )
    cut = cut.assign(
        article_id="a",
        outlet="o",
        voice=["own", "reported"],
        speaker=[None, "Jane Doe"],
    )
    assert pd.isna(quantities(cut)["attributed_to"].item())
    assert (
        only("recalled in 2008 that he left", voice="reported", speaker="Jane Doe")[
            ["kind"]
        ].item()
        == "year"
    )
    assert pd.isna(
        only("recalled in 2008 that he left", voice="reported", speaker="Jane Doe")[
            "attributed_to"
        ]
    )
    assert (
        only("left in 2008", voice="reported", speaker="Jane Doe")["attributed_to"]
        == "Jane Doe"
    )


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ("the towns - there are 40 of them - would pay", None),
        ("the towns — nearly 40 — would pay", None),
        ("the towns (she counts 40) would pay", None),
        ("the towns would follow Acme, which is 40 miles away", None),
        ("the towns - all of them - would pay 40 dollars", "Jane Doe"),
        ("Acme, which stands by, would pay 40 dollars", "Jane Doe"),
        ("the towns (all of them) would pay 40 dollars", "Jane Doe"),
    ],
)
def test_asides_in_reported_speech_are_the_reporters(said, source):
    cut = table("Jane Doe said", said, sentence=0, start=[0, 14])
    cut = cut.assign(
        article_id="a",
        outlet="o",
        voice=["own", "reported"],
        speaker=[None, "Jane Doe"],
    )
    found = quantities(cut)["attributed_to"]
    assert found.tolist() == [source] if source else found.isna().all()
    assert (
        only(said, voice="reported", speaker="Jane Doe")["attributed_to"] == "Jane Doe"
    )  # ..., Jane Doe said.
    assert only(said, voice="quoted", speaker="Jane Doe")["attributed_to"] == "Jane Doe"


def test_a_survey_named_behind_according_to_goes_before_the_speaker():
    row = only(
        "Doe leads, with 40%, according to an Acme poll",
        voice="reported",
        speaker="Doe",
    )
    assert row["attributed_to"] == "an Acme poll"
    assert (
        only("40% in a poll want her to go", voice="reported", speaker="Doe")[
            "attributed_to"
        ]
        == "Doe"
    )


def test_an_event_does_not_reach_over_and_into_the_next_clause():
    for text in (
        "At least 30 people have died and 1.2 million homes were left dark.",
        "Six people died and 40 schools were shut.",
    ):
        rows = quantities(table(text))
        assert rows["event"].fillna("").tolist() == ["killed", ""]
    assert only("They killed and robbed two tourists.")["event"] == "killed"
    rows = quantities(
        table(
            "The blast killed 20 soldiers and 3 civilians. It killed and injured 30 people."
        )
    )
    assert rows["event"].tolist() == ["killed", "killed", "wounded"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("none", [None, float("nan"), pd.NA])
def test_no_speaker_is_no_source(none):
    assert pd.isna(only("Some 40 people left.", speaker=none)["attributed_to"])


def test_those_asked_are_no_source():
    row = only(
        "In an Acme poll, more than 40% would stay",
        voice="reported",
        speaker="31% of farmers",
    )
    assert row["attributed_to"] == "an Acme poll"
    assert pd.isna(
        only(
            "they wanted 40 more dams",
            voice="reported",
            speaker="Two-thirds of farmers",
        )["attributed_to"]
    )
    assert (
        only("they wanted 40 more dams", voice="reported", speaker="31 Farmers")[
            "attributed_to"
        ]
        == "31 Farmers"
    )


def test_what_was_said_before_a_quotation_is_the_quotation():
    cut = table(
        "The dam holds,",
        "said Jane Doe, who has farmed for 40 years.",
        sentence=0,
        start=[1, 17],
    )
    cut = cut.assign(
        article_id="a", outlet="o", voice=["quoted", "own"], speaker=["Jane Doe", None]
    )
    assert pd.isna(quantities(cut)["attributed_to"].item())
    assert pd.isna(
        only("The three members, John Roe among them, said Doe had been misled.")[
            "attributed_to"
        ]
    )


@pytest.mark.parametrize(
    ("piece", "end", "times"),
    [
        ("a poll of ", "5", 100_000),
        ("in a poll 5 farms ", "", 500),
        ("an ", "Acme poll found 5", 200_000),
    ],
)
def test_surveys_are_looked_for_in_linear_time(piece, end, times):
    growth.linear(lambda n: quantities(table(piece * n + end)), 2 * times)


def test_vague_numerals_have_units_and_ages_may_be_ranges():
    row = only("Millions of dollars flowed in.")
    assert (row["text"], row["kind"], row["unit"], row["low"]) == (
        "Millions of dollars",
        "money",
        "USD",
        2e6,
    )
    row = only("It burned thousands of miles away.")
    assert (
        row["kind"],
        row["unit"],
        row["counted"] is None or pd.isna(row["counted"]),
    ) == ("measure", "mile", True)
    row = only("Turnout among those ages 18 to 29 was low.")
    assert (row["kind"], row["low"], row["high"], row["unit"]) == (
        "age",
        18,
        29,
        "year",
    )
    assert only("Seven, including children, were hurt.")["value"] == 7


def test_empty_missing_and_wrong_input():
    assert quantities(table("no figures")).empty
    assert list(quantities(table("no figures")).columns[:6]) == [
        "article_id",
        "outlet",
        "voice",
        "start",
        "end",
        "text",
    ]
    assert len(quantities(table("two men", None))) == 1
    assert quantities(table()).empty
    with pytest.raises(IdlibkitError, match="text"):
        quantities(table("two men").drop(columns="text"))


WORDS = [
    "two",
    "men",
    "killed",
    "1,000",
    "in",
    "2018",
    "$",
    "5",
    "million",
    "-",
    "km",
    "“",
    "é",
    "May",
    "a",
    "dozen",
    ".",
    ",",
    "(",
    ")",
    "%",
    "more than",
    "one",
    "\n",
    "’s",
]


@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
    st.integers(0, 99),
)
def test_offsets_order_and_input(texts, close, shift):
    if close:
        texts = [text.replace(" ", "") for text in texts]
    passages = table(*texts, start=shift)
    before = passages.copy()
    found = quantities(passages)
    pd.testing.assert_frame_equal(passages, before)
    source = dict(zip(passages["article_id"], texts, strict=True))
    for row in found.itertuples():
        assert source[row.article_id][row.start - shift : row.end - shift] == row.text
    assert (found["low"].fillna(0) <= found["high"].fillna(0)).all()
    mixed = passages.iloc[::-1].set_axis(np.arange(7, 7 + len(passages)))
    pd.testing.assert_frame_equal(quantities(mixed), found)


def test_a_sentence_cut_into_voices_is_read_as_one():
    passages = table(
        "Jane Doe said on Friday",
        "that 586,000 were displaced.",
        "Others left.",
        sentence=[0, 0, 1],
    )
    passages = passages.assign(
        article_id="a",
        start=[0, 24, 53],
        voice=["own", "reported", "own"],
        speaker=[None, "Jane Doe", None],
    )
    found = quantities(passages)
    assert found["context"].tolist() == [
        "Jane Doe said on Friday that 586,000 were displaced."
    ]
    assert found["per"].tolist() == ["on Friday"] and found[
        "attributed_to"
    ].tolist() == ["Jane Doe"]
    pd.testing.assert_frame_equal(quantities(passages.iloc[::-1]), found)


def test_what_only_could_be_is_marked():
    assert only("Some 280 people could be displaced.")["modal"] == "could"


def compared(*texts, **more):
    found = discrepancies(quantities(table(*texts, **more)))
    return (
        [f"{row.outlet} {row.text}" for row in found.itertuples()],
        found["verdict"].unique().tolist(),
        found,
    )


def test_two_outlets_contradict_each_other():
    rows, verdicts, found = compared(
        "A fire killed 12 Danish sailors.", "A fire killed 15 Danish sailors on board."
    )
    assert rows == ["o00 12", "o01 15"] and verdicts == ["contradict"]
    assert found["about"].unique().tolist() == ["people killed, denmark"]
    assert found["why"].iloc[0] == "12 and 15 cannot both be right."
    assert found["linked_by"].iloc[0] == "counted words: denmark"


def test_hedges_that_leave_room_fit():
    _, verdicts, found = compared(
        "A fire killed at least 12 Danish sailors.",
        "A fire killed nearly 15 Danish sailors.",
    )
    assert (
        verdicts == ["fit"]
        and found["why"].iloc[0] == "Any number from 13.5 to 15 fits every figure."
    )


def test_the_same_number_in_other_words():
    rows, verdicts, _ = compared(
        "They keep 12 lighthouses on that coast.",
        "A dozen lighthouses on the coast are theirs.",
    )
    assert rows == ["o00 12", "o01 A dozen"] and verdicts == ["same"]


def test_parts_of_one_sentence_are_added_up():
    _, verdicts, found = compared(
        "It left seven Danish sailors killed and a civilian dead.",
        "A fire killed eight Danish sailors.",
    )
    assert verdicts == ["sum"] and len(found) == 3
    assert found["why"].iloc[0] == (
        "seven (Danish sailors) and a (civilian) add up to 8."
    )
    inside, _, _ = compared(
        "It killed seven Danish sailors, including two officers.",
        "A fire killed nine Danish sailors.",
    )
    assert inside == ["o00 seven", "o01 nine"]


def test_other_times_and_other_sources_explain():
    _, verdicts, found = compared(
        "The flood displaced 5,000 Danish farmers since May.",
        "The flood displaced 7,000 Danish farmers since June.",
    )
    assert (
        verdicts == ["explained"]
        and "times: since May, since June" in found["why"].iloc[0]
    )
    texts = [
        "The flood displaced 5,000 Danish farmers.",
        "The flood displaced 7,000 Danish farmers.",
    ]
    _, verdicts, found = compared(*texts, speaker=["Red Cross", "Jane Doe"])
    assert (
        verdicts == ["explained"]
        and "sources: Red Cross, Jane Doe" in found["why"].iloc[0]
    )
    _, verdicts, found = compared(
        *texts, published=pd.to_datetime(["2020-05-01", "2020-05-04"])
    )
    assert (
        verdicts == ["explained"]
        and "published: 2020-05-01, 2020-05-04" in found["why"].iloc[0]
    )


def test_years_of_one_agreement():
    first = (
        "Under a 2017 agreement with Norway, Denmark keeps lighthouses on the coast."
    )
    _, verdicts, found = compared(
        first, "Denmark keeps lighthouses on the coast under a 2018 deal with Oslo."
    )
    assert verdicts == ["contradict"] and found["value"].tolist() == [2017, 2018]
    assert found["about"].iloc[0] == "year of agreement"
    _, verdicts, found = compared(
        first, "Denmark keeps lighthouses on the coast under a 2017 deal with Oslo."
    )
    assert verdicts == ["same"] and found["why"].iloc[0] == "Every figure is 2017."


@pytest.mark.parametrize(
    "other",
    [
        "A fire killed 15 Chilean miners in a pit.",  # other people
        "A fire wounded 15 Danish sailors.",  # another event
        "A fire killed 12,000 Danish sailors.",  # a thousand times as many
        "A fire killed another 15 Danish sailors.",  # on top of it
        "A fire could kill some Danish sailors, and 15 could be killed.",
        "It killed two Chilean pilots who saw 12 lighthouses.",
    ],
)
def test_other_things_are_not_lined_up(other):
    assert compared("A fire killed 12 Danish sailors.", other)[0] == []


def test_figures_without_bounds_and_bare_shares_are_not_lined_up():
    assert (
        compared(
            "Under last year’s fishing deal with Norway they stay.",
            "Last year’s fishing deal with Norway ended.",
        )[0]
        == []
    )
    assert (
        compared("Half of the ferries were late.", "They had 50 percent in the vote.")[
            0
        ]
        == []
    )


def test_made_news_of_many_events_is_lined_up_event_by_event():
    rng = random.Random(5)
    hazards, peoples = (
        ["flood", "quake", "storm", "fire", "avalanche", "mudslide"],
        ["Chilean", "Danish", "Kenyan", "Omani"],
    )
    rows = []
    for event in range(40):
        place = "".join(
            rng.choice(["ba", "dor", "kel", "mir", "von", "tes", "lug"])
            for _ in range(4)
        ).capitalize()
        hazard, people, number = (
            rng.choice(hazards),
            rng.choice(peoples),
            rng.randint(6, 900),
        )
        day = pd.Timestamp("2021-01-01") + pd.Timedelta(days=rng.randrange(365))
        forms = [
            f"A {hazard} killed {number} {people} farmers near {place}.",
            f"At least {number - 1} {people} farmers were killed when a {hazard} struck {place}.",
            f"The {hazard} in {place} left {number} {people} farmers dead.",
        ]
        for outlet in range(3):
            text = f"{forms[outlet]} The road to {place} is {rng.randint(3, 90)} km long. It cost ${rng.randint(2, 90)} million."
            rows.append((f"e{event:02}", f"o{outlet}", "own", 0, text, day))
    passages = pd.DataFrame(
        rows, columns=["event", "outlet", "voice", "start", "text", "published"]
    )
    found = discrepancies(
        quantities(passages.assign(article_id=passages["event"] + passages["outlet"]))
    )
    deaths = found[found["event"] == "killed"].assign(
        story=lambda table: table["article_id"].str[:3]
    )
    assert deaths["story"].nunique() == 40  # every event is found,
    assert deaths.groupby("story")["topic"].nunique().max() == 1  # in one piece,
    pairs = deaths.merge(deaths, on="topic")
    pairs = pairs[pairs["article_id_x"] < pairs["article_id_y"]]
    assert (
        pairs["story_x"] == pairs["story_y"]
    ).mean() > 0.75  # and few are mixed with others
    assert deaths["verdict"].eq("fit").mean() > 0.75


def test_too_many_figures_of_one_thing_are_refused(monkeypatch):
    monkeypatch.setattr(candidates, "MOST", 3)
    figures = quantities(table(*["A fire killed 12 Danish sailors."] * 4))
    with pytest.raises(
        IdlibkitError,
        match=r"4 figures of 'people killed' are too many .* one story at a time",
    ):
        discrepancies(figures)


def test_one_outlet_alone_and_articles_far_apart_are_not_lined_up():
    texts = ["A fire killed 12 Danish sailors.", "A fire killed 15 Danish sailors."]
    assert discrepancies(quantities(table(*texts).assign(outlet="o"))).empty
    assert (
        compared(*texts, published=pd.to_datetime(["2018-05-01", "2020-05-04"]))[0]
        == []
    )


def test_discrepancies_keep_their_input_and_order():
    texts = [
        "A fire killed 12 Danish sailors.",
        "It killed 15 Danish sailors.",
        "Nearly 15 Danish sailors were killed.",
        "We keep 40 lighthouses.",
        "They keep 40 lighthouses.",
    ]
    found = quantities(table(*texts))
    before = found.copy()
    first = discrepancies(found)
    pd.testing.assert_frame_equal(found, before)
    mixed = found.iloc[::-1].set_axis(range(50, 50 + len(found)))
    pd.testing.assert_frame_equal(discrepancies(mixed), first)
    assert (
        first["topic"].tolist() == [1, 1, 1, 2, 2]
        and first["verdict"].tolist() == ["contradict"] * 3 + ["same"] * 2
    )
    empty = discrepancies(found.iloc[:0])
    assert empty.empty and list(empty.columns) == list(first.columns)
    with pytest.raises(IdlibkitError, match="counted"):
        discrepancies(found.drop(columns="counted"))


@pytest.mark.parametrize(
    "piece",
    [
        "one ",
        "1,",
        "1",
        "two and ",
        "a",
        "between 5 and ",
        "May ",
        "$",
        "a civilian ",
        "more than ",
        "said the man ",
    ],
)
def test_hostile_input_is_linear(piece):
    times = 20_000 // len(piece)
    growth.linear(lambda n: quantities(table(piece * n)), 2 * times)


def test_a_long_line_without_a_stop():
    text = (
        "the villagers of the far valley kept 12 goats and more than 300 sheep there, "
    )
    assert len(quantities(table(text * 100))) == 200
    growth.linear(lambda n: quantities(table(text * n)), 1000)


def test_a_row_stays_inside_its_passage():
    import idlibkit as ik

    text = "He said “no” and “it is 15 km “(9 miles) from the town now,” he said on Monday."
    articles = pd.DataFrame(
        {
            "article_id": ["a"],
            "outlet": "A",
            "text": [text],
            "published": pd.to_datetime(["2020-02-06"]),
        }
    )
    found = ik.quantities(ik.passages(articles))
    assert len(found)
    assert all(text[row.start : row.end] == row.text for row in found.itertuples())


def test_a_table_without_figures_or_relative_dates_keeps_its_columns():
    import idlibkit as ik

    articles = pd.DataFrame(
        {
            "article_id": ["a"],
            "outlet": "A",
            "text": ["Nobody came."],
            "published": pd.to_datetime(["2020-02-06"]),
        }
    )
    assert ik.quantities(ik.passages(articles)).empty
