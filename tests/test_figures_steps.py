"""The steps in which the words beside a figure are read, each by itself."""

from __future__ import annotations

import pytest

from idlibkit.figures.beside import sentence_beside
from idlibkit.figures.events import Surroundings, Tie, event_of
from idlibkit.figures.lexicon import counted_words, number_words
from idlibkit.figures.noun_phrases import before_noun, counted_phrase, is_plural_noun
from idlibkit.figures.source import in_aside, named_source, of_the_saying
from idlibkit.figures.units import read_hedge, read_unit
from idlibkit.figures.when_where import time_and_place
from idlibkit.lexicons import table


@pytest.mark.parametrize(
    ("right", "single", "phrase"),
    [
        (" French naval officers left", False, "French naval officers"),
        (" of the men left", False, "men"),
        (" lobbying and consulting firms left", False, "lobbying and consulting firms"),
        ("-year war ended", True, "year war"),
        (" sailors killed there", False, "sailors"),
        (" 2014 House Budget Committee report helped", False, ""),
        (", and more", False, ""),
    ],
)
def test_the_phrase_that_a_figure_counts(right, single, phrase):
    begin, end = counted_phrase(right, single=single)
    assert right[begin:end] == phrase


def test_plurals_and_shares_before_a_noun():
    assert is_plural_noun("sailors,") and is_plural_noun("Gunmen")
    assert not is_plural_noun("crisis") and not is_plural_noun("has")
    assert before_noun(["saw", "a"], "decline")  # a 30% decline
    assert not before_noun(["about"], "approve")  # about 41% approve


@pytest.mark.parametrize(
    ("before", "behind", "tie", "event"),
    [
        ("a storm killed", "in the night", Tie.BESIDE, "killed"),
        ("some", "were killed", Tie.PASSIVE, "killed"),
        ("some", "who were killed", Tie.RELATIVE, "killed"),
        ("the storm killed in one village", "in the night", Tie.BEFORE, "killed"),
        ("by", "were killed", Tie.DOER, ""),
        ("the", "killed a third", Tie.DOER, ""),
        ("some", "were not killed", Tie.DOER, ""),
        ("none of the", "were killed", Tie.DOER, ""),
        ("the town keeps", "in a shed", Tie.NONE, ""),
    ],
)
def test_how_an_event_is_tied_to_a_figure(before, behind, tie, event):
    around = Surroundings(before, before.split(" "), behind, behind.split(" "))
    found = event_of(around, "sailors", people=True, year=False, money=False)
    assert (found.tie, found.name) == (tie, event)


def test_groups_of_people_are_counted_as_people_but_for_words_of_things():
    class_of = counted_words().class_of
    for word in ("witnesses", "diplomats", "nurses", "gunman", "wounded"):
        assert class_of[word] == "people"
    for word in ("sources", "monitors", "fans"):
        assert word not in class_of


def test_an_event_of_several_words_is_the_longest():
    lex = counted_words()
    words = ["forced", "to", "leave", "their", "homes"]
    assert lex.event_at(words, 2) == "leave their homes"
    assert lex.event_of["leave their homes"] == "displaced"


@pytest.mark.parametrize(
    ("number", "right", "name", "rest"),
    [
        ("15", " km (9 miles) east", "km", " east"),
        ("10", "%, and more", "%", ", and more"),
        ("nine", "-day strike", "day", " strike"),
        ("millions", " of dollars", "USD", ""),
        ("tens of millions", " of dollars", "USD", ""),
        ("12", " farms", "", " farms"),
        ("2 million", " pounds", "GBP", ""),
        ("2 million", " pounds of fish", "pound", " of fish"),
    ],
)
def test_the_unit_behind_a_number(number, right, name, rest):
    read = read_unit(number, "", "", right)
    assert (read.name, read.rest) == (name, rest)


def test_hedges_before_and_behind():
    before = read_hedge(["it", "took", "more", "than"], "than", " boats")
    assert (before.text, before.words_before, before.width) == (
        "more than",
        ["it", "took"],
        10,
    )
    behind = read_hedge(["it", "took"], "took", " or more boats")
    assert (behind.text, behind.rest, behind.width) == ("or more", " boats", 0)
    assert read_hedge(["about"], "", "").text == ""


@pytest.mark.parametrize(
    ("before", "behind", "time", "place"),
    [
        ("", " left on Friday", "on Friday", ""),
        ("On Friday some", " left", "On Friday", ""),
        ("", " left since early May", "since early May", ""),
        ("", " a day", "a day", ""),
        ("", " left in Port Marl", "", "in Port Marl"),
        ("", " left, up from nine in 2018", "", ""),
        ("", " left in the Marine Corps", "", "in the Marine Corps"),
    ],
)
def test_time_and_place(before, behind, time, place):
    found = time_and_place(
        before, before.split(" "), behind, behind.removeprefix(" ").split(" ")
    )
    assert (found.time, found.place) == (time, place)


def test_the_source_beside_a_figure():
    def source(before, behind):
        words = before.split(" ") if before else []
        return named_source(before, words, behind, behind.removeprefix(" ").split(" "))

    assert source("", " left, the Marl Council said on Friday") == "the Marl Council"
    assert source("", " left, according to Jane Doe") == "Jane Doe"
    assert source("Jane Doe said", " left") == "Jane Doe"
    assert source("", " members, Jim and Joe, said that they left") == ""
    assert source("Acme listed the reasons that led", " to leave") == ""


def test_what_is_the_reporters_own():
    assert in_aside("the towns - there are ") and in_aside("the towns (she counts ")
    assert not in_aside("the towns - all of them - pay ")
    assert of_the_saying("she recalled in ") and not of_the_saying("she left in ")


def test_a_figure_is_read_within_its_sentence():
    beside = sentence_beside("It rained. The town has ", " boats. They sank.")
    assert (beside.left, beside.right) == ("The town has ", " boats.")
    assert beside.last_word == "has"


def test_every_word_of_the_lexicon_is_of_one_kind():
    numbers = number_words()
    assert not set(numbers.digits) & set(numbers.scales)
    assert all(bounds.low <= bounds.high for bounds in numbers.hedges.values())
    data = table("counted.toml")
    heads = [word for group in data["synonyms"].values() for word in group]
    assert len(heads) == len(set(heads))
    events = [word for group in data["events"].values() for word in group]
    assert set(data["senses"]["of_people"]) <= set(events)
    assert set(data["senses"]["of_money"]) <= set(events)
