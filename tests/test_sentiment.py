import collections
import random
import re
import sys
from collections import abc
from copy import copy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vaderSentiment import vaderSentiment as reference

from idlibkit.resampling import ratio_by
from idlibkit.tables import IdlibkitError
from idlibkit.text.words import plain
from idlibkit.tone.names import names_in
from idlibkit.tone.scores import score_sums, sentiment, sentiment_by
from idlibkit.tone.shift import PUNCTUATION, word_shift
from idlibkit.tone.vader import round_half_even, weigh_but

SEEDS = Path(__file__).parent.parent / "seeds"
SCORES = ["neg", "neu", "pos", "compound"]
VADER = reference.SentimentIntensityAnalyzer()
WORDS = list(VADER.lexicon)
# Every word that some rule speaks of, and forms of text that a splitter, a lower-caser
# or a look-up can trip over.
RULE_WORDS = [
    *reference.NEGATE,
    *(
        word
        for key in [*reference.BOOSTER_DICT, *reference.SPECIAL_CASES]
        for word in [key, *key.split()]
    ),
    *[
        "no",
        "no",
        "or",
        "nor",
        "so",
        "this",
        "this",
        "doubt",
        "least",
        "at",
        "very",
        "but",
        "but",
        "kind",
        "of",
        "n't",
    ],
]
HARD_FORMS = [
    "xn'ty",
    "N'T",
    "İstanbul",
    "straße",
    "ŞŞ",
    "\u212aILL",
    "good\u00a0bad",
    "good\u2003bad",
    "bad\x1cgood",
    "\x85",
    "\x00",
    "\u3000good",
    "GOOD—bad",
    "“good”",
    "isn’t",
    "…good…",
    "good\u200b",
    "漢字",
    "ΑΣ",
    "ⓐ",
    "Ⅷ",
    "ª",
    "\ud83d",
    "good\ud800",
    "😁",
    "💘good",
    "bad😁😁",
    "©",
    "‼",
    "⁉",
    "🆙",
    "!!",
    "?",
    "??",
    "????",
    "?!?!",
    ":)",
    ":D",
    "<3",
    ":-Þ",
    "a",
    "I",
    "  ",
]
NEUTRAL = ["table", "Harvest", "MILL", "x", "and", "the", "was", "of"]


def vader_scores(texts, analyzer=VADER):
    return np.array(
        [[*analyzer.polarity_scores(text).values()] for text in plain(texts)]
    ).reshape(-1, 4)


def assert_as_vader(texts, lexicon="vader", analyzer=VADER):
    scores = sentiment(
        pd.DataFrame({"text": pd.Series(texts, dtype=object)}), lexicon=lexicon
    )[SCORES].to_numpy()
    expected = vader_scores(texts, analyzer)
    differing = np.flatnonzero((scores != expected).any(axis=1))
    assert not len(differing), [
        (texts[n], expected[n], scores[n]) for n in differing[:3]
    ]


def seed_sentences():
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return [
        part
        for text in texts
        for line in text.splitlines()
        for part in [line, *re.split(r"(?<=[.!?”])\s+", line)]
    ]


def in_case(word, case):
    return {"lower": word.lower(), "upper": word.upper(), "title": word.title()}.get(
        case, word
    )


words = st.builds(
    lambda before, word, case, after: before + in_case(word, case) + after,
    st.sampled_from(["", "", "", '"', "(", "'", "#"]),
    st.one_of(
        *map(st.sampled_from, [WORDS, RULE_WORDS, RULE_WORDS, HARD_FORMS, NEUTRAL])
    ),
    st.sampled_from(["as it is", "as it is", "upper", "title", "lower"]),
    st.sampled_from(["", "", "", ".", ",", "!", "?", "!!", "?!", '"', "'s"]),
)
texts = st.builds(
    str.join, st.sampled_from([" ", " ", "\n", "  "]), st.lists(words, max_size=14)
)


# Scores


@pytest.mark.parametrize(
    "text, compound",
    [
        ("VADER is smart, handsome, and funny.", 0.8316),
        ("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342),
        ("bad good", -0.1531),
    ],
)
def test_published_values(text, compound):
    assert sentiment(pd.DataFrame({"text": [text]}))["compound"].tolist() == [compound]


def test_seeds_are_scored_as_vader_scores_them():
    assert_as_vader(seed_sentences())


def test_whole_articles_are_scored_as_vader_scores_them():
    assert_as_vader([path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))])


