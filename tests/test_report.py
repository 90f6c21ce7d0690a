"""Files in, one page out: nobody's words become code, every link leads somewhere, and nothing is left half done."""

import csv
import dataclasses
import errno
import json
import os
import re
import subprocess
import sys
import textwrap
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import idlibkit as ik
from idlibkit import corpus, plots, report
from idlibkit.__main__ import main
from idlibkit.reporting import contents, selection
from idlibkit.reporting.methods_section import methods
from idlibkit.spreadsheets import write_csv
from idlibkit.tables import IdlibkitError, IdlibkitWarning

SEEDS = Path(__file__).parents[1] / "seeds"
HOSTILE = "</title></style><script>window.bad=1</script><img src=http://elsewhere.example/x onerror=window.bad=2> $x_1$ `|`"
POSIX = pytest.mark.skipif(os.name != "posix", reason="file-size limits are POSIX")


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


# -- sheets


def test_no_cell_is_a_formula(tmp_path):
    table = pd.DataFrame(
        {
            "=1+1": ["=A1", "+1-2", "-x", "@sum", "\tx", "\rx", " =1", "＝1"],
            "n": [-1, 2, 3, 4, 5, 6, 7, 8],
        },
        index=pd.Index(["-a", "b", "c", "d", "e", "f", "g", "h"], name="@outlet"),
    )
    write_csv(table, tmp_path / "t.csv")
    rows = read(tmp_path / "t.csv")
    assert rows[0] == ["'@outlet", "'=1+1", "n"]
    assert [row[1] for row in rows[1:]] == [
        "'=A1",
        "'+1-2",
        "'-x",
        "'@sum",
        "'\tx",
        "'\rx",
        "' =1",
        "'＝1",
    ]
    assert [row[0] for row in rows[1:3]] == ["'-a", "b"] and rows[1][2] == "-1"
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_numbers_stay_numbers(tmp_path):
    kept = ["-1", "+2.5", "-1,000", "-.5", "1e-3", "-3%", "plain", "a=b", "x-y"]
    write_csv(pd.DataFrame({"a": kept}), tmp_path / "t.csv")
    assert [row[0] for row in read(tmp_path / "t.csv")[1:]] == kept


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
            min_size=1,
        ),
        min_size=1,
    )
)
def test_text_comes_back_from_csv(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_csv(pd.DataFrame({"a": texts, "b": 1}), path)
    for row, text in zip(read(path)[1:], texts, strict=True):
        assert row[0] in (text, "'" + text)
        number = re.fullmatch(
            r"[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?%?", row[0]
        )
        assert (
            number
            or row[0].lstrip()[:1] not in tuple("=+-@＝＋－＠")
            or not row[0].lstrip()
        )


# -- the whole report, on hostile articles


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The report of three hostile articles: its folder, the warnings, what it said."""
    folder = tmp_path_factory.mktemp("small")
    articles = pd.DataFrame(
        {
            "outlet": [HOSTILE, "=1+1", "../../up"],
            "title": [HOSTILE, "\u202eback", "=cmd|' /C calc'!A0"],
            "text": [
                f"The army killed 3 people. {HOSTILE} Ann Lee said “{HOSTILE} it is” on Monday."
            ]
            * 2
            + ["Talks were held again."],
        }
    )
    lines = []
    with pytest.warns(IdlibkitWarning) as said:
        written = report(
            articles, folder / "out", actors={HOSTILE: ["army"]}, progress=lines.append
        )
    return written.parent, [str(one.message) for one in said], lines


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, source):
        super().__init__()
        self.found, self.words = [], []
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)


TAGS = (
    "html head meta title style body a main header h1 h2 h3 p ul ol li div details "
    "summary table thead tbody tr th td span section strong blockquote small mark "
    "footer noscript script aside form label select option input button figure img "
    "code picture source"
)


def test_the_page_holds_nobodys_code(small):
    source = (small[0] / "index.html").read_text("utf-8")
    page = Page(source)
    tags = [tag for tag, _ in page.found]
    assert tags.count("script") == 2 and tags.count("style") == 1
    assert set(tags) <= set(TAGS.split())
    for tag, attributes in page.found:
        assert not [name for name in attributes if name.startswith("on")], (
            tag,
            attributes,
        )
        assert all(
            value.startswith(("#", "tables/", "data:image/png;base64,"))
            for name, value in attributes.items()
            if name in ("href", "src")
        )
    policy = next(
        a["content"]
        for _, a in page.found
        if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert (
        policy.startswith("default-src 'none'; img-src data:;") and "sha256-" in policy
    )
    assert "file:" not in policy, "all is in the page itself"
    assert HOSTILE in "".join(page.words)  # as text
    assert "\u202e" not in source


def test_no_word_of_another_corpus_and_nothing_empty_or_twice(small):
    source = (small[0] / "index.html").read_text("utf-8")
    text = "".join(Page(source[: source.index('<script type="application')]).words)
    assert not re.search(r"notebook|help\(|Idlib\b|Saraq|Syria|RFE|\bnan\b|NaT", text)
    bodies = re.findall(r"<tbody>(.*?)</tbody>", source, re.DOTALL)
    assert all(re.search(r"<t[dh]", body) for body in bodies)
    assert len(bodies) == len(set(bodies))


def test_every_address_leads_somewhere(small):
    """Every link is to an article, or to things that the page's data hold."""
    source = (small[0] / "index.html").read_text("utf-8")
    data = json.loads(re.search(r'id="data">(.*?)</script>', source, re.DOTALL)[1])
    page = Page(source)
    ids = {a["id"] for _, a in page.found if "id" in a}
    outlets = set(data["outlets"])
    articles = {one[0] for one in data["articles"]}
    links = [a["href"] for tag, a in page.found if tag == "a" and a["href"][0] == "#"]
    assert len(links) > 20
    for link in links:
        path, _, query = link.partition("?")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if path == "#/article":
            assert asked["id"] in articles
        elif path == "#/places":
            kind, name = asked["kind"], asked.get("name")
            assert asked.get("outlet", HOSTILE) in outlets
            if kind == "speaker":
                assert name in {speaker for speaker, *_ in data["speakers"]}
            elif kind != "voice":
                group, of_kind = asked.get("group"), kind.split("|")
                assert any(
                    one in of_kind and group in (None, of) and name in (None, *names)
                    for one, groups in data["things"]
                    for of, names in groups
                ), link
        else:
            assert link[1:] in ids, link


def test_notes_stand_on_the_page_and_are_warned_of(small):
    text = "".join(Page((small[0] / "index.html").read_text("utf-8")).words)
    assert len(small[1]) == 1 and "headlines in 3 of 3 articles" in small[1][0]
    assert text.count(small[1][0][:60]) == 1


def test_it_says_how_far_it_is(small):
    first = "1 of 13: 3 articles of 3 outlets read"
    assert small[2][0].startswith(first), "with the time to go on a slow machine"
    assert re.fullmatch(r"13 of 13: \d+\.\d MB in \d+ files", small[2][-1])


def test_the_tables_beside_it(small):
    names = {path.name for path in (small[0] / "tables").iterdir()}
    assert {
        "articles.csv",
        "passages.csv",
        "quotes.csv",
        "labels.csv",
        "quantities.csv",
    } <= names
    tables = [read(small[0] / "tables" / name) for name in names]
    assert all(len(rows) > 1 for rows in tables)
    cells = [cell for rows in tables for row in rows for cell in row]
    assert not [cell for cell in cells if re.match(r"\s*[=+@-](?!inf$|[\d.])", cell)]
    assert "'=1+1" in cells
    listed = Page((small[0] / "index.html").read_text("utf-8")).found
    linked = {
        a["href"] for tag, a in listed if tag == "a" and a["href"].startswith("tables/")
    }
    assert linked == {f"tables/{name}" for name in names}


def test_a_chapter_that_fails_takes_no_other_with_it(articles, tmp_path, monkeypatch):
    def fails(material):
        raise RuntimeError("of <b>no</b> use")

    broken = [
        dataclasses.replace(one, make=fails) if one.id == "words" else one
        for one in contents.CHAPTERS
    ]
    monkeypatch.setattr(contents, "CHAPTERS", broken)
    page = report(articles, tmp_path / "out").read_text("utf-8")
    assert "could not be made: RuntimeError: of &lt;b&gt;no&lt;/b&gt; use" in page
    assert 'id="voices"' in page and "% of all words" in page


def test_frames_of_outlets_with_an_article_or_two_are_not_said_to_differ(tmp_path):
    plain = "The council opened the new bridge near the old mill on Monday morning."
    court = "The court ruled on the law, and the judge heard the lawyers on the appeal."
    texts = {"Gazette": [plain] * 6, "Herald": [plain] * 6, "Star": [court]}
    rows = [
        {
            "outlet": outlet,
            "text": "\n\n".join([text, plain, court, *[text] * 4, f"It was day {n}."]),
        }
        for outlet, of_outlet in texts.items()
        for n, text in enumerate(of_outlet)
    ]
    with pytest.warns(IdlibkitWarning, match="same text"):
        page = report(pd.DataFrame(rows), tmp_path / "out", only=["frames"])
    told = re.search(r"shares of outlets with five[^<]*", page.read_text("utf-8"))
    assert told is not None
    assert told[0].startswith("shares of outlets with five articles or more differ")


def test_what_is_left_out_is_told_without_days_too(tmp_path):
    articles = ik.read_articles(SEEDS).drop(columns="published")
    page = report(ik.read(articles), tmp_path / "out", only=["left-out"])
    html = page.read_text(encoding="utf-8")
    assert "points told by two outlets or more, not by all." in html


def test_other_languages_are_said_plainly(articles, tmp_path):
    text = "Die Gespräche sind am Montag gescheitert, sagte ein Sprecher."
    german = articles.assign(language="de", text=text)
    page = report(german, tmp_path / "out").read_text("utf-8")
    said = "Not made: it knows only English, and 2 articles are in others."
    assert page.count(said) == 4
    text = "".join(Page(page[: page.index('id="data"')]).words)
    assert not re.search(r"table\[|quantities\(", text.lower())


def test_chapters_can_be_chosen(articles, tmp_path):
    page = report(articles, tmp_path / "a", only=["voices", "words"], without=["words"])
    found = re.findall(r'class="chapter" id="([a-z-]+)"', page.read_text("utf-8"))
    assert found == ["explore", "voices", "articles", "method", "tables"]
    assert "keyness.csv" not in os.listdir(tmp_path / "a" / "tables")
    with pytest.raises(IdlibkitError, match="no chapter 'tune'; the chapters are"):
        report(articles, tmp_path / "b", only=["tune"])
    assert not (tmp_path / "b").exists()


def test_many_articles_lie_in_files_beside_the_page(tmp_path):
    said = "The talks of day {0} failed, Ann Lee said."
    texts = [f"Day {i}\n\n{said.format(i)}" for i in range(301)]
    table = pd.DataFrame({"outlet": ["A", "B", "C"] * 100 + ["A"], "text": texts})
    out = report(table, tmp_path / "out", only=["words"]).parent
    page = (out / "index.html").read_text("utf-8")
    assert len(os.listdir(out / "articles")) == 17, "sixteen of texts, one of counts"
    data = page[page.index("application/json") :]
    assert "failed, Ann Lee said" not in data and 'id="explore"' in page
    assert "&#39;self&#39; file:" in page
    kept = (out / "articles" / "0.js").read_text("utf-8")
    assert kept.startswith("idlibkitArticles(0,[[") and "failed, Ann Lee said" in kept
    report(table.head(9), tmp_path / "out", only=["words"])
    assert sorted(os.listdir(out)) == ["index.html", "tables"], "replaced whole"


def test_title_renamed_left_out_and_sampled(tmp_path):
    table = pd.DataFrame({"outlet": list("AABB"), "article_id": list("wxyz")})
    table["text"] = [f"The talks of day {i} failed, Ann Lee said." for i in range(4)]
    page = report(
        table,
        tmp_path / "out",
        title="Four <talks>",
        rename={"A": "The A"},
        exclude=["w"],
        sample=2,
        only=["voices"],
    ).read_text("utf-8")
    assert "<title>Four &lt;talks&gt;</title>" in page
    assert "2 articles · 2 outlets (B, The A)" in page
    assert "without 1 article, 2 of 3 articles, evenly over time" in page
    for wrong, why in (
        ({"rename": {"C": "D"}}, "no outlet 'C'; there are 'A', 'B'"),
        ({"exclude": ["wx"]}, "no article 'wx'"),
        ({"exclude": list("wxyz")}, "every article is left out"),
        ({"sample": 0}, "sample=0 is no number of articles"),
    ):
        with pytest.raises(IdlibkitError, match=why):
            report(table, tmp_path / "no", **wrong)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40), st.integers(1, 90))
