"""Numbers as news writes them: where they stand in a column of text, and what they amount to. English only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, partial
from math import isnan, nan
from pathlib import Path
from types import SimpleNamespace

__all__ = ["find_figures", "lexicon", "read_figure"]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
MONTHS += ("December",)
MONTH = rf"(?:{'|'.join(MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
CURRENCY = r"(?:US|A|C|HK|NZ|R)?\$|[£€¥₹₺₽₪₩]"
ATTACHED = "km|kg|cm|mm|mph|kph|kmh|lbs?|ft|[GMk]W|k|mn|mln|m|bn|bln|b|tn|trn|K|M|B"
ARTICLE = re.compile(r"(?i)\b(an?)\b")
SHARES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
NOT_BEHIND = frozenset(".,:/'’-–")
CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĐĞİŁŐŚŞŠŰŹŻŽ]"
STRIP, STOPS = " .,;:!?…()[]{}\"“”‘’'—–-", ",;:.!?)]—"
EDGE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def _event_at(lex: SimpleNamespace, words: list[str], n: int) -> str:
    """The longest event phrase that starts at word `n`."""
    for phrase in lex.phrases.get(words[n], ()):
        if words[n : n + phrase.count(" ") + 1] == phrase.split(" "):
            return phrase
    return words[n] if words[n] in lex.event_of else ""


@cache
def lexicon() -> SimpleNamespace:
    """The two data files, turned into look-up tables and patterns."""
    folder = Path(__file__).parent / "lexicons"
    numbers, counted = (tomllib.loads((folder / f"{n}.toml").read_text("utf-8")) for n in ("numbers", "counted"))

    def either(words: Iterable[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))

    lex = SimpleNamespace(**numbers)
    lex.hedge_of = {word: name for name, group in lex.hedges.items() for word in group["words"]}
    lex.unit_of = {word: name for name, unit in lex.units.items() for word in unit["words"]}
    lex.event_of = {word: name for name, group in counted["events"].items() for word in group}
    lex.class_of = {word: name for name, group in counted["classes"].items() for word in group}
    lex.class_of |= dict.fromkeys(counted["people"]["words"], "people")
    lex.harms = set(counted["groups"]["harms"])
    lex.plurals, lex.singular = set(counted["head"]["plurals"]), set(counted["head"]["singular"])
    lex.ends, lex.not_one = set(counted["phrase"]["ends"]), set(counted["phrase"]["not_one"])
    lex.labels = set(counted["phrase"]["labels"])
    lex.hedge_ends = {word.rsplit(" ", 1)[-1] for word in lex.hedge_of}
    lex.bounds = {word: (lex.hedges[name]["low"], lex.hedges[name]["high"]) for word, name in lex.hedge_of.items()}
    lex.phrases = {}
    for phrase in sorted((word for word in lex.event_of if " " in word), key=len, reverse=True):
        lex.phrases.setdefault(phrase.split(" ", 1)[0], []).append(phrase)
    lex.event_starts = {phrase.split(" ", 1)[0] for phrase in lex.event_of}
    lex.event_at = partial(_event_at, lex)
    lex.sources, lex.framed = set(counted["phrase"]["sources"]), set(counted["phrase"]["framed"])
    lex.loose = {"", *counted["phrase"]["loose"]}
    lex.aux, lex.relative = set(counted["phrase"]["aux"]), {"who", "that", "which"}
    lex.said, lex.idle = set(counted["phrase"]["said"]), set(counted["phrase"]["idle"])
    lex.object = {"a", "an", "the", "his", "her", "their", "its", "at", "more", *lex.digits}
    lex.roles = dict.fromkeys(
        ["since", "on", "over", "during", "within", "for", "by", "until", "before", "after"], "when"
    )
    lex.roles |= dict.fromkeys(["this", "last", "overnight", "yesterday", "today"], "when")
    lex.roles |= dict.fromkeys(["near", "around", "across", "at", "throughout", "outside"], "where")
    lex.roles |= dict.fromkeys(["a", "an", "per", "each", "every"], "rate") | {"in": "both", "according": "according"}
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
    lex.when_said |= {f"{day}day" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")}
    lex.roles |= {word.capitalize(): role for word, role in lex.roles.items() if role in ("when", "both", "according")}
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
    lex.over, lex.date, lex.part = re.compile(over), re.compile(date), re.compile(part[:-2], re.IGNORECASE)
    pair = rf"(?:between|from) ({one}) (?:and|to) ({one})|({one})(?:-|–|—| to | or )({one})"
    lex.range = re.compile(f"(?i){pair}")
    # polars reads these in linear time, and fast as long as word edges and digits are plain
    lex.find, lex.find_one = (
        pattern.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]") for pattern in (lex.find, f"(?i){lex.one}")
    )
    return lex


def _numeral(text: str) -> tuple[float, float, float, str]:
    """Value, low, high and unit of one numeral: ``half a million``, ``$1.5bn``, ``a few thousand``."""
    lex, words = lexicon(), text.lower()
    sign = re.match(rf"(?i)(?:{CURRENCY})", words)
    unit = lex.unit_of.get(sign[0], "") if sign else ""
    words = words[sign.end() :].strip() if sign else words
    plus_half = " and a half" in words
    words = re.sub(r"(\d)([a-z]+)$", r"\1 \2", words.replace(" and a half", "")).replace(",", "")
    total, current, low, high = 0.0, None, 1.0, 1.0
    for word in re.split(r"[ -]", words):
        if word in lex.vague_times:
            low, high, current = *lex.vague_times[word], 1.0
        elif word in lex.scales:
            current = (1.0 if current is None else current) + 0.5 * plus_half
            plus_half = False
            current *= lex.scales[word]
            if lex.scales[word] >= 1000:
                total, current = total + current, None
        elif word in ("half", "quarter"):
            current = 0.5 if word == "half" else 0.25
        elif word in lex.digits:
            current = (current or 0.0) + lex.digits[word]
        elif word[:1].isdigit():
            if len(word) > 15:
                return nan, nan, nan, ""
            current = float(word)
        elif word in lex.unit_of:
            unit = lex.unit_of[word]
        elif word in ("a", "an"):
            current = 1.0 if current is None else current
        elif word not in ("and", "of"):
            return nan, nan, nan, ""
    value = total + (current or 0.0) + 0.5 * plus_half
    return (value if low == high else nan), value * low, value * high, unit


def read_figure(text: str) -> tuple[str, float, float, float, str, str] | None:
    """Kind, value, low, high, unit and date of an expression; None where it is no figure (a clock time, a score, 9/11)."""
    lex = lexicon()
    text = lex.tens_and_ones.sub(r"\1 \2", text)
    small = text.lower()
    if found := lex.date.fullmatch(text):
        if "year" in small:
            return "year", nan, nan, nan, "", small.split()[0]
        year = re.search(r"\d{4}", text)
        month = next((i + 1 for i, name in enumerate(MONTHS) if re.search(rf"\b{name[:3]}", found[0])), 0)
        day = re.search(r"\b\d{1,2}(?!\d)", text.replace(year[0], "") if year else text)
        if not month:
            return "date", float(year[0]), float(year[0]), float(year[0]), "", text
        number = float(year[0]) if year else nan
        iso = (year[0] if year else "-") + f"-{month:02}" + (f"-{int(day[0]):02}" if day else "")
        return "date", number, number, number, "", iso
    if lex.over.fullmatch(text):
        return None
    if small in lex.vague:
        return "count", nan, *lex.vague[small], "", ""
    if (last := re.split(" (?:of|upon) ", small))[-1] in lex.vague and len(last) == 2 and last[0] in lex.vague:
        times = lex.vague[last[-1]][0] / 2
        return "count", nan, *(n * times for n in lex.vague[last[0]][:1]), lex.vague[last[0]][1] * times, "", ""
    if lex.part.fullmatch(small):
        if re.fullmatch("half an?", small):
            return "part", 0.5, 0.5, 0.5, "", ""
        top = {"two": 2, "three": 3, "four": 4}.get(re.split("[- ]", small)[0], 1)
        share = next(SHARES[word.rstrip("s")] for word in re.split("[- ]", small) if word.rstrip("s") in SHARES)
        return "percent", *[100 * top / share] * 3, "%", ""
    if found := lex.of_each.fullmatch(small):
        top, all_of = (_numeral(item)[0] for item in found.groups())
        return ("percent", *[100 * top / all_of] * 3, "%", "") if top < all_of else None
    if pair := lex.range.fullmatch(text):
        one, two = (part for part in pair.groups() if part)
        (a, _, _, unit_a), (b, _, _, unit_b) = _numeral(one), _numeral(two)
        years = re.fullmatch(
            r"(?i)(?:between |from )?(1[5-9]\d\d|20\d\d)\W*(?:and|to)?\W*(\d\d|1[5-9]\d\d|20\d\d)", text
        )
        if years:
            b = b + a // 100 * 100 if b < 100 else b
            return ("year", nan, a, b, "", f"{a:.0f}/{b:.0f}") if a < b else None
        last = re.search(r"[a-z]+$", two.lower())
        if last and last[0] in lex.scales and not any(word in lex.scales for word in re.split(r"[- \d.]", one.lower())):
            a *= lex.scales[last[0]]  # 2-3 million
        return ("count", nan, a, b, unit_a or unit_b, "") if a < b else None
    value, low, high, unit = _numeral(text)
    if isnan(low):
        return None
    if re.fullmatch(r"\d{8,}|911", text):  # an identifier, an emergency call
        return None
    year = re.fullmatch(r"1[5-9]\d\d|20\d\d", text)
    return ("year?" if year else "count"), value, low, high, unit, (text if year else "")


def find_figures(texts) -> list[tuple[int, int, str, str]]:
    """Every expression in a polars column as (row, start, expression, text of the row)."""
    lex, found = lexicon(), []
    for pattern in (lex.find, lex.find_one):
        lists = texts.str.extract_all(pattern)
        where = (lists.list.len().fill_null(0) > 0).arg_true()
        for row, text, cores in zip(
            where.to_list(), texts.gather(where).to_list(), lists.gather(where).to_list(), strict=True
        ):
            at = 0
            for core in cores:  # matches come in order: each is the next place where it stands between word edges
                start = text.find(core, at)
                while start >= 0 and (
                    (start and core[0] in EDGE and text[start - 1] in EDGE)
                    or (core[-1] in EDGE and text[start + len(core) : start + len(core) + 1] in EDGE)
                ):
                    start = text.find(core, start + 1)
                if start < 0:
                    continue
                at = start + len(core)
                if core[-1].isdigit() and text[at : at + 1] in NOT_BEHIND and text[at + 1 : at + 2].isdigit():
                    continue  # part of a longer number
                if pattern is lex.find_one:
                    article = ARTICLE.search(core)
                    start, core = start + article.start(1), article[1]
                found.append((row, start, core, text))
    return found