def test_every_word_of_the_lexicon_under_several_rules():
    rng = random.Random(0)
    templates = [
        "{w}",
        "The report was {b} {w}, they said.",
        "{n} a {b} {w} day",
        "{n} {b} {w} {v}!!",
        "{W} and {v} BUT {b} {w} ??",
        "It was no {w} or {v}, but no one {n} said so {w}",
        "never so {w}; without doubt {w}; least {v}; at least {w}",
    ]
    made = []
    for word in WORDS:
        fills = {"w": word, "W": word.upper(), "v": rng.choice(WORDS)}
        fills |= {
            "b": rng.choice([*reference.BOOSTER_DICT]),
            "n": rng.choice(reference.NEGATE),
        }
        made += [
            template.format(**fills) for template in ["{w}", rng.choice(templates)]
        ]
    assert_as_vader(made)


@given(st.lists(texts, min_size=1, max_size=8))
@example(
    [
        "kind of good",
        "Kind of good kind",
        "the bomb",
        "x y bad ass",
        "sort of very kind of good",
        "yeah right no kind of",
    ]
)
@example(
    [
        "no",
        "no good",
        "x no good",
        "no x good",
        "no x or good",
        "no x nor good",
        "NO good x",
        "no x y good",
    ]
)
@example(
    [
        "never so good",
        "never x so good",
        "x y this good",
        "without doubt good",
        "without x doubt good",
        "a so b good",
    ]
)
@example(
    [
        "least good",
        "at least good",
        "x least good",
        "very least good",
        "good but bad",
        "good good but good bad good",
    ]
)
@example(
    [
        "",
        " ",
        "\t",
        "!",
        "...",
        "bad good!",
        "good bad worst!!",
        "😁",
        "x😁",
        "\ud800 good",
        "good\x1cbad",
    ]
)
@example(
    [
        "VERY GOOD",
        "VERY GOOD day",
        "a b c kiss of death",
        "a b to die for",
        "éxn't good",
        "good\x00 bad \x01 \x1b worst",
    ]
)
@example(
    ["slap mubar pu ez!", "ayor jw hatefulness heart!"]
)  # sums that rounding leaves at nothing, or nearly
def test_words_that_trigger_rules_in_any_order(batch):
    assert_as_vader(batch)


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=[])), max_size=5))
def test_any_text_at_all(batch):
    assert_as_vader(batch)


@given(
    st.dictionaries(
        st.sampled_from([*RULE_WORDS, *WORDS[::50], *NEUTRAL, "n't"]).map(str.lower),
        st.sampled_from([-2.5, -1.0, 0.0, 0.3, 2.0]),
        min_size=1,
        max_size=40,
    ),
    st.data(),
)
def test_another_lexicon_goes_through_the_same_rules(lexicon, data):
    word = st.one_of(
        st.sampled_from(sorted(lexicon)),
        st.sampled_from(RULE_WORDS),
        st.sampled_from(NEUTRAL),
    )
    batch = data.draw(st.lists(st.lists(word, max_size=10).map(" ".join), max_size=6))
    analyzer = copy(VADER)
    analyzer.lexicon = lexicon
    assert_as_vader(batch, lexicon, analyzer)


@given(
    st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, -1.0, -2.0, 1.5, 3.0]), max_size=12),
    st.integers(0, 12),
)
def test_but_weighs_as_the_reference_does(values, place):
    place = min(place, len(values))
    expected = VADER._but_check(
        ["x"] * place + ["but"], [*values[:place], 0.0, *values[place:]]
    )
    assert weigh_but(list(values), place, place) == [
        *expected[:place],
        *expected[place + 1 :],
    ]


def test_rounding_is_that_of_python():
    for digits in (3, 4):
        ties = np.arange(10**digits) / 10**digits + 0.5 / 10**digits
        values = np.concatenate(
            [ties, -ties, np.nextafter(ties, 1), np.random.default_rng(0).random(1000)]
        )
        assert round_half_even(values, digits).tolist() == [
            round(value, digits) for value in values.tolist()
        ]


