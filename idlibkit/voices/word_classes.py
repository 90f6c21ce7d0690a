"""Words as letters: the token codes that `attribution` reads sentences by, for many articles at once.

Private to `voices`. English only needs its closed classes for this: pronouns, articles, prepositions, auxiliaries and
reporting verbs are listed, capitals are names, endings tell adverbs and participles, and all other words are nouns.
Everything is done on arrays of code points: a word is known by a hash of its letters, never by a Python string.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from ..lexicons import Verb, reporting_verbs

__all__ = [
    "ABOUT",
    "ACCORDING_TO",
    "AS",
    "BY",
    "CLASSES",
    "CLAUSE_OF_NOUN",
    "COMMON",
    "CONTRAST",
    "HEARER",
    "IF_ABOUT",
    "MAX_TOKENS",
    "NOUN",
    "NOUN_BASE",
    "PLURAL",
    "RELATIVE",
    "SINCE",
    "Tokens",
    "forms",
    "is_code",
    "read_tokens",
]


# One letter for each class. Further ones: N name, n noun or adjective, # number, e past tense or participle, g other -ing
# form; C finite reporting verb, B its base form, G its -ing form, R according; Q quotation; and the punctuation marks.
CLASSES = {
    "P": "he she they it i we you everyone nobody everybody someone",
    "D": "the a an this these those some many several most other another each both all no any his her their its my our your few"
    " every such two three four five six seven eight nine ten",
    "p": "of in on at by for with from about into over after before during under between against among through near across since"
    " until toward towards upon outside inside behind within without despite like via amid around than per",
    "t": "that",
    "T": "to",
    "&": "and or nor",
    "b": "but while although though because when if unless whereas as so yet where",
    "h": "who whom which what how why whether whose",
    "z": "is was are were be been being am isn't wasn't aren't weren't",
    "x": "has have had having will would could should may might must can cannot shall do does did won't didn't doesn't don't hasn't"
    " haven't wouldn't couldn't can't",
    "A": "also then later again already still now earlier previously repeatedly often always once even just first further instead"
    " meanwhile simply only not too recently soon long ago here there however therefore never",
    "W": "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow week month year night morning"
    " afternoon evening weekend january february april june july august september october november december"
    " jan feb aug sept sep oct nov dec",
    "R": "according",
}
# About one word in four of English text, and next to none of any other language's.
_COMMON = "the of and to that is was for with by from it he she they has have were not this which said its their are be"
ABBREVIATIONS = (
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col maj sgt capt cmdr adm rev hon st jr sr no vs inc corp co ltd"
    " jan feb mar apr jun jul aug sep sept oct nov dec mass calif conn fla ill mich minn pa va tex wash wis ariz tenn ga ala ky"
    " md mo a.m p.m e.g i.e etc"
)
CLAUSE_NOUNS = (
    "claim claims idea notion belief fear fears concern concerns suggestion suggestions allegation allegations argument report"
    " reports assertion assertions statement view hope hopes warning warnings rumor rumors rumour rumours accusation accusations"
    " conclusion evidence doubt doubts promise pledge possibility theory speculation prediction assurances sign signs"
)
# Words that the grammar of attributions tells apart within a class, each list with a flag of its own.
# Forms that are as often a noun: a verb only between a fitting subject and a clause.
_NOUNS = (
    "claims reports states notes calls plans hopes fears charges offers demands questions answers comments remarks requests doubts"
    " promises pledges vows threats details orders estimates quotes rules labels brands voices posts shows finds thanks backs"
    " votes aims wishes attacks challenges tweets recalls counters stresses supports cautions guesses signals hints cries favors"
    " favours forecasts protests boasts complaints appeals reads worries learned"
)
(
    NOT_LY,
    NOT_ING,
    ABBREVIATION,
    CLAUSE_NOUN,
    PAIR_FIRST,
    COMMON,
    NOUN,
    NOUN_BASE,
    PLURAL,
) = (1 << i for i in range(9))
RELATIVE, SINCE, HEARER, ABOUT, IF_ABOUT, BY, AS, CONTRAST = (
    1 << i for i in range(9, 17)
)
_LISTS = {
    NOT_LY: "family ally italy july reply supply monopoly assembly anomaly rally elderly",
    NOT_ING: "during including following king building thing something anything nothing everything morning evening",
    ABBREVIATION: ABBREVIATIONS,
    CLAUSE_NOUN: CLAUSE_NOUNS,
    COMMON: _COMMON,
    NOUN: _NOUNS,
    NOUN_BASE: " ".join(
        noun.removesuffix("s") for noun in _NOUNS.split() if noun.endswith("s")
    ),
    PLURAL: "people police media women men most many critics some few all both others another two three four five six seven eight"
    " nine ten each those these everyone",
    RELATIVE: "who which that",
    SINCE: "since",
    HEARER: "me him them us her reporters you",
    ABOUT: "about upon",
    IF_ABOUT: "if about",
    BY: "by",
    AS: "as",
    CONTRAST: "while but though although whereas",
}
MAX_TOKENS = (
    250  # a longer sentence is no sentence: it is cut, which keeps the reading linear
)
_LIMIT = 0x2E80  # scripts from here on have no case and are read as the letter z
_BASE = np.uint64(0x9E3779B97F4A7C15)


class Tokens(NamedTuple):
    """The tokens of a text: a code for each, its place, and what the lists say of it."""

    text: str
    codes: str
    numbers: np.ndarray  # the codes as numbers
    starts: np.ndarray
    ends: np.ndarray
    lists: np.ndarray  # flags: the lists that the word is on
    verbs: np.ndarray  # of a reporting verb its number among `forms`, else -1
    pairs: np.ndarray  # whether it is a reporting verb with the next one
    nouns: np.ndarray  # whether it is a noun with a clause of its own: the claim that

    def word(self, token: int) -> str:
        return (
            self.text[self.starts[token] : self.ends[token]].lower().replace("’", "'")
        )


ACCORDING_TO, CLAUSE_OF_NOUN = 0, 1  # among `forms`


@cache
def forms() -> tuple[Verb, ...]:
    """What introduces speech without being a verb, and then the forms of `verbs`, in their order."""
    return (
        Verb("according to", "say", "neutral", "R"),
        Verb("noun", "noun", "neutral", "N"),
        *reporting_verbs().values(),
    )


@cache
def tenses() -> np.ndarray:
    return np.array([ord(verb.tense) for verb in forms()], np.uint8)


WORD, UPPER, LOWER, DIGIT, JOINER, POINT, SKIP, MARK = 1, 2, 4, 8, 16, 32, 64, 128


@cache
def _tables() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each code point: its lower-case form, what it is (flags), and the code that it has as a punctuation mark."""
    lower = np.arange(_LIMIT + 1, dtype=np.uint32)
    flags, marks = np.zeros(_LIMIT + 1, np.uint8), np.zeros(_LIMIT + 1, np.uint8)
    for i in range(_LIMIT):
        char = chr(i)
        lower[i] = ord(char.lower()) if len(char.lower()) == 1 else i
        flags[i] = (
            WORD * (char.isalnum() or char == "_" or 0x300 <= i < 0x370)
            + UPPER * char.isupper()
            + LOWER * char.islower()
            + DIGIT * (char.isdigit() or char in "$€£")
            + JOINER * (char in "'’-/&")
            + POINT * (char in ".,")
            + SKIP * (char in "\"”’'»)]“‘« ")
        )
    lower[ord("’")] = ord("'")
    for code, chars in {
        ",": ",",
        ":": ":",
        ";": ";",
        "(": "(",
        ")": ")",
        "\n": "\n",
        ".": ".!?…",
        "-": "-–—",
    }.items():
        for char in chars:
            marks[ord(char)] = ord(code)
    flags[marks > 0] |= MARK
    flags[_LIMIT] = flags[ord("z")]
    return lower, flags, marks


