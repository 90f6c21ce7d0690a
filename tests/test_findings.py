"""What a corpus shows, as plain sentences: every number can be counted by hand."""

import numpy as np
import pandas as pd
import pytest

import idlibkit as ik
from idlibkit.reporting.finding_kinds.finding import Finding
from idlibkit.reporting.measures import Measures
from idlibkit.tables import IdlibkitError

SAYS = [
    "“The junta must go. The junta lies,” Ada Okoye, the mayor of Brill, told reporters on the old bridge.",
    "“No junta can hold this town,” Ada Okoye said after the march through the old streets of the town.",
    "Mayor Ada Okoye came late. “We fear no junta,” she said, and left the hall with two sons and a friend.",
    "The junta sent more soldiers to the harbour on Sunday, and the shops there stayed shut all day long.",
]
FILLER = "Rain fell over the valley all week. The harvest of apples was late, and buyers waited at the station."


def corpus(texts=tuple(SAYS), filler=6):
    rows = [
        {
            "article_id": f"a{n}",
            "outlet": f"Outlet {n}",
            "text": "\n\n".join(
                [
                    text,
                    *[
                        FILLER.replace("week", f"week {k} of {n}")
                        for k in range(filler)
                    ],
                ]
            ),
        }
        for n, text in enumerate(texts)
    ]
    return pd.DataFrame(rows)


def of_kind(found, kind):
    return [one for one in found if one.kind == kind]


def test_a_word_that_one_person_says_in_three_outlets():
    (one,) = of_kind(ik.findings(corpus()), "word by speaker")
    assert one.title == "“Junta” is mostly one woman’s word"
    assert one.key == "word-junta"
    assert (
        "4 of the 5 times the word “junta” appears, Ada Okoye is speaking, in three outlets."
        in one.summary
    )
    assert "The outlets themselves write it once." in one.summary
    assert one.table["uses"].tolist() == [2, 1, 1, 1]
    assert one.table["Ada Okoye"].tolist() == [2, 1, 1, 0]
    assert one.table["the outlet itself"].sum() == 1


def test_evidence_is_whole_sentences_with_true_offsets():
    articles = corpus()
    texts = articles.set_index("article_id")["text"]
    for one in ik.findings(articles):
        assert isinstance(one, Finding)
        assert len(one.sentences)
        for row in one.sentences.itertuples():
            assert texts[row.article_id][row.start : row.end] == row.text
    (word,) = of_kind(ik.findings(articles), "word by speaker")
    for row in word.sentences.itertuples():
        assert texts[row.article_id][row.match_start : row.match_end] == "junta"
        assert row.start <= row.match_start < row.match_end <= row.end


def test_a_word_that_nobody_else_says():
    (one,) = of_kind(
        ik.findings(corpus((*SAYS[:3], "“The junta is at its end,” Ada Okoye said."))),
        "word by speaker",
    )
    assert one.title == "“Junta” is one woman’s word"
    assert one.summary.startswith(
        "All 5 times the word “junta” appears, Ada Okoye is speaking, in four outlets."
    )


def test_one_outlet_alone_with_a_word_is_no_finding():
    one_outlet_says = corpus(
        (" ".join(SAYS[:3]), "Nothing of that kind.", "Nothing at all here.")
    )
    assert not of_kind(ik.findings(one_outlet_says), "word by speaker")


def test_a_word_of_the_topic_is_not_the_speakers_of_its_story():
    """Who has nearly all words of a story has nearly all uses of each of its words."""
    talk = " ".join(
        f"“The ferry was late on day {{0}}{n} and the harbour stayed shut,” Bo Lind said."
        for n in range(4)
    )
    told = corpus((talk.format(1), talk.format(2), "The ferry sails again."), 0).assign(
        story=1
    )
    elsewhere = pd.concat([corpus((FILLER,), 40)] * 3).assign(
        article_id=[*"xyz"], outlet="Outlet 9", story=2
    )
    assert not of_kind(ik.findings(pd.concat([told, elsewhere])), "word by speaker")


def test_share_of_voices():
    texts = (
        "“One two three four five six,” Ann Lee said.",
        "One two three four. “Five six seven eight,” Bo Lind said.",
    )
    (one,) = of_kind(ik.findings(corpus(texts, 0)), "voices")
    # 6 of 9 words, and 4 of 11
    assert one.table["attributed"].round(3).tolist() == [0.667, 0.364]
    assert one.title == "36 to 67 % of each article is somebody else’s words"


