"""What a sentence makes of its target where it denies, disproves or takes back.

The model sees the manslaughter in "the jury acquitted her of manslaughter". So the
sentence is put into its opposite ("convicted her of ..."), which the model reads well,
and its answer is turned round: if the opposite is negative, the sentence is not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..agency import Tree, read_trees
from ..text import sentence_ends
from .constructions import Construction, clause_words, turned_clauses
from .cues import has_cue
from .model import AGAIN, TARGET
from .scope import RELATIVES
from .valence_shifts import Sentence

__all__ = ["composed"]

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
# What the parser reads in place of every mark: any name, always the same one.
NAME = "Smith"
# The clause must be most of what the sentence says: this share of its words, or all but
# so many. In longer sentences of news the rest has made readers' minds up.
COVERED, ASIDE = 0.4, 12
# Probability from which the opposite counts as negative or positive, on dev; of a
# failure ("refused to testify") more, since doing it is seldom blamed.
ENOUGH, ENOUGH_OF_FAILURE, SURE = 0.5, 0.7, 0.6
SOME, A_LITTLE = 0.3, 0.15
# Kinds that speak of blame even where the model finds little of it in the opposite.
OF_BLAME = frozenset({
    "content", "falsity", "doubt", "end", "no longer", "not the target", "denial",
    "exoneration", "defence", "attempt", "source",
})  # fmt: skip
# These say nothing good of the target where their opposite is good.
ONLY_BLAME = frozenset({"attempt", "source", "end"})
# Probabilities that are answered where the construction and the model differ.
TAKEN_BACK = (0.30, 0.55, 0.15)
BLAMED = (0.60, 0.28, 0.12)
# A plural that opens a clause and looks like a verb: claims that she lied.
_OPENING = re.compile(
    r"(^|, )(claims|reports|charges|attacks|doubts|fears|plans|threats|demands)"
    r" (?=(?:that|against|of|on|about|to)\b)",
    re.IGNORECASE,
)
_MARKS = re.compile(f"([{TARGET}{AGAIN}])")


@dataclass(frozen=True, slots=True)
class _Opposite:
    """A clause turned into its opposite: where, by what, and how it reads."""

    row: int
    construction: Construction
    words: str  # the shifters as printed
    text: str


def composed(
    masked: Sequence[str],
    shares: np.ndarray,
    read: Callable[[list[str]], np.ndarray],
) -> tuple[np.ndarray, list[str | None]]:
    """The model's probabilities, changed where a construction turns them round; and for
    each sentence in which one speaks its words.

    `read` gives the model's probabilities of masked sentences.
    """
    found = list(_opposites(masked))
    readings = read([opposite.text for opposite in found])
    sides: dict[int, list[tuple[bool, _Opposite]]] = {}
    for opposite, reading in zip(found, readings, strict=True):
        blames = _blames(opposite.construction, reading)
        if blames is not None:
            sides.setdefault(opposite.row, []).append((blames, opposite))
    out = shares.copy()
    spoken: list[str | None] = [None] * len(masked)
    for row, side in sides.items():
        blames, opposite = _weightiest(side)
        answer = shares[row]
        if blames and answer[POSITIVE] >= ENOUGH and _is_odd(opposite.construction):
            continue  # what is negated is good, and still the sentence reads so
        spoken[row] = opposite.words
        if blames != (answer.argmax() == NEGATIVE):
            out[row] = BLAMED if blames else TAKEN_BACK
    return out, spoken


def _weightiest(side: list[tuple[bool, _Opposite]]) -> tuple[bool, _Opposite]:
    """Of several clauses the last that exonerates, else one that blames."""
    exonerating = [
        each
        for each in side
        if any(shift.kind == "exoneration" for shift in each[1].construction.shifts)
    ]
    if exonerating:
        return exonerating[-1]
    return next((each for each in side if each[0]), side[0])


def _is_odd(construction: Construction) -> bool:
    return sum(shift.turns for shift in construction.shifts) % 2 == 1


def _blames(construction: Construction, reading: np.ndarray) -> bool | None:
    """Whether the sentence blames its target, given how its opposite reads; None where
    it cannot be told.
    """
    kinds = {shift.kind for shift in construction.shifts}
    turns = any(shift.turns for shift in construction.shifts)
    if "danger" in kinds:
        return True
    if "open" in kinds or kinds == {"support"}:
        return None
    if any(shift.certain for shift in construction.shifts) or "exoneration" in kinds:
        return not _is_odd(construction) if turns else None
    if not turns and "judgement" in kinds and reading[POSITIVE] < ENOUGH_OF_FAILURE:
        return True
    if not _is_odd(construction):
        if reading[NEGATIVE] >= ENOUGH:
            return True
        return False if turns and reading[POSITIVE] >= SURE else None
    if not construction.is_main:
        return None
    enough = ENOUGH_OF_FAILURE if "failure" in kinds else ENOUGH
    # What is said of a whole clause: it was never shown that she lied.
    of_clause = construction.base is not None and reading[NEGATIVE] >= SOME
    of_blame = bool(kinds & OF_BLAME) and reading[NEGATIVE] >= A_LITTLE
    blame = (of_clause or of_blame) and reading[POSITIVE] < ENOUGH
    if blame or reading[NEGATIVE] >= enough:
        return False
    good = reading[POSITIVE] >= SURE and not kinds & ONLY_BLAME
    return True if good else None


# ---------------------------------------------------------------- opposites
def _opposites(masked: Sequence[str]) -> Iterator[_Opposite]:
    """The opposite of each clause with the target in it that something turns."""
    rows, texts = [], []
    for row, text in enumerate(masked):
        own = _sentence(text)
        # A question says nothing for certain.
        if not own.endswith(("?", '?"', "?”")) and has_cue(own):
            rows.append(row)
            texts.append(_OPENING.sub(_with_article, own))
    named = [_named(text) for text in texts]
    trees = read_trees([text for text, _ in named])
    for row, (_, marks), tree in zip(rows, named, trees, strict=True):
        target = _place(tree, marks)
        if target is None:
            continue
        sentence = Sentence(tree, target)
        for construction in turned_clauses(sentence):
            if _covers(sentence, construction):
                text = _turned(sentence, construction, marks)
                printed = _printed(tree, construction)
                yield _Opposite(row, construction, printed, text)


def _sentence(masked: str) -> str:
    """The sentence with the target, of a longer text."""
    text = " ".join(masked.split())
    place = text.index(TARGET)
    ends = list(sentence_ends(text))
    after = bisect_right(ends, place)
    start = ends[after - 1] if after else 0
    end = ends[after] if after < len(ends) else len(text)
    return text[start:end].strip()


def _with_article(match: re.Match[str]) -> str:
    article = "the" if match[1] else "The"
    return f"{match[1]}{article} {match[2].lower()} "


def _named(masked: str) -> tuple[str, dict[int, str]]:
    """The sentence with a name for every mark, and which mark it is at which place."""
    out, marks, size = [], {}, 0
    for part in _MARKS.split(masked):
        if part in (TARGET, AGAIN):
            marks[size] = part
        out.append(NAME if size in marks else part)
        size += len(out[-1])
    return "".join(out), marks


def _place(tree: Tree, marks: dict[int, str]) -> int | None:
    for place, (start, _) in enumerate(tree.spans):
        if marks.get(start) == TARGET:
            return place
    return None


def _covers(sentence: Sentence, construction: Construction) -> bool:
    words = len(sentence.tree)
    inside = len(clause_words(sentence, construction, whole=True))
    return words - inside <= ASIDE or inside >= COVERED * words


def _turned(
    sentence: Sentence, construction: Construction, marks: dict[int, str]
) -> str:
    """The clause with its edits, the marks put back."""
    tree = sentence.tree
    places = clause_words(sentence, construction)
    new: dict[int, str] = {}
    gone: set[int] = set()
    for shift in construction.shifts:
        for start, end, text in shift.edits:
            new[start] = text
            gone.update(range(start, end))
    has_target = sentence.target in places
    out = [] if has_target else [TARGET]
    last = None
    for place in places:
        start, end = tree.spans[place]
        relative = tree.words[place] in RELATIVES
        if relative and not has_target and place < construction.top:
            continue
        if last is None or last != place - 1:
            out.append(" ")
        else:
            out.append(tree.text[tree.spans[last][1] : start])
        word = marks.get(start, tree.text[start:end])
        out.append(new.get(place, "" if place in gone else word))
        last = place
    return " ".join("".join(out).split())


def _printed(tree: Tree, construction: Construction) -> str:
    """The words that turn it, in the order of the sentence."""
    words = []
    for shift in sorted(construction.shifts, key=lambda shift: shift.at):
        ends = [end for start, end, _ in shift.edits if start == shift.at]
        end = max(ends, default=shift.at + 1)
        words.append(tree.text[tree.spans[shift.at][0] : tree.spans[end - 1][1]])
    return ", ".join(words)
