"""Paragraphs of wrapped and paged text: joined, whole words, exact places."""

from __future__ import annotations

import textwrap

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import idlibkit as ik
from idlibkit import lines, passages, quotes, read_articles
from idlibkit.cleaning import flowing

HEADLINE = "Museum gives back eleven bronzes after a vote of its trustees"
TEXT = [
    "The trustees of the city museum voted on Thursday to give back eleven bronzes that "
    "soldiers had carried off in a raid more than a century ago, and to pay for the "
    "journey of the delegation that will come to collect them in the spring.",
    "“We have waited for this letter since my grandfather’s days,” said Adaeze Bello, who "
    "leads the delegation. She added that a new hall had been built for the pieces, with "
    "a workshop beside it in which young casters learn the trade.",
    "The museum, which keeps some four hundred other pieces from the same palace, would "
    "not say whether it means to give back more of them. Its director, Piet van Dam, told "
    "reporters that each would be looked at by itself.",
    "Two other museums in the country have said that they will wait for a law, which the "
    "parliament is to read for the first time in the autumn.",
]


def wrapped(paragraphs: list[str], width: int, gap: str, indent: str = "") -> str:
    blocks = [
        textwrap.fill(one, width, initial_indent=indent, break_on_hyphens=False)
        for one in paragraphs
    ]
    return gap.join(blocks)


def article(raw: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "outlet": ["x"], "raw": [raw]})


def paragraphs(raw: str) -> list[str]:
    table = article(raw)
    found = lines(table)
    flow = flowing(table, found[found["kept"]])
    return flow.readable(flow.lines["text"]).tolist()


@pytest.mark.parametrize("width", [55, 64, 72, 80, 96])
@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n \n"])
def test_wrapped_paragraphs_are_whole_again(width, gap):
    raw = wrapped([HEADLINE, *TEXT], width, gap)
    if gap == "\r\n\r\n":
        raw = raw.replace("\r\n", "\n").replace("\n", "\r\n")
    assert paragraphs(raw)[-4:] == TEXT
    found = lines(article(raw))
    assert all(raw[row.start : row.end] == row.text for row in found.itertuples())


def test_paragraphs_known_by_their_indent_alone():
    assert paragraphs(wrapped(TEXT, 70, "\n", indent="   ")) == TEXT


def test_a_speaker_over_the_end_of_a_line_is_read():
    raw = wrapped([HEADLINE, *TEXT], 70, "\n\n")
    assert quotes(article(raw)).query("kind == 'direct'")["speaker"].tolist() == [
        "Adaeze Bello"
    ]
    assert raw[: raw.index("\n\n")] == HEADLINE


def test_passages_lead_back_to_the_source():
    raw = wrapped([HEADLINE, *TEXT], 66, "\n\n")
    found = passages(article(raw))
    for row in found.itertuples():
        assert " ".join(raw[row.start : row.end].split()) == row.text
    assert found["paragraph"].max() == 4


def paged(body: str) -> str:
    """Two pages with a running head and a foot, a sentence that goes on between."""
    first, second = body.split("|")
    foot = "The Evening Star                                     Page {}"
    head = "The Evening Star                        Friday 6 May 2016"
    return f"{first}\n\n{foot.format(1)}\n\f{head}\n\n{second}\n\n{foot.format(2)}\n"


def test_pages_of_a_pdf():
    text = (
        "The trustees of the city museum voted on Thursday to give back eleven bron-\n"
        "zes that soldiers had carried off in a raid more than a century ago, and to|"
        "pay for the journey of the delegation that will come to collect them in the\n"
        "spring. They said that a letter to the palace would be sent within the week.\n"
        "It was the third vote in two years, and the first that was not put off again\n"
        "by those who wanted to wait for a law."
    )
    raw = paged(text)
    found = lines(article(raw))
    assert not found.loc[found["text"].str.contains("Evening Star"), "kept"].any()
    (whole,) = paragraphs(raw)
    assert "eleven bronzes that" in whole and "and to pay for" in whole
    cut = passages(article(raw))
    assert "bronzes" in " ".join(cut["text"]).split()
    assert all(raw[p.start : p.start + 3] == p.text[:3] for p in cut.itertuples())


