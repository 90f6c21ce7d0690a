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
