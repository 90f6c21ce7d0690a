"""Quotations by their marks, who says them, and reported speech: cases worked out by hand, the seeds, and hostile input."""

from __future__ import annotations

import re
from pathlib import Path

import growth
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.lexicons.loading import reporting_verbs
from idlibkit.tables import IdlibkitError
from idlibkit.voices.marks import quoted_spans
from idlibkit.voices.quotations import COLUMNS, find_quotes, quotes
from idlibkit.voices.shares import voices_by
from idlibkit.voices.tokens import read_tokens

SEEDS = Path(__file__).parents[1] / "seeds"


def table(*texts: str, outlet: str = "A") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(texts))],
            "outlet": outlet,
            "text": list(texts),
        }
    )


def every_line(articles: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (name, i, m.start(), m.end(), m.group(), "body")
        for name, text in zip(articles["article_id"], articles["text"], strict=True)
        for i, m in enumerate(re.finditer(r"\S[^\n]*(?<=\S)", text))
    ]
    return pd.DataFrame(
        rows, columns=["article_id", "line", "start", "end", "text", "role"]
    )


def found(text: str) -> pd.DataFrame:
    articles = table(text)
    return find_quotes(articles, every_line(articles))


def marked(*paragraphs: str) -> list[list[str]]:
    out: list[list[str]] = [[] for _ in paragraphs]
    for number, start, end, _ in quoted_spans(paragraphs):
        out[number].append(paragraphs[number][start:end])
    return out


def told(text: str, kind: str = "indirect") -> list[tuple[str, str]]:
    """(speaker as printed, words) of the rows of one kind."""
    rows = found(text)
    rows = rows[rows["kind"] == kind]
    return list(zip(rows["speaker_text"].fillna(""), rows["text"], strict=True))


# ------------------------------------------------------------------ marks
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We expect rain,” he said. “Bring ‘good’ coats.”",
            ["We expect rain,", "Bring ‘good’ coats."],
        ),
        (
            'He said "no" and "maybe, perhaps yes, ok".',
            ["no", "maybe, perhaps yes, ok"],
        ),
        (
            "‘I saw the soldiers’ posts there,’ he said. ‘It wasn’t good.’",
            ["I saw the soldiers’ posts there,", "It wasn’t good."],
        ),
        ("'I saw the soldiers' posts,' she said.", ["I saw the soldiers' posts,"]),
        ("‘He said “no” to me,’ she said.", ["He said “no” to me,"]),
        ("The deal sets up a ‘quiet zone’ in the north", ["quiet zone"]),
        ("« Nous voulons la paix », dit-il.", ["Nous voulons la paix"]),
        (
            "„Wir wollen Frieden“, sagte er. »Und Ruhe«.",
            ["Wir wollen Frieden", "Und Ruhe"],
        ),
        ("”Vi vill ha fred”, sade han.", ["Vi vill ha fred"]),
        ("''It is good,'' she said.", ["It is good,"]),
        ("“He told me “go away” and left.”", ["He told me “go away” and left."]),
        ("“It is. He went”—he said—“to the sea”", ["It is. He went", "to the sea"]),
        (
            "“One thing. Another thing! A third?” he asked.",
            ["One thing. Another thing! A third?"],
        ),
    ],
)
def test_marks_of_every_kind(text, expected):
    assert marked(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "He is 6'2\" tall",
        'A 15" screen and a 12" ruler',
        "the '90s, the soldiers’ posts, rock ’n’ roll",
        "It isn't the dogs' fault",
    ],
)
def test_inches_and_apostrophes_are_no_quotes(text):
    assert marked(text) == [[]]


def test_inch_mark_inside_a_quotation():
    assert marked('"The screen is 15" wide," he said') == [['The screen is 15" wide,']]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The roads must open. If they do, we will go,” added Smith.",
            ["The roads must open. If they do, we will go,"],
        ),
        (
            "“The roads must open, he said. “We will go.”",
            ["The roads must open,", "We will go."],
        ),
        (
            '"The roads must open, she said. It rained all day in the hills.',
            ["The roads must open,"],
        ),
        (
            "A “stray mark stands here. Then other text goes on and on.",
            ["stray mark stands here."],
        ),
        ("“The roads must open," + '" he said.', ["The roads must open,"]),
    ],
)
def test_a_missing_mark_is_mended_in_its_paragraph(text, expected):
    assert marked(text, "It rained. Nothing else was said.") == [expected, []]


