"""Files with several articles, in the forms in which libraries hand them out."""

import growth
import pandas as pd
import pytest
from corpora import put, quiet

import idlibkit as ik
from idlibkit.reading.libraries import (
    articles_in_page,
    articles_in_text,
    signs_of_several,
)
from idlibkit.reading.libraries.pieces import paragraphs_of

LEAD = "The bakers of Elmstead closed their shops on Friday to protest against a tax."
SECOND = (
    "“We cannot raise the price of bread again,” said Ida Kern, who speaks for them."
)
OTHER = "Shoppers queued for bread in three villages after Elmstead's bakers shut."

NEXIS = """
                               1 of 2 DOCUMENTS


                              The Elmstead Courier

                     June 7, 2019 Friday
                     Late Edition - Final

Bakers close their shops
over a tax on flour

BYLINE: By OLA BRANDT and
 KIM SATO

SECTION: Section B; Column 2; Business Desk; Pg. 4

LENGTH: 482 words

DATELINE: ELMSTEAD, June 6

BODY:


   The bakers of Elmstead closed their shops on Friday to protest
against a tax.

   "We cannot raise the price of bread again," said Ida Kern, who
speaks for them. NOTE: the mayor was away.

URL: http://courier.example

SUBJECT: BAKERIES (91%); TAXES
 (88%)

LOAD-DATE: June 7, 2019

LANGUAGE: ENGLISH

GRAPHIC: PHOTO: A closed bakery

              Copyright 2019 The Elmstead Courier Company
                          All Rights Reserved


                               2 of 2 DOCUMENTS


                              Valley Post

                     June 8, 2019

                     Copyright 2019 Valley Post Ltd.
                           All Rights Reserved

Queues in three villages

LENGTH: 120 words

Shoppers queued for bread in three villages after Elmstead's bakers shut.

LOAD-DATE: June 8, 2019
"""


def test_lexisnexis_text():
    first, second = articles_in_text(NEXIS)
    assert (first["outlet"], first["published"]) == (
        "The Elmstead Courier",
        "June 7, 2019",
    )
    assert first["title"] == "Bakers close their shops over a tax on flour"
    assert first["text"] == (
        f"Bakers close their shops over a tax on flour\n\n{LEAD}\n\n"
        '"We cannot raise the price of bread again," said Ida Kern, who speaks for '
        "them. NOTE: the mayor was away."
    )
    assert first["byline"] == "By OLA BRANDT and KIM SATO"
    assert first["section"] == "Section B; Column 2; Business Desk; Pg. 4"
    assert first["subject"] == "BAKERIES (91%); TAXES (88%)"
    assert first["dateline"] == "ELMSTEAD, June 6"
    assert second["outlet"] == "Valley Post"
    assert second["text"] == f"Queues in three villages\n\n{OTHER}"


def nexis_uni(title, outlet, day, body):
    return (
        f"{title}\n{outlet}\n{day}\n\nCopyright 2019 {outlet} All Rights Reserved\n\n"
        f"Section: NEWS; Pg. 3\nLength: 71 words\nByline: Ola Brandt\n\nBody\n\n{body}\n\n"
        "Classification\n\nLanguage: ENGLISH\n\nPublication-Type: Newspaper\n\n"
        "Load-Date: June 9, 2019\n\nEnd of Document\n\n"
    )


def test_nexis_uni_with_a_list_of_contents():
    contents = (
        "User Name: Kim Sato\nDate and Time: Monday, August 5, 2019 10:04 AM\n"
        "Documents (2)\n1. Bakers close\n2. Queues grow\n\n"
    )
    one = nexis_uni("Bakers close", "Elmstead Courier", "June 7, 2019 Friday", LEAD)
    two = nexis_uni("Queues grow", "Valley Post", "June 8, 2019", f"{OTHER}\n{SECOND}")
    first, second = articles_in_text(contents + one + two)
    assert (first["outlet"], first["title"]) == ("Elmstead Courier", "Bakers close")
    assert first["published"] == "June 7, 2019"
    assert first["text"] == f"Bakers close\n\n{LEAD}"
    assert second["outlet"] == "Valley Post" and second["title"] == "Queues grow"
    assert second["publication_type"] == "Newspaper"
    (alone,) = articles_in_text(one)
    assert alone["text"] == f"Bakers close\n\n{LEAD}"


