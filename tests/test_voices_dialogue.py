"""Speech that opens with a dash, lists that do too, and doubled marks."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import passages, quotes


def voices(text: str, language: str) -> list[tuple[str, str]]:
    columns = {"article_id": ["a"], "outlet": ["x"], "text": [text]}
    rows = passages(pd.DataFrame({**columns, "language": [language]}))
    return list(zip(rows["voice"], rows["text"], strict=True))


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [
        ("fr", "— On n’a rien vu, raconte Mme Roy. On a couru.", 2),
        ("ru", "– Паром – наша дорога, – пояснила Анна Ли. – Другой нет.", 2),
        ("es", "—El barco no sale —dijo la jueza—. No hay otro.", 2),
        ("pl", "– Prom nie wypłynie – powiedział burmistrz.", 1),
        ("sv", "– Färjan går inte i dag, säger Bo Lind.", 1),
        ("fi", "– Lautta ei lähde tänään, Lind sanoo.", 1),
        ("pt", "— A balsa não sai hoje — disse o prefeito.", 1),
        ("it", "— Il traghetto non parte, ha detto il sindaco.", 1),
    ],
)
def test_words_behind_a_dash_are_spoken_and_their_speaker_is_not(
    language, text, spoken
):
    rows = voices(text, language)
    assert [voice for voice, _ in rows].count("quoted") == spoken
    assert [voice for voice, _ in rows].count("own") == 1


def test_a_dash_inside_a_speech_stays_in_it():
    rows = voices("– Паром – наша дорога, – пояснила Анна Ли.", "ru")
    assert rows[0] == ("quoted", "Паром – наша дорога,")


def test_a_speech_goes_on_in_the_next_paragraph_with_a_dash():
    rows = voices("– Nej, säger Bo Lind.\n\n– Det blir inget.\n\nHan gick.", "sv")
    assert rows[2:] == [("quoted", "Det blir inget."), ("own", "Han gick.")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "— Un gel des loyers ;\n\n— La fin des taxes."),
        ("de", "– Mehr Geld\n\n– Weniger Steuern"),
        ("en", "— Boats will cost more.\n\n— The ferry stops in May."),
        ("ru", "Министр – человек дела."),
    ],
)
def test_lists_and_dashes_inside_sentences_are_no_speech(language, text):
    assert {voice for voice, _ in voices(text, language)} == {"own"}


@pytest.mark.parametrize("marks", [("``", "''"), ("''", "''")])
def test_doubled_marks_are_quotation_marks(marks):
    text = f"{marks[0]}The boat is not sound at all,{marks[1]} said Bo Lind."
    columns = {"article_id": ["a"], "outlet": ["x"], "text": [text]}
    row = quotes(pd.DataFrame(columns)).iloc[0]
    assert (row["kind"], row["speaker"]) == ("direct", "Bo Lind")
    assert row["text"] == text[row["start"] : row["end"]]
    assert row["text"] == "The boat is not sound at all,"