def test_a_quotation_over_paragraphs_is_a_row_in_each():
    assert marked(
        "“We go on.", "“And on, and on.", "“Then it ends,” he said. Done."
    ) == [
        ["We go on."],
        ["And on, and on."],
        ["Then it ends,"],
    ]


@given(st.lists(st.text(alphabet="ab .,“”\"‘’'«»„1é\u00a0", max_size=60), max_size=4))
def test_spans_are_inside_in_order_and_apart(paragraphs):
    for number, text in enumerate(paragraphs):
        last = 0
        for _, start, end, _ in (
            span for span in quoted_spans(paragraphs) if span[0] == number
        ):
            assert last <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]
            last = end


@given(
    st.lists(
        st.text(alphabet="abc déf", min_size=1, max_size=12).filter(str.strip),
        min_size=1,
        max_size=5,
    )
)
def test_well_formed_quotations_come_back(pieces):
    pieces = [" ".join(piece.split()) for piece in pieces]
    assert marked(" and ".join(f"“{piece}”" for piece in pieces)) == [pieces]


# ------------------------------------------------------------------ speakers of direct quotations
@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        (
            "“We will not leave the town,” Ada Okoye told reporters.",
            "Ada Okoye",
            "told",
        ),
        (
            "“We will not leave the town,” said Ada Okoye, the mayor.",
            "Ada Okoye",
            "said",
        ),
        (
            "“We will not leave the town,” Ada Okoye, the mayor of the town, said.",
            "Ada Okoye",
            "said",
        ),
        (
            "Ada Okoye, the mayor, claimed: “We will not leave the town.”",
            "Ada Okoye",
            "claimed",
        ),
        (
            "“We will not leave,” the mayor said, “until the road is open again.”",
            "the mayor",
            "said",
        ),
        (
            "According to Ada Okoye, “the road will be open on Monday”.",
            "Ada Okoye",
            "according to",
        ),
        (
            "“The road will be open on Monday,” according to the ministry.",
            "the ministry",
            "according to",
        ),
        (
            "“Will the road be open on Monday?” the reporter asked.",
            "the reporter",
            "asked",
        ),
        ("“The road will be open soon enough,” Okoye fumed.", "Okoye", "fumed"),
        (
            "On Monday in Lagos, Ada Okoye said the road was “not safe for anyone”.",
            "Ada Okoye",
            "said",
        ),
        (
            "“We will rebuild every house,” Maria Stone, the mayor, told reporters. She left.",
            "Maria Stone",
            "told",
        ),
        (
            "“We will rebuild every house,” Maria Stone, the mayor, told CNN.",
            "Maria Stone",
            "told",
        ),
    ],
)
def test_speaker_before_after_and_in_the_middle(text, speaker, cue):
    rows = found(text)
    direct = rows[rows["kind"] == "direct"]
    assert direct["speaker_text"].tolist() == [speaker] * len(direct) and len(direct)
    assert direct["cue"].tolist() == [cue] * len(direct)
    assert [
        text[a:b]
        for a, b in zip(direct["speaker_start"], direct["speaker_end"], strict=True)
    ] == [speaker] * len(direct)


@pytest.mark.parametrize(
    ("mention", "shown"),
    [
        ("Critics of Okoye", "critics of Okoye"),
        ("A senior adviser to Okoye", "senior adviser to Okoye"),
        ("An aide to President Okoye", "aide to President Okoye"),
        ("A source close to Okoye", "source close to Okoye"),
        ("Witnesses to the attack", "witnesses to the attack"),
        ("Officials in Oslo", "officials in Oslo"),
        ("Officials", "officials"),
        ("Some in Oslo", "some in Oslo"),
        ("One of Okoye's ministers", "one of Okoye's ministers"),
    ],
)
def test_unnamed_speakers_do_not_take_the_name_of_those_they_speak_of(mention, shown):
    rows = found(f"{mention} said that the plan was dead.")
    assert rows[["speaker", "speaker_text", "named"]].to_numpy().tolist() == [
        [shown, mention, "unnamed"]
    ]


