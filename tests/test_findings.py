"""What a corpus shows, as plain sentences: every number can be counted by hand."""

import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.reporting.finding_kinds.finding import Finding

SAYS = [
    "“The junta must go. The junta lies,” Ada Okoye, the mayor of Brill, told reporters on the old bridge.",
    "“No junta can hold this town,” Ada Okoye said after the march through the old streets of the town.",
    "Mayor Ada Okoye came late. “We fear no junta,” she said, and left the hall with two sons and a friend.",
    "The junta sent more soldiers to the harbour on Sunday, and the shops there stayed shut all day long.",
]
FILLER = "Rain fell over the valley all week. The harvest of apples was late, and buyers waited at the station."


def corpus(texts=tuple(SAYS), filler=6):
    rows = [
        {
            "article_id": f"a{n}",
            "outlet": f"Outlet {n}",
            "text": "\n\n".join(
                [
                    text,
                    *[
                        FILLER.replace("week", f"week {k} of {n}")
                        for k in range(filler)
                    ],
                ]
            ),
        }
        for n, text in enumerate(texts)
    ]
    return pd.DataFrame(rows)


def of_kind(found, kind):
    return [one for one in found if one.kind == kind]


def test_a_word_that_one_person_says_in_three_outlets():
    (one,) = of_kind(ik.findings(corpus()), "word by speaker")
    assert one.title == "“Junta” is mostly one woman’s word"
    assert one.key == "word-junta"
    assert (
        "4 of the 5 times the word “junta” appears, Ada Okoye is speaking, in three outlets."
        in one.summary
    )
    assert "The outlets themselves write it once." in one.summary
    assert one.table["uses"].tolist() == [2, 1, 1, 1]
    assert one.table["Ada Okoye"].tolist() == [2, 1, 1, 0]
    assert one.table["the outlet itself"].sum() == 1


def test_evidence_is_whole_sentences_with_true_offsets():
    articles = corpus()
    texts = articles.set_index("article_id")["text"]
    for one in ik.findings(articles):
        assert isinstance(one, Finding)
        assert len(one.sentences)
        for row in one.sentences.itertuples():
            assert texts[row.article_id][row.start : row.end] == row.text
    (word,) = of_kind(ik.findings(articles), "word by speaker")
    for row in word.sentences.itertuples():
        assert texts[row.article_id][row.match_start : row.match_end] == "junta"
        assert row.start <= row.match_start < row.match_end <= row.end


def test_one_outlet_alone_with_a_word_is_no_finding():
    one_outlet_says = corpus(
        (" ".join(SAYS[:3]), "Nothing of that kind.", "Nothing at all here.")
    )
    assert not of_kind(ik.findings(one_outlet_says), "word by speaker")


def test_share_of_voices():
    texts = (
        "“One two three four five six,” Ann Lee said.",
        "One two three four. “Five six seven eight,” Bo Lind said.",
    )
    (one,) = of_kind(ik.findings(corpus(texts, 0)), "voices")
    # 6 of 9 words, and 4 of 11
    assert one.table["attributed"].round(3).tolist() == [0.667, 0.364]
    assert one.title == "36 to 67 % of each article is somebody else’s words"


def test_same_corpus_same_findings_in_any_order_of_rows():
    articles = corpus()
    first = ik.findings(articles)
    again = ik.findings(articles.sample(frac=1, random_state=3))
    assert [(one.key, one.title, one.strength) for one in first] == [
        (one.key, one.title, one.strength) for one in again
    ]
    for one, other in zip(first, again, strict=True):
        pd.testing.assert_frame_equal(one.table, other.table)
        pd.testing.assert_frame_equal(one.sentences, other.sentences)


@pytest.mark.parametrize("n_outlets", [1, 2, 3])
def test_small_corpora_give_findings_or_none_and_no_error(n_outlets):
    found = ik.findings(corpus(tuple(SAYS[:n_outlets])))
    assert len({one.key for one in found}) == len(found)


def test_a_picture_bears_the_finding_and_how_many():
    (one,) = of_kind(ik.findings(corpus()), "word by speaker")
    figure = one.figure()
    texts = [text.get_text() for text in figure.texts]
    assert texts[0] == one.title
    assert "n = 5 uses" in texts[1]
    assert one.alt.startswith(one.title)
