"""Whatever text comes in: no error but the package's own, every place exact, nothing lost, the same in every order.

`check_articles` and `check_files` state what must hold; here hypothesis looks for texts that break them, in
benchmarks/fuzz.py a coverage-guided fuzzer does the same for as long as one lets it.
"""

import gzip
import re
import tempfile
import unicodedata
import warnings
from functools import cached_property
from html import unescape
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import idlibkit as ik
from idlibkit.cleaning.pages import BLANK
from idlibkit.reading.repairs import REPAIRS
from idlibkit.tables import IdlibkitError, IdlibkitWarning, source_text
from idlibkit.voices.segments import passages as cut

ACTORS = {
    "rebels": ["rebels", "Free Men", "opposition fighters"],
    "Kenya": ["Kenya", "Kenyan government", "Nairobi"],
}
# What the rules of the package look at, in any order: quote marks, verbs of saying, names, figures, dates, page furniture.
PIECES = [
    *" .,;:!?-–—()[]%$/\\'\"“”„‟«»‹›‘’`…*|#@&<>=+_\t\n\r\f\v\u2028\u00a0\u200b\u200f\u202e\u0301\ufeff\ufffd\x00",
    *(
        "\r\n",
        "\n\n",
        ". ",
        ", ",
        " - ",
        "...",
        "’s",
        "n't ",
        "said",
        " said ",
        "he said ",
        "she told reporters ",
        "told ",
    ),
    *(
        "according to ",
        "claims ",
        "says ",
        "that ",
        "Ann Lee",
        "Mr. ",
        "Mr ",
        "President ",
        "minister ",
        "officials ",
    ),
    *(
        "Kenya",
        "the rebels ",
        "Nairobi",
        "Free Men",
        "U.S. ",
        "Öztürk ",
        "al-Amin ",
        "O’Neil ",
        "killed ",
        "people ",
    ),
    *(
        "no ",
        "not ",
        "The ",
        "A ",
        "I ",
        "who ",
        "of ",
        "in ",
        "and ",
        "or ",
        "if ",
        "war ",
        "good ",
        "terrible ",
    ),
    *(
        "1",
        "23",
        "4,500",
        "3.5",
        "1,2,3",
        "two ",
        "twenty-three ",
        "dozens of ",
        "half a million ",
        "at least ",
        "km ",
    ),
    *(
        "15 km (9 miles)",
        "$4bn ",
        "20%",
        "per cent ",
        "between 5 and 7 ",
        "aged 17 ",
        "Feb. 3",
        "2020-02-03",
        "May 2021",
    ),
    *(
        "last year ",
        "By Ann Lee",
        "ROME — ",
        "Read more",
        "Photo: ",
        "* Home",
        "(Reuters)",
        "Published: March 3, 2021",
    ),
    *(
        "https://a.example/b?c=d",
        "a.b@c ",
        "<b>",
        "</p>",
        "<script>alert(1)</script>",
        "&amp;",
        "=1+1",
        "{{x}}",
        "$x_1$",
    ),
    *(
        "İ",
        "ß",
        "ﬁ",
        "Ⅳ",
        "²",
        "½",
        "٣",
        "日本語",
        "語。",
        "हिन्दी ",
        "العربية ",
        "עברית ",
        "😀",
        "👩‍👩‍👧",
        "𝔘",
        "e\u0301",
        "\U000e0001",
    ),
]
PIECE = st.sampled_from(PIECES)
TEXT = st.one_of(
    st.lists(PIECE, max_size=60).map("".join),
    st.lists(st.one_of(PIECE, st.text(max_size=3)), max_size=40).map("".join),
    st.text(max_size=80),
)
WIDE = settings(
    deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def quiet(function, *given, **options):
    """What `function` returns; None where it refuses with the package's own error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # no warning of other people's either
        warnings.simplefilter("ignore", IdlibkitWarning)
        try:
            return function(*given, **options)
        except IdlibkitError as error:
            assert len(str(error)) > 20, "an error that says nothing"
            return None


def exact(table, source, start="start", end="end", text="text", name=""):
    """source[start:end] == text, in every row that has a place."""
    for row in table[table[start].notna()][["article_id", start, end, text]].itertuples(
        index=False
    ):
        page = source[row[0]]
        assert 0 <= row[1] < row[2] <= len(page), f"{name}: no such place: {tuple(row)}"
        assert page[row[1] : row[2]] == row[3], (
            f"{name}: {page[row[1] : row[2]]!r} is at the place of {row[3]!r}"
        )


def is_word(character):
    return (
        unicodedata.category(character)[0] == "L"
        or unicodedata.category(character) == "Nd"
    )


def check_articles(articles):
    """Every table of these articles: no other error, exact places, nothing lost or twice, nothing changed."""
    before = articles.copy()
    case = Case(articles)
    for check in CHECKS:
        check(case)
    pd.testing.assert_frame_equal(articles, before)


class Case:
    """Some articles and what is made of them, when it is asked for."""

    def __init__(self, articles):
        # Every measure is to see every text; that those for English refuse others is tested with `read_articles`.
        self.articles = articles = articles.assign(language="en")
        self.source = dict(
            zip(articles["article_id"], source_text(articles), strict=True)
        )

    @cached_property
    def lines(self):
        return quiet(ik.lines, self.articles)

    @cached_property
    def passages(self):
        return quiet(ik.passages, self.articles)


def check_lines(case):
    exact(case.lines, case.source, name="lines")
    for article, text in case.source.items():
        at, seen = 0, case.lines[case.lines["article_id"] == article]
        for start, end in zip(seen["start"], seen["end"], strict=True):
            assert start >= at, "lines overlap"
            assert not text[at:start].strip(BLANK), (
                f"lost between lines: {text[at:start]!r}"
            )
            at = end
        assert not text[at:].strip(BLANK), f"lost after the last line: {text[at:]!r}"


def check_quotes(case):
    quotes = quiet(ik.quotes, case.articles)
    exact(quotes, case.source, name="quotes")
    exact(
        quotes, case.source, "speaker_start", "speaker_end", "speaker_text", "speakers"
    )
    assert (quotes["speaker_start"].notna() == quotes["speaker_text"].notna()).all()


def check_passages(case):
    exact(case.passages, case.source, name="passages")
    kept = case.lines[case.lines["kept"]]
    for article, text in case.source.items():
        times, held = np.zeros(len(text), int), np.zeros(len(text), bool)
        rows = case.passages[case.passages["article_id"] == article]
        for start, end in zip(rows["start"], rows["end"], strict=True):
            times[start:end] += 1
        for start, end in kept.loc[
            kept["article_id"] == article, ["start", "end"]
        ].itertuples(index=False):
            held[start:end] = True
        assert times.max(initial=0) <= 1, "a character in two passages"
        assert not times[~held].any(), "a passage outside the kept lines"
        lost = [
            text[i] for i in np.flatnonzero(held & (times == 0)) if is_word(text[i])
        ]
        assert not lost, f"letters in no passage: {lost!r}"


def check_labels(case):
    exact(quiet(ik.labels, case.passages, ACTORS), case.source, name="labels")


def check_frames(case):
    exact(quiet(ik.frames, case.passages), case.source, name="frames")


def check_kwic(case):
    for term in (
        re.compile(r"\w+"),
        "said",
        "no",
        "free men",
        "t*",
        "4,500",
        "ann lee",
    ):
        found = quiet(ik.kwic, case.passages, term)
        exact(found, case.source, text="match", name=f"kwic of {term}")
        # Between two passages stand a mark or a line end, which the context leaves out.
        letters = {article: spoken(text) for article, text in case.source.items()}
        whole = (found["left"] + found["match"] + found["right"]).map(spoken)
        for article, text in zip(found["article_id"], whole, strict=True):
            assert text in letters[article], f"context of {term}"


def spoken(text):
    """Its letters and digits alone, in order."""
    return re.sub(r"\W+", "", text)


def check_quantities(case):
    figures = quiet(ik.quantities, case.passages)
    exact(figures, case.source, name="quantities")
    bounded = figures[["low", "value", "high"]].dropna()
    assert (bounded["low"] <= bounded["value"]).all() and (
        bounded["value"] <= bounded["high"]
    ).all(), "bounds cross"


def check_annotate(case):
    for article, text in case.source.items():
        shown = quiet(ik.annotate, case.articles, article, actors=ACTORS)
        if shown is not None:
            check_markup(shown.html, text)


def check_markup(html, text):
    """All of the text is on show, once and in order, and none of it has become markup."""
    body = html.split("</style>", 1)[1]
    tags = set(re.findall(r"</?([a-z0-9]+)", body))
    assert tags <= {
        "article",
        "p",
        "small",
        "h3",
        "h4",
        "mark",
        "u",
        "sup",
        "b",
        "del",
        "ul",
        "li",
    }, tags
    head, foot = body.index("</small></p>") + 12, body.rindex("<p><small>")
    body = re.sub(r"<ul>.*?</ul>", "", body[head:foot], flags=re.DOTALL)
    body = re.sub(r"<small>.*?</small>|<sup>.*?</sup>", "", body, flags=re.DOTALL)
    shown = unescape(re.sub(r"<[^>]*>", "", body))
    text = text.translate(
        {i: "\ufffd" for i in range(32) if chr(i) not in "\t\n\r\f\v\x1c\x1d\x1e\x1f"}
    )
    assert bare(shown) == bare(text), f"shown is {shown!r}, not {text!r}"


CHECKS = [
    check_lines,
    check_quotes,
    check_passages,
    check_labels,
    check_frames,
    check_kwic,
    check_quantities,
]
CHECKS.append(check_annotate)


def bare(text):
    """Without white space, and without what a browser may not be given: controls, and
    marks that turn the direction of writing.
    """
    unseen = rf"[\s{BLANK}\ufffd\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
    return re.sub(unseen, "", text)


def check_raw(raw, data):
    """What was read of a text file is what is on disk, or that with its letters mended."""
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    on_disk = [data.decode("utf-8", "replace"), data.decode("cp1252", "replace")]
    mended = list(on_disk)
    for kind in REPAIRS:
        mended += [kind.mend(text) for text in mended]
    assert raw in mended, "other than the file"


def check_table(name, data):
    """A table of any bytes: read or refused in the package's own words, twice alike."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        articles = quiet(ik.read_articles, path)
        again = quiet(ik.read_articles, path)
    if articles is None:
        assert again is None
        return None
    pd.testing.assert_frame_equal(articles, again)
    assert articles["article_id"].is_unique and articles["outlet"].notna().all()
    assert articles["text"].notna().all()
    return articles


def check_files(files):
    """A folder of any bytes: read or refused in the package's own words; what was read is on disk."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        articles = quiet(ik.read_articles, folder)
        again = quiet(ik.read_articles, folder)
    if articles is None:
        assert again is None
        return None
    pd.testing.assert_frame_equal(articles, again)
    assert articles["article_id"].is_unique and articles["outlet"].notna().all()
    for row in articles[articles.get("raw", articles["text"]).notna()].itertuples():
        if row.source_file.endswith(".txt") and hasattr(row, "raw"):
            check_raw(row.raw, files[row.source_file].removeprefix(b"\xef\xbb\xbf"))
    return articles


def read(texts, column="raw"):
    table = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(texts))],
            "outlet": "Gazette",
            column: texts,
        }
    )
    return quiet(ik.read_articles, table.astype("str"))


@settings(WIDE, max_examples=30)
@given(st.lists(TEXT, min_size=1, max_size=3), st.sampled_from(["raw", "text"]))
@example(
    ["“One two three four five. ‘Six seven, eight nine ten,’ Ann Lee said"], "text"
)
@example(["He said \u202e“no” \x00 — 15 km (9 miles)"], "raw")
@example(
    ["The minister said (as he had\nbefore) that the road was closed. f said(\r)d r"],
    "raw",
)
def test_any_text_in_a_table(texts, column):
    articles = read(texts, column)
    if articles is not None:
        check_articles(articles)


@settings(WIDE, max_examples=8)
@given(
    st.lists(TEXT, min_size=2, max_size=4, unique=True),
    st.randoms(use_true_random=False),
)
def test_same_in_every_order_of_rows(texts, random):
    rows = pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(texts))],
            "outlet": "Gazette",
            "raw": texts,
        }
    )
    order = list(range(len(rows)))
    random.shuffle(order)
    mixed = rows.iloc[order].set_axis([f"row {i}" for i in order])
    one, other = quiet(ik.read_articles, rows), quiet(ik.read_articles, mixed)
    assert (one is None) == (other is None)
    if one is None:
        return
    pd.testing.assert_frame_equal(
        one, other.sort_values("article_id", ignore_index=True)
    )
    for function in (ik.lines, ik.quotes, ik.passages):
        one_way, other_way = (
            function(table).sort_values(
                ["article_id", "start", "end"], kind="stable", ignore_index=True
            )
            for table in (one, other)
        )
        pd.testing.assert_frame_equal(one_way, other_way)
    passages = cut(one.assign(language="en"))
    mixed = passages.sample(frac=1, random_state=1)
    for function in (
        ik.quantities,
        lambda table: ik.labels(table, ACTORS),
        lambda table: ik.kwic(table, "t*"),
    ):
        pd.testing.assert_frame_equal(function(passages), function(mixed))


NAMES = st.sampled_from(
    [*("a.txt", "b.txt", "c.html", "d.htm", "e.TXT", "f.txt.gz", "g.rtf"), "h.mhtml"]
)
# What the readers of libraries' files look at.
FORMS = [
    *("1 of 2 DOCUMENTS\n\n", "2 of 2 DOCUMENTS\n\n", "LENGTH: 9 words\n", "BODY:\n"),
    *("Document 1 of 2\n", "ProQuest\n", "Full text: ", "Publication title: A\n"),
    *("March 3, 2015 Tuesday\n\n", "3 mars 2015\n", "Marston Gazette\n\n", "\n\n"),
    *("Copyright 2015\n", "LOAD-DATE: May 1, 2015\n", "End of Document\n", "____" * 9),
    *("HD a\n", "SN A\n", "PD 1 May 2015\n", "LP\n", "AN Document AB00000000\n"),
    *(
        "9 words\n",
        "Title: a\n",
        "Date: b\n",
        "<article>",
        "<p class='articleParagraph'>",
    ),
    *("<div class='article enArticle'>", "<td>SN</td><td>A</td>", "<tr>", "</tr>"),
    *("<span class='DocPublicationName'>A</span>", "<div class='DocText'>", "\r\n"),
]
EXPORTS = st.lists(st.sampled_from([*FORMS, *PIECES]), max_size=30).map("".join)
# What the readers of tables look at.
CELLS = [
    *(
        "outlet",
        "text",
        "title",
        "date",
        "url",
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        '"',
        '""',
    ),
    *('\\"', "sep=;\n", "A", "2019-06-07", "5 mars 2020", "43110", "[", "]", "{", "}"),
    *('"text":', '"outlet":', '"a"', "null", ":", "[+12 chars]", "â€œ", "\x93", "\\n"),
    *('{"outlet": "A", "text": "The army left."}', "outlet,text\nA,The army left.\n"),
]
TABLES = st.lists(st.sampled_from(CELLS), max_size=40).map("".join)
BYTES = st.one_of(
    st.binary(max_size=200),
    TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TEXT.map(lambda text: text.encode("cp1252", "ignore")),
    EXPORTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TEXT.map(lambda text: text.encode("utf-16", "surrogatepass")),
    TEXT.map(
        lambda text: (
            f"<html><title>{text[:20]}</title><article><p>{text}</p></article>".encode(
                "utf-8", "ignore"
            )
        )
    ),
)


@settings(WIDE, max_examples=30)
@given(st.dictionaries(NAMES, BYTES, min_size=1, max_size=3))
def test_any_bytes_in_a_folder(files):
    articles = check_files(files)
    if articles is not None:
        check_articles(articles)


@settings(WIDE, max_examples=60)
@given(
    st.sampled_from(["a.csv", "a.tsv", "a.json", "a.jsonl", "a.csv.gz"]),
    st.one_of(
        st.binary(max_size=100),
        TABLES.map(lambda text: text.encode("utf-8", "surrogatepass")),
        TABLES.map(lambda text: text.encode("utf-16", "surrogatepass")),
    ),
)
@example("a.csv", b'outlet,text\nA,"He said "no", and left."\n')
@example("a.jsonl", b'{"outlet": "A", "text": ["The army left.", "It is over."]}')
def test_any_bytes_as_a_table(name, data):
    articles = check_table(name, gzip.compress(data) if name.endswith("gz") else data)
    if articles is not None:
        check_articles(articles)


@settings(WIDE, max_examples=15)
@given(EXPORTS)
def test_any_text_as_an_export_of_a_library(text):
    articles = check_files({"a.txt": text.encode("utf-8", "surrogatepass")})
    page = check_files({"a.html": f"<html><body>{text}".encode("utf-8", "replace")})
    for table in (articles, page):
        if table is not None:
            check_articles(table)
