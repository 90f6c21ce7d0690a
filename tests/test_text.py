"""Typography is not framing: the same words are the same terms, whoever set the type."""

import unicodedata

import growth
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.text.codes import encode
from idlibkit.text.words import (
    PLAIN,
    TOKEN,
    count_words,
    fold,
    fold_with_places,
    plain,
    tokenize,
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Mevlüt Çavuşoğlu’s", ["mevlut", "cavusoglu"]),
        ("Mevlut Cavusoglu's", ["mevlut", "cavusoglu"]),
        ("İstanbul ISTANBUL ısı", ["istanbul", "istanbul", "isi"]),
        ("Straße", ["strasse"]),
        ("soldiers’ ‘regime’ “regime”", ["soldiers", "regime", "regime"]),
        ("de-escalation de‑escalation de‐escalation", ["de-escalation"] * 3),
        ("It isn’t, it isn't", ["it", "isn't", "it", "isn't"]),
        ("hu\u00adman zero\u200bwidth", ["human", "zerowidth"]),
        ("1,000 3.6km 16x9", ["1", "000", "3", "6km", "16x9"]),
        ("war—a crime—and", ["war", "a", "crime", "and"]),
        ("U.S. p.m.", ["us", "p", "m"]),
        ("Ελλάδα Война सीरिया", ["ελλάδα", "война", "सीरिया"]),
        ("ﬁre Ａｌｅｐｐｏ", ["fire", "aleppo"]),
        ("_ … — ½", []),
        ("", []),
    ],
)
def test_tokens(text, terms):
    assert tokenize(text) == terms


def test_marks_are_stripped_from_latin_letters_only():
    assert fold("é ñ ş ά й") == "e n s ά й"


@given(st.text(alphabet="Ççşğıİäöüéñ’“”—-abcXYZ 's\u0301", max_size=40))
def test_composed_and_decomposed_text_give_the_same_terms(text):
    assert tokenize(unicodedata.normalize("NFC", text)) == tokenize(
        unicodedata.normalize("NFD", text)
    )


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_folded_places_lead_back(text):
    folded, places = fold_with_places(text)
    assert len(places) == len(folded) + 1
    assert places[-1] == len(text)
    assert (pd.Series(places).diff().dropna() >= 0).all()
    for at, character in enumerate(folded):
        after = next((p for p in places[at + 1 :] if p > places[at]), len(text))
        assert character in fold(text[places[at] : after])


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_text_is_scored_unchanged(text):
    assert plain([text]) == [text]


def test_scoring_sees_no_typography():
    assert plain(["It isn’t “aggression”\u00a0– war—a crime—and"]) == [
        'It isn\'t "aggression"  -  war - a crime - and'
    ]


@given(
    st.lists(
        st.text(
            st.sampled_from([*PLAIN, *"a \n-é中😀\ud800"]) | st.characters(),
            max_size=30,
        )
    )
)
def test_scoring_sees_other_characters_as_they_are(texts):
    assert plain(texts) == [text.translate(str.maketrans(PLAIN)) for text in texts]


# ------------------------------------------------------------------------------------------------ whole columns
def by_expression(texts):
    """The tokens of each text, as the regular expression finds them."""
    return pl.Series(texts, dtype=pl.String).str.extract_all(TOKEN).to_list()


def by_column(texts):
    column = pd.Series(texts, dtype="str")
    codes, lengths, tokens = encode(column)
    assert len(set(tokens)) == len(tokens) == len(set(codes.tolist()))
    assert count_words(column).tolist() == lengths.tolist()
    ends = np.cumsum(lengths)
    return [
        [tokens[code] for code in codes[a:b]]
        for a, b in zip(ends - lengths, ends, strict=True)
    ]


TRICKY = "ab1'-’‘\u02bc\u2032\uff07\u2010\u2011\u00ad\u200b\u200d\ufeffé\u0301ñбनि्中𝒜😀٣½_. \n\0"


@given(
    st.lists(
        st.text(st.sampled_from(TRICKY) | st.characters(codec="utf-8"), max_size=50),
        max_size=5,
    )
)
def test_tokens_of_a_column_are_those_of_the_expression(texts):
    assert by_column(texts) == by_expression(texts)


@pytest.mark.parametrize(
    "around", [("", ""), ("a", ""), ("", "a"), ("a", "a"), ("a'", "a")]
)
def test_every_character_is_read_as_by_the_expression(around):
    assigned = [
        *range(0xD800),
        *range(0xE000, 0x20000),
        *range(0x20000, 0x34000, 7),  # nothing but ideographs
        *range(0xE0000, 0xE1000),
    ]  # the other planes are empty
    texts = [around[0] + chr(n) + around[1] for n in assigned]
    codes, lengths, tokens = encode(pd.Series(texts, dtype="str"))
    expected = pl.Series(texts).str.extract_all(TOKEN)
    assert lengths.tolist() == expected.list.len().to_list()
    assert [tokens[code] for code in codes] == expected.explode(
        empty_as_null=False
    ).to_list()


def test_tokens_that_begin_alike_are_told_apart():
    letters = "abcdefghijklmnopqrstuvwxyz"
    texts = (
        [letters[:n] for n in range(27)]
        + [letters[:n] + "é" for n in range(27)]
        + ["x" + letters[:n] for n in range(27)]
    )
    assert by_column([*texts, None, *texts[::-1]])[:81] == by_expression(texts)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4_000_000,
        "a'" * 2_000_000,
        "A." * 2_000_000,
        "\u0301" * 2_000_000,
        "中" * 1_400_000,
        ("a" * 20 + " ") * 200_000,
    ],
)
def test_hostile_text_is_tokenised_in_linear_time(text):
    growth.linear(lambda size: by_column([text[:size]]), len(text))
