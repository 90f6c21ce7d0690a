"""Tone toward a named target: what a sentence makes of one actor, not how the sentence
sounds as a whole.

"Turkey condemned the attack" and "the attack on Turkey" have the same words for a
lexicon. The model that ships in ``models/`` reads the sentence around the target; the
target's name is taken out first, so that nothing the model may have learned of a person
or a country can move its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..actors import labels
from ..resampling import in_range, ratio_by, unit_sums
from ..tables import IdlibkitError, check_by, check_columns
from ..text import check_english, count_words
from ..voices import sentence_contexts
from .composition import composed
from .model import encode_masked, load_model, masked, model_scores

__all__ = ["CLASSES", "actor_tone", "actor_tone_by", "label_span", "target_tone"]

CLASSES = ["negative", "neutral", "positive"]


def target_tone(
    texts: pd.Series | Sequence[str],
    spans: Iterable[tuple[int, int]] | np.ndarray | pd.DataFrame,
) -> pd.DataFrame:
    """Tone of each text toward one target in it: negative, neutral or positive.

    Parameters
    ----------
    texts : Series or sequence of str
        English sentences. Of a longer text, about 96 word pieces around the target are
        read.
    spans : sequence of (start, end)
        For each text the place of the target, ``text[start:end]``.

    Returns
    -------
    DataFrame
        One row per text, in the order given and with the index of `texts` if it is a
        Series: `negative`, `neutral`, `positive` (probabilities, four decimals),
        `label`, the most probable of the three, and `construction`, the words by which
        the sentence denies, disproves or takes back what it says of the target ("no
        one", "acquitted"; missing where there are none that tell).

    Raises
    ------
    IdlibkitError
        If texts and spans differ in number, a text is missing, or a span is empty or
        reaches out of its text (the message names the row); if the extra ``tone`` is
        not installed.

    Notes
    -----
    The target and its further mentions by name are replaced by a mark before the model
    reads the sentence: the name itself cannot change the answer. Model, training data
    and known failures: ``models/MODEL_CARD.md``.

    The model alone sees the fraud in "acquitted of fraud". So a sentence that denies,
    exonerates, fails or doubts is put into its opposite ("convicted of fraud"), by its
    tree (the parser of `agency`) and by lists of valence shifters (Polanyi & Zaenen
    2006). The model reads the opposite of the clause: if that is negative, the sentence
    is not, and if that is positive, the sentence is negative. Where model and
    construction differ the answer is one of two fixed distributions, whose highest
    probability is 0.55 or 0.6. Clauses that are less than two fifths of a long sentence
    change nothing.

    Accuracy: macro-F1 0.800 (95 % interval 0.77 to 0.83) on 923 targets in US-centred
    news articles that the model was never trained on (NewsMTSC); VADER reaches 0.53
    there, TF-IDF with logistic regression 0.60. Where the highest probability is above
    0.85 it is right in 0.95, below 0.7 in 0.61. Swapping the target's name changes 0.1
    % of the classes. Of 125 sentences such as "The jurors absolved her of manslaughter"
    0.57 are read as not negative (by the model alone 0.21), of 125 that blame 0.76 as
    negative.

    Examples
    --------
    >>> texts = ["The minister praised Smith for her courage.",
    ...          "The minister called Jones a corrupt liar."]
    >>> target_tone(texts, [(21, 26), (20, 25)])["label"].tolist()
    ['positive', 'negative']
    >>> denied = target_tone(["No one blamed Smith."], [(14, 19)])
    >>> denied[["label", "construction"]].iloc[0].tolist()
    ['neutral', 'No one']
    """
    index = texts.index if isinstance(texts, pd.Series) else None
    texts = _checked_texts(texts)
    spans = _checked_spans(texts, spans)
    sentences = [masked(*row) for row in zip(texts, spans, strict=True)]
    shares, shifters = composed(sentences, _probabilities(sentences), _probabilities)
    shares = shares.round(4)
    out = pd.DataFrame(shares, columns=CLASSES, index=index)
    names = np.array(CLASSES)[shares.argmax(axis=1)]
    return out.assign(
        label=pd.Series(names, index=out.index, dtype="str"),
        construction=pd.Series(shifters, index=out.index, dtype="str"),
    )


def _probabilities(sentences: Sequence[str]) -> np.ndarray:
    """The model's probabilities of the three classes of masked sentences."""
    session, tokenizer = load_model()
    scores = model_scores(session, encode_masked(tokenizer, sentences))
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)


