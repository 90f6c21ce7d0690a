"""Tone toward a named target: what a sentence makes of one actor, not how the sentence sounds as a whole.

"Turkey condemned the attack" and "the attack on Turkey" have the same words for a lexicon. The model that ships in
``models/`` reads the sentence around the target; the target's name is taken out first, so that nothing the model
may have learned of a person or a country can move its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..actors import labels
from ..resampling import in_range, ratio_by, unit_sums
from ..tables import IdlibkitError, check_by, check_columns
from ..text import check_english, plain

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = ["actor_tone", "actor_tone_by", "target_tone"]


MODELS = Path(__file__).parents[1] / "models"
CLASSES = ["negative", "neutral", "positive"]
TARGET, AGAIN = (
    "⟦",
    "⟧",
)  # word pieces of the model's own: the target, and further mentions of it by name
BRACKETS = str.maketrans(TARGET + AGAIN, "[]")
MAX_TOKENS = 96
REACH = 1000  # characters read to each side of a target: more than MAX_TOKENS word pieces of any prose
BATCH = 64
# Last words of a name that are no name by themselves: another "Minister" or "House" is not the target again.
_COMMON = (
    "president senator sen rep representative congressman congresswoman governor gov secretary minister prime "
    "chancellor king queen prince princess judge justice general gen colonel sheriff officer director chairman "
    "mr mrs ms dr sir lord lady party government house senate court department committee states administration "
    "the of and"
)
COMMON = frozenset(_COMMON.split())


def target_tone(
    texts: pd.Series | Sequence[str], spans: Iterable[tuple[int, int]]
) -> pd.DataFrame:
    """Tone of each text toward one target in it: negative, neutral or positive.

    Parameters
    ----------
    texts : Series or sequence of str
        English sentences. Of a longer text, about 96 word pieces around the target are read.
    spans : sequence of (start, end)
        For each text the place of the target, ``text[start:end]``.

    Returns
    -------
    DataFrame
        One row per text, in the order given and with the index of `texts` if it is a Series: `negative`, `neutral`,
        `positive` (probabilities, four decimals) and `label`, the most probable of the three.

    Raises
    ------
    IdlibkitError
        If texts and spans differ in number, a text is missing, or a span is empty or reaches out of its text (the
        message names the row); if the extra ``tone`` is not installed.

    Notes
    -----
    The target and its further mentions by name are replaced by a mark before the model reads the sentence: the name
    itself cannot change the answer. Model, training data and known failures: ``models/MODEL_CARD.md``.

    Accuracy: macro-F1 0.801 (95 % interval 0.78 to 0.83) on 923 targets in US-centred news articles that the model was never
    trained on (NewsMTSC); VADER reaches 0.53 there, TF-IDF with logistic regression 0.60. Where the highest probability is
    above 0.85 it is right in 0.95, below 0.7 in 0.61. Swapping the target's name changes 0.1 % of the classes.

    Examples
    --------
    >>> texts = ["The minister praised Smith for her courage.", "The minister called Jones a corrupt liar."]
    >>> target_tone(texts, [(21, 26), (20, 25)])["label"].tolist()
    ['positive', 'negative']
    """
    index = texts.index if isinstance(texts, pd.Series) else None
    texts = _checked_texts(texts)
    spans = _checked_spans(texts, spans)
    session, tokenizer = _model()
    scores = _scores(session, encode(tokenizer, texts, spans))
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares = (shares / shares.sum(axis=1, keepdims=True)).round(4)
    out = pd.DataFrame(shares, columns=CLASSES, index=index)
    return out.assign(
        label=pd.Series(
            np.array(CLASSES)[shares.argmax(axis=1)], index=out.index, dtype="str"
        )
    )


def actor_tone(
    passages: pd.DataFrame, actors: Mapping[str, Iterable[str]] | str | Path
) -> pd.DataFrame:
    """Tone of every passage toward each actor that it mentions.

    Parameters
    ----------
    passages : DataFrame
        As from `passages`.
    actors : mapping or path
        Each actor's labels, as for `labels`.

    Returns
    -------
    DataFrame
        The table of `labels`, one row per mention (`article_id`, `outlet`, `voice`, `speaker`, `actor`, `label`,
        `start`, `end`, `text`, ...; ``raw[start:end] == text``), with `context` (the passage that was read), `n_words` (of
        it), `negative`, `neutral`, `positive` (probabilities) and `tone` (the most probable).

    Notes
    -----
    What is read is the passage, so one voice at a time: the tone of a quotation is its speaker's. Only the label is
    taken as the target; its modifiers stay in the sentence and count ("the brutal regime"). Accuracy: see
    `target_tone`; toward states and armed groups not measured, since the training set has mostly persons and parties.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = ["The minister praised Smith for her courage.", "The minister called Jones a corrupt liar."]
    >>> passages = pd.DataFrame({"article_id": "a", "outlet": "A", "voice": "own", "speaker": None, "start": [0, 44],
    ...                          "text": texts})
    >>> actor_tone(passages, {"S": ["Smith"], "J": ["Jones"]})[["actor", "label", "tone"]]
      actor  label      tone
    0     S  Smith  positive
    1     J  Jones  negative
    """
    check_columns(passages, ["start", "text"], "passages")
    check_english(passages, "actor_tone()")
    words = (
        passages["n_words"]
        if "n_words" in passages
        else passages["text"].str.count(r"\w+")
    )
    read = passages.assign(
        context=passages["text"], context_start=passages["start"], context_words=words
    )
    found = labels(read, actors)
    spans = [_label_in(*row) for row in zip(found["text"], found["label"], strict=True)]
    shift = (found["start"] - found["context_start"]).to_numpy()
    spans = np.array(spans, dtype=np.int64).reshape(-1, 2) + shift[:, None]
    tone = target_tone(found["context"], spans).rename(columns={"label": "tone"})
    return (
        found.drop(columns="context_start")
        .rename(columns={"context_words": "n_words"})
        .join(tone)
    )


def actor_tone_by(
    tones: pd.DataFrame,
    *,
    by: str | Sequence[str] = ("outlet", "actor"),
    min_words: int = 4,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Mean tone toward each actor in each group, with intervals; own, quoted and reported voice apart.

    Parameters
    ----------
    tones : DataFrame
        What `actor_tone` returns.
    by : str or sequence of str
        Groups; the first column is what is compared. `voice` is added where it is not named, since what an outlet
        says and what it quotes are never pooled.
    min_words : int
        Mentions in shorter passages ("Ankara says") carry no tone and are left out of means.
    n_boot, seed : int
        Number of resamples and their seed.

    Returns
    -------
    DataFrame
        The `by` columns and `voice`, `estimate` (mean over mentions of `positive` minus `negative`: -1 all negative, 0
        balanced or neutral, 1 all positive), `ci_low`, `ci_high`, `difference` (from the other groups pooled, same
        actor and voice), `difference_low`, `difference_high`, `n_articles`, `n_passages` (mentions), `unit`. The interval
        shows how much the estimate hangs on these articles or paragraphs, not how often the model is wrong.

    See Also
    --------
    actor_tone : its accuracy holds for single mentions; errors of the model do not average out.

    Examples
    --------
    >>> tones = pd.DataFrame(
    ...     {"article_id": "a", "outlet": "A", "voice": "own", "actor": "X", "paragraph": [0, 1, 2],
    ...      "n_words": 9, "negative": [0.8, 0.5, 0.2], "positive": [0.1, 0.3, 0.4]}
    ... )
    >>> actor_tone_by(tones)[["outlet", "actor", "voice", "estimate", "n_passages"]].round(2)
      outlet actor voice  estimate  n_passages
    0      A     X   own     -0.23           3
    """
    by = check_by(tones, by, "tones")
    check_columns(
        tones,
        ["voice", "negative", "positive", "n_words", "article_id", "paragraph"],
        "tones",
    )
    by = by if "voice" in by else [*by, "voice"]
    counted = tones["n_words"] >= min_words
    balance = (tones["positive"] - tones["negative"]).where(counted, 0.0)
    table = tones.assign(tone_sum=balance, tone_mentions=counted.astype(float))
    sums = unit_sums(table, by, top="tone_sum", bottom="tone_mentions")
    return in_range(ratio_by(sums, by, n_boot=n_boot, seed=seed), -1, 1)


