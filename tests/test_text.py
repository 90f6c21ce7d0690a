"""Typography is not framing: the same words are the same terms, whoever set the type."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.text import fold, fold_with_places, plain, tokenize


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
        ("U.S. p.m.", ["u", "s", "p", "m"]),
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
    assert tokenize(unicodedata.normalize("NFC", text)) == tokenize(unicodedata.normalize("NFD", text))


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
    assert plain(["It isn’t “aggression”\u00a0– war—a crime—and"]) == ['It isn\'t "aggression"  -  war - a crime - and']
