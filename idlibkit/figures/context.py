"""What the words beside a figure say of it: unit, hedge, counted noun, event, time and place. English only.

Read without a tagger, word by word, from up to a hundred characters on either side within the sentence. Private to `quantities`; who
says so is read in `sources`; the words are in ``lexicons/numbers.toml`` and ``lexicons/counted.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from .lexicon import CURRENCY, DIGITS, MONTH, lexicon
from .numerals import CAPITAL, STOPS, STRIP
from .source import named_source

__all__ = ["Reading", "read_context"]


LETTER = r"[^\W\d_]"
DASHES = (";", ":", "-", "–", "—")
UNSTOPPED = str.maketrans(
    {mark: None for mark in ' .,;:!?…()[]{}"“”‘—–'[1:]} | {"’": "'"}
)
SENTENCE = re.compile(
    rf"(?:(?<=[a-zà-ÿ\d)%][.!?])|(?<=[.!?][\"”’)\]]))\s+(?=[\"“‘(\[]?{CAPITAL})|[;\n]"
)
STUCK = re.compile(rf"(?:{LETTER}|\d|\d[.,:/’'-]|{LETTER}[./’'@-]|[#@/_&~=])$")
GLUED = re.compile(
    rf"[.,:/’'–-]\d|{LETTER}|[/_@]|-(?:on|off|time|times|sided|way|fold|star|one)\b"
)
OPENING = re.compile(
    r"['’]s | (?:(?:worth )?of (?:the |its |his |her |their |our |these |those |all |that |my )?|more |other )(?:more |other )?|-"
)
CONVERSION = re.compile(
    r"(?i) ?\(((?:(?:about|roughly|around|approximately|nearly|almost|over|some) )?"
    rf"(?:{DIGITS}(?: (?:million|billion))?[ -]?[a-z²°][a-z²° ]{{0,25}}|(?:{CURRENCY}){DIGITS}(?: ?(?:[mb]illion|bn|m))?))\)"
)
BEHIND = re.compile(
    r"(?:\+|-plus\b|,? (or more|or less|or fewer|or so|and counting)\b)"
)
COMPOUND = re.compile(rf"-({LETTER}+)")
OLD = re.compile(r"(?i)[- ]olds?\b")
AGED = re.compile(
    rf"(?:{CAPITAL}[\w.’'-]*,|\b[Aa]ge|\b(?:[Hh]e|[Ss]he|[Ww]ho) (?:is|was|turned)|\b(?:[Hh]e|[Ss]he|[Tt]hey)['’](?:s|re)|"
    r"\bturn(?:s|ed|ing)?|\b(?:already|just|only) (?:is|was|were)|\b(?:is|was|were) (?:already|just|only)) $"
)
DAY = rf"(?:{MONTH}(?: \d{{1,2}}\b)?(?:,? \d{{4}}\b)?|\d{{4}}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
WHEN = re.compile(
    rf"since (?:(?:the|early|late|mid|last|start|beginning|end|middle|outbreak|of)[ -]){{0,4}}(?:{DAY}|"
    r"(?:it|they|he|she|the|an?|his|her|its|their|then|last) [\w’'-]+(?: [\w’'-]+){0,3})"
    r"|(?:in|over|during|within|for) the (?:past|last|previous|first|next) (?:[\w-]+ ){0,2}?(?:day|week|month|year|decade|hour)s?\b"
    rf"|(?:[Oo]n|[Bb]y|[Ii]n|[Uu]ntil|[Bb]efore|[Aa]fter|[Dd]uring) (?:(?:the|early|late|mid|start|beginning|end|of)[ -]){{0,4}}{DAY}"
    r"|(?:[Tt]his|[Ll]ast) (?:week|month|year)\b|overnight|yesterday|today"
)
RATE = re.compile(
    r"(?:an?|per|each|every) (?:day|week|month|year|hour|minute|person|head|night|capita)\b"
)
WHERE = re.compile(
    rf"(?:in|near|around|across|at|throughout|outside) (?:the )?(?:[a-z-]+ ){{0,3}}?(?!{MONTH}\b)"
    rf"{CAPITAL}[\w.’'-]*(?: (?:of )?{CAPITAL}[\w’'-]*){{0,3}}"
)
MODALS = ("could", "may", "might", "would", "will", "should", "must", "can")
HEAVY = re.compile(
    r" (?:of|in|or)\b|, or "
)  # 25 million pounds of fish; else pounds by the million are money
WEIGHED = re.compile(
    r"\b(?:weigh|catch|caught|land|recall|load|harvest|haul|lift|produc|ship|process|carr)[a-z]*\b[^.;]{0,40}$"
)
MILLIONS = re.compile(r"illion$|\d(?:m|mn|bn)$")
ONE, AGES = ("one", "a", "an"), ("age", "ages", "aged")
OLDER, COPULAS = (
    ("over", "under", "above", "below", "older than", "younger than"),
    ("is", "are", "was", "were"),
)
BEHIND_AGE = re.compile(r"[,.;]| (?:at the time|at his|at her|when)\b")
GLUED_MONTH = re.compile(rf"{LETTER}{MONTH} $")
OF = re.compile(" (?:worth )?of ")
PERIODS = (
    "first",
    "second",
    "latter",
    "other",
    "early",
    "late",
    "upper",
    "lower",
    "top",
    "bottom",
)
PART_OF_THEM = re.compile(
    r", (?:including|among|most|mostly|many|all|some|both|one|two|three|four|nearly|about|of|at least)\b"
)
DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "this",
        "that",
        "another",
        "each",
        "every",
    ]
)


class Reading(NamedTuple):
    """How many characters of its text a figure takes before and behind its number, then the columns of a row."""

    before: int
    behind: int
    kind: str
    value: float
    low: float
    high: float
    hedge: str
    unit: str
    conversion: str
    counted: str
    event: str
    modal: str
    per: str
    place: str
    date: str
    attributed_to: str


def _plural(words: list[str]) -> bool:
    """Whether the last of `words` looks like a plural noun."""
    word = words[-1].rstrip(STRIP).lstrip("“\"‘'").lower() if words else ""
    lex = lexicon()
    return word in lex.plurals or (
        word[-1:] == "s"
        and len(word) > 3
        and word[-2] not in "su"
        and word not in lex.singular
    )


def _noun_phrase(right: str, single: bool, one: bool = False) -> tuple[int, int]:
    """Where in `right` the noun phrase stands that a figure counts; (0, 0) where there is none.

    Without a tagger: words run on to the first plural noun (and any plural right behind it), and never past a function word
    or a stop. A phrase without a plural, or a `single` one (a nine-year war), ends before the first participle; one of `one`
    thing before the first word in -s. Two modifiers may be joined (two lobbying and consulting firms); an owner is passed over.
    """
    lex, at = lexicon(), 1
    if right[:1] not in (" ", "\u00a0", "-", "'", "’"):
        return 0, 0
    if opening := OPENING.match(right):
        at = opening.end()
    begin, end, head, first = at, 0, 0, True
    words = right[at : at + 100].split(" ", 7)[:7]
    for n, word in enumerate(words):
        if word[-1:] == "." and "." in word[:-1]:  # U.S., a.m.
            word = word[:-1] + " "
        bare = word.rstrip(",.;:!?)]}”’\"'… ").removesuffix("’s").removesuffix("'s")
        low = bare.lower().lstrip("“\"‘'")
        if (
            low == "and"
            and not (first or head or single)
            and any(_plural([w]) for w in words[n + 1 : n + 3])
        ):
            at += 4
            continue
        if (
            not low
            or not low[0].isalpha()
            or low in lex.ends
            or low in lex.digits
            or "--" in low
        ):
            break
        plural = _plural([bare])
        if (
            (one and not first and low[-1] == "s" and low[-2:] != "ss")
            or (head and not plural)
            or (head or single)
            and not first
            and low in lex.harm
        ):
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
        if not head and word.endswith(("’s", "'s")):
            first, at, end = True, at + len(word) + 1, 0
            continue
        if bare != word.rstrip(" ") or (single and plural):
            break
        at += len(word) + 1
    if head or not end:
        return (begin, head) if head else (0, 0)
    words, keep = right[begin:end].split(" "), 1
    # Three words, and on to the end of a name: "2014 House Budget Committee report".
    while (
        keep < len(words)
        and not words[keep].endswith(("ed", "ing"))
        and (keep < 3 or words[keep - 1][:1].isupper())
    ):
        keep += 1
    return begin, begin + len(" ".join(words[:keep]))


def _before_noun(words: list[str], phrase: str) -> bool:
    """Whether a share or a sum speaks of the noun behind it: "a 30% decline", "35% tariffs", not "41% approve"."""
    if any(
        word.lower() in DETERMINERS or word.endswith(("’s", "'s"))
        for word in words[-3:]
    ):
        return not phrase.split(" ", 1)[0].endswith("ing")
    return _plural([phrase.rsplit(" ", 1)[-1]])


def _event(
    words: list[str],
    left: str,
    counted: str,
    later: list[str],
    after: str,
    far: bool,
    loose: bool,
) -> tuple[str, str]:
    """The event a figure belongs to, and its word: among the counted words, beside them, or (`far`) anywhere in the sentence.

    In this order: in the counted words; a passive behind them (eight people were killed); right before the figure; up to seven
    words before; up to six behind; `far` (people): the nearest harm in the sentence; `loose` (years): up to nine words before. A doer (by two men; two men killed a third) has no event.
    """
    lex = lexicon()
    events = lex.event_of
    for word in reversed(counted.lower().split(" ")):
        if word in events:
            return events[word], word
    if words and words[-1] == "by":
        return "", ""
    passive = right = ""

    def harm(word: str, between: list[str]) -> bool:
        return (
            far
            and events[word] in lex.harms
            and not any(gap[-1:] in DASHES for gap in between)
        )

    plain = (after if far else after[:70]).lower().translate(UNSTOPPED).split(" ")
    for n in [
        n
        for n, word in enumerate(plain[: None if far else 7])
        if word in lex.event_starts
    ]:
        if not (found := lex.event_at(plain, n)):
            continue
        gap = later[:n]
        clear = not any(word[-1:] in STOPS for word in gap[1:]) and (
            not gap or gap[0][-1:] != "," or gap[0] == ","
        )
        if (
            n == 0
            and len(plain) > 1
            and (
                plain[1] in lex.object
                or later[1][:1].isdigit()
                or later[1][:1].isupper()
            )
            and later[0][-1:] not in STOPS
        ):
            return "", ""
        if clear and n < 7 and all(word in lex.aux for word in plain[:n]):
            return events[found], found
        if (
            clear
            and n < 7
            and all(word in lex.aux or word in lex.relative for word in plain[:n])
        ):
            passive = found
        right = found if (clear and n < 7) or harm(found, gap) else ""
        break
    plain = (
        (left if far else left[-90:])
        .lower()
        .translate(UNSTOPPED)
        .rstrip(" ")
        .split(" ")
        if left
        else []
    )
    words = words[-len(plain) :]
    first = 0 if far else max(0, len(plain) - 11)
    for n in [
        n for n in range(len(plain) - 1, first - 1, -1) if plain[n] in lex.event_starts
    ]:
        if not (found := lex.event_at(plain, n)):
            continue
        distance = len(plain) - 1 - n - found.count(" ")
        if distance == 1 and plain[-1] == "and":
            break  # "30 people died and 200 cars ...", but "killed and robbed two"
        clear = not any(word[-1:] in STOPS for word in words[n:])
        if clear and distance <= 1:
            return events[found], found
        near = clear and distance <= 7 and lex.relative.isdisjoint(plain[n:])
        if not passive and (
            near
            or (loose and distance <= 9)
            or (far and not right and harm(found, words[n:]))
        ):
            return events[found], found
        break
    found = passive or right
    return events.get(found, ""), found


@cache
def _roles() -> dict[str, str]:
    """Which words may begin a time, a place or a rate, as they may stand in a text."""
    roles = {
        word: role
        for word, role in lexicon().roles.items()
        if role not in ("said", "according")
    }
    return {
        word + mark: role
        for word, role in roles.items()
        for mark in ("", ".", ",", "...")
    }


def _around(
    left: str, words: list[str], after: str, later: list[str]
) -> tuple[str, str]:
    """Time and place named in the words behind a figure and before it."""
    roles, per, place = _roles(), "", ""
    start = 1 if after[:1] == " " else 0
    for n in [n for n, word in enumerate(later) if word in roles]:
        role, at = roles[later[n]], start + len(" ".join(later[:n])) + (n > 0)
        if role in ("when", "both") and not per and (match := WHEN.match(after, at)):
            per = match[0]
        elif role in ("where", "both"):
            if not place and (match := WHERE.match(after, at)):
                place = match[0]
        elif role == "rate" and n < 2 and not per and (match := RATE.match(after, at)):
            per = match[0]
    if not per:
        for n in reversed([n for n, word in enumerate(words) if word in roles]):
            if roles[words[n]] not in ("when", "both") or words[n][-1] in ".,":
                continue
            at = len(" ".join(words[:n])) + (n > 0)
            if (n == 0 or not any(word[-1:] == "," for word in words[n:])) and (
                match := WHEN.match(left, at)
            ):
                per = match[0]
                break
    return per.strip(STRIP), place.strip(STRIP)


def _holds_stop(text: str) -> bool:
    return (
        ". " in text
        or "? " in text
        or "! " in text
        or "; " in text
        or "” " in text
        or '" ' in text
        or "\n" in text
    )


def _unit(glue: str, right: str, small: str) -> tuple[str, int]:
    """The unit right behind a number, and how many characters it takes: 5 km, 10%, five-day, millions of dollars."""
    lex, hyphen = lexicon(), glue[:1] == "-"
    if small in lex.vague and right.startswith(" of "):
        form = right[4:40].split(" ", 1)[0].rstrip(STRIP)
        return (
            (lex.unit_of[form.lower()], 4 + len(form))
            if form.lower() in lex.unit_of
            else ("", 0)
        )
    following = (
        right[1:60].split(" ", 3)
        if not glue or hyphen
        else [glue[: 1 if glue[0] == "%" else None]]
    )
    if hyphen:
        following = following[0].split("-")
    for n in (3, 2, 1) if following[0].rstrip(STRIP).lower() in lex.unit_starts else ():
        form = " ".join(following[:n]).rstrip(STRIP) if n <= len(following) else ""
        if form.lower() in lex.unit_of:
            return lex.unit_of[form.lower()], len(form) + (not glue or hyphen)
    return "", 0


def _hedge(words: list[str]) -> str:
    """The hedge that `words` end with."""
    lex = lexicon()
    for n in (4, 3, 2, 1):
        phrase = " ".join(words[-n:]).lstrip("“\"‘'([—")
        if n <= len(words) and phrase.lower() in lex.hedge_of:
            return phrase
    return ""


def _is_age(words: list[str], left: str, right: str, hedge: str, counted: str) -> bool:
    """Whether a bare number below 121 is somebody's age: "Jane Doe, 45,", "when they turned 18", "voters under 30"."""
    if not hedge:
        return AGED.search(left) is not None and BEHIND_AGE.match(right) is not None
    word = words[-1].rstrip(STRIP).lower() if words and hedge.lower() in OLDER else ""
    return (
        lexicon().class_of.get(word) == "people"
        or word in ("those", "anyone")
        or (word in COPULAS and not counted)
    )