@pytest.mark.parametrize(
    "role", ["The mayor", "The envoy to Norland", "A spokesman for Oslo"]
)
def test_the_name_behind_a_role_is_the_speaker(role):
    rows = found(f"{role}, James Reed, said that it was over.")
    assert rows[["speaker", "named"]].to_numpy().tolist() == [["James Reed", "person"]]


def test_the_role_beside_a_quotation_is_the_outlets_own():
    for end in ("said on Monday.", "told reporters.", "added."):
        rows = found(
            f"“We will rebuild every house in the town,” the disgraced mayor, Ann Lee, {end}"
        )
        assert rows[["speaker", "kind"]].to_numpy().tolist() == [["Ann Lee", "direct"]]


@pytest.mark.parametrize(
    "mention",
    [
        "An ally of the former president",
        "A lawyer for the defendant",
        "The mother of the dead boy",
        "Aides to the mayor",
    ],
)
def test_a_name_behind_two_roles_is_not_taken_for_the_speaker(mention):
    rows = found(f"{mention}, Tom Reed, said that it was over.")
    assert rows["named"].tolist() == ["unnamed"]


def test_the_state_behind_a_town_is_not_the_speaker():
    rows = found(
        "“We will leave with momentum,” Tom Reed, a teacher from Lyon, South Harbour, said."
    )
    assert rows["speaker"].tolist() == ["Tom Reed"]


def test_of_a_body_and_its_name_no_person_is_made():
    for mention in ("The bank, Harbour Sachs", "The capital, New Oslo"):
        assert found(f"{mention}, said that it was over.")["named"].tolist() != [
            "person"
        ]


def test_a_verb_of_telling_before_its_subject():
    assert told("Norland could run out of gas, warned the union.") == [
        ("the union", "Norland could run out of gas")
    ]


def test_a_minister_by_office_is_a_person():
    rows = found(
        "The Home Secretary said that the law was wrong. She said that it would change."
    )
    assert rows["speaker"].tolist() == ["Home Secretary"] * 2


def test_where_a_phrase_with_to_is_not_the_speaker():
    for lead in ("In a letter to MPs", "On her way to Oslo"):
        assert found(f"{lead} Mr Okoye said that it was over.")["speaker"].tolist() == [
            "Okoye"
        ]


def test_bodies_and_peoples_are_no_persons():
    rows = found(
        "Labour said that it would not. The Red Cross said that it would. Kurds said that they had."
    )
    assert rows["named"].tolist() == ["institution"] * 3


def test_a_word_that_opens_the_sentence_is_nobody():
    rows = found(
        "Ann Lee came late. Asked about the delays, she replied: “We did all that we could.”"
    )
    assert rows["speaker"].tolist() == ["Ann Lee"]


def test_another_unnamed_speaker_is_not_the_one_before():
    rows = found(
        "A doctor said that three had died. The nurse said that there were five. The man said that it was late."
    )
    assert rows["speaker"].tolist() == ["doctor", "nurse", "nurse"]


def test_speaker_is_carried_on():
    rows = found(
        "“The road is closed today,” said Ada Okoye. “It will not open soon.”\n\n“Nobody is to blame for this.”\n\nRain fell.\n\n"
        "Tom Reed disagreed. He said the road was open. “I drove it this morning,” he added."
    )
    direct = rows[rows["kind"] == "direct"]
    assert direct["speaker"].tolist() == ["Ada Okoye"] * 3 + ["Tom Reed"]
    assert direct["speaker_text"].tolist() == ["Ada Okoye"] * 3 + ["he"]


def test_a_phrase_in_a_sentence_of_its_own_is_nobodys():
    rows = found(
        "“The harbour has to close,” Okoye said.\n\nAt night, “cold in all its corners” for weeks, it was empty."
    )
    assert rows[["speaker", "kind"]].fillna("").to_numpy().tolist() == [
        ["Okoye", "direct"],
        ["", "direct"],
    ]


