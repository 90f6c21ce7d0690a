"""Who does what to whom. The sentences are written for these tests; accuracy is measured
in benchmarks/measure_agency.py.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import idlibkit as ik
from idlibkit import plots
from idlibkit.agency.tokens import token_spans
from idlibkit.agency.trees import (
    _join_verbs,
    read_trees,
    rooted_and_circle,
    without_cycles,
)
from idlibkit.tables import IdlibkitError
from idlibkit.text import verb_lemma

ACTORS = {
    "Army": ["army", "soldiers"],
    "Rebels": ["rebels", "rebel commander"],
    "Civilians": ["civilians", "farmer"],
    "Kenya": ["Kenya", "Kenyan"],
}


def passages(*texts, **columns):
    """Sentences one after the other, a paragraph each."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
    table = pd.DataFrame({"article_id": "a", "outlet": "A", "voice": "own"}, [0])
    table = pd.concat([table] * len(texts), ignore_index=True)
    places = range(len(texts))
    table = table.assign(speaker=None, sentence=places, paragraph=places)
    return table.assign(start=starts, text=texts, **columns)


def clause(sentence, verb):
    """The row of one verb in one sentence."""
    rows = ik.agency(passages(sentence), actors=ACTORS)
    (row,) = rows[rows["verb"] == verb].to_dict("records")
    return {name: None if pd.isna(value) else value for name, value in row.items()}


@pytest.mark.parametrize(
    ("sentence", "verb", "form", "agent", "patient"),
    [
        ("The army shelled the town.", "shell", "active", "The army", "the town"),
        ("Two farmers were killed.", "kill", "passive", None, "Two farmers"),
        ("Two farmers were killed by soldiers.", "kill", "passive", "soldiers",
         "Two farmers"),
        ("Three people died.", "die", "intransitive", None, "Three people"),
        ("The rebels withdrew.", "withdraw", "intransitive", "The rebels", None),
        ("The killing of two farmers by the army shocked the country.", "kill",
         "nominal", "the army", "two farmers"),
        ("Kenyan shelling of the village went on.", "shell", "nominal", "Kenyan",
         "the village"),
        ("Attacks on schools continued.", "attack", "nominal", None, "schools"),
        ("The officials were denied visas.", "deny", "passive", None, "The officials"),
        ("The army took the city and burned the market.", "burn", "active", "The army",
         "the market"),
        ("Police sought and found the gunman.", "seek", "active", "Police",
         "the gunman"),
        ("The president ordered the army to storm the house.", "storm", "active",
         "the army", "the house"),
        ("The army has been accused of killing farmers.", "kill", "active", "The army",
         "farmers"),
        ("The town was hit, killing two farmers.", "kill", "active", None,
         "two farmers"),
        ("The blast left two farmers killed.", "kill", "passive", None, "two farmers"),
        ("Monday's attack on the town failed.", "attack", "nominal", None, "the town"),
        ("Two farmers arrested after raid", "arrest", "passive", None, "Two farmers"),
        ("The army wants to take the bridge.", "take", "active", "The army",
         "the bridge"),
        ("The general halted the army's offensive in the north.", "attack", "nominal",
         "the army", None),
        ("Two nurses honored for their courage", "honor", "passive", None,
         "Two nurses"),
        ("The letter disappeared in the mail.", "disappear", "intransitive", None,
         "The letter"),
        ("The troops were ordered to stop and carry the wounded.", "carry", "active",
         "The troops", "the wounded"),
        ("Their goal is to take the bridge.", "take", "active", None, "the bridge"),
    ],
)  # fmt: skip
def test_forms(sentence, verb, form, agent, patient):
    row = clause(sentence, verb)
    found = row["form"], row["agent"], row["patient"]
    assert found == (form, agent, patient)


