"""Tables as tools and services write them: CSV in its kinds, JSON in its layouts."""

import datetime as dt
import gzip
import json
import sqlite3
from contextlib import suppress

import growth
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from corpora import ARMY, REBELS, put, quiet, read_and_listen

import idlibkit as ik
from idlibkit.reading.exports import READERS
from idlibkit.reading.kinds import TABLES
from idlibkit.tables import IdlibkitError, IdlibkitWarning

BAKERS = "The bakers closed their shops on Friday to protest against a tax on flour."
QUEUES = "Shoppers queued for bread in three villages after the bakers had shut."


def read_file(tmp_path, name, content):
    return quiet(put(tmp_path, {name: content}) / name)


# ---- CSV


def test_tabs_without_quoting(tmp_path):
    texts = [
        '"We have shut," said Ida Kern. The tax stays.',
        "The tax stays.",
        '"We have shut. We are sorry.',
        '"It is over," said Kim Sato, "and I am glad." He left.',
        '"We have shut."',
    ]
    rows = "".join(f"{'ABCDE'[i]}\t{text}\n" for i, text in enumerate(texts))
    articles, problems = read_file(tmp_path, "t.tsv", f"outlet\ttext\n{rows}")
    assert articles["text"].tolist() == texts
    assert not any("t.tsv" in problem for problem in problems)


def test_tabs_whose_texts_are_all_quoted(tmp_path):
    content = 'outlet\ttext\nA\t"We have shut."\nB\t"The tax ""stays""."\nC\tNA\n'
    articles, _ = read_file(tmp_path, "t.tsv", content)
    assert articles["text"].tolist() == ["We have shut.", 'The tax "stays".', "NA"]


@pytest.mark.parametrize(
    "cell",
    [
        r'"She said \"no, never\", and left."',
        '"She said ""no, never"", and left."',
        '"She said "no, never", and left."',
    ],
)
def test_marks_inside_a_text(tmp_path, cell):
    content = f'outlet,date,text\nA,2019-06-07,{cell}\nB,2019-06-08,"Nobody spoke."\n'
    articles, problems = read_file(tmp_path, "t.csv", content)
    assert articles["text"].tolist() == [
        'She said "no, never", and left.',
        "Nobody spoke.",
    ]
    assert not any("mark" in problem for problem in problems)


def test_marks_that_leave_no_sound_reading_are_named(tmp_path):
    content = 'outlet,text\nA,"She said "no","never" and left."\nB,Nobody spoke.\n'
    with pytest.raises(IdlibkitError, match="more fields than its first line has"):
        read_file(tmp_path, "t.csv", content)


def test_sep_line_and_semicolons(tmp_path):
    content = f"sep=;\r\noutlet;date;text\r\nA;07.06.2019;{BAKERS}\r\nB;;{QUEUES}\r\n"
    articles, _ = read_file(tmp_path, "t.csv", content)
    assert articles["text"].tolist() == [BAKERS, QUEUES]
    assert articles["published"][0] == pd.Timestamp("2019-06-07")


def test_lines_above_the_names_of_columns(tmp_path):
    content = f"News export,,\nMade: 9 June 2019,,\n\noutlet,date,text\nA,2019-06-07,{BAKERS}\n"
    articles, _, notes = read_and_listen(put(tmp_path, {"t.csv": content}) / "t.csv")
    assert articles["text"].tolist() == [BAKERS]
    assert notes[0] == (
        "'t.csv': lines above the names of its columns passed over: 'News export', "
        "'Made: 9 June 2019'."
    )


def test_compressed_tables(tmp_path):
    content = f"outlet,text\nA,{BAKERS}\nB,{QUEUES}\n".encode()
    articles, _ = read_file(tmp_path, "t.csv.gz", gzip.compress(content))
    assert articles["text"].tolist() == [BAKERS, QUEUES]
    with pytest.raises(IdlibkitError, match=r"'u\.csv\.gz' cannot be opened"):
        read_file(tmp_path, "u.csv.gz", gzip.compress(content)[:-20])


