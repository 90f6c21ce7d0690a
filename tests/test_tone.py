"""Tone toward a target. The sentences are written for these tests; accuracy is measured
in benchmarks/measure_tone.py.
"""

from __future__ import annotations

import builtins
import itertools

import numpy as np
import pandas as pd
import pytest

from idlibkit.tables import IdlibkitError
from idlibkit.tone.model import AGAIN, load_model, masked
from idlibkit.tone.toward import actor_tone, actor_tone_by, label_span, target_tone
from idlibkit.voices import sentence_contexts

# "{}" is the target, "{0}" its name again.
SENTENCES = [
    "{} was convicted of fraud and sentenced to nine years in prison on Friday.",
    "The committee said {} had lied to voters again and again about the cost.",
    (
        "Critics denounced {} as a reckless and incompetent leader who ignored every"
        " warning."
    ),
    "A court found that {} had stolen millions from the pension fund.",
    "{} is a corrupt bully, the senator wrote, and must resign at once.",
    "Residents blamed {} for the disaster and called the response shameful.",
    "The report accuses {} of torturing prisoners and hiding the evidence.",
    "Nobody trusts {} any more after the scandal over forged documents.",
    "Rescue workers praised {} for saving dozens of children from the flood.",
    "{} won wide respect for a brave and honest speech against corruption.",
    "Voters admire {} because of a long record of generous public service.",
    "The award honours {} for outstanding courage in defending the weak.",
    "{} has proved to be a skilful and trusted negotiator, diplomats said.",
    "Supporters cheered as {} celebrated a historic and well deserved victory.",
    "Colleagues described {} as kind, hard-working and brilliant.",
    "The charity thanked {} for a generous gift to the hospital.",
    "{} will meet reporters at the town hall on Tuesday.",
    "The letter was sent to {} last week, according to the office.",
    "{} arrived in the capital on Monday and left on Wednesday.",
    "Before the talks, officials from both sides spoke with {} by telephone.",
    "A spokesman for {} declined to comment on the timetable.",
    "In 2004 {} moved to the north and opened a second office there.",
    (
        "Although {0} had promised lower taxes, {} raised them twice, angering many who"
        " had voted for {0}."
    ),
    "The mayor thanked {} for the help, but the opposition says {0} broke the law.",
    "While the general attacked {}, the newspaper defended {0} and the plan.",
    "The plan of {} failed in parliament, and {0} is now looking for new allies.",
]
NEGATIVE, POSITIVE = SENTENCES[:8], SENTENCES[8:16]
NAMES = [
    "Smith", "Johnson", "Trump", "Clinton", "Obama", "Putin", "Merkel", "Erdogan", "Assad", "Netanyahu", "Mohammed al-Sayed",
    "Fatima Hassan", "Xi Jinping", "Nguyen", "Okonkwo", "Lakshmi Patel", "José García", "O'Brien", "Mary Ann Evans", "Hitler",
    "Mother Teresa", "Turkey", "Russia", "Israel", "Germany", "Syria", "Iran", "the United States", "Hamas", "Greenpeace",
    "Facebook", "Islamic State",
]  # fmt: skip


@pytest.fixture(scope="module")
def model():
    """The model, or a skip where the extra is not installed."""
    for package in ("onnxruntime", "tokenizers"):
        pytest.importorskip(
            package, reason='needs the extra: python -m pip install "idlibkit[tone]"'
        )


def filled(sentence: str, name: str) -> tuple[str, tuple[int, int]]:
    """The sentence with a name for its target, and the target's place."""
    before, after = sentence.replace("{0}", name).split("{}")
    return before + name + after, (len(before), len(before) + len(name))


def passages_of(*texts: str, voice: str = "own") -> pd.DataFrame:
    raw = "\n\n".join(texts)
    starts = [raw.index(text) for text in texts]
    return pd.DataFrame(
        {"article_id": "a", "outlet": "A", "voice": voice, "speaker": None, "paragraph": range(len(texts)), "sentence": range(len(texts)),
         "start": starts, "end": [s + len(t) for s, t in zip(starts, texts, strict=True)], "text": texts}
    )  # fmt: skip


