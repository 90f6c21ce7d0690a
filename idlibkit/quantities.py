"""Figures with what they count, and the figures on which outlets differ. English only.

A figure is found by one compiled pattern over the whole column (polars, linear time); its value is worked out once per distinct
expression; hedge, unit, event, time and place are read from the words beside it, again as whole columns. The words themselves are
in ``lexicons/numbers.toml`` and ``lexicons/counted.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from math import isnan, nan
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from .tables import check_columns

__all__ = ["quantities"]

COLUMNS = ["article_id", "outlet", "voice", "start", "end", "text", "kind", "value", "low", "high", "hedge", "unit"]
COLUMNS += ["conversion", "counted", "event", "per", "place", "date", "attributed_to", "context"]
MONTHS = [
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
    "December",
]
MONTH = rf"(?:{'|'.join(MONTHS)}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
CURRENCY = r"(?:US|A|C|HK|NZ|R)?\$|[£€¥₹₺₽₪₩]"
ATTACHED = "km|kg|cm|mm|mph|kph|kmh|lbs?|ft|[GMk]W|k|mn|mln|m|bn|bln|b|tn|trn|K|M|B"
OPENING = re.compile(
    r"['’]s | (?:of (?:the |its |his |her |their |our |these |those |all |that |my )?|more |other )(?:more |other )?|-"
)
ARTICLE = re.compile(r"(?i)\b(an?)\b")
ONE = ("one", "a", "an")
_DAY = rf"(?:{MONTH}(?:\s\d{{1,2}}\b)?(?:,?\s\d{{4}}\b)?|\d{{4}}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_WHEN = rf"\b(since (?:(?:the|early|late|mid|last|start|beginning|end|middle|outbreak|of)[ -])*(?:{_DAY}|(?:it|they|he|she|the|an?|his|her|its|their|then|last) [\p{{L}}\d’'-]+(?: [\p{{L}}\d’'-]+){{0,3}})"
_WHEN += r"|(?:in|over|during|within|for) the (?:past|last|previous|first|next) (?:[\p{L}\d-]+ ){0,2}?(?:day|week|month|year|decade|hour)s?"
_WHEN += rf"|(?:[Oo]n|[Bb]y|[Ii]n|[Uu]ntil|[Bb]efore|[Aa]fter|[Dd]uring) (?:(?:the|early|late|mid|start|beginning|end|of)[ -])*{_DAY}"
_WHEN += r"|(?:this|last) (?:week|month|year)\b|so far|overnight|yesterday|today)"
_RATE = r"^ ((?:an?|per|each|every) (?:day|week|month|year|hour|minute|person|head|night|capita))\b"
_WHERE = r"\b((?:in|near|around|across|at|throughout|outside) (?:the )?(?:[a-z-]+ ){0,3}?(?:\p{Lu}[\p{L}.’'-]*(?: (?:of )?\p{Lu}[\p{L}’'-]*){0,3}))"
_SAID = "said|says|say|told|announced|reported|reports|estimates?|estimated|claimed|claims|warned|added|put"
_NAME = r"\b(?:(?:[Tt]he |[Aa]n? )?\p{Lu}[\p{L}.’'-]*(?: (?:(?:of|for|the|and|in) ){0,2}\p{Lu}[\p{L}.’'-]*){0,6}|"
_NAME += r"(?:[Tt]he |[Aa]n? )?(?:[\p{L}-]+ ){0,3}(?:officials?|police|ministry|sources?|spokes[a-z]+|monitor|agency|government|group|report|army|military|authorities|witnesses|activists|poll|survey|study))"
EDGE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
AUX = "have|has|had|were|was|are|is|be|been|being|could|would|will|may|might|must|should|can|to|also|then|"
AUX += "reportedly|already|now|later|left|feared|confirmed|reported|believed|since|either|all|of|them|many|not|so|far"


@cache
def _lexicon() -> SimpleNamespace:
    """The two data files, turned into look-up tables and patterns."""
    folder = Path(__file__).parent / "lexicons"
    numbers, counted = (tomllib.loads((folder / f"{n}.toml").read_text("utf-8")) for n in ("numbers", "counted"))
    either = lambda words: "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    lex = SimpleNamespace(**numbers)
    lex.hedge_of = {word: name for name, group in lex.hedges.items() for word in group["words"]}
    lex.unit_of = {word: name for name, unit in lex.units.items() for word in unit["words"]}
    lex.event_of = {word: name for name, group in counted["events"].items() for word in group}
    lex.class_of = {word: name for name, group in counted["classes"].items() for word in group}
    lex.class_of |= dict.fromkeys(counted["people"]["words"], "people")
    lex.plurals, lex.singular = set(counted["head"]["plurals"]), set(counted["head"]["singular"])
    lex.ends, lex.not_one = set(counted["phrase"]["ends"]), set(counted["phrase"]["not_one"])
    lex.labels = either(counted["phrase"]["labels"])
    lex.hedge, lex.unit, lex.event = either(lex.hedge_of), either(lex.unit_of), either(lex.event_of)
    # one pattern for everything that holds a figure; what is matched only to be passed over comes first
    tens = [w for w, n in lex.digits.items() if n >= 20]
    ones = [w for w, n in lex.digits.items() if 0 < n < 10]
    scale = either(w for w, n in lex.scales.items() if w.isalpha() and len(w) > 4)
    small = f"(?:(?:{either(tens)})(?:[- ]?(?:{either(ones)}))?|{either(w for w in lex.digits if w not in tens)})"
    lead = rf"(?:{DIGITS}|{small}|half[ -]an?|an? half|half|an? (?:few|couple(?: of)?)|a quarter of an?|several|many|few|an?)"
    scaled = rf"(?:{lead}(?: and a half)?(?:[ -](?:{scale})\b)+(?:(?: and | ){small}(?:[ -](?:{scale})\b)*){{0,3}})"
    one = rf"(?:(?:{CURRENCY}) ?)?\b(?:{DIGITS}(?:{ATTACHED})\b|{scaled}|{DIGITS}\b(?: and a half\b)?|{small}\b(?: and a half\b)?)"
    vague = rf"\b(?:{either(lex.vague)})(?: (?:of|upon) (?:{either(lex.vague)}))?\b"
    part = r"\b(?:(?:one|two|three|four)[- ](?:half|thirds?|quarters?|fourths?|fifths?|tenths?)|(?:a|one) (?:third|quarter|fifth) of|"
    part += r"half (?:of|the|its|their|his|her|all|an?))\b"
    over = r"\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\b)|\d{1,2}:\d\d(?::\d\d)?|\d{1,2} ?[AaPp]\.?[Mm]\b|\d+x\d+|\d+(?:[./-]\d+){2,}"
    over += r"|\d+/\d+|[#@]\w+"
    days = r"\d{1,2}(?:st|nd|rd|th)?(?:[-–]\d{1,2})?"
    date = rf"\d{{4}}-\d\d-\d\d|{MONTH} {days}, ?\d{{4}}|{MONTH},? \d{{4}}|{MONTH} {days}|{days} (?:of )?{MONTH}(?:,? \d{{4}})?"
    date = rf"(?:{date})\b|\b(?i:last|this|next) year\b"
    lex.find = rf"\b(?:{over}|{date})|(?i:\b(?:between|from) (?:{one}) (?:and|to) (?:{one})|(?:{one})(?:-|–|—| to | or )(?:{one})"
    lex.find += rf"|{vague}|\b{scaled}|{part}|(?:{one}))"
    # "a civilian dead", "killing a woman": the article counts where somebody came to harm
    lex.harm = set(counted["people"]["harm"])
    person, harm = either(counted["people"]["one"]), either(lex.harm)
    some = rf"an? (?:[a-zA-Z'-]+ ){{0,3}}?(?:{person})\b"
    lex.one = rf"\band {some} (?:{harm})\b|\b{some} (?:was |has been |had been )(?:{harm})\b|\b{some} (?:dead|missing)\b|\b(?:{harm}|killing|wounding|injuring) {some}"
    lex.find += f"|(?i:{lex.one})"
    lex.one = re.compile(f"(?i){lex.one}")
    lex.over, lex.date, lex.part = re.compile(over), re.compile(date), re.compile(part[:-2], re.IGNORECASE)
    lex.range = re.compile(rf"(?i)(?:between|from) ({one}) (?:and|to) ({one})|({one})(?:-|–|—| to | or )({one})")
    # the first engine never reads Unicode word edges: with them it could not promise linear time at speed
    lex.find = lex.find.replace(r"\b", r"(?-u:\b)").replace(r"\d", "[0-9]")
    return lex


def _numeral(text: str) -> tuple[float, float, float, str]:
    """Value, low, high and unit of one numeral: ``half a million``, ``$1.5bn``, ``a few thousand``."""
    lex, words = _lexicon(), text.lower()
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


def _parse(text: str) -> tuple[str, float, float, float, str, str] | None:
    """Kind, value, low, high, unit and date of an expression; None where it is no figure (a clock time, a score, 9/11)."""
    lex, small = _lexicon(), text.lower()
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
        share = next(
            n
            for stem, n in {"hal": 2, "thir": 3, "quart": 4, "fourth": 4, "fif": 5, "tenth": 10}.items()
            if stem in small[1 if stem == "fourth" else 0 :]
        )
        return "percent", *[100 * top / share] * 3, "%", ""
    if (pair := lex.range.fullmatch(text)) and not re.fullmatch(r"(?i)[a-z]+-[a-z]+", text):
        one, two = (part for part in pair.groups() if part)
        (a, _, _, unit_a), (b, _, _, unit_b) = _numeral(one), _numeral(two)
        years = re.fullmatch(
            r"(?i)(?:between |from )?(1[5-9]\d\d|20\d\d)\W*(?:and|to)?\W*(\d\d|1[5-9]\d\d|20\d\d)", text
        )
        if years:
            b = b + a // 100 * 100 if b < 100 else b
            return ("year", nan, a, b, "", f"{a:.0f}/{b:.0f}") if a < b else None
        if b >= 1000 > a and not re.search("[a-z]{4}|[kmb]", one.lower()):  # 2-3 million
            scale = next((s for s in (1e12, 1e9, 1e6, 1e3) if b % s == 0 or b >= s), 1)
            if re.search("[a-z]", two.lower()) and a * scale < b:
                a *= scale
        return ("count", nan, a, b, unit_a or unit_b, "") if a < b else None
    value, low, high, unit = _numeral(text)
    if isnan(low):
        return None
    year = re.fullmatch(r"1[5-9]\d\d|20\d\d", text)
    return ("year?" if year else "count"), value, low, high, unit, (text if year else "")


def _noun_phrase(right: str, single: bool) -> tuple[int, int]:
    """Where in `right` the noun phrase stands that a figure counts; (0, 0) where there is none.

    Without a tagger: words run on to the first plural noun (and any plural right behind it), and never past a function word
    or a stop. A phrase without a plural, or a `single` one (a nine-year war), ends before the first participle.
    """
    lex, at = _lexicon(), 1
    if right[:1] not in (" ", "\u00a0", "-", "'", "’"):
        return 0, 0
    if opening := OPENING.match(right):
        at = opening.end()
    begin, end, head, first = at, 0, 0, True
    for word in right[at : at + 100].split(" ", 7)[:7]:
        bare = word.rstrip(",.;:!?)]}”’\"'…").removesuffix("’s").removesuffix("'s")
        low = bare.lower().lstrip("“\"‘'")
        if not low or not low[0].isalpha() or low in lex.ends or low in lex.digits or "--" in low:
            break
        plural = low in lex.plurals or (
            low[-1] == "s" and len(low) > 3 and low[-2] not in "su" and low not in lex.singular and low.islower()
        )
        if head and not plural or (head or single) and not first and low in lex.harm:
            break
        if (head or single) and not first and low.endswith(("ed", "ing")):
            break
        if first:
            begin = at + len(bare) - len(low)
        if not head and not first and low.endswith("ly"):
            break
        end, first = at + len(bare), False
        if plural:
            head = end
        if bare != word or (single and plural):
            break
        at += len(word) + 1
    if head or not end:
        return (begin, head) if head else (0, 0)
    words = right[begin:end].split(" ")
    keep = next((n for n, word in enumerate(words) if n and word.endswith(("ed", "ing"))), min(len(words), 3))
    return begin, begin + len(" ".join(words[:keep]))


def _hits(texts):
    """One row per expression found in a polars column: where it stands, the text either side, and what `_parse` makes of it."""
    import polars as pl

    lex, rows = _lexicon(), []
    found = texts.str.extract_all(lex.find)
    where = (found.list.len().fill_null(0) > 0).arg_true()
    for row, text, cores in zip(
        where.to_list(), texts.gather(where).to_list(), found.gather(where).to_list(), strict=True
    ):
        at = 0
        for core in cores:  # matches come in order: each is the next place where it stands between word edges
            start = text.find(core, at)
            while start >= 0 and (
                (start and core[0] in EDGE and text[start - 1] in EDGE)
                or (core[-1] in EDGE and text[start + len(core) : start + len(core) + 1] in EDGE)
            ):
                start = text.find(core, start + 1)
            at = start + len(core)
            if lex.one.fullmatch(core):
                article = ARTICLE.search(core)
                start, core = start + article.start(1), article[1]
                at = start + len(core)
            context = text if len(text) < 1000 else text[max(0, start - 500) : at + 500]
            rows.append((row, core, start, at, text[max(0, start - 160) : start], text[at : at + 160], context))
    schema = {
        "row": pl.Int64,
        "core": pl.String,
        "start": pl.Int64,
        "stop": pl.Int64,
        "left": pl.String,
        "right": pl.String,
        "context": pl.String,
    }
    hits = pl.DataFrame(rows, schema=schema, orient="row")
    cores = hits["core"].unique().sort().to_list()
    parsed = [(core, *figure) for core in cores if (figure := _parse(core))]
    fields = ["core", "kind", "value", "low", "high", "unit", "date"]
    schema = {name: pl.Float64 if name in ("value", "low", "high") else pl.String for name in fields}
    return hits.join(pl.DataFrame(parsed, schema=schema, orient="row"), on="core", how="inner", maintain_order="left")


def quantities(passages: pd.DataFrame) -> pd.DataFrame:
    """Find every figure in `passages`, with what it counts, its bounds and its source.

    Parameters
    ----------
    passages : DataFrame
        At least `article_id`, `outlet`, `voice`, `start` (of the passage in the article) and `text`; `speaker` and `published`
        are used where they are there. Best taken from :func:`idlibkit.passages`.

    Returns
    -------
    DataFrame
        One row per figure, sorted by `article_id` and `start`:

        - `article_id`, `outlet`, `voice`; `start`, `end`, `text`: the expression from its hedge to its unit, in the article.
        - `kind`: count, measure, money, percent, age, year or date. Ordinals, clock times, scores and formats are no rows.
        - `value`: the number printed; missing for ranges and for words such as "dozens". For years and dates the year.
        - `low`, `high`: what the hedge leaves open. "about" a tenth either way; "nearly" a tenth below; "more than" and "at least"
          no upper end; "up to" and "fewer than" from nought; "dozens" 24 to 120 (all in `lexicons/numbers.toml`).
        - `hedge`: as printed; `unit`: its short name (km, year, %, USD); `conversion`: "9 miles" in "15 km (9 miles)".
        - `counted`: the noun with the modifiers before it, or the participle where there is none ("586,000 were displaced").
        - `event`: what happened to it (killed, displaced, deployed ...; groups in `lexicons/counted.toml`).
        - `per`, `place`: the nearest "since", "on" or "a year", and the nearest "in" or "near" with a name.
        - `date`: ISO 8601 of a year or date, `--02-03` where no year is printed; "last year" is counted from `published`.
        - `attributed_to`: the passage's speaker; in the outlet's own voice a name beside "said" or "according to".
        - `context`: the passage.

    Raises
    ------
    IdlibkitError
        If a column is missing.

    Notes
    -----
    English only; "$" is read as US dollars; there is no public gold set: accuracy not measured.

    Examples
    --------
    >>> import pandas as pd
    >>> text = "At least 23 Norwegian sailors were rescued on May 3, 15 km (9 miles) off the coast."
    >>> table = pd.DataFrame({"article_id": ["a"], "outlet": ["A"], "voice": ["own"], "start": [0], "text": [text]})
    >>> quantities(table)[["text", "kind", "value", "counted", "event", "unit", "per"]].fillna({"value": 0}).fillna("-")
                  text     kind  value            counted  event unit       per
    0      At least 23    count   23.0  Norwegian sailors  freed       on May 3
    1            May 3     date    0.0
    2  15 km (9 miles)  measure   15.0                            km
    """
    import polars as pl

    check_columns(passages, ["article_id", "outlet", "voice", "start", "text"], "passages")
    lex, frame = _lexicon(), passages.reset_index(drop=True)
    texts = pl.Series("text", frame["text"].to_numpy(dtype=object, na_value=None), dtype=pl.String)
    hits = _hits(texts)
    left, right, unit, kind = pl.col("left"), pl.col("right"), pl.col("unit"), pl.col("kind")
    # a figure inside a name, a version, a longer number is none
    hits = hits.filter(
        (pl.col("start") >= 0)
        & ~left.str.contains(
            r"(?:[\p{L}\d]|[\d][.,:/’'-]|[\p{L}][./’'@-]|[#@/_&~=]|\b[A-Z]\.)$|(?i)(?:^|\W)(?:ages?|aged)\s$"
        )
        & ~(
            left.str.contains(rf"(?i)(?:^|[^\p{{L}}])(?:{lex.labels})\s$")
            & ~pl.col("core").str.contains(r"[,a-z]")
            & (kind == "count")
        )
        & ~right.str.contains(r"^(?:[.,:/’'–-]\d|\p{L}|[/_@]|-(?:on|off|time|sided|way|fold|star)\b)")
        | (left.str.contains(r"(?i)\b(?:mid|pre|post|early|late)-$") & kind.is_in(["year?", "date"]))
    )
    # sentence by sentence, whatever the passage holds
    stop = r"[\p{Ll}\d)%][.!?][\"”’)\]]*\s+([\"“‘(\[]?\p{Lu})"
    hits = hits.with_columns(
        left=left.str.replace(rf"(?s)^.*{stop}", "$1").str.replace(r"(?s)^.*[;\n]", ""),
        right=right.str.extract(r"(?s)^(.*?[\p{Ll}\d)%][.!?][\"”’)\]]*)\s+[\"“‘(\[]?\p{Lu}")
        .fill_null(right)
        .str.extract(r"^([^;\n]*)"),
    )
    # unit and its conversion
    hits = hits.with_columns(
        unit_text=right.str.extract(rf"(?i)^([-\s]?(?:{lex.unit}))(?:[^\p{{L}}\d]|$)").fill_null("")
    )
    hits = hits.with_columns(unit_text=pl.when(kind == "date").then(pl.lit("")).otherwise("unit_text"))
    hits = hits.with_columns(rest=right.str.slice(pl.col("unit_text").str.len_chars()))
    other = rf"^\s?\(((?:(?:about|roughly|around|approximately|some|nearly|almost|over) )?{DIGITS}(?: (?:million|billion))?[- ]?(?:{lex.unit}))\)"
    hits = hits.with_columns(
        conversion=pl.when(pl.col("unit_text") != "").then(pl.col("rest").str.extract(f"(?i){other}"))
    )
    hits = hits.with_columns(
        rest=pl.when(pl.col("conversion").is_null())
        .then("rest")
        .otherwise(pl.col("rest").str.replace(r"^\s?\([^)]*\)", "")),
        printed=pl.col("unit_text").str.strip_chars("- \u00a0\n").str.to_lowercase(),
        joined=right.str.starts_with("-"),
    )
    hits = hits.with_columns(unit=pl.when(unit == "").then(pl.col("printed").replace(lex.unit_of)).otherwise("unit"))
    # hedge before or behind
    before = left.str.extract_groups(rf"(?i)(?:^|[^\p{{L}}-])((({lex.hedge})(?: the| an?| his| its)?\s+))$")
    hits = hits.with_columns(before=before.struct[0].fill_null(""), hedge=before.struct[2])
    behind = pl.col("rest").str.extract(r"(?i)^(\+|-plus|(?:,? (?:or more|or less|or fewer|or so|and counting)\b))")
    hits = hits.with_columns(behind=behind.fill_null(""))
    plus = pl.col("behind").str.contains(r"\+|plus")
    hits = hits.with_columns(
        hedge=pl.col("hedge").fill_null(
            pl.when(plus).then(pl.lit("or more")).otherwise(pl.col("behind").str.strip_chars(" ,"))
        ),
        rest=pl.col("rest").str.slice(pl.col("behind").str.len_chars()),
        left=left.str.head(left.str.len_chars().cast(pl.Int64) - pl.col("before").str.len_chars()),
    )
    begun, rest = left.str.extract(r"(?i)([\p{L}.-]+)\s?$").str.to_lowercase().fill_null(""), pl.col("rest")
    hits = hits.with_columns(word=pl.col("core").str.to_lowercase(), begun=begun, hyphen=right.str.starts_with("-"))
    spans = [
        _noun_phrase(text, hyphen or kind != "count" or bool(unit) or word in ONE)
        if not (unit and not hyphen and unit not in ("%", "USD") and not text.startswith(" of "))
        else (0, 0)
        for text, kind, unit, word, hyphen in hits.select("rest", "kind", "unit", "word", "hyphen").iter_rows()
    ]
    spans = pl.DataFrame(spans, schema={"noun": pl.Int64, "noun_end": pl.Int64}, orient="row")
    hits = pl.concat([hits, spans], how="horizontal")
    size = pl.when(pl.col("hyphen") & (unit == "")).then(rest.str.extract(r"^-(\p{L}+)").str.len_chars() + 1)
    hits = hits.with_columns(noun_end=size.fill_null(pl.col("noun_end")))
    hits = hits.with_columns(
        counted=rest.str.slice(pl.col("noun"), pl.col("noun_end") - pl.col("noun")),
        after=rest.str.slice(pl.col("noun_end")),
    )
    people = (
        pl.col("counted").str.to_lowercase().str.extract(r"([^ ]+)$").replace_strict(lex.class_of, default="")
        == "people"
    )
    # a year unless it has a unit, a hedge of size, or people behind it
    sized = ~pl.col("hedge").str.to_lowercase().is_in(
        ["", "under", "over", "about", "around", "circa", "some", "within", "above", "near", "beyond"]
    )
    framed = pl.col("begun").str.contains(
        rf"^(?:in|since|by|of|from|until|till|before|after|around|circa|early|late|to|and|during|between|spring|summer|fall|autumn|winter|year|fy|mid-|(?i:{MONTH}))$"
    )
    year = (kind == "year?") & (unit == "") & ~sized & (framed | (~people & (pl.col("value") >= 1900)))
    kinds = {name: entry["kind"] for name, entry in lex.units.items()}
    old = (
        pl.col("after").str.contains(r"(?i)^[-\s]olds?\b")
        | (pl.col("counted").str.starts_with("old") & (unit != ""))
        | rest.str.contains(r"(?i)^[-\s]old")
    )
    age = (old & unit.is_in(["year", "month", "day", "week"])) | (
        (pl.col("hedge") == "")
        & (unit == "")
        & left.str.contains(r"\p{Lu}[\p{L}.’'-]*, $")
        & rest.str.contains("^,")
        & pl.col("value").is_between(1, 120)
        & ~pl.col("core").str.contains(r"[,.]")
    )
    hits = hits.with_columns(
        kind=pl.when(year).then(pl.lit("year")).when(kind == "year?").then(pl.lit("count")).otherwise("kind")
    ).with_columns(
        kind=pl.when(age)
        .then(pl.lit("age"))
        .when(kind.is_in(["year", "date", "percent"]))
        .then("kind")
        .otherwise(unit.replace_strict(kinds, default="count")),
        counted=pl.when(old)
        .then(pl.col("counted").str.replace(r"^olds? ?", ""))
        .when(year & framed)
        .then(pl.lit(""))
        .otherwise("counted"),
        date=pl.when(kind.is_in(["year", "date"])).then("date").otherwise(pl.lit("")),
    )
    dated = kind.is_in(["year", "date"])
    hits = hits.with_columns(
        hedge=pl.when(dated).then(pl.lit("")).otherwise("hedge"),
        first=pl.col("start") - pl.when(dated).then(0).otherwise(pl.col("before").str.len_chars()),
        last=pl.col("stop") + right.str.len_chars() - rest.str.len_chars(),
        unit=pl.when(dated)
        .then(pl.lit(""))
        .when((kind == "age") & (unit == ""))
        .then(pl.lit("year"))
        .otherwise("unit"),
        left=pl.when(dated).then(left + pl.col("before")).otherwise("left"),
    )
    word, counted = pl.col("word"), pl.col("counted")
    idle = [
        "the",
        "this",
        "that",
        "no",
        "any",
        "every",
        "each",
        "which",
        "not",
        "some",
        "is",
        "was",
        "only",
        "another",
        "as",
        "day",
        "number",
        "it",
        "or",
        "on",
        "from",
    ]
    behind_one = rest.str.extract(r"^[ -]([\p{L}’'-]+)").str.to_lowercase().fill_null("")
    hits = hits.filter(
        ~(
            (word == "one")
            & (
                pl.col("begun").is_in(idle)
                | behind_one.is_in(list(lex.not_one | {"of"}))
                | ((counted == "") & (unit == ""))
                | (pl.col("unit_text") == " day")
            )
        )
        & ~((word == "zero") & (counted == "") & (unit == ""))
        & ~(word.is_in(["tens", "scores"]) & ~rest.str.contains("^ (?:of|were|have|more)"))
        & ~((kind == "count") & word.str.contains("^half an?$") & (unit == ""))
        & (
            (pl.col("first") >= pl.col("last").shift(1, fill_value=-1))
            | (pl.col("row") != pl.col("row").shift(1, fill_value=-1))
        )
    )
    # event: in the counted words; right before; right behind; earlier; later; for people, anywhere in the sentence
    event = rf"(?:{lex.event})"
    person = counted.str.to_lowercase().str.extract(r"([^ ]+)$").replace_strict(lex.class_of, default="") == "people"
    after, last_words = pl.col("after"), rf"(?i)(?:^|[^\p{{L}}-])({event})"
    agent = left.str.contains(r"(?i)\bby $") | after.str.contains(
        rf"(?i)^ {event} (?:an?|the|his|her|their|its|at|more|{'|'.join(lex.digits)}|\d+|(?-i:\p{{Lu}})\p{{L}}*)[^\p{{L}}]"
    )
    options = [
        counted.str.extract(rf"(?i)(?:^|[ -])({event})$"),
        counted.str.extract(rf"(?i)(?:^|[ -])({event})(?:$|[ -])"),
        pl.when(~agent).then(after.str.extract(rf"(?i)^\s(?:(?:{AUX})\s){{0,5}}({event})(?:[^\p{{L}}-]|$)")),
        pl.when(~agent).then(left.str.extract(rf"{last_words}(?:\s[\p{{L}}’'-]+)?\s$")),
        pl.when(~agent).then(
            after.str.extract(rf"(?i)^,?\s(?:(?:who|that|which|{AUX})\s){{0,5}}({event})(?:[^\p{{L}}-]|$)")
        ),
        pl.when(~agent).then(left.str.extract(rf"{last_words}(?:\s[\p{{L}}’'-]+){{0,6}}\s$")),
        pl.when(~agent).then(after.str.extract(rf"(?i)^(?:\s[\p{{L}}’'-]+){{0,5}}?\s({event})(?:[^\p{{L}}-]|$)")),
        pl.when((person & ~agent) | (kind == "year")).then(
            left.str.extract(rf"(?is)^.*[^\p{{L}}-]({event})[^\p{{L}}-]")
        ),
        pl.when(person & ~agent).then(after.str.extract(rf"(?i)[^\p{{L}}-]({event})(?:[^\p{{L}}-]|$)")),
    ]
    hits = hits.with_columns(
        event_word=pl.when(kind != "date").then(pl.coalesce(options)).fill_null("").str.to_lowercase()
    )
    hits = hits.with_columns(event=pl.col("event_word").replace_strict(lex.event_of, default=""))
    hits = hits.with_columns(
        counted=pl.when((counted == "") & (kind == "count")).then("event_word").otherwise("counted"),
        per=after.str.extract(_RATE)
        .fill_null(after.str.extract(_WHEN))
        .fill_null(left.str.extract(rf"{_WHEN}[^,]*$"))
        .fill_null(""),
        place=after.str.extract(_WHERE).fill_null(""),
    )
    said = pl.coalesce(
        after.str.extract(rf"(?:(?i:according to)|, (?:{_SAID})) ({_NAME})"),
        left.str.extract(
            rf"(?s)^.*?({_NAME})(?: on \p{{Lu}}[\p{{L}}.]+(?: \d+)?)? (?:(?:has|have|had|also) )?(?:{_SAID})\b[^\p{{Lu}}]*(?:\p{{Lu}}[^\p{{Lu}}]*){{0,4}}$"
        ),
        after.str.extract(rf", ({_NAME}) (?:{_SAID})\b"),
        left.str.extract(rf"(?i:according to) ({_NAME}),"),
    )
    said = said.str.replace(r"^(?:While|But|And|If|As|When|In|On|At|Although|Meanwhile) ", "")
    hits = hits.with_columns(
        attributed_to=said.str.strip_chars(" .,"),
        per=pl.col("per").str.strip_chars(" .,"),
        place=pl.when(~pl.col("place").str.contains(rf" {MONTH}$")).then(pl.col("place").str.strip_chars(" .,")),
    )
    # back to the passages
    at = hits["row"].to_numpy()
    out = frame[["article_id", "outlet", "voice"]].iloc[at].reset_index(drop=True)
    offset = frame["start"].to_numpy()[at]
    out["start"], out["end"] = offset + hits["first"].to_numpy(), offset + hits["last"].to_numpy()
    source = frame["text"].to_list()
    found = [source[row][first:last] for row, first, last in hits.select("row", "first", "last").iter_rows()]
    out["text"] = pd.Series(found, dtype="str")
    for name in ["kind", "hedge", "unit", "conversion", "counted", "event", "per", "place", "date", "attributed_to"]:
        found = hits[name].to_list()
        out[name] = pd.Series([item or nan for item in found], dtype="str")
    factors = {word: (lex.hedges[name]["low"], lex.hedges[name]["high"]) for word, name in lex.hedge_of.items()}
    bounds = [factors.get(hedge.lower(), (1.0, 1.0)) for hedge in hits["hedge"].to_list()]
    low, high = (pd.Series([pair[side] for pair in bounds], dtype="float64") for side in (0, 1))
    out["value"] = hits["value"].to_numpy()
    out["low"], out["high"] = hits["low"].to_numpy() * low, hits["high"].to_numpy() * high
    out["context"] = pd.Series(hits["context"].to_list(), dtype="str")
    if "speaker" in frame:
        speaker = frame["speaker"].iloc[at].reset_index(drop=True)
        out["attributed_to"] = speaker.where(speaker.notna(), out["attributed_to"])
    if "published" in frame:
        shift = out["date"].map({"last": -1, "this": 0, "next": 1})
        years = (pd.to_datetime(frame["published"]).dt.year.iloc[at].reset_index(drop=True) + shift).where(
            shift.notna()
        )
        for name in ("value", "low", "high"):
            out[name] = out[name].where(years.isna(), years)
        out["date"] = out["date"].where(years.isna(), years.map("{:.0f}".format))
        out["published"] = frame["published"].iloc[at].reset_index(drop=True)
    return out.sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)
