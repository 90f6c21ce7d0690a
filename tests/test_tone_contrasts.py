"""Negation, exoneration and who does what to whom: pairs of sentences of which one is
negative toward its target. tone_contrasts.csv was kept out of training, its templates
and the words its tone hangs on.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from idlibkit import accuracy_card, target_tone

HERE = Path(__file__).parent
TRAINING = HERE.parent / "training"
sys.path.insert(0, str(TRAINING))
from contrasts import NEGATIVE, contrasts  # noqa: E402

PAIRS = pd.read_csv(HERE / "tone_contrasts.csv")
STEM = 7  # letters


def stems(text: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"[a-z]+", text.lower())}


def skeleton(text: str) -> str:
    """A sentence or template without what its lists or its choices fill."""
    return " ".join(re.sub(r"\[\w+\]|\([^()]*\)", " ", text.lower()).split())


def test_words_that_the_tone_hangs_on_are_not_in_training():
    learned = stems((TRAINING / "contrasts.toml").read_text(encoding="utf-8"))
    hang_on = PAIRS["words"].map(stems)
    # "of", "door" and the like in phrases carry nothing by themselves
    shared = hang_on.map(lambda words: {w for w in words & learned if len(w) > 3})
    assert not shared[shared.astype(bool)].to_dict()


def test_templates_are_not_those_of_training():
    data = tomllib.loads((TRAINING / "contrasts.toml").read_text(encoding="utf-8"))
    learned = {
        skeleton(pair[side]) for pair in data["pairs"] for side in ("negative", "other")
    }
    kept_out = {
        skeleton(text) for side in ("negative", "other") for text in PAIRS[side]
    }
    assert not learned & kept_out


def test_pairs_have_one_target_each_and_are_enough():
    assert len(PAIRS) >= 100
    for side in ("negative", "other"):
        assert (PAIRS[side].str.count(r"\{\}") == 1).all()
        assert PAIRS[side].is_unique


def test_made_pairs_have_their_target_in_place_and_nothing_unfilled():
    rows = contrasts(400, "train")
    for row in rows:
        text = row["text"]
        assert text[row["start"] : row["end"]][0].strip()
        assert not re.search(r"[\[\](){}|]", text)
        assert text == text.strip()
    sides = [row["allowed"] == NEGATIVE for row in rows]
    assert sides == [True, False] * 400
    assert rows == contrasts(400, "train")
    made = {row["text"] for row in contrasts(400, "dev")}
    assert not made & {row["text"] for row in rows}


def test_the_card_says_what_the_model_does_with_them():
    for package in ("onnxruntime", "tokenizers"):
        pytest.importorskip(
            package, reason='needs the extra: python -m pip install "idlibkit[tone]"'
        )
    card = accuracy_card().query("extractor == 'target_tone'").set_index("measure")
    figures = card["figure"][card.index.str.startswith("blame")].tolist()
    others = pd.read_csv(HERE.parent / "benchmarks" / "tone_pairs.csv", comment="#")
    found = [*shares_read_right(PAIRS), *shares_read_right(others)]
    assert found == pytest.approx(figures, abs=0.01)


def shares_read_right(pairs: pd.DataFrame) -> list[float]:
    """Of the negative sides those read so, of the others those that are not."""
    read_negative = []
    for side in ("negative", "other"):
        texts = pairs[side].str.replace("{}", "Zarovia", regex=False)
        spans = [(s, s + len("Zarovia")) for s in pairs[side].str.find("{}")]
        read_negative.append((target_tone(texts, spans)["label"] == "negative").mean())
    return [read_negative[0], 1 - read_negative[1]]