def test_lexisnexis_page():
    def span(text):
        return f'<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c2">{text}</SPAN></P></DIV>'

    page = "<HTML><HEAD><TITLE>&nbsp;</TITLE></HEAD><BODY>" + "".join(
        f"<DOC NUMBER={i}>{span(f'{i} of 2 DOCUMENTS')}<BR>{span(outlet)}"
        f'<DIV CLASS="c3"><P CLASS="c1"><SPAN CLASS="c4">June {i}</SPAN>'
        f'<SPAN CLASS="c2">, 2019 Friday</SPAN></P></DIV>{span(title)}'
        f'<P CLASS="c8"><SPAN CLASS="c5">LENGTH: </SPAN><SPAN>482 words</SPAN></P>'
        f"<P>{body}</P><P>{SECOND}</P><P>LOAD-DATE: June {i}, 2019</P></DOC>"
        for i, outlet, title, body in (
            (1, "Elmstead Courier", "Bakers close", LEAD),
            (2, "Valley Post", "Queues grow", OTHER),
        )
    )
    first, second = articles_in_page(page + "</BODY></HTML>")
    assert (first["outlet"], first["published"]) == ("Elmstead Courier", "June 1, 2019")
    assert first["text"] == f"Bakers close\n\n{LEAD}\n\n{SECOND}"
    assert second["text"] == f"Queues grow\n\n{OTHER}\n\n{SECOND}"


def proquest(number, title, outlet, day, body):
    return f"""____________________________________________________________

Document {number} of 2

{title}

Author: Brandt, Ola

Publication info: {outlet} ; Elmstead [Elmstead]07 Jun 2019: B.4.

ProQuest document link

Full text:
{body}

Illustration
Caption: A closed bakery

Subject: Bakeries; Taxes

Title: {title}

Publication title: {outlet}

Pages: B.4

Publication date: {day}

Section: Business

Document type: News

ProQuest document ID: 2236{number}

Copyright: Copyright {outlet} Jun 7, 2019

Database: ProQuest Central

"""


def test_proquest_text():
    text = proquest(
        1, "Bakers close: a protest", "Elmstead Courier", "Jun 7, 2019", LEAD
    )
    text += proquest(
        2, "Queues grow", "Valley Post", "Jun 8, 2019", f"{OTHER}\n\n{SECOND}"
    )
    first, second = articles_in_text(text + "_" * 60 + "\n\nContact us at: example\n")
    assert (first["outlet"], first["published"]) == ("Elmstead Courier", "Jun 7, 2019")
    assert first["title"] == "Bakers close: a protest"
    assert LEAD in first["text"] and "Subject" not in first["text"]
    assert first["section"] == "Business" and first["author"] == "Brandt, Ola"
    assert first["proquest_document_id"] == "22361"
    assert second["text"].startswith(f"Queues grow\n\n{OTHER}\n\n{SECOND}")


FACTIVA = f"""
HD   Bakers close their shops
BY   By Ola Brandt
WC   482 words
PD   7 June 2019
ET   05:30
SN   Elmstead Courier
SC   ELMCOU
LA   English
CY   Copyright 2019 Elmstead Courier

LP
{LEAD}

TD
{SECOND}

NS   gcat : Political/General News
AN   Document ELMCOU0020190607ef6700012

Queues grow

By Kim Sato
120 words
8 June 2019
Valley Post
VALPO
3
English
(c) 2019 Valley Post

{OTHER}

Document VALPO00020190608ef680000x

Search Summary
Text: bread
"""


