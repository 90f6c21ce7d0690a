"""Which words around a name or a noun belong to it: its noun group, read without a tagger, and its quote marks.

Helpers of `labels`; the rule is described there, the words are in ``lexicons/modifiers.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..lexicons import countries, table, words
from ..text import HYPHENS, fold, stop_list

__all__ = ["marks", "noun_group", "word_lists"]


TAIL = re.compile(rf"(?:[{HYPHENS}][a-z]+(?!\w))+")
_SUPPORT = "backed supported sponsored funded financed trained armed equipped supplied led run headed commanded controlled"
AFTER = re.compile(
    rf"\s(?:(?:{_SUPPORT.replace(' ', '|')})\sby|(?:allied|aligned|affiliated|linked)\s(?:with|to)"
    r"|(?:loyal|hostile|sympathetic|opposed|close)\sto)\s(?:the\s)?"
    r"[A-Z](?:[\w'’.-]*\w)?(?:\s(?:[a-z]{2}-)?[A-Z](?:[\w'’-]*\w)?){0,3}"
)
MARKS = "\"'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb"
MARK = re.compile(f"[{MARKS}]")
PLAIN_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        "\u2018": "'",
        "\u2019": "'",
    }
)
MARKED = re.compile(r"""(?<!\w)(["'])(?=\w)(?:[^"']|(?<=\w)'(?=\w))+\1(?!\w)""")
NEXT = re.compile(r" ([A-Za-z]+(?:-[a-z]+)*)(?![\w'’-])(?: (\w+))?")
WORD_LIKE = re.compile(rf"[^\W_]+(?:[{HYPHENS}.'’][^\W_]+)*\.?")
WINDOW = 120  # characters before a label that are looked at for modifiers

# A noun group as a pattern over kinds of words, one letter each (see `_kind`): what may stand between the word
# before the group and the label.
_SURE = "(?:[RQ]{0,2}(?:m*(?:M&)?M|T|a*(?:A&)?A))"
GROUP_OF_NAME = re.compile(
    rf"(?:(?<=D)(?:{_SURE}|(?<!T)R?P)+|{_SURE}+|(?<=[IO])R?P{_SURE}*)$"
)
# Nouns before a noun: a capitalised or listed one anywhere, any other after a determiner, a preposition, an adjective or such
# a noun, where it cannot be a verb ("the puppet regime", "from factory workers", not "they arm rebels").
_KNOWN = f"(?:{_SURE}|Q?[Wn])"
GROUP_OF_NOUN = re.compile(
    rf"(?:(?<=D)(?:{_SURE}|(?<!T)R?P|G)*(?:{_KNOWN}|N)*|(?<=I)(?:R?P(?:{_KNOWN}|N)*|(?:{_KNOWN}|N)+)|(?<=O)R?P{_KNOWN}*|"
    rf"{_KNOWN}*[AMWn]N{_KNOWN}*|{_KNOWN}+)$"
)
INDEFINITE = re.compile("DW{1,3}$")
OPENS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
WORD = re.compile(r"\S+")
LETTER = re.compile(r"\w")
LONG = re.compile(r"[^\W\d_]{4,}")
PLURAL = re.compile("[^sS][sS]$")
PREDICATE = re.compile("CR?$")


def noun_group(
    text: str, start: int, end: int, label: str
) -> tuple[int, int, str | None]:
    """Where a mention begins and ends with its modifiers, and these as printed."""
    after = TAIL.match(text, end) or AFTER.match(text, end)
    first, last, before = start, after.end() if after else end, ""
    window = max(0, start - WINDOW)
    # Most mentions have no modifier, as one look at the word before shows.
    ends_group = (
        start < 2
        or text[start - 1] == " "
        and _kind(text[text.rfind(" ", 0, start - 1) + 1 : start - 1]) in "XDIOC&am"
    )
    if not ends_group and (left := text[window:start].rstrip(MARKS))[-1:].isspace():
        begin = _first_modifier(left, label, text, end, cut=window > 0)
        if begin is not None:
            first = window + begin
            before = " ".join(left[begin:].split())
    return (
        first,
        last,
        f"{before} {after.group().strip() if after else ''}".strip() or None,
    )


def _first_modifier(
    left: str, label: str, text: str, end: int, *, cut: bool
) -> int | None:
    """Where in `left`, the text before a label, its modifiers begin."""
    name = _is_name(label)
    nearest = _kind(left.rsplit(None, 1)[-1]) if left.strip() else "X"
    # "Senate Republicans": a name in the plural takes nouns before it as a noun does.
    noun = not name or (text[end - 1] in "sS" and label[-1] not in "sS")
    if nearest in ("XDIOC&am" if noun else "XDIOC&amNn"):
        return None
    words = list(WORD.finditer(left))[cut:][-8:]
    printed = [word.group() for word in words]
    kinds = "".join([_kind(word) for word in printed])
    if "W" in kinds:
        kinds = _checked(
            kinds,
            printed,
            text[end - WINDOW if end > WINDOW else 0 : end + WINDOW],
            whole=not cut,
        )
    if not noun and (run := INDEFINITE.search(kinds)):  # "a Tennessee Republican"
        noun = printed[run.start()].lower() in ("a", "an")
    if name and fold(label) in word_lists()["places"]:
        kinds = kinds.replace("T", "N")
    # In "the last union stronghold", last speaks of the stronghold; before a common noun, "-backed" may speak of either.
    in_name = name or text[end - len(label)].isupper()  # "the Refugee Act"
    if _attributive(text, end, in_name):
        kinds = re.sub("[AaRPGNnMmW]" if in_name else "[AaRPGNn]", "X", kinds)
    group = (GROUP_OF_NOUN if noun else GROUP_OF_NAME).search(kinds)
    if not group or not group.group():
        return None
    # "It is clear Kenya will": the adjective is not the name's.
    if name and group.group()[0] in "AR" and PREDICATE.search(kinds[: group.start()]):
        return None
    return words[group.start()].start()


def _checked(kinds: str, printed: list[str], around: str, *, whole: bool) -> str:
    """The kinds of words with those capitals taken back that a heading or the beginning of a sentence gives to any word."""
    long = LONG.findall(around)
    heading = len(long) > 2 and len([word for word in long if word[0].islower()]) < 2
    out = []
    for n, (kind, word) in enumerate(zip(kinds, printed, strict=True)):
        first = OPENS.search(printed[n - 1]) if n else whole
        if kind == "W" and (heading or first):
            low = _kind(word.lower()) if heading or not word.isupper() else "W"
            kind = low if heading or low not in "NAW" else "W"
        elif (
            kind == "W" and n and printed[n - 1] in ("In", "On", "At")
        ):  # "In London police said"
            kind = "X"
        out.append(kind)
    return "".join(out)


@lru_cache(maxsize=1 << 12)
def _is_name(label: str) -> bool:
    return any(c.isupper() for c in label.split()[-1])


def _attributive(text: str, end: int, name: bool) -> bool:
    """Whether a label seems to stand before the noun that it belongs to ("union halls in")."""
    nearby = NEXT.match(text, end, end + WINDOW)
    if not nearby or (not name and PLURAL.search(text, end - 2, end)):
        return False
    word, then = nearby.groups()
    lists, kind = word_lists(), _kind(word)
    if word[0].isupper():
        return name
    if kind in "DIOC&R" or word in lists["verbs"]:
        return False
    if kind == "T" or word in lists["never"]:
        return True
    if kind in "NAn" and word not in lists["adjectives"]:
        return True
    # Plural or verb? A preposition or a verb after it speaks for the plural.
    after = (
        not then
        or then.endswith("ed")
        or then in lists["verbs"]
        or _kind(then) in "I&C"
    )
    return word.endswith("s") and after


def marks(text: str, first: int, last: int) -> tuple[bool, int, int]:
    """Whether quote marks enclose a mention or a part of it, and the mention with no mark left open."""
    if not MARK.search(text, max(first - 1, 0), last + 3):
        return False, first, last
    plain = text[max(first - 1, 0) : last + 3].translate(PLAIN_MARKS)
    before, after = (
        plain[0] if first else "",
        text[last : last + 1].translate(PLAIN_MARKS),
    )
    # At its ends a passage has lost its marks, so one mark tells.
    marked = bool(
        MARKED.search(plain)
        or (before == '"' and not LETTER.search(text, last))
        or (first == 0 and after == '"')
    )
    mention = text[first:last].translate(PLAIN_MARKS)
    if mention.count('"') % 2:
        if marked and after == '"':
            last += 1
        elif marked and before == '"':
            first -= 1
        elif mention[0] == '"':
            first += 1
    elif mention[0] == "'" and not marked:
        first += 1
    mention = text[first:last].translate(PLAIN_MARKS)
    if (
        mention[0] == mention[-1] == '"' and mention.count('"') == 2
    ):  # marks around the whole are not part of it
        first, last = first + 1, last - 1
    return marked, first, last


@lru_cache(maxsize=1)
def word_lists() -> dict[str, frozenset[str]]:
    lists = table("modifiers.toml")
    sets = {
        name: frozenset(listed.split())
        for name, listed in lists.items()
        if isinstance(listed, str)
    }
    peoples = [word for country in countries() for word in country.adjectives]
    sets["peoples"] |= {word.split()[-1] for word in peoples}
    sets["places"] = frozenset(
        fold(place) for one in countries() for place in one.names + one.capitals
    )
    sets["titles"] = words("people.toml", "titles") - words(
        "people.toml", "titles.courtesy"
    )
    sets["titles"] |= words("people.toml", "title_parts.office")
    sets["honorifics"] = words("people.toml", "titles.courtesy")
    return sets | {"endings": frozenset(lists["endings"])}


@lru_cache(maxsize=1 << 16)
def _kind(printed: str) -> str:
    """The kind of a word before a label, as one letter.

    M a modifier wherever it stands (hyphenated, a people), A an adjective (m, a: with a comma after it), T a title, R an adverb,
    P a participle, G a word in -ing, D a determiner, I a preposition, O "to", C a form of "to be" and the like, & "and",
    W a capitalised word, n a listed noun, N another word that could be a noun, X what ends a noun group.
    """
    lists = word_lists()
    word = printed.strip(MARKS)
    comma = word.endswith(",")
    word = word.rstrip(",").strip(MARKS)
    low = fold(word)
    title = low.rstrip(".") in lists["titles"] or (
        word[:1].isupper() and low.rstrip(".") in lists["honorifics"]
    )
    if title and not comma and word not in lists["adjectives"]:
        return "T"
    if not WORD_LIKE.fullmatch(word):
        return (
            "M" if WORD_LIKE.fullmatch(word[:-1]) and word[-1] in HYPHENS else "X"
        )  # "middle- and low-income"
    ends = low[-3:] if len(low) > 4 else ""
    kind = "N"
    if low.endswith(("'s", "s'")) or low in lists["determiners"] or low.isdecimal():
        kind = "D"
    elif low in lists["prepositions"]:
        kind = "O" if low == "to" else "I"
    elif low in lists["copulas"]:
        kind = "C"
    elif low in ("and", "or", "but"):
        kind = "&"
    elif low in lists["nouns"]:
        kind = "n" if word.islower() else "W"
    elif (
        low in lists["never"]
        or word in lists["calendar"]
        or (word.endswith(".") and word not in lists["peoples"])
    ):
        kind = "X"
    elif word in lists["peoples"] or (
        word.isupper() and word.title() in lists["peoples"]
    ):
        kind = "M"
    elif word in ("North", "South", "East", "West", "New", "Saudi"):
        kind = "Q"  # North Korean, New York: part of the group only before the word of a people or a name
    elif "-" in low:
        last = re.split(rf"[{HYPHENS}]", word)[-1]
        noun = re.search("(?:tion|ment|ness|fire|strikes?|[^s]s)$", last)
        kind = (
            "M"
            if last in lists["peoples"] or (last.islower() and not noun)
            else "W"
            if last.istitle()
            else "X"
        )
    elif low in lists["adjectives"] or (
        len(low) > 4 and low.endswith(tuple(lists["endings"]))
    ):
        kind = "A"
    elif low in stop_list("english") or low in lists["verbs"]:
        kind = "X"
    elif not word.islower():
        kind = "W"
    elif low.endswith("ly"):
        kind = "R"
    elif ends.endswith("ed"):
        kind = "P"
    elif ends == "ing":
        kind = "G"
    elif low.endswith("s") and not low.endswith("ss"):
        kind = "X"
    return {"A": "a", "M": "m"}.get(kind, "X") if comma else kind
