"""The rules of English and of typography that other rooms take from `text`."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.lexicons import reporting_verbs
from idlibkit.tables import IdlibkitError
from idlibkit.text import (
    CLOSING,
    OPENING,
    PARTNERS,
    count_words,
    english_sentence_starts,
    is_abbreviation,
    is_plural,
    is_title_case,
    label_forms,
    plurals,
    sentence_ends,
    sentence_starts,
    singular,
    spelling_list,
    stop_list,
    word_forms,
)
from idlibkit.text.english import stem, verb_forms


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("farm", "farms"),
        ("church", "churches"),
        ("tax", "taxes"),
        ("city", "cities"),
        ("play", "plays"),
        ("fireman", "firemen"),
        ("german", "germans"),
    ],
)
def test_a_noun_and_its_plural_lead_to_each_other(word, plural):
    assert plurals(word) == [plural]
    assert is_plural(plural) and not is_plural(word)
    if plural.endswith("s"):
        assert singular(plural) == word


@pytest.mark.parametrize("word", ["Qataris", "cattle", "Women", "WITNESSES", "taxis"])
def test_plurals_are_known_by_their_form_or_from_the_list(word):
    assert is_plural(word)


@pytest.mark.parametrize(
    "word", ["thesis", "bonus", "glass", "gas", "physics", "his", "Lee's", "Paris"]
)
def test_words_in_s_that_are_no_plurals(word):
    assert not is_plural(word)


def test_forms_of_verbs():
    assert verb_forms("carry") == ["carries", "carried", "carrying"]
    assert verb_forms("agree") == ["agrees", "agreed", "agreeing"]
    assert set(verb_forms("permit")) >= {"permitted", "permitting"}
    assert word_forms("seek") == ["seek", *word_forms("seek")[1:]]


def test_the_table_of_verbs_has_every_form_written_out():
    verbs = reporting_verbs()
    assert verbs["argues"].lemma == verbs["arguing"].lemma == "argue"
    assert verbs["disagreeing"].tense == "G" and verbs["denied"].tense == "C"


@pytest.mark.parametrize(
    "words",
    ["march marches marched marching", "plan plans planned planning", "price priced"],
)
def test_forms_of_a_word_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Council Votes to Close Two Harbour Schools",
        "After the Flood: How a Small Town Rebuilt Its Bridge",
        "MINISTERS MEET OVER GRAIN PRICES",
    ],
)
def test_headlines_in_title_case(line):
    assert is_title_case(line)


@pytest.mark.parametrize(
    "line",
    [
        "Council votes to close two harbour schools",
        "Ann Lee and Bo Marsh met the Danish minister in Oslo yesterday",
        "Two words",
        "Long Names All The Way " * 20,
    ],
)
def test_lines_that_are_not_in_title_case(line):
    assert not is_title_case(line)


def sentences(text, language="en"):
    starts = sentence_starts(text, language)
    ends = [*starts[1:], len(text)]
    return [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        "The court heard Ms. Vale. | It then rose.",
        "Lt. Col. Ada Crane met Gov. Roe, D-Ohio, on Feb. 3. | Nobody else came.",
        "The vote is at 9 a.m. Thursday in St. Paul. | Bring water.",
        "It closed at 6 p.m. | The square was empty.",
        "The ship left the U.S. | The crew stayed.",
        "A U.S. Senate panel and the U.N. Council met. | Both agreed.",
        "J. R. Hill and K. Moss wrote it. | Both are out.",
        "Wait... and see. | Then decide.",
        "Really?! | Yes! | No more.",
        "See No. 7 and Vol. 2. | No. | He would not.",
        "Prices rose 3.5 percent. | Wages did not.",
        "1. The first point stands. | The second does not.",
        "He was ill. | Doctors came.",
        "They sat. | Some slept.",
        "Acme Inc. Chief Ida Poe resigned. | Shares fell.",
        "(It rained.) | Nobody minded.",
        "He wrote: wait . . . then stopped. | They left.",
    ],
)
def test_sentences_end_where_a_reader_ends_them(text):
    assert sentences(text.replace(" | ", " ")) == text.split(" | ")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "M. Leroy est parti. | Mme Roux reste."),
        ("de", "Dr. Vogt kam um neun. | Dann ging er."),
        ("it", "La dott. Riva parla. | Poi tace."),
    ],
)
def test_titles_of_other_languages_end_no_sentence(language, text):
    assert sentences(text.replace(" | ", " "), language) == text.split(" | ")


@given(st.text(st.sampled_from("aB. !?…\n\"'”)(1-U.S"), max_size=40))
def test_sentences_leave_nothing_out(text):
    starts, ends = sentence_starts(text), sentence_ends(text)
    assert starts == sorted(set(starts)) and ends == sorted(set(ends))
    assert all(0 <= at < len(text) for at in starts)
    assert all(0 < at <= len(text) for at in ends)


_PIECES = (
    "Mr. He said dept. U.S. (It no. town. . … why? ! “ ' 。 9 a.m. Sept. é. - Sen. xMr."
)


@given(
    st.lists(
        st.lists(
            st.sampled_from([*_PIECES.split(), "\n"]),
            max_size=9,
        ).map(" ".join),
        max_size=4,
    )
)
def test_many_lines_are_cut_as_each_of_them(lines):
    text = " | ".join(lines)
    begins = np.cumsum([0, *(len(line) + 3 for line in lines)])[:-1]
    ends = begins + [len(line) for line in lines]
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    places = english_sentence_starts(text, points, begins.astype(int), ends.astype(int))
    assert places.tolist() == [
        begin + at
        for begin, line in zip(begins.tolist(), lines, strict=True)
        for at in sentence_starts(line)
    ]


def test_the_stop_of_a_title_ends_no_sentence():
    assert sentence_starts("Mr. Roe left. He ran.") == [0, 14]


def test_marks_pair_with_marks():
    assert set(PARTNERS) | set(PARTNERS.values()) <= set(OPENING) | set(CLOSING)


def test_words_are_counted_as_everywhere():
    texts = pd.Series(["It isn't well-kept.", "The U.S. left.", "—", None])
    assert count_words(texts).tolist() == [3, 3, 0, 0]


@pytest.mark.parametrize("token", ["US", "U.S.", "US-led", "U.N.’s", "I.S."])
def test_abbreviations_that_are_spelled_like_words(token):
    assert is_abbreviation(token)


@pytest.mark.parametrize("token", ["us", "Us", "IT", "user", "USA"])
def test_words_that_are_no_abbreviations(token):
    assert not is_abbreviation(token)


def test_labels_in_all_ways_to_write_them():
    assert set(label_forms("EU")) == {"eu", "e.u.", "e.u"}
    assert set(label_forms("E.U. Council")) >= {"eu council", "e.u. council"}
    assert set(label_forms("Senator Roe")) == {"senator roe", "sen. roe", "sen roe"}
    assert label_forms("the junta") == ["the junta"]


def test_short_forms_are_counted_as_what_they_stand_for():
    spelling = spelling_list("english")
    assert spelling["govt"] == "government" and spelling["sens"] == "senators"
    assert "gov" not in spelling_list({"a": "b"})


def test_stop_lists_can_be_joined(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("# mine\nharvest\n", "utf-8")
    joined = stop_list(["english", str(path), "Wheat"])
    assert joined == stop_list("english") | {"harvest", "wheat"}
    assert stop_list(["english", path]) == joined - {"wheat"}
    with pytest.raises(IdlibkitError, match=r"nowhere\.txt' not found"):
        stop_list(["english", "nowhere.txt"])


def test_a_list_of_ones_own_is_read_anew(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("harvest\n", "utf-8")
    assert stop_list(str(path)) == {"harvest"}
    path.write_text("wheat\n", "utf-8")
    assert stop_list(str(path)) == {"wheat"}
    path.write_bytes("Getreide für\n".encode("cp1252"))
    with pytest.raises(IdlibkitError, match=r"mine\.txt' is not in UTF-8; save it"):
        stop_list(str(path))
