"""What the model of tone understands of negation and exoneration, and of states and
armed groups: the pairs in ``tests/tone_contrasts.csv`` and ``tone_pairs.csv`` and the
sentences in ``coded_tone_states.csv``, none of which it was trained on.

    python benchmarks/measure_contrasts.py
"""

from __future__ import annotations

from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
from measure_tone import f1, interval, macro_f1

from idlibkit import target_tone
from idlibkit.tone.toward import CLASSES

HERE = Path(__file__).parent
PAIRS = (HERE.parent / "tests" / "tone_contrasts.csv", HERE / "tone_pairs.csv")
STATES = HERE / "coded_tone_states.csv"
# A person, an organisation, a state.
TARGETS = ("Ilka Brandt", "Meridian Trust", "Zarovia")


def read_pair_side(sentences: pd.Series, target: str) -> np.ndarray:
    """Classes of sentences with "{}" for their target."""
    starts = sentences.str.find("{}")
    texts = sentences.str.replace("{}", target, regex=False)
    return target_tone(texts, [(s, s + len(target)) for s in starts])[
        "label"
    ].to_numpy()


def contrasts(path: Path) -> None:
    pairs = pd.read_csv(path, comment="#")
    print(
        f"{path.name}: {len(pairs)} pairs, for each of {len(TARGETS)} kinds of target"
    )
    right = {}
    for side, meant in (("negative", True), ("other", False)):
        found = [
            read_pair_side(pairs[side], target) == "negative" for target in TARGETS
        ]
        right[side] = (np.array(found) == meant).mean(axis=0)
    table = pd.DataFrame(right).assign(both=np.minimum(*right.values()))
    rows = pd.concat(
        [table.groupby(pairs["kind"]).mean(), table.mean().to_frame("all").T]
    )
    rows.insert(0, "pairs", [*pairs.groupby("kind").size(), len(pairs)])
    print("share read right: negative as negative, the other side as not negative")
    print(rows.round(2).to_string())


def states() -> None:
    coded = pd.read_csv(STATES, comment="#")
    numbers = coded[["first", "second"]].apply(lambda codes: codes.map(CLASSES.index))
    alpha = krippendorff.alpha(numbers.T.to_numpy(), level_of_measurement="nominal")
    spans = zip(coded["start"], coded["end"], strict=True)
    table = target_tone(coded["text"], spans)
    found, gold = table["label"].to_numpy(), coded["first"].to_numpy()
    low, high = interval(gold, found)
    each = ", ".join(f"{name} {f1(gold, found, name):.3f}" for name in CLASSES)
    print(
        f"\n{len(coded)} sentences on states, armed groups and governments; two codings"
        f" agree with alpha {alpha:.2f}"
    )
    print(f"macro-F1 {macro_f1(gold, found):.3f} [{low:.3f}, {high:.3f}]; {each}")
    print(
        f"against the second coding {macro_f1(coded['second'].to_numpy(), found):.3f}"
    )
    sure = table[CLASSES].max(axis=1).to_numpy()
    for low, high in [(0, 0.7), (0.7, 0.85), (0.85, 1.01)]:
        some = (sure >= low) & (sure < high)
        print(
            f"probability {low}-{min(high, 1)}: right in"
            f" {np.mean(found[some] == gold[some]):.2f} ({some.sum()} sentences)"
        )
    print(pd.crosstab(gold, found, rownames=["coded"], colnames=["model"]).to_string())


if __name__ == "__main__":
    for path in PAIRS:
        contrasts(path)
    states()
