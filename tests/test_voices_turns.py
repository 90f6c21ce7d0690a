"""Turns of speech: interviews, transcripts, stamps; and lists that only look like them."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import passages, quotes
from idlibkit.tables import source_text
from idlibkit.voices.turns import find_turns


def article(*lines: str, outlet: str = "Harbour Gazette") -> pd.DataFrame:
    columns = {"article_id": ["a"], "outlet": [outlet], "text": ["\n\n".join(lines)]}
    return pd.DataFrame(columns)


def voices(*lines: str, outlet: str = "Harbour Gazette") -> list[tuple[str, str, str]]:
    rows = passages(article(*lines, outlet=outlet))
    return list(
        zip(rows["voice"], rows["speaker"].fillna(""), rows["text"], strict=True)
    )


INTERVIEW = [
    "Ada Okoye runs the ferry.",
    "Q: Why did you stop?",
    "A: The hull was cracked. Nobody would have sailed.",
    "We sent the boat to the yard.",
    "Q: And now?",
    "A: Now we wait.",
    "Harbour Gazette: Until when?",
    "Okoye: Until May.",
]


def test_questions_are_the_outlets_and_answers_are_not():
    rows = voices(*INTERVIEW)
    assert ("own", "", "Q: Why did you stop?") in rows
    assert ("quoted", "", "The hull was cracked.") in rows
    assert ("quoted", "", "We sent the boat to the yard.") in rows
    assert ("own", "", "Harbour Gazette: Until when?") in rows
    assert ("quoted", "Ada Okoye", "Until May.") in rows


def test_a_transcript_has_speakers_in_capitals():
    rows = voices(
        "EVA LUND, KNN ANCHOR: Good evening.",
        "(BEGIN VIDEO CLIP)",
        "MO ROE, MAYOR OF LYON (via phone): The road is shut.",
        "(APPLAUSE)",
        "LUND: When will it open?",
        "ROE: Tomorrow, I hope.",
        outlet="KNN",
    )
    assert [row for row in rows if row[0] == "quoted"] == [
        ("quoted", "Mo Roe", "The road is shut."),
        ("quoted", "Mo Roe", "Tomorrow, I hope."),
    ]
    assert not any("APPLAUSE" in text or "CLIP" in text for *_, text in rows)


def test_stamps_are_nobodys_voice():
    rows = voices("0:00", "this is the harbour", "0:03", "of our town", "0:06", "today")
    assert [text for *_, text in rows] == [
        "this is the harbour",
        "of our town",
        "today",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Monday: rain",
            "Tuesday: sun",
            "Wednesday: snow",
            "Thursday: fog",
            "It is cold.",
        ],
        ["Director: Ann Lee", "Cast: Bo Lind", "Length: 120 minutes", "Rating: four"],
        ["What we know: a fire broke out.", "Where: at the port.", "When: at noon."],
    ],
)
def test_lists_have_no_turns(lines):
    assert find_turns(lines, "Gazette") == []
    assert {voice for voice, *_ in voices(*lines)} == {"own"}


def test_rows_of_turns_lead_back_to_the_text():
    articles = article(*INTERVIEW)
    rows, text = quotes(articles), source_text(articles)[0]
    assert rows["text"].tolist() == [
        text[row.start : row.end] for row in rows.itertuples()
    ]
    assert (
        rows["start"].is_monotonic_increasing and rows["position"].between(0, 1).all()
    )
    last = rows.iloc[-1]
    assert (last["speaker_text"], last["kind"], last["named"]) == (
        "Okoye",
        "direct",
        "person",
    )
    assert text[last["speaker_start"] : last["speaker_end"]] == "Okoye"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("zh", "市长说：“码头今天全部关闭，明天再开。”他走了。", "码头今天全部关闭"),
        (
            "ja",
            "市長は「港は今日は閉まっています」と述べた。",
            "港は今日は閉まっています",
        ),
        (
            "he",
            "״אנחנו סוגרים את הנמל היום״, אמר ראש העיר.",
            "אנחנו סוגרים את הנמל היום",
        ),
        ("zh", "市长说：＂码头今天全部关闭。＂他走了。", "码头今天全部关闭"),
    ],
)
def test_quotations_of_other_scripts(language, text, words):
    rows = passages(article(text).assign(language=language))
    quoted = rows.loc[rows["voice"] == "quoted", "text"]
    assert words in "".join(quoted)


def test_a_name_in_marks_is_a_fragment_in_any_script():
    rows = quotes(
        article("市长参观了“海鸥”号船，然后离开了码头。").assign(language="zh")
    )
    assert rows["kind"].tolist() == ["fragment"]


def test_typewriter_marks():
    rows = quotes(article("``We have to close the port,'' said Ada Okoye."))
    assert rows["text"].tolist() == ["We have to close the port,"]


@pytest.mark.parametrize("label", [">> {}:", "<v {}>", "[00:01:15] {}:"])
def test_labels_of_captions(label):
    names = ["ANN LEE, KNN ANCHOR", "MO ROE"]
    said = ["Good evening.", "The road is shut.", "And now?", "It stays shut."]
    rows = voices(
        *(f"{label.format(names[n % 2])} {text}" for n, text in enumerate(said)),
        outlet="KNN",
    )
    assert [row for row in rows if row[0] == "quoted"] == [
        ("quoted", "Mo Roe", "The road is shut."),
        ("quoted", "Mo Roe", "It stays shut."),
    ]


def test_a_change_of_speakers_ends_a_turn():
    rows = voices(
        ">> REPORTER: Bo Lind, why?",
        ">> LIND: The road is shut.",
        ">> REPORTER: And now?",
        ">> LIND: It stays shut.",
        ">> Back to the studio.",
        ">> LIND: Thank you.",
        outlet="KNN",
    )
    assert ("own", "", ">> Back to the studio.") in rows
    assert ("quoted", "Bo Lind", "Thank you.") in rows


def test_one_name_that_answers_the_outlet_is_a_person():
    rows = voices(
        "Hafenblatt: Warum haben Sie gestoppt?",
        "Okoye: Der Rumpf war gerissen.",
        "Hafenblatt: Und jetzt?",
        "Okoye: Jetzt warten wir.",
        outlet="Hafenblatt",
    )
    assert ("quoted", "Okoye", "Jetzt warten wir.") in rows
    assert ("own", "", "Hafenblatt: Und jetzt?") in rows