def test_a_long_text_costs_no_more_than_its_length():
    text = "so good but not bad! " * 50_000  # a megabyte; the reference needs minutes
    assert sentiment(pd.DataFrame({"text": [text]}))["compound"].tolist() == [1.0]


def test_typography_changes_nothing():
    straight = [
        "It isn't \"aggression\" - it's a crime - and war.",
        "They're 'friends', the minister's aide didn't lie.",
    ]
    curly = [
        "It isn’t “aggression”—it’s a crime—and war.",
        "They’re ‘friends’, the minister’s aide didn’t lie.",
    ]
    scores = sentiment(pd.DataFrame({"text": straight}))
    pd.testing.assert_frame_equal(
        scores[SCORES], sentiment(pd.DataFrame({"text": curly}))[SCORES]
    )
    assert scores["compound"].ne(0).all()


def test_input_is_kept_and_unchanged():
    passages = pd.DataFrame(
        {"text": ["good", None, "bad"], "outlet": list("aab")}, index=[7, 3, 7]
    )
    before = passages.copy()
    scores = sentiment(passages)
    pd.testing.assert_frame_equal(passages, before)
    pd.testing.assert_frame_equal(scores[["text", "outlet"]], before)
    assert [*scores] == ["text", "outlet", *SCORES]
    assert scores[SCORES].iloc[1].tolist() == [0, 0, 0, 0]


def test_batches_make_no_difference(monkeypatch):
    passages = pd.DataFrame({"text": seed_sentences()[:300]})
    whole = sentiment(passages)
    monkeypatch.setattr(sys.modules[sentiment.__module__], "BATCH", 200)
    pd.testing.assert_frame_equal(sentiment(passages), whole)


def test_no_rows():
    scores = sentiment(pd.DataFrame({"text": pd.Series([], dtype="str")}))
    assert (
        [*scores] == ["text", *SCORES]
        and scores.empty
        and (scores[SCORES].dtypes == "float64").all()
    )


def test_afinn():
    passages = pd.DataFrame(
        {"text": ["outstanding", "bastard", "a table", "not outstanding"]}
    )
    s = np.array([4.0, -4.0, 0.0, 4.0 * -0.74])  # 5 and -5 in AFINN
    assert (
        sentiment(passages, lexicon="afinn")["compound"].tolist()
        == (s / np.sqrt(s**2 + 15)).round(4).tolist()
    )


def test_own_lexicon_as_series_in_any_case():
    passages = pd.DataFrame({"text": ["The tariff rose", "a TARIFF", "good"]})
    scores = sentiment(passages, lexicon=pd.Series({"Tariff": -1.0}))
    assert scores["compound"].tolist() == [
        -0.25,
        round(-1.733 / np.sqrt(1.733**2 + 15), 4),
        0,
    ]


@pytest.mark.parametrize(
    "lexicon, message",
    [
        ("vadr", "'vadr' is not known; use 'vader', 'afinn'"),
        (3, "not int"),
        ({}, "empty"),
        ({"good": "high"}, "'good' the valence 'high'"),
        ({"good": float("nan")}, "'good' the valence nan"),
        ({1: 2.0}, "1 for a word"),
        ({"Good": 1.0, "good": 2.0}, "'good' two valences"),
    ],
)
def test_lexicons_that_cannot_be_used(lexicon, message):
    with pytest.raises(IdlibkitError, match=re.escape(message)):
        sentiment(pd.DataFrame({"text": ["good"]}), lexicon=lexicon)


@pytest.mark.parametrize("values", [[1, 2], ["good", 3]])
def test_text_must_be_text(values):
    with pytest.raises(IdlibkitError, match="must hold text"):
        sentiment(pd.DataFrame({"text": values}))


def test_text_must_be_there():
    with pytest.raises(
        IdlibkitError, match="'text' not found in passages; it has 'Text'"
    ):
        sentiment(pd.DataFrame({"Text": ["good"]}))


# Means


