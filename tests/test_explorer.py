"""The explorer: its data lead back to the text, whatever the text holds, and its page
holds nobody's code."""

import json
import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import idlibkit as ik
from idlibkit.reporting.evidence import evidence_of, json_html, titles_of
from idlibkit.reporting.marks import COLUMNS, all_marks, marks_of
from idlibkit.reporting.speakers import speaker_looks
from idlibkit.tables import IdlibkitError

ACTORS = {"Mayor": ["mayor"], "Borland": ["Borland", "the <b>state</b>"]}


def corpus(*texts, **columns):
    table = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(texts))],
            "outlet": [f"Outlet {i % 2}" for i in range(len(texts))],
            "text": texts,
        }
    )
    return ik.read(table.assign(**columns))


TALKS = (
    "Talks fail 🦊 again\n\nThe mayor said the talks of Borland failed. “We will be back in 20 days,” Ann Lee said. "
    "Lee added that 🦊 40 people had left.",
    "Talks go on\n\nThe talks in Borland went on. “Nobody was asked <here>, nobody at all,” Bo Lind said.",
)


def cut(text, start, end):
    """What a browser's script cuts out, which counts 🦊 as two."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def unpacked(numbers, width):
    at, rows = 0, []
    for i in range(0, len(numbers), width):
        at += numbers[i]
        rows.append((at, at + numbers[i + 1], *numbers[i + 2 : i + width]))
    return rows


def test_each_number_leads_to_its_words():
    read = corpus(*TALKS)
    marks = all_marks(read, ACTORS)
    evidence = evidence_of(read, marks)
    things = evidence.index["things"]
    found = []
    for (name, outlet, _, _), (text, lines, passages, places, _) in zip(
        evidence.index["articles"], evidence.bodies, strict=True
    ):
        assert evidence.index["outlets"][outlet] == f"Outlet {name[-1]}"
        for start, end, thing in unpacked(places, 3):
            found.append((*things[thing], cut(text, start, end)))
        of_article = read.passages[read.passages["article_id"] == name]
        rows = unpacked(passages, 3)
        assert [cut(text, *row[:2]) for row in rows] == of_article["text"].tolist()
        speakers = [
            evidence.index["speakers"][code // 6 - 1][0] if code // 6 else None
            for _, _, code in rows
        ]
        expected = of_article["speaker"].map(read.speakers)
        assert speakers == [None if pd.isna(who) else who for who in expected]
        assert sum(code & 1 for _, _, code in rows) == of_article["sentence"].nunique()
        assert len(unpacked(lines, 4)) == (read.lines["article_id"] == name).sum()
    assert {text for kind, _, name, text in found if (kind, name) == ("word", "talks")} == {"Talks", "talks"}  # fmt: skip
    assert ("label", "Mayor", "mayor", "mayor") in found
    assert ("figure", "", "people", "40") in found
    assert len(found) == len(marks)


def test_words_are_those_that_are_counted():
    read = corpus(*TALKS)
    counts = ik.count_terms(read.passages).groupby("term")["count"].sum()
    marks = all_marks(read, None)
    words = marks[marks["kind"] == "word"].groupby("name").size()
    assert words.to_dict() == counts.to_dict()


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_data_close_no_element_and_come_back(text):
    written = str(json_html({"text": text}))
    assert not re.search("[<>&\u2028\u2029\u202e]", written)
    back = json.loads(written)["text"]
    assert len(back) == len(text)
    assert all(b in {a, "\ufffd"} for a, b in zip(text, back, strict=True))


def test_the_page_holds_nobodys_code():
    evil = "</script><script>window.bad=1</script> said the mayor. It cost 40 dollars."
    page = ik.explore(
        corpus(evil, evil, title=["</title><b>"] * 2), actors={"<i>": ["mayor"]}
    ).html
    assert page.count("<script") == 2 and "window.bad=1</script>" not in page
    assert "<b>" not in page and "default-src &#39;none&#39;" in page
    framed = ik.explore(corpus(evil))._repr_html_()
    assert framed.count("<") == 2 and framed.startswith("<iframe srcdoc=")


def test_the_same_twice_in_any_order_and_small():
    read = corpus(*TALKS * 4)
    page = ik.explore(read, actors=ACTORS)
    shuffled = ik.read(read.articles.sample(frac=1, random_state=1))
    assert ik.explore(shuffled, actors=ACTORS).html == page.html
    size = read.articles["text"].str.encode("utf-8").str.len().sum()
    assert len(page.html.encode()) < 300_000 + 1.5 * size
    assert repr(page) == "Explorer of 8 articles of 2 outlets"


def test_many_articles_lie_in_files(tmp_path):
    read = corpus(*(TALKS * 25))
    evidence = evidence_of(read, all_marks(read, ACTORS))
    index, scripts = evidence.in_files()
    assert list(scripts) == ["0", "1", "2", "tallies"]
    bodies = []
    for name in ("0", "1", "2"):
        file, _, rest = scripts[name].removeprefix("idlibkitArticles(").partition(",")
        assert file == name
        bodies += json.loads(rest[:-1])
    assert bodies == evidence.bodies
    assert [len(one) for one in index["articles"]] == [4] * 50


def test_what_is_counted_is_what_stands_in_the_articles():
    read = corpus(*TALKS, *TALKS, "", "The mayor left.")
    evidence = evidence_of(read, all_marks(read, ACTORS))
    _, scripts = evidence.in_files()
    tallies = json.loads(scripts["tallies"].removeprefix("idlibkitTallies(")[:-1])
    names = [name for name, *_ in evidence.index["articles"]]
    speakers = [None, *(name for name, *_ in evidence.index["speakers"])]
    for name, (said, found) in zip(names, tallies, strict=True):
        table = read.passages[read.passages["article_id"] == name]
        expected = {}
        for row in table.itertuples():
            who = None if pd.isna(row.speaker) else read.speakers[row.speaker]
            n, length = expected.get((row.voice, who), (0, 0))
            wide = len(row.text.encode("utf-16-le")) // 2
            expected[row.voice, who] = (n + 1, length + wide)
        codes = {
            (["own", "quoted", "reported"][code % 3], speakers[code // 3]): (n, length)
            for code, n, length in zip(said[::3], said[1::3], said[2::3], strict=True)
        }
        assert codes == expected
        talks = sum(
            n
            for thing, n in zip(found[::3], found[2::3], strict=True)
            if evidence.index["things"][thing] == ["word", "", "talks"]
        )
        text = read.articles.set_index("article_id").loc[name, "text"]
        assert talks == len(re.findall(r"\b[Tt]alks\b", text))


def test_saved_and_what_cannot_be(tmp_path):
    page = ik.explore(corpus(*TALKS))
    assert page.save(tmp_path / "a.html").read_text("utf-8") == page.html
    with pytest.raises(IdlibkitError, match="could not be written"):
        page.save(tmp_path / "no" / "a.html")
    with pytest.raises(IdlibkitError, match="no rows"):
        ik.explore(corpus(*TALKS).articles.head(0))
    assert ik.explore(corpus("")).html.count("<script") == 2


def test_each_speaker_has_one_colour():
    names = [f"Speaker {i}" for i in range(20_000)]
    looks = speaker_looks(names)
    assert len({look.color for look in looks.values()}) == 20_000
    assert speaker_looks(names[:7]) == dict(list(looks.items())[:7])


def lightness_and_hue(color, share, ground):
    """A tint on a ground as CIELAB (D65)."""
    rgb = [int(color[i : i + 2], 16) / 255 * share for i in (1, 3, 5)]
    rgb = np.array(rgb) + (1 - share) * ground
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = [
        [0.4124, 0.3576, 0.1805],
        [0.2126, 0.7152, 0.0722],
        [0.0193, 0.1192, 0.9505],
    ]
    x, y, z = np.cbrt(np.array(to_xyz) @ linear / [0.95047, 1, 1.08883])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize(("share", "ground"), [(0.24, 0.99), (0.36, 0.1)])
def test_forty_speakers_can_be_told_apart(share, ground):
    """Beyond a difference of 2.3 in CIELAB an eye sees one; ten is seen at a glance."""
    looks = list(speaker_looks(map(str, range(40))).values())
    for one, other in combinations(looks, 2):
        tints = (lightness_and_hue(look.color, share, ground) for look in (one, other))
        apart = float(np.linalg.norm(np.subtract(*tints)))
        assert one.stripes != other.stripes or apart > 9


def test_titles_are_how_a_text_begins_where_it_has_none():
    read = corpus(*TALKS, "x" * 200, title=[None, "Given", ""])
    assert titles_of(read.articles).tolist() == ["Talks fail 🦊 again", "Given", "…"]


def test_any_table_with_places_gives_marks():
    table = pd.DataFrame({"article_id": [1], "start": [2], "end": [3], "more": "x"})
    marks = marks_of(table, "point", table["more"])
    assert marks.columns.tolist() == COLUMNS
    assert marks.iloc[0].tolist() == ["point", "", "x", "1", 2, 3, ""]
