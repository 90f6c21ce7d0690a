import tomllib
from importlib.resources import files

import growth
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.framing.generic import frames, frames_by
from idlibkit.framing.indicators import lexicon_entries
from idlibkit.framing.themes import corpus_frames
from idlibkit.tables import IdlibkitError, IdlibkitWarning
from idlibkit.text.english import word_forms

MINE = """
[ignore.patterns]
"peace prize" = "an award"
[fight]
about = "what it is about"
[fight.patterns]
"attack" = "n1"
"=arms" = "n2"
"civil war" = "n3"
"war" = "n4"
"suffer" = "n5"
"suffering" = "n6"
[calm.patterns]
"peace" = "n7"
"peace talk" = "n8"
"humanit*" = "n9"
"war" = "n10"
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINE, "utf-8")
    return path


def passages(*texts, **columns):
    table = {
        "article_id": "a",
        "outlet": "A",
        "role": "body",
        "paragraph": range(len(texts)),
        "sentence": range(len(texts)),
        "voice": "own",
        "speaker": None,
        "start": np.cumsum([0] + [len(t) + 1 for t in texts[:-1]]),
        "text": list(texts),
        "n_words": 5,
    }
    table = pd.DataFrame({**table, **columns})
    return table.assign(end=table["start"] + table["text"].str.len())


def hits(text, lexicon):
    table = frames(passages(text), lexicon=lexicon)
    assert [
        text[s:e] for s, e in zip(table["start"], table["end"], strict=True)
    ] == table["text"].tolist()
    return list(zip(table["frame"], table["pattern"], table["text"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They attacked. Attacks, ATTACKING",
            [("fight", "attack", w) for w in ("attacked", "Attacks", "ATTACKING")],
        ),
        ("arms and arming and an arm", [("fight", "=arms", "arms")]),
        (
            "the civil war, civil-wars",
            [("fight", "civil war", "civil war"), ("fight", "civil war", "civil-wars")],
        ),
        ("a war", [("calm", "war", "war"), ("fight", "war", "war")]),
        ("toward warm counterattacks", []),
        (
            "peace talks on peace",
            [("calm", "peace talk", "peace talks"), ("calm", "peace", "peace")],
        ),
        ("the peace prize", []),
        (
            "humanitarian humanity human",
            [("calm", "humanit*", "humanitarian"), ("calm", "humanit*", "humanity")],
        ),
        (
            "suffering, suffered",
            [("fight", "suffering", "suffering"), ("fight", "suffer", "suffered")],
        ),
        ("attack", [("fight", "attack", "attack")]),
        ("l’attack—“attack”", [("fight", "attack", "attack")] * 2),
        ("éattack attacké 2attack attack_", []),
        (
            "at\u00adtack and ﬁne attack",
            [("fight", "attack", "at\u00adtack"), ("fight", "attack", "attack")],
        ),
        ("", []),
    ],
)
def test_hits_by_hand(mine, text, expected):
    assert hits(text, mine) == expected


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("attack", "attack attacks attacked attacking"),
        ("blame", "blame blames blamed blaming"),
        ("ally", "ally allies allied allying"),
        ("clash", "clash clashes clashed clashing"),
        ("ban", "ban bans banned banning"),
        ("fight", "fight fights fought fighting"),
        ("child", "child children"),
        ("gunman", "gunman gunmen"),
        ("agree", "agree agrees agreed agreeing"),
        ("delay", "delay delays delayed delaying"),
        ("clean", "clean cleans cleaned cleaning"),
    ],
)
def test_word_forms(lemma, forms):
    assert word_forms(lemma) == forms.split()


def test_word_forms_hold_both_spellings_where_stress_decides():
    assert {"commits", "committed", "committing", "targeted", "targets"} <= {
        *word_forms("commit"),
        *word_forms("target"),
    }


def test_a_pattern_never_reaches_over_two_passages(mine):
    assert frames(passages("the civil", "war"), lexicon=mine)["text"].tolist() == [
        "war",
        "war",
    ]


def test_generic_lexicon_is_documented_and_finds_its_own_patterns():
    tables = tomllib.loads(
        (files("idlibkit") / "lexicons" / "frames.toml").read_text("utf-8")
    )
    assert set(tables) == {
        "conflict", "human_interest", "responsibility", "economic_consequences", "morality", "security", "diplomacy",
        "legality", "war_journalism", "peace_journalism", "ignore",
    }  # fmt: skip
    assert all(
        table["source"] and table["about"] and all(table["patterns"].values())
        for table in tables.values()
    )
    entries = lexicon_entries("generic")
    words = entries["pattern"].str.strip("=").str.replace("*", "xyz")
    found = frames(passages(*words))
    found = set(zip(found["frame"], found["paragraph"], strict=True))
    ignored = set(tables["ignore"]["patterns"])
    for row, (frame, pattern) in enumerate(
        zip(entries["frame"], entries["pattern"], strict=True)
    ):
        assert pattern in ignored or frame == "ignore" or (frame, row) in found, (
            frame,
            pattern,
        )


def test_offsets_and_columns(mine):
    texts = ["Ünïted — “attacks”", "Straße to war"]
    source = "\n".join(texts)
    table = frames(passages(*texts, country=["x", "y"]), lexicon=mine)
    assert [source[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == [
        "attacks",
        "war",
        "war",
    ]
    assert table.columns[:10].tolist() == [
        "article_id", "outlet", "voice", "speaker", "frame", "pattern", "note", "start", "end", "text",
    ]  # fmt: skip
    assert table["country"].tolist() == ["x", "y", "y"] and table["note"].tolist() == [
        "n1",
        "n10",
        "n4",
    ]
    none = frames(passages("nothing"), lexicon=mine)
    assert none.empty and none.columns.equals(table.columns.drop("country"))


def shares_of(table, lexicon, **options):
    return frames_by(frames(table, lexicon=lexicon), table, **options)


def test_order_and_index_of_the_rows_do_not_matter(mine):
    table = passages("attack and war", "peace talks", "nothing at all")
    shuffled = table.iloc[[2, 0, 1]].set_axis([5, 5, 5])
    before = table.copy(deep=True)
    pd.testing.assert_frame_equal(
        frames(table, lexicon=mine), frames(shuffled, lexicon=mine)
    )
    pd.testing.assert_frame_equal(shares_of(table, mine), shares_of(shuffled, mine))
    pd.testing.assert_frame_equal(table, before)


def test_shares_by_hand(mine):
    table = passages(
        *["war and attacks", "peace", "nothing here", "he said", "war"],
        outlet=["A", "A", "A", "A", "B"],
        article_id=["a", "a", "a", "a", "b"],
        n_words=[5, 5, 5, 2, 5],
    )
    shares = shares_of(table, mine, n_boot=200)
    assert shares.columns.tolist() == [
        "outlet", "frame", "estimate", "ci_low", "ci_high", "difference", "difference_low", "difference_high", "n_articles",
        "n_passages", "unit", "count",
    ]  # fmt: skip
    value = shares.set_index(["outlet", "frame"])["estimate"]
    assert value["A", "fight"] == pytest.approx(1 / 3) and value["B", "fight"] == 1
    assert value["A", "calm"] == pytest.approx(2 / 3) and value[
        "A", "none"
    ] == pytest.approx(1 / 3)
    assert value["B", "none"] == 0 and "ignore" not in set(shares["frame"])
    rows = shares.set_index(["outlet", "frame"])
    assert rows.loc[("A", "calm"), ["count", "n_passages", "n_articles"]].tolist() == [
        2,
        3,
        1,
    ]
    assert rows.loc[("A", "fight"), "difference"] == pytest.approx(1 / 3 - 1)


def test_the_earlier_call_with_passages_alone_works_and_says_so(mine):
    table = passages("war and attacks", "peace", "nothing here", "he said", n_words=5)
    with pytest.warns(
        IdlibkitWarning, match=r"frames_by\(frames\(passages\), passages"
    ):
        earlier = frames_by(table, lexicon=mine)
    pd.testing.assert_frame_equal(earlier, shares_of(table, mine))


def test_frames_outside_the_passages_do_not_count(mine):
    table = passages("war here today", "war there again", "peace at last", n_words=5)
    found = frames(table, lexicon=mine)
    shares = frames_by(found, table.iloc[[2]])
    shares = shares[shares["frame"] != "none"].set_index("frame")["estimate"]
    assert shares.to_dict() == {"calm": 1.0, "fight": 0.0}


def test_shares_have_intervals_and_follow_voices(mine):
    texts = [
        "war broke out here",
        "peace came at last",
        "nothing of the kind",
        "attack on the town",
    ] * 6
    table = passages(*texts, outlet=["A", "B"] * 12, voice=["own", "own", "quoted"] * 8)
    shares = shares_of(table, mine, by=["outlet", "voice"], n_boot=200)
    known = shares[shares["ci_low"].notna()]
    assert (known["ci_low"] <= known["estimate"]).all() and (
        known["estimate"] <= known["ci_high"]
    ).all()
    assert set(shares.loc[shares["ci_low"].isna(), "estimate"]) <= {0, 1}, (
        "no interval only where all draws agree"
    )
    assert len(known) > 6
    assert len(shares) == 4 * 3 and shares["unit"].eq("paragraph").all()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a.patterns]\nb = ", "is not TOML"),
        ("[a]\nb = 1", "has no patterns"),
        ("a = 1", "has no patterns"),
        ("[none.patterns]\nb = 'c'", "stands for no frame"),
        ("[ignore.patterns]\nb = 'c'", "names no frame"),
        ("", "names no frame"),
        ("[a.patterns]\n'a(b' = ''", "cannot be read"),
        ("[a.patterns]\n'ab*' = ''", "cannot be read"),
        ("[a.patterns]\n'abcd* efgh' = ''", "only the last word"),
    ],
)
def test_errors_of_the_lexicon(tmp_path, text, message):
    path = tmp_path / "lexicon.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(IdlibkitError, match=message):
        frames(passages("x"), lexicon=path)


def test_other_errors(mine):
    with pytest.raises(IdlibkitError, match="cannot be read"):
        frames(passages("x"), lexicon="nowhere.toml")
    with pytest.raises(IdlibkitError, match="'text' not found"):
        frames(passages("x").drop(columns="text"))
    with pytest.raises(IdlibkitError, match="by cannot hold 'frame'"):
        shares_of(passages("x", frame="y"), "generic", by=["outlet", "frame"])


@given(
    st.lists(st.text("attckw r-“”'sşİß\u0301ﬁ.", max_size=20), min_size=1, max_size=5)
)
def test_every_hit_leads_back(texts):
    source = "\n".join(texts)
    table = frames(passages(*texts))
    assert [
        source[s:e] for s, e in zip(table["start"], table["end"], strict=True)
    ] == table["text"].tolist()


@pytest.mark.parametrize(
    "text",
    ["civil " * 700_000, "x" * 4_000_000, '"' * 100_000 + "war", "peace-" * 50_000],
)
def test_hostile_text_takes_linear_time(text):
    growth.linear(lambda size: frames(passages(text[:size])), len(text))


def themed(n=30):
    rng = np.random.default_rng(1)
    words = [
        ["tax", "price", "wage", "market", "budget"],
        ["goal", "match", "team", "league", "coach"],
    ]
    texts = [" ".join(rng.choice(words[i % 2], 4, replace=False)) for i in range(n)]
    return passages(*texts, outlet=["A", "A", "B"] * (n // 3))


def test_corpus_frames_find_the_two_themes_of_a_made_corpus():
    table = corpus_frames(themed(), n_frames=2, n_terms=5, n_boot=5)
    assert sorted(sorted(terms.split(", ")) for terms in table["terms"]) == [
        ["budget", "market", "price", "tax", "wage"],
        ["coach", "goal", "league", "match", "team"],
    ]
    assert (
        table["share"].sum() == pytest.approx(1)
        and table["share"].is_monotonic_decreasing
    )
    assert table["stability"].between(0.9, 1.0000001).all()
    assert table["n_paragraphs"].tolist() == [15, 15] and table[
        "n_outlets"
    ].tolist() == [2, 2]


def test_noise_is_less_stable_than_themes():
    rng = np.random.default_rng(2)
    vocabulary = [a + b + c for a in "bdgkl" for b in "aeiou" for c in "mnprs"]
    noise = passages(*[" ".join(rng.choice(vocabulary, 6)) for _ in range(60)])
    unstable = corpus_frames(noise, n_frames=4, n_boot=5)["stability"].mean()
    assert (
        unstable
        < 0.7
        < corpus_frames(themed(), n_frames=2, n_boot=5)["stability"].mean()
    )


def test_corpus_frames_are_the_same_in_every_order_of_rows():
    table = themed()
    shuffled = table.sample(frac=1, random_state=3).set_axis([0] * len(table))
    first, second = (
        corpus_frames(table, n_frames=3, n_boot=3),
        corpus_frames(shuffled, n_frames=3, n_boot=3),
    )
    pd.testing.assert_frame_equal(first, second)


def test_corpus_frames_say_when_there_is_too_little_text():
    with pytest.raises(IdlibkitError, match="n_frames=6 does not fit"):
        corpus_frames(passages("one text", "another text"))
