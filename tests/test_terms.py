"""Counts by hand, TF-IDF against scikit-learn, keyness against published values, concordances against counts."""

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import idlibkit as ik
from idlibkit.tables import IdlibkitError
from idlibkit.text.words import tokenize
from idlibkit.words import tallies as counting

SEEDS = Path(__file__).parents[1] / "seeds"


def passages(*rows):
    """(outlet, article_id, paragraph, text) rows as a passages table."""
    table = pd.DataFrame(rows, columns=["outlet", "article_id", "paragraph", "text"])
    return table.assign(voice="own", start=0)


def counts_of(**groups):
    rows = [
        (group, term, n) for group, terms in groups.items() for term, n in terms.items()
    ]
    return pd.DataFrame(rows, columns=["outlet", "term", "count"])


@pytest.fixture(scope="module")
def seeds():
    return ik.passages(ik.read_articles(SEEDS))


# ------------------------------------------------------------------------------------------------ counting
def test_counts_by_hand():
    table = passages(
        ("A", "a1", 0, "Talks failed. Talks went on."),
        ("A", "a1", 1, "Talks!"),
        ("A", "a2", 0, "talks’"),
        ("B", "b", 0, "War"),
    )
    out = ik.count_terms(table, stop_words=None)
    talks = out[out["term"] == "talks"].iloc[0]
    assert (talks["count"], talks["n_articles"], talks["n_paragraphs"]) == (4, 2, 3)
    assert out["term"].tolist() == ["failed", "on", "talks", "went", "war"]


def test_no_sequence_crosses_a_passage_or_a_stop_word():
    table = passages(
        ("A", "a", 0, "air strikes on northern towns"), ("A", "a", 0, "resumed")
    )
    terms = ik.count_terms(table, ngram_range=(2, 3))["term"].tolist()
    assert terms == ["air strikes", "northern towns"]
    every = ik.count_terms(table, ngram_range=(3, 3), stop_words=None)["term"].tolist()
    assert every == ["air strikes on", "on northern towns", "strikes on northern"]


def test_house_style_is_not_counted():
    text = "On Tuesday, Feb. 6 at 5 p.m., Mr Lee said and told us of US: the centre’s defence, Al Rai"
    assert ik.count_terms(passages(("A", "a", 0, text)))["term"].tolist() == [
        "center",
        "defense",
        "lee",
        "rai",
        "us",
    ]


@pytest.mark.parametrize(
    ("outlet", "text", "left"),
    [
        ("The Moscow Times", "The Moscow Times asked Moscow. Moscow Times reporters. Hard times.", ["asked", "hard", "moscow", "reporters", "times"]),
        ("The National", "The National asked national figures.", ["asked", "figures", "national"]),
        ("Reuters", "Reuters asked.", ["asked"]),
        ("Time", "Time ran out of time.", ["ran", "time"]),
        ("Daily-News/X", "Daily-News/X asked daily news.", ["asked", "daily", "news"]),
    ],
)  # fmt: skip
def test_an_outlets_own_name_goes_as_a_whole_phrase(outlet, text, left):
    other = passages((outlet, "a", 0, text), ("Other", "b", 0, text))
    out = ik.count_terms(other)
    assert out.loc[out["outlet"] == outlet, "term"].tolist() == left
    assert out.loc[out["outlet"] == "Other", "count"].sum() > len(left), (
        "only in its own texts"
    )


def test_lists_can_be_swapped(tmp_path):
    table = passages(("A", "a", 0, "The centre held"))
    (tmp_path / "stops.txt").write_text("# mine\nheld\n", encoding="utf-8")
    assert ik.count_terms(table, stop_words=tmp_path / "stops.txt")[
        "term"
    ].tolist() == ["center", "the"]
    assert ik.count_terms(table, stop_words=["the"], spelling=None)[
        "term"
    ].tolist() == ["centre", "held"]
    assert ik.count_terms(table, stop_words=None)["term"].tolist() == [
        "centre",
        "held",
        "the",
    ]