def test_the_range_of_voices_is_not_that_of_outlets_with_an_article_or_two():
    texts = (
        "“One two three four five six,” Ann Lee said.",
        "One two three four. “Five six seven eight,” Bo Lind said.",
    )
    many = pd.concat([corpus(texts, 0)] * 5).assign(article_id=range(10))
    single = corpus(("Nobody says a word here.",), 0).assign(outlet="Outlet 9")
    (one,) = of_kind(ik.findings(pd.concat([many, single])), "voices")
    assert one.table["outlet"].tolist() == ["Outlet 0", "Outlet 1"]
    assert one.title == "36 to 67 % of each outlet’s text is somebody else’s words"
    assert one.summary == (
        "67 % of Outlet 0 is quoted (67 %) or reported. In Outlet 1 it is 36 %."
        " 1 outlet has too few articles to tell."
    )


def test_same_corpus_same_findings_in_any_order_of_rows():
    articles = corpus()
    first = ik.findings(articles)
    again = ik.findings(articles.sample(frac=1, random_state=3))
    assert [(one.key, one.title, one.strength) for one in first] == [
        (one.key, one.title, one.strength) for one in again
    ]
    for one, other in zip(first, again, strict=True):
        pd.testing.assert_frame_equal(one.table, other.table)
        pd.testing.assert_frame_equal(one.sentences, other.sentences)


def test_two_figures_for_one_thing():
    texts = (
        "The Arden inquiry published its report on the dam on Monday. The report of the Arden inquiry has 47 pages, and nobody is blamed in it.",
        "On Monday the Arden inquiry handed over its report on the dam. The Arden inquiry's report has 48 pages, and it names nobody.",
    )
    (one,) = of_kind(ik.findings(corpus(texts, 0)), "figures")
    assert one.title == "47 or 48 pages?"
    assert (
        one.summary
        == "Outlet 0 gives 47; Outlet 1 gives 48. If they mean one thing, only one can be right."
    )
    assert one.sentences["text"].str.contains("pages").all()
    axes = one.figure().axes[0]
    assert axes.get_xscale() == "linear"  # 47 and 48 need no logarithms


def test_chapters_and_findings_compare_within_the_same_stories():
    """Two fires a fortnight apart, told by the same two outlets."""
    text = "The fire in the Tulla mill killed {} sailors from Norrland on the quay."
    fires = pd.DataFrame(
        {
            "article_id": [*"wxyz"],
            "outlet": ["Gazette", "Herald"] * 2,
            "published": pd.to_datetime(["2020-03-02"] * 2 + ["2020-03-16"] * 2),
            "text": [text.format(n) for n in (12, 12, 15, 15)],
        }
    )
    for articles in (fires, fires.assign(story=[3, 3, 8, 8])):
        measures = Measures(ik.read(articles))
        assert measures.story.tolist() in ([1, 1, 2, 2], [3, 3, 8, 8])
        differ = measures.discrepancies
        assert set(differ["verdict"]) == {"same"} and differ["topic"].nunique() == 2
        assert "within each of 2 stories" in measures.within
        assert not of_kind(ik.findings(articles, n=20), "figures")
    together = Measures(ik.read(fires.assign(story=1)))
    assert set(together.discrepancies["verdict"]) == {"explained"}
    assert together.within == ""


FACTS = [
    "Heavy floods drowned eight farmers in the valley of Arden on Tuesday.",
    "Mayor Ilse Brandt opened the old railway bridge at Torp again.",
    "Engineers from Lund measured cracks of nine centimetres in the dam.",
    "Insurers expect claims of 40 million crowns from orchard owners.",
    "Soldiers brought blankets and soup to the school in Kolby.",
    "A bus with tourists from Malta was stuck for eleven hours near Viken.",
]


def test_what_all_but_one_tell():
    texts = [
        "\n\n".join(FACTS),
        "\n\n".join(FACTS[2:] + FACTS[:2]),
        "\n\n".join(FACTS[:2] + FACTS[3:]),
    ]
    (one,) = of_kind(ik.findings(corpus(tuple(texts), 0)), "omission")
    assert (
        one.title
        == "All but Outlet 2 tell this: “Engineers from Lund measured cracks of nine centimetres in the dam.”"
    )
    assert FACTS[2] in one.summary
    assert "In Outlet 2 no such sentence was found." in one.summary
    assert (
        one.sentences["text"].tolist() == [FACTS[2].rstrip(".")] * 2
        or one.sentences["text"].tolist() == [FACTS[2]] * 2
    )
    assert dict(zip(one.table["outlet"], one.table["sentences"], strict=True)) == {
        "Outlet 0": 1,
        "Outlet 1": 1,
        "Outlet 2": 0,
    }