def test_words_in_a_heading_are_said_by_who_says_them_in_the_text():
    text = [
        "‘We cannot stay here’",
        "“It rains all day long,” Ann Lee said.",
        "‘No longer a harbour’",
        "Okoye looked at the water. “This is no longer a harbour,” he said. “We cannot stay here, not for long.”",
        "‘Whatever is left of it’",
    ]
    rows = every_line(table("\n".join(text)))
    rows["role"] = ["headline", "body", "heading", "body", "heading"]
    rows = find_quotes(table("\n".join(text)), rows)
    assert rows["speaker"].fillna("").tolist() == [
        "Okoye",
        "Ann Lee",
        "Okoye",
        "Okoye",
        "Okoye",
        "",
    ]


def test_mentions_are_brought_to_the_fullest_name():
    rows = found(
        "Foreign Minister Ayşe Kılıç said the talks went well.\n\nMs Kılıç said more talks were planned.\n\nThe minister said she was "
        "hopeful.\n\nA security source said the border was calm. “Nothing has happened at all,” the source said.\n\nThe Ministry of "
        "Transport said trains ran. The ministry said buses did not."
    )
    assert (
        rows["speaker"].tolist()
        == ["Ayse Kilic"] * 3 + ["security source"] * 2 + ["Ministry of Transport"] * 2
    )
    assert (
        rows["named"].tolist() == ["person"] * 3 + ["unnamed"] * 2 + ["institution"] * 2
    )


def test_he_is_the_nearest_person_not_the_nearest_body():
    rows = found(
        "Tom Reed met the council. The council said it was ready. “It took us far too long,” he said."
    )
    assert rows["speaker"].tolist()[-1] == "Tom Reed"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "She said on the channel’s “State of the Harbour” that it rained.",
            ["indirect", "fragment"],
        ),
        ("The film, “Nine Hours: The Quiet Harbour,” opened on Monday.", ["fragment"]),
        (
            "On the radio’s “Evening with Ada Okoye,” the mayor was asked of it.",
            ["fragment"],
        ),
        (
            "“Stay Away From Our Harbour,” she said.",
            ["direct"],
        ),  # told, after a pause: speech
        ("The mayor said: “They Shall Not Pass Here.”", ["direct"]),
        (
            "Okoye: ‘We Will Not Leave The Harbour’ To Anyone Else",
            ["direct"],
        ),  # all of a headline has capitals
        ("“I’m a sailor,” she said.", ["direct"]),  # I am: four words
        ("“Not a sailor,” she said.", ["fragment", "indirect"]),
        (
            'See <a href="http://video.harbour.example/a/b/c">this film</a> of it.',
            ["fragment"],
        ),
    ],
)
def test_four_words_that_somebody_says(text, kinds):
    assert sorted(found(text)["kind"]) == sorted(kinds)


def test_a_signature_inside_the_marks_is_no_quotation():
    text = '"The harbour will have to close before the winter.\nAnn Lee, deputy mayor."\n\nNobody else spoke.'
    assert told(text, "direct") == [
        ("", "The harbour will have to close before the winter.")
    ]


def test_fragments_belong_to_the_sentence_that_reports_them():
    rows = found("Okoye said the state was “not” ready. The “peace” talks went on.")
    fragments = rows[rows["kind"] == "fragment"]
    assert fragments["text"].tolist() == ["not", "peace"]
    assert fragments["speaker_text"].fillna("").tolist() == ["Okoye", ""]