def test_min_count_is_of_the_total():
    table = passages(("A", "a", 0, "war talks"), ("B", "b", 0, "war"))
    out = ik.count_terms(table, min_count=2)
    assert out[["outlet", "term"]].to_numpy().tolist() == [["A", "war"], ["B", "war"]]


def test_missing_values_are_a_group():
    table = passages(("A", "a", 0, "war"), ("A", "b", 0, "war")).assign(
        wire=["Reuters", None]
    )
    out = ik.count_terms(table, by=["outlet", "wire"])
    assert out["wire"].tolist()[0] == "Reuters"
    assert out["wire"].isna().tolist() == [False, True]


WORDS = st.lists(
    st.sampled_from(["war", "Talks", "the", "çok", "isn’t", "x-ray", "7", "centre"]),
    max_size=8,
).map(" ".join)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"), st.sampled_from("xyz"), st.integers(0, 2), WORDS
        ),
        min_size=1,
        max_size=12,
    ),
    st.randoms(),
)
def test_counts_are_those_of_a_plain_loop_in_every_order_and_batch(rows, random):
    rows = [
        (outlet, outlet + article, paragraph, text)
        for outlet, article, paragraph, text in rows
    ]
    table = passages(*rows)
    slow: dict = {}
    for outlet, article, paragraph, text in rows:
        terms = tokenize(text)
        for n in (1, 2, 3):
            for i in range(len(terms) - n + 1):
                key = (outlet, " ".join(terms[i : i + n]))
                _, articles, paragraphs = slow.setdefault(key, [0, set(), set()])
                slow[key][0] += 1
                articles.add(article)
                paragraphs.add((article, paragraph))
    expected = {key: (n, len(a), len(p)) for key, (n, a, p) in slow.items()}
    shuffled = table.sample(frac=1, random_state=random.randint(0, 999))
    batch, counting.BATCH = counting.BATCH, 10
    try:
        for rows_in_some_order in (table, shuffled):
            out = ik.count_terms(
                rows_in_some_order, ngram_range=(1, 3), stop_words=None
            )
            found = {
                (r[0], r[1]): (r[2], r[3], r[4]) for r in out.itertuples(index=False)
            }
            assert found == expected
    finally:
        counting.BATCH = batch


def test_input_is_not_changed(seeds):
    before = seeds.copy()
    ik.keyness(ik.tfidf(ik.count_terms(seeds)))
    ik.kwic(seeds, "regime")
    pd.testing.assert_frame_equal(seeds, before)


# ------------------------------------------------------------------------------------------------ tf-idf, similarity
@pytest.mark.parametrize("ngram_range", [(1, 1), (1, 2)])
def test_tfidf_equals_scikit_learn(seeds, ngram_range):
    from sklearn.feature_extraction.text import TfidfVectorizer

    counts = ik.count_terms(seeds, ngram_range=(1, 1), stop_words=None)
    if (
        ngram_range == (1, 2)
    ):  # scikit-learn joins passages, so its pairs come from the counts of the pairs themselves
        counts = ik.count_terms(seeds, ngram_range=ngram_range, stop_words=None)
    documents = [
        [
            term
            for term, n in zip(part["term"], part["count"], strict=True)
            for _ in range(n)
        ]
        for _, part in counts.groupby("outlet")
    ]
    peer = TfidfVectorizer(analyzer=lambda document: document)
    matrix = peer.fit_transform(documents).toarray()
    ours = (
        ik.tfidf(counts)
        .pivot(index="outlet", columns="term", values="tfidf")
        .fillna(0)[peer.get_feature_names_out()]
    )
    np.testing.assert_allclose(ours, matrix, atol=1e-12)
    np.testing.assert_allclose(ik.similarity(counts), matrix @ matrix.T, atol=1e-12)


