"""The patterns of numbers, dates and shares as news writes them. English only.

Those that search a column are read by polars: in linear time, without look-around, and
fast as long as word edges and digits are plain ASCII (`plain_edges`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from ..lexicons import table, words
from ..text import OPENING
from .lexicon import number_words

__all__ = [
    "CAPITAL",
    "CURRENCY",
    "DIGITS",
    "FRACTIONS",
    "LETTER",
    "NUMBER_SPACES",
    "OPENERS",
    "RELATIVE",
    "STOPS",
    "STRIP",
    "either",
    "harm_words",
    "month",
    "nobody",
    "one_in_so_many",
    "one_person",
    "pair_of_numbers",
    "part_of_a_whole",
    "place_of_word",
    "plain_edges",
    "searched",
    "small_numeral",
    "tens_and_ones",
    "written_date",
    "written_number",
    "written_otherwise",
]


LETTER = r"[^\W\d_]"
CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĐĞİŁŐŚŞŠŰŹŻŽ]"
# What may open right before a word, without a space.
OPENERS = OPENING + "([—"
STRIP, STOPS = " .,;:!?…()[]{}\"“”‘’'—–-", ",;:.!?)]—"
# "Doe, who has 40 farms": what follows is another clause.
RELATIVE = re.compile(r", (?:where|which|who|whose)\b")
# Spaces of a number that never end a line: no-break, narrow and thin.
NUMBER_SPACES = "\u00a0\u202f\u2009"
# 1,234,567.8; 1 234 567 (with plain spaces two groups at least, or 000); 2 1/2; 1234.5
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    rf"|\d{{1,3}}(?:(?:[{NUMBER_SPACES}]\d{{3}})+|(?: \d{{3}}){{2,}}| 000)\b"
    r"|\d+ [1-9]/[2-9]|\d+(?:\.\d+)?)"
)
# 2½; no word edge stands behind the sign
FRACTIONS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4}
# $, US$, £, Rs.
CURRENCY = r"(?:US|A|C|HK|NZ|R)?\$|[£€¥₹₺₽₪₩]|\bRs\b\.?"


def either(choices: Iterable[str]) -> str:
    """One of these words, the longest first."""
    ordered = sorted(choices, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered)


def place_of_word(text_words: Sequence[str], n: int) -> int:
    """Where the n-th of the words stands in their text."""
    return len(" ".join(text_words[:n])) + (1 if n else 0)


def _tens() -> list[str]:
    return [word for word, value in number_words().digits.items() if value >= 20]


def _ones() -> list[str]:
    return [word for word, value in number_words().digits.items() if 0 < value < 10]


def tens_and_ones() -> str:
    """ "twenty-five", which is one number; "two-three" and "twenty-thirty" are two."""
    return rf"(?i)\b({either(_tens())})-({either(_ones())})\b"


@cache
def small_numeral() -> str:
    """A numeral below a hundred in words: "nine", "twelve", "twenty-five"."""
    others = set(number_words().digits) - set(_tens())
    return rf"(?:(?:{either(_tens())})(?:[- ]?(?:{either(_ones())}))?|{either(others)})"


@cache
def _scaled() -> str:
    """A numeral with a scale: "two hundred and five thousand", "half a million"."""
    scales = number_words().scales
    scale = either(word for word in scales if len(word) > 3)
    small = small_numeral()
    lead = (
        rf"(?:{DIGITS}|{small}|half[ -]an?|an? half|half|an? (?:few|couple(?: of)?)"
        r"|a quarter of an?|several|many|few|an?)"
    )
    more = rf"(?:(?: and | ){small}(?:[ -](?:{scale})\b)*){{0,3}}"
    return rf"(?:{lead}(?: and a half)?(?:[ -](?:{scale})\b)+{more})"


@cache
def written_number() -> str:
    """One number: "$1.5bn", "2.5 million", "twenty-five", "two and a half"."""
    attached = either(words("numbers.toml", "forms.attached"))
    half = r"(?:[ -]and[ -]a[ -]half\b)?"
    fraction = rf"\d+[{''.join(FRACTIONS)}]"
    return (
        rf"(?:(?:{CURRENCY}) ?|\bminus |[−])?\b(?:{DIGITS}(?:{attached})\b|{_scaled()}"
        rf"|{fraction}|{DIGITS}\b{half}|{small_numeral()}\b{half})"
    )


def pair_of_numbers(group: str) -> str:
    """Two numbers as the ends of a range: "between 5 and 7", "5-7", "5 or 7".

    `group` opens the group that either number is in: "(" or "(?:".
    """
    one = f"{group}{written_number()})"
    return rf"(?:between|from) {one} (?:and|to) {one}|{one}(?:-|–|—|−| to | or ){one}"


def one_in_so_many() -> str:
    """A share in two groups: "four in 10", "two out of three"."""
    digits = number_words().digits
    group = either(word for word, value in digits.items() if 1 < value < 13)
    return (
        rf"((?:\d{{1,3}}|{small_numeral()}))[ -](?:in|out of|of every)[ -](?:every )?"
        rf"({group}|[2-9]|1[02]|20|25|50|100|1,?000)"
    )


def _vague() -> str:
    """Numbers that name none: "dozens", "hundreds of thousands"."""
    vague = either(number_words().vague)
    return rf"\b(?:{vague})(?: (?:of|upon) (?:{vague}))?\b"


def part_of_a_whole() -> str:
    """Shares in words: "two thirds", "a quarter of", "half the"."""
    return (
        r"\b(?:(?:one|two|three|four)[- ]"
        r"(?:half|thirds?|quarters?|fourths?|fifths?|tenths?)"
        r"|(?:a|one) (?:third|quarter|fifth) of"
        r"|half (?:of|the|its|their|his|her|all|an?))"
    )


def written_otherwise() -> str:
    """What has digits and is no figure: 5:30 pm, 16x9, 1.2.3, 9/11."""
    return (
        r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\b)|\d{1,2}:\d\d(?::\d\d)?"
        r"|\d{1,2} ?[AaPp]\.?[Mm]\b|\d+x\d+|\d+(?:[./-]\d+){2,}|\d+/\d+"
    )


@cache
def month() -> str:
    """A month, in full or short: "February", "Feb."."""
    calendar = table("numbers.toml")["calendar"]
    names = [*calendar["months"], *calendar["short_months"]]
    return rf"(?:{'|'.join(names)})\.?"


def written_date() -> str:
    """A date or a year told from now: "Feb. 3, 2018", "March 2011", "last year"."""
    name = month()
    days = r"\d{1,2}(?:st|nd|rd|th)?(?:[-–]\d{1,2})?"
    date = (
        rf"\d{{4}}-\d\d-\d\d|{name} {days}, ?\d{{4}}|{name},? \d{{4}}|{name} {days}"
        rf"|{days} (?:of )?{name}(?:,? \d{{4}})?"
    )
    return rf"(?:{date})\b|\b(?i:last|this|next) year\b"


def searched() -> str:
    """Every expression that may hold a figure.

    What is matched only to be passed over comes first: clock times, scores, 9/11.
    """
    one = written_number()
    return (
        rf"\b(?:{written_otherwise()})\b|\b(?:{written_date()})|(?i:\b{pair_of_numbers('(?:')}"
        rf"|\b{one_in_so_many()}\b|{_vague()}|\b{_scaled()}|{part_of_a_whole()}\b"
        rf"|(?:{one}))"
    )


HARM_KEYS = ("harm", "harm_nouns", "harm_noun", "harm_verbs", "harm_to")
HARMING = ("killing", "wounding", "injuring")
HARMING_ANYONE = (*HARMING, "hurting", "harming")
# In what says that nobody was harmed without a word of harm
LIVES = ("loss of ", "lives")


def harm_words() -> frozenset[str]:
    """The words of `one_person` and `nobody` of which every match has one."""
    keys = (words("counted.toml", f"people.{key}") for key in HARM_KEYS)
    return frozenset(HARMING_ANYONE + LIVES).union(*keys)


def one_person() -> str:
    """An article that counts, where somebody came to harm.

    "a civilian was killed", "killing a woman", "and a soldier dead".
    """
    person = either(words("counted.toml", "people.one"))
    harm = either(words("counted.toml", "people.harm"))
    some = rf"an? (?:[a-zA-Z'-]+ ){{0,3}}?(?:{person})\b"
    return (
        rf"(?i)\band {some} (?:{harm})\b"
        rf"|\b{some} (?:was |has been |had been )(?:{harm})\b"
        rf"|\b{some} (?:dead|missing)\b|\b(?:{harm}|{'|'.join(HARMING)}) {some}"
    )


def nobody() -> str:
    """That nobody came to harm, which is a count of nought.

    "no one was killed", "no soldiers were hurt", "not a single soldier was killed";
    "nobody died", "there were no deaths", "it killed no one", "killed no civilians";
    "no loss of life", "no lives were lost", "without casualties", "without injuring
    anyone".
    """
    harm, nouns, noun, verbs, done = (
        either(words("counted.toml", f"people.{key}")) for key in HARM_KEYS
    )
    person = either(words("counted.toml", "people.one"))
    someone = "no one|no-one|nobody|none"
    those = rf"(?:(?:{someone}) |(?:no|not one|not a single) (?:[a-z-]+ ){{1,2}}?)"
    been = "was|were|has been|have been|had been"
    return (
        rf"(?i)\b{those}(?:(?:{been}) (?:{harm})|{verbs})\b"
        rf"|\b(?:(?:no|without(?: any)?) (?:[a-z-]+ )?(?:{nouns})"
        rf"|(?:without|not) a single (?:{noun}))\b"
        r"|\b(?:no|without(?: any)?) loss of (?:human )?(?:life|lives)\b"
        rf"|\bno lives (?:{been}) lost\b|\b(?:claimed|claiming|cost|took) no lives\b"
        rf"|\bwithout (?:{'|'.join(HARMING_ANYONE)}) any(?:one|body)\b"
        rf"|\b(?:(?:{done}) (?:{someone}|not (?:one|a single)"
        rf"|no (?:[a-z-]+ )?(?:people|(?:{person})s))"
        rf"|left (?:{someone}) (?:{harm}))\b"
    )


def plain_edges(pattern: str) -> str:
    """The pattern with ASCII word edges and digits, as polars reads them fast."""
    return pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")
