"""read_articles: any source in, one table out, every problem named."""

import json
import os
import random
import sys
import warnings

import growth
import numpy as np
import pandas as pd
import pytest
from corpora import ARMY, REBELS, TURKISH, put, quiet, read_and_listen
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.reading.articles import read_articles
from idlibkit.reading.encodings import Decoded, Decoding, decode
from idlibkit.tables import IdlibkitError, IdlibkitWarning
from idlibkit.text.detection import check_english, languages


@pytest.fixture
def two(tmp_path):
    """A sound folder of two outlets, one folder each."""
    return put(tmp_path / "corpus", {"Daily/a.txt": ARMY, "Herald/b.txt": REBELS})


# ---- folders


def test_folder_with_manifest(tmp_path):
    manifest = "file,outlet,published,title,wire,country\na.txt,Daily,2020-02-06,Army,,Jordan\nb.txt,Herald,,,AFP,\n"
    put(
        tmp_path,
        {
            "b.txt": REBELS,
            "a.txt": ARMY,
            "manifest.csv": manifest,
            "README.md": "x",
            ".hidden": "x",
        },
    )
    articles, said = quiet(tmp_path)
    assert said == []
    assert list(articles) == [
        *(
            "article_id",
            "outlet",
            "published",
            "zone",
            "title",
            "wire",
            "language",
            "source_file",
            "raw",
            "text",
        ),
        "country",
    ]
    assert articles["article_id"].tolist() == ["a", "b"]
    assert articles["outlet"].tolist() == ["Daily", "Herald"]
    assert articles["published"].tolist() == [pd.Timestamp("2020-02-06"), pd.NaT]
    assert articles["published"].dtype == "datetime64[us]"
    assert articles["wire"].tolist() == [np.nan, "AFP"]
    assert articles["raw"].tolist() == articles["text"].tolist() == [ARMY, REBELS]


def test_manifest_from_elsewhere_as_path_or_table(two, tmp_path):
    facts = pd.DataFrame(
        {"filename": ["Daily\\a.txt", "./Herald/b"], "publisher": ["D", "H"]},
        index=[7, 7],
    )
    from_table, problems, said = read_and_listen(two, manifest=facts)
    assert problems == []
    assert from_table["outlet"].tolist() == ["D", "H"]
    assert said == [
        "columns of the manifest taken: 'filename' as file, 'publisher' as outlet; give columns={...} if that is wrong."
    ]
    facts.to_csv(tmp_path / "facts.csv", index=False, sep=";", encoding="utf-16")
    from_file, _ = quiet(two, manifest=tmp_path / "facts.csv")
    pd.testing.assert_frame_equal(from_table, from_file)


def test_outlet_from_subfolder_then_own_name(tmp_path):
    put(tmp_path, {"Daily/2020/a.txt": ARMY, "Herald/b.txt": REBELS})
    articles, said = quiet(tmp_path)
    assert articles["outlet"].tolist() == ["Daily", "Herald"] and said == []
    assert articles["article_id"].tolist() == ["Daily/2020/a", "Herald/b"]
    flat, said = quiet(put(tmp_path / "flat", {"one.txt": ARMY, "two.txt": REBELS}))
    assert flat["outlet"].tolist() == ["one", "two"]
    (note,) = said
    assert (
        "manifest.csv with the columns file and outlet" in note
        and "'one.txt', 'two.txt'" in note
    )


def test_one_file(two):
    articles, said = quiet(two / "Daily" / "a.txt")
    assert articles["article_id"].tolist() == ["a"] and articles["raw"].tolist() == [
        ARMY
    ]
    assert any("one outlet" in note for note in said)


def test_order_of_files_does_not_matter(tmp_path):
    names = [f"{outlet}/{i}.txt" for outlet in "ABC" for i in range(9)]
    tables = []
    for seed in (0, 1):
        random.Random(seed).shuffle(names)
        folder = put(tmp_path / str(seed), {name: f"{ARMY} {name}" for name in names})
        tables.append(read_articles(folder))
    pd.testing.assert_frame_equal(*tables)
    assert tables[0]["article_id"].is_monotonic_increasing


def test_no_machine_path_leaks(tmp_path):
    put(
        tmp_path,
        {
            "a.txt": ARMY,
            "b.txt": REBELS,
            "c.txt": b"\xff\xfe\x00",
            "d.pdf": "x",
            "e.txt": " ",
        },
    )
    articles, said = quiet(tmp_path)
    assert str(tmp_path.parent) not in articles.to_csv() + " ".join(said)


def test_text_is_what_lines_keeps(tmp_path):
    page = f"Home\nWorld\nSport\n\nArmy takes the market town\n\n{ARMY}\n\n{REBELS}\n\nRead more\nSubscribe\n"
    articles, _ = quiet(put(tmp_path, {"A/a.txt": page, "B/b.txt": REBELS}))
    assert articles["raw"][0] == page
    assert articles["text"][0] == f"Army takes the market town\n\n{ARMY}\n\n{REBELS}"
    assert articles["title"].tolist() == ["Army takes the market town", np.nan]