# ------------------------------------------------------------------ reported speech
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Okoye said that the road was closed.",
            [("Okoye", "that the road was closed")],
        ),
        (
            "Okoye said on Monday the road was closed.",
            [("Okoye", "the road was closed")],
        ),
        (
            "Norway says it expects the deal to hold.",
            [("Norway", "it expects the deal to hold")],
        ),
        ("Oslo fears the deal will fail.", [("Oslo", "the deal will fail")]),
        ("The road was closed, police said.", [("police", "The road was closed")]),
        (
            "The road was closed, according to the police.",
            [("the police", "The road was closed")],
        ),
        (
            "According to the police, the road was closed.",
            [("the police", "the road was closed")],
        ),
        (
            "The road, the mayor said, was closed for days.",
            [("the mayor", "The road"), ("the mayor", "was closed for days")],
        ),
        (
            "Okoye said the road was closed, adding that it would open soon.",
            [("Okoye", "the road was closed"), ("Okoye", "that it would open soon")],
        ),
        (
            "The mayor urged Norway to open the road.",
            [("The mayor", "to open the road")],
        ),
        ("The council wants to open the road.", [("The council", "to open the road")]),
        (
            "Critics called the plan a costly mistake.",
            [("Critics", "the plan a costly mistake")],
        ),
        ("The United States and Norway opened the road on Monday.", []),
        ("She told the driver a story. He reports to the council.", []),
        (
            "I said the plan was bad, and I think we should leave.",
            [],
        ),  # the outlet's own voice
        (
            "The road was closed, police said; organisers opened it again.",
            [("police", "The road was closed")],
        ),
        ("The rate rose by 0.3 percentage points to 5.1 per cent.", []),
        ("The party gained three points to 34 percent.", []),
        ("The rate rose by two percentage points to a record 34 percent.", []),
        ("The market fell 200 points to close at 24,000.", []),
    ],
)
def test_what_is_reported_without_marks(text, expected):
    assert told(text) == expected


def test_stances_come_from_the_list():
    rows = found(
        "Okoye claimed the road was open. Reed confirmed it was shut. Lee denied the plan was hers. Mo said it rained."
    )
    assert dict(zip(rows["cue"], rows["cue_stance"], strict=True)) == {
        "claimed": "doubting",
        "confirmed": "endorsing",
        "denied": "conflict",
        "said": "neutral",
    }
    assert {verb.stance for verb in reporting_verbs().values()} == {
        "neutral",
        "doubting",
        "endorsing",
        "conflict",
    }


def test_other_languages_have_their_marks_and_no_english_speakers():
    rows = found(
        "„Wir wollen keinen Krieg in der Stadt“, sagte der Minister am Montag. Der Rat will nicht warten, so der Sprecher."
    )
    assert rows["kind"].tolist() == ["direct"] and rows["speaker"].isna().all()


# ------------------------------------------------------------------ the table
SAMPLE = (
    "Talks Fail, Minister Says\n\n“We tried everything we could,” Foreign Minister Eva Lund said on Monday.\n\nShe said the “pause” would "
    "last, adding that Oslo was “ready for any outcome at all”.\n\nThe talks ended, according to two officials who asked not to be named."
)


def test_columns_offsets_and_order():
    articles = table(SAMPLE, SAMPLE.replace("Lund", "Müller 😀"))
    rows = quotes(articles)
    assert list(rows.columns) == list(COLUMNS)
    text = dict(zip(articles["article_id"], articles["text"], strict=True))
    for row in rows.itertuples():
        assert text[row.article_id][row.start : row.end] == row.text
        if pd.notna(row.speaker_start):
            assert (
                text[row.article_id][row.speaker_start : row.speaker_end]
                == row.speaker_text
            )
    assert set(rows["kind"]) == {"direct", "indirect", "fragment"}
    assert rows["position"].between(0, 1).all()
    assert all(isinstance(place, int) for place in rows["speaker_start"].dropna())
    missing = [row for row in rows.itertuples() if row.speaker_text != row.speaker_text]
    assert all(
        row.speaker_start != row.speaker_start for row in missing
    )  # a plain NaN, which pd.NA is not
    for _, group in rows[rows["kind"] == "indirect"].groupby("article_id"):
        assert (group["start"].to_numpy()[1:] >= group["end"].to_numpy()[:-1]).all()


def test_index_and_order_of_articles_do_not_matter():
    articles = table(SAMPLE, SAMPLE.upper(), SAMPLE.replace("Monday", "Tuesday"))
    straight = quotes(articles)
    turned = quotes(articles.iloc[::-1].set_axis([7, 7, 7]))
    sort = ["article_id", "start", "kind"]
    pd.testing.assert_frame_equal(
        straight.sort_values(sort, ignore_index=True),
        turned.sort_values(sort, ignore_index=True),
    )