def test_idf_of_one_of_two_documents():
    out = ik.tfidf(counts_of(A={"x": 1}, B={"y": 1, "z": 1}))
    assert out.loc[0, "tfidf"] == 1
    assert out.loc[1, "tfidf"] == pytest.approx(2**-0.5)
    both = ik.tfidf(counts_of(A={"x": 1, "both": 1}, B={"both": 1}))
    assert both.loc[0, "tfidf"] / both.loc[1, "tfidf"] == pytest.approx(
        1.405465, abs=1e-6
    )


# ------------------------------------------------------------------------------------------------ keyness
def two_groups(a, of_a, b, of_b, n_tests=None):
    out = ik.keyness(
        counts_of(A={"w": a, "rest": of_a - a}, B={"w": b, "rest": of_b - b}),
        n_tests=n_tests,
    )
    return out[(out["outlet"] == "A") & (out["term"] == "w")].iloc[0]


@pytest.mark.parametrize(
    ("a", "of_a", "b", "of_b", "g2"),
    [
        (52, 50_000, 57, 75_000, 2.6540643),
        (12_000, 10**6, 10_000, 10**6, 184.0916968),
        (7, 10, 2, 9, 4.5349393),
    ],
)
def test_log_likelihood_published_values(a, of_a, b, of_b, g2):
    assert two_groups(a, of_a, b, of_b)["g2"] == pytest.approx(g2, abs=1e-6)
    assert two_groups(b, of_b, a, of_a)["g2"] == pytest.approx(-g2, abs=1e-6)


@pytest.mark.parametrize(
    ("a", "b", "lrc"), [(944, 367, 9.132239), (411, 13, 11.530551), (43, 0, 9.608762)]
)
def test_lrc_published_values(a, b, lrc):
    assert two_groups(a, 1177, b, 341_805, n_tests=20_109)["lrc"] == pytest.approx(
        lrc, abs=1e-5
    )


def test_z_published_values():
    counts = counts_of(
        A={"cat": 30, "purr": 12, "dog": 5, "the": 200},
        B={"cat": 4, "dog": 28, "leash": 9, "the": 210},
    )
    out = ik.keyness(counts, prior=0.01)
    z = out[out["outlet"] == "A"].set_index("term")["z"]
    expected = {
        "cat": 4.0290223,
        "dog": -3.7166624,
        "the": -1.8748886,
        "purr": 0.7153789,
        "leash": -0.6820169,
    }
    assert z.to_dict() == pytest.approx(expected, abs=1e-6)


def test_informative_prior_by_hand():
    out = ik.keyness(counts_of(A={"x": 6, "y": 4}, B={"x": 2, "y": 18})).set_index(
        ["outlet", "term"]
    )
    a, a0 = 8 / 30 * 15, 15  # x has 8 of 30 tokens, and a group 15 tokens on average
    log_odds = np.log((6 + a) / (10 + a0 - 6 - a)) - np.log((2 + a) / (20 + a0 - 2 - a))
    assert out.loc[("A", "x"), "log_odds"] == pytest.approx(log_odds)
    assert out.loc[("A", "x"), "z"] == pytest.approx(
        log_odds / np.sqrt(1 / (6 + a) + 1 / (2 + a))
    )


def test_log_ratio_interval_is_clopper_and_pearsons():
    row = two_groups(8, 100, 3, 400, n_tests=1)
    share = stats.binomtest(8, 11).proportion_ci(0.95, "exact")
    low, high = (np.log2(p / (1 - p) * 4) for p in share)
    assert row["log_ratio"] == pytest.approx(np.log2(8 / 100 / (3 / 400)))
    assert (row["log_ratio_low"], row["log_ratio_high"]) == pytest.approx((low, high))
    assert two_groups(0, 100, 5, 400)["log_ratio"] == pytest.approx(
        np.log2(0.5 / 100 / (5 / 400))
    )
    assert two_groups(0, 100, 5, 400)["log_ratio_low"] == -np.inf


