"""lines: offsets, roles on pages made for it, the five seeds, other scripts, hostile input."""

from __future__ import annotations

from pathlib import Path

import growth
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.cleaning.roles import KEPT, ROLES
from idlibkit.cleaning.table import lines
from idlibkit.tables import IdlibkitError, source_text

SEEDS = Path(__file__).parents[1] / "seeds"
BODY = [
    "The port authority said on Monday that two of its cranes would be out of use until the end of the month.",
    "Dockers had refused to work under them after a cable broke last week, and a court agreed that they need not.",
    "“We have asked for this inspection since spring,” said Ines Moreau, who speaks for the dockers' union.",
    "The authority, which runs three harbours on the coast, expects ships to wait for a day and a half on average.",
    "Shippers said that perishable goods would go by rail as far as the lines allow, and that prices might rise.",
    "A second inspection is planned for the autumn, when the older cranes on the western quay reach forty years.",
]
HEADLINE = "Port closes two cranes after dockers refuse to work under them"
CAPTION = "A crane stands idle on the western quay of the port on Monday after the dockers walked off."
PAGE = [
    "Home",
    "* World",
    "* Business",
    "* Sport",
    HEADLINE,
    "Court sides with dockers over a cable that broke",
    "By Lena Orth",
    "Published: March 3, 2021 10:15 AM",
    CAPTION,
    CAPTION,
    "HARBOUR CITY",
    *BODY[:3],
    "Waiting ships",
    *BODY[3:],
    "Additional reporting by Paul Adeyemi",
    "Sign up for our newsletter",
    "Most Read",
    "* Ten islands to see this summer",
    "* What the new budget means for you",
]
EXPECTED = ["boilerplate"] * 4 + [
    "headline",
    "subheadline",
    "byline",
    "dateline",
    "caption",
    "duplicate",
    "dateline",
]
EXPECTED += ["body"] * 3 + ["heading"] + ["body"] * 3 + ["credit"] + ["boilerplate"] * 4


def table(*texts: str, **columns) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [f"a{i}" for i in range(len(texts))],
            "raw": list(texts),
            **columns,
        }
    )


def seeds() -> pd.DataFrame:
    files = sorted(SEEDS.glob("*.txt"))
    raw = [file.read_bytes().decode("utf-8") for file in files]
    return pd.DataFrame({"article_id": [file.stem[:3] for file in files], "raw": raw})


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\r", "\f", "\u2028", "\n \t\n"])
def test_a_page_line_by_line(gap):
    found = lines(table(gap.join(PAGE)))
    assert found["text"].tolist() == PAGE
    assert dict(zip(PAGE, found["role"], strict=True)) | {CAPTION: "caption"} == dict(
        zip(PAGE, EXPECTED, strict=True)
    ) | {CAPTION: "caption"}
    assert found["role"].tolist() == EXPECTED
    assert (found["kept"] == found["role"].isin(KEPT)).all()


def test_columns_and_types():
    found = lines(table("\n".join(PAGE)))
    assert list(found) == [
        "article_id",
        "line",
        "start",
        "end",
        "text",
        "role",
        "kept",
        "reason",
        "paragraph",
    ]
    assert found["kept"].dtype == bool
    assert all(
        found[name].dtype == "str" for name in ("article_id", "text", "role", "reason")
    )
    assert all(
        found[name].dtype == "int64" for name in ("line", "start", "end", "paragraph")
    )
    assert set(zip(found["role"], found["reason"], strict=True)) <= set(ROLES)


def test_an_appeal_is_known_by_what_it_is_not_by_its_length():
    appeal = [
        "You have read three of our articles this month, and we are glad that you find our journalism worth your time.",
        "Please support us with a small amount each month: your help keeps our reporters on the road and our pages open.",
    ]
    found = lines(table("\n\n".join([HEADLINE, *BODY, *appeal])))
    assert found["kept"].tolist() == [True] * 7 + [False] * 2
    first = lines(table("\n\n".join([HEADLINE, *appeal, *BODY])))
    assert first.loc[first["text"].isin(BODY), "kept"].all()
    assert not first.loc[first["text"].isin(appeal), "kept"].any()
    # the same words in someone's mouth are reporting
    quoted = f"“{appeal[1]}” wrote the editors of the town's last paper in an open letter to its readers on Friday."
    assert lines(table("\n\n".join([HEADLINE, *BODY, quoted])))["kept"].all()