LINES_OF_THEIR_OWN = {
    "a list of the same length": "\n".join(f"{n} Ferry from Oslo to Kiel at noon on {d} is late"
        for n, d in enumerate(["Monday", "Friday", "Sunday", "Monday"])),
    "a poem": "The boats are in, the nets are dry,\nThe gulls have gone to sleep,\n"
        "And nobody can tell me why\nThe harbour is so deep.",
    "a paragraph a line": "\n".join(TEXT),
    "short answers": "Yes.\nNo.\nPerhaps.\nWe shall see.",
}  # fmt: skip


@pytest.mark.parametrize("raw", LINES_OF_THEIR_OWN.values(), ids=LINES_OF_THEIR_OWN)
def test_lines_that_are_paragraphs_stay_so(raw):
    found = lines(article(raw))
    assert found["paragraph"].tolist() == list(range(len(found)))


def test_read_articles_joins_paragraphs(tmp_path):
    for outlet in ("north", "south"):
        (tmp_path / outlet).mkdir()
        text = wrapped([HEADLINE, *TEXT], 70, "\n\n")
        (tmp_path / outlet / "a.txt").write_text(text + f"\n\n{outlet.title()}.")
    assert (
        read_articles(tmp_path)["text"].str.split("\n\n").str[1:5].tolist()
        == [TEXT] * 2
    )


WORDS = st.sampled_from(
    [
        "harbour",
        "council",
        "of",
        "a",
        "ferry,",
        "winter.",
        "Benz",
        "“no”",
        "on-call",
        "it-",
    ]
)


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=80).map(" ".join), max_size=5),
    st.integers(30, 100),
    st.sampled_from(["\n\n", "\n", "\f", "\n3\n\f"]),
)
def test_every_place_is_exact(blocks, width, gap):
    raw = wrapped(blocks, width, gap)
    table = article(raw)
    found = lines(table)
    assert all(raw[row.start : row.end] == row.text for row in found.itertuples())
    assert (found["paragraph"].diff().dropna().between(-0.5, 1)).all()
    flow = flowing(table, found[found["kept"]])
    assert [len(text) for text in flow.source] == [len(raw)]
    for row in flow.lines.itertuples():
        assert len(row.text) == row.end - row.start
    for row in passages(table).itertuples():
        assert set(row.text) - set(raw) <= {" ", "\u00ad"}


@pytest.mark.parametrize(
    "head",
    ["{} Harbour Gazette", "Harbour Gazette {}", "HARBOUR GAZETTE, MAY {}, 2021"],
)
@pytest.mark.parametrize("width", [72, 2000])
def test_a_numbered_line_at_each_form_feed_is_a_running_head(head, width):
    pages = [textwrap.fill(one, width) for one in TEXT]
    raw = "\f".join(
        f"{head.format(number)}\n\n{page}" for number, page in enumerate(pages, 4)
    )
    assert paragraphs(raw) == TEXT


def test_a_numbered_line_at_one_form_feed_is_text():
    raw = f"{TEXT[0]}\n\n\f11 bronzes\n\n{TEXT[1]}\n\n{TEXT[2]}"
    assert "11 bronzes" in paragraphs(raw)


def test_a_compressed_page_is_cleaned_as_a_page_is():
    raw = f"{HEADLINE}\n\n{TEXT[0]}\nRead more: a law for museums\n{TEXT[3]}"
    tables = [
        lines(article(raw).assign(source_file=name)) for name in ("a.html", "a.html.gz")
    ]
    assert tables[0]["role"].tolist() == tables[1]["role"].tolist()


def test_where_every_line_is_a_running_head_they_are_the_text():
    text = "Harbour Gazette\fHarbour Gazette\fHarbour Gazette"
    table = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "raw": [text]})
    assert lines(table)["text"].tolist() == ["Harbour Gazette"] * 3


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_places_behind_a_cut_word_lead_back_to_the_source(end):
    raw = wrapped(TEXT, 60, "\n\n").replace("museum", "mu-\nseum")
    raw = raw.replace("\n", end)
    found = passages(article(raw))
    named = ik.labels(found, {"Palace": ["palace"], "Delegation": ["delegation"]})
    figures = ik.quantities(found)
    assert len(named) == 3 and "eleven" in figures["text"].tolist()
    for row in [*named.itertuples(), *figures.itertuples()]:
        assert raw[row.start : row.end].split() == row.text.split()
    assert len(ik.kwic(found, "museum")) == 2
