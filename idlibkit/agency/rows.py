"""agency: who does what to whom, a row for every clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from ..actors import Actors, read_actors
from ..scale import per_partition, rows_by_parts
from ..tables import check_columns
from ..text import check_english
from .clauses import Clause, verb_clauses
from .deeds import noun_clauses
from .harm import harm_verbs
from .noun_phrases import antecedent, phrase_span
from .scenes import Scenes
from .sentences import Sentence, whole_sentences
from .trees import Tree, read_trees

__all__ = ["agency"]

BLOCK = 4096  # sentences: bounds what trees take of memory
COLUMNS = ["article_id", "outlet", "voice", "speaker"]


@per_partition
def agency(passages: pd.DataFrame, *, actors: Actors | None = None) -> pd.DataFrame:
    """Find who does what to whom, and where the doer is not named.

    Parameters
    ----------
    passages : DataFrame
        As from `passages`, in English.
    actors : mapping, DataFrame or path, optional
        As for `labels`.

    Returns
    -------
    DataFrame
        One row per clause whose verb (or noun of a deed) has a doer or an object:
        `article_id`, `outlet`, `voice`, `speaker`, `verb` (lemma), `start`, `end`,
        `text` (the verb as printed: ``source[start:end] == text``), `form`, `agent`,
        `agent_start`, `agent_end`, `patient`, `patient_start`, `patient_end` (the noun
        phrases as printed; missing where the sentence names none), `negated`,
        `modality` (what keeps the deed from being told as done: "may", "try", "if";
        missing where it is told so), `bond`, `harm` (the kind of harm the verb says
        was done; missing for other verbs), `agent_antecedent` and `patient_antecedent`
        (of a relative pronoun the noun phrase it stands for), with `actors` also
        `agent_actor` and `patient_actor`; then the further columns of passages (`role`,
        `paragraph`, ...). In the order of the passages.

        `form` is *active* (has an object; its doer may be missing, as in "killing
        eight was wrong"), *passive* (without `agent` where it leaves the doer out),
        *intransitive* (no object) or *nominal* (the killing of eight; attacks on
        schools). Of what only happens to one ("eight died", "the bomb exploded") the
        subject is the patient, and there is no agent.

        `bond` is how a clause comes by its doer: *own* (its own subject, or it has
        none), *conjoined* (the subject of the verb it is joined to), *participle*
        ("forces backed by Russia"), *control* ("they tried to take the town").

    Raises
    ------
    IdlibkitError
        If a column is missing, most articles are not in English, or `actors` cannot be
        read.

    Notes
    -----
    Sentences are read whole, the passages of all their voices together; `voice` and
    `speaker` are those of the passage that has the verb. The parser is part of the
    package (``models/parser.npz``, made by ``training/train_agency.py``); it learned
    from the Georgetown University Multilayer corpus (Zeldes 2017), and its tags and
    relations are those of Universal Dependencies.

    *Actors.* A phrase belongs to an actor whose label is its head ("rebels"), a part of
    its name, or stands before it ("Turkish troops", "Assad's forces"; the nearest
    counts). A relative pronoun is who it relates to; "I" in a quotation its speaker;
    "he", "she", "it" and "they" the one fitting subject before them in the sentence or,
    if it has none, in the sentence before; else they are left.

    *Accuracy.* See ``accuracy_card()`` and ``benchmarks/measure_agency.py``. Roles of
    clauses with a subject of their own or of the verb they are joined to: F1 0.85 on
    news with known trees that no rule was made on; passives 0.91, those without a doer
    0.89. Of participles and infinitives (`bond` participle and control), 25 of which
    were coded by hand, 0.95 of the roles given are right, 0.85 are found.

    Examples
    --------
    >>> texts = ["Rebels shelled the town.", "Eight people were killed on Friday."]
    >>> passages = pd.DataFrame({"article_id": "a", "outlet": "A", "voice": "own",
    ...                          "speaker": None, "start": [0, 25], "text": texts})
    >>> rows = agency(passages, actors={"Rebels": ["rebels"]})
    >>> rows[["agent_actor", "verb", "form", "patient", "harm"]]
      agent_actor   verb     form       patient    harm
    0      Rebels  shell   active      the town  attack
    1         NaN   kill  passive  Eight people    kill
    """
    check_columns(passages, [*COLUMNS, "start", "text"], "passages")
    check_english(passages, "agency()")
    known = None if actors is None else read_actors(actors)
    return rows_by_parts(partial(_of_part, actors=known), passages, "clauses")


def _of_part(
    passages: pd.DataFrame, actors: dict[str, list[str]] | None
) -> pd.DataFrame:
    table = passages.reset_index(drop=True)
    rows: list[int] = []
    values: list[tuple] = []
    found: list[tuple[str | None, str | None]] = []
    scenes = Scenes(table, actors)
    for sentence, tree in _read(whole_sentences(table)):
        scene = scenes.next(sentence, tree)
        for clause in _clauses(tree):
            rows.append(sentence.row_at(sentence.offset + tree.spans[clause.verb][0]))
            values.append(_values(tree, clause, sentence.offset))
            if scene is not None:
                found.append((scene.actor(clause.agent), scene.actor(clause.patient)))
    return _table(table, rows, values, None if actors is None else found)


def _read(sentences: list[Sentence]) -> Iterator[tuple[Sentence, Tree]]:
    """Each sentence with its tree, so many read at a time."""
    for at in range(0, len(sentences), BLOCK):
        some = sentences[at : at + BLOCK]
        trees = read_trees([sentence.text for sentence in some])
        for sentence, tree in zip(some, trees, strict=True):
            yield sentence, replace(tree, is_headline=sentence.is_headline)


def _clauses(tree: Tree) -> list[Clause]:
    found = [*verb_clauses(tree), *noun_clauses(tree)]
    return sorted(found, key=lambda clause: clause.verb)


def _values(tree: Tree, clause: Clause, offset: int) -> tuple:
    """The values of a row, but for what is taken from its passage."""
    start, end = tree.spans[clause.verb]
    return (
        clause.lemma,
        offset + start,
        offset + end,
        tree.text[start:end],
        clause.form,
        *_phrase(tree, clause.agent, clause.patient, offset),
        *_phrase(tree, clause.patient, clause.agent, offset),
        clause.negated,
        clause.modality,
        clause.bond,
        harm_verbs().get(clause.lemma),
        _antecedent(tree, clause.agent),
        _antecedent(tree, clause.patient),
    )


def _phrase(
    tree: Tree, head: int | None, other: int | None, offset: int
) -> tuple[str | None, int | None, int | None]:
    if head is None:
        return None, None, None
    start, end = phrase_span(tree, head, other)
    return tree.text[start:end], offset + start, offset + end


def _antecedent(tree: Tree, head: int | None) -> str | None:
    """The noun phrase that a relative pronoun stands for."""
    noun = None if head is None else antecedent(tree, head)
    if noun is None:
        return None
    start, end = phrase_span(tree, noun)
    return tree.text[start:end]


KINDS: dict[str, Any] = {
    "verb": "str",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "form": "str",
    "agent": "str",
    "agent_start": "Int64",
    "agent_end": "Int64",
    "patient": "str",
    "patient_start": "Int64",
    "patient_end": "Int64",
    "negated": bool,
    "modality": "str",
    "bond": "str",
    "harm": "str",
    "agent_antecedent": "str",
    "patient_antecedent": "str",
}


def _table(
    table: pd.DataFrame,
    rows: list[int],
    values: list[tuple],
    actors: list[tuple[str | None, str | None]] | None,
) -> pd.DataFrame:
    out = table[COLUMNS].take(rows).reset_index(drop=True)
    columns = dict(zip(KINDS, _columns(values, len(KINDS)), strict=True))
    for name, kind in KINDS.items():
        out[name] = pd.Series(columns[name], dtype=kind)
    if actors is not None:
        for name, column in zip(
            ("agent_actor", "patient_actor"), _columns(actors, 2), strict=True
        ):
            out[name] = pd.Series(column, dtype="str")
    further = [c for c in table.columns if c not in out.columns and c != "n_words"]
    out[further] = table[further].take(rows).reset_index(drop=True)
    return out


def _columns(values: list[tuple], n: int) -> Iterator[list]:
    return ([row[at] for row in values] for at in range(n))