def test_g2_equals_scipy():
    for a, n, b, m in [(3, 10, 1, 12), (0, 9, 4, 30), (5, 5, 2, 8)]:
        table = np.array([[a, b], [n - a, m - b]])
        peer = stats.chi2_contingency(
            table, correction=False, lambda_="log-likelihood"
        )[0]
        assert abs(two_groups(a, n, b, m)["g2"]) == pytest.approx(peer)


def test_q_is_benjamini_and_hochbergs(seeds):
    out = ik.keyness(ik.count_terms(seeds))
    np.testing.assert_allclose(
        out["q"], stats.false_discovery_control(out["p"]), atol=1e-12
    )


def test_one_row_for_every_group_and_term_and_totals_per_order(seeds):
    one, both = (
        ik.keyness(ik.count_terms(seeds)),
        ik.keyness(ik.count_terms(seeds, ngram_range=(1, 2))),
    )
    assert len(one) == one["outlet"].nunique() * one["term"].nunique()
    merged = one.merge(both, on=["outlet", "term"])
    np.testing.assert_allclose(
        merged["g2_x"], merged["g2_y"], err_msg="pairs do not change the words' totals"
    )
    np.testing.assert_allclose(merged["z_x"], merged["z_y"])


def test_a_term_exclusive_to_one_group_can_lead():
    out = ik.keyness(
        counts_of(
            A={"only": 40, "shared": 100},
            B={"shared": 130, "other": 10},
            C={"shared": 140},
        )
    )
    assert out[out["outlet"] == "A"]["term"].iloc[0] == "only"


def test_ties_break_alphabetically_in_every_order(seeds):
    counts = ik.count_terms(seeds)
    out = ik.keyness(counts)
    pd.testing.assert_frame_equal(
        out, ik.keyness(counts.sample(frac=1, random_state=1))
    )
    tied = out.groupby(["outlet", out["z"].round(9)], sort=False)["term"]
    assert all(list(terms) == sorted(terms) for _, terms in tied)


# ------------------------------------------------------------------------------------------------ concordance
def test_every_count_leads_back_to_its_places(seeds):
    source = ik.read_articles(SEEDS).set_index("article_id")["raw"]
    counts = ik.count_terms(seeds, ngram_range=(1, 2)).sample(120, random_state=0)
    for row in counts.itertuples():
        places = ik.kwic(seeds[seeds["outlet"] == row.outlet], row.term)
        assert len(places) == row.count, row.term
        for place in places.itertuples():
            assert source[place.article_id][place.start : place.end] == place.match


def test_patterns_are_words_not_expressions():
    table = passages(
        (
            "A",
            "a",
            0,
            "A (war) of words. Wartime, post-war; WAR’s end. Displaced. Centre.",
        )
    )
    assert ik.kwic(table, "war")["match"].tolist() == ["war", "WAR’s"]
    assert ik.kwic(table, "war*")["match"].tolist() == ["war", "Wartime", "WAR’s"]
    assert ik.kwic(table, "war of words")["match"].tolist() == ["war) of words"]
    assert ik.kwic(table, "(war")["match"].tolist() == ["war", "WAR’s"]
    assert ik.kwic(table, "center")["match"].tolist() == ["Centre"]
    assert ik.kwic(table, ".*")["match"].tolist() == []
    assert ik.kwic(table, re.compile(r"post-w\w+"))["match"].tolist() == ["post-war"]


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("harbor", ["Har\u00adbour", "harbór", "ＨＡＲＢＯＲ", "HARBOUR’S", "harbour"]),
        ("ngo", ["N.G.O.", "NGO"]),
        ("re-open", []),
        ("re-open*", ["re\u2011opened"]),
        ("five", ["\ufb01ve"]),
        ("café harbor", ["cafe harbour"]),
    ],
)
def test_words_are_found_however_they_are_written(pattern, matches):
    texts = [
        "The Har\u00adbour was shut.",
        "A harbór and a ＨＡＲＢＯＲ.",
        "The HARBOUR’S end, an N.G.O. said.",
        "An NGO re\u2011opened it at \ufb01ve.",
        "A cafe harbour of arbors, Harborough and NGOs.",
    ]
    table = passages(*(("A", f"a{n}", 0, text) for n, text in enumerate(texts)))
    assert ik.kwic(table, pattern)["match"].tolist() == matches