# ---- encodings


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_line_ends_are_kept(tmp_path, end):
    articles, _ = quiet(
        put(tmp_path, {"A/a.txt": ARMY + end + end + REBELS + end, "B/b.txt": ARMY})
    )
    assert articles["raw"][0] == ARMY + end + end + REBELS + end


letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"),
    min_size=1,
)


@given(letters, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_round_trip(text, codec):
    assert decode(text.encode(codec)) == Decoded(text)


@given(letters, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf16_without_a_mark(text, codec):
    text = ARMY + "\n" + text.replace("\0", "") * 3
    zeros = [text.encode(codec)[i::2].count(0) for i in (0, 1)]
    if max(zeros) > 50 * min(zeros):
        assert decode(text.encode(codec)) == Decoded(text)


@given(st.lists(st.sampled_from("a\n’“”€éèüñšŽœ£—"), min_size=1))
def test_windows_1252_round_trip(letters):
    text = ARMY + " ".join(
        letters
    )  # spaces, since two such letters in a row can happen to be sound UTF-8
    how = Decoding.SOUND if text.isascii() else Decoding.WINDOWS
    assert decode(text.encode("cp1252")) == Decoded(text, how)


def test_windows_1252_is_said(tmp_path):
    text = "“Café” — " + ARMY
    articles, said = quiet(
        put(tmp_path, {"A/a.txt": text.encode("cp1252"), "B/b.txt": REBELS})
    )
    assert articles["raw"][0] == text
    assert said == [
        "not UTF-8 and read as Windows-1252: 'A/a.txt'; save as UTF-8 if letters came out wrong."
    ]


def test_damaged_utf8_is_not_taken_for_another_encoding(tmp_path):
    text = "“Café” — " + ARMY + " “Çavuşoğlu”"
    articles, said = quiet(
        put(tmp_path, {"A/a.txt": text.encode()[:-1], "B/b.txt": REBELS})
    )
    assert articles["raw"][0] == text[:-1] + "\ufffd"
    assert len(said) == 1 and "'A/a.txt'" in said[0] and "whole copy" in said[0]


def test_other_encodings_and_binaries_are_left_out_by_name(tmp_path):
    files = {
        "A/a.txt": ARMY,
        "B/b.txt": REBELS,
        "C/russian.txt": ("Армия сообщила, что город взят. " * 5).encode("cp1251"),
        "C/japanese.txt": ("軍は町を占領したと発表した。" * 5).encode("shift_jis"),
        "C/noise.txt": random.Random(0).randbytes(5000),
        "C/doc.txt": b"%PDF-1.7 and so on",
        "C/zip.txt": b"PK\x03\x04 and so on",
        "C/low.txt": b"\x01\x02\x03\x04" * 9,
    }
    articles, said = quiet(put(tmp_path, files))
    assert articles["article_id"].tolist() == ["A/a", "B/b"]
    for name in ("russian", "japanese", "noise", "doc", "zip", "low"):
        assert sum(f"'C/{name}.txt'" in note for note in said) == 1
    assert any(
        "'C/doc.txt' (it is a PDF, not text; save it as UTF-8 text)" in note
        for note in said
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decode(data).text
    except UnicodeError as error:
        assert str(error)
    else:
        text.encode()


# ---- bad folders


def test_empty_folder(tmp_path):
    with pytest.raises(IdlibkitError, match=r"no article found in .*It is empty"):
        read_articles(tmp_path)


def test_missing_path():
    with pytest.raises(
        IdlibkitError, match="there is no file or folder 'nowhere/at/all'"
    ):
        read_articles("nowhere/at/all")


def test_folder_with_nothing_readable_says_why(tmp_path):
    put(tmp_path, {"a.txt": "  \n\n\u200b", "b.xyz": "x"})
    with pytest.raises(
        IdlibkitError, match=r"'b.xyz' \(is not one of .*'a.txt' \(it is blank"
    ):
        read_articles(tmp_path)


def test_table_in_a_folder_is_not_taken_for_an_article(two):
    put(two, {"export.csv": "outlet,text"})
    assert quiet(two)[1] == [
        "left out: 'export.csv' (is a table of its own; give its path instead of the folder's)."
    ]


def test_manifest_may_have_any_further_column(two):
    facts = pd.DataFrame(
        {
            "file": ["Daily/a.txt", "Herald/b.txt"],
            "outlet": ["A", "B"],
            "site": ["x", "y"],
        }
    )
    assert quiet(two, manifest=facts)[0]["site"].tolist() == ["x", "y"]


def test_blank_files_are_named(two):
    put(two, {"Daily/c.txt": "", "Daily/d.txt": "\n \ufeff"})
    articles, said = quiet(two)
    assert len(articles) == 2
    assert said == ["left out: 'Daily/c.txt', 'Daily/d.txt' (it is blank)."]


def test_two_files_with_one_id(two):
    put(
        two,
        {"Daily/a.TXT" if sys.platform == "linux" else "Daily/a.htm": REBELS + " <p>"},
    )
    articles, said = quiet(two)
    assert articles["article_id"].is_unique and "Herald/b" in set(
        articles["article_id"]
    )
    assert any("differ only in their ending" in note for note in said)


def test_manifest_and_files_disagree(two):
    put(
        two,
        {
            "manifest.csv": "file,outlet\nDaily/a.txt,Daily\nDaily/gone.txt,Daily\nHerald/b.txt,Herald\n",
            "c.txt": ARMY,
        },
    )
    articles, said = quiet(two)
    assert articles["article_id"].tolist() == ["Daily/a", "Herald/b"]
    assert said == [
        "'manifest.csv' names files that were not read: 'Daily/gone.txt'; add them or take out their lines.",
        "left out: 'c.txt' (not in 'manifest.csv'; add a line for each, or a line * for all others).",
    ]


def test_a_manifest_may_list_only_some_files(two):
    put(two, {"c.txt": ARMY, "d.txt": REBELS + " Again."})
    put(
        two,
        {
            "manifest.csv": "file,outlet,exclude,Colour\nc.txt,,yes,\n*,,,\nd.txt,The D,no,red\n"
        },
    )
    articles, problems, said = read_and_listen(two)
    assert articles["source_file"].tolist() == ["Daily/a.txt", "Herald/b.txt", "d.txt"]
    assert articles["outlet"].tolist() == ["Daily", "Herald", "The D"]
    assert articles["color"].fillna("").tolist() == ["", "", "red"]
    assert "exclude" not in articles and not problems
    assert "left out, as 'manifest.csv' says: 'c.txt'." in said


@pytest.mark.parametrize(
    ("exclude", "kept"),
    [
        (["x", None], 1),
        ([1.0, np.nan], 1),
        ([True, False], 1),
        ([0, 0], 2),
        ([None, ""], 2),
    ],
)
def test_yes_and_no_as_tables_write_them(two, exclude, kept):
    facts = pd.DataFrame({"file": ["Daily/a.txt", "*"], "exclude": exclude})
    assert len(quiet(two, manifest=facts)[0]) == kept


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("outlet\nDaily\n", "column 'file' not found in 'manifest.csv'"),
        ("file,outlet\na.txt,X\na,Y\n", "lists 'a.txt' more than once"),
        ("file,outlet\n*,X\n*,Y\n", r"lists '\*' more than once"),
        (
            "file,exclude\na.txt,perhaps\n",
            "column 'exclude' of 'manifest.csv' has 'perhaps'",
        ),
        ("file,exclude\na.txt,yes\n", "leaves out every file that it lists"),
        ("file,outlet\nz.txt,X\n", "names none of the files"),
        ("file,outlet,text\na.txt,X,Y\n", "'text', which comes from the files"),
        ("", "'manifest.csv' is empty"),
        ("file,outlet\n", "'manifest.csv' has no rows"),
    ],
)
def test_bad_manifests(tmp_path, manifest, message):
    put(tmp_path, {"a.txt": ARMY, "manifest.csv": manifest})
    with pytest.raises(IdlibkitError, match=message):
        read_articles(tmp_path)


def test_manifest_that_is_missing_or_meant_for_something_else(two):
    with pytest.raises(IdlibkitError, match=r"there is no manifest .nope\.csv."):
        read_articles(two, manifest="nope.csv")
    with pytest.raises(IdlibkitError, match="manifest= is for a folder"):
        read_articles(
            pd.DataFrame({"text": [ARMY], "outlet": ["A"]}), manifest="nope.csv"
        )
    with pytest.raises(IdlibkitError, match="columns= is for tables"):
        read_articles(two, columns={"a": "b"})


def test_names_in_a_manifest_are_never_opened(two, tmp_path):
    put(tmp_path, {"secret.txt": "The secret."})
    facts = pd.DataFrame(
        {"file": ["../secret.txt", str(tmp_path / "secret.txt"), "Daily/a.txt"]}
    )
    articles, said = quiet(two, manifest=facts)
    assert articles["raw"].tolist() == [ARMY]
    assert any(
        "names files that were not read: '../secret.txt'" in note for note in said
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_and_pipes(two, tmp_path):
    put(tmp_path, {"outside/secret.txt": "The secret."})
    (two / "Daily" / "out.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (two / "linked").symlink_to(tmp_path / "outside")
    (two / "Daily" / "round").symlink_to(two)
    (two / "Daily" / "dead.txt").symlink_to(two / "gone.txt")
    os.mkfifo(two / "Daily" / "pipe.txt")
    articles, said = quiet(two)
    assert articles["raw"].tolist() == [ARMY, REBELS]
    for name in (
        "Daily/out.txt",
        "linked",
        "Daily/round",
        "Daily/dead.txt",
        "Daily/pipe.txt",
    ):
        assert sum(f"{name!r}" in note for note in said) == 1


def test_file_that_vanishes_while_the_folder_is_read(two, monkeypatch):
    def vanishing(path, *args, **kwargs):
        if str(path).endswith("b.txt"):
            os.remove(path)
        return open(path, *args, **kwargs)

    put(two, {"Herald/c.txt": REBELS})
    monkeypatch.setattr("idlibkit.reading.folders.open", vanishing, raising=False)
    articles, said = quiet(two)
    assert articles["article_id"].tolist() == ["Daily/a", "Herald/c"]
    assert said == [
        "left out: 'Herald/b.txt' (vanished while the folder was read; read it again)."
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_file_names_are_data(tmp_path):
    names = [
        "A/$(rm -rf x).txt",
        "A/<script>.txt",
        "B/\u202eevil.txt",
        "B/new\nline.txt",
        "B/=cmd().txt",
    ]
    put(tmp_path, {name: f"{ARMY} {name}" for name in names})
    for byte in (b"\xfe", b"\xff"):
        with open(os.fsencode(tmp_path) + b"/A/bad" + byte + b".txt", "w") as file:
            file.write(f"{REBELS} {byte}")
    articles, _ = quiet(tmp_path)
    assert set(articles["source_file"]) == {
        *names,
        "A/bad\ufffd.txt",
        "A/bad\ufffd~.txt",
    }
    assert articles["article_id"].is_unique


def test_duplicates_are_named_and_kept(two):
    put(two, {"Herald/same.txt": ARMY})
    articles, said = quiet(two)
    assert len(articles) == 3
    assert said == [
        "exactly the same text, all kept: 'Daily/a' and 'Herald/same'. Leave out all but one where it is one article."
    ]


def test_one_outlet_only(tmp_path):
    _, said = quiet(put(tmp_path, {"A/a.txt": ARMY, "A/b.txt": REBELS}))
    assert said == [
        "all articles are from one outlet ('A'), so there is nothing to compare it with."
    ]


# ---- pages


def page(title="Army takes the town", head="", site=True, stated=True):
    paragraphs = "".join(f"<p>{ARMY} This is paragraph {i}.</p>" for i in range(6))
    site = '<meta property="og:site_name" content="The Daily Example">' if site else ""
    day = (
        '<meta property="article:published_time" content="2020-02-07T17:53:00+04:00">'
        if stated
        else ""
    )
    return (
        f'<html><head>{head}<title>{title} | Daily</title>{site}{day}<meta property="og:title" content="{title}"></head>'
        f"<body><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav><article><h1>{title}</h1>"
        f"{paragraphs}</article><footer>Copyright 2019 Example</footer></body></html>"
    )


def test_pages(tmp_path):
    pytest.importorskip("trafilatura")
    files = {
        "a.html": page("Army takes “Gözlük”"),
        "b.htm": page("Café talks", head='<meta charset="iso-8859-1">').encode(
            "cp1252"
        ),
        "c.html": '<?xml version="1.0" encoding="windows-1251"?>'
        + page("Third", site=False, stated=False),
        "d.html": page("Армия взяла город", head='<meta charset="windows-1251">')
        .replace(
            'property="article:published_time" content="2020-02-07T17:53:00+04:00"', ""
        )
        .replace(
            "<title>",
            '<meta content="2020-02-08T07:01:00Z" property="article:published_time"><title>',
        )
        .encode("cp1251"),
    }
    articles, problems, notes = read_and_listen(put(tmp_path, files))
    assert articles["title"].tolist() == [
        "Army takes “Gözlük”",
        "Café talks",
        "Third",
        "Армия взяла город",
    ]
    assert articles["outlet"].tolist() == [
        "The Daily Example",
        "The Daily Example",
        "c",
        "The Daily Example",
    ]
    assert (
        articles["published"][0] == pd.Timestamp("2020-02-07 17:53")
        and articles["zone"][0] == "+04:00"
    )
    assert (
        articles["published"][3] == pd.Timestamp("2020-02-08 07:01")
        and articles["zone"][3] == "+00:00"
    )
    assert pd.isna(articles["published"][2]), (
        "the year of a copyright line is not a date"
    )
    for row in articles.itertuples():
        title, blank, first, *_ = row.raw.split("\n")
        assert (title, blank) == (
            row.title,
            "",
        ) and first == f"{ARMY} This is paragraph 0."
        assert (
            row.text.count(ARMY) == 6
            and "Home" not in row.text
            and "Copyright" not in row.text
        )
    assert ["site names ('The Daily Example')" in note for note in notes] == [True]
    nameless, near = problems
    assert "'c.html'" in nameless
    assert "nearly the same text in one outlet, all kept: 'a' and 'b'" in near


def test_subfolder_and_manifest_overrule_the_site(tmp_path):
    pytest.importorskip("trafilatura")
    put(tmp_path, {"Herald/a.html": page(), "b.txt": REBELS})
    assert quiet(tmp_path)[0]["outlet"].tolist() == ["Herald", "b"]
    facts = pd.DataFrame(
        {
            "file": ["Herald/a.html", "b.txt"],
            "outlet": ["X", "Y"],
            "title": ["Other", None],
        }
    )
    articles, said = quiet(tmp_path, manifest=facts)
    assert (
        articles["outlet"].tolist() == ["X", "Y"]
        and articles["title"].tolist() == ["Other", np.nan]
        and said == []
    )


def test_pages_without_an_article(two, capfd):
    pytest.importorskip("trafilatura")
    put(
        two,
        {
            "Daily/e.html": "<html><body><nav></nav></body></html>",
            "Daily/d.html": "<div>" * 50_000,
            "Daily/z.html": "",
        },
    )
    articles, said = quiet(two)
    assert len(articles) == 2
    assert all(any(f"'Daily/{name}.html'" in note for note in said) for name in "edz")
    assert capfd.readouterr() == ("", "")


def test_pages_without_trafilatura(two, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    put(two, {"Daily/e.html": page()})
    with pytest.raises(IdlibkitError, match=r"pip install 'idlibkit\[files\]'"):
        read_articles(two)


# ---- tables


TABLE = pd.DataFrame(
    {
        "outlet": ["Daily", "NA", "Herald"],
        "published": ["2020-02-06T10:00:00+02:00", "2020-02-07", None],
        "title": ["Army", "Rebels, “again”", None],
        "text": [ARMY + '\r\n\r\nMore, "quoted".', REBELS, ARMY],
        "country": ["Jordan", None, "Türkiye"],
    }
)


def write_csv(table, path):
    table.to_csv(path, index=False)


def write_semicolons(table, path):
    table.to_csv(path, index=False, sep=";", encoding="utf-8-sig")


def write_utf16(table, path):
    table.to_csv(path, index=False, sep="\t", encoding="utf-16")


def write_lines(table, path):
    table.to_json(path, orient="records", lines=True, force_ascii=False)


def write_list(table, path):
    table.to_json(path, orient="records")


def write_answer(table, path):
    records = json.loads(table.to_json(orient="records"))
    path.write_text(
        json.dumps({"status": "ok", "totalResults": 3, "articles": records})
    )


def write_parquet(table, path):
    table.to_parquet(path)


def write_partitions(table, path):
    for i, outlet in enumerate(table["outlet"]):
        (path / f"outlet={outlet}").mkdir(parents=True)
        table[i : i + 1].drop(columns="outlet").to_parquet(
            path / f"outlet={outlet}" / "part.parquet"
        )


def write_parts(table, path):
    path.mkdir()
    table[:2].to_parquet(path / "part.0.parquet")
    table[2:].to_parquet(path / "part.1.parquet")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("t.csv", write_csv),
        ("t.CSV", write_semicolons),
        ("t.tsv", write_utf16),
        ("t.jsonl", write_lines),
        ("t.ndjson", write_lines),
        ("t.json", write_list),
        ("t.json", write_answer),
        ("t.parquet", write_parquet),
        ("parts", write_parts),
    ],
)
def test_every_kind_of_table_gives_the_same_articles(tmp_path, name, write):
    write(TABLE, tmp_path / name)
    articles, said = quiet(tmp_path / name)
    expected, _ = quiet(TABLE)
    assert said == []
    assert (
        articles.pop("source_file")
        .isin([name, "part.0.parquet", "part.1.parquet"])
        .all()
        and expected.pop("source_file").isna().all()
    )
    pd.testing.assert_frame_equal(articles, expected)
    army, rebels, no_title = TABLE["text"]
    assert articles["text"].tolist() == [
        f"Army\n\n{army}",
        f"Rebels, “again”\n\n{rebels}",
        no_title,
    ]
    assert "raw" not in articles
    assert articles["outlet"].tolist() == ["Daily", "NA", "Herald"]
    assert articles["zone"].tolist() == ["+02:00", np.nan, np.nan]
    assert (
        articles["article_id"].is_unique
        and articles["article_id"].str.match(r"(daily|na|herald)-[0-9a-f]{12}$").all()
    )


@pytest.mark.parametrize("name", ["archive.parquet", "archive"])
def test_parquet_in_partitions(tmp_path, name):
    write_partitions(TABLE.drop(columns="title"), tmp_path / name)
    articles, _ = quiet(tmp_path / name)
    assert set(zip(articles["outlet"], articles["text"], strict=True)) == set(
        zip(TABLE["outlet"], TABLE["text"], strict=True)
    )


def test_articles_come_back_the_same_from_parquet(two, tmp_path):
    put(two, {"Herald/c.txt": "Menü\r\n\r\n" + REBELS + "\n\n" + ARMY})
    articles, _ = quiet(two)
    articles.to_parquet(tmp_path / "saved.parquet")
    again, _ = quiet(tmp_path / "saved.parquet")
    pd.testing.assert_frame_equal(articles, again)


def test_order_and_index_of_rows_do_not_matter():
    once = read_articles(TABLE).set_index("article_id")
    again = read_articles(
        TABLE.sample(frac=1, random_state=3).set_index(pd.Index([5, 5, -1]))
    ).set_index("article_id")
    pd.testing.assert_frame_equal(once, again.loc[once.index])


def test_input_is_not_changed():
    before = TABLE.copy(deep=True)
    read_articles(TABLE)
    pd.testing.assert_frame_equal(TABLE, before)


def test_columns_are_found_and_said():
    export = pd.DataFrame(
        {
            "Source": ["A", "B"],
            "publishedAt": ["2020-02-06T10:00:00Z"] * 2,
            "Headline": ["x", "y"],
            "Content": [ARMY, REBELS],
        }
    )
    articles, problems, said = read_and_listen(export)
    assert problems == []
    assert articles["outlet"].tolist() == ["A", "B"]
    assert articles["text"].tolist() == [f"x\n\n{ARMY}", f"y\n\n{REBELS}"]
    assert (
        articles["title"].tolist() == ["x", "y"]
        and articles["zone"].tolist() == ["+00:00"] * 2
    )
    note, titles = said
    assert "headlines in 2 of 2 articles" in titles
    assert note == (
        "columns of the DataFrame taken: 'Source' as outlet, 'publishedAt' as published, 'Headline' as title, "
        "'Content' as text; give columns={...} if that is wrong."
    )
    _, _, said = read_and_listen(
        export.rename(columns=str.lower),
        columns={"source": "outlet", "content": "text"},
    )
    assert said[:1] == [
        "columns of the DataFrame taken: 'publishedat' as published, 'headline' as title; give columns={...} if that is wrong."
    ]


def test_answer_of_a_news_service(tmp_path):
    records = [
        {"source": {"id": "d", "name": "Daily"}, "author": ["A", "B"], "content": ARMY},
        {"source": {"id": None, "name": "Herald"}, "content": REBELS + "\ud83d"},
    ]
    (tmp_path / "n.json").write_text(json.dumps({"status": "ok", "articles": records}))
    articles, _ = quiet(tmp_path / "n.json")
    assert articles["outlet"].tolist() == ["Daily", "Herald"]
    assert articles["author"].tolist() == ["A; B", np.nan]
    assert articles["text"][1] == REBELS + "\ufffd"


def test_raw_row_by_row():
    page = f"Home\nWorld\n\nArmy takes the market town\n\n{ARMY}\n\n{REBELS}\n\nRead more\nSubscribe\n"
    table = pd.DataFrame(
        {"outlet": ["A", "B"], "raw": [page, None], "text": [None, "Clean. Read more"]}
    )
    articles, _ = quiet(table)
    assert articles["text"].tolist() == [
        f"Army takes the market town\n\n{ARMY}\n\n{REBELS}",
        "Clean. Read more",
    ]
    assert articles["raw"].tolist() == [page, np.nan]


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (
            {"outlet": ["A"], "words": ["x"]},
            {},
            r"no column with the text .*'outlet', 'words'.*columns=\{'its name': 'text'\}",
        ),
        ({"text": [ARMY]}, {}, "no column with the outlet of each article"),
        ({"outlet": [], "text": []}, {}, "has no rows"),
        (
            {"outlet": ["A", "B"], "text": ["  ", None]},
            {},
            "every row of the DataFrame has a blank text",
        ),
        (
            {"outlet": ["A", "B"], "text": [ARMY, REBELS], "id": [3, 3]},
            {},
            r"article_id '3' stands in more than one row \(row '1', '2'\)",
        ),
        (
            {"outlet": ["A", "B"], "text": [ARMY, REBELS], "id": [3, None]},
            {},
            "no article_id in row '2'",
        ),
        (
            {"outlet": ["A"], "body": [ARMY]},
            {"columns": {"bdy": "text"}},
            "column 'bdy' not found.*Did you mean 'body'",
        ),
        (
            {"outlet": ["A"], "text": [ARMY], "b": [ARMY]},
            {"columns": {"b": "text"}},
            "two columns named 'text'",
        ),
    ],
)
def test_tables_that_cannot_be_used(table, options, message):
    with pytest.raises(IdlibkitError, match=message), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read_articles(pd.DataFrame(table), **options)


def test_two_columns_of_one_name():
    with pytest.raises(IdlibkitError, match="two columns named 'text'"):
        read_articles(
            pd.DataFrame([[ARMY, REBELS, "A"]], columns=["text", "text", "outlet"])
        )


def test_rows_without_text_or_outlet_are_named():
    table = pd.DataFrame(
        {"outlet": ["A", "B", None, "D"], "text": [ARMY, "\u200b ", REBELS, None]}
    )
    articles, said = quiet(table)
    assert articles["outlet"].tolist() == ["A", "unknown"]
    assert (
        said[0]
        == "the DataFrame: row '2', '4' left out, as its text is blank (the first row is 1)."
    )
    assert said[1].startswith(
        "the DataFrame: no outlet is given in row '3' (the first row is 1); 'unknown' stands for it"
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "", "'a.csv' is empty"),
        ("a.csv", "outlet,text\n", "'a.csv' has no rows"),
        (
            "a.csv",
            "outlet,text\nA,one\nB,two,three\n",
            "line 3.*must stand in double quotes",
        ),
        (
            "a.csv",
            "outlet,text\nA,one,two\nB,two,three\n",
            "more fields than its first line has names",
        ),
        (
            "a.csv",
            'outlet,text\nA,"one\nB,two\n',
            "quotation mark opened in row 1 is never closed",
        ),
        ("a.csv", b"PK\x03\x04\0\0", "it is a zip archive or an Office document"),
        ("a.csv", b"a,b\n\0\1\2\xff\0", "it is a binary file"),
        ("a.jsonl", "", "no record that can be read"),
        ("a.jsonl", "not json\n", "each line must be one JSON object"),
        ("a.json", "[1, 2]", "no record that can be read"),
        ("a.json", "[" * 100_000, "no record that can be read"),
        ("a.parquet", "not parquet", "'a.parquet' is not a readable parquet file"),
        ("a.xlsx", b"PK", "no sound workbook .*save the sheet as CSV"),
        ("a.xls", b"\xd0\xcf", "Save other spreadsheets as CSV"),
        ("a", "x", "'a' cannot be read: give a folder, or a file that ends in"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, name, content, message):
    put(tmp_path, {name: content})
    with pytest.raises(IdlibkitError, match=message):
        read_articles(tmp_path / name)


def test_broken_lines_of_json(tmp_path):
    lines = [
        json.dumps({"outlet": o, "text": t})
        for o, t in (("A", ARMY), ("B", REBELS), ("C", ARMY + REBELS))
    ]
    put(tmp_path, {"a.jsonl": f"{lines[0]}\n\n[1]\n{lines[1]}\r\n{lines[2][:-20]}"})
    articles, said = quiet(tmp_path / "a.jsonl")
    assert articles["outlet"].tolist() == ["A", "B"]
    assert said == [
        "'a.jsonl': line '3', '5' is not a whole JSON object and was left out; the file may have been cut off while it was written."
    ]


def test_csv_in_another_encoding(tmp_path):
    TABLE.to_csv(tmp_path / "t.csv", index=False, encoding="cp1254")
    articles, said = quiet(tmp_path / "t.csv")
    assert articles["country"].tolist() == ["Jordan", np.nan, "Türkiye"]
    assert said == [
        "not UTF-8 and read as Windows-1252: 't.csv'; save as UTF-8 if letters came out wrong."
    ]


cells = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.binary(max_size=5),
)