@pytest.mark.parametrize(
    "piece", ['"', 'a,"b', '\\"', "a\t", '"a",', "\n,", '""', '" ']
)
def test_time_of_a_csv_grows_with_its_length(tmp_path, piece):
    def read(n):
        put(tmp_path, {"t.csv": f"outlet,text\nA,{ARMY}\nB,{piece * n}\n"})
        with suppress(IdlibkitError):
            quiet(tmp_path / "t.csv")

    growth.linear(read, 400_000 // len(piece))


# ---- JSON


RECORDS = pd.DataFrame(
    {"outlet": ["Courier", "Post"], "body": [BAKERS, QUEUES], "day": [7, 8]}
)


@pytest.mark.parametrize("orient", ["records", "columns", "index", "split", "table"])
@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
def test_every_layout_that_pandas_writes(tmp_path, orient, name):
    articles, _ = read_file(tmp_path, name, RECORDS.to_json(orient=orient))
    assert articles["outlet"].tolist() == ["Courier", "Post"]
    assert articles["text"].tolist() == [BAKERS, QUEUES]
    assert articles["day"].tolist() == [7, 8]


def test_answer_of_the_guardian(tmp_path):
    results = [
        {
            "id": f"business/2019/jun/{day:02}/bread",
            "sectionName": "Business",
            "webPublicationDate": f"2019-06-{day:02}T05:30:00Z",
            "webTitle": title,
            "webUrl": f"https://www.theguardian.com/business/{day}",
            "fields": {"headline": title, "bodyText": text},
        }
        for day, title, text in ((7, "Bakers close", BAKERS), (8, "Queues", QUEUES))
    ]
    answer = {"response": {"status": "ok", "total": 2, "results": results}}
    articles, _ = read_file(tmp_path, "g.json", json.dumps(answer))
    assert articles["outlet"].tolist() == ["theguardian.com"] * 2
    assert articles["text"][0] == f"Bakers close\n\n{BAKERS}"
    assert articles["published"][0] == pd.Timestamp("2019-06-07 05:30")


def test_answer_of_newsapi_is_known_to_be_cut(tmp_path):
    cut = [
        {"source": {"id": None, "name": name}, "title": None, "content": text}
        for name, text in (("Courier", BAKERS + "… [+1,234 chars]"), ("Post", QUEUES))
    ]
    answer = json.dumps({"status": "ok", "totalResults": 2, "articles": cut})
    articles, problems = read_file(tmp_path, "n.json", answer)
    assert articles["text"].tolist() == [BAKERS + "…", QUEUES]
    assert any("cut by the news service" in problem for problem in problems)


def trafilatura_record(address, text):
    return {
        "title": None,
        "hostname": None,
        "date": "2019-06-07",
        "id": None,
        "raw_text": text.upper(),
        "text": text,
        "language": None,
        "source": address,
    }


def test_records_of_trafilatura(tmp_path):
    records = [
        trafilatura_record("https://www.courier.example/bread/1", BAKERS),
        trafilatura_record("https://www.courier.example/bread/2", ARMY),
        trafilatura_record("https://post.example:8080/b?x=1", QUEUES),
    ]
    lines = "\n".join(map(json.dumps, records))
    articles, _ = read_file(tmp_path, "t.jsonl", lines)
    assert articles["outlet"].tolist() == ["courier.example"] * 2 + ["post.example"]
    assert articles["article_id"].is_unique
    table = pd.DataFrame(records).to_csv(index=False)
    again, _ = read_file(tmp_path, "t.csv", table)
    assert again["outlet"].tolist() == articles["outlet"].tolist()
    assert again["text"].tolist() == articles["text"].tolist()


def test_csv_of_trafilatura_has_no_names(tmp_path):
    trafilatura = pytest.importorskip("trafilatura")
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in (ARMY, REBELS, BAKERS))
    rows = [
        trafilatura.extract(
            f"<html><head><title>Bread {site}</title><link rel='canonical' "
            f"href='https://{site}.example/a'></head><body><article><h1>Bread {site}</h1>"
            f"{paragraphs}</article></body></html>",
            output_format="csv",
            with_metadata=True,
        )
        for site in ("courier", "post")
    ]
    articles, _ = read_file(tmp_path, "t.csv", "".join(rows))
    assert articles["outlet"].tolist() == ["courier.example", "post.example"]
    assert all(ARMY in text and REBELS in text for text in articles["text"])