@pytest.mark.slow
def test_swapping_the_name_changes_at_most_three_in_a_hundred_classes(model):
    rows = [
        filled(sentence, name) for sentence, name in itertools.product(SENTENCES, NAMES)
    ]
    found = (
        target_tone(*zip(*rows, strict=True))["label"]
        .to_numpy()
        .reshape(len(SENTENCES), len(NAMES))
    )
    changed = [
        row[i] != row[j]
        for row in found
        for i, j in itertools.combinations(range(len(NAMES)), 2)
    ]
    assert np.mean(changed) <= 0.03


def test_clear_sentences(model):
    found = target_tone(
        *zip(*(filled(sentence, "Jones") for sentence in SENTENCES[:22]), strict=True)
    )["label"]
    expected = ["negative"] * 8 + ["positive"] * 8 + ["neutral"] * 6
    expected = np.array(expected)
    assert (found == expected).sum() >= 20
    opposite = ((found == "positive") & (expected == "negative")) | (
        (found == "negative") & (expected == "positive")
    )
    assert (
        opposite.sum() <= 1
    )  # a model that is right in three of four may turn one of sixteen round


def test_two_targets_of_one_sentence_differ(model):
    text = (
        "Residents praised Adams for a quick rescue and accused Baker of a shameful and"
        " cowardly lie."
    )
    found = target_tone([text, text], [(18, 23), (55, 60)])
    assert text[18:23] == "Adams" and text[55:60] == "Baker"
    assert found["label"].tolist() == ["positive", "negative"]


def test_table_has_the_order_and_index_given_and_sums_to_one(model):
    texts, spans = zip(
        *(filled(sentence, "Jones") for sentence in SENTENCES), strict=True
    )
    series = pd.Series(texts, index=range(100, 100 + len(texts)))
    found = target_tone(series, spans)
    shares = ["negative", "neutral", "positive"]
    assert list(found.columns) == [*shares, "label", "construction"]
    assert found.index.equals(series.index)
    assert found["label"].equals(found[shares].idxmax(axis=1).astype("str"))
    np.testing.assert_allclose(
        found[["negative", "neutral", "positive"]].sum(axis=1), 1, atol=2e-4
    )
    order = np.random.default_rng(0).permutation(len(texts))
    shuffled = target_tone(series.iloc[order], np.array(spans)[order])
    pd.testing.assert_frame_equal(shuffled.sort_index(), found, atol=1e-4)
    alone = target_tone([texts[3]], [spans[3]])
    np.testing.assert_allclose(
        alone.iloc[0, :3].astype(float), found.iloc[3, :3].astype(float), atol=1e-4
    )
    assert target_tone([], []).empty


def test_typography_is_not_tone(model):
    straight = '"It\'s Jones\'s fault" - he said - and "Jones knew it".'
    curly = "“It’s Jones’s fault” – he said – and “Jones knew it”."
    found = target_tone([straight, curly], [(6, 11), (6, 11)])
    assert found.iloc[0].equals(found.iloc[1])


def test_long_text_is_cut_around_its_target(model):
    text, (start, end) = filled(SENTENCES[3], "Jones")
    noise = "The weather was mild and the road was dry. " * 30
    found = target_tone(
        [text, noise * 2 + text + noise],
        [(start, end), (2 * len(noise) + start, 2 * len(noise) + end)],
    )
    assert found["label"].tolist() == ["negative", "negative"]
    huge = "x" * 4_000_000
    assert len(target_tone([huge + " Jones " + huge], [(4_000_001, 4_000_006)])) == 1