# ------------------------------------------------------------------------------------------------ errors
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t: ik.count_terms(t.rename(columns={"outlet": "outlets"})), "column 'outlet' not found in passages; .* Did you mean 'outlets'"),
        (lambda t: ik.count_terms(t, by=[]), "by is empty"),
        (lambda t: ik.count_terms(t, ngram_range=(2, 1)), r"ngram_range=\(2, 1\) must be"),
        (lambda t: ik.count_terms(t, min_count=0), "min_count=0 must be 1 or more"),
        (lambda t: ik.count_terms(t, stop_words="klingon"), "stop list 'klingon' not found; use 'english'"),
        (lambda t: ik.count_terms("seeds"), "passages must be a pandas DataFrame, not .*str"),
        (lambda t: ik.keyness(ik.count_terms(t)), "only one in column 'outlet'"),
        (lambda t: ik.keyness(counts_of(A={"x": 1}, B={"x": 1}), prior="jeffreys"), "prior='jeffreys' is not usable"),
        (lambda t: ik.tfidf(pd.concat([ik.count_terms(t)] * 2)), "'war' stands more than once"),
        (lambda t: ik.kwic(t, "?!"), "has no word in it"),
        (lambda t: ik.kwic(t, 3), "must be a str or a compiled regular expression, not int"),
    ],
)  # fmt: skip
def test_errors_say_what_and_how_to_mend(call, message):
    with pytest.raises(IdlibkitError, match=message):
        call(passages(("A", "a", 0, "war")))


def test_abbreviations_are_one_word_however_they_are_set():
    table = passages(
        ("A", "a", 0, "US envoys told us that the UN and Gov. Roe agreed."),
        ("B", "b", 0, "U.S. envoys heard the U.N. and Governor Roe agree."),
        ("B", "b", 1, "LEAVE US ALONE, U.S.-LED FORCES"),
    )
    counts = ik.count_terms(table).set_index(["outlet", "term"])["count"]
    for term in ("us", "un", "governor"):
        assert counts["A", term] == counts["B", term] == 1
    assert counts["B", "us-led"] == 1
    assert ik.kwic(table[:2], "U.S.")["match"].tolist() == ["US", "U.S."]
    assert ik.kwic(table, "governor")["match"].tolist() == ["Gov", "Governor"]


def test_kwic_shows_whole_words_beyond_the_passage():
    text = "“It is the strike.” Mayor Lind said. Nobody answered."
    table = ik.passages(
        pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "text": [text]})
    )
    (row,) = ik.kwic(table, "said", width=20).itertuples()
    assert (row.left, row.match, row.right) == (
        " strike. Mayor Lind ",
        "said",
        ". Nobody answered.",
    )
    for row in ik.kwic(table, "*", width=9).itertuples():
        assert len(row.left) <= 9
        assert len(row.right) <= 9
        for word in (row.left + " " + row.right).split():
            assert word in " ".join(table["text"]).split() or not word[0].isalnum()


def test_kwic_says_who_speaks():
    table = passages(("A", "a", 0, "talks failed")).assign(speaker="Ida Poe")
    assert ik.kwic(table, "talks")["speaker"].tolist() == ["Ida Poe"]
    none = ik.kwic(table.drop(columns="speaker"), "talks")
    assert none["speaker"].isna().all()


def test_an_own_list_joins_the_english_one(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("talks\n", "utf-8")
    table = passages(("A", "a", 0, "the talks failed in 2019"))
    counts = ik.count_terms(table, stop_words=["english", str(path)])
    assert counts["term"].tolist() == ["failed"]
