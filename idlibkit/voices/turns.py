"""Turns of speech: interviews, transcripts, and what stands between turns.

`Q: Why?`, `BENZ: Because.`, `Karl Benz: Because.` A turn is the voice of its speaker; a
question of the outlet is the outlet's own voice. An article has turns only where their
labels recur, since lists and credits have labels too (`Monday: rain`, `Director: Lee`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..text import to_polars
from .capital_runs import UPPER
from .dialogue import DASHED, dashed_speech
from .interviews import QUESTION, QUESTIONS, Turn, find_answers
from .names import Names
from .people import ORGANISATIONS, word_key

__all__ = ["Turn", "find_turns", "is_between_turns", "turn_rows"]

LABELLED = 4  # lines: of fewer nobody can tell an interview from a list
DENSE = 0.4  # share of the lines from the first label to the last: else it is a menu
STAMPS = 3  # lines: one or two times may be of a programme or a match
# What a line must look like for a closer look, for whole columns.
_MAY_BE_LABEL = (
    r"^\s*(?:>>+\s*)?(?:[\[(]?\d[\d:.]*[\])]?\s+)?"
    r"(?:[QA]\.\s|\p{Lu}[^:\n]{0,90}:\s|<v )"
)
_MAY_BE_BETWEEN = r"^\s*(?:[(\[][^)\]]*[)\]]|[(\[]?\d{1,2}[:.]\d{2}.{0,40})\s*$"
_COLUMNS = [
    *("row", "start", "end", "text", "speaker"),
    *("speaker_text", "speaker_start", "speaker_end"),
]
# `12:04`, `[00:01:15]`, `10.15am BST`, `00:00:01,000 --> 00:00:04,000`
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?"
_STAMP = re.compile(
    rf"\s*[\[(]?{_CLOCK}(?:\s*-->\s*{_CLOCK}.*|\s?(?:[ap]\.?m\.?)?"
    r"(?:\s?(?:GMT|BST|UTC|CES?T|E[SD]?T|P[SD]?T))?[\])]?)\s*",
    re.IGNORECASE,
)
_COUNTER = re.compile(r"\s*(?:\d{1,5}|WEBVTT.*)\s*")
# `(APPLAUSE)`, `[laughter]`, `(BEGIN VIDEO CLIP)`
_DIRECTION = re.compile(r"\s*(?:\([^()]{1,80}\)|\[[^\[\]]{1,80}\])\s*")
# `Q:`, `A.`, `KARL BENZ, MAYOR OF LYON (via phone):`, `[00:12] Benz:`, `>> BENZ:`,
# `<v Karl Benz>` of subtitles
_LABEL = re.compile(
    rf"\s*(?:>>+\s*)?(?:[\[(]?{_CLOCK}[\])]?\s+)?(?:(?P<letter>[QA])[:.]\s+|"
    r"<v (?P<voice>[^>\n]{1,60})>\s*|"
    rf"(?P<name>[{UPPER}][\w.'’-]*(?:,? (?:[{UPPER}(][\w.'’()/-]*|of|the|and|for"
    r"|de|la|von|van|al|via|phone\))){0,9})\s?:\s+)(?=\S)"
)
# a change of speakers that says no more
_CHANGE = re.compile(r"\s*>>")
_ASIDE = re.compile(r"\s*\([^)]*\)")
_ASKS = frozenset(("q", "question", "interviewer", "host", "moderator", "reporter"))


@dataclass(frozen=True, slots=True)
class _Label:
    """The speaker's name before a turn, as printed."""

    name: str
    is_letter: bool
    start: int
    end: int
    content: int


