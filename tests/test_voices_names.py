"""Who is meant: names behind offices and roles, namesakes, pronouns, one name for all."""

import pandas as pd
import pytest

from idlibkit.voices import passages, quotes, read_voices, voices_by
from idlibkit.voices.bearers import Bearers
from idlibkit.voices.canonical_names import one_name
from idlibkit.voices.mentions import read_mention
from idlibkit.voices.names import Names
from idlibkit.voices.people import is_same_person
from idlibkit.voices.resolver import Resolver


def speakers(text):
    table = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "text": [text]})
    rows = quotes(table.assign(language="en"))
    return rows.loc[rows["kind"] != "fragment", "speaker"].tolist()


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("Secretary of State Lena Holt", "Lena Holt"),
        ("Former Speaker of the House Ned Gill", "Ned Gill"),
        ("Secretary of Health and Human Services Ana Ruiz", "Ana Ruiz"),
        ("Minister for Trade Ana Ruiz", "Ana Ruiz"),
        ("Governor of New Arden Ana Ruiz", "Ana Ruiz"),
        ("Bo Lind, a farmer", "Bo Lind"),
        ("Bo Lind, 34", "Bo Lind"),
        ("Sen. Bo Lind, D-Arden", "Bo Lind"),
        ("Bo Lind , Arden Democrat", "Bo Lind"),
        ("Bo Lind (R-Ky.)", "Bo Lind"),
        ("Bo Lind, Arden's mayor", "Bo Lind"),
        ("the director of the fund, Ana Ruiz", "Ana Ruiz"),
        ("the Herald's Ana Ruiz", "Ana Ruiz"),
        ("Holt Foods president and chief executive Ana Ruiz", "Ana Ruiz"),
        ("WASHINGTON Senator Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_the_name_in_a_mention(mention, name):
    assert " ".join(read_mention(mention).name) == name


@pytest.mark.parametrize(
    "mention",
    ["a spokesman for the mayor, Ana Ruiz", "Department of Trade officials"],
)
def test_what_may_be_two_people_or_is_a_group_has_no_name(mention):
    assert read_mention(mention).name == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The relief chief, Jan Moss, said the war was over.", "Jan Moss"),
        ("The minister of trade, Jan Moss, said the war was over.", "Jan Moss"),
        ("Rice, she said, had become too dear to buy.", None),
        ("Ana Ruiz runs it. Visitors, she said, no longer come.", "Ana Ruiz"),
        ("No senior minister said the war was over.", None),
        ("The administration said the war was over.", "administration"),
    ],
)
def test_who_says_it(text, speaker):
    found = {one if isinstance(one, str) else None for one in speakers(text)}
    assert found == {speaker}


def test_several_people_are_neither_he_nor_she():
    text = (
        "A few of his friends urged him to stay.\n\n“I have had enough of it,” he said."
    )
    assert pd.isna(speakers(text)[-1])


def test_who_replies_is_not_who_asked():
    text = "“We agree on most of it,” Moss told Lind. “Not on all of it,” he replied."
    first, second = speakers(text)
    assert first == "Moss" and pd.isna(second)


def test_a_role_that_two_people_have_is_nobodys_but_its_place_tells():
    text = (
        "Senator Ana Ruiz of Arden and Senator Bo Lind met. The Lowe senator, Cy Dorn, "
        "and the mayor of the town, Ivo Marsh, left. "
    )
    names = Names([text])
    assert Bearers(names).of("senator") is None
    assert Bearers(names).of("senator", frozenset(["lowe"])) == "Cy Dorn"
    assert Bearers(names).of("mayor") == "Ivo Marsh"


def test_a_former_mayor_is_not_the_mayor():
    names = Names(["Former Mayor Bo Lind spoke for hours and Mayor Ana Ruiz left."])
    assert Bearers(names).of("mayor") == "Ana Ruiz"
    assert Bearers(names).of("mayor", frozenset(["former"])) == "Bo Lind"


def test_spouses_stay_apart():
    text = (
        "At home were Mr. Ned Holt and Mrs. Sue Holt, who had not been asked to speak."
    )
    resolver = Resolver([text])
    names = [resolver.resolve(one).name for one in ("Mrs. Holt", "Mr. Holt", "he")]
    assert names == ["Sue Holt", "Ned Holt", "Ned Holt"]


def test_a_last_name_of_two_people_is_whose_was_spoken_of_last_or_stays():
    text = "There were Ned Holt and Sue Holt, and the guests of Ned Holt and Sue Holt."
    assert Resolver([text]).resolve("Holt").name == "Holt"
    resolver = Resolver([text])
    resolver.resolve("Sue Holt")
    assert resolver.resolve("Holt").name == "Sue Holt"


