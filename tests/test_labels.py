import tomllib
from pathlib import Path

import growth
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.actors import (
    actors_toml,
    labels,
    labels_by,
    read_actors,
    suggest_actors,
)
from idlibkit.tables import IdlibkitError

ACTORS = {
    "North": ["Norland", "Norland City", "Norlandic army", "Norlandic army units"],
    "South": ["Sorland", "al-Haddad", "Çelikoğlu", "US", "S.L."],
    "Fighters": ["rebel", "fighter", "armed group", "militia", "gunman"],
    "State": ["regime", "government", "government forces"],
}


def passages(*texts, **columns):
    starts = [sum(len(t) + 1 for t in texts[:i]) for i in range(len(texts))]
    table = {
        "article_id": "a",
        "outlet": "A",
        "role": "body",
        "paragraph": range(len(texts)),
        "sentence": range(len(texts)),
        "voice": "own",
        "speaker": None,
        "start": starts,
        "text": list(texts),
        "n_words": 1,
    }
    return pd.DataFrame({**table, **columns})


def found(text, actors=ACTORS):
    table = labels(passages(text), actors)
    assert all(
        text[s:e] == t
        for s, e, t in zip(table["start"], table["end"], table["text"], strict=True)
    )
    return list(
        zip(table["label"], table["modifiers"].fillna(""), table["text"], strict=True)
    )


def modifiers(text):
    return [m for _, m, _ in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Norlandic army units and the Norlandic army.",
            ["Norlandic army units", "Norlandic army"],
        ),
        ("Norland City, then Norland.", ["Norland City", "Norland"]),
        ("Norland's plan and NORLAND’S plan", ["Norland", "Norland"]),
        ("norland is a turkey", []),
        ("Norlanders and Norlandish", []),
        (
            "Celikoglu, ÇELİKOĞLU, Çelikoğlu and C\u0327elikog\u0306lu",
            ["Çelikoğlu"] * 4,
        ),
        ("Al Haddad, al-Haddad and al\u2011Haddad; al haddad", ["al-Haddad"] * 3),
        ("Give us the US, not Us. The US's", ["US", "US"]),
        ("in S.L. and S.L.", ["S.L.", "S.L."]),
        ("Regime, REGIME and regimes' end", ["regime"] * 3),
        ("two militias, armed groups, gunmen", ["militia", "armed group", "gunman"]),
        ("the armed  group, the armed\u00a0group", ["armed group"] * 2),
        ("anti-government forces, pro-regime, ex-rebel", []),
        ("anti-Norland feeling", []),
        ("Norland-Sorland talks", ["Norland", "Sorland"]),
        ("the “armed” groups", ["armed group"]),
        ('Its armed "group therapy" began', []),
    ],
)
def test_what_counts_as_a_mention(text, expected):
    assert [label for label, _, _ in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norlandish-backed rebels fought", "Norlandish-backed"),
        ("The brutal regime fell.", "brutal"),
        ("the brutal and corrupt regime", "brutal and corrupt"),
        ("a brutal, corrupt regime", "brutal, corrupt"),
        ("the so-called government", "so-called"),
        ("its internationally recognised government", "internationally recognised"),
        ("the besieged rebels", "besieged"),
        ("by retreating rebels", ""),
        ("of displaced rebels", "displaced"),
        ("They attacked rebels", ""),
        ("who backed moderate rebels", "moderate"),
        ("the puppet regime", "puppet"),
        ("They said rebels left", ""),
        ("Turkish and Russian rebels", "Turkish and Russian"),
        ("Turkish, Russian and Kenyan rebels", "Turkish, Russian and Kenyan"),
        ("Khalid administration rebels", "Khalid administration"),
        ("Meanwhile rebels left", ""),
        ("Arming rebels is wrong.", ""),
        ("Tell rebels to go", ""),
        ("Factory rebels strike", "Factory"),
        ("They told security rebels to go", "security"),
        ("They arm rebels", ""),
        ("groups that support rebels", ""),
        ("groups that backed al-Haddad", ""),
        ("to arm rebels", ""),
        ("a deal for freshman rebels", "freshman"),
        ("some angry factory rebels", "angry factory"),
        ("the internal party regime", "internal party"),
        ("On Monday rebels left", ""),
        ("In London rebels left", ""),
        ("middle- and low-income rebels", "middle- and low-income"),
        ("The other moderate rebels", "moderate"),
        ("Khalid Tells Angry Rebels To Leave Town", "Angry"),
        ("the American rebels", "American"),
        ("US rebels", "US"),
        ("North Korean rebels", "North Korean"),
        ("President al-Haddad spoke", "President"),
        ("strongman Khalid al-Haddad", ""),
        ("It is clear Norland will", ""),
        ("war-torn Norland", "war-torn"),
        ("in rebel-held land", "-held"),
        ("rebels loyal to President Khalid left", "loyal to President Khalid"),
        (
            "moderate rebels backed by the Norse King",
            "moderate backed by the Norse King",
        ),
        ("the last rebel stronghold", ""),
        ("heavy regime bombardments in", ""),
        ("after days. Legitimate government", "Legitimate"),
        ("legitimate. Government", ""),
        ("a government", ""),
    ],
)
def test_modifiers(text, expected):
    actors = {k: [w for w in words if w not in ("US",)] for k, words in ACTORS.items()}
    table = labels(passages(text), actors)
    assert table["modifiers"].fillna("").tolist() == [expected]