@pytest.mark.parametrize(
    ("sentence", "verb", "negated", "modality"),
    [
        ("The army attacked the hospital.", "attack", False, None),
        ("The army did not attack the hospital.", "attack", True, None),
        ("No one was killed.", "kill", True, None),
        ("The army may attack the hospital.", "attack", False, "may"),
        ("The army tried to take the bridge.", "take", False, "try"),
        ("The army failed to take the bridge.", "take", True, "fail"),
        ("The army will attack the town.", "attack", False, "will"),
        ("They accused the army of killing farmers.", "kill", False, "accuse"),
        ("The army has been accused of killing farmers.", "kill", False, "accuse"),
        ("The president ordered the army to storm the house.", "storm", False, "order"),
        ("The army used tanks to storm the house.", "storm", False, "to"),
    ],
)
def test_what_is_not_told_as_done(sentence, verb, negated, modality):
    row = clause(sentence, verb)
    assert (row["negated"], row["modality"]) == (negated, modality)


@pytest.mark.parametrize(
    ("sentence", "verb", "agent", "patient"),
    [
        ("The rebels attacked the army.", "attack", "Rebels", "Army"),
        ("Kenyan soldiers shelled the town.", "shell", "Army", None),
        ("Kenyan planes bombed the town.", "bomb", "Kenya", None),
        ("Dozens of civilians were arrested.", "arrest", None, "Civilians"),
        ("The soldiers who shot the farmer fled.", "shoot", "Army", "Civilians"),
        # The longest label wins: no other rebels are meant.
        ("The rebel commander arrested two men.", "arrest", "Rebels", None),
    ],
)
def test_actors(sentence, verb, agent, patient):
    row = clause(sentence, verb)
    assert (row["agent_actor"], row["patient_actor"]) == (agent, patient)


@pytest.mark.parametrize(
    ("sentence", "verb", "role", "pronoun", "phrase"),
    [
        ("The soldiers who shot the farmer fled.", "shoot", "agent", "who",
         "The soldiers"),
        ("Planes hit the bridge, which was destroyed.", "destroy", "patient", "which",
         "the bridge"),
        ("The soldiers shot the farmer.", "shoot", "agent", "The soldiers", None),
        ("That killed two farmers.", "kill", "agent", "That", None),
    ],
)  # fmt: skip
def test_whom_a_relative_pronoun_stands_for(sentence, verb, role, pronoun, phrase):
    row = clause(sentence, verb)
    assert (row[role], row[f"{role}_antecedent"]) == (pronoun, phrase)


def test_a_pronoun_is_the_one_subject_before_it():
    rows = ik.agency(
        passages("The army shelled the town.", "It later took the bridge."),
        actors=ACTORS,
    )
    assert rows["agent_actor"].tolist() == ["Army", "Army"]


def test_a_pronoun_that_could_be_two_is_left():
    rows = ik.agency(
        passages(
            "The army shelled the town, and the government closed the port.",
            "It later burned the bridge.",
        ),
        actors=ACTORS,
    )
    assert pd.isna(rows.loc[rows["verb"] == "burn", "agent_actor"].item())


def test_a_pronoun_of_another_article_is_left():
    table = passages("The army shelled the town.", "It later took the bridge.")
    rows = ik.agency(table.assign(article_id=["a", "b"]), actors=ACTORS)
    assert pd.isna(rows["agent_actor"]).tolist() == [False, True]


def test_i_is_the_speaker():
    table = passages(
        "I shot the farmer.", voice="quoted", speaker="Lee, a rebel commander"
    )
    rows = ik.agency(table, actors=ACTORS)
    assert rows["agent_actor"].tolist() == ["Rebels"]


def test_a_clause_has_the_voice_of_its_verb():
    articles = pd.DataFrame(
        {
            "article_id": ["a"],
            "outlet": "A",
            "text": "The army shelled the town. Mayor Ann Lee said the rebels had "
            "killed two farmers.",
        }
    )
    rows = ik.agency(ik.passages(articles)).set_index("verb")
    assert rows.loc["shell", "voice"] == "own"
    assert rows.loc["kill", "voice"] == "reported"
    assert rows.loc["kill", "patient"] == "two farmers"


