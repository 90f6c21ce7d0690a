"""Whom a mention means: `he`, `the minister`, `Mr Gul` and `José Gül` brought to one name within an article.

Private to `voices`. No list of people is needed: an article that quotes someone gives the full name once, nearly always.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

from ..lexicons import countries, words_of
from .word_classes import CLASSES

__all__ = [
    "BODIES",
    "INSTITUTION",
    "Names",
    "PERSON",
    "UNNAMED",
    "title_case",
    "unaccent",
]


TITLE_CASE = 0.6  # share of capitalised words from which a line is taken as a headline in title case
TITLE_LENGTH = 200  # characters; a longer line is no headline
LOOK = 200_000  # characters of an article in which names are looked for
PERSON, INSTITUTION, UNNAMED = "person", "institution", "unnamed"

_TITLES = words_of(
    "mr mrs ms mx dr prof professor sir lord lady dame president vice prime minister deputy foreign interior defence defense"
    " finance justice secretary undersecretary chancellor premier senator sen senate representative rep congressman congresswoman"
    " governor gov lt lieutenant mayor speaker majority minority leader whip house king queen prince princess emir sheikh sultan"
    " crown pope cardinal archbishop bishop imam ayatollah rabbi reverend rev father sister judge justice attorney general chief"
    " commissioner director chairman chairwoman chair chairperson ceo executive officer spokesman spokeswoman spokesperson"
    " ambassador envoy special general gen admiral adm colonel col major maj captain capt sergeant sgt commander cmdr officer"
    " detective sheriff mp councillor councilman councilwoman alderman first second lady former ex-president ex-minister acting"
    " lama khan mufti baroness baron countess duke duchess"
    " candidate republican democrat democratic democrats republicans labour conservative coach manager analyst aide adviser"
    " co-founder founder author historian economist nominee hopeful hon honourable state union national"
)
_MALE = words_of(
    "mr sir lord king prince pope father congressman chairman spokesman councilman"
)
_FEMALE = words_of(
    "mrs ms dame lady queen princess sister congresswoman chairwoman spokeswoman councilwoman"
)
# Lower-case heads that stand for a body, not for a person.
BODIES = words_of(
    "ministry government administration agency office newspaper paper magazine outlet network channel station website site blog"
    " group organisation organization committee commission council court tribunal company firm corporation bank army military"
    " navy force forces police department bureau party campaign union federation association alliance coalition embassy"
    " consulate parliament congress senate cabinet opposition regime junta media unit observatory monitor watchdog institute"
    " university college school hospital church club team board panel jury authority fund charity foundation studio publisher"
    " service state country nation city kingdom republic delegation task survey poll report study statement law lawsuit"
    " document indictment filing memo bill letter editorial article book film movie ad spot tweet email poll data figures"
    " statistics research analysis constitution treaty resolution account list ruling"
    " capital airline"
)
_ORGANISATIONS = words_of(
    "ministry government administration agency office newspaper magazine news network television tv radio group organisation"
    " organization committee commission council court company corporation corp inc ltd llc plc bank army navy force forces police"
    " department bureau party campaign union federation association alliance coalition embassy parliament congress senate house"
    " cabinet observatory institute university college school hospital church club board authority fund foundation service press"
    " times post journal herald tribune guardian telegraph gazette chronicle reuters kingdom nations states republic league"
    " society center centre trust holdings partners capital street pentagon kremlin brotherhood front movement resistance"
    " treasury supreme nato eu un assembly chamber knesset duma bundestag majlis daily weekly review today america action pac"
    " project initiative network watch international amnesty world global rights affairs"
)
# Capitalised only where they begin a sentence.
_PEOPLE = words_of(
    "officials police authorities critics experts residents witnesses aides supporters analysts doctors activists protesters"
    " scientists researchers lawmakers opponents advocates economists prosecutors lawyers investigators observers sources voters"
    " workers families parents teachers students people others investors diplomats ministers soldiers rebels relatives neighbours"
    " neighbors survivors campaigners commentators commanders medics monitors readers fans users consumers farmers historians"
    " insurgents journalists reporters judges leaders managers officers organisers organizers politicians refugees shareholders"
    " tourists traders villagers women men"
)
_INDEFINITE = words_of(
    "a an some many several most other another few one two three four five six seven eight nine ten dozens hundreds thousands"
    " numerous various both all more any no each every those these critics"
)
_ARTICLES = frozenset(
    ("the", "this", "that", "his", "her", "their", "its", "our", "my", "your")
)
# Capitalised before a name only because they begin the sentence.
_SKIP = (
    words_of(" ".join(CLASSES.values()))
    | words_of("asked speaking however yes no meanwhile rival")
) - words_of("will may do so an")
_PARTICLES = words_of("al el bin ibn de da di del dos van von der den la le ben abu")
_NAME = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*(?: (?:(?:al|el|bin|de|van|von|der|la) )?[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*\.?){0,5}"
)
_CAPITAL = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž]|(?:al|el|bin|ibn|de|da|di|del|dos|van|von|der|den|la|le|ben|abu)\b|[\n(“\"]"
)
_APPOSITION = re.compile(
    r"([A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*(?: [A-ZÀ-ÖØ-ÞĀ-Ž][\w’'.-]*){1,4}), (?:the|a|an|[A-Z]\w+['’]s)(?: [^\s,.;:]+){0,8} $"
)
_DESCRIPTION = re.compile(r", (?:the|a|an|[A-Z]\w+['’]s)(?: [^\s,.;:]+){0,8} $")
_WORD = re.compile(r"[\w.’'&-]*\w[.’']?")
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_ASCII = re.compile(r"[^\x00-\x7f“”‘–—]+")
_LINK = words_of("of for in at from on with by to near who which that")


_BODY_NAMES = words_of(
    "reuters bloomberg facebook google twitter apple amazon microsoft hamas hezbollah hizbollah taliban politico interpol unicef"
    " anadolu interfax xinhua tass opec washington beijing brussels strasbourg westminster whitehall hollywood silicon wikileaks"
    " labour greenpeace oxfam youtube netflix boeing airbus walmart uber tesla fatah islamists"
)


def _crowd(word: str) -> bool:
    """A people or a party: Russians, Democrats."""
    return word.endswith("s") and (
        word[:-1] in _places()
        or word
        in (
            "democrats",
            "republicans",
            "tories",
            "conservatives",
            "kurds",
            "muslims",
            "christians",
            "jews",
        )
    )


# `The woman` and `the 45-year-old` may be the doctor who spoke before; `the nurse` is somebody else.
_ANYONE = words_of(
    "man woman person boy girl father mother official source speaker spokesman spokeswoman spokesperson expert resident local"
    " witness survivor victim adviser aide insider teenager youngster grandmother grandfather husband wife attacker gunman neighbor"
    " neighbour"
)
_DOCUMENTS = frozenset(("report", "study", "poll", "survey", "statement", "law"))
_NOBODY = frozenset(
    (
        "i",
        "we",
        "you",
        "who",
        "which",
        "that",
        "everyone",
        "nobody",
        "someone",
        "everybody",
    )
)
_PRONOUNS = _NOBODY | {"he", "she", "it", "they"}
_OWNER = re.compile(r"['’]s\b")
_BASED = re.compile(
    r"^((?:the|an?) )?[\w.]+-(?:based|run|backed|owned) (?=.*[A-Z])", re.IGNORECASE
)


@lru_cache(maxsize=1 << 16)
def _bare(text: str) -> str:
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    )
    return unicodedata.normalize(
        "NFC", bare.replace("ı", "i").replace("’", "'").replace("\u00a0", " ")
    )


def unaccent(text: str) -> str:
    """Letters without their marks, case kept: José Gül and Jose Gul are one spelling."""
    if text.isascii():
        return text
    # Nothing composes with ASCII or typographic marks: runs of other characters can be read by themselves.
    return _NOT_ASCII.sub(lambda run: _bare(run.group()), text.replace("’", "'"))


def _owner(text: str) -> str:
    """Text without a possessive 's at its end."""
    return (
        _POSSESSIVE.sub("", text)
        if text[-2:-1] in ("'", "’") or text[-1:] in ("'", "’")
        else text
    )


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    return _owner(unaccent(word)).rstrip(".").lower()