def test_a_plural_or_indefinite_name_takes_nouns_but_a_persons_does_not():
    actors = {"P": ["Democrat"], "Q": ["Haddad"], "R": ["senator"]}
    assert found(
        "Senate Democrats voted while a Tennessee Democrat left the room", actors
    ) == [
        ("Democrat", "Senate", "Senate Democrats"),
        ("Democrat", "Tennessee", "Tennessee Democrat"),
    ]
    assert (
        found("Khalid Haddad of the Khalid Haddad team", actors)
        == [("Haddad", "", "Haddad")] * 2
    )
    assert found("a Haddad senator", actors) == [
        ("Haddad", "", "Haddad"),
        ("senator", "Haddad", "Haddad senator"),
    ]


def test_a_compound_is_a_mention_and_modifies_the_next_one():
    assert found("Norland-backed rebels in Sorland") == [
        ("Norland", "-backed", "Norland-backed"),
        ("rebel", "Norland-backed", "Norland-backed rebels"),
        ("Sorland", "", "Sorland"),
    ]


@pytest.mark.parametrize(
    ("text", "marked", "mention"),
    [
        ("the “regime” said", True, "regime"),
        ('the "regime," he said', True, "regime"),
        ("the ‘regime’ said", True, "regime"),
        ("the 'moderate' rebels said", True, "'moderate' rebels"),
        ("the “moderate” rebels said", True, "“moderate” rebels"),
        ("its “moderate rebels” said", True, "moderate rebels"),
        ("the so-called “government” said", True, "so-called “government”"),
        ("the “regime must go now” said", False, "regime"),
        ("he said the regime must “go”", False, "regime"),
        ("the rebels' aim and the soldiers' aim", False, "rebels"),
        ("Rebels' advance", False, "Rebels"),
        ("they call it a “regime", True, "regime"),
        ("Rebels” are what they are called", True, "Rebels"),
        ("“Moderate rebels left the town”", False, "Moderate rebels"),
    ],
)
def test_scare_quotes(text, marked, mention):
    table = labels(passages(text), ACTORS)
    assert table["in_marks"].tolist() == [marked]
    assert table["text"].tolist() == [mention]
    assert text[table["start"][0] : table["end"][0]] == mention


def test_labels_are_data_not_patterns():
    actors = {"X": ["a.c", "(b)", "c++", "[x]"]}
    assert [t for _, _, t in found("abc a.c (b) b c++ x [x]", actors)] == [
        "a.c",
        "(b)",
        "c++",
        "[x]",
    ]


def test_offsets_lead_back_to_the_source_and_columns_go_on():
    texts = ["Ünïted “Norland” — …", "Straße to Norland’s rebels"]
    source = "\n".join(texts)
    table = labels(passages(*texts, country=["x", "y"]), ACTORS)
    assert [
        source[s:e] for s, e in zip(table["start"], table["end"], strict=True)
    ] == table["text"].tolist()
    assert table.columns[:11].tolist() == [
        "article_id", "outlet", "voice", "speaker", "actor", "label", "modifiers", "in_marks", "start", "end", "text",
    ]  # fmt: skip
    assert {"role", "paragraph", "sentence", "country"} <= set(table.columns)
    assert table["country"].tolist() == ["x", "y", "y"]


def test_no_mention_keeps_the_columns_and_their_types():
    none, some = (
        labels(passages("nothing"), ACTORS),
        labels(passages("the brutal regime"), ACTORS),
    )
    assert none.empty and none.columns.equals(some.columns)
    for column in ("actor", "label", "modifiers", "in_marks", "start", "end", "text"):
        assert none[column].dtype == some[column].dtype
    assert labels_by(none).empty