def test_the_table_has_the_columns_of_its_passages_and_of_the_design():
    rows = ik.agency(passages("The army shelled the town.", month="2020-02"))
    wanted = (
        "article_id outlet voice speaker verb start end text form agent agent_start "
        "agent_end patient patient_start patient_end negated"
    )
    assert rows.columns[:16].tolist() == wanted.split()
    assert rows["month"].tolist() == ["2020-02"]
    assert "agent_actor" not in rows
    named = ik.agency(passages("The army shelled the town."), actors=ACTORS)
    assert {"agent_actor", "patient_actor"} <= set(named.columns)


def test_no_clause_no_row_and_the_same_types():
    some = ik.agency(passages("The army shelled the town."), actors=ACTORS)
    for table in (passages("Friday, in the morning."), passages("x").head(0)):
        none = ik.agency(table, actors=ACTORS)
        assert len(none) == 0
        assert none.columns.tolist() == some.columns.tolist()
    assert len(ik.agency(passages("", "...", "\u2014"))) == 0


def test_input_is_not_changed_and_order_is_that_of_the_passages():
    table = passages("The army shelled the town.", "Rebels fled.", "Kenya protested.")
    before = table.copy(deep=True)
    rows = ik.agency(table, actors=ACTORS)
    pd.testing.assert_frame_equal(table, before)
    assert rows["start"].is_monotonic_increasing


def test_errors_say_what_is_missing():
    with pytest.raises(IdlibkitError, match="voice"):
        ik.agency(passages("The army left.").drop(columns="voice"))
    with pytest.raises(IdlibkitError, match="agent_actor"):
        ik.agency_by(ik.agency(passages("The army left.")))
    rows = ik.agency(passages("The army left."), actors=ACTORS)
    with pytest.raises(IdlibkitError, match="actor"):
        ik.agency_by(rows.assign(actor="x"), by="actor")


VOCABULARY = (
    "the army rebels shelled was killed by town , “ ” and who — to not Kenya's didn't "
    "attack on of it . they U.S. 1,000 é ’"
)
WORDS = st.sampled_from(VOCABULARY.split())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=25), min_size=1, max_size=4))
def test_offsets_lead_to_what_is_printed(sentences):
    texts = [" ".join(words) for words in sentences]
    source = "\n".join(texts)
    rows = ik.agency(passages(*texts), actors=ACTORS)
    for row in rows.itertuples():
        assert source[row.start : row.end] == row.text
        for role in ("agent", "patient"):
            start, end = getattr(row, f"{role}_start"), getattr(row, f"{role}_end")
            phrase = getattr(row, role)
            assert pd.isna(start) == pd.isna(end) == pd.isna(phrase)
            if not pd.isna(start):
                assert source[start:end] == phrase


@given(st.text(max_size=80))
def test_tokens_are_in_order_and_miss_nothing_but_spaces(text):
    spans = token_spans(text)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    joined = "".join(text[start:end] for start, end in spans)
    assert joined == "".join(text.split())


def test_tokens_are_those_of_treebanks():
    text = "Gen. Lee's men didn't leave the U.S. on Jan. 3rd - he's said 1,000."
    tokens = [text[start:end] for start, end in token_spans(text)]
    wanted = "Gen. Lee 's men did n't leave the U.S. on Jan. 3rd - he 's said 1,000 ."
    assert tokens == wanted.split()


def test_every_tree_has_a_root_and_no_circle():
    texts = ["The army, which shelled and took the town, left.", "to to to , who"]
    for tree in read_trees(texts):
        assert rooted_and_circle([0, *(head + 1 for head in tree.heads)])[1] == []


@given(st.integers(1, 9).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, n), min_size=n, max_size=n), st.integers(0, 2**32 - 1)
    )
))  # fmt: skip
def test_circles_are_broken_for_good(drawn):
    heads, seed = drawn
    scores = np.random.default_rng(seed).normal(size=(len(heads), len(heads) + 1))
    found = without_cycles(np.array(heads), scores)
    rooted, circle = rooted_and_circle([0, *found.tolist()])
    assert circle == []
    assert len(rooted) == len(heads) + 1


