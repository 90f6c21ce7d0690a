"""Numbers as news writes them: where they stand in a column of text, and what they amount to. English only."""

from __future__ import annotations

import re
from math import isnan, nan

from .lexicon import CURRENCY, MONTHS, lexicon

__all__ = ["CAPITAL", "STOPS", "STRIP", "find_figures", "read_figure"]


ARTICLE = re.compile(r"(?i)\b(an?)\b")
SHARES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
NOT_BEHIND = frozenset(".,:/'’-–")
CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĐĞİŁŐŚŞŠŰŹŻŽ]"
STRIP, STOPS = " .,;:!?…()[]{}\"“”‘’'—–-", ",;:.!?)]—"
EDGE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def _numeral(text: str) -> tuple[float, float, float, str]:
    """Value, low, high and unit of one numeral: ``half a million``, ``$1.5bn``, ``a few thousand``."""
    lex, words = lexicon(), text.lower()
    sign = re.match(rf"(?i)(?:{CURRENCY})", words)
    unit = lex.unit_of.get(sign[0], "") if sign else ""
    words = words[sign.end() :].strip() if sign else words
    plus_half = " and a half" in words
    words = re.sub(
        r"(\d)([a-z]+)$", r"\1 \2", words.replace(" and a half", "")
    ).replace(",", "")
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
        month = next(
            (
                i + 1
                for i, name in enumerate(MONTHS)
                if re.search(rf"\b{name[:3]}", found[0])
            ),
            0,
        )
        day = re.search(r"\b\d{1,2}(?!\d)", text.replace(year[0], "") if year else text)
        if not month:
            return "date", float(year[0]), float(year[0]), float(year[0]), "", text
        number = float(year[0]) if year else nan
        iso = (
            (year[0] if year else "-")
            + f"-{month:02}"
            + (f"-{int(day[0]):02}" if day else "")
        )
        return "date", number, number, number, "", iso
    if lex.over.fullmatch(text):
        return None
    if small in lex.vague:
        return "count", nan, *lex.vague[small], "", ""
    if (
        (last := re.split(" (?:of|upon) ", small))[-1] in lex.vague
        and len(last) == 2
        and last[0] in lex.vague
    ):
        times = lex.vague[last[-1]][0] / 2
        return (
            "count",
            nan,
            *(n * times for n in lex.vague[last[0]][:1]),
            lex.vague[last[0]][1] * times,
            "",
            "",
        )
    if lex.part.fullmatch(small):
        if re.fullmatch("half an?", small):
            return "part", 0.5, 0.5, 0.5, "", ""
        top = {"two": 2, "three": 3, "four": 4}.get(re.split("[- ]", small)[0], 1)
        share = next(
            SHARES[word.rstrip("s")]
            for word in re.split("[- ]", small)
            if word.rstrip("s") in SHARES
        )
        return "percent", *[100 * top / share] * 3, "%", ""
    if found := lex.of_each.fullmatch(small):
        top, all_of = (_numeral(item)[0] for item in found.groups())
        return ("percent", *[100 * top / all_of] * 3, "%", "") if top < all_of else None
    if pair := lex.range.fullmatch(text):
        one, two = (part for part in pair.groups() if part)
        (a, _, _, unit_a), (b, _, _, unit_b) = _numeral(one), _numeral(two)
        years = re.fullmatch(
            r"(?i)(?:between |from )?(1[5-9]\d\d|20\d\d)\W*(?:and|to)?\W*(\d\d|1[5-9]\d\d|20\d\d)",
            text,
        )
        if years:
            b = b + a // 100 * 100 if b < 100 else b
            return ("year", nan, a, b, "", f"{a:.0f}/{b:.0f}") if a < b else None
        last = re.search(r"[a-z]+$", two.lower())
        if (
            last
            and last[0] in lex.scales
            and not any(
                word in lex.scales for word in re.split(r"[- \d.]", one.lower())
            )
        ):
            a *= lex.scales[last[0]]  # 2-3 million
        return ("count", nan, a, b, unit_a or unit_b, "") if a < b else None
    value, low, high, unit = _numeral(text)
    if isnan(low):
        return None
    if re.fullmatch(r"\d{8,}|911", text):  # an identifier, an emergency call
        return None
    year = re.fullmatch(r"1[5-9]\d\d|20\d\d", text)
    return (
        ("year?" if year else "count"),
        value,
        low,
        high,
        unit,
        (text if year else ""),
    )


def find_figures(texts) -> list[tuple[int, int, str, str]]:
    """Every expression in a polars column as (row, start, expression, text of the row)."""
    lex, found = lexicon(), []
    for pattern in (lex.find, lex.find_one):
        lists = texts.str.extract_all(pattern)
        where = (lists.list.len().fill_null(0) > 0).arg_true()
        for row, text, cores in zip(
            where.to_list(),
            texts.gather(where).to_list(),
            lists.gather(where).to_list(),
            strict=True,
        ):
            at = 0
            for core in cores:  # matches come in order: each is the next place where it stands between word edges
                start = text.find(core, at)
                while start >= 0 and (
                    (start and core[0] in EDGE and text[start - 1] in EDGE)
                    or (
                        core[-1] in EDGE
                        and text[start + len(core) : start + len(core) + 1] in EDGE
                    )
                ):
                    start = text.find(core, start + 1)
                if start < 0:
                    continue
                at = start + len(core)
                if (
                    core[-1].isdigit()
                    and text[at : at + 1] in NOT_BEHIND
                    and text[at + 1 : at + 2].isdigit()
                ):
                    continue  # part of a longer number
                if pattern is lex.find_one:
                    article = ARTICLE.search(core)
                    start, core = start + article.start(1), article[1]
                found.append((row, start, core, text))
    return found
