"""Words as codes, and what is read of them: tokens, noun phrases, subjects, cues, claims."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.voices.claims import read_claims
from idlibkit.voices.cues import Way, find_cues
from idlibkit.voices.noun_phrases import after, appositive, main_subject, near_subject
from idlibkit.voices.sentences import Sentences, sentence_ranges
from idlibkit.voices.subject_phrases import subjects
from idlibkit.voices.tokens import read_tokens
from idlibkit.voices.word_classes import Code, among, is_code, letters, pattern
from idlibkit.voices.word_lists import Listed, forms, lexicon


def sentences(text: str, *quotations: str) -> Sentences:
    """The sentences of a text in which these words are quotations."""
    places = [
        (text.index(words), text.index(words) + len(words)) for words in quotations
    ]
    tokens = read_tokens(text, places)
    return Sentences(tokens, sentence_ranges(tokens))


def codes(text: str, *quotations: str) -> str:
    return sentences(text, *quotations).s.strip(Code.EDGE)


# ------------------------------------------------------------------ classes
def test_every_class_has_a_letter_of_its_own():
    assert len({code.value for code in Code}) == len(Code)
    assert all(len(code) == 1 for code in Code)


def test_patterns_are_written_with_names():
    assert (
        pattern("DETERMINER? [NAME NOUN]{1,3} (?! THAT)").pattern == "D?[Nn]{1,3}(?!t)"
    )
    assert pattern("COMMA DASH STOP EDGE").fullmatch(",-.|")
    with pytest.raises(KeyError):
        pattern("ADJECTIVE")


def test_arrays_are_asked_by_name():
    array = np.frombuffer(b"NnC.", np.uint8)
    assert among(array, "NAME SAID").tolist() == [True, False, True, False]
    assert is_code(array, Code.STOP).tolist() == [False, False, False, True]
    assert letters("NAME STOP") == "N."


def test_listed_words_are_found_by_their_letters():
    tokens = read_tokens("the claim that family points out", [])
    assert tokens.lists[1] & Listed.CLAUSE_NOUN and tokens.lists[3] & Listed.NOT_LY
    assert tokens.nouns.tolist()[:3] == [False, True, False]
    assert tokens.pairs.tolist()[4] and forms()[tokens.verbs[4]].lemma == "point out"
    assert lexicon().find(np.array([1, 2], np.uint64)).tolist() == [-1, -1]


# ------------------------------------------------------------------ tokens
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, the U.S. envoy, said that it was wrong", "NN,DNn,CtPzn"),
        ("He was recently elected in May 2019", "PzAepN#"),  # May is a verb too
        ("They weren’t 1,000 strong; the so-called army", "Pz#n;Den"),
        ("Moscow and Kyiv have $5 million", "N&Nx#n"),
        ("Meanwhile, driving rain (it fell in May) stopped", "A,gne"),
        ("“Why?” she asked", "Q!PC"),
        ("According to the ministry", "RTDn"),
    ],
)
def test_sentences_as_codes(text, expected):
    quotations = ["Why?"] if "Why" in text else []
    assert codes(text.replace("“", "").replace("”", ""), *quotations) == expected


@given(st.text(alphabet="ab .,;:!?()-'’\n1$AÉ中", max_size=60))
def test_tokens_are_in_order_and_apart(text):
    tokens = read_tokens(text, [])
    real = tokens.starts < len(text)
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.starts[1:] >= tokens.ends[:-1])[real[1:]].all()
    covered = "".join(
        text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)
    )
    assert not set("abAÉ中") & set(text.replace("(", "")) or covered or "(" in text


# ------------------------------------------------------------------ noun phrases
def words(text: str, place: tuple[int, int] | None) -> str | None:
    """The words of a place in the codes of a sentence."""
    if place is None:
        return None
    tokens = read_tokens(text, [])
    return text[tokens.starts[place[0]] : tokens.ends[place[1] - 1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the elected mayor of Lyon on Monday",
            "the elected mayor of Lyon",
        ),
        ("they left", "they"),
        ("Ann Lee and three aides", "Ann Lee and three aides"),
        ("quickly", None),
    ],
)
def test_the_phrase_that_begins_somewhere(text, expected):
    assert words(text, after(read_tokens(text, []).codes + "|", 0)) == expected


def test_the_first_phrase_is_the_subject_unless_it_is_in_an_opening():
    text = "In the town, the mayor closed it"
    s = read_tokens(text, []).codes
    assert words(text, main_subject(s, 0, len(s))) == "the mayor"


def test_the_nearest_phrase_with_a_verb():
    text = "The mayor said the council has a plan to"
    s = read_tokens(text, []).codes
    assert words(text, near_subject(s, 0, len(s))) == "the council"


def test_what_stands_in_apposition():
    text = "Ann Lee, the envoy for Norland, said"
    s = read_tokens(text, []).codes
    assert words(text, appositive(s, 0, s.rindex(","))) == "Ann Lee"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor of Lyon has on Monday said it", "The mayor of Lyon"),
        ("Ann Lee, an adviser to the minister, said it", "Ann Lee"),
        ("The envoy to Norland, Ann Lee, said it", "Ann Lee"),
        ("Witnesses to the attack said it", "Witnesses to the attack"),
        ("The aide who said it left", "The aide"),
        ("Monday: said it", None),
    ],
)
def test_subjects_of_verbs(text, expected):
    read = sentences(text)
    cue = np.flatnonzero(is_code(read.codes, Code.SAID))
    start, end = subjects(read, cue)
    place = (int(read.token[start[0]]), int(read.token[end[0] - 1]) + 1)
    assert words(text, place if start[0] >= 0 else None) == expected


# ------------------------------------------------------------------ cues and claims
@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Lee said it rained.", Way.STRAIGHT),
        ("Lee is thought to have left.", Way.THOUGHT),
        ("Lee was asked whether it rained.", Way.ADDRESSED),
        ("It rained, according to Lee.", Way.ACCORDING),
        ("The claim that it rained was wrong.", Way.NOUN_CLAUSE),
    ],
)
def test_how_cues_are_read(text, way):
    assert [cue.way for cue in find_cues(sentences(text))] == [way]


@pytest.mark.parametrize(
    "text",
    [
        "The council report was late.",  # a noun
        "Lee was criticised on Monday.",  # a passive without content
        "The rate rose by two percentage points to nine.",
        "Lee told a story.",
        "Lee knows the town.",
    ],
)
def test_what_is_no_cue(text):
    assert not list(find_cues(sentences(text)))


def test_claims_have_their_places_in_the_text():
    text = "It rained. Ann Lee said on Monday that the road was shut. We go."
    tokens = read_tokens(text, [])
    claims = read_claims(tokens, sentence_ranges(tokens))
    assert text[claims.subject[0] : claims.subject_end[0]] == "Ann Lee"
    assert text[claims.cue[0] : claims.cue_end[0]] == "said"
    assert [text[a:b] for _, a, b in claims.contents] == ["that the road was shut"]
    assert claims.sentence.tolist() == [1] and not len(claims.quotes)


def test_a_quotation_belongs_to_the_first_claim_that_has_it():
    text = "We go home now, Ann Lee said, adding that it rained."
    quote = "We go home now,"
    tokens = read_tokens(text, [(0, len(quote))])
    claims = read_claims(tokens, sentence_ranges(tokens))
    assert claims.quotes.tolist() == [[0, 0]]
    assert [text[a:b] for a, b in zip(claims.cue, claims.cue_end, strict=True)] == [
        "said",
        "adding",
    ]