def test_order_and_index_of_the_rows_do_not_matter_and_the_input_stays():
    table = passages("The regime fell", "Norland and rebels", "rebel-held Norland")
    before = table.copy(deep=True)
    shuffled = table.iloc[[2, 0, 1]].set_axis([7, 7, 1])
    pd.testing.assert_frame_equal(labels(table, ACTORS), labels(shuffled, ACTORS))
    pd.testing.assert_frame_equal(table, before)
    reversed_actors = {k: v[::-1] for k, v in reversed(ACTORS.items())}
    pd.testing.assert_frame_equal(labels(table, ACTORS), labels(table, reversed_actors))


def test_toml_file_and_mapping_are_the_same(tmp_path):
    path = tmp_path / "actors.toml"
    path.write_text(
        'Turkey = ["Turkey", "Ankara"]\n"The rebels" = ["rebel"]\n', "utf-8"
    )
    assert (
        read_actors(path)
        == read_actors(str(path))
        == {"Turkey": ["Turkey", "Ankara"], "The rebels": ["rebel"]}
    )


@pytest.mark.parametrize(
    ("actors", "message"),
    [
        (
            {"A": ["regime"], "B": ["Regime"]},
            "'Regime' stands under two actors, 'A' and 'B'",
        ),
        ({"A": ["al-Haddad"], "B": ["Al Haddad"]}, "two actors"),
        ({"A": "regime"}, "needs a list of labels"),
        ({"A": []}, "its list is empty"),
        ({"A": ["!"]}, "no word"),
        ({"A": [3]}, "no word"),
        (["A"], "must be a mapping"),
        (pd.DataFrame({"actor": ["A"], "name": ["x"]}), "label"),
        (pd.DataFrame({"actor": ["A"], "label": [None]}), "'A' has a label that is no"),
        (
            {"the A": None},
            r'not None; write for example "the A" = \["Kenya", "Nairobi"\]',
        ),
        ("nowhere.toml", "cannot be read"),
    ],
)
def test_errors_name_what_is_wrong(actors, message):
    with pytest.raises(IdlibkitError, match=message):
        labels(passages("x"), actors)


