"""Office documents, web archives and pages as articles."""

import gzip
import io
import json
import sys
from email.message import EmailMessage

import growth
import pandas as pd
import pytest
from corpora import ARMY, REBELS, put, quiet

import idlibkit as ik
from idlibkit.reading.documents import read_document
from idlibkit.tables import IdlibkitError

HEAD = "Army takes the market town"


def page(title=HEAD, head="", body=(ARMY, REBELS, ARMY[:80] + " again.")):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    return (
        f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )


def word_document(*paragraphs):
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0).text = REBELS
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def portable_document(*lines):
    """A PDF of one page, written by hand, as small as can be."""
    shown = b" T* ".join(b"(" + line.encode("latin-1") + b") Tj" for line in lines)
    stream = b"BT /F1 12 Tf 14 TL 72 720 Td " + shown + b" ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start


def test_word_documents(tmp_path):
    files = {"A/a.docx": word_document(HEAD, ARMY, "", "“Gözlük”"), "B/b.txt": REBELS}
    articles, problems = quiet(put(tmp_path, files))
    assert articles["raw"][0] == f"{HEAD}\n\n{ARMY}\n\n\n\n“Gözlük”\n\n{REBELS}"
    assert articles["text"][0].startswith(f"{HEAD}\n\n{ARMY}") and problems == []


def test_pdf_files(tmp_path):
    pytest.importorskip("pypdf")
    files = {
        "A/a.pdf": portable_document("The army left the", "town at dawn."),
        "B/b.txt": REBELS,
    }
    articles, _ = quiet(put(tmp_path, files))
    assert articles["raw"][0].split() == [
        "The",
        "army",
        "left",
        "the",
        "town",
        "at",
        "dawn.",
    ]
    _, problems = quiet(put(tmp_path, {"A/empty.pdf": portable_document("")}))
    assert any("it is a PDF of pictures" in problem for problem in problems)


def test_rtf_documents(tmp_path):
    pytest.importorskip("striprtf")
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252 The caf\'e9 \b closed\b0 .\par "
        + ARMY.encode()
        + b"}"
    )
    articles, _ = quiet(put(tmp_path, {"A/a.rtf": rtf, "B/b.txt": REBELS}))
    assert articles["raw"][0] == f"The café closed.\n{ARMY}"


def test_web_archives_of_one_file(tmp_path):
    pytest.importorskip("trafilatura")
    message = EmailMessage()
    message["Subject"] = HEAD
    message.set_content("no page here")
    message.add_alternative(page("Café closes"), subtype="html", charset="iso-8859-1")
    files = {"A/a.mhtml": message.as_bytes(), "B/b.txt": REBELS}
    articles, _ = quiet(put(tmp_path, files))
    assert articles["title"][0] == "Café closes" and ARMY in articles["text"][0]


def test_compressed_texts(tmp_path):
    articles, problems = quiet(
        put(
            tmp_path,
            {
                "A/a.txt.gz": gzip.compress(ARMY.encode()),
                "B/b.txt": REBELS,
                "C/c.txt.gz": b"no",
            },
        )
    )
    assert articles["article_id"].tolist() == ["A/a", "B/b"]
    assert articles["raw"].tolist() == [ARMY, REBELS]
    assert any("'C/c.txt.gz' (it cannot be unzipped" in problem for problem in problems)


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".rtf", ".mhtml", ".html"])
@pytest.mark.parametrize(
    "data", [b"", b"x", b"PK\x03\x04" + b"\0" * 99, b"%PDF-1.4\n%x", b"{\\rtf1 {"]
)
def test_broken_documents_are_named(tmp_path, ending, data):
    files = {"A/a.txt": ARMY, "B/b.txt": REBELS, f"C/c{ending}": data}
    articles, problems = quiet(put(tmp_path, files))
    assert articles["raw"].tolist()[:2] == [ARMY, REBELS]
    if len(articles) == 2:
        assert sum(f"'C/c{ending}'" in problem for problem in problems) == 1


@pytest.mark.parametrize(
    ("module", "name"), [("docx", "a.docx"), ("pypdf", "a.pdf"), ("striprtf", "a.rtf")]
)
def test_what_is_missing_is_named(monkeypatch, module, name):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, f"{module}.{module}", None)
    with pytest.raises(IdlibkitError, match=r"pip install 'idlibkit\[files\]'"):
        read_document(b"x", name)


# ---- pages


def ld(*stories):
    data = [
        {"@type": "NewsArticle", "headline": title, "datePublished": day}
        for title, day in stories
    ]
    return f"<script type='application/ld+json'>{json.dumps({'@graph': data})}</script>"


def test_the_day_of_a_page_is_that_of_its_own_story(tmp_path):
    pytest.importorskip("trafilatura")
    stories = ld(
        ("Another story", "2017-01-01T00:00:00Z"), (HEAD, "2019-06-07T05:30:00+02:00")
    )
    articles, _ = quiet(
        put(tmp_path, {"A/a.html": page(head=stories), "B/b.txt": REBELS})
    )
    assert articles["published"][0] == pd.Timestamp("2019-06-07 05:30")
    assert articles["zone"][0] == "+02:00"


def test_pages_of_an_archive_are_of_the_site_behind_it(tmp_path):
    pytest.importorskip("trafilatura")
    address = "https://web.archive.org/web/20190607/https://www.courier.example/a"
    link = f"<link rel='canonical' href='{address}'>"
    articles, _ = quiet(put(tmp_path, {"a.html": page(head=link)}))
    assert articles["outlet"].tolist() == ["courier.example"]


def test_pictures_and_frames_of_a_saved_page_are_passed_over(tmp_path):
    pytest.importorskip("trafilatura")
    frame = page("Buy a phone today")
    files = {
        "Town.html": page(),
        "Town_files/frame.html": frame,
        "Town_files/a.js": "x",
    }
    articles, problems = quiet(put(tmp_path, files))
    assert articles["article_id"].tolist() == ["Town"]
    assert not any("_files" in problem for problem in problems)
    (tmp_path / "Town.html").unlink()
    articles, _ = quiet(tmp_path)
    assert articles["article_id"].tolist() == ["Town_files/frame"], "of no page here"


def test_offsets_lead_into_the_text_of_every_kind_of_file(tmp_path):
    pytest.importorskip("trafilatura")
    files = {
        "A/a.docx": word_document(HEAD, ARMY),
        "B/b.html": page(),
        "C/c.txt": REBELS,
    }
    articles, _ = quiet(put(tmp_path, files))
    raw = articles.set_index("article_id")["raw"]
    for table in (ik.lines(articles), ik.passages(articles), ik.quotes(articles)):
        for row in table.itertuples():
            assert raw[row.article_id][row.start : row.end] == row.text


@pytest.mark.parametrize(
    "piece", ["<p>a", "<div>", "enArticle ", "1 of 2 DOCUMENTS<br>", "&lt;"]
)
def test_time_grows_with_the_page(piece):
    pytest.importorskip("trafilatura")

    def read(n):
        read_document(("<html><body>" + piece * n).encode(), "a.html")

    growth.linear(read, 80_000 // len(piece))


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("a.epub", "is an e-book; save its text as .html or .txt"),
        ("a.xls", "save it as .xlsx or .docx"),
        ("a.odt", "save it as .xlsx or .docx"),
    ],
)
def test_files_of_other_kinds_are_named_with_the_mend(tmp_path, name, mend):
    put(tmp_path, {name: b"PK", "b.txt": "The ferry stays through the winter."})
    articles, problems = quiet(tmp_path)
    assert len(articles) == 1
    assert any(name in problem and mend in problem for problem in problems)
