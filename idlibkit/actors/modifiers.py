"""Which words around a name or a noun belong to it: its noun group, without a tagger.

The rule is described at `labels`; the words are in ``lexicons/modifiers.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..lexicons import words
from ..text import HYPHENS, QUOTE_MARKS, fold
from .word_kinds import Kind, kind_of, word_lists

__all__ = ["NounGroup", "noun_group"]


WINDOW = 120  # characters before a label that are looked at for modifiers
MOST_WORDS = 8  # before a label; no noun group of news has more

_TAIL = re.compile(rf"(?:[{HYPHENS}][a-z]+(?!\w))+")  # rebel`-held`
_WORD = re.compile(r"\S+")
_OPENS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_PLURAL = re.compile("[^sS][sS]$")
# The word behind a label and the one after it: union` halls in`.
_NEXT_WORDS = re.compile(r" ([A-Za-z]+(?:-[a-z]+)*)(?![\w'’-])(?: (\w+))?")


def _one_of(*kinds: Kind) -> str:
    return f"[{''.join(kinds)}]"


# Noun groups as patterns over kinds of words: what may stand between the word before
# the group and the label.
_ADVERB = f"{Kind.ADVERB}?"
_PARTICIPLE = f"{_ADVERB}{Kind.PARTICIPLE}"
_AFTER_DETERMINER = f"(?<={Kind.DETERMINER})"
_AFTER_PREPOSITION = f"(?<={Kind.PREPOSITION})"
_AFTER_TO = f"(?<={Kind.TO})"
_AFTER_EITHER = f"(?<={_one_of(Kind.PREPOSITION, Kind.TO)})"
_NOT_AFTER_TITLE = f"(?<!{Kind.TITLE})"
# `Kenyan, Ugandan and Somali`, `brutal and corrupt`
_MODIFIERS = f"{Kind.MODIFIER_COMMA}*(?:{Kind.MODIFIER}{Kind.AND})?{Kind.MODIFIER}"
_ADJECTIVES = f"{Kind.ADJECTIVE_COMMA}*(?:{Kind.ADJECTIVE}{Kind.AND})?{Kind.ADJECTIVE}"
# `Texas Rep.`, `New York Gov.`, `GOP Sen.`, `police chief`
_TITLE = (
    f"(?:{Kind.COMPASS}?{_one_of(Kind.CAPITAL, Kind.LISTED_NOUN)}{{1,3}})?{Kind.TITLE}"
)
_SURE = (
    f"(?:{_one_of(Kind.ADVERB, Kind.COMPASS)}{{0,2}}"
    f"(?:{_MODIFIERS}|{_TITLE}|{_ADJECTIVES}))"
)
GROUP_OF_NAME = re.compile(
    rf"(?:{_AFTER_DETERMINER}(?:{_SURE}|{_NOT_AFTER_TITLE}{_PARTICIPLE})+"
    rf"|{_SURE}+"
    rf"|{_AFTER_EITHER}{_PARTICIPLE}{_SURE}*)$"
)
# Nouns before a noun: a capitalised or listed one anywhere, any other after a
# determiner, a preposition, an adjective or such a noun, where it cannot be a verb
# ("the puppet regime", "from factory workers", not "they arm rebels").
_KNOWN = f"(?:{_SURE}|{Kind.COMPASS}?{_one_of(Kind.CAPITAL, Kind.LISTED_NOUN)})"
_BEFORE_NOUN = _one_of(Kind.ADJECTIVE, Kind.MODIFIER, Kind.CAPITAL, Kind.LISTED_NOUN)
GROUP_OF_NOUN = re.compile(
    rf"(?:{_AFTER_DETERMINER}"
    rf"(?:{_SURE}|{_NOT_AFTER_TITLE}{_PARTICIPLE}|{Kind.GERUND})*"
    rf"(?:{_KNOWN}|{Kind.NOUN})*"
    rf"|{_AFTER_PREPOSITION}"
    rf"(?:{_PARTICIPLE}(?:{_KNOWN}|{Kind.NOUN})*|(?:{_KNOWN}|{Kind.NOUN})+)"
    rf"|{_AFTER_TO}{_PARTICIPLE}{_KNOWN}*"
    rf"|{_KNOWN}*{_BEFORE_NOUN}{Kind.NOUN}{_KNOWN}*"
    rf"|{_KNOWN}+)$"
)
INDEFINITE_NAME = re.compile(f"{Kind.DETERMINER}{Kind.CAPITAL}{{1,3}}$")
PREDICATE = re.compile(f"{Kind.COPULA}{_ADVERB}$")
# Kinds of the word before a label that end its noun group, before a noun and a name;
# as strings of letters, which are looked up fast.
_ENDS_NOUN = "".join(
    (
        Kind.END,
        Kind.DETERMINER,
        Kind.PREPOSITION,
        Kind.TO,
        Kind.COPULA,
        Kind.AND,
        Kind.ADJECTIVE_COMMA,
        Kind.MODIFIER_COMMA,
    )
)
_ENDS_NAME = _ENDS_NOUN + Kind.NOUN + Kind.LISTED_NOUN
# What a noun behind the label takes for itself: of a common noun, and of a name, too.
_OF_NEXT_NOUN = "".join(
    (
        Kind.ADJECTIVE_COMMA,
        Kind.ADJECTIVE,
        Kind.ADVERB,
        Kind.PARTICIPLE,
        Kind.GERUND,
        Kind.NOUN,
        Kind.LISTED_NOUN,
    )
)
_OF_NEXT_NAME = _OF_NEXT_NOUN + Kind.MODIFIER + Kind.MODIFIER_COMMA + Kind.CAPITAL


def _phrase_after() -> re.Pattern[str]:
    by, with_, to = (
        "|".join(sorted(words("modifiers.toml", f"phrases_after.{key}")))
        for key in ("by", "with", "to")
    )
    name = r"[A-Z](?:[\w'’.-]*\w)?(?:\s(?:[a-z]{2}-)?[A-Z](?:[\w'’-]*\w)?){0,3}"
    return re.compile(
        rf"\s(?:(?:{by})\sby|(?:{with_})\s(?:with|to)|(?:{to})\sto)\s(?:the\s)?{name}"
    )


# A phrase with a name behind a label: `backed by the Norse King`, `loyal to Khalid`.
_PHRASE_AFTER = _phrase_after()


@dataclass(frozen=True, slots=True)
class NounGroup:
    """Where a mention begins and ends with its modifiers, and these as printed."""

    start: int
    end: int
    modifiers: str | None


def noun_group(text: str, start: int, end: int, label: str) -> NounGroup:
    """The noun group around a label at ``text[start:end]``."""
    phrase = _TAIL.match(text, end) or _PHRASE_AFTER.match(text, end)
    behind = phrase.group().strip() if phrase else ""
    before = ""
    begin = _begin(text, start, end, label)
    if begin < start:
        before = " ".join(text[begin:start].rstrip(QUOTE_MARKS).split())
    return NounGroup(
        begin,
        phrase.end() if phrase else end,
        f"{before} {behind}".strip() or None,
    )


def _begin(text: str, start: int, end: int, label: str) -> int:
    """Where the modifiers before a label begin; `start` where there are none."""
    # Most mentions have no modifier, as one look at the word before shows.
    if start < 2:
        return start
    if text[start - 1] == " ":
        word_before = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
        if kind_of(word_before) in _ENDS_NOUN:
            return start
    window = max(0, start - WINDOW)
    left = text[window:start].rstrip(QUOTE_MARKS)
    if not left[-1:].isspace():
        return start
    first = _first_modifier(left, label, text, end, cut=window > 0)
    return start if first is None else window + first


def _first_modifier(
    left: str, label: str, text: str, end: int, *, cut: bool
) -> int | None:
    """Where in `left`, the text before a label, its modifiers begin. `cut`: whether the
    first word of `left` may be half a word."""
    name = _is_name(label)
    # "Senate Republicans": a name in the plural takes nouns before it as a noun does.
    as_noun = not name or (text[end - 1] in "sS" and label[-1] not in "sS")
    nearest = kind_of(left.rsplit(maxsplit=1)[-1]) if left.strip() else Kind.END
    if nearest in (_ENDS_NOUN if as_noun else _ENDS_NAME):
        return None
    left_words = list(_WORD.finditer(left))
    if cut:
        left_words = left_words[1:]
    left_words = left_words[-MOST_WORDS:]
    printed = [word.group() for word in left_words]
    kinds = [kind_of(word) for word in printed]
    if Kind.CAPITAL in kinds:
        around = text[max(end - WINDOW, 0) : end + WINDOW]
        kinds = _without_false_capitals(kinds, printed, around, whole=not cut)
    # "a Tennessee Republican"
    if not as_noun and (match := INDEFINITE_NAME.search("".join(kinds))):
        as_noun = printed[match.start()].lower() in ("a", "an")
    if name and fold(label) in word_lists()["places"]:
        kinds = [Kind.NOUN if kind == Kind.TITLE else kind for kind in kinds]
    # In "the last union stronghold", last speaks of the stronghold; before a common
    # noun, "-backed" may speak of either.
    in_name = name or text[end - len(label)].isupper()  # "the Refugee Act"
    if _before_its_noun(text, end, in_name):
        taken = _OF_NEXT_NAME if in_name else _OF_NEXT_NOUN
        kinds = [Kind.END if kind in taken else kind for kind in kinds]
    codes = "".join(kinds)
    group = (GROUP_OF_NOUN if as_noun else GROUP_OF_NAME).search(codes)
    if not group or not group.group():
        return None
    # "It is clear Kenya will": the adjective is not the name's.
    opens_with_adjective = kinds[group.start()] in (Kind.ADJECTIVE, Kind.ADVERB)
    if name and opens_with_adjective and PREDICATE.search(codes[: group.start()]):
        return None
    return left_words[group.start()].start()


def _without_false_capitals(
    kinds: list[Kind], printed: list[str], around: str, *, whole: bool
) -> list[Kind]:
    """The kinds of words with those capitals taken back that a heading or the beginning
    of a sentence gives to any word. `whole`: the first word begins a text."""
    long_words = _LONG_WORD.findall(around)
    small = [word for word in long_words if word[0].islower()]
    heading = len(long_words) > 2 and len(small) < 2
    checked: list[Kind] = []
    for place, (kind, word) in enumerate(zip(kinds, printed, strict=True)):
        before = printed[place - 1] if place else ""
        first = bool(_OPENS_SENTENCE.search(before)) if place else whole
        if kind != Kind.CAPITAL:
            checked.append(kind)
        elif (first or heading) and kinds[place + 1 : place + 2] == [Kind.TITLE]:
            # "Arden Sen. Ann Lee left", but "Despite Sen. Lee", "Arden Backs Sen. Lee"
            opens = fold(word) in word_lists()["openers"]
            checked.append(Kind.END if opens else kind)
        elif heading:
            checked.append(kind_of(word.lower()))
        elif first:
            small_kind = Kind.CAPITAL if word.isupper() else kind_of(word.lower())
            may_be_name = (Kind.NOUN, Kind.ADJECTIVE, Kind.CAPITAL)
            checked.append(kind if small_kind in may_be_name else small_kind)
        elif before in ("In", "On", "At"):
            checked.append(Kind.END)  # "In London police said"
        else:
            checked.append(kind)
    return checked


@lru_cache(maxsize=1 << 12)
def _is_name(label: str) -> bool:
    return any(letter.isupper() for letter in label.rsplit(maxsplit=1)[-1])


def _before_its_noun(text: str, end: int, name: bool) -> bool:
    """Whether a label seems to stand before the noun that it belongs to ("union halls
    in")."""
    match = _NEXT_WORDS.match(text, end, end + WINDOW)
    if not match or (not name and _PLURAL.search(text, end - 2, end)):
        return False
    word, following = match.groups()
    lists, kind = word_lists(), kind_of(word)
    if word[0].isupper():
        return name
    no_noun = (Kind.DETERMINER, Kind.PREPOSITION, Kind.TO, Kind.COPULA, Kind.AND)
    if kind in (*no_noun, Kind.ADVERB) or word in lists["verbs"]:
        return False
    if kind == Kind.TITLE or word in lists["never"]:
        return True
    nouns = (Kind.NOUN, Kind.ADJECTIVE, Kind.LISTED_NOUN)
    if kind in nouns and word not in lists["adjectives"]:
        return True
    # Plural or verb? A preposition or a verb after it speaks for the plural.
    return word.endswith("s") and (
        not following
        or following.endswith("ed")
        or following in lists["verbs"]
        or kind_of(following) in (Kind.PREPOSITION, Kind.AND, Kind.COPULA)
    )