def _is_figure(
    small: str,
    kind: str,
    begun: str,
    left: str,
    right: str,
    rest: str,
    counted: str,
    unit: str,
) -> bool:
    """False for words that are also pronouns, parts of time or list numbers: one of them, the second half of 2015, "Three, ..."."""
    lex = lexicon()
    following = rest[1:].split(" ", 1)[0].strip(STRIP).lower()
    if small == "one" and (
        begun in lex.idle
        or following in lex.not_one
        or following == "of"
        or not (counted or unit)
        or unit == "day"
    ):
        return False
    if (small == "zero" or kind == "part") and not (
        counted and small == "zero" or unit
    ):
        return False
    if (
        small in ("tens", "scores")
        and following not in ("of", "were", "have", "more")
        and not unit
    ):
        return False
    if small == "half of" and (begun in PERIODS or following[:1].isdigit()):
        return False
    return not (
        small in lex.digits
        and right[:1] == ","
        and not left.strip(STRIP)
        and not PART_OF_THEM.match(right)
    )


def read_context(
    core: str, figure: tuple, left: str, right: str, ask: bool, alone: bool
) -> Reading | None:
    """All that a row says of one figure, from the figure and the text either side; None where it is no figure or part of a name."""
    lex = lexicon()
    kind, value, low, high, unit, date = figure
    if _holds_stop(left):
        left = SENTENCE.split(left)[-1]
    if _holds_stop(right):
        right = SENTENCE.split(right, maxsplit=1)[0]
    words, glue = left.split(" "), right.split(" ", 1)[0]
    stuck, small, number = words.pop(), core.lower(), core.isdigit()
    named = (stuck and STUCK.search(stuck)) or (glue and GLUED.match(glue))
    if named and not (
        kind in ("year?", "date")
        and stuck.lower() in ("mid-", "pre-", "post-", "late-", "early-")
    ):
        return None
    begun = "" if stuck or not words else words[-1].lstrip("“\"‘'([—").lower()
    if number and kind == "count" and (begun in lex.labels or GLUED_MONTH.search(left)):
        return None
    # unit and its conversion
    used, conversion, hyphen = 0, "", glue[:1] == "-"
    if kind != "date" and not unit:
        unit, used = _unit(glue, right, small)
    rest = right[used:]
    if unit and rest[:2].lstrip()[:1] == "(" and (match := CONVERSION.match(rest)):
        money = re.search(CURRENCY, match[1]) is not None
        if not money or unit == "pound" or lex.units[unit]["kind"] == "money":
            conversion, rest = match[1], rest[match.end() :]
            unit = "GBP" if money and unit == "pound" else unit
    if unit == "pound" and not conversion and not hyphen and MILLIONS.search(small):
        unit = unit if HEAVY.match(rest) or WEIGHED.search(left) else "GBP"
    # hedge, before or behind
    hedge = _hedge(words) if begun in lex.hedge_ends else ""
    first = len(hedge) + 1 if hedge else 0
    unhedged = words[: len(words) - (hedge.count(" ") + 1)] if hedge else words
    if rest[:1] in ("+", ",", " ", "-") and not hedge and (match := BEHIND.match(rest)):
        hedge, rest = match[1] or "or more", rest[match.end() :]
    # what is counted
    kind_of = lex.units[unit]["kind"] if unit else ""
    if hyphen and not used and kind == "count":
        match = COMPOUND.match(rest)
        counted = match[1] if match and not match[1].endswith("ed") else ""
        after = rest[match.end() :] if match else rest
    elif kind_of == "measure" and not hyphen and not rest.startswith(" of "):
        counted, after = "", rest
    else:
        begin, end = _noun_phrase(
            rest, hyphen or kind != "count" or bool(unit) or small in ONE, small in ONE
        )
        if (
            (used or kind_of == "money")
            and not hyphen
            and not OF.match(rest)
            and not _before_noun(unhedged, rest[begin:end])
        ):
            begin = end = 0
        counted, after = rest[begin:end], rest[end:]
    head = counted.rsplit(" ", 1)[-1].lower()
    # kind
    if kind == "year?":
        framed = begun in lex.framed
        if (
            unit
            or hedge.lower() not in lex.loose
            or not (framed or (value >= 1900 and lex.class_of.get(head) != "people"))
        ):
            kind, date = "count", ""
        else:
            kind, counted, after = (
                "year",
                "" if framed else counted,
                rest if framed else after,
            )
    if kind in ("year", "date"):
        hedge, first, unit, unhedged = "", 0, "", words
    elif (
        unit in ("year", "month", "week", "day")
        and rest[1:4].lower() == "old"
        and OLD.match(rest)
    ):
        kind, counted = "age", re.sub("^-?olds? ?", "", counted)
    elif (
        not unit
        and high < 121
        and (
            begun in AGES or (number and _is_age(unhedged, left, right, hedge, counted))
        )
    ):
        kind, unit, counted, after = "age", "year", "", rest
    elif unit:
        kind = kind_of
    if not number and not _is_figure(
        small, kind, begun, left, right, rest, counted, unit
    ):
        return None
    kind = "count" if kind == "part" else kind
    # what happened to it, when, where, who says so
    behind = after[1:] if after[:1] == " " else after
    later, left = behind.split(" "), left[: len(left) - len(stuck) - first]
    event, word, modal = "", "", later[0].lower() if later[0].lower() in MODALS else ""
    if kind in ("count", "year", "money"):
        far = lex.class_of.get(head) == "people"
        event, word = _event(
            unhedged, left, counted, later, behind, far, kind == "year"
        )
    if not counted and kind == "count":
        counted = word
    per = place = source = ""
    if kind not in ("date", "year", "age"):
        per, place = _around(left, unhedged, after, later)
        # What was said before a figure that stands behind a quotation is the quotation.
        source = (
            named_source(left if alone else "", unhedged if alone else [], after, later)
            if ask
            else ""
        )
    less, more = lex.bounds.get(hedge.lower(), (1.0, 1.0))
    taken = len(right) - len(rest)
    return Reading(
        first, taken, kind, value, low * less, high * more, hedge, unit, conversion, counted, event, modal, per, place, date, source
    )  # fmt: skip
