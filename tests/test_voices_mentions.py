"""What a mention is made of, and what a run of capitals says, by their words alone."""

import pytest

from idlibkit.voices.bearers import Bearers
from idlibkit.voices.mentions import read_mention
from idlibkit.voices.names import Names
from idlibkit.voices.people import is_crowd, unaccent, without_possessive, word_key
from idlibkit.voices.resolver import Resolver
from idlibkit.voices.speakers import Source, Speaker


@pytest.mark.parametrize(
    ("mention", "parts"),
    [
        ("the minister", {"shown": "minister", "head": "minister", "definite": True}),
        ("a farmer in Arden", {"head": "farmer", "indefinite": True, "bare": False}),
        ("Officials", {"shown": "officials", "plural": True, "name": ()}),
        ("Mr Bo Lind", {"name": ("Bo", "Lind"), "titled": True, "sex": "m"}),
        ("Queen Ana Ruiz", {"name": ("Ana", "Ruiz"), "titled": True, "sex": "f"}),
        ("Corporal Bo Lind", {"name": ("Bo", "Lind"), "titled": True, "sex": ""}),
        ("spokesman Bo Lind", {"name": ("Bo", "Lind"), "titled": True}),
        ("film star Bo Lind", {"name": ("Bo", "Lind"), "titled": True}),
        ("the Red Cross", {"body": True, "definite": True}),
        ("Arden City Council", {"body": True, "titled": False}),
        ("Ursula van der Lind", {"name": ("Ursula", "van", "der", "Lind")}),
        ("Kenyan President Bo Lind", {"name": ("Bo", "Lind"), "titled": True}),
        ("Bo Lind’s", {"shown": "Bo Lind", "name": ("Bo", "Lind’s"), "head": "lind"}),
        ("Bo Lind and Ana Ruiz", {"plural": True, "first": "Bo Lind"}),
        ("Nurses Without Borders", {"name": ("Nurses", "Without", "Borders")}),
        ("Artists for Human Rights", {"name": ("Artists", "for", "Human", "Rights")}),
        ("President of the Red Cross", {"name": (), "head": "president"}),
        ("Workers for Arden", {"name": (), "bare": False}),
        ("Director of the Arden Zoo", {"name": (), "head": "director"}),
        ("Minister for Equality", {"name": (), "bare": False}),
        ("some in Arden", {"shown": "some in Arden", "head": "some"}),
        ("an Arden-based Bank", {"shown": "Bank", "head": "bank"}),
        ("1,000 men", {"head": "men", "plural": True}),
        ("José Gül", {"shown": "Jose Gul", "head": "gul"}),
    ],
)
def test_parts_of_a_mention(mention, parts):
    read = read_mention(mention)
    assert {name: getattr(read, name) for name in parts} == parts


@pytest.mark.parametrize("mention", ["", " ", "the", "“"])
def test_a_mention_without_a_word_is_none(mention):
    assert read_mention(mention) is None


def test_words_are_looked_up_without_accents_possessives_and_stops():
    assert [word_key(word) for word in ("Gül’s", "Rep.", "aides'")] == [
        "gul",
        "rep",
        "aides",
    ]
    assert without_possessive("Lind’s") == "Lind" and unaccent("Şık") == "Sik"
    assert is_crowd("kenyans") and is_crowd("tories") and not is_crowd("linds")


def names(text):
    return Names([text])


def test_full_names_are_read_without_titles_and_openers():
    text = "However Reporter Ana Ruiz spoke. Later Ruiz left. Sens. Bo Lind won."
    assert names(text).full_names("ruiz", "Ruiz") == {"Ana Ruiz": 1}
    assert names(text).full_names("lind", "Lind") == {"Bo Lind": 1}
    assert names(text).fullest(["Ruiz"]) == "Ana Ruiz"
    assert names("He read the Arden Reporter. Ruiz left.").fullest(["Ruiz"]) is None


def test_a_name_in_a_headline_in_title_case_is_no_name():
    headline = "Prices Rise Again While Minister Lind Waits Below Tower"
    assert Names([headline]).fullest(["Lind"]) is None


def test_a_rare_longer_run_is_no_name():
    text = "Ana Ruiz left. Ana Ruiz won. Ana Ruiz sat. Ana Ruiz ate. Dear Ana Ruiz,"
    assert names(text).fullest(["Ruiz"]) == "Ana Ruiz"


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("Mayor Ana Ruiz spoke. The mayor left.", "mayor", "Ana Ruiz"),
        ("Ana Ruiz, the mayor of Arden, spoke.", "mayor", "Ana Ruiz"),
        ("Ana Ruiz, Arden's young mayor, spoke.", "mayor", "Ana Ruiz"),
        ("Ana Ruiz met the mayor.", "mayor", None),
        ("The mayoress Ana Ruiz spoke.", "mayor", None),
    ],
)
def test_who_bears_a_role(text, role, name):
    assert Bearers(names(text)).of(role) == name


def resolved(text, *mentions):
    resolver = Resolver([text])
    return [resolver.resolve(mention) for mention in mentions]


def test_a_last_name_a_title_and_a_pronoun_mean_one_person():
    text = "Last week the new mayor, Mayor Ana Ruiz, met with Mr Bo Lind for hours."
    ana, bo = (
        Speaker("Ana Ruiz", Source.PERSON),
        Speaker("Bo Lind", Source.PERSON),
    )
    assert resolved(text, "Ruiz", "the mayor", "she") == [ana] * 3
    assert resolved(text, "Ruiz", "Lind", "he", "she") == [ana, bo, bo, ana]


def test_a_ministry_is_an_institution_and_an_official_is_unnamed():
    text = "The Kenyan defence ministry spoke."
    assert [
        one.source for one in resolved(text, "the Kenyan defence ministry", "a spy")
    ] == [
        "institution",
        "unnamed",
    ]
    ministry = Speaker("Kenyan defence ministry", Source.INSTITUTION)
    mentions = ("the Kenyan defence ministry", "the ministry", "it")
    assert resolved(text, *mentions) == [ministry] * 3


def test_nobody_is_no_speaker():
    assert resolved("Nobody came.", "I", "who", "she", "") == [None] * 4
