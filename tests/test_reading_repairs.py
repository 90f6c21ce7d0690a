"""What comes in broken, cut or twice: mended where it is sure, and said."""

import pandas as pd
import pytest
from corpora import ARMY, REBELS, quiet, read_and_listen

from idlibkit.reading.addresses import site_of
from idlibkit.reading.copies import near_copies
from idlibkit.reading.outlets import folder_outlet, similar_outlets
from idlibkit.tables import IdlibkitError, check_articles

SAID = "“We shut the bakery,” said Ida Kern. It’s late — “too late.”"


def table(*texts, **facts):
    outlets = [f"Outlet {chr(65 + i)}" for i in range(len(texts))]
    return pd.DataFrame({"outlet": outlets, "text": texts, **facts})


def problem(problems, start):
    (found,) = [one for one in problems if one.startswith(start)]
    return found


@pytest.mark.parametrize("column", ["text", "raw"])
@pytest.mark.parametrize(
    "text", [SAID, "Müller fährt über die Brücke – „schön“.", "Город взят."]
)
def test_letters_decoded_wrongly_are_mended(text, column):
    broken = text.encode().decode("cp1252", "replace")
    if "\ufffd" in broken and "“" not in text:
        pytest.skip("letters are lost for good")
    articles, problems = quiet(
        table(f"{broken} {ARMY}", REBELS).rename(columns={"text": column})
    )
    assert articles[column][0] == f"{text} {ARMY}"
    assert "Outlet" not in problem(problems, "letters had been decoded wrongly")


@pytest.mark.parametrize(
    "text",
    [SAID, "À côté, « l’été » coûte 3 €…", "São João – não!", "Ça, É… ‘Â’", ARMY],
)
def test_sound_letters_stay(text):
    articles, problems = quiet(table(f"{text} {ARMY}", REBELS))
    assert articles["text"][0] == f"{text} {ARMY}"
    assert not any("decoded" in one for one in problems)


def test_control_characters_that_were_marks():
    text = (
        "He said: \x93We shut the bakery.\x94 He left\x85 \x96 the people\x92s choice."
    )
    articles, problems = quiet(table(text, REBELS))
    assert articles["text"][0] == (
        "He said: “We shut the bakery.” He left… – the people’s choice."
    )
    assert problem(problems, "quotation marks and dashes had come in as control")
    lines, _ = quiet(table(f"{ARMY}\x85{REBELS}", REBELS))
    assert lines["text"][0] == f"{ARMY}\x85{REBELS}", "a line end of old computers"


def test_line_ends_that_were_written_out():
    articles, problems = quiet(
        table(rf"{ARMY}\n\n{REBELS}\n", r"Save it as C:\new. " + ARMY)
    )
    assert articles["text"].tolist() == [
        f"{ARMY}\n\n{REBELS}\n",
        r"Save it as C:\new. " + ARMY,
    ]
    assert problem(problems, r"line ends written out as '\n'")


def test_texts_that_fill_a_cell_of_a_spreadsheet():
    _, problems = quiet(table(("word " * 7000)[:32767], ARMY), columns=None)
    assert "cut there" in problem(problems, "as long as a cell")


@pytest.mark.parametrize(
    "wall",
    [
        "This article is for subscribers only. Subscribe now.",
        "Already a subscriber? Log in",
        "Il vous reste 80 % de cet article à lire.",
        "Jetzt weiterlesen mit Plus",
    ],
)
def test_beginnings_above_a_subscription_line(wall):
    _, problems = quiet(table(f"{ARMY}\n{wall}", f"{REBELS} " * 9))
    assert "only its beginning is here" in problem(problems, "a subscription line ends")


def test_a_long_story_on_subscribers_is_no_beginning():
    story = f"{ARMY} The paper is for subscribers only. {REBELS} " * 4
    _, problems = quiet(table(story, REBELS))
    assert not any("subscription line" in one for one in problems)


def test_stubs_among_whole_articles():
    whole = [" ".join(f"word{i}x{n}" for i in range(300)) for n in range(5)]
    _, problems = quiet(table(*whole, "The army has left the town at dawn today."))
    assert problem(problems, "1 of 6 articles have fewer than 50 words")


def test_near_copies_in_one_outlet():
    texts = [f"{ARMY} {REBELS} {ARMY}", f"{ARMY} {REBELS} {ARMY} Updated.", REBELS * 3]
    articles = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "outlet": ["X", "X", "X", "Y"],
            "text": [*texts, texts[1]],
        }
    )
    assert near_copies(articles) == [("a", "b")]
    assert near_copies(articles.iloc[::-1]) == [("a", "b")]
    assert near_copies(articles[:0]) == []


def test_one_outlet_in_three_spellings():
    facts = table(
        ARMY, REBELS, ARMY + " x", outlet=["Fox News", "fox news ", "FOX NEWS"]
    )
    articles, _, notes = read_and_listen(
        facts.assign(text=[ARMY, REBELS, ARMY + " And."])
    )
    assert articles["outlet"].tolist() == ["Fox News"] * 3
    assert "as 'Fox News'" in notes[0]


def test_outlets_that_may_be_one_are_named():
    assert similar_outlets(
        pd.Series(
            ["The Gazette", "Gazette", "Post", "www.post.com", "Gazette (London)", "X"]
        )
    ) == [["Gazette", "Gazette (London)", "The Gazette"], ["Post", "www.post.com"]]
    _, problems = quiet(table(ARMY, REBELS).assign(outlet=["The Gazette", "Gazette"]))
    assert problem(problems, "'Gazette', 'The Gazette' are taken for different outlets")


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("Gazette/a.txt", "Gazette"),
        ("2019/Gazette/a.txt", "Gazette"),
        ("Gazette/2019/03/a.txt", "Gazette"),
        ("2019/march/12/Post/a.txt", "Post"),
        ("data/html/Post/a.html", "Post"),
        ("outlet=Post/year=2019/a.csv", "Post"),
        ("year=2019/a.csv", None),
        ("2019-03/a.txt", None),
        ("7/a.txt", "7"),
        ("a.txt", None),
    ],
)
def test_outlets_that_folders_name(name, outlet):
    assert folder_outlet(name) == outlet


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.gazette.example/a/b?c", "gazette.example"),
        ("http://user@news.post.example:80/x", "news.post.example"),
        (
            "https://web.archive.org/web/20200305101500/https://www.gazette.example/x",
            "gazette.example",
        ),
        ("https://web.archive.org/web/20200305id_/http://post.example", "post.example"),
        ("//cdn.post.example/x", "cdn.post.example"),
        ("The Gazette", None),
        ("", None),
        (None, None),
    ],
)
def test_sites_of_addresses(address, site):
    assert site_of(address) == site


def test_languages_by_their_names():
    names = [
        "ENGLISH; ENGLISH",
        "Anglais",
        "Englisch",
        "Turc",
        "Deutsch",
        "eng",
        "fr-CA",
    ]
    texts = [f"{ARMY} {i}" for i in range(len(names))]
    articles, _ = quiet(table(*texts, language=names))
    assert articles["language"].tolist() == [
        "en",
        "en",
        "en",
        "tr",
        "de",
        "eng",
        "fr-CA",
    ]


def test_halves_of_characters_are_refused_or_replaced():
    texts = pd.Series([ARMY + "\ud83d", REBELS], dtype=object)
    frame = pd.DataFrame({"outlet": ["A", "B"], "text": texts})
    articles, _ = quiet(frame)
    assert articles["text"][0] == ARMY + "\ufffd"
    with pytest.raises(IdlibkitError, match="half a character"):
        check_articles(frame.assign(article_id=["a", "b"]))