def test_nothing_after_the_line_that_names_helpers():
    after = "The Coast Post publishes in four languages and is read along the whole of the northern shore by many people."
    found = lines(
        table("\n\n".join([HEADLINE, *BODY, "With reporting by Jon Field", after]))
    )
    assert found["role"].tolist()[-2:] == ["credit", "boilerplate"]


def test_a_pull_quote_is_counted_once():
    said = "We asked for new cables in the spring, and again in the summer, and nothing came of it at all."
    body = [
        *BODY,
        f"“{said}” said Jon Field, who has loaded ships here for nine years.",
    ]
    for pulled in (
        ["“We asked for new cables in the spring, and again in the summer.”"],
        [
            '"We asked for new cables in the spring, and again in the summer',
            'Jon Field, docker"',
        ],
        [
            "“We asked for new cables in the spring, and again in the summer”",
            "— Jon Field",
        ],
    ):
        found = lines(table("\n\n".join([HEADLINE, *body[:2], *pulled, *body[2:]])))
        assert found.loc[~found["kept"], "text"].tolist() == pulled
        assert set(found.loc[~found["kept"], "reason"]) == {
            "repeats words of the text, as pull quotes do"
        }
    # said once, or by few words, or in a sentence of its own: not a pull quote
    for line in (
        "“They asked for new coats in the spring, and again in the autumn.”",
        "“Nothing came of it at all.”",
        "“We asked for new cables in the spring, and again in the summer,” said a woman at the gate.",
    ):
        assert lines(table("\n\n".join([HEADLINE, *body[:2], line, *body[2:]])))[
            "kept"
        ].all()


def test_an_inline_dateline_stays_in_its_line():
    first = "HARBOUR CITY — " + BODY[0]
    found = lines(table("\n\n".join([HEADLINE, first, *BODY[1:]])))
    assert found.loc[1, ["text", "role"]].tolist() == [first, "body"]


def test_the_title_names_the_headline():
    other = "Cranes stop at the port as the court sides with dockers"
    page = "\n".join(["Home", other, HEADLINE, *BODY])
    found = lines(
        table(
            page,
            title=[
                "  Port closes two cranes  after dockers refuse to work under them "
            ],
        )
    )
    assert found.loc[found["role"] == "headline", "text"].tolist() == [HEADLINE]


def test_where_raw_is_missing_the_text_is_clean():
    articles = table("\n".join(PAGE), "x", title=[None, "Sign up"])
    articles["text"] = [
        "not used",
        "Sign up\n\nRead more\nRead more\nSubscribe to our newsletter",
    ]
    articles.loc[1, "raw"] = None
    found = lines(articles).query("article_id == 'a1'")
    assert (
        found["role"].tolist() == ["headline", "body", "body", "body"]
        and found["kept"].all()
    )
    only_text = lines(articles.drop(columns=["raw", "title"]))
    assert only_text["kept"].all() and set(only_text["role"]) == {"body"}


@pytest.mark.parametrize(
    "text", ["Read more", "Sign up\n\nMost Read", "* Home\n© 2021"]
)
def test_one_or_two_lines_are_kept_whole(text):
    assert lines(table(text))["kept"].all()


def test_nothing_in_nothing_out():
    assert len(lines(table())) == 0
    found = lines(table("", "  \n\t\n", "\ufeff"))
    assert len(found) == 0 and found.columns[0] == "article_id"
    with pytest.raises(IdlibkitError, match="article_id"):
        lines(pd.DataFrame({"raw": ["a"]}))
    with pytest.raises(IdlibkitError, match="text"):
        lines(pd.DataFrame({"article_id": ["a"]}))


