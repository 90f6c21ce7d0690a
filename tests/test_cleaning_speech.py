"""Subtitles, live reports and conversations: stamps are out, what is said stays."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import lines

SAID = [
    "Why did you stop the boats?",
    "The hull was cracked.",
    "And now?",
    "Now we wait, and nobody sails.",
]
NAMES = ["Mo Roe", "Ada Okoye"]


def kept(raw: str) -> list[str]:
    found = lines(pd.DataFrame({"article_id": ["a"], "raw": [raw]}))
    assert all(raw[row.start : row.end] == row.text for row in found.itertuples())
    return found.loc[found["kept"], "text"].tolist()


def role(raw: str, text: str) -> str:
    found = lines(pd.DataFrame({"article_id": ["a"], "raw": [raw]}))
    return found.loc[found["text"] == text, "role"].iloc[0]


def test_subtitles_keep_their_words_alone():
    srt = "\n".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{text}\n"
        for n, text in enumerate(SAID, 1)
    )
    assert kept(srt) == SAID
    assert role(srt, "00:00:02,000 --> 00:00:02,900") == "dateline"


def test_the_head_of_a_file_of_captions_is_no_text():
    vtt = "WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(
        f"00:0{n}.000 --> 00:0{n}.900 align:start\n<v {NAMES[n % 2]}>{text}\n"
        for n, text in enumerate(SAID, 1)
    )
    assert [text.partition(">")[2] for text in kept(vtt)] == SAID


@pytest.mark.parametrize(
    "label", ["{}:", "[00:01:1{n}] {}:", ">> {}:", "0:1{n} {}:", "{}, of the yard:"]
)
def test_a_short_conversation_is_kept_whole(label):
    text = [
        f"{label.format(NAMES[n % 2], n=n)} {words}" for n, words in enumerate(SAID)
    ]
    assert kept("\n".join(text)) == text
    assert kept("\n\n".join(["The woman behind the boats", *text])) == [
        "The woman behind the boats",
        *text,
    ]


@pytest.mark.parametrize("stamp", ["{}.15 GMT", "{}:15", "[{}:15:09]", "{}.15pm BST"])
def test_times_and_writers_of_a_live_report_are_no_text(stamp):
    entries = [
        "The harbour board has closed two cranes until the wind drops.",
        "Schools stay shut on Tuesday, the mayor has just told a local radio.",
        "Good morning. The storm is to reach the coast at about two.",
    ]
    parts = [
        f"{stamp.format(hour)}\n{name}\n{entry}"
        for hour, name, entry in zip(
            (11, 10, 9), ("Mo Roe", "Ann Li", "Bo"), entries, strict=True
        )
    ]
    raw = "Storm Ada: the coast shuts down\n\n" + "\n\n".join(parts)
    assert [text for text in kept(raw) if text != "Bo"] == [
        "Storm Ada: the coast shuts down",
        *entries,
    ]
    assert role(raw, "Mo Roe") == role(raw, "Ann Li") == "byline"


@pytest.mark.parametrize(
    "facts",
    [
        ["Price: 30", "Size: 4", "Price: 12", "Size: 9", "Price: 44", "Size: 2"],
        ["Monday: rain", "Tuesday: sun", "Wednesday: wind", "Thursday: fog"],
        ["Director: Mo Roe", "Camera: Ann Li", "Sound: Bo Lind", "Music: Ada Kern"],
    ],
)
def test_facts_with_labels_are_no_conversation(facts):
    menu = ["Home", "* Sport", "* Weather", "* Boats", *facts, "* Contact", "© Post"]
    story = (
        "The harbour board said on Monday that two of its cranes would be out of use "
        "until the end of the month, since a cable had broken."
    )
    text = ["Port closes two cranes", story, f"{story} It is the second one.", *menu]
    assert not set(facts) & set(kept("\n".join(text)))