def test_a_folder_with_one_json_for_each_article(tmp_path):
    def record(text):
        return json.dumps(
            {
                "maintext": text,
                "title": "Bread",
                "date_publish": "2019-06-07 05:30:00",
                "authors": ["Ola Brandt", "Kim Sato"],
                "language": "en",
            }
        )

    files = {
        "courier.example/1.json": record(BAKERS),
        "post.example/2.json": record(QUEUES),
    }
    articles, problems = quiet(put(tmp_path, {**files, "post.example/3.json": "{"}))
    assert articles["outlet"].tolist() == ["courier.example", "post.example"]
    assert articles["source_file"].tolist() == list(files)
    assert articles["authors"].tolist() == ["Ola Brandt; Kim Sato"] * 2
    (note,) = problems
    assert note.startswith("left out: 'post.example/3.json' (holds no record")


def test_texts_as_lists_of_paragraphs(tmp_path):
    table = pd.DataFrame({"outlet": ["A", "B"], "text": [[ARMY, BAKERS], [QUEUES]]})
    table.to_parquet(tmp_path / "t.parquet")
    in_lines = table.to_json(orient="records", lines=True)
    for articles, _ in (
        quiet(tmp_path / "t.parquet"),
        read_file(tmp_path, "t.jsonl", in_lines),
        quiet(table),
    ):
        assert articles["text"].tolist() == [f"{ARMY}\n\n{BAKERS}", QUEUES]


# ---- tables in memory, and folders of tables


def test_tables_of_other_libraries():
    records = {"outlet": ["A", "B"], "text": [ARMY, REBELS]}
    expected, _ = quiet(pd.DataFrame(records))
    sources = [
        pl.DataFrame(records),
        pl.DataFrame(records).lazy(),
        pa.table(records),
        [{"outlet": "A", "text": ARMY}, {"outlet": "B", "text": REBELS}],
        ({"outlet": "A", "text": ARMY}, {"outlet": "B", "text": REBELS}),
    ]
    for source in sources:
        articles, problems = quiet(source)
        assert problems == []
        pd.testing.assert_frame_equal(articles, expected)


@pytest.mark.parametrize("source", [3, None, [1, 2], {"a", "b"}, [ARMY]])
def test_what_holds_no_articles_is_refused(source):
    with pytest.raises(IdlibkitError, match="articles are read from a folder"):
        ik.read_articles(source)


def test_partitions_of_csv_and_of_json_lines(tmp_path):
    files = {
        "year=2019/outlet=Courier/a.csv": f'text\n"{ARMY}"\n',
        "year=2020/outlet=Post/b.jsonl": json.dumps({"text": REBELS}),
    }
    articles, _ = quiet(put(tmp_path, files))
    assert articles["outlet"].tolist() == ["Courier", "Post"]
    assert articles["year"].tolist() == ["2019", "2020"]


def test_tables_named_for_their_outlets(tmp_path):
    files = {
        "Courier.csv": f'text\n"{ARMY}"\n',
        "Post.csv.gz": gzip.compress(f'text\n"{REBELS}"\n'.encode()),
    }
    articles, problems, notes = read_and_listen(put(tmp_path, files))
    assert articles["outlet"].tolist() == ["Courier", "Post"] and problems == []
    assert "names of its folders or files ('Courier', 'Post')" in notes[0]


# ---- titles


