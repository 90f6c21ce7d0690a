"""The look-up tables and patterns of figures, from the data files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from types import SimpleNamespace

from ..lexicons import table

__all__ = ["CURRENCY", "DIGITS", "MONTH", "MONTHS", "lexicon"]


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
)
MONTHS += ("December",)
MONTH = rf"(?:{'|'.join(MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
CURRENCY = r"(?:US|A|C|HK|NZ|R)?\$|[£€¥₹₺₽₪₩]"
ATTACHED = "km|kg|cm|mm|mph|kph|kmh|lbs?|ft|[GMk]W|k|mn|mln|m|bn|bln|b|tn|trn|K|M|B"


def _event_at(lex: SimpleNamespace, words: list[str], n: int) -> str:
    """The longest event phrase that starts at word `n`."""
    for phrase in lex.phrases.get(words[n], ()):
        if words[n : n + phrase.count(" ") + 1] == phrase.split(" "):
            return phrase
    return words[n] if words[n] in lex.event_of else ""


@cache
def lexicon() -> SimpleNamespace:
    """The two data files, turned into look-up tables and patterns."""
    numbers, counted = table("numbers.toml"), table("counted.toml")

    def either(words: Iterable[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))

    lex = SimpleNamespace(**numbers)
    lex.hedge_of = {
        word: name for name, group in lex.hedges.items() for word in group["words"]
    }
    lex.unit_of = {
        word: name for name, unit in lex.units.items() for word in unit["words"]
    }
    lex.event_of = {
        word: name for name, group in counted["events"].items() for word in group
    }
    lex.class_of = {
        word: name for name, group in counted["classes"].items() for word in group
    }
    lex.class_of |= dict.fromkeys(counted["people"]["words"], "people")
    lex.harms = set(counted["groups"]["harms"])
    lex.plurals, lex.singular = (
        set(counted["head"]["plurals"]),
        set(counted["head"]["singular"]),
    )
    lex.ends, lex.not_one = (
        set(counted["phrase"]["ends"]),
        set(counted["phrase"]["not_one"]),
    )
    lex.labels = set(counted["phrase"]["labels"])
    lex.hedge_ends = {word.rsplit(" ", 1)[-1] for word in lex.hedge_of}
    lex.bounds = {
        word: (lex.hedges[name]["low"], lex.hedges[name]["high"])
        for word, name in lex.hedge_of.items()
    }
    lex.phrases = {}
    for phrase in sorted(
        (word for word in lex.event_of if " " in word), key=len, reverse=True
    ):
        lex.phrases.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    lex.event_starts = {phrase.split(" ", 1)[0] for phrase in lex.event_of}
    lex.event_at = partial(_event_at, lex)
    lex.sources, lex.framed = (
        set(counted["phrase"]["sources"]),
        set(counted["phrase"]["framed"]),
    )
    lex.loose = {"", *counted["phrase"]["loose"]}
    lex.aux, lex.relative = set(counted["phrase"]["aux"]), {"who", "that", "which"}
    lex.said, lex.idle = set(counted["phrase"]["said"]), set(counted["phrase"]["idle"])
    lex.object = {
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "at",
        "more",
        *lex.digits,
    }
    lex.roles = dict.fromkeys(
        [
            "since",
            "on",
            "over",
            "during",
            "within",
            "for",
            "by",
            "until",
            "before",
            "after",
        ],
        "when",
    )
    lex.roles |= dict.fromkeys(
        ["this", "last", "overnight", "yesterday", "today"], "when"
    )
    lex.roles |= dict.fromkeys(
        ["near", "around", "across", "at", "throughout", "outside"], "where"
    )
    lex.roles |= dict.fromkeys(["a", "an", "per", "each", "every"], "rate") | {
        "in": "both",
        "according": "according",
    }
    lex.roles |= dict.fromkeys(lex.said, "said")
    lex.when_said = {
        "on",
        "in",
        "at",
        "late",
        "early",
        "earlier",
        "last",
        "this",
        "after",
        "during",
        "yesterday",
        "today",
    }
    lex.when_said |= {
        f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
    }
    lex.roles |= {
        word.capitalize(): role
        for word, role in lex.roles.items()
        if role in ("when", "both", "according")
    }
    lex.unit_starts = {word.split(" ", 1)[0] for word in lex.unit_of}
    # one pattern for everything that holds a figure; what is matched only to be passed over comes first
    tens = [w for w, n in lex.digits.items() if n >= 20]
    ones = [w for w, n in lex.digits.items() if 0 < n < 10]
    # "twenty-five" is one number, "two-three" and "twenty-thirty" are two
    lex.tens_and_ones = re.compile(rf"(?i)\b({either(tens)})-({either(ones)})\b")
    scale = either(w for w, n in lex.scales.items() if w.isalpha() and len(w) > 4)
    small = f"(?:(?:{either(tens)})(?:[- ]?(?:{either(ones)}))?|{either(w for w in lex.digits if w not in tens)})"
    lead = rf"(?:{DIGITS}|{small}|half[ -]an?|an? half|half|an? (?:few|couple(?: of)?)|a quarter of an?|several|many|few|an?)"
    scaled = rf"(?:{lead}(?: and a half)?(?:[ -](?:{scale})\b)+(?:(?: and | ){small}(?:[ -](?:{scale})\b)*){{0,3}})"
    one = rf"(?:(?:{CURRENCY}) ?)?\b(?:{DIGITS}(?:{ATTACHED})\b|{scaled}|{DIGITS}\b(?: and a half\b)?|{small}\b(?: and a half\b)?)"
    vague = rf"\b(?:{either(lex.vague)})(?: (?:of|upon) (?:{either(lex.vague)}))?\b"
    part = r"\b(?:(?:one|two|three|four)[- ](?:half|thirds?|quarters?|fourths?|fifths?|tenths?)|(?:a|one) (?:third|quarter|fifth) of|"
    part += r"half (?:of|the|its|their|his|her|all|an?))\b"
    over = r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\b)|\d{1,2}:\d\d(?::\d\d)?|\d{1,2} ?[AaPp]\.?[Mm]\b|\d+x\d+|\d+(?:[./-]\d+){2,}"
    over += r"|\d+/\d+"
    days = r"\d{1,2}(?:st|nd|rd|th)?(?:[-–]\d{1,2})?"
    date = rf"\d{{4}}-\d\d-\d\d|{MONTH} {days}, ?\d{{4}}|{MONTH},? \d{{4}}|{MONTH} {days}|{days} (?:of )?{MONTH}(?:,? \d{{4}})?"
    date = rf"(?:{date})\b|\b(?i:last|this|next) year\b"
    lex.find = rf"\b(?:{over})\b|\b(?:{date})|(?i:\b(?:between|from) (?:{one}) (?:and|to) (?:{one})|(?:{one})(?:-|–|—| to | or )(?:{one})"
    small_number = rf"(?:\d{{1,3}}|{small})"
    each = rf"({small_number})[ -](?:in|out of|of every)[ -](?:every )?({either(w for w, n in lex.digits.items() if 1 < n < 13)}|[2-9]|1[02]|20|25|50|100|1,?000)"
    lex.of_each = re.compile(each)
    lex.find += rf"|\b{each}\b|{vague}|\b{scaled}|{part}|(?:{one}))"
    # "a civilian dead", "killing a woman": the article counts where somebody came to harm
    lex.harm = set(counted["people"]["harm"])
    person, harm = either(counted["people"]["one"]), either(lex.harm)
    some = rf"an? (?:[a-zA-Z'-]+ ){{0,3}}?(?:{person})\b"
    lex.one = rf"\band {some} (?:{harm})\b|\b{some} (?:was |has been |had been )(?:{harm})\b|\b{some} (?:dead|missing)\b|\b(?:{harm}|killing|wounding|injuring) {some}"
    lex.over, lex.date, lex.part = (
        re.compile(over),
        re.compile(date),
        re.compile(part[:-2], re.IGNORECASE),
    )
    pair = rf"(?:between|from) ({one}) (?:and|to) ({one})|({one})(?:-|–|—| to | or )({one})"
    lex.range = re.compile(f"(?i){pair}")
    # polars reads these in linear time, and fast as long as word edges and digits are plain
    lex.find, lex.find_one = (
        pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")
        for pattern in (lex.find, f"(?i){lex.one}")
    )
    return lex
