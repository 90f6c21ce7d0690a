"""Interviews without labels, and times before the words of a live report."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import passages, quotes
from idlibkit.voices.interviews import find_answers

HEAD = [
    "The woman who mends nets",
    "Ida Storm has mended nets in Arden for forty years.",
]
TURNS = [
    "How did you learn it?",
    "My aunt showed me when I was eight, and I have not stopped since.",
    "Do you ever tire of it?",
    "On Mondays. I sit down, and my hands tell me that they are seventy years old.",
    "What will you do when the harbour closes?",
    "I will go on. Somebody always needs a net, and I have string enough for two lives.",
]


def answers(lines: list[str]) -> list[tuple[str, str | None]]:
    return [(lines[turn.line], turn.speaker) for turn in find_answers(lines)]


def test_answers_are_those_of_the_person_named_above():
    assert answers(HEAD + TURNS) == [(line, "Ida Storm") for line in TURNS[1::2]]


def test_an_answer_may_have_several_paragraphs_and_a_question_no_mark():
    more = "The nets were brown then. They smelled of bark."
    lines = [
        *HEAD,
        *TURNS[:2],
        more,
        *TURNS[2:4],
        "Tell us about the harbour.",
        *TURNS[5:],
    ]
    lines += ["And what would you tell the young?", "To learn it. I had nobody to ask."]
    assert [line for line, _ in answers(lines)] == [
        *(TURNS[1], more, TURNS[3], TURNS[5]),
        "To learn it. I had nobody to ask.",
    ]


def test_the_last_answer_ends_where_the_outlet_speaks_again():
    note = "This interview has been edited. I spoke to her in May."
    lines = [
        *HEAD,
        *TURNS,
        "I have never owned a boat.",
        note,
        "The harbour closes in June.",
    ]
    assert [line for line, _ in answers(lines)][-1] == "I have never owned a boat."


@pytest.mark.parametrize(
    ("head", "speaker"),
    [
        (["Ida Storm on nets", "She talks to Nils Dahl about string."], "Ida Storm"),
        (["Nets and boats", "Ida Storm and Nils Dahl talk to us."], None),
        (["An interview with the woman who mends nets"], None),
    ],
)
def test_who_answers(head, speaker):
    assert {who for _, who in answers(head + TURNS)} == {speaker}


@pytest.mark.parametrize(
    "lines",
    [
        # fewer than three questions; questions right behind each other; short answers
        HEAD + TURNS[:4],
        [*HEAD, TURNS[0], *TURNS[2::2], *TURNS[1::2]],
        [*HEAD, *(line for pair in zip(TURNS[::2], ["I did."] * 3, strict=True) for line in pair)],
        # nobody is spoken of above; a column, whose author says I
        ["The net", "It is brown.", *TURNS],
        ["Ida Storm is right", "I have read Ida Storm’s book twice.", *TURNS],
        # questions and answers that the outlet gives
        [*HEAD, "Who pays?", "All houses pay ten pounds.", "When do you pay?",
         "The bill comes in May, by post.", "Can you refuse?", "No. Everybody has to pay."],
        # quotations told as such
        [*HEAD, TURNS[0], "“My aunt showed me how to mend a net,” she said. I knew that.",
         *TURNS[2:]],
    ],
)  # fmt: skip
def test_where_it_is_not_sure_nobody_answers(lines):
    assert find_answers(lines) == []


def test_questions_are_the_outlets_voice_and_answers_are_quoted():
    text = "\n\n".join(HEAD + TURNS)
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]})
    cut = passages(articles)
    assert set(cut.loc[cut["text"].str.endswith("?"), "voice"]) == {"own"}
    assert set(cut.loc[cut["text"].str.contains("my|My"), "speaker"]) == {"Ida Storm"}


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("10:42 GMT “We are all safe in here,” Ida Storm said.", "Ida Storm", "We are all safe in here,"),
        ("10:42 GMT Ida Storm said the port was shut.", "Ida Storm", "the port was shut"),
        ("[10:42] Police said two men had fled.", "police", "two men had fled"),
        ("6.45 pm – Police said two men had fled.", "police", "two men had fled"),
        ("11:05 a.m. — “Nobody came to help us,” Ida Storm said.", "Ida Storm", "Nobody came to help us,"),
        ("14:30 The port is shut, officials say.", "officials", "The port is shut"),
        ("At 10:42 GMT Ida Storm said the port was shut.", "Ida Storm", "the port was shut"),
        ("12:00pm: Ida Storm said the dam held.", "Ida Storm", "the dam held"),
        ("10:42 votes were counted, officials said.", "officials", "10:42 votes were counted"),
    ],
)  # fmt: skip
def test_the_time_of_an_entry_is_nobodys_words(text, speaker, words):
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "text": [text]})
    rows = quotes(articles)
    assert rows[["speaker", "text"]].to_numpy().tolist() == [[speaker, words]]