SCRIPTS = {
    "Russian": "Власти порта сообщили в понедельник, что два крана не будут работать до конца месяца, пока идёт проверка.",
    "Arabic": "قالت سلطة الميناء يوم الاثنين إن اثنتين من رافعاتها ستتوقفان عن العمل حتى نهاية الشهر في انتظار الفحص.",
    "Turkish": "Liman idaresi pazartesi günü iki vincin ay sonuna kadar, denetim bitene dek çalışmayacağını açıkladı.",
    "Chinese": "港务局周一表示，在检查完成之前，两台起重机将在本月底前停止使用，工人上周因缆绳断裂拒绝在其下方作业。",
    "Hindi": "बंदरगाह प्राधिकरण ने सोमवार को कहा कि जाँच पूरी होने तक उसकी दो क्रेनें महीने के अंत तक बंद रहेंगी।",
}


@pytest.mark.parametrize("language", SCRIPTS)
def test_other_languages(language):
    body = [
        SCRIPTS[language][:-1] + f" {i}{SCRIPTS[language][-1]}" for i in range(1, 7)
    ]
    page = ["* A", "* B", "* C", "* D", *body, "* Facebook", "* Twitter", "* A", "* B"]
    found = lines(table("\n".join(page)))
    assert found.loc[found["kept"], "text"].tolist() == body


def test_articles_do_not_touch_each_other():
    articles = pd.concat(
        [seeds(), table("\n".join(PAGE), "one line", "")], ignore_index=True
    )
    whole = lines(articles)
    order = articles.sample(frac=1, random_state=1)
    mixed = lines(order)
    alone = pd.concat(
        [lines(articles[i : i + 1]) for i in range(len(articles))], ignore_index=True
    )
    pd.testing.assert_frame_equal(whole, alone)
    assert mixed["article_id"].drop_duplicates().tolist() == [
        a for a in order["article_id"] if a != "a2"
    ]
    key = ["article_id", "line"]
    pd.testing.assert_frame_equal(
        mixed.sort_values(key).reset_index(drop=True),
        whole.sort_values(key).reset_index(drop=True),
    )


def test_input_is_left_alone():
    articles = table("\n".join(PAGE))
    before = articles.copy(deep=True)
    lines(articles)
    pd.testing.assert_frame_equal(articles, before)


ODD = st.sampled_from(
    [
        *'ab .,“"*•\n\r\f\u2028\x85\u200b\ufeff\xa0é中😀1:©|',
        "\r\n",
        "the ",
        "Read more\n",
    ]
)


@given(st.lists(st.lists(ODD, max_size=60).map("".join), max_size=4))
def test_every_line_is_there_once_at_its_place(texts):
    articles = table(*texts)
    found = lines(articles)
    source = dict(zip(articles["article_id"], source_text(articles), strict=True))
    for row in found.itertuples():
        assert source[row.article_id][row.start : row.end] == row.text
        assert row.text in source[row.article_id].splitlines()[row.line]
    ends = found.groupby("article_id")["end"].shift(fill_value=0)
    assert (found["start"] >= ends).all()
    for name, text in source.items():
        covered = sum(
            found.loc[found["article_id"] == name, "text"]
            .str.replace(r"\s", "", regex=True)
            .str.len()
        )
        assert covered >= sum(c.isalnum() for c in text)


# the lines of each seed that are not part of the body, by number in the file, as a reader sees them
NOT_BODY = {
    "000": {5: "headline"} | dict.fromkeys([1, 3, 8, 9, 41, 42, 45, 47, 49, 51], "out"),
    "001": {3: "headline", 25: "heading"}
    | dict.fromkeys([1, 5, 37, 39, 41, 43, 44, 45, 47], "out"),
    "002": {1: "headline", 3: "out", 5: "out"},
    "003": {3: "headline", 5: "subheadline", 34: "heading"}
    | dict.fromkeys([1, 7, 9, 62, 65], "out"),
    "004": {1: "headline", 3: "subheadline"}
    | dict.fromkeys([5, 6, 40, 43, 44, 46, 48], "out"),
}


@pytest.mark.parametrize("seed", NOT_BODY)
def test_the_seeds(seed):
    found = lines(seeds().query("article_id == @seed"))
    seen = found["role"].where(found["kept"], "out")
    got = {
        n + 1: role
        for n, role in zip(found["line"], seen, strict=True)
        if role != "body"
    }
    assert got == NOT_BODY[seed]


