"""When two figures contradict each other, and when they only seem to."""

from __future__ import annotations

import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.figures.precision import half_of_last_digit, is_vague


def compared(*texts, **more):
    articles = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(len(texts))],
            "outlet": [f"O{n}" for n in range(len(texts))],
            "text": list(texts),
            **more,
        }
    )
    return ik.discrepancies(ik.quantities(ik.passages(articles)))


def verdicts(*texts, **more):
    return sorted(set(compared(*texts, **more)["verdict"]))


TRUE = [
    ("The Marl ferry sank, killing 14 sailors.", "At least 17 sailors died on the Marl ferry."),
    ("The Tulla dam is 40 metres high.", "The Tulla dam is 55 metres high."),
    ("Turnout in the Tulla vote was 61%.", "Turnout in the Tulla vote was 54%."),
    ("On Monday 40 protesters were arrested in Tulla.",
     "Police arrested 55 demonstrators in Tulla on Monday."),
    ("No one was hurt when the Marl mill burned.",
     "Three people were hurt when the Marl mill burned."),
    ("The Norrland report on the Marl bridge has 48 pages.",
     "The Norrland report on the Marl bridge runs to 47 pages."),
    ("The plaque on the Marl bridge has 35 words.",
     "There are 38 words on the plaque on the Marl bridge."),
    ("The Marl mill laid off 230 workers on Monday.",
     "The Marl mill laid off 310 workers on Monday."),
    ("The Tulla museum was founded in 1871.", "The Tulla museum was founded in 1874."),
    ("Heirs claim 16 paintings in the Tulla museum.",
     "Heirs claim 19 paintings in the Tulla museum."),
    # lengths of time
    ("The court sentenced Arno Reed to nine years in prison for the Marl fraud.",
     "Arno Reed was sentenced to 12 years in prison for the Marl fraud."),
    ("The siege of Tulla lasted three weeks.", "The siege of Tulla lasted 30 days."),
    # one source in both
    ("The Tulla flood killed 12 people, police said.",
     "Police said the Tulla flood killed 15 people."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), TRUE)
def test_figures_of_one_thing_contradict(one, other):
    found = compared(one, other)
    assert set(found["verdict"]) == {"contradict"}
    assert found["why"].iloc[0].endswith("cannot both be right.")


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        # children among the dead
        ("The Tulla crash killed 9 people, including 3 children.",
         "The Tulla crash killed 9 people.", "same"),
        ("The Tulla crash killed 9 people, among them 4 children.",
         "The Tulla crash killed 4 children.", "fit"),
        # as exactly as it is printed
        ("The Tulla mill tax raised $2.4 million last year.",
         "The Tulla mill tax raised $2,437,112 last year.", "fit"),
        # units
        ("The Tulla slick is 10 miles long.", "The Tulla slick is 16 km long.", "fit"),
        ("The Tulla fire burned 1,000 hectares.",
         "Some 2,500 acres burned in the Tulla fire.", "fit"),
        ("The Tulla fire burned 1,000 hectares.",
         "Some 3,500 acres burned in the Tulla fire.", "contradict"),
        # a moment on the way
        ("The toll of the Tulla quake has climbed to 31 dead from 18.",
         "The Tulla quake killed 25 people.", "explained"),
        ("A third of Tulla voters backed the mill tax.",
         "33 per cent of Tulla voters backed the mill tax.", "fit"),
        # both print both
        ("Reed saw a 1 in 3 chance of losing Tulla and a 2 in 3 chance of keeping it.",
         "Reed saw a 2 in 3 chance of keeping Tulla and a 1 in 3 chance of losing it.",
         "same"),
        ("The siege of Tulla lasted three weeks.",
         "The siege of Tulla lasted 20 days.", "fit"),
        # parts that add up
        ("The Tulla fire killed 3 nurses and 2 doctors.",
         "The Tulla fire killed 5 people.", "sum"),
    ],
)  # fmt: skip
def test_figures_that_seem_to_differ(one, other, verdict):
    assert verdicts(one, other) == [verdict]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # another moment
        ("Marl steel output grew from 40 to 55 tonnes.",
         "Marl steel output is 55 tonnes."),
        # the share that is left
        ("In the Marl vote 55 per cent of the town said yes.",
         "In the Marl vote 45 per cent of the town said no."),
        # others who were there
        ("The Tulla bomb killed 12 teachers at the Tulla school.",
         "The Tulla bomb killed 30 pupils at the Tulla school."),
        # what comes round
        ("Reed won the 2016 Tulla mayoral election.",
         "Reed lost the 2020 Tulla mayoral election."),
        # a rate and a total
        ("The Marl pump moves 40 barrels a day from the Marl field.",
         "The Marl pump has moved 90 barrels from the Marl field."),
        # two places
        ("The bomb killed 12 Danish sailors in Orsk.",
         "The bomb killed 19 Danish sailors in Tulla."),
        # bounds, days, reports of two things
        ("The Marl mill laid off more than 200 workers.",
         "The Marl mill laid off 230 workers."),
        ("Police arrested 23 protesters in Tulla on Monday.",
         "Police arrested 41 protesters in Tulla on Thursday."),
        ("The Tulla report has 48 pages.", "The Marl report has 47 pages."),
        # no number at all
        ("The Marl bank lost billions of dollars in the Tulla crash.",
         "The Marl bank lost $700 billion in the Tulla crash."),
    ],
)  # fmt: skip
def test_figures_of_two_things_do_not_contradict(one, other):
    assert "contradict" not in verdicts(one, other)