def test_a_title_beside_the_text_is_its_headline():
    table = pd.DataFrame(
        {
            "outlet": ["A", "B", "C", "D"],
            "headline": ["Army takes town", "Rebels leave", "Bakers close | C", None],
            "content": [
                ARMY,
                f"REBELS LEAVE\n\n{REBELS}",
                f"Bakers close\n{BAKERS}",
                QUEUES,
            ],
        }
    )
    articles, problems, notes = read_and_listen(table)
    assert articles["text"].tolist() == [
        f"Army takes town\n\n{ARMY}",
        *table["content"][1:],
    ]
    assert "headlines in 1 of 4 articles" in notes[1] and problems == []
    passages = ik.passages(articles)
    assert passages["text"][passages["role"] == "headline"].tolist() == [
        "Army takes town"
    ]
    texts = articles.set_index("article_id")["text"]
    for row in passages.itertuples():
        assert texts[row.article_id][row.start : row.end] == row.text
    again, _, notes = read_and_listen(articles)
    assert again["text"].tolist() == articles["text"].tolist() and notes == []


def test_texts_with_their_page_can_be_cleaned():
    menu = "\n".join(["Home", "World", "Sport", "Weather", "Sign in", "Subscribe"])
    page = f"{menu}\n\nArmy takes the market town\n\n{ARMY}\n\n{REBELS}\n\nRead more\n"
    table = pd.DataFrame({"outlet": ["A"], "content": [page]})
    _, problems = quiet(table)
    assert any("columns={'its name': 'raw'} has them found" in one for one in problems)
    articles, problems = quiet(table, columns={"content": "raw"})
    assert not any("parts of pages" in problem for problem in problems)
    assert articles["text"][0] == f"Army takes the market town\n\n{ARMY}\n\n{REBELS}"


def test_every_kind_of_table_has_a_reader():
    assert {*READERS, ".parquet"} == set(TABLES)


# ---- what other libraries hand over


NEWS = pd.DataFrame(
    {
        "outlet": ["A", "B"],
        "published": pd.to_datetime(["2020-02-03", "2020-02-04"]),
        "text": ["It was the army.", "It was the rebels."],
    }
)


def same_news(source) -> None:
    found = ik.read(source).articles
    assert found["text"].tolist() == NEWS["text"].tolist()
    assert found["published"].tolist() == NEWS["published"].tolist()


def test_tables_by_their_names_are_read_one_after_the_other():
    same_news({"train": NEWS.head(1), "test": NEWS.tail(1)})
    same_news({"train": pl.from_pandas(NEWS)})


def test_what_a_duckdb_query_gives():
    duckdb = pytest.importorskip("duckdb")
    base = duckdb.connect()
    base.register("given", NEWS)
    base.execute("CREATE TABLE news AS SELECT * FROM given")
    query = "SELECT * FROM news ORDER BY published"
    same_news(base.sql(query))
    same_news(base.execute(query))
    same_news(base.cursor().execute(query))
    same_news(base.sql(query).arrow())
    same_news(
        base.sql(f"SELECT * REPLACE (published::DATE AS published) FROM ({query})")
    )


def test_what_hugging_face_datasets_hold(tmp_path):
    datasets = pytest.importorskip("datasets")
    news = datasets.Dataset.from_pandas(NEWS)
    same_news(news)
    same_news(news.to_iterable_dataset())
    same_news(
        datasets.DatasetDict({"train": news.select([0]), "test": news.select([1])})
    )
    news.save_to_disk(tmp_path / "saved", num_shards=2)
    same_news(tmp_path / "saved")
    same_news(datasets.load_from_disk(tmp_path / "saved"))


@pytest.mark.parametrize("protocol", ["__arrow_c_stream__", "__dataframe__"])
def test_tables_are_read_by_the_protocols_they_speak(protocol):
    kind = type(protocol, (), {protocol: lambda self, *a, **b: call(*a, **b)})
    call = getattr(pa.table({"outlet": ["A", "B"], "text": [BAKERS, QUEUES]}), protocol)
    articles, _ = quiet(kind())
    assert articles["text"].tolist() == [BAKERS, QUEUES]