@pytest.mark.parametrize("joined", [3, 4])
def test_and_before_a_participle_joins_verbs(joined):
    words = ["killed", "ten", "and", "injured", "dozens"]
    tags = ["VERB", "NUM", "CCONJ", "VERB", "NOUN"]
    heads, relations = [-1, 0, joined, 4, 1], ["root", "obj", "cc", "amod", "conj"]
    _join_verbs(words, tags, heads, relations)
    assert heads == [-1, 0, 3, 0, 3]
    assert relations == ["root", "obj", "cc", "conj", "obj"]


def test_of_a_circle_the_cheapest_head_changes():
    # Words 1 and 2 depend on each other; word 2 loses less by depending on the root.
    scores = np.array([[0.0, -9, 5], [4.0, 5, -9]])
    assert without_cycles(np.array([2, 1]), scores).tolist() == [2, 0]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("shelled", "shell"), ("fled", "flee"), ("dying", "die"), ("hit", "hit"),
     ("hoping", "hope"), ("hopped", "hop"), ("carries", "carry"), ("zzzed", "zzzed")],
)  # fmt: skip
def test_lemmas(form, lemma):
    assert verb_lemma(form) == lemma


def clauses(rows):
    """A table of clauses: agent, patient, named agent, negated, modality, harm."""
    columns = ["agent_actor", "patient_actor", "agent", "negated", "modality", "harm"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(
        article_id="a", outlet="A", voice="own", paragraph=range(len(table))
    )


def test_shares_by_hand():
    table = clauses(
        [
            ("X", "Y", "X", False, None, "kill"),
            (None, "Y", None, False, None, "kill"),
            (None, "Y", None, False, "may", "kill"),  # no harm told as done
            (None, "Y", None, True, None, "kill"),  # denied
            ("Y", None, "Y", False, None, None),
        ]
    )
    shares = ik.agency_by(table).set_index(["actor", "share"])
    assert shares.loc[("X", "agent"), "estimate"] == 1
    assert shares.loc[("Y", "agent"), ["count", "total"]].tolist() == [1, 4]
    assert shares.loc[("Y", "patient"), "estimate"] == 3 / 4
    assert shares.loc[("Y", "harm_unnamed"), ["count", "total"]].tolist() == [1, 2]
    assert ("X", "harm_unnamed") not in shares.index or pd.isna(
        shares.loc[("X", "harm_unnamed"), "estimate"]
    )


def test_voices_are_never_pooled():
    table = clauses([("X", None, "X", False, None, None)] * 2)
    shares = ik.agency_by(table.assign(voice=["own", "quoted"]))
    assert shares["voice"].tolist() == ["own"] * 2 + ["quoted"] * 2


def test_the_picture_has_a_row_for_each_share_and_a_dot_for_each_outlet():
    table = pd.DataFrame(
        {"actor": "X", "voice": "own", "share": ["agent", "patient"] * 2}
    ).assign(outlet=["A", "A", "B", "B"], estimate=[0.8, 0.2, 0.5, 0.5], total=9)
    table = table.assign(ci_low=[0.6, 0, np.nan, np.nan], ci_high=[1, 0.4, None, None])
    ax = plots.plot_agency(table)
    names = [tick.get_text() for tick in ax.get_yticklabels()]
    assert names == ["does it", "it is done to"]
    drawn = [line for line in ax.lines if line.get_marker() == "o"]
    dots = [line.get_xdata()[0] for line in drawn if len(line.get_xdata())]
    assert dots == [0.8, 0.5, 0.2, 0.5]
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == ["A", "B"]
    with pytest.raises(IdlibkitError, match="nothing to draw"):
        plots.plot_agency(table, voice="quoted")


def test_only_a_headline_leaves_were_out():
    """The words before a quotation have no full stop either: he still robs."""
    text = "The farmer robbed this week"
    head, body = (
        ik.agency(passages(text, role=role))[["form", "agent", "patient"]].iloc[0]
        for role in ("headline", "body")
    )
    assert head.fillna("").tolist() == ["passive", "", "The farmer"]
    assert body.fillna("").tolist() == ["intransitive", "The farmer", ""]