def actor_tone(
    passages: pd.DataFrame,
    actors: Mapping[str, Iterable[str]] | str | Path,
    *,
    sample: int | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Tone of every sentence toward each actor that it mentions.

    Parameters
    ----------
    passages : DataFrame
        As from `passages`.
    actors : mapping or path
        Each actor's labels, as for `labels`.
    sample : int, optional
        The most mentions that are read: of more, that many are drawn at random, and
        what is made of them speaks of the sample (its intervals are wider). Default:
        all. A thousand mentions take about five seconds.
    seed : int
        Same seed, same sample.

    Returns
    -------
    DataFrame
        The table of `labels`, one row per mention (`article_id`, `outlet`, `voice`,
        `speaker`, `actor`, `label`, `start`, `end`, `text`, ...; ``raw[start:end] ==
        text``), with `context` (the sentence that was read), `n_words` (of it),
        `negative`, `neutral`, `positive` (probabilities), `tone` (the most probable)
        and `construction` (what turns the sentence round, as in `target_tone`).

    Raises
    ------
    IdlibkitError
        If a column is missing, `actors` cannot be read, or the extra ``tone`` is not
        installed.

    Notes
    -----
    What is read is the whole sentence, the passages of all its voices together: of
    "Critics denounced Cole as a tyrant" the words after the verb are reported speech,
    and would say little by themselves. `voice` and `speaker` are those of the passage
    that has the mention. Only the label is taken as the target; its modifiers stay in
    the sentence and count ("the brutal regime").

    Accuracy: macro-F1 0.80 on the 769 named targets of the held-out sentences of
    `target_tone`, cut into passages and found by their labels (0.74 if each passage is
    read by itself); 0.72 on 300 sentences on states, armed groups and governments
    written for the purpose, where nine in ten answers of 0.85 or more are right.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = ["The minister praised Smith for her courage.",
    ...          "The minister called Jones a corrupt liar."]
    >>> passages = pd.DataFrame({"article_id": "a", "outlet": "A", "voice": "own",
    ...                          "speaker": None, "start": [0, 44], "text": texts})
    >>> tones = actor_tone(passages, {"S": ["Smith"], "J": ["Jones"]})
    >>> tones[["actor", "label", "tone"]]
      actor  label      tone
    0     S  Smith  positive
    1     J  Jones  negative
    """
    check_columns(passages, ["start", "text"], "passages")
    check_english(passages, "actor_tone()")
    mentions = labels(passages.join(sentence_contexts(passages)), actors)
    if sample is not None and len(mentions) > sample:
        # Drawn from one order, so that nothing hangs on that of the rows.
        order = mentions.sort_values(["article_id", "start"], kind="stable").index
        drawn = np.random.default_rng(seed).permutation(order)[:sample]
        mentions = mentions.loc[np.sort(drawn)].reset_index(drop=True)
    places = [
        label_span(text, label)
        for text, label in zip(mentions["text"], mentions["label"], strict=True)
    ]
    shift = (mentions["start"] - mentions["context_start"]).to_numpy()
    spans = np.array(places, dtype=np.int64).reshape(-1, 2) + shift[:, None]
    tone = target_tone(mentions["context"], spans).rename(columns={"label": "tone"})
    n_words = count_words(mentions["context"])
    return mentions.drop(columns="context_start").assign(n_words=n_words).join(tone)


def actor_tone_by(
    tones: pd.DataFrame,
    *,
    by: str | Sequence[str] = ("outlet", "actor"),
    min_words: int = 4,
    n_boot: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Mean tone toward each actor in each group, with intervals; own, quoted and
    reported voice apart.

    Parameters
    ----------
    tones : DataFrame
        What `actor_tone` returns.
    by : str or sequence of str
        Groups; the first column is what is compared. `voice` is added where it is not
        named, since what an outlet says and what it quotes are never pooled.
    min_words : int
        Mentions in shorter sentences ("Ankara says") carry no tone and are left out of
        means.
    n_boot, seed : int
        Number of resamples and their seed.

    Returns
    -------
    DataFrame
        The `by` columns and `voice`, `estimate` (mean over mentions of `positive` minus
        `negative`: -1 all negative, 0 balanced or neutral, 1 all positive), `ci_low`,
        `ci_high`, `difference` (from the other groups pooled, same actor and voice),
        `difference_low`, `difference_high`, `n_articles`, `n_passages` (mentions),
        `unit`. The interval shows how much the estimate hangs on these articles or
        paragraphs, not how often the model is wrong.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    See Also
    --------
    actor_tone : The mentions behind the shares.

    Notes
    -----
    The accuracy of `actor_tone` holds for single mentions; errors of the model do not
    average out.

    Examples
    --------
    >>> tones = pd.DataFrame(
    ...     {"article_id": "a", "outlet": "A", "voice": "own", "actor": "X",
    ...      "paragraph": [0, 1, 2], "n_words": 9, "negative": [0.8, 0.5, 0.2],
    ...      "positive": [0.1, 0.3, 0.4]}
    ... )
    >>> means = actor_tone_by(tones)
    >>> means[["outlet", "actor", "voice", "estimate", "n_passages"]].round(2)
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


def label_span(mention: str, label: str) -> tuple[int, int]:
    """Where the label stands in a mention with its modifiers; the whole mention if it
    is written otherwise.
    """
    places = [*re.finditer(rf"{re.escape(label)}\w*", mention, re.IGNORECASE)]
    if not places:
        return 0, len(mention)
    return places[-1].span()


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
            f"{len(texts)} texts but {len(spans)} spans; give one (start, end) for each"
            " text."
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
                f"the span in row {row} is ({start}, {end}), but its text has"
                f" {len(text)} characters; a span needs 0 <= start < end <= the length"
                " of the text."
            )
        out.append((start, end))
    return out