def corpus(n_articles=6, seed=0):
    """Passages of two outlets, from words of the lexicon and neutral ones."""
    rng = random.Random(seed)
    rows = []
    for outlet, pool in [
        ("Gazette", WORDS[1000:3000:7]),
        ("Herald", WORDS[4000:6000:7]),
    ]:
        for article in range(n_articles):
            for paragraph in range(3):
                for voice in ["own", "quoted"]:
                    picked = rng.choices(
                        [*pool, *NEUTRAL, "not", "very", "but", "no"],
                        k=rng.randrange(2, 9),
                    )
                    text = " ".join(picked) + rng.choice([".", "!", ""])
                    rows.append((f"{outlet}{article}", outlet, paragraph, voice, text))
    return pd.DataFrame(
        rows, columns=["article_id", "outlet", "paragraph", "voice", "text"]
    )


def test_means_by_hand():
    scores = pd.DataFrame(
        {
            "article_id": ["a", "a", "a", "b", "b"],
            "outlet": ["A", "A", "A", "B", "B"],
            "paragraph": [0, 0, 1, 0, 1],
            "n_words": [4, 9, 3, 5, 4],
            "compound": [0.5, -0.1, 1.0, 0.25, np.nan],
        }
    )
    table = sentiment_by(scores)
    assert table["outlet"].tolist() == ["A", "B"]
    assert table["estimate"].tolist() == pytest.approx([0.2, 0.25])
    assert table["difference"].tolist() == pytest.approx([-0.05, 0.05])
    assert table["n_passages"].tolist() == [2, 1]
    assert table["n_articles"].tolist() == [1, 1]
    assert set(table["unit"]) == {"paragraph"}
    assert sentiment_by(scores, min_words=3)["estimate"].tolist() == pytest.approx(
        [1.4 / 3, 0.25]
    )


@pytest.mark.parametrize("by", ["outlet", ["outlet", "voice"]])
@pytest.mark.parametrize("drop", [[], ["paragraph"]])
def test_order_of_rows_makes_no_difference(by, drop):
    scores = sentiment(corpus(n_articles=3).drop(columns=drop))
    shuffled = scores.sample(frac=1, random_state=1)
    table = sentiment_by(scores, by=by, n_boot=200)
    pd.testing.assert_frame_equal(table, sentiment_by(shuffled, by=by, n_boot=200))
    assert (
        table["ci_low"].lt(table["estimate"]).all()
        and table["ci_high"].gt(table["estimate"]).all()
    )
    assert set(table["unit"]) == {"paragraph"}


def test_words_are_counted_where_no_one_has():
    scores = sentiment(corpus())
    n_words = scores["text"].str.findall(r"\w[\w'-]*").str.len()
    assert (n_words < 4).any() and (n_words >= 4).any()
    expected = scores[
        scores["text"].map(
            lambda text: len(re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text)) >= 4
        )
    ]
    table = sentiment_by(scores, n_boot=200)
    assert table["estimate"].tolist() == pytest.approx(
        expected.groupby("outlet")["compound"].mean().tolist()
    )
    assert set(table["unit"]) == {"article"}


def test_sums_of_two_halves_give_the_whole():
    scores = sentiment(corpus())
    half = scores["article_id"].str.endswith(("0", "1", "2"))
    halves = pd.concat(
        [score_sums(scores[half], "outlet", 4), score_sums(scores[~half], "outlet", 4)]
    )
    pd.testing.assert_frame_equal(
        ratio_by(halves, ["outlet"], n_boot=200), sentiment_by(scores, n_boot=200)
    )


def test_scores_must_say_which_article_they_are_from():
    with pytest.raises(
        IdlibkitError, match="'article_id' not found in scores; add one"
    ):
        sentiment_by(sentiment(corpus()).drop(columns="article_id"))


def test_scores_must_be_scored():
    with pytest.raises(IdlibkitError, match=r"make it with sentiment\(passages\)"):
        sentiment_by(corpus())


# Word shifts