def test_the_sample_has_some_of_each_outlet(sizes, n):
    articles = pd.DataFrame(
        {"outlet": np.repeat([f"o{i:02d}" for i in range(len(sizes))], sizes)}
    )
    articles["article_id"] = [f"a{i:04d}" for i in range(len(articles))]
    chosen = selection.sample_articles(articles, n)
    assert chosen["article_id"].is_unique
    assert len(chosen) == min(n, len(articles))
    if n >= len(sizes):
        assert chosen["outlet"].nunique() == len(sizes)
        shown = chosen["outlet"].value_counts()
        assert all(
            shown.max() - 1 <= count or count == sizes[int(name[1:])]
            for name, count in shown.items()
        )
    places = articles.groupby("outlet").cumcount()[chosen.index]
    assert (places.groupby(chosen["outlet"]).min() == 0).all(), (
        "the first of each, and then evenly"
    )
    shuffled = selection.sample_articles(articles.sample(frac=1, random_state=1), n)
    assert shuffled["article_id"].tolist() == chosen["article_id"].tolist()


def test_a_report_reads_its_articles_once(articles, tmp_path, monkeypatch):
    calls = []
    reading = corpus.read_voices
    monkeypatch.setattr(
        corpus, "read_voices", lambda a: calls.append(len(a)) or reading(a)
    )
    report(articles, tmp_path / "out")
    assert calls == [2]
    table = ik.read_articles(articles)
    known = ik.read(table)
    assert len(known.passages) > 0 and calls == [2, 2]
    report(known, tmp_path / "again", only=["voices"])
    assert calls == [2, 2]