def test_an_earlier_number_is_compared_with_an_earlier_number():
    one = "The toll in the Tulla flood rose from 12 to 19."
    assert "fit" not in verdicts(one, "The toll in the Tulla flood stood at 15.")


def test_what_was_counted_so_far_explains():
    found = compared(
        "The Senate had already voted on 24 Tulla amendments.",
        "The Senate voted on 41 Tulla amendments.",
    )
    assert set(found["verdict"]) <= {"explained"}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        # two sources, or a source that the other outlet does not name
        ("The Tulla flood killed 12 people, police said.",
         "The Tulla flood killed 15 people, the mayor said.",
         "sources: police, mayor"),
        ("The Tulla dam holds 40 million litres, the water board said.",
         "The Tulla dam holds 55 million litres.",
         "sources: water board, and none told"),
        # two ways to count
        ("Gross sales of the Marl mill were $40 million.",
         "Net sales of the Marl mill were $31 million.",
         "ways of counting: net, gross"),
        ("The Tulla flood left 12 people confirmed dead.",
         "The Tulla flood left 15 people dead.",
         "ways of counting: confirmed, none told"),
        ("The Marl mill will close in six months.",
         "The Marl mill will close in eight months, Arno Reed said.",
         "sources: Arno Reed, and none told"),
    ],
)  # fmt: skip
def test_other_sources_or_ways_of_counting_explain(one, other, why):
    found = compared(one, other)
    assert set(found["verdict"]) == {"explained"}
    assert found["why"].iloc[0].endswith(f"({why}).")


def test_two_figures_of_one_article_do_not_contradict():
    text = "The Tulla fire killed 12 sailors. The Tulla fire killed 15 sailors."
    found = compared(text, "The Tulla fire killed 12 sailors.")
    assert "contradict" not in set(found["verdict"])


def test_figures_are_compared_within_a_story():
    texts = ["The Tulla fire killed 12 sailors.", "The Tulla fire killed 15 sailors."]
    apart = compared(*texts, story=[1, 2])
    assert apart.empty and apart.columns[0] == "story"
    together = compared(*texts * 2, story=[7, 7, 3, 3])
    assert together["story"].tolist() == [3, 3, 7, 7]
    assert together["topic"].tolist() == [1, 1, 2, 2]
    assert set(together["verdict"]) == {"contradict"}


@pytest.mark.parametrize("first", range(0, 62, 3))
def test_articles_a_month_apart_are_compared_wherever_the_month_ends(first):
    texts = ["The Tulla fire killed 12 sailors.", "The Tulla fire killed 15 sailors."]
    days = pd.Timestamp("2020-01-01") + pd.to_timedelta([first, first + 31], unit="D")
    assert len(compared(*texts, published=days)) == 2
    later = days + pd.to_timedelta([0, 1], unit="D")
    assert compared(*texts, published=later).empty


def test_a_figure_without_a_day_is_compared_with_all():
    texts = ["The Tulla fire killed 12 sailors.", "The Tulla fire killed 15 sailors."]
    assert len(compared(*texts, published=pd.to_datetime([None, "2020-05-04"]))) == 2


@pytest.mark.parametrize(
    ("text", "kind", "width"),
    [
        ("$2.4 million", "money", 50_000),
        ("$2,437,112", "money", 0),
        ("10 miles", "measure", 0.5),
        ("three weeks", "measure", 0.5),
        ("2,500 acres", "measure", 50),
        ("100 kg", "measure", 5),
        ("164 km", "measure", 0.5),
        ("33.5%", "percent", 0.05),
        ("A third of", "percent", 1),
        ("40", "count", 0),
        ("1.2m", "count", 50_000),
    ],
)
def test_a_figure_is_as_exact_as_it_is_printed(text, kind, width):
    assert half_of_last_digit(text, kind) == pytest.approx(width, rel=0.001)


def test_vague_words_are_no_number():
    assert is_vague("dozens") and is_vague("Billions of dollars")
    assert not is_vague("$3 billion") and not is_vague("twelve")