@pytest.mark.slow
@given(
    st.lists(
        st.fixed_dictionaries(
            {k: cells for k in ("outlet", "text", "raw", "title", "date", "x")}
        ),
        max_size=4,
    )
)
def test_any_table_is_read_or_refused(rows):
    table = pd.DataFrame(rows, dtype=object)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", IdlibkitWarning)
            articles = read_articles(table)
    except IdlibkitError as error:
        assert str(error)
    else:
        assert articles["article_id"].is_unique
        assert articles["outlet"].notna().all() and articles["text"].notna().all()


@pytest.mark.parametrize(
    ("column", "piece"),
    [("raw", "word "), ("raw", '"'), ("text", "word "), ("date", "1"), ("date", "(")],
)
def test_time_grows_with_the_text(column, piece):
    def read(n):
        facts = {"outlet": ["A", "B"], "text": [ARMY, REBELS]}
        quiet(pd.DataFrame({**facts, column: [piece * n, ARMY]}))

    growth.linear(read, 800_000)


def test_long_texts_come_back_whole(tmp_path):
    long = "word " * 100_000
    files = {"A/a.txt": long, "B/b.txt": '"' * 10_000 + ARMY}
    articles, _ = quiet(put(tmp_path / "folder", files))
    assert articles["raw"][0] == long
    table = pd.DataFrame(
        {"outlet": ["A", "B"], "text": [long, REBELS], "date": ["1" * 100_000, "("]}
    )
    table.to_csv(tmp_path / "t.csv", index=False)
    articles, said = quiet(tmp_path / "t.csv")
    assert articles["text"][0] == long
    assert all(len(note) < 500 for note in said)


