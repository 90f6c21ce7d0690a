"""What frames an article: names, addresses, notes of editors, lines on who wrote; and
what is left of a page by an extractor."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import lines, passages

HEADLINE = "Bridge over the sound stays closed until the summer"
BODY = [
    "The bridge over the sound will stay closed until the summer, the road office said "
    "on Wednesday, after divers had found cracks in two of its eleven piers.",
    "Ferries will run every half hour from Monday on, and the office will pay for them, "
    "according to a letter that was sent to the towns on both shores.",
    "“It is a bad winter for all of us,” said Rosa Lindqvist, the mayor of the larger one. "
    "She asked for a second ferry in the mornings, when children go to school.",
    "The bridge was built in 1961 for a tenth of the lorries that use it now.",
]


def table(text: list[str], **columns: str) -> pd.DataFrame:
    raw = "\n\n".join(text)
    return pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "raw": [raw], **columns})


def roles(text: list[str], **columns: str) -> dict[str, str]:
    found = lines(table(text, **columns))
    return dict(zip(found["text"], found["role"], strict=True))


@pytest.mark.parametrize(
    "name",
    [
        "Lena Orth",
        "Lena Orth and Jon Field",
        "Lena Orth, The Sound Courier",
        "Lena Orth in Malvik",
        "LENA ORTH | 3 March 2021",
        "J. R. van Dam",
        "By Lena Orth",
        "Von Lena Orth",
        "Por Lena Orth",
        "lena.orth@soundcourier.example",
        "Lena Orth (@lenaorth)",
    ],
)
def test_names_and_addresses_above_the_text(name):
    found = roles([HEADLINE, name, *BODY])
    assert found[name] in ("byline", "dateline")
    assert [found[line] for line in [HEADLINE, *BODY]] == ["headline"] + ["body"] * 4


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article gave the wrong year of building.",
        "This article was amended on 4 March 2021 to correct the number of piers.",
        "This story has been updated with a comment by the road office.",
        "Editor's note: The mayor's office called after this text had been printed.",
        "Anmerkung der Redaktion: In einer früheren Fassung stand ein falsches Jahr.",
        "Nota da redação: o texto foi corrigido depois de publicado na terça-feira.",
        "Исправление: в первой версии текста был указан неверный год постройки.",
        "Lena Orth is a reporter at the Sound Courier and writes about roads and ships.",
        "Jon Field is the author of two books on bridges.",
        "The writer is a professor of civil engineering in Malvik.",
    ],
)
def test_notes_below_the_text(note):
    found = roles([HEADLINE, *BODY, note])
    assert found[note] == "note"
    assert [found[line] for line in [HEADLINE, *BODY]] == ["headline"] + ["body"] * 4
    cut = passages(table([HEADLINE, *BODY, note]))
    assert note[:20] not in " ".join(cut["text"])


@pytest.mark.parametrize(
    "label",
    ["BC-EU--Harbour,2nd Ld-Writethru", "AP-US--Old Quay, 1st Ld", "Eds: Adds quotes."],
)
def test_the_label_of_a_wire_is_not_the_headline(label):
    found = roles([label, HEADLINE, *BODY])
    assert found[HEADLINE] == "headline" and found[label] == "note"


def test_a_note_is_never_the_headline():
    note = "UPDATE: Bridge over the sound stays closed until the summer, office says"
    assert roles([note, HEADLINE, *BODY])[HEADLINE] == "headline"


@pytest.mark.parametrize(
    "link",
    [
        "READ ALSO: Five ferries that the island lost",
        "Read more: Five ferries that the island lost",
        "See also: Five ferries that the island lost",
        "Lesen Sie auch: Fünf Fähren, die der Insel fehlen",
        "Leia também: Cinco barcas que a ilha perdeu",
        "Lire aussi : Cinq bacs que l’île a perdus",
        "Читайте также: Пять паромов, которых лишился остров",
    ],
)
def test_links_inside_the_text(link):
    text = [HEADLINE, *BODY[:2], link, *BODY[2:]]
    found = roles(text)
    assert found[link] == "boilerplate"
    assert [found[line] for line in BODY] == ["body"] * 4


def test_who_is_reported_on_is_no_writer():
    first = (
        "Rosa Lindqvist is a teacher, a mother of four and, since Monday, the mayor of "
        "the town on the northern shore of the sound."
    )
    assert roles([HEADLINE, first, *BODY])[first] == "body"


def test_the_only_paragraph_of_an_extract_is_no_note():
    club = (
        "Malvik Harbour is a club of students and writers that meets in the old customs "
        "house on the first Monday of each month, and that anyone may join who has read "
        "the rules, which hang beside the door and were last changed in 1974."
    )
    page = ["The Harbour Club", "- About the club", "- Who we are", "- News", club]
    assert roles(page, source_file="x/club.html")[club] == "body"


PAGE = {"title": HEADLINE, "source_file": "x/bridge.html"}


def test_an_extract_loses_only_what_is_surely_no_reporting():
    text = [
        HEADLINE,
        "By Lena Orth",
        "Published 3 March 2021",
        *BODY[:2],
        "What the office found",
        "- Two piers have cracks that go through.",
        "- One has lost part of its footing.",
        "Read more",
        *BODY[2:],
        "Picture: Jon Field",
        "Sign up for our newsletter and get the news of the sound in your inbox.",
    ]
    found = roles(text, **PAGE)
    out = [line for line in text if found[line] not in ("headline", "heading", "body")]
    assert out == [text[1], text[2], "Read more", "Picture: Jon Field", text[-1]]


@pytest.mark.parametrize(
    "topic", ["Facebook", "cookies", "the newsletter", "passwords"]
)
def test_an_extract_keeps_its_topic(topic):
    text = [line.replace("ferry", topic).replace("bridge", topic) for line in BODY]
    found = roles([HEADLINE, *text], **PAGE)
    assert [found[line] for line in text] == ["body"] * 4