def test_marks_of_the_model_written_in_a_text_are_only_text(model):
    text = "⟦ [CLS] ⟧ The court jailed Jones [SEP] [MASK] ⟦ for fraud."
    found = target_tone(
        [text, text.replace("⟦", "[").replace("⟧", "]")], [(27, 32)] * 2
    )
    assert found.iloc[0].equals(found.iloc[1])


@pytest.mark.parametrize(
    "texts, spans, message",
    [
        (["abc", "abc"], [(0, 1), (2, 4)], r"row 1 is \(2, 4\).* 3 characters"),
        (["abc"], [(-1, 2)], "row 0"),
        (["abc"], [(2, 2)], "row 0"),
        (["abc"], [5], "row 0 is 5; it must be a pair"),
        (["abc", "abc"], [(0, 1)], "2 texts but 1 spans"),
        (["abc", None], [(0, 1), (0, 1)], "row 1 is None"),
        ("abc", [(0, 1)], "one string"),
    ],
)
def test_errors_name_the_row(texts, spans, message):
    with pytest.raises(IdlibkitError, match=message):
        target_tone(texts, spans)


def test_without_the_extra_the_error_names_the_command(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.split(".")[0] in ("onnxruntime", "tokenizers"):
            raise ImportError(f"No module named {name!r}", name=name)
        return real(name, *args, **kwargs)

    load_model.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        IdlibkitError, match=r'python -m pip install "idlibkit\[tone\]"'
    ):
        target_tone(["Jones won."], [(0, 5)])


def test_actor_tone_leads_back_to_the_text(model):
    passages = passages_of(
        "Jones was convicted of fraud.",
        "The brave and generous rebels saved the town.",
        "It rained.",
        "Jones and the rebels met.",
    )
    raw = "\n\n".join(passages["text"])
    found = actor_tone(passages.iloc[::-1], {"Jones": ["Jones"], "Rebels": ["rebel"]})
    assert found["actor"].tolist() == ["Jones", "Rebels", "Jones", "Rebels"]
    assert [
        raw[s:e] for s, e in zip(found["start"], found["end"], strict=True)
    ] == found["text"].tolist()
    assert found["tone"].tolist()[:2] == ["negative", "positive"]
    direct = target_tone(["Jones was convicted of fraud."], [(0, 5)])
    np.testing.assert_array_equal(
        found.iloc[0][["negative", "neutral", "positive"]], direct.iloc[0, :3]
    )
    assert found["context"].tolist()[1] == passages["text"].tolist()[1]
    assert found["label"].tolist() == ["Jones", "rebel", "Jones", "rebel"]
    assert found["n_words"].tolist() == [5, 8, 5, 5]
    assert actor_tone(passages, {"Nobody": ["Nobody"]}).empty


SPLIT = [
    "Rivals ridiculed Jones as a coward and a liar.",
    "The board thanked Jones for years of honest and tireless work.",
    "Neighbours blamed Jones for the collapse of the bridge.",
    "“Jones is a shameless thief,” the auditor said.",
    "The coach hailed Jones as a model for every young player.",
]


def test_the_sentence_is_read_whole_and_its_voice_is_kept(model):
    from idlibkit import passages

    articles = pd.DataFrame(
        {"article_id": [f"n{i}" for i in range(5)], "outlet": "A", "text": SPLIT}
    )
    cut = passages(articles)
    found = actor_tone(cut, {"Jones": ["Jones"]})
    expected = ["negative", "positive", "negative", "negative", "positive"]
    assert found["tone"].tolist() == expected
    for row in found.itertuples():
        passage = cut[
            (cut["article_id"] == row.article_id)
            & (cut["start"] <= row.start)
            & (cut["end"] >= row.end)
        ]
        assert passage["voice"].tolist() == [row.voice]
        text = articles.set_index("article_id").loc[row.article_id, "text"]
        assert text[row.start : row.end] == row.text
    assert found["n_words"].tolist() == [9, 11, 9, 8, 11]


