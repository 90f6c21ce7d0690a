from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from markupsafe import Markup

import idlibkit as ik
from idlibkit import corpus as corpus_module
from idlibkit.reporting.layers import Layer, Mark, written
from idlibkit.reporting.markup import annotate
from idlibkit.tables import IdlibkitError

TEXT = (
    "The talks failed on Friday, and 250 people fled the town.\n\n"
    "“We will be back before the week is over,” Ann Lee said. The mayor said that the road was closed.\n\n"
    "Borland <sent> no one & kept silent."
)


def articles(**columns) -> pd.DataFrame:
    return pd.DataFrame(
        {"article_id": ["a"], "outlet": ["Gazette"], "text": [TEXT], **columns}
    )


class Page(HTMLParser):
    """The visible text of a fragment, its tags, and whether they nest."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.attributes, self.text = [], [], [], ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "small", "sup", "ul"} & set(self.open):
            self.text += data


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_text_is_all_there_and_in_order():
    page = Page(annotate(articles(), "a", actors={"Borland": ["Borland"]}).html)
    assert squeezed(page.text) == squeezed(TEXT)


def test_marks_and_what_they_say_without_colour():
    shown = annotate(
        articles(), "a", actors={"Borland": ["Borland"], "Mayor": ["mayor"]}
    ).html
    assert re.search(
        r'<mark class="ik-quoted"[^>]*>We will be back before the week is over,</mark><small> \[Ann Lee\]',
        shown,
    )
    assert re.search(
        r'<mark class="ik-reported"[^>]*>[^<]*the road was closed[^<]*</mark><small> \[reported: ',
        shown,
    )
    assert re.search(r"<u [^>]*>Borland</u><sup>1</sup>", shown)
    assert re.search(
        r'<b class="ik-figure" tabindex="0" title="A figure: 250 people">250</b>', shown
    )
    styles = re.findall(r'<li><u style="text-decoration-style:(\w+)"', shown)
    assert styles == ["solid", "double"]


def test_nothing_gets_out_of_the_text():
    evil = '<script>alert(1)</script> "><img src=x onerror=alert(1)> said the man. It cost 40 dollars in all, he said.'
    table = pd.DataFrame(
        {
            "article_id": ['"><b>'],
            "outlet": ["<i>O</i>"],
            "text": [evil],
            "language": ['en"><x'],
            "title": ["<u>"],
        }
    )
    page = Page(annotate(table, '"><b>', actors={"<script>": ["man"]}).html)
    assert set(page.tags) <= {
        "style",
        "article",
        "p",
        "small",
        "ul",
        "li",
        "mark",
        "u",
        "sup",
        "b",
        "h3",
        "h4",
        "del",
    }
    assert not [
        name
        for name, _ in page.attributes
        if name.startswith("on") or name in ("src", "href")
    ]
    assert "<script>alert(1)</script>" in page.text


def test_removed_lines_are_shown_with_their_reason():
    body = [
        f"Sentence number {i} of the report tells of the long march of the northern column. It rained."
        for i in range(9)
    ]
    table = pd.DataFrame(
        {
            "article_id": ["a"],
            "outlet": ["G"],
            "raw": ["\n\n".join(["Subscribe to our newsletter", *body, "Read more"])],
        }
    )
    shown = annotate(table, "a")
    assert (
        len(
            re.findall(
                r"<del>[^<]*</del> <small>\[left out: boilerplate; [^\]]+\]", shown.html
            )
        )
        == 2
    )
    assert "2 left out" in repr(shown)


def test_repr_is_one_line_and_the_same_twice():
    shown = annotate(articles(published=pd.to_datetime(["2020-02-03"])), "a")
    assert "\n" not in repr(shown) and "0x" not in repr(shown)
    assert shown == annotate(articles(published=pd.to_datetime(["2020-02-03"])), "a")
    assert shown._repr_html_() == shown.html and "2020-02-03" in shown.html


def layer(*marks) -> Layer:
    return Layer.of(
        Mark(low, high, Markup(opened), Markup(closed))
        for low, high, opened, closed in marks
    )


def test_marks_that_cross_are_cut_so_that_they_nest():
    crossing = [
        layer((2, 6, "<mark>", "</mark>")),
        layer((4, 9, "<u>", "</u><sup>1</sup>")),
    ]
    assert written("abcdefghij", 0, 10, crossing) == (
        "ab<mark>cd<u>ef</u></mark><u>ghi</u><sup>1</sup>j"
    )
    same = layer((0, 3, "<a>", "</a>"), (1, 2, "<i>", "</i>"), (2, 5, "<i>", "</i>"))
    assert written("abcdefghij", 0, 10, [same]) == "<a>abc</a><i>de</i>fghij"


def test_text_is_escaped_and_controls_are_seen():
    assert written("a<b>&\x07", 0, 6, []) == "a&lt;b&gt;&amp;\ufffd"


def test_unknown_articles():
    with pytest.raises(IdlibkitError, match="'b' not found in articles"):
        annotate(articles(), "b")
    with pytest.raises(IdlibkitError, match="more than once"):
        annotate(pd.concat([articles(), articles()]), "a")


def test_one_person_has_one_colour_and_no_two_have_the_same():
    said = "“We will be back before the week is over,” {} said."
    names = [f"{first} {last}" for first in ("Ann", "Bo", "Cy") for last in ("Lee", "Orr", "Pym", "Roe")]  # fmt: skip
    texts = ["\n\n".join(map(said.format, names[:8])), "\n\n".join(map(said.format, names[4:]))]  # fmt: skip
    table = pd.DataFrame(
        {"article_id": ["a", "b"], "outlet": ["A", "B"], "text": texts}
    )
    corpus = ik.read(table)
    legend = r'<li><mark style="background:(#\w{6})3d[^"]*">([^<]+)</mark>'
    first, second = (
        {name: color for color, name in re.findall(legend, annotate(corpus, one).html)}
        for one in "ab"
    )
    assert set(first) | set(second) == set(names)
    assert all(first[name] == second[name] for name in set(first) & set(second))
    assert len({*first.values(), *second.values()}) == len(names)


def test_notes_are_reached_by_touch_and_keyboard():
    shown = annotate(articles(), "a", actors={"Mayor": ["mayor"]}).html
    noted = re.findall(r"<(?:mark|u|b) [^>]*title=[^>]*>", shown)
    assert len(noted) == 4 and all('tabindex="0"' in mark for mark in noted)
    assert 'title="Quoted, Ann Lee, by “said”"' in shown
    assert 'title="Mayor is called “mayor”"' in shown
    assert "[title]:focus::after{content:attr(title)" in shown


def test_who_does_what_is_marked_where_it_is_asked_for():
    text = (
        "The army shelled the town, and two guards were killed. The guards greeted the"
        " army. Rain fell."
    )
    table, actors = articles(text=[text]), {"Army": ["army"]}
    plain = annotate(table, "a", actors=actors)
    assert "ik-harm" not in re.sub("<style>.*?</style>", "", plain.html, flags=re.S)
    shown = annotate(table, "a", actors=actors, clauses=True)
    deeds = re.findall(
        r'<i class="ik-(\w+)" tabindex="0" title="([^"]+)">(\w+)</i>([^,.]*)',
        shown.html,
    )
    assert [(kind, verb) for kind, _, verb, _ in deeds] == [
        ("harm", "shelled"),
        ("harm", "killed"),
        ("deed", "greeted"),
    ]
    assert deeds[0][1] == "Active: by The army, to the town"
    assert "[by The army]" in deeds[0][3] and "[by nobody named]" in deeds[1][3]
    assert "3 clauses, 2 of harm, 1 of these without a doer" in repr(shown)


def test_a_relative_pronoun_is_told_by_what_it_stands_for():
    text = "The soldiers who shelled the town were tired."
    shown = annotate(articles(text=[text]), "a", clauses=True).html
    assert "Active: by The soldiers, to the town" in shown
    assert "[by The soldiers]" in shown


def test_an_empty_article_and_untouched_input():
    table = articles(text=[""])
    before = table.copy()
    assert "0 lines" in repr(annotate(table, "a"))
    pd.testing.assert_frame_equal(table, before)


def test_an_article_in_another_language_is_shown_without_figures():
    text = "Die Gespräche sind am Montag gescheitert, sagte ein Sprecher. 250 Menschen flohen aus der Stadt."
    shown = annotate(articles(text=[text]).assign(language="de"), "a")
    assert "0 figures" in repr(shown) and "250 Menschen" in shown.html


def test_a_corpus_is_read_once(monkeypatch):
    table = pd.concat([articles(), articles(article_id=["b"])], ignore_index=True)
    calls = []
    reading = corpus_module.read_voices
    monkeypatch.setattr(
        corpus_module, "read_voices", lambda a: calls.append(len(a)) or reading(a)
    )
    corpus = ik.read(table)
    assert ik.read(corpus) is corpus and calls == []
    pages = [annotate(corpus, name, actors={"Mayor": ["mayor"]}) for name in "ab"]
    assert calls == [2], "speakers have their colours in the whole corpus"
    assert len(corpus.passages) == 2 * len(ik.passages(articles()))
    assert [annotate(corpus, n, actors={"Mayor": ["mayor"]}) for n in "ab"] == pages
    assert calls == [2]
    annotate(table, "a")
    assert calls == [2, 1], "of a table, the one article alone"


def test_a_corpus_has_the_tables_of_the_functions():
    corpus = ik.read(articles())
    pd.testing.assert_frame_equal(corpus.lines, ik.lines(articles()))
    pd.testing.assert_frame_equal(corpus.quotes, ik.quotes(articles()))
    pd.testing.assert_frame_equal(corpus.passages, ik.passages(articles()))
    assert repr(corpus) == "Corpus of 1 article of 1 outlet"
    with pytest.raises(KeyError):
        corpus.article("b")
    with pytest.raises(IdlibkitError, match="no column with the text"):
        ik.read(pd.DataFrame({"article_id": ["a"]}))


def test_saved_as_a_page_of_its_own(tmp_path):
    marked = annotate(articles(), "a")
    html = marked.save(tmp_path / "a.html").read_text("utf-8")
    assert html.startswith("<!DOCTYPE html>") and marked.html in html
    assert f"<title>{marked.summary}</title>" in html
    assert "<script" not in html and "default-src &#39;none&#39;" in html
    with pytest.raises(IdlibkitError, match="the article could not be written"):
        marked.save(tmp_path / "no" / "a.html")