@lru_cache(maxsize=1 << 16)
def _keys(name: str) -> frozenset[str]:
    return frozenset(_key(word) for word in name.split())


@cache
def _places() -> frozenset[str]:
    """Countries, their adjectives and capitals: a state, where one of them speaks."""
    names = (
        name
        for one in countries()
        for name in one.names + one.adjectives + one.capitals
    )
    return frozenset(unaccent(name).lower() for name in names)


def title_case(text: str) -> bool:
    """Whether a short line has capitals throughout, as headlines do: its capitals tell nothing of names."""
    if len(text) > TITLE_LENGTH:
        return False
    words = [word for word in text.split() if len(word) > 3]
    return len(words) > 2 and len(
        [word for word in words if word[0].isupper()]
    ) > TITLE_CASE * len(words)


@lru_cache(maxsize=1 << 16)
def _read_name(run: tuple[str, ...]) -> tuple[str | None, str, bool]:
    """Of words that begin with capitals: the full name they end in, the sex that its titles tell, whether it has any."""
    keys = [_key(word) for word in run]
    while keys and keys[0] in _SKIP:
        run, keys = run[1:], keys[1:]
    titles = max(
        (place + 1 for place, key in enumerate(keys[:-1]) if key in _TITLES), default=0
    )
    titles = max(
        titles,
        max(
            (i + 1 for i, word in enumerate(run[:-1]) if _owner(word) != word),
            default=0,
        ),
    )
    gender, titled = "", False
    for key in keys[:titles]:
        if key in _MALE or key in _FEMALE:
            gender = "m" if key in _MALE else "f"
        titled = titled or key in _TITLES
    name, keys = run[titles:], keys[titles:]
    while len(keys) > 2 and keys[0] in _places():
        name, keys = name[1:], keys[1:]
    if (
        not 2 <= len(name) <= 5
        or set(keys) & _ORGANISATIONS
        or " ".join(keys) in _places()
    ):
        return None, gender, titled
    if len(name) == 2 and keys[0] in _places():
        return None, gender, titled
    return unaccent(" ".join(name)), gender, titled