def test_word_shift_by_hand():
    passages = pd.DataFrame(
        {
            "outlet": ["A", "A", "B", "A"],
            "text": [
                "a very good, good day!",
                "no lexicon word here then",
                "the day was good but bad",
                "good",
            ],
        }
    )
    # "very" lifts the first good by .293 and the second, two words on, by .95 of that;
    # "!" adds .292.
    first, second = 1.9 + 0.293, 1.9 + 0.293 * 0.95
    a = np.sqrt((first + second + 0.292) ** 2 + 15)
    good, bad = 1.9 * 0.5, -2.5 * 1.5
    b = np.sqrt((good + bad) ** 2 + 15)
    no = -1.2  # "no" is itself a word of the lexicon
    c = np.sqrt(no**2 + 15)
    expected = {
        "good": (first + second) / a / 2 - good / b,
        "bad": -bad / b,
        PUNCTUATION: 0.292 / a / 2,
        "no": no / c / 2,
    }
    table = word_shift(passages, "A", "B")
    assert dict(
        zip(table["term"], table["contribution"], strict=True)
    ) == pytest.approx(expected, abs=1e-11)
    assert table["term"].tolist() == sorted(
        expected, key=lambda term: -abs(expected[term])
    )
    assert table.set_index("term").loc["good", ["count_a", "count_b"]].tolist() == [
        2,
        1,
    ]
    assert table.set_index("term").loc[
        PUNCTUATION, ["count_a", "count_b"]
    ].tolist() == [1, 0]


@pytest.mark.parametrize("lexicon", ["vader", "afinn"])
def test_contributions_add_up_to_the_difference(lexicon):
    passages = pd.concat([corpus(seed=seed) for seed in range(3)])
    tone = sentiment_by(sentiment(passages, lexicon=lexicon), n_boot=100).set_index(
        "outlet"
    )["estimate"]
    table = word_shift(passages, "Gazette", "Herald", lexicon=lexicon)
    assert table["contribution"].sum() == pytest.approx(
        tone["Gazette"] - tone["Herald"], abs=1e-4
    )
    assert (table["count_a"] + table["count_b"] > 0).all()
    back = word_shift(passages, "Herald", "Gazette", lexicon=lexicon).set_index("term")
    pd.testing.assert_series_equal(
        back["contribution"], -table.set_index("term")["contribution"]
    )


def test_contributions_add_up_on_the_seeds():
    rows = [
        (path.stem, line)
        for path in sorted(SEEDS.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
    ]
    passages = pd.DataFrame(rows, columns=["outlet", "text"])
    passages["article_id"] = passages["outlet"]
    tone = sentiment_by(sentiment(passages), n_boot=100).set_index("outlet")["estimate"]
    for a, b in zip(tone.index, tone.index[1:], strict=False):
        total = word_shift(passages, a, b)["contribution"].sum()
        assert total == pytest.approx(tone[a] - tone[b], abs=1e-4)


def test_words_that_lost_their_valence_are_not_counted():
    passages = pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "text": ["there is no good reason", "it is kind of good"],
        }
    )
    table = word_shift(passages, "A", "B")
    assert table["term"].tolist() == [
        "good"
    ]  # "no" turns the word after it, "kind of" dampens it


def test_forms_of_a_word_are_one_term_and_ties_are_alphabetical():
    passages = pd.DataFrame(
        {
            "outlet": ["A", "B"],
            "text": ["Glory table table glory", "friendly loving x x"],
        }
    )
    assert (
        VADER.lexicon["glory"] > 0
        and VADER.lexicon["friendly"] != VADER.lexicon["loving"]
    )
    tied = word_shift(
        passages, "A", "B", lexicon={"friendly": 1.0, "loving": 1.0, "glory": -1.0}
    )
    assert tied["term"].tolist() == ["glory", "friendly", "loving"]
    assert tied.loc[0, ["count_a", "count_b"]].tolist() == [2, 0]


def test_word_shift_of_combined_groups_and_any_order_of_rows():
    passages = corpus()
    table = word_shift(
        passages, ("Gazette", "own"), ("Herald", "own"), by=["outlet", "voice"]
    )
    own = word_shift(
        passages[passages["voice"] == "own"].sample(frac=1, random_state=0),
        "Gazette",
        "Herald",
    )
    pd.testing.assert_frame_equal(table, own, check_exact=True)


@pytest.mark.parametrize(
    "a, b, by, message",
    [
        (
            "Gazete",
            "Herald",
            "outlet",
            "no passage has 'Gazete' in outlet; there are 'Gazette', 'Herald'.",
        ),
        (
            "Gazette",
            "Herald",
            ["outlet", "voice"],
            "'Gazette' must be a tuple of 2 values",
        ),
        ("Gazette", "Herald", "outlets", "'outlets' not found in passages"),
    ],
)
def test_groups_that_are_not_there(a, b, by, message):
    with pytest.raises(IdlibkitError, match=re.escape(message)):
        word_shift(corpus(), a, b, by=by)


