"""Passages: every character once, in the right voice, at its place."""

from pathlib import Path

import growth
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import idlibkit as ik
from idlibkit.tables import IdlibkitError, IdlibkitWarning, source_text

SEEDS = Path(__file__).parents[1] / "seeds"
EDGE = " \t\r\n\"“”„‟«»‹›‘’'"


def of(*texts, **columns):
    articles = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(texts))],
            "outlet": "Gazette",
            "text": texts,
        }
    )
    return ik.passages(articles.assign(**columns))


def cut(text):
    return of(text)[["voice", "text"]].to_numpy().tolist()


@pytest.fixture(scope="module")
def seeds():
    articles = ik.read_articles(SEEDS)
    return articles, ik.passages(articles)


def test_sentences_and_voices_by_hand():
    assert cut(
        "The talks in Rome failed. “We will come back on Friday. We must,” Ann Lee said. No one answered."
    ) == [
        ["own", "The talks in Rome failed."],
        ["quoted", "We will come back on Friday."],
        ["quoted", "We must,"],
        ["own", "Ann Lee said."],
        ["own", "No one answered."],
    ]


def test_an_attribution_belongs_to_the_sentence_it_ends():
    rows = of("“Who did this? We want to know!” Ann Lee asked. No one answered.")
    assert rows.loc[rows["text"].str.startswith("Ann"), "sentence"].item() == 1
    assert rows["sentence"].tolist() == [0, 1, 1, 2]


def test_a_fragment_stays_in_its_sentence():
    assert cut("It was a “great day” for all of them.") == [
        ["own", "It was a “great day” for all of them."]
    ]


def test_a_fragment_can_open_a_sentence_and_a_short_quotation_keeps_no_mark():
    assert (
        cut("Nobody came. “Great day” was the motto.")[1][1]
        == "“Great day” was the motto."
    )
    texts = [
        text
        for _, text in cut(
            "The militants fled the town. “We won,” the minister told reporters. Nobody came."
        )
    ]
    assert not any(text.count("“") != text.count("”") for text in texts), texts


def test_apostrophes_and_possessives_are_no_quotes():
    text = "The soldiers' families don't leave before '98. Rebels' posts weren't hit."
    assert {voice for voice, _ in cut(text)} == {"own"}


def test_abbreviations_end_no_sentence():
    assert len(cut("Mr. Lee of the U.S. met Gen. Roe on Feb. 6 in Rome.")) == 1


@pytest.mark.parametrize("text", ["", "   ", "… — “ ”", "\n\n"])
def test_an_article_without_a_word_has_no_row(text):
    assert of(text).empty
    assert len(of(text, "Two words.")) == 1


def check(articles, rows):
    """Offsets exact, no overlap, and nothing of the kept text left out but white space and marks at the edges."""
    source = source_text(articles).set_axis(articles["article_id"])
    kept = ik.lines(articles).query("kept")
    for name, part in rows.groupby("article_id"):
        text = source[name]
        assert all(text[row.start : row.end] == row.text for row in part.itertuples())
        assert (part["start"].to_numpy()[1:] >= part["end"].to_numpy()[:-1]).all()
    for line in kept.itertuples():
        part = rows[
            (rows["article_id"] == line.article_id)
            & (rows["start"] >= line.start)
            & (rows["end"] <= line.end)
        ]
        left = np.ones(line.end - line.start, bool)
        for row in part.itertuples():
            left[row.start - line.start : row.end - line.start] = False
        rest = "".join(np.array(list(line.text))[left])
        assert not any(character.isalnum() for character in rest), rest


def test_every_character_of_the_seeds_once(seeds):
    articles, rows = seeds
    check(articles, rows)
    assert rows["n_words"].sum() == sum(
        rows["text"].map(lambda text: len(ik.text.tokenize(text)))
    )
    assert {"country", "wire", "year", "month"} <= set(rows) and not {
        "raw",
        "title",
    } & set(rows)
    assert rows["year"].unique().tolist() == [2020, 2018] and "2020-02" in set(
        rows["month"]
    )


TEXT = st.lists(
    st.sampled_from(["The talks failed", "“We will come back", "”", '"', "Ann Lee said", ". ", ", ", "\n", "’s", "‘", "’", "? ", "«", "»", "é", "according to Ann Lee"]),
    max_size=25,
).map("".join)  # fmt: skip


@given(st.lists(TEXT, min_size=1, max_size=3))
def test_every_character_of_any_text_once(texts):
    articles = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(texts))],
            "outlet": "Gazette",
            "text": texts,
        }
    )
    check(articles, ik.passages(articles))