def test_of_one_story_one_point_is_told():
    texts = [
        "\n\n".join(FACTS),
        "\n\n".join(FACTS[2:] + FACTS[:2]),
        "\n\n".join(FACTS[:2] + FACTS[3:]),
        "\n\n".join(FACTS[:5]),
    ]
    found = of_kind(ik.findings(corpus(tuple(texts), 0), n=20), "omission")
    assert len(found) == 1  # of the two that outlets 2 and 3 leave out


def test_an_outlet_without_the_story_is_not_said_to_tell_it():
    told = corpus(
        (
            "\n\n".join(FACTS),
            "\n\n".join(FACTS[2:] + FACTS[:2]),
            "\n\n".join(FACTS[:2] + FACTS[3:]),
        ),
        0,
    ).assign(story=1)
    elsewhere = corpus((FILLER,)).assign(article_id="b", outlet="Outlet 9", story=2)
    (one,) = of_kind(ik.findings(pd.concat([told, elsewhere]), n=20), "omission")
    assert one.title.startswith(
        "Outlet 0 and Outlet 1 tell this, Outlet 2 does not: “Engineers from Lund"
    )
    (alone,) = of_kind(ik.findings(told, n=20), "omission")
    assert one.strength == pytest.approx(alone.strength * 3 / 4)  # of the articles


def test_of_two_outlets_none_is_said_to_leave_out_anything():
    texts = ("\n\n".join(FACTS), "\n\n".join(FACTS[1:]))
    assert not of_kind(ik.findings(corpus(texts, 0)), "omission")


DARK = "The attack number {} killed many people and the terrible pain was a disaster."
BRIGHT = "The wonderful festival number {} brought joy and happy people to the town."


def tones(shares, n=6):
    """Articles of five outlets' sentences each; so many of six are dark."""
    rows = []
    for outlet, n_dark in shares.items():
        for k in range(n):
            dark = [n < n_dark + (k % 2) for n in range(6)]
            lines = [
                (DARK if is_dark else BRIGHT).format(10 * k + n)
                for n, is_dark in enumerate(dark)
            ]
            rows.append(
                {
                    "article_id": f"{outlet}{k}",
                    "outlet": outlet,
                    "text": "\n\n".join(lines),
                }
            )
    return pd.DataFrame(rows)


def test_a_darker_outlet_and_none():
    (one,) = of_kind(
        ik.findings(tones({"Gazette": 5, "Herald": 1, "Star": 1}), n=20), "tone"
    )
    assert one.title == "Gazette itself writes in darker words than the others"
    assert one.key == "tone-gazette"
    assert one.table["stands"].any()
    (none,) = of_kind(
        ik.findings(tones({"Gazette": 3, "Herald": 3, "Star": 3}), n=20), "tone"
    )
    assert none.title == "In tone, none of the three outlets stands apart"
    assert "it could be chance" in none.how_sure


def test_tone_within_stories_forgives_sad_stories():
    """Gazette has sadder stories, and writes of each as Herald does."""
    sad, glad = (
        tones({"Gazette": 5, "Herald": 5}, 16),
        tones({"Gazette": 1, "Herald": 1}, 16),
    )
    sad = sad[
        (sad["outlet"] == "Gazette") | sad["article_id"].isin(["Herald0", "Herald1"])
    ]
    glad = glad[
        (glad["outlet"] == "Herald") | glad["article_id"].isin(["Gazette0", "Gazette1"])
    ]
    table = pd.concat([sad.assign(story=1), glad.assign(story=2)], ignore_index=True)
    table["article_id"] = table["article_id"] + table["story"].astype(str)
    (within,) = of_kind(ik.findings(table, n=20), "tone")
    (pooled,) = of_kind(ik.findings(table.drop(columns="story"), n=20), "tone")
    assert pooled.title == "Gazette itself writes in darker words than Herald"
    assert within.title == "In tone, the two outlets do not stand apart"