def test_a_group_without_a_long_passage():
    passages = pd.DataFrame({"outlet": ["A", "B"], "text": ["good", "a very good day"]})
    with pytest.raises(
        IdlibkitError, match="'A' has no passage of 4 words or more; lower min_words"
    ):
        word_shift(passages, "A", "B")


def test_word_shift_agrees_with_shifterator(monkeypatch):
    """With one word a passage the compound is a fixed value of the word, so a shift of
    averages must come out the same.
    """
    shifterator = pytest.importorskip("shifterator")
    monkeypatch.setattr(
        collections, "Mapping", abc.Mapping, raising=False
    )  # it was written for Python 3.9
    rng = random.Random(0)
    pool = [
        word for word in WORDS[2000:2100] if word.isalpha() and word not in RULE_WORDS
    ]
    bags = {outlet: rng.choices(pool, k=400) for outlet in "AB"}
    passages = pd.DataFrame(
        [(outlet, word) for outlet in "AB" for word in bags[outlet]],
        columns=["outlet", "text"],
    )
    values = {
        word: s / np.sqrt(s**2 + 15)
        for word, s in ((word, VADER.lexicon[word]) for word in pool)
    }
    counts = [pd.Series(bags[outlet]).value_counts().to_dict() for outlet in "BA"]
    shift = shifterator.WeightedAvgShift(
        *counts, type2score_1=values, reference_value=0, normalization=None
    )
    expected = pd.Series(shift.get_shift_scores())
    table = word_shift(passages, "A", "B", min_words=1).set_index("term")[
        "contribution"
    ]
    pd.testing.assert_series_equal(
        table.sort_index(), expected.sort_index(), check_names=False, atol=1e-11
    )


def test_names_with_words_of_the_lexicon_stand_apart():
    texts = {
        "A": "The United States and the Justice Department won a great victory.",
        "B": "Great Britain and the United States lost; Great Britain wept bitterly.",
    }
    passages = pd.DataFrame({"outlet": list(texts), "text": list(texts.values())})
    shift = word_shift(passages, "A", "B").set_index("term")
    names = shift[shift["kind"] == "name"]
    # "Great Britain" opens B's sentence, and is known from its second place.
    assert set(names.index) == {"United States", "Justice Department", "Great Britain"}
    assert names.loc["Great Britain", ["count_a", "count_b"]].tolist() == [0, 2]
    assert names.loc["United States", ["count_a", "count_b"]].tolist() == [1, 1]
    assert shift.loc["great", ["count_a", "count_b", "kind"]].tolist() == [1, 0, "word"]
    # The scores are VADER's own: names count in them, and in the sum.
    compound = sentiment(passages)["compound"]
    assert shift["contribution"].sum() == pytest.approx(
        compound[0] - compound[1], abs=1e-4
    )


def test_words_in_capitals_are_loud_and_no_names():
    passages = pd.DataFrame(
        {"outlet": ["A", "B"], "text": ["It was a GREAT day out.", "It was a day out."]}
    )
    assert word_shift(passages, "A", "B")["kind"].tolist() == ["word"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The chief of the Department of Homeland Security, Ann Love, resigned.",
            ["Department of Homeland Security", "Ann Love"],
        ),
        ("Angry Turks left the United Nations’ hall.", ["Turks", "United Nations"]),
        (
            "He met Gov. Grace Lee of the U.S. Freedom Caucus.",
            ["Gov. Grace Lee of the U.S. Freedom Caucus"],
        ),
        ("“Great news,” she said. “Hope dies.”", []),
        ("I love New York. Best wishes to it.", ["New York"]),
        ("Mayor Wins Big Victory In Freedom Town Vote", []),
        ("He read Why The Best Lose To A Fool and wept over it.", []),
        ("Friends, Love and Peace", []),
    ],
)
def test_names_are_runs_of_capitals(text, names):
    assert [name.text for name in names_in(text.split())] == names
