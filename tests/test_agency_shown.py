"""Who does what in the report and among the findings: counted as agency_by counts, and a difference only where it stands."""

import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.reporting.chapters import CHAPTERS, Material
from idlibkit.reporting.measures import Measures

ACTORS = {"Rebels": ["rebels"], "Army": ["army"]}
UNNAMED = "Three rebels were killed near the river in the night."
NAMED = "The army killed three rebels near the river in the night."
QUIET = "The market opened late on Sunday and people bought bread."


def articles(of_outlets):
    """Six articles of each outlet, with so many sentences that name no doer, of two."""
    rows = []
    for outlet, counts in of_outlets.items():
        for n, count in enumerate(counts):
            told = [UNNAMED] * count + [NAMED] * (2 - count)
            text = "\n\n".join([*told, f"{QUIET} It was day {n} of {outlet}."])
            rows.append({"article_id": f"{outlet}{n}", "outlet": outlet, "text": text})
    return pd.DataFrame(rows)


def chapter(table, actors=ACTORS):
    making = next(one for one in CHAPTERS if one.id == "agency")
    material = Material(Measures(ik.read(table), actors))
    return making.make(material), material


def of_agency(table):
    found = ik.findings(table, actors=ACTORS, n=50)
    return [one for one in found if one.kind == "agency"]


def test_every_count_is_of_marked_clauses_and_that_of_agency_by():
    made, material = chapter(articles({"Gazette": [2, 1, 2], "Herald": [0, 1, 0]}))
    marks = material.all_marks()
    counts = marks.groupby(["kind", "group"]).size().to_dict()
    assert counts == {
        ("does", "Army"): 6,
        ("done to", "Rebels"): 12,
        ("harmed", "Rebels"): 12,
        ("unnamed", "Rebels"): 6,
    }
    shares = material.measures.agency_by.groupby(["share", "actor"])["count"].sum()
    assert shares["agent", "Army"] == 6 and shares["patient", "Rebels"] == 12
    assert shares["harm_unnamed", "Rebels"] == 6
    assert (
        made.summary
        == "12 clauses of harm in the outlets’ own words; 6 without a doer."
    )
    assert "<img" in made.blocks[0].html
    html = "".join(str(block.html) for block in made.blocks)
    assert 'href="#/places?kind=unnamed&amp;group=Rebels&amp;voice=own">6<' in html
    assert "nobody named" in html


def test_what_is_denied_or_only_feared_is_no_harm():
    text = (
        "The army did not kill rebels. The army may kill rebels. Rebels may be killed."
    )
    table = pd.DataFrame({"article_id": ["a"], "outlet": ["Gazette"], "text": [text]})
    made, material = chapter(table)
    assert not {"harmed", "unnamed"} & set(material.all_marks()["kind"])
    assert made.summary == "No harm is told of in the outlets’ own words."


@pytest.mark.parametrize(
    ("language", "actors"), [("de", ACTORS), ("en", {"Nobody": ["nobody at all"]})]
)
def test_no_chapter_in_another_language_or_without_an_actor(language, actors):
    made, material = chapter(
        articles({"Gazette": [2]}).assign(language=language), actors
    )
    assert made is None and material.all_marks().empty


def test_an_outlet_that_names_no_doer_where_the_others_do():
    (one,) = of_agency(
        articles({"Gazette": [2, 2, 1, 2, 2, 2], "Herald": [0, 0, 1, 0, 0, 0]})
    )
    assert one.key in {"agency-gazette-rebels", "agency-herald-rebels"}
    assert "who harmed Rebels more often than the others do" in one.title
    assert sorted(one.table["estimate"].round(3)) == [0.083, 0.917]
    assert 0 < one.strength < 1
    for row in one.sentences.itertuples():
        match = row.text[row.match_start - row.start : row.match_end - row.start]
        assert match == "killed"
    assert len(one.figure().axes) == 1


@pytest.mark.parametrize(
    "counts",
    [
        {"Gazette": [1, 2, 1, 0, 1, 2], "Herald": [1, 1, 0, 2, 1, 1]},
        {"Gazette": [2], "Herald": [0]},  # too few to tell
        {"Gazette": [1, 1, 2, 1, 1]},
    ],
)
def test_no_finding_where_no_difference_stands(counts):
    assert of_agency(articles(counts)) == []