def names(shares):
    rows = []
    for outlet, n_rebels in shares.items():
        for k in range(6):
            words = [
                "rebels" if n < n_rebels + (k % 2) else "fighters" for n in range(6)
            ]
            lines = [
                f"The {word} spoke in town {10 * k + n} about roads and bread again."
                for n, word in enumerate(words)
            ]
            rows.append(
                {
                    "article_id": f"{outlet}{k}",
                    "outlet": outlet,
                    "text": "\n\n".join(lines),
                }
            )
    return pd.DataFrame(rows)


def test_a_name_that_one_outlet_uses_and_none():
    actors = {"Northern army": ["rebels", "fighters"]}
    (one,) = of_kind(
        ik.findings(names({"Gazette": 4, "Herald": 1, "Star": 1}), actors=actors, n=20),
        "labels",
    )
    assert one.title in {
        "Gazette calls Northern army “rebels” more than the others do",
        "Gazette calls Northern army “fighters” less than the others do",
    }
    (none,) = of_kind(
        ik.findings(names({"Gazette": 2, "Herald": 2, "Star": 2}), actors=actors, n=20),
        "labels",
    )
    assert none.title == "No outlet has names of its own for the actors"


def test_a_word_that_sets_an_outlet_apart_and_none():
    (one,) = of_kind(
        ik.findings(names({"Gazette": 5, "Herald": 0, "Star": 0}), n=20), "words"
    )
    assert one.title == "“rebels” sets Gazette apart"
    # 33 of Gazette's 36 against 3 of 72
    assert one.table.iloc[0]["count"] == 33
    (none,) = of_kind(
        ik.findings(names({"Gazette": 3, "Herald": 3, "Star": 3}), n=20), "words"
    )
    assert none.title == "No word sets the three outlets apart"


def test_a_word_of_one_article_among_several_is_its_topic():
    lines = ["The {} at the harbour was closed again on day {} of the month."] * 9
    here = "\n\n".join(line.format("ferry", k) for k, line in enumerate(lines))
    there = "\n\n".join(line.format("market", k) for k, line in enumerate(lines))
    half = here.split("\n\n")[:5] + there.split("\n\n")[:5]

    def first(*texts):
        rows = [
            ("Gazette", texts[0]),
            ("Gazette", texts[1]),
            *[("Herald", there)] * 2,
        ]
        table = pd.DataFrame(rows, columns=["outlet", "text"])
        return of_kind(ik.findings(table.assign(article_id=[*"abcd"]), n=20), "words")

    (topic,) = first(here, there)
    assert topic.title == "No word sets the two outlets apart"
    (habit,) = first("\n\n".join(half), "\n\n".join(half[::-1]))
    assert habit.title == "“ferry” sets Gazette apart"


def test_nothing_that_could_be_chance_is_called_a_finding():
    """Outlets that draw from one pool of sentences, many times."""
    rng = np.random.default_rng(5)
    pool = [text.format(n) for text in (DARK, BRIGHT) for n in range(40)]
    for _ in range(3):
        rows = [
            {
                "article_id": f"{outlet}{k}",
                "outlet": outlet,
                "text": "\n\n".join(rng.choice(pool, 8, replace=False)),
            }
            for outlet in ("Gazette", "Herald", "Star")
            for k in range(6)
        ]
        found = ik.findings(pd.DataFrame(rows), n=20)
        assert {
            one.kind: one.title for one in found if one.kind in ("tone", "words")
        } == {
            "tone": "In tone, none of the three outlets stands apart",
            "words": "No word sets the three outlets apart",
        }


def test_articles_without_text_or_outlet_are_passed_over():
    assert ik.findings(corpus().assign(text="")) == []
    table = corpus()
    table.loc[3, "outlet"] = None
    for one in ik.findings(table, n=20):
        assert "nan" not in f"{one.title} {one.summary}".split()
    assert [
        one.key for one in of_kind(ik.findings(table), "word by speaker")
    ] == []  # 4 uses


def test_findings_are_ranked_and_the_first_are_kept():
    table = pd.concat([corpus(), tones({"Gazette": 5, "Herald": 1})])
    found = ik.findings(table, n=20)
    assert [one.key for one in ik.findings(table, n=2)] == [
        one.key for one in found[:2]
    ]
    seen, weights = [], []
    for one in found:
        seen.append(one.kind)
        weights.append(one.strength / seen.count(one.kind))
    assert weights == sorted(weights, reverse=True)