def test_factiva_text_with_codes_and_in_order():
    first, second = articles_in_text(FACTIVA)
    assert (first["outlet"], first["published"]) == (
        "Elmstead Courier",
        "7 June 2019 05:30",
    )
    assert first["text"] == f"Bakers close their shops\n\n{LEAD}\n\n{SECOND}"
    assert first["byline"] == "By Ola Brandt" and first["language"] == "English"
    assert (second["outlet"], second["published"]) == ("Valley Post", "8 June 2019")
    assert second["text"] == f"Queues grow\n\n{OTHER}"


def test_factiva_pages():
    def row(code, value):
        return f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"

    table = "".join(
        row(code, value)
        for code, value in {
            "HD": "<b>Bakers close</b>",
            "WC": "482 words",
            "PD": "7 June 2019",
            "SN": "Elmstead Courier",
            "LP": f"<p class='articleParagraph enarticleParagraph'>{LEAD}</p>",
            "TD": f"<p class='articleParagraph enarticleParagraph'>{SECOND}</p>",
            "AN": "Document ELMCOU0020190607ef6700012",
        }.items()
    )
    heads = ["<b>Queues grow</b>", "By Kim Sato", "120 words", "8 June 2019"]
    heads += ["Valley Post", "VALPO", "English", "(c) 2019 Valley Post"]
    blocks = "".join(f"<div>{head}</div>" for head in heads)
    page = (
        "<html><body>"
        f"<div class='article enArticle'><table>{table}</table></div>"
        f"<div class='article enArticle'>{blocks}"
        f"<p class='articleParagraph enarticleParagraph'>{OTHER}</p>"
        "<div>Document VALPO00020190608ef680000x</div></div></body></html>"
    )
    first, second = articles_in_page(page)
    assert first["text"] == f"Bakers close\n\n{LEAD}\n\n{SECOND}"
    assert (second["outlet"], second["published"]) == ("Valley Post", "8 June 2019")
    assert second["text"] == f"Queues grow\n\n{OTHER}"


def test_europresse_page():
    page = "<html><body>" + "".join(
        "<article><header><div class='rdp__DocPublicationName'>"
        f"<span class='DocPublicationName'>{outlet}</span></div>"
        f"<span class='DocHeader'>Économie, vendredi {day} juin 2019, p. 5</span>"
        f"<div class='titreArticle'><p class='titreArticleVisu rdp__articletitle'>{title}</p>"
        f"</div></header><section><div class='docOcurrContainer'><p>{body}</p>"
        f"<p>{SECOND}</p></div></section><footer><div class='publiC-lblNodoc'>"
        f"news·201906{day:02}·EC·{day}</div></footer></article>"
        for outlet, day, title, body in (
            ("Le Courrier d'Elmstead", 7, "Les boulangers ferment", LEAD),
            ("La Vallée", 8, "La queue pour du pain", OTHER),
        )
    )
    first, second = articles_in_page(page + "</body></html>")
    assert first["outlet"] == "Le Courrier d'Elmstead"
    assert (first["published"], first["section"]) == ("7 juin 2019", "Économie")
    assert first["text"] == f"Les boulangers ferment\n\n{LEAD}\n\n{SECOND}"
    assert second["title"] == "La queue pour du pain"


def test_several_articles_in_a_folder(tmp_path):
    files = {
        "a/export.txt": NEXIS,
        "Echo/own.txt": f"Bread\n\n{LEAD}\n\n{SECOND}\n\n{OTHER}",
    }
    articles, problems = quiet(put(tmp_path, files))
    assert articles["article_id"].tolist() == ["Echo/own", "a/export-1", "a/export-2"]
    assert articles["outlet"].tolist() == [
        "Echo",
        "The Elmstead Courier",
        "Valley Post",
    ]
    assert articles["published"].tolist()[1] == pd.Timestamp("2019-06-07")
    assert articles["raw"].isna().tolist() == [False, True, True]
    assert problems == []
    passages = ik.passages(articles)
    sources = articles["raw"].fillna(articles["text"]).set_axis(articles["article_id"])
    for row in passages.itertuples():
        assert sources[row.article_id][row.start : row.end] == row.text
    heads = passages[passages["role"] == "headline"]
    assert "Bakers close their shops over a tax on flour" in heads["text"].tolist()