def test_a_cursor_is_read_after_its_query():
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE TABLE news (paper TEXT, story TEXT)")
        rows = [("A", BAKERS), ("B", QUEUES), ("C", ARMY)]
        base.executemany("INSERT INTO news VALUES (?, ?)", rows)
        query = "SELECT paper AS outlet, story AS text FROM news WHERE paper < 'C'"
        articles, _ = quiet(base.execute(query))
        with pytest.raises(IdlibkitError, match="run a query first"):
            ik.read_articles(base.cursor())
    assert articles["outlet"].tolist() == ["A", "B"]
    assert articles["text"].tolist() == [BAKERS, QUEUES]


def test_chunks_are_read_one_below_the_other(tmp_path):
    table = pd.DataFrame({"outlet": ["A", "B", "C"], "text": [BAKERS, QUEUES, ARMY]})
    table.to_csv(tmp_path / "n.csv", index=False)
    articles, _ = quiet(pd.read_csv(tmp_path / "n.csv", chunksize=2))
    assert articles["outlet"].tolist() == ["A", "B", "C"]
    batches = pa.Table.from_pandas(table).to_batches(max_chunksize=1)
    assert quiet(iter(batches))[0]["text"].tolist() == table["text"].tolist()
    with pytest.raises(IdlibkitError, match="cursor after its query"):
        ik.read_articles(iter(["a.txt"]))


def test_a_saved_dataset_is_read_from_its_arrow_files(tmp_path):
    folder = tmp_path / "saved" / "train"
    folder.mkdir(parents=True)
    for number, (outlet, text) in enumerate([("A", BAKERS), ("B", QUEUES)]):
        table = pa.table({"outlet": [outlet], "text": [text]})
        name = f"data-{number:05d}-of-00002.arrow"
        kind = (pa.ipc.new_stream, pa.ipc.new_file)[number]
        with (
            pa.OSFile(str(folder / name), "wb") as file,
            kind(file, table.schema) as to,
        ):
            to.write_table(table)
    (folder / "dataset_info.json").write_text('{"description": "", "features": {}}')
    (folder / "state.json").write_text('{"_data_files": [], "_split": "train"}')
    (tmp_path / "saved" / "dataset_dict.json").write_text('{"splits": ["train"]}')
    articles, problems = quiet(tmp_path / "saved")
    assert articles["text"].tolist() == [BAKERS, QUEUES]
    assert not problems


@pytest.fixture
def workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")

    def saved(*sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "articles.xlsx")
        return tmp_path / "articles.xlsx"

    return saved


def test_the_sheet_with_the_articles_is_read(workbook):
    rows = [["Export of the archive"], ["Outlet", "Date", "Title", "Text", "Pages"]]
    rows += [["Post", dt.datetime(2020, 3, 5), "Ferry", "The ferry stays.", 4.0]]
    rows += [
        ["Herald", dt.datetime(2020, 3, 6, 9, 30), "Boats", "“It goes,” he said.", 5]
    ]
    with pytest.warns(IdlibkitWarning, match="only 'Articles' is read, not 'Notes'"):
        found = ik.read_articles(workbook(("Notes", [["ask Ann"]]), ("Articles", rows)))
    assert found["outlet"].tolist() == ["Post", "Herald"]
    assert found["published"].astype("str").tolist() == [
        "2020-03-05 00:00:00",
        "2020-03-06 09:30:00",
    ]
    assert found["text"].tolist()[1] == "Boats\n\n“It goes,” he said."
    assert found["Pages"].tolist() == ["4", "5"]


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"", b"outlet,text\nA,b\n"])
def test_what_is_no_workbook_is_named(tmp_path, data):
    pytest.importorskip("openpyxl")
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(
        IdlibkitError, match=r"no sound workbook .*save the sheet as CSV"
    ):
        ik.read_articles(tmp_path / "a.xlsx")


def test_an_empty_workbook_is_named(workbook):
    with pytest.raises(IdlibkitError, match="is empty; it needs one row"):
        ik.read_articles(workbook(("Sheet", [])))