def test_an_article_is_read_by_itself():
    one, many = (
        quotes(table(SAMPLE)),
        quotes(table(SAMPLE, *["“Go on,” said Tom Reed. He said it was late."] * 300)),
    )
    pd.testing.assert_frame_equal(
        one, many[many["article_id"] == "a0"].reset_index(drop=True)
    )


def test_nothing_to_find():
    for articles in (
        table("It rained."),
        table(""),
        table().astype({"article_id": "str"}),
    ):
        rows = quotes(articles)
        assert rows.empty and list(rows.columns) == list(COLUMNS)
        assert {c: str(t) for c, t in rows.dtypes.items()} == {
            c: str(t) for c, t in quotes(table(SAMPLE)).dtypes.items()
        }


def test_articles_without_outlets_are_refused():
    with pytest.raises(IdlibkitError, match="outlet"):
        quotes(table(SAMPLE).drop(columns="outlet"))


@given(
    st.lists(
        st.sampled_from(
            [
                *"aS .,“”\"'‘’(\n?1-é😀",
                " said ",
                " he ",
                " that ",
                "Reed",
                " according to ",
            ]
        ),
        max_size=80,
    )
)
def test_any_text_is_read_and_offsets_hold(pieces):
    text = "".join(pieces)
    articles = table(text)
    rows = find_quotes(articles, every_line(articles))
    assert [text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)] == rows[
        "text"
    ].tolist()
    assert rows["cue"].notna().sum() == rows["cue_stance"].notna().sum()


@pytest.mark.parametrize(
    "text",
    [
        "It rained. The ‘’s said that it was late.",
        "It rained. The 's said that it was late.",
    ],
)
def test_a_mention_without_a_word_ends(text):
    assert told(text)[-1][1] == "that it was late"


@pytest.mark.parametrize(
    ("piece", "n"),
    [
        ("the mayor said that it was so and ", 3_000),
        ("a", 300_000),
        ("“a, he said. ", 5_000),
        ("‘a b’s ", 10_000),
        ('"a ', 15_000),
        ("“", 20_000),
        ("a.” said ", 10_000),
        ("said said said, ", 5_000),
        ("(according to N, ", 5_000),
        ("Reed, the man, ", 5_000),
    ],
)
def test_twice_the_text_takes_no_more_than_twice_the_time(piece, n):
    def read(n):
        articles = table(piece * n)
        find_quotes(articles, every_line(articles))

    growth.linear(read, 2 * n)


# ------------------------------------------------------------------ words as codes
def test_token_codes():
    tokens = read_tokens(
        "Mr. Reed (R-Ky.), the U.S. envoy, said 1,000 men weren’t there.", []
    )
    assert tokens.codes.rstrip("\n") == "NN,DNn,C#nzA."
    assert [tokens.word(i) for i in (0, 4, 8, 10)] == ["mr", "u.s", "1,000", "weren't"]


def test_a_bracket_ends_with_its_line():
    tokens = read_tokens("It rained (in May.\nReed said (on Monday) it snowed.", [])
    assert tokens.codes.rstrip("\n") == "PepN.\nNCPe."


# ------------------------------------------------------------------ shares
def test_shares_are_the_same_for_categories():
    rows = found(
        "“We will not leave the town,” Ada Okoye said.\n\n“We will never leave this town at all.”"
    )
    shares = voices_by(rows)
    pd.testing.assert_frame_equal(
        voices_by(rows.astype({"speaker": "category", "named": "category"})), shares
    )


def test_a_speaker_of_whom_no_kind_is_told_is_told_apart():
    rows = pd.DataFrame(
        {
            "article_id": ["1", "1"],
            "outlet": ["A", "A"],
            "kind": ["direct", "direct"],
            "speaker": ["Eva Lund", "Tom Reed"],
            "named": ["person", None],
            "line": [0, 1],
            "n_words": [6, 2],
        }
    )
    shares = voices_by(rows).set_index("category")["estimate"]
    assert shares[["Eva Lund", "Tom Reed"]].tolist() == [0.75, 0.25]