def encode(
    tokenizer: Tokenizer, texts: Sequence[str], spans: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Word pieces of each text, its target masked, at most MAX_TOKENS cut to both sides of the target."""
    first, last, target = (
        tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]", TARGET)
    )
    room = MAX_TOKENS - 2
    out = []
    for code in tokenizer.encode_batch(
        [_masked(*row) for row in zip(texts, spans, strict=True)]
    ):
        ids = code.ids
        if len(ids) > room:
            start = min(max(0, ids.index(target) - room // 2), len(ids) - room)
            ids = ids[start : start + room]
        out.append([first, *ids, last])
    return out


def _masked(text: str, span: Sequence[int]) -> str:
    """`text` around its target with the name taken out: the model sees that someone is meant, never who."""
    start, end = span
    pieces = (
        text[start:end].strip(),
        text[max(0, start - REACH) : start],
        text[end : end + REACH],
    )
    mention, left, right = (piece.translate(BRACKETS) for piece in plain(pieces))
    mention = re.sub(r"^\W+|\W+$", "", mention)
    names = {mention} if mention[:1].isupper() else set()
    words = re.findall(r"\w[\w'-]*", mention)
    if words and words[-1][0].isupper() and words[-1].casefold() not in COMMON:
        names.add(words[-1].removesuffix("'s"))
    names = sorted((name for name in names if len(name) > 2), key=len, reverse=True)
    if names:
        again = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        left, right = again.sub(f" {AGAIN} ", left), again.sub(f" {AGAIN} ", right)
    return f"{left} {TARGET} {right}"


def _label_in(mention: str, label: str) -> tuple[int, int]:
    """Where the label stands in a mention with its modifiers; the whole mention if it is written otherwise."""
    found = [*re.finditer(rf"{re.escape(label)}\w*", mention, re.IGNORECASE)]
    return found[-1].span() if found else (0, len(mention))


def _scores(session: InferenceSession, codes: list[list[int]]) -> np.ndarray:
    """The model's three scores for each code. A batch has codes of one length: no padding, so the company a text is
    scored in does not change its score."""
    out = np.empty((len(codes), 3), dtype=np.float64)
    lengths = np.array([len(code) for code in codes], dtype=np.int64)
    for length in np.unique(lengths):
        rows = np.flatnonzero(lengths == length)
        for some in np.array_split(rows, -(-len(rows) // BATCH)):
            out[some] = session.run(
                None, {"ids": np.array([codes[i] for i in some], dtype=np.int64)}
            )[0]
    return out


@cache
def _model() -> tuple[InferenceSession, Tokenizer]:
    """The model and its tokenizer, read once."""
    try:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer
    except ImportError as error:
        raise IdlibkitError(
            f"tone needs the package {error.name!r}, which is not installed. "
            'Install it with: python -m pip install "idlibkit[tone]"'
        ) from error
    options = SessionOptions()
    options.add_session_config_entry(
        "session.intra_op.allow_spinning", "0"
    )  # idle threads leave the cores to others
    session = InferenceSession(
        str(MODELS / "tone.onnx"), options, providers=["CPUExecutionProvider"]
    )
    return session, Tokenizer.from_file(str(MODELS / "tone-tokenizer.json"))


def _checked_texts(texts: Any) -> list[str]:
    if isinstance(texts, str):
        raise IdlibkitError(
            "texts is one string; give a list of texts, and one (start, end) for each."
        )
    texts = list(texts)
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            raise IdlibkitError(
                f"the text in row {row} is {text!r}, not a string; leave such rows out."
            )
    return texts


def _checked_spans(texts: list[str], spans: Any) -> list[tuple[int, int]]:
    spans = (
        spans.to_numpy().tolist() if isinstance(spans, pd.DataFrame) else list(spans)
    )
    if len(spans) != len(texts):
        raise IdlibkitError(
            f"{len(texts)} texts but {len(spans)} spans; give one (start, end) for each text."
        )
    out = []
    for row, (text, span) in enumerate(zip(texts, spans, strict=True)):
        try:
            start, end = map(int, span)
        except (TypeError, ValueError):
            raise IdlibkitError(
                f"the span in row {row} is {span!r}; it must be a pair (start, end)."
            ) from None
        if not 0 <= start < end <= len(text):
            raise IdlibkitError(
                f"the span in row {row} is ({start}, {end}), but its text has {len(text)} characters; "
                "a span needs 0 <= start < end <= the length of the text."
            )
        out.append((start, end))
    return out
