"""The topic is not furniture; what speaks to the reader of the page is."""

from __future__ import annotations

import pandas as pd
import pytest

from idlibkit import lines

# made-up news; NAME is what it is about
STORIES = [
    [
        "NAME under scrutiny before the island votes",
        "NAME was at the centre of a debate in the island's assembly on Tuesday, a week "
        "before voters choose a new council for the first time in six years.",
        "Deputies from both sides said that NAME had been used to spread a false report "
        "about the closing of polling stations in the two northern villages.",
        "“Nobody could say where it came from,” said Ines Falk, who heads the electoral "
        "office. She added that NAME would be watched until the count is over.",
        "A spokesman, Omar Haddad, said that NAME was not to blame and that your vote is "
        "safe, as he put it to an old man who had asked him in the market.",
        "The assembly will come back to NAME in the autumn.",
    ],
    [
        "Ministry and unions at odds over NAME",
        "The ministry of labour wants to bring NAME under the same rules as the post and "
        "the railways, according to a draft that was sent to the unions on Friday.",
        "The unions, which have fought over NAME for three years, called the draft a "
        "first step, but said that it leaves out those who need it most.",
        "Last year NAME cost the state some forty million, twice as much as planned, and "
        "a court found that the money had been spent without a tender.",
        "The minister, Lena Brandt, did not want to speak about NAME at length. “We will "
        "listen,” she said, before she left for a meeting of the party.",
    ],
]
TOPICS = [
    *("Facebook", "Twitter", "WhatsApp", "YouTube", "Instagram", "TikTok", "Telegram"),
    *("cookies", "the newsletter", "passwords", "the sign-up", "RSS", "the inbox"),
    *("subscribers", "privacy", "comments", "advertisements", "the login", "e-mail"),
    *("the podcast", "the app", "JavaScript", "the website", "readers", "donations"),
    *("Follow", "Share", "Subscribe", "Video", "Recommended", "Trending", "Search"),
    *("the privacy policy", "terms of service", "the ad blocker", "breaking news"),
]


def kept(raw: str) -> list[str]:
    found = lines(pd.DataFrame({"article_id": ["a"], "raw": [raw]}))
    return found.loc[found["kept"], "text"].tolist()


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_no_topic_costs_a_line(topic, gap):
    for story in STORIES:
        text = [line.replace("NAME", topic) for line in story]
        text = [line[0].upper() + line[1:] for line in text]
        assert kept(gap.join(text)) == text


APPEALS = [
    "Please support our reporters with a small amount each month.",
    "Sign up for our morning newsletter and get the news of the island in your inbox.",
    "Follow us on Facebook and Twitter, and write to us at our usual address.",
    "Already a subscriber? Log in to read this article on all your devices.",
    "We use cookies to make this site work; read our privacy policy to learn more.",
    "Do you have a story for us? Send us a line, and tell us how to reach you.",
    "Download our app to read this story wherever you are, and share it with us.",
    "Subscribe to our channel and never miss what our reporters have found out.",
    "© 2021 The Island Post. All rights reserved.",
    "Wir verwenden Cookies, damit Sie unsere Seite lesen können.",
]


@pytest.mark.parametrize("appeal", APPEALS)
@pytest.mark.parametrize("topic", ["Facebook", "the council"])
def test_an_appeal_is_out_whatever_the_text_is_about(appeal, topic):
    text = [line.replace("NAME", topic) for line in STORIES[1]]
    assert kept("\n\n".join([*text, appeal])) == text
    if not appeal.startswith("©"):
        assert appeal not in kept("\n\n".join([text[0], appeal, *text[1:]]))


def test_the_same_words_in_a_mouth_are_reporting():
    text = [line.replace("NAME", "the ferry") for line in STORIES[1]]
    for appeal in APPEALS[:4]:
        said = f"“{appeal}” the last issue of the paper told those who still bought it."
        assert said in kept("\n\n".join([*text, said]))


LAST = [
    "“We will count them again on Monday . ”",
    "'' Nobody could say where it came from when we asked , ” she said . ''",
    "The Harbour Union, Port Elm, Saint Anne, New Marsh, Lake Ferry and the Isle of Skerry "
    "are with North Elm in the suit.",
    "Falk, Omar Haddad and Lena Brandt meet Ines Kern, Mo Roe and the Elm Bay Ferry Users "
    "of Port Elm on Friday.",
    "However , Brandt said it was too early to speak of a “ ban on all boats . ”",
    "It is the best thing since sliced bread.",
]


@pytest.mark.parametrize("last", LAST)
@pytest.mark.parametrize("story", STORIES)
def test_the_last_paragraph_is_kept_whatever_names_stand_in_it(last, story):
    text = [*(line.replace("NAME", "The ferry") for line in story), last]
    assert kept("\n\n".join(text)) == text


@pytest.mark.parametrize("between", ["- Share", "@moroe.", "Follow", "— comments."])
def test_text_below_a_line_like_a_button_is_kept(between):
    text = [line.replace("NAME", "The ferry") for line in STORIES[0]]
    last = (
        "The claim is not quite right, since the boats of the north were paid for by two "
        "villages, and the rest by the island's assembly."
    )
    assert kept("\n\n".join([*text, between, last]))[-1] == last


@pytest.mark.parametrize(
    "line",
    [
        "Follow Mo Roe, who covers the islands for the Gazette, on Telegram at @moroe.",
        "Something to add? What should we look at next? Email us at desk@gazette.example.",
        "Contact the writer of this column about boats at lena.roe@gazette.example",
    ],
)
def test_how_to_reach_the_writer_is_no_text(line):
    text = [one.replace("NAME", "The ferry") for one in STORIES[0]]
    found = lines(
        pd.DataFrame({"article_id": ["a"], "raw": ["\n\n".join([*text, line])]})
    )
    assert found["role"].iloc[-1] in ("byline", "boilerplate", "note")
    assert found["kept"].tolist() == [True] * len(text) + [False]


def test_an_address_that_a_report_gives_is_text():
    text = [one.replace("NAME", "The ferry") for one in STORIES[0]]
    text.insert(3, "Residents were told to write to the council at boats@elm.example.")
    assert kept("\n\n".join(text)) == text