# ---- languages


def test_languages_are_said():
    table = pd.DataFrame(
        {"outlet": ["A", "B", "C", "D"], "text": [ARMY, TURKISH, REBELS, "1914"]}
    )
    articles, said = quiet(table)
    assert articles["language"].tolist() == ["en", "tr", "en", np.nan]
    note = next(note for note in said if "not in English" in note)
    assert note.startswith("1 of 4 articles are not in English (tr 1): 'b-")


def test_languages_that_the_input_brings_are_kept():
    table = pd.DataFrame(
        {"outlet": ["A", "B"], "text": [ARMY, TURKISH], "lang": ["en-GB", "English"]}
    )
    articles, said = quiet(table)
    assert articles["language"].tolist() == ["en-GB", "English"] and said == []


def test_other_languages_are_told():
    texts = {
        "de": "Die Armee teilte am Montag mit, sie habe die Stadt nach einer Nacht mit schwerem Beschuss eingenommen.",
        "fr": "L'armée a déclaré lundi qu'elle avait pris la ville après une nuit de bombardements intenses.",
        "es": "El ejército dijo el lunes que había tomado la ciudad tras una noche de intensos bombardeos.",
        "ru": "Армия сообщила в понедельник, что взяла город после ночи тяжелых обстрелов.",
        "ar": "قال الجيش يوم الاثنين إنه سيطر على المدينة بعد ليلة من القصف العنيف.",
        "zh": "军方周一表示，经过一夜的猛烈炮击，已经占领了该镇，道路重新开放，平民正在返回家园。",
    }
    assert languages(pd.Series(texts.values())).tolist() == list(texts)