def test_words_that_only_open_a_sentence_are_no_first_names():
    text = "Maybe Holt left early. Given Holt was ill, the others saw Ned Holt leave."
    assert Names([text]).namesakes(["Holt"]) == ["Ned Holt"]


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Ana B. Ruiz", "Ana Ruiz", True),
        ("A. Ruiz", "Ana Ruiz", True),
        ("Mevlüt Çavuşoğlu", "Mevlut Cavusoglu", True),
        ("Ana Ruiz", "Bo Ruiz", False),
        ("Ana Ruiz", "Ana Rua", False),
        ("Ruiz", "Ana Ruiz", True),
    ],
)
def test_two_names_of_one_person(name, other, same):
    assert is_same_person(name, other) is same
    assert is_same_person(other, name) is same


def test_one_person_has_one_name_over_all_articles():
    names = pd.Series(
        ["Ana Ruiz", "Ana B. Ruiz", "Ruiz", "Ana Ruiz", "Mrs. Ruiz", "ruiz", None]
    )
    named = pd.Series(["person"] * 5 + ["unnamed", None])
    assert one_name(names, named)[:6].tolist() == [
        *["Ana Ruiz"] * 4,
        "Mrs. Ruiz",
        "ruiz",
    ]


def test_namesakes_and_a_son_stay_apart():
    names = pd.Series(["Ned Holt", "Sue Holt", "Holt", "Ned Holt Jr.", "N. Holt"])
    out = one_name(names, pd.Series("person", names.index))
    assert out.tolist() == ["Ned Holt", "Sue Holt", "Holt", "Ned Holt Jr.", "Ned Holt"]


def test_shares_of_voices_have_one_name_for_each_person_and_take_a_seed():
    texts = ["Ana B. Ruiz said it was over.", "Ana Ruiz said the road was shut."] * 3
    table = pd.DataFrame({"article_id": list("abcdef"), "outlet": "A", "text": texts})
    rows = quotes(table.assign(language="en"))
    assert set(rows["speaker"]) == {"Ana B. Ruiz", "Ana Ruiz"}
    assert rows["speaker_text"].tolist()[:2] == ["Ana B. Ruiz", "Ana Ruiz"]
    shares = voices_by(rows, n_boot=100, seed=1)
    pd.testing.assert_frame_equal(shares, voices_by(rows, n_boot=100, seed=1))
    by_speaker = shares[shares["share_of"] == "speaker"]
    assert by_speaker["category"].tolist() == ["Ana Ruiz"]
    assert by_speaker["estimate"].tolist() == [1]


def test_passages_of_a_corpus_have_one_name_for_each_person():
    texts = ["Ana B. Ruiz said it was over.", "Ana Ruiz said the road was shut."] * 2
    texts += ["Mr. Ruiz said that he was ill.", "Bo Lind said that it rained."]
    table = pd.DataFrame({"article_id": list("abcdef"), "outlet": "A", "text": texts})
    read = read_voices(table)
    assert read.passages["speaker"].dropna().tolist() == ["Ana Ruiz"] * 5 + ["Bo Lind"]
    assert read.quotes["speaker"].tolist() == [
        *["Ana B. Ruiz", "Ana Ruiz"] * 2,
        "Ruiz",
        "Bo Lind",
    ]
    one = passages(table)
    assert one["speaker"].dropna().tolist() == read.quotes["speaker"].tolist()
    pd.testing.assert_frame_equal(
        one.drop(columns="speaker"), read.passages.drop(columns="speaker")
    )


@pytest.mark.parametrize(
    ("names", "one"),
    [
        ("Lena Holt|Lena M. Holt|Holt|L. Holt", "Lena Holt"),
        ("LENA HOLT|Lena Holt|Holt", "Lena Holt"),
        ("Jean-Luc Moreau|Jean Luc Moreau|Jean-Luc Moreau|Moreau", "Jean-Luc Moreau"),
        ("Kim So-yon|Kim So Yon|Kim So-yon", "Kim So-yon"),
        ("Ada von der Mark|von der Mark|Mark|Ada von der Mark", "Ada von der Mark"),
        ("Omar al-Rahi|Rahi|al-Rahi|Omar Rahi|Omar al-Rahi", "Omar al-Rahi"),
        ("Abdul Nasri|Abdel Nasri|Abdel Nasri|Nasri", "Abdel Nasri"),
        ("Mohamed Amin|Mohammed Amin|Muhammad Amin|Mohammed Amin", "Mohammed Amin"),
        ("Bob Lind|Robert Lind|Bob Lind", "Bob Lind"),
        ("Mevlüt Özkan|Mevlut Ozkan|Mevlut Ozkan|Özkan", "Mevlut Ozkan"),
    ],
)
def test_spellings_of_one_persons_name(names, one):
    found = pd.Series(names.split("|"))
    assert set(one_name(found, pd.Series("person", found.index))) == {one}


@pytest.mark.parametrize(
    "names",
    [
        "Lena Holt|Bo Holt",
        "Bo Lind|Bo Lind Jr.",
        "Jon Moe|Jan Moe",
        "Lena Holt-Berg|Lena Holt",
        "Bo Lind|Bo Lind and Ana Roy",
        "Mrs. Holt|Lena Holt",
    ],
)
def test_names_of_several_people_stay_apart(names):
    found = pd.Series(names.split("|"))
    assert one_name(found, pd.Series("person", found.index)).tolist() == found.tolist()