def find_turns(texts: Sequence[str], outlet: str) -> list[Turn]:
    """The turns of others than the outlet in the lines of one article.

    A line without a label between two with one goes on with the turn before it.
    """
    labels = [_label(text) for text in texts]
    places = [number for number, label in enumerate(labels) if label]
    if len(places) < max(LABELLED, DENSE * (places[-1] - places[0] if places else 0)):
        return []
    names = [label.name for label in labels if label and not label.is_letter]
    full_names = _full_names(names, texts)
    # One label tells that its speaker is the outlet's: `ANN LEE, GNN ANCHOR`.
    asking = {_last_word(name) for name in names if _is_outlet(name, outlet)}
    if not _is_transcript([label for label in labels if label], full_names, asking):
        return []
    last = places[-1]
    turns: list[Turn] = []
    speaking, speaker = False, None
    for number, (text, label) in enumerate(zip(texts, labels, strict=True)):
        if label:
            speaking = label.name != "Q" and _last_word(label.name) not in asking
            speaker = None if label.is_letter else full_names[label.name]
            if speaking:
                place = (label.start, label.end)
                turns.append(Turn(number, label.content, *place, speaker))
        elif _CHANGE.match(text):
            speaking = False  # who speaks now is not said
        elif speaking and number < last and not _is_between(text):
            start = len(text) - len(text.lstrip())
            turns.append(Turn(number, start, -1, -1, speaker))
    return turns


def _label(text: str) -> _Label | None:
    match = _LABEL.match(text[:160])
    if not match or not text[match.end() :].strip():
        return None
    group = next(name for name in ("letter", "voice", "name") if match[name])
    start, end = match.span(group)
    name = _ASIDE.sub("", match[group])
    return _Label(name, group == "letter", start, end, match.end())


def _is_transcript(
    labels: list[_Label], full_names: dict[str, str], asking: set[str]
) -> bool:
    """Whether labels are of turns: questions and answers, or two names that recur, one
    of them known in full, in capitals, or answering the outlet (`asking`); or all in
    capitals and one of them again."""
    letters = Counter(label.name for label in labels if label.is_letter)
    if letters["Q"] and letters["A"] and letters.total() >= LABELLED:
        return True
    keys = Counter(
        _last_word(label.name)
        for label in labels
        # `Lee` after `Ann Lee` is her again, `Small Goals` after `Clear Goals` is not.
        if not label.is_letter and _is_part(label.name, full_names[label.name])
    )
    recurring = [key for key, n in keys.items() if n > 1]
    if recurring and all(label.name.isupper() for label in labels):
        return True
    persons = {
        _last_word(name)
        for name, full in full_names.items()
        if " " in full or name.isupper()
    }
    asked = bool(set(recurring) - asking) and bool(asking & set(keys))
    return (len(recurring) > 1 or asked) and bool(asked or persons & set(recurring))


def _is_part(name: str, full_name: str) -> bool:
    return set(name.split(",", maxsplit=1)[0].lower().split()) <= set(
        full_name.lower().split()
    )


def _last_word(name: str) -> str:
    return word_key(name.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[-1])


def _full_names(names: list[str], texts: Sequence[str]) -> dict[str, str]:
    """The fullest form of each name among the labels, else in the text, without what
    the person is; in small letters but for the first where a label is all capitals."""
    fullest: dict[str, str] = {}
    for name in names:
        person, key = name.split(",")[0].strip(), _last_word(name)
        if len(person.split()) > len(fullest.get(key, "").split()):
            fullest[key] = person
    known = Names(texts)
    shown = {key: _cased(person) for key, person in fullest.items()}
    for key, person in shown.items():
        if " " not in person:
            shown[key] = known.fullest([person]) or person
    return {name: shown[_last_word(name)] for name in names}


