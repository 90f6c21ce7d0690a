"""English verbs and verbs of harm, from WordNet's files.

    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb build/wordnet
    python training/verb_lists.py build/wordnet/usr/share/wordnet

writes ``lexicons/verbs.txt``, ``lexicons/harm_verbs.csv`` and
``lexicons/transitive_verbs.csv``. A verb is one of harm where at least half of its
tagged uses (or, where none are tagged, its first sense) are senses below one of
`ROOTS`.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from idlibkit.text.english import verb_forms

LEXICONS = Path(__file__).parents[1] / "idlibkit" / "lexicons"
# For each class the senses (lemma, number of the sense) at the top of its trees.
ROOTS = {
    "kill": [("kill", 1), ("kill", 9), ("kill", 10), ("murder", 1), ("execute", 1),
             ("execute", 2), ("shoot", 2), ("assassinate", 1), ("massacre", 1)],
    "injure": [("injure", 1), ("hurt", 2), ("harm", 1), ("torture", 2), ("shoot", 1),
               ("beat", 2), ("rape", 1), ("poison", 1), ("stab", 1)],
    "attack": [("attack", 1), ("attack", 3), ("attack", 4), ("bomb", 1), ("shell", 1),
               ("besiege", 1), ("ambush", 1), ("invade", 1), ("strafe", 1)],
    "destroy": [("destroy", 1), ("destroy", 2), ("damage", 1), ("demolish", 1)],
    "drive out": [("displace", 1), ("expel", 1), ("evict", 1), ("evict", 2),
                  ("deport", 3), ("uproot", 1), ("rout", 1)],
    "seize": [("arrest", 1), ("detain", 1), ("kidnap", 1), ("imprison", 1),
              ("seize", 2), ("seize", 3), ("rob", 1), ("plunder", 1), ("capture", 2)],
    "oppress": [("oppress", 1), ("persecute", 1), ("abuse", 1), ("threaten", 1),
                ("threaten", 2), ("intimidate", 1), ("starve", 2), ("punish", 1)],
}  # fmt: skip
# Verbs of these trees that news seldom uses of harm to somebody.
LEFT_OUT = """
menace threaten
off except exclude omit elide flight charm beguile bewitch captivate enamor enamour
entrance trance collar repatriate circumvent cat cane grass welt pepper spike transplant
bust devour handicap pip chine halter avenge retaliate revenge spank swinge lather
thrash trounce lambast lambaste sic infest shanghai raven jug exorcise exorcize
blackball debar disassemble dismantle cremate quash extinguish counterstrike
counterattack erase plague overstretch burke bulldog pock pockmark blight prehend
blemish singe kayo
"""
# Verbs whose harm WordNet counts for less than half of their uses, though in news of
# conflicts it is most of them.
ADDED = {
    "kill": "hang die perish drown",
    "injure": "hurt beat torture blind",
    "attack": "bombard strike hit target storm pound blockade encircle blast",
    "destroy": "flatten level burn ransack",
    "drive out": "deport",
    "seize": "seize capture occupy enslave trap",
    "oppress": "starve crush harass humiliate terrorize terrorise",
}
# WordNet's frames of verbs without an object: Somebody ----s, Somebody ----s PP, ...
ALONE = {*range(1, 8), 12, 13, *range(22, 24), *range(26, 30), *range(32, 36)}
VERBS_HEAD = """\
# English verbs, each with its irregular forms, the commonest first.
# Source: WordNet 3.0 (index.verb, verb.exc, cntlist.rev), one word in small letters;
# made by training/verb_lists.py. WordNet 3.0 Copyright 2006 by Princeton University.
# All rights reserved. Licence: WordNet 3.0 (free use, copies and changes with this
# notice; https://wordnet.princeton.edu/license-and-commercial-use).
"""
HARM_HEAD = """\
# Verbs that say harm was done to someone or something, and the kind of harm.
# Source: WordNet 3.0, the senses below some roots (training/verb_lists.py); a verb
# counts where at least half of its tagged uses are such senses; some were left out and
# some added by hand, which the script lists. WordNet 3.0 Copyright
# 2006 by Princeton University. All rights reserved. Licence: WordNet 3.0 (free use,
# copies and changes with this notice).
verb,harm
"""
TRANSITIVE_HEAD = """\
# Verbs that always have an object: no sense of theirs has a frame without one.
# Source: WordNet 3.0 (data.verb), made by training/verb_lists.py. WordNet 3.0 Copyright
# 2006 by Princeton University. All rights reserved. Licence: WordNet 3.0 (free use,
# copies and changes with this notice).
verb
"""


@dataclass(frozen=True)
class WordNet:
    """Verbs: senses of each lemma, what is below a sense, uses, irregular forms, and
    for each sense the verbs that stand in it without an object.
    """

    senses: dict[str, list[str]]
    below: dict[str, list[str]]
    uses: Counter[tuple[str, int]]
    irregular: dict[str, list[str]]
    alone: dict[str, set[str]]

    @classmethod
    def read(cls, folder: Path) -> WordNet:
        below = defaultdict(list)
        alone = {}
        for fields in _lines(folder / "data.verb"):
            alone[fields[0]] = set(_without_object(fields))
            for kind, above in _pointers(fields):
                if kind == "@":
                    below[above].append(fields[0])
        senses = {f[0]: f[-int(f[2]) :] for f in _lines(folder / "index.verb")}
        uses: Counter[tuple[str, int]] = Counter()
        for key, number, count in _lines(folder / "cntlist.rev"):
            lemma, kind = key.split("%")
            if kind.startswith("2:"):
                uses[lemma, int(number) - 1] += int(count)
        irregular = defaultdict(list)
        for form, *lemmas in _lines(folder / "verb.exc"):
            for lemma in lemmas:
                irregular[lemma].append(form)
        return cls(senses, below, uses, irregular, alone)

    def tree(self, roots: Iterable[tuple[str, int]]) -> set[str]:
        """The senses below some roots, and these."""
        found: set[str] = set()
        todo = [self.senses[lemma][number - 1] for lemma, number in roots]
        while todo:
            sense = todo.pop()
            if sense not in found:
                found.add(sense)
                todo += self.below[sense]
        return found

    def share(self, lemma: str, tree: set[str]) -> float:
        """Share of the lemma's tagged uses in a tree; of its first sense, where none
        are tagged.
        """
        senses = self.senses[lemma]
        counts = [self.uses[lemma, number] for number in range(len(senses))]
        if not sum(counts):
            return float(senses[0] in tree)
        inside = sum(
            c for c, sense in zip(counts, senses, strict=True) if sense in tree
        )
        return inside / sum(counts)

    def is_transitive(self, lemma: str) -> bool:
        """Whether no sense of it stands without an object."""
        return not any(lemma in self.alone[sense] for sense in self.senses[lemma])


def _lines(path: Path) -> Iterator[list[str]]:
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("  "):
            yield line.split("|")[0].split()


def _pointers(fields: list[str]) -> Iterator[tuple[str, str]]:
    """Kind and target of each pointer from a verb's sense to another verb's."""
    at = 4 + 2 * int(fields[3], 16)
    for n in range(int(fields[at])):
        kind, target, part, _ = fields[at + 1 + 4 * n : at + 5 + 4 * n]
        if part == "v":
            yield kind, target


def _without_object(fields: list[str]) -> Iterator[str]:
    """The verbs of a sense that stand in one of the frames `ALONE`."""
    at = 4 + 2 * int(fields[3], 16)
    verbs = [field.lower() for field in fields[4:at:2]]
    frames = fields[at + 2 + 4 * int(fields[at]) :]  # each: + frame verb
    for frame, verb in zip(frames[1::3], frames[2::3], strict=True):
        if int(frame) in ALONE:
            number = int(verb, 16)
            yield from [verbs[number - 1]] if number else verbs


def main(folder: Path) -> None:
    wordnet = WordNet.read(folder)
    verbs = [verb for verb in wordnet.senses if verb.isalpha() and verb.islower()]

    def uses(verb: str) -> int:
        return sum(wordnet.uses[verb, n] for n in range(len(wordnet.senses[verb])))

    verbs.sort(key=lambda verb: (-uses(verb), verb))
    lines = [
        " ".join([verb, *sorted({*wordnet.irregular[verb]} - {*verb_forms(verb)})])
        for verb in verbs
    ]
    (LEXICONS / "verbs.txt").write_text(VERBS_HEAD + "\n".join(lines) + "\n", "utf-8")
    trees = {name: wordnet.tree(roots) for name, roots in ROOTS.items()}
    added = {verb: name for name, row in ADDED.items() for verb in row.split()}
    harm = []
    for verb in sorted({*verbs} - {*LEFT_OUT.split()}):
        if verb in added:
            harm.append(f"{verb},{added[verb]}")
            continue
        shares = {name: wordnet.share(verb, tree) for name, tree in trees.items()}
        if wordnet.share(verb, set().union(*trees.values())) >= 0.5:
            harm.append(f"{verb},{max(shares, key=shares.__getitem__)}")
    text = HARM_HEAD + "\n".join(harm) + "\n"
    (LEXICONS / "harm_verbs.csv").write_text(text, "utf-8")
    transitive = sorted(filter(wordnet.is_transitive, verbs))
    text = TRANSITIVE_HEAD + "\n".join(transitive) + "\n"
    (LEXICONS / "transitive_verbs.csv").write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