def test_a_kind_that_cannot_be_made_takes_no_other_with_it(monkeypatch):
    def broken(material):
        raise ik.IdlibkitError("too many figures.")
        yield

    monkeypatch.setattr("idlibkit.reporting.finding_kinds.ranking.IN_ENGLISH", [broken])
    with pytest.warns(
        ik.IdlibkitNote, match="broken were not looked for. too many figures."
    ):
        assert of_kind(ik.findings(corpus()), "word by speaker")


def test_in_another_language_only_speakers_and_words_are_looked_for():
    found = ik.findings(tones({"Gazette": 5, "Herald": 1}).assign(language="de"), n=20)
    assert {one.kind for one in found} <= {"words", "voices", "word by speaker"}


@pytest.mark.parametrize("n_outlets", [1, 2, 3])
def test_small_corpora_give_findings_or_none_and_no_error(n_outlets):
    found = ik.findings(corpus(tuple(SAYS[:n_outlets])))
    assert len({one.key for one in found}) == len(found)


def test_a_picture_bears_the_finding_and_how_many():
    (one,) = of_kind(ik.findings(corpus()), "word by speaker")
    figure = one.figure()
    texts = [text.get_text() for text in figure.texts]
    assert texts[0] == one.title
    assert texts[1] == "Every use of the word “junta” in 4 articles."
    assert figure.axes[0].get_legend().get_title().get_text() == "n = 5, one dot each"
    assert one.alt.startswith(one.title)
    # Below a heading that says it, the picture does not say it again.
    texts = [text.get_text() for text in one.figure(title=False).texts]
    assert texts == ["Every use of the word “junta” in 4 articles."]


def test_a_picture_is_saved_in_one_line(tmp_path):
    found = ik.findings(corpus())[0]
    assert found.save(tmp_path / "one.png").read_bytes()[1:4] == b"PNG"
    with pytest.raises(IdlibkitError, match=r"name it finding\.png"):
        found.save(tmp_path / "one.docx")
    with pytest.raises(IdlibkitError, match="the picture could not be written"):
        found.save(tmp_path / "no" / "one.png")


HARSH = "The Northern Union robbed the farmers of town {} and lied to their widows."
PLAIN = (
    "The Northern Union moved its office to town {} and rented rooms at the station."
)


def toward_union(harsh_in):
    """Six articles of each outlet, three mentions in each."""
    rows = [
        {
            "article_id": f"{outlet}{k}",
            "outlet": outlet,
            "text": "\n\n".join(
                (HARSH if n < harsh else PLAIN).format(10 * k + n) for n in range(3)
            ),
        }
        for outlet, harsh in harsh_in.items()
        for k in range(6)
    ]
    return pd.DataFrame(rows)


def test_an_outlet_that_is_harder_on_an_actor_and_none():
    union = {"Northern Union": ["Northern Union", "Union"]}
    hard = toward_union({"Gazette": 3, "Herald": 0, "Star": 0})
    (one,) = of_kind(ik.findings(hard, actors=union, n=20), "tone toward actors")
    assert one.title == (
        "Gazette itself writes more negatively of Northern Union than the others do"
    )
    assert "beyond chance" in one.how_sure
    assert "right in 73 % (67 to 77) of sentences on states" in one.how_sure
    assert one.table["n_passages"].tolist() == [18, 18, 18]
    by_outlet = one.table.set_index("outlet")["estimate"]
    assert by_outlet["Gazette"] < -0.5 < by_outlet["Star"]
    assert one.sentences["text"].str.contains("Northern Union").all()
    alike = toward_union({"Gazette": 1, "Herald": 1, "Star": 1})
    (none,) = of_kind(ik.findings(alike, actors=union, n=20), "tone toward actors")
    assert none.title == "In tone toward the actors no outlet stands apart"
    assert "it could be chance" in none.how_sure and none.strength < one.strength


def test_who_tells_of_worse_deeds_is_not_harder_on_an_actor():
    """Gazette has more of the story of the robbery, and tells each as Herald does."""
    parts = []
    for story, (harsh, more) in enumerate([(3, "Gazette"), (0, "Herald")]):
        both = toward_union({"Gazette": harsh, "Herald": harsh})
        told = both[(both["outlet"] == more) | both["article_id"].str.endswith("0")]
        parts.append(
            told.assign(story=story, article_id=told["article_id"] + f"s{story}")
        )
    articles = pd.concat(parts, ignore_index=True)
    union = {"Northern Union": ["Northern Union"]}
    pooled = ik.findings(articles.drop(columns="story"), actors=union, n=20)
    (one,) = of_kind(pooled, "tone toward actors")
    assert one.title in {
        "Gazette itself writes more negatively of Northern Union than Herald does",
        "Herald itself writes more positively of Northern Union than Gazette does",
    }
    (none,) = of_kind(ik.findings(articles, actors=union, n=20), "tone toward actors")
    assert none.title == "In tone toward the actors no outlet stands apart"
    assert none.summary.endswith("0 is the mean in each story.")