# -- written whole or not at all


@pytest.fixture
def articles():
    return pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "text": ["The talks failed again.", "The talks were held."],
        }
    )


def snapshot(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_report_is_replaced_by_a_report(articles, tmp_path):
    report(articles, tmp_path / "out")
    (tmp_path / "out" / "tables" / "old.csv").write_text("of the earlier report")
    report(articles.assign(outlet=["A", "C"]), tmp_path / "out")
    assert not (tmp_path / "out" / "tables" / "old.csv").exists()
    assert ">C</a>" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_same_input_same_page(articles, tmp_path):
    report(articles, tmp_path / "a")
    report(articles, tmp_path / "b")
    assert snapshot(tmp_path / "a") == snapshot(tmp_path / "b")


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        KeyboardInterrupt(),
        SystemExit(143),
    ],
)
@pytest.mark.parametrize("where", ["fsync", "write_text", "rename"])
def test_no_half_report(articles, tmp_path, monkeypatch, error, where):
    def fail(*arguments, **named):
        raise error

    report(articles, tmp_path / "out", only=["voices"])
    before = snapshot(tmp_path)
    if where == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    elif where == "write_text":
        monkeypatch.setattr(Path, "write_text", fail)
    else:  # the moment when the new one is moved in
        rename = Path.rename
        monkeypatch.setattr(
            Path,
            "rename",
            lambda path, to: fail() if path.name == "report" else rename(path, to),
        )
    expected = IdlibkitError if isinstance(error, OSError) else type(error)
    with pytest.raises(
        expected,
        match="No space left.*earlier report is as it was"
        if expected is IdlibkitError
        else None,
    ):
        report(articles.assign(outlet=["A", "C"]), tmp_path / "out", only=["voices"])
    assert snapshot(tmp_path) == before, (
        "the earlier report stays, and nothing else is there"
    )
    with pytest.raises(expected):
        report(articles, tmp_path / "new", only=["voices"])
    assert snapshot(tmp_path) == before and not (tmp_path / "new").exists()