def test_a_manifest_speaks_of_all_articles_of_a_file(tmp_path):
    put(tmp_path, {"x.txt": NEXIS, "manifest.csv": "file,topic\nx.txt,bread\n"})
    articles, _ = quiet(tmp_path)
    assert articles["topic"].tolist() == ["bread", "bread"]
    assert articles["outlet"].nunique() == 2


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        (f"1 of 2\n\n{LEAD}\n\n2 of 2\n\n{OTHER}", "2 headings such as '1 of 2'"),
        (
            f"Title: Bread\nDate: 7 June\n\n{LEAD}\n\nTitle: Queues\nDate: 8 June\n\n{OTHER}",
            "the lines 'date' and 'title' stand more than once",
        ),
        (
            f"{'=' * 20}\nSource: Courier\n{LEAD * 4}\n{'=' * 20}\nSource: Post\n{OTHER * 4}",
            "2 parts between rules, each with 'source'",
        ),
    ],
)
def test_other_files_with_several_articles_are_named(tmp_path, text, sign):
    assert signs_of_several(text) == sign
    _, problems = quiet(put(tmp_path, {"A/a.txt": text, "B/b.txt": SECOND * 3}))
    (note,) = [note for note in problems if "several articles seem" in note]
    assert f"'A/a.txt' ({sign})" in note


@pytest.mark.parametrize(
    "text",
    [
        f"Bread\n\n{LEAD}\n\nLENGTH: it is a long queue\n\n{OTHER}",
        f"{LEAD}\n\n----------\n\n{OTHER}",
        "Q: Why?\n\nA: Because.\n\nQ: When?\n\nA: Now.",
        "Title: one\n\n" + LEAD,
        "1 of 5\n\n" + LEAD,
        "",
    ],
)
def test_one_article_is_not_taken_for_several(text):
    assert articles_in_text(text) == [] and signs_of_several(text) is None


def test_paragraphs_of_wrapped_and_of_long_lines():
    wrapped = ["   One two", "three.", "   Four", "five.", "", "Six."]
    assert paragraphs_of(wrapped) == ["One two three.", "Four five.", "Six."]
    long = [LEAD + " " + SECOND, OTHER]
    assert paragraphs_of(long) == long