@lru_cache(maxsize=1)
def _powers(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Powers of an odd number and of its inverse, modulo 2^64."""
    inverse = pow(int(_BASE), -1, 1 << 64)
    return tuple(
        np.cumprod(np.full(size, base, np.uint64)) for base in (int(_BASE), inverse)
    )


def _hashes(lowered: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """A number for each token that only tokens with the same letters share (but for one chance in 2^64)."""
    power, inverse = _powers(1 << max(20, len(lowered).bit_length()))
    sums = np.empty(len(lowered) + 1, np.uint64)
    sums[0] = 0
    np.cumsum(lowered * power[: len(lowered)], out=sums[1:])
    return (sums[ends] - sums[starts]) * inverse[starts]


_SLOT_BITS = 18


def _slot(hashes: np.ndarray, salt: int) -> np.ndarray:
    return (
        (hashes * np.uint64(salt * int(_BASE) % (1 << 64)))
        >> np.uint64(64 - _SLOT_BITS)
    ).astype(np.int64)


class _Lexicon(NamedTuple):
    """The listed words, by number; 0 is no word."""

    salt: int
    numbers: np.ndarray  # by the first bits of a word's salted hash
    hashes: np.ndarray
    codes: np.ndarray  # 0 for a word without a class of its own
    lists: np.ndarray  # flags
    verbs: np.ndarray  # number among `forms`, or -1
    pairs: np.ndarray  # verbs of two words, sorted by their numbers
    pair_verbs: np.ndarray

    def find(self, hashes: np.ndarray) -> np.ndarray:
        """The numbers of words by their hashes."""
        numbers = self.numbers[_slot(hashes, self.salt)]
        numbers[self.hashes[numbers] != hashes] = 0
        return numbers

    def find_pairs(
        self, first: np.ndarray, second: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Of words by their numbers: which are a verb with the next one, and the verb's number among `forms`."""
        both = first.astype(int) * len(self.hashes) + second
        place = np.minimum(np.searchsorted(self.pairs, both), len(self.pairs) - 1)
        found = self.pairs[place] == both
        return found, self.pair_verbs[place[found]]


@cache
def _lexicon() -> _Lexicon:
    form_at = {form: number for number, form in enumerate(reporting_verbs(), 2)}
    pairs = {
        tuple(form.split()): number for form, number in form_at.items() if " " in form
    }
    codes = {
        form: verb.tense for form, verb in reporting_verbs().items() if " " not in form
    }
    codes |= {word: code for code, words in CLASSES.items() for word in words.split()}
    lists: dict[str, int] = {}
    for flag, listed in (
        _LISTS | {PAIR_FIRST: " ".join({first for first, _ in pairs})}
    ).items():
        for word in listed.split():
            lists[word] = lists.get(word, 0) | flag
    words = ["", *sorted(codes.keys() | lists.keys() | {second for _, second in pairs})]
    sizes = np.array([len(word) for word in words])
    letters = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    hashes = _hashes(letters, np.cumsum(sizes) - sizes, np.cumsum(sizes))
    # A salt with which no two words share a slot.
    salt = next(
        s
        for s in range(1, 1 << 20, 2)
        if len(np.unique(_slot(hashes, s))) == len(words)
    )
    numbers = np.zeros(1 << _SLOT_BITS, np.int16)
    numbers[_slot(hashes, salt)] = np.arange(len(words))
    number = {word: at for at, word in enumerate(words)}
    both = {
        number[first] * len(words) + number[second]: verb
        for (first, second), verb in pairs.items()
    }
    return _Lexicon(
        salt,
        numbers,
        hashes,
        np.array([ord(codes.get(word, "\0")) for word in words], np.uint8),
        np.array([lists.get(word, 0) for word in words], np.int32),
        np.array([form_at.get(word, -1) for word in words], np.int16),
        np.array(sorted(both)),
        np.array([both[key] for key in sorted(both)], np.int16),
    )


@lru_cache
def _members(wanted: str) -> np.ndarray:
    table = np.zeros(256, bool)
    table[[ord(code) for code in wanted]] = True
    return table


def is_code(codes: np.ndarray, wanted: str) -> np.ndarray:
    """Whether each code is one of `wanted`."""
    return _members(wanted)[codes]


def read_tokens(text: str, quotations: Sequence[tuple[int, int]]) -> Tokens:
    """The tokens of `text`, paragraphs divided by line ends; each of `quotations` (places in order) is one token."""
    lower, flag_table, mark_table = _tables()
    points = np.frombuffer(
        (text + "\n\n\n\n\n").encode("utf-32-le", "surrogatepass"), np.uint32
    )
    small = points if text.isascii() else np.minimum(points, _LIMIT)
    lowered, flags = lower[small], flag_table[small]
    word = (flags & WORD).astype(bool)
    # Apostrophes, hyphens, points and commas inside a word or number belong to it; a currency sign begins a number.
    maybe = np.flatnonzero((flags & (JOINER | POINT)).astype(bool))
    maybe = maybe[word[maybe - 1] & word[maybe + 1]]
    point = (flags[maybe] & POINT).astype(bool)
    number = (flags[maybe - 1] & flags[maybe + 1] & DIGIT).astype(bool)
    initial = (points[maybe] == ord(".")) & (
        ~word[maybe - 2] | (points[maybe - 2] == ord("."))
    )
    word[maybe[~point | number | initial]] = True
    money = np.flatnonzero((flags & (WORD | DIGIT)) == DIGIT)
    word[money[word[money + 1]]] = True

    mark_at = np.flatnonzero(flags >= MARK)
    mark_at = mark_at[~word[mark_at]]
    marks = mark_table[small[mark_at]]
    # Of a run of points or dashes only the last one counts.
    runs = np.zeros(len(marks), bool)
    runs[:-1] = (
        (np.diff(mark_at) == 1) & (marks[1:] == marks[:-1]) & is_code(marks[:-1], ".-")
    )
    mark_at, marks = mark_at[~runs], marks[~runs]
    edges = np.flatnonzero(word[1:] != word[:-1]) + 1
    edges = np.append(0, edges) if word[0] else edges
    begins = np.zeros(len(word), bool)
    begins[edges[::2]] = begins[mark_at] = True
    starts = np.flatnonzero(begins)
    is_word = word[starts]
    ends = starts + 1
    ends[is_word] = edges[1::2]
    sizes = ends - starts
    hashes = _hashes(lowered, starts, ends)
    lexicon = _lexicon()
    number = lexicon.find(hashes)
    listed, on_list = lexicon.codes[number], lexicon.lists[number]
    first = flags[starts]
    capital = (first & UPPER).astype(bool)
    one, two, three = lowered[ends - 1], lowered[ends - 2], lowered[ends - 3]
    ed = (one == ord("d")) & (two == ord("e")) & (sizes > 3)
    ing = (
        (one == ord("g"))
        & (two == ord("n"))
        & (three == ord("i"))
        & (sizes > 4)
        & ~(on_list & NOT_ING).astype(bool)
    )
    ly = (
        (one == ord("y"))
        & (two == ord("l"))
        & (sizes > 3)
        & ~(on_list & NOT_LY).astype(bool)
    )
    codes = np.full(len(starts), ord("n"), np.uint8)
    codes[ed], codes[ing], codes[ly] = ord("e"), ord("g"), ord("A")
    codes[capital] = ord("N")
    codes[(first & DIGIT).astype(bool)] = ord("#")
    codes = np.where(listed > 0, listed, codes)
    codes[~is_word] = marks

    # A point after an abbreviation, or before a small letter or a comma, ends no sentence.
    stop = np.flatnonzero(codes == ord("."))
    where = starts[stop]
    ahead = where + 1
    for _ in range(4):
        ahead = np.minimum(ahead + (flags[ahead] & SKIP > 0), len(points) - 1)
    last = np.maximum(stop - 1, 0)
    touches = (ends[last] == where) & (points[where] == ord("."))
    short = (on_list[last] & ABBREVIATION).astype(bool) & (
        capital[last] | (sizes[last] == 3)
    )
    initials = (flags[where - 1] & UPPER > 0) & (
        (sizes[last] == 1) | (points[where - 2] == ord("."))
    )
    runs_on = (
        touches & (short | initials)
        | (flags[ahead] & LOWER > 0)
        | is_code(mark_table[small[ahead]], ",;:")
    )
    gone = np.zeros(len(starts) + 1, int)
    stays = np.ones(len(starts), bool)
    stays[stop[runs_on]] = False
    # What stands in short brackets, or in a quotation, is not part of the sentence around it.
    opening, closing, line = (
        starts[codes == ord("(")],
        starts[codes == ord(")")],
        starts[codes == ord("\n")],
    )
    stays &= ~is_code(codes, "()")
    if len(opening) and len(closing):
        partner = closing[
            np.minimum(np.searchsorted(closing, opening), len(closing) - 1)
        ]
        same_line = np.searchsorted(line, opening) == np.searchsorted(line, partner)
        fits = (partner > opening) & (partner - opening <= 60) & same_line
        np.add.at(gone, np.searchsorted(starts, opening[fits]), 1)
        np.add.at(gone, np.searchsorted(starts, partner[fits]), -1)
    quoted = np.array(quotations, int).reshape(-1, 2)
    beyond = np.searchsorted(starts, quoted[:, 1])
    np.add.at(gone, np.searchsorted(starts, quoted[:, 0]), 1)
    np.add.at(gone, beyond, -1)
    stays &= np.cumsum(gone[:-1]) <= 0
    before = np.cumsum(np.append(0, stays))[beyond]
    order = np.flatnonzero(stays)
    if len(quoted):
        insert, extra = [], []
        for (begin, end), position in zip(quotations, before.tolist(), strict=True):
            insert.append(position)
            extra.append((begin, end, ord("Q")))
            mark = _CLOSING.get(text[begin:end].rstrip("\"”'’»“ ")[-1:])
            if mark:
                insert.append(position)
                extra.append((end, end, ord(mark)))
        new = np.array(extra)
        order = np.insert(order, insert, len(starts) + np.arange(len(insert)))
        starts, ends = np.append(starts, new[:, 0]), np.append(ends, new[:, 1])
        codes = np.append(codes, new[:, 2].astype(np.uint8))
        number, capital, ing, ly = (
            np.append(a, np.zeros(len(new), a.dtype))
            for a in (number, capital, ing, ly)
        )
    starts, ends, codes, number = (
        starts[order],
        ends[order],
        codes[order],
        number[order],
    )
    capital, ing, ly = capital[order], ing[order], ly[order]
    listed, on_list, verb = (
        lexicon.codes[number] > 0,
        lexicon.lists[number],
        lexicon.verbs[number],
    )

    # A listed word in capitals is itself where a sentence begins, and part of a name elsewhere.
    begins = np.ones(len(codes), bool)
    begins[1:] = is_code(codes[:-1], ".!:Q\n")
    is_verb = is_code(codes, "BCG")
    inside = capital & listed & ~begins & (ends - starts > 1) & ~is_code(codes, "WPDR")
    codes[inside | capital & is_verb & begins & (codes != ord("G"))] = ord("N")
    lead = capital & begins & ~listed
    codes[lead & ing], codes[lead & ly] = ord("g"), ord("A")

    small = ~capital[:-1]
    nouns, pairs = np.zeros(len(codes), bool), np.zeros(len(codes), bool)
    nouns[:-1] = small & (on_list[:-1] & CLAUSE_NOUN > 0) & (codes[1:] == ord("t"))
    first = np.flatnonzero(small & (on_list[:-1] & PAIR_FIRST > 0))
    found, numbers = lexicon.find_pairs(number[first], number[first + 1])
    first = first[found]
    pairs[first], verb[first] = True, numbers
    codes[first] = tenses()[numbers]
    return Tokens(
        text,
        codes.tobytes().decode("latin-1"),
        codes,
        starts,
        ends,
        on_list,
        verb,
        pairs,
        nouns,
    )


_CLOSING = {".": ".", "…": ".", "!": "!", "?": "!", ",": ","}