def _cased(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name


def _is_outlet(name: str, outlet: str) -> bool:
    """Whether a label is the outlet's: one who asks, its name, or a paper's."""
    keys = {word_key(word.strip(",")) for word in name.split()}
    own = {word_key(word) for word in outlet.split()} - {"the"}
    return bool(keys & _ASKS or own & keys) or _last_word(name) in ORGANISATIONS


def _is_between(text: str) -> bool:
    return bool(_STAMP.fullmatch(text) or _DIRECTION.fullmatch(text))


def is_between_turns(kept: pd.DataFrame) -> np.ndarray:
    """Which lines are nobody's voice: time stamps, where three or more of an article
    stand alone in their lines, and stage directions between turns."""
    text = to_polars(kept["text"])
    between = np.zeros(len(kept), bool)
    short = text.str.contains(_MAY_BE_BETWEEN).to_numpy()
    for rows in _of_articles(kept, short, at_least=1):
        texts = text.gather(rows).to_list()
        stamps = [bool(_STAMP.fullmatch(one)) for one in texts]
        if sum(stamps) >= STAMPS:
            subtitles = any("-->" in one for one in texts)
            counters = [subtitles and bool(_COUNTER.fullmatch(one)) for one in texts]
            between[rows] |= np.array(stamps) | np.array(counters)
        if any(_DIRECTION.fullmatch(one) for one in texts) and find_turns(texts, ""):
            between[rows] |= [bool(_DIRECTION.fullmatch(one)) for one in texts]
    return between


def turn_rows(articles: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    """A row for each turn, and for speech that opens with a dash: `row` (of `kept`),
    `start`, `end`, `text`, `speaker`, and the label of a turn as `speaker_text`,
    `speaker_start`, `speaker_end`."""
    text = to_polars(kept["text"])
    labelled = text.str.contains(_MAY_BE_LABEL).to_numpy()
    outlets = dict(zip(articles["article_id"], articles["outlet"], strict=True))
    line_start, ids = kept["start"].to_numpy(dtype=int), kept["article_id"].tolist()
    asking = text.str.contains(QUESTION).to_numpy()
    turns: dict[int, Turn] = {}
    for rows in _of_articles(kept, labelled, at_least=LABELLED):
        outlet = str(outlets.get(ids[rows[0]], ""))
        found = find_turns(text.gather(rows).to_list(), outlet)
        turns |= {int(rows[turn.line]): turn for turn in found}
    for rows in _of_articles(kept, asking, at_least=QUESTIONS):
        if turns.keys().isdisjoint(rows.tolist()):
            found = find_answers(text.gather(rows).to_list())
            turns |= {int(rows[turn.line]): turn for turn in found}
    out = []
    for row, turn in turns.items():
        line = text[row]
        start, end = line_start[row], len(line.rstrip())
        place = (start + turn.label_start, start + turn.label_end)
        label = line[turn.label_start : turn.label_end]
        named = turn.label_start >= 0
        words = (start + turn.start, start + end, line[turn.start : end])
        mention = (label, *place) if named else (None, np.nan, np.nan)
        out.append((row, *words, turn.speaker, *mention))
    dashed = text.str.contains(DASHED).to_numpy()
    for rows in _of_articles(kept, dashed, at_least=1):
        texts = text.gather(rows).to_list()
        for speech in dashed_speech(texts):
            row, words = int(rows[speech.line]), texts[speech.line]
            start, end = (line_start[row] + at for at in (speech.start, speech.end))
            spoken = words[speech.start : speech.end]
            out.append((row, start, end, spoken, None, None, np.nan, np.nan))
    # Places of a label stay int beside those that are missing.
    table = pd.DataFrame(out, columns=_COLUMNS, dtype=object)
    if not out:
        return table
    return table.astype(dict.fromkeys(("row", "start", "end"), "int64"))


def _of_articles(
    kept: pd.DataFrame, some: np.ndarray, at_least: int
) -> Iterator[np.ndarray]:
    """The rows of each article in which so many lines are of `some`."""
    if some.sum() < at_least:
        return
    article, _ = pd.factorize(kept["article_id"])
    n_some = np.bincount(article, some)
    order = np.argsort(article, kind="stable")
    ends = np.cumsum(np.bincount(article))
    for number in np.flatnonzero(n_some >= at_least).tolist():
        yield order[ends[number - 1] if number else 0 : ends[number]]