@pytest.mark.parametrize(
    "piece",
    [
        "1 of 2 DOCUMENTS\n",
        "LENGTH: 3 words\n",
        "End of Document\nLength: 3 words\n",
        "Document 1 of 2\nProQuest\nFull text: a\n",
        "HD a\nDocument ABC00000000\n",
        "Title: a\n" + "_" * 20 + "\n",
        " " * 50 + "\n",
        "_" * 50,
    ],
)
def test_time_grows_with_the_text(piece):
    def read(n):
        text = piece * n
        if not articles_in_text(text):
            signs_of_several(text)

    growth.linear(read, 400_000 // len(piece))


def test_factiva_pages_with_an_article_around_each():
    def block(number, title, outlet, day, paragraphs):
        head = [
            "City Desk; 1",
            None,
            "By MO ROE",
            "312 Wörter",
            day,
            outlet,
            "HARB",
            "1",
        ]
        divs = [f"<div>{one}</div>" for one in head if one]
        divs.insert(1, f'<div id="hd"><span class="enHeadline">{title} </span></div>')
        text = "".join(f"<p class='articleParagraph'>{one}</p>" for one in paragraphs)
        return (
            f"<div id='article-{number}' class='article'><div class='article enArticle'>"
            f"<p></p>{''.join(divs)}<div>Englisch</div>{text}<p>Harbour Digital</p>"
            f"<p>Dokument HARB00002015030{number}eb</p></div></div><br/>"
        )

    pages = block(
        1, "BRONZES GO HOME", "Harbour Gazette", "3 März 2015", [LEAD, SECOND]
    )
    pages += block(2, "What they cost", "Albion Post", "4 März 2015", [OTHER, LEAD])
    rows = articles_in_page(f"<html><body><form>{pages}</form></body></html>")
    assert [row["title"] for row in rows] == ["BRONZES GO HOME", "What they cost"]
    assert [row["outlet"] for row in rows] == ["Harbour Gazette", "Albion Post"]
    assert rows[0]["text"].split("\n\n")[1:] == [LEAD, SECOND]


def test_factiva_text_with_a_section_above_the_title():
    def part(number, title, outlet, paragraphs):
        body = "\n\n".join(paragraphs)
        return (
            f"News\n{title}\nMo Roe\n171 words\n3 March 2015\n{outlet}\nHARB\n3\nEnglish"
            f"\n\n{body}\n\nHarbour Press\n\nDocument HARB00002015030{number}eb3300\n\n"
        )

    text = part(1, "Museum gives back bronzes", "Harbour Gazette", [LEAD, SECOND])
    text += part(2, "What the bronzes cost", "Albion Post", [OTHER, LEAD])
    rows = articles_in_text(text)
    assert [row["title"] for row in rows] == [
        "Museum gives back bronzes",
        "What the bronzes cost",
    ]
    assert rows[1]["text"].split("\n\n")[1:] == [OTHER, LEAD]


def test_europresse_names_the_paper_without_its_number():
    page = (
        "<article><header><div class='rdp__DocPublicationName'>"
        "<span class='DocPublicationName'>La Gazette, no. 812<br/>Ville, mardi 3 mars "
        "2015</span></div><span class='DocHeader'>Ville, mardi 3 mars 2015</span>"
        "<p class='titreArticleVisu'>Le bac part</p></header>"
        "<div class='DocText clearfix'><p>Le conseil a voté pour le bac.</p></div>"
        "</article>"
    )
    row = articles_in_page(f"<html><body>{page}</body></html>")[0]
    assert (row["outlet"], row["section"]) == ("La Gazette", "Ville")


def test_fields_of_lexisnexis_in_german_are_those_in_english():
    text = (
        "1 von 1 DOKUMENTEN\n\nHafenblatt\n\n3. März 2015 Dienstag\n\nDie Fähre fährt"
        "\n\nAUTOR: Mo Roe\n\nRUBRIK: STADT; S. 4\n\nLÄNGE: 81 Wörter\n\nDie Fähre fährt "
        "auch im Winter.\n\nSPRACHE: GERMAN; DEUTSCH\n\nZEITUNGS-CODE: hfb\n\n"
        "Copyright 2015 Hafenblatt\nAlle Rechte vorbehalten\n"
    )
    row = articles_in_text(text)[0]
    assert (row["byline"], row["section"]) == ("Mo Roe", "STADT; S. 4")
    assert row["text"] == "Die Fähre fährt\n\nDie Fähre fährt auch im Winter."


def in_languages(title, day, length, body="Body", classes="Classification"):
    """An article as Nexis Uni hands it out, with its labels in several languages."""
    return (
        f"{title}\nElmstead Courier\n{day}\n\nCopyright 2019 Elmstead Media All Rights "
        f"Reserved\n\nSection: Town; p. 4\n{length}\nByline: Ola Brandt\n{body}\n\n{LEAD}\n\n"
        f"{SECOND}\n\n{classes}\n\nLoad-Date: June 7, 2019\n\n\nEnd of Document\n\n"
    )


@pytest.mark.parametrize(
    ("day", "length", "body", "classes"),
    [
        ("June 7, 2019 Friday", "Length: 482 words", "Body", "Classification"),
        ("7 juni 2019 vrijdag", "Lengte: 482 woorden", "Body", "Classificatie"),
        ("7. Juni 2019 Freitag", "Länge: 482 Wörter", "Volltext", "Klassifikation"),
        ("vendredi 7 juin 2019", "Longueur: 482 mots", "Corps", "Classification"),
        ("7 de junio de 2019 viernes", "Longitud: 482 palabras", "Cuerpo", "Clasificación"),
        ("June 7, 2019 Friday", "", "Body", "Graphic"),
    ],
)  # fmt: skip
def test_labels_of_nexis_uni_in_several_languages(day, length, body, classes):
    text = in_languages("Bakers close", day, length, body, classes)
    text += in_languages("Bread is dear", "June 8, 2019 Saturday", "Length: 90 words")
    rows = articles_in_text(text)
    assert [row["title"] for row in rows] == ["Bakers close", "Bread is dear"]
    assert rows[0]["byline"] == "Ola Brandt"
    assert rows[0]["section"] == "Town; p. 4"
    assert rows[0]["text"].split("\n\n")[1:] == [LEAD, SECOND]


def test_no_article_of_a_file_is_lost_because_its_labels_are_not_known():
    text = in_languages(
        "Bakers close", "June 7, 2019 Friday", "Longueza: 9 x", "Corpus"
    )
    text += in_languages("Bread is dear", "June 8, 2019 Saturday", "Length: 90 words")
    assert articles_in_text(text) == []


def proquest_page(number, title, outlet):
    """An article as a page of ProQuest has it: fields, and the text as paragraphs."""
    fields = {
        "Publication title": f"{outlet}; Elmstead",
        "Publication date": f"Jun {number}, 2019",
        "Section": "Town",
        "ProQuest document ID": f"25{number}",
        "Database": "Newspapers of Elmshire",
    }
    below = "".join(f"<p><strong>{k}: </strong>{v}</p>" for k, v in fields.items())
    return (
        f"<div><p style='font-weight:bold'>{title}</p><p><strong>Author:  </strong>"
        f"Brandt, Ola</p><p><strong>Abstract:  </strong></p><p>{OTHER}</p><p><strong>Full "
        f"text: </strong><text wordcount='30'><p>{LEAD}</p> <p>{SECOND}</p> <p>--</p> "
        f"<p>ola.brandt@courier.example</p></text></p>{below}</div>"
    )


def test_a_page_of_proquest_has_an_article_for_each_of_its_records():
    page = proquest_page(7, "Bakers close", "Elmstead Courier")
    page += proquest_page(8, "Bread is dear", "Arden Post")
    rows = articles_in_page(f"<html><body>{page}</body></html>")
    assert [row["title"] for row in rows] == ["Bakers close", "Bread is dear"]
    assert [row["outlet"] for row in rows] == ["Elmstead Courier", "Arden Post"]
    assert [row["published"] for row in rows] == ["Jun 7, 2019", "Jun 8, 2019"]
    # without the rule and the writer's address below the text
    assert rows[0]["text"].split("\n\n")[1:] == [LEAD, SECOND]


def test_factiva_in_a_document_with_its_head_in_paragraphs():
    head = ["Bakers close", "Ola Brandt", "171 words", "7 June 2019", "10:15"]
    head += ["Elmstead Courier", "ELM", "A3", "English", "(c) 2019 Elmstead Media"]
    end = "Document ELM0000020190607ef670000a"
    row = articles_in_text("\n\n".join([*head, LEAD, SECOND, end]))[0]
    assert (row["outlet"], row["title"]) == ("Elmstead Courier", "Bakers close")
    assert row["text"].split("\n\n")[1:] == [LEAD, SECOND]
