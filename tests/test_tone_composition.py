"""Constructions that turn what a sentence says of its target, found by its tree; the
words are this file's own.
"""

import numpy as np
import pytest

from idlibkit.agency import read_trees
from idlibkit.tone.composition import TAKEN_BACK, composed
from idlibkit.tone.constructions import turned_clauses
from idlibkit.tone.model import TARGET
from idlibkit.tone.valence_shifts import Sentence

# The sentence with Smith as its target, the words that turn it, how often they turn it.
TURNED = [
    ("No one scolded Smith for the delay.", ["no"], 1),
    ("None of the pilots faulted Smith.", ["none"], 1),
    ("Neither the crew nor the pilot blamed Smith.", ["neither"], 1),
    ("Smith did not sink the ferry.", ["not"], 1),
    ("Smith never took bribes.", ["never"], 1),
    ("Police no longer suspect Smith.", ["no"], 1),
    ("The tribunal absolved Smith.", ["absolved"], 1),
    ("Smith was not acquitted.", ["not", "acquitted"], 2),
    ("No one acquitted Smith.", ["no", "acquitted"], 2),
    ("It is untrue that Smith lied.", ["untrue"], 1),
    ("It is not untrue that Smith lied.", ["not", "untrue"], 2),
    ("Smith denied taking money.", ["denied"], 1),
    ("The harbour master denied that Smith took money.", ["denied"], 1),
    ("There is no evidence that Smith took money.", ["no"], 1),
    ("Rebels failed to oust Smith.", ["failed"], 1),
    ("Rivals tried to smear Smith.", ["tried"], 1),
    ("The plot against Smith collapsed.", ["collapsed"], 1),
    ("The judge quashed the conviction of Smith.", ["quashed"], 1),
    ("Experts doubt that Smith sank the ferry.", ["doubt"], 1),
    ("Critics unfairly accused Smith.", ["unfairly"], 1),
    ("A fraudster accused Smith of theft.", ["fraudster"], 1),
    ("The broadcaster apologised to Smith.", ["apologised"], 1),
    ("Smith was in the clear.", ["in"], 1),
]
# Nothing turns what these say of Smith.
PLAIN = [
    "Smith sank the ferry.",
    "Smith not only lied but stole.",
    "The ferry that was not insured belonged to Smith.",
    "The captain left when Smith lied, and nobody cared.",
    "Smith apologised to the crew.",
    "The supporters of Smith were not convicted.",
]


def found(text):
    (tree,) = read_trees([text])
    return tree, turned_clauses(Sentence(tree, tree.words.index("smith")))


@pytest.mark.parametrize(("text", "words", "turns"), TURNED)
def test_what_turns_a_sentence(text, words, turns):
    tree, several = found(text)
    shifts = [shift for each in several for shift in each.shifts if shift.turns]
    assert sorted(tree.words[shift.at] for shift in shifts) == sorted(words)
    assert len(shifts) == turns


@pytest.mark.parametrize("text", PLAIN)
def test_what_turns_nothing(text):
    _, several = found(text)
    assert not any(shift.turns for each in several for shift in each.shifts)


def answer(text, opposite, own=(0.9, 0.05, 0.05)):
    """The probabilities of one sentence whose opposite reads as given."""
    masked = text.replace("Smith", TARGET)
    read = []

    def model(texts):
        read.extend(texts)
        return np.array([opposite] * len(texts)).reshape(-1, 3)

    shares, words = composed([masked], np.array([own]), model)
    return shares[0].tolist(), words[0], read


def test_the_opposite_is_read_without_the_negator():
    shares, words, read = answer("Smith did not sink the ferry.", (0.9, 0.05, 0.05))
    assert read == [f"{TARGET} did sink the ferry."]
    assert shares == list(TAKEN_BACK) and words == "not"


def test_a_verb_of_exoneration_becomes_its_opposite_in_the_same_form():
    read = answer("Judges are absolving Smith.", (0.9, 0.05, 0.05))[2]
    assert read == [f"Judges are convicting {TARGET}."]


def test_an_opposite_that_is_not_negative_changes_nothing():
    shares, words, _ = answer("Smith did not sink the ferry.", (0.1, 0.8, 0.1))
    assert shares == [0.9, 0.05, 0.05] and words is None


def test_what_is_good_and_negated_is_blamed():
    own = (0.2, 0.7, 0.1)
    shares, words, _ = answer("Smith never kept a promise.", (0.05, 0.05, 0.9), own)
    assert np.argmax(shares) == 0 and sum(shares) == pytest.approx(1)
    assert words == "never"


def test_an_answer_that_agrees_stays_as_it_is():
    own = (0.1, 0.8, 0.1)
    shares, words, _ = answer("Smith did not sink the ferry.", (0.9, 0.05, 0.05), own)
    assert shares == list(own) and words == "not"


def test_two_turns_are_none():
    shares, words, read = answer("Smith was not acquitted.", (0.9, 0.05, 0.05))
    assert read == [f"{TARGET} was convicted."]
    assert shares == [0.9, 0.05, 0.05] and words == "not, acquitted"


def test_without_a_cue_nothing_is_read():
    shares, words, read = answer("Smith sank the ferry.", (0.1, 0.8, 0.1))
    assert shares == [0.9, 0.05, 0.05] and words is None and read == []


def test_a_question_says_nothing():
    assert answer("Did Smith not sink the ferry?", (0.9, 0.05, 0.05))[1] is None


def test_only_the_sentence_with_the_target_is_read():
    text = "Nobody sang. Smith sank the ferry. No one was hurt."
    assert answer(text, (0.9, 0.05, 0.05))[1] is None