@POSIX
def test_a_disk_that_takes_no_more(tmp_path):
    """A real failed write, not a pretended one: files may not grow beyond 40 kB."""
    script = """
        import resource, signal, sys
        sys.path.insert(0, sys.argv[1])
        from idlibkit.__main__ import main
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
        sys.exit(main(["report", sys.argv[2], "--out", sys.argv[3]]))
    """
    (tmp_path / "in.csv").write_text(
        "outlet,text\nA,The talks failed.\nB,The talks were held.\n"
    )
    command = [
        sys.executable,
        "-c",
        textwrap.dedent(script),
        str(Path(__file__).parent),
        tmp_path / "in.csv",
        tmp_path / "out",
    ]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 2, done.stderr
    assert "could not be written" in done.stderr and "Traceback" not in done.stderr
    assert os.listdir(tmp_path) == ["in.csv"]


def test_what_is_no_report_is_left_alone(articles, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(IdlibkitError, match="holds something other than a report"):
        report(articles, tmp_path / "thesis")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<title>somebody's page</title>")
    with pytest.raises(IdlibkitError, match="holds something other than a report"):
        report(articles, tmp_path / "site")
    with pytest.raises(IdlibkitError, match="is a file"):
        report(articles, tmp_path / "thesis" / "chapter.txt")
    (tmp_path / "empty").mkdir()
    assert report(articles, tmp_path / "empty").is_file()
    with pytest.raises(IdlibkitError, match="inside the articles' folder"):
        report(SEEDS, SEEDS / "report")


# -- the command


def test_check_says_what_would_be_read(capsys):
    assert main(["check", str(SEEDS)]) == 0
    said = capsys.readouterr().out
    assert (
        "5 articles of 5 outlets" in said
        and "0 problems." in said
        and "actors:" in said
    )


def test_check_needs_no_extra():
    script = (
        "import sys\n"
        "for name in 'nbclient nbformat nh3 mistune IPython ipykernel jupyter_client trafilatura'.split(): sys.modules[name] = None\n"
        "from idlibkit.__main__ import main; sys.exit(main(['check', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, SEEDS],
        cwd=SEEDS.parent,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr


def test_exit_codes(tmp_path, capsys):
    (tmp_path / "one.csv").write_text(
        "outlet,text\nA\x1b[31m,The talks failed.\nA\x1b[31m,The talks were held.\n"
    )
    assert main(["check", str(tmp_path / "one.csv")]) == 1
    said = capsys.readouterr().out
    assert "nothing to compare" in said and "\x1b" not in said
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert "there is no file or folder" in capsys.readouterr().err
    assert (
        main(["report", str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    )
    assert main(["check", str(SEEDS), "--actors", str(SEEDS / "nowhere.toml")]) == 2
    for command in (
        ["check"],
        ["report", str(SEEDS)],
        ["check", str(SEEDS), "--column", "x"],
        ["publish", "x"],
        [],
    ):
        with pytest.raises(SystemExit) as stopped:
            main(command)
        assert stopped.value.code == 2
    assert os.listdir(tmp_path) == ["one.csv"]


def test_selection(tmp_path, capsys):
    table = pd.DataFrame(
        {
            "source": list("AABBC"),
            "content": [f"The talks were held on day {i}." for i in range(5)],
        }
    )
    table["date"] = ["2020-01-01", "2020-01-02T23:30", "2020-01-03", None, "2020-01-05"]
    table.to_csv(tmp_path / "in.csv", index=False)
    path = str(tmp_path / "in.csv")
    assert (
        main(
            [
                "check",
                path,
                "--since",
                "2020-01-02",
                "--until",
                "2020-01-03",
                "--column",
                "content=text",
            ]
        )
        == 1
    )
    said = capsys.readouterr().out
    assert "2 articles of 2 outlets" in said and "1 of 5 articles have no date" in said
    main(["check", path, "--outlet", "A", "--outlet", "C"])
    assert "3 articles of 2 outlets" in capsys.readouterr().out
    assert main(["check", path, "--outlet", "D"]) == 2
    assert (
        "no article is of 'D'; the outlets are 'A', 'B', 'C'" in capsys.readouterr().err
    )
    assert main(["check", path, "--since", "Tuesday"]) == 2
    assert "2020-02-29" in capsys.readouterr().err
    assert main(["check", path, "--since", "2021-01-01"]) == 2
    assert "from 2020-01-01 to 2020-01-05" in capsys.readouterr().err
    assert main(["check", path, "--outlet", "A"]) == 1
    assert "nothing to compare" in capsys.readouterr().out


def test_the_command_says_where_the_page_is(articles, tmp_path, capsys):
    articles.to_json(tmp_path / "in.jsonl", orient="records", lines=True)
    assert (
        main(["report", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out")])
        == 0
    )
    shown = capsys.readouterr()
    assert shown.out.strip() == str((tmp_path / "out" / "index.html").resolve())
    assert "2 articles of 2 outlets read" in shown.err


# -- the methods section


def test_methods_say_what_was_done():
    from idlibkit import read_articles

    articles = read_articles(SEEDS)
    text = methods(articles, actors={"A": ["a", "b"], "B": ["c"]})
    for piece in ("5 articles of 5 outlets (1 article of each)", "from 10 January 2018 to 7 February 2020", "2,000 resamples",
                  "2 actors under 3 labels", "over paragraphs", "they speak of these articles, not of the outlets"):  # fmt: skip
        assert piece in text, piece
    assert "$" not in text
    body, references = text.split("\n\nReferences\n\n")
    assert len(references.splitlines()) == 15
    for line in references.splitlines()[:-1]:
        assert re.search(
            rf"{re.escape(line.split(',')[0])}.{{0,40}}{re.search(r'[0-9]{4}', line)[0]}",
            body,
        ), line
    assert (
        methods(
            articles.sample(frac=1, random_state=1),
            actors={"A": ["a", "b"], "B": ["c"]},
        )
        == text
    )


def test_methods_tell_what_was_removed_from_these_articles():
    page = (
        "Bridge closed until May\n\n"
        "The bridge over the river was closed on Monday and will stay closed until May.\n\n"
        "Drivers have to take the old road through the valley, which is narrow and steep.\n\n"
        "Photo: A. Holm\n"
    )
    raw = pd.DataFrame({"article_id": ["1", "2"], "outlet": ["A", "B"], "raw": page})
    sentence = "Of 8 lines, 2 were removed (menus, "
    assert sentence in methods(raw) and methods(ik.read(raw)) == methods(raw)

    mixed = pd.concat([raw, raw.assign(article_id=["3", "4"], raw=None, text=page)])
    said = methods(mixed.reset_index(drop=True))
    assert sentence in said
    assert "2 articles came as text that is taken as clean." in said

    text = methods(raw.rename(columns={"raw": "text"}))
    assert "clean, and no line was removed." in text
    assert "removed (menus" not in text

    short = methods(raw.assign(raw="The bridge was closed."))
    assert "In 2 lines we looked for menus, " in short and "and removed none." in short


def test_methods_of_other_corpora():
    many = pd.DataFrame(
        {"outlet": ["A", "B"] * 5, "article_id": range(10), "language": "tr"}
    )
    text = methods(many, selection="published since 2020-01-01")
    assert (
        "over articles" in text
        and "speak of the outlets" in text
        and ", published since 2020-01-01 with" in text
    )
    assert (
        "10 articles are not in English" in text
        and "VADER" not in text.split("References")[1]
    )
    alone = methods(many.assign(outlet="A"))
    assert (
        alone.startswith("We read 10 articles of 1 outlet")
        and "nothing to compare" in alone
        and "Efron" not in alone
    )
    with pytest.raises(IdlibkitError, match="no rows"):
        methods(many.head(0))


def test_the_command_says_how_it_is_mended(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("title,words\nA,The talks failed again.\n")
    assert main(["check", str(tmp_path / "a.csv")]) == 2
    assert "--column 'its name=text'" in capsys.readouterr().err
    (tmp_path / "b.csv").write_text(
        "outlet,text\nA,The talks failed again.\nB,The talks were held.\n"
    )
    assert main(["check", str(tmp_path / "b.csv")]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2 articles of 2 outlets\n") and shown.endswith(
        "\n0 problems.\n"
    )
    assert (
        "2 outlets with fewer than 5 articles: intervals will speak of these articles"
        in shown
    )


def test_outlets_have_the_colours_they_are_given(tmp_path, monkeypatch):
    table = pd.DataFrame({"outlet": list("AABB"), "article_id": list("wxyz")})
    table["text"] = [f"The talks of day {i} failed, Ann Lee said." for i in range(4)]
    drawn = []
    shown = contents.shown_finding
    monkeypatch.setattr(
        contents,
        "shown_finding",
        lambda one: drawn.append(plots.outlet_colors(["C", "B"])) or shown(one),
    )
    report(
        table, tmp_path / "out", rename={"A": "C"}, colors={"C": "red"}, only=["words"]
    )
    assert drawn and all(one == {"B": "#0072B2", "C": "#FF0000"} for one in drawn)
    for wrong, why in (
        ({"A": "red"}, "no outlet 'A'; there are 'B', 'C'"),
        ({"C": "rouge"}, "'rouge', given for 'C', is no colour; write it as #1f77b4"),
    ):
        with pytest.raises(IdlibkitError, match=why):
            report(table, tmp_path / "no", rename={"A": "C"}, colors=wrong)


def test_colours_stand_in_a_column():
    table = pd.DataFrame({"outlet": list("AABC"), "text": ["The talks failed."] * 4})
    table["text"] += list("1234")
    chosen = selection.check(table.assign(color=["red", "red", None, "#00f"]))
    assert chosen.colors == {"A": "#FF0000", "C": "#0000FF"}
    two = selection.check(table.assign(color=["red", "blue", None, ""]))
    assert two.colors == {"A": "#FF0000"}
    assert any("more than one colour for 'A'" in str(note) for note in two.notes)
    none = selection.check(table.assign(color="dusk"), colors={"B": "red"})
    assert none.colors == {"B": "#FF0000"}
    assert any("'color' is not used: 'dusk'" in str(note) for note in none.notes)


def test_colours_in_the_command(tmp_path, capsys):
    rows = "outlet,text\nA,The talks failed.\nB,The talks went on.\n"
    (tmp_path / "in.csv").write_text(rows)
    path = str(tmp_path / "in.csv")
    main(["check", path, "--color", "A=#1f77b4", "--color", "B=crimson"])
    assert "colour" not in capsys.readouterr().err
    assert main(["check", path, "--color", "A=blu"]) == 2
    assert "'blu', given for 'A', is no colour" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["check", path, "--color", "A"])
    assert "no pair; write it as 'BBC=#1f77b4'" in capsys.readouterr().err


def test_a_manifest_gives_the_title(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("gazette", "herald"):
        (folder / f"{name}.txt").write_text(f"The talks failed, the {name} writes.")
    lines = ["file,outlet,corpus", "gazette.txt,Gazette,The tunnel", "*,,"]
    (folder / "manifest.csv").write_text("\n".join(lines))
    page = report(folder, tmp_path / "out", only=["words"]).read_text("utf-8")
    assert "<title>The tunnel" in page
    page = report(folder, tmp_path / "out", title="Ours", only=["words"])
    assert "<title>Ours" in page.read_text("utf-8")