def test_check_english():
    articles = pd.DataFrame({"article_id": list("abc"), "language": ["en", "tr", "tr"]})
    with pytest.raises(
        IdlibkitError,
        match=r"^sentiment\(\) knows only English, but 2 of 3 articles are .*\(tr 2\)",
    ):
        check_english(articles, "sentiment()")
    passages = pd.DataFrame(
        {"article_id": list("aaab"), "language": ["tr", "tr", "tr", "en"]}
    )
    with pytest.warns(IdlibkitWarning, match="1 of 2 articles"):
        check_english(passages, "frames()")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_english(articles[:1], "x")
        check_english(articles.drop(columns="language"), "x")
        check_english(articles.assign(language=["en-US", None, "English"]), "x")
        check_english(articles[:0], "x")


def test_measures_for_english_refuse_other_languages_by_name():
    import idlibkit as ik

    text = "Die Gespräche sind am Montag gescheitert, und niemand weiß, wie es weitergehen soll. Das Wetter war schlecht."
    with pytest.warns(IdlibkitWarning):
        articles = ik.read_articles(
            pd.DataFrame({"outlet": ["A", "B"], "text": [text, text + " Es regnete."]})
        )
    passages = ik.passages(articles)
    assert len(ik.count_terms(passages)), "counts work in any language"
    for name in ("sentiment", "frames", "frames_by", "quantities"):
        with pytest.raises(IdlibkitError, match=rf"{name}\(\) knows only English"):
            getattr(ik, name)(passages)
    assert "compound" in ik.sentiment(passages, lexicon={"schlecht": -2.0}), (
        "an own lexicon may be of any language"
    )