def test_shares_by_hand():
    rows = pd.DataFrame(
        {
            "article_id": ["1", "1", "2", "2"],
            "outlet": ["A", "A", "B", "B"],
            "kind": ["direct", "indirect", "direct", "fragment"],
            "speaker": ["Eva Lund", None, "Tom Reed", "Tom Reed"],
            "named": ["person", None, "person", "person"],
            "line": [0, 1, 0, 0],
            "n_words": [6, 2, 5, 2],
        }
    )
    shares = voices_by(rows)
    assert shares.columns.tolist()[:4] == ["outlet", "share_of", "category", "estimate"]
    named = shares[shares["share_of"] == "named"].set_index(["outlet", "category"])[
        "estimate"
    ]
    assert named.to_dict() == {
        ("A", "none"): 0.25,
        ("A", "person"): 0.75,
        ("B", "none"): 0,
        ("B", "person"): 1,
    }
    speakers = shares[shares["share_of"] == "speaker"]
    assert np.allclose(speakers.groupby("outlet")["estimate"].sum(), 1)
    assert (
        speakers.set_index(["outlet", "category"])["estimate"]["A", "Eva Lund"] == 0.75
    )


# ------------------------------------------------------------------ the seeds
@pytest.fixture(scope="module")
def seeds() -> pd.DataFrame:
    files = sorted(SEEDS.glob("0*.txt"))
    return quotes(
        pd.DataFrame(
            {
                "article_id": [f.name[:3] for f in files],
                "outlet": [f.name[:3] for f in files],
                "raw": [f.read_bytes().decode("utf-8") for f in files],
            }
        ).assign(text=lambda t: t["raw"])
    )


def test_direct_quotations_of_the_seeds(seeds):
    direct = seeds[seeds["kind"] == "direct"]
    got = [
        (row.article_id, row.text.split()[0], row.speaker)
        for row in direct.itertuples()
    ]
    minister, source = "Mevlut Cavusoglu", "Turkish security source"
    assert got == [
        ("000", "There", "Russia's Foreign Ministry"),
        ("000", "This", "James Jeffrey"),
        ("001", "I", "Cavusoglu"),
        ("001", "We", "Cavusoglu"),
        ("001", "serious", "Konstantin Kosachev"),
        ("001", "There", "Turkish security official"),
        ("002", "We", minister),
        ("002", "Our", minister),
        ("002", "We", minister),
        ("002", "Who", minister),
        ("002", "Now,", minister),
        ("002", "The", minister),
        ("002", "Our", "Recep Tayyip Erdogan"),
        ("002", "Of", minister),
        ("003", "Iran", minister),
        ("003", "This", minister),
        ("003", "If", minister),
        ("003", "What", minister),
        ("004", "A", minister),
        ("004", "There", source),
        ("004", "The", source),
        ("004", "There", source),
        ("004", "absolutely", source),
        ("004", "We", source),
    ]


def test_fragments_of_the_seeds(seeds):
    fragments = seeds[seeds["kind"] == "fragment"]
    got = dict(zip(fragments["text"], fragments["speaker"].fillna(""), strict=True))
    assert got["very, very worried"] == "James Jeffrey"
    assert (
        got["humanitarian drama"]
        == got["if needed."]
        == got["aggression"]
        == "Mevlut Cavusoglu"
    )
    assert got["harsh weather"] == "Turkish security source"
    assert "" in got.values()  # a de-escalation zone in the outlet's own words


def test_reported_speech_of_the_seeds(seeds):
    indirect = seeds[seeds["kind"] == "indirect"]

    def speaker(words: str) -> str:
        return indirect.loc[
            indirect["text"].str.contains(words, regex=False), "speaker"
        ].iloc[0]

    assert speaker("a Russian delegation would travel") == "Mevlut Cavusoglu"
    assert speaker("it expects Moscow") == "Turkey"
    assert speaker("encircled and entered") == "Syrian Observatory for Human Rights"
    assert speaker("an additional 280,000") == "David Swanson"
    assert (
        speaker("commandos and ammunition") == "Turkey's state-run Anadolu news agency"
    )
    assert speaker("might call Russia") == "Mevlut Cavusoglu"
