"""What stands between a source and its verb: who it is, why it is not named, what it
does; who sues; namesakes and their first names."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import quotes
from idlibkit.voices.names import Names
from idlibkit.voices.people import is_same_person


def said(text: str) -> list[list]:
    """Speaker, cue and words of all but fragments; None where nobody is told."""
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]})
    rows = quotes(articles)
    rows = rows.loc[rows["kind"] != "fragment", ["speaker", "cue", "text"]]
    return rows.astype(object).where(rows.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Ida Storm, 52, said snow fell.", "Ida Storm", "snow fell"),
        ("Nils Dahl, a miner, said gas leaked.", "Nils Dahl", "gas leaked"),
        ("Dahl, a miner, said gas leaked.", "Dahl", "gas leaked"),
        ("Nils Dahl, one of the miners, said gas leaked.", "Nils Dahl", "gas leaked"),
        ("Nils Dahl, formerly a miner, argued gas leaks.", "Nils Dahl", "gas leaks"),
        ("On Monday, Ida Storm, a nurse, said snow fell.", "Ida Storm", "snow fell"),
        ("The mayor, Ida Storm, said snow fell.", "Ida Storm", "snow fell"),
        # and the words before the verb where they are a clause
        ("Snow fell, a lot, said the mayor.", "mayor", "Snow fell, a lot"),
        ("Gas leaked, said Nils Dahl, a miner.", "Nils Dahl", "Gas leaked"),
    ],
)
def test_a_name_and_who_that_is(text, speaker, words):
    assert [(who, what) for who, _, what in said(text)] == [(speaker, words)]


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("A nurse who asked that her name be withheld", "nurse"),
        ("A clerk, who refused to be identified,", "clerk"),
        ("A clerk, who also asked to remain anonymous,", "clerk"),
        ("A trader who was granted anonymity to discuss the sale", "trader"),
        ("A banker, speaking on condition of anonymity,", "banker"),
        ("A resident who gave only his first name, Karim,", "resident"),
        ("A spokesman, who agreed to speak only if he was not named,", "spokesman"),
        ("Two guards, who declined to give their names,", "two guards"),
        # what a source is or does
        ("A farmer who lost his barn", "farmer"),
        ("Voters who backed the plan", "voters"),
        ("A man who lives near the plant", "man"),
        ("A woman whose son was hurt", "woman"),
        ("A union that represents miners", "union"),
        ("People who knew him", "people"),
        ("Nurses who resigned on Monday", "nurses"),
    ],
)
def test_a_source_with_a_clause(source, speaker):
    assert said(f"{source} said the ward was full.") == [
        [speaker, "said", "the ward was full"]
    ]


def test_a_source_without_a_name_of_a_quotation():
    for text in (
        "“The talks are over for now,” a diplomat who requested anonymity told Lee.",
        "“The talks are over for now,” said a diplomat, who spoke on the condition "
        "that he not be named.",
    ):
        [[speaker, _, _]] = said(text)
        assert speaker == "diplomat"


def test_a_clause_about_another_speaker_is_none_of_the_source():
    assert said("The man who local police said was a thief left town.") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The bank was sued by its clerk, Rosa Vane, in May, alleging unpaid wages.",
            "Rosa Vane",
        ),
        ("Mr. Holt has been sued by a tenant, claiming the roof leaked.", "tenant"),
        ("The council was criticized by Bo Lind, saying it wasted money.", "Bo Lind"),
        ("The bank was sued in May, alleging theft by staff.", None),
        ("Rosa Vane sued the bank, alleging theft by staff.", "Rosa Vane"),
    ],
)
def test_who_alleges_is_who_sues(text, speaker):
    assert [who for who, _, _ in said(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The court fined him and said he was careless.", "court"),
        ("The coach benched Dahl and said he needed rest.", "coach"),
        ("The pope met the miners and said that their pain was his.", "pope"),
        ("The teacher gave her a book and told her that it was late.", "teacher"),
        ("The referee sent off Moe and warned that more would follow.", "referee"),
    ],
)
def test_what_a_speaker_did_is_no_part_of_who_it_is(text, speaker):
    assert [who for who, _, _ in said(text)] == [speaker]


def test_what_is_not_to_be_done_is_asked():
    [[_, _, words]] = said("The mayor asked voters not to panic.")
    assert words == "not to panic"


def test_his_statement_is_his():
    text = "Ned Gill left. His statement said that the bank was closed."
    assert said(text)[0][0] == "Ned Gill"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Rosa and Carl Vane met. “We saved for it,” Vane said in her speech.", "Rosa Vane"),
        ("Rosa and Carl Vane met. “We saved for it,” Vane said.", "Vane"),
        ("Rosa Vane met Carl Vane. “We saved for it,” Mr. Vane said.", "Carl Vane"),
        ("Rosa Vane met Carl Vane. “We saved for it,” Ms. Vane said.", "Rosa Vane"),
        ("Carl Vane spoke. His brother Otto Vane left. “We saved for it,” Otto said.", "Otto Vane"),
        ("Carl Vane Jr. came. “We saved for it,” Vane said.", "Carl Vane Jr"),
        ("Vane came with Carl Vane Jr., his son. “We saved for it,” Vane said.", "Vane"),
        ("“We saved for it,” said Rosa Vane, Carl Vane's sister.", "Rosa Vane"),
    ],
)  # fmt: skip
def test_namesakes(text, speaker):
    assert [who for who, _, _ in said(text)] == [speaker]


@pytest.mark.parametrize(
    "mention", ["Carl Vane, Jr.,", "Carl Vane Jr.", "Carl Vane, Jr."]
)
def test_a_comma_before_a_suffix_ends_no_name(mention):
    assert said(f"{mention} said the mill was old.") == [
        ["Carl Vane Jr", "said", "the mill was old"]
    ]


def test_a_short_first_name_is_the_long_one():
    assert is_same_person("Bob Unger", "Robert Unger")
    assert not is_same_person("Bob Unger", "William Unger")
    assert Names(["Robert Unger came. Now Bob Unger left."]).namesakes(["Unger"]) == [
        "Bob Unger"
    ]


def test_nothing_that_is_no_person_is_meant_by_he():
    text = "Ned Gill won. The opening was loud. “It is fine for me,” he said."
    assert [who for who, _, _ in said(text)] == ["Ned Gill"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # behind the end of a paragraph
        ("It rained.\nIda Storm left. “It was too wet for us,” Storm said.", "Ida Storm"),
        ("It rained.\n\nNils Dahl left. “It was too wet,” Mr. Dahl said.", "Nils Dahl"),
        # a small word that is a name, too
        ("It rained. So Storm left. “It was too wet for us,” Storm said.", "Storm"),
        ("It rained. So Young Park left. “It was too wet,” Park said.", "So Young Park"),
        ("Unlike Storm, Dahl left. “It was too wet for us,” Storm said.", "Storm"),
        # who is called so
        ("President Holt left. “It was too wet for us,” the president said.", "Holt"),
        ("Vice President Ned Gill left. “It was too wet,” the president said.", "president"),
        ("The Republican Party won. “It was too wet,” the Republican said.", "Republican"),
        ("CNN left. “It was too wet for us,” the senator's office said.", "senator's office"),
    ],
)  # fmt: skip
def test_who_is_meant_by_a_last_name_or_a_title(text, speaker):
    assert [who for who, _, _ in said(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ida Storm quoted Nils Dahl as saying that the mill was old.", "Nils Dahl"),
        ("“It was a mess for us,” Storm quoted Nils Dahl as saying.", "Nils Dahl"),
        ("When Lee said beds were short, Ida Storm left, saying she was ill.", "Ida Storm"),
        ("Ida Storm left. Another guard was rude. “It was late,” he said.", "another guard"),
        ("Lind's lawyer, Ana Ruiz, left. “It was too late for us,” she said.", "Ana Ruiz"),
        ("Its owner, Bo Lind, left. “It was too late for us,” he said.", "Bo Lind"),
        ("A clerk, who gave only her first name, Ida, said that it was late.", "clerk"),
        ("Jo Storm met a spokesman. “It was too late for us,” she said.", "Jo Storm"),
        # Holt is somebody else than the only Holt with a first name
        ("Holt left. Holt ate. Holt slept. Lena Holt woke. “It is so late,” Holt said.", "Holt"),
    ],
)  # fmt: skip
def test_who_is_meant_beside_others(text, speaker):
    assert said(text)[-1][0] == speaker


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("According to the Arden News, Storm said, “We will stay in the town.”",
         "Storm", "We will stay in the town."),
        ("According to the Arden News, Ida Storm said the mill was old.",
         "Ida Storm", "the mill was old"),
        ("According to its director, Lena Holt, the mill is old.",
         "Lena Holt", "the mill is old"),
        ("“We will stay in the town,” Storm said in a film, according to the News.",
         "Storm", "We will stay in the town,"),
        # marks between spaces, as of text that has been cut into words
        ('" We will stay in the town , " Senator Holt of Arden said .',
         "Holt", "We will stay in the town ,"),
        ('Holt said on Monday : " We will stay in the town . "',
         "Holt", "We will stay in the town ."),
    ],
)  # fmt: skip
def test_who_says_what(text, speaker, words):
    [[who, _, what]] = said(text)
    assert (who, what) == (speaker, words)


def test_who_speaks_on_is_who_spoke_not_who_reported_it():
    text = "“It is so late,” Storm said in a film, according to the News. “I go now, friends.”"
    assert [who for who, _, _ in said(text)] == ["Storm", "Storm"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Trade and Energy Minister Ana Ruiz said that it was late.", "Ana Ruiz"),
        ("Police and Crime Commissioner Bo Lind said that it was late.", "Bo Lind"),
        ("“Why not?” Trade and Energy Board Chairwoman Ana Ruiz said.", "Ana Ruiz"),
        ("Ida Storm and Judge Bo Lind said that it was late.", "Ida Storm and Bo Lind"),
        ("It may “take us back to a much darker time,” as Bo Lind warned in a note.", "Bo Lind"),
        ("The Green Sea Network won. “We are dancing today,” the group said.", "Green Sea Network"),
        ("The Arden Post has an owner. “We stay what we were,” the paper said.", "Arden Post"),
        ("The Senate met. “We stay what we were today,” the company said.", "company"),
    ],
)  # fmt: skip
def test_offices_of_two_words_and_bodies_spoken_of(text, speaker):
    assert {who for who, _, _ in said(text)} == {speaker}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She was on the show “State of the Union.” It was late.", []),
        ("His book is “Save the Sea: How to Live by It.” It sells.", []),
        ("“Bo Lind is not here today.” Lee left.", ["Bo Lind is not here today."]),
        ("“That’s Ann Lee and Bo Lind.” Poe left.", ["That’s Ann Lee and Bo Lind."]),
        ("Lee said: “SAD DAY FOR US.”", ["SAD DAY FOR US."]),
    ],
)
def test_the_name_of_a_work_with_its_full_stop_is_nobodys_words(text, words):
    assert [what for _, _, what in said(text)] == words


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Ida Storm, a nurse from Arden, has also said that gas leaked.",
         "Ida Storm, a nurse from Arden", "has also said"),
        ("Her lawyer, Nils Dahl, said that gas leaked.", "Her lawyer, Nils Dahl", "said"),
        ("“Gas leaked all night,” said Nils Dahl, a miner, who saw the fire.",
         "Nils Dahl, a miner, who saw the fire", "said"),
        ("“Gas leaked all night,” said Nils Dahl. He left.", "Nils Dahl", "said"),
        ("Sen. Ida Storm (D-Ark.) said that gas leaked.", "Sen. Ida Storm (D-Ark.)", "said"),
        ("Ida Storm, 52, later added that gas leaked.", "Ida Storm, 52", "later added"),
        ("Members of the board had not said that gas leaked.",
         "Members of the board", "had not said"),
        # of a relative clause its pronoun; what somebody does is no part of it
        ("Nils Dahl, who said that gas leaked, is a miner.", "who", "said"),
        ("Nils Dahl, speaking in Arden, said that gas leaked.", "Nils Dahl", "said"),
        ("At the debate, Nils Dahl said that gas leaked.", "Nils Dahl", "said"),
        ("Nils Dahl left the room and said that gas leaked.", "Nils Dahl", "said"),
    ],
)  # fmt: skip
def test_the_whole_of_a_source_and_of_a_cue(text, source, cue):
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]})
    row = quotes(articles).iloc[0]
    whole = text[row["source_start"] : row["source_end"]]
    assert (whole, text[row["cue_start"] : row["cue_end"]]) == (source, cue)
    assert row["source_start"] <= row["speaker_start"] or source == "who"