def test_order_and_index_of_articles_do_not_matter(seeds):
    articles, rows = seeds
    shuffled = articles.sample(frac=1, random_state=2).set_axis(range(50, 55))
    pd.testing.assert_frame_equal(ik.passages(shuffled), rows)
    one_by_one = pd.concat(
        [ik.passages(part) for _, part in articles.groupby("article_id")],
        ignore_index=True,
    )
    pd.testing.assert_frame_equal(one_by_one, rows, check_dtype=False)


def test_missing_raw_is_taken_row_by_row():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": "G",
            "raw": ["Raw text here.\n", None],
            "text": ["Raw text here.", "  Clean text here."],
        }
    )
    rows = ik.passages(articles)
    assert rows["text"].tolist() == ["Raw text here.", "Clean text here."]
    assert rows["start"].tolist() == [0, 2]


def test_columns_of_the_same_name_are_named():
    with pytest.warns(IdlibkitWarning, match="column 'voice' of articles is left out"):
        of("Some words here.", voice="x")


@pytest.mark.parametrize("read", [ik.passages, ik.quotes, ik.lines, ik.shared_text])
@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"article_id": ["a", "a"], "text": ["Some words."] * 2},
            "'a' stands more than once",
        ),
        (
            {"article_id": ["a", 1, "1"], "text": ["Some words."] * 3},
            "'1' stands more than once",
        ),
        (
            {"article_id": ["a", None], "text": ["Some words."] * 2},
            "article_id is missing in row 1",
        ),
        ({"article_id": ["a", "b"], "text": ["Some words.", 5]}, "row 1 holds 5 .int."),
        (
            {"article_id": ["a", "b"], "raw": [1.5, float("nan")]},
            "row 0 holds 1.5 .float.",
        ),
    ],
)
def test_tables_that_are_no_articles_are_named(read, columns, message):
    with pytest.raises(IdlibkitError, match=message):
        read(pd.DataFrame(columns).assign(outlet="G"))


@pytest.mark.parametrize(
    ("piece", "n"),
    [("word ", 200_000), ('"a “b \' ', 10_000), ("“Ab. Cd. ", 10_000), ("‘Ab. Cd. ", 10_000), ("he said ", 25_000), ("“Ab cd ef gh.\n", 10_000)],
    ids=["no full stop", "unbalanced", "open quotes", "open single", "cues", "lines"],
)  # fmt: skip
def test_twice_the_text_takes_no_more_than_twice_the_time(piece, n):
    growth.linear(lambda n: of(piece * n), 2 * n)


def test_voices_by_marks_alone(seeds):
    text = "Ann Lee said the talks failed. “We will come back on Friday,” Ann Lee said. The “great day” came."
    rows = ik.passages(
        pd.DataFrame({"article_id": ["a"], "outlet": "Gazette", "text": [text]}),
        speakers=False,
    )
    assert rows[["voice", "text"]].to_numpy().tolist() == [
        ["own", "Ann Lee said the talks failed."],
        ["quoted", "We will come back on Friday,"],
        ["own", "Ann Lee said."],
        ["own", "The “great day” came."],
    ]
    assert rows["speaker"].isna().all()
    articles, with_speakers = seeds
    rows = ik.passages(articles, speakers=False)
    check(articles, rows)
    pd.testing.assert_series_equal(rows.dtypes, with_speakers.dtypes)
    said, heard = (
        part.query("voice == 'quoted'")[["start", "end", "text"]]
        for part in (rows, with_speakers)
    )
    pd.testing.assert_frame_equal(
        said.reset_index(drop=True), heard.reset_index(drop=True)
    )


def test_ids_can_be_numbers():
    texts = ["The talks failed.", "“We will come back soon,” Ann Lee said."]
    articles = pd.DataFrame({"article_id": [12, 7], "outlet": "Gazette", "text": texts})
    rows = ik.passages(articles)
    assert rows[["article_id", "text"]].to_numpy().tolist() == [
        ["12", "The talks failed."],
        ["7", "We will come back soon,"],
        ["7", "Ann Lee said."],
    ]


def test_one_reading_gives_the_tables_of_three_functions(seeds):
    articles = seeds[0].sample(frac=1, random_state=4)
    voices = ik.voices.read_voices(articles)
    pd.testing.assert_frame_equal(voices.lines, ik.lines(articles))
    pd.testing.assert_frame_equal(voices.quotes, ik.quotes(articles))
    passages = ik.passages(articles)
    full = {
        "Cavusoglu": "Mevlut Cavusoglu",
        "Tayyip Erdogan": "Recep Tayyip Erdogan",
    }
    passages["speaker"] = passages["speaker"].replace(full).astype("str")
    pd.testing.assert_frame_equal(voices.passages, passages)
