"""The model that ships in ``models/``: how a sentence is put before it, and its scores.

The target's name is taken out before the model reads, so that nothing it may have
learned of a person or a country can move its answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..lexicons import words
from ..scale import watched
from ..tables import IdlibkitError
from ..text import plain

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = [
    "AGAIN",
    "BRACKETS",
    "MAX_TOKENS",
    "REACH",
    "TARGET",
    "encode",
    "encode_masked",
    "load_model",
    "masked",
    "model_scores",
]

MODELS = Path(__file__).parents[1] / "models"
# Word pieces of the model's own: the target, and further mentions of it by name.
TARGET, AGAIN = "⟦", "⟧"
BRACKETS = str.maketrans(TARGET + AGAIN, "[]")
MAX_TOKENS = 96
# Characters read to each side of a target: more than MAX_TOKENS word pieces of any
# prose.
REACH = 1000
BATCH = 64
SHORTEST_NAME = 3  # letters: shorter ones ("US") are words as well


def encode(
    tokenizer: Tokenizer, texts: Sequence[str], spans: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Word pieces of each text, its target masked, at most MAX_TOKENS cut to both sides
    of the target.
    """
    return encode_masked(
        tokenizer, [masked(*row) for row in zip(texts, spans, strict=True)]
    )


def encode_masked(tokenizer: Tokenizer, sentences: Sequence[str]) -> list[list[int]]:
    """Word pieces of sentences with the target's mark in them."""
    first, last, target = (
        _piece(tokenizer, piece) for piece in ("[CLS]", "[SEP]", TARGET)
    )
    room = MAX_TOKENS - 2
    out = []
    for code in tokenizer.encode_batch(list(sentences)):
        pieces = code.ids
        if len(pieces) > room:
            middle = pieces.index(target) - room // 2
            start = min(max(0, middle), len(pieces) - room)
            pieces = pieces[start : start + room]
        out.append([first, *pieces, last])
    return out


def _piece(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise IdlibkitError(f"the model's tokenizer has no word piece {piece!r}.")
    return number


def masked(text: str, span: Sequence[int]) -> str:
    """`text` around its target with the name taken out: the model sees that someone is
    meant, never who.
    """
    start, end = span
    parts = (
        text[start:end].strip(),
        text[max(0, start - REACH) : start],
        text[end : end + REACH],
    )
    mention, left, right = (part.translate(BRACKETS) for part in plain(parts))
    names = _names_of(re.sub(r"^\W+|\W+$", "", mention))
    if names:
        again = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        left, right = again.sub(f" {AGAIN} ", left), again.sub(f" {AGAIN} ", right)
    return f"{left} {TARGET} {right}"


def _names_of(mention: str) -> list[str]:
    """What stands for the target elsewhere in the sentence: all of its name, and the
    last word of it ("Robert Jones", "Jones"); the longest first.
    """
    names = {mention} if mention[:1].isupper() else set()
    parts = re.findall(r"\w[\w'-]*", mention)
    common = words("target_names.toml", "common")
    if parts and parts[-1][0].isupper() and parts[-1].casefold() not in common:
        names.add(parts[-1].removesuffix("'s"))
    long_enough = (name for name in names if len(name) >= SHORTEST_NAME)
    return sorted(long_enough, key=len, reverse=True)


def model_scores(session: InferenceSession, codes: list[list[int]]) -> np.ndarray:
    """The model's three scores for each code, (codes, 3).

    A batch has codes of one length: no padding, so the company a text is scored in does
    not change its score.
    """
    out = np.empty((len(codes), 3), dtype=np.float64)
    lengths = np.array([len(code) for code in codes], dtype=np.int64)
    same_length = (np.flatnonzero(lengths == length) for length in np.unique(lengths))
    batches = [
        batch
        for rows in same_length
        for batch in np.array_split(rows, -(-len(rows) // BATCH))
    ]
    for batch in watched(batches, len(batches), "tone"):
        pieces = np.array([codes[row] for row in batch], dtype=np.int64)
        out[batch] = session.run(None, {"ids": pieces})[0]
    return out


@cache
def load_model() -> tuple[InferenceSession, Tokenizer]:
    """The model and its tokenizer, read once."""
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer
    except ImportError as error:
        raise IdlibkitError(
            f"tone needs the package {error.name!r}, which is not installed. Install it"
            ' with: python -m pip install "idlibkit[tone]"'
        ) from error
    options = SessionOptions()
    # Idle threads leave the cores to others.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = InferenceSession(
        str(MODELS / "tone.onnx"), options, providers=["CPUExecutionProvider"]
    )
    return session, Tokenizer.from_file(str(MODELS / "tone-tokenizer.json"))