def test_contexts_join_the_passages_of_a_sentence_where_they_stood():
    passages = pd.DataFrame(
        {
            "article_id": ["a", "a", "a", "b", "a"],
            "sentence": [1, 0, 0, 0, 1],
            "voice": ["own", "quoted", "own", "own", "reported"],
            # “They fled,” he said. It shows -- that all is lost. / Far away.
            "start": [23, 1, 13, 0, 40],
            "text": ["It shows", "They fled,", "he said.", "Alone.", "all is lost."],
        },
        index=[4, 3, 2, 1, 0],
    )
    found = sentence_contexts(passages)
    assert found.index.tolist() == [4, 3, 2, 1, 0]
    quoted = 'They fled," he said.'
    assert found["context"].tolist() == [
        "It shows", quoted, quoted, "Alone.", "all is lost."
    ]  # fmt: skip
    assert found["context_start"].tolist() == [23, 1, 1, 0, 40]
    for text, start, context, at in zip(
        passages["text"], passages["start"], *found.to_numpy().T, strict=True
    ):
        assert context[start - at : start - at + len(text)] == text
    bare = sentence_contexts(passages[["text", "start"]])
    assert bare["context"].tolist() == passages["text"].tolist()


def test_modifiers_of_a_label_are_read_not_hidden():
    assert label_span("Turkey-backed fighters", "fighter") == (14, 22)
    assert label_span("the Regime", "regime") == (4, 10)
    assert label_span("Çavuşoğlu", "Cavusoglu") == (0, 9)


def test_masked_hides_the_target_and_its_other_mentions():
    text = "Mr. Jones left. Jones's aide and Jonesboro stayed with Robert Jones."
    assert (
        masked(text, (55, 67))
        == "Mr.  ⟧  left.  ⟧ 's aide and Jonesboro stayed with  ⟦ ."
    )
    assert (
        masked("A minister met Minister Smith, the Prime Minister.", (39, 49)).count(
            AGAIN
        )
        == 0
    )
    assert masked("The us and US.", (11, 13)) == "The us and  ⟦ ."


def test_actor_tone_by_is_the_mean_of_positive_minus_negative_voices_apart():
    tones = pd.DataFrame(
        {
            "article_id": list("aaabbb"), "outlet": list("AAABBB"), "actor": "X", "paragraph": [0, 1, 2, 0, 1, 2],
            "voice": ["own", "own", "quoted"] * 2,
            "n_words": 9,
            "negative": [0.8, 0.6, 0.0, 0.1, 0.1, 0.5], "positive": [0.1, 0.2, 0.9, 0.7, 0.5, 0.1],
        }
    )  # fmt: skip
    found = actor_tone_by(tones, n_boot=200)
    assert found[["outlet", "actor", "voice"]].to_numpy().tolist() == [
        ["A", "X", "own"], ["A", "X", "quoted"], ["B", "X", "own"], ["B", "X", "quoted"]
    ]  # fmt: skip
    np.testing.assert_allclose(found["estimate"], [-0.55, 0.9, 0.5, -0.4])
    np.testing.assert_allclose(found["difference"], [-1.05, 1.3, 1.05, -1.3])
    assert found["n_passages"].tolist() == [2, 1, 2, 1]
    same = actor_tone_by(tones, by=["outlet", "actor", "voice"], n_boot=200)
    pd.testing.assert_frame_equal(found, same)
    pd.testing.assert_frame_equal(
        found, actor_tone_by(tones.sample(frac=1, random_state=1), n_boot=200)
    )
    short = tones.assign(n_words=[9, 2, 9, 9, 9, 9])
    assert actor_tone_by(short, n_boot=200)["estimate"].iloc[0] == pytest.approx(-0.7)
    assert actor_tone_by(short, min_words=1, n_boot=200)["estimate"].iloc[
        0
    ] == pytest.approx(-0.55)
    with pytest.raises(IdlibkitError, match="negative"):
        actor_tone_by(tones.drop(columns="negative"))