def test_an_article_without_a_sentence_is_named(tmp_path):
    (tmp_path / "A").mkdir()
    (tmp_path / "B").mkdir()
    (tmp_path / "A" / "whole.txt").write_text(ARMY)
    (tmp_path / "A" / "wall.txt").write_text("Subscribe now\n")
    (tmp_path / "B" / "years.txt").write_text("1914 – 1918")
    articles, said = quiet(tmp_path)
    assert len(articles) == 3
    assert [
        note
        for note in said
        if "hardly any text in 'A/wall', 'B/years' (fewer than 4 words)" in note
    ]


def test_a_folder_with_a_blank_name_is_no_outlet(tmp_path):
    (tmp_path / " ").mkdir()
    (tmp_path / " " / "a.txt").write_text(ARMY)
    (tmp_path / " " / " .txt").write_text(REBELS)
    articles, said = quiet(tmp_path)
    assert (
        articles["outlet"].str.strip().ne("").all() and articles["outlet"].notna().all()
    )
    assert any("nothing says which outlet published" in note for note in said)


@pytest.mark.skipif(os.name == "nt", reason="a backslash is no letter of a name there")
def test_a_manifest_may_name_files_as_windows_does_or_with_a_backslash(tmp_path):
    (tmp_path / "A").mkdir()
    (tmp_path / "A" / "one.txt").write_text(ARMY)
    (tmp_path / "$\\frac$.txt").write_text(REBELS)
    (tmp_path / "manifest.csv").write_text(
        "file,outlet\n.\\A\\one.txt,Albion\n$\\frac$.txt,Gazette\n"
    )
    articles, said = quiet(tmp_path)
    assert articles["outlet"].tolist() == ["Gazette", "Albion"] and said == []


def test_html_in_a_table_is_named():
    table = pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "text": [
                "<p>The army <b>left</b>.<br>It&#8217;s over.</p>",
                "They left & 3 < 4.",
            ],
        }
    )
    with pytest.warns(
        IdlibkitWarning,
        match="HTML tags or entities stand in the text of 1 of 2 articles .'a-",
    ):
        read_articles(table)


def test_a_text_of_which_no_line_is_kept_is_empty():
    table = pd.DataFrame(
        {"outlet": ["A"], "raw": ["Subscribe now\nLog in\nMenu\n" * 40]}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", IdlibkitWarning)
        articles = read_articles(table)
    assert articles["text"].dtype == "str" and articles["title"].dtype == "str"