def test_how_often_tone_toward_a_person_is_right_is_told_of_persons():
    text = (
        "{} “We moved to town {},” Ada Okoye said. Okoye rented rooms at the station."
    )
    rows = [
        (f"{outlet}{k}", outlet, "\n\n".join([text.format("Rain fell.", k)] * 3))
        for outlet in ("Gazette", "Herald")
        for k in range(6)
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "outlet", "text"])
    okoye = {"Ada Okoye": ["Ada Okoye", "Okoye"]}
    (one,) = of_kind(ik.findings(articles, actors=okoye, n=20), "tone toward actors")
    assert "On sentences on persons" in one.how_sure


def test_an_actor_named_too_seldom_is_nothing_to_compare():
    few = toward_union({"Gazette": 3, "Herald": 0}).groupby("outlet").head(1)
    union = {"Northern Union": ["Northern Union"]}
    found = ik.findings(few, actors=union, n=20)
    assert not of_kind(found, "tone toward actors")


def told_stories(left_out, n_stories=12):
    """Stories of eight facts told by four outlets; `left_out` gives an outlet's number
    and a story's to the facts that it has not.
    """
    syllables = [a + b for a in "bdfgklmnprst" for b in ("ar", "el", "ik", "on", "ur")]
    rng = np.random.default_rng(5)

    def name():
        return "".join(rng.choice(syllables, 3)).capitalize()

    rows = []
    for story in range(n_stories):
        facts = [
            f"{name()} {name()} from {name()} counted {rng.integers(20, 90)} {name()}"
            f" lamps beside the {name()} canal."
            for _ in range(8)
        ]
        for number, outlet in enumerate(["Courier", "Gazette", "Herald", "Star"]):
            kept = [
                fact for n, fact in enumerate(facts) if n not in left_out(number, story)
            ]
            rows.append((f"{outlet}{story}", outlet, story, "\n\n".join(kept)))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "story", "text"])


def test_what_an_outlet_tends_to_leave_out_over_stories_and_none():
    hushed = told_stories(
        lambda outlet, story: set(range(2 + story % 3)) if outlet == 3 else set()
    )
    (one,) = of_kind(ik.findings(hushed, n=20), "omissions")
    assert one.title == "Over many stories Star leaves out more than the others do"
    assert one.summary == (
        "In 12 stories that Star tells, two others or more tell 96 points. On 38 % of"
        " them Star has no sentence; the others have none on 0 % of theirs."
    )
    assert one.table["outlet"].tolist()[0] == "Star"
    assert one.table["n_stories"].tolist() == [12] * 4
    assert not one.sentences["outlet"].eq("Star").any()
    # each leaves out a fact with the same chance
    left_out = np.random.default_rng(2).random((4, 12, 8)) < 0.25
    alike = told_stories(
        lambda outlet, story: set(left_out[outlet, story].nonzero()[0])
    )
    (none,) = of_kind(ik.findings(alike, n=20), "omissions")
    assert none.title == (
        "Over many stories none of the four outlets leaves out more than others"
    )
    assert "it could be chance" in none.how_sure


def test_over_few_stories_or_without_them_nothing_is_said_of_a_tendency():
    def left_out(outlet, story):
        return {0, 1, 2} if outlet == 3 else set()

    few = told_stories(left_out, 4)
    assert not of_kind(ik.findings(few, n=20), "omissions")
    many = told_stories(left_out).drop(columns="story")
    assert not of_kind(ik.findings(many, n=20), "omissions")


def test_clauses_are_read_in_so_much_text():
    articles = pd.DataFrame(
        {
            "article_id": [f"a{n}" for n in range(300)],
            "outlet": ["Gazette", "Herald"] * 150,
            "text": [f"{n:03d} {'x' * 3996}" for n in range(300)],
        }
    )
    measures = Measures(ik.read(articles))
    assert measures.agency_sample == (
        "read in 150 of 300 articles, some of each outlet over all days"
    )
    assert Measures(ik.read(articles.head(150))).agency_sample == ""