class Names:
    """The people an article names in full, and the words it describes them by; looked for when someone is mentioned."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.text = "\n".join(
            text for text in texts if len(text) > TITLE_LENGTH or not title_case(text)
        )[:LOOK]
        self.gender: dict[str, str] = {}
        self.titled: set[str] = set()
        self.known: dict[str, Counter] = {}
        self.heads: dict[str, str | None] = {}
        self._lower = ""

    @cached_property
    def bare(self) -> str:
        return unaccent(self.text)

    def full_names(self, last: str, printed: str) -> Counter:
        """Every longer name that ends in the word `printed`, without titles, and how often it occurs."""
        if last in self.known:
            return self.known[last]
        if not printed:
            return Counter()
        names = self.known[last] = Counter()
        text = self.text
        at = text.find(printed)
        if (at < 0 or text.find(printed, at + len(printed)) < 0) and not text.isascii():
            text, printed = self.bare, unaccent(printed)
            at = text.find(printed)
        while at >= 0:
            end = at + len(printed)
            # Only where the word before begins with a capital can this be a longer name.
            if (
                at
                and text[at - 1] in " \u00a0"
                and not text[end : end + 1].isalnum()
                and _CAPITAL.match(text, text.rfind(" ", 0, at - 1) + 1)
            ):
                self._learn(last, text[max(0, at - 70) : end], names)
            at = text.find(printed, end)
        return names

    def _learn(self, last: str, window: str, names: Counter) -> None:
        words = window.split("\n")[-1].split()
        start = len(words) - 1
        while start:
            word = words[start - 1]
            if (
                word[-1] in ',;:!?)”"'
                or word[-1] == "."
                and len(word) > 2
                and _key(word) not in _TITLES
            ):
                break
            if not (
                word[0].isupper()
                or word in _PARTICLES
                and start > 1
                and words[start - 2][0].isupper()
            ):
                break
            start -= 1
        name, gender, titled = _read_name(tuple(words[start:]))
        if gender:
            self.gender[last] = gender
        if titled:
            self.titled.add(last)
        if name:
            names[name] += 1

    def fullest(self, words: Sequence[str]) -> str | None:
        """The longest name that ends in the last of these words and has all of them."""
        keys = [_key(word) for word in words]
        found = self.full_names(keys[-1], _owner(words[-1]))
        fits = [name for name in found if _keys(name).issuperset(keys)]
        if not fits:
            return None
        if len(fits) == 1:
            return fits[0]
        # A run of capitals that is much rarer than a shorter one holds a word that is no name.
        often = max(found[name] for name in fits) / 3
        return min(
            (name for name in fits if found[name] >= often),
            key=lambda name: (-len(name.split()), -found[name], name),
        )

    def described(self, head: str) -> str | None:
        """The full name of the person whom the article gives the role `head`: by a title, or in apposition."""
        if not head:  # of the mention only a possessive 's is left
            return None
        if head in self.heads:
            return self.heads[head]
        self._lower = self._lower or self.text.lower()
        if len(self._lower) != len(self.text):
            return None
        at, found = 0, None
        while found is None and (at := self._lower.find(head, at)) >= 0:
            end = at + len(head)
            if not (
                self._lower[end : end + 1].isalnum()
                or at
                and self._lower[at - 1].isalnum()
            ):
                after = _NAME.match(self.text, end + 1)
                comma = self.text.rfind(",", max(0, at - 110), at)
                described = comma >= 0 and _DESCRIPTION.match(self.text, comma, at)
                before = (
                    _APPOSITION.search(self.text[max(0, at - 110) : at])
                    if described
                    else None
                )
                words = (
                    after.group().split()
                    if after
                    else before.group(1).split()
                    if before
                    else []
                )
                while words and (_key(words[0]) in _TITLES or _key(words[0]) in _SKIP):
                    words = words[1:]
                found = self.fullest(words) if words else None
            at = end
        self.heads[head] = found
        return found