def test_broken_toml_is_named(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("Turkey = [Turkey]\n", "utf-8")
    with pytest.raises(IdlibkitError, match=r"'mine.toml' is not TOML.*line 1"):
        labels(passages("x"), path)


def test_a_file_without_an_actor_is_named(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("# nobody yet\n", "utf-8")
    with pytest.raises(IdlibkitError, match=r"'mine.toml' names no actor"):
        labels(passages("x"), path)


def test_a_corpus_without_names_has_no_actors():
    table = passages("it rained all night and the road was gone.")
    actors = read_actors(suggest_actors(table))
    assert actors == {}
    mentions = labels(table, actors)
    assert mentions.empty and list(mentions) == list(labels(table, {"A": ["river"]}))
    assert labels_by(mentions).empty


def test_a_plural_that_is_anothers_label_is_theirs():
    actors = {"A": ["guard"], "B": ["guards"]}
    table = labels(passages("the guard and the guards"), actors)
    assert table["actor"].tolist() == ["A", "B"]


def test_shares_by_hand():
    table = passages(
        *["The regime and Norland.", "The regime.", "The government.", "Rebels."],
        outlet=["A", "A", "B", "B"],
        article_id=["a", "a", "b", "b"],
    )
    shares = labels_by(labels(table, ACTORS)).set_index(["outlet", "label"])
    assert shares.loc[
        ("A", "regime"), ["estimate", "count", "n_mentions", "n_passages"]
    ].tolist() == [1, 2, 2, 2]
    assert shares.loc[
        ("B", "regime"), ["estimate", "count", "n_mentions", "n_articles"]
    ].tolist() == [0, 0, 1, 1]
    assert shares.loc[("B", "regime"), "difference"] == -1
    assert shares.loc[("A", "rebel"), "n_mentions"] == 0 and pd.isna(
        shares.loc[("A", "rebel"), "estimate"]
    )


def test_shares_add_up_with_intervals_by_outlet_and_voice():
    texts = ["the regime", "the government", "rebels", "the regime and fighters"] * 6
    table = passages(
        *texts,
        outlet=["A", "B"] * 12,
        article_id=[f"{'AB'[i % 2]}{i % 6}" for i in range(24)],
        voice=["own", "own", "quoted", "quoted"] * 6,
    )
    shares = labels_by(labels(table, ACTORS), by=["outlet", "voice"], n_boot=200)
    assert shares.columns.tolist() == [
        "outlet", "voice", "actor", "label", "estimate", "ci_low", "ci_high", "difference", "difference_low",
        "difference_high", "n_articles", "n_passages", "unit", "count", "n_mentions",
    ]  # fmt: skip
    totals = (
        shares.dropna(subset="estimate")
        .groupby(["outlet", "voice", "actor"])["estimate"]
        .sum()
    )
    assert totals.round(9).eq(1).all()
    assert (
        shares["estimate"]
        - shares["count"] / shares["n_mentions"].where(shares["n_mentions"] > 0)
    ).abs().max() < 1e-12


def test_by_cannot_be_the_category():
    with pytest.raises(IdlibkitError, match="by cannot hold"):
        labels_by(labels(passages("the regime"), ACTORS), by=["outlet", "label"])


WORDS = [
    "Norland",
    "rebels",
    "the",
    "regime",
    "“",
    "”",
    "-",
    "'s",
    " ",
    " ",
    "brutal",
    "Ç",
    "ß",
    ",",
    "-held",
    "US",
    "ﬁ",
    "İ",
]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map("".join))
def test_every_mention_leads_back_and_no_label_is_counted_twice(text):
    table = labels(passages(text), ACTORS)
    for start, end, mention in zip(
        table["start"], table["end"], table["text"], strict=True
    ):
        assert mention and text[start:end] == mention
    assert len(table) <= sum(
        text.count(w) for w in ("Norland", "rebels", "regime", "US")
    )


@pytest.mark.parametrize("repeated", ["the regime ", '"', "brutal "])
def test_hostile_text_takes_linear_time(repeated):
    def named(n):
        labels(passages(repeated * n + "regime"), ACTORS)

    growth.linear(named, 200_000 // len(repeated))


def test_the_seeds_have_a_table_of_their_own():
    path = Path(__file__).parents[1] / "seeds" / "actors.toml"
    actors = read_actors(path)
    assert set(tomllib.loads(path.read_text("utf-8"))) == set(actors)
    text = "Russian-backed Syrian troops shelled the town, Çavuşoğlu said; the regime’s forces denied it."
    table = labels(passages(text), path)
    assert table["actor"].tolist() == [
        "Syrian government",
        "Cavusoglu",
        "Syrian government",
    ]
    assert table["modifiers"].fillna("").tolist() == ["Russian-backed", "", ""]


NEWS = [
    "Kenya said on Monday that Kenyan troops had crossed the border, and Nairobi promised more.",
    "President Jane Öztürk-Smith met the rebels there, and later Mr John Abara told them to leave Kenya.",
    "The rebels, whom Abara calls terrorists, refused; in Mombasa the Kenyan government did not say why.",
    "However, the Centre for Peace in Oslo was told by Abara that the U.S. and NATO would not help.",
]


def suggested(texts=NEWS, **options):
    table = suggest_actors(passages(*texts), **options)
    return table, {} if table.empty else read_actors(table)


def test_suggested_actors_put_names_and_groups_together():
    table, actors = suggested()
    assert actors["Kenya"] == ["Kenya", "Kenyan government", "Kenyan troops", "Nairobi"]
    assert actors["John Abara"] == ["Abara", "John Abara"]
    assert actors["Armed groups"] == ["rebel", "terrorist"]
    assert actors["Centre for Peace"] == ["Centre for Peace"] and actors[
        "United States"
    ] == ["U.S."]
    assert "However" not in actors and "Monday" not in actors and "The" not in actors
    assert (
        table["count"][0] == 2
        and table["actor"][0] == "Kenya"
        and table["n_articles"].eq(1).all()
    )
    for label, example in zip(table["label"], table["example"], strict=True):
        assert label.lower() in example.lower() and any(
            example in text for text in NEWS
        )


def test_a_last_name_of_two_people_is_nobodys():
    texts = ["Here John Abara met Jane Abara, and Abara left."] * 2
    assert suggested(texts)[1] == {
        "Abara": ["Abara"],
        "Jane Abara": ["Jane Abara"],
        "John Abara": ["John Abara"],
    }


def test_last_names_are_persons_and_headline_verbs_no_names():
    texts = [
        "The Islamic State held the town, and the state of North Carolina did not, nor did the state of Kenya."
    ] * 3
    texts += [
        "South Carolina met South Carolina.",
        "Abara Says",
        "There Abara says so, and so Abara left the Kenyan Bridge President.",
    ]
    actors = suggested(texts)[1]
    assert actors["Islamic State"] == ["Islamic State"] and actors[
        "South Carolina"
    ] == ["South Carolina"]
    assert (
        "Abara Says" not in actors
        and actors["Abara"] == ["Abara"]
        and "Kenyan Bridge President" not in actors.get("Kenya", [])
    )


def test_names_of_headlines_do_not_count_and_those_of_short_sentences_do():
    texts = [
        "Norland Foreign Minister Ada Abara said",
        "Early Monday Ada Abara left Kenya.",
        "Norland Minister Ada Abara Leaves After Vote",
    ]
    counts = suggested(texts)[0].set_index("label")["count"]
    assert counts["Ada Abara"] == 2


def test_suggestions_can_be_written_read_and_used(tmp_path):
    table, actors = suggested()
    path = tmp_path / "actors.toml"
    path.write_text(actors_toml(table), "utf-8")
    assert (
        read_actors(path) == actors
        and list(read_actors(path)) == table["actor"].unique().tolist()
    )
    found = labels(passages(*NEWS), path)
    pd.testing.assert_frame_equal(found, labels(passages(*NEWS), table))
    counts = found.value_counts(["actor", "label"])
    assert [
        counts[key] for key in zip(table["actor"], table["label"], strict=True)
    ] == table["count"].tolist()


def test_toml_of_odd_names(tmp_path):
    odd = pd.DataFrame({"actor": ['a "b" \\ c', "é\x7f\t"], "label": ["x\n", "“y”"]})
    assert tomllib.loads(actors_toml(odd)) == {
        'a "b" \\ c': ["x\n"],
        "é\x7f\t": ["“y”"],
    }


def test_suggestions_do_not_depend_on_the_order_of_rows():
    table = passages(*NEWS)
    pd.testing.assert_frame_equal(
        suggest_actors(table),
        suggest_actors(table.iloc[[3, 1, 0, 2]].set_axis([1] * 4)),
    )
    assert suggested(n=2)[0]["actor"].nunique() == 2
    assert suggested(["nothing to see here"])[0].empty
    with pytest.raises(IdlibkitError, match="n=0"):
        suggested(n=0)


@given(st.lists(st.lists(st.sampled_from(["Max", "Maxe", "A", "The", "of", "U.S.", "al-Haddad", "Kenyan", "troops", "Mr", "rebels", "Jones", "said", ".", "“"]), max_size=8).map(" ".join), min_size=1, max_size=4))  # fmt: skip
def test_whatever_is_suggested_can_be_used(texts):
    table, actors = suggested(texts)
    assert (
        actors == {}
        or labels(passages(*texts), actors)["actor"].isin(table["actor"]).all()
    )


def test_a_verb_after_a_title_is_no_modifier():
    texts = [
        "The minister praised Smith.",
        "The minister attacked rebels.",
        "The besieged rebels left.",
        "The former minister Smith left.",
    ]
    table = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "outlet": "A",
            "voice": "own",
            "speaker": None,
            "start": 0,
            "text": texts,
        }
    )
    found = labels(table, {"S": ["Smith"], "R": ["rebel"]})
    assert found["modifiers"].fillna("").tolist() == [
        "",
        "",
        "besieged",
        "former minister",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The road is shut, Arden Gov. Ann Lee said late on Friday.", "Arden Gov."),
        ("New York Gov. Ann Lee said on Friday that it was over.", "New York Gov."),
        ("It was said on Friday that GOP Rep. Ann Lee had won it.", "GOP Rep."),
        ("Despite Sen. Ann Lee and her friends it was over by then.", "Sen."),
        ("It was said that party leader Ann Lee had left it by then.", "party leader"),
        ("It was said that Arden's Sen. Ann Lee had left it by then.", "Sen."),
    ],
)
def test_a_place_or_a_party_before_a_title_is_part_of_it(text, expected):
    table = labels(passages(text), {"Lee": ["Ann Lee"]})
    assert table["modifiers"].tolist() == [expected]


def test_names_that_stand_only_behind_titles_are_suggested():
    texts = [
        "In the end there was nobody whom Gov. Holt and his friends would not meet.",
        "And so it was that the others left with Arden Sen. Marsh before it was over.",
    ]
    assert set(suggested(texts)[1]) == {"Holt", "Marsh"}