def test_the_seeds_say_why():
    found = lines(seeds()).set_index(["article_id", "line"])["role"]
    assert (
        found["000", 7] == "caption"
        and found["003", 8] == "caption"
        and found["004", 4] == "caption"
    )
    assert found["000", 40] == "credit" and found["001", 4] == "credit"
    assert (
        found["002", 2] == "duplicate"
        and found["002", 4] == "dateline"
        and found["004", 39] == "dateline"
    )
    assert found["003", 6] == "byline"


# what is repeated n times, and how many characters of it are enough to time
HOSTILE = {
    "one line": "word ",
    "no space": "a",
    "many lines": "ab cd\n",
    "many sentences": "She said so.\n",
    "straight marks": '"',
    "curly marks": "“a\n",
    "quotes": "“" + "word for word, " * 50 + "”\n",
    "appeals": "Please sign up for our newsletter.\n",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(piece):
    growth.linear(
        lambda n: lines(table(piece * n + "\nend\nof it")), 800_000 // len(piece)
    )


def test_quotes_in_quotes_in_linear_time():
    text = "".join("“" + "word for word, " * 50 * n + "”\n" for n in range(1, 70))
    growth.linear(lambda n: lines(table(text[:n] + "\nend\nof it")), len(text))


COMMENT = (
    "The board should have seen this coming, since the ropes were older than the cranes "
    "and nobody had looked at them for years."
)
PORT = (
    "The harbour board said on Monday that two of its cranes would be out of use until "
    "the end of the month, since a cable had broken."
)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Lindo\n2 days ago at 07:52 am", "Rating: 36 Votes"),
        ("Mo R.\n3 hours ago", "Reply"),
        ("Kim says:\nMay 3, 2021 at 10:15 pm", "Reply Like"),
        ("Captain Ann\n4h ago", "12 likes"),
    ],
)
def test_a_thread_of_comments_is_no_article(above, below):
    thread = "\n".join(
        f"{above}\n{COMMENT.replace('board', who)}\n{below}"
        for who in ("board", "town", "port", "union")
    )
    story = [f"Port closes two {what}" for what in ("cranes",)]
    story += [PORT, PORT.replace("two", "three"), PORT.replace("two", "four")]
    page = "\n".join(["Home", "* Sport", *story, "Comments", thread, "© Post"])
    found = lines(pd.DataFrame({"article_id": ["a"], "raw": [page]}))
    assert found.loc[found["kept"], "text"].tolist() == story


def test_times_of_a_live_report_are_no_thread():
    entries = [PORT.replace("two", word) for word in ("two", "three", "four", "five")]
    page = "\n".join(["Storm shuts the port", *(f"2h ago\n{one}" for one in entries)])
    found = lines(pd.DataFrame({"article_id": ["a"], "raw": [page]}))
    assert set(entries) <= set(found.loc[found["kept"], "text"])


def article(raw: str) -> pd.DataFrame:
    return pd.DataFrame({"article_id": ["a"], "raw": [raw]})


@pytest.mark.parametrize(
    "items",
    [
        ["1. Ana Moss", "2. Bo Lind", "3. Kay Roe", "4. Ines Moreau"],
        ["* a lower tax on diesel", "* no imports in June", "* a price for milk"],
        ["4:10 a.m. A neighbour smells smoke.", "6:00 a.m. The roof falls in."],
        ["500 g potatoes", "2 onions", "1 litre of water", "salt"],
        ["Quarrel: 3.20", "Marl: 3.45"],
    ],
)
def test_a_short_page_without_furniture_is_an_article_as_a_whole(items):
    page = ["Harbour news", "The harbour published its list on Friday.", *items]
    last = "Nothing else was said."
    table = lines(article("\n\n".join([*page, last])))
    assert table.text[table.kept].tolist() == [*page, last]
    below_menu = lines(article("\n\n".join(["Share on Facebook", *page, last])))
    assert not below_menu.kept.iloc[0]
