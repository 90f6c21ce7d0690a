"""What is the outlet's own voice though a word in it can report, and what is reported."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import quotes


def reported(text: str) -> list[str]:
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]})
    rows = quotes(articles)
    return rows.loc[rows["kind"] == "indirect", "text"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        # nouns and names
        "The Turin blast injured nine.",
        "Rail and state radio workers walked out.",
        "The levy on regional, state and port traffic rose.",
        "The rule, which bars state and city clerks from voting, stands.",
        "The Baltic states seek a pact.",
        "The race moves to northern states that Ruiz may win.",
        "She lost poor states that vote late.",
        "The rebels sent out orders that nobody followed.",
        "The play tells of a king who went mad.",
        "He told of plans that would ruin the town.",
        "The ward admitted 30 women in May.",
        "She called her brother.",
        "The weather determines who sails.",
        "Pay demands worried owners.",
        "Police questions upset them.",
        "The report claims that surfaced on Friday were false.",
        "The Harbour court orders stunned firms.",
        # participles
        "The cuts, planned to save money, hurt schools.",
        "The mayor’s widely criticized remarks drew a crowd.",
        "The council rejected comments that have been widely condemned.",
        "A union group called Dawn met on Friday.",
        # acts
        "A clip showed the driver with a phone.",
        "Mr. Berg called his wife on Sunday.",
        "The firm called off the sale.",
        "She praised the cook.",
        "He thanked his neighbours.",
        "The book tells the tale of a nurse who lost her way.",
        "The unions want a pay rise.",
        "The flood claimed nine lives.",
        "Berg claimed her third title in Arden.",
        # what goes on, and what stands before words that follow in the next line
        "But even after the harvest failed, the lending continued.",
        "In a speech on the harbour, he declared:",
        "The levy, announced earlier this year, was paid.",
        # what nobody has said
        "The fee is waived if the court finds that it hurts.",
        "He did not mention the ferry.",
        "Readers who want to know more can write.",
    ],
)
def test_own_voice(text):
    assert reported(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The mayor claims the road is safe.", "the road is safe"),
        ("The report states that the dam is old.", "that the dam is old"),
        ("Doctors report that flu is rising.", "that flu is rising"),
        ("A poll showed Mr. Berg with a small lead.", "Mr. Berg with a small lead"),
        ("The survey shows voters want change.", "voters want change"),
        ("Critics called the bridge a costly mistake.", "the bridge a costly mistake"),
        ("She called him unfit for office.", "him unfit for office"),
        ("Lee called the plan “mad and cruel”.", "the plan “mad and cruel"),
        ("He thanked the nurses for their care.", "the nurses for their care"),
        ("The court found that the firm had lied.", "that the firm had lied"),
        ("Norway wants to join the pact.", "to join the pact"),
        ("He does not believe the talks will succeed.", "the talks will succeed"),
        ("The council rejected the claim that it had erred.", "that it had erred"),
        (
            "The River Board said in a written notice issued Friday that it would close.",
            "that it would close",
        ),
    ],
)
def test_reported_speech(text, words):
    assert any(words in row for row in reported(text)), reported(text)


def test_nothing_is_reported_behind_the_speaker_of_a_quotation():
    text = "“We go home now,” Lee said at a rally in Lyon, his home town."
    assert reported(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lee did not confirm the plan when asked by the press on Monday.",
        "If the Greens hope to win the seat they must run a clean race.",
        "If confirmed, Lee would lead the bank for six years.",
        "The goal as stated in the mayor's May order is to save water.",
        "Visitors watched Lee declare the fair open.",
        "The boy made his mother promise a feast.",
        "The mayor ordered the purchase of salt, which may or may not be dear.",
        "Rebels attacked them at dawn.",
        "As we all know the bridge is old.",
        "He wrote them a check for the roof.",
        "He built a wall intended to keep out the sea.",
        "So why admit the fault now?",
        "This may explain the rise in prices.",
        "The party bans private plans that offer the same care.",
    ],
)
def test_what_nobody_says(text):
    assert reported(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # up to where the outlet goes on by itself
        ("Lee, who claimed that it rained, was fined on Monday.", ["that it rained"]),
        ("Lee said the dam was safe, a claim that all reject.", ["the dam was safe"]),
        ("The union refused to budge, which hurt sales.", ["to budge"]),
        ("As voters learn that prices rise, Lee keeps silent.", ["that prices rise"]),
        ("While Lee said that the dam was safe, Poe left.", ["that the dam was safe"]),
        ("Lee said it was “mad and a bad one” but later praised it.", ["it was"]),
        # both sides of the speaker
        ("Rents, he said, have risen twice.", ["Rents", "have risen twice"]),
        ("If it rains, Lee said, the dam holds.", ["If it rains", "the dam holds"]),
    ],
)
def test_where_reported_words_begin_and_end(text, words):
    assert reported(text) == words
